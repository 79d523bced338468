//! What would change the answer, in every face and both languages.

use crate::terminal::reading;
use sinario_case::Lang;
use sinario_reading::{Ask, Reading, SwayAsk};
use sinario_render::{Page, Part, html, json, terminal};

const CASE: &[u8] = include_bytes!("../data/founder.toml");

fn swayed(ask: SwayAsk) -> Reading {
    let ask = Ask {
        sway: Some(ask),
        ..Ask::default()
    };
    reading(CASE, ask)
}

#[test]
fn what_would_change_the_answer_in_both_languages() {
    let reading = swayed(SwayAsk::default());
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        let text = terminal(&reading, Part::Tornado, lang, Page::PLAIN);
        let text = text.replace(&format!("sinario {}", reading.version), "sinario [version]");
        insta::assert_snapshot!(format!("tornado_{tag}"), text);
        let page = html(&reading, lang);
        let head = match lang {
            Lang::Ko => "무엇이 답을 바꾸는가?",
            Lang::En => "What would change the answer?",
        };
        let at = page.find(&format!("<h2>{head}")).unwrap();
        let end = at + page[at..].find("</section>").unwrap();
        let section = &page[at..end];
        for wide in ["720", "344"] {
            let of = |s: &&str| s.contains(&format!("width=\"{wide}\""));
            let picture = section.split("<svg ").skip(1).find(of).unwrap();
            let (picture, _) = picture.split_once("</svg>").unwrap();
            let picture = format!("<svg {picture}</svg>").replace("><", ">\n<");
            insta::assert_snapshot!(format!("tornado_picture_{wide}_{tag}"), picture);
        }
    }
}

#[test]
fn for_programs_it_stands_in_full_and_only_where_it_was_asked_for() {
    let reading = swayed(SwayAsk::default());
    let found = json(&reading, Part::Tornado);
    let first = &found["tornado"][0];
    assert!(first["judgements"].as_array().unwrap().len() > 20);
    // The number is the one that a reading gives.
    let mind = first["of"].as_str().unwrap().split_once('.').unwrap();
    let whole = json(&reading, Part::Whole);
    let belief = whole["minds"][mind.0]["posterior"][mind.1]
        .as_f64()
        .unwrap();
    assert!((first["point"].as_f64().unwrap() - belief).abs() < 1e-9);
    assert!(whole.get("tornado").is_none());
}

#[test]
fn a_report_of_a_case_that_is_too_large_says_how_to_get_it() {
    let reading = swayed(SwayAsk {
        futures_up_to: 2,
        ..SwayAsk::quick()
    });
    for lang in [Lang::Ko, Lang::En] {
        assert!(html(&reading, lang).contains("sinario tornado"));
    }
    let without = html(&self::reading(CASE, Ask::default()), Lang::En);
    assert!(!without.contains("What would change the answer?"));
}
