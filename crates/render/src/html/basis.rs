//! What everything rests on: the facts with their sources and likelihoods, the judgements with their reasons, and how it
//! was computed.

use super::parts::{Table, details, escape, paragraph, pick, share, source, state};
use crate::sentences;
use crate::words::{day, points};
use sinario_case::{
    Case, DriverId, Expected, FactId, Kind, Lang, Ranged, Score, StateId, StateRef,
};
use sinario_reading::{Estimate, Method, Reading};
use std::fmt::Write;

/// Impacts listed; beyond that the case itself is the place to look.
const LISTED: usize = 600;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let case = &*reading.case;
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(lang, "What does it rest on?", "무엇에 바탕을 두었나?")
    );
    page.push_str(&paragraph(
        "",
        &match lang {
            Lang::En => format!(
                "{} facts and {} judgements of what favours what, all the author’s. Every number above follows from these, and from the priors, signposts, holds and wants of the case where it has them.",
                reading.used.len(),
                case.impacts.len()
            ),
            Lang::Ko => format!(
                "사실 {}가지와, 무엇이 무엇을 밀어 주는지에 대한 판단 {}개. 모두 글쓴이의 것입니다. 위의 모든 숫자는 이것과, 사례에 적힌 사전 확률, 이정표, 쥔 정도와 바람에서 따라 나옵니다.",
                reading.used.len(),
                case.impacts.len()
            ),
        },
    ));
    if !case.facts.is_empty() {
        facts(page, reading, lang);
    }
    page.push_str(&details(
        pick(lang, "The drivers and their states", "변수와 상태"),
        &drivers(case, lang),
    ));
    if !case.impacts.is_empty() {
        page.push_str(&details(
            pick(
                lang,
                "The judgements: what favours what, and why",
                "판단: 무엇이 무엇을 밀어 주며 왜 그런가",
            ),
            &impacts(case, lang),
        ));
    }
    page.push_str("</section>\n");
    footer(page, reading, lang);
}

fn facts(page: &mut String, reading: &Reading, lang: Lang) {
    let case = &*reading.case;
    let list = |all: &[FactId]| {
        let items: Vec<String> = all.iter().map(|&f| fact(case, f, lang)).collect();
        format!("<ol class=\"facts\">{}</ol>", items.concat())
    };
    // Open, since the rest of the page leads here.
    let _ = writeln!(
        page,
        "<h3>{}</h3>\n{}",
        pick(lang, "The facts", "사실"),
        list(&reading.used)
    );
    if !reading.later.is_empty() {
        let head = match lang {
            Lang::En => format!("{} later facts, not used", reading.later.len()),
            Lang::Ko => format!("기준일 뒤의 사실 {}가지(쓰지 않음)", reading.later.len()),
        };
        page.push_str(&details(&head, &list(&reading.later)));
    }
}

fn fact(case: &Case, id: FactId, lang: Lang) -> String {
    let f = &case.facts[id.0];
    let mut html = format!("<li id=\"fact-{}\">", escape(&f.id));
    if let Some(d) = f.on {
        let _ = write!(
            html,
            "<span class=\"mute\">{}</span><br>",
            escape(&day(d, lang))
        );
    }
    html.push_str(&escape(f.text.get(lang)));
    let mut notes: Vec<String> = f.sources.iter().map(|s| source(s)).collect();
    if let Some(g) = f.grade {
        notes.push(match lang {
            Lang::En => format!("grade {}{}: trust {}", g.letter, g.digit, trust(case, g)),
            Lang::Ko => format!("등급 {}{}: 신뢰 {}", g.letter, g.digit, trust(case, g)),
        });
    }
    if let Some(g) = &f.group {
        notes.push(format!(
            "{} {}",
            pick(lang, "counts once with group", "한 묶음으로 셈:"),
            escape(g)
        ));
    }
    if !notes.is_empty() {
        let _ = write!(
            html,
            "<br><span class=\"note\">{}</span>",
            notes.join(" · ")
        );
    }
    let mut inside = String::new();
    for e in &f.expected {
        inside.push_str(&expected(case, e, lang));
    }
    if let Some(act) = &f.act {
        for w in &act.worth {
            let mut heads = vec![case.driver(w.driver).name.get(lang).to_owned()];
            heads.extend((0..act.among.len()).map(|i| {
                let words = sentences::alternative(act, i, lang);
                format!("#{words}{}", if i == act.chose { " ✓" } else { "" })
            }));
            let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
            let mut table = Table::new(
                pick(lang, "Worth of each alternative", "대안마다의 값어치"),
                &heads,
            );
            for (s, row) in w.table.iter().enumerate() {
                let at = StateRef {
                    driver: w.driver,
                    state: StateId(s),
                };
                let mut cells = vec![state(case, at, lang)];
                cells.extend(row.iter().map(worth));
                table.row(&cells);
            }
            inside.push_str(&paragraph(
                "note",
                pick(lang, "An act: how good each alternative would be (−10 … 10) to somebody of that mind; ✓ was done.", "행동: 그런 마음이라면 대안마다 얼마나 좋은지(−10 … 10). ✓가 실제로 한 일입니다."),
            ));
            inside.push_str(&table.finish());
        }
    }
    if !inside.is_empty() {
        html.push_str(&details(
            pick(lang, "What the author expects of it", "글쓴이의 가늠"),
            &inside,
        ));
    }
    html.push_str("</li>");
    html
}

