//! `E0413`: one actor holds another twice.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0413"
    /// The same actor is held twice
    ///
    /// How much one actor holds another is one judgement, from 0 (nothing) to 4 (its existence). Two entries would say two different
    /// things, or the same thing twice. Join them into one: the degree is that of the strongest hold, and the reason may
    /// name both.
    en
    /// 같은 행위자를 두 번 쥐고 있습니다
    ///
    /// 한 행위자가 다른 행위자를 얼마나 쥐고 있는지는 0(없음)부터 4(존립)까지의 판단 하나입니다. 항목이 둘이면 서로 다른 말을
    /// 하거나 같은 말을 두 번 하게 됩니다. 하나로 합치십시오. 정도는 가장 센 것을 적고, 까닭에는 둘을 모두 적어도 됩니다.
    ko
    before r#"[actors.ms]
name = "MS"
[[actors.ms.holds]]
over = "lab"
degree = 3
[[actors.ms.holds]]
over = "lab"
degree = 2
[actors.lab]"#
    after r#"[actors.ms]
name = "MS"
[[actors.ms.holds]]
over = "lab"
degree = 3
[actors.lab]"#
}

/// The `over` at `span` names the same actor as the one at `first`.
pub(crate) fn held_twice(span: Range<usize>, first: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "this actor is held already",
        "이미 쥐고 있다고 적은 행위자입니다",
    )
    .at(span)
    .label(first, "the first one", "첫 번째 것")
    .help(
        "join the two into one entry, with the greater degree",
        "둘을 한 항목으로 합치고 더 큰 정도를 적으십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn the_second_is_marked_and_others_may_hold_the_same() {
        let one = "[[actors.ms.holds]]\nover = \"lab\"\ndegree = 3\n";
        let other = "[[actors.fund.holds]]\nover = \"lab\"\ndegree = 3\n";
        let text = |more: &str| {
            format!("[actors.ms]\nname = \"MS\"\n{one}{more}[actors.lab]\nname = \"랩\"\n")
        };
        let twice = text(one);
        let found = all(&twice);
        assert_eq!(codes(&twice), ["E0413"]);
        assert_eq!(marked(&twice, &found[0]), "\"lab\"");
        assert!(found[0].labels[0].span.start > found[0].labels[1].span.start);
        assert!(codes(&text(other)).is_empty(), "{:?}", codes(&text(other)));
    }
}
