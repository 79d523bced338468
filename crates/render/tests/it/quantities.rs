//! Quantities in every face and both languages, with found values that cover what can happen.

use crate::terminal::reading;
use sinario_case::{DriverId, Lang, StateId, StateRef};
use sinario_reading::numbers::{
    Amount, Cause, DrawnFound, Drive, Failure, FaultFound, FormulaOf, Numbers, QuantityFound,
    Sampling, Shape, Situation,
};
use sinario_reading::{Ask, Estimate, Reading};
use sinario_render::{Page, Part, html, json, terminal};

const CASE: &[u8] = include_bytes!("../data/numbers.toml");

fn sampled(value: f64, error: f64) -> Estimate {
    Estimate {
        value,
        error: Some(error),
    }
}

/// A lognormal amount around `middle`.
fn amount(middle: f64, sigma: f64) -> Amount {
    let at = |z: f64| middle * libm::exp(sigma * z);
    let mean = at(sigma / 2.0);
    Amount {
        mean: sampled(mean, mean * 0.0042),
        endless: false,
        deviation: mean * sigma,
        quantiles: [-1.645, -0.674, 0.0, 0.674, 1.645].map(at),
        range: (at(-4.0), at(4.0)),
        defined: 1.0,
    }
}

fn shape(middle: f64, sigma: f64) -> Shape {
    let z = |v: f64| libm::log(v / middle) / sigma;
    let dense = |v: f64| libm::exp(-z(v) * z(v) / 2.0) / (v * sigma * 2.5066);
    let (low, high) = (
        middle * libm::exp(-2.5 * sigma),
        middle * libm::exp(2.5 * sigma),
    );
    let step = (high - low) / 30.0;
    let bin = |k: usize| (low + step * k as f64, low + step * (k + 1) as f64);
    let bins = (0..30)
        .map(bin)
        .map(|(a, b)| (a, b, dense((a + b) / 2.0) * (b - a)));
    let points = (0..=120).map(|k| low + (high - low) * f64::from(k) / 120.0);
    Shape {
        bins: bins.collect(),
        below: 0.006,
        above: 0.006,
        density: points.map(|v| (v, dense(v))).collect(),
        values: Vec::new(),
    }
}

/// Every kind of quantity that can be: one that hangs on others and on drivers, one that is discrete, one that is
/// certain, one that has no mean and fails here and there.
pub(crate) fn found() -> Reading {
    let mut reading = reading(CASE, Ask::default());
    let drive = |cause, rank, value| Drive {
        cause,
        rank,
        first: sampled(value, 0.012),
    };
    let quantity = |quantity, overall, shape| QuantityFound {
        quantity,
        overall,
        shape,
        by_state: Vec::new(),
        by_situation: vec![None, None],
        drives: Vec::new(),
    };
    let mut runway = quantity(0, amount(16.2, 0.6), shape(16.2, 0.6));
    runway.by_state = vec![
        (
            DriverId(0),
            vec![Some(amount(14.0, 0.4)), Some(amount(62.0, 0.5)), None],
        ),
        (
            DriverId(1),
            vec![Some(amount(16.0, 0.6)), Some(amount(9.0, 0.5))],
        ),
    ];
    runway.by_situation = vec![Some(amount(13.0, 0.4)), None];
    runway.drives = vec![
        drive(Cause::Driver(DriverId(0)), None, 0.55),
        drive(Cause::Quantity(1, 0), Some(0.41), 0.18),
        drive(Cause::Quantity(2, 1), Some(-0.38), 0.14),
        drive(Cause::Driver(DriverId(1)), Some(-0.2), 0.004),
    ];
    let mut discrete = quantity(1, amount(1.0, 0.5), Shape::clone(&shape(1.0, 0.5)));
    discrete.shape.values = vec![(0.0, 0.62), (1.0, 0.3), (2.0, 0.08)];
    discrete.overall.quantiles = [0.0, 0.0, 0.0, 1.0, 2.0];
    discrete.overall.range = (0.0, 2.0);
    let mut fixed = quantity(2, amount(2.6e13, 0.1), shape(2.6e13, 0.1));
    fixed.overall.quantiles = [2.6e13; 5];
    fixed.overall.range = (2.6e13, 2.6e13);
    let mut endless = quantity(3, amount(-4.0, 0.7), shape(4.0, 0.7));
    endless.overall.quantiles = [-8.0, -2.0, -0.5, 1.0, 6.0];
    endless.overall.endless = true;
    endless.overall.defined = 0.97;
    let mut nothing = quantity(4, amount(1.0, 0.1), shape(1.0, 0.1));
    nothing.overall.quantiles = [f64::NAN; 5];
    nothing.overall.mean = sampled(f64::NAN, f64::NAN);
    nothing.overall.defined = 0.0;
    nothing.shape = Shape {
        bins: Vec::new(),
        below: 0.0,
        above: 0.0,
        density: Vec::new(),
        values: Vec::new(),
    };
    let at = |driver, state| StateRef {
        driver: DriverId(driver),
        state: StateId(state),
    };
    let fault = |of, failure, share| FaultFound {
        of: FormulaOf::Quantity(of, None),
        formula: FormulaOf::Quantity(3, Some(0)),
        span: 0..10,
        failure,
        share,
    };
    reading.numbers = Some(Numbers {
        drawn: DrawnFound {
            exact: false,
            rows: 131_072,
            sampling: Sampling::Plain,
            reached: true,
            precision: 0.0048,
            belief_sampled: false,
        },
        named: vec![DriverId(0), DriverId(1)],
        situations: vec![
            Situation {
                states: vec![at(0, 0), at(1, 0)],
                probability: sampled(0.41, 0.01),
                consistent: vec![0],
            },
            Situation {
                states: vec![at(0, 1), at(1, 0)],
                probability: sampled(0.22, 0.01),
                consistent: Vec::new(),
            },
        ],
        of_situations: 6,
        quantities: vec![runway, discrete, fixed, endless, nothing],
        faults: vec![
            fault(3, Failure::Division, 0.03),
            fault(4, Failure::Logarithm, 1.0),
        ],
        correlations: vec![(0, 1, -0.5, -0.487)],
    });
    reading
}

