//! `E0306`: something that is no Admiralty grade.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0306"
    /// Not a grade
    ///
    /// A fact may carry an Admiralty grade: a letter for the source, A (completely reliable) to F (cannot be judged), and a digit for
    /// the report, 1 (confirmed by other sources) to 6 (cannot be judged). `B2` is a usually reliable source whose report is probably
    /// true. A poor grade draws the likelihoods together, so that the fact says less.
    en
    /// 등급이 아닙니다
    ///
    /// 사실에는 신뢰 등급을 매길 수 있습니다. 글자는 출처로 A(온전히 믿을 만함)부터 F(판단할 수 없음)까지, 숫자는 보고로
    /// 1(다른 출처가 확인함)부터 6(판단할 수 없음)까지입니다. `B2`는 대체로 믿을 만한 출처의, 아마도 참인 보고입니다.
    /// 등급이 낮으면 확률들이 서로 가까워져 사실이 말해 주는 것이 줄어듭니다.
    ko
    before r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
grade = "good""#
    after r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
grade = "B2""#
}

/// What stands at `span` is `text`.
pub(crate) fn not_a_grade(span: Range<usize>, text: &str) -> Diagnostic {
    let found = Diagnostic::new(&PAGE, "not a grade", "등급이 아닙니다").at(span.clone());
    let upper = text.trim().to_ascii_uppercase();
    if crate::read::grade(&upper).is_some() {
        return found
            .help(
                format!("write \"{upper}\""),
                format!("\"{upper}\"처럼 쓰십시오"),
            )
            .fix(span, format!("\"{upper}\""));
    }
    found.help(
        "a letter from A to F and a digit from 1 to 6, such as \"B2\"",
        "A부터 F까지의 글자와 1부터 6까지의 숫자를 \"B2\"처럼 쓰십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes};

    #[test]
    fn a_letter_and_a_digit() {
        let with =
            |grade: &str| format!("[facts.a]\ntext = \"가\"\nsource = \"x\"\ngrade = \"{grade}\"");
        assert!(codes(&with("F6")).is_empty());
        for bad in ["G1", "A0", "A7", "A", "A12", "1A", ""] {
            assert_eq!(codes(&with(bad)), ["E0306"], "{bad}");
        }
        assert_eq!(all(&with("b2"))[0].fix.as_ref().unwrap().with, "\"B2\"");
    }
}
