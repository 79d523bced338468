//! `E0401`: a value of another kind than expected.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;
use toml::de::DeValue;

page! {
    Error "E0401"
    /// A value of the wrong kind
    ///
    /// Text stands in quotes, numbers and `true` do not, lists stand in square brackets, tables in braces or under a `[header]`. The
    /// message says what is expected at this place and what was found.
    en
    /// 값의 종류가 다릅니다
    ///
    /// 글은 따옴표로 둘러싸고, 수와 `true`는 그대로 쓰며, 목록은 대괄호로, 표는 중괄호나 `[머리]` 아래에 적습니다. 여기에
    /// 무엇이 와야 하고 무엇이 있는지 알려 드립니다.
    ko
    before r#"[drivers.money]
states = { ms = "MS", many = "Many" }
ordered = "yes""#
    after r#"[drivers.money]
states = { ms = "MS", many = "Many" }
ordered = true"#
}

/// What the kind of a value is called.
fn kind(value: &DeValue) -> (&'static str, &'static str) {
    match value {
        DeValue::String(_) => ("text", "글입니다"),
        DeValue::Float(f) if f.as_str().contains("inf") => ("`inf`", "`inf`입니다"),
        DeValue::Float(f) if f.as_str().contains("nan") => ("`nan`", "`nan`입니다"),
        DeValue::Integer(_) | DeValue::Float(_) => ("a number", "수입니다"),
        DeValue::Boolean(_) => ("true or false", "참거짓입니다"),
        DeValue::Datetime(_) => ("a date", "날짜입니다"),
        DeValue::Array(_) => ("a list", "목록입니다"),
        DeValue::Table(_) => ("a table", "표입니다"),
    }
}

/// `value` at `span` should be what `en` and `ko` say.
pub(crate) fn wrong_type(span: Range<usize>, value: &DeValue, en: &str, ko: &str) -> Diagnostic {
    let (is_en, is_ko) = kind(value);
    Diagnostic::new(
        &PAGE,
        format!("expected {en}, found {is_en}"),
        format!("있어야 할 것: {ko}. 지금 있는 것은 {is_ko}"),
    )
    .at(span)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes};

    #[test]
    fn what_is_expected_and_what_is_there_are_said() {
        let found = all("title = 3");
        assert_eq!(
            found[0].title.en,
            "expected text in quotes or by language, found a number"
        );
        for (wrong, there) in [("inf", "`inf`"), ("-inf", "`inf`"), ("nan", "`nan`")] {
            let found = all(&format!("strength = {wrong}"));
            let title = format!("expected a finite number, found {there}");
            assert_eq!((found.len(), &found[0].title.en), (1, &title));
        }
        assert_eq!(codes("strength = \"2\""), ["E0401"]);
        assert_eq!(codes("lang = \"fr\""), ["E0202"]);
    }
}
