//! Bytes to values, taking nothing for granted.

use super::write::checksum;
use super::{BEGINS, FORMAT, Piece, Shard};
use crate::{Ask, Ensemble, MOST_MEMBERS, Member, REVISION};
use sinario_case::{Case, StateRef};
use sinario_engine::{Future, State};
use std::str::{FromStr, Lines};
use std::sync::Arc;

/// What the last line takes: `sha256 `, 64 digits, and its end.
const LAST: usize = 72;

/// Why some bytes are no shard that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// They do not begin as a shard does.
    NoShard,
    /// The last line is missing.
    CutShort,
    /// The checksum is not that of what stands before it: something was changed.
    Changed,
    /// Another version of the format.
    Format(String),
    /// Written by another version of the program.
    Version(String),
    /// Written when members came out with other bits.
    Revision(String),
    /// The checksum holds, but this line is not as the format says; lines are counted from 1.
    Line(usize),
    /// The case in it cannot be read, or is not the one that the fingerprint says.
    Case,
    /// Its numbers cannot be those of its case.
    Numbers,
}

/// Reads a shard: its checksum first, then every line.
///
/// # Errors
///
/// A [`Fault`]; nothing is ever taken from a file that has one.
pub fn read(bytes: &[u8]) -> Result<Shard, Fault> {
    if !bytes.starts_with(BEGINS.as_bytes()) {
        return Err(Fault::NoShard);
    }
    let last = bytes.len().checked_sub(LAST).ok_or(Fault::CutShort)?;
    let (body, tail) = bytes.split_at(last);
    let said = tail
        .strip_prefix(b"sha256 ")
        .and_then(|t| t.strip_suffix(b"\n"));
    let said = said.ok_or_else(|| match tail.ends_with(b"\n") && whole_lines(bytes) {
        true => Fault::Changed,
        false => Fault::CutShort,
    })?;
    let checksum = checksum(body);
    if said != checksum.as_bytes() {
        return Err(Fault::Changed);
    }
    let text = std::str::from_utf8(body).map_err(|_| Fault::Case)?;
    let mut lines = Reader {
        lines: text.lines(),
        number: 0,
    };
    let format = lines.value(BEGINS.trim_end())?;
    if format != FORMAT.to_string() {
        return Err(Fault::Format(format.to_owned()));
    }
    let version = lines.value("version")?;
    if version != env!("CARGO_PKG_VERSION") {
        return Err(Fault::Version(version.to_owned()));
    }
    let revision = lines.value("revision")?;
    if revision != REVISION.to_string() {
        return Err(Fault::Revision(revision.to_owned()));
    }
    let fingerprint = lines.value("fingerprint")?.to_owned();
    let mut ask = Ask {
        members: lines.number("members")?,
        seed: lines.number("seed")?,
        as_of: lines.or_none("as-of")?,
        ..Ask::default()
    };
    let asked = [lines.value("given")?, lines.value("do")?];
    ask.max_inconsistency = lines.number("max-inconsistency")?;
    ask.limit = lines.number("limit")?;
    ask.exact_up_to = lines.number("exact-up-to")?;
    ask.search_steps = lines.or_none("steps")?;
    let shard = lines.value("shard")?.split_once(" of ");
    let (part, of) = shard.ok_or(Fault::Line(lines.number))?;
    let piece = Piece {
        part: lines.parse(part)?,
        of: lines.parse(of)?,
    };
    let members = 1..=MOST_MEMBERS;
    if !members.contains(&ask.members)
        || piece.of > ask.members
        || !(1..=piece.of).contains(&piece.part)
    {
        return Err(Fault::Line(lines.number));
    }
    let range = piece.members(ask.members);
    for (key, value) in [("first", range.start), ("count", range.end - range.start)] {
        if lines.number::<u64>(key)? != value {
            return Err(Fault::Line(lines.number));
        }
    }
    let length: usize = lines.number("case")?;
    let (source, rest) = lines.cut(text, length)?;
    let parsed = sinario_case::parse(source.as_bytes());
    let (case, lang) = (parsed.case.ok_or(Fault::Case)?, parsed.lang);
    if sinario_case::fingerprint(&case) != fingerprint {
        return Err(Fault::Case);
    }
    ask.given = states(&case, asked[0])?;
    ask.held = states(&case, asked[1])?;
    let drivers = case.drivers.len();
    let mut lines = Reader {
        lines: rest.lines(),
        number: lines.number + source.lines().count(),
    };
    let point = lines.member(drivers)?;
    let ensemble = Ensemble::again(Arc::new(case), ask, point).ok_or(Fault::Numbers)?;
    let mut members = Vec::new();
    for _ in range {
        let member = lines.member(drivers)?;
        if !ensemble.could_say(&member) {
            return Err(Fault::Numbers);
        }
        members.push(member);
    }
    if lines.lines.next().is_some() {
        return Err(Fault::Line(lines.number + 1));
    }
    Ok(Shard {
        piece,
        ensemble,
        fingerprint,
        lang,
        members,
        checksum,
    })
}

