//! Numbers as people write them in formulas: `130조원`, `1.5k`, `20%`, `3 months`, `₩5`, `2026-12-31`.

use super::units;
use crate::{Date, numeral};
use winnow::Parser;
use winnow::ascii::digit1;
use winnow::combinator::{alt, opt, preceded};
use winnow::error::EmptyError;
use winnow::token::{one_of, take_while};

/// A number, how many bytes it took, and the word or sign of what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Literal<'a> {
    pub value: f64,
    pub length: usize,
    /// `원`, `months`, `₩`; `day` for a date; empty where there is none.
    pub unit: &'a str,
}

/// Why something that begins like a number is none; over so many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// A comma between digits where commas part arguments.
    Comma(usize),
    /// `2026-13-45`.
    NoDay(usize),
    /// Beyond what a double holds.
    TooLarge(usize),
}

/// Letters of Korean numerals. Digits in Hangul are none of them: in `3억 이상` a word begins.
const NUMERAL: [char; 8] = ['십', '백', '천', '만', '억', '조', '경', '해'];
const SIGNS: [char; 5] = ['₩', '$', '€', '£', '¥'];
/// What multiplies, as a word of its own or right behind the digits.
const SCALES: &[(&str, i32)] = &[
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
    ("bn", 9),
    ("k", 3),
    ("K", 3),
    ("M", 6),
    ("B", 9),
    ("T", 12),
];

/// Whether a number may begin with this character.
pub(crate) fn begins(c: char, next: Option<char>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    c.is_ascii_digit() || (c == '.' && digit(next)) || SIGNS.contains(&c)
}

/// Days since 1970-01-01.
pub(crate) fn days(day: Date) -> f64 {
    let epoch = Date::constant(1970, 1, 1);
    // Within ±4.4 million days, so exact, and the span of two civil days in days cannot overflow.
    epoch
        .until(day)
        .map_or(0.0, |span| f64::from(span.get_days()))
}

/// Reads the number at the start of a text. `in_call`: commas part arguments here. `None` where none begins.
pub(crate) fn read(text: &str, in_call: bool) -> Result<Option<Literal<'_>>, Flaw> {
    if let Some(day) = date(text)? {
        return Ok(Some(day));
    }
    let sign = text.chars().next().filter(|c| SIGNS.contains(c));
    let before = sign.map_or(0, char::len_utf8);
    let rest = &text[before..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let start = before + if sign.is_some() { spaces } else { 0 };
    let Some((value, length)) = scaled(&text[start..], in_call)? else {
        return Ok(None);
    };
    let end = start + length;
    if !value.is_finite() {
        return Err(Flaw::TooLarge(end));
    }
    let (value, end) = match percent(&text[end..]) {
        Some(more) => (hundredth(value), end + more),
        None => (value, end),
    };
    let (length, unit) = match unit_word(&text[end..]) {
        Some((more, unit)) => (end + more, unit),
        None => (end, ""),
    };
    let unit = match (sign, unit) {
        (Some(_), "") => &text[..before],
        _ => unit,
    };
    Ok(Some(Literal {
        value,
        length,
        unit,
    }))
}

/// By way of decimal text: 33.3% is 0.333 and not 0.33299999999999996.
fn hundredth(value: f64) -> f64 {
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    format!("{mantissa}e{}", exponent - 2)
        .parse()
        .unwrap_or(value / 100.0)
}

/// `2026-12-31`, and no digit after it.
fn date(text: &str) -> Result<Option<Literal<'_>>, Flaw> {
    let form = |(at, b): (usize, &u8)| match at {
        4 | 7 => *b == b'-',
        _ => b.is_ascii_digit(),
    };
    let bytes = text.as_bytes();
    let is_form = bytes.len() >= 10 && bytes[..10].iter().enumerate().all(form);
    if !is_form || bytes.get(10).is_some_and(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let day: Date = text[..10].parse().map_err(|_| Flaw::NoDay(10))?;
    Ok(Some(Literal {
        value: days(day),
        length: 10,
        unit: "day",
    }))
}

