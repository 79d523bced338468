//! `E0409`: an act over more joint states of mind than can be held.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0409"
    /// An act over too many minds
    ///
    /// The likelihood of an act is computed for every joint state of the minds in its `worth`. More than 65,536 of them would fill memory, and
    /// nobody could judge so many worths. Name the one or two minds on which the act really turned.
    en
    /// 한 행동에 속마음이 너무 많이 걸려 있습니다
    ///
    /// 행동의 확률은 `worth`에 적힌 속마음들의 모든 조합에 대해 셈합니다. 65,536가지를 넘으면 메모리를 채우고, 그만큼 많은
    /// 값어치를 판단할 수도 없습니다. 그 행동을 실제로 가른 속마음 한둘만 적으십시오.
    ko
}

/// Most joint states of the minds of one act.
pub(crate) const MOST: usize = 1 << 16;

/// The worths under the key at `span` are too many.
pub(crate) fn too_many_minds(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        "the minds of one act have more than 65,536 joint states",
        "한 행동에 걸린 속마음의 조합이 65,536가지를 넘습니다",
    )
    .at(span)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;
    use std::fmt::Write;

    #[test]
    fn seventeen_minds_of_two_states_are_too_many() {
        let text = |minds: usize| {
            let mut text = String::new();
            let mut worth = String::new();
            for m in 0..minds {
                let _ = writeln!(
                    text,
                    "[drivers.m{m}]\nkind = \"mind\"\nactor = \"ms\"\nstates = {{ a = \"가\", b = \"나\" }}"
                );
                let _ = write!(
                    worth,
                    "m{m} = {{ a = {{ x = 1, y = 0 }}, b = {{ x = 0, y = 1 }} }}, "
                );
            }
            let worth = worth.trim_end_matches(", ");
            let _ = writeln!(
                text,
                "[facts.f]\ntext = \"가\"\nsource = \"x\"\nact = {{ actor = \"ms\", chose = \"x\", among = [\"x\", \"y\"], worth = {{ {worth} }} }}"
            );
            text
        };
        assert_eq!(codes(&text(17)), ["E0409"]);
        assert!(!codes(&text(16)).contains(&"E0409"));
    }
}
