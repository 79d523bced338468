//! The rows on which options are compared, and the errors of what is summed over them.

use super::first_best;
use super::sums::{Moments, Term};
use crate::belief::Estimate;
use crate::belief::pairs::Pairs;
use crate::draw::Sampling;
use crate::sample::{Drawn, Sample};
use std::ops::Range;

/// The rows in which every option, and everything that switching costs, has a value.
///
/// The share of the rest is [`Table::left_out`]; nothing is ever averaged over it.
///
/// Standard errors: of plain rows from the spread between rows; of Latin and Sobol rows from the spread between
/// replicates; where the probabilities of futures were sampled too, the spread between their groups is added, square
/// by square. All are of ratios of sums (Taylor's linearisation; Cochran 1977, Sampling Techniques, chapter 6), as
/// rows may be left out or weighted. What could be learnt stands in [`Pairs::joint`] without groups of its own; its
/// chances within a cell are taken as known.
///
/// ```
/// use sinario_engine::belief::{Method, pairs::{Cell, Pairs}};
/// use sinario_engine::{State, choice::Table, sample::{Drawn, Sample}};
/// let cell = |s, probability| Cell { states: vec![State(s)], probability };
/// let pairs = Pairs {
///     method: Method::Exact,
///     named: Vec::new(),
///     cells: vec![cell(0, 0.3), cell(1, 0.7)],
///     joint: Vec::new(),
///     groups: Vec::new(),
/// };
/// let sample = Sample {
///     drawn: Drawn::Exact,
///     weights: Some(vec![0.3, 0.7]),
///     cells: vec![0, 1],
///     outputs: vec![vec![20.0, 100.0], vec![70.0, 0.0]],
///     inputs: Vec::new(),
///     replicates: Vec::new(),
///     sampling: Default::default(),
///     faults: Vec::new(), groups: Vec::new(),
/// };
/// // Without and with the umbrella, when it rains and when it does not.
/// let table = Table::new(&sample, &pairs, 0..2, &[]).unwrap();
/// assert_eq!(table.best(), 0);
/// assert!((table.mean(0).value - 76.0).abs() < 1e-12);
/// assert!((table.everything().value - 15.0).abs() < 1e-12);
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    /// How many of the columns are options; the rest is what switching costs.
    pub(super) options: usize,
    /// For each option, the column of what switching to it costs.
    pub(super) switching: Vec<Option<usize>>,
    /// For each column, its values by row.
    pub(super) columns: Vec<Vec<f64>>,
    /// By row, summing to 1.
    pub(super) weights: Vec<f64>,
    /// By row: its cell, by position in `seen`.
    pub(super) cells: Vec<u32>,
    /// The cells that have rows, by position in the pairs, ascending.
    pub(super) seen: Vec<usize>,
    /// Of all cells of the pairs.
    pub(super) probability: Vec<f64>,
    /// By row: the best value in it.
    pub(super) top: Vec<f64>,
    /// Rows by position in the sample.
    rows: Vec<u32>,
    left_out: f64,
    pub(super) exact: bool,
    /// Rows of each replicate; empty where errors come from rows.
    pub(super) replicates: Vec<Range<usize>>,
    /// Groups of the pairs: for each cell of `seen`, its probability there.
    pub(super) groups: Vec<Vec<f64>>,
    pub(super) moments: Moments,
}