#[test]
fn the_words_of_quantities_in_both_languages() {
    let reading = found();
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        for (width, name) in [(80, "wide"), (40, "narrow")] {
            let text = terminal(&reading, Part::Numbers, lang, Page::of(width, false));
            let wide = text.lines().map(unicode_width::UnicodeWidthStr::width);
            assert!(wide.max().unwrap() <= width, "{text}");
            let text = text.replace(&format!("sinario {}", reading.version), "sinario [version]");
            insta::assert_snapshot!(format!("quantities_{name}_{tag}"), text);
        }
        let page = html(&reading, lang);
        let head = match lang {
            Lang::Ko => "수량은 얼마인가?",
            Lang::En => "What are the numbers?",
        };
        let at = page.find(&format!("<h2>{head}")).unwrap();
        let end = at + page[at..].find("</section>").unwrap();
        let text = crate::page::lines(&crate::page::at_a_desk(&crate::page::walk(&format!(
            "<!DOCTYPE html>\n{}",
            &page[at..end]
        ))));
        insta::assert_snapshot!(format!("quantities_report_{tag}"), text);
        if lang == Lang::En {
            let section = &page[at..end];
            let of = |title: &str| {
                let begin = section.find(&format!("<title>{title}</title>")).unwrap();
                let begin = section[..begin].rfind("<svg ").unwrap();
                let length = section[begin..].find("</svg>").unwrap();
                section[begin..begin + length].replace("><", ">\n<")
            };
            let some = [
                "Months it can last",
                "Rounds of funding",
                "Months it can last, state by state",
                "What drives it: Months it can last",
            ]
            .map(of);
            insta::assert_snapshot!("quantities_pictures", some.join("\n\n"));
        }
    }
}

#[test]
fn programs_get_all_of_it() {
    let all = json(&found(), Part::Numbers);
    let numbers = &all["numbers"];
    assert_eq!(numbers["method"], "sampled");
    assert_eq!(numbers["draws"], 131_072);
    let runway = &numbers["quantities"]["runway"];
    assert!((runway["quantiles"]["50"].as_f64().unwrap() - 16.2).abs() < 1e-9);
    assert!(runway["standard_error"].as_f64().unwrap() > 0.0);
    assert_eq!(runway["by_state"]["money"]["own"], serde_json::Value::Null);
    assert_eq!(runway["drives"][0]["cause"]["driver"], "money");
    assert_eq!(runway["drives"][0]["rank"], serde_json::Value::Null);
    // No mean is given where there is none.
    assert_eq!(
        numbers["quantities"]["gain"]["mean"],
        serde_json::Value::Null
    );
    assert_eq!(
        numbers["faults"][0]["formula"],
        "quantities.gain.when.money.many"
    );
    assert_eq!(numbers["faults"][0]["failure"], "division");
    insta::assert_snapshot!(
        "quantities_json",
        serde_json::to_string_pretty(&numbers["faults"]).unwrap()
    );
}

#[test]
fn a_case_without_quantities_has_no_such_section() {
    let mut reading = found();
    reading.numbers = None;
    assert!(!html(&reading, Lang::En).contains("What are the numbers?"));
    assert!(json(&reading, Part::Whole).get("numbers").is_none());
}
