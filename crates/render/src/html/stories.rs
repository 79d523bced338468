//! How does the author's story hold?

use super::parts::{
    details, escape, fact_link, figure, paragraph, pick, quoted, quoted_with, state,
};
use super::prose::prose;
use crate::korean::Particle;
use crate::sentences::change;
use crate::svg;
use crate::words::{chance, percent, points};
use sinario_case::{Case, DriverId, FactId, Lang, StateRef};
use sinario_reading::{Balance, ChangeFound, Reading, StoryFound};
use std::fmt::Write;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    if reading.stories.is_empty() {
        return;
    }
    let one = reading.stories.len() == 1;
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        match lang {
            Lang::En if one => "How does the story hold?",
            Lang::En => "How do the stories hold?",
            Lang::Ko => "이야기는 얼마나 버티는가?",
        }
    );
    for story in &reading.stories {
        one_story(page, reading, story, lang);
    }
    page.push_str("</section>\n");
}

fn one_story(page: &mut String, reading: &Reading, found: &StoryFound, lang: Lang) {
    let case = &*reading.case;
    let story = &case.stories[found.story];
    let _ = writeln!(page, "<h3>{}</h3>", escape(story.title.get(lang)));
    // What speaks against the story comes first.
    let mut balances: Vec<&Balance> = found.coherence.iter().collect();
    balances.sort_by_key(|b| b.told - b.rival_sum);
    let against: Vec<&Balance> = balances
        .iter()
        .copied()
        .filter(|b| b.told < b.rival_sum)
        .collect();
    for b in &against {
        page.push_str(&paragraph("speaks", &contradiction(case, b, lang)));
    }
    if against.is_empty() && !balances.is_empty() {
        page.push_str(&paragraph(
            "",
            pick(
                lang,
                "Wherever the story tells something, the author’s own judgements favour it or leave it open.",
                "이야기가 말하는 곳마다 글쓴이 자신의 판단이 편들어 주거나, 적어도 말리지 않습니다.",
            ),
        ));
    }
    if let Some(best) = found.change.as_ref().and_then(|c| c.best.as_ref()) {
        page.push_str(&changes(case, best, lang));
    }
    if let Some(p) = found.probability {
        let (told, all) = (story.future.len(), case.drivers.len());
        page.push_str(&paragraph(
            "",
            &match lang {
                Lang::En => format!(
                    "If these judgements hold, the probability that everything it tells comes together is {}. It tells {told} of {all} drivers; the more a story tells, the less likely it must be.",
                    chance(p, lang)
                ),
                Lang::Ko => format!(
                    "이 판단들이 맞다면, 이야기가 말하는 일이 모두 함께 일어날 확률은 {}입니다. 변수 {all}개 가운데 {told}개를 말하며, 많이 말하는 이야기일수록 확률은 낮아질 수밖에 없습니다.",
                    chance(p, lang)
                ),
            },
        ));
    }
    if let Some(text) = &story.text {
        let inside = format!("<div class=\"prose\">{}</div>", prose(text.get(lang)));
        page.push_str(&details(
            pick(lang, "Read the story", "이야기 읽기"),
            &inside,
        ));
    }
    if !balances.is_empty() {
        let caption = pick(
            lang,
            "The story against its author’s own judgements",
            "이야기와 글쓴이 자신의 판단",
        );
        let how = pick(
            lang,
            "Impact points that the rest of the story gives to what it tells, and below it to the best rival. The driver that holds worst comes first.",
            "이야기의 나머지가 ‘말한 상태’에 주는 영향 점수와, 그 아래 가장 강한 맞수에 주는 점수. 가장 못 버티는 변수부터 놓았습니다.",
        );
        page.push_str(&figure(caption, how, |w| {
            svg::coherence(case, &balances, lang, w)
        }));
        let list: Vec<String> = balances.iter().map(|b| balance(case, b, lang)).collect();
        page.push_str(&details(
            pick(
                lang,
                "Which judgements carry it, and which pull against it",
                "어떤 판단이 떠받치고 어떤 판단이 거스르나",
            ),
            &format!("<ul class=\"bones\">{}</ul>", list.concat()),
        ));
    }
    if let Some((states, mass)) = &found.best {
        let told: Vec<String> = states
            .iter()
            .enumerate()
            .map(|(d, &s)| {
                let at = StateRef {
                    driver: DriverId(d),
                    state: s,
                };
                format!(
                    "<li>{}: {}</li>",
                    escape(case.drivers[d].name.get(lang)),
                    state(case, at, lang)
                )
            })
            .collect();
        let summary = match lang {
            Lang::En => format!(
                "Its likeliest full form ({} at the horizon)",
                percent(*mass)
            ),
            Lang::Ko => format!("가장 그럴 만한 완성형(그때의 확률 {})", percent(*mass)),
        };
        page.push_str(&details(&summary, &format!("<ul>{}</ul>", told.concat())));
    }
}

