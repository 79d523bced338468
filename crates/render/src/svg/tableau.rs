//! The tableau of consistent futures: a row for each driver, a column for each future, colour by state, width by
//! probability (a picture of cross-impact balance analysis, Weimer-Jehle 2006).

use super::label::{cut, width, wrap};
use super::{Anchor, Svg, fill};
use crate::words::percent;
use sinario_case::{Case, Lang};
use sinario_reading::FutureFound;

/// Rows drawn; what is left out stands in the table.
const ROWS: usize = 40;

/// Columns drawn for a width.
pub(crate) fn columns(wide: f64) -> usize {
    if wide < 500.0 { 6 } else { 12 }
}

/// The first futures of the list. A column is as wide as its share of what the shown futures have together, but never so
/// narrow that its number could not be read; neighbours that have the same state are joined.
pub(crate) fn tableau(case: &Case, futures: &[FutureFound], lang: Lang, wide: f64) -> String {
    let all = futures.len();
    let futures = &futures[..all.min(columns(wide))];
    let (title, unit) = match lang {
        Lang::En => ("Futures that hold together", "future"),
        Lang::Ko => ("앞뒤가 맞는 미래", "미래"),
    };
    let desc: Vec<String> = futures
        .iter()
        .enumerate()
        .map(|(n, f)| {
            let told: Vec<&str> = case
                .drivers
                .iter()
                .zip(&f.states)
                .map(|(d, s)| d.states[s.0].name.get(lang))
                .collect();
            format!("{unit} {}: {}", n + 1, told.join(", "))
        })
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let narrow = wide < 500.0;
    let left = if narrow { 0.0 } else { 176.0 };
    let room = wide - left - 1.0;
    // The casts: a dozen columns, some forty rows.
    let least = if narrow { 26.0 } else { 34.0 };
    let total: f64 = futures.iter().filter_map(|f| f.then).map(|e| e.value).sum();
    let share = |f: &FutureFound| match f.then {
        Some(e) if total > 0.0 => e.value / total,
        _ => 1.0 / futures.len() as f64,
    };
    let spare = (room - least * futures.len() as f64).max(0.0);
    let mut edges = vec![left];
    for f in futures {
        edges.push(edges[edges.len() - 1] + least + spare * share(f));
    }
    for (n, f) in futures.iter().enumerate() {
        let mid = f64::midpoint(edges[n], edges[n + 1]);
        svg.text(
            (mid, 13.0),
            Anchor::Middle,
            "small strong",
            &(n + 1).to_string(),
        );
        if let Some(p) = f.then {
            let label = percent(sinario_reading::Estimate {
                value: p.value,
                error: None,
            });
            if width(&label, 11.0) < edges[n + 1] - edges[n] - 2.0 {
                svg.text((mid, 28.0), Anchor::Middle, "tiny mute", &label);
            }
        }
    }
    let mut y = 36.0;
    for (d, driver) in case.drivers.iter().enumerate().take(ROWS) {
        let height = 36.0;
        if narrow {
            svg.text(
                (0.0, y + 13.0),
                Anchor::Start,
                "small strong",
                &cut(driver.name.get(lang), 12.0, wide - 4.0),
            );
            y += 19.0;
        } else {
            let name = wrap(driver.name.get(lang), 13.0, left - 14.0, 2);
            let first = y + height / 2.0 + 4.5 - 8.0 * (name.len() as f64 - 1.0);
            svg.lines((left - 10.0, first), Anchor::End, "t", 13.0, &name);
        }
        let mut n = 0;
        while n < futures.len() {
            let state = futures[n].states[d];
            let mut end = n + 1;
            while end < futures.len() && futures[end].states[d] == state {
                end += 1;
            }
            let name = driver.states[state.0].name.get(lang);
            let (x, w) = (edges[n], edges[end] - edges[n]);
            svg.open(&format!("{}: {name}", driver.name.get(lang)));
            svg.rect(
                (x, y),
                (w, height - 3.0),
                &format!("{} edged", fill(state.0)),
            );
            let class = format!("small on{}", state.0 % super::COLOURS);
            let lines = wrap(name, 12.0, w - 8.0, 2);
            let whole = lines.iter().all(|l| !l.ends_with('…')) && !lines.is_empty();
            // Where the name has no room, the state's number keeps colour from standing alone.
            if whole {
                let first = y + 20.5 - 6.75 * (lines.len() as f64 - 1.0);
                for (i, line) in lines.iter().enumerate() {
                    svg.text(
                        (x + w / 2.0, first + 13.5 * i as f64),
                        Anchor::Middle,
                        &class,
                        line,
                    );
                }
            } else {
                svg.text(
                    (x + w / 2.0, y + 20.5),
                    Anchor::Middle,
                    &class,
                    &format!("({})", state.0 + 1),
                );
            }
            svg.close();
            n = end;
        }
        y += height;
    }
    let more = all - futures.len();
    if more > 0 {
        let note = match lang {
            Lang::En => format!("and {more} more in the table below"),
            Lang::Ko => format!("나머지 {more}개는 아래 표에"),
        };
        svg.text((wide - 2.0, y + 14.0), Anchor::End, "small mute", &note);
        y += 18.0;
    }
    svg.finish(y + 2.0)
}
