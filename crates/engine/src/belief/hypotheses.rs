//! Facts beside each other: how much each is to be expected in each state, what it tells, and which facts carry
//! what is believed (model.md 5).

use super::exact::mutual_information;
use super::facts::{Cells, exact};
use super::{Estimate, Weight};
use crate::evidence::{Evidence, FactInput, Weighing};
use crate::{Driver, Fact, State};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The facts beside each other, for one driver.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Hypotheses {
    /// Each fact that bears on the driver, in order; none where the driver is held or known.
    pub facts: Vec<Bearing>,
    /// What carries the leading state.
    pub linchpins: Linchpins,
}

/// How one fact bears on one driver.
#[derive(Clone, Debug, PartialEq)]
pub struct Bearing {
    /// The fact.
    pub fact: Fact,
    /// P(fact | state) by state, 0 … 1, all else as it is believed without the fact. Where a state is ruled out
    /// without the fact already, as it is before all facts; not a number where it is ruled out even then.
    pub likelihood: Vec<Estimate>,
    /// Mutual information in bits of the states and of whether the fact happens, as believed without it: how well it
    /// could tell them apart.
    pub diagnosticity: Estimate,
    /// Relative entropy in bits of the belief with the fact to that without it (Kullback and Leibler 1951): how much
    /// it did tell.
    pub told: Estimate,
}

/// The fewest facts without which another state would lead. The facts of a group count as one where all of them go.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Linchpins {
    /// All such sets of the fewest members, in order.
    pub sets: Vec<Linchpin>,
    /// All sets of up to so many members were tried, 0 … 3. Where none was found below 3, more would have taken too much
    /// work, or there were no more facts.
    pub tried: usize,
    /// Whether sets of more members could have been tried, but for the work.
    pub more: bool,
}

/// Facts without which another state would lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Linchpin {
    /// The facts, in order.
    pub facts: Vec<Fact>,
    /// The state that would lead.
    pub leads: State,
    /// The belief without them, by state.
    pub without: Vec<Estimate>,
}

/// Most members of a set of facts that is left out.
pub(super) const MEMBERS: usize = 3;
/// Joint states that a reading looks at to find sets of two and three members: less than a second of one core.
pub const TRIALS: u64 = 1 << 25;
/// What a set costs beside its joint states, in as many of them.
const SET: u64 = 256;

/// By how much another state must lead, so that rounding makes no linchpin.
const LEAD: f64 = 1e-9;

impl FactInput {
    /// Whether the case says of this fact how it goes with the states of a driver, by itself or as an act.
    pub fn bears_on(&self, driver: Driver) -> bool {
        let acts = self.act.iter().flat_map(|a| &a.worth);
        self.expected.iter().any(|e| e.0 == driver) || acts.into_iter().any(|w| w.0 == driver)
    }
}

/// What can be left out as one: each fact, and each group of several.
pub(super) fn units(evidence: &Evidence) -> Vec<Vec<Fact>> {
    let mut groups = BTreeMap::<u32, Vec<Fact>>::new();
    for fact in evidence.all() {
        if let Some(group) = evidence.facts[fact.0 as usize].group {
            groups.entry(group).or_default().push(fact);
        }
    }
    let single = evidence.all().into_iter().map(|f| vec![f]);
    let several = groups.into_values().filter(|g| g.len() > 1);
    single.chain(several).collect()
}

/// Relative entropy in bits; what has vanished counts for nothing.
pub(super) fn told(with: &[f64], without: &[f64]) -> f64 {
    let part = |(p, q): (&f64, &f64)| match *p > 0.0 {
        true => p * libm::log2(p / q),
        false => 0.0,
    };
    with.iter().zip(without).map(part).sum::<f64>().max(0.0)
}

/// The place of the greatest; the first of equals.
pub(super) fn leading(belief: &[Estimate]) -> usize {
    let better = |best: usize, s: usize| match belief[s].value > belief[best].value {
        true => s,
        false => best,
    };
    (0..belief.len()).fold(0, better)
}

/// The linchpin that a set of facts is, if another state leads without it: by more than rounding, and by more than
/// twice the standard error of the lead where it was drawn.
pub(super) fn linchpin(facts: &[Fact], led: usize, without: &[Estimate]) -> Option<Linchpin> {
    let leads = leading(without);
    let (new, old) = (without.get(leads)?, without.get(led)?);
    let error = |e: &Estimate| e.error.unwrap_or(0.0);
    let doubt = 2.0 * libm::hypot(error(new), error(old));
    // The cast: states are counted in u16.
    (new.value - old.value > LEAD.max(doubt)).then(|| Linchpin {
        facts: facts.to_vec(),
        leads: State(leads as u16),
        without: without.to_vec(),
    })
}

