//! Pictures of distributions against plain counting and against densities that are known.

use crate::cases::Dice;
use sinario_engine::shape::{FEW, POINTS, Shape, shape};

fn normal(dice: &mut Dice) -> f64 {
    let (u, v) = (1.0 - dice.unit(), dice.unit());
    libm::sqrt(-2.0 * libm::log(u)) * libm::cos(2.0 * std::f64::consts::PI * v)
}

/// The trapezoid rule.
fn area(density: &[(f64, f64)]) -> f64 {
    density
        .windows(2)
        .map(|w| (w[1].0 - w[0].0) * (w[0].1 + w[1].1) / 2.0)
        .sum()
}

/// Whether a number is 1, 2, 2.5 or 5 times a power of ten.
fn is_round(width: f64) -> bool {
    let power = libm::floor(libm::log10(width * (1.0 + 1e-9)));
    let lead = width / libm::pow(10.0, power);
    [1.0, 2.0, 2.5, 5.0].iter().any(|d| (lead - d).abs() < 1e-6)
}

fn check(rows: &[f64], weights: Option<&[f64]>, found: &Shape) {
    let weight = |r: usize| weights.map_or(1.0, |w| w[r]);
    let kept: Vec<usize> = (0..rows.len())
        .filter(|&r| rows[r].is_finite() && weight(r) > 0.0)
        .collect();
    let all: f64 = kept.iter().map(|&r| weight(r)).sum();
    let share = |is: &dyn Fn(f64) -> bool| {
        kept.iter()
            .filter(|&&r| is(rows[r]))
            .map(|&r| weight(r))
            .sum::<f64>()
            / all
    };
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let mut different: Vec<f64> = kept.iter().map(|&r| rows[r]).collect();
    different.sort_by(f64::total_cmp);
    different.dedup();
    if different.len() <= FEW {
        assert!(found.bins.is_empty() && found.density.is_empty());
        assert_eq!(
            found.values.iter().map(|v| v.0).collect::<Vec<_>>(),
            different
        );
        assert!(
            found
                .values
                .iter()
                .all(|&(x, s)| near(s, share(&|y| y == x)))
        );
        return;
    }
    assert!(found.values.is_empty() && !found.bins.is_empty());
    let (first, last) = (found.bins[0].0, found.bins[found.bins.len() - 1].1);
    for (b, &(low, high, s)) in found.bins.iter().enumerate() {
        assert!(low < high);
        assert!(is_round(high - low), "{low} {high}");
        assert!(b == 0 || found.bins[b - 1].1 == low);
        assert!(near(
            s,
            share(&|y| low <= y && (y < high || (high == last && y == high)))
        ));
    }
    assert!(near(found.below, share(&|y| y < first)) && found.below <= 0.005 + 1e-9);
    assert!(near(found.above, share(&|y| y > last)) && found.above <= 0.005 + 1e-9);
    assert!(found.bins.len() <= 47, "{}", found.bins.len());
    assert!(found.density.len() <= POINTS);
    assert!(
        found
            .density
            .iter()
            .all(|&(x, d)| first <= x && x <= last && d >= 0.0 && d.is_finite())
    );
}

