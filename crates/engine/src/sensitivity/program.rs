//! Rounds over the joint states of the drivers that an answer still hangs on.
//!
//! Time is unrolled, and a driver's state is kept only while a later answer or the end asks for it: before it
//! first answers it stands where it is known to stand today, and afterwards it is summed out as soon as nobody
//! looks at it again. So most of the first and of the last round runs over few states (variable elimination;
//! Zhang & Poole 1996). Several vectors lie side by side, and one look at the answers serves them all.

use crate::order::rounds_order;
use crate::{Driver, Model, State};

/// Some vectors side by side.
pub(super) type Lanes<const L: usize> = [f64; L];

/// The drivers that act on each, and in what order they answer, where some are held.
pub(super) struct Net {
    /// The one state of a held driver.
    pub held: Vec<Option<usize>>,
    /// Drivers that are not held, in the order of the round.
    pub order: Vec<usize>,
    /// For each driver that is not held, those that act on it and are not held, itself included, in declared order.
    pub parents: Vec<Vec<usize>>,
    /// Number of states of each driver.
    pub sizes: Vec<usize>,
}

impl Net {
    pub(super) fn new(model: &Model, held: &[Option<State>]) -> Net {
        let n = model.drivers();
        // The cast: drivers are counted in u32.
        let fixed: Vec<Driver> = (0..n)
            .filter(|&d| held[d].is_some())
            .map(|d| Driver(d as u32))
            .collect();
        let parents = (0..n).map(|on| match held[on] {
            Some(_) => Vec::new(),
            None => acting(model, held, on),
        });
        Net {
            held: held.iter().map(|s| s.map(|s| usize::from(s.0))).collect(),
            order: rounds_order(model, &fixed)
                .iter()
                .map(|d| d.0 as usize)
                .collect(),
            parents: parents.collect(),
            sizes: model.sizes.iter().map(|&k| usize::from(k)).collect(),
        }
    }

    /// Those that act on a driver in another model.
    pub(super) fn acting(&self, model: &Model, on: usize) -> Vec<usize> {
        acting(model, &self.held, on)
    }

    /// These drivers and all that act on them, however indirectly, but none that is held.
    pub(super) fn closure(&self, of: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut found = vec![false; self.sizes.len()];
        let mut left: Vec<usize> = of.into_iter().collect();
        while let Some(d) = left.pop() {
            if self.held[d].is_none() && !std::mem::replace(&mut found[d], true) {
                left.extend(&self.parents[d]);
            }
        }
        found
    }

    /// Whether nobody among these is acted on by itself or by one that answers after it.
    pub(super) fn acyclic(&self, among: &[bool]) -> bool {
        let mut answered = vec![false; self.sizes.len()];
        self.order.iter().filter(|&&d| among[d]).all(|&d| {
            let fits = self.parents[d].iter().all(|&p| answered[p]);
            answered[d] = true;
            fits
        })
    }

    /// Number of joint states of a driver's parents.
    pub(super) fn rows(&self, driver: usize) -> usize {
        let sizes = self.parents[driver].iter().map(|&p| self.sizes[p]);
        sizes.fold(1, usize::saturating_mul)
    }

    /// The probabilities with which a driver answers, by joint state of its parents, the first slowest, by state.
    pub(super) fn chances(&self, model: &Model, driver: usize) -> Vec<f64> {
        let k = self.sizes[driver];
        let mut sums = vec![0_i64; k];
        let mut inner = Vec::new();
        for block in &model.blocks[driver] {
            let source = block.from.0 as usize;
            match self.held[source] {
                Some(s) => add(&mut sums, &block.scores[s * k..]),
                None if self.parents[driver].contains(&source) => inner.push(block),
                None => {}
            }
        }
        // One row grows into one for each state of the next parent.
        for block in inner {
            sums = sums
                .chunks_exact(k)
                .flat_map(|row| {
                    block.scores.chunks_exact(k).flat_map(|scores| {
                        let mut row = row.to_vec();
                        add(&mut row, scores);
                        row
                    })
                })
                .collect();
        }
        let kappa = model.kappa / 1000.0;
        let softmax = |row: &[i64]| {
            let logs = row.iter().zip(&model.bias[driver]);
            // The cast: sums of thousandths stay far below 2^52.
            let logs: Vec<f64> = logs.map(|(&s, b)| b + kappa * s as f64).collect();
            let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let weights: Vec<f64> = logs.iter().map(|l| libm::exp(l - most)).collect();
            let whole: f64 = weights.iter().sum();
            weights.into_iter().map(move |w| w / whole)
        };
        sums.chunks_exact(k).flat_map(softmax).collect()
    }
}

