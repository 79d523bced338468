//! What each command does.

use crate::arguments::{Command, Line, Question, Tongue};
use sinario_case::{Case, Lang, StateRef, parse};
use sinario_reading::{Ask, Quiet, Reading, Refusal, read};
use sinario_render::{Part, diagnostics, diagnostics_json, json, refusal, terminal};
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

const CASE_ERROR: u8 = 1;
const USAGE: u8 = 2;
const OUTSIDE: u8 = 3;

/// Runs one command; the exit code is 0, or what stood in the way.
pub(crate) fn run(line: &Line) -> ExitCode {
    if let Some(threads) = line.threads
        && let Err(e) = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.clamp(1, 1024))
            .build_global()
    {
        return fail(OUTSIDE, &e.to_string());
    }
    let outcome = match &line.command {
        Command::Check { case } => check(line, case),
        Command::Run(q) => ask(line, q, Part::Whole, true, true),
        Command::Futures {
            question,
            probabilities,
            no_basins,
        } => ask(line, question, Part::Futures, *probabilities, !no_basins),
        Command::Minds(q) => ask(line, q, Part::Minds, true, false),
    };
    outcome.map_or_else(ExitCode::from, |()| ExitCode::SUCCESS)
}

fn fail(code: u8, message: &str) -> ExitCode {
    complain(message);
    ExitCode::from(code)
}

fn complain(message: &str) {
    let _ = writeln!(anstream::stderr(), "sinario: {message}");
}

/// Prints to standard output; a reader that has gone away is no failure.
fn print(text: &str) -> Result<(), u8> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            complain(&e.to_string());
            Err(OUTSIDE)
        }
        _ => Ok(()),
    }
}

fn language(line: &Line, case: Option<Lang>) -> Lang {
    let local = || {
        std::env::var("LC_ALL")
            .or_else(|_| std::env::var("LANG"))
            .unwrap_or_default()
    };
    match line.lang {
        Some(Tongue::Ko) => Lang::Ko,
        Some(Tongue::En) => Lang::En,
        None => case.unwrap_or_else(|| {
            if local().starts_with("ko") {
                Lang::Ko
            } else {
                Lang::En
            }
        }),
    }
}

/// Reads no more than a case may have, so that an endless file ends too.
fn bytes(path: &Path) -> Result<Vec<u8>, u8> {
    let path = if path.is_dir() {
        path.join("case.toml")
    } else {
        path.to_owned()
    };
    let mut all = Vec::new();
    let found = std::fs::File::open(&path).and_then(|f| {
        f.take(sinario_case::LARGEST as u64 + 1)
            .read_to_end(&mut all)
    });
    match found {
        Ok(_) => Ok(all),
        Err(e) => {
            complain(&format!("{}: {e}", path.display()));
            Err(OUTSIDE)
        }
    }
}

/// The case, or everything that is wrong with it on standard error.
fn open(line: &Line, path: &Path) -> Result<(Case, Lang), u8> {
    let bytes = bytes(path)?;
    let parsed = parse(&bytes);
    let lang = language(line, parsed.lang);
    let source = String::from_utf8_lossy(&bytes);
    let colour = std::io::stderr().is_terminal();
    let file = path.display().to_string();
    let text = diagnostics(&file, &source, &parsed.diagnostics, lang, colour);
    let _ = write!(anstream::stderr(), "{text}");
    if let Some(case) = parsed.case {
        return Ok((case, lang));
    }
    if line.json {
        print(&format!(
            "{:#}\n",
            diagnostics_json(&source, &parsed.diagnostics, lang)
        ))?;
    }
    Err(CASE_ERROR)
}

fn check(line: &Line, path: &Path) -> Result<(), u8> {
    let (case, lang) = open(line, path)?;
    if line.json {
        return print(&format!("{:#}\n", diagnostics_json("", &[], lang)));
    }
    let n = case.drivers.len();
    print(&match lang {
        Lang::En => format!(
            "in order: {n} drivers, {} impacts, {} facts\n",
            case.impacts.len(),
            case.facts.len()
        ),
        Lang::Ko => format!(
            "이상 없음: 변수 {n}개, 영향 {}개, 사실 {}개\n",
            case.impacts.len(),
            case.facts.len()
        ),
    })
}

fn ask(line: &Line, q: &Question, part: Part, probabilities: bool, basins: bool) -> Result<(), u8> {
    let (case, lang) = open(line, &q.case)?;
    let mut wanted = question(&case, q, lang)?;
    wanted.probabilities = probabilities;
    wanted.basins = basins;
    wanted.futures = part != Part::Minds;
    let reading = answer(case, wanted, lang)?;
    if line.json {
        print(&format!("{:#}\n", json(&reading, part)))
    } else {
        print(&terminal(&reading, lang))
    }
}

fn answer(case: Case, wanted: Ask, lang: Lang) -> Result<Reading, u8> {
    let names = case.clone();
    read(case, wanted, &Quiet).map_err(|why| {
        complain(&refusal(&names, &why, lang));
        match why {
            Refusal::Memory(_) | Refusal::TooMany(_) => OUTSIDE,
            Refusal::Facts(_) | Refusal::Given(_) | Refusal::AgainstToday(_) => CASE_ERROR,
            Refusal::Twice(..) => USAGE,
        }
    })
}

fn question(case: &Case, q: &Question, lang: Lang) -> Result<Ask, u8> {
    let states = |all: &[String]| -> Result<Vec<StateRef>, u8> {
        all.iter()
            .map(|s| {
                case.find_state(s).map_err(|why| {
                    complain(why.get(lang));
                    USAGE
                })
            })
            .collect()
    };
    let as_of = q
        .as_of
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|e| {
            complain(&format!("--as-of: {e}"));
            USAGE
        })?;
    if !(0.0..=1e6).contains(&q.max_inconsistency) {
        complain("--max-inconsistency: 0 … 1000000");
        return Err(USAGE);
    }
    // The cast: checked above.
    let max_inconsistency = (q.max_inconsistency * 1000.0).round() as i64;
    Ok(Ask {
        as_of,
        limit: q.limit,
        max_inconsistency,
        given: states(&q.given)?,
        held: states(&q.held)?,
        exact_up_to: q.exact_up_to.min(1 << 32),
        seed: q.seed,
        search_steps: q.steps,
        ..Ask::default()
    })
}
