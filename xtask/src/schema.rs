//! `cargo xtask schema`: files that the code writes, committed so that people and editors find them without building.

use crate::shell;
use std::path::Path;

/// A committed file, and what prints it.
pub(crate) struct Generated {
    /// From the root.
    pub path: &'static str,
    /// Words for cargo; the file is what this prints.
    words: &'static str,
}

pub(crate) const GENERATED: &[Generated] = &[Generated {
    path: "crates/case/case.schema.json",
    words: "run --quiet --locked --package sinario-case --example schema",
}];

/// Writes every generated file; with `--check`, compares them instead.
pub(crate) fn run(words: &[String]) -> Result<(), String> {
    let check = match words {
        [] => false,
        [word] if word == "--check" => true,
        _ => return Err("it takes --check or nothing".to_owned()),
    };
    let mut stale = Vec::new();
    for file in GENERATED {
        let text = file.fresh()?;
        let place = shell::root().join(file.path);
        if !check {
            write(&place, &text)?;
        } else if !same(&std::fs::read_to_string(&place).unwrap_or_default(), &text) {
            stale.push(file.path);
        }
    }
    match stale[..] {
        [] => Ok(()),
        _ => Err(format!(
            "stale: {}; run `cargo xtask schema` and commit",
            stale.join(", ")
        )),
    }
}

impl Generated {
    /// What the file should hold.
    pub(crate) fn fresh(&self) -> Result<String, String> {
        let words: Vec<&str> = self.words.split(' ').collect();
        let text = shell::read(&mut shell::cargo(&words))?;
        if text.trim().is_empty() {
            return Err(format!("`cargo {}` printed nothing", self.words));
        }
        Ok(text)
    }
}

/// Git may give a file other line ends than the code writes.
pub(crate) fn same(committed: &str, fresh: &str) -> bool {
    committed.lines().eq(fresh.lines())
}

fn write(place: &Path, text: &str) -> Result<(), String> {
    std::fs::write(place, text).map_err(|e| format!("{}: {e}", place.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_do_not_matter_and_words_do() {
        assert!(same("a\r\nb\r\n", "a\nb\n"));
        assert!(!same("a\n", "a\nb\n") && !same("", "a"));
    }
}
