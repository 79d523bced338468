//! `A0105`: scores beyond −3 … 3.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;

page! {
    Advice "A0105"
    /// A score beyond −3 … 3
    ///
    /// The usual scale runs from −3 (strongly hinders) to 3 (strongly favours). One point multiplies the odds by the case's `strength`, so with
    /// the usual 2 a score of 10 makes a state a thousand times likelier, against which no other judgement counts. What is as good as
    /// certain is better said with 3, or with another `strength` for all.
    en
    /// −3과 3 사이를 벗어난 점수가 있습니다
    ///
    /// 보통의 척도는 −3(강하게 막음)부터 3(강하게 도움)까지입니다. 1점은 승산에 사례의 `strength`를 곱하므로, 보통 값인 2라면
    /// 10점은 어떤 상태를 천 배 그럴 만하게 만들어 다른 판단이 모두 힘을 잃습니다. 거의 확실한 것도 3으로 적거나, 전체의
    /// `strength`를 바꾸는 편이 낫습니다.
    ko
    before r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = 10, win = -10 }
because = "Who depends wants out""#
    after r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = 3, win = -3 }
because = "Who depends wants out""#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let mut found = Vec::new();
    for (at, i) in seen.case.impacts.iter().enumerate() {
        for (s, score) in i.scores.iter().enumerate() {
            let (low, high) = score
                .range
                .unwrap_or((score.thousandths, score.thousandths));
            if low < -3000 || high > 3000 {
                let state = &seen.case.driver(i.on).states[s].id;
                found.push((seen.impact_score(at, state), String::new(), String::new()));
            }
        }
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!("{} beyond −3 … 3", count(n, "score", "scores")),
            format!("−3과 3 사이를 벗어난 점수가 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "3 means: strongly favours; `strength` says how much a point is worth",
            "3은 강하게 돕는다는 뜻입니다. 1점의 크기는 `strength`로 정합니다",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn the_numbers_are_marked_ends_of_ranges_too() {
        let text = super::PAGE.before;
        let found = all(text);
        assert_eq!(
            (
                found[0].code,
                found[0].labels.len(),
                marked(text, &found[0])
            ),
            ("A0105", 2, "10")
        );
        assert!(codes(&text.replace("10, win = -10", "\"2 to 4\", win = -3")).contains(&"A0105"));
        assert!(
            !codes(&text.replace("10, win = -10", "\"2 to 3\", win = -2.5")).contains(&"A0105")
        );
    }
}
