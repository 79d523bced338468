//! What the options would have brought, once verdicts are in (model.md 6 and 8).

use super::Outcome;
use super::find::{Finding, in_all_or_none};
use crate::ground::known;
use crate::numbers::amount::amount;
use sinario_engine::belief::pairs::Pairs;
use sinario_engine::choice::Table;
use sinario_engine::sample::{Drawn, Sample};

/// Draws of what would have been.
const DRAWS: u64 = 1 << 14;

/// The options given the verdicts on what they look at, from P(the verdicts | situation); `None` where the reading had
/// ruled them out.
pub(super) fn outcome(finding: &Finding<'_>, chance: &[f64]) -> Option<Outcome> {
    let situations = &finding.situations;
    let drivers = situations.named.iter().copied().collect();
    let known = known(finding.case, &drivers);
    let sample = given(finding, chance)?;
    let options = finding.ground.formulas.option_outputs();
    let pairs = Pairs {
        groups: sample.groups.clone(),
        ..situations.pairs.clone()
    };
    let table = Table::new(&sample, &pairs, options, &finding.switching)?;
    let best = table.best();
    let everywhere = vec![true; chance.len()];
    let brought = (0..table.options())
        .map(|o| amount(&sample, finding.output(o), finding.endless(o), &everywhere))
        .collect();
    let valued = &finding.ground.formulas.valued;
    let chosen = finding
        .case
        .chosen
        .and_then(|c| valued.iter().position(|&v| v == c));
    Some(Outcome {
        unknown: situations
            .named
            .iter()
            .copied()
            .filter(|d| known.iter().all(|k| k.driver != *d))
            .collect(),
        known,
        brought,
        chosen: chosen.map(|c| (c, table.difference(best, c))),
        best,
    })
}

/// Rows given the verdicts: those of the sample with other weights where everything is summed, else drawn anew, since
/// the sample may have seen few of them.
fn given(finding: &Finding<'_>, chance: &[f64]) -> Option<Sample> {
    let situations = &finding.situations;
    if situations.sample.drawn != Drawn::Exact {
        let weight = |s: usize| (s, chance[s] * situations.pairs.cells[s].probability);
        let only: Vec<(usize, f64)> = (0..chance.len())
            .map(weight)
            .filter(|(_, weight)| *weight > 0.0)
            .collect();
        if only.is_empty() {
            return None;
        }
        let formulas = &finding.ground.formulas;
        let outputs = formulas.option_outputs().start..formulas.outputs.len();
        let ground = finding.ground;
        let mut sample = ground.within(situations, &only, outputs, DRAWS, finding.progress);
        in_all_or_none(&mut sample, formulas);
        let lifted = |group: &Vec<f64>| group.iter().zip(chance).map(|(p, c)| p * c).collect();
        sample.groups = situations.pairs.groups.iter().map(lifted).collect();
        return Some(sample);
    }
    let mut sample = situations.sample.clone();
    let weights = (0..sample.cells.len())
        .map(|row| sample.weight(row) * chance[sample.cells[row] as usize])
        .collect::<Vec<f64>>();
    let whole: f64 = weights.iter().sum();
    if whole <= 0.0 {
        return None;
    }
    let kept: Vec<usize> = (0..weights.len()).filter(|&r| weights[r] > 0.0).collect();
    let pick = |column: &Vec<f64>| kept.iter().map(|&r| column[r]).collect::<Vec<f64>>();
    sample.outputs = sample.outputs.iter().map(pick).collect();
    sample.inputs = sample.inputs.iter().map(pick).collect();
    sample.cells = kept.iter().map(|&r| sample.cells[r]).collect();
    sample.weights = Some(kept.iter().map(|&r| weights[r] / whole).collect());
    let lifted = |group: &Vec<f64>| group.iter().zip(chance).map(|(p, c)| p * c).collect();
    sample.groups = situations.pairs.groups.iter().map(lifted).collect();
    Some(sample)
}
