//! How firm it is: what nine of ten members say of each probability, and in how many each future holds together.

use super::label::{width, wrap};
use super::{Anchor, Svg, WIDE, fill};
use crate::sentences::firm::{between, plain, range};
use crate::words::percent;
use sinario_case::Lang;
use sinario_reading::{Share, Spread};

/// A probability to be drawn.
pub(crate) struct Interval {
    /// Where a new part of the picture begins, what it is about.
    pub part: Option<String>,
    /// What it is the probability of.
    pub name: String,
    /// The state whose colour it has, if it is one's.
    pub state: Option<usize>,
    /// The probability over the members.
    pub spread: Spread,
}

/// A future to be drawn.
pub(crate) struct Held {
    /// Which it is.
    pub name: String,
    /// Whether it holds together in the case as it stands.
    pub at_point: bool,
    /// In how many members it does.
    pub share: Share,
}

/// Names beside the marks at a desk, above them on a phone: where marks begin and end, and the names' room.
fn places(wide: f64, values: f64) -> (f64, f64, f64) {
    if wide >= WIDE {
        (292.0, wide - values - 22.0, 270.0)
    } else {
        (12.0, wide - values - 22.0, wide - 8.0)
    }
}

/// For each probability a bar from the 5 % to the 95 % quantile, a tick at the middle, and a dot where it is in the case
/// as it stands.
pub(crate) fn intervals(all: &[Interval], lang: Lang, wide: f64) -> String {
    let title = match lang {
        Lang::En => "How firm each probability is",
        Lang::Ko => "확률마다 얼마나 단단한가",
    };
    let value = |i: &Interval| percent(plain(i.spread.point));
    let desc: Vec<String> = all
        .iter()
        .map(|i| format!("{}: {} ({})", i.name, value(i), range(&i.spread, lang)))
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let room = all
        .iter()
        .map(|i| width(&value(i), 14.0).max(width(&range(&i.spread, lang), 12.0)));
    let (left, right, names) = places(wide, room.fold(0.0, f64::max));
    let beside = wide >= WIDE;
    let x = |p: f64| left + (right - left) * p.clamp(0.0, 1.0);
    let mut y = 2.0;
    for i in all {
        if let Some(part) = &i.part {
            y += if y > 10.0 { 12.0 } else { 0.0 };
            svg.text((2.0, y + 14.0), Anchor::Start, "small mute strong", part);
            y += 24.0;
        }
        let lines = wrap(&i.name, 14.0, names, 2);
        // The casts: two lines at most.
        let tall = 14.0 * 1.25 * lines.len() as f64;
        let middle = if beside {
            y + f64::max(tall, 30.0) / 2.0
        } else {
            y + tall + 16.0
        };
        let first = if beside {
            middle - tall / 2.0 + 13.0
        } else {
            y + 13.0
        };
        svg.lines((2.0, first), Anchor::Start, "mid", 14.0, &lines);
        let colour = i.state.map_or("bar".to_owned(), fill);
        svg.line((x(0.0), middle), (x(1.0), middle), "track-line");
        if let Some([low, median, high]) = i.spread.quantiles {
            svg.rect(
                (x(low), middle - 5.0),
                (x(high) - x(low), 10.0),
                &format!("{colour} span"),
            );
            svg.line(
                (x(median), middle - 9.0),
                (x(median), middle + 9.0),
                "prior",
            );
        }
        svg.circle((x(i.spread.point), middle), 6.5, &format!("{colour} ring"));
        svg.text(
            (right + 14.0, middle),
            Anchor::Start,
            "mid value",
            &value(i),
        );
        svg.text(
            (right + 14.0, middle + 14.0),
            Anchor::Start,
            "small mute",
            &range(&i.spread, lang),
        );
        y = if beside {
            f64::max(y + tall, middle + 17.0) + 6.0
        } else {
            middle + 24.0
        };
    }
    axis(&mut svg, x, y);
    svg.finish(y + 22.0)
}

/// For each future a bar as long as its share of the members, with the 95 % interval of that share.
pub(crate) fn shares(all: &[Held], lang: Lang, wide: f64) -> String {
    let title = match lang {
        Lang::En => "In how many members each future holds together",
        Lang::Ko => "미래마다 몇 판에서 앞뒤가 맞는가",
    };
    let value = |h: &Held| crate::words::count(&h.share.count.into(), lang);
    let interval = |h: &Held| between(h.share.low, h.share.high, lang);
    let desc: Vec<String> = all
        .iter()
        .map(|h| {
            let often = crate::sentences::firm::members(h.share, lang);
            format!("{}: {often} ({})", h.name, interval(h))
        })
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let room = all
        .iter()
        .map(|h| width(&value(h), 14.0).max(width(&interval(h), 12.0)));
    let (left, right, names) = places(wide, room.fold(0.0, f64::max));
    let beside = wide >= WIDE;
    let x = |p: f64| left + (right - left) * p.clamp(0.0, 1.0);
    let mut y = 2.0;
    for h in all {
        let lines = wrap(&h.name, 14.0, names, 3);
        // The casts: three lines at most.
        let tall = 14.0 * 1.25 * lines.len() as f64;
        let middle = if beside {
            y + f64::max(tall, 30.0) / 2.0
        } else {
            y + tall + 16.0
        };
        let first = if beside {
            middle - tall / 2.0 + 13.0
        } else {
            y + 13.0
        };
        let class = if h.at_point { "mid strong" } else { "mid" };
        svg.lines((2.0, first), Anchor::Start, class, 14.0, &lines);
        let colour = if h.at_point { "bar" } else { "grey" };
        svg.rect((x(0.0), middle - 8.0), (x(1.0) - x(0.0), 16.0), "track");
        svg.rect(
            (x(0.0), middle - 8.0),
            (x(h.share.value()) - x(0.0), 16.0),
            colour,
        );
        svg.line(
            (x(h.share.low), middle),
            (x(h.share.high), middle),
            "whisker",
        );
        svg.text(
            (right + 14.0, middle),
            Anchor::Start,
            "mid value",
            &value(h),
        );
        svg.text(
            (right + 14.0, middle + 14.0),
            Anchor::Start,
            "small mute",
            &interval(h),
        );
        y = if beside {
            f64::max(y + tall, middle + 17.0) + 6.0
        } else {
            middle + 24.0
        };
    }
    axis(&mut svg, x, y);
    svg.finish(y + 22.0)
}

/// 0 to 100 %.
fn axis(svg: &mut Svg, x: impl Fn(f64) -> f64, y: f64) {
    svg.line((x(0.0), y), (x(1.0), y), "axis");
    for p in [0.0, 0.25, 0.5, 0.75, 1.0] {
        svg.line((x(p), y), (x(p), y + 4.0), "axis");
        svg.text(
            (x(p), y + 17.0),
            Anchor::Middle,
            "tiny mute",
            &format!("{:.0} %", 100.0 * p),
        );
    }
}
