//! What a loop does to a push: its sign, its gain, and the states through which most of it runs.
//!
//! Near indifference, where all impact sums θ of driver j are alike, its answer is p_t = softmax(κ·θ)_t, and to first
//! order a change of the sums moves it by dp = (κ / k_j)·(dθ − mean dθ): only differences between target states matter, so each row of
//! a block may be centred. A change dp of the source moves the sums by dθ = Cᵀ·dp; as dp sums to 0, what is the same
//! for all source states does nothing, so each column may be centred too. With C̃ the block centred both ways, a push that goes once around the loop
//! comes back as (Π κ/k_j)·(C̃₁C̃₂…C̃_L)ᵀ times itself. The trace of that product sums the gains of all its directions. It is the same
//! wherever on the loop one begins (tr AB = tr BA), and for drivers of two states its sign is the product of the signs of the
//! blocks, as in causal loop diagrams (Richardson 1986, System Dynamics Review 2:158-170).

use crate::{Driver, Model, State};
use std::collections::BTreeMap;

/// Multiplications that the weighing of all loops may take, about a nanosecond each.
const WEIGHING: u64 = 100_000_000;

/// Products of states that are closer than this, relatively, count as equal: the one with fewer hindering steps is shown.
const EQUAL: f64 = 1e-9;

/// What a loop does to a push that runs around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It comes back in its own direction: trace > 0.
    Reinforcing,
    /// It comes back against itself: trace < 0.
    Balancing,
    /// Neither: the trace is 0, or not to be told from 0 in doubles.
    Neutral,
}

/// One driver of a loop and the state through which most of the gain runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The driver.
    pub driver: Driver,
    /// Its state.
    pub state: State,
    /// The centred score of this state on the state of the next driver (the last one's on the first), points: positive where
    /// it favours that state, negative where it hinders it, compared with the driver's other states.
    pub push: f64,
}

pub(super) struct Weight {
    pub sign: Sign,
    pub gain: f64,
    pub strength: f64,
    /// Strength for sorting; equal where strengths differ by rounding alone.
    pub order: i64,
}

/// The blocks of a model, centred as they are needed.
pub(super) struct Centred<'a> {
    model: &'a Model,
    blocks: BTreeMap<(Driver, Driver), Vec<f64>>,
    left: u64,
}

