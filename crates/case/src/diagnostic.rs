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
    /// Stable code, `E0101` or `A0203`; `sinario explain CODE` has its page, [`Page::find`] too.
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

    pub(crate) fn new(page: &Page, en: impl Into<String>, ko: impl Into<String>) -> Self {
        Diagnostic {
            code: page.code,
            severity: page.severity,
            title: words(en, ko),
            labels: Vec::new(),
            help: None,
            fix: None,
        }
    }

    pub(crate) fn at(mut self, span: Range<usize>) -> Self {
        let text = words("", "");
        self.labels.push(Label { span, text });
        self
    }

    pub(crate) fn label(
        mut self,
        span: Range<usize>,
        en: impl Into<String>,
        ko: impl Into<String>,
    ) -> Self {
        let text = words(en, ko);
        self.labels.push(Label { span, text });
        self
    }

    pub(crate) fn help(mut self, en: impl Into<String>, ko: impl Into<String>) -> Self {
        self.help = Some(words(en, ko));
        self
    }

    pub(crate) fn fix(mut self, span: Range<usize>, with: impl Into<String>) -> Self {
        let with = with.into();
        self.fix = Some(Fix { span, with });
        self
    }
}

/// A sentence in both languages.
pub(crate) fn words(en: impl Into<String>, ko: impl Into<String>) -> Words {
    Words {
        ko: ko.into(),
        en: en.into(),
    }
}

/// What `sinario explain CODE` shows: what a diagnostic is, why it matters, an example before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The stable code.
    pub code: &'static str,
    /// Error or advice.
    pub severity: Severity,
    /// English, paragraphs in Markdown; the first line is the title.
    pub en: &'static str,
    /// Korean, likewise.
    pub ko: &'static str,
    /// A piece of a case that has it, in TOML, its texts in English; empty where no text can show it.
    pub(crate) before: &'static str,
    /// The same piece without it.
    pub(crate) after: &'static str,
}

impl Page {
    /// Every page: errors by code, then advice by code.
    pub fn all() -> &'static [Page] {
        crate::diagnostics::ALL
    }

    /// The page of a code, in any case of letters.
    ///
    /// ```
    /// use sinario_case::{Lang, Page};
    /// assert_eq!(Page::find("e0201").unwrap().title(Lang::En), "A key that the format does not know");
    /// assert!(Page::find("E9999").is_none());
    /// ```
    pub fn find(code: &str) -> Option<&'static Page> {
        Page::all()
            .iter()
            .find(|p| p.code.eq_ignore_ascii_case(code.trim()))
    }

    /// What it is, in a few words.
    pub fn title(&self, lang: Lang) -> &'static str {
        self.whole(lang).lines().next().unwrap_or("").trim()
    }

    /// The paragraphs below the title.
    pub fn text(&self, lang: Lang) -> String {
        let lines = self.whole(lang).lines().skip(1);
        let lines: Vec<&str> = lines.map(|l| l.strip_prefix(' ').unwrap_or(l)).collect();
        lines.join("\n").trim().to_owned()
    }

    /// A piece of a case that has it, in TOML; empty where no text can show it.
    pub fn before(&self, lang: Lang) -> String {
        crate::examples::told(self.before, lang)
    }

    /// The same piece without it.
    pub fn after(&self, lang: Lang) -> String {
        crate::examples::told(self.after, lang)
    }

    fn whole(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ko => self.ko,
            Lang::En => self.en,
        }
    }
}

/// A page from doc comments: English, then Korean, then the example.
macro_rules! page {
    ($severity:ident $code:literal
     $(#[doc = $en:literal])+ en
     $(#[doc = $ko:literal])+ ko
     $(before $before:literal after $after:literal)?) => {
        $(#[doc = $en])+
        #[doc = ""]
        $(#[doc = $ko])+
        pub(crate) const PAGE: crate::Page = crate::Page {
            code: $code,
            severity: crate::Severity::$severity,
            en: concat!($($en, "\n"),+),
            ko: concat!($($ko, "\n"),+),
            before: concat!($($before)?),
            after: concat!($($after)?),
        };
    };
}
pub(crate) use page;
