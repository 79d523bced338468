//! What would change the answer: each probability with one judgement at either end of its range (model.md 4a).

use crate::judgements::{inputs, judgements};
use crate::minds::minds_of;
use crate::translate::{at, driver};
use crate::{Ask, JudgementAt};
use num_bigint::BigUint;
use sinario_case::{Case, DriverId, FactId, Kind, StateId, StateRef};
use sinario_engine::belief::Impossible;
use sinario_engine::progress::Progress;
use sinario_engine::sensitivity::{self, Target};

/// When a state is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// After the facts, today.
    Now,
    /// At the horizon.
    Then,
    /// In the long run.
    Settled,
}

/// A probability that judgements sway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SwayOf {
    /// Of a state.
    State(StateRef, When),
    /// Of a story, by position in [`Case::stories`].
    Story(usize),
}

impl SwayOf {
    /// A state as it is usually asked about: a mind's now, any other driver's at the horizon.
    pub fn state(case: &Case, state: StateRef) -> SwayOf {
        let mind = case.driver(state.driver).kind == Kind::Mind;
        SwayOf::State(state, if mind { When::Now } else { When::Then })
    }
}

/// What is to be swayed, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwayAsk {
    /// The probabilities; where none is named, each mind's leading state now and each story.
    pub of: Vec<SwayOf>,
    /// Work after which no further judgement is begun, in steps of about a nanosecond.
    pub steps: u64,
    /// Nothing is begun where there are more futures than that.
    pub futures_up_to: u64,
}

impl Default for SwayAsk {
    /// As much as minutes allow.
    fn default() -> Self {
        SwayAsk {
            of: Vec::new(),
            steps: 1 << 38,
            futures_up_to: u64::MAX,
        }
    }
}

impl SwayAsk {
    /// As much as a report can wait for: a few seconds.
    pub fn quick() -> SwayAsk {
        SwayAsk {
            steps: 1 << 32,
            futures_up_to: 1 << 21,
            ..SwayAsk::default()
        }
    }
}

/// Why no answer was swayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unswayed {
    /// There are so many futures that probabilities are drawn, and one judgement is lost in the errors.
    Sampled,
    /// There are more futures than [`SwayAsk::futures_up_to`].
    Large,
    /// It does not fit into memory: bytes that it needs.
    Memory(u64),
    /// The case has neither minds nor stories, and nothing was named.
    Nothing,
}

/// What would change the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Sway {
    /// As asked.
    pub targets: Vec<Swayed>,
    /// Judgements for which there was no time, in the order of the case.
    pub left_out: Vec<JudgementAt>,
}

/// One probability and what sways it.
#[derive(Clone, Debug, PartialEq)]
pub struct Swayed {
    /// Which.
    pub of: SwayOf,
    /// With every judgement at its point.
    pub point: f64,
    /// The state of the driver that is in front; `None` for a story.
    pub leader: Option<StateId>,
    /// Every judgement, the widest bar first.
    pub bars: Vec<Bar>,
}

/// One judgement at the ends of its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Which.
    pub at: JudgementAt,
    /// What the author wrote (scores in points), or the middle of the range.
    pub point: f64,
    /// The ends of its range.
    pub low: f64,
    /// See `low`.
    pub high: f64,
    /// The probability there; not a number where no future is left.
    pub if_low: f64,
    /// See `if_low`.
    pub if_high: f64,
    /// The state that is in front at the low end, and at the high end, where it is another one.
    pub tips: [Option<StateId>; 2],
}

impl Bar {
    /// Its width.
    pub fn width(&self) -> f64 {
        (self.if_high - self.if_low).abs()
    }

    /// Its furthest end from a point.
    fn reach(&self, point: f64) -> f64 {
        let off = |v: f64| if v.is_nan() { 0.0 } else { (v - point).abs() };
        off(self.if_low).max(off(self.if_high)).max(self.width())
    }
}

impl Swayed {
    /// The bars that move the answer by more than rounding, widest first.
    pub fn moving(&self) -> impl Iterator<Item = &Bar> {
        self.bars.iter().filter(|b| b.reach(self.point) > 1e-9)
    }

    /// The judgements that put another state in front at one end, the widest first: which end (0 low, 1 high) and
    /// which state.
    pub fn tipping(&self) -> impl Iterator<Item = (&Bar, usize, StateId)> {
        let of = |b: &'_ Bar| [0, 1].map(|end| b.tips[end].map(|s| (end, s)));
        self.bars
            .iter()
            .flat_map(move |b| of(b).into_iter().flatten().map(move |(end, s)| (b, end, s)))
    }
}

