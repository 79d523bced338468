//! What the numbers of options rest on: how they were drawn, where a formula failed, what situations are called.

use super::quoted;
use crate::korean::{Particle, attach};
use crate::words::{count, fine};
use sinario_case::{Case, Lang, Name, StateRef};
use sinario_reading::choices::Choices;
use sinario_reading::numbers::{Failure, FaultFound, FormulaOf, Sampling};

/// How the numbers came about, and how well the means are known.
pub(crate) fn method(found: &Choices, lang: Lang) -> String {
    let drawn = &found.drawn;
    let rows = count(&drawn.rows.into(), lang);
    if drawn.exact {
        return match lang {
            Lang::En => format!(
                "Exact: no formula draws anything, so all {rows} cases were summed with their probabilities."
            ),
            Lang::Ko => format!(
                "정확한 값입니다. 추첨할 것이 없어서 경우 {rows}가지를 확률대로 모두 더했습니다."
            ),
        };
    }
    let laid = match (drawn.sampling, lang) {
        (Sampling::Plain, Lang::En) => "independent draws",
        (Sampling::Plain, Lang::Ko) => "서로 무관한 추첨",
        (Sampling::Latin, Lang::En) => "draws in a Latin hypercube",
        (Sampling::Latin, Lang::Ko) => "라틴 초입방체 추첨",
        (Sampling::Sobol, Lang::En) => "draws along a scrambled Sobol sequence",
        (Sampling::Sobol, Lang::Ko) => "뒤섞은 소볼 수열 추첨",
    };
    let share = fine(drawn.precision);
    let mut out = match (drawn.reached, lang) {
        (true, Lang::En) => format!(
            "Sampled: {rows} {laid}, the same for every option; ± is one standard error, at most {share} of its mean."
        ),
        (true, Lang::Ko) => format!(
            "표본 계산입니다. {laid} {rows}번을 모든 선택지에 똑같이 썼습니다. ±는 표준오차 하나이고, 평균의 {share} 이하입니다."
        ),
        (false, Lang::En) => format!(
            "Sampled: {rows} {laid}, the same for every option; ± is one standard error. That was the most allowed, and the means are not known as well as was asked: the worst error is {share} of its mean. More draws would help (--draws)."
        ),
        (false, Lang::Ko) => format!(
            "표본 계산입니다. {laid} {rows}번을 모든 선택지에 똑같이 썼습니다. ±는 표준오차 하나입니다. 허용된 추첨을 다 썼지만 바란 만큼 정확해지지 않아, 가장 나쁜 오차가 평균의 {share}입니다. 추첨을 늘리면 나아집니다(--draws)."
        ),
    };
    if drawn.belief_sampled {
        out.push_str(match lang {
            Lang::En => " The probabilities of the futures were sampled as well.",
            Lang::Ko => " 미래의 확률도 표본으로 얻은 것입니다.",
        });
    }
    out
}

/// Whose formula it is, and its text.
fn formula(case: &Case, of: FormulaOf) -> (&Name, &str) {
    let (name, value, when) = match of {
        FormulaOf::Quantity(q, when) => {
            let of = &case.quantities[q];
            let when = when.and_then(|n| of.when.get(n));
            (&of.name, Some(&of.formula), when)
        }
        FormulaOf::Option(o, when) => {
            let of = &case.options[o];
            let when = when.and_then(|n| of.when.get(n));
            (&of.name, of.value.as_ref(), when)
        }
        // The text of what switching costs is not shown, only whose it is.
        FormulaOf::Switching(o) => (&case.options[o].name, None, None),
    };
    let text = when.map(|w| &w.1).or(value);
    (name, text.map_or("", String::as_str))
}

/// Each failure: what has no value, in what share of the draws, in which formula it failed and how.
pub(crate) fn faults(case: &Case, found: &Choices, lang: Lang) -> Vec<String> {
    let one = |f: &FaultFound| fault(case, f, lang);
    found.faults.iter().map(one).collect()
}

fn fault(case: &Case, fault: &FaultFound, lang: Lang) -> String {
    let (of, _) = formula(case, fault.of);
    let (at, text) = formula(case, fault.formula);
    let part = text.get(fault.span.clone()).filter(|p| !p.is_empty());
    let share = fine(fault.share);
    let why = match (fault.failure, lang) {
        (Failure::Division, Lang::En) => "divides by 0",
        (Failure::Division, Lang::Ko) => "0으로 나눕니다",
        (Failure::Logarithm, Lang::En) => "takes the logarithm of a number that is not positive",
        (Failure::Logarithm, Lang::Ko) => "양수가 아닌 수의 로그를 구합니다",
        (Failure::Root, Lang::En) => "takes the square root of a negative number",
        (Failure::Root, Lang::Ko) => "음수의 제곱근을 구합니다",
        (Failure::Power, Lang::En) => "takes a power that is no number",
        (Failure::Power, Lang::Ko) => "값이 없는 거듭제곱을 구합니다",
        (Failure::TooLarge, Lang::En) => "grows too large to reckon with",
        (Failure::TooLarge, Lang::Ko) => "셈할 수 없이 큰 수가 됩니다",
        (Failure::Parameter, Lang::En) => "gives a distribution a number out of its range",
        (Failure::Parameter, Lang::Ko) => "분포에 범위를 벗어난 수를 줍니다",
        (Failure::Empty, Lang::En) => "leaves nothing of a distribution",
        (Failure::Empty, Lang::Ko) => "분포에서 아무것도 남기지 않습니다",
    };
    let own = fault.of == fault.formula;
    match lang {
        Lang::En => {
            let part = part.map_or(String::new(), |p| format!(", `{p}`,"));
            let whose = match (own, fault.formula) {
                (_, FormulaOf::Switching(_)) => {
                    format!("the cost of switching to {}", quoted(at, lang))
                }
                (true, _) => "its formula".to_owned(),
                (false, _) => format!("the formula of {}", quoted(at, lang)),
            };
            format!(
                "{} has no value in {share} of the draws, where {whose}{part} {why}. Its figures are over the other draws.",
                quoted(of, lang)
            )
        }
        Lang::Ko => {
            let part = part.map_or(String::new(), |p| format!(" `{p}`"));
            let whose = match (own, fault.formula) {
                (_, FormulaOf::Switching(_)) => {
                    let at = attach(&quoted(at, lang), at.say.as_deref(), Particle::Toward);
                    format!("{at} 갈아타는 비용의 식")
                }
                (true, _) => "그 식".to_owned(),
                (false, _) => format!("{}의 식", quoted(at, lang)),
            };
            let part_particle = match part.is_empty() {
                true => "이".to_owned(),
                false => "에서".to_owned(),
            };
            format!(
                "{} 추첨의 {share}에서 값이 없습니다. {whose}{part}{part_particle} {why}. 값과 그림은 나머지 추첨에서 구했습니다.",
                attach(&quoted(of, lang), of.say.as_deref(), Particle::Topic)
            )
        }
    }
}

/// `Who pays: Several investors · Where OpenAI computes: Azure alone`.
pub(crate) fn states(case: &Case, all: &[StateRef], lang: Lang) -> String {
    let one = |s: &StateRef| {
        let (driver, state) = (case.driver(s.driver), case.state(*s));
        format!("{}: {}", driver.name.get(lang), state.name.get(lang))
    };
    let told: Vec<String> = all.iter().map(one).collect();
    match (told.is_empty(), lang) {
        (true, Lang::En) => "every future".into(),
        (true, Lang::Ko) => "모든 미래".into(),
        (false, _) => told.join(" · "),
    }
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
