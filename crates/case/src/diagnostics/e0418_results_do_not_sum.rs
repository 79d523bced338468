//! `E0418`: results of a signpost that do not exhaust what can be shown.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0418"
    /// The chances of a signpost’s results do not sum to 1
    ///
    /// Exactly one of the results is shown. So for each state of the driver the chances of all results sum to 1; if something else may
    /// be shown as well, write it as a result of its own.
    en
    /// 이정표의 결과 확률을 더해도 1이 되지 않습니다
    ///
    /// 결과 가운데 꼭 하나가 나옵니다. 그러므로 변수의 상태마다 모든 결과의 확률을 더하면 1이어야 합니다. 다른 것이 나올 수도
    /// 있다면 그것도 결과로 적으십시오.
    ko
    before r#"[signposts.test]
text = "A test"
[signposts.test.results]
yes = { expected = { money = { ms = 0.1, many = 0.6 } } }
no = { expected = { money = { ms = 0.9, many = 0.3 } } }"#
    after r#"[signposts.test]
text = "A test"
[signposts.test.results]
yes = { expected = { money = { ms = 0.1, many = 0.6 } } }
no = { expected = { money = { ms = 0.9, many = 0.4 } } }"#
}

/// A sum as people write it.
fn shown(sum: f64) -> String {
    let text = format!("{sum:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The states at which they do not sum to 1, with their sums.
pub(crate) fn do_not_sum(span: Range<usize>, wrong: &[(String, f64)]) -> Diagnostic {
    let states: Vec<String> = wrong
        .iter()
        .map(|(state, sum)| format!("{state}: {}", shown(*sum)))
        .collect();
    let states = states.join(", ");
    Diagnostic::new(
        &PAGE,
        "the chances of the results do not sum to 1",
        "결과들의 확률을 더해도 1이 되지 않습니다",
    )
    .at(span)
    .help(
        format!("for each state they must sum to 1, but they come to {states}"),
        format!("상태마다 더해서 1이어야 하는데 합이 이렇습니다: {states}"),
    )
}

/// There is at most one result.
pub(crate) fn too_few(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "a signpost with `results` needs two of them or more",
        "`results`에는 결과가 둘 이상 있어야 합니다",
    )
    .at(span)
    .help(
        "add the result that is shown otherwise, or use `expected` for what is seen or not",
        "그렇지 않을 때의 결과를 더하거나, 보이거나 말거나이면 `expected`를 쓰십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes};

    #[test]
    fn every_state_must_sum_to_one() {
        let text = |no: &str| {
            format!(
                "[signposts.test]\ntext = \"시험\"\n[signposts.test.results]\nyes = {{ expected = {{ money = {{ ms = 0.1, many = 0.6 }} }} }}\n{no}"
            )
        };
        let of = |ms: f64, many: f64| {
            text(&format!(
                "no = {{ expected = {{ money = {{ ms = {ms}, many = {many} }} }} }}\n"
            ))
        };
        assert!(codes(&of(0.9, 0.4)).is_empty());
        assert_eq!(codes(&of(0.9, 0.3)), ["E0418"]);
        let help = all(&of(0.8, 0.3))[0].help.clone();
        let help = format!("{help:?}");
        assert!(help.contains("ms: 0.9, many: 0.9"), "{help}");
        assert_eq!(codes(&text("")), ["E0418"]);
    }
}
