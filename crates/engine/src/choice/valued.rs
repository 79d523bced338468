//! One option by itself.

use super::{Table, beats};
use crate::belief::Estimate;

/// The quantiles of [`Valued::quantiles`].
pub const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// The share of the weight that [`Valued::shortfall`] is the mean of.
const WORST: f64 = 0.05;

/// What one option brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Valued {
    /// Expected value.
    pub mean: Estimate,
    /// Standard deviation; of drawn rows with n − 1, as n rows vary less about their own mean.
    pub deviation: f64,
    /// Quantiles at [`LEVELS`]: the least value with at least that much weight at or below it.
    pub quantiles: [f64; 5],
    /// Least and greatest.
    pub range: (f64, f64),
    /// Expected shortfall: the mean of the worst 5 % of the weight; a row that lies across the border counts with
    /// the part that lies below it (Acerbi and Tasche 2002, Journal of Banking & Finance 26:1487-1503).
    pub shortfall: f64,
    /// Probability of being best; where several are, each has its part.
    pub best_in: Estimate,
    /// Share of the weight in which it is at most the tolerance below the best.
    pub robust: Estimate,
}

impl Table {
    /// One option by itself. `tolerance` is in the unit of the options, ≥ 0.
    pub fn valued(&self, option: usize, tolerance: f64) -> Valued {
        let values = self.values(option);
        let mean = self.mean(option);
        let off = |(&w, &v): (&f64, &f64)| w * (v - mean.value) * (v - mean.value);
        let variance: f64 = self.weights.iter().zip(values).map(off).sum();
        let n = self.rows() as f64;
        let variance = match self.exact() {
            false if n > 1.0 => variance * n / (n - 1.0),
            _ => variance,
        };
        let mut sorted: Vec<(f64, f64)> = values
            .iter()
            .copied()
            .zip(self.weights.iter().copied())
            .collect();
        // Alike values may change places: nothing below looks at which of them comes first.
        sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let (best_in, robust) = self.standing(option, tolerance);
        Valued {
            mean,
            deviation: libm::sqrt(variance),
            quantiles: quantiles(&sorted),
            range: (sorted[0].0, sorted[sorted.len() - 1].0),
            shortfall: shortfall(&sorted),
            best_in: self.mean_of(&best_in),
            robust: self.mean_of(&robust),
        }
    }

    /// By row: the part of being best, and whether it is good enough.
    fn standing(&self, option: usize, tolerance: f64) -> (Vec<f64>, Vec<f64>) {
        let own = self.values(option);
        let part = |(r, &top): (usize, &f64)| {
            if beats(top, own[r]) {
                return 0.0;
            }
            let best = self.of_options(r).filter(|&v| !beats(top, v)).count();
            1.0 / best as f64
        };
        let enough = |(&v, &top): (&f64, &f64)| f64::from(u8::from(!beats(top, v + tolerance)));
        (
            self.top.iter().enumerate().map(part).collect(),
            own.iter().zip(&self.top).map(enough).collect(),
        )
    }
}

/// Weights that should sum to a level may miss it by rounding.
const ROUNDING: f64 = 1e-9;

fn quantiles(sorted: &[(f64, f64)]) -> [f64; 5] {
    let mut found = [sorted[sorted.len() - 1].0; 5];
    let (mut weight, mut next) = (0.0, 0);
    for &(v, w) in sorted {
        weight += w;
        while next < 5 && weight >= LEVELS[next] - ROUNDING {
            found[next] = v;
            next += 1;
        }
    }
    found
}

fn shortfall(sorted: &[(f64, f64)]) -> f64 {
    let (mut sum, mut left) = (0.0, WORST);
    for &(v, w) in sorted {
        let part = w.min(left);
        sum += part * v;
        left -= part;
        if left <= 0.0 {
            break;
        }
    }
    sum / (WORST - left)
}
