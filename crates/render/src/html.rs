//! A reading as one page that opens without a network.

use crate::json::Part;
use crate::layout::Page;
use crate::sentences::summary;
use crate::terminal::terminal;
use sinario_case::Lang;
use sinario_reading::Reading;

/// The reading as an HTML page: title, question, the sentences, and the tables as text.
pub fn html(reading: &Reading, lang: Lang) -> String {
    let tag = match lang {
        Lang::Ko => "ko",
        Lang::En => "en",
    };
    let title = escape(reading.case.title.get(lang));
    let question = reading.case.question.as_ref().map_or(String::new(), |q| {
        format!("<p>{}</p>\n", escape(q.get(lang)))
    });
    let sentences: String = summary(reading, lang)
        .iter()
        .map(|s| {
            let runs = s.runs.iter().map(|r| {
                let text = escape(&r.text);
                if r.strong {
                    format!("<b>{text}</b>")
                } else {
                    text
                }
            });
            format!("<p>{}</p>\n", runs.collect::<String>())
        })
        .collect();
    let tables = escape(&terminal(reading, Part::Whole, lang, Page::PLAIN));
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<h1>{title}</h1>\n{question}{sentences}<pre>{tables}</pre>\n</html>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
