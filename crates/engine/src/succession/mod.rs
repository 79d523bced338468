//! Succession: where each future ends when its drivers answer each other (model.md 3).

mod ends;
mod table;

use crate::progress::{Progress, Work};
use crate::{Driver, Future, Model, State};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A rule of succession.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// All at once.
    Global,
    /// The one with the greatest inconsistency.
    Local,
    /// All at once, one position towards the target.
    Incremental,
    /// One after another in declared order, a sweep being one step.
    Adiabatic,
}

/// All rules, in the order in which they are shown.
pub const RULES: [Rule; 4] = [
    Rule::Global,
    Rule::Local,
    Rule::Incremental,
    Rule::Adiabatic,
];

/// A fixed point (one future) or a cycle (several), and how many futures end there.
#[derive(Clone, Debug, PartialEq)]
pub struct Attractor {
    /// The futures of it: the least in declared order first, then in order of succession.
    pub states: Vec<Future>,
    /// Exact: the number of futures that end here. Sampled: the number of starts that did.
    pub basin: u64,
}

/// Attractors of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Basins {
    /// The rule.
    pub rule: Rule,
    /// Greatest basin first, then in declared order; exact ones beyond [`KEPT`] are only counted, unless they
    /// were asked for.
    pub attractors: Vec<Attractor>,
    /// Attractors that are only counted.
    pub more: u64,
    /// `None`: exact, over all futures. `Some(n)`: n starts drawn at random, with replacement.
    pub sampled: Option<u64>,
    /// Starts (of `sampled`) that had not closed within the limit of steps.
    pub open: u64,
}

/// Attractors written out, of each rule, beside those asked for.
pub const KEPT: usize = 200;
/// Futures that one thread fills at a time; fixed, so that nothing depends on the threads.
const CHUNK: usize = 1 << 14;
/// Futures between two reports of progress.
const TELL: u64 = 1 << 18;
/// Starts that are drawn side by side at first and at most; what they cost tells how many more can be afforded.
const WAVES: (u64, u64) = (4, 1024);
/// Starts that tell what one costs.
const TELLING: u64 = 8;
/// Below so many starts, shares are not worth telling.
const FEWEST: u64 = 100;
/// One start takes no more than this part of the work.
const LONGEST: u64 = 16;
/// Steps after which a start counts as open.
const STEPS: usize = 2_000;
/// Work beside one step for each state: where a driver looks for its target, and where a row of scores is taken in.
const LOOK: u64 = 4;
const SET: u64 = 8;

/// A future on its way, with all its impact sums at hand.
#[derive(Clone)]
struct Walker<'a> {
    model: &'a Model,
    /// For each driver, whom it acts on and with what scores.
    acts: &'a [Vec<(usize, &'a [i32])>],
    free: &'a [bool],
    x: Vec<usize>,
    sums: Vec<Vec<i64>>,
    /// Steps of about a nanosecond done so far.
    work: u64,
}

/// For each driver, whom it acts on and with what scores.
fn acts(model: &Model) -> Vec<Vec<(usize, &[i32])>> {
    let mut acts = vec![Vec::new(); model.drivers()];
    for (on, blocks) in model.blocks.iter().enumerate() {
        for block in blocks {
            acts[block.from.0 as usize].push((on, &block.scores[..]));
        }
    }
    acts
}

fn free(model: &Model, held: &[(Driver, State)]) -> Vec<bool> {
    let mut free = vec![true; model.drivers()];
    for (d, _) in held {
        free[d.0 as usize] = false;
    }
    free
}

