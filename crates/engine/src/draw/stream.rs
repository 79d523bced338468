//! Independent numbers: a stream of the generator for each dimension, a position in it for each draw.

use super::BLOCK;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The stream of a dimension.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream {
    seed: u64,
    stream: u64,
}

/// A number in (0, 1) from 52 of 64 bits, in the middle of its 2⁵² part: 0 and 1 never come, and nothing is rounded.
#[inline(always)]
pub(super) fn middle(bits: u64) -> f64 {
    // A number in [1, 2) with these bits behind the point, less 1 − 2⁻⁵³.
    f64::from_bits((bits >> 12) | 0x3ff0_0000_0000_0000) - (1.0 - f64::EPSILON / 2.0)
}

impl Stream {
    pub(super) fn new(seed: u64, stream: u64) -> Stream {
        Stream { seed, stream }
    }

    /// The generator at some word.
    pub(super) fn at(&self, word: u128) -> ChaCha8Rng {
        let mut dice = ChaCha8Rng::seed_from_u64(self.seed);
        dice.set_stream(self.stream);
        dice.set_word_pos(word);
        dice
    }

    /// The numbers of a block: draw n of all takes the words 2n and 2n + 1.
    pub(super) fn fill(&self, block: u64, column: &mut [f64]) {
        let mut dice = self.at(u128::from(block) * (2 * BLOCK as u128));
        let mut bytes = [0_u8; 4096];
        for part in column.chunks_mut(512) {
            let bytes = &mut bytes[..8 * part.len()];
            dice.fill_bytes(bytes);
            let (words, _) = bytes.as_chunks::<8>();
            for (u, word) in part.iter_mut().zip(words) {
                *u = middle(u64::from_le_bytes(*word));
            }
        }
    }
}
