//! Power, under MACTOR's names for its tables.

use super::{dotted, number, put};
use serde_json::{Map, Value, json};
use sinario_case::Case;
use sinario_reading::{
    ActorWorth, Baseline, Grip, HoldUp, Matched, Objective, Power, Reading, Table, Wants,
};

/// What a case says of power, or null where it says nothing.
pub(super) fn power(reading: &Reading) -> Value {
    let Some(p) = &reading.power else {
        return Value::Null;
    };
    let of = Names {
        case: &reading.case,
        power: p,
    };
    let i = &p.influence;
    let mut out = json!({
        "MDI": of.table(&p.mdi),
        "MDII": of.table(&i.mdii),
        "I": of.row(&i.influence),
        "D": of.row(&i.dependence),
        "R_star": i.r_star.as_ref().map(|r| of.row(r)),
        "no_R_star": p.matched.map(|why| match why {
            Matched::Nobody => "nobody holds anybody",
            Matched::Answered => "every hold is answered in full",
        }),
        "MMDII": of.table(&i.mmdii),
        "MAO2": of.positions(&p.wants),
        "MAO3": p.weighted.as_ref().map(|w| of.positions(w)),
        "mobilisation": p.weighted.as_ref().map(|_| of.mobilisation()),
        "baseline": p.baseline.iter().map(|b| (of.driver(b), of.baseline(b))).collect::<Map<_, _>>(),
        "holdup": p.holdup.iter().map(|h| of.hold_up(h)).collect::<Vec<_>>(),
        "worth": p.worth.iter().map(|w| (of.actor(w.actor), of.worth(w))).collect::<Map<_, _>>(),
    });
    let mut ambivalence = Map::new();
    for (at, found) in p.relations.iter().enumerate() {
        let order = at + 1;
        out[format!("CAA{order}")] = json!(found.as_ref().map(|r| of.table(&r.convergence)));
        out[format!("DAA{order}")] = json!(found.as_ref().map(|r| of.table(&r.divergence)));
        let torn = found.as_ref().map(|r| {
            let all = r.ambivalence.iter().enumerate();
            all.map(|(a, n)| (of.actor(a), json!(n)))
                .collect::<Map<_, _>>()
        });
        ambivalence.insert(order.to_string(), json!(torn));
    }
    out["ambivalence"] = Value::Object(ambivalence);
    out
}

/// The ids of a case by the places of its tables.
struct Names<'a> {
    case: &'a Case,
    power: &'a Power,
}

impl Names<'_> {
    fn actor(&self, at: usize) -> String {
        self.case.actors[self.power.actors[at].0].id.clone()
    }

    fn driver(&self, b: &Baseline) -> String {
        self.case.driver(b.driver).id.clone()
    }

    fn objective(&self, o: &Objective) -> String {
        dotted(self.case, o.state)
    }

    fn row(&self, row: &[f64]) -> Value {
        let cells = row.iter().enumerate();
        Value::Object(cells.map(|(a, &n)| (self.actor(a), number(n))).collect())
    }

    fn table(&self, table: &Table) -> Value {
        let rows = table.iter().enumerate();
        Value::Object(rows.map(|(a, r)| (self.actor(a), self.row(r))).collect())
    }

    fn positions(&self, all: &[Wants]) -> Value {
        let one = |wants: &Wants| -> Value {
            let cells = wants.iter().map(|&(o, n)| {
                let objective = &self.power.objectives[o];
                (self.objective(objective), number(n))
            });
            Value::Object(cells.collect())
        };
        let rows = all.iter().enumerate();
        Value::Object(rows.map(|(a, w)| (self.actor(a), one(w))).collect())
    }

    fn mobilisation(&self) -> Value {
        let cells = self
            .power
            .objectives
            .iter()
            .map(|o| (self.objective(o), json!(o.mobilisation())));
        Value::Object(cells.collect())
    }

    fn baseline(&self, b: &Baseline) -> Value {
        let states = &self.case.driver(b.driver).states;
        let id = |s: &sinario_case::StateId| &states[s.0].id;
        let parts = b.parts.iter().map(|&(a, capability, salience)| {
            (
                self.actor(a),
                json!({ "capability": capability, "salience": salience }),
            )
        });
        let mut out = Map::new();
        out.insert("actors".into(), Value::Object(parts.collect()));
        if let Some(alone) = b.alone() {
            out.insert("alone".into(), json!(self.actor(alone.actor)));
        }
        let Some(f) = &b.found else {
            out.insert("support".into(), Value::Null);
            return Value::Object(out);
        };
        let support = states.iter().zip(&f.support);
        let support = support.map(|(s, &n)| (s.id.clone(), number(n)));
        out.insert("support".into(), Value::Object(support.collect()));
        out.insert(
            "leading".into(),
            f.leading.iter().map(id).cloned().collect(),
        );
        if let Some((mean, nearest)) = &f.ordered {
            out.insert("mean_position".into(), number(*mean));
            out.insert("nearest".into(), nearest.iter().map(id).cloned().collect());
        }
        if let (Some(then), Some(likeliest)) = (&f.then, &f.likeliest) {
            let mut chances = Map::new();
            for (state, e) in states.iter().zip(then) {
                put(&mut chances, &state.id, *e);
            }
            out.insert("then".into(), Value::Object(chances));
            out.insert("likeliest".into(), json!(id(likeliest)));
            out.insert("disagrees".into(), json!(b.disagrees()));
        }
        Value::Object(out)
    }

    fn hold_up(&self, h: &HoldUp) -> Value {
        let grip = |g: &Grip| {
            json!({
                "held": self.actor(g.held), "by": self.actor(g.by), "direct": g.direct, "strongest": g.strongest,
                "through": g.through.map(|k| self.actor(k)), "can_live_without": g.can_live_without(),
                "because": self.power.because(self.case, g.by, g.held).map(|t| t.get(self.case.lang)),
            })
        };
        json!({ "dependent": grip(&h.dependent), "other": grip(&h.other), "net": h.net })
    }

    fn worth(&self, w: &ActorWorth) -> Value {
        let drivers = w.drivers.iter().map(|d| {
            let driver = self.case.driver(d.driver);
            let mut out = Map::new();
            put(&mut out, "now", d.now);
            put(&mut out, "then", d.then);
            let mut states = Map::new();
            for (s, state) in driver.states.iter().enumerate() {
                let mut one = Map::new();
                one.insert("want".into(), number(d.wants[s]));
                put(&mut one, "beyond_now", d.beyond_now[s]);
                put(&mut one, "beyond_then", d.beyond_then[s]);
                states.insert(state.id.clone(), Value::Object(one));
            }
            out.insert("states".into(), Value::Object(states));
            (driver.id.clone(), Value::Object(out))
        });
        let mut out = Map::new();
        put(&mut out, "now", w.now);
        put(&mut out, "then", w.then);
        put(&mut out, "gain", w.gain);
        out.insert("least".into(), number(w.range.0));
        out.insert("most".into(), number(w.range.1));
        out.insert("drivers".into(), Value::Object(drivers.collect()));
        Value::Object(out)
    }
}
