//! A table whose ordered columns are sorted once, and boxes on it.

use super::{Column, Found, Limits};
use rayon::prelude::*;
use std::ops::Range;

/// Different values of an ordered column, ascending.
enum Values {
    Number(Vec<f64>),
    Integer(Vec<i64>),
}

/// A column of numbers or integers. A row's *place* is the position of its value among the different values.
pub(super) struct Ordered {
    values: Values,
    /// Place of each row.
    pub place: Vec<u32>,
    /// Rows by place, then row.
    pub rows: Vec<u32>,
}

/// A column of the table.
pub(super) enum Sorted {
    Ordered(Ordered),
    /// Level of each row, and whether each level occurs.
    Nominal(Vec<u16>, Vec<bool>),
}

/// What a box lets in of a column.
#[derive(Clone, PartialEq)]
pub(super) enum Within {
    /// Places let in, and the limits as they are shown.
    Ordered(Range<u32>, Limits),
    /// Whether each level is let in.
    Nominal(Vec<bool>),
}

/// A box with its counts.
#[derive(Clone)]
pub(super) struct Box {
    pub within: Vec<Within>,
    pub n: usize,
    pub k: usize,
}

/// The least change that could be made to a box.
pub(super) struct Candidate {
    pub column: usize,
    pub within: Within,
    pub n: usize,
    pub k: usize,
}

/// A side of an ordered column.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum End {
    Lower,
    Upper,
}

/// The table.
pub(super) struct Table {
    pub columns: Vec<Sorted>,
    pub outcome: Vec<bool>,
    pub hits: usize,
    /// Columns in the order in which their candidates come: numbers, integers, nominal.
    pub turn: Vec<usize>,
}

impl Ordered {
    fn new<T: Copy + Send + Sync>(
        all: &[T],
        order: impl Fn(&T, &T) -> std::cmp::Ordering + Sync,
        wrap: impl Fn(Vec<T>) -> Values,
    ) -> Self {
        // The cast: `check` saw that rows are counted in u32.
        let mut pairs: Vec<(T, u32)> = (0..).zip(all).map(|(r, &x)| (x, r)).collect();
        pairs.par_sort_unstable_by(|a, b| order(&a.0, &b.0).then(a.1.cmp(&b.1)));
        let mut values: Vec<T> = Vec::new();
        let mut place = vec![0; all.len()];
        for &(x, r) in &pairs {
            if values.last().is_none_or(|last| order(last, &x).is_lt()) {
                values.push(x);
            }
            // The cast: no more different values than rows.
            place[r as usize] = (values.len() - 1) as u32;
        }
        Ordered {
            values: wrap(values),
            place,
            rows: pairs.into_iter().map(|(_, r)| r).collect(),
        }
    }

    /// How many different values there are.
    fn len(&self) -> u32 {
        // The cast: no more than rows.
        match &self.values {
            Values::Number(v) => v.len() as u32,
            Values::Integer(v) => v.len() as u32,
        }
    }

    fn whole(&self) -> Limits {
        let last = self.len() as usize - 1;
        match &self.values {
            Values::Number(v) => Limits::Number(v[0], v[last]),
            Values::Integer(v) => Limits::Integer(v[0], v[last]),
        }
    }

    /// The limits `old` cut in the middle of the values at places `a` ≤ `b`, with `end` as the new limit; of integers the limit is
    /// the outermost of the `present` places that is left.
    ///
    /// What was let in beyond is not looked at: the range holds everything between the cut and the other limit.
    pub fn cut(
        &self,
        old: &(Range<u32>, Limits),
        end: End,
        (a, b): (u32, u32),
        present: impl Fn(Range<u32>) -> Option<u32>,
    ) -> Within {
        let (places, limits) = old;
        match (&self.values, limits) {
            (Values::Number(v), &Limits::Number(low, high)) => {
                let cut = middle(v[a as usize], v[b as usize]);
                // The casts: places are counted in u32.
                match end {
                    End::Lower => {
                        let from = v.partition_point(|&x| x < cut) as u32;
                        Within::Ordered(from..places.end, Limits::Number(cut, high))
                    }
                    End::Upper => {
                        let to = v.partition_point(|&x| x <= cut) as u32;
                        Within::Ordered(places.start..to, Limits::Number(low, cut))
                    }
                }
            }
            (Values::Integer(v), &Limits::Integer(low, high)) => {
                // In 128 bits no sum is too large, and twice the middle is whole.
                let twice = i128::from(v[a as usize]) + i128::from(v[b as usize]);
                match end {
                    End::Lower => {
                        let from = v.partition_point(|&x| 2 * i128::from(x) < twice) as u32;
                        let from = present(from..places.end.max(from)).unwrap_or(from);
                        let limit = v.get(from as usize).copied().unwrap_or(high);
                        Within::Ordered(from..places.end, Limits::Integer(limit, high))
                    }
                    End::Upper => {
                        let to = v.partition_point(|&x| 2 * i128::from(x) <= twice) as u32;
                        let last = present(places.start.min(to)..to);
                        let to = last.map_or(to, |l| l + 1);
                        let limit = to.checked_sub(1).map_or(low, |l| v[l as usize]);
                        Within::Ordered(places.start..to, Limits::Integer(low, limit))
                    }
                }
            }
            // The two kinds are made together, in `whole`.
            _ => Within::Ordered(places.clone(), limits.clone()),
        }
    }

