//! All futures in one vector, and one driver's answer as a pass over it (model.md 4).

use crate::{Driver, Model, State};
use rayon::prelude::*;

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

    /// For each driver (of the model's sizes), for each state, its mass.
    pub(super) fn marginals(&self, model: &Model, mass: &[f64]) -> Vec<Vec<f64>> {
        (0..self.sizes.len())
            .into_par_iter()
            .map(|d| {
                let mut sums = vec![0.0; usize::from(model.sizes[d])];
                if let Some(s) = self.held[d] {
                    sums[usize::from(s.0)] = mass.iter().sum();
                    return sums;
                }
                let (k, w) = (self.sizes[d], self.weights[d]);
                for block in mass.chunks_exact(k * w) {
                    for (sum, part) in sums.iter_mut().zip(block.chunks_exact(w)) {
                        *sum += part.iter().sum::<f64>();
                    }
                }
                sums
            })
            .collect()
    }
}

/// How one driver answers: softmax of prior and impact sums.
pub(super) struct Answer<'a> {
    space: &'a Space,
    driver: usize,
    bias: &'a [f64],
    kappa: f64,
    /// Scores, in grains, of free sources other than the driver itself: (source, rows).
    sources: Vec<(usize, Vec<i64>)>,
    /// Its own scores, where it acts on itself.
    own: Option<Vec<i64>>,
    /// Sums of the held sources.
    constant: Vec<i64>,
    /// exp(−κ·n·grain) for whole numbers n of the greatest common grain of the scores.
    table: Vec<f64>,
    grain: i64,
}

/// Longest table of exponentials.
const TABLE: i64 = 1 << 16;

impl<'a> Answer<'a> {
    pub(super) fn new(model: &'a Model, space: &'a Space, driver: Driver) -> Self {
        let j = driver.0 as usize;
        let k = usize::from(model.sizes[j]);
        let mut answer = Answer {
            space,
            driver: j,
            bias: &model.bias[j],
            kappa: model.kappa,
            sources: Vec::new(),
            own: None,
            constant: vec![0; k],
            table: Vec::new(),
            grain: 0,
        };
        let (mut grain, mut reach) = (0_i64, 0_i64);
        for block in &model.blocks[j] {
            let source = block.from.0 as usize;
            reach += block
                .scores
                .iter()
                .map(|&s| i64::from(s).abs())
                .max()
                .unwrap_or(0)
                * 2;
            grain = block
                .scores
                .iter()
                .fold(grain, |g, &s| gcd(g, i64::from(s).abs()));
            if source == j {
                answer.own = Some(block.scores.iter().map(|&s| i64::from(s)).collect());
            } else if let Some(s) = space.held[source] {
                let row = usize::from(s.0) * k;
                for (sum, &score) in answer.constant.iter_mut().zip(&block.scores[row..row + k]) {
                    *sum += i64::from(score);
                }
            } else {
                let scores = block.scores.iter().map(|&s| i64::from(s)).collect();
                answer.sources.push((source, scores));
            }
        }
        answer.grain = grain.max(1);
        let tables = answer
            .sources
            .iter_mut()
            .map(|(_, scores)| scores)
            .chain(&mut answer.own);
        for score in tables.flatten().chain(&mut answer.constant) {
            *score /= answer.grain;
        }
        // Equal priors cancel; unequal ones need the exponential of the sum.
        if answer.bias.windows(2).all(|b| b[0] == b[1]) && reach / answer.grain < TABLE {
            // The cast: below 2^16 grains of at most 10^6.
            let power = |n: i64| libm::exp(-answer.kappa * (n * answer.grain) as f64 / 1000.0);
            answer.table = (0..=reach / answer.grain).map(power).collect();
        }
        answer
    }

