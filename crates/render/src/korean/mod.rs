//! Korean as it is written: particles that agree with what is said, and numbers by units of 만.
//!
//! Reading numerals back (`130조` in a formula) is [`sinario_case::numeral`], since the formula language of a
//! case stands below this crate and cannot look up to it.

mod number;
mod particle;

pub use number::{grouped, hangul, native};
pub use particle::{Particle, attach, particle};
