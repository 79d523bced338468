//! Distributions: known values, quantiles against probabilities, moments against integrals and against draws.

use sinario_engine::distribution::{Law, normal};
use sinario_engine::draw::{Sampling, Uniforms};
use sinario_engine::sample::Failure;

/// Distributions of every family, also odd ones.
fn laws() -> Vec<Law> {
    let all = [
        Law::normal(3.0, 2.0),
        Law::normal(-1e6, 1e-3),
        Law::to(-3.0, 4.0),
        Law::to(5.0, 10.0),
        Law::to(100.0, 300.0),
        Law::lognormal(-2.0, 1.5),
        Law::uniform(-3.0, 7.0),
        Law::triangular(1.0, 2.0, 5.0),
        Law::triangular(1.0, 1.0, 5.0),
        Law::triangular(-2.0, 3.0, 3.0),
        Law::pert(10.0, 12.0, 30.0),
        Law::pert(0.0, 0.0, 1.0),
        Law::beta(2.0, 3.0),
        Law::beta(0.5, 0.5),
        Law::beta(0.3, 4.0),
        Law::beta(50.0, 1.0),
        Law::beta(2000.0, 3000.0),
        Law::beta_between(1.5, 1.2, -5.0, -4.0),
        Law::normal(0.0, 1.0).and_then(|l| l.truncate(-1.0, f64::INFINITY)),
        Law::normal(0.0, 1.0).and_then(|l| l.truncate(2.0, 3.0)),
        Law::normal(0.0, 1.0).and_then(|l| l.truncate(8.0, 20.0)),
        Law::normal(0.0, 1.0).and_then(|l| l.truncate(-20.0, -8.0)),
        Law::normal(0.0, 1.0).and_then(|l| l.truncate(0.5, 0.501)),
        Law::to(5.0, 10.0).and_then(|l| l.truncate(6.0, 9.0)),
        Law::to(1.0, 100.0).and_then(|l| l.truncate(20.0, f64::INFINITY)),
        Law::triangular(1.0, 2.0, 5.0).and_then(|l| l.truncate(1.5, 4.0)),
        Law::triangular(1.0, 2.0, 5.0).and_then(|l| l.truncate(3.0, 4.0)),
        Law::pert(10.0, 12.0, 30.0).and_then(|l| l.truncate(11.0, 20.0)),
        Law::beta(0.5, 0.5).and_then(|l| l.truncate(0.3, 1.0)),
    ];
    all.into_iter().map(Result::unwrap).collect()
}

/// Laws that no formula without a mixture has.
fn mixtures() -> Vec<Law> {
    let part = |law: Result<Law, Failure>| law.unwrap();
    let two = Law::mixture(vec![
        (part(Law::normal(0.0, 1.0)), 1.0),
        (part(Law::uniform(2.0, 9.0)), 3.0),
    ]);
    let steps = Law::mixture(vec![
        (Law::Exactly(2.0), 0.5),
        (part(Law::bernoulli(0.3)), 0.25),
        (part(Law::to(1.0, 3.0)), 0.25),
    ]);
    let nested = Law::mixture(vec![
        (part(two.clone()), 1.0),
        (part(steps.clone()), 2.0),
        (part(Law::normal(5.0, 1.0)), 0.0),
    ]);
    let cut = part(nested.clone()).truncate(0.5, 4.0);
    [two, steps, nested, cut].into_iter().map(part).collect()
}

const EDGES: [f64; 15] = [
    1e-15,
    1e-9,
    1e-4,
    0.01,
    0.07,
    0.075,
    0.2,
    0.5,
    0.6,
    0.925,
    0.93,
    0.99,
    0.9999,
    0.999_999_9,
    0.999_999_999_999,
];

/// `to` as it is written down elsewhere.
#[test]
fn ninety_per_cent_intervals() {
    let rows = [
        (
            5.0,
            10.0,
            7.071067811865476,
            7.229783732289855,
            1.5403928681928145,
        ),
        (
            1.0,
            10000.0,
            100.00000000000004,
            5036.442775241109,
            253607.55335390847,
        ),
        (
            0.01,
            0.2,
            0.0447213595499958,
            0.06769971490802322,
            0.07694053088511539,
        ),
        (
            100.0,
            300.0,
            173.20508075688775,
            183.13784281574425,
            62.90520070543025,
        ),
    ];
    for (low, high, median, mean, sd) in rows {
        let law = Law::to(low, high).unwrap();
        let near = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 3e-15, "{a} {b}");
        near(law.quantile(0.5), median);
        near(law.quantile(0.05), low);
        near(law.quantile(0.95), high);
        assert!((law.mean() / mean - 1.0).abs() < 1e-13);
        assert!((law.variance().sqrt() / sd - 1.0).abs() < 1e-13);
    }
    let law = Law::to(-4.0, 10.0).unwrap();
    assert_eq!(law.mean(), 3.0);
    assert!((law.quantile(0.05) + 4.0).abs() < 1e-14 && (law.quantile(0.95) - 10.0).abs() < 1e-14);
    assert_eq!(Law::to(5.0, 5.0), Ok(Law::Exactly(5.0)));
}

