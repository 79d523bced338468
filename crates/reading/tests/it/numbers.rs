//! Quantities, end to end.

use crate::reading;
use sinario_case::parse;
use sinario_reading::Ask;
use sinario_reading::choices::Choosing;
use sinario_reading::numbers::{Cause, Failure, FormulaOf, Numbers, Sampling};

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

fn numbers(text: &str, change: impl FnOnce(&mut Ask)) -> Numbers {
    let found = reading(text, |ask| {
        ask.numbers = true;
        change(ask);
    });
    found.unwrap().numbers.unwrap()
}

/// A sky and a mind that have nothing to do with each other.
const HEAD: &str = r#"
sinario = 1
title = "Numbers"
[actors.a]
[drivers.sky]
states = { dry = "Dry", wet = "Wet" }
prior = { dry = 0.7, wet = 0.3 }
[drivers.mind]
kind = "mind"
actor = "a"
states = { calm = "Calm", cross = "Cross" }
prior = { calm = 0.999, cross = 0.001 }
[drivers.unseen]
states = { a = "A", b = "B" }
"#;

fn study(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

#[test]
fn what_takes_few_values_is_summed_by_hand() {
    let text = study(
        r#"
[quantities.twice]
formula = "2 * people"
[quantities.people]
formula = "10 + 5 * bernoulli(0.5)"
when = { "sky.wet" = "4" }
"#,
    );
    let found = numbers(&text, |_| {});
    assert!(found.drawn.exact && found.drawn.reached && found.faults.is_empty());
    assert_eq!(found.drawn.rows, 3);
    // 10 and 15 with 0.35 each, 4 with 0.3; named before it stands in the file.
    let [twice, people] = &found.quantities[..] else {
        panic!("two quantities")
    };
    let mean = 0.35 * 10.0 + 0.35 * 15.0 + 0.3 * 4.0;
    assert!(near(people.overall.mean.value, mean) && people.overall.mean.error.is_none());
    assert!(near(twice.overall.mean.value, 2.0 * mean));
    let square: f64 = 0.35 * 100.0 + 0.35 * 225.0 + 0.3 * 16.0;
    assert!(near(
        people.overall.deviation,
        (square - mean * mean).sqrt()
    ));
    assert_eq!(people.overall.range, (4.0, 15.0));
    assert_eq!(people.overall.quantiles, [4.0, 4.0, 10.0, 15.0, 15.0]);
    assert_eq!(people.shape.values.len(), 3);
    assert!(near(people.shape.values[0].1, 0.3) && people.shape.density.is_empty());
    // Only what a formula looks at makes situations.
    assert_eq!((found.named.len(), found.of_situations), (1, 2));
    assert!(near(found.situations[0].probability.value, 0.7));
    assert!(near(
        people.by_situation[0].as_ref().unwrap().mean.value,
        12.5
    ));
    let (driver, states) = &twice.by_state[0];
    assert_eq!((driver.0, states.len()), (0, 2));
    assert!(near(states[1].as_ref().unwrap().mean.value, 8.0));
    // Var(E[people | sky]) = 0.7 · 0.3 · 8.5², of Var(people) = 0.7 · 2.5² more.
    let of_sky = 0.21 * 72.25;
    let first = people
        .drives
        .iter()
        .find(|d| d.cause == Cause::Driver(*driver));
    assert!(near(
        first.unwrap().first.value,
        of_sky / (of_sky + 0.7 * 6.25)
    ));
    assert!(
        people
            .drives
            .iter()
            .any(|d| d.cause == Cause::Quantity(1, 0))
    );
}

#[test]
fn what_is_learnt_or_done_moves_the_numbers() {
    let text = study("[quantities.people]\nformula = \"if sky is wet then 1 else 0\"\n");
    let case = parse(text.as_bytes()).case.unwrap();
    let wet = case.find_state("sky.wet").unwrap();
    let mean = |change: &dyn Fn(&mut Ask)| {
        let found = numbers(&text, change);
        found.quantities[0].overall.mean.value
    };
    assert!(near(mean(&|_| {}), 0.3));
    assert!(near(mean(&|ask| ask.given.push(wet)), 1.0));
    assert!(near(mean(&|ask| ask.held.push(wet)), 1.0));
    let found = numbers(&text, |ask| ask.held.push(wet));
    assert!(
        found.quantities[0].by_state[0].1[0].is_none(),
        "dry cannot be"
    );
}

#[test]
fn an_interval_is_drawn_with_its_error() {
    let text = study("[quantities.cost]\nformula = \"10 to 20\"\n");
    for sampling in [Sampling::Plain, Sampling::Latin, Sampling::Sobol] {
        let found = numbers(&text, |ask| ask.drawing.sampling = sampling);
        assert!(!found.drawn.exact && found.drawn.reached && found.drawn.sampling == sampling);
        let cost = &found.quantities[0];
        let (mu, sigma) = (
            libm::log(200.0) / 2.0,
            libm::log(2.0) / 2.0 / 1.644_853_626_951_472_7,
        );
        let mean = libm::exp(mu + sigma * sigma / 2.0);
        let error = cost.overall.mean.error.unwrap();
        assert!(error <= 0.005 * mean && (cost.overall.mean.value - mean).abs() < 5.0 * error);
        assert!(
            (cost.overall.quantiles[0] - 10.0).abs() < 0.2,
            "{:?}",
            cost.overall
        );
        assert!((cost.overall.quantiles[4] - 20.0).abs() < 0.4);
        assert!((cost.drives[0].first.value - 1.0).abs() < 0.02);
        assert!(cost.drives[0].rank.unwrap() > 0.999);
        assert!(cost.shape.density.len() > 10 && cost.by_state.is_empty());
    }
}

#[test]
fn a_rare_state_is_drawn_for_itself() {
    let text = study(
        "[quantities.anger]\nformula = \"1 to 2\"\nwhen = { \"mind.cross\" = \"100 to 200\" }\n",
    );
    let found = numbers(&text, |_| {});
    let anger = &found.quantities[0];
    let states = &anger.by_state[0].1;
    let (calm, cross) = (states[0].as_ref().unwrap(), states[1].as_ref().unwrap());
    // Some sixteen of the draws are cross; both formulas draw at one site.
    assert!((calm.quantiles[2] - 2_f64.sqrt()).abs() < 0.03, "{calm:?}");
    assert!(
        (cross.quantiles[2] / 100.0 - 2_f64.sqrt()).abs() < 0.05,
        "{cross:?}"
    );
    let sites = anger
        .drives
        .iter()
        .filter(|d| matches!(d.cause, Cause::Quantity(..)));
    assert_eq!(sites.count(), 1);
}

#[test]
fn a_distribution_does_not_take_the_credit_of_the_driver_that_chooses_it() {
    let text = study(
        "[quantities.cash]\nformula = \"uniform(0, 2)\"\nwhen = { \"sky.wet\" = \"uniform(10, 12)\" }\n",
    );
    let found = numbers(&text, |_| {});
    let drives = &found.quantities[0].drives;
    // Between the two: 0.3 · 0.7 · 10²; within each: 2²/12, whichever it is.
    let whole = 21.0 + 1.0 / 3.0;
    assert!(matches!(drives[0].cause, Cause::Driver(_)));
    assert!(
        (drives[0].first.value - 21.0 / whole).abs() < 0.01,
        "{drives:?}"
    );
    assert!(
        (drives[1].first.value - 1.0 / 3.0 / whole).abs() < 0.02,
        "{drives:?}"
    );
}

#[test]
fn what_fails_is_told_with_its_place() {
    let text = study(
        "[quantities.a]\nformula = \"1\"\nwhen = { \"sky.wet\" = \"2 + ln(0 - bernoulli(0.5))\" }\n[quantities.b]\nformula = \"3 * a\"\n",
    );
    let found = numbers(&text, |_| {});
    let told: Vec<_> = found
        .faults
        .iter()
        .map(|f| (f.of, f.formula, f.span.clone()))
        .collect();
    let place = (FormulaOf::Quantity(0, Some(0)), 4..26);
    let of = |q| (FormulaOf::Quantity(q, None), place.0, place.1.clone());
    assert_eq!(told, [of(0), of(1)]);
    assert!(
        found
            .faults
            .iter()
            .all(|f| near(f.share, 0.3) && f.failure == Failure::Logarithm)
    );
    assert!(near(found.quantities[1].overall.defined, 0.7));
    assert!(near(found.quantities[1].overall.mean.value, 3.0));
    let wet = found.quantities[0].by_state[0].1[1].as_ref().unwrap();
    assert!(wet.defined == 0.0 && wet.mean.value.is_nan());
}

const BOTH: &str = r#"
[quantities.price]
formula = "10 to 20"
[quantities.sold]
formula = "5 to 9"
when = { "sky.wet" = "2 to 3" }
[options.shop]
value = "price * sold - 50"
[options.rest]
value = "normal(30, 10)"
"#;

#[test]
fn quantities_and_options_are_read_off_the_same_rows_whatever_is_asked() {
    let text = study(BOTH);
    let alone = numbers(&text, |_| {});
    let together = reading(&text, |ask| {
        ask.numbers = true;
        ask.choosing = Some(Choosing::default());
        (ask.probabilities, ask.futures) = (false, false);
    });
    let together = together.unwrap();
    // Which consistent futures fall into a situation is known only where they were asked for.
    let plain = |n: &Numbers| format!("{:?} {:?}", n.drawn, n.quantities);
    assert_eq!(plain(&alone), plain(&together.numbers.unwrap()));
    assert!(alone.situations.iter().any(|s| !s.consistent.is_empty()));
    let choices = reading(&text, |ask| ask.choosing = Some(Choosing::default()));
    let choices = choices.unwrap().choices.unwrap();
    let of = |c: &sinario_reading::choices::Choices| format!("{:?}", c.options);
    assert_eq!(of(&choices), of(&together.choices.unwrap()));
    assert!(
        reading(&text, |_| {}).unwrap().numbers.is_none(),
        "only what is asked"
    );
}

#[test]
fn the_numbers_do_not_depend_on_the_number_of_threads() {
    let text = study(BOTH);
    for sampling in [Sampling::Plain, Sampling::Latin, Sampling::Sobol] {
        let in_pool = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let one = || {
                format!(
                    "{:?}",
                    numbers(&text, |ask| ask.drawing.sampling = sampling)
                )
            };
            pool.unwrap().install(one)
        };
        let one = in_pool(1);
        assert!(one == in_pool(2) && one == in_pool(8));
    }
    let other = numbers(&text, |ask| ask.seed = 2);
    assert_ne!(
        other.quantities[0].overall.mean,
        numbers(&text, |_| {}).quantities[0].overall.mean
    );
}

#[test]
fn sampled_beliefs_put_their_error_into_the_numbers() {
    let text = study("[quantities.people]\nformula = \"if sky is wet then 1 else 0\"\n");
    let found = numbers(&text, |ask| ask.exact_up_to = 1);
    assert!(found.drawn.belief_sampled && found.drawn.exact);
    let mean = found.quantities[0].overall.mean;
    let error = mean.error.unwrap();
    assert!(
        error > 0.0 && (mean.value - 0.3).abs() < 5.0 * error,
        "{mean:?}"
    );
    assert!(found.situations[0].probability.error.is_some());
}
