//! `E0303`: something that is no score.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0303"
    /// Not a score
    ///
    /// A score is a decimal number of at most three places, or a range of two: `2`, `-1.5`, `"1 to 3"`. Sums of scores are
    /// exact, in thousandths, so that ties are ties and not accidents of rounding; a fourth place would break that,
    /// and nobody judges that finely.
    en
    /// 점수가 아닙니다
    ///
    /// 점수는 소수 셋째 자리까지의 수, 또는 그런 두 수의 범위입니다: `2`, `-1.5`, `"1 to 3"`. 점수의 합은 1000분의 1
    /// 단위로 정확히 셈하므로 동점은 반올림의 우연이 아니라 참된 동점입니다. 넷째 자리까지 판단하는 사람은 없습니다.
    ko
    before r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = "much", win = -2.0005 }"#
    after r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = 2, win = -2 }"#
}

/// What stands at `span` is no score.
pub(crate) fn not_a_score(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "not a score: a decimal number of at most three places, or a range of two",
        "점수가 아닙니다. 소수 셋째 자리까지의 수 또는 그런 두 수의 범위여야 합니다",
    )
    .at(span)
    .help(
        "write 2, -1.5 or \"1 to 3\"",
        "2, -1.5 또는 \"1 to 3\"처럼 쓰십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn three_places_and_no_more() {
        let with = |score: &str| {
            codes(&format!(
                "[[impacts]]\nfrom = \"money.ms\"\non = \"motive\"\nbecause = \"가\"\nscore = {{ win = {score}, escape = -1 }}"
            ))
        };
        for good in [
            "1",
            "1.000",
            "+1.0",
            "10e-1",
            "0x1",
            "\"1\"",
            "\"0.5 to 1.5\"",
        ] {
            assert!(with(good).is_empty(), "{good}: {:?}", with(good));
        }
        for bad in [
            "0.0001",
            "nan",
            "inf",
            "\"\"",
            "\"1 to\"",
            "\"1 to 2 to 3\"",
            "\"1_0\"",
        ] {
            assert_eq!(with(bad), ["E0303"], "{bad}");
        }
    }
}
