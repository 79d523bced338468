//! Formulas of quantities and options, evaluated over many draws at once (model.md 6).

mod block;
mod column;
mod law;
mod looks;
mod plain;
mod program;

pub use block::{Block, Columns, Rows, STRIP};
pub use plain::{Failed, Row, Spot, Walk, binary, unary};
pub use program::{Binary, Distribution, Node, Program, Site, Step, Unary};
