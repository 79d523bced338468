//! `A0201`: a fact that fits every state equally.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;

page! {
    Advice "A0201"
    /// A fact that fits every state equally
    ///
    /// Evidence is what would be more likely if one thing were true than if another were. A fact that is as likely in every state leaves every belief where it
    /// was, however striking it is. Ask where you would have expected it less, or leave the driver out of `expected`.
    en
    /// 모든 상태에 똑같이 들어맞는 사실입니다
    ///
    /// 증거란 어떤 것이 참일 때 다른 것이 참일 때보다 더 나올 만한 것입니다. 모든 상태에서 똑같이 나올 만한 사실은 아무리 눈에
    /// 띄어도 믿음을 움직이지 못합니다. 어느 상태라면 덜 나올 만했을지 물어보거나, `expected`에서 그 변수를 빼십시오.
    ko
    before r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = 0.5, escape = 0.5, win = "50%" } }"#
    after r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = 0.2, escape = 0.5, win = "50%" } }"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let mut found = Vec::new();
    for f in &seen.case.facts {
        for e in &f.expected {
            if e.chances.windows(2).all(|w| w[0] == w[1]) {
                let driver = &seen.case.driver(e.driver).id;
                found.push(seen.here(&["facts", &f.id, "expected", driver]));
            }
        }
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} nothing: equally likely in every state",
                count(n, "fact tells", "facts tell")
            ),
            format!("모든 상태에서 똑같이 나올 만해 아무것도 말해 주지 않는 사실이 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "in which state would you have expected it less?",
            "어느 상태라면 덜 나올 만했겠습니까?",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, marked};

    #[test]
    fn spelling_does_not_hide_it() {
        let text = super::PAGE.before;
        let found = all(text);
        assert_eq!(
            (found[0].code, marked(text, &found[0])),
            ("A0201", "motive")
        );
    }
}
