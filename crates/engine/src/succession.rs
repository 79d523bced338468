//! Succession: where each future ends when its drivers answer each other (model.md 3).

use crate::progress::Progress;
use crate::{Driver, Future, Model, State};

/// A rule of succession.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// All at once.
    Global,
    /// The one with the greatest inconsistency.
    Local,
    /// All at once, one position towards the target.
    Incremental,
    /// One after another in declared order, a sweep being one step.
    Adiabatic,
}

/// All rules, in the order in which they are shown.
pub const RULES: [Rule; 4] = [Rule::Global, Rule::Local, Rule::Incremental, Rule::Adiabatic];

/// A fixed point (one future) or a cycle (several), and how many futures end there.
#[derive(Clone, Debug, PartialEq)]
pub struct Attractor {
    /// The futures of it: the least in declared order first, then in order of succession.
    pub states: Vec<Future>,
    /// Exact: the number of futures that end here. Sampled: the number of starts that did.
    pub basin: u64,
}

/// Attractors of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Basins {
    /// The rule.
    pub rule: Rule,
    /// Greatest basin first, then in declared order.
    pub attractors: Vec<Attractor>,
    /// `None`: exact, over all futures. `Some(n)`: n starts drawn at random, with replacement.
    pub sampled: Option<u64>,
    /// Starts (of `sampled`) that had not closed within the limit of steps.
    pub open: u64,
}

/// One step of `rule` from `x`; `held` drivers never move.
pub fn step(model: &Model, rule: Rule, x: &[State], held: &[(Driver, State)]) -> Future {
    let _ = (model, rule, x, held);
    unreachable!("contract")
}

/// Exact basins over all futures with `held` as they are (their number must fit u32).
pub fn basins(model: &Model, rule: Rule, held: &[(Driver, State)], progress: &dyn Progress) -> Basins {
    let _ = (model, rule, held, progress);
    unreachable!("contract")
}

/// Basins from `starts` random futures, the same for any number of threads.
pub fn sampled_basins(
    model: &Model,
    rule: Rule,
    held: &[(Driver, State)],
    starts: u64,
    seed: u64,
    progress: &dyn Progress,
) -> Basins {
    let _ = (model, rule, held, starts, seed, progress);
    unreachable!("contract")
}

/// Wilson's 95 % interval of a share, `k` of `n`.
pub fn wilson(k: u64, n: u64) -> (f64, f64) {
    let _ = (k, n);
    unreachable!("contract")
}
