//! Why not: a short chain of judgements that rules a state out of every consistent future.
//!
//! The refutation ([`super::refute`]) is taken as it comes, once for each driver that could be branched on first, and
//! made short: backwards from its end only those falls are kept that something later rests on, an assumption that
//! nothing rests on is dropped with its branching, and at the end no fall is left that could be left out. The
//! shortest one found is shown; nobody claims that there is no shorter one.

use super::refute::Solver;
use super::{Ask, Fall, Found, Refuted, Stopped, consistent, islands};
use crate::progress::Progress;
use crate::{Driver, Model, State};
use num_bigint::BigUint;
use std::collections::BTreeSet;

/// Futures among which the best example is sought.
const EXAMPLES: usize = 1 << 12;
/// Drivers that are tried as the first to branch on.
const FIRSTS: usize = 64;
/// Work on shortening one refutation, in leads looked at; what is then still too long stays so.
const WORK: u64 = 1 << 24;

/// Whether a state is in a consistent future, and why if it is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// It is in some.
    Occurs {
        /// In how many; a lower bound where the search stopped.
        count: BigUint,
        /// The best of them: the least inconsistent, then the one of the greatest margin, then of the greatest total
        /// impact, then the first declared.
        best: Found,
        /// Whether all of them were compared.
        all: bool,
    },
    /// It is in none. The argument, if there is one that anybody would read.
    RuledOut(Option<Vec<Argued>>),
    /// The search stopped before it had seen everything, and had found none.
    Open(Stopped),
}

/// One branch of the argument, as [`Refuted`] with what carries each step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argued {
    /// The states assumed on this branch, in order of assumption (the state asked about and what is given apart).
    pub assumed: Vec<(Driver, State)>,
    /// What then falls, one after another, until `driver` has no state left.
    pub steps: Vec<Step>,
    /// The driver left without a state.
    pub driver: Driver,
}

/// A state that falls, and what makes it fall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The fall; its `by` is the sum of what every driver adds at least.
    pub fall: Fall,
    /// What every driver that bears on it adds to the rival's lead, by driver.
    pub carried: Vec<Carried>,
}

/// What one driver adds to the lead of the rival over the state that falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The driver.
    pub from: Driver,
    /// How many of its states are left.
    pub left: usize,
    /// What it adds at least, thousandths, whichever of its states that are left it has.
    pub least: i64,
    /// Its states that are left and add something, with what each adds; those left out add nothing.
    pub states: Vec<(State, i64)>,
}

/// Whether `at` is in a consistent future of `ask`, and if not, why.
///
/// ```
/// use sinario_engine::{Driver, Model, State, consistent::{Ask, WhyNot, why_not}, progress::Quiet};
/// let mut model = Model::new(vec![2, 2]);
/// // Whatever the first does, the second wants its first state.
/// model.add(Driver(0), State(0), Driver(1), State(0), 2000);
/// model.add(Driver(0), State(1), Driver(1), State(0), 1000);
/// let ask = Ask { steps: u64::MAX, ..Ask::default() };
/// let WhyNot::RuledOut(Some(proof)) = why_not(&model, &ask, (Driver(1), State(1)), &Quiet) else { panic!() };
/// assert_eq!(proof[0].steps[0].fall.by, 1000);
/// assert_eq!(proof[0].steps[0].carried[0].states, [(State(0), 2000), (State(1), 1000)]);
/// ```
pub fn why_not(model: &Model, ask: &Ask, at: (Driver, State), progress: &dyn Progress) -> WhyNot {
    let mut ask = ask.clone();
    if !ask.given.contains(&at) {
        ask.given.push(at);
    }
    ask.limit = ask.limit.max(EXAMPLES);
    let found = consistent(model, &ask, progress);
    let best = |f: &&Found| (f.inconsistency, -f.margin, -f.total_impact);
    if let Some(best) = found.listed.iter().min_by_key(best) {
        return WhyNot::Occurs {
            best: best.clone(),
            all: found.stopped.is_none() && found.count == found.listed.len().into(),
            count: found.count,
        };
    }
    match found.stopped {
        Some(stopped) => WhyNot::Open(stopped),
        None => WhyNot::RuledOut(argument(model, &ask, at.0)),
    }
}

