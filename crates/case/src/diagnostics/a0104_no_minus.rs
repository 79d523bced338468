//! `A0104`: a matrix with hardly any negative score.

use crate::Diagnostic;
use crate::advice::Seen;
use crate::diagnostic::page;

page! {
    Advice "A0104"
    /// Hardly any score is negative
    ///
    /// People find it easier to say what leads to what than what stands in its way, and then everything seems to hold together: with pluses alone nearly
    /// every future that one likes is consistent. Go through the impacts once more and ask of each state what it makes harder.
    en
    /// 음수 점수가 거의 없습니다
    ///
    /// 무엇이 무엇을 낳는지는 쉽게 떠오르지만 무엇이 무엇을 막는지는 잘 떠오르지 않습니다. 그러면 모든 것이 앞뒤가 맞아
    /// 보입니다. 더하기만 있으면 마음에 드는 미래는 거의 다 앞뒤가 맞습니다. 영향을 다시 훑으며 상태마다 무엇을 어렵게
    /// 하는지 물어보십시오.
    ko
    before r#"[drivers.law]
states = { none = "None", some = "Some", much = "Much", full = "Full" }
[[impacts]]
from = "money.ms"
on = "law"
score = { none = 1, some = 2, much = 3, full = 1 }
because = "x"
[[impacts]]
from = "money.many"
on = "law"
score = { none = 3, some = 2, much = 1, full = 2 }
because = "x""#
    after r#"[drivers.law]
states = { none = "None", some = "Some", much = "Much", full = "Full" }
[[impacts]]
from = "money.ms"
on = "law"
score = { none = -1, some = 1, much = 1, full = -1 }
because = "x"
[[impacts]]
from = "money.many"
on = "law"
score = { none = 2, some = 1, much = -1, full = -2 }
because = "x""#
}

/// Fewer scores than this say nothing about a habit.
const ENOUGH: usize = 8;

/// Looks for it: under one score in ten.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let scores = || seen.case.impacts.iter().flat_map(|i| &i.scores);
    let given = scores().filter(|s| s.thousandths != 0).count();
    let minus = scores().filter(|s| s.thousandths < 0).count();
    if given < ENOUGH || minus * 10 >= given {
        return None;
    }
    Some(
        Diagnostic::new(
            &PAGE,
            format!("{minus} of {given} scores are negative: nearly nothing hinders anything here"),
            format!(
                "점수 {given}개 가운데 음수는 {minus}개입니다. 거의 아무것도 서로를 막지 않습니다"
            ),
        )
        .at(seen.here(&["impacts"]).0)
        .help(
            "ask of each state what it makes harder",
            "상태마다 무엇을 어렵게 하는지 물어보십시오",
        ),
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn one_minus_in_ten_is_enough_and_few_scores_say_nothing() {
        assert!(codes(super::PAGE.before).contains(&"A0104"));
        let one = super::PAGE.before.replacen("none = 1", "none = -1", 1);
        assert!(!codes(&one).contains(&"A0104"));
        let few = super::PAGE.before.replacen(", full = 1", "", 1);
        assert!(!codes(&few).contains(&"A0104"));
    }
}
