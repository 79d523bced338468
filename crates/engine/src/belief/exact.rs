//! The exact answer: all futures in one vector (model.md 4).

use super::compare::{Rivals, pairs, watched};
use super::facts::{Axis, Cells, exact};
use super::rounds::Rounds;
use super::settle::{settle, vector};
use super::space::{Space, normalise, sum};
use super::{Ask, Belief, Impossible, Marginals, Method, Telling, Told, Weighed, held_today};
use crate::evidence::{Evidence, Weighing, concerned};
use crate::progress::{Progress, Work};
use crate::{Driver, Fact, Model, State};
use rayon::prelude::*;
use std::borrow::Cow;

/// Bytes that one future takes at most: three vectors (settled, now, and one to work with; fewer where they are
/// the same or nothing asks for them).
const PER_FUTURE: u64 = 3 * 8;
/// Bytes that one joint state of the drivers that facts touch or that are read takes: its mass and what facts say.
const PER_CELL: u64 = 2 * 8;
/// Bytes that one such state takes more where readings are compared: a sheet of them, and what it is summed from.
const PER_COMPARED: u64 = 4 * 8;

/// Bytes that no machine is asked for, whatever its system promises: 2^45, 32 TiB; the address space where that is less.
const MOST_BYTES: usize = if usize::BITS > 45 {
    1 << 45
} else {
    isize::MAX as usize
};

/// Answers everything over all futures.
pub(super) fn believe(
    model: &Model,
    evidence: &Evidence,
    ask: &Ask,
    progress: &dyn Progress,
) -> Result<Belief, Impossible> {
    let held = ask.held_by_driver(model);
    room(model, &held, &held_today(model, &held), evidence, ask)?;
    let space = Space::new(model, &held);
    let today = with_today(model, &space);
    let now_space = today.as_ref().unwrap_or(&space);

    let rounds = Rounds::new(model, &space);
    let (pi, mut settling) = settle(&space, &rounds, progress)?;
    let settled = estimates(space.marginals(model, &pi));
    let settled_of = |x: &[State]| space.number(x).map_or(0.0, |at| pi[at]);
    let asked: Vec<f64> = ask.futures.iter().map(|x| settled_of(x)).collect();

    let (nu0, before) = match &today {
        Some(today) => {
            let (nu0, start) = settle(today, &Rounds::new(model, today), progress)?;
            settling = settling.after(start);
            let before = estimates(today.marginals(model, &nu0));
            (Cow::Owned(nu0), before)
        }
        None => (Cow::Borrowed(&pi[..]), settled.clone()),
    };
    let given = condition(now_space, nu0, &ask.given)?;
    let weighing = Weighing::new(evidence);
    let all = evidence.all();
    let cells = cells(model, now_space, &given, evidence, ask);
    let nu = posterior(now_space, given, &cells, &weighing, &all)?;
    let now = match (&nu, &today) {
        (Cow::Borrowed(_), None) => settled.clone(),
        _ => estimates(now_space.marginals(model, &nu)),
    };
    let facts = cells.weights(&weighing, &all, &ask.read, progress);
    let trajectory = cells.trajectory(&weighing, &ask.trajectory, &ask.read);
    let hypotheses = cells.hypotheses(&weighing, evidence, &ask.read, &facts, ask.trials);
    let compare = ask.compare.as_ref();
    let mut compared = compare.map(|c| cells.compare(&weighing, evidence, ask, c));
    drop(cells);

    let mut mass = match &today {
        Some(today) => Cow::Owned(expand(today, &nu, &space)?),
        None => nu,
    };
    let rivals = match compare {
        Some(_) => pairs(&space, &mass, &now, &ask.read),
        None => Vec::new(),
    };
    let watch = watched(&rivals);
    let walk = Walk {
        model,
        ask,
        space: &space,
        rounds: &rounds,
        now: &mass,
        watch: &watch,
        progress,
    };
    let mut work = Vec::new();
    let stories = ask
        .stories
        .iter()
        .map(|told| walk.story(told, &mut work))
        .collect::<Result<_, _>>()?;
    let signposts = ask
        .signposts
        .iter()
        .map(|s| walk.signpost(s, &mut work))
        .collect::<Result<Vec<_>, _>>()?;
    drop(work);
    let (signposts, seen): (Vec<_>, Vec<_>) = signposts.into_iter().unzip();
    if let Some(compared) = &mut compared {
        let each = rivals.into_iter();
        let each = each.map(|pair| Rivals::new(&space, &mass, pair, &watch, &seen));
        compared.rivals = each.collect();
    }

    let mut unfolding = vec![now.clone()];
    if model.rounds > 0 {
        let moving = owned(&space, &mut mass)?;
        let total = u64::from(model.rounds);
        for round in 0..total {
            rounds.unfold(moving, &|| progress.at(Work::Unfold, round, total));
            unfolding.push(estimates(space.marginals(model, moving)));
            progress.at(Work::Unfold, round + 1, total);
        }
    }
    let futures = ask
        .futures
        .iter()
        .zip(asked)
        .map(|(x, settled)| Weighed {
            states: x.clone(),
            then: exact(space.number(x).map_or(0.0, |at| mass[at])),
            settled: exact(settled),
        })
        .collect();
    let likeliest = greatest(&mass, ask.likeliest)
        .into_iter()
        .map(|at| Weighed {
            states: space.future(at),
            then: exact(mass[at]),
            settled: exact(pi[at]),
        })
        .collect();
    Ok(Belief {
        method: Method::Exact,
        before,
        now,
        unfolding,
        settled,
        settling,
        futures,
        likeliest,
        stories,
        signposts,
        facts,
        trajectory,
        hypotheses,
        compared,
    })
}