#[test]
fn probabilities_of_quantiles() {
    for law in laws() {
        for u in EDGES {
            let x = law.quantile(u);
            // As far as the number x itself tells: half a step of it moves the probability by the density times that.
            let step = |f: f64| (law.cdf(x * f + if x == 0.0 { 1e-300 } else { 0.0 }) - u).abs();
            let room = 1e-13 + step(1.0 + 4e-16).max(step(1.0 - 4e-16)) * 2.0;
            let short = if u <= 0.5 {
                (law.cdf(x) / u - 1.0).abs()
            } else {
                (law.above(x) / (1.0 - u) - 1.0).abs()
            };
            let short = short * u.min(1.0 - u);
            assert!(
                short <= room.min(1e-6),
                "{law:?} {u} {x}: {short:e} {room:e}"
            );
        }
    }
}

/// Quantiles worked out with 40 digits (the last three by SciPy 1.17).
#[test]
fn known_quantiles() {
    for (p, z) in [
        (1e-300, -37.0470962993612),
        (1e-100, -21.273453560965326),
        (1e-20, -9.262340089798407),
        (1e-12, -7.034483825301132),
        (1e-05, -4.264890793922825),
        (0.001, -3.0902323061678136),
        (0.05, -1.6448536269514726),
        (0.075, -1.439531470938456),
        (0.2, -0.8416212335729142),
        (0.4, -0.2533471031357997),
    ] {
        let found: f64 = normal::score(p);
        assert!((found / z - 1.0).abs() < 6e-16, "{p}: {found}");
        assert!(
            (normal::below(z) / p - 1.0).abs() < 3e-16 * (2.0 + z * z),
            "{p}"
        );
        if p > 1e-3 {
            assert!((normal::score(1.0 - p) + z).abs() < 4e-15);
        }
    }
    for (u, a, b, x) in [
        (0.5, 2.0, 3.0, 0.38572756813238956),
        (0.05, 2.0, 3.0, 0.09761146288641434),
        (1e-06, 2.5, 3.5, 0.0015348460460181978),
        (0.3, 0.5, 0.5, 0.20610737385376343),
        (0.01, 0.1, 0.3, 1.2091193268591486e-19),
        (0.9, 0.2, 5.0, 0.12289669809574003),
        (0.975, 5.0, 1.0, 0.9949492366205319),
        (0.7, 50.5, 20.25, 0.7434254967399054),
        (1e-09, 300.0, 700.0, 0.21840126697340162),
        (0.999, 1.8, 4.2, 0.8575515687386785),
        (0.025, 1e4, 2e4, 0.3280096450665462),
        (0.6, 1e6, 1e6, 0.5000895717377885),
        (0.001, 1e5, 3.0, 0.9998877187044541),
    ] {
        let found = Law::beta(a, b).unwrap().quantile(u);
        assert!((found / x - 1.0).abs() < 1e-13, "{u} {a} {b}: {found}");
    }
}

