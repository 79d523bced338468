//! What quantities and options are both found on: the formulas, the pairs of now and then, and one sample of them
//! (model.md 6).

mod redraw;

use crate::formulas::{Formulas, Output, correlations};
use crate::minds::minds_of;
use crate::numbers::{DrawnFound, FaultFound, FormulaOf, Situation};
use crate::read::refusal;
use crate::translate::{at, chances, driver, driver_id, evidence, model, state_ref};
use crate::{Ask, FutureFound, Refusal};
pub(crate) use redraw::Rows;
use sinario_case::{Case, DriverId, FactId, Kind, StateRef, TestResult};
use sinario_engine::belief::pairs::{
    AskPairs, Cell, Outcome, Pairs, of_driver, of_signpost, of_states, pairs,
};
use sinario_engine::belief::{Estimate, Method};
use sinario_engine::draw::{NotPositive, Sampling};
use sinario_engine::progress::Progress;
use sinario_engine::sample::{Drawn, Plan, Sample, sample};
use std::collections::{BTreeMap, BTreeSet};

/// Situations listed at most.
pub(crate) const LISTED: usize = 12;
/// Rows of which the inputs are kept: what drives a number and where an option fails is read off so many draws.
pub(crate) const KEPT: usize = 1 << 14;

/// What could be learnt, by position in [`Ground::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Learn {
    Driver(DriverId),
    Signpost(usize),
    /// A signpost that shows one of several results, by position in the case's tests.
    Test(usize),
    /// That the verdicts on the drivers that the options look at turn out as they did.
    Verdicts,
}

/// Formulas, pairs and one sample.
pub(crate) struct Ground {
    pub formulas: Formulas,
    pub pairs: Pairs,
    pub sources: Vec<Learn>,
    pub plan: Plan,
    pub sample: Sample,
}

impl Ground {
    /// Draws everything once, for quantities and options alike: both are then read off the same rows, whichever of
    /// them is asked for.
    pub fn new(
        case: &Case,
        ask: &Ask,
        used: &[FactId],
        progress: &dyn Progress,
    ) -> Result<Self, Refusal> {
        let formulas = Formulas::new(case);
        let named = formulas.named();
        let mut asked = AskPairs {
            given: ask.given.iter().map(|&g| at(g)).collect(),
            held: ask.held.iter().map(|&h| at(h)).collect(),
            minds: minds_of(case).into_iter().map(driver).collect(),
            named: named.iter().copied().map(driver).collect(),
            sources: Vec::new(),
            exact_up_to: ask.exact_up_to,
            seed: ask.seed,
            effort: 1.0,
        };
        let mut sources = Vec::new();
        if ask.choosing.is_some() {
            let open = (0..case.drivers.len()).map(DriverId);
            for d in open.filter(|&d| !fixed(case, ask, d)) {
                // The cast: a checked driver has at most 4096 states.
                let states = case.driver(d).states.len() as u16;
                sources.push(Learn::Driver(d));
                asked.sources.push(of_driver(driver(d), states));
            }
            for (s, signpost) in case.signposts.iter().enumerate() {
                sources.push(Learn::Signpost(s));
                asked
                    .sources
                    .push(of_signpost(&chances(&signpost.expected)));
            }
            for (t, test) in case.tests.iter().enumerate() {
                sources.push(Learn::Test(t));
                let result = |r: &TestResult| {
                    let chances = r.chances.iter().map(|c| c.value).collect();
                    Outcome::If(vec![(driver(test.driver), chances)])
                };
                asked
                    .sources
                    .push(test.results.iter().map(result).collect());
            }
            let known = known(case, &formulas.looked_at_by_options());
            if !known.is_empty() {
                sources.push(Learn::Verdicts);
                let known: Vec<_> = known.into_iter().map(at).collect();
                asked.sources.push(of_states(&known));
            }
        }
        let pairs = pairs(&model(case), &evidence(case, used), &asked, progress)
            .map_err(|why| refusal(why, used))?;
        let drawing = ask.drawing;
        let plan = Plan {
            correlations: correlations(case, &formulas),
            sampling: drawing.sampling,
            seed: ask.seed,
            watched: watched(&formulas),
            precision: drawing.precision,
            least: drawing.least,
            most: drawing.most,
            kept: KEPT,
            program: formulas.program.clone(),
        };
        let sample = draw(&plan, &pairs, progress);
        Ok(Ground {
            formulas,
            pairs,
            sources,
            plan,
            sample,
        })
    }

