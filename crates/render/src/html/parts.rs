//! What every section is put together from.

use crate::korean::{Particle, attach};
use crate::svg::{NARROW, WIDE, fill};
use crate::words::percent;
use sinario_case::{Case, FactId, Lang, Name, StateRef};
use sinario_reading::Estimate;
use std::fmt::Write;

/// Text as it may stand in HTML, in an attribute too. A number, its `%` and a particle behind it stay
/// on one line.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            ' ' if letters.peek() == Some(&'%') => out.push('\u{a0}'),
            '%' if letters
                .peek()
                .is_some_and(|next| matches!(next, '가'..='힣')) =>
            {
                out.push_str("%\u{2060}");
            }
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in HTML, not even escaped.
            c if c.is_control() && c != '\n' && c != '\t' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A probability as HTML: `<1 %` must not look like a tag.
pub(super) fn share(e: Estimate) -> String {
    escape(&percent(e))
}

/// The words of the language.
pub(super) fn pick<'a>(lang: Lang, en: &'a str, ko: &'a str) -> &'a str {
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

/// A picture with its caption: what it shows, then how to read it. Drawn once for a desk and once for a phone.
pub(super) fn figure(caption: &str, how: &str, picture: impl Fn(f64) -> String) -> String {
    format!(
        "<figure><figcaption>{}<small>{}</small></figcaption><div class=\"wide\">{}</div><div class=\"narrow\">{}</div></figure>\n",
        escape(caption),
        escape(how),
        picture(WIDE),
        picture(NARROW)
    )
}

/// Something that opens in place. `inside` is HTML.
pub(super) fn details(summary: &str, inside: &str) -> String {
    format!(
        "<details><summary>{}</summary><div class=\"inside\">{inside}</div></details>\n",
        escape(summary)
    )
}

/// A name of the case in the quotation marks of the language.
pub(super) fn quoted(name: &Name, lang: Lang) -> String {
    match lang {
        Lang::En => format!("“{}”", name.get(lang)),
        Lang::Ko => format!("‘{}’", name.get(lang)),
    }
}

/// A name of the case in Korean quotation marks with the particle that agrees with it.
pub(super) fn quoted_with(name: &Name, particle: Particle) -> String {
    attach(&quoted(name, Lang::Ko), name.say.as_deref(), particle)
}

/// A paragraph of plain text.
pub(super) fn paragraph(class: &str, text: &str) -> String {
    if class.is_empty() {
        format!("<p>{}</p>\n", escape(text))
    } else {
        format!("<p class=\"{class}\">{}</p>\n", escape(text))
    }
}

/// A table being written. A head that begins with `#` is a column of numbers.
pub(super) struct Table {
    html: String,
    numbers: Vec<bool>,
}

impl Table {
    /// `name` says what the table holds, for whoever hears it read.
    pub(super) fn new(name: &str, heads: &[&str]) -> Table {
        let mut html = format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table aria-label=\"{0}\"><thead><tr>",
            escape(name)
        );
        let numbers: Vec<bool> = heads.iter().map(|h| h.starts_with('#')).collect();
        for head in heads {
            let (class, text) = head
                .strip_prefix('#')
                .map_or(("", *head), |t| (" class=\"n\"", t));
            let _ = write!(html, "<th scope=\"col\"{class}>{}</th>", escape(text));
        }
        html.push_str("</tr></thead><tbody>");
        Table { html, numbers }
    }

    /// One row; cells are HTML.
    pub(super) fn row(&mut self, cells: &[String]) {
        self.html.push_str("<tr>");
        for (i, cell) in cells.iter().enumerate() {
            let class = if self.numbers.get(i).is_some_and(|n| *n) {
                " class=\"n\""
            } else {
                ""
            };
            let _ = write!(self.html, "<td{class}>{cell}</td>");
        }
        self.html.push_str("</tr>");
    }

    pub(super) fn finish(mut self) -> String {
        self.html.push_str("</tbody></table></div>");
        self.html
    }
}

/// The small square of a state's colour, and its name.
pub(super) fn state(case: &Case, at: StateRef, lang: Lang) -> String {
    format!(
        "<span class=\"chip {}\" aria-hidden=\"true\"></span>{}",
        fill(at.state.0),
        escape(case.state(at).name.get(lang))
    )
}

/// A link to a fact in the list at the end, by its number there.
pub(super) fn fact_link(case: &Case, fact: FactId, lang: Lang) -> String {
    let of = &case.facts[fact.0];
    let when = of.on.map_or_else(String::new, |d| {
        format!("{} · ", crate::words::day(d, lang))
    });
    format!(
        "<a href=\"#fact-{}\">{when}{}</a>",
        escape(&of.id),
        escape(of.text.get(lang))
    )
}

/// A source: a link where it is an address of the web, else as it was written.
pub(super) fn source(text: &str) -> String {
    let shown = escape(text);
    if text.starts_with("https://") || text.starts_with("http://") {
        format!("<a href=\"{shown}\" rel=\"noreferrer\">{shown}</a>")
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_written_can_become_markup() {
        assert_eq!(
            escape("<b onclick='x'>&\"\u{0}"),
            "&lt;b onclick=&#39;x&#39;&gt;&amp;&quot;\u{fffd}"
        );
        assert_eq!(source("javascript:alert(1)"), "javascript:alert(1)");
        assert!(source("https://a.example/?q=\"").contains("href=\"https://a.example/?q=&quot;\""));
    }
}
