//! Words of probability and Admiralty grades against the published standards (`tests/data/evidence_standards.json`).

use serde_json::Value;
use sinario_case::{Lang, Page, Trust, parse};

fn standards() -> Value {
    serde_json::from_str(include_str!("../data/evidence_standards.json")).unwrap()
}

/// What the reader makes of a text where a chance is expected.
fn chance(text: &str) -> Option<f64> {
    let case = format!(
        "sinario = 1\ntitle = \"x\"\n[drivers.a]\nstates = {{ b = \"B\", c = \"C\" }}\n[facts.f]\ntext = \"x\"\nexpected = {{ a = {{ b = \"{text}\", c = 0.5 }} }}"
    );
    Some(parse(case.as_bytes()).case?.facts[0].expected[0].chances[0].value)
}

#[test]
fn both_rows_of_icd_203_mean_the_middle_of_their_band() {
    for band in standards()["icd203"]["bands"].as_array().unwrap() {
        let middle = (band["low"].as_f64().unwrap() + band["high"].as_f64().unwrap()) / 200.0;
        for row in ["row1", "row2"] {
            let words = band[row].as_str().unwrap();
            // `almost certain(ly)` is two words.
            let spellings = [
                words.replace(['(', ')'], ""),
                words.split('(').next().unwrap().to_owned(),
            ];
            for word in spellings {
                for word in [word.to_uppercase(), word] {
                    assert_eq!(chance(&word), Some(middle), "{word}");
                }
            }
        }
    }
}

#[test]
fn korean_and_english_words_mean_the_same_and_the_page_lists_them() {
    let page = Page::find("E0304").unwrap();
    let mut listed = 0;
    for lang in [Lang::En, Lang::Ko] {
        let text = page.text(lang);
        for line in text.lines().filter(|l| l.starts_with("- ")) {
            let (words, value) = line[2..].rsplit_once(": ").unwrap();
            let value: f64 = value.parse().unwrap();
            for word in words
                .split([',', '(', ')'])
                .map(str::trim)
                .filter(|w| !w.is_empty())
            {
                assert_eq!(chance(word), Some(value), "{word}");
                listed += 1;
            }
        }
    }
    assert_eq!(listed, 2 * 7 * 3);
}

/// The words of other scales (Kent, IPCC) mean other numbers there, so they are ours only where ICD 203 has them too.
#[test]
fn words_of_other_scales_are_not_taken_by_accident() {
    let ours = |text: &str| chance(text).is_some();
    let icd: Vec<String> = standards()["icd203"]["bands"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|b| {
            [
                b["row1"].as_str().unwrap().to_owned(),
                b["row2"].as_str().unwrap().to_owned(),
            ]
        })
        .flat_map(|w| {
            [
                w.replace(['(', ')'], ""),
                w.split('(').next().unwrap().to_owned(),
            ]
        })
        .collect();
    for scale in ["kent1964", "ipcc"] {
        for band in standards()[scale]["bands"].as_array().unwrap() {
            let word = band[0].as_str().unwrap();
            assert_eq!(ours(word), icd.iter().any(|w| w == word), "{word}");
        }
    }
}

#[test]
fn every_grade_of_the_admiralty_code_is_read_and_no_other() {
    let read = |grade: &str| {
        let case = format!(
            "sinario = 1\ntitle = \"x\"\n[drivers.a]\nstates = {{ b = \"B\", c = \"C\" }}\n[facts.f]\ntext = \"x\"\ngrade = \"{grade}\""
        );
        parse(case.as_bytes())
            .case
            .map(|c| c.trust.of(c.facts[0].grade))
    };
    let standards = standards();
    let keys = |of: &str| -> Vec<String> {
        standards["admiralty"][of]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };
    for letter in keys("reliability") {
        for digit in keys("credibility") {
            assert!(
                read(&format!("{letter}{digit}")).is_some(),
                "{letter}{digit}"
            );
        }
    }
    // `G (deliberately deceptive)` is MISP's own.
    for none in ["G1", "A7", "A0"] {
        assert_eq!(read(none), None, "{none}");
    }
}

/// model.md departs from MISP's numbers (A 100, B 75, C 50, D 25, E 0, F 50): ours fall more slowly and never to nothing,
/// since a source that was never right would have to be weighed as evidence of the opposite. The order is the same, and F,
/// which cannot be judged, lies in the middle with both. The digit has no number there at all.
#[test]
fn trust_by_letter_departs_from_misp_as_the_model_says() {
    let standards = standards();
    let misp = &standards["admiralty"]["misp_numerical_reliability"];
    let ours = Trust::default();
    assert_eq!(ours.letters, [0.95, 0.85, 0.70, 0.50, 0.25, 0.50]);
    assert_eq!(ours.digits, [1.0, 0.9, 0.75, 0.5, 0.25, 0.75]);
    let theirs: Vec<f64> = "ABCDEF"
        .chars()
        .map(|l| misp[l.to_string()].as_f64().unwrap() / 100.0)
        .collect();
    assert_eq!(theirs, [1.0, 0.75, 0.5, 0.25, 0.0, 0.5]);
    assert!(ours.letters[..5].is_sorted_by(|a, b| a > b) && theirs[..5].is_sorted_by(|a, b| a > b));
    assert_eq!(ours.letters[5], theirs[5]);
    for (ours, theirs) in ours.letters[1..5].iter().zip(&theirs[1..5]) {
        assert!(ours > theirs);
    }
    assert!(ours.letters[4] > 0.0 && ours.letters[0] < 1.0);
}
