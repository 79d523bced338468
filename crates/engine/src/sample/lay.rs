//! How blocks of draws belong together.

use crate::draw::{Sampling, Uniforms};
use std::collections::BTreeMap;

/// Replicates at least: fewer would tell little of an error.
const FEWEST: usize = 16;

/// How blocks belong together.
#[derive(Clone, Debug)]
pub(super) struct Lay {
    uniforms: Uniforms,
    /// Whether every row is independent of every other.
    free: bool,
}

impl Lay {
    pub(super) fn new(uniforms: Uniforms, correlated: bool) -> Lay {
        Lay {
            free: uniforms.sampling() == Sampling::Plain && !correlated,
            uniforms,
        }
    }

    /// A sample has a multiple of so many blocks, so that there are replicates enough, each as long as every other.
    pub(super) fn unit(&self) -> usize {
        // The cast: a small number.
        let together = self.uniforms.together() as usize;
        if self.free {
            together
        } else {
            together.max(FEWEST)
        }
    }

    /// For each replicate, the numbers of its blocks in order; one where rows are independent.
    pub(super) fn order(&self, blocks: usize) -> Vec<Vec<usize>> {
        if self.free {
            return vec![(0..blocks).collect()];
        }
        let mut order: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for block in 0..blocks {
            let replicate = self.uniforms.replicate(block as u64);
            order.entry(replicate).or_default().push(block);
        }
        order.into_values().collect()
    }
}
