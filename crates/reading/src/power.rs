//! Who holds power over whom, what each wants, and what becomes of it: the case's holds and wants in the engine's tables.

mod find;

pub(crate) use find::power;

use crate::Estimate;
use sinario_case::{ActorId, Case, DriverId, StateId, StateRef, Text};
use sinario_engine::power::{Influence, Relations, Table, Wants};

/// Who holds whom, who wants what, and how the two meet. Tables are by the places of [`Power::actors`].
#[derive(Clone, Debug)]
pub struct Power {
    /// Whoever holds somebody, is held or wants something, in the order of the file.
    pub actors: Vec<ActorId>,
    /// Direct influence, 0 … 4.
    pub mdi: Table,
    /// Influence, dependence and relation of force.
    pub influence: Influence,
    /// Why there is no relation of force, where there is none.
    pub matched: Option<Matched>,
    /// The states that anybody wants or does not want, in order of drivers and states.
    pub objectives: Vec<Objective>,
    /// How much each actor wants each objective (2MAO), places in [`Power::objectives`], no want 0.
    pub wants: Vec<Wants>,
    /// The same, weighted by power (3MAO); `None` where there is no relation of force.
    pub weighted: Option<Vec<Wants>>,
    /// Convergence, divergence and ambivalence by number of objectives, by strength of wants, and by power; the last is
    /// `None` where there is no relation of force.
    pub relations: [Option<Relations>; 3],
    /// What the weighted mean makes of each wanted driver; empty where there is no relation of force.
    pub baseline: Vec<Baseline>,
    /// Pairs of whom either holds the other, directly or through a third; the strongest direct
    /// holds first, and among them those that go both ways.
    pub holdup: Vec<HoldUp>,
    /// What the future is worth to each actor that wants something; empty where probabilities were not asked for.
    pub worth: Vec<ActorWorth>,
    /// What a reader should hear first.
    pub first: First,
}

/// Why there is no relation of force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matched {
    /// Nobody holds anybody.
    Nobody,
    /// Every hold is answered in full.
    Answered,
}

/// A state that somebody wants or does not want.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// The state.
    pub state: StateRef,
    /// Power for it and against it; their sum is its mobilisation. `None` where there is no relation of force.
    pub moved: Option<(f64, f64)>,
}

impl Objective {
    /// All the power that it moves, either way.
    pub fn mobilisation(&self) -> Option<f64> {
        self.moved.map(|(with, against)| with + against)
    }
}

/// Differences in wants, and in power times wants, that are smaller are not seen in one decimal, and mean nothing in
/// numbers that were judged in whole steps.
pub const SEEN: f64 = 0.05;

/// What the capability × salience weighted mean makes of one driver.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The driver.
    pub driver: DriverId,
    /// Who takes part: the actor's place, capability (R*), salience (0 … 1).
    pub parts: Vec<(usize, f64, f64)>,
    /// What follows; `None` where nobody who cares has any power.
    pub found: Option<Found>,
}

/// The one actor whose wishes decide a driver by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alone {
    /// Its place.
    pub actor: usize,
    /// Whether others have wishes there too, but no power.
    pub others: bool,
}

impl Baseline {
    /// Whoever alone has both power and a wish here, so that nothing is weighed against anything.
    pub fn alone(&self) -> Option<Alone> {
        let mut with_power = self.parts.iter().filter(|p| p.1 * p.2 > 1e-9);
        let actor = with_power.next()?.0;
        with_power.next().is_none().then_some(Alone {
            actor,
            others: self.parts.len() > 1,
        })
    }

    /// Whether wishes of several are weighed here, and the reading has its own likeliest state to set beside what follows.
    pub fn compares(&self) -> bool {
        let found = self.found.as_ref();
        self.alone().is_none() && found.is_some_and(|f| f.likeliest.is_some())
    }

    /// Whether power and the reading point to different states. What one actor wishes where nobody else does is no
    /// finding of power, and disagrees with nothing.
    pub fn disagrees(&self) -> bool {
        self.compares() && self.found.as_ref().is_some_and(Found::differs)
    }
}

/// The weighted mean of one driver.
#[derive(Clone, Debug)]
pub struct Found {
    /// Support of each state, −3 … 3.
    pub support: Vec<f64>,
    /// The states with the greatest support; a difference of less than [`SEEN`] is a tie.
    pub leading: Vec<StateId>,
    /// Where the states have an order: the weighted mean of the positions, and the state or two nearest to it.
    pub ordered: Option<(f64, Vec<StateId>)>,
    /// The reading's own probabilities of the driver at the horizon.
    pub then: Option<Vec<Estimate>>,
    /// The reading's own likeliest state at the horizon; the first of equals.
    pub likeliest: Option<StateId>,
}

