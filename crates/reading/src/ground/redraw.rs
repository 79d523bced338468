//! Draws in some situations alone, where the whole sample saw too few rows of them or where situations are held
//! against each other.

use super::{Ground, Situations, draw};
use sinario_engine::belief::pairs::Pairs;
use sinario_engine::draw::Sampling;
use sinario_engine::formula::Node;
use sinario_engine::progress::Progress;
use sinario_engine::sample::{Drawn, Plan, Sample};
use std::collections::BTreeMap;

/// Rows of a driver's state, or of a situation, that are too few to say much.
const FEW: usize = 30;
/// Draws in a state or situation of which the sample saw too few.
const AGAIN: u64 = 1 << 12;

impl Ground {
    /// Rows drawn in these situations alone, each as likely as it weighs among them, for some outputs alone.
    ///
    /// Seed and sites are those of the whole, so that row n lies at the same quantiles wherever it is drawn: situations
    /// differ by what they are and not by luck.
    pub fn within(
        &self,
        situations: &Situations,
        only: &[(usize, f64)],
        outputs: std::ops::Range<usize>,
        draws: u64,
        progress: &dyn Progress,
    ) -> Sample {
        let pairs = &self.pairs;
        let whole: f64 = only.iter().map(|(_, weight)| weight).sum();
        let cells = only.iter().map(|&(s, weight)| {
            let mut cell = pairs.cells[situations.one_of[s]].clone();
            cell.probability = weight / whole;
            cell
        });
        let cells = Pairs {
            method: pairs.method,
            named: pairs.named.clone(),
            cells: cells.collect(),
            joint: Vec::new(),
            groups: Vec::new(),
        };
        let mut plan = Plan {
            watched: Vec::new(),
            least: draws,
            most: draws,
            kept: 0,
            sampling: Sampling::Plain,
            ..self.plan.clone()
        };
        let first = outputs.start;
        let wanted: Vec<Node> = plan.program.outputs[outputs].to_vec();
        let all = std::mem::replace(&mut plan.program.outputs, wanted);
        let mut found = draw(&plan, &cells, progress);
        // Outputs keep their places; what was not wanted has no rows.
        let mut by_place = vec![Vec::new(); all.len()];
        for (at, values) in found.outputs.drain(..).enumerate() {
            by_place[first + at] = values;
        }
        found.outputs = by_place;
        for cell in &mut found.cells {
            // The cast: situations are counted in u32.
            *cell = only[*cell as usize].0 as u32;
        }
        found
    }
}

/// Rows of some situations: those of the whole sample, or drawn again where they are too few.
pub(crate) struct Rows<'a> {
    ground: &'a Ground,
    situations: &'a Situations,
    outputs: std::ops::Range<usize>,
    progress: &'a dyn Progress,
    /// Rows of the whole sample by situation.
    seen: Vec<usize>,
    again: BTreeMap<Vec<usize>, Sample>,
}

impl<'a> Rows<'a> {
    pub fn new(
        ground: &'a Ground,
        situations: &'a Situations,
        outputs: std::ops::Range<usize>,
        progress: &'a dyn Progress,
    ) -> Self {
        let mut seen = vec![0; situations.pairs.cells.len()];
        for &cell in &situations.sample.cells {
            seen[cell as usize] += 1;
        }
        Rows {
            ground,
            situations,
            outputs,
            progress,
            seen,
            again: BTreeMap::new(),
        }
    }

    /// A sample with enough rows of these situations, and maybe of others.
    pub fn of(&mut self, only: &[usize]) -> &Sample {
        let seen: usize = only.iter().map(|&s| self.seen[s]).sum();
        if self.situations.sample.drawn == Drawn::Exact || seen >= FEW {
            return &self.situations.sample;
        }
        let draw = || {
            let outputs = self.outputs.clone();
            let probability = |&s: &usize| (s, self.situations.pairs.cells[s].probability);
            let only: Vec<(usize, f64)> = only.iter().map(probability).collect();
            let ground = self.ground;
            let mut again = ground.within(self.situations, &only, outputs, AGAIN, self.progress);
            again.groups = self.situations.pairs.groups.clone();
            again
        };
        self.again.entry(only.to_vec()).or_insert_with(draw)
    }
}
