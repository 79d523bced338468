//! The table of successors: for every future, where one step of a rule takes it.
//!
//! Futures are taken in blocks: the last drivers run through all their states within a block, the others stand still.
//! What the running drivers add to every impact sum is the same in every block and is laid out once; what the
//! standing ones add is one number for a whole block. So a block costs one addition and one comparison for each
//! future and state, eight at a time. In each number stand, from the top, the impact sum (in units that all
//! scores are multiples of), whether it is the driver's own state, and how early it is declared: the greatest
//! number is then the target of succession.

use super::Rule;
use crate::{Driver, Model, State};
use rayon::prelude::*;

/// Futures handled by one instruction, or a few.
const WIDE: usize = 8;
/// Futures of a block, at least, where there are so many.
const BLOCK: usize = 512;
/// Most numbers that are laid out.
const LAID: usize = 1 << 20;

/// A whole number that holds an impact sum together with the state it belongs to.
trait Key: Copy + Ord + Send + Sync + std::ops::Add<Output = Self> {
    const LEAST: Self;
    const NONE: Self;
    fn of(x: i64) -> Self;
    /// As a state, or a difference of states.
    fn state(self) -> i32;
    /// The lowest bits.
    fn low(self, bits: u32) -> u32;
    /// The impact sum.
    fn sum(self, bits: u32) -> Self;
    fn minus(self, other: Self) -> Self;
}

macro_rules! key {
    ($t:ty) => {
        impl Key for $t {
            const LEAST: Self = <$t>::MIN;
            const NONE: Self = 0;
            #[inline(always)]
            fn of(x: i64) -> Self {
                // The cast: the type is taken only where all sums fit.
                x as $t
            }
            #[inline(always)]
            fn state(self) -> i32 {
                // The cast: states are counted in u16.
                self as i32
            }
            #[inline(always)]
            fn low(self, bits: u32) -> u32 {
                // The cast: at most 17 bits are left.
                (self & ((1 << bits) - 1)) as u32
            }
            #[inline(always)]
            fn sum(self, bits: u32) -> Self {
                self >> bits
            }
            #[inline(always)]
            fn minus(self, other: Self) -> Self {
                self - other
            }
        }
    };
}
key!(i16);
key!(i32);
key!(i64);

/// The drivers that are free, in declared order, and how futures are numbered and put together.
struct Layout {
    drivers: Vec<usize>,
    sizes: Vec<usize>,
    /// What one state further adds to the number of a future.
    weights: Vec<usize>,
    /// So many of the free drivers stand still in a block.
    standing: usize,
    /// Futures in a block.
    block: usize,
    /// Bits of the state and of its being the own one.
    bits: u32,
    states: usize,
}

impl Layout {
    fn new(model: &Model, held: &[(Driver, State)]) -> Layout {
        let drivers: Vec<usize> = (0..model.drivers())
            .filter(|&d| !held.iter().any(|(h, _)| h.0 as usize == d))
            .collect();
        let sizes: Vec<usize> = drivers
            .iter()
            .map(|&d| usize::from(model.sizes[d]))
            .collect();
        let mut weights = vec![1; drivers.len()];
        for d in (1..drivers.len()).rev() {
            weights[d - 1] = weights[d] * sizes[d];
        }
        let (mut standing, mut block) = (drivers.len(), 1);
        while standing > 0 && block < BLOCK {
            standing -= 1;
            block *= sizes[standing];
        }
        let states = sizes.iter().copied().max().unwrap_or(1);
        Layout {
            drivers,
            sizes,
            weights,
            standing,
            block,
            bits: usize::BITS - (states - 1).leading_zeros() + 1,
            states,
        }
    }
}

