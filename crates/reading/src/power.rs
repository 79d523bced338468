//! Who holds power over whom, what each wants, and what becomes of it: the case's holds and wants in the engine's tables.

use crate::{Beliefs, Estimate};
use sinario_case::{ActorId, Case, DriverId, StateId, StateRef, Text};
use sinario_engine::power::{
    Influence, Part, Relations, Table, Wants, compromise, influence, mobilisation, relations,
    signs, weighted,
};

/// The greatest want that the format knows.
const MOST: f64 = 3.0;

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

/// The weighted mean of one driver.
#[derive(Clone, Debug)]
pub struct Found {
    /// Support of each state, −3 … 3.
    pub support: Vec<f64>,
    /// The states with the greatest support.
    pub leading: Vec<StateId>,
    /// Where the states have an order: the weighted mean of the positions, and the state or two nearest to it.
    pub ordered: Option<(f64, Vec<StateId>)>,
    /// The reading's own probabilities of the driver at the horizon.
    pub then: Option<Vec<Estimate>>,
    /// The reading's own likeliest state at the horizon; the first of equals.
    pub likeliest: Option<StateId>,
}

impl Found {
    /// Whether power and the reading point to different states.
    pub fn disagrees(&self) -> bool {
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
    /// The pair that converges most, by the highest order there is.
    pub with: Option<(usize, usize)>,
    /// The pair that diverges most.
    pub against: Option<(usize, usize)>,
    /// The objective with the most power on its weaker side.
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

/// Whoever holds and wants; `None` where the case says nothing of either.
pub(crate) fn power(case: &Case, beliefs: Option<&Beliefs>) -> Option<Power> {
    let actors = case.involved();
    if actors.is_empty() {
        return None;
    }
    let place = |of: ActorId| actors.iter().position(|&a| a == of);
    let mut mdi = vec![vec![0.0; actors.len()]; actors.len()];
    for (i, a) in actors.iter().enumerate() {
        for hold in &case.actors[a.0].holds {
            if let Some(j) = place(hold.over) {
                mdi[i][j] = f64::from(hold.degree);
            }
        }
    }
    let found = influence(&mdi);
    let matched = match (&found.r_star, mdi.iter().flatten().any(|&d| d > 0.0)) {
        (Some(_), _) => None,
        (None, true) => Some(Matched::Answered),
        (None, false) => Some(Matched::Nobody),
    };
    let (states, wants) = wants(case, &actors);
    let by_power = found.r_star.as_ref().map(|r| weighted(&wants, r));
    let moved = by_power.as_ref().map(|w| mobilisation(w, states.len()));
    let objectives = states
        .into_iter()
        .enumerate()
        .map(|(o, state)| Objective {
            state,
            moved: moved.as_ref().map(|m| m[o]),
        })
        .collect();
    let any = wants.iter().any(|w| !w.is_empty());
    let relations = [
        any.then(|| relations(&signs(&wants))),
        any.then(|| relations(&wants)),
        by_power.as_ref().filter(|_| any).map(|w| relations(w)),
    ];
    let mut power = Power {
        mdi,
        matched,
        objectives,
        wants,
        weighted: by_power,
        relations,
        baseline: Vec::new(),
        holdup: Vec::new(),
        worth: Vec::new(),
        first: First::default(),
        influence: found,
        actors,
    };
    power.baseline = baseline(case, &power, beliefs);
    power.holdup = hold_ups(&power);
    power.worth = beliefs.map_or_else(Vec::new, |b| worth(case, &power, b));
    power.first = first(&power);
    Some(power)
}

/// The wanted states in order, and what each actor wants of them.
fn wants(case: &Case, actors: &[ActorId]) -> (Vec<StateRef>, Vec<Wants>) {
    let of = |a: &ActorId| {
        let wants = case.actors[a.0].wants.iter();
        wants.filter(|w| w.score.thousandths != 0)
    };
    let all: std::collections::BTreeSet<StateRef> =
        actors.iter().flat_map(of).map(|w| w.state).collect();
    let all: Vec<StateRef> = all.into_iter().collect();
    let one = |a: &ActorId| {
        let mut wants: Wants = of(a)
            .filter_map(|w| {
                let at = all.binary_search(&w.state).ok()?;
                Some((at, f64::from(w.score.thousandths) / 1000.0))
            })
            .collect();
        wants.sort_by_key(|w| w.0);
        wants
    };
    let wants = actors.iter().map(one).collect();
    (all, wants)
}

/// What one actor wants of each state of a driver; `None` where it wants nothing of it.
fn about(case: &Case, power: &Power, actor: usize, driver: DriverId) -> Option<Vec<f64>> {
    let mut all = vec![0.0; case.driver(driver).states.len()];
    let wants = &power.wants[actor];
    let of = |o: usize| power.objectives[o].state;
    let from = wants.partition_point(|w| of(w.0).driver < driver);
    let mine = wants[from..]
        .iter()
        .take_while(|w| of(w.0).driver == driver);
    let mut any = false;
    for &(o, want) in mine {
        all[of(o).state.0] = want;
        any = true;
    }
    any.then_some(all)
}

/// The drivers of the objectives, each once.
fn wanted_drivers(power: &Power) -> Vec<DriverId> {
    let mut all: Vec<DriverId> = power.objectives.iter().map(|o| o.state.driver).collect();
    all.dedup();
    all
}

fn baseline(case: &Case, power: &Power, beliefs: Option<&Beliefs>) -> Vec<Baseline> {
    let Some(r) = &power.influence.r_star else {
        return Vec::new();
    };
    let one = |driver: DriverId| {
        let mut parts = Vec::new();
        let mut all = Vec::new();
        for (actor, &capability) in r.iter().enumerate() {
            if let Some(wants) = about(case, power, actor, driver) {
                let salience = wants.iter().fold(0.0, |m: f64, w| m.max(w.abs())) / MOST;
                parts.push((actor, capability, salience));
                all.push(Part {
                    capability,
                    salience,
                    wants,
                });
            }
        }
        let then = beliefs.map(|b| b.then()[driver.0].clone());
        let found = compromise(&all).map(|found| Found {
            support: found.support,
            leading: found.leading.into_iter().map(StateId).collect(),
            ordered: case.driver(driver).ordered.then(|| {
                let nearest = found.nearest.into_iter().map(StateId);
                (found.mean, nearest.collect())
            }),
            likeliest: then
                .as_ref()
                .and_then(|t| greatest(t.iter().map(|e| e.value)).map(StateId)),
            then,
        });
        Baseline {
            driver,
            parts,
            found,
        }
    };
    wanted_drivers(power).into_iter().map(one).collect()
}

fn hold_ups(power: &Power) -> Vec<HoldUp> {
    let n = power.actors.len();
    let grip = |held: usize, by: usize| Grip {
        held,
        by,
        direct: power.mdi[by][held],
        strongest: power.influence.mmdii[by][held],
        through: power.influence.through[by][held],
    };
    let mut all = Vec::new();
    for a in 0..n {
        for b in a + 1..n {
            let (mut dependent, mut other) = (grip(a, b), grip(b, a));
            if dependent.strongest.max(other.strongest) <= 0.0 {
                continue;
            }
            if other.strongest > dependent.strongest {
                (dependent, other) = (other, dependent);
            }
            all.push(HoldUp {
                dependent,
                other,
                net: dependent.strongest - other.strongest,
            });
        }
    }
    // The strongest direct holds first, and among them those that go both ways; stable, so the order of the file
    // decides the rest.
    let weight = |h: &HoldUp| {
        let (a, b) = (h.dependent.direct, h.other.direct);
        [f64::max(a, b), a + b, h.dependent.strongest, h.net]
    };
    all.sort_by(|x, y| {
        let pairs = weight(x).into_iter().zip(weight(y));
        let orders = pairs.map(|(x, y)| y.total_cmp(&x));
        orders.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    });
    all
}

/// Σ P(state) · want(state). Its error takes the states' errors to move together, which is never too small.
fn expected(wants: &[f64], chances: &[Estimate]) -> Estimate {
    let pairs = || wants.iter().zip(chances);
    let errors = pairs().filter_map(|(w, p)| Some(w.abs() * p.error?));
    Estimate {
        value: pairs().map(|(w, p)| w * p.value).sum(),
        error: errors.fold(None, |sum: Option<f64>, e| Some(sum.unwrap_or(0.0) + e)),
    }
}

fn sum(all: impl Iterator<Item = Estimate>) -> Estimate {
    let none = Estimate {
        value: 0.0,
        error: None,
    };
    all.fold(none, |a, b| Estimate {
        value: a.value + b.value,
        error: match (a.error, b.error) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0.0) + b.unwrap_or(0.0)),
        },
    })
}

