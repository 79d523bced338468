//! All futures in one vector: how they are numbered, summed and picked.

use crate::{Driver, Model, State};
use rayon::prelude::*;

/// Futures that one thread sums or fills at a time, about; fixed, so that nothing depends on the threads.
const CHUNK: usize = 1 << 14;
/// Most cells of a joint distribution that every part of the vector gets a copy of.
const FEW_CELLS: usize = 1 << 12;
/// Parts into which a vector is cut where each has sums of its own.
const PARTS: usize = 64;

/// The futures in which some drivers are held, numbered in declared order, the first driver slowest.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Space {
    /// The one state of a held driver.
    pub held: Vec<Option<State>>,
    /// Number of states each driver can have here.
    pub sizes: Vec<usize>,
    /// How far apart two neighbouring states of a driver are.
    pub weights: Vec<usize>,
    /// Number of futures.
    pub count: usize,
}

impl Space {
    pub(super) fn new(model: &Model, held: &[Option<State>]) -> Space {
        let n = model.drivers();
        let (mut sizes, mut weights, mut count) = (vec![1; n], vec![0; n], 1);
        for d in (0..n).rev().filter(|&d| held[d].is_none()) {
            sizes[d] = usize::from(model.sizes[d]);
            weights[d] = count;
            count *= sizes[d];
        }
        Space {
            held: held.to_vec(),
            sizes,
            weights,
            count,
        }
    }

    /// The state of a driver in a future.
    pub(super) fn state(&self, at: usize, driver: usize) -> usize {
        self.held[driver].map_or_else(
            || at / self.weights[driver] % self.sizes[driver],
            |s| usize::from(s.0),
        )
    }

    // The cast: states are counted in u16.
    pub(super) fn future(&self, at: usize) -> Vec<State> {
        (0..self.sizes.len())
            .map(|d| State(self.state(at, d) as u16))
            .collect()
    }

    /// The number of a future; `None` where it is against what is held.
    pub(super) fn number(&self, x: &[State]) -> Option<usize> {
        let mut at = 0;
        for (d, s) in x.iter().enumerate() {
            match self.held[d] {
                Some(h) if h != *s => return None,
                Some(_) => {}
                None => at += usize::from(s.0) * self.weights[d],
            }
        }
        Some(at)
    }

    /// Futures that differ in the fastest drivers only: as many of those as make a chunk, one at least.
    fn low(&self) -> usize {
        let mut low = 1;
        for &k in self.sizes.iter().rev().filter(|&&k| k > 1) {
            if low > 1 && low * k > CHUNK {
                break;
            }
            low *= k;
        }
        low
    }

    /// For each driver (of the model's sizes), for each state, its mass.
    pub(super) fn marginals(&self, model: &Model, mass: &[f64]) -> Vec<Vec<f64>> {
        // One pass: the sum of each block of fast drivers, and all blocks laid upon each other.
        let low = self.low();
        let part = (self.count / low).div_ceil(PARTS) * low;
        let sums: Vec<(Vec<f64>, Vec<f64>)> = mass
            .par_chunks(part)
            .map(|part| {
                let (mut high, mut laid) = (Vec::new(), vec![0.0; low]);
                for block in part.chunks_exact(low) {
                    high.push(block.iter().sum::<f64>());
                    for (sum, m) in laid.iter_mut().zip(block) {
                        *sum += m;
                    }
                }
                (high, laid)
            })
            .collect();
        let (mut high, mut laid) = (Vec::new(), vec![0.0; low]);
        for (part, parts) in sums {
            high.extend(part);
            for (sum, part) in laid.iter_mut().zip(parts) {
                *sum += part;
            }
        }
        let of = |d: usize| {
            let mut sums = vec![0.0; usize::from(model.sizes[d])];
            if let Some(s) = self.held[d] {
                sums[usize::from(s.0)] = high.iter().sum();
                return sums;
            }
            let (k, w) = (self.sizes[d], self.weights[d]);
            let (all, w) = if w < low {
                (&laid, w)
            } else {
                (&high, w / low)
            };
            for block in all.chunks_exact(k * w) {
                for (sum, part) in sums.iter_mut().zip(block.chunks_exact(w)) {
                    *sum += part.iter().sum::<f64>();
                }
            }
            sums
        };
        (0..self.sizes.len()).map(of).collect()
    }

