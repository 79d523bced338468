//! Finding a state by its name, as people type it.

use crate::read::nearest;
use crate::{Case, DriverId, StateId, StateRef, Words};

impl Case {
    /// The state that `driver.state` names.
    ///
    /// # Errors
    ///
    /// What is wrong with the name, with the nearest known one.
    pub fn find_state(&self, text: &str) -> Result<StateRef, Words> {
        let wrong = |name: &str, known: Vec<&str>| {
            let near = nearest(name, known.iter().copied())
                .map_or_else(|| known.join(", "), str::to_owned);
            Words {
                en: format!("nothing is called `{name}`; did you mean: {near}"),
                ko: format!("`{name}` 없음. 혹시: {near}"),
            }
        };
        let (driver, state) = text.split_once('.').unwrap_or((text, ""));
        let Some(d) = self.drivers.iter().position(|x| x.id == driver) else {
            return Err(wrong(
                driver,
                self.drivers.iter().map(|x| x.id.as_str()).collect(),
            ));
        };
        let states = &self.drivers[d].states;
        match states.iter().position(|x| x.id == state) {
            Some(s) => Ok(StateRef {
                driver: DriverId(d),
                state: StateId(s),
            }),
            None => Err(wrong(state, states.iter().map(|x| x.id.as_str()).collect())),
        }
    }
}
