//! The same questions about a model again and again, with other numbers (model.md 4a): what only depends on who acts
//! on whom is worked out once.
//!
//! A member's settled distributions are found on the frontier; from now to then the first round makes the vector
//! grow out of the few futures that are possible now, and all others are rounds over the futures as elsewhere. Each
//! number is the one that [`super::believe`] gives, up to rounding and to what may be missing from what is settled.

mod cells;

use super::exact::{cells, condition, posterior};
use super::frontier::{Layouts, Making, Parents, Program, chances, parents};
use super::rounds::Rounds;
use super::space::{Space, places, sum};
use super::stationary::{LOOSE, Settle, TIGHT, order};
use super::{Ask, Impossible, held_today};
use crate::ensemble::AskCells;
use crate::evidence::{Evidence, Weighing};
use crate::judgement::Inputs;
use crate::{Driver, Model, State};
use cells::Cells;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Most futures of a model whose members share work.
const MOST: u64 = 1 << 22;
/// Most chances, over all drivers and whatever their answers rest on, that a member has room for.
const CHANCES: u64 = 1 << 23;
/// What one member says.
pub(crate) struct Said {
    /// In the order of [`crate::ensemble::Plan::outcomes`].
    pub values: Vec<f64>,
    /// Bound on the L1 distance that is missing from what is settled.
    pub bound: f64,
}

/// Room to work in, so that members after the first ask for none.
#[derive(Default)]
pub(crate) struct Desk {
    chances: Vec<Vec<f64>>,
    pub(super) laid: Vec<Vec<f64>>,
    pub(super) values: Vec<f64>,
    pub(super) other: Vec<f64>,
    pub(super) last: Vec<f64>,
    nu: Vec<f64>,
}

/// Whose probability is wanted at then.
enum Query {
    Story(usize),
    Signpost(usize),
    /// All cells in which minds are as the group says.
    Cells,
}

/// What minds must be now, what is asked, and the drivers that it is asked of.
type Wanted = (Vec<(Driver, State)>, Vec<Query>, BTreeSet<usize>);

/// Questions about then for which now is weighed alike.
struct Group {
    /// The states of minds that stories tell; signposts have weights of their own.
    minds: Vec<(Driver, State)>,
    queries: Vec<Query>,
    /// The futures of those that the questions rest on.
    space: Space,
    first: Program,
}

/// A model made ready for many members.
pub(crate) struct Ready {
    ask: Ask,
    cells: Option<Cells>,
    rounds: u32,
    parents: Parents,
    layouts: Layouts,
    settled: Settle,
    /// Now before facts, where it is another one.
    today: Option<Settle>,
    /// From the frontier of now before facts to all its futures.
    grow: Program,
    /// The first asks about every driver.
    groups: Vec<Group>,
}

impl Ready {
    /// `None` where members must be found one by one.
    /// `some` are the inputs of any member; `cells` the pairs that formulas ask for.
    pub(crate) fn new(some: &Inputs, ask: Ask, cells: Option<&AskCells>) -> Option<Ready> {
        let model = &some.model;
        let held = ask.held_by_driver(model);
        let sizes = model.sizes.iter();
        let all = sizes.fold(1_u64, |n, &k| n.saturating_mul(u64::from(k)));
        if all > ask.exact_up_to || all > MOST {
            return None;
        }
        let space = Space::new(model, &held);
        let now = Space::new(model, &held_today(model, &held));
        let parents = parents(model, &space);
        let width = |d: usize| space.sizes[d] as u64;
        let table = |d: usize| parents[d].iter().map(|&p| width(p)).product::<u64>() * width(d);
        // A product of futures at most, and of states once more.
        if (0..model.drivers()).map(table).sum::<u64>() > CHANCES {
            return None;
        }
        let mut layouts = Layouts::default();
        let same = now == space;
        let loose = if same { TIGHT } else { LOOSE };
        let settled = Settle::new(
            model,
            space.clone(),
            &space.sizes,
            &parents,
            loose,
            &mut layouts,
        );
        let today = (!same).then(|| {
            Settle::new(
                model,
                now.clone(),
                &space.sizes,
                &parents,
                TIGHT,
                &mut layouts,
            )
        });
        let start = today.as_ref().unwrap_or(&settled);
        let grow = start.grow(&space.sizes, &parents, &mut layouts);
        let mut ready = Ready {
            cells: cells.map(|c| Cells::new(model, &ask.minds, &c.named)),
            rounds: model.rounds,
            parents,
            layouts,
            settled,
            today,
            grow,
            groups: Vec::new(),
            ask,
        };
        ready.group(model, &space, &now, some);
        Some(ready)
    }

