//! What would change the answer, for programs.

use super::dotted;
use serde_json::{Map, Value, json};
use sinario_case::Case;
use sinario_reading::{Bar, JudgementAt, Sway, SwayOf, Swayed, When};

/// `tornado`: for each probability, every judgement with both ends, the widest first.
pub(super) fn tornado(case: &Case, sway: &Sway) -> Value {
    sway.targets.iter().map(|t| one(case, sway, t)).collect()
}

fn one(case: &Case, sway: &Sway, of: &Swayed) -> Value {
    let mut out = Map::new();
    match of.of {
        SwayOf::State(s, when) => {
            out.insert("of".into(), json!(dotted(case, s)));
            let when = match when {
                When::Now => "now",
                When::Then => "then",
                When::Settled => "settled",
            };
            out.insert("when".into(), json!(when));
        }
        SwayOf::Story(s) => {
            out.insert("of".into(), json!(case.stories[s].id));
            out.insert("when".into(), json!("story"));
        }
    }
    let id = |s: sinario_case::StateId| {
        let driver = of.of.driver().map(|d| case.driver(d));
        driver.map(|d| d.states[s.0].id.clone())
    };
    out.insert("point".into(), json!(of.point));
    out.insert("leader".into(), json!(of.leader.and_then(id)));
    let bar = |b: &Bar| {
        let mut out = named(case, b.at);
        out.insert("at".into(), json!(b.point));
        out.insert("low".into(), json!(b.low));
        out.insert("high".into(), json!(b.high));
        out.insert("if_low".into(), json!(b.if_low));
        out.insert("if_high".into(), json!(b.if_high));
        let tips = ["low", "high"].iter().zip(b.tips);
        let tips = tips.filter_map(|(end, s)| Some(((*end).to_owned(), json!(id(s?)?))));
        out.insert("tips".into(), Value::Object(tips.collect()));
        Value::Object(out)
    };
    out.insert("judgements".into(), of.bars.iter().map(bar).collect());
    let left_out = sway
        .left_out
        .iter()
        .map(|&at| Value::Object(named(case, at)));
    out.insert("left_out".into(), left_out.collect());
    Value::Object(out)
}

/// Which judgement it is.
fn named(case: &Case, at: JudgementAt) -> Map<String, Value> {
    let of = |s: sinario_case::StateRef| (&case.driver(s.driver).id, &case.state(s).id);
    let value = match at {
        JudgementAt::Score { impact, state } => {
            let i = &case.impacts[impact];
            let on = case.driver(i.on);
            json!({ "kind": "score", "from": dotted(case, i.from), "on": on.id, "state": on.states[state.0].id })
        }
        JudgementAt::Prior(s) => json!({ "kind": "prior", "on": of(s).0, "state": of(s).1 }),
        JudgementAt::Likelihood { fact, of: s } => {
            json!({ "kind": "likelihood", "fact": case.facts[fact.0].id, "on": of(s).0, "state": of(s).1 })
        }
        JudgementAt::Worth {
            fact,
            of: s,
            alternative,
        } => {
            let fact = &case.facts[fact.0];
            let name = fact.act.as_ref().map(|a| &a.among[alternative]);
            json!({ "kind": "worth", "fact": fact.id, "on": of(s).0, "state": of(s).1, "alternative": name })
        }
        JudgementAt::Seen { signpost, of: s } => {
            json!({ "kind": "seen", "signpost": case.signposts[signpost].id, "on": of(s).0, "state": of(s).1 })
        }
    };
    match value {
        Value::Object(out) => out,
        _ => Map::new(),
    }
}
