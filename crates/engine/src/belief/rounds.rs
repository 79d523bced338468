//! Rounds over the vector of all futures (model.md 4), a tile at a time.
//!
//! Drivers answer in the order of the round, and each answer is a pass over all futures. Memory is slower than
//! the arithmetic, so drivers that answer one after another share a *stage*: the vector is taken apart into tiles
//! that a core's cache holds, in which all of the stage's drivers vary, and every tile goes through all of their
//! answers before the next one is read. Within a stage some drivers at a time (a *step*) make the rows of the
//! tile, all others its columns, so that the innermost loop always runs along columns.

use super::answer::{Answer, How, LANES, Lanes, Shape};
use super::space::{Space, places};
use crate::order::rounds_order;
use crate::{Driver, Model};
use rayon::prelude::*;

/// Futures in a tile, at most, where the numbers of states allow: 512 KiB.
const TILE: usize = 1 << 16;
/// Futures that lie side by side in a tile, at least, where the space has as many.
const RUN: usize = 64;
/// Columns of a tile in a step, at least, where it has as many futures.
const COLUMNS: usize = 64;
/// Futures copied piece by piece with one list of places.
const PIECE: usize = 1 << 10;

/// Rounds over one space, ready to be run.
pub(super) struct Rounds {
    stages: Vec<Stage>,
    keeps: Vec<f64>,
    acyclic: bool,
}

/// What one round did.
pub(super) struct Change {
    /// L1 distance between the vectors before and after it.
    pub distance: f64,
    /// Sum of the vector after it.
    pub whole: f64,
}

impl Rounds {
    pub(super) fn new(model: &Model, space: &Space) -> Rounds {
        // The cast: drivers are counted in u32.
        let held: Vec<Driver> = (0..model.drivers())
            .filter(|&d| space.held[d].is_some())
            .map(|d| Driver(d as u32))
            .collect();
        let order = rounds_order(model, &held);
        let mut stages = Vec::new();
        let mut left = &order[..];
        while !left.is_empty() {
            let fits = |n: usize| Tiling::around(space, &left[..n]).1 <= TILE;
            let n = (1..=left.len()).take_while(|&n| n == 1 || fits(n)).last();
            let (now, later) = left.split_at(n.unwrap_or(1));
            stages.push(Stage::new(model, space, now));
            left = later;
        }
        Rounds {
            stages,
            keeps: model.keeps.clone(),
            acyclic: acyclic(model, space, &order),
        }
    }

    /// Whether no driver is acted on by itself or by one that answers after it: then one round settles all.
    pub(super) fn acyclic(&self) -> bool {
        self.acyclic
    }

    /// One round from now to then: mass moves along, drivers keep their states as the model says.
    pub(super) fn unfold(&self, mass: &mut [f64], tick: &(dyn Fn() + Sync)) {
        for stage in &self.stages {
            stage.walk(mass, None, 1.0, tick, &|d| How {
                forward: true,
                keeps: self.keeps[d],
            });
        }
    }

    /// The same backwards: values are taken back to the expectation of what they become.
    pub(super) fn take_back(&self, values: &mut [f64], tick: &(dyn Fn() + Sync)) {
        for stage in self.stages.iter().rev() {
            stage.walk(values, None, 1.0, tick, &|d| How {
                forward: false,
                keeps: self.keeps[d],
            });
        }
    }

    /// One round in which no driver keeps its state. Before it `mass` and `last`, which are equal, are multiplied
    /// by `scale`; after it `last` equals `mass` again.
    pub(super) fn settle(
        &self,
        mass: &mut [f64],
        last: &mut [f64],
        scale: f64,
        tick: &(dyn Fn() + Sync),
    ) -> Change {
        let how = |_| How {
            forward: true,
            keeps: 0.0,
        };
        let mut change = Change {
            distance: 0.0,
            whole: 1.0,
        };
        for (at, stage) in self.stages.iter().enumerate() {
            let first = if at == 0 { scale } else { 1.0 };
            let compared = (at + 1 == self.stages.len()).then_some((&mut *last, scale));
            change = stage.walk(mass, compared, first, tick, &how);
        }
        change
    }
}

fn acyclic(model: &Model, space: &Space, order: &[Driver]) -> bool {
    let mut answered = vec![false; model.drivers()];
    order.iter().all(|on| {
        let fits = model.blocks[on.0 as usize].iter().all(|b| {
            let source = b.from.0 as usize;
            space.held[source].is_some() || answered[source] || b.scores.iter().all(|&s| s == 0)
        });
        answered[on.0 as usize] = true;
        fits
    })
}