/// The space in which what is known today is held as well, where nothing is done to it; `None` where it is the same.
pub(super) fn with_today(model: &Model, space: &Space) -> Option<Space> {
    let held = held_today(model, &space.held);
    (held != space.held).then(|| Space::new(model, &held))
}

/// The drivers that facts bear on or that are read, in declared order.
fn touched(evidence: &Evidence, ask: &Ask) -> Vec<Driver> {
    let mut touched = concerned(evidence);
    touched.extend(&ask.read);
    touched.sort_unstable();
    touched.dedup();
    touched
}

/// Asks for all memory at once, so that what cannot fit is refused before any work. The estimate is
/// [`PER_FUTURE`] for each future, and [`PER_CELL`] for each joint state of the drivers in question, of which
/// there are never more than futures.
///
/// Where what is asked for is more than a number of this machine can count, that is known before a space is made.
pub(super) fn room(
    model: &Model,
    held: &[Option<State>],
    now: &[Option<State>],
    evidence: &Evidence,
    ask: &Ask,
) -> Result<(), Impossible> {
    reserve(bytes(model, held, now, evidence, ask))
}

/// The bytes that [`room`] asks for.
pub(super) fn bytes(
    model: &Model,
    held: &[Option<State>],
    now: &[Option<State>],
    evidence: &Evidence,
    ask: &Ask,
) -> u64 {
    let size = |d: usize, held: &[Option<State>]| match held[d] {
        Some(_) => 1,
        None => u64::from(model.sizes[d]),
    };
    let all = (0..model.drivers()).map(|d| size(d, held));
    let futures = all.fold(1, u64::saturating_mul);
    let some = touched(evidence, ask).into_iter();
    let cells = some
        .map(|d| size(d.0 as usize, now))
        .fold(1, u64::saturating_mul);
    futures
        .saturating_mul(PER_FUTURE)
        .saturating_add(cells.saturating_mul(match ask.compare {
            Some(_) => PER_CELL + PER_COMPARED,
            None => PER_CELL,
        }))
}

/// Asks for so much memory and gives it back.
pub(super) fn reserve(bytes: u64) -> Result<(), Impossible> {
    let refused = Err(Impossible::Memory(bytes));
    let Ok(length) = usize::try_from(bytes) else {
        return refused;
    };
    // A promise that is only kept page by page proves little where it is for more than any machine has.
    match length <= MOST_BYTES && Vec::<u8>::new().try_reserve_exact(length).is_ok() {
        true => Ok(()),
        false => refused,
    }
}

/// The vector to be changed: a copy where it is somebody else's.
fn owned<'a>(space: &Space, mass: &'a mut Cow<[f64]>) -> Result<&'a mut Vec<f64>, Impossible> {
    if let Cow::Borrowed(all) = mass {
        let mut copy = vector(space, 0.0)?;
        copy.copy_from_slice(all);
        *mass = Cow::Owned(copy);
    }
    Ok(mass.to_mut())
}

