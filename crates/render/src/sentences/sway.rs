//! What would change the answer: judgements in words, and those that put another state in front.

use crate::korean::{Particle, attach};
use crate::terminal::memory;
use crate::words::{number, percent, points};
use sinario_case::{Case, Doubt, FactId, Lang, Name, StateId, StateRef};
use sinario_reading::{
    Bar, Estimate, Firmness, Holding, JudgementAt, SwayOf, Swayed, Unswayed, When,
};

/// An exact probability.
pub(crate) fn exact(value: f64) -> Estimate {
    Estimate { value, error: None }
}

fn quoted(name: &Name, lang: Lang) -> String {
    let name = crate::layout::bare(name.get(lang));
    match lang {
        Lang::En => format!("“{name}”"),
        Lang::Ko => format!("‘{name}’"),
    }
}

/// `Who pays for OpenAI: “Several investors”`.
fn state(case: &Case, at: StateRef, lang: Lang) -> String {
    let driver = case.driver(at.driver).name.get(lang);
    format!("{driver}: {}", quoted(&case.state(at).name, lang))
}

/// How a fact is named: the terminal shows where it stands in the file, a page what it says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facts {
    /// By its id.
    Id,
    /// By its text.
    Text,
}

/// What a judgement is about.
pub(crate) fn judgement(case: &Case, at: JudgementAt, facts: Facts, lang: Lang) -> String {
    let told = |fact: FactId, what: String, of: StateRef| {
        let (fact, of) = (&case.facts[fact.0], state(case, of, lang));
        match (facts, lang) {
            (Facts::Id, Lang::En) => format!("facts.{}{what}, if {of}", fact.id),
            (Facts::Id, Lang::Ko) => format!("facts.{}{what}, {of}일 때", fact.id),
            // What may be cut off comes last.
            (Facts::Text, Lang::En) => format!("If {of}{what}: “{}”", fact.text.get(lang)),
            (Facts::Text, Lang::Ko) => format!("{of}일 때{what}: “{}”", fact.text.get(lang)),
        }
    };
    match at {
        JudgementAt::Score { impact, state: to } => {
            let of = &case.impacts[impact];
            let on = StateRef {
                driver: of.on,
                state: to,
            };
            format!("{} → {}", state(case, of.from, lang), state(case, on, lang))
        }
        JudgementAt::Prior(s) => match lang {
            Lang::En => format!("{}, before anything acts on it", state(case, s, lang)),
            Lang::Ko => format!("{}, 영향을 따지기 전", state(case, s, lang)),
        },
        JudgementAt::Likelihood { fact, of } => told(fact, String::new(), of),
        JudgementAt::Worth {
            fact,
            of,
            alternative,
        } => {
            let act = case.facts[fact.0].act.as_ref();
            let name = act.map_or_else(String::new, |a| super::alternative(a, alternative, lang));
            let done = act.is_some_and(|a| a.chose == alternative);
            let what = match (lang, done) {
                (Lang::En, true) => format!(": {name} (what was done)"),
                (Lang::En, false) => format!(": {name} (not done)"),
                (Lang::Ko, true) => format!(": {name}(한 일)"),
                (Lang::Ko, false) => format!(": {name}(하지 않은 일)"),
            };
            told(fact, what, of)
        }
        JudgementAt::Seen { signpost, of } => {
            let (sign, of) = (
                case.signposts[signpost].text.get(lang),
                state(case, of, lang),
            );
            match lang {
                Lang::En => format!("If {of}: “{sign}”"),
                Lang::Ko => format!("{of}일 때: “{sign}”"),
            }
        }
    }
}

/// What kind of number it is.
fn kind(at: JudgementAt, lang: Lang) -> &'static str {
    match (at, lang) {
        (JudgementAt::Score { .. }, Lang::En) => "score",
        (JudgementAt::Score { .. }, Lang::Ko) => "점수",
        (JudgementAt::Prior(_), Lang::En) => "weight",
        (JudgementAt::Prior(_), Lang::Ko) => "무게",
        (JudgementAt::Likelihood { .. } | JudgementAt::Seen { .. }, Lang::En) => "likelihood",
        (JudgementAt::Likelihood { .. } | JudgementAt::Seen { .. }, Lang::Ko) => "가능성",
        (JudgementAt::Worth { .. }, Lang::En) => "worth",
        (JudgementAt::Worth { .. }, Lang::Ko) => "값어치",
    }
}

/// A value of a judgement as its kind is written.
pub(crate) fn value(at: JudgementAt, value: f64, lang: Lang) -> String {
    match at {
        // The cast: scores are a thousand points at most.
        JudgementAt::Score { .. } => points((value * 1000.0).round() as i64),
        JudgementAt::Likelihood { .. } | JudgementAt::Seen { .. } => percent(exact(value)),
        JudgementAt::Prior(_) | JudgementAt::Worth { .. } => number(value, lang),
    }
}

