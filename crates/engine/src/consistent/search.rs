//! Search by domains on one island.
//!
//! For every driver j and every pair of its states (t, t′) the greatest lead that θ_j(t) − θ_j(t′) can still
//! have is kept, given the states that are left to the others. From it three things follow:
//! a state whose greatest lead over some rival is below −K falls; a state of a *source* falls when with it every
//! state left to j would fall; and where no lead can still turn, all completions hold and are counted as a product.

use super::table::{Means, Score, Table};
use crate::{Future, State};
use num_bigint::BigUint;
use std::collections::{BinaryHeap, VecDeque};

/// The states that are left, and the greatest leads that they leave.
#[derive(Clone)]
pub(super) struct Tree<T> {
    sets: Vec<u64>,
    leads: Vec<T>,
}

/// Drivers waiting for something, each once.
#[derive(Default)]
struct Queue {
    list: Vec<usize>,
    is_in: Vec<bool>,
}

impl Queue {
    fn new(n: usize) -> Queue {
        Queue {
            list: Vec::new(),
            is_in: vec![false; n],
        }
    }
    #[inline(always)]
    fn push(&mut self, d: usize) {
        if !self.is_in[d] {
            self.is_in[d] = true;
            self.list.push(d);
        }
    }
    #[inline(always)]
    fn pop(&mut self) -> Option<usize> {
        let d = self.list.pop()?;
        self.is_in[d] = false;
        Some(d)
    }
    fn clear(&mut self) {
        while self.pop().is_some() {}
    }
}

/// A driver that is branched on, with the states still to be tried.
struct Frame {
    driver: usize,
    rest: u64,
    /// Length of the trail when it began.
    mark: usize,
    begun: bool,
}

/// One subtree on its way; it can be stopped and taken up again.
pub(super) struct Walk<'a, T, const W: usize> {
    table: &'a Table<'a, T, W>,
    tree: Tree<T>,
    frames: Vec<Frame>,
    /// Small islands: the tree as it was at each frame. Others take the changes of the trail back one by one.
    saved: Option<Vec<Tree<T>>>,
    trail: Vec<(usize, u64, u64)>,
    /// Changed sets that the leads do not know of yet, with the sets that they know.
    changed: Queue,
    known: Vec<u64>,
    check: Queue,
    sources: Queue,
    rooms: [Vec<T>; 2],
    /// A driver that did not hold in every completion when last looked at.
    watch: usize,
    limit: usize,
    few: u64,
    many: BigUint,
    listed: BinaryHeap<Future>,
    begun: bool,
    /// Work done, in steps: one for each row of up to 64 leads that is looked at.
    pub steps: u64,
}

