//! How files are named, how long they are, and where they stand.

use super::house::House;
use super::source::{Source, holds};
use super::{Finding, Weight};

/// Names that say nothing of what a module holds.
const EMPTY_NAMES: &[&str] = &[
    "util", "utils", "common", "helper", "helpers", "manager", "managers", "misc",
];

/// Lines beyond which a file is usually two things, and beyond which it is.
const LONG: usize = 500;
const TOO_LONG: usize = 700;

pub(crate) fn names(house: &House) -> Vec<Finding> {
    let way_out = "name it after what it holds, as model.md calls that";
    let mut findings = Vec::new();
    for (path, text) in house.files.iter().filter(|(p, _)| p.ends_with(".rs")) {
        let parts = path.trim_end_matches(".rs").split('/');
        for part in parts.filter(|p| EMPTY_NAMES.contains(p)) {
            findings.push(Finding::error(
                path,
                format!("a module is called `{part}`"),
                way_out,
            ));
        }
        let source = Source::new(text);
        for name in EMPTY_NAMES {
            for line in source.find(&format!("mod {name} {{")) {
                findings.push(Finding::at(
                    path,
                    line,
                    format!("a module is called `{name}`"),
                    way_out,
                ));
            }
        }
    }
    findings
}

pub(crate) fn length(house: &House) -> Vec<Finding> {
    let written = [".rs", ".css", ".js"];
    let mut findings = Vec::new();
    for (path, text) in &house.files {
        let lines = text.lines().count();
        if !written.iter().any(|end| path.ends_with(end)) || lines <= LONG {
            continue;
        }
        let mut finding = Finding::error(
            path,
            format!("{lines} lines"),
            format!(
                "beyond {LONG} a file is usually two things, beyond {TOO_LONG} it is: part them"
            ),
        );
        if lines <= TOO_LONG {
            finding.weight = Weight::Note;
        }
        findings.push(finding);
    }
    findings
}

/// A file that no `mod` names is compiled by nobody, and its tests never run.
pub(crate) fn reached(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for path in house.files.keys() {
        let Some((folder, file)) = path.rsplit_once('/') else {
            continue;
        };
        let Some(stem) = file.strip_suffix(".rs") else {
            continue;
        };
        let inside = path.contains("/src/") || path.contains("/tests/it/");
        if !inside || matches!(stem, "lib" | "main") || folder.ends_with("/src/bin") {
            continue;
        }
        let (parent, name) = match (stem, folder.rsplit_once('/')) {
            ("mod", Some((above, own))) => (above, own),
            _ => (folder, stem),
        };
        let parents = [
            format!("{parent}/mod.rs"),
            format!("{parent}/lib.rs"),
            format!("{parent}/main.rs"),
            format!("{parent}.rs"),
        ];
        let named = |text: &str| {
            let source = Source::new(text);
            let declared = format!("mod {name};");
            source
                .lines
                .iter()
                .any(|l| !l.trim_start().starts_with("//") && holds(l, &declared))
        };
        if !parents.iter().any(|p| named(house.text(p))) {
            findings.push(Finding::error(
                path,
                "no module above it names it, so it is never compiled",
                format!("add `mod {name};` to {parent}, or delete the file"),
            ));
        }
    }
    findings
}

/// Every further test binary links the whole crate once more.
pub(crate) fn one_test_binary(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for path in house
        .files
        .keys()
        .filter(|p| p.starts_with("crates/") || p.starts_with("xtask/"))
    {
        let Some((_, rest)) = path.split_once("/tests/") else {
            continue;
        };
        let binary = match rest.split_once('/') {
            None => rest.ends_with(".rs"),
            Some((folder, file)) => file == "main.rs" && folder != "it",
        };
        if binary {
            findings.push(Finding::error(
                path,
                "a second test binary",
                "make it a module of tests/it/main.rs",
            ));
        }
    }
    findings
}

/// Workspace lints hold everywhere, and they forbid unsafe code.
pub(crate) fn lints(house: &House) -> Vec<Finding> {
    let squeezed = |text: &str| text.replace(' ', "");
    let mut findings = Vec::new();
    if !squeezed(house.text("Cargo.toml")).contains("unsafe_code=\"forbid\"") {
        findings.push(Finding::error(
            "Cargo.toml",
            "the workspace does not forbid unsafe code",
            "write `unsafe_code = \"forbid\"` under [workspace.lints.rust]",
        ));
    }
    for (path, text) in &house.files {
        let ours = path.starts_with("crates/") || path.starts_with("xtask/");
        if ours
            && path.ends_with("/Cargo.toml")
            && !squeezed(text).contains("[lints]\nworkspace=true")
        {
            findings.push(Finding::error(
                path,
                "the workspace's lints do not hold here",
                "add `[lints]` with `workspace = true`",
            ));
        }
    }
    findings
}

