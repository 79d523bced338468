//! `E0514`: two correlations between the same quantities.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0514"
    /// A second correlation between the same two quantities
    ///
    /// Two quantities have one rank correlation, in whichever order they are named. Keep the entry that is meant.
    en
    /// 같은 두 수량 사이의 상관이 두 번 있습니다
    ///
    /// 두 수량 사이의 순위 상관은 하나입니다. 어느 쪽을 먼저 적든 마찬가지입니다. 뜻하는 쪽만 남기십시오.
    ko
    before r#"[quantities.cash]
formula = "5조 to 14조"
[quantities.burn]
formula = "1조 to 2조"
[[correlations]]
between = ["cash", "burn"]
rank = 0.5
[[correlations]]
between = ["burn", "cash"]
rank = 0.4"#
    after r#"[quantities.cash]
formula = "5조 to 14조"
[quantities.burn]
formula = "1조 to 2조"
[[correlations]]
between = ["cash", "burn"]
rank = 0.5"#
}

/// The pair at `span` stands at `first` already.
pub(crate) fn correlation_twice(span: Range<usize>, first: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "a second correlation between the same two quantities",
        "같은 두 수량 사이의 상관이 또 있습니다",
    )
    .at(span)
    .label(first, "the first one", "첫 번째")
    .help("take one of them out", "하나를 지우십시오")
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::all;

    #[test]
    fn both_places_are_shown() {
        let found = all(super::PAGE.before);
        assert_eq!((found.len(), found[0].labels.len()), (1, 2));
    }
}
