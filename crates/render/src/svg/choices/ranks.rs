//! How each measure ranks the options.

use super::{legend, on};
use crate::sentences::choices as say;
use crate::svg::label::{cut, width};
use crate::svg::{Anchor, Svg, fill, stroke};
use sinario_case::{Case, Lang};
use sinario_reading::choices::{Choices, MEASURES};

/// A row for each measure; from left to right the options as it ranks them, equals side by side; a line follows each option. `None`
/// with fewer than two options, or where nothing is ranked.
pub(crate) fn ranks(case: &Case, found: &Choices, lang: Lang, wide: f64) -> Option<String> {
    let options = found.options.len();
    let rank = |k: usize, m: usize| found.options[k].ranks.get(m).copied().filter(|r| *r > 0);
    let ranked = (0..options).any(|k| (0..MEASURES.len()).any(|m| rank(k, m).is_some()));
    if options < 2 || !ranked {
        return None;
    }
    let (title, first, last) = match lang {
        Lang::En => ("How each measure ranks the options", "first", "last"),
        Lang::Ko => ("척도마다 매긴 선택지의 순위", "첫째", "꼴찌"),
    };
    let desc: Vec<String> = (MEASURES.iter().enumerate())
        .map(|(m, of)| {
            let best = say::ranked_first(case, found, m, lang);
            format!("{}: {best}", say::measure(*of, lang))
        })
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let top = legend(&mut svg, case, found, lang, wide, 2.0) + 6.0;
    let names = MEASURES.iter().map(|m| width(say::measure(*m, lang), 12.0));
    let left = f64::min(names.fold(0.0, f64::max) + 12.0, wide * 0.42);
    // The casts: some options and eleven rows.
    let step = (wide - left - 40.0) / (options as f64 - 1.0).max(1.0);
    // Equals stand as close as their room lets them.
    let gap = f64::min(21.0, (wide - left - 24.0) / options as f64);
    let radius = f64::min(9.0, gap / 2.0 - 0.5);
    let at = |k: usize, m: usize| {
        let r = rank(k, m)?;
        let before = (0..k).filter(|&j| rank(j, m) == Some(r)).count();
        let x = left + 20.0 + (f64::from(r) - 1.0) * step + before as f64 * gap;
        Some((x.min(wide - 10.0), top + 28.0 + m as f64 * 27.0))
    };
    svg.text(
        (left + 11.0, top + 9.0),
        Anchor::Start,
        "tiny mute",
        &format!("← {first}"),
    );
    svg.text(
        (wide - 2.0, top + 9.0),
        Anchor::End,
        "tiny mute",
        &format!("{last} →"),
    );
    for (m, of) in MEASURES.iter().enumerate() {
        let y = top + 28.0 + m as f64 * 27.0;
        svg.line((left + 11.0, y), (wide - 11.0, y), "grid");
        let name = cut(say::measure(*of, lang), 12.0, left - 8.0);
        svg.text((left, y + 4.0), Anchor::End, "small", &name);
    }
    for k in 0..options {
        let points: Vec<(f64, f64)> = (0..MEASURES.len()).filter_map(|m| at(k, m)).collect();
        if points.len() > 1 {
            svg.polyline(&points, &format!("curve span {}", stroke(k)));
        }
    }
    for m in 0..MEASURES.len() {
        for k in 0..options {
            let Some(place) = at(k, m) else { continue };
            let name = say::name(case, found, k).get(lang);
            svg.open(&format!("{}: {name}", say::measure(MEASURES[m], lang)));
            svg.circle(place, radius, &format!("{} ring", fill(k)));
            if radius > 7.0 {
                let number = (k + 1).to_string();
                svg.text(
                    (place.0, place.1 + 4.0),
                    Anchor::Middle,
                    &format!("tiny {}", on(k)),
                    &number,
                );
            }
            svg.close();
        }
    }
    Some(svg.finish(top + 28.0 + 11.0 * 27.0))
}
