//! Single values: text, numbers, ranges, words of probability, grades and days.

use super::{Value, Walk};
use crate::{Date, Grade, Name, Ranged, Score, Text};
use std::collections::BTreeMap;
use toml::de::DeValue;

/// Words of probability and the middle of their ranges (ICD 203; model.md 5), in both languages.
const WORDS: [(&str, f64); 29] = [
    ("almost no chance", 0.03),
    ("remote", 0.03),
    ("거의 없다", 0.03),
    ("거의 없음", 0.03),
    ("very unlikely", 0.125),
    ("highly improbable", 0.125),
    ("아주 드물다", 0.125),
    ("아주 드묾", 0.125),
    ("unlikely", 0.325),
    ("improbable", 0.325),
    ("드물다", 0.325),
    ("드묾", 0.325),
    ("roughly even", 0.5),
    ("roughly even chance", 0.5),
    ("roughly even odds", 0.5),
    ("반반", 0.5),
    ("likely", 0.675),
    ("probable", 0.675),
    ("그럴 만하다", 0.675),
    ("그럴 만함", 0.675),
    ("very likely", 0.875),
    ("highly probable", 0.875),
    ("매우 그럴 만하다", 0.875),
    ("매우 그럴 만함", 0.875),
    ("almost certain", 0.97),
    ("almost certainly", 0.97),
    ("nearly certain", 0.97),
    ("거의 확실", 0.97),
    ("거의 확실하다", 0.97),
];

/// The probability that a word stands for.
pub(super) fn word(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase();
    WORDS.iter().find(|(w, _)| *w == text).map(|(_, p)| *p)
}

/// A plain number, `80%`, or a word of probability.
fn single(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok().map(|p| p / 100.0),
        None => text.parse::<f64>().ok().or_else(|| word(text)),
    };
    number.filter(|n| n.is_finite())
}

/// A decimal number of at most three places, in thousandths, read from its digits and not from a rounded binary.
fn thousandths(text: &str) -> Option<i64> {
    let text = text.trim().replace('_', "");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && part.is_empty())
        || whole.len() > 9
        || part.len() > 3
        || !plain(whole)
        || !plain(part)
    {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    Some(sign * (whole * 1000 + part))
}

