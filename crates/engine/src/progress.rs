//! How long work tells of itself, without a clock.

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Work {
    /// Search for consistent futures; units are closed subtrees.
    Search,
    /// Basins of a succession rule; units are futures.
    Basins,
    /// Rounds towards the settled distribution.
    Settle,
    /// Rounds from now to then.
    Unfold,
    /// Sampled chains.
    Sample,
    /// Leaving facts out one by one.
    Facts,
    /// Looking for the smallest change; units are branches.
    Change,
    /// Members of an ensemble.
    Ensemble,
    /// Judgements set to the ends of their ranges, one by one.
    Sway,
    /// Draws of formulas; units are rows, or cells where everything is summed.
    Draws,
}

impl Work {
    /// Most units that it takes where nobody knows how many; `None` where they are known.
    pub fn most(self) -> Option<u64> {
        match self {
            Work::Settle => Some(crate::belief::SETTLING),
            Work::Search
            | Work::Basins
            | Work::Unfold
            | Work::Sample
            | Work::Facts
            | Work::Change
            | Work::Ensemble
            | Work::Sway
            | Work::Draws => None,
        }
    }
}

/// Whoever wants to know how far the work is. Called from any thread.
pub trait Progress: Sync {
    /// `done` of `total` units (`total` is 0 when nobody knows).
    fn at(&self, work: Work, done: u64, total: u64);
}

/// Nobody wants to know.
pub struct Quiet;

impl Progress for Quiet {
    fn at(&self, _: Work, _: u64, _: u64) {}
}
