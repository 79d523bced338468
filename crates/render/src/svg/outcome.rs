//! How the reading did: the probability that it gave to what turned out true.

use super::label::{width, wrap};
use super::{Anchor, Svg, fill};
use crate::words::percent;
use sinario_case::{Case, Lang};
use sinario_reading::VerdictFound;

/// For each verdict a dot at the probability that was given to the truth, and a mark where knowing nothing would stand.
pub(crate) fn outcome(case: &Case, verdicts: &[VerdictFound], lang: Lang, wide: f64) -> String {
    let (title, ignorant, scale) = match lang {
        Lang::En => (
            "Probability given to what turned out true",
            "knowing nothing",
            ["no chance", "certain"],
        ),
        Lang::Ko => (
            "실제로 일어난 일에 주었던 확률",
            "아무것도 모를 때",
            ["불가능", "확실"],
        ),
    };
    let head = |v: &VerdictFound| {
        let truth = case.verdicts[v.verdict].state;
        format!(
            "{}: {}",
            case.driver(truth.driver).name.get(lang),
            case.state(truth).name.get(lang)
        )
    };
    let desc: Vec<String> = verdicts
        .iter()
        .map(|v| format!("{} {}", head(v), percent(v.probability)))
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let (left, right) = (20.0, wide - 20.0);
    let x = |p: f64| left + (right - left) * p;
    let mut y = 4.0;
    let mut first = true;
    for v in verdicts {
        let lines = wrap(&head(v), 15.0, wide - 8.0, 2);
        svg.lines((2.0, y + 15.0), Anchor::Start, "name", 15.0, &lines);
        // The casts: two lines and some states at most.
        y += 15.0 * 1.25 * lines.len() as f64 + 14.0;
        svg.line((x(0.0), y), (x(1.0), y), "track-line");
        let even = 1.0 / v.chances.len() as f64;
        svg.line((x(even), y - 9.0), (x(even), y + 9.0), "prior");
        if let Some(error) = v.probability.error {
            let p = v.probability.value;
            svg.line(
                (x((p - 2.0 * error).max(0.0)), y),
                (x((p + 2.0 * error).min(1.0)), y),
                "whisker",
            );
        }
        svg.circle(
            (x(v.probability.value), y),
            8.0,
            &format!("{} ring", fill(case.verdicts[v.verdict].state.state.0)),
        );
        let label = percent(v.probability);
        let half = width(&label, 13.0) / 2.0;
        svg.text(
            (x(v.probability.value).clamp(half, wide - half), y + 25.0),
            Anchor::Middle,
            "small strong",
            &label,
        );
        if first {
            let label = format!("{ignorant} {:.0} %", even * 100.0);
            let half = width(&label, 11.0) / 2.0;
            let near = (v.probability.value - even).abs() * (right - left) < half + 26.0;
            let at = x(even).clamp(half, wide - half);
            svg.text(
                (at, if near { y + 41.0 } else { y + 25.0 }),
                Anchor::Middle,
                "tiny mute",
                &label,
            );
            first = false;
            if near {
                y += 16.0;
            }
        }
        y += 40.0;
    }
    svg.line((x(0.0), y), (x(1.0), y), "axis");
    for p in [0.0, 0.25, 0.5, 0.75, 1.0] {
        svg.line((x(p), y), (x(p), y + 4.0), "axis");
        svg.text(
            (x(p), y + 17.0),
            Anchor::Middle,
            "tiny mute",
            &format!("{:.0} %", p * 100.0),
        );
    }
    svg.text(
        (x(0.0) - 18.0, y + 32.0),
        Anchor::Start,
        "tiny mute",
        scale[0],
    );
    svg.text(
        (x(1.0) + 18.0, y + 32.0),
        Anchor::End,
        "tiny mute",
        scale[1],
    );
    svg.finish(y + 38.0)
}
