//! Sums over the rows of a table and their errors.

use super::Table;
use crate::belief::Estimate;
use std::ops::Range;

/// What is summed once over the rows of each cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Moments {
    /// By cell.
    pub(super) rows: Vec<usize>,
    /// By cell.
    pub(super) weight: Vec<f64>,
    /// By cell: the squares of weights.
    pub(super) squares: Vec<f64>,
    /// By cell, then column.
    pub(super) means: Vec<f64>,
    /// By cell, then by column, then by column: squared weight times both deviations from the means of the cell.
    pub(super) scatter: Vec<f64>,
    /// The rows of one replicate in one cell: replicate, cell, weight.
    pub(super) blocks: Vec<(usize, usize, f64)>,
    /// By block, then column: weight times deviation from the mean of the cell.
    pub(super) deviations: Vec<f64>,
}

/// A column with a factor for each cell of [`Table::seen`]. A sum of such terms is a number for each row.
pub(super) type Term = (usize, Vec<f64>);

impl Table {
    /// Over all rows, which are settled already.
    pub(super) fn summed(&self) -> Moments {
        let (k, width) = (self.seen.len(), self.columns.len());
        let mut m = Moments {
            rows: vec![0; k],
            weight: vec![0.0; k],
            squares: vec![0.0; k],
            means: vec![0.0; k * width],
            ..Moments::default()
        };
        for (&c, &w) in self.cells.iter().zip(&self.weights) {
            let c = c as usize;
            m.rows[c] += 1;
            m.weight[c] += w;
            m.squares[c] += w * w;
        }
        for (j, column) in self.columns.iter().enumerate() {
            for ((&c, &w), &v) in self.cells.iter().zip(&self.weights).zip(column) {
                m.means[c as usize * width + j] += w * v;
            }
        }
        for c in 0..k {
            for mean in &mut m.means[c * width..][..width] {
                *mean /= m.weight[c];
            }
        }
        if self.exact {
            return m;
        }
        if self.replicates.is_empty() {
            m.scatter = vec![0.0; k * width * width];
            for i in 0..width {
                for j in i..width {
                    for (r, &c) in self.cells.iter().enumerate() {
                        let (c, w) = (c as usize, self.weights[r]);
                        let a = self.columns[i][r] - m.means[c * width + i];
                        let b = self.columns[j][r] - m.means[c * width + j];
                        m.scatter[(c * width + i) * width + j] += w * w * a * b;
                    }
                }
            }
            for c in 0..k {
                for i in 0..width {
                    for j in 0..i {
                        m.scatter[(c * width + i) * width + j] =
                            m.scatter[(c * width + j) * width + i];
                    }
                }
            }
            return m;
        }
        let mut block_of = vec![usize::MAX; k];
        for (number, rows) in self.replicates.iter().enumerate() {
            let first = m.blocks.len();
            for r in rows.clone() {
                let (c, w) = (self.cells[r] as usize, self.weights[r]);
                // A place left by an earlier replicate lies before the first of this one.
                if block_of[c] == usize::MAX || block_of[c] < first {
                    block_of[c] = m.blocks.len();
                    m.blocks.push((number, c, 0.0));
                    m.deviations.resize(m.deviations.len() + width, 0.0);
                }
                let block = block_of[c];
                m.blocks[block].2 += w;
                for (j, column) in self.columns.iter().enumerate() {
                    m.deviations[block * width + j] += w * (column[r] - m.means[c * width + j]);
                }
            }
        }
        m
    }

    /// The mean over rows of a sum of terms, or its mean given something with chances `lift` by cell of `seen`.
    /// Not a number where that cannot be.
    pub(super) fn sum(&self, terms: &[Term], lift: Option<&[f64]>) -> Estimate {
        self.sum_and(terms, None, lift)
    }