/// `worth 8 (6.4 … 9.6)`.
pub(crate) fn range(bar: &Bar, lang: Lang) -> String {
    let of = |v| value(bar.at, v, lang);
    format!(
        "{} {} ({} … {})",
        kind(bar.at, lang),
        of(bar.point),
        of(bar.low),
        of(bar.high)
    )
}

/// The probability that is swayed.
pub(crate) fn target(case: &Case, of: SwayOf, lang: Lang) -> String {
    let when = |when| match (when, lang) {
        (When::Now, Lang::En) => "now",
        (When::Now, Lang::Ko) => "지금",
        (When::Then, Lang::En) => "at the horizon",
        (When::Then, Lang::Ko) => "그때",
        (When::Settled, Lang::En) => "in the long run",
        (When::Settled, Lang::Ko) => "길게 보면",
    };
    match of {
        SwayOf::State(s, at) => format!("{} ({})", state(case, s, lang), when(at)),
        SwayOf::Story(s) => {
            let title = case.stories[s].title.get(lang);
            match lang {
                Lang::En => format!("the story “{title}”"),
                Lang::Ko => format!("이야기 ‘{title}’"),
            }
        }
    }
}

/// One judgement at one end of its range, and what is in front then.
pub(crate) fn tip(
    case: &Case,
    of: &Swayed,
    bar: &Bar,
    end: usize,
    new: StateId,
    facts: Facts,
    lang: Lang,
) -> String {
    let Some(driver) = of.of.driver() else {
        return String::new();
    };
    let (name, new) = (
        case.driver(driver).name.get(lang),
        quoted(&case.driver(driver).states[new.0].name, lang),
    );
    let old = of.leader.map_or(String::new(), |s| {
        quoted(&case.driver(driver).states[s.0].name, lang)
    });
    let put = value(bar.at, if end == 0 { bar.low } else { bar.high }, lang);
    let point = value(bar.at, bar.point, lang);
    let (what, kind) = (judgement(case, bar.at, facts, lang), kind(bar.at, lang));
    match lang {
        Lang::En => format!(
            "If you think the {kind} is {put} instead of {point} ({what}), then {new} is in front instead of {old} in “{name}”."
        ),
        Lang::Ko => format!(
            "{} {point} 대신 {} 보면({what}), ‘{name}’에서는 {old} 대신 {new} 쪽이 앞섭니다.",
            attach(kind, None, Particle::Object),
            attach(&put, None, Particle::Toward)
        ),
    }
}

/// Where no single judgement puts another state in front.
pub(crate) fn no_tip(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "No single judgement of those tried, at either end of its range, puts another state in front."
        }
        Lang::Ko => {
            "옮겨 본 판단 가운데 어느 하나를 범위 끝까지 옮겨도 맨 앞의 상태는 바뀌지 않습니다."
        }
    }
}

/// How many single judgements put another state in front, of those that were moved.
pub(crate) fn tipping(targets: &[Swayed], lang: Lang) -> Option<String> {
    let led = || targets.iter().filter(|t| t.leader.is_some());
    let all = led().map(|t| t.bars.len()).max()?;
    let mut found: Vec<JudgementAt> = Vec::new();
    for (bar, _, _) in led().flat_map(Swayed::tipping) {
        if !found.contains(&bar.at) {
            found.push(bar.at);
        }
    }
    Some(match (found.len(), lang) {
        (0, _) => no_tip(lang).to_owned(),
        (1, Lang::En) => format!(
            "One judgement of {all}, moved alone to an end of its range, puts another state in front."
        ),
        (n, Lang::En) => format!(
            "Any one of {n} judgements (of {all}), moved to an end of its range, puts another state in front."
        ),
        (n, Lang::Ko) => {
            format!("판단 {all}개 가운데 {n}개는 하나만 범위 끝까지 옮겨도 앞선 상태가 바뀝니다.")
        }
    })
}

/// A probability that no single judgement moves by as much as five points.
pub(crate) fn steady(case: &Case, of: &Swayed, lang: Lang) -> String {
    let name = target(case, of.of, lang);
    match (lang, of.of) {
        (Lang::En, _) => format!(
            "{} moves by less than 5 percentage points, whatever single judgement is off.",
            name.replacen("the story", "The story", 1)
        ),
        (Lang::Ko, SwayOf::Story(_)) => format!(
            "{} 어느 판단 하나가 어긋나도 5%포인트 미만으로만 움직입니다.",
            attach(&name, None, Particle::Topic)
        ),
        (Lang::Ko, _) => {
            format!("{name}: 어느 판단 하나가 어긋나도 5%포인트 미만으로만 움직입니다.")
        }
    }
}

