//! The checked case: every name resolved, every number in its range (model.md 2).

use crate::formula::Formula;
use crate::{Date, Doubt, Grade, Lang, Name, Ranged, Score, Text, Trust};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    )*};
}
id! {
    /// Position of an actor in [`Case::actors`].
    ActorId,
    /// Position of a driver in [`Case::drivers`].
    DriverId,
    /// Position of a state in [`Driver::states`].
    StateId,
    /// Position of a fact in [`Case::facts`].
    FactId
}

/// One state of one driver, `money.ms`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateRef {
    /// The driver.
    pub driver: DriverId,
    /// The state of it.
    pub state: StateId,
}

/// One scenario study.
#[derive(Clone, Debug)]
pub struct Case {
    /// Title.
    pub title: Text,
    /// The question that the study answers.
    pub question: Option<Text>,
    /// Who wrote it.
    pub author: Option<Text>,
    /// Language of plain strings.
    pub lang: Lang,
    /// Facts after this day are not used.
    pub as_of: Option<Date>,
    /// The day that *then* means.
    pub horizon: Option<Date>,
    /// One impact point multiplies the odds by this, in (0, 1000]; 2 unless given.
    pub strength: f64,
    /// Rounds between `as_of` and `horizon`, as given; see [`Case::rounds`].
    pub rounds: Option<u32>,
    /// Trust by grade.
    pub trust: Trust,
    /// Doubt of judgements without a range.
    pub doubt: Doubt,
    /// Who is involved.
    pub actors: Vec<Actor>,
    /// The questions, in declared order.
    pub drivers: Vec<Driver>,
    /// Judgements of what favours what, in the order of the file; no two with the same `from` and `on`.
    pub impacts: Vec<Impact>,
    /// What is public, in the order of the file.
    pub facts: Vec<Fact>,
    /// What would be seen if.
    pub signposts: Vec<Signpost>,
    /// Signposts that can show several results.
    pub tests: Vec<Test>,
    /// Numbers that nobody knows exactly.
    pub quantities: Vec<Quantity>,
    /// Quantities that are drawn together.
    pub correlations: Vec<Correlation>,
    /// What the reader of the case could do.
    pub options: Vec<Choice>,
    /// The option that was taken, if it is known.
    pub chosen: Option<usize>,
    /// The author's stories.
    pub stories: Vec<Story>,
    /// What turned out to be true.
    pub verdicts: Vec<Verdict>,
}

/// Somebody who wants and decides.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Id.
    pub id: String,
    /// Name (the id where none is given).
    pub name: Name,
    /// What somebody who plays this actor is told.
    pub brief: Option<Text>,
    /// Direct influence over other actors.
    pub holds: Vec<Hold>,
    /// What the actor wants.
    pub wants: Vec<Want>,
}

/// `[[actors.X.holds]]`: direct influence of one actor over another (MACTOR).
#[derive(Clone, Debug)]
pub struct Hold {
    /// Over whom.
    pub over: ActorId,
    /// 0 none … 4 over its existence.
    pub degree: u8,
    /// Why.
    pub because: Option<Text>,
}

/// `[actors.X.wants]`: how much an actor wants a state, −3 … 3.
#[derive(Clone, Debug)]
pub struct Want {
    /// The state.
    pub state: StateRef,
    /// −3 … 3, in thousandths.
    pub score: Score,
}

/// What sort of question a driver is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kind {
    /// Nobody's alone.
    #[default]
    World,
    /// An actor's hidden motive or belief.
    Mind,
    /// An actor decides it.
    Move,
}

