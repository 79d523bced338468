//! The verdict on the choice: what each option would have brought as things turned out.

use super::{about, name, quoted, states};
use crate::sentences::Sentence;
use sinario_case::{Case, Lang};
use sinario_reading::choices::{Choices, Outcome};

/// What was best as it turned out, and the regret of what was chosen.
pub(crate) fn outcome(case: &Case, found: &Choices, of: &Outcome, lang: Lang) -> Sentence {
    let out = Sentence::default();
    let best = name(case, found, of.best);
    let value = about(found, of.brought[of.best].mean, lang);
    let known = states(case, &of.known, lang);
    let out = match (of.known.is_empty(), lang) {
        (true, _) => out,
        (false, Lang::En) => out.plain(format!("As it turned out ({known}): ")),
        (false, Lang::Ko) => out.plain(format!("밝혀진 대로라면({known}) ")),
    };
    match (of.chosen, lang) {
        (None, Lang::En) => out
            .plain("the case does not say what was chosen; best would have been ")
            .strong(quoted(best, lang))
            .plain(" with ")
            .strong(value)
            .plain("."),
        (None, Lang::Ko) => out
            .plain("가장 나았을 것은 ")
            .strong(quoted(best, lang))
            .plain(", ")
            .strong(value)
            .plain("입니다. 무엇을 골랐는지는 사례에 적혀 있지 않습니다."),
        (Some((k, _)), Lang::En) if k == of.best => out
            .plain("the option that was chosen, ")
            .strong(quoted(best, lang))
            .plain(", was the best one, with ")
            .strong(value)
            .plain("; there is nothing to regret."),
        (Some((k, _)), Lang::Ko) if k == of.best => out
            .plain("고른 선택지 ")
            .strong(quoted(best, lang))
            .plain("의 값이 가장 낫습니다(")
            .strong(value)
            .plain("). 후회할 것이 없습니다."),
        (Some((k, regret)), Lang::En) => out
            .plain("chosen was ")
            .strong(quoted(name(case, found, k), lang))
            .plain(format!(
                " with {}; ",
                about(found, of.brought[k].mean, lang)
            ))
            .strong(quoted(best, lang))
            .plain(format!(" would have brought {value}. The regret is "))
            .strong(about(found, regret, lang))
            .plain("."),
        (Some((k, regret)), Lang::Ko) => out
            .plain("고른 선택지 ")
            .strong(quoted(name(case, found, k), lang))
            .plain(format!(
                "의 값은 {}이고, 가장 나았을 ",
                about(found, of.brought[k].mean, lang)
            ))
            .strong(quoted(best, lang))
            .plain(format!("의 값은 {value}입니다. 후회는 "))
            .strong(about(found, regret, lang))
            .plain("입니다."),
    }
}

/// What the verdicts leave open; `None` where they say everything the options hang on.
pub(crate) fn left_open(case: &Case, of: &Outcome, lang: Lang) -> Option<String> {
    let open: Vec<String> = (of.unknown.iter())
        .map(|&d| quoted(&case.driver(d).name, lang))
        .collect();
    if open.is_empty() {
        return None;
    }
    let open = open.join(", ");
    Some(match lang {
        Lang::En => {
            format!("The verdicts left open: {open}. Their probabilities stand in for them.")
        }
        Lang::Ko => format!("판정이 정하지 않은 것: {open}. 그 자리에는 확률을 그대로 썼습니다."),
    })
}

/// What each option would have brought, best first.
pub(crate) fn brought(of: &Outcome) -> Vec<usize> {
    let mut order: Vec<usize> = (0..of.brought.len()).collect();
    let mean = |k: usize| of.brought[k].mean.value;
    order.sort_by(|&a, &b| mean(b).total_cmp(&mean(a)));
    order
}
