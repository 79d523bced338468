//! The scores of known tools against answers worked out apart, and everything about facts beside each other against
//! enumeration.

use crate::cases::{Dice, all};
use crate::enumeration::*;
use sinario_engine::belief::{Ask, Hypotheses, TRIALS, believe};
use sinario_engine::evidence::{Evidence, FactInput};
use sinario_engine::hypotheses::{
    LETTERS, Letter, Level, Row, TOOLS, Tool, diagnosticity, letters,
};
use sinario_engine::progress::Quiet;
use sinario_engine::{Driver, Fact, Future, Model, State};

fn matrix(of: &serde_json::Value) -> Vec<Row> {
    let level = |v: &serde_json::Value| {
        let all = [Level::High, Level::Medium, Level::Low];
        all.into_iter().find(|l| l.text() == v.as_str().unwrap())
    };
    let letter = |v: &serde_json::Value| {
        let found = LETTERS
            .into_iter()
            .find(|l| l.text() == v.as_str().unwrap());
        Some(found.unwrap())
    };
    let row = |f: &serde_json::Value| Row {
        letters: f["letters"]
            .as_array()
            .unwrap()
            .iter()
            .map(letter)
            .collect(),
        credibility: level(&f["credibility"]).unwrap(),
        relevance: level(&f["relevance"]).unwrap(),
        source: f["grade"].as_str().and_then(|g| g.chars().next()),
    };
    of["facts"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn the_scores_of_known_tools_are_theirs() {
    let data: serde_json::Value =
        serde_json::from_str(include_str!("../data/ach_scores.json")).unwrap();
    let mut checked = 0;
    for (case, of) in data.as_object().unwrap() {
        let matrix = matrix(of);
        for score in TOOLS {
            let found = score.of(&matrix);
            let Some(wanted) = of["scores"].get(score.key()) else {
                // Nobody has graded these facts.
                assert!(score == Tool::SatWorker && found.is_none(), "{case}");
                continue;
            };
            let found = found.unwrap();
            for (found, wanted) in found.iter().zip(wanted.as_array().unwrap()) {
                let (found, wanted) = (found.unwrap(), wanted.as_f64().unwrap());
                assert!(
                    (found - wanted).abs() < 1e-12,
                    "{case}, {score:?}: {found} is not {wanted}"
                );
                checked += 1;
            }
            // The reference names the first of equals.
            let best = score.best(&matrix)[0];
            assert_eq!(
                of["hypotheses"][best],
                of["best"][score.key()],
                "{case}, {score:?}"
            );
        }
        for (at, row) in matrix.iter().enumerate() {
            let found = diagnosticity(row).unwrap();
            for (key, found) in [
                ("spread", found.spread),
                ("points", found.points),
                ("decibans", found.decibans),
            ] {
                let wanted = of["diagnosticity"][key][at].as_f64().unwrap();
                assert!((found - wanted).abs() < 1e-12, "{case}, {at}, {key}");
            }
        }
    }
    assert_eq!(checked, 3 * 8 + 4 * 9 + 2 * 8);
}

#[test]
fn equals_are_all_named_and_consistency_decides_only_for_open_synthesis() {
    let row = |letters: [Letter; 3]| Row {
        letters: letters.map(Some).to_vec(),
        ..Row::default()
    };
    use Letter::*;
    let matrix = [
        row([Neutral, VeryConsistent, Inconsistent]),
        row([Neutral, Neutral, Neutral]),
    ];
    assert_eq!(Tool::Parc.best(&matrix), [0, 1]);
    assert_eq!(Tool::OpenSynthesis.best(&matrix), [1]);
    // The roots of the weighted points differ in their last digits, and count as equal all the same.
    let mut weighed = [
        row([Inconsistent, VeryInconsistent, VeryInconsistent]),
        row([Inconsistent, Neutral, VeryInconsistent]),
    ];
    for row in &mut weighed {
        (row.credibility, row.relevance) = (Level::High, Level::Low);
    }
    assert_eq!(Tool::ParcWeighted.best(&weighed), [0, 1]);
}

#[test]
fn what_is_not_rated_counts_for_nothing_and_is_never_best() {
    let row = |letters: [Option<Letter>; 3]| Row {
        letters: letters.to_vec(),
        ..Row::default()
    };
    let matrix = [
        row([Some(Letter::Inconsistent), None, Some(Letter::Neutral)]),
        row([Some(Letter::Neutral), None, None]),
    ];
    for score in TOOLS.into_iter().filter(|s| *s != Tool::SatWorker) {
        let found = score.of(&matrix).unwrap();
        assert!(found[0].is_some() && found[1].is_none() && found[2].is_some());
        assert!(!score.best(&matrix).contains(&1), "{score:?}");
    }
    assert!(Tool::Parc.best(&[]).is_empty());
    assert!(diagnosticity(&row([None; 3])).is_none());
}

#[test]
fn letters_come_from_ratios_alone_and_give_themselves_back() {
    for scale in [1.0, 0.01] {
        for letter in LETTERS {
            let found = letters(&[0.9 * scale, letter.chance() * scale]);
            assert_eq!(found, [Some(Letter::VeryConsistent), Some(letter)]);
        }
    }
    // The boundaries, worked out by hand: √(.7/.9) and so on.
    for (ratio, above, below) in [
        (0.881_917_1, Letter::VeryConsistent, Letter::Consistent),
        (0.657_342_2, Letter::Consistent, Letter::Neutral),
        (0.351_364_2, Letter::Neutral, Letter::Inconsistent),
        (0.111_111_1, Letter::Inconsistent, Letter::VeryInconsistent),
    ] {
        let of = |r: f64| letters(&[1.0, r])[1];
        assert_eq!(of(ratio + 1e-6), Some(above));
        assert_eq!(of(ratio - 1e-6), Some(below));
    }
    assert_eq!(
        letters(&[f64::NAN, 0.3]),
        [None, Some(Letter::VeryConsistent)]
    );
    assert_eq!(letters(&[0.0, 0.0]), [Some(Letter::Neutral); 2]);
    assert!(letters(&[]).is_empty());
}

/// P(state, fact) and P(state, no fact) of a driver, future by future.
fn joint(
    futures: &[Future],
    without: &[f64],
    own: &[f64],
    d: usize,
    states: u16,
) -> Vec<(f64, f64)> {
    let of = |part: &dyn Fn(f64) -> f64, s: u16| -> f64 {
        let here = futures.iter().zip(without.iter().zip(own));
        let here = here.filter(|(x, _)| x[d] == State(s));
        here.map(|(_, (m, l))| m * part(*l)).sum()
    };
    (0..states)
        .map(|s| (of(&|l| l, s), of(&|l| 1.0 - l, s)))
        .collect()
}

fn bits(joint: &[(f64, f64)]) -> f64 {
    let yes: f64 = joint.iter().map(|j| j.0).sum();
    let no: f64 = joint.iter().map(|j| j.1).sum();
    let parts = joint
        .iter()
        .flat_map(|&(y, n)| [(y, y + n, yes), (n, y + n, no)]);
    parts
        .filter(|p| p.0 > 0.0)
        .map(|(p, s, o)| p * libm::log2(p / (s * o)))
        .sum()
}

fn entropy(with: &[f64], without: &[f64]) -> f64 {
    let pairs = with.iter().zip(without).filter(|(p, _)| **p > 0.0);
    pairs.map(|(p, q)| p * libm::log2(p / q)).sum()
}

fn argmax(all: &[f64]) -> usize {
    (0..all.len()).fold(0, |best, s| if all[s] > all[best] { s } else { best })
}

/// All sets of facts of at most three members by going through all subsets, whole groups counting as one.
fn members(e: &Evidence, set: &[Fact]) -> usize {
    let group = |f: &Fact| e.facts[f.0 as usize].group;
    let whole = |g: u32| {
        e.all()
            .iter()
            .filter(|f| group(f) == Some(g))
            .all(|f| set.contains(f))
    };
    let mut groups: Vec<u32> = set.iter().filter_map(group).filter(|g| whole(*g)).collect();
    groups.sort_unstable();
    groups.dedup();
    let single = set
        .iter()
        .filter(|f| group(f).is_none_or(|g| !groups.contains(&g)));
    single.count() + groups.len()
}

fn subsets(facts: &[Fact]) -> Vec<Vec<Fact>> {
    (1_u32..1 << facts.len())
        .map(|bits| {
            let taken = facts
                .iter()
                .enumerate()
                .filter(|(at, _)| bits >> at & 1 == 1);
            taken.map(|(_, f)| *f).collect()
        })
        .collect()
}

#[test]
fn facts_beside_each_other_agree_with_enumeration() {
    let mut dice = Dice(77);
    let (mut cases, mut ruled_out, mut sizes) = (0, 0, [0; 4]);
    while cases < 300 {
        let model = situation(&mut dice);
        let futures = all(&model.sizes);
        if futures.len() > 90 {
            continue;
        }
        let mut e = evidence(&mut dice, &model);
        e.facts.extend(evidence(&mut dice, &model).facts);
        if dice.below(4) == 0 {
            // A fact that one state excludes.
            if let Some((_, chances)) = e.facts.iter_mut().find_map(|f| f.expected.first_mut()) {
                chances[0] = 0.0;
            }
        }
        let facts = e.all();
        let read: Vec<Driver> = (0..model.drivers()).map(|d| Driver(d as u32)).collect();
        let ask = Ask {
            read: read.clone(),
            trials: TRIALS,
            exact_up_to: 1 << 26,
            ..Ask::default()
        };
        let Ok(found) = believe(&model, &e, &ask, &Quiet) else {
            continue;
        };
        cases += 1;
        let today: Held = read
            .iter()
            .filter_map(|d| Some((*d, model.today[d.0 as usize]?)))
            .collect();
        let nu0 = settled(&model, &futures, &today);
        let under = |facts: &[Fact]| -> Vec<f64> {
            let mass = nu0.iter().zip(&futures);
            normal(mass.map(|(m, x)| m * likelihood(&e, facts, x)).collect())
        };
        let belief = |mass: &[f64], d: usize| -> Vec<f64> {
            (0..model.sizes[d])
                .map(|s| marginal(&futures, mass, d, s))
                .collect()
        };
        let nu = under(&facts);
        for (d, of) in found.hypotheses.iter().enumerate() {
            if model.today[d].is_some() {
                assert_eq!(*of, Hypotheses::default());
                continue;
            }
            let bears: Vec<Fact> = facts
                .iter()
                .copied()
                .filter(|f| {
                    let input = &e.facts[f.0 as usize];
                    let on = |x: &Driver| x.0 as usize == d;
                    input.expected.iter().any(|x| on(&x.0))
                        || input.act.iter().any(|a| on(&a.worth[0].0))
                })
                .collect();
            assert_eq!(of.facts.iter().map(|b| b.fact).collect::<Vec<_>>(), bears);
            for b in &of.facts {
                let rest: Vec<Fact> = facts.iter().copied().filter(|f| *f != b.fact).collect();
                let without = under(&rest);
                let own: Vec<f64> = futures
                    .iter()
                    .map(|x| likelihood(&e, &[b.fact], x))
                    .collect();
                let pairs = joint(&futures, &without, &own, d, model.sizes[d]);
                let before = joint(&futures, &nu0, &own, d, model.sizes[d]);
                for (s, found) in b.likelihood.iter().enumerate() {
                    let (y, n) = pairs[s];
                    let (y, n) = if y + n > 0.0 { (y, n) } else { before[s] };
                    ruled_out += usize::from(pairs[s].0 + pairs[s].1 <= 0.0);
                    near(found.value, y / (y + n), "likelihood");
                }
                near(b.diagnosticity.value, bits(&pairs), "diagnosticity");
                near(
                    b.told.value,
                    entropy(&belief(&nu, d), &belief(&without, d)),
                    "told",
                );
            }
            // Linchpins: the fewest members without which another state leads.
            let led = argmax(&belief(&nu, d));
            let flips = |set: &Vec<Fact>| {
                let rest: Vec<Fact> = facts.iter().copied().filter(|f| !set.contains(f)).collect();
                let without = belief(&under(&rest), d);
                let leads = argmax(&without);
                (without[leads] - without[led] > 1e-9).then_some((leads, without))
            };
            let all = subsets(&facts);
            let some: Vec<&Vec<Fact>> = all.iter().filter(|s| flips(s).is_some()).collect();
            let fewest = some.iter().map(|s| members(&e, s)).min().unwrap_or(9);
            let mut wanted: Vec<Vec<Fact>> = some
                .iter()
                .filter(|s| members(&e, s) == fewest && fewest <= 3)
                .filter(|s| {
                    // No part of it is enough.
                    let part =
                        |p: &&&Vec<Fact>| p.len() < s.len() && p.iter().all(|f| s.contains(f));
                    !some.iter().any(|p| part(&p) && members(&e, p) == fewest)
                })
                .map(|s| (*s).clone())
                .collect();
            wanted.sort_unstable();
            let mut got: Vec<Vec<Fact>> =
                of.linchpins.sets.iter().map(|l| l.facts.clone()).collect();
            got.sort_unstable();
            assert_eq!(got, wanted);
            for l in &of.linchpins.sets {
                let (leads, without) = flips(&l.facts).unwrap();
                assert_eq!(usize::from(l.leads.0), leads);
                for (found, wanted) in l.without.iter().zip(without) {
                    near(found.value, wanted, "without");
                }
            }
            assert_eq!(of.linchpins.tried, fewest.min(3).min(facts.len()));
            assert!(!of.linchpins.more);
            sizes[fewest.min(3)] += usize::from(fewest <= 3);
        }
    }
    assert!(sizes[1] > 50 && sizes[2] > 10 && sizes[3] > 0, "{sizes:?}");
    assert!(ruled_out > 10, "{ruled_out}");
}

/// Three facts that say the same of a driver, so that no one of them, nor two, carry it.
fn three_alike(says: [f64; 2]) -> (Model, Evidence) {
    let mut model = Model::new(vec![2, 2]);
    model.bias[0] = vec![0.0, libm::log(3.0)];
    let fact = FactInput {
        trust: 1.0,
        expected: vec![(Driver(0), says.to_vec())],
        ..FactInput::default()
    };
    let evidence = Evidence {
        facts: vec![fact; 3],
        grid: Vec::new(),
    };
    (model, evidence)
}

#[test]
fn linchpins_of_several_members_are_sought_as_far_as_the_work_goes() {
    let of = |says: [f64; 2], group: bool, trials: u64| {
        let (model, mut e) = three_alike(says);
        if group {
            e.facts[1].group = Some(4);
            e.facts[2].group = Some(4);
        }
        let ask = Ask {
            read: vec![Driver(0)],
            trials,
            exact_up_to: 1 << 10,
            ..Ask::default()
        };
        let found = believe(&model, &e, &ask, &Quiet).unwrap();
        let l = found.hypotheses[0].linchpins.clone();
        let sets: Vec<Vec<u32>> = l
            .sets
            .iter()
            .map(|l| l.facts.iter().map(|f| f.0).collect())
            .collect();
        (sets, l.tried, l.more)
    };
    // Odds 1 : 3 before; each fact by 4, so that any one is still enough to lead.
    assert_eq!(
        of([0.8, 0.2], false, TRIALS),
        (vec![vec![0, 1, 2]], 3, false)
    );
    // By 2 each two are needed.
    let pairs = vec![vec![0, 1], vec![0, 2], vec![1, 2]];
    assert_eq!(of([0.8, 0.4], false, TRIALS), (pairs, 2, false));
    // A group counts as one: without it or without the other, 1 : 3 by 2 is left.
    let one = vec![vec![0], vec![1, 2]];
    assert_eq!(of([0.8, 0.4], true, TRIALS), (one, 1, false));
    // Nothing is made up where the search stops.
    assert_eq!(of([0.8, 0.2], false, 0), (vec![], 1, true));
    assert_eq!(of([0.8, 0.2], false, 1800), (vec![], 2, true));
}

#[test]
fn what_is_drawn_of_facts_lies_within_its_errors() {
    let mut dice = Dice(5);
    let (mut off, mut tested, mut cases) = (0.0, 0, 0);
    while cases < 24 {
        let mut model = situation(&mut dice);
        // Else now would be known from all futures.
        model.today.fill(None);
        let e = evidence(&mut dice, &model);
        let read: Vec<Driver> = (0..model.drivers()).map(|d| Driver(d as u32)).collect();
        let tied = model.blocks.iter().any(|b| !b.is_empty());
        if e.facts.len() < 2 || all(&model.sizes).len() > 150 || !tied || model.kappa == 0.0 {
            continue;
        }
        cases += 1;
        let ask = |exact_up_to| Ask {
            read: read.clone(),
            trials: TRIALS,
            exact_up_to,
            seed: 3,
            ..Ask::default()
        };
        let exact = believe(&model, &e, &ask(1 << 20), &Quiet).unwrap();
        let drawn = believe(&model, &e, &ask(1), &Quiet).unwrap();
        for (exact, drawn) in exact.hypotheses.iter().zip(&drawn.hypotheses) {
            assert_eq!(exact.facts.len(), drawn.facts.len());
            for (exact, drawn) in exact.facts.iter().zip(&drawn.facts) {
                assert_eq!(exact.fact, drawn.fact);
                let exacts = exact
                    .likelihood
                    .iter()
                    .chain([&exact.diagnosticity, &exact.told]);
                let drawns = drawn
                    .likelihood
                    .iter()
                    .chain([&drawn.diagnosticity, &drawn.told]);
                for (exact, drawn) in exacts.zip(drawns) {
                    let error = drawn.error.unwrap();
                    let far = (exact.value - drawn.value).abs();
                    assert!(far < 6.0 * error + 1e-9 + 2e-4, "{exact:?} {drawn:?}");
                    if error > 1e-6 && error.is_finite() {
                        off += (far / error) * (far / error);
                        tested += 1;
                    }
                }
            }
            // What was drawn as a linchpin is one.
            for one in &drawn.linchpins.sets {
                assert!(exact.linchpins.sets.iter().any(|l| l.facts == one.facts));
            }
            assert!(drawn.linchpins.tried <= 1);
        }
    }
    // Mean square of standardised errors: near 1.
    let mean = off / f64::from(tested);
    assert!(tested > 60 && mean < 1.6, "{mean} over {tested}");
}
