//! The feedback loops: counted, weighed, the strongest listed.
//!
//! All of them by Johnson's algorithm (1975, SIAM Journal on Computing 4:77-84) where there are few enough; else, since nobody could
//! weigh them all, by number of drivers, as many whole lengths as the bounds allow.

use super::gain::{Centred, Sign, Weight};
use super::{COUNTED, LISTED, Loop, Loops};
use crate::{Driver, Model};

/// Steps that the count of all loops may take, some nanoseconds each.
const COUNTING: u64 = 4_000_000;
/// Steps that the search by length may take.
const SEARCHING: u64 = 8_000_000;

/// Which driver acts on which: an impact with any score that is not 0.
pub(super) struct Graph {
    onto: Vec<Vec<usize>>,
    from: Vec<Vec<usize>>,
    component: Vec<usize>,
}

impl Graph {
    pub(super) fn new(onto: Vec<Vec<usize>>, from: Vec<Vec<usize>>, component: Vec<usize>) -> Self {
        Graph {
            onto,
            from,
            component,
        }
    }
}

/// Loops one after another; each begins at its earliest driver.
#[derive(Default)]
struct Found {
    drivers: Vec<u32>,
    /// Where each ends in `drivers`.
    ends: Vec<usize>,
}

impl Found {
    fn push(&mut self, path: &[usize]) {
        // The cast: drivers are counted in u32.
        self.drivers.extend(path.iter().map(|&d| d as u32));
        self.ends.push(self.drivers.len());
    }

    fn get(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.drivers[start..self.ends[at]]
    }

    fn len(&self) -> usize {
        self.ends.len()
    }
}

/// What may still be done.
struct Budget(u64);