/// A question with two or more exclusive states.
#[derive(Clone, Debug)]
pub struct Driver {
    /// Id.
    pub id: String,
    /// Name (the id where none is given).
    pub name: Name,
    /// The question in words.
    pub ask: Option<Text>,
    /// World, mind or move.
    pub kind: Kind,
    /// Whose mind or move it is.
    pub actor: Option<ActorId>,
    /// Its answers, in display order.
    pub states: Vec<State>,
    /// Weight of each state before any impact, > 0, not normalised.
    pub prior: Option<Vec<Ranged>>,
    /// The state known to be so on `as_of`.
    pub today: Option<StateId>,
    /// Chance not to move in a round: as given, else 0.8 for a mind, 0.5 otherwise.
    pub keeps: f64,
    /// Whether the states have an order.
    pub ordered: bool,
}

/// One answer to a driver's question.
#[derive(Clone, Debug)]
pub struct State {
    /// Id.
    pub id: String,
    /// Name (the id where none is given).
    pub name: Name,
}

/// How one state favours or hinders the states of a driver.
#[derive(Clone, Debug)]
pub struct Impact {
    /// The state that acts.
    pub from: StateRef,
    /// The driver it acts on (may be its own).
    pub on: DriverId,
    /// One score for each state of `on`.
    pub scores: Vec<Score>,
    /// Why.
    pub because: Option<Text>,
    /// Facts in support.
    pub facts: Vec<FactId>,
}

/// Something public, dated, with a source.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Id.
    pub id: String,
    /// The day it became public.
    pub on: Option<Date>,
    /// What happened.
    pub text: Text,
    /// Where it can be read.
    pub sources: Vec<String>,
    /// Admiralty grade.
    pub grade: Option<Grade>,
    /// Facts of a group count as one.
    pub group: Option<String>,
    /// P(this fact | state), for each driver that it bears on.
    pub expected: Vec<Expected>,
    /// The act that the fact is, if it is one.
    pub act: Option<Act>,
}

/// P(something | state) for every state of one driver.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The driver.
    pub driver: DriverId,
    /// One chance for each of its states, 0 … 1.
    pub chances: Vec<Ranged>,
}

/// Somebody's act, to be read by inverse planning (model.md 5).
#[derive(Clone, Debug)]
pub struct Act {
    /// Who acted.
    pub actor: ActorId,
    /// Position in `among` of what was done.
    pub chose: usize,
    /// The feasible alternatives, at least two.
    pub among: Vec<String>,
    /// What each is called, where the author says.
    pub names: Vec<Option<Name>>,
    /// How good each would be, by mind.
    pub worth: Vec<Worth>,
}

/// How good each alternative is to an actor of each mind.
#[derive(Clone, Debug)]
pub struct Worth {
    /// The mind.
    pub driver: DriverId,
    /// `table[state][alternative]`, −10 … 10.
    pub table: Vec<Vec<Ranged>>,
}

/// Something that would be seen by a date if.
#[derive(Clone, Debug)]
pub struct Signpost {
    /// Id.
    pub id: String,
    /// What would be seen.
    pub text: Text,
    /// By when.
    pub by: Option<Date>,
    /// What looking costs, in the unit of the options.
    pub cost: Option<f64>,
    /// P(seen | state).
    pub expected: Vec<Expected>,
}

/// A signpost that shows one of several results, such as a test that one can pay for before choosing.
#[derive(Clone, Debug)]
pub struct Test {
    /// Id, among the signposts.
    pub id: String,
    /// What is tested.
    pub text: Text,
    /// By when.
    pub by: Option<Date>,
    /// What it costs, in the unit of the options.
    pub cost: Option<f64>,
    /// The driver that it tells about.
    pub driver: DriverId,
    /// Two results or more; for every state of the driver their chances sum to 1.
    pub results: Vec<TestResult>,
}

/// One result of a [`Test`].
#[derive(Clone, Debug)]
pub struct TestResult {
    /// Id.
    pub id: String,
    /// Name (the id where none is given).
    pub name: Name,
    /// P(this result | state), one for each state of the driver.
    pub chances: Vec<Ranged>,
}

