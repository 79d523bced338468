//! `A0502`: a text in one language only, where others have both.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;

page! {
    Advice "A0502"
    /// A text in one language only
    ///
    /// Other texts of this case stand in Korean and English. Where one language is missing, readers of it meet the other in the middle of a sentence. Give the text as
    /// `{ ko = "…", en = "…" }`.
    en
    /// 한 언어로만 적힌 글입니다
    ///
    /// 이 사례의 다른 글은 한국어와 영어로 적혀 있습니다. 한쪽이 빠지면 그 언어의 독자는 문장 가운데서 다른 언어를 만나게 됩니다.
    /// `{ ko = "…", en = "…" }`처럼 둘 다 적으십시오.
    ko
    before r#"[actors.ms]
name = { ko = "엠에스", en = "Microsoft" }
[actors.openai]
name = { ko = "오픈AI" }"#
    after r#"title = { ko = "속마음", en = "A mind" }
[actors.ms]
name = { ko = "엠에스", en = "Microsoft" }
[actors.openai]
name = { ko = "오픈AI", en = "OpenAI" }
[drivers.money]
name = { ko = "돈", en = "Money" }
states = { ms = { ko = "엠에스", en = "MS" }, many = { ko = "여럿", en = "Many" } }
[drivers.motive]
name = { ko = "속", en = "Motive" }
kind = "mind"
actor = "ms"
states = { mission = { ko = "사명", en = "Mission" }, escape = { ko = "탈출", en = "Escape" }, win = { ko = "승리", en = "Win" } }
[[impacts]]
from = "money.ms"
on = "motive"
score = { win = 1, escape = -1 }
because = { ko = "까닭", en = "Why" }
[stories.none]
title = { ko = "제목", en = "Title" }
future = {}"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let both = seen.texts.iter().filter(|t| t.ko && t.en).count();
    if both == 0 {
        return None;
    }
    let found: Vec<_> = (seen.texts.iter())
        .filter(|t| t.ko != t.en)
        .map(|t| (t.span.clone(), String::new(), String::new()))
        .collect();
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} in one language only, while {both} have Korean and English",
                count(n, "text is", "texts are")
            ),
            format!("글 {both}개는 한국어와 영어로 있는데, {n}개는 한 언어로만 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "write { ko = \"…\", en = \"…\" }",
            "{ ko = \"…\", en = \"…\" }처럼 쓰십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn a_case_in_one_language_is_no_half_translation() {
        assert!(!codes("question = \"Who?\"").contains(&"A0502"));
    }
}
