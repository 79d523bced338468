//! What learning something before choosing would be worth.

use super::{about, money, quoted};
use crate::korean::{Particle, attach, particle};
use crate::sentences::Sentence;
use crate::words::day;
use sinario_case::{Case, DriverId, Kind, Lang};
use sinario_reading::Estimate;
use sinario_reading::choices::{Choices, Worth};

/// Something that could be learnt.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Learnt {
    /// What a driver will be, or is.
    Driver(DriverId),
    /// Whether a signpost shows.
    Signpost(usize),
    /// Which of its results a test shows.
    Test(usize),
}

/// Everything that could be learnt one by one, most valuable first, those of the drivers first among equals.
pub(crate) fn learnt(found: &Choices) -> Vec<(Learnt, &Worth)> {
    let drivers = found.information.drivers.iter();
    let signposts = found.information.signposts.iter();
    let mut all: Vec<(Learnt, &Worth)> = drivers
        .map(|(d, w)| (Learnt::Driver(*d), w))
        .chain(signposts.map(|(s, w)| (Learnt::Signpost(*s), w)))
        .chain(
            found
                .information
                .tests
                .iter()
                .map(|(t, w)| (Learnt::Test(*t), w)),
        )
        .collect();
    all.sort_by(|a, b| b.1.gross.value.total_cmp(&a.1.gross.value));
    all
}

/// What it is to learn it: asking the owner of a mind, waiting for the rest.
pub(crate) fn worth(case: &Case, what: Learnt, lang: Lang) -> String {
    match what {
        Learnt::Signpost(s) => {
            let of = &case.signposts[s];
            let text = of.text.get(lang).trim_end_matches(['.', '。']);
            match (of.by, lang) {
                (None, Lang::En) => format!("Seeing whether: {text}"),
                (None, Lang::Ko) => format!("지켜보기: {text}"),
                (Some(d), Lang::En) => format!("Seeing by {}: {text}", day(d, lang)),
                (Some(d), Lang::Ko) => format!("{}까지 지켜보기: {text}", day(d, lang)),
            }
        }
        Learnt::Test(t) => {
            let text = case.tests[t].text.get(lang).trim_end_matches(['.', '。']);
            match lang {
                Lang::En => format!("Finding out first: {text}"),
                Lang::Ko => format!("먼저 알아보기: {text}"),
            }
        }
        Learnt::Driver(d) => {
            let driver = case.driver(d);
            let asked = driver.name.get(lang);
            match (owner(case, d), lang) {
                (Some(who), Lang::En) => format!("Asking {}: {asked}", who.get(lang)),
                (Some(who), Lang::Ko) => format!("{}에게 물어보기: {asked}", who.get(lang)),
                (None, Lang::En) => format!("Knowing: {asked}"),
                (None, Lang::Ko) => format!("미리 알기: {asked}"),
            }
        }
    }
}

/// Who could be asked: the owner of a mind.
fn owner(case: &Case, d: DriverId) -> Option<&sinario_case::Name> {
    let driver = case.driver(d);
    let actor = driver.actor.filter(|_| driver.kind == Kind::Mind)?;
    Some(&case.actors[actor.0].name)
}

/// What it costs beside what it is worth, and what is left; `None` where no cost is given.
pub(crate) fn costs(found: &Choices, of: &Worth, lang: Lang) -> Option<String> {
    let cost = of.cost?;
    let net = of.gross.value - cost;
    let (cost, left) = (money(found, cost, lang), money(found, net.abs(), lang));
    Some(match (net > 0.0, lang) {
        (true, Lang::En) => format!("costs {cost}, leaves {left}"),
        (true, Lang::Ko) => format!("비용 {cost}, 남는 것 {left}"),
        (false, Lang::En) => format!("costs {cost}, not worth it by {left}"),
        (false, Lang::Ko) => format!("비용 {cost}, 밑지는 것 {left}"),
    })
}

fn nothing(e: Estimate) -> bool {
    e.value.is_nan() || e.value <= 0.0
}

