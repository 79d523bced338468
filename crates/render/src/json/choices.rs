//! Options for programs. Numbers keep full precision; what is no number, or has none, is `null`.

use super::dotted;
use super::quantities::{self, finite as number};
use serde_json::{Map, Value, json};
use sinario_case::{Case, DriverId, StateRef};
use sinario_reading::choices::{
    Choices, Fails, Information, Limit, MEASURES, Measure, OptionFound, Outcome, Plan, Worth,
};
use sinario_reading::numbers::{Amount, Cause, Sampling, Situation};
use sinario_reading::{Estimate, Reading};

/// `choices`; `None` where options were not weighed.
pub(super) fn choices(reading: &Reading) -> Option<Value> {
    let (case, found) = (&*reading.case, reading.choices.as_ref()?);
    let of = Of { case, found };
    let options = found.options.iter();
    let options = options.map(|o| (case.options[o.option].id.clone(), of.option(o)));
    Some(json!({
        "options": Value::Object(options.collect()),
        "value_of_information": of.information(&found.information),
        "unit": found.unit.as_ref().map(|u| &u.by_lang),
        "best": found.options.get(found.best).map(|_| of.id(found.best)),
        "close": found.close.map(|k| of.id(k)),
        "unvalued": found.unvalued.iter().map(|&o| &case.options[o].id).collect::<Vec<_>>(),
        "named": of.drivers(&found.named),
        "situations": found.situations.iter().map(|s| of.situation(s)).collect::<Vec<_>>(),
        "of_situations": found.of_situations,
        "break_even": found.break_even.iter().map(|b| {
            let mut out = Map::new();
            out.insert("state".into(), json!(dotted(case, b.state)));
            put(&mut out, "now", b.now);
            out.insert("best".into(), b.best.iter().map(|&(from, k)| json!({ "from": number(from), "option": of.id(k) })).collect());
            Value::Object(out)
        }).collect::<Vec<_>>(),
        "plans": found.plans.iter().map(|p| of.plan(p)).collect::<Vec<_>>(),
        "outcome": found.outcome.as_ref().map(|o| of.outcome(o)),
        "choosing": {
            "tolerance": number(found.choosing.tolerance),
            "optimism": number(found.choosing.optimism),
            "fails_below": found.choosing.fails_below.map(number),
        },
        "method": if found.drawn.exact { "exact" } else { "sampled" },
        "draws": of.draws(),
        "faults": quantities::faults(case, &found.faults),
    }))
}

/// `key` and, where it was sampled, its error.
fn put(into: &mut Map<String, Value>, key: &str, e: Estimate) {
    into.insert(key.into(), number(e.value));
    if let Some(error) = e.error {
        into.insert(format!("{key}_standard_error"), number(error));
    }
}

/// The id of what could be learnt, the names of its outcomes, and what it is worth.
type Learnt<'a> = (String, Vec<String>, &'a Worth);

struct Of<'a> {
    case: &'a Case,
    found: &'a Choices,
}

