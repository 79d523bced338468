//! Options held against each other over the same draws (model.md 6).
//!
//! [`Table`] takes the rows of a [`Sample`](crate::sample::Sample) in which every option has a value; everything else
//! is asked of it: each option by itself ([`Table::valued`]), regret and robustness over situations
//! ([`Table::situations`], [`measures`]), what could be learnt ([`Table::worth`]), probabilities on which the
//! decision hangs ([`Table::break_even`]), plans that switch ([`Table::plans`]), what would have been best once it is
//! known ([`Table::given`], then [`Table::difference`] from the best) and where an option fails ([`Failing`],
//! [`Table::causes`]). Greater values are better throughout.
//!
//! Values that differ by no more than 1e-12 of their size are alike: such a difference is rounding. Where several
//! options are alike, the first is named.

mod break_even;
mod fails;
mod information;
mod measure;
mod measured;
mod plan;
mod situations;
mod sums;
mod table;
mod valued;

pub use break_even::{BreakEven, Piece};
pub use fails::{COPIES, Causes, Failing};
pub use information::{Learnt, Worth};
pub use measure::{Difference, MEASURES, Makeup, Measure, Of, Over, Taken};
pub use measured::{Judging, disagreements, measures, ranks};
pub use plan::{Look, Plan};
pub use situations::{ENOUGH, Situated, Situations};
pub use table::Table;
pub use valued::{LEVELS, Valued};

/// Whether `a` is greater than `b` by more than rounding.
fn beats(a: f64, b: f64) -> bool {
    a - b > 1e-12 * a.abs().max(b.abs())
}

/// The first option that none beats; values that are no numbers are passed over. `None` where none is a number.
fn first_best(values: &[f64]) -> Option<usize> {
    let top = values.iter().copied().fold(f64::NAN, f64::max);
    values.iter().position(|&v| !v.is_nan() && !beats(top, v))
}
