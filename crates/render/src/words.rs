//! Probabilities, scores and days in the habit of each language.

use sinario_case::{Date, Lang};
use sinario_reading::Estimate;

/// The word of probability for a number (ICD 203; model.md 5).
pub(crate) fn word(p: f64, lang: Lang) -> &'static str {
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
pub(crate) fn percent(e: Estimate) -> String {
    let p = e.value * 100.0;
    let value = match p {
        p if p <= 0.0 => "0 %".to_owned(),
        p if p < 0.5 => "<1 %".to_owned(),
        p if p > 99.5 && e.value < 1.0 - 1e-12 => ">99 %".to_owned(),
        p => format!("{p:.0} %"),
    };
    match e.error {
        Some(error) => format!("{value} ± {:.1}", error * 100.0),
        None => value,
    }
}

/// A score in points from thousandths, with its sign: `+3`, `−1.5`.
pub(crate) fn points(thousandths: i64) -> String {
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
pub(crate) fn day(d: Date, lang: Lang) -> String {
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
