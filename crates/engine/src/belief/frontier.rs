//! Rounds over no more drivers than must be known: the frontier (Zweig 1996; Murphy 2002), for the same model with
//! many different numbers.
//!
//! While a round is under way, a driver's state counts only until the last one that looks at it has answered, or
//! until it answers itself without keeping its state. So a step takes one driver's answer in and sums out whoever is
//! read no more, and the vector is over those in between alone. What a step reads and writes where is worked out
//! once; members of an ensemble differ in the chances only.

use super::space::{Space, places};
use crate::{Model, State};
use std::collections::BTreeSet;

/// Cells side by side for which chances are laid out, about.
const RUN: usize = 81;
/// Cells that are added up together.
const LANES: usize = 4;
/// Widest span of exponents for which factors are multiplied: e^−600 is still a normal number.
const SPAN: f64 = 600.0;
/// Marks the chance of a state that the driver was in before.
const STAYS: u32 = 1 << 31;

/// For each driver, those whose states it looks at, its own included; nobody for one that is held.
pub(super) type Parents = Vec<Vec<usize>>;

pub(super) fn parents(model: &Model, space: &Space) -> Parents {
    let of = |d: usize| {
        let acts = |b: &&crate::model::Block| {
            space.held[b.from.0 as usize].is_none() && b.scores.iter().any(|&s| s != 0)
        };
        let blocks = model.blocks[d].iter().filter(acts);
        blocks.map(|b| b.from.0 as usize).collect()
    };
    let free = |d: usize| space.held[d].is_none();
    (0..model.drivers())
        .map(|d| if free(d) { of(d) } else { Vec::new() })
        .collect()
}

/// P(state | states of its parents) of one driver, the first parent slowest, its own new state fastest.
pub(super) fn chances(
    model: &Model,
    space: &Space,
    driver: usize,
    parents: &[usize],
    out: &mut Vec<f64>,
) {
    let k = space.sizes[driver];
    let kappa = model.kappa / 1000.0;
    let mut constant = vec![0_i64; k];
    let mut acting = Vec::with_capacity(parents.len());
    let mut reach = 0;
    for block in &model.blocks[driver] {
        let source = block.from.0 as usize;
        if let Some(s) = space.held[source] {
            let row = &block.scores[usize::from(s.0) * k..][..k];
            for (sum, &score) in constant.iter_mut().zip(row) {
                *sum += i64::from(score);
            }
        } else if parents.contains(&source) {
            reach += block
                .scores
                .chunks_exact(k)
                .map(|row| span(row.iter().map(|&s| i64::from(s))))
                .max()
                .unwrap_or(0);
            acting.push(&block.scores);
        }
    }
    // The cast: sums of thousandths stay far below 2^52, here and below.
    let base = constant.iter().zip(&model.bias[driver]);
    let base: Vec<f64> = base.map(|(&sum, b)| b + kappa * sum as f64).collect();
    let most = base.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = base.iter().copied().fold(f64::INFINITY, f64::min);
    // Not a number where all biases are infinite.
    let exponents = most - least + kappa.abs() * reach as f64;
    let careful = exponents.is_nan() || exponents > SPAN;
    out.clear();
    if careful {
        out.extend(&base);
    } else {
        out.extend(base.iter().map(|b| libm::exp(b - most)));
    }
    // Driver by driver, each row grows into one row for each of the next driver's states.
    let mut grown: Vec<f64> = Vec::new();
    for scores in acting {
        let table: Vec<f64> = scores
            .chunks_exact(k)
            .flat_map(|row| {
                let scaled = row.iter().map(|&s| kappa * f64::from(s));
                let best = scaled.clone().fold(f64::NEG_INFINITY, f64::max);
                scaled.map(move |s| if careful { s } else { libm::exp(s - best) })
            })
            .collect();
        grown.clear();
        grown.reserve(out.len() * table.len() / k);
        for row in out.chunks_exact(k) {
            for state in table.chunks_exact(k) {
                let both = row.iter().zip(state);
                grown.extend(both.map(|(a, b)| if careful { a + b } else { a * b }));
            }
        }
        std::mem::swap(out, &mut grown);
    }
    for row in out.chunks_exact_mut(k) {
        if careful {
            let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            row.iter_mut().for_each(|v| *v = libm::exp(*v - most));
        }
        let whole = 1.0 / row.iter().sum::<f64>();
        row.iter_mut().for_each(|v| *v *= whole);
    }
}

