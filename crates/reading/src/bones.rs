//! The bones of a story: what a future would have to tell, and why (model.md 7).

use crate::pulls::Pulls;
use crate::{FactWeight, Pull, Reading};
use sinario_case::{DriverId, FactId, StateId};
use sinario_engine::order::rounds_order;

/// One driver of the story.
#[derive(Clone, Debug)]
pub struct Bone {
    /// The driver.
    pub driver: DriverId,
    /// Its state in this future.
    pub state: StateId,
    /// Whether it is so already today.
    pub today: bool,
    /// The impacts that carry it, strongest first (each with its `because` in the case).
    pub carried: Vec<Pull>,
    /// The impacts that pull against it, strongest first.
    pub against: Vec<Pull>,
    /// The facts behind it: those that its impacts rest on, and those that make the state likelier now by a deciban
    /// or more; in the order of the file.
    pub facts: Vec<FactId>,
}

/// The bones of a story, in causal order.
#[derive(Clone, Debug)]
pub struct Bones {
    /// The future that it tells.
    pub states: Vec<StateId>,
    /// Its drivers, causes before effects; inside a cycle of causes in declared order.
    pub bones: Vec<Bone>,
}

/// Writes the bones of a story for one future of a reading; nothing in it that the case does not hold.
pub fn bones(reading: &Reading, states: &[StateId]) -> Bones {
    let case = &*reading.case;
    let pulls = Pulls::new(case);
    let balances = pulls.of_future(states);
    let bones = rounds_order(&crate::translate::model(case), &[])
        .into_iter()
        .map(|driver| {
            let driver = crate::translate::driver_id(driver);
            let balance = &balances[driver.0];
            let (carried, against): (Vec<Pull>, Vec<Pull>) =
                balance.pulls.iter().copied().partition(|p| p.lead > 0);
            let mut facts: Vec<FactId> = carried
                .iter()
                .flat_map(|p| case.impacts[p.impact].facts.iter().copied())
                .chain(speaking_for(reading, driver, balance.state))
                .filter(|f| reading.used.contains(f))
                .collect();
            facts.sort_unstable();
            facts.dedup();
            Bone {
                driver,
                state: balance.state,
                today: case.driver(driver).today == Some(balance.state),
                carried,
                against,
                facts,
            }
        })
        .collect();
    Bones {
        states: states.to_vec(),
        bones,
    }
}

/// Facts that make a state likelier now by a deciban or more.
fn speaking_for(
    reading: &Reading,
    driver: DriverId,
    state: StateId,
) -> impl Iterator<Item = FactId> {
    reading
        .minds
        .iter()
        .filter(move |m| m.driver == driver)
        .flat_map(|m| &m.facts)
        .filter(move |f: &&FactWeight| f.decibans[state.0].value >= 1.0)
        .map(|f| f.fact)
}
