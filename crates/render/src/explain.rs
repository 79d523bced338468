//! The pages behind `sinario explain`.

use serde_json::{Value, json};
use sinario_case::{Lang, Page, Severity};

fn severity(page: &Page, lang: Lang) -> &'static str {
    match (page.severity, lang) {
        (Severity::Error, Lang::En) => "error",
        (Severity::Error, Lang::Ko) => "오류",
        (Severity::Advice, Lang::En) => "advice",
        (Severity::Advice, Lang::Ko) => "조언",
    }
}

/// One page: what it is, why it matters, an example before and after.
pub fn explain(page: &Page, lang: Lang) -> String {
    let mut out = format!(
        "{} ({}): {}\n\n{}\n",
        page.code,
        severity(page, lang),
        page.title(lang),
        page.text(lang)
    );
    let (before, after) = match lang {
        Lang::En => ("Before", "After"),
        Lang::Ko => ("고치기 전", "고친 뒤"),
    };
    for (title, example) in [(before, page.before(lang)), (after, page.after(lang))] {
        if !example.is_empty() {
            out.push_str(&format!("\n{title}:\n\n"));
            for line in example.lines() {
                out.push_str(&format!("    {line}\n"));
            }
        }
    }
    out
}

/// Every code with its title, errors first.
pub fn explain_all(lang: Lang) -> String {
    let mut out = String::new();
    for (of, en, ko) in [
        (
            Severity::Error,
            "Errors: the case cannot be read",
            "오류: 이것이 있으면 사례를 읽을 수 없습니다",
        ),
        (
            Severity::Advice,
            "Advice: the case can be read, and would be better otherwise",
            "조언: 사례를 읽을 수는 있지만, 고치면 더 나아집니다",
        ),
    ] {
        let head = match lang {
            Lang::En => en,
            Lang::Ko => ko,
        };
        out.push_str(&format!("{head}\n\n"));
        for page in Page::all().iter().filter(|p| p.severity == of) {
            out.push_str(&format!("  {}  {}\n", page.code, page.title(lang)));
        }
        out.push('\n');
    }
    out.push_str(match lang {
        Lang::En => "`sinario explain CODE` shows the page of one.\n",
        Lang::Ko => "`sinario explain 코드`를 치면 그 코드의 설명이 나옵니다.\n",
    });
    out
}

/// Pages for programs: `{"pages": […]}`.
pub fn explain_json(pages: &[Page], lang: Lang) -> Value {
    let one = |p: &Page| {
        json!({
            "code": p.code,
            "severity": match p.severity { Severity::Error => "error", Severity::Advice => "advice" },
            "title": p.title(lang),
            "text": p.text(lang),
            "before": Some(p.before(lang)).filter(|e| !e.is_empty()),
            "after": Some(p.after(lang)).filter(|e| !e.is_empty()),
        })
    };
    json!({ "pages": pages.iter().map(one).collect::<Vec<_>>() })
}
