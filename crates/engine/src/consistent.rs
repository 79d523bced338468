//! Consistent futures: exact search by domains (model.md 3).

use crate::progress::Progress;
use crate::{Driver, Future, Model, State};
use num_bigint::BigUint;

/// What to search for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Greatest inconsistency that is let in, thousandths; 0 for consistent.
    pub max_inconsistency: i64,
    /// Futures listed at most; counting goes on beyond it.
    pub limit: usize,
    /// `--given`: only futures with these states (which must still hold against their rivals).
    pub given: Vec<(Driver, State)>,
    /// `--do`: drivers held there from outside, whose own impact sums do not count.
    pub held: Vec<(Driver, State)>,
    /// Work after which the search gives up, in search steps; what was found is then a lower bound.
    pub steps: u64,
}

/// One future that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its states.
    pub states: Future,
    /// max_j (best − own), thousandths, held drivers left out.
    pub inconsistency: i64,
    /// Least lead of an own state over its best rival, thousandths; negative where inconsistent.
    pub margin: i64,
    /// Σ_j θ_j(x_j; x), thousandths, over all drivers.
    pub total_impact: i64,
}

/// One line of a proof that there is none: with `assumed`, every state of `driver` loses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refuted {
    /// The states assumed on this branch, in order of assumption.
    pub assumed: Vec<(Driver, State)>,
    /// What then falls, one after another, until `driver` has no state left: (state that loses, the rival it
    /// loses to, by how much at least in every completion, thousandths).
    pub falls: Vec<(Driver, State, State, i64)>,
    /// The driver left without a state.
    pub driver: Driver,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Consistent {
    /// How many there are; exact when `finished`, else a lower bound.
    pub count: BigUint,
    /// Whether the search saw everything.
    pub finished: bool,
    /// The first `limit` of them in the order of declared drivers and states.
    pub listed: Vec<Found>,
    /// Search steps done.
    pub steps: u64,
    /// Islands: sets of drivers without an impact between them, solved apart; each with its own count.
    pub islands: Vec<(Vec<Driver>, BigUint)>,
    /// Where there is none: the refutation, if it is short enough to print (at most 200 branches).
    pub proof: Option<Vec<Refuted>>,
}

/// Finds all futures with an inconsistency of at most `ask.max_inconsistency`.
pub fn consistent(model: &Model, ask: &Ask, progress: &dyn Progress) -> Consistent {
    let _ = (model, ask, progress);
    unreachable!("contract")
}

/// Inconsistency, margin and total impact of one future; `held` drivers answer to nobody.
pub fn assess(model: &Model, x: &[State], held: &[(Driver, State)]) -> Found {
    let _ = (model, x, held);
    unreachable!("contract")
}
