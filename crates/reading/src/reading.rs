//! The reading: everything that was found about a case, with nothing left to compute.

use crate::choices::{Choices, Choosing};
use crate::numbers::{Drawing, Numbers};
use crate::{Change, Power, WhyNot};
use num_bigint::BigUint;
use sinario_case::{Case, Date, DriverId, FactId, StateId, StateRef};
use std::sync::Arc;

pub use sinario_engine::belief::{Estimate, Marginals, Method, Settling};
pub use sinario_engine::consistent::Stopped;
pub use sinario_engine::firmness::{Firmness, Verdict as Holding};
pub use sinario_engine::power::{Influence, Relations, Table, Wants};
pub use sinario_engine::succession::{RULES, Rule};

/// What was asked of a case.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Read with what was known on that day instead of the case's `as_of`.
    pub as_of: Option<Date>,
    /// Consistent futures listed at most.
    pub limit: usize,
    /// Greatest inconsistency let in, thousandths.
    pub max_inconsistency: i64,
    /// Learnt now.
    pub given: Vec<StateRef>,
    /// Held from now on.
    pub held: Vec<StateRef>,
    /// All futures in one vector up to this many.
    pub exact_up_to: u64,
    /// Seed of whatever is sampled.
    pub seed: u64,
    /// Probabilities are wanted (now, then, settled, minds, stories, signposts, verdicts).
    pub probabilities: bool,
    /// Consistent futures and basins are wanted.
    pub futures: bool,
    /// Basins of succession are counted beside the consistent futures where there are at most so many futures (and
    /// no more than `exact_up_to`); beyond, they are drawn where probabilities are wanted. 0: none at all.
    pub basins_up_to: u64,
    /// Work after which the search for consistent futures gives up, in the engine's search steps (some 20 ns of
    /// one core each); `None` lets the size of the case decide.
    ///
    /// That is 2^40 steps, hours, where every island is of a size whose search may yet end: at most 128 drivers and
    /// 2^16 pairs of states of one driver. Beyond, the number of futures to rule out grows so fast that
    /// hours would show what half a second shows, and the search stops after 2^24 steps, about half a second.
    pub search_steps: Option<u64>,
    /// Why this state is in no consistent future is wanted.
    pub why_not: Option<StateRef>,
    /// The smallest change of judgements that makes these states consistent, or breaks them, is wanted; empty: it is not.
    pub change: Vec<StateRef>,
    /// Members of the ensemble that says how firm the answers are, at most [`MOST_MEMBERS`](crate::MOST_MEMBERS);
    /// 0: none.
    pub members: u64,
    /// What would change the answer, where that is wanted.
    pub sway: Option<crate::SwayAsk>,
    /// The quantities are wanted.
    pub numbers: bool,
    /// The options are wanted.
    pub choosing: Option<Choosing>,
    /// How the numbers of both are drawn.
    pub drawing: Drawing,
}

impl Default for Ask {
    fn default() -> Self {
        Ask {
            as_of: None,
            limit: 100,
            max_inconsistency: 0,
            given: Vec::new(),
            held: Vec::new(),
            exact_up_to: 1 << 26,
            seed: 1,
            probabilities: true,
            futures: true,
            basins_up_to: 1 << 26,
            search_steps: None,
            why_not: None,
            change: Vec::new(),
            members: 0,
            sway: None,
            numbers: false,
            choosing: None,
            drawing: Drawing::default(),
        }
    }
}

/// Everything that was found.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The case it was found about.
    pub case: Arc<Case>,
    /// SHA-256 of the canonical case.
    pub fingerprint: String,
    /// Version of the program that found it.
    pub version: &'static str,
    /// What was asked.
    pub ask: Ask,
    /// The day up to which facts were used (the ask's, else the case's).
    pub as_of: Option<Date>,
    /// Facts used, in order of date (undated first), then of the file.
    pub used: Vec<FactId>,
    /// Facts left out because they are later than `as_of`.
    pub later: Vec<FactId>,
    /// Number of all futures.
    pub size: BigUint,
    /// How probabilities were found.
    pub method: Method,
    /// Consistent futures and basins, where asked for.
    pub futures: Option<Futures>,
    /// Now, then and settled, where asked for.
    pub belief: Option<Beliefs>,
    /// The minds, and every driver with evidence, where probabilities were asked for.
    pub minds: Vec<Mind>,
    /// The stories, in order of the file.
    pub stories: Vec<StoryFound>,
    /// The signposts, the most telling first.
    pub signposts: Vec<SignpostFound>,
    /// The verdicts, in order of the file, with the scores that the reading earned.
    pub verdicts: Vec<VerdictFound>,
    /// Who holds power over whom; `None` where the case says nothing of it.
    pub power: Option<Power>,
    /// What drives what, whatever was asked.
    pub structure: crate::Structure,
    /// How firm it all is, where members were asked for.
    pub firm: Option<crate::Firm>,
    /// What would change the answer, where it was asked for, or why there is none.
    pub sway: Option<Result<crate::Sway, crate::Unswayed>>,
    /// What is found about quantities, where that was asked for and there are any.
    pub numbers: Option<Numbers>,
    /// What is found about options, where that was asked for and any has a value.
    pub choices: Option<Choices>,
}

