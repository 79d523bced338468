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
