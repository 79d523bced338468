//! `A0605`: `exp` or `ln` of something with a unit.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;
use crate::formula::{Clash, measures, told};

page! {
    Advice "A0605"
    /// `exp` or `ln` of something with a unit
    ///
    /// The logarithm of an amount in won is another number than that of the same amount in dollars, and neither has a unit. Divide by
    /// something of the same unit first, so that the result does not hang on how one counts: `ln(cash / 1억원)`.
    en
    /// 단위가 있는 수의 `exp`나 `ln`입니다
    ///
    /// 원으로 센 금액의 로그와 같은 금액을 달러로 센 것의 로그는 다른 수이고, 어느 쪽에도 단위가 없습니다. 무엇으로 세든 결과가
    /// 같도록 먼저 같은 단위로 나누십시오: `ln(cash / 1억원)`.
    ko
    before r#"[quantities.cash]
unit = "won"
formula = "5 to 14"
[quantities.size]
formula = "ln(cash)""#
    after r#"[quantities.cash]
unit = "won"
formula = "5 to 14"
[quantities.size]
formula = "ln(cash / 1 won)""#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let all = measures(seen.case);
    let mut found = Vec::new();
    for misfit in &all.misfits {
        if let Clash::Transcendental(unit) = &misfit.what {
            let span = seen.in_formula((misfit.owner, misfit.part), misfit.span.clone());
            let unit = told(unit, seen.case, &all.lang).unwrap_or_default();
            found.push((span, unit.clone(), unit));
        }
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} something with a unit",
                count(n, "`exp` or `ln` is taken of", "`exp` or `ln` are taken of")
            ),
            format!("단위가 있는 수의 `exp`나 `ln`이 {n}군데 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "divide by something of the same unit first",
            "먼저 같은 단위의 것으로 나누십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn only_what_surely_has_a_unit() {
        let of = |formula: &str| {
            format!(
                "[quantities]\na = {{ unit = \"won\", formula = 3 }}\nx = {{ formula = \"{formula}\" }}"
            )
        };
        let text = of("1 + ln(a)");
        assert_eq!(
            (codes(&text), marked(&text, &all(&text)[0])),
            (vec!["A0605"], "ln(a)")
        );
        assert_eq!(codes(&of("exp(a + 1)")), ["A0605"]);
        for formula in ["ln(a / 3 won)", "exp(2)", "ln(a / a)", "exp(0.001 * a)"] {
            assert_eq!(codes(&of(formula)), [""; 0], "{formula}");
        }
    }
}