impl Table {
    /// `options` are outputs of the sample; `switching` tells for each of them the output of what switching to it
    /// costs, `None` for nothing, and may be empty.
    ///
    /// `None` where there are no options, or no row in which all have a value.
    pub fn new(
        sample: &Sample,
        pairs: &Pairs,
        options: Range<usize>,
        switching: &[Option<usize>],
    ) -> Option<Table> {
        let count = options.len();
        let mut outputs: Vec<usize> = options.collect();
        let switching = (0..count)
            .map(|o| {
                let cost = switching.get(o).copied().flatten()?;
                outputs.push(cost);
                Some(outputs.len() - 1)
            })
            .collect();
        let n = sample.cells.len();
        let whole = |r: usize| outputs.iter().all(|&o| sample.outputs[o][r].is_finite());
        let kept: Vec<usize> = (0..n).filter(|&r| whole(r)).collect();
        let weight = |r: usize| match &sample.weights {
            Some(w) => w[r],
            None => 1.0 / n as f64,
        };
        let left_out = (0..n).filter(|&r| !whole(r)).map(weight).sum();
        let replicates = match (sample.drawn, sample.sampling) {
            (Drawn::Sampled { .. }, Sampling::Latin | Sampling::Sobol)
                if sample.replicates.len() > 1 =>
            {
                let place = |r: usize| kept.partition_point(|&k| k < r);
                let ranges = sample.replicates.iter();
                ranges.map(|r| place(r.start)..place(r.end)).collect()
            }
            _ => Vec::new(),
        };
        Table {
            options: count,
            switching,
            columns: outputs
                .iter()
                .map(|&o| kept.iter().map(|&r| sample.outputs[o][r]).collect())
                .collect(),
            weights: kept.iter().map(|&r| weight(r)).collect(),
            // Until it is settled, cells and groups are those of the pairs.
            cells: kept.iter().map(|&r| sample.cells[r]).collect(),
            seen: Vec::new(),
            probability: pairs.cells.iter().map(|c| c.probability).collect(),
            top: Vec::new(),
            // The cast: rows are counted in u32 wherever cells are.
            rows: kept.iter().map(|&r| r as u32).collect(),
            left_out,
            exact: sample.drawn == Drawn::Exact,
            replicates,
            groups: pairs.groups.clone(),
            moments: Moments::default(),
        }
        .settled()
    }

    /// The same rows, given an outcome by its P(outcome and cell): each row weighs as much more as the outcome is likelier
    /// in its cell. `None` where no row is left.
    ///
    /// The cells have their probabilities given the outcome from here on, so what is asked of the new table about further
    /// sources needs P(outcome and cell) given this one.
    pub fn given(&self, joint: &[f64]) -> Option<Table> {
        let chance: Vec<f64> = joint
            .iter()
            .zip(&self.probability)
            .map(|(&j, &p)| {
                if p > 0.0 {
                    (j / p).clamp(0.0, 1.0)
                } else {
                    0.0
                }
            })
            .collect();
        let chance_of = |r: usize| chance[self.seen[self.cells[r] as usize]];
        let kept: Vec<usize> = (0..self.weights.len())
            .filter(|&r| chance_of(r) > 0.0)
            .collect();
        let place = |r: usize| kept.partition_point(|&k| k < r);
        let mut groups = vec![vec![0.0; chance.len()]; self.groups.len()];
        for (new, old) in groups.iter_mut().zip(&self.groups) {
            for (&c, &p) in self.seen.iter().zip(old) {
                new[c] = p * chance[c];
            }
        }
        let event: f64 = self
            .probability
            .iter()
            .zip(&chance)
            .map(|(p, c)| p * c)
            .sum();
        Table {
            options: self.options,
            switching: self.switching.clone(),
            columns: self
                .columns
                .iter()
                .map(|column| kept.iter().map(|&r| column[r]).collect())
                .collect(),
            weights: kept
                .iter()
                .map(|&r| self.weights[r] * chance_of(r))
                .collect(),
            cells: kept
                .iter()
                // The cast: it was read from a u32.
                .map(|&r| self.seen[self.cells[r] as usize] as u32)
                .collect(),
            seen: Vec::new(),
            probability: self
                .probability
                .iter()
                .zip(&chance)
                .map(|(p, c)| p * c / event)
                .collect(),
            top: Vec::new(),
            rows: kept.iter().map(|&r| self.rows[r]).collect(),
            left_out: self.left_out,
            exact: self.exact,
            replicates: self
                .replicates
                .iter()
                .map(|r| place(r.start)..place(r.end))
                .collect(),
            groups,
            moments: Moments::default(),
        }
        .settled()
    }

