//! How firm the answers are: what the members of an ensemble say together (model.md 4a).

use crate::Ensemble;
use crate::ensemble::Member;
use sinario_case::StateId;
use sinario_engine::Future;
use sinario_engine::ensemble::Outcome;
use sinario_engine::succession::wilson;
use std::collections::BTreeMap;

/// A state leads only where it is ahead of every other by more than this: what is alike but for the last bits is a
/// tie, in which nobody leads.
const AHEAD: f64 = 1e-9;

/// A long run that may be off by more than this has not been reached.
const SETTLED: f64 = 1e-6;

/// Different consistent futures that are counted; those first met later are not.
const DISTINCT: usize = 1 << 20;

/// How firm the answers of a case are: every judgement drawn again within the author's own doubt, and everything
/// solved again. It is a measure of that doubt, not of the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Firm {
    /// Members.
    pub members: u64,
    /// Seed.
    pub seed: u64,
    /// Judgements that each member draws.
    pub judgements: u64,
    /// Whether each member was itself drawn from futures, so that its spread holds the error of the drawing too.
    pub sampled: bool,
    /// Members whose facts and what is given leave no future; they say nothing of probabilities.
    pub void: u64,
    /// Members whose list of consistent futures is not whole.
    pub incomplete: u64,
    /// Members that have no consistent future at all.
    pub without: u64,
    /// Members whose long run was not reached.
    pub unsettled: u64,
    /// States now, by driver.
    pub now: Vec<Vec<FirmState>>,
    /// States at the horizon, by driver.
    pub then: Vec<Vec<FirmState>>,
    /// States in the long run, by driver.
    pub settled: Vec<Vec<FirmState>>,
    /// The stories, in order of the file.
    pub stories: Vec<Spread>,
    /// The chance that each signpost is seen, in order of the file.
    pub signposts: Vec<Spread>,
    /// Futures that are consistent in any member: the most frequent first, ties in declared order. The ones that are
    /// consistent in the case as it stands are always here; of the others as many as were asked for.
    pub futures: Vec<FirmFuture>,
    /// Further futures that are consistent in some member.
    pub more_futures: u64,
    /// Whether there are more of those than were counted.
    pub more_at_least: bool,
}

/// A probability over the members.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// In the case as it stands.
    pub point: f64,
    /// Quantiles at 5, 50 and 95 %, linear between order statistics (type 7 of Hyndman & Fan 1996, The American
    /// Statistician 50:361-365); `None` where every member is void.
    pub quantiles: Option<[f64; 3]>,
}

/// A state over the members.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirmState {
    /// Its probability.
    pub spread: Spread,
    /// In how many of the members that are not void it is the likeliest of its driver, alone.
    pub leads: Share,
}

/// A number of members.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// So many.
    pub count: u64,
    /// Of so many.
    pub of: u64,
    /// Wilson's 95 % interval of the share.
    pub low: f64,
    /// Its other end.
    pub high: f64,
}

impl Share {
    fn new(count: u64, of: u64) -> Share {
        let (low, high) = wilson(count, of);
        Share {
            count,
            of,
            low,
            high,
        }
    }

    /// The share itself, 0 … 1.
    pub fn value(self) -> f64 {
        // The casts: at most some hundred thousand.
        self.count as f64 / self.of.max(1) as f64
    }
}

/// A future that is consistent in some members.
#[derive(Clone, Debug, PartialEq)]
pub struct FirmFuture {
    /// One state for every driver.
    pub states: Vec<StateId>,
    /// Whether it is consistent in the case as it stands.
    pub at_point: bool,
    /// In how many members it is consistent; at least so many where lists are not whole.
    pub consistent_in: Share,
    /// Its probability at the horizon, for those that are consistent in the case as it stands.
    pub then: Option<Spread>,
}

impl Firm {
    /// Members that are not void.
    pub fn answered(&self) -> u64 {
        self.members - self.void
    }
}

/// Members being counted.
pub struct Tally<'a> {
    ensemble: &'a Ensemble,
    outcomes: Vec<Outcome>,
    /// The numbers of each outcome.
    columns: Vec<Vec<f64>>,
    /// Members in which each outcome, a state's, leads.
    leads: Vec<u64>,
    futures: BTreeMap<Future, u64>,
    uncounted: bool,
    members: u64,
    void: u64,
    incomplete: u64,
    without: u64,
    unsettled: u64,
}