    /// The probabilities of the states where the impact sums are `sums`.
    // The cast: sums stay far below 2^52, and what is looked up is not negative.
    fn softmax(&self, sums: &[i64], out: &mut [f64]) {
        let mut whole = 0.0;
        // κ < 0 (strength below 1) turns the order about, which the table does not know.
        if self.table.is_empty() || self.kappa < 0.0 {
            let mut most = f64::NEG_INFINITY;
            for (z, (sum, bias)) in out.iter_mut().zip(sums.iter().zip(self.bias)) {
                *z = bias + self.kappa * ((*sum * self.grain) as f64 / 1000.0);
                most = most.max(*z);
            }
            for z in out.iter_mut() {
                *z = libm::exp(*z - most);
                whole += *z;
            }
        } else {
            let most = sums.iter().copied().fold(i64::MIN, i64::max);
            for (z, sum) in out.iter_mut().zip(sums) {
                *z = self.table[(most - sum) as usize];
                whole += *z;
            }
        }
        for z in out.iter_mut() {
            *z /= whole;
        }
    }

    /// What the sources slower than the driver add in the block that begins at `at`.
    fn slow(&self, at: usize) -> Vec<i64> {
        let mut sums = self.constant.clone();
        let k = sums.len();
        for (source, scores) in self.sources.iter().filter(|(s, _)| *s < self.driver) {
            let row = self.space.state(at, *source) * k;
            for (sum, score) in sums.iter_mut().zip(&scores[row..row + k]) {
                *sum += score;
            }
        }
        sums
    }

    /// What the faster sources add, for every future within a block: driver by driver, each row grows into one
    /// row for each of the next driver's states.
    fn fast(&self) -> Vec<i64> {
        let k = self.constant.len();
        let mut rows = vec![0_i64; k];
        for d in self.driver + 1..self.space.sizes.len() {
            let states = self.space.sizes[d];
            if states == 1 {
                continue;
            }
            let scores = self
                .sources
                .iter()
                .find(|(s, _)| *s == d)
                .map(|(_, scores)| scores);
            let mut grown = Vec::with_capacity(rows.len() * states);
            for row in rows.chunks_exact(k) {
                for s in 0..states {
                    match scores {
                        Some(scores) => {
                            grown.extend(row.iter().zip(&scores[s * k..]).map(|(a, b)| a + b))
                        }
                        None => grown.extend_from_slice(row),
                    }
                }
            }
            rows = grown;
        }
        rows
    }

    /// Lets the driver answer once: `forward` moves mass along, else values are taken back to the expectation
    /// of what they become. With probability `keeps` it stays as it is.
    pub(super) fn pass(&self, values: &mut [f64], keeps: f64, forward: bool) {
        let (k, w) = (
            self.space.sizes[self.driver],
            self.space.weights[self.driver],
        );
        // What the faster drivers add is the same in every block.
        let fast = self.fast();
        values
            .par_chunks_mut(k * w)
            .enumerate()
            .for_each(|(hi, block)| {
                let slow = self.slow(hi * k * w);
                let (mut sums, mut chances) = (vec![0; k], vec![0.0; k]);
                let (mut old, mut new) = (vec![0.0; k], vec![0.0; k]);
                for lo in 0..w {
                    for t in 0..k {
                        sums[t] = slow[t] + fast[lo * k + t];
                        old[t] = block[t * w + lo];
                        new[t] = keeps * old[t];
                    }
                    if let Some(own) = &self.own {
                        let mut with_own = vec![0; k];
                        for s in 0..k {
                            for t in 0..k {
                                with_own[t] = sums[t] + own[s * k + t];
                            }
                            self.softmax(&with_own, &mut chances);
                            for t in 0..k {
                                let (to, of) = if forward { (t, s) } else { (s, t) };
                                new[to] += (1.0 - keeps) * chances[t] * old[of];
                            }
                        }
                    } else {
                        self.softmax(&sums, &mut chances);
                        if forward {
                            let whole: f64 = old.iter().sum();
                            for t in 0..k {
                                new[t] += (1.0 - keeps) * chances[t] * whole;
                            }
                        } else {
                            let mean: f64 = old.iter().zip(&chances).map(|(v, p)| v * p).sum();
                            new.iter_mut().for_each(|v| *v += (1.0 - keeps) * mean);
                        }
                    }
                    for t in 0..k {
                        block[t * w + lo] = new[t];
                    }
                }
            });
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
