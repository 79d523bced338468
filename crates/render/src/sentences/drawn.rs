//! How numbers were drawn, where formulas failed, what causes and situations are called: shared by quantities and options.

use crate::korean::{Particle, attach};
use crate::words::{count, fine};
use sinario_case::formula::Formula;
use sinario_case::{Case, Lang, Name, StateRef};
use sinario_reading::numbers::{Cause, DrawnFound, Failure, FaultFound, FormulaOf, Sampling};

/// How the numbers came about, and how well the means are known.
pub(crate) fn method(drawn: &DrawnFound, lang: Lang) -> String {
    let rows = count(&drawn.rows.into(), lang);
    if drawn.exact {
        return match lang {
            Lang::En => format!(
                "Exact: no formula needs a draw, so all {rows} cases were summed with their probabilities."
            ),
            Lang::Ko => format!(
                "정확한 값입니다. 추첨할 식이 없어 경우 {rows}가지를 확률대로 모두 더했습니다."
            ),
        };
    }
    let laid = match (drawn.sampling, lang) {
        (Sampling::Plain, Lang::En) => "independent draws",
        (Sampling::Plain, Lang::Ko) => "서로 독립인 추첨",
        (Sampling::Latin, Lang::En) => "draws (Latin hypercube)",
        (Sampling::Latin, Lang::Ko) => "추첨(라틴 초입방체)",
        (Sampling::Sobol, Lang::En) => "draws (scrambled Sobol)",
        (Sampling::Sobol, Lang::Ko) => "추첨(뒤섞은 소볼 수열)",
    };
    let none = !drawn.precision.is_finite() || drawn.precision <= 0.0;
    let share = fine(drawn.precision);
    let mut out = match (drawn.reached, none, lang) {
        (_, true, Lang::En) => format!(
            "Sampled: {rows} {laid}. How well the means are known cannot be said: there are none, or they do not settle."
        ),
        (_, true, Lang::Ko) => format!(
            "표본 계산입니다. {laid} {rows}번. 평균이 없거나 자리 잡지 않아 얼마나 정확한지는 말할 수 없습니다."
        ),
        (true, _, Lang::En) => format!(
            "Sampled: {rows} {laid}; the standard error of every mean is at most {share} of it (near 0: of a hundredth of its standard deviation)."
        ),
        (true, _, Lang::Ko) => format!(
            "표본 계산입니다. {laid} {rows}번, 모든 평균의 표준오차는 그 값의 {share} 이하입니다(0에 가까우면 표준편차의 100분의 1에 견줌)."
        ),
        (false, _, Lang::En) => format!(
            "Sampled: {rows} {laid}, the most allowed; they ran out before every mean was known as well as asked. The worst standard error is {share} of its mean (near 0: of a hundredth of its standard deviation); more draws (--draws) or a coarser --precision would do."
        ),
        (false, _, Lang::Ko) => format!(
            "표본 계산입니다. {laid} {rows}번을 다 썼지만 모든 평균이 바란 만큼 정확해지지는 않았습니다. 가장 나쁜 표준오차가 그 평균의 {share}입니다(0에 가까우면 표준편차의 100분의 1에 견줌). --draws를 늘리거나 --precision을 덜 엄하게 하십시오."
        ),
    };
    if drawn.belief_sampled {
        out.push_str(match lang {
            Lang::En => {
                " The probabilities of the futures were sampled too; the errors include that."
            }
            Lang::Ko => " 미래의 확률도 표본으로 구했고, 오차에는 그것도 들어 있습니다.",
        });
    }
    out
}

/// A name of the case in the quotation marks of the language.
pub(crate) fn quoted(name: &Name, lang: Lang) -> String {
    let bare = crate::layout::bare(name.get(lang));
    match lang {
        Lang::En => format!("“{bare}”"),
        Lang::Ko => format!("‘{bare}’"),
    }
}

/// Whose formula it is.
fn owner(case: &Case, of: FormulaOf) -> &Name {
    match of {
        FormulaOf::Quantity(q, _) => &case.quantities[q].name,
        FormulaOf::Option(o, _) | FormulaOf::Switching(o) => &case.options[o].name,
    }
}

