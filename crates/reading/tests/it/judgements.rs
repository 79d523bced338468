//! Why not and the smallest change, under the names of the case.

use super::{SMALL, reading};
use sinario_case::parse;
use sinario_reading::{Direction, Refusal, WhyNotFound};

const FLAGSHIP: &str = include_str!("../../../../examples/altman-reads-ms/case.toml");

/// The judgements named are those of the case, and together they are the lead that is claimed.
#[test]
fn every_judgement_named_is_in_the_case() {
    let case = parse(FLAGSHIP.as_bytes()).case.unwrap();
    let (mut ruled, mut named) = (0, 0);
    for name in ["demand.trial", "lead.rivals", "control.altman", "money.ms"] {
        let state = case.find_state(name).unwrap();
        let found = reading(FLAGSHIP, |ask| {
            ask.probabilities = false;
            ask.basins_up_to = 0;
            ask.why_not = Some(state);
        });
        let futures = found.unwrap().futures.unwrap();
        let asked = futures.why_not.unwrap();
        let has = |f: &&sinario_reading::FutureFound| f.states[state.driver.0] == state.state;
        let count = futures.consistent.iter().filter(has).count();
        match asked.found {
            WhyNotFound::Occurs {
                count: said,
                best,
                all,
            } => {
                assert!(all && said == count.into() && has(&&*best) && best.inconsistency == 0);
            }
            WhyNotFound::RuledOut { nothing, proof } => {
                assert!(!nothing && count == 0);
                ruled += 1;
                for step in proof.unwrap().iter().flat_map(|l| &l.steps) {
                    let sum: i64 = step.carried.iter().map(|c| c.least).sum();
                    assert_eq!(sum, step.fall.by);
                    for pull in step.carried.iter().flat_map(|c| &c.pulls) {
                        let of = &case.impacts[pull.impact];
                        let score = |s: usize| i64::from(of.scores[s].thousandths);
                        assert_eq!(of.on, step.fall.state.driver);
                        let lead = score(step.fall.rival.0) - score(step.fall.state.state.0);
                        assert_eq!(pull.lead, lead);
                        named += 1;
                    }
                }
            }
            WhyNotFound::Open(why) => panic!("{why:?}"),
        }
    }
    assert!(ruled == 3 && named > 50);
}

/// The case with the scores set anew, as its author would write them, is what the answer says it is.
#[test]
fn the_author_can_write_the_change_down() {
    for (wish, direction) in [
        ("demand.trial", Direction::Make),
        ("control.altman,money.ms", Direction::Make),
        (
            "motive.escape,regard.wary,money.ms,compute.azure,control.ms",
            Direction::Break,
        ),
        ("korean.full", Direction::Break),
    ] {
        let case = parse(FLAGSHIP.as_bytes()).case.unwrap();
        let wish: Vec<_> = wish
            .split(',')
            .map(|s| case.find_state(s).unwrap())
            .collect();
        let bare = |ask: &mut sinario_reading::Ask| {
            ask.probabilities = false;
            ask.basins_up_to = 0;
        };
        let found = reading(FLAGSHIP, |ask| {
            bare(ask);
            ask.change.clone_from(&wish);
        });
        let change = found.unwrap().futures.unwrap().change.unwrap();
        assert!(change.proved && change.direction == direction);
        let mut case = case;
        let best = change.best.unwrap();
        assert_eq!(best.changes.len() as u64, change.at_least);
        for c in &best.changes {
            let at = case
                .impacts
                .iter()
                .position(|i| i.from == c.from && i.on == c.on.driver);
            assert_eq!((at, c.new), (c.impact, at.is_none()));
            let at = at.unwrap_or_else(|| {
                let states = case.driver(c.on.driver).states.len();
                case.impacts.push(sinario_case::Impact {
                    from: c.from,
                    on: c.on.driver,
                    scores: vec![Default::default(); states],
                    because: None,
                    facts: Vec::new(),
                });
                case.impacts.len() - 1
            });
            let score = &mut case.impacts[at].scores[c.on.state.0].thousandths;
            assert_eq!(i64::from(*score), c.was);
            *score = i32::try_from(c.becomes).unwrap();
        }
        let mut ask = sinario_reading::Ask::default();
        bare(&mut ask);
        let after = sinario_reading::read(case, ask, &sinario_reading::Quiet).unwrap();
        let after = after.futures.unwrap();
        assert!(after.stopped.is_none());
        let with = after
            .consistent
            .iter()
            .filter(|f| wish.iter().all(|w| f.states[w.driver.0] == w.state));
        assert_eq!(with.count() > 0, direction == Direction::Make);
    }
}

#[test]
fn a_story_that_no_consistent_future_has_says_what_would_have_to_change() {
    let found = reading(SMALL, |_| {}).unwrap();
    let story = &found.stories[0];
    let told = &found.case.stories[0].future;
    let in_one = found
        .futures
        .unwrap()
        .consistent
        .iter()
        .any(|f| told.iter().all(|t| f.states[t.driver.0] == t.state));
    assert!(!in_one);
    let change = story.change.as_ref().unwrap();
    // −2 against +2: one score alone moves by at most five points, and four are enough.
    let best = change.best.as_ref().unwrap();
    assert_eq!((best.changes.len(), best.total), (1, 4000));
    assert_eq!(best.example.inconsistency, 0);
    // Where every future has been asked for without probabilities, nobody asked about stories.
    assert!(
        reading(SMALL, |ask| ask.probabilities = false)
            .unwrap()
            .stories[0]
            .change
            .is_none()
    );
    for s in reading(FLAGSHIP, |_| {}).unwrap().stories {
        assert!(
            s.change.is_none(),
            "every story of the flagship is in some consistent future"
        );
    }
}

#[test]
fn what_contradicts_itself_is_refused() {
    let case = parse(FLAGSHIP.as_bytes()).case.unwrap();
    let [ms, many] = ["money.ms", "money.many"].map(|s| case.find_state(s).unwrap());
    let twice =
        |r: Result<_, Refusal>| matches!(r, Err(Refusal::Twice(a, b)) if (a, b) == (ms, many));
    assert!(twice(reading(FLAGSHIP, |ask| ask.change = vec![ms, many])));
    assert!(twice(reading(FLAGSHIP, |ask| {
        ask.held = vec![ms];
        ask.change = vec![many];
    })));
    assert!(twice(reading(FLAGSHIP, |ask| {
        ask.given = vec![ms];
        ask.why_not = Some(many);
    })));
}
