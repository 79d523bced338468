//! Which futures fit together, in a sentence.

use super::{NAMED, Sentence, When, most, speaks_of};
use crate::words::{count, percent, points};
use sinario_case::{Kind, Lang, StateId};
use sinario_reading::{Estimate, FutureFound, Futures, Holding, Reading};

pub(super) fn of_futures(reading: &Reading, f: &Futures, lang: Lang) -> Sentence {
    let none = f.count == num_bigint::BigUint::ZERO;
    let size = count(&reading.size, lang);
    if none {
        let out = Sentence::default();
        return match (f.stopped.is_none(), lang) {
            (true, Lang::En) => out
                .plain(format!("Of {size} futures, "))
                .strong("none fits together")
                .plain(": the author's own impacts contradict each of them."),
            (true, Lang::Ko) => out
                .plain(format!("미래 {size}가지 가운데 앞뒤가 맞는 것은 "))
                .strong("하나도 없습니다")
                .plain(": 어느 것이나 글쓴이 자신의 판단과 어긋납니다."),
            (false, Lang::En) => out
                .plain(format!("Among {size} futures, "))
                .strong("none that fits together was found")
                .plain(" before the search gave up."),
            (false, Lang::Ko) => out
                .plain(format!("미래 {size}가지 가운데 앞뒤가 맞는 것을 "))
                .strong("아직 찾지 못했습니다")
                .plain(". 탐색을 끝까지 하지 못했습니다."),
        };
    }
    let found = count(&f.count, lang);
    let out = match (f.stopped.is_none(), lang) {
        (true, Lang::En) => Sentence::default()
            .plain(format!("Of {size} futures, "))
            .strong(format!("{found} {}", fit(&found))),
        (false, Lang::En) => Sentence::default()
            .plain(format!("Of {size} futures, "))
            .strong(format!("at least {found} {}", fit(&found))),
        (true, Lang::Ko) => Sentence::default()
            .plain(format!("미래 {size}가지 가운데 앞뒤가 맞는 것은 "))
            .strong(format!("{found}가지")),
        (false, Lang::Ko) => Sentence::default()
            .plain(format!("미래 {size}가지 가운데 앞뒤가 맞는 것은 "))
            .strong(format!("적어도 {found}가지")),
    };
    let out = match (reading.ask.max_inconsistency, lang) {
        (0, _) => out,
        (k, Lang::En) => out.plain(format!(
            " or miss by at most {} impact {}",
            plain_points(k),
            if k == 1000 { "point" } else { "points" }
        )),
        (k, Lang::Ko) => out.plain(format!("(어긋남 {}점까지 봐줌)", plain_points(k))),
    };
    let Some((future, how)) = foremost(reading, f, lang) else {
        return out.plain(match lang {
            Lang::En => ".",
            Lang::Ko => "입니다.",
        });
    };
    if let Some(unlike) = unlike_today(reading, &future.states, lang) {
        return match lang {
            Lang::En => out.plain(format!("; {} ({}) {unlike}", how.0, how.1)),
            Lang::Ko => {
                let which = how.0.trim_end_matches(" 것은");
                out.plain(format!("입니다. {which} 미래({})에서는 {unlike}", how.1))
            }
        };
    }
    let told = in_words(reading, &future.states, lang);
    match lang {
        Lang::En => out.plain(format!("; {} is {told} ({}).", how.0, how.1)),
        Lang::Ko => out.plain(format!("이며, {} {told}입니다({}).", how.0, how.1)),
    }
}

/// In what a future differs from what is known of today; `None` where nothing is known of today.
fn unlike_today(reading: &Reading, states: &[StateId], lang: Lang) -> Option<String> {
    let case = &*reading.case;
    if case.drivers.iter().all(|d| d.today.is_none()) {
        return None;
    }
    let changed: Vec<usize> = (0..case.drivers.len())
        .filter(|&d| case.drivers[d].today.is_some_and(|t| t != states[d]))
        .collect();
    let rest = changed.len().saturating_sub(NAMED);
    let named: Vec<String> = changed
        .iter()
        .take(NAMED)
        .map(|&d| {
            let driver = &case.drivers[d];
            let state = driver.states[states[d].0].name.get(lang);
            match lang {
                Lang::En => format!("{} ({state})", driver.name.get(lang)),
                Lang::Ko => format!("{}({state})", driver.name.get(lang)),
            }
        })
        .collect();
    let named = match (&named[..], lang) {
        ([first @ .., last], Lang::En) if rest == 0 && !first.is_empty() => {
            format!("{} and {last}", first.join(", "))
        }
        _ => named.join(", "),
    };
    let changed = match (lang, changed.is_empty(), rest) {
        (Lang::En, true, _) => "keeps all that is known of today.".to_owned(),
        (Lang::Ko, true, _) => "알려진 것이 모두 오늘 그대로입니다.".to_owned(),
        (Lang::En, false, 0) => format!("differs from today in {named}."),
        (Lang::Ko, false, 0) => format!("오늘과 달라지는 것이 {named}입니다."),
        (Lang::En, false, n) => format!("differs from today in {named} and {n} more."),
        (Lang::Ko, false, n) => format!("오늘과 달라지는 것이 {named} 등 {}가지입니다.", NAMED + n),
    };
    // Nobody sees a mind today: what the future takes it for is an assumption of its own.
    let minds: Vec<String> = (0..case.drivers.len())
        .filter(|&d| case.drivers[d].kind == Kind::Mind && case.drivers[d].today.is_none())
        .map(|d| {
            let state = case.drivers[d].states[states[d].0].name.get(lang);
            match lang {
                Lang::En => format!("“{state}”"),
                Lang::Ko => format!("‘{state}’"),
            }
        })
        .collect();
    Some(match (lang, &minds[..]) {
        (_, []) => changed,
        (_, many) if many.len() > NAMED => changed,
        (Lang::En, [one]) => format!("supposes {one} in the mind and {changed}"),
        (Lang::En, [first @ .., last]) => {
            format!(
                "supposes {} and {last} in the minds and {changed}",
                first.join(", ")
            )
        }
        (Lang::Ko, all) => format!("속마음이 {}이고, {changed}", all.join(", ")),
    })
}