impl<'a> Walker<'a> {
    fn new(
        model: &'a Model,
        acts: &'a [Vec<(usize, &'a [i32])>],
        free: &'a [bool],
        x: Vec<usize>,
    ) -> Self {
        let mut walker = Walker {
            model,
            acts,
            free,
            x: Vec::new(),
            sums: Vec::new(),
            work: 0,
        };
        walker.place(x);
        walker
    }

    fn place(&mut self, x: Vec<usize>) {
        // The cast: states are counted in u16, drivers in u32.
        {
            let states: Future = x.iter().map(|&s| State(s as u16)).collect();
            self.sums = (0..x.len())
                .map(|j| self.model.sums(&states, Driver(j as u32)))
                .collect();
        }
        self.x = x;
    }

    /// Moves one driver and what follows from it.
    fn set(&mut self, driver: usize, to: usize) {
        let from = std::mem::replace(&mut self.x[driver], to);
        if from == to {
            return;
        }
        for (on, scores) in &self.acts[driver] {
            let sums = &mut self.sums[*on];
            let k = sums.len();
            self.work += SET + k as u64;
            for t in 0..k {
                sums[t] += i64::from(scores[to * k + t]) - i64::from(scores[from * k + t]);
            }
        }
    }

    /// Where a driver would go: the present state if it is among the highest, else the first declared.
    fn target(&self, driver: usize) -> usize {
        let sums = &self.sums[driver];
        let mut best = self.x[driver];
        for t in 0..sums.len() {
            // Only a strictly higher sum draws away, so the first of equals wins.
            if sums[t] > sums[best] {
                best = t;
            }
        }
        best
    }

    fn step(&mut self, rule: Rule) {
        let n = self.x.len();
        self.work += self.sums.iter().map(|s| LOOK + s.len() as u64).sum::<u64>();
        let moving = |w: &Self, d: usize| w.free[d];
        match rule {
            Rule::Global | Rule::Incremental => {
                let targets: Vec<usize> = (0..n)
                    .map(|d| {
                        let (own, target) = (self.x[d], self.target(d));
                        match rule {
                            _ if !moving(self, d) || target == own => own,
                            Rule::Incremental if target > own => own + 1,
                            Rule::Incremental => own - 1,
                            _ => target,
                        }
                    })
                    .collect();
                for (d, to) in targets.into_iter().enumerate() {
                    self.set(d, to);
                }
            }
            Rule::Local => {
                let (mut greatest, mut mover) = (0, None);
                for d in (0..n).filter(|&d| moving(self, d)) {
                    let gap = self.sums[d][self.target(d)] - self.sums[d][self.x[d]];
                    if gap > greatest {
                        (greatest, mover) = (gap, Some(d));
                    }
                }
                if let Some(d) = mover {
                    self.set(d, self.target(d));
                }
            }
            Rule::Adiabatic => {
                for d in (0..n).filter(|&d| self.free[d]) {
                    self.set(d, self.target(d));
                }
            }
        }
    }
}

// The cast: states are counted in u16.
fn future(x: &[usize]) -> Future {
    x.iter().map(|&s| State(s as u16)).collect()
}

/// One step of `rule` from `x`; `held` drivers never move.
pub fn step(model: &Model, rule: Rule, x: &[State], held: &[(Driver, State)]) -> Future {
    let (acts, free) = (acts(model), free(model, held));
    let x = x.iter().map(|s| usize::from(s.0)).collect();
    let mut walker = Walker::new(model, &acts, &free, x);
    walker.step(rule);
    future(&walker.x)
}

/// All futures with `held` as they are, numbered in declared order.
struct Numbers {
    start: Vec<usize>,
    weight: Vec<usize>,
    sizes: Vec<usize>,
    count: usize,
}

impl Numbers {
    fn new(model: &Model, held: &[(Driver, State)]) -> Numbers {
        let n = model.drivers();
        let (mut start, mut weight, mut sizes) = (vec![0; n], vec![0; n], vec![1; n]);
        let mut count = 1;
        for d in (0..n).rev() {
            if let Some((_, s)) = held.iter().find(|(h, _)| h.0 as usize == d) {
                start[d] = usize::from(s.0);
            } else {
                weight[d] = count;
                sizes[d] = usize::from(model.sizes[d]);
                count *= sizes[d];
            }
        }
        Numbers {
            start,
            weight,
            sizes,
            count,
        }
    }

    fn future(&self, at: usize) -> Vec<usize> {
        (0..self.sizes.len())
            .map(|d| {
                if self.sizes[d] == 1 {
                    self.start[d]
                } else {
                    at / self.weight[d] % self.sizes[d]
                }
            })
            .collect()
    }

    fn number(&self, x: &[usize]) -> usize {
        x.iter().zip(&self.weight).map(|(s, w)| s * w).sum()
    }

    /// Moves a walker to the next future; most steps touch one driver.
    fn advance(&self, walker: &mut Walker) {
        for d in (0..self.sizes.len()).rev().filter(|&d| self.sizes[d] > 1) {
            let next = walker.x[d] + 1;
            if next < self.sizes[d] {
                walker.set(d, next);
                return;
            }
            walker.set(d, 0);
        }
    }
}

