//! `E0516`: an option that has a value in some futures only.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0516"
    /// An option with a value in some futures only
    ///
    /// `when` gives the value of an option in futures with a state. Where none of these states holds, `value` counts, and without it
    /// the option could not be held against the others. Give a `value`, or a formula for every state of some driver.
    en
    /// 일부 미래에서만 값이 있는 선택지입니다
    ///
    /// `when`은 어떤 상태인 미래에서 선택지의 값을 정합니다. 그 상태가 하나도 아니면 `value`를 쓰는데, 그것이 없으면 다른
    /// 선택지와 견줄 수 없습니다. `value`를 적거나, 어떤 변수의 모든 상태에 식을 적으십시오.
    ko
    before r#"[options.wait]
when = { "money.ms" = "5" }"#
    after r#"[options.wait]
value = "3"
when = { "money.ms" = "5" }"#
}

/// The key `when` at `span` leaves some futures out.
pub(crate) fn part_of_a_value(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "where none of these states holds, the option has no value",
        "이 상태가 하나도 아닌 미래에서는 선택지에 값이 없습니다",
    )
    .at(span)
    .help(
        "add `value = \"…\"` for all other futures",
        "나머지 미래에서 쓸 `value = \"…\"`를 더하십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn all_states_of_a_driver_are_all_futures() {
        let of = |when: &str| codes(&format!("[options.wait]\nwhen = {{ {when} }}"));
        assert_eq!(of("\"money.ms\" = 1"), ["E0516"]);
        assert_eq!(of("\"money.ms\" = 1, \"motive.win\" = 2"), ["E0516"]);
        assert_eq!(of("\"money.ms\" = 1, \"money.many\" = 2"), [""; 0]);
        assert_eq!(of(""), [""; 0]);
        assert_eq!(codes("[options.wait]"), [""; 0]);
    }
}
