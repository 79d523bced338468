//! Diagnostics with the line, the words underlined, and a way out.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};
use sinario_case::{Diagnostic, Lang, Severity};

/// Longest source that is quoted, in bytes around the place: a line of megabytes helps nobody.
const QUOTED: usize = 2_000;

/// Everything that was found about a file, as text for people.
pub fn diagnostics(
    file: &str,
    source: &str,
    all: &[Diagnostic],
    lang: Lang,
    colour: bool,
) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for d in all {
        let level = match (d.severity, lang) {
            (Severity::Error, Lang::En) => Level::ERROR,
            (Severity::Error, Lang::Ko) => Level::ERROR.with_name("오류"),
            (Severity::Advice, Lang::En) => Level::NOTE.with_name("advice"),
            (Severity::Advice, Lang::Ko) => Level::NOTE.with_name("조언"),
        };
        let title = level.primary_title(d.title(lang)).id(d.code);
        let mut group = Group::with_title(title);
        if let Some(first) = d.labels.first() {
            let (from, line) = window(source, first.span.start);
            let quoted = &source[from..ceil(
                source,
                (first.span.end.min(first.span.start + QUOTED)) + QUOTED,
            )];
            let end = first.span.end.min(from + quoted.len());
            let annotation = AnnotationKind::Primary
                .span(first.span.start - from..end.max(first.span.start) - from);
            let annotation = annotation.label(first.text.get(lang));
            group = group.element(
                Snippet::source(quoted)
                    .path(file)
                    .line_start(line)
                    .annotation(annotation),
            );
        }
        if let Some(help) = &d.help {
            let help_level = if lang == Lang::Ko {
                Level::HELP.with_name("도움말")
            } else {
                Level::HELP
            };
            group = group.element(help_level.message(help.get(lang)));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// Where quoting begins (the start of the line, or not too far before the place), and its line number.
fn window(source: &str, at: usize) -> (usize, usize) {
    let start = source[..at].rfind('\n').map_or(0, |n| n + 1);
    let start = if at - start > QUOTED {
        ceil(source, at - QUOTED)
    } else {
        start
    };
    (start, source[..start].matches('\n').count() + 1)
}

fn ceil(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The same for programs: `{"diagnostics": […]}`, lines and columns from 1, columns in characters.
pub fn diagnostics_json(source: &str, all: &[Diagnostic], lang: Lang) -> Value {
    let one = |d: &Diagnostic| {
        let place = d.labels.first().map(|l| {
            let before = &source[..l.span.start.min(source.len())];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            (line, column, l.span.clone())
        });
        json!({
            "code": d.code,
            "severity": match d.severity { Severity::Error => "error", Severity::Advice => "advice" },
            "title": d.title(lang),
            "line": place.as_ref().map(|p| p.0),
            "column": place.as_ref().map(|p| p.1),
            "span": place.map(|p| [p.2.start, p.2.end]),
            "help": d.help.as_ref().map(|h| h.get(lang)),
            "fix": d.fix.as_ref().map(|f| json!({ "span": [f.span.start, f.span.end], "with": f.with })),
        })
    };
    json!({ "diagnostics": all.iter().map(one).collect::<Vec<_>>() })
}