fn trust(case: &Case, grade: sinario_case::Grade) -> String {
    share(Estimate {
        value: case.trust.of(Some(grade)),
        error: None,
    })
}

fn ranged(r: &Ranged) -> String {
    let one = |value: f64| share(Estimate { value, error: None });
    match r.range {
        Some((a, b)) => format!("{} ({}–{})", one(r.value), one(a), one(b)),
        None => one(r.value),
    }
}

fn worth(r: &Ranged) -> String {
    let one = |v: f64| {
        let text = format!("{v:.1}");
        text.trim_end_matches('0')
            .trim_end_matches('.')
            .replace('-', "−")
    };
    match r.range {
        Some((a, b)) => format!("{} ({}–{})", one(r.value), one(a), one(b)),
        None => one(r.value),
    }
}

fn expected(case: &Case, e: &Expected, lang: Lang) -> String {
    let driver = case.driver(e.driver);
    let intro = match lang {
        Lang::En => format!(
            "{}: how probable the fact would be, were this the truth",
            driver.name.get(lang)
        ),
        Lang::Ko => format!(
            "{}: 이것이 참이라면 이런 일이 있을 확률",
            driver.name.get(lang)
        ),
    };
    let heads = [
        pick(lang, "State", "상태"),
        pick(lang, "#Probability of the fact", "#이 사실의 확률"),
    ];
    let mut table = Table::new(&intro, &heads);
    for (s, chance) in e.chances.iter().enumerate() {
        let at = StateRef {
            driver: e.driver,
            state: StateId(s),
        };
        table.row(&[state(case, at, lang), ranged(chance)]);
    }
    format!("{}{}", paragraph("note", &intro), table.finish())
}

fn drivers(case: &Case, lang: Lang) -> String {
    let heads = match lang {
        Lang::En => ["Driver", "Kind", "States", "Today"],
        Lang::Ko => ["변수", "갈래", "상태", "오늘"],
    };
    let mut table = Table::new(pick(lang, "Drivers", "변수"), &heads);
    for (d, driver) in case.drivers.iter().enumerate() {
        let kind = match driver.kind {
            Kind::World => pick(lang, "world", "세상"),
            Kind::Mind => pick(lang, "mind", "속마음"),
            Kind::Move => pick(lang, "move", "수"),
        };
        let actor = driver.actor.map_or(String::new(), |a| {
            format!(
                "<br><span class=\"mute\">{}</span>",
                escape(case.actors[a.0].name.get(lang))
            )
        });
        let ask = driver.ask.as_ref().map_or(String::new(), |a| {
            format!("<br><span class=\"mute\">{}</span>", escape(a.get(lang)))
        });
        let states: Vec<String> = (0..driver.states.len())
            .map(|s| {
                state(
                    case,
                    StateRef {
                        driver: DriverId(d),
                        state: StateId(s),
                    },
                    lang,
                )
            })
            .collect();
        table.row(&[
            format!("{}{ask}", escape(driver.name.get(lang))),
            format!("{kind}{actor}"),
            states.join("<br>"),
            driver
                .today
                .map_or("–".into(), |t| escape(driver.states[t.0].name.get(lang))),
        ]);
    }
    table.finish()
}

