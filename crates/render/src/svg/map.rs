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
    let mut places: Vec<(f64, f64)> = map.points[..shown.len()]
        .iter()
        .map(|p| (middle + (p.0 - left) * scale, margin + (high - p.1) * scale))
        .collect();
    apart(
        &mut places,
        (margin / 2.0, wide - margin / 2.0),
        (margin / 2.0, height - margin / 2.0),
    );
    for &n in &order {
        svg.open(&tip(n));
        svg.circle(places[n], radius(n), "place");
        svg.close();
    }
    // Numbers above all circles, so that none is covered.
    for (n, at) in places.iter().enumerate() {
        svg.open(&tip(n));
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

/// Distance from which two numbers can be told apart, pixels.
const CLEAR: f64 = 19.0;

/// Moves places that are nearly the same apart until their numbers can be read, within the frame: futures that a plane cannot tell
/// apart would cover each other. Others stay where they are.
fn apart(places: &mut [(f64, f64)], wide: (f64, f64), high: (f64, f64)) {
    for _ in 0..200 {
        let mut moved = false;
        for a in 0..places.len() {
            for b in a + 1..places.len() {
                let (dx, dy) = (places[b].0 - places[a].0, places[b].1 - places[a].1);
                let far = libm::sqrt(dx * dx + dy * dy);
                if far >= CLEAR - 0.05 {
                    continue;
                }
                // The same place: each pair leaves it at an angle of its own. The cast: two dozen futures at most.
                let (ux, uy) = if far > 1e-6 {
                    (dx / far, dy / far)
                } else {
                    let turn = (a + 2 * b) as f64;
                    (libm::cos(turn), libm::sin(turn))
                };
                let half = (CLEAR - far) / 2.0;
                for (at, sign) in [(a, -1.0), (b, 1.0)] {
                    places[at].0 = (places[at].0 + sign * half * ux).clamp(wide.0, wide.1);
                    places[at].1 = (places[at].1 + sign * half * uy).clamp(high.0, high.1);
                }
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_do_not_cover_each_other_and_what_is_clear_stays() {
        let mut places = vec![(100.0, 100.0); 12];
        places.push((250.0, 40.0));
        apart(&mut places, (17.0, 327.0), (17.0, 285.0));
        for a in 0..places.len() {
            for b in 0..a {
                let (dx, dy) = (places[b].0 - places[a].0, places[b].1 - places[a].1);
                assert!(libm::sqrt(dx * dx + dy * dy) > CLEAR - 1.0, "{places:?}");
            }
        }
        assert_eq!(places[12], (250.0, 40.0));
    }

    #[test]
    fn a_frame_without_height_is_no_trouble() {
        let mut places = vec![(17.0, 34.0); 5];
        apart(&mut places, (17.0, 327.0), (34.0, 34.0));
        assert!(places.iter().all(|p| p.0.is_finite() && p.1 == 34.0));
    }
}
