//! Means, shares and quantiles over the rows of a sample, or over those of some cells.

use super::{Drawn, Sample};
use crate::belief::Estimate;

/// How much short of a wanted share a sum of weights may fall by rounding.
const ROUNDING: f64 = 1e-12;

/// The rows of a sample that lie in some cells; see [`Sample::all`] and [`Sample::within`].
///
/// Of a column, the rows count in which it has a value.
#[derive(Clone, Copy, Debug)]
pub struct Part<'s> {
    sample: &'s Sample,
    /// By cell; `None`: all.
    cells: Option<&'s [bool]>,
}

impl Sample {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.cells.len()
    }

    /// The weight of a row; all rows together weigh 1.
    pub fn weight(&self, row: usize) -> f64 {
        match &self.weights {
            Some(weights) => weights[row],
            None => 1.0 / self.rows() as f64,
        }
    }

    /// All rows.
    pub fn all(&self) -> Part<'_> {
        Part {
            sample: self,
            cells: None,
        }
    }

    /// The rows in some cells: `cells` says of each cell of the [`Pairs`](crate::belief::pairs::Pairs) whether it
    /// counts. What is read from them holds given that one of those cells is so.
    pub fn within<'s>(&'s self, cells: &'s [bool]) -> Part<'s> {
        Part {
            sample: self,
            cells: Some(cells),
        }
    }

    /// The mean of an output over all rows; see [`Part::mean`].
    pub fn mean(&self, output: usize) -> Estimate {
        self.all().mean(output)
    }

    /// The mean of a column over all rows; see [`Part::mean_of`].
    pub fn mean_of(&self, value: impl Fn(usize) -> f64) -> Estimate {
        self.all().mean_of(value)
    }

    /// The share of all rows in which something holds; see [`Part::share`].
    pub fn share(&self, holds: impl Fn(usize) -> bool) -> Estimate {
        self.all().share(holds)
    }

    /// Quantiles of an output over all rows; see [`Part::quantiles`].
    pub fn quantiles(&self, output: usize, at: &[f64]) -> Vec<f64> {
        self.all().quantiles(output, at)
    }
}

