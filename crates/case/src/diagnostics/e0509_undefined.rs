//! `E0509`: arithmetic that has no value.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0509"
    /// Arithmetic without a value
    ///
    /// Nothing can be divided by 0; `ln` takes what is above 0, `sqrt` what is not below 0; 0 has no negative powers, and a negative number has
    /// whole powers alone.
    en
    /// 값이 없는 셈입니다
    ///
    /// 0으로는 나눌 수 없습니다. `ln`은 0보다 큰 수, `sqrt`는 0 이상의 수만 받습니다. 0은 음수로 거듭제곱할 수 없고, 음수는
    /// 정수로만 거듭제곱할 수 있습니다.
    ko
    before r#"[quantities.share]
formula = "ln(0)""#
    after r#"[quantities.share]
formula = "ln(1)""#
}

/// The divisor at `span` is 0.
pub(crate) fn by_zero(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(&PAGE, "a division by 0", "0으로 나눕니다").at(span)
}

/// `name` has no value for what stands at `span`.
pub(crate) fn no_value(span: Range<usize>, name: &str) -> Diagnostic {
    let (en, ko) = match name {
        "ln" => (
            "`ln` takes what is above 0",
            "`ln`은 0보다 큰 수만 받습니다",
        ),
        "sqrt" => (
            "`sqrt` takes what is not below 0",
            "`sqrt`는 0 이상의 수만 받습니다",
        ),
        _ => ("this power has no value", "값이 없는 거듭제곱입니다"),
    };
    Diagnostic::new(&PAGE, en, ko).at(span)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn what_has_no_value_is_underlined() {
        for (formula, mark) in [
            ("1 / 0", "0"),
            ("1 / (2 - 2)", "2 - 2"),
            ("ln(-1)", "-1"),
            ("ln(0)", "0"),
            ("sqrt(1 - 2)", "1 - 2"),
            ("0 ^ -1", "0 ^ -1"),
            ("(1 - 2) ^ 0.5", "(1 - 2) ^ 0.5"),
        ] {
            let text = format!("[quantities.x]\nformula = \"{formula}\"");
            let found = all(&text);
            assert_eq!(codes(&text), ["E0509"], "{formula}");
            assert_eq!(marked(&text, &found[0]), mark);
        }
        for formula in ["0 / 1", "ln(1)", "sqrt(0)", "(1 - 2) ^ 2", "0 ^ 0"] {
            assert_eq!(
                codes(&format!("[quantities.x]\nformula = \"{formula}\"")),
                [""; 0]
            );
        }
    }
}
