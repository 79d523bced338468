//! The mathematics of Sinario (model.md sections 3 to 5), on small integers.
//!
//! It knows no text, no file, no clock and no language. It runs on whatever `rayon` pool it is called
//! in, and the answer does not depend on the number of threads.

pub mod belief;
pub mod change;
pub mod choice;
pub mod consistent;
pub mod distribution;
pub mod draw;
pub mod ensemble;
pub mod evidence;
pub mod firmness;
pub mod formula;
pub mod hypotheses;
pub mod importance;
pub mod judgement;
pub mod model;
pub mod order;
pub mod power;
pub mod prim;
pub mod progress;
pub mod sample;
pub mod sensitivity;
pub mod shape;
pub mod structure;
pub mod succession;

pub use model::{Driver, Fact, Future, Model, State};
