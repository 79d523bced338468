//! What sways an answer: every probability with one judgement at either end of its range, all others at their
//! points (one-way sensitivity, the tornado of decision analysis; Howard 1988).
//!
//! What facts say enters a posterior as one factor for each joint state of the drivers that they bear on, and all
//! that follows is linear in it: one backward pass serves every likelihood and worth. A score or a prior changes how
//! one driver answers; everything is solved again with that one answer, side by side for some judgements.

mod program;
mod solver;
mod vectors;

use crate::belief::Impossible;
use crate::judgement::{Inputs, Judgement, Place};
use crate::progress::{Progress, Work};
use crate::{Driver, Future, Model, State};
use rayon::prelude::*;
use solver::{LANES, Solver};
use std::sync::atomic::{AtomicU64, Ordering};
use vectors::Changed;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// All states of a driver now, after facts.
    Now(Driver),
    /// All states of a driver at the horizon.
    Then(Driver),
    /// All states of a driver in the long run.
    Settled(Driver),
    /// A story, by position in [`Ask::stories`].
    Story(usize),
    /// A future at the horizon, by position in [`Ask::futures`].
    Future(usize),
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// `--given`.
    pub given: Vec<(Driver, State)>,
    /// `--do`.
    pub held: Vec<(Driver, State)>,
    /// Drivers that are minds.
    pub minds: Vec<Driver>,
    /// Stories: told states.
    pub stories: Vec<Vec<(Driver, State)>>,
    /// Futures.
    pub futures: Vec<Future>,
    /// What is to be swayed.
    pub targets: Vec<Target>,
    /// Work after which no further judgement is begun, in steps of about a nanosecond.
    pub steps: u64,
}

/// The values of all targets with one judgement at an end of its range; by target, by state (one value for a story
/// or a future). Not a number where no future is left.
pub type Values = Vec<Vec<f64>>;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Sway {
    /// With every judgement at its point.
    pub point: Values,
    /// For each judgement, the values at its low and at its high end; `None` where the work would have been more
    /// than [`Ask::steps`].
    pub ends: Vec<Option<(Values, Values)>>,
}

/// One end of one judgement.
struct Job {
    judgement: usize,
    high: bool,
    driver: Driver,
    model: Model,
}

