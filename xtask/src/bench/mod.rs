//! `cargo xtask bench`: the release command on generated cases, its answers checked and its costs written down.

mod measure;
mod mersenne;
mod results;
mod rungs;

use crate::shell;
use measure::measure;
use results::{Row, Table};
use rungs::{Asks, RUNGS};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A question that has been measured for so long is not asked again.
const LONG_ENOUGH: Duration = Duration::from_secs(90);

/// One thing to measure.
struct Question {
    name: String,
    numbers: String,
    arguments: Vec<String>,
    check: Check,
}

/// What the output must hold.
#[derive(Clone, Copy)]
enum Check {
    Version,
    /// So many consistent futures.
    Count(u32),
    /// Exact settled probabilities that add up for every driver.
    Settled,
}

struct Wish {
    runs: usize,
    against: Option<PathBuf>,
    write: bool,
    names: Vec<String>,
}

/// Builds, measures, prints the table and writes it to `bench/RESULTS.md`.
pub(crate) fn run(words: &[String]) -> Result<(), String> {
    let wish = wish(words)?;
    let scratch = Scratch::new()?;
    let questions = questions(&scratch.0)?;
    if let Some(unknown) = wish
        .names
        .iter()
        .find(|n| !questions.iter().any(|q| q.name == **n))
    {
        let known: Vec<&str> = questions.iter().map(|q| q.name.as_str()).collect();
        return Err(format!(
            "there is no rung `{unknown}`; there are {}",
            known.join(", ")
        ));
    }
    let chosen = |q: &&Question| wish.names.is_empty() || wish.names.contains(&q.name);
    shell::run(&mut shell::cargo(&[
        "build",
        "--release",
        "--locked",
        "--package",
        "sinario",
    ]))?;
    let mut commands = vec![("this".to_owned(), built()?)];
    if let Some(other) = &wish.against {
        let name = other.display().to_string();
        let place = std::path::absolute(other).map_err(|e| format!("{name}: {e}"))?;
        commands.push((name, place));
    }
    let mut table = Table::new(wish.against.is_some());
    for question in questions.iter().filter(chosen) {
        for row in ask(question, &commands, wish.runs, &scratch.0)? {
            eprintln!("{}", row.line());
            table.rows.push(row);
        }
    }
    println!("{}", table.markdown());
    if wish.write && wish.names.is_empty() && wish.against.is_none() {
        let folder = shell::root().join("bench");
        let page = results::page(&table)?;
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(folder.join("RESULTS.md"), page))
            .map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    Ok(())
}

fn wish(words: &[String]) -> Result<Wish, String> {
    let mut wish = Wish {
        runs: 5,
        against: None,
        write: true,
        names: Vec::new(),
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--runs" => {
                wish.runs = words
                    .next()
                    .and_then(|n| n.parse().ok())
                    .filter(|&n| n > 0)
                    .ok_or("--runs takes a number from 1")?;
            }
            "--against" => {
                wish.against = Some(
                    words
                        .next()
                        .ok_or("--against takes a command to compare with")?
                        .into(),
                );
            }
            "--no-write" => wish.write = false,
            option if option.starts_with('-') => {
                return Err(format!("there is no option {option}"));
            }
            name => wish.names.push(name.to_owned()),
        }
    }
    Ok(wish)
}

/// All questions, the cases of the rungs written into the folder.
fn questions(folder: &Path) -> Result<Vec<Question>, String> {
    let words = |text: &[&str]| text.iter().map(|&w| w.to_owned()).collect();
    let report = folder.join("report.html").display().to_string();
    let mut all = vec![
        Question {
            name: "version".to_owned(),
            numbers: "`--version`".to_owned(),
            arguments: words(&["--version"]),
            check: Check::Version,
        },
        Question {
            name: "flagship".to_owned(),
            numbers: "`run examples/altman-reads-ms --html`".to_owned(),
            arguments: words(&[
                "run",
                "examples/altman-reads-ms",
                "--json",
                "--html",
                &report,
            ]),
            check: Check::Settled,
        },
    ];
    for rung in RUNGS {
        let path = folder.join(format!("{}.toml", rung.name));
        std::fs::write(&path, rung.case()).map_err(|e| format!("{}: {e}", path.display()))?;
        let (verb, check) = match rung.asks {
            Asks::Futures(count) => ("futures", Check::Count(count)),
            Asks::Settled => ("run", Check::Settled),
        };
        all.push(Question {
            name: rung.name.to_owned(),
            numbers: format!("`{verb}` on {}", rung.numbers()),
            arguments: words(&[verb, &path.display().to_string(), "--json"]),
            check,
        });
    }
    Ok(all)
}

