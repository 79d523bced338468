//! Behaviour of the case format.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod canonical;
mod formulas;
mod robust;
mod schema;
mod standards;
mod suite;
mod toml_json;

use sinario_case::{How, Kind, Parsed, StateId, parse};

/// A case that uses every key of the format.
pub const WHOLE: &str = include_str!("whole.toml");

/// Every example, and every suite file that can be read.
pub fn good_cases() -> Vec<(String, String)> {
    let mut all = vec![("whole".to_owned(), WHOLE.to_owned())];
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let mut folders: Vec<_> = std::fs::read_dir(examples)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders {
        if let Ok(text) = std::fs::read_to_string(folder.join("case.toml")) {
            all.push((folder.display().to_string(), text));
        }
    }
    for (name, bytes) in suite::files() {
        if parse(&bytes).case.is_some() {
            all.push((name, String::from_utf8(bytes).unwrap()));
        }
    }
    all
}

fn errors(text: &str) -> Vec<(&'static str, String)> {
    let found = parse(text.as_bytes());
    assert!(found.case.is_none(), "{text}");
    found
        .diagnostics
        .iter()
        .map(|d| (d.code, d.title.en.clone()))
        .collect()
}

#[test]
fn every_section_is_read() {
    let Parsed {
        case, diagnostics, ..
    } = parse(WHOLE.as_bytes());
    assert!(diagnostics.iter().all(|d| !d.is_error()), "{diagnostics:?}");
    let case = case.unwrap();
    assert_eq!(
        (case.drivers.len(), case.facts.len(), case.actors.len()),
        (3, 2, 2)
    );
    assert_eq!(case.drivers[1].kind, Kind::Mind);
    assert_eq!(
        (
            case.drivers[0].today,
            case.drivers[0].keeps,
            case.drivers[1].keeps
        ),
        (Some(StateId(0)), 0.5, 0.8)
    );
    assert_eq!(case.impacts[0].scores[0].range, Some((1000, 3000)));
    assert_eq!(
        (
            case.impacts[0].scores[0].thousandths,
            case.impacts[0].scores[1].thousandths
        ),
        (2000, -1125)
    );
    let chances: Vec<f64> = case.facts[0].expected[1]
        .chances
        .iter()
        .map(|c| c.value)
        .collect();
    assert_eq!(chances, [0.1, 0.7, 0.675]);
    assert!((case.trust.of(case.facts[0].grade) - 0.85 * 0.9).abs() < 1e-12);
    let act = case.facts[1].act.as_ref().unwrap();
    assert_eq!(
        (act.chose, act.among.len(), act.worth[0].table[2][1].value),
        (0, 2, 4.0)
    );
    assert_eq!(
        (
            case.actors[0].holds[0].degree,
            case.actors[0].wants[0].score.thousandths
        ),
        (3, -2000)
    );
    assert_eq!((case.rounds(), case.chosen), (3, Some(0)));
    assert_eq!(case.verdicts[0].how, Some(How::Public));
}

#[test]
fn all_errors_come_at_once_with_the_nearest_name() {
    let text = WHOLE
        .replace("today = \"ms\"", "today = \"mss\"")
        .replace("on = \"motive\"", "on = \"motiv\"")
        .replace("absorb = \"70%\"", "absorb = 1.7");
    let found = parse(text.as_bytes());
    let codes: Vec<_> = found.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["E0202", "E0202", "E0301"]);
    let help: Vec<_> = found
        .diagnostics
        .iter()
        .filter_map(|d| d.help.as_ref())
        .map(|h| h.en.as_str())
        .collect();
    assert_eq!(help[..2], ["did you mean `ms`?", "did you mean `motive`?"]);
    let marked = &text[found.diagnostics[1].labels[0].span.clone()];
    assert_eq!(marked, "motiv");
}

#[test]
fn what_is_wrong_is_said() {
    assert_eq!(errors("")[0], ("E0403", "`sinario` is missing".into()));
    assert_eq!(
        errors("sinario = 2\ntitle = \"x\"\n[drivers]")[0].1,
        "this program reads format 1"
    );
    let broken = errors("a = \nb = = 2");
    assert!(broken.len() >= 2 && broken.iter().all(|e| e.0 == "E0103"));
    assert_eq!(
        errors(&WHOLE.replace("\"1 to 3\"", "\"3 to 1\""))[0].0,
        "E0302"
    );
    assert_eq!(errors(&WHOLE.replace("-1.125", "-1.1255"))[0].0, "E0303");
    assert_eq!(
        errors(&WHOLE.replace("\"likely\"", "\"likly\""))[0].0,
        "E0304"
    );
    assert_eq!(
        errors(&WHOLE.replace("own = 0.2 }", "}"))[0].1,
        "every one needs a value here; missing: own"
    );
    let twice = format!(
        "{WHOLE}\n[[impacts]]\nfrom = \"money.ms\"\non = \"motive\"\nscore = {{ win = 1 }}\n"
    );
    assert_eq!(
        errors(&twice)[0].1,
        "a second impact with the same `from` and `on`"
    );
}

#[test]
fn the_examples_carry_no_advice_but_what_is_meant() {
    let mut seen = 0;
    for (name, text) in good_cases() {
        if name.contains("examples") {
            seen += 1;
            let found = parse(text.as_bytes()).diagnostics;
            let other = found.iter().find(|d| !["A0401", "A0106"].contains(&d.code));
            assert_eq!(other, None, "{name}");
        }
    }
    assert!(seen >= 3);
}
