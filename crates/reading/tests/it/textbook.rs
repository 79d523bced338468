//! Decisions whose answers stand in textbooks: the examples that ship, to nine decimal places where nothing is drawn.

use sinario_reading::choices::{Choices, Choosing, MEASURES, Measure, Worth};
use sinario_reading::numbers::Numbers;
use sinario_reading::{Ask, Quiet, Reading, read};

fn example(name: &str) -> Reading {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/textbook/");
    let file = std::fs::read(format!("{folder}{name}/case.toml")).unwrap();
    let parsed = sinario_case::parse(&file);
    let case = parsed
        .case
        .unwrap_or_else(|| panic!("{:?}", parsed.diagnostics));
    let ask = Ask {
        numbers: true,
        choosing: Some(Choosing::default()),
        ..Ask::default()
    };
    read(case, ask, &Quiet).unwrap()
}

fn choices(reading: &Reading) -> &Choices {
    let found = reading.choices.as_ref().unwrap();
    assert!(found.drawn.exact && !found.drawn.belief_sampled);
    found
}

/// Exact: the number, to 1e-9, without an error.
#[track_caller]
fn is(found: sinario_reading::Estimate, want: f64) {
    assert!(
        (found.value - want).abs() < 1e-9,
        "{} for {want}",
        found.value
    );
    assert_eq!(found.error, None);
}

/// The option of the file that a position of the found ones stands for.
fn name(reading: &Reading, option: usize) -> &str {
    let found = choices(reading);
    &reading.case.options[found.options[option].option].id
}

fn after<'a>(reading: &'a Reading, worth: &Worth) -> Vec<&'a str> {
    worth.outcomes.iter().map(|o| name(reading, o.1)).collect()
}

#[test]
fn the_oil_wildcatter_tests_before_drilling() {
    let reading = example("oil-wildcatter");
    let found = choices(&reading);
    assert_eq!(name(&reading, found.best), "drill");
    is(found.options[0].value.mean, 20.0);
    is(found.information.everything, 35.0);
    let (_, test) = &found.information.tests[0];
    is(test.gross, 12.5);
    assert_eq!(after(&reading, test), ["drill", "drill", "leave"]);
    let with_test = 20.0 + test.gross.value - test.cost.unwrap();
    assert!((with_test - 22.5).abs() < 1e-9);
    let chances: Vec<f64> = test.outcomes.iter().map(|o| o.0).collect();
    for (chance, want) in chances.iter().zip([0.24, 0.35, 0.41]) {
        assert!((chance - want).abs() < 1e-9);
    }
}

#[test]
fn goferbroke_has_the_land_surveyed() {
    let reading = example("goferbroke");
    let found = choices(&reading);
    is(found.options[0].value.mean, 100.0);
    is(found.options[1].value.mean, 90.0);
    is(found.information.everything, 142.5);
    let (_, survey) = &found.information.signposts[0];
    is(survey.gross, 53.0);
    assert_eq!(after(&reading, survey), ["drill", "sell"]);
    let net = 100.0 + survey.gross.value - survey.cost.unwrap();
    assert!((net - 123.0).abs() < 1e-9);
    // The best plan is the same policy, and says the same gain.
    assert!((found.plans[0].gain.value - 23.0).abs() < 1e-9);
    // P(oil | not favourable), P(oil | favourable) give the options' values then.
    let given = |k: usize| survey.outcomes[k].2[0];
    let oil = |value: f64| (value + 100.0) / 800.0;
    assert!((oil(given(0)) - 0.5).abs() < 1e-9);
    assert!((oil(given(1)) - 1.0 / 7.0).abs() < 1e-9);
    let even = &found.break_even[0];
    let from = |k: usize| (even.best[k].0, name(&reading, even.best[k].1));
    assert_eq!(from(0), (0.0, "sell"));
    assert!((from(1).0 - 0.2375).abs() < 1e-9 && from(1).1 == "drill");
    let maximin = MEASURES
        .iter()
        .position(|m| *m == Measure::Maximin)
        .unwrap();
    assert_eq!(
        (
            found.options[1].ranks[maximin],
            found.options[1].measures[maximin]
        ),
        (1, 90.0)
    );
}

