//! What is said about every file of `tests/suite`, as people see it, in both languages; every page of `explain`.

use sinario_case::{Lang, Page, parse};
use sinario_render::{diagnostics, diagnostics_json, explain, explain_all, explain_json, tally};
use std::collections::BTreeSet;
use std::path::Path;

const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/suite");
const SNAPSHOTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/snapshots");

fn suite() -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(SUITE)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .map(|p| {
            let name = p.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(&p).unwrap())
        })
        .collect();
    all.sort();
    all
}

fn said(name: &str, bytes: &[u8], lang: Lang) -> String {
    let parsed = parse(bytes);
    let source = String::from_utf8_lossy(bytes);
    let text = diagnostics(
        &format!("{name}.toml"),
        &source,
        &parsed.diagnostics,
        lang,
        false,
    );
    format!(
        "{text}{}\n",
        tally(parsed.errors, &parsed.diagnostics, lang)
    )
}

#[test]
fn every_message_of_the_suite() {
    for (name, bytes) in suite() {
        let both = format!(
            "{}\n{}",
            said(&name, &bytes, Lang::Ko),
            said(&name, &bytes, Lang::En)
        );
        insta::assert_snapshot!(format!("suite_{name}"), both);
    }
}

#[test]
fn no_snapshot_outlives_its_file() {
    let names: BTreeSet<_> = suite().into_iter().map(|(name, _)| name).collect();
    for entry in std::fs::read_dir(SNAPSHOTS).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        if let Some(name) = file
            .strip_prefix("it__diagnostics__suite_")
            .and_then(|f| f.strip_suffix(".snap"))
        {
            assert!(names.contains(name), "{file}");
        }
    }
}

#[test]
fn every_page_of_explain() {
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        let pages: Vec<String> = Page::all().iter().map(|p| explain(p, lang)).collect();
        insta::assert_snapshot!(format!("explain_all_{tag}"), explain_all(lang));
        insta::assert_snapshot!(format!("explain_pages_{tag}"), pages.join("\n────\n\n"));
    }
    let json = explain_json(Page::all(), Lang::En);
    assert_eq!(json["pages"].as_array().unwrap().len(), Page::all().len());
    assert_eq!(json["pages"][0]["code"], "E0101");
}

#[test]
fn json_has_all_of_it_advice_too() {
    let text =
        std::fs::read_to_string(Path::new(SUITE).join("e0410_group_of_two_actors.toml")).unwrap();
    let found = parse(text.as_bytes()).diagnostics;
    let json = diagnostics_json(&text, &found, Lang::En);
    let one = &json["diagnostics"][0];
    assert_eq!(
        (&one["code"], &one["severity"]),
        (&"E0410".into(), &"error".into())
    );
    assert_eq!(one["labels"].as_array().unwrap().len(), 2);
    assert_eq!(one["labels"][1]["text"], "another actor's act");
    assert_eq!(
        (&one["line"], &one["column"], &one["span"]),
        (
            &one["labels"][0]["line"],
            &one["labels"][0]["column"],
            &one["labels"][0]["span"]
        )
    );

    let text = std::fs::read_to_string(Path::new(SUITE).join("a0203_certainty.toml")).unwrap();
    let json = diagnostics_json(&text, &parse(text.as_bytes()).diagnostics, Lang::Ko);
    assert_eq!(
        (
            &json["diagnostics"][0]["code"],
            &json["diagnostics"][0]["severity"]
        ),
        (&"A0203".into(), &"advice".into())
    );

    let text = "\u{feff}strenght = \"한글\"";
    let json = diagnostics_json(text, &parse(text.as_bytes()).diagnostics, Lang::En);
    let all = json["diagnostics"].as_array().unwrap();
    let wrong = all.iter().find(|d| d["code"] == "E0201").unwrap();
    assert_eq!((&wrong["line"], &wrong["column"]), (&1.into(), &1.into()));
    assert_eq!(wrong["fix"]["with"], "strength");
    assert_eq!(wrong["fix"]["span"], serde_json::json!([3, 11]));
}

/// Columns that a terminal gives a text: two for Hangul and other wide letters.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{1100}'..='\u{115f}'
            | '\u{2e80}'..='\u{a4cf}'
            | '가'..='힣'
            | '\u{ff00}'..='\u{ff60}'
            | '\u{1f300}'..='\u{1faff}' => 2,
            _ => 1,
        })
        .sum()
}

#[test]
fn the_caret_stands_under_its_words_after_wide_letters() {
    for before in ["", "가나다", "ｗｉｄｅ", "🙂", "漢字", "a가b"] {
        let source = format!("title = \"{before}\"; x");
        let at = source.find("; x").unwrap();
        let found = parse(source.as_bytes()).diagnostics;
        let mut found = found[..1].to_vec();
        found[0].labels[0].span = at..at + 3;
        let text = diagnostics("case.toml", &source, &found, Lang::Ko, false);
        let line = |with: &str| text.lines().find(|l| l.contains(with)).unwrap().to_owned();
        let (quoted, caret) = (line("; x"), line("^"));
        let words = columns(&quoted[..quoted.find("; x").unwrap()]);
        assert_eq!(columns(&caret[..caret.find('^').unwrap()]), words, "{text}");
        assert_eq!(caret.matches('^').count(), 3);
    }
}

#[test]
fn lines_of_megabytes_and_odd_letters_are_quoted_in_part() {
    let long = format!("title = \"{}\" x", "가".repeat(1 << 20));
    let found = parse(long.as_bytes()).diagnostics;
    let text = diagnostics("case.toml", &long, &found, Lang::En, false);
    assert!(text.len() < 20_000, "{}", text.len());
    for source in [
        "title = \"a\0b\"",
        "title = \"a\u{1b}[31m\"",
        "\r\r\rx",
        "x = 1\r\ny = = 2\r\n",
        "\u{feff}",
        "",
    ] {
        let found = parse(source.as_bytes()).diagnostics;
        let text = diagnostics("case.toml", source, &found, Lang::En, false);
        assert!(
            text.chars().all(|c| c == '\n' || !c.is_control()),
            "{text:?}"
        );
    }
}
