//! What would change the answer?

use super::parts::{Table, details, escape, figure, paragraph, pick};
use crate::sentences::sway::{
    Facts, how, judgement, left_out, range, rest, steady, target, tip, tipping, unswayed,
};
use crate::svg;
use crate::words::fine;
use sinario_case::{Case, Lang};
use sinario_reading::{Reading, SwayOf, Swayed, Unswayed};
use std::fmt::Write;

/// Sentences of what tips the leading mind; the others are folded away.
const TIPS: usize = 3;
/// A story that moves less than that, as a probability, is folded away.
const STEADY: f64 = 0.05;
/// Judgements in a table; the others stand in the JSON of `sinario tornado`.
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
            let leading = crate::sentences::best_read(reading).map(|m| m.driver);
            let mut minds: Vec<&Swayed> =
                sway.targets.iter().filter(|t| t.leader.is_some()).collect();
            // The mind that the report opens with comes first.
            minds.sort_by_key(|t| t.of.driver() != leading);
            if let Some(text) = tipping(&sway.targets, lang) {
                page.push_str(&paragraph("", &text));
            }
            tips(page, case, &minds, lang);
            page.push_str(&paragraph("note", &how(&case.doubt, lang)));
            if !sway.left_out.is_empty() {
                page.push_str(&paragraph("warning", &left_out(sway.left_out.len(), lang)));
            }
            let story = |t: &&Swayed| matches!(t.of, SwayOf::Story(_));
            let story = sway.targets.iter().find(story);
            for of in [minds.first().copied(), story].into_iter().flatten() {
                picture(page, case, of, lang);
            }
        }
    }
    page.push_str("</section>\n");
}

fn tips(page: &mut String, case: &Case, minds: &[&Swayed], lang: Lang) {
    let told = |of: &Swayed| -> Vec<String> {
        of.tipping()
            .map(|(bar, end, s)| tip(case, of, bar, end, s, Facts::Text, lang))
            .collect()
    };
    let list = |some: &[String]| {
        let items = some.iter().map(|t| format!("<li>{}</li>\n", escape(t)));
        format!("<ul>\n{}</ul>\n", items.collect::<String>())
    };
    let mut first = minds.first().map_or(Vec::new(), |of| told(of));
    let mut others = first.split_off(first.len().min(TIPS));
    others.extend(minds.iter().skip(1).flat_map(|of| told(of)));
    if !first.is_empty() {
        page.push_str(&list(&first));
    }
    if !others.is_empty() {
        let summary = pick(lang, "The others, one by one", "나머지를 하나씩 보기");
        page.push_str(&details(summary, &list(&others)));
    }
}

/// Whether no judgement moves it by as much as [`STEADY`].
fn is_steady(of: &Swayed) -> bool {
    of.moving().all(|b| {
        let off = |v: f64| (v - of.point).abs() < STEADY;
        off(b.if_low) && off(b.if_high) && b.width() < STEADY
    })
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
        "A bar is one judgement; at its ends stands the probability with the judgement there. The hollow side is the low end, the line is the answer as judged.",
        "막대 하나가 판단 하나이고, 막대 끝의 수는 판단을 그 끝까지 옮겼을 때의 확률입니다. 속이 빈 쪽이 범위의 아래 끝이고, 세로줄은 판단한 그대로의 답입니다.",
    );
    let drawn = figure(&caption, how, |w| {
        svg::tornado(case, of, lang, w).unwrap_or_default()
    });
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
    if matches!(of.of, SwayOf::Story(_)) && is_steady(of) {
        page.push_str(&paragraph("", &steady(case, of, lang)));
        page.push_str(&details(&caption, &format!("{drawn}{inside}")));
        return;
    }
    page.push_str(&drawn);
    page.push_str(&details(
        pick(lang, "The same in numbers", "같은 내용을 숫자로"),
        &inside,
    ));
}
