//! From the bytes of a file to a checked case, with everything that is wrong said at once.
//!
//! Three passes over the parsed TOML: the names that the case declares ([`names`]); every key and value held against
//! the table of the format ([`shape`]); the case itself, names resolved ([`sections`], [`facts`]). Each says its own
//! sort of error and passes over what another has said, so that one slip is one error.

mod correlations;
mod facts;
mod formulas;
mod holes;
mod lines;
mod names;
mod resolve;
mod sections;
mod shape;
mod slips;
mod values;

pub(crate) use formulas::{Owner, Part, Stands};
pub(crate) use names::AllNames;
pub(crate) use values::grade;

use crate::advice::Seen;
use crate::diagnostics::*;
use crate::{Case, Diagnostic, Lang, Parsed};
use holes::Holes;
use slips::{Mended, Slip};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of the file and where it stands.
pub(crate) type Value<'t> = Spanned<DeValue<'t>>;

/// Largest file that is read, in bytes: room for a hundred thousand impacts, and the worst that can stand in it (nothing but
/// `=`) is still answered within seconds.
pub const LARGEST: usize = 8 << 20;
/// Most drivers, most states of one driver, and most of anything else that is declared by name.
pub const MOST_DRIVERS: usize = 4096;
/// Most errors of one file that are given; the others are counted.
pub const MOST_ERRORS: usize = 50;

/// Errors that are kept until they are put in the order of the file.
const KEPT: usize = 1000;

/// A text that was met, and its languages.
pub(crate) struct SeenText {
    pub span: Range<usize>,
    pub ko: bool,
    pub en: bool,
}

/// The walk over one file.
struct Walk<'t> {
    found: Vec<Diagnostic>,
    errors: usize,
    /// Comparisons with known names that are left.
    budget: usize,
    /// Language tag of plain strings.
    lang_tag: String,
    names: AllNames<'t>,
    /// What slips of the grammar may have hidden.
    holes: Holes,
    texts: Vec<SeenText>,
    /// The text of the file.
    source: &'t str,
    /// Where the formulas stand, and how many parts they have.
    formulas: Stands,
    nodes: usize,
    /// Keys down to where the walk is.
    path: Vec<&'t str>,
}

impl Walk<'_> {
    /// One more error, made only if it may still be shown.
    fn error(&mut self, make: impl FnOnce(&mut usize) -> Diagnostic) {
        self.errors += 1;
        if self.found.len() < KEPT {
            self.found.push(make(&mut self.budget));
        }
    }

    /// Whether a slip of the grammar stands in the table or list `value`.
    fn is_torn(&self, value: &Value) -> bool {
        self.holes.touch(Some(value.span().start))
    }
}

/// Ids are ASCII `[a-z][a-z0-9_]*`.
pub(crate) fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The place of `part`, which begins at byte `offset` of a string, unless the string is spelt with escapes.
fn part_of(value: &Value, part: &str, offset: usize) -> Option<Range<usize>> {
    let text = value.get_ref().as_str()?;
    let span = value.span();
    let start = span.start + 1 + offset;
    (span.len() == text.len() + 2 && !part.is_empty()).then(|| start..start + part.len())
}

fn only(found: Diagnostic) -> Parsed {
    Parsed {
        case: None,
        diagnostics: vec![found],
        errors: 1,
        lang: None,
    }
}

/// Whether the bytes are UTF-16: they begin with its mark, or every second one of the first is 0, as in plain letters.
fn is_wide(bytes: &[u8]) -> bool {
    let first = &bytes[..bytes.len().min(16)];
    let zeros = |from: usize| first.iter().skip(from).step_by(2).all(|b| *b == 0);
    bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || (first.len() >= 4 && zeros(0) != zeros(1))
}

