//! Decisions with published answers.

use super::{near, one_each, pairs};
use sinario_engine::choice::{Judging, Look, MEASURES, Measure, Table, measures, ranks};

/// Raiffa 1968, Decision Analysis: the oil wildcatter. Dry, wet, soaking; drill or not; a seismic test that costs 10
/// finds no, an open or a closed structure.
#[test]
fn the_oil_wildcatter() {
    let p = [0.5, 0.3, 0.2];
    let test = vec![
        vec![0.6, 0.3, 0.1],
        vec![0.3, 0.4, 0.4],
        vec![0.1, 0.3, 0.5],
    ];
    let pairs = pairs(&p, &[test]);
    let sample = one_each(&p, &[&[-70.0, 50.0, 200.0], &[0.0, 0.0, 0.0]]);
    let table = Table::new(&sample, &pairs, 0..2, &[]).unwrap();
    near(table.mean(0).value, 20.0);
    assert_eq!((table.best(), table.mean(0).error), (0, None));
    let test = table.worth(&pairs.joint[0]);
    near(test.gross.value, 12.5);
    near(table.mean(0).value + test.gross.value - 10.0, 22.5);
    assert_eq!(test.gross.error, None);
    let choices: Vec<usize> = test.outcomes.iter().map(|o| o.best).collect();
    assert_eq!(choices, [1, 0, 0]);
    near(test.outcomes[2].probability, 0.05 + 0.09 + 0.10);
    near(test.outcomes[2].values[0], (-3.5 + 4.5 + 20.0) / 0.24);
    near(table.everything().value, 35.0);
    near(table.situation(&table.situations()).value, 35.0);
}

/// Hillier and Lieberman, Introduction to Operations Research: Goferbroke. Oil or dry; drill or sell; a survey that
/// costs 30.
#[test]
fn goferbroke() {
    let p = [0.25, 0.75];
    let survey = vec![vec![0.6, 0.2], vec![0.4, 0.8]];
    let oil = vec![vec![1.0, 0.0], vec![0.0, 1.0]];
    let pairs = pairs(&p, &[survey, oil]);
    let sample = one_each(&p, &[&[700.0, -100.0], &[90.0, 90.0]]);
    let table = Table::new(&sample, &pairs, 0..2, &[]).unwrap();
    near(table.mean(0).value, 100.0);
    near(table.everything().value, 142.5);
    let survey = table.worth(&pairs.joint[0]);
    near(survey.gross.value, 53.0);
    near(table.mean(0).value + survey.gross.value - 30.0, 123.0);
    // What drilling brings is 800 times the probability of oil, less 100.
    near(survey.outcomes[0].values[0], 800.0 * 0.5 - 100.0);
    near(survey.outcomes[1].values[0], 800.0 / 7.0 - 100.0);
    assert_eq!((survey.outcomes[0].best, survey.outcomes[1].best), (0, 1));
    let hangs = table.break_even(&pairs.joint[1]);
    let pieces: Vec<(f64, usize)> = hangs[0].best.iter().map(|p| (p.from, p.option)).collect();
    assert_eq!((hangs.len(), pieces.len()), (2, 2));
    assert_eq!((pieces[0], pieces[1].1), ((0.0, 1), 0));
    near(pieces[1].0, 0.2375);
    near(hangs[0].now.value, 0.25);
    near(hangs[0].distance(), 0.0125);
    near(hangs[1].best[1].from, 1.0 - 0.2375);
    let values = table.situations().values();
    let judging = Judging {
        optimism: 0.5,
        enough: None,
    };
    let maximin: Vec<f64> = measures(&values, &judging).iter().map(|m| m[0]).collect();
    assert_eq!(ranks(Measure::Maximin, &maximin), [2, 1]);
    // The survey as a plan: sell, but drill where it is favourable; or drill, but sell where it is not. Here both are
    // the same, and bring what the survey is worth.
    let plans = table.plans(&[Look {
        joint: &pairs.joint[0],
        cost: 30.0,
    }]);
    assert_eq!(plans.len(), 4);
    near(plans[0].gain.value, 23.0);
    near(plans[1].gain.value, 23.0);
    near(plans[0].value.value, 153.0);
    let mut first = [&plans[0], &plans[1]].map(|p| (p.begin, p.outcome, p.switch_to));
    first.sort_unstable();
    assert_eq!(first, [(0, 1, 1), (1, 0, 0)]);
}

