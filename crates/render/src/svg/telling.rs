//! What each signpost would tell about the minds, in bits.

use super::label::{width, wrap};
use super::{Anchor, Svg};
use crate::words::{bits, day};
use sinario_case::{Case, Lang};
use sinario_reading::SignpostFound;

/// A bar for each signpost, the most telling first.
pub(crate) fn telling(case: &Case, signposts: &[SignpostFound], lang: Lang, wide: f64) -> String {
    let title = match lang {
        Lang::En => "What each signpost would tell about the minds, in bits",
        Lang::Ko => "이정표마다 속마음에 대해 알려 줄 정보량(비트)",
    };
    let text = |s: &SignpostFound| case.signposts[s.signpost].text.get(lang).to_owned();
    let desc: Vec<String> = signposts
        .iter()
        .map(|s| format!("{}: {}", text(s), bits(s.bits, lang)))
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let most = signposts.iter().map(|s| s.bits.value).fold(1e-9, f64::max);
    let room = signposts
        .iter()
        .map(|s| width(&bits(s.bits, lang), 13.0))
        .fold(0.0, f64::max)
        + 12.0;
    let beside = wide >= 500.0;
    let words = if beside { wide * 0.56 } else { wide };
    let left = if beside { words + 10.0 } else { 2.0 };
    let full = wide - 2.0 - left - room;
    let mut y = 2.0;
    for (n, s) in signposts.iter().enumerate() {
        let mut label = format!("{}. {}", n + 1, text(s));
        if let Some(d) = case.signposts[s.signpost].by {
            label = match lang {
                Lang::En => format!("{label} (by {})", day(d, lang)),
                Lang::Ko => format!("{label} ({}까지)", day(d, lang)),
            };
        }
        let lines = wrap(&label, 13.0, words - 8.0, 3);
        svg.lines((2.0, y + 13.0), Anchor::Start, "t", 13.0, &lines);
        // The cast: three lines at most.
        let height = 13.0 * 1.25 * lines.len() as f64;
        let bar = if beside {
            y + height / 2.0 - 5.0
        } else {
            y + height + 5.0
        };
        let length = full * s.bits.value / most;
        svg.rect((left, bar), (length.max(1.0), 13.0), "bar");
        if let Some(error) = s.bits.error {
            let (a, b) = (
                (length - 2.0 * error * full / most).max(0.0),
                length + 2.0 * error * full / most,
            );
            svg.line((left + a, bar + 6.5), (left + b, bar + 6.5), "whisker");
        }
        svg.text(
            (left + length + 8.0, bar + 11.0),
            Anchor::Start,
            "small value",
            &bits(s.bits, lang),
        );
        y = if beside {
            y + height + 14.0
        } else {
            bar + 26.0
        };
    }
    svg.finish(y)
}
