//! The facts beside each other, for programs.

use super::{by_state, number, put};
use serde_json::{Map, Value, json};
use sinario_case::{Case, FactId};
use sinario_reading::{Estimate, Hypothesised, Mind, Scored};

/// `hypotheses` and `linchpins` of one mind.
pub(super) fn add(case: &Case, mind: &Mind, into: &mut Value) {
    let of = &mind.hypotheses;
    let facts = of
        .facts
        .iter()
        .map(|f| (id(case, f.fact), fact(case, mind, f)));
    let scores = of
        .scores
        .iter()
        .map(|s| (s.tool.key().to_owned(), values(case, mind, s)));
    let best = of.scores.iter().map(|s| {
        let states = s.best.iter().map(|&s| state(case, mind, s.0));
        (s.tool.key().to_owned(), states.collect())
    });
    let groups = of.groups.iter().map(|g| {
        let facts = g.facts.iter().map(|&f| json!(id(case, f)));
        (g.name(case).to_owned(), facts.collect())
    });
    into["hypotheses"] = json!({
        "facts": Value::Object(facts.collect()),
        "facts_elsewhere": of.elsewhere,
        "groups": Value::Object(groups.collect()),
        "scores": Value::Object(scores.collect()),
        "best": Value::Object(best.collect()),
    });
    let led = crate::sentences::leading(&mind.posterior);
    let sets = of.linchpins.sets.iter().map(|l| {
        let mut out = by_state(
            case,
            mind.driver,
            &[("with", &mind.posterior), ("without", &l.without)],
        );
        out["facts"] = l.facts.iter().map(|&f| json!(id(case, f))).collect();
        out["group"] = json!(l.group(case));
        out["leads"] = state(case, mind, l.leads.0);
        out["instead_of"] = state(case, mind, led);
        out
    });
    into["linchpins"] = sets.collect();
    into["linchpins_searched"] = json!({
        "members": of.linchpins.tried,
        "more_untried": of.linchpins.more,
    });
}

fn id(case: &Case, fact: FactId) -> String {
    case.facts[fact.0].id.clone()
}

fn state(case: &Case, mind: &Mind, s: usize) -> Value {
    json!(case.driver(mind.driver).states[s].id)
}

fn values(case: &Case, mind: &Mind, scored: &Scored) -> Value {
    let states = case.driver(mind.driver).states.iter();
    let pairs = states.zip(&scored.values);
    Value::Object(pairs.map(|(s, v)| (s.id.clone(), json!(v))).collect())
}

fn fact(case: &Case, mind: &Mind, f: &Hypothesised) -> Value {
    let mut out = Map::new();
    if let Value::Object(table) = by_state(case, mind.driver, &[("likelihood", &f.likelihood)]) {
        out.extend(table);
    }
    let states = case.driver(mind.driver).states.iter();
    let letters = states
        .zip(&f.letters)
        .map(|(s, l)| (s.id.clone(), json!(l.map(|l| l.text()))));
    out.insert("letters".into(), Value::Object(letters.collect()));
    out.insert("credibility".into(), json!(f.credibility.text()));
    out.insert("relevance".into(), json!("M"));
    let bits: [(&str, Estimate); 2] = [
        ("diagnosticity_bits", f.diagnosticity),
        ("told_bits", f.told),
    ];
    for (key, bits) in bits {
        put(&mut out, key, bits);
    }
    let classic = f.classic.map(|c| {
        json!({
            "open_synthesis": number(c.spread),
            "burton": number(c.points),
            "decibans": number(c.decibans),
        })
    });
    out.insert("diagnosticity".into(), json!(classic));
    let group = f.group.map(|g| mind.hypotheses.groups[g].name(case));
    out.insert("group".into(), json!(group));
    Value::Object(out)
}
