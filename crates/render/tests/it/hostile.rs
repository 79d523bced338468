//! Reports of cases that try to break them: none panics, none is a broken page.

use crate::page::{Piece, sound, texts};
use crate::report::examples;
use crate::retold::retold;
use crate::terminal::reading;
use sinario_case::{Lang, parse};
use sinario_reading::{Ask, Method, Reading};
use sinario_render::html;
use std::fmt::Write as _;

/// Both reports, sound.
fn both(reading: &Reading) -> [Vec<Piece>; 2] {
    [Lang::Ko, Lang::En].map(|lang| sound(&html(reading, lang)))
}

/// Whether both reports say it somewhere.
fn say(pages: &[Vec<Piece>; 2], what: &str) -> bool {
    pages.iter().all(|p| texts(p).concat().contains(what))
}

fn founder(ask: Ask) -> Reading {
    reading(include_bytes!("../data/founder.toml"), ask)
}

#[test]
fn texts_that_would_be_markup_stay_texts() {
    let bad: [(&str, String); 12] = [
        ("a script", "<script>alert(1)</script>".into()),
        ("an end", "</title></style></svg></details></main><img src=x onerror=alert(1)>".into()),
        ("quotes", "\"'`“”‘’«» onload=\"x\" '".into()),
        ("entities", "& &amp; &lt;b&gt; &#60; &nosuch; &#x0;".into()),
        ("a comment", "<!-- --> ]]> <![CDATA[ <?php ?> -->".into()),
        ("markdown", "# h\n\n[a](javascript:alert(1)) ![i](http://x/y.png) <http://x> <b>`c`</b>\n\n- l\n\n***\n\n    code\n\n1. [r]\n\n[r]: http://x/\"onclick=\"y\n\na\\\nb".into()),
        ("control characters", "a\u{0}\u{1}\u{7}\u{8}\u{b}\u{1b}[2J\u{7f}\u{85}\u{9f}\r\n\tb\u{ad}\u{2028}\u{feff}".into()),
        ("a long word", "ü".repeat(10_000)),
        ("many words", "word ".repeat(2_000)),
        ("emoji", "👩‍👩‍👧‍👦🏳️‍🌈🇰🇷".repeat(40)),
        ("from right to left", "\u{202e}שלום مرحبا\u{200f} ".repeat(30)),
        ("nothing to see", "\u{200b}\u{2060}".into()),
    ];
    for (_, example) in examples() {
        for (what, text) in &bad {
            println!("{what}");
            let pages = both(&retold(example.clone(), &|_| text.clone()));
            if *what == "a script" {
                assert!(say(&pages, "<script>alert(1)</script>"));
            }
        }
        both(&retold(example.clone(), &|n| bad[n % bad.len()].1.clone()));
    }
}

#[test]
fn texts_with_nothing_in_them() {
    for text in ["", " ", "\n", "\u{a0}", "%", " %"] {
        for (_, example) in examples() {
            let reading = retold(example, &|_| text.to_owned());
            for lang in [Lang::Ko, Lang::En] {
                crate::page::walk(&html(&reading, lang));
            }
        }
    }
}

#[test]
fn a_source_is_a_link_only_where_it_leads_to_the_web() {
    let case = |source: &str| {
        format!(
            "sinario = 1\ntitle = \"t\"\n[actors.i]\n[drivers.m]\nkind = \"mind\"\nactor = \"i\"\nstates = {{ a = \"A\", b = \"B\" }}\n[facts.f]\ntext = \"F\"\nsource = {source:?}\nexpected.m = {{ a = 0.5, b = 0.2 }}\n"
        )
    };
    for (source, link) in [
        ("javascript:alert(1)", false),
        ("data:text/html,x", false),
        ("//evil.example", false),
        (" https://a.example", false),
        ("https://a.example/?q=\"><script>&b=<'", true),
        ("http://a.example", true),
    ] {
        for page in both(&reading(case(source).as_bytes(), Ask::default())) {
            let links = crate::page::values(&page, "href")
                .iter()
                .filter(|h| **h == source)
                .count();
            assert_eq!(links > 0, link, "{source}");
        }
    }
}

#[test]
fn sixty_drivers_and_a_driver_of_sixty_four_states() {
    let mut text =
        "sinario = 1\ntitle = \"Many\"\nas_of = 2024-01-01\nhorizon = 2025-01-01\n[actors.i]\n"
            .to_owned();
    for d in 0..60 {
        let kind = if d % 20 == 0 {
            "kind = \"mind\"\nactor = \"i\"\n"
        } else {
            ""
        };
        let _ = write!(
            text,
            "[drivers.d{d}]\nname = \"Driver number {d}\"\n{kind}states = {{ a = \"The first\", b = \"The second\" }}\n"
        );
    }
    for d in 0..60 {
        let _ = write!(
            text,
            "[[impacts]]\nfrom = \"d{d}.a\"\non = \"d{}\"\nscore = {{ a = 2, b = -2 }}\n",
            (d + 7) % 60
        );
    }
    text.push_str("[facts.f]\ntext = \"F\"\nexpected.d0 = { a = 0.8, b = 0.1 }\n");
    let many = reading(
        text.as_bytes(),
        Ask {
            search_steps: Some(1 << 20),
            ..Ask::default()
        },
    );
    assert!(matches!(many.method, Method::Sampled { .. }));
    assert!(say(&both(&many), "Driver number 59"));

    let mut text = "sinario = 1\ntitle = \"Long\"\n[actors.i]\n[drivers.m]\nname = \"M\"\nactor = \"i\"\nkind = \"mind\"\n[drivers.m.states]\n".to_owned();
    for s in 0..64 {
        let _ = writeln!(text, "s{s} = \"State {s}\"");
    }
    text.push_str("[drivers.w]\nname = \"W\"\nstates = { a = \"A\", b = \"B\" }\n[facts.f]\ntext = \"F\"\n[facts.f.expected.m]\n");
    for s in 0..64 {
        let _ = writeln!(text, "s{s} = {}", f64::from(s + 1) / 100.0);
    }
    text.push_str("[verdicts.m]\nstate = \"s63\"\non = 2025-01-01\n");
    assert!(say(
        &both(&reading(text.as_bytes(), Ask::default())),
        "State 63"
    ));
}

