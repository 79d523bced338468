//! The fewest and smallest changes with which given states of one driver lose to given rivals, each in its own future.
//!
//! The cells that are changed are found by deepening: for 0, 1, 2 … of them, a demand that those chosen cannot meet is
//! picked and one of its cells is added. What they are changed by is the least sum under the demands ([`super::simplex`]).

use super::simplex::{Row, least};
use super::{Cell, Cost, Field, driver, state};
use crate::Future;
use std::collections::BTreeMap;

/// In future `x` the driver's state shall lose to `rival`, for which its lead has to grow by `least`.
#[derive(Clone, Debug)]
pub(super) struct Demand<'x> {
    pub x: &'x Future,
    pub rival: usize,
    pub least: i64,
}

/// Changes of cells, and what they cost.
#[derive(Clone, Debug, Default)]
pub(super) struct Solved {
    pub cost: Cost,
    pub cells: Vec<(Cell, i64)>,
}

struct Place {
    cell: Cell,
    /// By how much it can rise, and fall.
    up: i64,
    down: i64,
    new: bool,
    /// By demand: +1 where raising it helps, −1 where lowering it does, 0 where it is not asked.
    signs: Vec<i8>,
}

impl Place {
    /// What it can do for a demand at most.
    fn most(&self, demand: usize) -> i64 {
        match self.signs[demand] {
            1 => self.up,
            -1 => self.down,
            _ => 0,
        }
    }
}

/// The total, the new ones among them, and by how much which places are moved.
type Weighed = (i64, u64, Vec<(usize, i64)>);

struct Search<'a> {
    places: Vec<Place>,
    least: Vec<i64>,
    best: Option<Weighed>,
    steps: &'a mut u64,
    budget: u64,
}

/// The cells that could help, in declared order.
fn places(field: &Field, j: usize, demands: &[Demand]) -> Vec<Place> {
    let mut places: BTreeMap<Cell, Place> = BTreeMap::new();
    for (at, demand) in demands.iter().enumerate() {
        let own = usize::from(demand.x[j].0);
        for i in (0..field.model.drivers()).filter(|&i| field.may(i, j)) {
            for (target, sign) in [(demand.rival, 1), (own, -1)] {
                let cell = Cell {
                    from: driver(i),
                    state: demand.x[i],
                    on: driver(j),
                    target: state(target),
                };
                let place = places.entry(cell).or_insert_with(|| {
                    let score = field.score(cell);
                    Place {
                        cell,
                        up: field.scale - score,
                        down: field.scale + score,
                        new: field.unwritten(i, usize::from(cell.state.0), j),
                        signs: vec![0; demands.len()],
                    }
                });
                place.signs[at] = sign;
            }
        }
    }
    places.into_values().collect()
}

/// No fewer cells than this meet all demands, and no smaller total; `None` where the scale does not let them be met.
pub(super) fn floor(field: &Field, j: usize, demands: &[Demand], steps: &mut u64) -> Option<Cost> {
    let total = demands.iter().map(|d| d.least).max().unwrap_or(0).max(0);
    if total == 0 {
        return Some(Cost::default());
    }
    let places = places(field, j, demands);
    *steps += (places.len() * demands.len()) as u64;
    let mut count = 0;
    for (at, demand) in demands.iter().enumerate() {
        let mut most: Vec<i64> = places.iter().map(|p| p.most(at)).collect();
        most.sort_unstable_by(|a, b| b.cmp(a));
        let mut sum = 0;
        let needed = most.iter().take_while(|&&m| {
            let short = sum < demand.least;
            sum += m;
            short
        });
        count = count.max(needed.count() as u64);
        if sum < demand.least {
            return None;
        }
    }
    Some(Cost {
        count,
        total,
        new: 0,
    })
}

/// The smallest change of exactly `count` cells, where no fewer do; `None` where as many do not do either, or where
/// `budget` is used up.
pub(super) fn solve(
    field: &Field,
    j: usize,
    demands: &[Demand],
    count: u64,
    steps: &mut u64,
    budget: u64,
) -> Option<Solved> {
    let mut search = Search {
        places: places(field, j, demands),
        least: demands.iter().map(|d| d.least).collect(),
        best: None,
        steps,
        budget,
    };
    let mut closed = vec![false; search.places.len()];
    search.go(count as usize, &mut Vec::new(), &mut closed);
    let (total, new, moved) = search.best?;
    let cells = moved.iter().map(|&(at, by)| (search.places[at].cell, by));
    Some(Solved {
        cost: Cost { count, total, new },
        cells: cells.collect(),
    })
}

