//! `A0101`: a mind with fewer than three states.

use crate::advice::{Seen, count};
use crate::diagnostic::page;
use crate::{Diagnostic, Kind};

page! {
    Advice "A0101"
    /// A mind with fewer than three states
    ///
    /// With one reading and a single rival, every fact against the rival looks like a proof. Most errors about other people's minds
    /// come from readings that nobody had written down. Add at least a third: what else could make somebody act like
    /// this? Habit, fear, being pushed by others, not having noticed.
    en
    /// 상태가 셋이 안 되는 속마음입니다
    ///
    /// 해석이 하나이고 경쟁하는 해석도 하나뿐이면, 경쟁 해석에 어긋나는 사실은 모두 증거처럼 보입니다. 남의 속마음을 잘못
    /// 읽는 것은 대개 아무도 적어 두지 않은 해석 때문입니다. 적어도 셋째 해석을 더하십시오. 달리 무엇이 그렇게 행동하게
    /// 할 수 있습니까? 습관, 두려움, 남의 압력, 미처 알아채지 못함도 있습니다.
    ko
    before r#"[drivers.trust]
kind = "mind"
actor = "ms"
states = { trusts = "Trusts us", doubts = "Doubts us" }"#
    after r#"[drivers.trust]
kind = "mind"
actor = "ms"
states = { trusts = "Trusts us", doubts = "Doubts us", elsewhere = "Is not thinking of us" }"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let minds = seen
        .case
        .drivers
        .iter()
        .filter(|d| d.kind == Kind::Mind && d.states.len() < 3);
    let found: Vec<_> = minds
        .map(|d| seen.here(&["drivers", &d.id, "states"]))
        .collect();
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!("{} with fewer than three states", count(n, "mind", "minds")),
            format!("상태가 셋이 안 되는 속마음이 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "add a third reading: what else could make somebody act like this?",
            "셋째 해석을 더하십시오. 달리 무엇이 그렇게 행동하게 할 수 있습니까?",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, marked};

    #[test]
    fn two_states_are_enough_for_what_is_no_mind() {
        let text = super::PAGE.before;
        let found = all(text);
        let found = found.iter().find(|d| d.code == "A0101").unwrap();
        assert_eq!(marked(text, found), "states");
        let text = text.replace("kind = \"mind\"", "kind = \"move\"");
        assert!(all(&text).iter().all(|d| d.code != "A0101"));
    }
}