/// Those that act on a driver and are not held, in declared order.
fn acting<T>(model: &Model, held: &[Option<T>], on: usize) -> Vec<usize> {
    let blocks = model.blocks[on].iter();
    blocks
        .filter(|b| held[b.from.0 as usize].is_none() && b.scores.iter().any(|&s| s != 0))
        .map(|b| b.from.0 as usize)
        .collect()
}

fn add(sums: &mut [i64], scores: &[i32]) {
    for (sum, &score) in sums.iter_mut().zip(scores) {
        *sum += i64::from(score);
    }
}

/// The answers of a driver that the vectors side by side do not answer alike: by row of its parents, by state.
pub(super) type Own<const L: usize> = (usize, Vec<Lanes<L>>);

/// One step of a [`Program`].
enum Op {
    /// A driver that stood in one state gets an axis.
    Widen { k: usize, inner: usize, at: usize },
    /// A driver answers.
    Answer {
        driver: usize,
        k: usize,
        keeps: f64,
        /// The row of chances: a place for the slower drivers plus one for the faster, plus so much for each of the
        /// driver's own states.
        slow: Vec<usize>,
        fast: Vec<usize>,
        own: usize,
    },
    /// A driver at which nobody looks again is summed out.
    Sum { k: usize, inner: usize },
}

/// Answers one after another, from the joint states of some drivers to those of others.
pub(super) struct Program {
    ops: Vec<Op>,
    /// The drivers that a vector ends with, in declared order, the first slowest.
    pub end: Vec<usize>,
    /// Futures of the longest vector.
    pub peak: usize,
    /// Futures met, over all steps.
    pub cost: u64,
}

/// What a program is made for.
pub(super) struct Course<'a> {
    /// The drivers that a vector begins with.
    pub start: &'a [bool],
    /// Where the others stand then.
    pub standing: &'a [usize],
    /// Those that are looked at in the end.
    pub end: &'a [bool],
    /// Rounds.
    pub rounds: u32,
    /// Chance to stay in a round, by driver.
    pub keeps: &'a [f64],
}

impl Program {
    pub(super) fn new(net: &Net, course: &Course) -> Program {
        let free = |d: usize| net.held[d].is_none();
        let steps: Vec<usize> = (0..course.rounds).flat_map(|_| net.order.clone()).collect();
        let mut live: Vec<bool> = (0..net.sizes.len())
            .map(|d| course.end[d] && free(d))
            .collect();
        let mut looked_at = vec![live.clone()];
        for &j in steps.iter().rev() {
            if live[j] {
                live[j] = course.keeps[j] > 0.0;
                for &p in &net.parents[j] {
                    live[p] = true;
                }
            }
            looked_at.push(live.clone());
        }
        looked_at.reverse();
        let mut program = Program {
            ops: Vec::new(),
            end: Vec::new(),
            peak: 1,
            cost: 0,
        };
        let mut present = course.start.to_vec();
        program.narrow(net, &mut present, &looked_at[0]);
        for (at, &j) in steps.iter().enumerate() {
            let after = &looked_at[at + 1];
            if after[j] {
                program.answer(net, course, &mut present, j);
            }
            program.narrow(net, &mut present, after);
        }
        program.end = within(&present);
        program
    }

    fn push(&mut self, op: Op, futures: usize) {
        self.peak = self.peak.max(futures);
        self.cost = self.cost.saturating_add(futures as u64);
        self.ops.push(op);
    }

