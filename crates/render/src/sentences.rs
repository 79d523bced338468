//! The reading in three sentences, shared by the terminal and the report: the mind that the facts say most
//! about, how the author's story holds, and which futures fit together.

use crate::korean::{Particle, particle};
use crate::words::{chance, count, day, percent, points};
use sinario_case::{Case, Kind, Lang, Name, StateId};
use sinario_reading::{Balance, Estimate, FutureFound, Futures, Mind, Reading, StoryFound};

/// Drivers of a future that one sentence names; the rest is counted.
const NAMED: usize = 4;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether they are emphasised.
    pub strong: bool,
}

/// A sentence as a list of plain and emphasised parts; spaces stand in the parts.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Its parts in order.
    pub runs: Vec<Run>,
}

impl Sentence {
    /// The words without emphasis.
    pub fn text(&self) -> String {
        self.runs.iter().map(|r| r.text.as_str()).collect()
    }

    pub(crate) fn plain(mut self, text: impl Into<String>) -> Self {
        self.runs.push(Run {
            text: text.into(),
            strong: false,
        });
        self
    }

    pub(crate) fn strong(mut self, text: impl Into<String>) -> Self {
        self.runs.push(Run {
            text: text.into(),
            strong: true,
        });
        self
    }

    /// An emphasised name, and in plain letters the particle that agrees with it.
    pub(crate) fn name(self, name: &Name, p: Particle) -> Self {
        let word = name.get(Lang::Ko);
        self.strong(word)
            .plain(particle(word, name.say.as_deref(), p))
    }
}

/// The reading in three sentences, fewer where the case has no mind or no story, or where they were not asked for.
///
/// ```
/// use sinario_case::Lang;
/// use sinario_reading::{Ask, Quiet, read};
/// use sinario_render::sentences::summary;
/// # fn main() -> Result<(), sinario_reading::Refusal> {
/// let parsed = sinario_case::parse(br#"
///     sinario = 1
///     title = "Rain"
///     [drivers.sky]
///     states = { dry = "Dry", wet = "Wet" }
///     prior = { dry = 0.75, wet = 0.25 }
/// "#);
/// let case = parsed.case.expect("the case above is in order");
/// let reading = read(case, Ask::default(), &Quiet)?;
/// let first = &summary(&reading, Lang::En)[0];
/// assert_eq!(first.text(), "In the long run sky is most likely Dry (75 %, likely).");
/// # Ok(())
/// # }
/// ```
pub fn summary(reading: &Reading, lang: Lang) -> Vec<Sentence> {
    let first = match best_read(reading) {
        Some(mind) => Some(of_mind(reading, mind, lang)),
        None => of_world(reading, lang),
    };
    let story = reading.stories.first().map(|s| of_story(reading, s, lang));
    let futures = reading
        .futures
        .as_ref()
        .map(|f| of_futures(reading, f, lang));
    [first, story, futures].into_iter().flatten().collect()
}

/// The mind that a reading opens with: the first that the author declares. `None` where there is no mind.
pub fn best_read(reading: &Reading) -> Option<&Mind> {
    reading
        .minds
        .iter()
        .find(|m| reading.case.driver(m.driver).kind == Kind::Mind)
}

/// The place of the greatest; the first of equals.
pub(crate) fn leading(all: &[Estimate]) -> usize {
    let mut best = 0;
    for (at, e) in all.iter().enumerate() {
        if e.value > all[best].value {
            best = at;
        }
    }
    best
}

fn of_mind(reading: &Reading, mind: &Mind, lang: Lang) -> Sentence {
    let driver = reading.case.driver(mind.driver);
    let s = leading(&mind.posterior);
    let state = &driver.states[s].name;
    let (now, before) = (chance(mind.posterior[s], lang), percent(mind.prior[s]));
    let fact = strongest(reading, mind, s, lang).map(|f| f.trim_end_matches(['.', '。', ' ']));
    let out = Sentence::default();
    match lang {
        Lang::En => {
            let out = out
                .strong(driver.name.get(lang))
                .plain(" now reads as ")
                .strong(state.get(lang))
                .plain(" (")
                .strong(now)
                .plain(format!("; {before} before facts); "));
            match fact {
                Some(f) => out.plain(format!("the fact that speaks for it most is “{f}”.")),
                None => out.plain("no fact speaks for it."),
            }
        }
        Lang::Ko => {
            let out = out
                .plain("지금 ")
                .name(&driver.name, Particle::Topic)
                .plain(" ")
                .name(state, Particle::Toward)
                .plain(" 읽히며(")
                .strong(now)
                .plain(format!(", 사실을 보기 전 {before}), "));
            match fact {
                Some(f) => out.plain(format!(
                    "이를 가장 힘 있게 뒷받침하는 것은 “{f}”{}는 사실입니다.",
                    particle(f, None, Particle::Copula)
                )),
                None => out.plain("이를 뒷받침하는 사실은 없습니다."),
            }
        }
    }
}

