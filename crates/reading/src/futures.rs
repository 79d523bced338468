//! Consistent futures and where succession ends (model.md 3), under the names of the case.

use crate::pulls::Pulls;
use crate::translate::{at, driver_id, state_ref, states};
use crate::{Ask, Basin, Estimate, Fall, FutureFound, Futures, Refuted, RuleFound};
use sinario_case::StateId;
use sinario_engine::belief::{Belief, Weighed};
use sinario_engine::consistent::{self, Consistent, Found, assess};
use sinario_engine::firmness::{Firm, Firmness};
use sinario_engine::progress::Progress;
use sinario_engine::succession::{Basins, RULES, basins, sampled_basins, wilson};
use sinario_engine::{Driver, Model, State};

/// Futures whose pulls are written out, the likeliest first; more would fill memory and no page shows them.
const WRITTEN_OUT: usize = 24;
/// Most futures for which basins are counted one by one: the table of successors is in 32 bits.
const BASINS_UP_TO: u64 = 1 << 26;
/// Drawn starts where basins cannot be counted, at most.
const STARTS: u64 = 20_000;
/// Work for the drawn starts of one rule, in steps of about a nanosecond.
const STARTS_WORK: u64 = 100_000_000;

/// Drivers of an island, and pairs of states of one driver on it, for whose search hours are spent.
const HOURS_UP_TO: (usize, u64) = (128, 1 << 16);
/// Search steps of some hours, and of about half a second.
const HOURS: u64 = 1 << 40;
const MOMENT: u64 = 1 << 24;

/// What [`Ask::search_steps`] is unless it is given.
pub(crate) fn steps_for(model: &Model, held: &[(Driver, State)]) -> u64 {
    let normal = consistent::islands(model, held).iter().all(|island| {
        let pairs = island
            .iter()
            .map(|d| u64::from(model.sizes[d.0 as usize]).pow(2));
        island.len() <= HOURS_UP_TO.0 && pairs.sum::<u64>() <= HOURS_UP_TO.1
    });
    if normal { HOURS } else { MOMENT }
}

/// What is held, for the engine.
pub(crate) fn held(ask: &Ask) -> Vec<(Driver, State)> {
    ask.held.iter().map(|&h| at(h)).collect()
}

/// Searches for the consistent futures.
pub(crate) fn search(model: &Model, ask: &Ask, progress: &dyn Progress) -> Consistent {
    consistent::consistent(model, &search_of(model, ask), progress)
}

/// What is asked, for the engine's search.
pub(crate) fn search_of(model: &Model, ask: &Ask) -> consistent::Ask {
    let held = held(ask);
    consistent::Ask {
        max_inconsistency: ask.max_inconsistency,
        limit: ask.limit,
        given: ask.given.iter().map(|&g| at(g)).collect(),
        steps: ask.search_steps.unwrap_or_else(|| steps_for(model, &held)),
        held,
    }
}

/// Where succession ends under each rule: exact where all futures fit, else drawn where probabilities are
/// wanted, else not at all.
pub(crate) fn succession(
    model: &Model,
    ask: &Ask,
    found: &Consistent,
    progress: &dyn Progress,
) -> Vec<Basins> {
    let held = held(ask);
    let free = model
        .sizes
        .iter()
        .enumerate()
        .filter(|(d, _)| !held.iter().any(|(h, _)| h.0 as usize == *d))
        .try_fold(1_u64, |n, (_, &k)| n.checked_mul(u64::from(k)));
    if ask.basins_up_to == 0 {
        return Vec::new();
    }
    let most = BASINS_UP_TO.min(ask.exact_up_to).min(ask.basins_up_to);
    if free.is_some_and(|n| n <= most) {
        let wanted: Vec<_> = found.listed.iter().map(|f| f.states.clone()).collect();
        return RULES
            .iter()
            .map(|&rule| basins(model, rule, &held, &wanted, progress))
            .collect();
    }
    if !ask.probabilities {
        return Vec::new();
    }
    // All rules or none, so that they stand side by side.
    RULES
        .iter()
        .map(|&rule| {
            sampled_basins(
                model,
                rule,
                &held,
                (STARTS, STARTS_WORK),
                ask.seed,
                progress,
            )
        })
        .collect::<Option<Vec<Basins>>>()
        .unwrap_or_default()
}

