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
pub(crate) fn not_utf8(byte: usize, line: usize) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("the file is not UTF-8 (line {line}, byte {byte})"),
        format!("파일이 UTF-8이 아닙니다({line}번째 줄, {byte}번째 바이트)"),
    )
    .help(
        "save it again with the encoding UTF-8 (an old Korean file is often CP949)",
        "인코딩을 UTF-8로 바꾸어 다시 저장하십시오(오래된 한글 파일은 흔히 CP949입니다)",
    )
}

/// The file is UTF-16 from its first byte on.
pub(crate) fn wide() -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "the file is UTF-16, not UTF-8",
        "파일이 UTF-8이 아니라 UTF-16입니다",
    )
    .help(
        "open it in your editor and save it again as UTF-8; in Notepad: File, Save as, Encoding: UTF-8",
        "편집기에서 열어 UTF-8로 다시 저장하십시오. 메모장: 파일, 다른 이름으로 저장, 인코딩: UTF-8",
    )
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
    fn utf_16_is_said_plainly() {
        let text = "sinario = 1\ntitle = \"비\"\n";
        let little = text.encode_utf16().flat_map(u16::to_le_bytes);
        let little: Vec<u8> = little.collect();
        let big = text.encode_utf16().flat_map(u16::to_be_bytes);
        let big: Vec<u8> = big.collect();
        for wide in [
            [b"\xff\xfe".as_slice(), &little].concat(),
            [b"\xfe\xff".as_slice(), &big].concat(),
            little,
            big,
        ] {
            let found = all_of(&wide);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].title.ko, "파일이 UTF-8이 아니라 UTF-16입니다");
            assert!(found[0].help.as_ref().unwrap().en.contains("as UTF-8"));
        }
        for other in ["\u{feff}", "\0\0\0\0", "가\0", ""] {
            assert!(!codes_of(other.as_bytes()).contains(&"E0102"), "{other}");
        }
    }
}
