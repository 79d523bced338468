//! Formulas of quantities and options, each remembered with its place.

use super::sections::table;
use super::values;
use super::{Value, Walk};
use crate::diagnostics::*;
use crate::formula::{self, Formula, Place, Scope};
use crate::{Date, StateRef};
use toml::de::DeTable;

/// The days of the case that formulas may name.
#[derive(Clone, Copy)]
pub(super) struct Days {
    pub as_of: Option<Date>,
    pub horizon: Option<Date>,
}

/// Whose formula it is, by position in the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Quantity(usize),
    Option(usize),
}

/// Which of its formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// `formula` or `value`.
    Whole,
    /// One of `when`, by position.
    When(usize),
    Switching,
}

/// Where a formula of the case stands.
#[derive(Clone, Debug)]
pub(crate) struct Stand {
    pub owner: Owner,
    pub part: Part,
    pub place: Place,
    /// It could not be read: 0 stands in its place.
    pub broken: bool,
}

impl<'t> Walk<'t> {
    /// A formula of the case; `0` where it cannot be read, which has then been said.
    pub(super) fn formula(
        &mut self,
        value: &'t Value<'t>,
        owner: Owner,
        part: Part,
        days: Days,
    ) -> Formula {
        let text = match value.get_ref().as_str() {
            Some(text) => text.to_owned(),
            None => values::digits(value.get_ref()).unwrap_or_default(),
        };
        let place = Place::of(self.source, value.span(), value.get_ref(), &text);
        // What is no text and no number has been spoken of.
        let is_formula = value.get_ref().is_str() || values::number(value.get_ref()).is_some();
        let scope = Scope {
            names: &self.names,
            as_of: days.as_of,
            horizon: days.horizon,
            budget: &mut self.budget,
            nodes: &mut self.nodes,
        };
        let (root, found) = match is_formula {
            true => formula::parse(&text, scope),
            false => (None, Vec::new()),
        };
        for mut d in found {
            d.labels
                .iter_mut()
                .for_each(|l| l.span = place.part(l.span.clone()));
            d.fix = d.fix.and_then(|mut fix| {
                fix.span = place.exact(fix.span)?;
                Some(fix)
            });
            self.error(|_| d);
        }
        let broken = root.is_none();
        self.formulas.push(Stand {
            owner,
            part,
            place,
            broken,
        });
        match root {
            Some(root) => Formula { text, root },
            None => Formula::default(),
        }
    }

    /// The formulas in futures with a state.
    pub(super) fn when(
        &mut self,
        t: &'t DeTable<'t>,
        owner: Owner,
        days: Days,
    ) -> Vec<(StateRef, Formula)> {
        let mut all = Vec::new();
        for (key, value) in table(t, "when").into_iter().flatten() {
            let state = self.state_ref(key.span(), key.get_ref(), None);
            let formula = self.formula(value, owner, Part::When(all.len()), days);
            // Without its state the formula has no place in the case, which is then not used.
            match state {
                Some(state) => all.push((state, formula)),
                None => {
                    self.formulas.pop();
                }
            }
        }
        all
    }

    /// Ids that formulas use for something else name no quantity and no option.
    pub(super) fn not_reserved(&mut self, key: &toml::Spanned<std::borrow::Cow<'t, str>>) {
        let id = key.get_ref();
        if formula::is_reserved(id) {
            self.error(|_| e0511_reserved_id::reserved_id(key.span(), id));
        }
    }
}
