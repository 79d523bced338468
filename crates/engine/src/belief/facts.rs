//! What the facts say, on the joint states of the drivers that they bear on (model.md 5).

use super::{Estimate, Weight};
use crate::evidence::{Table, Weighing};
use crate::progress::{Progress, Work};
use crate::{Driver, Fact};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// A driver of [`Cells`].
pub(super) struct Axis {
    /// The driver.
    pub driver: Driver,
    /// Its number of states.
    pub states: usize,
}

/// The joint states of some drivers and their mass before facts.
pub(super) struct Cells {
    /// The drivers that vary, in declared order; the first is slowest.
    pub axes: Vec<Axis>,
    /// Those that are held, and where; they make no more cells.
    pub held: Vec<(Axis, usize)>,
    /// Mass before facts, what is given taken into account.
    pub mass: Vec<f64>,
}

/// What a set of facts says on cells: at the depth of an axis, the tables of which it is the last driver, each with
/// the axes of its drivers.
pub(super) struct Says {
    /// Tables without any driver.
    constant: f64,
    by_depth: Vec<Vec<(Vec<usize>, Table)>>,
}

impl Says {
    /// What is added when the states of the axes up to `depth` are known.
    fn at(&self, cells: &Cells, depth: usize, states: &[usize]) -> f64 {
        let tables = self.by_depth[depth].iter();
        tables.fold(0.0, |sum, (axes, table)| {
            let joint = axes
                .iter()
                .fold(0, |joint, &a| joint * cells.axes[a].states + states[a]);
            sum + table.ln[joint]
        })
    }
}

impl Cells {
    pub(super) fn says(&self, weighing: &Weighing, facts: &[Fact]) -> Says {
        self.says_of(weighing.tables(facts, |d| self.held(d), |_| true))
    }

    /// Where a driver is held.
    pub(super) fn held(&self, driver: Driver) -> Option<usize> {
        let found = self.held.iter().find(|(a, _)| a.driver == driver);
        found.map(|(_, state)| *state)
    }

    /// What some tables say, whose drivers are free here.
    pub(super) fn says_of(&self, tables: Vec<Table>) -> Says {
        let place = |driver: Driver| self.axes.iter().position(|a| a.driver == driver);
        let mut says = Says {
            constant: 0.0,
            by_depth: self.axes.iter().map(|_| Vec::new()).collect(),
        };
        for table in tables {
            let axes: Vec<usize> = table.drivers.iter().filter_map(|d| place(d.0)).collect();
            match axes.last() {
                Some(&last) => says.by_depth[last].push((axes, table)),
                None => says.constant += table.ln.iter().sum::<f64>(),
            }
        }
        says
    }

    /// Calls `each` with every cell that has mass and is allowed, in order, and ln of the likelihood there.
    pub(super) fn visit(&self, says: &Says, each: &mut impl FnMut(usize, f64)) {
        let mut states = vec![0; self.axes.len()];
        self.descend(says, 0, 0, says.constant, &mut states, each);
    }

    fn descend(
        &self,
        says: &Says,
        depth: usize,
        at: usize,
        ln: f64,
        states: &mut [usize],
        each: &mut impl FnMut(usize, f64),
    ) {
        if ln == f64::NEG_INFINITY {
            return;
        }
        let Some(axis) = self.axes.get(depth) else {
            if self.mass[at] > 0.0 {
                each(at, ln);
            }
            return;
        };
        for s in 0..axis.states {
            states[depth] = s;
            let ln = ln + says.at(self, depth, states);
            self.descend(says, depth + 1, at * axis.states + s, ln, states, each);
        }
    }

    /// Calls `each` with every cell that has mass, its states, and ln of what two sets of facts say there; −∞ where
    /// they exclude it.
    pub(super) fn visit_both(
        &self,
        says: [&Says; 2],
        each: &mut impl FnMut(usize, &[usize], [f64; 2]),
    ) {
        let mut states = vec![0; self.axes.len()];
        let ln = says.map(|s| s.constant);
        self.descend_both(says, 0, 0, ln, &mut states, each);
    }

    fn descend_both(
        &self,
        says: [&Says; 2],
        depth: usize,
        at: usize,
        ln: [f64; 2],
        states: &mut [usize],
        each: &mut impl FnMut(usize, &[usize], [f64; 2]),
    ) {
        let Some(axis) = self.axes.get(depth) else {
            if self.mass[at] > 0.0 {
                each(at, states, ln);
            }
            return;
        };
        for s in 0..axis.states {
            states[depth] = s;
            let add = says.map(|s| s.at(self, depth, states));
            let ln = [ln[0] + add[0], ln[1] + add[1]];
            self.descend_both(says, depth + 1, at * axis.states + s, ln, states, each);
        }
    }

    /// ln of the greatest likelihood; `None` where no cell with mass allows the facts.
    pub(super) fn most(&self, says: &Says) -> Option<f64> {
        let mut most = f64::NEG_INFINITY;
        self.visit(says, &mut |_, ln| most = most.max(ln));
        (most > f64::NEG_INFINITY).then_some(most)
    }

