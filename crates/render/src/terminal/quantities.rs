//! What nobody knows exactly: a table, then each quantity with its shape and what drives it.

use super::View;
use crate::amount::{amount, tick};
use crate::layout::{columns_of, left, right, widest};
use crate::sentences::drawn;
use crate::sentences::quantities::{
    apart, cause, certain, correlated, driven, endless, index, mean, rank, spread, unit,
};
use sinario_case::{StateId, StateRef};
use sinario_reading::numbers::{Numbers, QuantityFound, Shape};

/// Causes shown of one quantity.
const CAUSES: usize = 6;
/// Heights of a histogram's column.
const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

pub(super) fn quantities(v: View) -> String {
    let (case, Some(numbers)) = (v.case(), &v.reading.numbers) else {
        return String::new();
    };
    let mut out = v.title(v.say("Quantities", "수량"));
    for f in &numbers.faults {
        let text = drawn::fault(case, f, drawn::formula(case, f.formula), v.lang);
        out.push_str(&v.page.item("  !", &text, 4));
    }
    out.push_str(&table(v, numbers));
    for q in &numbers.quantities {
        out.push('\n');
        out.push_str(&one(v, q));
    }
    if !numbers.correlations.is_empty() {
        out.push('\n');
    }
    for c in &numbers.correlations {
        out.push_str(&v.page.wrap(&correlated(case, c, v.lang), 2));
    }
    out.push('\n');
    out.push_str(
        &v.page
            .dim(&v.page.wrap(&drawn::method(&numbers.drawn, v.lang), 0)),
    );
    out
}

