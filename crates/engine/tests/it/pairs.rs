//! Pairs (now, then) as the definition says (model.md 6): every now with every then, written down.

mod drawn;

use crate::cases::{Dice, all};
use crate::enumeration::{
    Held, allowed, evidence, likelihood, marginal, normal, pick, round, settled, situation,
};
use sinario_engine::belief::pairs::{
    AskPairs, Outcome, Pairs, Source, of_driver, of_signpost, of_states, pairs,
};
use sinario_engine::belief::{Ask, Impossible, Method, believe};
use sinario_engine::evidence::{Evidence, FactInput};
use sinario_engine::progress::Quiet;
use sinario_engine::{Driver, Fact, Future, Model, State};
use std::collections::BTreeMap;

/// The vector now, or `None` where nothing is left.
fn now(model: &Model, e: &Evidence, futures: &[Future], ask: &AskPairs) -> Option<Vec<f64>> {
    let mut held: Held = ask.held.clone();
    for (d, today) in model.today.iter().enumerate() {
        let driver = Driver(d as u32);
        if let (Some(s), false) = (today, held.iter().any(|h| h.0 == driver)) {
            held.push((driver, *s));
        }
    }
    let facts: Vec<Fact> = (0..e.facts.len()).map(|f| Fact(f as u32)).collect();
    let nu0 = settled(model, futures, &held);
    let fits = |x: &Future| ask.given.iter().all(|(d, s)| x[d.0 as usize] == *s);
    let weigh = |(m, x): (&f64, &Future)| match fits(x) {
        true => m * likelihood(e, &facts, x),
        false => 0.0,
    };
    let nu: Vec<f64> = nu0.iter().zip(futures).map(weigh).collect();
    (nu.iter().sum::<f64>() > 0.0).then(|| normal(nu))
}

/// P(future then | future now), row by row.
fn transition(model: &Model, futures: &[Future], held: &Held) -> Vec<Vec<f64>> {
    let row = |x: usize| {
        let mut mass = vec![0.0; futures.len()];
        mass[x] = 1.0;
        for _ in 0..model.rounds {
            round(model, futures, &mut mass, held, true);
        }
        mass
    };
    (0..futures.len()).map(row).collect()
}

/// The engine's own vector now, which may be off by what settling leaves: near that of the definition, and where all
/// pairs start.
fn engine_now(
    model: &Model,
    e: &Evidence,
    futures: &[Future],
    ask: &AskPairs,
    by_hand: &[f64],
) -> Vec<f64> {
    let mut at_once = model.clone();
    at_once.rounds = 0;
    let plain = Ask {
        given: ask.given.clone(),
        held: ask.held.clone(),
        futures: futures.to_vec(),
        exact_up_to: 1 << 26,
        ..Ask::default()
    };
    let belief = believe(&at_once, e, &plain, &Quiet).unwrap();
    let nu: Vec<f64> = belief.futures.iter().map(|f| f.then.value).collect();
    for (a, b) in nu.iter().zip(by_hand) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }
    nu
}

/// P(cell), and P(outcome and cell) for each outcome of all sources.
type Plain = BTreeMap<Vec<State>, (f64, Vec<f64>)>;

fn plain(futures: &[Future], nu: &[f64], transition: &[Vec<f64>], ask: &AskPairs) -> Plain {
    let mut cells = Plain::new();
    for ((x, m), row) in futures.iter().zip(nu).zip(transition) {
        if *m <= 0.0 {
            continue;
        }
        for (y, q) in futures.iter().zip(row).filter(|(_, q)| **q > 0.0) {
            let state = |d: &Driver| match ask.minds.contains(d) {
                true => x[d.0 as usize],
                false => y[d.0 as usize],
            };
            let cell: Vec<State> = ask.named.iter().map(state).collect();
            let product = |by: &Vec<(Driver, Vec<f64>)>| -> f64 {
                let chance = |(d, c): &(Driver, Vec<f64>)| {
                    c.get(usize::from(state(d).0)).copied().unwrap_or(0.0)
                };
                by.iter().map(chance).product()
            };
            let outcomes = ask.sources.iter().flatten().map(|o| match o {
                Outcome::If(by) => product(by),
                Outcome::Unless(by) => 1.0 - product(by),
            });
            let outcomes: Vec<f64> = outcomes.collect();
            let entry = cells
                .entry(cell)
                .or_insert((0.0, vec![0.0; outcomes.len()]));
            entry.0 += m * q;
            for (sum, o) in entry.1.iter_mut().zip(outcomes) {
                *sum += m * q * o;
            }
        }
    }
    cells
}

