//! Search by domains on one island.
//!
//! For every driver j and every pair of its states (t, t′) the solver keeps the greatest and the least that
//! θ_j(t) − θ_j(t′) can still become, given the states that are left to the others. A state whose greatest lead
//! over some rival is below −K loses in every completion and falls; when the least lead of every state that is
//! left is at least −K, all completions are consistent and are counted as a product.

use super::{Ask, Fall, Refuted};
use crate::{Driver, Future, Model, State};
use num_bigint::BigUint;

/// Most pairs whose bounds are kept, about 500 MB; beyond that the search is not begun.
const PAIRS: usize = 1 << 24;
/// Longest refutation that is written down, in branches.
const BRANCHES: usize = 200;

/// What a subtree holds.
pub(super) struct Found {
    pub count: BigUint,
    pub listed: Vec<Future>,
    pub finished: bool,
    pub steps: u64,
}

/// The differences θ(t) − θ(t′) that one driver adds to a target's pairs.
#[derive(Clone)]
struct Influence {
    /// Local number of the target.
    on: usize,
    /// Scores, row by row.
    scores: Vec<i64>,
    /// First of the target's pairs in this influence's own bounds.
    bounds: usize,
}

#[derive(Clone, Copy)]
enum Undo {
    Pair { at: usize, high: i64, low: i64 },
    Bound { at: usize, high: i64, low: i64 },
    Fall { driver: usize, state: usize },
}

/// The state of the search on one island.
#[derive(Clone)]
pub(super) struct Solver {
    drivers: Vec<Driver>,
    sizes: Vec<usize>,
    /// Drivers that must hold against their rivals (all but the held).
    answers: Vec<bool>,
    influences: Vec<Vec<Influence>>,
    /// First pair of each driver; pair (t, t′) is `first + t·size + t′`.
    first_pair: Vec<usize>,
    high: Vec<i64>,
    low: Vec<i64>,
    bound_high: Vec<i64>,
    bound_low: Vec<i64>,
    alive: Vec<Vec<bool>>,
    left: Vec<usize>,
    slack: i64,
    trail: Vec<Undo>,
    falls: Vec<Fall>,
    assumed: Vec<(usize, usize)>,
    conflict: Option<usize>,
    steps: u64,
    pub(super) budget: u64,
}

impl Solver {
    /// Sets up the bounds; `None` where their tables would be too large.
    pub(super) fn new(model: &Model, ask: &Ask, drivers: &[Driver]) -> Option<Solver> {
        let n = drivers.len();
        let sizes: Vec<usize> = drivers
            .iter()
            .map(|d| usize::from(model.sizes[d.0 as usize]))
            .collect();
        let held = |d: Driver| ask.held.iter().find(|(h, _)| *h == d).map(|(_, s)| *s);
        let answers: Vec<bool> = drivers.iter().map(|&d| held(d).is_none()).collect();
        let pairs: usize = (0..n)
            .filter(|&j| answers[j])
            .map(|j| sizes[j] * sizes[j] * (1 + model.blocks[drivers[j].0 as usize].len()))
            .sum();
        if pairs > PAIRS {
            return None;
        }
        let mut first_pair = Vec::with_capacity(n);
        let mut total = 0;
        for &k in &sizes {
            first_pair.push(total);
            total += k * k;
        }
        let mut solver = Solver {
            drivers: drivers.to_vec(),
            alive: sizes.iter().map(|&k| vec![true; k]).collect(),
            left: sizes.clone(),
            influences: vec![Vec::new(); n],
            high: vec![0; total],
            low: vec![0; total],
            bound_high: Vec::new(),
            bound_low: Vec::new(),
            slack: ask.max_inconsistency,
            trail: Vec::new(),
            falls: Vec::new(),
            assumed: Vec::new(),
            conflict: None,
            steps: 0,
            budget: u64::MAX,
            answers,
            first_pair,
            sizes,
        };
        let answering: Vec<usize> = (0..n).filter(|&j| solver.answers[j]).collect();
        for j in answering {
            for block in &model.blocks[drivers[j].0 as usize] {
                let scores: Vec<i64> = block.scores.iter().map(|&s| i64::from(s)).collect();
                if let Some(s) = held(block.from) {
                    solver.add_constant(j, |_| usize::from(s.0), &scores);
                } else if block.from == drivers[j] {
                    // Whoever is in t has its own t for company.
                    solver.add_constant(j, |t| t, &scores);
                } else if let Ok(i) = drivers.binary_search(&block.from) {
                    solver.add_influence(i, j, scores);
                }
            }
        }
        for (i, &d) in drivers.iter().enumerate() {
            let fixed = ask
                .given
                .iter()
                .find(|(g, _)| *g == d)
                .map(|(_, s)| *s)
                .or(held(d));
            if let Some(fixed) = fixed {
                for s in (0..solver.sizes[i]).filter(|&s| s != usize::from(fixed.0)) {
                    solver.fall(i, s);
                }
            }
        }
        solver.settle((0..n).collect());
        solver.trail.clear();
        Some(solver)
    }

