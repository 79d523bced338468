//! What one would regret: situations by options, the stronger the colour the more.

use super::{SITUATIONS, numbered, situation};
use crate::amount::amount;
use crate::sentences::choices as say;
use crate::svg::label::{cut, width, wrap};
use crate::svg::{Anchor, Svg};
use sinario_case::{Case, Lang};
use sinario_reading::choices::Choices;

/// Shades of regret above none.
const SHADES: f64 = 5.0;

/// A cell for each situation and option with the regret there; the best is named; the last row has the greatest. `None` with
/// fewer than two options.
pub(crate) fn regret(case: &Case, found: &Choices, lang: Lang, wide: f64) -> Option<String> {
    let options = found.options.len();
    if options < 2 || found.situations.is_empty() {
        return None;
    }
    let (title, best, greatest) = match lang {
        Lang::En => (
            "Regret of each option in each situation",
            "best",
            "Greatest regret of all",
        ),
        Lang::Ko => ("상황별 선택지의 후회", "최선", "가장 큰 후회"),
    };
    let desc: Vec<String> = (0..options)
        .map(|k| {
            let most = say::money(found, found.options[k].max_regret.0, lang);
            format!("{}: {greatest} {most}", numbered(case, found, k, lang))
        })
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let beside = wide >= 500.0;
    let left = if beside { wide * 0.34 } else { 0.0 };
    // The cast: some options.
    let column = (wide - left) / options as f64;
    let shown = found.situations.len().min(SITUATIONS);
    let of = |k: usize, s: usize| found.options[k].regret.get(s).copied().unwrap_or(f64::NAN);
    let most = (found.options.iter())
        .map(|o| o.max_regret.0)
        .chain((0..options).flat_map(|k| (0..shown).map(move |s| of(k, s))))
        .filter(|r| r.is_finite())
        .fold(0.0, f64::max);
    let heads: Vec<Vec<String>> = (0..options)
        .map(|k| wrap(&numbered(case, found, k, lang), 11.0, column - 8.0, 4))
        .collect();
    let tallest = heads.iter().map(Vec::len).max().unwrap_or(0);
    for (k, lines) in heads.iter().enumerate() {
        // The casts: four lines and some options at most.
        let x = left + (k as f64 + 0.5) * column;
        svg.lines((x, 12.0), Anchor::Middle, "tiny", 11.0, lines);
    }
    let mut y = tallest as f64 * 13.75 + 10.0;
    let height = 28.0;
    let rows = (0..shown).map(Some).chain([None]);
    for s in rows {
        let label = s.map_or(greatest.to_owned(), |s| situation(case, found, s, lang));
        let class = if s.is_some() {
            "tiny mute"
        } else {
            "small strong"
        };
        let size = if s.is_some() { 11.0 } else { 12.0 };
        let room = if beside { left - 12.0 } else { wide - 4.0 };
        let lines = wrap(&label, size, room, 8);
        let tall = lines.len() as f64 * size * 1.25;
        let (cell, next) = match beside {
            true => {
                let full = tall.max(height);
                svg.lines(
                    (2.0, y + (full - tall) / 2.0 + 10.5),
                    Anchor::Start,
                    class,
                    size,
                    &lines,
                );
                (y + (full - height) / 2.0, y + full + 6.0)
            }
            false => {
                svg.lines((2.0, y + 11.0), Anchor::Start, class, size, &lines);
                (y + tall + 3.0, y + tall + height + 12.0)
            }
        };
        for k in 0..options {
            let value = s.map_or(found.options[k].max_regret.0, |s| of(k, s));
            let x = left + k as f64 * column;
            let text = match value {
                v if v.is_nan() => "–".to_owned(),
                v if v <= 0.0 => best.to_owned(),
                v => amount(v, None, lang),
            };
            // The cast: 0 … 5.
            let shade = match value {
                v if v.is_nan() || v <= 0.0 || most <= 0.0 => 0,
                v => (v / most * SHADES).ceil().clamp(1.0, SHADES) as usize,
            };
            svg.open(&format!(
                "{} · {label}: {text}",
                numbered(case, found, k, lang)
            ));
            let frame = if value <= 0.0 { " edge" } else { "" };
            svg.rect(
                (x + 1.5, cell + 1.5),
                (column - 3.0, height - 3.0),
                &format!("h{shade}{frame}"),
            );
            // A number that has no room stands in the table.
            let size = if width(&text, 12.0) <= column - 6.0 {
                12.0
            } else {
                11.0
            };
            let shown = match width(&text, size) <= column - 4.0 {
                true => text,
                false => cut(&text, size, column - 4.0),
            };
            let class = if size < 12.0 { "tiny" } else { "small" };
            let strong = if value <= 0.0 { " strong" } else { "" };
            svg.text(
                (x + column / 2.0, cell + height / 2.0 + 4.5),
                Anchor::Middle,
                &format!("{class}{strong}"),
                &shown,
            );
            svg.close();
        }
        y = next;
    }
    Some(svg.finish(y))
}
