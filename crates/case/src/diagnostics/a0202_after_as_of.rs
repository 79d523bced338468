//! `A0202`: a fact dated after `as_of`.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;

page! {
    Advice "A0202"
    /// A fact dated after `as_of`
    ///
    /// A reading stands on one day. What became public later would leak the answer into it, and the score of such a reading would be worth nothing. The fact is
    /// kept in the file and not used. If it is an outcome, it belongs in `[verdicts]`; if the reading should know it, move `as_of`.
    en
    /// 기준일(`as_of`)보다 뒤의 사실입니다
    ///
    /// 판단은 어느 하루에 서서 합니다. 그 뒤에 공개된 것을 쓰면 답이 새어 들어가고, 그런 판단의 점수는 아무 뜻이 없습니다. 사실은
    /// 파일에 남지만 쓰이지 않습니다. 결과라면 `[verdicts]`에 적고, 판단에 넣어야 할 것이라면 `as_of`를 옮기십시오.
    ko
    before r#"as_of = 2024-04-04
[facts.shell]
on = 2024-05-01
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = 0.2, escape = 0.5, win = 0.5 } }"#
    after r#"as_of = 2024-04-04
[facts.shell]
on = 2024-03-19
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = 0.2, escape = 0.5, win = 0.5 } }"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let as_of = seen.case.as_of?;
    let late = seen
        .case
        .facts
        .iter()
        .filter(|f| f.on.is_some_and(|on| on > as_of));
    let found: Vec<_> = late.map(|f| seen.there(&["facts", &f.id, "on"])).collect();
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} dated after as_of ({as_of}), and not used",
                count(n, "fact is", "facts are")
            ),
            format!("기준일({as_of})보다 뒤여서 쓰이지 않는 사실이 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "an outcome belongs in `[verdicts]`",
            "결과는 `[verdicts]`에 적으십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn the_day_itself_is_used() {
        let text = super::PAGE.before;
        assert!(codes(text).contains(&"A0202"));
        assert!(!codes(&text.replace("2024-05-01", "2024-04-04")).contains(&"A0202"));
    }
}