/// Any shape from 0.1 to a million.
#[test]
fn beta_everywhere() {
    let mut state = 7_u64;
    let mut coin = || {
        state = state
            .wrapping_mul(0x5851_f42d_4c95_7f2d)
            .wrapping_add(0x1405_7b7e_f767_814f);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    for _ in 0..20_000 {
        let (a, b) = (
            libm::exp10(7.0 * coin() - 1.0),
            libm::exp10(7.0 * coin() - 1.0),
        );
        let u = if coin() < 0.5 {
            coin()
        } else {
            libm::exp(-35.0 * coin())
        };
        let law = Law::beta(a, b).unwrap();
        let x = law.quantile(u);
        // x is rounded: what a step of it makes of the probability is no error.
        let step = (law.cdf(x + x * 3e-16) - law.cdf(x - x * 3e-16)).abs();
        let off = (law.cdf(x) - u).abs();
        assert!(
            off <= 3e-13 * u + 3.0 * step,
            "{a} {b} {u}: {x}, off by {off:e}, step {step:e}"
        );
        assert!((law.cdf(x) + law.above(x) - 1.0).abs() < 1e-15);
    }
}

#[test]
fn quantiles_rise_and_blocks_are_the_same() {
    let u: Vec<f64> = (0..4096)
        .map(|i| (f64::from(i) + 0.5) / 4096.0)
        .chain(EDGES)
        .collect();
    let mut x = vec![0.0; u.len()];
    for law in laws().into_iter().chain(mixtures()) {
        law.quantiles(&u, &mut x);
        let tabled = format!("{law:?}").contains("Beta");
        for (&u, &x) in u.iter().zip(&x) {
            let one = law.quantile(u);
            let room = if tabled { 1e-12 * one.abs() } else { 0.0 };
            assert!((x - one).abs() <= room, "{law:?} {u}: {x} {one}");
        }
        assert!(x[..4096].windows(2).all(|w| w[0] <= w[1]), "{law:?}");
        let mut lone = vec![0.0; 100];
        law.quantiles(&u[..100], &mut lone);
        assert!(lone.iter().zip(&u).all(|(x, &u)| *x == law.quantile(u)));
    }
}

/// The quantile of a mixture by its probabilities: the smallest number that reaches u.
#[test]
fn quantiles_of_mixtures() {
    for law in mixtures() {
        for u in EDGES {
            let x = law.quantile(u);
            let under = x - 1e-9 * x.abs().max(1e-3);
            // Near 1 by what is above, which keeps digits.
            let reached = |x: f64| {
                if u > 0.5 {
                    law.above(x) <= 1.0 - u
                } else {
                    law.cdf(x) >= u
                }
            };
            assert!(reached(x) && !reached(under), "{law:?} {u} {x}");
        }
    }
}

/// Mean and variance from the quantile function, in even steps of the normal score (a trapezoid is exact there to many
/// digits, unless the function has corners).
fn by_steps(law: &Law) -> (f64, f64) {
    let (step, mut sums) = (1.0 / 4096.0, [0.0; 2]);
    let mid = law.quantile(0.5);
    for i in -8 * 4096..=8 * 4096 {
        let z = f64::from(i) * step;
        let weight = libm::exp(-0.5 * z * z) / std::f64::consts::TAU.sqrt() * step;
        let x = law.quantile(normal::below(z).min(1.0 - f64::EPSILON / 2.0)) - mid;
        sums[0] += weight * x;
        sums[1] += weight * x * x;
    }
    (mid + sums[0], sums[1] - sums[0] * sums[0])
}

#[test]
fn moments_are_integrals_of_quantiles() {
    for law in laws().into_iter().chain(mixtures()) {
        let (mean, variance) = by_steps(&law);
        let sd = variance.sqrt();
        // A jump is met to a step; and beyond eight deviations a wide lognormal still has something.
        let room = if law.picks() { 2e-3 } else { 1e-5 };
        assert!(
            (law.mean() - mean).abs() < room * sd,
            "{law:?}: {} {mean}",
            law.mean()
        );
        let off = (law.variance() / variance - 1.0).abs();
        assert!(off < 2.0 * room, "{law:?}: {} {variance}", law.variance());
    }
}

#[test]
fn moments_are_those_of_draws() {
    let of = Uniforms::new(Sampling::Plain, 2, 5, &[]).unwrap();
    let mut columns = vec![Vec::new(); 2];
    let all = laws().into_iter().chain(mixtures());
    let rest = [Law::bernoulli(0.2).unwrap(), Law::Exactly(4.0)];
    for law in all.chain(rest) {
        let (mean, variance) = (law.mean(), law.variance());
        let (mut n, mut sum, mut squares, mut fourths) = (0.0, 0.0, 0.0, 0.0);
        let mut x = Vec::new();
        for block in 0..64 {
            of.block(block, &mut columns);
            x.resize(columns[0].len(), 0.0);
            law.quantiles2(&columns[0], &columns[1], &mut x);
            for ((x, &u), &pick) in x.iter().zip(&columns[0]).zip(&columns[1]) {
                if block == 0 {
                    let one = law.quantile2(u, pick);
                    assert!((x - one).abs() <= 1e-12 * one.abs());
                }
                let off = (x - mean) * (x - mean);
                n += 1.0;
                sum += x - mean;
                squares += off;
                fourths += off * off;
            }
        }
        let (off, spread) = (sum / n, squares / n);
        let error = (spread / n).sqrt();
        assert!(off.abs() <= 4.0 * error, "{law:?}: {off} {error}");
        let error = ((fourths / n - spread * spread).max(0.0) / n).sqrt();
        assert!(
            (spread - variance).abs() <= 4.0 * error + 1e-15,
            "{law:?}: {spread} {variance}"
        );
    }
}

/// Truncation keeps what lies between, in proportion; again and of mixtures too.
#[test]
fn truncation() {
    let bounds = [
        (0.4, 3.5),
        (1.0, f64::INFINITY),
        (f64::NEG_INFINITY, 2.5),
        (1.9, 2.1),
    ];
    for law in laws().into_iter().chain(mixtures()) {
        for (low, high) in bounds {
            let inside = |x: f64| x >= low && x <= high;
            // P(low ≤ X ≤ high): what lies at low itself counts.
            let at_low = law.cdf(low) - law.cdf(low - 1e-9);
            let at_low = if law.picks() { at_low } else { 0.0 };
            let start = if law.picks() && at_low > 1e-3 {
                law.cdf(low - 1e-9)
            } else {
                law.cdf(low)
            };
            let mass = law.cdf(high) - start;
            match law.clone().truncate(low, high) {
                Err(why) => assert!(why == Failure::Empty && mass < 1e-300, "{law:?}"),
                Ok(cut) if mass > 1e-6 => {
                    for u in EDGES {
                        let x = cut.quantile(u);
                        assert!(inside(x));
                        let share = (law.cdf(x) - start) / mass;
                        assert!((cut.cdf(x) - share).abs() < 1e-8, "{law:?} {x}");
                        assert!((cut.cdf(x) + cut.above(x) - 1.0).abs() < 1e-12);
                    }
                    let twice = cut.clone().truncate(low - 1.0, high + 1.0).unwrap();
                    assert!((twice.quantile(0.3) - cut.quantile(0.3)).abs() < 1e-9);
                }
                Ok(_) => {}
            }
        }
    }
    let far = Law::normal(0.0, 1.0)
        .unwrap()
        .truncate(30.0, f64::INFINITY)
        .unwrap();
    // The mean excess by the asymptotic series of Mills' ratio: 1/a − 2/a³ + 10/a⁵ − 74/a⁷.
    let (excess, s) = (far.mean() - 30.0, 1.0 / 900.0);
    let series = (1.0 - s * (2.0 - s * (10.0 - s * 74.0))) / 30.0;
    assert!((excess - series).abs() < 1e-10, "{excess}");
    assert!(far.quantile(1e-12) >= 30.0 && far.quantile(0.5) < 30.03);
}

#[test]
fn parameters_out_of_range() {
    use Failure::{Empty, Parameter};
    let nan = f64::NAN;
    for wrong in [
        Law::normal(0.0, -1.0),
        Law::normal(nan, 1.0),
        Law::normal(0.0, f64::INFINITY),
        Law::lognormal(0.0, -0.1),
        Law::uniform(2.0, 1.0),
        Law::uniform(-1e308, 1e308),
        Law::triangular(0.0, 2.0, 1.0),
        Law::triangular(0.0, nan, 1.0),
        Law::pert(0.0, -1.0, 1.0),
        Law::beta(0.0, 1.0),
        Law::beta(1.0, -1.0),
        Law::beta_between(1.0, 1.0, 2.0, 1.0),
        Law::bernoulli(1.1),
        Law::bernoulli(nan),
        Law::exactly(f64::INFINITY),
        Law::to(10.0, 5.0),
        Law::to(nan, 5.0),
        Law::mixture(Vec::new()),
        Law::mixture(vec![(Law::Exactly(1.0), 0.0)]),
        Law::mixture(vec![(Law::Exactly(1.0), -1.0), (Law::Exactly(2.0), 3.0)]),
        Law::Exactly(1.0).truncate(2.0, 1.0),
        Law::Exactly(1.0).truncate(nan, 1.0),
    ] {
        assert_eq!(wrong, Err(Parameter));
    }
    let cut = |law: Result<Law, Failure>, low, high| law.and_then(|l| l.truncate(low, high));
    for nothing in [
        cut(Law::uniform(0.0, 1.0), 1.0, 2.0),
        cut(Law::to(1.0, 2.0), -5.0, 0.0),
        cut(Law::normal(0.0, 1.0), 50.0, 60.0),
        cut(Law::normal(0.0, 1.0), 1.0, 1.0),
        cut(Law::triangular(0.0, 1.0, 2.0), 2.0, 3.0),
        cut(Law::beta(2.0, 2.0), -1.0, 0.0),
        cut(Law::bernoulli(0.5), 0.1, 0.9),
        cut(Law::bernoulli(1.0), 0.0, 0.0),
        cut(cut(Law::normal(0.0, 1.0), 1.0, 2.0), 3.0, 4.0),
        cut(Law::exactly(1.0), 2.0, 3.0),
    ] {
        assert_eq!(nothing, Err(Empty));
    }
    assert_eq!(Law::normal(2.0, 0.0), Ok(Law::Exactly(2.0)));
    assert_eq!(Law::pert(2.0, 2.0, 2.0), Ok(Law::Exactly(2.0)));
    assert_eq!(Law::lognormal(800.0, 0.0), Err(Failure::TooLarge));
    assert_eq!(cut(Law::bernoulli(0.5), 0.5, 1.0), Ok(Law::Exactly(1.0)));
    assert_eq!(
        cut(Law::uniform(0.0, 4.0), 1.0, 9.0),
        Law::uniform(1.0, 4.0)
    );
    assert_eq!(Law::pert(0.0, 1.0, 4.0).unwrap().mean(), 8.0 / 6.0);
}