#[test]
fn cases_in_which_something_is_missing() {
    let head = "sinario = 1\ntitle = \"t\"\n";
    let world = "[drivers.w]\nname = \"W\"\nstates = { a = \"A\", b = \"B\" }\n";
    let mind = "[actors.i]\n[drivers.m]\nname = \"M\"\nactor = \"i\"\nkind = \"mind\"\nstates = { a = \"A\", b = \"B\" }\n";
    let story = "[stories.s]\ntitle = \"S\"\nfuture = { w = \"a\" }\n";
    let signpost = "[signposts.s]\ntext = \"S\"\nexpected.m = { a = 0.5, b = 0.5 }\n";
    let cases = [
        ("one driver", format!("{head}{world}")),
        ("a mind without facts", format!("{head}{mind}")),
        ("a story without impacts", format!("{head}{world}{story}")),
        (
            "a signpost that tells nothing",
            format!("{head}{mind}{world}{signpost}"),
        ),
        (
            "no time",
            format!("rounds = 0\n{head}{mind}{world}{story}{signpost}"),
        ),
        (
            "a fact that moves nothing",
            format!("{head}{mind}[facts.f]\ntext = \"F\"\nexpected.m = {{ a = 0.5, b = 0.5 }}\n"),
        ),
        (
            "an option",
            format!("{head}{world}[options.o]\nname = \"O\"\n"),
        ),
    ];
    for (what, text) in cases {
        println!("{what}");
        let parsed = parse(text.as_bytes());
        assert!(parsed.case.is_some(), "{what}: {:?}", parsed.diagnostics);
        both(&reading(text.as_bytes(), Ask::default()));
    }
    let bare = Ask {
        probabilities: false,
        ..Ask::default()
    };
    both(&founder(bare));
    both(&founder(Ask {
        futures: false,
        ..Ask::default()
    }));
    both(&founder(Ask {
        basins_up_to: 0,
        limit: 0,
        ..Ask::default()
    }));
    both(&founder(Ask {
        limit: 1,
        max_inconsistency: 3_000,
        ..Ask::default()
    }));
    both(&founder(Ask {
        search_steps: Some(1),
        ..Ask::default()
    }));
}

#[test]
fn no_future_that_holds_together() {
    let pages = both(&reading(
        include_bytes!("../data/pennies.toml"),
        Ask::default(),
    ));
    let [ko, en] = pages.map(|p| texts(&p).concat());
    assert!(ko.contains("앞뒤가 맞는 미래가 없습니다") && en.contains("No future holds together"));
}

#[test]
fn a_fact_that_decides() {
    let text = r#"
        sinario = 1
        title = "t"
        [actors.i]
        [drivers.m]
        actor = "i"
        name = "M"
        kind = "mind"
        states = { a = "A", b = "B", c = "C" }
        [facts.f]
        text = "F"
        expected.m = { a = 1, b = 0, c = 0.5 }
        [facts.g]
        text = "G"
        expected.m = { a = 0.5, b = 1, c = 0 }
        [verdicts.m]
        state = "b"
        on = 2025-01-01
    "#;
    let pages = both(&reading(text.as_bytes(), Ask::default()));
    assert!(say(&pages, "∞") && say(&pages, "−∞"));
}

#[test]
fn samples_carry_their_errors() {
    let whole = founder(Ask::default());
    let sampled = founder(Ask {
        exact_up_to: 2,
        ..Ask::default()
    });
    assert!(whole.method == Method::Exact && matches!(sampled.method, Method::Sampled { .. }));
    assert!(!say(&both(&whole), "±"));
    assert!(say(&both(&sampled), "±"));
}

#[test]
fn what_is_given_or_held_stands_on_top() {
    let case = founder(Ask::default()).case;
    let at = |s: &str| vec![case.find_state(s).unwrap()];
    let [ko, en] = both(&founder(Ask {
        given: at("motive.escape"),
        held: at("money.many"),
        ..Ask::default()
    }))
    .map(|p| texts(&p).concat());
    assert!(ko.contains("누군가 다음을 붙들어 둔다고 보고 읽었습니다: 돈줄 = 여러 투자자"));
    assert!(en.contains("Read as if we had learnt: The founder's mind = Escape from Microsoft"));
}