/// How the vector of all futures is taken apart.
struct Tiling {
    /// Drivers that vary within a tile, in declared order.
    inner: Vec<usize>,
    /// Drivers that do not.
    outer: Vec<usize>,
    /// The last of `inner` that vary within one run of futures side by side.
    along: Vec<usize>,
    /// Futures in a run.
    run: usize,
}

impl Tiling {
    /// The smallest tiles in which these drivers vary and runs are long enough; and their number of futures.
    fn around(space: &Space, drivers: &[Driver]) -> (Tiling, usize) {
        let mut within = vec![false; space.sizes.len()];
        for d in drivers {
            within[d.0 as usize] = true;
        }
        let free: Vec<usize> = (0..within.len())
            .filter(|&d| space.held[d].is_none())
            .collect();
        let mut run = 1_usize;
        for &d in free.iter().rev() {
            if !within[d] && run >= RUN {
                break;
            }
            within[d] = true;
            run *= space.sizes[d];
        }
        Tiling::of(space, &free, &within)
    }

    fn of(space: &Space, free: &[usize], within: &[bool]) -> (Tiling, usize) {
        let (inner, outer): (Vec<usize>, Vec<usize>) = free.iter().partition(|&&d| within[d]);
        let along = free.iter().rev().take_while(|&&d| within[d]).count();
        let along = free[free.len() - along..].to_vec();
        let run = along.iter().map(|&d| space.sizes[d]).product();
        let size = inner
            .iter()
            .fold(1_usize, |n, &d| n.saturating_mul(space.sizes[d]));
        let tiling = Tiling {
            inner,
            outer,
            along,
            run,
        };
        (tiling, size)
    }

    /// Room that is left in a tile is filled with further drivers, the fastest first.
    fn filled(self, space: &Space, size: usize) -> (Tiling, usize) {
        let mut within = vec![true; space.sizes.len()];
        for &d in &self.outer {
            within[d] = false;
        }
        let mut size = size;
        for &d in self.outer.iter().rev() {
            if size.saturating_mul(space.sizes[d]) > TILE {
                break;
            }
            size *= space.sizes[d];
            within[d] = true;
        }
        let free: Vec<usize> = (0..within.len())
            .filter(|&d| space.held[d].is_none())
            .collect();
        Tiling::of(space, &free, &within)
    }
}

/// Some drivers that answer one after another, tile by tile.
struct Stage {
    /// Drivers that do not vary within a tile and their numbers of states; the first is slowest.
    outer: Vec<(usize, usize)>,
    /// Futures side by side.
    run: usize,
    /// Runs in a tile.
    runs: usize,
    tiles: usize,
    /// The tile of each run.
    tile_of: Vec<u32>,
    steps: Vec<Step>,
}

/// Some drivers of a stage, which are the rows of the tile.
struct Step {
    layout: Layout,
    answers: Vec<Answer>,
}

impl Stage {
    fn new(model: &Model, space: &Space, drivers: &[Driver]) -> Stage {
        let (tiling, size) = Tiling::around(space, drivers);
        let (tiling, size) = tiling.filled(space, size);
        let slower: Vec<usize> = tiling.inner[..tiling.inner.len() - tiling.along.len()].to_vec();
        // The tile of a run is the joint state of the outer drivers; runs are met in declared order.
        let mut slow = [&slower[..], &tiling.outer].concat();
        slow.sort_unstable();
        let mut tiles = 1;
        let mut strides = vec![0; space.sizes.len()];
        for &d in tiling.outer.iter().rev() {
            strides[d] = tiles;
            tiles *= space.sizes[d];
        }
        let axes: Vec<(usize, usize)> =
            slow.iter().map(|&d| (space.sizes[d], strides[d])).collect();
        // The cast: 2^32 tiles of 64 futures or more fit no memory.
        let tile_of = places(&axes).into_iter().map(|t| t as u32).collect();
        let steps = steps(space, drivers, size)
            .into_iter()
            .map(|drivers| Step::new(model, space, &tiling, drivers))
            .collect();
        Stage {
            outer: tiling.outer.iter().map(|&d| (d, space.sizes[d])).collect(),
            run: tiling.run,
            runs: size / tiling.run,
            tiles,
            tile_of,
            steps,
        }
    }

