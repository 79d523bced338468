//! Competing readings of each mind side by side: what was not done, each rationality, the best rival, and ranges.

use crate::translate::states;
use sinario_case::{ActorId, Case, DriverId, FactId, Ranged, StateId};
use sinario_engine::Fact;
use sinario_engine::belief::{Belief, Compare, Estimate, Place, Range, Rivals};

/// What stands beside the reading of one mind.
#[derive(Clone, Debug, Default)]
pub struct MindCompared {
    /// For each used fact that is an act, in the order of the used facts, what was not done.
    pub acts: Vec<Undone>,
    /// The belief at each rationality β of all actors, by state, β rising; empty without acts.
    pub rationality: Vec<(f64, Vec<Estimate>)>,
    /// For each actor whose acts bear on this mind, what all its acts say of its β: each β with its probability.
    /// Empty where now was sampled.
    pub betas: Vec<(ActorId, Vec<(f64, f64)>)>,
    /// The leading explanation and its best rival; `None` where answers were sampled, or nothing else is possible.
    pub rival: Option<Rival>,
    /// The least and greatest belief over the ranges that the author gave to likelihoods and worths of used facts, by
    /// state; `None` where there are no ranges, where now was sampled, or where there are too many to try.
    pub range: Option<Vec<(f64, f64)>>,
    /// Whether there are such ranges and they were not looked at.
    pub ranges_left_out: bool,
    /// Whether no values in the ranges lead further than `range`; else it is at least so wide.
    pub range_whole: bool,
}

/// What an actor could have done and did not.
#[derive(Clone, Debug)]
pub struct Undone {
    /// The act.
    pub fact: FactId,
    /// The alternatives that were not taken, in the order of the case.
    pub alternatives: Vec<NotTaken>,
    /// Whether any of them would have moved this mind by a twentieth of a deciban or more.
    pub tells: bool,
}

/// An alternative that was not taken.
#[derive(Clone, Debug)]
pub struct NotTaken {
    /// Position in [`sinario_case::Act::among`].
    pub alternative: usize,
    /// By state, 10·log10 of (odds now ÷ odds had it not been there to take).
    pub decibans: Vec<Estimate>,
    /// The belief by state, had it been taken.
    pub instead: Vec<Estimate>,
}

/// The most probable future now in which a mind has its leading state, and the most probable one in which it has not.
#[derive(Clone, Debug)]
pub struct Rival {
    /// The states of the leading explanation, and its mass.
    pub leading: (Vec<StateId>, f64),
    /// The states of the best rival, and its mass.
    pub rival: (Vec<StateId>, f64),
    /// Mass of the leading one ÷ mass of the rival; below 1 where the rival is a likelier future by itself.
    pub ratio: f64,
    /// Drivers that differ, the mind itself first.
    pub differ: Vec<DriverId>,
    /// The signposts (positions in the case), the one that separates the two most first.
    pub signposts: Vec<Separating>,
}

/// How a signpost separates two futures.
#[derive(Clone, Copy, Debug)]
pub struct Separating {
    /// Position in [`Case::signposts`].
    pub signpost: usize,
    /// Jensen–Shannon divergence in bits, 0 … 1.
    pub bits: f64,
    /// P(seen) if the leading explanation holds now, and if the rival does.
    pub seen: (f64, f64),
}

impl MindCompared {
    /// Whether the belief in any state differs by half a point of percent or more between rationalities.
    pub fn rationality_matters(&self) -> bool {
        let Some((_, first)) = self.rationality.first() else {
            return false;
        };
        (0..first.len()).any(|s| {
            let all = self.rationality.iter().map(|r| r.1[s].value);
            let ends = all.fold((1.0_f64, 0.0_f64), |(l, h), p| (l.min(p), h.max(p)));
            ends.1 - ends.0 >= 0.005
        })
    }

    /// The ends for a state, where the ranges move it by half a point of percent or more.
    pub fn range_of(&self, state: StateId) -> Option<(f64, f64)> {
        let ends = *self.range.as_ref()?.get(state.0)?;
        (ends.1 - ends.0 >= 0.005).then_some(ends)
    }
}