fn chances(dice: &mut Dice, model: &Model, d: usize) -> (Driver, Vec<f64>) {
    let mut one = || match dice.below(6) {
        0 => 0.0,
        1 => 1.0,
        _ => dice.unit(),
    };
    (
        Driver(d as u32),
        (0..model.sizes[d]).map(|_| one()).collect(),
    )
}

fn some(dice: &mut Dice, model: &Model) -> Vec<usize> {
    let one_in = 1 + dice.below(4);
    (0..model.drivers())
        .filter(|_| dice.below(one_in + 1) == 0)
        .collect()
}

fn source(dice: &mut Dice, model: &Model) -> Source {
    match dice.below(5) {
        0 => {
            let d = dice.below(model.drivers());
            of_driver(Driver(d as u32), model.sizes[d])
        }
        1 | 2 => {
            let by = some(dice, model);
            let by: Vec<_> = by.into_iter().map(|d| chances(dice, model, d)).collect();
            of_signpost(&by)
        }
        3 => {
            let count = dice.below(4);
            let states: Vec<_> = (0..count).map(|_| pick(dice, model)).collect();
            of_states(&states)
        }
        // Anything goes: outcomes that look at different drivers, and some twice.
        _ => {
            let count = 1 + dice.below(3);
            let outcomes = (0..count).map(|_| {
                let twice = [some(dice, model), some(dice, model)].concat();
                let by = twice.into_iter().map(|d| chances(dice, model, d)).collect();
                match dice.below(2) {
                    0 => Outcome::If(by),
                    _ => Outcome::Unless(by),
                }
            });
            outcomes.collect()
        }
    }
}

fn asked(dice: &mut Dice, model: &Model) -> AskPairs {
    let drivers = |found: Vec<usize>| found.into_iter().map(|d| Driver(d as u32)).collect();
    let often = |dice: &mut Dice, one_in: usize, model: &Model| match dice.below(one_in) {
        0 => vec![pick(dice, model)],
        _ => Vec::new(),
    };
    AskPairs {
        given: often(dice, 4, model),
        held: often(dice, 4, model),
        minds: drivers(some(dice, model)),
        named: drivers(some(dice, model)),
        sources: (0..dice.below(6)).map(|_| source(dice, model)).collect(),
        exact_up_to: 1 << 26,
        ..AskPairs::default()
    }
}

/// The sums over outcomes where one outcome always happens.
fn check_sums(found: &Pairs, sources: &[Source], model: &Model) {
    for (source, joint) in sources.iter().zip(&found.joint) {
        let whole = match &source[..] {
            [Outcome::If(a), Outcome::Unless(b)] => a == b,
            [Outcome::If(a), ..] => {
                a.len() == 1 && *source == of_driver(a[0].0, model.sizes[a[0].0.0 as usize])
            }
            _ => false,
        };
        if whole {
            for (at, cell) in found.cells.iter().enumerate() {
                let sum: f64 = joint.iter().map(|row| row[at]).sum();
                assert!((sum - cell.probability).abs() < 1e-13);
            }
        }
    }
}

