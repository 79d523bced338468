//! The cases that ship with the program: they hold together, keep to their day, and can be read aloud.

use sinario_case::{Case, Date, Lang, Name, parse};
use sinario_reading::{Ask, Quiet, Reading, read};

const FLAGSHIP: &str = include_str!("../../../../examples/altman-reads-ms/case.toml");
const TEACHING: &str = include_str!("../../../../examples/founder-and-distributor/case.toml");
const SOMEWHERELAND: &str = include_str!("../../../../examples/somewhereland/case.toml");

fn case(text: &str) -> Case {
    let parsed = parse(text.as_bytes());
    assert!(
        parsed.case.is_some(),
        "an example has errors: {:?}",
        parsed.diagnostics
    );
    parsed.case.unwrap()
}

fn reading(text: &str, as_of: Option<Date>) -> Reading {
    let ask = Ask {
        as_of,
        ..Ask::default()
    };
    read(case(text), ask, &Quiet).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Everything that a reading found, to the last bit, but for what is allowed to know later days: the case itself
/// with its fingerprint, the scores of verdicts, and the list of facts that were left out.
fn found(r: &Reading) -> String {
    format!(
        "{:?}",
        (
            (&r.as_of, &r.used, &r.size, &r.method),
            (&r.futures, &r.belief, &r.minds),
            (&r.stories, &r.signposts),
        )
    )
}

/// Replaces text that must be there exactly once.
fn swap(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "{old}");
    text.replacen(old, new, 1)
}

/// Facts of later days that would change every mind if they were used: one as likelihoods, one as an act of somebody
/// whose earlier acts count, one that joins a group of earlier facts.
const LATER: &str = r#"
[facts.later_words]
on = 2024-04-05
text = "He said so"
source = "https://example.org/words"
[facts.later_words.expected]
motive = { mission = 0.01, escape = 0.98, win = 0.01 }
intent = { value = 0.01, rival = 0.01, absorb = 0.98 }

[facts.later_act]
on = 2025-01-21
text = "He left"
source = "https://example.org/act"
[facts.later_act.act]
actor = "altman"
chose = "leave"
among = ["leave", "stay"]
[facts.later_act.act.worth.motive]
mission = { leave = -10, stay = 10 }
escape = { leave = 10, stay = -10 }
win = { leave = -10, stay = 10 }

[facts.later_in_group]
on = 2026-01-01
text = "The same again"
source = "https://example.org/group"
group = "techradar"
[facts.later_in_group.expected]
regard = { wary = 0.99, trust = 0.01, use = 0.01 }
"#;

#[test]
fn nothing_after_the_day_moves_the_flagship() {
    let plain = reading(FLAGSHIP, None);
    let as_it_is = found(&plain);
    let futures = plain.futures.as_ref().unwrap();
    assert!(futures.stopped.is_none() && !futures.consistent.is_empty());
    assert!(futures.consistent.iter().all(|f| f.inconsistency == 0));

    // Nothing dated later is used, and nothing that turned out was already known.
    let (of, as_of) = (&plain.case, day("2024-04-04"));
    assert_eq!(plain.as_of, Some(as_of));
    assert_eq!(plain.used.len(), of.facts.len());
    assert!(of.facts.iter().all(|f| f.on.is_some_and(|on| on <= as_of)));
    assert!(!of.verdicts.is_empty() && of.verdicts.iter().all(|v| v.on > as_of));

    // Later facts added: they are listed as left out and do nothing else.
    let added = format!("{FLAGSHIP}{LATER}");
    let with = reading(&added, None);
    assert_eq!(with.later.len(), 3);
    assert_eq!(found(&with), as_it_is);
    // Changed.
    let changed = swap(
        &swap(&added, "escape = 0.98, win", "escape = 0.02, win"),
        "chose = \"leave\"",
        "chose = \"stay\"",
    );
    assert_eq!(found(&reading(&changed, None)), as_it_is);
    // They would move it, were they used: the probe has teeth.
    assert_ne!(
        reading(&added, Some(day("2026-12-31"))).minds[0].posterior,
        plain.minds[0].posterior
    );

    // Verdicts changed and removed: only the scores know.
    let other = swap(
        FLAGSHIP,
        "[verdicts.intent]\nstate  = \"rival\"",
        "[verdicts.intent]\nstate  = \"absorb\"",
    );
    let other = reading(&other, None);
    assert_eq!(found(&other), as_it_is);
    assert_ne!(other.verdicts[0].brier, plain.verdicts[0].brier);
    let (before, _) = FLAGSHIP.split_once("\n[verdicts.").unwrap();
    let none = reading(before, None);
    assert!(none.verdicts.is_empty());
    assert_eq!(found(&none), as_it_is);
}

