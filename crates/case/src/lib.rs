//! What the author wrote: the case format, reading it, checking it, saying what is wrong.
//!
//! [`parse`] turns bytes into a [`Case`] and all its [`Diagnostic`]s at once. A [`Case`] that exists is
//! valid: nothing behind this crate checks again.

mod case;
mod diagnostic;
mod number;
mod text;

pub use case::*;
pub use diagnostic::*;
pub use number::*;
pub use text::*;
pub use jiff::civil::Date;

/// The outcome of reading one case file: the checked case, unless there was an error, and everything
/// that there is to say about it, in the order of the file.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The checked case; `None` when any diagnostic is an error.
    pub case: Option<Case>,
    /// Errors first met first; then advice.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a case from the bytes of its file. Never panics, never stops at the first error.
pub fn parse(bytes: &[u8]) -> Parsed {
    let _ = bytes;
    Parsed { case: None, diagnostics: Vec::new() }
}

/// The canonical form: one line of JSON with fixed order of keys, blind to comments, spacing and spelling
/// of numbers. Two files with the same canonical form give the same reading.
pub fn canonical(case: &Case) -> String {
    let _ = case;
    String::new()
}

/// SHA-256 of the [`canonical`] form, 64 hexadecimal digits. Every result carries it.
pub fn fingerprint(case: &Case) -> String {
    let _ = case;
    String::new()
}

/// The page behind `sinario explain CODE` (Markdown) in a language, or `None` for an unknown code.
pub fn explain(code: &str, lang: Lang) -> Option<String> {
    let _ = (code, lang);
    None
}

/// All diagnostic codes with a one-line title, in order.
pub fn codes() -> Vec<(&'static str, Words)> {
    Vec::new()
}

/// The JSON Schema of format 1, pretty-printed.
pub fn schema() -> String {
    String::new()
}
