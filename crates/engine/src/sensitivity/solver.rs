//! A case solved on as few joint states as its targets need, and solved again with some of its impacts changed.

use super::program::{Course, Lanes, Net, Own, Program, within};
use super::vectors::{Changed, cells, count, own, settle, tables};
use super::{Ask, Target};
use crate::belief::Impossible;
use crate::evidence::{Evidence, Weighing, concerned};
use crate::{Driver, Model, State};

/// Futures up to which vectors lie side by side.
const TOGETHER: usize = 1 << 20;
/// Vectors that lie side by side.
pub(super) const LANES: usize = 8;
/// Largest logarithm of a factor where the case itself has no mass.
const BEYOND: f64 = 600.0;

/// Drivers told in some state, all others summed over; which value it is.
type Sought = (usize, Vec<(usize, usize)>);

/// What the minds must be in the beginning, and what is sought in the end.
type Begun = (Vec<(usize, usize)>, Vec<Sought>);

/// Targets that are carried from now to then together: those that begin with the same minds.
struct Bundle {
    /// What the minds must be.
    filter: Vec<(usize, usize)>,
    sought: Vec<Sought>,
    program: Program,
}

/// How a model is solved for the targets.
struct Setup {
    now: Net,
    then: Net,
    /// Drivers of the vector of now, and one round towards it.
    near: Vec<usize>,
    near_round: Program,
    near_acyclic: bool,
    at_now: Vec<Sought>,
    bundles: Vec<Bundle>,
    /// The same of the long run.
    far: Vec<usize>,
    far_round: Program,
    far_acyclic: bool,
    at_last: Vec<Sought>,
    /// Where drivers stand that have no axis.
    standing: Vec<usize>,
    /// Values in all.
    width: usize,
}

/// A case, solved.
pub(super) struct Solver {
    setup: Setup,
    now_tables: Vec<Vec<f64>>,
    then_tables: Vec<Vec<f64>>,
    /// ν₀, and π where it is asked for.
    before: Vec<f64>,
    settled: Vec<f64>,
    rounds: (u64, u64),
    /// By future of the vector of now: 1 where it fits what is given.
    fits: Vec<f64>,
    /// Numbers of states of the drivers that facts bear on, by driver, and by future of now their joint state.
    touched: Vec<Driver>,
    joint: Vec<usize>,
    /// What the facts say, by joint state.
    factors: Vec<f64>,
    /// The values asked for.
    pub values: Vec<f64>,
}

/// How the values asked for hang on the joint states that facts bear on, before facts.
pub(super) struct Leverage {
    mass: Vec<f64>,
    /// By value; `None` where no fact matters.
    of: Vec<Option<Vec<f64>>>,
}

