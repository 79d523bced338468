//! The formula language of quantities and options (model.md 6).

mod tree;

pub use tree::{Binary, Distribution, Expr, ExprKind, Formula, Unary};