/// The umbrella (Shachter's weather network): sunny, cloudy or rainy forecast.
#[test]
fn the_umbrella() {
    let p = [0.7, 0.3];
    let forecast = vec![vec![0.7, 0.15], vec![0.2, 0.25], vec![0.1, 0.6]];
    let pairs = pairs(&p, &[forecast]);
    let sample = one_each(&p, &[&[20.0, 70.0], &[100.0, 0.0]]);
    let table = Table::new(&sample, &pairs, 0..2, &[]).unwrap();
    near(table.mean(table.best()).value, 70.0);
    let forecast = table.worth(&pairs.joint[0]);
    near(forecast.gross.value, 7.0);
    let choices: Vec<usize> = forecast.outcomes.iter().map(|o| o.best).collect();
    assert_eq!(choices, [1, 1, 0]);
    near(table.everything().value, 21.0);
}

/// A contractor: nothing, expand, subcontract; three demands of which only the ends matter.
#[test]
fn the_contractor_by_five_criteria() {
    let values = [vec![50.0, 60.0], vec![20.0, 80.0], vec![40.0, 70.0]];
    let judging = Judging {
        optimism: 0.5,
        enough: None,
    };
    let all = measures(&values, &judging);
    let want = [
        (Measure::Laplace, [55.0, 50.0, 55.0], 0),
        (Measure::Maximin, [50.0, 20.0, 40.0], 0),
        (Measure::Maximax, [60.0, 80.0, 70.0], 1),
        (Measure::Hurwicz, [55.0, 50.0, 55.0], 0),
        (Measure::MinimaxRegret, [20.0, 30.0, 10.0], 2),
    ];
    for (measure, want, choice) in want {
        let at = MEASURES.iter().position(|&m| m == measure).unwrap();
        let found: Vec<f64> = all.iter().map(|m| m[at]).collect();
        assert_eq!(found, want, "{measure:?}");
        assert_eq!(ranks(measure, &found)[choice], 1, "{measure:?}");
    }
    assert_eq!(ranks(Measure::Laplace, &[55.0, 50.0, 55.0]), [1, 3, 1]);
    // The same through a table.
    let p = [0.5, 0.5];
    let sample = one_each(&p, &[&[50.0, 60.0], &[20.0, 80.0], &[40.0, 70.0]]);
    let table = Table::new(&sample, &pairs(&p, &[]), 0..3, &[]).unwrap();
    let situations = table.situations();
    assert_eq!(situations.values(), values);
    assert_eq!(situations.minimax(), Some(2));
    let most = situations.max_regret().unwrap();
    let most: Vec<(f64, usize)> = most.iter().map(|(r, c)| (r.value, *c)).collect();
    assert_eq!(most, [(20.0, 1), (30.0, 0), (10.0, 0)]);
    assert_eq!(situations.breadth(), 60.0);
}

/// p* = c/(b + c) for all costs and benefits.
#[test]
fn two_options_break_even_at_cost_over_cost_and_benefit() {
    for (benefit, cost) in [(1.0, 1.0), (3.0, 1.0), (2.0, 7.0), (0.25, 40.0)] {
        for p in [0.1, 0.5, 0.83] {
            let p = [p, 1.0 - p];
            let pairs = pairs(&p, &[vec![vec![1.0, 0.0], vec![0.0, 1.0]]]);
            let sample = one_each(&p, &[&[benefit, -cost], &[0.0, 0.0]]);
            let table = Table::new(&sample, &pairs, 0..2, &[]).unwrap();
            let hangs = table.break_even(&pairs.joint[0]);
            near(hangs[0].best[1].from, cost / (benefit + cost));
            near(hangs[0].now.value, p[0]);
            assert_eq!((hangs[0].best[0].option, hangs[0].best[1].option), (1, 0));
        }
    }
}
