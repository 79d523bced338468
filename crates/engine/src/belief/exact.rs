//! The exact answer: all futures in one vector (model.md 4).

use super::facts::{Cells, exact};
use super::space::{Answer, Space};
use super::{Ask, Belief, Impossible, Marginals, Method, Settling, Telling, Told, Weighed};
use crate::evidence::{Evidence, Weighing, concerned};
use crate::order::rounds_order;
use crate::progress::{Progress, Work};
use crate::{Driver, Fact, Model, State};

/// Rounds after which the settled distribution is given up, its bound printed.
const ROUNDS: u64 = 10_000;
/// L1 distance that may be missing from the settled distribution.
const TOLERANCE: f64 = 1e-10;

/// Rounds over one space, ready to be run.
struct Rounds<'a> {
    model: &'a Model,
    answers: Vec<(Driver, Answer<'a>)>,
}

impl<'a> Rounds<'a> {
    fn new(model: &'a Model, space: &'a Space) -> Self {
        let held: Vec<Driver> = drivers(model)
            .filter(|d| space.held[d.0 as usize].is_some())
            .collect();
        let answer = |d| (d, Answer::new(model, space, d));
        Rounds {
            model,
            answers: rounds_order(model, &held).into_iter().map(answer).collect(),
        }
    }

    fn forward(&self, mass: &mut [f64], keeping: bool) {
        for (d, answer) in &self.answers {
            answer.pass(mass, self.keeps(*d, keeping), true);
        }
    }

    fn backward(&self, values: &mut [f64]) {
        for (d, answer) in self.answers.iter().rev() {
            answer.pass(values, self.keeps(*d, true), false);
        }
    }

    fn keeps(&self, driver: Driver, keeping: bool) -> f64 {
        if keeping {
            self.model.keeps[driver.0 as usize]
        } else {
            0.0
        }
    }
}

fn drivers(model: &Model) -> impl Iterator<Item = Driver> {
    // The cast: drivers are counted in u32.
    (0..model.drivers()).map(|d| Driver(d as u32))
}

/// A vector of one number for each future of a space, or how many bytes there was no room for.
fn vector(space: &Space, value: f64) -> Result<Vec<f64>, Impossible> {
    let mut all = Vec::new();
    all.try_reserve_exact(space.count)
        .map_err(|_| Impossible::Memory(space.count as u64 * 8))?;
    all.resize(space.count, value);
    Ok(all)
}

pub(super) fn believe(
    model: &Model,
    evidence: &Evidence,
    ask: &Ask,
    progress: &dyn Progress,
) -> Result<Belief, Impossible> {
    let mut held = vec![None; model.drivers()];
    for (d, s) in &ask.held {
        held[d.0 as usize] = Some(*s);
    }
    let space = Space::new(model, &held);
    let (pi, settling) = settle(model, &space, progress)?;
    let settled = estimates(space.marginals(model, &pi));
    let settled_of = |x: &[State]| space.number(x).map_or(0.0, |at| pi[at]);
    let asked: Vec<f64> = ask.futures.iter().map(|x| settled_of(x)).collect();

    let (today, nu0) = now_before_facts(model, &space, &pi, progress)?;
    let before = estimates(today.marginals(model, &nu0));
    let given = condition(&today, nu0, &ask.given)?;
    let weighing = Weighing::new(evidence);
    // The cast: facts are counted in u32.
    let all: Vec<Fact> = (0..evidence.facts.len()).map(|f| Fact(f as u32)).collect();
    let cells = cells(model, &today, &given, evidence, ask);
    let Some(factors) = cells.factors(&weighing, &all) else {
        return Err(Impossible::Facts(cells.conflict(&weighing, &all)));
    };
    let nu = posterior(&today, given, &cells, &factors);
    let now = estimates(today.marginals(model, &nu));

    let rounds = Rounds::new(model, &space);
    let at_now = expand(&today, &nu, &space)?;
    drop(nu);
    let stories = ask
        .stories
        .iter()
        .map(|told| story(model, ask, &space, &rounds, &at_now, told))
        .collect::<Result<_, _>>()?;
    let signposts = ask
        .signposts
        .iter()
        .map(|s| signpost(model, ask, &space, &rounds, &at_now, s))
        .collect::<Result<_, _>>()?;

    let mut mass = at_now;
    let mut unfolding = vec![now.clone()];
    for round in 0..model.rounds {
        rounds.forward(&mut mass, true);
        unfolding.push(estimates(space.marginals(model, &mass)));
        progress.at(Work::Unfold, u64::from(round) + 1, u64::from(model.rounds));
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
        facts: cells.weights(&weighing, &all, &ask.read, progress),
        trajectory: cells.trajectory(&weighing, &ask.trajectory, &ask.read),
    })
}

