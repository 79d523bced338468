//! Finding what there is to say about quantities.

use super::amount::amount;
use super::drives::drives;
use super::shape::shape;
use super::{Amount, FormulaOf, Numbers, QuantityFound};
use crate::FutureFound;
use crate::ground::{Ground, Rows, Situations};
use sinario_case::{Case, DriverId, StateId};
use sinario_engine::importance::rank_correlation;
use sinario_engine::progress::Progress;

/// What is found about quantities; `None` where there are none.
pub(crate) fn numbers(
    case: &Case,
    ground: &Ground,
    consistent: &[FutureFound],
    progress: &dyn Progress,
) -> Option<Numbers> {
    let quantities = 0..case.quantities.len();
    if quantities.is_empty() {
        return None;
    }
    let looks = ground.formulas.looked_at(quantities.clone());
    let situations = Situations::new(ground, &looks);
    let listed = situations.likeliest();
    let independent = ground.independent(progress);
    let independent = independent.map(|sample| Situations::over(ground, &looks, &sample));
    let driving = independent.as_ref().unwrap_or(&situations);
    let mut rows = Rows::new(ground, &situations, quantities.clone(), progress);
    let found = quantities
        .map(|q| QuantityFound {
            drives: drives(case, ground, driving, q),
            ..quantity(case, ground, &situations, &listed, q, &mut rows)
        })
        .collect();
    let of_quantity = |of: FormulaOf| matches!(of, FormulaOf::Quantity(..));
    Some(Numbers {
        drawn: ground.drawn(),
        named: situations.named.clone(),
        situations: listed
            .iter()
            .map(|&s| situations.found(s, consistent))
            .collect(),
        of_situations: situations.pairs.cells.len(),
        quantities: found,
        faults: ground.faults(|output| of_quantity(output.of)),
        correlations: reached(case, ground),
    })
}

fn quantity(
    case: &Case,
    ground: &Ground,
    situations: &Situations,
    listed: &[usize],
    q: usize,
    rows: &mut Rows<'_>,
) -> QuantityFound {
    let endless = ground.formulas.endless(FormulaOf::Quantity(q, None));
    let (sample, pairs) = (&situations.sample, &situations.pairs);
    let mut within = |only: &[usize]| -> Option<Amount> {
        if only.is_empty() {
            return None;
        }
        let mut inside = vec![false; pairs.cells.len()];
        only.iter().for_each(|&s| inside[s] = true);
        Some(amount(rows.of(only), q, endless, &inside))
    };
    let in_state = |d: DriverId, s: StateId| -> Vec<usize> {
        let place = situations.named.iter().position(|&n| n == d);
        let cells = pairs.cells.iter().enumerate();
        cells
            .filter(|(_, c)| place.is_some_and(|p| usize::from(c.states[p].0) == s.0))
            .map(|(at, _)| at)
            .collect()
    };
    let everywhere = vec![true; pairs.cells.len()];
    let looks = &ground.formulas.outputs[q].looks;
    let by_state = looks.iter().map(|&d| {
        let states = (0..case.driver(d).states.len()).map(StateId);
        (d, states.map(|s| within(&in_state(d, s))).collect())
    });
    let by_state = by_state.collect();
    QuantityFound {
        quantity: q,
        overall: amount(sample, q, endless, &everywhere),
        shape: shape(sample, q),
        by_state,
        by_situation: listed.iter().map(|&s| within(&[s])).collect(),
        drives: Vec::new(),
    }
}

/// What the rank correlations between quantities came to; not a number where one of them never varies.
fn reached(case: &Case, ground: &Ground) -> Vec<(usize, usize, f64, f64)> {
    let sample = &ground.sample;
    let weights = sample.weights.as_deref();
    let of = |a: usize, b: usize| rank_correlation(&sample.outputs[a], &sample.outputs[b], weights);
    let all = case.correlations.iter();
    all.map(|c| (c.a, c.b, c.rank, of(c.a, c.b).unwrap_or(f64::NAN)))
        .collect()
}
