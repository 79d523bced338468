//! Probabilities on which the choice hangs, and plans that switch when a signpost shows.

use super::{about, money, name, quoted};
use crate::amount::signed;
use crate::korean::{Particle, attach};
use crate::words::{chance, day, fine};
use sinario_case::{Case, Lang, StateRef};
use sinario_reading::choices::{BreakEven, Choices, Plan};

fn full(case: &Case, s: StateRef, lang: Lang) -> String {
    let (driver, state) = (case.driver(s.driver), case.state(s));
    format!("{}: {}", driver.name.get(lang), state.name.get(lang))
}

/// From which probability on which option is best, and where the reading stands. `None` where one option is best
/// whatever the probability.
pub(crate) fn break_even(
    case: &Case,
    found: &Choices,
    of: &BreakEven,
    lang: Lang,
) -> Option<String> {
    let option = |k: usize| quoted(name(case, found, k), lang);
    let state = full(case, of.state, lang);
    let today = chance(of.now, lang);
    match (&of.best[..], lang) {
        ([] | [_], _) => None,
        (&[(_, low), (at, high)], _) => {
            // From where the reading stands: what is best now, and beyond which probability it no longer is.
            let above = of.now.value >= at;
            let (now, then) = if above { (high, low) } else { (low, high) };
            let at = fine(at);
            Some(match (above, lang) {
                (true, Lang::En) => format!(
                    "“{state}” stands at {today}, where {} is best; below {at} it would be {}.",
                    option(now),
                    option(then)
                ),
                (false, Lang::En) => format!(
                    "“{state}” stands at {today}, where {} is best; above {at} it would be {}.",
                    option(now),
                    option(then)
                ),
                (true, Lang::Ko) => format!(
                    "‘{state}’ 확률은 지금 판단대로라면 {today}. 여기서는 {} 가장 낫고, {at}보다 낮으면 {} 낫습니다.",
                    subject(case, found, now),
                    subject(case, found, then)
                ),
                (false, Lang::Ko) => format!(
                    "‘{state}’ 확률은 지금 판단대로라면 {today}. 여기서는 {} 가장 낫고, {at}보다 높으면 {} 낫습니다.",
                    subject(case, found, now),
                    subject(case, found, then)
                ),
            })
        }
        (all, _) => {
            let parts: Vec<String> = all
                .iter()
                .enumerate()
                .map(|(i, &(from, k))| match (all.get(i + 1), lang) {
                    (Some(next), Lang::En) => format!("up to {} {}", fine(next.0), option(k)),
                    (Some(next), Lang::Ko) => format!("{}까지는 {}", fine(next.0), option(k)),
                    (None, Lang::En) => format!("from {} on {}", fine(from), option(k)),
                    (None, Lang::Ko) => format!("{}부터는 {}", fine(from), option(k)),
                })
                .collect();
            let parts = parts.join(", ");
            Some(match lang {
                Lang::En => format!(
                    "Which option is best hangs on how likely you hold “{state}”: {parts}. By your judgements it is {today}."
                ),
                Lang::Ko => format!(
                    "‘{state}’의 확률을 얼마로 보느냐에 따라 가장 나은 것이 바뀝니다: {parts}. 지금 판단대로라면 {today}."
                ),
            })
        }
    }
}

fn subject(case: &Case, found: &Choices, k: usize) -> String {
    let of = name(case, found, k);
    attach(&quoted(of, Lang::Ko), of.say.as_deref(), Particle::Subject)
}

/// That the choice hangs on no single probability; `None` where it does.
pub(crate) fn no_break_even(found: &Choices, lang: Lang) -> Option<&'static str> {
    let hangs = found.break_even.iter().any(|b| b.best.len() > 1);
    (!hangs && found.options.len() > 1).then_some(match lang {
        Lang::En => "No single probability changes which option is best, whatever you take it for.",
        Lang::Ko => "어느 확률 하나를 얼마로 보든 가장 나은 선택지는 바뀌지 않습니다.",
    })
}

/// A signpost as it stands in a sentence.
fn signpost(case: &Case, s: usize, lang: Lang) -> String {
    let text = case.signposts[s]
        .text
        .get(lang)
        .trim_end_matches(['.', '。']);
    match lang {
        Lang::En => format!("“{text}”"),
        Lang::Ko => format!("‘{text}’"),
    }
}

/// The steps of a plan, without what they are worth.
fn plan_steps(case: &Case, found: &Choices, of: &Plan, lang: Lang) -> String {
    let [a, b] = [of.begin, of.switch_to].map(|k| name(case, found, k));
    let sign = signpost(case, of.signpost, lang);
    let by = case.signposts[of.signpost].by;
    match lang {
        Lang::En => {
            let by = by.map_or(String::new(), |d| format!(" by {}", day(d, lang)));
            let seen = if of.when_seen {
                "is seen"
            } else {
                "is not seen"
            };
            format!(
                "Begin with {}; if {sign} {seen}{by}, switch to {}",
                quoted(a, lang),
                quoted(b, lang)
            )
        }
        Lang::Ko => {
            let by = by.map_or(String::new(), |d| format!("{}까지 ", day(d, lang)));
            let seen = if of.when_seen {
                "보이면"
            } else {
                "보이지 않으면"
            };
            format!(
                "{} 시작하고, {by}{sign} 이정표가 {seen} {} 갈아탑니다",
                attach(&quoted(a, lang), a.say.as_deref(), Particle::Toward),
                attach(&quoted(b, lang), b.say.as_deref(), Particle::Toward)
            )
        }
    }
}

/// A plan and what it is worth beside the best option without one.
pub(crate) fn plan(case: &Case, found: &Choices, of: &Plan, lang: Lang) -> String {
    let steps = plan_steps(case, found, of, lang);
    let value = about(found, of.value, lang);
    let mut gain = signed(of.gain.value, found.unit.as_ref(), lang);
    if let Some(error) = of.gain.error {
        gain = format!("{gain} ± {}", crate::amount::tick(error, lang));
    }
    let mut out = match lang {
        Lang::En => format!("{steps}: {value} expected"),
        Lang::Ko => format!("{steps}. 기댓값 {value}"),
    };
    let cost = case.signposts[of.signpost].cost.filter(|c| *c > 0.0);
    if let Some(cost) = cost {
        let net = money(found, of.value.value - cost, lang);
        let cost = money(found, cost, lang);
        out.push_str(&match lang {
            Lang::En => format!(", {net} after the {cost} that looking costs"),
            Lang::Ko => format!(", 살펴보는 비용({cost})을 빼면 {net}"),
        });
    }
    out.push_str(&match lang {
        Lang::En => format!("; {gain} against the best option without a plan."),
        Lang::Ko => format!(", 계획 없이 가장 나은 선택지와의 차이 {gain}."),
    });
    if of.switching != 0.0 {
        let switching = money(found, of.switching, lang);
        out.push_str(&match lang {
            Lang::En => format!(" Switching costs {switching} on average when it comes to that."),
            Lang::Ko => format!(" 갈아타게 되면 평균 {switching}의 비용이 듭니다."),
        });
    }
    out
}

/// The plans worth telling: those that bring something.
pub(crate) fn plans(found: &Choices) -> &[Plan] {
    let gains = found.plans.iter().take_while(|p| p.gain.value > 0.0);
    &found.plans[..gains.count()]
}
