//! Probabilities on which the decision hangs.
//!
//! Let a state s have the probability p, and all else keep its probabilities given s and given not s. Then each option's
//! expected value is a line in p, EV(p) = p·E\[v | s\] + (1 − p)·E\[v | not s\], and the best option at each p is on the
//! upper envelope of the lines. Where it changes is a break-even probability. For two options, of which the one brings b
//! more when s holds and the other c more when it does not, it is p* = c/(b + c).

use super::{Table, beats};
use crate::belief::Estimate;

/// How the decision hangs on the probability of one state, or of any other outcome of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEven {
    /// The outcome, by position in the source.
    pub outcome: usize,
    /// Its probability as it is; its error is that of the sampled pairs, `None` where they are exact.
    pub now: Estimate,
    /// The best option from 0 to 1, piece by piece; two or more.
    pub best: Vec<Piece>,
}

/// A stretch of probabilities over which one option is best.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Where it begins: 0, or a break-even probability in (0, 1).
    pub from: f64,
    /// Standard error of the break-even probability; `None` at 0 and where everything is exact.
    pub error: Option<f64>,
    /// The best option from there on.
    pub option: usize,
}

impl BreakEven {
    /// How far the probability is from the nearest break-even.
    pub fn distance(&self) -> f64 {
        let turns = self.best[1..].iter();
        let far = turns.map(|p| (p.from - self.now.value).abs());
        far.fold(f64::INFINITY, f64::min)
    }
}

impl Table {
    /// For each outcome of a source, given P(outcome and cell), how the best option changes with its probability; those
    /// with which it never changes are left out, and so are those that are certain or cannot be.
    pub fn break_even(&self, joint: &[Vec<f64>]) -> Vec<BreakEven> {
        let mut found = Vec::new();
        for (outcome, joint) in joint.iter().enumerate() {
            let chances = self.chances(joint);
            let otherwise: Vec<f64> = chances.iter().map(|c| 1.0 - c).collect();
            let (at_1, at_0) = (self.means_given(&chances), self.means_given(&otherwise));
            if at_0.iter().chain(&at_1).any(|v| !v.is_finite()) {
                continue;
            }
            let best = envelope(&at_0, &at_1);
            if best.len() < 2 {
                continue;
            }
            let mut pieces = Vec::with_capacity(best.len());
            for (i, &(from, option)) in best.iter().enumerate() {
                let error = match i.checked_sub(1) {
                    Some(before) => self.turn(option, best[before].1, &chances, &otherwise),
                    None => None,
                };
                pieces.push(Piece {
                    from,
                    error,
                    option,
                });
            }
            let now = self.probability_of(joint.iter().sum(), &chances);
            found.push(BreakEven {
                outcome,
                now,
                best: pieces,
            });
        }
        found
    }

    /// The error of the probability at which `option` overtakes `other` (delta method).
    fn turn(&self, option: usize, other: usize, s: &[f64], not: &[f64]) -> Option<f64> {
        // p* = −d₀/(d₁ − d₀), where d₀ < 0 < d₁ is what `option` brings more. Its derivatives are −d₁/(d₁ − d₀)² by d₀
        // and d₀/(d₁ − d₀)² by d₁; a row moves d₁ by P(s | cell)·(v − d₁) over the weight of s, and d₀ likewise.
        let terms = [self.everywhere(option, 1.0), self.everywhere(other, -1.0)];
        let (d_1, d_0) = (
            self.sum(&terms, Some(s)).value,
            self.sum(&terms, Some(not)).value,
        );
        let slope = (d_1 - d_0) * (d_1 - d_0);
        let mass = |chances: &[f64]| -> f64 {
            (0..chances.len())
                .map(|c| self.weight(c) * chances[c])
                .sum()
        };
        let (by_1, by_0) = (d_0 / slope / mass(s), -d_1 / slope / mass(not));
        let moved = |(s, not): (&f64, &f64)| by_1 * s + by_0 * not;
        let moves: Vec<f64> = s.iter().zip(not).map(moved).collect();
        let centre = |(s, not): (&f64, &f64)| -by_1 * s * d_1 - by_0 * not * d_0;
        let centres: Vec<f64> = s.iter().zip(not).map(centre).collect();
        let against = moves.iter().map(|m| -m).collect();
        self.sum_and(&[(option, moves), (other, against)], Some(&centres), None)
            .error
    }
}

/// Breaks nearer than this to an end are at the end.
const END: f64 = 1e-12;

/// The upper envelope over \[0, 1\] of lines by their values at 0 and at 1: from where which line is greatest.
fn envelope(at_0: &[f64], at_1: &[f64]) -> Vec<(f64, usize)> {
    // Best at p, and of those the steepest, then the first.
    let steeper = |a: usize, b: usize| {
        let (a, b) = (at_1[a] - at_0[a], at_1[b] - at_0[b]);
        beats(a, b)
    };
    let mut on = 0;
    for o in 1..at_0.len() {
        let alike = !beats(at_0[on], at_0[o]);
        if beats(at_0[o], at_0[on]) || (alike && steeper(o, on)) {
            on = o;
        }
    }
    let mut found = vec![(0.0, on)];
    loop {
        let mut next: Option<(f64, usize)> = None;
        for o in (0..at_0.len()).filter(|&o| beats(at_1[o], at_1[on])) {
            // Below now and above at 1, so they cross in between.
            let (low, high) = (at_0[on] - at_0[o], at_1[o] - at_1[on]);
            let p = (low / (low + high)).max(0.0);
            let sooner = match next {
                None => true,
                Some((first, by)) => p < first - END || (p <= first + END && steeper(o, by)),
            };
            if sooner {
                next = Some((p, o));
            }
        }
        match next {
            Some((p, o)) if p < 1.0 - END => {
                if p <= END {
                    found.clear();
                    found.push((0.0, o));
                } else {
                    found.push((p, o));
                }
                on = o;
            }
            _ => return found,
        }
    }
}
