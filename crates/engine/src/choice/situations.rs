//! Options by situation: expected values in each cell, and regret.

use super::{Table, first_best};
use crate::belief::Estimate;

/// Rows that a drawn cell must have before its means are believed.
pub const ENOUGH: usize = 30;

/// One cell of the pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Situated {
    /// Its probability.
    pub probability: f64,
    /// Rows that its means rest on.
    pub rows: usize,
    /// Whether they are believed: everything was summed, or there are [`ENOUGH`] rows.
    pub judged: bool,
    /// Each option's expected value, its error infinite for a single drawn row; empty where there are no rows.
    pub means: Vec<Estimate>,
    /// Each option's regret, ≥ 0: the best expected value less its own, from the same rows. Empty where there are none.
    pub regret: Vec<Estimate>,
}

/// All cells, in the order of the pairs.
///
/// A drawn cell of few rows says little: the greatest of its means is above the truth, and a maximum over many such
/// cells picks out noise and calls it regret. So cells with fewer than [`ENOUGH`] rows are left out of regret and of
/// the robustness measures, and their probability is [`Situations::left_out`]. Whoever wants them in evaluates the
/// options again in each such cell ([`Situations::thin`]), with as many draws as needed and the same draws for all
/// options, and puts the answer in ([`Situations::put`]). They are not pooled with their neighbours: a mean over several
/// cells is no expected value of any of them.
#[derive(Clone, Debug)]
pub struct Situations {
    /// By cell.
    pub cells: Vec<Situated>,
    options: usize,
}

impl Table {
    /// Expected values by cell.
    pub fn situations(&self) -> Situations {
        let mut cells: Vec<Situated> = self
            .probability
            .iter()
            .map(|&probability| Situated {
                probability,
                rows: 0,
                judged: false,
                means: Vec::new(),
                regret: Vec::new(),
            })
            .collect();
        for (place, &cell) in self.seen.iter().enumerate() {
            cells[cell] = self.situated(place, cells[cell].probability);
        }
        Situations {
            cells,
            options: self.options,
        }
    }

    fn situated(&self, place: usize, probability: f64) -> Situated {
        let rows = self.rows_of(place);
        let mut here = vec![0.0; self.seen.len()];
        here[place] = 1.0;
        let values: Vec<f64> = (0..self.options).map(|o| self.mean_in(place, o)).collect();
        let best = first_best(&values).unwrap_or(0);
        let mean = |o| self.sum(&[self.everywhere(o, 1.0)], Some(&here));
        let regret = |o| {
            let terms = [self.everywhere(best, 1.0), self.everywhere(o, -1.0)];
            let gap = self.sum(&terms, Some(&here));
            Estimate {
                value: gap.value.max(0.0),
                ..gap
            }
        };
        Situated {
            probability,
            rows,
            judged: self.exact() || rows >= ENOUGH,
            means: (0..self.options).map(mean).collect(),
            regret: (0..self.options).map(regret).collect(),
        }
    }
}

impl Situations {
    /// Takes a cell's means from a table of rows drawn in that cell alone, by its position in the pairs. Nothing
    /// happens where the table has no row there.
    pub fn put(&mut self, cell: usize, table: &Table) {
        if let Some(place) = table.seen.iter().position(|&c| c == cell) {
            self.cells[cell] = table.situated(place, self.cells[cell].probability);
        }
    }

    /// Cells that are not judged, likeliest first.
    pub fn thin(&self) -> Vec<usize> {
        let mut thin: Vec<usize> = (0..self.cells.len())
            .filter(|&c| !self.cells[c].judged)
            .collect();
        thin.sort_by(|&a, &b| {
            let (a, b) = (self.cells[a].probability, self.cells[b].probability);
            b.total_cmp(&a)
        });
        thin
    }

    /// Probability of the cells that are not judged.
    pub fn left_out(&self) -> f64 {
        self.thin().iter().map(|&c| self.cells[c].probability).sum()
    }

    /// Each option's expected values in the judged cells, each cell once: what [`measures`](super::measures) takes.
    pub fn values(&self) -> Vec<Vec<f64>> {
        let judged = || self.cells.iter().filter(|c| c.judged);
        (0..self.options)
            .map(|o| judged().map(|c| c.means[o].value).collect())
            .collect()
    }

    /// Each option's greatest regret over the judged cells and the cell where it is, the first of several; `None`
    /// where no cell is judged.
    ///
    /// In a drawn cell the best mean is the greatest of several, and so a little too high, by about its error at most;
    /// the maximum over many drawn cells adds to that.
    pub fn max_regret(&self) -> Option<Vec<(Estimate, usize)>> {
        let of = |o: usize| {
            let judged = self.cells.iter().enumerate().filter(|(_, c)| c.judged);
            let mut found: Option<(Estimate, usize)> = None;
            for (place, cell) in judged {
                let regret = cell.regret[o];
                if found.is_none_or(|(most, _)| super::beats(regret.value, most.value)) {
                    found = Some((regret, place));
                }
            }
            found
        };
        (0..self.options).map(of).collect()
    }

    /// The option whose greatest regret is least (Savage 1951, Journal of the American Statistical Association
    /// 46:55-67).
    pub fn minimax(&self) -> Option<usize> {
        let least: Vec<f64> = self.max_regret()?.iter().map(|m| -m.0.value).collect();
        first_best(&least)
    }

    /// The best option in a judged cell.
    pub(super) fn best_in(&self, cell: usize) -> Option<usize> {
        let situated = &self.cells[cell];
        if !situated.judged {
            return None;
        }
        first_best(&situated.means.iter().map(|m| m.value).collect::<Vec<_>>())
    }

    /// The spread between the best and the worst expected value of any option in any judged cell; not a number where
    /// none is.
    pub fn breadth(&self) -> f64 {
        let all = || {
            self.cells
                .iter()
                .filter(|c| c.judged)
                .flat_map(|c| &c.means)
        };
        let most = all().map(|m| m.value).fold(f64::NAN, f64::max);
        most - all().map(|m| m.value).fold(f64::NAN, f64::min)
    }
}
