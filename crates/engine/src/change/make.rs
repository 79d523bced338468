//! Making a set consistent: the future that takes the least, by branch and bound.
//!
//! In a whole future the drivers are independent: each only needs its own state to hold against its rivals. Where some
//! drivers are still open, every other is taken at its best, which bounds from below what any completion takes.

use super::amounts::{Lift, Room, cost, plans};
use super::{Cell, Cost, Field, driver, state};
use crate::Future;
use crate::progress::{Progress, Work};

/// What was found.
pub(super) struct Made {
    /// The cells with what each is moved by, and the future that is then consistent.
    pub best: Option<(Vec<(Cell, i64)>, Future)>,
    pub proved: bool,
    pub at_least: u64,
    pub steps: u64,
}

/// How often progress is told, in nodes.
const TOLD: u64 = 1 << 10;

struct Search<'a> {
    field: &'a Field<'a>,
    progress: &'a dyn Progress,
    x: Vec<Option<usize>>,
    bounds: Vec<Cost>,
    total: Cost,
    best: Option<(Cost, Vec<usize>)>,
    /// The least of what was left unseen.
    unseen: Option<Cost>,
    nodes: u64,
    steps: u64,
}

pub(super) fn make(field: &Field, progress: &dyn Progress) -> Made {
    let n = field.model.drivers();
    let mut search = Search {
        field,
        progress,
        x: field.fixed.clone(),
        bounds: vec![Cost::default(); n],
        total: Cost::default(),
        best: None,
        unseen: None,
        nodes: 0,
        steps: 0,
    };
    for j in 0..n {
        search.bounds[j] = search.bound(j);
        search.total = search.total + search.bounds[j];
    }
    search.go();
    let least = search.best.as_ref().map(|(cost, _)| *cost);
    let least = least.into_iter().chain(search.unseen).min();
    Made {
        proved: search.unseen.is_none(),
        at_least: least.map_or(0, |cost| cost.count),
        steps: search.steps,
        best: search.best.map(|(_, x)| {
            let whole: Vec<Option<usize>> = x.iter().copied().map(Some).collect();
            let moved = (0..n).flat_map(|j| moved(field, &whole, j, x[j]));
            (moved.collect(), x.iter().map(|&s| state(s)).collect())
        }),
    }
}

impl Search<'_> {
    fn go(&mut self) {
        if self
            .best
            .as_ref()
            .is_some_and(|(best, _)| self.total >= *best)
        {
            return;
        }
        if self.steps >= self.field.ask.steps {
            let unseen = self.unseen.map_or(self.total, |u| u.min(self.total));
            self.unseen = Some(unseen);
            return;
        }
        self.nodes += 1;
        if self.nodes.is_multiple_of(TOLD) {
            self.progress.at(Work::Change, self.nodes, 0);
        }
        // The driver that takes most, then the one that acts on most, then the first.
        let open = (0..self.x.len()).filter(|&d| self.x[d].is_none());
        let key = |d: usize| (self.bounds[d], self.field.targets[d].len());
        let next = open.fold(None, |best: Option<usize>, d| match best {
            Some(b) if key(b) >= key(d) => Some(b),
            _ => Some(d),
        });
        let Some(d) = next else {
            let x = self.x.iter().map(|s| s.unwrap_or_default()).collect();
            self.best = Some((self.total, x));
            return;
        };
        let mut touched = self.field.targets[d].clone();
        touched.push(d);
        touched.sort_unstable();
        touched.dedup();
        let before: Vec<Cost> = touched.iter().map(|&j| self.bounds[j]).collect();
        let (total, size) = (self.total, self.field.size(d));
        let mut children: Vec<(Cost, usize, Vec<Cost>)> = (0..size)
            .map(|s| {
                self.x[d] = Some(s);
                let after: Vec<Cost> = touched.iter().map(|&j| self.bound(j)).collect();
                let mut sum = total;
                for (before, after) in before.iter().zip(&after) {
                    sum = instead(sum, *before, *after);
                }
                (sum, s, after)
            })
            .collect();
        children.sort_by_key(|(sum, s, _)| (*sum, *s));
        for (sum, s, after) in children {
            self.x[d] = Some(s);
            self.total = sum;
            for (&j, bound) in touched.iter().zip(after) {
                self.bounds[j] = bound;
            }
            self.go();
        }
        self.x[d] = None;
        self.total = total;
        for (&j, bound) in touched.iter().zip(before) {
            self.bounds[j] = bound;
        }
    }

    /// What `j` takes at least, whatever becomes of the open drivers.
    fn bound(&mut self, j: usize) -> Cost {
        if self.field.held[j] {
            return Cost::default();
        }
        let states = match self.x[j] {
            Some(s) => s..s + 1,
            None => 0..self.field.size(j),
        };
        let mut best: Option<Cost> = None;
        for t in states {
            let (lift, _) = lift(self.field, &self.x, j, t, &mut self.steps);
            // Every lead can be made up within the scale, so there is always a cost.
            let cost = cost(&lift).unwrap_or_default();
            best = Some(best.map_or(cost, |b| b.min(cost)));
            if best == Some(Cost::default()) {
                break;
            }
        }
        best.unwrap_or_default()
    }
}

