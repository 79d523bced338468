//! `E0406`: two impacts of one state on one driver.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0406"
    /// The same impact stands twice
    ///
    /// What one state does to one driver is one judgement. Two of them would be added without a word, and their reasons
    /// would stand side by side. Join them into one entry.
    en
    /// 같은 영향이 두 번 나옵니다
    ///
    /// 한 상태가 한 변수에 미치는 영향은 판단 하나입니다. 둘이 있으면 말없이 더해지고 까닭도 따로 놓이게 됩니다. 한 항목으로
    /// 합치십시오.
    ko
    before r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { win = 1 }
[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = -1 }"#
    after r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { win = 1, escape = -1 }"#
}

/// The entry at `span` repeats the one at `first`.
pub(crate) fn impact_twice(span: Range<usize>, first: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "a second impact with the same `from` and `on`",
        "`from`과 `on`이 같은 영향이 두 번 나옵니다",
    )
    .at(span)
    .label(first, "the first one", "첫 번째 것")
    .help("join the two into one entry", "둘을 한 항목으로 합치십시오")
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn the_second_is_marked_and_the_first_shown() {
        let one =
            "[[impacts]]\nfrom = \"money.ms\"\non = \"motive\"\nscore = { win = 1, escape = -1 }\n";
        let text = format!("{one}{one}");
        let found = all(&text);
        assert_eq!(codes(&text), ["E0406"]);
        assert_eq!(marked(&text, &found[0]), "\"money.ms\"");
        assert!(found[0].labels[0].span.start > found[0].labels[1].span.start);
    }
}
