//! Finding a state by its name, as people type it.

use crate::nearest::{BUDGET, nearest};
use crate::{Case, DriverId, StateId, StateRef, Words};

impl Case {
    /// The state that `driver.state` names.
    ///
    /// # Errors
    ///
    /// What is wrong with the name, with the nearest known one.
    pub fn find_state(&self, text: &str) -> Result<StateRef, Words> {
        // The nearest is sought by the part that is wrong, and shown as it has to be typed.
        let wrong = |part: &str, before: &str, known: Vec<&str>| {
            let near = match nearest(part, known.iter().copied(), &mut BUDGET.clone()) {
                Some(near) => vec![near],
                None => known,
            };
            let near: Vec<String> = near.iter().map(|n| format!("{before}{n}")).collect();
            let near = near.join(", ");
            Words {
                en: format!("nothing is called `{before}{part}`; did you mean: {near}"),
                ko: format!("`{before}{part}`: 그런 이름이 없습니다. 혹시 이것입니까: {near}"),
            }
        };
        let (driver, state) = text.split_once('.').unwrap_or((text, ""));
        let Some(d) = self.drivers.iter().position(|x| x.id == driver) else {
            return Err(wrong(
                driver,
                "",
                self.drivers.iter().map(|x| x.id.as_str()).collect(),
            ));
        };
        let states = &self.drivers[d].states;
        match states.iter().position(|x| x.id == state) {
            Some(s) => Ok(StateRef {
                driver: DriverId(d),
                state: StateId(s),
            }),
            None => Err(wrong(
                state,
                &format!("{driver}."),
                states.iter().map(|x| x.id.as_str()).collect(),
            )),
        }
    }
}
