//! One judgement at an end of its range, against everything solved again by `believe`.

use crate::cases::{Dice, all};
use crate::enumeration::{Held, evidence, pick, situation};
use crate::firmness::free_scores;
use sinario_engine::belief::{self, believe};
use sinario_engine::judgement::{Inputs, Judgement, Place};
use sinario_engine::progress::Quiet;
use sinario_engine::sensitivity::{Ask, Target, Values, sway};
use sinario_engine::{Driver, Fact, State};

/// Everything that is free in a case.
fn judgements(dice: &mut Dice, inputs: &Inputs) -> Vec<Judgement> {
    let mut free = free_scores(dice, &inputs.model, 0.3);
    let mut plain = |place, point: f64, off: f64, least: f64, most: f64| Judgement {
        place,
        point,
        low: (point - off * dice.unit()).clamp(least, most),
        high: (point + off * dice.unit()).clamp(least, most),
    };
    for (d, bias) in inputs.model.bias.iter().enumerate() {
        for (s, b) in bias.iter().enumerate() {
            let place = Place::Prior {
                driver: Driver(d as u32),
                state: State(s as u16),
            };
            let prior = libm::exp(*b);
            free.push(plain(place, prior, 0.9 * prior, 1e-3, 1e3));
        }
    }
    for (f, fact) in inputs.evidence.facts.iter().enumerate() {
        let f = Fact(f as u32);
        for (part, (_, chances)) in fact.expected.iter().enumerate() {
            for (s, &c) in chances.iter().enumerate() {
                let state = State(s as u16);
                let place = Place::Likelihood {
                    fact: f,
                    part,
                    state,
                };
                free.push(plain(place, c, 0.5, 0.001, 0.999));
            }
        }
        let worth = fact.act.iter().flat_map(|a| a.worth.iter().enumerate());
        for (part, (_, table)) in worth {
            for (s, row) in table.iter().enumerate() {
                for (alternative, &w) in row.iter().enumerate() {
                    let place = Place::Worth {
                        fact: f,
                        part,
                        state: State(s as u16),
                        alternative,
                    };
                    free.push(plain(place, w, 4.0, -20.0, 20.0));
                }
            }
        }
    }
    let place = Place::Seen {
        signpost: 0,
        part: 0,
        state: State(0),
    };
    free.push(plain(place, 0.5, 0.3, 0.0, 1.0));
    free
}

/// The values of the targets by `believe`, which solves all futures.
fn plain(inputs: &Inputs, ask: &Ask) -> Option<Values> {
    let question = belief::Ask {
        given: ask.given.clone(),
        held: ask.held.clone(),
        futures: ask.futures.clone(),
        stories: ask.stories.clone(),
        minds: ask.minds.clone(),
        exact_up_to: 1 << 26,
        ..belief::Ask::default()
    };
    let found = believe(&inputs.model, &inputs.evidence, &question, &Quiet).ok()?;
    let of = |target: &Target| -> Vec<f64> {
        let all =
            |m: &belief::Marginals, d: &Driver| m[d.0 as usize].iter().map(|e| e.value).collect();
        match target {
            Target::Now(d) => all(&found.now, d),
            Target::Then(d) => all(found.unfolding.last().unwrap(), d),
            Target::Settled(d) => all(&found.settled, d),
            Target::Story(s) => vec![found.stories[*s].probability.value],
            Target::Future(f) => vec![found.futures[*f].then.value],
        }
    };
    Some(ask.targets.iter().map(of).collect())
}

fn same(a: &Values, b: &Values, what: &str) {
    for (a, b) in a.iter().flatten().zip(b.iter().flatten()) {
        assert!((a - b).abs() < 1e-9, "{what}: {a} is not {b}");
    }
}