fn less(value: f64, e: Estimate) -> Estimate {
    Estimate {
        value: value - e.value,
        error: e.error,
    }
}

fn worth(case: &Case, power: &Power, beliefs: &Beliefs) -> Vec<ActorWorth> {
    let drivers = wanted_drivers(power);
    let one = |actor: usize| {
        let about = |&driver: &DriverId| {
            let wants = about(case, power, actor, driver)?;
            let now = expected(&wants, &beliefs.now[driver.0]);
            let then = expected(&wants, &beliefs.then()[driver.0]);
            Some(DriverWorth {
                driver,
                beyond_now: wants.iter().map(|&w| less(w, now)).collect(),
                beyond_then: wants.iter().map(|&w| less(w, then)).collect(),
                wants,
                now,
                then,
            })
        };
        let drivers: Vec<DriverWorth> = drivers.iter().filter_map(about).collect();
        if drivers.is_empty() {
            return None;
        }
        let now = sum(drivers.iter().map(|d| d.now));
        let then = sum(drivers.iter().map(|d| d.then));
        let minus = Estimate {
            value: -now.value,
            error: now.error,
        };
        let ends = drivers.iter().map(DriverWorth::range);
        Some(ActorWorth {
            actor,
            now,
            then,
            gain: sum([then, minus].into_iter()),
            range: ends.fold((0.0, 0.0), |sum, end| (sum.0 + end.0, sum.1 + end.1)),
            drivers,
        })
    };
    (0..power.actors.len()).filter_map(one).collect()
}

