//! What to do: the answer in three sentences, then options, situations, asking, break-even, plans, failures, measures.

use super::View;
use super::numbers::percent;
use crate::amount::{amount, range, tick};
use crate::json::Part;
use crate::layout::{fit, left, right, widest};
use crate::sentences::choices as say;
use crate::words::fine;
use sinario_case::Lang;
use sinario_reading::Estimate;
use sinario_reading::choices::{Choices, MEASURES, OptionFound};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Things to learn that are shown; the rest is counted.
const LEARNT: usize = 10;
/// The same, and break-even probabilities and plans, in the short version.
const SHORT: usize = 3;
/// Columns that a name keeps beside its numbers at least.
const NAME: usize = 16;

pub(super) fn choices(v: View) -> String {
    let Some(found) = &v.reading.choices else {
        return match v.part {
            Part::Choices => v.page.wrap(say::not_weighed(v.case(), v.lang), 0),
            _ => String::new(),
        };
    };
    let mut out = v.title(v.say("What to do", "무엇을 할까"));
    for sentence in say::answer(v.case(), found, v.lang) {
        out.push_str(&v.page.sentence(&sentence, 2));
    }
    if say::valueless(found).is_some() {
        out.push_str(&format!("\n{}", basis(v, found)));
        return out;
    }
    if let Some(of) = &found.outcome {
        out.push_str(
            &v.page
                .sentence(&say::outcome(v.case(), found, of, v.lang), 2),
        );
    }
    let parts: Vec<String> = match v.part {
        Part::Whole => vec![
            options(v, found),
            break_even(v, found),
            plans(v, found),
            basis(v, found),
        ],
        _ => vec![
            options(v, found),
            situations(v, found),
            asking(v, found),
            break_even(v, found),
            plans(v, found),
            fails(v, found),
            measures(v, found),
            outcome(v, found),
            basis(v, found),
        ],
    };
    for part in parts.into_iter().filter(|p| !p.is_empty()) {
        let _ = write!(out, "\n{part}");
    }
    out
}

/// A title with the unit of its numbers.
fn titled(v: View, found: &Choices, text: &str) -> String {
    match say::unit(found, v.lang) {
        "" => v.title(text),
        unit => v.title(&format!("{text} ({unit})")),
    }
}

/// A number in the unit that the title names.
fn plain(v: View, value: f64) -> String {
    amount(value, None, v.lang)
}

fn with_error(v: View, e: Estimate) -> String {
    match e.error.filter(|e| *e > 0.0) {
        Some(error) => format!("{} ± {}", plain(v, e.value), tick(error, v.lang)),
        None => plain(v, e.value),
    }
}

fn name(v: View, found: &Choices, k: usize) -> String {
    let name = say::name(v.case(), found, k).get(v.lang);
    match found.options.len() {
        1 => name.to_owned(),
        _ => format!("{} {name}", k + 1),
    }
}

/// Options against what counts about them.
fn options(v: View, found: &Choices) -> String {
    if found.options.is_empty() {
        let none = say::unvalued(v.case(), found, v.lang);
        return none.map_or(String::new(), |none| v.page.wrap(&none, 2));
    }
    let heads = match v.lang {
        Lang::En => ["expected", "5–95 %", "best in", "regret at most", "robust"],
        Lang::Ko => ["기댓값", "5–95 %", "가장 나음", "가장 큰 후회", "두루 버팀"],
    };
    let cells = |o: &OptionFound| {
        let [low, .., high] = o.value.quantiles;
        let mean = match o.value.endless {
            true => "–".to_owned(),
            false => with_error(v, o.value.mean),
        };
        let spread = match low == high {
            true => plain(v, low),
            false => range(low, high, None, v.lang),
        };
        let best = match o.best_in.error {
            Some(_) => percent(o.best_in),
            None => fine(o.best_in.value),
        };
        [mean, spread, best, plain(v, o.max_regret.0), fine(o.robust)]
    };
    let rows: Vec<(String, Vec<String>)> = (found.options.iter().enumerate())
        .map(|(k, o)| (name(v, found, k), cells(o).to_vec()))
        .collect();
    // The short version says how much and how sure.
    let kept = if v.part == Part::Whole {
        3
    } else {
        heads.len()
    };
    let rows: Vec<(String, Vec<String>)> = (rows.into_iter())
        .map(|(name, cells)| (name, cells[..kept].to_vec()))
        .collect();
    let mut out = titled(v, found, v.say("Options", "선택지"));
    out.push_str(&table(v, &heads[..kept], &rows));
    for note in [
        say::endless(v.case(), found, v.lang),
        say::unvalued(v.case(), found, v.lang),
    ]
    .into_iter()
    .flatten()
    {
        out.push_str(&v.page.wrap(&note, 2));
    }
    out
}

