//! The ensemble: every judgement drawn again, and everything solved again (model.md 4a).
//!
//! A member depends on the seed and its own number alone, so that any split over threads, processes or machines
//! gives the same bits.

use crate::belief::member::{Desk, Ready};
use crate::belief::pairs::{AskPairs, pairs};
use crate::belief::{self, believe};
use crate::consistent::{self, Consistent, consistent};
use crate::judgement::{Inputs, Judgement};
use crate::progress::{Progress, Quiet, Work};
use crate::{Driver, Future, State};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    /// All futures in one vector up to this many of them; else every probability of a member is sampled, and its
    /// error widens the spread of members.
    pub exact_up_to: u64,
    /// Steps of each search for consistent futures.
    pub steps: u64,
    /// The pairs (now, then) of every member, where formulas ask for them.
    pub cells: Option<AskCells>,
}

/// What formulas look at in every member (model.md 4a and 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskCells {
    /// In declared order: a cell is one state of each, minds' now and all others' at the horizon.
    pub named: Vec<Driver>,
}

impl AskCells {
    /// The states of all cells, in declared order, those of probability 0 included.
    pub fn states(&self, sizes: &[u16]) -> Vec<Vec<State>> {
        let mut all = vec![Vec::new()];
        for d in &self.named {
            let states = (0..sizes[d.0 as usize]).map(State);
            let longer = |cell: &Vec<State>| {
                let cell = cell.clone();
                states.clone().map(move |s| [&cell[..], &[s]].concat())
            };
            all = all.iter().flat_map(longer).collect();
        }
        all
    }
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
    /// Of a cell, by position in [`AskCells::states`].
    Cell(usize),
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
        let cells = self.cells.iter().map(|c| {
            let sizes = c
                .named
                .iter()
                .map(|d| self.inputs.model.sizes[d.0 as usize]);
            sizes.map(usize::from).product::<usize>()
        });
        all.extend(cells.flat_map(|count| (0..count).map(Outcome::Cell)));
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

    fn search(&self, inputs: &Inputs) -> Consistent {
        consistent(
            &inputs.model,
            &consistent::Ask {
                max_inconsistency: self.max_inconsistency,
                limit: LISTED,
                given: self.given.clone(),
                held: self.held.clone(),
                steps: self.steps,
            },
            &Quiet,
        )
    }

    fn ask(&self, inputs: &Inputs) -> belief::Ask {
        belief::Ask {
            given: self.given.clone(),
            held: self.held.clone(),
            futures: self.futures.clone(),
            stories: self.stories.clone(),
            minds: self.minds.clone(),
            signposts: inputs.signposts.clone(),
            exact_up_to: self.exact_up_to,
            seed: self.seed,
            ..belief::Ask::default()
        }
    }

    /// Solves member `e`.
    pub fn member(&self, e: u64) -> Member {
        let inputs = self.inputs(e);
        let found = self.search(&inputs);
        let ask = self.ask(&inputs);
        let mut bound = f64::INFINITY;
        let (model, evidence) = (&inputs.model, &inputs.evidence);
        let values = believe(model, evidence, &ask, &Quiet).and_then(|b| {
            bound = b.settling.bound;
            let then = b.unfolding.last().unwrap_or(&b.now);
            let marginals = [&b.now, then, &b.settled].into_iter();
            let marginals = marginals.flatten().flatten();
            let stories = b.stories.iter().map(|s| &s.probability);
            let futures = b.futures.iter().map(|f| &f.then);
            let seen = b.signposts.iter().map(|s| &s.seen);
            let all = marginals.chain(stories).chain(futures).chain(seen);
            let mut all: Vec<f64> = all.map(|e| e.value).collect();
            if let Some(cells) = &self.cells {
                all.extend(self.of_cells(&inputs, cells)?);
            }
            Ok(all)
        });
        Member::new(values.unwrap_or_default(), bound, found)
    }

