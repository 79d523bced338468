//! One driver's answer: a softmax of prior and impact sums (model.md 4), for all futures of a tile.
//!
//! A softmax does not mind being scaled, so the exponential of a sum is taken apart into a factor for the tile,
//! one for the row and one for the column; the innermost loop multiplies and divides and looks nothing up. Where
//! the exponents reach so far that a product of such factors could leave the range of a number, sums are added
//! up instead and the exponential is taken for each future.

use super::space::Space;
use crate::{Driver, Model};

/// Futures that are answered in one step.
pub(super) const LANES: usize = 4;
/// A number for each of some futures side by side.
pub(super) type Lanes = [f64; LANES];

/// Widest span of exponents for which factors are multiplied: e^−600 is still a normal number.
const SPAN: f64 = 600.0;

/// Which drivers a tile's rows and columns stand for; each list in declared order, the last one fastest.
pub(super) struct Shape {
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
    /// Steps of [`LANES`] columns that a row has, the last filled up.
    pub lanes: usize,
}

/// What an answer does with a vector.
#[derive(Clone, Copy)]
pub(super) struct How {
    /// Mass moves along; else values are taken back to the expectation of what they become.
    pub forward: bool,
    /// Chance that the driver stays as it is.
    pub keeps: f64,
}

/// How one of the drivers of a tile's rows answers.
pub(super) struct Answer {
    driver: usize,
    /// Number of its states.
    states: usize,
    /// κ for a thousandth.
    kappa: f64,
    bias: Vec<f64>,
    /// Impact sums of what is held.
    constant: Vec<i64>,
    /// Sources outside the tile, and their scores.
    outer: Vec<(usize, Vec<i64>)>,
    /// Rows of the drivers that are faster than this one.
    below: usize,
    lanes: usize,
    /// Whether sums, not factors, stand in the tables below.
    careful: bool,
    /// By row of the other drivers, by state.
    rows: Vec<f64>,
    /// By state, by column.
    columns: Vec<Lanes>,
    /// By own present state, by state: where it acts on itself.
    own: Option<Vec<f64>>,
}

