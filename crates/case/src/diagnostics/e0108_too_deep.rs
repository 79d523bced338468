//! `E0108`: lists and tables within each other without end.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0108"
    /// Lists or tables lie too deeply within each other
    ///
    /// A case is flat: nothing in it lies more than a handful of tables deep. At eighty the reader stops, so that no file can
    /// exhaust it. Probably a bracket was typed too often, or the file is not a case.
    en
    /// 목록이나 표가 너무 깊이 겹쳐 있습니다
    ///
    /// 사례는 납작합니다. 표가 몇 겹 넘게 겹칠 일이 없습니다. 어떤 파일도 프로그램을 지치게 하지 못하도록 여든 겹에서 읽기를
    /// 멈춥니다. 괄호를 여러 번 잘못 쳤거나, 사례가 아닌 파일일 것입니다.
    ko
}

/// The reader stopped at `span`.
pub(crate) fn too_deep(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "lists or tables lie more than eighty deep within each other",
        "목록이나 표가 여든 겹 넘게 겹쳐 있습니다",
    )
    .at(span)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes_of;

    #[test]
    fn no_depth_breaks_the_reader() {
        for open in ["[", "{a=", "[{a="] {
            let text = format!("a = {}", open.repeat(100_000));
            assert!(codes_of(text.as_bytes()).contains(&"E0108"), "{open}");
        }
        for dotted in [
            vec!["a"; 100_000].join(".") + " = 1",
            format!("[{}]", vec!["a"; 100_000].join(".")),
        ] {
            assert_eq!(codes_of(dotted.as_bytes()), ["E0108"]);
        }
    }
}
