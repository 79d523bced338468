//! Now, then, and where it settles (model.md 4): everything that probabilities answer, in one go.

mod answer;
mod compare;
mod exact;
mod facts;
mod frontier;
mod hypotheses;
pub(crate) mod member;
pub mod pairs;
mod rounds;
mod sampled;
mod settle;
mod space;
mod stationary;

use crate::evidence::{Evidence, Facts};
use crate::progress::Progress;
use crate::{Driver, Fact, Future, Model, State};
pub use compare::{
    Alternative, Compare, Compared, Fixed, Place, Range, Rivals, Spans, Undone, separation,
};
pub use hypotheses::{Bearing, Hypotheses, Linchpin, Linchpins, TRIALS};
pub(crate) use settle::{Contraction, ROUNDS as SETTLING, TOLERANCE};

/// A number and, where it was sampled, its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Standard error; `None` for an exact value.
    pub error: Option<f64>,
}

/// For each driver, for each state.
pub type Marginals = Vec<Vec<Estimate>>;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// `--given`: learnt now.
    pub given: Vec<(Driver, State)>,
    /// `--do`: held from now on.
    pub held: Vec<(Driver, State)>,
    /// Futures whose probabilities are wanted.
    pub futures: Vec<Future>,
    /// How many of the likeliest futures at the horizon are wanted beside those.
    pub likeliest: usize,
    /// Stories: told states.
    pub stories: Vec<Vec<(Driver, State)>>,
    /// Drivers that are minds: read at now, not at then.
    pub minds: Vec<Driver>,
    /// Signposts: P(seen | state) by driver.
    pub signposts: Vec<Vec<(Driver, Vec<f64>)>>,
    /// Drivers to report fact by fact (minds and whatever has evidence).
    pub read: Vec<Driver>,
    /// Sets of facts known at successive days; each is read as if no other fact were known.
    pub trajectory: Vec<Facts>,
    /// Work to find linchpins of two and three members, in joint states of the drivers in question looked at, some
    /// 25 ns of one core each: [`TRIALS`], or 0 where it is not worth it. Those of one member are found whatever it takes.
    pub trials: u64,
    /// Competing readings side by side, where wanted.
    pub compare: Option<Compare>,
    /// All futures in one vector up to this many of them, else sampled.
    pub exact_up_to: u64,
    /// Seed of the sampling.
    pub seed: u64,
    /// How much more than the usual second is sampled: 4 halves the errors. 0 is taken as 1.
    pub effort: f64,
}

impl Ask {
    /// What is held, by driver.
    fn held_by_driver(&self, model: &Model) -> Vec<Option<State>> {
        let mut held = vec![None; model.drivers()];
        for (d, s) in &self.held {
            held[d.0 as usize] = Some(*s);
        }
        held
    }

    fn effort(&self) -> f64 {
        if self.effort > 0.0 { self.effort } else { 1.0 }
    }
}

/// What is held and what is known today, where nothing is done to it.
fn held_today(model: &Model, held: &[Option<State>]) -> Vec<Option<State>> {
    let either = |(held, today): (&Option<State>, &Option<State>)| held.or(*today);
    held.iter().zip(&model.today).map(either).collect()
}

/// How the numbers came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// All futures.
    Exact,
    /// Parallel chains.
    Sampled {
        /// Independent chains.
        chains: u32,
        /// Draws kept in all.
        draws: u64,
        /// Effective sample size of the draws at *now*: how many independent draws would do as well.
        effective: f64,
        /// The same of the settled distribution.
        effective_settled: f64,
        /// Whether everything about now is exact all the same, because few drivers are unknown today.
        exact_now: bool,
    },
}

/// Below so many effective draws, errors are themselves hardly known.
const FEW: f64 = 100.0;

impl Method {
    /// Whether the draws are worth so little that their errors cannot be relied on: fewer than 100 independent ones.
    pub fn few(&self) -> bool {
        match *self {
            Method::Exact => false,
            Method::Sampled {
                effective,
                effective_settled,
                exact_now,
                ..
            } => effective_settled < FEW || (!exact_now && effective < FEW),
        }
    }
}

/// How the settled distribution was reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settling {
    /// Rounds done (exact; those towards now before facts where only it has not converged and they are more), or
    /// rounds of burn-in (sampled).
    pub rounds: u64,
    /// Bound on the L1 distance that is still missing; NaN when sampled.
    pub bound: f64,
    /// Observed contraction rate of a round, 0 … 1; `None` when sampled.
    pub rate: Option<f64>,
    /// Whether the bound came below 1e-10 (exact); whether the chains agree with each other and with their own
    /// first halves, and are worth five independent draws each (sampled). Now before facts must have settled as well.
    pub converged: bool,
    /// The past is forgotten after that many rounds, ⌈ln 0.01 / ln rate⌉; `None` when it is not known.
    pub forgotten_after: Option<u64>,
}

/// Probabilities of one future.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// Its states.
    pub states: Future,
    /// At the horizon.
    pub then: Estimate,
    /// In the long run.
    pub settled: Estimate,
}

/// A story's probability and best completion.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its probability.
    pub probability: Estimate,
    /// The likeliest future at the horizon in which its told non-minds hold, and its mass; `None` when the probability is 0.
    pub best: Option<(Future, Estimate)>,
}

/// What one fact says about one driver.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    /// The driver.
    pub driver: Driver,
    /// 10·log10 of (odds with ÷ odds without), by state; infinite where it decides.
    pub decibans: Vec<Estimate>,
    /// The posterior without the fact, by state.
    pub without: Vec<Estimate>,
}