fn instead(sum: Cost, before: Cost, after: Cost) -> Cost {
    Cost {
        count: sum.count + after.count - before.count,
        total: sum.total + after.total - before.total,
        new: sum.new + after.new - before.new,
    }
}

/// What it takes to have `j` in `t`; where a driver is open, at its best for that. Beside it, the driver of every place
/// for a score, and the rivals.
fn lift(
    field: &Field,
    x: &[Option<usize>],
    j: usize,
    t: usize,
    steps: &mut u64,
) -> (Lift, (Vec<usize>, Vec<usize>)) {
    let k = field.size(j);
    let states = |i: usize| match (i == j, x[i]) {
        (true, _) => t..t + 1,
        (false, Some(s)) => s..s + 1,
        (false, None) => 0..field.size(i),
    };
    let mut leads = vec![-field.ask.max_inconsistency; k];
    for block in &field.model.blocks[j] {
        let from = states(block.from.0 as usize);
        *steps += (from.len() * k) as u64;
        for (rival, lead) in leads.iter_mut().enumerate() {
            let least = from.clone().map(|s| {
                let row = &block.scores[s * k..(s + 1) * k];
                i64::from(row[rival]) - i64::from(row[t])
            });
            *lead += least.min().unwrap_or(0);
        }
    }
    let rivals: Vec<usize> = (0..k).filter(|&r| r != t && leads[r] > 0).collect();
    let Some(most) = rivals.iter().map(|&r| leads[r]).max() else {
        return Default::default();
    };
    // Of drivers that nobody let act on it, as many as could be needed; they are all alike.
    let strangers =
        (0..field.model.drivers()).filter(|i| field.sources[j].binary_search(i).is_err());
    let enough = (most / field.scale + 1) as usize;
    let strangers = strangers.filter(|&i| i != j).take(enough);
    let mut places: Vec<usize> = field.sources[j].iter().copied().chain(strangers).collect();
    places.sort_unstable();
    *steps += (places.len() * (1 + rivals.len())) as u64;
    let room = |i: usize, target: usize, raise: bool| {
        let all = states(i).map(|s| {
            let score = field.row(i, s, j).map_or(0, |row| i64::from(row[target]));
            let most = field.scale + if raise { -score } else { score };
            (most, field.unwritten(i, s, j))
        });
        all.fold(Room { most: 0, new: true }, |a, (most, new)| Room {
            most: a.most.max(most),
            new: a.new && new,
        })
    };
    let lift = Lift {
        raise: places.iter().map(|&i| room(i, t, true)).collect(),
        rivals: rivals
            .iter()
            .map(|&r| {
                let rooms = places.iter().map(|&i| room(i, r, false));
                (leads[r], rooms.collect())
            })
            .collect(),
    };
    (lift, (places, rivals))
}

/// The cells that are moved to have `j` in `t` in a whole future, the first in declared order of those that take least.
fn moved(field: &Field, x: &[Option<usize>], j: usize, t: usize) -> Vec<(Cell, i64)> {
    if field.held[j] {
        return Vec::new();
    }
    let (lift, (places, rivals)) = lift(field, x, j, t, &mut 0);
    let cell = |at: usize, target: usize| Cell {
        from: driver(places[at]),
        state: state(x[places[at]].unwrap_or_default()),
        on: driver(j),
        target: state(target),
    };
    let all = plans(&lift).into_iter().map(|plan| {
        let raised = plan.raised.iter().map(|&(at, by)| (cell(at, t), by));
        let lowered = plan.lowered.iter().zip(&rivals);
        let lowered = lowered.flat_map(|(l, &r)| l.iter().map(move |&(at, by)| (at, r, -by)));
        let lowered = lowered.map(|(at, r, by)| (cell(at, r), by));
        let mut cells: Vec<(Cell, i64)> = raised.chain(lowered).collect();
        cells.sort_unstable();
        cells
    });
    all.min().unwrap_or_default()
}