/// A table of all successors; `None` where what must be laid out would be too large.
pub(super) fn successors(
    model: &Model,
    rule: Rule,
    held: &[(Driver, State)],
    count: usize,
    tell: &(dyn Fn(u64) + Sync),
) -> Option<Vec<u32>> {
    let layout = Layout::new(model, held);
    let laid = layout
        .sizes
        .iter()
        .sum::<usize>()
        .checked_mul(layout.block)?;
    if laid > LAID || layout.drivers.is_empty() {
        return None;
    }
    let sums = model.blocks.iter().map(|blocks| {
        let spreads = blocks.iter().map(|b| {
            let (low, high) = b.scores.iter().fold((0, 0), |(l, h), &x| {
                (i64::from(x).min(l), i64::from(x).max(h))
            });
            high - low
        });
        spreads.sum::<i64>()
    });
    let unit = model
        .blocks
        .iter()
        .flatten()
        .flat_map(|b| &b.scores)
        .fold(0, |g, &x| {
            if g == 1 {
                1
            } else {
                gcd(g, i64::from(x).abs())
            }
        })
        .max(1);
    let most = (sums.max().unwrap_or(0) / unit + 1) << layout.bits;
    Some(if most <= i64::from(i16::MAX) {
        Plan::<i16>::new(model, held, layout, unit).fill(rule, count, tell)
    } else if most <= i64::from(i32::MAX) {
        Plan::<i32>::new(model, held, layout, unit).fill(rule, count, tell)
    } else {
        Plan::<i64>::new(model, held, layout, unit).fill(rule, count, tell)
    })
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// What is the same in every block.
struct Plan<T> {
    layout: Layout,
    /// For each free driver: for eight futures of a block after another, and each of its states, what the running
    /// drivers add.
    running: Vec<Vec<[T; WIDE]>>,
    /// For each free driver and state, what the held add.
    held: Vec<Vec<i64>>,
    /// For each free driver, each standing one and each of its states: what it adds to each state.
    standing: Vec<Vec<Vec<i64>>>,
    /// For each running driver, its state in each future of a block.
    own: Vec<Vec<T>>,
    /// For each running driver, what the running drivers add to its own state.
    own_sum: Vec<Vec<T>>,
}

impl<T: Key> Plan<T> {
    fn new(model: &Model, held: &[(Driver, State)], layout: Layout, unit: i64) -> Plan<T> {
        let n = layout.drivers.len();
        let mut plan = Plan {
            running: Vec::with_capacity(n),
            held: Vec::with_capacity(n),
            standing: Vec::with_capacity(n),
            own: Vec::new(),
            own_sum: Vec::new(),
            layout,
        };
        let layout = &plan.layout;
        let place = |d: usize| layout.drivers.binary_search(&d).ok();
        let lanes = layout.block.next_multiple_of(WIDE);
        // The last lanes may stand for no future; they repeat the first.
        let state_in =
            |i: usize, at: usize| at % layout.block / layout.weights[i] % layout.sizes[i];
        for j in 0..n {
            let k = layout.sizes[j];
            let (mut fixed, mut standing) = (vec![0_i64; k], vec![Vec::new(); layout.standing]);
            let mut sums = vec![0_i64; lanes * k];
            for block in &model.blocks[layout.drivers[j]] {
                // Only differences within a row matter; counted from its least, no sum is negative.
                let row = |s: usize| {
                    let row = &block.scores[s * k..(s + 1) * k];
                    let least = row.iter().copied().min().map_or(0, i64::from);
                    row.iter().map(move |&x| (i64::from(x) - least) / unit)
                };
                let from = block.from.0 as usize;
                match place(from) {
                    None => {
                        let s = held.iter().find(|(h, _)| *h == block.from);
                        let s = s.map_or(0, |(_, s)| usize::from(s.0));
                        fixed.iter_mut().zip(row(s)).for_each(|(f, x)| *f += x);
                    }
                    Some(i) if i < layout.standing => {
                        standing[i] = (0..layout.sizes[i]).flat_map(row).collect();
                    }
                    Some(i) => {
                        let rows: Vec<i64> = (0..layout.sizes[i]).flat_map(row).collect();
                        for at in 0..lanes {
                            let s = state_in(i, at);
                            for t in 0..k {
                                sums[at * k + t] += rows[s * k + t];
                            }
                        }
                    }
                }
            }
            if j >= layout.standing {
                let own = |at| state_in(j, at);
                // The cast: states are counted in u16.
                plan.own
                    .push((0..lanes).map(|at| T::of(own(at) as i64)).collect());
                plan.own_sum
                    .push((0..lanes).map(|at| T::of(sums[at * k + own(at)])).collect());
            }
            let mut running = Vec::with_capacity(lanes / WIDE * k);
            for first in (0..lanes).step_by(WIDE) {
                for t in 0..k {
                    running.push(std::array::from_fn(|lane| {
                        let at = first + lane;
                        let own = j >= layout.standing && state_in(j, at) == t;
                        T::of(layout.key(sums[at * k + t], own, t))
                    }));
                }
            }
            plan.running.push(running);
            plan.held.push(fixed);
            plan.standing.push(standing);
        }
        plan
    }

    /// What does not run adds to each state of `j`: sums, not yet keys. `x` are the states of the standing drivers.
    fn sums(&self, j: usize, x: &[usize], sums: &mut Vec<i64>) {
        sums.clear();
        sums.extend_from_slice(&self.held[j]);
        let k = sums.len();
        for (scores, &s) in self.standing[j].iter().zip(x) {
            if !scores.is_empty() {
                for (sum, &x) in sums.iter_mut().zip(&scores[s * k..(s + 1) * k]) {
                    *sum += x;
                }
            }
        }
    }

    /// The same as keys, for eight futures at a time.
    fn base(&self, j: usize, x: &[usize], room: &mut Room<T>) {
        self.sums(j, x, &mut room.sums);
        let own = x.get(j).copied();
        room.base.clear();
        for (t, &sum) in room.sums.iter().enumerate() {
            let own = i64::from(own == Some(t)) << (self.layout.bits - 1);
            room.base
                .push([T::of((sum << self.layout.bits) + own); WIDE]);
        }
    }

    /// The greatest key of each future of the block.
    fn greatest(&self, j: usize, room: &mut Room<T>) {
        let k = self.layout.sizes[j];
        let (base, running) = (&room.base[..k], &self.running[j]);
        for (keys, rows) in room
            .keys
            .chunks_exact_mut(WIDE)
            .zip(running.chunks_exact(k))
        {
            let mut most = [T::LEAST; WIDE];
            for (row, base) in rows.iter().zip(base) {
                for lane in 0..WIDE {
                    most[lane] = most[lane].max(row[lane] + base[lane]);
                }
            }
            keys.copy_from_slice(&most);
        }
    }

    #[inline(always)]
    fn target(&self, key: T) -> i32 {
        // The casts: states are counted in u16.
        self.layout.states as i32 - 1 - key.low(self.layout.bits - 1) as i32
    }

    fn standing_states(&self, block: usize) -> Vec<usize> {
        let l = &self.layout;
        (0..l.standing)
            .map(|i| block / (l.weights[i] / l.block) % l.sizes[i])
            .collect()
    }

    fn room(&self) -> Room<T> {
        let lanes = self.layout.block.next_multiple_of(WIDE);
        Room {
            sums: Vec::new(),
            base: Vec::new(),
            keys: vec![T::NONE; lanes],
            gap: vec![T::NONE; lanes],
            step: vec![0; lanes],
            old: Vec::new(),
        }
    }

    fn fill(&self, rule: Rule, count: usize, tell: &(dyn Fn(u64) + Sync)) -> Vec<u32> {
        let mut next = vec![0_u32; count];
        let block = self.layout.block;
        next.par_chunks_mut(block)
            .enumerate()
            .with_min_len(8)
            .for_each_init(
                || self.room(),
                |room, (b, out)| {
                    let x = self.standing_states(b);
                    for (at, slot) in (b * block..).zip(out.iter_mut()) {
                        // The cast: futures are numbered in 32 bits.
                        *slot = at as u32;
                    }
                    match rule {
                        Rule::Global => self.all_at_once(&x, out, room, false),
                        Rule::Incremental => self.all_at_once(&x, out, room, true),
                        Rule::Local => self.the_greatest(&x, out, room),
                        Rule::Adiabatic => self.running_in_turn(&x, out, room),
                    }
                    if rule != Rule::Adiabatic || self.layout.standing == 0 {
                        tell(out.len() as u64);
                    }
                },
            );
        if rule == Rule::Adiabatic {
            for j in (0..self.layout.standing).rev() {
                self.standing_in_turn(j, &mut next, tell);
            }
        }
        next
    }

    fn all_at_once(&self, x: &[usize], out: &mut [u32], room: &mut Room<T>, by_one: bool) {
        for j in 0..self.layout.sizes.len() {
            self.base(j, x, room);
            self.greatest(j, room);
            match (x.get(j), by_one) {
                // The cast: states are counted in u16.
                (Some(&s), false) => self.add(j, out, &room.keys, |_| s as i32, |by| by),
                (Some(&s), true) => self.add(j, out, &room.keys, |_| s as i32, one),
                (None, by_one) => {
                    let own = &self.own[j - self.layout.standing][..out.len()];
                    if by_one {
                        self.add(j, out, &room.keys, |at| own[at].state(), one);
                    } else {
                        self.add(j, out, &room.keys, |at| own[at].state(), |by| by);
                    }
                }
            }
        }
    }

    /// Adds the move of `j`, cut by `cut`, to the number of each future.
    #[inline(always)]
    fn add(
        &self,
        j: usize,
        out: &mut [u32],
        keys: &[T],
        own: impl Fn(usize) -> i32,
        cut: impl Fn(i32) -> i32,
    ) {
        // The casts: numbers of futures are kept modulo 2^32.
        let weight = self.layout.weights[j] as u32;
        for (at, (slot, &key)) in out.iter_mut().zip(keys).enumerate() {
            let by = cut(self.target(key) - own(at));
            *slot = slot.wrapping_add((by as u32).wrapping_mul(weight));
        }
    }

    fn the_greatest(&self, x: &[usize], out: &mut [u32], room: &mut Room<T>) {
        room.gap.fill(T::NONE);
        room.step.fill(0);
        for j in 0..self.layout.sizes.len() {
            self.base(j, x, room);
            self.greatest(j, room);
            // The casts: numbers of futures are kept modulo 2^32, states are counted in u16.
            let weight = self.layout.weights[j] as u32;
            let bits = self.layout.bits;
            let mut compare = |at: usize, own: i32, sum: T| {
                let gap = room.keys[at].sum(bits).minus(sum);
                let by = self.target(room.keys[at]) - own;
                let step = (by as u32).wrapping_mul(weight);
                // Only a greater one replaces an earlier driver.
                let greater = gap > room.gap[at];
                room.gap[at] = if greater { gap } else { room.gap[at] };
                room.step[at] = if greater { step } else { room.step[at] };
            };
            if let Some(&s) = x.get(j) {
                let (k, base) = (self.layout.sizes[j], T::of(room.sums[s]));
                for (chunk, rows) in self.running[j].chunks_exact(k).enumerate() {
                    for (lane, key) in rows[s].iter().enumerate() {
                        compare(chunk * WIDE + lane, s as i32, base + key.sum(bits));
                    }
                }
            } else {
                let r = j - self.layout.standing;
                for (at, (own, &sum)) in self.own[r].iter().zip(&self.own_sum[r]).enumerate() {
                    let own = own.state();
                    compare(at, own, T::of(room.sums[own as usize]) + sum);
                }
            }
        }
        for (slot, &step) in out.iter_mut().zip(&room.step) {
            *slot = slot.wrapping_add(step);
        }
    }

    /// The last driver's move first: where a future ends once driver j and those after it have moved is where the
    /// future ends to which the move of j leads once those after j have moved.
    fn running_in_turn(&self, x: &[usize], out: &mut [u32], room: &mut Room<T>) {
        for j in (self.layout.standing..self.layout.sizes.len()).rev() {
            self.base(j, x, room);
            self.greatest(j, room);
            room.old.clear();
            room.old.extend_from_slice(out);
            let (own, weight) = (&self.own[j - self.layout.standing], self.layout.weights[j]);
            for (at, slot) in out.iter_mut().enumerate() {
                // The casts: a place within the block, where the move leads from another one.
                let by = self.target(room.keys[at]) - own[at].state();
                *slot = room.old[(at as i64 + i64::from(by) * weight as i64) as usize];
            }
        }
    }

    /// The same for a driver that stands still in every block: its states are so many blocks apart.
    fn standing_in_turn(&self, j: usize, next: &mut [u32], tell: &(dyn Fn(u64) + Sync)) {
        let l = &self.layout;
        let (k, apart) = (l.sizes[j], l.weights[j] / l.block);
        let mut lines: Vec<(usize, Vec<&mut [u32]>)> = Vec::new();
        for (b, block) in next.chunks_mut(l.block).enumerate() {
            let line = b / (apart * k) * apart + b % apart;
            if b / apart % k == 0 {
                lines.push((b, Vec::with_capacity(k)));
            }
            lines[line].1.push(block);
        }
        lines.into_par_iter().with_min_len(4).for_each_init(
            || self.room(),
            |room, (first, mut line)| {
                room.old.clear();
                for block in &line {
                    room.old.extend_from_slice(block);
                }
                let mut x = self.standing_states(first);
                for s in 0..k {
                    x[j] = s;
                    self.base(j, &x, room);
                    self.greatest(j, room);
                    for (at, slot) in line[s].iter_mut().enumerate() {
                        *slot = room.old[self.target(room.keys[at]) as usize * l.block + at];
                    }
                }
                if j == 0 {
                    tell((k * l.block) as u64);
                }
            },
        );
    }
}

/// One position at most.
fn one(by: i32) -> i32 {
    by.clamp(-1, 1)
}

impl Layout {
    /// A sum, whether it is the own state's, and how early the state is declared, in one number.
    fn key(&self, sum: i64, own: bool, t: usize) -> i64 {
        // The cast: states are counted in u16.
        (sum << self.bits) + (i64::from(own) << (self.bits - 1)) + (self.states - 1 - t) as i64
    }
}

/// Where a thread works.
struct Room<T> {
    sums: Vec<i64>,
    base: Vec<[T; WIDE]>,
    keys: Vec<T>,
    gap: Vec<T>,
    step: Vec<u32>,
    old: Vec<u32>,
}
