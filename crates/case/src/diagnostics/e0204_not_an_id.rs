//! `E0204`: an id with other letters than it may have.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0204"
    /// An id has letters that it may not have
    ///
    /// Ids are made of `a` to `z`, `0` to `9` and `_`, and begin with a letter, so that they can be typed on every keyboard,
    /// stand in formulas and in addresses, and look alike to everybody. What people read is the `name`, in any
    /// language.
    en
    /// id에 쓸 수 없는 글자가 있습니다
    ///
    /// id는 `a`부터 `z`, `0`부터 `9`, `_`로 쓰고 글자로 시작합니다. 그래야 어느 자판으로나 칠 수 있고, 식과 주소에
    /// 쓸 수 있고, 누구에게나 같아 보입니다. 사람이 읽는 것은 `name`이며 어느 언어로든 적을 수 있습니다.
    ko
    before r#"[actors.Open-AI]
name = "오픈AI""#
    after r#"[actors.openai]
name = { ko = "오픈AI", en = "OpenAI" }"#
}

/// `id` is declared at `span`.
pub(crate) fn not_an_id(span: Range<usize>, id: &str) -> Diagnostic {
    let found = Diagnostic::new(
        &PAGE,
        "an id is made of a-z, 0-9 and _, and begins with a letter",
        "id는 a-z, 0-9, _로 쓰고 글자로 시작해야 합니다",
    )
    .at(span.clone());
    let better: String = id.to_ascii_lowercase().replace([' ', '-', '.'], "_");
    if crate::read::is_id(&better) {
        found
            .help(
                format!("write `{better}`, and the spelling for people in `name`"),
                format!("`{better}`처럼 쓰고, 사람이 읽을 표기는 `name`에 적으십시오"),
            )
            .fix(span, better)
    } else {
        found.help(
            "the spelling for people belongs in `name`",
            "사람이 읽을 표기는 `name`에 적으십시오",
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes};

    #[test]
    fn a_near_spelling_is_offered() {
        assert_eq!(
            all("[actors.Open-AI]\nname = \"x\"")[0]
                .fix
                .as_ref()
                .unwrap()
                .with,
            "open_ai"
        );
        assert_eq!(codes("[actors.9lives]\nname = \"x\""), ["E0204"]);
        assert!(codes("[actors.a_9]\nname = \"가\"").is_empty());
    }
}
