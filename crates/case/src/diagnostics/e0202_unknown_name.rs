//! `E0202`: a name that nothing in the case has.

use crate::Diagnostic;
use crate::diagnostic::page;
use crate::nearest::nearest;
use std::ops::Range;

page! {
    Error "E0202"
    /// A name that nothing here has
    ///
    /// Impacts, facts, stories and verdicts name drivers, states, actors and facts by their ids. An id that is declared
    /// nowhere is mostly a slip, or the thing was renamed. The order of sections does not matter: what is named may be declared
    /// further down.
    en
    /// 그런 이름을 가진 것이 없습니다
    ///
    /// 영향, 사실, 이야기, 판정은 변수, 상태, 행위자, 사실을 id로 부릅니다. 어디에도 선언되지 않은 id는 대개 잘못 친
    /// 것이거나, 이름을 바꾸고 남은 것입니다. 절의 순서는 상관없습니다. 부르는 것이 아래에 선언되어 있어도 됩니다.
    ko
    before r#"[[impacts]]
from = "money.ms"
on = "motiv"
score = { win = 1, escape = -1 }"#
    after r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { win = 1, escape = -1 }"#
}

/// `name` stands at `span` where one of `known` is meant.
pub(crate) fn unknown_name<'a>(
    span: Range<usize>,
    name: &str,
    known: &[&'a str],
    budget: &mut usize,
) -> (Diagnostic, Option<&'a str>) {
    unknown_name_or(span, name, known, None, budget)
}

/// The same; `shown` is the one of `known` that is shown to people as `name`, if one is.
pub(crate) fn unknown_name_or<'a>(
    span: Range<usize>,
    name: &str,
    known: &[&'a str],
    shown: Option<&'a str>,
    budget: &mut usize,
) -> (Diagnostic, Option<&'a str>) {
    let found = Diagnostic::new(
        &PAGE,
        format!("nothing here is called `{name}`"),
        format!("그런 이름을 가진 것이 없습니다: `{name}`"),
    )
    .at(span);
    let near = shown.or_else(|| nearest(name, known.iter().copied(), budget));
    let found = match near {
        Some(near) => found.help(
            format!("did you mean `{near}`?"),
            format!("혹시 `{near}` 아닙니까?"),
        ),
        None if known.is_empty() => found.help(
            "nothing of this kind is declared in the case",
            "이 사례에는 그런 것이 하나도 선언되어 있지 않습니다",
        ),
        None => {
            let mut list = known
                .iter()
                .take(12)
                .copied()
                .collect::<Vec<_>>()
                .join(", ");
            if known.len() > 12 {
                list.push_str(", …");
            }
            found.help(
                format!("known here: {list}"),
                format!("여기서 아는 이름: {list}"),
            )
        }
    };
    (found, near)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn only_the_wrong_half_is_underlined_and_mended() {
        let text = "[[impacts]]\nfrom = \"money.mss\"\non = \"motive\"\nscore = {}";
        let found = all(text);
        assert_eq!(marked(text, &found[0]), "mss");
        assert_eq!(found[0].fix.as_ref().unwrap().with, "ms");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_name_as_it_is_shown_leads_to_its_id() {
        let text = |on: &str, score: &str| {
            format!("[[impacts]]\nfrom = \"money.ms\"\non = \"{on}\"\nscore = {{ {score} = 1 }}")
        };
        let help = |text: &str| all(text)[0].help.as_ref().unwrap().en.clone();
        assert_eq!(help(&text("motive", "\"탈출\"")), "did you mean `escape`?");
        assert_eq!(help(&text("속마음", "win")), "did you mean `motive`?");
        let fact = |drivers: &str| {
            format!(
                "{drivers}[facts.a]\ntext = \"x\"\nexpected = {{ sky = {{ a = 0.1, \"나\" = 0.2 }} }}"
            )
        };
        let sky = "[drivers.sky]\nstates = { a = { ko = \"가\", en = \"A\" }, b = { ko = \"나\", en = \"B\" } }\n";
        assert_eq!(help(&fact(sky)), "did you mean `b`?");
        let sky = "[drivers.sky]\nstates = { a = \"가\", b = \"다\" }\n";
        assert_eq!(help(&fact(sky)), "known here: a, b");
    }

    #[test]
    fn a_driver_that_is_broken_brings_no_second_error() {
        let text = "[drivers.money]\nstates = 3\n[[impacts]]\nfrom = \"money.ms\"\non = \"motive\"\nscore = {}";
        assert_eq!(codes(text), ["E0401"]);
        assert_eq!(codes("[[drivers]]\nname = \"x\""), ["E0404"]);
    }
}
