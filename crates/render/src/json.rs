//! A reading for programs, in the shape that the faces agree on.
//!
//! Numbers keep full precision; counts of futures are decimal strings. Beside each sampled number stands its
//! `…_standard_error` where there is one number, or a table `standard_error` of the same shape where there are
//! many. What is infinite (a fact that decides, a log score at probability 0) is the string `"inf"` or `"-inf"`.

mod choices;
mod compared;
mod firm;
mod hypotheses;
mod judgements;
mod power;
mod quantities;
mod structure;
mod sway;

use serde_json::{Map, Value, json};
use sinario_case::{Case, DriverId, StateId};
use sinario_reading::{
    Balance, Basin, Estimate, Firmness, FutureFound, Holding, Marginals, Method, RULES, Reading,
    Rule,
};

/// Which part of a reading is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    Whole,
    /// Consistent futures.
    Futures,
    /// Minds.
    Minds,
    /// Options against the futures.
    Choices,
    /// Who holds power over whom.
    Power,
    /// What drives what.
    Structure,
    /// How firm it is.
    Firm,
    /// What would change the answer.
    Tornado,
    /// Quantities.
    Numbers,
    /// Only what stands before every answer: version, fingerprint, case.
    Head,
}

/// The reading as one JSON document.
pub fn json(reading: &Reading, part: Part) -> Value {
    let case = &*reading.case;
    let mut out = Map::new();
    out.insert("sinario".into(), json!(reading.version));
    out.insert("fingerprint".into(), json!(reading.fingerprint));
    out.insert("case".into(), header(reading));
    if matches!(part, Part::Whole | Part::Futures) {
        out.insert("futures".into(), futures(reading));
    }
    if matches!(part, Part::Whole | Part::Minds) {
        out.insert("minds".into(), minds(reading));
    }
    if matches!(part, Part::Whole | Part::Structure) {
        out.insert("structure".into(), structure::structure(reading));
    }
    if part == Part::Whole {
        out.insert("stories".into(), stories(reading));
        out.insert("signposts".into(), signposts(reading));
        out.insert("verdicts".into(), verdicts(case, reading));
    }
    if matches!(part, Part::Whole | Part::Choices)
        && let Some(choices) = choices::choices(reading)
    {
        out.insert("choices".into(), choices);
    }
    // A case that says nothing of power has no key for it, unless it was asked for.
    if part == Part::Power || (part == Part::Whole && reading.power.is_some()) {
        out.insert("power".into(), power::power(reading));
    }
    if matches!(part, Part::Whole | Part::Firm)
        && let Some(firm) = firm::firm(reading)
    {
        out.insert("firm".into(), firm);
    }
    if let (Part::Whole | Part::Numbers, Some(found)) = (part, &reading.numbers) {
        out.insert("numbers".into(), quantities::numbers(case, found));
    }
    if let (Part::Tornado, Some(Ok(sway))) = (part, &reading.sway) {
        out.insert("tornado".into(), sway::tornado(case, sway));
    }
    Value::Object(out)
}

fn number(n: f64) -> Value {
    match n {
        f64::INFINITY => json!("inf"),
        f64::NEG_INFINITY => json!("-inf"),
        n => json!(n),
    }
}

/// Thousandths as points; whole ones as whole numbers.
pub(crate) fn points_number(thousandths: i64) -> Value {
    if thousandths % 1000 == 0 {
        return json!(thousandths / 1000);
    }
    // The cast: sums of scores stay far below 2^52.
    let points = thousandths as f64 / 1000.0;
    json!(points)
}

/// `key` and, where it was sampled, its error.
pub(crate) fn put(into: &mut Map<String, Value>, key: &str, e: Estimate) {
    into.insert(key.into(), number(e.value));
    if let Some(error) = e.error {
        into.insert(format!("{key}_standard_error"), number(error));
    }
}