impl Of<'_> {
    /// The id of an option by its position among those with a value.
    fn id(&self, k: usize) -> &str {
        &self.case.options[self.found.options[k].option].id
    }

    fn drivers(&self, all: &[DriverId]) -> Vec<&str> {
        let ids = all.iter().map(|&d| self.case.driver(d).id.as_str());
        ids.collect()
    }

    fn states(&self, all: &[StateRef]) -> Value {
        let pair = |s: &StateRef| {
            let (driver, state) = (self.case.driver(s.driver), self.case.state(*s));
            (driver.id.clone(), json!(state.id))
        };
        Value::Object(all.iter().map(pair).collect())
    }

    fn situation(&self, s: &Situation) -> Value {
        let mut out = Map::new();
        out.insert("states".into(), self.states(&s.states));
        put(&mut out, "probability", s.probability);
        out.insert("consistent".into(), json!(s.consistent));
        Value::Object(out)
    }

    fn option(&self, o: &OptionFound) -> Value {
        let mut out = amount(&o.value);
        put(&mut out, "best_in", o.best_in);
        out.insert("max_regret".into(), number(o.max_regret.0));
        out.insert("max_regret_in".into(), self.states(&o.max_regret.1));
        out.insert("shortfall".into(), number(o.shortfall));
        out.insert("robust".into(), number(o.robust));
        let measures = MEASURES.iter().zip(&o.measures);
        let measures = measures.map(|(m, v)| (measure(*m).to_owned(), number(*v)));
        out.insert("measures".into(), Value::Object(measures.collect()));
        let ranks = MEASURES.iter().zip(&o.ranks);
        let rank = |r: u32| if r == 0 { Value::Null } else { json!(r) };
        let ranks = ranks.map(|(m, r)| (measure(*m).to_owned(), rank(*r)));
        out.insert("ranks".into(), Value::Object(ranks.collect()));
        let by = o.by_situation.iter();
        let by = by.map(|a| a.as_ref().map_or(Value::Null, |a| Value::Object(amount(a))));
        out.insert("by_situation".into(), by.collect());
        let regret = o.regret.iter().map(|r| number(*r));
        out.insert("regret".into(), regret.collect());
        let fails = o.fails.as_ref().map_or(Value::Null, |f| self.fails(f));
        out.insert("fails".into(), fails);
        out.insert(
            "shape".into(),
            json!({
                "bins": o.shape.bins.iter().map(|b| json!([number(b.0), number(b.1), number(b.2)])).collect::<Vec<_>>(),
                "below": number(o.shape.below), "above": number(o.shape.above),
                "values": o.shape.values.iter().map(|b| json!([number(b.0), number(b.1)])).collect::<Vec<_>>(),
            }),
        );
        Value::Object(out)
    }

    fn fails(&self, f: &Fails) -> Value {
        let limit = |l: &Limit| {
            let mut out = Map::new();
            out.insert("on".into(), quantities::cause(self.case, l.cause));
            match l.cause {
                Cause::Driver(_) => {
                    let states = l.states.iter().map(|s| json!(self.case.state(*s).id));
                    out.insert("states".into(), states.collect());
                }
                _ => {
                    // `null`: no limit on that side.
                    out.insert("from".into(), number(l.range.0));
                    out.insert("to".into(), number(l.range.1));
                }
            }
            out.insert("chance".into(), number(l.chance));
            Value::Object(out)
        };
        json!({
            "below": f.below.map(number), "regret": f.regret.map(number), "share": number(f.share),
            "limits": f.limits.iter().map(limit).collect::<Vec<_>>(),
            "coverage": number(f.coverage), "density": number(f.density), "mass": number(f.mass),
            "trajectory": f.trajectory.iter().map(|t| json!({
                "coverage": number(t.0), "density": number(t.1), "mass": number(t.2), "limits": t.3,
            })).collect::<Vec<_>>(),
        })
    }

    fn information(&self, of: &Information) -> Value {
        let mut out = Map::new();
        put(&mut out, "everything", of.everything);
        put(&mut out, "situation", of.situation);
        let signpost = |s: usize| self.case.signposts[s].id.clone();
        let driver = |d: DriverId| self.case.driver(d).id.clone();
        let states = |d: DriverId| {
            let states = self.case.driver(d).states.iter();
            states.map(|s| s.id.clone()).collect::<Vec<_>>()
        };
        let results = |t: usize| -> Vec<String> {
            let results = self.case.tests[t].results.iter();
            results.map(|r| r.id.clone()).collect()
        };
        let tests = of
            .tests
            .iter()
            .map(|(t, w)| (self.case.tests[*t].id.clone(), results(*t), w));
        let seen = vec!["seen".to_owned(), "not_seen".to_owned()];
        let all: [(&str, Vec<Learnt>); 2] = [
            (
                "drivers",
                (of.drivers.iter())
                    .map(|(d, w)| (driver(*d), states(*d), w))
                    .collect(),
            ),
            (
                "signposts",
                (of.signposts.iter())
                    .map(|(s, w)| (signpost(*s), seen.clone(), w))
                    .chain(tests)
                    .collect(),
            ),
        ];
        let mut further = Map::new();
        for (key, all) in all {
            let plain = all
                .iter()
                .map(|(id, _, w)| (id.clone(), number(w.gross.value)));
            out.insert(key.into(), Value::Object(plain.collect()));
            let errors = all
                .iter()
                .filter_map(|(id, _, w)| Some((id.clone(), number(w.gross.error?))));
            let errors: Map<String, Value> = errors.collect();
            if !errors.is_empty() {
                out.insert(format!("{key}_standard_error"), Value::Object(errors));
            }
            let detail = all
                .iter()
                .map(|(id, names, w)| (id.clone(), self.worth(w, names)));
            further.insert(key.into(), Value::Object(detail.collect()));
        }
        out.insert("detail".into(), Value::Object(further));
        Value::Object(out)
    }

    fn worth(&self, w: &Worth, names: &[String]) -> Value {
        let outcomes = w.outcomes.iter().enumerate().map(|(i, (p, best, values))| {
            let values = values.iter().enumerate();
            let values = values.map(|(k, v)| (self.id(k).to_owned(), number(*v)));
            json!({
                "outcome": names.get(i), "probability": number(*p), "best": self.id(*best),
                "expected": Value::Object(values.collect()),
            })
        });
        let mut out = Map::new();
        put(&mut out, "gross", w.gross);
        out.insert("cost".into(), w.cost.map_or(Value::Null, number));
        out.insert("outcomes".into(), outcomes.collect());
        Value::Object(out)
    }

    fn plan(&self, p: &Plan) -> Value {
        let mut out = Map::new();
        out.insert("begin".into(), json!(self.id(p.begin)));
        out.insert("signpost".into(), json!(self.case.signposts[p.signpost].id));
        out.insert("when_seen".into(), json!(p.when_seen));
        out.insert("switch_to".into(), json!(self.id(p.switch_to)));
        put(&mut out, "value", p.value);
        put(&mut out, "gain", p.gain);
        out.insert("switching".into(), number(p.switching));
        Value::Object(out)
    }

    fn outcome(&self, o: &Outcome) -> Value {
        let mut out = Map::new();
        out.insert("known".into(), self.states(&o.known));
        out.insert("unknown".into(), json!(self.drivers(&o.unknown)));
        let brought = o.brought.iter().enumerate();
        let brought = brought.map(|(k, a)| (self.id(k).to_owned(), Value::Object(amount(a))));
        out.insert("brought".into(), Value::Object(brought.collect()));
        out.insert("best".into(), json!(self.id(o.best)));
        out.insert("chosen".into(), json!(o.chosen.map(|c| self.id(c.0))));
        if let Some((_, regret)) = o.chosen {
            put(&mut out, "regret", regret);
        }
        Value::Object(out)
    }

    fn draws(&self) -> Value {
        let d = &self.found.drawn;
        if d.exact {
            return json!({ "rows": d.rows });
        }
        let sampling = match d.sampling {
            Sampling::Plain => "plain",
            Sampling::Latin => "latin",
            Sampling::Sobol => "sobol",
        };
        json!({
            "rows": d.rows, "sampling": sampling, "reached": d.reached, "precision": number(d.precision),
            "belief_sampled": d.belief_sampled,
        })
    }
}

