//! Options, end to end: worked by hand, and against a plain enumeration of everything that can happen.

mod plain;
mod random;

use crate::reading;
use plain::{Plain, close};
use random::{Dice, Study};
use sinario_reading::choices::{Choices, Choosing, MEASURES, Measure};
use sinario_reading::numbers::FormulaOf;

fn choices(text: &str, change: impl FnOnce(&mut sinario_reading::Ask)) -> Choices {
    let found = reading(text, |ask| {
        ask.choosing = Some(Choosing::default());
        change(ask);
    });
    found.unwrap().choices.unwrap()
}

const UMBRELLA: &str = include_str!("umbrella.toml");

#[test]
fn an_umbrella_is_worked_out_by_hand() {
    let found = choices(UMBRELLA, |_| {});
    assert!(found.drawn.exact);
    // Rain has 0.3. Without: 100 dry, 20 wet. With: 70 either way. Stay: no value.
    let means: Vec<f64> = found.options.iter().map(|o| o.value.mean.value).collect();
    assert!(
        close(means[0], 0.7 * 100.0 + 0.3 * 20.0) && close(means[1], 70.0),
        "{means:?}"
    );
    assert_eq!((found.best, found.unvalued.as_slice()), (0, &[2][..]));
    assert!(
        close(found.options[0].max_regret.0, 50.0) && close(found.options[1].max_regret.0, 30.0)
    );
    assert!(close(found.options[1].best_in.value, 0.3));
    // Knowing the sky: 0.7 · 100 + 0.3 · 70 less 76.
    assert!(close(found.information.everything.value, 15.0));
    assert!(close(found.information.drivers[0].1.gross.value, 15.0));
    // A forecast that says wet with 0.8 when wet and 0.1 when dry, for 2.
    let (_, worth) = &found.information.signposts[0];
    let seen = [0.3 * 0.8, 0.7 * 0.1];
    let with = 70.0 * (seen[0] + seen[1]) + 20.0 * 0.06 + 100.0 * 0.63;
    assert!(close(worth.gross.value, with - 76.0), "{worth:?}");
    assert_eq!(worth.cost, Some(2.0));
    // Two lines cross where 100 − 80 p = 70.
    let even = &found.break_even[0];
    assert_eq!(found.break_even.len(), 1);
    assert!(close(even.best[1].0, 1.0 - 0.375) && even.best[0].1 == 1 && even.best[1].1 == 0);
    // Take it and leave it where the forecast says nothing of rain; or go without, and go back for it for 5.
    let plans: Vec<_> = found
        .plans
        .iter()
        .map(|p| (p.begin, p.switch_to, p.when_seen))
        .collect();
    assert_eq!(
        plans,
        [(1, 0, false), (0, 1, true), (1, 0, true), (0, 1, false)]
    );
    assert!(close(found.plans[0].gain.value, with - 76.0 - 2.0));
    let back = 5.0 * (seen[0] + seen[1]);
    assert!(close(found.plans[1].gain.value, with - back - 76.0 - 2.0));
    assert!(close(found.plans[1].switching, 5.0));
    // It rained.
    let outcome = found.outcome.unwrap();
    assert!(close(outcome.brought[0].mean.value, 20.0) && outcome.best == 1);
    assert!(
        outcome
            .chosen
            .is_some_and(|(c, regret)| c == 0 && close(regret.value, 50.0))
    );
    let regret = MEASURES
        .iter()
        .position(|&m| m == Measure::MinimaxRegret)
        .unwrap();
    assert_eq!(
        [
            found.options[0].ranks[regret],
            found.options[1].ranks[regret]
        ],
        [2, 1]
    );
}

#[test]
fn what_would_be_is_not_held_against_what_was() {
    let wet = parse_state("sky.wet");
    let found = choices(UMBRELLA, |ask| ask.given.push(wet));
    assert!(found.outcome.is_none());
    assert!(close(found.options[0].value.mean.value, 20.0) && found.best == 1);
    let found = choices(UMBRELLA, |ask| ask.held.push(wet));
    assert!(found.outcome.is_none() && found.information.drivers.is_empty());
}

fn parse_state(text: &str) -> sinario_case::StateRef {
    let case = sinario_case::parse(UMBRELLA.as_bytes()).case.unwrap();
    case.find_state(text).unwrap()
}

#[test]
fn random_choices_are_those_of_a_plain_enumeration() {
    for seed in 0..150 {
        let study = Study::new(&mut Dice(seed));
        let found = choices(&study.text(), |_| {});
        let plain = Plain::new(&study);
        assert!(found.drawn.exact, "{}", study.text());
        plain.compare(&study, &found);
    }
}

#[test]
fn drawn_choices_are_near_the_plain_enumeration_and_alike_for_any_number_of_threads() {
    for seed in 0..6 {
        let study = Study::new(&mut Dice(1000 + seed));
        // The same study with every Bernoulli number spread a little, which no enumeration can sum.
        let text = study
            .text()
            .replace("bernoulli(", "uniform(-0.001, 0.001) + bernoulli(");
        let in_pool = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.unwrap().install(|| choices(&text, |_| {}))
        };
        let found = in_pool(1);
        let bits = format!("{found:?}");
        assert!(bits == format!("{:?}", in_pool(2)) && bits == format!("{:?}", in_pool(8)));
        if found.drawn.exact {
            continue;
        }
        let plain = Plain::new(&study);
        for (o, option) in found.options.iter().enumerate() {
            let mean = option.value.mean;
            let error = mean.error.unwrap();
            // The spread moves a mean by what it is multiplied with, far below the error of the draws.
            assert!(
                (mean.value - plain.mean(o)).abs() < 5.0 * error + 0.01,
                "{seed} {o} {mean:?}"
            );
            let regret = option.max_regret.0 - plain.max_regret(&study, o);
            assert!(
                regret.abs() < 1.0 + 0.2 * plain.max_regret(&study, o),
                "{seed} {o} {regret}"
            );
        }
    }
}

#[test]
fn what_fails_is_named_with_its_formula_and_place() {
    let text = UMBRELLA.replace(
        "formula = \"70\"",
        "formula = \"140 / (if sky is wet then 0 else 2)\"",
    );
    let found = choices(&text, |_| {});
    assert_eq!(found.faults.len(), 1);
    let fault = &found.faults[0];
    assert_eq!(fault.of, FormulaOf::Option(1, None));
    assert_eq!(fault.formula, FormulaOf::Quantity(0, None));
    assert!(fault.span.start == 0 && fault.span.end >= "140 / (if sky is wet then 0 else 2".len());
    assert!(close(fault.share, 0.3));
    // Nothing is compared but where both have a value: when it is dry.
    assert!(close(found.options[1].value.defined, 0.7));
    assert!(
        close(found.options[0].value.mean.value, 100.0)
            && close(found.options[0].value.defined, 1.0)
    );
    let nowhere = UMBRELLA.replace("formula = \"70\"", "formula = \"ln(0 - bernoulli(0.5))\"");
    let found = choices(&nowhere, |_| {});
    assert!(found.options[1].value.defined == 0.0 && found.options[1].value.mean.value.is_nan());
    assert!(close(found.faults[0].share, 1.0));
}