impl Walk<'_> {
    pub(super) fn string<'v>(&mut self, value: &'v Value) -> Option<&'v str> {
        let found = value.get_ref().as_str();
        if found.is_none() {
            self.wrong_type(value, "text in quotes", "따옴표로 둘러싼 글");
        }
        found
    }

    /// A string, or a table by language; `say` is taken out by the caller.
    pub(super) fn text(&mut self, value: &Value) -> Option<Text> {
        self.name(value).map(|n| n.text)
    }

    /// A text that may know how it is said.
    pub(super) fn name(&mut self, value: &Value) -> Option<Name> {
        let mut name = Name::default();
        match value.get_ref() {
            DeValue::String(s) => {
                name.text
                    .by_lang
                    .insert(self.lang_tag.clone(), s.to_string());
            }
            DeValue::Table(table) => {
                for (key, inner) in table {
                    let Some(s) = self.string(inner) else {
                        continue;
                    };
                    match key.get_ref().as_ref() {
                        "say" => name.say = Some(s.to_owned()),
                        tag if tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_lowercase()) => {
                            name.text.by_lang.insert(tag.to_owned(), s.to_owned());
                        }
                        tag => self.unknown_key(key.span(), tag, &["ko", "en", "say"]),
                    }
                }
                if name.text.by_lang.is_empty() {
                    self.wrong_type(
                        value,
                        "a text by language, such as { ko = \"…\", en = \"…\" }",
                        "{ ko = \"…\", en = \"…\" } 같은 언어별 글",
                    );
                    return None;
                }
            }
            _ => {
                self.wrong_type(
                    value,
                    "text, or a table by language",
                    "글 또는 언어별 글의 표",
                );
                return None;
            }
        }
        Some(name)
    }

    /// A finite number; strings are not numbers here.
    pub(super) fn number(&mut self, value: &Value, low: f64, high: f64) -> Option<f64> {
        let found = match value.get_ref() {
            DeValue::Integer(i) if i.radix() == 10 => {
                i.as_str().replace('_', "").parse::<f64>().ok()
            }
            DeValue::Float(f) => f.as_str().replace('_', "").parse::<f64>().ok(),
            _ => None,
        };
        let Some(n) = found.filter(|n| n.is_finite()) else {
            self.wrong_type(value, "a number", "수");
            return None;
        };
        if n < low || n > high {
            self.out_of_range(value, low, high);
            return None;
        }
        Some(n)
    }

    /// A number, a percentage, a word of probability, or a range of two of them.
    pub(super) fn ranged(&mut self, value: &Value, low: f64, high: f64) -> Option<Ranged> {
        let Some(text) = value.get_ref().as_str() else {
            return self
                .number(value, low, high)
                .map(|value| Ranged { value, range: None });
        };
        let ends: Vec<Option<f64>> = text.splitn(2, " to ").map(single).collect();
        let found = match ends[..] {
            [Some(value)] => Ranged { value, range: None },
            [Some(a), Some(b)] if a <= b => Ranged {
                value: f64::midpoint(a, b),
                range: Some((a, b)),
            },
            [Some(_), Some(_)] => {
                self.upside_down(value);
                return None;
            }
            _ => {
                self.not_a_number(value, text, WORDS.iter().map(|(w, _)| *w));
                return None;
            }
        };
        let (a, b) = found.range.unwrap_or((found.value, found.value));
        if a < low || b > high {
            self.out_of_range(value, low, high);
            return None;
        }
        Some(found)
    }

    /// A score of at most three decimal places, or a range of two.
    pub(super) fn score(&mut self, value: &Value, limit: i64) -> Option<Score> {
        let text = match value.get_ref() {
            DeValue::Integer(i) if i.radix() == 10 => i.as_str(),
            DeValue::Float(f) => f.as_str(),
            DeValue::String(s) => s.as_ref(),
            _ => {
                self.wrong_type(value, "a score", "점수");
                return None;
            }
        };
        let ends: Vec<Option<i64>> = text.splitn(2, " to ").map(thousandths).collect();
        let (a, b) = match ends[..] {
            [Some(a)] => (a, a),
            [Some(a), Some(b)] if a <= b => (a, b),
            [Some(_), Some(_)] => {
                self.upside_down(value);
                return None;
            }
            _ => {
                self.not_a_score(value);
                return None;
            }
        };
        if a < -limit * 1000 || b > limit * 1000 {
            // The cast: limits are small whole numbers.
            self.out_of_range(value, -limit as f64, limit as f64);
            return None;
        }
        let ranged = ends.len() == 2;
        // The middle, halves away from zero, as rounding to thousandths does.
        let middle = if (a + b) % 2 == 0 {
            (a + b) / 2
        } else {
            (a + b + (a + b).signum()) / 2
        };
        let small = |n: i64| i32::try_from(n).unwrap_or_default();
        Some(Score {
            thousandths: small(middle),
            range: ranged.then_some((small(a), small(b))),
        })
    }

    pub(super) fn whole(&mut self, value: &Value, high: u32) -> Option<u32> {
        let found = match value.get_ref() {
            DeValue::Integer(i) if i.radix() == 10 => {
                i.as_str().replace('_', "").parse::<u32>().ok()
            }
            _ => None,
        };
        match found {
            Some(n) if n <= high => Some(n),
            Some(_) => {
                self.out_of_range(value, 0.0, f64::from(high));
                None
            }
            None => {
                self.wrong_type(value, "a whole number from 0 up", "0 이상의 정수");
                None
            }
        }
    }

    pub(super) fn boolean(&mut self, value: &Value) -> Option<bool> {
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_type(value, "true or false", "true 또는 false");
        }
        found
    }

    pub(super) fn day(&mut self, value: &Value) -> Option<Date> {
        let text = match value.get_ref() {
            DeValue::Datetime(d) => d.to_string(),
            DeValue::String(s) => s.to_string(),
            _ => String::new(),
        };
        let found = text
            .get(..10)
            .filter(|_| text.len() == 10)
            .and_then(|t| t.parse::<Date>().ok());
        if found.is_none() {
            self.wrong_type(value, "a day such as 2024-04-04", "2024-04-04 같은 날짜");
        }
        found
    }

    pub(super) fn grade(&mut self, value: &Value) -> Option<Grade> {
        let text = self.string(value)?;
        if let [letter @ b'A'..=b'F', digit @ b'1'..=b'6'] = text.as_bytes() {
            return Some(Grade {
                letter: char::from(*letter),
                digit: digit - b'0',
            });
        }
        self.wrong_type(value, "a grade from A1 to F6", "A1부터 F6까지의 등급");
        None
    }

    pub(super) fn strings(&mut self, value: &Value) -> Vec<String> {
        match value.get_ref() {
            DeValue::Array(all) => all
                .iter()
                .filter_map(|v| self.string(v).map(str::to_owned))
                .collect(),
            _ => self
                .string(value)
                .map(|s| vec![s.to_owned()])
                .unwrap_or_default(),
        }
    }

    /// What stands in a table under keys that must be `ids`: all of them where `all`, in their order.
    pub(super) fn by_id<T>(
        &mut self,
        value: &Value,
        ids: &[&str],
        all: bool,
        mut each: impl FnMut(&mut Self, &Value) -> Option<T>,
    ) -> Option<BTreeMap<usize, T>> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(
                value,
                "a table with one entry for each state",
                "상태마다 값이 하나씩 있는 표",
            );
            return None;
        };
        let mut found = BTreeMap::new();
        let mut good = true;
        for (key, inner) in table {
            match ids.iter().position(|id| *id == key.get_ref().as_ref()) {
                Some(at) => match each(self, inner) {
                    Some(v) => {
                        found.insert(at, v);
                    }
                    None => good = false,
                },
                None => {
                    self.unknown_name(key.span(), key.get_ref(), ids);
                    good = false;
                }
            }
        }
        let missing: Vec<&str> = ids
            .iter()
            .enumerate()
            .filter(|(at, _)| !found.contains_key(at))
            .map(|(_, id)| *id)
            .collect();
        if all && good && !missing.is_empty() {
            self.missing_states(value, &missing);
            good = false;
        }
        good.then_some(found)
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
            ("1_000", 1_000_000),
        ] {
            assert_eq!(thousandths(text), Some(want), "{text}");
        }
        for text in ["0.1234", "1e3", "", "-", "nan", "--1", "９"] {
            assert_eq!(thousandths(text), None, "{text}");
        }
    }

    #[test]
    fn words_stand_for_the_middle_of_their_range() {
        for (text, want) in [
            ("Likely", 0.675),
            ("거의 확실", 0.97),
            ("80%", 0.8),
            ("0.25", 0.25),
        ] {
            assert_eq!(single(text), Some(want));
        }
        assert_eq!(single("perhaps"), None);
        assert_eq!(single("inf"), None);
    }
}