impl Setup {
    fn new(model: &Model, evidence: &Evidence, ask: &Ask) -> Result<Setup, Impossible> {
        let n = model.drivers();
        let at = |d: &Driver| d.0 as usize;
        let pair = |&(d, s): &(Driver, State)| (d.0 as usize, usize::from(s.0));
        let mut held = vec![None; n];
        for (d, s) in &ask.held {
            held[at(d)] = Some(*s);
        }
        let today: Vec<Option<State>> = held
            .iter()
            .zip(&model.today)
            .map(|(h, t)| h.or(*t))
            .collect();
        let (now, then) = (Net::new(model, &today), Net::new(model, &held));

        let (mut at_now, mut at_last) = (Vec::new(), Vec::new());
        let mut courses: Vec<Begun> = Vec::new();
        let mut width = 0;
        for target in &ask.targets {
            let states = |d: &Driver| {
                let d = at(d);
                (0..usize::from(model.sizes[d])).map(move |s| vec![(d, s)])
            };
            let (minds, ends): (Vec<_>, Vec<Vec<_>>) = match target {
                Target::Now(d) => {
                    at_now.extend(states(d).enumerate().map(|(s, told)| (width + s, told)));
                    width += usize::from(model.sizes[at(d)]);
                    continue;
                }
                Target::Settled(d) => {
                    at_last.extend(states(d).enumerate().map(|(s, told)| (width + s, told)));
                    width += usize::from(model.sizes[at(d)]);
                    continue;
                }
                Target::Then(d) => (Vec::new(), states(d).collect()),
                Target::Future(f) => {
                    let x = ask.futures[*f].iter().enumerate();
                    (
                        Vec::new(),
                        vec![x.map(|(d, s)| (d, usize::from(s.0))).collect()],
                    )
                }
                Target::Story(s) => {
                    let (minds, others): (Vec<_>, Vec<_>) = ask.stories[*s]
                        .iter()
                        .partition(|(d, _)| ask.minds.contains(d));
                    (
                        minds.iter().map(pair).collect(),
                        vec![others.iter().map(pair).collect()],
                    )
                }
            };
            let sought = ends
                .into_iter()
                .enumerate()
                .map(|(i, told)| (width + i, told));
            let sought: Vec<Sought> = sought.collect();
            width += sought.len();
            match courses.iter_mut().find(|c| c.0 == minds) {
                Some(c) => c.1.extend(sought),
                None => courses.push((minds, sought)),
            }
        }
        let drivers = |all: &[Sought]| {
            all.iter()
                .flat_map(|s| s.1.iter().map(|t| t.0))
                .collect::<Vec<_>>()
        };
        let mut asked: Vec<usize> = concerned(evidence).iter().map(at).collect();
        asked.extend(ask.given.iter().map(|g| at(&g.0)));
        asked.extend(drivers(&at_now));
        for (filter, sought) in &courses {
            asked.extend(filter.iter().map(|f| f.0));
            asked.extend(within(&then.closure(drivers(sought))));
        }
        let (near, far) = (now.closure(asked), then.closure(drivers(&at_last)));
        let standing = (0..n)
            .map(|d| today[d].map_or(0, |s| usize::from(s.0)))
            .collect::<Vec<_>>();
        room(&now, &then, &near, &far, &courses, model.rounds)?;
        let settling = |net: &Net, all: &[bool]| {
            let course = Course {
                start: all,
                standing: &standing,
                end: all,
                rounds: 1,
                keeps: &vec![0.0; n],
            };
            Program::new(net, &course)
        };
        let bundle = |(filter, sought): Begun| {
            let mut end = vec![false; n];
            drivers(&sought).into_iter().for_each(|d| end[d] = true);
            let course = Course {
                start: &near,
                standing: &standing,
                end: &end,
                rounds: model.rounds,
                keeps: &model.keeps,
            };
            let program = Program::new(&then, &course);
            Bundle {
                filter,
                sought,
                program,
            }
        };
        Ok(Setup {
            near_round: settling(&now, &near),
            near_acyclic: now.acyclic(&near),
            far_round: settling(&then, &far),
            far_acyclic: then.acyclic(&far),
            bundles: courses.into_iter().map(bundle).collect(),
            near: within(&near),
            far: within(&far),
            now,
            then,
            at_now,
            at_last,
            standing,
            width,
        })
    }
}

/// Asks for what vectors, places and tables take at once, so that what cannot fit is refused before any work.
fn room(
    now: &Net,
    then: &Net,
    near: &[bool],
    far: &[bool],
    courses: &[Begun],
    rounds: u32,
) -> Result<(), Impossible> {
    let product = |net: &Net, all: &[usize]| {
        let sizes = all.iter().map(|&d| net.sizes[d] as u64);
        sizes.fold(1, u64::saturating_mul)
    };
    let ends = |c: &Begun| {
        let told = c.1.iter().flat_map(|s| s.1.iter().map(|t| t.0));
        product(then, &within(&then.closure(told.collect::<Vec<_>>())))
    };
    let wide = courses.iter().map(ends).max().unwrap_or(1);
    let wide = wide
        .max(product(now, &within(near)))
        .max(product(then, &within(far)));
    let table = |net: &Net, d: usize| (net.rows(d) as u64).saturating_mul(8 * net.sizes[d] as u64);
    let tables = now.order.iter().map(|&d| table(now, d));
    let tables = tables.chain(then.order.iter().map(|&d| table(then, d)));
    let bytes = tables
        .fold(0, u64::saturating_add)
        .saturating_add(wide.saturating_mul(48 + 16 * u64::from(rounds)));
    match usize::try_from(bytes)
        .map(|n| n < 1 << 40 && Vec::<u8>::new().try_reserve_exact(n).is_ok())
    {
        Ok(true) => Ok(()),
        _ => Err(Impossible::Memory(bytes)),
    }
}