impl Answer {
    pub(super) fn new(model: &Model, space: &Space, shape: &Shape, driver: Driver) -> Answer {
        let j = driver.0 as usize;
        let k = space.sizes[j];
        let mut answer = Answer {
            driver: j,
            states: k,
            kappa: model.kappa / 1000.0,
            bias: model.bias[j].clone(),
            constant: vec![0; k],
            outer: Vec::new(),
            below: 1,
            lanes: shape.lanes,
            careful: false,
            rows: Vec::new(),
            columns: Vec::new(),
            own: None,
        };
        let (mut inner, mut own) = (Vec::new(), None);
        let mut reach = 0;
        for block in &model.blocks[j] {
            let source = block.from.0 as usize;
            let scores: Vec<i64> = block.scores.iter().map(|&s| i64::from(s)).collect();
            if let Some(s) = space.held[source] {
                let row = usize::from(s.0) * k;
                for (sum, score) in answer.constant.iter_mut().zip(&scores[row..row + k]) {
                    *sum += score;
                }
                continue;
            }
            reach += scores.chunks_exact(k).map(span).max().unwrap_or(0);
            if source == j {
                own = Some(scores);
            } else if shape.rows.contains(&source) || shape.columns.contains(&source) {
                inner.push((source, scores));
            } else {
                answer.outer.push((source, scores));
            }
        }
        let biases = answer.bias.iter().copied();
        let (least, most) = biases.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, m), b| {
            (l.min(b), m.max(b))
        });
        // The cast: sums of thousandths stay far below 2^52, here and below.
        let exponents = (most - least)
            + answer.kappa.abs() * (reach.saturating_add(span(&answer.constant)) as f64);
        // Not a number where all biases are infinite.
        answer.careful = exponents.is_nan() || exponents > SPAN;

        let others: Vec<usize> = shape.rows.iter().copied().filter(|&d| d != j).collect();
        answer.below = others
            .iter()
            .filter(|&&d| d > j)
            .map(|&d| space.sizes[d])
            .product();
        let rows = grown(space, k, &others, &inner);
        answer.rows = rows.chunks_exact(k).flat_map(|r| answer.table(r)).collect();
        answer.own = own.map(|o| o.chunks_exact(k).flat_map(|r| answer.table(r)).collect());
        let filled = if answer.careful { 0.0 } else { 1.0 };
        answer.columns = vec![[filled; LANES]; k * shape.lanes];
        let columns = grown(space, k, &shape.columns, &inner);
        for (column, sums) in columns.chunks_exact(k).enumerate() {
            for (t, value) in answer.table(sums).into_iter().enumerate() {
                answer.columns[t * shape.lanes + column / LANES][column % LANES] = value;
            }
        }
        answer
    }

    /// What stands in a table for the impact sums on each state: factors, the greatest 1, or the sums themselves.
    fn table(&self, sums: &[i64]) -> Vec<f64> {
        if self.careful {
            return sums.iter().map(|&s| s as f64).collect();
        }
        // Strength below 1 turns the order about.
        let best = if self.kappa < 0.0 {
            sums.iter().min()
        } else {
            sums.iter().max()
        };
        let best = best.copied().unwrap_or(0);
        sums.iter()
            .map(|s| libm::exp(self.kappa * (s - best) as f64))
            .collect()
    }

    /// The same for all that is outside the tile, the prior included (in factors only).
    pub(super) fn outside(&self, state: impl Fn(usize) -> usize) -> Vec<f64> {
        let mut sums = self.constant.clone();
        for (source, scores) in &self.outer {
            let row = state(*source) * self.states;
            for (sum, score) in sums.iter_mut().zip(&scores[row..row + self.states]) {
                *sum += score;
            }
        }
        let mut table = self.table(&sums);
        if !self.careful {
            let most = self.bias.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            for (factor, bias) in table.iter_mut().zip(&self.bias) {
                *factor *= libm::exp(bias - most);
            }
        }
        table
    }

    pub(super) fn driver(&self) -> usize {
        self.driver
    }

    /// Lets the driver answer once in every future of the tile; `outside` as above.
    pub(super) fn pass(&self, tile: &mut [Lanes], outside: &[f64], how: How) {
        match self.states {
            2 => self.few::<2>(tile, outside, how),
            3 => self.few::<3>(tile, outside, how),
            4 => self.few::<4>(tile, outside, how),
            5 => self.few::<5>(tile, outside, how),
            _ => self.many(tile, outside, how),
        }
    }

    /// A number of states that is known beforehand, so that the loops over states are unrolled.
    fn few<const K: usize>(&self, tile: &mut [Lanes], outside: &[f64], how: How) {
        let (w, n) = (self.below, self.lanes);
        let columns: [&[Lanes]; K] = std::array::from_fn(|t| &self.columns[t * n..][..n]);
        let mut factors = self.rows.chunks_exact(K);
        let mut present = [0.0; K];
        let (mut scratch, mut new) = ([[0.0; LANES]; K], [[0.0; LANES]; K]);
        for block in tile.chunks_exact_mut(K * w * n) {
            for lo in 0..w {
                let mut parts = block.chunks_exact_mut(w * n);
                // A block has K parts.
                let mut rows: [&mut [Lanes]; K] =
                    std::array::from_fn(|_| &mut parts.next().unwrap_or_default()[lo * n..][..n]);
                self.join(&mut present, outside, factors.next().unwrap_or_default());
                if self.careful || self.own.is_some() {
                    self.any(&mut rows, &present, &columns, &mut scratch, &mut new, how);
                } else if !how.forward {
                    plain::<false, true>(&mut rows, &present, &columns, &mut scratch, how.keeps);
                } else if how.keeps > 0.0 {
                    plain::<true, true>(&mut rows, &present, &columns, &mut scratch, how.keeps);
                } else {
                    plain::<true, false>(&mut rows, &present, &columns, &mut scratch, how.keeps);
                }
            }
        }
    }

    /// Any number of states.
    fn many(&self, tile: &mut [Lanes], outside: &[f64], how: How) {
        let (k, w, n) = (self.states, self.below, self.lanes);
        let columns: Vec<&[Lanes]> = self.columns.chunks_exact(n).collect();
        let mut factors = self.rows.chunks_exact(k);
        let mut present = vec![0.0; k];
        let (mut scratch, mut new) = (vec![[0.0; LANES]; k], vec![[0.0; LANES]; k]);
        for block in tile.chunks_exact_mut(k * w * n) {
            for lo in 0..w {
                let mut rows: Vec<&mut [Lanes]> = block
                    .chunks_exact_mut(w * n)
                    .map(|part| &mut part[lo * n..][..n])
                    .collect();
                self.join(&mut present, outside, factors.next().unwrap_or_default());
                if self.careful || self.own.is_some() {
                    self.any(&mut rows, &present, &columns, &mut scratch, &mut new, how);
                } else if how.forward {
                    plain::<true, true>(&mut rows, &present, &columns, &mut scratch, how.keeps);
                } else {
                    plain::<false, true>(&mut rows, &present, &columns, &mut scratch, how.keeps);
                }
            }
        }
    }

    /// Factors multiply, sums add up.
    #[inline(always)]
    fn join(&self, present: &mut [f64], outside: &[f64], row: &[f64]) {
        for (joint, (a, b)) in present.iter_mut().zip(outside.iter().zip(row)) {
            *joint = if self.careful { a + b } else { a * b };
        }
    }

    /// With self-impacts, or with sums instead of factors.
    #[inline(always)]
    fn any(
        &self,
        rows: &mut [&mut [Lanes]],
        present: &[f64],
        columns: &[&[Lanes]],
        chances: &mut [Lanes],
        new: &mut [Lanes],
        how: How,
    ) {
        let (k, moves) = (rows.len(), 1.0 - how.keeps);
        for at in 0..self.lanes {
            for t in 0..k {
                new[t] = rows[t][at].map(|v| how.keeps * v);
            }
            // Without self-impacts all present states are answered alike.
            let answers = if self.own.is_some() { k } else { 1 };
            for s in 0..answers {
                let own = self.own.as_ref().map(|own| &own[s * k..][..k]);
                self.chances(present, own, columns, at, chances);
                let of = if self.own.is_some() { s..s + 1 } else { 0..k };
                if how.forward {
                    let mut whole = [0.0; LANES];
                    for u in of {
                        add(&mut whole, &rows[u][at], &[moves; LANES]);
                    }
                    for t in 0..k {
                        add(&mut new[t], &chances[t], &whole);
                    }
                } else {
                    let mut mean = [0.0; LANES];
                    for t in 0..k {
                        add(&mut mean, &chances[t], &rows[t][at]);
                    }
                    for u in of {
                        add(&mut new[u], &mean, &[moves; LANES]);
                    }
                }
            }
            for t in 0..k {
                rows[t][at] = new[t];
            }
        }
    }

    /// The probabilities of the states in some columns of a row.
    #[inline(always)]
    fn chances(
        &self,
        present: &[f64],
        own: Option<&[f64]>,
        columns: &[&[Lanes]],
        at: usize,
        out: &mut [Lanes],
    ) {
        let mut whole = [0.0; LANES];
        if self.careful {
            let mut most = [f64::NEG_INFINITY; LANES];
            for t in 0..out.len() {
                for l in 0..LANES {
                    let sum = present[t] + columns[t][at][l] + own.map_or(0.0, |o| o[t]);
                    out[t][l] = self.bias[t] + self.kappa * sum;
                    most[l] = most[l].max(out[t][l]);
                }
            }
            for t in 0..out.len() {
                for l in 0..LANES {
                    out[t][l] = libm::exp(out[t][l] - most[l]);
                    whole[l] += out[t][l];
                }
            }
        } else {
            for t in 0..out.len() {
                let factor = present[t] * own.map_or(1.0, |o| o[t]);
                for l in 0..LANES {
                    out[t][l] = factor * columns[t][at][l];
                    whole[l] += out[t][l];
                }
            }
        }
        // One division serves all states.
        let whole = whole.map(|w| 1.0 / w);
        for chance in out {
            for l in 0..LANES {
                chance[l] *= whole[l];
            }
        }
    }
}

