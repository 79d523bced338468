//! What the author wrote: the case format, reading it, checking it, saying what is wrong.
//!
//! [`parse`] turns bytes into a [`Case`] and all its [`Diagnostic`]s at once. A [`Case`] that exists is
//! valid: nothing behind this crate checks again.
//!
//! The way through it: `format` is the format as a table; `read` holds a file against it and builds the case;
//! `diagnostics` has one file for every error and every piece of advice; `advice` runs the latter; `schema`
//! writes the table out for editors; `canonical` is what the fingerprint is taken of.

mod advice;
mod canonical;
mod case;
mod diagnostic;
mod diagnostics;
mod examples;
mod find;
mod format;
pub mod formula;
mod nearest;
mod number;
pub mod numeral;
mod read;
mod schema;
mod text;
mod words;

pub use advice::MOST_LABELS;
pub use canonical::{canonical, fingerprint};
pub use case::*;
pub use diagnostic::{Diagnostic, Fix, Label, Page, Severity};
pub use jiff::civil::Date;
pub use number::*;
pub use read::{LARGEST, MOST_DRIVERS, MOST_ERRORS, parse};
pub use schema::schema;
pub use text::*;
pub(crate) use words::WORDS;

/// The outcome of reading one case file: the checked case, unless there was an error, and everything
/// that there is to say about it, in the order of the file.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The checked case; `None` when any diagnostic is an error.
    pub case: Option<Case>,
    /// Errors in the order of the file; where there are none, advice in that order.
    pub diagnostics: Vec<Diagnostic>,
    /// How many errors there are, those beyond [`MOST_ERRORS`] counted too.
    pub errors: usize,
    /// The language that the file names, even where it has errors.
    pub lang: Option<Lang>,
}
