//! Options on the terminal, in the report and in JSON; with what is missing, tied, long or alone.

pub(crate) mod fixture;

use crate::page::{at_a_desk, lines, sound, texts, walk};
use fixture::{found, long, with};
use serde_json::Value;
use sinario_case::Lang;
use sinario_reading::Reading;
use sinario_reading::choices::Choices;
use sinario_render::{Page, Part, html, json, terminal};
use unicode_width::UnicodeWidthStr;

const LANGS: [(&str, Lang); 2] = [("ko", Lang::Ko), ("en", Lang::En)];

fn settled(text: &str, reading: &Reading) -> String {
    text.replace(&format!("sinario {}", reading.version), "sinario [version]")
        .replace(&reading.fingerprint[..12], "[fingerprint]")
}

fn shown(reading: &Reading, part: Part, lang: Lang, width: usize) -> String {
    let text = terminal(reading, part, lang, Page::of(width, false));
    for line in text.lines() {
        assert!(line.width() <= width, "{width}: {line}");
    }
    settled(&text, reading)
}

/// The section of the report, cut out of it.
fn section(reading: &Reading, lang: Lang) -> String {
    let page = html(reading, lang);
    sound(&page);
    let title = match lang {
        Lang::En => "<h2>What should I do?</h2>",
        Lang::Ko => "<h2>나는 무엇을 해야 하는가?</h2>",
    };
    let from = page.find(title).unwrap();
    let to = from + page[from..].find("</section>").unwrap();
    let signposts = page.find(match lang {
        Lang::En => "<h2>What will tell?</h2>",
        Lang::Ko => "<h2>무엇을 보면 알 수 있는가?</h2>",
    });
    assert!(signposts.is_some_and(|at| at > to));
    page[from..to].to_owned()
}

fn told(section: &str) -> String {
    let whole = format!("<!DOCTYPE html>\n<section>{section}</section>");
    lines(&at_a_desk(&walk(&whole)))
}

#[test]
fn the_terminal_in_both_languages() {
    let reading = with(found(4, true));
    for (tag, lang) in LANGS {
        for (name, part, width) in [
            ("choices", Part::Choices, 80),
            ("choices_narrow", Part::Choices, 40),
            ("choices_wide", Part::Choices, 100),
            ("choices_run", Part::Whole, 80),
        ] {
            let text = shown(&reading, part, lang, width);
            insta::assert_snapshot!(format!("{name}_{tag}"), text);
        }
    }
}

#[test]
fn the_section_of_the_report_in_both_languages() {
    for (name, reading) in [
        ("sampled", with(found(4, true))),
        ("exact", with(found(2, false))),
    ] {
        for (tag, lang) in LANGS {
            let text = told(&section(&reading, lang));
            insta::assert_snapshot!(format!("choices_section_{name}_{tag}"), text);
        }
    }
}

#[test]
fn the_pictures_as_they_are() {
    let html = section(&with(found(4, true)), Lang::En);
    for (name, title) in [
        ("fan", "What each option may bring"),
        ("regret", "Regret of each option in each situation"),
        ("asking", "What asking would be worth"),
        ("hinges", "The best option by the probability of a state"),
        ("plans", "Plans that switch"),
        ("fails", "Where options fail"),
        ("ranks", "How each measure ranks the options"),
    ] {
        let found: Vec<&str> = html
            .split("<svg ")
            .skip(1)
            .filter_map(|s| s.split("</svg>").next())
            .filter(|s| s.contains(&format!("<title>{title}</title><desc>")))
            .collect();
        // One for a desk, one for a phone.
        assert_eq!(found.len(), 2, "{name}");
        assert!(found[0].contains("width=\"720\"") && found[1].contains("width=\"344\""));
        let picture = format!("<svg {}</svg>", found[0]).replace("><", ">\n<");
        insta::assert_snapshot!(format!("picture_choices_{name}"), picture);
    }
}

