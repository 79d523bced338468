//! Every case with its probability, where all that is drawn takes few values.

use super::{Drawn, Fault, Sample};
use crate::belief::pairs::Pairs;
use crate::draw::Sampling;
use crate::formula::{Distribution, Failed, Node, Program, Row, Site, Walk};
use crate::progress::{Progress, Work};
use crate::sample::Failure;
use crate::{Driver, State};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Numbers that an exact sample holds at most: rows times outputs and sites.
pub(super) const NUMBERS: u64 = 1 << 24;

/// A draw of one of few values, and which of them is taken.
struct Choice {
    at: Node,
    site: Site,
    /// What was known before.
    mark: usize,
    /// Each value with its chance.
    among: Vec<(f64, f64)>,
    taken: usize,
}

/// One row after another of one cell.
struct Cases<'a> {
    named: &'a [Driver],
    states: &'a [State],
    choices: Vec<Choice>,
    /// Whether something is drawn that takes more than few values.
    endless: bool,
}

impl Row for Cases<'_> {
    fn is(&mut self, driver: Driver, state: State) -> bool {
        let place = self.named.iter().position(|d| *d == driver);
        place.is_some_and(|p| self.states[p] == state)
    }

    fn draw(
        &mut self,
        at: Node,
        site: Site,
        distribution: &Distribution,
        value: &dyn Fn(Node) -> f64,
        mark: usize,
    ) -> Result<f64, Failure> {
        let Some(among) = distribution.law(value)?.values() else {
            self.endless = true;
            return Ok(0.0);
        };
        // A checked distribution has a value of positive chance.
        let first = among.first().map_or(f64::NAN, |(value, _)| *value);
        self.choices.push(Choice {
            at,
            site,
            mark,
            among,
            taken: 0,
        });
        Ok(first)
    }
}

impl Cases<'_> {
    /// Takes the next value of the last choice that has one; false where all was taken.
    fn next(&mut self, walk: &mut Walk<'_>) -> bool {
        while let Some(last) = self.choices.last_mut() {
            walk.back(last.mark);
            last.taken += 1;
            if let Some((value, _)) = last.among.get(last.taken) {
                walk.learn(last.at, Ok(*value));
                return true;
            }
            self.choices.pop();
        }
        false
    }
}

/// The rows of one cell.
#[derive(Default)]
struct Part {
    weights: Vec<f64>,
    outputs: Vec<Vec<f64>>,
    inputs: Vec<Vec<f64>>,
    faults: BTreeMap<(u32, Node, Failure), f64>,
}

/// The exact sample; `None` where a row looks at a draw that takes more than few values, or where rows times outputs
/// and sites would pass `most`.
pub(super) fn exact(
    program: &Program,
    pairs: &Pairs,
    most: u64,
    progress: &dyn Progress,
) -> Option<Sample> {
    let width = (program.outputs.len() + program.sites()).max(1) as u64;
    let (rows, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let over = AtomicBool::new(false);
    let total = pairs.cells.len() as u64;
    let part = |cell: &crate::belief::pairs::Cell| {
        let one = || {
            if rows.fetch_add(1, Ordering::Relaxed) >= most / width {
                over.store(true, Ordering::Relaxed);
            }
            !over.load(Ordering::Relaxed)
        };
        let part = part(program, &pairs.named, &cell.states, cell.probability, &one);
        if part.is_none() {
            over.store(true, Ordering::Relaxed);
        }
        progress.at(Work::Draws, done.fetch_add(1, Ordering::Relaxed) + 1, total);
        part
    };
    let parts: Option<Vec<Part>> = pairs.cells.par_iter().map(part).collect();
    parts.map(|parts| join(program, pairs, parts))
}

/// The rows of one cell; `None` where not all could be listed.
fn part(
    program: &Program,
    named: &[Driver],
    states: &[State],
    probability: f64,
    one: &dyn Fn() -> bool,
) -> Option<Part> {
    let mut part = Part {
        outputs: vec![Vec::new(); program.outputs.len()],
        inputs: vec![Vec::new(); program.sites()],
        ..Part::default()
    };
    let mut walk = Walk::new(program);
    let mut cases = Cases {
        named,
        states,
        choices: Vec::new(),
        endless: false,
    };
    loop {
        let values = program.outputs.iter().map(|o| walk.value(*o, &mut cases));
        let values: Vec<Result<f64, Failed>> = values.collect();
        if cases.endless || !one() {
            return None;
        }
        let chances = cases.choices.iter().map(|c| c.among[c.taken].1);
        let weight = probability * chances.product::<f64>();
        part.weights.push(weight);
        for (output, value) in values.iter().enumerate() {
            part.outputs[output].push(value.unwrap_or(f64::NAN));
            if let Err(failed) = value {
                // The cast: outputs are counted in u32.
                let fault = (output as u32, failed.at, failed.failure);
                *part.faults.entry(fault).or_default() += weight;
            }
        }
        for site in &mut part.inputs {
            site.push(f64::NAN);
        }
        for choice in &cases.choices {
            let site = &mut part.inputs[choice.site.0 as usize];
            let last = site.len() - 1;
            site[last] = choice.among[choice.taken].0;
        }
        if !cases.next(&mut walk) {
            return Some(part);
        }
    }
}

fn join(program: &Program, pairs: &Pairs, parts: Vec<Part>) -> Sample {
    let mut sample = Sample {
        drawn: Drawn::Exact,
        weights: None,
        cells: Vec::new(),
        outputs: vec![Vec::new(); program.outputs.len()],
        inputs: vec![Vec::new(); program.sites()],
        replicates: Vec::new(),
        sampling: Sampling::Plain,
        faults: Vec::new(),
        groups: pairs.groups.clone(),
    };
    let mut weights = Vec::new();
    let mut faults = BTreeMap::new();
    for (cell, part) in parts.into_iter().enumerate() {
        // The cast: cells are counted in u32.
        sample
            .cells
            .extend(std::iter::repeat_n(cell as u32, part.weights.len()));
        weights.extend(part.weights);
        for (all, one) in sample.outputs.iter_mut().zip(part.outputs) {
            all.extend(one);
        }
        for (all, one) in sample.inputs.iter_mut().zip(part.inputs) {
            all.extend(one);
        }
        for (fault, share) in part.faults {
            *faults.entry(fault).or_default() += share;
        }
    }
    sample.replicates.push(0..weights.len());
    sample.weights = Some(weights);
    sample.faults = told(faults);
    sample
}

/// Faults in order.
pub(super) fn told(faults: BTreeMap<(u32, Node, Failure), f64>) -> Vec<Fault> {
    let fault = |((output, at, failure), share)| Fault {
        output,
        at,
        failure,
        share,
    };
    faults.into_iter().map(fault).collect()
}
