//! From holds and wants to what is found of power.

use super::{
    ActorWorth, Baseline, DriverWorth, First, Found, Grip, HoldUp, Matched, Objective, Power, SEEN,
};
use crate::{Beliefs, Estimate};
use sinario_case::{ActorId, Case, DriverId, StateId, StateRef};
use sinario_engine::power::{
    Part, Table, Wants, compromise, influence, mobilisation, relations, signs, weighted,
};

/// The greatest want that the format knows.
const MOST: f64 = 3.0;

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
            leading: near_greatest(&found.support),
            support: found.support,
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

/// The states of greatest support, and those that nobody could tell from them.
fn near_greatest(support: &[f64]) -> Vec<StateId> {
    let most = support.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let near = (0..support.len()).filter(|&s| most - support[s] < SEEN);
    near.map(StateId).collect()
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

/// The objective that is most contested: the greater its weaker side in tenths, then the greater both sides, the earlier.
fn contested(objectives: &[Objective]) -> Option<usize> {
    let mut best: Option<(usize, [f64; 2])> = None;
    for (at, o) in objectives.iter().enumerate() {
        let Some((with, against)) = o.moved else {
            continue;
        };
        let key = [(10.0 * with.min(against)).round(), with + against];
        let more = best.is_none_or(|(_, most)| {
            key[0] > most[0] || (key[0] == most[0] && key[1] > most[1] + 1e-9)
        });
        if key[0] > 0.0 && more {
            best = Some((at, key));
        }
    }
    best.map(|(at, _)| at)
}

fn first(power: &Power) -> First {
    let n = power.actors.len();
    let pairs: Vec<(usize, usize)> = (0..n)
        .flat_map(|a| (a + 1..n).map(move |b| (a, b)))
        .collect();
    let pair = |more: &Table, less: &Table| {
        let beyond = |&(a, b): &(usize, usize)| more[a][b] - less[a][b];
        let at = greatest(pairs.iter().map(beyond))?;
        Some(pairs[at]).filter(|p| beyond(p) >= SEEN)
    };
    let relations = power.best_relations().map(|(r, _)| r);
    let (i, d) = (&power.influence.influence, &power.influence.dependence);
    let doubt = |b: &Baseline| {
        let found = b.found.as_ref().filter(|_| b.disagrees())?;
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
        with: relations.and_then(|r| pair(&r.convergence, &r.divergence)),
        against: relations.and_then(|r| pair(&r.divergence, &r.convergence)),
        contested: contested(&power.objectives),
        disagreement: most(doubts.clone().map(|d| d.unwrap_or(0.0))),
        disagreements: doubts.flatten().count(),
        gains: most(power.worth.iter().map(|w| w.gain.value)),
        loses: most(power.worth.iter().map(|w| -w.gain.value)),
    }
}