impl Solver {
    pub(super) fn new(model: &Model, evidence: &Evidence, ask: &Ask) -> Result<Solver, Impossible> {
        let setup = Setup::new(model, evidence, ask)?;
        let courses: Vec<&Program> = setup.bundles.iter().map(|b| &b.program).collect();
        let now_tables = tables(&setup.now, model, &[&setup.near_round]);
        let then_tables = tables(
            &setup.then,
            model,
            &[&courses[..], &[&setup.far_round]].concat(),
        );
        let uniform = |net: &Net, drivers: &[usize]| {
            let n = count(net, drivers);
            // The cast: at most 2^52 futures fit any memory.
            vec![[1.0 / n as f64]; n]
        };
        let (before, near_rounds, _) =
            settle::<1>(uniform(&setup.now, &setup.near), setup.near_acyclic, |m| {
                setup.near_round.run(m, &now_tables, &[])
            });
        let (settled, far_rounds, _) =
            settle::<1>(uniform(&setup.then, &setup.far), setup.far_acyclic, |m| {
                setup.far_round.run(m, &then_tables, &[])
            });
        let n = before.len();
        let mut fits = vec![0.0; n];
        let given: Vec<(usize, usize)> = ask
            .given
            .iter()
            .map(|(d, s)| (d.0 as usize, usize::from(s.0)))
            .collect();
        cells(
            &setup.now,
            &setup.near,
            &setup.standing,
            &given,
            &mut |at| fits[at] = 1.0,
        );

        let touched: Vec<Driver> = concerned(evidence)
            .into_iter()
            .filter(|d| setup.now.held[d.0 as usize].is_none())
            .collect();
        let mut joint = vec![0; n];
        for (at, joint) in joint.iter_mut().enumerate() {
            let (mut rest, mut stride) = (at, 1);
            for &d in setup.near.iter().rev() {
                let k = setup.now.sizes[d];
                if touched.iter().any(|t| t.0 as usize == d) {
                    *joint += rest % k * stride;
                    stride *= k;
                }
                rest /= k;
            }
        }
        let mut solver = Solver {
            before: before.into_iter().flatten().collect(),
            settled: settled.into_iter().flatten().collect(),
            rounds: (near_rounds, far_rounds),
            now_tables,
            then_tables,
            fits,
            touched,
            joint,
            factors: Vec::new(),
            values: Vec::new(),
            setup,
        };
        let mass = solver.collapse(|at| solver.before[at] * solver.fits[at]);
        if mass.iter().sum::<f64>() <= 0.0 {
            return Err(Impossible::Given(ask.given.clone()));
        }
        solver.factors = solver
            .weigh(evidence, &mass)
            .ok_or_else(|| Impossible::Facts(evidence.all()))?;
        solver.values = solver.solve::<1>(&[]).pop().unwrap_or_default();
        Ok(solver)
    }

    /// A number of each future of now, laid upon the joint states of the drivers that facts bear on.
    fn collapse(&self, of: impl Fn(usize) -> f64) -> Vec<f64> {
        let sizes = self
            .touched
            .iter()
            .map(|d| self.setup.now.sizes[d.0 as usize]);
        let mut sums = vec![0.0; sizes.product()];
        for (at, &joint) in self.joint.iter().enumerate() {
            sums[joint] += of(at);
        }
        sums
    }

    /// What facts say of each joint state, the greatest that has mass being 1; `None` where no such state allows
    /// them.
    fn weigh(&self, evidence: &Evidence, mass: &[f64]) -> Option<Vec<f64>> {
        let weighing = Weighing::new(evidence);
        let held = |d: Driver| self.setup.now.held[d.0 as usize];
        let mut logs = vec![0.0; mass.len()];
        for table in weighing.tables(&evidence.all(), held, |_| true) {
            let mut strides = vec![0; self.touched.len()];
            let mut stride = 1;
            for (d, k) in table.drivers.iter().rev() {
                if let Some(place) = self.touched.iter().position(|t| t == d) {
                    strides[place] = stride;
                }
                stride *= k;
            }
            for (at, log) in logs.iter_mut().enumerate() {
                let (mut rest, mut place) = (at, 0);
                for (d, stride) in self.touched.iter().zip(&strides).rev() {
                    let k = self.setup.now.sizes[d.0 as usize];
                    place += rest % k * stride;
                    rest /= k;
                }
                *log += table.ln[place];
            }
        }
        let possible = logs.iter().zip(mass).filter(|(_, m)| **m > 0.0);
        let most = possible.map(|(l, _)| *l).fold(f64::NEG_INFINITY, f64::max);
        let factor = |l: &f64| libm::exp((l - most).min(BEYOND));
        (most > f64::NEG_INFINITY).then(|| logs.iter().map(factor).collect())
    }