/// The shortest argument found, on the island of `driver` if that has none, else on the first that has none.
fn argument(model: &Model, ask: &Ask, driver: Driver) -> Option<Vec<Argued>> {
    let mut islands = islands(model, &ask.held);
    islands.sort_by_key(|island| !island.contains(&driver));
    let shown = Shown::new(model, ask);
    islands.iter().find_map(|island| {
        let solver = Solver::new(model, ask, island)?;
        let first = solver.clone().refutation()?;
        let others = (0..island.len().min(FIRSTS)).filter_map(|at| solver.from(at)?.refutation());
        let all = std::iter::once(first).chain(others);
        let short = all.flat_map(|lines| [false, true].map(|mode| shown.short(&lines, mode)));
        // The first among equals.
        let best = short.min_by_key(|root| (root.size(), root.leaves()))?;
        Some(shown.lines(&best))
    })
}

/// A refutation as a tree: what falls, and then either nothing is left of a driver, or all its states are tried.
#[derive(Clone)]
struct Node {
    falls: Vec<(usize, usize)>,
    then: Then,
}

#[derive(Clone)]
enum Then {
    Empty(usize),
    Split(usize, Vec<(usize, Node)>),
}

impl Node {
    /// From lines that agree in their first `depth` assumptions.
    fn of(lines: &[Refuted], depth: usize) -> Node {
        let place = |d: Driver, s: State| (d.0 as usize, usize::from(s.0));
        let falls = lines[0].falls.iter().filter(|f| f.after == depth);
        let falls = falls.map(|f| place(f.driver, f.state)).collect();
        let then = match lines[0].assumed.get(depth) {
            None => Then::Empty(lines[0].driver.0 as usize),
            Some((on, _)) => {
                let branches = lines.chunk_by(|a, b| a.assumed[depth] == b.assumed[depth]);
                let branch = |lines: &[Refuted]| {
                    let (d, s) = lines[0].assumed[depth];
                    (place(d, s).1, Node::of(lines, depth + 1))
                };
                Then::Split(on.0 as usize, branches.map(branch).collect())
            }
        };
        Node { falls, then }
    }

    /// Steps and branches that somebody has to read.
    fn size(&self) -> usize {
        self.falls.len()
            + match &self.then {
                Then::Empty(_) => 1,
                Then::Split(_, branches) => branches.iter().map(|(_, n)| n.size()).sum(),
            }
    }

    fn leaves(&self) -> usize {
        match &self.then {
            Then::Empty(_) => 1,
            Then::Split(_, branches) => branches.iter().map(|(_, n)| n.leaves()).sum(),
        }
    }

    fn falls(&self) -> usize {
        self.size() - self.leaves()
    }

    /// The same without its `at`-th fall, counted from the root.
    fn without(&self, at: &mut usize) -> Node {
        let mut falls = self.falls.clone();
        if *at < falls.len() {
            falls.remove(*at);
            *at = usize::MAX;
        } else if *at != usize::MAX {
            *at -= falls.len();
        }
        let then = match &self.then {
            Then::Empty(d) => Then::Empty(*d),
            Then::Split(d, branches) => {
                let mut after = Vec::with_capacity(branches.len());
                for (s, node) in branches {
                    after.push((*s, node.without(at)));
                }
                Then::Split(*d, after)
            }
        };
        Node { falls, then }
    }
}

/// The states that are left to every driver.
type Alive = Vec<Vec<bool>>;
/// States that must have fallen.
type Needs = BTreeSet<(usize, usize)>;

/// What every refutation of one question is held against.
struct Shown<'a> {
    model: &'a Model,
    slack: i64,
    /// What is left by what is given and held alone.
    base: Alive,
    work: std::cell::Cell<u64>,
}

