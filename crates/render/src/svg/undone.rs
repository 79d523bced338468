//! What each thing that was open and not done weighs for one state of a mind, act by act.

use super::label::{width, wrap};
use super::{Anchor, Svg};
use crate::sentences::alternative;
use crate::words::decibans;
use sinario_case::{Case, Lang, StateId};
use sinario_reading::{Estimate, Mind};

/// Acts shown, those that tell most; the others stand in the table.
const MOST: usize = 6;

/// Bars to both sides of zero below the words of each act. `None` where nothing weighs anything for any state.
pub(crate) fn undone(
    case: &Case,
    mind: &Mind,
    state: StateId,
    lang: Lang,
    wide: f64,
) -> Option<String> {
    let mut acts: Vec<_> = mind.compared.acts.iter().filter(|a| a.tells).collect();
    let most = |a: &sinario_reading::Undone| {
        let weights = a.alternatives.iter().map(|o| finite(o.decibans[state.0]));
        weights.fold(0.0, f64::max)
    };
    if acts.is_empty() {
        return None;
    }
    acts.sort_by(|a, b| most(b).total_cmp(&most(a)));
    acts.truncate(MOST);
    let name = case.driver(mind.driver).states[state.0].name.get(lang);
    let (title, against, supports) = match lang {
        Lang::En => (
            format!("What was open and not done, and what it weighs for “{name}”, in decibans"),
            "against",
            "for",
        ),
        Lang::Ko => (
            format!("할 수 있었는데 하지 않은 일이 ‘{name}’에 싣는 무게(데시반)"),
            "반대",
            "찬성",
        ),
    };
    let label = |fact: usize, other: usize| {
        let act = case.facts[fact].act.as_ref();
        act.map_or_else(String::new, |a| alternative(a, other, lang))
    };
    let all = || {
        acts.iter()
            .flat_map(|a| a.alternatives.iter().map(move |o| (a.fact.0, o)))
    };
    let desc: Vec<String> = all()
        .map(|(fact, o)| {
            let weight = decibans(o.decibans[state.0], lang);
            format!("{}: {weight}", label(fact, o.alternative))
        })
        .collect();
    let mut svg = Svg::new(wide, &title, &desc.join("; "));
    let reach = |below: bool| {
        let side = all().filter(|(_, o)| (o.decibans[state.0].value < 0.0) == below);
        side.map(|(_, o)| finite(o.decibans[state.0]))
            .fold(0.0, f64::max)
    };
    let longest = reach(false).max(reach(true)).max(1.0);
    let values = all().map(|(_, o)| width(&decibans(o.decibans[state.0], lang), 13.0));
    let room = values.fold(0.0, f64::max) + 10.0;
    let low = all().any(|(_, o)| o.decibans[state.0].value <= -0.05);
    let words = wide * if wide >= 500.0 { 0.34 } else { 0.36 };
    let left = words + 10.0 + if low { room } else { 0.0 };
    let full = wide - 4.0 - left - room;
    // What decides is as long as the longest that does not, to either side.
    let decides = all().any(|(_, o)| o.decibans[state.0].value.is_infinite());
    let (down, up) = match (low, decides) {
        (true, true) => (longest, longest),
        (true, false) => (reach(true), reach(false)),
        (false, _) => (0.0, longest),
    };
    let scale = full / (down + up).max(1.0);
    let zero = left + down * scale;
    if low {
        svg.text(
            (zero - 8.0, 12.0),
            Anchor::End,
            "small mute",
            &format!("← {against}"),
        );
    }
    svg.text(
        (zero + 8.0, 12.0),
        Anchor::Start,
        "small mute",
        &format!("{supports} →"),
    );
    let mut y = 24.0;
    for undone in &acts {
        let text = case.facts[undone.fact.0].text.get(lang);
        let lines = wrap(text, 13.0, wide - 8.0, 2);
        svg.lines((2.0, y + 13.0), Anchor::Start, "t", 13.0, &lines);
        // The cast, here and below: two lines at most.
        y += 13.0 * 1.25 * lines.len() as f64 + 8.0;
        let top = y;
        for other in &undone.alternatives {
            let words_of = label(undone.fact.0, other.alternative);
            let lines = wrap(&words_of, 12.0, words - 12.0, 2);
            svg.lines((12.0, y + 11.0), Anchor::Start, "small mute", 12.0, &lines);
            let weight = other.decibans[state.0];
            let length = match weight.value.is_finite() {
                true => weight.value.abs(),
                false => longest,
            } * scale;
            let (x, class, value, anchor) = if weight.value < 0.0 {
                (zero - length, "against", zero - length - 6.0, Anchor::End)
            } else {
                (zero, "for", zero + length + 6.0, Anchor::Start)
            };
            svg.rect((x, y + 1.0), (length, 12.0), class);
            if let Some(error) = weight.error.filter(|e| e.is_finite()) {
                let end = if weight.value < 0.0 { x } else { x + length };
                svg.line(
                    (end - 2.0 * error * scale, y + 7.0),
                    (end + 2.0 * error * scale, y + 7.0),
                    "whisker",
                );
            }
            // What rounds to nothing stands to the right of zero.
            let (value, anchor) = match weight.value.abs() < 0.05 {
                true => (zero + 6.0, Anchor::Start),
                false => (value, anchor),
            };
            svg.text(
                (value, y + 11.0),
                anchor,
                "small value",
                &decibans(weight, lang),
            );
            y += 15.0 * lines.len() as f64 + 4.0;
        }
        svg.line((zero, top - 2.0), (zero, y - 2.0), "zero");
        y += 12.0;
    }
    Some(svg.finish(y))
}

/// How far a bar reaches; what decides is as long as the longest that does not.
fn finite(e: Estimate) -> f64 {
    if e.value.is_finite() {
        e.value.abs()
    } else {
        0.0
    }
}
