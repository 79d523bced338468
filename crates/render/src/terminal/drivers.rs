//! Every driver now, then and in the long run.

use super::numbers::percent;
use super::{STATES, View};
use crate::json::Part;
use crate::layout::{fit, left, right, widest};
use crate::words::day;
use sinario_case::{Driver, Kind, Lang};
use sinario_reading::Beliefs;
use std::fmt::Write;

/// What never gets so likely is left out where the reading is kept short.
const RARE: f64 = 0.1;

pub(super) fn drivers(v: View) -> String {
    let Some(b) = &v.reading.belief else {
        return String::new();
    };
    let rows = rows(v, b);
    if rows.is_empty() {
        return String::new();
    }
    let moves = v.case().rounds() > 0;
    let heads: Vec<&str> = [
        Some(v.say("now", "지금")),
        moves.then(|| v.then()),
        Some(v.say("long run", "길게 보면")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let cells = |d: usize, s: usize| {
        let all = [
            Some(b.now[d][s]),
            moves.then(|| b.then()[d][s]),
            Some(b.settled[d][s]),
        ];
        all.into_iter()
            .flatten()
            .map(percent)
            .collect::<Vec<String>>()
    };
    let all: Vec<Vec<String>> = rows.iter().map(|&(d, s)| cells(d, s)).collect();
    let wide = |k: usize| widest(all.iter().map(|c| c[k].as_str()).chain([heads[k]])) + 2;
    let widths: Vec<usize> = (0..heads.len()).map(wide).collect();
    let numbers = |cells: &[&str]| -> String {
        cells
            .iter()
            .zip(&widths)
            .map(|(c, &w)| right(c, w))
            .collect()
    };
    // On a narrow page the numbers stay and the bars go.
    let bar = if v.page.width >= 60 {
        v.page.bar_columns()
    } else {
        0
    };
    let state = |&(d, s): &(usize, usize)| &v.case().drivers[d].states[s].name;
    let others = 4 + widths.iter().sum::<usize>() + if bar > 0 { 2 + bar } else { 0 };
    let name = v.room(rows.iter().map(state), others);

    let mut out = v.title(&times(v));
    let mut head = format!("    {}{}", " ".repeat(name), numbers(&heads));
    if bar > 0 {
        let _ = write!(head, "  ▇ {}", v.then());
    }
    let _ = writeln!(out, "{}", v.page.dim(&fit(&head, v.page.width)));
    let mut last = None;
    for (&(d, s), cells) in rows.iter().zip(&all) {
        let driver = &v.case().drivers[d];
        if last != Some(d) {
            let _ = writeln!(out, "  {}", fit(driver.name.get(v.lang), v.page.width - 2));
        }
        last = Some(d);
        let label = left(&fit(driver.states[s].name.get(v.lang), name), name);
        let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
        let line = fit(&format!("    {label}{}", numbers(&texts)), v.page.width);
        let picture = v.page.bar(b.then()[d][s].value, bar);
        let _ = writeln!(out, "{}", format!("{line}  {picture}").trim_end());
        if s + 1 == STATES {
            out.push_str(&v.more_states(driver.states.len()));
        }
    }
    out.push_str(&unsettled(v, b));
    out
}

/// Driver and state of every line.
fn rows(v: View, b: &Beliefs) -> Vec<(usize, usize)> {
    let short = v.part == Part::Whole;
    // The minds stand above already, and have no then that a story would be scored by.
    let shown = |driver: &Driver| !short || driver.kind != Kind::Mind;
    let common = |d: usize, s: usize| {
        [&b.now, b.then(), &b.settled]
            .iter()
            .any(|m| m[d][s].value >= RARE)
    };
    let drivers = v
        .case()
        .drivers
        .iter()
        .enumerate()
        .filter(|(_, driver)| shown(driver));
    drivers
        .take(if short { 20 } else { usize::MAX })
        .flat_map(|(d, driver)| (0..driver.states.len().min(STATES)).map(move |s| (d, s)))
        .filter(|&(d, s)| !short || common(d, s))
        .collect()
}

/// `Now, then (31 December 2026), and in the long run`.
fn times(v: View) -> String {
    let then = match (v.case().rounds() > 0, v.case().horizon) {
        (false, _) => String::new(),
        (true, None) => format!(", {}", v.then()),
        (true, Some(d)) => format!(", {} ({})", v.then(), day(d, v.lang)),
    };
    match v.lang {
        Lang::En if then.is_empty() => "Now and in the long run".into(),
        Lang::En => format!("Now{then}, and in the long run"),
        Lang::Ko => format!("지금{then}, 길게 보면"),
    }
}

fn unsettled(v: View, b: &Beliefs) -> String {
    // Chains know no bound; what they lack is said with the method.
    if b.settling.converged || !b.settling.bound.is_finite() {
        return String::new();
    }
    let text = format!(
        "{} {:.1e}",
        v.say(
            "The long run has not settled; what is missing is at most",
            "길게 본 값이 아직 가라앉지 않았습니다. 남은 차이의 한계는"
        ),
        b.settling.bound
    );
    v.page.wrap(&text, 2)
}