/// A number that nobody knows exactly.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// Id.
    pub id: String,
    /// Name (the id where none is given).
    pub name: Name,
    /// Unit, as text.
    pub unit: Option<Text>,
    /// Formula.
    pub formula: Formula,
    /// Formulas in futures with a state; the first that holds wins.
    pub when: Vec<(StateRef, Formula)>,
}

/// `[[correlations]]`: two quantities that tend to be high together, or one high where the other is low. Each has one
/// distribution as every formula; no pair stands twice; the table of all ranks, and that of 2·sin(π·rank/6), is positive
/// definite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// Position of a quantity in [`Case::quantities`].
    pub a: usize,
    /// Position of another.
    pub b: usize,
    /// Spearman correlation of their ranks, in (−1, 1).
    pub rank: f64,
}

/// An option: what the reader of the case could do.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Id.
    pub id: String,
    /// Name (the id where none is given).
    pub name: Name,
    /// Unit of its value, as text.
    pub unit: Option<Text>,
    /// Formula of its value.
    pub value: Option<Formula>,
    /// Formulas in futures with a state; the first that holds wins.
    pub when: Vec<(StateRef, Formula)>,
    /// What it costs to switch to this option once another was begun, in the unit of the options.
    pub switching: Option<Formula>,
}

/// The author's own scenario.
#[derive(Clone, Debug)]
pub struct Story {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Text,
    /// The states it tells, one for each told driver, in order of drivers.
    pub future: Vec<StateRef>,
    /// The prose, Markdown.
    pub text: Option<Text>,
}

/// How a verdict is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By the person.
    Said,
    /// By an insider.
    Told,
    /// From an act.
    Inferred,
    /// By everybody.
    Public,
}

/// What turned out to be true.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The state that it was.
    pub state: StateRef,
    /// The day on which it was known.
    pub on: Date,
    /// Where it can be read.
    pub sources: Vec<String>,
    /// How it is known.
    pub how: Option<How>,
    /// Sealed until that day.
    pub sealed_until: Option<Date>,
    /// A remark.
    pub text: Option<Text>,
}

impl Case {
    /// Rounds between now and then (model.md 4): as given; else 3 if any driver has `today`, else 0.
    pub fn rounds(&self) -> u32 {
        self.rounds
            .unwrap_or(if self.drivers.iter().any(|d| d.today.is_some()) {
                3
            } else {
                0
            })
    }

    /// The driver of a state.
    pub fn driver(&self, id: DriverId) -> &Driver {
        &self.drivers[id.0]
    }

    /// The actors that hold somebody, are held or want something, in the order of the file; at most 256.
    pub fn involved(&self) -> Vec<ActorId> {
        involved(&self.actors)
    }

    /// One state.
    pub fn state(&self, at: StateRef) -> &State {
        &self.drivers[at.driver.0].states[at.state.0]
    }

    /// Impact sums on every state of `on`, in thousandths, over the drivers that `told` names
    /// (`told[d]` is the state of driver d); a driver that is not told adds nothing (model.md 3 and 7).
    pub fn impact_sums(&self, told: &[Option<StateId>], on: DriverId) -> Vec<i64> {
        let mut sums = vec![0; self.drivers[on.0].states.len()];
        for impact in &self.impacts {
            if impact.on == on && told[impact.from.driver.0] == Some(impact.from.state) {
                for (sum, score) in sums.iter_mut().zip(&impact.scores) {
                    *sum += i64::from(score.thousandths);
                }
            }
        }
        sums
    }
}

/// See [`Case::involved`]; `actors` may not be all of them while the file is being read.
pub(crate) fn involved(actors: &[Actor]) -> Vec<ActorId> {
    let all = actors.iter().enumerate();
    let active = all.filter(|(_, a)| !(a.holds.is_empty() && a.wants.is_empty()));
    let active = active.map(|(at, _)| ActorId(at));
    let held = actors.iter().flat_map(|a| a.holds.iter().map(|h| h.over));
    let all: std::collections::BTreeSet<ActorId> = active.chain(held).collect();
    all.into_iter().collect()
}
