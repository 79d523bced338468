//! Pairs over all futures: passes of rounds, and what is summed at their ends (model.md 4 and 6).

use super::plan::{Bundle, End, Plan, Told, Way};
use super::{AskPairs, Pairs, laid_out};
use crate::belief::exact::{bytes, cells, condition, expand, posterior, reserve, with_today};
use crate::belief::rounds::Rounds;
use crate::belief::settle::{settle, vector};
use crate::belief::space::{Places, Space};
use crate::belief::{Impossible, Method, held_today};
use crate::evidence::{Evidence, Weighing};
use crate::progress::{Progress, Work};
use crate::{Model, State};
use rayon::prelude::*;

/// What is left of a difference below this part of what it was taken from is rounding.
const ROUNDING: f64 = 1e-12;

/// Pairs over all futures.
pub(super) fn pairs(
    model: &Model,
    evidence: &Evidence,
    ask: &AskPairs,
    progress: &dyn Progress,
) -> Result<Pairs, Impossible> {
    let (space, nu) = now(model, evidence, ask, progress)?;
    let plan = Plan::new(model, &space, ask);
    let (whole, joint) = sums(model, &space, nu, &plan, progress)?;
    let states = |at: usize| -> Vec<State> {
        let future = plan.cells.future(at);
        ask.named.iter().map(|d| future[d.0 as usize]).collect()
    };
    let all = whole.iter().enumerate().map(|(at, p)| (states(at), *p));
    Ok(laid_out(Method::Exact, ask, all, joint, Vec::new()))
}

/// P(outcome and cell) by source, outcome and cell.
type Joint = Vec<Vec<Vec<f64>>>;

/// P(cell), and P(outcome and cell) for the sources that are asked for.
fn sums(
    model: &Model,
    space: &Space,
    nu: Vec<f64>,
    plan: &Plan,
    progress: &dyn Progress,
) -> Result<(Vec<f64>, Joint), Impossible> {
    let mut walk = Walk {
        rounds: (model.rounds > 0).then(|| (model.rounds, Rounds::new(model, space))),
        space,
        nu,
        work: Vec::new(),
        progress,
        done: 0,
        // The cast: a usize is at most 64 bits.
        total: plan.passes() as u64,
    };
    let count = plan.cells.count;
    let outcomes = |source: &Vec<Told>| vec![vec![0.0; count]; source.len()];
    let mut joint: Joint = plan.sources.iter().map(outcomes).collect();
    for bundle in &plan.bundles {
        walk.bundle(plan, bundle, &mut joint)?;
    }
    let whole = joint.remove(0).remove(0);
    for bundle in plan.bundles.iter().filter(|b| !b.each_state) {
        for &source in bundle.ends.iter().flat_map(|e| &e.1).filter(|s| **s > 0) {
            for (told, row) in plan.sources[source].iter().zip(&mut joint[source - 1]) {
                if told.unless {
                    row.iter_mut().zip(&whole).for_each(|(p, whole)| {
                        let rest = whole - *p;
                        *p = if rest > ROUNDING * whole { rest } else { 0.0 };
                    });
                }
            }
        }
    }
    Ok((whole, joint))
}

/// ν over the futures in which only what is done is held.
fn now(
    model: &Model,
    evidence: &Evidence,
    ask: &AskPairs,
    progress: &dyn Progress,
) -> Result<(Space, Vec<f64>), Impossible> {
    let plain = ask.ask();
    let held = plain.held_by_driver(model);
    let named = ask.named.iter().map(|d| match held[d.0 as usize] {
        Some(_) => 1,
        None => u64::from(model.sizes[d.0 as usize]),
    });
    let cells_bytes = named
        .fold(1, u64::saturating_mul)
        // The cast: a usize is at most 64 bits.
        .saturating_mul(16 * (1 + ask.outcomes() as u64));
    let today = held_today(model, &held);
    reserve(bytes(model, &held, &today, evidence, &plain).saturating_add(cells_bytes))?;
    let space = Space::new(model, &held);
    let today = with_today(model, &space);
    let now_space = today.as_ref().unwrap_or(&space);
    let (nu0, _) = settle(now_space, &Rounds::new(model, now_space), progress)?;
    let given = condition(now_space, nu0.into(), &ask.given)?;
    let weighing = Weighing::new(evidence);
    let touched = cells(model, now_space, &given, evidence, &plain);
    let nu = posterior(now_space, given, &touched, &weighing, &evidence.all())?;
    drop(touched);
    let nu = match &today {
        Some(today) => expand(today, &nu, &space)?,
        None => nu.into_owned(),
    };
    Ok((space, nu))
}

