//! Where a formula stands in its file.

use std::ops::Range;
use toml::de::DeValue;

/// From places in the text of a formula to places in the file.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The whole value, its quotes among it.
    pub whole: Range<usize>,
    /// For each byte of the text and for its end, where it stands in the file; `None` where nobody can tell.
    at: Option<Vec<usize>>,
}

impl Place {
    /// The place of a value of the file `source`, whose text is `text`.
    pub(crate) fn of(source: &str, whole: Range<usize>, value: &DeValue, text: &str) -> Self {
        let raw = source.get(whole.clone()).unwrap_or("");
        let at = match value {
            DeValue::String(_) => spelt(raw, text, whole.start),
            _ => (raw == text).then(|| (whole.start..=whole.end).collect()),
        };
        Place { whole, at }
    }

    /// A part of the text in the file; the whole value where it cannot be told, or where the part is empty.
    pub(crate) fn part(&self, part: Range<usize>) -> Range<usize> {
        self.exact(part).unwrap_or_else(|| self.whole.clone())
    }

    /// The same, where it can be told.
    pub(crate) fn exact(&self, part: Range<usize>) -> Option<Range<usize>> {
        let at = self.at.as_ref()?;
        let (start, end) = (*at.get(part.start)?, *at.get(part.end)?);
        (start < end).then_some(start..end)
    }
}

/// Where each byte of a TOML string stands: quotes, escapes, line ends and the first line end of a long text are passed over.
fn spelt(raw: &str, text: &str, start: usize) -> Option<Vec<usize>> {
    let quote = raw.get(..1)?;
    let triple = quote.repeat(3);
    let is_long = raw.len() >= 6 && raw.starts_with(&triple);
    let marks = if is_long { 3 } else { 1 };
    let inside = raw.get(marks..raw.len().checked_sub(marks)?)?;
    let mut at = marks;
    if is_long {
        at += match inside {
            s if s.starts_with("\r\n") => 2,
            s if s.starts_with('\n') => 1,
            _ => 0,
        };
    }
    let mut all = Vec::with_capacity(text.len() + 1);
    for c in text.chars() {
        // A backslash at the end of a line takes all white space after it.
        while quote == "\"" && raw.get(at..)?.starts_with('\\') {
            let rest = &raw[at + 1..];
            let bare = rest.trim_start_matches([' ', '\t', '\r', '\n']);
            if !rest[..rest.len() - bare.len()].contains('\n') {
                break;
            }
            at = raw.len() - bare.len();
        }
        let rest = raw.get(at..)?;
        let taken = if quote == "\"" && rest.starts_with('\\') {
            match rest.as_bytes().get(1)? {
                b'u' => 6,
                b'U' => 10,
                b'x' => 4,
                _ => 2,
            }
        } else if rest.starts_with(c) {
            c.len_utf8()
        } else if c == '\n' && rest.starts_with("\r\n") {
            2
        } else {
            return None;
        };
        // Every byte of a character begins where it does.
        all.resize(all.len() + c.len_utf8(), start + at);
        at += taken;
    }
    all.push(start + at);
    (start + at <= start + raw.len() - marks).then_some(all)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use toml::de::DeTable;

    #[test]
    fn every_spelling_of_a_text_leads_back_to_its_place() {
        for raw in [
            "\"가 + bb\"",
            "'가 + bb'",
            "\"\"\"가 + bb\"\"\"",
            "\"\"\"\n가 + bb\"\"\"",
            "\"\"\"\r\n가 + bb\"\"\"",
            "'''\n가 + bb'''",
            "\"\\uAC00 + bb\"",
            "\"\\t\\U0000AC00\\n+ bb\"",
            "\"\"\"\\\n   가 + \\\n\n  bb\"\"\"",
            "\"\"\"가 +\r\nbb\"\"\"",
        ] {
            let file = format!("x = {raw}\ny = 1\n");
            let table = DeTable::parse(&file).unwrap();
            let value = table.get_ref().get("x").unwrap();
            let text = value.get_ref().as_str().unwrap();
            let place = super::Place::of(&file, value.span(), value.get_ref(), text);
            for (part, want) in [("bb", "bb"), ("+", "+")] {
                let from = text.find(part).unwrap();
                let at = place.exact(from..from + part.len()).unwrap();
                assert_eq!(&file[at], want, "{raw}");
            }
            let from = text.find('가').unwrap();
            let at = place.exact(from..from + 3).unwrap();
            assert!(
                ["가", "\\uAC00", "\\U0000AC00"].contains(&&file[at]),
                "{raw}"
            );
        }
    }

    #[test]
    fn a_number_has_its_place_where_it_is_spelt_as_it_is_read() {
        for (raw, text, exact) in [
            ("12", "12", true),
            ("1_2", "12", false),
            ("0xc", "12", false),
        ] {
            let file = format!("x = {raw}");
            let table = DeTable::parse(&file).unwrap();
            let value = table.get_ref().get("x").unwrap();
            let place = super::Place::of(&file, value.span(), value.get_ref(), text);
            assert_eq!(place.exact(0..2).is_some(), exact, "{raw}");
            assert_eq!(&file[place.part(0..2)], raw);
        }
    }
}
