//! The smallest change of judgements that makes a wished set of states consistent, or breaks an unwanted one (model.md 3).
//!
//! A *cell* is the score of one state of one driver on one state of another. A change sets some of them anew, within
//! the scale, and one is smaller than another when it changes fewer cells; among as many, when it moves them by fewer
//! points in all; then when fewer of them stand in no impact of the case. Both directions are solved exactly: `make` by
//! branch and bound over the futures with a closed form for each driver, `unmake` by hitting sets that grow with what
//! turns out to be still consistent.

mod amounts;
mod answer;
mod make;
mod simplex;
mod support;
mod unmake;

use crate::consistent::{self, Found, Stopped};
use crate::progress::Progress;
use crate::{Driver, Model, State};

/// What is to become consistent, or to be so no longer.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// The states that are wished for, or not wanted: at least one, of different drivers, in any order.
    pub wish: Vec<(Driver, State)>,
    /// `--given`: only futures with these states are spoken of.
    pub given: Vec<(Driver, State)>,
    /// `--do`: drivers held there from outside, whose own impact sums do not count.
    pub held: Vec<(Driver, State)>,
    /// Greatest inconsistency that passes for consistent, thousandths.
    pub max_inconsistency: i64,
    /// Impacts of the case, as (driver, state, driver it acts on), in order: a score anywhere else would be a new judgement.
    pub written: Vec<(Driver, State, Driver)>,
    /// Work after which it gives up, in steps of some nanoseconds.
    pub steps: u64,
    /// Work of each search for consistent futures, in its own steps.
    pub search_steps: u64,
}

/// Which way the change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// No consistent future has the set; one shall.
    Make,
    /// Some consistent future has the set; none shall.
    Break,
}

/// One score: of a state on a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The driver that acts.
    pub from: Driver,
    /// In which state.
    pub state: State,
    /// The driver that it acts on.
    pub on: Driver,
    /// The state that it favours or hinders.
    pub target: State,
}

/// How large a change is; the smaller is the less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Changed scores.
    pub count: u64,
    /// What they move by in all, thousandths.
    pub total: i64,
    /// How many of them stand in no impact of the case.
    pub new: u64,
}

impl std::ops::Add for Cost {
    type Output = Cost;

    fn add(self, more: Cost) -> Cost {
        Cost {
            count: self.count + more.count,
            total: self.total + more.total,
            new: self.new + more.new,
        }
    }
}

/// One score that is set anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub cell: Cell,
    /// Thousandths.
    pub was: i64,
    /// Thousandths.
    pub becomes: i64,
    /// Whether it stands in no impact of the case.
    pub new: bool,
}

/// A change that does what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// How large it is.
    pub cost: Cost,
    /// The scores, in declared order.
    pub changes: Vec<Changed>,
    /// With the change: a future that then is consistent and has the states wished for; or the firmest of those that had
    /// the unwanted states before it, as it then stands.
    pub example: Found,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which way it goes.
    pub direction: Direction,
    /// The smallest change found; `None` where no change within the scale does it, or none was found in time.
    pub best: Option<Whole>,
    /// Whether there is surely no smaller one (or, without one, none at all).
    pub proved: bool,
    /// So many scores have to be changed at least.
    pub at_least: u64,
    /// Greatest size of a score that is considered, thousandths.
    pub scale: i64,
    /// For breaking: by how much a rival has to win, thousandths.
    pub unit: i64,
    /// What kept the search from telling which way it goes; then it was taken for [`Direction::Make`].
    pub stopped: Option<Stopped>,
    /// Work done, in steps.
    pub steps: u64,
}

/// The smallest change that makes `ask.wish` consistent if no consistent future has it, else that breaks it.
///
/// ```
/// use sinario_engine::change::{Ask, Direction, smallest};
/// use sinario_engine::{Driver, Model, State, progress::Quiet};
/// let mut model = Model::new(vec![2, 2]);
/// // Each driver wants to be as the other is.
/// for s in 0..2 {
///     model.add(Driver(0), State(s), Driver(1), State(s), 1000);
///     model.add(Driver(1), State(s), Driver(0), State(s), 1000);
/// }
/// let of = |second| Ask {
///     wish: vec![(Driver(0), State(0)), (Driver(1), State(second))],
///     steps: u64::MAX,
///     search_steps: u64::MAX,
///     ..Ask::default()
/// };
/// let unlike = smallest(&model, &of(1), &Quiet);
/// assert_eq!(unlike.direction, Direction::Make);
/// assert_eq!(unlike.best.expect("within the scale").cost.count, 2);
/// let alike = smallest(&model, &of(0), &Quiet);
/// assert_eq!(alike.direction, Direction::Break);
/// assert_eq!(alike.best.expect("within the scale").cost.total, 2000);
/// ```
pub fn smallest(model: &Model, ask: &Ask, progress: &dyn Progress) -> Change {
    answer::smallest(model, ask, progress)
}

/// The same where no consistent future has `ask.wish`; `None` where some has.
pub fn mend(model: &Model, ask: &Ask, progress: &dyn Progress) -> Option<Change> {
    answer::made(&Field::new(model, ask), progress).ok()
}

