//! Rank correlations and first-order indices against plain counting and against models that are solved on paper.

use crate::cases::Dice;
use sinario_engine::importance::{First, Kind, first_order, rank_correlation};

fn normal(dice: &mut Dice) -> f64 {
    let (u, v) = (1.0 - dice.unit(), dice.unit());
    libm::sqrt(-2.0 * libm::log(u)) * libm::cos(2.0 * std::f64::consts::PI * v)
}

/// Uniform with mean 0 and standard deviation 1.
fn flat(dice: &mut Dice) -> f64 {
    (dice.unit() - 0.5) * libm::sqrt(12.0)
}

/// Ranks by counting, and the correlation of ranks.
fn plain_rank(x: &[f64], y: &[f64], w: &[f64]) -> Option<f64> {
    let kept: Vec<usize> = (0..x.len())
        .filter(|&r| x[r].is_finite() && y[r].is_finite())
        .collect();
    let all: f64 = kept.iter().map(|&r| w[r]).sum();
    let rank = |of: &[f64], r: usize| -> f64 {
        kept.iter()
            .map(|&s| match of[s].partial_cmp(&of[r]).unwrap() {
                std::cmp::Ordering::Less => w[s],
                std::cmp::Ordering::Equal => w[s] / 2.0,
                std::cmp::Ordering::Greater => 0.0,
            })
            .sum()
    };
    let a: Vec<f64> = kept.iter().map(|&r| rank(x, r)).collect();
    let b: Vec<f64> = kept.iter().map(|&r| rank(y, r)).collect();
    let mean = |of: &[f64]| (0..kept.len()).map(|i| w[kept[i]] * of[i]).sum::<f64>() / all;
    let (ma, mb) = (mean(&a), mean(&b));
    let sum = |f: &dyn Fn(usize) -> f64| (0..kept.len()).map(|i| w[kept[i]] * f(i)).sum::<f64>();
    let (va, vb) = (
        sum(&|i| (a[i] - ma) * (a[i] - ma)),
        sum(&|i| (b[i] - mb) * (b[i] - mb)),
    );
    (va > 1e-9 && vb > 1e-9).then(|| sum(&|i| (a[i] - ma) * (b[i] - mb)) / libm::sqrt(va * vb))
}

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (a, b) => a == b,
    }
}

#[test]
fn ranks_with_ties_gaps_and_weights_are_as_counted() {
    let mut dice = Dice(21);
    let mut some = 0;
    for _ in 0..2000 {
        let n = 1 + dice.below(30);
        let values = 1 + dice.below(8);
        let number = |dice: &mut Dice| match dice.below(12) {
            0 => f64::NAN,
            _ => dice.below(values) as f64 - 2.0,
        };
        let x: Vec<f64> = (0..n).map(|_| number(&mut dice)).collect();
        let y: Vec<f64> = (0..n).map(|_| number(&mut dice)).collect();
        let counts: Vec<usize> = (0..n).map(|_| dice.below(4)).collect();
        let weights: Vec<f64> = counts.iter().map(|&c| c as f64).collect();
        let plain = rank_correlation(&x, &y, None);
        assert!(near(plain, plain_rank(&x, &y, &vec![1.0; n])));
        let weighted = rank_correlation(&x, &y, Some(&weights));
        assert!(near(weighted, plain_rank(&x, &y, &weights)));
        // A weight is so many rows.
        let repeat =
            |of: &[f64]| -> Vec<f64> { (0..n).flat_map(|r| vec![of[r]; counts[r]]).collect() };
        assert!(near(
            weighted,
            rank_correlation(&repeat(&x), &repeat(&y), None)
        ));
        some += usize::from(weighted.is_some());
    }
    assert!(some > 1000, "{some}");
}

#[test]
fn rank_correlation_of_normal_numbers_is_known() {
    // Pearson 1907: 6/π · asin(r/2).
    let mut dice = Dice(22);
    for r in [-0.9, 0.0, 0.5] {
        let n = 40_000;
        let x: Vec<f64> = (0..n).map(|_| normal(&mut dice)).collect();
        let y: Vec<f64> = x
            .iter()
            .map(|x| r * x + libm::sqrt(1.0 - r * r) * normal(&mut dice))
            .collect();
        let known = 6.0 / std::f64::consts::PI * libm::asin(r / 2.0);
        let found = rank_correlation(&x, &y, None).unwrap();
        assert!(
            (found - known).abs() < 4.0 / libm::sqrt(n as f64),
            "{found} {known}"
        );
    }
}

