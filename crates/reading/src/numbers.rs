//! What is found about quantities (model.md 6).

pub(crate) mod amount;
mod drives;
pub(crate) mod find;
pub(crate) mod shape;

use crate::Estimate;
use sinario_case::{DriverId, StateRef, Text};
pub use sinario_engine::draw::Sampling;
pub use sinario_engine::sample::Failure;

/// How numbers are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawing {
    /// How the uniform numbers are laid.
    pub sampling: Sampling,
    /// Standard error wanted of every mean, as a share of its size (or a hundredth of the standard deviation, where that is larger).
    pub precision: f64,
    /// Draws at least.
    pub least: u64,
    /// Draws at most.
    pub most: u64,
}

impl Default for Drawing {
    fn default() -> Self {
        Drawing {
            sampling: Sampling::Plain,
            precision: 0.005,
            least: 1 << 14,
            most: 1 << 20,
        }
    }
}

/// How numbers came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnFound {
    /// Whether everything was summed with its probability, and nothing drawn.
    pub exact: bool,
    /// Rows: draws, or cases summed.
    pub rows: u64,
    /// How the uniform numbers were laid.
    pub sampling: Sampling,
    /// Whether the wanted precision was reached.
    pub reached: bool,
    /// The precision reached, as a share.
    pub precision: f64,
    /// Whether the probabilities of futures were themselves sampled.
    pub belief_sampled: bool,
}

/// A formula of the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormulaOf {
    /// A quantity's, by position; `Some` for the nth `when`.
    Quantity(usize, Option<usize>),
    /// An option's value.
    Option(usize, Option<usize>),
    /// What it costs to switch to an option.
    Switching(usize),
}

/// Draws in which something has no value.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultFound {
    /// The quantity or option that has none.
    pub of: FormulaOf,
    /// The formula in which it failed first.
    pub formula: FormulaOf,
    /// The bytes of that formula.
    pub span: std::ops::Range<usize>,
    /// How.
    pub failure: Failure,
    /// Share of all draws, 0 … 1.
    pub share: f64,
}

/// A number's distribution in brief, over the draws in which it has a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Mean.
    pub mean: Estimate,
    /// Whether the mean cannot exist (a divisor that may be 0, say), so that only quantiles mean anything.
    pub endless: bool,
    /// Standard deviation.
    pub deviation: f64,
    /// 5, 25, 50, 75 and 95 % quantiles.
    pub quantiles: [f64; 5],
    /// Least and greatest.
    pub range: (f64, f64),
    /// Share of the draws in which it has a value, 0 … 1.
    pub defined: f64,
}

/// The shape of a distribution as a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Bins from low to high with their shares of the draws; what lies outside is in `below` and `above`.
    pub bins: Vec<(f64, f64, f64)>,
    /// Share below the first bin.
    pub below: f64,
    /// Share above the last bin.
    pub above: f64,
    /// Density at evenly spaced points; empty where the number takes few values.
    pub density: Vec<(f64, f64)>,
    /// Where the number takes at most 12 values: each with its share.
    pub values: Vec<(f64, f64)>,
}

/// What drives a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A distribution in a quantity's formulas, by position of the quantity and number of the distribution in it.
    Quantity(usize, usize),
    /// A distribution in an option's formulas.
    Option(usize, usize),
    /// What a driver turns out to be.
    Driver(DriverId),
}

/// How much one cause drives a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drive {
    /// The cause.
    pub cause: Cause,
    /// Spearman's rank correlation, −1 … 1; `None` for a driver of more than two states without an order.
    pub rank: Option<f64>,
    /// First-order Sobol index: the share of the variance that knowing this cause alone would take away, 0 … 1.
    pub first: Estimate,
}

/// What is found about one quantity.
#[derive(Clone, Debug)]
pub struct QuantityFound {
    /// Its position in the case.
    pub quantity: usize,
    /// Over everything.
    pub overall: Amount,
    /// Its shape.
    pub shape: Shape,
    /// For each driver that it hangs on, directly or not, for each state: its distribution there; `None` where that
    /// has no probability.
    pub by_state: Vec<(DriverId, Vec<Option<Amount>>)>,
    /// In the likeliest situations, as [`Numbers::situations`] lists them; `None` where the draws saw too few.
    pub by_situation: Vec<Option<Amount>>,
    /// What drives it, strongest first.
    pub drives: Vec<Drive>,
}

/// Futures that agree on every driver that the formulas look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// One state of each of those drivers.
    pub states: Vec<StateRef>,
    /// Its probability (minds now, all else at the horizon).
    pub probability: Estimate,
    /// Consistent futures that fall into it, by position in [`Futures::consistent`](crate::Futures::consistent); empty where futures were not asked for.
    pub consistent: Vec<usize>,
}

/// What is found about quantities.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// How they came about.
    pub drawn: DrawnFound,
    /// Drivers that the formulas look at.
    pub named: Vec<DriverId>,
    /// The likeliest situations, likeliest first, at most 12.
    pub situations: Vec<Situation>,
    /// How many situations there are.
    pub of_situations: usize,
    /// The quantities, in order of the case.
    pub quantities: Vec<QuantityFound>,
    /// What failed.
    pub faults: Vec<FaultFound>,
    /// Rank correlations asked for between quantities, and what they came to: quantities, wanted, reached.
    pub correlations: Vec<(usize, usize, f64, f64)>,
}

/// A unit that a formula works out to, in words.
pub type Unit = Option<Text>;
