//! What was asked of the judgements: why not, and the smallest change.

use super::View;
use crate::sentences::{change, why_not};
use crate::words::points;
use sinario_case::{StateId, StateRef, Text};
use sinario_reading::{Argued, ArguedStep, CarriedBy, FutureFound, Pull, WhyNotFound};

/// Branches of an argument that are written out.
const BRANCHES: usize = 20;

pub(super) fn why_not(v: View) -> String {
    let Some(asked) = v.reading.futures.as_ref().and_then(|f| f.why_not.as_ref()) else {
        return String::new();
    };
    let mut out = v.title(&format!(
        "{}: {}",
        v.say("Why not", "왜 안 되는가"),
        change::named(v.case(), asked.state, v.lang)
    ));
    let answer = why_not::answer(v.case(), asked, v.lang);
    out.push_str(&v.page.wrap(&answer, 2));
    match &asked.found {
        WhyNotFound::Occurs { best, .. } => out.push_str(&states(v, best)),
        WhyNotFound::RuledOut {
            proof: Some(lines), ..
        } => {
            let (mut before, mut shown): (&[_], Vec<&ArguedStep>) = (&[], Vec::new());
            for line in lines.iter().take(BRANCHES) {
                out.push_str(&branch(v, line, before, &mut shown));
                let end = why_not::closed(v.case(), asked, line.driver, v.lang);
                let indent = 2 + 2 * line.assumed.len();
                out.push_str(&v.page.wrap(&format!("→ {end}"), indent));
                before = &line.assumed;
            }
            if lines.len() > BRANCHES {
                out.push_str(&format!("  {}\n", v.more(lines.len() - BRANCHES)));
            }
        }
        _ => {}
    }
    out
}

/// What a branch assumes and what then falls, but for what an earlier one has said.
fn branch<'a>(
    v: View,
    line: &'a Argued,
    before: &[StateRef],
    shown: &mut Vec<&'a ArguedStep>,
) -> String {
    let same = line.assumed.iter().zip(before);
    let same = same.take_while(|(a, b)| a == b).count();
    let mut out = String::new();
    let begin = if before.is_empty() { 0 } else { same + 1 };
    for depth in begin..=line.assumed.len() {
        if let Some(at) = depth.checked_sub(1).and_then(|d| line.assumed.get(d)) {
            let text = why_not::suppose(v.case(), *at, v.lang);
            out.push_str(&v.page.wrap(&text, 2 * depth));
        }
        for step in line.steps.iter().filter(|s| s.fall.after == depth) {
            let same =
                |s: &&ArguedStep| s.fall.state == step.fall.state && s.carried == step.carried;
            out.push_str(&one_step(v, step, 2 + 2 * depth, shown.iter().any(same)));
            shown.push(step);
        }
    }
    out
}

fn one_step(v: View, step: &ArguedStep, indent: usize, again: bool) -> String {
    let text = why_not::step(v.case(), step, v.lang);
    if again {
        let text = format!("• {text} ({})", why_not::as_before(v.lang));
        return v.page.wrap(&text, indent);
    }
    let mut out = v.page.wrap(&format!("• {text}"), indent);
    // What may add nothing carries nothing; --json has it.
    for by in step.carried.iter().filter(|by| by.least != 0) {
        out.push_str(&carried(v, by, indent + 4));
    }
    out
}

fn carried(v: View, by: &CarriedBy, indent: usize) -> String {
    let judgement = |impact: usize| {
        let of = &v.case().impacts[impact];
        let because = because(v, of.because.as_ref());
        format!("{}{because}", change::named(v.case(), of.from, v.lang))
    };
    let line = |lead: i64, text: &str, indent: usize| {
        let label = format!("{}{}", " ".repeat(indent), points(lead));
        v.page.item(&label, text, indent + 5)
    };
    if !by.open {
        let lines = by
            .pulls
            .iter()
            .map(|p| line(p.lead, &judgement(p.impact), indent));
        return lines.collect();
    }
    let mut out = line(by.least, &why_not::whichever(v.case(), by, v.lang), indent);
    // At worst there is the worst alone.
    let told = |p: &&Pull| by.least > 0 || p.lead == by.least;
    for p in by.pulls.iter().filter(told) {
        out.push_str(&line(p.lead, &judgement(p.impact), indent + 5));
    }
    out
}

fn because(v: View, because: Option<&Text>) -> String {
    because.map_or_else(String::new, |b| format!(" — {}", b.get(v.lang)))
}

fn states(v: View, f: &FutureFound) -> String {
    let one = |(d, s): (&sinario_case::Driver, &StateId)| {
        let (driver, state) = (d.name.get(v.lang), d.states[s.0].name.get(v.lang));
        v.page.wrap(&format!("{driver}: {state}"), 4)
    };
    v.case().drivers.iter().zip(&f.states).map(one).collect()
}

pub(super) fn smallest_change(v: View) -> String {
    let Some(asked) = v.reading.futures.as_ref().and_then(|f| f.change.as_ref()) else {
        return String::new();
    };
    let mut out = v.title(v.say("The smallest change of judgements", "가장 작은 수정"));
    let wish: Vec<String> = asked.wish.iter().map(|&s| v.full_name(s)).collect();
    out.push_str(&v.page.wrap(&wish.join(" · "), 2));
    out.push_str(&v.page.wrap(&change::found(asked, v.lang), 2));
    if let Some(why) = asked.stopped {
        out.push_str(&v.page.wrap(&crate::sentences::stopped(why, v.lang), 2));
    }
    let Some(best) = &asked.best else { return out };
    for c in &best.changes {
        out.push_str(&v.page.wrap(&change::score(v.case(), c, v.lang), 4));
        let of = c.impact.map(|at| &v.case().impacts[at]);
        if let Some(because) = of.and_then(|of| of.because.as_ref()) {
            let now = v.say("now because:", "지금의 까닭:");
            out.push_str(&v.page.wrap(&format!("{now} {}", because.get(v.lang)), 8));
        }
    }
    if let Some(note) = change::note(best, v.lang) {
        out.push_str(&v.page.wrap(note, 2));
    }
    out.push_str(&v.page.wrap(&change::then(asked, best, v.lang), 2));
    out.push_str(&states(v, &best.example));
    out
}