    fn split<'v>(&self, values: &'v mut [f64]) -> Vec<Vec<&'v mut [f64]>> {
        let mut tiles: Vec<Vec<&mut [f64]>> = (0..self.tiles)
            .map(|_| Vec::with_capacity(self.runs))
            .collect();
        for (run, &tile) in values.chunks_exact_mut(self.run).zip(&self.tile_of) {
            tiles[tile as usize].push(run);
        }
        tiles
    }

    /// The states of the outer drivers, by driver.
    fn outside(&self, mut tile: usize) -> Vec<(usize, usize)> {
        let mut states = Vec::with_capacity(self.outer.len());
        for &(d, k) in self.outer.iter().rev() {
            states.push((d, tile % k));
            tile /= k;
        }
        states
    }

    /// Lets all drivers of the stage answer. What is found is multiplied by `scale` first; what comes out is held
    /// against `last` (a vector and by what it is to be multiplied), which becomes equal to it.
    fn walk(
        &self,
        values: &mut [f64],
        last: Option<(&mut [f64], f64)>,
        scale: f64,
        tick: &(dyn Fn() + Sync),
        how: &(dyn Fn(usize) -> How + Sync),
    ) -> Change {
        let (last, last_scale) = match last {
            Some((last, scale)) => (Some(last), scale),
            None => (None, 1.0),
        };
        let lasts = match last {
            Some(last) => self.split(last),
            None => (0..self.tiles).map(|_| Vec::new()).collect(),
        };
        let work = self.split(values).into_par_iter().zip(lasts).enumerate();
        let changes: Vec<Change> = work
            .map_init(Vec::new, |tile, (number, (mut runs, lasts))| {
                let outside = self.outside(number);
                let state = |d: usize| outside.iter().find(|o| o.0 == d).map_or(0, |o| o.1);
                let mut run_steps = |step: &Step, at: usize| {
                    // What fills up the last column may be anything: nobody reads what becomes of it.
                    tile.resize(step.layout.lanes, [0.0; LANES]);
                    step.layout
                        .gather(&runs, tile, if at == 0 { scale } else { 1.0 });
                    let pass = |answer: &Answer| {
                        let how = how(answer.driver());
                        answer.pass(tile, &answer.outside(state), how);
                    };
                    if how(step.answers[0].driver()).forward {
                        step.answers.iter().for_each(pass);
                    } else {
                        step.answers.iter().rev().for_each(pass);
                    }
                    step.layout.scatter(tile, &mut runs);
                };
                if how(self.steps[0].answers[0].driver()).forward {
                    self.steps
                        .iter()
                        .enumerate()
                        .for_each(|(at, s)| run_steps(s, at));
                } else {
                    self.steps
                        .iter()
                        .rev()
                        .enumerate()
                        .for_each(|(at, s)| run_steps(s, at));
                }
                tick();
                compare(&runs, lasts, last_scale)
            })
            .collect();
        // In the order of the tiles, whoever did them.
        changes.into_iter().fold(
            Change {
                distance: 0.0,
                whole: 0.0,
            },
            |sum, c| Change {
                distance: sum.distance + c.distance,
                whole: sum.whole + c.whole,
            },
        )
    }
}

fn compare(runs: &[&mut [f64]], lasts: Vec<&mut [f64]>, scale: f64) -> Change {
    let (mut distance, mut whole) = ([0.0; LANES], [0.0; LANES]);
    for (run, last) in runs.iter().zip(lasts) {
        let (new, rest) = run.as_chunks::<LANES>();
        let (old, old_rest) = last.as_chunks_mut::<LANES>();
        for (new, old) in new.iter().zip(old) {
            for l in 0..LANES {
                distance[l] += (new[l] - scale * old[l]).abs();
                whole[l] += new[l];
            }
            *old = *new;
        }
        for (new, old) in rest.iter().zip(old_rest) {
            distance[0] += (new - scale * *old).abs();
            whole[0] += new;
            *old = *new;
        }
    }
    Change {
        distance: distance.iter().sum(),
        whole: whole.iter().sum(),
    }
}

