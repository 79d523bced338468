//! Rows drawn until the means that are watched are known well enough.

use super::exact::told;
use super::lay::Lay;
use super::stop::{Moments, precision};
use super::{Drawn, Plan, Sample};
use crate::State;
use crate::belief::pairs::Pairs;
use crate::draw::{BLOCK, NotPositive, Uniforms};
use crate::formula::{Block, Columns, Node, Rows, STRIP};
use crate::progress::{Progress, Work};
use crate::sample::Failure;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that the rows of a sample take at most; no more are drawn.
pub(super) const BYTES: u64 = 512 << 20;

/// Everything that the drawing of a block needs.
struct Drawing<'p> {
    plan: &'p Plan,
    block: Block<'p>,
    uniforms: Uniforms,
    lay: Lay,
    /// Sums of the cells' probabilities up to each; empty where there is one cell only.
    cumulated: Vec<f64>,
}

/// Room to draw a block in.
struct Desk {
    uniforms: Vec<Vec<f64>>,
    columns: Columns,
}

/// Where the rows of a block go.
struct Place<'a> {
    cells: &'a mut [u32],
    outputs: Vec<&'a mut [f64]>,
}

/// What a block tells.
#[derive(Default)]
struct Told {
    /// By watched output.
    moments: Vec<Moments>,
    faults: BTreeMap<(u32, Node, Failure), u64>,
}

pub(super) fn drawn(
    plan: &Plan,
    pairs: &Pairs,
    progress: &dyn Progress,
) -> Result<Sample, NotPositive> {
    let states: Vec<Vec<State>> = pairs.cells.iter().map(|c| c.states.clone()).collect();
    let drawing = Drawing::new(plan, pairs, &states)?;
    let (least, most) = limits(plan, drawing.lay.unit());
    let mut cells = Vec::new();
    let mut outputs = vec![Vec::new(); plan.program.outputs.len()];
    let mut told: Vec<Told> = Vec::new();
    let mut blocks = least;
    let (reached, precision) = loop {
        drawing.extend(blocks, &mut cells, &mut outputs, &mut told, progress);
        let moments: Vec<&[Moments]> = told.iter().map(|t| &t.moments[..]).collect();
        let found = precision(&moments, &drawing.lay.order(blocks));
        let reached = found <= plan.precision;
        if reached || blocks >= most {
            break (reached, found);
        }
        blocks = (2 * blocks).min(most);
    };
    let order = drawing.lay.order(blocks);
    let numbers: Vec<usize> = order.iter().flatten().copied().collect();
    arrange(&mut cells, &numbers);
    outputs.iter_mut().for_each(|o| arrange(o, &numbers));
    let mut faults = BTreeMap::new();
    for (fault, count) in told.into_iter().flat_map(|t| t.faults) {
        *faults.entry(fault).or_insert(0) += count;
    }
    let rows = cells.len() as f64;
    let share = |(fault, count): ((u32, Node, Failure), u64)| (fault, count as f64 / rows);
    Ok(Sample {
        drawn: Drawn::Sampled { reached, precision },
        weights: None,
        cells,
        outputs,
        inputs: drawing.inputs(&numbers),
        replicates: ranges(&order),
        sampling: plan.sampling,
        faults: self::told(faults.into_iter().map(share).collect()),
        groups: pairs.groups.clone(),
    })
}

/// Blocks at least and at most, multiples of `unit`.
fn limits(plan: &Plan, unit: usize) -> (usize, usize) {
    let row = 8 * plan.program.outputs.len() as u64 + 4;
    let (size, unit) = (BLOCK as u64, unit as u64);
    let room = BYTES / row / size / unit * unit;
    let least = plan.least.div_ceil(size).next_multiple_of(unit).max(unit);
    let most = (plan.most / size / unit * unit).min(room).max(unit);
    // The casts: no more than there is room for.
    (least.min(most) as usize, most as usize)
}