fn case(dice: &mut Dice) -> (Inputs, Ask) {
    let model = situation(dice);
    let minds = vec![Driver(0), Driver(1)];
    let maybe = |dice: &mut Dice| -> Held {
        match dice.below(4) {
            0 => vec![pick(dice, &model)],
            _ => Vec::new(),
        }
    };
    let (held, given) = (maybe(dice), maybe(dice));
    let futures = all(&model.sizes);
    let story = |dice: &mut Dice| -> Held {
        let x = &futures[dice.below(futures.len())];
        let told = (0..x.len()).map(|d| (Driver(d as u32), x[d]));
        let told: Held = told.filter(|_| dice.below(2) == 0).collect();
        if told.is_empty() {
            vec![pick(dice, &model)]
        } else {
            told
        }
    };
    let mut targets = Vec::new();
    for d in 0..model.drivers() as u32 {
        let of = [Target::Now, Target::Then, Target::Settled];
        let of = of.into_iter().filter(|_| dice.below(3) > 0);
        targets.extend(of.map(|t| t(Driver(d))).collect::<Vec<_>>());
    }
    targets.extend([Target::Story(0), Target::Story(1)]);
    if dice.below(2) == 0 {
        targets.push(Target::Future(0));
    }
    // Sometimes few, so that some drivers are nobody's concern.
    if dice.below(3) == 0 {
        let one = targets[dice.below(targets.len())];
        targets = vec![one];
    }
    let ask = Ask {
        given,
        held,
        minds,
        stories: vec![story(dice), story(dice)],
        futures: vec![futures[dice.below(futures.len())].clone()],
        targets,
        steps: u64::MAX,
    };
    let inputs = Inputs {
        evidence: evidence(dice, &model),
        signposts: vec![vec![(Driver(0), vec![0.5; usize::from(model.sizes[0])])]],
        model,
    };
    (inputs, ask)
}

#[test]
fn every_end_is_what_solving_everything_again_gives() {
    let mut dice = Dice(81);
    let (mut cases, mut moved) = (0, 0);
    while cases < 120 {
        let (inputs, ask) = case(&mut dice);
        if inputs
            .model
            .sizes
            .iter()
            .map(|&k| usize::from(k))
            .product::<usize>()
            > 200
        {
            continue;
        }
        let free = judgements(&mut dice, &inputs);
        let Some(point) = plain(&inputs, &ask) else {
            assert!(sway(&inputs, &free, &ask, &Quiet).is_err());
            continue;
        };
        cases += 1;
        let found = sway(&inputs, &free, &ask, &Quiet).unwrap();
        same(&found.point, &point, "point");
        for (j, ends) in free.iter().zip(&found.ends) {
            let (low, high) = ends.as_ref().unwrap();
            for (value, end) in [(j.low, low), (j.high, high)] {
                let mut member = inputs.clone();
                member.set(j.place, value);
                let want = plain(&member, &ask).unwrap();
                same(end, &want, &format!("{j:?}"));
                moved += u32::from(end != &found.point);
            }
        }
    }
    assert!(moved > 1000, "{moved}");
}

#[test]
fn what_was_not_paid_for_is_left_out_and_nothing_else_changes() {
    let mut dice = Dice(82);
    let (inputs, mut ask) = case(&mut dice);
    let free = judgements(&mut dice, &inputs);
    let whole = sway(&inputs, &free, &ask, &Quiet).unwrap();
    ask.steps = 200_000;
    let part = sway(&inputs, &free, &ask, &Quiet).unwrap();
    let left_out = part.ends.iter().filter(|e| e.is_none()).count();
    assert!(
        0 < left_out && left_out < free.len(),
        "{left_out} of {}",
        free.len()
    );
    for (some, all) in part.ends.iter().zip(&whole.ends) {
        if let (Some(some), Some(all)) = (some, all) {
            same(&some.0, &all.0, "low");
            same(&some.1, &all.1, "high");
        }
    }
}

#[test]
fn threads_make_no_difference() {
    let mut dice = Dice(83);
    for _ in 0..10 {
        let (inputs, ask) = case(&mut dice);
        let free = judgements(&mut dice, &inputs);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let pool = pool.build().unwrap();
            pool.install(|| format!("{:?}", sway(&inputs, &free, &ask, &Quiet)))
        };
        let one = with(1);
        assert_eq!(one, with(2));
        assert_eq!(one, with(8));
    }
}
