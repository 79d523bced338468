//! From a case to a reading: one value that holds every finding.

mod reading;

pub use reading::*;
