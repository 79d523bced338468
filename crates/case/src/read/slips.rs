//! Slips of the grammar, and the file without them: where a line is no TOML it is blanked, every other byte stays in its
//! place, and what is left is looked at like any other case. What the blanked lines may have said is remembered as
//! [`Hole`]s, so that nothing is called missing or unknown that a slip has only hidden.

use super::lines::{Line, Scan};
use std::collections::BTreeSet;
use std::ops::Range;
use toml::de::DeTable;

/// A slip, as the parser says it.
pub(super) struct Slip {
    pub span: Range<usize>,
    pub message: String,
}

/// What was blanked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hole {
    pub span: Range<usize>,
    /// The keys that stood before `=` or in the `[header]`, where they can be made out.
    pub keys: Option<Vec<String>>,
    /// Whether it was a `[header]`, whose keys count from the top of the file.
    pub is_header: bool,
}

/// The file without its slips.
pub(super) struct Mended {
    pub slips: Vec<Slip>,
    pub holes: Vec<Hole>,
    /// `None` where it could not be mended: then nothing but its slips can be told.
    pub text: Option<String>,
}

/// Most bytes that are parsed again for one file, all rounds together.
const AGAIN: usize = 32 << 20;
/// Most lines with slips; a file with more of them is another kind of file.
const MOST: usize = 500;

/// The last character boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The slips that the parser reports, in the order of the file.
fn in_order(text: &str, errors: &[toml::de::Error]) -> Vec<Slip> {
    let mut slips: Vec<Slip> = errors
        .iter()
        .map(|e| {
            let span = e.span().unwrap_or(0..0);
            let start = floor(text, span.start);
            Slip {
                span: start..floor(text, span.end).max(start),
                message: e.message().to_owned(),
            }
        })
        .collect();
    slips.sort_by_key(|s| s.span.start);
    slips
}

fn is_twice(slip: &Slip) -> bool {
    slip.message.starts_with("duplicate key")
}

