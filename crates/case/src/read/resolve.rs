//! Names and what they name: drivers, states, actors, facts, options; tables by driver and by state.

use super::sections::table;
use super::{Value, Walk, part_of};
use crate::diagnostics::*;
use crate::format::{Key, Named};
use crate::{DriverId, StateId, StateRef};
use std::ops::Range;
use toml::de::DeTable;

impl<'t> Walk<'t> {
    /// The driver that `name` means, which stands at `span`.
    pub(super) fn driver_at(&mut self, span: Range<usize>, name: &str) -> Option<DriverId> {
        let found = self.names.drivers.find(name).map(DriverId);
        if found.is_none() && self.names.drivers.denies(name) {
            self.unknown_name(span, name, &Sort::Driver, None);
        }
        found
    }

    /// The state of a driver that `name` means, which stands at `span`; `value` where it is a quoted one.
    fn state_at(
        &mut self,
        span: Range<usize>,
        driver: DriverId,
        name: &str,
        value: Option<&Value>,
    ) -> Option<StateId> {
        let states = &self.names.declared[driver.0].states;
        let found = states.find(name).map(StateId);
        if found.is_none() && states.denies(name) {
            self.unknown_name(span, name, &Sort::State(driver), value);
        }
        found
    }

    /// `driver.state` in quotes, or as a key.
    pub(super) fn state_ref(
        &mut self,
        span: Range<usize>,
        text: &str,
        value: Option<&Value>,
    ) -> Option<StateRef> {
        let Some((d, s)) = text.split_once('.') else {
            let owner = self.names.owner(text);
            if self.names.drivers.known {
                self.error(|_| e0203_not_a_state_name::not_a_state_name(span, text, owner));
            }
            return None;
        };
        // A key is spelt bare or in quotes, a value in quotes.
        let inside = match value {
            Some(v) => part_of(v, text, 0).map(|p| p.start),
            None => match span.len().checked_sub(text.len()) {
                Some(quotes @ (0 | 2)) => Some(span.start + quotes / 2),
                _ => None,
            },
        };
        let part = |part: &str, offset: usize| match inside {
            Some(start) => start + offset..start + offset + part.len(),
            None => span.clone(),
        };
        // A part that has a place of its own is mended there, without quotes; else the whole in quotes is not.
        let driver = self.driver_at(part(d, 0), d)?;
        let state = self.state_at(part(s, d.len() + 1), driver, s, None)?;
        Some(StateRef { driver, state })
    }

    fn unknown_name(&mut self, span: Range<usize>, name: &str, sort: &Sort, value: Option<&Value>) {
        self.errors += 1;
        if self.found.len() >= super::KEPT {
            return;
        }
        let known = match sort {
            Sort::Actor => &self.names.actors,
            Sort::Driver => &self.names.drivers,
            Sort::State(d) => &self.names.declared[d.0].states,
            Sort::Fact => &self.names.facts,
            Sort::Option => &self.names.options,
            Sort::Quantity => &self.names.quantities,
        };
        // Each look through the names costs as much as the search for the nearest.
        let left = self.budget.checked_sub(known.list.len());
        let shown = left.and_then(|left| {
            self.budget = left;
            known.shown_as(name)
        });
        let inside = value.and_then(|v| part_of(v, name, 0));
        let place = inside.clone().unwrap_or(span);
        let (mut found, near) = e0202_unknown_name::unknown_name_or(
            place.clone(),
            name,
            &known.list,
            shown,
            &mut self.budget,
        );
        // A place whose spelling has quotes or escapes around the name is left to the author.
        let exact = place.len() == name.len();
        if let (Some(near), true) = (near, exact) {
            found = found.fix(place, near);
        }
        self.found.push(found);
    }

    /// A quoted name of something.
    pub(super) fn named(&mut self, of: &DeTable, key: &str, sort: &Sort) -> Option<usize> {
        let value = of.get(key)?;
        self.named_by(value, sort)
    }

    pub(super) fn named_by(&mut self, value: &Value, sort: &Sort) -> Option<usize> {
        let name = value.get_ref().as_str()?;
        let names = match sort {
            Sort::Actor => &self.names.actors,
            Sort::Driver => &self.names.drivers,
            Sort::State(d) => &self.names.declared[d.0].states,
            Sort::Fact => &self.names.facts,
            Sort::Option => &self.names.options,
            Sort::Quantity => &self.names.quantities,
        };
        let found = names.find(name);
        if found.is_none() && names.denies(name) {
            self.unknown_name(value.span(), name, sort, Some(value));
        }
        found
    }

    /// The entries of a table by driver, those that name one.
    pub(super) fn by_driver(
        &mut self,
        of: &'t DeTable<'t>,
        key: &str,
        outer: &[Key],
    ) -> Vec<(DriverId, Range<usize>, &'t Value<'t>)> {
        let mut all = Vec::new();
        for (k, value) in table(of, key).into_iter().flatten() {
            if self.is_misplaced(Named::Driver, k.get_ref(), outer) {
                continue;
            }
            if let Some(driver) = self.driver_at(k.span(), k.get_ref()) {
                all.push((driver, k.span(), value));
            }
        }
        all.sort_by_key(|(d, _, _)| *d);
        all
    }

    /// What a table by state holds, one for each state of a driver; `None` where one is missing or wrong.
    pub(super) fn by_state<T>(
        &mut self,
        (at, value): (Range<usize>, &'t Value<'t>),
        driver: DriverId,
        outer: &[Key],
        mut one: impl FnMut(&mut Self, Range<usize>, &'t Value<'t>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let given = self.some_states(value, driver, outer, &mut one)?;
        let declared = &self.names.declared[driver.0].states;
        let names = &declared.list;
        if !declared.known || self.is_torn(value) {
            return None;
        }
        let missing = (0..names.len()).filter(|s| !given.iter().any(|(g, _)| g.0 == *s));
        let missing: Vec<&str> = if given.len() == names.len() {
            Vec::new()
        } else {
            missing.map(|s| names[s]).collect()
        };
        // A state that is misspelt has been spoken of; that its right name is missing need not be said.
        let keys = value.get_ref().as_table().map_or(0, DeTable::len);
        if missing.is_empty() {
            return given.into_iter().map(|(_, v)| v).collect();
        }
        if keys == given.len() {
            self.error(|_| e0402_missing_states::missing_states(at, &missing));
        }
        None
    }

    /// What a table by state holds, by state; an entry that cannot be read is `None` in its place.
    pub(super) fn some_states<T>(
        &mut self,
        value: &'t Value<'t>,
        driver: DriverId,
        outer: &[Key],
        one: &mut impl FnMut(&mut Self, Range<usize>, &'t Value<'t>) -> Option<T>,
    ) -> Option<Vec<(StateId, Option<T>)>> {
        let mut given = Vec::new();
        for (k, inner) in value.get_ref().as_table()? {
            if self.is_misplaced(Named::State, k.get_ref(), outer) {
                continue;
            }
            if let Some(state) = self.state_at(k.span(), driver, k.get_ref(), None) {
                let value = one(self, k.span(), inner);
                given.push((state, value));
            }
        }
        given.sort_by_key(|(s, _)| *s);
        Some(given)
    }
}

/// What a name is of.
pub(super) enum Sort {
    Actor,
    Driver,
    State(DriverId),
    Fact,
    Option,
    Quantity,
}
