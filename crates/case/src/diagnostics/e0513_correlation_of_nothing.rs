//! `E0513`: a correlation that is not between two numbers that are drawn.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0513"
    /// A correlation that is not between two distributions
    ///
    /// `[[correlations]]` says that two quantities tend to be high together, or one high where the other is low: `between` names the two,
    /// `rank` is the Spearman correlation of their ranks. Each must be one distribution and nothing else, in all its formulas: only
    /// what is drawn can be drawn together with something. Where one is computed from the other, that correlates them already.
    en
    /// 두 분포 사이의 상관이 아닙니다
    ///
    /// `[[correlations]]`는 두 수량이 함께 커지거나 서로 엇갈린다는 것을 말합니다. `between`에 둘을 적고, `rank`에 순위의
    /// 스피어먼 상관계수를 적습니다. 두 수량의 식은 모두 분포 하나로만 되어 있어야 합니다. 뽑는 수라야 함께 뽑을 수 있기
    /// 때문입니다. 하나로 다른 하나를 계산한다면 이미 상관이 있습니다.
    ko
    before r#"[quantities.cash]
formula = "5조 to 14조"
[quantities.half]
formula = "cash / 2"
[[correlations]]
between = ["cash", "half"]
rank = 0.5"#
    after r#"[quantities.cash]
formula = "5조 to 14조"
[quantities.half]
formula = "2조 to 7조"
[[correlations]]
between = ["cash", "half"]
rank = 0.5"#
}

fn new(span: Range<usize>, en: impl Into<String>, ko: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&PAGE, en, ko).at(span)
}

/// `between` at `span` does not name two.
pub(crate) fn not_two(span: Range<usize>) -> Diagnostic {
    new(
        span,
        "a correlation is between two quantities",
        "상관은 수량 둘 사이에 있습니다",
    )
    .help(
        "write `between = [\"cash\", \"burn\"]`",
        "`between = [\"cash\", \"burn\"]`처럼 적으십시오",
    )
}

/// Both names are the same.
pub(crate) fn with_itself(span: Range<usize>) -> Diagnostic {
    new(
        span,
        "a quantity is not correlated with itself",
        "수량은 자기 자신과 상관을 맺을 수 없습니다",
    )
    .help("name another one", "다른 수량을 적으십시오")
}

/// The quantity `id`, named at `span`, has a formula at `formula` that is no distribution.
pub(crate) fn no_distribution(span: Range<usize>, id: &str, formula: Range<usize>) -> Diagnostic {
    new(
        span,
        format!("`{id}` is not one distribution"),
        format!("분포 하나로 된 수량이 아닙니다: `{id}`"),
    )
    .label(
        formula,
        "this is no distribution",
        "이 식이 분포가 아닙니다",
    )
    .help(
        "correlate what it is computed from",
        "이것을 계산하는 데 쓰인 수량끼리 상관을 적으십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    fn piece(between: &str, when: &str) -> String {
        format!(
            "[quantities.a]\nformula = \"1 to 2\"\nwhen = {{ \"money.ms\" = \"{when}\" }}\n[quantities.b]\nformula = \"normal(0, 1)\"\n[[correlations]]\nbetween = {between}\nrank = 0.5"
        )
    }

    #[test]
    fn two_that_are_drawn_whatever_holds() {
        assert_eq!(codes(&piece("[\"a\", \"b\"]", "3 to 4")), [""; 0]);
        let text = piece("[\"a\", \"b\"]", "3");
        assert_eq!(codes(&text), ["E0513"]);
        assert_eq!(marked(&text, &all(&text)[0]), "\"a\"");
        for (between, mark) in [
            ("[\"a\"]", "[\"a\"]"),
            ("[]", "[]"),
            ("[\"a\", \"b\", \"a\"]", "[\"a\", \"b\", \"a\"]"),
            ("[\"b\", \"b\"]", "\"b\""),
        ] {
            let text = piece(between, "3 to 4");
            assert_eq!(codes(&text), ["E0513"], "{between}");
            assert_eq!(marked(&text, &all(&text)[0]), mark);
        }
        assert_eq!(codes(&piece("[\"a\", \"bb\"]", "3 to 4")), ["E0202"]);
    }
}
