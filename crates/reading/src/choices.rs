//! What is found about options (model.md 6).

mod fails;
pub(crate) mod find;
mod outcome;

use crate::Estimate;
use crate::numbers::{Amount, Cause, DrawnFound, FaultFound, Shape, Situation, Unit};
use sinario_case::{DriverId, StateRef};
pub use sinario_engine::choice::{MEASURES, Measure};

/// What is asked about options.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choosing {
    /// How far below the best an option may be and still count as good enough, as a share of the spread between the
    /// best and the worst expected value of any option in any situation.
    pub tolerance: f64,
    /// Hurwicz's weight of the best case, 0 … 1.
    pub optimism: f64,
    /// An option fails where its value is below this; `None`: below 0 where that happens to it, else where it is among the
    /// tenth of draws with its greatest regret.
    pub fails_below: Option<f64>,
}

impl Default for Choosing {
    fn default() -> Self {
        Choosing {
            tolerance: 0.05,
            optimism: 0.5,
            fails_below: None,
        }
    }
}

/// What is found about one option.
#[derive(Clone, Debug)]
pub struct OptionFound {
    /// Its position in the case.
    pub option: usize,
    /// Its value over everything.
    pub value: Amount,
    /// Its shape.
    pub shape: Shape,
    /// Expected shortfall: the mean of the worst 5 %.
    pub shortfall: f64,
    /// Probability of being best (ties shared), over the draws.
    pub best_in: Estimate,
    /// Its distribution in each listed situation; `None` where the draws saw too few.
    pub by_situation: Vec<Option<Amount>>,
    /// Its regret in each listed situation: expected value of the best there, less its own, ≥ 0.
    pub regret: Vec<f64>,
    /// The greatest regret over all situations, and where it is.
    pub max_regret: (f64, Vec<StateRef>),
    /// Share of the probability in which it is within the tolerance of the best.
    pub robust: f64,
    /// Its eleven measures, in the order of [`MEASURES`]; not a number where one is not defined.
    pub measures: Vec<f64>,
    /// Its rank under each measure, 1 the best; ties share the better rank; 0 where not defined.
    pub ranks: Vec<u32>,
    /// Where it fails.
    pub fails: Option<Fails>,
}

/// Where an option fails: a box found by PRIM (Friedman and Fisher 1999; Bryant and Lempert 2010).
#[derive(Clone, Debug)]
pub struct Fails {
    /// It counts as failed where its value is below this; `None`: where its regret is above `regret`.
    pub below: Option<f64>,
    /// See `below`.
    pub regret: Option<f64>,
    /// Share of draws in which it fails.
    pub share: f64,
    /// The limits of the box; empty where no box says more than that share.
    pub limits: Vec<Limit>,
    /// Share of the failures that lie in the box.
    pub coverage: f64,
    /// Share of the box in which it fails.
    pub density: f64,
    /// Share of draws in the box.
    pub mass: f64,
    /// The whole trajectory: coverage, density, mass, number of limits.
    pub trajectory: Vec<(f64, f64, f64, usize)>,
}

/// One limit of a box.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// On what.
    pub cause: Cause,
    /// For a driver: the states that are in.
    pub states: Vec<StateRef>,
    /// For a number: from, to; infinite where there is no limit.
    pub range: (f64, f64),
    /// Chance of so many failures if the limit meant nothing (quasi-p value); not a number where everything was summed
    /// and nothing is left to chance.
    pub chance: f64,
}

/// A probability on which the decision hangs.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEven {
    /// The state (minds now, all else at the horizon).
    pub state: StateRef,
    /// Its probability.
    pub now: Estimate,
    /// From 0 to 1: the best option from there on. The first begins at 0; each further one begins at a break-even
    /// probability.
    pub best: Vec<(f64, usize)>,
}

/// What learning one thing before choosing is worth, in the unit of the options.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// What learning it is worth, before what it costs, ≥ 0.
    pub gross: Estimate,
    /// What it costs.
    pub cost: Option<f64>,
    /// Each outcome: its probability, the best option then (ties: the first), and every option's expected value then
    /// (not a number where the outcome cannot be).
    pub outcomes: Vec<(f64, usize, Vec<f64>)>,
}

/// What could be learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct Information {
    /// Everything: futures and quantities.
    pub everything: Estimate,
    /// The situation alone: what the drivers will be, the quantities still unknown.
    pub situation: Estimate,
    /// Each driver alone, most valuable first; for a mind, what asking its owner is worth.
    pub drivers: Vec<(DriverId, Worth)>,
    /// Each signpost, most valuable first; outcomes: seen, not seen.
    pub signposts: Vec<(usize, Worth)>,
    /// Each signpost that shows one of several results, by position in the case's tests, most valuable first; outcomes:
    /// its results.
    pub tests: Vec<(usize, Worth)>,
}

/// An adaptive plan: do one, and switch to another when a signpost shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The option to begin with.
    pub begin: usize,
    /// The signpost.
    pub signpost: usize,
    /// Whether one switches when it is seen (or when it is not by its day).
    pub when_seen: bool,
    /// The option switched to.
    pub switch_to: usize,
    /// Expected value, less what switching costs.
    pub value: Estimate,
    /// What it brings beyond the best option without a plan (may be negative), less what looking costs.
    pub gain: Estimate,
    /// What switching costs on average when it happens.
    pub switching: f64,
}

/// What the options would have brought, once verdicts are in.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Drivers that the options hang on, with a verdict.
    pub known: Vec<StateRef>,
    /// Those without one.
    pub unknown: Vec<DriverId>,
    /// Each option's value given the verdicts, in the order of [`Choices::options`].
    pub brought: Vec<Amount>,
    /// The option that was chosen, by position in [`Choices::options`], and its regret: the best expected value given the verdicts, less its own.
    pub chosen: Option<(usize, Estimate)>,
    /// The option that was best given the verdicts.
    pub best: usize,
}

/// What is found about options.
#[derive(Clone, Debug)]
pub struct Choices {
    /// How it came about.
    pub drawn: DrawnFound,
    /// What was asked.
    pub choosing: Choosing,
    /// The unit of the options.
    pub unit: Unit,
    /// Drivers that the options hang on.
    pub named: Vec<DriverId>,
    /// The likeliest situations, likeliest first, at most 12.
    pub situations: Vec<Situation>,
    /// How many situations there are.
    pub of_situations: usize,
    /// The options that have a value, in order of the case.
    pub options: Vec<OptionFound>,
    /// Options of the case without a value.
    pub unvalued: Vec<usize>,
    /// The option with the greatest expected value, by position in `options` (as everywhere here); ties: the first.
    pub best: usize,
    /// The second best, by position in `options`, where it is within two standard errors of the difference.
    pub close: Option<usize>,
    /// Probabilities on which the decision hangs, nearest to break-even first.
    pub break_even: Vec<BreakEven>,
    /// What could be learnt.
    pub information: Information,
    /// Adaptive plans worth more than the best option, best first, then the best few of the rest; at most 8.
    pub plans: Vec<Plan>,
    /// What the options would have brought, once verdicts are in.
    pub outcome: Option<Outcome>,
    /// What failed.
    pub faults: Vec<FaultFound>,
}