/// Sways what is asked; refuses by name what cannot be, and passes on what no reading allows.
pub(crate) fn sway(
    case: &Case,
    ask: &Ask,
    wanted: &SwayAsk,
    used: &[FactId],
    size: &BigUint,
    progress: &dyn Progress,
) -> Result<Result<Sway, Unswayed>, Impossible> {
    if *size > BigUint::from(ask.exact_up_to) {
        return Ok(Err(Unswayed::Sampled));
    }
    if *size > BigUint::from(wanted.futures_up_to) {
        return Ok(Err(Unswayed::Large));
    }
    let mut targets: Vec<Target> = Vec::new();
    let stories = (0..case.stories.len()).map(SwayOf::Story);
    let usual: Vec<SwayOf> = match wanted.of.is_empty() {
        true => minds_of(case)
            .into_iter()
            .map(|driver| {
                SwayOf::State(
                    StateRef {
                        driver,
                        state: StateId(0),
                    },
                    When::Now,
                )
            })
            .chain(stories)
            .collect(),
        false => wanted.of.clone(),
    };
    if usual.is_empty() {
        return Ok(Err(Unswayed::Nothing));
    }
    let target = |of: &SwayOf| match of {
        SwayOf::State(s, When::Now) => Target::Now(driver(s.driver)),
        SwayOf::State(s, When::Then) => Target::Then(driver(s.driver)),
        SwayOf::State(s, When::Settled) => Target::Settled(driver(s.driver)),
        SwayOf::Story(s) => Target::Story(*s),
    };
    for of in &usual {
        if !targets.contains(&target(of)) {
            targets.push(target(of));
        }
    }
    // Signposts never move a belief.
    let mut all = judgements(case, used);
    all.retain(|(here, _)| !matches!(here, JudgementAt::Seen { .. }));
    let free: Vec<_> = all.iter().map(|(_, j)| *j).collect();
    let question = sensitivity::Ask {
        given: ask.given.iter().map(|&g| at(g)).collect(),
        held: ask.held.iter().map(|&h| at(h)).collect(),
        minds: minds_of(case).into_iter().map(driver).collect(),
        stories: case
            .stories
            .iter()
            .map(|s| s.future.iter().map(|&f| at(f)).collect())
            .collect(),
        futures: Vec::new(),
        targets,
        steps: wanted.steps,
    };
    let found = match sensitivity::sway(&inputs(case, used), &free, &question, progress) {
        Ok(found) => found,
        Err(Impossible::Memory(bytes)) => return Ok(Err(Unswayed::Memory(bytes))),
        Err(other) => return Err(other),
    };
    let swayed = |of: SwayOf| {
        let place = question
            .targets
            .iter()
            .position(|t| *t == target(&of))
            .unwrap_or_default();
        let point = &found.point[place];
        let (of, leader) = match of {
            SwayOf::Story(_) => (of, None),
            SwayOf::State(s, when) => {
                let leader = StateId(leading(point));
                let asked = if wanted.of.is_empty() {
                    leader
                } else {
                    s.state
                };
                let state = StateRef {
                    driver: s.driver,
                    state: asked,
                };
                (SwayOf::State(state, when), Some(leader))
            }
        };
        let value = |values: &[f64]| match of {
            SwayOf::State(s, _) => values[s.state.0],
            SwayOf::Story(_) => values[0],
        };
        let tip = |values: &[f64]| {
            let leader = leader?;
            let new = StateId(leading(values));
            // Not where none is left, and a tie is no new leader.
            (values[new.0] > values[leader.0]).then_some(new)
        };
        let bars = all.iter().zip(&found.ends).filter_map(|((here, j), ends)| {
            let (low, high) = ends.as_ref()?;
            let (low, high) = (&low[place], &high[place]);
            let unit = if matches!(here, JudgementAt::Score { .. }) {
                1000.0
            } else {
                1.0
            };
            Some(Bar {
                at: *here,
                point: j.point / unit,
                low: j.low / unit,
                high: j.high / unit,
                if_low: value(low),
                if_high: value(high),
                tips: [tip(low), tip(high)],
            })
        });
        let mut bars: Vec<Bar> = bars.collect();
        let point = value(point);
        // Stable: bars of one width stay in the order of the case.
        bars.sort_by(|a, b| b.reach(point).total_cmp(&a.reach(point)));
        Swayed {
            of,
            point,
            leader,
            bars,
        }
    };
    let left_out = all
        .iter()
        .zip(&found.ends)
        .filter(|(_, ends)| ends.is_none());
    Ok(Ok(Sway {
        left_out: left_out.map(|((here, _), _)| *here).collect(),
        targets: usual.into_iter().map(swayed).collect(),
    }))
}

/// The first of the greatest.
fn leading(values: &[f64]) -> usize {
    let mut best = 0;
    for s in 1..values.len() {
        if values[s] > values[best] {
            best = s;
        }
    }
    best
}

impl SwayOf {
    /// The driver that it is of; `None` for a story.
    pub fn driver(self) -> Option<DriverId> {
        match self {
            SwayOf::State(s, _) => Some(s.driver),
            SwayOf::Story(_) => None,
        }
    }
}