    /// The same with something added by cell of `seen`.
    pub(super) fn sum_and(
        &self,
        terms: &[Term],
        added: Option<&[f64]>,
        lift: Option<&[f64]>,
    ) -> Estimate {
        let m = &self.moments;
        let (k, width) = (self.seen.len(), self.columns.len());
        let lift = |c: usize| lift.map_or(1.0, |l| l[c]);
        let by_cell: Vec<f64> = (0..k)
            .map(|c| {
                let parts = terms.iter().map(|(j, a)| a[c] * m.means[c * width + j]);
                parts.sum::<f64>() + added.map_or(0.0, |a| a[c])
            })
            .collect();
        let (mut sum, mut mass) = (0.0, 0.0);
        for c in 0..k {
            sum += m.weight[c] * lift(c) * by_cell[c];
            mass += m.weight[c] * lift(c);
        }
        let value = sum / mass;
        let rows = (0..k).filter(|&c| lift(c) != 0.0).map(|c| m.rows[c]).sum();
        let drawn = if self.exact {
            0.0
        } else if rows < 2 {
            f64::INFINITY
        } else if self.replicates.is_empty() {
            let mut squares = 0.0;
            for c in (0..k).filter(|&c| lift(c) != 0.0) {
                let mut within = 0.0;
                for (i, a) in terms.iter().filter(|t| t.1[c] != 0.0) {
                    for (j, b) in terms.iter().filter(|t| t.1[c] != 0.0) {
                        within += a[c] * b[c] * m.scatter[(c * width + i) * width + j];
                    }
                }
                let off = by_cell[c] - value;
                squares += lift(c) * lift(c) * (within.max(0.0) + m.squares[c] * off * off);
            }
            about_the_truth(squares, rows) / (mass * mass)
        } else {
            let mut off = vec![0.0; self.replicates.len()];
            for (b, &(replicate, c, weight)) in m.blocks.iter().enumerate() {
                let within: f64 = terms
                    .iter()
                    .map(|(j, a)| a[c] * m.deviations[b * width + j])
                    .sum();
                off[replicate] += lift(c) * (within + weight * (by_cell[c] - value));
            }
            spread(&off) / (mass * mass)
        };
        self.estimate(value, drawn, |c| lift(c) * (by_cell[c] - value), lift)
    }

    /// The mean of a number that each row has, in order of rows.
    pub(super) fn mean_of(&self, numbers: &[f64]) -> Estimate {
        let k = self.seen.len();
        let mut by_cell = vec![0.0; k];
        for ((&c, &w), &v) in self.cells.iter().zip(&self.weights).zip(numbers) {
            by_cell[c as usize] += w * v;
        }
        let value = by_cell.iter().sum::<f64>();
        let drawn = if self.exact {
            0.0
        } else if self.replicates.is_empty() {
            let off = |(&w, &v): (&f64, &f64)| w * w * (v - value) * (v - value);
            let squares: f64 = self.weights.iter().zip(numbers).map(off).sum();
            about_the_truth(squares, self.weights.len())
        } else {
            let off = |rows: &Range<usize>| {
                let each = rows.clone().map(|r| self.weights[r] * (numbers[r] - value));
                each.sum()
            };
            spread(&self.replicates.iter().map(off).collect::<Vec<f64>>())
        };
        let m = &self.moments;
        self.estimate(value, drawn, |c| by_cell[c] / m.weight[c] - value, |_| 1.0)
    }

    /// Adds the error of the pairs: `off` is by how much a cell lies off the value, times its lift.
    fn estimate(
        &self,
        value: f64,
        drawn: f64,
        off: impl Fn(usize) -> f64,
        lift: impl Fn(usize) -> f64,
    ) -> Estimate {
        if self.exact && self.groups.is_empty() {
            return Estimate { value, error: None };
        }
        let mut mass = 0.0;
        let mut sums = Vec::with_capacity(self.groups.len());
        for group in &self.groups {
            sums.push(group.iter().enumerate().map(|(c, p)| p * off(c)).sum());
            mass += group
                .iter()
                .enumerate()
                .map(|(c, p)| p * lift(c))
                .sum::<f64>();
        }
        // Within one cell nothing hangs on how probable it is, not even where no group saw it.
        let believed = if sums.iter().all(|&s: &f64| s == 0.0) {
            0.0
        } else {
            spread(&sums) / (mass * mass)
        };
        Estimate {
            value,
            error: Some(libm::sqrt(drawn + believed)),
        }
    }

    /// A mean over the groups of the pairs alone: the probability of something with these chances in all cells.
    pub(super) fn probability_of(&self, value: f64, chance: &[f64]) -> Estimate {
        if self.groups.is_empty() {
            return Estimate { value, error: None };
        }
        let mut sums: Vec<f64> = Vec::with_capacity(self.groups.len());
        let mut mass = 0.0;
        for group in &self.groups {
            let off = |(p, c): (&f64, &f64)| p * (c - value);
            sums.push(group.iter().zip(chance).map(off).sum());
            mass += group.iter().sum::<f64>();
        }
        Estimate {
            value,
            error: Some(libm::sqrt(spread(&sums)) / mass),
        }
    }
}

/// A sum of squares about the mean of n parts becomes one about the truth by n/(n − 1). Infinite for one part, whose
/// error nobody knows.
fn about_the_truth(squares: f64, n: usize) -> f64 {
    if n < 2 {
        return f64::INFINITY;
    }
    squares * n as f64 / (n as f64 - 1.0)
}

/// Variance of a sum of alike parts from how far each is off its share.
fn spread(off: &[f64]) -> f64 {
    about_the_truth(off.iter().map(|o| o * o).sum(), off.len())
}
