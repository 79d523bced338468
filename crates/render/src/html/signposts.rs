//! What will tell: signposts, the most telling first.

use super::minds::leading;
use super::parts::{Table, details, escape, figure, paragraph, pick, share};
use crate::svg;
use crate::words::{bits, chance, day};
use sinario_case::Lang;
use sinario_reading::{Estimate, Reading};
use std::fmt::Write;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    if reading.signposts.is_empty() {
        return;
    }
    let case = &*reading.case;
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(lang, "What will tell?", "무엇을 보면 알 수 있는가?")
    );
    let first = &reading.signposts[0];
    let of = &case.signposts[first.signpost];
    page.push_str(&paragraph(
        "",
        &match lang {
            Lang::En => format!("Watch this first: {} It would tell most about the minds ({}); the chance to see it is {}.", sentence(of.text.get(lang)), bits(first.bits, lang), chance(first.seen, lang)),
            Lang::Ko => format!("먼저 지켜볼 것: {} 속마음에 대해 가장 많이 알려 줍니다({}). 실제로 보게 될 확률은 {}입니다.", sentence(of.text.get(lang)), bits(first.bits, lang), chance(first.seen, lang)),
        },
    ));
    let caption = pick(
        lang,
        "How much each signpost would tell about the minds",
        "이정표마다 속마음에 대해 알려 줄 정보량",
    );
    let how = pick(
        lang,
        "In bits: one bit settles an even question, a hundredth hardly moves it.",
        "단위는 비트: 1비트면 반반인 물음 하나가 풀리고, 0.01비트면 거의 그대로입니다.",
    );
    page.push_str(&figure(caption, how, |w| {
        svg::telling(case, &reading.signposts, lang, w)
    }));
    page.push_str(&details(
        pick(lang, "What each would change", "무엇이 바뀌는지 보기"),
        &table(reading, lang),
    ));
    page.push_str("</section>\n");
}

/// The text with a full stop where it has none.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '。']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn table(reading: &Reading, lang: Lang) -> String {
    let case = &*reading.case;
    let heads = match lang {
        Lang::En => [
            "#", "Signpost", "By", "#Seen", "Mind", "#Now", "#If seen", "#If not", "#Bits",
        ],
        Lang::Ko => [
            "#",
            "이정표",
            "기한",
            "#볼 확률",
            "속마음",
            "#지금",
            "#보면",
            "#못 보면",
            "#비트",
        ],
    };
    let mut table = Table::new(
        pick(lang, "Signposts in numbers", "이정표를 숫자로"),
        &heads,
    );
    let plain = |e: Option<&Estimate>| match e {
        Some(e) if !e.value.is_nan() => share(*e),
        _ => "–".to_owned(),
    };
    for (n, s) in reading.signposts.iter().enumerate() {
        let of = &case.signposts[s.signpost];
        for (i, on) in s.minds.iter().enumerate() {
            let Some(mind) = reading.minds.iter().find(|m| m.driver == on.driver) else {
                continue;
            };
            let top = leading(mind);
            let head = |text: String| if i == 0 { text } else { String::new() };
            table.row(&[
                head((n + 1).to_string()),
                head(escape(of.text.get(lang))),
                head(of.by.map_or(String::new(), |d| day(d, lang))),
                head(share(s.seen)),
                format!(
                    "{}: {}",
                    escape(case.driver(on.driver).name.get(lang)),
                    escape(case.driver(on.driver).states[top.0].name.get(lang))
                ),
                share(mind.posterior[top.0]),
                plain(on.if_seen.get(top.0)),
                plain(on.if_not.get(top.0)),
                escape(&bits(on.bits, lang)),
            ]);
        }
    }
    table.finish()
}