impl<'s> Part<'s> {
    /// Its rows, in order.
    pub fn rows(self) -> impl Iterator<Item = usize> + 's {
        let sample = self.sample;
        (0..sample.rows()).filter(move |&row| self.holds(row))
    }

    fn holds(self, row: usize) -> bool {
        self.cells
            .is_none_or(|cells| cells[self.sample.cells[row] as usize])
    }

    /// A weight of rows up to a factor: 1 where all are alike.
    fn heft(self, row: usize) -> f64 {
        self.sample.weights.as_ref().map_or(1.0, |w| w[row])
    }

    /// The mean of an output over the rows in which it has a value.
    pub fn mean(self, output: usize) -> Estimate {
        let values = &self.sample.outputs[output];
        self.mean_of(|row| values[row])
    }

    /// The mean of a column over the rows in which it is a number; not a number where there is none.
    ///
    /// The standard error is the root of the sum of two squares. *From the draws*: where they are independent s/√n over
    /// the n rows with a value; of Latin, Sobol and correlated samples √(R/(R−1)·Σ_r e_r²)/n with e_r = Σ_{row in r}
    /// (value − mean), the spread between the R replicates; of an exact one 0. *From the belief*, where the cells' probabilities were
    /// themselves sampled: the standard deviation over the groups g of Σ_c P_g(c)·T(c) / Σ_c P_g(c)·V(c), over the root
    /// of their number, where V(c) is the share of the rows of cell c with a value and T(c) their mean times V(c). It
    /// is `None` where both are known to be 0, and infinite where a single row was drawn.
    pub fn mean_of(self, value: impl Fn(usize) -> f64) -> Estimate {
        let (mut total, mut weight) = (Sum::default(), Sum::default());
        let mut count = 0_u64;
        self.each(&value, |row, x| {
            let w = self.heft(row);
            total.add(w * x);
            weight.add(w);
            count += 1;
        });
        if count == 0 {
            return Estimate {
                value: f64::NAN,
                error: None,
            };
        }
        let mean = total.get() / weight.get();
        let draws = match self.sample.drawn {
            Drawn::Exact => None,
            Drawn::Sampled { .. } => Some(self.spread(&value, mean, count)),
        };
        let belief = (self.sample.groups.len() > 1).then(|| self.groups(&value));
        let square = [draws, belief].into_iter().flatten().reduce(|a, b| a + b);
        Estimate {
            value: mean,
            error: square.map(libm::sqrt),
        }
    }

    /// The share of the rows in which something holds, with its standard error, as [`Part::mean_of`] has it.
    pub fn share(self, holds: impl Fn(usize) -> bool) -> Estimate {
        self.mean_of(|row| f64::from(u8::from(holds(row))))
    }

    /// Standard deviation of an output: of exact samples that of the distribution, of drawn ones with n − 1.
    pub fn deviation(self, output: usize) -> f64 {
        let values = &self.sample.outputs[output];
        let value = |row: usize| values[row];
        let mean = self.mean_of(value).value;
        let (mut squares, mut weight, mut count) = (Sum::default(), Sum::default(), 0.0);
        self.each(&value, |row, x| {
            let w = self.heft(row);
            squares.add(w * (x - mean) * (x - mean));
            weight.add(w);
            count += 1.0;
        });
        let drawn = self.sample.weights.is_none() && count > 1.0;
        let less = if drawn { (count - 1.0) / count } else { 1.0 };
        libm::sqrt(squares.get() / (weight.get() * less))
    }

    /// Least and greatest value of an output; `None` where it has none.
    pub fn range(self, output: usize) -> Option<(f64, f64)> {
        let values = &self.sample.outputs[output];
        let mut range = None;
        self.each(&|row| values[row], |_, x| {
            let (low, high) = range.unwrap_or((x, x));
            range = Some((
                if x < low { x } else { low },
                if x > high { x } else { high },
            ));
        });
        range
    }

    /// Quantiles of an output over the rows in which it has a value, for shares from 0 to 1; not numbers where it has
    /// none.
    ///
    /// Where all rows weigh alike, between the values around place p·(n − 1) in order, counted from 0 (the usual rule,
    /// number 7 of Hyndman and Fan 1996, American Statistician 50:361-365). Where they are weighted, the smallest value
    /// up to which at least the share p of their weight lies, less 1e-12 for rounding.
    ///
    /// ```
    /// # use sinario_engine::{draw::Sampling, sample::{Drawn, Sample}};
    /// # let drawn = Drawn::Sampled { reached: true, precision: 0.0 };
    /// let mut sample = Sample {
    ///     outputs: vec![vec![4.0, 1.0, 3.0, 2.0]], cells: vec![0; 4], weights: None,
    ///     // …
    /// #   drawn, inputs: vec![], replicates: vec![0..4], sampling: Sampling::Plain, faults: vec![], groups: vec![],
    /// };
    /// assert_eq!(sample.quantiles(0, &[0.0, 0.5]), [1.0, 2.5]);
    /// sample.weights = Some(vec![0.4, 0.3, 0.1, 0.2]);
    /// assert_eq!(sample.quantiles(0, &[0.0, 0.5]), [1.0, 2.0]);
    /// ```
    pub fn quantiles(self, output: usize, at: &[f64]) -> Vec<f64> {
        let values = &self.sample.outputs[output];
        self.quantiles_of(|row| values[row], at)
    }

    /// Quantiles of a column over the rows in which it is a number, as [`Part::quantiles`] has them.
    pub fn quantiles_of(self, value: impl Fn(usize) -> f64, at: &[f64]) -> Vec<f64> {
        match &self.sample.weights {
            None => {
                let mut values = Vec::new();
                self.each(&value, |_, x| values.push(x));
                unweighted(values, at)
            }
            Some(weights) => {
                let mut values = Vec::new();
                self.each(&value, |row, x| values.push((x, weights[row])));
                weighted(values, at)
            }
        }
    }

    /// Calls back with every row that has a value.
    fn each(self, value: &impl Fn(usize) -> f64, mut back: impl FnMut(usize, f64)) {
        for row in 0..self.sample.rows() {
            if self.holds(row) {
                let x = value(row);
                if !x.is_nan() {
                    back(row, x);
                }
            }
        }
    }

    /// The square of the error that the draws bring.
    fn spread(self, value: &impl Fn(usize) -> f64, mean: f64, count: u64) -> f64 {
        let n = count as f64;
        if self.sample.replicates.len() < 2 {
            let mut squares = Sum::default();
            self.each(value, |_, x| squares.add((x - mean) * (x - mean)));
            return if count > 1 {
                squares.get() / (n * (n - 1.0))
            } else {
                f64::INFINITY
            };
        }
        let mut squares = Sum::default();
        for replicate in &self.sample.replicates {
            let mut rest = Sum::default();
            for row in replicate.clone().filter(|&row| self.holds(row)) {
                let x = value(row);
                if !x.is_nan() {
                    rest.add(x - mean);
                }
            }
            squares.add(rest.get() * rest.get());
        }
        let r = self.sample.replicates.len() as f64;
        squares.get() * r / (r - 1.0) / (n * n)
    }

    /// The square of the error that sampled probabilities of cells bring.
    fn groups(self, value: &impl Fn(usize) -> f64) -> f64 {
        let sample = self.sample;
        let cells = sample.groups[0].len();
        // By cell: weight of all rows, of those with a value, and their sum.
        let mut sums = vec![(0.0, 0.0, 0.0); cells];
        for row in self.rows() {
            let (all, valued, total) = &mut sums[sample.cells[row] as usize];
            let (w, x) = (self.heft(row), value(row));
            *all += w;
            if !x.is_nan() {
                *valued += w;
                *total += w * x;
            }
        }
        let mean = |group: &Vec<f64>| {
            let (mut top, mut bottom) = (0.0, 0.0);
            for (p, (all, valued, total)) in group.iter().zip(&sums) {
                if *all > 0.0 {
                    top += p * total / all;
                    bottom += p * valued / all;
                }
            }
            top / bottom
        };
        // A group that saw none of these cells says nothing of them.
        let means: Vec<f64> = sample
            .groups
            .iter()
            .map(mean)
            .filter(|m| !m.is_nan())
            .collect();
        let n = means.len() as f64;
        let middle = means.iter().sum::<f64>() / n;
        let squares: f64 = means.iter().map(|m| (m - middle) * (m - middle)).sum();
        if n > 1.0 {
            squares / (n - 1.0) / n
        } else {
            f64::INFINITY
        }
    }
}

