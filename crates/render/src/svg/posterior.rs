//! Belief in the states of one mind now: a bar for each, and a mark where it stood before the facts.

use super::label::{width, wrap};
use super::{Anchor, Svg, fill};
use crate::sentences::range;
use crate::words::{chance, percent};
use sinario_case::{Case, Lang, StateId};
use sinario_reading::Mind;

/// One bar a state, 0 to 100 %, with the mark of the prior; whiskers of two standard errors where it was sampled,
/// and a bracket over what the author's ranges leave open.
pub(crate) fn posterior(case: &Case, mind: &Mind, lang: Lang, wide: f64) -> String {
    let driver = case.driver(mind.driver);
    let (title, before) = match lang {
        Lang::En => (
            format!("Belief now: {}", driver.name.get(lang)),
            "before the facts",
        ),
        Lang::Ko => (
            format!("지금의 믿음: {}", driver.name.get(lang)),
            "사실을 보기 전",
        ),
    };
    let desc: Vec<String> = driver
        .states
        .iter()
        .enumerate()
        .map(|(s, state)| {
            let range =
                range(mind, StateId(s), lang).map_or_else(String::new, |r| format!("; {r}"));
            format!(
                "{}: {} ({before} {}{range})",
                state.name.get(lang),
                chance(mind.posterior[s], lang),
                percent(mind.prior[s])
            )
        })
        .collect();
    let mut svg = Svg::new(wide, &title, &desc.join("; "));
    let (left, right) = (2.0, wide - 2.0);
    // The value stands behind the longest bar.
    let room = driver
        .states
        .iter()
        .enumerate()
        .map(|(s, _)| width(&chance(mind.posterior[s], lang), 14.0))
        .fold(0.0, f64::max)
        + 14.0;
    let full = right - left - room;
    let mut y = 4.0;
    for (s, state) in driver.states.iter().enumerate() {
        let name = wrap(state.name.get(lang), 15.0, wide - 8.0, 2);
        svg.lines((left, y + 15.0), Anchor::Start, "t name", 15.0, &name);
        // The cast: two lines at most.
        y += 15.0 * 1.25 * name.len() as f64 + 6.0;
        let (now, prior) = (mind.posterior[s], mind.prior[s]);
        svg.rect((left, y), (full, 18.0), "track");
        svg.rect((left, y), (full * now.value, 18.0), &fill(s));
        if let Some(error) = now.error {
            let (a, b) = (
                (now.value - 2.0 * error).max(0.0),
                (now.value + 2.0 * error).min(1.0),
            );
            svg.line(
                (left + full * a, y + 9.0),
                (left + full * b, y + 9.0),
                "whisker",
            );
        }
        if let Some((low, high)) = mind.compared.range_of(StateId(s)) {
            let (a, b) = (left + full * low, left + full * high);
            svg.line((a, y + 9.0), (b, y + 9.0), "whisker");
            svg.line((a, y + 4.0), (a, y + 14.0), "whisker");
            svg.line((b, y + 4.0), (b, y + 14.0), "whisker");
        }
        let mark = left + full * prior.value;
        svg.line((mark, y - 3.0), (mark, y + 21.0), "prior");
        svg.text(
            (left + full + 10.0, y + 14.0),
            Anchor::Start,
            "mid value",
            &chance(now, lang),
        );
        let label = format!("{before} {}", percent(prior));
        let half = width(&label, 12.0) / 2.0;
        let x = mark.clamp(left + half, wide - half - 2.0);
        svg.text((x, y + 34.0), Anchor::Middle, "small mute", &label);
        y += 52.0;
    }
    svg.finish(y - 4.0)
}
