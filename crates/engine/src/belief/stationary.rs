//! What is settled, on the frontier between two rounds (model.md 4).

use super::frontier::{Layouts, Making, Parents, Program, lasting, live, marginal};
use super::member::Desk;
use super::settle::Contraction;
use super::space::Space;
use crate::order::rounds_order;
use crate::{Driver, Model};

/// L1 distance that may be missing from a member's settled distribution where nothing else rests on it.
pub(super) const LOOSE: f64 = 1e-8;
/// The same where now is found from it.
pub(super) const TIGHT: f64 = 1e-11;
/// Numbers that are added up side by side.
const LANES: usize = 4;

/// One stationary distribution.
pub(super) struct Settle {
    pub space: Space,
    /// A round of those whose answers last.
    round: Program,
    /// One after which each driver's marginal is read off.
    read: Program,
    /// Futures of the frontier. The search begins uniform, wherever other members end: where many rounds hardly
    /// leave a region, a start in one of them would make members alike that are not.
    cells: usize,
    tolerance: f64,
}

/// The order of a round in a space.
pub(super) fn order(model: &Model, space: &Space) -> Vec<usize> {
    let held: Vec<Driver> = (0..model.drivers())
        .filter(|&d| space.held[d].is_some())
        // The cast: drivers are counted in u32.
        .map(|d| Driver(d as u32))
        .collect();
    let order = rounds_order(model, &held);
    order.into_iter().map(|d| d.0 as usize).collect()
}

impl Settle {
    pub(super) fn new(
        model: &Model,
        space: Space,
        sizes: &[usize],
        parents: &Parents,
        tolerance: f64,
        layouts: &mut Layouts,
    ) -> Settle {
        let order = order(model, &space);
        let some = lasting(&order, parents);
        let making = making(&space, sizes, parents);
        let round = Program::new(&making, &some, live(&some, parents), layouts);
        let mut sets = live(&order, parents);
        for (set, d) in sets[1..].iter_mut().zip(&order) {
            set.insert(*d);
        }
        // Whoever is looked at across the end of a round is looked at for ever.
        sets[0] = round.sets[0].iter().copied().collect();
        let read = Program::new(&making, &order, sets, layouts);
        let cells: usize = round.sets[0].iter().map(|&d| sizes[d]).product();
        Settle {
            round,
            read,
            cells,
            tolerance,
            space,
        }
    }

    pub(super) fn grow(
        &self,
        sizes: &[usize],
        parents: &Parents,
        layouts: &mut Layouts,
    ) -> Program {
        let order = &self.read.order;
        let mut sets = live(order, parents);
        sets[0] = self.round.sets[0].iter().copied().collect();
        for (at, set) in sets.iter_mut().enumerate() {
            set.extend(&order[..at]);
        }
        if let Some(last) = sets.last_mut() {
            *last = order.iter().copied().collect();
        }
        Program::new(&making(&self.space, sizes, parents), order, sets, layouts)
    }

    /// The frontier between two rounds, settled, and a bound on what is missing.
    pub(super) fn settle(&self, desk: &mut Desk) -> (Vec<f64>, f64) {
        let Desk {
            laid,
            values,
            other,
            last,
            ..
        } = desk;
        values.clear();
        // The cast: far below 2^52.
        values.resize(self.cells, 1.0 / self.cells as f64);
        let acyclic = self.cells == 1;
        let mut contraction = Contraction::to(self.tolerance);
        while !contraction.ended(acyclic) {
            last.clear();
            last.extend(&*values);
            self.round.run(laid, values, other, |_, _| {});
            // Rounding drifts by some 1e-16 a round.
            contraction.saw(level(values, last));
        }
        (values.clone(), contraction.settling(acyclic).bound)
    }

    /// Of every driver.
    pub(super) fn marginals(
        &self,
        model: &Model,
        settled: &[f64],
        desk: &mut Desk,
    ) -> Vec<Vec<f64>> {
        let certain = |d: usize| {
            let mut all = vec![0.0; usize::from(model.sizes[d])];
            if let Some(s) = self.space.held[d] {
                all[usize::from(s.0)] = 1.0;
            }
            all
        };
        let mut all: Vec<Vec<f64>> = (0..model.drivers()).map(certain).collect();
        let Desk {
            laid,
            values,
            other,
            ..
        } = desk;
        values.clear();
        values.extend(settled);
        self.read.run(laid, values, other, |at, mass| {
            let d = self.read.order[at];
            all[d] = marginal(&self.space.sizes, &self.read.sets[at + 1], d, mass);
        });
        all
    }
}

/// Makes the whole 1 again, and tells the L1 distance from what was before.
fn level(values: &mut [f64], last: &[f64]) -> f64 {
    let (lanes, rest) = values.as_chunks_mut::<LANES>();
    let (olds, old_rest) = last.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for lane in &*lanes {
        for (sum, v) in sums.iter_mut().zip(lane) {
            *sum += v;
        }
    }
    let scale = 1.0 / (sums.iter().sum::<f64>() + rest.iter().sum::<f64>());
    let mut changes = [0.0; LANES];
    for (lane, old) in lanes.iter_mut().zip(olds) {
        for l in 0..LANES {
            lane[l] *= scale;
            changes[l] += (lane[l] - old[l]).abs();
        }
    }
    for ((change, value), old) in changes.iter_mut().zip(rest).zip(old_rest) {
        *value *= scale;
        *change += (*value - old).abs();
    }
    changes.iter().sum()
}

fn making<'a>(space: &'a Space, sizes: &'a [usize], parents: &'a Parents) -> Making<'a> {
    Making {
        parents,
        sizes,
        known: &space.held,
        keeps: &[],
    }
}