type Input<'a> = &'a str;

/// Digits with underscores between them.
fn digits<'a>(input: &mut Input<'a>) -> Result<&'a str, EmptyError> {
    (
        digit1,
        take_while(0.., |c: char| c.is_ascii_digit() || c == '_'),
    )
        .take()
        .parse_next(input)
}

/// `1_000.5e-3`, `.5`; how long it is and whether it has an exponent.
fn plain(text: &str) -> Option<(usize, bool)> {
    let mut input = text;
    let fraction = || preceded('.', digit1::<Input, EmptyError>);
    let whole = alt(((digits, opt(fraction())).take(), fraction().take()));
    let exponent = (
        one_of::<_, _, EmptyError>(['e', 'E']),
        opt(one_of(['+', '-'])),
        digit1,
    );
    let (_, exponent) = (whole, opt(exponent)).parse_next(&mut input).ok()?;
    Some((text.len() - input.len(), exponent.is_some()))
}

/// A number with its Korean or SI scale.
fn scaled(text: &str, in_call: bool) -> Result<Option<(f64, usize)>, Flaw> {
    let Some((length, has_exponent)) = plain(text) else {
        return Ok(None);
    };
    let grouped = grouped(&text[..length], &text[length..]);
    if in_call && grouped > 0 {
        return Err(Flaw::Comma(length + grouped));
    }
    let after = &text[length + grouped..];
    let korean = text[..length].starts_with(|c: char| c.is_ascii_digit())
        && !has_exponent
        && after
            .trim_start_matches(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.'])
            .starts_with(NUMERAL);
    if korean || grouped > 0 {
        // Underscores are ours, not the numerals'.
        let own = text[..length].replace('_', "");
        let of = |c: char| c.is_ascii_digit() || NUMERAL.contains(&c) || " ,.".contains(c);
        let more = &text[length..];
        let more = &more[..more.find(|c| !of(c)).unwrap_or(more.len())];
        let whole = format!("{own}{more}");
        let read = numeral::scan(&whole);
        if let Some((value, taken)) = read.filter(|(_, taken)| *taken >= own.len()) {
            if in_call && whole[..taken].contains(',') {
                return Err(Flaw::Comma(taken + length - own.len()));
            }
            return Ok(Some((value, taken + length - own.len())));
        }
    }
    let own = text[..length].replace('_', "");
    let after = &text[length..];
    let word = word_after(after);
    if let Some((name, power)) = SCALES.iter().find(|(name, _)| *name == word.1) {
        // A letter stands right behind the digits; words may stand apart.
        if word.0 == 0 || name.len() > 2 {
            let (mantissa, exponent) = own.split_once(['e', 'E']).unwrap_or((&own, "0"));
            let power = exponent
                .parse::<i32>()
                .map_or(i32::MAX, |e| e.saturating_add(*power));
            let value = format!("{mantissa}e{power}")
                .parse()
                .unwrap_or(f64::INFINITY);
            return Ok(Some((value, length + word.0 + name.len())));
        }
    }
    // Decimal digits always parse; what is too large becomes infinite and is refused.
    Ok(Some((own.parse().unwrap_or(f64::INFINITY), length)))
}

/// How many bytes of `,234` groups follow a whole number of at most three digits.
fn grouped(own: &str, after: &str) -> usize {
    if own.len() > 3 || !own.bytes().all(|b| b.is_ascii_digit()) {
        return 0;
    }
    let bytes = after.as_bytes();
    let mut taken = 0;
    while bytes.get(taken) == Some(&b',')
        && (1..=3).all(|k| bytes.get(taken + k).is_some_and(u8::is_ascii_digit))
        && !bytes.get(taken + 4).is_some_and(u8::is_ascii_digit)
    {
        taken += 4;
    }
    taken
}

/// How many spaces come first, and the ASCII word after them.
fn word_after(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches(' ');
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    (text.len() - rest.len(), &rest[..end.unwrap_or(rest.len())])
}

fn percent(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(' ');
    let spaces = text.len() - rest.len();
    let sign = ["%", "퍼센트"].iter().find(|s| rest.starts_with(**s));
    let word = (word_after(text).1 == "percent").then_some(&"percent");
    Some(spaces + sign.or(word)?.len())
}

/// The word of what is counted behind a number: any in Hangul, of ASCII words those that are known units.
fn unit_word(text: &str) -> Option<(usize, &str)> {
    let rest = text.trim_start_matches(' ');
    let spaces = text.len() - rest.len();
    let first = rest.chars().next()?;
    if SIGNS.contains(&first) {
        return Some((spaces + first.len_utf8(), &rest[..first.len_utf8()]));
    }
    let word = if first.is_ascii() {
        word_after(rest).1
    } else {
        let end = rest.find(|c: char| c.is_ascii() || !c.is_alphabetic());
        &rest[..end.unwrap_or(rest.len())]
    };
    let is_unit = !word.is_empty() && (!first.is_ascii() || units::is_known(word));
    is_unit.then_some((spaces + word.len(), word))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;

    fn of(text: &str) -> (f64, usize, &str) {
        let found = read(text, false).unwrap().unwrap();
        (found.value, found.length, found.unit)
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (text, value, unit) in [
            ("130조", 1.3e14, ""),
            ("130조원", 1.3e14, "원"),
            ("2천만", 2e7, ""),
            ("1.5조 원", 1.5e12, "원"),
            ("3만 명", 3e4, "명"),
            ("1조 2,345억원", 1_234_500_000_000.0, "원"),
            ("1_000억", 1e11, ""),
            ("1.5k", 1500.0, ""),
            ("2M", 2e6, ""),
            ("3B", 3e9, ""),
            ("4T", 4e12, ""),
            ("2.5 million won", 2.5e6, "won"),
            ("1_000_000", 1e6, ""),
            ("1,234", 1234.0, ""),
            ("1,234,567.5", 1_234_567.5, ""),
            ("1e9", 1e9, ""),
            ("1.5e-3", 1.5e-3, ""),
            (".5", 0.5, ""),
            ("20%", 0.2, ""),
            ("33.3 %", 0.333, ""),
            ("20퍼센트", 0.2, ""),
            ("18개월", 18.0, "개월"),
            ("2년", 2.0, "년"),
            ("90일", 90.0, "일"),
            ("3 months", 3.0, "months"),
            ("₩5k", 5000.0, "₩"),
            ("$ 3 million", 3e6, "$"),
            ("2026-12-31", 20818.0, "day"),
            ("1969-12-31", -1.0, "day"),
        ] {
            assert_eq!(of(text), (value, text.len(), unit), "{text}");
        }
    }

    #[test]
    fn a_number_ends_where_a_word_of_the_language_begins() {
        for (text, value, length) in [
            ("3000억 to 5000억", 3e11, 7),
            ("3만 to 5만", 3e4, 4),
            ("1.5조 2000억", 1.5e12, 6),
            ("5 and 3", 5.0, 1),
            ("5 k", 5.0, 1),
            ("1 to", 1.0, 1),
            ("2 - 1", 2.0, 1),
            ("1,23", 1.0, 1),
            ("1,2345", 1.0, 1),
            ("3 cash", 3.0, 1),
        ] {
            assert_eq!(of(text), (value, length, ""), "{text}");
        }
    }

    #[test]
    fn flaws() {
        assert_eq!(read("1,234", true), Err(Flaw::Comma(5)));
        assert_eq!(
            read("1조 2,345억", true),
            Err(Flaw::Comma("1조 2,345억".len()))
        );
        assert_eq!(read("1, 234", true).unwrap().unwrap().length, 1);
        assert_eq!(read("2026-13-45", false), Err(Flaw::NoDay(10)));
        assert_eq!(read("1e999", false), Err(Flaw::TooLarge(5)));
        assert_eq!(read("cash", false), Ok(None));
        assert_eq!(read("₩", false), Ok(None));
        assert_eq!(read("", false), Ok(None));
    }
}
