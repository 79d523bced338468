//! `A0303`: a signpost whose day is over.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;

page! {
    Advice "A0303"
    /// A signpost whose day is over
    ///
    /// A signpost is something to look out for. If its `by` lies before `as_of`, it has been seen or not already: write what was seen, or that nothing was, as a
    /// fact, and set a new day.
    en
    /// 날이 이미 지난 이정표입니다
    ///
    /// 이정표는 앞으로 지켜볼 것입니다. `by`가 기준일보다 앞이면 이미 보였거나 보이지 않은 것입니다. 보인 것을, 또는 보이지 않았다는
    /// 것을 사실로 적고 새 날짜를 잡으십시오.
    ko
    before r#"as_of = 2024-04-04
[signposts.cloud]
text = "A second cloud"
by = 2023-06-30
expected = { money = { ms = 0.1, many = 0.6 } }"#
    after r#"as_of = 2024-04-04
[signposts.cloud]
text = "A second cloud"
by = 2025-06-30
expected = { money = { ms = 0.1, many = 0.6 } }"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let as_of = seen.case.as_of?;
    let over = seen
        .case
        .signposts
        .iter()
        .filter(|s| s.by.is_some_and(|by| by < as_of));
    let found: Vec<_> = over
        .map(|s| seen.there(&["signposts", &s.id, "by"]))
        .collect();
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} over before as_of ({as_of})",
                count(n, "signpost is", "signposts are")
            ),
            format!("기준일({as_of}) 전에 날이 지난 이정표가 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "write what was seen as a fact",
            "보인 것을 사실로 적으십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn without_a_day_nothing_is_over() {
        assert!(!codes(&super::PAGE.before.replace("as_of = 2024-04-04\n", "")).contains(&"A0303"));
    }
}
