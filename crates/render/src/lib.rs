//! A reading as people and programs meet it: terminal text, a report and JSON; Korean and English.
//!
//! It never computes: whatever it shows stands in the [`sinario_reading::Reading`].

pub mod amount;
mod caution;
mod diagnostic;
mod explain;
mod html;
mod json;
pub mod korean;
mod layout;
mod sampling;
pub mod sentences;
mod story;
mod svg;
mod terminal;
pub mod words;

pub use diagnostic::{diagnostics, diagnostics_json, tally};
pub use explain::{explain, explain_all, explain_json};
pub use html::html;
pub use json::{Part, json};
pub use layout::Page;
pub use story::{story_json, story_markdown, story_text};
pub use terminal::{refusal, terminal};