/// Exact basins over all futures with `held` as they are; `wanted` futures are kept whatever their rank.
///
/// # Panics
///
/// Where there are more than 2^31 futures: the caller asks only for what fits (model.md 4, 2^26).
pub fn basins(
    model: &Model,
    rule: Rule,
    held: &[(Driver, State)],
    wanted: &[Future],
    progress: &dyn Progress,
) -> Basins {
    let (acts, free) = (acts(model), free(model, held));
    let numbers = Numbers::new(model, held);
    assert!(
        numbers.count <= ends::MOST,
        "too many futures to number in 31 bits"
    );
    // Every future is seen twice: when its successor is found and when its path is followed.
    let (done, total) = (AtomicU64::new(0), 2 * numbers.count as u64);
    let tell = |some: u64| {
        let before = done.fetch_add(some, Relaxed);
        // Not for every few hundred futures: a clock would be asked each time.
        if before / TELL != (before + some) / TELL || before + some == total {
            progress.at(Work::Basins, before + some, total);
        }
    };
    let next = table::successors(model, rule, held, numbers.count, &tell)
        .unwrap_or_else(|| one_by_one(model, rule, held, &numbers, &tell));
    let ends = ends::Ends::new(next, &tell);
    let wanted: std::collections::BTreeSet<usize> = wanted
        .iter()
        .map(|x| numbers.number(&x.iter().map(|s| usize::from(s.0)).collect::<Vec<_>>()))
        .collect();
    let mut attractors = 0_u64;
    let mut greatest = BinaryHeap::with_capacity(KEPT + 1);
    let mut kept: Vec<(u32, usize)> = Vec::new();
    for (at, count) in ends.all() {
        attractors += 1;
        if wanted.contains(&at) {
            kept.push((count, at));
        }
        greatest.push((Reverse(count), at));
        if greatest.len() > KEPT {
            greatest.pop();
        }
    }
    kept.extend(greatest.into_iter().map(|(Reverse(count), at)| (count, at)));
    kept.sort_unstable_by_key(|&(count, at)| (Reverse(count), at));
    kept.dedup();
    let mut walker = Walker::new(model, &acts, &free, numbers.future(0));
    let attractors_kept: Vec<Attractor> = kept
        .into_iter()
        .map(|(count, at)| {
            let least = numbers.future(at);
            let mut states = vec![future(&least)];
            walker.place(least.clone());
            walker.step(rule);
            while walker.x != least {
                states.push(future(&walker.x));
                walker.step(rule);
            }
            Attractor {
                states,
                basin: u64::from(count),
            }
        })
        .collect();
    Basins {
        rule,
        more: attractors - attractors_kept.len() as u64,
        attractors: attractors_kept,
        sampled: None,
        open: 0,
    }
}

/// The table of successors by stepping from every future: the plain twin of [`table::successors`], and what is
/// left where that would lay out too much (drivers of hundreds of states).
fn one_by_one(
    model: &Model,
    rule: Rule,
    held: &[(Driver, State)],
    numbers: &Numbers,
    tell: &(dyn Fn(u64) + Sync),
) -> Vec<u32> {
    let (acts, free) = (acts(model), free(model, held));
    let mut next = vec![0_u32; numbers.count];
    next.par_chunks_mut(CHUNK)
        .enumerate()
        .for_each(|(chunk, out)| {
            let mut walker = Walker::new(model, &acts, &free, numbers.future(chunk * CHUNK));
            let mut ahead = walker.clone();
            for slot in out.iter_mut() {
                ahead.x.clone_from(&walker.x);
                ahead.sums.clone_from(&walker.sums);
                ahead.step(rule);
                // The cast: futures are numbered in 31 bits.
                {
                    *slot = numbers.number(&ahead.x) as u32;
                }
                numbers.advance(&mut walker);
            }
            tell(out.len() as u64);
        });
    next
}