/// Consistent futures.
#[derive(Clone, Debug)]
pub struct Futures {
    /// How many there are (a lower bound where the search did not finish).
    pub count: BigUint,
    /// What kept the search from seeing everything, if anything did.
    pub stopped: Option<Stopped>,
    /// Search steps done.
    pub steps: u64,
    /// Sets of drivers without an impact between them, each with its own count.
    pub islands: Vec<(Vec<DriverId>, BigUint)>,
    /// The consistent ones: by probability at the horizon where known, else in declared order.
    pub consistent: Vec<FutureFound>,
    /// The consistent ones as a map; `None` where there are fewer than three.
    pub map: Option<Map>,
    /// The likeliest futures at the horizon, consistent or not; empty without probabilities.
    pub likeliest: Vec<FutureFound>,
    /// Whether basins were wanted, and left out because there are more futures than [`Ask::basins_up_to`].
    pub basins_left_out: bool,
    /// What each rule of succession does; empty where basins were not asked for or do not fit.
    pub rules: Vec<RuleFound>,
    /// Where there is none: why, step by step, if that is short.
    pub proof: Option<Vec<Refuted>>,
    /// Why a state is in no consistent future, where asked for.
    pub why_not: Option<WhyNot>,
    /// The smallest change that makes or breaks a set of states, where asked for.
    pub change: Option<Change>,
}

/// The futures as points in the plane: the more drivers two of them differ in, the farther apart they lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// One point for each of the first consistent futures, in their order. The square of a distance stands for a
    /// number of drivers.
    pub points: Vec<(f64, f64)>,
    /// The share of the futures' variety that two dimensions keep, 0 … 1.
    pub kept: f64,
}

/// One line of a proof that there is none.
#[derive(Clone, Debug)]
pub struct Refuted {
    /// What is assumed.
    pub assumed: Vec<StateRef>,
    /// What then falls, in order.
    pub falls: Vec<Fall>,
    /// The driver left without a state.
    pub driver: DriverId,
}

/// A state that loses in every completion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fall {
    /// The state that loses.
    pub state: StateRef,
    /// To which state of the same driver.
    pub rival: StateId,
    /// By how much at least, thousandths.
    pub by: i64,
    /// How many of the assumptions it rests on.
    pub after: usize,
}

/// One future.
#[derive(Clone, Debug)]
pub struct FutureFound {
    /// One state for every driver.
    pub states: Vec<StateId>,
    /// Thousandths.
    pub inconsistency: i64,
    /// Thousandths.
    pub margin: i64,
    /// Thousandths.
    pub total_impact: i64,
    /// Whether it holds whatever its scores are within their ranges.
    pub firmness: Option<Firmness>,
    /// Probability at the horizon.
    pub then: Option<Estimate>,
    /// Probability in the long run.
    pub settled: Option<Estimate>,
    /// How many futures end here, by rule in the order of [`RULES`]; `None` where it was not found.
    pub basins: [Option<Basin>; 4],
    /// For each driver, what carries its state and what pulls against it.
    pub balance: Vec<Balance>,
}

/// How many futures end in an attractor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basin {
    /// Exact: futures. Sampled: starts that ended here.
    pub count: u64,
    /// Sampled: out of how many starts, and Wilson's 95 % interval of the share.
    pub sampled: Option<(u64, f64, f64)>,
}

/// The pulls on one driver in one future or story.
#[derive(Clone, Debug)]
pub struct Balance {
    /// The driver.
    pub driver: DriverId,
    /// The state it has.
    pub state: StateId,
    /// Impact sum on that state, thousandths.
    pub told: i64,
    /// The best of the other states.
    pub rival: StateId,
    /// Impact sum on it, thousandths.
    pub rival_sum: i64,
    /// Each impact that bears on the difference, greatest first, positive ones in support.
    pub pulls: Vec<Pull>,
}

/// What one impact adds to the lead of the told state over its rival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pull {
    /// Position in [`Case::impacts`].
    pub impact: usize,
    /// score(told) − score(rival), thousandths, never 0.
    pub lead: i64,
}

/// What a rule of succession does.
#[derive(Clone, Debug)]
pub struct RuleFound {
    /// The rule.
    pub rule: Rule,
    /// Cycles, greatest basin first: their futures, and how many end there.
    pub cycles: Vec<(Vec<Vec<StateId>>, Basin)>,
    /// Fixed points that are not among the listed consistent futures (with `--do`, or beyond the limit), counted.
    pub others: u64,
    /// Starts that had not closed (sampled only).
    pub open: u64,
}