/// What passes share.
struct Walk<'a> {
    space: &'a Space,
    /// How many rounds, where there are any.
    rounds: Option<(u32, Rounds)>,
    nu: Vec<f64>,
    /// The vector of the pass, made when it is first needed.
    work: Vec<f64>,
    progress: &'a dyn Progress,
    /// Passes done and to be done.
    done: u64,
    total: u64,
}

/// What a pass leads to, by joint state of the named drivers there and then of the further ones.
struct Table<'a> {
    places: Places,
    width: usize,
    looks: Vec<Look<'a>>,
}

/// One outcome as one table sees it.
struct Look<'a> {
    told: &'a Told,
    /// The source and the outcome.
    place: (usize, usize),
    /// The chance by joint state of the named drivers at the start, and of the further drivers there.
    start: (Vec<f64>, Vec<f64>),
    /// The same at the end.
    end: (Vec<f64>, Vec<f64>),
}

impl Walk<'_> {
    fn bundle(
        &mut self,
        plan: &Plan,
        bundle: &Bundle,
        joint: &mut [Vec<Vec<f64>>],
    ) -> Result<(), Impossible> {
        let (start, end) = plan.ends(bundle.way);
        let certain = bundle.certain(start);
        let (places, states) = self.layout(start, &bundle.extra);
        let tables: Vec<Table> = bundle
            .ends
            .iter()
            .map(|(extra, sources)| self.table(plan, bundle, extra, sources))
            .collect();
        // Where no mass starts, none arrives.
        let there = match bundle.way {
            Way::Forward => self.space.joint(&self.nu, &places, states),
            Way::Backward => vec![1.0; states],
        };
        let width = states / start.places.len();
        for at in 0..start.places.len() {
            for (number, weights) in bundle.weights.iter().enumerate() {
                let mut factors = vec![0.0; states];
                factors[at * width..][..width].copy_from_slice(weights);
                let starts = factors.iter().zip(&there).any(|(f, m)| f * m > 0.0);
                if !certain {
                    if starts {
                        self.pass(bundle.way, &places, &factors)?;
                    }
                    self.done += 1;
                    self.progress.at(Work::Unfold, self.done, self.total);
                }
                if !starts {
                    continue;
                }
                let mass = if certain { &self.nu } else { &self.work };
                for table in &tables {
                    let found =
                        self.space
                            .joint(mass, &table.places, table.width * end.places.len());
                    for look in &table.looks {
                        let (source, outcome) = look.place;
                        let row = &mut joint[source][outcome];
                        let starts = (at, number);
                        look.add(plan, bundle, starts, &found, table.width, row);
                    }
                }
            }
        }
        Ok(())
    }

    /// Where the futures stand among the joint states of the named drivers of an end and, faster, of further ones;
    /// and how many there are.
    fn layout(&self, end: &End, extra: &[usize]) -> (Places, usize) {
        let mut strides = vec![0; self.space.sizes.len()];
        let mut count = 1;
        for &d in end.named.iter().chain(extra).rev() {
            strides[d] = count;
            count *= self.space.sizes[d];
        }
        (self.space.places(&strides), count)
    }

    fn table<'p>(
        &self,
        plan: &'p Plan,
        bundle: &Bundle,
        extra: &[usize],
        sources: &[usize],
    ) -> Table<'p> {
        let (start, end) = plan.ends(bundle.way);
        let (places, count) = self.layout(end, extra);
        let look = |source: usize, outcome: usize| {
            let told = &plan.sources[source][outcome];
            let of = |drivers: &[usize]| told.chances(self.space, drivers);
            Look {
                told,
                place: (source, outcome),
                start: (of(&start.named), of(&bundle.extra)),
                end: (of(&end.named), of(extra)),
            }
        };
        let all = sources.iter();
        let all = all.flat_map(|&s| (0..plan.sources[s].len()).map(move |o| (s, o)));
        Table {
            places,
            width: count / end.places.len(),
            looks: all.map(|(s, o)| look(s, o)).collect(),
        }
    }

    /// Fills the vector with what becomes of ν weighed by `factors`, or with the chance at each future now of what
    /// `factors` say of then, times its ν.
    fn pass(&mut self, way: Way, places: &Places, factors: &[f64]) -> Result<(), Impossible> {
        if self.work.is_empty() {
            self.work = vector(self.space, 0.0)?;
        }
        let (done, total) = (self.done, self.total);
        let tick = || self.progress.at(Work::Unfold, done, total);
        let work = &mut self.work;
        match way {
            Way::Forward => work.copy_from_slice(&self.nu),
            Way::Backward => work.fill(1.0),
        }
        self.space.multiply(work, places, factors);
        if let Some((number, rounds)) = &self.rounds {
            for _ in 0..*number {
                match way {
                    Way::Forward => rounds.unfold(work, &tick),
                    Way::Backward => rounds.take_back(work, &tick),
                }
            }
        }
        if way == Way::Backward {
            let both = work.par_iter_mut().zip(&self.nu);
            both.for_each(|(v, m)| *v *= m);
        }
        Ok(())
    }
}

