//! One island: which numbers suffice, into how many subtrees it is split, and who gets how much work.

use super::search::{Tree, Walk};
use super::table::{MEANS, Means, Measures, STATES, Score, Table};
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
const ROUNDS: usize = 32;

/// Searches one island with `budget` steps, or a few more.
pub(super) fn search(
    model: &Model,
    ask: &Ask,
    drivers: &[Driver],
    budget: u64,
    progress: &dyn Progress,
) -> Part {
    search_with(model, ask, drivers, budget, progress, MEANS)
}

fn search_with(
    model: &Model,
    ask: &Ask,
    drivers: &[Driver],
    budget: u64,
    progress: &dyn Progress,
    means: Means,
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
        means,
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
    means: Means,
}

impl Go<'_> {
    fn with<T: Score, const W: usize>(&self) -> Part {
        let table = Table::<T, W>::new(
            self.model,
            self.ask,
            self.drivers,
            self.measures,
            self.means,
        );
        let tree = Tree::new(&table, table.begin(self.ask));
        let bytes = tree.bytes();
        let limit = self.ask.limit;
        let mut root = Walk::new(&table, tree, limit, self.means);
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
            .map(|tree| Walk::new(&table, tree, limit, self.means))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Quiet;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    /// All drivers on one island, impacts everywhere with the given chance in eight.
    fn model(dice: &mut ChaCha8Rng, sizes: &[u16], scale: i32) -> Model {
        let mut model = Model::new(sizes.to_vec());
        let mut below = |n: u64| dice.next_u64() % n;
        let dense = 2 + below(7);
        for from in 0..sizes.len() as u32 {
            for on in 0..sizes.len() as u32 {
                if below(8) >= dense || (from == on && below(2) == 0) {
                    continue;
                }
                for s in 0..sizes[from as usize] {
                    for t in 0..sizes[on as usize] {
                        let score = below(2 * scale as u64 + 1) as i64 - i64::from(scale);
                        // The cast: within the scale.
                        let (from, on) = (Driver(from), Driver(on));
                        model.add(from, State(s), on, State(t), score as i32);
                    }
                }
            }
        }
        model
    }

    fn plain(model: &Model, ask: &Ask) -> Vec<Future> {
        let mut found = Vec::new();
        let mut x: Future = vec![State(0); model.drivers()];
        loop {
            let given = ask.given.iter().chain(&ask.held);
            let holds = given.clone().all(|(d, s)| x[d.0 as usize] == *s)
                && (0..model.drivers() as u32).all(|j| {
                    let sums = model.sums(&x, Driver(j));
                    let best = sums.iter().max().copied().unwrap_or(0);
                    ask.held.iter().any(|(h, _)| h.0 == j)
                        || best - sums[usize::from(x[j as usize].0)] <= ask.max_inconsistency
                });
            if holds {
                found.push(x.clone());
            }
            let Some(d) = (0..x.len()).rev().find(|&d| x[d].0 + 1 < model.sizes[d]) else {
                return found;
            };
            x[d].0 += 1;
            x[d + 1..].fill(State(0));
        }
    }

    /// Every way to keep rows and to go back, every type of number and every layout finds the same.
    #[test]
    fn what_memory_is_spent_on_changes_nothing() {
        let mut dice = ChaCha8Rng::seed_from_u64(11);
        let shapes: [&[u16]; 6] = [
            &[3, 2, 3, 3, 2, 3, 3],
            &[4, 3, 2, 4, 4, 3],
            &[2, 5, 3, 7, 2, 4],
            &[12, 9, 11],
            &[2, 12, 2, 9, 3],
            &[10, 3, 10],
        ];
        let all = u64::MAX;
        for round in 0..600 {
            let scale = [1, 3, 2_000, 40_000, 1_000_000_000][round % 5];
            let model = model(&mut dice, shapes[round % 6], scale);
            let drivers: Vec<Driver> = (0..model.drivers() as u32).map(Driver).collect();
            let pick = |dice: &mut ChaCha8Rng| {
                let d = dice.next_u64() % model.drivers() as u64;
                let s = dice.next_u64() % u64::from(model.sizes[d as usize]);
                (Driver(d as u32), State(s as u16))
            };
            let mut ask = Ask {
                limit: [0, 3, 100_000][round % 3],
                max_inconsistency: [0, i64::from(scale), 3 * i64::from(scale), 0][round % 4],
                steps: u64::MAX,
                ..Ask::default()
            };
            if round % 5 == 0 {
                ask.given.push(pick(&mut dice));
            }
            if round % 7 == 0 {
                let held = pick(&mut dice);
                ask.held
                    .extend(ask.given.iter().all(|g| g.0 != held.0).then_some(held));
            }
            let want = plain(&model, &ask);
            for (sets, rows) in [(all, all), (0, all), (0, 0)] {
                for saved in [0, usize::MAX] {
                    let means = Means { sets, rows, saved };
                    let part = search_with(&model, &ask, &drivers, u64::MAX, &Quiet, means);
                    assert_eq!(part.stopped, None);
                    assert_eq!(part.count, want.len().into(), "{round} {means:?} {ask:?}");
                    assert_eq!(part.listed, want[..want.len().min(ask.limit)]);
                }
            }
        }
    }

    /// However early it is stopped, it finds no more than there is, and going on finds all of it.
    #[test]
    fn a_stopped_search_is_a_lower_bound() {
        let mut dice = ChaCha8Rng::seed_from_u64(5);
        let model = model(&mut dice, &[3; 9], 3);
        let drivers: Vec<Driver> = (0..9).map(Driver).collect();
        let ask = Ask {
            limit: 1_000_000,
            max_inconsistency: 6,
            ..Ask::default()
        };
        let want = plain(&model, &ask);
        let mut stopped = 0;
        for budget in [0, 100, 1_000, 3_000, 10_000, 30_000, 100_000, u64::MAX] {
            let part = search_with(&model, &ask, &drivers, budget, &Quiet, MEANS);
            assert_eq!(part.count, part.listed.len().into());
            assert!(part.listed.iter().all(|x| want.binary_search(x).is_ok()));
            match part.stopped {
                None => assert_eq!(part.listed, want),
                Some(why) => {
                    stopped += 1;
                    assert_eq!(why, Stopped::Steps(part.steps));
                    assert!(part.steps >= budget && part.listed.len() < want.len());
                }
            }
        }
        assert!((2..8).contains(&stopped));
    }
}
