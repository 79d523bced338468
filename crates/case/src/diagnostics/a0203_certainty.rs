//! `A0203`: likelihoods of exactly 0 or 1.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;

page! {
    Advice "A0203"
    /// A likelihood of exactly 0 or 1
    ///
    /// A chance of 0 rules a state out for ever: no later fact can bring it back, and if the fact was misreported the reading is wrong beyond repair.
    /// Where something is nearly impossible, 0.01 says so and leaves a door open. Two such facts that contradict each other leave no
    /// future at all.
    en
    /// 꼭 0이거나 1인 확률입니다
    ///
    /// 확률 0은 그 상태를 영영 지웁니다. 나중에 어떤 사실이 나와도 되살릴 수 없고, 사실이 잘못 알려진 것이었다면 돌이킬 수 없이
    /// 틀립니다. 거의 있을 수 없는 일은 0.01로 적으면 뜻이 통하고 문도 열어 둡니다. 이런 사실 둘이 서로 어긋나면 남는 미래가
    /// 하나도 없습니다.
    ko
    before r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = 0, escape = 0.5, win = 1 } }"#
    after r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = 0.01, escape = 0.5, win = 0.99 } }"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let facts = seen
        .case
        .facts
        .iter()
        .map(|f| ("facts", &f.id, &f.expected));
    let signposts = seen
        .case
        .signposts
        .iter()
        .map(|s| ("signposts", &s.id, &s.expected));
    let mut found = Vec::new();
    for (section, id, expected) in facts.chain(signposts) {
        for e in expected {
            let driver = seen.case.driver(e.driver);
            for (s, c) in e.chances.iter().enumerate() {
                if c.value == 0.0 || c.value == 1.0 {
                    found.push(seen.there(&[
                        section,
                        id,
                        "expected",
                        &driver.id,
                        &driver.states[s].id,
                    ]));
                }
            }
        }
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} exactly 0 or 1",
                count(n, "likelihood is", "likelihoods are")
            ),
            format!("꼭 0이거나 1인 확률이 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "is it really impossible, even if the report is wrong? Else write 0.01 or 0.99",
            "보도가 틀렸더라도 정말 있을 수 없습니까? 아니라면 0.01이나 0.99로 적으십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, marked};

    #[test]
    fn each_is_marked() {
        let text = super::PAGE.before;
        let found = all(text);
        assert_eq!(
            (
                found[0].code,
                found[0].labels.len(),
                marked(text, &found[0])
            ),
            ("A0203", 2, "0")
        );
    }
}
