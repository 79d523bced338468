//! What each option may bring: over everything, and in each situation.

use super::{SITUATIONS, numbered, situation};
use crate::amount::{amount, tick};
use crate::sentences::choices as say;
use crate::svg::label::{cut, width, wrap};
use crate::svg::scale::Scale;
use crate::svg::{Anchor, Svg, fill};
use sinario_case::{Case, Lang};
use sinario_reading::choices::Choices;
use sinario_reading::numbers::Amount;

/// For each option a thin bar from the 5 % to the 95 % quantile, a thick one from 25 % to 75 %, and a dot at the mean (the median
/// where no mean exists). `None` where no option has a value.
pub(crate) fn fan(case: &Case, found: &Choices, lang: Lang, wide: f64) -> Option<String> {
    if found.options.is_empty() {
        return None;
    }
    let title = match lang {
        Lang::En => "What each option may bring",
        Lang::Ko => "선택지마다 얻을 수 있는 것",
    };
    let desc: Vec<String> = (found.options.iter().enumerate())
        .map(|(k, o)| {
            let (mean, range) = (
                say::expected(found, &o.value, lang),
                say::spread(found, &o.value, lang),
            );
            format!("{}: {mean} ({range})", numbered(case, found, k, lang))
        })
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let together = match lang {
        Lang::En => "All situations together",
        Lang::Ko => "모든 상황을 합쳐서",
    };
    let mut groups: Vec<(String, Vec<Option<&Amount>>)> = vec![(
        together.to_owned(),
        found.options.iter().map(|o| Some(&o.value)).collect(),
    )];
    // One situation alone says the same once more.
    if found.situations.len() > 1 {
        for s in 0..found.situations.len().min(SITUATIONS) {
            let of = found.options.iter();
            let of = of.map(|o| o.by_situation.get(s).and_then(Option::as_ref));
            groups.push((situation(case, found, s, lang), of.collect()));
        }
    }
    let all = || groups.iter().flat_map(|g| g.1.iter().copied().flatten());
    let middle = |a: &Amount| match a.endless {
        true => a.quantiles[2],
        false => a.mean.value,
    };
    let shown = |a: &Amount| amount(middle(a), None, lang);
    let numbers = all().map(|a| width(&shown(a), 12.0)).fold(0.0, f64::max) + 10.0;
    let left = wide * if wide >= 500.0 { 0.3 } else { 0.32 };
    let right = wide - numbers - 6.0;
    let ends = all().flat_map(|a| [a.quantiles[0], a.quantiles[4], middle(a)]);
    let scale = Scale::new(span(ends), (left + 6.0, right));
    let marks = marks(&scale, lang);
    let row = 18.0;
    // Where each group begins, its heading in lines, and where its rows do.
    let mut y = 4.0;
    let mut places = Vec::new();
    for (head, of) in &groups {
        // Situations differ in their last words as well as in their first.
        let lines = wrap(head, 12.0, wide - 8.0, if wide >= 500.0 { 4 } else { 8 });
        // The casts: eight lines and some options at most.
        let rows = y + lines.len() as f64 * 15.0 + 6.0;
        places.push((lines, y, rows));
        y = rows + of.len() as f64 * row + 14.0;
    }
    for ((_, of), (_, _, rows)) in groups.iter().zip(&places) {
        let end = rows + of.len() as f64 * row;
        for &m in &marks {
            let class = if m == 0.0 { "zero" } else { "grid" };
            svg.line((scale.x(m), *rows), (scale.x(m), end), class);
        }
    }
    let unit = cut(say::unit(found, lang), 11.0, left - 30.0);
    svg.text((2.0, y + 5.0), Anchor::Start, "tiny mute", &unit);
    // Where marks stand closer than their numbers, 0 has its number first, then the greatest.
    let mut order = marks.clone();
    order.sort_by(|a, b| (*b == 0.0).cmp(&(*a == 0.0)).then(b.total_cmp(a)));
    let mut taken = vec![(2.0, 2.0 + width(&unit, 11.0))];
    for m in order {
        let (x, half) = (scale.x(m), width(&tick(m, lang), 11.0) / 2.0);
        if taken
            .iter()
            .all(|t| x + half + 4.0 < t.0 || x - half - 4.0 > t.1)
        {
            taken.push((x - half, x + half));
            svg.text((x, y + 5.0), Anchor::Middle, "tiny mute", &tick(m, lang));
        }
    }
    for ((_, of), (lines, top, rows)) in groups.iter().zip(&places) {
        svg.lines(
            (2.0, top + 12.0),
            Anchor::Start,
            "small strong",
            12.0,
            lines,
        );
        for (k, a) in of.iter().enumerate() {
            let y = rows + k as f64 * row;
            let name = numbered(case, found, k, lang);
            svg.text(
                (left - 2.0, y + 12.5),
                Anchor::End,
                "small mute",
                &cut(&name, 12.0, left - 6.0),
            );
            let Some(a) = a else {
                svg.text((wide - 2.0, y + 12.5), Anchor::End, "small mute", "–");
                continue;
            };
            svg.open(&format!(
                "{name}: {} ({})",
                say::expected(found, a, lang),
                say::spread(found, a, lang)
            ));
            let [low, lower, _, upper, high] = a.quantiles.map(|q| scale.x(q));
            svg.rect((low, y + 7.5), ((high - low).max(1.0), 3.0), &fill(k));
            svg.rect((lower, y + 4.5), (upper - lower, 9.0), &fill(k));
            svg.circle(
                (scale.x(middle(a)), y + 9.0),
                5.0,
                &format!("{} ring", fill(k)),
            );
            svg.close();
            svg.text(
                (wide - 2.0, y + 12.5),
                Anchor::End,
                "small value",
                &shown(a),
            );
        }
    }
    Some(svg.finish(y + 12.0))
}

/// From the least to the greatest; to 0 as well, unless that is far from all of them.
fn span(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|v| v.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |e, v| {
            (e.0.min(v), e.1.max(v))
        });
    match (low, high) {
        (l, h) if l > 0.0 && l < 0.6 * h => (0.0, h),
        (l, h) if h < 0.0 && h > 0.6 * l => (l, 0.0),
        ends => ends,
    }
}

/// As many marks as their numbers have room for; four where not even two have.
fn marks(scale: &Scale, lang: Lang) -> Vec<f64> {
    let fits = |all: &Vec<f64>| {
        let wide = all.iter().map(|&m| width(&tick(m, lang), 11.0));
        let wide = wide.fold(0.0, f64::max) + 10.0;
        let apart = |w: &[f64]| scale.x(w[1]) - scale.x(w[0]) >= wide;
        all.len() > 1 && all.windows(2).all(apart)
    };
    let tries = (2..=8).rev().map(|most| scale.marks(most));
    tries
        .into_iter()
        .find(fits)
        .unwrap_or_else(|| scale.marks(4))
}
