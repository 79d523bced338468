//! What drives what, for programs. The names of the field are kept: `MDI` and `MII`, influence and dependence.

use super::{dotted, number};
use serde_json::{Map, Value, json};
use sinario_case::Case;
use sinario_reading::{Feedback, How, Quadrant, Reading, Sign, Standing, Why};

pub(super) fn structure(reading: &Reading) -> Value {
    let (case, found) = (&*reading.case, &reading.structure);
    let id = |d: usize| case.drivers[d].id.clone();
    let drivers = (0..case.drivers.len()).map(|d| {
        let of = json!({
            "direct": standing(&found.directly[d]),
            "indirect": standing(&found.indirectly[d]),
            "quadrant": quadrant(found.directly[d].quadrant),
        });
        (id(d), of)
    });
    let mut mdi: Map<String, Value> = Map::new();
    for i in &found.direct {
        let row = mdi.entry(id(i.from.0)).or_insert_with(|| json!({}));
        row[id(i.on.0)] = number(i.points);
    }
    let mii = found.indirect.as_ref().map(|rows| {
        let rows = rows.iter().enumerate().map(|(from, row)| {
            let cells = row.iter().enumerate().filter(|(_, x)| **x != 0.0);
            let cells = cells.map(|(on, &x)| (id(on), number(x)));
            (id(from), Value::Object(cells.collect()))
        });
        rows.filter(|(_, row)| row.as_object().is_some_and(|r| !r.is_empty()))
            .collect::<Map<String, Value>>()
    });
    let (settled, why, alpha, radius) = match found.how {
        How::Settled { power } => (Some(power), None, None, None),
        How::Damped { why, alpha, radius } => (None, Some(why), Some(alpha), Some(radius)),
    };
    let loops = &found.loops;
    json!({
        "drivers": Value::Object(drivers.collect()),
        "mean": number(found.mean),
        "MDI": mdi,
        "MII": mii,
        "settled_at_power": settled,
        "damped": alpha.is_some(),
        "why_damped": why.map(|w| match w { Why::NoLoop(_) => "no_loop", Why::Unsettled(_) => "unsettled" }),
        "alpha": alpha.map(number),
        "spectral_radius": radius.map(number),
        "components": found.components.iter()
            .map(|c| c.iter().map(|d| id(d.0)).collect::<Vec<_>>())
            .collect::<Vec<_>>(),
        "loops": {
            "count": loops.count.to_string(),
            "complete": loops.complete,
            "weighed": loops.weighed.to_string(),
            "weighed_up_to": loops.weighed_up_to,
            "reinforcing": loops.reinforcing.to_string(),
            "balancing": loops.balancing.to_string(),
            "listed": loops.listed.iter().map(|l| feedback(case, l)).collect::<Vec<_>>(),
        },
    })
}

fn standing(of: &Standing) -> Value {
    json!({
        "influence": number(of.influence),
        "dependence": number(of.dependence),
        "influence_share": number(of.influence_share),
        "dependence_share": number(of.dependence_share),
        "influence_rank": of.influence_rank,
        "dependence_rank": of.dependence_rank,
        "quadrant": quadrant(of.quadrant),
    })
}

fn quadrant(of: Quadrant) -> &'static str {
    match of {
        Quadrant::Input => "input",
        Quadrant::Relay => "relay",
        Quadrant::Output => "output",
        Quadrant::Autonomous => "autonomous",
    }
}

fn feedback(case: &Case, of: &Feedback) -> Value {
    let steps = &of.steps;
    json!({
        "drivers": steps.iter().map(|s| &case.driver(s.state.driver).id).collect::<Vec<_>>(),
        "sign": match of.sign {
            Sign::Reinforcing => "reinforcing",
            Sign::Balancing => "balancing",
            Sign::Neutral => "neutral",
        },
        "gain": number(of.gain),
        "strength": number(of.strength),
        "states": steps.iter().map(|s| dotted(case, s.state)).collect::<Vec<_>>(),
        "pushes": steps.iter().map(|s| number(s.push)).collect::<Vec<_>>(),
        "because": steps.iter()
            .map(|s| s.impact.and_then(|i| case.impacts[i].because.as_ref()).map(|b| b.get(case.lang)))
            .collect::<Vec<_>>(),
    })
}
