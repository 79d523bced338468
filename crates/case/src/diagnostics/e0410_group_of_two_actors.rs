//! `E0410`: a group with acts of more than one actor.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0410"
    /// A group with acts of two actors
    ///
    /// Facts of one `group` are averaged, so that repeating a report does not double it. Acts are weighed with the rationality of their
    /// actor, and two actors have two, so a group with acts lies within one actor. Give the acts of another actor a group of
    /// their own.
    en
    /// 한 묶음에 두 행위자의 행동이 있습니다
    ///
    /// 같은 `group`의 사실은 평균을 내어, 되풀이된 보도가 두 배로 세어지지 않게 합니다. 행동은 그 행위자가 얼마나 합리적인지에
    /// 따라 재는데 두 행위자는 그 정도가 다르므로, 행동이 든 묶음은 한 행위자의 것이어야 합니다. 다른 행위자의 행동에는 따로
    /// 묶음을 주십시오.
    ko
    before r#"[actors.ms]
name = "MS"
[actors.rival]
name = "Rival"
[facts.one]
text = "MS invested"
source = "https://example.org"
group = "deal"
act = { actor = "ms", chose = "a", among = ["a", "b"], worth = { motive = { mission = { a = 1, b = 0 }, escape = { a = 0, b = 1 }, win = { a = 0, b = 0 } } } }
[facts.two]
text = "The rival invested"
source = "https://example.org"
group = "deal"
act = { actor = "rival", chose = "a", among = ["a", "b"], worth = { motive = { mission = { a = 1, b = 0 }, escape = { a = 0, b = 1 }, win = { a = 0, b = 0 } } } }"#
    after r#"[actors.ms]
name = "MS"
[actors.rival]
name = "Rival"
[facts.one]
text = "MS invested"
source = "https://example.org"
group = "deal"
act = { actor = "ms", chose = "a", among = ["a", "b"], worth = { motive = { mission = { a = 1, b = 0 }, escape = { a = 0, b = 1 }, win = { a = 0, b = 0 } } } }
[facts.two]
text = "The rival invested"
source = "https://example.org"
act = { actor = "rival", chose = "a", among = ["a", "b"], worth = { motive = { mission = { a = 1, b = 0 }, escape = { a = 0, b = 1 }, win = { a = 0, b = 0 } } } }"#
}

/// The group at `span` began with another actor at `first`.
pub(crate) fn group_of_two_actors(span: Range<usize>, first: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "a group holds acts of two actors",
        "한 묶음에 두 행위자의 행동이 들어 있습니다",
    )
    .at(span)
    .label(first, "another actor's act", "다른 행위자의 행동")
    .help(
        "give the acts of the second actor a group of their own",
        "두 번째 행위자의 행동에는 따로 묶음을 주십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, marked};

    #[test]
    fn both_places_are_shown() {
        let text = super::PAGE.before;
        let found = all(text);
        assert_eq!(marked(text, &found[0]), "\"deal\"");
        assert_eq!(found[0].labels.len(), 2);
    }
}
