//! Where paths end: four bytes and one bit for a future.

use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A slot with this bit holds where its path ends, not where its next step leads.
const ENDED: u32 = 1 << 31;
/// Futures that one thread follows at a time.
const CHUNK: usize = 1 << 14;
/// Ends whose counts a thread keeps to itself for a while.
const NEAR: usize = 256;
/// Most futures that can be numbered beside the bit.
pub(super) const MOST: usize = 1 << 31;

/// The ends of all paths.
pub(super) struct Ends {
    /// At the least future of each attractor: how many futures end there.
    slots: Vec<AtomicU32>,
    /// Which futures those are, one bit each.
    roots: Vec<u64>,
}

impl Ends {
    /// Follows every path of `next`, a table of at most [`MOST`] successors.
    pub fn new(next: Vec<u32>, tell: &(dyn Fn(u64) + Sync)) -> Ends {
        let slots: Vec<AtomicU32> = next.into_iter().map(AtomicU32::new).collect();
        // Threads may follow the same path, but they write the same end into every slot of it.
        slots.par_chunks(CHUNK).enumerate().for_each(|(c, chunk)| {
            for start in c * CHUNK..c * CHUNK + chunk.len() {
                follow(&slots, start);
            }
            tell(chunk.len() as u64);
        });
        let roots: Vec<u64> = slots
            .par_chunks(64)
            .enumerate()
            .map(|(c, chunk)| {
                let mut word = 0;
                for (i, slot) in chunk.iter().enumerate() {
                    // The cast: futures are numbered in 31 bits.
                    word |= u64::from(slot.load(Relaxed) == ENDED | (c * 64 + i) as u32) << i;
                }
                word
            })
            .collect();
        // From here on the slot of a root counts; the bits alone tell which they are.
        let is_root = |at: usize| roots[at / 64] >> (at % 64) & 1 == 1;
        slots.par_chunks(CHUNK).enumerate().for_each(|(c, chunk)| {
            for (i, slot) in chunk.iter().enumerate() {
                if is_root(c * CHUNK + i) {
                    slot.store(0, Relaxed);
                }
            }
        });
        slots.par_chunks(CHUNK).enumerate().for_each(|(c, chunk)| {
            let mut near = [(0_u32, 0_u32); NEAR];
            for (i, slot) in chunk.iter().enumerate() {
                let at = c * CHUNK + i;
                // The cast: futures are numbered in 31 bits.
                let root = if is_root(at) {
                    at as u32
                } else {
                    slot.load(Relaxed) & !ENDED
                };
                let kept = &mut near[root as usize % NEAR];
                if kept.0 != root {
                    slots[kept.0 as usize].fetch_add(kept.1, Relaxed);
                    *kept = (root, 0);
                }
                kept.1 += 1;
            }
            for (root, count) in near.into_iter().filter(|(_, count)| *count > 0) {
                slots[root as usize].fetch_add(count, Relaxed);
            }
        });
        Ends { slots, roots }
    }

    /// Every attractor's least future and the number of futures that end there, in order of the former.
    pub fn all(&self) -> impl Iterator<Item = (usize, u32)> {
        self.roots.iter().enumerate().flat_map(move |(w, &word)| {
            std::iter::successors(Some(word), |b| Some(b & b.wrapping_sub(1)))
                .take_while(|&b| b != 0)
                .map(move |b| w * 64 + b.trailing_zeros() as usize)
                .map(|at| (at, self.slots[at].load(Relaxed)))
        })
    }
}

/// Writes the end of the path from `start` into every slot on it.
fn follow(slots: &[AtomicU32], start: usize) {
    let read = |at: usize| slots[at].load(Relaxed);
    let mut then = read(start);
    if then & ENDED != 0 {
        return;
    }
    // A cycle that nobody has closed yet is found by looking for a mark that is set again after 1, 2, 4, … steps
    // (Brent 1980).
    let (mut mark, mut power, mut length) = (start, 1_u64, 0);
    let end = loop {
        let at = then as usize;
        then = read(at);
        if then & ENDED != 0 {
            break then;
        }
        if at == mark {
            break ENDED | least(slots, at);
        }
        length += 1;
        if length == power {
            (mark, power, length) = (at, power * 2, 0);
        }
    };
    let mut at = start;
    loop {
        let then = read(at);
        if then & ENDED != 0 {
            return;
        }
        slots[at].store(end, Relaxed);
        at = then as usize;
    }
}

/// The least future of the cycle through `at`; another thread may be writing just that into it.
fn least(slots: &[AtomicU32], at: usize) -> u32 {
    // The cast: futures are numbered in 31 bits.
    let (mut least, mut then) = (at as u32, slots[at].load(Relaxed));
    while then & ENDED == 0 && then as usize != at {
        least = least.min(then);
        then = slots[then as usize].load(Relaxed);
    }
    if then & ENDED == 0 {
        least
    } else {
        then & !ENDED
    }
}
