//! `cargo xtask test`: every test of the project.

use crate::{parts, shell};

/// Every test, or what the arguments name to `cargo test`. Nothing is printed after cargo's closing lines.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let variables = parts::ready()?;
    let mut cargo = shell::cargo(&["test", "--locked"]);
    if arguments.is_empty() {
        cargo.args(["--workspace", "--no-fail-fast"]);
    }
    shell::run(cargo.args(arguments).envs(variables))
}