    /// Where every future stands when neighbouring states of a driver are `strides[d]` apart.
    pub(super) fn places(&self, strides: &[usize]) -> Places {
        let low = self.low();
        let of = |fast: bool| {
            (0..self.sizes.len())
                .filter(|&d| self.held[d].is_none() && (self.weights[d] < low) == fast)
                .map(|d| (self.sizes[d], strides[d]))
                .collect::<Vec<_>>()
        };
        Places {
            high: places(&of(false)),
            low: places(&of(true)),
        }
    }

    /// The mass in each of `cells` joint states, which stand at `places`.
    pub(super) fn joint(&self, mass: &[f64], places: &Places, cells: usize) -> Vec<f64> {
        let low = places.low.len();
        let parts = if cells <= FEW_CELLS { PARTS } else { 1 };
        let blocks = (self.count / low).div_ceil(parts);
        let sums: Vec<Vec<f64>> = mass
            .par_chunks(blocks * low)
            .zip(places.high.par_chunks(blocks))
            .map(|(part, high)| {
                let mut sums = vec![0.0; cells];
                for (block, high) in part.chunks_exact(low).zip(high) {
                    for (m, low) in block.iter().zip(&places.low) {
                        sums[high + low] += m;
                    }
                }
                sums
            })
            .collect();
        let mut all = sums.into_iter();
        let first = all.next().unwrap_or_default();
        all.fold(first, |mut sums, part| {
            sums.iter_mut().zip(part).for_each(|(a, b)| *a += b);
            sums
        })
    }

    /// Multiplies each future by what its joint state says.
    pub(super) fn multiply(&self, mass: &mut [f64], places: &Places, factors: &[f64]) {
        mass.par_chunks_mut(places.low.len())
            .zip(&places.high)
            .for_each(|(block, high)| {
                for (m, low) in block.iter_mut().zip(&places.low) {
                    *m *= factors[high + low];
                }
            });
    }

    /// Multiplies each future by what the state of one driver says.
    pub(super) fn scale(&self, mass: &mut [f64], driver: Driver, factors: &[f64]) {
        let d = driver.0 as usize;
        if let Some(s) = self.held[d] {
            let factor = factors[usize::from(s.0)];
            mass.par_iter_mut().for_each(|m| *m *= factor);
            return;
        }
        let mut strides = vec![0; self.sizes.len()];
        strides[d] = 1;
        self.multiply(mass, &self.places(&strides), factors);
    }

    /// Sets to 0 what is not in these states.
    pub(super) fn keep_only(&self, mass: &mut [f64], states: &[&(Driver, State)]) {
        for (driver, state) in states {
            let d = driver.0 as usize;
            let k = self.held[d].map_or(self.sizes[d], |h| usize::from(h.0) + 1);
            let mut factors = vec![0.0; k.max(usize::from(state.0) + 1)];
            factors[usize::from(state.0)] = 1.0;
            self.scale(mass, *driver, &factors);
        }
    }
}

/// Where futures stand in another vector: a place for the slow drivers plus one for the fast.
pub(super) struct Places {
    high: Vec<usize>,
    low: Vec<usize>,
}

impl Places {
    /// The places in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.high
            .iter()
            .flat_map(|high| self.low.iter().map(move |low| high + low))
    }
}

/// Where each joint state of some drivers stands, given their numbers of states and how far apart two neighbouring
/// states are; the first driver is slowest.
pub(super) fn places(axes: &[(usize, usize)]) -> Vec<usize> {
    axes.iter().fold(vec![0], |all, &(k, stride)| {
        all.iter()
            .flat_map(|at| (0..k).map(move |s| at + s * stride))
            .collect()
    })
}

/// The sum, in the same order for any number of threads.
pub(super) fn sum(mass: &[f64]) -> f64 {
    let parts: Vec<f64> = mass.par_chunks(CHUNK).map(|c| c.iter().sum()).collect();
    parts.iter().sum()
}

/// Divides by the sum, where there is one, and returns it.
pub(super) fn normalise(mass: &mut [f64]) -> f64 {
    let whole = sum(mass);
    if whole > 0.0 {
        mass.par_iter_mut().for_each(|m| *m /= whole);
    }
    whole
}
