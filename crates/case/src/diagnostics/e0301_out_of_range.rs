//! `E0301`: a number beyond its bounds.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0301"
    /// A number out of its range
    ///
    /// A chance lies between 0 and 1 (or 0 % and 100 %), a weight is above 0, a worth lies between −10 and 10. A number beyond
    /// them has no meaning in the model, and is mostly a percentage without its sign: `70` instead of `"70%"`.
    en
    /// 수가 범위를 벗어났습니다
    ///
    /// 확률은 0과 1(0 %와 100 %) 사이, 무게는 0보다 크고, 값어치는 −10과 10 사이입니다. 그 밖의 수는 모형에서 뜻이
    /// 없으며, 대개 `"70%"`를 `70`이라고 쓴 것처럼 백분율 기호가 빠진 것입니다.
    ko
    before r#"[drivers.money]
states = { ms = "MS", many = "Many" }
keeps = 70"#
    after r#"[drivers.money]
states = { ms = "MS", many = "Many" }
keeps = 0.7"#
}

/// What stands at `span` must lie between `low` and `high`; `percent` is a value that a missing sign would explain.
pub(crate) fn out_of_range(
    span: Range<usize>,
    low: f64,
    high: f64,
    percent: Option<(f64, bool)>,
) -> Diagnostic {
    let above = low == f64::MIN_POSITIVE;
    let (en, ko) = match (above, high >= 1e300) {
        (true, true) => (
            "it must be above 0".to_owned(),
            "0보다 커야 합니다".to_owned(),
        ),
        (false, true) => (
            format!("it must be {low} or more"),
            format!("{low} 이상이어야 합니다"),
        ),
        (true, false) => (
            format!("it must be above 0 and at most {high}"),
            format!("0보다 크고 {high} 이하여야 합니다"),
        ),
        (false, false) => (
            format!("it must lie between {low} and {high}"),
            format!("{low} 이상 {high} 이하여야 합니다"),
        ),
    };
    let found = Diagnostic::new(
        &PAGE,
        format!("out of range: {en}"),
        format!("범위를 벗어났습니다. {ko}"),
    )
    .at(span.clone());
    match percent {
        Some((n, quoted))
            if (0.0..=1.0).contains(&low) && high == 1.0 && (2.0..=100.0).contains(&n) =>
        {
            let with = if quoted {
                format!("\"{n}%\"")
            } else {
                (n / 100.0).to_string()
            };
            found
                .help(
                    format!("a percentage? write {with}"),
                    format!("백분율입니까? {with}처럼 쓰십시오"),
                )
                .fix(span, with)
        }
        _ if above => found.help(
            "write a number above 0; to all but rule something out, a small one, such as 0.001",
            "0보다 큰 수를 쓰십시오. 거의 없다고 보려면 0.001처럼 작은 수를 쓰면 됩니다",
        ),
        _ if (low, high) == (0.0, 1.0) => found.help(
            "write a number from 0 (never) to 1 (surely), such as 0.7",
            "0(전혀)부터 1(반드시)까지의 수를 쓰십시오. 예: 0.7",
        ),
        _ => found.help(
            "write a number within these bounds; both ends are allowed",
            "이 범위 안의 수를 쓰십시오. 양 끝 값도 됩니다",
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes};

    #[test]
    fn ends_belong_to_the_range() {
        let driver = |more: &str| {
            format!("[drivers.money]\nstates = {{ ms = \"가\", many = \"나\" }}\n{more}")
        };
        for good in [
            "keeps = 0",
            "keeps = 1.0",
            "prior = { ms = 1e-9, many = 5 }",
        ] {
            assert!(codes(&driver(good)).is_empty(), "{good}");
        }
        for bad in [
            "keeps = 1.01",
            "keeps = -0.1",
            "prior = { ms = 0, many = 5 }",
        ] {
            assert_eq!(codes(&driver(bad)), ["E0301"], "{bad}");
        }
        assert_eq!(codes("strength = 0"), ["E0301"]);
        assert_eq!(codes("strength = 1000.5"), ["E0301"]);
        assert_eq!(codes("rounds = 10001"), ["E0301"]);
    }

    #[test]
    fn there_is_always_a_way_out() {
        for bad in [
            "strength = 0",
            "strength = 1000.5",
            "rounds = 10001",
            "trust = { A = -1 }",
        ] {
            let found = all(bad);
            assert_eq!(found[0].code, "E0301");
            let help = found[0].help.as_ref().unwrap();
            assert!(help.en.contains("write a number") && help.ko.contains("쓰십시오"));
        }
    }

    #[test]
    fn a_forgotten_percent_sign_is_guessed() {
        let fact = "[facts.a]\ntext = \"가\"\nexpected = { motive = { mission = 70, escape = 0.2, win = 0.1 } }";
        assert_eq!(all(fact)[0].fix.as_ref().unwrap().with, "\"70%\"");
    }
}
