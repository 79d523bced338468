//! `A0205`: an act that every mind would have done alike.

use crate::advice::{Seen, count};
use crate::diagnostic::page;
use crate::{Act, Diagnostic};

page! {
    Advice "A0205"
    /// An act that every mind would have done alike
    ///
    /// An act is read by what it was worth, against its alternatives, to actors of different minds. If the differences between the alternatives are the same for every
    /// mind (all equal, above all), the act is equally likely for all of them and tells nothing. Ask for whom the chosen one was worth less.
    en
    /// 속마음이 어떻든 똑같이 했을 행동입니다
    ///
    /// 행동은 그것이 다른 대안에 견주어 속마음마다 얼마나 값어치가 있었는지를 통해 읽습니다. 대안들 사이의 차이가 모든 속마음에서
    /// 같다면(모두 같은 값이라면 더욱) 그 행동은 누구에게나 똑같이 그럴 만하고 아무것도 말해 주지 않습니다. 고른 일의 값어치가
    /// 누구에게는 덜했을지 물어보십시오.
    ko
    before r#"[facts.exclusive]
text = "MS asked for exclusivity"
source = "https://example.org"
[facts.exclusive.act]
actor = "ms"
chose = "exclusive"
among = ["exclusive", "plain"]
worth = { motive = { mission = { exclusive = 3, plain = 1 }, escape = { exclusive = 5, plain = 3 }, win = { exclusive = 2, plain = 0 } } }"#
    after r#"[facts.exclusive]
text = "MS asked for exclusivity"
source = "https://example.org"
[facts.exclusive.act]
actor = "ms"
chose = "exclusive"
among = ["exclusive", "plain"]
worth = { motive = { mission = { exclusive = 1, plain = 3 }, escape = { exclusive = 5, plain = 3 }, win = { exclusive = 2, plain = 0 } } }"#
}

/// Whether the differences between alternatives are the same for every mind.
fn alike(act: &Act) -> bool {
    act.worth.iter().all(|w| {
        let first = &w.table[0];
        w.table.iter().all(|row| {
            let ranged = row.iter().chain(first).any(|v| v.range.is_some());
            let off = row[0].value - first[0].value;
            !ranged
                && row
                    .iter()
                    .zip(first)
                    .all(|(a, b)| (a.value - b.value - off).abs() < 1e-9)
        })
    })
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let mut found = Vec::new();
    for f in &seen.case.facts {
        if f.act.as_ref().is_some_and(alike) {
            found.push(seen.here(&["facts", &f.id, "act", "worth"]));
        }
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} nothing: every mind would have done alike",
                count(n, "act tells", "acts tell")
            ),
            format!("속마음이 어떻든 똑같이 했을, 아무것도 말해 주지 않는 행동이 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "for which mind was the chosen alternative worth less?",
            "고른 일의 값어치가 어느 속마음에는 덜했겠습니까?",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn equal_worths_tell_nothing_and_ranges_may() {
        let text = super::PAGE.before;
        let equal = text
            .replace("exclusive = 3, plain = 1", "exclusive = 1, plain = 1")
            .replace("exclusive = 5", "exclusive = 3")
            .replace("exclusive = 2", "exclusive = 0");
        assert!(codes(&equal).contains(&"A0205"));
        assert!(
            !codes(&text.replace("exclusive = 3", "exclusive = \"2 to 4\"")).contains(&"A0205")
        );
    }
}