/// Models solved on paper: their inputs, the output, and the index of each input.
type Paper = (fn(&mut Dice) -> Vec<f64>, fn(&[f64]) -> f64, Vec<f64>);

fn papers() -> Vec<Paper> {
    let pi4 = libm::pow(std::f64::consts::PI, 4.0);
    let (a, b) = (7.0, 0.1);
    let first = 0.5 * (1.0 + b * pi4 / 5.0) * (1.0 + b * pi4 / 5.0);
    let all = a * a / 8.0 + b * pi4 / 5.0 + b * b * pi4 * pi4 / 18.0 + 0.5;
    vec![
        // Additive, of uniform numbers: shares of the variances.
        (
            |d| (0..4).map(|_| flat(d)).collect(),
            |x| 3.0 * x[0] + 2.0 * x[1] + x[2],
            vec![9.0 / 14.0, 4.0 / 14.0, 1.0 / 14.0, 0.0],
        ),
        // Additive, of normal numbers and a coin.
        (
            |d| vec![normal(d), normal(d), d.below(2) as f64],
            |x| x[0] + 0.5 * x[1] + 2.0 * x[2],
            vec![1.0 / 2.25, 0.25 / 2.25, 1.0 / 2.25],
        ),
        // Multiplicative: Π(1 + cᵢzᵢ) has variance Π(1 + cᵢ²) − 1.
        (
            |d| (0..2).map(|_| flat(d)).collect(),
            |x| (1.0 + 0.5 * x[0]) * (1.0 + x[1]),
            vec![0.25 / 1.5, 1.0 / 1.5],
        ),
        // A product of lognormal numbers: (e^(s²) − 1) / (e^(Σ s²) − 1).
        (
            |d| (0..2).map(|_| normal(d)).collect(),
            |x| libm::exp(0.4 * x[0] + 0.3 * x[1]),
            vec![
                libm::expm1(0.16) / libm::expm1(0.25),
                libm::expm1(0.09) / libm::expm1(0.25),
            ],
        ),
        // One heavy tail, in which equally filled classes are wide.
        (
            |d| vec![libm::exp(normal(d)), normal(d)],
            |x| x[0] + x[1],
            {
                let e = std::f64::consts::E;
                let tail = e * (e - 1.0);
                vec![tail / (tail + 1.0), 1.0 / (tail + 1.0)]
            },
        ),
        // Interaction alone.
        (
            |d| (0..2).map(|_| flat(d)).collect(),
            |x| x[0] * x[1],
            vec![0.0, 0.0],
        ),
        // Ishigami & Homma 1990.
        (
            |d| {
                (0..3)
                    .map(|_| (2.0 * d.unit() - 1.0) * std::f64::consts::PI)
                    .collect()
            },
            |x| {
                let s = libm::sin(x[1]);
                libm::sin(x[0]) * (1.0 + 0.1 * libm::pow(x[2], 4.0)) + 7.0 * s * s
            },
            vec![first / all, a * a / 8.0 / all, 0.0],
        ),
    ]
}

fn draw(paper: &Paper, n: usize, dice: &mut Dice) -> (Vec<Vec<f64>>, Vec<f64>) {
    let rows: Vec<Vec<f64>> = (0..n).map(|_| (paper.0)(dice)).collect();
    let inputs = (0..rows[0].len())
        .map(|i| rows.iter().map(|r| r[i]).collect())
        .collect();
    (inputs, rows.iter().map(|r| (paper.1)(r)).collect())
}

