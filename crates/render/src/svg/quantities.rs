//! How far a quantity spreads: its shape, and its interval in each state that it hangs on.

use super::label::{width, wrap};
use super::scale::Scale;
use super::{Anchor, Svg, WIDE, fill};
use crate::amount::{amount, range, tick};
use crate::sentences::quantities::{index, rank, unit};
use crate::words::percent;
use sinario_case::{Case, Lang, Text};
use sinario_reading::numbers::{Amount, QuantityFound};

/// Causes drawn; the others stand in the table.
const CAUSES: usize = 8;
/// Height of the curve, in pixels.
const TALL: f64 = 92.0;

/// Draws an axis of amounts with its marks below `y`.
fn axis(svg: &mut Svg, scale: &Scale, (left, right): (f64, f64), y: f64, lang: Lang) {
    svg.line((left, y), (right, y), "axis");
    let most = if right - left > 400.0 { 6 } else { 3 };
    for m in scale.marks(most) {
        let x = scale.x(m);
        svg.line((x, y), (x, y + 4.0), "axis");
        let text = tick(m, lang);
        let half = width(&text, 12.0) / 2.0;
        let at = x.clamp(
            left + half - 2.0,
            f64::max(right - half + 2.0, left + half - 2.0),
        );
        svg.text((at, y + 18.0), Anchor::Middle, "small mute", &text);
    }
}

/// What the picture spans: nearly all of the draws.
fn spans(of: &QuantityFound) -> (f64, f64) {
    let values = of.shape.values.iter().map(|v| v.0);
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.fold(f64::NEG_INFINITY, f64::max);
    if low <= high {
        let pad = (high - low) * 0.08;
        return (low - pad, high + pad);
    }
    let [least, .., most] = of.overall.quantiles;
    let bins = of.shape.bins.first().zip(of.shape.bins.last());
    bins.map_or((least, most), |(a, b)| (a.0, b.1))
}

/// The shape of a quantity: how often each amount is drawn, the interval that nine in ten lie in, and the middle.
pub(crate) fn shape(case: &Case, of: &QuantityFound, lang: Lang, wide: f64) -> String {
    let unit = unit(case, of.quantity);
    let title = case.quantities[of.quantity].name.get(lang);
    let [low, _, middle, _, high] = of.overall.quantiles;
    let desc = match lang {
        Lang::En => format!(
            "Nine in ten draws between {}; the middle at {}.",
            range(low, high, unit, lang),
            amount(middle, unit, lang)
        ),
        Lang::Ko => format!(
            "추첨 열에 아홉은 {} 사이, 가운데는 {}.",
            range(low, high, unit, lang),
            amount(middle, unit, lang)
        ),
    };
    let mut svg = Svg::new(wide, title, &desc);
    let (left, right) = (12.0, wide - 12.0);
    let scale = Scale::new(spans(of), (left, right));
    let discrete = !of.shape.values.is_empty();
    if !discrete {
        let label = amount(middle, unit, lang);
        let half = width(&label, 14.0) / 2.0;
        let at = scale.x(middle).clamp(half + 2.0, wide - half - 2.0);
        svg.text((at, 14.0), Anchor::Middle, "mid value", &label);
    }
    let (top, floor) = (22.0, 22.0 + TALL);
    if !discrete {
        let tallest = of.shape.bins.iter().map(|b| b.2 / (b.1 - b.0));
        let dense = of.shape.density.iter().map(|d| d.1);
        let most = tallest.chain(dense).fold(0.0, f64::max);
        let y = |d: f64| {
            if most > 0.0 {
                floor - (TALL - 4.0) * d / most
            } else {
                floor
            }
        };
        for (a, b, share) in &of.shape.bins {
            let (x0, x1, top) = (scale.x(*a), scale.x(*b), y(share / (b - a)));
            svg.rect((x0, top), ((x1 - x0 - 0.8).max(0.4), floor - top), "track");
        }
        let curve = of.shape.density.iter();
        let curve: Vec<(f64, f64)> = curve.map(|(v, d)| (scale.x(*v), y(*d))).collect();
        svg.polyline(&curve, "curve outline");
    } else {
        let most = of.shape.values.iter().map(|v| v.1).fold(0.0, f64::max);
        for (value, share) in &of.shape.values {
            let tall = (TALL - 18.0) * share / most.max(f64::MIN_POSITIVE);
            svg.rect((scale.x(*value) - 5.0, floor - tall), (10.0, tall), "bar");
            let text = percent(crate::sentences::sway::exact(*share));
            let half = width(&text, 12.0) / 2.0;
            let at = scale.x(*value).clamp(half + 2.0, wide - half - 2.0);
            svg.text((at, floor - tall - 4.0), Anchor::Middle, "small", &text);
        }
    }
    if !discrete {
        svg.line((scale.x(middle), top), (scale.x(middle), floor), "prior");
    }
    svg.rect(
        (scale.x(low), floor + 3.0),
        (scale.x(high) - scale.x(low), 5.0),
        "bar",
    );
    axis(&mut svg, &scale, (left, right), floor + 12.0, lang);
    svg.finish(floor + 36.0)
}

