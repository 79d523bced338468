//! Draws of a program over the pairs (now, then): one table that quantities, choices and boxes are read from.

use crate::formula::Node;

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
    /// For each site, its values in the first rows (as many for each); not a number where the draw looked at none.
    pub inputs: Vec<Vec<f64>>,
    /// Rows that belong together, in order: standard errors of Latin and Sobol samples come from the spread between
    /// them; of plain samples from the spread between rows.
    pub replicates: Vec<std::ops::Range<usize>>,
    /// How the uniform numbers were laid.
    pub sampling: crate::draw::Sampling,
    /// What failed, by output, then step.
    pub faults: Vec<Fault>,
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
    /// Greatest standard error wanted, as a share of the mean's size (or, where that is larger, a hundredth of the standard
    /// deviation).
    pub precision: f64,
    /// Draws at least.
    pub least: u64,
    /// Draws at most.
    pub most: u64,
    /// Rows of which the inputs are kept.
    pub kept: usize,
}
