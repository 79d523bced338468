//! What would change the answer?

use super::parts::{Table, details, escape, figure, paragraph, pick};
use crate::sentences::sway::{
    Facts, how, judgement, left_out, no_tip, range, rest, target, tip, unswayed,
};
use crate::svg;
use crate::words::fine;
use sinario_case::{Case, Lang};
use sinario_reading::{Reading, SwayOf, Swayed, Unswayed};
use std::fmt::Write;

/// Sentences of what tips an answer; the rest is counted.
const TIPS: usize = 6;
/// Judgements in a table; the others stand in the JSON.
const LISTED: usize = 15;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let (case, Some(sway)) = (&*reading.case, &reading.sway) else {
        return;
    };
    // Nothing was to be swayed, and nothing is missed.
    if *sway == Err(Unswayed::Nothing) {
        return;
    }
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(
            lang,
            "What would change the answer?",
            "무엇이 답을 바꾸는가?"
        )
    );
    match sway {
        Err(why) => {
            let why = unswayed(*why, lang);
            let text = match lang {
                Lang::En => format!("Not shown here: {why}."),
                Lang::Ko => format!("여기서는 보이지 않습니다. {why}."),
            };
            page.push_str(&paragraph("note", &text));
        }
        Ok(sway) => {
            page.push_str(&paragraph("note", how(lang)));
            if !sway.left_out.is_empty() {
                page.push_str(&paragraph("warning", &left_out(sway.left_out.len(), lang)));
            }
            tips(page, case, &sway.targets, lang);
            let first = |story: bool| {
                let of = |t: &&Swayed| matches!(t.of, SwayOf::Story(_)) == story;
                sway.targets.iter().find(of)
            };
            for of in [first(true), first(false)].into_iter().flatten() {
                picture(page, case, of, lang);
            }
        }
    }
    page.push_str("</section>\n");
}

fn tips(page: &mut String, case: &Case, targets: &[Swayed], lang: Lang) {
    let all: Vec<String> = targets
        .iter()
        .flat_map(|of| {
            of.tipping()
                .map(move |(bar, end, s)| tip(case, of, bar, end, s, Facts::Text, lang))
        })
        .collect();
    if all.is_empty() {
        if targets.iter().any(|t| t.leader.is_some()) {
            page.push_str(&paragraph("", no_tip(lang)));
        }
        return;
    }
    let list = |some: &[String]| {
        let items = some.iter().map(|t| format!("<li>{}</li>\n", escape(t)));
        format!("<ul>\n{}</ul>\n", items.collect::<String>())
    };
    let (first, others) = all.split_at(all.len().min(TIPS));
    page.push_str(&list(first));
    if !others.is_empty() {
        let summary = match lang {
            Lang::En => format!("{} more put another state in front", others.len()),
            Lang::Ko => format!(
                "맨 앞의 상태를 바꾸는 판단이 {}개 더 있습니다",
                others.len()
            ),
        };
        page.push_str(&details(&summary, &list(others)));
    }
}

fn picture(page: &mut String, case: &Case, of: &Swayed, lang: Lang) {
    if of.moving().next().is_none() {
        return;
    }
    let name = target(case, of.of, lang);
    let caption = match lang {
        Lang::En => format!("What sways {name}"),
        Lang::Ko => format!("흔드는 판단들: {name}"),
    };
    let how = pick(
        lang,
        "A bar is one judgement; at its ends stand the values that take the probability there. The pale side is the low end, the line is the answer as judged.",
        "막대 하나가 판단 하나이고, 막대 끝의 수는 확률을 거기까지 옮기는 판단의 값입니다. 옅은 쪽이 범위의 아래 끝이고, 세로줄은 판단한 그대로의 답입니다.",
    );
    page.push_str(&figure(&caption, how, |w| {
        svg::tornado(case, of, lang, w).unwrap_or_default()
    }));
    let heads = match lang {
        Lang::En => ["Judgement", "#Range", "#At the low end", "#At the high end"],
        Lang::Ko => ["판단", "#범위", "#아래 끝이면", "#위 끝이면"],
    };
    let mut table = Table::new(&caption, &heads);
    for b in of.moving().take(LISTED) {
        table.row(&[
            escape(&judgement(case, b.at, Facts::Text, lang)),
            escape(&range(b, lang)),
            escape(&fine(b.if_low)),
            escape(&fine(b.if_high)),
        ]);
    }
    let mut inside = table.finish();
    let (moving, all) = (of.moving().count(), of.bars.len());
    let more = moving.saturating_sub(LISTED);
    inside.push_str(&paragraph("note", &rest(more, all - moving, lang)));
    page.push_str(&details(
        pick(lang, "The same in numbers", "같은 내용을 숫자로"),
        &inside,
    ));
}
