//! `A0401`: a story that the author's own judgements speak against.

use crate::advice::{Seen, count, points};
use crate::diagnostic::page;
use crate::{Diagnostic, StateId};

page! {
    Advice "A0401"
    /// A story against your own judgements
    ///
    /// For every driver that the story tells, the impacts from the other told states are added up. Here another state than the told one gets more: by your own
    /// judgements the story would go otherwise. Either a judgement is missing that you believe in, or one is too strong, or the story is less
    /// likely than it sounds. That is worth knowing before a reader finds out.
    en
    /// 이야기가 스스로의 판단에 어긋납니다
    ///
    /// 이야기가 말하는 변수마다, 이야기에 나오는 다른 상태들에서 오는 영향을 더해 봅니다. 여기서는 이야기의 상태보다 다른 상태가 더 많이
    /// 받습니다. 스스로 적은 판단대로라면 이야기가 다르게 흘러갈 것입니다. 믿고 있는 판단이 빠졌거나, 어떤 판단이 너무 세거나,
    /// 이야기가 들리는 것보다 덜 그럴 만한 것입니다. 독자보다 먼저 아는 편이 낫습니다.
    ko
    before r#"[stories.calm]
title = "All for the mission"
future = { money = "ms", motive = "escape" }"#
    after r#"[stories.calm]
title = "The will to win"
future = { money = "ms", motive = "win" }"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let case = seen.case;
    let mut found = Vec::new();
    let mut stories = 0;
    for story in &case.stories {
        let mut told: Vec<Option<StateId>> = vec![None; case.drivers.len()];
        for s in &story.future {
            told[s.driver.0] = Some(s.state);
        }
        let before = found.len();
        for s in &story.future {
            let sums = seen.impact_sums(&told, s.driver);
            let told = sums[s.state.0];
            // The first of the best, so that the message is stable.
            let best = (0..sums.len()).max_by_key(|&t| (sums[t], std::cmp::Reverse(t)));
            if let Some(best) = best.filter(|&b| sums[b] > told) {
                let driver = case.driver(s.driver);
                let (rival, most, told) =
                    (&driver.states[best].id, points(sums[best]), points(told));
                found.push((
                    seen.there(&["stories", &story.id, "future", &driver.id]).0,
                    format!("impact sum {told}; `{rival}` has {most}"),
                    format!("영향 합 {told}. `{rival}` 쪽은 {most}"),
                ));
            }
        }
        stories += usize::from(found.len() > before);
    }
    seen.many(found, &PAGE, || {
        (
            format!("{} against your own judgements", count(stories, "story goes", "stories go")),
            format!("스스로의 판단에 어긋나는 이야기가 {stories}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "is a judgement missing, or one too strong? Else the story is less likely than it sounds",
            "빠진 판단이나 너무 센 판단이 있습니까? 아니라면 이야기가 들리는 것보다 덜 그럴 만합니다",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::all;

    #[test]
    fn the_rival_is_named_with_both_sums() {
        let found = all(super::PAGE.before);
        assert_eq!(found[0].labels[0].text.en, "impact sum −1; `win` has +1");
    }

    #[test]
    fn a_tie_is_no_contradiction() {
        let text = "[[impacts]]\nfrom = \"money.ms\"\non = \"motive\"\nscore = { win = 1, escape = 1, mission = -2 }\nbecause = \"x\"\n";
        assert!(all(&format!("{text}{}", super::PAGE.before)).is_empty());
    }
}
