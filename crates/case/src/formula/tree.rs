//! A formula as a tree (model.md 6), every name resolved.

use crate::StateRef;
use std::ops::Range;

/// A formula as it was written, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// As written.
    pub text: String,
    /// What it says.
    pub root: Expr,
}

impl Default for Formula {
    /// `0`.
    fn default() -> Self {
        Formula {
            text: "0".to_owned(),
            root: Expr {
                span: 0..1,
                kind: ExprKind::Number(0.0),
            },
        }
    }
}

/// A part of a formula and where it stands in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// Bytes of [`Formula::text`].
    pub span: Range<usize>,
    /// What it says.
    pub kind: ExprKind,
}

/// What a part of a formula says.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A number: `130조`, `20%` (0.2), `2026-12-31` (days since 1970-01-01), `18개월` (18).
    Number(f64),
    /// Another quantity, by its position in [`Case::quantities`](crate::Case::quantities).
    Quantity(usize),
    /// `money is ms`: 1 where it holds, else 0. Minds are looked at now, all else at the horizon.
    Is(StateRef),
    /// One operand.
    Unary(Unary, Box<Expr>),
    /// Two operands; `min` and `max` of more are nested.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `if test then a else b`.
    If {
        /// What is tested: anything but 0 holds.
        test: Box<Expr>,
        /// Where it holds.
        then: Box<Expr>,
        /// Where it does not.
        otherwise: Box<Expr>,
    },
    /// A number drawn from a distribution.
    Draw(Distribution),
}

/// An operation on one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// `-a`
    Negate,
    /// `not a`
    Not,
    /// `abs(a)`
    Abs,
    /// `exp(a)`
    Exp,
    /// `ln(a)`
    Ln,
    /// `sqrt(a)`
    Sqrt,
}

/// An operation on two numbers. Comparisons and `and`, `or` give 1 or 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `a + b`
    Add,
    /// `a - b`
    Subtract,
    /// `a * b`
    Multiply,
    /// `a / b`
    Divide,
    /// `a ^ b`
    Power,
    /// `min(a, b)`
    Min,
    /// `max(a, b)`
    Max,
    /// `a < b`
    Less,
    /// `a <= b`
    AtMost,
    /// `a > b`
    Greater,
    /// `a >= b`
    AtLeast,
    /// `a == b`
    Equal,
    /// `a != b`
    Unequal,
    /// `a and b`
    And,
    /// `a or b`
    Or,
}

/// A distribution; its parameters are formulas.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// `low to high`: a 90 % interval; lognormal where both are positive, else normal.
    To(Box<Expr>, Box<Expr>),
    /// `normal(mean, sd)`.
    Normal(Box<Expr>, Box<Expr>),
    /// `lognormal(mu, sigma)`: mean and standard deviation of the logarithm.
    Lognormal(Box<Expr>, Box<Expr>),
    /// `uniform(low, high)`.
    Uniform(Box<Expr>, Box<Expr>),
    /// `triangular(low, mode, high)`.
    Triangular(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `pert(low, mode, high)`: a beta distribution with the weight 4 on the mode.
    Pert(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `beta(alpha, beta)`, between 0 and 1.
    Beta(Box<Expr>, Box<Expr>),
    /// `bernoulli(p)`: 1 with the probability p, else 0.
    Bernoulli(Box<Expr>),
    /// `mixture(d1, d2, …; w1, w2, …)`: each part and its weight, which need not sum to 1.
    Mixture(Vec<(Distribution, Expr)>),
    /// `truncate(d, low, high)`: the part of a distribution between two numbers.
    Truncate(Box<Distribution>, Box<Expr>, Box<Expr>),
    /// A formula that is no distribution, as a part of a mixture.
    Exactly(Box<Expr>),
}
