//! Succession against its definition, future by future.

use crate::cases::{Dice, PUBLISHED, all, model, named, somewhereland};
use sinario_engine::progress::Quiet;
use sinario_engine::succession::{Basins, RULES, Rule, basins, sampled_basins, step};
use sinario_engine::{Driver, Future, Model, State};
use std::collections::BTreeMap;

fn target(model: &Model, x: &Future, j: usize) -> usize {
    let sums = model.sums(x, Driver(j as u32));
    let best = *sums.iter().max().unwrap();
    let own = usize::from(x[j].0);
    if sums[own] == best {
        own
    } else {
        sums.iter().position(|&s| s == best).unwrap()
    }
}

/// One step, straight from model.md.
fn plain_step(model: &Model, rule: Rule, x: &Future, held: &[(Driver, State)]) -> Future {
    let free = |j: usize| !held.iter().any(|(h, _)| h.0 as usize == j);
    let mut y = x.clone();
    let free: Vec<usize> = (0..x.len()).filter(|&j| free(j)).collect();
    match rule {
        Rule::Global => free
            .iter()
            .for_each(|&j| y[j] = State(target(model, x, j) as u16)),
        Rule::Incremental => {
            for &j in &free {
                let (own, to) = (i32::from(x[j].0), target(model, x, j) as i32);
                y[j] = State((own + (to - own).signum()) as u16);
            }
        }
        Rule::Local => {
            let gap = |j: usize| {
                let sums = model.sums(x, Driver(j as u32));
                sums.iter().max().unwrap() - sums[usize::from(x[j].0)]
            };
            let greatest = free.iter().map(|&j| gap(j)).max().unwrap_or(0);
            if greatest > 0 {
                let j = *free.iter().find(|&&j| gap(j) == greatest).unwrap();
                y[j] = State(target(model, x, j) as u16);
            }
        }
        Rule::Adiabatic => {
            for &j in &free {
                y[j] = State(target(model, &y, j) as u16);
            }
        }
    }
    y
}

/// Follows every future for longer than any path, then around its cycle.
fn plain_basins(model: &Model, rule: Rule, held: &[(Driver, State)]) -> BTreeMap<Vec<Future>, u64> {
    let mut futures = all(&model.sizes);
    futures.retain(|x| held.iter().all(|(d, s)| x[d.0 as usize] == *s));
    let mut counts = BTreeMap::new();
    for start in &futures {
        let mut x = start.clone();
        for _ in 0..futures.len() {
            x = plain_step(model, rule, &x, held);
        }
        let mut cycle = vec![x.clone()];
        let mut y = plain_step(model, rule, &x, held);
        while y != x {
            cycle.push(y.clone());
            y = plain_step(model, rule, &y, held);
        }
        let least = (0..cycle.len()).min_by_key(|&i| &cycle[i]).unwrap();
        cycle.rotate_left(least);
        *counts.entry(cycle).or_insert(0) += 1;
    }
    counts
}

fn as_map(found: Basins) -> BTreeMap<Vec<Future>, u64> {
    found
        .attractors
        .into_iter()
        .map(|a| (a.states, a.basin))
        .collect()
}

#[test]
fn basins_agree_with_following_every_future() {
    let mut dice = Dice(3);
    let mut checked = 0;
    while checked < 150 {
        let model = model(&mut dice);
        if model
            .sizes
            .iter()
            .map(|&k| usize::from(k))
            .product::<usize>()
            > 150
        {
            continue;
        }
        checked += 1;
        let held = if dice.below(3) == 0 {
            vec![(Driver(1), State(1))]
        } else {
            Vec::new()
        };
        for rule in RULES {
            let want = plain_basins(&model, rule, &held);
            let found = basins(
                &model,
                rule,
                &held,
                &want.keys().map(|c| c[0].clone()).collect::<Vec<_>>(),
                &Quiet,
            );
            assert_eq!((found.more, as_map(found)), (0, want), "{rule:?} {held:?}");
            for x in all(&model.sizes)
                .iter()
                .filter(|x| held.iter().all(|(d, s)| x[d.0 as usize] == *s))
            {
                assert_eq!(
                    step(&model, rule, x, &held),
                    plain_step(&model, rule, x, &held)
                );
            }
        }
    }
}

#[test]
fn somewhereland_has_its_published_basins() {
    let want = [
        (Rule::Global, [24, 14, 28, 19, 3, 35, 3, 55, 178, 127]),
        (Rule::Local, [2, 2, 69, 99, 31, 21, 28, 49, 40, 145]),
        (Rule::Incremental, [116, 1, 32, 43, 5, 62, 15, 15, 137, 60]),
        (Rule::Adiabatic, [1, 1, 71, 33, 15, 18, 15, 109, 27, 196]),
    ];
    let model = somewhereland();
    for (rule, want) in want {
        let found = as_map(basins(&model, rule, &[], &[], &Quiet));
        let counts = PUBLISHED.map(|name| found[&vec![named(name)]]);
        assert_eq!(counts, want, "{rule:?}");
        assert_eq!(found.values().sum::<u64>(), 486);
    }
}

#[test]
fn drawn_starts_agree_with_counting_and_not_with_the_threads() {
    let model = somewhereland();
    for rule in RULES {
        let found = [1, 2, 8].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            let work = (20_000, u64::MAX);
            pool.install(|| sampled_basins(&model, rule, &[], work, 5, &Quiet))
                .unwrap()
        });
        assert!(found[0] == found[1] && found[1] == found[2]);
        let exact = as_map(basins(&model, rule, &[], &[], &Quiet));
        for a in &found[0].attractors {
            let share = exact[&a.states] as f64 / 486.0;
            let error = (share * (1.0 - share) / 20_000.0).sqrt();
            assert!(
                (a.basin as f64 / 20_000.0 - share).abs() < 5.0 * error + 1e-9,
                "{rule:?} {a:?}"
            );
        }
    }
}