/// Now, then and settled.
#[derive(Clone, Debug)]
pub struct Beliefs {
    /// Now, before facts.
    pub before: Marginals,
    /// Now.
    pub now: Marginals,
    /// Rounds from now (entry 0) to then (the last).
    pub unfolding: Vec<Marginals>,
    /// In the long run.
    pub settled: Marginals,
    /// How it settled.
    pub settling: Settling,
}

impl Beliefs {
    /// At the horizon.
    pub fn then(&self) -> &Marginals {
        self.unfolding.last().unwrap_or(&self.now)
    }
}

/// What the facts say about a mind (or another driver with evidence).
#[derive(Clone, Debug)]
pub struct Mind {
    /// The driver.
    pub driver: DriverId,
    /// Before facts, by state.
    pub prior: Vec<Estimate>,
    /// After facts, by state.
    pub posterior: Vec<Estimate>,
    /// For each used fact, in the order of [`Reading::used`].
    pub facts: Vec<FactWeight>,
    /// Belief after each day on which facts arrived: the day (`None`: undated), the facts of that day, the
    /// posterior by state. What is given counts from the first day on, so the last equals `posterior`.
    pub trajectory: Vec<Step>,
    /// The facts beside each other, and what carries the leading state.
    pub hypotheses: crate::Hypotheses,
    /// Competing readings beside it.
    pub compared: crate::MindCompared,
}

/// One step of a trajectory.
#[derive(Clone, Debug)]
pub struct Step {
    /// The day.
    pub on: Option<Date>,
    /// The facts that came on it.
    pub facts: Vec<FactId>,
    /// Belief then, by state.
    pub belief: Vec<Estimate>,
}

/// What one fact says about one driver.
#[derive(Clone, Debug)]
pub struct FactWeight {
    /// The fact.
    pub fact: FactId,
    /// Decibans, by state; infinite where the fact decides.
    pub decibans: Vec<Estimate>,
    /// The posterior without it, by state.
    pub without: Vec<Estimate>,
}

/// How a story holds.
#[derive(Clone, Debug)]
pub struct StoryFound {
    /// Position in [`Case::stories`].
    pub story: usize,
    /// Its probability; `None` where probabilities were not asked for.
    pub probability: Option<Estimate>,
    /// Its best completion and its mass.
    pub best: Option<(Vec<StateId>, Estimate)>,
    /// For every driver that it names.
    pub coherence: Vec<Balance>,
    /// Where no consistent future has the story: the smallest change with which one would, if that is quickly found.
    pub change: Option<Change>,
}

/// What a signpost would tell.
#[derive(Clone, Debug)]
pub struct SignpostFound {
    /// Position in [`Case::signposts`].
    pub signpost: usize,
    /// P(it will be seen).
    pub seen: Estimate,
    /// For each mind: bits, the belief if seen, the belief if not.
    pub minds: Vec<SignpostOnMind>,
    /// Bits over all minds, summed.
    pub bits: Estimate,
}

/// What a signpost would tell about one mind.
#[derive(Clone, Debug)]
pub struct SignpostOnMind {
    /// The mind.
    pub driver: DriverId,
    /// Mutual information in bits.
    pub bits: Estimate,
    /// Belief if it is seen, by state.
    pub if_seen: Vec<Estimate>,
    /// Belief if it is not, by state.
    pub if_not: Vec<Estimate>,
}

/// How the reading did against the truth.
#[derive(Clone, Debug)]
pub struct VerdictFound {
    /// Position in [`Case::verdicts`].
    pub verdict: usize,
    /// Probability the reading gave to what turned out true: a mind's now, any other driver's then.
    pub probability: Estimate,
    /// Probabilities of all states of that driver at the same time.
    pub chances: Vec<Estimate>,
    /// Brier score over all states, 0 (best) … 2.
    pub brier: f64,
    /// Natural log score, ≤ 0; −∞ where the truth had probability 0.
    pub log: f64,
    /// Ranked probability score, 0 … 1, where the states are ordered.
    pub ranked: Option<f64>,
    /// Brier score of knowing nothing (all states alike).
    pub brier_ignorant: f64,
    /// Standard errors of the Brier and log scores, where the probabilities were sampled; taken as if the states'
    /// errors moved together, which is never too small.
    pub errors: Option<(f64, f64)>,
    /// The same of the ranked probability score.
    pub ranked_error: Option<f64>,
}

impl VerdictFound {
    /// The Brier score with its error.
    pub fn brier_estimate(&self) -> Estimate {
        Estimate {
            value: self.brier,
            error: self.errors.map(|e| e.0),
        }
    }

    /// The log score with its error.
    pub fn log_estimate(&self) -> Estimate {
        Estimate {
            value: self.log,
            error: self.errors.map(|e| e.1),
        }
    }
}

/// How the reading did over all its verdicts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Verdicts that are in.
    pub verdicts: usize,
    /// Verdicts whose truth no other state had exceeded in probability.
    pub led: usize,
    /// Mean Brier score over all states, 0 (best) … 2.
    pub brier: f64,
    /// The same for knowing nothing.
    pub brier_ignorant: f64,
}