    fn narrow(&mut self, net: &Net, present: &mut [bool], live: &[bool]) {
        for d in 0..present.len() {
            if present[d] && !live[d] {
                let inner = size(net, present, d + 1..present.len());
                let whole = size(net, present, 0..present.len());
                let k = net.sizes[d];
                self.push(Op::Sum { k, inner }, whole);
                present[d] = false;
            }
        }
    }

    fn answer(&mut self, net: &Net, course: &Course, present: &mut [bool], j: usize) {
        let (k, n) = (net.sizes[j], present.len());
        let inner = size(net, present, j + 1..n);
        if !present[j] {
            present[j] = true;
            let at = course.standing[j];
            self.push(Op::Widen { k, inner, at }, size(net, present, 0..n));
        }
        let mut strides = vec![0; n];
        let (mut stride, mut constant) = (1, 0);
        for &p in net.parents[j].iter().rev() {
            if present[p] {
                strides[p] = stride;
            } else {
                constant += stride * course.standing[p];
            }
            stride *= net.sizes[p];
        }
        let places = |among: std::ops::Range<usize>, from: usize| {
            let axes = among.filter(|&d| present[d]);
            axes.fold(vec![from], |all, d| {
                let grown = all
                    .iter()
                    .flat_map(|at| (0..net.sizes[d]).map(move |s| (at, s)));
                grown.map(|(at, s)| at + s * strides[d]).collect()
            })
        };
        let op = Op::Answer {
            driver: j,
            k,
            keeps: course.keeps[j],
            slow: places(0..j, constant),
            fast: places(j + 1..n, 0),
            own: strides[j],
        };
        self.push(op, size(net, present, 0..n));
    }

    /// Whether a driver answers at all.
    pub(super) fn answers(&self, of: usize) -> bool {
        self.ops
            .iter()
            .any(|op| matches!(op, Op::Answer { driver, .. } if *driver == of))
    }

    /// Carries vectors from the start to the end. All answer by `tables` (by driver), but for the drivers in `own`.
    pub(super) fn run<const L: usize>(
        &self,
        mut values: Vec<Lanes<L>>,
        tables: &[Vec<f64>],
        own_tables: &[Own<L>],
    ) -> Vec<Lanes<L>> {
        for op in &self.ops {
            match op {
                Op::Widen { k, inner, at } => {
                    let mut wide = vec![[0.0; L]; values.len() * k];
                    for (to, from) in wide
                        .chunks_exact_mut(k * inner)
                        .zip(values.chunks_exact(*inner))
                    {
                        to[at * inner..][..*inner].copy_from_slice(from);
                    }
                    values = wide;
                }
                Op::Sum { k, inner } => {
                    values = values
                        .chunks_exact(k * inner)
                        .flat_map(|block| {
                            (0..*inner).map(|at| {
                                let mut sum = [0.0; L];
                                for s in 0..*k {
                                    plus(&mut sum, &block[s * inner + at]);
                                }
                                sum
                            })
                        })
                        .collect();
                }
                Op::Answer {
                    driver,
                    k,
                    keeps,
                    slow,
                    fast,
                    own,
                } => {
                    let pass = Pass {
                        k: *k,
                        keeps: *keeps,
                        slow,
                        fast,
                        own: *own,
                    };
                    let p = &tables[*driver];
                    match own_tables.iter().find(|o| o.0 == *driver) {
                        Some((_, p)) => pass.forward(&mut values, |row, t| p[row * k + t]),
                        None => pass.forward(&mut values, |row, t| [p[row * k + t]; L]),
                    }
                }
            }
        }
        values
    }

