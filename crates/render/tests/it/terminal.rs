//! The terminal and what it shares with the report, for cases with and without minds, in both languages.

use sinario_case::{Lang, parse};
use sinario_reading::{Ask, Quiet, Reading, bones, read};
use sinario_render::{Page, Part, html, story_markdown, story_text, terminal};
use unicode_width::UnicodeWidthStr;

pub(crate) fn reading(source: &[u8], ask: Ask) -> Reading {
    read(parse(source).case.unwrap(), ask, &Quiet).unwrap()
}

fn founder() -> Reading {
    reading(include_bytes!("../data/founder.toml"), Ask::default())
}

fn somewhereland() -> Reading {
    let file = include_bytes!("../../../../examples/somewhereland/case.toml");
    reading(file, Ask::default())
}

/// The version and the fingerprint change with what is no part of a face.
fn settled(text: &str, reading: &Reading) -> String {
    text.replace(&format!("sinario {}", reading.version), "sinario [version]")
}

#[test]
fn the_whole_reading_in_both_languages() {
    for (name, reading) in [("founder", founder()), ("somewhereland", somewhereland())] {
        for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
            let text = terminal(&reading, Part::Whole, lang, Page::PLAIN);
            insta::assert_snapshot!(format!("run_{name}_{tag}"), settled(&text, &reading));
        }
    }
}

#[test]
fn the_parts_in_both_languages() {
    let reading = founder();
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        for (part, name) in [
            (Part::Futures, "futures"),
            (Part::Minds, "minds"),
            (Part::Structure, "structure"),
        ] {
            let text = terminal(&reading, part, lang, Page::PLAIN);
            insta::assert_snapshot!(format!("{name}_founder_{tag}"), settled(&text, &reading));
        }
    }
}

fn firm(members: u64) -> Ask {
    Ask {
        members,
        probabilities: false,
        futures: false,
        ..Ask::default()
    }
}

#[test]
fn how_firm_it_is_in_both_languages() {
    let file = include_bytes!("../data/founder.toml");
    for (name, members) in [("", 120), ("_few", 10)] {
        let reading = reading(file, firm(members));
        for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
            let text = terminal(&reading, Part::Firm, lang, Page::PLAIN);
            let name = format!("firm_founder{name}_{tag}");
            insta::assert_snapshot!(name, settled(&text, &reading));
        }
    }
}

/// What members leave open, and what is asked otherwise than usual, is said.
#[test]
fn what_members_leave_open_is_said() {
    let file = include_bytes!("../../../../examples/somewhereland/case.toml");
    let ask = Ask {
        exact_up_to: 100,
        max_inconsistency: 1000,
        limit: 2,
        ..firm(4)
    };
    let mut reading = reading(file, ask);
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        let found = reading.firm.as_mut().unwrap();
        (found.incomplete, found.void, found.unsettled) = (2, 1, 1);
        let text = terminal(&reading, Part::Firm, lang, Page::PLAIN);
        insta::assert_snapshot!(format!("firm_open_{tag}"), settled(&text, &reading));
        // Where all are void, nothing is said of probabilities.
        reading.firm.as_mut().unwrap().void = 4;
        let text = terminal(&reading, Part::Firm, lang, Page::PLAIN);
        assert!(!text.contains("NaN") && !text.contains("●"), "{text}");
        assert!(html(&reading, lang).contains("<h2>"));
    }
}

#[test]
fn the_bones_of_a_story_in_both_languages() {
    let reading = founder();
    let future = &reading.futures.as_ref().unwrap().consistent[0];
    let bones = bones(&reading, &future.states);
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        let text = story_text(&reading, future, &bones, lang, Page::PLAIN);
        insta::assert_snapshot!(format!("story_founder_{tag}"), text);
        let markdown = story_markdown(&reading, future, &bones, lang);
        insta::assert_snapshot!(format!("story_founder_{tag}_markdown"), markdown);
    }
}

#[test]
fn no_line_is_wider_than_its_page() {
    for mut reading in [founder(), somewhereland()] {
        let case = (*reading.case).clone();
        reading.firm = read(case, firm(12), &Quiet).unwrap().firm;
        let future = &reading.futures.as_ref().unwrap().consistent[0];
        let bones = bones(&reading, &future.states);
        for lang in [Lang::Ko, Lang::En] {
            for width in 40..=100 {
                let page = Page::of(width, false);
                for part in [
                    Part::Whole,
                    Part::Futures,
                    Part::Minds,
                    Part::Structure,
                    Part::Firm,
                ] {
                    let text = terminal(&reading, part, lang, page);
                    for line in text.lines() {
                        assert!(line.width() <= width, "{width}: {line}");
                    }
                }
                let text = story_text(&reading, future, &bones, lang, page);
                assert!(text.lines().all(|l| l.width() <= width), "{text}");
            }
        }
    }
}

