//! What drives what: direct and indirect influence (MICMAC), and the feedback loops with their signs.
//!
//! The direct influence of driver i on driver j is the mean of |score| over all cells of the block i → j, in impact points:
//! 0 where nothing is judged, 3 where every state of i pushes or hinders every state of j as hard as the usual
//! scale has it. This is the matrix of direct influences (MDI) of structural analysis on its scale of 0 … 3 (Duperrin and
//! Godet 1973, Méthode de hiérarchisation des éléments d'un système, CEA-R-4541; Godet 1994, From Anticipation to Action).
//! What a driver does to itself stands in the matrix and counts in no sum and no power, as the method has it.
//!
//! Everything is bounded in work, so that no case takes longer than a fraction of a second here; wherever a bound was met, the
//! answer says so. It depends on nothing but the impacts: strength, priors, facts and what is held play no part.

mod gain;
mod indirect;
mod loops;

pub use gain::{Sign, Step};
pub use indirect::{How, Why};

use crate::order::components;
use crate::{Driver, Model};

/// Drivers up to which the whole matrix of indirect influences is kept; beyond, only its sums.
pub const MATRIX: usize = 100;

/// Loops that are listed.
pub const LISTED: usize = 20;

/// Loops up to which they are counted.
pub const COUNTED: u64 = 100_000;

/// What drives what.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The direct influences that are not 0, ordered by source, then by target; those of a driver on itself included.
    pub direct: Vec<Influence>,
    /// For each driver, what it does and what is done to it, directly.
    pub directly: Vec<Standing>,
    /// The same by all ways through other drivers.
    pub indirectly: Vec<Standing>,
    /// The matrix of indirect influences (MII), whose row and column sums `indirectly` holds; `None` beyond [`MATRIX`] drivers.
    pub indirect: Option<Vec<Vec<f64>>>,
    /// How the indirect influences were found.
    pub how: How,
    /// Sets of drivers that can all be reached from each other, a single driver only where it acts on itself; by their earliest
    /// driver. What is in none of them is in no loop.
    pub components: Vec<Vec<Driver>>,
    /// The feedback loops.
    pub loops: Loops,
}

/// The direct influence of one driver on another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Influence {
    /// The driver that acts.
    pub from: Driver,
    /// The driver that is acted on.
    pub on: Driver,
    /// Mean of |score| over all cells of the block, points.
    pub points: f64,
}

/// Where a driver stands among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Row sum: what it does to the others. Directly in points; of a power k of the matrix in points to the k (infinite where that
    /// outgrows a double); damped without a unit.
    pub influence: f64,
    /// Column sum: what the others do to it.
    pub dependence: f64,
    /// The influence as a share of all influence, 0 … 1 (0 where there is none at all).
    pub influence_share: f64,
    /// The dependence as a share of all dependence.
    pub dependence_share: f64,
    /// Place by influence, from 1; equal ones share the best place.
    pub influence_rank: usize,
    /// Place by dependence.
    pub dependence_rank: usize,
    /// Where that is on the map.
    pub quadrant: Quadrant,
}

/// A field of the map of influence and dependence. The borders are the means; what lies on one counts as low.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quadrant {
    /// High influence, low dependence: input, driving.
    Input,
    /// Both high: relay, stake.
    Relay,
    /// Low influence, high dependence: output, result.
    Output,
    /// Both low.
    Autonomous,
}

/// The feedback loops: closed ways along impacts that pass no driver twice.
#[derive(Clone, Debug)]
pub struct Loops {
    /// How many there are; a lower bound unless `complete`.
    pub count: u64,
    /// Whether all were counted.
    pub complete: bool,
    /// How many were weighed (their gain was found).
    pub weighed: u64,
    /// `None` where all loops were weighed; else every loop of at most so many drivers was, and no longer one.
    pub weighed_up_to: Option<usize>,
    /// Among the weighed ones, how many reinforce themselves.
    pub reinforcing: u64,
    /// Among the weighed ones, how many balance themselves.
    pub balancing: u64,
    /// The strongest of the weighed ones, at most [`LISTED`].
    pub listed: Vec<Loop>,
}

/// One feedback loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    /// What it does to a push that runs around it.
    pub sign: Sign,
    /// The trace of the product of the centred blocks along the loop, in points to the number of its drivers; infinite
    /// where it outgrows a double.
    pub gain: f64,
    /// |gain| to the power of 1 / number of drivers, points: the mean gain of a step, by which loops of all lengths can be compared.
    pub strength: f64,
    /// Its drivers, the earliest declared first, each with the state through which most of the gain runs.
    pub steps: Vec<Step>,
}

