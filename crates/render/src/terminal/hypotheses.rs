//! Competing hypotheses side by side: facts against states, the scores of known tools, linchpins.

use super::View;
use super::numbers::{bits, decibans, percent};
use crate::caution::table_alone;
use crate::layout::{fit, left, right, widest};
use crate::sentences::hypotheses as say;
use sinario_case::Lang;
use sinario_reading::{Estimate, Hypothesised, Letter, Mind, Scored, Tool};
use std::fmt::Write;

/// Columns of a state's name above a column, at most.
const NAME: usize = 12;

/// All minds that have a table or linchpins.
pub(super) fn hypotheses(v: View) -> String {
    let of = |m: &&Mind| m.hypotheses.linchpins.tried > 0;
    let minds: Vec<&Mind> = v.reading.minds.iter().filter(of).collect();
    if minds.is_empty() {
        return String::new();
    }
    let mut out = v.title(v.say("Competing hypotheses side by side", "맞서는 가설을 나란히"));
    out.push_str(&v.page.dim(&v.page.wrap(table_alone(v.lang), 2)));
    out.push_str(&v.page.dim(&v.page.wrap(say::how_to_read(v.lang), 2)));
    for mind in minds {
        let name = v.case().driver(mind.driver).name.get(v.lang);
        let _ = writeln!(out, "\n  {}", v.page.strong(&fit(name, v.page.width - 2)));
        if !mind.hypotheses.facts.is_empty() {
            out.push_str(&table(v, mind));
            out.push_str(&scores(v, mind));
        }
        for sentence in say::groups(v.case(), &mind.hypotheses, v.lang) {
            out.push_str(&v.page.wrap(&sentence, 4));
        }
        if let Some(sentence) = say::elsewhere(&mind.hypotheses, v.lang) {
            out.push_str(&v.page.wrap(&sentence, 4));
        }
        out.push_str(&linchpins(v, mind));
    }
    out
}

/// A letter and a weight, the weight on the right: `CC  +1.2`.
fn cell(letter: Option<Letter>, weight: Estimate) -> String {
    let letter = letter.map_or("–", Letter::text);
    format!("{letter:<2} {:>5}", decibans(weight))
}

/// What stands in a row, and the two columns of bits.
fn row(mind: &Mind, f: &Hypothesised) -> (Vec<String>, [String; 2]) {
    let weights = mind.facts.iter().find(|w| w.fact == f.fact);
    let weights = weights.map_or(&[][..], |w| &w.decibans);
    let cells = f.letters.iter().zip(weights);
    (
        cells.map(|(&l, &w)| cell(l, w)).collect(),
        [bits(f.diagnosticity), bits(f.told)],
    )
}

fn table(v: View, mind: &Mind) -> String {
    let driver = v.case().driver(mind.driver);
    let names: Vec<&str> = driver.states.iter().map(|s| s.name.get(v.lang)).collect();
    let rows: Vec<_> = mind.hypotheses.facts.iter().map(|f| row(mind, f)).collect();
    let widths = widths(&names, rows.iter().map(|r| &r.0));
    let heads = [v.say("could tell", "가려냄"), v.say("did tell", "알려 줌")];
    let bits: Vec<usize> = (0..2)
        .map(|k| widest(rows.iter().map(|r| r.1[k].as_str()).chain([heads[k]])))
        .collect();
    let all = 4 + widths.iter().chain(&bits).map(|w| w + 2).sum::<usize>();
    let wide = all <= v.page.width;
    let mut out = String::new();
    if wide {
        let mut line = String::from("    ");
        for (name, width) in names.iter().zip(&widths) {
            let _ = write!(line, "  {}", right(&fit(name, *width), *width));
        }
        for (head, width) in heads.iter().zip(&bits) {
            let _ = write!(line, "  {}", right(head, *width));
        }
        let _ = writeln!(out, "{}", v.page.dim(&line));
    }
    for (f, (cells, told)) in mind.hypotheses.facts.iter().zip(&rows) {
        let text = v.case().facts[f.fact.0].text.get(v.lang);
        let text = match f.group {
            Some(g) => format!("[{}] {text}", mind.hypotheses.groups[g].name(v.case())),
            None => text.to_owned(),
        };
        let _ = writeln!(out, "    {}", fit(&text, v.page.width - 4));
        if wide {
            let mut line = String::from("    ");
            for (cell, width) in cells.iter().zip(&widths).chain(told.iter().zip(&bits)) {
                let _ = write!(line, "  {}", right(cell, *width));
            }
            let _ = writeln!(out, "{line}");
            continue;
        }
        // Where states do not fit side by side, one below the other.
        let most = widest(cells.iter().map(String::as_str));
        for (cell, name) in cells.iter().zip(&names) {
            let room = v.page.width.saturating_sub(8 + most).max(1);
            let _ = writeln!(out, "      {}  {}", left(cell, most), fit(name, room));
        }
        let bits = format!("{} {} · {} {}", heads[0], told[0], heads[1], told[1]);
        out.push_str(&v.page.wrap(&bits, 6));
    }
    out
}

