//! How well a drawn sample knows its means, and when it stops.

use crate::programs::{Draft, alone, plan, sample};
use sinario_engine::draw::{BLOCK, Sampling};
use sinario_engine::formula::{Binary, Distribution};
use sinario_engine::sample::{Drawn, Plan};

#[test]
fn it_stops_where_the_error_is_small_enough() {
    let rule = |mean: f64, sd: f64| {
        let mut d = Draft::default();
        let normal = d.law(0, Distribution::Normal, mean, sd);
        let one = d.number(1.0);
        let program = d.with(&[normal, one]);
        let plan = Plan {
            precision: 0.005,
            most: 1 << 18,
            ..plan(program, 1, 1 << 14)
        };
        let found = sample(&plan, &alone());
        let Drawn::Sampled { reached, precision } = found.drawn else {
            panic!("{:?}", found.drawn)
        };
        let (all, sd) = (found.mean(0), found.all().deviation(0));
        let size = all.value.abs().max(sd / 100.0);
        assert!((precision - all.error.unwrap() / size).abs() < 1e-4 * precision);
        assert_eq!(reached, precision <= 0.005);
        (found.rows(), reached)
    };
    // 1 / √n ≤ 0.005 from 40,000 on.
    assert_eq!(rule(1.0, 1.0), (1 << 16, true));
    assert_eq!(rule(100.0, 1.0), (1 << 14, true));
    // 160,000.
    assert_eq!(rule(1.0, 2.0), (1 << 18, true));
    // About no mean, only a hundredth of the deviation counts.
    assert_eq!(rule(0.0, 1.0), (1 << 18, false));
    let mut d = Draft::default();
    let normal = d.law(0, Distribution::Normal, 0.0, 1.0);
    let one = d.number(1.0);
    let plan = Plan {
        // What is not watched is not waited for.
        watched: vec![1],
        precision: 0.005,
        most: 1 << 18,
        ..plan(d.with(&[normal, one]), 1, 5000)
    };
    let found = sample(&plan, &alone());
    assert_eq!(found.rows(), 2 * BLOCK);
    assert!(matches!(found.drawn, Drawn::Sampled { reached: true, precision } if precision == 0.0));
}

/// Share of seeds in which the truth lies within two standard errors.
fn coverage(sampling: Sampling) -> f64 {
    let mut d = Draft::default();
    let a = d.law(0, Distribution::Normal, 1.0, 1.0);
    let b = d.law(1, Distribution::Uniform, 0.0, 2.0);
    let c = d.law(2, Distribution::Lognormal, 0.0, 0.5);
    let product = d.both(Binary::Multiply, a, b);
    let product = d.both(Binary::Multiply, product, c);
    let program = d.with(&[product]);
    let wanted = libm::exp(0.125);
    let held = (0..200).filter(|seed| {
        let plan = Plan {
            sampling,
            kept: 0,
            ..plan(program.clone(), *seed, 1 << 14)
        };
        let found = sample(&plan, &alone()).mean(0);
        (found.value - wanted).abs() <= 2.0 * found.error.unwrap()
    });
    held.count() as f64 / 200.0
}

#[test]
fn standard_errors_are_honest() {
    for sampling in [Sampling::Plain, Sampling::Latin, Sampling::Sobol] {
        let share = coverage(sampling);
        assert!((0.88..=0.99).contains(&share), "{sampling:?}: {share}");
    }
}

#[test]
fn orderly_draws_err_less() {
    let mut d = Draft::default();
    let a = d.law(0, Distribution::Normal, 1.0, 1.0);
    let b = d.law(1, Distribution::Uniform, 0.0, 2.0);
    let sum = d.both(Binary::Add, a, b);
    let program = d.with(&[sum]);
    let error = |sampling| {
        let plan = Plan {
            sampling,
            ..plan(program.clone(), 1, 1 << 16)
        };
        sample(&plan, &alone()).mean(0).error.unwrap()
    };
    let plain = error(Sampling::Plain);
    assert!(error(Sampling::Latin) < 0.1 * plain);
    assert!(error(Sampling::Sobol) < 0.1 * plain);
}