#[test]
fn pairs_are_every_now_with_every_then() {
    let mut dice = Dice(66);
    let (mut checked, mut refused, mut outcomes) = (0, 0, 0);
    while checked < 3000 {
        let mut model = situation(&mut dice);
        model.rounds = dice.below(5) as u32;
        let futures = all(&model.sizes);
        if futures.len() > 150 {
            continue;
        }
        let e = evidence(&mut dice, &model);
        let ask = asked(&mut dice, &model);
        let found = pairs(&model, &e, &ask, &Quiet);
        let Some(nu) = now(&model, &e, &futures, &ask) else {
            refused += 1;
            assert_eq!(found.unwrap_err(), Impossible::Given(ask.given));
            continue;
        };
        let found = found.unwrap();
        let nu = engine_now(&model, &e, &futures, &ask, &nu);
        let truth = plain(
            &futures,
            &nu,
            &transition(&model, &futures, &ask.held),
            &ask,
        );
        checked += 1;
        assert_eq!(found.method, Method::Exact);
        assert!(found.groups.is_empty() && found.named == ask.named);
        let whole: f64 = found.cells.iter().map(|c| c.probability).sum();
        assert!((whole - 1.0).abs() < 1e-14);
        assert!(found.cells.is_sorted_by(|a, b| a.states < b.states));
        for (at, cell) in found.cells.iter().enumerate() {
            assert!(cell.probability > 0.0);
            let (p, chances) = &truth[&cell.states];
            assert!((cell.probability - p).abs() < 1e-12, "{cell:?} for {p}");
            assert_eq!(found.cell_of(&cell.states), Some(at));
            let rows = found.joint.iter().flatten();
            for (row, chance) in rows.zip(chances) {
                outcomes += 1;
                assert_eq!(row.len(), found.cells.len());
                assert!(
                    (row[at] - chance).abs() < 1e-12 && row[at] >= 0.0,
                    "{} for {chance}",
                    row[at]
                );
                // What never happens has no chance at all, not one of rounding.
                assert!(*chance > 0.0 || row[at] == 0.0, "{}", row[at]);
            }
        }
        for (cell, (p, _)) in &truth {
            assert!(*p < 1e-12 || found.cell_of(cell).is_some());
        }
        let of: Vec<usize> = found.joint.iter().map(Vec::len).collect();
        let wanted: Vec<usize> = ask.sources.iter().map(Vec::len).collect();
        assert_eq!(of, wanted);
        check_sums(&found, &ask.sources, &model);
    }
    assert!(refused > 50 && outcomes > 50_000, "{refused}, {outcomes}");
}

#[test]
fn pairs_say_of_each_driver_what_belief_says() {
    let mut dice = Dice(67);
    for _ in 0..300 {
        let model = situation(&mut dice);
        let e = evidence(&mut dice, &model);
        let mut ask = asked(&mut dice, &model);
        let signs = |dice: &mut Dice| -> Vec<(Driver, Vec<f64>)> {
            let by = some(dice, &model);
            by.into_iter().map(|d| chances(dice, &model, d)).collect()
        };
        let signposts = vec![signs(&mut dice), signs(&mut dice)];
        ask.sources = (0..model.drivers())
            .map(|d| of_driver(Driver(d as u32), model.sizes[d]))
            .chain(signposts.iter().map(|s| of_signpost(s)))
            .collect();
        let plain = Ask {
            given: ask.given.clone(),
            held: ask.held.clone(),
            minds: ask.minds.clone(),
            signposts,
            exact_up_to: 1 << 26,
            ..Ask::default()
        };
        let (belief, found) = match (
            believe(&model, &e, &plain, &Quiet),
            pairs(&model, &e, &ask, &Quiet),
        ) {
            (Ok(belief), Ok(found)) => (belief, found),
            (belief, found) => {
                assert_eq!(belief.unwrap_err(), found.unwrap_err());
                continue;
            }
        };
        let then = belief.unfolding.last().unwrap();
        for d in 0..model.drivers() {
            let of = match ask.minds.contains(&Driver(d as u32)) {
                true => &belief.now[d],
                false => &then[d],
            };
            for (s, p) in of.iter().enumerate() {
                assert!((found.chance(d, s) - p.value).abs() < 1e-12);
            }
        }
        for (s, sign) in belief.signposts.iter().enumerate() {
            let at = model.drivers() + s;
            assert!((found.chance(at, 0) - sign.seen.value).abs() < 1e-12);
            assert!((found.chance(at, 1) - 1.0 + sign.seen.value).abs() < 1e-12);
        }
    }
}

