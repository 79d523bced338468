//! The command `sinario`: thin; it opens files, asks, and prints.

mod arguments;
mod commands;
mod files;
mod progress;
mod speech;

use std::process::ExitCode;

fn main() -> ExitCode {
    commands::run(&arguments::parse())
}
