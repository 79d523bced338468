//! Where an option fails: a box of causes in which it often does (model.md 6).

use super::find::Finding;
use super::{Fails, Limit};
use crate::numbers::Cause;
use crate::translate::state_id;
use sinario_case::{DriverId, StateRef};
use sinario_engine::State;
use sinario_engine::choice::{Causes, Failing, Table};
use sinario_engine::prim::{Column, Found, Limits, Settings, knee, quasi_p, trajectory};

/// Where an option fails; `None` where it never does.
pub(super) fn fails(finding: &Finding<'_>, table: &Table, option: usize) -> Option<Fails> {
    let failing = Failing::of(table, option, finding.choosing.fails_below)?;
    let share = failing.share(table, option);
    let (below, regret) = match failing {
        Failing::Below(below) => (Some(below), None),
        Failing::RegretAbove(regret) => (None, Some(regret)),
    };
    let mut found = Fails {
        below,
        regret,
        share,
        limits: Vec::new(),
        coverage: f64::NAN,
        density: f64::NAN,
        mass: f64::NAN,
        trajectory: Vec::new(),
    };
    if share <= 0.0 {
        return None;
    }
    let known = table.causes(&finding.situations.sample, &finding.situations.pairs);
    let failed = failing.rows(table, option);
    let outcome: Vec<bool> = known.rows.iter().map(|&r| failed[r]).collect();
    // Rows that are copies of each other say nothing of chance.
    let copied = known.rows.windows(2).any(|r| r[0] == r[1]);
    let (causes, columns) = columns(finding, known);
    // Where it never fails in those rows, no box is found.
    let boxes = trajectory(&columns, &outcome, Settings::default()).unwrap_or_default();
    found.trajectory = boxes
        .iter()
        .map(|b| (b.coverage, b.density, b.mass, b.restricted.len()))
        .collect();
    let Some(best) = boxes.get(knee(&boxes)) else {
        return Some(found);
    };
    (found.coverage, found.density, found.mass) = (best.coverage, best.density, best.mass);
    if best.density > boxes[0].density {
        let against = quasi_p(&columns, &outcome, best);
        for &column in &best.restricted {
            let chances = against.iter().filter(|a| a.column == column);
            // Of two ends, the one that chance would sooner bring.
            let chance = match copied {
                true => f64::NAN,
                false => chances.map(|a| a.quasi_p).fold(0.0, f64::max),
            };
            found.limits.push(limit(
                causes[column],
                &columns[column],
                best,
                column,
                chance,
            ));
        }
    }
    Some(found)
}

/// What the options hang on, by row: distributions, then drivers.
fn columns(finding: &Finding<'_>, known: Causes) -> (Vec<Cause>, Vec<Column>) {
    let formulas = &finding.ground.formulas;
    let sites = formulas.sites_of_options();
    let (mut causes, mut columns) = (Vec::new(), Vec::new());
    for (site, values) in known.inputs {
        // The cast: sites are counted in u32.
        if sites.contains(&(site as u32)) {
            causes.push(formulas.causes[site]);
            columns.push(Column::Number(values));
        }
    }
    for (&d, states) in finding.situations.named.iter().zip(known.drivers) {
        let driver = finding.case.driver(d);
        causes.push(Cause::Driver(d));
        columns.push(if driver.ordered {
            Column::Integer(states.into_iter().map(i64::from).collect())
        } else {
            // The cast: a checked driver has at most 4096 states.
            Column::Nominal(states, driver.states.len() as u16)
        });
    }
    (causes, columns)
}

fn limit(cause: Cause, column: &Column, of: &Found, at: usize, chance: f64) -> Limit {
    let mut limit = Limit {
        cause,
        states: Vec::new(),
        range: (f64::NEG_INFINITY, f64::INFINITY),
        chance,
    };
    let states = |d: DriverId, all: &mut dyn Iterator<Item = u16>| -> Vec<StateRef> {
        all.map(|s| StateRef {
            driver: d,
            state: state_id(State(s)),
        })
        .collect()
    };
    match (&of.limits[at], cause) {
        (Limits::Number(low, high), _) => {
            // An end that keeps nothing out is none.
            if let Column::Number(all) = column {
                if all.iter().any(|x| x < low) {
                    limit.range.0 = *low;
                }
                if all.iter().any(|x| x > high) {
                    limit.range.1 = *high;
                }
            }
        }
        (Limits::Integer(low, high), Cause::Driver(d)) => {
            // The casts: they were states.
            limit.states = states(d, &mut (*low as u16..=*high as u16));
        }
        (Limits::Nominal(levels), Cause::Driver(d)) => {
            limit.states = states(d, &mut levels.iter().copied());
        }
        // Only drivers have states.
        (Limits::Integer(..) | Limits::Nominal(_), _) => {}
    }
    limit
}
