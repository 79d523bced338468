//! `E0504`: a function with too many or too few arguments, or of the wrong kind.

use crate::Diagnostic;
use crate::diagnostic::page;
use crate::formula::usage;
use std::ops::Range;

page! {
    Error "E0504"
    /// A function with the wrong arguments
    ///
    /// Functions and distributions take a fixed number of arguments: `normal(mean, sd)`, `triangular(low, mode, high)`. `min` and
    /// `max` take two or more. `mixture` takes distributions, then after a semicolon as many weights: `mixture(1 to 2, 5 to 9; 3, 1)`.
    /// `truncate` cuts a distribution that is written out, not a quantity.
    en
    /// 함수의 인수가 맞지 않습니다
    ///
    /// 함수와 분포는 `normal(mean, sd)`, `triangular(low, mode, high)`처럼 정해진 수의 인수를 받습니다. `min`과 `max`는 둘
    /// 이상입니다. `mixture`는 분포를 적고 `;` 뒤에 같은 수의 비중을 적습니다: `mixture(1 to 2, 5 to 9; 3, 1)`.
    /// `truncate`는 수량이 아니라 직접 적은 분포를 자릅니다.
    ko
    before r#"[quantities.cash]
formula = "normal(5)""#
    after r#"[quantities.cash]
formula = "normal(5, 2)""#
}

fn new(span: Range<usize>, en: impl Into<String>, ko: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&PAGE, en, ko).at(span)
}

fn with_usage(found: Diagnostic, name: &str) -> Diagnostic {
    let usage = usage(name);
    found.help(format!("write `{usage}`"), format!("쓰는 법: `{usage}`"))
}

/// `name` has `found` arguments, not `least` (of `min` and `max`: or more).
pub(crate) fn wrong_count(
    span: Range<usize>,
    name: &str,
    least: usize,
    found: usize,
) -> Diagnostic {
    let more = matches!(name, "min" | "max" | "mixture");
    let en = match (least, more) {
        (1, false) => "one argument".to_owned(),
        (n, false) => format!("{n} arguments"),
        (n, true) => format!("{n} arguments or more"),
    };
    let ko = if more { " 이상" } else { "" };
    let diagnostic = new(
        span,
        format!("`{name}` takes {en}, and has {found}"),
        format!("`{name}`의 인수는 {least}개{ko}인데 {found}개가 있습니다"),
    );
    with_usage(diagnostic, name)
}

/// `name` stands alone, without arguments.
pub(crate) fn no_arguments(span: Range<usize>, name: &str) -> Diagnostic {
    let diagnostic = new(
        span,
        format!("`{name}` is a function and has no arguments here"),
        format!("함수인데 인수가 없습니다: `{name}`"),
    );
    with_usage(diagnostic, name)
}

/// A mixture of so many parts with so many weights.
pub(crate) fn weights(span: Range<usize>, parts: usize, weights: usize) -> Diagnostic {
    let diagnostic = new(
        span,
        format!("a mixture needs as many weights as parts: parts {parts}, weights {weights}"),
        format!("섞는 것과 비중의 수가 같아야 합니다. 섞는 것 {parts}개, 비중 {weights}개"),
    );
    with_usage(diagnostic, "mixture")
}

/// What `truncate` should cut, at `span`, is no distribution.
pub(crate) fn no_distribution(span: Range<usize>) -> Diagnostic {
    new(
        span,
        "`truncate` cuts a distribution, and this is none",
        "`truncate`로 자를 수 있는 것은 분포뿐입니다",
    )
    .help(
        "write the distribution out: `truncate(5 to 20, 0, 30)`; a number is kept within bounds by `min(max(a, low), high)`",
        "분포를 직접 적으십시오: `truncate(5 to 20, 0, 30)`. 수를 범위 안에 두려면 `min(max(a, low), high)`라고 씁니다",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn every_wrong_call_is_underlined_as_a_whole() {
        for (call, title) in [
            ("normal(5)", "`normal` takes 2 arguments, and has 1"),
            ("exp()", "`exp` takes one argument, and has 0"),
            ("min(3)", "`min` takes 2 arguments or more, and has 1"),
            (
                "mixture(1 to 2, 3; 1)",
                "a mixture needs as many weights as parts: parts 2, weights 1",
            ),
            (
                "mixture(1 to 2, 3)",
                "a mixture needs as many weights as parts: parts 2, weights 0",
            ),
            ("max", "`max` is a function and has no arguments here"),
        ] {
            let text = format!("[quantities.cash]\nformula = \"1 + {call} * 2\"");
            let found = all(&text);
            assert_eq!(codes(&text), ["E0504"], "{call}");
            assert_eq!(
                (marked(&text, &found[0]), found[0].title.en.as_str()),
                (call, title)
            );
        }
        let text = "[quantities.cash]\nformula = \"truncate(5 + 1, 0, 9)\"";
        assert_eq!(marked(text, &all(text)[0]), "5 + 1");
    }
}
