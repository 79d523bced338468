//! Why a case that is in order has no reading as asked.

use sinario_case::{FactId, StateRef};

/// Why there is no reading. Each names what stands against it.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// No future allows these facts together (model.md 4: total mass 0).
    Facts(Vec<FactId>),
    /// What is given has probability 0 now.
    Given(Vec<StateRef>),
    /// Given against what the case says of today.
    AgainstToday(StateRef),
    /// Two different states of one driver are asked for at once, by `--given` or `--do`.
    Twice(StateRef, StateRef),
    /// The answer, exact or sampled, would not fit into memory: bytes that it needs.
    Memory(u64),
    /// None of the futures that were drawn allows these facts together; that is no proof that none does.
    Undrawn(Vec<FactId>),
    /// Even the fewest draws would take more than `limit` steps (of about a nanosecond).
    Work {
        /// Steps needed.
        steps: u64,
        /// Steps allowed.
        limit: u64,
    },
    /// The numbers of so many members would not fit into memory.
    Members {
        /// Members that would.
        most: u64,
    },
}