/// How wide the column of each state is.
fn widths<'a>(names: &[&str], rows: impl Iterator<Item = &'a Vec<String>> + Clone) -> Vec<usize> {
    let of = |s: usize| {
        let cells = widest(rows.clone().filter_map(|r| r.get(s)).map(String::as_str));
        cells.max(widest([names[s]]).min(NAME))
    };
    (0..names.len()).map(of).collect()
}

/// A score as it is written; what is preferred has a star.
fn score(scored: &Scored, s: usize) -> String {
    let star = if scored.best.iter().any(|b| b.0 == s) {
        "*"
    } else {
        ""
    };
    match (scored.values.get(s).copied().flatten(), scored.tool) {
        (None, _) => "–".into(),
        (Some(p), Tool::NaiveBayes) => format!(
            "{star}{}",
            percent(Estimate {
                value: p,
                error: None
            })
        ),
        (Some(n), _) => format!("{star}{}", crate::words::score(n)),
    }
}

/// The scores of the tools, where there is room; and where they disagree.
fn scores(v: View, mind: &Mind) -> String {
    let of = &mind.hypotheses;
    let names: Vec<&str> = (v.case().driver(mind.driver).states.iter())
        .map(|s| s.name.get(v.lang))
        .collect();
    let rows: Vec<Vec<String>> = of
        .scores
        .iter()
        .map(|scored| (0..names.len()).map(|s| score(scored, s)).collect())
        .collect();
    let labels: Vec<&str> = of
        .scores
        .iter()
        .map(|s| say::tool(s.tool, v.lang))
        .collect();
    let label = widest(labels.iter().copied());
    let widths = widths(&names, rows.iter());
    let mut out = String::new();
    if 4 + label + widths.iter().map(|w| w + 2).sum::<usize>() <= v.page.width {
        let head = v.say(
            "scores of known tools (* preferred)",
            "알려진 도구의 점수 (*가 고른 것)",
        );
        let _ = writeln!(out, "    {}", v.page.dim(&fit(head, v.page.width - 4)));
        let mut line = format!("    {}", " ".repeat(label));
        for (name, width) in names.iter().zip(&widths) {
            let _ = write!(line, "  {}", right(&fit(name, *width), *width));
        }
        let _ = writeln!(out, "{}", v.page.dim(&line));
        for (name, row) in labels.iter().zip(&rows) {
            let _ = write!(out, "    {}", left(name, label));
            for (cell, width) in row.iter().zip(&widths) {
                let _ = write!(out, "  {}", right(cell, *width));
            }
            out.push('\n');
        }
    }
    if let Some(sentence) = say::tools(v.case(), mind, v.lang) {
        out.push_str(&v.page.wrap(&sentence, 4));
    }
    out
}

fn linchpins(v: View, mind: &Mind) -> String {
    let Some(head) = say::linchpins(v.case(), mind, v.lang) else {
        return String::new();
    };
    let mut out = v.page.wrap(&head, 4);
    let sets = &mind.hypotheses.linchpins.sets;
    for l in sets.iter().take(say::LINCHPINS) {
        let text = |f: &sinario_case::FactId| {
            let text = v.case().facts[f.0].text.get(v.lang);
            format!("“{}”", text.trim_end_matches(['.', '。', ' ']))
        };
        let facts: Vec<String> = l.facts.iter().map(text).collect();
        let what = say::whole_group(v.case(), l, v.lang).unwrap_or_else(|| {
            facts.join(match v.lang {
                Lang::En => " and ",
                Lang::Ko => ", ",
            })
        });
        let line = format!("{what}: {}", say::without(v.case(), mind, l, v.lang));
        out.push_str(&v.page.item("    -", &line, 6));
    }
    if sets.len() > say::LINCHPINS {
        let _ = writeln!(out, "      {}", v.more(sets.len() - say::LINCHPINS));
    }
    out
}
