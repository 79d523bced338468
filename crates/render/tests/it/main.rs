//! The faces from outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod always;
mod browser;
mod choices;
mod compared;
mod contrast;
mod diagnostics;
mod hostile;
mod hypotheses;
mod judgements;
mod korean;
mod page;
mod power;
mod quantities;
mod report;
mod retold;
mod sentences;
mod terminal;
mod tornado;
