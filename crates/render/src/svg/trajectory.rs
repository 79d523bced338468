//! Belief about one mind as the facts arrived, day by day.

use super::label::{spread, width, wrap};
use super::{Anchor, Svg, fill, stroke};
use crate::words::{mark, percent};
use sinario_case::{Case, Lang};
use sinario_reading::{Estimate, Mind};

/// One column for each day on which facts came, numbered as in the list below the picture; the first column is belief
/// before any fact. Lines carry their state's name at the end; a band of two standard errors where it was sampled.
pub(crate) fn trajectory(case: &Case, mind: &Mind, lang: Lang, wide: f64) -> String {
    let driver = case.driver(mind.driver);
    let (title, before) = match lang {
        Lang::En => (
            format!("Belief over time: {}", driver.name.get(lang)),
            "before",
        ),
        Lang::Ko => (
            format!("시간에 따른 믿음: {}", driver.name.get(lang)),
            "보기 전",
        ),
    };
    // The first column is the prior, the others the days.
    let columns: Vec<(String, &[Estimate])> = std::iter::once((before.to_owned(), &mind.prior[..]))
        .chain(mind.trajectory.iter().map(|step| {
            let label = step.on.map_or_else(|| "–".to_owned(), |d| mark(d, lang));
            (label, &step.belief[..])
        }))
        .collect();
    let last = columns.last().map_or(&mind.prior[..], |c| c.1);
    let desc: Vec<String> = driver
        .states
        .iter()
        .enumerate()
        .map(|(s, state)| {
            format!(
                "{}: {} → {}",
                state.name.get(lang),
                percent(mind.prior[s]),
                percent(last[s])
            )
        })
        .collect();
    let mut svg = Svg::new(wide, &title, &desc.join("; "));
    let narrow = wide < 500.0;
    let (size, class) = if narrow { (13.0, "t") } else { (14.0, "mid") };
    let label_room = if narrow { 112.0 } else { 190.0 };
    let (left, right) = (46.0, wide - label_room - 10.0);
    let (top, bottom) = (12.0, if narrow { 232.0 } else { 262.0 });
    let y = |p: f64| bottom - (bottom - top) * p;
    for p in [0.0, 0.25, 0.5, 0.75, 1.0] {
        svg.line(
            (left, y(p)),
            (right, y(p)),
            if p == 0.0 { "axis" } else { "grid" },
        );
        svg.text(
            (left - 6.0, y(p) + 4.0),
            Anchor::End,
            "small mute",
            &format!("{:.0} %", p * 100.0),
        );
    }
    // The casts: a handful of columns.
    let steps = (columns.len() - 1).max(1) as f64;
    let x = |i: usize| left + 6.0 + (right - left - 12.0) * i as f64 / steps;
    let widest = columns[1..]
        .iter()
        .map(|(l, _)| width(l, 11.0))
        .fold(0.0, f64::max)
        + 8.0;
    let every = (steps * widest / (right - left - 12.0)).ceil().max(1.0) as usize;
    for (i, (label, _)) in columns.iter().enumerate() {
        svg.line((x(i), bottom), (x(i), bottom + 4.0), "axis");
        if i > 0 && columns.len() <= 30 {
            svg.text(
                (x(i), bottom + 17.0),
                Anchor::Middle,
                "small strong",
                &i.to_string(),
            );
        }
        // Counted from the end, so that the last day always has its date.
        if i == 0 || ((columns.len() - 1 - i).is_multiple_of(every) && i > every.saturating_sub(1))
        {
            svg.text((x(i), bottom + 32.0), Anchor::Middle, "tiny mute", label);
        }
    }
    for (s, _) in driver.states.iter().enumerate() {
        let points: Vec<(f64, f64)> = columns
            .iter()
            .enumerate()
            .map(|(i, c)| (x(i), y(c.1[s].value)))
            .collect();
        if columns.iter().any(|c| c.1[s].error.is_some()) {
            let side = |sign: f64| {
                columns.iter().enumerate().map(move |(i, c)| {
                    let p = c.1[s].value + sign * 2.0 * c.1[s].error.unwrap_or(0.0);
                    (x(i), y(p.clamp(0.0, 1.0)))
                })
            };
            let band: Vec<(f64, f64)> = side(1.0).chain(side(-1.0).rev()).collect();
            svg.area(&band, &format!("{} band", fill(s)));
        }
        svg.polyline(&points, &format!("{} curve", stroke(s)));
        for &p in &points {
            svg.circle(p, 3.0, &fill(s));
        }
    }
    let names: Vec<Vec<String>> = driver
        .states
        .iter()
        .enumerate()
        .map(|(s, state)| {
            let mut lines = wrap(state.name.get(lang), size, label_room - 4.0, 2);
            lines.insert(0, percent(last[s]));
            lines
        })
        .collect();
    let line = size * 1.25;
    let tallest = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let wanted: Vec<f64> = last
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
            (x(columns.len() - 1) + 4.0, y(last[s].value)),
            (right + 6.0, at[s] - size * 0.35),
            "leader",
        );
        svg.rect(
            (right + 8.0, at[s] - size * 0.75),
            (4.0, line * lines.len() as f64 - 3.0),
            &fill(s),
        );
        svg.lines(
            (right + 17.0, at[s]),
            Anchor::Start,
            &format!("{class} strong"),
            size,
            &lines[..1],
        );
        svg.lines(
            (right + 17.0, at[s] + line),
            Anchor::Start,
            class,
            size,
            &lines[1..],
        );
    }
    svg.finish(bottom + 40.0)
}