    fn add_constant(&mut self, j: usize, row: impl Fn(usize) -> usize, scores: &[i64]) {
        let k = self.sizes[j];
        for t in 0..k {
            for rival in 0..k {
                let lead = scores[row(t) * k + t] - scores[row(t) * k + rival];
                self.high[self.first_pair[j] + t * k + rival] += lead;
                self.low[self.first_pair[j] + t * k + rival] += lead;
            }
        }
    }

    fn add_influence(&mut self, i: usize, j: usize, scores: Vec<i64>) {
        let (k, bounds) = (self.sizes[j], self.bound_high.len());
        for t in 0..k {
            for rival in 0..k {
                let leads = (0..self.sizes[i]).map(|s| scores[s * k + t] - scores[s * k + rival]);
                let (low, high) =
                    leads.fold((i64::MAX, i64::MIN), |(l, h), x| (l.min(x), h.max(x)));
                self.bound_high.push(high);
                self.bound_low.push(low);
                self.high[self.first_pair[j] + t * k + rival] += high;
                self.low[self.first_pair[j] + t * k + rival] += low;
            }
        }
        self.influences[i].push(Influence {
            on: j,
            scores,
            bounds,
        });
    }

    fn fall(&mut self, driver: usize, state: usize) {
        self.alive[driver][state] = false;
        self.left[driver] -= 1;
        self.trail.push(Undo::Fall { driver, state });
        if self.left[driver] == 0 && self.conflict.is_none() {
            self.conflict = Some(driver);
        }
    }

    /// Lets fall what loses, until nothing more does. `changed` are drivers whose domains shrank.
    fn settle(&mut self, mut changed: Vec<usize>) {
        let mut check: Vec<usize> = changed.clone();
        loop {
            while let Some(i) = changed.pop() {
                self.narrow(i, &mut check);
            }
            let Some(j) = check.pop() else { return };
            if !self.answers[j] {
                continue;
            }
            let before = self.left[j];
            for t in 0..self.sizes[j] {
                if !self.alive[j][t] {
                    continue;
                }
                let row = self.first_pair[j] + t * self.sizes[j];
                let lost = (0..self.sizes[j]).find(|&rival| self.high[row + rival] < -self.slack);
                if let Some(rival) = lost {
                    // The cast: states are counted in u16.
                    self.falls.push(Fall {
                        driver: self.drivers[j],
                        state: State(t as u16),
                        rival: State(rival as u16),
                        by: -self.high[row + rival],
                        after: self.assumed.len(),
                    });
                    self.fall(j, t);
                    if self.conflict.is_some() {
                        return;
                    }
                }
            }
            if self.left[j] < before {
                changed.push(j);
            }
        }
    }

