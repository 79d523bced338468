//! Distributions with their parameters filled in.

use super::{Distribution, Node};
use crate::distribution::Law;
use crate::sample::Failure;

impl Distribution {
    /// The law that the parameters make.
    ///
    /// # Errors
    ///
    /// Where they make none.
    pub(crate) fn law(&self, value: &dyn Fn(Node) -> f64) -> Result<Law, Failure> {
        let of = |node: &Node| value(*node);
        match self {
            Distribution::To(low, high) => Law::to(of(low), of(high)),
            Distribution::Normal(mean, sd) => Law::normal(of(mean), of(sd)),
            Distribution::Lognormal(mean, sd) => Law::lognormal(of(mean), of(sd)),
            Distribution::Uniform(low, high) => Law::uniform(of(low), of(high)),
            Distribution::Triangular(low, mode, high) => {
                Law::triangular(of(low), of(mode), of(high))
            }
            Distribution::Pert(low, mode, high) => Law::pert(of(low), of(mode), of(high)),
            Distribution::Beta(alpha, beta) => Law::beta(of(alpha), of(beta)),
            Distribution::Bernoulli(chance) => Law::bernoulli(of(chance)),
            Distribution::Mixture(parts) => {
                let part =
                    |(part, weight): &(Distribution, Node)| Ok((part.law(value)?, of(weight)));
                Law::mixture(parts.iter().map(part).collect::<Result<_, Failure>>()?)
            }
            Distribution::Truncate(inner, low, high) => {
                Law::truncate(inner.law(value)?, of(low), of(high))
            }
            Distribution::Exactly(number) => Law::exactly(of(number)),
        }
    }
}
