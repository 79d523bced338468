//! Trying a piece of a case: the rest of a small, faultless case is put around it.

use crate::{Diagnostic, Lang, Page, Severity, parse};

/// Sections that are put below a piece which does not have them itself.
const BASE: &[(&str, &str)] = &[
    ("[actors.ms]", "name = \"MS\""),
    (
        "[drivers.money]",
        "name = \"돈줄\"\nstates = { ms = \"MS\", many = \"여럿\" }",
    ),
    (
        "[drivers.motive]",
        "name = \"속마음\"\nkind = \"mind\"\nactor = \"ms\"\nstates = { mission = \"사명\", escape = \"탈출\", win = \"승리\" }",
    ),
    (
        "[[impacts]]",
        "from = \"money.ms\"\non = \"motive\"\nscore = { win = 1, escape = -1 }\nbecause = \"Money wants more\"",
    ),
];

/// The piece within a whole case, and where it begins in it.
fn whole(piece: &str) -> (String, usize) {
    let mut text = String::new();
    let starts = |key: &str| piece.lines().any(|l| l.starts_with(key));
    for (key, value) in [("sinario", "1"), ("title", "\"A mind\"")] {
        let mut root = piece.lines().take_while(|l| !l.starts_with('['));
        if !root.any(|l| l.starts_with(key)) {
            text.push_str(&format!("{key} = {value}\n"));
        }
    }
    let at = text.len();
    text.push_str(piece);
    text.push('\n');
    for (header, body) in BASE {
        let section = header
            .trim_matches(['[', ']'])
            .split('.')
            .next()
            .unwrap_or("");
        let taken = starts(header)
            || starts(&format!("{section} ="))
            || starts(&format!("[[{section}]]"))
            || (section == "impacts" && (starts("[impacts") || starts("drivers =")));
        if !taken {
            text.push_str(&format!("{header}\n{body}\n"));
        }
    }
    (text, at)
}

/// All diagnostics of these bytes.
pub(crate) fn all_of(bytes: &[u8]) -> Vec<Diagnostic> {
    parse(bytes).diagnostics
}

/// The codes of these bytes.
pub(crate) fn codes_of(bytes: &[u8]) -> Vec<&'static str> {
    all_of(bytes).iter().map(|d| d.code).collect()
}

/// All diagnostics of a piece, places counted from its beginning.
pub(crate) fn all(piece: &str) -> Vec<Diagnostic> {
    let (text, at) = whole(piece);
    let mut all = all_of(text.as_bytes());
    let back = |span: &mut std::ops::Range<usize>| {
        *span = span.start.saturating_sub(at)..span.end.saturating_sub(at);
    };
    for d in &mut all {
        d.labels.iter_mut().for_each(|l| back(&mut l.span));
        d.fix.iter_mut().for_each(|f| back(&mut f.span));
    }
    all
}

/// The codes of a piece.
pub(crate) fn codes(piece: &str) -> Vec<&'static str> {
    all(piece).iter().map(|d| d.code).collect()
}

/// The words of the piece that a diagnostic underlines.
pub(crate) fn marked<'a>(piece: &'a str, d: &Diagnostic) -> &'a str {
    &piece[d.labels[0].span.clone()]
}

#[test]
fn the_base_is_faultless() {
    assert_eq!(all(""), []);
}

#[test]
fn the_example_of_every_page_has_it_before_and_not_after() {
    let without = [
        "E0101", "E0102", "E0104", "E0107", "E0108", "E0409", "E0415", "E0512",
    ];
    for page in Page::all() {
        assert_eq!(
            page.before.is_empty(),
            without.contains(&page.code),
            "{}",
            page.code
        );
        if page.before.is_empty() {
            continue;
        }
        for lang in [Lang::En, Lang::Ko] {
            let before = codes(&page.before(lang));
            assert!(
                before.contains(&page.code),
                "{}: before gives {before:?}",
                page.code
            );
            let others = before
                .iter()
                .filter(|c| c.starts_with('E') && **c != page.code);
            assert_eq!(others.count(), 0, "{}: before gives {before:?}", page.code);
            let after = codes(&page.after(lang));
            assert!(
                after.iter().all(|c| c.starts_with('A') && *c != page.code),
                "{}: after gives {after:?}",
                page.code
            );
        }
    }
}

#[test]
fn pages_are_whole_in_both_languages_and_codes_stand_in_order() {
    let mut codes: Vec<_> = Page::all().iter().map(|p| (p.severity, p.code)).collect();
    codes.dedup();
    assert!(codes.is_sorted() && codes.len() == Page::all().len());
    for page in Page::all() {
        let letter = if page.severity == Severity::Error {
            'E'
        } else {
            'A'
        };
        assert!(page.code.starts_with(letter) && page.code.len() == 5);
        for lang in [Lang::Ko, Lang::En] {
            assert!(
                !page.title(lang).is_empty() && page.text(lang).len() > 60,
                "{}",
                page.code
            );
        }
        assert!(
            page.ko.chars().any(|c| ('가'..='힣').contains(&c))
                && !page.title(Lang::En).contains('다')
        );
    }
}

#[test]
fn a_fix_mends_what_it_is_offered_for() {
    for (page, lang) in Page::all()
        .iter()
        .flat_map(|p| [(p, Lang::En), (p, Lang::Ko)])
    {
        let (text, _) = whole(&page.before(lang));
        for d in all_of(text.as_bytes()) {
            let Some(fix) = d.fix else { continue };
            let mended = format!(
                "{}{}{}",
                &text[..fix.span.start],
                fix.with,
                &text[fix.span.end..]
            );
            let still = |text: &str| {
                codes_of(text.as_bytes())
                    .iter()
                    .filter(|c| **c == d.code)
                    .count()
            };
            assert!(still(&mended) < still(&text), "{}: {mended}", d.code);
        }
    }
}