    /// Passes the domain of `i` on to the bounds of those it acts on.
    fn narrow(&mut self, i: usize, check: &mut Vec<usize>) {
        for at in 0..self.influences[i].len() {
            self.steps += 1;
            let Influence {
                on: j,
                ref scores,
                bounds,
            } = self.influences[i][at];
            let (k, first) = (self.sizes[j], self.first_pair[j]);
            let mut moved = false;
            for t in (0..k).filter(|&t| self.alive[j][t]) {
                for rival in 0..k {
                    let (mut low, mut high) = (i64::MAX, i64::MIN);
                    for (s, _) in self.alive[i].iter().enumerate().filter(|(_, a)| **a) {
                        let lead = scores[s * k + t] - scores[s * k + rival];
                        (low, high) = (low.min(lead), high.max(lead));
                    }
                    let pair = t * k + rival;
                    let (old_high, old_low) = (
                        self.bound_high[bounds + pair],
                        self.bound_low[bounds + pair],
                    );
                    if (high, low) != (old_high, old_low) {
                        moved = true;
                        self.trail.push(Undo::Bound {
                            at: bounds + pair,
                            high: old_high,
                            low: old_low,
                        });
                        let at = first + pair;
                        self.trail.push(Undo::Pair {
                            at,
                            high: self.high[at],
                            low: self.low[at],
                        });
                        self.bound_high[bounds + pair] = high;
                        self.bound_low[bounds + pair] = low;
                        self.high[at] += high - old_high;
                        self.low[at] += low - old_low;
                    }
                }
            }
            if moved && !check.contains(&j) {
                check.push(j);
            }
        }
    }

    fn undo_to(&mut self, mark: (usize, usize, usize)) {
        while self.trail.len() > mark.0 {
            match self.trail.pop() {
                Some(Undo::Pair { at, high, low }) => (self.high[at], self.low[at]) = (high, low),
                Some(Undo::Bound { at, high, low }) => {
                    (self.bound_high[at], self.bound_low[at]) = (high, low);
                }
                Some(Undo::Fall { driver, state }) => {
                    self.alive[driver][state] = true;
                    self.left[driver] += 1;
                }
                None => break,
            }
        }
        self.falls.truncate(mark.1);
        self.assumed.truncate(mark.2);
        self.conflict = None;
    }

    fn mark(&self) -> (usize, usize, usize) {
        (self.trail.len(), self.falls.len(), self.assumed.len())
    }

    fn assume(&mut self, driver: usize, state: usize) {
        self.assumed.push((driver, state));
        for s in 0..self.sizes[driver] {
            if s != state && self.alive[driver][s] {
                self.fall(driver, s);
            }
        }
        self.settle(vec![driver]);
    }

    /// Whether every completion of what is left is consistent.
    fn all_hold(&self) -> bool {
        (0..self.drivers.len()).all(|j| {
            let k = self.sizes[j];
            let first = self.first_pair[j];
            !self.answers[j]
                || (0..k).filter(|&t| self.alive[j][t]).all(|t| {
                    self.low[first + t * k..first + (t + 1) * k]
                        .iter()
                        .all(|&l| l >= -self.slack)
                })
        })
    }

    /// The driver to branch on: smallest domain, then most influences, then declared first.
    fn branch(&self) -> Option<usize> {
        (0..self.drivers.len())
            .filter(|&d| self.left[d] > 1)
            .min_by_key(|&d| (self.left[d], std::cmp::Reverse(self.influences[d].len()), d))
    }

    fn states_left(&self, driver: usize) -> Vec<usize> {
        (0..self.sizes[driver])
            .filter(|&s| self.alive[driver][s])
            .collect()
    }

    /// Splits the tree, breadth first, into at least `wanted` subtrees where there are so many.
    pub(super) fn split(self, wanted: usize) -> Vec<Solver> {
        let mut open = std::collections::VecDeque::from([self]);
        let mut whole = Vec::new();
        while open.len() + whole.len() < wanted {
            let Some(tree) = open.pop_front() else { break };
            let branch = tree
                .branch()
                .filter(|_| tree.conflict.is_none() && !tree.all_hold());
            let Some(driver) = branch else {
                whole.push(tree);
                continue;
            };
            for s in tree.states_left(driver) {
                let mut child = tree.clone();
                child.assume(driver, s);
                child.trail.clear();
                open.push_back(child);
            }
        }
        whole.extend(open);
        whole
    }

