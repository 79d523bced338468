//! `A0204`: a fact about a driver whose `today` is given.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;

page! {
    Advice "A0204"
    /// A fact about something that is known today
    ///
    /// Facts bear on what is hidden now. A driver with `today` is known on `as_of`, so no fact can move it, and the fact says nothing. If the fact is why you
    /// know it, `today` has said it already; if it tells about somebody's mind, give its likelihoods by that mind.
    en
    /// 오늘의 상태를 이미 아는 변수에 관한 사실입니다
    ///
    /// 사실은 지금 숨어 있는 것에 관해 말해 줍니다. `today`가 있는 변수는 기준일의 상태를 이미 알므로 어떤 사실도 움직이지 못하고,
    /// 그 사실은 아무것도 말하지 않습니다. 그 사실 덕분에 알게 된 것이라면 `today`로 이미 말한 셈이고, 누군가의 속마음을 말해 주는
    /// 것이라면 그 속마음의 상태별로 확률을 적으십시오.
    ko
    before r#"[drivers.money]
states = { ms = "MS alone", many = "Many" }
today = "ms"
[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { money = { ms = 0.6, many = 0.2 } }"#
    after r#"[drivers.money]
states = { ms = "MS alone", many = "Many" }
today = "ms"
[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = 0.1, escape = 0.5, win = 0.6 } }"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let known = |d: crate::DriverId| seen.case.driver(d).today.is_some();
    let mut found = Vec::new();
    for f in &seen.case.facts {
        for e in f.expected.iter().filter(|e| known(e.driver)) {
            found.push(seen.here(&["facts", &f.id, "expected", &seen.case.driver(e.driver).id]));
        }
        for w in f
            .act
            .iter()
            .flat_map(|a| &a.worth)
            .filter(|w| known(w.driver))
        {
            found.push(seen.here(&[
                "facts",
                &f.id,
                "act",
                "worth",
                &seen.case.driver(w.driver).id,
            ]));
        }
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} nothing: `today` of the driver is given",
                count(n, "fact says", "facts say")
            ),
            format!("변수의 `today`를 이미 알아 아무것도 말하지 않는 사실이 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "give its likelihoods by the mind that it tells about, or drop `today`",
            "그 사실이 말해 주는 속마음의 상태별로 확률을 적거나 `today`를 빼십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, marked};

    #[test]
    fn the_driver_in_the_fact_is_marked() {
        let text = super::PAGE.before;
        let found = all(text);
        let found = found.iter().find(|d| d.code == "A0204").unwrap();
        assert_eq!(marked(text, found), "money");
        assert!(found.labels[0].span.start > text.find("expected").unwrap());
    }
}
