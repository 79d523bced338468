//! The ensemble: every judgement drawn again, and everything solved again (model.md 4a).
//!
//! A member depends on the seed and its own number alone, so that any split over threads, processes or machines
//! gives the same bits.

use crate::belief::{self, believe};
use crate::consistent::{self, consistent};
use crate::judgement::{Inputs, Judgement};
use crate::progress::{Progress, Quiet, Work};
use crate::{Driver, Future, State};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

/// Consistent futures that a member lists at most.
pub const LISTED: usize = 1000;

/// What every member is asked.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The point values.
    pub inputs: Inputs,
    /// What is drawn again.
    pub judgements: Vec<Judgement>,
    /// Seed.
    pub seed: u64,
    /// `--given`.
    pub given: Vec<(Driver, State)>,
    /// `--do`.
    pub held: Vec<(Driver, State)>,
    /// Greatest inconsistency let in, thousandths.
    pub max_inconsistency: i64,
    /// Futures whose probability at the horizon is wanted.
    pub futures: Vec<Future>,
    /// Stories: told states.
    pub stories: Vec<Vec<(Driver, State)>>,
    /// Drivers that are minds.
    pub minds: Vec<Driver>,
    /// All futures in one vector up to this many of them.
    pub exact_up_to: u64,
    /// Steps of each search for consistent futures.
    pub steps: u64,
}

/// A probability that every member gives. The order of [`Plan::outcomes`] is that of [`Member::values`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Of a state now, after facts.
    Now(Driver, State),
    /// Of a state at the horizon.
    Then(Driver, State),
    /// Of a state in the long run.
    Settled(Driver, State),
    /// Of a story, by position.
    Story(usize),
    /// Of a future at the horizon, by position in [`Plan::futures`].
    Future(usize),
    /// That a signpost will be seen, by position.
    Seen(usize),
}

/// What one member says.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Probabilities, in the order of [`Plan::outcomes`]; empty where its facts and what is given leave no future.
    pub values: Vec<f64>,
    /// Its consistent futures, the first [`LISTED`] in declared order.
    pub consistent: Vec<Future>,
    /// Whether those are all.
    pub complete: bool,
    /// Bound on the L1 distance by which its settled distribution may still be off; infinite where none is known,
    /// not a number where it was sampled.
    pub bound: f64,
}

impl Plan {
    /// The probabilities that every member gives, in order.
    pub fn outcomes(&self) -> Vec<Outcome> {
        let mut all = Vec::new();
        for of in [Outcome::Now, Outcome::Then, Outcome::Settled] {
            for (d, &k) in self.inputs.model.sizes.iter().enumerate() {
                // The cast: drivers are counted in u32.
                all.extend((0..k).map(|s| of(Driver(d as u32), State(s))));
            }
        }
        all.extend((0..self.stories.len()).map(Outcome::Story));
        all.extend((0..self.futures.len()).map(Outcome::Future));
        all.extend((0..self.inputs.signposts.len()).map(Outcome::Seen));
        all
    }

    /// The values of all judgements in member `e`: the stream of the generator is the member, the position in it
    /// the judgement.
    pub fn draw(&self, e: u64) -> Vec<f64> {
        let mut dice = ChaCha8Rng::seed_from_u64(self.seed);
        dice.set_stream(e);
        dice.set_word_pos(0);
        self.judgements
            .iter()
            // 53 bits, 0 ≤ share < 1; each takes two words.
            .map(|j| j.at((dice.next_u64() >> 11) as f64 / (1_u64 << 53) as f64))
            .collect()
    }

    /// The inputs of member `e`.
    pub fn inputs(&self, e: u64) -> Inputs {
        let mut inputs = self.inputs.clone();
        for (j, value) in self.judgements.iter().zip(self.draw(e)) {
            inputs.set(j.place, value);
        }
        inputs
    }

