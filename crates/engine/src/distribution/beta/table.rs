//! Quantiles of a beta distribution by the block: ln(x / (1 − x)) as a function of the normal score of its probability,
//! in pieces of the fifth degree.
//!
//! That function is smooth (in the tails it grows as the square, whatever α and β are), and its first two derivatives are
//! known wherever it is; pieces that share them at their ends are off by h⁶/46080 times the sixth derivative.

use super::{Beta, Shape};
use crate::distribution::exponential::exp;
use crate::distribution::normal::{below, density, scores};
use std::sync::{Arc, OnceLock};

/// Pieces for a unit of the score.
const FINE: f64 = 32.0;
/// Greatest score in the table: all uniform numbers of [`crate::draw`] lie within.
const REACH: f64 = 8.25;
const PIECES: usize = (2.0 * REACH * FINE) as usize;
/// Numbers that are worth a table.
const WORTH: usize = 256;
/// Least α and β for which it is fine enough.
const LEAST: f64 = 0.5;

/// The pieces, by rising power of the share of a piece.
type Pieces = Vec<[f64; 6]>;

/// A table that is made when it is needed first; two distributions are equal whether they have theirs or not.
#[derive(Clone, Debug, Default)]
pub(super) struct Table(Arc<OnceLock<Pieces>>);

impl PartialEq for Table {
    fn eq(&self, _: &Table) -> bool {
        true
    }
}

impl Shape {
    /// The function and its first two derivatives at a score, in units of a piece.
    fn knot(&self, z: f64) -> [f64; 3] {
        let y = if z <= 0.0 {
            self.logit(below(z))
        } else {
            -self.mirrored().logit(below(-z))
        };
        let (x, rest) = (1.0 / (1.0 + exp(-y)), 1.0 / (1.0 + exp(y)));
        // dy/dz is the ratio of the two densities; what its logarithm changes by is −z and, times dy/dz, that of the other.
        let first = density(z) / libm::exp(self.log_weight(x, rest));
        let second = first * (-z - (self.alpha * rest - self.beta * x) * first);
        [y, first / FINE, second / (FINE * FINE)]
    }

    fn pieces(&self) -> Pieces {
        // The cast: half a thousand.
        let at = |i: usize| self.knot(i as f64 / FINE - REACH);
        let mut start = at(0);
        let mut piece = |i: usize| {
            let end = at(i + 1);
            let [y, first, half] = [start[0], start[1], 0.5 * start[2]];
            // What the first three leave to the last three, at the far end.
            let gap = end[0] - y - first - half;
            let slope = end[1] - first - 2.0 * half;
            let bend = end[2] - 2.0 * half;
            start = end;
            [
                y,
                first,
                half,
                10.0 * gap - 4.0 * slope + 0.5 * bend,
                -15.0 * gap + 7.0 * slope - bend,
                6.0 * gap - 3.0 * slope + 0.5 * bend,
            ]
        };
        (0..PIECES).map(&mut piece).collect()
    }
}

impl Beta {
    /// Whether a block of so many numbers comes from the table.
    pub(super) fn tabled(&self, numbers: usize) -> bool {
        numbers >= WORTH && self.shape.alpha >= LEAST && self.shape.beta >= LEAST
    }

    /// Quantiles from the table, within 1e-12 of their distance from the nearer end.
    pub(super) fn look_up(&self, u: &[f64], x: &mut [f64]) {
        let pieces = self.table.0.get_or_init(|| self.shape.pieces());
        let width = self.high - self.low;
        scores(u, x);
        for (x, &u) in x.iter_mut().zip(u) {
            let place = (*x + REACH) * FINE;
            if !(0.0..PIECES as f64).contains(&place) {
                *x = self.quantile(u);
                continue;
            }
            // The cast rounds down.
            let piece = place as usize;
            let share = place - piece as f64;
            let y = pieces[piece]
                .iter()
                .rev()
                .fold(0.0, |sum, c| sum * share + c);
            let odds = exp(-y.abs());
            let off = width * (odds / (1.0 + odds));
            let at = if y < 0.0 {
                self.low + off
            } else {
                self.high - off
            };
            *x = at.clamp(self.low, self.high);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::distribution::Law;

    #[test]
    fn as_the_function() {
        let u: Vec<f64> = (1..=3000_i32)
            .map(|i| {
                // Dense in the middle and far into the tails.
                let tail = libm::exp(-36.7 * f64::from(i % 100 + 1) / 100.0);
                match i % 3 {
                    0 => tail,
                    1 => 1.0 - tail,
                    _ => f64::from(i) / 3001.0,
                }
            })
            .filter(|u| (1e-16..1.0).contains(u))
            .collect();
        let mut x = vec![0.0; u.len()];
        for (a, b) in [
            (1.0, 1.0),
            (1.0, 5.0),
            (3.0, 3.0),
            (0.5, 0.5),
            (0.5, 30.0),
            (0.5, 2.0),
            (700.0, 0.6),
            (1e5, 3e4),
            (1e8, 1e8),
        ] {
            let law = Law::beta(a, b).unwrap();
            law.quantiles(&u, &mut x);
            for (&u, &x) in u.iter().zip(&x) {
                let exact = law.quantile(u);
                let off = (x - exact).abs();
                let short = exact.min(1.0 - exact).max(1e-300);
                assert!(
                    off <= 1e-12 * short || off <= 2e-16,
                    "{a} {b} {u}: {x} {exact}"
                );
            }
        }
    }
}
