//! Shards: some members of an ensemble as one file that needs nothing else, so that any number of machines can work
//! on one ensemble and somebody without the case can put it together (docs/shards.md).
//!
//! Bytes to values and back, nothing more: who reads and writes files is somebody else.

mod read;
mod write;

pub use read::{Fault, read};
pub use write::write;

use crate::{Ask, Ensemble, Member};
use sinario_case::{Case, Lang};
use std::ops::Range;

/// The version of the format.
pub const FORMAT: u32 = 1;

/// How every shard begins.
pub const BEGINS: &str = "sinario-shard ";

/// How the name of every shard ends.
pub const ENDING: &str = ".sinario";

/// Members of one shard where nobody says how many shards there are.
const USUAL: u64 = 500;

/// Which part of an ensemble a shard is: the first of seven is 1 of 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    /// 1 … `of`.
    pub part: u64,
    /// Number of shards.
    pub of: u64,
}

impl Piece {
    /// Its members, counted from 0: contiguous, and as many as any other has, or one more or less.
    ///
    /// ```
    /// use sinario_reading::shard::Piece;
    /// assert_eq!(Piece { part: 1, of: 3 }.members(10), 0..3);
    /// assert_eq!(Piece { part: 2, of: 3 }.members(10), 3..6);
    /// assert_eq!(Piece { part: 3, of: 3 }.members(10), 6..10);
    /// ```
    pub fn members(self, all: u64) -> Range<u64> {
        // The casts: a product of two u64 fits into a u128, and the quotient is at most `all`.
        let at =
            |part: u64| (u128::from(all) * u128::from(part) / u128::from(self.of.max(1))) as u64;
        at(self.part.saturating_sub(1))..at(self.part)
    }

    /// All shards of an ensemble.
    pub fn all(of: u64) -> impl Iterator<Item = Piece> {
        (1..=of).map(move |part| Piece { part, of })
    }

    /// How many shards an ensemble has unless somebody says otherwise.
    pub fn usual(members: u64) -> u64 {
        members.div_ceil(USUAL).max(1)
    }

    /// The name of its file: `shard-3-of-7.sinario`, with zeros that keep names in order.
    pub fn name(self) -> String {
        let wide = self.of.to_string().len();
        format!("shard-{:0wide$}-of-{}{ENDING}", self.part, self.of)
    }
}

/// A shard that was read, checked, and made ready.
#[derive(Clone, Debug)]
pub struct Shard {
    /// Which part it is.
    pub piece: Piece,
    /// The case, the ask, and what the case says as it stands.
    pub ensemble: Ensemble,
    /// SHA-256 of the canonical case.
    pub fingerprint: String,
    /// The language that the case names.
    pub lang: Option<Lang>,
    /// Its members, in order.
    pub members: Vec<Member>,
    /// SHA-256 of everything before it, 64 hexadecimal digits.
    pub checksum: String,
}

/// In what two shards differ that belong to different ensembles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The case.
    Case,
    /// How many shards there are.
    Shards,
    /// How many members there are.
    Members,
    /// The seed.
    Seed,
    /// `--as-of`.
    AsOf,
    /// `--given`.
    Given,
    /// `--do`.
    Held,
    /// `--max-inconsistency`.
    MaxInconsistency,
    /// `--limit`.
    Limit,
    /// `--exact-up-to`.
    ExactUpTo,
    /// `--steps`.
    Steps,
    /// What the case says as it stands, though all else is alike: one of the machines computes wrongly.
    Point,
}

/// What two shards of one ensemble have in common: a short value to compare others with, without their members.
#[derive(Clone, Debug)]
pub struct Kin {
    fingerprint: String,
    of: u64,
    ask: Ask,
    asked: [Vec<String>; 2],
    point: String,
}

impl Kin {
    /// Of a shard that was read.
    pub fn of(shard: &Shard) -> Kin {
        Kin::new(&shard.ensemble, &shard.fingerprint, shard.piece.of)
    }

    /// Of a shard that is still to be computed.
    pub fn new(ensemble: &Ensemble, fingerprint: &str, of: u64) -> Kin {
        Kin {
            fingerprint: fingerprint.to_owned(),
            of,
            ask: ensemble.ask().clone(),
            asked: asked(ensemble.case(), ensemble.ask()),
            point: write::line(ensemble.point()),
        }
    }

    /// In what they differ first, if in anything.
    pub fn differs(&self, other: &Kin) -> Option<Difference> {
        let (a, b) = (&self.ask, &other.ask);
        let all = [
            (self.fingerprint == other.fingerprint, Difference::Case),
            (a.members == b.members, Difference::Members),
            (a.seed == b.seed, Difference::Seed),
            (a.as_of == b.as_of, Difference::AsOf),
            (self.asked[0] == other.asked[0], Difference::Given),
            (self.asked[1] == other.asked[1], Difference::Held),
            (
                a.max_inconsistency == b.max_inconsistency,
                Difference::MaxInconsistency,
            ),
            (a.limit == b.limit, Difference::Limit),
            (a.exact_up_to == b.exact_up_to, Difference::ExactUpTo),
            (a.search_steps == b.search_steps, Difference::Steps),
            (self.of == other.of, Difference::Shards),
            (self.point == other.point, Difference::Point),
        ];
        all.into_iter().find(|(same, _)| !same).map(|(_, d)| d)
    }
}

/// What is given and what is held, as it is typed.
pub fn asked(case: &Case, ask: &Ask) -> [Vec<String>; 2] {
    [&ask.given, &ask.held].map(|states| {
        let name = |&s: &sinario_case::StateRef| {
            format!("{}.{}", case.driver(s.driver).id, case.state(s).id)
        };
        states.iter().map(name).collect()
    })
}