fn impacts(case: &Case, lang: Lang) -> String {
    let heads = match lang {
        Lang::En => ["If", "then", "because"],
        Lang::Ko => ["이러면", "이렇게 밀고", "왜냐하면"],
    };
    let mut table = Table::new(pick(lang, "Judgements", "판단"), &heads);
    for impact in case.impacts.iter().take(LISTED) {
        let on = case.driver(impact.on);
        let scores: Vec<String> = impact
            .scores
            .iter()
            .enumerate()
            .filter(|(_, s)| s.thousandths != 0 || s.range.is_some())
            .map(|(s, score)| format!("{} {}", escape(on.states[s].name.get(lang)), scored(score)))
            .collect();
        let facts: Vec<String> = impact
            .facts
            .iter()
            .map(|&f| format!("<br>{}", super::parts::fact_link(case, f, lang)))
            .collect();
        table.row(&[
            format!(
                "{}: {}",
                escape(case.driver(impact.from.driver).name.get(lang)),
                escape(case.state(impact.from).name.get(lang))
            ),
            format!(
                "<span class=\"mute\">{}</span><br>{}",
                escape(on.name.get(lang)),
                scores.join("<br>")
            ),
            format!(
                "{}{}",
                impact
                    .because
                    .as_ref()
                    .map_or(String::new(), |b| escape(b.get(lang))),
                facts.concat()
            ),
        ]);
    }
    let mut html = table.finish();
    if case.impacts.len() > LISTED {
        let more = case.impacts.len() - LISTED;
        html.push_str(&paragraph(
            "note",
            &match lang {
                Lang::En => format!("{more} more stand in the case."),
                Lang::Ko => format!("나머지 {more}개는 사례 파일에 있습니다."),
            },
        ));
    }
    html
}

fn scored(score: &Score) -> String {
    match score.range {
        Some((a, b)) => format!(
            "{} ({}…{})",
            points(score.thousandths.into()),
            points(a.into()),
            points(b.into())
        ),
        None => points(score.thousandths.into()),
    }
}

fn footer(page: &mut String, reading: &Reading, lang: Lang) {
    let all = crate::words::count(&reading.size, lang);
    let method = match (reading.method, lang) {
        (Method::Exact, Lang::En) => format!("Computed exactly over all {all} futures."),
        (Method::Exact, Lang::Ko) => format!("미래 {all}개 전부에 대해 정확히 계산했습니다."),
        (
            Method::Sampled {
                chains,
                draws,
                effective,
                ..
            },
            Lang::En,
        ) => format!(
            "There are {all} futures, more than are computed one by one, so probabilities are sampled: {draws} draws in {chains} chains, with errors as {effective:.0} independent counts would have (chances are summed, not counted). Whiskers and bands show two standard errors; numbers read ± one."
        ),
        (
            Method::Sampled {
                chains,
                draws,
                effective,
                ..
            },
            Lang::Ko,
        ) => format!(
            "미래가 {all}개로 하나하나 계산하기에는 많아 확률을 표본으로 뽑았습니다. 사슬 {chains}개에서 {draws}번 뽑았고, 오차는 서로 독립인 표본 {effective:.0}개를 센 것과 같습니다(하나씩 세지 않고 확률을 더하기 때문입니다). 그림의 수염과 띠는 표준 오차의 두 배, 숫자의 ±는 한 배입니다."
        ),
    };
    let words = pick(
        lang,
        "Words for probabilities follow ICD 203: almost no chance below 5 %, very unlikely to 20 %, unlikely to 45 %, roughly even to 55 %, likely to 80 %, very likely to 95 %, almost certain above. A probability here is what follows from the author’s judgements, not the truth.",
        "확률을 나타내는 말은 ICD 203을 따릅니다. 5 % 아래는 거의 없음, 20 %까지 아주 드묾, 45 %까지 드묾, 55 %까지 반반, 80 %까지 그럴 만함, 95 %까지 매우 그럴 만함, 그 위는 거의 확실. 여기의 확률은 글쓴이의 판단에서 따라 나온 것이지 진실이 아닙니다.",
    );
    let _ = writeln!(
        page,
        "<footer>{}{}<p>Sinario {} · {} <code>{}</code></p></footer>",
        paragraph("", &method),
        paragraph("", words),
        escape(reading.version),
        pick(lang, "fingerprint of the case", "사례의 지문"),
        escape(&reading.fingerprint)
    );
}
