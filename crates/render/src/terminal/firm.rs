//! How firm it is: sentences, then intervals and how often each answer would be the same.

use super::{STATES, View};
use crate::json::Part;
use crate::layout::{fit, left, right, widest};
use crate::sentences::firm::{
    at_point, between, caution, firm as sentences, minds, notes, others, plain, range, world,
};
use crate::words::{count, percent, points};
use sinario_case::{DriverId, Lang};
use sinario_reading::{Firm, FirmState, Spread};
use std::fmt::Write;

/// Futures shown.
const FUTURES: usize = 20;

/// A line of a table: a name, the probability that the bar shows, and numbers.
struct Row {
    name: String,
    spread: Option<Spread>,
    numbers: Vec<String>,
}

/// The whole section.
pub(super) fn firm(v: View) -> String {
    let Some(firm) = &v.reading.firm else {
        return String::new();
    };
    let whole = v.part == Part::Whole;
    let mut out = String::new();
    if whole {
        let n = count(&firm.members.into(), v.lang);
        out.push_str(&v.title(&match v.lang {
            Lang::En => format!("How firm is it? ({n} members)"),
            Lang::Ko => format!("얼마나 단단한가? ({n}판)"),
        }));
    }
    for sentence in sentences(v.reading, firm, v.lang) {
        out.push_str(&v.page.sentence(&sentence, 2));
        if !whole {
            out.push('\n');
        }
    }
    for note in notes(v.reading, firm, v.lang) {
        out.push_str(&v.page.wrap(&note, 2));
    }
    out.push_str(&v.page.dim(&v.page.wrap(caution(v.lang), 2)));
    if whole {
        return out;
    }
    let mut tables = Vec::new();
    if firm.answered() > 0 {
        tables.push(states(
            v,
            firm,
            &minds(v.reading),
            &firm.now,
            v.say("Minds now", "지금의 속마음"),
        ));
        let horizon = others(v.reading, v.lang);
        tables.push(states(v, firm, &world(v.reading), &firm.then, horizon));
        let stories = v.case().stories.iter().zip(&firm.stories);
        let stories = stories.map(|(s, p)| (s.title.get(v.lang), p));
        tables.push(spreads(v, v.say("Stories", "이야기"), stories.collect()));
        let signposts = v.case().signposts.iter().zip(&firm.signposts);
        let signposts = signposts.map(|(s, p)| (s.text.get(v.lang), p));
        tables.push(spreads(
            v,
            v.say("Signposts: how likely each is seen", "이정표: 보게 될 확률"),
            signposts.collect(),
        ));
    }
    tables.push(futures(v, firm));
    for table in tables.into_iter().filter(|t| !t.is_empty()) {
        out.push('\n');
        out.push_str(&table);
    }
    out
}

/// Drivers with their states.
fn states(v: View, firm: &Firm, which: &[DriverId], all: &[Vec<FirmState>], title: &str) -> String {
    if which.is_empty() {
        return String::new();
    }
    let answered = count(&firm.answered().into(), v.lang);
    let title = match v.lang {
        Lang::En => format!("{title}, in {answered} members"),
        Lang::Ko => format!("{title} ({answered}판)"),
    };
    let heads = [
        v.say("as it is", "그대로").to_owned(),
        v.say("5–95 %", "5~95 %").to_owned(),
        v.say("in front", "앞선 판").to_owned(),
    ];
    let mut groups = Vec::new();
    for &d in which {
        let driver = v.case().driver(d);
        let shown = driver.states.iter().zip(&all[d.0]).take(STATES);
        let rows = shown.map(|(state, s)| Row {
            name: state.name.get(v.lang).to_owned(),
            spread: Some(s.spread),
            numbers: vec![
                percent(plain(s.spread.point)),
                range(&s.spread, v.lang),
                count(&s.leads.count.into(), v.lang),
            ],
        });
        let first = at_point(&all[d.0]);
        groups.push((
            driver.name.get(v.lang).to_owned(),
            rows.collect(),
            v.more_states(driver.states.len()),
            first,
        ));
    }
    let mut out = v.title(&title);
    out.push_str(&table(v, &heads, &groups));
    out
}

fn spreads(v: View, title: &str, all: Vec<(&str, &Spread)>) -> String {
    if all.is_empty() {
        return String::new();
    }
    let heads = [
        v.say("as it is", "그대로").to_owned(),
        v.say("5–95 %", "5~95 %").to_owned(),
    ];
    let rows = all.into_iter().map(|(name, spread)| Row {
        name: name.to_owned(),
        spread: Some(*spread),
        numbers: vec![percent(plain(spread.point)), range(spread, v.lang)],
    });
    let groups = [(String::new(), rows.collect(), String::new(), usize::MAX)];
    v.title(title) + &table(v, &heads, &groups)
}

/// A name, its rows, what is said below, and the row that is emphasised.
type Group = (String, Vec<Row>, String, usize);

