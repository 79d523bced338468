//! `A0302`: a verdict dated before `as_of`.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;

page! {
    Advice "A0302"
    /// A verdict dated before `as_of`
    ///
    /// A verdict is what turned out after the reading. What was known before `as_of` could not be foreseen any more, and to score it would flatter. Write
    /// it as `today` of the driver or as a fact; or the date, or `as_of`, is wrong.
    en
    /// 기준일(`as_of`)보다 앞선 판정입니다
    ///
    /// 판정은 판단한 뒤에 밝혀진 것입니다. 기준일 전에 알려진 것은 내다볼 수 없고, 그것으로 점수를 매기면 점수가 부풀려집니다. 변수의
    /// `today`나 사실로 적으십시오. 아니면 날짜나 `as_of`가 틀린 것입니다.
    ko
    before r#"as_of = 2024-04-04
[verdicts.money]
state = "many"
on = 2024-01-21
source = "https://example.org""#
    after r#"as_of = 2024-04-04
[verdicts.money]
state = "many"
on = 2025-01-21
source = "https://example.org""#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let as_of = seen.case.as_of?;
    let early = seen.case.verdicts.iter().filter(|v| v.on < as_of);
    let found: Vec<_> = early
        .map(|v| seen.there(&["verdicts", &seen.case.driver(v.state.driver).id, "on"]))
        .collect();
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} dated before as_of ({as_of})",
                count(n, "verdict is", "verdicts are")
            ),
            format!("기준일({as_of})보다 앞선 판정이 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "what was known then is `today` or a fact",
            "그때 알려진 것은 `today`나 사실로 적으십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn the_day_itself_is_not_before() {
        assert!(!codes(&super::PAGE.before.replace("2024-01-21", "2024-04-04")).contains(&"A0302"));
    }
}
