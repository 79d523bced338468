//! Findings about options, worked out from a table of means and deviations by plain sums, so that they agree with each other.

use crate::terminal::reading;
use sinario_case::{DriverId, StateId, StateRef};
use sinario_reading::choices::*;
use sinario_reading::numbers::*;
use sinario_reading::{Ask, Estimate, Reading};
use std::sync::Arc;

pub(crate) const CASE: &str = include_str!("../../data/choices.toml");

/// Expected value of each option in each situation, in millions of won; situations by regard, control, korean.
pub(crate) const MEANS: [[f64; 8]; 4] = [
    [40.0, 310.0, 55.0, 330.0, 35.0, 300.0, 60.0, 345.0],
    [280.0, 60.0, -60.0, -90.0, 270.0, 80.0, -40.0, -70.0],
    [190.0, 170.0, 150.0, 140.0, 185.0, 165.0, 155.0, 150.0],
    [140.0, 120.0, 145.0, 125.0, 135.0, 120.0, 140.0, 130.0],
];
const DEVIATIONS: [f64; 4] = [60.0, 95.0, 45.0, 20.0];
const CHANCES: [f64; 8] = [0.22, 0.10, 0.14, 0.08, 0.18, 0.09, 0.12, 0.07];
const WON: f64 = 1e6;

fn at(d: usize, s: usize) -> StateRef {
    StateRef {
        driver: DriverId(d),
        state: StateId(s),
    }
}

fn states(cell: usize) -> Vec<StateRef> {
    vec![at(0, cell / 4), at(1, cell / 2 % 2), at(2, cell % 2)]
}

fn estimate(value: f64, sampled: bool, share: f64) -> Estimate {
    Estimate {
        value,
        error: sampled.then_some(share),
    }
}

fn amount(mean: f64, deviation: f64, sampled: bool) -> Amount {
    Amount {
        mean: estimate(mean, sampled, deviation / 128.0),
        endless: false,
        deviation,
        quantiles: [-1.645, -0.674, 0.0, 0.674, 1.645].map(|z| mean + z * deviation),
        range: (mean - 4.0 * deviation, mean + 4.0 * deviation),
        defined: 1.0,
    }
}

fn greatest(values: impl Iterator<Item = f64>) -> (usize, f64) {
    values.enumerate().fold(
        (0, f64::NEG_INFINITY),
        |b, (k, v)| if v > b.1 { (k, v) } else { b },
    )
}

/// Ranks of values, the greatest first, ties sharing the better.
fn ranks(values: &[f64]) -> Vec<u32> {
    let above = |v: &f64| values.iter().filter(|w| *w > v).count() as u32 + 1;
    values.iter().map(above).collect()
}

