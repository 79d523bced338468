//! A number by itself, as formulas write it.

use super::literal;

/// A number as formulas write it: `50000`, `5억`, `1.2M`, `30%`, and less than nothing with a minus before it; what it
/// counts may stand behind it. `None` for anything else.
///
/// ```
/// use sinario_case::formula::number;
/// assert_eq!(number("5억원"), Some(5e8));
/// assert_eq!(number("-1.2M"), Some(-1.2e6));
/// assert_eq!(number("5 to 6"), None);
/// ```
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, size) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest.trim_start()),
        None => (1.0, text),
    };
    let read = literal::read(size, false).ok().flatten()?;
    (read.length == size.len()).then_some(sign * read.value)
}
