//! What drives what: who drives, who follows, and the feedback loops.

use super::View;
use crate::json::Part;
use crate::layout::{fit, left, right, widest};
use crate::sentences::structure as said;
use said::tenths;
use sinario_case::{DriverId, Lang};
use sinario_reading::Feedback;
use std::fmt::Write;

/// Drivers of the table; the others stand in the JSON.
const DRIVERS: usize = 100;

/// How it was found.
pub(super) fn method(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "from the impacts alone",
        Lang::Ko => "영향 판단만으로 계산",
    }
}

/// The whole shows the sentences, the part everything.
pub(super) fn structure(v: View) -> String {
    let sentences = said::structure(v.reading, v.lang);
    if sentences.is_empty() {
        return match v.part {
            Part::Structure => v.page.wrap(
                v.say(
                    "No driver of this case acts on any.",
                    "이 사례에는 다른 변수에 영향을 주는 변수가 없습니다.",
                ),
                0,
            ),
            _ => String::new(),
        };
    }
    let mut out = v.title(v.say("What drives what", "무엇이 무엇을 움직이나"));
    for sentence in sentences {
        out.push_str(&v.page.sentence(&sentence, 2));
    }
    if v.part != Part::Structure {
        return out;
    }
    if v.reading.structure.loops.count > 1 {
        out.push_str(&v.page.sentence(&said::loops(v.reading, v.lang), 2));
    }
    out.push('\n');
    out.push_str(&table(v));
    out.push('\n');
    out.push_str(&loops(v));
    out
}

fn table(v: View) -> String {
    let found = &v.reading.structure;
    let shown: Vec<DriverId> = found.by_influence.iter().copied().take(DRIVERS).collect();
    let mut out = v.title(v.say(
        "Drivers, by influence (points; place directly → indirectly)",
        "변수, 영향력 순서로 (점수, 순위는 직접 → 간접)",
    ));
    let heads = match v.lang {
        Lang::En => ["influence", "place", "dependence", "place", "field"],
        Lang::Ko => ["영향력", "순위", "의존도", "순위", "자리"],
    };
    let rows: Vec<[String; 5]> = shown
        .iter()
        .map(|d| {
            let (direct, indirect) = (&found.directly[d.0], &found.indirectly[d.0]);
            [
                tenths(direct.influence),
                said::places(direct.influence_rank, indirect.influence_rank),
                tenths(direct.dependence),
                said::places(direct.dependence_rank, indirect.dependence_rank),
                said::quadrant(direct.quadrant, v.lang).to_owned(),
            ]
        })
        .collect();
    // On a narrow page the numbers stay; places and fields go.
    let columns: &[usize] = match v.page.width {
        72.. => &[0, 1, 2, 3, 4],
        56.. => &[0, 2, 4],
        _ => &[0, 2],
    };
    let wide = |k: usize| widest(rows.iter().map(|r| r[k].as_str()).chain([heads[k]]));
    let others: usize = columns.iter().map(|&k| 2 + wide(k)).sum();
    let names = shown.iter().map(|d| &v.case().driver(*d).name);
    let name = v.room(names, 2 + others);
    let line = |label: &str, cells: &[&str]| {
        let cells = columns.iter().map(|&k| match k {
            4 => format!("  {}", left(cells[k], wide(k))),
            _ => format!("  {}", right(cells[k], wide(k))),
        });
        let line = format!("  {}{}", left(label, name), cells.collect::<String>());
        format!("{}\n", line.trim_end())
    };
    out.push_str(&v.page.dim(&line("", &heads)));
    for (d, row) in shown.iter().zip(&rows) {
        let label = fit(v.case().driver(*d).name.get(v.lang), name);
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        out.push_str(&line(&label, &cells));
    }
    if found.by_influence.len() > DRIVERS {
        let _ = writeln!(out, "  {}", v.more(found.by_influence.len() - DRIVERS));
    }
    out.push_str(&v.page.dim(&v.page.wrap(said::measured(v.lang), 2)));
    out.push_str(
        &v.page
            .dim(&v.page.wrap(&said::indirectly(v.reading, v.lang), 2)),
    );
    out
}

fn loops(v: View) -> String {
    let loops = &v.reading.structure.loops;
    if loops.listed.is_empty() {
        return String::new();
    }
    let mut out = v.title(v.say(
        "Feedback loops, the strongest first",
        "되먹임 고리, 센 것부터",
    ));
    for of in &loops.listed {
        out.push_str(&one(v, of));
    }
    // The cast: no wider than 64 bits anywhere.
    let listed = loops.listed.len() as u64;
    if loops.count > listed {
        let more = loops.count - listed;
        let text = match v.lang {
            Lang::En => format!(
                "{}{more} more, none of the weighed ones stronger",
                if loops.complete { "" } else { "at least " }
            ),
            Lang::Ko => format!(
                "그 밖에 {}{more}개(잰 것 가운데 더 센 것은 없음)",
                if loops.complete { "" } else { "적어도 " }
            ),
        };
        out.push_str(&v.page.wrap(&text, 2));
    }
    out.push_str(&v.page.dim(&v.page.wrap(said::weighed(v.lang), 2)));
    out
}

fn one(v: View, of: &Feedback) -> String {
    let head = format!(
        "{} ({} {})",
        said::circle(v.case(), of, v.lang),
        said::sign(of.sign, v.lang),
        tenths(of.strength)
    );
    let mut out = v.page.item("  ·", &head, 4);
    let next = of.steps.iter().skip(1).chain(of.steps.first());
    for (from, to) in of.steps.iter().zip(next) {
        let sign = if from.push > 0.0 { "+" } else { "" };
        let number = right(&format!("{sign}{}", tenths(from.push)), 6);
        let mut text = said::step(v.case(), from, to, v.lang);
        let because = from
            .impact
            .and_then(|i| v.case().impacts[i].because.as_ref());
        if let Some(because) = because {
            text.push_str(" — ");
            text.push_str(because.get(v.lang));
        }
        out.push_str(&v.page.item(&format!("    {number}"), &text, 12));
    }
    out
}
