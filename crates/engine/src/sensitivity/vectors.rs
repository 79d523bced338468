//! Vectors over joint states: their cells, the answers that change them, and where rounds settle.

use super::program::{Lanes, Net, Own, Program};
use crate::belief::{Contraction, TOLERANCE};
use crate::{Driver, Model};

/// A model with the same edges in which only this driver answers otherwise.
pub(super) struct Changed<'a> {
    pub driver: Driver,
    pub model: &'a Model,
}

/// Calls `each` with the places of all cells in which what is told holds, where a driver without an axis stands
/// where it stands.
pub(super) fn cells(
    net: &Net,
    drivers: &[usize],
    standing: &[usize],
    told: &[(usize, usize)],
    each: &mut impl FnMut(usize),
) {
    if told
        .iter()
        .any(|(d, s)| !drivers.contains(d) && standing[*d] != *s)
    {
        return;
    }
    // Runs of drivers that are summed over are met side by side.
    fn descend(sizes: &[usize], fixed: &[Option<usize>], at: usize, each: &mut impl FnMut(usize)) {
        let Some((&k, sizes)) = sizes.split_first() else {
            return each(at);
        };
        match fixed[0] {
            Some(s) => descend(sizes, &fixed[1..], at * k + s, each),
            None => (0..k).for_each(|s| descend(sizes, &fixed[1..], at * k + s, each)),
        }
    }
    let sizes: Vec<usize> = drivers.iter().map(|&d| net.sizes[d]).collect();
    let state = |d: &usize| told.iter().find(|t| t.0 == *d).map(|t| t.1);
    let fixed: Vec<Option<usize>> = drivers.iter().map(state).collect();
    descend(&sizes, &fixed, 0, each);
}

pub(super) fn count(net: &Net, drivers: &[usize]) -> usize {
    drivers.iter().map(|&d| net.sizes[d]).product()
}

pub(super) fn tables(net: &Net, model: &Model, wanted: &[&Program]) -> Vec<Vec<f64>> {
    let asked = |d: usize| wanted.iter().any(|p| p.answers(d));
    let of = |d| {
        if asked(d) {
            net.chances(model, d)
        } else {
            Vec::new()
        }
    };
    (0..model.drivers()).map(of).collect()
}

/// The tables of the drivers that some of the vectors side by side answer in their own way.
pub(super) fn own<const L: usize>(
    net: &Net,
    tables: &[Vec<f64>],
    changed: &[Changed],
) -> Vec<Own<L>> {
    let mut drivers: Vec<usize> = changed.iter().map(|c| c.driver.0 as usize).collect();
    drivers.dedup();
    drivers.retain(|&d| !tables[d].is_empty());
    let of = |d: usize| {
        let mut all: Vec<Lanes<L>> = tables[d].iter().map(|&p| [p; L]).collect();
        for (l, c) in changed
            .iter()
            .enumerate()
            .filter(|(_, c)| c.driver.0 as usize == d)
        {
            for (to, p) in all.iter_mut().zip(net.chances(c.model, d)) {
                to[l] = p;
            }
        }
        (d, all)
    };
    drivers.into_iter().map(of).collect()
}

/// Rounds until nothing is missing in any of the vectors side by side; and how many, and whether all settled.
pub(super) fn settle<const L: usize>(
    start: Vec<Lanes<L>>,
    acyclic: bool,
    round: impl Fn(Vec<Lanes<L>>) -> Vec<Lanes<L>>,
) -> (Vec<Lanes<L>>, u64, bool) {
    let mut mass = start;
    let mut seen: [Contraction; L] = std::array::from_fn(|_| Contraction::to(TOLERANCE));
    while seen.iter().any(|c| !c.ended(acyclic)) {
        let mut next = round(mass.clone());
        let mut whole = [0.0; L];
        for value in &next {
            for l in 0..L {
                whole[l] += value[l];
            }
        }
        let mut distance = [0.0; L];
        for (new, old) in next.iter_mut().zip(&mass) {
            for l in 0..L {
                new[l] /= whole[l];
                distance[l] += (new[l] - old[l]).abs();
            }
        }
        for (seen, distance) in seen.iter_mut().zip(distance) {
            seen.saw(distance);
        }
        mass = next;
    }
    let rounds = seen[0].rounds();
    let settled = seen.iter().all(|c| c.settled(acyclic));
    (mass, rounds, settled)
}
