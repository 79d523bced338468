//! `E0501`: a text that is no formula.

use crate::Diagnostic;
use crate::diagnostic::page;
use crate::formula::{Flaw, Slip, Token, TokenKind};
use crate::nearest::nearest;
use std::ops::Range;

page! {
    Error "E0501"
    /// A text that is no formula
    ///
    /// A formula is built from numbers (`130조`, `1.5k`, `20%`, `2026-12-31`), ids of quantities, tests such as `money is ms`, and
    /// `+ - * / ^`, `< <= > >= == !=`, `and or not`, `if … then … else …`, functions such as `max(a, b)`, and intervals such as
    /// `10 to 20`. From the loosest to the tightest: `if`, `or`, `and`, `not`, comparison, `to`, `+ -`, `* /`, minus, `^`; parentheses
    /// settle the rest. What is underlined is where it can no longer be read.
    en
    /// 식이 아닌 글입니다
    ///
    /// 식은 수(`130조`, `1.5k`, `20%`, `2026-12-31`), 수량의 id, `money is ms` 같은 물음과 `+ - * / ^`, `< <= > >= == !=`,
    /// `and or not`, `if … then … else …`, `max(a, b)` 같은 함수, `10 to 20` 같은 구간으로 적습니다. 느슨하게 묶이는 것부터
    /// `if`, `or`, `and`, `not`, 비교, `to`, `+ -`, `* /`, 음수 부호, `^` 차례이고, 나머지는 괄호로 정합니다. 밑줄 친 곳부터 더
    /// 읽을 수 없습니다.
    ko
    before r#"[quantities.cash]
formula = "5조 too 14조""#
    after r#"[quantities.cash]
formula = "5조 to 14조""#
}

fn new(span: Range<usize>, en: impl Into<String>, ko: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&PAGE, en, ko).at(span)
}

