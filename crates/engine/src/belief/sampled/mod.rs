//! The sampled answer, where there are too many futures for one vector (model.md 4): chains of rounds, every
//! number with its standard error.
//!
//! What can be summed is not drawn: chances of answers instead of answers, facts inside the round towards now, the
//! chance to arrive at a future instead of arrivals, and now over all futures where few drivers are unknown today.
//! The work is set in steps, not in time, so the same seed gives the same bytes on any machine.

mod ahead;
mod answers;
mod arrive;
mod chains;
mod groups;
mod known;
mod now;

use super::exact::mutual_information;
use super::facts::{exact, log_odds};
use super::{
    Ask, Belief, Estimate, Impossible, Marginals, Method, Settling, Telling, Told, Weighed, Weight,
};
use crate::evidence::{Evidence, Weighing};
use crate::progress::{Progress, Work};
use crate::{Driver, Fact, Future, Model, State};
use ahead::{Ahead, Now, Sign};
use answers::{Answers, Dice, Order};
use arrive::{Arrival, Paths, chances, proposals, settled_paths};
use chains::{Plan, Settled, Shape, settle};
use groups::{GROUPS, Groups, Sums, corrected, effective, jackknife};
use known::{Known, Urn, fits, known};
use now::{LastRound, Lean};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Streams of random numbers, by what they are drawn for.
const SETTLED: u32 = 1;
const BEFORE: u32 = 2;
const FACTS: u32 = 3;
const AHEAD: u32 = 4;
const STORIES: u32 = 16;

/// Steps of about a nanosecond that an answer is worth: about a second on two cores.
const BUDGET: f64 = 1.6e9;
/// Steps beyond which there is no answer.
const LIMIT: f64 = 8e9;
/// Bytes beyond which there is no answer.
const ROOM: u64 = 1 << 30;
/// Bytes of futures that are remembered from one set of chains, at most.
const STORED: usize = 1 << 26;
/// Chains of each group.
const CHAINS: usize = 4;
/// Rounds kept of each chain, at most, and at least.
const ROUNDS: (f64, f64) = (4.0, 4096.0);
/// Draws of each group that are carried on, at most.
const DRAWS: usize = 512;
/// Futures weighed beside those asked for, for each reason to think them likely.
const PROPOSED: usize = 32;

/// How the budget is shared out.
struct Budget {
    /// By how much more than the usual: 1 but in tests.
    times: f64,
}

impl Budget {
    /// Draws of each group that cost `steps` each, for a share of the budget; no fewer than one for each chain.
    // The cast: clamped.
    fn draws(&self, share: f64, steps: f64, stored: usize) -> usize {
        let affordable = share * self.times * BUDGET / (GROUPS as f64 * steps.max(1.0));
        affordable.clamp(CHAINS as f64, stored as f64) as usize
    }

    /// The share of the budget that chains left over, which had `share` for them.
    // The casts: counts of rounds.
    fn spare(&self, share: f64, plan: Plan, order: &Order) -> f64 {
        let rounds = (GROUPS * plan.chains * (plan.burn + plan.rounds)) as f64;
        (share - rounds * order.cost / (self.times * BUDGET)).max(0.0)
    }

    /// How long chains run, whose rounds cost `steps` each.
    // The casts: clamped; a number of drivers.
    fn plan(&self, share: f64, order: &Order, drivers: usize) -> Plan {
        let chains = (GROUPS * CHAINS) as f64;
        let most = ROUNDS.1 * self.times.max(1.0);
        let affordable = share * self.times * BUDGET / (chains * order.cost.max(1.0));
        let rounds = affordable.clamp(ROUNDS.0, most) as usize;
        let burn = if order.acyclic() {
            0
        } else {
            (rounds / 4).max(2)
        };
        let room = STORED / (GROUPS * 2 * drivers.max(1));
        let wanted = (DRAWS as f64 * self.times.max(1.0)) as usize;
        Plan {
            chains: CHAINS,
            burn,
            rounds,
            stored: wanted.min(room).min(CHAINS * rounds).max(CHAINS),
        }
    }
}

/// Answers everything by draws.
pub(super) fn believe(
    model: &Model,
    evidence: &Evidence,
    ask: &Ask,
    progress: &dyn Progress,
) -> Result<Belief, Impossible> {
    Sampling::new(model, evidence, ask)?.believe(progress)
}

