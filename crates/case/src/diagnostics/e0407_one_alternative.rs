//! `E0407`: an act without alternatives.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0407"
    /// An act with one alternative
    ///
    /// An act tells about a mind by what was passed over for it. Whoever could do only one thing would have done it with any
    /// mind. List in `among` what else was feasible, doing nothing included.
    en
    /// 대안이 하나뿐인 행동입니다
    ///
    /// 행동은 그것을 위해 무엇을 버렸는지를 통해 속마음을 말해 줍니다. 할 수 있는 일이 하나뿐이었다면 속마음이 어떻든 그 일을
    /// 했을 것입니다. `among`에 할 수 있었던 다른 일을, 아무것도 하지 않는 것까지 적으십시오.
    ko
    before r#"[facts.exclusive]
text = "MS asked for exclusivity"
source = "https://example.org"
[facts.exclusive.act]
actor = "ms"
chose = "exclusive"
among = ["exclusive"]
worth = { motive = { mission = { exclusive = 1 }, escape = { exclusive = 2 }, win = { exclusive = 3 } } }"#
    after r#"[facts.exclusive]
text = "MS asked for exclusivity"
source = "https://example.org"
[facts.exclusive.act]
actor = "ms"
chose = "exclusive"
among = ["exclusive", "plain"]
worth = { motive = { mission = { exclusive = 1, plain = 3 }, escape = { exclusive = 2, plain = 0 }, win = { exclusive = 3, plain = 0 } } }"#
}

/// The list at `span` has fewer than two.
pub(crate) fn one_alternative(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "an act with one alternative tells nothing",
        "대안이 하나뿐인 행동은 아무것도 말해 주지 않습니다",
    )
    .at(span)
    .help(
        "list what else was feasible, those not taken included",
        "할 수 있었던 다른 일도, 하지 않은 것까지 적으십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn an_empty_list_is_one_error() {
        let text = "[facts.a]\ntext = \"가\"\n[facts.a.act]\nactor = \"ms\"\nchose = \"x\"\namong = []\nworth = { motive = { mission = {}, escape = {}, win = {} } }";
        assert_eq!(codes(text), ["E0407"]);
    }
}