fn unweighted(mut values: Vec<f64>, at: &[f64]) -> Vec<f64> {
    if values.is_empty() {
        return vec![f64::NAN; at.len()];
    }
    let last = (values.len() - 1) as f64;
    let mut one = |p: f64| {
        let place = p.clamp(0.0, 1.0) * last;
        let below = libm::floor(place);
        let (_, &mut low, above) = values.select_nth_unstable_by(below as usize, f64::total_cmp);
        let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
        let share = place - below;
        if low == high {
            low
        } else {
            low * (1.0 - share) + high * share
        }
    };
    at.iter().map(|&p| one(p)).collect()
}

fn weighted(mut values: Vec<(f64, f64)>, at: &[f64]) -> Vec<f64> {
    values.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let total: f64 = values.iter().map(|(_, w)| w).sum();
    let one = |&p: &f64| {
        let wanted = (p.clamp(0.0, 1.0) - ROUNDING) * total;
        let mut weight = 0.0;
        let reached = values.iter().find(|(_, w)| {
            weight += w;
            weight >= wanted && weight > 0.0
        });
        reached.or(values.last()).map_or(f64::NAN, |(x, _)| *x)
    };
    at.iter().map(one).collect()
}

/// A sum whose rounding does not grow with its length: what each addition lost is kept (Neumaier 1974).
#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    pub(super) fn add(&mut self, x: f64) {
        let sum = self.sum + x;
        self.lost += if self.sum.abs() >= x.abs() {
            (self.sum - sum) + x
        } else {
            (x - sum) + self.sum
        };
        self.sum = sum;
    }

    pub(super) fn get(self) -> f64 {
        // Where the sum is infinite, nothing can be made of what was lost.
        if self.sum.is_finite() {
            self.sum + self.lost
        } else {
            self.sum
        }
    }
}
