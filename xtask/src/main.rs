//! The project's own chores: `cargo xtask` lists them.

mod bench;
mod checks;
mod first;
mod parts;
mod schema;
mod shell;
mod tests;
mod tidy;

use std::process::ExitCode;

/// One chore.
struct Verb {
    name: &'static str,
    /// What may stand behind it.
    takes: &'static str,
    says: &'static str,
    run: fn(&[String]) -> Result<(), String>,
}

const VERBS: &[Verb] = &[
    Verb {
        name: "test",
        takes: "[CARGO TEST ARGUMENTS]",
        says: "install what the tests need, then run every test (or those that the arguments name)",
        run: tests::run,
    },
    Verb {
        name: "lint",
        takes: "",
        says: "formatting, and clippy with warnings as errors",
        run: checks::lint,
    },
    Verb {
        name: "docs",
        takes: "",
        says: "the documentation of every crate, warnings as errors",
        run: checks::docs,
    },
    Verb {
        name: "tidy",
        takes: "[RULE …]",
        says: "the invariants of ARCHITECTURE.md that a machine can check",
        run: tidy::run,
    },
    Verb {
        name: "deny",
        takes: "",
        says: "licences, bans and sources by cargo-deny; `tidy licences` is what needs no installing",
        run: checks::deny,
    },
    Verb {
        name: "schema",
        takes: "[--check]",
        says: "write the JSON Schema of the case format, or check that the committed one is fresh",
        run: schema::run,
    },
    Verb {
        name: "first",
        takes: "",
        says: "the first command of the README on a clean clone of HEAD, then the same with a report",
        run: first::run,
    },
    Verb {
        name: "bench",
        takes: "[--runs N] [--against COMMAND] [--no-write] [RUNG …]",
        says: "measure the release command on generated cases and write bench/RESULTS.md",
        run: bench::run,
    },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((verb, rest)) = words.split_first() else {
        print!("{}", listing());
        return ExitCode::SUCCESS;
    };
    let Some(verb) = VERBS.iter().find(|v| v.name == verb) else {
        eprint!("xtask: there is no chore `{verb}`\n\n{}", listing());
        return ExitCode::from(2);
    };
    match (verb.run)(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask {}: {why}", verb.name);
            ExitCode::FAILURE
        }
    }
}

fn listing() -> String {
    let mut text = String::from("The chores of this project:\n\n");
    for verb in VERBS {
        let call = format!("cargo xtask {} {}", verb.name, verb.takes);
        text += &format!("  {}\n      {}\n", call.trim_end(), verb.says);
    }
    text
}
