//! One plain value for everything that is wrong, or could be better, in a case.

use crate::{Lang, Words};
use std::ops::Range;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The case cannot be read.
    Error,
    /// The case can be read, and would be better otherwise.
    Advice,
}

/// A marked stretch of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Bytes of the file, on character boundaries, within its length.
    pub span: Range<usize>,
    /// What to say at it; may be empty.
    pub text: Words,
}

/// A way out that a program could apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The bytes to replace.
    pub span: Range<usize>,
    /// What to put there.
    pub with: String,
}

/// One finding about a case file: a plain value that the terminal, JSON and pages each render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, `E0101` or `A0203`; `sinario explain CODE` has its page.
    pub code: &'static str,
    /// Error or advice.
    pub severity: Severity,
    /// What is wrong, one sentence.
    pub title: Words,
    /// Where: the first is the main place. Empty when it is the file as a whole.
    pub labels: Vec<Label>,
    /// What to do about it: what was expected, the nearest known name.
    pub help: Option<Words>,
    /// A mechanical way out.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// The title in a language.
    pub fn title(&self, lang: Lang) -> &str {
        self.title.get(lang)
    }

    /// Whether the case cannot be read because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