/// One interval to be drawn.
pub(crate) struct Row<'a> {
    /// Where a new part begins, what it is about.
    pub part: Option<String>,
    /// Of what.
    pub name: String,
    /// Whose colour it has.
    pub colour: Option<usize>,
    /// The amounts.
    pub amount: &'a Amount,
}

/// Amounts below each other on one axis: a thick bar for the middle half, a thin one for nine in ten, a tick at the
/// middle.
pub(crate) fn amounts(
    title: &str,
    rows: &[Row],
    unit: Option<&Text>,
    lang: Lang,
    wide: f64,
) -> String {
    let said = |r: &Row| {
        let [low, _, middle, _, high] = r.amount.quantiles;
        format!(
            "{}: {} ({})",
            r.name,
            amount(middle, unit, lang),
            range(low, high, unit, lang)
        )
    };
    let desc: Vec<String> = rows.iter().map(said).collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let beside = wide >= WIDE;
    let value = |r: &Row| amount(r.amount.quantiles[2], unit, lang);
    let room = rows
        .iter()
        .map(|r| width(&value(r), 14.0))
        .fold(0.0, f64::max);
    let (left, names) = if beside {
        (262.0, 246.0)
    } else {
        (12.0, wide - 8.0)
    };
    let right = wide - room - 16.0;
    let ends = rows
        .iter()
        .flat_map(|r| [r.amount.quantiles[0], r.amount.quantiles[4]]);
    let ends = ends.filter(|e| e.is_finite());
    let low = ends.clone().fold(f64::INFINITY, f64::min);
    let high = ends.fold(f64::NEG_INFINITY, f64::max);
    let scale = Scale::new((low, high), (left, right));
    let mut y = 2.0;
    let begin = y;
    let mut drawn = Vec::new();
    for r in rows {
        if let Some(part) = &r.part {
            y += if y > 10.0 { 10.0 } else { 0.0 };
            let lines = wrap(part, 12.0, wide - 8.0, 2);
            svg.lines(
                (2.0, y + 14.0),
                Anchor::Start,
                "small mute strong",
                12.0,
                &lines,
            );
            // The cast: two lines at most.
            y += 8.0 + 15.0 * lines.len() as f64;
        }
        let lines = wrap(&r.name, 14.0, names, 2);
        // The cast: two lines at most.
        let tall = 17.5 * lines.len() as f64;
        let middle = if beside {
            y + f64::max(tall, 24.0) / 2.0
        } else {
            y + tall + 10.0
        };
        let first = if beside {
            middle - tall / 2.0 + 13.0
        } else {
            y + 13.0
        };
        svg.lines((2.0, first), Anchor::Start, "mid", 14.0, &lines);
        drawn.push((r, middle));
        y = if beside {
            f64::max(y + tall, middle + 12.0) + 4.0
        } else {
            middle + 16.0
        };
    }
    if low < 0.0 && high > 0.0 {
        svg.line((scale.x(0.0), begin), (scale.x(0.0), y), "zero");
    }
    for (r, middle) in drawn {
        let [low, quarter, half, three, high] = r.amount.quantiles;
        let colour = r.colour.map_or("bar".to_owned(), fill);
        svg.open(&said(r));
        svg.rect(
            (scale.x(low), middle - 2.0),
            (scale.x(high) - scale.x(low), 4.0),
            &format!("{colour} span"),
        );
        svg.rect(
            (scale.x(quarter), middle - 6.0),
            (scale.x(three) - scale.x(quarter), 12.0),
            &colour,
        );
        svg.line(
            (scale.x(half), middle - 9.0),
            (scale.x(half), middle + 9.0),
            "prior",
        );
        svg.close();
        svg.text(
            (right + 12.0, middle + 5.0),
            Anchor::Start,
            "mid value",
            &value(r),
        );
    }
    axis(&mut svg, &scale, (left, right), y + 2.0, lang);
    svg.finish(y + 26.0)
}