#[test]
fn the_json_has_the_keys_that_the_faces_agree_on() {
    let mut findings = found(4, true);
    findings.options[1].value.endless = true;
    let reading = with(findings);
    let all = json(&reading, Part::Choices);
    let c = reading.choices.as_ref().unwrap();
    let number = |path: &str| {
        let found = all.pointer(path).and_then(Value::as_f64);
        found.unwrap_or_else(|| panic!("no {path}"))
    };
    let o = &c.options[2];
    let info = &c.information;
    let driver = info.drivers.iter().find(|d| d.0.0 == 2).unwrap();
    for (path, value) in [
        ("/choices/options/several/expected", o.value.mean.value),
        (
            "/choices/options/several/standard_error",
            o.value.mean.error.unwrap(),
        ),
        ("/choices/options/several/quantiles/5", o.value.quantiles[0]),
        (
            "/choices/options/several/quantiles/50",
            o.value.quantiles[2],
        ),
        (
            "/choices/options/several/quantiles/95",
            o.value.quantiles[4],
        ),
        ("/choices/options/several/max_regret", o.max_regret.0),
        ("/choices/options/several/best_in", o.best_in.value),
        ("/choices/options/several/shortfall", o.shortfall),
        ("/choices/options/several/measures/laplace", o.measures[3]),
        (
            "/choices/options/several/ranks/maximin",
            f64::from(o.ranks[0]),
        ),
        (
            "/choices/value_of_information/everything",
            info.everything.value,
        ),
        (
            "/choices/value_of_information/drivers/korean",
            driver.1.gross.value,
        ),
        (
            "/choices/value_of_information/signposts/dear",
            info.signposts[1].1.gross.value,
        ),
        (
            "/choices/value_of_information/detail/signposts/dear/cost",
            3e7,
        ),
        ("/choices/break_even/0/best/1/from", 0.38),
        ("/choices/plans/0/switching", 4.2e7),
        ("/choices/faults/0/share", 0.0123),
    ] {
        // Full precision: the same double.
        assert_eq!(number(path), value, "{path}");
    }
    // What is no number is null, and so is a mean that cannot exist.
    for path in [
        "/choices/options/chatgpt/measures/peakedness",
        "/choices/options/chatgpt/ranks/peakedness",
        "/choices/options/chatgpt/expected",
        "/choices/options/wait/by_situation/7",
        "/choices/options/chatgpt/fails/limits/1/from",
    ] {
        assert_eq!(all.pointer(path), Some(&Value::Null), "{path}");
    }
    assert_eq!(all["choices"]["best"], "several");
    assert_eq!(all["choices"]["method"], "sampled");
    assert_eq!(all["choices"]["unvalued"][0], "close_down");
    assert_eq!(json(&reading, Part::Whole)["choices"], all["choices"]);
    assert!(all.get("minds").is_none() && all.get("futures").is_none());
    let exact = json(&with(found(2, false)), Part::Choices);
    assert!(!exact["choices"].to_string().contains("standard_error"));
    assert_eq!(exact["choices"]["method"], "exact");
}

/// Every face of it in both languages; what is wrong makes one of them panic, or shows.
fn all_faces(name: &str, reading: &Reading) {
    for (tag, lang) in LANGS {
        for width in [40, 60, 80, 100] {
            for part in [Part::Choices, Part::Whole] {
                let text = shown(reading, part, lang, width);
                assert!(
                    !text.contains("NaN") && !text.contains("inf "),
                    "{name} {tag}: {text}"
                );
            }
        }
        let section = section(reading, lang);
        let text = told(&section);
        assert!(!text.contains("NaN"), "{name} {tag}: {text}");
        for both in ["을(를)", "은(는)", "이(가)", "와(과)", "(으)로"] {
            assert!(!text.contains(both), "{name}: {both}");
        }
    }
    json(reading, Part::Choices);
}

