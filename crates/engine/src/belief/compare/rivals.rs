//! The leading explanation and its best rival, and what tells them apart.

use super::super::Marginals;
use super::super::space::Space;
use super::{Rivals, separation};
use crate::Driver;

/// For each driver the places of the two futures, where they are.
pub(in super::super) type Pair = (Option<usize>, Option<usize>);

/// The most probable future in which each driver has its leading state, and the most probable in which it has not;
/// the earlier of equals.
pub(in super::super) fn pairs(
    space: &Space,
    mass: &[f64],
    now: &Marginals,
    read: &[Driver],
) -> Vec<Pair> {
    let of = |driver: &Driver| {
        let d = driver.0 as usize;
        let mut leading = 0;
        for (s, chance) in now[d].iter().enumerate() {
            if chance.value > now[d][leading].value {
                leading = s;
            }
        }
        let (mut with, mut without) = (None, None);
        // A held driver has one state everywhere.
        let width = match space.held[d] {
            Some(_) => mass.len().max(1),
            None => space.weights[d],
        };
        for (block, masses) in mass.chunks(width).enumerate() {
            let best = match space.state(block * width, d) == leading {
                true => &mut with,
                false => &mut without,
            };
            for (at, m) in masses.iter().enumerate() {
                if *m > best.map_or(0.0, |at: usize| mass[at]) {
                    *best = Some(block * width + at);
                }
            }
        }
        (with, without)
    };
    read.iter().map(of).collect()
}

/// All places of the futures, each once.
pub(in super::super) fn watched(pairs: &[Pair]) -> Vec<usize> {
    let mut all: Vec<usize> = pairs.iter().flat_map(|p| [p.0, p.1]).flatten().collect();
    all.sort_unstable();
    all.dedup();
    all
}

impl Rivals {
    /// `seen`: for each signpost P(seen | future now), for each watched future.
    pub(in super::super) fn new(
        space: &Space,
        mass: &[f64],
        pair: Pair,
        watched: &[usize],
        seen: &[Vec<f64>],
    ) -> Rivals {
        let future = |at: usize| (space.future(at), mass[at]);
        let place = |at: usize| watched.binary_search(&at).ok();
        let (with, without) = pair;
        let places = with.and_then(place).zip(without.and_then(place));
        let seen: Vec<(f64, f64)> = match places {
            Some((a, b)) => seen.iter().map(|seen| (seen[a], seen[b])).collect(),
            None => Vec::new(),
        };
        Rivals {
            leading: with.map(future),
            rival: without.map(future),
            separation: seen.iter().map(|&(p, q)| separation(p, q)).collect(),
            seen,
        }
    }
}
