//! One island: which numbers suffice, into how many subtrees it is split, and who gets how much work.

use super::search::{Tree, Walk};
use super::table::{Measures, STATES, Score, Table};
use super::{Ask, Stopped};
use crate::progress::{Progress, Work};
use crate::{Driver, Future, Model, State};
use num_bigint::BigUint;
use rayon::prelude::*;

/// What one island holds: its futures cut to its own drivers, in declared order.
pub(super) struct Part {
    pub count: BigUint,
    /// The first ones, as many as are asked for.
    pub listed: Vec<Future>,
    pub stopped: Option<Stopped>,
    pub steps: u64,
}

/// Most pairs of states of one driver whose leads are kept, some 64 MB.
const PAIRS: u64 = 1 << 24;
/// Subtrees that the search is split into, whatever the number of threads.
const SUBTREES: usize = 256;
/// Bytes that all subtrees together may take.
const BYTES: usize = 1 << 25;
/// How often the steps that closed subtrees left over are shared out among the others.
const ROUNDS: usize = 4;

/// Searches one island with at most `budget` steps.
pub(super) fn search(
    model: &Model,
    ask: &Ask,
    drivers: &[Driver],
    budget: u64,
    progress: &dyn Progress,
) -> Part {
    let measures = Measures::new(model, drivers);
    if let [driver] = *drivers {
        return alone(model, ask, driver);
    }
    let refused = |why| Part {
        count: BigUint::ZERO,
        listed: Vec::new(),
        stopped: Some(why),
        steps: 0,
    };
    if measures.states > STATES {
        return refused(Stopped::States {
            states: measures.states as u64,
            limit: STATES as u64,
        });
    }
    if measures.pairs > PAIRS {
        return refused(Stopped::Size {
            pairs: measures.pairs,
            limit: PAIRS,
        });
    }
    // The smallest numbers that hold every lead, and a fixed width where a driver fits it.
    let (small, middle) = (measures.reach <= i16::REACH, measures.reach <= i32::REACH);
    let go = Go {
        model,
        ask,
        drivers,
        budget,
        progress,
        measures: &measures,
    };
    match measures.states {
        0..=3 if small => go.with::<i16, 8>(),
        4 if small => go.with::<i16, 16>(),
        _ if small => go.with::<i16, 0>(),
        0..=3 if middle => go.with::<i32, 8>(),
        _ if middle => go.with::<i32, 0>(),
        _ => go.with::<i64, 0>(),
    }
}

/// A driver that nobody else acts on: its states are tried one by one.
fn alone(model: &Model, ask: &Ask, driver: Driver) -> Part {
    let states = model.sizes[driver.0 as usize];
    let fixed = |list: &[(Driver, State)]| list.iter().find(|(d, _)| *d == driver).map(|(_, s)| *s);
    let held = fixed(&ask.held);
    let asked = fixed(&ask.given).or(held);
    let mut sums = Vec::new();
    let holds = |s: &State| {
        held.is_some() || {
            sums.clear();
            sums.resize(usize::from(states), 0);
            for block in &model.blocks[driver.0 as usize] {
                let from = if block.from == driver {
                    Some(*s)
                } else {
                    let is = |(d, _): &&(Driver, State)| *d == block.from;
                    ask.held.iter().find(is).map(|(_, s)| *s)
                };
                let row = from.map_or(0, |s| usize::from(s.0)) * sums.len();
                for (sum, &score) in sums.iter_mut().zip(&block.scores[row..]) {
                    *sum += i64::from(score);
                }
            }
            let best = sums.iter().max().copied().unwrap_or(0);
            best - sums[usize::from(s.0)] <= ask.max_inconsistency
        }
    };
    let found: Vec<State> = (0..states)
        .map(State)
        .filter(|s| asked.is_none_or(|a| a == *s))
        .filter(holds)
        .collect();
    Part {
        count: BigUint::from(found.len()),
        listed: found.iter().take(ask.limit).map(|&s| vec![s]).collect(),
        stopped: None,
        steps: 1,
    }
}

/// Everything that the search of an island needs.
struct Go<'a> {
    model: &'a Model,
    ask: &'a Ask,
    drivers: &'a [Driver],
    budget: u64,
    progress: &'a dyn Progress,
    measures: &'a Measures,
}

impl Go<'_> {
    fn with<T: Score, const W: usize>(&self) -> Part {
        let table = Table::<T, W>::new(self.model, self.ask, self.drivers, self.measures);
        let tree = Tree::new(&table, table.begin(self.ask));
        let bytes = tree.bytes();
        let limit = self.ask.limit;
        let mut root = Walk::new(&table, tree, limit);
        let mut part = Part {
            count: BigUint::ZERO,
            listed: Vec::new(),
            stopped: None,
            steps: 0,
        };
        if !root.root() {
            part.steps = root.steps;
            return part;
        }
        let wanted = (BYTES / bytes.max(1)).clamp(1, SUBTREES);
        let (trees, steps) = root.split(wanted, self.budget / 4);
        part.steps = steps;
        let total = trees.len() as u64;
        let done = std::sync::atomic::AtomicU64::new(0);
        self.progress.at(Work::Search, 0, total);
        let mut open: Vec<Walk<T, W>> = trees
            .into_iter()
            .map(|tree| Walk::new(&table, tree, limit))
            .collect();
        for _ in 0..ROUNDS {
            let share = self.budget.saturating_sub(part.steps) / open.len().max(1) as u64;
            let before: u64 = open.iter().map(|w| w.steps).sum();
            let walked: Vec<(Walk<T, W>, bool)> = open
                .into_par_iter()
                .map(|mut walk| {
                    let whole = walk.go(share);
                    if whole {
                        let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
                        self.progress.at(Work::Search, done, total);
                    }
                    (walk, whole)
                })
                .collect();
            part.steps += walked.iter().map(|(w, _)| w.steps).sum::<u64>() - before;
            open = Vec::new();
            for (walk, whole) in walked {
                if whole {
                    part.add(walk.found(), limit);
                } else {
                    open.push(walk);
                }
            }
            if open.is_empty() || part.steps >= self.budget {
                break;
            }
        }
        if !open.is_empty() {
            part.stopped = Some(Stopped::Steps(part.steps));
        }
        for walk in open {
            part.add(walk.found(), limit);
        }
        part.listed.sort_unstable();
        part.listed.truncate(limit);
        part
    }
}

impl Part {
    fn add(&mut self, (count, listed): (BigUint, Vec<Future>), limit: usize) {
        self.count += count;
        self.listed.extend(listed);
        if self.listed.len() > limit.saturating_mul(4).max(1024) {
            self.listed.sort_unstable();
            self.listed.truncate(limit);
        }
    }
}
