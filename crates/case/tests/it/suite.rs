//! `tests/suite/`: small cases with the expected diagnostics written inside them.
//!
//! A remark `# E0202 "words"` stands above the line on which that diagnostic underlines those words (their first line); a
//! remark `# file E0104` expects one without a place. With `BLESS_SUITE=1` the
//! remarks are written anew; read the change before committing it.

use sinario_case::{Diagnostic, Page, parse};
use std::collections::BTreeSet;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/suite"))
}

/// Names and bytes of all suite files, in order.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .map(|p| {
            (
                p.file_stem().unwrap().to_str().unwrap().to_owned(),
                std::fs::read(&p).unwrap(),
            )
        })
        .collect();
    all.sort();
    all
}

fn is_remark(line: &str) -> bool {
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    let code = |s: &str| {
        s.len() >= 5 && s.starts_with(['E', 'A']) && s[1..5].bytes().all(|b| b.is_ascii_digit())
    };
    line.strip_prefix("# file ").is_some_and(code)
        || line
            .strip_prefix("# ")
            .is_some_and(|s| code(s) && s[5..].starts_with(" \""))
}

/// The line (from 0, remarks included) and the remark of a diagnostic.
fn remark(d: &Diagnostic, source: &str) -> (Option<usize>, String) {
    let Some(label) = d.labels.first() else {
        return (None, format!("# file {}", d.code));
    };
    let line = source[..label.span.start].matches('\n').count();
    let words = source[label.span.clone()].lines().next().unwrap_or("");
    let words: String = words.chars().take(60).filter(|c| !c.is_control()).collect();
    (Some(line), format!("# {} \"{words}\"", d.code))
}

/// The file with the remarks that its diagnostics call for, in place of those that it has.
fn with_remarks(bytes: &[u8]) -> Vec<u8> {
    let source = String::from_utf8_lossy(bytes);
    let all = parse(bytes).diagnostics;
    let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
    let is_own = |at: &usize| !is_remark(&String::from_utf8_lossy(lines[*at]));
    // A place before the first line of the author's own is on that line.
    let own = |at: usize| (at..lines.len()).find(is_own);
    let remarks: Vec<_> = (all.iter().map(|d| remark(d, &source)))
        .map(|(at, text)| (at.and_then(own), text))
        .collect();
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if is_remark(&String::from_utf8_lossy(line)) {
            continue;
        }
        for (_, remark) in remarks.iter().filter(|(of, _)| *of == Some(at)) {
            out.extend_from_slice(remark.as_bytes());
            out.push(b'\n');
        }
        out.extend_from_slice(line);
    }
    // What has no line of its own comes at the end.
    for (_, remark) in remarks
        .iter()
        .filter(|(of, _)| of.is_none_or(|l| l >= lines.len()))
    {
        if !out.is_empty() && !out.ends_with(b"\n") {
            out.push(b'\n');
        }
        out.extend_from_slice(remark.as_bytes());
        out.push(b'\n');
    }
    out
}

#[test]
fn each_file_has_the_diagnostics_that_stand_in_it() {
    let bless = std::env::var_os("BLESS_SUITE").is_some();
    let mut wrong = Vec::new();
    for (name, bytes) in files() {
        let expected = with_remarks(&bytes);
        if expected != bytes {
            if bless {
                std::fs::write(folder().join(format!("{name}.toml")), &expected).unwrap();
            }
            wrong.push(format!(
                "--- {name}\n{}",
                String::from_utf8_lossy(&expected)
            ));
        }
    }
    assert!(
        bless || wrong.is_empty(),
        "these are the diagnostics now:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn no_code_and_no_file_is_forgotten() {
    let mut seen = BTreeSet::new();
    for (name, bytes) in files() {
        let codes: BTreeSet<_> = parse(&bytes).diagnostics.iter().map(|d| d.code).collect();
        // A file named after a code shows it; the others say what they are about.
        if let Some(code) = Page::find(name.split('_').next().unwrap()) {
            assert!(codes.contains(code.code), "{name} has {codes:?}");
        }
        seen.extend(codes);
    }
    // A file of more than 8 MiB, one of more than 4096 entries and one of more than 256 actors are no small cases; their tests stand beside their
    // wording.
    seen.extend(["E0101", "E0107", "E0415"]);
    let all: BTreeSet<_> = Page::all().iter().map(|p| p.code).collect();
    assert_eq!(seen, all);
    let strangers = std::fs::read_dir(folder()).unwrap().filter(|e| {
        let name = e.as_ref().unwrap().file_name();
        !name.to_str().unwrap().ends_with(".toml") && name != "README.md"
    });
    assert_eq!(strangers.count(), 0, "only .toml files are read");
}

#[test]
fn remarks_are_recognised() {
    for yes in ["# E0202 \"x\"", "# file E0104", "\u{feff}# A0101 \"\""] {
        assert!(is_remark(yes));
    }
    for no in [
        "# E0202 is unknown",
        "# a remark",
        "#E0202 \"x\"",
        "x = \"# E0202 \"",
    ] {
        assert!(!is_remark(no));
    }
}
