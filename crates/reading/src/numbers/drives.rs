//! What drives a number: distributions and drivers, by the share of its variance.

use super::{Cause, Drive};
use crate::Estimate;
use crate::ground::{Ground, Situations};
use crate::translate::state_id;
use sinario_case::{Case, StateRef};
use sinario_engine::draw::{BLOCK, Sampling, Uniforms};
use sinario_engine::importance::{Kind, first_order, rank_correlation};

/// Rows that the drivers are looked at in: as many as the inputs are known of.
const ROWS: usize = crate::ground::KEPT;

/// What drives an output, strongest first; nothing where it does not vary.
pub(crate) fn drives(
    case: &Case,
    ground: &Ground,
    situations: &Situations,
    output: usize,
) -> Vec<Drive> {
    let sample = &situations.sample;
    let of = &ground.formulas.outputs[output];
    let values = &sample.outputs[output];
    let weights = sample.weights.as_deref();
    let drive = |cause: Cause, input: &[f64], kind: Kind, ranked: bool| -> Option<Drive> {
        let first = first_order(input, kind, values, weights)?;
        Some(Drive {
            cause,
            rank: ranked
                .then(|| rank_correlation(input, values, weights))
                .flatten(),
            first: Estimate {
                value: first.index,
                error: first.error,
            },
        })
    };
    let mut found = Vec::new();
    for &site in &of.sites {
        let (cause, input) = (
            ground.formulas.causes[site as usize],
            &sample.inputs[site as usize],
        );
        let places = in_alternatives(case, situations, cause, input);
        found.extend(drive(
            cause,
            places.as_deref().unwrap_or(input),
            Kind::Number,
            true,
        ));
    }
    let rows = if weights.is_some() { usize::MAX } else { ROWS };
    for (place, &d) in situations.named.iter().enumerate() {
        if !of.looks.contains(&d) {
            continue;
        }
        let state = |&cell: &u32| situations.pairs.cells[cell as usize].states[place];
        let cells = sample.cells.iter().take(rows);
        let input: Vec<f64> = cells.map(|cell| f64::from(state(cell).0)).collect();
        let driver = case.driver(d);
        let ranked = driver.ordered || driver.states.len() == 2;
        found.extend(drive(Cause::Driver(d), &input, Kind::Discrete, ranked));
    }
    // Of equals the first declared stays in front.
    found.sort_by(|a, b| b.first.value.total_cmp(&a.first.value));
    found
}

/// So many independent numbers between 0 and 1 in order. Ranks themselves would lie evenly, so that those of one alternative
/// would always stand beside as many of the others: less than chance would have it, by which indices came out too low.
fn independent(group: usize, count: usize) -> Vec<f64> {
    let blocks = count.div_ceil(BLOCK) as u64;
    // No correlations are asked for, so none contradict each other.
    let Ok(uniforms) = Uniforms::new(Sampling::Plain, 1, group as u64, &[]) else {
        return vec![0.5; count];
    };
    let mut all = Vec::new();
    let mut columns = vec![Vec::new()];
    for block in 0..blocks {
        uniforms.block(block, &mut columns);
        all.extend_from_slice(&columns[0]);
    }
    all.truncate(count);
    all.sort_by(f64::total_cmp);
    all
}

/// Where the numbers drawn at a site lie among those drawn by the same of its formula's alternatives, 0 … 1; `None` where
/// there is but one, or everything is summed.
///
/// A site is shared by a formula and those that stand for it in futures with a state. The number itself would tell which of
/// them it was, and so take the credit of the driver that decides it; its place among its like tells what was drawn.
fn in_alternatives(
    case: &Case,
    situations: &Situations,
    cause: Cause,
    input: &[f64],
) -> Option<Vec<f64>> {
    let when = match cause {
        Cause::Quantity(q, _) => &case.quantities[q].when,
        Cause::Option(o, _) => &case.options[o].when,
        Cause::Driver(_) => return None,
    };
    let sample = &situations.sample;
    if when.is_empty() || sample.weights.is_some() {
        return None;
    }
    let holds = |cell: u32, state: StateRef| {
        let place = situations.named.iter().position(|&d| d == state.driver);
        let states = &situations.pairs.cells[cell as usize].states;
        place.is_some_and(|p| state_id(states[p]) == state.state)
    };
    let by_cell: Vec<usize> = (0..situations.pairs.cells.len())
        // The cast: cells are counted in u32.
        .map(|c| when.iter().position(|w| holds(c as u32, w.0)))
        .map(|at| at.unwrap_or(when.len()))
        .collect();
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); when.len() + 1];
    for row in (0..input.len()).filter(|&r| input[r].is_finite()) {
        rows[by_cell[sample.cells[row] as usize]].push(row);
    }
    let mut places = vec![f64::NAN; input.len()];
    for (group, mut alike) in rows.into_iter().enumerate() {
        alike.sort_by(|&a, &b| input[a].total_cmp(&input[b]));
        let among = independent(group, alike.len());
        for (place, &row) in alike.iter().enumerate() {
            // Equal numbers share the place of the first of them.
            let before = alike[..place].last();
            places[row] = match before {
                Some(&b) if input[b] == input[row] => places[b],
                _ => among[place],
            };
        }
    }
    Some(places)
}
