//! Beliefs where likelihoods are only known to lie in ranges: the least and the greatest that can come of them.
//!
//! A single chance whose fact stands in no group enters the mass of every cell as a straight line, so a belief is a ratio of
//! two straight lines in it and goes one way: its ends are at ends of the range, and with several such ranges at a
//! corner of the box. The same holds in a group where the source is fully trusted, since then the chance scales one state's
//! cells alike; and for a worth where its actor's acts bear on one mind only and either the source is fully
//! trusted or the act is the actor's only one. Elsewhere insides of the ranges are searched as well, and the answer
//! is what was found: the true ends lie at least so far apart.

use super::super::facts::Cells;
use super::acts;
use super::sheet::Sheet;
use crate::evidence::{Evidence, FactInput, Source, Weighing};
use crate::{Driver, Fact};

/// All corners of a box are looked at up to so many ranges.
const CORNERS: usize = 12;
/// Steps that a search may take, of a few nanoseconds each.
const STEPS: usize = 1 << 28;
/// Joint states of what the ranges bear on, for all drivers that are read, in which a search goes about.
const PLACES: usize = 1 << 22;
/// How often a search goes through all ranges at most.
const SWEEPS: usize = 20;
/// Points at which the inside of a range is looked at, and steps that then close in on the best.
const INSIDE: (usize, usize) = (7, 24);

/// A likelihood or worth that is only known to lie in a range.
#[derive(Clone, Debug)]
pub struct Range {
    /// The fact.
    pub fact: Fact,
    /// Which of its numbers.
    pub place: Place,
    /// The least that it may be.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

/// One number of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// P(fact | state).
    Chance {
        /// Position in [`FactInput::expected`].
        part: usize,
        /// The state.
        state: usize,
    },
    /// What an alternative is worth.
    Worth {
        /// Position in [`crate::evidence::ActInput::worth`].
        part: usize,
        /// The state.
        state: usize,
        /// The alternative.
        alternative: usize,
    },
}

impl Range {
    /// Sets the number in a fact.
    pub fn set(&self, fact: &mut FactInput, value: f64) {
        match self.place {
            Place::Chance { part, state } => fact.expected[part].1[state] = value,
            Place::Worth {
                part,
                state,
                alternative,
            } => {
                if let Some(act) = &mut fact.act {
                    act.worth[part].1[state][alternative] = value;
                }
            }
        }
    }
}

/// The least and greatest belief over all values in the ranges.
#[derive(Clone, Debug, PartialEq)]
pub struct Spans {
    /// By driver that is read, by state.
    pub ends: Vec<Vec<(f64, f64)>>,
    /// Whether no value in the ranges leads further: all corners were tried, and the ends are proven to lie there.
    pub whole: bool,
}

/// What the ranges can do.
struct Search<'a> {
    cells: &'a Cells,
    weighing: Weighing<'a>,
    evidence: &'a Evidence,
    ranges: Vec<&'a Range>,
    /// Whether beliefs go one way in each.
    one_way: Vec<bool>,
    loose: Vec<Source>,
    read: &'a [Driver],
    sheets: Vec<Sheet>,
    ends: Vec<Vec<(f64, f64)>>,
    /// Whether some values leave no mass.
    torn: bool,
}

impl Cells {
    /// Over all values in the ranges.
    pub(super) fn spans(
        &self,
        weighing: &Weighing,
        evidence: &Evidence,
        read: &[Driver],
        ranges: &[Range],
    ) -> Option<Spans> {
        // The sheets of all that is read are held at once.
        let of = |r: &Range| fact_drivers(&evidence.facts[r.fact.0 as usize]);
        let moved: Vec<Driver> = ranges.iter().flat_map(of).collect();
        let acting = minds_of(evidence, ranges);
        let kept = |d: Driver| moved.contains(&d) || acting.contains(&d);
        let places = read.iter().map(|d| self.places(|e| e == *d || kept(e)));
        if places.fold(0, usize::saturating_add) > PLACES {
            return None;
        }
        let mut search = Search::new(self, weighing, evidence, read, ranges);
        let m = search.ranges.len();
        let objectives: usize = search.ends.iter().map(|e| 2 * e.len()).sum();
        if m == 0 || objectives == 0 {
            return None;
        }
        let cost = search.cost();
        let corners = m <= CORNERS && cost.saturating_mul(1 << m) <= STEPS;
        let moves: usize = search
            .one_way
            .iter()
            .map(|one_way| if *one_way { 1 } else { INSIDE.0 + INSIDE.1 + 2 })
            .sum();
        let closed = corners && search.one_way.iter().all(|o| *o);
        // Some four sweeps for each start.
        let climb = cost.saturating_mul(objectives).saturating_mul(4 * moves);
        if !corners && climb > STEPS {
            return None;
        }
        let middle = search.middle();
        search.see(&middle)?;
        let mut starts: Vec<Vec<f64>> = vec![middle];
        if corners {
            starts = (0..1_usize << m).map(|c| search.corner(c)).collect();
            for corner in &starts {
                search.see(corner);
            }
        } else {
            let some = [0, usize::MAX, 0x5555_5555, 0xAAAA_AAAA, 0x3333_3333];
            let affordable = (STEPS / climb.max(1)).saturating_sub(1).min(some.len());
            starts.extend(some[..affordable].iter().map(|&c| search.corner(c)));
        }
        if !closed && climb <= STEPS {
            search.climb_all(&starts, corners);
        }
        Some(Spans {
            whole: closed && !search.torn,
            ends: search.ends,
        })
    }
}

