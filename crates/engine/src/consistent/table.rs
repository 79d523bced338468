//! What the search looks up on one island: for every impact of driver i on driver j and every set D of states
//! left to i, the greatest differences max over s in D of C\[s, t\] − C\[s, t′\] for all pairs (t, t′) of states of j.
//!
//! Three ways to have them, from the fastest to the smallest: one row for every set ([`Kind::Sets`]), one row for
//! every state, of which the greatest is taken ([`Kind::States`]), and none, the scores being read each time
//! ([`Kind::Scores`]). Which one is taken depends on the sizes alone.
//!
//! Two layouts of a row. Up to four states (`W` > 0) pair (t, t′) stands in lane t of block t′ − t − 1 (mod
//! the number of states), so that a driver fits one or two vector registers. Beyond (`W` = 0) the rivals of t stand
//! side by side, padded to whole registers, so that one state is looked at without its neighbours.

use super::Ask;
use crate::{Driver, Model, State};

/// A whole number in which leads are kept; the smaller, the more of them one instruction handles.
pub(super) trait Score:
    Copy
    + Ord
    + Send
    + Sync
    + std::fmt::Debug
    + std::ops::Add<Output = Self>
    + std::ops::Sub<Output = Self>
{
    /// Nothing.
    const ZERO: Self;
    /// Stands in lanes that no pair has: never below any floor, and far enough from overflow.
    const BIG: Self;
    /// Leads must stay within this.
    const REACH: i64;
    /// `x`, which lies within the reach.
    fn of(x: i64) -> Self;
}

macro_rules! score {
    ($t:ty) => {
        impl Score for $t {
            const ZERO: Self = 0;
            const BIG: Self = <$t>::MAX / 2;
            const REACH: i64 = (<$t>::MAX / 4) as i64;
            #[inline(always)]
            fn of(x: i64) -> Self {
                // The cast: the table is built in this type only where all leads are within REACH.
                x as $t
            }
        }
    };
}
score!(i16);
score!(i32);
score!(i64);

/// States of a driver that a set of states in 64 bits can hold.
pub(super) const STATES: usize = 64;
/// How much memory may be spent on speed; whatever it is, the answer is the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Means {
    /// Most bytes of the rows for every set: more would not stay near the processor.
    pub sets: u64,
    /// Most bytes of the rows for every state.
    pub rows: u64,
    /// Most bytes of one subtree for which what is left is saved at every branching, rather than changes taken
    /// back one by one.
    pub saved: usize,
}

/// What is spent.
pub(super) const MEANS: Means = Means {
    sets: 1 << 22,
    rows: 1 << 25,
    saved: 1 << 18,
};
/// States for lanes of four.
const LANES: usize = 4;

/// How rows are had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A row for every set of states.
    Sets,
    /// A row for every state.
    States,
    /// Made from the scores each time.
    Scores,
}

/// The impacts of one driver on another.
pub(super) struct Influence<'a, T> {
    /// Place of the source on the island.
    pub from: usize,
    /// Place of the target.
    pub on: usize,
    scores: &'a [i32],
    /// First cell of its rows.
    row: usize,
    /// First of its spreads, one for every set, or one for all.
    spread: usize,
    /// The target's row width in units of work.
    pub cost: u64,
    kind: std::marker::PhantomData<T>,
}

/// What is fixed while an island is searched.
pub(super) struct Table<'a, T, const W: usize> {
    /// The drivers of the island, in declared order.
    pub drivers: &'a [Driver],
    /// Their numbers of states.
    pub sizes: Vec<usize>,
    /// Whether a driver must hold against its rivals (all but the held).
    pub answers: Vec<bool>,
    /// Influences by source.
    pub influences: Vec<Influence<'a, T>>,
    /// Where the influences of each source begin, and an end.
    acts: Vec<usize>,
    /// Influences by target, and where those of each target begin, and an end.
    feels: (Vec<usize>, Vec<usize>),
    /// First pair of each driver, and an end.
    first: Vec<usize>,
    /// A lead below this loses: −K.
    pub floor: T,
    /// (t′, t) above this: t does not hold against t′ in every completion.
    hold: Vec<T>,
    /// The leads that are so whatever the others do.
    fixed: Vec<T>,
    kind: Kind,
    cells: Vec<T>,
    spreads: Vec<T>,
    /// All scores are multiples of this.
    unit: i64,
}