/// Puts what was found about futures together.
pub(crate) fn futures(
    model: &Model,
    ask: &Ask,
    pulls: &Pulls,
    found: &Consistent,
    succession: &[Basins],
    belief: Option<&Belief>,
    firm: &Firm,
) -> Futures {
    let held = held(ask);
    let firm = |x: &[State]| firm.of(x, &held, ask.max_inconsistency);
    let future = |f: &Found, w: Option<&Weighed>| future(f, w, succession, Some(firm(&f.states)));
    let weighed = |i: usize| belief.map(|b| &b.futures[i]);
    let mut consistent: Vec<FutureFound> = found
        .listed
        .iter()
        .enumerate()
        .map(|(i, f)| future(f, weighed(i)))
        .collect();
    if belief.is_some() {
        // Stable: futures of one probability stay in declared order.
        consistent.sort_by(|a, b| then(b).total_cmp(&then(a)));
    }
    let mut likeliest: Vec<FutureFound> = belief
        .map_or(&[][..], |b| &b.likeliest)
        .iter()
        .map(|w| future(&assess(model, &w.states, &held), Some(w)))
        .collect();
    for f in consistent
        .iter_mut()
        .take(WRITTEN_OUT)
        .chain(&mut likeliest)
    {
        f.balance = pulls.of_future(&f.states);
    }
    let rules = succession.iter().map(|b| rule(b, &found.listed)).collect();
    Futures {
        count: found.count.clone(),
        stopped: found.stopped,
        steps: found.steps,
        islands: found
            .islands
            .iter()
            .map(|(drivers, count)| {
                (
                    drivers.iter().map(|&d| driver_id(d)).collect(),
                    count.clone(),
                )
            })
            .collect(),
        map: crate::map::map(&consistent),
        consistent,
        likeliest,
        basins_left_out: ask.basins_up_to > 0 && succession.is_empty(),
        rules,
        proof: found
            .proof
            .as_ref()
            .map(|lines| lines.iter().map(refuted).collect()),
        why_not: None,
        change: None,
    }
}

fn then(f: &FutureFound) -> f64 {
    f.then.map_or(0.0, |e: Estimate| e.value)
}

pub(crate) fn future(
    found: &Found,
    weighed: Option<&Weighed>,
    succession: &[Basins],
    firmness: Option<Firmness>,
) -> FutureFound {
    let mut basins = [None; 4];
    for (slot, rule) in basins.iter_mut().zip(succession) {
        let count = rule
            .attractors
            .iter()
            .find(|a| a.states.len() == 1 && a.states[0] == found.states)
            .map_or(0, |a| a.basin);
        *slot = Some(basin(rule, count));
    }
    FutureFound {
        states: states(&found.states),
        inconsistency: found.inconsistency,
        margin: found.margin,
        total_impact: found.total_impact,
        firmness,
        then: weighed.map(|w| w.then),
        settled: weighed.map(|w| w.settled),
        basins,
        balance: Vec::new(),
    }
}

fn basin(rule: &Basins, count: u64) -> Basin {
    let sampled = rule.sampled.map(|n| {
        let (low, high) = wilson(count, n);
        (n, low, high)
    });
    Basin { count, sampled }
}

fn rule(found: &Basins, listed: &[Found]) -> RuleFound {
    let cycles = found
        .attractors
        .iter()
        .filter(|a| a.states.len() > 1)
        .map(|a| {
            let cycle: Vec<Vec<StateId>> = a.states.iter().map(|f| states(f)).collect();
            (cycle, basin(found, a.basin))
        });
    let others = found
        .attractors
        .iter()
        .filter(|a| a.states.len() == 1 && !listed.iter().any(|f| f.states == a.states[0]))
        .count();
    RuleFound {
        rule: found.rule,
        cycles: cycles.collect(),
        others: others as u64 + found.more,
        open: found.open,
    }
}

fn refuted(line: &consistent::Refuted) -> Refuted {
    Refuted {
        assumed: line.assumed.iter().map(|&(d, s)| state_ref(d, s)).collect(),
        falls: line
            .falls
            .iter()
            .map(|f| Fall {
                state: state_ref(f.driver, f.state),
                rival: crate::translate::state_id(f.rival),
                by: f.by,
                after: f.after,
            })
            .collect(),
        driver: driver_id(line.driver),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgements::{inputs, judgements};
    use sinario_engine::firmness::Verdict;
    use sinario_engine::judgement::Place;

    /// A hundred thousand members of the flagship, half of them at corners, and the two that attain the ends.
    #[test]
    fn no_member_of_the_flagship_is_worse_or_better_than_its_firmness_says() {
        let file = include_bytes!("../../../examples/altman-reads-ms/case.toml");
        let case = sinario_case::parse(file).case.unwrap();
        let inputs = inputs(&case, &[]);
        let free: Vec<_> = judgements(&case, &[]).into_iter().map(|(_, j)| j).collect();
        let scores = || {
            free.iter()
                .filter(|j| matches!(j.place, Place::Score { .. }))
        };
        let found = search(&inputs.model, &Ask::default(), &crate::Quiet);
        let firm = Firm::new(&inputs.model, &free);
        let ends: Vec<Firmness> = found
            .listed
            .iter()
            .map(|f| firm.of(&f.states, &[], 0))
            .collect();
        assert!(ends.iter().any(|f| f.verdict == Verdict::Possibly));
        let mut member = inputs.clone();
        let mut state = 7_u64;
        let mut dice = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        for e in 0..100_000 {
            for j in scores() {
                let share = if e % 2 == 0 { dice() } else { dice().round() };
                member.set(j.place, j.at(share));
            }
            let at = e % ends.len();
            let margin = assess(&member.model, &found.listed[at].states, &[]).margin;
            assert!(ends[at].worst <= margin && margin <= ends[at].best);
        }
        for (f, ends) in found.listed.iter().zip(ends) {
            for (told_low, want) in [(true, ends.worst), (false, ends.best)] {
                for j in scores() {
                    let told = matches!(j.place, Place::Score { on, target, .. } if f.states[on.0 as usize] == target);
                    member.set(j.place, if told == told_low { j.low } else { j.high });
                }
                assert_eq!(assess(&member.model, &f.states, &[]).margin, want);
            }
        }
    }
}
