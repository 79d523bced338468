//! `E0510`: two units in one formula that cannot be added or compared.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0510"
    /// Two units that do not fit together
    ///
    /// What is added, subtracted or compared, the branches of an `if` and the ends of an interval are of one unit. A unit is what stands in
    /// `unit` or behind a number (`18개월`, `3 months`), and products and quotients of units are worked out: `won` over `won/month` is months.
    /// A bare number has no unit and fits any; one that multiplies may convert, and is believed. Of years and months the message names the factor.
    en
    /// 서로 맞지 않는 두 단위입니다
    ///
    /// 더하고 빼고 견주는 것, `if`의 두 갈래, 구간의 양 끝은 단위가 같아야 합니다. 단위는 `unit`에 적은 것이나 수 뒤에 붙은 것(`18개월`,
    /// `3 months`)이고, 곱하고 나눈 단위는 계산합니다. 원을 원/월로 나누면 월입니다. 단위 없는 수는 무엇과도 맞고, 곱한 수는
    /// 단위를 바꾼 것으로 믿습니다. 해와 달이 섞였으면 곱할 수를 알려 드립니다.
    ko
    before r#"[quantities.income]
unit = "won/month"
formula = "5 to 14"
[quantities.rent]
unit = "won/year"
formula = "10 to 20"
[quantities.rest]
formula = "income - rent""#
    after r#"[quantities.income]
unit = "won/month"
formula = "5 to 14"
[quantities.rent]
unit = "won/year"
formula = "10 to 20"
[quantities.rest]
formula = "12 * income - rent""#
}

/// Two parts at their places have these units (`None`: it cannot be spelt); `factor` leads from the first to the second.
pub(crate) fn units(
    span: Range<usize>,
    (at, a): (Range<usize>, Option<String>),
    (bt, b): (Range<usize>, Option<String>),
    factor: Option<f64>,
) -> Diagnostic {
    let (en, ko) = match (&a, &b) {
        (Some(a), Some(b)) => (
            format!("units that do not fit together: {a} and {b}"),
            format!("맞지 않는 두 단위: {a}, {b}"),
        ),
        _ => (
            "units that do not fit together".to_owned(),
            "단위가 서로 맞지 않습니다".to_owned(),
        ),
    };
    let of = |unit: Option<String>| unit.unwrap_or_default();
    let mut found = Diagnostic::new(&PAGE, en, ko);
    let (a, b) = (of(a), of(b));
    found = match at == bt {
        true => found.at(span),
        false => found
            .label(at, a.clone(), a.clone())
            .label(bt, b.clone(), b.clone()),
    };
    match factor {
        Some(by) if by >= 1.0 => {
            let by = shown(by);
            found.help(
                format!("{a} becomes {b} by `* {by}`"),
                format!("{a}에서 {b}로 바꾸려면 `* {by}`"),
            )
        }
        Some(by) => {
            let by = shown(1.0 / by);
            found.help(
                format!("{b} becomes {a} by `* {by}`"),
                format!("{b}에서 {a}로 바꾸려면 `* {by}`"),
            )
        }
        None => found,
    }
}

/// A factor in at most four places.
fn shown(by: f64) -> String {
    format!("{}", libm::round(by * 10_000.0) / 10_000.0)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    fn piece(formula: &str) -> String {
        format!(
            "lang = \"ko\"\n[quantities]\na = {{ unit = \"원/월\", formula = 3 }}\nb = {{ unit = \"원/년\", formula = 5 }}\nc = {{ unit = \"명\", formula = 2 }}\nn = {{ formula = 7 }}\nx = {{ formula = \"{formula}\" }}"
        )
    }

    #[test]
    fn what_is_sure_and_does_not_fit_is_an_error() {
        for formula in [
            "a + b",
            "a - b",
            "min(a, b)",
            "if money is ms then a else b",
            "if a < b then 1 else 2",
            "a to b",
            "uniform(a, b)",
            "a + c",
            "a * 18개월 + c",
            "a + 3개월",
            "(a + b) * c",
            "mixture(a, b; 1, 1)",
            "truncate(normal(a, a), 0, b)",
        ] {
            assert_eq!(codes(&piece(formula)), ["E0510"], "{formula}");
        }
        let text = piece("1 + (a + b)");
        let found = all(&text);
        assert_eq!(found[0].title.ko, "맞지 않는 두 단위: 원/월, 원/년");
        assert_eq!(
            found[0].help.as_ref().unwrap().en,
            "원/월 becomes 원/년 by `* 12`"
        );
        assert_eq!((marked(&text, &found[0]), found[0].labels.len()), ("a", 2));
        let text = piece("b + a");
        assert_eq!(
            all(&text)[0].help.as_ref().unwrap().ko,
            "원/월에서 원/년로 바꾸려면 `* 12`"
        );
    }

    #[test]
    fn what_fits_or_may_be_meant_is_none() {
        for formula in [
            "a + 5",
            "12 * a + b",
            "a * n + b",
            "a * 18개월 + 3억원",
            "a + 3만원 / 1개월",
            "if money is ms then a else 0",
            "a * c + b * c / 12",
            "max(0, a)",
            "a * (money is ms) + b * (1 / 12)",
            "a / b < 3",
            "a ^ 2 / a + a",
            "sqrt(a * a) + a",
        ] {
            let errors = codes(&piece(formula));
            assert!(!errors.contains(&"E0510"), "{formula}: {errors:?}");
        }
    }
}
