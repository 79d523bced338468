//! Samples: exact sums against plain enumeration, drawn ones against what is known.

use crate::cases::Dice;
use crate::programs::{Draft, alone, any, pairs, plan, sample, twelfths};
use sinario_engine::belief::{Estimate, pairs::Cell, pairs::Pairs};
use sinario_engine::draw::Sampling;
use sinario_engine::formula::{Binary, Distribution, Failed, Node, Program, Spot, Unary, Walk};
use sinario_engine::progress::Quiet;
use sinario_engine::sample::{Drawn, Failure, Plan};
use sinario_engine::{Driver, State};
use std::collections::BTreeMap;

/// In halves, so that rounding does not grow.
fn sum(values: &[f64]) -> f64 {
    match values.len() {
        0 => 0.0,
        1 => values[0],
        n => sum(&values[..n / 2]) + sum(&values[n / 2..]),
    }
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-12 * (1.0 + a.abs()), "{a} {b}");
}

fn within(found: Estimate, wanted: f64, errors: f64) {
    let error = found.error.unwrap();
    assert!(error > 0.0, "{found:?}");
    assert!(
        (found.value - wanted).abs() <= errors * error,
        "{found:?} {wanted}"
    );
}

/// Cell, weight and values by output.
type Case = (u32, f64, Vec<Result<f64, Failed>>);

/// Every cell and every twelfth of every uniform number, with its weight.
fn enumerate(program: &Program, pairs: &Pairs) -> Vec<Case> {
    let sites = program.sites() as u32;
    let total = 12_usize.pow(2 * sites);
    let mut rows = Vec::new();
    for (at, cell) in pairs.cells.iter().enumerate() {
        for mut code in 0..total {
            let mut one = || {
                let u = ((code % 12) as f64 + 0.5) / 12.0;
                code /= 12;
                u
            };
            let uniforms: Vec<(f64, f64)> = (0..sites).map(|_| (one(), one())).collect();
            let mut spot = Spot {
                named: &pairs.named,
                states: &cell.states,
                uniforms: &uniforms,
            };
            let mut walk = Walk::new(program);
            let values = program
                .outputs
                .iter()
                .map(|o| walk.value(*o, &mut spot))
                .collect();
            rows.push((at as u32, cell.probability / total as f64, values));
        }
    }
    rows
}

#[test]
fn exact_sums_are_those_of_plain_enumeration() {
    let mut dice = Dice(4);
    let mut failing = 0;
    for round in 0..60 {
        let program = twelfths(&mut dice, 1 + round % 3);
        if program.sites() > 2 {
            continue;
        }
        let pairs = pairs(&mut dice);
        let rows = enumerate(&program, &pairs);
        let found = sample(&plan(program.clone(), 1, 1), &pairs);
        assert_eq!(found.drawn, Drawn::Exact);
        close(found.weights.as_ref().unwrap().iter().sum(), 1.0);
        assert!(found.rows() <= rows.len());
        let mut faults: BTreeMap<(u32, Node, Failure), Vec<f64>> = BTreeMap::new();
        for output in 0..program.outputs.len() {
            let valued = || {
                rows.iter()
                    .filter_map(|(c, w, v)| Some((*c, *w, v[output].ok()?)))
            };
            let mean = |cell: Option<u32>, of: &dyn Fn(f64) -> f64| {
                let some = || valued().filter(|(c, ..)| cell.is_none_or(|cell| *c == cell));
                let (weights, values): (Vec<f64>, Vec<f64>) =
                    some().map(|(_, w, x)| (w, w * of(x))).unzip();
                sum(&values) / sum(&weights)
            };
            let whole = found.mean(output);
            if valued().next().is_none() {
                assert!(whole.value.is_nan());
            } else {
                assert_eq!(whole.error, None);
                close(whole.value, mean(None, &|x| x));
                let values = &found.outputs[output];
                close(
                    found.mean_of(|r| values[r] * values[r]).value,
                    mean(None, &|x| x * x),
                );
                let off = mean(None, &|x| x * x) - mean(None, &|x| x) * mean(None, &|x| x);
                let deviation = found.all().deviation(output);
                assert!((deviation * deviation - off).abs() < 1e-9 * (1.0 + off.abs()));
                for p in [0.0, 0.05, 0.3, 0.5, 1.0] {
                    let mut sorted: Vec<(f64, f64)> = valued().map(|(_, w, x)| (x, w)).collect();
                    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
                    let whole: f64 = sorted.iter().map(|x| x.1).sum();
                    let mut sum = 0.0;
                    let at = sorted.iter().find(|(_, w)| {
                        sum += w;
                        sum >= p * whole - 1e-9
                    });
                    assert_eq!(found.quantiles(output, &[p]), [at.unwrap().0], "{p}");
                }
                for cell in 0..pairs.cells.len() {
                    let mut mask = vec![false; pairs.cells.len()];
                    mask[cell] = true;
                    let (found, wanted) = (
                        found.within(&mask).mean(output).value,
                        mean(Some(cell as u32), &|x| x),
                    );
                    if wanted.is_nan() {
                        assert!(found.is_nan());
                    } else {
                        close(found, wanted);
                    }
                }
            }
            for (_, weight, values) in &rows {
                if let Err(failed) = values[output] {
                    let fault = (output as u32, failed.at, failed.failure);
                    faults.entry(fault).or_default().push(*weight);
                }
            }
        }
        assert_eq!(found.faults.len(), faults.len());
        failing += faults.len();
        for (fault, (key, share)) in found.faults.iter().zip(faults) {
            assert_eq!((fault.output, fault.at, fault.failure), key);
            close(fault.share, sum(&share));
        }
    }
    assert!(failing > 5, "{failing}");
}

