//! The formula language of quantities and options (model.md 6).
//!
//! The way through it: [`token`](self) cuts a text into tokens, numbers by way of `literal`; `parse` makes a [`Formula`]
//! of them, names resolved; `place` leads from the text of a formula back to its place in the file.

mod check;
mod constant;
mod keywords;
mod literal;
mod parse;
mod place;
mod print;
mod token;
mod tree;
mod units;
mod walk;

pub use print::print;
pub use tree::{Binary, Distribution, Expr, ExprKind, Formula, Unary};

pub(crate) use check::check;
pub(crate) use keywords::{DAYS, FUNCTIONS, KEYWORDS, is_reserved, usage};
pub(crate) use literal::Flaw;
pub(crate) use parse::{Scope, parse};
pub(crate) use place::Place;
pub(crate) use token::{Kind as TokenKind, Slip, Token};
pub(crate) use walk::{named, order};

/// Longest formula, in bytes.
pub(crate) const MOST_BYTES: usize = 64 << 10;
/// Most parts of one formula.
pub(crate) const MOST_NODES: usize = 10_000;
/// Most parts of all formulas of a case.
pub(crate) const MOST_NODES_OF_CASE: usize = 100_000;