/// Names beside their numbers; on a narrower page above them, on a narrow one each number on its own line.
fn table(v: View, heads: &[&str], rows: &[(String, Vec<String>)]) -> String {
    let wide = |k: usize| widest(rows.iter().map(|r| r.1[k].as_str()).chain([heads[k]]));
    let columns: Vec<usize> = (0..heads.len()).map(wide).collect();
    let numbers: usize = columns.iter().map(|c| c + 2).sum();
    let line = |cells: &[&str]| {
        let cells: Vec<String> = cells
            .iter()
            .zip(&columns)
            .map(|(c, &w)| right(c, w))
            .collect();
        cells.join("  ")
    };
    let of = |cells: &[String]| line(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    let room = v.page.width.saturating_sub(2 + numbers);
    let names = widest(rows.iter().map(|r| r.0.as_str()));
    let mut out = String::new();
    if room >= names.min(NAME) {
        let names = names.min(room);
        let indent = " ".repeat(2 + names + 2);
        out.push_str(&v.page.dim(&format!("{indent}{}\n", line(heads))));
        for (name, cells) in rows {
            let _ = writeln!(out, "  {}  {}", left(&fit(name, names), names), of(cells));
        }
    } else if numbers + 2 <= v.page.width {
        // Four before the first, and none after the last.
        out.push_str(&v.page.dim(&format!("    {}\n", line(heads))));
        for (name, cells) in rows {
            let _ = writeln!(out, "  {}\n    {}", fit(name, v.page.width - 2), of(cells));
        }
    } else {
        for (name, cells) in rows {
            let _ = writeln!(out, "  {}", fit(name, v.page.width - 2));
            for (head, cell) in heads.iter().zip(cells) {
                out.push_str(&v.page.item(&format!("    {head}:"), cell, head.width() + 6));
            }
        }
    }
    out
}

/// Each option's expected value in each situation, as many as fit, the likeliest first; the best one marked.
fn situations(v: View, found: &Choices) -> String {
    let n = found.situations.len();
    // One situation says what the table of options said.
    if n < 2 || found.options.is_empty() {
        return String::new();
    }
    let head = |s: usize| {
        format!(
            "{} · {}",
            letter(s),
            percent(found.situations[s].probability)
        )
    };
    let cell = |k: usize, s: usize| {
        let o = &found.options[k];
        let Some(Some(value)) = o.by_situation.get(s) else {
            return "–".to_owned();
        };
        let best = found.options.len() > 1 && o.regret.get(s) == Some(&0.0);
        let shown = match value.endless {
            true => value.quantiles[2],
            false => value.mean.value,
        };
        format!("{}{}", plain(v, shown), if best { "*" } else { " " })
    };
    let mut out = titled(
        v,
        found,
        v.say(
            "Options in each situation, expected; * the best there",
            "상황별 선택지의 기댓값, *는 거기서 가장 나은 것",
        ),
    );
    let names: Vec<String> = (0..found.options.len())
        .map(|k| name(v, found, k))
        .collect();
    let wide = widest(names.iter().map(String::as_str)).min((v.page.width / 3).max(NAME));
    let column = |s: usize| {
        let cells: Vec<String> = (0..names.len()).map(|k| cell(k, s)).collect();
        widest(cells.iter().map(String::as_str).chain([head(s).as_str()]))
    };
    let mut used = 2 + wide;
    let fitting = (0..n)
        .take_while(|&s| {
            used += 2 + column(s);
            used <= v.page.width
        })
        .count();
    if fitting >= 2 {
        let line = |name: &str, cells: &dyn Fn(usize) -> String| {
            let cells: Vec<String> = (0..fitting).map(|s| right(&cells(s), column(s))).collect();
            format!("  {}  {}\n", left(&fit(name, wide), wide), cells.join("  "))
        };
        out.push_str(&v.page.dim(&line("", &head)));
        for (k, name) in names.iter().enumerate() {
            out.push_str(&line(name, &|s| cell(k, s)));
        }
        for s in 0..fitting {
            let states = say::states(v.case(), &found.situations[s].states, v.lang);
            out.push_str(
                &v.page
                    .dim(&v.page.item(&format!("  {}", letter(s)), &states, 5)),
            );
        }
    } else {
        for s in 0..n {
            let states = say::states(v.case(), &found.situations[s].states, v.lang);
            out.push_str(&v.page.wrap(&format!("{}: {states}", head(s)), 2));
            for (k, name) in names.iter().enumerate() {
                let cell = cell(k, s);
                let room = v.page.width.saturating_sub(6 + cell.width()).max(8);
                let name = left(&fit(name, room), room);
                let _ = writeln!(out, "    {name}  {cell}");
            }
        }
    }
    let shown = if fitting >= 2 { fitting } else { n };
    let most = found.situations.len();
    let more = match v.lang {
        Lang::En => format!(" (--json lists {most})"),
        Lang::Ko => format!(" (--json에 {most}가지가 있습니다)"),
    };
    let more = if shown < n { more } else { String::new() };
    out.push_str(
        &v.page.dim(
            &v.page
                .wrap(&format!("{}{more}", say::listed(found, shown, v.lang)), 2),
        ),
    );
    if let Some(note) = say::few_draws(found, v.lang) {
        out.push_str(&v.page.dim(&v.page.wrap(note, 2)));
    }
    out
}

/// The letter that stands for a situation.
fn letter(s: usize) -> char {
    // The cast: at most twelve.
    char::from(b'A' + (s % 26) as u8)
}

/// What learning each thing would be worth, as bars.
fn asking(v: View, found: &Choices) -> String {
    let all = say::learnt(found);
    let most = found.information.everything;
    if found.options.len() < 2 || (all.is_empty() && most.value <= 0.0) {
        return String::new();
    }
    let mut out = v.title(v.say("What asking would be worth", "물어보는 값"));
    let scale = all
        .iter()
        .map(|(_, w)| w.gross.value)
        .fold(most.value, f64::max)
        .max(f64::MIN_POSITIVE);
    let mut line = |value: Estimate, what: &str, after: Option<String>| {
        let bar = v.page.bar(value.value / scale, v.page.bar_columns());
        let after = after.map_or(String::new(), |a| format!(" · {a}"));
        let text = format!("{}{after}", say::about(found, value, v.lang));
        // The bar may carry colour, which has no width.
        let indent = v.page.bar_columns() + 4;
        let told = v.page.wrap(&text, indent);
        let _ = write!(out, "  {bar}  {}", &told[indent..]);
        out.push_str(&v.page.wrap(what, 4));
    };
    line(most, v.say("Everything", "모든 것"), None);
    let situation = v.say(
        "What the drivers will be, all of them",
        "변수가 모두 어떻게 될지",
    );
    line(found.information.situation, situation, None);
    for (what, of) in all.iter().take(LEARNT) {
        line(
            of.gross,
            &say::worth(v.case(), *what, v.lang),
            say::costs(found, of, v.lang),
        );
    }
    if all.len() > LEARNT {
        let _ = writeln!(out, "  {}", v.more(all.len() - LEARNT));
    }
    for text in say::policies(v.case(), found, v.lang) {
        out.push_str(&v.page.item("  -", &text, 4));
    }
    out
}

/// Lines of one list in the full part; the JSON has all.
const LONG: usize = 8;

/// As many of the lines as the part shows, the rest counted.
fn list(v: View, title: &str, lines: Vec<String>) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let shown = if v.part == Part::Whole { SHORT } else { LONG };
    let mut out = v.title(title);
    for line in lines.iter().take(shown) {
        out.push_str(&v.page.item("  -", line, 4));
    }
    if lines.len() > shown {
        let _ = writeln!(out, "  {}", v.more(lines.len() - shown));
    }
    out
}

