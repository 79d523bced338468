//! `E0508`: a truncation that leaves nothing.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0508"
    /// A truncation that leaves nothing
    ///
    /// `truncate(d, low, high)` keeps the part of a distribution between two numbers. If none of it lies there, or so little that it
    /// cannot be told from nothing, there is nothing to draw from. Check the ends, their units above all.
    en
    /// 잘라 내고 나면 남는 것이 없습니다
    ///
    /// `truncate(d, low, high)`는 분포에서 두 수 사이의 부분만 남깁니다. 거기에 놓인 부분이 없거나 없는 것과 다름없이 적으면
    /// 뽑을 것이 없습니다. 양 끝을, 무엇보다 단위를 확인하십시오.
    ko
    before r#"[quantities.cash]
formula = "truncate(5 to 14, -10, 0)""#
    after r#"[quantities.cash]
formula = "truncate(5 to 14, 0, 10)""#
}

/// What is cut at `span` lies between `from` and `to`.
pub(crate) fn nothing_left(span: Range<usize>, from: f64, to: f64) -> Diagnostic {
    let found = Diagnostic::new(
        &PAGE,
        "nothing of the distribution lies between the two ends",
        "두 끝 사이에 놓인 부분이 없습니다",
    )
    .at(span);
    let shown = |v: f64| match v.abs() {
        a if a != 0.0 && !(1e-3..1e6).contains(&a) => format!("{v:.2e}"),
        _ => format!("{}", libm::round(v * 1000.0) / 1000.0),
    };
    match from.is_finite() && to.is_finite() {
        true => found.help(
            format!("it lies between {} and {}", shown(from), shown(to)),
            format!("분포는 {} 이상 {} 이하에 놓입니다", shown(from), shown(to)),
        ),
        false => found.help("all of it is above 0", "분포는 모두 0보다 큰 쪽에 놓입니다"),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn what_lies_wholly_outside_is_nothing() {
        let of = |formula: &str| codes(&format!("[quantities.x]\nformula = \"{formula}\""));
        for formula in [
            "truncate(lognormal(0, 1), -1, 0)",
            "truncate(5 to 14, -10, 0)",
            "truncate(uniform(0, 1), 1, 2)",
            "truncate(beta(2, 2), 2, 3)",
            "truncate(normal(0, 1), 40, 50)",
            "truncate(triangular(1, 2, 3), 0, 1)",
        ] {
            assert_eq!(of(formula), ["E0508"], "{formula}");
        }
        for formula in [
            "truncate(lognormal(0, 1), -1, 0.001)",
            "truncate(normal(0, 1), 30, 50)",
            "truncate(bernoulli(0.5), 1, 2)",
        ] {
            assert_eq!(of(formula), [""; 0], "{formula}");
        }
    }
}