/// Finds how each judgement sways the targets.
///
/// ```
/// use sinario_engine::{Driver, Model, State, evidence::Evidence, progress::Quiet};
/// use sinario_engine::judgement::{Inputs, Judgement, Place};
/// use sinario_engine::sensitivity::{Ask, Target, sway};
/// let inputs = Inputs { model: Model::new(vec![2]), evidence: Evidence::default(), signposts: Vec::new() };
/// let place = Place::Prior { driver: Driver(0), state: State(0) };
/// let prior = Judgement { place, point: 1.0, low: 0.5, high: 3.0 };
/// let ask = Ask { targets: vec![Target::Settled(Driver(0))], steps: u64::MAX, ..Ask::default() };
/// let found = sway(&inputs, &[prior], &ask, &Quiet).unwrap();
/// let (low, high) = found.ends[0].as_ref().unwrap();
/// assert!((low[0][0] - 1.0 / 3.0).abs() < 1e-12 && (high[0][0] - 0.75).abs() < 1e-12);
/// ```
///
/// # Errors
///
/// See [`Impossible`]; nothing is ever sampled.
pub fn sway(
    inputs: &Inputs,
    judgements: &[Judgement],
    ask: &Ask,
    progress: &dyn Progress,
) -> Result<Sway, Impossible> {
    let solver = Solver::new(&inputs.model, &inputs.evidence, ask)?;
    let shaped = |flat: &[f64]| shape(&inputs.model, &ask.targets, flat);
    let point = shaped(&solver.values);
    let changed = |j: &Judgement, value: f64| {
        let mut changed = inputs.clone();
        changed.set(j.place, value);
        changed
    };
    // What is cheap goes first, so that little work tells much.
    let mut ends: Vec<Option<(Values, Values)>> = vec![None; judgements.len()];
    let (mut facts, mut jobs, mut odd) = (Vec::new(), Vec::new(), Vec::new());
    let mut left = ask.steps;
    let mut pay = |cost: u64| {
        let enough = cost <= left;
        left -= if enough { cost } else { 0 };
        enough
    };
    let held = |d: Driver| ask.held.iter().find(|h| h.0 == d).map(|h| h.1);
    for (at, j) in judgements.iter().enumerate() {
        match j.place {
            _ if j.low == j.point && j.high == j.point => {
                ends[at] = Some((point.clone(), point.clone()))
            }
            Place::Likelihood { .. } | Place::Worth { .. } => {
                if pay(2 * solver.fact_cost(&inputs.evidence)) {
                    facts.push(at);
                }
            }
            Place::Seen { .. } => ends[at] = Some((point.clone(), point.clone())),
            Place::Score { .. } | Place::Prior { .. } => {}
        }
    }
    for (at, j) in judgements
        .iter()
        .enumerate()
        .filter(|(_, j)| j.place.moves_the_model())
    {
        let (driver, idle) = match j.place {
            Place::Score {
                from, state, on, ..
            } => (on, held(from).is_some_and(|s| s != state)),
            Place::Prior { driver, .. } => (driver, false),
            _ => continue,
        };
        if idle || !solver.asks(driver) {
            ends[at] = Some((point.clone(), point.clone()));
        }
        if ends[at].is_some() {
            continue;
        }
        let both = [(false, j.low), (true, j.high)].map(|(high, value)| Job {
            judgement: at,
            high,
            driver,
            model: changed(j, value).model,
        });
        let fits = |job: &Job| solver.same_edges(&job.model, driver);
        let cost = |job: &Job| {
            if fits(job) {
                solver.cost(driver)
            } else {
                solver.whole_cost()
            }
        };
        if pay(both.iter().map(cost).fold(0, u64::saturating_add)) {
            for job in both {
                if fits(&job) {
                    jobs.push(job)
                } else {
                    odd.push(job)
                }
            }
        }
    }
    // Those that change the same driver stand together.
    jobs.sort_by_key(|j| (j.driver, j.judgement, j.high));

    // The cast: judgements are held in memory.
    let total = (2 * facts.len() + jobs.len() + odd.len()) as u64;
    let done = AtomicU64::new(0);
    let tell = |n: usize| {
        let done = done.fetch_add(n as u64, Ordering::Relaxed) + n as u64;
        progress.at(Work::Sway, done, total);
    };
    if !facts.is_empty() {
        let leverage = solver.leverage();
        let reweighed = |&at: &usize| {
            let j = &judgements[at];
            let of = |value| shaped(&solver.reweighed(&changed(j, value).evidence, &leverage));
            let both = (of(j.low), of(j.high));
            tell(2);
            (at, both)
        };
        let found: Vec<_> = facts.par_iter().map(reweighed).collect();
        for (at, both) in found {
            ends[at] = Some(both);
        }
    }
    let batch = |some: &[Job]| {
        let changed: Vec<Changed> = some
            .iter()
            .map(|j| Changed {
                driver: j.driver,
                model: &j.model,
            })
            .collect();
        let values = match solver.lanes() {
            1 => solver.solve::<1>(&changed),
            _ => solver.solve::<LANES>(&changed),
        };
        tell(some.len());
        values
    };
    let lanes = solver.lanes();
    let batches = jobs.chunks(lanes);
    // Where vectors are long, memory is for one at a time.
    let found: Vec<Vec<Vec<f64>>> = match lanes {
        1 => batches.map(batch).collect(),
        _ => jobs.par_chunks(lanes).map(batch).collect(),
    };
    let alone = |job: &Job| {
        let solved = Solver::new(&job.model, &inputs.evidence, ask);
        tell(1);
        solved.map(|s| s.values)
    };
    let apart: Vec<Result<Vec<f64>, Impossible>> = match lanes {
        1 => odd.iter().map(alone).collect(),
        _ => odd.par_iter().map(alone).collect(),
    };
    let nothing = || vec![f64::NAN; solver.values.len()];
    let solved = jobs.iter().zip(found.into_iter().flatten());
    let mut solved: Vec<(&Job, Vec<f64>)> = solved.collect();
    for (job, values) in odd.iter().zip(apart) {
        match values {
            Ok(values) => solved.push((job, values)),
            Err(Impossible::Facts(_) | Impossible::Given(_)) => solved.push((job, nothing())),
            Err(other) => return Err(other),
        }
    }
    for (job, values) in solved {
        let both = ends[job.judgement].get_or_insert_with(|| (Vec::new(), Vec::new()));
        let end = if job.high { &mut both.1 } else { &mut both.0 };
        *end = shaped(&values);
    }
    Ok(Sway { point, ends })
}

/// One list of values taken apart by target; each a probability, whatever the last digit.
fn shape(model: &Model, targets: &[Target], mut flat: &[f64]) -> Values {
    let each = |target: &Target| {
        let n = match target {
            Target::Now(d) | Target::Then(d) | Target::Settled(d) => {
                usize::from(model.sizes[d.0 as usize])
            }
            Target::Story(_) | Target::Future(_) => 1,
        };
        let (now, rest) = flat.split_at(n);
        flat = rest;
        now.iter().map(|v| v.clamp(0.0, 1.0)).collect()
    };
    targets.iter().map(each).collect()
}
