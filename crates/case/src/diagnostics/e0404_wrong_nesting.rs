//! `E0404`: a section with the wrong sort of header.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0404"
    /// A section with the wrong sort of header
    ///
    /// Most things are declared by name, `[facts.shell]`, so that others can name them; a list of unnamed entries, `[[facts]]`, will not do
    /// for them. Impacts and an actor's `holds` have no names: there every entry begins with double brackets, `[[impacts]]`.
    en
    /// 절의 머리를 쓰는 법이 다릅니다
    ///
    /// 대부분의 것은 `[facts.shell]`처럼 이름을 붙여 선언합니다. 그래야 다른 곳에서 부를 수 있으므로, 이름 없는 목록
    /// `[[facts]]`은 쓸 수 없습니다. 영향과 행위자의 `holds`에는 이름이 없으므로 `[[impacts]]`처럼 겹대괄호로 시작합니다.
    ko
    before r#"[[facts]]
text = "The staff left"
source = "https://example.org""#
    after r#"[facts.shell]
text = "The staff left"
source = "https://example.org""#
}

/// `section` is declared by name, and stands at `span` as a list.
pub(crate) fn list_for_names(span: Range<usize>, section: &str) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("the entries of `{section}` need names"),
        format!("`{section}`의 항목에는 이름이 있어야 합니다"),
    )
    .at(span)
    .help(
        format!("write `[{section}.NAME]` with single brackets, a name of its own for each"),
        format!("홑대괄호로 `[{section}.이름]`처럼, 항목마다 다른 이름을 붙여 쓰십시오"),
    )
}

/// `section` is a list, and stands at `span` as a table.
pub(crate) fn table_for_list(span: Range<usize>, section: &str) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("`{section}` is a list of entries without names"),
        format!("`{section}` 절은 이름 없는 항목의 목록입니다"),
    )
    .at(span)
    .help(
        format!("begin every entry with `[[{section}]]`"),
        format!("항목마다 `[[{section}]]`으로 시작하십시오"),
    )
}

/// One entry stands at `span` as a list, under the header `path`.
pub(crate) fn double_brackets(span: Range<usize>, path: &str) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("`{path}` is one table, not a list"),
        format!("목록이 아니라 표 하나여야 합니다: `{path}`"),
    )
    .at(span)
    .help(
        format!("write `[{path}]` with single brackets, once"),
        format!("홑대괄호로 `[{path}]`처럼 한 번만 쓰십시오"),
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes};

    #[test]
    fn single_entries_in_double_brackets_and_sections_without_names() {
        assert_eq!(codes("[[facts.one]]\ntext = \"가\""), ["E0404"]);
        assert_eq!(codes("[facts]\ntext = \"가\"\nsource = \"x\""), ["E0404"]);
        assert_eq!(codes("[[verdicts]]\nstate = \"ms\""), ["E0404"]);
    }

    #[test]
    fn either_way_round() {
        assert_eq!(codes("[[facts]]\ntext = \"가\""), ["E0404"]);
        assert_eq!(codes("[impacts.first]\nfrom = \"money.ms\""), ["E0404"]);
        assert_eq!(codes("[impacts]\nfrom = \"money.ms\""), ["E0404"]);
        assert!(
            all("[actors.ms]\nname = \"가\"\n[actors.ms.holds]\nover = \"ms\"")[0]
                .help
                .as_ref()
                .unwrap()
                .en
                .contains("[[actors.ms.holds]]")
        );
    }
}