/// How far apart numbers are.
fn span(of: impl Iterator<Item = i64> + Clone) -> i64 {
    of.clone().max().unwrap_or(0) - of.min().unwrap_or(0)
}

/// Chances of one driver laid out as a step reads them.
#[derive(PartialEq)]
struct Laid {
    driver: usize,
    keeps: f64,
    /// Where each stands in [`chances`]; [`STAYS`] where the driver was in that state before.
    from: Vec<u32>,
}

/// All layouts that the steps of some programs need, each once.
#[derive(Default)]
pub(super) struct Layouts {
    all: Vec<Laid>,
}

impl Layouts {
    fn add(&mut self, laid: Laid) -> usize {
        let known = self.all.iter().position(|l| *l == laid);
        known.unwrap_or_else(|| {
            self.all.push(laid);
            self.all.len() - 1
        })
    }

    /// Lays the chances of all drivers out.
    pub(super) fn lay(&self, chances: &[Vec<f64>], out: &mut Vec<Vec<f64>>) {
        out.resize_with(self.all.len(), Vec::new);
        for (laid, out) in self.all.iter().zip(out) {
            let chances = &chances[laid.driver];
            out.clear();
            if laid.keeps == 0.0 {
                out.extend(laid.from.iter().map(|&at| chances[at as usize]));
            } else {
                let moves = 1.0 - laid.keeps;
                let of = |&at: &u32| {
                    let stays = if at & STAYS == 0 { 0.0 } else { laid.keeps };
                    moves * chances[(at & !STAYS) as usize] + stays
                };
                out.extend(laid.from.iter().map(of));
            }
        }
    }
}

/// One driver answers, and some are read no more.
struct Step {
    /// States of the driver.
    states: usize,
    layout: usize,
    /// By cell that stays, but for those side by side: where it stands before, in the layout, and after.
    cells: Vec<[u32; 3]>,
    /// What is summed over: where each joint state stands before and in the layout.
    gone: Vec<[u32; 2]>,
    /// Cells side by side.
    run: usize,
    /// How far apart the states of the driver stand after it.
    apart: usize,
    /// Cells after it.
    length: usize,
}

/// Answers one after another, from one frontier to the next.
pub(super) struct Program {
    steps: Vec<Step>,
    /// The drivers of the vector before the first step and after each, in declared order.
    pub sets: Vec<Vec<usize>>,
    /// Who answers.
    pub order: Vec<usize>,
}

/// What a program is made from.
pub(super) struct Making<'a> {
    pub parents: &'a Parents,
    /// Numbers of states.
    pub sizes: &'a [usize],
    /// The state of a driver that is not on the frontier when it is looked at.
    pub known: &'a [Option<State>],
    /// Chance that a driver stays as it is; nothing where none does.
    pub keeps: &'a [f64],
}

impl Program {
    /// `sets` are the drivers of the vector before the first answer and after each.
    pub(super) fn new(
        making: &Making,
        order: &[usize],
        sets: Vec<BTreeSet<usize>>,
        layouts: &mut Layouts,
    ) -> Program {
        let sets: Vec<Vec<usize>> = sets.into_iter().map(|s| s.into_iter().collect()).collect();
        let steps = order
            .iter()
            .zip(sets.windows(2))
            .map(|(&d, around)| Step::new(making, d, &around[0], &around[1], layouts))
            .collect();
        Program {
            steps,
            sets,
            order: order.to_vec(),
        }
    }

    /// Runs all steps; what comes out is in `values`, and `other` is room to work in. `each` sees every vector after
    /// its step.
    pub(super) fn run(
        &self,
        laid: &[Vec<f64>],
        values: &mut Vec<f64>,
        other: &mut Vec<f64>,
        mut each: impl FnMut(usize, &[f64]),
    ) {
        for (at, step) in self.steps.iter().enumerate() {
            step.run(&laid[step.layout], values, other);
            std::mem::swap(values, other);
            each(at, values);
        }
    }
}

