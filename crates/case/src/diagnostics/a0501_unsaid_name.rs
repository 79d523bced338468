//! `A0501`: a name whose Korean particles nobody can choose.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;

page! {
    Advice "A0501"
    /// A name in Latin letters without `say`
    ///
    /// Korean particles follow the last sound of a word: `은` or `는`, `을` or `를`. Numbers and abbreviations in capital letters are read by rule (AI, MS, GPT-4). How
    /// another Latin word sounds nobody can tell from its letters, and the text would need a double particle like `을(를)`. Write beside the name how it is said, in
    /// Hangul.
    en
    /// 읽는 법(`say`)이 없는 로마자 이름입니다
    ///
    /// 조사는 앞말의 끝소리를 따릅니다. 숫자와 대문자 약어(AI, MS, GPT-4)는 규칙대로 읽을 수 있지만, 다른 로마자 낱말은 글자만 보고
    /// 소리를 알 수 없어 `을(를)` 같은 겹조사를 쓰게 됩니다. 이름 옆에 `say`로 읽는 법을 한글로 적으십시오.
    ko
    before r#"lang = "ko"
[actors.ms]
name = "Microsoft""#
    after r#"lang = "ko"
[actors.ms]
name = "Microsoft"
say = "마이크로소프트""#
}

/// Whether particles after `text` can be chosen by rule: it ends, gloss and quotes aside, in Hangul, a digit, or
/// an abbreviation in capitals.
fn readable(text: &str) -> bool {
    let mut text = text.trim();
    // `(…)`, `[…]` at the end is a gloss that is not said.
    while let Some(open) = text.strip_suffix(')').and_then(|t| t.rfind('(')) {
        if open == 0 {
            break;
        }
        text = text[..open].trim_end();
    }
    let said = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
    let last = said.chars().next_back();
    if !last.is_some_and(|c| c.is_alphabetic() && !is_hangul(c)) {
        return true;
    }
    let word = said
        .rsplit(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or("");
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Looks for it, where the case speaks Korean at all.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    if !seen.texts.iter().any(|t| t.ko) {
        return None;
    }
    let case = seen.case;
    let mut names = Vec::new();
    names.extend(
        case.actors
            .iter()
            .map(|a| (&a.name, vec!["actors", a.id.as_str()])),
    );
    for d in &case.drivers {
        names.push((&d.name, vec!["drivers", &d.id]));
        let states = d.states.iter();
        names.extend(states.map(|s| (&s.name, vec!["drivers", d.id.as_str(), "states", &s.id])));
    }
    names.extend(
        case.quantities
            .iter()
            .map(|q| (&q.name, vec!["quantities", q.id.as_str()])),
    );
    names.extend(
        case.options
            .iter()
            .map(|o| (&o.name, vec!["options", o.id.as_str()])),
    );
    let mut found = Vec::new();
    for (name, mut path) in names {
        let said = match &name.say {
            Some(say) => say.trim().chars().next_back().is_some_and(is_hangul),
            None => readable(name.get(crate::Lang::Ko)),
        };
        if !said {
            if path.len() == 2 && seen.exists(&[path[0], path[1], "name"]) {
                path.push("name");
                found.push(seen.there(&path));
            } else if path.len() == 4 {
                found.push(seen.there(&path));
            } else {
                found.push(seen.here(&path));
            }
        }
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!("{} no reading in Hangul, which Korean particles need", count(n, "Latin name has", "Latin names have")),
            format!("조사를 고르려면 읽는 법이 필요한 로마자 이름이 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "write how it is said: say = \"마이크로소프트\"; for a state { ko = \"Copilot\", say = \"코파일럿\" }",
            "읽는 법을 적으십시오: say = \"마이크로소프트\", 상태라면 { ko = \"Copilot\", say = \"코파일럿\" }",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::readable;
    use crate::diagnostics::testing::codes;

    #[test]
    fn what_a_rule_can_read() {
        for good in [
            "삼성",
            "AI",
            "MS",
            "GPT-4",
            "오픈AI",
            "50%",
            "3.5",
            "한빛(Hanbit)",
            "‘카카오’",
            "",
            "HBM",
        ] {
            assert!(readable(good), "{good}");
        }
        for bad in [
            "Microsoft",
            "ChatGPT Plus",
            "한빛 Soft",
            "OpenAi",
            "Kakao (new)",
            "東京",
        ] {
            assert!(!readable(bad), "{bad}");
        }
    }

    #[test]
    fn an_english_case_is_left_in_peace_and_a_state_is_not() {
        assert!(!codes("[actors.ms]\nname = \"Microsoft\"").contains(&"A0501"));
        let state = "question = { ko = \"가?\" }\n[drivers.money]\nstates = { ms = { ko = \"Copilot\" }, many = { ko = \"여럿\" } }";
        assert!(codes(state).contains(&"A0501"));
        let say = "lang = \"ko\"\n[actors.ms]\nname = \"Microsoft\"\nsay = \"Microsoft\"";
        assert!(codes(say).contains(&"A0501"));
    }
}