/// What so many options and situations come to.
pub(crate) fn found(options: usize, sampled: bool) -> Choices {
    // The likeliest first.
    let mut order: Vec<usize> = (0..8).collect();
    order.sort_by(|&a, &b| CHANCES[b].total_cmp(&CHANCES[a]));
    let value = |k: usize, c: usize| MEANS[k][c] * WON;
    let mean = |k: usize| (0..8).map(|c| CHANCES[c] * value(k, c)).sum::<f64>();
    let best_at = |c: usize| greatest((0..options).map(|k| value(k, c)));
    let regret = |k: usize, c: usize| best_at(c).1 - value(k, c);
    let (best, most) = greatest((0..options).map(mean));
    let square = |x: f64| x * x;
    let spread = |k: usize| {
        let v: f64 = (0..8)
            .map(|c| CHANCES[c] * square(value(k, c) - mean(k)))
            .sum();
        (v + square(DEVIATIONS[k] * WON)).sqrt()
    };
    let all: Vec<Vec<f64>> = (0..options)
        .map(|k| (0..8).map(|c| value(k, c)).collect())
        .collect();
    let worst = |v: &[f64]| v.iter().copied().fold(f64::INFINITY, f64::min);
    let top = |v: &[f64]| v.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let measures: Vec<Vec<f64>> = (0..options)
        .map(|k| {
            let v = &all[k];
            let sorrow = (0..8).map(|c| regret(k, c)).fold(0.0, f64::max);
            let average = v.iter().sum::<f64>() / 8.0;
            vec![
                worst(v),
                top(v),
                (worst(v) + top(v)) / 2.0,
                average,
                -sorrow,
                -0.9 * sorrow,
                average / spread(k),
                -DEVIATIONS[k],
                if k == 0 { 0.4 } else { -0.1 * k as f64 },
                // Not defined for the second option.
                if k == 1 { f64::NAN } else { k as f64 },
                // Two share the first place.
                if k >= 2 { 1.0 } else { 0.5 },
            ]
        })
        .collect();
    let by_measure: Vec<Vec<u32>> = (0..11)
        .map(|m| {
            let of: Vec<f64> = measures.iter().map(|v| v[m]).collect();
            let known: Vec<f64> = of
                .iter()
                .map(|v| if v.is_nan() { f64::NEG_INFINITY } else { *v })
                .collect();
            ranks(&known)
                .iter()
                .zip(&of)
                .map(|(r, v)| if v.is_nan() { 0 } else { *r })
                .collect()
        })
        .collect();
    let fails = |k: usize| Fails {
        below: Some(0.0),
        regret: None,
        share: [0.12, 0.31, 0.0, 0.02][k],
        limits: match k {
            0 => vec![Limit {
                cause: Cause::Driver(DriverId(2)),
                states: vec![at(2, 0)],
                range: (f64::NEG_INFINITY, f64::INFINITY),
                chance: 1e-9,
            }],
            1 => vec![
                Limit {
                    cause: Cause::Driver(DriverId(1)),
                    states: vec![at(1, 1)],
                    range: (f64::NEG_INFINITY, f64::INFINITY),
                    chance: 1e-12,
                },
                Limit {
                    cause: Cause::Quantity(0, 0),
                    states: Vec::new(),
                    range: (f64::NEG_INFINITY, 5.12e8),
                    chance: 3e-4,
                },
                Limit {
                    cause: Cause::Quantity(1, 0),
                    states: Vec::new(),
                    range: (5e7, 1.1e8),
                    chance: 0.02,
                },
            ],
            _ => Vec::new(),
        },
        coverage: [0.98, 0.755, 0.0, 0.0][k],
        density: [0.2, 0.77, 0.0, 0.0][k],
        mass: [0.66, 0.3, 0.0, 0.0][k],
        trajectory: vec![
            (1.0, 0.31, 1.0, 0),
            (0.9, 0.6, 0.46, 1),
            (0.755, 0.77, 0.3, 3),
        ],
    };
    let options_found: Vec<OptionFound> = (0..options)
        .map(|k| {
            let shares = (0..8)
                .filter(|&c| best_at(c).0 == k)
                .map(|c| CHANCES[c])
                .sum::<f64>();
            let sorrow = greatest((0..8).map(|c| regret(k, c)));
            OptionFound {
                option: k,
                value: amount(mean(k), spread(k), sampled),
                shape: Shape {
                    bins: vec![(0.0, 1e8, 0.5), (1e8, 2e8, 0.4)],
                    below: 0.1,
                    above: 0.0,
                    density: Vec::new(),
                    values: Vec::new(),
                },
                shortfall: mean(k) - 2.06 * spread(k),
                best_in: estimate(shares, sampled, 0.004),
                by_situation: order
                    .iter()
                    .enumerate()
                    .map(|(i, &c)| {
                        (i != 7 || !sampled)
                            .then(|| amount(value(k, c), DEVIATIONS[k] * WON, sampled))
                    })
                    .collect(),
                regret: order.iter().map(|&c| regret(k, c)).collect(),
                max_regret: (sorrow.1, states(sorrow.0)),
                robust: [0.31, 0.42, 0.88, 0.63][k],
                measures: measures[k].clone(),
                ranks: by_measure.iter().map(|m| m[k]).collect(),
                fails: Some(fails(k)),
            }
        })
        .collect();
    // Learning the nth driver: the best of each state, less the best of all.
    let learn = |d: usize| {
        let bit = |c: usize| states(c)[d].state.0;
        let outcomes: Vec<(f64, usize, Vec<f64>)> = (0..2)
            .map(|s| {
                let p: f64 = (0..8).filter(|&c| bit(c) == s).map(|c| CHANCES[c]).sum();
                let then = |k: usize| {
                    (0..8)
                        .filter(|&c| bit(c) == s)
                        .map(|c| CHANCES[c] * value(k, c))
                        .sum::<f64>()
                        / p
                };
                let values: Vec<f64> = (0..options).map(then).collect();
                (p, greatest(values.iter().copied()).0, values)
            })
            .collect();
        let gross = outcomes.iter().map(|o| o.0 * o.2[o.1]).sum::<f64>() - most;
        Worth {
            gross: estimate(gross.max(0.0), sampled, 3e5),
            cost: None,
            outcomes,
        }
    };
    let everything: f64 = (0..8).map(|c| CHANCES[c] * best_at(c).1).sum::<f64>() - most;
    let mut drivers: Vec<(DriverId, Worth)> = (0..3).map(|d| (DriverId(d), learn(d))).collect();
    drivers.sort_by(|a, b| b.1.gross.value.total_cmp(&a.1.gross.value));
    let signpost = |s: usize, share: f64, cost: Option<f64>| {
        let of = learn([0, 2, 1][s]);
        let gross = estimate(of.gross.value * share, sampled, 2e5);
        (s, Worth { gross, cost, ..of })
    };
    let signposts = vec![
        signpost(1, 0.4, None),
        signpost(2, 0.15, Some(3e7)),
        signpost(0, 0.3, Some(2e6)),
    ];
    let now = |d: usize, s: usize| Estimate {
        value: (0..8)
            .filter(|&c| states(c)[d].state.0 == s)
            .map(|c| CHANCES[c])
            .sum(),
        error: None,
    };
    let last = options - 1;
    let mut break_even = vec![
        BreakEven {
            state: at(2, 1),
            now: now(2, 1),
            best: vec![(0.0, last.min(2)), (0.38, 0)],
        },
        BreakEven {
            state: at(1, 0),
            now: now(1, 0),
            best: vec![(0.0, 0), (0.21, last.min(2)), (0.83, last.min(1))],
        },
        BreakEven {
            state: at(0, 0),
            now: now(0, 0),
            best: vec![(0.0, best)],
        },
    ];
    let mut plans = vec![
        Plan {
            begin: last.min(2),
            signpost: 1,
            when_seen: true,
            switch_to: 0,
            value: estimate(1.93e8, sampled, 4e5),
            gain: estimate(1.9e7, sampled, 3e5),
            switching: 4.2e7,
        },
        Plan {
            begin: 0,
            signpost: 0,
            when_seen: false,
            switch_to: last,
            value: estimate(1.51e8, sampled, 4e5),
            gain: estimate(-8.3e6, sampled, 3e5),
            switching: 0.0,
        },
    ];
    if options < 2 {
        break_even.clear();
        plans.clear();
        drivers.clear();
    }
    Choices {
        drawn: DrawnFound {
            exact: !sampled,
            rows: if sampled { 65_536 } else { 8 },
            sampling: Sampling::Sobol,
            reached: true,
            precision: 0.004,
            belief_sampled: false,
        },
        choosing: Choosing::default(),
        unit: Some(sinario_case::Text {
            by_lang: [("ko", "원"), ("en", "won")]
                .map(|(l, w)| (l.into(), w.into()))
                .into(),
        }),
        named: (0..3).map(DriverId).collect(),
        situations: order
            .iter()
            .map(|&c| Situation {
                states: states(c),
                probability: estimate(CHANCES[c], false, 0.0),
                consistent: Vec::new(),
            })
            .collect(),
        of_situations: 8,
        options: options_found,
        unvalued: if options == 4 { vec![4] } else { Vec::new() },
        best,
        close: None,
        break_even,
        information: Information {
            everything: estimate(everything * 1.08, sampled, 4e5),
            situation: estimate(everything, sampled, 4e5),
            drivers,
            signposts: if options < 2 { Vec::new() } else { signposts },
            tests: Vec::new(),
        },
        plans,
        outcome: Some(Outcome {
            known: vec![at(1, 0)],
            unknown: vec![DriverId(0), DriverId(2)],
            brought: (0..options)
                .map(|k| amount(mean(k) * 1.1, spread(k), sampled))
                .collect(),
            chosen: None,
            best,
        }),
        faults: match sampled {
            true => vec![FaultFound {
                of: FormulaOf::Option(3.min(last), None),
                formula: FormulaOf::Option(3, None),
                span: 0..11,
                failure: Failure::Logarithm,
                share: 0.0123,
            }],
            false => Vec::new(),
        },
    }
}