/// The measures of an island, taken before a table of any type is built.
pub(super) struct Measures {
    /// Greatest lead that any sum on the way can have, in units.
    pub reach: i64,
    /// Pairs whose leads are kept.
    pub pairs: u64,
    /// Most states of a driver.
    pub states: usize,
    unit: i64,
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn spread_of(scores: &[i32]) -> i64 {
    let (low, high) = scores.iter().fold((0, 0), |(l, h), &x| {
        (i64::from(x).min(l), i64::from(x).max(h))
    });
    high - low
}

impl Measures {
    /// Measures the island of `drivers`.
    pub fn new(model: &Model, drivers: &[Driver]) -> Measures {
        let blocks = |d: &Driver| &model.blocks[d.0 as usize];
        let unit = drivers
            .iter()
            .flat_map(blocks)
            .flat_map(|b| &b.scores)
            .fold(0, |g, &x| {
                if g == 1 {
                    1
                } else {
                    gcd(g, i64::from(x).abs())
                }
            })
            .max(1);
        let sizes = drivers
            .iter()
            .map(|d| usize::from(model.sizes[d.0 as usize]));
        Measures {
            // Twice: a self-impact counts both ways in what must hold.
            reach: drivers
                .iter()
                .map(|d| {
                    blocks(d)
                        .iter()
                        .map(|b| 2 * spread_of(&b.scores) / unit)
                        .sum()
                })
                .max()
                .unwrap_or(0)
                + 1,
            pairs: sizes.clone().map(|k| (k * k) as u64).sum(),
            states: sizes.max().unwrap_or(0),
            unit,
        }
    }
}

fn padded(x: usize) -> usize {
    x.next_multiple_of(8)
}

impl<'a, T: Score, const W: usize> Table<'a, T, W> {
    /// Builds the table; `measures.reach` is within the reach of `T`, and with `W` > 0 no driver has more than four states.
    pub fn new(
        model: &'a Model,
        ask: &Ask,
        drivers: &'a [Driver],
        measures: &Measures,
        means: Means,
    ) -> Table<'a, T, W> {
        let n = drivers.len();
        let held = |d: Driver| ask.held.iter().find(|(h, _)| *h == d).map(|(_, s)| *s);
        let sizes: Vec<usize> = drivers
            .iter()
            .map(|d| usize::from(model.sizes[d.0 as usize]))
            .collect();
        let mut first = vec![0];
        for &k in &sizes {
            let width = if W > 0 { W } else { k * padded(k - 1) };
            first.push(first[first.len() - 1] + width);
        }
        // Beyond the reach everything holds; so far the slack may be cut without changing an answer.
        let slack = (ask.max_inconsistency / measures.unit).min(measures.reach);
        let mut table = Table {
            drivers,
            answers: drivers.iter().map(|&d| held(d).is_none()).collect(),
            influences: Vec::new(),
            acts: Vec::new(),
            feels: (Vec::new(), vec![0]),
            floor: T::of(-slack),
            hold: vec![T::BIG; first[n]],
            fixed: vec![T::BIG; first[n]],
            kind: Kind::Scores,
            cells: Vec::new(),
            spreads: Vec::new(),
            unit: measures.unit,
            first,
            sizes,
        };
        for j in (0..n).filter(|&j| table.answers[j]) {
            let k = table.sizes[j];
            let mut fixed = vec![0_i64; k * k];
            let mut own = vec![0_i64; k * k];
            for block in &model.blocks[drivers[j].0 as usize] {
                let lead = |s: usize, t: usize, rival: usize| {
                    let row = &block.scores[s * k..(s + 1) * k];
                    (i64::from(row[t]) - i64::from(row[rival])) / measures.unit
                };
                let all = (0..k * k).map(|p| (p / k, p % k));
                if let Some(s) = held(block.from) {
                    all.for_each(|(t, r)| fixed[t * k + r] += lead(usize::from(s.0), t, r));
                } else if block.from == drivers[j] {
                    // Whoever is in t has its own t for company.
                    all.for_each(|(t, r)| own[t * k + r] += lead(t, t, r));
                } else if let Ok(from) = drivers.binary_search(&block.from) {
                    table.influences.push(Influence {
                        from,
                        on: j,
                        scores: &block.scores,
                        row: 0,
                        spread: 0,
                        cost: 1 + (table.width(j) / 64) as u64,
                        kind: std::marker::PhantomData,
                    });
                }
            }
            for t in 0..k {
                for rival in (0..k).filter(|&r| r != t) {
                    let at = table.first[j] + table.pair(j, t, rival);
                    let (there, back) = (own[t * k + rival], own[rival * k + t]);
                    table.fixed[at] = T::of(fixed[t * k + rival] + there);
                    table.hold[at] = T::of(slack + there + back);
                }
            }
        }
        table.order();
        table.tabulate(means);
        table
    }

