//! Where it settles (model.md 4): rounds until nothing is missing.

use super::rounds::Rounds;
use super::space::Space;
use super::{Impossible, Settling};
use crate::progress::{Progress, Work};
use rayon::prelude::*;

/// Rounds after which the settled distribution is given up, its bound printed.
pub(crate) const ROUNDS: u64 = 10_000;
/// L1 distance that may be missing from the settled distribution.
pub(crate) const TOLERANCE: f64 = 1e-10;

/// A vector of one number for each future of a space, or how many bytes there was no room for.
pub(super) fn vector(space: &Space, value: f64) -> Result<Vec<f64>, Impossible> {
    let mut all = Vec::new();
    all.try_reserve_exact(space.count)
        // The cast: a usize is at most 64 bits.
        .map_err(|_| Impossible::Memory((space.count as u64).saturating_mul(8)))?;
    all.resize(space.count, value);
    Ok(all)
}

/// Rounds from the uniform distribution until nothing is missing.
pub(super) fn settle(
    space: &Space,
    rounds: &Rounds,
    progress: &dyn Progress,
) -> Result<(Vec<f64>, Settling), Impossible> {
    // The cast: at most 2^52 futures fit any memory.
    let uniform = 1.0 / space.count as f64;
    let mut mass = vector(space, uniform)?;
    let mut last = vector(space, uniform)?;
    let mut contraction = Contraction::to(TOLERANCE);
    // Rounding drifts by some 1e-16 a round: the whole stays 1, by what the next round multiplies with.
    let mut scale = 1.0;
    while !contraction.ended(rounds.acyclic()) {
        let done = contraction.rounds;
        let tick = || progress.at(Work::Settle, done, 0);
        let change = rounds.settle(&mut mass, &mut last, scale, &tick);
        scale = 1.0 / change.whole;
        contraction.saw(change.distance);
        progress.at(Work::Settle, contraction.rounds, 0);
    }
    drop(last);
    mass.par_iter_mut().for_each(|m| *m *= scale);
    Ok((mass, contraction.settling(rounds.acyclic())))
}

impl Settling {
    /// As it is, but where ν₀, from which all else starts, did not settle itself.
    pub(super) fn after(self, start: Settling) -> Settling {
        if start.converged {
            return self;
        }
        Settling {
            rounds: self.rounds.max(start.rounds),
            bound: self.bound.max(start.bound),
            converged: false,
            ..self
        }
    }
}

/// What successive rounds changed.
pub(crate) struct Contraction {
    /// L1 distance that may be missing.
    tolerance: f64,
    pub(crate) rounds: u64,
    /// L1 changes of the last four rounds, the latest last.
    changes: Vec<f64>,
    rate: f64,
}

impl Contraction {
    pub(crate) fn to(tolerance: f64) -> Contraction {
        Contraction {
            tolerance,
            rounds: 0,
            changes: Vec::new(),
            rate: 0.0,
        }
    }

    pub(crate) fn saw(&mut self, change: f64) {
        self.rounds += 1;
        if self.changes.len() == 4 {
            self.changes.remove(0);
        }
        self.changes.push(change);
        if let [a, b, c, d] = self.changes[..] {
            // The slowest of the last rounds: one alone may be fast by chance.
            self.rate = [b / a, c / b, d / c]
                .into_iter()
                .filter(|r| r.is_finite())
                .fold(0.0, f64::max);
        } else if let [.., a, b] = self.changes[..] {
            self.rate = if a > 0.0 { b / a } else { 0.0 };
        }
    }

    fn change(&self) -> f64 {
        self.changes.last().copied().unwrap_or(f64::INFINITY)
    }

    fn bound(&self) -> f64 {
        if self.rate < 1.0 {
            self.change() / (1.0 - self.rate)
        } else {
            f64::INFINITY
        }
    }

    /// Two rounds at least, so that a rate was seen at all, but where one is known to reach it.
    pub(crate) fn ended(&self, acyclic: bool) -> bool {
        (acyclic && self.rounds == 1) || self.rounds == ROUNDS || (self.rounds > 1 && self.small())
    }

    pub(crate) fn rounds(&self) -> u64 {
        self.rounds
    }

    /// Whether what is missing came below what may be.
    pub(crate) fn settled(&self, acyclic: bool) -> bool {
        self.settling(acyclic).converged
    }

    fn small(&self) -> bool {
        self.bound() < self.tolerance || self.change() < 1e-15
    }

    pub(super) fn settling(&self, acyclic: bool) -> Settling {
        if acyclic {
            return Settling {
                rounds: self.rounds,
                bound: 0.0,
                rate: Some(0.0),
                converged: true,
                forgotten_after: Some(1),
            };
        }
        let bound = if self.small() {
            self.bound().min(self.tolerance)
        } else {
            self.bound()
        };
        // Where one round reached it although there are cycles (strength 1, say), the second changes by rounding.
        let rate = if self.rounds == 2 && self.change() < 1e-14 {
            0.0
        } else {
            self.rate
        };
        // The cast: a whole number from 1 up; saturates.
        let forgotten_after = match rate {
            r if r <= 0.0 => Some(1),
            r if r < 1.0 => Some((libm::log(0.01) / libm::log(r)).ceil().max(1.0) as u64),
            _ => None,
        };
        Settling {
            rounds: self.rounds,
            bound,
            rate: Some(rate),
            converged: bound <= self.tolerance,
            forgotten_after,
        }
    }
}
