//! `A0603`: a part of a formula whose mean is endless.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;
use crate::formula::{Tail, tails};

page! {
    Advice "A0603"
    /// A mean that is endless
    ///
    /// `exp` of a normal number is lognormal and has a mean; `exp` of a lognormal one has none: rare draws are so large that the average
    /// of a million draws is still decided by the last few. So it is with negative powers of what lies around 0. Nothing that rests on
    /// an average can be told then, no expected value of an option above all; medians and quantiles can.
    en
    /// 평균이 없습니다
    ///
    /// 정규분포 수의 `exp`는 로그정규분포이고 평균이 있습니다. 로그정규분포 수의 `exp`에는 평균이 없습니다. 드물게 나오는 값이
    /// 너무 커서, 백만 번을 뽑아도 마지막 몇 번이 평균을 정합니다. 0 둘레에 놓인 수의 음수 거듭제곱도 그렇습니다. 그때는
    /// 평균에 기대는 것, 무엇보다 선택지의 기댓값을 말할 수 없습니다. 중앙값과 분위수는 말할 수 있습니다.
    ko
    before r#"[quantities.growth]
formula = "exp(1 to 3)""#
    after r#"[quantities.growth]
formula = "exp(normal(2, 0.6))""#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let all = tails(seen.case).found;
    let grows = all.into_iter().filter(|f| f.what == Tail::Grows);
    let found: Vec<_> = grows
        .map(|f| {
            let span = seen.in_formula((f.owner, f.part), f.span);
            (span, String::new(), String::new())
        })
        .collect();
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!("{} an endless mean", count(n, "part has", "parts have")),
            format!("평균이 없는 부분이 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "take `exp` of a normal number, or bound what stands in it with `truncate`",
            "정규분포 수에 `exp`를 쓰거나, 그 안을 `truncate`로 묶으십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn it_is_said_where_it_begins_and_nowhere_else() {
        let of = |formula: &str| {
            format!(
                "[quantities]\na.formula = \"1 to 3\"\nx.formula = \"{formula}\"\ny.formula = \"x + 1\""
            )
        };
        let text = of("2 + exp(a) * exp(exp(a))");
        let found = all(&text);
        assert_eq!(
            (found.len(), found[0].labels.len(), found[0].code),
            (1, 2, "A0603")
        );
        assert_eq!(marked(&text, &found[0]), "exp(a)");
        assert_eq!(codes(&of("exp(normal(0, 1)) + exp(-a)")), [""; 0]);
        assert_eq!(codes(&of("normal(0, 1) ^ -1")), ["A0603"]);
    }
}
