//! How firm is it?

use super::parts::{Table, details, escape, figure, paragraph, pick, share, state};
use crate::sentences::firm::{
    at_point, between, caution, firm as sentences, minds, more, name, notes, others, plain, world,
};
use crate::svg::{self, Held, Interval};
use crate::words::count;
use sinario_case::{DriverId, Lang, StateId, StateRef};
use sinario_reading::{Firm, FirmFuture, FirmState, Reading, Spread};
use std::fmt::Write;

/// Futures drawn.
const DRAWN: usize = 12;
/// Futures in the table; the others stand in the JSON.
const LISTED: usize = 20;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(lang, "How firm is it?", "얼마나 단단한가?")
    );
    match &reading.firm {
        Some(firm) => ensemble(page, reading, firm, lang),
        None => page.push_str(&paragraph(
            "note",
            pick(
                lang,
                "This was not asked: write the report with --members 200, and every judgement is drawn again within its author’s own doubt to see how often the answers stay the same.",
                "이번에는 알아보지 않았습니다. 보고서를 쓸 때 --members 200을 붙이면, 모든 판단을 글쓴이 스스로의 의심만큼 다시 뽑아 답이 얼마나 자주 그대로인지 봅니다.",
            ),
        )),
    }
    page.push_str("</section>\n");
}

fn ensemble(page: &mut String, reading: &Reading, firm: &Firm, lang: Lang) {
    if firm.judgements > 0 {
        let [n, judgements] = [firm.members, firm.judgements].map(|n| count(&n.into(), lang));
        page.push_str(&paragraph(
            "",
            &match lang {
                Lang::En => format!(
                    "Every one of {judgements} judgements was drawn again {n} times, within its author’s own doubt, and everything solved anew each time; each time is a member of the ensemble."
                ),
                Lang::Ko => format!(
                    "판단 {judgements}개를 모두 글쓴이 스스로의 의심만큼 {n}번 다시 뽑아, 그때마다 처음부터 다시 풀었습니다. 그 한 번을 한 판이라고 합니다."
                ),
            },
        ));
    }
    for sentence in sentences(reading, firm, lang) {
        page.push_str("<p>");
        for run in &sentence.runs {
            let text = escape(&run.text);
            let _ = match run.strong {
                true => write!(page, "<strong>{text}</strong>"),
                false => write!(page, "{text}"),
            };
        }
        page.push_str("</p>\n");
    }
    for note in notes(reading, firm, lang) {
        page.push_str(&paragraph("warning", &note));
    }
    page.push_str(&paragraph("note", caution(lang)));
    if firm.answered() > 0 {
        probabilities(page, reading, firm, lang);
    }
    if !firm.futures.is_empty() {
        futures(page, reading, firm, lang);
    }
}

fn probabilities(page: &mut String, reading: &Reading, firm: &Firm, lang: Lang) {
    let case = &*reading.case;
    let mut all = Vec::new();
    let horizon = others(reading, lang);
    let parts = [
        (
            pick(lang, "Minds now", "지금의 속마음"),
            minds(reading),
            &firm.now,
        ),
        (horizon, world(reading), &firm.then),
    ];
    for (part, drivers, found) in parts {
        for (n, &d) in drivers.iter().enumerate() {
            let s = at_point(&found[d.0]);
            let driver = case.driver(d);
            all.push(Interval {
                part: (n == 0).then(|| part.to_owned()),
                name: format!(
                    "{}: {}",
                    driver.name.get(lang),
                    driver.states[s].name.get(lang)
                ),
                state: Some(s),
                spread: found[d.0][s].spread,
            });
        }
    }
    for (n, (story, spread)) in case.stories.iter().zip(&firm.stories).enumerate() {
        all.push(Interval {
            part: (n == 0).then(|| pick(lang, "Stories", "이야기").to_owned()),
            name: story.title.get(lang).to_owned(),
            state: None,
            spread: *spread,
        });
    }
    if all.is_empty() {
        return;
    }
    let caption = pick(
        lang,
        "How far each probability may lie off by the author’s own doubt",
        "글쓴이 스스로의 의심으로 확률이 얼마나 흔들리는가",
    );
    let how = pick(
        lang,
        "Of each mind and driver the state that leads as the case stands. The dot is the case as it stands; the bar holds nine of ten members, and the tick is their middle.",
        "속마음과 변수마다 사례 그대로에서 가장 앞선 상태를 그렸습니다. 점은 사례 그대로의 값이고, 막대에는 열 판 가운데 아홉 판이 들어가며, 눈금은 그 한가운데입니다.",
    );
    page.push_str(&figure(caption, how, |w| svg::intervals(&all, lang, w)));
    let inside = format!(
        "{}{}",
        states(reading, firm, lang),
        chances(reading, firm, lang)
    );
    page.push_str(&details(
        pick(
            lang,
            "States, stories and signposts in numbers",
            "상태와 이야기, 이정표를 숫자로",
        ),
        &inside,
    ));
}

/// Point, quantiles.
fn numbers(of: &Spread) -> Vec<String> {
    let quantile = |at: usize| of.quantiles.map_or("–".to_owned(), |q| share(plain(q[at])));
    vec![
        share(plain(of.point)),
        quantile(0),
        quantile(1),
        quantile(2),
    ]
}