fn header(reading: &Reading) -> Value {
    let case = &*reading.case;
    let mut out = json!({
        "title": case.title.get(case.lang),
        "as_of": reading.as_of.map(|d| d.to_string()),
        "horizon": case.horizon.map(|d| d.to_string()),
        "drivers": case.drivers.len(),
        "futures": reading.size.to_string(),
        "method": match reading.method { _ if reading.firm.as_ref().is_some_and(|f| f.sampled) => "sampled", Method::Exact => "exact", Method::Sampled { .. } => "sampled" },
        "given": reading.ask.given.iter().map(|&s| dotted(case, s)).collect::<Vec<_>>(),
        "do": reading.ask.held.iter().map(|&s| dotted(case, s)).collect::<Vec<_>>(),
        "exact_up_to": reading.ask.exact_up_to,
        "facts_used": reading.used.iter().map(|f| &case.facts[f.0].id).collect::<Vec<_>>(),
        "facts_later": reading.later.iter().map(|f| &case.facts[f.0].id).collect::<Vec<_>>(),
    });
    if let Method::Sampled {
        chains,
        draws,
        effective,
        effective_settled,
        exact_now,
    } = reading.method
    {
        let warnings = crate::sampling::warnings(reading);
        out["sampling"] = json!({
            "chains": chains, "draws": draws, "effective": effective, "effective_settled": effective_settled,
            "exact_now": exact_now, "seed": reading.ask.seed,
            "warnings": warnings.iter().map(|w| w.code()).collect::<Vec<_>>(),
        });
    }
    out
}

pub(crate) fn dotted(case: &Case, s: sinario_case::StateRef) -> String {
    format!("{}.{}", case.driver(s.driver).id, case.state(s).id)
}

pub(crate) fn states(case: &Case, x: &[StateId]) -> Value {
    let pairs = case
        .drivers
        .iter()
        .zip(x)
        .map(|(d, s)| (d.id.clone(), json!(d.states[s.0].id)));
    Value::Object(pairs.collect())
}

fn rule_name(rule: Rule) -> &'static str {
    match rule {
        Rule::Global => "global",
        Rule::Local => "local",
        Rule::Incremental => "incremental",
        Rule::Adiabatic => "adiabatic",
    }
}

/// A count, or a share of drawn starts with its interval.
fn basin_of(b: &Basin) -> Value {
    match b.sampled {
        None => json!(b.count.to_string()),
        Some((starts, low, high)) => {
            json!({ "starts": b.count, "of": starts, "low": low, "high": high })
        }
    }
}

fn future(case: &Case, f: &FutureFound) -> Value {
    let mut out = Map::new();
    out.insert("states".into(), states(case, &f.states));
    out.insert("inconsistency".into(), points_number(f.inconsistency));
    out.insert("margin".into(), points_number(f.margin));
    out.insert("total_impact".into(), points_number(f.total_impact));
    if let Some(firm) = f.firmness {
        out.insert("firmness".into(), firmness(firm));
    }
    if let (Some(then), Some(settled)) = (f.then, f.settled) {
        put(&mut out, "probability", then);
        put(&mut out, "settled", settled);
    }
    let mut basins = Map::new();
    for (rule, basin) in RULES.into_iter().zip(&f.basins) {
        if let Some(b) = basin {
            basins.insert(rule_name(rule).into(), basin_of(b));
        }
    }
    out.insert("basins".into(), Value::Object(basins));
    Value::Object(out)
}

fn firmness(f: Firmness) -> Value {
    let verdict = match f.verdict {
        Holding::Always => "always",
        Holding::Possibly => "possibly",
        Holding::Never => "never",
    };
    json!({ "worst": points_number(f.worst), "best": points_number(f.best), "verdict": verdict })
}

