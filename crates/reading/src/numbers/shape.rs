//! The shape of a number's distribution.

use super::Shape;
use sinario_engine::sample::Sample;

/// The shape of an output over all rows in which it has a value.
pub(crate) fn shape(sample: &Sample, output: usize) -> Shape {
    let rows = &sample.outputs[output];
    let found = sinario_engine::shape::shape(rows, sample.weights.as_deref());
    let found = found.unwrap_or_default();
    Shape {
        bins: found.bins,
        below: found.below,
        above: found.above,
        density: found.density,
        values: found.values,
    }
}

/// The shape of what has a value nowhere.
pub(crate) fn no_shape() -> Shape {
    Shape {
        bins: Vec::new(),
        below: 0.0,
        above: 0.0,
        density: Vec::new(),
        values: Vec::new(),
    }
}
