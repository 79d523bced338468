//! What drives a number: distributions and drivers, by the share of its variance.

use super::{Cause, Drive};
use crate::Estimate;
use crate::ground::{Ground, Situations};
use sinario_case::Case;
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
        found.extend(drive(cause, input, Kind::Number, true));
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
