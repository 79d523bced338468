//! Facts as evidence (model.md 5).

use crate::{Driver, Fact};

/// The facts that are used, in order.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Facts.
    pub facts: Vec<FactInput>,
    /// Rationalities β and their weights, over which acts are integrated.
    pub grid: Vec<(f64, f64)>,
}

/// One fact.
#[derive(Clone, Debug, Default)]
pub struct FactInput {
    /// Trust in its source, 0 … 1.
    pub trust: f64,
    /// Facts with the same number are averaged in logs.
    pub group: Option<u32>,
    /// P(fact | state) by driver.
    pub expected: Vec<(Driver, Vec<f64>)>,
    /// The act that it is.
    pub act: Option<ActInput>,
}

/// One act.
#[derive(Clone, Debug)]
pub struct ActInput {
    /// Number of the actor, whose β it shares.
    pub actor: u32,
    /// Which alternative was taken.
    pub chose: usize,
    /// Number of alternatives.
    pub among: usize,
    /// By mind: `table[state][alternative]`. Worths of several minds add.
    pub worth: Vec<(Driver, Vec<Vec<f64>>)>,
}

/// β_k = 0.03 · 100^(k/24), k = 0 … 24, each with weight 1/25.
pub fn standard_grid() -> Vec<(f64, f64)> {
    (0..25)
        .map(|k| (0.03 * libm::pow(100.0, f64::from(k) / 24.0), 1.0 / 25.0))
        .collect()
}

/// A set of facts, by position.
pub type Facts = Vec<Fact>;
