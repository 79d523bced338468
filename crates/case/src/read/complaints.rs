//! What is said when something is wrong: one sentence, the place, a way out, in both languages.

use super::{Value, Walk};
use crate::{Diagnostic, Fix, Label, Severity, Words};
use std::ops::Range;
use toml::de::DeValue;

/// Most diagnostics of one file; what follows is only counted.
pub(super) const MOST: usize = 200;

/// A sentence in both languages.
pub(super) fn words(en: impl Into<String>, ko: impl Into<String>) -> Words {
    Words {
        ko: ko.into(),
        en: en.into(),
    }
}

fn kind(value: &DeValue) -> (&'static str, &'static str) {
    match value {
        DeValue::String(_) => ("text", "글"),
        DeValue::Integer(_) | DeValue::Float(_) => ("a number", "수"),
        DeValue::Boolean(_) => ("true or false", "참거짓"),
        DeValue::Datetime(_) => ("a date", "날짜"),
        DeValue::Array(_) => ("a list", "목록"),
        DeValue::Table(_) => ("a table", "표"),
    }
}

/// The known name nearest to a wrong one, if any is near.
pub(crate) fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // Only what could be a slip of the fingers; a novel in a key is none, and would take long to compare.
    if wrong.len() > 64 {
        return None;
    }
    known
        .into_iter()
        .take(5000)
        .map(|k| (strsim::damerau_levenshtein(wrong, k), k))
        .filter(|(distance, k)| *distance <= 1 + k.chars().count().min(wrong.chars().count()) / 4)
        .min()
        .map(|(_, k)| k)
}

impl Walk<'_> {
    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        title: Words,
        help: Option<Words>,
    ) {
        self.errors += 1;
        if self.found.len() < MOST {
            let labels = vec![Label {
                span,
                text: words("", ""),
            }];
            self.found.push(Diagnostic {
                code,
                severity: Severity::Error,
                title,
                labels,
                help,
                fix: None,
            });
        }
    }

    pub(super) fn wrong_type(&mut self, value: &Value, en: &str, ko: &str) {
        let (is_en, is_ko) = kind(value.get_ref());
        let title = words(
            format!("expected {en}, found {is_en}"),
            format!("여기에는 {ko}: 지금 있는 것은 {is_ko}"),
        );
        self.error("E0401", value.span(), title, None);
    }

    pub(super) fn out_of_range(&mut self, value: &Value, low: f64, high: f64) {
        let title = words(
            format!("out of range: it must lie between {low} and {high}"),
            format!("범위를 벗어남: {low} 이상 {high} 이하여야 합니다"),
        );
        self.error("E0301", value.span(), title, None);
    }

    pub(super) fn upside_down(&mut self, value: &Value) {
        let title = words(
            "the range is upside down: its low end is above its high end",
            "범위가 거꾸로입니다: 낮은 끝이 높은 끝보다 큽니다",
        );
        self.error(
            "E0302",
            value.span(),
            title,
            Some(words(
                "write the smaller number first: \"1 to 3\"",
                "작은 수를 먼저 쓰세요: \"1 to 3\"",
            )),
        );
    }

    pub(super) fn not_a_score(&mut self, value: &Value) {
        let title = words(
            "not a score: a decimal number of at most three places, or a range of two",
            "점수가 아닙니다: 소수 셋째 자리까지의 수 또는 그런 두 수의 범위여야 합니다",
        );
        self.error(
            "E0303",
            value.span(),
            title,
            Some(words(
                "write 2, -1.5 or \"1 to 3\"",
                "2, -1.5 또는 \"1 to 3\"처럼 쓰세요",
            )),
        );
    }

    pub(super) fn not_a_number<'a>(
        &mut self,
        value: &Value,
        text: &str,
        known: impl Iterator<Item = &'a str>,
    ) {
        let help = match nearest(&text.to_lowercase(), known) {
            Some(near) => words(
                format!("did you mean \"{near}\"?"),
                format!("혹시 \"{near}\"?"),
            ),
            None => words(
                "write 0.7, \"70%\", \"likely\" or \"60% to 80%\"",
                "0.7, \"70%\", \"그럴 만하다\" 또는 \"60% to 80%\"처럼 쓰세요",
            ),
        };
        let title = words(
            "neither a number, a percentage nor a word of probability",
            "수도, 백분율도, 확률을 나타내는 말도 아닙니다",
        );
        self.error("E0304", value.span(), title, Some(help));
    }

    pub(super) fn unknown_key(&mut self, span: Range<usize>, key: &str, known: &[&str]) {
        self.unknown(
            "E0201",
            span,
            words(format!("unknown key `{key}`"), format!("모르는 키 `{key}`")),
            key,
            known,
        );
    }

    pub(super) fn unknown_name(&mut self, span: Range<usize>, name: &str, known: &[&str]) {
        self.unknown(
            "E0202",
            span,
            words(
                format!("nothing here is called `{name}`"),
                format!("여기에 `{name}` 없음"),
            ),
            name,
            known,
        );
    }

    fn unknown(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        title: Words,
        name: &str,
        known: &[&str],
    ) {
        let near = nearest(name, known.iter().copied());
        let help = near.map_or_else(
            || {
                let list = known
                    .iter()
                    .take(12)
                    .copied()
                    .collect::<Vec<_>>()
                    .join(", ");
                words(
                    format!("known here: {list}"),
                    format!("여기서 아는 이름: {list}"),
                )
            },
            |near| words(format!("did you mean `{near}`?"), format!("혹시 `{near}`?")),
        );
        self.error(code, span.clone(), title, Some(help));
        if let (Some(near), Some(last)) = (near, self.found.last_mut()) {
            last.fix = Some(Fix {
                span,
                with: near.to_owned(),
            });
        }
    }

    pub(super) fn missing_states(&mut self, value: &Value, missing: &[&str]) {
        let list = missing.join(", ");
        let title = words(
            format!("every state needs a value here; missing: {list}"),
            format!("상태마다 값이 있어야 합니다. 빠진 것: {list}"),
        );
        self.error("E0402", value.span(), title, None);
    }

    pub(super) fn missing_key(&mut self, span: Range<usize>, key: &str) {
        let title = words(
            format!("`{key}` is missing"),
            format!("`{key}` 키가 빠졌습니다"),
        );
        self.error("E0403", span, title, None);
    }

    pub(super) fn broken(&mut self, span: Range<usize>, en: &str, ko: &str) {
        self.error("E0404", span, words(en, ko), None);
    }
}
