//! What drives what?

use super::parts::{Table, details, escape, fact_link, figure, paragraph, pick};
use crate::sentences::structure as said;
use crate::svg;
use said::tenths;
use sinario_case::{Case, Lang};
use sinario_reading::{Feedback, Reading};
use std::fmt::Write;

/// Drivers of the table; the others stand in the JSON.
const DRIVERS: usize = 100;
/// Loops that are told step by step; `sinario structure` and the JSON list more.
const LOOPS: usize = 8;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let sentences = said::structure(reading, lang);
    if sentences.is_empty() {
        return;
    }
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(lang, "What drives what?", "무엇이 무엇을 움직이는가?")
    );
    for sentence in &sentences {
        let runs = sentence.runs.iter().map(|run| match run.strong {
            true => format!("<strong>{}</strong>", escape(&run.text)),
            false => escape(&run.text),
        });
        let _ = writeln!(page, "<p>{}</p>", runs.collect::<String>());
    }
    if reading.structure.mean > 0.0 {
        let caption = pick(
            lang,
            "Who drives, and who is driven",
            "누가 움직이고 누가 따라가는가",
        );
        page.push_str(&figure(caption, &how(reading, lang), |w| {
            svg::structure(reading, lang, w)
        }));
    }
    page.push_str(&details(
        pick(lang, "The same in numbers", "같은 내용을 숫자로"),
        &format!(
            "{}{}{}",
            table(reading, lang),
            paragraph("note", said::measured(lang)),
            paragraph("note", &said::indirectly(reading, lang))
        ),
    ));
    let loops = &reading.structure.loops;
    let counted = match loops.count {
        0 | 1 => String::new(),
        _ => paragraph("note", &said::loops(reading, lang).text()),
    };
    if loops.listed.is_empty() {
        page.push_str(&counted);
    } else {
        let shown = loops.listed.len().min(LOOPS);
        let items = loops.listed[..shown].iter();
        let items = items.map(|l| one(&reading.case, l, lang));
        let inside = format!(
            "{counted}<ol class=\"bones\">{}</ol>{}",
            items.collect::<String>(),
            paragraph("note", said::weighed(lang))
        );
        let summary = match lang {
            Lang::En if shown == 1 => "The loop, step by step".to_owned(),
            Lang::En => format!("The {shown} strongest loops, step by step"),
            Lang::Ko if shown == 1 => "되먹임 고리를 한 걸음씩".to_owned(),
            Lang::Ko => format!("가장 센 되먹임 고리 {shown}개를 한 걸음씩"),
        };
        page.push_str(&details(&summary, &inside));
    }
    page.push_str("</section>\n");
}

fn how(reading: &Reading, lang: Lang) -> String {
    let mut text = pick(
        lang,
        "The higher a driver stands, the more it moves the others; the farther right, the more the others move it. Dashed lines are the means. A line leads to a small ring where the driver stands once indirect ways count, at the same scale.",
        "위에 있을수록 다른 변수를 많이 움직이고, 오른쪽에 있을수록 다른 변수에 많이 매여 있습니다. 점선은 평균입니다. 가는 선 끝의 작은 고리는 간접 영향까지 따졌을 때의 자리입니다(눈금은 같습니다).",
    )
    .to_owned();
    let drivers = reading.case.drivers.len();
    if drivers > svg::MAPPED {
        let shown = svg::MAPPED;
        text.push_str(&match lang {
            Lang::En => {
                format!(" Of {drivers} drivers the {shown} with the greatest influence are drawn.")
            }
            Lang::Ko => format!(" 변수 {drivers}개 가운데 영향력이 큰 {shown}개만 그렸습니다."),
        });
    }
    text
}

fn table(reading: &Reading, lang: Lang) -> String {
    let found = &reading.structure;
    let heads = match lang {
        Lang::En => [
            "Driver",
            "#Influence",
            "#Place",
            "#Dependence",
            "#Place",
            "Field",
            "Field, indirectly",
        ],
        Lang::Ko => [
            "변수",
            "#영향력",
            "#순위",
            "#의존도",
            "#순위",
            "자리",
            "간접으로 본 자리",
        ],
    };
    let name = pick(
        lang,
        "Influence and dependence of the drivers",
        "변수의 영향력과 의존도",
    );
    let mut table = Table::new(name, &heads);
    for d in found.by_influence.iter().take(DRIVERS) {
        let (direct, indirect) = (&found.directly[d.0], &found.indirectly[d.0]);
        table.row(&[
            escape(reading.case.driver(*d).name.get(lang)),
            tenths(direct.influence),
            said::places(direct.influence_rank, indirect.influence_rank),
            tenths(direct.dependence),
            said::places(direct.dependence_rank, indirect.dependence_rank),
            said::quadrant(direct.quadrant, lang).to_owned(),
            said::quadrant(indirect.quadrant, lang).to_owned(),
        ]);
    }
    let mut html = table.finish();
    html.push_str(&paragraph(
        "note",
        pick(
            lang,
            "Influence and dependence are direct, in points; a place is that by direct ways, then, where it differs, that by indirect ones.",
            "영향력과 의존도는 직접 미치는 것만 점수로 적었습니다. 순위는 직접으로 본 것이고, 간접으로 보아 달라지면 → 뒤에 적었습니다.",
        ),
    ));
    if found.by_influence.len() > DRIVERS {
        let more = found.by_influence.len() - DRIVERS;
        html.push_str(&paragraph(
            "note",
            &match lang {
                Lang::En => format!("{more} more stand in the JSON."),
                Lang::Ko => format!("나머지 {more}개는 JSON에 있습니다."),
            },
        ));
    }
    html
}

fn one(case: &Case, of: &Feedback, lang: Lang) -> String {
    let next = of.steps.iter().skip(1).chain(of.steps.first());
    let steps = of.steps.iter().zip(next).map(|(from, to)| {
        let (class, sign) = match from.push {
            p if p > 0.0 => ("for", "+"),
            _ => ("against", ""),
        };
        let impact = from.impact.map(|i| &case.impacts[i]);
        let because = impact
            .and_then(|i| i.because.as_ref())
            .map_or(String::new(), |b| format!(" — {}", escape(b.get(lang))));
        let facts = impact.map_or(&[][..], |i| &i.facts);
        let facts = facts
            .iter()
            .map(|&f| format!("<br>{}", fact_link(case, f, lang)));
        format!(
            "<li><span class=\"pull {class}\">{sign}{}</span> {}{because}{}</li>",
            tenths(from.push),
            escape(&said::step(case, from, to, lang)),
            facts.collect::<String>()
        )
    });
    format!(
        "<li><strong>{}</strong> ({})<ul>{}</ul></li>",
        escape(&said::circle(case, of, lang)),
        said::sign(of.sign, lang),
        steps.collect::<String>()
    )
}
