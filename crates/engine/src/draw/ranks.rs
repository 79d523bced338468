//! Rank correlations within a block (Iman and Conover 1982): each column keeps its numbers and changes their order.
//!
//! The ranks of the columns themselves are the starting scores, not a random order of their own: what comes out is then a
//! smooth change of the block's own points, Latin and Sobol's ones keep much of their evenness, and the first of the
//! correlated columns stays as it is.

use super::{BLOCK, BLOCK_BITS, NotPositive};
use crate::distribution::normal;

/// Wanted correlations, made ready.
#[derive(Clone, Debug)]
pub(super) struct Ranks {
    /// The columns that are correlated with any, in order.
    columns: Vec<usize>,
    /// The lower factor of their correlations as normal scores, by row.
    factor: Vec<Vec<f64>>,
    /// Van der Waerden's scores: Φ⁻¹(i / (rows + 1)).
    scores: Vec<f64>,
    /// The sum of their squares.
    squares: f64,
}

impl Ranks {
    /// Nothing where no correlation is wanted.
    pub(super) fn new(
        dimensions: usize,
        correlations: &[(usize, usize, f64)],
    ) -> Result<Option<Ranks>, NotPositive> {
        let mut seen = std::collections::BTreeSet::new();
        for &(a, b, wanted) in correlations {
            let pair = (a.min(b), a.max(b));
            if a == b
                || pair.1 >= dimensions
                || !(-1.0..=1.0).contains(&wanted)
                || !seen.insert(pair)
            {
                return Err(NotPositive);
            }
        }
        let told = correlations.iter().filter(|c| c.2 != 0.0);
        let mut columns: Vec<usize> = told.clone().flat_map(|c| [c.0, c.1]).collect();
        columns.sort_unstable();
        columns.dedup();
        if columns.is_empty() {
            return Ok(None);
        }
        let place: std::collections::BTreeMap<usize, usize> =
            columns.iter().enumerate().map(|(at, &d)| (d, at)).collect();
        let mut matrix = identity(columns.len());
        for &(a, b, wanted) in told {
            // Between normal variables with Spearman's correlation s, Pearson's is 2 sin(πs/6) (Pearson 1907).
            let scored = 2.0 * libm::sin(std::f64::consts::PI * wanted / 6.0);
            let (a, b) = (place[&a], place[&b]);
            (matrix[a][b], matrix[b][a]) = (scored, scored);
        }
        let factor = cholesky(&matrix).ok_or(NotPositive)?;
        let even: Vec<f64> = (1..=BLOCK).map(|i| i as f64 / (BLOCK + 1) as f64).collect();
        let mut scores = vec![0.0; BLOCK];
        normal::scores(&even, &mut scores);
        let squares = scores.iter().map(|s| s * s).sum();
        Ok(Some(Ranks {
            columns,
            factor,
            scores,
            squares,
        }))
    }

    /// Changes the order of the correlated columns of a block.
    pub(super) fn correlate(&self, all: &mut [Vec<f64>]) {
        // 52 bits of a number and 12 of its row: sorted, they tell the ranks.
        let orders: Vec<Vec<u64>> = self
            .columns
            .iter()
            .map(|&d| {
                sorted(&all[d], |u| {
                    ((u * 4_503_599_627_370_496.0) as u64) << BLOCK_BITS
                })
            })
            .collect();
        let scored: Vec<Vec<f64>> = orders
            .iter()
            .map(|order| {
                let mut column = vec![0.0; BLOCK];
                for (key, score) in order.iter().zip(&self.scores) {
                    column[row(*key)] = *score;
                }
                column
            })
            .collect();
        let turn = self.turn(&scored);
        let mut mixed = vec![0.0; BLOCK];
        for (at, &d) in self.columns.iter().enumerate().skip(1) {
            mixed.fill(0.0);
            for (weight, column) in turn[at].iter().zip(&scored[..=at]) {
                for (sum, score) in mixed.iter_mut().zip(column) {
                    *sum += weight * score;
                }
            }
            let values: Vec<f64> = orders[at].iter().map(|&key| all[d][row(key)]).collect();
            for (key, value) in sorted(&mixed, ordered).into_iter().zip(values) {
                all[d][row(key)] = value;
            }
        }
    }

    /// What turns the scores, which are correlated by chance, into ones correlated as wanted: the factor of what is wanted
    /// times the inverse of the factor of what is.
    fn turn(&self, scored: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut found = identity(scored.len());
        for a in 0..scored.len() {
            for b in 0..a {
                let products = scored[a].iter().zip(&scored[b]).map(|(x, y)| x * y);
                let share = products.sum::<f64>() / self.squares;
                (found[a][b], found[b][a]) = (share, share);
            }
        }
        // As many columns as rows may have no inverse; then chance is let be.
        let chance = cholesky(&found)
            .filter(|f| f.iter().enumerate().all(|(i, row)| row[i] > 1e-3))
            .unwrap_or_else(|| identity(scored.len()));
        // turn · chance = factor, solved from the last column of each row.
        let mut turn = self.factor.clone();
        for row in &mut turn {
            for k in (0..row.len()).rev() {
                let above: f64 = (k + 1..row.len()).map(|j| row[j] * chance[j][k]).sum();
                row[k] = (row[k] - above) / chance[k][k];
            }
        }
        turn
    }
}

fn row(key: u64) -> usize {
    // The cast: twelve bits.
    (key & (BLOCK as u64 - 1)) as usize
}

/// The rows of a column in the order of its numbers; `key` keeps that order and leaves the bits of the row free.
fn sorted(column: &[f64], key: impl Fn(f64) -> u64) -> Vec<u64> {
    let keyed = column.iter().enumerate();
    let mut keys: Vec<u64> = keyed.map(|(row, &x)| key(x) | row as u64).collect();
    keys.sort_unstable();
    keys
}

/// Bits in the order of numbers, without the lowest ones.
fn ordered(x: f64) -> u64 {
    let bits = x.to_bits();
    let turned = if bits >> 63 == 1 {
        !bits
    } else {
        bits | 1 << 63
    };
    turned & !(BLOCK as u64 - 1)
}

fn identity(n: usize) -> Vec<Vec<f64>> {
    let one = |i, j| if i == j { 1.0 } else { 0.0 };
    (0..n)
        .map(|i| (0..n).map(|j| one(i, j)).collect())
        .collect()
}

/// The lower factor of a positive semidefinite matrix with ones on its diagonal.
fn cholesky(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let n = matrix.len();
    let mut factor = vec![vec![0.0; n]; n];
    for j in 0..n {
        let left = matrix[j][j] - factor[j][..j].iter().map(|x| x * x).sum::<f64>();
        if left < -1e-10 {
            return None;
        }
        // A column that those before it tell: all that it shares with later ones must be told as well.
        let told = left < 1e-10;
        factor[j][j] = if told { 0.0 } else { left.sqrt() };
        for i in j + 1..n {
            let shared = factor[i][..j].iter().zip(&factor[j][..j]);
            let left = matrix[i][j] - shared.map(|(x, y)| x * y).sum::<f64>();
            if told && left.abs() > 1e-5 {
                return None;
            }
            factor[i][j] = if told { 0.0 } else { left / factor[j][j] };
        }
    }
    Some(factor)
}
