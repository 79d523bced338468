//! From a case to a reading, end to end.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod choices;
mod ensemble;
mod flagship;
mod judgements;
mod numbers;
mod power;
mod sway;
mod textbook;

use sinario_case::parse;
use sinario_reading::{Ask, Estimate, Method, Quiet, Reading, Refusal, bones, read};

const SMALL: &str = include_str!("small.toml");

fn reading(text: &str, change: impl FnOnce(&mut Ask)) -> Result<Reading, Refusal> {
    let mut ask = Ask::default();
    change(&mut ask);
    read(parse(text.as_bytes()).case.unwrap(), ask, &Quiet)
}

#[test]
fn a_mind_is_read_by_bayes() {
    let found = reading(SMALL, |_| {}).unwrap();
    // Prior 0.6 : 0.4, the fact 0.2 : 0.8.
    let posterior = 0.4 * 0.8 / (0.6 * 0.2 + 0.4 * 0.8);
    let mind = &found.minds[0];
    assert!((mind.posterior[1].value - posterior).abs() < 1e-12);
    assert!((mind.facts[0].decibans[1].value - 10.0 * libm::log10(4.0)).abs() < 1e-9);
    assert!((mind.facts[0].without[1].value - 0.4).abs() < 1e-12);
    assert_eq!(found.later.len(), 1);
    // The verdict on a mind is held against now.
    let brier = 2.0 * (1.0 - posterior) * (1.0 - posterior);
    assert!((found.verdicts[0].brier - brier).abs() < 1e-12);
}

#[test]
fn nothing_later_than_the_day_moves_the_reading() {
    let without = SMALL.split("[facts.late]").next().unwrap();
    let (a, b) = (
        reading(SMALL, |_| {}).unwrap(),
        reading(without, |_| {}).unwrap(),
    );
    assert_eq!(a.minds[0].posterior, b.minds[0].posterior);
    assert_eq!(a.belief.unwrap().unfolding, b.belief.unwrap().unfolding);
    let later = reading(SMALL, |ask| ask.as_of = Some("2025-06-01".parse().unwrap())).unwrap();
    assert!(later.later.is_empty() && later.minds[0].posterior != a.minds[0].posterior);
}

#[test]
fn a_story_is_held_against_its_authors_judgements() {
    let found = reading(SMALL, |_| {}).unwrap();
    let stays = &found.stories[0].coherence[1];
    assert_eq!((stays.told, stays.rival_sum), (-2000, 2000));
    assert_eq!(stays.pulls[0].lead, -4000);
    // By hand: from (fears, stays), three rounds of the mind and then of the firm.
    let (mut fears, mut stays) = ([0.0, 8.0 / 11.0], [0.0, 8.0 / 11.0]);
    for _ in 0..3 {
        let answer = |m: [f64; 2]| {
            let whole = m[0] + m[1];
            [
                0.8 * m[0] + 0.2 * 0.6 * whole,
                0.8 * m[1] + 0.2 * 0.4 * whole,
            ]
        };
        (fears, stays) = (answer(fears), answer(stays));
        let odds = [16.0 / 17.0, 1.0 / 17.0];
        for m in 0..2 {
            stays[m] = 0.5 * stays[m] + 0.5 * odds[m] * fears[m];
        }
    }
    let told = stays[0] + stays[1];
    assert!((found.stories[0].probability.unwrap().value - told).abs() < 1e-12);
}

#[test]
fn the_bones_put_causes_before_effects_with_their_reasons() {
    let found = reading(SMALL, |_| {}).unwrap();
    let likeliest = found.futures.as_ref().unwrap().consistent[0].states.clone();
    let bones = bones(&found, &likeliest);
    assert_eq!(
        bones.bones.iter().map(|b| b.driver.0).collect::<Vec<_>>(),
        [0, 1]
    );
    assert!(!bones.bones[1].carried.is_empty());
}

#[test]
fn contradictions_are_refused_by_name() {
    let state = |text: &str| {
        parse(SMALL.as_bytes())
            .case
            .unwrap()
            .find_state(text)
            .unwrap()
    };
    let today = reading(SMALL, |ask| ask.given.push(state("firm.leaves")));
    assert_eq!(
        today.unwrap_err(),
        Refusal::AgainstToday(state("firm.leaves"))
    );
    let held = reading(SMALL, |ask| ask.held.push(state("firm.leaves"))).unwrap();
    assert!(held.verdicts.is_empty());
    let impossible = SMALL.replace("{ trusts = 0.2, fears = 0.8 }", "{ trusts = 0, fears = 0 }");
    let Refusal::Facts(facts) = reading(&impossible, |_| {}).unwrap_err() else {
        panic!("facts exclude all")
    };
    assert_eq!(facts.len(), 1);
    // Where draws are made, facts that leave a mind no state are still proof.
    let few = reading(&impossible, |ask| ask.exact_up_to = 1).unwrap_err();
    assert_eq!(few, Refusal::Facts(facts));
}

#[test]
fn what_is_too_much_for_one_vector_is_drawn_with_its_errors() {
    let (drawn, exact) = (
        reading(SMALL, |ask| ask.exact_up_to = 1).unwrap(),
        reading(SMALL, |_| {}).unwrap(),
    );
    let near = |found: Estimate, truth: Estimate| {
        let error = found.error.expect("whatever is drawn has an error");
        assert!((found.value - truth.value).abs() <= 4.0 * error + 1e-9);
        assert!(error < 0.01);
    };
    let Method::Sampled {
        effective,
        exact_now,
        ..
    } = drawn.method
    else {
        panic!("drawn")
    };
    assert!(effective > 100.0 && !exact_now && !drawn.method.few());
    for s in 0..2 {
        near(drawn.minds[0].posterior[s], exact.minds[0].posterior[s]);
        near(
            drawn.minds[0].facts[0].without[s],
            exact.minds[0].facts[0].without[s],
        );
        let then = |r: &Reading| r.belief.as_ref().unwrap().then()[1][s];
        near(then(&drawn), then(&exact));
    }
    let story = |r: &Reading| r.stories[0].probability.unwrap();
    near(story(&drawn), story(&exact));
    near(
        drawn.verdicts[0].brier_estimate(),
        exact.verdicts[0].brier_estimate(),
    );
    near(
        drawn.verdicts[0].log_estimate(),
        exact.verdicts[0].log_estimate(),
    );
    // With the firm known today, the mind alone is unknown: now is exact, then is drawn.
    let half = reading(SMALL, |ask| ask.exact_up_to = 2).unwrap();
    assert_eq!(half.minds[0].posterior, exact.minds[0].posterior);
    assert!(matches!(
        half.method,
        Method::Sampled {
            exact_now: true,
            ..
        }
    ));
    near(story(&half), story(&exact));
}