impl Found {
    /// Whether the reading's likeliest state is none of those that power points to.
    pub fn differs(&self) -> bool {
        self.likeliest.is_some_and(|s| !self.leading.contains(&s))
    }
}

/// What two actors are to each other.
#[derive(Clone, Debug)]
pub struct HoldUp {
    /// The one that depends more (the earlier in the file where they depend alike).
    pub dependent: Grip,
    /// The other.
    pub other: Grip,
    /// How much more the first depends, ≥ 0.
    pub net: f64,
}

/// How one actor of a pair is held by the other.
#[derive(Clone, Copy, Debug)]
pub struct Grip {
    /// The place of the one who is held.
    pub held: usize,
    /// The place of the holder.
    pub by: usize,
    /// Direct degree, 0 … 4.
    pub direct: f64,
    /// The strongest way, direct or through a third, 0 … 4.
    pub strongest: f64,
    /// The place of that third, where the way through it is stronger.
    pub through: Option<usize>,
}

impl Grip {
    /// Whether the one who is held can live without the holder: nothing beyond its processes is held.
    pub fn can_live_without(&self) -> bool {
        self.strongest <= 1.0
    }

    /// Degree, in whole steps of the scale.
    pub fn degree(&self) -> u8 {
        // The cast: 0 … 4.
        self.strongest as u8
    }
}

/// What the future is worth to one actor.
#[derive(Clone, Debug)]
pub struct ActorWorth {
    /// The actor's place.
    pub actor: usize,
    /// For each driver about which it wants something.
    pub drivers: Vec<DriverWorth>,
    /// Expected satisfaction now and then: the sum of the drivers'.
    pub now: Estimate,
    /// See [`ActorWorth::now`].
    pub then: Estimate,
    /// What time brings: then − now.
    pub gain: Estimate,
    /// The least and the most that any future would bring.
    pub range: (f64, f64),
}

/// What one driver is worth to one actor.
#[derive(Clone, Debug)]
pub struct DriverWorth {
    /// The driver.
    pub driver: DriverId,
    /// How much the actor wants each state, −3 … 3.
    pub wants: Vec<f64>,
    /// Expected want now.
    pub now: Estimate,
    /// Expected want then.
    pub then: Estimate,
    /// For each state, what it would bring beyond what is expected now: want − expected now.
    pub beyond_now: Vec<Estimate>,
    /// The same against what is expected then.
    pub beyond_then: Vec<Estimate>,
}

impl DriverWorth {
    /// The least and the most that any state would bring.
    pub fn range(&self) -> (f64, f64) {
        let all = || self.wants.iter().copied();
        let least = all().reduce(f64::min).unwrap_or(0.0);
        (least, all().reduce(f64::max).unwrap_or(0.0))
    }
}

/// What a reader should hear first; places of actors, objectives and baselines, the first of equals.
#[derive(Clone, Copy, Debug, Default)]
pub struct First {
    /// Who has the most power.
    pub strongest: Option<usize>,
    /// Who depends most on others against what it can do to them (greatest D − I > 0).
    pub weakest: Option<usize>,
    /// The pair with the greatest convergence less divergence, by the highest order there is, where that is more than [`SEEN`].
    pub with: Option<(usize, usize)>,
    /// The pair with the greatest divergence less convergence, likewise.
    pub against: Option<(usize, usize)>,
    /// The objective with the most power on its weaker side in tenths, as it is shown; of those, with the most power in all.
    pub contested: Option<usize>,
    /// Where power and the reading point to different states: the baseline whose leading state the reading thinks least
    /// likely; and how many disagree.
    pub disagreement: Option<usize>,
    /// See [`First::disagreement`].
    pub disagreements: usize,
    /// The place in [`Power::worth`] of whoever gains most till the horizon, if anybody gains.
    pub gains: Option<usize>,
    /// Whoever loses most.
    pub loses: Option<usize>,
}

impl Power {
    /// The case's reason for a direct hold.
    pub fn because<'a>(&self, case: &'a Case, by: usize, held: usize) -> Option<&'a Text> {
        let holds = &case.actors[self.actors[by].0].holds;
        let hold = holds.iter().find(|h| h.over == self.actors[held])?;
        hold.because.as_ref()
    }

    /// The place of an objective.
    pub fn objective(&self, state: StateRef) -> Option<usize> {
        self.objectives
            .binary_search_by_key(&state, |o| o.state)
            .ok()
    }

    /// Convergence and divergence by the highest order there is, and that order.
    pub fn best_relations(&self) -> Option<(&Relations, usize)> {
        let order = (0..3).rev().find(|&o| self.relations[o].is_some())?;
        Some((self.relations[order].as_ref()?, order + 1))
    }
}