    /// Takes values at the end back to what they are expected to be, seen from the start.
    pub(super) fn take_back<const L: usize>(
        &self,
        mut values: Vec<Lanes<L>>,
        tables: &[Vec<f64>],
    ) -> Vec<Lanes<L>> {
        for op in self.ops.iter().rev() {
            match op {
                Op::Widen { k, inner, at } => {
                    values = values
                        .chunks_exact(k * inner)
                        .flat_map(|block| block[at * inner..][..*inner].iter().copied())
                        .collect();
                }
                Op::Sum { k, inner } => {
                    values = values
                        .chunks_exact(*inner)
                        .flat_map(|block| (0..*k).flat_map(|_| block.iter().copied()))
                        .collect();
                }
                Op::Answer {
                    driver,
                    k,
                    keeps,
                    slow,
                    fast,
                    own,
                } => {
                    let pass = Pass {
                        k: *k,
                        keeps: *keeps,
                        slow,
                        fast,
                        own: *own,
                    };
                    let p = &tables[*driver];
                    pass.backward(&mut values, |row, t| p[row * k + t]);
                }
            }
        }
        values
    }
}

/// One answer over all futures.
struct Pass<'a> {
    k: usize,
    keeps: f64,
    slow: &'a [usize],
    fast: &'a [usize],
    own: usize,
}

impl Pass<'_> {
    #[inline(always)]
    fn forward<const L: usize>(
        &self,
        values: &mut [Lanes<L>],
        chance: impl Fn(usize, usize) -> Lanes<L>,
    ) {
        let (k, width) = (self.k, self.fast.len());
        let mut new = vec![[0.0; L]; k];
        for (block, slow) in values.chunks_exact_mut(k * width).zip(self.slow) {
            for (at, fast) in self.fast.iter().enumerate() {
                let row = slow + fast;
                if self.own == 0 {
                    let mut sum = [0.0; L];
                    for t in 0..k {
                        plus(&mut sum, &block[t * width + at]);
                    }
                    let moving = sum.map(|v| (1.0 - self.keeps) * v);
                    for t in 0..k {
                        let (value, p) = (&mut block[t * width + at], chance(row, t));
                        for l in 0..L {
                            value[l] = self.keeps * value[l] + p[l] * moving[l];
                        }
                    }
                    continue;
                }
                for t in 0..k {
                    new[t] = block[t * width + at].map(|v| self.keeps * v);
                }
                for s in 0..k {
                    let moving = block[s * width + at].map(|v| (1.0 - self.keeps) * v);
                    for t in 0..k {
                        let p = chance(row + s * self.own, t);
                        for l in 0..L {
                            new[t][l] += p[l] * moving[l];
                        }
                    }
                }
                for t in 0..k {
                    block[t * width + at] = new[t];
                }
            }
        }
    }

    #[inline(always)]
    fn backward<const L: usize>(
        &self,
        values: &mut [Lanes<L>],
        chance: impl Fn(usize, usize) -> f64,
    ) {
        let (k, width) = (self.k, self.fast.len());
        let mut new = vec![[0.0; L]; k];
        for (block, slow) in values.chunks_exact_mut(k * width).zip(self.slow) {
            for (at, fast) in self.fast.iter().enumerate() {
                for s in 0..k {
                    let row = slow + fast + s * self.own;
                    let mut mean = [0.0; L];
                    for t in 0..k {
                        let (value, p) = (&block[t * width + at], chance(row, t));
                        for l in 0..L {
                            mean[l] += p * value[l];
                        }
                    }
                    let old = &block[s * width + at];
                    new[s] =
                        std::array::from_fn(|l| self.keeps * old[l] + (1.0 - self.keeps) * mean[l]);
                }
                for t in 0..k {
                    block[t * width + at] = new[t];
                }
            }
        }
    }
}

fn plus<const L: usize>(sum: &mut Lanes<L>, value: &Lanes<L>) {
    for l in 0..L {
        sum[l] += value[l];
    }
}

/// The members of a set of drivers.
pub(super) fn within(set: &[bool]) -> Vec<usize> {
    (0..set.len()).filter(|&d| set[d]).collect()
}

/// Joint states of those present in a range of drivers.
fn size(net: &Net, present: &[bool], among: std::ops::Range<usize>) -> usize {
    let sizes = among.filter(|&d| present[d]).map(|d| net.sizes[d]);
    sizes.fold(1, usize::saturating_mul)
}
