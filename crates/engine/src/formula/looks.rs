//! What a step looks at.

use super::{Distribution, Node, Program, Site, Step};

impl Step {
    /// Every node that the step may look at, in the order in which it would.
    pub(crate) fn operands(&self) -> Vec<Node> {
        match self {
            Step::Number(_) | Step::Is(..) => Vec::new(),
            Step::Unary(_, a) => vec![*a],
            Step::Binary(_, a, b) => vec![*a, *b],
            Step::If {
                test,
                then,
                otherwise,
            } => vec![*test, *then, *otherwise],
            Step::Draw(_, distribution) => distribution.parameters(),
        }
    }
}

impl Distribution {
    /// Its parameters in the order in which they are written, those of its parts included.
    pub(crate) fn parameters(&self) -> Vec<Node> {
        let mut all = Vec::new();
        self.collect(&mut all);
        all
    }

    fn collect(&self, all: &mut Vec<Node>) {
        match self {
            Distribution::To(a, b)
            | Distribution::Normal(a, b)
            | Distribution::Lognormal(a, b)
            | Distribution::Uniform(a, b)
            | Distribution::Beta(a, b) => all.extend([*a, *b]),
            Distribution::Triangular(a, b, c) | Distribution::Pert(a, b, c) => {
                all.extend([*a, *b, *c]);
            }
            Distribution::Bernoulli(a) | Distribution::Exactly(a) => all.push(*a),
            Distribution::Mixture(parts) => {
                for (part, weight) in parts {
                    part.collect(all);
                    all.push(*weight);
                }
            }
            Distribution::Truncate(inner, low, high) => {
                inner.collect(all);
                all.extend([*low, *high]);
            }
        }
    }

    /// Whether it picks one of several parts first, and so takes two uniform numbers.
    pub(crate) fn picks(&self) -> bool {
        match self {
            Distribution::Mixture(_) => true,
            Distribution::Truncate(inner, ..) => inner.picks(),
            _ => false,
        }
    }
}

impl Program {
    /// For each step, whether an output may look at it.
    pub(crate) fn needed(&self) -> Vec<bool> {
        let mut needed = vec![false; self.steps.len()];
        for output in &self.outputs {
            needed[output.0 as usize] = true;
        }
        // Operands stand before those who look at them.
        for (at, step) in self.steps.iter().enumerate().rev() {
            if needed[at] {
                for operand in step.operands() {
                    needed[operand.0 as usize] = true;
                }
            }
        }
        needed
    }

    /// How many sites there are, those included that nothing draws from: one more than the greatest named.
    ///
    /// ```
    /// use sinario_engine::formula::{Distribution, Node, Program, Site, Step};
    /// let steps = vec![Step::Number(0.5), Step::Draw(Site(3), Distribution::Bernoulli(Node(0)))];
    /// assert_eq!(Program { steps, outputs: vec![Node(1)] }.sites(), 4);
    /// ```
    pub fn sites(&self) -> usize {
        let site = |step: &Step| match step {
            Step::Draw(Site(site), _) => *site as usize + 1,
            _ => 0,
        };
        self.steps.iter().map(site).max().unwrap_or(0)
    }
}