/// Which drivers of a stage are rows together: as few steps as leave enough columns, as even as may be.
fn steps<'d>(space: &Space, drivers: &'d [Driver], tile: usize) -> Vec<&'d [Driver]> {
    let within = |most: usize| {
        let mut parts = Vec::new();
        let mut left = drivers;
        while !left.is_empty() {
            let (mut n, mut rows) = (0, 1_usize);
            for d in left {
                rows = rows.saturating_mul(space.sizes[d.0 as usize]);
                if n > 0 && rows > most {
                    break;
                }
                n += 1;
            }
            let (now, later) = left.split_at(n);
            parts.push(now);
            left = later;
        }
        parts
    };
    let mut most = (tile / COLUMNS).max(1);
    let fewest = within(most).len();
    while most > 1 && within(most / 2).len() == fewest {
        most /= 2;
    }
    within(most)
}

impl Step {
    fn new(model: &Model, space: &Space, tiling: &Tiling, drivers: &[Driver]) -> Step {
        let is_row = |d: usize| drivers.iter().any(|r| r.0 as usize == d);
        let (rows, columns): (Vec<usize>, Vec<usize>) =
            tiling.inner.iter().partition(|&&d| is_row(d));
        let mut strides = vec![0; space.sizes.len()];
        let mut width = 1;
        for &d in columns.iter().rev() {
            strides[d] = width;
            width *= space.sizes[d];
        }
        let lanes = width.div_ceil(LANES);
        let mut length = lanes * LANES;
        for &d in rows.iter().rev() {
            strides[d] = length;
            length *= space.sizes[d];
        }
        let shape = Shape {
            rows,
            columns,
            lanes,
        };
        Step {
            layout: Layout::new(space, tiling, &strides, length / LANES),
            answers: drivers
                .iter()
                .map(|&d| Answer::new(model, space, &shape, d))
                .collect(),
        }
    }
}

/// Where the futures of the runs of a tile stand within it.
struct Layout {
    /// Length of the tile, filled up.
    lanes: usize,
    /// Futures copied with one list of places.
    piece: usize,
    /// Where each piece begins.
    starts: Vec<usize>,
    /// Where its futures stand after that; `None` where side by side.
    places: Option<Vec<usize>>,
}

impl Layout {
    fn new(space: &Space, tiling: &Tiling, strides: &[usize], lanes: usize) -> Layout {
        let axis = |&d: &usize| (space.sizes[d], strides[d]);
        let (mut piece, mut drivers) = (1, 0);
        for (k, stride) in tiling.along.iter().rev().map(axis) {
            if stride != piece {
                break;
            }
            piece *= k;
            drivers += 1;
        }
        let together = piece >= 16;
        if !together {
            (piece, drivers) = (1, 0);
            for (k, _) in tiling.along.iter().rev().map(axis) {
                if drivers > 0 && piece * k > PIECE {
                    break;
                }
                piece *= k;
                drivers += 1;
            }
        }
        let (slow, fast) = tiling.inner.split_at(tiling.inner.len() - drivers);
        Layout {
            lanes,
            piece,
            starts: places(&slow.iter().map(axis).collect::<Vec<_>>()),
            places: (!together).then(|| places(&fast.iter().map(axis).collect::<Vec<_>>())),
        }
    }

    fn gather(&self, runs: &[&mut [f64]], tile: &mut [Lanes], scale: f64) {
        let tile = tile.as_flattened_mut();
        let pieces = runs.iter().flat_map(|r| r.chunks_exact(self.piece));
        for (piece, &start) in pieces.zip(&self.starts) {
            match &self.places {
                Some(places) => {
                    let tile = &mut tile[start..];
                    for (value, &place) in piece.iter().zip(places) {
                        tile[place] = scale * value;
                    }
                }
                None => {
                    let tile = &mut tile[start..][..piece.len()];
                    for (to, value) in tile.iter_mut().zip(piece) {
                        *to = scale * value;
                    }
                }
            }
        }
    }

    fn scatter(&self, tile: &[Lanes], runs: &mut [&mut [f64]]) {
        let tile = tile.as_flattened();
        let pieces = runs.iter_mut().flat_map(|r| r.chunks_exact_mut(self.piece));
        for (piece, &start) in pieces.zip(&self.starts) {
            match &self.places {
                Some(places) => {
                    let tile = &tile[start..];
                    for (value, &place) in piece.iter_mut().zip(places) {
                        *value = tile[place];
                    }
                }
                None => piece.copy_from_slice(&tile[start..][..piece.len()]),
            }
        }
    }
}
