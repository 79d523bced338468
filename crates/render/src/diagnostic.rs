//! Diagnostics with the line, the words underlined, and a way out.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};
use sinario_case::{Diagnostic, Label, Lang, Severity};

/// Longest source that is quoted, in bytes around the place: a line of megabytes helps nobody.
const QUOTED: usize = 2_000;
/// Most places of one diagnostic that are quoted; JSON has all of them.
const SHOWN: usize = 3;

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
    let lines = Lines::of(source);
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
        for (at, label) in d.labels.iter().take(SHOWN).enumerate() {
            let window = lines.window(label);
            let kind = if at == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let annotation = kind.span(window.marked).label(label.text.get(lang));
            group = group.element(
                Snippet::source(window.quoted)
                    .path(file)
                    .line_start(window.line)
                    .annotation(annotation),
            );
        }
        if d.labels.len() > SHOWN {
            let text = match lang {
                Lang::En => format!("only the first {SHOWN} places are shown"),
                Lang::Ko => format!("처음 {SHOWN}곳만 보였습니다"),
            };
            let note = match lang {
                Lang::En => Level::NOTE,
                Lang::Ko => Level::NOTE.with_name("참고"),
            };
            group = group.element(note.message(text));
        }
        if let Some(help) = &d.help {
            let help_level = match lang {
                Lang::Ko => Level::HELP.with_name("도움말"),
                Lang::En => Level::HELP,
            };
            group = group.element(help_level.message(help.get(lang)));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// How much was found: `2 errors`, `3 pieces of advice`, or nothing to say.
pub fn tally(errors: usize, all: &[Diagnostic], lang: Lang) -> String {
    let advice = all.iter().filter(|d| !d.is_error()).count();
    let s = |n: usize| if n == 1 { "" } else { "s" };
    match (lang, errors, advice) {
        (Lang::En, 0, 0) => "no advice".to_owned(),
        (Lang::En, 0, n) => format!(
            "{n} piece{} of advice; `sinario explain CODE` says more",
            s(n)
        ),
        (Lang::En, n, _) => format!("{n} error{}; `sinario explain CODE` says more", s(n)),
        (Lang::Ko, 0, 0) => "조언 없음".to_owned(),
        (Lang::Ko, 0, n) => format!("조언 {n}개(자세한 설명: `sinario explain 코드`)"),
        (Lang::Ko, n, _) => format!("오류 {n}개(자세한 설명: `sinario explain 코드`)"),
    }
}

/// Where the lines of a source begin.
struct Lines<'s> {
    source: &'s str,
    starts: Vec<usize>,
}

/// A stretch of the source around a place.
struct Window<'s> {
    quoted: &'s str,
    /// The line of its first byte, from 1.
    line: usize,
    /// The place within it.
    marked: std::ops::Range<usize>,
}

impl<'s> Lines<'s> {
    fn of(source: &'s str) -> Self {
        let ends = source.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        Lines { source, starts }
    }

    /// The line of a byte, from 0.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1) - 1
    }

    /// Line and column of a byte, from 1, columns in characters; a byte order mark is none.
    fn place(&self, at: usize) -> (usize, usize) {
        let at = floor(self.source, at);
        let line = self.line(at);
        let before = &self.source[self.starts[line]..at];
        let column = before.chars().filter(|c| *c != '\u{feff}').count() + 1;
        (line + 1, column)
    }

    /// The line of a label, or as much around its place as can be looked at; a label over several lines is marked on the
    /// first of them.
    fn window(&self, label: &Label) -> Window<'s> {
        let source = self.source;
        let start = floor(source, label.span.start);
        let line = self.line(start);
        let line_start = self.starts[line];
        let line_end = self.starts.get(line + 1).map_or(source.len(), |s| s - 1);
        let line_end = line_end - usize::from(source[line_start..line_end].ends_with('\r'));
        let from = if start - line_start > QUOTED {
            ceil(source, start - QUOTED)
        } else {
            line_start
        };
        let to = floor(source, line_end.min(start.saturating_add(2 * QUOTED))).max(start);
        let end = floor(source, label.span.end).clamp(start, to);
        Window {
            quoted: &source[from..to],
            line: line + 1,
            marked: start - from..end - from,
        }
    }
}

fn floor(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The same for programs: `{"diagnostics": […]}`, lines and columns from 1, columns in characters, spans in bytes. `line`,
/// `column` and `span` are those of the first label.
pub fn diagnostics_json(source: &str, all: &[Diagnostic], lang: Lang) -> Value {
    let lines = Lines::of(source);
    let one = |d: &Diagnostic| {
        let label = |l: &Label| {
            let (line, column) = lines.place(l.span.start);
            let text = l.text.get(lang);
            json!({
                "line": line,
                "column": column,
                "span": [l.span.start, l.span.end],
                "text": (!text.is_empty()).then_some(text),
            })
        };
        let labels: Vec<Value> = d.labels.iter().map(label).collect();
        let first = |key: &str| labels.first().map(|l| l[key].clone());
        json!({
            "code": d.code,
            "severity": match d.severity { Severity::Error => "error", Severity::Advice => "advice" },
            "title": d.title(lang),
            "line": first("line"),
            "column": first("column"),
            "span": first("span"),
            "labels": labels,
            "help": d.help.as_ref().map(|h| h.get(lang)),
            "fix": d.fix.as_ref().map(|f| json!({ "span": [f.span.start, f.span.end], "with": f.with })),
        })
    };
    json!({ "diagnostics": all.iter().map(one).collect::<Vec<_>>() })
}