/// Sets of so many units that have no fact in common, and no group in part beside the group as a whole.
fn sets(units: &[Vec<Fact>], members: usize) -> Vec<Vec<Fact>> {
    let mut sets = vec![(0, Vec::new())];
    for _ in 0..members {
        let mut longer = Vec::new();
        for (from, set) in &sets {
            for (at, unit) in units.iter().enumerate().skip(*from) {
                if unit.iter().all(|f| !set.contains(f)) {
                    longer.push((at + 1, [&set[..], unit].concat()));
                }
            }
        }
        sets = longer;
    }
    let sorted = |(_, mut set): (usize, Vec<Fact>)| {
        set.sort_unstable();
        set
    };
    let mut sets: Vec<Vec<Fact>> = sets.into_iter().map(sorted).collect();
    // A small group may be made up of single facts as well.
    sets.sort_unstable();
    sets.dedup();
    sets
}

impl Cells {
    /// The facts beside each other, for each driver in `read`, from their weights; `trials` as in
    /// [`Ask::trials`](super::Ask::trials).
    pub(super) fn hypotheses(
        &self,
        weighing: &Weighing,
        evidence: &Evidence,
        read: &[Driver],
        weights: &[Vec<Weight>],
        trials: u64,
    ) -> Vec<Hypotheses> {
        let all = evidence.all();
        let Some(with) = self.posterior(weighing, &all, read) else {
            return Vec::new();
        };
        let mut found: Vec<Hypotheses> = read.iter().map(|_| Hypotheses::default()).collect();
        let free = |d: &Driver| self.axes.iter().any(|a| a.driver == *d);
        let bears = |fact: &Fact| {
            let input = &evidence.facts[fact.0 as usize];
            let bearing = |at: &usize| input.bears_on(read[*at]) && free(&read[*at]);
            let on: Vec<usize> = (0..read.len()).filter(bearing).collect();
            let drivers: Vec<Driver> = on.iter().map(|&at| read[at]).collect();
            let rest: Vec<Fact> = all.iter().copied().filter(|f| f != fact).collect();
            let joint = self.expected(weighing, *fact, &rest, &drivers);
            let of = |(at, joint): (usize, Vec<Expected>)| {
                let weight = &weights[fact.0 as usize][at];
                let without: Vec<f64> = weight.without.iter().map(|e| e.value).collect();
                let pairs: Vec<(f64, f64)> = joint.iter().map(|e| (e.yes, e.no)).collect();
                let bearing = Bearing {
                    fact: *fact,
                    likelihood: joint.iter().map(|e| exact(e.chance)).collect(),
                    diagnosticity: exact(mutual_information(&pairs)),
                    told: exact(told(&with[at], &without)),
                };
                (at, bearing)
            };
            on.into_iter().zip(joint).map(of).collect::<Vec<_>>()
        };
        let bearings: Vec<Vec<(usize, Bearing)>> = all.par_iter().map(bears).collect();
        for (at, bearing) in bearings.into_iter().flatten() {
            found[at].facts.push(bearing);
        }
        let led: Vec<usize> = with
            .iter()
            .map(|b| leading(&b.iter().copied().map(exact).collect::<Vec<_>>()))
            .collect();
        let open: Vec<usize> = (0..read.len()).filter(|&at| free(&read[at])).collect();
        let mut linchpins = self.linchpins(weighing, evidence, read, &led, &open, trials);
        for (hypotheses, of) in found.iter_mut().zip(&mut linchpins) {
            hypotheses.linchpins = std::mem::take(of);
        }
        found
    }

