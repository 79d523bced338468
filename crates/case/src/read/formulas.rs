//! Formulas of quantities and options, each remembered with its place.

use super::sections::table;
use super::values;
use super::{Value, Walk};
use crate::diagnostics::*;
use crate::formula::{self, Formula, Place, Scope};
use crate::{Date, Quantity, StateRef};
use toml::de::DeTable;

/// The days of the case that formulas may name.
#[derive(Clone, Copy)]
pub(super) struct Days {
    pub as_of: Option<Date>,
    pub horizon: Option<Date>,
}

/// Whose formula it is, by position in the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    Quantity(usize),
    Option(usize),
}

/// Which of its formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// `formula` or `value`.
    Whole,
    /// One of `when`, by position.
    When(usize),
    Switching,
}

/// Where the formulas of a case stand.
pub(crate) type Stands = std::collections::BTreeMap<(Owner, Part), Stand>;

/// Where a formula stands.
#[derive(Clone, Debug)]
pub(crate) struct Stand {
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
        let numbers = root.as_ref().map(|root| formula::check(&text, root));
        for mut d in found.into_iter().chain(numbers.into_iter().flatten()) {
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
        let stand = Stand { place, broken };
        self.formulas.insert((owner, part), stand);
        match root {
            Some(root) => Formula { text, root },
            None => Formula::default(),
        }
    }

    /// The place of a formula that was read.
    pub(super) fn place(&self, owner: Owner, part: Part) -> Option<&Place> {
        let stand = self.formulas.get(&(owner, part))?;
        (!stand.broken).then_some(&stand.place)
    }

    /// Says every circle of quantities, one after another as if the one before were broken up.
    pub(super) fn circles(&mut self, quantities: &[Quantity]) {
        let formulas = |q: &'_ Quantity| -> Vec<(Part, Formula)> {
            let when = q.when.iter().enumerate();
            let when = when.map(|(at, (_, f))| (Part::When(at), f.clone()));
            when.chain([(Part::Whole, q.formula.clone())]).collect()
        };
        let mut names: Vec<Vec<usize>> = (quantities.iter())
            .map(|q| {
                let all = formulas(q).into_iter();
                all.flat_map(|(_, f)| formula::named(&f.root))
                    .map(|(n, _)| n)
                    .collect()
            })
            .collect();
        // An entry that is no table has no place among the quantities; the case is then not used.
        let known = quantities.len() == self.names.quantities.list.len();
        while let (true, Err(circle)) = (known, formula::order(&names)) {
            let mut places = Vec::new();
            for (at, &q) in circle.iter().enumerate() {
                let next = circle[(at + 1) % circle.len()];
                for (part, f) in formulas(&quantities[q]) {
                    let found = formula::named(&f.root)
                        .into_iter()
                        .find(|(n, _)| *n == next);
                    if let (Some((_, span)), Some(place)) =
                        (found, self.place(Owner::Quantity(q), part))
                    {
                        places.push(place.part(span));
                        break;
                    }
                }
            }
            let ids: Vec<&str> = circle.iter().map(|&q| quantities[q].id.as_str()).collect();
            self.error(|_| e0505_circle::circle(&ids, places));
            for &q in &circle {
                names[q].clear();
            }
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
                    self.formulas.remove(&(owner, Part::When(all.len())));
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
