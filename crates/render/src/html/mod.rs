//! The report: one page that opens from a disk without a network or a script (faces.md, "The report").
//!
//! Its sections follow the order of a reader's questions; each file beside this one holds one of them.

mod acts;
mod basis;
mod choices;
mod firm;
mod futures;
mod hypotheses;
mod minds;
mod opening;
mod outcome;
mod parts;
mod power;
mod prose;
mod quantities;
mod rationality;
mod rivals;
mod signposts;
mod stories;
mod structure;
mod sway;
mod unfolding;

pub(crate) use parts::escape;

use parts::pick;
use sinario_case::Lang;
use sinario_reading::Reading;
use std::fmt::Write;

/// The report as one self-contained HTML document.
///
/// It fetches nothing and runs nothing: the style sheet and the pictures stand in it, and its policy forbids the rest.
pub fn html(reading: &Reading, lang: Lang) -> String {
    let case = &*reading.case;
    let tag = pick(lang, "en", "ko");
    let mut page = String::with_capacity(1 << 18);
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"generator\" content=\"Sinario {}\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
        reading.version,
        escape(case.title.get(lang)),
        include_str!("report.css"),
    );
    opening::section(&mut page, reading, lang);
    stories::section(&mut page, reading, lang);
    minds::section(&mut page, reading, lang);
    firm::section(&mut page, reading, lang);
    sway::section(&mut page, reading, lang);
    unfolding::section(&mut page, reading, lang);
    futures::section(&mut page, reading, lang);
    structure::section(&mut page, reading, lang);
    power::section(&mut page, reading, lang);
    quantities::section(&mut page, reading, lang);
    choices::section(&mut page, reading, lang);
    signposts::section(&mut page, reading, lang);
    outcome::section(&mut page, reading, lang);
    basis::section(&mut page, reading, lang);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}