/// The keys of a `[header]` or before `=`, where each is plain enough to be made out.
fn keys_of(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    let written = if line.starts_with('[') {
        let inside = line.trim_start_matches('[');
        inside.split([']', '#']).next()?
    } else {
        line.split_once('=')?.0
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let one = |part: &str| {
        let part = part.trim().trim_matches(['"', '\'']);
        (!part.is_empty() && part.chars().all(is_plain)).then(|| part.to_owned())
    };
    written.split('.').map(one).collect()
}

/// Takes the slips out of a text, until the parser has nothing more against it.
pub(super) fn mend(text: &str, errors: &[toml::de::Error]) -> Mended {
    if errors.is_empty() {
        return Mended {
            slips: Vec::new(),
            holes: Vec::new(),
            text: Some(String::new()),
        };
    }
    let mut mended = Mended {
        slips: Vec::new(),
        holes: Vec::new(),
        text: None,
    };
    let mut slips = in_order(text, errors);
    let mut now = text.to_owned();
    // Lines of which a slip was said, by their beginning.
    let mut said = BTreeSet::new();
    let mut parsed = 0;
    loop {
        let mut scan = Scan::new(&now);
        let lines: Vec<Line> = scan.by_ref().collect();
        let opener = scan.opener();
        let line_at = |at: usize| lines.partition_point(|l| l.span.start <= at).max(1) - 1;
        // An entry that is never closed makes the parser stumble over all that follows: it is said where it begins.
        let broken = opener.map(line_at);
        let first = said.is_empty();
        let mut out: BTreeSet<usize> = BTreeSet::new();
        let mut sorted: Vec<(usize, Slip)> = Vec::new();
        for slip in slips {
            let at = line_at(slip.span.start);
            match (broken, opener) {
                (Some(line), _) if at > line => {}
                _ => sorted.push((at, slip)),
            }
        }
        if let (Some(line), Some(o)) = (broken, opener) {
            let (message, long) = match &now.as_bytes()[o..] {
                [b'[', ..] => ("unclosed array", 1),
                [b'{', ..] => ("unclosed inline table", 1),
                [b'"', ..] => ("invalid multi-line basic string", 3),
                _ => ("invalid multi-line literal string", 3),
            };
            if !sorted
                .iter()
                .any(|(at, s)| *at == line && (s.span.start <= o || s.message.contains("recurs")))
            {
                sorted.retain(|(at, _)| *at != line);
                let span = o..o + long;
                let message = message.to_owned();
                sorted.push((line, Slip { span, message }));
            }
        }
        for (at, slip) in sorted {
            let Some(line) = lines.get(at) else {
                return mended;
            };
            let twice = is_twice(&slip);
            if !twice {
                out.insert(at);
            }
            // What only comes to light when a line is gone, and has no shape of its own, is what is left of that line.
            let own = first || twice || keys_of(&text[line.span.clone()]).is_some();
            if said.insert(line.span.start) && own {
                mended.slips.push(slip);
            }
        }
        if out.is_empty() {
            mended.text = Some(now);
            return mended;
        }
        parsed += text.len();
        if parsed > AGAIN || mended.holes.len() + out.len() > MOST {
            return mended;
        }
        let mut bytes = now.into_bytes();
        for at in out {
            let (whole, is_header) = stretch(text, &lines, at, broken == Some(at));
            let span = lines[whole.start].span.start..lines[whole.end - 1].span.end;
            for b in &mut bytes[span.clone()] {
                if !matches!(*b, b'\n' | b'\r') {
                    *b = b' ';
                }
            }
            let line = &lines[whole.start];
            let inside = line.open.depth > 0 || line.open.quoted;
            let keys = (!inside).then(|| keys_of(&text[line.span.clone()]));
            mended.holes.push(Hole {
                keys: keys.flatten(),
                is_header,
                span,
            });
        }
        // Whole lines were blanked, so that no character was cut.
        let Ok(next) = String::from_utf8(bytes) else {
            return mended;
        };
        slips = in_order(&next, &DeTable::parse_recoverable(&next).1);
        now = next;
    }
}

/// The lines that go with a broken one: a `[header]` takes its section with it, lest its keys fall to the section
/// before; a line that opens or closes something takes its whole entry.
fn stretch(text: &str, lines: &[Line], at: usize, never_closed: bool) -> (Range<usize>, bool) {
    let is_free = |l: &Line| l.open.depth == 0 && !l.open.quoted;
    let is_header =
        |l: &Line| is_free(l) && text[l.span.clone()].trim_ascii_start().starts_with('[');
    let until = |found: &dyn Fn(&Line) -> bool| {
        let rest = lines[at + 1..].iter().position(found);
        rest.map_or(lines.len(), |n| at + 1 + n)
    };
    if is_header(&lines[at]) {
        return (at..until(&is_header), true);
    }
    let next = lines.get(at + 1).map(|l| l.open);
    if never_closed || next.is_none_or(|open| open == lines[at].open) {
        return (at..at + 1, false);
    }
    let first = (0..=at).rev().find(|n| is_free(&lines[*n])).unwrap_or(at);
    (first..until(&is_free), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of which a slip is said, and what is left of the file.
    fn mended(text: &str) -> (Vec<usize>, String) {
        let found = mend(text, &DeTable::parse_recoverable(text).1);
        let line = |s: &Slip| 1 + text[..s.span.start].matches('\n').count();
        let left = found.text.unwrap();
        assert_eq!(left.len(), text.len());
        assert!(
            DeTable::parse_recoverable(&left)
                .1
                .iter()
                .all(|e| e.message().starts_with("duplicate key"))
        );
        let lines = left.lines().map(str::trim_end).filter(|l| !l.is_empty());
        let left: Vec<_> = lines.collect();
        (found.slips.iter().map(line).collect(), left.join("|"))
    }

    #[test]
    fn only_the_broken_line_goes() {
        let of = |text: &str| mended(text);
        assert_eq!(of("a = 1\nb = x\nc = 2"), (vec![2], "a = 1|c = 2".into()));
        assert_eq!(of("a = \"x\nb = “x”\nc = 2"), (vec![1, 2], "c = 2".into()));
        assert_eq!(
            of("a = [\n{ x = “a” },\n{ x = 2 },\n]\nb = 1"),
            (vec![2], "a = [|{ x = 2 },|]|b = 1".into())
        );
        assert_eq!(of("a = [\n1,\n] x\nb = 1"), (vec![3], "b = 1".into()));
        assert_eq!(of("a = 1\na = 2"), (vec![2], "a = 1|a = 2".into()));
    }

    #[test]
    fn what_is_never_closed_hides_nothing_below() {
        for open in ["[1, 2", "{ x = 1", "\"\"\"text", "'''text", "[\n1,\n2"] {
            let text = format!("a = {open}\n[d]\nb = 1\nc = 2026-02-30\n");
            let line = text.lines().count();
            assert_eq!(mended(&text), (vec![1, line], "[d]|b = 1".into()), "{open}");
        }
    }

    #[test]
    fn a_broken_header_takes_its_section_with_it() {
        assert_eq!(
            mended("[a\nb = 1\nc = [\n[1],\n]\n[d]\ne = 1"),
            (vec![1], "[d]|e = 1".into())
        );
    }

    #[test]
    fn keys_are_made_out_where_they_are_plain() {
        let of = |line| keys_of(line).map(|k| k.join("|"));
        assert_eq!(of("a.\"b\" = x"), Some("a|b".into()));
        assert_eq!(of("[[a.b]"), Some("a|b".into()));
        assert_eq!(of("[a"), Some("a".into()));
        assert_eq!(of("오픈 = 1"), None);
        assert_eq!(of("a b = 1"), None);
        assert_eq!(of("more text"), None);
    }
}