    /// The factor by which a set of facts multiplies each cell, the greatest being 1; `None` where no cell with
    /// mass allows them.
    pub(super) fn factors(&self, weighing: &Weighing, facts: &[Fact]) -> Option<Vec<f64>> {
        let says = self.says(weighing, facts);
        let most = self.most(&says)?;
        let mut factors = vec![0.0; self.mass.len()];
        self.visit(&says, &mut |at, ln| factors[at] = libm::exp(ln - most));
        Some(factors)
    }

    /// The posterior of each driver in `read` under a set of facts.
    pub(super) fn posterior(
        &self,
        weighing: &Weighing,
        facts: &[Fact],
        read: &[Driver],
    ) -> Option<Vec<Vec<f64>>> {
        let says = self.says(weighing, facts);
        let most = self.most(&says)?;
        let mut sums: Vec<Vec<f64>> = self.axes.iter().map(|a| vec![0.0; a.states]).collect();
        let mut states = vec![0; self.axes.len()];
        let whole = self.add_up(&says, most, 0, 0, says.constant, &mut states, &mut sums);
        let of = |driver: &Driver| {
            if let Some(axis) = self.axes.iter().position(|a| a.driver == *driver) {
                return sums[axis].iter().map(|s| s / whole).collect();
            }
            let found = self.held.iter().find(|(a, _)| a.driver == *driver);
            found.map_or(vec![1.0], |(axis, state)| {
                let certain = |s| if s == *state { 1.0 } else { 0.0 };
                (0..axis.states).map(certain).collect()
            })
        };
        Some(read.iter().map(of).collect())
    }

    /// The mass of all cells below, laid upon the states that lead there.
    #[allow(
        clippy::too_many_arguments,
        reason = "a recursion that carries its path"
    )]
    fn add_up(
        &self,
        says: &Says,
        most: f64,
        depth: usize,
        at: usize,
        ln: f64,
        states: &mut [usize],
        sums: &mut [Vec<f64>],
    ) -> f64 {
        if ln == f64::NEG_INFINITY {
            return 0.0;
        }
        let Some(axis) = self.axes.get(depth) else {
            // Where there is no mass the likelihood may exceed `most`.
            return match self.mass[at] > 0.0 {
                true => self.mass[at] * libm::exp(ln - most),
                false => 0.0,
            };
        };
        let mut whole = 0.0;
        for s in 0..axis.states {
            states[depth] = s;
            let ln = ln + says.at(self, depth, states);
            let part = self.add_up(
                says,
                most,
                depth + 1,
                at * axis.states + s,
                ln,
                states,
                sums,
            );
            sums[depth][s] += part;
            whole += part;
        }
        whole
    }

    /// A set of facts that no cell allows, none of which can be spared.
    pub(super) fn conflict(&self, weighing: &Weighing, facts: &[Fact]) -> Vec<Fact> {
        let mut kept = facts.to_vec();
        let mut at = 0;
        while at < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(at);
            if self.most(&self.says(weighing, &fewer)).is_none() {
                kept = fewer;
            } else {
                at += 1;
            }
        }
        kept
    }

    /// For each fact, for each driver in `read`, its weight of evidence and the posterior without it.
    pub(super) fn weights(
        &self,
        weighing: &Weighing,
        facts: &[Fact],
        read: &[Driver],
        progress: &dyn Progress,
    ) -> Vec<Vec<Weight>> {
        let Some(with) = self.posterior(weighing, facts, read) else {
            return Vec::new();
        };
        let done = AtomicU64::new(0);
        let weigh = |fact: &Fact| {
            let rest: Vec<Fact> = facts.iter().copied().filter(|f| f != fact).collect();
            // With one condition less there is at least as much mass.
            let without = self
                .posterior(weighing, &rest, read)
                .unwrap_or_else(|| with.clone());
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress.at(Work::Facts, done, facts.len() as u64);
            read.iter()
                .zip(with.iter().zip(without))
                .map(|(&driver, (with, without))| Weight {
                    driver,
                    decibans: (0..with.len())
                        .map(|s| exact(10.0 * (log_odds(with, s) - log_odds(&without, s))))
                        .map(|e| if e.value.is_nan() { exact(0.0) } else { e })
                        .collect(),
                    without: without.into_iter().map(exact).collect(),
                })
                .collect()
        };
        facts.par_iter().map(weigh).collect()
    }

    /// For each set of facts, for each driver in `read`, its posterior. Nothing where the set leaves no mass, which
    /// no part of a set that leaves some does.
    pub(super) fn trajectory(
        &self,
        weighing: &Weighing,
        steps: &[Vec<Fact>],
        read: &[Driver],
    ) -> Vec<Vec<Vec<Estimate>>> {
        let at = |facts: &Vec<Fact>| {
            let belief = self.posterior(weighing, facts, read).unwrap_or_default();
            belief
                .into_iter()
                .map(|b| b.into_iter().map(exact).collect())
                .collect()
        };
        steps.par_iter().map(at).collect()
    }
}

/// log10 of the odds of a state; the odds against are summed, so that near certainty loses no digits.
pub(super) fn log_odds(chances: &[f64], state: usize) -> f64 {
    let against: f64 = chances
        .iter()
        .enumerate()
        .filter(|(t, _)| *t != state)
        .map(|(_, p)| p)
        .sum();
    libm::log10(chances[state]) - libm::log10(against)
}

pub(super) fn exact(value: f64) -> Estimate {
    Estimate { value, error: None }
}
