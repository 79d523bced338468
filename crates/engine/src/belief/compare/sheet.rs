//! Cells laid together: what does not change is summed once, so that what changes is looked at often.

use super::super::facts::Cells;
use crate::evidence::{Source, Table, Weighing, ln_sum};
use crate::{Driver, Fact};
use rayon::prelude::*;

/// Joint states of which no more than one sheet is held at a time.
const MANY: usize = 1 << 20;

/// The joint states of the drivers on which something depends that is not settled, and of one that is read.
pub(super) struct Sheet {
    /// The drivers and their numbers of states, in declared order, the first slowest.
    axes: Vec<(Driver, usize)>,
    /// ln of the mass of each joint state, with all that is settled.
    ln: Vec<f64>,
    /// Number of states of what is read, where it is held.
    states: usize,
}

impl Cells {
    /// Sums over all drivers but `read` and those in the tables of loose sources.
    pub(super) fn sheet(
        &self,
        weighing: &Weighing,
        facts: &[Fact],
        loose: &dyn Fn(Source) -> bool,
        read: Option<Driver>,
    ) -> Sheet {
        let held = |d: Driver| self.held(d);
        let tables = weighing.tables(facts, held, loose);
        let kept = |d: Driver| {
            Some(d) == read || tables.iter().any(|t| t.drivers.iter().any(|e| e.0 == d))
        };
        let axes: Vec<(Driver, usize)> = self
            .axes
            .iter()
            .filter(|a| kept(a.driver))
            .map(|a| (a.driver, a.states))
            .collect();
        // How far apart neighbouring states of each axis of the cells lie on the sheet.
        let mut steps = vec![0; self.axes.len()];
        let mut count = 1;
        for (step, axis) in steps.iter_mut().zip(&self.axes).rev() {
            if kept(axis.driver) {
                *step = count;
                count *= axis.states;
            }
        }
        let place = |mut at: usize| {
            let each = self.axes.iter().zip(&steps).rev();
            each.fold(0, |place, (axis, step)| {
                let state = at % axis.states;
                at /= axis.states;
                place + state * step
            })
        };
        let settled = self.says_of(weighing.tables(facts, held, |s| !loose(s)));
        // Each by its own greatest: what is loose may favour what is far below the others.
        let mut most = vec![f64::NEG_INFINITY; count];
        self.visit(&settled, &mut |at, ln| {
            let most = &mut most[place(at)];
            *most = most.max(ln);
        });
        let mut sums = vec![0.0; count];
        self.visit(&settled, &mut |at, ln| {
            let place = place(at);
            sums[place] += self.mass[at] * libm::exp(ln - most[place]);
        });
        let all = most.iter().zip(&sums);
        let states = self.held.iter().find(|(a, _)| Some(a.driver) == read);
        Sheet {
            axes,
            ln: all
                .map(|(most, sum)| match *sum > 0.0 {
                    true => most + libm::log(*sum),
                    false => f64::NEG_INFINITY,
                })
                .collect(),
            states: states.map_or(1, |(a, _)| a.states),
        }
    }

    /// Number of joint states of a sheet.
    pub(super) fn places(&self, kept: impl Fn(Driver) -> bool) -> usize {
        let kept = self.axes.iter().filter(|a| kept(a.driver));
        kept.fold(1, |n, a| n.saturating_mul(a.states))
    }

    /// What a sheet of each driver that is read tells; of one after another where they are large.
    pub(super) fn each_sheet<T: Send>(
        &self,
        weighing: &Weighing,
        facts: &[Fact],
        loose: &(dyn Fn(Source) -> bool + Sync),
        read: &[Driver],
        tell: impl Fn(Driver, &Sheet) -> T + Sync,
    ) -> Vec<T> {
        let one = |&d: &Driver| tell(d, &self.sheet(weighing, facts, loose, Some(d)));
        match self.places(|_| true) <= MANY {
            true => read.par_iter().map(one).collect(),
            false => read.iter().map(one).collect(),
        }
    }
}

impl Sheet {
    /// Number of joint states.
    pub(super) fn len(&self) -> usize {
        self.ln.len()
    }

    /// ln of the mass of each joint state when the loose sources say this.
    fn under(&self, tables: &[Table]) -> Vec<f64> {
        let mut all = self.ln.clone();
        for table in tables {
            let mut steps = vec![0; self.axes.len()];
            let mut step = 1;
            for (driver, states) in table.drivers.iter().rev() {
                if let Some(axis) = self.axes.iter().position(|a| a.0 == *driver) {
                    steps[axis] = step;
                }
                step *= states;
            }
            for (at, ln) in all.iter_mut().enumerate() {
                let (mut at, mut joint) = (at, 0);
                for ((_, states), step) in self.axes.iter().zip(&steps).rev() {
                    joint += at % states * step;
                    at /= states;
                }
                *ln += table.ln[joint];
            }
        }
        all
    }

    /// ln of all mass.
    pub(super) fn whole(&self, tables: &[Table]) -> f64 {
        ln_sum(&self.under(tables))
    }

    /// The belief in each state of a driver; `None` where no mass is left.
    pub(super) fn posterior(
        &self,
        tables: &[Table],
        read: Driver,
        held: Option<usize>,
    ) -> Option<Vec<f64>> {
        let ln = self.under(tables);
        let most = ln.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if most == f64::NEG_INFINITY {
            return None;
        }
        if let Some(state) = held {
            let certain = |s| if s == state { 1.0 } else { 0.0 };
            return Some((0..self.states).map(certain).collect());
        }
        let axis = self.axes.iter().position(|a| a.0 == read)?;
        let below: usize = self.axes[axis + 1..].iter().map(|a| a.1).product();
        let mut sums = vec![0.0; self.axes[axis].1];
        let states = sums.len();
        for (at, ln) in ln.iter().enumerate() {
            sums[at / below % states] += libm::exp(ln - most);
        }
        let whole: f64 = sums.iter().sum();
        Some(sums.into_iter().map(|s| s / whole).collect())
    }
}