    /// Independent rows of as many draws as inputs are kept of: what drives a number is read off their spread, which points
    /// laid evenly do not have. `None` where the sample has such rows, or draws nothing.
    pub fn independent(&self, progress: &dyn Progress) -> Option<Sample> {
        if self.plan.sampling == Sampling::Plain || self.sample.drawn == Drawn::Exact {
            return None;
        }
        let plan = Plan {
            sampling: Sampling::Plain,
            least: KEPT as u64,
            most: KEPT as u64,
            ..self.plan.clone()
        };
        Some(draw(&plan, &self.pairs, progress))
    }

    /// How it came about.
    pub fn drawn(&self) -> DrawnFound {
        let (exact, reached, precision) = match self.sample.drawn {
            Drawn::Exact => (true, true, 0.0),
            Drawn::Sampled { reached, precision } => (false, reached, precision),
        };
        DrawnFound {
            exact,
            rows: self.sample.cells.len() as u64,
            sampling: self.plan.sampling,
            reached,
            precision,
            belief_sampled: self.pairs.method != Method::Exact,
        }
    }

    /// What failed in some outputs, by output, then by place.
    pub fn faults(&self, outputs: impl Fn(&Output) -> bool) -> Vec<FaultFound> {
        let all = self.sample.faults.iter();
        all.map(|fault| (&self.formulas.outputs[fault.output as usize], fault))
            .filter(|(output, _)| outputs(output))
            .map(|(output, fault)| {
                let (formula, span) = self.formulas.place(fault.at);
                FaultFound {
                    of: output.of,
                    formula,
                    span,
                    failure: fault.failure,
                    share: fault.share,
                }
            })
            .collect()
    }
}

/// The rows of a plan. A checked case has correlations that go together, and so have any of them; had they not, they would
/// be left out, and what they come to is found all the same.
fn draw(plan: &Plan, pairs: &Pairs, progress: &dyn Progress) -> Sample {
    sample(plan, pairs, progress).unwrap_or_else(|NotPositive| {
        let plan = Plan {
            correlations: Vec::new(),
            ..plan.clone()
        };
        sample(&plan, pairs, progress).unwrap_or_else(|NotPositive| nothing(&plan))
    })
}

/// No rows.
fn nothing(plan: &Plan) -> Sample {
    Sample {
        drawn: Drawn::Exact,
        weights: None,
        cells: Vec::new(),
        outputs: vec![Vec::new(); plan.program.outputs.len()],
        inputs: vec![Vec::new(); plan.program.sites()],
        replicates: Vec::new(),
        sampling: plan.sampling,
        faults: Vec::new(),
        groups: Vec::new(),
    }
}

/// Whether there is nothing to learn about a driver: held from now on, or known of now and looked at now.
fn fixed(case: &Case, ask: &Ask, d: DriverId) -> bool {
    let at_now = case.driver(d).kind == Kind::Mind || case.rounds() == 0;
    let known = case.driver(d).today.is_some() || ask.given.iter().any(|g| g.driver == d);
    ask.held.iter().any(|h| h.driver == d) || (at_now && known)
}

/// The verdicts on some drivers.
pub(crate) fn known(case: &Case, drivers: &BTreeSet<DriverId>) -> Vec<StateRef> {
    let verdicts = case.verdicts.iter().map(|v| v.state);
    verdicts.filter(|s| drivers.contains(&s.driver)).collect()
}

/// Outputs whose means are to be known well: quantities and options whose means exist.
fn watched(formulas: &Formulas) -> Vec<u32> {
    let outputs = formulas.outputs.iter().enumerate();
    outputs
        .filter(|(_, o)| !matches!(o.of, FormulaOf::Switching(_)) && !formulas.endless(o.of))
        // The cast: fewer outputs than the bytes of a file of 16 MiB.
        .map(|(at, _)| at as u32)
        .collect()
}

/// Situations: cells that agree on some of the named drivers, taken together.
pub(crate) struct Situations {
    /// The drivers.
    pub named: Vec<DriverId>,
    /// The pairs as far as these drivers go.
    pub pairs: Pairs,
    /// The sample over them.
    pub sample: Sample,
    /// For each situation, one of the cells that it is made of: what looks at those drivers alone is the same in all.
    pub one_of: Vec<usize>,
}