#[test]
fn indices_of_models_that_are_solved_on_paper() {
    let mut dice = Dice(23);
    let (mut within, mut all) = (0, 0);
    for (p, paper) in papers().iter().enumerate() {
        for n in [1500, 16_384] {
            let seeds = if n < 10_000 { 60 } else { 15 };
            let (mut sums, mut squares) = (vec![0.0; paper.2.len()], vec![0.0; paper.2.len()]);
            let mut errors = vec![0.0; paper.2.len()];
            for _ in 0..seeds {
                let (inputs, output) = draw(paper, n, &mut dice);
                for (i, &known) in paper.2.iter().enumerate() {
                    let found = first_order(&inputs[i], Kind::Number, &output, None).unwrap();
                    let (off, error) = (found.raw - known, found.error.unwrap());
                    assert!(
                        off.abs() < 4.5 * error,
                        "model {p}, input {i}, {n}: {found:?} {known}"
                    );
                    assert_eq!((found.index, found.rows), (found.raw.max(0.0), n));
                    within += usize::from(off.abs() < 1.96 * error);
                    all += 1;
                    sums[i] += off;
                    squares[i] += off * off;
                    errors[i] += error;
                }
            }
            // No bias that counts, and errors of the size that they say.
            let seeds = f64::from(seeds);
            for i in 0..sums.len() {
                let (mean, spread) = (sums[i] / seeds, libm::sqrt(squares[i] / seeds));
                let said = errors[i] / seeds;
                assert!(
                    mean.abs() < 4.0 * said / libm::sqrt(seeds) + 0.002,
                    "model {p}, input {i}, {n}: bias {mean} of {said}"
                );
                assert!(
                    (0.5..2.0).contains(&(said / spread)),
                    "model {p}, input {i}, {n}: {said} {spread}"
                );
            }
        }
    }
    let share = within as f64 / f64::from(all);
    assert!((0.9..0.99).contains(&share), "{share} of {all}");
}

/// Var(E[Y | X]) / Var(Y) by enumeration.
fn plain_exact(x: &[f64], y: &[f64], w: &[f64]) -> Option<f64> {
    let kept: Vec<usize> = (0..x.len())
        .filter(|&r| y[r].is_finite() && w[r] > 0.0)
        .collect();
    let all: f64 = kept.iter().map(|&r| w[r]).sum();
    let mean = kept.iter().map(|&r| w[r] * y[r]).sum::<f64>() / all;
    let total: f64 = kept
        .iter()
        .map(|&r| w[r] * (y[r] - mean) * (y[r] - mean))
        .sum();
    let between: f64 = kept
        .iter()
        .map(|&r| {
            let same = |&&s: &&usize| x[s] == x[r] || (x[s].is_nan() && x[r].is_nan());
            let (weight, sum) = kept
                .iter()
                .filter(same)
                .fold((0.0, 0.0), |(a, b), &s| (a + w[s], b + w[s] * y[s]));
            w[r] * (sum / weight - mean) * (sum / weight - mean)
        })
        .sum();
    (total > 1e-9).then(|| between / total)
}

#[test]
fn weighted_rows_are_summed_exactly() {
    let mut dice = Dice(24);
    let mut some = 0;
    for _ in 0..2000 {
        let n = 1 + dice.below(40);
        let values = 1 + dice.below(5);
        let x: Vec<f64> = (0..n)
            .map(|_| match dice.below(6) {
                0 => f64::NAN,
                _ => dice.below(values) as f64 - 1.0,
            })
            .collect();
        let y: Vec<f64> = (0..n)
            .map(|r| match dice.below(9) {
                0 => f64::NAN,
                _ => dice.below(3) as f64 + if x[r] > 0.0 { 1.0 } else { 0.0 },
            })
            .collect();
        let w: Vec<f64> = (0..n).map(|_| dice.below(4) as f64 * dice.unit()).collect();
        let known = plain_exact(&x, &y, &w);
        for kind in [Kind::Discrete, Kind::Number] {
            let found = first_order(&x, kind, &y, Some(&w));
            assert!(near(found.map(|f| f.index), known), "{found:?} {known:?}");
            assert!(found.is_none_or(|f| f.error.is_none()));
            some += usize::from(found.is_some_and(|f| f.index > 0.0 && f.index < 1.0));
        }
    }
    assert!(some > 2000, "{some}");
}

/// The formula as it stands, for drawn rows whose classes are given.
fn plain_drawn(class: &[usize], y: &[f64]) -> f64 {
    let n = y.len() as f64;
    let mean = y.iter().sum::<f64>() / n;
    let total: f64 = y.iter().map(|y| (y - mean) * (y - mean)).sum();
    let mut names = class.to_vec();
    names.sort_unstable();
    names.dedup();
    let parts: Vec<Vec<f64>> = names
        .iter()
        .map(|c| {
            (0..y.len())
                .filter(|&r| class[r] == *c)
                .map(|r| y[r])
                .collect()
        })
        .collect();
    let about = |of: &[f64]| {
        let mean = of.iter().sum::<f64>() / of.len() as f64;
        (
            mean,
            of.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>(),
        )
    };
    let pooled: f64 = parts.iter().map(|p| about(p).1).sum::<f64>() / (n - parts.len() as f64);
    parts
        .iter()
        .map(|p| {
            let ((m, squares), size) = (about(p), p.len() as f64);
            let variance = if p.len() > 1 {
                squares / (size - 1.0)
            } else {
                pooled
            };
            size * (m - mean) * (m - mean) - (1.0 - size / n) * variance
        })
        .sum::<f64>()
        / total
}