fn break_even(v: View, found: &Choices) -> String {
    let told = found.break_even.iter();
    let mut lines: Vec<String> = told
        .filter_map(|b| say::break_even(v.case(), found, b, v.lang))
        .collect();
    lines.extend(say::no_break_even(found, v.lang).map(str::to_owned));
    list(
        v,
        v.say("Where the choice turns", "선택이 바뀌는 곳"),
        lines,
    )
}

fn plans(v: View, found: &Choices) -> String {
    let lines = say::plans(found).iter();
    let lines = lines
        .map(|p| say::plan(v.case(), found, p, v.lang))
        .collect();
    list(v, v.say("Plans that switch", "갈아타는 계획"), lines)
}

fn fails(v: View, found: &Choices) -> String {
    let lines = (0..found.options.len()).filter_map(|k| say::fails(v.case(), found, k, v.lang));
    list(
        v,
        v.say("Where each fails", "어디에서 실패하나"),
        lines.collect(),
    )
}

fn measures(v: View, found: &Choices) -> String {
    let Some(sentence) = say::disagreement(v.case(), found, v.lang) else {
        return String::new();
    };
    let mut out = v.title(v.say("Why rankings differ", "왜 순위가 갈리나"));
    out.push_str(&v.page.sentence(&sentence, 2));
    for (at, &measure) in MEASURES.iter().enumerate() {
        let text = format!(
            "{} ({}): {}",
            say::measure(measure, v.lang),
            say::looks_at(measure, v.lang),
            say::ranked_first(v.case(), found, at, v.lang)
        );
        out.push_str(&v.page.item("  -", &text, 4));
    }
    out
}

/// What each option would have brought, as it turned out.
fn outcome(v: View, found: &Choices) -> String {
    let Some(of) = &found.outcome else {
        return String::new();
    };
    let mut out = v.title(v.say("As it turned out", "밝혀진 대로라면"));
    for k in say::brought(of) {
        let text = format!(
            "{}: {} ({})",
            say::name(v.case(), found, k).get(v.lang),
            say::expected(found, &of.brought[k], v.lang),
            say::spread(found, &of.brought[k], v.lang)
        );
        out.push_str(&v.page.item("  -", &text, 4));
    }
    if let Some(open) = say::left_open(v.case(), of, v.lang) {
        out.push_str(&v.page.wrap(&open, 2));
    }
    out
}

fn basis(v: View, found: &Choices) -> String {
    let mut out = v.page.dim(&v.page.wrap(&say::method(found, v.lang), 2));
    for fault in say::faults(v.case(), found, v.lang) {
        out.push_str(&v.page.item("  !", &fault, 4));
    }
    out
}