    /// Solves member `e`.
    pub fn member(&self, e: u64) -> Member {
        let inputs = self.inputs(e);
        let found = consistent(
            &inputs.model,
            &consistent::Ask {
                max_inconsistency: self.max_inconsistency,
                limit: LISTED,
                given: self.given.clone(),
                held: self.held.clone(),
                steps: self.steps,
            },
            &Quiet,
        );
        let ask = belief::Ask {
            given: self.given.clone(),
            held: self.held.clone(),
            futures: self.futures.clone(),
            stories: self.stories.clone(),
            minds: self.minds.clone(),
            signposts: inputs.signposts.clone(),
            exact_up_to: self.exact_up_to,
            ..belief::Ask::default()
        };
        let mut bound = f64::INFINITY;
        let values = believe(&inputs.model, &inputs.evidence, &ask, &Quiet).map(|b| {
            bound = b.settling.bound;
            let then = b.unfolding.last().unwrap_or(&b.now);
            let marginals = [&b.now, then, &b.settled].into_iter();
            let marginals = marginals.flatten().flatten();
            let stories = b.stories.iter().map(|s| &s.probability);
            let futures = b.futures.iter().map(|f| &f.then);
            let seen = b.signposts.iter().map(|s| &s.seen);
            let all = marginals.chain(stories).chain(futures).chain(seen);
            all.map(|e| e.value).collect()
        });
        Member {
            values: values.unwrap_or_default(),
            complete: found.stopped.is_none() && found.count == found.listed.len().into(),
            consistent: found.listed.into_iter().map(|f| f.states).collect(),
            bound,
        }
    }
}

/// A plan made ready: what all members share is worked out once.
///
/// ```
/// use sinario_engine::{Driver, State, Model, ensemble::{Plan, Solver}, judgement::{Inputs, Judgement, Place}};
/// use sinario_engine::progress::Quiet;
/// let place = Place::Prior { driver: Driver(0), state: State(0) };
/// let plan = Plan {
///     inputs: Inputs { model: Model::new(vec![2]), evidence: Default::default(), signposts: Vec::new() },
///     judgements: vec![Judgement { place, point: 1.0, low: 0.5, high: 2.0 }],
///     seed: 1, given: Vec::new(), held: Vec::new(), max_inconsistency: 0, futures: Vec::new(), stories: Vec::new(),
///     minds: Vec::new(), exact_up_to: 1 << 26, steps: 1 << 20,
/// };
/// let solver = Solver::new(&plan);
/// let members = solver.members(10..12, &Quiet);
/// assert_eq!(members[1], solver.member(11));
/// ```
pub struct Solver<'p> {
    plan: &'p Plan,
}

impl<'p> Solver<'p> {
    /// Makes a plan ready.
    pub fn new(plan: &'p Plan) -> Solver<'p> {
        Solver { plan }
    }

    /// Solves member `e`: as [`Plan::member`], sooner.
    pub fn member(&self, e: u64) -> Member {
        self.plan.member(e)
    }

    /// Solves some members on the pool it is called in, in order.
    pub fn members(&self, range: std::ops::Range<u64>, progress: &dyn Progress) -> Vec<Member> {
        let (total, done) = (
            range.end.saturating_sub(range.start),
            std::sync::atomic::AtomicU64::new(0),
        );
        let one = |e| {
            let member = self.member(e);
            let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            progress.at(Work::Ensemble, done, total);
            member
        };
        range.into_par_iter().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first block of ChaCha8 for the key 0, nonce 0 (draft-strombergson-chacha-test-vectors-01, TC1).
    #[test]
    fn the_generator_is_chacha8() {
        let mut dice = ChaCha8Rng::from_seed([0; 32]);
        let mut block = [0; 64];
        dice.fill_bytes(&mut block);
        let hex: String = block.iter().map(|b| format!("{b:02x}")).collect();
        let want = "3e00ef2f895f40d67f5bb8e81f09a5a12c840ec3ce9a7f3b181be188ef711a1e\
                    984ce172b9216f419f445367456d5619314a42a3da86b001387bfdb80e0cfe42";
        assert_eq!(hex, want);
    }
}
