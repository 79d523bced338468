//! The command `sinario`: thin; it opens files, asks, and prints.

mod arguments;
mod choices;
mod commands;
mod ensemble;
mod files;
mod help;
mod judgements;
mod merge;
mod numbers;
mod progress;
mod shards;
mod speech;
mod tornado;
mod usage;

use std::process::ExitCode;

fn main() -> ExitCode {
    match arguments::parse() {
        Ok(line) => commands::run(&line),
        Err(code) => code,
    }
}
