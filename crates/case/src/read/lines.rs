//! The lines of a file and what is open where they begin, by the few rules of TOML that say so: remarks, quotes and
//! brackets. In a file without slips it is exact; in any other it is where a reader would look first.

use std::ops::Range;

/// What is open where a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Open {
    /// Brackets and braces of values; the brackets of a `[header]` are none.
    pub depth: usize,
    /// Inside text in three quotes.
    pub quoted: bool,
}

/// One line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its bytes, the line end not among them.
    pub span: Range<usize>,
    pub open: Open,
}

/// The scan over a file.
pub(super) struct Scan<'s> {
    bytes: &'s [u8],
    at: usize,
    depth: usize,
    /// The quote whose triple is open.
    quote: Option<u8>,
    /// Where the outermost thing that is open was opened.
    opener: usize,
}

impl<'s> Scan<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Scan {
            bytes: text.as_bytes(),
            at: 0,
            depth: 0,
            quote: None,
            opener: 0,
        }
    }

    /// Where the outermost thing that is still open was opened.
    pub(super) fn opener(&self) -> Option<usize> {
        (self.depth > 0 || self.quote.is_some()).then_some(self.opener)
    }

    pub(super) fn open(&self) -> Open {
        Open {
            depth: self.depth,
            quoted: self.quote.is_some(),
        }
    }

    fn opened(&mut self, at: usize) {
        if self.opener().is_none() {
            self.opener = at;
        }
    }

    /// Past the quotes and the text in them that begin at `at`, as far as the line goes.
    fn text(&mut self, mut at: usize, end: usize) -> usize {
        let quote = self.bytes[at];
        let triple = [quote; 3];
        if self.bytes[at..end].starts_with(&triple) {
            self.opened(at);
            self.quote = Some(quote);
            return at + 3;
        }
        at += 1;
        while at < end && self.bytes[at] != quote {
            at += 1 + usize::from(quote == b'"' && self.bytes[at] == b'\\');
        }
        (at + 1).min(end)
    }

    /// Past what is in three quotes, as far as the line goes.
    fn long_text(&mut self, mut at: usize, end: usize, quote: u8) -> usize {
        while at < end {
            if self.bytes[at..end].starts_with(&[quote; 3]) {
                self.quote = None;
                // Up to two quotes may stand right before the closing three.
                at += 3;
                let more = self.bytes[at..end].iter().take(2);
                return at + more.take_while(|b| **b == quote).count();
            }
            at += 1 + usize::from(quote == b'"' && self.bytes[at] == b'\\');
        }
        end
    }

    fn line(&mut self, from: usize, end: usize) {
        let first = self.bytes[from..end]
            .iter()
            .find(|b| !matches!(b, b' ' | b'\t'));
        if first == Some(&b'[') && self.opener().is_none() {
            return;
        }
        let mut at = from;
        while at < end {
            if let Some(quote) = self.quote {
                at = self.long_text(at, end, quote);
                continue;
            }
            match self.bytes[at] {
                b'#' => return,
                b'"' | b'\'' => {
                    at = self.text(at, end);
                    continue;
                }
                b'[' | b'{' => {
                    self.opened(at);
                    self.depth += 1;
                }
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
    }
}

impl Iterator for Scan<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let from = self.at;
        let rest = self.bytes.get(from..).filter(|r| !r.is_empty())?;
        let end = from + rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
        let open = self.open();
        self.line(from, end);
        self.at = end + 1;
        Some(Line {
            span: from..end,
            open,
        })
    }
}

/// Whether no line of TOML can be this one, where nothing is open before it: it begins like none, or it is a key
/// without `=`.
fn impossible(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    match line.first() {
        None | Some(b'#' | b'[' | b'"' | b'\'') => false,
        Some(b) if b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-') => !line.contains(&b'='),
        // Other blanks and control characters are left to the parser.
        Some(b) => *b > b' ',
    }
}

/// Whether no line can begin like this one, even inside a list or a table.
fn impossible_inside(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let first = line.first();
    // A word is a key, or one of the few values without quotes.
    let values = [b"true".as_slice(), b"false", b"inf", b"nan"];
    let is_word = first.is_some_and(u8::is_ascii_alphabetic) && !line.contains(&b'=');
    if is_word && !values.iter().any(|v| line.starts_with(v)) {
        return true;
    }
    first.is_some_and(|b| b"=.:;!@$%^&*()<>?/\\|~`".contains(b) || !b.is_ascii())
}

/// The text up to its `most`th line that can be no TOML; all of it where there are fewer, as in every file without slips.
pub(super) fn up_to_hopeless(text: &str, most: usize) -> &str {
    let mut bad = 0;
    for line in Scan::new(text) {
        let bytes = &text.as_bytes()[line.span.clone()];
        let is_bad = match (line.open.quoted, line.open.depth) {
            (true, _) => false,
            (false, 0) => impossible(bytes),
            (false, _) => impossible_inside(bytes),
        };
        bad += usize::from(is_bad);
        if bad >= most {
            return &text[..line.span.end];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(text: &str) -> Vec<(usize, bool)> {
        let all = Scan::new(text);
        all.map(|l| (l.open.depth, l.open.quoted)).collect()
    }

    #[test]
    fn what_is_open_is_known_at_every_line() {
        assert_eq!(
            opens("a = [ # [\n{ x = '[', y = \"\\\"[\" },\n]\n[b\n[[c]]\nd = 1"),
            [
                (0, false),
                (1, false),
                (1, false),
                (0, false),
                (0, false),
                (0, false)
            ]
        );
        assert_eq!(
            opens("a = \"\"\"x\n[\n\\\"\"\" \"\"\"\"\"\nb = '''\n\\'''\nc = 1"),
            [
                (0, false),
                (0, true),
                (0, true),
                (0, false),
                (0, true),
                (0, false)
            ]
        );
        let mut scan = Scan::new("a = 1\nb = [\n[2,\n");
        assert_eq!(scan.by_ref().count(), 3);
        assert_eq!(scan.opener(), Some(10));
    }

    #[test]
    fn no_line_of_a_good_file_is_hopeless() {
        let good = "a = '''\n=\n= =\n''' # =\n\"b\" = [\n  1,\n  -2,\n true,\n inf\n]\nc.d = { x = 1,\n y = \"\"\"\n=\n\"\"\" }\n\u{20}\n-1 = 2\n";
        assert!(toml::de::DeTable::parse(good).is_ok());
        assert_eq!(up_to_hopeless(good, 1), good);
        for bad in ["=", "  = 1", "]", "word", "가 = 1", ". = 1"] {
            assert_eq!(up_to_hopeless(&format!("{bad}\nx = 1"), 1), bad, "{bad}");
        }
        assert_eq!(up_to_hopeless("a = [\n=\nb = 1", 1), "a = [\n=");
        assert_eq!(up_to_hopeless("a = [\nx\nb = 1", 1), "a = [\nx");
    }
}
