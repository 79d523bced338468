//! `E0107`: more entries than the limit.

use crate::Diagnostic;
use crate::diagnostic::page;
use crate::read::MOST_DRIVERS;
use std::ops::Range;

page! {
    Error "E0107"
    /// More entries than a section may have
    ///
    /// A section may declare 4096 entries, and a driver 4096 states. Nobody could judge what favours what among more
    /// of them, and the reading would not end. Merge what belongs together: cross-impact studies live on
    /// ten to twenty drivers with two to five states.
    en
    /// 한 절에 허용된 것보다 항목이 많습니다
    ///
    /// 한 절에는 항목을 4096개까지, 한 변수에는 상태를 4096개까지 적을 수 있습니다. 그보다 많으면 무엇이 무엇을
    /// 돕는지 아무도 판단할 수 없고, 계산도 끝나지 않습니다. 함께 묶을 수 있는 것을 묶으십시오. 교차영향
    /// 연구는 보통 상태가 둘에서 다섯인 변수 열에서 스무 개로 이루어집니다.
    ko
}

/// `found` entries stand under the key at `span`.
pub(crate) fn too_many(span: Range<usize>, found: usize) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("{found} entries: there may be {MOST_DRIVERS} here at most"),
        format!("항목이 {found}개입니다. 여기에는 {MOST_DRIVERS}개까지 적을 수 있습니다"),
    )
    .at(span)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes_of;
    use std::fmt::Write;

    #[test]
    fn the_limit_is_named_once() {
        let mut text = "sinario = 1\ntitle = \"x\"\n[drivers.a]\nstates = { b = \"B\", c = \"C\" }\n[actors]\n".to_owned();
        for n in 0..4097 {
            let _ = writeln!(text, "a{n} = {{}}");
        }
        assert_eq!(codes_of(text.as_bytes()), ["E0107"]);
    }
}
