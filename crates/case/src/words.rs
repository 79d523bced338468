//! Words of probability.

/// Words of probability and the middle of their bands (ICD 203, both of its rows; model.md 5), in both languages;
/// matched in any case of letters.
pub(crate) static WORDS: &[(&str, f64)] = &[
    ("almost no chance", 0.03),
    ("remote", 0.03),
    ("거의 없다", 0.03),
    ("거의 없음", 0.03),
    ("very unlikely", 0.125),
    ("highly improbable", 0.125),
    ("아주 드물다", 0.125),
    ("아주 드묾", 0.125),
    ("unlikely", 0.325),
    ("improbable", 0.325),
    ("드물다", 0.325),
    ("드묾", 0.325),
    ("roughly even", 0.5),
    ("roughly even chance", 0.5),
    ("roughly even odds", 0.5),
    ("반반", 0.5),
    ("likely", 0.675),
    ("probable", 0.675),
    ("그럴 만하다", 0.675),
    ("그럴 만함", 0.675),
    ("very likely", 0.875),
    ("highly probable", 0.875),
    ("매우 그럴 만하다", 0.875),
    ("매우 그럴 만함", 0.875),
    ("almost certain", 0.97),
    ("almost certainly", 0.97),
    ("nearly certain", 0.97),
    ("거의 확실", 0.97),
    ("거의 확실하다", 0.97),
];

/// The probability that a word stands for.
pub(crate) fn word(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase();
    WORDS.iter().find(|(w, _)| *w == text).map(|(_, p)| *p)
}