impl Situations {
    /// The situations of those drivers.
    pub fn new(ground: &Ground, drivers: &BTreeSet<DriverId>) -> Self {
        Situations::over(ground, drivers, &ground.sample)
    }

    /// The same over other rows of the same pairs.
    pub fn over(ground: &Ground, drivers: &BTreeSet<DriverId>, sample: &Sample) -> Self {
        let pairs = &ground.pairs;
        let places: Vec<usize> = (0..pairs.named.len())
            .filter(|&p| drivers.contains(&driver_id(pairs.named[p])))
            .collect();
        let key = |cell: &Cell| -> Vec<_> { places.iter().map(|&p| cell.states[p]).collect() };
        // In declared order, as the pairs are.
        let mut found: BTreeMap<Vec<_>, Vec<usize>> = BTreeMap::new();
        for (at, cell) in pairs.cells.iter().enumerate() {
            found.entry(key(cell)).or_default().push(at);
        }
        let mut of_cell = vec![0_u32; pairs.cells.len()];
        for (situation, cells) in found.values().enumerate() {
            for &cell in cells {
                // The cast: no more situations than cells, which are counted in u32.
                of_cell[cell] = situation as u32;
            }
        }
        let merge = |row: &Vec<f64>| -> Vec<f64> {
            let sum = |cells: &Vec<usize>| cells.iter().map(|&c| row[c]).sum();
            found.values().map(sum).collect()
        };
        let probability: Vec<f64> = pairs.cells.iter().map(|c| c.probability).collect();
        let probability = merge(&probability);
        let cells = found.keys().zip(probability);
        let merged = Pairs {
            method: pairs.method,
            named: places.iter().map(|&p| pairs.named[p]).collect(),
            cells: cells
                .map(|(states, probability)| Cell {
                    states: states.clone(),
                    probability,
                })
                .collect(),
            joint: pairs
                .joint
                .iter()
                .map(|source| source.iter().map(merge).collect())
                .collect(),
            groups: pairs.groups.iter().map(merge).collect(),
        };
        let mut sample = sample.clone();
        for cell in &mut sample.cells {
            *cell = of_cell[*cell as usize];
        }
        sample.groups = merged.groups.clone();
        Situations {
            named: merged.named.iter().copied().map(driver_id).collect(),
            one_of: found.values().map(|cells| cells[0]).collect(),
            pairs: merged,
            sample,
        }
    }

    /// The likeliest situations, likeliest first (ties in declared order), by position.
    pub fn likeliest(&self) -> Vec<usize> {
        let probability = |s: usize| self.pairs.cells[s].probability;
        let mut order: Vec<usize> = (0..self.pairs.cells.len()).collect();
        order.sort_by(|&a, &b| probability(b).total_cmp(&probability(a)));
        order.truncate(LISTED);
        order
    }

    /// The states of a situation.
    pub fn states(&self, situation: usize) -> Vec<StateRef> {
        let states = self.pairs.cells[situation].states.iter();
        let named = self.pairs.named.iter();
        named.zip(states).map(|(&d, &s)| state_ref(d, s)).collect()
    }

    /// A situation with the consistent futures that fall into it.
    pub fn found(&self, situation: usize, consistent: &[FutureFound]) -> Situation {
        let states = self.states(situation);
        let falls = |f: &FutureFound| states.iter().all(|s| f.states[s.driver.0] == s.state);
        Situation {
            probability: Estimate {
                value: self.pairs.cells[situation].probability,
                error: error(&self.pairs, situation),
            },
            consistent: (0..consistent.len())
                .filter(|&f| falls(&consistent[f]))
                .collect(),
            states,
        }
    }
}

/// The standard error of a situation's probability from the groups of draws that the pairs rest on; none where
/// nothing was drawn.
fn error(pairs: &Pairs, situation: usize) -> Option<f64> {
    let groups = &pairs.groups;
    if groups.is_empty() {
        return None;
    }
    let n = groups.len() as f64;
    let masses: Vec<f64> = groups.iter().map(|g| g.iter().sum()).collect();
    let mass: f64 = masses.iter().sum();
    let mean = groups.iter().map(|g| g[situation]).sum::<f64>() / mass;
    let off = |(g, m): (&Vec<f64>, &f64)| (g[situation] - mean * m) * (g[situation] - mean * m);
    let squares: f64 = groups.iter().zip(&masses).map(off).sum();
    // One group tells nothing of its error: infinite.
    Some(libm::sqrt(squares * n / (n - 1.0)) / mass)
}
