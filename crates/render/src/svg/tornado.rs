//! What sways one probability: a bar for each judgement, around the line of the point.

use super::label::{width, wrap};
use super::{Anchor, Svg};
use crate::sentences::sway::{Facts, exact, judgement, range, target};
use crate::words::{fine, percent};
use sinario_case::{Case, Lang};
use sinario_reading::{Bar, Swayed};

/// Bars drawn; the others stand in the table.
const MOST: usize = 10;
/// Steps of an axis, in percent.
const STEPS: [f64; 7] = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0];

/// The widest bars first, on an axis that begins at 0 %; at each end of a bar the probability there. `None`
/// where nothing moves it.
pub(crate) fn tornado(case: &Case, of: &Swayed, lang: Lang, wide: f64) -> Option<String> {
    let bars: Vec<&Bar> = of
        .moving()
        .filter(|b| b.if_low.is_finite() && b.if_high.is_finite())
        .take(MOST)
        .collect();
    if bars.is_empty() {
        return None;
    }
    let name = target(case, of.of, lang);
    let title = match lang {
        Lang::En => format!("What sways {name}"),
        Lang::Ko => format!("흔드는 판단들: {name}"),
    };
    let said = |b: &Bar| {
        format!(
            "{}: {}, {} … {}",
            judgement(case, b.at, Facts::Text, lang),
            range(b, lang),
            fine(b.if_low),
            fine(b.if_high)
        )
    };
    let desc: Vec<String> = bars.iter().map(|b| said(b)).collect();
    let mut svg = Svg::new(wide, &title, &desc.join("; "));
    // On a desk the words stand beside the bars, on a phone above them.
    let beside = wide >= 500.0;
    let words = if beside { wide * 0.46 } else { wide };
    let end = |p: f64| width(&fine(p), 12.0) + 8.0;
    let room = bars
        .iter()
        .map(|b| end(b.if_low).max(end(b.if_high)))
        .fold(24.0, f64::max);
    let left = if beside { words + 10.0 } else { 2.0 } + room;
    let full = wide - left - room;
    let most = bars
        .iter()
        .map(|b| b.if_low.max(b.if_high))
        .fold(of.point, f64::max);
    // Five marks at most, the last at or beyond the longest bar.
    let step = STEPS
        .into_iter()
        .find(|s| s * 5.0 >= most * 100.0)
        .unwrap_or(25.0);
    let last = (most * 100.0 / step - 1e-9).ceil().max(1.0) * step;
    let x = |p: f64| left + full * p * 100.0 / last;
    let at = x(of.point);
    let label = fine(of.point);
    let half = width(&label, 14.0) / 2.0;
    svg.text(
        (at.clamp(half + 2.0, wide - half - 2.0), 14.0),
        Anchor::Middle,
        "mid value",
        &label,
    );
    let top = 22.0;
    let mut y = top + 8.0;
    let mut marks = Vec::new();
    for b in &bars {
        let mut lines = wrap(
            &judgement(case, b.at, Facts::Text, lang),
            13.0,
            words - 8.0,
            3,
        );
        lines.push(range(b, lang));
        // The cast: four lines at most.
        let height = 13.0 * 1.25 * lines.len() as f64;
        let bar = if beside {
            y + height / 2.0 - 7.0
        } else {
            y + height + 4.0
        };
        marks.push((*b, lines, y, bar));
        y = if beside {
            y + height + 12.0
        } else {
            bar + 26.0
        };
    }
    let bottom = y;
    let mut mark = 0.0;
    while mark <= last + 1e-9 {
        let place = x(mark / 100.0);
        if beside {
            svg.line((place, top), (place, bottom), "grid");
        } else {
            svg.line((place, bottom - 4.0), (place, bottom + 2.0), "axis");
        }
        svg.text(
            (place, bottom + 16.0),
            Anchor::Middle,
            "small mute",
            &percent(exact(mark / 100.0)),
        );
        mark += step;
    }
    svg.line((left, bottom), (x(last / 100.0), bottom), "axis");
    for (b, lines, y, bar) in marks {
        svg.lines((2.0, y + 13.0), Anchor::Start, "t", 13.0, &lines);
        svg.open(&said(b));
        for (p, class) in [(b.if_low, "low"), (b.if_high, "bar")] {
            let (a, c) = (x(p).min(at), x(p).max(at));
            svg.rect((a, bar), (c - a, 14.0), class);
        }
        svg.close();
        // The probability at each end; where both ends lie on one side, the nearer one has no place of its own.
        let (low, high) = (x(b.if_low), x(b.if_high));
        let both = low.min(high) <= at && at <= low.max(high);
        for (place, p) in [(low, b.if_low), (high, b.if_high)] {
            let other = if place == low { high } else { low };
            if both || (place - at).abs() >= (other - at).abs() {
                let below = place < at || (place == at && other > at);
                let (to, anchor) = match below {
                    true => (place - 5.0, Anchor::End),
                    false => (place + 5.0, Anchor::Start),
                };
                svg.text((to, bar + 11.5), anchor, "small", &fine(p));
            }
        }
        let (from, to) = match beside {
            true => (y - 6.0, bar + 20.0),
            false => (bar - 3.0, bar + 17.0),
        };
        svg.line((at, from.max(top)), (at, to.min(bottom)), "zero");
    }
    Some(svg.finish(bottom + 22.0))
}
