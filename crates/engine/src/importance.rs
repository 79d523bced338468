//! What drives a number: rank correlation and first-order Sobol indices, from rows as they come.
//!
//! The first-order index of an input is Var(E[Y | X]) / Var(Y), the share of the output's variance that knowing this input
//! alone would take away on average (Sobol 1993). It needs no rows of its own: split the rows into classes of the input and
//! compare the means of the output between them (Plischke, Borgonovo & Smith, European Journal of Operational Research 226, 2013).

/// What an input's classes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Intervals that hold equally many rows, but for ties, which stay together.
    Number,
    /// Each value a class of its own.
    Discrete,
}

/// A first-order index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct First {
    /// The index, 0 … 1.
    pub index: f64,
    /// The index before it is clipped at 0: an input that does nothing comes out below 0 as often as above.
    pub raw: f64,
    /// Standard error, of `raw` too; `None` where rows are weighted and the index is exact.
    pub error: Option<f64>,
    /// Rows that it rests on.
    pub rows: usize,
    /// Classes of the input, the rows that did not look at it among them.
    pub classes: usize,
}

/// Rows in a class of a number's values: enough for a line, few enough that a line is all that is left of any curve.
const CLASS: usize = 32;
/// Classes at most.
const CLASSES: usize = 1024;
/// Groups of rows that are left out in turn for the standard error.
const GROUPS: usize = 32;

/// Spearman's rank correlation of two columns, −1 … 1, ties at their average rank.
///
/// Rows in which either is not a finite number are left out, and so are rows that only one of the columns has. `None` where
/// nothing varies. Weights, ≥ 0, count as so many rows each.
///
/// ```
/// use sinario_engine::importance::rank_correlation;
/// let (x, y) = ([1.0, 2.0, 3.0, f64::NAN], [1.0, 10.0, 100.0, 0.0]);
/// assert_eq!(rank_correlation(&x, &y, None), Some(1.0));
/// assert_eq!(rank_correlation(&x, &[7.0; 4], None), None);
/// ```
pub fn rank_correlation(input: &[f64], output: &[f64], weights: Option<&[f64]>) -> Option<f64> {
    let kept: Vec<usize> = rows(input, output, weights)
        .filter(|&r| input[r].is_finite())
        .collect();
    let weight: Vec<f64> = kept.iter().map(|&r| weight_of(weights, r)).collect();
    let pick = |of: &[f64]| -> Vec<f64> { kept.iter().map(|&r| of[r]).collect() };
    let (a, b) = (ranks(&pick(input), &weight), ranks(&pick(output), &weight));
    let (mut aa, mut ab, mut bb) = (0.0, 0.0, 0.0);
    for i in 0..kept.len() {
        aa += weight[i] * a[i] * a[i];
        ab += weight[i] * a[i] * b[i];
        bb += weight[i] * b[i] * b[i];
    }
    let size = libm::sqrt(aa * bb);
    (size > 0.0).then(|| (ab / size).clamp(-1.0, 1.0))
}

/// Rows whose output is a number, of those that all columns have.
fn rows<'a>(
    input: &[f64],
    output: &'a [f64],
    weights: Option<&[f64]>,
) -> impl Iterator<Item = usize> + 'a {
    let both = input.len().min(output.len());
    let all = weights.map_or(both, |w| both.min(w.len()));
    (0..all).filter(|&r| output[r].is_finite())
}

fn weight_of(weights: Option<&[f64]>, row: usize) -> f64 {
    weights.map_or(1.0, |w| w[row])
}

