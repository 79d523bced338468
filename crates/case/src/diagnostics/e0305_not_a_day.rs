//! `E0305`: something that is no day.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0305"
    /// Not a day
    ///
    /// A day is written year, month, day: `2024-04-04`, with or without quotes. Times of day play no part in the model, and other
    /// orders (4/3/2024) mean different days to different readers.
    en
    /// 날짜가 아닙니다
    ///
    /// 날짜는 `2024-04-04`처럼 해, 달, 날의 순서로 적습니다. 따옴표는 있어도 없어도 됩니다. 모형에서 시각은 쓰지 않으며,
    /// 다른 순서(4/3/2024)는 읽는 사람에 따라 다른 날이 됩니다.
    ko
    before r#"as_of = "4 April 2024""#
    after r#"as_of = 2024-04-04"#
}

/// What stands at `span` is no day.
pub(crate) fn not_a_day(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(&PAGE, "not a day", "날짜가 아닙니다")
        .at(span)
        .help(
            "write year, month, day: 2024-04-04",
            "2024-04-04처럼 해, 달, 날을 적으십시오",
        )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn days_and_only_days() {
        for good in ["2024-02-29", "\"2024-02-29\""] {
            assert!(codes(&format!("as_of = {good}")).is_empty(), "{good}");
        }
        for bad in [
            "\"2023-02-29\"",
            "2024-04-04T10:00:00",
            "10:00:00",
            "\"2024-4-4\"",
            "20240404",
            "\"２０24-04-04\"",
        ] {
            assert_eq!(codes(&format!("as_of = {bad}")), ["E0305"], "{bad}");
        }
    }
}