/// What drives a quantity: for each cause the share of the variance that knowing it alone would take away.
pub(crate) fn drives(case: &Case, of: &QuantityFound, lang: Lang, wide: f64) -> String {
    let title = match lang {
        Lang::En => format!(
            "What drives it: {}",
            case.quantities[of.quantity].name.get(lang)
        ),
        Lang::Ko => format!(
            "무엇에 달렸는가: {}",
            case.quantities[of.quantity].name.get(lang)
        ),
    };
    let name = |c| crate::sentences::quantities::cause(case, of, c, lang);
    let drives = &of.drives[..of.drives.len().min(CAUSES)];
    let desc: Vec<String> = drives
        .iter()
        .map(|d| format!("{}: {}", name(d.cause), index(d)))
        .collect();
    let mut svg = Svg::new(wide, &title, &desc.join("; "));
    let beside = wide >= WIDE;
    let (left, names) = if beside {
        (262.0, 246.0)
    } else {
        (12.0, wide - 8.0)
    };
    let right = wide - 96.0;
    let mut y = 2.0;
    for d in drives {
        let lines = wrap(&name(d.cause), 14.0, names, 2);
        // The cast: two lines at most.
        let tall = 17.5 * lines.len() as f64;
        let middle = if beside {
            y + f64::max(tall, 22.0) / 2.0
        } else {
            y + tall + 10.0
        };
        let first = if beside {
            middle - tall / 2.0 + 13.0
        } else {
            y + 13.0
        };
        svg.lines((2.0, first), Anchor::Start, "mid", 14.0, &lines);
        let x = |share: f64| left + (right - left) * share.clamp(0.0, 1.0);
        svg.line((left, middle), (right, middle), "track-line");
        // What moves it up is told from what moves it down by its hue and by the sign beside it.
        let class = match d.rank {
            Some(r) if r < 0.0 => "against",
            Some(_) => "for",
            None => "bar",
        };
        svg.rect((left, middle - 6.0), (x(d.first.value) - left, 12.0), class);
        if let Some(error) = d.first.error.filter(|e| *e > 0.0) {
            let ends = [d.first.value - 2.0 * error, d.first.value + 2.0 * error].map(x);
            svg.line((ends[0], middle), (ends[1], middle), "whisker");
        }
        let sign = d.rank.map_or(String::new(), |r| format!(" ({})", rank(r)));
        let share = percent(crate::sentences::sway::exact(d.first.value.clamp(0.0, 1.0)));
        svg.text(
            (right + 8.0, middle + 5.0),
            Anchor::Start,
            "mid value",
            &share,
        );
        let after = right + 10.0 + width(&share, 14.0);
        svg.text((after, middle + 5.0), Anchor::Start, "small mute", &sign);
        y = if beside {
            f64::max(y + tall, middle + 11.0) + 4.0
        } else {
            middle + 16.0
        };
    }
    svg.finish(y + 4.0)
}