#[test]
fn discrete_inputs_and_rows_that_did_not_look() {
    let mut dice = Dice(25);
    for _ in 0..300 {
        let n = 70 + dice.below(200);
        let class: Vec<usize> = (0..n).map(|_| dice.below(6)).collect();
        let y: Vec<f64> = class
            .iter()
            .map(|&c| c as f64 + 3.0 * normal(&mut dice))
            .collect();
        // The class 5 is the rows that did not look.
        let x: Vec<f64> = class
            .iter()
            .map(|&c| if c == 5 { f64::NAN } else { c as f64 })
            .collect();
        let found = first_order(&x, Kind::Discrete, &y, None).unwrap();
        assert!((found.raw - plain_drawn(&class, &y)).abs() < 1e-9);
        assert_eq!((found.classes, found.rows), (6, n));
        // The same with the output far away, large, or failing where nobody counts.
        let mut moved: Vec<f64> = y.iter().map(|y| (y + 100.0) * 1e300).collect();
        let mut longer = x.clone();
        longer.extend([1.0, 2.0]);
        moved.extend([f64::NAN, f64::INFINITY]);
        let again = first_order(&longer, Kind::Discrete, &moved, None).unwrap();
        assert!((again.raw - found.raw).abs() < 1e-9);
        assert!((again.error.unwrap() - found.error.unwrap()).abs() < 1e-9);
        // Each group of rows left out by itself.
        let each: Vec<f64> = (0..32)
            .map(|g| {
                let left: Vec<usize> = (0..n).filter(|&r| r * 32 / n != g).collect();
                let pick: Vec<usize> = left.iter().map(|&r| class[r]).collect();
                plain_drawn(&pick, &left.iter().map(|&r| y[r]).collect::<Vec<_>>())
            })
            .collect();
        let mean = each.iter().sum::<f64>() / 32.0;
        let squares: f64 = each.iter().map(|e| (e - mean) * (e - mean)).sum();
        let error = libm::sqrt(31.0 / 32.0 * squares);
        assert!((found.error.unwrap() - error).abs() < 1e-9);
    }
}

#[test]
fn ties_stay_together() {
    let mut dice = Dice(26);
    let n = 4000;
    // Ten values only, and half of the rows at one of them.
    let x: Vec<f64> = (0..n)
        .map(|_| dice.below(20).saturating_sub(10) as f64)
        .collect();
    let y: Vec<f64> = x.iter().map(|x| x * x + 20.0 * normal(&mut dice)).collect();
    let by = |kind| first_order(&x, kind, &y, None).unwrap();
    assert_eq!(by(Kind::Number), by(Kind::Discrete));
    assert_eq!(by(Kind::Number).classes, 10);
    // Equally filled where nothing ties.
    let x: Vec<f64> = (0..n).map(|_| dice.unit()).collect();
    assert_eq!(
        first_order(&x, Kind::Number, &y, None).unwrap().classes,
        n / 32
    );
}

#[test]
fn nothing_to_say() {
    let of = |x: &[f64], y: &[f64]| first_order(x, Kind::Discrete, y, None);
    assert_eq!(of(&[], &[]), None);
    assert_eq!(of(&[1.0, 2.0], &[3.0, 3.0]), None);
    assert_eq!(of(&[1.0, 2.0], &[3.0, f64::NAN]), None);
    // Each row a class of its own: nothing tells chance from cause.
    assert_eq!(of(&[1.0, 2.0, 3.0], &[3.0, 4.0, 5.0]), None);
    // Whoever knows the input knows the output.
    let (x, y): (Vec<f64>, Vec<f64>) = (0..90)
        .map(|r| (f64::from(r % 3), f64::from(r % 3)))
        .unzip();
    let First { index, error, .. } = of(&x, &y).unwrap();
    assert!((index - 1.0).abs() < 1e-12 && error.unwrap() < 1e-12);
}
