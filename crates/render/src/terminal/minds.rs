//! What the facts say about the minds, as bars.

use super::numbers::{decibans, percent};
use super::{STATES, View};
use crate::caution::caution;
use crate::json::Part;
use crate::layout::{bare, fit, left, right, widest};
use crate::sentences::leading;
use crate::words::word;
use sinario_case::Lang;
use sinario_reading::Mind;
use std::fmt::Write;

/// How wide each column of numbers is: now, its word, before.
type Widths = [usize; 3];

pub(super) fn minds(v: View) -> String {
    if v.reading.minds.is_empty() {
        return match v.part {
            Part::Minds => v.page.wrap(
                v.say(
                    "No fact of this case speaks about a mind.",
                    "이 사례에는 속마음에 대해 말하는 사실이 없습니다.",
                ),
                0,
            ),
            _ => String::new(),
        };
    }
    let mut out = v.title(v.say("What the facts say (now)", "사실이 말하는 것 (지금)"));
    out.push_str(&v.page.dim(&v.page.wrap(caution(v.lang), 2)));
    let before = v.say("before", "사실 전");
    let rows: Vec<[String; 3]> = v.reading.minds.iter().flat_map(|m| cells(v, m)).collect();
    let wide = |k: usize| widest(rows.iter().map(|r| r[k].as_str()));
    let widths = [wide(0), wide(1), wide(2).max(widest([before]))];
    // On a narrow page the numbers stay and the words go.
    let words = v.page.width >= 64;
    let bar = v.page.bar_columns();
    let numbers = 2 + bar + 2 + widths[0] + if words { 4 + widths[1] + widths[2] } else { 0 };
    let states = v
        .reading
        .minds
        .iter()
        .flat_map(|m| v.case().driver(m.driver).states.iter().take(STATES));
    let name = v.room(states.map(|s| &s.name), 4 + numbers);
    if words {
        let _ = writeln!(out, "{}", v.page.dim(&right(before, 4 + name + numbers)));
    }
    for mind in &v.reading.minds {
        out.push_str(&mind_lines(v, mind, name, widths, words));
        out.push_str(&strongest(v, mind));
        out.push_str(&super::compared::beside(v, mind));
    }
    out
}

/// Now, its word, before, for each state.
fn cells(v: View, mind: &Mind) -> Vec<[String; 3]> {
    let pairs = mind.posterior.iter().zip(&mind.prior).take(STATES);
    pairs
        .map(|(&now, &before)| {
            [
                percent(now),
                word(now.value, v.lang).to_owned(),
                percent(before),
            ]
        })
        .collect()
}

fn mind_lines(v: View, mind: &Mind, name: usize, widths: Widths, words: bool) -> String {
    let driver = v.case().driver(mind.driver);
    let mut out = format!("  {}\n", fit(driver.name.get(v.lang), v.page.width - 2));
    for (s, [now, word, before]) in cells(v, mind).into_iter().enumerate() {
        let label = left(&fit(driver.states[s].name.get(v.lang), name), name);
        let bar = v.page.bar(mind.posterior[s].value, v.page.bar_columns());
        let _ = write!(out, "    {label}  {bar}  {}", right(&now, widths[0]));
        if words {
            let before = v.page.dim(&right(&before, widths[2]));
            let _ = write!(out, "  {}  {before}", left(&word, widths[1]));
        }
        out.push('\n');
    }
    out + &v.more_states(driver.states.len())
}

/// The facts that move the leading state most.
fn strongest(v: View, mind: &Mind) -> String {
    let s = leading(&mind.posterior);
    let weight = |f: &sinario_reading::FactWeight| f.decibans[s].value;
    let mut facts: Vec<_> = mind
        .facts
        .iter()
        .filter(|f| weight(f).abs() >= 0.05)
        .collect();
    facts.sort_by(|a, b| weight(b).abs().total_cmp(&weight(a).abs()));
    if facts.is_empty() {
        return String::new();
    }
    let state = bare(v.case().driver(mind.driver).states[s].name.get(v.lang));
    let head = match v.lang {
        Lang::En => format!("facts, in decibans for “{state}”:"),
        Lang::Ko => format!("사실의 무게(데시반, ‘{state}’ 쪽이 +):"),
    };
    let mut out = format!("    {}\n", v.page.dim(&fit(&head, v.page.width - 4)));
    let shown = if v.part == Part::Whole { 2 } else { usize::MAX };
    let facts = &facts[..facts.len().min(shown)];
    let numbers: Vec<String> = facts.iter().map(|f| decibans(f.decibans[s])).collect();
    let wide = widest(numbers.iter().map(String::as_str)).max(7);
    for (f, number) in facts.iter().zip(&numbers) {
        let number = format!("    {}", right(number, wide));
        let text = v.case().facts[f.fact.0].text.get(v.lang);
        out.push_str(&v.page.item(&number, text, 6 + wide));
    }
    out
}