/// Exact values.
pub(super) fn estimates(marginals: Vec<Vec<f64>>) -> Marginals {
    marginals
        .into_iter()
        .map(|m| m.into_iter().map(exact).collect())
        .collect()
}

/// ν₀ with what is given learnt: all else set to 0, and what is left made to sum to 1.
pub(super) fn condition<'a>(
    space: &Space,
    mut mass: Cow<'a, [f64]>,
    given: &[(Driver, State)],
) -> Result<Cow<'a, [f64]>, Impossible> {
    if !given.is_empty() {
        let all = owned(space, &mut mass)?;
        space.keep_only(all, &given.iter().collect::<Vec<_>>());
        if normalise(all) <= 0.0 {
            return Err(Impossible::Given(given.to_vec()));
        }
    }
    Ok(mass)
}

/// The mass before facts on the joint states of all drivers that are read or that facts bear on.
pub(super) fn cells(
    model: &Model,
    space: &Space,
    mass: &[f64],
    evidence: &Evidence,
    ask: &Ask,
) -> Cells {
    let (mut axes, mut held) = (Vec::new(), Vec::new());
    for driver in touched(evidence, ask) {
        let d = driver.0 as usize;
        let axis = Axis {
            driver,
            states: usize::from(model.sizes[d]),
        };
        match space.held[d] {
            Some(s) => held.push((axis, usize::from(s.0))),
            None => axes.push(axis),
        }
    }
    let (strides, count) = strides(space, &axes);
    Cells {
        mass: space.joint(mass, &space.places(&strides), count),
        axes,
        held,
    }
}

/// How far apart the cells of neighbouring states are, by driver, and how many cells there are.
fn strides(space: &Space, axes: &[Axis]) -> (Vec<usize>, usize) {
    let mut strides = vec![0; space.sizes.len()];
    let mut count = 1;
    for d in axes.iter().rev().map(|a| a.driver.0 as usize) {
        strides[d] = count;
        count *= space.sizes[d];
    }
    (strides, count)
}

/// ν: the mass times the likelihood of the facts, made to sum to 1.
pub(super) fn posterior<'a>(
    space: &Space,
    mut mass: Cow<'a, [f64]>,
    cells: &Cells,
    weighing: &Weighing,
    facts: &[Fact],
) -> Result<Cow<'a, [f64]>, Impossible> {
    if !facts.is_empty() {
        let Some(factors) = cells.factors(weighing, facts) else {
            return Err(Impossible::Facts(cells.conflict(weighing, facts)));
        };
        let all = owned(space, &mut mass)?;
        let (strides, _) = strides(space, &cells.axes);
        space.multiply(all, &space.places(&strides), &factors);
        normalise(all);
    }
    Ok(mass)
}

/// The same mass in the space where what is known today may move.
pub(super) fn expand(from: &Space, mass: &[f64], to: &Space) -> Result<Vec<f64>, Impossible> {
    let mut wide = vector(to, 0.0)?;
    let today: usize = from
        .held
        .iter()
        .zip(&to.weights)
        .filter_map(|(held, weight)| held.map(|s| usize::from(s.0) * weight))
        .sum();
    for (at, m) in from.places(&to.weights).iter().zip(mass) {
        wide[today + at] = *m;
    }
    Ok(wide)
}

/// What is carried from now to then.
struct Walk<'a> {
    model: &'a Model,
    ask: &'a Ask,
    space: &'a Space,
    rounds: &'a Rounds,
    now: &'a [f64],
    /// Futures now for which it is wanted what would be seen.
    watch: &'a [usize],
    progress: &'a dyn Progress,
}