/// Whether the last line is still there, whatever became of it: bytes in the middle of a file that was cut look otherwise.
fn whole_lines(bytes: &[u8]) -> bool {
    let lines = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    lines
        .rsplit(|&b| b == b'\n')
        .next()
        .is_some_and(|l| l.len() + 1 == LAST)
}

fn states(case: &Case, asked: &str) -> Result<Vec<StateRef>, Fault> {
    let find = |s: &str| case.find_state(s).map_err(|_| Fault::Numbers);
    asked.split_whitespace().map(find).collect()
}

/// Lines one after another.
struct Reader<'a> {
    lines: Lines<'a>,
    number: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<&'a str, Fault> {
        self.number += 1;
        self.lines.next().ok_or(Fault::Line(self.number))
    }

    /// What stands behind a key.
    fn value(&mut self, key: &str) -> Result<&'a str, Fault> {
        let line = self.next()?;
        let value = line.strip_prefix(key).ok_or(Fault::Line(self.number))?;
        match value.strip_prefix(' ') {
            Some(value) => Ok(value),
            None if value.is_empty() => Ok(value),
            None => Err(Fault::Line(self.number)),
        }
    }

    fn parse<T: FromStr>(&self, text: &str) -> Result<T, Fault> {
        text.parse().map_err(|_| Fault::Line(self.number))
    }

    fn number<T: FromStr>(&mut self, key: &str) -> Result<T, Fault> {
        let value = self.value(key)?;
        self.parse(value)
    }

    fn or_none<T: FromStr>(&mut self, key: &str) -> Result<Option<T>, Fault> {
        match self.value(key)? {
            "-" => Ok(None),
            value => self.parse(value).map(Some),
        }
    }

    /// The next `length` bytes and the end of a line after them; and what follows.
    fn cut(&self, text: &'a str, length: usize) -> Result<(&'a str, &'a str), Fault> {
        let wrong = Fault::Line(self.number);
        let behind: usize = text
            .split_inclusive('\n')
            .take(self.number)
            .map(str::len)
            .sum();
        let end = behind.checked_add(length).ok_or(wrong.clone())?;
        let source = text.get(behind..end).ok_or(wrong.clone())?;
        let rest = text.get(end..).and_then(|r| r.strip_prefix('\n'));
        Ok((source, rest.ok_or(wrong)?))
    }

    fn member(&mut self, drivers: usize) -> Result<Member, Fault> {
        let line = self.next()?;
        let wrong = || Fault::Line(self.number);
        let (numbers, futures) = line.split_once(" |").ok_or_else(wrong)?;
        let mut words = numbers.split(' ');
        let complete = match words.next() {
            Some("whole") => true,
            Some("part") => false,
            _ => return Err(wrong()),
        };
        let bits = |word: &str| match word.len() {
            16 => u64::from_str_radix(word, 16)
                .map(f64::from_bits)
                .map_err(|_| wrong()),
            _ => Err(wrong()),
        };
        let bound = bits(words.next().unwrap_or_default())?;
        let values = words.map(bits).collect::<Result<_, _>>()?;
        let future = |word: &str| -> Result<Future, Fault> {
            let state = |s: &str| s.parse().map(State).map_err(|_| wrong());
            let states: Future = word.split('.').map(state).collect::<Result<_, _>>()?;
            (states.len() == drivers)
                .then_some(states)
                .ok_or_else(wrong)
        };
        let consistent = futures
            .split_whitespace()
            .map(future)
            .collect::<Result<_, _>>()?;
        Ok(Member {
            values,
            complete,
            consistent,
            bound,
        })
    }
}
