//! Quasi-p-values: does a limit of a box do anything that chance would not? (Bryant & Lempert 2010)

use super::{Column, Found, Limits};

/// What a limit keeps out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// What is too low.
    Lower,
    /// What is too high.
    Upper,
    /// Levels of a nominal column.
    Levels,
}

/// A limit against the box without it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// The column.
    pub column: usize,
    /// Which of its limits.
    pub side: Side,
    /// Rows in the box without this limit.
    pub n: usize,
    /// Rows in it in which the outcome holds.
    pub k: usize,
    /// Chance of at least the box's hits if its rows had the density of the box without this limit, 0 … 1. Small: the limit
    /// matters. It is no true p-value, because the same rows chose the limit.
    pub quasi_p: f64,
}

/// Every limit of a box that is not one of all rows, by column, lower before upper. `found` must come from
/// [`trajectory`](super::trajectory) of the same table.
///
/// ```
/// use sinario_engine::prim::{Column, Settings, knee, quasi_p, trajectory};
/// let price = [Column::Number((0..100).map(|i| f64::from(i % 10)).collect())];
/// let dear: Vec<bool> = (0..100).map(|i| i % 10 >= 8).collect();
/// let boxes = trajectory(&price, &dear, Settings::default())?;
/// let limits = quasi_p(&price, &dear, &boxes[knee(&boxes)]);
/// // Twenty hits in twenty rows, where twenty in a hundred are hits.
/// assert_eq!((limits.len(), limits[0].n, limits[0].k), (1, 100, 20));
/// assert!((limits[0].quasi_p / 1.048576e-14 - 1.0).abs() < 1e-9);
/// # Ok::<(), sinario_engine::prim::Refusal>(())
/// ```
pub fn quasi_p(columns: &[Column], outcome: &[bool], found: &Found) -> Vec<Against> {
    let mut tests: Vec<Against> = Vec::new();
    for &column in &found.restricted {
        for side in sides(columns, found, column) {
            tests.push(Against {
                column,
                side,
                n: found.n,
                k: found.k,
                quasi_p: 1.0,
            });
        }
    }
    for (row, &hit) in outcome.iter().enumerate() {
        let mut broken = tests
            .iter_mut()
            .filter(|t| breaks(columns, found, t.column, t.side, row));
        // Kept out by one limit alone, so that the box without it would let the row in.
        if let (Some(test), None) = (broken.next(), broken.next()) {
            test.n += 1;
            test.k += usize::from(hit);
        }
    }
    for test in &mut tests {
        // The casts: rows are counted in u32.
        let density = test.k as f64 / test.n as f64;
        test.quasi_p = upper_tail(found.k as u64, found.n as u64, density);
    }
    tests
}

/// The limits of a restricted column that keep out anything that all rows would let in.
fn sides(columns: &[Column], found: &Found, column: usize) -> Vec<Side> {
    let (lower, upper) = match (&columns[column], &found.limits[column]) {
        (Column::Number(all), &Limits::Number(low, high)) => {
            (all.iter().any(|&x| x < low), all.iter().any(|&x| x > high))
        }
        (Column::Integer(all), &Limits::Integer(low, high)) => {
            (all.iter().any(|&x| x < low), all.iter().any(|&x| x > high))
        }
        _ => return vec![Side::Levels],
    };
    let lower = lower.then_some(Side::Lower);
    lower
        .into_iter()
        .chain(upper.then_some(Side::Upper))
        .collect()
}

fn breaks(columns: &[Column], found: &Found, column: usize, side: Side, row: usize) -> bool {
    match (&columns[column], &found.limits[column], side) {
        (Column::Number(all), Limits::Number(low, _), Side::Lower) => all[row] < *low,
        (Column::Number(all), Limits::Number(_, high), Side::Upper) => all[row] > *high,
        (Column::Integer(all), Limits::Integer(low, _), Side::Lower) => all[row] < *low,
        (Column::Integer(all), Limits::Integer(_, high), Side::Upper) => all[row] > *high,
        (Column::Nominal(all, _), Limits::Nominal(levels), Side::Levels) => {
            levels.binary_search(&all[row]).is_err()
        }
        _ => false,
    }
}

/// A term that no longer changes its sum, even many times over.
const NOTHING: f64 = 1e-22;

/// P(X ≥ k) of a binomial X with `n` tries of chance `p`, 0 … 1.
///
/// The greatest term is worked out by logarithms, the others by their ratios, until they no longer count; where k lies
/// at or below the mean it is the other tail that is summed.
pub fn upper_tail(k: u64, n: u64, p: f64) -> f64 {
    if k == 0 || p >= 1.0 {
        return if k <= n { 1.0 } else { 0.0 };
    }
    if k > n || p <= 0.0 {
        return 0.0;
    }
    // The casts: rows are counted in u32.
    let (tries, odds) = (n as f64, p / (1.0 - p));
    let ln_term = |x: f64| {
        libm::lgamma(tries + 1.0) - libm::lgamma(x + 1.0) - libm::lgamma(tries - x + 1.0)
            + x * libm::log(p)
            + (tries - x) * libm::log1p(-p)
    };
    // Terms fall away from the mean, so each tail is summed from its greatest term outwards.
    let from = k as f64;
    if from > tries * p {
        let (mut sum, mut term, mut x) = (1.0, 1.0, from);
        while x < tries && term > sum * NOTHING {
            term *= (tries - x) / (x + 1.0) * odds;
            sum += term;
            x += 1.0;
        }
        f64::min(1.0, sum * libm::exp(ln_term(from)))
    } else {
        let (mut sum, mut term, mut x) = (1.0, 1.0, from - 1.0);
        let first = libm::exp(ln_term(x));
        while x > 0.0 && term > sum * NOTHING {
            term *= x / ((tries - x + 1.0) * odds);
            sum += term;
            x -= 1.0;
        }
        f64::max(0.0, 1.0 - sum * first)
    }
}