/// The most valuable thing to learn, beside what it costs. `None` with fewer than two options.
pub(super) fn most(case: &Case, found: &Choices, lang: Lang) -> Option<Sentence> {
    if found.options.len() < 2 {
        return None;
    }
    let out = Sentence::default();
    let everything = found.information.everything;
    let all = learnt(found);
    let first = all.first().filter(|(_, w)| !nothing(w.gross));
    let Some((what, of)) = first else {
        return Some(match (nothing(everything), lang) {
            (true, Lang::En) => out.plain("Asking would be worth nothing: whatever turned out, the same option would be best."),
            (true, Lang::Ko) => out.plain("물어볼 값이 없습니다. 무엇이 밝혀지든 가장 나은 선택지는 그대로입니다."),
            (false, Lang::En) => out
                .plain("No single thing that could be learnt would change the choice; knowing everything would be worth ")
                .strong(about(found, everything, lang))
                .plain("."),
            (false, Lang::Ko) => out
                .plain("무엇 하나를 알아낸다고 선택이 바뀌지는 않습니다. 모든 것을 안다면 그 값은 ")
                .strong(about(found, everything, lang))
                .plain("입니다."),
        });
    };
    let gross = about(found, of.gross, lang);
    let most = about(found, everything, lang);
    let tail = match (of.cost, lang) {
        (None, Lang::En) => {
            format!(", before what it costs; knowing everything would be worth {most}")
        }
        (None, Lang::Ko) => format!("입니다(비용을 빼기 전, 모든 것을 아는 값은 {most})"),
        (Some(cost), Lang::En) => format!(
            ", and it costs {}{}; knowing everything would be worth {most}",
            money(found, cost, lang),
            if cost > of.gross.value {
                ", which is more"
            } else {
                ""
            }
        ),
        (Some(cost), Lang::Ko) => format!(
            "이고, 드는 비용은 {}입니다{}. 모든 것을 아는 값은 {most}입니다",
            money(found, cost, lang),
            if cost > of.gross.value {
                "(값보다 비쌉니다)"
            } else {
                ""
            }
        ),
    };
    Some(match (*what, lang) {
        (Learnt::Driver(d), Lang::En) => {
            let named = quoted(&case.driver(d).name, lang);
            let out = match owner(case, d) {
                Some(who) => out
                    .plain("Asking ")
                    .strong(who.get(lang))
                    .plain(" and hearing the truth about "),
                None => out.plain("Asking: knowing beforehand about "),
            };
            out.strong(named)
                .plain(" would be worth up to ")
                .strong(gross)
                .plain(format!("{tail}."))
        }
        (Learnt::Driver(d), Lang::Ko) => {
            let of = &case.driver(d).name;
            let out = match owner(case, d) {
                Some(who) => out
                    .strong(who.get(lang))
                    .plain("에게 ")
                    .strong(quoted(of, lang))
                    .plain(format!(
                        "{} 물어 참말을 듣는 값은 많아야 ",
                        particle(of.get(lang), of.say.as_deref(), Particle::Object)
                    )),
                None => out
                    .strong(attach(
                        &quoted(of, lang),
                        of.say.as_deref(),
                        Particle::Object,
                    ))
                    .plain(" 미리 아는 값은 많아야 "),
            };
            out.strong(gross).plain(format!("{tail}."))
        }
        (Learnt::Signpost(s), Lang::En) => out
            .plain("Asking: seeing first whether “")
            .strong(case.signposts[s].text.get(lang).trim_end_matches('.'))
            .plain("” would be worth up to ")
            .strong(gross)
            .plain(format!("{tail}.")),
        (Learnt::Signpost(s), Lang::Ko) => out
            .plain("고르기 전에 ‘")
            .strong(case.signposts[s].text.get(lang).trim_end_matches('.'))
            .plain("’ 이정표를 먼저 보는 값은 많아야 ")
            .strong(gross)
            .plain(format!("{tail}.")),
        (Learnt::Test(t), Lang::En) => out
            .plain("Asking: finding out first what “")
            .strong(case.tests[t].text.get(lang).trim_end_matches('.'))
            .plain("” shows would be worth up to ")
            .strong(gross)
            .plain(format!("{tail}.")),
        (Learnt::Test(t), Lang::Ko) => out
            .plain("고르기 전에 ‘")
            .strong(case.tests[t].text.get(lang).trim_end_matches('.'))
            .plain("’의 결과를 먼저 알아보는 값은 많아야 ")
            .strong(gross)
            .plain(format!("{tail}.")),
    })
}