    /// Sorts the questions about then by what they say of minds now.
    fn group(&mut self, model: &Model, space: &Space, now: &Space, inputs: &Inputs) {
        if self.rounds == 0 {
            return;
        }
        let all: BTreeSet<usize> = (0..model.drivers()).collect();
        let mut wanted: Vec<Wanted> = vec![(Vec::new(), Vec::new(), all)];
        for (s, told) in self.ask.stories.iter().enumerate() {
            let (mut minds, others): (Vec<_>, Vec<_>) =
                told.iter().partition(|(d, _)| self.ask.minds.contains(d));
            if others.is_empty() {
                continue;
            }
            minds.sort_unstable();
            let need = others.iter().map(|(d, _)| d.0 as usize).collect();
            match wanted.iter_mut().find(|w| w.0 == minds) {
                Some(known) => {
                    known.1.push(Query::Story(s));
                    known.2.extend(&need);
                }
                None => wanted.push((minds, vec![Query::Story(s)], need)),
            }
        }
        for (s, expected) in inputs.signposts.iter().enumerate() {
            let (minds, others): (Vec<_>, Vec<_>) = expected
                .iter()
                .partition(|(d, _)| self.ask.minds.contains(d));
            match (minds.is_empty(), others.len()) {
                (_, 0) | (true, 1) => {}
                (true, _) => wanted[0].1.push(Query::Signpost(s)),
                (false, _) => {
                    let need = others.iter().map(|(d, _)| d.0 as usize).collect();
                    wanted.push((Vec::new(), vec![Query::Signpost(s)], need));
                }
            }
        }
        if let Some(cells) = self.cells.as_ref().filter(|c| !c.others.is_empty()) {
            let need: BTreeSet<usize> = cells.others.iter().copied().collect();
            for minds in cells.minds(model, now) {
                match wanted.iter_mut().find(|w| w.0 == minds) {
                    Some(known) => {
                        known.1.push(Query::Cells);
                        known.2.extend(&need);
                    }
                    None => wanted.push((minds, vec![Query::Cells], need.clone())),
                }
            }
        }
        for (minds, queries, need) in wanted {
            let mut need = self.rests_on(need);
            if need.iter().all(|&d| space.held[d].is_some()) {
                // Nobody answers, and so nobody would be summed out.
                need = (0..model.drivers()).collect();
            }
            let held: Vec<Option<State>> = (0..model.drivers())
                .map(|d| space.held[d].or((!need.contains(&d)).then_some(State(0))))
                .collect();
            let space = Space::new(model, &held);
            let first = self.first(model, &space, now);
            self.groups.push(Group {
                minds,
                queries,
                space,
                first,
            });
        }
    }

    /// Some drivers, and all whose answers theirs rest on.
    fn rests_on(&self, mut some: BTreeSet<usize>) -> BTreeSet<usize> {
        let mut new: Vec<usize> = some.iter().copied().collect();
        while let Some(d) = new.pop() {
            new.extend(self.parents[d].iter().copied().filter(|&p| some.insert(p)));
        }
        some
    }

    /// The first round from now, which starts from the futures of now and ends in all of `space`.
    fn first(&mut self, model: &Model, space: &Space, now: &Space) -> Program {
        let order = order(model, space);
        let free = |space: &Space| -> BTreeSet<usize> {
            let all = 0..model.drivers();
            all.filter(|&d| space.held[d].is_none()).collect()
        };
        let unknown = free(now);
        let needed: BTreeSet<usize> = unknown.intersection(&free(space)).copied().collect();
        let mut sets = vec![unknown];
        for at in 1..=order.len() {
            sets.push(needed.iter().chain(&order[..at]).copied().collect());
        }
        let making = Making {
            parents: &self.parents,
            sizes: &self.settled.space.sizes,
            known: &now.held,
            keeps: &model.keeps,
        };
        Program::new(&making, &order, sets, &mut self.layouts)
    }

