//! How a story hangs together: for each driver that it tells, the impact sum on the told state beside that on the best
//! rival.

use super::label::{cut, width};
use super::{Anchor, Svg};
use crate::words::points;
use sinario_case::{Case, Lang};
use sinario_reading::Balance;

/// Two bars from zero for each told driver: the told state and its best rival; where the rival leads, it says so.
pub(crate) fn coherence(case: &Case, balances: &[&Balance], lang: Lang, wide: f64) -> String {
    let (title, told_word, against) = match lang {
        Lang::En => (
            "The story against its author’s own judgements, in impact points",
            "told",
            "speaks against it",
        ),
        Lang::Ko => ("이야기와 글쓴이 자신의 판단(영향 점수)", "이야기", "어긋남"),
    };
    let name = |b: &Balance, s: usize| case.driver(b.driver).states[s].name.get(lang).to_owned();
    let desc: Vec<String> = balances
        .iter()
        .map(|b| {
            format!(
                "{}: {told_word} {} {}, {} {}",
                case.driver(b.driver).name.get(lang),
                name(b, b.state.0),
                points(b.told),
                name(b, b.rival.0),
                points(b.rival_sum)
            )
        })
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    // The casts: impact sums of a few thousandths, two lines at most.
    let ends = balances.iter().flat_map(|b| [b.told, b.rival_sum]);
    let low = ends.clone().min().unwrap_or(0).min(0) as f64;
    let high = ends.max().unwrap_or(0).max(1000) as f64;
    let room = width("−00.0", 13.0) + 10.0;
    // On a desk the words stand beside the bars, on a phone above them.
    let beside = wide >= 500.0;
    let words = if beside { wide * 0.36 } else { wide };
    let left = if beside { words + 10.0 } else { 2.0 } + if low < 0.0 { room } else { 0.0 };
    let full = wide - 2.0 - left - room;
    let zero = left + full * (-low / (high - low));
    let scale = full / (high - low);
    let mut y = 2.0;
    for b in balances {
        let holds = b.told >= b.rival_sum;
        let against = format!("✗ {against}");
        let taken = if holds {
            0.0
        } else {
            width(&against, 12.0) + 12.0
        };
        let head = cut(
            case.driver(b.driver).name.get(lang),
            15.0,
            wide - 6.0 - taken,
        );
        svg.text((2.0, y + 15.0), Anchor::Start, "name", &head);
        if !holds {
            svg.text((wide - 4.0, y + 15.0), Anchor::End, "small warn", &against);
        }
        y += 24.0;
        for (state, sum, class) in [
            (b.state.0, b.told, if holds { "for" } else { "against" }),
            (b.rival.0, b.rival_sum, "grey"),
        ] {
            let label = cut(&name(b, state), 12.0, words - 18.0);
            let own = if class == "grey" {
                "small mute"
            } else {
                "small strong"
            };
            svg.text(
                (if beside { 14.0 } else { 2.0 }, y + 11.0),
                Anchor::Start,
                own,
                &label,
            );
            if !beside {
                y += 16.0;
            }
            let end = zero + sum as f64 * scale;
            svg.rect(
                (f64::min(zero, end), y),
                ((end - zero).abs().max(1.0), 13.0),
                class,
            );
            let (x, anchor) = if sum < 0 {
                (end - 6.0, Anchor::End)
            } else {
                (f64::max(end, zero) + 6.0, Anchor::Start)
            };
            svg.text((x, y + 11.0), anchor, "small value", &points(sum));
            svg.line((zero, y - 3.0), (zero, y + 16.0), "zero");
            y += 19.0;
        }
        y += 12.0;
    }
    svg.finish(y - 8.0)
}
