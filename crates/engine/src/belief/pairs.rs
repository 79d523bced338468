//! Pairs (now, then): minds as they are now, everything else at the horizon (model.md 6), and what could be learnt
//! about them.

mod passes;
mod plan;

use super::{Ask, Impossible, Method, sampled, within_exact};
use crate::evidence::Evidence;
use crate::progress::Progress;
use crate::{Driver, Model, State};

/// What could be learnt: one of several outcomes, each with P(outcome | state) for some drivers, multiplied over
/// them; minds are looked at now, all else at the horizon. A state beyond the end of a list has chance 0.
///
/// A driver's state is the source whose outcome `s` has chance 1 in state `s` and 0 elsewhere; a signpost has the
/// outcomes seen and not seen; what is known to have happened has one outcome.
pub type Source = Vec<Outcome>;

/// One outcome of a [`Source`].
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// With these chances by driver and state, multiplied over the drivers.
    If(Vec<(Driver, Vec<f64>)>),
    /// With one minus those.
    Unless(Vec<(Driver, Vec<f64>)>),
}

/// Learning the state of a driver that has so many: outcome `s` is state `s`.
pub fn of_driver(driver: Driver, states: u16) -> Source {
    (0..states)
        .map(|s| Outcome::If(vec![(driver, only(State(s)))]))
        .collect()
}

/// Learning whether a signpost is seen, from P(seen | state) by driver: outcome 0 is seen, outcome 1 not seen.
pub fn of_signpost(expected: &[(Driver, Vec<f64>)]) -> Source {
    vec![
        Outcome::If(expected.to_vec()),
        Outcome::Unless(expected.to_vec()),
    ]
}

/// That all of these states hold, minds' now and all others' at the horizon: the one outcome.
pub fn of_states(states: &[(Driver, State)]) -> Source {
    vec![Outcome::If(
        states.iter().map(|&(d, s)| (d, only(s))).collect(),
    )]
}

/// Chance 1 of one state.
fn only(state: State) -> Vec<f64> {
    let mut chances = vec![0.0; usize::from(state.0)];
    chances.push(1.0);
    chances
}

/// What is asked about pairs.
#[derive(Clone, Debug, Default)]
pub struct AskPairs {
    /// `--given`: learnt now.
    pub given: Vec<(Driver, State)>,
    /// `--do`: held from now on.
    pub held: Vec<(Driver, State)>,
    /// Drivers that are minds: looked at now, not at then.
    pub minds: Vec<Driver>,
    /// Drivers that the formulas look at, in declared order: a cell is one state of each.
    pub named: Vec<Driver>,
    /// What could be learnt.
    pub sources: Vec<Source>,
    /// All futures in one vector up to this many of them, else sampled.
    pub exact_up_to: u64,
    /// Seed of the sampling.
    pub seed: u64,
    /// How much more than the usual second is sampled: 4 halves the errors. 0 is taken as 1.
    pub effort: f64,
}

impl AskPairs {
    /// The same situation as it is asked about elsewhere.
    fn ask(&self) -> Ask {
        Ask {
            given: self.given.clone(),
            held: self.held.clone(),
            minds: self.minds.clone(),
            exact_up_to: self.exact_up_to,
            seed: self.seed,
            effort: self.effort,
            ..Ask::default()
        }
    }

    /// Outcomes of all sources.
    pub(super) fn outcomes(&self) -> usize {
        self.sources.iter().map(Vec::len).sum()
    }
}

/// All pairs that agree on the named drivers.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// One state for each named driver.
    pub states: Vec<State>,
    /// Its probability, > 0.
    pub probability: f64,
}

/// The distribution of pairs, as far as formulas look at it.
#[derive(Clone, Debug)]
pub struct Pairs {
    /// How it was found. Where sampled, `effective` draws are those of the pairs, and `effective_settled` those of
    /// what now is drawn from.
    pub method: Method,
    /// The named drivers, as asked.
    pub named: Vec<Driver>,
    /// The cells of positive probability, in declared order; they sum to 1.
    pub cells: Vec<Cell>,
    /// For each source, for each of its outcomes, for each cell: P(outcome and cell).
    pub joint: Vec<Vec<Vec<f64>>>,
    /// Where sampled: the cells' probabilities in each of several equal groups of independent draws, whose spread is
    /// the error of everything above; none where exact. A group in which no draw has any weight is left out.
    pub groups: Vec<Vec<f64>>,
}

