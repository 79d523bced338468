//! `A0103`: judgement rows that do not sum to zero.

use crate::Diagnostic;
use crate::advice::{Seen, points};
use crate::diagnostic::page;

page! {
    Advice "A0103"
    /// Judgement rows that do not sum to zero
    ///
    /// By the custom of cross-impact studies the scores that one state gives to the states of a driver sum to zero: what favours one state
    /// hinders its rivals. Only differences count, so nothing is wrong with other sums; but a row of pluses alone is
    /// often a judgement that was thought through for one state only, and rows are easier to compare when they balance.
    en
    /// 합이 0이 아닌 판단 줄이 있습니다
    ///
    /// 교차영향 연구의 관례로는 한 상태가 어떤 변수의 상태들에 주는 점수의 합이 0입니다. 한 상태를 돕는 것은 경쟁하는 상태를
    /// 막기 때문입니다. 차이만이 셈에 들어가므로 합이 0이 아니어도 틀린 것은 아닙니다. 다만 더하기만 있는 줄은 한 상태에
    /// 대해서만 생각한 판단일 때가 많고, 합이 맞는 줄끼리는 견주기도 쉽습니다.
    ko
    before r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = 2 }
because = "Who depends wants out""#
    after r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = 2, mission = -1, win = -1 }
because = "Who depends wants out""#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let mut found = Vec::new();
    for (at, i) in seen.case.impacts.iter().enumerate() {
        let sum: i64 = i.scores.iter().map(|s| i64::from(s.thousandths)).sum();
        if sum != 0 {
            let sum = points(sum);
            found.push((
                seen.impact(at, "score"),
                format!("the sum is {sum}"),
                format!("합이 {sum}입니다"),
            ));
        }
    }
    let (n, all) = (found.len(), seen.case.impacts.len());
    seen.many(found, &PAGE, || {
        (
            format!("{n} of {all} judgement rows do not sum to zero"),
            format!("판단 {all}줄 가운데 {n}줄의 합이 0이 아닙니다"),
        )
    })
    .map(|d| {
        d.help(
            "what favours one state mostly hinders its rivals: give them their minus",
            "한 상태를 돕는 것은 대개 경쟁하는 상태를 막습니다. 그쪽에 빼기를 주십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::all;

    #[test]
    fn two_hundred_rows_are_one_piece_of_advice() {
        let mut text = "[drivers.many]\nstates = { ".to_owned();
        text.push_str(
            &(0..200)
                .map(|n| format!("s{n} = \"x\""))
                .collect::<Vec<_>>()
                .join(", "),
        );
        text.push_str(" }\n");
        for n in 0..200 {
            text.push_str(&format!("[[impacts]]\nfrom = \"many.s{n}\"\non = \"money\"\nscore = {{ ms = 1 }}\nbecause = \"x\"\n"));
        }
        let found: Vec<_> = all(&text)
            .into_iter()
            .filter(|d| d.code == "A0103")
            .collect();
        assert_eq!(found.len(), 1);
        assert!(found[0].title.en.starts_with("200 of 200"));
        assert!(found[0].labels.len() <= crate::MOST_LABELS);
    }
}