/// How far apart neighbouring states of each driver are in a vector over some, and its length.
fn strides(sizes: &[usize], axes: &[usize]) -> (Vec<usize>, usize) {
    let (mut strides, mut length) = (vec![0; sizes.len()], 1);
    for &d in axes.iter().rev() {
        strides[d] = length;
        length *= sizes[d];
    }
    (strides, length)
}

impl Step {
    fn new(
        making: &Making,
        driver: usize,
        from: &[usize],
        to: &[usize],
        layouts: &mut Layouts,
    ) -> Step {
        let (sizes, parents) = (making.sizes, &making.parents[driver]);
        let (before, _) = strides(sizes, from);
        let (after, length) = strides(sizes, to);
        let k = sizes[driver];
        let keeps = making.keeps.get(driver).copied().unwrap_or(0.0);
        let known = |d: usize| making.known[d].map_or(0, |s| usize::from(s.0));
        let stays = |d: usize| d != driver && to.contains(&d);
        let (staying, gone): (Vec<usize>, Vec<usize>) = from.iter().partition(|&&d| stays(d));
        // The fastest of those that stay, as long as they stand in the same way before and after.
        let (mut run, mut along) = (1, 0);
        for &d in staying.iter().rev() {
            let fits = before[d] == run && after[d] == run;
            if !fits || (along > 0 && run * sizes[d] > RUN) {
                break;
            }
            run *= sizes[d];
            along += 1;
        }
        let (slow, fast) = staying.split_at(staying.len() - along);
        // Where chances stand as they are found, and whether they differ by a driver at all.
        let mut found = vec![0; sizes.len()];
        let mut width = k;
        for &d in parents.iter().rev() {
            found[d] = width;
            width *= sizes[d];
        }
        let matters = |d: &usize| parents.contains(d) || (*d == driver && keeps > 0.0);
        let slow_here: Vec<usize> = slow.iter().copied().filter(matters).collect();
        let gone_here: Vec<usize> = gone.iter().copied().filter(matters).collect();
        let base: usize = parents
            .iter()
            .filter(|d| !from.contains(d))
            .map(|&d| found[d] * known(d))
            .sum();
        let axes = |list: &[usize], by: &[usize]| {
            places(&list.iter().map(|&d| (sizes[d], by[d])).collect::<Vec<_>>())
        };
        // Its own state before, where it counts.
        let was: Box<dyn Fn(usize) -> Option<usize>> =
            match gone_here.iter().rposition(|&d| d == driver) {
                _ if keeps == 0.0 => Box::new(|_| None),
                Some(at) => {
                    let below: usize = gone_here[at + 1..].iter().map(|&d| sizes[d]).product();
                    Box::new(move |joint| Some(joint / below % k))
                }
                None => {
                    let state = known(driver);
                    Box::new(move |_| Some(state))
                }
            };
        let (along_run, gone_at) = (axes(fast, &found), axes(&gone_here, &found));
        let mut laid = Vec::new();
        for high in axes(&slow_here, &found) {
            for (joint, low) in gone_at.iter().enumerate() {
                for t in 0..k {
                    let mark = if was(joint) == Some(t) { STAYS } else { 0 };
                    // The cast: a table of 2^31 chances fits no memory that members share.
                    let of = |r: &usize| (base + high + low + t + r) as u32 | mark;
                    laid.extend(along_run.iter().map(of));
                }
            }
        }
        let mut here = vec![0; sizes.len()];
        let mut width = k * run;
        // Those that are gone stand below those that stay.
        for &d in gone_here.iter().rev() {
            here[d] = width;
            width *= sizes[d];
        }
        for &d in slow_here.iter().rev() {
            here[d] = width;
            width *= sizes[d];
        }
        let three = axes(slow, &before)
            .into_iter()
            .zip(axes(slow, &here))
            .zip(axes(slow, &after));
        let two = axes(&gone, &before).into_iter().zip(axes(&gone, &here));
        Step {
            states: k,
            layout: layouts.add(Laid {
                driver,
                keeps,
                from: laid,
            }),
            // The casts: as above.
            cells: three
                .map(|((b, h), a)| [b as u32, h as u32, a as u32])
                .collect(),
            gone: two.map(|(b, h)| [b as u32, h as u32]).collect(),
            run,
            apart: after[driver],
            length,
        }
    }

