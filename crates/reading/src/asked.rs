//! What was asked of the judgements themselves: why a state is in no consistent future, and what would have to change.

use crate::{Fall, FutureFound, Pull, Stopped};
use num_bigint::BigUint;
use sinario_case::{DriverId, StateRef};

pub use sinario_engine::change::Direction;

/// Whether a state is in a consistent future, and why if it is not.
#[derive(Clone, Debug)]
pub struct WhyNot {
    /// The state.
    pub state: StateRef,
    /// What was found.
    pub found: WhyNotFound,
}

/// What was found about a state.
#[derive(Clone, Debug)]
pub enum WhyNotFound {
    /// It is in some consistent future.
    Occurs {
        /// In how many; a lower bound unless `all`.
        count: BigUint,
        /// The firmest of them: the least inconsistent, then the one of the greatest margin.
        best: Box<FutureFound>,
        /// Whether all of them were compared.
        all: bool,
    },
    /// It is in none.
    RuledOut {
        /// Whether nothing at all is consistent.
        nothing: bool,
        /// Why, if that is short enough to be read.
        proof: Option<Vec<Argued>>,
    },
    /// The search stopped before it had seen everything, and had found none.
    Open(Stopped),
}

/// One branch of an argument that rules a state out.
#[derive(Clone, Debug)]
pub struct Argued {
    /// What is assumed, beside the state and what is supposed anyway.
    pub assumed: Vec<StateRef>,
    /// What then falls, in order.
    pub steps: Vec<ArguedStep>,
    /// The driver left without a state.
    pub driver: DriverId,
}

/// A state that falls, and the judgements that make it fall.
#[derive(Clone, Debug, PartialEq)]
pub struct ArguedStep {
    /// The fall.
    pub fall: Fall,
    /// What every driver that bears on it adds to the rival's lead, the most first; together [`Fall::by`].
    pub carried: Vec<CarriedBy>,
}

/// What one driver adds to the lead of a rival.
#[derive(Clone, Debug, PartialEq)]
pub struct CarriedBy {
    /// The driver.
    pub from: DriverId,
    /// Whether more than one of its states is left, so that only the least is sure.
    pub open: bool,
    /// What it adds at least, thousandths.
    pub least: i64,
    /// The judgements of its states that are left, with what each adds; a state without one adds nothing.
    pub pulls: Vec<Pull>,
}

/// The smallest change of judgements that makes some states consistent, or breaks them.
#[derive(Clone, Debug)]
pub struct Change {
    /// The states.
    pub wish: Vec<StateRef>,
    /// Which way it goes.
    pub direction: Direction,
    /// Whether there is surely no smaller change (or, without one, none at all).
    pub proved: bool,
    /// So many scores have to change at least.
    pub at_least: u64,
    /// The smallest change found; `None` where no change within the scale does it, or none was found in time.
    pub best: Option<ChangeFound>,
    /// Greatest size of a score that is considered, thousandths.
    pub scale: i64,
    /// For breaking: by how much a rival has to win, thousandths.
    pub unit: i64,
    /// What kept the search from telling whether the states are consistent as it is.
    pub stopped: Option<Stopped>,
    /// Work done, in steps.
    pub steps: u64,
}

/// A change that does what was asked.
#[derive(Clone, Debug)]
pub struct ChangeFound {
    /// What the scores move by in all, thousandths.
    pub total: i64,
    /// The scores, in declared order.
    pub changes: Vec<ScoreChanged>,
    /// With the change: a consistent future with the states; or, where they are broken, the firmest that had them before.
    pub example: Box<FutureFound>,
}

/// One score that is set anew.
#[derive(Clone, Debug)]
pub struct ScoreChanged {
    /// The state that favours or hinders.
    pub from: StateRef,
    /// The state that is favoured or hindered.
    pub on: StateRef,
    /// Thousandths.
    pub was: i64,
    /// Thousandths.
    pub becomes: i64,
    /// Whether it stands in no impact of the case, so that it would be a new judgement.
    pub new: bool,
    /// The impact that it stands in, its position in [`sinario_case::Case::impacts`].
    pub impact: Option<usize>,
}
