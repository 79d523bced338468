//! Which option is best for which probability of a state, from 0 to 1.

use super::{legend, on};
use crate::sentences::choices as say;
use crate::svg::label::{cut, spread, width, wrap};
use crate::svg::{Anchor, Svg, fill};
use crate::words::{fine, percent};
use sinario_case::{Case, Lang};
use sinario_reading::choices::{BreakEven, Choices};

/// Strips drawn; sentences tell of the others.
const MOST: usize = 8;

/// A strip for each state on which the choice hangs, in the colour of the best option, with a mark at today's probability. `None`
/// where it hangs on none.
pub(crate) fn hinges(case: &Case, found: &Choices, lang: Lang, wide: f64) -> Option<String> {
    let all: Vec<&BreakEven> = (found.break_even.iter())
        .filter(|b| b.best.len() > 1)
        .take(MOST)
        .collect();
    if all.is_empty() {
        return None;
    }
    let (title, judged) = match lang {
        Lang::En => ("The best option by the probability of a state", "as judged"),
        Lang::Ko => ("상태의 확률에 따라 가장 나은 선택지", "판단대로"),
    };
    let desc = all
        .iter()
        .filter_map(|b| say::break_even(case, found, b, lang));
    let desc: Vec<String> = desc.collect();
    let mut svg = Svg::new(wide, title, &desc.join(" "));
    let (left, right) = (14.0, wide - 14.0);
    let x = |p: f64| left + (right - left) * p.clamp(0.0, 1.0);
    let mut y = legend(&mut svg, case, found, lang, wide, 2.0) + 4.0;
    for b in &all {
        let state = say::states(case, &[b.state], lang);
        let lines = wrap(&state, 13.0, wide - 8.0, 2);
        svg.lines((2.0, y + 13.0), Anchor::Start, "t strong", 13.0, &lines);
        // The cast: two lines at most.
        y += lines.len() as f64 * 16.25 + 4.0;
        let now = x(b.now.value);
        let label = format!("{judged} {}", percent(b.now));
        let half = width(&label, 12.0) / 2.0 + 2.0;
        svg.text(
            (now.clamp(half, wide - half), y + 12.0),
            Anchor::Middle,
            "small value",
            &label,
        );
        let top = y + 22.0;
        for (i, &(from, k)) in b.best.iter().enumerate() {
            let to = b.best.get(i + 1).map_or(1.0, |n| n.0);
            let (a, c) = (x(from), x(to));
            svg.open(&format!(
                "{} – {}: {}",
                fine(from),
                fine(to),
                say::name(case, found, k).get(lang)
            ));
            svg.rect((a, top), (c - a, 24.0), &format!("{} edged", fill(k)));
            let number = (k + 1).to_string();
            let name = format!("{number} {}", say::name(case, found, k).get(lang));
            // Clear of the mark of today.
            let (a, c) = match now {
                n if n <= a || n >= c => (a, c),
                n if n - a > c - n => (a, n - 2.0),
                n => (n + 2.0, c),
            };
            let room = c - a - 10.0;
            let text = match room {
                r if width(&name, 12.0) <= r => name,
                r if r > 70.0 => cut(&name, 12.0, r),
                r if r > width(&number, 12.0) - 4.0 => number,
                _ => String::new(),
            };
            if !text.is_empty() {
                svg.text(
                    (f64::midpoint(a, c), top + 16.5),
                    Anchor::Middle,
                    &format!("small {}", on(k)),
                    &text,
                );
            }
            svg.close();
        }
        svg.line((now, top - 6.0), (now, top + 30.0), "prior");
        if let Some(error) = b.now.error.filter(|e| e.is_finite()) {
            let (a, c) = (x(b.now.value - 2.0 * error), x(b.now.value + 2.0 * error));
            svg.line((a, top - 4.0), (c, top - 4.0), "whisker");
        }
        let turns = b.best.iter().skip(1).map(|t| t.0).chain([0.0, 1.0]);
        let turns: Vec<f64> = turns.collect();
        let half = turns
            .iter()
            .map(|t| width(&fine(*t), 11.0))
            .fold(0.0, f64::max)
            / 2.0;
        let wanted: Vec<f64> = turns.iter().map(|t| x(*t)).collect();
        let places = spread(&wanted, 2.0 * half + 6.0, half + 1.0, wide - half - 1.0);
        for (i, (t, at)) in turns.iter().zip(places).enumerate() {
            let turn = i + 1 < b.best.len();
            let class = if turn { "tiny strong" } else { "tiny mute" };
            svg.text((at, top + 43.0), Anchor::Middle, class, &fine(*t));
        }
        y = top + 58.0;
    }
    Some(svg.finish(y))
}
