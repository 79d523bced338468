//! `A0304`: a horizon before `as_of`.

use crate::Diagnostic;
use crate::advice::Seen;
use crate::diagnostic::page;

page! {
    Advice "A0304"
    /// A horizon before `as_of`
    ///
    /// `horizon` is the day that "then" means. A day that does not lie after `as_of` leaves nothing to foresee: one of the two is
    /// probably mistyped.
    en
    /// 기준일보다 뒤가 아닌 `horizon`입니다
    ///
    /// `horizon`은 '그때'가 뜻하는 날입니다. 기준일보다 뒤가 아니면 내다볼 것이 없습니다. 둘 중 하나를 잘못 쳤을 것입니다.
    ko
    before r#"as_of = 2024-04-04
horizon = 2023-12-31"#
    after r#"as_of = 2024-04-04
horizon = 2026-12-31"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let (as_of, horizon) = (seen.case.as_of?, seen.case.horizon?);
    (horizon <= as_of).then(|| {
        Diagnostic::new(
            &PAGE,
            format!("the horizon does not lie after as_of ({as_of})"),
            format!("`horizon`이 기준일({as_of})보다 뒤가 아닙니다"),
        )
        .at(seen.there(&["horizon"]).0)
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, marked};

    #[test]
    fn the_day_is_marked() {
        let text = super::PAGE.before;
        assert_eq!(marked(text, &all(text)[0]), "2023-12-31");
    }
}