fn states(reading: &Reading, firm: &Firm, lang: Lang) -> String {
    let case = &*reading.case;
    let answered = count(&firm.answered().into(), lang);
    let front = match lang {
        Lang::En => format!("#In front, of {answered}"),
        Lang::Ko => format!("#앞선 판({answered}판 중)"),
    };
    let heads = [
        pick(lang, "When", "언제"),
        pick(lang, "Driver", "변수"),
        pick(lang, "State", "상태"),
        pick(lang, "#As it stands", "#그대로"),
        "#5 %",
        "#50 %",
        "#95 %",
        &front,
        pick(lang, "#95 % interval", "#95 % 구간"),
    ];
    let mut table = Table::new(
        pick(lang, "States over the members", "판마다 본 상태"),
        &heads,
    );
    let then = pick(lang, "at the horizon", "그때");
    let mut times = vec![(pick(lang, "now", "지금"), minds(reading), &firm.now)];
    times.push(if case.rounds() > 0 {
        (then, world(reading), &firm.then)
    } else {
        (pick(lang, "now", "지금"), world(reading), &firm.now)
    });
    for (when, drivers, found) in times {
        for d in drivers {
            for (s, of) in found[d.0].iter().enumerate() {
                let first = s == 0;
                table.row(&state_row(reading, (d, s), of, first.then_some(when), lang));
            }
        }
    }
    // Of the long run only who leads: the rest stands in the JSON.
    for d in minds(reading).into_iter().chain(world(reading)) {
        let s = at_point(&firm.settled[d.0]);
        let when = pick(lang, "long run", "길게 보면");
        table.row(&state_row(
            reading,
            (d, s),
            &firm.settled[d.0][s],
            Some(when),
            lang,
        ));
    }
    table.finish()
}

fn state_row(
    reading: &Reading,
    (d, s): (DriverId, usize),
    of: &FirmState,
    when: Option<&str>,
    lang: Lang,
) -> Vec<String> {
    let case = &*reading.case;
    let at = StateRef {
        driver: d,
        state: StateId(s),
    };
    let mut row = vec![
        when.unwrap_or_default().to_owned(),
        when.map_or(String::new(), |_| escape(case.driver(d).name.get(lang))),
        state(case, at, lang),
    ];
    row.extend(numbers(&of.spread));
    row.push(count(&of.leads.count.into(), lang));
    row.push(escape(&between(of.leads.low, of.leads.high, lang)));
    row
}

fn chances(reading: &Reading, firm: &Firm, lang: Lang) -> String {
    let case = &*reading.case;
    let stories = case.stories.iter().zip(&firm.stories);
    let stories = stories.map(|(s, p)| (pick(lang, "Story", "이야기"), s.title.get(lang), p));
    let signposts = case.signposts.iter().zip(&firm.signposts);
    let signposts = signposts.map(|(s, p)| (pick(lang, "Signpost", "이정표"), s.text.get(lang), p));
    let all: Vec<_> = stories.chain(signposts).collect();
    if all.is_empty() {
        return String::new();
    }
    let heads = [
        "",
        pick(lang, "What", "무엇"),
        pick(lang, "#As it stands", "#그대로"),
        "#5 %",
        "#50 %",
        "#95 %",
    ];
    let mut table = Table::new(
        pick(
            lang,
            "Stories and signposts over the members",
            "판마다 본 이야기와 이정표",
        ),
        &heads,
    );
    for (kind, text, spread) in all {
        let mut row = vec![kind.to_owned(), escape(text)];
        row.extend(numbers(spread));
        table.row(&row);
    }
    table.finish()
}

fn futures(page: &mut String, reading: &Reading, firm: &Firm, lang: Lang) {
    // Those that hold together as the case stands first, so that none of them is left out for one that does not.
    let mut drawn: Vec<&FirmFuture> = firm.futures.iter().filter(|f| f.at_point).collect();
    drawn.extend(firm.futures.iter().filter(|f| !f.at_point));
    drawn.truncate(DRAWN);
    drawn.sort_by_key(|f| std::cmp::Reverse(f.consistent_in.count));
    let held: Vec<Held> = drawn
        .iter()
        .map(|f| Held {
            name: name(reading, firm, f, lang),
            at_point: f.at_point,
            share: f.consistent_in,
        })
        .collect();
    let members = count(&firm.members.into(), lang);
    let caption = match lang {
        Lang::En => format!("In how many of {members} members each future holds together"),
        Lang::Ko => format!("미래마다 {members}판 가운데 몇 판에서 앞뒤가 맞는가"),
    };
    let how = pick(
        lang,
        "Numbers are those of the futures above. In bold and darker: what holds together as the case stands too. The line in a bar is the 95 % interval of the share.",
        "번호는 위에서 본 미래의 번호입니다. 굵은 글씨와 짙은 막대는 사례 그대로에서도 앞뒤가 맞는 미래이고, 막대 안의 선은 비율의 95 % 구간입니다.",
    );
    page.push_str(&figure(&caption, how, |w| svg::shares(&held, lang, w)));
    let heads = [
        pick(lang, "Future", "미래"),
        pick(lang, "#Members", "#판"),
        pick(lang, "#95 % interval", "#95 % 구간"),
        pick(lang, "#Then, as it stands", "#그때 확률(그대로)"),
        pick(lang, "#5–95 %", "#5~95 %"),
    ];
    let mut table = Table::new(&caption, &heads);
    for f in firm.futures.iter().take(LISTED) {
        let then = f.then.as_ref();
        table.row(&[
            escape(&name(reading, firm, f, lang)),
            count(&f.consistent_in.count.into(), lang),
            escape(&between(f.consistent_in.low, f.consistent_in.high, lang)),
            then.map_or("–".to_owned(), |s| share(plain(s.point))),
            then.map_or("–".to_owned(), |s| {
                escape(&crate::sentences::firm::range(s, lang))
            }),
        ]);
    }
    let mut inside = table.finish();
    let more = more(firm, lang);
    if !more.is_empty() {
        inside.push_str(&paragraph("note", &more));
    }
    page.push_str(&details(
        pick(lang, "The same in numbers", "같은 내용을 숫자로"),
        &inside,
    ));
}
