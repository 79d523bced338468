//! Options held against each other over the same draws (model.md 6).

mod measure;

pub use measure::{MEASURES, Measure};