impl<'a> Centred<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Centred {
            model,
            blocks: BTreeMap::new(),
            left: WEIGHING,
        }
    }

    fn size(&self, d: Driver) -> usize {
        usize::from(self.model.sizes[d.0 as usize])
    }

    fn block(&mut self, from: Driver, on: Driver) -> &[f64] {
        let (height, width) = (self.size(from), self.size(on));
        let blocks = &self.model.blocks[on.0 as usize];
        self.blocks.entry((from, on)).or_insert_with(|| {
            match blocks.binary_search_by_key(&from, |b| b.from) {
                Ok(at) => centred(&blocks[at].scores, height, width),
                Err(_) => vec![0.0; height * width],
            }
        })
    }

    /// Signs and weighs a loop; `None` where there is no more work to be had.
    pub(super) fn weigh(&mut self, path: &[u32]) -> Option<Weight> {
        let drivers = fewest_first(self.model, path);
        let first = self.size(*drivers.first()?);
        let pairs: Vec<(Driver, Driver)> = around(&drivers).collect();
        let cells = pairs.iter().map(|&(a, b)| self.size(a) * self.size(b));
        // The cast: no wider than 64 bits anywhere. Twice, for the product and for what bounds its rounding.
        let work = cells.map(|c| (2 * first * c) as u64).sum();
        self.left = self.left.checked_sub(work)?;

        // The product so far, and the same of magnitudes; both are divided by powers of two when they grow or shrink.
        let mut product = identity(first);
        let mut bound = identity(first);
        let mut exponent = 0_i32;
        let mut widest = first;
        for &(from, on) in &pairs {
            let (height, width) = (self.size(from), self.size(on));
            widest = widest.max(height);
            let block = self.block(from, on);
            product = multiply(&product, block, first, height, width, |x| x);
            bound = multiply(&bound, block, first, height, width, f64::abs);
            let most = bound.iter().copied().fold(0.0, f64::max);
            if most == 0.0 {
                break;
            }
            let (_, e) = libm::frexp(most);
            exponent += e;
            for x in product.iter_mut().chain(&mut bound) {
                *x = libm::ldexp(*x, -e);
            }
        }
        let trace = |m: &[f64]| (0..first).map(|s| m[s * first + s]).sum::<f64>();
        // A broken-off product has not the shape of a square; it is 0.
        let (trace, most) = if product.len() == first * first {
            (trace(&product), trace(&bound))
        } else {
            (0.0, 0.0)
        };
        // Rounding: a few units in the last place for each centred score and each sum of products. The casts: small.
        let rounding = 4.0 * f64::EPSILON * (path.len() * (widest + 4)) as f64;
        if trace.abs() <= rounding * most {
            return Some(Weight {
                sign: Sign::Neutral,
                gain: 0.0,
                strength: 0.0,
                order: i64::MIN,
            });
        }
        let log = (libm::log(trace.abs()) + f64::from(exponent) * std::f64::consts::LN_2)
            / path.len() as f64;
        Some(Weight {
            sign: if trace > 0.0 {
                Sign::Reinforcing
            } else {
                Sign::Balancing
            },
            gain: libm::ldexp(trace, exponent),
            strength: libm::exp(log),
            // The cast: logarithms of doubles are below a thousand.
            order: (log * 1e10).round() as i64,
        })
    }

    /// The states, one for each driver, whose product of centred scores adds most to the trace, in the direction of its sign; for a
    /// neutral loop the greatest product of either sign. Among equal products the one with the fewest
    /// hindering steps, then the first that is found in declared order.
    pub(super) fn path(&mut self, path: &[u32], sign: Sign) -> Vec<Step> {
        let drivers = fewest_first(self.model, path);
        let Some(&first) = drivers.first() else {
            return Vec::new();
        };
        let pairs: Vec<(Driver, Driver)> = around(&drivers).collect();
        let mut best: Option<(Way, Vec<(usize, f64)>)> = None;
        let logs: Vec<Vec<f64>> = pairs
            .iter()
            .map(|&(from, on)| {
                let block = self.block(from, on).iter();
                block.map(|x| libm::log(x.abs())).collect()
            })
            .collect();
        for start in 0..self.size(first) {
            // After each step, the best way to each state with a positive and with a negative product.
            let mut table: Vec<Vec<[Option<Way>; 2]>> = Vec::with_capacity(pairs.len() + 1);
            let mut at_start = vec![[None, None]; self.size(first)];
            at_start[start][0] = Some(Way::default());
            table.push(at_start);
            for (at, &(from, on)) in pairs.iter().enumerate() {
                let width = self.size(on);
                let only = (at + 1 == pairs.len()).then_some(start);
                let mut next = vec![[None, None]; width];
                let block = self.block(from, on);
                for (s, ways) in table[at].iter().enumerate() {
                    for (t, there) in next.iter_mut().enumerate() {
                        let push = block[s * width + t];
                        if push == 0.0 || only.is_some_and(|o| o != t) {
                            continue;
                        }
                        for (negative, way) in ways.iter().enumerate() {
                            let Some(way) = way else { continue };
                            let turned = usize::from((negative == 1) != (push < 0.0));
                            let longer = Way {
                                log: way.log + logs[at][s * width + t],
                                hindering: way.hindering + usize::from(push < 0.0),
                                before: (s, negative),
                            };
                            if there[turned].is_none_or(|there| longer.better(there)) {
                                there[turned] = Some(longer);
                            }
                        }
                    }
                }
                table.push(next);
            }
            let wanted: &[usize] = match sign {
                Sign::Reinforcing => &[0],
                Sign::Balancing => &[1],
                Sign::Neutral => &[0, 1],
            };
            for &negative in wanted {
                let Some(way) = table[pairs.len()][start][negative] else {
                    continue;
                };
                if best.as_ref().is_none_or(|(there, _)| way.better(*there)) {
                    best = Some((way, self.trace_back(&table, &pairs, (start, negative))));
                }
            }
        }
        // Where no way carries anything, the drivers stand with their first states and a push of 0.
        let mut steps: Vec<Step> = drivers
            .iter()
            .zip(best.map_or_else(|| vec![(0, 0.0); drivers.len()], |b| b.1))
            .map(|(&driver, (s, push))| Step {
                driver,
                // The cast: states are counted in u16.
                state: State(s as u16),
                push,
            })
            .collect();
        // Back to the driver that the loop begins with.
        let turned = steps.iter().position(|s| path.first() == Some(&s.driver.0));
        steps.rotate_left(turned.unwrap_or(0));
        steps
    }

    /// The states of the way that ends in this state with this sign, each with its push on the next.
    fn trace_back(
        &mut self,
        table: &[Vec<[Option<Way>; 2]>],
        pairs: &[(Driver, Driver)],
        end: (usize, usize),
    ) -> Vec<(usize, f64)> {
        let mut steps = Vec::with_capacity(pairs.len());
        let (mut t, mut negative) = end;
        for (at, &(from, on)) in pairs.iter().enumerate().rev() {
            let Some(way) = table[at + 1][t][negative] else {
                break;
            };
            let width = self.size(on);
            steps.push((way.before.0, self.block(from, on)[way.before.0 * width + t]));
            (t, negative) = way.before;
        }
        steps.reverse();
        steps
    }
}

