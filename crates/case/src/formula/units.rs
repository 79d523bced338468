//! Units as products of powers of base words, `원/월`, `won a month`, with words of several languages that mean the same.

use crate::{Case, Text};
use std::collections::BTreeMap;

/// Words of one meaning; the first stands for all.
const SAME: &[&[&str]] = &[
    &[
        "year", "years", "yr", "yrs", "annum", "년", "연", "해", "연간",
    ],
    &["month", "months", "mo", "월", "달", "개월", "한달", "월간"],
    &["week", "weeks", "주", "주일", "주간"],
    &["day", "days", "일", "하루", "일간"],
    &["hour", "hours", "hr", "hrs", "시간"],
    &["won", "krw", "₩", "원"],
    &["dollar", "dollars", "usd", "$", "us$", "달러", "불"],
    &["euro", "euros", "eur", "€", "유로"],
    &["yen", "jpy", "¥", "엔"],
    &["yuan", "cny", "rmb", "위안"],
    &["pound", "pounds", "gbp", "£", "파운드"],
    &["person", "persons", "people", "명", "사람", "인"],
];
/// The times among them, in hours; a year has 365.25 days.
const HOURS: &[(&str, f64)] = &[
    ("year", 8766.0),
    ("month", 730.5),
    ("week", 168.0),
    ("day", 24.0),
    ("hour", 1.0),
];
const MONEY: &[&str] = &["won", "dollar", "euro", "yen", "yuan", "pound"];
/// Words that say that there is no unit.
const NONE: &[&str] = &[
    "",
    "%",
    "percent",
    "퍼센트",
    "배",
    "times",
    "ratio",
    "비율",
    "비중",
    "share",
];

/// Whether a word is a unit that everybody knows.
pub(crate) fn is_known(word: &str) -> bool {
    let lower = word.to_lowercase();
    SAME.iter().any(|words| words.contains(&lower.as_str()))
}

/// Powers of base words, in halves; none of them 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unit(pub BTreeMap<String, i32>);

impl Unit {
    /// Reads the text of a unit; `None` where it says that there is none.
    pub(crate) fn parse(text: &str) -> Option<Unit> {
        let mut unit = Unit::default();
        for (word, halves) in words(text) {
            if !NONE.contains(&base(&word).as_str()) && word != "1" {
                unit.raise(base(&word), halves);
            }
        }
        (!unit.0.is_empty()).then_some(unit)
    }

    fn raise(&mut self, word: String, halves: i32) {
        let now = self.0.entry(word.clone()).or_default();
        *now = now.saturating_add(halves);
        if *now == 0 {
            self.0.remove(&word);
        }
    }

    pub(crate) fn times(&self, other: &Unit, sign: i32) -> Unit {
        let mut unit = self.clone();
        for (word, halves) in &other.0 {
            unit.raise(word.clone(), sign * halves);
        }
        unit
    }

    /// To a power of so many halves; `None` where that is no power of halves, or out of all proportion.
    pub(crate) fn power(&self, halves: i32) -> Option<Unit> {
        let mut all = BTreeMap::new();
        for (word, own) in &self.0 {
            let product = own
                .checked_mul(halves)
                .filter(|p| p % 2 == 0 && p.abs() < 200)?;
            all.insert(word.clone(), product / 2);
        }
        all.retain(|_, halves| *halves != 0);
        Some(Unit(all))
    }

    /// What must be multiplied by to come from this unit to the other, where they differ in one time alone.
    pub(crate) fn factor_to(&self, other: &Unit) -> Option<f64> {
        let off = other.times(self, -1);
        let hours = |word: &str| HOURS.iter().find(|(w, _)| *w == word).map(|(_, h)| *h);
        let mut all = off.0.iter();
        match (all.next(), all.next(), all.next()) {
            (Some((a, x)), Some((b, y)), None) if x + y == 0 && x.abs() == 2 => {
                let ratio = hours(b)? / hours(a)?;
                Some(if *x > 0 { ratio } else { 1.0 / ratio })
            }
            _ => None,
        }
    }

    /// Whether a number could lead from one to the other: they differ in times, or in money, alone.
    pub(crate) fn converts_to(&self, other: &Unit) -> bool {
        let off = other.times(self, -1);
        let is_time = |word: &String| HOURS.iter().any(|(w, _)| w == word);
        let is_money = |word: &String| MONEY.contains(&word.as_str());
        let sum = |is: &dyn Fn(&String) -> bool| -> i32 {
            off.0.iter().filter(|(w, _)| is(w)).map(|(_, n)| n).sum()
        };
        off.0.keys().all(|w| is_time(w) || is_money(w)) && sum(&is_time) == 0 && sum(&is_money) == 0
    }
}

/// One spelling for all that mean the same; plurals of plain words lose their s.
fn base(word: &str) -> String {
    let lower = word.to_lowercase();
    if let Some(same) = SAME.iter().find(|s| s.contains(&lower.as_str())) {
        return same[0].to_owned();
    }
    let plural =
        lower.len() > 3 && lower.is_ascii() && lower.ends_with('s') && !lower.ends_with("ss");
    match plural {
        true => lower[..lower.len() - 1].to_owned(),
        false => lower,
    }
}

