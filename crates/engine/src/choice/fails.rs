//! In which rows an option fails, and among what to look for the reason.

use super::Table;
use crate::belief::pairs::Pairs;
use crate::sample::Sample;

/// When an option counts as failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failing {
    /// Where its value is below this.
    Below(f64),
    /// Where its regret, the best value in the row less its own, is above this.
    RegretAbove(f64),
}

/// Share of the weight in which an option fails by regret, at most.
const TENTH: f64 = 0.1;

impl Failing {
    /// The threshold for one option: `below` where it is given; else 0 where the option is ever below 0; else the regret
    /// that at most a tenth of the weight lies above, or, where its greatest regret alone is more common than that, the
    /// next lesser one. `None` where it is always best, and so never fails.
    pub fn of(table: &Table, option: usize, below: Option<f64>) -> Option<Failing> {
        if let Some(below) = below {
            return Some(Failing::Below(below));
        }
        let values = table.values(option);
        if values.iter().any(|&v| v < 0.0) {
            return Some(Failing::Below(0.0));
        }
        let regrets = table.top.iter().zip(values).map(|(t, v)| t - v);
        let mut sorted: Vec<(f64, f64)> = regrets.zip(table.weights.iter().copied()).collect();
        sorted.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        if sorted[0].0 <= 0.0 {
            return None;
        }
        // From the greatest down: the first value whose own rows would be too many is the limit.
        let mut above = 0.0;
        let mut at = 0;
        while at < sorted.len() {
            let alike = sorted[at..].iter().take_while(|s| s.0 == sorted[at].0);
            let (count, weight) = alike.fold((0, 0.0), |(n, w), s| (n + 1, w + s.1));
            if above + weight > TENTH + 1e-9 {
                break;
            }
            above += weight;
            at += count;
        }
        // Where even the greatest regret is too common, whatever is below it is no failure.
        let limit = match at {
            0 => next_below(&sorted),
            _ => sorted.get(at).map_or(0.0, |s| s.0),
        };
        Some(Failing::RegretAbove(limit))
    }

    /// By row of the table, whether the option fails there.
    pub fn rows(self, table: &Table, option: usize) -> Vec<bool> {
        let values = table.values(option).iter().zip(&table.top);
        let fails = |(&v, &top): (&f64, &f64)| match self {
            Failing::Below(below) => v < below,
            Failing::RegretAbove(limit) => top - v > limit,
        };
        values.map(fails).collect()
    }

    /// Share of the weight in which the option fails, 0 … 1.
    pub fn share(self, table: &Table, option: usize) -> f64 {
        let rows = self.rows(table, option);
        let failed = rows.iter().zip(&table.weights).filter(|(f, _)| **f);
        failed.map(|(_, w)| w).sum()
    }
}

/// What could tell where an option fails, by row: what a search for boxes takes.
///
/// Such a search counts rows, so every row must weigh the same. Where they do not, there are [`COPIES`] rows, each copied
/// as often as its weight asks for, to one copy more or less (systematic resampling; Kitagawa 1996, Journal of Computational
/// and Graphical Statistics 5:1-25); how unlikely a box would be by chance is then no question to ask.
#[derive(Clone, Debug, PartialEq)]
pub struct Causes {
    /// Rows, by position in the table; ascending.
    pub rows: Vec<usize>,
    /// For each named driver, its state by row: levels without an order.
    pub drivers: Vec<Vec<u16>>,
    /// Sites that every row looked at, with their values by row.
    pub inputs: Vec<(usize, Vec<f64>)>,
}

/// See [`Causes`].
pub const COPIES: usize = 1 << 14;

impl Table {
    /// Of the sample and the pairs that the table was made from. Where inputs were kept of the first rows of a sample only, and
    /// rows weigh the same, only those rows are looked at; where they do not, such inputs are left out.
    pub fn causes(&self, sample: &Sample, pairs: &Pairs) -> Causes {
        let alike = self.weights.iter().all(|&w| w == self.weights[0]);
        let reaches = |row: usize, inputs: &Vec<f64>| inputs.len() > self.kept()[row] as usize;
        let rows: Vec<usize> = if alike {
            let first = sample.inputs.iter().min_by_key(|i| i.len());
            (0..self.rows())
                .filter(|&r| first.is_none_or(|i| reaches(r, i)))
                .collect()
        } else {
            let (mut row, mut upto) = (0, self.weights[0]);
            let copy = |i: usize| {
                // The middle of the i-th of as many parts of the weight.
                let at = (i as f64 + 0.5) / COPIES as f64;
                while upto < at && row + 1 < self.rows() {
                    row += 1;
                    upto += self.weights[row];
                }
                row
            };
            (0..COPIES).map(copy).collect()
        };
        let whole = |inputs: &&Vec<f64>| {
            let value = |&r: &usize| inputs.get(self.kept()[r] as usize);
            rows.iter().all(|r| value(r).is_some_and(|v| v.is_finite()))
        };
        let inputs = sample.inputs.iter().enumerate();
        let inputs = inputs.filter(|(_, i)| whole(i)).map(|(site, values)| {
            let by_row = rows.iter().map(|&r| values[self.kept()[r] as usize]);
            (site, by_row.collect())
        });
        let cell = |r: usize| &pairs.cells[self.seen[self.cells[r] as usize]];
        Causes {
            drivers: (0..pairs.named.len())
                .map(|d| rows.iter().map(|&r| cell(r).states[d].0).collect())
                .collect(),
            inputs: inputs.collect(),
            rows,
        }
    }
}

/// The greatest regret below the greatest of all, by descending regret; 0 where there is none.
fn next_below(sorted: &[(f64, f64)]) -> f64 {
    let less = sorted.iter().map(|s| s.0).find(|&r| r < sorted[0].0);
    less.unwrap_or(0.0)
}
