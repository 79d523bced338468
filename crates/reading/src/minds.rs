//! What the facts say about each mind, and each driver with evidence (model.md 5).

use crate::{FactWeight, Mind, SignpostFound, SignpostOnMind, Step};
use sinario_case::{Case, Date, DriverId, FactId, Kind};
use sinario_engine::belief::{Belief, Estimate};

/// Facts used up to a day, undated ones first, then by day, then as in the file; and those left out.
pub(crate) fn used(case: &Case, as_of: Option<Date>) -> (Vec<FactId>, Vec<FactId>) {
    let (mut used, later): (Vec<FactId>, Vec<FactId>) = (0..case.facts.len())
        .map(FactId)
        .partition(|f| match (case.facts[f.0].on, as_of) {
            (Some(on), Some(day)) => on <= day,
            _ => true,
        });
    used.sort_by_key(|f| case.facts[f.0].on);
    (used, later)
}

/// Drivers that are minds.
pub(crate) fn minds_of(case: &Case) -> Vec<DriverId> {
    (0..case.drivers.len())
        .map(DriverId)
        .filter(|&d| case.driver(d).kind == Kind::Mind)
        .collect()
}

/// Minds, and whatever else a used fact bears on, in declared order.
pub(crate) fn read_drivers(case: &Case, used: &[FactId]) -> Vec<DriverId> {
    let mut read = minds_of(case);
    for f in used {
        let fact = &case.facts[f.0];
        read.extend(fact.expected.iter().map(|e| e.driver));
        read.extend(
            fact.act
                .iter()
                .flat_map(|a| a.worth.iter().map(|w| w.driver)),
        );
    }
    read.sort_unstable();
    read.dedup();
    read
}

/// The days on which facts arrived, each with its facts, in order.
pub(crate) fn days(case: &Case, used: &[FactId]) -> Vec<(Option<Date>, Vec<FactId>)> {
    let mut days: Vec<(Option<Date>, Vec<FactId>)> = Vec::new();
    for &f in used {
        let on = case.facts[f.0].on;
        match days.last_mut() {
            Some((day, facts)) if *day == on => facts.push(f),
            _ => days.push((on, vec![f])),
        }
    }
    days
}

/// What the engine found, under the names of the case.
pub(crate) fn minds(case: &Case, read: &[DriverId], used: &[FactId], belief: &Belief) -> Vec<Mind> {
    let days = days(case, used);
    read.iter()
        .enumerate()
        .map(|(at, &driver)| Mind {
            driver,
            prior: belief.before[driver.0].clone(),
            posterior: belief.now[driver.0].clone(),
            facts: used
                .iter()
                .zip(&belief.facts)
                .map(|(&fact, weights)| FactWeight {
                    fact,
                    decibans: weights[at].decibans.clone(),
                    without: weights[at].without.clone(),
                })
                .collect(),
            trajectory: days
                .iter()
                .zip(&belief.trajectory)
                .map(|((on, facts), step)| Step {
                    on: *on,
                    facts: facts.clone(),
                    belief: step[at].clone(),
                })
                .collect(),
            hypotheses: crate::hypotheses::hypotheses(case, driver, at, used, belief),
            compared: crate::compared::compared(case, driver, at, used, belief),
        })
        .collect()
}

/// The signposts, the most telling first (ties in the order of the file).
pub(crate) fn signposts(minds: &[DriverId], belief: &Belief) -> Vec<SignpostFound> {
    let mut found: Vec<SignpostFound> = belief
        .signposts
        .iter()
        .enumerate()
        .map(|(signpost, telling)| SignpostFound {
            signpost,
            seen: telling.seen,
            bits: sum(&telling.bits),
            minds: minds
                .iter()
                .enumerate()
                .map(|(m, &driver)| SignpostOnMind {
                    driver,
                    bits: telling.bits[m],
                    if_seen: telling.if_seen[m].clone(),
                    if_not: telling.if_not[m].clone(),
                })
                .collect(),
        })
        .collect();
    found.sort_by(|a, b| {
        b.bits
            .value
            .total_cmp(&a.bits.value)
            .then(a.signpost.cmp(&b.signpost))
    });
    found
}

/// The sum of estimates; its error takes them to move together, which is never too small.
fn sum(parts: &[Estimate]) -> Estimate {
    let value = parts.iter().map(|p| p.value).sum();
    let error = parts
        .iter()
        .filter_map(|p| p.error)
        .fold(None, |sum: Option<f64>, e| Some(sum.unwrap_or(0.0) + e));
    Estimate { value, error }
}