/// All that is at hand before anything is drawn.
struct Sampling<'a> {
    model: &'a Model,
    evidence: &'a Evidence,
    ask: &'a Ask,
    budget: Budget,
    shape: Shape,
    answers: Answers<'a>,
    /// With what is done held.
    order: Order,
    /// With what is known today held as well.
    order_now: Order,
    all: Vec<Fact>,
}

/// What was drawn, or found, of now.
struct Today<'a> {
    before: Marginals,
    stored: &'a [Vec<u16>],
    known: Option<Known>,
    /// The share of the budget that is left.
    spare: f64,
}

impl<'a> Sampling<'a> {
    fn new(model: &'a Model, evidence: &'a Evidence, ask: &'a Ask) -> Result<Self, Impossible> {
        let mut held = vec![None; model.drivers()];
        for (d, s) in &ask.held {
            held[d.0 as usize] = Some(*s);
        }
        let today = held
            .iter()
            .zip(&model.today)
            .map(|(h, t)| h.or(*t))
            .collect();
        let answers = Answers::new(model);
        let sampling = Sampling {
            model,
            evidence,
            ask,
            budget: Budget {
                times: ask.effort(),
            },
            shape: Shape::new(model),
            order: Order::new(&answers, held),
            order_now: Order::new(&answers, today),
            answers,
            // The cast: facts are counted in u32.
            all: (0..evidence.facts.len()).map(|f| Fact(f as u32)).collect(),
        };
        sampling.afford()?;
        Ok(sampling)
    }

    /// Refuses what would take too long or too much memory however few draws are made.
    // The casts: counts of bytes and steps, which may saturate.
    fn afford(&self) -> Result<(), Impossible> {
        let ask = self.ask;
        let bytes = (u64::from(self.model.rounds) + 3)
            .saturating_mul(self.shape.whole as u64)
            .saturating_mul(8 * (GROUPS as u64 + 34));
        if bytes > ROOM {
            return Err(Impossible::Memory(bytes));
        }
        let round = self.order.cost;
        let sets = 1 + self.all.len() + ask.trajectory.len();
        let read = if ask.read.is_empty() {
            0.0
        } else {
            sets as f64
        };
        let ahead = f64::from(self.model.rounds) + 1.0;
        let draws = read + ahead + ask.stories.len() as f64 * (ahead + 1.0);
        let futures = (ask.futures.len() + ask.likeliest * 4) as f64;
        let steps =
            (GROUPS * CHAINS) as f64 * round * (2.0 * (ROUNDS.0 + 2.0) + draws + 2.0 * futures);
        if steps > LIMIT {
            return Err(Impossible::Work {
                steps: steps as u64,
                limit: LIMIT as u64,
            });
        }
        Ok(())
    }

    fn believe(&self, progress: &dyn Progress) -> Result<Belief, Impossible> {
        let (model, ask) = (self.model, self.ask);
        let same = self.order.held == self.order_now.held;
        let few = !same && fits(model, ask, &self.order_now.held);
        let run = |order: &Order, share: f64, work: u32| {
            let plan = self.budget.plan(share, order, model.drivers());
            settle(
                &self.answers,
                order,
                &self.shape,
                plan,
                (ask.seed, work),
                progress,
            )
        };
        let share = if same || few { 0.4 } else { 0.2 };
        let settled = run(&self.order, share, SETTLED);
        let apart = (!same && !few).then(|| run(&self.order_now, 0.2, BEFORE));
        let chains = apart.as_ref().unwrap_or(&settled);
        let today = Today {
            known: match few {
                true => Some(known(
                    model,
                    self.evidence,
                    ask,
                    &self.order_now.held,
                    progress,
                )?),
                false => None,
            },
            before: chains.marginals.clone(),
            stored: &chains.stored,
            spare: self.budget.spare(share, settled.plan, &self.order),
        };
        self.answer(&settled, chains, &today, progress)
    }