#[test]
fn an_earlier_day_of_the_flagship_does_not_know_the_days_between() {
    let early = Some(day("2024-02-29"));
    let plain = reading(FLAGSHIP, early);
    assert_eq!(plain.later.len(), 2);
    let changed = swap(
        FLAGSHIP,
        "motive = { mission = 0.5, escape = \"15% to 35%\", win = \"50% to 70%\" }",
        "motive = { mission = 0.01, escape = 0.99, win = 0.01 }",
    );
    let changed = swap(
        &changed,
        "absorb = { hire_the_team = \"6 to 10\",",
        "absorb = { hire_the_team = -8,",
    );
    assert_eq!(found(&reading(&changed, early)), found(&plain));
}

#[test]
fn the_flagship_is_neither_sure_nor_flat_and_its_beliefs_travel() {
    let plain = reading(FLAGSHIP, None);
    assert!(plain.minds.len() >= 2);
    for mind in &plain.minds {
        let top = |of: &[sinario_reading::Estimate]| {
            (0..of.len())
                .max_by(|&a, &b| of[a].value.total_cmp(&of[b].value))
                .unwrap()
        };
        let sure = mind.posterior[top(&mind.posterior)].value;
        assert!((0.4..0.8).contains(&sure), "{sure}");
        let leaders: std::collections::BTreeSet<usize> =
            mind.trajectory.iter().map(|s| top(&s.belief)).collect();
        assert!(leaders.len() > 1, "belief never changed its mind");
    }
    // The coach's story contradicts its author somewhere; the good marriage does not.
    let against = |n: usize| {
        plain.stories[n]
            .coherence
            .iter()
            .filter(|b| b.told < b.rival_sum)
            .count()
    };
    assert!(against(0) > 0);
    assert_eq!(against(1), 0);
    // What stood on the day may end, and may last.
    for (driver, then) in plain
        .case
        .drivers
        .iter()
        .zip(plain.belief.as_ref().unwrap().then())
    {
        if let Some(today) = driver.today {
            assert!(
                (0.1..0.9).contains(&then[today.0].value),
                "{} {:?}",
                driver.id,
                then
            );
        }
    }
}

/// Every name of a case, with where it stands.
fn names(case: &Case) -> Vec<(String, &Name)> {
    let mut all = Vec::new();
    all.extend(
        case.actors
            .iter()
            .map(|a| (format!("actors.{}", a.id), &a.name)),
    );
    for d in &case.drivers {
        all.push((format!("drivers.{}", d.id), &d.name));
        all.extend(
            d.states
                .iter()
                .map(|s| (format!("{}.{}", d.id, s.id), &s.name)),
        );
    }
    all.extend(
        case.quantities
            .iter()
            .map(|q| (format!("quantities.{}", q.id), &q.name)),
    );
    all.extend(
        case.options
            .iter()
            .map(|o| (format!("options.{}", o.id), &o.name)),
    );
    all
}

#[test]
fn every_name_with_latin_letters_says_how_it_is_read() {
    let latin = |t: &str| t.chars().any(|c| c.is_ascii_alphabetic());
    let mut said = 0;
    for text in [FLAGSHIP, TEACHING, SOMEWHERELAND] {
        let case = case(text);
        for (at, name) in names(&case) {
            let korean = name.text.by_lang.get("ko");
            assert!(korean.is_some(), "{at} has no Korean");
            assert!(name.text.by_lang.contains_key("en"), "{at} has no English");
            if latin(name.text.get(Lang::Ko)) {
                let say = name.say.as_deref().unwrap_or_default();
                assert!(!say.is_empty() && !latin(say), "{at} needs `say`");
                said += 1;
            }
        }
    }
    assert!(said > 0);
}

#[test]
fn the_examples_give_reasons_and_sources_and_balance_their_rows() {
    for text in [FLAGSHIP, TEACHING] {
        let case = case(text);
        for impact in &case.impacts {
            assert!(impact.because.is_some());
            assert_eq!(impact.scores.iter().map(|s| s.thousandths).sum::<i32>(), 0);
        }
        assert!(case.facts.iter().all(|f| !f.sources.is_empty()));
        assert!(case.verdicts.iter().all(|v| !v.sources.is_empty()));
        assert!(!reading(text, None).futures.unwrap().consistent.is_empty());
    }
    assert_eq!(
        reading(SOMEWHERELAND, None)
            .futures
            .unwrap()
            .consistent
            .len(),
        10
    );
}
