//! Who holds power over whom, on the terminal, in the report and in JSON; and silence where a case says nothing of it.

use crate::page::{at_a_desk, lines, sound, walk};
use crate::terminal::reading;
use serde_json::Value;
use sinario_case::Lang;
use sinario_reading::{Ask, Reading};
use sinario_render::{Page, Part, html, json, terminal};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

const LANGS: [(&str, Lang); 2] = [("ko", Lang::Ko), ("en", Lang::En)];
const CASE: &str = include_str!("../data/power.toml");

fn of(source: &str) -> Reading {
    reading(source.as_bytes(), Ask::default())
}

/// The section of the report, cut out of it.
fn section(reading: &Reading, lang: Lang) -> Option<String> {
    let page = html(reading, lang);
    sound(&page);
    let title = match lang {
        Lang::En => "<h2>Who holds power over whom?</h2>",
        Lang::Ko => "<h2>누가 누구를 쥐고 있는가?</h2>",
    };
    let from = page.find(title)?;
    let to = from + page[from..].find("</section>").unwrap();
    Some(page[from..to].to_owned())
}

#[test]
fn the_terminal_and_the_section_in_both_languages() {
    let reading = of(CASE);
    for (tag, lang) in LANGS {
        let text = terminal(&reading, Part::Power, lang, Page::PLAIN)
            .replace(&format!("sinario {}", reading.version), "sinario [version]")
            .replace(&reading.fingerprint[..12], "[fingerprint]");
        insta::assert_snapshot!(format!("power_{tag}"), text);
        let html = section(&reading, lang).unwrap();
        let whole = format!("<!DOCTYPE html>\n<section>{html}</section>");
        let text = lines(&at_a_desk(&walk(&whole)));
        insta::assert_snapshot!(format!("power_section_{tag}"), text);
    }
}

#[test]
fn the_pictures_of_power() {
    let html = section(&of(CASE), Lang::En).unwrap();
    for (name, title) in [
        ("holds", "Who holds whom, and how firmly"),
        ("wants", "Power for and against each wanted state"),
    ] {
        let found: Vec<&str> = html
            .split("<svg ")
            .skip(1)
            .filter_map(|s| s.split("</svg>").next())
            .filter(|s| s.contains(&format!("<title>{title}</title><desc>")))
            .collect();
        // One for a desk, one for a phone.
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("width=\"720\"") && found[1].contains("width=\"344\""));
        let picture = format!("<svg {}</svg>", found[0]).replace("><", ">\n<");
        insta::assert_snapshot!(format!("picture_power_{name}"), picture);
    }
}

#[test]
fn the_json_has_the_tables_under_their_names() {
    let reading = of(CASE);
    let all = json(&reading, Part::Power);
    let number = |path: &str| {
        let found = all.pointer(path).and_then(Value::as_f64);
        found.unwrap_or_else(|| panic!("no {path}"))
    };
    let p = reading.power.as_ref().unwrap();
    let r = p.influence.r_star.as_ref().unwrap();
    for (path, value) in [
        ("/power/MDI/giant/lab", 3.0),
        ("/power/MDII/giant/tiny", 2.0),
        ("/power/MDII/lab/lab", 1.0),
        ("/power/I/giant", p.influence.influence[1]),
        ("/power/D/lab", p.influence.dependence[0]),
        ("/power/R_star/shop", r[2]),
        ("/power/MMDII/giant/tiny", 2.0),
        ("/power/MAO2/tiny/pace.fast", 1.5),
        ("/power/MAO3/giant/purse.many", -3.0 * r[1]),
        ("/power/CAA1/lab/tiny", 1.0),
        ("/power/DAA2/lab/giant", 5.5),
        ("/power/CAA2/lab/tiny", 1.75),
        ("/power/DAA3/giant/lab", (5.0 * r[0] + 6.0 * r[1]) / 2.0),
        ("/power/mobilisation/purse.own", r[1]),
        ("/power/ambivalence/1/giant", 0.0),
        ("/power/baseline/purse/actors/lab/salience", 1.0),
        ("/power/holdup/1/net", 2.0),
        ("/power/worth/tiny/drivers/pace/states/fast/want", 1.5),
        ("/power/worth/tiny/most", 1.5),
    ] {
        assert!((number(path) - value).abs() < 1e-12, "{path}");
    }
    assert_eq!(all["power"]["holdup"][0]["dependent"]["held"], "tiny");
    assert_eq!(
        all["power"]["holdup"][0]["dependent"]["can_live_without"],
        false
    );
    assert_eq!(all["power"]["baseline"]["purse"]["leading"][0], "giant");
    let then = reading.belief.as_ref().unwrap().then()[1][1].value;
    assert_eq!(number("/power/baseline/pace/then/fast"), then);
    // What is worth what adds up.
    let now = number("/power/worth/lab/now") + number("/power/worth/lab/gain");
    assert!((now - number("/power/worth/lab/then")).abs() < 1e-12);
    assert_eq!(json(&reading, Part::Whole)["power"], all["power"]);
    assert!(all.get("minds").is_none() && all.get("futures").is_none());
}

