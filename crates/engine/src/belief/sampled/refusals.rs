//! Why there is no sampled answer: it would take too much, or the facts leave no draw.

use super::super::Impossible;
use super::ahead::Now;
use super::budget::FEWEST_ROUNDS;
use super::groups::GROUPS;
use super::now::{LastRound, Lean};
use super::{CHAINS, Sampling, Today};
use crate::Fact;
use crate::evidence::Weighing;

/// Steps beyond which there is no answer.
const LIMIT: f64 = 3e9;
/// Bytes beyond which there is no answer.
pub(super) const ROOM: u64 = 1 << 30;

impl Sampling<'_> {
    /// Refuses what would take too long or too much memory however few draws are made.
    // The casts: counts of bytes and steps, which may saturate.
    pub(super) fn afford(&self) -> Result<(), Impossible> {
        let ask = self.ask;
        let bytes = (u64::from(self.model.rounds) + 3)
            .saturating_mul(self.shape.whole as u64)
            .saturating_mul(8 * (GROUPS as u64 + 34));
        if bytes > ROOM {
            return Err(Impossible::Memory(bytes));
        }
        let round = self.order.cost;
        let sets = 1 + self.all.len() + ask.trajectory.len();
        let read = if ask.read.is_empty() {
            0.0
        } else {
            sets as f64
        };
        let ahead = f64::from(self.model.rounds) + 1.0;
        let draws = read + ahead + ask.stories.len() as f64 * (ahead + 1.0);
        let futures = (ask.futures.len() + ask.likeliest * 4) as f64;
        let steps = (GROUPS * CHAINS) as f64
            * round
            * (2.0 * (FEWEST_ROUNDS + 2.0) + draws + 2.0 * futures);
        if steps > LIMIT {
            return Err(Impossible::Work {
                steps: steps as u64,
                limit: LIMIT as u64,
            });
        }
        Ok(())
    }

    /// No draw is left: whose fault it is.
    pub(super) fn excluded(&self, weighing: &Weighing, today: &Today) -> Impossible {
        if !self.ask.given.is_empty() {
            let mut only = Lean::new(&self.model.sizes);
            only.only(&self.ask.given, &self.model.sizes, &self.order_now);
            let last = LastRound::new(&self.answers, &self.order_now, only, None);
            let now = Now::Chains(today.stored, last);
            let (sums, _) = self.ahead(CHAINS * 4).story(0, None, &now, &[]);
            if sums.total()[1] <= 0.0 {
                return Impossible::Given(self.ask.given.clone());
            }
        }
        // Where no state of one driver is left, no future is left: that is proof, and the fewest such facts are
        // named. Else the draws only failed to find one.
        let closed = |facts: &[Fact]| {
            let lean = self.lean(weighing, facts, &[]);
            lean.closed()
        };
        let mut kept = self.all.clone();
        if !closed(&kept) {
            let hard = |f: &Fact| {
                let says = weighing.parts(&[*f]);
                !says.together.is_empty()
                    || says
                        .alone
                        .iter()
                        .any(|(_, ln)| ln.contains(&f64::NEG_INFINITY))
            };
            let hard: Vec<Fact> = kept.iter().copied().filter(hard).collect();
            return Impossible::Undrawn(if hard.is_empty() { kept } else { hard });
        }
        let mut at = 0;
        while at < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(at);
            if closed(&fewer) {
                kept = fewer;
            } else {
                at += 1;
            }
        }
        Impossible::Facts(kept)
    }

    pub(super) fn none(&self) -> Impossible {
        Impossible::Undrawn(self.all.clone())
    }
}
