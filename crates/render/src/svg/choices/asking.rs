//! What learning each thing before choosing would be worth, and what it costs.

use crate::sentences::choices as say;
use crate::svg::label::{width, wrap};
use crate::svg::{Anchor, Svg};
use sinario_case::{Case, Lang};
use sinario_reading::Estimate;
use sinario_reading::choices::Choices;

/// Things drawn; the others stand in the table.
const MOST: usize = 10;

/// A bar for each, everything first; a mark at what it costs. `None` where nothing is worth anything.
pub(crate) fn asking(case: &Case, found: &Choices, lang: Lang, wide: f64) -> Option<String> {
    let (title, everything, situation) = match lang {
        Lang::En => (
            "What asking would be worth",
            "Everything, the quantities too",
            "What all drivers will be",
        ),
        Lang::Ko => ("물어보는 값", "수량까지 모든 것", "모든 변수가 어떻게 될지"),
    };
    let info = &found.information;
    let mut rows: Vec<(String, Estimate, Option<f64>, Option<String>)> = vec![
        (everything.to_owned(), info.everything, None, None),
        (situation.to_owned(), info.situation, None, None),
    ];
    for (what, of) in say::learnt(found).into_iter().take(MOST) {
        let costs = say::costs(found, of, lang);
        rows.push((say::worth(case, what, lang), of.gross, of.cost, costs));
    }
    rows.retain(|r| r.1.value.is_finite());
    let most = rows.iter().map(|r| r.1.value).fold(0.0, f64::max);
    if most <= 0.0 || found.options.len() < 2 {
        return None;
    }
    let value = |e: Estimate| say::about(found, e, lang);
    let desc: Vec<String> = rows
        .iter()
        .map(|(what, e, _, costs)| {
            let costs = costs.as_ref().map_or(String::new(), |c| format!(" ({c})"));
            format!("{what}: {}{costs}", value(*e))
        })
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let beside = wide >= 500.0;
    let words = if beside { wide * 0.42 } else { wide };
    let left = if beside { words + 10.0 } else { 2.0 };
    let numbers = rows
        .iter()
        .map(|r| width(&value(r.1), 12.0))
        .fold(0.0, f64::max)
        + 12.0;
    let full = (wide - 2.0 - left - numbers).max(40.0);
    let mut y = 2.0;
    for (what, e, cost, costs) in &rows {
        let mut lines = wrap(what, 13.0, words - 8.0, 3);
        let named = lines.len();
        if let Some(costs) = costs {
            lines.extend(wrap(costs, 12.0, words - 8.0, 2));
        }
        svg.lines((2.0, y + 13.0), Anchor::Start, "t", 13.0, &lines[..named]);
        // The casts: five lines at most.
        let below = y + 13.0 + named as f64 * 16.25;
        svg.lines(
            (2.0, below),
            Anchor::Start,
            "small mute",
            13.0,
            &lines[named..],
        );
        let height = 16.25 * lines.len() as f64;
        let bar = match beside {
            true => y + height / 2.0 - 6.0,
            false => y + height + 5.0,
        };
        let length = full * (e.value / most).max(0.0);
        svg.open(&format!("{what}: {}", value(*e)));
        svg.rect((left, bar), (length.max(1.0), 13.0), "bar");
        let mut end = left + length;
        if let Some(error) = e.error.filter(|e| e.is_finite()) {
            let reach = (2.0 * error * full / most).min(full);
            svg.line(
                ((left + length - reach).max(left), bar + 6.5),
                (end + reach, bar + 6.5),
                "whisker",
            );
            end += reach;
        }
        // Below the bar, clear of its number; a cost beyond all that is drawn stands in words alone.
        if let Some(cost) = cost.filter(|c| (0.0..=most).contains(c)) {
            let x = left + full * cost / most;
            svg.line((x, bar + 14.0), (x, bar + 21.0), "prior");
        }
        svg.close();
        let at = (end + 6.0).min(wide - numbers + 8.0);
        svg.text(
            (at, bar + 11.0),
            Anchor::Start,
            "small value halo",
            &value(*e),
        );
        y = if beside {
            y + height + 14.0
        } else {
            bar + 31.0
        };
    }
    Some(svg.finish(y))
}