    /// P(cell) of all cells, those of probability 0 included.
    fn of_cells(&self, inputs: &Inputs, cells: &AskCells) -> Result<Vec<f64>, belief::Impossible> {
        let ask = AskPairs {
            given: self.given.clone(),
            held: self.held.clone(),
            minds: self.minds.clone(),
            named: cells.named.clone(),
            exact_up_to: self.exact_up_to,
            seed: self.seed,
            ..AskPairs::default()
        };
        let found = pairs(&inputs.model, &inputs.evidence, &ask, &Quiet)?;
        let of = |states: Vec<State>| {
            let at = found.cell_of(&states);
            at.map_or(0.0, |at| found.cells[at].probability)
        };
        let all = cells.states(&inputs.model.sizes);
        Ok(all.into_iter().map(of).collect())
    }
}

impl Member {
    fn new(values: Vec<f64>, bound: f64, found: Consistent) -> Member {
        Member {
            values,
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
///     cells: None,
/// };
/// let solver = Solver::new(&plan);
/// let members = solver.members(10..12, &Quiet);
/// assert_eq!(members[1], solver.member(11));
/// ```
pub struct Solver<'p> {
    plan: &'p Plan,
    /// Nothing where members are solved plainly.
    ready: Option<Ready>,
    /// Room to work in that nobody uses at present.
    desks: Mutex<Vec<Desk>>,
}

impl<'p> Solver<'p> {
    /// Makes a plan ready.
    pub fn new(plan: &'p Plan) -> Solver<'p> {
        // Who acts on whom is asked of a member: where the author wrote 0, a drawn score seldom is.
        let inputs = plan.inputs(0);
        Solver {
            plan,
            ready: Ready::new(&inputs, plan.ask(&inputs), plan.cells.as_ref()),
            desks: Mutex::default(),
        }
    }

    /// Whether members share work. They do not where there are more than 2^22 futures, or [`Plan::exact_up_to`] where
    /// that is less, or where drivers look at so many others that their tables would have more than 2^23 chances: then
    /// each member is asked by itself, as [`Plan::member`] does, which may take a second or more.
    pub fn shares(&self) -> bool {
        self.ready.is_some()
    }

    /// Solves member `e`: as [`Plan::member`], sooner.
    ///
    /// What is settled may be off by as much as [`Member::bound`] says: 1e-8 at most where it settled, 1e-11 where now
    /// rests on it. All else differs by rounding only, but where what is given or the facts are so unlikely that
    /// what was missing before them counts.
    pub fn member(&self, e: u64) -> Member {
        let Some(ready) = &self.ready else {
            return self.plan.member(e);
        };
        let inputs = self.plan.inputs(e);
        let mut desk = self.desks().pop().unwrap_or_default();
        let said = ready.solve(&inputs, &mut desk);
        self.desks().push(desk);
        let found = || self.plan.search(&inputs);
        match said {
            Some(Ok(said)) => Member::new(said.values, said.bound, found()),
            Some(Err(_)) => Member::new(Vec::new(), f64::INFINITY, found()),
            None => self.plan.member(e),
        }
    }

    fn desks(&self) -> MutexGuard<'_, Vec<Desk>> {
        // A desk holds nothing that the next member reads.
        self.desks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Solves some members on the pool it is called in, in order.
    pub fn members(&self, range: std::ops::Range<u64>, progress: &dyn Progress) -> Vec<Member> {
        let (total, done) = (range.end.saturating_sub(range.start), AtomicU64::new(0));
        let one = |e| {
            let member = self.member(e);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress.at(Work::Ensemble, done, total);
            member
        };
        if self.shares() {
            range.into_par_iter().map(one).collect()
        } else {
            // Each takes all threads, and there may be no room for two.
            range.map(one).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgement::Place;

    fn block(dice: &mut ChaCha8Rng) -> String {
        let mut block = [0; 64];
        dice.fill_bytes(&mut block);
        block.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// The first blocks of ChaCha8 for the key 0 (draft-strombergson-chacha-test-vectors-01): with the nonce 0 (TC1),
    /// and with its first bit set (TC3), which is the stream 1.
    #[test]
    fn the_generator_is_chacha8() {
        let mut dice = ChaCha8Rng::from_seed([0; 32]);
        let want = "3e00ef2f895f40d67f5bb8e81f09a5a12c840ec3ce9a7f3b181be188ef711a1e\
                    984ce172b9216f419f445367456d5619314a42a3da86b001387bfdb80e0cfe42";
        assert_eq!(block(&mut dice), want);
        dice.set_stream(1);
        dice.set_word_pos(0);
        let want = "2b8f4bb3798306ca5130d47c4f8d4ed13aa0edccc1be6942090faeeca0d7599b\
                    7ff0fe616bb25aa0153ad6fdc88b954903c22426d478b97b22b8f9b1db00cf06";
        assert_eq!(block(&mut dice), want);
    }

    /// One block of ChaCha8 as Bernstein (2008) wrote it down, with 64 bits each of position and stream.
    fn plain_block(key: [u8; 32], position: u64, stream: u64) -> String {
        let words = |bytes: &[u8]| -> Vec<u32> {
            let word = |c: &[u8]| u32::from_le_bytes([c[0], c[1], c[2], c[3]]);
            bytes.chunks_exact(4).map(word).collect()
        };
        let begin = [
            words(b"expand 32-byte k"),
            words(&key),
            words(&position.to_le_bytes()),
            words(&stream.to_le_bytes()),
        ]
        .concat();
        let mut x = begin.clone();
        let mut quarter = |a: usize, b: usize, c: usize, d: usize| {
            for (i, j, k, by) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
                x[i] = x[i].wrapping_add(x[j]);
                x[k] = (x[k] ^ x[i]).rotate_left(by);
            }
        };
        for _ in 0..4 {
            for c in 0..4 {
                quarter(c, c + 4, c + 8, c + 12);
            }
            for c in 0..4 {
                quarter(c, (c + 1) % 4 + 4, (c + 2) % 4 + 8, (c + 3) % 4 + 12);
            }
        }
        let sum = x.iter().zip(&begin).map(|(a, b)| a.wrapping_add(*b));
        sum.flat_map(u32::to_le_bytes)
            .map(|b| format!("{b:02x}"))
            .collect()
    }

    #[test]
    fn streams_and_positions_have_64_bits() {
        let key = std::array::from_fn(|i| i as u8 * 7 + 1);
        for stream in [0, 1, 1 << 32, u64::MAX - 3] {
            for position in [0, 1, u64::from(u32::MAX), 1 << 32, (1 << 40) + 5] {
                let mut dice = ChaCha8Rng::from_seed(key);
                dice.set_stream(stream);
                dice.set_word_pos(u128::from(position) * 16);
                assert_eq!(block(&mut dice), plain_block(key, position, stream));
            }
        }
    }

    /// No published numbers: those that earlier versions drew. Whoever changes them changes every ensemble.
    #[test]
    fn what_was_drawn_is_drawn_again() {
        let place = Place::Prior {
            driver: crate::Driver(0),
            state: crate::State(0),
        };
        let judgement = Judgement {
            place,
            point: 0.5,
            low: 0.0,
            high: 1.0,
        };
        let plan = |seed| Plan {
            inputs: Inputs {
                model: crate::Model::new(vec![2]),
                evidence: crate::evidence::Evidence::default(),
                signposts: Vec::new(),
            },
            judgements: vec![judgement; 9],
            seed,
            given: Vec::new(),
            held: Vec::new(),
            max_inconsistency: 0,
            futures: Vec::new(),
            stories: Vec::new(),
            minds: Vec::new(),
            exact_up_to: 1 << 26,
            steps: 1 << 20,
            cells: None,
        };
        let bits = |seed, e| {
            let draw = plan(seed).draw(e);
            [draw[0].to_bits(), draw[8].to_bits()]
        };
        assert_eq!(bits(0, 0), [4604562003098661703, 4605415040954126620]);
        assert_eq!(bits(2024, 0), [4595185519517776676, 4602416994999605600]);
        assert_eq!(bits(2024, 1), [4607116425027454688, 4574751644575098112]);
        assert_eq!(
            bits(2024, 1 << 40),
            [4605200974122242353, 4595499538470105728]
        );
        // 53 of the 64 bits, in units of 2^-53.
        assert!(
            plan(7)
                .draw(3)
                .iter()
                .all(|u| (u * libm::exp2(53.0)).fract() == 0.0)
        );
    }
}
