//! `E0414`: an actor that holds itself.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0414"
    /// An actor holds itself
    ///
    /// `holds` says over whom else an actor has power: the table of direct influence (MDI) of the MACTOR method has an empty diagonal, and
    /// its formulas count on that. If a part of a firm has power over the rest, make it an actor of its own, as a board beside its
    /// company.
    en
    /// 행위자가 자기 자신을 쥐고 있습니다
    ///
    /// `holds`에는 다른 누구를 쥐고 있는지를 적습니다. MACTOR 방법의 직접 영향 표(MDI)는 대각선이 비어 있고, 공식도 그렇게
    /// 여깁니다. 한 회사의 일부가 나머지를 쥐고 있다면, 회사 곁에 이사회를 두듯 그 일부를 따로 행위자로 적으십시오.
    ko
    before r#"[actors.ms]
name = "MS"
[[actors.ms.holds]]
over = "ms"
degree = 2"#
    after r#"[actors.ms]
name = "MS"
[actors.board]
[[actors.board.holds]]
over = "ms"
degree = 2"#
}

/// The `over` at `span` names the actor whose hold it is.
pub(crate) fn holds_itself(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "an actor cannot hold itself",
        "행위자가 자기 자신을 쥘 수는 없습니다",
    )
    .at(span)
    .help(
        "name another actor, or take this entry out",
        "다른 행위자를 적거나 이 항목을 지우십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn it_is_marked_whatever_its_degree() {
        let text = |over: &str, degree: u8| {
            format!(
                "[actors.ms]\nname = \"MS\"\n[[actors.ms.holds]]\nover = \"{over}\"\ndegree = {degree}\n[actors.lab]\nname = \"랩\"\n"
            )
        };
        for degree in [0, 4] {
            assert_eq!(codes(&text("ms", degree)), ["E0414"]);
            assert!(codes(&text("lab", degree)).is_empty());
        }
        assert_eq!(marked(&text("ms", 1), &all(&text("ms", 1))[0]), "\"ms\"");
    }
}