/// The drivers that a fact bears on.
fn fact_drivers(fact: &FactInput) -> Vec<Driver> {
    let worth = fact.act.iter().flat_map(|a| a.worth.iter().map(|w| w.0));
    fact.expected.iter().map(|e| e.0).chain(worth).collect()
}

/// The minds that the acts of those actors bear on whose worths are ranges.
fn minds_of(evidence: &Evidence, ranges: &[Range]) -> Vec<Driver> {
    let worth = ranges
        .iter()
        .filter(|r| matches!(r.place, Place::Worth { .. }));
    let of = |r: &Range| {
        let act = evidence.facts[r.fact.0 as usize].act.as_ref();
        act.map(|a| a.actor)
    };
    let actors: Vec<u32> = worth.filter_map(of).collect();
    acts(evidence)
        .filter(|(_, a)| actors.contains(&a.actor))
        .flat_map(|(_, a)| a.worth.iter().map(|w| w.0))
        .collect()
}

impl<'a> Search<'a> {
    fn new(
        cells: &'a Cells,
        weighing: &Weighing<'a>,
        evidence: &'a Evidence,
        read: &'a [Driver],
        ranges: &'a [Range],
    ) -> Search<'a> {
        let fact = |r: &Range| &evidence.facts[r.fact.0 as usize];
        let source = |r: &Range| match r.place {
            Place::Chance { part, .. } => fact(r).expected.get(part).map(|e| Source::Driver(e.0)),
            Place::Worth { .. } => fact(r).act.as_ref().map(|a| Source::Actor(a.actor)),
        };
        let mut ranges: Vec<&Range> = ranges.iter().filter(|r| r.low < r.high).collect();
        ranges.sort_by_key(|r| r.fact);
        let mut loose: Vec<Source> = ranges.iter().filter_map(|r| source(r)).collect();
        loose.sort_unstable();
        loose.dedup();
        let facts = evidence.all();
        let share = weighing.shares(&facts);
        let one_way = ranges.iter().map(|r| {
            let trusted = fact(r).trust >= 1.0;
            let alone = share(r.fact) >= 1.0;
            match (r.place, &fact(r).act) {
                (Place::Worth { .. }, Some(act)) => {
                    let of = || acts(evidence).filter(|(_, a)| a.actor == act.actor);
                    let mut minds: Vec<Driver> = of()
                        .flat_map(|(_, a)| a.worth.iter().map(|w| w.0))
                        .collect();
                    minds.sort_unstable();
                    minds.dedup();
                    minds.len() == 1 && (trusted || (alone && of().count() == 1))
                }
                _ => trusted || alone,
            }
        });
        let one_way = one_way.collect();
        let is_loose = |s: Source| loose.contains(&s);
        let sheets = read
            .iter()
            .map(|&d| cells.sheet(weighing, &facts, &is_loose, Some(d)))
            .collect();
        let states = |d: &Driver| {
            let axes = cells.axes.iter().chain(cells.held.iter().map(|h| &h.0));
            axes.filter(|a| a.driver == *d).map(|a| a.states).sum()
        };
        Search {
            cells,
            weighing: weighing.clone(),
            evidence,
            one_way,
            loose,
            sheets,
            ends: read
                .iter()
                .map(|d| vec![(f64::INFINITY, f64::NEG_INFINITY); states(d)])
                .collect(),
            read,
            ranges,
            torn: false,
        }
    }

    /// Steps of one look, about.
    fn cost(&self) -> usize {
        let cells: usize = self.sheets.iter().map(Sheet::len).sum();
        let grid = self.evidence.grid.len();
        let acts = self.ranges.iter().filter_map(|r| {
            let act = self.evidence.facts[r.fact.0 as usize].act.as_ref()?;
            let joint: usize = act.worth.iter().map(|w| w.1.len()).product();
            Some(grid * joint * (act.among + 1))
        });
        8 * (cells * (1 + self.loose.len()) + acts.sum::<usize>())
    }

    /// The point values.
    fn middle(&self) -> Vec<f64> {
        let of = |r: &&Range| {
            let fact = &self.evidence.facts[r.fact.0 as usize];
            match r.place {
                Place::Chance { part, state } => fact.expected[part].1[state],
                Place::Worth {
                    part,
                    state,
                    alternative,
                } => fact
                    .act
                    .as_ref()
                    .map_or(0.0, |a| a.worth[part].1[state][alternative]),
            }
        };
        self.ranges.iter().map(of).collect()
    }

    /// Range i at its upper end where bit i (counted around) is set.
    fn corner(&self, bits: usize) -> Vec<f64> {
        let set = |i: usize| bits >> (i % usize::BITS as usize) & 1 == 1;
        let all = self.ranges.iter().enumerate();
        all.map(|(i, r)| if set(i) { r.high } else { r.low })
            .collect()
    }

    /// The beliefs at some values, which may widen the ends.
    fn see(&mut self, values: &[f64]) -> Option<Vec<Vec<f64>>> {
        let mut told: Vec<(Fact, FactInput)> = Vec::new();
        for (range, value) in self.ranges.iter().zip(values) {
            if told.last().is_none_or(|t| t.0 != range.fact) {
                let fact = self.evidence.facts[range.fact.0 as usize].clone();
                told.push((range.fact, fact));
            }
            if let Some((_, fact)) = told.last_mut() {
                range.set(fact, *value);
            }
        }
        for (fact, told) in &told {
            self.weighing.retell(*fact, told);
        }
        let held = |d: Driver| self.cells.held(d);
        let loose = |s: Source| self.loose.contains(&s);
        let tables = self.weighing.tables(&self.evidence.all(), held, loose);
        let each = self.read.iter().zip(&self.sheets);
        let belief: Option<Vec<Vec<f64>>> = each
            .map(|(d, sheet)| sheet.posterior(&tables, *d, held(*d)))
            .collect();
        let Some(belief) = belief else {
            self.torn = true;
            return None;
        };
        let all = self.ends.iter_mut().flatten();
        for (ends, chance) in all.zip(belief.iter().flatten()) {
            let chance = chance.clamp(0.0, 1.0);
            *ends = (ends.0.min(chance), ends.1.max(chance));
        }
        Some(belief)
    }

    /// Looks for the least and the greatest belief in each state: from the best start only, or from each.
    fn climb_all(&mut self, starts: &[Vec<f64>], best_only: bool) {
        for d in 0..self.ends.len() {
            for s in 0..self.ends[d].len() {
                for sign in [-1.0, 1.0] {
                    let aim = |belief: Option<Vec<Vec<f64>>>| {
                        belief.map_or(f64::NEG_INFINITY, |b| sign * b[d][s])
                    };
                    if best_only {
                        let mut best = (f64::NEG_INFINITY, 0);
                        for (i, start) in starts.iter().enumerate() {
                            let value = aim(self.see(start));
                            if value > best.0 {
                                best = (value, i);
                            }
                        }
                        self.climb(&starts[best.1], &aim);
                    } else {
                        for start in starts {
                            self.climb(start, &aim);
                        }
                    }
                }
            }
        }
    }

    /// Coordinate ascent: one range after another is set to the best of its values.
    fn climb(&mut self, start: &[f64], aim: &dyn Fn(Option<Vec<Vec<f64>>>) -> f64) {
        let mut values = start.to_vec();
        let mut best = aim(self.see(&values));
        for _ in 0..SWEEPS {
            let before = best;
            for i in 0..values.len() {
                let (low, high) = (self.ranges[i].low, self.ranges[i].high);
                let mut points = vec![low, high];
                let step = (high - low) / (INSIDE.0 + 1) as f64;
                if !self.one_way[i] {
                    points.extend((1..=INSIDE.0).map(|n| low + step * n as f64));
                }
                let mut kept = values[i];
                let mut look = |search: &mut Self, point: f64, kept: &mut f64| {
                    values[i] = point;
                    let value = aim(search.see(&values));
                    if value > best {
                        (best, *kept) = (value, point);
                    }
                };
                for point in points {
                    look(self, point, &mut kept);
                }
                if !self.one_way[i] {
                    // The best lies within a step of the best point; the step is halved around it.
                    let mut width = step;
                    for _ in 0..INSIDE.1 / 2 {
                        width /= 2.0;
                        for point in [kept - width, kept + width] {
                            look(self, point.clamp(low, high), &mut kept);
                        }
                    }
                }
                values[i] = kept;
            }
            if best <= before {
                break;
            }
        }
    }
}