impl<'p> Drawing<'p> {
    fn new(
        plan: &'p Plan,
        pairs: &Pairs,
        states: &[Vec<State>],
    ) -> Result<Drawing<'p>, NotPositive> {
        let block = Block::new(&plan.program, &pairs.named, states);
        let mut cumulated = Vec::new();
        if pairs.cells.len() > 1 {
            let mut sum = 0.0;
            cumulated.extend(pairs.cells.iter().map(|cell| {
                sum += cell.probability;
                sum
            }));
        }
        let first = usize::from(!cumulated.is_empty());
        let place = |site: crate::formula::Site| {
            let place = block.places().get(site.0 as usize).copied().flatten();
            place.map(|(place, _)| first + place)
        };
        let correlations: Vec<(usize, usize, f64)> = plan
            .correlations
            .iter()
            .filter_map(|&(a, b, wanted)| Some((place(a)?, place(b)?, wanted)))
            .collect();
        let dimensions = first + block.dimensions();
        let uniforms = Uniforms::new(plan.sampling, dimensions, plan.seed, &correlations)?;
        Ok(Drawing {
            plan,
            block,
            lay: Lay::new(uniforms.clone(), !correlations.is_empty()),
            uniforms,
            cumulated,
        })
    }

    fn desk(&self) -> Desk {
        let dimensions = usize::from(!self.cumulated.is_empty()) + self.block.dimensions();
        Desk {
            uniforms: vec![vec![0.0; BLOCK]; dimensions],
            columns: self.block.columns(),
        }
    }

    /// Draws blocks until there are so many.
    fn extend(
        &self,
        blocks: usize,
        cells: &mut Vec<u32>,
        outputs: &mut [Vec<f64>],
        told: &mut Vec<Told>,
        progress: &dyn Progress,
    ) {
        let (from, rows) = (told.len(), blocks * BLOCK);
        lengthen(cells, rows);
        outputs.iter_mut().for_each(|o| lengthen(o, rows));
        let mut columns: Vec<_> = outputs
            .iter_mut()
            .map(|o| o[from * BLOCK..].chunks_exact_mut(BLOCK))
            .collect();
        let places: Vec<Place<'_>> = cells[from * BLOCK..]
            .chunks_exact_mut(BLOCK)
            .map(|cells| Place {
                cells,
                outputs: columns.iter_mut().filter_map(Iterator::next).collect(),
            })
            .collect();
        let (done, total) = (AtomicU64::new((from * BLOCK) as u64), rows as u64);
        let one = |desk: &mut Desk, (at, place): (usize, Place<'_>)| {
            let told = self.fill(from + at, place, desk);
            let done = done.fetch_add(BLOCK as u64, Ordering::Relaxed) + BLOCK as u64;
            progress.at(Work::Draws, done, total);
            told
        };
        let places = places.into_par_iter().enumerate();
        let new: Vec<Told> = places.map_init(|| self.desk(), one).collect();
        told.extend(new);
    }

    /// Draws one block.
    fn fill(&self, number: usize, mut place: Place<'_>, desk: &mut Desk) -> Told {
        let mut faults = BTreeMap::new();
        self.strips(number, place.cells, desk, |range, cells, columns| {
            for (output, out) in place.outputs.iter_mut().enumerate() {
                let out = &mut out[range.clone()];
                self.block.output(output, cells, columns, out);
                for row in (0..out.len()).filter(|&row| out[row].is_nan()) {
                    if let Some(failed) = self.block.failed(output, row, cells, columns) {
                        // The cast: outputs are counted in u32.
                        let fault = (output as u32, failed.at, failed.failure);
                        *faults.entry(fault).or_insert(0) += 1;
                    }
                }
            }
        });
        let moments = |&output: &u32| Moments::of(place.outputs[output as usize]);
        Told {
            moments: self.plan.watched.iter().map(moments).collect(),
            faults,
        }
    }

    /// Picks the cells of a block and works its rows out, a strip at a time.
    fn strips(
        &self,
        number: usize,
        cells: &mut [u32],
        desk: &mut Desk,
        mut each: impl FnMut(Range<usize>, &[u32], &Columns),
    ) {
        self.uniforms.block(number as u64, &mut desk.uniforms);
        let first = usize::from(!self.cumulated.is_empty());
        if first > 0 {
            self.pick(&desk.uniforms[0], cells);
        }
        for from in (0..cells.len()).step_by(STRIP) {
            let range = from..(from + STRIP).min(cells.len());
            let cells = &cells[range.clone()];
            let uniforms = desk.uniforms[first..].iter();
            let uniforms: Vec<&[f64]> = uniforms.map(|u| &u[range.clone()]).collect();
            let uniforms = &uniforms;
            self.block
                .evaluate(&Rows { cells, uniforms }, &mut desk.columns);
            each(range, cells, &desk.columns);
        }
    }

    fn pick(&self, uniforms: &[f64], cells: &mut [u32]) {
        let last = self.cumulated.len() - 1;
        let total = self.cumulated[last];
        for (cell, u) in cells.iter_mut().zip(uniforms) {
            let below = self.cumulated.partition_point(|sum| *sum <= u * total);
            // The cast: cells are counted in u32.
            *cell = below.min(last) as u32;
        }
    }

    /// What the first rows that are kept looked at, drawn once more.
    fn inputs(&self, numbers: &[usize]) -> Vec<Vec<f64>> {
        let kept = self.plan.kept.min(numbers.len() * BLOCK);
        let blocks = &numbers[..kept.div_ceil(BLOCK)];
        let sites = self.plan.program.sites();
        let one = |desk: &mut Desk, number: &usize| {
            let mut inputs = vec![vec![f64::NAN; BLOCK]; sites];
            let mut cells = vec![0; BLOCK];
            self.strips(*number, &mut cells, desk, |range, cells, columns| {
                self.block.looked_at(cells, columns, |site, row, value| {
                    inputs[site.0 as usize][range.start + row] = value;
                });
            });
            inputs
        };
        let parts: Vec<Vec<Vec<f64>>> = blocks.par_iter().map_init(|| self.desk(), one).collect();
        let site = |site: usize| {
            let mut values: Vec<f64> = parts.iter().flat_map(|p| p[site].iter().copied()).collect();
            values.truncate(kept);
            values
        };
        (0..sites).map(site).collect()
    }
}

