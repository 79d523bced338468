//! From a case to a reading: one value that holds every finding.
//!
//! This is the only room that knows both the [case](sinario_case) and the [engine](sinario_engine):
//! [`read`](fn@read) translates the one for the other, asks, and writes down what it was told under the names of
//! the case. Nothing behind it computes.

mod asked;
mod bones;
mod change;
pub mod choices;
mod compared;
mod ensemble;
mod firm;
mod formulas;
mod futures;
mod ground;
mod hypotheses;
mod judgements;
mod map;
mod minds;
pub mod numbers;
mod power;
mod pulls;
mod read;
mod reading;
mod refusal;
pub mod score;
pub mod shard;
mod stories;
mod structure;
mod sway;
mod translate;
mod verdicts;
mod why_not;

pub use asked::*;
pub use bones::{Bone, Bones, bones};
pub use compared::{MindCompared, NotTaken, Rival, Separating, Undone};
pub use ensemble::{Ensemble, Further, MOST_MEMBERS, Member, REVISION};
pub use firm::{Firm, FirmFuture, FirmState, Share, Spread, Tally};
pub use hypotheses::{
    Diagnosticity, Group, Hypotheses, Hypothesised, Letter, Level, Linchpin, Linchpins, Scored,
    Tool,
};
pub use judgements::JudgementAt;
pub use power::{
    ActorWorth, Alone, Baseline, DriverWorth, First, Found, Grip, HoldUp, Matched, Objective,
    Power, SEEN,
};
pub use read::read;
pub use reading::*;
pub use refusal::Refusal;
pub use sinario_engine::progress::{Progress, Quiet, Work};
pub(crate) use stories::told_for_engine as stories_told;
pub use structure::{
    DirectInfluence, Feedback, FeedbackStep, How, Loops, Quadrant, Sign, Standing, Structure, Why,
};
pub use sway::{Bar, Sway, SwayAsk, SwayOf, Swayed, Unswayed, When};
