//! Pairs (now, then): minds as they are now, everything else at the horizon (model.md 6), and what could be learnt
//! about them.

use super::Method;
use crate::{Driver, State};

/// What could be learnt: one of several outcomes, each with P(outcome | state) for some drivers, multiplied over
/// them; minds are looked at now, all else at the horizon.
///
/// A driver's state is the source whose outcome `s` has chance 1 in state `s` and 0 elsewhere; a signpost has the
/// outcomes seen and not seen; what is known to have happened has one outcome.
pub type Source = Vec<Outcome>;

/// One outcome of a [`Source`].
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// With these chances by driver and state, multiplied over the drivers.
    If(Vec<(Driver, Vec<f64>)>),
    /// With one minus those.
    Unless(Vec<(Driver, Vec<f64>)>),
}

/// What is asked about pairs.
#[derive(Clone, Debug, Default)]
pub struct AskPairs {
    /// `--given`: learnt now.
    pub given: Vec<(Driver, State)>,
    /// `--do`: held from now on.
    pub held: Vec<(Driver, State)>,
    /// Drivers that are minds: looked at now, not at then.
    pub minds: Vec<Driver>,
    /// Drivers that the formulas look at, in declared order: a cell is one state of each.
    pub named: Vec<Driver>,
    /// What could be learnt.
    pub sources: Vec<Source>,
    /// All futures in one vector up to this many of them, else sampled.
    pub exact_up_to: u64,
    /// Seed of the sampling.
    pub seed: u64,
    /// As [`Ask::effort`](super::Ask::effort).
    pub effort: f64,
}

/// All pairs that agree on the named drivers.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// One state for each named driver.
    pub states: Vec<State>,
    /// Its probability, > 0.
    pub probability: f64,
}

/// The distribution of pairs, as far as formulas look at it.
#[derive(Clone, Debug)]
pub struct Pairs {
    /// How it was found.
    pub method: Method,
    /// The named drivers, as asked.
    pub named: Vec<Driver>,
    /// The cells of positive probability, in declared order; they sum to 1.
    pub cells: Vec<Cell>,
    /// For each source, for each of its outcomes, for each cell: P(outcome and cell).
    pub joint: Vec<Vec<Vec<f64>>>,
    /// Where sampled: the cells' probabilities in each of several equal groups of independent draws, whose spread is
    /// the error of everything above; none where exact.
    pub groups: Vec<Vec<f64>>,
}
