//! The order in which drivers answer within a round (model.md 4).

use crate::{Driver, Model};

/// Drivers that are not `held`, strongly connected components in topological order: among those that are ready
/// the one whose earliest declared driver comes first, and declared order inside a component. Edges into held
/// drivers are dropped first, so a held driver is in no cycle.
pub fn rounds_order(model: &Model, held: &[Driver]) -> Vec<Driver> {
    let n = model.drivers();
    let mut is_held = vec![false; n];
    for d in held {
        is_held[d.0 as usize] = true;
    }
    let mut from: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut onto: Vec<Vec<usize>> = vec![Vec::new(); n];
    for on in (0..n).filter(|&on| !is_held[on]) {
        for block in &model.blocks[on] {
            let source = block.from.0 as usize;
            if !is_held[source] && source != on && block.scores.iter().any(|&s| s != 0) {
                from[on].push(source);
                onto[source].push(on);
            }
        }
    }
    let component = components(&onto, &from);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut waits = vec![0_usize; n];
    for d in 0..n {
        members[component[d]].push(d);
        waits[component[d]] += from[d]
            .iter()
            .filter(|&&s| component[s] != component[d])
            .count();
    }
    // A component is named after its earliest driver, so the least name that is ready goes first.
    let mut ready: std::collections::BTreeSet<usize> = (0..n)
        .filter(|&c| component[c] == c && waits[c] == 0)
        .collect();
    let mut order = Vec::with_capacity(n);
    while let Some(c) = ready.pop_first() {
        for &d in &members[c] {
            // The cast: drivers are counted in u32.
            if !is_held[d] {
                order.push(Driver(d as u32));
            }
            for &on in onto[d].iter().filter(|&&on| component[on] != c) {
                waits[component[on]] -= 1;
                if waits[component[on]] == 0 {
                    ready.insert(component[on]);
                }
            }
        }
    }
    order
}

/// For each driver, the earliest driver of its strongly connected component (Kosaraju 1978), without recursion.
pub(crate) fn components(onto: &[Vec<usize>], from: &[Vec<usize>]) -> Vec<usize> {
    let n = onto.len();
    let mut finished = Vec::with_capacity(n);
    let mut seen = vec![false; n];
    for start in 0..n {
        let mut stack = vec![(start, 0)];
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        while let Some((d, next)) = stack.pop() {
            if let Some(&on) = onto[d].get(next) {
                stack.push((d, next + 1));
                if !std::mem::replace(&mut seen[on], true) {
                    stack.push((on, 0));
                }
            } else {
                finished.push(d);
            }
        }
    }
    let mut component = vec![usize::MAX; n];
    for &start in finished.iter().rev() {
        if component[start] != usize::MAX {
            continue;
        }
        let (mut members, mut at) = (vec![start], 0);
        component[start] = start;
        while at < members.len() {
            for &s in &from[members[at]] {
                if component[s] == usize::MAX {
                    component[s] = start;
                    members.push(s);
                }
            }
            at += 1;
        }
        let earliest = members.iter().copied().min().unwrap_or(start);
        for m in members {
            component[m] = earliest;
        }
    }
    component
}
