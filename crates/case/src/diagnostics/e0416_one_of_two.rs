//! `E0416`: a signpost with both `expected` and `results`, or with neither.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0416"
    /// A signpost says what would be seen in one way, not in two or none
    ///
    /// What is seen or not seen has `expected`: P(seen | state). What shows one of several results, such as a test, has
    /// `results` instead, each with an `expected` of its own.
    en
    /// 이정표가 무엇을 보여 주는지는 한 가지 방법으로 적어야 합니다
    ///
    /// 보이거나 보이지 않거나 둘 중 하나라면 `expected`에 각 상태일 때 보일 확률을 적습니다. 시험처럼 여러 결과 가운데 하나를 보여
    /// 준다면 그 대신 `results`를 적고, 결과마다 `expected`를 둡니다.
    ko
    before r#"[signposts.cloud]
text = "A second cloud""#
    after r#"[signposts.cloud]
text = "A second cloud"
expected = { money = { ms = 0.1, many = 0.6 } }"#
}

/// The signpost at `span` has both, or neither.
pub(crate) fn one_of_two(span: Range<usize>, both: bool) -> Diagnostic {
    let (en, ko) = match both {
        true => (
            "a signpost cannot have both `expected` and `results`",
            "이정표에 `expected`와 `results`를 함께 적을 수 없습니다",
        ),
        false => (
            "a signpost needs `expected` or `results`",
            "이정표에는 `expected`나 `results`가 있어야 합니다",
        ),
    };
    Diagnostic::new(&PAGE, en, ko).at(span).help(
        "`expected` if it is seen or not, `results` if it shows one of several things",
        "보이거나 말거나이면 `expected`, 여러 결과 가운데 하나이면 `results`",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn both_and_neither_are_marked() {
        let neither = "[signposts.cloud]\ntext = \"구름\"";
        assert_eq!(codes(neither), ["E0416"]);
        assert_eq!(marked(neither, &all(neither)[0]), "cloud");
        let both = "[signposts.cloud]\ntext = \"구름\"\nexpected = {}\nresults = {}";
        assert_eq!(codes(both), ["E0416"]);
        assert_eq!(marked(both, &all(both)[0]), "results");
    }
}