#[test]
fn rows_are_told_apart_only_by_draws_that_they_look_at() {
    let mut d = Draft::default();
    let half = d.number(0.5);
    let test = d.is(5, 2);
    let first = d.draw(0, Distribution::Bernoulli(half));
    let second = d.draw(1, Distribution::Bernoulli(half));
    let normal = d.law(2, Distribution::Normal, 0.0, 1.0);
    let elsewhere = d.is(5, 7);
    let inner = d.choose(first, second, half);
    let outer = d.choose(test, inner, half);
    // No cell looks at the normal distribution.
    let last = d.choose(elsewhere, normal, outer);
    let program = d.with(&[last]);
    let mut pairs = pairs(&mut Dice(1));
    pairs.cells.truncate(1);
    pairs.cells[0] = Cell {
        states: vec![State(0), State(2)],
        probability: 1.0,
    };
    let found = sample(&plan(program, 1, 1), &pairs);
    assert_eq!(found.drawn, Drawn::Exact);
    assert_eq!(found.outputs[0], [0.5, 0.0, 1.0]);
    assert_eq!(found.weights, Some(vec![0.5, 0.25, 0.25]));
    assert_eq!(found.inputs[0], [0.0, 1.0, 1.0]);
    assert!(found.inputs[1][0].is_nan() && found.inputs[2].iter().all(|x| x.is_nan()));
    assert_eq!(found.inputs[1][1..], [0.0, 1.0]);
}

#[test]
fn too_many_cases_are_drawn() {
    let sum = |sites: u32| {
        let mut d = Draft::default();
        let half = d.number(0.5);
        let mut sum = half;
        for site in 0..sites {
            let draw = d.draw(site, Distribution::Bernoulli(half));
            sum = d.both(Binary::Add, sum, draw);
        }
        d.with(&[sum])
    };
    let exact = sample(&plan(sum(12), 1, 1), &alone());
    assert_eq!((exact.drawn, exact.rows()), (Drawn::Exact, 4096));
    assert_eq!(exact.mean(0).value, 6.5);
    // 2^24 rows of 25 numbers.
    let drawn = sample(&plan(sum(24), 1, 1 << 14), &alone());
    assert!(matches!(drawn.drawn, Drawn::Sampled { .. }));
    within(drawn.mean(0), 12.5, 4.0);
}

