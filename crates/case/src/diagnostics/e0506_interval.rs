//! `E0506`: an interval whose ends are upside down or the same.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0506"
    /// An interval in a formula without a lower and a higher end
    ///
    /// `5 to 10` is a 90 % interval: in 5 of 100 cases the number is below 5, in 5 above 10. So the smaller end comes first, and
    /// the two differ. What is known exactly is a number without `to`. The same holds for the ends of `uniform`,
    /// `triangular`, `pert` and `truncate`.
    en
    /// 식에 있는 구간의 양 끝이 맞지 않습니다
    ///
    /// `5 to 10`은 90 % 구간입니다. 100번에 5번은 5보다 작고, 5번은 10보다 큽니다. 그래서 작은 끝을 먼저 적고, 두 끝은
    /// 달라야 합니다. 정확히 아는 것은 `to` 없이 수로 적으십시오. `uniform`, `triangular`, `pert`, `truncate`의 끝도 마찬가지입니다.
    ko
    before r#"[quantities.cash]
formula = "14조 to 5조""#
    after r#"[quantities.cash]
formula = "5조 to 14조""#
}

/// The ends of `name` at `span`, as they are written, are the `same` or upside down.
pub(crate) fn interval(
    span: Range<usize>,
    name: &str,
    (low, high): (&str, &str),
    same: bool,
) -> Diagnostic {
    let (en, ko) = match same {
        true => (
            "both ends of the interval are the same",
            "구간의 두 끝이 같습니다",
        ),
        false => (
            "the interval is upside down: its low end is above its high end",
            "구간이 거꾸로입니다. 낮은 끝이 높은 끝보다 큽니다",
        ),
    };
    let found = Diagnostic::new(&PAGE, en, ko).at(span.clone());
    match (name, same) {
        ("to", false) => {
            let with = format!("{high} to {low}");
            found
                .help(
                    format!("write the smaller number first: `{with}`"),
                    format!("작은 수를 먼저 쓰십시오: `{with}`"),
                )
                .fix(span, with)
        }
        ("to", true) => found
            .help(
                format!("what is known exactly is a number: `{low}`"),
                format!("정확히 안다면 수로 적으십시오: `{low}`"),
            )
            .fix(span, low),
        (_, false) => found.help(
            format!("`{name}` takes its low end first"),
            format!("`{name}`에는 작은 끝을 먼저 적습니다"),
        ),
        (_, true) => found.help(
            "widen it, or write the number alone",
            "넓히거나 수 하나로 적으십시오",
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn ends_that_are_known_are_held_against_each_other() {
        let of = |formula: &str| format!("[quantities.x]\nformula = \"{formula}\"");
        for (formula, mark, fix) in [
            ("1 + (10 to 5)", "10 to 5", Some("5 to 10")),
            ("2 * 3 to 1 + 1", "2 * 3 to 1 + 1", Some("1 + 1 to 2 * 3")),
            ("-1 to -3", "-1 to -3", Some("-3 to -1")),
            ("3만 to 3만", "3만 to 3만", Some("3만")),
            ("uniform(2, 1)", "uniform(2, 1)", None),
            ("triangular(3, 2, 1)", "triangular(3, 2, 1)", None),
            ("pert(1, 1, 1)", "pert(1, 1, 1)", None),
            ("truncate(1 to 2, 2, 1)", "truncate(1 to 2, 2, 1)", None),
            ("mixture(2 to 1, 5; 1, 1)", "2 to 1", Some("1 to 2")),
        ] {
            let text = of(formula);
            let found = all(&text);
            assert_eq!(codes(&text), ["E0506"], "{formula}");
            assert_eq!(marked(&text, &found[0]), mark);
            assert_eq!(found[0].fix.as_ref().map(|f| f.with.as_str()), fix);
        }
        let text = "[quantities.y]\nformula = 3\n[quantities.x]\nformula = \"y to 1\"";
        assert_eq!(codes(text), [""; 0]);
    }
}
