//! `E0403`: a required key that is not there.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0403"
    /// A required key is missing
    ///
    /// Some keys a table cannot do without: a case its `sinario`, `title` and `drivers`; a driver its `states`, and its `actor`
    /// where it is a mind or a move; an impact `from`, `on` and `score`; a fact its `text`; a story its `title` and `future`; a
    /// verdict its `state` and `on`.
    en
    /// 꼭 있어야 할 키가 없습니다
    ///
    /// 없어서는 안 되는 키가 있습니다. 사례에는 `sinario`, `title`, `drivers`가, 변수에는 `states`가(속마음이나 수라면 `actor`도),
    /// 영향에는 `from`, `on`, `score`가, 사실에는 `text`가, 이야기에는 `title`과 `future`가, 판정에는 `state`와 `on`이 있어야
    /// 합니다.
    ko
    before r#"[[impacts]]
from = "money.ms"
score = { win = 1, escape = -1 }"#
    after r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { win = 1, escape = -1 }"#
}

/// The table marked at `span` lacks `key`; `en` and `ko` say what it is for.
pub(crate) fn missing_key(span: Range<usize>, key: &str, en: &str, ko: &str) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("`{key}` is missing"),
        format!("꼭 있어야 할 키가 없습니다: `{key}`"),
    )
    .at(span)
    .help(format!("`{key}`: {en}"), format!("`{key}`: {ko}"))
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes_of, marked};

    #[test]
    fn the_entry_is_marked() {
        let text = "[facts.shell]\nsource = \"x\"";
        let found = all(text);
        assert_eq!((found[0].code, marked(text, &found[0])), ("E0403", "shell"));
        let text = "[[impacts]]\non = \"motive\"\nscore = {}";
        assert_eq!(marked(text, &all(text)[0]), "[[impacts]]");
    }

    #[test]
    fn minds_and_moves_need_an_actor() {
        let text = "[drivers.x]\nkind = \"mind\"\nstates = { a = \"가\", b = \"나\", c = \"다\" }";
        assert_eq!(
            (all(text)[0].code, marked(text, &all(text)[0])),
            ("E0403", "\"mind\"")
        );
    }

    #[test]
    fn an_empty_file_lacks_three() {
        assert_eq!(codes_of(b""), ["E0403", "E0403", "E0403"]);
    }
}
