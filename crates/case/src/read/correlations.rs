//! Correlations between quantities: whether they can be, one by one and all together.

use super::resolve::Sort;
use super::sections::{list, number};
use super::{Owner, Part, Value, Walk};
use crate::diagnostics::e0515_impossible_correlations::MOST;
use crate::diagnostics::*;
use crate::formula::{ExprKind, Formula};
use crate::{Correlation, Quantity};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::DeTable;

pub(super) fn correlations<'t>(
    w: &mut Walk<'t>,
    root: &'t DeTable<'t>,
    quantities: &[Quantity],
) -> Vec<Correlation> {
    let mut all: Vec<(Correlation, Range<usize>)> = Vec::new();
    let mut seen: BTreeMap<(usize, usize), Range<usize>> = BTreeMap::new();
    for entry in list(root, "correlations") {
        let Some(t) = entry.get_ref().as_table() else {
            continue;
        };
        let between = t.get("between");
        let Some((a, b)) = between.and_then(|v| two(w, v, quantities)) else {
            continue;
        };
        // It was found above.
        let place = between.map_or(entry.span(), toml::Spanned::span);
        let pair = (a.min(b), a.max(b));
        if let Some(first) = seen.get(&pair).cloned() {
            w.error(|_| e0514_correlation_twice::correlation_twice(place, first));
            continue;
        }
        seen.insert(pair, place);
        let rank = number(t, "rank").filter(|r| (-1.0..=1.0).contains(r));
        if let (Some(rank), Some(value)) = (rank, t.get("rank")) {
            all.push((Correlation { a, b, rank }, value.span()));
        }
    }
    together(w, &all);
    all.into_iter().map(|(c, _)| c).collect()
}

/// The two quantities that `between` names, both drawn.
fn two<'t>(
    w: &mut Walk<'t>,
    between: &'t Value<'t>,
    quantities: &[Quantity],
) -> Option<(usize, usize)> {
    let toml::de::DeValue::Array(all) = between.get_ref() else {
        return None;
    };
    let mut named = Vec::new();
    for value in all.iter() {
        named.push(w.named_by(value, &Sort::Quantity));
    }
    if all.len() != 2 {
        w.error(|_| e0513_correlation_of_nothing::not_two(between.span()));
        return None;
    }
    let (a, b) = (named[0]?, named[1]?);
    if a == b {
        let span = all.get(1)?.span();
        w.error(|_| e0513_correlation_of_nothing::with_itself(span));
        return None;
    }
    let mut fine = true;
    for (value, q) in all.iter().zip([a, b]) {
        fine &= is_drawn(w, value, q, quantities.get(q)?);
    }
    fine.then_some((a, b))
}

/// Whether every formula of a quantity is one distribution; says where it is not.
fn is_drawn(w: &mut Walk, value: &Value, at: usize, quantity: &Quantity) -> bool {
    let when = quantity.when.iter().enumerate();
    let when = when.map(|(at, (_, f))| (Part::When(at), f));
    let mut all = std::iter::once((Part::Whole, &quantity.formula)).chain(when);
    let is_draw = |f: &Formula| matches!(f.root.kind, ExprKind::Draw(_));
    let owner = Owner::Quantity(at);
    // Of a formula that could not be read nothing more can be said.
    let other = all.find_map(|(part, f)| {
        let place = w.place(owner, part)?;
        (!is_draw(f)).then(|| place.whole.clone())
    });
    let Some(formula) = other else { return true };
    w.error(|_| e0513_correlation_of_nothing::no_distribution(value.span(), &quantity.id, formula));
    false
}

/// Both tables of correlations are positive definite: that of the ranks, and that of the normal numbers which have them
/// (Pearson 1907: r = 2·sin(π·ρ/6)).
fn together(w: &mut Walk, all: &[(Correlation, Range<usize>)]) {
    let mut own: BTreeMap<usize, usize> = BTreeMap::new();
    for (c, _) in all {
        for q in [c.a, c.b] {
            let next = own.len();
            own.entry(q).or_insert(next);
        }
    }
    if own.len() > MOST {
        let span = all[0].1.clone();
        w.error(|_| e0515_impossible_correlations::too_many(span, own.len()));
        return;
    }
    let tables: [fn(f64) -> f64; 2] = [
        |rank| rank,
        |rank| 2.0 * libm::sin(std::f64::consts::PI / 6.0 * rank),
    ];
    for of in tables {
        let mut table = vec![vec![0.0; own.len()]; own.len()];
        for (c, _) in all {
            let (i, j) = (own[&c.a], own[&c.b]);
            table[i][j] = of(c.rank);
            table[j][i] = of(c.rank);
        }
        if let Some(stuck) = stuck(&mut table) {
            let of_it = |c: &Correlation| own[&c.a].max(own[&c.b]) == stuck;
            let last = all.iter().rev().find(|(c, _)| of_it(c));
            if let Some((c, span)) = last {
                w.error(|_| e0515_impossible_correlations::impossible(span.clone(), c.rank));
            }
            return;
        }
    }
}

/// Takes a symmetric table with ones on its diagonal apart (Cholesky); the row at which it turns out not to be positive
/// definite.
fn stuck(table: &mut [Vec<f64>]) -> Option<usize> {
    for i in 0..table.len() {
        for j in 0..i {
            let sum: f64 = (0..j).map(|k| table[i][k] * table[j][k]).sum();
            table[i][j] = (table[i][j] - sum) / table[j][j];
        }
        let rest = 1.0 - (0..i).map(|k| table[i][k] * table[i][k]).sum::<f64>();
        // What rounding leaves of nothing is nothing.
        if rest < 1e-10 {
            return Some(i);
        }
        table[i][i] = libm::sqrt(rest);
    }
    None
}