/// Positions from low to high, of those that hold a number; equal values in order of rows.
fn ascending(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
    // `total_cmp` would put −0 below 0. Among numbers there is always an order.
    order.sort_by(|&a, &b| {
        values[a]
            .partial_cmp(&values[b])
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    order
}

/// Where the run of values equal to that at `from` ends.
fn run(values: &[f64], order: &[usize], from: usize) -> usize {
    let same = |&&i: &&usize| values[i] == values[order[from]];
    from + order[from..].iter().take_while(same).count()
}

/// Ranks about their mean: the weight below, plus half the weight at the value, less half of all weight.
fn ranks(values: &[f64], weight: &[f64]) -> Vec<f64> {
    let order = ascending(values);
    let sum = |of: &[usize]| of.iter().map(|&i| weight[i]).sum::<f64>();
    let (all, mut below) = (sum(&order), 0.0);
    let mut ranks = vec![0.0; values.len()];
    let mut at = 0;
    while at < order.len() {
        let end = run(values, &order, at);
        let here = sum(&order[at..end]);
        for &i in &order[at..end] {
            ranks[i] = below + 0.5 * here - 0.5 * all;
        }
        below += here;
        at = end;
    }
    ranks
}

/// The first-order Sobol index of an input.
///
/// Rows in which the output is not a finite number are left out, and so are rows that only one of the columns has. Rows in which the
/// input is not a number, because the draw did not look at it, are a class of their own. `None` where the output does not vary, or
/// no class has two rows.
///
/// Of drawn rows: 1 − (mean variance within classes) / (variance), both without bias, so that an input that does nothing has 0 on
/// average (of classes with equal variances this is Kelley's ε², 1935). Within a class of a number's values the variance is
/// taken about the class's line: an interval is no point, and in the tails of a distribution it is wide. A discrete input of more
/// than 1024 values is taken for a number.
///
/// The standard error is the jackknife's over 32 groups of rows in their order, or over single rows where there are
/// fewer than 64; of small indices it is somewhat too large.
///
/// Of weighted rows nothing is left to chance: classes are the values, whatever the kind, and the index is exact.
///
/// ```
/// use sinario_engine::importance::{Kind, first_order};
/// // Two fair coins, the second for four times the money: 1/17 and 16/17 of the variance.
/// let (one, two) = ([0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]);
/// let won = [0.0, 4.0, 1.0, 5.0];
/// let of = |coin: &[f64]| first_order(coin, Kind::Discrete, &won, Some(&[0.25; 4])).expect("it varies");
/// assert!((of(&one).index - 1.0 / 17.0).abs() < 1e-12 && of(&one).error.is_none());
/// assert!((of(&two).index - 16.0 / 17.0).abs() < 1e-12);
/// ```
pub fn first_order(
    input: &[f64],
    kind: Kind,
    output: &[f64],
    weights: Option<&[f64]>,
) -> Option<First> {
    let kept: Vec<usize> = rows(input, output, weights)
        .filter(|&r| weight_of(weights, r) > 0.0)
        .collect();
    let x: Vec<f64> = kept.iter().map(|&r| input[r]).collect();
    let weight: Vec<f64> = kept.iter().map(|&r| weight_of(weights, r)).collect();
    let y = centred(kept.iter().map(|&r| output[r]).collect(), &weight)?;
    let n = kept.len();
    let kind = if weights.is_some() {
        Kind::Discrete
    } else {
        kind
    };
    let most = if weights.is_some() { n } else { CLASSES };
    let Classes {
        class,
        place,
        count,
    } = match (classes(&x, kind), kind) {
        (many, Kind::Discrete) if many.count > most => classes(&x, Kind::Number),
        (few, _) => few,
    };
    let groups = match weights {
        Some(_) => 1,
        None if n < 2 * GROUPS => n,
        None => GROUPS,
    };
    let mut cells = vec![Cell::default(); count * groups];
    for i in 0..n {
        let (w, x, y) = (weight[i], place[i], y[i]);
        let cell = &mut cells[class[i] * groups + i * groups / n];
        *cell = cell.and(&Cell {
            weight: w,
            sum: w * y,
            squares: w * y * y,
            x: w * x,
            xx: w * x * x,
            xy: w * x * y,
        });
    }
    let without = |group: Option<usize>| -> Vec<Cell> {
        let whole = |of: &[Cell]| {
            let left = |(g, _): &(usize, &Cell)| Some(*g) != group;
            of.iter()
                .enumerate()
                .filter(left)
                .fold(Cell::default(), |all, (_, c)| all.and(c))
        };
        cells.chunks(groups).map(whole).collect()
    };
    let (raw, error) = if weights.is_some() {
        (exact(&without(None))?, None)
    } else {
        let each: Option<Vec<f64>> = (0..groups).map(|g| drawn(&without(Some(g)))).collect();
        (drawn(&without(None))?, Some(jackknife(&each?)))
    };
    Some(First {
        index: raw.clamp(0.0, 1.0),
        raw,
        error,
        rows: n,
        classes: count,
    })
}

/// The output about its mean and scaled, so that no square is too large or too small; `None` where it does not vary.
fn centred(mut y: Vec<f64>, weight: &[f64]) -> Option<Vec<f64>> {
    let largest = |y: &[f64]| y.iter().fold(0.0, |most: f64, y| most.max(y.abs()));
    if y.iter().all(|&v| v == y[0]) {
        return None;
    }
    // Not all are equal, so that one is not 0.
    let scale = largest(&y);
    y.iter_mut().for_each(|y| *y /= scale);
    let all: f64 = weight.iter().sum();
    let mean = y.iter().zip(weight).map(|(y, w)| w / all * y).sum::<f64>();
    y.iter_mut().for_each(|y| *y -= mean);
    let scale = largest(&y);
    y.iter_mut().for_each(|y| *y /= scale);
    (scale > 0.0).then_some(y)
}

/// The classes of an input.
struct Classes {
    /// The class of each row; rows without a number are the last one.
    class: Vec<usize>,
    /// Where in its class each row lies, about the middle row and −1 … 1; 0 in classes of one value.
    place: Vec<f64>,
    /// How many there are.
    count: usize,
}

fn classes(x: &[f64], kind: Kind) -> Classes {
    let order = ascending(x);
    let n = order.len();
    let parts = match kind {
        Kind::Discrete => n,
        Kind::Number => (n / CLASS).clamp(1, CLASSES),
    };
    // The class without a number, until it is known to be the last.
    let mut class = vec![usize::MAX; x.len()];
    let mut place = vec![0.0; x.len()];
    let (mut at, mut count) = (0, 0);
    for part in 1..=parts {
        let end = n * part / parts;
        if end <= at {
            continue;
        }
        let end = run(x, &order, end - 1);
        let middle = x[order[(at + end) / 2]];
        // Halves, since a difference may be too large a number.
        let away = |i: usize| x[i] / 2.0 - middle / 2.0;
        let widest = f64::max(-away(order[at]), away(order[end - 1]));
        for &i in &order[at..end] {
            class[i] = count;
            if widest > 0.0 && widest.is_finite() {
                place[i] = away(i) / widest;
            }
        }
        (at, count) = (end, count + 1);
    }
    for c in class.iter_mut().filter(|c| **c == usize::MAX) {
        *c = count;
    }
    Classes {
        class,
        place,
        count: count + usize::from(n < x.len()),
    }
}

/// Sums over the rows of a class in a group.
#[derive(Clone, Copy, Default)]
struct Cell {
    weight: f64,
    sum: f64,
    squares: f64,
    x: f64,
    xx: f64,
    xy: f64,
}

/// Squares of places about their mean below which a class is a point.
const POINT: f64 = 1e-9;

impl Cell {
    fn and(&self, other: &Cell) -> Cell {
        Cell {
            weight: self.weight + other.weight,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
            x: self.x + other.x,
            xx: self.xx + other.xx,
            xy: self.xy + other.xy,
        }
    }
    /// Squares about zero of the mean: what is between classes.
    fn between(&self) -> f64 {
        if self.weight > 0.0 {
            self.sum * self.sum / self.weight
        } else {
            0.0
        }
    }
    /// Squares about the mean: what is within the class.
    fn within(&self) -> f64 {
        f64::max(0.0, self.squares - self.between())
    }
    /// Squares about the class's line, and how many rows they are worth.
    fn about_line(&self) -> (f64, f64) {
        let free = self.weight - 1.0;
        let wide = self.xx - self.x * self.x / self.weight;
        if free <= 0.0 {
            (0.0, 0.0)
        } else if wide > POINT && free > 1.0 {
            let slant = self.xy - self.x * self.sum / self.weight;
            let left = self.within() - slant * slant / wide;
            (left.max(0.0), free - 1.0)
        } else {
            (self.within(), free)
        }
    }
}

/// Σ_c W_c (mean_c − mean)² / Σ w (y − mean)².
fn exact(classes: &[Cell]) -> Option<f64> {
    let all = classes.iter().fold(Cell::default(), |all, c| all.and(c));
    let between: f64 = classes.iter().map(Cell::between).sum::<f64>() - all.between();
    let total = all.within();
    (total > 0.0).then(|| (between / total).clamp(0.0, 1.0))
}

/// 1 − (Σ_c n_c s²_c / n) / s², which is (Σ_c n_c (mean_c − mean)² − Σ_c (1 − n_c/n) s²_c) / Σ (y − mean)² where classes
/// are points. A class of one row has the variance of all classes together.
fn drawn(classes: &[Cell]) -> Option<f64> {
    let all = classes.iter().fold(Cell::default(), |all, c| all.and(c));
    let total = all.within();
    let (inner, free) = classes
        .iter()
        .map(Cell::about_line)
        .fold((0.0, 0.0), |(a, b), (s, f)| (a + s, b + f));
    if total <= 0.0 || free <= 0.0 {
        return None;
    }
    let within: f64 = classes
        .iter()
        .map(|c| match c.about_line() {
            (squares, free) if free > 0.0 => c.weight * squares / free,
            _ => c.weight * inner / free,
        })
        .sum();
    Some(1.0 - within / all.weight / (total / (all.weight - 1.0)))
}

/// The standard error from answers each of which leaves one group out.
fn jackknife(each: &[f64]) -> f64 {
    // The cast: few groups.
    let groups = each.len() as f64;
    let mean = each.iter().sum::<f64>() / groups;
    let squares: f64 = each.iter().map(|e| (e - mean) * (e - mean)).sum();
    libm::sqrt((groups - 1.0) / groups * squares)
}