    /// How many vectors lie side by side.
    pub(super) fn lanes(&self) -> usize {
        let peaks = self.setup.bundles.iter().map(|b| b.program.peak);
        let most = peaks.fold(self.before.len().max(self.settled.len()), usize::max);
        if most <= TOGETHER { LANES } else { 1 }
    }

    /// Steps, of about a nanosecond, to solve it again with a driver changed.
    pub(super) fn cost(&self, driver: Driver) -> u64 {
        let d = driver.0 as usize;
        let settle = |round: &Program, rounds: u64| match round.answers(d) {
            true => round.cost.saturating_mul(2 * rounds),
            false => 0,
        };
        let near = settle(&self.setup.near_round, self.rounds.0);
        let far = settle(&self.setup.far_round, self.rounds.1);
        let courses = self.setup.bundles.iter().map(|b| &b.program);
        let courses = courses.filter(|p| near > 0 || p.answers(d)).map(|p| p.cost);
        let tables = self.now_tables[d].len() + self.then_tables[d].len();
        // The cast: tables are held in memory.
        courses
            .fold(near.saturating_add(far), u64::saturating_add)
            .saturating_add(20 * tables as u64)
    }

    /// Steps to solve it from nothing.
    pub(super) fn whole_cost(&self) -> u64 {
        let near = self.setup.near_round.cost.saturating_mul(2 * self.rounds.0);
        let far = self.setup.far_round.cost.saturating_mul(2 * self.rounds.1);
        let courses = self.setup.bundles.iter().map(|b| b.program.cost);
        let tables = self
            .now_tables
            .iter()
            .chain(&self.then_tables)
            .map(Vec::len);
        courses
            .fold(near.saturating_add(far), u64::saturating_add)
            .saturating_add(20 * tables.sum::<usize>() as u64)
    }

    /// Steps to weigh the facts again.
    pub(super) fn fact_cost(&self, evidence: &Evidence) -> u64 {
        let sizes = self
            .touched
            .iter()
            .map(|d| self.setup.now.sizes[d.0 as usize] as u64);
        let cells: u64 = sizes.product();
        let facts = evidence.facts.len() as u64;
        // The cast: values are held in memory.
        cells
            .saturating_mul(50 + self.setup.width as u64 + self.touched.len() as u64 * 20)
            .saturating_add(facts.saturating_mul(20_000))
    }

    /// The values asked for where each of some models is changed, at most `L` of them; the case itself where there
    /// is none.
    pub(super) fn solve<const L: usize>(&self, changed: &[Changed]) -> Vec<Vec<f64>> {
        let setup = &self.setup;
        let mut values = vec![[0.0; L]; setup.width];
        for (value, known) in values.iter_mut().zip(&self.values) {
            *value = [*known; L];
        }
        let fresh = self.values.is_empty();
        let near_own = own::<L>(&setup.now, &self.now_tables, changed);
        let then_own = own::<L>(&setup.then, &self.then_tables, changed);
        let moved = !near_own.is_empty();
        let side_by_side = |mass: &[f64]| mass.iter().map(|&m| [m; L]).collect::<Vec<_>>();
        let again =
            |start: &[f64], acyclic: bool, round: &Program, tables: &[Vec<f64>], own: &[Own<L>]| {
                let run = |m| round.run(m, tables, own);
                let (mass, _, settled) = settle(side_by_side(start), acyclic, run);
                if settled {
                    return mass;
                }
                // What does not settle depends on where it begins.
                let uniform = vec![1.0 / start.len() as f64; start.len()];
                settle(side_by_side(&uniform), acyclic, run).0
            };
        if fresh
            || moved
            || setup
                .bundles
                .iter()
                .any(|b| then_own.iter().any(|o| b.program.answers(o.0)))
        {
            let mut mass = match moved {
                true => again(
                    &self.before,
                    setup.near_acyclic,
                    &setup.near_round,
                    &self.now_tables,
                    &near_own,
                ),
                false => side_by_side(&self.before),
            };
            let mut whole = [0.0; L];
            for (at, m) in mass.iter_mut().enumerate() {
                let factor = self.fits[at] * self.factors[self.joint[at]];
                for l in 0..L {
                    m[l] *= factor;
                    whole[l] += m[l];
                }
            }
            for m in &mut mass {
                for l in 0..L {
                    m[l] /= whole[l];
                }
            }
            let read = |values: &mut Vec<Lanes<L>>,
                        sought: &[Sought],
                        mass: &[Lanes<L>],
                        net: &Net,
                        drivers: &[usize]| {
                for (value, told) in sought {
                    let mut sum = [0.0; L];
                    cells(net, drivers, &setup.standing, told, &mut |at| {
                        for l in 0..L {
                            sum[l] += mass[at][l];
                        }
                    });
                    values[*value] = sum;
                }
            };
            if fresh || moved {
                read(&mut values, &setup.at_now, &mass, &setup.now, &setup.near);
            }
            for b in &setup.bundles {
                if !fresh && !moved && !then_own.iter().any(|o| b.program.answers(o.0)) {
                    continue;
                }
                let mut start = vec![[0.0; L]; mass.len()];
                cells(
                    &setup.now,
                    &setup.near,
                    &setup.standing,
                    &b.filter,
                    &mut |at| start[at] = mass[at],
                );
                let end = b.program.run(start, &self.then_tables, &then_own);
                read(&mut values, &b.sought, &end, &setup.then, &b.program.end);
            }
        }
        if fresh || then_own.iter().any(|o| setup.far_round.answers(o.0)) {
            let mass = match fresh {
                true => side_by_side(&self.settled),
                false => again(
                    &self.settled,
                    setup.far_acyclic,
                    &setup.far_round,
                    &self.then_tables,
                    &then_own,
                ),
            };
            for (value, told) in &setup.at_last {
                let mut sum = [0.0; L];
                cells(&setup.then, &setup.far, &setup.standing, told, &mut |at| {
                    for l in 0..L {
                        sum[l] += mass[at][l];
                    }
                });
                values[*value] = sum;
            }
        }
        (0..changed.len().max(1))
            .map(|l| values.iter().map(|v| v[l]).collect())
            .collect()
    }

