//! What do the facts say about the minds?

use super::parts::{
    Table, details, escape, fact_link, figure, paragraph, pick, quoted, quoted_with, share,
};
use super::{acts, opening, rationality, rivals};
use crate::caution::{caution, table_alone};
use crate::korean::Particle;
use crate::sentences;
use crate::svg;
use crate::words::{chance, decibans, percent};
use sinario_case::{Kind, Lang, StateId};
use sinario_reading::{Mind, Reading};
use std::fmt::Write;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    if reading.minds.is_empty() {
        return;
    }
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(
            lang,
            "What do the facts say about the minds?",
            "사실은 속마음에 대해 무엇을 말하는가?"
        )
    );
    let _ = writeln!(
        page,
        "<div class=\"aside\"><p>{}</p></div>",
        escape(&format!("{} {}", caution(lang), table_alone(lang)))
    );
    for mind in &reading.minds {
        one_mind(page, reading, mind, lang);
    }
    page.push_str("</section>\n");
}

/// The state with the highest probability; the first declared among equals.
pub(super) fn leading(mind: &Mind) -> StateId {
    StateId(sentences::leading(&mind.posterior))
}

fn one_mind(page: &mut String, reading: &Reading, mind: &Mind, lang: Lang) {
    let case = &*reading.case;
    let driver = case.driver(mind.driver);
    let _ = writeln!(page, "<h3>{}</h3>", escape(driver.name.get(lang)));
    if let Some(ask) = &driver.ask {
        page.push_str(&paragraph("mute", ask.get(lang)));
    }
    let top = leading(mind);
    let name = &driver.states[top.0].name;
    let (now, before) = (mind.posterior[top.0], mind.prior[top.0]);
    page.push_str(&paragraph(
        "",
        &match lang {
            Lang::En => format!(
                "In front now is {}: {}; before the facts it was {}.",
                quoted(name, lang),
                chance(now, lang),
                percent(before)
            ),
            Lang::Ko => format!(
                "지금 가장 앞선 것은 {}입니다({}). 사실을 보기 전에는 {}였습니다.",
                quoted(name, lang),
                chance(now, lang),
                percent(before)
            ),
        },
    ));
    if driver.kind != Kind::Mind && driver.today.is_some() {
        page.push_str(&paragraph(
            "note",
            pick(
                lang,
                "The case says how this driver stands today, so facts about it move nothing.",
                "이 변수가 오늘 어떤지는 사례가 이미 말하고 있어서, 사실이 더 움직일 것이 없습니다.",
            ),
        ));
    }
    let caption = pick(
        lang,
        "Belief now, and before the facts",
        "지금의 믿음과 사실을 보기 전의 믿음",
    );
    let how = pick(
        lang,
        "The upright mark on each bar is where belief stood before the facts.",
        "막대 위의 세로 표시가 사실을 보기 전의 자리입니다.",
    );
    page.push_str(&figure(caption, how, |w| {
        svg::posterior(case, mind, lang, w)
    }));
    page.push_str(&rivals::of_mind(reading, mind, lang));
    if svg::weights(case, mind, top, lang, svg::WIDE).is_some() {
        let (caption, how) = match lang {
            Lang::En => (
                format!("Which facts carry {}", quoted(name, lang)),
                "In decibans: +10 makes the odds ten times as good, +3 about twice; to the left, what speaks against it.",
            ),
            Lang::Ko => (
                format!(
                    "어떤 사실이 {} 떠받치나",
                    quoted_with(name, Particle::Object)
                ),
                "단위는 데시반: +10이면 승산이 열 배, +3이면 약 두 배. 왼쪽은 반대하는 사실입니다.",
            ),
        };
        page.push_str(&figure(&caption, how, |w| {
            svg::weights(case, mind, top, lang, w).unwrap_or_default()
        }));
    }
    page.push_str(&super::hypotheses::carries(reading, mind, lang));
    page.push_str(&details(
        pick(
            lang,
            "Every fact and every state in numbers",
            "모든 사실과 상태를 숫자로",
        ),
        &table(reading, mind, lang),
    ));
    page.push_str(&super::hypotheses::of_mind(reading, mind, lang));
    page.push_str(&acts::of_mind(reading, mind, lang));
    page.push_str(&rationality::of_mind(reading, mind, lang));
    if !opening::opens(reading, mind) {
        page.push_str(&opening::trajectory(reading, mind, lang, false));
    }
}

/// Weights of evidence, and belief without each fact.
fn table(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    let case = &*reading.case;
    let driver = case.driver(mind.driver);
    let mut heads = vec![pick(lang, "Fact", "사실").to_owned()];
    heads.extend(
        driver
            .states
            .iter()
            .map(|s| format!("#{}", s.name.get(lang))),
    );
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let intro = pick(
        lang,
        "The weight of each fact in decibans, and in brackets the belief if this fact were left out.",
        "사실마다의 무게(데시반)이고, 괄호 안은 그 사실을 뺐을 때의 믿음입니다.",
    );
    let mut table = Table::new(intro, &heads);
    for f in &mind.facts {
        if f.decibans.iter().all(|d| d.value.abs() < 0.05) {
            continue;
        }
        let mut cells = vec![fact_link(case, f.fact, lang)];
        cells.extend(f.decibans.iter().zip(&f.without).map(|(d, w)| {
            format!(
                "{}<br><span class=\"mute\">({})</span>",
                decibans(*d, lang),
                share(*w)
            )
        }));
        table.row(&cells);
    }
    let mut bottom = vec![format!(
        "<strong>{}</strong>",
        escape(pick(
            lang,
            "All together (before the facts)",
            "모두 합쳐서 (사실을 보기 전)"
        ))
    )];
    bottom.extend(mind.posterior.iter().zip(&mind.prior).map(|(now, before)| {
        format!(
            "<strong>{}</strong><br><span class=\"mute\">({})</span>",
            share(*now),
            share(*before)
        )
    }));
    table.row(&bottom);
    format!("{}{}", paragraph("note", intro), table.finish())
}
