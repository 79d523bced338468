//! Competing readings of a mind, for programs.

use super::{by_state, number, states};
use serde_json::{Map, Value, json};
use sinario_reading::{Mind, Reading, Rival};

/// Adds to what was found of a mind: `alternatives` at each act, `rationality`, `betas`, `rival`, `range`. What was not
/// looked for is absent.
pub(super) fn put(found: &mut Value, reading: &Reading, mind: &Mind) {
    let case = &*reading.case;
    let compared = &mind.compared;
    for undone in &compared.acts {
        let fact = &case.facts[undone.fact.0];
        let Some(act) = &fact.act else { continue };
        let alternatives = undone.alternatives.iter().map(|a| {
            let tables = [("decibans", &a.decibans[..]), ("instead", &a.instead[..])];
            let told = by_state(case, mind.driver, &tables);
            (act.among[a.alternative].clone(), told)
        });
        found["facts"][&fact.id]["alternatives"] = Value::Object(alternatives.collect());
    }
    if !compared.rationality.is_empty() {
        let each = compared.rationality.iter().map(|(beta, belief)| {
            let mut at = by_state(case, mind.driver, &[("posterior", belief)]);
            at["beta"] = json!(beta);
            at
        });
        found["rationality"] = each.collect();
    }
    if !compared.betas.is_empty() {
        let each = compared.betas.iter().map(|(actor, chances)| {
            let chances = chances.iter();
            let chances = chances.map(|(beta, p)| json!({ "beta": beta, "probability": p }));
            (case.actors[actor.0].id.clone(), chances.collect())
        });
        found["betas"] = Value::Object(each.collect());
    }
    if let Some(rival) = &compared.rival {
        found["rival"] = of_rival(reading, rival);
    }
    if let Some(range) = &compared.range {
        let states = case.driver(mind.driver).states.iter().zip(range);
        let ends = states.map(|(s, (low, high))| (s.id.clone(), json!([low, high])));
        found["range"] = Value::Object(ends.collect());
        found["range_whole"] = json!(compared.range_whole);
    }
}

fn of_rival(reading: &Reading, rival: &Rival) -> Value {
    let case = &*reading.case;
    let future = |(x, mass): &(Vec<sinario_case::StateId>, f64)| json!({ "states": states(case, x), "probability": mass });
    let id = |signpost: usize| case.signposts[signpost].id.clone();
    let differ = rival.differ.iter().map(|d| json!(case.driver(*d).id));
    let mut out = json!({
        "leading": future(&rival.leading),
        "rival": future(&rival.rival),
        "ratio": number(rival.ratio),
        "differ": differ.collect::<Vec<_>>(),
    });
    // In the order of the file.
    let mut all = rival.signposts.clone();
    all.sort_by_key(|s| s.signpost);
    let bits: Map<String, Value> = all
        .iter()
        .map(|s| (id(s.signpost), json!(s.bits)))
        .collect();
    let seen = all
        .iter()
        .map(|s| (id(s.signpost), json!([s.seen.0, s.seen.1])));
    out["separation"] = Value::Object(bits);
    out["seen"] = Value::Object(seen.collect());
    if let Some(first) = rival.signposts.first() {
        out["signpost"] = json!(id(first.signpost));
        out["bits"] = json!(first.bits);
    }
    out
}
