//! Belief about one mind by how rational the actors are.

use super::label::{spread, wrap};
use super::{Anchor, Svg, fill, stroke};
use crate::words::{beta, percent};
use sinario_case::{Case, Lang};
use sinario_reading::Mind;

/// Where the axis of β has marks.
const MARKS: [f64; 5] = [0.03, 0.1, 0.3, 1.0, 3.0];

/// One line a state over β, on an axis of equal ratios; at the right edge a dot with the state's name where belief
/// stands over all β. A band of two standard errors where it was sampled.
pub(crate) fn rationality(case: &Case, mind: &Mind, lang: Lang, wide: f64) -> String {
    let driver = case.driver(mind.driver);
    let grid = &mind.compared.rationality;
    let (title, axis, over) = match lang {
        Lang::En => (
            format!("Belief at each rationality: {}", driver.name.get(lang)),
            "rationality β →",
            "over all",
        ),
        Lang::Ko => (
            format!("합리성마다의 믿음: {}", driver.name.get(lang)),
            "합리성 β →",
            "모두",
        ),
    };
    let ends = grid.first().zip(grid.last());
    let desc: Vec<String> = driver
        .states
        .iter()
        .enumerate()
        .map(|(s, state)| {
            let ends = ends.map_or_else(String::new, |((a, first), (b, last))| {
                format!(
                    "β {}: {}, β {}: {}, ",
                    beta(*a),
                    percent(first[s]),
                    beta(*b),
                    percent(last[s])
                )
            });
            let now = percent(mind.posterior[s]);
            format!("{}: {ends}{over}: {now}", state.name.get(lang))
        })
        .collect();
    let mut svg = Svg::new(wide, &title, &desc.join("; "));
    let narrow = wide < 500.0;
    let (size, class) = if narrow { (13.0, "t") } else { (14.0, "mid") };
    let label_room = if narrow { 112.0 } else { 190.0 };
    let edge = wide - label_room - 10.0;
    let (left, right) = (46.0, edge - 22.0);
    let (top, bottom) = (12.0, if narrow { 212.0 } else { 242.0 });
    let y = |p: f64| bottom - (bottom - top) * p;
    for p in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let line = if p == 0.0 { "axis" } else { "grid" };
        svg.line((left, y(p)), (edge, y(p)), line);
        svg.text(
            (left - 6.0, y(p) + 4.0),
            Anchor::End,
            "small mute",
            &format!("{:.0} %", p * 100.0),
        );
    }
    let (first, last) = ends.map_or((1.0, 2.0), |(a, b)| (a.0, b.0));
    let x =
        |b: f64| left + 6.0 + (right - left - 6.0) * libm::log(b / first) / libm::log(last / first);
    for b in MARKS {
        svg.line((x(b), bottom), (x(b), bottom + 4.0), "axis");
        svg.text(
            (x(b), bottom + 17.0),
            Anchor::Middle,
            "small mute",
            &beta(b),
        );
    }
    svg.text(
        (left + 6.0, bottom + 34.0),
        Anchor::Start,
        "small mute",
        axis,
    );
    svg.text((edge + 4.0, bottom + 34.0), Anchor::End, "small mute", over);
    svg.line((edge, top), (edge, bottom), "grid");
    for (s, now) in mind.posterior.iter().enumerate() {
        let points: Vec<(f64, f64)> = grid.iter().map(|(b, p)| (x(*b), y(p[s].value))).collect();
        if grid.iter().any(|(_, p)| p[s].error.is_some()) {
            let side = |sign: f64| {
                grid.iter().map(move |(b, p)| {
                    let end = p[s].value + sign * 2.0 * p[s].error.unwrap_or(0.0);
                    (x(*b), y(end.clamp(0.0, 1.0)))
                })
            };
            let band: Vec<(f64, f64)> = side(1.0).chain(side(-1.0).rev()).collect();
            svg.area(&band, &format!("{} band", fill(s)));
        }
        svg.polyline(&points, &format!("{} curve", stroke(s)));
        svg.circle((edge, y(now.value)), 5.0, &fill(s));
        if let Some(end) = points.last() {
            svg.line((end.0 + 2.0, end.1), (edge - 5.0, y(now.value)), "leader");
        }
    }
    let names: Vec<Vec<String>> = driver
        .states
        .iter()
        .zip(&mind.posterior)
        .map(|(state, now)| {
            let mut lines = wrap(state.name.get(lang), size, label_room - 8.0, 2);
            lines.insert(0, percent(*now));
            lines
        })
        .collect();
    let line = size * 1.25;
    // The casts: three lines at most.
    let tallest = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let wanted: Vec<f64> = mind
        .posterior
        .iter()
        .map(|p| y(p.value) - line * (tallest - 1.0) / 2.0 + size * 0.35)
        .collect();
    let at = spread(
        &wanted,
        line * tallest + 3.0,
        top + size * 0.7,
        bottom - line * (tallest - 1.0) + size,
    );
    for (s, lines) in names.iter().enumerate() {
        svg.line(
            (edge + 5.0, y(mind.posterior[s].value)),
            (edge + 12.0, at[s] - size * 0.35),
            "leader",
        );
        svg.rect(
            (edge + 13.0, at[s] - size * 0.75),
            (4.0, line * lines.len() as f64 - 3.0),
            &fill(s),
        );
        svg.lines((edge + 21.0, at[s]), Anchor::Start, class, size, lines);
    }
    // Many states take more room than the axis is high.
    let lowest = at.iter().copied().fold(bottom, f64::max) + line * tallest;
    svg.finish(lowest.max(bottom + 42.0))
}