impl<'a, T: Score, const W: usize> Walk<'a, T, W> {
    pub fn new(
        table: &'a Table<'a, T, W>,
        tree: Tree<T>,
        limit: usize,
        means: Means,
    ) -> Walk<'a, T, W> {
        let n = tree.sets.len();
        let saves = tree.bytes().saturating_mul(n) <= means.saved;
        Walk {
            table,
            known: tree.sets.clone(),
            tree,
            frames: Vec::new(),
            saved: saves.then(Vec::new),
            trail: Vec::new(),
            changed: Queue::new(n),
            check: Queue::new(n),
            sources: Queue::new(n),
            rooms: [Vec::new(), Vec::new()],
            watch: 0,
            limit,
            few: 0,
            many: BigUint::ZERO,
            listed: BinaryHeap::new(),
            begun: false,
            steps: 0,
        }
    }

    /// The whole island: what falls at once has fallen; `false` where nothing is left.
    pub fn root(&mut self) -> bool {
        for j in (0..self.tree.sets.len()).rev() {
            if self.table.answers[j] {
                self.check.push(j);
            }
        }
        self.settle()
    }

    /// Splits breadth first, until there are `wanted` trees, nothing is left to split, or `budget` steps are done.
    pub fn split(mut self, wanted: usize, budget: u64) -> (Vec<Tree<T>>, u64) {
        let mut open = VecDeque::from([self.tree.clone()]);
        let mut whole = Vec::new();
        while open.len() + whole.len() < wanted && self.steps < budget {
            let Some(tree) = open.pop_front() else { break };
            self.tree = tree;
            let Some(driver) = self.branch() else {
                whole.push(self.tree.clone());
                continue;
            };
            let parent = self.tree.clone();
            for s in states(parent.sets[driver]) {
                self.tree.copy(&parent);
                self.trail.clear();
                if self.assume(driver, s) {
                    open.push_back(self.tree.clone());
                }
            }
        }
        whole.extend(open);
        (whole, self.steps)
    }

    /// Goes on for `budget` steps or a little more; whether all has been seen.
    pub fn go(&mut self, budget: u64) -> bool {
        let end = self.steps.saturating_add(budget);
        if !self.begun {
            self.begun = true;
            self.visit();
        }
        loop {
            if self.steps > end {
                return self.frames.is_empty();
            }
            let depth = self.frames.len();
            let Some(frame) = self.frames.last_mut() else {
                return true;
            };
            if frame.rest == 0 {
                self.frames.pop();
                continue;
            }
            let (driver, mark) = (frame.driver, frame.mark);
            let s = frame.rest.trailing_zeros() as usize;
            frame.rest &= frame.rest - 1;
            if std::mem::replace(&mut frame.begun, true) {
                self.restore(depth - 1, mark);
            }
            if self.assume(driver, s) {
                self.visit();
            }
        }
    }

    /// What was found: how many, and the first ones in declared order.
    pub fn found(self) -> (BigUint, Vec<Future>) {
        (self.many + self.few, self.listed.into_sorted_vec())
    }

    /// Counts what is left where all of it holds, else lays the next driver out.
    fn visit(&mut self) {
        let Some(driver) = self.branch() else {
            self.count();
            return;
        };
        let depth = self.frames.len();
        if let Some(saved) = &mut self.saved {
            if saved.len() == depth {
                saved.push(self.tree.clone());
            } else {
                saved[depth].copy(&self.tree);
            }
        }
        self.frames.push(Frame {
            driver,
            rest: self.tree.sets[driver],
            mark: self.trail.len(),
            begun: false,
        });
    }

    fn restore(&mut self, depth: usize, mark: usize) {
        if let Some(saved) = &self.saved {
            self.tree.copy(&saved[depth]);
            return;
        }
        while self.trail.len() > mark {
            if let Some((i, old, new)) = self.trail.pop() {
                self.shift(i, new, old);
                self.tree.sets[i] = old;
            }
        }
    }

    /// The driver to branch on: the fewest states for each driver that it acts on, the first declared among
    /// equals; `None` where all completions hold.
    fn branch(&mut self) -> Option<usize> {
        let n = self.tree.sets.len();
        self.steps += 1 + n as u64 / 32;
        let mut best = None;
        for d in 0..n {
            let left = u64::from(self.tree.sets[d].count_ones());
            if left > 1 {
                let acts = self.table.acts(d).len() as u64;
                let weight = (left << 32).checked_div(acts).unwrap_or(u64::MAX);
                if best.is_none_or(|(least, _)| weight < least) {
                    best = Some((weight, d));
                }
            }
        }
        let (_, driver) = best?;
        // What holds in every completion goes on doing so below; whoever did not is asked first.
        let turning = (self.watch..n).chain(0..self.watch).find(|&j| {
            let pairs = self.table.pairs(j);
            self.table.answers[j]
                && !self
                    .table
                    .holds(j, self.tree.sets[j], &self.tree.leads[pairs])
        })?;
        self.watch = turning;
        Some(driver)
    }

    fn assume(&mut self, driver: usize, s: usize) -> bool {
        self.keep(driver, 1 << s);
        self.settle()
    }

    /// Leaves `driver` the states of `set`; `false` where it has none.
    #[inline(always)]
    fn keep(&mut self, driver: usize, set: u64) -> bool {
        if !self.changed.is_in[driver] {
            self.known[driver] = self.tree.sets[driver];
            self.changed.push(driver);
        }
        self.tree.sets[driver] = set;
        set != 0
    }

    /// Lets fall what loses, until nothing more does; `false` where a driver is left without a state.
    fn settle(&mut self) -> bool {
        if self.fall() {
            return true;
        }
        while let Some(i) = self.changed.pop() {
            self.tree.sets[i] = self.known[i];
        }
        self.check.clear();
        self.sources.clear();
        false
    }

    fn fall(&mut self) -> bool {
        loop {
            while let Some(i) = self.changed.pop() {
                let (old, new) = (self.known[i], self.tree.sets[i]);
                self.shift(i, old, new);
                if self.saved.is_none() {
                    self.trail.push((i, old, new));
                }
                for e in self.table.acts(i) {
                    self.check.push(self.table.influences[e].on);
                }
                if self.table.answers[i] {
                    self.sources.push(i);
                }
            }
            if let Some(j) = self.check.pop() {
                let set = self.tree.sets[j];
                let lost = self
                    .table
                    .lost(j, set, &self.tree.leads[self.table.pairs(j)]);
                if lost != 0 && !self.keep(j, set & !lost) {
                    return false;
                }
                self.sources.push(j);
            } else if let Some(j) = self.sources.pop() {
                if !self.ask_sources(j) {
                    return false;
                }
            } else {
                return true;
            }
        }
    }

    /// Passes on that `i` has the states of `new` instead of `old`.
    #[inline(always)]
    fn shift(&mut self, i: usize, old: u64, new: u64) {
        let [a, b] = &mut self.rooms;
        for e in self.table.acts(i) {
            let e = &self.table.influences[e];
            self.steps += self.table.cost(e, new);
            let old = self.table.row(e, old, a);
            let new = self.table.row(e, new, b);
            let leads = &mut self.tree.leads[self.table.pairs(e.on)];
            for ((lead, &o), &n) in leads.iter_mut().zip(old).zip(new) {
                *lead = *lead + (n - o);
            }
        }
    }

    /// Lets fall the states of sources with which `j` would be left without a state.
    fn ask_sources(&mut self, j: usize) -> bool {
        let set = self.tree.sets[j];
        let room = self
            .table
            .room(j, set, &self.tree.leads[self.table.pairs(j)]);
        for &e in self.table.feels(j) {
            let e = &self.table.influences[e];
            let from = self.tree.sets[e.from];
            // No state of it takes more from any lead than j can do without.
            if from.is_power_of_two() || self.table.spread(e, from) <= room {
                continue;
            }
            self.steps += self.table.cost(e, from);
            let leads = &self.tree.leads[self.table.pairs(j)];
            let [a, b] = &mut self.rooms;
            let now = self.table.row(e, from, a);
            let mut lost = 0;
            for s in states(from) {
                let then = self.table.row(e, 1 << s, b);
                lost |= u64::from(self.table.all_lost(j, set, leads, now, then)) << s;
            }
            if lost != 0 && !self.keep(e.from, from & !lost) {
                return false;
            }
        }
        true
    }

    fn count(&mut self) {
        let left = self.tree.sets.iter().map(|s| u64::from(s.count_ones()));
        match left.clone().try_fold(1_u64, u64::checked_mul) {
            Some(n) => {
                if let Some(sum) = self.few.checked_add(n) {
                    self.few = sum;
                } else {
                    self.many += std::mem::replace(&mut self.few, n);
                }
            }
            None => self.many += left.fold(BigUint::from(1_u8), |n, k| n * k),
        }
        self.list();
    }

    /// Takes the first completions in declared order into the list, which keeps the first `limit` of all.
    fn list(&mut self) {
        let sets = &self.tree.sets;
        // The cast: states are counted in u16.
        let state = |s: u32| State(s as u16);
        let mut x: Future = sets.iter().map(|s| state(s.trailing_zeros())).collect();
        for _ in 0..self.limit {
            if self.listed.len() == self.limit {
                // Completions come in order, so after one that is too late all are.
                if self.listed.peek().is_some_and(|last| *last <= x) {
                    return;
                }
                self.listed.pop();
            }
            self.listed.push(x.clone());
            self.steps += 1 + x.len() as u64 / 64;
            let later = |d: usize| sets[d] & (u64::MAX << x[d].0) & !(1 << x[d].0);
            let Some(d) = (0..sets.len()).rev().find(|&d| later(d) != 0) else {
                return;
            };
            x[d] = state(later(d).trailing_zeros());
            for d in d + 1..sets.len() {
                x[d] = state(sets[d].trailing_zeros());
            }
        }
    }
}

impl<T: Score> Tree<T> {
    /// The tree in which every driver has the states of `sets`.
    pub fn new<const W: usize>(table: &Table<'_, T, W>, sets: Vec<u64>) -> Tree<T> {
        Tree {
            leads: table.leads(&sets),
            sets,
        }
    }

    fn copy(&mut self, from: &Tree<T>) {
        self.sets.copy_from_slice(&from.sets);
        self.leads.copy_from_slice(&from.leads);
    }

    /// Memory that it takes.
    pub fn bytes(&self) -> usize {
        size_of_val(&self.sets[..]) + size_of_val(&self.leads[..])
    }
}

/// The members of a set, in order.
fn states(set: u64) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(set), |s| Some(s & s.wrapping_sub(1)))
        .take_while(|&s| s != 0)
        .map(|s| s.trailing_zeros() as usize)
}
