//! Formulas of quantities and options, evaluated over many draws at once (model.md 6).

mod program;

pub use program::{Binary, Distribution, Node, Program, Site, Step, Unary};
