//! The answer in three sentences.

use super::{asking, expected, money, name, often, quoted, spread, states};
use crate::korean::{Particle, particle};
use crate::sentences::Sentence;
use sinario_case::{Case, Lang, Name};
use sinario_reading::choices::Choices;

/// What to do, what if that is wrong, what asking would be worth.
pub(crate) fn answer(case: &Case, found: &Choices, lang: Lang) -> Vec<Sentence> {
    if valueless(found).is_some() {
        return summary(case, found, lang).into_iter().collect();
    }
    let mut all = Vec::new();
    all.extend(left_out(case, found, lang));
    all.extend(summary(case, found, lang));
    all.extend(wrong(case, found, lang));
    all.extend(asking::most(case, found, lang));
    all.extend(asking::first(case, found, lang));
    all
}

/// What to do, if the reading is right: the option with the greatest expected value, by how much, and how sure that is.
/// `None` where no option has a value.
pub(crate) fn summary(case: &Case, found: &Choices, lang: Lang) -> Option<Sentence> {
    let best = found.options.get(found.best)?;
    if let Some(k) = valueless(found) {
        let of = name(case, found, k);
        let out = Sentence::default();
        return Some(match lang {
            Lang::En => out
                .strong(quoted(of, lang))
                .plain(" has no value in any draw, so the options cannot be compared."),
            Lang::Ko => out.strong(quoted(of, lang)).plain(format!(
                "{} 어느 추첨에서도 값이 없어 선택지를 견줄 수 없습니다.",
                after(of, Particle::Topic)
            )),
        });
    }
    let of = name(case, found, found.best);
    let value = expected(found, &best.value, lang);
    let spread = spread(found, &best.value, lang);
    let out = Sentence::default();
    if found.options.len() == 1 {
        return Some(match lang {
            Lang::En => out
                .plain("Only one option has a value, so there is nothing to hold it against: if this reading is right, ")
                .strong(of.get(lang))
                .plain(" may expect ")
                .strong(value)
                .plain(format!(" (nine times in ten {spread}).")),
            Lang::Ko => out
                .plain("값이 있는 선택지가 하나뿐이라 견줄 것이 없습니다. 이 읽기가 맞다면 ")
                .strong(quoted(of, lang))
                .plain("의 기댓값은 ")
                .strong(value)
                .plain(format!("이고, 열에 아홉은 {spread}입니다.")),
        });
    }
    if let Some(close) = found.close {
        return Some(level(case, found, close, lang));
    }
    let sure = sure(found, lang);
    let lead = lead(case, found, lang);
    let (brings, but) = (brings(found, &spread, lang), oftener(case, found, lang));
    Some(match lang {
        Lang::En => out
            .plain("If this reading is right, the greatest expected value is that of ")
            .strong(quoted(of, lang))
            .plain(": ")
            .strong(value)
            .plain(format!("{lead}. {brings}; {sure}.{but}")),
        Lang::Ko => out
            .plain("이 읽기가 맞다면 기댓값이 가장 큰 것은 ")
            .strong(quoted(of, lang))
            .plain(format!("{}, ", after(of, Particle::Toward)))
            .strong(value)
            .plain(format!("{lead}. {brings}, {sure}.{but}")),
    })
}

/// An option that has no value in any draw, by which nothing can be compared.
pub(crate) fn valueless(found: &Choices) -> Option<usize> {
    found.options.iter().position(|o| o.value.defined <= 0.0)
}

/// The particle that agrees with a name in quotes.
fn after(name: &Name, p: Particle) -> &'static str {
    particle(name.get(Lang::Ko), name.say.as_deref(), p)
}

/// By how much the best is ahead of the next; nothing where a mean does not exist.
fn lead(case: &Case, found: &Choices, lang: Lang) -> String {
    let none = match lang {
        Lang::En => String::new(),
        Lang::Ko => "입니다".to_owned(),
    };
    let Some(second) = second(found) else {
        return none;
    };
    let (a, b) = (
        &found.options[found.best].value,
        &found.options[second].value,
    );
    if a.endless || b.endless {
        return none;
    }
    let more = money(found, a.mean.value - b.mean.value, lang);
    let of = name(case, found, second);
    match lang {
        Lang::En => format!(", {more} more than {}", quoted(of, lang)),
        Lang::Ko => format!(", 그다음인 {}보다 {more} 많습니다", quoted(of, lang)),
    }
}

