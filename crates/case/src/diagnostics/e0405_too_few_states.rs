//! `E0405`: a driver with one state or none.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0405"
    /// A driver with fewer than two states
    ///
    /// A driver is a question that could be answered in more than one way. With one state there is nothing to ask: what is
    /// certain belongs in the text, or in the facts.
    en
    /// 상태가 둘이 안 되는 변수입니다
    ///
    /// 변수는 답이 둘 이상일 수 있는 물음입니다. 상태가 하나면 물을 것이 없습니다. 확실한 것은 글이나 사실에 적으십시오.
    ko
    before r#"[drivers.money]
states = { ms = "MS alone" }
[[impacts]]
from = "money.ms"
on = "motive"
score = { win = 1, escape = -1 }"#
    after r#"[drivers.money]
states = { ms = "MS alone", many = "Many investors" }
[[impacts]]
from = "money.ms"
on = "motive"
score = { win = 1, escape = -1 }"#
}

/// The states of the key at `span` are too few.
pub(crate) fn too_few_states(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "a driver needs two states or more",
        "변수에는 상태가 둘 이상 있어야 합니다",
    )
    .at(span)
    .help(
        "what else could be the answer to this question?",
        "이 물음의 답이 달리 무엇일 수 있습니까?",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn none_and_one_are_too_few() {
        assert_eq!(codes("[drivers.x]\nstates = {}"), ["E0405"]);
        assert_eq!(codes("[drivers.x]\nstates = { a = \"가\" }"), ["E0405"]);
    }
}
