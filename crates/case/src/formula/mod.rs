//! The formula language of quantities and options (model.md 6).
//!
//! The way through it: [`token`](self) cuts a text into tokens, numbers by way of `literal`; `parse` makes a [`Formula`]
//! of them, names resolved; `place` leads from the text of a formula back to its place in the file.

mod check;
mod constant;
mod endless;
mod keywords;
mod literal;
mod measure;
mod number;
mod parse;
mod place;
mod print;
mod reach;
mod token;
mod tree;
mod units;
mod walk;

pub use endless::{Endless, endless};
pub use measure::unit_of_options;
pub use number::number;
pub use print::print;
pub use tree::{Binary, Distribution, Expr, ExprKind, Formula, Unary};

pub(crate) use check::check;
pub(crate) use constant::constant;
pub(crate) use endless::{What as Tail, tails};
pub(crate) use keywords::{DAYS, FUNCTIONS, KEYWORDS, is_reserved, usage};
pub(crate) use literal::Flaw;
pub(crate) use measure::{Measure, What as Clash, measures};
pub(crate) use parse::{Scope, parse};
pub(crate) use place::Place;
pub(crate) use token::{Kind as TokenKind, Slip, Token};
pub(crate) use units::{Unit, told};
pub(crate) use walk::{named, order};

/// Longest formula, in bytes.
pub(crate) const MOST_BYTES: usize = 64 << 10;
/// Most parts of one formula.
pub(crate) const MOST_NODES: usize = 10_000;
/// Most parts of all formulas of a case.
pub(crate) const MOST_NODES_OF_CASE: usize = 100_000;