    /// How each value hangs on what facts say.
    pub(super) fn leverage(&self) -> Leverage {
        let setup = &self.setup;
        let before = |at: usize| self.before[at] * self.fits[at];
        let mut of = vec![None; setup.width];
        for (value, told) in &setup.at_now {
            let mut is = vec![0.0; self.before.len()];
            cells(&setup.now, &setup.near, &setup.standing, told, &mut |at| {
                is[at] = 1.0
            });
            of[*value] = Some(self.collapse(|at| before(at) * is[at]));
        }
        for b in &setup.bundles {
            let mut begins = vec![0.0; self.before.len()];
            cells(
                &setup.now,
                &setup.near,
                &setup.standing,
                &b.filter,
                &mut |at| begins[at] = 1.0,
            );
            for some in b.sought.chunks(LANES) {
                let mut end = vec![[0.0; LANES]; count(&setup.then, &b.program.end)];
                for (l, (_, told)) in some.iter().enumerate() {
                    cells(
                        &setup.then,
                        &b.program.end,
                        &setup.standing,
                        told,
                        &mut |at| end[at][l] = 1.0,
                    );
                }
                let start = b.program.take_back(end, &self.then_tables);
                for (l, (value, _)) in some.iter().enumerate() {
                    of[*value] = Some(self.collapse(|at| before(at) * begins[at] * start[at][l]));
                }
            }
        }
        Leverage {
            mass: self.collapse(before),
            of,
        }
    }

    /// The values where the facts say something else.
    pub(super) fn reweighed(&self, evidence: &Evidence, leverage: &Leverage) -> Vec<f64> {
        let Some(factors) = self.weigh(evidence, &leverage.mass) else {
            return vec![f64::NAN; self.values.len()];
        };
        let sum = |mass: &[f64]| mass.iter().zip(&factors).map(|(m, f)| m * f).sum::<f64>();
        let whole = sum(&leverage.mass);
        let value = |(of, point): (&Option<Vec<f64>>, &f64)| match of {
            Some(of) => sum(of) / whole,
            None => *point,
        };
        leverage.of.iter().zip(&self.values).map(value).collect()
    }

    /// Whether a model has the edges of this one on a driver, and another answer there.
    pub(super) fn same_edges(&self, model: &Model, driver: Driver) -> bool {
        let d = driver.0 as usize;
        let of = |net: &Net| match net.held[d] {
            Some(_) => true,
            None => net.parents[d] == net.acting(model, d),
        };
        of(&self.setup.now) && of(&self.setup.then)
    }

    /// Whether anything asked for hangs on how a driver answers.
    pub(super) fn asks(&self, driver: Driver) -> bool {
        let d = driver.0 as usize;
        let courses = self.setup.bundles.iter().map(|b| &b.program);
        let rounds = [&self.setup.near_round, &self.setup.far_round].into_iter();
        courses.chain(rounds).any(|p| p.answers(d))
    }
}
