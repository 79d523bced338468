//! `E0503`: `is` behind a quantity.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0503"
    /// `is` behind a quantity
    ///
    /// `money is ms` asks whether a driver is in a state, and is 1 or 0. A quantity has no states: numbers are compared, with
    /// `==`, `<` and the like.
    en
    /// 수량 뒤에 `is`가 있습니다
    ///
    /// `money is ms`는 변수가 그 상태인지 묻고, 값은 1 아니면 0입니다. 수량에는 상태가 없습니다. 수는 `==`, `<` 같은 것으로
    /// 견줍니다.
    ko
    before r#"[quantities.cash]
formula = "5조 to 14조"
[quantities.half]
formula = "if cash is ms then 1 else 2""#
    after r#"[quantities.cash]
formula = "5조 to 14조"
[quantities.half]
formula = "if money is ms then 1 else 2""#
}

/// The quantity `name` at `span` stands before `is` and `state`, which is a state of the driver `owner` alone, if it is any's.
pub(crate) fn test_of_a_quantity(
    span: Range<usize>,
    name: &str,
    state: &str,
    owner: Option<&str>,
) -> Diagnostic {
    let found = Diagnostic::new(
        &PAGE,
        format!("`{name}` is a quantity and has no states"),
        format!("상태가 없는 수량입니다: `{name}`"),
    )
    .at(span.clone());
    match owner {
        Some(owner) => found
            .help(
                format!("did you mean `{owner} is {state}`?"),
                format!("혹시 `{owner} is {state}` 아닙니까?"),
            )
            .fix(span, owner),
        None => found.help(
            format!("numbers are compared: `{name} == …`, `{name} < …`"),
            format!("수는 `{name} == …`, `{name} < …`처럼 견줍니다"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn the_driver_that_has_the_state_is_offered() {
        let of = |state: &str| {
            format!(
                "[quantities.cash]\nformula = \"1\"\n[quantities.half]\nformula = \"cash is not {state}\""
            )
        };
        let text = of("escape");
        let found = all(&text);
        assert_eq!(marked(&text, &found[0]), "cash");
        assert_eq!(found[0].fix.as_ref().unwrap().with, "motive");
        assert_eq!(codes(&of("nothing")), ["E0503"]);
        assert!(all(&of("nothing"))[0].fix.is_none());
    }
}