/// The place of the greatest; the first of equals.
fn greatest(all: impl Iterator<Item = f64>) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (at, value) in all.enumerate() {
        if best.is_none_or(|(_, most)| value > most) {
            best = Some((at, value));
        }
    }
    best.map(|(at, _)| at)
}

/// The same, where it is more than nothing.
fn most(all: impl Iterator<Item = f64> + Clone) -> Option<usize> {
    let at = greatest(all.clone())?;
    all.clone().nth(at).filter(|v| *v > 1e-9)?;
    Some(at)
}

fn first(power: &Power) -> First {
    let n = power.actors.len();
    let pairs: Vec<(usize, usize)> = (0..n)
        .flat_map(|a| (a + 1..n).map(move |b| (a, b)))
        .collect();
    let pair = |table: &Table| {
        let at = most(pairs.iter().map(|&(a, b)| table[a][b]))?;
        Some(pairs[at])
    };
    let relations = power.best_relations().map(|(r, _)| r);
    let (i, d) = (&power.influence.influence, &power.influence.dependence);
    let weaker = |o: &Objective| o.moved.map_or(0.0, |(with, against)| with.min(against));
    let doubt = |b: &Baseline| {
        let found = b.found.as_ref().filter(|f| f.disagrees())?;
        let then = found.then.as_ref()?;
        let at = found.leading.iter().map(|s| then[s.0].value);
        Some(1.0 - at.fold(0.0, f64::max))
    };
    let doubts = power.baseline.iter().map(doubt);
    First {
        strongest: power
            .influence
            .r_star
            .as_ref()
            .and_then(|r| most(r.iter().copied())),
        weakest: most((0..n).map(|k| d[k] - i[k])),
        with: relations.and_then(|r| pair(&r.convergence)),
        against: relations.and_then(|r| pair(&r.divergence)),
        contested: most(power.objectives.iter().map(weaker)),
        disagreement: most(doubts.clone().map(|d| d.unwrap_or(0.0))),
        disagreements: doubts.flatten().count(),
        gains: most(power.worth.iter().map(|w| w.gain.value)),
        loses: most(power.worth.iter().map(|w| -w.gain.value)),
    }
}
