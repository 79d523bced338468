//! What a case that can be read would be better for: the checks stand in [`crate::diagnostics`], one file each.
//!
//! Advice is useful only while it is read. So each code is given once a case, with a count and the first
//! places, however often its reason occurs.

use crate::formula::Formula;
use crate::read::{Owner, Part, SeenText, Stands, Value};
use crate::{Case, Diagnostic, DriverId, Label, Page, StateId, Words};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Most places that one piece of advice points at; its title counts all of them.
pub const MOST_LABELS: usize = 20;

/// A place, and what to say at it in English and Korean (may be nothing).
pub(crate) type Found = (Range<usize>, String, String);

/// A case that was read without an error, together with where everything stands.
pub(crate) struct Seen<'t> {
    pub case: &'t Case,
    pub texts: &'t [SeenText],
    stands: &'t Stands,
    root: &'t DeTable<'t>,
    /// Impacts by the driver that they act on.
    on: Vec<Vec<usize>>,
}

impl<'t> Seen<'t> {
    pub(crate) fn new(
        case: &'t Case,
        texts: &'t [SeenText],
        stands: &'t Stands,
        root: &'t DeTable<'t>,
    ) -> Self {
        let mut on = vec![Vec::new(); case.drivers.len()];
        for (at, i) in case.impacts.iter().enumerate() {
            on[i.on.0].push(at);
        }
        Seen {
            case,
            texts,
            stands,
            root,
            on,
        }
    }

    /// Every formula of the case.
    pub(crate) fn formulas(&self) -> Vec<((Owner, Part), &'t Formula)> {
        let mut all = Vec::new();
        for (q, of) in self.case.quantities.iter().enumerate() {
            let owner = Owner::Quantity(q);
            all.push(((owner, Part::Whole), &of.formula));
            let when = of.when.iter().enumerate();
            all.extend(when.map(|(at, (_, f))| ((owner, Part::When(at)), f)));
        }
        for (o, of) in self.case.options.iter().enumerate() {
            let owner = Owner::Option(o);
            all.extend(of.value.iter().map(|f| ((owner, Part::Whole), f)));
            let when = of.when.iter().enumerate();
            all.extend(when.map(|(at, (_, f))| ((owner, Part::When(at)), f)));
            all.extend(of.switching.iter().map(|f| ((owner, Part::Switching), f)));
        }
        all
    }

    /// A part of a formula in the file.
    pub(crate) fn in_formula(&self, at: (Owner, Part), span: Range<usize>) -> Range<usize> {
        let stand = self.stands.get(&at);
        stand.map_or(0..0, |s| s.place.part(span))
    }

    /// Everything that could be better, in the order of the file.
    pub(crate) fn advice(&self) -> Vec<Diagnostic> {
        let checks = crate::diagnostics::CHECKS.iter();
        let mut all: Vec<_> = checks.filter_map(|check| check(self)).collect();
        all.sort_by_key(|d| d.labels.first().map(|l| l.span.start));
        all
    }

    /// Where the last key of a path stands, or the last one of it that is there.
    fn walk(&self, path: &[&str]) -> (Range<usize>, Option<&'t Value<'t>>) {
        let mut table = Some(self.root);
        let (mut key, mut value) = (0..0, None);
        for step in path {
            let Some((k, v)) = table.and_then(|t| t.get_key_value(*step)) else {
                return (key, None);
            };
            key = k.span();
            value = Some(v);
            table = v.get_ref().as_table();
        }
        (key, value)
    }

    /// Whether there is a value at that path.
    pub(crate) fn exists(&self, path: &[&str]) -> bool {
        self.walk(path).1.is_some()
    }

    /// The last key of a path.
    pub(crate) fn here(&self, path: &[&str]) -> Found {
        (self.walk(path).0, String::new(), String::new())
    }

    /// The value at the end of a path.
    pub(crate) fn there(&self, path: &[&str]) -> Found {
        let (key, value) = self.walk(path);
        let span = value.map_or(key, |v| v.span());
        (span, String::new(), String::new())
    }

    fn entry(&self, at: usize) -> Option<&'t Value<'t>> {
        match self.root.get("impacts")?.get_ref() {
            DeValue::Array(all) => all.get(at),
            _ => None,
        }
    }

    /// The value of a key of an impact; of `score`, the key.
    pub(crate) fn impact(&self, at: usize, key: &str) -> Range<usize> {
        let Some(entry) = self.entry(at) else {
            return 0..0;
        };
        let found = entry
            .get_ref()
            .as_table()
            .and_then(|t| t.get_key_value(key));
        found.map_or(entry.span(), |(k, v)| {
            if v.get_ref().is_table() {
                k.span()
            } else {
                v.span()
            }
        })
    }

    /// One score of an impact.
    pub(crate) fn impact_score(&self, at: usize, state: &str) -> Range<usize> {
        let score = self.entry(at).and_then(|e| e.get_ref().get("score"));
        let found = score.and_then(|s| s.get_ref().get(state));
        found.map_or_else(|| self.impact(at, "score"), toml::Spanned::span)
    }

    /// [`Case::impact_sums`], without passing over every impact of the case.
    pub(crate) fn impact_sums(&self, told: &[Option<StateId>], on: DriverId) -> Vec<i64> {
        let mut sums = vec![0; self.case.drivers[on.0].states.len()];
        for &at in &self.on[on.0] {
            let impact = &self.case.impacts[at];
            if told[impact.from.driver.0] == Some(impact.from.state) {
                for (sum, score) in sums.iter_mut().zip(&impact.scores) {
                    *sum += i64::from(score.thousandths);
                }
            }
        }
        sums
    }

    /// One piece of advice for all these places, if there are any.
    pub(crate) fn many(
        &self,
        mut found: Vec<Found>,
        page: &Page,
        title: impl FnOnce() -> (String, String),
    ) -> Option<Diagnostic> {
        if found.is_empty() {
            return None;
        }
        let (en, ko) = title();
        let mut d = Diagnostic::new(page, en, ko);
        found.sort_by_key(|f| f.0.start);
        let labels = found
            .into_iter()
            .take(MOST_LABELS)
            .map(|(span, en, ko)| Label {
                span,
                text: Words { ko, en },
            });
        d.labels = labels.collect();
        Some(d)
    }
}

/// `1 fact`, `3 facts`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A score in points from thousandths, with its sign: `+3`, `−1.5`.
pub(crate) fn points(thousandths: i64) -> String {
    let sign = match thousandths.signum() {
        -1 => "−",
        1 => "+",
        _ => "",
    };
    let (whole, part) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
    let part = format!("{part:03}");
    match part.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_by_index_are_the_sums_of_the_case() {
        let text = include_str!("../../../examples/somewhereland/case.toml");
        let parsed = crate::parse(text.as_bytes());
        let case = parsed.case.unwrap();
        let root = DeTable::new();
        let stands = Stands::new();
        let seen = Seen::new(&case, &[], &stands, &root);
        let told: Vec<_> = (0..case.drivers.len())
            .map(|d| (d % 3 != 1).then_some(StateId(d % 2)))
            .collect();
        for d in 0..case.drivers.len() {
            let d = DriverId(d);
            assert_eq!(seen.impact_sums(&told, d), case.impact_sums(&told, d));
        }
    }

    #[test]
    fn points_keep_their_sign() {
        let of = [3000, -1500, 0, 125].map(points);
        assert_eq!(of, ["+3", "−1.5", "0", "+0.125"]);
    }
}
