//! Patient rule induction: the box of inputs in which an outcome is frequent.
//!
//! Friedman & Fisher, *Bump hunting in high-dimensional data* (Statistics and Computing 9, 1999), as Bryant & Lempert
//! use it to discover scenarios (*Thinking inside the box*, Technological Forecasting and Social Change 77, 2010): peel
//! thin slices off the box of all rows, one column at a time, then paste back what does no harm. Every step is kept, so that
//! somebody can choose between much coverage and much density.
//!
//! - A step takes the candidate with the greatest (mean after − mean before) / |rows after − rows before|; of equals the
//!   one that leaves more columns unrestricted, then the first. Columns of numbers come first, then integers, then nominal
//!   ones; the upper side comes first when peeling, the lower when pasting.
//! - Peeling goes on while the box keeps the least mass, shrinks and gains; pasting while it grows and its mean rises.
//! - A slice ends in the middle between the two order statistics around the quantile; while these tie, the slice grows, so
//!   that no tie is torn apart.
//! - Integers are cut where numbers would be, and their limits are whole values that occur, so that a mirrored column
//!   gives the mirrored box. Nominal columns lose and gain one level at a time.

mod paste;
mod peel;
mod quasi_p;
mod sorted;

pub use quasi_p::{Against, Side, quasi_p, upper_tail};

use sorted::Table;

/// An input, by row.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Finite numbers.
    Number(Vec<f64>),
    /// Whole numbers.
    Integer(Vec<i64>),
    /// Levels without an order, each below the number of levels.
    Nominal(Vec<u16>, u16),
}

impl Column {
    fn rows(&self) -> usize {
        match self {
            Column::Number(all) => all.len(),
            Column::Integer(all) => all.len(),
            Column::Nominal(all, _) => all.len(),
        }
    }
}

/// How boxes are sought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Share of the rows in the box that one peel takes off, above 0 and below 0.5.
    pub peel: f64,
    /// Share of the rows beyond a limit that one paste takes in, above 0 and below 0.5.
    pub paste: f64,
    /// Least share of all rows in a box, 0 … 1.
    pub least_mass: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            peel: 0.05,
            paste: 0.05,
            least_mass: 0.05,
        }
    }
}

/// What a box lets in of one column; its ends belong to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Limits {
    /// Low and high.
    Number(f64, f64),
    /// Low and high.
    Integer(i64, i64),
    /// The levels let in, ascending; of the box of all rows, those that occur.
    Nominal(Vec<u16>),
}

/// One box of the trajectory.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it lets in, by column.
    pub limits: Vec<Limits>,
    /// Columns whose limits are not those of all rows, ascending.
    pub restricted: Vec<usize>,
    /// Rows in it.
    pub n: usize,
    /// Rows in it in which the outcome holds.
    pub k: usize,
    /// Share of all rows with the outcome that lie in it, 0 … 1.
    pub coverage: f64,
    /// Share of its rows that have the outcome, 0 … 1.
    pub density: f64,
    /// Share of all rows that lie in it, 0 … 1.
    pub mass: f64,
}

impl Found {
    /// The harmonic mean of coverage and density, 0 … 1.
    pub fn balance(&self) -> f64 {
        let sum = self.coverage + self.density;
        if sum > 0.0 {
            2.0 * self.coverage * self.density / sum
        } else {
            0.0
        }
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No rows, or 2³² or more.
    Rows,
    /// A column has more or fewer rows than the outcome.
    Length {
        /// The column.
        column: usize,
    },
    /// A number is infinite or none.
    NotFinite {
        /// The column.
        column: usize,
        /// The first such row.
        row: usize,
    },
    /// A level that there is not.
    Level {
        /// The column.
        column: usize,
        /// The first such row.
        row: usize,
    },
    /// The outcome holds in no row, so nothing can be covered.
    Never,
    /// A setting is out of its range.
    Settings,
}

/// The trajectory: first the box of all rows, then one box a peel, then one a paste.
///
/// Takes O(rows · columns / peel) after sorting each column once; only counts cross threads, so the answer does not
/// depend on how many there are.
///
/// # Errors
/// [`Refusal`] where the table or the settings are not as [`Column`] and [`Settings`] say, or the outcome never holds.
///
/// ```
/// use sinario_engine::prim::{Column, Limits, Settings, knee, trajectory};
/// let price: Vec<f64> = (0..100).map(|i| f64::from(i % 10)).collect();
/// let dear: Vec<bool> = price.iter().map(|&p| p >= 8.0).collect();
/// let boxes = trajectory(&[Column::Number(price)], &dear, Settings::default())?;
/// let chosen = &boxes[knee(&boxes)];
/// assert_eq!((chosen.coverage, chosen.density), (1.0, 1.0));
/// assert_eq!(chosen.limits, [Limits::Number(7.5, 9.0)]);
/// # Ok::<(), sinario_engine::prim::Refusal>(())
/// ```
pub fn trajectory(
    columns: &[Column],
    outcome: &[bool],
    settings: Settings,
) -> Result<Vec<Found>, Refusal> {
    check(columns, outcome, settings)?;
    let table = Table::new(columns, outcome);
    let mut boxes = vec![table.whole()];
    peel::peel(&table, settings, &mut boxes);
    paste::paste(&table, settings, &mut boxes);
    Ok(boxes.iter().map(|b| table.found(b)).collect())
}

fn check(columns: &[Column], outcome: &[bool], settings: Settings) -> Result<(), Refusal> {
    let share = |x: f64| x > 0.0 && x < 0.5;
    if !share(settings.peel)
        || !share(settings.paste)
        || !(0.0..=1.0).contains(&settings.least_mass)
    {
        return Err(Refusal::Settings);
    }
    if outcome.is_empty() || u32::try_from(outcome.len()).is_err() {
        return Err(Refusal::Rows);
    }
    for (column, of) in columns.iter().enumerate() {
        if of.rows() != outcome.len() {
            return Err(Refusal::Length { column });
        }
        match of {
            Column::Number(all) => {
                if let Some(row) = all.iter().position(|x| !x.is_finite()) {
                    return Err(Refusal::NotFinite { column, row });
                }
            }
            Column::Integer(_) => {}
            Column::Nominal(all, levels) => {
                if let Some(row) = all.iter().position(|l| l >= levels) {
                    return Err(Refusal::Level { column, row });
                }
            }
        }
    }
    if outcome.contains(&true) {
        Ok(())
    } else {
        Err(Refusal::Never)
    }
}

/// The box to show where only one can be: the greatest harmonic mean of coverage and density; of equals the one with
/// fewer restricted columns, then the earliest. 0 for an empty trajectory.
///
/// It weighs a missed row like a false one. Whoever cares more for either looks at the whole trajectory.
pub fn knee(boxes: &[Found]) -> usize {
    let mut best = 0;
    for (b, found) in boxes.iter().enumerate() {
        let (here, there) = (found.balance(), boxes[best].balance());
        let simpler = found.restricted.len() < boxes[best].restricted.len();
        if here > there || (here == there && simpler) {
            best = b;
        }
    }
    best
}
