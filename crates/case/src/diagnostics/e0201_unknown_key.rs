//! `E0201`: a key that no table of the format has at that place.

use crate::Diagnostic;
use crate::diagnostic::page;
use crate::nearest::nearest;
use std::ops::Range;

page! {
    Error "E0201"
    /// A key that the format does not know
    ///
    /// Every table of a case has its own keys. A key that is not among them would be passed over silently, and a
    /// judgement that you believe in would not count: a slip of the finger in `prior` is worse than no prior at all.
    /// So an unknown key is an error, and the nearest known one is named.
    en
    /// 형식에 없는 키입니다
    ///
    /// 사례의 표마다 쓸 수 있는 키가 정해져 있습니다. 모르는 키를 말없이 지나치면, 적었다고 믿은 판단이 셈에서
    /// 빠집니다. `prior`를 잘못 친 것은 아예 쓰지 않은 것보다 나쁩니다. 그래서 모르는 키는 오류로 다루고,
    /// 가장 가까운 키를 알려 드립니다.
    ko
    before r#"[drivers.money]
states = { ms = "MS", many = "Many" }
prioor = { ms = 2, many = 1 }"#
    after r#"[drivers.money]
states = { ms = "MS", many = "Many" }
prior = { ms = 2, many = 1 }"#
}

/// `key` stands at `span` where only `known` may.
pub(crate) fn unknown_key(
    span: Range<usize>,
    key: &str,
    known: &[&str],
    budget: &mut usize,
) -> Diagnostic {
    let found = Diagnostic::new(
        &PAGE,
        format!("unknown key `{key}`"),
        format!("모르는 키입니다: `{key}`"),
    )
    .at(span.clone());
    match nearest(key, known.iter().copied(), budget) {
        Some(near) => found
            .help(
                format!("did you mean `{near}`?"),
                format!("혹시 `{near}` 아닙니까?"),
            )
            .fix(span, near),
        None => {
            let list = known.join(", ");
            found.help(
                format!("known here: {list}"),
                format!("여기에 쓸 수 있는 키: {list}"),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes};

    #[test]
    fn the_nearest_is_named_and_can_be_put() {
        let found = all("strenght = 2");
        assert_eq!(found[0].fix.as_ref().unwrap().with, "strength");
        assert_eq!(codes("wholly_else = 2"), ["E0201"]);
        assert!(all("wholly_else = 2")[0].fix.is_none());
    }
}