    fn run(&self, laid: &[f64], from: &[f64], to: &mut Vec<f64>) {
        // Every cell is written.
        to.resize(self.length, 0.0);
        match self.states {
            2 => self.few::<2>(laid, from, to),
            3 => self.few::<3>(laid, from, to),
            4 => self.few::<4>(laid, from, to),
            5 => self.few::<5>(laid, from, to),
            _ => self.many(laid, from, to),
        }
    }

    /// A number of states that is known beforehand, so that the loops over states are unrolled.
    fn few<const K: usize>(&self, laid: &[f64], from: &[f64], to: &mut [f64]) {
        let (run, apart) = (self.run, self.apart);
        let whole = run / LANES * LANES;
        for &[before, here, after] in &self.cells {
            let (before, here, after) = (before as usize, here as usize, after as usize);
            for lo in (0..whole).step_by(LANES) {
                let mut sums = [[0.0; LANES]; K];
                for &[b, h] in &self.gone {
                    let x = &from[before + b as usize + lo..][..LANES];
                    let chances = &laid[here + h as usize + lo..][..(K - 1) * run + LANES];
                    for (t, sum) in sums.iter_mut().enumerate() {
                        let chance = &chances[t * run..][..LANES];
                        for l in 0..LANES {
                            sum[l] += chance[l] * x[l];
                        }
                    }
                }
                for (t, sum) in sums.iter().enumerate() {
                    to[after + t * apart + lo..][..LANES].copy_from_slice(sum);
                }
            }
            for lo in whole..run {
                let mut sums = [0.0; K];
                for &[b, h] in &self.gone {
                    let x = from[before + b as usize + lo];
                    let chances = &laid[here + h as usize + lo..][..(K - 1) * run + 1];
                    for (t, sum) in sums.iter_mut().enumerate() {
                        *sum += chances[t * run] * x;
                    }
                }
                for (t, sum) in sums.iter().enumerate() {
                    to[after + t * apart + lo] = *sum;
                }
            }
        }
    }

    /// Any number of states.
    fn many(&self, laid: &[f64], from: &[f64], to: &mut [f64]) {
        for &[before, here, after] in &self.cells {
            let (before, here, after) = (before as usize, here as usize, after as usize);
            for t in 0..self.states {
                let out = &mut to[after + t * self.apart..][..self.run];
                out.fill(0.0);
                for &[b, h] in &self.gone {
                    let x = &from[before + b as usize..][..self.run];
                    let chances = &laid[here + h as usize + t * self.run..][..self.run];
                    for (sum, (c, x)) in out.iter_mut().zip(chances.iter().zip(x)) {
                        *sum += c * x;
                    }
                }
            }
        }
    }
}

/// The mass on each state of a driver in a vector over some.
pub(super) fn marginal(sizes: &[usize], axes: &[usize], driver: usize, mass: &[f64]) -> Vec<f64> {
    let (strides, _) = strides(sizes, axes);
    let (k, w) = (sizes[driver], strides[driver]);
    let mut sums = vec![0.0; k];
    for block in mass.chunks_exact(k * w) {
        for (sum, part) in sums.iter_mut().zip(block.chunks_exact(w)) {
            *sum += part.iter().sum::<f64>();
        }
    }
    sums
}

/// Who is looked at again before answering anew, where no driver keeps its state: before each answer of a round,
/// and after the last.
pub(super) fn live(order: &[usize], parents: &Parents) -> Vec<BTreeSet<usize>> {
    let n = order.len();
    let is = |d: usize, at: usize| {
        for step in 0..n {
            let next = order[(at + step) % n];
            if parents[next].contains(&d) {
                return true;
            }
            if next == d {
                return false;
            }
        }
        false
    };
    (0..=n)
        .map(|at| order.iter().copied().filter(|&d| is(d, at)).collect())
        .collect()
}

/// The answers that another answer ever rests on, round after round: drivers that nobody in turn looks at are left
/// out until there are none.
pub(super) fn lasting(order: &[usize], parents: &Parents) -> Vec<usize> {
    let mut left = order.to_vec();
    loop {
        let read = |d: &usize| left.iter().any(|on| parents[*on].contains(d));
        let fewer: Vec<usize> = left.iter().copied().filter(read).collect();
        if fewer.len() == left.len() {
            return left;
        }
        left = fewer;
    }
}