/// The fact that speaks most for a state of a mind, if any does by what a table would show.
fn strongest<'a>(reading: &'a Reading, mind: &Mind, state: usize, lang: Lang) -> Option<&'a str> {
    let mut best: Option<(&sinario_reading::FactWeight, f64)> = None;
    for f in &mind.facts {
        let weight = f.decibans[state].value;
        if weight >= 0.05 && best.is_none_or(|(_, most)| weight > most) {
            best = Some((f, weight));
        }
    }
    best.map(|(f, _)| reading.case.facts[f.fact.0].text.get(lang))
}

/// Where there is no mind: the driver that moves most till the horizon; where nothing moves till then, the one
/// that is clearest in the long run.
fn of_world(reading: &Reading, lang: Lang) -> Option<Sentence> {
    let belief = reading.belief.as_ref()?;
    let drivers = reading.case.drivers.len();
    let (when, marginals) = match speaks_of(reading) {
        When::Now => (now(lang).to_owned(), &belief.now),
        When::Then => (at_horizon(&reading.case, lang), belief.then()),
        When::Settled => (long_run(lang).to_owned(), &belief.settled),
    };
    let moved = |d: usize| {
        let pairs = belief.now[d].iter().zip(&marginals[d]);
        pairs.map(|(a, b)| (a.value - b.value).abs()).sum()
    };
    let clear = |d: usize| marginals[d][leading(&marginals[d])].value;
    let d = match speaks_of(reading) {
        When::Then => most(drivers, moved)?,
        When::Now | When::Settled => most(drivers, clear)?,
    };
    let driver = &reading.case.drivers[d];
    let s = leading(&marginals[d]);
    let state = &driver.states[s].name;
    let probability = chance(marginals[d][s], lang);
    let out = Sentence::default();
    Some(match lang {
        Lang::En => out
            .plain(format!("{} ", capital(&when)))
            .strong(driver.name.get(lang))
            .plain(" is most likely ")
            .strong(state.get(lang))
            .plain(" (")
            .strong(probability)
            .plain(")."),
        Lang::Ko => out
            .plain(format!("{when} "))
            .name(&driver.name, Particle::Topic)
            .plain(" ")
            .strong(state.get(lang))
            .plain("일 가능성이 가장 큽니다(")
            .strong(probability)
            .plain(")."),
    })
}

/// The time that a sentence about the world speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    Then,
    Settled,
}

/// The horizon where anything moves till then. Else now and then are one; where facts are known they are more
/// than the long run, which no fact moves.
fn speaks_of(reading: &Reading) -> When {
    let known = !(reading.used.is_empty() && reading.ask.given.is_empty());
    match (reading.case.rounds() > 0, known) {
        (true, _) => When::Then,
        (false, true) => When::Now,
        (false, false) => When::Settled,
    }
}

/// The first of the drivers with the greatest measure.
fn most(drivers: usize, measure: impl Fn(usize) -> f64) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for d in 0..drivers {
        let m = measure(d);
        if best.is_none_or(|(_, most)| m > most) {
            best = Some((d, m));
        }
    }
    best.map(|(d, _)| d)
}

/// `at the horizon (31 December 2026)`, `그때(2026년 12월 31일)`.
pub(crate) fn at_horizon(case: &Case, lang: Lang) -> String {
    match (case.horizon, lang) {
        (Some(d), Lang::En) => format!("at the horizon ({})", day(d, lang)),
        (None, Lang::En) => "at the horizon".into(),
        (Some(d), Lang::Ko) => format!("그때({})", day(d, lang)),
        (None, Lang::Ko) => "그때".into(),
    }
}

fn now(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "now",
        Lang::Ko => "지금",
    }
}

fn long_run(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "in the long run",
        Lang::Ko => "길게 보면",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or(String::new(), |c| c.to_uppercase().chain(letters).collect())
}

/// The told states that lose to a rival by the author's own impacts, the worst first.
pub fn against(story: &StoryFound) -> Vec<&Balance> {
    let mut all: Vec<&Balance> = story
        .coherence
        .iter()
        .filter(|b| b.told < b.rival_sum)
        .collect();
    all.sort_by_key(|b| b.told - b.rival_sum);
    all
}

/// How the story holds; what speaks against it is said first.
fn of_story(reading: &Reading, story: &StoryFound, lang: Lang) -> Sentence {
    let case = &*reading.case;
    let title = case.stories[story.story].title.get(lang);
    let against = against(story);
    let out = match (against.first(), lang) {
        (Some(worst), Lang::En) => Sentence::default()
            .plain("The author's own judgements ")
            .strong("speak against")
            .plain(format!(
                " the story “{title}” ({}{})",
                loses(case, worst, lang),
                others(against.len() - 1, lang)
            )),
        (Some(worst), Lang::Ko) => Sentence::default()
            .plain("글쓴이 자신의 판단이 이야기 “")
            .plain(format!(
                "{title}”{} ",
                particle(title, None, Particle::With)
            ))
            .strong("어긋나는 곳이 있")
            .plain(if story.probability.is_some() {
                "으며("
            } else {
                "습니다("
            })
            .plain(format!(
                "{}{})",
                loses(case, worst, lang),
                others(against.len() - 1, lang)
            )),
        (None, Lang::En) => Sentence::default()
            .plain(format!("The story “{title}” "))
            .strong("does not contradict")
            .plain(" its author's own judgements"),
        (None, Lang::Ko) => Sentence::default()
            .plain(format!(
                "이야기 “{title}”{} 글쓴이 자신의 판단과 ",
                particle(title, None, Particle::Topic)
            ))
            .strong("어긋나지 않")
            .plain(if story.probability.is_some() {
                "으며"
            } else {
                "습니다"
            }),
    };
    let Some(p) = story.probability else {
        return out.plain(".");
    };
    let when = told_when(case, story, lang);
    match lang {
        Lang::En => out
            .plain(format!("; its probability, {when}, is "))
            .strong(chance(p, lang))
            .plain("."),
        Lang::Ko => out
            .plain(format!(", 그 확률은 {when} "))
            .strong(chance(p, lang))
            .plain("입니다."),
    }
}

