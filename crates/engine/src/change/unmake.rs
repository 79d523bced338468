//! Breaking a set: every consistent future that has it must fall, and none may rise in its place.
//!
//! Implicit hitting sets: of the futures known to need breaking, one that the cheapest change so far leaves standing is
//! taken, and for every driver and rival that could bring it down a new branch is made. Branches are opened cheapest
//! first, and what a branch costs is a lower bound of all below it. A change that breaks all known futures is put to the
//! search for consistent futures; what that still finds is learnt, and when it finds none the change is the smallest.

use super::support::{Demand, Solved, floor, solve};
use super::{Cell, Cost, Field};
use crate::progress::{Progress, Work};
use crate::{Driver, Future};
use std::collections::BTreeMap;

pub(super) struct Unmade {
    pub best: Option<Vec<(Cell, i64)>>,
    pub proved: bool,
    pub at_least: u64,
    pub steps: u64,
}

/// Futures that are learnt at once.
const LEARNT: usize = 16;
/// Futures of the known, each with the rival to whom the driver shall lose there.
type Demands = Vec<(usize, usize)>;
/// What is demanded of every driver.
type Node = BTreeMap<usize, Demands>;

/// What is known of the demands on one driver.
enum Known {
    /// Nothing smaller does.
    Bound(Cost),
    /// This does.
    Solved(Solved),
    /// Nothing does.
    Never,
}

struct Search<'a> {
    field: &'a Field<'a>,
    need: i64,
    known: Vec<Future>,
    /// Impact sums of the known futures, by driver.
    sums: Vec<Vec<Vec<i64>>>,
    solved: BTreeMap<(usize, Demands), Known>,
    steps: u64,
    budget: u64,
}

/// What stands in the way of an answer.
struct Spent;

pub(super) fn unmake(field: &Field, need: i64, progress: &dyn Progress) -> Unmade {
    let mut search = Search {
        field,
        need,
        known: Vec::new(),
        sums: Vec::new(),
        solved: BTreeMap::new(),
        steps: 0,
        // The rest is for finding some change where the smallest is out of reach.
        budget: field.ask.steps - field.ask.steps / 4,
    };
    let mut open = Open::default();
    open.add(Cost::default(), Node::new());
    let (mut opened, mut least) = (0, Cost::default());
    let spent = loop {
        let Some((cost, node)) = open.first() else {
            break false;
        };
        least = least.max(cost);
        opened += 1;
        progress.at(Work::Change, opened, 0);
        match search.open(node, cost, &mut open) {
            Ok(None) => {}
            Ok(Some(cells)) => {
                return Unmade {
                    at_least: cost.count,
                    best: Some(cells),
                    proved: true,
                    steps: search.steps,
                };
            }
            Err(Spent) => break true,
        }
    };
    let mut best = None;
    if spent {
        search.budget = search.steps + field.ask.steps / 4;
        best = search.dive();
    }
    Unmade {
        proved: !spent,
        at_least: least.count,
        best,
        steps: search.steps,
    }
}

/// Branches, cheapest first, and among equals the oldest.
#[derive(Default)]
struct Open {
    nodes: BTreeMap<(Cost, u64), Node>,
    age: u64,
}

impl Open {
    fn add(&mut self, cost: Cost, node: Node) {
        self.nodes.insert((cost, self.age), node);
        self.age += 1;
    }

    fn first(&mut self) -> Option<(Cost, Node)> {
        let ((cost, _), node) = self.nodes.pop_first()?;
        Some((cost, node))
    }
}

