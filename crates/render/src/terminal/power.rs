//! Who holds power over whom: sentences, then who can live without whom, then tables.

use super::View;
use super::numbers::percent;
use crate::json::Part;
use crate::layout::{fit, left, right, widest};
use crate::sentences::power as say;
use sinario_case::Lang;
use sinario_reading::{Baseline, Power};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Actors and drivers shown in a table; the rest is counted.
const ROWS: usize = 24;
/// Pairs of which something is said; the rest is counted.
const PAIRS: usize = 12;

pub(super) fn power(v: View) -> String {
    let Some(p) = &v.reading.power else {
        return match v.part {
            Part::Power => v.page.wrap(say::nothing(v.lang), 0),
            _ => String::new(),
        };
    };
    let whole = v.part == Part::Whole;
    let mut out = v.title(v.say("Who holds power over whom", "누가 누구를 쥐고 있는가"));
    let (reading, lang) = (v.reading, v.lang);
    let mut sentences = vec![say::strongest(reading, p, lang)];
    if whole {
        sentences.extend(say::foremost_hold_up(reading, p, lang));
    } else {
        out.push_str(&v.page.dim(&v.page.wrap(say::origin(lang), 2)));
        sentences.extend(say::relations(reading, p, lang));
        sentences.extend(say::contested(reading, p, lang));
    }
    sentences.extend(say::disagreement(reading, p, lang));
    sentences.extend(say::time(reading, p, lang));
    for sentence in sentences {
        out.push_str(&v.page.sentence(&sentence, 2));
    }
    if whole {
        return out;
    }
    for part in [hold_ups(v, p), actors(v, p), baseline(v, p), worth(v, p)] {
        if !part.is_empty() {
            let _ = write!(out, "\n{part}");
        }
    }
    out
}

/// Pairs, the most bound up with each other first.
fn hold_ups(v: View, p: &Power) -> String {
    if p.holdup.is_empty() {
        return String::new();
    }
    let mut out = v.title(v.say("Who can live without whom", "누가 누구 없이 살 수 있는가"));
    for pair in p.holdup.iter().take(PAIRS) {
        let sentence = say::hold_up(v.case(), p, pair, v.lang);
        out.push_str(&v.page.sentence(&sentence, 2));
    }
    if p.holdup.len() > PAIRS {
        let _ = writeln!(out, "  {}", v.more(p.holdup.len() - PAIRS));
    }
    out
}

/// A table: names on the left, numbers on the right of their columns, as far as the page is wide.
fn table(v: View, heads: &[&str], rows: &[(String, Vec<String>)]) -> String {
    let columns: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(k, head)| widest(rows.iter().map(|r| r.1[k].as_str()).chain([*head])))
        .collect();
    let numbers: usize = columns.iter().map(|c| c + 2).sum();
    let room = v.page.width.saturating_sub(2 + numbers).max(8);
    let names = widest(rows.iter().map(|r| r.0.as_str())).min(room);
    // On a narrow page the name stands above its numbers.
    let above = 2 + names + numbers > v.page.width;
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<String> = cells.zip(&columns).map(|(c, &w)| right(c, w)).collect();
        cells.join("  ")
    };
    let indent = if above { 4 } else { 2 + names + 2 };
    let fits = |text: String| fit(&text, v.page.width - indent);
    let head = fits(line(&mut heads.iter().copied()));
    let mut out = v.page.dim(&format!("{}{head}\n", " ".repeat(indent)));
    for (name, cells) in rows.iter().take(ROWS) {
        let cells = fits(line(&mut cells.iter().map(String::as_str)));
        if above {
            let name = fit(name, v.page.width - 2);
            let _ = writeln!(out, "  {name}\n    {cells}");
        } else {
            let _ = writeln!(out, "  {}  {cells}", left(&fit(name, names), names));
        }
    }
    if rows.len() > ROWS {
        let _ = writeln!(out, "  {}", v.more(rows.len() - ROWS));
    }
    out
}