/// Everything at a glance: the mean and three quantiles.
fn table(v: View, numbers: &Numbers) -> String {
    let case = v.case();
    let heads = [
        v.say("mean", "평균"),
        "5 %",
        v.say("middle", "가운데"),
        "95 %",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for q in &numbers.quantities {
        let [low, _, middle, _, high] = q.overall.quantiles;
        let none = None;
        let mut cells = vec![mean(&q.overall, none, v.lang)];
        cells.extend([low, middle, high].map(|x| amount(x, none, v.lang)));
        rows.push(cells);
    }
    let full = |q: &QuantityFound| {
        let unit = unit(case, q.quantity).map(|u| crate::amount::unit(u, v.lang));
        let name = case.quantities[q.quantity].name.get(v.lang);
        unit.filter(|u| !u.is_empty())
            .map_or_else(|| name.to_owned(), |u| format!("{name} ({u})"))
    };
    let (lines, kept) = columns_of(&rows, v.page, 2, 0);
    let names: Vec<String> = numbers.quantities.iter().map(full).collect();
    let wide = widest(lines.iter().map(String::as_str)) + 2;
    let mut out = String::new();
    if kept == 0 {
        return out;
    }
    // Names stand beside the numbers where both fit, else above them.
    let beside = widest(names.iter().map(String::as_str)) + wide <= v.page.width;
    let room = if beside {
        v.page
            .width
            .min(widest(names.iter().map(String::as_str)) + 2)
    } else {
        0
    };
    out.push_str(&v.page.dim(&format!("{}{}\n", left("", room), lines[0])));
    for (name, line) in names.iter().zip(&lines[1..]) {
        if beside {
            out.push_str(&format!("  {}{line}\n", left(name, room - 2)));
        } else {
            out.push_str(&v.page.wrap(name, 2));
            out.push_str(&format!("{line}\n"));
        }
    }
    out
}

fn one(v: View, q: &QuantityFound) -> String {
    let case = v.case();
    let mut out = v.page.strong(&v.page.wrap(&spread(case, q, v.lang), 0));
    let sentences = [driven(case, q, v.lang), apart(case, q, v.lang)];
    for text in sentences.into_iter().flatten() {
        out.push_str(&v.page.wrap(&text, 2));
    }
    if q.overall.endless {
        out.push_str(&v.page.item("  !", &endless(case, q, v.lang), 4));
    }
    if certain(&q.overall) || !q.overall.quantiles[2].is_finite() {
        return out;
    }
    out.push_str(&histogram(v, &q.shape));
    out.push_str(&states(v, q));
    if q.drives.len() > 1 {
        out.push_str(&causes(v, q));
    }
    out
}

/// Columns of blocks, with the amounts at both ends.
fn histogram(v: View, shape: &Shape) -> String {
    if !shape.values.is_empty() {
        let columns = v.page.bar_columns();
        let rows = shape.values.iter().map(|(value, share)| {
            let share = crate::sentences::sway::exact(*share);
            let bar = v.page.bar(share.value, columns);
            (tick(*value, v.lang), bar, super::percent(share))
        });
        let rows: Vec<_> = rows.collect();
        let wide = widest(rows.iter().map(|r| r.0.as_str()));
        let line = |(value, bar, share): &(String, String, String)| {
            format!("  {}  {bar} {share}\n", right(value, wide))
        };
        return rows.iter().map(line).collect();
    }
    let (Some(first), Some(last)) = (shape.bins.first(), shape.bins.last()) else {
        return String::new();
    };
    let most = shape.bins.iter().map(|b| b.2).fold(0.0, f64::max);
    let column = |b: &(f64, f64, f64)| {
        // The cast: 0 … 8.
        let at = (b.2 / most.max(f64::MIN_POSITIVE) * 8.0).ceil() as usize;
        BLOCKS[at.min(8)]
    };
    let blocks: String = shape.bins.iter().map(column).collect();
    let (low, high) = (tick(first.0, v.lang), tick(last.1, v.lang));
    let text = format!("  {low} {blocks} {high}");
    match widest([text.as_str()]) <= v.page.width {
        true => format!("{text}\n"),
        false => format!("  {blocks}\n  {low} … {high}\n"),
    }
}

/// The middle and nine in ten in each state that it hangs on.
fn states(v: View, q: &QuantityFound) -> String {
    let case = v.case();
    let unit = unit(case, q.quantity);
    let mut out = String::new();
    for (driver, by) in &q.by_state {
        let known = by
            .iter()
            .enumerate()
            .filter_map(|(s, a)| Some((s, a.as_ref()?)));
        let known: Vec<_> = known.filter(|(_, a)| a.quantiles[2].is_finite()).collect();
        if known.len() < 2 {
            continue;
        }
        out.push_str(
            &v.page
                .dim(&v.page.wrap(case.driver(*driver).name.get(v.lang), 2)),
        );
        for (s, a) in known {
            let at = StateRef {
                driver: *driver,
                state: StateId(s),
            };
            let [low, _, middle, _, high] = a.quantiles;
            let text = format!(
                "{}: {} ({})",
                case.state(at).name.get(v.lang),
                amount(middle, unit, v.lang),
                crate::amount::range(low, high, unit, v.lang)
            );
            out.push_str(&v.page.item("    ", &text, 6));
        }
    }
    out
}

fn causes(v: View, q: &QuantityFound) -> String {
    let title = v.say(
        "What it hangs on (share of its variance; rank correlation)",
        "무엇에 달렸는가 (분산의 몫, 순위 상관)",
    );
    let mut out = v.page.dim(&v.page.wrap(title, 2));
    let shown = &q.drives[..q.drives.len().min(CAUSES)];
    let shares: Vec<String> = shown.iter().map(index).collect();
    let wide = widest(shares.iter().map(String::as_str));
    let columns = v.page.bar_columns();
    for (d, share) in shown.iter().zip(&shares) {
        let sign = d.rank.map_or(String::new(), |r| format!(" ({})", rank(r)));
        let bar = v.page.bar(d.first.value, columns);
        let label = format!("  {bar} {}", right(share, wide));
        let name = format!("{}{sign}", cause(v.case(), q, d.cause, v.lang));
        // The bar may carry a colour, which takes no column.
        let indent = 2 + columns + 1 + wide + 2;
        let lines = v.page.wrap(&name, indent);
        out.push_str(&format!("{label}  {}", lines.trim_start_matches(' ')));
    }
    if q.drives.len() > CAUSES {
        out.push_str(&format!("    {}\n", v.more(q.drives.len() - CAUSES)));
    }
    out
}
