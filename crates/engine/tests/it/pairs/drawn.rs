//! Drawn pairs against the exact ones of the same models.

use super::{asked, check_sums};
use crate::cases::Dice;
use crate::enumeration::{evidence, situation};
use sinario_engine::belief::Method;
use sinario_engine::belief::pairs::{AskPairs, of_driver, pairs};
use sinario_engine::evidence::Evidence;
use sinario_engine::progress::Quiet;
use sinario_engine::{Driver, Model, State};

#[test]
fn errors_of_sampled_pairs_hold_the_truth() {
    let mut dice = Dice(68);
    let (mut numbers, mut hits, mut cells, mut cell_hits, mut known) = (0, 0, 0, 0, 0);
    let (mut joint, mut near) = (0, 0);
    let mut checked = 0;
    while checked < 250 {
        let model = situation(&mut dice);
        let count: u64 = model.sizes.iter().map(|&k| u64::from(k)).product();
        if count > 300 {
            continue;
        }
        let e = evidence(&mut dice, &model);
        let mut ask = asked(&mut dice, &model);
        ask.effort = 0.01;
        let truth = pairs(&model, &e, &ask, &Quiet);
        // Half of the time what is known today may leave few enough for now to be exact.
        ask.exact_up_to = [1, count - 1][dice.below(2)];
        ask.seed = checked;
        let found = pairs(&model, &e, &ask, &Quiet);
        let (truth, found) = match (truth, found) {
            (Ok(truth), Ok(found)) => (truth, found),
            (truth, found) => {
                assert_eq!(truth.unwrap_err(), found.unwrap_err());
                continue;
            }
        };
        checked += 1;
        let Method::Sampled {
            exact_now,
            effective,
            ..
        } = found.method
        else {
            panic!("{:?}", found.method)
        };
        known += usize::from(exact_now);
        assert!(effective > 0.0);
        check_sums(&found, &ask.sources, &model);
        for group in &found.groups {
            assert!((group.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
        let groups = found.groups.len() as f64;
        // A number by cell, its mean and the error that the groups show.
        let worth: Vec<f64> = truth.cells.iter().map(|_| dice.unit()).collect();
        let of = |cell: usize| {
            let at = truth.cell_of(&found.cells[cell].states);
            at.expect("a cell was drawn that cannot be")
        };
        let mean = |by: &dyn Fn(usize) -> f64, what: &dyn Fn(usize) -> f64| -> f64 {
            (0..found.cells.len()).map(|c| by(c) * what(of(c))).sum()
        };
        let error = |what: &dyn Fn(usize) -> f64| {
            let each = found.groups.iter().map(|g| mean(&|c| g[c], what));
            let each: Vec<f64> = each.collect();
            let middle = each.iter().sum::<f64>() / groups;
            let square: f64 = each.iter().map(|v| (v - middle) * (v - middle)).sum();
            (square / groups / (groups - 1.0)).sqrt()
        };
        let drawn = |c: usize| found.cells[c].probability;
        let value = mean(&drawn, &|c| worth[c]);
        let right: f64 = truth
            .cells
            .iter()
            .zip(&worth)
            .map(|(c, w)| c.probability * w)
            .sum();
        let e = error(&|c| worth[c]);
        if e > 1e-9 {
            numbers += 1;
            hits += usize::from((value - right).abs() <= 2.0 * e);
        } else {
            assert!((value - right).abs() < 1e-6);
        }
        for (at, cell) in truth.cells.iter().enumerate() {
            let one = |c: usize| f64::from(u8::from(c == at));
            let (p, e) = (mean(&drawn, &one), error(&one));
            if cell.probability > 0.03 && cell.probability < 0.97 {
                cells += 1;
                cell_hits += usize::from((p - cell.probability).abs() <= 2.0 * e);
            }
        }
        for s in 0..ask.sources.len() {
            for o in 0..ask.sources[s].len() {
                let (p, q) = (found.chance(s, o), truth.chance(s, o));
                // At least as good as so many draws of yes and no.
                let e = (q * (1.0 - q) / effective).sqrt();
                joint += 1;
                near += usize::from((p - q).abs() <= 2.5 * e + 1e-9);
            }
        }
    }
    println!(
        "{hits} of {numbers} means, {cell_hits} of {cells} cells, {near} of {joint} outcomes, {known} known"
    );
    assert!(known > 10 && numbers > 100 && cells > 300 && joint > 300);
    assert!(hits * 100 > numbers * 90, "{hits} of {numbers}");
    assert!(cell_hits * 100 > cells * 90, "{cell_hits} of {cells}");
    assert!(near * 100 > joint * 90, "{near} of {joint}");
}

#[test]
fn one_case_over_many_seeds_spreads_as_its_errors_say() {
    let mut dice = Dice(71);
    let (model, e) = loop {
        let model = situation(&mut dice);
        let e = evidence(&mut dice, &model);
        let free = model.today.iter().flatten().count() == 1 && model.rounds == 2;
        if free && e.facts.len() == 4 && model.kappa > 0.5 {
            break (model, e);
        }
    };
    let ask = |exact_up_to, seed| AskPairs {
        minds: vec![Driver(0)],
        named: vec![Driver(0), Driver(1)],
        sources: vec![of_driver(Driver(1), model.sizes[1])],
        exact_up_to,
        seed,
        effort: 0.02,
        ..AskPairs::default()
    };
    let truth = pairs(&model, &e, &ask(1 << 20, 0), &Quiet).unwrap();
    let (mut squares, mut errors, mut hits) = (0.0, 0.0, 0);
    let likely = truth
        .cells
        .iter()
        .max_by(|a, b| a.probability.total_cmp(&b.probability));
    let likely = likely.unwrap();
    for seed in 0..200 {
        let found = pairs(&model, &e, &ask(1, seed), &Quiet).unwrap();
        let at = found.cell_of(&likely.states).unwrap();
        let groups = found.groups.len() as f64;
        let mean = found.groups.iter().map(|g| g[at]).sum::<f64>() / groups;
        let square: f64 = found
            .groups
            .iter()
            .map(|g| (g[at] - mean) * (g[at] - mean))
            .sum();
        let error = (square / groups / (groups - 1.0)).sqrt();
        let off = found.cells[at].probability - likely.probability;
        squares += off * off / 200.0;
        errors += error * error / 200.0;
        hits += usize::from(off.abs() <= 2.0 * error);
    }
    let ratio = (squares / errors).sqrt();
    assert!((0.85..1.15).contains(&ratio), "{ratio}");
    assert!((182..=199).contains(&hits), "{hits} of 200");
}

#[test]
fn bits_of_pairs_do_not_hang_on_the_threads() {
    let mut dice = Dice(69);
    let (mut exact, mut sampled) = (0, 0);
    while exact < 20 || sampled < 20 {
        let model = situation(&mut dice);
        let e = evidence(&mut dice, &model);
        let mut ask = asked(&mut dice, &model);
        ask.exact_up_to = [1, 1 << 20][dice.below(2)];
        ask.effort = 0.01;
        let found = [1, 2, 5].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let pool = pool.build().unwrap();
            pool.install(|| format!("{:?}", pairs(&model, &e, &ask, &Quiet)))
        });
        assert!(found[0] == found[1] && found[1] == found[2]);
        if found[0].contains("Sampled") {
            sampled += 1;
        } else {
            exact += usize::from(found[0].contains("Exact"));
        }
    }
}

#[test]
fn another_seed_draws_other_pairs() {
    let mut model = Model::new(vec![3, 3]);
    model.add(Driver(0), State(1), Driver(1), State(2), 2000);
    let ask = |seed| AskPairs {
        named: vec![Driver(0), Driver(1)],
        exact_up_to: 1,
        effort: 0.01,
        seed,
        ..AskPairs::default()
    };
    let of = |seed| {
        let found = pairs(&model, &Evidence::default(), &ask(seed), &Quiet);
        found.unwrap().cells
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}
