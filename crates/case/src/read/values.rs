//! Single values: text, numbers, ranges, grades and days. They say what a value is, or that it is none; what its
//! bounds are stands in [`crate::format`].

use super::Value;
use crate::words::word;
use crate::{Date, Grade, Name, Ranged, Score, Text};
use toml::de::DeValue;

/// Why a value is not what it should be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Of another kind.
    Kind,
    /// A range whose low end is above its high end.
    UpsideDown,
    /// It cannot be read as such.
    Unreadable,
}

/// A number as TOML spells it, in decimal digits.
pub(super) fn digits(value: &DeValue) -> Option<String> {
    match value {
        DeValue::Integer(i) if i.radix() == 10 => Some(i.as_str().replace('_', "")),
        DeValue::Integer(i) => i64::from_str_radix(&i.as_str().replace('_', ""), i.radix())
            .ok()
            .map(|n| n.to_string()),
        DeValue::Float(f) => Some(f.as_str().replace('_', "")),
        _ => None,
    }
}

/// A finite number; strings are not numbers here.
pub(super) fn number(value: &DeValue) -> Option<f64> {
    // Adding 0 makes −0 a plain 0.
    let n: f64 = digits(value)?.parse().ok()?;
    n.is_finite().then_some(n + 0.0)
}

/// A whole number.
pub(super) fn integer(value: &DeValue) -> Option<i64> {
    match value {
        DeValue::Integer(_) => digits(value)?.parse().ok(),
        _ => None,
    }
}

/// Whether a text spells a decimal number: no `inf`, no `nan`, no underscores.
fn is_decimal(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E');
    text.bytes().all(plain) && text.bytes().any(|b| b.is_ascii_digit())
}

/// A plain number, `80%`, or a word of probability.
fn single(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = match text.strip_suffix('%') {
        // Moving the point, not dividing: 33.3% is 0.333 and not 0.33299999999999996.
        Some(percent) => {
            let percent = percent.trim();
            let (mantissa, exponent) = percent.split_once(['e', 'E']).unwrap_or((percent, "0"));
            let exponent = exponent.parse::<i32>().ok()?.checked_sub(2)?;
            is_decimal(mantissa)
                .then(|| format!("{mantissa}e{exponent}").parse::<f64>().ok())
                .flatten()
        }
        None if is_decimal(text) => text.parse::<f64>().ok(),
        None => word(text),
    };
    number.filter(|n| n.is_finite()).map(|n| n + 0.0)
}

/// A decimal number of at most three places, in thousandths, read from its digits and not from a rounded binary.
fn thousandths(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let exponent: i64 = exponent.parse::<i16>().ok()?.into();
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + part.len() == 0 || !plain(whole) || !plain(part) {
        return None;
    }
    let digits = format!("{whole}{part}");
    let places = i64::try_from(part.len()).ok()? - exponent;
    let trimmed = digits.trim_end_matches('0');
    if trimmed.trim_start_matches('0').is_empty() {
        return Some(0);
    }
    let places = places - i64::try_from(digits.len() - trimmed.len()).ok()?;
    let trimmed = trimmed.trim_start_matches('0');
    // Beyond 9 digits before the point it is out of every range anyway.
    let shift = 3_i64.checked_sub(places).filter(|s| (0..=12).contains(s))?;
    let n: i64 = trimmed
        .parse()
        .ok()
        .filter(|n: &i64| *n < 1_000_000_000_000)?;
    let n = n.checked_mul(10_i64.pow(u32::try_from(shift).ok()?))?;
    Some(sign * n.min(1_000_000_000_000))
}

/// A number, a percentage, a word of probability, or a range of two of them.
pub(super) fn ranged(value: &DeValue) -> Result<Ranged, Wrong> {
    let Some(text) = value.as_str() else {
        let value = number(value).ok_or(Wrong::Kind)?;
        return Ok(Ranged { value, range: None });
    };
    match text.split_once(" to ") {
        None => single(text)
            .map(|value| Ranged { value, range: None })
            .ok_or(Wrong::Unreadable),
        Some((a, b)) => match (single(a), single(b)) {
            (Some(a), Some(b)) if a <= b => Ok(Ranged {
                value: f64::midpoint(a, b),
                range: Some((a, b)),
            }),
            (Some(_), Some(_)) => Err(Wrong::UpsideDown),
            _ => Err(Wrong::Unreadable),
        },
    }
}

