//! What drives what, under the names of the case.

use crate::translate::{driver_id, state_ref};
use sinario_case::{Case, DriverId, StateRef};
use sinario_engine::{Model, structure as engine};
use std::collections::BTreeMap;

pub use sinario_engine::structure::{How, Quadrant, Sign, Standing, Why};

/// What drives what: direct and indirect influence, and the feedback loops.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The direct influences that are not 0, by source, then by target; those of a driver on itself included.
    pub direct: Vec<DirectInfluence>,
    /// For each driver, what it does to the others and they to it, directly.
    pub directly: Vec<Standing>,
    /// The same by all ways through other drivers.
    pub indirectly: Vec<Standing>,
    /// The whole matrix of indirect influences; `None` where there are more than a hundred drivers.
    pub indirect: Option<Vec<Vec<f64>>>,
    /// How the indirect influences were found.
    pub how: How,
    /// The mean direct influence of a driver, which is the mean dependence too; points.
    pub mean: f64,
    /// Drivers by direct influence, the greatest first.
    pub by_influence: Vec<DriverId>,
    /// Sets of drivers that reach each other; what is in none of them is in no loop.
    pub components: Vec<Vec<DriverId>>,
    /// How many drivers lie in a loop.
    pub in_loops: usize,
    /// The feedback loops.
    pub loops: Loops,
}

/// The direct influence of one driver on another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DirectInfluence {
    /// The driver that acts.
    pub from: DriverId,
    /// The driver that is acted on.
    pub on: DriverId,
    /// Mean of |score| over all pairs of their states, points.
    pub points: f64,
}

/// The feedback loops.
#[derive(Clone, Debug)]
pub struct Loops {
    /// How many there are; a lower bound unless `complete`.
    pub count: u64,
    /// Whether all were counted.
    pub complete: bool,
    /// How many were weighed.
    pub weighed: u64,
    /// `None` where all were weighed; else all of at most so many drivers were.
    pub weighed_up_to: Option<usize>,
    /// Among the weighed ones, those that reinforce themselves.
    pub reinforcing: u64,
    /// Among the weighed ones, those that balance themselves.
    pub balancing: u64,
    /// The strongest, greatest first.
    pub listed: Vec<Feedback>,
}

impl Loops {
    /// The strongest of a sign.
    pub fn strongest(&self, sign: Sign) -> Option<&Feedback> {
        self.listed.iter().find(|l| l.sign == sign)
    }
}

/// One feedback loop.
#[derive(Clone, Debug)]
pub struct Feedback {
    /// What it does to a push that runs around it.
    pub sign: Sign,
    /// Trace of the product of the centred blocks, points to the number of drivers.
    pub gain: f64,
    /// |gain| to the power of 1 / number of drivers, points.
    pub strength: f64,
    /// Its drivers in order, each with the state through which most of the gain runs.
    pub steps: Vec<FeedbackStep>,
}

/// One driver of a loop.
#[derive(Clone, Copy, Debug)]
pub struct FeedbackStep {
    /// The driver and its state.
    pub state: StateRef,
    /// Centred score on the state of the next step (of the first, for the last), points.
    pub push: f64,
    /// The judgement behind it, a position in [`Case::impacts`]; `None` where the case says nothing of this state, and it
    /// differs only because it says something of another.
    pub impact: Option<usize>,
}

/// Finds what drives what.
pub(crate) fn structure(case: &Case, model: &Model) -> Structure {
    let found = engine::structure(model);
    let judged: BTreeMap<(StateRef, DriverId), usize> = (case.impacts.iter().enumerate())
        .map(|(at, impact)| ((impact.from, impact.on), at))
        .collect();
    let mut by_influence: Vec<DriverId> = (0..case.drivers.len()).map(DriverId).collect();
    by_influence.sort_by_key(|d| (found.directly[d.0].influence_rank, *d));
    let feedback = |of: &engine::Loop| {
        let states: Vec<StateRef> = (of.steps.iter())
            .map(|s| state_ref(s.driver, s.state))
            .collect();
        let next = states.iter().skip(1).chain(states.first());
        Feedback {
            sign: of.sign,
            gain: of.gain,
            strength: of.strength,
            steps: (of.steps.iter().zip(&states).zip(next))
                .map(|((step, &state), next)| FeedbackStep {
                    state,
                    push: step.push,
                    impact: judged.get(&(state, next.driver)).copied(),
                })
                .collect(),
        }
    };
    let components: Vec<Vec<DriverId>> = (found.components.iter())
        .map(|c| c.iter().map(|&d| driver_id(d)).collect())
        .collect();
    let total: f64 = found.directly.iter().map(|s| s.influence).sum();
    Structure {
        direct: (found.direct.iter())
            .map(|i| DirectInfluence {
                from: driver_id(i.from),
                on: driver_id(i.on),
                points: i.points,
            })
            .collect(),
        // The cast: a checked case has at most 4096 drivers, and at least one.
        mean: total / case.drivers.len() as f64,
        by_influence,
        in_loops: components.iter().map(Vec::len).sum(),
        components,
        loops: Loops {
            count: found.loops.count,
            complete: found.loops.complete,
            weighed: found.loops.weighed,
            weighed_up_to: found.loops.weighed_up_to,
            reinforcing: found.loops.reinforcing,
            balancing: found.loops.balancing,
            listed: found.loops.listed.iter().map(feedback).collect(),
        },
        directly: found.directly,
        indirectly: found.indirectly,
        indirect: found.indirect,
        how: found.how,
    }
}