    /// What is known now, with more states told.
    fn lean<'w>(
        &self,
        weighing: &'w Weighing<'w>,
        facts: &[Fact],
        told: &[(Driver, State)],
    ) -> Lean<'w> {
        let mut lean = Lean::new(&self.model.sizes);
        lean.only(&self.ask.given, &self.model.sizes, &self.order_now);
        lean.facts(weighing, facts, &self.order_now);
        lean.only(told, &self.model.sizes, &self.order_now);
        lean
    }

    fn ahead(&self, draws: usize) -> Ahead<'_> {
        Ahead {
            answers: &self.answers,
            shape: &self.shape,
            order: &self.order,
            order_now: &self.order_now,
            seed: self.ask.seed,
            draws,
            chains: CHAINS,
        }
    }

    fn stored(&self, today: &Today) -> usize {
        match &today.known {
            Some(_) => (DRAWS as f64 * self.budget.times.max(1.0)) as usize,
            None => today.stored.first().map_or(0, Vec::len) / self.model.drivers().max(1),
        }
    }

    fn answer(
        &self,
        settled: &Settled,
        chains: &Settled,
        today: &Today,
        progress: &dyn Progress,
    ) -> Result<Belief, Impossible> {
        let (model, ask) = (self.model, self.ask);
        let (rounds, whole) = (model.rounds as usize, self.shape.whole);
        let weighing = Weighing::new(self.evidence);
        let lean = self.lean(&weighing, &self.all, &[]);
        let idle = lean.idle();
        let last = LastRound::new(&self.answers, &self.order_now, lean.clone(), None);
        // The cast: a number of rounds.
        let steps = last.cost + rounds as f64 * self.order.cost;
        let ahead = self.ahead(self.budget.draws(0.2, steps, self.stored(today)));
        let signs: Vec<Sign> = ask
            .signposts
            .iter()
            .map(|s| Sign::new(s, &ask.minds, &self.order))
            .collect();
        let source = match &today.known {
            Some(known) => match Urn::new(&known.space, known.mass.clone()) {
                Some(urn) => Now::Urn(urn),
                // ν sums to 1, so this is not reached; no mass is no answer all the same.
                None => return Err(self.none()),
            },
            None => Now::Chains(today.stored, last),
        };
        let (sums, paths) = ahead.unfold(&source, &signs, &ask.minds);
        if sums.total()[0] <= 0.0 {
            return Err(self.excluded(&weighing, today));
        }
        let unfolded = sums.shares(1);
        let at = |round: usize| {
            self.shape
                .marginals(model, &unfolded[round * whole..(round + 1) * whole])
        };
        let mut unfolding: Vec<Marginals> = (0..=rounds).map(at).collect();
        let draws = (ahead.draws * GROUPS) as f64;
        let now_effective = match &today.known {
            Some(_) => draws,
            None if idle => chains.effective,
            None => effective(unfolded[..whole].iter(), draws).min(kish(&paths)),
        };
        match &today.known {
            Some(known) => unfolding[0] = known.now.clone(),
            None if idle => unfolding[0] = today.before.clone(),
            None => {}
        }
        progress.at(
            Work::Unfold,
            u64::from(model.rounds),
            u64::from(model.rounds),
        );

        let (futures, likeliest) = self.futures(settled, today, &lean, &paths);
        let stories = ask
            .stories
            .iter()
            .enumerate()
            .map(|(number, told)| self.story(number, told, &weighing, today))
            .collect();
        let (facts, trajectory) = match &today.known {
            Some(known) => (known.facts.clone(), known.trajectory.clone()),
            None => self.facts(&weighing, today, &unfolding[0], progress),
        };
        let sign_sums = 1 + (rounds + 1) * whole;
        Ok(Belief {
            method: Method::Sampled {
                chains: (GROUPS * CHAINS) as u32,
                draws: draws as u64,
                effective: now_effective,
                effective_settled: settled.effective,
                exact_now: today.known.is_some(),
            },
            before: match &today.known {
                Some(known) => known.before.clone(),
                None => today.before.clone(),
            },
            now: unfolding[0].clone(),
            unfolding,
            settled: settled.marginals.clone(),
            settling: Settling {
                rounds: settled.plan.burn as u64,
                bound: f64::NAN,
                rate: None,
                converged: settled.converged && (today.known.is_some() || chains.converged),
                forgotten_after: self.order.acyclic().then_some(1),
            },
            futures,
            likeliest,
            stories,
            signposts: self.signposts(&sums, sign_sums),
            facts,
            trajectory,
        })
    }

    /// No draw is left: whose fault it is.
    fn excluded(&self, weighing: &Weighing, today: &Today) -> Impossible {
        if !self.ask.given.is_empty() {
            let mut only = Lean::new(&self.model.sizes);
            only.only(&self.ask.given, &self.model.sizes, &self.order_now);
            let last = LastRound::new(&self.answers, &self.order_now, only, None);
            let now = Now::Chains(today.stored, last);
            let (sums, _) = self.ahead(CHAINS * 4).story(0, None, &now, &[]);
            if sums.total()[1] <= 0.0 {
                return Impossible::Given(self.ask.given.clone());
            }
        }
        // Where no state of one driver is left, no future is left: that is proof, and the fewest such facts are
        // named. Else the draws only failed to find one.
        let closed = |facts: &[Fact]| {
            let lean = self.lean(weighing, facts, &[]);
            lean.closed()
        };
        let mut kept = self.all.clone();
        if !closed(&kept) {
            let hard = |f: &Fact| {
                let says = weighing.parts(&[*f]);
                !says.together.is_empty()
                    || says
                        .alone
                        .iter()
                        .any(|(_, ln)| ln.contains(&f64::NEG_INFINITY))
            };
            let hard: Vec<Fact> = kept.iter().copied().filter(hard).collect();
            return Impossible::Undrawn(if hard.is_empty() { kept } else { hard });
        }
        let mut at = 0;
        while at < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(at);
            if closed(&fewer) {
                kept = fewer;
            } else {
                at += 1;
            }
        }
        Impossible::Facts(kept)
    }

    fn none(&self) -> Impossible {
        Impossible::Undrawn(self.all.clone())
    }

    /// The futures asked for, and the likeliest.
    fn futures(
        &self,
        settled: &Settled,
        today: &Today,
        lean: &Lean,
        paths: &[Paths],
    ) -> (Vec<Weighed>, Vec<Weighed>) {
        let (ask, rounds) = (self.ask, self.model.rounds);
        let mut wanted: Vec<Vec<u16>> = ask.futures.iter().map(|x| plain(x)).collect();
        let asked = wanted.len();
        if asked == 0 && ask.likeliest == 0 {
            return (Vec::new(), Vec::new());
        }
        let (order, keeping) = self.last_order();
        if ask.likeliest > 0 {
            let proposed = match (&today.known, rounds) {
                (Some(known), 0) => known
                    .likeliest(ask.likeliest)
                    .into_iter()
                    .map(|f| plain(&f.0))
                    .collect(),
                _ => proposals(
                    &self.answers,
                    order,
                    keeping,
                    paths,
                    PROPOSED.max(ask.likeliest),
                ),
            };
            let known: std::collections::BTreeSet<Vec<u16>> = wanted.iter().cloned().collect();
            wanted.extend(proposed.into_iter().filter(|x| !known.contains(x)));
        }
        // The cast: a number of futures.
        let steps = |order: &Order| wanted.len() as f64 * (order.cost + 100.0);
        let arrivals = |order, keeping| -> Vec<Arrival> {
            let new = |x: &Vec<u16>| Arrival::new(&self.answers, order, keeping, x.clone());
            wanted.iter().map(new).collect()
        };
        // Where nothing is known or given and no time passes, then is the long run: one sum does for both.
        let now_is_settled = rounds == 0
            && lean.idle()
            && self.order.held == self.order_now.held
            && !self.order.acyclic();
        let share = match now_is_settled {
            true => 0.2 + today.spare,
            false => 0.1 + today.spare / 2.0,
        };
        let then: Vec<Estimate> = match (&today.known, rounds) {
            (Some(known), 0) => wanted
                .iter()
                .map(|x| exact(known.chance(&future(x))))
                .collect(),
            _ => {
                let most = self.budget.draws(share, steps(order), usize::MAX >> 12);
                let now = (rounds == 0).then_some(lean);
                chances(&arrivals(order, keeping), paths, now, most)
            }
        };
        let in_the_end = arrivals(&self.order, false);
        let long: Vec<Estimate> = if now_is_settled {
            then.clone()
        } else if self.order.acyclic() {
            // One round from anywhere: its chance is the same from everywhere.
            let anywhere = vec![0; self.model.drivers()];
            let chance =
                |a: &Arrival| libm::exp(a.ln_chance(&mut anywhere.clone(), &mut Vec::new()));
            in_the_end.iter().map(chance).map(exact).collect()
        } else {
            let most = self
                .budget
                .draws(share, steps(&self.order), usize::MAX >> 12);
            let paths = settled_paths(&settled.stored, self.model.drivers(), CHAINS);
            chances(&in_the_end, &paths, None, most)
        };
        let weighed = |i: usize| Weighed {
            states: future(&wanted[i]),
            then: then[i],
            settled: long[i],
        };
        // Chosen by value less error, so that one lucky draw puts no future first; shown by value.
        let sure = |i: usize| then[i].value - then[i].error.unwrap_or(0.0);
        let by = |value: &dyn Fn(usize) -> f64, a: usize, b: usize| {
            value(b)
                .total_cmp(&value(a))
                .then_with(|| wanted[a].cmp(&wanted[b]))
        };
        let mut best: Vec<usize> = (0..wanted.len()).collect();
        best.sort_by(|&a, &b| by(&sure, a, b));
        best.truncate(ask.likeliest);
        best.sort_by(|&a, &b| by(&|i| then[i].value, a, b));
        (
            (0..asked).map(weighed).collect(),
            best.into_iter().map(weighed).collect(),
        )
    }

    /// The round that ends at then, and whether drivers may keep their states in it.
    fn last_order(&self) -> (&Order, bool) {
        match self.model.rounds {
            0 => (&self.order_now, false),
            _ => (&self.order, true),
        }
    }

    fn story(
        &self,
        number: usize,
        told: &[(Driver, State)],
        weighing: &Weighing,
        today: &Today,
    ) -> Told {
        let rounds = self.model.rounds;
        // What nobody has time for stays now, minds and all.
        let (now, then): (Vec<_>, Vec<_>) = told
            .iter()
            .copied()
            .partition(|(d, _)| rounds == 0 || self.ask.minds.contains(d));
        // The casts: numbers of stories and rounds.
        let steps = (f64::from(rounds) + 2.0) * (self.order.cost + 100.0);
        let share = 0.1 / self.ask.stories.len() as f64;
        let ahead = self.ahead(self.budget.draws(share, steps, self.stored(today)));
        let never = Told {
            probability: exact(0.0),
            best: None,
        };
        let lean = self.lean(weighing, &self.all, &now);
        let (sums, paths) = match &today.known {
            Some(known) => {
                let mass = known.only(&now);
                if rounds == 0 {
                    let best = super::exact::greatest(&mass, 1)
                        .first()
                        .copied()
                        .filter(|&at| mass[at] > 0.0);
                    return Told {
                        probability: exact(mass.iter().sum()),
                        best: best.map(|at| (known.space.future(at), exact(mass[at]))),
                    };
                }
                let Some(urn) = Urn::new(&known.space, mass) else {
                    return never;
                };
                ahead.story(number, None, &Now::Urn(urn), &then)
            }
            None => {
                let round = |lean| LastRound::new(&self.answers, &self.order_now, lean, None);
                let all = round(self.lean(weighing, &self.all, &[]));
                let told = Now::Chains(today.stored, round(lean.clone()));
                ahead.story(number, Some(&Now::Chains(today.stored, all)), &told, &then)
            }
        };
        let probability = sums.shares(1)[0];
        if probability.value <= 0.0 {
            return Told {
                probability,
                best: None,
            };
        }
        let (order, keeping) = self.last_order();
        let mut proposed = proposals(&self.answers, order, keeping, &paths, 8);
        proposed.retain(|x| {
            told.iter()
                .all(|(d, s)| rounds > 0 && self.ask.minds.contains(d) || x[d.0 as usize] == s.0)
        });
        let arrivals: Vec<Arrival> = proposed
            .iter()
            .map(|x| Arrival::new(&self.answers, order, keeping, x.clone()))
            .collect();
        // The cast: a number of futures.
        let most = self.budget.draws(
            share / 2.0,
            arrivals.len() as f64 * order.cost,
            usize::MAX >> 12,
        );
        let found = chances(&arrivals, &paths, (rounds == 0).then_some(&lean), most);
        let mut best: Option<(usize, Estimate)> = None;
        for (at, mass) in found.into_iter().enumerate() {
            if mass.value > best.map_or(0.0, |b| b.1.value) {
                best = Some((at, mass));
            }
        }
        Told {
            probability,
            best: best.map(|(at, mass)| (future(&proposed[at]), mass)),
        }
    }

    fn signposts(&self, sums: &Groups, mut at: usize) -> Vec<Telling> {
        let minds = &self.ask.minds;
        let sizes: Vec<usize> = minds
            .iter()
            .map(|d| usize::from(self.model.sizes[d.0 as usize]))
            .collect();
        let one = |_| {
            let seen_at = at;
            at += 1;
            let seen = sums.estimates(|s| vec![s[seen_at] / s[0]])[0];
            let (mut bits, mut if_seen, mut if_not) = (Vec::new(), Vec::new(), Vec::new());
            for &k in &sizes {
                let from = at;
                at += 2 * k;
                let joint = |s: &[f64]| -> Vec<(f64, f64)> {
                    let pair = |t: usize| {
                        (
                            s[from + 2 * t],
                            (s[from + 2 * t + 1] - s[from + 2 * t]).max(0.0),
                        )
                    };
                    (0..k)
                        .map(pair)
                        .map(|(y, n)| (y / s[0], n / s[0]))
                        .collect()
                };
                let told =
                    sums.replicates(|s| vec![mutual_information(&joint(s), s[seen_at] / s[0])]);
                let mut told = corrected(&told)[0];
                told.value = told.value.max(0.0);
                bits.push(told);
                let share =
                    |part: f64, whole: f64| if whole > 0.0 { part / whole } else { f64::NAN };
                if_seen.push(sums.estimates(|s| {
                    joint(s)
                        .iter()
                        .map(|j| share(j.0, s[seen_at] / s[0]))
                        .collect()
                }));
                if_not.push(sums.estimates(|s| {
                    joint(s)
                        .iter()
                        .map(|j| share(j.1, 1.0 - s[seen_at] / s[0]))
                        .collect()
                }));
            }
            Telling {
                seen,
                bits,
                if_seen,
                if_not,
            }
        };
        (0..self.ask.signposts.len()).map(one).collect()
    }

    /// Each fact left out, and the trajectory: each set of facts has its own last round, from the same draws and
    /// with the same random numbers, so that what they share cancels.
    #[allow(
        clippy::type_complexity,
        reason = "the two fields of the answer as they stand there"
    )]
    fn facts(
        &self,
        weighing: &Weighing,
        today: &Today,
        now: &Marginals,
        progress: &dyn Progress,
    ) -> (Vec<Vec<Weight>>, Vec<Vec<Vec<Estimate>>>) {
        let read = &self.ask.read;
        if read.is_empty() {
            let none = |n: usize| vec![Vec::new(); n];
            return (
                vec![Vec::new(); self.all.len()],
                none(self.ask.trajectory.len()),
            );
        }
        let mut number = BTreeMap::<Vec<Fact>, usize>::new();
        let mut sets: Vec<Vec<Fact>> = Vec::new();
        let mut of = |mut set: Vec<Fact>| {
            set.sort_unstable();
            *number.entry(set.clone()).or_insert_with(|| {
                sets.push(set);
                sets.len() - 1
            })
        };
        of(self.all.clone());
        let without: Vec<usize> = self
            .all
            .iter()
            .map(|f| of(self.all.iter().copied().filter(|g| g != f).collect()))
            .collect();
        let steps: Vec<usize> = self
            .ask
            .trajectory
            .iter()
            .map(|set| of(set.clone()))
            .collect();
        let rounds: Vec<LastRound> = sets
            .iter()
            .map(|set| {
                let lean = self.lean(weighing, set, &[]);
                LastRound::new(&self.answers, &self.order_now, lean, Some(read))
            })
            .collect();
        let cost = rounds.iter().map(|r| r.cost).sum::<f64>();
        let draws = self.budget.draws(0.2, cost, self.stored(today));
        let posteriors = self.posteriors(&rounds, draws, today, progress);

        let with = &posteriors[0];
        let weights = without.iter().map(|&set| {
            let without = &posteriors[set];
            let mut at = 0;
            read.iter()
                .map(|&driver| {
                    let k = usize::from(self.model.sizes[driver.0 as usize]);
                    let states = at..at + k;
                    at += k;
                    let decibans: Vec<Vec<f64>> = with
                        .iter()
                        .zip(without)
                        .map(|(with, without)| {
                            let odds = |p: &[f64], s: usize| log_odds(&p[states.clone()], s);
                            (0..k)
                                .map(|s| 10.0 * (odds(with, s) - odds(without, s)))
                                .map(|db| if db.is_nan() { 0.0 } else { db })
                                .collect()
                        })
                        .collect();
                    Weight {
                        driver,
                        decibans: jackknife(&decibans),
                        without: jackknife(without)[states].to_vec(),
                    }
                })
                .collect()
        });
        let weights = weights.collect();
        let trajectory = steps.iter().map(|&set| {
            let found = jackknife(&posteriors[set]);
            let mut at = 0;
            read.iter()
                .map(|d| {
                    let k = usize::from(self.model.sizes[d.0 as usize]);
                    at += k;
                    match set {
                        // All facts: that is now, for which there are more draws.
                        0 => now[d.0 as usize].clone(),
                        _ => found[at - k..at].to_vec(),
                    }
                })
                .collect()
        });
        (weights, trajectory.collect())
    }

    /// For each last round, the posterior of the drivers that are read, in replicates.
    fn posteriors(
        &self,
        rounds: &[LastRound],
        draws: usize,
        today: &Today,
        progress: &dyn Progress,
    ) -> Vec<Vec<Vec<f64>>> {
        let n = self.model.drivers();
        // Where in a row of all states those that are read stand.
        let places: Vec<usize> = self
            .ask
            .read
            .iter()
            .flat_map(|d| {
                let first = self.shape.first[d.0 as usize];
                first..first + usize::from(self.model.sizes[d.0 as usize])
            })
            .collect();
        let group = |group: usize| {
            let mut dice = Dice::new(self.ask.seed, FACTS, group);
            let mut sums = vec![Sums::new(1 + places.len()); rounds.len()];
            let (mut x, mut room) = (vec![0; n], Vec::new());
            let mut row = vec![0.0; self.shape.whole];
            for (d, s) in self.order_now.held.iter().enumerate() {
                if let Some(s) = s {
                    row[self.shape.first[d] + usize::from(s.0)] = 1.0;
                }
            }
            let stored = &today.stored[group];
            for i in 0..draws {
                let at = i * (stored.len() / n) / draws;
                let before = dice.clone();
                for (round, sums) in rounds.iter().zip(&mut sums) {
                    x.copy_from_slice(&stored[at * n..(at + 1) * n]);
                    dice = before.clone();
                    let ln = round.draw(
                        &self.answers,
                        &self.shape,
                        &mut x,
                        &mut dice,
                        &mut room,
                        &mut row,
                    );
                    let w = sums.weight(ln);
                    if w > 0.0 {
                        sums.values[0] += w;
                        for (sum, &place) in sums.values[1..].iter_mut().zip(&places) {
                            *sum += w * row[place];
                        }
                    }
                }
                // Numbers that any of the rounds may have used are not used again.
                dice = before;
                dice.skip(n as u64);
            }
            sums
        };
        let groups: Vec<Vec<Sums>> = (0..GROUPS).into_par_iter().map(group).collect();
        progress.at(Work::Facts, self.all.len() as u64, self.all.len() as u64);
        let of = |set: usize| {
            let groups = Groups::new(groups.iter().map(|g| g[set].clone()).collect());
            groups.replicates(|s| s[1..].iter().map(|v| v / s[0]).collect())
        };
        (0..rounds.len()).map(of).collect()
    }
}

/// Effective number of weighted draws, (Σw)² ÷ Σw² (Kish 1965).
fn kish(paths: &[Paths]) -> f64 {
    let weights = || paths.iter().flat_map(|p| &p.ln).copied();
    let most = weights().fold(f64::NEG_INFINITY, f64::max);
    let (sum, squares) = weights()
        .map(|ln| libm::exp(ln - most))
        .fold((0.0, 0.0), |(a, b), w| (a + w, b + w * w));
    if squares > 0.0 {
        sum * sum / squares
    } else {
        0.0
    }
}

fn plain(x: &[State]) -> Vec<u16> {
    x.iter().map(|s| s.0).collect()
}

fn future(x: &[u16]) -> Future {
    x.iter().map(|&s| State(s)).collect()
}
