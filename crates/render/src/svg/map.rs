//! The map of futures: circles at a distance that tells how much two futures differ, as large as they are probable.

use super::{Anchor, Svg};
use crate::words::percent;
use sinario_case::Lang;
use sinario_reading::{FutureFound, Map};

/// One circle for each future of the map, with its number in the tableau.
pub(crate) fn map(futures: &[FutureFound], map: &Map, lang: Lang, wide: f64) -> String {
    let (title, unit) = match lang {
        Lang::En => ("Map of the futures that hold together", "future"),
        Lang::Ko => ("앞뒤가 맞는 미래의 지도", "미래"),
    };
    let shown = &futures[..futures.len().min(map.points.len())];
    let tip = |n: usize| match shown[n].then {
        Some(p) => format!("{unit} {}: {}", n + 1, percent(p)),
        None => format!("{unit} {}", n + 1),
    };
    let desc: Vec<String> = (0..shown.len()).map(tip).collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let ends = |of: fn(&(f64, f64)) -> f64| {
        let all = map.points.iter().map(of);
        (
            all.clone().fold(f64::INFINITY, f64::min),
            all.fold(f64::NEG_INFINITY, f64::max),
        )
    };
    let ((left, right), (low, high)) = (ends(|p| p.0), ends(|p| p.1));
    let margin = 34.0;
    // One scale for both ways, so that distances are true.
    let scale =
        ((wide - 2.0 * margin) / (right - left).max(1e-9)).min(300.0 / (high - low).max(1e-9));
    let height = (high - low) * scale + 2.0 * margin;
    let middle = (wide - (right - left) * scale) / 2.0;
    let most = shown
        .iter()
        .filter_map(|f| f.then)
        .map(|e| e.value)
        .fold(0.0, f64::max);
    let mut order: Vec<usize> = (0..shown.len()).collect();
    let radius = |n: usize| match shown[n].then {
        Some(p) if most > 0.0 => 9.0 + 17.0 * libm::sqrt(p.value / most),
        _ => 14.0,
    };
    // The small ones on top.
    order.sort_by(|&a, &b| radius(b).total_cmp(&radius(a)).then(a.cmp(&b)));
    svg.rect((0.5, 0.5), (wide - 1.0, height - 1.0), "frame");
    for n in order {
        let (px, py) = map.points[n];
        let at = (middle + (px - left) * scale, margin + (high - py) * scale);
        svg.open(&tip(n));
        svg.circle(at, radius(n), "place");
        svg.text(
            (at.0, at.1 + 4.5),
            Anchor::Middle,
            "small strong",
            &(n + 1).to_string(),
        );
        svg.close();
    }
    svg.finish(height)
}