fn table(v: View, heads: &[String], groups: &[Group]) -> String {
    let rows = || groups.iter().flat_map(|g| &g.1);
    let wide: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(k, head)| widest(rows().map(|r| r.numbers[k].as_str()).chain([head.as_str()])))
        .collect();
    let bar = if v.page.width >= 72 { 17 } else { 0 };
    let numbers: usize = wide.iter().map(|w| w + 2).sum();
    // On a narrow page the names have lines of their own.
    let beside = v.page.width >= 72;
    let rest = v.page.width.saturating_sub(4 + bar + 2 + numbers);
    let name = widest(rows().map(|r| r.name.as_str())).min(rest);
    let cells = |all: &[String]| -> String {
        all.iter()
            .zip(&wide)
            .map(|(c, &w)| format!("  {}", right(c, w)))
            .collect()
    };
    let mut out = String::new();
    let line = |first: &str, bar: &str, numbers: &str| {
        let text = match beside {
            true => format!("    {}  {bar}{numbers}", left(&fit(first, name), name)),
            false => format!("    {numbers}"),
        };
        text.trim_end().to_owned()
    };
    let _ = writeln!(
        out,
        "{}",
        v.page.dim(&fit(
            &line("", &" ".repeat(bar), &cells(heads)),
            v.page.width
        ))
    );
    for (title, rows, below, strong) in groups {
        if !title.is_empty() {
            let _ = writeln!(out, "  {}", fit(title, v.page.width - 2));
        }
        for (at, row) in rows.iter().enumerate() {
            if !beside {
                let _ = writeln!(out, "    {}", fit(&row.name, v.page.width - 4));
            }
            let drawn = row.spread.as_ref().map_or(String::new(), |s| {
                let range = s.quantiles.map(|[low, middle, high]| (low, middle, high));
                v.page.interval(s.point, range, bar)
            });
            let numbers = cells(&row.numbers);
            let numbers = if at == *strong {
                v.page.strong(&numbers)
            } else {
                numbers
            };
            let _ = writeln!(out, "{}", line(&row.name, &drawn, &numbers));
        }
        out.push_str(below);
    }
    out
}

/// The futures that hold together in any member.
fn futures(v: View, firm: &Firm) -> String {
    if firm.futures.is_empty() {
        return String::new();
    }
    let members = count(&firm.members.into(), v.lang);
    let mut title = match v.lang {
        Lang::En => format!("Futures that hold together in any of {members} members"),
        Lang::Ko => format!("{members}판 가운데 어디서든 앞뒤가 맞는 미래"),
    };
    if v.reading.ask.max_inconsistency != 0 {
        let most = points(v.reading.ask.max_inconsistency);
        title.push_str(&match v.lang {
            Lang::En => format!(" (near misses up to {most} are let in)"),
            Lang::Ko => format!(" ({most}까지 어긋난 미래도 넣음)"),
        });
    }
    let mut out = v.title(&title);
    let note = v.say(
        "In brackets the 95 % interval of the share. * holds together as the case stands; for these the last column is the probability at the horizon.",
        "괄호 안은 비율의 95 % 구간입니다. *는 사례 그대로에서도 앞뒤가 맞는 미래이며, 마지막 칸은 그런 미래의 그때 확률입니다.",
    );
    out.push_str(&v.page.dim(&v.page.wrap(note, 2)));
    let shown = &firm.futures[..firm.futures.len().min(FUTURES)];
    let cells: Vec<[String; 4]> = shown
        .iter()
        .map(|f| {
            [
                if f.at_point { "*" } else { " " }.to_owned(),
                match v.lang {
                    Lang::En => count(&f.consistent_in.count.into(), v.lang),
                    Lang::Ko => format!("{}판", count(&f.consistent_in.count.into(), v.lang)),
                },
                format!(
                    "({})",
                    between(f.consistent_in.low, f.consistent_in.high, v.lang)
                ),
                f.then.as_ref().map_or(String::new(), |s| {
                    format!("{}, {}", percent(plain(s.point)), range(s, v.lang))
                }),
            ]
        })
        .collect();
    let wide: Vec<usize> = (0..4)
        .map(|k| widest(cells.iter().map(|c| c[k].as_str())))
        .collect();
    for (f, row) in shown.iter().zip(&cells) {
        let line: Vec<String> = row.iter().zip(&wide).map(|(c, &w)| right(c, w)).collect();
        let line = format!("  {}", line.join("  "));
        let _ = writeln!(out, "{}", fit(line.trim_end(), v.page.width));
        let told: Vec<&str> = v
            .case()
            .drivers
            .iter()
            .zip(&f.states)
            .map(|(d, s)| d.states[s.0].name.get(v.lang))
            .collect();
        out.push_str(&v.page.wrap(&told.join(" · "), 6));
    }
    let hidden = (firm.futures.len() - shown.len()) as u64;
    if hidden > 0 {
        let _ = writeln!(
            out,
            "  {}",
            fit(&v.more(firm.futures.len() - shown.len()), v.page.width - 2)
        );
    }
    let more = crate::sentences::firm::more(firm, v.lang);
    if !more.is_empty() {
        out.push_str(&v.page.wrap(&more, 2));
    }
    out
}
