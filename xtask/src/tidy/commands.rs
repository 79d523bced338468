//! The commands that the readers of READMEs and of CONTRIBUTING.md are told to type.

use super::Finding;
use super::house::House;
use crate::shell;
use std::collections::BTreeMap;

/// Words of cargo that those pages may use.
const CARGO: &[&str] = &[
    "build", "test", "fmt", "clippy", "doc", "install", "insta", "deny", "fuzz", "metadata",
];

/// A command: its line, counted from 0, and its words.
pub(crate) type Shown = (usize, Vec<String>);

pub(crate) fn check(house: &House) -> Vec<Finding> {
    let ask = |verb: &str| {
        let words = format!("run --quiet --locked --package sinario -- {verb} --help");
        let words: Vec<&str> = words.split_whitespace().collect();
        shell::read(&mut shell::cargo(&words))
    };
    let mut findings = agree(house);
    let mut helps = match ask("") {
        Ok(help) => BTreeMap::from([(String::new(), Some(help))]),
        Err(why) => {
            findings.push(Finding::error("crates/cli", why, "mend the command first"));
            return findings;
        }
    };
    let mut help = |verb: &str| {
        let asked = helps.entry(verb.to_owned());
        asked.or_insert_with(|| ask(verb).ok()).clone()
    };
    findings.extend(exist(house, &mut help));
    findings
}

/// Commands in blocks of code, indented or fenced; what follows `#` is said about them.
pub(crate) fn shown(page: &str) -> Vec<Shown> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (number, line) in page.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced || line.starts_with("    ") {
            found.extend(command(line).map(|words| (number, words)));
        }
    }
    found
}

/// Commands in running text, between backticks.
fn told(page: &str) -> Vec<Shown> {
    let mut found = Vec::new();
    for (number, line) in page
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.starts_with("    "))
    {
        let between = line.split('`').skip(1).step_by(2);
        found.extend(between.filter_map(command).map(|words| (number, words)));
    }
    found
}

fn command(text: &str) -> Option<Vec<String>> {
    let text = text.trim().trim_start_matches("$ ");
    let text = text.split(" # ").next().unwrap_or(text);
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    matches!(words.first().map(String::as_str), Some("cargo" | "sinario")).then_some(words)
}

fn all(page: &str) -> Vec<Shown> {
    let mut all = shown(page);
    all.extend(told(page));
    all
}

/// Both languages show the same commands, but for the language they ask for.
fn agree(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in &house.files {
        let Some(stem) = path.strip_suffix("README.md") else {
            continue;
        };
        let korean = format!("{stem}README.ko.md");
        let Some(other) = house.files.get(&korean) else {
            if stem.is_empty() {
                findings.push(Finding::error(
                    korean,
                    "the Korean README is missing",
                    "write it",
                ));
            }
            continue;
        };
        let (one, two) = (without_language(text), without_language(other));
        let lacks = |here: &[String], there: &[String], place: &str, from: &str| {
            let missing = here.iter().filter(|c| !there.contains(c));
            let said = |c: &String| {
                Finding::error(
                    place,
                    format!("`{c}` stands in {from} only"),
                    "show the same in both",
                )
            };
            missing.map(said).collect::<Vec<_>>()
        };
        findings.extend(lacks(&one, &two, &korean, path));
        findings.extend(lacks(&two, &one, path, &korean));
    }
    findings
}

fn without_language(page: &str) -> Vec<String> {
    let plain = |(_, words): Shown| {
        let text = words.join(" ");
        let text = text.replace(" --lang ko", "").replace(" --lang en", "");
        text.replace("-ko.", ".").replace("-en.", ".")
    };
    all(page).into_iter().map(plain).collect()
}

/// Everything that is shown can be typed.
fn exist(house: &House, help: &mut dyn FnMut(&str) -> Option<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in &house.files {
        let page = matches!(
            path.rsplit('/').next(),
            Some("README.md" | "README.ko.md" | "CONTRIBUTING.md")
        );
        if !page {
            continue;
        }
        for (line, words) in all(text) {
            if let Err(wrong) = possible(house, &words, help) {
                let wrong = format!("`{}`: {wrong}", words.join(" "));
                findings.push(Finding::at(
                    path,
                    line,
                    wrong,
                    "show a command that works, or make this one work",
                ));
            }
        }
    }
    findings
}

