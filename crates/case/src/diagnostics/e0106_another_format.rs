//! `E0106`: a format that this program does not read.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0106"
    /// A format that this program does not read
    ///
    /// `sinario = 1` says in which format the file is written, so that a later program still reads it as it was
    /// meant. This program reads format 1. A file with another number needs another version of the program.
    en
    /// 이 프로그램이 읽지 못하는 형식입니다
    ///
    /// `sinario = 1`은 파일이 어느 형식으로 쓰였는지를 밝혀, 나중의 프로그램도 뜻한 대로 읽게 합니다. 이 프로그램은
    /// 형식 1을 읽습니다. 다른 숫자가 적힌 파일에는 다른 판의 프로그램이 필요합니다.
    ko
    before r#"sinario = 2"#
    after r#"sinario = 1"#
}

/// The file names another format at `span`.
pub(crate) fn another_format(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "this program reads format 1",
        "이 프로그램은 형식 1을 읽습니다",
    )
    .at(span.clone())
    .help("write `sinario = 1`", "`sinario = 1`이라고 쓰십시오")
    .fix(span, "1")
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn only_1_is_read() {
        assert_eq!(codes("sinario = 0"), ["E0106"]);
        assert_eq!(codes("sinario = -1"), ["E0106"]);
        assert_eq!(codes("sinario = \"1\""), ["E0401"]);
        assert!(codes("sinario = 0x1").is_empty());
    }
}