    fn lay(&self, model: &Model, desk: &mut Desk) {
        let space = &self.settled.space;
        desk.chances.resize_with(model.drivers(), Vec::new);
        for (d, out) in desk.chances.iter_mut().enumerate() {
            if space.held[d].is_none() {
                chances(model, space, d, &self.parents[d], out);
            }
        }
        self.layouts.lay(&desk.chances, &mut desk.laid);
    }

    /// `None` where somebody acts on somebody else than when this was made ready, and an error where facts and what
    /// is given leave no future.
    pub(crate) fn solve(
        &self,
        inputs: &Inputs,
        desk: &mut Desk,
    ) -> Option<Result<Said, Impossible>> {
        let model = &inputs.model;
        (parents(model, &self.settled.space) == self.parents).then(|| {
            self.lay(model, desk);
            self.answer(inputs, desk)
        })
    }

    fn answer(&self, inputs: &Inputs, desk: &mut Desk) -> Result<Said, Impossible> {
        let model = &inputs.model;
        let (pi, mut bound) = self.settled.settle(desk);
        let settled = self.settled.marginals(model, &pi, desk);
        let nu0 = match &self.today {
            Some(today) => {
                let (nu0, missing) = today.settle(desk);
                if missing > TIGHT {
                    bound = bound.max(missing);
                }
                nu0
            }
            None => pi,
        };
        let now_space = self
            .today
            .as_ref()
            .map_or(&self.settled.space, |t| &t.space);
        if self.asks_for_little(&inputs.evidence) {
            let twice = [&settled, &settled, &settled];
            let values = twice.into_iter().flatten().flatten().copied();
            return Ok(Said {
                values: values.map(|v| v.clamp(0.0, 1.0)).collect(),
                bound,
            });
        }
        desk.values.clear();
        desk.values.extend(&nu0);
        let Desk {
            laid,
            values,
            other,
            ..
        } = desk;
        self.grow.run(laid, values, other, |_, _| {});
        let nu = std::mem::replace(&mut desk.values, std::mem::take(&mut desk.nu));
        let nu = self.learn(inputs, now_space, nu)?;

        let now = now_space.marginals(model, &nu);
        let mut then = None;
        let mut stories = vec![0.0; self.ask.stories.len()];
        let mut signposts = vec![0.0; inputs.signposts.len()];
        let mut futures = Vec::new();
        let mut in_cells = vec![0.0; self.cells.as_ref().map_or(0, |c| c.count)];
        for group in &self.groups {
            let signpost = group.queries.iter().find_map(|q| match q {
                Query::Signpost(s) if then.is_some() => Some(&inputs.signposts[*s]),
                _ => None,
            });
            let mass = group.carry(self, inputs, now_space, &nu, signpost, desk);
            for query in &group.queries {
                match query {
                    Query::Story(s) => {
                        let told = self.ask.stories[*s].iter();
                        let others = told.filter(|t| !self.ask.minds.contains(&t.0));
                        stories[*s] = group.space.told(mass, others.copied());
                    }
                    Query::Signpost(s) => {
                        let expected = inputs.signposts[*s].iter();
                        let others = expected.filter(|e| !self.ask.minds.contains(&e.0));
                        let mut weighed = mass.to_vec();
                        for (d, chances) in others {
                            group.space.scale(&mut weighed, *d, chances);
                        }
                        signposts[*s] = sum(&weighed);
                    }
                    Query::Cells => {
                        if let Some(cells) = &self.cells {
                            cells.then(&group.space, mass, &group.minds, &mut in_cells);
                        }
                    }
                }
            }
            if then.is_none() {
                then = Some(group.space.marginals(model, mass));
                let of = |x: &crate::Future| group.space.number(x).map_or(0.0, |at| mass[at]);
                futures = self.ask.futures.iter().map(of).collect();
            }
        }
        if self.rounds == 0 {
            let of = |x: &crate::Future| now_space.number(x).map_or(0.0, |at| nu[at]);
            futures = self.ask.futures.iter().map(of).collect();
        }
        let then = then.unwrap_or_else(|| now.clone());
        let is_mind = |d: &Driver| self.ask.minds.contains(d);
        for (said, told) in stories.iter_mut().zip(&self.ask.stories) {
            if self.rounds == 0 || told.iter().all(|(d, _)| is_mind(d)) {
                *said = now_space.told(&nu, told.iter().copied());
            }
        }
        for (said, expected) in signposts.iter_mut().zip(&inputs.signposts) {
            let others = expected.iter().filter(|(d, _)| !is_mind(d)).count();
            if self.rounds == 0 || others == 0 {
                let mut weighed = nu.clone();
                for (d, chances) in expected {
                    now_space.scale(&mut weighed, *d, chances);
                }
                *said = sum(&weighed);
            } else if let [(d, chances)] = &expected[..] {
                let then = then[d.0 as usize].iter().zip(chances);
                *said = then.map(|(p, chance)| p * chance).sum();
            }
        }
        let marginals = [&now, &then, &settled].into_iter().flatten().flatten();
        if let Some(cells) = &self.cells
            && (self.rounds == 0 || cells.others.is_empty())
        {
            cells.now(now_space, &nu, &mut in_cells);
        }
        let rest = stories.iter().chain(&futures).chain(&signposts);
        let rest = rest.chain(&in_cells);
        let values = marginals.chain(rest).map(|v| v.clamp(0.0, 1.0)).collect();
        desk.nu = nu;
        Ok(Said { values, bound })
    }

