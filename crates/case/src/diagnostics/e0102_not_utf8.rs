//! `E0102`: bytes that are not text.

use crate::Diagnostic;
use crate::diagnostic::page;

page! {
    Error "E0102"
    /// The file is not UTF-8
    ///
    /// A case is plain text in UTF-8, so that it reads the same everywhere. Old Korean editors write CP949
    /// (EUC-KR), some programs write UTF-16: open the file there and save it again with the encoding UTF-8.
    /// A word processor's or a spreadsheet's file is no text at all.
    en
    /// 파일이 UTF-8이 아닙니다
    ///
    /// 사례는 UTF-8로 쓴 글이어야 어디서나 똑같이 읽힙니다. 오래된 한글 편집기는 CP949(EUC-KR)로, 어떤 프로그램은
    /// UTF-16으로 저장합니다. 그 프로그램에서 열어 인코딩을 UTF-8로 바꾸어 다시 저장하십시오. 문서 편집기나
    /// 표 계산 프로그램의 파일은 글 파일이 아닙니다.
    ko
}

/// The first bad byte stands at `byte` (from 0), in `line` (from 1).
pub(crate) fn not_utf8(byte: usize, line: usize, wide: bool) -> Diagnostic {
    let found = Diagnostic::new(
        &PAGE,
        format!("the file is not UTF-8 (line {line}, byte {byte})"),
        format!("파일이 UTF-8이 아닙니다({line}번째 줄, {byte}번째 바이트)"),
    );
    if wide {
        found.help(
            "it looks like UTF-16: save it again as UTF-8",
            "UTF-16으로 보입니다. UTF-8로 다시 저장하십시오",
        )
    } else {
        found.help(
            "save it again with the encoding UTF-8 (an old Korean file is often CP949)",
            "인코딩을 UTF-8로 바꾸어 다시 저장하십시오(오래된 한글 파일은 흔히 CP949입니다)",
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all_of, codes_of};

    #[test]
    fn the_line_of_the_first_bad_byte_is_named() {
        let found = all_of(b"sinario = 1\ntitle = \"\xb0\xa1\"");
        assert_eq!(found[0].title.en, "the file is not UTF-8 (line 2, byte 21)");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn utf_16_is_recognised() {
        assert!(
            all_of(b"\xff\xfes\0")[0]
                .help
                .as_ref()
                .unwrap()
                .en
                .contains("UTF-16")
        );
        assert_eq!(
            codes_of("\u{feff}".as_bytes())
                .iter()
                .filter(|c| **c == "E0102")
                .count(),
            0
        );
    }
}