    /// The rows of one cell, by its position in the pairs; `None` where it has none.
    pub fn within(&self, cell: usize) -> Option<Table> {
        let mut joint = vec![0.0; self.probability.len()];
        joint[cell] = self.probability[cell];
        self.given(&joint)
    }

    /// Weights that sum to 1, cells and groups by position among those seen, and the sums of each cell.
    fn settled(mut self) -> Option<Table> {
        let total: f64 = self.weights.iter().sum();
        if self.options == 0 || total <= 0.0 {
            return None;
        }
        self.weights.iter_mut().for_each(|w| *w /= total);
        let mut compact = vec![u32::MAX; self.probability.len()];
        for &c in &self.cells {
            compact[c as usize] = 0;
        }
        for (c, place) in compact.iter_mut().enumerate() {
            if *place == 0 {
                // The cast: cells are counted in u32.
                *place = self.seen.len() as u32;
                self.seen.push(c);
            }
        }
        self.cells
            .iter_mut()
            .for_each(|c| *c = compact[*c as usize]);
        let pick = |group: &Vec<f64>| self.seen.iter().map(|&c| group[c]).collect();
        self.groups = self.groups.iter().map(pick).collect();
        self.top = (0..self.weights.len())
            .map(|r| self.of_options(r).fold(f64::NEG_INFINITY, f64::max))
            .collect();
        self.moments = self.summed();
        Some(self)
    }

    /// How many options.
    pub fn options(&self) -> usize {
        self.options
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.weights.len()
    }

    /// The rows, by position in the sample, ascending.
    pub fn kept(&self) -> &[u32] {
        &self.rows
    }

    /// An option's values by row, in the order of [`Table::kept`].
    pub fn values(&self, option: usize) -> &[f64] {
        &self.columns[..self.options][option]
    }

    /// Share of the weight in which some option, or something that switching costs, has no value, 0 … 1.
    pub fn left_out(&self) -> f64 {
        self.left_out
    }

    /// Whether everything was summed and nothing drawn.
    pub fn exact(&self) -> bool {
        self.exact
    }

    /// An option's expected value.
    pub fn mean(&self, option: usize) -> Estimate {
        self.sum(&[self.everywhere(option, 1.0)], None)
    }

    /// How much more one option brings than another, on average. The draws are common, so its error is that of the
    /// difference and usually far below both errors.
    pub fn difference(&self, option: usize, other: usize) -> Estimate {
        self.sum(
            &[self.everywhere(option, 1.0), self.everywhere(other, -1.0)],
            None,
        )
    }

    /// The option with the greatest expected value.
    pub fn best(&self) -> usize {
        // Every option has a finite value in every row, so there is one.
        first_best(&self.means()).unwrap_or(0)
    }

    /// All expected values.
    pub(super) fn means(&self) -> Vec<f64> {
        (0..self.options).map(|o| self.mean(o).value).collect()
    }

    pub(super) fn of_options(&self, row: usize) -> impl Iterator<Item = f64> {
        self.columns[..self.options].iter().map(move |v| v[row])
    }

    /// Weight, 0 … 1, of a cell of `seen`.
    pub(super) fn weight(&self, cell: usize) -> f64 {
        self.moments.weight[cell]
    }

    /// Rows of a cell of `seen`.
    pub(super) fn rows_of(&self, cell: usize) -> usize {
        self.moments.rows[cell]
    }

    /// Mean of a column in a cell of `seen`.
    pub(super) fn mean_in(&self, cell: usize, column: usize) -> f64 {
        self.moments.means[cell * self.columns.len() + column]
    }

    /// The same factor in all cells.
    pub(super) fn everywhere(&self, column: usize, factor: f64) -> Term {
        (column, vec![factor; self.seen.len()])
    }

    /// A source's outcome by cell of `seen`: P(outcome | cell) from P(outcome and cell) of all cells.
    pub(super) fn chances(&self, joint: &[f64]) -> Vec<f64> {
        let chance = |&c: &usize| (joint[c] / self.probability[c]).clamp(0.0, 1.0);
        self.seen.iter().map(chance).collect()
    }
}
