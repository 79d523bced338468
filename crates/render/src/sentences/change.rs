//! The smallest change, in sentences.

use super::futures::plain_points;
use crate::words::points;
use sinario_case::{Case, Lang, StateRef};
use sinario_reading::{Change, ChangeFound, Direction, ScoreChanged};

/// A state after its driver: `Who pays “Several investors”`.
pub(crate) fn named(case: &Case, at: StateRef, lang: Lang) -> String {
    let (driver, state) = (case.driver(at.driver), case.state(at));
    let (driver, state) = (driver.name.get(lang), state.name.get(lang));
    match lang {
        Lang::En => format!("{driver} “{state}”"),
        Lang::Ko => format!("{driver} ‘{state}’"),
    }
}

/// `Who pays “Several investors” → The last word “Shared”: 0 → +2 (new)`.
pub(crate) fn score(case: &Case, c: &ScoreChanged, lang: Lang) -> String {
    let new = match (c.new, lang) {
        (false, _) => "",
        (true, Lang::En) => " (new)",
        (true, Lang::Ko) => " (새 판단)",
    };
    format!(
        "{} → {}: {} → {}{new}",
        named(case, c.from, lang),
        named(case, c.on, lang),
        points(c.was),
        points(c.becomes)
    )
}

/// What was found, in a sentence or two.
pub(crate) fn found(change: &Change, lang: Lang) -> String {
    let scale = plain_points(change.scale);
    let (made, least) = (change.direction == Direction::Make, change.at_least);
    let begin = match (made, change.stopped.is_some(), lang) {
        (true, true, Lang::En) => "Whether any consistent future has all of it was not settled.",
        (true, true, Lang::Ko) => {
            "이것을 모두 담은 앞뒤가 맞는 미래가 있는지는 끝까지 알아내지 못했습니다."
        }
        (true, false, Lang::En) => "No consistent future has all of it.",
        (true, false, Lang::Ko) => "이것을 모두 담은 앞뒤가 맞는 미래는 없습니다.",
        (false, _, Lang::En) => "Some consistent future has all of it.",
        (false, _, Lang::Ko) => "이것을 모두 담은 앞뒤가 맞는 미래가 있습니다.",
    };
    let end = match (&change.best, change.proved, made, lang) {
        (None, true, true, Lang::En) => format!("No change of scores within ±{scale} makes one."),
        (None, true, true, Lang::Ko) => {
            format!("점수를 ±{scale} 안에서 어떻게 고쳐도 생기지 않습니다.")
        }
        (None, true, false, Lang::En) => {
            format!("No change of scores within ±{scale} rules it out.")
        }
        (None, true, false, Lang::Ko) => {
            format!("점수를 ±{scale} 안에서 어떻게 고쳐도 없앨 수 없습니다.")
        }
        (None, false, _, Lang::En) if least == 0 => {
            "The search stopped before it found a change that does it.".to_owned()
        }
        (None, false, _, Lang::Ko) if least == 0 => {
            "탐색이 멈출 때까지 그렇게 되는 수정을 찾지 못했습니다.".to_owned()
        }
        (None, false, _, Lang::En) => format!(
            "At least {} to change; the search stopped before it found a change that does it.",
            has(least)
        ),
        (None, false, _, Lang::Ko) => format!(
            "판단을 적어도 {least}개는 고쳐야 합니다. 탐색이 멈출 때까지 그렇게 되는 수정을 찾지 못했습니다."
        ),
        (Some(best), true, _, lang) => whole(best, made, lang),
        (Some(best), false, _, Lang::En) => format!(
            "At least {} to change; the best change found moves {} of them by {} in all. The search stopped before it was sure that there is no smaller one.",
            has(least),
            best.changes.len(),
            of_points(best.total, lang)
        ),
        (Some(best), false, _, Lang::Ko) => format!(
            "판단을 적어도 {least}개는 고쳐야 합니다. 찾은 것 가운데 가장 작은 수정은 {}개를 합쳐서 {} 고칩니다. 더 작은 것이 없는지는 확인하지 못한 채 탐색이 멈췄습니다.",
            best.changes.len(),
            of_points(best.total, lang)
        ),
    };
    format!("{begin} {end}")
}