fn futures(reading: &Reading) -> Value {
    let case = &*reading.case;
    let mut out = Map::new();
    if let Some(f) = &reading.futures {
        out.insert("count".into(), json!(f.count.to_string()));
        out.insert("finished".into(), json!(f.stopped.is_none()));
        out.insert("stopped".into(), f.stopped.map_or(Value::Null, stopped));
        out.insert("steps".into(), json!(f.steps));
        let islands = f.islands.iter().filter(|(d, _)| d.len() > 1 || f.islands.len() < 100).map(|(drivers, n)| {
            json!({ "drivers": drivers.iter().map(|d| &case.driver(*d).id).collect::<Vec<_>>(), "count": n.to_string() })
        });
        out.insert("islands".into(), islands.collect());
        let cycles = f.rules.iter().map(|r| {
            let cycles = r.cycles.iter().map(|(cycle, basin)| {
                json!({ "states": cycle.iter().map(|x| states(case, x)).collect::<Vec<_>>(), "basin": basin_of(basin) })
            });
            (rule_name(r.rule).to_owned(), cycles.collect())
        });
        out.insert("cycles".into(), Value::Object(cycles.collect()));
        out.insert(
            "consistent".into(),
            f.consistent.iter().map(|x| future(case, x)).collect(),
        );
        out.insert(
            "likeliest".into(),
            f.likeliest.iter().map(|x| future(case, x)).collect(),
        );
        out.insert("proof".into(), proof(case, f));
        if let Some(asked) = &f.why_not {
            out.insert("why_not".into(), judgements::why_not(case, asked));
        }
        if let Some(asked) = &f.change {
            out.insert("smallest_change".into(), judgements::change(case, asked));
        }
    }
    if let Some(b) = &reading.belief {
        let mut marginals = Map::new();
        for (d, driver) in case.drivers.iter().enumerate() {
            let of = driver.states.iter().enumerate().map(|(s, state)| {
                let mut m = Map::new();
                put(&mut m, "prior", b.before[d][s]);
                put(&mut m, "posterior", b.now[d][s]);
                put(&mut m, "then", b.then()[d][s]);
                put(&mut m, "settled", b.settled[d][s]);
                (state.id.clone(), Value::Object(m))
            });
            marginals.insert(driver.id.clone(), Value::Object(of.collect()));
        }
        out.insert("marginals".into(), Value::Object(marginals));
        out.insert(
            "unfolding".into(),
            unfolding(case, &b.unfolding, |e| number(e.value)),
        );
        if b.unfolding
            .iter()
            .flatten()
            .flatten()
            .any(|e| e.error.is_some())
        {
            // What is exact among what was drawn has the error 0.
            let error = |e: Estimate| number(e.error.unwrap_or(0.0));
            out.insert(
                "unfolding_standard_error".into(),
                unfolding(case, &b.unfolding, error),
            );
        }
        out.insert(
            "settling".into(),
            json!({
                "rounds": b.settling.rounds, "bound": number(b.settling.bound), "rate": b.settling.rate,
                "converged": b.settling.converged, "forgotten_after": b.settling.forgotten_after,
            }),
        );
    }
    Value::Object(out)
}

fn stopped(why: sinario_reading::Stopped) -> Value {
    use sinario_reading::Stopped;
    match why {
        Stopped::Steps(steps) => json!({ "why": "steps", "steps": steps }),
        Stopped::Size { pairs, limit } => json!({ "why": "size", "pairs": pairs, "limit": limit }),
        Stopped::States { states, limit } => {
            json!({ "why": "states", "states": states, "limit": limit })
        }
    }
}

fn proof(case: &Case, f: &sinario_reading::Futures) -> Value {
    let Some(lines) = &f.proof else {
        return Value::Null;
    };
    let line = |l: &sinario_reading::Refuted| {
        json!({
            "assumed": l.assumed.iter().map(|&s| dotted(case, s)).collect::<Vec<_>>(),
            "falls": l.falls.iter().map(|x| json!({
                "state": dotted(case, x.state),
                "rival": case.driver(x.state.driver).states[x.rival.0].id,
                "by": points_number(x.by),
                "after": x.after,
            })).collect::<Vec<_>>(),
            "driver": case.driver(l.driver).id,
        })
    };
    lines.iter().map(line).collect()
}

fn unfolding(case: &Case, rounds: &[Marginals], show: impl Fn(Estimate) -> Value) -> Value {
    let of = case.drivers.iter().enumerate().map(|(d, driver)| {
        let states = driver.states.iter().enumerate().map(|(s, state)| {
            (
                state.id.clone(),
                rounds.iter().map(|m| show(m[d][s])).collect(),
            )
        });
        (driver.id.clone(), Value::Object(states.collect()))
    });
    Value::Object(of.collect())
}

/// Tables of one number for each state of a driver; and, where any was sampled, `standard_error` with tables of
/// the same shape.
fn by_state(case: &Case, d: DriverId, tables: &[(&str, &[Estimate])]) -> Value {
    let table = |all: &[Estimate], show: &dyn Fn(&Estimate) -> Value| {
        let states = case.driver(d).states.iter().zip(all);
        Value::Object(states.map(|(s, e)| (s.id.clone(), show(e))).collect())
    };
    let mut out = Map::new();
    let mut errors = Map::new();
    for (name, all) in tables {
        out.insert((*name).into(), table(all, &|e| number(e.value)));
        if all.iter().any(|e| e.error.is_some()) {
            let error = table(all, &|e| number(e.error.unwrap_or(0.0)));
            errors.insert((*name).into(), error);
        }
    }
    if !errors.is_empty() {
        out.insert("standard_error".into(), Value::Object(errors));
    }
    Value::Object(out)
}

