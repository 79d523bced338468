//! Consistent futures: exact search by domains (model.md 3).

mod island;
mod refute;
mod search;
mod table;
mod why_not;

pub use why_not::{Argued, Carried, Step, WhyNot, why_not};

use crate::progress::Progress;
use crate::{Driver, Future, Model, State};
use num_bigint::BigUint;
use refute::Solver;

/// What to search for.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Greatest inconsistency that is let in, thousandths; 0 for consistent.
    pub max_inconsistency: i64,
    /// Futures listed at most; counting goes on beyond it.
    pub limit: usize,
    /// `--given`: only futures with these states (which must still hold against their rivals).
    pub given: Vec<(Driver, State)>,
    /// `--do`: drivers held there from outside, whose own impact sums do not count.
    pub held: Vec<(Driver, State)>,
    /// Work after which the search gives up, in search steps (some 20 nanoseconds each); what was found is then a
    /// lower bound.
    pub steps: u64,
}

/// One future that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its states.
    pub states: Future,
    /// max_j (best − own), thousandths, held drivers left out.
    pub inconsistency: i64,
    /// Least lead of an own state over its best rival, thousandths; negative where inconsistent.
    pub margin: i64,
    /// Σ_j θ_j(x_j; x), thousandths, over all drivers.
    pub total_impact: i64,
}

/// A state that loses in every completion of what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fall {
    /// Its driver.
    pub driver: Driver,
    /// The state that loses.
    pub state: State,
    /// The state that it loses to.
    pub rival: State,
    /// By how much at least, thousandths.
    pub by: i64,
    /// How many of the assumptions it rests on.
    pub after: usize,
}

/// One branch of a proof that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refuted {
    /// The states assumed on this branch, in order of assumption.
    pub assumed: Vec<(Driver, State)>,
    /// What then falls, one after another, until `driver` has no state left. What fell before an assumption
    /// has no branch of its own.
    pub falls: Vec<Fall>,
    /// The driver left without a state.
    pub driver: Driver,
}

/// Why a count is only a lower bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// [`Ask::steps`] were used up: so many steps were done.
    Steps(u64),
    /// An island was not searched: it has more pairs of states of one driver than `limit`.
    Size {
        /// Pairs of the island.
        pairs: u64,
        /// Pairs that the search takes.
        limit: u64,
    },
    /// An island was not searched: a driver that others act on has more states than `limit`.
    States {
        /// Most states of a driver on the island.
        states: u64,
        /// States that the search takes.
        limit: u64,
    },
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Consistent {
    /// How many there are; exact unless `stopped`, then a lower bound.
    pub count: BigUint,
    /// What kept the search from seeing everything.
    pub stopped: Option<Stopped>,
    /// The first `limit` of them in the order of declared drivers and states.
    pub listed: Vec<Found>,
    /// Search steps done.
    pub steps: u64,
    /// Islands: sets of drivers without an impact between them, solved apart; each with its own count.
    pub islands: Vec<(Vec<Driver>, BigUint)>,
    /// Where there is none: the refutation, if it is short enough to print (at most 200 branches).
    pub proof: Option<Vec<Refuted>>,
}

/// Finds all futures with an inconsistency of at most `ask.max_inconsistency`.
///
/// ```
/// use sinario_engine::{Driver, Model, State, consistent::{Ask, consistent}, progress::Quiet};
/// let mut model = Model::new(vec![2, 2]);
/// // Each driver wants to be as the other is.
/// for s in 0..2 {
///     model.add(Driver(0), State(s), Driver(1), State(s), 1000);
///     model.add(Driver(1), State(s), Driver(0), State(s), 1000);
/// }
/// let found = consistent(&model, &Ask { limit: 10, steps: u64::MAX, ..Ask::default() }, &Quiet);
/// assert_eq!(found.count, 2_u8.into());
/// assert_eq!(found.listed[1].states, [State(1), State(1)]);
/// ```
pub fn consistent(model: &Model, ask: &Ask, progress: &dyn Progress) -> Consistent {
    let islands = islands(model, &ask.held);
    let mut count = BigUint::from(1_u8);
    let (mut stopped, mut steps) = (None, 0_u64);
    let mut parts: Vec<(Vec<Driver>, BigUint)> = Vec::new();
    let mut lists: Vec<Vec<Future>> = Vec::new();
    let mut none = false;
    let mut proof = None;
    let many = islands.len() as u64;
    for (i, drivers) in (0..).zip(islands) {
        // What an island leaves over goes to those after it.
        let share = ask.steps.saturating_sub(steps) / (many - i);
        let found = island::search(model, ask, &drivers, share, progress);
        steps += found.steps;
        stopped = stopped.or(found.stopped);
        if found.stopped.is_none() && found.count == BigUint::ZERO && !none {
            none = true;
            proof = Solver::new(model, ask, &drivers).and_then(Solver::refutation);
        }
        count *= &found.count;
        parts.push((drivers, found.count));
        lists.push(found.listed);
    }
    let listed = first_of_product(model.drivers(), &parts, &lists, ask.limit);
    let listed = listed.iter().map(|x| assess(model, x, &ask.held)).collect();
    Consistent {
        count,
        // An island without any settles it, however far the others were searched.
        stopped: stopped.filter(|_| !none).map(|why| match why {
            Stopped::Steps(_) => Stopped::Steps(steps),
            other => other,
        }),
        listed,
        steps,
        islands: parts,
        proof,
    }
}

