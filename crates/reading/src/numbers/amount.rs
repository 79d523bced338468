//! A number's distribution in brief.

use super::Amount;
use crate::Estimate;
use sinario_engine::sample::Sample;

/// The quantiles of an [`Amount`].
const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// One output over those rows of a sample that lie in some cells.
pub(crate) fn amount(sample: &Sample, output: usize, endless: bool, cells: &[bool]) -> Amount {
    let part = sample.within(cells);
    let quantiles = part.quantiles(output, &LEVELS);
    let (mut all, mut with) = (0.0, 0.0);
    for row in part.rows() {
        let weight = sample.weight(row);
        all += weight;
        if sample.outputs[output][row].is_finite() {
            with += weight;
        }
    }
    let Some(range) = part.range(output) else {
        return without_value(endless);
    };
    Amount {
        mean: part.mean(output),
        endless,
        deviation: part.deviation(output),
        // As many as there are levels.
        quantiles: std::array::from_fn(|q| quantiles.get(q).copied().unwrap_or(f64::NAN)),
        range,
        defined: with / all,
    }
}

/// What has a value nowhere.
pub(crate) fn without_value(endless: bool) -> Amount {
    Amount {
        mean: Estimate {
            value: f64::NAN,
            error: None,
        },
        endless,
        deviation: f64::NAN,
        quantiles: [f64::NAN; 5],
        range: (f64::NAN, f64::NAN),
        defined: 0.0,
    }
}
