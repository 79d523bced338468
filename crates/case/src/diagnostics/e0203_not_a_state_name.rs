//! `E0203`: something else than `driver.state`.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0203"
    /// A state is named as `driver.state`
    ///
    /// Two drivers may have states of the same id, so a state is named together with its driver, with a dot
    /// between them.
    en
    /// 상태는 `변수.상태`로 부릅니다
    ///
    /// 서로 다른 변수에 같은 id의 상태가 있을 수 있으므로, 상태는 변수와 함께 점으로 이어 부릅니다.
    ko
    before r#"[[impacts]]
from = "ms"
on = "motive"
score = { win = 1, escape = -1 }"#
    after r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { win = 1, escape = -1 }"#
}

/// What stands at `span` has no dot; `owner` is the one driver with a state of that id, if there is one.
pub(crate) fn not_a_state_name(span: Range<usize>, text: &str, owner: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(
        &PAGE,
        "a state is named as `driver.state`",
        "상태는 `변수.상태`로 부릅니다",
    )
    .at(span.clone());
    match owner {
        Some(owner) => found
            .help(
                format!("did you mean `{owner}.{text}`?"),
                format!("혹시 `{owner}.{text}` 아닙니까?"),
            )
            .fix(span, format!("\"{owner}.{text}\"")),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes};

    #[test]
    fn the_owner_of_a_lonely_state_is_found() {
        let impact =
            |from: &str| format!("[[impacts]]\nfrom = \"{from}\"\non = \"motive\"\nscore = {{}}");
        assert_eq!(
            all(&impact("ms"))[0].fix.as_ref().unwrap().with,
            "\"money.ms\""
        );
        assert!(all(&impact("nobody"))[0].fix.is_none());
        assert_eq!(codes(&impact("money:ms")), ["E0203"]);
    }
}