pub(crate) fn examples(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for folder in house.folders("examples") {
        let folder = format!("examples/{folder}");
        // A shelf holds cases that one page teaches together.
        let shelf = house.folders(&folder);
        let cases = shelf
            .iter()
            .map(|case| format!("{folder}/{case}/case.toml"));
        let mut wanted = vec![format!("{folder}/README.md")];
        match shelf.is_empty() {
            true => wanted.push(format!("{folder}/case.toml")),
            false => wanted.extend(cases),
        }
        for path in wanted {
            if house.text(&path).trim().is_empty() {
                findings.push(Finding::error(
                    path,
                    "an example without it teaches nothing",
                    "an example is a case.toml that runs and a README.md with what it teaches",
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|f| f.place.as_str()).collect()
    }

    #[test]
    fn empty_names() {
        let house = House::of(&[
            ("crates/a/src/utils.rs", ""),
            ("crates/a/src/helpers/mod.rs", ""),
            (
                "crates/a/src/lib.rs",
                "// mod common {\nmod common {\n}\nmod commoner {}\n",
            ),
        ]);
        assert_eq!(
            places(&names(&house)),
            [
                "crates/a/src/helpers/mod.rs",
                "crates/a/src/lib.rs:2",
                "crates/a/src/utils.rs"
            ]
        );
    }

    #[test]
    fn long_files() {
        let (fine, long, longer) = ("x\n".repeat(500), "x\n".repeat(501), "x\n".repeat(701));
        let house = House::of(&[
            ("a.rs", &fine),
            ("b.rs", &long),
            ("c.rs", &longer),
            ("d.toml", &longer),
        ]);
        let found = length(&house);
        assert_eq!(places(&found), ["b.rs", "c.rs"]);
        assert_eq!(
            (found[0].weight, found[1].weight),
            (Weight::Note, Weight::Error)
        );
    }

    #[test]
    fn forgotten_files() {
        let house = House::of(&[
            (
                "crates/a/src/lib.rs",
                "pub mod kept;\n// mod lost;\nmod folder;\n",
            ),
            ("crates/a/src/kept.rs", "mod under;"),
            ("crates/a/src/kept/under.rs", ""),
            ("crates/a/src/lost.rs", ""),
            ("crates/a/src/folder/mod.rs", ""),
            ("crates/a/src/folder/lost.rs", ""),
            ("crates/a/tests/it/main.rs", "mod seen;"),
            ("crates/a/tests/it/seen.rs", ""),
            ("crates/a/tests/it/unseen.rs", ""),
        ]);
        assert_eq!(
            places(&reached(&house)),
            [
                "crates/a/src/folder/lost.rs",
                "crates/a/src/lost.rs",
                "crates/a/tests/it/unseen.rs"
            ]
        );
    }

    #[test]
    fn second_test_binaries() {
        let house = House::of(&[
            ("crates/a/tests/it/main.rs", ""),
            ("crates/a/tests/it/more.rs", ""),
            ("crates/a/tests/other.rs", ""),
            ("crates/a/tests/third/main.rs", ""),
        ]);
        assert_eq!(
            places(&one_test_binary(&house)),
            ["crates/a/tests/other.rs", "crates/a/tests/third/main.rs"]
        );
    }

    #[test]
    fn lints_left_out() {
        let house = House::of(&[
            (
                "Cargo.toml",
                "[workspace.lints.rust]\nunsafe_code = \"warn\"\n",
            ),
            (
                "crates/a/Cargo.toml",
                "[package]\n[lints]\nworkspace = true\n",
            ),
            ("crates/b/Cargo.toml", "[package]\n"),
        ]);
        assert_eq!(
            places(&lints(&house)),
            ["Cargo.toml", "crates/b/Cargo.toml"]
        );
    }

    #[test]
    fn half_an_example() {
        let house = House::of(&[
            ("examples/a/case.toml", "sinario = 1"),
            ("examples/a/README.md", "It teaches."),
            ("examples/b/case.toml", "sinario = 1"),
            ("examples/c/README.md", "It teaches."),
            ("examples/c/case.toml", " \n"),
            ("examples/shelf/README.md", "They teach."),
            ("examples/shelf/one/case.toml", "sinario = 1"),
            ("examples/shelf/two/notes.md", "Nothing to run."),
        ]);
        assert_eq!(
            places(&examples(&house)),
            [
                "examples/b/README.md",
                "examples/c/case.toml",
                "examples/shelf/two/case.toml"
            ]
        );
    }
}
