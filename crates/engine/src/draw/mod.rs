//! Uniform numbers for every site of a program: plain, Latin hypercube or scrambled Sobol, correlated by rank.
//!
//! A number depends on the seed, its dimension, its block and its row alone: any block may be made at any time, by any
//! thread, and a sample grows block by block without a change of what was drawn before.

mod directions;
mod latin;
mod ranks;
mod sobol;
mod stream;

use latin::Latin;
use ranks::Ranks;
use sobol::Sobol;
use stream::Stream;

/// Rows of a block.
pub const BLOCK: usize = 1 << BLOCK_BITS;
const BLOCK_BITS: u32 = 12;

/// Independent replicates of a Sobol sample, taken in turn by its blocks.
pub const REPLICATES: u64 = 16;

/// How the uniform numbers are laid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sampling {
    /// Independent draws.
    #[default]
    Plain,
    /// Latin hypercube within each block (McKay, Beckman and Conover 1979).
    Latin,
    /// Sobol's sequence with Owen's scrambling, several independent replicates of it (Owen 1997).
    Sobol,
}

/// No normal variables have these rank correlations: the matrix of 2 sin(πs/6) is not positive semidefinite, or a
/// correlation s is not between −1 and 1, of a dimension with itself, told twice, or of a dimension that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPositive;

/// Where uniform numbers come from.
///
/// ```
/// use sinario_engine::draw::{BLOCK, Sampling, Uniforms};
/// let uniforms = Uniforms::new(Sampling::Plain, 2, 7, &[]).unwrap();
/// let mut columns = vec![Vec::new(); 2];
/// uniforms.block(3, &mut columns);
/// assert!(columns.iter().all(|c| c.len() == BLOCK && c.iter().all(|&u| 0.0 < u && u < 1.0)));
/// ```
#[derive(Clone, Debug)]
pub struct Uniforms {
    sampling: Sampling,
    dimensions: Vec<Dimension>,
    ranks: Option<Ranks>,
}

#[derive(Clone, Debug)]
enum Dimension {
    Plain(Stream),
    Latin(Latin),
    Sobol(Sobol),
}

impl Uniforms {
    /// So many dimensions, independent but for the rank correlations (Spearman's) wanted between pairs of them.
    ///
    /// The first dimensions of a Sobol sample are the most even. Beyond the 1,111th they are Latin hypercubes in each
    /// block (Latin supercube sampling, Owen 1998).
    ///
    /// # Errors
    /// Where no normal variables have such rank correlations.
    pub fn new(
        sampling: Sampling,
        dimensions: usize,
        seed: u64,
        correlations: &[(usize, usize, f64)],
    ) -> Result<Uniforms, NotPositive> {
        let ranks = Ranks::new(dimensions, correlations)?;
        let all = 0..dimensions as u64;
        let dimensions = match sampling {
            Sampling::Plain => all
                .map(|d| Dimension::Plain(Stream::new(seed, d)))
                .collect(),
            Sampling::Latin => all.map(|d| Dimension::Latin(Latin::new(seed, d))).collect(),
            Sampling::Sobol => {
                let mut directions = directions::directions(dimensions).into_iter();
                all.map(|d| match directions.next() {
                    Some(numbers) => Dimension::Sobol(Sobol::new(seed, d, numbers)),
                    None => Dimension::Latin(Latin::new(seed, d)),
                })
                .collect()
            }
        };
        Ok(Uniforms {
            sampling,
            dimensions,
            ranks,
        })
    }

    /// How they are laid.
    pub fn sampling(&self) -> Sampling {
        self.sampling
    }

    /// Fills `columns[d][row]`, a column for each dimension, with numbers in (0, 1); every column gets [`BLOCK`] rows.
    pub fn block(&self, block: u64, columns: &mut [Vec<f64>]) {
        for (dimension, column) in self.dimensions.iter().zip(columns.iter_mut()) {
            column.resize(BLOCK, 0.0);
            match dimension {
                Dimension::Plain(stream) => stream.fill(block, column),
                Dimension::Latin(latin) => latin.fill(block, column),
                Dimension::Sobol(sobol) => sobol.fill(block, column),
            }
        }
        if let Some(ranks) = &self.ranks {
            ranks.correlate(columns);
        }
    }

    /// The independent replicate that a block belongs to: standard errors come from the spread between replicates.
    /// Of Sobol samples there are [`REPLICATES`], else every block is one. Rows of a plain sample without correlations are
    /// independent themselves.
    pub fn replicate(&self, block: u64) -> u64 {
        match self.sampling {
            Sampling::Sobol => block % REPLICATES,
            Sampling::Plain | Sampling::Latin => block,
        }
    }

    /// How many blocks at a time leave all replicates of one size.
    pub fn together(&self) -> u64 {
        match self.sampling {
            Sampling::Sobol => REPLICATES,
            Sampling::Plain | Sampling::Latin => 1,
        }
    }
}