/// One failure: what has no value, how often, and where in which formula it came from.
pub(crate) fn fault(case: &Case, fault: &FaultFound, text: &str, lang: Lang) -> String {
    let of = owner(case, fault.of);
    let part = text.get(fault.span.clone()).unwrap_or(text);
    let share = fine(fault.share);
    let why = match (fault.failure, lang) {
        (Failure::Division, Lang::En) => "divides by zero",
        (Failure::Division, Lang::Ko) => "0으로 나눕니다",
        (Failure::Logarithm, Lang::En) => "takes the logarithm of a number that is not positive",
        (Failure::Logarithm, Lang::Ko) => "양수가 아닌 수의 로그를 구합니다",
        (Failure::Root, Lang::En) => "takes the square root of a negative number",
        (Failure::Root, Lang::Ko) => "음수의 제곱근을 구합니다",
        (Failure::Power, Lang::En) => "raises to a power that has no value",
        (Failure::Power, Lang::Ko) => "값이 없는 거듭제곱을 구합니다",
        (Failure::TooLarge, Lang::En) => "comes to a number too large to hold",
        (Failure::TooLarge, Lang::Ko) => "담을 수 없이 큰 수가 됩니다",
        (Failure::Parameter, Lang::En) => "gives a distribution a parameter out of its range",
        (Failure::Parameter, Lang::Ko) => "분포에 범위를 벗어난 값을 줍니다",
        (Failure::Empty, Lang::En) => "cuts a distribution down to nothing",
        (Failure::Empty, Lang::Ko) => "분포에서 아무것도 남기지 않고 잘라 냅니다",
    };
    let of = match lang {
        Lang::En => quoted(of, lang),
        Lang::Ko => attach(&quoted(of, lang), of.say.as_deref(), Particle::Topic),
    };
    // Rounding aside, nothing is left to take figures from.
    match (fault.share > 1.0 - 1e-9, lang) {
        (true, Lang::En) => format!("{of} has no value in any draw: `{part}` {why}."),
        (true, Lang::Ko) => format!("{of} 어느 추첨에서도 값이 없습니다. `{part}` 식이 {why}."),
        (false, Lang::En) => format!(
            "{of} has no value in {share} of the draws: `{part}` {why}. Its figures are over the other draws."
        ),
        (false, Lang::Ko) => format!(
            "{of} 추첨의 {share}에서 값이 없습니다. `{part}` 식이 {why}. 그 수들은 나머지 추첨에서 구했습니다."
        ),
    }
}

/// What a cause is called.
pub(crate) fn cause(case: &Case, cause: Cause, lang: Lang) -> String {
    let numbered = |name: &Name, k: usize| match (k, lang) {
        (0, _) => name.get(lang).to_owned(),
        (k, Lang::En) => format!("{} (distribution {})", name.get(lang), k + 1),
        (k, Lang::Ko) => format!("{}({}번째 분포)", name.get(lang), k + 1),
    };
    match cause {
        Cause::Quantity(q, k) => numbered(&case.quantities[q].name, k),
        Cause::Option(o, k) => numbered(&case.options[o].name, k),
        Cause::Driver(d) => case.driver(d).name.get(lang).to_owned(),
    }
}

/// `Who pays: Several investors · Where OpenAI computes: Azure alone`.
pub(crate) fn states(case: &Case, states: &[StateRef], lang: Lang) -> String {
    let one = |s: &StateRef| {
        let (driver, state) = (case.driver(s.driver), case.state(*s));
        format!("{}: {}", driver.name.get(lang), state.name.get(lang))
    };
    let all: Vec<String> = states.iter().map(one).collect();
    match (all.is_empty(), lang) {
        (true, Lang::En) => "every future".into(),
        (true, Lang::Ko) => "모든 미래".into(),
        (false, _) => all.join(" · "),
    }
}

/// The text of a formula.
pub(crate) fn formula(case: &Case, of: FormulaOf) -> &str {
    fn text(of: Option<&Formula>) -> &str {
        of.map_or("", |f| &f.text)
    }
    let quantity = |q: usize| &case.quantities[q];
    let option = |o: usize| &case.options[o];
    match of {
        FormulaOf::Quantity(q, None) => &quantity(q).formula.text,
        FormulaOf::Quantity(q, Some(k)) => &quantity(q).when[k].1.text,
        FormulaOf::Option(o, None) => text(option(o).value.as_ref()),
        FormulaOf::Option(o, Some(k)) => &option(o).when[k].1.text,
        FormulaOf::Switching(o) => text(option(o).switching.as_ref()),
    }
}
