//! Korean particles, amounts and numerals.
//!
//! The case format reads amounts (`130조`) and the faces write them, so both stand on this crate;
//! it depends on nothing.

mod amount;
mod particle;

pub use amount::{grouped, hangul, parse_amount};
pub use particle::{Final, Particle, attach, final_sound};
