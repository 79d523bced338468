//! `E0417`: results of a signpost that are about several drivers.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0417"
    /// The results of a signpost are about different drivers
    ///
    /// A test tells about one driver: every result has the chances for the states of the same one, so that for each
    /// state they can sum to 1. What tells about two drivers is two signposts.
    en
    /// 이정표의 결과들이 서로 다른 변수에 관한 것입니다
    ///
    /// 시험 하나는 변수 하나를 알려 줍니다. 모든 결과가 같은 변수의 상태마다 확률을 적어야 상태마다 더해서 1이 될 수 있습니다.
    /// 두 변수를 알려 주는 것은 이정표 두 개로 나누십시오.
    ko
    before r#"[signposts.test]
text = "A test"
[signposts.test.results]
yes = { expected = { money = { ms = 0.1, many = 0.6 } } }
no = { expected = { motive = { mission = 0.5, escape = 0.5, win = 0.5 } } }"#
    after r#"[signposts.test]
text = "A test"
[signposts.test.results]
yes = { expected = { money = { ms = 0.1, many = 0.6 } } }
no = { expected = { money = { ms = 0.9, many = 0.4 } } }"#
}

/// The `expected` at `span` is about a second driver.
pub(crate) fn not_one_driver(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "all results of a signpost must be about the same driver",
        "한 이정표의 결과는 모두 같은 변수에 관한 것이어야 합니다",
    )
    .at(span)
    .help(
        "give every result the chances of one and the same driver",
        "결과마다 같은 변수 하나의 확률을 적으십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn one_driver_is_enough_and_two_are_not() {
        let text = |second: &str| {
            format!(
                "[signposts.test]\ntext = \"시험\"\n[signposts.test.results]\nyes = {{ expected = {{ money = {{ ms = 0.1, many = 0.6 }} }} }}\nno = {{ expected = {{ {second} }} }}\n"
            )
        };
        assert!(codes(&text("money = { ms = 0.9, many = 0.4 }")).is_empty());
        let other = "motive = { mission = 0.5, escape = 0.5, win = 0.5 }";
        assert_eq!(codes(&text(other)), ["E0417"]);
        let both = format!("money = {{ ms = 0.9, many = 0.4 }}, {other}");
        assert_eq!(codes(&text(&both)), ["E0417"]);
    }
}