/// The option with the greatest expected value but for the best; the first of equals.
fn second(found: &Choices) -> Option<usize> {
    let others = (0..found.options.len()).filter(|&k| k != found.best);
    others.fold(None, |next: Option<usize>, k| {
        let mean = |k: usize| found.options[k].value.mean.value;
        match next {
            Some(n) if mean(n) >= mean(k) => Some(n),
            _ => Some(k),
        }
    })
}

/// What the best one brings: each amount where there are few, else the interval of nine in ten.
fn brings(found: &Choices, spread: &str, lang: Lang) -> String {
    let values = &found.options[found.best].shape.values;
    if found.drawn.exact && (1..=3).contains(&values.len()) {
        let one = |(value, share): &(f64, f64)| {
            format!(
                "{} ({})",
                money(found, *value, lang),
                crate::words::fine(*share)
            )
        };
        let all: Vec<String> = values.iter().map(one).collect();
        return match lang {
            Lang::En => format!("It brings {}", all.join(" or ")),
            Lang::Ko => format!("가져오는 값은 {}이고", all.join(" 또는 ")),
        };
    }
    let [low, .., high] = found.options[found.best].value.quantiles;
    match lang {
        Lang::En if low == high => format!("It always brings {spread}"),
        Lang::Ko if low == high => format!("언제나 {spread}이고"),
        Lang::En => format!("Nine times in ten it brings {spread}"),
        Lang::Ko => format!("열에 아홉은 {spread} 사이이고"),
    }
}

/// How often the best is best.
fn sure(found: &Choices, lang: Lang) -> String {
    let share = often(found.options[found.best].best_in);
    match (found.drawn.exact, lang) {
        (true, Lang::En) => format!("the chance that it is best, ties shared, is {share}"),
        (true, Lang::Ko) => format!("가장 나을 확률은(비기면 나누어) {share}입니다"),
        (false, Lang::En) => format!("it is best in {share} of the draws"),
        (false, Lang::Ko) => format!("추첨의 {share}에서 가장 낫습니다"),
    }
}

/// That another option is best more often than the one with the greatest expected value.
fn oftener(case: &Case, found: &Choices, lang: Lang) -> String {
    let share = |k: usize| found.options[k].best_in.value;
    let all = 0..found.options.len();
    let most = all.fold(found.best, |m, k| if share(k) > share(m) { k } else { m });
    if most == found.best || share(most) < share(found.best) + 0.05 {
        return String::new();
    }
    let name = name(case, found, most);
    let often = often(found.options[most].best_in);
    match lang {
        Lang::En => format!(
            " But {} is best more often, in {often}.",
            quoted(name, lang)
        ),
        Lang::Ko => format!(
            " 다만 더 자주 가장 나은 것은 {}({often})입니다.",
            quoted(name, lang)
        ),
    }
}

/// What is left out where some option has no value: it stands before any comparison.
fn left_out(case: &Case, found: &Choices, lang: Lang) -> Option<Sentence> {
    let holes = (0..found.options.len()).filter(|&k| found.options[k].value.defined < 1.0 - 1e-9);
    let worst = holes.min_by(|&a, &b| {
        let defined = |k: usize| found.options[k].value.defined;
        defined(a).total_cmp(&defined(b))
    })?;
    let share = crate::words::fine(1.0 - found.options[worst].value.defined);
    let of = name(case, found, worst);
    let out = Sentence::default();
    Some(match lang {
        Lang::En => out
            .strong("Read with care: ")
            .plain(format!(
                "{} has no value in {share} of the draws. All comparisons leave those draws out, so they speak of the others only.",
                quoted(of, lang)
            )),
        Lang::Ko => out.strong("조심해서 읽으십시오. ").plain(format!(
            "{}{} 추첨의 {share}에서 값이 없습니다. 모든 비교는 그런 추첨을 빼고 한 것이라 나머지에 대해서만 말합니다.",
            quoted(of, lang),
            after(of, Particle::Topic)
        )),
    })
}

