//! Amounts of a quantity or an option, in its unit: `4억 5000만 원`, `₩450 million a month`, `16.2 months`.
//!
//! Three digits count: what an author guesses is known no better.

use crate::words::{number, with_unit};
use sinario_case::{Lang, Text};

/// Digits that count.
const DIGITS: usize = 3;

/// The value to so many digits that count, by way of text, which rounds without error.
fn rounded(value: f64, digits: usize) -> f64 {
    match value.is_finite() {
        true => format!("{value:.*e}", digits.saturating_sub(1))
            .parse()
            .unwrap_or(value),
        false => value,
    }
}

/// The number in words, three digits of it: below a tenth with as many decimals as that takes.
fn figures(value: f64, lang: Lang) -> String {
    let size = value.abs();
    if size == 0.0 || size >= 0.1 || !size.is_finite() {
        return number(value, lang);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    if size < 1e-4 {
        let text = format!("{size:e}");
        let (digits, power) = text.split_once("e-").unwrap_or((&text, "0"));
        return format!("{sign}{digits} × 10^−{power}");
    }
    format!("{sign}{size}")
}

/// A number with its unit in one language. Won go before the number in English, and a share of 1 stays a number.
fn with(number: &str, plain: f64, unit: Option<&Text>, lang: Lang) -> String {
    let unit = unit.map_or("", |u| self::unit(u, lang));
    if lang == Lang::En
        && let Some(rest) = won(unit)
    {
        return match number.strip_prefix(['−', '+']) {
            Some(less) => format!("{}₩{less}{rest}", &number[..number.len() - less.len()]),
            None => format!("₩{number}{rest}"),
        };
    }
    match unit {
        "" => number.to_owned(),
        _ if lang == Lang::En => format!("{number} {unit}"),
        // As it is written after its number, joined or not.
        _ => {
            let whole = with_unit(plain, unit, lang);
            let joined = !whole.ends_with(&format!(" {unit}"));
            format!("{number}{}{unit}", if joined { "" } else { " " })
        }
    }
}

/// What follows the sign of the won in an English unit: ` a month` of `won a month`.
fn won(unit: &str) -> Option<&str> {
    let rest = ["won", "Won", "KRW", "₩"].iter();
    let mut rest = rest.filter_map(|w| unit.strip_prefix(w));
    rest.find(|r| !r.starts_with(|c: char| c.is_alphanumeric()))
}

/// The unit as it is shown: a formula's `20%` is the number 0.2, so that the per cent is no unit of it.
pub(crate) fn unit(unit: &Text, lang: Lang) -> &str {
    match unit.get(lang).trim() {
        "%" => "",
        unit => unit,
    }
}

/// The value to three digits that count; a fourth stays where it is the last one that the value has at all, since
/// rounding it away would only puzzle whoever knows it.
fn shown(value: f64) -> f64 {
    let whole = rounded(value, DIGITS + 1);
    let same = (whole - value).abs() <= 1e-12 * value.abs();
    if same { whole } else { rounded(value, DIGITS) }
}

/// An amount to three digits that count, with its unit.
///
/// ```
/// use sinario_case::{Lang, Text};
/// use sinario_render::amount::amount;
/// let unit = [("ko", "원/월"), ("en", "won a month")].map(|(l, w)| (l.to_owned(), w.to_owned()));
/// let unit = Text { by_lang: unit.into() };
/// assert_eq!(amount(4.5123e8, Some(&unit), Lang::Ko), "4억 5100만 원/월");
/// assert_eq!(amount(-4.5123e8, Some(&unit), Lang::En), "−₩451 million a month");
/// assert_eq!(amount(0.31487, None, Lang::En), "0.315");
/// assert_eq!(amount(142.5, None, Lang::En), "142.5");
/// ```
pub fn amount(value: f64, unit: Option<&Text>, lang: Lang) -> String {
    let value = shown(value);
    with(&figures(value, lang), value, unit, lang)
}

/// An amount with its sign, for gains and losses: `+4억 원`; 0 has none.
pub fn signed(value: f64, unit: Option<&Text>, lang: Lang) -> String {
    let value = shown(value);
    let sign = if value > 0.0 { "+" } else { "" };
    with(
        &format!("{sign}{}", figures(value, lang)),
        value,
        unit,
        lang,
    )
}

/// An amount as the axis of a picture shows it: two digits, no unit.
pub fn tick(value: f64, lang: Lang) -> String {
    figures(rounded(value, 2), lang)
}

/// A number of the same kind without its unit, as an error beside an amount is written.
pub fn plain(value: f64, lang: Lang) -> String {
    figures(rounded(value, 2), lang)
}

/// From one amount to another, the unit once: `3억 5000만~5억 원`, `₩350 million to ₩500 million`.
///
/// ```
/// use sinario_case::{Lang, Text};
/// use sinario_render::amount::range;
/// let unit = [("ko", "개월"), ("en", "months")].map(|(l, w)| (l.to_owned(), w.to_owned()));
/// let unit = Text { by_lang: unit.into() };
/// assert_eq!(range(8.04, 30.2, Some(&unit), Lang::Ko), "8.04~30.2개월");
/// assert_eq!(range(8.04, 30.2, Some(&unit), Lang::En), "8.04 to 30.2 months");
/// ```
pub fn range(low: f64, high: f64, unit: Option<&Text>, lang: Lang) -> String {
    let (from, to) = (first(low, unit, lang), amount(high, unit, lang));
    match lang {
        Lang::Ko => format!("{from}~{to}"),
        Lang::En => format!("{from} to {to}"),
    }
}

/// The first of two amounts whose unit comes with the second; the sign of the won stands before both.
fn first(low: f64, unit: Option<&Text>, lang: Lang) -> String {
    let own = unit.and_then(|u| won(u.get(lang).trim()));
    let sign = if lang == Lang::En && own.is_some() {
        "₩"
    } else {
        ""
    };
    let first = figures(shown(low), lang);
    match first.strip_prefix('−') {
        Some(less) => format!("−{sign}{less}"),
        None => format!("{sign}{first}"),
    }
}

/// Between two amounts, the unit once: `3억 5000만~5억 원 사이`, `between ₩350 million and ₩500 million`.
pub fn between(low: f64, high: f64, unit: Option<&Text>, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{} 사이", range(low, high, unit, lang)),
        Lang::En => {
            let (from, to) = (first(low, unit, lang), amount(high, unit, lang));
            format!("between {from} and {to}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(ko: &str, en: &str) -> Text {
        let both = [("ko", ko), ("en", en)];
        Text {
            by_lang: both.map(|(l, w)| (l.to_owned(), w.to_owned())).into(),
        }
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        let won = unit("원", "won");
        let both = |v: f64, u: Option<&Text>| [Lang::Ko, Lang::En].map(|l| amount(v, u, l));
        assert_eq!(both(142.5, None), ["142.5", "142.5"]);
        assert_eq!(both(142.53, None), ["143", "143"]);
        assert_eq!(both(1.3e14, Some(&won)), ["130조 원", "₩130 trillion"]);
        assert_eq!(
            both(1.2345e8, Some(&won)),
            ["1억 2300만 원", "₩123 million"]
        );
        assert_eq!(both(12_345.0, Some(&won)), ["1만 2300원", "₩12,300"]);
        assert_eq!(both(-5.0e7, Some(&won)), ["−5000만 원", "−₩50 million"]);
        assert_eq!(both(0.0, Some(&won)), ["0원", "₩0"]);
        let won = unit("원/세대", "won a generation");
        let want = ["3조 원/세대", "₩3 trillion a generation"];
        assert_eq!(both(3e12, Some(&won)), want);
        let month = unit("개월", "months");
        assert_eq!(both(16.234, Some(&month)), ["16.2개월", "16.2 months"]);
        assert_eq!(both(0.62, Some(&unit("%", "%"))), ["0.62", "0.62"]);
        assert_eq!(both(f64::NAN, None), ["—", "—"]);
        assert_eq!(both(-0.012345, None), ["−0.0123", "−0.0123"]);
        assert_eq!(both(1.2345e-7, None)[0], "1.23 × 10^−7");
    }

    #[test]
    fn gains_have_a_sign_and_nothing_has_none() {
        let won = unit("원", "won");
        assert_eq!(signed(4e8, Some(&won), Lang::En), "+₩400 million");
        assert_eq!(signed(4e8, Some(&won), Lang::Ko), "+4억 원");
        assert_eq!(signed(-4e8, Some(&won), Lang::Ko), "−4억 원");
        assert_eq!(signed(0.0, Some(&won), Lang::Ko), "0원");
    }

    #[test]
    fn a_unit_that_begins_like_won_is_another() {
        let of = unit("경이", "wonders");
        assert_eq!(amount(3.0, Some(&of), Lang::En), "3 wonders");
    }

    #[test]
    fn ranges_say_the_unit_once() {
        let won = unit("원", "won");
        assert_eq!(range(3.5e8, 5e8, Some(&won), Lang::Ko), "3억 5000만~5억 원");
        let want = "−₩350 million to ₩500 million";
        assert_eq!(range(-3.5e8, 5e8, Some(&won), Lang::En), want);
        let want = "between ₩350 million and ₩500 million";
        assert_eq!(between(3.5e8, 5e8, Some(&won), Lang::En), want);
        assert_eq!(tick(2.51e8, Lang::Ko), "2억 5000만");
    }
}
