//! How firm it is, for programs.

use super::{number, states};
use serde_json::{Map, Value, json};
use sinario_case::Case;
use sinario_reading::{FirmFuture, FirmState, Reading, Spread};

/// The ensemble, or nothing where there is none.
pub(super) fn firm(reading: &Reading) -> Option<Value> {
    let (case, firm) = (&*reading.case, reading.firm.as_ref()?);
    let stories = case.stories.iter().zip(&firm.stories);
    let stories = stories.map(|(s, p)| (s.id.clone(), Value::Object(spread(p))));
    let signposts = case.signposts.iter().zip(&firm.signposts);
    let signposts = signposts.map(|(s, p)| (s.id.clone(), Value::Object(spread(p))));
    Some(json!({
        "members": firm.members,
        "seed": firm.seed,
        "judgements": firm.judgements,
        "void": firm.void,
        "incomplete": firm.incomplete,
        "without_consistent": firm.without,
        "unsettled": firm.unsettled,
        "now": drivers(case, &firm.now),
        "then": drivers(case, &firm.then),
        "settled": drivers(case, &firm.settled),
        "stories": Value::Object(stories.collect()),
        "futures": firm.futures.iter().map(|f| future(case, f)).collect::<Vec<_>>(),
        "more_futures": firm.more_futures,
        "more_futures_at_least": firm.more_at_least,
        "signposts": Value::Object(signposts.collect()),
    }))
}

/// `point` and the quantiles by their percentage; `null` where every member is void.
fn spread(of: &Spread) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("point".into(), number(of.point));
    for (at, key) in ["5", "50", "95"].into_iter().enumerate() {
        let value = of.quantiles.map_or(Value::Null, |q| number(q[at]));
        out.insert(key.into(), value);
    }
    out
}

fn drivers(case: &Case, all: &[Vec<FirmState>]) -> Value {
    let driver = |(driver, found): (&sinario_case::Driver, &Vec<FirmState>)| {
        let states = driver.states.iter().zip(found).map(|(state, f)| {
            let mut out = spread(&f.spread);
            out.insert("leads".into(), json!(f.leads.count));
            (state.id.clone(), Value::Object(out))
        });
        (driver.id.clone(), Value::Object(states.collect()))
    };
    Value::Object(case.drivers.iter().zip(all).map(driver).collect())
}

fn future(case: &Case, f: &FirmFuture) -> Value {
    json!({
        "states": states(case, &f.states),
        "at_point": f.at_point,
        "consistent_in": f.consistent_in.count,
        "share": f.consistent_in.value(),
        "low": f.consistent_in.low,
        "high": f.consistent_in.high,
        "then": f.then.as_ref().map_or(Value::Null, |s| Value::Object(spread(s))),
    })
}
