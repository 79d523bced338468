//! The faces from outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod korean;
mod sentences;
mod terminal;
