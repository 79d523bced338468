//! What the slips of a file may have hidden: for each table the keys that a blanked line may have given it.

use super::slips::Hole;
use crate::format::CASE;
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// A table or a list of the file: where it begins, `None` for the file itself.
type Place = Option<usize>;

/// The keys that blanked lines may have given, by place; `None` where a key could not be made out.
#[derive(Default)]
pub(super) struct Holes {
    at: BTreeMap<Place, Vec<Option<String>>>,
    /// A section that could not be made out is gone: it may have been any.
    any_section: bool,
}

impl Holes {
    pub(super) fn of(holes: &[Hole], root: &DeTable, text: &str) -> Self {
        let mut found = Holes::default();
        if holes.is_empty() {
            return found;
        }
        let mut tables = BTreeMap::new();
        let mut insides = Vec::new();
        gather(root, text, &mut tables, &mut insides);
        for hole in holes {
            let start = hole.span.start;
            let Some(keys) = &hole.keys else {
                let header = tables.range(..start).next_back().map(|(at, _)| *at);
                let innermost = insides.iter().filter(|(a, b)| (*a..*b).contains(&start));
                let place = innermost.map(|(a, _)| *a).max().or(header);
                found.any_section |= hole.is_header;
                let place = place.filter(|_| !hole.is_header);
                found.at.entry(place).or_default().push(None);
                continue;
            };
            let (mut place, mut table) = match tables.range(..start).next_back() {
                Some((at, table)) if !hole.is_header => (Some(*at), *table),
                _ => (None, root),
            };
            if place.is_none() {
                let is_section = |key: &String| CASE.iter().any(|k| k.name == key);
                found.any_section |= !keys.first().is_some_and(is_section);
            }
            for key in keys {
                found.at.entry(place).or_default().push(Some(key.clone()));
                let inner = table.get(key.as_str());
                let Some((at, inner)) = inner.and_then(|v| Some((v, v.get_ref().as_table()?)))
                else {
                    break;
                };
                (place, table) = (Some(at.span().start), inner);
            }
        }
        found
    }

    /// Whether a blanked line stood in the table or list that begins at `place`.
    pub(super) fn touch(&self, place: Place) -> bool {
        self.at.contains_key(&place)
    }

    /// Whether a blanked line may have given `key` to the table at `place`, whose keys are `known`: it had that key, or one
    /// that cannot be told.
    pub(super) fn hide(&self, place: Place, key: &str, known: &[&str]) -> bool {
        let may = |k: &Option<String>| k.as_deref().is_none_or(|k| k == key || !known.contains(&k));
        self.at.get(&place).is_some_and(|all| all.iter().any(may))
    }

    /// The keys that the table at `place` may have lost; `None` where they cannot be told.
    pub(super) fn lost(&self, place: Place) -> Option<Vec<String>> {
        let all = self.at.get(&place).map_or(&[][..], |all| all);
        all.iter().cloned().collect()
    }

    /// The entries that a section of the file may have lost; `None` where they cannot be told.
    pub(super) fn lost_of_section(&self, root: &DeTable, section: &str) -> Option<Vec<String>> {
        if self.any_section {
            return None;
        }
        if let Some(value) = root.get(section) {
            return self.lost(Some(value.span().start));
        }
        let all = self.lost(None)?;
        (!all.iter().any(|k| k == section)).then(Vec::new)
    }
}

/// The tables under a `[header]` by where they begin, and the stretches of lists and small tables.
fn gather<'r>(
    table: &'r DeTable<'r>,
    text: &str,
    tables: &mut BTreeMap<usize, &'r DeTable<'r>>,
    insides: &mut Vec<(usize, usize)>,
) {
    for (_, value) in table {
        look(value, text, tables, insides);
    }
}

fn look<'r>(
    value: &'r super::Value<'r>,
    text: &str,
    tables: &mut BTreeMap<usize, &'r DeTable<'r>>,
    insides: &mut Vec<(usize, usize)>,
) {
    let span = value.span();
    match value.get_ref() {
        DeValue::Table(inner) => {
            match text.as_bytes().get(span.start) {
                Some(b'[') => {
                    tables.insert(span.start, inner);
                }
                Some(b'{') => insides.push((span.start, span.end)),
                _ => {}
            }
            gather(inner, text, tables, insides);
        }
        DeValue::Array(all) => {
            insides.push((span.start, span.end));
            for inner in all.iter() {
                look(inner, text, tables, insides);
            }
        }
        _ => {}
    }
}
