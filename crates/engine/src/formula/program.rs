//! Formulas on indices: a list of nodes, each of which names only earlier ones (model.md 6).

use crate::{Driver, State};

/// A node of a [`Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node(pub u32);

/// Where numbers are drawn: a stream of the generator. Two nodes may share a site where at most one of them is
/// ever looked at in a draw (the `when` of a quantity): both then lie at the same quantile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site(pub u32);

/// What a node does.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A number.
    Number(f64),
    /// 1 where the driver is in that state, else 0; minds now, all else at the horizon.
    Is(Driver, State),
    /// One operand.
    Unary(Unary, Node),
    /// Two operands.
    Binary(Binary, Node, Node),
    /// `then` where the test is not 0, else `otherwise`; what is not chosen cannot fail.
    If {
        /// The test.
        test: Node,
        /// Where it is not 0.
        then: Node,
        /// Where it is 0.
        otherwise: Node,
    },
    /// A number drawn once in each draw.
    Draw(Site, Distribution),
}

/// An operation on one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// −a
    Negate,
    /// 1 where a is 0, else 0
    Not,
    /// |a|
    Abs,
    /// eᵃ
    Exp,
    /// The natural logarithm; fails where a ≤ 0.
    Ln,
    /// The square root; fails where a < 0.
    Sqrt,
}

/// An operation on two numbers; comparisons, `And` and `Or` give 1 or 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names say it")]
pub enum Binary {
    Add,
    Subtract,
    Multiply,
    /// Fails where b is 0.
    Divide,
    /// Fails where a < 0 and b is no whole number, and where a is 0 and b < 0.
    Power,
    Min,
    Max,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Unequal,
    And,
    Or,
}

/// A distribution whose parameters are nodes (model.md 6).
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// 90 % interval: lognormal where both ends are positive, else normal.
    To(Node, Node),
    /// Mean and standard deviation.
    Normal(Node, Node),
    /// Mean and standard deviation of the logarithm.
    Lognormal(Node, Node),
    /// Low and high.
    Uniform(Node, Node),
    /// Low, mode, high.
    Triangular(Node, Node, Node),
    /// Low, mode, high; a beta distribution with the weight 4 on the mode.
    Pert(Node, Node, Node),
    /// α and β.
    Beta(Node, Node),
    /// Chance of 1, else 0.
    Bernoulli(Node),
    /// Parts with their weights, ≥ 0, not all 0.
    Mixture(Vec<(Distribution, Node)>),
    /// A distribution between low and high.
    Truncate(Box<Distribution>, Node, Node),
    /// A number.
    Exactly(Node),
}

/// All formulas of a case, each part once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    /// Nodes; each names only earlier ones.
    pub steps: Vec<Step>,
    /// The nodes whose values are wanted: quantities in the order of the case, then options.
    pub outputs: Vec<Node>,
}