/// A distribution in brief. `standard_error` only where it was sampled.
fn amount(of: &Amount) -> Map<String, Value> {
    let mut out = Map::new();
    let mean = if of.endless {
        Value::Null
    } else {
        number(of.mean.value)
    };
    out.insert("expected".into(), mean);
    if let Some(error) = of.mean.error {
        let error = if of.endless {
            Value::Null
        } else {
            number(error)
        };
        out.insert("standard_error".into(), error);
    }
    let quantiles = ["5", "25", "50", "75", "95"].iter().zip(of.quantiles);
    let quantiles = quantiles.map(|(k, v)| ((*k).to_owned(), number(v)));
    out.insert("quantiles".into(), Value::Object(quantiles.collect()));
    out.insert("deviation".into(), number(of.deviation));
    out.insert("least".into(), number(of.range.0));
    out.insert("greatest".into(), number(of.range.1));
    out.insert("defined".into(), number(of.defined));
    out.insert("endless".into(), json!(of.endless));
    out
}

fn measure(of: Measure) -> &'static str {
    match of {
        Measure::Maximin => "maximin",
        Measure::Maximax => "maximax",
        Measure::Hurwicz => "hurwicz",
        Measure::Laplace => "laplace",
        Measure::MinimaxRegret => "minimax_regret",
        Measure::PercentileRegret => "percentile_regret",
        Measure::MeanVariance => "mean_variance",
        Measure::UndesirableDeviations => "undesirable_deviations",
        Measure::Skewness => "skewness",
        Measure::Peakedness => "peakedness",
        Measure::Starr => "starr",
    }
}