/// `Control: Shared leads Microsoft by 3`.
fn loses(case: &Case, b: &Balance, lang: Lang) -> String {
    let driver = case.driver(b.driver);
    let (told, rival) = (
        &driver.states[b.state.0].name,
        &driver.states[b.rival.0].name,
    );
    let by = points(b.rival_sum - b.told);
    let by = by.trim_start_matches('+');
    match lang {
        Lang::En => format!(
            "{}: {} leads {} by {by}",
            driver.name.get(lang),
            rival.get(lang),
            told.get(lang)
        ),
        Lang::Ko => format!(
            "{}: {}보다 {}에 {by}점을 더 줍니다",
            driver.name.get(lang),
            told.get(lang),
            rival.get(lang)
        ),
    }
}

fn others(n: usize, lang: Lang) -> String {
    match (n, lang) {
        (0, _) => String::new(),
        (n, Lang::En) => format!(", and {n} more"),
        (n, Lang::Ko) => format!(", 그 밖에 {n}곳"),
    }
}

/// What a story tells of minds holds now, the rest at the horizon (model.md 7).
fn told_when(case: &Case, story: &StoryFound, lang: Lang) -> &'static str {
    let told = &case.stories[story.story].future;
    let minds = told
        .iter()
        .filter(|s| case.driver(s.driver).kind == Kind::Mind)
        .count();
    match (minds, lang) {
        (0, Lang::En) => "at the horizon",
        (0, Lang::Ko) => "(그때)",
        (n, Lang::En) if n == told.len() => "now",
        (n, Lang::Ko) if n == told.len() => "(지금)",
        (_, Lang::En) => "minds now and the rest at the horizon",
        (_, Lang::Ko) => "(속마음은 지금, 나머지는 그때)",
    }
}

fn of_futures(reading: &Reading, f: &Futures, lang: Lang) -> Sentence {
    let none = f.count == num_bigint::BigUint::ZERO;
    let size = count(&reading.size, lang);
    if none {
        let out = Sentence::default();
        return match (f.finished, lang) {
            (true, Lang::En) => out
                .plain(format!("Of {size} futures "))
                .strong("none fits together")
                .plain(": the author's own impacts contradict each of them."),
            (true, Lang::Ko) => out
                .plain(format!("미래 {size}가지 가운데 앞뒤가 맞는 것은 "))
                .strong("하나도 없습니다")
                .plain(": 어느 것이나 글쓴이 자신의 판단과 어긋납니다."),
            (false, Lang::En) => out
                .plain(format!("Among {size} futures "))
                .strong("none that fits together was found")
                .plain(" before the search gave up."),
            (false, Lang::Ko) => out
                .plain(format!("미래 {size}가지 가운데 앞뒤가 맞는 것을 "))
                .strong("아직 찾지 못했습니다")
                .plain(". 탐색을 끝까지 하지 못했습니다."),
        };
    }
    let found = count(&f.count, lang);
    let out = match (f.finished, lang) {
        (true, Lang::En) => Sentence::default()
            .plain(format!("Of {size} futures "))
            .strong(format!("{found} {}", fit(&found))),
        (false, Lang::En) => Sentence::default()
            .plain(format!("Of {size} futures "))
            .strong(format!("at least {found} {}", fit(&found))),
        (true, Lang::Ko) => Sentence::default()
            .plain(format!("미래 {size}가지 가운데 앞뒤가 맞는 것은 "))
            .strong(format!("{found}가지")),
        (false, Lang::Ko) => Sentence::default()
            .plain(format!("미래 {size}가지 가운데 앞뒤가 맞는 것은 "))
            .strong(format!("적어도 {found}가지")),
    };
    let Some((future, how)) = foremost(reading, f, lang) else {
        return out.plain(match lang {
            Lang::En => ".",
            Lang::Ko => "입니다.",
        });
    };
    let told = in_words(reading, &future.states, lang);
    match lang {
        Lang::En => out
            .plain(format!("; {} is ", how.0))
            .strong(told)
            .plain(format!(" ({}).", how.1)),
        Lang::Ko => out
            .plain(format!("이며, {} ", how.0))
            .strong(told)
            .plain(format!("입니다({}).", how.1)),
    }
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
pub(crate) fn in_words(reading: &Reading, states: &[StateId], lang: Lang) -> String {
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
