//! `E0205`: a key that belongs elsewhere, mostly after a header that took it.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0205"
    /// A key in the wrong place
    ///
    /// In TOML a key belongs to the last `[header]` above it. A key that is written after a sub-table therefore lands inside that
    /// sub-table: a `source` below `[facts.shell.expected]` would be a driver called `source`. Write a table's plain keys
    /// first and its sub-tables after them; keys of the whole file stand above the first header.
    en
    /// 키가 잘못된 자리에 있습니다
    ///
    /// TOML에서 키는 바로 위에 있는 `[머리]`에 속합니다. 그래서 아래 표 뒤에 쓴 키는 그 아래 표에 들어가 버립니다.
    /// `[facts.shell.expected]` 아래에 쓴 `source`는 `source`라는 변수가 됩니다. 표의 키를 먼저 쓰고 아래 표는
    /// 그다음에 쓰십시오. 파일 전체의 키는 첫 머리보다 위에 둡니다.
    ko
    before r#"[facts.shell]
text = "The staff left"
[facts.shell.expected]
motive = { mission = 0.2, escape = 0.6, win = 0.5 }
source = "https://example.org""#
    after r#"[facts.shell]
text = "The staff left"
source = "https://example.org"
[facts.shell.expected]
motive = { mission = 0.2, escape = 0.6, win = 0.5 }"#
}

/// `key` stands at `span`; it is a key of the whole file, or else of the table that holds this one.
pub(crate) fn wrong_place(span: Range<usize>, key: &str, of_the_file: bool) -> Diagnostic {
    let found = Diagnostic::new(
        &PAGE,
        format!("`{key}` stands in the wrong place"),
        format!("키가 잘못된 자리에 있습니다: `{key}`"),
    )
    .at(span);
    if of_the_file {
        found.help(
            format!("`{key}` is a key of the whole file: move it above the first `[header]`"),
            format!("`{key}` 키는 파일 전체의 것입니다. 첫 `[머리]`보다 위로 옮기십시오"),
        )
    } else {
        found.help(
            format!("`{key}` is a key of the table one level up: move it above the `[header]` that took it"),
            format!("`{key}` 키는 한 단계 위 표의 것입니다. 이 키를 가져간 `[머리]`보다 위로 옮기십시오"),
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes};

    #[test]
    fn a_key_of_the_file_below_a_header() {
        let found = all("[actors.ms]\nname = \"가\"\nas_of = 2024-04-04");
        assert_eq!(found[0].code, "E0205");
        assert!(
            found[0]
                .help
                .as_ref()
                .unwrap()
                .en
                .contains("first `[header]`")
        );
    }

    #[test]
    fn a_wish_below_the_wants_of_an_actor() {
        assert_eq!(
            codes("[actors.ms.wants]\nmoney = { ms = 1 }\nbrief = \"가\""),
            ["E0205"]
        );
    }
}
