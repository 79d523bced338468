//! `A0106`: impacts without a reason.

use crate::Diagnostic;
use crate::advice::Seen;
use crate::diagnostic::page;

page! {
    Advice "A0106"
    /// Impacts without a reason
    ///
    /// `because` says in a few words why one state favours another. It is what readers can agree or disagree with, what the bones of a story are
    /// made of, and what you yourself will look for in a year. A number that nobody can explain is a number that nobody can correct.
    en
    /// 까닭이 없는 영향이 있습니다
    ///
    /// `because`는 한 상태가 다른 상태를 왜 돕는지 몇 마디로 말합니다. 독자가 찬성하거나 반대할 수 있는 것도, 이야기의 뼈대가 되는
    /// 것도, 한 해 뒤에 스스로 찾게 될 것도 이것입니다. 아무도 설명하지 못하는 수는 아무도 바로잡지 못합니다.
    ko
    before r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = 1, win = -1 }"#
    after r#"[[impacts]]
from = "money.ms"
on = "motive"
score = { escape = 1, win = -1 }
because = "Who depends wants out""#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let found: Vec<_> = (seen.case.impacts.iter().enumerate())
        .filter(|(_, i)| i.because.is_none())
        .map(|(at, _)| (seen.impact(at, "from"), String::new(), String::new()))
        .collect();
    let (n, all) = (found.len(), seen.case.impacts.len());
    seen.many(found, &PAGE, || {
        (
            format!("{n} of {all} impacts have no `because`"),
            format!("영향 {all}개 가운데 {n}개에 `because`가 없습니다"),
        )
    })
    .map(|d| d.help("say in a few words why", "왜 그런지 몇 마디로 적으십시오"))
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, marked};

    #[test]
    fn they_are_counted_together() {
        let text = format!(
            "{}\n{}",
            super::PAGE.before,
            super::PAGE.after.replace("money.ms", "money.many")
        );
        let found = all(&text);
        assert_eq!(
            (found.len(), found[0].title.en.as_str()),
            (1, "1 of 2 impacts have no `because`")
        );
        assert_eq!(marked(&text, &found[0]), "\"money.ms\"");
    }
}