    /// The limits without the one at `end`.
    pub fn open(&self, old: &(Range<u32>, Limits), end: End) -> Within {
        let (places, limits) = old;
        let limits = match (limits, self.whole(), end) {
            (&Limits::Number(_, high), Limits::Number(low, _), End::Lower)
            | (&Limits::Number(low, _), Limits::Number(_, high), End::Upper) => {
                Limits::Number(low, high)
            }
            (&Limits::Integer(_, high), Limits::Integer(low, _), End::Lower)
            | (&Limits::Integer(low, _), Limits::Integer(_, high), End::Upper) => {
                Limits::Integer(low, high)
            }
            (_, whole, _) => whole,
        };
        let places = match end {
            End::Lower => 0..places.end,
            End::Upper => places.start..self.len(),
        };
        Within::Ordered(places, limits)
    }

    /// The places at and beyond a limit: of numbers the limit itself counts, of integers, whose limit always lies in
    /// the box, it does not.
    pub fn beyond(&self, old: &(Range<u32>, Limits), end: End) -> Range<u32> {
        let (places, limits) = old;
        match (&self.values, limits, end) {
            (Values::Number(v), Limits::Number(low, _), End::Lower) => {
                0..v.partition_point(|x| x <= low) as u32
            }
            (Values::Number(v), Limits::Number(_, high), End::Upper) => {
                v.partition_point(|x| x < high) as u32..self.len()
            }
            (_, _, End::Lower) => 0..places.start,
            (_, _, End::Upper) => places.end..self.len(),
        }
    }
}

/// The middle of two numbers; in halves where their sum would be too large.
fn middle(a: f64, b: f64) -> f64 {
    let sum = a + b;
    if sum.is_finite() {
        sum / 2.0
    } else {
        a / 2.0 + b / 2.0
    }
}

/// Positions of the two order statistics around a quantile of `n` sorted values, given whether two of them tie.
/// While they tie the outer of the two moves: down above the median, up otherwise.
pub(super) fn around(n: usize, q: f64, tie: impl Fn(usize, usize) -> bool) -> (usize, usize) {
    // The casts: rows are counted in u32, and q < 1.
    let at = (n - 1) as f64 * q;
    let (mut low, mut high) = (at.floor() as usize, at.ceil() as usize);
    if q > 0.5 {
        while low > 0 && tie(low, high) {
            low -= 1;
        }
    } else {
        while high < n - 1 && tie(low, high) {
            high += 1;
        }
    }
    (low, high)
}

impl Within {
    /// Whether a row of that column is let in.
    pub fn holds(&self, of: &Sorted, row: usize) -> bool {
        match (self, of) {
            (Within::Ordered(places, _), Sorted::Ordered(o)) => places.contains(&o.place[row]),
            (Within::Nominal(levels), Sorted::Nominal(all, _)) => levels[usize::from(all[row])],
            // A box has the kinds of its table.
            _ => false,
        }
    }
}