#[test]
fn nothing_is_taken_for_granted() {
    let change = |of: fn(&mut Choices)| {
        let mut findings = found(4, true);
        of(&mut findings);
        with(findings)
    };
    for (name, reading) in [
        ("one option", with(found(1, true))),
        ("one option, exact", with(found(1, false))),
        ("two options", with(found(2, true))),
        ("exact", with(found(4, false))),
        (
            "long names, twelve situations, ties, nothing worth knowing",
            long(),
        ),
        (
            "nothing found",
            change(|c| {
                c.situations.clear();
                c.of_situations = 0;
                c.break_even.clear();
                c.plans.clear();
                c.information.drivers.clear();
                c.information.signposts.clear();
                c.information.everything.value = 0.0;
                c.outcome = None;
                c.unit = None;
                c.unvalued.clear();
                c.faults.clear();
                for o in &mut c.options {
                    o.by_situation.clear();
                    o.regret.clear();
                    o.fails = None;
                    o.measures.clear();
                    o.ranks.clear();
                    o.max_regret = (0.0, Vec::new());
                }
            }),
        ),
        (
            "no option has a value",
            change(|c| {
                c.options.clear();
                c.unvalued = (0..5).collect();
                c.break_even.clear();
                c.plans.clear();
                c.information.drivers.clear();
                c.information.signposts.clear();
                c.outcome = None;
                c.faults.clear();
            }),
        ),
        (
            "all the same and nothing drawn apart",
            change(|c| {
                c.close = Some(0);
                for o in &mut c.options {
                    o.value.quantiles = [0.0; 5];
                    o.value.mean.value = 0.0;
                    o.max_regret.0 = 0.0;
                    o.regret.iter_mut().for_each(|r| *r = 0.0);
                    o.by_situation.iter_mut().for_each(|a| *a = None);
                }
            }),
        ),
        (
            "means that cannot exist",
            change(|c| {
                for o in &mut c.options {
                    o.value.endless = true;
                    o.value.mean.value = f64::NAN;
                    o.value.mean.error = Some(f64::INFINITY);
                }
            }),
        ),
        (
            "one situation",
            change(|c| {
                c.situations.truncate(1);
                c.of_situations = 1;
                for o in &mut c.options {
                    o.by_situation.truncate(1);
                    o.regret.truncate(1);
                }
            }),
        ),
    ] {
        all_faces(name, &reading);
    }
}

#[test]
fn what_the_model_does_not_tell_apart_is_said_to_be_so() {
    let mut findings = found(4, true);
    findings.close = Some(0);
    let text = terminal(
        &with(findings),
        Part::Choices,
        Lang::En,
        Page::of(100, false),
    );
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(
        "Even if this reading is right, it does not tell “Use several vendors side by side”"
    ));
    assert!(!text.contains("greatest expected value is that of"));
    let text = terminal(&long(), Part::Choices, Lang::En, Page::of(100, false));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Asking would be worth nothing"));
}

#[test]
fn a_choice_that_was_made_is_held_against_the_best() {
    let mut all = String::new();
    for (tag, lang) in LANGS {
        for chosen in [None, Some(0), Some(2)] {
            let mut findings = found(4, true);
            let outcome = findings.outcome.as_mut().unwrap();
            let regret = outcome.brought[2].mean.value - outcome.brought[0].mean.value;
            let error = Some(4e5);
            let regret = if chosen == Some(0) { regret } else { 0.0 };
            outcome.chosen = chosen.map(|k| {
                (
                    k,
                    sinario_reading::Estimate {
                        value: regret,
                        error,
                    },
                )
            });
            let section = told(&section(&with(findings), lang));
            let known = section
                .lines()
                .filter(|l| l.contains("As it turned out (") || l.contains("밝혀진 대로라면("));
            for line in known {
                all.push_str(&format!("{tag}: {line}\n"));
            }
        }
    }
    insta::assert_snapshot!("choices_verdict", all);
}

#[test]
fn the_first_screen_says_what_to_do() {
    for (_, lang) in LANGS {
        let page = html(&with(found(4, true)), lang);
        let (_, lead) = page.split_once("<div class=\"lead\">").unwrap();
        let lead = lead.split("</header>").next().unwrap();
        let want = match lang {
            Lang::En => "If this reading is right, the greatest expected value",
            Lang::Ko => "이 읽기가 맞다면 기댓값이 가장 큰 것은",
        };
        assert!(lead.contains(want));
        assert!(!texts(&sound(&page)).concat().contains("you should"));
    }
}