impl Budget {
    /// Takes so many steps; whether there were so many.
    fn take(&mut self, steps: usize) -> bool {
        // The cast: no wider than 64 bits anywhere.
        let left = self.0.checked_sub(steps as u64);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

pub(super) fn loops(model: &Model, graph: &Graph) -> Loops {
    let (mut found, complete) = all(graph);
    let mut count = found.len();
    let mut whole = None;
    if !complete {
        let (by_length, seen, longest) = by_length(graph);
        found = by_length;
        count = count.max(seen);
        whole = Some(longest);
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&at| (found.get(at).len(), at));

    let mut centred = Centred::new(model);
    let mut weights: Vec<(usize, Weight)> = Vec::with_capacity(order.len());
    for at in order {
        let path = found.get(at);
        match centred.weigh(path) {
            Some(weight) => weights.push((at, weight)),
            None => {
                // Only whole lengths count as weighed.
                let length = path.len();
                weights.retain(|(w, _)| found.get(*w).len() < length);
                whole = Some(length - 1);
                break;
            }
        }
    }
    let with = |sign| weights.iter().filter(|(_, w)| w.sign == sign).count() as u64;
    let (reinforcing, balancing) = (with(Sign::Reinforcing), with(Sign::Balancing));
    let weighed = weights.len() as u64;
    // The shorter ones first among equals, then by their drivers.
    let key = |at: usize| (found.get(at).len(), found.get(at));
    weights.sort_by(|(a, v), (b, w)| w.order.cmp(&v.order).then_with(|| key(*a).cmp(&key(*b))));
    weights.truncate(LISTED);
    let listed = weights.into_iter().map(|(at, weight)| {
        let path = found.get(at);
        Loop {
            sign: weight.sign,
            gain: weight.gain,
            strength: weight.strength,
            steps: centred.path(path, weight.sign),
        }
    });
    Loops {
        // The casts: no wider than 64 bits anywhere.
        count: count as u64,
        complete,
        weighed,
        weighed_up_to: whole,
        reinforcing,
        balancing,
        listed: listed.collect(),
    }
}

/// Every loop, or as many as the bounds allow, and whether these are all.
fn all(graph: &Graph) -> (Found, bool) {
    let mut found = Found::default();
    let mut budget = Budget(COUNTING);
    let complete = selves(graph, &mut found)
        && (0..graph.onto.len()).all(|start| from_start(graph, start, &mut found, &mut budget));
    (found, complete)
}

/// Loops of one driver; whether that were all.
fn selves(graph: &Graph, found: &mut Found) -> bool {
    for (d, onto) in graph.onto.iter().enumerate() {
        if onto.contains(&d) {
            found.push(&[d]);
        }
    }
    found.len() as u64 <= COUNTED
}

/// A driver on the way, the next of its targets to look at, and whether a loop was closed behind it.
struct Frame {
    driver: usize,
    next: usize,
    closed: bool,
}

/// Johnson's search for the loops whose earliest driver is `start`; false where a bound was met.
fn from_start(graph: &Graph, start: usize, found: &mut Found, budget: &mut Budget) -> bool {
    let Some(inside) = reachable(graph, start, budget) else {
        return false;
    };
    if inside.iter().filter(|i| **i).count() < 2 {
        return true;
    }
    let n = graph.onto.len();
    let mut blocked = vec![false; n];
    let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut path = vec![start];
    let mut stack = vec![Frame {
        driver: start,
        next: 0,
        closed: false,
    }];
    blocked[start] = true;
    while let Some(frame) = stack.last_mut() {
        if !budget.take(1) {
            return false;
        }
        let d = frame.driver;
        if let Some(&on) = graph.onto[d].get(frame.next) {
            frame.next += 1;
            if on == start && d != start {
                frame.closed = true;
                if found.len() as u64 >= COUNTED || !budget.take(path.len()) {
                    return false;
                }
                found.push(&path);
            } else if inside[on] && !blocked[on] {
                blocked[on] = true;
                path.push(on);
                stack.push(Frame {
                    driver: on,
                    next: 0,
                    closed: false,
                });
            }
            continue;
        }
        let closed = frame.closed;
        if closed {
            // What waited for this driver may be tried again.
            let mut free = vec![d];
            while let Some(f) = free.pop() {
                if std::mem::replace(&mut blocked[f], false) {
                    if !budget.take(waiting[f].len()) {
                        return false;
                    }
                    free.append(&mut waiting[f]);
                }
            }
        } else {
            for &on in graph.onto[d].iter().filter(|&&on| inside[on] && on != d) {
                if !budget.take(1 + waiting[on].len()) {
                    return false;
                }
                if !waiting[on].contains(&d) {
                    waiting[on].push(d);
                }
            }
        }
        path.pop();
        stack.pop();
        if let Some(parent) = stack.last_mut() {
            parent.closed |= closed;
        }
    }
    true
}

/// The drivers of the same component that are not earlier than `start`, and that it reaches and is reached from through such.
fn reachable(graph: &Graph, start: usize, budget: &mut Budget) -> Option<Vec<bool>> {
    let walk = |edges: &[Vec<usize>], budget: &mut Budget| {
        let mut seen = vec![false; edges.len()];
        seen[start] = true;
        let mut open = vec![start];
        while let Some(d) = open.pop() {
            if !budget.take(edges[d].len()) {
                return None;
            }
            for &e in &edges[d] {
                let there = e > start && graph.component[e] == graph.component[start];
                if there && !std::mem::replace(&mut seen[e], true) {
                    open.push(e);
                }
            }
        }
        Some(seen)
    };
    let forth = walk(&graph.onto, budget)?;
    let back = walk(&graph.from, budget)?;
    Some(forth.iter().zip(back).map(|(f, b)| *f && b).collect())
}

/// All loops of at most so many drivers, how many were seen of any length, and that number of drivers: the greatest
/// that the bounds allow.
fn by_length(graph: &Graph) -> (Found, usize, usize) {
    let n = graph.onto.len();
    let mut found = Found::default();
    if !selves(graph, &mut found) {
        // More drivers than loops that are counted.
        return (Found::default(), found.len(), 0);
    }
    let mut budget = Budget(SEARCHING);
    let mut distance = vec![usize::MAX; n];
    for length in 2..=n {
        let (drivers, ends) = (found.drivers.len(), found.ends.len());
        let whole = (0..n)
            .all(|start| of_length(graph, start, length, &mut distance, &mut found, &mut budget));
        if !whole {
            let seen = found.len();
            found.drivers.truncate(drivers);
            found.ends.truncate(ends);
            return (found, seen, length - 1);
        }
    }
    let seen = found.len();
    (found, seen, n)
}

/// The loops of exactly so many drivers whose earliest is `start`; false where a bound was met. `distance` is scratch.
fn of_length(
    graph: &Graph,
    start: usize,
    length: usize,
    distance: &mut [usize],
    found: &mut Found,
    budget: &mut Budget,
) -> bool {
    let inside = |d: usize| d > start && graph.component[d] == graph.component[start];
    if !graph.onto[start].iter().any(|&on| inside(on)) {
        return true;
    }
    // How many steps it is back to the start, breadth first, where that can still matter.
    distance.fill(usize::MAX);
    distance[start] = 0;
    let mut open = vec![start];
    let mut at = 0;
    while let Some(&d) = open.get(at) {
        at += 1;
        if distance[d] + 1 >= length {
            break;
        }
        if !budget.take(graph.from[d].len()) {
            return false;
        }
        for &f in &graph.from[d] {
            if inside(f) && distance[f] == usize::MAX {
                distance[f] = distance[d] + 1;
                open.push(f);
            }
        }
    }
    let mut path = vec![start];
    let mut next = vec![0];
    while let (Some(&d), Some(at)) = (path.last(), next.last_mut()) {
        if !budget.take(1) {
            return false;
        }
        let Some(&on) = graph.onto[d].get(*at) else {
            path.pop();
            next.pop();
            continue;
        };
        *at += 1;
        if path.len() == length {
            if on == start {
                if found.len() as u64 >= COUNTED || !budget.take(length) {
                    return false;
                }
                found.push(&path);
            }
        } else if inside(on) && distance[on] <= length - path.len() && !path.contains(&on) {
            path.push(on);
            next.push(0);
        }
    }
    true
}

/// The drivers of a loop.
pub(super) fn drivers(path: &[u32]) -> impl DoubleEndedIterator<Item = Driver> + '_ {
    path.iter().map(|&d| Driver(d))
}