impl Look<'_> {
    /// Adds what one pass found, from the joint state of the named drivers and the weights at the start that are
    /// told by number. Where the weights are not joint states, what is added is the chance even where one minus it is
    /// wanted.
    fn add(
        &self,
        plan: &Plan,
        bundle: &Bundle,
        (at, number): (usize, usize),
        found: &[f64],
        width: usize,
        row: &mut [f64],
    ) {
        let (start, end) = plan.ends(bundle.way);
        let mut chance = self.told.constant * self.start.0[at];
        if bundle.each_state {
            chance *= self.start.1[number];
        } else if bundle.weights[number] != self.start.1 {
            return;
        }
        let unless = self.told.unless && bundle.each_state;
        if chance <= 0.0 && !unless {
            return;
        }
        let from = start.places[at];
        let rows = found.chunks_exact(width).zip(&end.places);
        for ((found, to), there) in rows.zip(&self.end.0) {
            let chance = chance * there;
            let terms = found.iter().zip(&self.end.1);
            row[from + to] += match unless {
                true => terms.map(|(m, p)| m * (1.0 - chance * p).max(0.0)).sum(),
                false => chance * terms.map(|(m, p)| m * p).sum::<f64>(),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::belief::pairs::{of_driver, of_signpost};
    use crate::progress::Quiet;
    use crate::{Driver, State};

    /// Whatever way the passes go, they find the same.
    #[test]
    fn all_ways_lead_to_the_same() {
        let mut model = Model::new(vec![2, 3, 2, 3, 2, 2]);
        (model.rounds, model.keeps[1]) = (2, 0.25);
        for d in 0..6_u32 {
            for s in 0..2 {
                let score = 700 * (i32::from(s) - 1) + 300 * (d % 3) as i32 - 200;
                model.add(Driver(d), State(s), Driver((d + 1) % 6), State(1), score);
                model.add(Driver(d), State(s), Driver((d + 4) % 6), State(0), -score);
            }
        }
        let by = |d: u32, chances: &[f64]| (Driver(d), chances.to_vec());
        let signs = [
            vec![by(0, &[0.25, 0.75]), by(1, &[0.5, 0.0, 1.0])],
            vec![by(1, &[0.5, 0.0, 0.875]), by(4, &[0.75, 0.125])],
            vec![by(1, &[0.5, 0.0, 0.875]), by(3, &[0.5, 0.5, 1.0])],
            vec![by(2, &[1.0, 1.0]), by(5, &[0.0, 0.25])],
        ];
        let each = (0..6).map(|d| of_driver(Driver(d), model.sizes[d as usize]));
        for named in [vec![], vec![0], vec![3], vec![0, 3], vec![0, 1, 3, 4]] {
            let ask = AskPairs {
                minds: vec![Driver(0), Driver(1), Driver(2)],
                named: named.iter().map(|&d| Driver(d)).collect(),
                sources: each
                    .clone()
                    .chain(signs.iter().map(|s| of_signpost(s)))
                    .collect(),
                exact_up_to: 1 << 20,
                ..AskPairs::default()
            };
            let (space, nu) = now(&model, &Evidence::default(), &ask, &Quiet).unwrap();
            let of = |plan: Plan| {
                let passes = plan.passes();
                let found = sums(&model, &space, nu.clone(), &plan, &Quiet).unwrap();
                (passes, found.0, found.1.concat().concat())
            };
            let best = of(Plan::new(&model, &space, &ask));
            for way in 0..6 {
                let plan = Plan::with(&model, &space, &ask, |mut all, _| all.remove(way));
                let (passes, whole, joint) = of(plan);
                assert!(passes >= best.0);
                let both = whole.iter().zip(&best.1).chain(joint.iter().zip(&best.2));
                both.for_each(|(a, b)| assert!((a - b).abs() < 1e-14, "{a} {b}"));
            }
        }
    }
}