/// How it is to be read.
pub(crate) fn how(doubt: &Doubt, lang: Lang) -> String {
    let score = number(doubt.score, lang);
    // Without the last bits of a product.
    let [likelihood, prior, worth] = [doubt.likelihood, doubt.prior, doubt.worth]
        .map(|share| number((share * 1e6).round() / 1e4, lang));
    match lang {
        Lang::En => {
            let points = if score == "1" { "point" } else { "points" };
            let shares = match prior == worth {
                true => format!("±{prior} % for priors and worths"),
                false => format!("±{prior} % for priors, ±{worth} % for worths"),
            };
            format!(
                "Each judgement goes to the low and to the high end of its range while all others stay as written. Where none is given, the range is ±{score} {points} for scores, ±{likelihood} percentage points for likelihoods, {shares}. Several wrong at once can do more."
            )
        }
        Lang::Ko => {
            let shares = match prior == worth {
                true => format!("처음 무게와 값어치는 ±{prior} %"),
                false => format!("처음 무게는 ±{prior} %, 값어치는 ±{worth} %"),
            };
            format!(
                "판단 하나만 범위의 아래 끝과 위 끝으로 옮기고 나머지는 적힌 그대로 둡니다. 범위를 적지 않았으면 점수는 ±{score}점, 가능성은 ±{likelihood}%포인트, {shares} 안에서 옮깁니다. 여럿이 함께 틀리면 더 크게 바뀔 수 있습니다."
            )
        }
    }
}

/// Judgements that were not tried.
pub(crate) fn left_out(n: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!(
            "{n} {} not tried: the work would have been more than allowed (--steps allows more; --json names them).",
            if n == 1 {
                "judgement was"
            } else {
                "judgements were"
            }
        ),
        Lang::Ko => format!(
            "판단 {n}개는 허용된 작업량을 넘어 해 보지 못했습니다(--steps로 늘릴 수 있고, --json에 모두 적혀 있습니다)."
        ),
    }
}

/// Judgements that are not shown: those that move less, and those that move nothing.
pub(crate) fn rest(less: usize, nothing: usize, lang: Lang) -> String {
    match (less, lang) {
        (0, _) if nothing == 0 => String::new(),
        (0, Lang::En) => format!("No other moves it ({nothing} do not)."),
        (0, Lang::Ko) => format!("나머지 {nothing}개는 전혀 움직이지 않습니다."),
        (_, Lang::En) => {
            format!(
                "{less} more move it less, {nothing} not at all; `sinario tornado CASE --json` has them all."
            )
        }
        (_, Lang::Ko) => format!(
            "{less}개는 이보다 덜 움직이고 {nothing}개는 전혀 움직이지 않습니다. 모두 `sinario tornado 사례 --json`에 있습니다."
        ),
    }
}

/// Why nothing was swayed.
pub fn unswayed(why: Unswayed, lang: Lang) -> String {
    match (why, lang) {
        (Unswayed::Sampled, Lang::En) => "this case has more futures than are computed exactly (--exact-up-to), and in numbers that are drawn one judgement would be lost among the errors".into(),
        (Unswayed::Sampled, Lang::Ko) => "정확하게 계산하는 한도(--exact-up-to)보다 미래가 많은 사례입니다. 표본으로 얻은 수에서는 판단 하나의 몫이 오차에 묻힙니다".into(),
        (Unswayed::Large, Lang::En) => "trying every judgement of a case of this size takes longer than a report should; `sinario tornado` does it".into(),
        (Unswayed::Large, Lang::Ko) => "이만한 사례에서 판단을 하나하나 옮겨 보는 일은 보고서가 기다릴 만한 시간을 넘습니다. `sinario tornado`로 볼 수 있습니다".into(),
        (Unswayed::Memory(needed), Lang::En) => format!("this would take {} of memory", memory(needed)),
        (Unswayed::Memory(needed), Lang::Ko) => format!("메모리가 {} 필요합니다", memory(needed)),
        (Unswayed::Nothing, Lang::En) => "the case has neither a mind nor a story; name a state with --of".into(),
        (Unswayed::Nothing, Lang::Ko) => "사례에 속마음도 이야기도 없습니다. --of로 상태를 정해 주십시오".into(),
    }
}

/// Whether a future is consistent whatever its scores are within their ranges.
pub(crate) fn firm(f: Firmness, lang: Lang) -> String {
    let word = match (f.verdict, lang) {
        (Holding::Always, Lang::En) => "always",
        (Holding::Always, Lang::Ko) => "늘 맞음",
        (Holding::Possibly, Lang::En) => "possibly",
        (Holding::Possibly, Lang::Ko) => "때에 따라 맞음",
        (Holding::Never, Lang::En) => "never",
        (Holding::Never, Lang::Ko) => "결코 맞지 않음",
    };
    let margin = match lang {
        Lang::En => "margin",
        Lang::Ko => "여유",
    };
    format!("{word} ({margin} {} … {})", points(f.worst), points(f.best))
}
