//! Adaptive plans: do one option, and switch to another when something shows (Walker, Rahman and Cave 2001, European
//! Journal of Operational Research 128:282-289).

use super::Table;
use crate::belief::Estimate;

/// Something that one could look at, and then switch.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// P(outcome and cell) for each of its outcomes.
    pub joint: &'a [Vec<f64>],
    /// What looking costs, in the unit of the options.
    pub cost: f64,
}

/// Begin with one option, and switch when an outcome shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The option to begin with.
    pub begin: usize,
    /// What one looks at, by position among the looks.
    pub look: usize,
    /// The outcome at which one switches.
    pub outcome: usize,
    /// The option switched to.
    pub switch_to: usize,
    /// Expected value, less what switching costs.
    pub value: Estimate,
    /// What it brings beyond the best option without a plan, less what looking costs too; may be negative.
    pub gain: Estimate,
    /// What switching costs on average when it happens.
    pub switching: f64,
}

impl Table {
    /// All plans with two options, greatest gain first.
    ///
    /// With λ = P(outcome | cell) a plan brings E\[(1 − λ)·v_begin + λ·(v_switch − cost of switching)\]: the option begun
    /// with brings nothing of its own where one switches, and whoever switches gets the whole of the other. An outcome
    /// that is certain or cannot be makes no plan.
    pub fn plans(&self, looks: &[Look<'_>]) -> Vec<Plan> {
        let anyway = self.best();
        let mut found = Vec::new();
        for (look, at) in looks.iter().enumerate() {
            for (outcome, joint) in at.joint.iter().enumerate() {
                let shows = self.chances(joint);
                let not: Vec<f64> = shows.iter().map(|c| 1.0 - c).collect();
                let lambda: f64 = (0..shows.len()).map(|c| self.weight(c) * shows[c]).sum();
                if !(1e-12..=1.0 - 1e-12).contains(&lambda) {
                    continue;
                }
                for begin in 0..self.options {
                    for switch_to in (0..self.options).filter(|&o| o != begin) {
                        let mut terms = vec![(begin, not.clone()), (switch_to, shows.clone())];
                        let mut switching = 0.0;
                        if let Some(cost) = self.switching[switch_to] {
                            terms.push((cost, shows.iter().map(|c| -c).collect()));
                            switching = self.sum(&[self.everywhere(cost, 1.0)], Some(&shows)).value;
                        }
                        let value = self.sum(&terms, None);
                        terms.push(self.everywhere(anyway, -1.0));
                        let beyond = self.sum(&terms, None);
                        found.push(Plan {
                            begin,
                            look,
                            outcome,
                            switch_to,
                            value,
                            gain: Estimate {
                                value: beyond.value - at.cost,
                                ..beyond
                            },
                            switching,
                        });
                    }
                }
            }
        }
        // Stable, so that alike plans keep their order.
        found.sort_by(|a, b| b.gain.value.total_cmp(&a.gain.value));
        found
    }
}
