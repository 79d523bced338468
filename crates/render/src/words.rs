//! Probabilities, amounts, scores and days in the habit of each language.

use crate::korean::grouped;
use num_bigint::BigUint;
use sinario_case::{Date, Lang};
use sinario_reading::{Estimate, Rule};

/// The word of probability for a number (ICD 203; model.md 5).
pub fn word(p: f64, lang: Lang) -> &'static str {
    let bands = [
        (0.05, "almost no chance", "거의 없음"),
        (0.20, "very unlikely", "아주 드묾"),
        (0.45, "unlikely", "드묾"),
        (0.55, "roughly even", "반반"),
        (0.80, "likely", "그럴 만함"),
        (0.95, "very likely", "매우 그럴 만함"),
        (f64::INFINITY, "almost certain", "거의 확실"),
    ];
    let (_, en, ko) = bands
        .into_iter()
        .find(|(high, _, _)| p < *high)
        .unwrap_or(bands[6]);
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

/// `62 %`; what is neither 0 nor 1 never reads as if it were.
pub fn percent(e: Estimate) -> String {
    let p = e.value * 100.0;
    let value = match p {
        p if p <= 0.0 => "0 %".to_owned(),
        p if p < 0.5 => "<1 %".to_owned(),
        p if p > 99.5 && e.value < 1.0 - 1e-12 => ">99 %".to_owned(),
        p => format!("{p:.0} %"),
    };
    match e.error {
        Some(error) if error == f64::INFINITY => format!("{value} ± ∞"),
        Some(error) if error > 0.0 && error < 5e-4 => format!("{value} ± <0.1"),
        Some(error) => format!("{value} ± {:.1}", error * 100.0),
        None => value,
    }
}

/// An exact probability where small ones are told apart: `62 %`, but `4.1 %`; never more than two digits.
///
/// ```
/// # use sinario_render::words::fine;
/// assert_eq!([fine(0.62), fine(0.0414), fine(0.0004), fine(0.0)], ["62 %", "4.1 %", "<0.1 %", "0 %"]);
/// ```
pub fn fine(value: f64) -> String {
    match value * 100.0 {
        p if p > 0.0 && p < 0.05 => "<0.1 %".to_owned(),
        p if p > 0.0 && p < 9.95 => format!("{p:.1} %"),
        _ => percent(Estimate { value, error: None }),
    }
}

/// `62 %, likely`, `62 %, 그럴 만함`.
///
/// ```
/// # use sinario_case::Lang;
/// # use sinario_reading::{Estimate, Rule};
/// # use sinario_render::words::chance;
/// let e = Estimate { value: 0.62, error: None };
/// assert_eq!(chance(e, Lang::Ko), "62 %, 그럴 만함");
/// ```
pub fn chance(e: Estimate, lang: Lang) -> String {
    // The word goes by the number that is shown, so that one number never has two words.
    let shown = match e.value {
        p if (0.005..=0.995).contains(&p) => (p * 100.0).round() / 100.0,
        p => p,
    };
    format!("{}, {}", percent(e), word(shown, lang))
}

/// A small sample, which a percentage would dress up: `3 of 10`, `10번 중 3번`.
pub fn of(seen: u64, among: u64, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{seen} of {among}"),
        Lang::Ko => format!("{among}번 중 {seen}번"),
    }
}

/// An amount of money in won: `₩130 trillion`, `130조 원`; four digits, whole below 100,000.
///
/// ```
/// # use sinario_case::Lang;
/// # use sinario_render::words::amount;
/// assert_eq!(amount(1.3e14, Lang::Ko), "130조 원");
/// assert_eq!(amount(1.3e14, Lang::En), "₩130 trillion");
/// ```
pub fn amount(value: f64, lang: Lang) -> String {
    match lang {
        Lang::Ko => with_unit(value, "원", lang),
        Lang::En => match number(value, lang).strip_prefix('−') {
            Some(less) => format!("−₩{less}"),
            None => format!("₩{}", number(value, lang)),
        },
    }
}

/// A number with its unit; in Korean joined to a digit and spaced after a unit of 만 (한글 맞춤법 제43항).
///
/// ```
/// # use sinario_case::Lang;
/// # use sinario_render::words::with_unit;
/// assert_eq!(with_unit(2e11, "원/월", Lang::Ko), "2000억 원/월");
/// assert_eq!(with_unit(12_345.0, "원", Lang::Ko), "1만 2345원");
/// ```
pub fn with_unit(value: f64, unit: &str, lang: Lang) -> String {
    let n = number(value, lang);
    let joined = lang == Lang::Ko
        && n.ends_with(|c: char| c.is_ascii_digit())
        && unit.starts_with(|c: char| ('가'..='힣').contains(&c));
    match unit {
        "" => n,
        unit if joined => format!("{n}{unit}"),
        unit => format!("{n} {unit}"),
    }
}