fn estimates(marginals: Vec<Vec<f64>>) -> Marginals {
    marginals
        .into_iter()
        .map(|m| m.into_iter().map(exact).collect())
        .collect()
}

/// Rounds from the uniform distribution until nothing is missing.
fn settle(
    model: &Model,
    space: &Space,
    progress: &dyn Progress,
) -> Result<(Vec<f64>, Settling), Impossible> {
    // The cast: at most 2^52 futures fit any memory.
    let mut mass = vector(space, 1.0 / space.count as f64)?;
    let mut last = vector(space, 0.0)?;
    let rounds = Rounds::new(model, space);
    let (mut changes, mut done) = (Vec::<f64>::new(), 0);
    let (mut rate, mut bound) = (0.0, f64::INFINITY);
    while done < ROUNDS {
        last.copy_from_slice(&mass);
        rounds.forward(&mut mass, false);
        // Rounding drifts by some 1e-16 a round: the whole stays 1.
        let whole: f64 = mass.iter().sum();
        mass.iter_mut().for_each(|m| *m /= whole);
        done += 1;
        let change: f64 = mass.iter().zip(&last).map(|(a, b)| (a - b).abs()).sum();
        progress.at(Work::Settle, done, 0);
        changes.push(change);
        if let [.., a, b, c, d] = changes[..] {
            // The slowest of the last rounds: one alone may be fast by chance.
            rate = [b / a, c / b, d / c]
                .into_iter()
                .filter(|r| r.is_finite())
                .fold(0.0, f64::max);
        } else if let [.., a, b] = changes[..] {
            rate = if a > 0.0 { b / a } else { 0.0 };
        }
        bound = if rate < 1.0 {
            change / (1.0 - rate)
        } else {
            f64::INFINITY
        };
        // Two rounds at least, so that a rate was seen at all.
        if done > 1 && (bound < TOLERANCE || change < 1e-15) {
            bound = bound.min(TOLERANCE);
            break;
        }
    }
    let converged = bound <= TOLERANCE;
    // The first drop of an acyclic case is to rounding: that is a rate of 0.
    let rate = if changes.last().is_some_and(|c| *c < 1e-14) && done == 2 {
        0.0
    } else {
        rate
    };
    // The cast: a whole number from 1 up; saturates.
    let forgotten_after = match rate {
        r if r <= 0.0 => Some(1),
        r if r < 1.0 => Some((libm::log(0.01) / libm::log(r)).ceil().max(1.0) as u64),
        _ => None,
    };
    Ok((
        mass,
        Settling {
            rounds: done,
            bound,
            rate: Some(rate),
            converged,
            forgotten_after,
        },
    ))
}

/// ν₀: settled with `today` held as well, where nothing is done to it; π itself where nothing is known of today.
fn now_before_facts(
    model: &Model,
    space: &Space,
    pi: &[f64],
    progress: &dyn Progress,
) -> Result<(Space, Vec<f64>), Impossible> {
    let held: Vec<Option<State>> = space
        .held
        .iter()
        .zip(&model.today)
        .map(|(held, today)| held.or(*today))
        .collect();
    if held == space.held {
        let mut same = vector(space, 0.0)?;
        same.copy_from_slice(pi);
        return Ok((space.clone(), same));
    }
    let today = Space::new(model, &held);
    let (mass, _) = settle(model, &today, progress)?;
    Ok((today, mass))
}

fn condition(
    space: &Space,
    mut mass: Vec<f64>,
    given: &[(Driver, State)],
) -> Result<Vec<f64>, Impossible> {
    if given.is_empty() {
        return Ok(mass);
    }
    keep_only(space, &mut mass, given);
    let whole: f64 = mass.iter().sum();
    if whole > 0.0 {
        mass.iter_mut().for_each(|m| *m /= whole);
        Ok(mass)
    } else {
        Err(Impossible::Given(given.to_vec()))
    }
}

fn keep_only(space: &Space, mass: &mut [f64], states: &[(Driver, State)]) {
    for (at, m) in mass.iter_mut().enumerate() {
        if states
            .iter()
            .any(|(d, s)| space.state(at, d.0 as usize) != usize::from(s.0))
        {
            *m = 0.0;
        }
    }
}

/// The mass before facts on the joint states of all drivers that are read or that facts bear on.
fn cells(model: &Model, space: &Space, mass: &[f64], evidence: &Evidence, ask: &Ask) -> Cells {
    let mut read = concerned(evidence);
    read.extend(&ask.read);
    read.sort_unstable();
    read.dedup();
    let drivers: Vec<(Driver, usize)> = read
        .into_iter()
        .map(|d| (d, usize::from(model.sizes[d.0 as usize])))
        .collect();
    let count = drivers.iter().map(|(_, k)| k).product();
    let mut cells = Cells {
        drivers,
        mass: vec![0.0; count],
    };
    for (at, m) in mass.iter().enumerate() {
        cells.mass[cell(&cells.drivers, space, at)] += m;
    }
    cells
}

