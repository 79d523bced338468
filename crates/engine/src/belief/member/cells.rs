//! Pairs (now, then) of a member (model.md 6): how the cells are numbered, and what is laid upon them.

use super::super::space::Space;
use crate::{Driver, Model, State};

/// All joint states of the named drivers, in declared order.
pub(super) struct Cells {
    /// How far apart the cells of neighbouring states are, by driver; 0 of what is not named.
    strides: Vec<usize>,
    pub(super) count: usize,
    /// The named minds.
    minds: Vec<usize>,
    /// The other named drivers.
    pub(super) others: Vec<usize>,
}

impl Cells {
    pub(super) fn new(model: &Model, minds: &[Driver], named: &[Driver]) -> Cells {
        let (mut strides, mut count) = (vec![0; model.drivers()], 1);
        for d in named.iter().rev().map(|d| d.0 as usize) {
            strides[d] = count;
            count *= usize::from(model.sizes[d]);
        }
        let (minds, others): (Vec<Driver>, Vec<Driver>) =
            named.iter().partition(|d| minds.contains(d));
        let numbers = |all: Vec<Driver>| all.into_iter().map(|d| d.0 as usize).collect();
        Cells {
            strides,
            count,
            minds: numbers(minds),
            others: numbers(others),
        }
    }

    /// The states in which the named minds can be now.
    pub(super) fn minds(&self, model: &Model, now: &Space) -> Vec<Vec<(Driver, State)>> {
        self.minds.iter().fold(vec![Vec::new()], |all, &d| {
            let can = |s: &State| now.held[d].is_none_or(|held| held == *s);
            let states = (0..model.sizes[d]).map(State).filter(can);
            let states: Vec<State> = states.collect();
            // The cast: drivers are counted in u32.
            let longer = |minds: &Vec<(Driver, State)>, s: State| {
                [&minds[..], &[(Driver(d as u32), s)]].concat()
            };
            let each = all.iter();
            each.flat_map(|minds| states.iter().map(move |&s| longer(minds, s)))
                .collect()
        })
    }

    /// Lays the mass of all futures now upon the cells.
    pub(super) fn now(&self, space: &Space, mass: &[f64], cells: &mut [f64]) {
        self.lay(space, mass, &self.strides, 0, cells);
    }

    /// Lays the mass at then of what minds now lead to upon the cells.
    pub(super) fn then(
        &self,
        space: &Space,
        mass: &[f64],
        minds: &[(Driver, State)],
        cells: &mut [f64],
    ) {
        let mut strides = self.strides.clone();
        let mut from = 0;
        for (d, s) in minds {
            let d = d.0 as usize;
            from += std::mem::take(&mut strides[d]) * usize::from(s.0);
        }
        self.lay(space, mass, &strides, from, cells);
    }

    fn lay(
        &self,
        space: &Space,
        mass: &[f64],
        strides: &[usize],
        mut from: usize,
        cells: &mut [f64],
    ) {
        for (held, stride) in space.held.iter().zip(strides) {
            from += held.map_or(0, |s| usize::from(s.0) * stride);
        }
        let places = space.places(strides);
        let found = space.joint(mass, &places, self.count - from);
        cells[from..]
            .iter_mut()
            .zip(found)
            .for_each(|(p, m)| *p += m);
    }
}
