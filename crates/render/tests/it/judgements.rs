//! Why not and the smallest change, on the terminal, in JSON and in the report.

use crate::terminal::reading;
use serde_json::Value;
use sinario_case::{Lang, parse};
use sinario_reading::Ask;
use sinario_render::{Page, Part, html, json, terminal};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

const FOUNDER: &[u8] = include_bytes!("../data/founder.toml");
const PENNIES: &[u8] = include_bytes!("../data/pennies.toml");
const FLAGSHIP: &[u8] = include_bytes!("../../../../examples/altman-reads-ms/case.toml");

fn ask(source: &[u8], why_not: Option<&str>, change: &str, steps: Option<u64>) -> Ask {
    let case = parse(source).case.unwrap();
    let state = |s: &str| case.find_state(s).unwrap();
    let change = change.split(',').filter(|s| !s.is_empty());
    Ask {
        probabilities: false,
        basins_up_to: 0,
        search_steps: steps,
        why_not: why_not.map(state),
        change: change.map(state).collect(),
        limit: 0,
        ..Ask::default()
    }
}

/// Only what was asked, without the list of futures and the last line.
fn shown(source: &[u8], ask: &Ask, lang: Lang, page: Page) -> String {
    let text = terminal(&reading(source, ask.clone()), Part::Futures, lang, page);
    assert!(text.lines().all(|l| l.width() <= page.width), "{text}");
    let list = match lang {
        Lang::En => "Consistent futures:",
        Lang::Ko => "앞뒤가 맞는 미래:",
    };
    let end = text.lines().position(|l| l.starts_with(list)).unwrap();
    let begins = ["Why not", "왜 안 되는가", "The smallest", "가장 작은"];
    let begin = |l: &str| begins.iter().any(|b| l.starts_with(b));
    let begin = text.lines().position(begin).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    lines[begin..end].join("\n")
}

#[test]
fn every_answer_in_both_languages() {
    let asked = [
        (FLAGSHIP, ask(FLAGSHIP, Some("control.altman"), "", None)),
        (FOUNDER, ask(FOUNDER, Some("money.ms"), "", None)),
        (FOUNDER, ask(FOUNDER, Some("money.many"), "", None)),
        (PENNIES, ask(PENNIES, Some("a.heads"), "", None)),
        (
            FOUNDER,
            ask(FOUNDER, None, "motive.escape,money.ms,control.shared", None),
        ),
        (FLAGSHIP, ask(FLAGSHIP, None, "regard.wary", None)),
        (FLAGSHIP, ask(FLAGSHIP, None, "demand.trial", None)),
        (FLAGSHIP, ask(FLAGSHIP, None, "money.many", Some(20_000))),
        (FLAGSHIP, ask(FLAGSHIP, None, "demand.trial", Some(5_000))),
        (
            FLAGSHIP,
            ask(FLAGSHIP, Some("money.own"), "money.own", Some(5)),
        ),
    ];
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        let mut all = String::new();
        for (source, ask) in &asked {
            let _ = writeln!(all, "{}\n", shown(source, ask, lang, Page::PLAIN));
            for columns in [20, 34, 200] {
                shown(source, ask, lang, Page::of(columns, false));
            }
        }
        insta::assert_snapshot!(format!("judgements_{tag}"), all);
    }
}

#[test]
fn programs_get_the_same_answers() {
    let of = |why_not, change: &str| {
        let ask = ask(FLAGSHIP, why_not, change, None);
        json(&reading(FLAGSHIP, ask), Part::Futures)["futures"].clone()
    };
    let ruled = &of(Some("demand.trial"), "demand.trial");
    let why = &ruled["why_not"];
    assert_eq!(
        (&why["state"], &why["ruled_out"]),
        (&"demand.trial".into(), &true.into())
    );
    assert_eq!(
        (&why["example"], &why["nothing_consistent"]),
        (&Value::Null, &false.into())
    );
    for line in why["proof"].as_array().unwrap() {
        for fall in line["falls"].as_array().unwrap() {
            let carried = fall["carried"].as_array().unwrap();
            let sum: f64 = carried.iter().map(|c| c["least"].as_f64().unwrap()).sum();
            assert_eq!(fall["by"].as_f64(), Some(sum));
            let because = &carried[0]["judgements"][0]["because"];
            assert!(because.as_str().is_some_and(|b| !b.is_empty()));
        }
    }
    let change = &ruled["smallest_change"];
    assert_eq!(change["direction"], "make");
    assert_eq!(
        (&change["proved"], &change["count"]),
        (&true.into(), &1.into())
    );
    assert_eq!(change["example"]["states"]["demand"], "trial");
    let one = &change["changes"][0];
    let by = one["becomes"].as_f64().unwrap() - one["was"].as_f64().unwrap();
    assert_eq!(change["total"].as_f64(), Some(by.abs()));
    assert_eq!(one["new"], false);
    let occurs = &of(Some("money.ms"), "money.ms");
    assert_eq!(occurs["why_not"]["ruled_out"], false);
    assert_eq!(occurs["why_not"]["example"]["states"]["money"], "ms");
    assert_eq!(occurs["smallest_change"]["direction"], "break");
    // Nobody asked, nothing is said.
    let none = of(None, "");
    assert!(none.get("why_not").is_none() && none.get("smallest_change").is_none());
}

#[test]
fn the_report_says_what_a_story_lacks() {
    let found = reading(FOUNDER, Ask::default());
    let (en, ko) = (html(&found, Lang::En), html(&found, Lang::Ko));
    assert!(
        en.contains("It would hold together if 2 judgements were different, by 7 points in all.")
    );
    assert!(ko.contains("판단 2개가 합쳐서 7점 달랐다면 앞뒤가 맞았을 것입니다."));
    // Each score and its reason stand below.
    let change = found.stories[0].change.as_ref().unwrap();
    for c in &change.best.as_ref().unwrap().changes {
        let because = found.case.impacts[c.impact.unwrap()]
            .because
            .as_ref()
            .unwrap();
        assert!(ko.contains(&format!("지금의 까닭: {}", because.get(Lang::Ko))));
    }
    let flagship = html(&reading(FLAGSHIP, Ask::default()), Lang::En);
    assert!(
        !flagship.contains("It would hold together"),
        "all its stories do"
    );
}