    /// Influences by source, and their numbers by target.
    fn order(&mut self) {
        let n = self.sizes.len();
        self.influences.sort_by_key(|e| (e.from, e.on));
        self.acts = (0..=n)
            .map(|i| self.influences.partition_point(|e| e.from < i))
            .collect();
        let mut by_target: Vec<usize> = (0..self.influences.len()).collect();
        by_target.sort_by_key(|&e| self.influences[e].on);
        let begin = (0..=n)
            .map(|j| by_target.partition_point(|&e| self.influences[e].on < j))
            .collect();
        self.feels = (by_target, begin);
    }

    fn tabulate(&mut self, means: Means) {
        let bytes = |rows: &dyn Fn(usize) -> Option<u64>| {
            self.influences.iter().try_fold(0_u64, |n, e| {
                rows(self.sizes[e.from])?
                    .checked_mul((self.width(e.on) * size_of::<T>()) as u64)
                    .and_then(|c| c.checked_add(n))
            })
        };
        // The cast: at most 64 states.
        let sets = bytes(&|k| 1_u64.checked_shl(k as u32));
        let rows = bytes(&|k| Some(k as u64));
        self.kind = match (sets, rows) {
            (Some(n), _) if n <= means.sets => Kind::Sets,
            (_, Some(n)) if n <= means.rows => Kind::States,
            _ => Kind::Scores,
        };
        let mut made = Vec::new();
        for e in 0..self.influences.len() {
            let (from, w) = (self.influences[e].from, self.width(self.influences[e].on));
            let k = self.sizes[from];
            let mut states = vec![T::ZERO; k * w];
            for s in 0..k {
                self.state(&self.influences[e], s, &mut states[s * w..(s + 1) * w]);
            }
            self.influences[e].row = self.cells.len();
            self.influences[e].spread = self.spreads.len();
            match self.kind {
                Kind::Sets => {
                    made.clear();
                    made.resize(w << k, T::ZERO);
                    for set in 1..1_usize << k {
                        let (rest, low) = (set & (set - 1), set.trailing_zeros() as usize);
                        for p in 0..w {
                            let lead = states[low * w + p];
                            made[set * w + p] = if rest == 0 {
                                lead
                            } else {
                                lead.max(made[rest * w + p])
                            };
                        }
                    }
                    for set in 0..1_u64 << k {
                        // The cast: few enough sets for a table.
                        let most = &made[set as usize * w..][..w];
                        self.spreads.push(spread(set, most, &states));
                    }
                    self.cells.extend_from_slice(&made);
                }
                Kind::States | Kind::Scores => {
                    let full = u64::MAX >> (64 - k);
                    let mut most = states[..w].to_vec();
                    for row in states.chunks_exact(w).skip(1) {
                        raise(&mut most, row);
                    }
                    self.spreads.push(spread(full, &most, &states));
                    if self.kind == Kind::States {
                        self.cells.extend_from_slice(&states);
                    }
                }
            }
        }
    }

    /// Pair (t, rival) among the pairs of `j`.
    #[inline(always)]
    pub fn pair(&self, j: usize, t: usize, rival: usize) -> usize {
        let k = self.sizes[j];
        if W > 0 {
            (rival + k - t - 1) % k * LANES + t
        } else {
            t * padded(k - 1) + rival - usize::from(rival > t)
        }
    }

    #[inline(always)]
    fn width(&self, j: usize) -> usize {
        if W > 0 {
            W
        } else {
            self.first[j + 1] - self.first[j]
        }
    }

