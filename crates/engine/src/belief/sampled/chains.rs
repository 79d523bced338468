//! Chains of rounds towards the settled distribution (model.md 4).

use super::super::{Estimate, Marginals};
use super::answers::{Answers, Dice, Order};
use super::groups::{GROUPS, Groups, Sums, effective};
use crate::Model;
use crate::progress::{Progress, Work};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Where each driver's states stand in one row of all states.
pub(super) struct Shape {
    pub(super) first: Vec<usize>,
    pub(super) whole: usize,
}

impl Shape {
    pub(super) fn new(model: &Model) -> Shape {
        let mut whole = 0;
        let first = model.sizes.iter().map(|&k| {
            let at = whole;
            whole += usize::from(k);
            at
        });
        let first = first.collect();
        Shape { first, whole }
    }

    /// A row by driver and state.
    pub(super) fn marginals(&self, model: &Model, row: &[Estimate]) -> Marginals {
        let of = |(&at, &k): (&usize, &u16)| row[at..at + usize::from(k)].to_vec();
        self.first.iter().zip(&model.sizes).map(of).collect()
    }
}

/// How long and how many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// Chains of each group.
    pub(super) chains: usize,
    /// Rounds of each chain that are thrown away.
    pub(super) burn: usize,
    /// Rounds of each chain that are kept.
    pub(super) rounds: usize,
    /// Futures of each group that are remembered.
    pub(super) stored: usize,
}

/// What the chains found.
pub(super) struct Settled {
    pub(super) plan: Plan,
    pub(super) marginals: Marginals,
    /// By group, futures of the settled distribution one after another, chain by chain.
    pub(super) stored: Vec<Vec<u16>>,
    /// Independent draws that would have the same errors.
    pub(super) effective: f64,
    /// Whether nothing shows that the chains still remember where they began.
    pub(super) converged: bool,
}

/// Draws of a chain that must be worth at least so many independent ones.
const WORTH: f64 = 5.0;

pub(super) fn settle(
    answers: &Answers,
    order: &Order,
    shape: &Shape,
    plan: Plan,
    (seed, work): (u64, u32),
    progress: &dyn Progress,
) -> Settled {
    let n = order.held.len();
    let done = AtomicU64::new(0);
    let groups: Vec<(Sums, Vec<u16>)> = (0..GROUPS)
        .into_par_iter()
        .map(|group| {
            let mut dice = Dice::new(seed, work, group);
            // The rounds, then the states in the first halves of the chains and in the second.
            let mut sums = Sums::new(2 + 2 * shape.whole);
            let one = sums.weight(0.0);
            let kept = plan.chains * plan.rounds;
            let (mut stored, mut next) = (Vec::with_capacity(plan.stored * n), 0);
            let mut room = Vec::new();
            for chain in 0..plan.chains {
                let mut x = order.anywhere(answers.model, &mut dice);
                for _ in 0..plan.burn {
                    order.settle(answers, &mut x, &mut dice, &mut room, |_, _| {});
                }
                for round in 0..plan.rounds {
                    let half = usize::from(2 * round >= plan.rounds);
                    sums.values[half] += one;
                    let row = &mut sums.values[2 + half * shape.whole..];
                    // The chances of an answer say more than the answer (Rao and Blackwell).
                    order.settle(answers, &mut x, &mut dice, &mut room, |j, chances| {
                        for (sum, p) in row[shape.first[j]..].iter_mut().zip(chances) {
                            *sum += one * p;
                        }
                    });
                    for (d, held) in order.held.iter().enumerate() {
                        if let Some(s) = held {
                            row[shape.first[d] + usize::from(s.0)] += one;
                        }
                    }
                    let at = chain * plan.rounds + round;
                    if next < plan.stored && at >= next * kept / plan.stored {
                        stored.extend_from_slice(&x);
                        next += 1;
                    }
                }
            }
            let done = done.fetch_add(1, Relaxed) + 1;
            progress.at(Work::Sample, done, GROUPS as u64);
            (sums, stored)
        })
        .collect();
    let (sums, stored) = groups.into_iter().unzip();
    let groups = Groups::new(sums);
    let (first, second) = (2, 2 + shape.whole);
    let row = groups.estimates(|sums| {
        let kept = sums[0] + sums[1];
        let halves = sums[first..second].iter().zip(&sums[second..]);
        halves.map(|(a, b)| (a + b) / kept).collect()
    });
    // The casts: counts of rounds and chains.
    let chains = (plan.chains * GROUPS) as f64;
    let effective = effective(row.iter(), chains * plan.rounds as f64);
    let converged = order.acyclic()
        || (effective >= WORTH * chains && !drifts(&groups, shape, order.drivers.len()));
    Settled {
        plan,
        marginals: shape.marginals(answers.model, &row),
        stored,
        effective,
        converged,
    }
}

/// Whether the first and second halves of the chains differ by more than their errors allow.
fn drifts(groups: &Groups, shape: &Shape, drivers: usize) -> bool {
    let drift = groups.estimates(|sums| {
        let halves = sums[2..].split_at(shape.whole);
        let change = |(a, b): (&f64, &f64)| b / sums[1] - a / sums[0];
        halves.0.iter().zip(halves.1).map(change).collect()
    });
    let (mut square, mut errors) = (0.0, 0.0);
    for e in &drift {
        square += e.value * e.value;
        errors += e.error.unwrap_or(0.0) * e.error.unwrap_or(0.0);
    }
    // About 1 where nothing drifts; three standard errors for one driver, less where many agree.
    // The cast: a number of drivers.
    let most = 2.0 + 7.0 / libm::sqrt(drivers.max(1) as f64);
    square > most * errors + 1e-20
}
