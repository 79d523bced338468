//! Draws of a program over the pairs (now, then): one table that quantities, choices and boxes are read from.

mod drawn;
mod exact;
mod lay;
mod part;
mod stop;

pub use part::Part;

use crate::belief::pairs::Pairs;
use crate::draw::NotPositive;
use crate::formula::Node;
use crate::progress::Progress;

/// One way in which a formula cannot be worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// Division by zero.
    Division,
    /// Logarithm of a number that is not positive.
    Logarithm,
    /// Square root of a negative number.
    Root,
    /// A power that is no number.
    Power,
    /// A number too large for arithmetic.
    TooLarge,
    /// A parameter of a distribution out of its range (a standard deviation below 0, low above high, …).
    Parameter,
    /// A truncation that leaves nothing.
    Empty,
}

/// Where draws failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// The output that has no value there, by position in [`Program::outputs`](crate::formula::Program::outputs).
    pub output: u32,
    /// The step at which it failed first.
    pub at: Node,
    /// How.
    pub failure: Failure,
    /// Share of all draws, by weight, 0 … 1.
    pub share: f64,
}

/// How a sample came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drawn {
    /// Every case summed with its probability; no distribution but discrete ones.
    Exact,
    /// Drawn.
    Sampled {
        /// Whether the wanted precision was reached before [`Plan::most`](Plan::most) draws.
        reached: bool,
        /// The greatest standard error of what is watched, as a share of the watched value's size.
        precision: f64,
    },
}

/// Rows of draws. Where the sample is exact they are weighted.
#[derive(Clone, Debug)]
pub struct Sample {
    /// How it came about.
    pub drawn: Drawn,
    /// Weight of each row, summing to 1; `None`: all alike.
    pub weights: Option<Vec<f64>>,
    /// The cell of each row, by position in [`Pairs::cells`](crate::belief::pairs::Pairs::cells).
    pub cells: Vec<u32>,
    /// For each output, its value by row; not a number where it failed.
    pub outputs: Vec<Vec<f64>>,
    /// For each site, its values in the first rows (as many for each), in all of them where exact; not a number where
    /// the row looked at none.
    pub inputs: Vec<Vec<f64>>,
    /// Rows that belong together, in order: standard errors of Latin, Sobol and correlated samples come from the spread
    /// between them. There is one where the rows are independent, and errors come from the spread between those.
    pub replicates: Vec<std::ops::Range<usize>>,
    /// How the uniform numbers were laid.
    pub sampling: crate::draw::Sampling,
    /// What failed, by output, then step.
    pub faults: Vec<Fault>,
    /// The cells' probabilities in each group of draws of the belief, as [`Pairs::groups`] has them; none where they
    /// are exact.
    pub groups: Vec<Vec<f64>>,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The formulas.
    pub program: crate::formula::Program,
    /// How the uniform numbers are laid.
    pub sampling: crate::draw::Sampling,
    /// Rank correlations wanted between two sites, −1 … 1.
    pub correlations: Vec<(crate::formula::Site, crate::formula::Site, f64)>,
    /// Seed.
    pub seed: u64,
    /// Outputs whose means must be known well enough to stop.
    pub watched: Vec<u32>,
    /// Greatest standard error wanted, as a share of the mean's size or, where that is larger, of a hundredth of the
    /// standard deviation.
    pub precision: f64,
    /// Draws at least.
    pub least: u64,
    /// Draws at most.
    pub most: u64,
    /// Rows of which the inputs are kept.
    pub kept: usize,
}

/// The rows of a plan.
///
/// *Exact* where no correlations are wanted, all that any row looks at is drawn from laws that take few values (`Bernoulli`, `Exactly`, mixtures
/// and truncations of them), and rows times outputs and sites are at most 2^24: a row is a cell and one value of each
/// draw that the cell and the values before it make it look at; its weight is the product of their chances.
///
/// *Sampled* else. Every row picks a cell, by the inverse of the cells' cumulated probabilities in declared order, and a
/// quantile of each site. Starting with [`Plan::least`] rows, there are twice as many each time, until every watched
/// output has a standard error of its mean of at most [`Plan::precision`] · max(|mean|, sd / 100), [`Plan::most`] is
/// reached, or more rows would take more than 512 MiB. The error is that of the draws
/// ([`Part::mean_of`](Part::mean_of)); that of sampled probabilities no draws would lessen. What has no value in any row is
/// not waited for. Rows come in whole blocks, of Latin and Sobol samples in whole rounds of replicates: `least` is
/// rounded up to them and `most` down, but never below one.
///
/// Row `n` depends on the seed and `n` alone, whatever the number of threads. A test of a driver that `pairs` does not name holds
/// in no row.
///
/// # Errors
/// Where no distribution has the correlations that are wanted.
///
/// ```
/// use sinario_engine::belief::{Method, pairs::{Cell, Pairs}};
/// use sinario_engine::formula::{Distribution, Node, Program, Site, Step};
/// use sinario_engine::sample::{Drawn, Plan, sample};
/// let steps = vec![Step::Number(0.25), Step::Draw(Site(0), Distribution::Bernoulli(Node(0)))];
/// let plan = Plan {
///     program: Program { steps, outputs: vec![Node(1)] },
///     sampling: Default::default(), correlations: Vec::new(), seed: 1, watched: vec![0], precision: 0.005,
///     least: 1 << 14, most: 1 << 20, kept: 1 << 10,
/// };
/// let pairs = Pairs {
///     method: Method::Exact, named: Vec::new(), joint: Vec::new(), groups: Vec::new(),
///     cells: vec![Cell { states: Vec::new(), probability: 1.0 }],
/// };
/// let sample = sample(&plan, &pairs, &sinario_engine::progress::Quiet).unwrap();
/// assert_eq!(sample.drawn, Drawn::Exact);
/// assert_eq!(sample.mean(0).value, 0.25);
/// ```
pub fn sample(plan: &Plan, pairs: &Pairs, progress: &dyn Progress) -> Result<Sample, NotPositive> {
    if plan.correlations.is_empty()
        && let Some(sample) = exact::exact(&plan.program, pairs, exact::NUMBERS, progress)
    {
        return Ok(sample);
    }
    drawn::drawn(plan, pairs, progress)
}