/// How many: `59,049`, `5만 9049`; about how many from 10¹⁶.
///
/// ```
/// # use sinario_case::Lang;
/// # use sinario_render::words::count;
/// assert_eq!(count(&59_049_u32.into(), Lang::Ko), "5만 9049");
/// assert_eq!(count(&59_049_u32.into(), Lang::En), "59,049");
/// assert_eq!(count(&num_bigint::BigUint::from(3_u8).pow(100), Lang::En), "about 5.15 × 10^47");
/// ```
pub fn count(n: &BigUint, lang: Lang) -> String {
    let digits = n.to_string();
    if let (true, Ok(small)) = (digits.len() <= 16, digits.parse::<u64>()) {
        return match lang {
            Lang::Ko => grouped(u128::from(small)),
            Lang::En => commas(&digits),
        };
    }
    let about = match lang {
        Lang::Ko => "약",
        Lang::En => "about",
    };
    format!(
        "{about} {}.{} × 10^{}",
        &digits[..1],
        &digits[1..3],
        digits.len() - 1
    )
}

fn commas(digits: &str) -> String {
    let mut out = String::new();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A number to four digits, whole below 100,000: `1.235 billion`, `12억 3500만`.
pub fn number(value: f64, lang: Lang) -> String {
    if !value.is_finite() {
        return match value {
            f64::INFINITY => "∞".into(),
            f64::NEG_INFINITY => "−∞".into(),
            _ => "—".into(),
        };
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let n = value.abs();
    if n < 1000.0 {
        let text = four_digits(n);
        let sign = if text == "0" { "" } else { sign };
        return format!("{sign}{text}");
    }
    let whole = if n < 100_000.0 {
        n.round()
    } else {
        // By way of text, which rounds without error.
        format!("{n:.3e}").parse().unwrap_or(n)
    };
    format!(
        "{sign}{}",
        match lang {
            // The cast: whole, not negative; what is beyond 2¹²⁸ stops there, and nobody counts it.
            Lang::Ko => grouped(whole as u128),
            Lang::En => english(whole),
        }
    )
}

fn english(whole: f64) -> String {
    let scales = [
        (1e15, " quadrillion"),
        (1e12, " trillion"),
        (1e9, " billion"),
        (1e6, " million"),
    ];
    match scales.into_iter().find(|(scale, _)| whole >= *scale) {
        Some((scale, name)) if whole < 1e18 => format!("{}{name}", four_digits(whole / scale)),
        Some(_) => format!("{whole:.3e}"),
        None => commas(&format!("{whole:.0}")),
    }
}

/// Four digits that count, no zeros after them.
fn four_digits(n: f64) -> String {
    let places = match n {
        n if n >= 1000.0 => 0,
        n if n >= 100.0 => 1,
        n if n >= 10.0 => 2,
        _ => 3,
    };
    let text = format!("{n:.places$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A score in points from thousandths, with its sign: `+3`, `−1.5`.
pub fn points(thousandths: i64) -> String {
    let sign = match thousandths.signum() {
        -1 => "−",
        1 => "+",
        _ => "",
    };
    let (whole, part) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
    let part = format!("{part:03}");
    match part.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{part}"),
    }
}

/// `4 April 2024`, `2024년 4월 4일`.
pub fn day(d: Date, lang: Lang) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::from(d.month().unsigned_abs().clamp(1, 12)) - 1;
    match lang {
        Lang::En => format!("{} {} {}", d.day(), MONTHS[month], d.year()),
        Lang::Ko => format!("{}년 {}월 {}일", d.year(), d.month(), d.day()),
    }
}

/// A day as a mark on an axis: `19 Mar ’24`, `’24.3.19`.
pub(crate) fn mark(d: Date, lang: Lang) -> String {
    let year = d.year().rem_euclid(100);
    match lang {
        Lang::En => {
            let long = day(d, lang);
            let month: String = long
                .split(' ')
                .nth(1)
                .unwrap_or_default()
                .chars()
                .take(3)
                .collect();
            format!("{} {month} ’{year:02}", d.day())
        }
        Lang::Ko => format!("’{year:02}.{}.{}", d.month(), d.day()),
    }
}

/// A weight of evidence: `+4.3 dban`, `+4.3 데시반`; what decides reads `+∞`.
pub(crate) fn decibans(e: Estimate, lang: Lang) -> String {
    let unit = match lang {
        Lang::En => "dban",
        Lang::Ko => "데시반",
    };
    if e.value.is_nan() {
        return "–".to_owned();
    }
    let sign = match e.value {
        v if v <= -0.05 => "−",
        v if v >= 0.05 => "+",
        _ => "",
    };
    let value = match e.value.abs() {
        v if v.is_infinite() => "∞".to_owned(),
        v => format!("{v:.1}"),
    };
    match e.error.filter(|e| e.is_finite()) {
        Some(error) => format!("{sign}{value} ± {error:.1} {unit}"),
        None => format!("{sign}{value} {unit}"),
    }
}

/// A tool's score with one digit behind the point at most: `3`, `2.8`, `−3.5`.
pub(crate) fn score(n: f64) -> String {
    let rounded = (10.0 * n).round() / 10.0;
    let sign = if rounded < 0.0 { "−" } else { "" };
    format!("{sign}{}", rounded.abs())
}

/// Information: `0.21 bits`, `0.21비트`; what is there is never shown as nothing.
pub(crate) fn bits(e: Estimate, lang: Lang) -> String {
    let unit = match lang {
        Lang::En => " bits",
        Lang::Ko => "비트",
    };
    let value = match e.value {
        v if v > 0.0 && v < 0.005 => "<0.01".to_owned(),
        v => format!("{:.2}", v.max(0.0)),
    };
    match e.error {
        Some(error) => format!("{value} ± {error:.2}{unit}"),
        None => format!("{value}{unit}"),
    }
}

/// A rationality: `0.03`, `0.095`, `3`.
pub(crate) fn beta(beta: f64) -> String {
    let places = if beta < 0.0995 { 3 } else { 2 };
    let text = format!("{beta:.places$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A log score, `−0.69`; `−∞` where the truth had been ruled out.
pub(crate) fn log_score(log: f64) -> String {
    if log.is_infinite() {
        "−∞".to_owned()
    } else {
        format!("{:.2}", log).replace('-', "−")
    }
}

/// A rule of succession.
pub(crate) fn rule(rule: Rule, lang: Lang) -> &'static str {
    match (rule, lang) {
        (Rule::Global, Lang::En) => "global",
        (Rule::Global, Lang::Ko) => "한꺼번에",
        (Rule::Local, Lang::En) => "local",
        (Rule::Local, Lang::Ko) => "급한 곳",
        (Rule::Incremental, Lang::En) => "incremental",
        (Rule::Incremental, Lang::Ko) => "한 칸씩",
        (Rule::Adiabatic, Lang::En) => "adiabatic",
        (Rule::Adiabatic, Lang::Ko) => "차례로",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_and_no_false_certainty() {
        let of = |value| percent(Estimate { value, error: None });
        assert_eq!(
            [of(0.62), of(0.0), of(0.001), of(0.999), of(1.0)],
            ["62 %", "0 %", "<1 %", ">99 %", "100 %"]
        );
        assert_eq!(
            percent(Estimate {
                value: 0.62,
                error: Some(0.012)
            }),
            "62 % ± 1.2"
        );
    }

    #[test]
    fn amounts_by_the_units_of_each_language() {
        let both = |v| [amount(v, Lang::Ko), amount(v, Lang::En)];
        assert_eq!(both(1.3e14), ["130조 원", "₩130 trillion"]);
        assert_eq!(both(1_234_567_898.0), ["12억 3500만 원", "₩1.235 billion"]);
        assert_eq!(both(-3e6), ["−300만 원", "−₩3 million"]);
        assert_eq!(both(12_345.0), ["1만 2345원", "₩12,345"]);
        assert_eq!(both(999_960.0), ["100만 원", "₩1 million"]);
        assert_eq!(both(999.96), ["1000원", "₩1000"]);
        assert_eq!(both(0.5), ["0.5원", "₩0.5"]);
        assert_eq!(both(-0.0001), ["0원", "₩0"]);
        assert_eq!(both(7.3243e16), ["7경 3240조 원", "₩73.24 quadrillion"]);
        assert_eq!(both(f64::NEG_INFINITY)[1], "−₩∞");
        assert_eq!(
            [of(3, 10, Lang::En), of(3, 10, Lang::Ko)],
            ["3 of 10", "10번 중 3번"]
        );
    }

    #[test]
    fn scores_of_tools_have_one_digit_behind_the_point() {
        let all = [3.0, 2.8284, -3.5, -0.04, 10.0].map(score);
        assert_eq!(all, ["3", "2.8", "−3.5", "0", "10"]);
    }

    #[test]
    fn points_keep_their_sign() {
        assert_eq!(
            [points(3000), points(-1500), points(0), points(125)],
            ["+3", "−1.5", "0", "+0.125"]
        );
    }

    #[test]
    fn days_follow_the_habit() {
        let d = Date::constant(2024, 4, 4);
        assert_eq!(
            (day(d, Lang::En), day(d, Lang::Ko)),
            ("4 April 2024".into(), "2024년 4월 4일".into())
        );
    }
}
