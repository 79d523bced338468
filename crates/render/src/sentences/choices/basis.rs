//! What the numbers of options rest on: how they were drawn, where a formula failed, how many situations there are.

use crate::sentences::drawn;
use sinario_case::{Case, Lang};
use sinario_reading::choices::Choices;

/// How the numbers came about, and how well the means are known.
pub(crate) fn method(found: &Choices, lang: Lang) -> String {
    let out = drawn::method(&found.drawn, lang);
    match (found.drawn.exact, lang) {
        (true, _) => out,
        (false, Lang::En) => {
            format!("{out} All options meet the same draws; ± is one standard error.")
        }
        (false, Lang::Ko) => {
            format!("{out} 모든 선택지에 같은 추첨을 썼고, ±는 표준오차 하나입니다.")
        }
    }
}

/// Each failure: what has no value, in what share of the draws, in which formula and how.
pub(crate) fn faults(case: &Case, found: &Choices, lang: Lang) -> Vec<String> {
    let all = found.faults.iter();
    all.map(|f| drawn::fault(case, f, drawn::formula(case, f.formula), lang))
        .collect()
}

/// How many situations are listed.
pub(crate) fn listed(found: &Choices, shown: usize, lang: Lang) -> String {
    let all = found.of_situations;
    match (shown < all, lang) {
        (true, Lang::En) => format!("The {shown} likeliest of {all} situations."),
        (true, Lang::Ko) => format!("상황 {all}가지 가운데 가장 그럴 만한 {shown}가지입니다."),
        (false, Lang::En) => format!("All situations ({all})."),
        (false, Lang::Ko) => format!("상황 {all}가지 모두입니다."),
    }
}

/// That some situation was drawn too seldom to say anything of it; `None` where none was.
pub(crate) fn few_draws(found: &Choices, lang: Lang) -> Option<&'static str> {
    let mut all = found.options.iter().flat_map(|o| &o.by_situation);
    all.any(Option::is_none).then_some(match lang {
        Lang::En => "A dash (–): so few draws fell into that situation that nothing can be said.",
        Lang::Ko => "줄표(–)는 그 상황에 든 추첨이 너무 적어 말할 수 없다는 뜻입니다.",
    })
}