    /// The pairs of `j`.
    #[inline(always)]
    pub fn pairs(&self, j: usize) -> std::ops::Range<usize> {
        if W > 0 {
            j * W..j * W + W
        } else {
            self.first[j]..self.first[j + 1]
        }
    }

    /// Numbers of the influences that `i` has.
    #[inline(always)]
    pub fn acts(&self, i: usize) -> std::ops::Range<usize> {
        self.acts[i]..self.acts[i + 1]
    }

    /// Numbers of the influences that `j` feels.
    #[inline(always)]
    pub fn feels(&self, j: usize) -> &[usize] {
        &self.feels.0[self.feels.1[j]..self.feels.1[j + 1]]
    }

    /// The differences that one state makes.
    fn state(&self, e: &Influence<T>, s: usize, into: &mut [T]) {
        let k = self.sizes[e.on];
        let row = &e.scores[s * k..(s + 1) * k];
        for t in 0..k {
            for rival in (0..k).filter(|&r| r != t) {
                let lead = i64::from(row[t]) - i64::from(row[rival]);
                into[self.pair(e.on, t, rival)] = T::of(lead / self.unit);
            }
        }
    }

    /// The greatest differences that the states of `set` make; `room` is where they are put together if need be.
    #[inline(always)]
    pub fn row<'t>(&'t self, e: &Influence<T>, set: u64, room: &'t mut Vec<T>) -> &'t [T] {
        let w = self.width(e.on);
        match self.kind {
            // The cast: few enough sets for a table.
            Kind::Sets => &self.cells[e.row + set as usize * w..][..w],
            Kind::States if set.is_power_of_two() => {
                &self.cells[e.row + set.trailing_zeros() as usize * w..][..w]
            }
            Kind::States => {
                let mut rest = set & (set - 1);
                room.clear();
                let least = set.trailing_zeros() as usize;
                room.extend_from_slice(&self.cells[e.row + least * w..][..w]);
                while rest != 0 {
                    let s = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    raise(room, &self.cells[e.row + s * w..][..w]);
                }
                room
            }
            Kind::Scores => {
                room.clear();
                room.resize(2 * w, T::ZERO);
                let (most, one) = room.split_at_mut(w);
                let mut rest = set;
                while rest != 0 {
                    let s = rest.trailing_zeros() as usize;
                    self.state(e, s, one);
                    if rest == set {
                        most.copy_from_slice(one);
                    } else {
                        raise(most, one);
                    }
                    rest &= rest - 1;
                }
                &room[..w]
            }
        }
    }

    /// Work of having the row of `set`, in steps.
    #[inline(always)]
    pub fn cost(&self, e: &Influence<T>, set: u64) -> u64 {
        match self.kind {
            Kind::Sets => e.cost,
            Kind::States => e.cost * u64::from(set.count_ones()),
            // Measured: a row made from its scores takes some eight times as long as one that is read.
            Kind::Scores => e.cost * 8 * u64::from(set.count_ones()),
        }
    }

    /// At least the most by which a state of `set` can fall short of the row of `set`.
    #[inline(always)]
    pub fn spread(&self, e: &Influence<T>, set: u64) -> T {
        match self.kind {
            // The cast: few enough sets for a table.
            Kind::Sets => self.spreads[e.spread + set as usize],
            _ => self.spreads[e.spread],
        }
    }

    /// The leads when every driver has the states of `sets`.
    pub fn leads(&self, sets: &[u64]) -> Vec<T> {
        let (mut leads, mut room) = (self.fixed.clone(), Vec::new());
        for e in &self.influences {
            let row = self.row(e, sets[e.from], &mut room);
            for (lead, &more) in leads[self.pairs(e.on)].iter_mut().zip(row) {
                *lead = *lead + more;
            }
        }
        leads
    }

    /// The states of `set` that lose against some rival with these leads of `j`.
    #[inline(always)]
    pub fn lost(&self, j: usize, set: u64, leads: &[T]) -> u64 {
        if W > 0 {
            let least = self.least_by_lane(leads);
            let mut lost = 0;
            for t in 0..LANES {
                lost |= u64::from(least[t] < self.floor) << t;
            }
            return lost & set;
        }
        let row = padded(self.sizes[j] - 1);
        let (mut lost, mut rest) = (0, set);
        while rest != 0 {
            let t = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let any = leads[t * row..(t + 1) * row]
                .iter()
                .fold(false, |any, &x| any | (x < self.floor));
            lost |= u64::from(any) << t;
        }
        lost
    }