/// What one signpost would tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// P(it will be seen).
    pub seen: Estimate,
    /// For each mind of the ask, mutual information in bits.
    pub bits: Vec<Estimate>,
    /// For each mind, P(state | seen) by state; NaN where it cannot be seen.
    pub if_seen: Vec<Vec<Estimate>>,
    /// For each mind, P(state | not seen) by state; NaN where it is sure to be seen.
    pub if_not: Vec<Vec<Estimate>>,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Belief {
    /// How it was found.
    pub method: Method,
    /// Now, before facts (ν₀).
    pub before: Marginals,
    /// Now, after facts (ν).
    pub now: Marginals,
    /// Rounds from now to then: entry 0 is now, the last is then.
    pub unfolding: Vec<Marginals>,
    /// The long run (π).
    pub settled: Marginals,
    /// How it settled.
    pub settling: Settling,
    /// As asked.
    pub futures: Vec<Weighed>,
    /// The likeliest at the horizon, likeliest first, ties in declared order.
    pub likeliest: Vec<Weighed>,
    /// As asked.
    pub stories: Vec<Told>,
    /// As asked.
    pub signposts: Vec<Telling>,
    /// For each fact, for each driver in `read`.
    pub facts: Vec<Vec<Weight>>,
    /// For each step, for each driver in `read`, its posterior.
    pub trajectory: Vec<Vec<Vec<Estimate>>>,
    /// For each driver in `read`, the facts that bear on it beside each other.
    pub hypotheses: Vec<Hypotheses>,
    /// As asked.
    pub compared: Option<Compared>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Impossible {
    /// No future allows these facts together (a smallest such set, as far as it could be found).
    Facts(Vec<Fact>),
    /// What is given has probability 0 now.
    Given(Vec<(Driver, State)>),
    /// It takes more memory than there may be: bytes needed; asked for before any work. Exact: 24 for each future
    /// and 16 (48 where readings are compared) for each joint state of the drivers that facts bear on or that are read. Sampled: what the sums over
    /// the states take, round by round.
    Memory(u64),
    /// None of the draws allows these facts; that is no proof that no future does.
    Undrawn(Vec<Fact>),
    /// The fewest draws that give an error would take more than `limit` steps of about a nanosecond.
    Work {
        /// Steps needed.
        steps: u64,
        /// Steps allowed.
        limit: u64,
    },
}

/// Answers everything at once.
///
/// # Errors
///
/// See [`Impossible`].
///
/// ```
/// use sinario_engine::{Model, belief::{Ask, believe}, evidence::Evidence, progress::Quiet};
/// let mut model = Model::new(vec![2]);
/// model.bias[0] = vec![libm::log(3.0), 0.0];
/// let ask = Ask { exact_up_to: 1 << 26, ..Ask::default() };
/// let belief = believe(&model, &Evidence::default(), &ask, &Quiet).unwrap();
/// assert!((belief.settled[0][0].value - 0.75).abs() < 1e-12);
/// ```
pub fn believe(
    model: &Model,
    evidence: &Evidence,
    ask: &Ask,
    progress: &dyn Progress,
) -> Result<Belief, Impossible> {
    let mut belief = if within_exact(model, ask.exact_up_to) {
        exact::believe(model, evidence, ask, progress)?
    } else {
        sampled::believe(model, evidence, ask, progress)?
    };
    belief.within();
    Ok(belief)
}

/// Whether there are so many futures at most.
fn within_exact(model: &Model, most: u64) -> bool {
    let sizes = model.sizes.iter();
    let count = sizes.fold(num_bigint::BigUint::from(1_u8), |n, &k| n * k);
    count <= num_bigint::BigUint::from(most)
}

impl Belief {
    /// Sums of rounded numbers may pass 1 by a last digit: what is a probability leaves the engine in 0 … 1.
    fn within(&mut self) {
        // Not a number stays so.
        let clamp = |e: &mut Estimate| e.value = e.value.clamp(0.0, 1.0);
        let rows = [&mut self.before, &mut self.now, &mut self.settled].into_iter();
        let rows = rows.chain(&mut self.unfolding).chain(&mut self.trajectory);
        rows.flatten().flatten().for_each(clamp);
        for f in self.futures.iter_mut().chain(&mut self.likeliest) {
            clamp(&mut f.then);
            clamp(&mut f.settled);
        }
        for told in &mut self.stories {
            clamp(&mut told.probability);
            if let Some((_, mass)) = &mut told.best {
                clamp(mass);
            }
        }
        for sign in &mut self.signposts {
            clamp(&mut sign.seen);
            let of = sign.if_seen.iter_mut().chain(&mut sign.if_not);
            of.flatten().for_each(clamp);
        }
        let weights = self.facts.iter_mut().flatten();
        weights.flat_map(|w| &mut w.without).for_each(clamp);
        for of in &mut self.hypotheses {
            let facts = of.facts.iter_mut().flat_map(|f| &mut f.likelihood);
            let without = of.linchpins.sets.iter_mut().flat_map(|l| &mut l.without);
            facts.chain(without).for_each(clamp);
        }
        self.compared.iter_mut().for_each(Compared::within);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Quiet;

    #[test]
    fn no_probability_leaves_the_range() {
        let mut model = Model::new(vec![2]);
        model.bias[0] = vec![0.3, 0.0];
        let ask = Ask {
            exact_up_to: 2,
            stories: vec![vec![(Driver(0), State(0))]],
            ..Ask::default()
        };
        let mut belief = believe(&model, &Evidence::default(), &ask, &Quiet).unwrap();
        let error = Some(0.5);
        let of = |value| Estimate { value, error };
        belief.now[0] = vec![of(1.0 + f64::EPSILON), of(-f64::EPSILON)];
        belief.stories[0].probability = of(f64::NAN);
        belief.within();
        assert_eq!(belief.now[0], [of(1.0), of(0.0)]);
        assert!(belief.stories[0].probability.value.is_nan());
    }
}