/// Finds what drives what. Work: a few passes over all cells of the blocks, and bounded numbers of steps beyond.
///
/// ```
/// use sinario_engine::structure::{Sign, structure};
/// use sinario_engine::{Driver, Model, State};
/// let mut model = Model::new(vec![2, 2]);
/// // Fear breeds arms, and arms breed fear.
/// model.add(Driver(0), State(0), Driver(1), State(0), 2000);
/// model.add(Driver(1), State(0), Driver(0), State(0), 1000);
/// let found = structure(&model);
/// assert_eq!(found.directly[0].influence, 0.5);
/// assert_eq!((found.loops.count, found.loops.listed[0].sign), (1, Sign::Reinforcing));
/// ```
pub fn structure(model: &Model) -> Structure {
    let n = model.drivers();
    let direct = direct(model);
    let mut rows: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n];
    for i in direct.iter().filter(|i| i.from != i.on) {
        rows[i.from.0 as usize].push((i.on.0 as usize, i.points));
    }
    let ones = vec![1.0; n];
    let directly = standings(
        &indirect::times(&rows, &ones),
        &indirect::transposed(&rows, &ones),
    );
    let found = indirect::indirect(&rows);
    let mut indirectly = standings(&found.influence, &found.dependence);
    for s in &mut indirectly {
        s.influence = libm::ldexp(s.influence, found.scales.0);
        s.dependence = libm::ldexp(s.dependence, found.scales.1);
    }

    let mut onto: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut from: Vec<Vec<usize>> = vec![Vec::new(); n];
    for i in &direct {
        onto[i.from.0 as usize].push(i.on.0 as usize);
        from[i.on.0 as usize].push(i.from.0 as usize);
    }
    let component = components(&onto, &from);
    let mut members: Vec<Vec<Driver>> = vec![Vec::new(); n];
    for (d, &c) in component.iter().enumerate() {
        // The cast: drivers are counted in u32.
        members[c].push(Driver(d as u32));
    }
    let itself = |d: &Driver| onto[d.0 as usize].contains(&(d.0 as usize));
    members.retain(|m| m.len() > 1 || m.first().is_some_and(itself));

    Structure {
        indirectly,
        indirect: found.matrix,
        how: found.how,
        components: members,
        loops: loops::loops(model, &loops::Graph::new(onto, from, component)),
        directly,
        direct,
    }
}

fn direct(model: &Model) -> Vec<Influence> {
    let mut all = Vec::new();
    for (on, blocks) in model.blocks.iter().enumerate() {
        for block in blocks {
            let sum: u64 = block
                .scores
                .iter()
                .map(|s| u64::from(s.unsigned_abs()))
                .sum();
            if sum > 0 {
                all.push(Influence {
                    from: block.from,
                    // The casts: drivers are counted in u32; sums and cells stay far below 2^52.
                    on: Driver(on as u32),
                    points: sum as f64 / (block.scores.len() as f64 * 1000.0),
                });
            }
        }
    }
    all.sort_by_key(|i| (i.from, i.on));
    all
}

/// Where each driver stands, from its sums.
fn standings(influence: &[f64], dependence: &[f64]) -> Vec<Standing> {
    let shares = |of: &[f64]| -> Vec<f64> {
        let total: f64 = of.iter().sum();
        let share = |x: &f64| if total > 0.0 { x / total } else { 0.0 };
        of.iter().map(share).collect()
    };
    let (influence_share, dependence_share) = (shares(influence), shares(dependence));
    let (ranked, led) = (indirect::ranks(influence), indirect::ranks(dependence));
    // Shares have the mean 1 / n; the cast: drivers are counted in u32. What is above it by rounding alone is not above it.
    let mean = 1.0 / influence.len().max(1) as f64;
    let high = |share: f64| share > mean * (1.0 + indirect::EQUAL);
    (0..influence.len())
        .map(|d| Standing {
            influence: influence[d],
            dependence: dependence[d],
            influence_share: influence_share[d],
            dependence_share: dependence_share[d],
            influence_rank: ranked[d],
            dependence_rank: led[d],
            quadrant: match (high(influence_share[d]), high(dependence_share[d])) {
                (true, false) => Quadrant::Input,
                (true, true) => Quadrant::Relay,
                (false, true) => Quadrant::Output,
                (false, false) => Quadrant::Autonomous,
            },
        })
        .collect()
}
