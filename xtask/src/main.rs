//! The project's own chores: `cargo xtask test`.

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("test") => cargo(&["test", "--workspace", "--locked"]),
        _ => {
            eprintln!("cargo xtask test    every test of the project");
            ExitCode::from(2)
        }
    }
}

fn cargo(arguments: &[&str]) -> ExitCode {
    let status = Command::new(env!("CARGO")).args(arguments).status();
    if status.is_ok_and(|s| s.success()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
