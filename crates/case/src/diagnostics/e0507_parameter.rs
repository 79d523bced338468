//! `E0507`: a parameter of a distribution that it cannot have.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0507"
    /// A parameter that a distribution cannot have
    ///
    /// Standard deviations and the parameters of `beta` are above 0, chances lie between 0 and 1, the mode of `triangular` and `pert` lies
    /// between low and high, weights of a `mixture` are not below 0 and not all 0. `lognormal(mu, sigma)` takes the mean and the standard
    /// deviation of the logarithm; a 90 % interval, `5 to 20`, is often easier to say.
    en
    /// 분포가 가질 수 없는 값입니다
    ///
    /// 표준편차와 `beta`의 두 수는 0보다 크고, 확률은 0과 1 사이이며, `triangular`와 `pert`의 최빈값(mode)은 low와 high
    /// 사이입니다. `mixture`의 비중은 0보다 작지 않고, 모두 0일 수는 없습니다. `lognormal(mu, sigma)`에는 로그의 평균과
    /// 표준편차를 적습니다. `5 to 20` 같은 90 % 구간이 말하기 쉬울 때가 많습니다.
    ko
    before r#"[quantities.share]
formula = "bernoulli(30)""#
    after r#"[quantities.share]
formula = "bernoulli(30%)""#
}

/// The parameter at `span` is not as the sentences say.
pub(crate) fn parameter(span: Range<usize>, en: &str, ko: &str) -> Diagnostic {
    Diagnostic::new(&PAGE, en, ko).at(span)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn parameters_that_are_known_are_looked_at() {
        for (formula, mark) in [
            ("normal(1, 0)", "0"),
            ("lognormal(1, -2)", "-2"),
            ("beta(0, 1)", "0"),
            ("beta(1, 1 - 2)", "1 - 2"),
            ("bernoulli(120%)", "120%"),
            ("triangular(1, 9, 5)", "9"),
            ("pert(1, 0, 5)", "0"),
            ("mixture(1, 2; 1, -1)", "-1"),
            ("mixture(1, 2; 0, 0)", "mixture(1, 2; 0, 0)"),
            ("mixture(normal(1, -9), 2; 1, 1)", "-9"),
            ("truncate(normal(1, -9), 0, 1)", "-9"),
        ] {
            let text = format!("[quantities.x]\nformula = \"2 * {formula}\"");
            let found = all(&text);
            assert_eq!(codes(&text), ["E0507"], "{formula}");
            assert_eq!(marked(&text, &found[0]), mark);
        }
        for formula in [
            "bernoulli(0)",
            "bernoulli(1)",
            "triangular(1, 1, 2)",
            "mixture(1, 2; 0, 1)",
        ] {
            assert_eq!(
                codes(&format!("[quantities.x]\nformula = \"{formula}\"")),
                [""; 0]
            );
        }
    }
}