fn cell(drivers: &[(Driver, usize)], space: &Space, at: usize) -> usize {
    drivers
        .iter()
        .fold(0, |cell, (d, k)| cell * k + space.state(at, d.0 as usize))
}

fn posterior(space: &Space, mut mass: Vec<f64>, cells: &Cells, factors: &[f64]) -> Vec<f64> {
    for (at, m) in mass.iter_mut().enumerate() {
        *m *= factors[cell(&cells.drivers, space, at)];
    }
    let whole: f64 = mass.iter().sum();
    mass.iter_mut().for_each(|m| *m /= whole);
    mass
}

/// The same mass in the space where what is known today may move.
fn expand(from: &Space, mass: &[f64], to: &Space) -> Result<Vec<f64>, Impossible> {
    let mut wide = vector(to, 0.0)?;
    for (at, m) in mass.iter().enumerate() {
        let place: usize = (0..to.sizes.len())
            .map(|d| to.weights[d] * from.state(at, d) * usize::from(to.sizes[d] > 1))
            .sum();
        wide[place] = *m;
    }
    Ok(wide)
}

fn story(
    model: &Model,
    ask: &Ask,
    space: &Space,
    rounds: &Rounds,
    now: &[f64],
    told: &[(Driver, State)],
) -> Result<Told, Impossible> {
    let (minds, others): (Vec<_>, Vec<_>) = told.iter().partition(|(d, _)| ask.minds.contains(d));
    let mut mass = vector(space, 0.0)?;
    mass.copy_from_slice(now);
    keep_only(space, &mut mass, &minds);
    for _ in 0..model.rounds {
        rounds.forward(&mut mass, true);
    }
    keep_only(space, &mut mass, &others);
    let best = greatest(&mass, 1)
        .first()
        .copied()
        .filter(|&at| mass[at] > 0.0);
    Ok(Told {
        probability: exact(mass.iter().sum()),
        best: best.map(|at| (space.future(at), exact(mass[at]))),
    })
}

/// The places of the `n` greatest, greatest first, the earlier of equals first.
fn greatest(mass: &[f64], n: usize) -> Vec<usize> {
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

fn signpost(
    model: &Model,
    ask: &Ask,
    space: &Space,
    rounds: &Rounds,
    now: &[f64],
    expected: &[(Driver, Vec<f64>)],
) -> Result<Telling, Impossible> {
    let (minds, others): (Vec<_>, Vec<_>) =
        expected.iter().partition(|(d, _)| ask.minds.contains(d));
    let chance = |at: usize, of: &[&(Driver, Vec<f64>)]| -> f64 {
        of.iter()
            .map(|(d, chances)| chances[space.state(at, d.0 as usize)])
            .product()
    };
    // P(seen | future now): what is seen at then, taken back through the rounds, times what minds now say.
    let mut seen = vector(space, 1.0)?;
    if !others.is_empty() {
        for (at, v) in seen.iter_mut().enumerate() {
            *v = chance(at, &others);
        }
        for _ in 0..model.rounds {
            rounds.backward(&mut seen);
        }
    }
    let mut whole = 0.0;
    let mut joint: Vec<Vec<(f64, f64)>> = ask
        .minds
        .iter()
        .map(|d| vec![(0.0, 0.0); usize::from(model.sizes[d.0 as usize])])
        .collect();
    for (at, (m, v)) in now.iter().zip(&seen).enumerate() {
        let yes = m * (v * chance(at, &minds)).min(1.0);
        whole += yes;
        for (mind, sums) in ask.minds.iter().zip(&mut joint) {
            let sum = &mut sums[space.state(at, mind.0 as usize)];
            *sum = (sum.0 + yes, sum.1 + (m - yes));
        }
    }
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { f64::NAN };
    Ok(Telling {
        seen: exact(whole),
        bits: joint
            .iter()
            .map(|j| exact(mutual_information(j, whole)))
            .collect(),
        if_seen: joint
            .iter()
            .map(|j| j.iter().map(|c| share(c.0, whole)).collect())
            .collect(),
        if_not: joint
            .iter()
            .map(|j| j.iter().map(|c| share(c.1, 1.0 - whole)).collect())
            .collect(),
    })
}

/// Mutual information in bits of a mind's states and a sign, from P(state, seen) and P(state, not seen).
fn mutual_information(joint: &[(f64, f64)], seen: f64) -> f64 {
    let part = |p: f64, state: f64, sign: f64| match p > 0.0 {
        true => p * libm::log2(p / (state * sign)),
        false => 0.0,
    };
    let bits: f64 = joint
        .iter()
        .map(|&(y, n)| part(y, y + n, seen) + part(n, y + n, 1.0 - seen))
        .sum();
    bits.max(0.0)
}