/// Every range that stands in the case at a likelihood or worth of a used fact.
pub(crate) fn compare(case: &Case, used: &[FactId]) -> Compare {
    let mut ranges = Vec::new();
    for (f, id) in used.iter().enumerate() {
        // The cast: fewer facts than the bytes of a file of 16 MiB.
        let fact = Fact(f as u32);
        let mut add = |of: &Ranged, place: Place| {
            if let Some((low, high)) = of.range {
                ranges.push(Range {
                    fact,
                    place,
                    low,
                    high,
                });
            }
        };
        let of = &case.facts[id.0];
        for (part, expected) in of.expected.iter().enumerate() {
            for (state, chance) in expected.chances.iter().enumerate() {
                add(chance, Place::Chance { part, state });
            }
        }
        for (part, worth) in of.act.iter().flat_map(|a| a.worth.iter().enumerate()) {
            for (state, row) in worth.table.iter().enumerate() {
                for (alternative, value) in row.iter().enumerate() {
                    let place = Place::Worth {
                        part,
                        state,
                        alternative,
                    };
                    add(value, place);
                }
            }
        }
    }
    Compare { ranges }
}

/// What the engine compared for the driver that stands at `at` among those that are read.
pub(crate) fn compared(
    case: &Case,
    driver: DriverId,
    at: usize,
    used: &[FactId],
    belief: &Belief,
) -> MindCompared {
    let Some(found) = &belief.compared else {
        return MindCompared::default();
    };
    let acts = found.acts.iter().map(|undone| {
        let alternatives = undone.alternatives.iter().map(|a| NotTaken {
            alternative: a.number,
            decibans: a.decibans[at].clone(),
            instead: a.instead[at].clone(),
        });
        let alternatives: Vec<NotTaken> = alternatives.collect();
        let weights = alternatives.iter().flat_map(|a| &a.decibans);
        Undone {
            fact: used[undone.fact.0 as usize],
            tells: weights.into_iter().any(|d| d.value.abs() >= 0.05),
            alternatives,
        }
    });
    let bears = |actor: u32| {
        used.iter().any(|f| {
            let act = case.facts[f.0].act.as_ref();
            act.is_some_and(|a| {
                a.actor.0 == actor as usize && a.worth.iter().any(|w| w.driver == driver)
            })
        })
    };
    let beta = || found.rationality.iter().map(|f| f.beta);
    let betas = found.betas.iter().filter(|(actor, _)| bears(*actor));
    let rival = found.rivals.get(at).and_then(|r| rival(driver, r));
    MindCompared {
        acts: acts.collect(),
        rationality: found
            .rationality
            .iter()
            .map(|f| (f.beta, f.posterior[at].clone()))
            .collect(),
        betas: betas
            .map(|(actor, chances)| {
                let each = beta().zip(chances.iter().copied());
                (ActorId(*actor as usize), each.collect())
            })
            .collect(),
        rival,
        range: found.spans.as_ref().map(|s| s.ends[at].clone()),
        ranges_left_out: found.spans.is_none() && !compare(case, used).ranges.is_empty(),
        range_whole: found.spans.as_ref().is_some_and(|s| s.whole),
    }
}

fn rival(driver: DriverId, found: &Rivals) -> Option<Rival> {
    let (leading, mass) = found.leading.as_ref()?;
    let (rival, less) = found.rival.as_ref()?;
    let (leading, rival) = (states(leading), states(rival));
    let mut differ: Vec<DriverId> = (0..leading.len())
        .filter(|&d| leading[d] != rival[d])
        .map(DriverId)
        .collect();
    differ.sort_by_key(|d| (*d != driver, *d));
    let each = found.seen.iter().zip(&found.separation).enumerate();
    let mut signposts: Vec<Separating> = each
        .map(|(signpost, (&seen, &bits))| Separating {
            signpost,
            bits,
            seen,
        })
        .collect();
    signposts.sort_by(|a, b| b.bits.total_cmp(&a.bits).then(a.signpost.cmp(&b.signpost)));
    Some(Rival {
        ratio: mass / less,
        leading: (leading, *mass),
        rival: (rival, *less),
        differ,
        signposts,
    })
}
