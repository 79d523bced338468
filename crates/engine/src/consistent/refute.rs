//! The refutation of one island: why it has no consistent future, in lines that can be checked one by one.
//!
//! The search ([`super::search`]) draws stronger conclusions than a person would follow. Here only one kind is
//! drawn: for every driver j and every pair of its states (t, t′) the greatest value is kept that θ_j(t) − θ_j(t′) can
//! still have, given the states that are left to the others, and a state whose greatest lead over some rival is
//! below −K falls. To stay short, each branching first tries all drivers and takes the one whose states fall most.

use super::{Ask, Fall, Refuted};
use crate::{Driver, Model, State};

/// Most pairs whose bounds are kept, some tens of MB; beyond that no refutation is tried.
const PAIRS: usize = 1 << 20;
/// Most drivers of an island that is refuted: nobody reads on through more.
const DRIVERS: usize = 1 << 10;
/// Work, in bounds of influences looked at, after which no refutation is found: some tenths of a second.
const WORK: u64 = 1 << 25;
/// Longest refutation that is written down, in branches.
const BRANCHES: usize = 200;

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
    Pair { at: usize, high: i64 },
    Bound { at: usize, high: i64 },
    Fall { driver: usize, state: usize },
}

/// The state of the refutation of one island.
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
    bound_high: Vec<i64>,
    alive: Vec<Vec<bool>>,
    left: Vec<usize>,
    slack: i64,
    trail: Vec<Undo>,
    falls: Vec<Fall>,
    assumed: Vec<(usize, usize)>,
    conflict: Option<usize>,
    work: u64,
    /// The driver to branch on first, where it is not left to what falls most.
    first: Option<usize>,
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
        if pairs > PAIRS || n > DRIVERS {
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
            bound_high: Vec::new(),
            slack: ask.max_inconsistency,
            trail: Vec::new(),
            falls: Vec::new(),
            assumed: Vec::new(),
            conflict: None,
            work: 0,
            first: None,
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
            }
        }
    }

    fn add_influence(&mut self, i: usize, j: usize, scores: Vec<i64>) {
        let (k, bounds) = (self.sizes[j], self.bound_high.len());
        for t in 0..k {
            for rival in 0..k {
                let leads = (0..self.sizes[i]).map(|s| scores[s * k + t] - scores[s * k + rival]);
                let high = leads.fold(i64::MIN, i64::max);
                self.bound_high.push(high);
                self.high[self.first_pair[j] + t * k + rival] += high;
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
            let Influence {
                on: j,
                ref scores,
                bounds,
            } = self.influences[i][at];
            let (k, first) = (self.sizes[j], self.first_pair[j]);
            self.work += (k * k * self.left[i]) as u64;
            let mut moved = false;
            for t in (0..k).filter(|&t| self.alive[j][t]) {
                for rival in 0..k {
                    let high = self.alive[i]
                        .iter()
                        .enumerate()
                        .filter(|(_, alive)| **alive)
                        .map(|(s, _)| scores[s * k + t] - scores[s * k + rival])
                        .fold(i64::MIN, i64::max);
                    let pair = t * k + rival;
                    let old = self.bound_high[bounds + pair];
                    if high != old {
                        moved = true;
                        let (at, bound) = (first + pair, bounds + pair);
                        self.trail.push(Undo::Bound {
                            at: bound,
                            high: old,
                        });
                        self.trail.push(Undo::Pair {
                            at,
                            high: self.high[at],
                        });
                        self.bound_high[bound] = high;
                        self.high[at] += high - old;
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
                Some(Undo::Pair { at, high }) => self.high[at] = high,
                Some(Undo::Bound { at, high }) => self.bound_high[at] = high,
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

    /// The driver to branch on: the one of whose states the fewest survive being assumed, then the one with which
    /// most falls, then the first declared.
    fn branch(&mut self) -> Option<usize> {
        let mut best = None;
        for driver in 0..self.drivers.len() {
            if self.left[driver] < 2 {
                continue;
            }
            let (mut survive, mut fallen) = (0, 0);
            for s in self.states_left(driver) {
                let mark = self.mark();
                self.assume(driver, s);
                survive += usize::from(self.conflict.is_none());
                fallen += self.falls.len() - mark.1;
                self.undo_to(mark);
            }
            let key = (survive, std::cmp::Reverse(fallen), driver);
            if best.is_none_or(|b| key < b) {
                best = Some(key);
            }
            if survive == 0 || self.work > WORK {
                break;
            }
        }
        best.map(|(_, _, driver)| driver)
    }

    fn states_left(&self, driver: usize) -> Vec<usize> {
        (0..self.sizes[driver])
            .filter(|&s| self.alive[driver][s])
            .collect()
    }

    /// The same with the `at`-th driver of the island branched on first; `None` where nothing is left to branch on it.
    pub(super) fn from(&self, at: usize) -> Option<Solver> {
        let open = self.conflict.is_none() && self.left[at] > 1;
        open.then(|| Solver {
            first: Some(at),
            ..self.clone()
        })
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
        let first = self.first.take().filter(|&d| self.left[d] > 1);
        let branch = first.or_else(|| self.branch());
        let Some(driver) = branch.filter(|_| self.work <= WORK) else {
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