/// Asks every command in turn, so that a busy moment of the machine meets all of them; one row a command.
fn ask(
    question: &Question,
    commands: &[(String, PathBuf)],
    runs: usize,
    scratch: &Path,
) -> Result<Vec<Row>, String> {
    let output = scratch.join("output");
    let mut costs = vec![Vec::new(); commands.len()];
    let start = Instant::now();
    for _ in 0..runs {
        for ((name, command), costs) in commands.iter().zip(&mut costs) {
            let cost = measure(command, &question.arguments, &output, scratch)?;
            let text = std::fs::read_to_string(&output).map_err(|e| e.to_string())?;
            right(question.check, &text)
                .map_err(|why| format!("{} by {name}: {why}", question.name))?;
            costs.push(cost);
        }
        if start.elapsed() > LONG_ENOUGH {
            break;
        }
    }
    let row = |((name, _), costs): (&(String, PathBuf), Vec<_>)| Row {
        name: question.name.clone(),
        numbers: question.numbers.clone(),
        command: name.clone(),
        answer: match question.check {
            Check::Version => String::new(),
            Check::Count(count) => format!("{count} consistent"),
            Check::Settled => "exact".to_owned(),
        },
        costs,
    };
    Ok(commands.iter().zip(costs).map(row).collect())
}

fn right(check: Check, output: &str) -> Result<(), String> {
    if let Check::Version = check {
        return if output.starts_with("sinario ") {
            Ok(())
        } else {
            Err(format!("printed {output:?}"))
        };
    }
    let json: Value = serde_json::from_str(output).map_err(|e| format!("not JSON: {e}"))?;
    let futures = &json["futures"];
    match check {
        Check::Version => Ok(()),
        Check::Count(count) if futures["count"].as_str() == Some(&count.to_string()) => Ok(()),
        Check::Count(count) => Err(format!(
            "{} consistent futures, not {count}",
            futures["count"]
        )),
        Check::Settled => {
            if json["case"]["method"] != "exact" {
                return Err(format!("method {}, not exact", json["case"]["method"]));
            }
            adds_up(&futures["marginals"])
        }
    }
}

/// The settled probabilities of each driver's states are a distribution.
fn adds_up(marginals: &Value) -> Result<(), String> {
    let drivers = marginals
        .as_object()
        .filter(|d| !d.is_empty())
        .ok_or("no marginals")?;
    for (driver, states) in drivers {
        let sum: f64 = states
            .as_object()
            .into_iter()
            .flat_map(|s| s.values())
            .filter_map(|state| state["settled"].as_f64())
            .sum();
        if (sum - 1.0).abs() > 1e-9 {
            return Err(format!(
                "the settled probabilities of {driver} sum to {sum}"
            ));
        }
    }
    Ok(())
}

/// Where cargo put the release command.
fn built() -> Result<PathBuf, String> {
    let text = shell::read(&mut shell::cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--no-deps",
        "--locked",
    ]))?;
    let json: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let target = json["target_directory"]
        .as_str()
        .ok_or("cargo metadata names no target folder")?;
    Ok(Path::new(target)
        .join("release")
        .join(format!("sinario{}", std::env::consts::EXE_SUFFIX)))
}

/// A folder that goes when it is done with.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, String> {
        let folder = std::env::temp_dir().join(format!("sinario-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        Ok(Scratch(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that cannot be removed is the temporary folder's own affair.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_answers_are_seen() {
        let futures = r#"{"futures": {"count": "95"}}"#;
        assert_eq!(right(Check::Count(95), futures), Ok(()));
        assert!(right(Check::Count(13), futures).is_err());
        assert!(right(Check::Count(95), "").is_err());
        let settled = |p| {
            format!(
                r#"{{"case": {{"method": "exact"}}, "futures": {{"marginals": {{"a": {{"x": {{"settled": {p}}}, "y": {{"settled": 0.25}}}}}}}}}}"#
            )
        };
        assert_eq!(right(Check::Settled, &settled(0.75)), Ok(()));
        assert!(right(Check::Settled, &settled(0.7)).is_err());
        assert!(right(Check::Settled, &settled(0.75).replace("exact", "sampled")).is_err());
        assert!(right(Check::Settled, futures).is_err());
        assert!(
            right(Check::Version, "sinario 0.1.0\n").is_ok() && right(Check::Version, "").is_err()
        );
    }

    #[test]
    fn options_are_read() {
        let words = |text: &str| wish(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
        let all = words("--runs 3 sparse40 --against ./old").unwrap();
        assert_eq!((all.runs, all.names), (3, vec!["sparse40".to_owned()]));
        assert_eq!(all.against, Some(PathBuf::from("./old")));
        assert!(words("--runs 0").is_err() && words("--what").is_err());
    }
}
