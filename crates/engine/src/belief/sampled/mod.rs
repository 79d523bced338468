//! The sampled answer, where there are too many futures for one vector (model.md 4): chains of rounds, every
//! number with its standard error.
//!
//! What can be summed is not drawn: chances of answers instead of answers, facts inside the round towards now, the
//! chance to arrive at a future instead of arrivals, and now over all futures where few drivers are unknown today.
//! The work is set in steps, not in time, so the same seed gives the same bytes on any machine.

mod ahead;
mod answers;
mod arrive;
mod budget;
mod chains;
mod compared;
mod facts;
mod futures;
mod groups;
mod hypotheses;
mod known;
mod now;
mod pairs;
mod refusals;
mod signposts;
mod stories;

use super::{Ask, Belief, Impossible, Marginals, Method, Settling, held_today};
use crate::evidence::{Evidence, Weighing};
use crate::progress::{Progress, Work};
use crate::{Driver, Fact, Model, State};
use ahead::{Ahead, Now, Sign};
use answers::{Answers, Order};
use arrive::Paths;
use budget::Budget;
use chains::{Settled, Shape, settle};
use groups::{GROUPS, effective};
use known::{Known, Urn, few, known};
use now::{LastRound, Lean};
pub(super) use pairs::pairs;

/// Streams of random numbers, by what they are drawn for.
const SETTLED: u32 = 1;
const BEFORE: u32 = 2;
const FACTS: u32 = 3;
const AHEAD: u32 = 4;
const PAIRS: u32 = 5;
const STORIES: u32 = 16;

/// Chains of each group.
const CHAINS: usize = 4;
/// Draws of each group that are carried on, at most.
const DRAWS: usize = 512;

/// Steps of a round beyond which a case is hundreds of drivers that all must be worked out, and what is drawn then:
/// so long a round leaves the processor's cache, where a step takes longer, and the search before it takes its time.
const LONG_ROUND: f64 = 3e4;
const LESS: f64 = 0.5;

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
    /// All facts.
    all: Vec<Fact>,
}

/// What was drawn, or found, of now.
struct Today<'a> {
    /// ν₀, by driver.
    before: Marginals,
    /// Futures of ν₀ by group, unless `known`.
    stored: &'a [Vec<u16>],
    /// All of now, where few drivers are unknown today.
    known: Option<Known>,
    /// The share of the budget that is left.
    spare: f64,
}

impl<'a> Sampling<'a> {
    fn new(model: &'a Model, evidence: &'a Evidence, ask: &'a Ask) -> Result<Self, Impossible> {
        let held = ask.held_by_driver(model);
        let today = held_today(model, &held);
        let answers = Answers::new(model);
        let order = Order::new(&answers, held);
        let less = if order.cost > LONG_ROUND { LESS } else { 1.0 };
        let sampling = Sampling {
            model,
            evidence,
            ask,
            budget: Budget {
                times: ask.effort() * less,
            },
            shape: Shape::new(model),
            order,
            order_now: Order::new(&answers, today),
            answers,
            all: evidence.all(),
        };
        sampling.afford()?;
        Ok(sampling)
    }

    /// Draws the long run, then now, then all that follows from it.
    fn believe(&self, progress: &dyn Progress) -> Result<Belief, Impossible> {
        let (model, ask) = (self.model, self.ask);
        let same = self.order.held == self.order_now.held;
        let few = match same {
            true => None,
            false => few(model, self.evidence, ask, &self.order_now.held)?,
        };
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
        let share = if same || few.is_some() { 0.4 } else { 0.2 };
        let settled = run(&self.order, share, SETTLED);
        let apart = (!same && few.is_none()).then(|| run(&self.order_now, 0.2, BEFORE));
        let chains = apart.as_ref().unwrap_or(&settled);
        let today = Today {
            known: few
                .map(|space| known(model, self.evidence, ask, space, progress))
                .transpose()?,
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

    /// Draws from now to then, so many of each group.
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

    /// Draws of now of each group that there are, or that are worth making where now is known.
    // The cast: a few thousand.
    fn stored(&self, today: &Today) -> usize {
        match &today.known {
            Some(_) => (DRAWS as f64 * self.budget.times.max(1.0)) as usize,
            None => today.stored.first().map_or(0, Vec::len) / self.model.drivers().max(1),
        }
    }

    /// Everything, from what was drawn of the long run (`settled`) and of ν₀ (`chains`).
    // The casts: numbers of rounds, draws and chains.
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
        let (facts, trajectory, hypotheses) = match &today.known {
            Some(known) => (
                known.facts.clone(),
                known.trajectory.clone(),
                known.hypotheses.clone(),
            ),
            None => self.facts(&weighing, today, &unfolding[0], progress),
        };
        let compared = match &today.known {
            Some(known) => known.compared.clone(),
            None => self.compared(&weighing, today),
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
                converged: settled.converged
                    && today
                        .known
                        .as_ref()
                        .map_or(chains.converged, |k| k.converged),
                forgotten_after: self.order.acyclic().then_some(1),
            },
            futures,
            likeliest,
            stories,
            signposts: self.signposts(&sums, sign_sums),
            facts,
            trajectory,
            hypotheses,
            compared,
        })
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
