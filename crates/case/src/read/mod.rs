//! From the bytes of a file to a checked case, with everything that is wrong said at once.

mod complaints;
mod sections;
mod values;

pub(crate) use complaints::nearest;
use complaints::words;

use crate::{Diagnostic, Lang, Parsed, StateId, StateRef};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of the file and where it stands.
type Value<'i> = Spanned<DeValue<'i>>;

/// Largest file that is read, in bytes.
pub const LARGEST: usize = 16 << 20;
/// Most drivers, most states of one driver, and most of anything else that is declared by name.
pub const MOST_DRIVERS: usize = 4096;

/// The walk over one file.
struct Walk<'i> {
    found: Vec<Diagnostic>,
    errors: usize,
    /// Language tag of plain strings.
    lang_tag: String,
    drivers: Vec<(&'i str, Vec<&'i str>)>,
    actors: Vec<&'i str>,
    facts: Vec<&'i str>,
}

/// A table with its place, entries still to be asked for.
#[derive(Clone, Copy)]
struct Table<'t, 'i> {
    table: &'t DeTable<'i>,
    span: (usize, usize),
}

impl<'t, 'i> Table<'t, 'i> {
    fn get(&self, key: &str) -> Option<&'t Value<'i>> {
        self.table
            .iter()
            .find(|(k, _)| k.get_ref() == key)
            .map(|(_, v)| v)
    }

    fn entries(
        &self,
    ) -> impl Iterator<Item = (&'t str, Range<usize>, &'t Value<'i>)> + use<'t, 'i> {
        self.table
            .iter()
            .map(|(k, v)| (k.get_ref().as_ref(), k.span(), v))
    }

    fn place(&self) -> Range<usize> {
        self.span.0..self.span.1
    }
}

impl Walk<'_> {
    /// A value as a table, its keys held against those known.
    fn table<'t, 'i>(&mut self, value: &'t Value<'i>, known: &[&str]) -> Option<Table<'t, 'i>> {
        let found = self.open(value)?;
        for (key, span, _) in found.entries() {
            if !known.contains(&key) {
                self.unknown_key(span, key, known);
            }
        }
        Some(found)
    }

    /// A value as a table of anything.
    fn open<'t, 'i>(&mut self, value: &'t Value<'i>) -> Option<Table<'t, 'i>> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(value, "a table", "표");
            return None;
        };
        Some(Table {
            table,
            span: (value.span().start, value.span().end),
        })
    }

    /// The driver of that id.
    fn driver_at(&mut self, span: Range<usize>, id: &str) -> Option<crate::DriverId> {
        if let Some(at) = self.drivers.iter().position(|(d, _)| *d == id) {
            return Some(crate::DriverId(at));
        }
        let known: Vec<&str> = self.drivers.iter().map(|(d, _)| *d).collect();
        self.unknown_name(span, id, &known);
        None
    }

    /// The state of that id of a driver.
    fn state_at(
        &mut self,
        span: Range<usize>,
        driver: crate::DriverId,
        id: &str,
    ) -> Option<StateId> {
        let known = self.drivers[driver.0].1.clone();
        if let Some(at) = known.iter().position(|s| *s == id) {
            return Some(StateId(at));
        }
        self.unknown_name(span, id, &known);
        None
    }

    /// `driver.state`, as a value or a key.
    fn state_ref(&mut self, span: Range<usize>, text: &str) -> Option<StateRef> {
        let Some((driver, state)) = text.split_once('.') else {
            self.broken(
                span,
                "expected `driver.state`",
                "`변수.상태` 꼴이어야 합니다",
            );
            return None;
        };
        let driver = self.driver_at(span.clone(), driver.trim())?;
        let state = self.state_at(span, driver, state.trim())?;
        Some(StateRef { driver, state })
    }
}

/// Ids are ASCII `[a-z][a-z0-9_]*`.
fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn whole_file(code: &'static str, en: String, ko: String) -> Parsed {
    let mut walk = Walk::new();
    walk.error(code, 0..0, words(en, ko), None);
    Parsed {
        case: None,
        diagnostics: walk.found,
        lang: None,
    }
}

impl<'i> Walk<'i> {
    fn new() -> Self {
        Walk {
            found: Vec::new(),
            errors: 0,
            lang_tag: "en".to_owned(),
            drivers: Vec::new(),
            actors: Vec::new(),
            facts: Vec::new(),
        }
    }
}

/// Reads a case from the bytes of its file. Never panics, never stops at the first error.
///
/// ```
/// let parsed = sinario_case::parse(b"sinario = 1\ntitle = \"Rain\"\n[drivers.sky]\nstates = { dry = \"Dry\" }");
/// assert!(parsed.case.is_none());
/// assert_eq!(parsed.diagnostics[0].title.en, "a driver needs two states or more");
/// ```
pub fn parse(bytes: &[u8]) -> Parsed {
    if bytes.len() > LARGEST {
        let size = bytes.len() >> 20;
        return whole_file(
            "E0101",
            format!("the file has {size} MiB; a case may have 16"),
            format!("파일이 {size} MiB입니다. 사례 파일은 16 MiB까지입니다"),
        );
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(e) => {
            let at = e.valid_up_to();
            return whole_file(
                "E0102",
                format!("the file is not UTF-8 (byte {at})"),
                format!("파일이 UTF-8이 아닙니다 ({at}번째 바이트)"),
            );
        }
    };
    let offset = bytes.len() - text.len();
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut walk = Walk::new();
    for e in &errors {
        let span = e.span().unwrap_or(0..0);
        let span = floor(text, span.start)..floor(text, span.end.max(span.start));
        let message = e.message();
        walk.error(
            "E0103",
            span,
            words(
                format!("not TOML: {message}"),
                format!("TOML 문법에 어긋남: {message}"),
            ),
            None,
        );
    }
    let table = Table {
        table: root.get_ref(),
        span: (0, 0),
    };
    if let Some(s) = table.get("lang").and_then(|l| l.get_ref().as_str()) {
        walk.lang_tag = s.to_owned();
    }
    let lang = table.get("lang").map(|_| {
        if walk.lang_tag == "ko" {
            Lang::Ko
        } else {
            Lang::En
        }
    });
    let case = if errors.is_empty() {
        sections::case(&mut walk, table)
    } else {
        None
    };
    if walk.errors > walk.found.len() {
        let more = walk.errors - walk.found.len();
        let title = words(
            format!("and {more} more errors"),
            format!("그 밖에 오류 {more}개"),
        );
        walk.found.push(Diagnostic {
            code: "E0104",
            severity: crate::Severity::Error,
            title,
            labels: Vec::new(),
            help: None,
            fix: None,
        });
    }
    for d in &mut walk.found {
        for l in &mut d.labels {
            l.span = l.span.start + offset..l.span.end + offset;
        }
    }
    let case = case.filter(|_| walk.errors == 0);
    Parsed {
        case,
        diagnostics: walk.found,
        lang,
    }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
