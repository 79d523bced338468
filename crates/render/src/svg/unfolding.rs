//! One driver from today to the horizon, round by round, and in the long run.

use super::label::wrap;
use super::{Anchor, Svg, fill};
use crate::words::percent;
use sinario_case::{Case, DriverId, Lang};
use sinario_reading::{Beliefs, Estimate};

/// Height of a band from which it carries its number.
const NAMED: f64 = 17.0;

/// Stacked shares of the driver's states: the rounds from now to the horizon as one stretch, the long run as a column apart.
pub(crate) fn unfolding(
    case: &Case,
    belief: &Beliefs,
    driver: DriverId,
    lang: Lang,
    wide: f64,
) -> String {
    let of = case.driver(driver);
    let (title, now, then, settled) = match lang {
        Lang::En => (
            format!("From now to the horizon: {}", of.name.get(lang)),
            "now",
            "then",
            "long run",
        ),
        Lang::Ko => (
            format!("지금에서 그때까지: {}", of.name.get(lang)),
            "지금",
            "그때",
            "길게 보면",
        ),
    };
    let rounds: Vec<&[Estimate]> = belief.unfolding.iter().map(|m| &m[driver.0][..]).collect();
    let last = *rounds.last().unwrap_or(&&belief.now[driver.0][..]);
    let long = &belief.settled[driver.0];
    let desc: Vec<String> = of
        .states
        .iter()
        .enumerate()
        .map(|(s, state)| {
            format!(
                "{}: {now} {}, {then} {}, {settled} {}",
                state.name.get(lang),
                percent(belief.now[driver.0][s]),
                percent(last[s]),
                percent(long[s])
            )
        })
        .collect();
    let mut svg = Svg::new(wide, &title, &desc.join("; "));
    let (top, bottom) = (4.0, 124.0);
    let column = 62.0;
    let (left, right) = (1.0, wide - column - 16.0);
    let (from, to) = (wide - column - 1.0, wide - 1.0);
    let y = |p: f64| bottom - (bottom - top) * p;
    // The casts: a handful of rounds.
    let steps = rounds.len().saturating_sub(1).max(1) as f64;
    let x = |i: usize| left + (right - left) * i as f64 / steps;
    let below = |m: &[Estimate], s: usize| m[..s].iter().map(|e| e.value).sum::<f64>();
    for s in 0..of.states.len() {
        let edge = |i: usize, upper: usize| (x(i), y(below(rounds[i], upper)));
        if rounds.len() > 1 {
            let band: Vec<(f64, f64)> = (0..rounds.len())
                .map(|i| edge(i, s + 1))
                .chain((0..rounds.len()).rev().map(|i| edge(i, s)))
                .collect();
            svg.area(&band, &format!("{} edged", fill(s)));
        } else {
            svg.rect(
                (left, y(below(last, s + 1))),
                (right - left, (bottom - top) * last[s].value),
                &format!("{} edged", fill(s)),
            );
        }
        svg.rect(
            (from, y(below(long, s + 1))),
            (to - from, (bottom - top) * long[s].value),
            &format!("{} edged", fill(s)),
        );
        let on = format!("small on{}", s % super::COLOURS);
        let middle = |m: &[Estimate]| y(below(m, s) + m[s].value / 2.0) + 4.0;
        let thick = |m: &[Estimate]| (bottom - top) * m[s].value >= NAMED;
        if thick(last) {
            svg.text(
                (right - 6.0, middle(last)),
                Anchor::End,
                &on,
                &percent(last[s]),
            );
        }
        if rounds.len() > 1 && thick(rounds[0]) {
            svg.text(
                (left + 6.0, middle(rounds[0])),
                Anchor::Start,
                &on,
                &percent(rounds[0][s]),
            );
        }
        if thick(long) {
            svg.text(
                (f64::midpoint(from, to), middle(long)),
                Anchor::Middle,
                &on,
                &percent(long[s]),
            );
        }
    }
    for i in 0..rounds.len() {
        svg.line((x(i), bottom), (x(i), bottom + 4.0), "axis");
    }
    svg.text((left, bottom + 18.0), Anchor::Start, "small mute", now);
    if rounds.len() > 1 {
        svg.text((right, bottom + 18.0), Anchor::End, "small mute", then);
    }
    svg.text(
        (f64::midpoint(from, to), bottom + 18.0),
        Anchor::Middle,
        "small mute",
        settled,
    );
    // The names stand below, from the top band to the lowest.
    let mut at = bottom + 40.0;
    for (s, state) in of.states.iter().enumerate().rev() {
        svg.rect((left, at - 10.0), (11.0, 11.0), &fill(s));
        let lines = wrap(state.name.get(lang), 13.0, wide - 24.0, 2);
        svg.lines((left + 18.0, at), Anchor::Start, "t", 13.0, &lines);
        // The cast: two lines at most.
        at += 13.0 * 1.25 * lines.len() as f64 + 3.0;
    }
    svg.finish(at - 10.0)
}
