//! Whether a future holds together whatever the judgements are within their ranges (model.md 3).
//!
//! Let x be a future and t a rival of its state x_j. The lead Σ_i C\[x_i → x_j\] − Σ_i C\[x_i → t\] is a sum of scores,
//! each once: those that favour the told state count for it and those that favour the rival against it, and no
//! score is both, a driver's impact on itself included, as x_j and t are different columns of the row x_j. So its
//! least value has every score on a told state at its low end and every score on a rival at its high end. These are
//! the same ends for all j and t: what stands in a told column x_j of a row x_i never stands in a rival's. One
//! member therefore attains all the least leads at once, and with them the worst margin, and one with the ends
//! exchanged all the greatest.

use crate::judgement::{Judgement, Place};
use crate::{Driver, Model, State};

/// Whether a future is consistent in the members of the ensemble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// In every one.
    Always,
    /// In some and not in others.
    Possibly,
    /// In none.
    Never,
}

/// How a future holds with every score free in its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Firmness {
    /// Least margin of any member, thousandths.
    pub worst: i64,
    /// Greatest margin of any member, thousandths.
    pub best: i64,
    /// What follows.
    pub verdict: Verdict,
}

/// The model at both ends, for any future.
#[derive(Clone, Debug)]
pub struct Firm {
    low: Model,
    high: Model,
}

impl Firm {
    /// Every score at its low and at its high end; only scores among the judgements matter.
    pub fn new(model: &Model, judgements: &[Judgement]) -> Firm {
        let (mut low, mut high) = (model.clone(), model.clone());
        for j in judgements {
            if let Place::Score {
                from,
                state,
                on,
                target,
            } = j.place
            {
                // The casts: scores in thousandths are bounded by a thousand points and some doubt.
                low.put(from, state, on, target, j.low as i32);
                high.put(from, state, on, target, j.high as i32);
            }
        }
        Firm { low, high }
    }

    /// The least and the greatest margin of a future; drivers in `held` answer to nobody. Consistent is what has an
    /// inconsistency of at most `max_inconsistency` thousandths.
    ///
    /// ```
    /// use sinario_engine::{Driver, Model, State, firmness::{Firm, Verdict}, judgement::{Judgement, Place}};
    /// let mut model = Model::new(vec![2, 2]);
    /// let (from, state, on, target) = (Driver(0), State(0), Driver(1), State(0));
    /// model.add(from, state, on, target, 1000);
    /// let place = Place::Score { from, state, on, target };
    /// let score = Judgement { place, point: 1000.0, low: -500.0, high: 2500.0 };
    /// let firm = Firm::new(&model, &[score]).of(&[State(0), State(0)], &[], 0);
    /// // The first driver has no impact upon it, and its states lead by nothing.
    /// assert_eq!((firm.worst, firm.best, firm.verdict), (-500, 0, Verdict::Possibly));
    /// ```
    pub fn of(&self, x: &[State], held: &[(Driver, State)], max_inconsistency: i64) -> Firmness {
        let (mut worst, mut best) = (i64::MAX, i64::MAX);
        for (j, own) in x.iter().enumerate() {
            // The cast: drivers are counted in u32.
            let driver = Driver(j as u32);
            if held.iter().any(|h| h.0 == driver) {
                continue;
            }
            let (low, high) = (self.low.sums(x, driver), self.high.sums(x, driver));
            let own = usize::from(own.0);
            for t in (0..low.len()).filter(|&t| t != own) {
                worst = worst.min(low[own] - high[t]);
                best = best.min(high[own] - low[t]);
            }
        }
        if worst == i64::MAX {
            (worst, best) = (0, 0);
        }
        let verdict = match (worst >= -max_inconsistency, best < -max_inconsistency) {
            (true, _) => Verdict::Always,
            (_, true) => Verdict::Never,
            _ => Verdict::Possibly,
        };
        Firmness {
            worst,
            best,
            verdict,
        }
    }
}
