//! The best rival of the leading explanation, and what the author's ranges leave open.

use super::parts::{Table, details, escape, paragraph, pick, share, state};
use crate::sentences;
use crate::words::bits;
use sinario_case::{Lang, StateRef};
use sinario_reading::{Estimate, Mind, Reading, Rival};

/// Two open sentences at most; what differs and every signpost one click below.
pub(super) fn of_mind(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    let mut out = String::new();
    if let Some(text) = sentences::ranges(reading, mind, lang) {
        let text = match mind.compared.ranges_left_out {
            true => text,
            false => format!(
                "{text}{}",
                pick(
                    lang,
                    " The brackets on the bars show it for each state that they move.",
                    " 막대 위의 꺾쇠가 달라지는 상태마다 그 폭을 보여 줍니다."
                )
            ),
        };
        out.push_str(&paragraph("note", &text));
    }
    if let Some(text) = sentences::rival(reading, mind, false, lang) {
        out.push_str(&paragraph("", &text));
    }
    if let Some(rival) = &mind.compared.rival {
        out.push_str(&details(
            pick(
                lang,
                "The two explanations side by side",
                "두 설명을 나란히 보기",
            ),
            &format!(
                "{}{}",
                differences(reading, rival, lang),
                signposts(reading, rival, lang)
            ),
        ));
    }
    out
}

fn heads(lang: Lang) -> [&'static str; 3] {
    match lang {
        Lang::En => ["", "Leading explanation", "Best rival"],
        Lang::Ko => ["", "앞선 설명", "맞서는 설명"],
    }
}

/// Driver by driver what differs, and the mass of each.
fn differences(reading: &Reading, rival: &Rival, lang: Lang) -> String {
    let case = &*reading.case;
    let intro = pick(
        lang,
        "The most probable future now in which this is so, the most probable one in which it is not, and where they differ.",
        "지금 그럴 때 가장 그럴듯한 미래와 그렇지 않을 때 가장 그럴듯한 미래, 그리고 둘이 다른 곳입니다.",
    );
    let mut table = Table::new(intro, &heads(lang));
    for &driver in &rival.differ {
        let of = |x: &[sinario_case::StateId]| {
            let at = StateRef {
                driver,
                state: x[driver.0],
            };
            state(case, at, lang)
        };
        table.row(&[
            escape(case.driver(driver).name.get(lang)),
            of(&rival.leading.0),
            of(&rival.rival.0),
        ]);
    }
    let mass = |value| {
        format!(
            "<strong>{}</strong>",
            share(Estimate { value, error: None })
        )
    };
    table.row(&[
        escape(pick(lang, "How probable it is", "그 확률")),
        mass(rival.leading.1),
        mass(rival.rival.1),
    ]);
    format!("{}{}", paragraph("note", intro), table.finish())
}

/// How likely each signpost is to be seen under either, the most separating first.
fn signposts(reading: &Reading, rival: &Rival, lang: Lang) -> String {
    if rival.signposts.is_empty() {
        return String::new();
    }
    let intro = pick(
        lang,
        "How well each signpost separates the two: the chance to see it under either, and in bits how much seeing it or not would tell if both were even (1 settles it, 0 tells nothing).",
        "이정표마다 둘을 얼마나 잘 가르는지: 두 설명에서 그것을 볼 확률과, 둘이 반반일 때 보고 못 보는 것이 알려 주는 비트(1이면 판가름, 0이면 아무것도 모름)입니다.",
    );
    let [_, leading, other] = heads(lang);
    let heads = [
        pick(lang, "Signpost", "이정표").to_owned(),
        format!("#{leading}"),
        format!("#{other}"),
        pick(lang, "#Bits", "#비트").to_owned(),
    ];
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = Table::new(intro, &heads);
    let exact = |value| Estimate { value, error: None };
    for s in &rival.signposts {
        table.row(&[
            escape(reading.case.signposts[s.signpost].text.get(lang)),
            share(exact(s.seen.0)),
            share(exact(s.seen.1)),
            escape(&bits(exact(s.bits), lang)),
        ]);
    }
    format!("{}{}", paragraph("note", intro), table.finish())
}