/// The model with some scores set anew.
pub fn changed(model: &Model, changes: &[Changed]) -> Model {
    let mut model = model.clone();
    for c in changes {
        let (from, on) = (c.cell.from, c.cell.on);
        // The cast: both are within the scale, which an i32 holds.
        let by = (c.becomes - c.was) as i32;
        model.add(from, c.cell.state, on, c.cell.target, by);
    }
    model
}

/// What both directions need to know of the model.
struct Field<'a> {
    model: &'a Model,
    ask: &'a Ask,
    /// Greatest size of a score, thousandths.
    scale: i64,
    held: Vec<bool>,
    /// The state that the set or what is asked with it fixes, by driver.
    fixed: Vec<Option<usize>>,
    /// Drivers that act on each driver, itself included, by a score or an impact, in order.
    sources: Vec<Vec<usize>>,
    /// Drivers that each acts on, in order.
    targets: Vec<Vec<usize>>,
}

/// Least scale: the scores that people give.
const SCALE: i64 = 3000;

impl<'a> Field<'a> {
    fn new(model: &'a Model, ask: &'a Ask) -> Field<'a> {
        let n = model.drivers();
        let scores = model.blocks.iter().flatten().flat_map(|b| &b.scores);
        let scale = scores.fold(SCALE, |m, &s| m.max(i64::from(s).abs()));
        let mut fixed = vec![None; n];
        for (d, s) in ask.wish.iter().chain(&ask.given).chain(&ask.held) {
            fixed[d.0 as usize] = Some(usize::from(s.0));
        }
        let mut held = vec![false; n];
        for (d, _) in &ask.held {
            held[d.0 as usize] = true;
        }
        let mut sources: Vec<Vec<usize>> = model
            .blocks
            .iter()
            .map(|blocks| blocks.iter().map(|b| b.from.0 as usize).collect())
            .collect();
        for (from, _, on) in &ask.written {
            sources[on.0 as usize].push(from.0 as usize);
        }
        let mut targets = vec![Vec::new(); n];
        for (on, sources) in sources.iter_mut().enumerate() {
            sources.sort_unstable();
            sources.dedup();
            for &from in sources.iter() {
                targets[from].push(on);
            }
        }
        Field {
            model,
            ask,
            scale,
            held,
            fixed,
            sources,
            targets,
        }
    }

    fn size(&self, d: usize) -> usize {
        usize::from(self.model.sizes[d])
    }

    /// The scores of a state on all states of a driver; `None` where all are 0 because nobody gave any.
    fn row(&self, from: usize, s: usize, on: usize) -> Option<&[i32]> {
        let blocks = &self.model.blocks[on];
        // The cast: drivers are counted in u32.
        let at = blocks.binary_search_by_key(&Driver(from as u32), |b| b.from);
        let k = self.size(on);
        at.ok().map(|at| &blocks[at].scores[s * k..(s + 1) * k])
    }

    fn score(&self, cell: Cell) -> i64 {
        let (from, on) = (cell.from.0 as usize, cell.on.0 as usize);
        let row = self.row(from, usize::from(cell.state.0), on);
        row.map_or(0, |row| i64::from(row[usize::from(cell.target.0)]))
    }

    /// Whether a score there would be a judgement that the author never gave.
    fn unwritten(&self, from: usize, s: usize, on: usize) -> bool {
        let impact = (driver(from), state(s), driver(on));
        self.ask.written.binary_search(&impact).is_err()
            && self
                .row(from, s, on)
                .is_none_or(|row| row.iter().all(|&score| score == 0))
    }

    /// Whether scores of `from` on `on` may be set: its own only where it has some.
    fn may(&self, from: usize, on: usize) -> bool {
        from != on || self.sources[on].binary_search(&on).is_ok()
    }

    /// What is spoken of: the set, and what is given.
    fn given(&self) -> Vec<(Driver, State)> {
        let mut given = self.ask.wish.clone();
        given.extend(&self.ask.given);
        given.sort_unstable();
        given.dedup();
        given
    }

    /// Search for futures with the set in a changed model.
    fn search(&self, model: &Model, most: i64, limit: usize) -> consistent::Consistent {
        let ask = consistent::Ask {
            max_inconsistency: most,
            limit,
            given: self.given(),
            held: self.ask.held.clone(),
            steps: self.ask.search_steps,
        };
        consistent::consistent(model, &ask, &crate::progress::Quiet)
    }

    fn whole(&self, mut cells: Vec<(Cell, i64)>, x: &[State]) -> Whole {
        cells.sort_unstable();
        let changes: Vec<Changed> = cells
            .iter()
            .map(|&(cell, by)| {
                let was = self.score(cell);
                let (from, on) = (cell.from.0 as usize, cell.on.0 as usize);
                Changed {
                    cell,
                    was,
                    becomes: was + by,
                    new: self.unwritten(from, usize::from(cell.state.0), on),
                }
            })
            .collect();
        let example = consistent::assess(&changed(self.model, &changes), x, &self.ask.held);
        Whole {
            cost: Cost {
                count: changes.len() as u64,
                total: cells.iter().map(|(_, by)| by.abs()).sum(),
                new: changes.iter().filter(|c| c.new).count() as u64,
            },
            changes,
            example,
        }
    }
}

// The casts: drivers are counted in u32, states in u16.
fn driver(d: usize) -> Driver {
    Driver(d as u32)
}

fn state(s: usize) -> State {
    State(s as u16)
}