#[test]
fn colour_changes_no_word() {
    let reading = founder();
    for lang in [Lang::Ko, Lang::En] {
        let coloured = terminal(&reading, Part::Whole, lang, Page::of(80, true));
        assert!(coloured.contains("\x1b[1m") && coloured.contains("\x1b[36m"));
        let mut plain = String::new();
        for (at, piece) in coloured.split("\x1b[").enumerate() {
            plain += if at == 0 {
                piece
            } else {
                piece.split_once('m').unwrap().1
            };
        }
        let trimmed = |s: &str| s.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        let wanted = terminal(&reading, Part::Whole, lang, Page::PLAIN);
        assert_eq!(trimmed(&plain), trimmed(&wanted));
    }
}

#[test]
fn particles_agree_wherever_a_name_says_how_it_is_read() {
    let reading = founder();
    let future = &reading.futures.as_ref().unwrap().consistent[0];
    let bones = bones(&reading, &future.states);
    let text = [
        terminal(&reading, Part::Whole, Lang::Ko, Page::PLAIN),
        story_text(&reading, future, &bones, Lang::Ko, Page::PLAIN),
        html(&reading, Lang::Ko),
    ]
    .concat();
    for both in ["은(는)", "이(가)", "을(를)", "와(과)", "(으)로", "(이)라"] {
        assert!(!text.contains(both), "{both}");
    }
    assert!(text.contains("‘Copilot 팀’으로 바뀝니다"), "{text}");
}

#[test]
fn names_that_a_terminal_would_obey_are_harmless() {
    let source = r#"
        sinario = 1
        title = "a\u001b[2Jb\u0007\nc"
        [drivers.x]
        name = "x\u001b]0;owned\u0007"
        states = { a = "\u001b[31mA\r", b = "B" }
    "#;
    let reading = reading(source.as_bytes(), Ask::default());
    for part in [Part::Whole, Part::Futures] {
        let text = terminal(&reading, part, Lang::En, Page::PLAIN);
        assert!(
            text.chars().all(|c| c == '\n' || !c.is_control()),
            "{text:?}"
        );
    }
}

#[test]
fn what_is_asked_stands_on_top_and_what_cannot_be_is_said() {
    let source = include_bytes!("../data/pennies.toml");
    let case = parse(source).case.unwrap();
    let given = vec![case.find_state("a.heads").unwrap()];
    let reading = reading(
        source,
        Ask {
            given,
            ..Ask::default()
        },
    );
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        let text = terminal(&reading, Part::Whole, lang, Page::PLAIN);
        insta::assert_snapshot!(format!("run_pennies_{tag}"), settled(&text, &reading));
    }
}

#[test]
fn no_column_is_dropped_without_a_word() {
    let source = include_bytes!("../../../../examples/somewhereland/case.toml");
    let ask = Ask {
        exact_up_to: 100,
        max_inconsistency: 1000,
        ..Ask::default()
    };
    let drawn = reading(source, ask);
    let (en, ko) = (
        [
            "inconsistency",
            "margin",
            "impact",
            "global",
            "local",
            "increm.",
            "adiab.",
        ],
        [
            "어긋남",
            "여유",
            "총 영향",
            "한꺼번에",
            "급한 곳",
            "한 칸씩",
            "차례로",
        ],
    );
    for (lang, names, limit) in [
        (Lang::En, en, "(near misses up to +1 are let in)"),
        (Lang::Ko, ko, "(+1까지 어긋난 미래도 넣음)"),
    ] {
        for width in 40..=100 {
            let text = terminal(&drawn, Part::Futures, lang, Page::of(width, false));
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(limit), "{width}: {text}");
            assert!(names.iter().all(|n| text.contains(n)), "{width}: {text}");
        }
        let text = terminal(&drawn, Part::Futures, lang, Page::PLAIN);
        // Each share of drawn starts has its interval.
        let first = text.lines().find(|l| l.contains(names[3])).unwrap();
        assert!(first.contains(" % (") && first.contains('–'), "{first}");
    }
}

#[test]
fn a_state_called_the_same_is_not_said_twice() {
    let source = r#"
        sinario = 1
        title = "Rent"
        lang = "ko"
        [drivers.rent]
        name = "월세"
        states = { same = "그대로", up = "Up" }
        today = "same"
    "#;
    let reading = reading(source.as_bytes(), Ask::default());
    let states = vec![sinario_case::StateId(0)];
    let bones = bones(&reading, &states);
    let mut future = reading.futures.as_ref().unwrap().likeliest[0].clone();
    future.states = states;
    let text = story_text(&reading, &future, &bones, Lang::Ko, Page::PLAIN);
    assert!(text.contains("월세는 지금처럼 ‘그대로’입니다."), "{text}");
}
