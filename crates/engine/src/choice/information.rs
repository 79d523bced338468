//! What learning something before choosing is worth (Howard 1966, IEEE Transactions on Systems Science and Cybernetics
//! 2:22-26; Raiffa 1968, Decision Analysis).
//!
//! One chooses the best option anyway; whoever learns first chooses the best option given what was learnt. The worth is the
//! difference of the expected values, before what learning costs. It is never negative.
//!
//! Where rows are drawn, the best of several sampled means is on average above the mean of what is truly best, the
//! more so the nearer the options are to each other: worths are biased upwards, and the bias is of the order of their
//! error at most. So a worth below two errors is none that was shown. Errors hold the chosen options fixed (delta
//! method): a change of choice between alike options changes nothing in the first order.

use super::{Situations, Table, first_best};
use crate::belief::Estimate;

/// What learning one thing is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// Before what it costs, in the unit of the options, ≥ 0.
    pub gross: Estimate,
    /// Each outcome of the source.
    pub outcomes: Vec<Learnt>,
}

/// One outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Learnt {
    /// Its probability, over all pairs.
    pub probability: f64,
    /// The best option then; without any rows in which it can be, the best option anyway.
    pub best: usize,
    /// Each option's expected value then; not a number where no row can have this outcome.
    pub values: Vec<f64>,
}

impl Table {
    /// Of everything: futures and quantities (expected value of perfect information).
    pub fn everything(&self) -> Estimate {
        let best = self.values(self.best());
        let gains = self.top.iter().zip(best).map(|(t, b)| t - b);
        self.mean_of(&gains.collect::<Vec<f64>>())
    }

    /// Of the situation alone: the cell known, what is drawn within it still unknown.
    ///
    /// Cells that are not judged are held together as one outcome, which makes this too low rather than noise. Where
    /// the means of a cell were drawn anew ([`Situations::put`]), they choose and the rows of this table tell what
    /// that brings, so that this cell adds no bias.
    pub fn situation(&self, situations: &Situations) -> Estimate {
        let best = self.best();
        let k = self.seen.len();
        let judged: Vec<Option<usize>> = self.seen.iter().map(|&c| situations.best_in(c)).collect();
        let rest = |o: usize| {
            let thin = (0..k).filter(|&c| judged[c].is_none());
            thin.map(|c| self.weight(c) * self.mean_in(c, o)).sum()
        };
        let together = first_best(&(0..self.options).map(rest).collect::<Vec<f64>>());
        let mut factors = vec![vec![0.0; k]; self.options];
        for c in 0..k {
            factors[judged[c].or(together).unwrap_or(best)][c] += 1.0;
            factors[best][c] -= 1.0;
        }
        self.at_least_nothing(factors)
    }

    /// Of one source, given P(outcome and cell) for each of its outcomes: exactly one of them comes.
    pub fn worth(&self, joint: &[Vec<f64>]) -> Worth {
        let anyway = self.best();
        let k = self.seen.len();
        let mut factors = vec![vec![0.0; k]; self.options];
        factors[anyway] = vec![-1.0; k];
        let outcomes = joint.iter().map(|joint| {
            let chances = self.chances(joint);
            let values: Vec<f64> = self.means_given(&chances);
            let best = first_best(&values).unwrap_or(anyway);
            for (factor, chance) in factors[best].iter_mut().zip(&chances) {
                *factor += chance;
            }
            Learnt {
                probability: joint.iter().sum(),
                best,
                values,
            }
        });
        let outcomes = outcomes.collect();
        Worth {
            gross: self.at_least_nothing(factors),
            outcomes,
        }
    }

    /// Each option's expected value given something with these chances by cell of `seen`.
    pub(super) fn means_given(&self, chances: &[f64]) -> Vec<f64> {
        let k = self.seen.len();
        let mass: f64 = (0..k).map(|c| self.weight(c) * chances[c]).sum();
        let sum = |o: usize| {
            let parts = (0..k).map(|c| self.weight(c) * chances[c] * self.mean_in(c, o));
            parts.sum::<f64>()
        };
        (0..self.options).map(|o| sum(o) / mass).collect()
    }

    /// The mean of the options with these factors, by option and cell of `seen`. It cannot be below 0 but for rounding,
    /// or where a choice was made on other rows.
    fn at_least_nothing(&self, factors: Vec<Vec<f64>>) -> Estimate {
        let terms: Vec<_> = factors.into_iter().enumerate().collect();
        let sum = self.sum(&terms, None);
        Estimate {
            value: sum.value.max(0.0),
            ..sum
        }
    }
}
