//! `E0302`: a range whose low end is above its high end.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0302"
    /// A range is upside down
    ///
    /// A range gives its smaller number first, `"1 to 3"`. With negative numbers the smaller one is further from zero: `"-3 to -1"`.
    en
    /// 범위가 거꾸로입니다
    ///
    /// 범위는 `"1 to 3"`처럼 작은 수를 먼저 적습니다. 음수는 0에서 먼 쪽이 작으므로 `"-3 to -1"`이라고 적습니다.
    ko
    before r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = "3 to 1", win = -2 }"#
    after r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = "1 to 3", win = -2 }"#
}

/// The range at `span` is `text`.
pub(crate) fn upside_down(span: Range<usize>, text: &str) -> Diagnostic {
    let found = Diagnostic::new(
        &PAGE,
        "the range is upside down: its low end is above its high end",
        "범위가 거꾸로입니다. 낮은 끝이 높은 끝보다 큽니다",
    )
    .at(span.clone());
    match text.split_once(" to ") {
        Some((a, b)) => {
            let with = format!("{} to {}", b.trim(), a.trim());
            found
                .help(
                    format!("write the smaller number first: \"{with}\""),
                    format!("작은 수를 먼저 쓰십시오: \"{with}\""),
                )
                .fix(span, format!("\"{with}\""))
        }
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes};

    #[test]
    fn words_have_an_order_too() {
        let fact = |chance: &str| {
            format!(
                "[facts.a]\ntext = \"가\"\nsource = \"x\"\nexpected = {{ motive = {{ mission = \"{chance}\", escape = 0.2, win = 0.1 }} }}"
            )
        };
        assert_eq!(codes(&fact("likely to unlikely")), ["E0302"]);
        assert_eq!(
            all(&fact("likely to unlikely"))[0]
                .fix
                .as_ref()
                .unwrap()
                .with,
            "\"unlikely to likely\""
        );
        assert!(codes(&fact("unlikely to likely")).is_empty());
        assert!(codes(&fact("0.3 to 0.3")).is_empty());
    }
}
