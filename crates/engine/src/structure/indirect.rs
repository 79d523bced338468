//! Indirect influence: powers of the matrix of direct influences, and what stands in for them where they never settle.

/// Relative difference up to which two sums count as equal: symmetry makes equal sums whose last bits differ.
pub(super) const EQUAL: f64 = 1e-9;

/// Powers after which the ranking counts as one that never settles.
const POWERS: u32 = 50;

/// Multiplications that the spectral radius may take.
const RADIUS_WORK: usize = 20_000_000;

/// Turns of the damped sum at most; it halves what is missing with each.
const TURNS: usize = 2_000;

/// How indirect influences were found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum How {
    /// The published rule (Duperrin and Godet 1973): the matrix was raised until the ranking of its row sums and that of its
    /// column sums were the same as at the power before; this is the power. An entry sums over all ways of so many steps the
    /// product of the influences along them, ways that come back included.
    Settled {
        /// The power, 2 or more.
        power: u32,
    },
    /// No power settles, and all ways are summed instead, a way of k steps damped by alpha to the k: Σ αᵏMᵏ = (I − αM)⁻¹ − I
    /// (Katz 1953, Psychometrika 18:39-43).
    Damped {
        /// Why no power settles.
        why: Why,
        /// 1 / (2·radius); without a loop, 1 / (2 · greatest row sum).
        alpha: f64,
        /// The spectral radius of the matrix, from above (it is bounded on both sides by Collatz and Wielandt's ratios, and
        /// these meet unless the case is absurdly large); 0 without a loop.
        radius: f64,
    },
}

/// Why no power of the matrix settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no loop of two or more drivers: from this power on, every power is 0.
    NoLoop(u32),
    /// The ranking goes round in a circle, or moves on without end; so many powers were looked at.
    Unsettled(u32),
}

pub(super) struct Indirect {
    pub influence: Vec<f64>,
    pub dependence: Vec<f64>,
    /// Powers of two by which the two are to be multiplied; kept apart, since the products may outgrow a double.
    pub scales: (i32, i32),
    pub matrix: Option<Vec<Vec<f64>>>,
    pub how: How,
}

type Rows = [Vec<(usize, f64)>];

/// M·x.
pub(super) fn times(rows: &Rows, x: &[f64]) -> Vec<f64> {
    rows.iter()
        .map(|row| row.iter().fold(0.0, |sum, &(j, m)| sum + m * x[j]))
        .collect()
}

/// Mᵀ·x.
pub(super) fn transposed(rows: &Rows, x: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; x.len()];
    for (row, &by) in rows.iter().zip(x) {
        for &(j, m) in row {
            out[j] += m * by;
        }
    }
    out
}

/// Places from 1 by size, equal ones (up to rounding) sharing the best place.
pub(super) fn ranks(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let mut rank = vec![0; values.len()];
    for (at, &d) in order.iter().enumerate() {
        let before = at.checked_sub(1).map(|b| order[b]);
        rank[d] = match before {
            Some(b) if equal(values[b], values[d]) => rank[b],
            _ => at + 1,
        };
    }
    rank
}

fn equal(high: f64, low: f64) -> bool {
    high == low || high - low <= EQUAL * high
}

/// Indirect influences by the published rule, or damped where it has no answer.
pub(super) fn indirect(rows: &Rows) -> Indirect {
    let n = rows.len();
    let (mut influence, mut dependence) = (vec![1.0; n], vec![1.0; n]);
    // Each is kept near 1 by powers of two, which change no digit.
    let mut scales = (0_i32, 0_i32);
    let mut before = (Vec::new(), Vec::new());
    for power in 1..=POWERS {
        influence = times(rows, &influence);
        dependence = transposed(rows, &dependence);
        if influence.iter().all(|&x| x == 0.0) {
            return damped(rows, Why::NoLoop(power));
        }
        scales.0 += rescale(&mut influence);
        scales.1 += rescale(&mut dependence);
        let now = (ranks(&influence), ranks(&dependence));
        if power > 1 && now == before {
            return Indirect {
                influence,
                dependence,
                scales,
                matrix: matrix(rows, power),
                how: How::Settled { power },
            };
        }
        before = now;
    }
    damped(rows, Why::Unsettled(POWERS))
}

/// Divides by a power of two that brings the greatest between ½ and 1; its exponent.
fn rescale(values: &mut [f64]) -> i32 {
    let most = values.iter().copied().fold(0.0, f64::max);
    let (_, exponent) = libm::frexp(most);
    for x in values {
        *x = libm::ldexp(*x, -exponent);
    }
    exponent
}

