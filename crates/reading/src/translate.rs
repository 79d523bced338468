//! The case in the engine's small integers.

use sinario_case::{Case, DriverId, Expected, Fact, FactId, StateId, StateRef};
use sinario_engine::evidence::{ActInput, Evidence, FactInput, standard_grid};
use sinario_engine::{Driver, Model, State};
use std::collections::BTreeMap;

/// A driver of the case in the engine.
// The cast: a checked case has at most 4096 drivers.
pub(crate) fn driver(id: DriverId) -> Driver {
    Driver(id.0 as u32)
}

/// A state of the case in the engine.
// The cast: a checked driver has at most 4096 states.
pub(crate) fn state(id: StateId) -> State {
    State(id.0 as u16)
}

/// A state of a driver in the engine.
pub(crate) fn at(state_ref: StateRef) -> (Driver, State) {
    (driver(state_ref.driver), state(state_ref.state))
}

/// An engine's driver in the case.
pub(crate) fn driver_id(driver: Driver) -> DriverId {
    DriverId(driver.0 as usize)
}

/// An engine's state in the case.
pub(crate) fn state_id(state: State) -> StateId {
    StateId(usize::from(state.0))
}

/// An engine's state of a driver in the case.
pub(crate) fn state_ref(driver: Driver, state: State) -> StateRef {
    StateRef {
        driver: driver_id(driver),
        state: state_id(state),
    }
}

/// An engine's future in the case.
pub(crate) fn states(future: &[State]) -> Vec<StateId> {
    future.iter().map(|&s| state_id(s)).collect()
}

/// Drivers, scores, priors, today and rounds.
pub(crate) fn model(case: &Case) -> Model {
    // The cast: a checked driver has at most 4096 states.
    let sizes = case.drivers.iter().map(|d| d.states.len() as u16).collect();
    let mut model = Model::new(sizes);
    model.kappa = libm::log(case.strength);
    model.rounds = case.rounds();
    for (d, of) in case.drivers.iter().enumerate() {
        if let Some(prior) = &of.prior {
            model.bias[d] = prior.iter().map(|p| libm::log(p.value)).collect();
        }
        model.today[d] = of.today.map(state);
        model.keeps[d] = of.keeps;
    }
    for impact in &case.impacts {
        let (from, s) = at(impact.from);
        for (t, score) in impact.scores.iter().enumerate() {
            model.add(
                from,
                s,
                driver(impact.on),
                state(StateId(t)),
                score.thousandths,
            );
        }
    }
    model
}

/// The facts that are used, in the order of `used`.
pub(crate) fn evidence(case: &Case, used: &[FactId]) -> Evidence {
    let mut groups: BTreeMap<&str, u32> = BTreeMap::new();
    let facts = used
        .iter()
        .map(|&FactId(f)| {
            let fact = &case.facts[f];
            let group = fact.group.as_deref().map(|name| {
                // The cast: fewer groups than facts, which a file of 16 MiB bounds.
                let next = groups.len() as u32;
                *groups.entry(name).or_insert(next)
            });
            input(case, fact, group)
        })
        .collect();
    Evidence {
        facts,
        grid: standard_grid(),
    }
}

fn input(case: &Case, fact: &Fact, group: Option<u32>) -> FactInput {
    FactInput {
        trust: case.trust.of(fact.grade),
        group,
        expected: chances(&fact.expected),
        act: fact.act.as_ref().map(|act| ActInput {
            // The cast: fewer actors than the bytes of a file of 16 MiB.
            actor: act.actor.0 as u32,
            chose: act.chose,
            among: act.among.len(),
            worth: act
                .worth
                .iter()
                .map(|w| {
                    let table = w
                        .table
                        .iter()
                        .map(|row| row.iter().map(|v| v.value).collect());
                    (driver(w.driver), table.collect())
                })
                .collect(),
        }),
    }
}

/// P(something | state) by driver.
pub(crate) fn chances(expected: &[Expected]) -> Vec<(Driver, Vec<f64>)> {
    expected
        .iter()
        .map(|e| {
            (
                driver(e.driver),
                e.chances.iter().map(|c| c.value).collect(),
            )
        })
        .collect()
}