impl<'a> Tally<'a> {
    /// Nobody is counted yet.
    pub fn new(ensemble: &'a Ensemble) -> Tally<'a> {
        let outcomes = ensemble.plan().outcomes();
        let at_point = &ensemble.plan().futures;
        Tally {
            ensemble,
            columns: vec![Vec::new(); outcomes.len()],
            leads: vec![0; outcomes.len()],
            outcomes,
            futures: at_point.iter().map(|f| (f.clone(), 0)).collect(),
            uncounted: false,
            members: 0,
            void: 0,
            incomplete: 0,
            without: 0,
            unsettled: 0,
        }
    }

    /// Counts a member.
    pub fn add(&mut self, member: &Member) {
        self.members += 1;
        self.incomplete += u64::from(!member.complete);
        self.without += u64::from(member.complete && member.consistent.is_empty());
        for future in &member.consistent {
            if let Some(count) = self.futures.get_mut(future) {
                *count += 1;
            } else if self.futures.len() < DISTINCT {
                self.futures.insert(future.clone(), 1);
            } else {
                self.uncounted = true;
            }
        }
        if member.values.is_empty() {
            self.void += 1;
            return;
        }
        self.unsettled += u64::from(member.bound > SETTLED);
        for (column, &value) in self.columns.iter_mut().zip(&member.values) {
            column.push(value);
        }
        let sizes = &self.ensemble.plan().inputs.model.sizes;
        let mut from = 0;
        for &k in sizes.iter().cycle().take(3 * sizes.len()) {
            let states = &member.values[from..from + usize::from(k)];
            if let Some(s) = ahead(states) {
                self.leads[from + s] += 1;
            }
            from += usize::from(k);
        }
    }

    /// What all that were counted say together.
    pub fn firm(mut self) -> Firm {
        self.columns
            .iter_mut()
            .for_each(|c| c.sort_by(f64::total_cmp));
        let answered = self.members - self.void;
        let point = &self.ensemble.point().values;
        let sizes = &self.ensemble.plan().inputs.model.sizes;
        let mut now: Vec<Vec<FirmState>> = vec![Vec::new(); sizes.len()];
        let (mut then, mut settled) = (now.clone(), now.clone());
        let (mut stories, mut signposts, mut of_futures) = (Vec::new(), Vec::new(), Vec::new());
        for (at, outcome) in self.outcomes.iter().enumerate() {
            let spread = Spread {
                point: point.get(at).copied().unwrap_or(f64::NAN),
                quantiles: quantiles(&self.columns[at]),
            };
            let state = FirmState {
                spread,
                leads: Share::new(self.leads[at], answered),
            };
            match *outcome {
                Outcome::Now(d, _) => now[d.0 as usize].push(state),
                Outcome::Then(d, _) => then[d.0 as usize].push(state),
                Outcome::Settled(d, _) => settled[d.0 as usize].push(state),
                Outcome::Story(_) => stories.push(spread),
                Outcome::Future(_) => of_futures.push(spread),
                Outcome::Seen(_) => signposts.push(spread),
                // Formulas look at these member by member: a spread of each alone says nothing of their values.
                Outcome::Cell(_) => {}
            }
        }
        let (futures, more_futures) = self.listed(&of_futures);
        Firm {
            members: self.members,
            seed: self.ensemble.ask().seed,
            judgements: self.ensemble.plan().judgements.len() as u64,
            sampled: self.ensemble.sampled(),
            void: self.void,
            incomplete: self.incomplete,
            without: self.without,
            unsettled: self.unsettled,
            now,
            then,
            settled,
            stories,
            signposts,
            futures,
            more_futures,
            more_at_least: self.uncounted,
        }
    }

    /// The futures that are listed, and how many are not.
    fn listed(&self, of_futures: &[Spread]) -> (Vec<FirmFuture>, u64) {
        let known = &self.ensemble.plan().futures;
        let mut all: Vec<(&Future, u64)> = self.futures.iter().map(|(f, &n)| (f, n)).collect();
        // Stable: the map is in declared order.
        all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let limit = self.ensemble.ask().limit;
        let (mut listed, mut more) = (Vec::new(), 0);
        for (at, (future, count)) in all.into_iter().enumerate() {
            let place = known.iter().position(|f| f == future);
            if at >= limit && place.is_none() {
                more += 1;
                continue;
            }
            listed.push(FirmFuture {
                states: Ensemble::states(future),
                at_point: place.is_some(),
                consistent_in: Share::new(count, self.members),
                then: place.map(|p| of_futures[p]),
            });
        }
        (listed, more)
    }
}

/// The state that is ahead of all others.
fn ahead(states: &[f64]) -> Option<usize> {
    let first = (0..states.len()).max_by(|&a, &b| states[a].total_cmp(&states[b]))?;
    let alone = |s: usize| s == first || states[first] - states[s] > AHEAD;
    (0..states.len()).all(alone).then_some(first)
}

/// Quantiles at 5, 50 and 95 % of sorted numbers.
fn quantiles(sorted: &[f64]) -> Option<[f64; 3]> {
    let last = sorted.len().checked_sub(1)?;
    Some([0.05, 0.5, 0.95].map(|p| {
        // The casts: a position among numbers that are in memory.
        let at = p * last as f64;
        let below = (at as usize).min(last);
        let (a, b) = (sorted[below], sorted[(below + 1).min(last)]);
        a + (at - below as f64) * (b - a)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of R's `quantile(c(1, 2, 4, 8, 16), c(0.05, 0.5, 0.95), type = 7)`.
    #[test]
    fn quantiles_are_of_type_7() {
        let [low, middle, high] = quantiles(&[1.0, 2.0, 4.0, 8.0, 16.0]).unwrap();
        assert!((low - 1.2).abs() < 1e-12 && middle == 4.0 && (high - 14.4).abs() < 1e-12);
        assert_eq!(quantiles(&[3.0]), Some([3.0; 3]));
        assert_eq!(quantiles(&[]), None);
    }

    #[test]
    fn who_is_level_does_not_lead() {
        assert_eq!(ahead(&[0.2, 0.5, 0.3]), Some(1));
        assert_eq!(ahead(&[0.4, 0.2, 0.4]), None);
        assert_eq!(ahead(&[0.4, 0.4 + 1e-12, 0.2]), None);
        assert_eq!(ahead(&[1.0]), Some(0));
    }
}
