//! `A0107`: a state that is called like a key of its driver.

use crate::advice::{Seen, count};
use crate::diagnostic::page;
use crate::format::{CASE, entry_keys};
use crate::{Case, Diagnostic, Driver, State};

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

/// Whether what the state is called is what the key of its id would hold.
fn could_be(case: &Case, driver: &Driver, state: &State) -> bool {
    let says = |word: &str| state.name.text.by_lang.values().any(|t| t == word);
    match state.id.as_str() {
        "kind" => ["world", "mind", "move"].into_iter().any(says),
        "actor" => case.actors.iter().any(|a| says(&a.id)),
        "today" => driver.states.iter().any(|s| says(&s.id)),
        // Any text can be a name or a question.
        _ => true,
    }
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let keys = crate::format::names(entry_keys(CASE, "drivers"));
    let mut found = Vec::new();
    for d in &seen.case.drivers {
        for s in &d.states {
            // A driver that has the key needs no second one: there the state is meant.
            let has_it = seen.exists(&["drivers", &d.id, &s.id]);
            if has_it || !keys.contains(&s.id.as_str()) || !could_be(seen.case, d, s) {
                continue;
            }
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
    fn only_what_the_key_could_hold_is_a_slip() {
        let states = |above: &str, state: &str| {
            let text = format!(
                "[drivers.money]\n{above}[drivers.money.states]\nms = \"MS\"\nmany = \"Many\"\n{state}"
            );
            all(&text).iter().any(|d| d.code == "A0107")
        };
        for slip in [
            "today = \"many\"",
            "kind = \"move\"",
            "actor = \"ms\"",
            "name = \"Money\"",
            "ask = \"Who?\"",
        ] {
            assert!(states("", slip), "{slip}");
        }
        for meant in [
            "today = \"The old order\"",
            "kind = \"Friendly\"",
            "actor = \"A player\"",
        ] {
            assert!(!states("", meant), "{meant}");
        }
        assert!(!states("name = \"Money\"\n", "name = \"By its name\""));
    }

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
