//! Pictures of a distribution, from rows: a histogram, a density, or the values themselves.

use rayon::prelude::*;

/// The shape of a distribution. Shares are of the rows in which there is a value, and sum to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Bins from low to high: their edges, and the share between them. The low edge belongs to a bin, the high edge only
    /// to the last. Empty where there are few values.
    pub bins: Vec<(f64, f64, f64)>,
    /// Share below the first bin.
    pub below: f64,
    /// Share above the last bin.
    pub above: f64,
    /// Density at evenly spaced points within the bins, in shares per unit of the number. Empty where there are few values.
    pub density: Vec<(f64, f64)>,
    /// Where there are at most [`FEW`] different values: each with its share, ascending. Else empty.
    pub values: Vec<(f64, f64)>,
}

/// Different values up to which they are shown by themselves.
pub const FEW: usize = 12;
/// Points of the density at most.
pub const POINTS: usize = 512;
/// Bins that a histogram should have; round edges make them 22 to 46.
const BINS: f64 = 32.0;
/// Share on either side that a histogram may leave out.
const TAIL: f64 = 0.005;
/// Sums of shares that ought to be equal differ by less.
const EVEN: f64 = 1e-12;
/// Bandwidths after which a Gaussian kernel is nothing.
const REACH: f64 = 8.0;

/// The shape of a column. Rows that are not finite numbers, or that have no weight, are left out; `None` where none is left.
///
/// Bins are 1, 2, 2.5 or 5 × 10ᵏ wide, begin at a multiple of that, and hold all but at most 0.5 % of the rows on either side.
///
/// The density is Gaussian, as wide as Silverman's rule of thumb says (*Density Estimation*, 1986, 3.31) with Kish's effective
/// number of rows, but never narrower than the distance of two points. Where rows pile up at their least or
/// greatest value there is taken to be a hard bound, and what would cross it is reflected (Silverman, 2.10). Rows pile up where those
/// within a bandwidth of the end have a tenth of a density of one per standard deviation: beyond the ends of a bell
/// there is far less, in a flat piece three times as much.
///
/// ```
/// use sinario_engine::shape::shape;
/// let found = shape(&[1.0, 2.0, 2.0, f64::NAN, 4.0], None).expect("there are rows");
/// assert_eq!(found.values, [(1.0, 0.25), (2.0, 0.5), (4.0, 0.25)]);
///
/// let found = shape(&(0..1000).map(f64::from).collect::<Vec<_>>(), None).expect("there are rows");
/// assert_eq!(found.bins.len(), 40);
/// assert_eq!(found.bins[0], (0.0, 25.0, 0.025));
/// ```
pub fn shape(rows: &[f64], weights: Option<&[f64]>) -> Option<Shape> {
    let sorted = Sorted::new(rows, weights)?;
    if let Some(values) = few(&sorted) {
        return Some(Shape {
            values,
            ..Shape::default()
        });
    }
    let edges = edges(&sorted);
    let mut shape = histogram(&sorted, &edges);
    if let (Some(&low), Some(&high)) = (edges.first(), edges.last()) {
        shape.density = density(&sorted, low, high);
    }
    Some(shape)
}

/// Rows from low to high with their shares.
struct Sorted {
    values: Vec<f64>,
    /// Shares summing to 1; `None`: all alike.
    shares: Option<Vec<f64>>,
}

impl Sorted {
    fn new(rows: &[f64], weights: Option<&[f64]>) -> Option<Self> {
        let sorted = match weights {
            None => {
                // −0 and 0 are one value; equal numbers cannot be told apart, so an unstable sort gives one answer.
                let mut values: Vec<f64> = rows
                    .iter()
                    .filter(|x| x.is_finite())
                    .map(|x| x + 0.0)
                    .collect();
                values.par_sort_unstable_by(f64::total_cmp);
                Sorted {
                    values,
                    shares: None,
                }
            }
            Some(weights) => {
                let mut pairs: Vec<(f64, f64)> = rows
                    .iter()
                    .zip(weights)
                    .filter(|(x, w)| x.is_finite() && **w > 0.0)
                    .map(|(x, w)| (x + 0.0, *w))
                    .collect();
                pairs.par_sort_by(|a, b| a.0.total_cmp(&b.0));
                let all: f64 = pairs.iter().map(|(_, w)| w).sum();
                let (values, shares) = pairs.into_iter().map(|(x, w)| (x, w / all)).unzip();
                Sorted {
                    values,
                    shares: Some(shares),
                }
            }
        };
        (!sorted.values.is_empty()).then_some(sorted)
    }