/// A way through states: the logarithm of the magnitude of its product, its hindering steps, and the state and sign before the last step.
#[derive(Clone, Copy, Default)]
struct Way {
    log: f64,
    hindering: usize,
    before: (usize, usize),
}

impl Way {
    fn better(self, there: Way) -> bool {
        let more = self.log - there.log;
        more > EQUAL || (more >= -EQUAL && self.hindering < there.hindering)
    }
}

/// Points, each row minus its mean, each column minus its mean.
fn centred(scores: &[i32], height: usize, width: usize) -> Vec<f64> {
    let mut out: Vec<f64> = scores.iter().map(|&s| f64::from(s) / 1000.0).collect();
    // The casts: states are counted in u16.
    for row in out.chunks_mut(width) {
        let mean = row.iter().sum::<f64>() / width as f64;
        row.iter_mut().for_each(|x| *x -= mean);
    }
    let most = scores.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0);
    let nothing = f64::from(most) / 1000.0 * f64::EPSILON * (height + width) as f64;
    for t in 0..width {
        let column = (0..height).map(|s| out[s * width + t]);
        let mean = column.sum::<f64>() / height as f64;
        for s in 0..height {
            let cell = &mut out[s * width + t];
            *cell -= mean;
            // What is left of a score by rounding alone is nothing.
            if cell.abs() <= nothing {
                *cell = 0.0;
            }
        }
    }
    out
}

fn identity(n: usize) -> Vec<f64> {
    (0..n * n)
        .map(|at| f64::from(u8::from(at / n == at % n)))
        .collect()
}

/// `a` (rows × height) times `b` (height × width), of whose entries `of` is taken.
fn multiply(
    a: &[f64],
    b: &[f64],
    rows: usize,
    height: usize,
    width: usize,
    of: impl Fn(f64) -> f64,
) -> Vec<f64> {
    let mut out = vec![0.0; rows * width];
    for (row, into) in a.chunks(height).zip(out.chunks_mut(width)) {
        for (x, b) in row.iter().zip(b.chunks(width)) {
            for (sum, &y) in into.iter_mut().zip(b) {
                *sum += x * of(y);
            }
        }
    }
    out
}

/// The loop from its driver with the fewest states on, which costs least.
fn fewest_first(model: &Model, path: &[u32]) -> Vec<Driver> {
    let mut drivers: Vec<Driver> = super::loops::drivers(path).collect();
    let fewest = (0..drivers.len()).min_by_key(|&at| (model.sizes[drivers[at].0 as usize], at));
    drivers.rotate_left(fewest.unwrap_or(0));
    drivers
}

/// Each driver with the next one, the last with the first.
fn around(drivers: &[Driver]) -> impl Iterator<Item = (Driver, Driver)> + '_ {
    let next = drivers.iter().skip(1).chain(drivers.first());
    drivers.iter().copied().zip(next.copied())
}
