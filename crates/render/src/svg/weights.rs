//! What each fact weighs for one state of a mind, in decibans.

use super::label::{width, wrap};
use super::{Anchor, Svg};
use crate::words::decibans;
use sinario_case::{Case, Lang, StateId};
use sinario_reading::Mind;

/// Facts shown; the others stand in the table.
const MOST: usize = 10;

/// Bars to both sides of zero, strongest fact first: what speaks for `state` to the right, what speaks against it to the
/// left. `None` where no fact weighs anything.
pub(crate) fn weights(
    case: &Case,
    mind: &Mind,
    state: StateId,
    lang: Lang,
    wide: f64,
) -> Option<String> {
    let mut facts: Vec<_> = mind
        .facts
        .iter()
        .filter(|f| f.decibans[state.0].value.abs() >= 0.05)
        .collect();
    facts.sort_by(|a, b| {
        b.decibans[state.0]
            .value
            .abs()
            .total_cmp(&a.decibans[state.0].value.abs())
    });
    facts.truncate(MOST);
    if facts.is_empty() {
        return None;
    }
    let name = case.driver(mind.driver).states[state.0].name.get(lang);
    let (title, against, supports) = match lang {
        Lang::En => (
            format!("What each fact weighs for “{name}”, in decibans"),
            "against",
            "for",
        ),
        Lang::Ko => (
            format!("사실마다 ‘{name}’에 실리는 무게(데시반)"),
            "반대",
            "찬성",
        ),
    };
    let desc: Vec<String> = facts
        .iter()
        .map(|f| {
            format!(
                "{}: {}",
                case.facts[f.fact.0].text.get(lang),
                decibans(f.decibans[state.0], lang)
            )
        })
        .collect();
    let mut svg = Svg::new(wide, &title, &desc.join("; "));
    // What decides is as long as the longest that does not.
    let finite = |v: f64| if v.is_finite() { v.abs() } else { 0.0 };
    let longest = facts
        .iter()
        .map(|f| finite(f.decibans[state.0].value))
        .fold(1.0, f64::max);
    let value_room = width(
        &decibans(
            sinario_reading::Estimate {
                value: -10.0,
                error: None,
            },
            lang,
        ),
        13.0,
    ) + 8.0;
    let low = facts.iter().any(|f| f.decibans[state.0].value < 0.0);
    let high = facts.iter().any(|f| f.decibans[state.0].value > 0.0);
    // On a desk the words stand beside the bars, on a phone above them.
    let beside = wide >= 500.0;
    let words = if beside { wide * 0.5 } else { wide };
    let left = if beside { words + 14.0 } else { 2.0 } + if low { value_room } else { 0.0 };
    let full = wide - 2.0 - left - if high { value_room } else { 0.0 };
    let zero = match (low, high) {
        (true, true) => left + full / 2.0,
        (true, false) => left + full,
        _ => left,
    };
    let scale = if low && high { full / 2.0 } else { full } / longest;
    if low {
        svg.text(
            (zero - 8.0, 12.0),
            Anchor::End,
            "small mute",
            &format!("← {against}"),
        );
    }
    if high {
        svg.text(
            (zero + 8.0, 12.0),
            Anchor::Start,
            "small mute",
            &format!("{supports} →"),
        );
    }
    let mut y = 24.0;
    for f in &facts {
        let weight = f.decibans[state.0];
        let lines = wrap(
            case.facts[f.fact.0].text.get(lang),
            13.0,
            words - 8.0,
            if beside { 3 } else { 2 },
        );
        svg.lines((2.0, y + 13.0), Anchor::Start, "t", 13.0, &lines);
        // The cast: three lines at most.
        let text = 13.0 * 1.25 * lines.len() as f64;
        let bar = if beside {
            y + text / 2.0 - 5.0
        } else {
            y + text + 5.0
        };
        let length = if weight.value.is_finite() {
            weight.value.abs()
        } else {
            longest
        } * scale;
        let (x, class, end) = if weight.value < 0.0 {
            (zero - length, "against", zero - length)
        } else {
            (zero, "for", zero + length)
        };
        svg.rect((x, bar), (length, 13.0), class);
        if let Some(error) = weight.error.filter(|e| e.is_finite()) {
            svg.line(
                (end - 2.0 * error * scale, bar + 6.5),
                (end + 2.0 * error * scale, bar + 6.5),
                "whisker",
            );
        }
        let (at, anchor) = if weight.value < 0.0 {
            (x - 6.0, Anchor::End)
        } else {
            (zero + length + 6.0, Anchor::Start)
        };
        svg.text(
            (at, bar + 11.0),
            anchor,
            "small value",
            &decibans(weight, lang),
        );
        let next = if beside { y + text + 12.0 } else { bar + 24.0 };
        svg.line(
            (zero, if beside { y - 2.0 } else { bar - 2.0 }),
            (zero, if beside { next - 4.0 } else { bar + 15.0 }),
            "zero",
        );
        y = next;
    }
    Some(svg.finish(y))
}
