//! The reading in three sentences, shared by the terminal and the report: the first mind and the fact that says
//! most about it, how the author's story holds, and which futures fit together.

pub(crate) mod change;
pub(crate) mod choices;
pub(crate) mod drawn;
pub(crate) mod firm;
mod futures;
pub(crate) mod hypotheses;
pub(crate) mod power;
pub(crate) mod quantities;
mod rivals;
mod stopped;
mod story;
pub(crate) mod structure;
pub(crate) mod sway;
pub(crate) mod why_not;

pub(crate) use futures::within_ranges;
pub(crate) use rivals::{alternative, own_rationality, range, ranges, rival};
pub(crate) use stopped::stopped;

pub use story::against;
pub use sway::unswayed;

use crate::korean::{Particle, particle};
use crate::words::{chance, day, percent};
use sinario_case::{Case, Driver, Kind, Lang, Name};
use sinario_reading::{Estimate, Mind, Reading};

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

    /// An emphasised name in quotes, and in plain letters the particle that agrees with it.
    fn quoted(self, name: &Name, p: Particle) -> Self {
        let word = name.get(Lang::Ko);
        self.plain("‘")
            .strong(word)
            .plain(format!("’{}", particle(word, name.say.as_deref(), p)))
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
/// assert_eq!(first.text(), "In the long run, sky is most likely “Dry” (75 %, likely).");
/// # Ok(())
/// # }
/// ```
pub fn summary(reading: &Reading, lang: Lang) -> Vec<Sentence> {
    let first = match best_read(reading) {
        Some(mind) => Some(of_mind(reading, mind, lang)),
        None => of_world(reading, lang),
    };
    let story = reading
        .stories
        .first()
        .map(|s| story::of_story(reading, s, lang));
    let futures = reading
        .futures
        .as_ref()
        .map(|f| futures::of_futures(reading, f, lang));
    [first, story, futures].into_iter().flatten().collect()
}

/// The mind that a reading opens with: the first that the author declares, leaving out those that were only assumed.
/// `None` where there is no mind left.
pub fn best_read(reading: &Reading) -> Option<&Mind> {
    let asked = reading.ask.given.iter().chain(&reading.ask.held);
    let assumed: Vec<_> = asked.map(|s| s.driver).collect();
    reading
        .minds
        .iter()
        .find(|m| reading.case.driver(m.driver).kind == Kind::Mind && !assumed.contains(&m.driver))
}

/// What must be said where facts are read as of another day than the case was written for: the states of today do not
/// move with it.
pub(crate) fn other_day(reading: &Reading, lang: Lang) -> Option<String> {
    let case = &*reading.case;
    let (asked, own) = (reading.ask.as_of?, case.as_of?);
    if asked == own || case.drivers.iter().all(|d| d.today.is_none()) {
        return None;
    }
    let own = day(own, lang);
    Some(match lang {
        Lang::En => format!(
            "Only the facts are read as of this day: what the case says of “today” is still how things stood on {own}."
        ),
        Lang::Ko => format!(
            "이 날을 기준으로 읽은 것은 사실뿐입니다. 사례가 말하는 ‘오늘’의 상태는 그대로 {own}의 것입니다."
        ),
    })
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
    if let Some(rival) = level(&mind.posterior, s) {
        return undecided(driver, [s, rival], percent(mind.posterior[s]), lang);
    }
    let state = &driver.states[s].name;
    let (now, before) = (chance(mind.posterior[s], lang), percent(mind.prior[s]));
    // How often it would still be in front, where every judgement was drawn again.
    let often = reading
        .firm
        .as_ref()
        .filter(|f| f.answered() > 0 && f.judgements > 0);
    let often = often.map_or_else(String::new, |f| {
        let share = firm::members(f.now[mind.driver.0][s].leads, lang);
        match lang {
            Lang::En => format!("; still in front in {share} redraws of all judgements"),
            Lang::Ko => format!(", 판단을 다시 뽑은 {share}에서 앞섬"),
        }
    });
    let fact = strongest(reading, mind, s, lang).map(|f| f.trim_end_matches(['.', '。', ' ']));
    let out = Sentence::default();
    match lang {
        Lang::En => {
            let out = out
                .strong(driver.name.get(lang))
                .plain(": in front now is “")
                .strong(state.get(lang))
                .plain("” (")
                .strong(now)
                .plain(format!("; {before} before facts{often}); "));
            match fact {
                Some(f) => out.plain(format!("the fact that speaks for it most is “{f}”.")),
                None => out.plain("no fact speaks for it."),
            }
        }
        Lang::Ko => {
            let out = out
                .strong(driver.name.get(lang))
                .plain(": 지금 가장 앞선 것은 ‘")
                .strong(state.get(lang))
                .plain("’입니다(")
                .strong(now)
                .plain(format!(", 사실을 보기 전 {before}{often}). "));
            match fact {
                Some(f) => out.plain(strongest_in_korean(f)),
                None => out.plain("이를 뒷받침하는 사실은 없습니다."),
            }
        }
    }
}

fn strongest_in_korean(fact: &str) -> String {
    match particle(fact, None, Particle::Copula) {
        // A text that ends in letters of another script takes no particle for certain.
        "(이)라" => format!("이를 가장 힘 있게 뒷받침하는 사실은 다음과 같습니다: “{fact}”."),
        is => format!("이를 가장 힘 있게 뒷받침하는 것은 “{fact}”{is}는 사실입니다."),
    }
}

/// Another state that is as likely as the leading one, by all that is printed: it reads alike, and is no farther off than
/// a twentieth, since among small chances much reads alike.
fn level(all: &[Estimate], leading: usize) -> Option<usize> {
    let (shown, most) = (percent(all[leading]), all[leading].value);
    let alike = |s: &usize| percent(all[*s]) == shown && all[*s].value >= 0.95 * most;
    (0..all.len()).filter(|&s| s != leading).find(alike)
}

/// Where two states lead alike, naming one of them would be a finding that there is not.
fn undecided(driver: &Driver, states: [usize; 2], each: String, lang: Lang) -> Sentence {
    let [a, b] = states.map(|s| &driver.states[s].name);
    let out = Sentence::default();
    match lang {
        Lang::En => out
            .plain("Now, ")
            .strong(driver.name.get(lang))
            .plain(" is open: “")
            .strong(a.get(lang))
            .plain("” and “")
            .strong(b.get(lang))
            .plain(format!("” are equally likely ({each} each).")),
        Lang::Ko => out
            .plain("지금 ")
            .name(&driver.name, Particle::Topic)
            .plain(" 열려 있습니다: ")
            .quoted(a, Particle::With)
            .plain(" ")
            .quoted(b, Particle::Subject)
            .plain(format!(" 똑같이 그럴 만합니다(각각 {each}).")),
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
    // What is asked to be so is no finding.
    let asked = |d: usize| {
        let mut all = reading.ask.given.iter().chain(&reading.ask.held);
        all.any(|s| s.driver.0 == d)
    };
    let d = most(drivers, |d| match speaks_of(reading) {
        _ if asked(d) => -1.0,
        When::Then => moved(d),
        When::Now | When::Settled => clear(d),
    })?;
    let driver = &reading.case.drivers[d];
    let s = leading(&marginals[d]);
    let state = &driver.states[s].name;
    let probability = chance(marginals[d][s], lang);
    let out = Sentence::default();
    Some(match lang {
        Lang::En => out
            .plain(format!("{}, ", capital(&when)))
            .strong(driver.name.get(lang))
            .plain(" is most likely “")
            .strong(state.get(lang))
            .plain("” (")
            .strong(probability)
            .plain(")."),
        Lang::Ko => out
            .plain(format!("{when} "))
            .name(&driver.name, Particle::Topic)
            .plain(" ‘")
            .strong(state.get(lang))
            .plain("’일 가능성이 가장 큽니다(")
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