/// Two options that the model does not tell apart.
fn level(case: &Case, found: &Choices, close: usize, lang: Lang) -> Sentence {
    let [a, b] = [found.best, close].map(|k| (name(case, found, k), &found.options[k].value));
    let [va, vb] = [a.1, b.1].map(|v| expected(found, v, lang));
    let out = Sentence::default();
    let drawn = match (found.drawn.exact, lang) {
        (true, Lang::En) => "they come to the same",
        (true, Lang::Ko) => "값이 같습니다",
        (false, Lang::En) => "their difference is within its sampling error",
        (false, Lang::Ko) => "차이가 표본 오차 안에 있습니다",
    };
    match lang {
        Lang::En => out
            .plain("Even if this reading is right, it does not tell ")
            .strong(quoted(a.0, lang))
            .plain(format!(" ({va}) from "))
            .strong(quoted(b.0, lang))
            .plain(format!(
                " ({vb}): both have the greatest expected value, and {drawn}."
            )),
        Lang::Ko => out
            .plain("이 읽기가 맞다 해도 ")
            .strong(quoted(a.0, lang))
            .plain(format!("({va}){} ", after(a.0, Particle::With)))
            .strong(quoted(b.0, lang))
            .plain(format!(
                "({vb}) 가운데 어느 쪽이 나은지는 가려지지 않습니다. 둘의 기댓값이 가장 크고 {drawn}."
            )),
    }
}

/// What if it is wrong: the option with the least greatest regret, and where that is. `None` with fewer than two.
fn wrong(case: &Case, found: &Choices, lang: Lang) -> Option<Sentence> {
    if found.options.len() < 2 {
        return None;
    }
    let calm = least_regret(found);
    let (regret, at) = &found.options[calm].max_regret;
    let of = name(case, found, calm);
    let out = Sentence::default();
    let most = money(found, *regret, lang);
    let place = match (at.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::En) => format!(" (in {})", states(case, at, lang)),
        (false, Lang::Ko) => format!("({})", states(case, at, lang)),
    };
    if *regret <= 0.0 {
        return Some(match lang {
            Lang::En => out
                .plain("If you are wrong about the futures: ")
                .strong(quoted(of, lang))
                .plain(" is beaten in none of the situations."),
            Lang::Ko => out
                .plain("미래를 잘못 보았더라도 ")
                .strong(quoted(of, lang))
                .plain(after(of, Particle::Topic))
                .plain(" 어느 상황에서도 뒤지지 않습니다."),
        });
    }
    // What the best one costs where it is most wrong, when that is another.
    let other = (calm != found.best && found.close.is_none()).then(|| {
        let best = name(case, found, found.best);
        let regret = money(found, found.options[found.best].max_regret.0, lang);
        match lang {
            Lang::En => format!("; with {} it can come to {regret}", quoted(best, lang)),
            Lang::Ko => format!(
                ", {}{} {regret}까지 커질 수 있습니다",
                quoted(best, lang),
                after(best, Particle::Topic)
            ),
        }
    });
    Some(match lang {
        Lang::En => out
            .plain("If you are wrong about the futures, ")
            .strong(quoted(of, lang))
            .plain(" leaves the least to regret: at most ")
            .strong(most)
            .plain(format!(
                "{place} below what would have been best there{}.",
                other.unwrap_or_default()
            )),
        Lang::Ko => out
            .plain("미래를 잘못 보았을 때 후회가 가장 작은 것은 ")
            .strong(quoted(of, lang))
            .plain(format!("{}, 가장 클 때도 ", after(of, Particle::Toward)))
            .strong(most)
            .plain(match other {
                None => format!("입니다{place}."),
                Some(other) => format!("이고{place}{other}."),
            }),
    })
}

/// The option with the least greatest regret; the one with the greatest expected value first among equals, then the first.
fn least_regret(found: &Choices) -> usize {
    let mut calm = found.best;
    for (k, o) in found.options.iter().enumerate() {
        if o.max_regret.0 < found.options[calm].max_regret.0 {
            calm = k;
        }
    }
    calm
}
