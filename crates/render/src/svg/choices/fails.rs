//! Where an option fails: the limits of its box as small ranges, and how often it fails there.

use super::numbered;
use crate::sentences::choices as say;
use crate::svg::label::{cut, width, wrap};
use crate::svg::{Anchor, Svg, fill};
use sinario_case::{Case, Lang};
use sinario_reading::choices::{Choices, Limit};
use sinario_reading::numbers::Cause;

/// For each option with a box: its limits, then two bars, how often it fails anywhere and how often in the box. `None` where no
/// option has one.
pub(crate) fn fails(case: &Case, found: &Choices, lang: Lang, wide: f64) -> Option<String> {
    let boxed = |k: &usize| {
        let fails = found.options[*k].fails.as_ref();
        fails.is_some_and(|f| !f.limits.is_empty())
    };
    let all: Vec<usize> = (0..found.options.len()).filter(boxed).collect();
    if all.is_empty() {
        return None;
    }
    let (title, anywhere, there) = match lang {
        Lang::En => ("Where options fail", "Anywhere", "Here"),
        Lang::Ko => ("선택지가 실패하는 곳", "어디서나", "여기서"),
    };
    let desc = all.iter().filter_map(|&k| say::fails(case, found, k, lang));
    let desc: Vec<String> = desc.collect();
    let mut svg = Svg::new(wide, title, &desc.join(" "));
    let mut y = 4.0;
    for &k in &all {
        let Some(of) = &found.options[k].fails else {
            continue;
        };
        svg.rect((2.0, y + 3.0), (10.0, 10.0), &fill(k));
        let name = cut(&numbered(case, found, k, lang), 13.0, wide - 22.0);
        svg.text((18.0, y + 13.0), Anchor::Start, "t strong", &name);
        y += 24.0;
        for limit in &of.limits {
            y = match limit.cause {
                Cause::Driver(_) => states(&mut svg, case, limit, k, lang, wide, y),
                _ => range(&mut svg, case, limit, k, lang, wide, y),
            };
        }
        let words = width(anywhere, 12.0).max(width(there, 12.0)) + 10.0;
        for (share, word) in [(of.share, anywhere), (of.density, there)] {
            let told = say::here(found, share, lang);
            let room = width(&told, 12.0) + 10.0;
            let full = (wide - 18.0 - words - room).max(20.0);
            svg.text((18.0, y + 11.0), Anchor::Start, "small mute", word);
            svg.rect((18.0 + words, y + 1.0), (full, 12.0), "track");
            svg.rect(
                (18.0 + words, y + 1.0),
                (full * share.clamp(0.0, 1.0), 12.0),
                &fill(k),
            );
            svg.text(
                (18.0 + words + full + 6.0, y + 11.0),
                Anchor::Start,
                "small value",
                &told,
            );
            y += 20.0;
        }
        let told = say::box_told(of, lang);
        svg.text(
            (18.0, y + 12.0),
            Anchor::Start,
            "small",
            &cut(&told, 12.0, wide - 22.0),
        );
        y += 36.0;
    }
    Some(svg.finish(y - 10.0))
}

/// All states of the driver side by side, those in the box filled.
fn states(svg: &mut Svg, case: &Case, of: &Limit, k: usize, lang: Lang, wide: f64, y: f64) -> f64 {
    let Cause::Driver(d) = of.cause else { return y };
    let driver = case.driver(d);
    let name = cut(driver.name.get(lang), 12.0, wide - 22.0);
    svg.text((18.0, y + 11.0), Anchor::Start, "small", &name);
    // The cast: some states.
    let part = (wide - 20.0) / driver.states.len().max(1) as f64;
    for (s, state) in driver.states.iter().enumerate() {
        let x = 18.0 + s as f64 * part;
        let inside = of.states.iter().any(|r| r.state.0 == s);
        let class = if inside { fill(k) } else { "track".to_owned() };
        svg.rect((x, y + 17.0), (part - 4.0, 9.0), &class);
        let mark = if inside { "✓ " } else { "" };
        let text = cut(&format!("{mark}{}", state.name.get(lang)), 11.0, part - 8.0);
        let class = if inside { "tiny strong" } else { "tiny mute" };
        svg.text((x, y + 38.0), Anchor::Start, class, &text);
    }
    y + 48.0
}

/// A range with its limits in words; an open side runs to the edge. How far the limits lie apart says nothing.
fn range(svg: &mut Svg, case: &Case, of: &Limit, k: usize, lang: Lang, wide: f64, y: f64) -> f64 {
    let lines = wrap(&say::condition(case, of, lang), 12.0, wide - 22.0, 2);
    svg.lines((18.0, y + 11.0), Anchor::Start, "small", 12.0, &lines);
    // The cast: two lines at most.
    let top = y + 2.0 + lines.len() as f64 * 15.0;
    let (left, full) = (18.0, wide - 22.0);
    svg.rect((left, top), (full, 9.0), "track");
    let from = if of.range.0.is_finite() { 0.3 } else { 0.0 };
    let to = if of.range.1.is_finite() { 0.7 } else { 1.0 };
    svg.rect(
        (left + full * from, top),
        (full * (to - from), 9.0),
        &fill(k),
    );
    for (end, limit) in [(from, of.range.0), (to, of.range.1)] {
        if limit.is_finite() {
            let x = left + full * end;
            svg.line((x, top - 3.0), (x, top + 12.0), "prior");
        }
    }
    top + 22.0
}