    #[inline(always)]
    fn least_by_lane(&self, leads: &[T]) -> [T; LANES] {
        let mut least = [T::BIG; LANES];
        for block in leads.chunks_exact(LANES) {
            for t in 0..LANES {
                least[t] = least[t].min(block[t]);
            }
        }
        least
    }

    /// How much of a lead the best placed state of `set` can do without.
    #[inline(always)]
    pub fn room(&self, j: usize, set: u64, leads: &[T]) -> T {
        let mut most = self.floor;
        let mut rest = set;
        if W > 0 {
            let least = self.least_by_lane(leads);
            for t in 0..LANES {
                if set >> t & 1 == 1 {
                    most = most.max(least[t]);
                }
            }
        } else {
            let row = padded(self.sizes[j] - 1);
            while rest != 0 {
                let t = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                let least = leads[t * row..(t + 1) * row]
                    .iter()
                    .fold(T::BIG, |m, &x| m.min(x));
                most = most.max(least);
            }
        }
        most - self.floor
    }

    /// Whether all states of `set` of `j` lose once `now` of the leads is replaced by `then`.
    #[inline(always)]
    pub fn all_lost(&self, j: usize, set: u64, leads: &[T], now: &[T], then: &[T]) -> bool {
        if W > 0 {
            let mut least = [T::BIG; LANES];
            for b in 0..W / LANES {
                for t in 0..LANES {
                    let p = b * LANES + t;
                    least[t] = least[t].min(leads[p] - now[p] + then[p]);
                }
            }
            let mut lost = 0;
            for t in 0..LANES {
                lost |= u64::from(least[t] < self.floor) << t;
            }
            return set & !lost == 0;
        }
        let row = padded(self.sizes[j] - 1);
        let mut rest = set;
        while rest != 0 {
            let t = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let at = t * row..(t + 1) * row;
            let (leads, now, then) = (&leads[at.clone()], &now[at.clone()], &then[at]);
            let mut any = false;
            for p in 0..row {
                any |= leads[p] - now[p] + then[p] < self.floor;
            }
            if !any {
                return false;
            }
        }
        true
    }

    /// Whether every state of `set` of `j` holds whatever the others do. The least lead of t over t′ is, self-impacts
    /// apart, the greatest of t′ over t with its sign turned; so the greatest ones are enough.
    pub fn holds(&self, j: usize, set: u64, leads: &[T]) -> bool {
        let (k, hold) = (self.sizes[j], &self.hold[self.pairs(j)]);
        (0..k).filter(|&t| set >> t & 1 == 1).all(|t| {
            (0..k).filter(|&r| r != t).all(|rival| {
                let back = self.pair(j, rival, t);
                leads[back] <= hold[back]
            })
        })
    }

    /// The states that each driver begins with.
    pub fn begin(&self, ask: &Ask) -> Vec<u64> {
        let fixed = |d: Driver| {
            let is = |(g, _): &&(Driver, State)| *g == d;
            ask.given.iter().find(is).or(ask.held.iter().find(is))
        };
        self.drivers
            .iter()
            .zip(&self.sizes)
            .map(|(&d, &k)| match fixed(d) {
                Some((_, s)) => 1 << s.0,
                None => u64::MAX >> (64 - k),
            })
            .collect()
    }
}

fn raise<T: Score>(most: &mut [T], row: &[T]) {
    for (m, &x) in most.iter_mut().zip(row) {
        *m = (*m).max(x);
    }
}

/// The most by which a state of `set` falls short of the row of `set` in any pair.
fn spread<T: Score>(set: u64, most: &[T], states: &[T]) -> T {
    let mut spread = T::ZERO;
    for (s, row) in states.chunks_exact(most.len()).enumerate() {
        if set >> s & 1 == 1 {
            for (&m, &x) in most.iter().zip(row) {
                spread = spread.max(m - x);
            }
        }
    }
    spread
}
