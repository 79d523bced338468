//! Who holds whom, as arrows between actors; and what power stands for and against each wanted state, as bars to both sides.
//! Actors carry the same numbers in both.

use super::diagram::{head, towards};
use super::label::{cut, stack, width, wrap};
use super::{Anchor, RING, Svg, fill};
use crate::sentences::power as say;
use sinario_case::{Case, DriverId, Lang};
use sinario_reading::Power;
use std::cmp::Reverse;

/// Objectives shown; the others stand in the table.
const BARS: usize = 40;

/// A circle for each actor, as large as its power; an arrow from whoever holds to whoever is held, as thick as the
/// degree, which stands on it. `None` where nobody holds anybody, or a ring has no room for all.
pub(crate) fn holds(case: &Case, power: &Power, lang: Lang, wide: f64) -> Option<String> {
    let n = power.actors.len();
    let mut arrows: Vec<(usize, usize, u8)> = Vec::new();
    for (by, row) in power.mdi.iter().enumerate() {
        for (held, &degree) in row.iter().enumerate() {
            if degree > 0.0 {
                // The cast: 1 … 4.
                arrows.push((by, held, degree as u8));
            }
        }
    }
    if arrows.is_empty() || n > RING {
        return None;
    }
    // The weak below the strong.
    arrows.sort_by_key(|&(by, held, degree)| (degree, Reverse(by), Reverse(held)));
    let name = |at: usize| say::name(case, power, at).get(lang);
    let tip = |&(by, held, degree): &(usize, usize, u8)| {
        format!(
            "{} → {}: {degree} ({})",
            name(by),
            name(held),
            say::scale(degree, lang)
        )
    };
    let title = match lang {
        Lang::En => "Who holds whom, and how firmly",
        Lang::Ko => "누가 누구를 얼마나 쥐고 있나",
    };
    let desc: Vec<String> = arrows.iter().rev().map(tip).collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let narrow = wide < 500.0;
    let (rx, ry) = if narrow {
        (wide * 0.24, 150.0)
    } else {
        (wide * 0.26, 165.0)
    };
    let size = if narrow { 11.0 } else { 13.0 };
    let line = size * 1.25;
    let radius = |at: usize| {
        let r = power.influence.r_star.as_ref().map_or(1.0, |r| r[at]);
        // Areas tell sizes; the greatest R* is the number of actors.
        let room = if narrow { 20.0 } else { 26.0 };
        f64::min(10.0 + 10.0 * libm::sqrt(r.max(0.0)), room)
    };
    // Three lines at most above the ring and below it.
    let (cx, cy) = (wide / 2.0, ry + 26.0 + 3.0 * line + 8.0);
    let foot = cy + ry + 26.0 + 3.0 * line + 12.0;
    // The casts: a ring of sixteen at most.
    let at = |k: usize| {
        let turn = core::f64::consts::TAU * (k as f64 / n as f64) - core::f64::consts::FRAC_PI_2;
        (cx + rx * libm::cos(turn), cy + ry * libm::sin(turn))
    };
    let mut degrees: Vec<((f64, f64), u8)> = Vec::new();
    for arrow in &arrows {
        let &(by, held, degree) = arrow;
        let (a, b) = (at(by), at(held));
        let mid = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
        let across = (b.1 - a.1, a.0 - b.0);
        // The two ways between a pair bend to different sides.
        let bend = (mid.0 + across.0 * 0.16, mid.1 + across.1 * 0.16);
        let thick = f64::from(degree) * 1.7;
        let start = towards(a, bend, radius(by) + 2.0);
        let end = towards(b, bend, radius(held) + 8.0);
        svg.open(&tip(arrow));
        svg.stroke(
            &format!(
                "M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
                start.0, start.1, bend.0, bend.1, end.0, end.1
            ),
            thick,
            "carry",
        );
        head(&mut svg, bend, end, thick * 0.8, true);
        svg.close();
        let on = |t: f64| {
            let part = |a: f64, c: f64, b: f64| {
                (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * c + t * t * b
            };
            (part(start.0, bend.0, end.0), part(start.1, bend.1, end.1))
        };
        degrees.push((clear(&degrees, on), degree));
    }
    for ((x, y), degree) in degrees {
        let text = degree.to_string();
        svg.text((x, y + 4.5), Anchor::Middle, "value halo", &text);
    }
    for k in 0..n {
        let (x, y) = at(k);
        svg.circle((x, y), radius(k), "place");
        let number = (k + 1).to_string();
        svg.text((x, y + 4.5), Anchor::Middle, "small strong", &number);
    }
    // Names: above the ring, below it, and beside it on either side.
    let place = |k: usize| {
        let (x, y) = at(k);
        match x - cx {
            off if off.abs() < 1.0 && y < cy => (Anchor::Middle, true),
            off if off.abs() < 1.0 => (Anchor::Middle, false),
            off if off < 0.0 => (Anchor::End, false),
            _ => (Anchor::Start, false),
        }
    };
    let lines_of = |k: usize| {
        let (x, _) = at(k);
        let room = match place(k).0 {
            Anchor::Middle => wide * 0.7,
            Anchor::End => x - radius(k) - 8.0,
            Anchor::Start => wide - x - radius(k) - 8.0,
        };
        let most = match place(k).0 {
            Anchor::Middle => 2,
            _ if narrow => 4,
            _ => 3,
        };
        let mut lines = wrap(name(k), size, room, most);
        if let Some(r) = &power.influence.r_star {
            let word = match lang {
                Lang::En => "power",
                Lang::Ko => "힘",
            };
            lines.push(format!("{word} {}", say::decimal(r[k])));
        }
        lines
    };
    let class = |last: bool| match (last && power.influence.r_star.is_some(), narrow) {
        (true, _) => "tiny mute halo",
        (false, true) => "tiny strong halo",
        (false, false) => "small strong halo",
    };
    let mut write = |x: f64, top: f64, anchor: Anchor, lines: &[String]| {
        for (i, text) in lines.iter().enumerate() {
            // The cast: five lines at most.
            let y = top + size * 0.9 + i as f64 * line;
            svg.text((x, y), anchor, class(i + 1 == lines.len()), text);
        }
    };
    // The cast: five lines at most.
    let tall = |lines: &[String]| lines.len() as f64 * line;
    for (side, away) in [(Anchor::End, -1.0), (Anchor::Start, 1.0)] {
        let here = |k: &usize| {
            matches!(
                (place(*k).0, side),
                (Anchor::End, Anchor::End) | (Anchor::Start, Anchor::Start)
            )
        };
        let all: Vec<usize> = (0..n).filter(here).collect();
        let texts: Vec<Vec<String>> = all.iter().map(|&k| lines_of(k)).collect();
        let heights: Vec<f64> = texts.iter().map(|t| tall(t)).collect();
        let wanted: Vec<f64> = all
            .iter()
            .zip(&heights)
            .map(|(&k, h)| at(k).1 - h / 2.0)
            .collect();
        let tops = stack(&wanted, &heights, 3.0, 2.0, foot - 4.0);
        for ((&k, lines), top) in all.iter().zip(&texts).zip(tops) {
            write(at(k).0 + away * (radius(k) + 6.0), top, side, lines);
        }
    }
    for k in (0..n).filter(|&k| matches!(place(k).0, Anchor::Middle)) {
        let (lines, (x, y)) = (lines_of(k), at(k));
        let top = match place(k).1 {
            true => y - radius(k) - 4.0 - tall(&lines),
            false => y + radius(k) + 4.0,
        };
        write(x, top, Anchor::Middle, &lines);
    }
    Some(svg.finish(foot))
}

/// Where a degree stands on its arrow: rather past the middle, nearer to the one who is held, and clear of those that stand
/// already; past the middle all the same where no place is clear.
fn clear(taken: &[((f64, f64), u8)], on: impl Fn(f64) -> (f64, f64)) -> (f64, f64) {
    let free = |at: &(f64, f64)| {
        taken
            .iter()
            .all(|((x, y), _)| (x - at.0).abs() > 12.0 || (y - at.1).abs() > 16.0)
    };
    let mut places = [0.6, 0.52, 0.68, 0.44, 0.76, 0.36, 0.28].into_iter();
    places
        .by_ref()
        .map(&on)
        .find(free)
        .unwrap_or_else(|| on(0.6))
}

/// For each wanted state, the power that stands against it to the left and for it to the right; a segment for each actor with its
/// number. `None` where power cannot weigh what is wanted.
pub(crate) fn wants(case: &Case, power: &Power, lang: Lang, wide: f64) -> Option<String> {
    let weighted = power.weighted.as_ref()?;
    let mut all: Vec<Vec<(usize, f64)>> = vec![Vec::new(); power.objectives.len()];
    for (actor, wants) in weighted.iter().enumerate() {
        for &(o, force) in wants.iter().filter(|w| w.1 != 0.0) {
            all[o].push((actor, force));
        }
    }
    let shown: Vec<usize> = (0..all.len())
        .filter(|&o| !all[o].is_empty())
        .take(BARS)
        .collect();
    if shown.is_empty() {
        return None;
    }
    let moved = |o: usize| power.objectives[o].moved.unwrap_or((0.0, 0.0));
    let (title, against_word, for_word) = match lang {
        Lang::En => ("Power for and against each wanted state", "against", "for"),
        Lang::Ko => ("바라는 상태마다 실린 힘", "반대", "찬성"),
    };
    let desc: Vec<String> = shown
        .iter()
        .map(|&o| {
            let (with, against) = moved(o);
            let what = say::full(case, power.objectives[o].state, lang);
            format!(
                "{what}: {for_word} {}, {against_word} {}",
                say::decimal(with),
                say::decimal(against)
            )
        })
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let beside = wide >= 500.0;
    let words = if beside { wide * 0.36 } else { 0.0 };
    let value = width("00.0", 12.0) + 8.0;
    let (most_for, most_against) = shown.iter().fold((0.0, 0.0), |m: (f64, f64), &o| {
        let (with, against) = moved(o);
        (m.0.max(with), m.1.max(against))
    });
    let left = words + 4.0 + value;
    let scale = (wide - left - value - 2.0) / (most_for + most_against).max(1e-9);
    let zero = left + most_against * scale;
    svg.text(
        (zero - 6.0, 12.0),
        Anchor::End,
        "small mute",
        &format!("← {against_word}"),
    );
    svg.text(
        (zero + 6.0, 12.0),
        Anchor::Start,
        "small mute",
        &format!("{for_word} →"),
    );
    let mut y = 20.0;
    let mut driver: Option<DriverId> = None;
    for &o in &shown {
        let state = power.objectives[o].state;
        if driver != Some(state.driver) {
            driver = Some(state.driver);
            let name = case.driver(state.driver).name.get(lang);
            let room = if beside { wide - 4.0 } else { wide - 2.0 };
            svg.text(
                (2.0, y + 15.0),
                Anchor::Start,
                "small mute halo",
                &cut(name, 12.0, room),
            );
            y += 22.0;
        }
        let name = case.state(state).name.get(lang);
        let (bar, next) = if beside {
            let lines = wrap(name, 13.0, words - 26.0, 2);
            // The cast: two lines at most.
            let tall = (lines.len() as f64 * 16.25).max(20.0);
            svg.rect((4.0, y + 3.5), (10.0, 10.0), &fill(state.state.0));
            svg.lines((20.0, y + 13.0), Anchor::Start, "t", 13.0, &lines);
            (y + tall / 2.0 - 9.0, y + tall + 6.0)
        } else {
            svg.rect((4.0, y + 3.5), (10.0, 10.0), &fill(state.state.0));
            let name = cut(name, 13.0, wide - 24.0);
            svg.text((20.0, y + 13.0), Anchor::Start, "t", &name);
            (y + 19.0, y + 44.0)
        };
        for (sign, class, on) in [(-1.0, "against", "onagainst"), (1.0, "for", "onfor")] {
            let mut part: Vec<(usize, f64)> = all[o]
                .iter()
                .filter(|p| (p.1 > 0.0) == (sign > 0.0))
                .map(|p| (p.0, p.1.abs()))
                .collect();
            // The strongest nearest to the middle.
            part.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let mut from = zero;
            for &(actor, force) in &part {
                let long = force * scale;
                let x = if sign < 0.0 { from - long } else { from };
                let who = say::name(case, power, actor).get(lang);
                svg.open(&format!("{who}: {}", say::signed_plain(sign * force)));
                svg.rect((x, bar), (long, 18.0), &format!("{class} edged"));
                let number = (actor + 1).to_string();
                let middle = x + long / 2.0;
                let full = format!("{number} {who}");
                let at = (middle, bar + 13.5);
                if width(&full, 12.0) + 8.0 <= long {
                    svg.text(at, Anchor::Middle, &format!("small {on}"), &full);
                } else if width(&number, 12.0) + 3.0 <= long {
                    svg.text(at, Anchor::Middle, &format!("small {on}"), &number);
                }
                svg.close();
                from += sign * long;
            }
            if !part.is_empty() {
                let (with, against) = moved(o);
                let sum = if sign < 0.0 { against } else { with };
                let (x, anchor) = if sign < 0.0 {
                    (from - 5.0, Anchor::End)
                } else {
                    (from + 5.0, Anchor::Start)
                };
                let sum = say::decimal(sum);
                svg.text((x, bar + 13.0), anchor, "small value", &sum);
            }
        }
        svg.line((zero, bar - 4.0), (zero, bar + 22.0), "zero");
        y = next;
    }
    // Whose number is whose.
    y += 8.0;
    let mut x = 2.0;
    let shown_actors = weighted
        .iter()
        .enumerate()
        .filter(|(_, w)| w.iter().any(|w| w.1 != 0.0));
    for (actor, _) in shown_actors.take(RING) {
        let who = say::name(case, power, actor).get(lang);
        let text = cut(&format!("{} {who}", actor + 1), 12.0, wide - 4.0);
        let long = width(&text, 12.0) + 14.0;
        if x > 2.0 && x + long > wide {
            x = 2.0;
            y += 17.0;
        }
        svg.text((x, y + 10.0), Anchor::Start, "small mute", &text);
        x += long;
    }
    Some(svg.finish(y + 18.0))
}
