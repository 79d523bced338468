//! The three sentences, for every turn that they can take.

use super::terminal::reading;
use sinario_case::Lang;
use sinario_reading::{Ask, Reading, Stopped};
use sinario_render::sentences::summary;

/// A mind and a world, with what else a test needs.
fn case(first: &str, more: &str, ask: Ask) -> Reading {
    let source = r#"
        sinario = 1
        title = "t"
        [actors.a]
        [drivers.mind]
        name = { ko = "속마음", en = "The mind" }
        kind = "mind"
        actor = "a"
        states = { trusts = { ko = "믿음", en = "Trust" }, fears = { ko = "두려움", en = "Fear" } }
        [drivers.firm]
        name = { ko = "회사", en = "The firm" }
        states = { stays = { ko = "남기", en = "Stay" }, leaves = { ko = "떠나기", en = "Leave" } }
        today = "stays"
        [[impacts]]
        from = "mind.trusts"
        on = "firm"
        score = { stays = 2, leaves = -2 }
    "#;
    reading(format!("{first}{source}{more}").as_bytes(), ask)
}

#[test]
fn every_turn_in_both_languages() {
    let fact = r#"
        [facts.smile]
        text = "He smiled."
        [facts.smile.expected]
        mind = { trusts = 0.9, fears = 0.1 }
    "#;
    let holds = "[stories.s]\ntitle = \"S\"\nfuture = { mind = \"trusts\", firm = \"stays\" }";
    let breaks = "[stories.s]\ntitle = \"S\"\nfuture = { mind = \"trusts\", firm = \"leaves\" }";
    let inner = "[stories.s]\ntitle = \"S\"\nfuture = { mind = \"fears\" }";
    let outer = "[stories.s]\ntitle = \"S\"\nfuture = { firm = \"stays\" }";
    let still = "rounds = 0\n";
    let whole = Ask::default;
    let bare = || Ask {
        probabilities: false,
        ..Ask::default()
    };
    let none = || Ask {
        futures: false,
        ..Ask::default()
    };
    let turns: [(&str, String, Ask); 10] = [
        ("no fact", String::new(), whole()),
        ("a fact", fact.into(), whole()),
        ("a story that holds", holds.into(), whole()),
        ("a story against its author", breaks.into(), whole()),
        ("a story of minds", inner.into(), whole()),
        ("a story of the world", outer.into(), whole()),
        ("no probabilities", breaks.into(), bare()),
        ("no futures", fact.into(), none()),
        ("the search gave up", String::new(), whole()),
        ("nothing moves", format!("{fact}\n{holds}"), whole()),
    ];
    let mut all = String::new();
    for (name, more, ask) in turns {
        let first = if name == "nothing moves" { still } else { "" };
        let mut reading = case(first, &more, ask);
        if name == "the search gave up" {
            reading.futures.as_mut().unwrap().stopped = Some(Stopped::Steps(1));
        }
        all += &format!("# {name}\n");
        for lang in [Lang::En, Lang::Ko] {
            for sentence in summary(&reading, lang) {
                all += &format!("{}\n", sentence.text());
            }
        }
        all += "\n";
    }
    insta::assert_snapshot!(all);
}

#[test]
fn the_world_speaks_where_there_is_no_mind() {
    let source = |more: &str| {
        format!(
            "sinario = 1\ntitle = \"t\"\n[drivers.sky]\nstates = {{ dry = \"Dry\", wet = \"Wet\" }}\nprior = {{ dry = 3, wet = 1 }}\n{more}"
        )
    };
    let first = |more: &str, lang| {
        summary(&reading(source(more).as_bytes(), Ask::default()), lang)[0].text()
    };
    let fact = "[facts.f]\ntext = \"f\"\n[facts.f.expected]\nsky = { dry = 0.1, wet = 0.9 }";
    assert_eq!(
        first("", Lang::En),
        "In the long run, sky is most likely “Dry” (75 %, likely)."
    );
    assert_eq!(
        first("today = \"wet\"", Lang::En),
        "At the horizon, sky is most likely “Dry” (66 %, likely)."
    );
    assert_eq!(
        first(fact, Lang::En),
        "Now, sky is most likely “Wet” (75 %, likely)."
    );
    assert_eq!(
        first("", Lang::Ko),
        "길게 보면 sky은(는) ‘Dry’일 가능성이 가장 큽니다(75 %, 그럴 만함)."
    );
}
