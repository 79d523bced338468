//! `A0601`: an interval that begins at 0.

use crate::Diagnostic;
use crate::advice::Seen;
use crate::diagnostic::page;
use crate::formula::{Distribution, ExprKind, constant};

page! {
    Advice "A0601"
    /// An interval that begins at 0
    ///
    /// `a to b` is a 90 % interval: 5 of 100 cases lie below a. Where both ends are above 0 it is read as lognormal, which stays above 0, else as
    /// normal. So `0 to 10` lies below 0 in 5 of 100 cases. Where nothing can lie there, give the low end as a small
    /// number (`0.5 to 10`), or cut the rest off: `truncate(0 to 10, 0, 20)`.
    en
    /// 0에서 시작하는 구간입니다
    ///
    /// `a to b`는 90 % 구간이어서 100번에 5번은 a보다 작습니다. 두 끝이 모두 0보다 크면 0 아래로 가지 않는 로그정규분포로,
    /// 아니면 정규분포로 읽습니다. 그래서 `0 to 10`은 100번에 5번 0보다 작습니다. 그럴 수 없는 수라면 낮은 끝을 작은 수로
    /// 적거나(`0.5 to 10`) 나머지를 잘라 내십시오: `truncate(0 to 10, 0, 20)`.
    ko
    before r#"[quantities.cash]
formula = "0 to 10""#
    after r#"[quantities.cash]
formula = "0.5 to 10""#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let mut found = Vec::new();
    for (at, f) in seen.formulas() {
        // What is cut off at 0 was thought of.
        let mut cut = Vec::new();
        f.root.walk(&mut |e| {
            if let ExprKind::Draw(Distribution::Truncate(_, low, _)) = &e.kind
                && constant(low).is_some_and(|low| low >= 0.0)
            {
                cut.push(e.span.clone());
            }
        });
        f.root.walk(&mut |e| {
            if let ExprKind::Draw(Distribution::To(low, _)) = &e.kind
                && constant(low) == Some(0.0)
                && !cut.iter().any(|c| c.contains(&e.span.start))
            {
                found.push((
                    seen.in_formula(at, e.span.clone()),
                    String::new(),
                    String::new(),
                ));
            }
        });
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            "an interval that begins at 0 lies below 0 in 5 of 100 cases".to_owned(),
            match n {
                1 => "0에서 시작하는 구간은 100번에 5번 0보다 작습니다".to_owned(),
                n => format!("0에서 시작하는 구간 {n}개는 100번에 5번 0보다 작습니다"),
            },
        )
    })
    .map(|d| {
        d.help(
            "where nothing can lie below 0, write a small low end, `0.5 to 10`, or cut: `truncate(0 to 10, 0, 20)`",
            "0보다 작을 수 없다면 낮은 끝을 작은 수로 적거나(`0.5 to 10`) 잘라 내십시오: `truncate(0 to 10, 0, 20)`",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn only_what_begins_at_zero_and_is_not_cut() {
        let of = |formula: &str| format!("[quantities.x]\nformula = \"{formula}\"");
        let text = of("5 + (0 to 10)");
        assert_eq!(marked(&text, &all(&text)[0]), "0 to 10");
        assert_eq!(codes(&text), ["A0601"]);
        for formula in [
            "-1 to 10",
            "0.1 to 10",
            "truncate(0 to 10, 0, 20)",
            "-5 to 0",
        ] {
            assert_eq!(codes(&of(formula)), [""; 0], "{formula}");
        }
    }
}
