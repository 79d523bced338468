//! Python's `random.Random(seed)` as far as the rungs need it, so that they are the same bytes.
//!
//! The generator is MT19937 (Matsumoto and Nishimura 1998, ACM Transactions on Modeling and Computer Simulation 8:3-30)
//! seeded by `init_by_array`; `below` and `sample` follow CPython's `Lib/random.py`.

const N: usize = 624;
const M: usize = 397;

/// The generator's state.
pub(crate) struct Mersenne {
    state: [u32; N],
    next: usize,
}

impl Mersenne {
    /// `random.Random(seed)`.
    pub(crate) fn new(seed: u64) -> Mersenne {
        // CPython keys by the seed's 32-bit words, lowest first, without leading zeros.
        let (low, high) = (seed as u32, (seed >> 32) as u32);
        let key = if high == 0 {
            vec![low]
        } else {
            vec![low, high]
        };
        let mut state = [0; N];
        state[0] = 19_650_218_u32;
        for i in 1..N {
            state[i] = mixed(state[i - 1])
                .wrapping_mul(1_812_433_253)
                .wrapping_add(i as u32);
        }
        let mut i = 1;
        for step in 0..N.max(key.len()) {
            let j = step % key.len();
            state[i] = (state[i] ^ mixed(state[i - 1]).wrapping_mul(1_664_525))
                .wrapping_add(key[j])
                .wrapping_add(j as u32);
            i = turned(&mut state, i);
        }
        for _ in 1..N {
            state[i] =
                (state[i] ^ mixed(state[i - 1]).wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i = turned(&mut state, i);
        }
        state[0] = 0x8000_0000;
        Mersenne { state, next: N }
    }

    /// 32 random bits.
    fn word(&mut self) -> u32 {
        if self.next == N {
            for i in 0..N {
                let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
                let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + M) % N] ^ (y >> 1) ^ odd;
            }
            self.next = 0;
        }
        let mut y = self.state[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// A whole number in `0..n`, for `n` > 0: `getrandbits` until one fits.
    fn below(&mut self, n: u32) -> u32 {
        let unused = n.leading_zeros();
        loop {
            let drawn = self.word() >> unused;
            if drawn < n {
                return drawn;
            }
        }
    }

    /// `randint(low, high)`, both ends within.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        low.wrapping_add_unsigned(self.below(high.abs_diff(low) + 1))
    }

    /// `sample(population, k)`, for `k` at most its length: CPython draws from a shrinking pool
    /// while that is smaller than a set of the chosen, else again until a new one comes.
    pub(crate) fn sample(&mut self, population: &[usize], k: usize) -> Vec<usize> {
        let n = population.len();
        let mut set = 21;
        if k > 5 {
            let mut table = 1;
            while table < 3 * k {
                table *= 4;
            }
            set += table;
        }
        if n <= set {
            let mut pool = population.to_vec();
            return (0..k)
                .map(|i| {
                    let j = self.below((n - i) as u32) as usize;
                    let chosen = pool[j];
                    pool[j] = pool[n - i - 1];
                    chosen
                })
                .collect();
        }
        let mut chosen = Vec::with_capacity(k);
        while chosen.len() < k {
            let j = self.below(n as u32) as usize;
            if !chosen.contains(&j) {
                chosen.push(j);
            }
        }
        chosen.into_iter().map(|j| population[j]).collect()
    }
}

fn mixed(word: u32) -> u32 {
    word ^ (word >> 30)
}

/// The place after `i`; at the end the first word takes the last one's value.
fn turned(state: &mut [u32; N], i: usize) -> usize {
    if i + 1 < N {
        return i + 1;
    }
    state[0] = state[N - 1];
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_pythons() {
        let mut one = Mersenne::new(1);
        let words: Vec<u32> = (0..5).map(|_| one.word()).collect();
        assert_eq!(
            words,
            [
                577_090_037,
                2_444_712_010,
                3_639_700_191,
                3_445_702_192,
                3_280_387_012
            ]
        );
        let mut long = Mersenne::new((1 << 40) + 5);
        let words: Vec<u32> = (0..3).map(|_| long.word()).collect();
        assert_eq!(words, [2_166_296_868, 2_220_160_828, 1_153_647_273]);
    }

    #[test]
    fn ranges_keep_both_ends() {
        let mut random = Mersenne::new(7);
        let drawn: Vec<i32> = (0..1000).map(|_| random.between(-3, 3)).collect();
        assert_eq!(drawn.iter().min(), Some(&-3));
        assert_eq!(drawn.iter().max(), Some(&3));
    }
}