/// The nth outcome of learning it: the state, or whether the signpost was seen.
pub(crate) fn outcome_of(case: &Case, what: Learnt, n: usize, lang: Lang) -> String {
    match (what, n, lang) {
        (Learnt::Driver(d), _, _) => {
            let state = case.driver(d).states.get(n);
            state.map_or(String::new(), |s| s.name.get(lang).to_owned())
        }
        (Learnt::Test(t), _, _) => {
            let result = case.tests[t].results.get(n);
            result.map_or(String::new(), |r| r.name.get(lang).to_owned())
        }
        (Learnt::Signpost(_), 0, Lang::En) => "seen".into(),
        (Learnt::Signpost(_), 0, Lang::Ko) => "보임".into(),
        (Learnt::Signpost(_), _, Lang::En) => "not seen".into(),
        (Learnt::Signpost(_), _, Lang::Ko) => "보이지 않음".into(),
    }
}

/// What to do after each result of a test, and what that is worth; `None` where its results change nothing.
fn policy(case: &Case, found: &Choices, t: usize, of: &Worth, lang: Lang) -> Option<String> {
    let possible = |(n, o): (usize, &(f64, usize, Vec<f64>))| (o.0 > 0.0).then_some((n, o.1));
    let after: Vec<(usize, usize)> = of
        .outcomes
        .iter()
        .enumerate()
        .filter_map(possible)
        .collect();
    if after.windows(2).all(|w| w[0].1 == w[1].1) {
        return None;
    }
    let result = |n: usize| quoted(&case.tests[t].results[n].name, lang);
    let mut parts = Vec::new();
    for k in 0..found.options.len() {
        let names: Vec<String> = after
            .iter()
            .filter(|(_, o)| *o == k)
            .map(|(n, _)| result(*n))
            .collect();
        if names.is_empty() {
            continue;
        }
        let option = quoted(&case.options[found.options[k].option].name, lang);
        parts.push(match lang {
            Lang::En => format!("{option} after {}", names.join(" or ")),
            Lang::Ko => {
                format!("{}이면 {option}", names.join(" 또는 ")).replace("’이면", "’ 결과이면")
            }
        });
    }
    // What is best without it, and what knowing it adds.
    let gross = found.options[found.best].value.mean.value + of.gross.value;
    let text = case.tests[t].text.get(lang).trim_end_matches(['.', '。']);
    let (whole, net) = (
        money(found, gross, lang),
        money(found, gross - of.cost.unwrap_or(0.0), lang),
    );
    Some(match (of.cost, lang) {
        (None, Lang::En) => format!("“{text}” first: {}. Expected {whole}.", parts.join("; ")),
        (None, Lang::Ko) => format!("‘{text}’ 먼저: {}. 기댓값 {whole}.", parts.join(", ")),
        (Some(cost), Lang::En) => format!(
            "“{text}” first: {}. Expected {whole}, {net} after the {} that it costs.",
            parts.join("; "),
            money(found, cost, lang)
        ),
        (Some(cost), Lang::Ko) => format!(
            "‘{text}’ 먼저: {}. 기댓값 {whole}, 비용({})을 빼면 {net}.",
            parts.join(", "),
            money(found, cost, lang)
        ),
    })
}

/// The same of every test whose results change the choice.
pub(crate) fn policies(case: &Case, found: &Choices, lang: Lang) -> Vec<String> {
    let tests = found.information.tests.iter();
    tests
        .filter_map(|(t, of)| policy(case, found, *t, of, lang))
        .collect()
}

/// What beats every option by itself: looking first, where that is worth more than it costs, and then choosing.
pub(super) fn first(case: &Case, found: &Choices, lang: Lang) -> Option<Sentence> {
    let tests = found.information.tests.iter();
    let net = |w: &Worth| w.gross.value - w.cost.unwrap_or(0.0);
    let test = tests.max_by(|a, b| net(&a.1).total_cmp(&net(&b.1)));
    let text = match test.filter(|t| net(&t.1) > 0.0) {
        Some((t, of)) => policy(case, found, *t, of, lang)?,
        None => {
            let plan = super::plans(found).first()?;
            // What lies within the sampling error is no better way.
            if plan.gain.value <= 2.0 * plan.gain.error.unwrap_or(0.0) {
                return None;
            }
            super::plan(case, found, plan, lang)
        }
    };
    let out = Sentence::default();
    Some(match lang {
        Lang::En => out.strong("Better still: ").plain(text),
        Lang::Ko => out.strong("그보다 나은 길: ").plain(text),
    })
}