#[test]
fn a_case_that_says_nothing_of_power_says_nothing_of_it_anywhere() {
    let silent = of(include_str!("../data/founder.toml"));
    assert!(silent.power.is_none());
    for (_, lang) in LANGS {
        assert!(section(&silent, lang).is_none());
        let whole = terminal(&silent, Part::Whole, lang, Page::PLAIN);
        for word in ["power", "holds", "쥐고", "힘만"] {
            assert!(!whole.contains(word), "{whole}");
        }
        let asked = terminal(&silent, Part::Power, lang, Page::PLAIN);
        for key in ["holds]]", ".wants]"] {
            assert!(asked.contains(key), "{asked}");
        }
    }
    assert!(json(&silent, Part::Whole).get("power").is_none());
    assert_eq!(json(&silent, Part::Power)["power"], Value::Null);
}

/// The case without some of its lines.
fn without(unwanted: &str) -> String {
    let mut skip = false;
    let mut kept = String::new();
    for line in CASE.lines() {
        if line.starts_with('[') {
            skip = line.contains(unwanted);
        }
        if !skip {
            let _ = writeln!(kept, "{line}");
        }
    }
    kept
}

#[test]
fn half_of_it_is_shown_as_far_as_it_goes() {
    let wants = of(&without(".holds]"));
    let holds = of(&without(".wants]"));
    let mutual = "sinario = 1\ntitle = \"t\"\n[drivers.d]\nstates = { a = \"A\", b = \"B\" }\n\
        [[actors.x.holds]]\nover = \"y\"\ndegree = 2\n[[actors.y.holds]]\nover = \"x\"\ndegree = 2\n[actors.x.wants]\nd = { a = 1 }\n";
    let mutual = of(mutual);
    let mut all = String::new();
    for (name, reading) in [("wants", &wants), ("holds", &holds), ("mutual", &mutual)] {
        for (_, lang) in LANGS {
            let html = section(reading, lang).unwrap();
            assert_eq!(html.contains("<circle"), name != "wants");
            assert!(!html.contains("against edged"));
            let text = terminal(reading, Part::Power, lang, Page::PLAIN);
            let from = text.find('\n').unwrap();
            let to = text.rfind("sinario ").unwrap();
            let _ = writeln!(all, "# {name}\n{}", text[from..to].trim());
        }
    }
    insta::assert_snapshot!("power_halves", all);
}

#[test]
fn no_line_is_wider_than_its_page_and_every_particle_agrees() {
    let flagship = include_str!("../../../../examples/altman-reads-ms/case.toml");
    for source in [CASE, flagship] {
        let reading = of(source);
        for (_, lang) in LANGS {
            for width in 40..=100 {
                let text = terminal(&reading, Part::Power, lang, Page::of(width, false));
                for line in text.lines() {
                    assert!(line.width() <= width, "{width}: {line}");
                }
            }
        }
        let text = terminal(&reading, Part::Power, Lang::Ko, Page::PLAIN)
            + &section(&reading, Lang::Ko).unwrap();
        for both in ["은(는)", "이(가)", "을(를)", "와(과)", "(으)로", "(이)라"] {
            assert!(!text.contains(both), "{both}");
        }
    }
}

#[test]
fn a_crowd_is_cut_and_says_so() {
    let mut source =
        "sinario = 1\ntitle = \"Crowd\"\n[drivers.d]\nstates = { a = \"A\", b = \"B\" }\n"
            .to_owned();
    for n in 0..60 {
        let want = n % 7 - 3;
        let _ = write!(
            source,
            "[actors.a{n}]\nname = \"Actor number {n}\"\nwants = {{ d = {{ a = {want} }} }}\n"
        );
        for other in [(n + 1) % 60, (n + 7) % 60] {
            let _ = write!(
                source,
                "[[actors.a{n}.holds]]\nover = \"a{other}\"\ndegree = {}\n",
                1 + n % 4
            );
        }
    }
    let reading = of(&source);
    let html = section(&reading, Lang::En).unwrap();
    assert!(!html.contains("<circle"), "a ring has no room for sixty");
    assert!(html.contains("The first 16 of 60; --json has them all."));
    let all = json(&reading, Part::Power);
    assert_eq!(all["power"]["MDI"].as_object().unwrap().len(), 60);
    let text = terminal(&reading, Part::Power, Lang::En, Page::PLAIN);
    assert!(text.contains("and 36 more (--json lists them)"), "{text}");
}