fn lengthen<T: Clone + Default>(column: &mut Vec<T>, rows: usize) {
    column.reserve_exact(rows - column.len());
    column.resize(rows, T::default());
}

/// Puts blocks into another order.
fn arrange<T: Copy>(column: &mut Vec<T>, numbers: &[usize]) {
    if numbers.iter().enumerate().any(|(at, number)| at != *number) {
        let block = |&number: &usize| &column[number * BLOCK..(number + 1) * BLOCK];
        let arranged = numbers.iter().flat_map(block).copied().collect();
        *column = arranged;
    }
}

/// Rows of each replicate.
fn ranges(order: &[Vec<usize>]) -> Vec<Range<usize>> {
    let mut from = 0;
    let range = |blocks: &Vec<usize>| {
        let range = from..from + blocks.len() * BLOCK;
        from = range.end;
        range
    };
    order.iter().map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::Program;

    #[test]
    fn blocks_are_whole_rounds_and_no_more_than_there_is_room_for() {
        let plan = |outputs, least, most| Plan {
            program: Program {
                steps: Vec::new(),
                outputs: vec![Node(0); outputs],
            },
            sampling: Default::default(),
            correlations: Vec::new(),
            seed: 0,
            watched: Vec::new(),
            precision: 0.0,
            least,
            most,
            kept: 0,
        };
        assert_eq!(limits(&plan(1, 1, 1 << 20), 1), (1, 256));
        assert_eq!(limits(&plan(1, 4097, 1 << 20), 1), (2, 256));
        assert_eq!(limits(&plan(1, 4097, 1 << 20), 16), (16, 256));
        assert_eq!(limits(&plan(1, 1 << 14, 100_000), 16), (16, 16));
        assert_eq!(limits(&plan(1, 0, 0), 1), (1, 1));
        assert_eq!(limits(&plan(1, u64::MAX, 1 << 20), 16), (256, 256));
        // 100 outputs: 804 bytes a row, 667,734 rows, 163 blocks.
        assert_eq!(limits(&plan(100, 1, 1 << 20), 1), (1, 163));
        assert_eq!(limits(&plan(100, 1, 1 << 20), 16), (16, 160));
    }
}
