//! `E0415`: more actors with power or wishes than can be held against each other.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0415"
    /// Too many actors hold or want something
    ///
    /// Who holds power over whom is worked out for every pair of actors, and through every third. Beyond 256 actors that hold somebody,
    /// are held or want something, there would be more than thirty thousand pairs, which nobody could judge or read. Studies by
    /// the MACTOR method have some ten to twenty. Leave `holds` and `wants` to those that decide something. What every state is worth to
    /// whoever cares about its driver may fill a table of a million cells at most.
    en
    /// 쥐거나 바라는 행위자가 너무 많습니다
    ///
    /// 누가 누구를 쥐고 있는지는 행위자 둘씩 짝지어, 그리고 그 사이의 모든 셋째를 거쳐 셈합니다. 누군가를 쥐거나, 쥐이거나, 무엇을
    /// 바라는 행위자가 256을 넘으면 짝이 삼만이 넘어 아무도 판단하거나 읽을 수 없습니다. MACTOR 방법을 쓴 연구에는 보통 열에서
    /// 스물이 나옵니다. `holds`와 `wants`는 무언가를 결정하는 행위자에게만 적으십시오. 어떤 변수에 대해 무엇이든 바라는 행위자와
    /// 그 변수의 상태를 짝지은 표도 백만 칸까지입니다.
    ko
}

/// Most actors that hold somebody, are held or want something.
pub(crate) const MOST: usize = 256;

/// Most pairs of an actor and a state of a driver about which it wants something.
pub(crate) const MOST_WORTHS: usize = 1_000_000;

/// So many pairs of an actor and a state, in the section under the key at `span`.
pub(crate) fn too_many_worths(span: Range<usize>, found: usize) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!(
            "wants about drivers with {found} states in all, actor by actor: there may be {MOST_WORTHS} at most"
        ),
        format!(
            "바람이 걸린 변수의 상태가 행위자마다 모두 세어 {found}개입니다. {MOST_WORTHS}개까지 적을 수 있습니다"
        ),
    )
    .at(span)
    .help(
        "keep `wants` for the drivers that the actor really cares about",
        "`wants`는 그 행위자가 정말 마음 쓰는 변수에만 적으십시오",
    )
}

/// So many do, in the section under the key at `span`.
pub(crate) fn too_many_powers(span: Range<usize>, found: usize) -> Diagnostic {
    Diagnostic::new(
        &PAGE,
        format!("{found} actors hold, are held or want something: there may be {MOST} at most"),
        format!("쥐거나 쥐이거나 바라는 행위자가 {found}명입니다. {MOST}명까지 적을 수 있습니다"),
    )
    .at(span)
    .help(
        "keep `holds` and `wants` for the actors that decide something",
        "`holds`와 `wants`는 무언가를 결정하는 행위자에게만 적으십시오",
    )
}

#[cfg(test)]
mod tests {
    use super::MOST;
    use crate::diagnostics::testing::codes_of;
    use std::fmt::Write;

    #[test]
    fn bystanders_do_not_count() {
        let text = |wanting: usize| {
            let mut text = "sinario = 1\ntitle = \"x\"\n[drivers.a]\nstates = { b = \"B\", c = \"C\" }\n[actors]\n".to_owned();
            for n in 0..MOST + 9 {
                let wants = if n < wanting {
                    "wants = { a = { b = 1 } }"
                } else {
                    ""
                };
                let _ = writeln!(text, "a{n} = {{ {wants} }}");
            }
            codes_of(text.as_bytes())
        };
        assert!(!text(MOST).contains(&"E0415"));
        assert!(text(MOST + 1).contains(&"E0415"));
    }

    #[test]
    fn a_driver_of_many_states_counts_for_everyone_who_wants_any() {
        let text = |actors: usize| {
            let mut text = "sinario = 1\ntitle = \"x\"\n[drivers.a.states]\n".to_owned();
            for s in 0..4000 {
                let _ = writeln!(text, "s{s} = \"{s}\"");
            }
            text += "[actors]\n";
            for n in 0..actors {
                let _ = writeln!(text, "a{n} = {{ wants = {{ a = {{ s0 = 1 }} }} }}");
            }
            codes_of(text.as_bytes())
        };
        assert!(!text(250).contains(&"E0415"));
        assert!(text(251).contains(&"E0415"));
    }
}