/// `to` += `a`·`b`.
#[inline(always)]
fn add(to: &mut Lanes, a: &Lanes, b: &Lanes) {
    for l in 0..LANES {
        to[l] += a[l] * b[l];
    }
}

/// Without self-impacts, from factors: the loop in which nearly all time goes.
#[inline(always)]
fn plain<const FORWARD: bool, const KEEPS: bool>(
    rows: &mut [&mut [Lanes]],
    present: &[f64],
    columns: &[&[Lanes]],
    weights: &mut [Lanes],
    keeps: f64,
) {
    let k = rows.len();
    for at in 0..columns[0].len() {
        let (mut sum, mut whole) = ([0.0; LANES], [0.0; LANES]);
        for t in 0..k {
            let (column, old) = (&columns[t][at], &rows[t][at]);
            for l in 0..LANES {
                weights[t][l] = present[t] * column[l];
                sum[l] += weights[t][l];
                whole[l] += if FORWARD {
                    old[l]
                } else {
                    weights[t][l] * old[l]
                };
            }
        }
        let mut share = [0.0; LANES];
        for l in 0..LANES {
            share[l] = whole[l] / sum[l];
            if KEEPS {
                share[l] *= 1.0 - keeps;
            }
        }
        for t in 0..k {
            let value = &mut rows[t][at];
            for l in 0..LANES {
                let moved = if FORWARD {
                    weights[t][l] * share[l]
                } else {
                    share[l]
                };
                value[l] = if KEEPS {
                    keeps * value[l] + moved
                } else {
                    moved
                };
            }
        }
    }
}

/// How far apart the impact sums are.
fn span(sums: &[i64]) -> i64 {
    let most = sums.iter().max().copied().unwrap_or(0);
    most - sums.iter().min().copied().unwrap_or(0)
}

/// Impact sums of the drivers in `axes` for each of their joint states: driver by driver, each row grows into one
/// row for each of the next driver's states.
fn grown(space: &Space, k: usize, axes: &[usize], sources: &[(usize, Vec<i64>)]) -> Vec<i64> {
    let mut rows = vec![0_i64; k];
    for &d in axes {
        let scores = sources.iter().find(|(s, _)| *s == d).map(|(_, s)| s);
        let mut next = Vec::with_capacity(rows.len() * space.sizes[d]);
        for row in rows.chunks_exact(k) {
            for s in 0..space.sizes[d] {
                match scores {
                    Some(scores) => {
                        next.extend(row.iter().zip(&scores[s * k..]).map(|(a, b)| a + b))
                    }
                    None => next.extend_from_slice(row),
                }
            }
        }
        rows = next;
    }
    rows
}
