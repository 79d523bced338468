//! The examples of the pages in the reader's language: one example a page, its texts told in Korean for Korean readers. Ids,
//! keys and words of the format stay as they are.

use crate::Lang;

/// The texts of the examples, English and Korean.
const TEXTS: &[(&str, &str)] = &[
    ("4 April 2024", "2024년 4월 4일"),
    ("A second cloud", "두 번째 클라우드"),
    ("A test", "시험"),
    ("All for the mission", "모두 사명을 위해"),
    ("Clouds came up", "구름이 몰려왔다"),
    ("Doubts us", "우리를 의심함"),
    ("Dry", "마름"),
    ("Fair", "맑음"),
    ("Foul", "궂음"),
    ("Full", "가득"),
    ("Is not thinking of us", "우리를 생각하지 않음"),
    ("MS alone", "MS뿐"),
    ("MS asked for exclusivity", "MS가 독점을 요구했다"),
    ("MS invested", "MS가 투자했다"),
    ("Many", "여럿"),
    ("Many investors", "여러 투자자"),
    ("Much", "많음"),
    ("None", "없음"),
    ("Rival", "경쟁사"),
    ("Some", "얼마쯤"),
    ("The most", "최대"),
    ("The rival invested", "경쟁사가 투자했다"),
    ("The staff left", "직원들이 떠났다"),
    ("The will to win", "이기려는 마음"),
    ("Trusts us", "우리를 믿음"),
    ("Wet", "젖음"),
    ("Who depends wants out", "의존하는 쪽은 벗어나고 싶어 한다"),
    ("Who pays?", "누가 돈을 대는가?"),
    ("yes", "예"),
];

/// An example with its texts in a language. What stands under `en` is English for every reader.
pub(crate) fn told(example: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return example.to_owned();
    }
    let line = |line: &str| {
        // A slip of the grammar may have left its text without quotes.
        if let Some((en, ko)) = TEXTS
            .iter()
            .find(|(en, _)| line.ends_with(&format!("= {en}")))
        {
            return line.replace(en, ko);
        }
        let mut out = String::new();
        for (at, part) in line.split('"').enumerate() {
            if at > 0 {
                out.push('"');
            }
            let own = at % 2 == 1 && !out.trim_end_matches('"').ends_with("en = ");
            let text = TEXTS.iter().find(|(en, _)| own && *en == part);
            out.push_str(text.map_or(part, |(_, ko)| ko));
        }
        out
    };
    example.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Page;

    /// Texts in quotes, those under `en` left out.
    fn texts(example: &str) -> Vec<String> {
        let parts: Vec<&str> = example.split('"').collect();
        let own = (1..parts.len())
            .step_by(2)
            .filter(|at| !parts[at - 1].ends_with("en = "));
        own.map(|at| parts[at].to_owned()).collect()
    }

    #[test]
    fn korean_readers_get_korean_texts() {
        // Acronyms and grades are the same in both, and the name of A0501 is Latin on purpose; a word of the format, an id
        // or an address begins with a small letter.
        let same = ["MS", "B2", "Microsoft"];
        for page in Page::all() {
            for (example, of) in [
                (page.before(Lang::Ko), page.before),
                (page.after(Lang::Ko), page.after),
            ] {
                for text in texts(&example) {
                    let english =
                        text.is_ascii() && text.starts_with(|c: char| c.is_ascii_uppercase());
                    assert!(
                        !english || same.contains(&text.as_str()),
                        "{}: {text}",
                        page.code
                    );
                }
                assert_eq!(example.lines().count(), of.lines().count());
            }
        }
    }

    #[test]
    fn every_text_is_used_and_stands_once() {
        for (at, (en, _)) in TEXTS.iter().enumerate() {
            let bare = format!("= {en}");
            let in_example = |e: &str| texts(e).iter().any(|t| t == en) || e.ends_with(&bare);
            let used = |p: &Page| in_example(p.before) || in_example(p.after);
            assert!(Page::all().iter().any(used), "{en}");
            assert!(TEXTS[..at].iter().all(|(other, _)| other < en), "{en}");
        }
    }
}
