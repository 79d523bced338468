//! `cargo xtask first`: what somebody meets who clones the project and types the README's first command.

use crate::shell;
use crate::tidy::readme_commands;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Clones HEAD into a temporary folder, runs the first command there, then once more with a report.
pub(crate) fn run(_: &[String]) -> Result<(), String> {
    let place = std::env::temp_dir().join(format!("sinario-first-{}", std::process::id()));
    let outcome = tried(&place);
    // What is left in the temporary folder harms nobody; the outcome matters.
    let _ = std::fs::remove_dir_all(&place);
    outcome
}

fn tried(place: &Path) -> Result<(), String> {
    let mut clone = Command::new("git");
    clone.args(["clone", "--quiet", "--no-hardlinks"]);
    shell::run(clone.arg(shell::root()).arg(place))?;
    let readme = std::fs::read_to_string(place.join("README.md")).map_err(|e| e.to_string())?;
    let words = first(&readme).ok_or("README.md shows no `cargo run` command")?;
    println!("clean clone: {}", words.join(" "));
    let printed = shell::read(&mut command(place, &words))?;
    if printed.trim().is_empty() {
        return Err("the README's first command printed nothing".to_owned());
    }
    println!("{printed}");
    let report = place.join("report.html");
    shell::run(command(place, &words).arg("--html").arg(&report))?;
    let html = std::fs::read_to_string(&report).map_err(|e| format!("the report: {e}"))?;
    whole(&html)?;
    println!("clean clone: a report of {} bytes", html.len());
    Ok(())
}

/// The first command that runs the program.
fn first(readme: &str) -> Option<Vec<String>> {
    readme_commands(readme)
        .into_iter()
        .map(|(_, words)| words)
        .find(|words| words.starts_with(&["cargo".to_owned(), "run".to_owned()]))
}

fn command(place: &Path, words: &[String]) -> Command {
    let mut command = shell::cargo(&[]);
    // The clone builds into a folder of its own unless told otherwise: a target folder that is already warm would hide
    // what is missing from the clone.
    command.args(&words[1..]).current_dir(PathBuf::from(place));
    command
}

fn whole(html: &str) -> Result<(), String> {
    if html
        .trim_start()
        .to_lowercase()
        .starts_with("<!doctype html")
        && html.trim_end().ends_with("</html>")
    {
        Ok(())
    } else {
        Err("the report is not a whole HTML page".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_command_is_what_the_readme_shows_first() {
        let readme = "Text with `cargo run nothing`.\n\n    cargo xtask test\n    cargo run --release -- run examples/a\n";
        assert_eq!(
            first(readme).unwrap().join(" "),
            "cargo run --release -- run examples/a"
        );
        assert_eq!(first("No command."), None);
    }

    #[test]
    fn half_a_report_is_seen() {
        assert!(whole("<!doctype html>\n<html></html>\n").is_ok());
        assert!(whole("<!DOCTYPE html><html><p>half").is_err());
        assert!(whole("").is_err());
    }
}