/// At `token` of `text` one of `expected` (English, Korean) should stand; `words` of the language could stand there too.
pub(crate) fn expected(
    text: &str,
    token: &Token,
    (en, ko): (&str, &str),
    words: &[&'static str],
) -> Diagnostic {
    let found = &text[token.span.clone()];
    if token.kind == TokenKind::End {
        // The end has no width: the last letter shows where it is.
        let last = text.trim_end().char_indices().next_back();
        let span = last.map_or(0..text.len(), |(at, c)| at..at + c.len_utf8());
        return new(
            span,
            format!("the formula ends too early: expected {en}"),
            format!("식이 끝나지 않았습니다. 이어서 와야 할 것: {ko}"),
        );
    }
    let shown: String = found.chars().take(20).collect();
    let diagnostic = new(
        token.span.clone(),
        format!("the formula cannot be read here: expected {en}, found `{shown}`"),
        format!("식을 여기서 더 읽을 수 없습니다. 와야 할 것: {ko}, 있는 것: `{shown}`"),
    );
    let near = match token.kind {
        TokenKind::Word => near_word(found, words),
        _ => None,
    };
    match near {
        Some(near) => diagnostic
            .help(
                format!("did you mean `{near}`?"),
                format!("혹시 `{near}` 아닙니까?"),
            )
            .fix(token.span.clone(), near),
        None if matches!(token.kind, TokenKind::Word | TokenKind::Number(_))
            && !words.is_empty() =>
        {
            diagnostic.help(
                "between two values stands an operator: `2 * cash`, `5 to 10`",
                "두 값 사이에는 연산자가 있어야 합니다: `2 * cash`, `5 to 10`",
            )
        }
        None => diagnostic,
    }
}

/// The word of the language that somebody may have meant.
fn near_word(found: &str, words: &[&'static str]) -> Option<&'static str> {
    let lower = found.to_lowercase();
    let same = words.iter().find(|w| **w == lower);
    same.copied().or_else(|| {
        let long = words.iter().copied().filter(|w| w.len() > 1);
        let mut budget = words.len();
        let near = nearest(found, long.clone(), &mut budget);
        // `too` is one slip from `to`, which is too short for the usual measure.
        near.or_else(|| {
            long.into_iter()
                .find(|w| found.len() <= w.len() + 1 && found.starts_with(w))
        })
    })
}

/// `a < b < c`, `a to b to c`.
pub(crate) fn chained(span: Range<usize>, sign: &str) -> Diagnostic {
    let (en, ko) = match sign {
        "to" => (
            "an interval has two ends: parentheses say which `to` is meant first",
            "구간의 끝은 둘입니다. 어느 `to`가 먼저인지 괄호로 밝히십시오",
        ),
        _ => (
            "write `a < b and b < c`, or parentheses",
            "`a < b and b < c`처럼 쓰거나 괄호로 묶으십시오",
        ),
    };
    new(
        span,
        format!("a second `{sign}` in a row"),
        format!("`{sign}` 뒤에 같은 종류의 연산자가 바로 이어질 수 없습니다"),
    )
    .help(en, ko)
}

/// A stretch of `text` that makes no token.
pub(crate) fn slip(text: &str, slip: Slip) -> Diagnostic {
    match slip {
        Slip::Number(span, Flaw::Comma(_)) => {
            let plain = text[span.clone()].replace(',', "");
            new(
                span.clone(),
                "a comma within a number, where commas part arguments",
                "인수를 쉼표로 나누는 자리에서 수 안에 쉼표가 있습니다",
            )
            .help(
                format!("one number: `{plain}`; two arguments: a space after the comma"),
                format!("수 하나라면 `{plain}`, 인수 둘이라면 쉼표 뒤를 띄우십시오"),
            )
            .fix(span, plain)
        }
        Slip::Number(span, Flaw::NoDay(_)) => {
            new(span, "there is no such day", "그런 날짜는 없습니다").help(
                "a day is year, month, day: `2026-12-31`; a difference has spaces around the minus",
                "날짜는 `2026-12-31`처럼 연, 월, 일로 쓰고, 뺄셈이라면 빼기 부호 둘레를 띄우십시오",
            )
        }
        Slip::Number(span, Flaw::TooLarge(_)) => new(
            span,
            "a number beyond all counting",
            "셀 수 없이 큰 수입니다",
        ),
        Slip::Dotted(span) => {
            let with = text[span.clone()].replacen('.', " is ", 1);
            new(
                span.clone(),
                "in a formula a state is asked for with `is`",
                "식에서는 상태를 `is`로 묻습니다",
            )
            .help(format!("write `{with}`"), format!("`{with}`처럼 쓰십시오"))
            .fix(span, with)
        }
        Slip::Sign(span, ours) => {
            let sign = &text[span.clone()];
            let found = new(
                span.clone(),
                format!("`{sign}` means nothing in a formula"),
                format!("식에서 뜻이 없는 기호입니다: `{sign}`"),
            );
            match ours {
                Some(ours) => {
                    let spaced = match ours.starts_with(|c: char| c.is_alphabetic()) {
                        true => format!(" {ours} "),
                        false => ours.to_owned(),
                    };
                    found
                        .help(
                            format!("did you mean `{ours}`?"),
                            format!("혹시 `{ours}` 아닙니까?"),
                        )
                        .fix(span, spaced)
                }
                None => found,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    fn piece(formula: &str) -> String {
        format!("[quantities.cash]\nformula = '{formula}'")
    }

    #[test]
    fn what_cannot_be_read_is_underlined_and_no_more() {
        for (formula, word) in [
            ("5조 too 14조", "too"),
            ("1 +", "+"),
            ("1 + * 2", "*"),
            ("(1 + 2", "2"),
            ("1 2", "2"),
            ("max(1,234)", "1,234"),
            ("money.ms", "money.ms"),
            ("1 = 2", "="),
            ("1 < 2 < 3", "<"),
            ("1 to 2 to 3", "to"),
            ("2026-02-30", "2026-02-30"),
            ("1e999", "1e999"),
            ("if 1 2", "2"),
            ("if money is ms then 1", "1"),
            ("money is 3", "3"),
            ("1 @ 2", "@"),
            ("3 M", "M"),
            ("mixture(1; 2; 3)", ";"),
            ("1 Then 2", "Then"),
        ] {
            let text = piece(formula);
            let found = all(&text);
            assert_eq!(
                (found.len(), found[0].code),
                (1, "E0501"),
                "{formula}: {found:?}"
            );
            assert_eq!(marked(&text, &found[0]), word, "{formula}");
        }
        assert_eq!(codes(&piece("")), ["E0501"]);
    }

    #[test]
    fn a_way_out_is_offered() {
        for (formula, with) in [
            ("5조 too 14조", "to"),
            ("1 + money.ms", "money is ms"),
            ("1 = 2", "=="),
            ("1 && 2", " and "),
            ("max(1,234, 2)", "1234"),
            ("2 ** 3", "^"),
            ("1 TO 2", "to"),
        ] {
            let fix = all(&piece(formula)).remove(0).fix.unwrap();
            assert_eq!(fix.with, with, "{formula}");
        }
    }

    #[test]
    fn what_is_a_formula_is_taken() {
        for formula in [
            "1,234 + 2",
            "max(1, 234)",
            "2026-12-31 - 2024-04-04",
            "-2 ^ -2",
            "not money is ms and 1 ≤ 2",
            "if money is not many then 3만 to 5만 else -(1 to 2)",
            "mixture(1 to 2, 5; 1, 20%)",
            "truncate(normal(0, 1), -1, 1)",
            "min(1, 2, 3) × 4 ÷ 2 − 1",
            "18개월 + 3 months",
        ] {
            let errors = codes(&piece(formula));
            assert!(
                errors.iter().all(|c| c.starts_with('A')),
                "{formula}: {errors:?}"
            );
        }
    }
}