/// A score of at most three decimal places, or a range of two.
pub(super) fn score(value: &DeValue) -> Result<Score, Wrong> {
    let read = |text: &str| thousandths(text).ok_or(Wrong::Unreadable);
    let (a, b, ranged) = match value {
        DeValue::String(s) => match s.split_once(" to ") {
            None => {
                let a = read(s)?;
                (a, a, false)
            }
            Some((a, b)) => (read(a)?, read(b)?, true),
        },
        _ => {
            let a = read(&digits(value).ok_or(Wrong::Kind)?)?;
            (a, a, false)
        }
    };
    if a > b {
        return Err(Wrong::UpsideDown);
    }
    // The middle, halves away from zero, as rounding to thousandths does.
    let middle = if (a + b) % 2 == 0 {
        (a + b) / 2
    } else {
        (a + b + (a + b).signum()) / 2
    };
    // What does not fit is beyond every bound and refused as such.
    let small = |n: i64| i32::try_from(n).unwrap_or(if n < 0 { i32::MIN } else { i32::MAX });
    Ok(Score {
        thousandths: small(middle),
        range: ranged.then_some((small(a), small(b))),
        written: true,
    })
}

/// A string, or a table by language with perhaps `say`.
pub(super) fn name(value: &Value, lang: &str) -> Option<Name> {
    let mut name = Name::default();
    // The reader's line ends are not the author's meaning.
    let lines = |s: &str| s.replace("\r\n", "\n");
    match value.get_ref() {
        DeValue::String(s) => {
            name.text.by_lang.insert(lang.to_owned(), lines(s));
        }
        DeValue::Table(table) => {
            for (key, inner) in table {
                let s = inner.get_ref().as_str()?;
                match key.get_ref().as_ref() {
                    "say" => name.say = Some(s.to_owned()),
                    tag => {
                        name.text.by_lang.insert(tag.to_owned(), lines(s));
                    }
                }
            }
        }
        _ => return None,
    }
    (!name.text.by_lang.is_empty()).then_some(name)
}

/// A string, or a table by language.
pub(super) fn text(value: &Value, lang: &str) -> Option<Text> {
    name(value, lang).map(|n| n.text)
}

/// A day, `2024-04-04`, with or without quotes.
pub(super) fn day(value: &DeValue) -> Option<Date> {
    let text = match value {
        DeValue::Datetime(d) => d.to_string(),
        DeValue::String(s) => s.to_string(),
        _ => return None,
    };
    let form = |(at, b): (usize, u8)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    };
    (text.len() == 10 && text.bytes().enumerate().all(form))
        .then(|| text.parse().ok())
        .flatten()
}

/// An Admiralty grade.
pub(crate) fn grade(text: &str) -> Option<Grade> {
    match text.as_bytes() {
        [letter @ b'A'..=b'F', digit @ b'1'..=b'6'] => Some(Grade {
            letter: char::from(*letter),
            digit: digit - b'0',
        }),
        _ => None,
    }
}

/// A string, or the strings of a list.
pub(super) fn strings(value: &DeValue) -> Vec<String> {
    match value {
        DeValue::Array(all) => {
            let all = all.iter().filter_map(|v| v.get_ref().as_str());
            all.map(str::to_owned).collect()
        }
        DeValue::String(s) => vec![s.to_string()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_read_from_their_digits() {
        for (text, want) in [
            ("0.1", 100),
            ("-2.675", -2675),
            ("3", 3000),
            ("+1.50", 1500),
            ("1000", 1_000_000),
            ("1e3", 1_000_000),
            ("25e-1", 2500),
            ("0.0000", 0),
            ("-0", 0),
            ("1.2500000000000000000000", 1250),
            ("000000000000000000000001", 1000),
            ("99999999999", 1_000_000_000_000),
        ] {
            assert_eq!(thousandths(text), Some(want), "{text}");
        }
        for text in [
            "0.1234", "1e-4", "", "-", ".", "nan", "--1", "９", "1_000", "1e99999", "1e",
        ] {
            assert_eq!(thousandths(text), None, "{text}");
        }
    }

    #[test]
    fn words_stand_for_the_middle_of_their_range() {
        for (text, want) in [
            ("Likely", 0.675),
            ("거의 확실", 0.97),
            ("80%", 0.8),
            ("33.3 %", 0.333),
            ("1e1%", 0.1),
            ("0.25", 0.25),
            (".5", 0.5),
        ] {
            assert_eq!(single(text), Some(want), "{text}");
        }
        for text in [
            "perhaps",
            "inf",
            "nan",
            "",
            "%",
            "1_0",
            "e",
            "+",
            "infinity%",
        ] {
            assert_eq!(single(text), None, "{text}");
        }
    }
}
