//! `E0408`: worths by a driver that is no mind.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0408"
    /// Worths are given by mind
    ///
    /// How good an alternative would be depends on what the actor wants and believes, so `worth` is given for the states of a driver
    /// with `kind = "mind"`. Whether the driver is a mind is perhaps what is wrong: set its `kind` and `actor`. What else bears
    /// on an act can be said with `expected`.
    en
    /// 값어치는 속마음에 따라 적습니다
    ///
    /// 대안이 얼마나 좋은지는 행위자가 바라고 믿는 것에 달려 있으므로, `worth`는 `kind = "mind"`인 변수의 상태별로 적습니다.
    /// 그 변수가 실은 속마음이라면 `kind`와 `actor`를 적으십시오. 행동에 관한 다른 것은 `expected`로 말할 수 있습니다.
    ko
    before r#"[facts.exclusive]
text = "MS asked for exclusivity"
source = "https://example.org"
[facts.exclusive.act]
actor = "ms"
chose = "exclusive"
among = ["exclusive", "plain"]
worth = { money = { ms = { exclusive = 1, plain = 3 }, many = { exclusive = 2, plain = 0 } } }"#
    after r#"[facts.exclusive]
text = "MS asked for exclusivity"
source = "https://example.org"
[facts.exclusive.act]
actor = "ms"
chose = "exclusive"
among = ["exclusive", "plain"]
worth = { motive = { mission = { exclusive = 1, plain = 3 }, escape = { exclusive = 2, plain = 0 }, win = { exclusive = 3, plain = 0 } } }"#
}

/// The driver named at `span` is no mind.
pub(crate) fn worth_of_no_mind(span: Range<usize>, driver: &str) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("worths are given by mind, and `{driver}` is none"),
        format!("값어치는 속마음에 따라 적습니다. 속마음이 아닌 변수: `{driver}`"),
    )
    .at(span)
    .help(
        "name a driver with kind = \"mind\"",
        "kind = \"mind\"인 변수를 적으십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, marked};

    #[test]
    fn the_driver_is_marked() {
        let text = super::PAGE.before;
        assert_eq!(marked(text, &all(text)[0]), "money");
    }
}