/// Influence, dependence and power of each actor.
fn actors(v: View, p: &Power) -> String {
    let i = &p.influence;
    let rows: Vec<(String, Vec<String>)> = (0..p.actors.len())
        .map(|a| {
            let name = say::name(v.case(), p, a).get(v.lang).to_owned();
            let power = i.r_star.as_ref().map_or("–".into(), |r| say::decimal(r[a]));
            let relations = p.best_relations().and_then(|(r, _)| r.ambivalence[a]);
            let torn = relations.map_or("–".into(), |n| format!("{n:.2}"));
            let cells = vec![
                say::degree(i.influence[a]),
                say::degree(i.dependence[a]),
                power,
                torn,
            ];
            (name, cells)
        })
        .collect();
    let heads = match v.lang {
        Lang::En => ["influence", "dependence", "power", "ambivalence"],
        Lang::Ko => ["영향력", "의존도", "힘", "엇갈림"],
    };
    let title = v.title(v.say(
        "Actors (power: 1 on average; ambivalence: 0 of one mind, 1 torn)",
        "행위자 (힘은 평균이 1, 엇갈림은 0이면 한쪽 편, 1이면 두 마음)",
    ));
    title + &table(v, &heads, &rows)
}

/// Power alone beside the reading.
fn baseline(v: View, p: &Power) -> String {
    let known: Vec<&Baseline> = p.baseline.iter().filter(|b| b.found.is_some()).collect();
    if known.is_empty() {
        return String::new();
    }
    let mut out = v.title(v.say(
        "By power alone, beside this reading",
        "힘만으로 본 결과와 이 읽기",
    ));
    out.push_str(&v.page.dim(&v.page.wrap(say::origin_of_mean(v.lang), 2)));
    for b in known.iter().take(ROWS) {
        let Some(f) = &b.found else { continue };
        let driver = v.case().driver(b.driver);
        let _ = writeln!(out, "  {}", fit(driver.name.get(v.lang), v.page.width - 2));
        if let Some(alone) = b.alone() {
            let text = say::alone(v.case(), p, alone, v.lang);
            out.push_str(&v.page.wrap(&text, 4));
        }
        let line = |s: sinario_case::StateId, label: &str, number: &str| {
            let p = f.then.as_ref().map_or(String::new(), |t| {
                let (then, p) = (v.then(), percent(t[s.0]));
                format!(", {then} {p}")
            });
            let name = driver.states[s.0].name.get(v.lang);
            let label = format!("    {label}");
            let indent = label.width() + 2;
            v.page
                .item(&label, &format!("{name} ({number}{p})"), indent)
        };
        let power = match f.leading.len() {
            0 | 1 => v.say("by power:", "힘:"),
            _ => v.say("by power, a tie:", "힘, 비김:"),
        };
        for &s in &f.leading {
            let support = say::signed_plain(f.support[s.0]);
            let number = format!("{} {support}", v.say("support", "지지"));
            out.push_str(&line(s, power, &number));
        }
        if let Some((mean, nearest)) = &f.ordered {
            for &s in nearest {
                let number = say::position(*mean, driver.states.len(), v.lang);
                out.push_str(&line(s, v.say("by the mean:", "평균:"), &number));
            }
        }
        if let Some(s) = f.likeliest.filter(|_| f.differs()) {
            let support = say::signed_plain(f.support[s.0]);
            let number = format!("{} {support}", v.say("support", "지지"));
            out.push_str(&line(s, v.say("this reading:", "이 읽기:"), &number));
        }
    }
    if known.len() > ROWS {
        let _ = writeln!(out, "  {}", v.more(known.len() - ROWS));
    }
    out
}

/// Who gains as time goes by.
fn worth(v: View, p: &Power) -> String {
    if p.worth.is_empty() {
        return String::new();
    }
    let rows: Vec<(String, Vec<String>)> = p
        .worth
        .iter()
        .map(|w| {
            let name = say::name(v.case(), p, w.actor).get(v.lang).to_owned();
            let cells = vec![
                say::signed(w.now),
                say::signed(w.then),
                say::signed(w.gain),
                say::signed_plain(w.range.0),
                say::signed_plain(w.range.1),
            ];
            (name, cells)
        })
        .collect();
    let heads = match v.lang {
        Lang::En => ["now", "then", "gain", "least", "most"],
        Lang::Ko => ["지금", "그때", "얻는 것", "가장 나쁘면", "가장 좋으면"],
    };
    let title = v.title(v.say(
        "What they may expect of what they want (sum of wants, −3 to 3 each)",
        "바라는 것을 얼마나 얻을까 (바라는 세기의 합, 하나에 −3에서 3까지)",
    ));
    title + &table(v, &heads, &rows)
}
