//! `E0104`: errors that are only counted.

use crate::Diagnostic;
use crate::diagnostic::page;

page! {
    Error "E0104"
    /// There are more errors than are shown
    ///
    /// The first fifty errors are shown, in the order of the file; the others are only counted. Often one slip
    /// causes many of them: mend the first ones and check again.
    en
    /// 보인 것보다 오류가 많습니다
    ///
    /// 오류는 파일에 나오는 순서대로 처음 50개만 보이고 나머지는 세기만 합니다. 실수 하나가 여러 오류를 낳는 일이
    /// 많으니, 앞의 것부터 고치고 다시 확인하십시오.
    ko
}

/// `more` errors are not shown.
pub(crate) fn more_errors(more: usize) -> Diagnostic {
    let s = if more == 1 { "" } else { "s" };
    Diagnostic::new(
        &PAGE,
        format!("and {more} more error{s}"),
        format!("그 밖에 오류가 {more}개 더 있습니다"),
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::all_of;
    use std::fmt::Write;

    #[test]
    fn fifty_are_shown_and_the_rest_counted() {
        let mut text =
            "sinario = 1\ntitle = \"x\"\n[drivers.a]\nstates = { b = \"B\", c = \"C\" }\n"
                .to_owned();
        for n in 0..60 {
            let _ = writeln!(text, "wrong{n} = 1");
        }
        let found = all_of(text.as_bytes());
        assert_eq!(found.len(), 51);
        assert_eq!(found[50].title.en, "and 10 more errors");
    }
}