    /// Share of the rows from one position to before another.
    fn share(&self, from: usize, to: usize) -> f64 {
        match &self.shares {
            // The casts: rows fit in memory.
            None => (to - from) as f64 / self.values.len() as f64,
            Some(shares) => shares[from..to].iter().sum(),
        }
    }

    fn share_of(&self, row: usize) -> f64 {
        self.share(row, row + 1)
    }

    fn least(&self) -> f64 {
        self.values[0]
    }

    fn greatest(&self) -> f64 {
        self.values[self.values.len() - 1]
    }

    /// The least value that at least this share of rows does not exceed.
    fn quantile(&self, share: f64) -> f64 {
        let last = self.values.len() - 1;
        match &self.shares {
            // The casts: rows fit in memory, and the share is 0 … 1.
            None => {
                let rows = ((share - EVEN) * self.values.len() as f64).ceil() as usize;
                self.values[rows.saturating_sub(1).min(last)]
            }
            Some(shares) => {
                let mut sum = 0.0;
                let at = shares.iter().position(|s| {
                    sum += s;
                    sum >= share - EVEN
                });
                self.values[at.unwrap_or(last)]
            }
        }
    }
}

/// The different values with their shares, if they are few.
fn few(sorted: &Sorted) -> Option<Vec<(f64, f64)>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < sorted.values.len() {
        if all.len() == FEW {
            return None;
        }
        let value = sorted.values[at];
        let end = at + sorted.values[at..].partition_point(|&x| x <= value);
        all.push((value, sorted.share(at, end)));
        at = end;
    }
    Some(all)
}

/// Round edges around all but the tails, ascending.
fn edges(sorted: &Sorted) -> Vec<f64> {
    let (mut low, mut high) = (sorted.quantile(TAIL), sorted.quantile(1.0 - TAIL));
    if low == high {
        // All but the tails at one value: show the tails.
        (low, high) = (sorted.least(), sorted.greatest());
    }
    // Of numbers whose digits end there, steps finer than these have no meaning.
    let finest = low.abs().max(high.abs()) * 8.0 * f64::EPSILON;
    // Halves, since the span itself may be too large a number.
    let wanted = ((high / 2.0 - low / 2.0) / (BINS / 2.0)).max(finest);
    let step = Step::near(wanted);
    let mut n = step.below(low);
    let mut edges = vec![step.times(n)];
    while edges.last().is_some_and(|&last| last < high) {
        n += 1.0;
        edges.push(step.times(n));
    }
    edges.dedup();
    edges
}

/// A round number: 10, 20, 25 or 50 times a power of ten.
#[derive(Clone, Copy)]
struct Step {
    digits: f64,
    power: i32,
}

impl Step {
    /// The one nearest to a positive number, by their ratio.
    fn near(wanted: f64) -> Step {
        // The cast: logarithms of numbers are small.
        let power = libm::floor(libm::log10(wanted)) as i32 - 1;
        let ratio = |s: &Step| (libm::log(s.times(1.0)) - libm::log(wanted)).abs();
        [(10.0, 0), (20.0, 0), (25.0, 0), (50.0, 0), (10.0, 1)]
            .map(|(digits, more)| Step {
                digits,
                power: power + more,
            })
            .into_iter()
            .min_by(|a, b| ratio(a).total_cmp(&ratio(b)))
            // The list is not empty.
            .unwrap_or(Step {
                digits: 10.0,
                power,
            })
    }

    /// A multiple, rounded once where the power of ten is a whole number itself: 3 × 0.1 is 0.3.
    fn times(self, n: f64) -> f64 {
        let whole = n * self.digits;
        let number = match self.power {
            p if p < -300 => whole / 1e300 / libm::pow(10.0, f64::from(-p - 300)),
            p if p < 0 => whole / libm::pow(10.0, f64::from(-p)),
            p => whole * libm::pow(10.0, f64::from(p)),
        };
        number.clamp(f64::MIN, f64::MAX)
    }

    /// The greatest multiple that does not exceed a number.
    fn below(self, x: f64) -> f64 {
        let mut n = libm::floor(x / self.times(1.0));
        while self.times(n) > x {
            n -= 1.0;
        }
        while self.times(n + 1.0) <= x {
            n += 1.0;
        }
        n
    }
}

fn histogram(sorted: &Sorted, edges: &[f64]) -> Shape {
    let values = &sorted.values;
    // Where each edge lies among the rows; what equals the last one is in the last bin.
    let last = edges.len() - 1;
    let cuts: Vec<usize> = (0..edges.len())
        .map(|e| values.partition_point(|&x| x < edges[e] || (e == last && x == edges[e])))
        .collect();
    Shape {
        bins: (0..last)
            .map(|e| (edges[e], edges[e + 1], sorted.share(cuts[e], cuts[e + 1])))
            .collect(),
        below: sorted.share(0, cuts[0]),
        above: sorted.share(cuts[last], values.len()),
        ..Shape::default()
    }
}