fn possible(
    house: &House,
    words: &[String],
    help: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<(), String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let typed = match words[..] {
        ["sinario", ref rest @ ..] => rest,
        ["cargo", "run", ref rest @ ..] => {
            let own = rest
                .iter()
                .position(|w| *w == "--")
                .map_or(rest.len(), |at| at + 1);
            &rest[own..]
        }
        ["cargo", "xtask"] => return Ok(()),
        ["cargo", "xtask", verb, ..] if crate::VERBS.iter().any(|v| v.name == verb) => {
            return Ok(());
        }
        ["cargo", "xtask", verb, ..] => return Err(format!("there is no chore `{verb}`")),
        ["cargo", word, ..] if CARGO.contains(&word) => return Ok(()),
        _ => return Err("not known to this rule".to_owned()),
    };
    let verb = typed
        .first()
        .filter(|w| !w.starts_with('-'))
        .copied()
        .unwrap_or("");
    let known = help(verb).ok_or_else(|| format!("there is no `sinario {verb}`"))?;
    for word in typed {
        let option = word.split('=').next().unwrap_or(word);
        if option.starts_with("--") && !offers(&known, option) {
            return Err(format!("`sinario {verb}` has no option {option}"));
        }
        let path = word.trim_end_matches('/');
        if path.starts_with("examples/") && !house.has(path) {
            return Err(format!("there is no {path}"));
        }
    }
    Ok(())
}

/// Whether a help text names the option, whole.
fn offers(help: &str, option: &str) -> bool {
    help.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .any(|word| word == option)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(verb: &str) -> Option<String> {
        match verb {
            "" => Some("Usage: sinario … --version".to_owned()),
            "run" => Some("Usage: sinario run … --json --lang <LANG> --html-folder X".to_owned()),
            _ => None,
        }
    }

    fn wrong(page: &str) -> Vec<String> {
        let house = House::of(&[("README.md", page), ("examples/a/case.toml", "")]);
        exist(&house, &mut help)
            .into_iter()
            .map(|f| f.wrong)
            .collect()
    }

    #[test]
    fn commands_are_found_in_blocks_and_in_text() {
        let page = "See `cargo xtask tidy`, not `this`.\n\n    cargo run # first\n    text\n```\n$ sinario run a\n```\n";
        let found: Vec<(usize, String)> = all(page)
            .into_iter()
            .map(|(n, w)| (n, w.join(" ")))
            .collect();
        let told = |n: usize, text: &str| (n, text.to_owned());
        assert_eq!(
            found,
            [
                told(2, "cargo run"),
                told(5, "sinario run a"),
                told(0, "cargo xtask tidy")
            ]
        );
    }

    #[test]
    fn commands_that_cannot_be_typed() {
        assert!(wrong("`cargo run --release -- run examples/a --json --lang ko`, `cargo xtask test`, `sinario --version`").is_empty());
        assert_eq!(
            wrong("    cargo run --release -- run examples/a --html x\n").len(),
            1
        );
        assert_eq!(
            wrong("    cargo run -- dance\n"),
            ["`cargo run -- dance`: there is no `sinario dance`"]
        );
        assert_eq!(
            wrong("`sinario run examples/b`"),
            ["`sinario run examples/b`: there is no examples/b"]
        );
        assert_eq!(wrong("`cargo xtask dance`").len(), 1);
        assert_eq!(wrong("`cargo dance`").len(), 1);
    }

    #[test]
    fn languages_that_disagree() {
        let house = |korean| {
            House::of(&[
                ("README.md", "    sinario run a --html en.html\n"),
                ("README.ko.md", korean),
            ])
        };
        assert!(agree(&house("    sinario run a --lang ko --html en.html\n")).is_empty());
        assert_eq!(agree(&house("    sinario run b\n")).len(), 2);
        assert_eq!(agree(&House::of(&[("README.md", "")])).len(), 1);
        assert!(agree(&House::of(&[("examples/a/README.md", "")])).is_empty());
    }
}