    /// Whether nothing but marginals is asked, and now is what is settled.
    fn asks_for_little(&self, evidence: &Evidence) -> bool {
        let ask = &self.ask;
        let nothing = ask.stories.is_empty() && ask.futures.is_empty() && ask.signposts.is_empty();
        let alike = self.today.is_none() && self.rounds == 0;
        nothing
            && self.cells.is_none()
            && alike
            && ask.given.is_empty()
            && evidence.facts.is_empty()
    }

    /// ν: what is given and the facts.
    fn learn(&self, inputs: &Inputs, space: &Space, nu0: Vec<f64>) -> Result<Vec<f64>, Impossible> {
        let evidence = &inputs.evidence;
        let given = condition(space, Cow::Owned(nu0), &self.ask.given)?;
        let weighing = Weighing::new(evidence);
        let cells = cells(&inputs.model, space, &given, evidence, &self.ask);
        let nu = posterior(space, given, &cells, &weighing, &evidence.all())?;
        Ok(nu.into_owned())
    }
}

impl Group {
    /// The mass at then of what now is weighed to.
    fn carry<'d>(
        &self,
        ready: &Ready,
        inputs: &Inputs,
        now_space: &Space,
        nu: &[f64],
        signpost: Option<&Vec<(Driver, Vec<f64>)>>,
        desk: &'d mut Desk,
    ) -> &'d [f64] {
        let Desk {
            laid,
            values,
            other,
            ..
        } = desk;
        values.clear();
        values.extend(nu);
        now_space.keep_only(values, &self.minds.iter().collect::<Vec<_>>());
        for (d, chances) in signpost.into_iter().flatten() {
            if ready.ask.minds.contains(d) {
                now_space.scale(values, *d, chances);
            }
        }
        self.first.run(laid, values, other, |_, _| {});
        if ready.rounds > 1 {
            let rounds = Rounds::new(&inputs.model, &self.space);
            for _ in 1..ready.rounds {
                rounds.unfold(values, &|| {});
            }
        }
        values
    }
}

impl Space {
    /// The mass of all futures in these states.
    fn told(&self, mass: &[f64], states: impl Iterator<Item = (Driver, State)>) -> f64 {
        let mut told = self.held.clone();
        for (driver, state) in states {
            let d = driver.0 as usize;
            if told[d].is_some_and(|t| t != state) {
                return 0.0;
            }
            told[d] = Some(state);
        }
        let base: usize = (0..told.len())
            .filter_map(|d| told[d].map(|s| self.weights[d] * usize::from(s.0)))
            .sum();
        let free = (0..told.len()).filter(|&d| told[d].is_none());
        let axes: Vec<(usize, usize)> = free.map(|d| (self.sizes[d], self.weights[d])).collect();
        places(&axes).iter().map(|at| mass[base + at]).sum()
    }
}