impl Walk<'_> {
    /// The vector to work with, made when it is first needed.
    fn fill<'v>(&self, work: &'v mut Vec<f64>) -> Result<&'v mut [f64], Impossible> {
        if work.is_empty() {
            *work = vector(self.space, 0.0)?;
        }
        Ok(work)
    }

    /// Tells that the work is alive; what unfolds for a story is not counted.
    fn tick(&self) {
        self.progress
            .at(Work::Unfold, 0, u64::from(self.model.rounds));
    }

    fn story(&self, told: &[(Driver, State)], work: &mut Vec<f64>) -> Result<Told, Impossible> {
        let (minds, others): (Vec<_>, Vec<_>) =
            told.iter().partition(|(d, _)| self.ask.minds.contains(d));
        let mass = self.fill(work)?;
        mass.copy_from_slice(self.now);
        self.space.keep_only(mass, &minds);
        for _ in 0..self.model.rounds {
            self.rounds.unfold(mass, &|| self.tick());
        }
        self.space.keep_only(mass, &others);
        let best = greatest(mass, 1)
            .first()
            .copied()
            .filter(|&at| mass[at] > 0.0);
        Ok(Told {
            probability: exact(sum(mass)),
            best: best.map(|at| (self.space.future(at), exact(mass[at]))),
        })
    }

    /// What it would tell, and P(seen | future now) of each future that is watched.
    fn signpost(
        &self,
        expected: &[(Driver, Vec<f64>)],
        work: &mut Vec<f64>,
    ) -> Result<(Telling, Vec<f64>), Impossible> {
        let is_mind = |d: &Driver| self.ask.minds.contains(d);
        let (minds, others): (Vec<_>, Vec<_>) = expected.iter().partition(|(d, _)| is_mind(d));
        // P(seen | future now): what is seen at then, taken back through the rounds, times what minds now say.
        let seen = self.fill(work)?;
        seen.fill(1.0);
        for (d, chances) in &others {
            self.space.scale(seen, *d, chances);
        }
        if !others.is_empty() {
            for _ in 0..self.model.rounds {
                self.rounds.take_back(seen, &|| self.tick());
            }
        }
        for (d, chances) in &minds {
            self.space.scale(seen, *d, chances);
        }
        let watched = self.watch.iter().map(|&at| seen[at].clamp(0.0, 1.0));
        let watched = watched.collect();
        let each = |seen: &mut [f64], f: fn(f64, f64) -> f64| {
            seen.par_iter_mut()
                .zip(self.now)
                .for_each(|(v, m)| *v = f(*v, *m));
            self.space.marginals(self.model, seen)
        };
        // Both are summed: a difference of sums would lose what is small.
        let yes = each(seen, |v, m| m * v.min(1.0));
        let whole = sum(seen);
        let no = each(seen, |yes, m| m - yes);
        let not = sum(seen);
        let of = |d: &Driver| {
            let (yes, no) = (&yes[d.0 as usize], &no[d.0 as usize]);
            yes.iter().copied().zip(no.iter().copied()).collect()
        };
        let joint: Vec<Vec<(f64, f64)>> = self.ask.minds.iter().map(of).collect();
        let share =
            |part: f64, whole: f64| exact(if whole > 0.0 { part / whole } else { f64::NAN });
        let telling = Telling {
            seen: exact(whole),
            bits: joint.iter().map(|j| exact(mutual_information(j))).collect(),
            if_seen: joint
                .iter()
                .map(|j| j.iter().map(|c| share(c.0, whole)).collect())
                .collect(),
            if_not: joint
                .iter()
                .map(|j| j.iter().map(|c| share(c.1, not)).collect())
                .collect(),
        };
        Ok((telling, watched))
    }
}

/// The places of the `n` greatest, greatest first, the earlier of equals first.
pub(super) fn greatest(mass: &[f64], n: usize) -> Vec<usize> {
    let mut best: Vec<usize> = Vec::with_capacity(n + 1);
    if n == 0 {
        return best;
    }
    for (at, m) in mass.iter().enumerate() {
        if best.len() == n && *m <= mass[best[n - 1]] {
            continue;
        }
        let place = best.partition_point(|&b| mass[b] >= *m);
        best.insert(place, at);
        best.truncate(n);
    }
    best
}

/// Mutual information in bits of a mind's states and a sign, from P(state, seen) and P(state, not seen).
pub(super) fn mutual_information(joint: &[(f64, f64)]) -> f64 {
    // Both are summed: 1 − P(seen) would lose what is small.
    let (seen, unseen) = joint
        .iter()
        .fold((0.0, 0.0), |(seen, unseen), (y, n)| (seen + y, unseen + n));
    let part = |p: f64, state: f64, sign: f64| match p > 0.0 {
        true => p * libm::log2(p / (state * sign)),
        false => 0.0,
    };
    let bits: f64 = joint
        .iter()
        .map(|&(y, n)| part(y, y + n, seen) + part(n, y + n, unseen))
        .sum();
    bits.max(0.0)
}
