//! Why not, in sentences.

use super::futures::plain_points;
use super::stopped;
use crate::korean::{Particle, attach};
use sinario_case::{Case, Lang, Name, StateRef};
use sinario_reading::{ArguedStep, CarriedBy, WhyNot, WhyNotFound};

fn quoted(name: &Name, lang: Lang) -> String {
    match lang {
        Lang::En => format!("“{}”", name.get(lang)),
        Lang::Ko => format!("‘{}’", name.get(lang)),
    }
}

fn with(name: &Name, particle: Particle) -> String {
    attach(&quoted(name, Lang::Ko), name.say.as_deref(), particle)
}

/// Whether the state is in a consistent future.
pub(crate) fn answer(case: &Case, asked: &WhyNot, lang: Lang) -> String {
    let (driver, state) = (case.driver(asked.state.driver), case.state(asked.state));
    let driver = driver.name.get(lang);
    let name = quoted(&state.name, lang);
    let (en, ko) = (
        format!("{driver} {name}"),
        format!("{driver} {}", with(&state.name, Particle::Topic)),
    );
    match (&asked.found, lang) {
        (WhyNotFound::Occurs { count, all, .. }, Lang::En) => {
            let many = match crate::words::count(count, lang) {
                one if one == "1" => "1 consistent future has".to_owned(),
                many => format!("{many} consistent futures have"),
            };
            let (least, those) = match all {
                true => ("", "them"),
                false => ("at least ", "those compared"),
            };
            format!("{en} is not ruled out: {least}{many} it. The firmest of {those}:")
        }
        (WhyNotFound::Occurs { count, all, .. }, Lang::Ko) => {
            let many = crate::words::count(count, lang);
            let (least, those) = match all {
                true => ("", "그 가운데"),
                false => ("적어도 ", "견주어 본 것 가운데"),
            };
            format!(
                "{ko} 안 될 까닭이 없습니다. 이것을 담은 앞뒤가 맞는 미래는 {least}{many}가지이며, {those} 가장 굳은 것은 이렇습니다:"
            )
        }
        (
            WhyNotFound::RuledOut {
                nothing: true,
                proof: Some(_),
            },
            Lang::En,
        ) => {
            format!("No future at all is consistent, so {en} is in none. Suppose it were:")
        }
        (
            WhyNotFound::RuledOut {
                nothing: true,
                proof: Some(_),
            },
            Lang::Ko,
        ) => {
            format!(
                "앞뒤가 맞는 미래가 하나도 없으므로 {ko} 어디에도 들어 있지 않습니다. 그렇다고 쳐 보면:"
            )
        }
        (WhyNotFound::RuledOut { proof: None, .. }, Lang::En) => format!(
            "{en} is in no consistent future: the search saw all of them. The argument is longer than anybody would read."
        ),
        (WhyNotFound::RuledOut { proof: None, .. }, Lang::Ko) => format!(
            "{ko} 앞뒤가 맞는 어느 미래에도 없습니다. 모두 찾아보고 하는 말이지만, 까닭을 적으면 아무도 읽지 못할 만큼 깁니다."
        ),
        (WhyNotFound::RuledOut { .. }, Lang::En) => {
            format!("{en} is in no consistent future. Suppose it were:")
        }
        (WhyNotFound::RuledOut { .. }, Lang::Ko) => {
            format!("{ko} 앞뒤가 맞는 어느 미래에도 없습니다. 그렇다고 쳐 보면:")
        }
        (WhyNotFound::Open(why), Lang::En) => format!(
            "Whether {en} is in a consistent future was not settled: none was found. {}",
            stopped(*why, lang)
        ),
        (WhyNotFound::Open(why), Lang::Ko) => format!(
            "{ko} 앞뒤가 맞는 미래에 있는지 끝까지 알아내지 못했습니다. 찾은 것은 없습니다. {}",
            stopped(*why, lang)
        ),
    }
}

/// What a branch assumes.
pub(crate) fn suppose(case: &Case, at: StateRef, lang: Lang) -> String {
    let (driver, state) = (case.driver(at.driver), case.state(at));
    let name = driver.name.get(lang);
    match lang {
        Lang::En => format!("Suppose {name} {}:", quoted(&state.name, lang)),
        Lang::Ko => format!("{name}: {}고 하면", with(&state.name, Particle::Copula)),
    }
}

/// A state falls, to which rival and by how much.
pub(crate) fn step(case: &Case, step: &ArguedStep, lang: Lang) -> String {
    let driver = case.driver(step.fall.state.driver);
    let state = &case.state(step.fall.state).name;
    let rival = &driver.states[step.fall.rival.0].name;
    let (name, by) = (driver.name.get(lang), plain_points(step.fall.by));
    match lang {
        Lang::En => format!(
            "{name}: {} falls; {} leads it by at least {by}",
            quoted(state, lang),
            quoted(rival, lang)
        ),
        Lang::Ko => format!(
            "{name}: {} 빠집니다. {} 적어도 {by}점 앞섭니다",
            with(state, Particle::Topic),
            with(rival, Particle::Subject)
        ),
    }
}

/// A step that an earlier branch has shown with all that carries it.
pub(crate) fn as_before(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "as before",
        Lang::Ko => "앞과 같음",
    }
}

/// What a driver with several states left adds at least.
pub(crate) fn whichever(case: &Case, by: &CarriedBy, lang: Lang) -> String {
    let name = case.driver(by.from).name.get(lang);
    match (by.least < 0, lang) {
        (false, Lang::En) => format!("{name}, whatever it is, at least"),
        (true, Lang::En) => format!("{name}, at worst"),
        (false, Lang::Ko) => format!("{name}: 어느 쪽이든 적어도"),
        (true, Lang::Ko) => format!("{name}: 아무리 나빠도"),
    }
}

/// How a branch ends.
pub(crate) fn closed(
    case: &Case,
    asked: &WhyNot,
    driver: sinario_case::DriverId,
    lang: Lang,
) -> String {
    let name = case.driver(driver).name.get(lang);
    match (driver == asked.state.driver, lang) {
        (true, Lang::En) => "So it cannot be.".to_owned(),
        (true, Lang::Ko) => "그래서 그럴 수 없습니다.".to_owned(),
        (false, Lang::En) => format!("No state is left of {name}: it cannot be."),
        (false, Lang::Ko) => format!("{name}: 남는 상태가 없으므로 그럴 수 없습니다."),
    }
}
