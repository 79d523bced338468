//! How likely a round arrives exactly at a given future, so that rare futures are weighed without being drawn.

use super::answers::{Answers, Order};
use super::groups::{Groups, Sums};
use super::now::Lean;
use crate::belief::Estimate;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One future at which a round may arrive.
pub(super) struct Arrival<'a> {
    answers: &'a Answers<'a>,
    order: &'a Order,
    /// Whether drivers may stay as they are.
    keeping: bool,
    pub(super) x: Vec<u16>,
    /// The chance of its state where a driver's answer looks at nothing that answers later, in the order of the
    /// round; `None` where it must be worked out.
    sure: Vec<Option<f64>>,
    /// Whether it is against what is held.
    never: bool,
}

impl<'a> Arrival<'a> {
    pub(super) fn new(
        answers: &'a Answers<'a>,
        order: &'a Order,
        keeping: bool,
        x: Vec<u16>,
    ) -> Self {
        let mut room = Vec::new();
        let sure = order.drivers.iter().map(|&j| {
            (!order.back[j]).then(|| answers.chances(j, &x, &mut room)[usize::from(x[j])])
        });
        Arrival {
            sure: sure.collect(),
            never: order
                .held
                .iter()
                .zip(&x)
                .any(|(h, s)| h.is_some_and(|h| h.0 != *s)),
            answers,
            order,
            keeping,
            x,
        }
    }

    /// ln of the chance that a round from `y` ends here; `y` is left in any state.
    pub(super) fn ln_chance(&self, y: &mut [u16], room: &mut Vec<f64>) -> f64 {
        if self.never {
            return f64::NEG_INFINITY;
        }
        let (mut ln, mut product) = (0.0, 1.0);
        for (&j, sure) in self.order.drivers.iter().zip(&self.sure) {
            let wanted = self.x[j];
            let mut p = match sure {
                Some(p) => *p,
                None => self.answers.chances(j, y, room)[usize::from(wanted)],
            };
            if self.keeping {
                let keeps = self.answers.model.keeps[j];
                p = (1.0 - keeps) * p + if y[j] == wanted { keeps } else { 0.0 };
            }
            if p <= 0.0 {
                return f64::NEG_INFINITY;
            }
            product *= p;
            // Far below what a double holds, the logarithm takes over.
            if product < 1e-100 {
                ln += libm::log(product);
                product = 1.0;
            }
            y[j] = wanted;
        }
        ln + libm::log(product)
    }
}

/// Draws of one group that have reached the last round.
#[derive(Default)]
pub(super) struct Paths {
    /// The futures before the last round, one after another.
    pub(super) before: Vec<u16>,
    /// The futures after it.
    pub(super) after: Vec<u16>,
    /// ln of the weight of each, −∞ where it counts for nothing.
    pub(super) ln: Vec<f64>,
    /// ln of what it adds to the whole that it is measured against.
    pub(super) whole: Vec<f64>,
    /// The first so many only propose futures: to weigh a future by the draw that found it would flatter it.
    pub(super) scouts: usize,
}

impl Paths {
    /// Draws that weigh.
    pub(super) fn judges(&self) -> std::ops::Range<usize> {
        self.scouts..self.whole.len()
    }
}

/// The chance to arrive at each of some futures, over the draws that did not propose them. `now` is given where
/// the last round is the one towards now: its facts then weigh the future instead of the draw.
pub(super) fn chances(
    arrivals: &[Arrival],
    paths: &[Paths],
    now: Option<&Lean>,
    most: usize,
) -> Vec<Estimate> {
    let Some(n) = arrivals.first().map(|a| a.x.len()) else {
        return Vec::new();
    };
    let facts: Vec<f64> = arrivals
        .iter()
        .map(|a| now.map_or(0.0, |lean| lean.ln_weight(&a.x)))
        .collect();
    let sums = paths.par_iter().map(|paths| {
        let mut sums = Sums::new(1 + arrivals.len());
        let (mut y, mut room) = (vec![0; n], Vec::new());
        let judges = paths.judges();
        let step = judges.len().div_ceil(most.max(1)).max(1);
        for i in judges.step_by(step) {
            let whole = sums.weight(paths.whole[i]);
            sums.values[0] += whole;
            for (f, arrival) in arrivals.iter().enumerate() {
                let ln = if now.is_some() { facts[f] } else { paths.ln[i] };
                if ln == f64::NEG_INFINITY {
                    continue;
                }
                y.copy_from_slice(&paths.before[i * n..(i + 1) * n]);
                let part = sums.weight(ln + arrival.ln_chance(&mut y, &mut room));
                sums.values[1 + f] += part;
            }
        }
        sums
    });
    Groups::new(sums.collect()).shares(1)
}

/// Futures that the scouts ended in: those of greatest weight, and those at which their own last round was
/// likeliest to arrive, `most` of each at most, in declared order.
pub(super) fn proposals(
    answers: &Answers,
    order: &Order,
    keeping: bool,
    paths: &[Paths],
    most: usize,
) -> Vec<Vec<u16>> {
    let n = order.held.len();
    let top = paths
        .iter()
        .flat_map(|p| &p.ln[..p.scouts])
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    let ends: Vec<(&[u16], &[u16], f64)> = paths
        .iter()
        .flat_map(|p| {
            (0..p.scouts).map(move |i| {
                let at = i * n..(i + 1) * n;
                (&p.after[at.clone()], &p.before[at], p.ln[i])
            })
        })
        .filter(|(_, _, ln)| *ln > f64::NEG_INFINITY)
        .collect();
    let own: Vec<f64> = ends
        .par_iter()
        .map(|(after, before, _)| {
            let arrival = Arrival::new(answers, order, keeping, after.to_vec());
            arrival.ln_chance(&mut before.to_vec(), &mut Vec::new())
        })
        .collect();
    let mut visited = BTreeMap::<&[u16], (f64, f64)>::new();
    for ((after, _, ln), own) in ends.iter().zip(own) {
        let (weight, best) = visited.entry(after).or_insert((0.0, f64::NEG_INFINITY));
        *weight += libm::exp(ln - top);
        *best = best.max(own);
    }
    let mut found: Vec<(&[u16], (f64, f64))> = visited.into_iter().collect();
    let mut chosen = std::collections::BTreeSet::new();
    // Stable: what is equal stays in declared order.
    found.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
    chosen.extend(found.iter().take(most).map(|f| f.0.to_vec()));
    found.sort_by(|a, b| b.1.1.total_cmp(&a.1.1));
    chosen.extend(found.iter().take(most).map(|f| f.0.to_vec()));
    chosen.into_iter().collect()
}

/// Draws of the settled distribution as paths of one more round, those of the first chains left out as elsewhere.
pub(super) fn settled_paths(stored: &[Vec<u16>], n: usize, chains: usize) -> Vec<Paths> {
    let paths = |stored: &Vec<u16>| {
        let draws = stored.len() / n;
        Paths {
            before: stored.clone(),
            ln: vec![0.0; draws],
            whole: vec![0.0; draws],
            scouts: draws / chains,
            ..Paths::default()
        }
    };
    stored.iter().map(paths).collect()
}