/// Weakly connected sets of drivers, by earliest driver; a held driver stands alone (what it does to others is
/// a constant, what others do to it is not asked).
pub fn islands(model: &Model, held: &[(Driver, State)]) -> Vec<Vec<Driver>> {
    let n = model.drivers();
    let is_held = |d: usize| held.iter().any(|(h, _)| h.0 as usize == d);
    let held: Vec<bool> = (0..n).map(is_held).collect();
    let mut root: Vec<usize> = (0..n).collect();
    fn find(root: &mut [usize], mut d: usize) -> usize {
        while root[d] != d {
            root[d] = root[root[d]];
            d = root[d];
        }
        d
    }
    for on in 0..n {
        for block in &model.blocks[on] {
            let from = block.from.0 as usize;
            if !held[on] && !held[from] {
                let (a, b) = (find(&mut root, on), find(&mut root, from));
                root[a.max(b)] = a.min(b);
            }
        }
    }
    let mut at = vec![usize::MAX; n];
    let mut islands: Vec<Vec<Driver>> = Vec::new();
    for d in 0..n {
        let r = find(&mut root, d);
        if at[r] == usize::MAX {
            at[r] = islands.len();
            islands.push(Vec::new());
        }
        // The cast: drivers are counted in u32.
        islands[at[r]].push(Driver(d as u32));
    }
    islands
}

/// The first `limit` futures, in declared order, of the product of the islands' lists. Only the first `limit` of
/// each list can take part, and each driver chooses within its own island alone, so nothing is multiplied out.
fn first_of_product(
    n: usize,
    parts: &[(Vec<Driver>, BigUint)],
    lists: &[Vec<Future>],
    limit: usize,
) -> Vec<Future> {
    let mut place = vec![(0, 0); n];
    for (i, (drivers, _)) in parts.iter().enumerate() {
        for (p, d) in drivers.iter().enumerate() {
            place[d.0 as usize] = (i, p);
        }
    }
    let mut out = Vec::new();
    if lists.iter().any(Vec::is_empty) {
        return out;
    }
    // For each driver walked, the stretch of its island's list that agrees with what is chosen before it.
    let mut stretch: Vec<(usize, usize)> = lists.iter().map(|l| (0, l.len())).collect();
    let mut undo: Vec<((usize, usize), usize)> = Vec::with_capacity(n);
    let mut x: Future = Vec::with_capacity(n);
    let narrow = |stretch: &mut Vec<(usize, usize)>, d: usize, from: usize| -> State {
        let (i, p) = place[d];
        let end = stretch[i].1;
        let s = lists[i][from][p];
        let len = lists[i][from..end].partition_point(|f| f[p] <= s);
        stretch[i] = (from, from + len);
        s
    };
    while out.len() < limit {
        while x.len() < n {
            let d = x.len();
            let before = stretch[place[d].0];
            x.push(narrow(&mut stretch, d, before.0));
            undo.push((before, stretch[place[d].0].1));
        }
        out.push(x.clone());
        // Back to the last driver that has another state.
        loop {
            let Some((before, next)) = undo.pop() else {
                return out;
            };
            x.pop();
            let d = x.len();
            stretch[place[d].0] = before;
            if next < before.1 {
                x.push(narrow(&mut stretch, d, next));
                undo.push((before, stretch[place[d].0].1));
                break;
            }
        }
    }
    out
}

/// Inconsistency, margin and total impact of one future; `held` drivers answer to nobody.
pub fn assess(model: &Model, x: &[State], held: &[(Driver, State)]) -> Found {
    let (mut inconsistency, mut margin, mut total_impact) = (0, i64::MAX, 0);
    for (j, own) in x.iter().enumerate() {
        // The cast: drivers are counted in u32.
        let driver = Driver(j as u32);
        let sums = model.sums(x, driver);
        let told = sums[usize::from(own.0)];
        total_impact += told;
        if held.iter().any(|(h, _)| *h == driver) {
            continue;
        }
        let rivals = sums
            .iter()
            .enumerate()
            .filter(|(t, _)| *t != usize::from(own.0));
        let lead = told - rivals.map(|(_, &sum)| sum).max().unwrap_or(told);
        margin = margin.min(lead);
        inconsistency = inconsistency.max(-lead);
    }
    let margin = if margin == i64::MAX { 0 } else { margin };
    Found {
        states: x.to_vec(),
        inconsistency,
        margin,
        total_impact,
    }
}