#[test]
fn a_lone_wish_and_a_tie_are_said_so_and_a_single_pair_once() {
    let source = "sinario = 1\ntitle = \"t\"\n[actors.s]\nname = { en = \"Sua, the founder\", ko = \"수아\" }\n\
        wants = { d = { a = 2 }, e = { a = 1 } }\n[actors.u]\nname = { en = \"The shop\", ko = \"가게\" }\n\
        wants = { d = { b = 2 }, f = { a = 2, b = 1.99 } }\n\
        [[actors.u.holds]]\nover = \"s\"\ndegree = 3\n[[actors.s.holds]]\nover = \"u\"\ndegree = 1\n\
        [drivers.d]\nstates = { a = \"A\", b = \"B\" }\nprior = { a = 0.8, b = 0.2 }\n\
        [drivers.e]\nstates = { a = \"A\", b = \"B\" }\n[drivers.f]\nstates = { a = \"A\", b = \"B\" }\n";
    let reading = of(source);
    for (lang, words) in [
        (
            Lang::En,
            [
                "only the shop has both power and a wish here",
                "only the shop has a wish here",
                "by power, a tie",
                "Sua, the founder, cannot do without the shop (3 of 4: mission)",
                "The shop can live without Sua, the founder, at 1 of 4 (processes)",
                "There is no driver on which two who have power both have a wish",
            ],
        ),
        (
            Lang::Ko,
            [
                "힘이 있으면서 여기에 바람이 있는 쪽은 가게뿐입니다",
                "여기에 바람이 있는 쪽은 가게뿐입니다",
                "힘, 비김",
                "수아는 가게 없이는 제구실을 할 수 없습니다",
                "가게는 수아 없이도 살 수 있습니다",
                "힘 있는 둘이 함께 바람을 둔 변수가 없어",
            ],
        ),
    ] {
        let html = section(&reading, lang).unwrap();
        let text = terminal(&reading, Part::Power, lang, Page::of(100, false));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            let plain = html.replace("<strong>", "").replace("</strong>", "");
            assert!(plain.contains(word), "{word}: {plain}");
            assert!(text.contains(word), "{word}: {text}");
        }
        assert_eq!(html.matches(words[3]).count(), 1, "{html}");
    }
    let all = json(&reading, Part::Power);
    assert_eq!(all["power"]["baseline"]["f"]["alone"], "u");
    assert_eq!(all["power"]["baseline"]["f"]["disagrees"], false);
}

#[test]
fn a_tie_that_the_reading_contradicts_names_both_and_the_closest_come_with_both_numbers() {
    let mut source = "sinario = 1\ntitle = \"t\"\n[actors.c]\n".to_owned();
    for (who, wants) in [("a", "x = 3, y = 2.98"), ("b", "x = 2, y = 2")] {
        let _ = write!(
            source,
            "[actors.{who}.wants]\nd = {{ {wants} }}\n[[actors.{who}.holds]]\nover = \"c\"\ndegree = 2\n"
        );
    }
    source += "[drivers.d]\nname = \"The price\"\nstates = { x = \"X\", y = \"Y\", z = \"Z\" }\nprior = { x = 0.2, y = 0.1, z = 0.7 }\n";
    let reading = of(&source);
    for (lang, words) in [
        (
            Lang::En,
            [
                "in the one driver on which two or more who have power have a wish, most of all in the price: power to “X” (20 %) and “Y” (10 %), a tie",
                "; the reading to “Z” (70 %).",
                "Closest in what they want, weighed by power, are a and b (agreement 7.5, disagreement 0.0).",
            ],
        ),
        (
            Lang::Ko,
            [
                "변수 하나에서 힘만으로 본 결과와 이 읽기가 다릅니다.",
                "힘은 ‘X’(20 %), ‘Y’(10 %) 사이에서 비기지만(",
                "b입니다(맞는 정도 7.5, 갈리는 정도 0.0).",
            ],
        ),
    ] {
        let text = terminal(&reading, Part::Power, lang, Page::of(100, false));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            assert!(text.contains(word), "{word}: {text}");
        }
    }
}