/// Basins from `starts` random futures, the same for any number of threads; from fewer where they would take more
/// than `work` steps of about a nanosecond, and `None` where not even a hundred can be had for that.
///
/// ```
/// use sinario_engine::{Model, progress::Quiet, succession::{Rule, sampled_basins}};
/// let model = Model::new(vec![2]);
/// let found = sampled_basins(&model, Rule::Local, &[], (1000, 1 << 20), 0, &Quiet).unwrap();
/// assert_eq!(found.sampled, Some(1000));
/// assert!(sampled_basins(&model, Rule::Local, &[], (1000, 100), 0, &Quiet).is_none());
/// ```
pub fn sampled_basins(
    model: &Model,
    rule: Rule,
    held: &[(Driver, State)],
    (starts, work): (u64, u64),
    seed: u64,
    progress: &dyn Progress,
) -> Option<Basins> {
    let (acts, free) = (acts(model), free(model, held));
    // Impact sums are laid out afresh for each start.
    let rows = model.blocks.iter().zip(&model.sizes);
    let place: u64 = rows
        .map(|(blocks, &k)| (blocks.len() as u64 + 1) * (SET + u64::from(k)))
        .sum();
    let one = |number: u64| {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        dice.set_stream(number);
        let sizes = model.sizes.iter();
        let mut x: Vec<usize> = sizes.map(|&k| below(&mut dice, u64::from(k))).collect();
        for (d, s) in held {
            x[d.0 as usize] = usize::from(s.0);
        }
        let mut walker = Walker::new(model, &acts, &free, x);
        walker.work += place;
        let end = end_of(&mut walker, rule, work / LONGEST);
        (end, walker.work)
    };
    let mut ends: Vec<Option<Vec<Vec<usize>>>> = Vec::new();
    let (mut done, mut spent, mut wave) = (0, 0, WAVES.0);
    while done < starts {
        let found: Vec<_> = (done..starts.min(done + wave))
            .into_par_iter()
            .map(one)
            .collect();
        done += found.len() as u64;
        spent += found.iter().map(|(_, work)| work).sum::<u64>();
        ends.extend(found.into_iter().map(|(end, _)| end));
        progress.at(Work::Basins, done, starts);
        // Work is counted, not timed, so that as many starts are drawn on any machine.
        let each = (spent / done).max(1);
        let fewest = FEWEST.min(starts);
        if done >= TELLING.min(starts) && each.saturating_mul(fewest) > work {
            return None;
        }
        let affordable = work.saturating_sub(spent) / each;
        if affordable == 0 {
            break;
        }
        wave = (2 * wave).min(WAVES.1).min(affordable);
    }
    if done < FEWEST.min(starts) {
        return None;
    }
    let starts = done;
    let mut counts = std::collections::BTreeMap::<Vec<Vec<usize>>, u64>::new();
    let mut open = 0;
    for end in ends {
        match end {
            Some(end) => *counts.entry(end).or_default() += 1,
            None => open += 1,
        }
    }
    let mut attractors: Vec<Attractor> = counts
        .into_iter()
        .map(|(states, basin)| Attractor {
            states: states.iter().map(|x| future(x)).collect(),
            basin,
        })
        .collect();
    attractors.sort_by_key(|a| std::cmp::Reverse(a.basin));
    Some(Basins {
        rule,
        attractors,
        more: 0,
        sampled: Some(starts),
        open,
    })
}

/// A number below `n`, without bias (Lemire 2019).
fn below(dice: &mut ChaCha8Rng, n: u64) -> usize {
    let n = n.max(1);
    loop {
        let wide = u128::from(dice.next_u64()) * u128::from(n);
        // The cast: the halves of a product.
        let (high, low) = ((wide >> 64) as usize, wide as u64);
        if low >= n.wrapping_neg() % n {
            return high;
        }
    }
}

/// The attractor that a walk ends in, its least future first (Brent 1980); `None` where it does not close in time,
/// that is within [`STEPS`] and `most` steps of work.
fn end_of(walker: &mut Walker, rule: Rule, most: u64) -> Option<Vec<Vec<usize>>> {
    let (mut power, mut length) = (1, 0);
    let mut mark = walker.x.clone();
    for _ in 0..STEPS {
        if walker.work > most {
            return None;
        }
        walker.step(rule);
        length += 1;
        if walker.x == mark {
            let mut cycle = Vec::with_capacity(length);
            for _ in 0..length {
                cycle.push(walker.x.clone());
                walker.step(rule);
            }
            let least = (0..length).min_by_key(|&i| &cycle[i]).unwrap_or_default();
            cycle.rotate_left(least);
            return Some(cycle);
        }
        if length == power {
            mark.clone_from(&walker.x);
            (power, length) = (power * 2, 0);
        }
    }
    None
}