#[test]
fn moments_are_those_that_are_known() {
    let mut d = Draft::default();
    let normal = d.law(0, Distribution::Normal, 3.0, 2.0);
    let uniform = d.law(1, Distribution::Uniform, 1.0, 4.0);
    let log = d.law(2, Distribution::Lognormal, 0.2, 0.5);
    let beta = d.law(3, Distribution::Beta, 2.0, 3.0);
    let ends = [0.0, 1.0, 5.0].map(|x| d.number(x));
    let triangle = d.draw(4, Distribution::Triangular(ends[0], ends[1], ends[2]));
    let pert = d.draw(5, Distribution::Pert(ends[0], ends[1], ends[2]));
    let three = d.number(3.0);
    let parts = vec![
        (Distribution::Exactly(ends[2]), ends[1]),
        (Distribution::Uniform(ends[0], ends[1]), three),
    ];
    let mixed = d.draw(6, Distribution::Mixture(parts));
    let product = d.both(Binary::Multiply, normal, uniform);
    let square = d.both(Binary::Multiply, normal, normal);
    let cell = d.is(5, 1);
    // A standard deviation that hangs on the cell.
    let two = d.number(2.0);
    let wide = d.choose(cell, two, ends[1]);
    let varied = d.draw(7, Distribution::Normal(cell, wide));
    let spread = d.both(Binary::Multiply, varied, varied);
    // A mean that hangs on another draw.
    let chained = d.draw(8, Distribution::Normal(normal, ends[1]));
    let inverse = d.both(Binary::Multiply, chained, normal);
    let program = d.with(&[
        normal, uniform, log, beta, triangle, pert, mixed, product, square, varied, spread, inverse,
    ]);
    let pairs = pairs(&mut Dice(8));
    let share: f64 = pairs
        .cells
        .iter()
        .filter(|c| c.states[1] == State(1))
        .map(|c| c.probability)
        .sum();
    assert!(share > 0.1 && share < 0.9);
    let wanted = [
        3.0,
        2.5,
        libm::exp(0.2 + 0.125),
        0.4,
        2.0,
        1.5,
        1.25 + 0.375,
        7.5,
        13.0,
        share,
        share * 5.0 + (1.0 - share),
        13.0,
    ];
    for sampling in [Sampling::Plain, Sampling::Latin, Sampling::Sobol] {
        let plan = Plan {
            sampling,
            ..plan(program.clone(), 3, 1 << 17)
        };
        let found = sample(&plan, &pairs);
        assert_eq!(found.rows(), 1 << 17);
        assert!(found.faults.is_empty());
        for (output, wanted) in wanted.iter().enumerate() {
            within(found.mean(output), *wanted, 4.0);
        }
        // Latin draws have exactly half below the mean. This is the normal distribution at 0.05.
        let below = found.share(|row| found.outputs[0][row] < 3.1);
        within(below, 0.519_938_805_838_37, 4.0);
        let deviation = found.all().deviation(0);
        assert!((deviation - 2.0).abs() < 0.03, "{deviation}");
        let quantiles = found.quantiles(1, &[0.05, 0.5, 0.95]);
        for (found, wanted) in quantiles.iter().zip([1.15, 2.5, 3.85]) {
            assert!((found - wanted).abs() < 0.02, "{found} {wanted}");
        }
        let (low, high) = found.all().range(1).unwrap();
        assert!((1.0..1.001).contains(&low) && (3.999..=4.0).contains(&high));
        // Cells come as often as they should, and within one its own law holds.
        for (at, cell) in pairs.cells.iter().enumerate() {
            within(
                found.share(|row| found.cells[row] as usize == at),
                cell.probability,
                4.0,
            );
            let mut mask = vec![false; pairs.cells.len()];
            mask[at] = true;
            let here = f64::from(u8::from(cell.states[1] == State(1)));
            within(found.within(&mask).mean(9), here, 4.0);
        }
        // The inputs that are kept are those of the same rows.
        assert!(found.inputs.iter().all(|i| i.len() == 1000));
        assert_eq!(found.inputs[0][..], found.outputs[0][..1000]);
        assert_eq!(found.inputs[8].len(), 1000);
    }
}

#[test]
fn errors_add_up() {
    let mut d = Draft::default();
    let p = d.number(0.3);
    let draw = d.draw(0, Distribution::Bernoulli(p));
    let normal = d.law(1, Distribution::Normal, 0.0, 1.0);
    let quotient = d.both(Binary::Divide, normal, draw);
    let root = d.unary(Unary::Sqrt, normal);
    let both = d.both(Binary::Add, root, quotient);
    let safe = d.choose(draw, quotient, p);
    let program = d.with(&[quotient, both, safe]);
    let draws = 1 << 17;
    let found = sample(&plan(program, 9, draws), &alone());
    let faults: Vec<(u32, Node, Failure)> = found
        .faults
        .iter()
        .map(|f| (f.output, f.at, f.failure))
        .collect();
    let wanted = [
        (0, quotient, Failure::Division),
        // The root is looked at first.
        (1, quotient, Failure::Division),
        (1, root, Failure::Root),
    ];
    let mut sorted = wanted.to_vec();
    sorted.sort();
    assert_eq!(faults, sorted);
    for fault in &found.faults {
        let share = match (fault.output, fault.failure) {
            (0, _) => 0.7,
            (_, Failure::Root) => 0.5,
            _ => 0.35,
        };
        let error = (share * (1.0 - share) / draws as f64).sqrt();
        assert!((fault.share - share).abs() < 4.0 * error, "{fault:?}");
    }
    let failed = |output: usize| found.outputs[output].iter().filter(|x| x.is_nan()).count();
    assert_eq!(failed(0) as f64 / draws as f64, found.faults[0].share);
    assert_eq!(failed(2), 0);
    // Over the rows that have a value.
    within(found.mean(0), 0.0, 4.0);
    let error = found.mean(0).error.unwrap();
    assert!((error - (1.0 / (0.3 * draws as f64)).sqrt()).abs() < 0.02 * error);
}