/// The whole power, where it is small enough.
fn matrix(rows: &Rows, power: u32) -> Option<Vec<Vec<f64>>> {
    (rows.len() <= super::MATRIX).then(|| {
        let mut product = dense(rows);
        for _ in 1..power {
            product = product.iter().map(|row| transposed(rows, row)).collect();
        }
        product
    })
}

fn dense(rows: &Rows) -> Vec<Vec<f64>> {
    let one = |row: &Vec<(usize, f64)>| {
        let mut out = vec![0.0; rows.len()];
        for &(j, m) in row {
            out[j] = m;
        }
        out
    };
    rows.iter().map(one).collect()
}

fn damped(rows: &Rows, why: Why) -> Indirect {
    let n = rows.len();
    let widest = times(rows, &vec![1.0; n]).into_iter().fold(0.0, f64::max);
    let radius = match why {
        Why::NoLoop(_) => 0.0,
        Why::Unsettled(_) => radius(rows),
    };
    let alpha = match (radius > 0.0, widest > 0.0) {
        (true, _) => 0.5 / radius,
        (false, true) => 0.5 / widest,
        (false, false) => 0.5,
    };
    // s ← α·M·(start + s) from s = 0 sums the series term by term.
    let sum = |start: Vec<f64>, step: &dyn Fn(&[f64]) -> Vec<f64>| {
        let mut term = start;
        let mut all = vec![0.0; n];
        for _ in 0..TURNS {
            term = step(&term).into_iter().map(|x| alpha * x).collect();
            let mut moved = false;
            for (sum, x) in all.iter_mut().zip(&term) {
                moved |= *sum + x != *sum;
                *sum += x;
            }
            if !moved {
                break;
            }
        }
        all
    };
    let unit = |i: usize| (0..n).map(|j| f64::from(u8::from(i == j))).collect();
    Indirect {
        influence: sum(vec![1.0; n], &|x| times(rows, x)),
        dependence: sum(vec![1.0; n], &|x| transposed(rows, x)),
        scales: (0, 0),
        matrix: (n <= super::MATRIX).then(|| {
            (0..n)
                .map(|i| sum(unit(i), &|x| transposed(rows, x)))
                .collect()
        }),
        how: How::Damped { why, alpha, radius },
    }
}

/// The spectral radius from above: the greatest over the strongly connected components of Collatz and Wielandt's upper ratio, after
/// power iteration on the component. A shift by the diagonal keeps it from swinging where all loops have a common divisor.
fn radius(rows: &Rows) -> f64 {
    let n = rows.len();
    let onto: Vec<Vec<usize>> = rows
        .iter()
        .map(|row| row.iter().map(|e| e.0).collect())
        .collect();
    let mut from: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (i, row) in onto.iter().enumerate() {
        for &j in row {
            from[j].push(i);
        }
    }
    let component = crate::order::components(&onto, &from);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (d, &c) in component.iter().enumerate() {
        members[c].push(d);
    }
    let edges = rows.iter().map(Vec::len).sum::<usize>().max(1);
    let mut greatest: f64 = 0.0;
    for all in members.iter().filter(|m| m.len() > 1) {
        let inside: usize = all.iter().map(|&d| rows[d].len()).sum();
        let turns = (RADIUS_WORK / edges.max(inside)).clamp(1, 10_000);
        let mut x = vec![0.0; n];
        for &d in all {
            x[d] = 1.0;
        }
        let mut upper = f64::INFINITY;
        for _ in 0..turns {
            let y: Vec<f64> = all
                .iter()
                .map(|&d| {
                    let row = rows[d].iter();
                    row.filter(|e| component[e.0] == component[d])
                        .map(|&(j, m)| m * x[j])
                        .sum()
                })
                .collect();
            let ratios = all.iter().zip(&y).map(|(&d, y)| y / x[d]);
            let (low, high) =
                ratios.fold((f64::INFINITY, 0.0_f64), |(l, h), r| (l.min(r), h.max(r)));
            upper = upper.min(high);
            if high - low <= 1e-13 * high {
                break;
            }
            // Every shift will do; half the bound keeps the swing of period 2 apart from the rest.
            let shift = upper / 2.0;
            let mut next: Vec<f64> = all.iter().zip(&y).map(|(&d, y)| y + shift * x[d]).collect();
            rescale(&mut next);
            for (&d, value) in all.iter().zip(&next) {
                // Nobody may vanish, or the ratios say nothing any more.
                x[d] = value.max(1e-290);
            }
        }
        greatest = greatest.max(upper);
    }
    greatest
}