fn whole(best: &ChangeFound, made: bool, lang: Lang) -> String {
    let (n, by) = (best.changes.len(), of_points(best.total, lang));
    let all = if n > 1 { " 합쳐서" } else { "" };
    match (made, lang) {
        (true, Lang::En) => format!(
            "One would have it if {} different, by {by} in all; no smaller change does it.",
            were(n)
        ),
        (false, Lang::En) => format!(
            "None would have it if {} different, by {by} in all; no smaller change does it.",
            were(n)
        ),
        (true, Lang::Ko) => format!(
            "판단 {n}개를{all} {by} 고치면 생깁니다. 이보다 작은 수정으로는 생기지 않습니다."
        ),
        (false, Lang::Ko) => format!(
            "판단 {n}개를{all} {by} 고치면 하나도 남지 않습니다. 이보다 작은 수정으로는 남습니다."
        ),
    }
}

fn has(n: u64) -> String {
    match n {
        1 => "one judgement has".to_owned(),
        n => format!("{n} judgements have"),
    }
}

fn were(n: usize) -> String {
    match n {
        1 => "one judgement were".to_owned(),
        n => format!("{n} judgements were"),
    }
}

/// `2 points`, `2점`.
fn of_points(thousandths: i64, lang: Lang) -> String {
    let n = plain_points(thousandths);
    match lang {
        Lang::En if thousandths == 1000 => format!("{n} point"),
        Lang::En => format!("{n} points"),
        Lang::Ko => format!("{n}점"),
    }
}

/// What “new” means, where there is anything new.
pub(crate) fn note(best: &ChangeFound, lang: Lang) -> Option<&'static str> {
    let new = best.changes.iter().any(|c| c.new);
    new.then_some(match lang {
        Lang::En => {
            "“New” is a score where the case has no impact: nobody has judged it yet, so it would need a reason first."
        }
        Lang::Ko => {
            "‘새 판단’은 사례에 아직 영향이 없는 곳의 점수입니다. 아무도 판단한 적이 없으니 까닭부터 있어야 합니다."
        }
    })
}

/// How the future that stands for the answer then is.
pub(crate) fn then(change: &Change, best: &ChangeFound, lang: Lang) -> String {
    let f = &best.example;
    match (change.direction, lang) {
        (Direction::Make, Lang::En) => {
            format!(
                "The future that would then be consistent (margin {}):",
                points(f.margin)
            )
        }
        (Direction::Make, Lang::Ko) => {
            format!("그러면 앞뒤가 맞게 되는 미래(여유 {}):", points(f.margin))
        }
        (Direction::Break, Lang::En) => format!(
            "The firmest of those that had it would then be inconsistent by {}:",
            of_points(f.inconsistency, lang)
        ),
        (Direction::Break, Lang::Ko) => format!(
            "그것을 담고 있던 미래 가운데 가장 굳은 것은 그러면 {} 어긋납니다:",
            of_points(f.inconsistency, lang)
        ),
    }
}

/// Of a story that no consistent future has.
pub(crate) fn of_story(case: &Case, best: &ChangeFound, lang: Lang) -> String {
    match (&best.changes[..], lang) {
        ([one], Lang::En) => format!(
            "No consistent future has all that it tells. It would hold together if one judgement were different: {}.",
            score(case, one, lang)
        ),
        ([one], Lang::Ko) => format!(
            "이야기가 말하는 것을 모두 담은 앞뒤가 맞는 미래는 없습니다. 판단 하나가 달랐다면 앞뒤가 맞았을 것입니다: {}.",
            score(case, one, lang)
        ),
        (all, Lang::En) => format!(
            "No consistent future has all that it tells. It would hold together if {} judgements were different, by {} in all.",
            all.len(),
            of_points(best.total, lang)
        ),
        (all, Lang::Ko) => format!(
            "이야기가 말하는 것을 모두 담은 앞뒤가 맞는 미래는 없습니다. 판단 {}개가 합쳐서 {} 달랐다면 앞뒤가 맞았을 것입니다.",
            all.len(),
            of_points(best.total, lang)
        ),
    }
}