/// What would have to be judged differently for the story to hold together.
fn changes(case: &Case, best: &ChangeFound, lang: Lang) -> String {
    let list: Vec<String> = best
        .changes
        .iter()
        .map(|c| {
            let of = c.impact.map(|at| &case.impacts[at]);
            let because = of.and_then(|of| of.because.as_ref());
            let because = because.map_or(String::new(), |b| {
                let now = pick(lang, "Now because:", "지금의 까닭:");
                format!(
                    "<br><span class=\"mute\">{now} {}</span>",
                    escape(b.get(lang))
                )
            });
            format!(
                "<li>{}{because}</li>",
                escape(&change::score(case, c, lang))
            )
        })
        .collect();
    let note = change::note(best, lang).map_or(String::new(), |n| paragraph("", n));
    let states: Vec<String> = (0..case.drivers.len())
        .zip(&best.example.states)
        .map(|(d, &s)| {
            let driver = DriverId(d);
            let at = StateRef { driver, state: s };
            let name = escape(case.driver(driver).name.get(lang));
            format!("<li>{name}: {}</li>", state(case, at, lang))
        })
        .collect();
    let then = pick(
        lang,
        "The future that would then be consistent:",
        "그러면 앞뒤가 맞게 되는 미래:",
    );
    let inside = format!(
        "<ul>{}</ul>{note}{}<ul>{}</ul>",
        list.concat(),
        paragraph("", then),
        states.concat()
    );
    let summary = pick(
        lang,
        "The smallest change of judgements with which it would",
        "이야기가 앞뒤가 맞게 되는 가장 작은 수정",
    );
    paragraph("", &change::of_story(case, best, lang)) + &details(summary, &inside)
}

fn contradiction(case: &Case, b: &Balance, lang: Lang) -> String {
    let driver = case.driver(b.driver);
    let (told, rival) = (
        &driver.states[b.state.0].name,
        &driver.states[b.rival.0].name,
    );
    match lang {
        Lang::En => format!(
            "At {}, the author’s own judgements speak against the story: it tells {} ({}), and its own surroundings favour {} ({}).",
            quoted(&driver.name, lang),
            quoted(told, lang),
            points(b.told),
            quoted(rival, lang),
            points(b.rival_sum)
        ),
        Lang::Ko => format!(
            "‘{}’에서 글쓴이 자신의 판단이 이야기와 어긋납니다. 이야기는 {} 말하지만({}점), 이야기의 나머지는 {} 더 밀어 줍니다({}점).",
            driver.name.get(lang),
            quoted_with(told, Particle::Object),
            points(b.told),
            quoted_with(rival, Particle::Object),
            points(b.rival_sum)
        ),
    }
}

/// One driver's balance as a list item: what it is, and each impact that bears on it with its reason and its facts.
pub(super) fn balance(case: &Case, b: &Balance, lang: Lang) -> String {
    let driver = case.driver(b.driver);
    let (told, rival) = (
        &driver.states[b.state.0].name,
        &driver.states[b.rival.0].name,
    );
    let head = match lang {
        Lang::En => format!(
            "<strong>{}: {}</strong> {} against {} for {}",
            escape(driver.name.get(lang)),
            escape(told.get(lang)),
            points(b.told),
            points(b.rival_sum),
            escape(rival.get(lang))
        ),
        Lang::Ko => format!(
            "<strong>{}: {}</strong> {}점, 맞수는 {} {}점",
            escape(driver.name.get(lang)),
            escape(told.get(lang)),
            points(b.told),
            escape(rival.get(lang)),
            points(b.rival_sum)
        ),
    };
    if b.pulls.is_empty() {
        let none = pick(
            lang,
            "Nothing that is told bears on it.",
            "말해진 것 가운데 여기에 영향을 주는 것은 없습니다.",
        );
        return format!("<li>{head}<br><span class=\"mute\">{none}</span></li>");
    }
    let pulls: Vec<String> = b
        .pulls
        .iter()
        .map(|p| pull(case, p.impact, p.lead, lang))
        .collect();
    format!("<li>{head}<ul>{}</ul></li>", pulls.concat())
}

/// One impact that carries or opposes, with its reason and its facts.
pub(super) fn pull(case: &Case, impact: usize, lead: i64, lang: Lang) -> String {
    let of = &case.impacts[impact];
    let from = format!(
        "{}: {}",
        case.driver(of.from.driver).name.get(lang),
        case.state(of.from).name.get(lang)
    );
    let because = of
        .because
        .as_ref()
        .map_or(String::new(), |b| format!(" — {}", escape(b.get(lang))));
    let facts: Vec<String> = of
        .facts
        .iter()
        .map(|&f: &FactId| format!("<br>{}", fact_link(case, f, lang)))
        .collect();
    format!(
        "<li><span class=\"pull {}\">{}</span> {}{because}{}</li>",
        if lead > 0 { "for" } else { "against" },
        points(lead),
        escape(&from),
        facts.concat()
    )
}