fn contradiction() -> (Model, Evidence) {
    let model = Model::new(vec![2, 2]);
    let fact = |chances: [f64; 2]| FactInput {
        trust: 1.0,
        expected: vec![(Driver(0), chances.to_vec())],
        ..FactInput::default()
    };
    let e = Evidence {
        facts: vec![fact([0.5, 0.2]), fact([1.0, 0.0]), fact([0.0, 1.0])],
        grid: Vec::new(),
    };
    (model, e)
}

#[test]
fn facts_that_no_future_allows_are_named() {
    let (model, e) = contradiction();
    for exact_up_to in [4, 1] {
        let ask = AskPairs {
            exact_up_to,
            effort: 0.01,
            ..AskPairs::default()
        };
        let found = pairs(&model, &e, &ask, &Quiet);
        let wanted = Impossible::Facts(vec![Fact(1), Fact(2)]);
        assert_eq!(found.unwrap_err(), wanted);
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let model = Model::new(vec![4; 26]);
    let ask = |sources: usize, exact_up_to: u64| AskPairs {
        named: (0..26).map(Driver).collect(),
        sources: vec![of_driver(Driver(0), 4); sources],
        exact_up_to,
        ..AskPairs::default()
    };
    let e = Evidence::default();
    // 2^52 futures: 24 bytes each, 16 for each outcome of each cell.
    let found = pairs(&model, &e, &ask(1, u64::MAX), &Quiet).unwrap_err();
    assert_eq!(found, Impossible::Memory((1 << 52) * (24 + 16 * 5) + 16));
    // As many cells as draws, with 40,000 outcomes each.
    let found = pairs(&model, &e, &ask(10_000, 1), &Quiet).unwrap_err();
    assert!(matches!(found, Impossible::Memory(bytes) if bytes > 1 << 30));
}

#[test]
fn given_states_that_cannot_be_now_are_the_same_error_when_sampled() {
    let mut model = Model::new(vec![2, 2]);
    model.today[0] = Some(State(0));
    model.rounds = 1;
    let given = vec![(Driver(0), State(1))];
    for exact_up_to in [4, 1] {
        let ask = AskPairs {
            given: given.clone(),
            exact_up_to,
            effort: 0.01,
            ..AskPairs::default()
        };
        let found = pairs(&model, &Evidence::default(), &ask, &Quiet);
        assert_eq!(found.unwrap_err(), Impossible::Given(given.clone()));
    }
}

#[test]
fn helpers_say_what_they_are_for() {
    let (a, b) = (Driver(0), Driver(1));
    assert_eq!(of_driver(a, 2)[1], Outcome::If(vec![(a, vec![0.0, 1.0])]));
    let seen = vec![(a, vec![0.25, 0.5])];
    let sign = vec![Outcome::If(seen.clone()), Outcome::Unless(seen.clone())];
    assert_eq!(of_signpost(&seen), sign);
    let event = of_states(&[(a, State(0)), (b, State(2))]);
    assert_eq!(event.len(), 1);
    // Two drivers without impacts: 1/2 · 1/3.
    let model = Model::new(vec![2, 3]);
    let ask = AskPairs {
        sources: vec![
            event,
            of_states(&[(a, State(0)), (a, State(1))]),
            of_states(&[]),
        ],
        exact_up_to: 6,
        ..AskPairs::default()
    };
    let found = pairs(&model, &Evidence::default(), &ask, &Quiet).unwrap();
    assert_eq!(found.cells.len(), 1);
    assert_eq!(found.cell_of(&[]), Some(0));
    assert!((found.chance(0, 0) - 1.0 / 6.0).abs() < 1e-12);
    assert_eq!(found.chance(1, 0), 0.0);
    assert!((found.chance(2, 0) - 1.0).abs() < 1e-12);
    let futures = all(&model.sizes);
    let half = marginal(&futures, &allowed(&futures, &[]), 0, 0);
    assert!((half - 0.5).abs() < 1e-12);
}
