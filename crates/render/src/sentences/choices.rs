//! What is said about options, shared by the terminal and the report: what to do, what if one is wrong, what asking
//! would be worth; and what that rests on.
//!
//! Nothing here says what anybody should do: every answer holds if the reading is right, and says so.

mod answer;
mod asking;
mod basis;
mod fails;
mod hinges;
mod measures;
mod outcome;

pub(crate) use answer::{answer, summary, valueless};
pub(crate) use asking::{costs, learnt, outcome_of, policies, worth};
pub(crate) use basis::{faults, few_draws, listed, method};
pub(crate) use fails::{box_told, condition, fails, here, where_failing};
pub(crate) use hinges::{break_even, no_break_even, plan, plans};
pub(crate) use measures::{disagreement, looks_at, measure, ranked_first};
pub(crate) use outcome::{brought, left_open, outcome};

pub(crate) use super::drawn::{quoted, states};

use crate::amount::{amount, range, tick};
use crate::words::{fine, percent};
use sinario_case::{Case, Lang, Name};
use sinario_reading::Estimate;
use sinario_reading::choices::Choices;
use sinario_reading::numbers::Amount;

/// The name of an option by its position among those with a value.
pub(crate) fn name<'a>(case: &'a Case, found: &Choices, k: usize) -> &'a Name {
    &case.options[found.options[k].option].name
}

/// An amount in the unit of the options.
pub(crate) fn money(found: &Choices, value: f64, lang: Lang) -> String {
    amount(value, found.unit.as_ref(), lang)
}

/// An amount with its standard error where it was sampled: `₩312 million ± 1.4 million`.
pub(crate) fn about(found: &Choices, e: Estimate, lang: Lang) -> String {
    let value = money(found, e.value, lang);
    match e.error.filter(|e| !e.is_nan() && *e > 0.0) {
        Some(error) => format!("{value} ± {}", tick(error, lang)),
        None => value,
    }
}

/// The mean, with its error; where no mean can exist, the median and a word that says so.
pub(crate) fn expected(found: &Choices, of: &Amount, lang: Lang) -> String {
    if !of.endless {
        return about(found, of.mean, lang);
    }
    let median = money(found, of.quantiles[2], lang);
    match lang {
        Lang::En => format!("median {median}"),
        Lang::Ko => format!("중앙값 {median}"),
    }
}

/// From the 5 % quantile to the 95 % quantile.
pub(crate) fn spread(found: &Choices, of: &Amount, lang: Lang) -> String {
    let [low, .., high] = of.quantiles;
    match low == high {
        true => money(found, low, lang),
        false => range(low, high, found.unit.as_ref(), lang),
    }
}

/// How often an option is best: `41 % ± 0.2`.
pub(crate) fn often(e: Estimate) -> String {
    match e.error {
        Some(_) => percent(e),
        None => fine(e.value),
    }
}

/// The unit in words, for the head of a column or an axis; empty where there is none.
pub(crate) fn unit(found: &Choices, lang: Lang) -> &str {
    let unit = found.unit.as_ref();
    unit.map_or("", |u| crate::amount::unit(u, lang))
}

/// What a mean that cannot exist means; `None` where all do.
pub(crate) fn endless(case: &Case, found: &Choices, lang: Lang) -> Option<String> {
    let of: Vec<String> = (found.options.iter())
        .filter(|o| o.value.endless)
        .map(|o| quoted(&case.options[o.option].name, lang))
        .collect();
    if of.is_empty() {
        return None;
    }
    let of = of.join(", ");
    Some(match lang {
        Lang::En => format!(
            "No expected value exists for {of}: a divisor may come as near to 0 as it likes, so only medians and quantiles mean anything there."
        ),
        Lang::Ko => format!(
            "기댓값이 없는 선택지가 있습니다: {of}. 나누는 수가 얼마든지 0에 가까워질 수 있어서 중앙값과 분위수만 뜻이 있습니다."
        ),
    })
}

/// Options of the case that have no value; `None` where all have one.
pub(crate) fn unvalued(case: &Case, found: &Choices, lang: Lang) -> Option<String> {
    let of = found.unvalued.iter();
    let of: Vec<String> = of.map(|&o| quoted(&case.options[o].name, lang)).collect();
    if of.is_empty() {
        return None;
    }
    let of = of.join(", ");
    Some(match lang {
        Lang::En => format!("Not weighed, since the case gives them no value: {of}."),
        Lang::Ko => format!("사례에 값이 없어 저울질하지 않은 선택지: {of}."),
    })
}

/// The report's or the terminal's word for a case whose options were not weighed.
pub(crate) fn not_weighed(case: &Case, lang: Lang) -> &'static str {
    let valued = (case.options.iter()).any(|o| o.value.is_some() || !o.when.is_empty());
    match (case.options.is_empty(), valued, lang) {
        (true, _, Lang::En) => "The case names no option.",
        (true, _, Lang::Ko) => "사례에 선택지가 없습니다.",
        (_, true, Lang::En) => "They were not weighed against the futures in this reading.",
        (_, true, Lang::Ko) => "이번에는 미래와 견주어 저울질하지 않았습니다.",
        (_, false, Lang::En) => {
            "The case gives them no value, so they cannot be weighed against the futures."
        }
        (_, false, Lang::Ko) => {
            "사례에 선택지의 값이 적혀 있지 않아 미래와 견주어 저울질할 수 없습니다."
        }
    }
}