/// Wilson's 95 % interval of a share, `k` of `n` (Wilson 1927).
///
/// ```
/// let (low, high) = sinario_engine::succession::wilson(3, 10);
/// assert!((low - 0.1078).abs() < 1e-4 && (high - 0.6032).abs() < 1e-4);
/// ```
// The cast: shares of at most some thousands of starts.
pub fn wilson(k: u64, n: u64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    if n == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (n as f64, k as f64 / n as f64);
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (
        ((middle - half) / whole).max(0.0),
        ((middle + half) / whole).min(1.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(dice: &mut ChaCha8Rng, sizes: &[u16], scale: i32) -> Model {
        let mut model = Model::new(sizes.to_vec());
        let n = sizes.len() as u32;
        for (from, on) in (0..n * n).map(|c| (c / n, c % n)) {
            if below(dice, 3) == 0 {
                continue;
            }
            for s in 0..sizes[from as usize] {
                for t in 0..sizes[on as usize] {
                    let score = below(dice, 2 * scale as u64 + 1) as i64 - i64::from(scale);
                    // The cast: within the scale.
                    let (from, on) = (Driver(from), Driver(on));
                    model.add(from, State(s), on, State(t), score as i32);
                }
            }
        }
        model
    }

    /// Blocks of all kinds: one alone, many, with a rest of lanes; all types of numbers; held drivers anywhere.
    #[test]
    fn the_table_agrees_with_stepping_from_every_future() {
        let mut dice = ChaCha8Rng::seed_from_u64(21);
        let shapes: [&[u16]; 6] = [
            &[3, 2, 4, 3, 5, 3, 2],
            &[2; 12],
            &[5, 7, 3, 11, 5],
            &[9, 9, 9, 9],
            &[3, 40, 20],
            &[2, 3],
        ];
        for round in 0..60 {
            let scale = [1, 3, 2_000, 1_000_000_000][round % 4];
            let model = random(&mut dice, shapes[round % 6], scale);
            let held = if round % 3 == 0 {
                let d = below(&mut dice, model.drivers() as u64);
                vec![(Driver(d as u32), State(1))]
            } else {
                Vec::new()
            };
            let numbers = Numbers::new(&model, &held);
            for rule in RULES {
                let told = AtomicU64::new(0);
                let tell = |some| {
                    told.fetch_add(some, Relaxed);
                };
                let want = one_by_one(&model, rule, &held, &numbers, &|_| ());
                let found = table::successors(&model, rule, &held, numbers.count, &tell);
                assert_eq!(found, Some(want), "{round} {rule:?} {held:?}");
                assert_eq!(told.into_inner(), numbers.count as u64);
            }
        }
        // What would be laid out for it does not fit.
        let wide = Model::new(vec![1500, 1500]);
        assert!(table::successors(&wide, Rule::Local, &[], 1500 * 1500, &|_| ()).is_none());
    }

    #[test]
    fn ends_agree_with_walking_for_long_enough() {
        let mut dice = ChaCha8Rng::seed_from_u64(8);
        for (n, reach) in [(1, 1), (70, 70), (5_000, 5_000), (40_000, 60), (3_000, 1)] {
            // Within `reach` of itself: few long paths for a great reach, many short ones for a small.
            let next: Vec<u32> = (0..n)
                .map(|at| (at - at % reach + below(&mut dice, reach as u64)).min(n - 1) as u32)
                .collect();
            let mut want = std::collections::BTreeMap::<usize, u32>::new();
            for start in 0..n {
                let mut at = start;
                for _ in 0..reach {
                    at = next[at] as usize;
                }
                let (mut least, mut then) = (at, next[at] as usize);
                while then != at {
                    least = least.min(then);
                    then = next[then] as usize;
                }
                *want.entry(least).or_default() += 1;
            }
            for threads in [1, 8] {
                let pool = rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()
                    .unwrap();
                let ends = pool.install(|| ends::Ends::new(next.clone(), &|_| ()));
                assert!(ends.all().eq(want.clone()), "{n} {reach}");
            }
        }
    }
}
