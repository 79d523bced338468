//! `A0107`: a state that is called like a key of its driver.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;
use crate::format::{CASE, entry_keys};

page! {
    Advice "A0107"
    /// A state that is called like a key
    ///
    /// A key that is written below `[drivers.money.states]` becomes a state: a `today` there declares a state called `today`, and the driver has no
    /// `today`. If it was meant as a key, move it above that header; if it is a state, another id makes the file easier to read.
    en
    /// 키와 이름이 같은 상태입니다
    ///
    /// `[drivers.money.states]` 아래에 쓴 키는 상태가 됩니다. 거기에 `today`를 쓰면 `today`라는 상태가 선언되고, 변수에는 `today`가
    /// 없는 셈입니다. 키로 쓴 것이면 그 머리보다 위로 옮기고, 상태라면 다른 id를 쓰는 편이 읽기 쉽습니다.
    ko
    before r#"[drivers.money]
[drivers.money.states]
ms = "MS alone"
many = "Many"
today = "ms""#
    after r#"[drivers.money]
today = "ms"
[drivers.money.states]
ms = "MS alone"
many = "Many""#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let keys = crate::format::names(entry_keys(CASE, "drivers"));
    let mut found = Vec::new();
    for d in &seen.case.drivers {
        for s in d.states.iter().filter(|s| keys.contains(&s.id.as_str())) {
            found.push(seen.here(&["drivers", &d.id, "states", &s.id]));
        }
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} called like a key of a driver",
                count(n, "state is", "states are")
            ),
            format!("변수의 키와 이름이 같은 상태가 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "if it was meant as a key, move it above the `[header]` of the states",
            "키로 쓴 것이면 상태의 `[머리]`보다 위로 옮기십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, marked};

    #[test]
    fn the_state_is_marked() {
        let text = super::PAGE.before;
        let found = all(text);
        assert_eq!(
            marked(text, found.iter().find(|d| d.code == "A0107").unwrap()),
            "today"
        );
    }
}
