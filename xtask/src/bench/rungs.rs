//! The generated cases that everything is measured on.

use super::mersenne::Mersenne;

/// A case by numbers: every driver is influenced by `influences` others, drawn at random, and every score is a whole
/// number from -3 to 3.
pub(crate) struct Rung {
    pub name: &'static str,
    pub drivers: usize,
    pub states: usize,
    pub influences: usize,
    pub seed: u64,
    /// Written into the case as it stands here.
    pub strength: Option<&'static str>,
    pub asks: Asks,
}

/// What is asked of a rung, and the answer that is known.
#[derive(Clone, Copy)]
pub(crate) enum Asks {
    /// `futures`: so many are consistent.
    Futures(u32),
    /// `run`: the settled distribution over all futures, exactly.
    Settled,
}

const fn rung(name: &'static str, [drivers, states, influences]: [usize; 3], asks: Asks) -> Rung {
    let strength = match asks {
        Asks::Futures(_) => None,
        Asks::Settled => Some("1.5"),
    };
    Rung {
        name,
        drivers,
        states,
        influences,
        seed: 1,
        strength,
        asks,
    }
}

/// Every rung, lightest question first.
pub(crate) const RUNGS: &[Rung] = &[
    rung("sparse40", [40, 3, 6], Asks::Futures(95)),
    rung("sparse50", [50, 3, 6], Asks::Futures(13)),
    rung("half30", [30, 3, 15], Asks::Futures(11)),
    rung("dense18", [18, 3, 17], Asks::Futures(1)),
    rung("dense43M", [8, 9, 7], Asks::Futures(5)),
    rung("settled14", [14, 3, 13], Asks::Settled),
    rung("settled16", [16, 3, 15], Asks::Settled),
];

impl Rung {
    /// Its numbers: drivers, states, influences, seed, and the strength where it has one.
    pub(crate) fn numbers(&self) -> String {
        let mut text = format!(
            "{} {} {} {}",
            self.drivers, self.states, self.influences, self.seed
        );
        if let Some(strength) = self.strength {
            text += &format!(" {strength}");
        }
        text
    }

    /// The case file.
    pub(crate) fn case(&self) -> String {
        let (n, k) = (self.drivers, self.states);
        let mut random = Mersenne::new(self.seed);
        let mut text = format!(
            "sinario = 1\ntitle = \"{n} drivers, {k} states, {} influences, seed {}\"\nlang = \"en\"\nas_of = 2024-01-01\n",
            self.influences, self.seed
        );
        if let Some(strength) = self.strength {
            text += &format!("strength = {strength}\n");
        }
        for i in 0..n {
            let states = listed(k, |t| format!("s{t} = \"state {t}\""));
            text += &format!("[drivers.d{i}]\nname = \"Driver {i}\"\nstates = {{ {states} }}\n");
        }
        for j in 0..n {
            let others: Vec<usize> = (0..n).filter(|&x| x != j).collect();
            let mut sources = random.sample(&others, self.influences);
            sources.sort_unstable();
            for i in sources {
                for s in 0..k {
                    let scores = listed(k, |t| format!("s{t} = {}", random.between(-3, 3)));
                    text += &format!(
                        "[[impacts]]\nfrom = \"d{i}.s{s}\"\non = \"d{j}\"\nscore = {{ {scores} }}\nbecause = \"generated\"\n"
                    );
                }
            }
        }
        text
    }
}

fn listed(k: usize, entry: impl FnMut(usize) -> String) -> String {
    (0..k).map(entry).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    fn checksum(rung: &Rung) -> String {
        let bytes = Sha256::digest(rung.case().as_bytes());
        bytes.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Checksums of what Python's generator writes for the same numbers.
    #[test]
    fn cases_are_the_same_bytes_as_pythons() {
        let known = [
            "89749f8a0527224b7b8dbea2bb3a7de004bb27c164b5eafbc214c6e91f666fe3",
            "9e00f77051ab9eb674dacc682f4f4a6aa88acee16763e07af474191a8495c39f",
            "edbcf59911801c0984610a27f9d326c308c01a8a58979da8a2f70a0f6978ec9f",
            "27e91a011a8baf3ff239bc33d25b1be7f564068a98d5b0a9539ee501bd4f720f",
            "a0b75482e000be3d46b1f53a2140d7bb10b8261105fca2040c24bd7a62e2aeb2",
            "8b8150c46256783f2af7578988f9104c068aacf1f4d9787b50dd051a9894b129",
            "d6f886a3b60fb5d004619ecb1622c475c4698c11a3a3ace1d4386738171ade9f",
        ];
        assert_eq!(known.len(), RUNGS.len());
        for (rung, known) in RUNGS.iter().zip(known) {
            assert_eq!(checksum(rung), known, "{}", rung.name);
        }
    }

    /// A few influences out of many are drawn by another way in Python; a seed may be longer than a word.
    #[test]
    fn so_are_cases_that_sample_from_a_set_or_seed_with_two_words() {
        let odd = |drivers, states, influences, seed| Rung {
            seed,
            ..rung("", [drivers, states, influences], Asks::Futures(0))
        };
        assert_eq!(
            checksum(&odd(40, 3, 2, 0)),
            "92a95b230e925eb0abcbf934526b6bdb8234dbaed1ffaea5c330c2ee6ae26b78"
        );
        assert_eq!(
            checksum(&odd(5, 4, 2, 123_456_789_012)),
            "318c6b9c54feee3627c2ee9a7f73b3aeb2b80a0097694612aa9ec9e46539d895"
        );
    }
}
