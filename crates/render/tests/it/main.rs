//! The faces from outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod diagnostics;
mod korean;
mod sentences;
mod terminal;
