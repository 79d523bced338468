//! Why not, and the smallest change.

use super::{dotted, future, points_number, stopped};
use serde_json::{Value, json};
use sinario_case::{Case, StateRef};
use sinario_reading::{Argued, ArguedStep, Change, Direction, WhyNot, WhyNotFound};

/// `proof` is there only where the state is ruled out, `example` only where it is not; `ruled_out` is null where the
/// search stopped before it knew.
pub(super) fn why_not(case: &Case, asked: &WhyNot) -> Value {
    let mut out = json!({ "state": dotted(case, asked.state), "ruled_out": null, "example": null, "proof": null });
    match &asked.found {
        WhyNotFound::Occurs { count, best, all } => {
            out["ruled_out"] = json!(false);
            out["count"] = json!(count.to_string());
            out["all_compared"] = json!(all);
            out["example"] = future(case, best);
        }
        WhyNotFound::RuledOut { nothing, proof } => {
            out["ruled_out"] = json!(true);
            out["nothing_consistent"] = json!(nothing);
            if let Some(lines) = proof {
                out["proof"] = lines.iter().map(|line| argued(case, line)).collect();
            }
        }
        WhyNotFound::Open(why) => out["stopped"] = stopped(*why),
    }
    out
}

fn argued(case: &Case, line: &Argued) -> Value {
    json!({
        "assumed": line.assumed.iter().map(|&s| dotted(case, s)).collect::<Vec<_>>(),
        "falls": line.steps.iter().map(|s| step(case, s)).collect::<Vec<_>>(),
        "driver": case.driver(line.driver).id,
    })
}

fn step(case: &Case, step: &ArguedStep) -> Value {
    let rival = StateRef {
        state: step.fall.rival,
        ..step.fall.state
    };
    let carried = step.carried.iter().map(|by| {
        let judgements = by.pulls.iter().map(|p| {
            let of = &case.impacts[p.impact];
            json!({
                "from": dotted(case, of.from),
                "lead": points_number(p.lead),
                "because": of.because.as_ref().map(|b| b.get(case.lang)),
            })
        });
        json!({
            "driver": case.driver(by.from).id, "open": by.open, "least": points_number(by.least),
            "judgements": judgements.collect::<Vec<_>>(),
        })
    });
    json!({
        "state": dotted(case, step.fall.state),
        "rival": case.state(rival).id,
        "by": points_number(step.fall.by),
        "after": step.fall.after,
        "carried": carried.collect::<Vec<_>>(),
    })
}

/// `count` and `total` are null where no change was found; `at_least` scores have to change in any case.
pub(super) fn change(case: &Case, asked: &Change) -> Value {
    let best = asked.best.as_ref();
    let changes = best.map(|best| {
        let changes = best.changes.iter().map(|c| {
            let because = c.impact.and_then(|at| case.impacts[at].because.as_ref());
            json!({
                "from": dotted(case, c.from),
                "on": case.driver(c.on.driver).id,
                "state": case.state(c.on).id,
                "was": points_number(c.was),
                "becomes": points_number(c.becomes),
                "new": c.new,
                "because": because.map(|b| b.get(case.lang)),
            })
        });
        changes.collect::<Vec<_>>()
    });
    json!({
        "wish": asked.wish.iter().map(|&s| dotted(case, s)).collect::<Vec<_>>(),
        "direction": match asked.direction { Direction::Make => "make", Direction::Break => "break" },
        "proved": asked.proved,
        "at_least": asked.at_least,
        "count": best.map(|b| b.changes.len()),
        "total": best.map(|b| points_number(b.total)),
        "changes": changes.unwrap_or_default(),
        "example": best.map(|b| future(case, &b.example)),
        "scale": points_number(asked.scale),
        "unit": points_number(asked.unit),
        "stopped": asked.stopped.map(stopped),
        "steps": asked.steps,
    })
}
