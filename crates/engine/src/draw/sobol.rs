//! Sobol's sequence (1967) in 64 bits with the nested uniform scrambling of Owen (1995), several independent replicates.
//!
//! Bit k of a scrambled number is bit k of Sobol's, turned over or not by a coin that belongs to the k bits before it. A
//! hash of these bits throws the coins, so that nothing is kept and any point can be made by itself. One hash of 64 bits
//! has the 63 coins of six levels. Thirty levels have coins of their own, which tells apart the first 2³⁰ points of a
//! replicate: below that each is alone, and its lower bits are one random number.

use super::directions::DIRECTIONS;
use super::stream::{Stream, middle};
use super::{BLOCK, BLOCK_BITS, REPLICATES};
use rand_chacha::rand_core::Rng;

/// One dimension of the sequence.
#[derive(Clone, Debug)]
pub(super) struct Sobol {
    directions: Box<[u64; DIRECTIONS]>,
    /// For each replicate, what its coins hang on.
    keys: Vec<Key>,
}

#[derive(Clone, Copy, Debug)]
struct Key {
    start: u64,
    /// Odd.
    stride: u64,
}

/// Levels whose coins come from one hash.
const LEVELS: u32 = 6;
/// Levels with coins of their own.
const DEEPEST: u32 = 30;

impl Key {
    /// The coins of a node: a number in a sequence of its own, mixed (Steele, Lea and Flood 2014, SplitMix; the
    /// constants are Stafford's 13th).
    #[inline(always)]
    fn coins(self, node: u64) -> u64 {
        let z = self.start.wrapping_add(self.stride.wrapping_mul(node));
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The coins for the six levels below the first `depth` bits of x.
    #[inline(always)]
    fn below(self, x: u64, depth: u32) -> u64 {
        // A 1 before the bits, so that no two nodes have one number. Shifted twice: 64 at once is too much.
        self.coins((x >> 1 >> (63 - depth)) | 1 << depth)
    }

    /// A whole number scrambled; `first` and `second` have the coins of the first twelve levels.
    #[inline(always)]
    fn scrambled(self, x: u64, first: u64, second: &[u64; 64]) -> u64 {
        // The cast: six bits.
        let mut turned = turned(x, 0, first) | turned(x, LEVELS, second[(x >> 58) as usize]);
        let mut depth = 2 * LEVELS;
        while depth < DEEPEST {
            turned |= self::turned(x, depth, self.below(x, depth));
            depth += LEVELS;
        }
        x ^ turned ^ (self.below(x, DEEPEST) >> DEEPEST)
    }
}

/// Which of the six bits below the first `depth` are turned over, at their places.
#[inline(always)]
fn turned(x: u64, depth: u32, coins: u64) -> u64 {
    let six = (x >> (64 - LEVELS - depth)) & 63;
    let mut turned = 0;
    for level in 0..LEVELS {
        let node = 1 << level | six >> (LEVELS - level);
        turned = turned << 1 | (coins >> node & 1);
    }
    turned << (64 - LEVELS - depth)
}

impl Sobol {
    pub(super) fn new(seed: u64, dimension: u64, directions: [u64; DIRECTIONS]) -> Sobol {
        let mut dice = Stream::new(seed, dimension | 1 << 62).at(0);
        let mut key = || Key {
            start: dice.next_u64(),
            stride: dice.next_u64() | 1,
        };
        Sobol {
            directions: Box::new(directions),
            keys: (0..REPLICATES).map(|_| key()).collect(),
        }
    }

    /// Blocks are dealt to replicates in turn.
    pub(super) fn fill(&self, block: u64, column: &mut [f64]) {
        // The cast: below the number of replicates.
        let key = self.keys[(block % REPLICATES) as usize];
        let first = key.below(0, 0);
        let second = std::array::from_fn(|six| key.below((six as u64) << 58, LEVELS));
        let mut points = [0_u64; BLOCK];
        let (low, high) = self.directions.split_at(BLOCK_BITS as usize);
        let place = block / REPLICATES;
        for (bit, direction) in high.iter().enumerate() {
            if place >> bit & 1 == 1 {
                points[0] ^= direction;
            }
        }
        for row in 1..BLOCK {
            let last = row & (row - 1);
            points[row] = points[last] ^ low[row.trailing_zeros() as usize];
        }
        for (u, &x) in column.iter_mut().zip(&points) {
            *u = middle(key.scrambled(x, first, &second));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The coins one by one, level by level.
    fn plainly(key: Key, x: u64) -> u64 {
        let mut out = 0;
        for level in 0..DEEPEST {
            let begin = level / LEVELS * LEVELS;
            let coins = key.below(x, begin);
            let mut node = 1;
            for passed in begin..level {
                node = 2 * node + (x >> (63 - passed) & 1);
            }
            out = out << 1 | ((x >> (63 - level) & 1) ^ (coins >> node & 1));
        }
        let rest = (x ^ (key.below(x, DEEPEST) >> DEEPEST)) & (u64::MAX >> DEEPEST);
        out << (64 - DEEPEST) | rest
    }

    #[test]
    fn coins_belong_to_the_bits_before() {
        let key = Key {
            start: 0x0123_4567_89ab_cdef,
            stride: 0x9e37_79b9_7f4a_7c15,
        };
        let first = key.below(0, 0);
        let second = std::array::from_fn(|six| key.below((six as u64) << 58, LEVELS));
        let mut x = 1_u64;
        for _ in 0..10_000 {
            x = x.wrapping_mul(0xd129_0cc5_4d6f_1d3b).wrapping_add(99);
            let scrambled = key.scrambled(x, first, &second);
            assert_eq!(scrambled, plainly(key, x));
            // Numbers that share their first bits share them afterwards, and no more.
            for shared in 0..DEEPEST {
                let other = key.scrambled(x ^ (1 << (63 - shared)), first, &second);
                assert_eq!((scrambled ^ other).leading_zeros(), shared);
            }
        }
    }
}
