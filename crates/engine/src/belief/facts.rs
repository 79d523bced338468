//! What the facts say, on the joint states of the drivers that they bear on (model.md 5).

use super::{Estimate, Weight};
use crate::evidence::Weighing;
use crate::progress::{Progress, Work};
use crate::{Driver, Fact};

/// The joint states of some drivers and their mass before facts.
pub(super) struct Cells {
    /// The drivers, in declared order, and their numbers of states; the first is slowest.
    pub drivers: Vec<(Driver, usize)>,
    /// Mass before facts, what is given taken into account.
    pub mass: Vec<f64>,
}

impl Cells {
    fn state(&self, mut at: usize, driver: Driver) -> usize {
        for &(d, k) in self.drivers.iter().rev() {
            if d == driver {
                return at % k;
            }
            at /= k;
        }
        0
    }

    /// ln of the likelihood of a set of facts in every cell that has mass; −∞ elsewhere.
    fn logs(&self, weighing: &Weighing, facts: &[Fact]) -> Vec<f64> {
        (0..self.mass.len())
            .map(|at| match self.mass[at] > 0.0 {
                true => weighing.ln_likelihood(facts, |d| self.state(at, d)),
                false => f64::NEG_INFINITY,
            })
            .collect()
    }

    /// The factor by which a set of facts multiplies each cell, the greatest being 1; `None` where no cell with
    /// mass allows them.
    pub(super) fn factors(&self, weighing: &Weighing, facts: &[Fact]) -> Option<Vec<f64>> {
        let logs = self.logs(weighing, facts);
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (most > f64::NEG_INFINITY).then(|| logs.iter().map(|l| libm::exp(l - most)).collect())
    }

    /// The posterior of each driver in `read` under a set of facts.
    fn posterior(
        &self,
        weighing: &Weighing,
        facts: &[Fact],
        read: &[Driver],
    ) -> Option<Vec<Vec<f64>>> {
        let factors = self.factors(weighing, facts)?;
        let whole: f64 = self.mass.iter().zip(&factors).map(|(m, f)| m * f).sum();
        let mut all = Vec::with_capacity(read.len());
        for &driver in read {
            let k = self
                .drivers
                .iter()
                .find(|(d, _)| *d == driver)
                .map_or(1, |(_, k)| *k);
            let mut sums = vec![0.0; k];
            for (at, (m, f)) in self.mass.iter().zip(&factors).enumerate() {
                sums[self.state(at, driver)] += m * f / whole;
            }
            all.push(sums);
        }
        Some(all)
    }

    /// A set of facts that no cell allows, none of which can be spared.
    pub(super) fn conflict(&self, weighing: &Weighing, facts: &[Fact]) -> Vec<Fact> {
        let mut kept = facts.to_vec();
        let mut at = 0;
        while at < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(at);
            if self.factors(weighing, &fewer).is_none() {
                kept = fewer;
            } else {
                at += 1;
            }
        }
        kept
    }

    /// For each fact, for each driver in `read`, its weight of evidence and the posterior without it.
    pub(super) fn weights(
        &self,
        weighing: &Weighing,
        facts: &[Fact],
        read: &[Driver],
        progress: &dyn Progress,
    ) -> Vec<Vec<Weight>> {
        let Some(with) = self.posterior(weighing, facts, read) else {
            return Vec::new();
        };
        let weigh = |fact: &Fact| {
            progress.at(Work::Facts, u64::from(fact.0), facts.len() as u64);
            let rest: Vec<Fact> = facts.iter().copied().filter(|f| f != fact).collect();
            // With one condition less there is at least as much mass.
            let without = self
                .posterior(weighing, &rest, read)
                .unwrap_or_else(|| with.clone());
            read.iter()
                .zip(with.iter().zip(without))
                .map(|(&driver, (with, without))| Weight {
                    driver,
                    decibans: (0..with.len())
                        .map(|s| exact(10.0 * (log_odds(with, s) - log_odds(&without, s))))
                        .map(|e| if e.value.is_nan() { exact(0.0) } else { e })
                        .collect(),
                    without: without.into_iter().map(exact).collect(),
                })
                .collect()
        };
        facts.iter().map(weigh).collect()
    }

    /// For each set of facts, for each driver in `read`, its posterior (the prior where they allow nothing).
    pub(super) fn trajectory(
        &self,
        weighing: &Weighing,
        steps: &[Vec<Fact>],
        read: &[Driver],
    ) -> Vec<Vec<Vec<Estimate>>> {
        let at = |facts: &Vec<Fact>| {
            let belief = self.posterior(weighing, facts, read).unwrap_or_default();
            belief
                .into_iter()
                .map(|b| b.into_iter().map(exact).collect())
                .collect()
        };
        steps.iter().map(at).collect()
    }
}

/// log10 of the odds of a state; the odds against are summed, so that near certainty loses no digits.
fn log_odds(chances: &[f64], state: usize) -> f64 {
    let against: f64 = chances
        .iter()
        .enumerate()
        .filter(|(t, _)| *t != state)
        .map(|(_, p)| p)
        .sum();
    libm::log10(chances[state]) - libm::log10(against)
}

pub(super) fn exact(value: f64) -> Estimate {
    Estimate { value, error: None }
}
