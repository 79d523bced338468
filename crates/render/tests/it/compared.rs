//! Competing readings of a mind side by side, on every face.

use crate::report::examples;
use crate::terminal::reading;
use serde_json::Value;
use sinario_case::Lang;
use sinario_reading::{Ask, Reading};
use sinario_render::{Page, Part, html, json, terminal};
use unicode_width::UnicodeWidthStr;

fn distributor() -> Reading {
    examples().swap_remove(1).1
}

#[test]
fn minds_with_acts_and_ranges_in_both_languages() {
    let reading = distributor();
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        let text = terminal(&reading, Part::Minds, lang, Page::PLAIN);
        let text = text.replace(&format!("sinario {}", reading.version), "sinario [version]");
        insta::assert_snapshot!(format!("minds_distributor_{tag}"), text);
    }
}

#[test]
fn no_line_is_wider_than_its_page() {
    for (_, reading) in examples() {
        for lang in [Lang::Ko, Lang::En] {
            for width in 40..=100 {
                let text = terminal(&reading, Part::Minds, lang, Page::of(width, false));
                for line in text.lines() {
                    assert!(line.width() <= width, "{width}: {line}");
                }
            }
        }
    }
}

#[test]
fn programs_find_everything_under_its_mind() {
    let reading = distributor();
    let all = json(&reading, Part::Whole);
    assert_eq!(all["minds"], json(&reading, Part::Minds)["minds"]);
    let aim = &all["minds"]["aim"];
    let now = |state: &str| aim["posterior"][state].as_f64().unwrap();

    let others = aim["facts"]["declined"]["alternatives"]
        .as_object()
        .unwrap();
    let names: Vec<&String> = others.keys().collect();
    assert_eq!(names, ["accept", "accept_with_a_promised_volume"]);
    assert!(others["accept"]["decibans"]["replace"].as_f64().unwrap() > 3.0);
    let instead = others["accept"]["instead"].as_object().unwrap();
    let sum: f64 = instead.values().filter_map(Value::as_f64).sum();
    assert!((sum - 1.0).abs() < 1e-12);
    assert!(aim["facts"]["declined"]["decibans"].is_object());

    let fixed = aim["rationality"].as_array().unwrap();
    assert_eq!(fixed.len(), 25);
    assert!((fixed[0]["beta"].as_f64().unwrap() - 0.03).abs() < 1e-12);
    assert!(fixed[24]["posterior"]["replace"].as_f64().unwrap() > now("replace"));
    let betas = aim["betas"]["chain"].as_array().unwrap();
    let sum: f64 = betas.iter().filter_map(|b| b["probability"].as_f64()).sum();
    assert!((sum - 1.0).abs() < 1e-12);

    let rival = &aim["rival"];
    assert_eq!(rival["leading"]["states"]["aim"], "replace");
    assert_ne!(rival["rival"]["states"]["aim"], "replace");
    let separation = rival["separation"].as_object().unwrap();
    let most = separation
        .values()
        .filter_map(Value::as_f64)
        .fold(0.0, f64::max);
    let named = rival["signpost"].as_str().unwrap();
    assert_eq!(separation[named].as_f64(), Some(most));
    assert_eq!(rival["bits"].as_f64(), Some(most));
    let mass = |key: &str| rival[key]["probability"].as_f64().unwrap();
    assert_eq!(
        rival["ratio"].as_f64().unwrap(),
        mass("leading") / mass("rival")
    );

    for (state, ends) in aim["range"].as_object().unwrap() {
        let (low, high) = (ends[0].as_f64().unwrap(), ends[1].as_f64().unwrap());
        assert!(low < now(state) && now(state) < high, "{state}: {ends}");
    }
}

#[test]
fn what_is_drawn_has_no_rival_and_says_so() {
    let file = include_bytes!("../../../../examples/founder-and-distributor/case.toml");
    let ask = Ask {
        exact_up_to: 1,
        ..Ask::default()
    };
    let reading = reading(file, ask);
    let aim = &json(&reading, Part::Minds)["minds"]["aim"];
    assert!(aim.get("rival").is_none());
    let other = &aim["facts"]["declined"]["alternatives"]["accept"];
    assert!(
        other["standard_error"]["decibans"]["replace"]
            .as_f64()
            .unwrap()
            > 0.0
    );
    assert!(
        other["standard_error"]["instead"]["replace"]
            .as_f64()
            .unwrap()
            > 0.0
    );
    assert!(aim["rationality"][3]["standard_error"]["posterior"]["replace"].is_number());
    for (lang, words) in [
        (Lang::En, "is only looked for where all futures are counted"),
        (Lang::Ko, "미래를 모두 셀 때에만"),
    ] {
        assert!(html(&reading, lang).contains(words));
        let text = terminal(&reading, Part::Minds, lang, Page::of(100, false));
        let text: Vec<&str> = text.split_whitespace().collect();
        assert!(text.join(" ").contains(words), "{}", text.join(" "));
    }
}
