//! `A0301`: facts and verdicts without a source.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;

page! {
    Advice "A0301"
    /// A fact or verdict without a source
    ///
    /// A fact is public, and a reader should be able to look it up; a verdict decides who was right, and others must be able to check it. Give the address,
    /// or what a library would need to find it.
    en
    /// 출처가 없는 사실이나 판정입니다
    ///
    /// 사실은 공개된 것이므로 독자가 찾아볼 수 있어야 하고, 판정은 누가 옳았는지를 가르므로 남이 확인할 수 있어야 합니다. 주소를, 또는
    /// 도서관에서 찾는 데 필요한 것을 적으십시오.
    ko
    before r#"[facts.shell]
text = "The staff left"
expected = { motive = { mission = 0.2, escape = 0.5, win = 0.5 } }"#
    after r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = 0.2, escape = 0.5, win = 0.5 } }"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let none = |sources: &[String]| sources.iter().all(|s| s.trim().is_empty());
    let case = seen.case;
    let facts = case
        .facts
        .iter()
        .filter(|f| none(&f.sources))
        .map(|f| seen.here(&["facts", &f.id]));
    let verdicts = case.verdicts.iter().filter(|v| none(&v.sources));
    let verdicts = verdicts.map(|v| seen.here(&["verdicts", &case.driver(v.state.driver).id]));
    let (facts, verdicts): (Vec<_>, Vec<_>) = (facts.collect(), verdicts.collect());
    let (f, v) = (facts.len(), verdicts.len());
    let found = facts.into_iter().chain(verdicts).collect();
    seen.many(found, &PAGE, || {
        (
            format!(
                "no source: {}, {}",
                count(f, "fact", "facts"),
                count(v, "verdict", "verdicts")
            ),
            format!("출처가 없습니다. 사실 {f}개, 판정 {v}개"),
        )
    })
    .map(|d| {
        d.help(
            "say where it can be read: source = \"https://…\"",
            "어디서 볼 수 있는지 적으십시오: source = \"https://…\"",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::all;

    #[test]
    fn an_empty_source_is_none() {
        for source in ["", "source = \"\"\n", "source = []\n"] {
            let text = super::PAGE
                .before
                .replace("expected", &format!("{source}expected"));
            assert_eq!(
                all(&text)[0].title.en,
                "no source: 1 fact, 0 verdicts",
                "{source}"
            );
        }
        let verdict = "[verdicts.money]\nstate = \"ms\"\non = 2025-01-01";
        assert_eq!(all(verdict)[0].title.en, "no source: 0 facts, 1 verdict");
    }
}