impl Pairs {
    /// P(outcome) of a source, both by position.
    pub fn chance(&self, source: usize, outcome: usize) -> f64 {
        let joint = &self.joint[source][outcome];
        joint.iter().sum::<f64>().clamp(0.0, 1.0)
    }

    /// The cell with one state for each named driver; `None` where its probability is 0 (or it was never drawn).
    pub fn cell_of(&self, states: &[State]) -> Option<usize> {
        let by = |cell: &Cell| cell.states.as_slice().cmp(states);
        self.cells.binary_search_by(by).ok()
    }
}

/// The joint distribution of the named drivers over the pairs (now, then), and of each outcome of each source with
/// them.
///
/// A pair takes its minds from ν and all its other drivers from where [`Model::rounds`] rounds lead from that very
/// now (model.md 4 and 6).
///
/// # Errors
///
/// See [`Impossible`]. What no future allows is the same error as in [`believe`](super::believe). Exact, the memory
/// asked for is 16 more bytes for each outcome and joint state of the named drivers.
///
/// ```
/// use sinario_engine::{Driver, Model, State, evidence::Evidence, progress::Quiet};
/// use sinario_engine::belief::pairs::{AskPairs, of_driver, pairs};
/// // A mind of two states that a second driver follows, with odds of two to one.
/// let mut model = Model::new(vec![2, 2]);
/// model.rounds = 1;
/// model.keeps[1] = 0.0;
/// model.keeps[0] = 1.0;
/// for s in [State(0), State(1)] {
///     model.add(Driver(0), s, Driver(1), s, 1000);
/// }
/// let ask = AskPairs {
///     minds: vec![Driver(0)],
///     named: vec![Driver(1)],
///     sources: vec![of_driver(Driver(0), 2)],
///     exact_up_to: 1 << 26,
///     ..AskPairs::default()
/// };
/// let pairs = pairs(&model, &Evidence::default(), &ask, &Quiet).unwrap();
/// assert!((pairs.cells[0].probability - 0.5).abs() < 1e-12);
/// // The mind is in its first state now and the other at the horizon: 1/2 · 2/3.
/// assert!((pairs.joint[0][0][0] - 1.0 / 3.0).abs() < 1e-12);
/// ```
pub fn pairs(
    model: &Model,
    evidence: &Evidence,
    ask: &AskPairs,
    progress: &dyn Progress,
) -> Result<Pairs, Impossible> {
    if within_exact(model, ask.exact_up_to) {
        passes::pairs(model, evidence, ask, progress)
    } else {
        sampled::pairs(model, evidence, ask, &ask.ask(), progress)
    }
}

/// Laid out by cell and outcome from P(cell) and P(outcome and cell), both up to one factor; cells of probability 0
/// are left out, and what is left sums to 1.
pub(super) fn laid_out(
    method: Method,
    ask: &AskPairs,
    all: impl Iterator<Item = (Vec<State>, f64)>,
    joint: Vec<Vec<Vec<f64>>>,
    groups: Vec<Vec<f64>>,
) -> Pairs {
    let (mut cells, mut kept) = (Vec::new(), Vec::new());
    for (at, (states, probability)) in all.enumerate() {
        if probability > 0.0 {
            kept.push(at);
            cells.push(Cell {
                states,
                probability,
            });
        }
    }
    let whole: f64 = cells.iter().map(|c| c.probability).sum();
    cells.iter_mut().for_each(|c| c.probability /= whole);
    let row = |row: Vec<f64>| kept.iter().map(|&at| row[at] / whole).collect();
    let source = |outcomes: Vec<Vec<f64>>| outcomes.into_iter().map(row).collect();
    let group = |group: Vec<f64>| kept.iter().map(|&at| group[at]).collect();
    Pairs {
        method,
        named: ask.named.clone(),
        cells,
        joint: joint.into_iter().map(source).collect(),
        groups: groups.into_iter().map(group).collect(),
    }
}