    /// Tries all sets of one member, then of two and of three for the drivers of `open` whose leading state nothing
    /// has moved.
    fn linchpins(
        &self,
        weighing: &Weighing,
        evidence: &Evidence,
        read: &[Driver],
        led: &[usize],
        open: &[usize],
        trials: u64,
    ) -> Vec<Linchpins> {
        let (all, units) = (evidence.all(), units(evidence));
        let mut found: Vec<Linchpins> = read.iter().map(|_| Linchpins::default()).collect();
        // The casts: facts and joint states are counted.
        let each = self.mass.len() as u64 + SET;
        let mut left = trials;
        for members in 1..=MEMBERS {
            let still: Vec<usize> = open
                .iter()
                .copied()
                .filter(|&at| found[at].sets.is_empty() && !found[at].more)
                .collect();
            if still.is_empty() || members > all.len() {
                break;
            }
            let n = units.len() as u64;
            let count = (0..members as u64).fold(1_u64, |c, k| {
                c.saturating_mul(n.saturating_sub(k)) / (k + 1)
            });
            let cost = count.saturating_mul(each);
            if members > 1 && cost > left {
                still.iter().for_each(|&at| found[at].more = true);
                break;
            }
            left = left.saturating_sub(cost);
            let drivers: Vec<Driver> = still.iter().map(|&at| read[at]).collect();
            let without = |set: &Vec<Fact>| {
                let rest: Vec<Fact> = all.iter().copied().filter(|f| !set.contains(f)).collect();
                let beliefs = self
                    .posterior(weighing, &rest, &drivers)
                    .unwrap_or_default();
                let of = |(&at, belief): (&usize, Vec<f64>)| {
                    let belief: Vec<Estimate> = belief.into_iter().map(exact).collect();
                    linchpin(set, led[at], &belief)
                };
                still.iter().zip(beliefs).map(of).collect::<Vec<_>>()
            };
            let tried: Vec<Vec<Option<Linchpin>>> =
                sets(&units, members).par_iter().map(without).collect();
            for of in tried {
                for (&at, one) in still.iter().zip(of) {
                    found[at].sets.extend(one);
                }
            }
            for &at in &still {
                found[at].tried = members;
                fewest(&mut found[at].sets);
            }
        }
        found
    }

    /// For each of the drivers, state by state, the mass under a set of facts with which another fact happens and
    /// does not.
    fn expected(
        &self,
        weighing: &Weighing,
        fact: Fact,
        rest: &[Fact],
        drivers: &[Driver],
    ) -> Vec<Vec<Expected>> {
        let (own, rest) = (self.says(weighing, &[fact]), self.says(weighing, rest));
        let most = self.most(&rest).unwrap_or(0.0);
        let place = |d: &Driver| self.axes.iter().position(|a| a.driver == *d);
        let axes: Vec<usize> = drivers.iter().filter_map(place).collect();
        let none = |&a: &usize| vec![Expected::default(); self.axes[a].states];
        let mut sums: Vec<Vec<Expected>> = axes.iter().map(none).collect();
        self.visit_both([&rest, &own], &mut |at, states, [rest, own]| {
            let (before, chance) = (self.mass[at], libm::exp(own));
            let weight = before * libm::exp(rest - most);
            for (axis, sums) in axes.iter().zip(&mut sums) {
                let sum = &mut sums[states[*axis]];
                sum.yes += weight * chance;
                sum.no += weight * (1.0 - chance).max(0.0);
                sum.before += before;
                sum.before_yes += before * chance;
            }
        });
        for sums in &mut sums {
            let whole: f64 = sums.iter().map(|s| s.yes + s.no).sum();
            for sum in sums {
                // Together they are what is believed without the fact.
                let mass = sum.yes + sum.no;
                sum.chance = if mass > 0.0 {
                    sum.yes / mass
                } else {
                    sum.before_yes / sum.before
                };
                sum.yes /= whole;
                sum.no /= whole;
            }
        }
        sums
    }
}

/// Keeps the sets of which no part is there too: a whole group where one of its facts is enough is left out.
fn fewest(sets: &mut Vec<Linchpin>) {
    let all: Vec<Vec<Fact>> = sets.iter().map(|s| s.facts.clone()).collect();
    let within = |part: &Vec<Fact>, whole: &[Fact]| {
        part.len() < whole.len() && part.iter().all(|f| whole.contains(f))
    };
    sets.retain(|s| !all.iter().any(|part| within(part, &s.facts)));
}

/// What is expected of a fact in one state of a driver.
#[derive(Clone, Copy, Default)]
struct Expected {
    /// P(state, fact) and P(state, no fact), as believed without the fact.
    yes: f64,
    no: f64,
    /// Before all facts: P(state) and P(state, fact), in one unit.
    before: f64,
    before_yes: f64,
    /// P(fact | state).
    chance: f64,
}