/// Reads a case from the bytes of its file. Never panics, never stops at the first error. Errors come in the order of
/// the file, at most [`MOST_ERRORS`] of them; a case without errors comes with its advice.
///
/// ```
/// let parsed = sinario_case::parse(b"sinario = 1\ntitle = \"Rain\"\n[drivers.sky]\nstates = { dry = \"Dry\" }");
/// assert!(parsed.case.is_none());
/// assert_eq!(parsed.diagnostics[0].title.en, "a driver needs two states or more");
/// ```
pub fn parse(bytes: &[u8]) -> Parsed {
    if bytes.len() > LARGEST {
        return only(e0101_too_large::too_large(LARGEST));
    }
    if is_wide(bytes) {
        return only(e0102_not_utf8::wide());
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(e) => {
            let at = e.valid_up_to();
            let line = 1 + bytes[..at].iter().filter(|b| **b == b'\n').count();
            return only(e0102_not_utf8::not_utf8(at, line));
        }
    };
    let mut parsed = parse_text(text);
    // Places count from the first byte of the file, the byte order mark included.
    let mark = bytes.len() - text.len();
    let moved = |span: &mut Range<usize>| *span = span.start + mark..span.end + mark;
    for d in &mut parsed.diagnostics {
        d.labels.iter_mut().for_each(|l| moved(&mut l.span));
        d.fix.iter_mut().for_each(|f| moved(&mut f.span));
    }
    parsed
}

/// Lines that can be no TOML after which the rest of a file is not read: a file of some other kind would take the parser
/// seconds and gigabytes to list slips that nobody reads.
const HOPELESS: usize = 2000;

fn parse_text(text: &str) -> Parsed {
    let text = lines::up_to_hopeless(text, HOPELESS);
    let (mut root, errors) = DeTable::parse_recoverable(text);
    // Where there are slips, the case is looked at without them: everything else stays in its place.
    let Mended {
        slips,
        holes,
        text: left,
    } = slips::mend(text, &errors);
    drop(errors);
    if let (false, Some(left)) = (holes.is_empty(), &left) {
        root = DeTable::parse_recoverable(left).0;
    }
    let root = root.get_ref();
    let holes = Holes::of(&holes, root, text);
    let tag = root.get("lang").and_then(|l| l.get_ref().as_str());
    let lang = tag.map(|t| if t == "ko" { Lang::Ko } else { Lang::En });
    let mut walk = Walk {
        found: Vec::new(),
        errors: 0,
        budget: crate::nearest::BUDGET,
        lang_tag: tag.unwrap_or("en").to_owned(),
        names: AllNames::gather(root, &holes),
        holes,
        texts: Vec::new(),
        source: text,
        formulas: Stands::new(),
        nodes: 0,
        path: Vec::new(),
    };
    let mut case = None;
    syntax(&mut walk, text, slips);
    if left.is_some() {
        walk.shape_of_case(root);
        case = sections::case(&mut walk, root, lang.unwrap_or_default());
    }
    let mut found = walk.found;
    found.sort_by_key(|d| d.labels.first().map(|l| l.span.start));
    found.truncate(MOST_ERRORS);
    if walk.errors > found.len() {
        found.push(e0104_more_errors::more_errors(walk.errors - found.len()));
    }
    let case: Option<Case> = case.filter(|_| walk.errors == 0);
    if let Some(case) = &case {
        found = Seen::new(case, &walk.texts, root).advice();
    }
    Parsed {
        case,
        diagnostics: found,
        errors: walk.errors,
        lang,
    }
}

/// Says what is wrong with the grammar, once a line, since one slip makes the parser stumble several times.
fn syntax(walk: &mut Walk, text: &str, slips: Vec<Slip>) {
    for Slip { span, message } in slips {
        walk.error(|_| {
            if message.starts_with("duplicate key") {
                e0105_key_twice::key_twice(span.clone(), &text[span])
            } else if message.contains("recurs") {
                e0108_too_deep::too_deep(span)
            } else {
                e0103_not_toml::not_toml(span, &message, text)
            }
        });
    }
}
