//! The first screen: title, question, the reading in three sentences, and belief over time.

use super::parts::{Table, details, escape, figure, paragraph, pick, share};
use crate::sentences::{best_read, other_day, summary};
use crate::svg;
use crate::words::day;
use sinario_case::Lang;
use sinario_reading::{Mind, Reading};
use std::fmt::Write;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let case = &*reading.case;
    // On a wide screen words and picture stand side by side, so that both are seen at once.
    page.push_str("<div class=\"first\">\n<header>\n");
    let mut place: Vec<String> = Vec::new();
    if let Some(d) = reading.as_of {
        place.push(match lang {
            Lang::En => format!("As of {}", day(d, lang)),
            Lang::Ko => format!("{} 기준", day(d, lang)),
        });
    }
    if let Some(d) = case.horizon {
        place.push(match lang {
            Lang::En => format!("then = {}", day(d, lang)),
            Lang::Ko => format!("그때 = {}", day(d, lang)),
        });
    }
    if let Some(a) = &case.author {
        place.push(a.get(lang).to_owned());
    }
    page.push_str(&paragraph("where", &place.join(" · ")));
    let _ = writeln!(page, "<h1>{}</h1>", escape(case.title.get(lang)));
    if let Some(q) = &case.question {
        page.push_str(&paragraph("question", q.get(lang)));
    }
    if let Some(note) = other_day(reading, lang) {
        page.push_str(&paragraph("warning", &note));
    }
    assumed(page, reading, lang);
    page.push_str("<div class=\"lead\">\n");
    let choice = (reading.choices.as_ref())
        .and_then(|found| crate::sentences::choices::summary(case, found, lang));
    for sentence in summary(reading, lang).into_iter().chain(choice) {
        page.push_str("<p>");
        for run in &sentence.runs {
            if run.strong {
                let _ = write!(page, "<strong>{}</strong>", escape(&run.text));
            } else {
                page.push_str(&escape(&run.text));
            }
        }
        page.push_str("</p>\n");
    }
    page.push_str("</div>\n</header>\n");
    if let Some(mind) = best_read(reading) {
        page.push_str("<div>\n");
        page.push_str(&trajectory(reading, mind, lang, true));
        page.push_str("</div>\n");
    }
    page.push_str("</div>\n");
}

/// Whether a mind's trajectory stands on the first screen.
pub(super) fn opens(reading: &Reading, mind: &Mind) -> bool {
    best_read(reading).is_some_and(|m| m.driver == mind.driver)
}

/// Belief over time with its days listed below.
pub(super) fn trajectory(reading: &Reading, mind: &Mind, lang: Lang, first: bool) -> String {
    let case = &*reading.case;
    let driver = case.driver(mind.driver);
    let name = driver.name.get(lang);
    if mind.trajectory.is_empty() {
        return String::new();
    }
    let (caption, how) = match lang {
        Lang::En => (
            format!("{name}: belief as the facts arrived"),
            "Each number is a day on which something became public; the days are listed below.",
        ),
        Lang::Ko => (
            format!("{name}: 사실이 드러날 때마다 바뀐 믿음"),
            "숫자는 사실이 알려진 날이며, 아래에 차례대로 적었습니다.",
        ),
    };
    let mut html = figure(&caption, how, |w| svg::trajectory(case, mind, lang, w));
    if first {
        let beside = format!(
            "<div class=\"side\">{}</div></figure>",
            svg::trajectory(case, mind, lang, svg::SIDE)
        );
        html = html.replace("</figure>", &beside);
    }
    let mut heads = vec![
        pick(lang, "#Day", "#날").to_owned(),
        pick(lang, "What became public", "알려진 일").to_owned(),
    ];
    heads.extend(
        driver
            .states
            .iter()
            .map(|s| format!("#{}", s.name.get(lang))),
    );
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = Table::new(&caption, &heads);
    let row = |first: String, what: String, belief: &[sinario_reading::Estimate]| {
        let mut cells = vec![first, what];
        cells.extend(belief.iter().map(|e| share(*e)));
        cells
    };
    table.row(&row(
        "–".into(),
        escape(pick(lang, "Before any fact", "사실을 보기 전")),
        &mind.prior,
    ));
    for (i, step) in mind.trajectory.iter().enumerate() {
        let facts: Vec<String> = step
            .facts
            .iter()
            .map(|&f| super::parts::fact_link(case, f, lang))
            .collect();
        table.row(&row((i + 1).to_string(), facts.join("<br>"), &step.belief));
    }
    html.push_str(&details(
        pick(lang, "The days and the numbers", "날짜와 숫자 보기"),
        &table.finish(),
    ));
    html
}

/// What was asked for beside the case itself.
fn assumed(page: &mut String, reading: &Reading, lang: Lang) {
    let case = &*reading.case;
    let told = |all: &[sinario_case::StateRef]| {
        all.iter()
            .map(|&s| {
                format!(
                    "{} = {}",
                    case.driver(s.driver).name.get(lang),
                    case.state(s).name.get(lang)
                )
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    for (states, en, ko) in [
        (
            &reading.ask.given,
            "Read as if we had learnt",
            "다음을 알게 되었다고 보고 읽었습니다",
        ),
        (
            &reading.ask.held,
            "Read as if somebody held",
            "누군가 다음을 붙들어 둔다고 보고 읽었습니다",
        ),
    ] {
        if !states.is_empty() {
            page.push_str(&paragraph(
                "warning",
                &format!("{}: {}", pick(lang, en, ko), told(states)),
            ));
        }
    }
}
