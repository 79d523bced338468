//! `E0411`: a case without drivers.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0411"
    /// A case without drivers
    ///
    /// A case asks something. Without a driver there are no futures to tell apart and nothing to read.
    en
    /// 변수가 없는 사례입니다
    ///
    /// 사례는 무엇인가를 묻습니다. 변수가 없으면 서로 다른 미래도, 읽어 낼 것도 없습니다.
    ko
    before r#"drivers = {}"#
    after r#"drivers = { sky = { states = { dry = "Dry", wet = "Wet" } } }"#
}

/// The section at `span` is empty.
pub(crate) fn no_driver(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "a case needs one driver or more",
        "사례에는 변수가 하나 이상 있어야 합니다",
    )
    .at(span)
    .help(
        "write `[drivers.NAME]` with its `states`",
        "`[drivers.이름]`과 그 `states`를 적으십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes_of;

    #[test]
    fn an_empty_section_is_said_once() {
        assert_eq!(
            codes_of(b"sinario = 1\ntitle = \"x\"\n[drivers]"),
            ["E0411"]
        );
    }
}