/// Standard deviation, or what it would be of a bell with the same quartiles if that is less; and the effective number of rows.
fn spread(sorted: &Sorted) -> (f64, f64) {
    // About a value in the middle and in its own scale, so that no square is too large.
    let middle = sorted.quantile(0.5);
    let away = |x: f64| x / 2.0 - middle / 2.0;
    let scale = f64::max(-away(sorted.least()), away(sorted.greatest()));
    let (mut mean, mut square, mut twice) = (0.0, 0.0, 0.0);
    for (row, &x) in sorted.values.iter().enumerate() {
        let (share, x) = (sorted.share_of(row), away(x) / scale);
        mean += share * x;
        square += share * x * x;
        twice += share * share;
    }
    let deviation = 2.0 * scale * libm::sqrt(f64::max(0.0, square - mean * mean));
    let quartiles = sorted.quantile(0.75) / 2.0 - sorted.quantile(0.25) / 2.0;
    let robust = 2.0 * quartiles / 1.34;
    let least = if robust > 0.0 {
        deviation.min(robust)
    } else {
        deviation
    };
    (least, 1.0 / twice)
}

/// The density at points from `low` to `high`.
fn density(sorted: &Sorted, low: f64, high: f64) -> Vec<(f64, f64)> {
    let (spread, rows) = spread(sorted);
    let silverman = 0.9 * spread * libm::pow(rows, -0.2);
    let (least, greatest) = (sorted.least(), sorted.greatest());
    let piled = |near: f64| near >= 0.1 * silverman / spread;
    let values = &sorted.values;
    let bottom = values.partition_point(|&x| x <= least + silverman);
    let top = values.partition_point(|&x| x < greatest - silverman);
    let bounded_below = piled(sorted.share(0, bottom));
    let bounded_above = piled(sorted.share(top, values.len()));
    // The grid reaches from bound to bound, or so far beyond the picture that nothing outside counts.
    let margin = REACH * silverman.max((high - low) / POINTS as f64);
    let from = if bounded_below { least } else { low - margin };
    let to = if bounded_above {
        greatest
    } else {
        high + margin
    };
    let step = (to - from) / (POINTS - 1) as f64;
    if !(step.is_finite() && step > 0.0 && from + step > from && to - step < to) {
        // Numbers too large or too close for a grid.
        return Vec::new();
    }
    let width = silverman.max(step);
    let binned = binned(sorted, from, step);
    let root = width * libm::sqrt(2.0 * std::f64::consts::PI);
    // The casts: a few hundred points.
    let reach = libm::ceil(REACH * width / step) as usize;
    let kernel: Vec<f64> = (0..=reach)
        .map(|d| {
            let z = d as f64 * step / width;
            libm::exp(-0.5 * z * z) / root
        })
        .collect();
    let at = |d: usize| kernel.get(d).copied().unwrap_or(0.0);
    let last = POINTS - 1;
    (0..POINTS)
        .map(|p| {
            let height = binned
                .iter()
                .enumerate()
                .filter(|(_, share)| **share > 0.0)
                .map(|(b, share)| {
                    let mut all = at(p.abs_diff(b));
                    if bounded_below {
                        all += at(p + b);
                    }
                    if bounded_above {
                        all += at(2 * last - p - b);
                    }
                    share * all
                })
                .sum::<f64>();
            (from + p as f64 * step, height)
        })
        .filter(|(x, _)| (low..=high).contains(x))
        .collect()
}

/// Shares at the points of a grid: each row between two points is split between them by nearness (linear binning; Wand, Journal
/// of Computational and Graphical Statistics 3, 1994). Rows outside are left out.
fn binned(sorted: &Sorted, from: f64, step: f64) -> Vec<f64> {
    let last = POINTS - 1;
    let mut all = vec![0.0; POINTS];
    for (row, &x) in sorted.values.iter().enumerate() {
        let at = (x - from) / step;
        // Half a step of grace, for the rounding of the last point.
        if at < 0.0 || at > last as f64 + 0.5 {
            continue;
        }
        // The casts: between 0 and the number of points.
        let point = (at as usize).min(last - 1);
        let right = (at - point as f64).min(1.0);
        let share = sorted.share_of(row);
        all[point] += share * (1.0 - right);
        all[point + 1] += share * right;
    }
    all
}
