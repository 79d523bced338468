//! `E0402`: a table that must name every state and does not.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0402"
    /// A state has no value
    ///
    /// Where chances, priors or worths are given, every state needs one. Nothing is filled in silently: a state that was
    /// forgotten is another thing than a state with the chance 0. Only scores may be left out; a missing score is 0.
    en
    /// 값이 없는 상태가 있습니다
    ///
    /// 확률, 사전 무게, 값어치를 적을 때는 상태마다 값이 있어야 합니다. 빠진 것을 말없이 채우지 않습니다. 잊은 상태와 확률이
    /// 0인 상태는 다르기 때문입니다. 점수만은 빠뜨려도 되며, 빠진 점수는 0입니다.
    ko
    before r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = 0.1, escape = 0.6 } }"#
    after r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
expected = { motive = { mission = 0.1, escape = 0.6, win = 0.5 } }"#
}

/// The table of the key at `span` lacks `missing`.
pub(crate) fn missing_states(span: Range<usize>, missing: &[&str]) -> Diagnostic {
    let mut list = missing
        .iter()
        .take(12)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if missing.len() > 12 {
        list.push_str(", …");
    }
    let first = missing.first().copied().unwrap_or("…");
    Diagnostic::new(
        &PAGE,
        format!("every one needs a value here; missing: {list}"),
        format!("하나하나에 값이 있어야 합니다. 빠진 것: {list}"),
    )
    .at(span)
    .help(
        format!("add a value of its own for each, as in `{first} = …`"),
        format!("`{first} = …`처럼 하나하나에 값을 적으십시오"),
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn the_table_is_marked_by_its_key() {
        let text = "[drivers.money]\nstates = { ms = \"가\", many = \"나\" }\nprior = { ms = 1 }";
        let found = all(text);
        assert_eq!((found[0].code, marked(text, &found[0])), ("E0402", "prior"));
        assert!(found[0].help.as_ref().unwrap().ko.contains("`many = …`"));
    }

    #[test]
    fn a_misspelt_state_is_one_error_not_two() {
        let text =
            "[drivers.money]\nstates = { ms = \"가\", many = \"나\" }\nprior = { ms = 1, may = 1 }";
        assert_eq!(codes(text), ["E0202"]);
    }
}
