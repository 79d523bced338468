//! `E0105`: a key or table that stands twice.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0105"
    /// The same key stands twice
    ///
    /// In one table a key may stand once. Of two values the program would have to choose one, silently; instead it asks
    /// you. The same holds for a `[header]` written twice, and for two ids that are alike.
    en
    /// 같은 키가 두 번 나옵니다
    ///
    /// 한 표에서 키는 한 번만 쓸 수 있습니다. 값이 둘이면 프로그램이 말없이 하나를 골라야 하므로, 그 대신
    /// 여쭙니다. 같은 `[머리]`를 두 번 쓰거나 같은 id를 두 번 쓴 때도 마찬가지입니다.
    ko
    before r#"strength = 2.0
strength = 3.0"#
    after r#"strength = 3.0"#
}

/// `key` stands at `span` again.
pub(crate) fn key_twice(span: Range<usize>, key: &str) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("`{key}` stands here a second time"),
        format!("같은 키가 두 번 나옵니다: `{key}`"),
    )
    .at(span)
    .help(
        "keep one of the two, or give the second another id",
        "둘 중 하나만 남기거나, 두 번째 것에 다른 id를 주십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all_of, codes_of};

    #[test]
    fn what_else_is_wrong_is_still_said() {
        let text = "sinario = 1\ntitle = \"x\"\ntitle = \"y\"\n[drivers.a]\nstates = { b = \"B\" }";
        assert_eq!(codes_of(text.as_bytes()), ["E0105", "E0405"]);
        let found = all_of(text.as_bytes());
        assert_eq!(&text[found[0].labels[0].span.clone()], "title");
    }

    #[test]
    fn a_header_written_twice_is_one() {
        let text = "sinario = 1\ntitle = \"x\"\n[drivers.a]\nask = \"?\"\n[drivers.a]\nstates = { b = \"B\", c = \"C\" }";
        assert_eq!(codes_of(text.as_bytes()), ["E0105"]);
    }
}
