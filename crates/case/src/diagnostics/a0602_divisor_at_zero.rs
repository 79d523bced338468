//! `A0602`: a divisor that can be 0, or come as close to it as one likes.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;
use crate::formula::{Tail, tails};

page! {
    Advice "A0602"
    /// A divisor at 0
    ///
    /// Where a divisor can be 0 itself (`bernoulli`, a test such as `money is ms`, a `when` with 0), the quotient has no value then. Where it
    /// is drawn from a distribution that lies on both sides of 0, or comes dense up to it, the quotient has no mean: now and then
    /// the divisor is so small that all other draws count for nothing. Quantiles can still be told. An interval with both ends above
    /// 0 is safe: it is read as lognormal.
    en
    /// 나누는 수가 0일 수 있습니다
    ///
    /// 나누는 수가 0 자체일 수 있으면(`bernoulli`, `money is ms` 같은 물음, 0이 든 `when`) 그때는 나눈 값이 없습니다. 0의 양쪽에
    /// 걸치거나 0에 빽빽이 다가가는 분포에서 뽑는다면 나눈 값에 평균이 없습니다. 이따금 나누는 수가 아주 작아서 다른 추첨을
    /// 모두 합친 것보다 커지기 때문입니다. 분위수는 말할 수 있습니다. 두 끝이 모두 0보다 큰 구간은 로그정규분포로 읽으므로
    /// 괜찮습니다.
    ko
    before r#"[quantities.cash]
formula = "5 / (-1 to 3)""#
    after r#"[quantities.cash]
formula = "5 / (1 to 3)""#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let mut found = Vec::new();
    for f in tails(seen.case).found {
        let (en, ko) = match f.what {
            Tail::Undefined => (
                "can be 0: then there is no value",
                "0일 수 있고, 그때는 값이 없습니다",
            ),
            Tail::NoMean => (
                "lies around 0: the mean is endless",
                "0 둘레에 놓여 평균이 없습니다",
            ),
            Tail::Grows => continue,
        };
        let span = seen.in_formula((f.owner, f.part), f.span);
        found.push((span, en.to_owned(), ko.to_owned()));
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!("{} 0", count(n, "divisor can be at", "divisors can be at")),
            format!("0이거나 0에 한없이 가까울 수 있는 나누는 수가 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "keep the divisor above 0, by an interval of two positive ends or `truncate`, or ask first: `if a > 0 then b / a else 0`",
            "두 끝이 양수인 구간이나 `truncate`로 0보다 크게 두거나, `if a > 0 then b / a else 0`처럼 먼저 물으십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    fn piece(formula: &str) -> String {
        format!(
            "[quantities]\na.formula = \"normal(0, 1)\"\nb.formula = \"1 to 2\"\nc.formula = \"3\"\nc.when = {{ \"money.ms\" = \"0\" }}\nx.formula = \"{formula}\""
        )
    }

    #[test]
    fn which_of_both_it_is_is_said_at_the_divisor() {
        for (formula, mark, en) in [
            ("2 / a", "a", "lies around 0: the mean is endless"),
            (
                "b / (b - (1 to 3))",
                "b - (1 to 3)",
                "lies around 0: the mean is endless",
            ),
            ("2 / c", "c", "can be 0: then there is no value"),
            (
                "2 / (money is ms)",
                "money is ms",
                "can be 0: then there is no value",
            ),
            (
                "2 / bernoulli(0.5)",
                "bernoulli(0.5)",
                "can be 0: then there is no value",
            ),
            (
                "2 / max(0, a)",
                "max(0, a)",
                "can be 0: then there is no value",
            ),
        ] {
            let text = piece(formula);
            let found = all(&text);
            assert_eq!(codes(&text), ["A0602"], "{formula}");
            assert_eq!(
                (
                    marked(&text, &found[0]),
                    found[0].labels[0].text.en.as_str()
                ),
                (mark, en)
            );
        }
    }

    #[test]
    fn what_stays_away_or_was_asked_for_is_fine() {
        for formula in [
            "2 / b",
            "a / b",
            "if a > 0 then 2 / a else 0",
            "if c == 0 then 0 else 2 / c",
            "2 / (b + 1)",
            "2 / truncate(normal(0, 1), 0.1, 5)",
            "2 / (1 + (money is ms))",
            "2 / beta(2, 3)",
            "b / (b + a ^ 2)",
        ] {
            assert_eq!(codes(&piece(formula)), [""; 0], "{formula}");
        }
    }
}