impl Table {
    pub fn new(columns: &[Column], outcome: &[bool]) -> Self {
        let sorted = |column: &Column| match column {
            Column::Number(all) => {
                // −0 and 0 are one value.
                let all: Vec<f64> = all.iter().map(|x| x + 0.0).collect();
                Sorted::Ordered(Ordered::new(&all, f64::total_cmp, Values::Number))
            }
            Column::Integer(all) => Sorted::Ordered(Ordered::new(all, i64::cmp, Values::Integer)),
            Column::Nominal(all, levels) => {
                let mut occurs = vec![false; usize::from(*levels)];
                for &level in all {
                    occurs[usize::from(level)] = true;
                }
                Sorted::Nominal(all.clone(), occurs)
            }
        };
        let kind = |c: &usize| match &columns[*c] {
            Column::Number(_) => 0,
            Column::Integer(_) => 1,
            Column::Nominal(..) => 2,
        };
        let mut turn: Vec<usize> = (0..columns.len()).collect();
        turn.sort_by_key(kind);
        Table {
            columns: columns.par_iter().map(sorted).collect(),
            outcome: outcome.to_vec(),
            hits: outcome.iter().filter(|&&o| o).count(),
            turn,
        }
    }

    pub fn rows(&self) -> usize {
        self.outcome.len()
    }

    /// The limits of all rows, of one column.
    fn all(&self, column: usize) -> Within {
        match &self.columns[column] {
            Sorted::Ordered(o) => Within::Ordered(0..o.len(), o.whole()),
            Sorted::Nominal(_, occurs) => Within::Nominal(occurs.clone()),
        }
    }

    /// The box of all rows.
    pub fn whole(&self) -> Box {
        Box {
            within: (0..self.columns.len()).map(|c| self.all(c)).collect(),
            n: self.rows(),
            k: self.hits,
        }
    }

    /// Whether these limits of a column are not those of all rows.
    pub fn restricts(&self, column: usize, within: &Within) -> bool {
        match (within, &self.columns[column]) {
            (Within::Ordered(_, limits), Sorted::Ordered(o)) => *limits != o.whole(),
            (Within::Nominal(levels), Sorted::Nominal(_, occurs)) => levels != occurs,
            // A box has the kinds of its table.
            _ => false,
        }
    }

    /// The best candidate with its gain; the first of equals.
    pub fn best(&self, old: &Box, candidates: Vec<Candidate>) -> Option<(f64, Candidate)> {
        let restricted: Vec<bool> = (0..self.columns.len())
            .map(|c| self.restricts(c, &old.within[c]))
            .collect();
        let count = restricted.iter().filter(|&&r| r).count();
        let mut best: Option<(f64, usize, Candidate)> = None;
        for new in candidates {
            let gain = gain((old.n, old.k), (new.n, new.k));
            let others = count - usize::from(restricted[new.column]);
            let free =
                self.columns.len() - others - usize::from(self.restricts(new.column, &new.within));
            if best
                .as_ref()
                .is_none_or(|b| gain > b.0 || (gain == b.0 && free > b.1))
            {
                best = Some((gain, free, new));
            }
        }
        best.map(|(gain, _, new)| (gain, new))
    }

    pub fn found(&self, b: &Box) -> Found {
        let shown = |within: &Within| match within {
            Within::Ordered(_, limits) => limits.clone(),
            Within::Nominal(levels) => Limits::Nominal(
                (0..)
                    .zip(levels)
                    .filter_map(|(l, &is)| is.then_some(l))
                    .collect(),
            ),
        };
        // The casts: rows are counted in u32.
        let (n, k) = (b.n as f64, b.k as f64);
        Found {
            limits: b.within.iter().map(shown).collect(),
            restricted: (0..self.columns.len())
                .filter(|&c| self.restricts(c, &b.within[c]))
                .collect(),
            n: b.n,
            k: b.k,
            coverage: k / self.hits as f64,
            density: k / n,
            mass: n / self.rows() as f64,
        }
    }
}

/// The mean of a box, 0 of an empty one.
pub(super) fn mean((n, k): (usize, usize)) -> f64 {
    // The casts: rows are counted in u32.
    if n == 0 { 0.0 } else { k as f64 / n as f64 }
}

/// (mean after − mean before) / |rows after − rows before|; 0 where the mean stays.
fn gain(old: (usize, usize), new: (usize, usize)) -> f64 {
    let (before, after) = (mean(old), mean(new));
    if before == after {
        0.0
    } else {
        // The cast: rows are counted in u32. The means differ, so the rows do.
        (after - before) / old.0.abs_diff(new.0) as f64
    }
}
