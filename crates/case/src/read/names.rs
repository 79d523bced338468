//! What the case declares by name, gathered before anything is read, so that the order of sections does not matter.

use super::holes::Holes;
use crate::Kind;
use std::collections::HashMap;
use toml::de::{DeTable, DeValue};

/// Names of one sort, in the order of the file.
#[derive(Default)]
pub(crate) struct Names<'t> {
    pub list: Vec<&'t str>,
    /// Only ever asked for one name, so its order never shows.
    index: HashMap<&'t str, usize>,
    /// Whether the declaration could be read at all; where not, nothing can be said against a name.
    pub known: bool,
    /// Names that may have been declared on a line that cannot be read.
    lost: Vec<String>,
    /// Where they are declared.
    table: Option<&'t DeTable<'t>>,
}

impl<'t> Names<'t> {
    pub(super) fn of(list: impl IntoIterator<Item = &'t str>) -> Self {
        let list: Vec<&str> = list.into_iter().collect();
        Names {
            index: list.iter().enumerate().map(|(at, n)| (*n, at)).collect(),
            list,
            known: true,
            lost: Vec::new(),
            table: None,
        }
    }

    /// The keys of a table; nothing declared where there is none.
    fn keys(value: Option<&'t DeValue<'t>>) -> Self {
        match value {
            None => Names::of([]),
            Some(DeValue::Table(t)) => Names {
                table: Some(t),
                ..Names::of(t.keys().map(|k| k.get_ref().as_ref()))
            },
            Some(_) => Names::default(),
        }
    }

    /// These names may have been declared where a slip of the grammar stands; `None` where nobody can tell which.
    fn lose(&mut self, names: Option<Vec<String>>) {
        match names {
            Some(names) => self.lost = names,
            None => self.known = false,
        }
    }

    /// Whether it can be said that nothing is called so, where [`Names::find`] finds nothing.
    pub(crate) fn denies(&self, name: &str) -> bool {
        self.known && !self.lost.iter().any(|l| l == name)
    }

    /// The id of what is shown to people as `text`, in any language.
    pub(crate) fn shown_as(&self, text: &str) -> Option<&'t str> {
        let text = text.trim().to_lowercase();
        let entry = |id: &&&str| Some(is_shown_as(self.table?.get(**id)?.get_ref(), &text));
        let mut ids = self.list.iter();
        ids.find(|id| entry(id) == Some(true)).copied()
    }

    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }
}

/// Whether a declared thing is shown as `text`: it is that text, or has it for a language, or has a `name` or `title` of
/// which that holds.
fn is_shown_as(value: &DeValue, text: &str) -> bool {
    match value {
        DeValue::String(s) => s.trim().to_lowercase() == text,
        DeValue::Table(t) => t.iter().any(|(key, inner)| match key.get_ref().as_ref() {
            "name" | "title" => is_shown_as(inner.get_ref(), text),
            tag if tag.len() == 2 => inner
                .get_ref()
                .as_str()
                .is_some_and(|s| s.trim().to_lowercase() == text),
            _ => false,
        }),
        _ => false,
    }
}

/// A driver as it is declared.
pub(crate) struct Declared<'t> {
    pub states: Names<'t>,
    /// `None` where it is no kind at all.
    pub kind: Option<Kind>,
    /// Where its table begins.
    pub at: Option<usize>,
}

/// Everything that other sections name.
#[derive(Default)]
pub(crate) struct AllNames<'t> {
    pub actors: Names<'t>,
    pub facts: Names<'t>,
    pub options: Names<'t>,
    pub quantities: Names<'t>,
    pub drivers: Names<'t>,
    pub declared: Vec<Declared<'t>>,
    /// For each state id, its only driver; `None` where several have it. Only asked for one name, so its order never
    /// shows.
    owners: HashMap<&'t str, Option<usize>>,
}

impl<'t> AllNames<'t> {
    pub(super) fn gather(root: &'t DeTable<'t>, holes: &Holes) -> Self {
        let section = |key: &str| root.get(key).map(toml::Spanned::get_ref);
        let mut all = AllNames {
            actors: Names::keys(section("actors")),
            facts: Names::keys(section("facts")),
            options: Names::keys(section("options")),
            quantities: Names::keys(section("quantities")),
            drivers: Names::keys(section("drivers")),
            ..AllNames::default()
        };
        // A name may have been declared on a line that cannot be read.
        for (section, names) in [
            ("actors", &mut all.actors),
            ("facts", &mut all.facts),
            ("options", &mut all.options),
            ("quantities", &mut all.quantities),
            ("drivers", &mut all.drivers),
        ] {
            names.lose(holes.lost_of_section(root, section));
        }
        // Without any declaration of drivers that is the one error to speak of.
        all.drivers.known &= root.contains_key("drivers");
        let keys = crate::format::names(crate::format::entry_keys(crate::format::CASE, "drivers"));
        for driver in &all.drivers.list {
            let value = section("drivers").and_then(|d| d.get(*driver));
            let of = |key: &str| {
                value
                    .and_then(|v| v.get_ref().get(key))
                    .map(toml::Spanned::get_ref)
            };
            let mut states = Names::keys(of("states"));
            match value.and_then(|v| v.get_ref().get("states")) {
                Some(inner) => states.lose(holes.lost(Some(inner.span().start))),
                None => states.known = false,
            }
            let at = value.map(|v| v.span().start);
            let kind = match of("kind").map(DeValue::as_str) {
                None if holes.hide(at, "kind", &keys) => None,
                None | Some(Some("world")) => Some(Kind::World),
                Some(Some("mind")) => Some(Kind::Mind),
                Some(Some("move")) => Some(Kind::Move),
                Some(_) => None,
            };
            all.declared.push(Declared { states, kind, at });
        }
        for (at, d) in all.declared.iter().enumerate() {
            for s in &d.states.list {
                all.owners
                    .entry(s)
                    .and_modify(|o| *o = None)
                    .or_insert(Some(at));
            }
        }
        all
    }

    /// Whether any driver has a state of that id.
    pub(super) fn any_state(&self, id: &str) -> bool {
        self.owners.contains_key(id)
    }

    /// The only driver with a state of that id.
    pub(crate) fn owner(&self, id: &str) -> Option<&'t str> {
        let at = self.owners.get(id).copied().flatten()?;
        Some(self.drivers.list[at])
    }
}
