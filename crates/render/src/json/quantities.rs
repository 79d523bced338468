//! Quantities, for programs.

use super::{dotted, put};
use serde_json::{Map, Value, json};
use sinario_case::{Case, StateId, StateRef};
use sinario_reading::numbers::{
    Amount, Cause, DrawnFound, Failure, FaultFound, FormulaOf, Numbers, QuantityFound, Sampling,
    Shape, Situation,
};

/// `numbers`.
pub(super) fn numbers(case: &Case, numbers: &Numbers) -> Value {
    let mut out = drawn(&numbers.drawn);
    let situations = numbers.situations.iter().map(|s| situation(case, s));
    let all = numbers.quantities.iter().map(|q| {
        let id = case.quantities[q.quantity].id.clone();
        (id, quantity(case, q))
    });
    out.insert("quantities".into(), Value::Object(all.collect()));
    out.insert("situations".into(), situations.collect());
    out.insert("of_situations".into(), json!(numbers.of_situations));
    let pairs = numbers.correlations.iter().map(|(a, b, wanted, reached)| {
        let between = [*a, *b].map(|q| &case.quantities[q].id);
        json!({ "between": between, "wanted": wanted, "reached": reached })
    });
    out.insert("correlations".into(), pairs.collect());
    out.insert("faults".into(), faults(case, &numbers.faults));
    Value::Object(out)
}

/// How numbers came about.
pub(super) fn drawn(of: &DrawnFound) -> Map<String, Value> {
    let mut out = Map::new();
    let sampled = !of.exact || of.belief_sampled;
    out.insert(
        "method".into(),
        json!(if sampled { "sampled" } else { "exact" }),
    );
    if of.exact {
        out.insert("rows".into(), json!(of.rows));
    } else {
        out.insert("draws".into(), json!(of.rows));
        out.insert(
            "sampling".into(),
            json!(match of.sampling {
                Sampling::Plain => "plain",
                Sampling::Latin => "latin",
                Sampling::Sobol => "sobol",
            }),
        );
        out.insert("reached".into(), json!(of.reached));
        out.insert("precision".into(), json!(of.precision));
    }
    out
}

/// A situation: its states, its probability, the consistent futures in it.
pub(super) fn situation(case: &Case, of: &Situation) -> Value {
    let mut out = Map::new();
    let states = of.states.iter().map(|s| {
        let (driver, state) = (case.driver(s.driver), case.state(*s));
        (driver.id.clone(), json!(state.id))
    });
    out.insert("states".into(), Value::Object(states.collect()));
    put(&mut out, "probability", of.probability);
    out.insert("consistent".into(), json!(of.consistent));
    Value::Object(out)
}

/// What failed.
pub(super) fn faults(case: &Case, all: &[FaultFound]) -> Value {
    let name = |of: FormulaOf| match of {
        FormulaOf::Quantity(q, None) => format!("quantities.{}", case.quantities[q].id),
        FormulaOf::Quantity(q, Some(k)) => {
            let of = &case.quantities[q];
            format!("quantities.{}.when.{}", of.id, dotted(case, of.when[k].0))
        }
        FormulaOf::Option(o, None) => format!("options.{}", case.options[o].id),
        FormulaOf::Option(o, Some(k)) => {
            let of = &case.options[o];
            format!("options.{}.when.{}", of.id, dotted(case, of.when[k].0))
        }
        FormulaOf::Switching(o) => format!("options.{}.switching", case.options[o].id),
    };
    let one = |f: &FaultFound| {
        let text = crate::sentences::drawn::formula(case, f.formula);
        let failure = match f.failure {
            Failure::Division => "division",
            Failure::Logarithm => "logarithm",
            Failure::Root => "root",
            Failure::Power => "power",
            Failure::TooLarge => "too_large",
            Failure::Parameter => "parameter",
            Failure::Empty => "empty",
        };
        json!({
            "of": name(f.of), "formula": name(f.formula), "part": text.get(f.span.clone()),
            "failure": failure, "share": f.share,
        })
    };
    all.iter().map(one).collect()
}

/// A number that may be none.
pub(super) fn finite(value: f64) -> Value {
    if value.is_finite() {
        json!(value)
    } else {
        Value::Null
    }
}

/// A distribution in brief.
pub(super) fn amount(of: &Amount) -> Map<String, Value> {
    let mut out = Map::new();
    let mean = if of.endless { f64::NAN } else { of.mean.value };
    out.insert("mean".into(), finite(mean));
    if let Some(error) = of.mean.error {
        out.insert("standard_error".into(), finite(error));
    }
    out.insert("endless".into(), json!(of.endless));
    out.insert("deviation".into(), finite(of.deviation));
    let names = ["5", "25", "50", "75", "95"].map(str::to_owned);
    let quantiles = names.into_iter().zip(of.quantiles.map(finite));
    out.insert("quantiles".into(), Value::Object(quantiles.collect()));
    out.insert("least".into(), finite(of.range.0));
    out.insert("greatest".into(), finite(of.range.1));
    out.insert("defined".into(), json!(of.defined));
    out
}

/// A distribution as a picture.
pub(super) fn shape(of: &Shape) -> Value {
    json!({
        "below": of.below,
        "above": of.above,
        "bins": of.bins.iter().map(|(a, b, share)| json!({ "from": a, "to": b, "share": share })).collect::<Vec<_>>(),
        "density": of.density,
        "values": of.values.iter().map(|(v, share)| json!({ "value": v, "share": share })).collect::<Vec<_>>(),
    })
}

/// What a cause is called in the file.
pub(super) fn cause(case: &Case, of: Cause) -> Value {
    match of {
        Cause::Quantity(q, k) => json!({ "quantity": case.quantities[q].id, "distribution": k }),
        Cause::Option(o, k) => json!({ "option": case.options[o].id, "distribution": k }),
        Cause::Driver(d) => json!({ "driver": case.driver(d).id }),
    }
}

fn quantity(case: &Case, q: &QuantityFound) -> Value {
    let mut out = amount(&q.overall);
    if let Some(unit) = &case.quantities[q.quantity].unit {
        out.insert("unit".into(), json!(unit.get(case.lang)));
    }
    out.insert("shape".into(), shape(&q.shape));
    let maybe = |a: &Option<Amount>| a.as_ref().map_or(Value::Null, |a| Value::Object(amount(a)));
    let by_state = q.by_state.iter().map(|(d, states)| {
        let driver = case.driver(*d);
        let states = states.iter().enumerate().map(|(s, a)| {
            let at = StateRef {
                driver: *d,
                state: StateId(s),
            };
            (case.state(at).id.clone(), maybe(a))
        });
        (driver.id.clone(), Value::Object(states.collect()))
    });
    out.insert("by_state".into(), Value::Object(by_state.collect()));
    out.insert(
        "by_situation".into(),
        q.by_situation.iter().map(maybe).collect(),
    );
    let drives = q.drives.iter().map(|d| {
        let mut out = Map::new();
        out.insert("cause".into(), cause(case, d.cause));
        out.insert("rank".into(), json!(d.rank));
        put(&mut out, "first", d.first);
        Value::Object(out)
    });
    out.insert("drives".into(), drives.collect());
    Value::Object(out)
}