impl Search<'_> {
    /// Looks closer at a branch, which costs `cost` at least: the change, where it does what is wanted; else the branch
    /// is put back with what it costs more, or its children are added.
    fn open(
        &mut self,
        node: Node,
        cost: Cost,
        open: &mut Open,
    ) -> Result<Option<Vec<(Cell, i64)>>, Spent> {
        let mut cells = Vec::new();
        for (&j, demands) in &node {
            match self.solve(j, demands)? {
                Known::Solved(solved) => cells.extend(&solved.cells),
                Known::Never => return Ok(None),
                Known::Bound(_) => {}
            }
            match self.cost(&node)? {
                None => return Ok(None),
                Some(now) if now > cost => {
                    open.add(now, node);
                    return Ok(None);
                }
                Some(_) => {}
            }
        }
        cells.sort_unstable();
        let Some(standing) = self.standing(&cells)? else {
            return Ok(Some(cells));
        };
        for (cost, child) in self.children(&node, standing)? {
            open.add(cost, child);
        }
        Ok(None)
    }

    /// A future that the change leaves standing: a known one, or else one that the search finds.
    fn standing(&mut self, cells: &[(Cell, i64)]) -> Result<Option<usize>, Spent> {
        let stands = |at: &usize| !self.broken(*at, cells);
        if let Some(at) = (0..self.known.len()).find(stands) {
            return Ok(Some(at));
        }
        if self.steps >= self.budget {
            return Err(Spent);
        }
        let mut model = self.field.model.clone();
        for (cell, by) in cells {
            // The cast: within the scale.
            model.add(cell.from, cell.state, cell.on, cell.target, *by as i32);
        }
        let found = self.field.search(&model, self.need - 1, LEARNT);
        self.steps += found.steps;
        if found.listed.is_empty() {
            return found.stopped.map_or(Ok(None), |_| Err(Spent));
        }
        let first = self.known.len();
        for x in found.listed {
            let drivers = 0..self.field.model.drivers() as u32;
            let sums = drivers.map(|j| self.field.model.sums(&x.states, Driver(j)));
            self.sums.push(sums.collect());
            self.known.push(x.states);
        }
        Ok(Some(first))
    }

    /// Whether some driver of a known future loses by enough.
    fn broken(&self, at: usize, cells: &[(Cell, i64)]) -> bool {
        let x = &self.known[at];
        self.sums[at].iter().enumerate().any(|(j, sums)| {
            if self.field.held[j] {
                return false;
            }
            let mut sums = sums.clone();
            for (cell, by) in cells {
                if cell.on.0 as usize == j && x[cell.from.0 as usize] == cell.state {
                    sums[usize::from(cell.target.0)] += by;
                }
            }
            let best = sums.iter().max().copied().unwrap_or(0);
            best - sums[usize::from(x[j].0)] >= self.need
        })
    }

    /// Every way to break one more future, with what all demands together then cost at least.
    fn children(&mut self, under: &Node, at: usize) -> Result<Vec<(Cost, Node)>, Spent> {
        let mut children = Vec::new();
        for j in (0..self.field.model.drivers()).filter(|&j| !self.field.held[j]) {
            let own = usize::from(self.known[at][j].0);
            for rival in (0..self.field.size(j)).filter(|&r| r != own) {
                let mut node = under.clone();
                let demands = node.entry(j).or_default();
                let before = self.bound(j, demands);
                demands.push((at, rival));
                demands.sort_unstable();
                let key = (j, demands.clone());
                if !self.solved.contains_key(&key) {
                    let known = self.begin(&key, before);
                    self.solved.insert(key, known);
                }
                if let Some(cost) = self.cost(&node)? {
                    children.push((cost, node));
                }
            }
        }
        Ok(children)
    }

    fn demands<'s>(&'s self, j: usize, demands: &Demands) -> Vec<Demand<'s>> {
        let demand = |&(at, rival): &(usize, usize)| {
            let (x, sums) = (&self.known[at], &self.sums[at][j]);
            Demand {
                x,
                rival,
                least: self.need - (sums[rival] - sums[usize::from(x[j].0)]),
            }
        };
        demands.iter().map(demand).collect()
    }

    /// What demands cost at least before anything is tried; no less than `before`, which fewer of them cost.
    fn begin(&mut self, (j, demands): &(usize, Demands), before: Cost) -> Known {
        let mut steps = 0;
        let floor = floor(self.field, *j, &self.demands(*j, demands), &mut steps);
        self.steps += steps;
        match floor {
            None => Known::Never,
            Some(cost) if cost == Cost::default() && before == cost => {
                Known::Solved(Solved::default())
            }
            Some(cost) => Known::Bound(cost.max(before)),
        }
    }

    /// What the demands on one driver cost at least; those that nothing meets are no child.
    fn bound(&self, j: usize, demands: &Demands) -> Cost {
        match self.solved.get(&(j, demands.clone())) {
            Some(Known::Solved(solved)) => solved.cost,
            Some(Known::Bound(cost)) => *cost,
            _ => Cost::default(),
        }
    }

    /// The same of all drivers; `None` where nothing meets them.
    fn cost(&self, node: &Node) -> Result<Option<Cost>, Spent> {
        let mut cost = Cost::default();
        for (&j, demands) in node {
            if let Some(Known::Never) = self.solved.get(&(j, demands.clone())) {
                return Ok(None);
            }
            cost = cost + self.bound(j, demands);
        }
        if self.steps >= self.budget {
            return Err(Spent);
        }
        Ok(Some(cost))
    }

    /// Tries as many cells as the demands on one driver take at least; where they do not do, one more is the new least.
    fn solve(&mut self, j: usize, demands: &Demands) -> Result<&Known, Spent> {
        let key = (j, demands.clone());
        if let Some(Known::Bound(cost)) = self.solved.get(&key) {
            let (cost, mut steps) = (*cost, self.steps);
            let wanted = self.demands(j, demands);
            let found = solve(self.field, j, &wanted, cost.count, &mut steps, self.budget);
            let cells = 2 * self.field.model.drivers() * wanted.len();
            self.steps = steps;
            if self.steps >= self.budget {
                return Err(Spent);
            }
            let more = Cost {
                count: cost.count + 1,
                ..Cost::default()
            };
            let known = match found {
                Some(solved) => Known::Solved(solved),
                None if more.count > cells as u64 => Known::Never,
                None => Known::Bound(more),
            };
            self.solved.insert(key.clone(), known);
        }
        Ok(self.solved.entry(key).or_insert(Known::Never))
    }

    /// Some change that does it: always on from the cheapest way to break one more future, never back.
    fn dive(&mut self) -> Option<Vec<(Cell, i64)>> {
        let depth = |node: &Node| node.values().map(Vec::len).sum::<usize>();
        let mut open = Open::default();
        open.add(Cost::default(), Node::new());
        loop {
            let (cost, node) = open.first()?;
            if let Some(cells) = self.open(node, cost, &mut open).ok()? {
                return Some(cells);
            }
            let deepest = open.nodes.values().map(depth).max();
            open.nodes.retain(|_, node| Some(depth(node)) == deepest);
        }
    }
}
