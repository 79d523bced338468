//! Judgements: every number that the author wrote, each with the range in which it is free (model.md 4a and 5).
//!
//! Whoever asks how firm an answer is sets some of them anew ([`Inputs::set`]) and asks again.

use crate::evidence::Evidence;
use crate::{Driver, Fact, Model, State};

/// Everything that judgements say: drivers and impacts, facts, signposts.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// Drivers, scores and priors.
    pub model: Model,
    /// The facts that are used.
    pub evidence: Evidence,
    /// For each signpost, P(seen | state) by driver.
    pub signposts: Vec<Vec<(Driver, Vec<f64>)>>,
}

/// Which number a judgement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The score of a state of one driver on a state of another, thousandths.
    Score {
        /// The driver that acts.
        from: Driver,
        /// Its state.
        state: State,
        /// The driver that it acts on.
        on: Driver,
        /// The state that it favours or hinders.
        target: State,
    },
    /// The weight of a state before any impact, > 0.
    Prior {
        /// The driver.
        driver: Driver,
        /// The state.
        state: State,
    },
    /// P(fact | state), 0 … 1.
    Likelihood {
        /// The fact.
        fact: Fact,
        /// Position in [`crate::evidence::FactInput::expected`].
        part: usize,
        /// The state.
        state: State,
    },
    /// How good an alternative of an act would be, −10 … 10.
    Worth {
        /// The fact that the act is.
        fact: Fact,
        /// Position in [`crate::evidence::ActInput::worth`].
        part: usize,
        /// The state of the mind.
        state: State,
        /// The alternative.
        alternative: usize,
    },
    /// P(a signpost is seen | state), 0 … 1.
    Seen {
        /// Position in [`Inputs::signposts`].
        signpost: usize,
        /// Position among its drivers.
        part: usize,
        /// The state.
        state: State,
    },
}

impl Place {
    /// Whether it bears on impacts or priors, so that all distributions must be found anew.
    pub fn moves_the_model(self) -> bool {
        matches!(self, Place::Score { .. } | Place::Prior { .. })
    }
}

/// A judgement and where it may lie; scores in thousandths, all else as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// Which number it is.
    pub place: Place,
    /// What the author wrote, or the middle of the range.
    pub point: f64,
    /// Least value, ≤ `point`, but where a chance of 0 is doubted: no drawn chance is below 0.001.
    pub low: f64,
    /// Greatest value; no drawn chance is above 0.999.
    pub high: f64,
}

impl Judgement {
    /// The value at a share 0 … 1 of the way from `low` to `high`; scores are rounded to thousandths.
    ///
    /// ```
    /// use sinario_engine::{Driver, State, judgement::{Judgement, Place}};
    /// let place = Place::Prior { driver: Driver(0), state: State(0) };
    /// let prior = Judgement { place, point: 0.5, low: 0.4, high: 0.6 };
    /// assert_eq!(prior.at(0.5), 0.5);
    /// ```
    pub fn at(&self, share: f64) -> f64 {
        let value = self.low + share * (self.high - self.low);
        match self.place {
            Place::Score { .. } => value.round(),
            _ => value,
        }
    }
}

impl Inputs {
    /// Sets one judgement. A score of a driver that acted on nothing yet makes it act.
    pub fn set(&mut self, place: Place, value: f64) {
        match place {
            Place::Score {
                from,
                state,
                on,
                target,
            } => {
                // The cast: scores in thousandths are bounded by a thousand points and some doubt.
                self.model.put(from, state, on, target, value as i32);
            }
            Place::Prior { driver, state } => {
                self.model.bias[driver.0 as usize][usize::from(state.0)] = libm::log(value);
            }
            Place::Likelihood { fact, part, state } => {
                let fact = &mut self.evidence.facts[fact.0 as usize];
                fact.expected[part].1[usize::from(state.0)] = value;
            }
            Place::Worth {
                fact,
                part,
                state,
                alternative,
            } => {
                if let Some(act) = &mut self.evidence.facts[fact.0 as usize].act {
                    act.worth[part].1[usize::from(state.0)][alternative] = value;
                }
            }
            Place::Seen {
                signpost,
                part,
                state,
            } => self.signposts[signpost][part].1[usize::from(state.0)] = value,
        }
    }
}
