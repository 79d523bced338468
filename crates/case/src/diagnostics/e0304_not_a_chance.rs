//! `E0304`: a text that is no number, percentage or word of probability.

use crate::Diagnostic;
use crate::diagnostic::page;
use crate::nearest::nearest;
use std::ops::Range;

page! {
    Error "E0304"
    /// Neither a number, a percentage nor a word of probability
    ///
    /// A chance may be written as a number (`0.7`), a percentage (`"70%"`), a word of probability (`"likely"`, `"그럴 만하다"`), or a range
    /// of two of them (`"60% to 80%"`). The words are those of the intelligence standard ICD 203, each with the middle of its
    /// band, since people mean very different numbers by other words:
    ///
    /// - almost no chance, remote (거의 없다): 0.03
    /// - very unlikely, highly improbable (아주 드물다): 0.125
    /// - unlikely, improbable (드물다): 0.325
    /// - roughly even chance, roughly even odds (반반): 0.5
    /// - likely, probable (그럴 만하다): 0.675
    /// - very likely, highly probable (매우 그럴 만하다): 0.875
    /// - almost certain, nearly certain (거의 확실): 0.97
    en
    /// 수도, 백분율도, 확률을 나타내는 말도 아닙니다
    ///
    /// 확률은 수(`0.7`), 백분율(`"70%"`), 확률을 나타내는 말(`"그럴 만하다"`, `"likely"`), 또는 둘의 범위(`"60% to 80%"`)로
    /// 적습니다. 쓸 수 있는 말은 정보 분석 표준 ICD 203의 것이며, 각각 그 구간의 가운데를 뜻합니다. 다른 말로는 사람마다
    /// 전혀 다른 수를 뜻하기 때문입니다.
    ///
    /// - 거의 없다 (almost no chance, remote): 0.03
    /// - 아주 드물다 (very unlikely, highly improbable): 0.125
    /// - 드물다 (unlikely, improbable): 0.325
    /// - 반반 (roughly even chance, roughly even odds): 0.5
    /// - 그럴 만하다 (likely, probable): 0.675
    /// - 매우 그럴 만하다 (very likely, highly probable): 0.875
    /// - 거의 확실 (almost certain, nearly certain): 0.97
    ko
    before r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = "perhaps", escape = "likely", win = 0.5 } }"#
    after r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = "unlikely", escape = "likely", win = 0.5 } }"#
}

/// What stands at `span` is `text`.
pub(crate) fn not_a_chance(span: Range<usize>, text: &str, budget: &mut usize) -> Diagnostic {
    let found = Diagnostic::new(
        &PAGE,
        "neither a number, a percentage nor a word of probability",
        "수도, 백분율도, 확률을 나타내는 말도 아닙니다",
    )
    .at(span.clone());
    let known = crate::WORDS.iter().map(|(w, _)| *w);
    match nearest(&text.to_lowercase(), known, budget) {
        Some(near) => found
            .help(
                format!("did you mean \"{near}\"?"),
                format!("혹시 \"{near}\" 아닙니까?"),
            )
            .fix(span, format!("\"{near}\"")),
        None => found.help(
            "write 0.7, \"70%\", \"likely\" or \"60% to 80%\"",
            "0.7, \"70%\", \"그럴 만하다\" 또는 \"60% to 80%\"처럼 쓰십시오",
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::all;

    #[test]
    fn a_slip_in_a_word_is_mended_in_both_languages() {
        for (wrong, right) in [("likly", "\"likely\""), ("그럴만하다", "\"그럴 만하다\"")]
        {
            let found = all(&format!(
                "[facts.a]\ntext = \"가\"\nexpected = {{ motive = {{ mission = \"{wrong}\", escape = 0.2, win = 0.1 }} }}"
            ));
            assert_eq!(found[0].fix.as_ref().unwrap().with, right);
        }
    }
}
