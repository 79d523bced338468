//! `E0511`: a quantity or an option whose id means something else in formulas.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0511"
    /// An id that means something else in formulas
    ///
    /// The formula language keeps some words for itself: `if`, `to`, `is`, `max`, `normal`, `horizon` and the like. A quantity of such an id
    /// could never be named, and an option of such an id reads as something that it is not. Another id does it; the name that people see
    /// stays as it is.
    en
    /// 식에서 다른 뜻으로 쓰는 id입니다
    ///
    /// `if`, `to`, `is`, `max`, `normal`, `horizon` 같은 낱말은 식에서 정해진 뜻으로 씁니다. 수량의 id가 이런 낱말이면 부를 길이
    /// 없고, 선택지의 id라면 다른 것으로 읽힙니다. id만 바꾸면 됩니다. 사람들에게 보이는 이름은 그대로 두십시오.
    ko
    before r#"[quantities.max]
name = "The most"
formula = "10 to 20""#
    after r#"[quantities.the_max]
name = "The most"
formula = "10 to 20""#
}

/// The key at `span` is the id `id`.
pub(crate) fn reserved_id(span: Range<usize>, id: &str) -> Diagnostic {
    let bare = span.len() == id.len();
    let found = Diagnostic::new(
        &PAGE,
        format!("`{id}` is a word of the formula language"),
        format!("식에서 쓰는 낱말이라 id가 될 수 없습니다: `{id}`"),
    )
    .at(span.clone())
    .help(
        format!("call it `the_{id}` or `{id}_1`; its name may stay"),
        format!("`the_{id}` 또는 `{id}_1`처럼 부르십시오. 이름은 그대로 두어도 됩니다"),
    );
    match bare {
        true => found.fix(span, format!("the_{id}")),
        false => found,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn it_is_said_at_the_id_of_quantities_and_options_alone() {
        for id in ["if", "max", "lognormal", "as_of", "is"] {
            let text = format!("[quantities.{id}]\nformula = \"1\"");
            assert_eq!(codes(&text), ["E0511"]);
            assert_eq!(marked(&text, &all(&text)[0]), id);
            assert_eq!(codes(&format!("[options.{id}]")), ["E0511"]);
        }
        assert_eq!(codes("[quantities.maximum]\nformula = \"1\""), [""; 0]);
    }
}
