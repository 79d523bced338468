//! `E0512`: a formula that is too long, too deep, or has too many parts.

use crate::Diagnostic;
use crate::diagnostic::page;
use crate::formula::{MOST_BYTES, MOST_NODES, MOST_NODES_OF_CASE};
use std::ops::Range;

page! {
    Error "E0512"
    /// A formula that is too large
    ///
    /// A formula is at most 64 KiB long, nests at most 64 levels deep, adds or multiplies at most some 500 terms in a row and has at
    /// most 10,000 parts; all formulas of a case have at most 100,000. Beyond that they are hardly a person's judgements any more. What
    /// is used twice is better a quantity of its own, which has a name and a unit.
    en
    /// 식이 너무 큽니다
    ///
    /// 식 하나는 길이 64 KiB, 겹침 64단계, 잇달아 더하거나 곱하는 항 500개쯤, 부분 10,000개까지이고, 한 사례의 식을 모두 합치면
    /// 100,000개까지입니다. 그보다 크면 사람의 판단이라고 하기 어렵습니다. 두 번 쓰는 부분은 이름과 단위가 있는 수량으로 따로
    /// 떼어 내는 것이 좋습니다.
    ko
}

fn new(span: Range<usize>, en: impl Into<String>, ko: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&PAGE, en, ko).at(span).help(
        "make parts of it quantities of their own",
        "일부를 따로 수량으로 떼어 내십시오",
    )
}

pub(crate) fn too_long(span: Range<usize>) -> Diagnostic {
    let most = MOST_BYTES >> 10;
    new(
        span,
        format!("a formula of more than {most} KiB"),
        format!("식이 {most} KiB보다 깁니다"),
    )
}

pub(crate) fn too_many_parts(span: Range<usize>) -> Diagnostic {
    new(
        span,
        format!("a formula of more than {MOST_NODES} parts"),
        format!("식의 부분이 {MOST_NODES}개를 넘습니다"),
    )
}

pub(crate) fn too_many_in_all(span: Range<usize>) -> Diagnostic {
    new(
        span,
        format!("with this one, the formulas have more than {MOST_NODES_OF_CASE} parts in all"),
        format!("이 식까지 합치면 식의 부분이 {MOST_NODES_OF_CASE}개를 넘습니다"),
    )
}

pub(crate) fn too_deep(span: Range<usize>, most: usize) -> Diagnostic {
    new(
        span,
        format!("a formula that nests more than {most} levels deep"),
        format!("식이 {most}단계보다 깊이 겹칩니다"),
    )
}

pub(crate) fn too_high(span: Range<usize>, most: usize) -> Diagnostic {
    new(
        span,
        format!("more than {most} operations in a row"),
        format!("잇달아 하는 셈이 {most}번을 넘습니다"),
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    fn of(formula: &str) -> Vec<&'static str> {
        codes(&format!("[quantities.cash]\nformula = \"{formula}\""))
    }

    #[test]
    fn every_bound_is_kept_and_what_is_within_is_read() {
        let nested = |n: usize| format!("{}1{}", "(".repeat(n), ")".repeat(n));
        assert_eq!(of(&nested(63)), [""; 0]);
        assert_eq!(of(&nested(64)), ["E0512"]);
        assert_eq!(of(&"-".repeat(60_000)), ["E0512"]);
        assert_eq!(of(&"not ".repeat(16_000)), ["E0512"]);
        assert_eq!(of(&"(".repeat(60_000)), ["E0512"]);
        assert_eq!(of(&format!("{}1", "1 ^ ".repeat(16_000))), ["E0512"]);
        assert_eq!(of(&format!("{}1", "1 + ".repeat(500))), [""; 0]);
        assert_eq!(of(&format!("{}1", "1 + ".repeat(16_000))), ["E0512"]);
        assert_eq!(of(&format!("1{}", " ".repeat(65_536))), ["E0512"]);
        let parts = |n: usize| vec!["(1 + 2 + 3 + 4)"; n].join(" + ");
        assert_eq!(of(&parts(500)), [""; 0]);
        let sums = |n: usize| vec![format!("({})", vec!["1"; 50].join("+")); n].join("*");
        assert_eq!(of(&sums(100)), [""; 0]);
        assert_eq!(of(&sums(101)), ["E0512"]);
    }

    #[test]
    fn all_formulas_together_have_a_bound_too() {
        let formula = vec![format!("({})", vec!["1"; 50].join("+")); 100].join("*");
        let many = |n: usize| {
            (0..n).fold(String::new(), |all, k| {
                format!("{all}[quantities.q{k}]\nformula = \"{formula}\"\n")
            })
        };
        assert_eq!(codes(&many(10)), [""; 0]);
        assert_eq!(codes(&many(11)), ["E0512"]);
    }
}
