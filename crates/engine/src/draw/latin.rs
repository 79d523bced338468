//! Latin hypercubes: in every block each dimension has one number in each of as many equal parts as there are rows
//! (McKay, Beckman and Conover 1979).

use super::stream::{Stream, middle};
use super::{BLOCK, BLOCK_BITS};
use rand_chacha::rand_core::Rng;

/// One dimension of every block's hypercube.
#[derive(Clone, Debug)]
pub(super) struct Latin {
    /// Where in its part a number lies.
    within: Stream,
    /// Which part a row has.
    parts: Stream,
}

impl Latin {
    pub(super) fn new(seed: u64, dimension: u64) -> Latin {
        Latin {
            within: Stream::new(seed, dimension),
            parts: Stream::new(seed, dimension | 1 << 63),
        }
    }

    pub(super) fn fill(&self, block: u64, column: &mut [f64]) {
        // The cast: rows are counted in 12 bits.
        let mut parts: [u16; BLOCK] = std::array::from_fn(|row| row as u16);
        // A block takes one word a row and, once in a million, one more; it has four.
        let mut dice = self.parts.at(u128::from(block) * (4 * BLOCK as u128));
        for left in (1..BLOCK).rev() {
            // The cast: a number up to `left`.
            let other = upto(left as u32 + 1, || dice.next_u32()) as usize;
            parts.swap(left, other);
        }
        let mut dice = self.within.at(u128::from(block) * (2 * BLOCK as u128));
        for (u, &part) in column.iter_mut().zip(&parts) {
            *u = middle(u64::from(part) << (64 - BLOCK_BITS) | dice.next_u64() >> BLOCK_BITS);
        }
    }
}

/// A whole number below n, each as likely (Lemire 2019).
fn upto(n: u32, mut word: impl FnMut() -> u32) -> u32 {
    let uneven = n.wrapping_neg() % n;
    loop {
        let product = u64::from(word()) * u64::from(n);
        // The casts take the product apart.
        if product as u32 >= uneven {
            return (product >> 32) as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_n_each_as_likely() {
        // All words of a generator with 2³² states, in strides: no more than one apart is all that a stride can do.
        for n in [1, 2, 3, 7, 4096] {
            let mut words = (0..u32::MAX).step_by(65_521);
            let mut seen = vec![0_u32; n as usize];
            while words.len() > 1 {
                seen[upto(n, || words.next().unwrap()) as usize] += 1;
            }
            let (least, most) = (seen.iter().min().unwrap(), seen.iter().max().unwrap());
            assert!(most - least <= 2, "{n}: {least} {most}");
        }
        let mut words = [0, 1 << 31].into_iter();
        // 2³² leaves 1 over 3: the first word is passed over.
        assert_eq!(upto(3, || words.next().unwrap()), 1);
    }
}
