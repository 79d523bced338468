//! How the author's story holds, in a sentence.

use super::Sentence;
use crate::korean::{Particle, particle};
use crate::words::{chance, points};
use sinario_case::{Case, Kind, Lang};
use sinario_reading::{Balance, Reading, StoryFound};

/// The told states that lose to a rival by the author's own impacts, the worst first.
pub fn against(story: &StoryFound) -> Vec<&Balance> {
    let mut all: Vec<&Balance> = story
        .coherence
        .iter()
        .filter(|b| b.told < b.rival_sum)
        .collect();
    all.sort_by_key(|b| b.told - b.rival_sum);
    all
}

/// How the story holds; what speaks against it is said first.
pub(super) fn of_story(reading: &Reading, story: &StoryFound, lang: Lang) -> Sentence {
    let case = &*reading.case;
    let title = case.stories[story.story].title.get(lang);
    let asked = reading.ask.given.iter().chain(&reading.ask.held);
    let told = &case.stories[story.story].future;
    let otherwise = asked
        .filter_map(|a| {
            told.iter()
                .find(|t| t.driver == a.driver && t.state != a.state)
        })
        .next();
    if let Some(t) = otherwise {
        let driver = case.driver(t.driver).name.get(lang);
        return Sentence::default().plain(match lang {
            Lang::En => format!(
                "The story “{title}” tells otherwise of “{driver}” than is supposed here, so it is ruled out from the start."
            ),
            Lang::Ko => format!(
                "이야기 “{title}”에서 ‘{driver}’의 상태는 여기서 가정한 것과 다르므로, 처음부터 일어날 수 없는 이야기입니다."
            ),
        });
    }
    let against = against(story);
    let out = match (against.first(), lang) {
        (Some(worst), Lang::En) => Sentence::default()
            .plain("The author's own judgements ")
            .strong("speak against")
            .plain(format!(
                " the story “{title}” ({}{})",
                loses(case, worst, lang),
                others(against.len() - 1, lang)
            )),
        (Some(worst), Lang::Ko) => Sentence::default()
            .plain("글쓴이 자신의 판단이 이야기 “")
            .plain(format!(
                "{title}”{} ",
                particle(title, None, Particle::With)
            ))
            .strong("어긋나는 곳이 있")
            .plain(if story.probability.is_some() {
                "으며("
            } else {
                "습니다("
            })
            .plain(format!(
                "{}{})",
                loses(case, worst, lang),
                others(against.len() - 1, lang)
            )),
        (None, Lang::En) => Sentence::default()
            .plain(format!("The story “{title}” "))
            .strong("does not contradict")
            .plain(" its author's own judgements"),
        (None, Lang::Ko) => Sentence::default()
            .plain(format!(
                "이야기 “{title}”{} 글쓴이 자신의 판단과 ",
                particle(title, None, Particle::Topic)
            ))
            .strong("어긋나지 않")
            .plain(if story.probability.is_some() {
                "으며"
            } else {
                "습니다"
            }),
    };
    let Some(p) = story.probability else {
        return out.plain(".");
    };
    let when = told_when(case, story, lang);
    match lang {
        Lang::En => out
            .plain(format!("; its probability, {when}, is "))
            .strong(chance(p, lang))
            .plain("."),
        Lang::Ko => out
            .plain(format!(", 그 확률은 {when} "))
            .strong(chance(p, lang))
            .plain("입니다."),
    }
}

/// `Control: Shared leads Microsoft by 3`.
fn loses(case: &Case, b: &Balance, lang: Lang) -> String {
    let driver = case.driver(b.driver);
    let (told, rival) = (
        &driver.states[b.state.0].name,
        &driver.states[b.rival.0].name,
    );
    let by = points(b.rival_sum - b.told);
    let by = by.trim_start_matches('+');
    match lang {
        Lang::En => format!(
            "{}: “{}” leads “{}” by {by}",
            driver.name.get(lang),
            rival.get(lang),
            told.get(lang)
        ),
        Lang::Ko => format!(
            "{}: ‘{}’보다 ‘{}’에 {by}점을 더 줍니다",
            driver.name.get(lang),
            told.get(lang),
            rival.get(lang)
        ),
    }
}

fn others(n: usize, lang: Lang) -> String {
    match (n, lang) {
        (0, _) => String::new(),
        (n, Lang::En) => format!(", and {n} more"),
        (n, Lang::Ko) => format!(", 그 밖에 {n}곳"),
    }
}

/// What a story tells of minds holds now, the rest at the horizon (model.md 7).
fn told_when(case: &Case, story: &StoryFound, lang: Lang) -> &'static str {
    let told = &case.stories[story.story].future;
    let minds = told
        .iter()
        .filter(|s| case.driver(s.driver).kind == Kind::Mind)
        .count();
    // Where nothing moves till the horizon, then is now.
    let minds = if case.rounds() > 0 { minds } else { told.len() };
    match (minds, lang) {
        (n, Lang::En) if n == told.len() => "now",
        (n, Lang::Ko) if n == told.len() => "(지금)",
        (0, Lang::En) => "at the horizon",
        (0, Lang::Ko) => "(그때)",
        (_, Lang::En) => "minds now and the rest at the horizon",
        (_, Lang::Ko) => "(속마음은 지금, 나머지는 그때)",
    }
}