/// The words of a unit with their powers in halves, in order. What stands in parentheses is not taken apart.
fn words(text: &str) -> Vec<(String, i32)> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains(['(', ')', ',']) {
        return vec![(text, 2)];
    }
    let mut spelt = text.clone();
    for per in [" per ", " a ", " an ", " each "] {
        spelt = spelt.replace(per, "/");
    }
    let mut all = Vec::new();
    for (at, part) in spelt.split('/').enumerate() {
        let sign = if at == 0 { 1 } else { -1 };
        for word in part.split(['·', '*', '×', '⋅']) {
            let word = word.trim();
            let (word, power) = match word.strip_suffix(['²', '³']) {
                Some(bare) if word.ends_with('²') => (bare, 2),
                Some(bare) => (bare, 3),
                None => match word.split_once('^') {
                    Some((bare, power)) => match power.trim().parse::<i8>() {
                        Ok(power) => (bare, i32::from(power)),
                        Err(_) => (word, 1),
                    },
                    None => (word, 1),
                },
            };
            if !word.trim().is_empty() {
                all.push((word.trim().to_owned(), 2 * sign * power));
            }
        }
    }
    all
}

/// In which language units are held against each other: the case's own where any stands in it, else the one that most stand in.
pub(crate) fn language(case: &Case) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let quantities = case.quantities.iter().filter_map(|q| q.unit.as_ref());
    let options = case.options.iter().filter_map(|o| o.unit.as_ref());
    for text in quantities.chain(options) {
        for lang in text.by_lang.keys() {
            *counts.entry(lang).or_default() += 1;
        }
    }
    let own = match case.lang {
        crate::Lang::Ko => "ko",
        crate::Lang::En => "en",
    };
    if counts.contains_key(own) {
        return own.to_owned();
    }
    let most = counts.iter().max_by_key(|(_, n)| **n);
    most.map_or(own, |(lang, _)| lang).to_owned()
}

/// The text of a unit in a language; in another one only where every word of it is known in all.
pub(crate) fn spelt<'t>(text: &'t Text, lang: &str) -> Option<&'t str> {
    if let Some(own) = text.by_lang.get(lang) {
        return Some(own);
    }
    let known = |t: &&String| words(t).iter().all(|(w, _)| is_known(w));
    text.by_lang.values().find(known).map(String::as_str)
}

/// A unit that everybody knows as it is usually written in a language.
fn usual(word: &str, lang: &str) -> Option<String> {
    let words = SAME.iter().find(|words| words.contains(&word))?;
    let hangul = |w: &&&str| w.chars().all(|c| ('가'..='힣').contains(&c));
    let own = words.iter().find(|w| hangul(w) == (lang == "ko"));
    own.map(|w| (*w).to_owned())
}

/// A unit in the words of a case: each base word as the case first spells it in that language; `None` where it never does.
pub(crate) fn told(unit: &Unit, case: &Case, lang: &str) -> Option<String> {
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    let quantities = case.quantities.iter().filter_map(|q| q.unit.as_ref());
    let options = case.options.iter().filter_map(|o| o.unit.as_ref());
    for text in quantities.chain(options) {
        for (word, _) in words(text.by_lang.get(lang).map_or("", String::as_str)) {
            spellings.entry(base(&word)).or_insert(word);
        }
    }
    let side = |up: bool| -> Option<Vec<String>> {
        let mut all = Vec::new();
        for (word, halves) in unit.0.iter().filter(|(_, n)| (**n > 0) == up) {
            // A word that the case writes only behind a number is shown as people of that language write it.
            let spelling = spellings.get(word).cloned().or_else(|| usual(word, lang))?;
            all.push(match halves.abs() {
                2 => spelling.clone(),
                n if n % 2 == 0 => format!("{spelling}^{}", n / 2),
                n => format!("{spelling}^({n}/2)"),
            });
        }
        Some(all)
    };
    let (up, down) = (side(true)?, side(false)?);
    let mut out = if up.is_empty() {
        "1".to_owned()
    } else {
        up.join("·")
    };
    for word in down {
        out.push('/');
        out.push_str(&word);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) {
        assert_eq!(Unit::parse(a), Unit::parse(b), "{a} {b}");
        assert!(Unit::parse(a).is_some());
    }

    #[test]
    fn units_that_mean_the_same_are_the_same() {
        same("원/월", "won a month");
        same("won/month", "won per month");
        same("₩", "KRW");
        same("원·개월", "월 · 원");
        same("m²", "m^2");
        same("generations", "Generation");
        same("세대/년", "세대 / 해");
        same("원/명/월", "won a person a month");
        same("원·월/월", "원");
        assert_ne!(Unit::parse("원/월"), Unit::parse("원/년"));
        assert_ne!(Unit::parse("억 원"), Unit::parse("원"));
        assert_eq!(Unit::parse("%"), None);
        assert_eq!(Unit::parse("배"), None);
        assert_eq!(Unit::parse(""), None);
        same("원 (세금 포함)", "원 (세금  포함)");
    }

    #[test]
    fn factors_between_times() {
        let unit = |text| Unit::parse(text).unwrap_or_default();
        let factor = |a, b| unit(a).factor_to(&unit(b));
        assert_eq!(factor("원/월", "원/년"), Some(12.0));
        assert_eq!(factor("원/년", "원/월"), Some(1.0 / 12.0));
        assert_eq!(factor("월", "년"), Some(1.0 / 12.0));
        assert_eq!(factor("년", "개월"), Some(12.0));
        assert_eq!(factor("원", "달러"), None);
        assert!(unit("원").converts_to(&unit("달러")));
        assert!(!unit("원").converts_to(&unit("명")));
        assert!(!unit("원").converts_to(&unit("원/월")));
    }
}
