//! A reading as people and programs meet it: terminal text and JSON; Korean and English.
//!
//! It never computes: whatever it shows stands in the [`sinario_reading::Reading`].

mod diagnostic;
mod json;
pub mod korean;
mod layout;
pub mod sentences;
mod terminal;
pub mod words;

pub use diagnostic::{diagnostics, diagnostics_json};
pub use json::{Part, json};
pub use layout::Page;
pub use terminal::{refusal, terminal};