#[test]
fn bins_and_values_are_as_counted() {
    let mut dice = Dice(31);
    let mut binned = 0;
    for _ in 0..1500 {
        let n = 1 + dice.below(300);
        let grid = [1.0, 0.1, 1e9, 3e-7][dice.below(4)];
        let kind = dice.below(5);
        let away = [0.0, 1.0, 30.0][dice.below(3)];
        let rows: Vec<f64> = (0..n)
            .map(|_| match (dice.below(15), kind) {
                (0, _) => f64::NAN,
                (_, 0) => grid * dice.below(20) as f64,
                (_, 1) => grid * (normal(&mut dice) + away),
                (_, 2) => grid * libm::exp(2.0 * normal(&mut dice)),
                (_, 3) => grid * (dice.unit() - away),
                _ => grid * (dice.below(3) as f64 - away) + dice.unit(),
            })
            .collect();
        let weights: Vec<f64> = (0..n).map(|_| dice.unit() * dice.below(3) as f64).collect();
        if let Some(found) = shape(&rows, None) {
            check(&rows, None, &found);
            binned += usize::from(found.values.is_empty());
        }
        if let Some(found) = shape(&rows, Some(&weights)) {
            check(&rows, Some(&weights), &found);
        }
        // Equal weights are none.
        let (plain, equal) = (shape(&rows, None), shape(&rows, Some(&vec![2.0; n])));
        match (plain, equal) {
            (Some(plain), Some(equal)) => {
                assert_eq!(plain.bins.len(), equal.bins.len());
                check(&rows, None, &equal);
                // The last bits of the bandwidth may move a point over an edge.
                let (points, others) = (plain.density.len(), equal.density.len());
                assert!(points.abs_diff(others) <= 2);
                if points != others {
                    continue;
                }
                let peak = plain.density.iter().map(|d| d.1).fold(0.0, f64::max);
                for (a, b) in plain.density.iter().zip(&equal.density) {
                    assert!((a.1 - b.1).abs() <= 1e-9 * peak, "{a:?} {b:?}");
                }
            }
            (plain, equal) => assert_eq!(plain, equal),
        }
    }
    assert!(binned > 800, "{binned}");
}

#[test]
fn a_usual_picture_has_some_thirty_bins_with_round_edges() {
    let mut dice = Dice(32);
    for scale in 0..60 {
        let scale = libm::pow(10.0, f64::from(scale) / 20.0 - 9.0);
        let rows: Vec<f64> = (0..2000).map(|_| scale * normal(&mut dice)).collect();
        let found = shape(&rows, None).unwrap();
        assert!(
            (22..=47).contains(&found.bins.len()),
            "{}",
            found.bins.len()
        );
    }
    // An edge is the number that a person would write.
    let rows: Vec<f64> = (0..=1000).map(|i| f64::from(i) / 1000.0).collect();
    let found = shape(&rows, None).unwrap();
    let edges: Vec<String> = found.bins.iter().map(|b| b.0.to_string()).collect();
    assert_eq!(edges[..5], ["0", "0.025", "0.05", "0.075", "0.1"]);
    assert_eq!(found.bins[39].1, 1.0);
    assert_eq!((found.below, found.above), (0.0, 0.0));
}

#[test]
fn the_density_of_a_bell() {
    let mut dice = Dice(33);
    let rows: Vec<f64> = (0..100_000)
        .map(|_| 50.0 + 10.0 * normal(&mut dice))
        .collect();
    let found = shape(&rows, None).unwrap();
    let bell = |x: f64| {
        let z = (x - 50.0) / 10.0;
        libm::exp(-0.5 * z * z) / (10.0 * libm::sqrt(2.0 * std::f64::consts::PI))
    };
    let peak = bell(50.0);
    assert!(found.density.len() > 300);
    for &(x, d) in &found.density {
        assert!((d - bell(x)).abs() < 0.04 * peak, "{x} {d} {}", bell(x));
    }
    // All but the tails are in the picture.
    let inside = 1.0 - found.below - found.above;
    assert!(
        (area(&found.density) - inside).abs() < 0.004,
        "{}",
        area(&found.density)
    );
    // Rows that weigh nothing do not matter, and heavy ones do.
    let mut more = rows.clone();
    more.extend(rows.iter().map(|x| x + 1000.0));
    let mut weights = vec![3.0; rows.len()];
    weights.extend(vec![0.0; rows.len()]);
    let again = shape(&more, Some(&weights)).unwrap();
    assert_eq!(again.density.len(), found.density.len());
    for (a, b) in found.density.iter().zip(&again.density) {
        assert!((a.1 - b.1).abs() < 1e-9 * peak);
    }
}

/// The sum over rows as it stands, without a grid.
fn plain(rows: &[f64], x: f64, width: f64, mirrors: &[f64]) -> f64 {
    let kernel =
        |z: f64| libm::exp(-0.5 * z * z) / (width * libm::sqrt(2.0 * std::f64::consts::PI));
    rows.iter()
        .map(|r| {
            let mirrored = mirrors.iter().map(|m| kernel((x - (2.0 * m - r)) / width));
            kernel((x - r) / width) + mirrored.sum::<f64>()
        })
        .sum::<f64>()
        / rows.len() as f64
}

