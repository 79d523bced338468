//! Consistent futures, with their numbers and the states that they tell.

use super::View;
use super::numbers::{basin, percent};
use crate::json::Part;
use crate::layout::columns_of;
use crate::sentences::stopped;
use crate::sentences::sway::firm;
use crate::words::{count, points, rule};
use sinario_case::Lang;
use sinario_reading::{FutureFound, Futures, Rule};
use std::fmt::Write;

/// Lines of a proof shown.
const PROOF: usize = 10;

pub(super) fn futures(v: View) -> String {
    let Some(f) = &v.reading.futures else {
        return String::new();
    };
    let least = if f.stopped.is_none() {
        ""
    } else {
        v.say("at least ", "적어도 ")
    };
    let head = v.say("Consistent futures", "앞뒤가 맞는 미래");
    let let_in = match (v.reading.ask.max_inconsistency, v.lang) {
        (0, _) => String::new(),
        (most, Lang::En) => format!(" (near misses up to {} are let in)", points(most)),
        (most, Lang::Ko) => format!(" ({}까지 어긋난 미래도 넣음)", points(most)),
    };
    let found = count(&f.count, v.lang);
    let mut out = v.title(&format!("{head}: {least}{found}{let_in}"));
    if f.stopped.is_none() && f.count == num_bigint::BigUint::ZERO {
        out.push_str(&none(v, f));
    }
    if let Some(why) = f.stopped {
        out.push_str(&v.page.wrap(&stopped(why, v.lang), 2));
    }
    let most = if v.part == Part::Whole { 3 } else { 20 };
    let shown = f.consistent.iter().take(most);
    let mut rows = vec![heads(v, f)];
    rows.extend(shown.clone().enumerate().map(|(n, x)| numbers(v, f, n, x)));
    let basins = rows[0].len() - shape(v, f).rules.len();
    let (lines, kept) = columns_of(&rows, v.page, 2, basins);
    if let (Some(heads), false) = (lines.first(), f.consistent.is_empty()) {
        let _ = writeln!(out, "{}", v.page.dim(heads));
    }
    for ((line, row), x) in lines.iter().zip(&rows).skip(1).zip(shown) {
        let _ = writeln!(out, "{line}");
        // What a line has no room for stands under it, each number after its name.
        let rest = rows[0][kept..].iter().zip(&row[kept..]);
        let rest: Vec<String> = rest
            .map(|(head, n)| format!("{head} {}", if n.is_empty() { "–" } else { n }))
            .collect();
        if !rest.is_empty() {
            out.push_str(&v.page.wrap(&rest.join(" · "), 6));
        }
        out.push_str(&v.page.wrap(&told(v, x), 6));
        if let (Part::Futures, Some(firmness)) = (v.part, x.firmness) {
            let head = v.say("consistent within the ranges", "범위 안에서");
            let line = format!("{head}: {}", firm(firmness, v.lang));
            out.push_str(&v.page.dim(&v.page.wrap(&line, 6)));
        }
    }
    if f.basins_left_out && !f.consistent.is_empty() {
        let note = v.say(
            "Basins are not counted among so many futures unless asked for (--basins).",
            "미래가 많아 유역은 세지 않았습니다(--basins로 셀 수 있습니다).",
        );
        out.push_str(&v.page.dim(&v.page.wrap(note, 2)));
    }
    if f.consistent.len() > most {
        let _ = writeln!(out, "  {}", v.more(f.consistent.len() - most));
    }
    out
}

/// Its states; where the reading is kept short, only what is not known to be so today.
fn told(v: View, x: &FutureFound) -> String {
    let drivers = || v.case().drivers.iter().zip(&x.states);
    let short = v.part == Part::Whole;
    let mut told: Vec<String> = drivers()
        .filter(|(d, s)| !short || d.today != Some(**s))
        .map(|(d, s)| d.states[s.0].name.get(v.lang).to_owned())
        .collect();
    match (drivers().count() - told.len(), v.lang) {
        (0, _) => {}
        (n, Lang::En) => told.push(format!("{n} as today")),
        (n, Lang::Ko) => told.push(format!("{n}개는 오늘 그대로")),
    }
    told.join(" · ")
}

/// Which numbers of futures there are.
struct Shape {
    /// Probabilities.
    likely: bool,
    /// Inconsistency, where futures with some are let in.
    inconsistency: bool,
    /// Rules whose basins are known.
    rules: Vec<usize>,
}

fn shape(v: View, f: &Futures) -> Shape {
    let known = |r: &usize| f.consistent.iter().any(|x| x.basins[*r].is_some());
    Shape {
        likely: f.consistent.iter().any(|x| x.then.is_some()),
        inconsistency: v.reading.ask.max_inconsistency != 0,
        rules: (0..4).filter(known).collect(),
    }
}

fn heads(v: View, f: &Futures) -> Vec<String> {
    let shape = shape(v, f);
    let mut heads = vec!["#".to_owned()];
    if shape.likely {
        heads.push(v.then().into());
        heads.push(v.say("long run", "길게 보면").into());
    }
    if shape.inconsistency {
        heads.push(v.say("inconsistency", "어긋남").into());
    }
    heads.push(v.say("margin", "여유").into());
    heads.push(v.say("impact", "총 영향").into());
    let names = [
        v.say("global", rule(Rule::Global, Lang::Ko)),
        v.say("local", rule(Rule::Local, Lang::Ko)),
        v.say("increm.", rule(Rule::Incremental, Lang::Ko)),
        v.say("adiab.", rule(Rule::Adiabatic, Lang::Ko)),
    ];
    for (at, r) in shape.rules.into_iter().enumerate() {
        let head = if at == 0 {
            v.say("basins: ", "유역: ")
        } else {
            ""
        };
        heads.push(format!("{head}{}", names[r]));
    }
    heads
}

fn numbers(v: View, f: &Futures, n: usize, x: &FutureFound) -> Vec<String> {
    let shape = shape(v, f);
    let mut row = vec![(n + 1).to_string()];
    if shape.likely {
        row.extend([x.then, x.settled].map(|e| e.map_or(String::new(), percent)));
    }
    if shape.inconsistency {
        row.push(points(x.inconsistency));
    }
    row.extend([points(x.margin), points(x.total_impact)]);
    row.extend(
        shape
            .rules
            .into_iter()
            .map(|r| x.basins[r].as_ref().map_or(String::new(), basin)),
    );
    row
}

/// Why there is no consistent future.
fn none(v: View, f: &Futures) -> String {
    let why = v.say(
        "None exists: every branch was closed by a state that loses in every completion.",
        "하나도 없습니다. 모든 갈래가 어떤 경우에도 지는 상태로 막혔습니다.",
    );
    let mut out = v.page.wrap(why, 2);
    for line in f.proof.iter().flatten().take(PROOF) {
        let assumed: Vec<String> = line.assumed.iter().map(|&s| v.full_name(s)).collect();
        let closed = v.case().driver(line.driver).name.get(v.lang);
        let left = match v.lang {
            Lang::En => format!("no state of {closed} is left"),
            Lang::Ko => format!("{closed}: 남는 상태가 없습니다"),
        };
        let text = if assumed.is_empty() {
            left
        } else {
            format!("{} → {left}", assumed.join(", "))
        };
        out.push_str(&v.page.wrap(&text, 4));
    }
    out
}