    /// Counts the subtree, and lists it where it holds no more than `limit`.
    pub(super) fn search(mut self, limit: usize) -> Found {
        let mut found = Found {
            count: BigUint::ZERO,
            listed: Vec::new(),
            finished: true,
            steps: 0,
        };
        self.steps = 0;
        self.descend(limit, &mut found);
        found.steps = self.steps;
        found
    }

    fn descend(&mut self, limit: usize, found: &mut Found) {
        if self.conflict.is_some() {
            return;
        }
        if self.steps > self.budget {
            found.finished = false;
            return;
        }
        if self.all_hold() {
            let product = self.left.iter().fold(BigUint::from(1_u8), |n, &k| n * k);
            found.count += &product;
            if found.count <= BigUint::from(limit) {
                self.expand(&mut found.listed, limit);
            }
            return;
        }
        // With one state left everywhere, either all hold or something has fallen.
        let Some(driver) = self.branch() else { return };
        for s in self.states_left(driver) {
            let mark = self.mark();
            self.assume(driver, s);
            self.descend(limit, found);
            self.undo_to(mark);
        }
    }

    /// All completions of what is left, in declared order, until there are `limit` in the list.
    fn expand(&self, into: &mut Vec<Future>, limit: usize) {
        let domains: Vec<Vec<usize>> = (0..self.drivers.len())
            .map(|d| self.states_left(d))
            .collect();
        let mut at = vec![0; domains.len()];
        while into.len() < limit {
            // The cast: states are counted in u16.
            into.push(
                at.iter()
                    .zip(&domains)
                    .map(|(&a, d)| State(d[a] as u16))
                    .collect(),
            );
            let Some(d) = (0..at.len()).rev().find(|&d| at[d] + 1 < domains[d].len()) else {
                return;
            };
            at[d] += 1;
            at[d + 1..].fill(0);
        }
    }

    /// The first `limit` in declared order: the same search, walked in that order.
    pub(super) fn first(mut self, limit: usize, budget: u64) -> Vec<Future> {
        self.budget = budget;
        let mut listed = Vec::new();
        self.walk(limit, &mut listed);
        listed
    }

    fn walk(&mut self, limit: usize, listed: &mut Vec<Future>) {
        if self.conflict.is_some() || listed.len() >= limit || self.steps > self.budget {
            return;
        }
        if self.all_hold() {
            self.expand(listed, limit);
            return;
        }
        let Some(driver) = (0..self.drivers.len()).find(|&d| self.left[d] > 1) else {
            return;
        };
        for s in self.states_left(driver) {
            let mark = self.mark();
            self.assume(driver, s);
            self.walk(limit, listed);
            self.undo_to(mark);
        }
    }

    /// Why there is none, branch by branch; `None` where that is longer than anybody would read.
    pub(super) fn refutation(mut self) -> Option<Vec<Refuted>> {
        let mut lines = Vec::new();
        self.refute(&mut lines).then_some(lines)
    }

    fn refute(&mut self, lines: &mut Vec<Refuted>) -> bool {
        if let Some(driver) = self.conflict {
            lines.push(self.line(driver));
            return lines.len() <= BRANCHES;
        }
        let Some(driver) = self.branch() else {
            return false;
        };
        for s in self.states_left(driver) {
            let mark = self.mark();
            self.assume(driver, s);
            let shown = self.refute(lines);
            self.undo_to(mark);
            if !shown {
                return false;
            }
        }
        true
    }

    fn line(&self, driver: usize) -> Refuted {
        // The cast: states are counted in u16.
        let state = |s: usize| State(s as u16);
        Refuted {
            assumed: self
                .assumed
                .iter()
                .map(|&(d, s)| (self.drivers[d], state(s)))
                .collect(),
            falls: self.falls.clone(),
            driver: self.drivers[driver],
        }
    }
}