impl<'a> Shown<'a> {
    fn new(model: &'a Model, ask: &Ask) -> Shown<'a> {
        let mut base: Alive = model
            .sizes
            .iter()
            .map(|&k| vec![true; usize::from(k)])
            .collect();
        for (d, s) in ask.given.iter().chain(&ask.held) {
            let alive = &mut base[d.0 as usize];
            for (t, left) in alive.iter_mut().enumerate() {
                *left &= t == usize::from(s.0);
            }
        }
        Shown {
            model,
            slack: ask.max_inconsistency,
            base,
            work: std::cell::Cell::new(0),
        }
    }

    /// What each driver that acts on `j` adds to the lead of `rival` over `t`, by state; whoever is in `t` has its own
    /// `t` for company.
    fn leads(&self, j: usize, t: usize, rival: usize) -> Vec<(usize, Vec<i64>)> {
        let k = usize::from(self.model.sizes[j]);
        let block = |b: &crate::model::Block| {
            let lead = |row: &[i32]| i64::from(row[rival]) - i64::from(row[t]);
            let from = b.from.0 as usize;
            let rows = b.scores.chunks_exact(k);
            if from == j {
                let own = rows.map(lead).nth(t).unwrap_or(0);
                return (from, vec![own; k]);
            }
            (from, rows.map(lead).collect())
        };
        let all: Vec<_> = self.model.blocks[j].iter().map(block).collect();
        let cells: usize = all.iter().map(|(_, l)| l.len()).sum();
        self.work.set(self.work.get() + cells as u64);
        all
    }

    /// The least of `leads` among the states that are left.
    fn least(leads: &[i64], alive: &[bool]) -> i64 {
        let left = leads.iter().zip(alive).filter(|(_, left)| **left);
        left.map(|(&lead, _)| lead).min().unwrap_or(0)
    }

    /// The lead that `rival` has over `t` at least.
    fn lead(&self, alive: &Alive, j: usize, t: usize, rival: usize) -> i64 {
        let leads = self.leads(j, t, rival);
        leads.iter().map(|(i, l)| Self::least(l, &alive[*i])).sum()
    }

    /// The rival with the greatest sure lead over `t`, the first among equals, and its lead.
    fn rival(&self, alive: &Alive, j: usize, t: usize) -> (usize, i64) {
        let rivals = (0..alive[j].len()).filter(|&r| r != t);
        let leads = rivals.map(|r| (r, self.lead(alive, j, t, r)));
        leads.fold((0, i64::MIN), |a, b| if b.1 > a.1 { b } else { a })
    }

    /// Makes it short.
    fn short(&self, lines: &[Refuted], mode: bool) -> Node {
        self.work.set(0);
        let mut node = Node::of(lines, 0);
        loop {
            let before = node.size();
            (node, _) = self.prune(&node, &mut self.base.clone(), &BTreeSet::new(), mode);
            let mut at = 0;
            while at < node.falls() && self.work.get() < WORK {
                let less = node.without(&mut at.clone());
                if self.holds(&less, &mut self.base.clone()) {
                    node = less;
                } else {
                    at += 1;
                }
            }
            if node.size() == before || self.work.get() >= WORK {
                return node;
            }
        }
    }

    /// Whether every step is right and nothing is left at the end of any branch.
    fn holds(&self, node: &Node, alive: &mut Alive) -> bool {
        for &(j, t) in &node.falls {
            if self.rival(alive, j, t).1 <= self.slack {
                return false;
            }
            alive[j][t] = false;
        }
        match &node.then {
            Then::Empty(d) => alive[*d].iter().all(|left| !left),
            Then::Split(d, branches) => {
                let tried = |s: usize| branches.iter().any(|(b, _)| *b == s);
                let mut left = alive[*d].iter().enumerate();
                left.all(|(s, left)| !left || tried(s))
                    && branches.iter().all(|(s, node)| {
                        let mut under = alive.clone();
                        Self::suppose(&mut under, *d, *s);
                        self.holds(node, &mut under)
                    })
            }
        }
    }

    fn suppose(alive: &mut Alive, d: usize, s: usize) {
        for (t, left) in alive[d].iter_mut().enumerate() {
            *left &= t == s;
        }
    }

    /// Keeps what something later rests on; also what must have fallen before. `assumed` are the states that an
    /// assumption rules out, `mode` whether those are done without sooner than states that fell.
    fn prune(&self, node: &Node, alive: &mut Alive, assumed: &Needs, mode: bool) -> (Node, Needs) {
        for &(j, t) in &node.falls {
            alive[j][t] = false;
        }
        let mut needs = Needs::new();
        let gone = |alive: &Alive, d: usize| -> Vec<(usize, usize)> {
            let all = (0..alive[d].len()).filter(|&s| self.base[d][s] && !alive[d][s]);
            all.map(|s| (d, s)).collect()
        };
        let mut short = Node {
            falls: Vec::new(),
            then: node.then.clone(),
        };
        match &node.then {
            Then::Empty(d) => needs.extend(gone(alive, *d)),
            Then::Split(d, branches) => {
                let mut kept = Vec::with_capacity(branches.len());
                let mut through = None;
                for (s, branch) in branches {
                    let others = (0..alive[*d].len()).filter(|t| t != s && alive[*d][*t]);
                    let others: Needs = others.map(|t| (*d, t)).collect();
                    let mut under = alive.clone();
                    Self::suppose(&mut under, *d, *s);
                    let known = assumed.union(&others).copied().collect();
                    let (branch, below) = self.prune(branch, &mut under, &known, mode);
                    if below.is_disjoint(&others) {
                        through = Some((branch, below));
                        break;
                    }
                    needs.extend(below.difference(&others));
                    kept.push((*s, branch));
                }
                match through {
                    // It holds without the assumption, and so without the other branches.
                    Some((branch, below)) => (short, needs) = (branch, below),
                    None => {
                        needs.extend(gone(alive, *d));
                        short.then = Then::Split(*d, kept);
                    }
                }
            }
        }
        let mut kept = Vec::new();
        for &(j, t) in node.falls.iter().rev() {
            alive[j][t] = true;
            if needs.remove(&(j, t)) {
                kept.push((j, t));
                let rests = self.rests(alive, (j, t), &needs, assumed, mode);
                needs.extend(rests);
            }
        }
        kept.reverse();
        kept.append(&mut short.falls);
        short.falls = kept;
        (short, needs)
    }

    /// A smallest set of states, none of which can be missed, that must have fallen for `t` to lose.
    fn rests(
        &self,
        alive: &Alive,
        (j, t): (usize, usize),
        needs: &Needs,
        assumed: &Needs,
        mode: bool,
    ) -> Vec<(usize, usize)> {
        let rivals = (0..alive[j].len()).filter(|&r| r != t);
        let sets = rivals.filter_map(|rival| {
            let leads = self.leads(j, t, rival);
            let mut least: Vec<i64> = leads
                .iter()
                .map(|(i, l)| Self::least(l, &alive[*i]))
                .collect();
            let mut sum: i64 = least.iter().sum();
            if sum <= self.slack {
                return None;
            }
            // What is needed anyway is let back in last; then by how little it takes away.
            let mut back = Vec::new();
            for (at, (i, leads)) in leads.iter().enumerate() {
                for (s, &lead) in leads.iter().enumerate() {
                    if self.base[*i][s] && !alive[*i][s] && lead < least[at] {
                        let state = (*i, s);
                        let by_assumption = assumed.contains(&state) != mode;
                        let key = (needs.contains(&state), by_assumption, least[at] - lead);
                        back.push((key, at, lead, state));
                    }
                }
            }
            back.sort_unstable();
            let mut rests = Vec::new();
            for (_, at, lead, state) in back {
                let less = (least[at] - lead).max(0);
                if sum - less > self.slack {
                    sum -= less;
                    least[at] = least[at].min(lead);
                } else {
                    rests.push(state);
                }
            }
            Some(rests)
        });
        let new = |set: &Vec<(usize, usize)>| {
            let new = set.iter().filter(|s| !needs.contains(s));
            (
                new.clone().filter(|s| !assumed.contains(s)).count(),
                new.count(),
            )
        };
        sets.min_by_key(new).unwrap_or_default()
    }

    fn lines(&self, root: &Node) -> Vec<Argued> {
        let mut lines = Vec::new();
        self.write(
            root,
            &mut self.base.clone(),
            &mut Vec::new(),
            &mut Vec::new(),
            &mut lines,
        );
        lines
    }

    fn write(
        &self,
        node: &Node,
        alive: &mut Alive,
        assumed: &mut Vec<(Driver, State)>,
        steps: &mut Vec<Step>,
        lines: &mut Vec<Argued>,
    ) {
        let before = steps.len();
        for &(j, t) in &node.falls {
            steps.push(self.step(alive, j, t, assumed.len()));
            alive[j][t] = false;
        }
        match &node.then {
            Then::Empty(d) => lines.push(Argued {
                assumed: assumed.clone(),
                steps: steps.clone(),
                driver: driver(*d),
            }),
            Then::Split(d, branches) => {
                for (s, branch) in branches {
                    let mut under = alive.clone();
                    Self::suppose(&mut under, *d, *s);
                    assumed.push((driver(*d), state(*s)));
                    self.write(branch, &mut under, assumed, steps, lines);
                    assumed.pop();
                }
            }
        }
        steps.truncate(before);
    }

    fn step(&self, alive: &Alive, j: usize, t: usize, after: usize) -> Step {
        let (rival, by) = self.rival(alive, j, t);
        let leads = self.leads(j, t, rival);
        let carried = leads.iter().map(|(i, leads)| {
            let own = |s: &usize| *i != j || *s == t;
            let left = (0..leads.len()).filter(|&s| alive[*i][s] && leads[s] != 0);
            Carried {
                from: driver(*i),
                left: if *i == j {
                    1
                } else {
                    alive[*i].iter().filter(|left| **left).count()
                },
                least: Self::least(leads, &alive[*i]),
                states: left.filter(own).map(|s| (state(s), leads[s])).collect(),
            }
        });
        Step {
            fall: Fall {
                driver: driver(j),
                state: state(t),
                rival: state(rival),
                by,
                after,
            },
            carried: carried.filter(|c| !c.states.is_empty()).collect(),
        }
    }
}

// The casts: drivers are counted in u32, states in u16.
fn driver(d: usize) -> Driver {
    Driver(d as u32)
}

fn state(s: usize) -> State {
    State(s as u16)
}
