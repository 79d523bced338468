//! Competing readings of a mind, below its bars.

use super::View;
use super::numbers::{decibans, percent};
use crate::json::Part;
use crate::layout::{bare, fit, left, right, widest};
use crate::sentences::{self, leading};
use sinario_case::Lang;
use sinario_reading::{Estimate, Mind};
use std::fmt::Write;

/// Rationalities shown: every sixth of the grid.
const EVERY: usize = 6;

/// What the ranges leave open and the best rival; what was not done and other rationalities where minds are all that
/// is asked for.
pub(super) fn beside(v: View, mind: &Mind) -> String {
    let whole = v.part != Part::Whole;
    let mut out = String::new();
    if let Some(text) = sentences::ranges(v.reading, mind, v.lang) {
        out.push_str(&v.page.wrap(&text, 4));
    }
    if let Some(text) = sentences::rival(v.reading, mind, whole, v.lang) {
        out.push_str(&v.page.wrap(&text, 4));
    }
    if whole {
        out.push_str(&undone(v, mind));
        out.push_str(&rationality(v, mind));
    }
    out
}

/// Alternative by alternative, in decibans for the leading state.
fn undone(v: View, mind: &Mind) -> String {
    let s = leading(&mind.posterior);
    let acts: Vec<_> = mind.compared.acts.iter().filter(|a| a.tells).collect();
    if acts.is_empty() {
        return String::new();
    }
    let state = bare(v.case().driver(mind.driver).states[s].name.get(v.lang));
    let head = match v.lang {
        Lang::En => format!("open and not done, in decibans for “{state}”:"),
        Lang::Ko => format!("할 수 있었는데 하지 않은 일(데시반, ‘{state}’ 쪽이 +):"),
    };
    let mut out = format!("    {}\n", v.page.dim(&fit(&head, v.page.width - 4)));
    for undone in acts {
        let fact = &v.case().facts[undone.fact.0];
        let Some(act) = &fact.act else { continue };
        let _ = writeln!(
            out,
            "      {}",
            fit(fact.text.get(v.lang), v.page.width - 6)
        );
        let all = undone.alternatives.iter();
        let numbers: Vec<String> = all.map(|a| weight(a.decibans[s])).collect();
        let wide = widest(numbers.iter().map(String::as_str)).max(5);
        for (other, number) in undone.alternatives.iter().zip(&numbers) {
            let label = format!("      {}", right(number, wide));
            let text = sentences::alternative(act, other.alternative, v.lang);
            out.push_str(&v.page.item(&label, &text, 8 + wide));
        }
    }
    out
}

/// A weight; what rounds to nothing has no sign.
fn weight(e: Estimate) -> String {
    match e {
        Estimate { value, error: None } if value.abs() < 0.05 => "0.0".to_owned(),
        e => decibans(e),
    }
}

/// The belief at some rationalities, and over all of them.
fn rationality(v: View, mind: &Mind) -> String {
    if !mind.compared.rationality_matters() {
        return String::new();
    }
    let head = v.say(
        "if everybody’s rationality β were known:",
        "모두의 합리성 β를 안다면:",
    );
    let mut out = format!("    {}\n", v.page.dim(&fit(head, v.page.width - 4)));
    let driver = v.case().driver(mind.driver);
    let grid = mind.compared.rationality.iter().step_by(EVERY);
    let plain = |e: Estimate| percent(Estimate { error: None, ..e });
    let all = v.say("now", "지금");
    let mut columns: Vec<(String, Vec<String>)> = grid
        .map(|(beta, belief)| {
            let cells = belief.iter().take(super::STATES).map(|e| plain(*e));
            (crate::words::beta(*beta), cells.collect())
        })
        .collect();
    let now = mind.posterior.iter().take(super::STATES);
    columns.push((all.to_owned(), now.map(|e| plain(*e)).collect()));
    let wide = columns.iter().flat_map(|c| c.1.iter().chain([&c.0]));
    let wide = widest(wide.map(String::as_str)) + 1;
    let numbers = columns.len() * wide;
    let name = v.page.width.saturating_sub(6 + numbers).clamp(4, 24);
    let row = |label: &str, cell: &dyn Fn(usize) -> String| {
        let mut line = format!("      {}", left(&fit(label, name), name));
        for c in 0..columns.len() {
            line.push_str(&right(&cell(c), wide));
        }
        line
    };
    // On a page too narrow for the numbers there is no table; the report and the JSON have it.
    if 6 + name + numbers > v.page.width {
        return String::new();
    }
    let _ = writeln!(out, "{}", v.page.dim(&row("β", &|c| columns[c].0.clone())));
    for (s, state) in driver.states.iter().take(super::STATES).enumerate() {
        let line = row(state.name.get(v.lang), &|c| columns[c].1[s].clone());
        let _ = writeln!(out, "{line}");
    }
    out
}
