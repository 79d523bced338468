//! `E0412`: an alternative listed twice.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0412"
    /// An alternative is listed twice
    ///
    /// The chance of an act is its share among what was feasible. An alternative that stands twice in `among` would be counted twice, and
    /// make every other look less likely.
    en
    /// 같은 대안이 두 번 나옵니다
    ///
    /// 행동의 확률은 할 수 있었던 일들 가운데 그것이 차지하는 몫입니다. `among`에 같은 대안이 두 번 있으면 두 번 세어져, 다른
    /// 대안들의 확률이 낮아 보이게 됩니다.
    ko
    before r#"[facts.exclusive]
text = "MS asked for exclusivity"
source = "https://example.org"
[facts.exclusive.act]
actor = "ms"
chose = "exclusive"
among = ["exclusive", "plain", "plain"]
worth = { motive = { mission = { exclusive = 1, plain = 3 }, escape = { exclusive = 2, plain = 0 }, win = { exclusive = 3, plain = 0 } } }"#
    after r#"[facts.exclusive]
text = "MS asked for exclusivity"
source = "https://example.org"
[facts.exclusive.act]
actor = "ms"
chose = "exclusive"
among = ["exclusive", "plain"]
worth = { motive = { mission = { exclusive = 1, plain = 3 }, escape = { exclusive = 2, plain = 0 }, win = { exclusive = 3, plain = 0 } } }"#
}

/// `name` stands at `span` again.
pub(crate) fn alternative_twice(span: Range<usize>, name: &str) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("the alternative `{name}` is listed twice"),
        format!("같은 대안이 두 번 나옵니다: `{name}`"),
    )
    .at(span)
    .help("list each once", "한 번씩만 적으십시오")
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, marked};

    #[test]
    fn the_second_is_marked() {
        let text = super::PAGE.before;
        let found = all(text);
        assert_eq!(marked(text, &found[0]), "\"plain\"");
        assert_eq!(
            found[0].labels[0].span.start,
            text.rfind("\"plain\"").unwrap()
        );
    }
}
