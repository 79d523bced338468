//! What was open to an actor and not done, and how much each of that tells.

use super::minds::leading;
use super::parts::{Table, details, escape, fact_link, figure, paragraph, pick, quoted, share};
use crate::sentences::alternative;
use crate::svg;
use crate::words::decibans;
use sinario_case::Lang;
use sinario_reading::{Mind, Reading};

/// Bars for the leading state and a table for all, one click below; nothing where no act tells anything.
pub(super) fn of_mind(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    let case = &*reading.case;
    let top = leading(mind);
    if svg::undone(case, mind, top, lang, svg::WIDE).is_none() {
        return String::new();
    }
    let name = quoted(&case.driver(mind.driver).states[top.0].name, lang);
    let caption = match lang {
        Lang::En => format!("It was open to them, and they did not: what that says for {name}"),
        Lang::Ko => format!("할 수 있었는데 하지 않은 일이 {name} 쪽에 실어 주는 무게"),
    };
    let how = pick(
        lang,
        "In decibans, against what belief would be had it not been there to do; to the left, what speaks against it.",
        "그 일을 애초에 할 수 없었을 때와 견준 데시반입니다. 왼쪽은 반대하는 쪽입니다.",
    );
    let picture = figure(&caption, how, |w| {
        svg::undone(case, mind, top, lang, w).unwrap_or_default()
    });
    details(
        pick(
            lang,
            "What they could have done and did not",
            "할 수 있었는데 하지 않은 일",
        ),
        &format!("{picture}{}", table(reading, mind, lang)),
    )
}

fn table(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    let case = &*reading.case;
    let states = &case.driver(mind.driver).states;
    let mut heads = vec![
        pick(lang, "What was done", "한 일").to_owned(),
        pick(lang, "What was not", "하지 않은 일").to_owned(),
    ];
    heads.extend(states.iter().map(|s| format!("#{}", s.name.get(lang))));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let intro = pick(
        lang,
        "What each thing left undone weighs in decibans, and in brackets the belief had it been done instead.",
        "하지 않은 일마다의 무게(데시반)이고, 괄호 안은 그 일을 대신 했을 때의 믿음입니다.",
    );
    let mut table = Table::new(intro, &heads);
    for undone in mind.compared.acts.iter().filter(|a| a.tells) {
        let Some(act) = &case.facts[undone.fact.0].act else {
            continue;
        };
        for (i, other) in undone.alternatives.iter().enumerate() {
            let mut cells = vec![
                match i {
                    0 => fact_link(case, undone.fact, lang),
                    _ => String::new(),
                },
                escape(&alternative(act, other.alternative, lang)),
            ];
            let each = other.decibans.iter().zip(&other.instead);
            cells.extend(each.map(|(d, p)| {
                format!(
                    "{}<br><span class=\"mute\">({})</span>",
                    decibans(*d, lang),
                    share(*p)
                )
            }));
            table.row(&cells);
        }
    }
    format!("{}{}", paragraph("note", intro), table.finish())
}
