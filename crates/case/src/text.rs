//! Text by language, and names that know how they are said.

use std::collections::BTreeMap;

/// A language of the product. Texts in a case may be in others too; the product speaks these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// Korean.
    Ko,
    /// English.
    #[default]
    En,
}

/// A sentence of the product itself in both its languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The sentence in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ko => &self.ko,
            Lang::En => &self.en,
        }
    }
}

/// What the author wrote, by language tag (`ko`, `en`, …). A plain string stands under the case's `lang`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Text {
    /// Texts by language tag; never empty in a checked case.
    pub by_lang: BTreeMap<String, String>,
}

impl Text {
    /// The text in `lang`, else in the product's other language, else in any.
    pub fn get(&self, lang: Lang) -> &str {
        let order = match lang {
            Lang::Ko => ["ko", "en"],
            Lang::En => ["en", "ko"],
        };
        order
            .iter()
            .find_map(|l| self.by_lang.get(*l))
            .or_else(|| self.by_lang.values().next())
            .map_or("", String::as_str)
    }
}

/// A name, and how it is read aloud in Korean (`say`), for particles.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Name {
    /// The name by language.
    pub text: Text,
    /// How it is read aloud in Korean, in Hangul.
    pub say: Option<String>,
}

impl Name {
    /// The name in `lang` (see [`Text::get`]).
    pub fn get(&self, lang: Lang) -> &str {
        self.text.get(lang)
    }
}
