//! The robustness measures worked out, and the ranks that they give.
//!
//! Percentiles are values that occur: the one at position p·(n − 1) of the sorted values, to the nearest, and from the
//! middle between two to the outer one; the median of an even number is the mean of both in the middle. So turning
//! all values round turns the percentiles round.

use super::{MEASURES, Measure, beats};

/// What the measures need to know beside the values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judging {
    /// Hurwicz's weight of the best case, 0 … 1.
    pub optimism: f64,
    /// At or above this a value is enough; `None`: Starr's criterion is not defined.
    pub enough: Option<f64>,
}

/// All measures of all options in the order of [`MEASURES`], from their values in the same futures, by option.
///
/// Not a number where a measure is not defined; without futures none is.
///
/// ```
/// use sinario_engine::choice::{Judging, MEASURES, Measure, measures, ranks};
/// // A contractor: nothing, expand, subcontract; low and high demand.
/// let values = [vec![50.0, 60.0], vec![20.0, 80.0], vec![40.0, 70.0]];
/// let all = measures(&values, &Judging { optimism: 0.5, enough: None });
/// let regret = MEASURES.iter().position(|&m| m == Measure::MinimaxRegret).unwrap();
/// assert_eq!(all.iter().map(|m| m[regret]).collect::<Vec<_>>(), [20.0, 30.0, 10.0]);
/// assert_eq!(ranks(Measure::MinimaxRegret, &[20.0, 30.0, 10.0]), [2, 3, 1]);
/// ```
pub fn measures(values: &[Vec<f64>], judging: &Judging) -> Vec<[f64; 11]> {
    let futures = values.iter().map(Vec::len).min().unwrap_or(0);
    let best: Vec<f64> = (0..futures)
        .map(|f| {
            values
                .iter()
                .map(|v| v[f])
                .fold(f64::NEG_INFINITY, f64::max)
        })
        .collect();
    let of = |x: &Vec<f64>| {
        let regrets: Vec<f64> = best.iter().zip(x).map(|(b, x)| b - x).collect();
        let (x, regrets) = (sorted(x), sorted(&regrets));
        MEASURES.map(|m| {
            if futures == 0 {
                f64::NAN
            } else {
                measure(m, &x, &regrets, judging)
            }
        })
    };
    values.iter().map(of).collect()
}

/// From values and regrets in ascending order, at least one of each.
fn measure(measure: Measure, x: &[f64], regrets: &[f64], judging: &Judging) -> f64 {
    let n = x.len();
    let (worst, best) = (x[0], x[n - 1]);
    let mean = x.iter().sum::<f64>() / n as f64;
    match measure {
        Measure::Maximin => worst,
        Measure::Maximax => best,
        Measure::Hurwicz => judging.optimism * best + (1.0 - judging.optimism) * worst,
        Measure::Laplace => mean,
        Measure::MinimaxRegret => regrets[n - 1],
        Measure::PercentileRegret => percentile(regrets, 90),
        // 0/0 for one future.
        Measure::MeanVariance => {
            let squares: f64 = x.iter().map(|x| (x - mean) * (x - mean)).sum();
            (mean + 1.0) / (libm::sqrt(squares / (n as f64 - 1.0)) + 1.0)
        }
        Measure::UndesirableDeviations => {
            let (half, median) = (n.div_ceil(2), percentile(x, 50));
            x[..half].iter().map(|x| median - x).sum::<f64>() / half as f64
        }
        Measure::Skewness => {
            let (low, high) = (percentile(x, 10), percentile(x, 90));
            over(percentile(x, 50) - (high + low) / 2.0, high, low) * 2.0
        }
        Measure::Peakedness => over(
            percentile(x, 90) - percentile(x, 10),
            percentile(x, 75),
            percentile(x, 25),
        ),
        Measure::Starr => judging.enough.map_or(f64::NAN, |enough| {
            x.iter().filter(|&&x| !beats(enough, x)).count() as f64 / n as f64
        }),
    }
}

/// a/(high − low), not a number where those are alike.
fn over(a: f64, high: f64, low: f64) -> f64 {
    if beats(high, low) {
        a / (high - low)
    } else {
        f64::NAN
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// See the module. `p` in hundredths.
fn percentile(sorted: &[f64], p: usize) -> f64 {
    let last = sorted.len() - 1;
    let (below, rest) = (p * last / 100, p * last % 100);
    match p {
        50 if rest == 50 => (sorted[below] + sorted[below + 1]) / 2.0,
        ..50 => sorted[below + usize::from(rest > 50)],
        _ => sorted[below + usize::from(rest >= 50)],
    }
}

/// Ranks under a measure, 1 the best; alike options share the better rank; 0 where it is not defined.
pub fn ranks(measure: Measure, found: &[f64]) -> Vec<u32> {
    let better = |a: f64, b: f64| {
        if measure.less_is_better() {
            beats(b, a)
        } else {
            beats(a, b)
        }
    };
    let rank = |&own: &f64| {
        if own.is_nan() {
            return 0;
        }
        // The cast: options are few.
        1 + found.iter().filter(|&&other| better(other, own)).count() as u32
    };
    found.iter().map(rank).collect()
}

/// Pairs of options, the lesser first, that two rankings put the other way round. Where one of them says nothing of an
/// option or holds both alike, they do not disagree.
pub fn disagreements(one: &[u32], other: &[u32]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for a in 0..one.len() {
        for b in a + 1..one.len() {
            let defined = [one[a], one[b], other[a], other[b]].iter().all(|&r| r > 0);
            let turned = one[a].cmp(&one[b]) == other[b].cmp(&other[a]) && one[a] != one[b];
            if defined && turned {
                found.push((a, b));
            }
        }
    }
    found
}