impl Search<'_> {
    /// Adds cells to those chosen until there are `count`; `closed` ones have been tried before.
    fn go(&mut self, count: usize, chosen: &mut Vec<usize>, closed: &mut [bool]) {
        if *self.steps >= self.budget {
            return;
        }
        let left = count - chosen.len();
        let mut hardest: Option<(usize, usize)> = None;
        for (d, &least) in self.least.iter().enumerate() {
            let done: i64 = chosen.iter().map(|&at| self.places[at].most(d)).sum();
            if done >= least {
                continue;
            }
            *self.steps += self.places.len() as u64;
            let open = (0..self.places.len()).filter(|at| !closed[*at] && !chosen.contains(at));
            let mut most: Vec<i64> = open.map(|at| self.places[at].most(d)).collect();
            most.sort_unstable_by(|a, b| b.cmp(a));
            let mut sum = done;
            let needed = most.iter().take_while(|&&m| {
                let short = sum < least;
                sum += m;
                short
            });
            let needed = needed.count();
            if needed > left || (needed == most.len() && sum < least) {
                return;
            }
            if hardest.is_none_or(|(n, _)| needed > n) {
                hardest = Some((needed, d));
            }
        }
        if left == 0 {
            return self.weigh(chosen);
        }
        // Where each demand for itself is within reach but not all together, any cell might help.
        let asked = |p: &Place| hardest.is_none_or(|(_, d)| p.most(d) > 0);
        let next: Vec<usize> = (0..self.places.len())
            .filter(|&at| !closed[at] && !chosen.contains(&at) && asked(&self.places[at]))
            .collect();
        for &at in &next {
            chosen.push(at);
            self.go(count, chosen, closed);
            chosen.pop();
            closed[at] = true;
        }
        for at in next {
            closed[at] = false;
        }
    }

    /// What the chosen cells have to be changed by, all ways to point them tried.
    fn weigh(&mut self, chosen: &[usize]) {
        let new = chosen.iter().filter(|&&at| self.places[at].new).count() as u64;
        // The total is no less than the hardest demand.
        let floor = self.least.iter().copied().max().unwrap_or(0);
        let beaten = |total: i64, best: &Option<Weighed>| {
            best.as_ref().is_some_and(|b| (total, new) >= (b.0, b.1))
        };
        if beaten(floor, &self.best) {
            return;
        }
        let ways: Vec<&[i8]> = chosen
            .iter()
            .map(|&at| {
                let signs = &self.places[at].signs;
                match (signs.contains(&1), signs.contains(&-1)) {
                    (true, true) => &[1, -1][..],
                    (false, true) => &[-1],
                    _ => &[1],
                }
            })
            .collect();
        let all: usize = ways.iter().map(|w| w.len()).product();
        for mut code in 0..all {
            let way: Vec<i8> = ways
                .iter()
                .map(|w| {
                    let sign = w[code % w.len()];
                    code /= w.len();
                    sign
                })
                .collect();
            let places = || chosen.iter().map(|&at| &self.places[at]).zip(&way);
            let rows: Vec<Row> = (0..self.least.len())
                .map(|d| Row {
                    signs: places().map(|(p, sign)| p.signs[d] * sign).collect(),
                    least: self.least[d],
                })
                .collect();
            let most: Vec<i64> = places()
                .map(|(p, &sign)| if sign > 0 { p.up } else { p.down })
                .collect();
            if let Some(amounts) = self.plainly(&rows, &most) {
                let moved = chosen.iter().zip(&way).zip(amounts);
                let moved = moved.map(|((&at, &sign), by)| (at, i64::from(sign) * by));
                self.best = Some((floor, new, moved.collect()));
                return;
            }
            *self.steps += 20 * ((rows.len() + most.len()) * most.len()) as u64;
            let Some(amounts) = least(&rows, &most) else {
                continue;
            };
            let total = amounts.iter().sum();
            if !beaten(total, &self.best) {
                let moved = chosen.iter().zip(&way).zip(amounts);
                let moved = moved.map(|((&at, &sign), by)| (at, i64::from(sign) * by));
                self.best = Some((total, new, moved.collect()));
            }
        }
    }

    /// Amounts that meet the hardest demand and no more, if they meet the others by the way: nothing is less.
    fn plainly(&mut self, rows: &[Row], most: &[i64]) -> Option<Vec<i64>> {
        *self.steps += (rows.len() * most.len()) as u64;
        let hardest = rows.iter().max_by_key(|row| row.least)?;
        let mut missing = hardest.least;
        let amounts = hardest.signs.iter().zip(most).map(|(&sign, &most)| {
            let by = if sign > 0 { most.min(missing) } else { 0 };
            missing -= by;
            by
        });
        let amounts: Vec<i64> = amounts.collect();
        let meets = |row: &Row| {
            let terms = row.signs.iter().zip(&amounts);
            terms.map(|(&sign, by)| i64::from(sign) * by).sum::<i64>() >= row.least
        };
        // A cell that is not moved is not changed.
        let all = amounts.iter().all(|&by| by > 0) && rows.iter().all(meets);
        all.then_some(amounts)
    }
}
