//! `E0101`: more bytes than a case may have.

use crate::Diagnostic;
use crate::diagnostic::page;

page! {
    Error "E0101"
    /// The file is too large
    ///
    /// A case may have 8 MiB, some hundred thousand judgements. A larger file is not read at all: whatever
    /// it holds, it is not one study that people could check. Perhaps it is another file than you meant;
    /// otherwise split the study, or move long prose out of it.
    en
    /// 파일이 너무 큽니다
    ///
    /// 사례 파일은 8 MiB까지입니다. 판단 십만 개가 들어가는 크기입니다. 더 큰 파일은 아예 읽지 않습니다.
    /// 사람이 확인할 수 있는 연구 하나라고 볼 수 없기 때문입니다. 다른 파일을 고르지 않았는지 살펴보고,
    /// 아니라면 연구를 나누거나 긴 글을 밖으로 옮기십시오.
    ko
}

/// At least `bytes` were found.
pub(crate) fn too_large(limit: usize) -> Diagnostic {
    let limit = limit >> 20;
    Diagnostic::new(
        &PAGE,
        format!("the file is larger than {limit} MiB, the most a case may have"),
        format!("파일이 사례의 한도인 {limit} MiB보다 큽니다"),
    )
}

#[cfg(test)]
mod tests {
    use crate::LARGEST;
    use crate::diagnostics::testing::codes_of;

    #[test]
    fn the_limit_is_the_limit() {
        assert_eq!(codes_of(&vec![b'#'; LARGEST + 1]), ["E0101"]);
        assert!(!codes_of(&vec![b'#'; LARGEST]).contains(&"E0101"));
    }
}