#[test]
fn a_forecast_is_worth_seven_to_whoever_may_take_an_umbrella() {
    let reading = example("umbrella");
    let found = choices(&reading);
    is(found.options[found.best].value.mean, 70.0);
    is(found.information.everything, 21.0);
    let (_, forecast) = &found.information.tests[0];
    is(forecast.gross, 7.0);
    assert_eq!(after(&reading, forecast), ["leave", "leave", "take"]);
}

#[test]
fn being_able_to_wait_is_worth_as_much_as_trigeorgis_says() {
    let reading = example("option-to-defer");
    let found = choices(&reading);
    is(found.options[0].value.mean, -4.0);
    is(found.options[1].value.mean, 25.066_666_666_666_666);
    assert_eq!(name(&reading, found.best), "wait");
}

#[test]
fn five_criteria_choose_three_different_options() {
    let reading = example("five-criteria");
    let found = choices(&reading);
    let of = |measure: Measure| {
        let at = MEASURES.iter().position(|m| *m == measure).unwrap();
        let values: Vec<f64> = found.options.iter().map(|o| o.measures[at]).collect();
        let first: Vec<&str> = (0..3)
            .filter(|&o| found.options[o].ranks[at] == 1)
            .map(|o| name(&reading, o))
            .collect();
        (values, first)
    };
    assert_eq!(
        of(Measure::Laplace),
        (vec![55.0, 50.0, 55.0], vec!["nothing", "subcontract"])
    );
    assert_eq!(
        of(Measure::Maximin),
        (vec![50.0, 20.0, 40.0], vec!["nothing"])
    );
    assert_eq!(
        of(Measure::Maximax),
        (vec![60.0, 80.0, 70.0], vec!["expand"])
    );
    assert_eq!(
        of(Measure::Hurwicz),
        (vec![55.0, 50.0, 55.0], vec!["nothing", "subcontract"])
    );
    assert_eq!(
        of(Measure::MinimaxRegret),
        (vec![20.0, 30.0, 10.0], vec!["subcontract"])
    );
    let most: Vec<f64> = found.options.iter().map(|o| o.max_regret.0).collect();
    assert_eq!(most, [20.0, 30.0, 10.0]);
}

#[test]
fn intervals_have_the_moments_that_they_stand_for() {
    let reading = example("ninety-percent");
    let found: &Numbers = reading.numbers.as_ref().unwrap();
    assert!(!found.drawn.exact);
    let moments = [
        (
            7.071_067_811_865_476,
            7.229_783_732_289_855,
            1.540_392_868_192_814_5,
        ),
        (
            100.000_000_000_000_04,
            5_036.442_775_241_109,
            253_607.555_333_953_47,
        ),
        (
            0.044_721_359_549_995_8,
            0.067_699_714_908_023_22,
            0.076_940_530_885_115_39,
        ),
        (
            173.205_080_756_887_75,
            183.137_842_815_744_25,
            62.905_200_705_430_25,
        ),
    ];
    for (of, (median, mean, sd)) in found.quantities.iter().zip(moments) {
        let rows = found.drawn.rows as f64;
        let amount = &of.overall;
        // The standard error of a mean that is known, not the one that the draws say.
        let error = sd / libm::sqrt(rows);
        assert!((amount.mean.value - mean).abs() < 4.0 * error, "{amount:?}");
        // That of a lognormal median is √(π/2) · σ · median / √n.
        let sigma = libm::sqrt(2.0 * libm::log(mean / median));
        let error = 1.2533 * sigma * median / libm::sqrt(rows);
        assert!(
            (amount.quantiles[2] - median).abs() < 4.0 * error,
            "{amount:?}"
        );
    }
    let nothing = &found.quantities[4].overall;
    assert_eq!((nothing.range, nothing.mean.value), ((0.0, 0.0), 0.0));
    let (low, high) = found.quantities[5].overall.range;
    assert!(1.0 - low <= f64::EPSILON && high - 1.0 <= f64::EPSILON);
}