#[test]
fn threads_do_not_show() {
    let mut dice = Dice(5);
    for round in 0..9 {
        let sampling = [Sampling::Plain, Sampling::Latin, Sampling::Sobol][round % 3];
        let program = any(&mut dice);
        let pairs = pairs(&mut dice);
        let plan = Plan {
            sampling,
            ..plan(program, round as u64, 1 << 14)
        };
        let found: Vec<String> = [1, 2, 8]
            .map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
                let found = pool.unwrap().install(|| sample(&plan, &pairs));
                let bits = |columns: &[Vec<f64>]| -> Vec<u64> {
                    columns.iter().flatten().map(|x| x.to_bits()).collect()
                };
                let estimates: Vec<_> = (0..3).map(|o| found.mean(o)).collect();
                format!(
                    "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                    bits(&found.outputs),
                    bits(&found.inputs),
                    found.cells,
                    found.drawn,
                    found.faults,
                    found.weights,
                    estimates
                )
            })
            .into();
        assert!(found[0] == found[1] && found[0] == found[2]);
    }
}

#[test]
fn more_draws_leave_the_first_ones_as_they_were() {
    let mut d = Draft::default();
    let normal = d.law(0, Distribution::Normal, 0.0, 1.0);
    let program = d.with(&[normal]);
    let few = sample(&plan(program.clone(), 1, 1 << 13), &alone());
    let many = sample(&plan(program.clone(), 1, 1 << 15), &alone());
    assert_eq!(few.outputs[0][..], many.outputs[0][..1 << 13]);
    let other = sample(&plan(program, 2, 1 << 13), &alone());
    assert_ne!(few.outputs[0], other.outputs[0]);
}

#[test]
fn sampled_probabilities_widen_the_error() {
    let mut d = Draft::default();
    let here = d.is(2, 1);
    let ten = d.number(10.0);
    let value = d.both(Binary::Multiply, here, ten);
    let program = d.with(&[value]);
    let states = |s| vec![State(s)];
    let pairs = Pairs {
        named: vec![Driver(2)],
        cells: vec![
            Cell {
                states: states(0),
                probability: 0.6,
            },
            Cell {
                states: states(1),
                probability: 0.4,
            },
        ],
        groups: vec![vec![0.7, 0.3], vec![0.5, 0.5], vec![0.6, 0.4]],
        ..alone()
    };
    let found = sample(&plan(program, 1, 1), &pairs);
    assert_eq!(found.drawn, Drawn::Exact);
    let mean = found.mean(0);
    close(mean.value, 4.0);
    // Means 3, 5 and 4 by group: variance 1, three groups.
    close(mean.error.unwrap(), (1.0_f64 / 3.0).sqrt());
    // Given the cell nothing is unsure.
    let given = found.within(&[false, true]).mean(0);
    close(given.value, 10.0);
    close(given.error.unwrap(), 0.0);
}

#[test]
fn correlated_draws_are_drawn_and_impossible_ones_refused() {
    use sinario_engine::formula::Site;
    let mut d = Draft::default();
    let half = d.number(0.5);
    let a = d.draw(0, Distribution::Bernoulli(half));
    let b = d.draw(1, Distribution::Bernoulli(half));
    let both = d.both(Binary::Multiply, a, b);
    let mut plan = plan(d.with(&[a, both]), 1, 1 << 16);
    assert_eq!(sample(&plan, &alone()).mean(1).value, 0.25);
    plan.correlations = vec![(Site(0), Site(1), 0.9)];
    let found = sample(&plan, &alone());
    assert!(matches!(found.drawn, Drawn::Sampled { .. }));
    assert_eq!(found.replicates.len(), 16);
    within(found.mean(0), 0.5, 4.0);
    assert!(found.mean(1).value > 0.35, "{:?}", found.mean(1));
    plan.correlations = vec![(Site(0), Site(1), 1.5)];
    assert!(sinario_engine::sample::sample(&plan, &alone(), &Quiet).is_err());
}

#[test]
fn a_sample_takes_no_more_room_than_its_numbers() {
    let mut d = Draft::default();
    let normal = d.law(0, Distribution::Normal, 1.0, 1.0);
    let ten: Vec<Node> = (0..10)
        .map(|n| {
            let n = d.number(f64::from(n));
            d.both(Binary::Add, normal, n)
        })
        .collect();
    let plan = Plan {
        least: 1 << 13,
        ..plan(d.with(&ten), 1, 1 << 17)
    };
    let found = sample(&plan, &alone());
    let room: usize = found.outputs.iter().map(|o| 8 * o.capacity()).sum();
    let room = room + 4 * found.cells.capacity();
    assert!(room <= 84 * (1 << 17) * 11 / 10, "{room}");
}
