//! `E0515`: correlations that no numbers can have together.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

/// Most quantities that are correlated: the whole table of them is held and taken apart.
pub(crate) const MOST: usize = 500;

page! {
    Error "E0515"
    /// Correlations that no numbers can have together
    ///
    /// If a goes with b and b with c, then a cannot go against c: not every table of correlations is possible. Pairs that are not given count as
    /// uncorrelated. The table of all ranks, and that of the normal numbers behind them (2·sin(π·rank/6)), must be positive definite,
    /// which also rules out ranks of 1 and −1: what moves in lockstep is one quantity and a formula. At most 500 quantities can be
    /// correlated.
    en
    /// 함께 있을 수 없는 상관들입니다
    ///
    /// a가 b와 함께 가고 b가 c와 함께 가면 a가 c와 어긋날 수는 없습니다. 상관의 표라고 다 가능한 것은 아닙니다. 적지 않은 짝은
    /// 상관이 없다고 봅니다. 순위 상관의 표와 그 뒤에 있는 정규분포 수들의 표(2·sin(π·rank/6))는 양의 정부호여야 합니다.
    /// 그래서 1과 −1도 안 됩니다. 똑같이 움직인다면 수량 하나와 식으로 적으십시오. 상관을 적을 수 있는 수량은
    /// 500개까지입니다.
    ko
    before r#"[quantities]
a.formula = "1 to 2"
b.formula = "1 to 2"
c.formula = "1 to 2"
[[correlations]]
between = ["a", "b"]
rank = 0.9
[[correlations]]
between = ["b", "c"]
rank = 0.9"#
    after r#"[quantities]
a.formula = "1 to 2"
b.formula = "1 to 2"
c.formula = "1 to 2"
[[correlations]]
between = ["a", "b"]
rank = 0.9
[[correlations]]
between = ["b", "c"]
rank = 0.9
[[correlations]]
between = ["a", "c"]
rank = 0.8"#
}

/// The rank at `span` is the last of the first quantity with which the table is not positive definite.
pub(crate) fn impossible(span: Range<usize>, rank: f64) -> Diagnostic {
    let found = Diagnostic::new(
        &PAGE,
        "the correlations are not possible together: their table is not positive definite",
        "상관들이 함께 있을 수 없습니다. 상관의 표가 양의 정부호가 아닙니다",
    )
    .at(span);
    match rank.abs() >= 1.0 {
        true => found.help(
            "what moves in lockstep is one quantity and a formula",
            "똑같이 움직인다면 수량 하나와 식으로 적으십시오",
        ),
        false => found.help(
            "bring ranks closer to 0, or give those of the pairs that are missing",
            "순위 상관을 0에 가깝게 하거나, 빠진 짝의 상관도 적으십시오",
        ),
    }
}

/// So many quantities are correlated.
pub(crate) fn too_many(span: Range<usize>, found: usize) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("{found} quantities are correlated, and {MOST} may be"),
        format!("상관을 적은 수량이 {found}개로, {MOST}개를 넘습니다"),
    )
    .at(span)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    fn piece(ranks: &[(&str, &str, &str)]) -> String {
        let quantities = ["a", "b", "c"]
            .map(|q| format!("{q}.formula = \"1 to 2\"\n"))
            .concat();
        let all = ranks.iter().map(|(a, b, r)| {
            format!("[[correlations]]\nbetween = [\"{a}\", \"{b}\"]\nrank = {r}\n")
        });
        format!("[quantities]\n{quantities}{}", all.collect::<String>())
    }

    #[test]
    fn the_quantity_that_breaks_the_table_is_underlined() {
        let text = piece(&[("a", "b", "0.9"), ("b", "c", "0.9"), ("c", "a", "0.5")]);
        assert_eq!(codes(&text), ["E0515"]);
        assert_eq!(marked(&text, &all(&text)[0]), "0.5");
        assert_eq!(
            codes(&piece(&[
                ("a", "b", "0.9"),
                ("b", "c", "0.9"),
                ("c", "a", "0.8")
            ])),
            [""; 0]
        );
        assert_eq!(codes(&piece(&[("a", "b", "1")])), ["E0515"]);
        assert_eq!(codes(&piece(&[("a", "b", "-1.0")])), ["E0515"]);
        assert_eq!(
            codes(&piece(&[("a", "b", "-0.99"), ("b", "c", "0")])),
            [""; 0]
        );
        assert_eq!(codes(&piece(&[("a", "b", "1.5")])), ["E0301"]);
    }
}