fn minds(reading: &Reading) -> Value {
    let case = &*reading.case;
    let one = |m: &sinario_reading::Mind| {
        let facts = m.facts.iter().map(|f| {
            let said = by_state(
                case,
                m.driver,
                &[("decibans", &f.decibans), ("without", &f.without)],
            );
            (case.facts[f.fact.0].id.clone(), said)
        });
        let trajectory = m.trajectory.iter().map(|s| {
            let mut step = by_state(case, m.driver, &[("posterior", &s.belief)]);
            step["on"] = json!(s.on.map(|d| d.to_string()));
            step["facts"] = s.facts.iter().map(|f| json!(case.facts[f.0].id)).collect();
            step
        });
        let mut found = by_state(
            case,
            m.driver,
            &[("prior", &m.prior), ("posterior", &m.posterior)],
        );
        found["trajectory"] = trajectory.collect();
        found["facts"] = Value::Object(facts.collect());
        hypotheses::add(case, m, &mut found);
        compared::put(&mut found, reading, m);
        (case.driver(m.driver).id.clone(), found)
    };
    Value::Object(reading.minds.iter().map(one).collect())
}

fn coherence(case: &Case, balances: &[Balance]) -> Value {
    let one = |b: &Balance| {
        let driver = case.driver(b.driver);
        let pulls = b.pulls.iter().map(|p| {
            json!({ "from": dotted(case, case.impacts[p.impact].from), "lead": points_number(p.lead) })
        });
        let found = json!({
            "state": driver.states[b.state.0].id, "told": points_number(b.told),
            "rival": driver.states[b.rival.0].id, "rival_sum": points_number(b.rival_sum), "pulls": pulls.collect::<Vec<_>>(),
        });
        (driver.id.clone(), found)
    };
    Value::Object(balances.iter().map(one).collect())
}

fn stories(reading: &Reading) -> Value {
    let case = &*reading.case;
    let one = |s: &sinario_reading::StoryFound| {
        let mut out = Map::new();
        if let Some(p) = s.probability {
            put(&mut out, "probability", p);
        }
        if let Some((x, mass)) = &s.best {
            let mut best = Map::new();
            best.insert("states".into(), states(case, x));
            put(&mut best, "probability", *mass);
            out.insert("best".into(), Value::Object(best));
        }
        out.insert("coherence".into(), coherence(case, &s.coherence));
        if let Some(change) = &s.change {
            out.insert("smallest_change".into(), judgements::change(case, change));
        }
        (case.stories[s.story].id.clone(), Value::Object(out))
    };
    Value::Object(reading.stories.iter().map(one).collect())
}

fn signposts(reading: &Reading) -> Value {
    let case = &*reading.case;
    let one = |s: &sinario_reading::SignpostFound| {
        let minds = s.minds.iter().map(|m| {
            let mut told = Map::new();
            put(&mut told, "bits", m.bits);
            let tables = [("if_seen", &m.if_seen[..]), ("if_not", &m.if_not[..])];
            if let Value::Object(tables) = by_state(case, m.driver, &tables) {
                told.extend(tables);
            }
            (case.driver(m.driver).id.clone(), Value::Object(told))
        });
        let mut found = Map::new();
        put(&mut found, "seen", s.seen);
        put(&mut found, "bits", s.bits);
        found.insert("minds".into(), Value::Object(minds.collect()));
        (case.signposts[s.signpost].id.clone(), Value::Object(found))
    };
    Value::Object(reading.signposts.iter().map(one).collect())
}

fn verdicts(case: &Case, reading: &Reading) -> Value {
    let one = |v: &sinario_reading::VerdictFound| {
        let verdict = &case.verdicts[v.verdict];
        let mut out = Map::new();
        out.insert("state".into(), json!(case.state(verdict.state).id));
        put(&mut out, "probability", v.probability);
        put(&mut out, "brier", v.brier_estimate());
        put(&mut out, "log", v.log_estimate());
        out.insert("ranked".into(), json!(v.ranked));
        if let Some(error) = v.ranked_error {
            out.insert("ranked_standard_error".into(), number(error));
        }
        out.insert("brier_ignorant".into(), json!(v.brier_ignorant));
        (
            case.driver(verdict.state.driver).id.clone(),
            Value::Object(out),
        )
    };
    Value::Object(reading.verdicts.iter().map(one).collect())
}