/// The case with these findings.
pub(crate) fn with(found: Choices) -> Reading {
    let mut reading = reading(CASE.as_bytes(), Ask::default());
    reading.choices = Some(found);
    reading
}

/// Names so long that no column holds them, as many situations as are ever listed, ties, and nothing worth knowing.
pub(crate) fn long() -> Reading {
    let mut found = found(4, true);
    found.situations.extend_from_within(..4);
    found.of_situations = 64;
    for o in &mut found.options {
        o.by_situation.extend_from_within(..4);
        o.regret.extend_from_within(..4);
        o.ranks = vec![1; 11];
    }
    found.close = Some((found.best + 1) % 4);
    found.drawn.reached = false;
    let nothing = |w: &mut Worth| w.gross.value = 0.0;
    found
        .information
        .drivers
        .iter_mut()
        .for_each(|d| nothing(&mut d.1));
    found
        .information
        .signposts
        .iter_mut()
        .for_each(|d| nothing(&mut d.1));
    found.information.everything.value = 0.0;
    found.information.situation.value = 0.0;
    let mut reading = with(found);
    let mut case = (*reading.case).clone();
    for (k, option) in case.options.iter_mut().enumerate() {
        let by = &mut option.name.text.by_lang;
        by.insert(
            "ko".into(),
            format!("{k}번째 선택지이며 이름이 아주 길어서 어느 칸에도 다 들어가지 않는 과정 짓기"),
        );
        by.insert("en".into(), format!("Option number {k}, whose considerable designation disregards the neighbourhood of every column"));
        option.name.say = None;
    }
    // The mind's own pictures are tried elsewhere.
    for driver in &mut case.drivers[1..] {
        for state in &mut driver.states {
            for (lang, more) in [
                ("ko", " 그리고 모두가 오래도록 기다려 온 아주 커다란 변화"),
                (
                    "en",
                    " and considerable disappointment all over the neighbourhood",
                ),
            ] {
                if let Some(text) = state.name.text.by_lang.get_mut(lang) {
                    text.push_str(more);
                }
            }
        }
    }
    reading.case = Arc::new(case);
    reading
}