/// Points without their sign.
pub(super) fn plain_points(thousandths: i64) -> String {
    points(thousandths).trim_start_matches('+').to_owned()
}

fn fit(found: &str) -> &'static str {
    if found == "1" {
        "fits together"
    } else {
        "fit together"
    }
}

/// The listed future to name: the likeliest at the horizon (in the long run where there are no rounds till
/// then), the firmest where no probabilities were asked for; why it, and its number.
fn foremost<'a>(
    reading: &Reading,
    f: &'a Futures,
    lang: Lang,
) -> Option<(&'a FutureFound, (String, String))> {
    let by = |key: &dyn Fn(&FutureFound) -> f64| {
        most(f.consistent.len(), |at| key(&f.consistent[at])).map(|at| &f.consistent[at])
    };
    if f.consistent.iter().any(|x| x.then.is_none()) {
        // The cast: sums of scores stay far below 2^52.
        let x = by(&|x| x.margin as f64)?;
        if f.consistent.iter().filter(|y| y.margin == x.margin).count() > 1 {
            return None;
        }
        return Some(match lang {
            Lang::En => (
                x,
                (
                    "the firmest of them".into(),
                    format!("margin {}", points(x.margin)),
                ),
            ),
            Lang::Ko => (
                x,
                (
                    "그중 가장 굳은 것은".into(),
                    format!("여유 {}", points(x.margin)),
                ),
            ),
        });
    }
    let value = |e: Option<Estimate>| e.map_or(0.0, |e| e.value);
    let time = speaks_of(reading);
    let of = |x: &FutureFound| {
        if time == When::Settled {
            x.settled
        } else {
            x.then
        }
    };
    let x = by(&|x| value(of(x)))?;
    let p = of(x)?;
    let when = match (time, lang) {
        (When::Now, Lang::En) => "the likeliest of them now",
        (When::Then, Lang::En) => "the likeliest of them at the horizon",
        (When::Settled, Lang::En) => "the likeliest of them in the long run",
        (When::Now, Lang::Ko) => "그중 지금 가장 그럴 만한 것은",
        (When::Then, Lang::Ko) => "그중 그때 가장 그럴 만한 것은",
        (When::Settled, Lang::Ko) => "그중 길게 보아 가장 그럴 만한 것은",
    };
    Some((x, (when.to_owned(), percent(p))))
}

/// The states of a future by name: all of a few, else first those that are not so today.
pub(super) fn in_words(reading: &Reading, states: &[StateId], lang: Lang) -> String {
    let case = &*reading.case;
    let news = |d: usize| case.drivers[d].today.is_some_and(|t| t != states[d]);
    let mut named: Vec<usize> = (0..case.drivers.len()).collect();
    named.sort_by_key(|&d| !news(d));
    let rest = named.len().saturating_sub(NAMED);
    if rest > 1 {
        named.truncate(NAMED);
    }
    let one = |&d: &usize| {
        let driver = &case.drivers[d];
        format!(
            "{}: {}",
            driver.name.get(lang),
            driver.states[states[d].0].name.get(lang)
        )
    };
    let mut text = named.iter().map(one).collect::<Vec<_>>().join(" · ");
    if rest > 1 {
        text.push_str(&match lang {
            Lang::En => format!(" · {rest} more"),
            Lang::Ko => format!(" · 그 밖의 변수 {rest}개"),
        });
    }
    text
}

/// How many of the listed futures hold together whatever the scores are within their ranges; `None` where it is not known.
pub(crate) fn within_ranges(listed: &[FutureFound], lang: Lang) -> Option<String> {
    let verdicts: Option<Vec<Holding>> = listed
        .iter()
        .map(|f| f.firmness.map(|f| f.verdict))
        .collect();
    let verdicts = verdicts.filter(|v| !v.is_empty())?;
    let (n, always) = (
        verdicts.len(),
        verdicts.iter().filter(|v| **v == Holding::Always).count(),
    );
    Some(match (always, lang) {
        (0, Lang::En) => format!(
            "Of these {n}, none holds together whatever the scores are within their ranges; each does for some of them."
        ),
        (0, Lang::Ko) => format!(
            "이 {n}가지 가운데 점수가 범위 안 어디에 있든 늘 앞뒤가 맞는 것은 없고, 모두 점수에 따라 맞기도 하고 어긋나기도 합니다."
        ),
        (a, Lang::En) if a == n => {
            format!("All of these {n} hold together whatever the scores are within their ranges.")
        }
        (a, Lang::Ko) if a == n => {
            format!("이 {n}가지는 점수가 범위 안 어디에 있든 모두 앞뒤가 맞습니다.")
        }
        (a, Lang::En) => format!(
            "Of these {n}, {a} hold together whatever the scores are within their ranges; the others only for some of them."
        ),
        (a, Lang::Ko) => format!(
            "이 {n}가지 가운데 {a}가지는 점수가 범위 안 어디에 있든 늘 앞뒤가 맞고, 나머지는 점수에 따라 맞기도 하고 어긋나기도 합니다."
        ),
    })
}