#[test]
fn the_grid_gives_what_the_sum_over_rows_gives() {
    let mut dice = Dice(34);
    for kind in 0..3 {
        let rows: Vec<f64> = (0..3000)
            .map(|_| match kind {
                0 => normal(&mut dice),
                1 => dice.unit(),
                _ => -libm::log(1.0 - dice.unit()),
            })
            .collect();
        let mut sorted = rows.clone();
        sorted.sort_by(f64::total_cmp);
        let n = rows.len() as f64;
        let mean = rows.iter().sum::<f64>() / n;
        let square = rows.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
        let quartiles = sorted[2249] - sorted[749];
        let width = 0.9 * f64::min(libm::sqrt(square), quartiles / 1.34) * libm::pow(n, -0.2);
        let mirrors = match kind {
            0 => vec![],
            1 => vec![sorted[0], sorted[2999]],
            _ => vec![sorted[0]],
        };
        let found = shape(&rows, None).unwrap();
        let peak = found.density.iter().map(|d| d.1).fold(0.0, f64::max);
        for &(x, d) in found.density.iter().step_by(7) {
            let sum = plain(&rows, x, width, &mirrors);
            assert!((d - sum).abs() < 0.005 * peak, "{kind} {x}: {d} {sum}");
        }
    }
}

#[test]
fn at_a_hard_bound_nothing_is_lost() {
    let mut dice = Dice(35);
    let n = 50_000;
    let flat: Vec<f64> = (0..n).map(|_| 2.0 + 3.0 * dice.unit()).collect();
    let found = shape(&flat, None).unwrap();
    assert!(
        (area(&found.density) - 1.0).abs() < 0.005,
        "{}",
        area(&found.density)
    );
    for &(x, d) in &found.density {
        assert!((d * 3.0 - 1.0).abs() < 0.12, "{x} {d}");
    }
    // Exponential: piled up below, thin above.
    let waits: Vec<f64> = (0..n).map(|_| -libm::log(1.0 - dice.unit())).collect();
    let found = shape(&waits, None).unwrap();
    let (x, d) = found.density[0];
    // Reflection levels the slope within a bandwidth, here 0.085, of the bound; without it half of the density is lost.
    assert!(x < 0.001 && (d - 1.0).abs() < 0.1, "{x} {d}");
    let inside = 1.0 - found.below - found.above;
    assert!((area(&found.density) - inside).abs() < 0.005);
    // A bell ends nowhere: its density goes on beyond the rows.
    let bell: Vec<f64> = (0..n).map(|_| normal(&mut dice)).collect();
    let cut = |of: &[f64]| shape(of, None).unwrap().density[0].1;
    assert!(cut(&bell) < 0.03);
}

#[test]
fn odd_rows() {
    assert_eq!(shape(&[], None), None);
    assert_eq!(shape(&[f64::NAN, f64::INFINITY], None), None);
    assert_eq!(shape(&[1.0], Some(&[0.0])), None);
    assert_eq!(shape(&[-0.0, 0.0], None).unwrap().values, [(0.0, 1.0)]);
    // All but a few rows at one value.
    let mut rows = vec![7.0; 10_000];
    rows.extend((0..20).map(f64::from));
    check(&rows, None, &shape(&rows, None).unwrap());
    // Far too large, too small and too close together.
    for step in [1e307, 5e-324, 1e-310] {
        let rows: Vec<f64> = (-15..16).map(|i| f64::from(i) * step).collect();
        let found = shape(&rows, None).unwrap();
        let sum: f64 = found.bins.iter().map(|b| b.2).sum();
        assert!(
            (sum + found.below + found.above - 1.0).abs() < 1e-9,
            "{step}: {found:?}"
        );
        assert!(found.bins.len() < 60);
    }
    let rows: Vec<f64> = (0..40).map(|i| 1e16 + 2.0 * f64::from(i)).collect();
    let found = shape(&rows, None).unwrap();
    let sum: f64 = found.bins.iter().map(|b| b.2).sum();
    assert!((sum + found.below + found.above - 1.0).abs() < 1e-9);
}
