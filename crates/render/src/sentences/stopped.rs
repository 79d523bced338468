//! Where the search for consistent futures ended before it had seen everything.

use sinario_case::Lang;
use sinario_reading::Stopped;

/// Why the count is only a lower bound.
pub(crate) fn stopped(why: Stopped, lang: Lang) -> String {
    match (why, lang) {
        (Stopped::Steps(steps), Lang::En) => {
            format!("The search stopped after {steps} steps; --steps lets it go on for longer.")
        }
        (Stopped::Steps(steps), Lang::Ko) => {
            format!("탐색이 {steps}단계에서 멈췄습니다. --steps로 더 오래 찾게 할 수 있습니다.")
        }
        (Stopped::Size { pairs, limit }, Lang::En) => format!(
            "Some drivers that act on each other were not searched: together they have {pairs} pairs of states, and the search takes {limit} at most."
        ),
        (Stopped::Size { pairs, limit }, Lang::Ko) => format!(
            "서로 영향을 주고받는 변수 묶음 하나는 탐색하지 않았습니다. 상태 쌍이 {pairs}개인데, 탐색할 수 있는 한도는 {limit}개입니다."
        ),
        (Stopped::States { states, limit }, Lang::En) => format!(
            "Some drivers that act on each other were not searched: one of them has {states} states, and the search takes {limit} at most."
        ),
        (Stopped::States { states, limit }, Lang::Ko) => format!(
            "서로 영향을 주고받는 변수 묶음 하나는 탐색하지 않았습니다. 그중 한 변수의 상태가 {states}개인데, 탐색할 수 있는 한도는 {limit}개입니다."
        ),
    }
}
