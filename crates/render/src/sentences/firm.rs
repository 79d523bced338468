//! How firm it is, in sentences.

use super::{NAMED, Sentence, leading};
use crate::korean::Particle;
use crate::words::{count, percent, points};
use sinario_case::{Case, DriverId, Kind, Lang, StateId};
use sinario_reading::{Estimate, Firm, FirmFuture, FirmState, Reading, Share, Spread};

/// Members below which the outer quantiles are little more than the least and the greatest.
const FEW: u64 = 20;

/// A number without an error.
pub(crate) fn plain(value: f64) -> Estimate {
    Estimate { value, error: None }
}

/// `2–11 %`, `2~11 %`, from the 5 % to the 95 % quantile.
pub(crate) fn range(spread: &Spread, lang: Lang) -> String {
    match spread.quantiles {
        None => "–".to_owned(),
        Some([low, _, high]) => between(low, high, lang),
    }
}

/// `61–67 %`, `61~67 %`.
pub(crate) fn between(low: f64, high: f64, lang: Lang) -> String {
    let (low, high) = (percent(plain(low)), percent(plain(high)));
    if low == high {
        return low;
    }
    let to = match lang {
        Lang::En => '–',
        Lang::Ko => '~',
    };
    format!("{}{to}{high}", low.trim_end_matches(" %"))
}

/// `812 of 1,000`, `1000판 가운데 812판`.
pub(crate) fn members(share: Share, lang: Lang) -> String {
    let [n, of] = [share.count, share.of].map(|n| count(&n.into(), lang));
    match lang {
        Lang::En => format!("{n} of {of}"),
        Lang::Ko => format!("{of}판 가운데 {n}판"),
    }
}

/// The state that leads in the case as it stands; the first of equals.
pub(crate) fn at_point(states: &[FirmState]) -> usize {
    let point: Vec<Estimate> = states.iter().map(|s| plain(s.spread.point)).collect();
    leading(&point)
}

/// The minds, leaving out what is only assumed.
pub(crate) fn minds(reading: &Reading) -> Vec<DriverId> {
    drivers(reading, |kind| kind == Kind::Mind)
}

/// All else, leaving out what is only assumed.
pub(crate) fn world(reading: &Reading) -> Vec<DriverId> {
    drivers(reading, |kind| kind != Kind::Mind)
}

fn drivers(reading: &Reading, of: impl Fn(Kind) -> bool) -> Vec<DriverId> {
    let asked: Vec<DriverId> = {
        let all = reading.ask.given.iter().filter(|s| {
            // What is given of the world holds now only, and may be otherwise at the horizon.
            reading.case.driver(s.driver).kind == Kind::Mind
        });
        all.chain(&reading.ask.held).map(|s| s.driver).collect()
    };
    (0..reading.case.drivers.len())
        .map(DriverId)
        .filter(|&d| of(reading.case.driver(d).kind) && !asked.contains(&d))
        .collect()
}

/// How often the answer would be the same: of the first mind, else of the driver whose answer is least firm; of the
/// first story; and of the futures that hold together.
pub(crate) fn firm(reading: &Reading, firm: &Firm, lang: Lang) -> Vec<Sentence> {
    let mut all = Vec::new();
    if firm.judgements == 0 {
        all.push(Sentence::default().plain(match lang {
            Lang::En => "Nothing was drawn: no judgement of the case bears on an answer, so nothing can be said of how firm it is.",
            Lang::Ko => "다시 뽑은 것이 없습니다. 답을 움직이는 판단이 사례에 하나도 없어서, 얼마나 단단한지는 말할 수 없습니다.",
        }));
        return all;
    }
    if firm.answered() > 0 {
        all.extend(of_driver(reading, firm, lang));
        all.extend(of_story(reading, firm, lang));
    }
    all.push(of_futures(reading, firm, lang));
    all
}

fn of_driver(reading: &Reading, firm: &Firm, lang: Lang) -> Option<Sentence> {
    let mind = minds(reading).first().map(|&d| (d, &firm.now[d.0]));
    let (driver, states) = mind.or_else(|| {
        let shares = world(reading).into_iter().map(|d| (d, &firm.then[d.0]));
        shares.min_by_key(|(_, states)| states[at_point(states)].leads.count)
    })?;
    let s = at_point(states);
    let (name, state) = (
        &reading.case.driver(driver).name,
        &reading.case.driver(driver).states[s].name,
    );
    let (point, spread) = (
        percent(plain(states[s].spread.point)),
        range(&states[s].spread, lang),
    );
    let often = members(states[s].leads, lang);
    let out = Sentence::default();
    // Where nothing moves till the horizon, then is now.
    let moves = reading.case.rounds() > 0;
    let first = match (mind.is_some(), moves, lang) {
        (true, _, _) => "",
        (false, true, Lang::En) => "Least firm at the horizon is ",
        (false, true, Lang::Ko) => "그때의 답 가운데 가장 무른 것은 ",
        (false, false, Lang::En) => "Least firm is ",
        (false, false, Lang::Ko) => "답 가운데 가장 무른 것은 ",
    };
    Some(match lang {
        Lang::En => out
            .plain(first)
            .strong(name.get(lang))
            .plain(": “")
            .strong(state.get(lang))
            .plain("” is in front in ")
            .strong(format!("{often} members"))
            .plain(format!(
                " (as the case stands {point}; {spread} {}).",
                nine(firm, lang)
            )),
        Lang::Ko => {
            let out = out.plain(first).strong(name.get(lang));
            let out = match mind.is_some() {
                true => out.plain(": "),
                false => out.plain("입니다. "),
            };
            out.plain("판단을 다시 뽑은 ")
                .strong(often)
                .plain("에서 ")
                .quoted(state, Particle::Subject)
                .plain(format!(
                    " 앞섭니다(사례 그대로는 {point}, {} {spread}).",
                    nine(firm, lang)
                ))
        }
    })
}

/// Which members a range is about.
fn nine(firm: &Firm, lang: Lang) -> &'static str {
    match (firm.answered() >= FEW, lang) {
        (true, Lang::En) => "in nine of ten members",
        (true, Lang::Ko) => "열 판 가운데 아홉 판에서",
        (false, Lang::En) => "across these few members",
        (false, Lang::Ko) => "몇 안 되는 이 판들에서",
    }
}

fn of_story(reading: &Reading, firm: &Firm, lang: Lang) -> Option<Sentence> {
    let (story, spread) = reading.case.stories.iter().zip(&firm.stories).next()?;
    let title = story.title.get(lang);
    let (point, spread) = (percent(plain(spread.point)), range(spread, lang));
    let out = Sentence::default();
    Some(match lang {
        Lang::En => out
            .plain(format!("The story “{title}” has a probability of "))
            .strong(point)
            .plain("; ")
            .plain(format!("{} it is ", nine(firm, lang)))
            .strong(spread)
            .plain("."),
        Lang::Ko => out
            .plain(format!("이야기 “{title}”의 확률은 "))
            .strong(point)
            .plain(format!("이고, {} ", nine(firm, lang)))
            .strong(spread)
            .plain("입니다."),
    })
}

fn of_futures(reading: &Reading, firm: &Firm, lang: Lang) -> Sentence {
    let known: Vec<&FirmFuture> = firm.futures.iter().filter(|f| f.at_point).collect();
    let n = |n: u64| count(&n.into(), lang);
    let out = Sentence::default();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return none_at_point(reading, firm, lang);
    };
    let often = members(first.consistent_in, lang);
    let (many, least) = (n(known.len() as u64), n(last.consistent_in.count));
    let mut out = match (known.len(), lang) {
        (1, Lang::En) => out
            .plain("The one future that holds together as the case stands does so in ")
            .strong(format!("{often} members")),
        (1, Lang::Ko) => out
            .plain("사례 그대로에서 앞뒤가 맞는 미래 하나는 ")
            .strong(often)
            .plain("에서도 앞뒤가 맞습니다"),
        (_, Lang::En) => out
            .plain(format!(
                "Of the {many} futures that hold together as the case stands, the firmest does so in "
            ))
            .strong(format!("{often} members"))
            .plain(format!(" and the weakest in {least}")),
        (_, Lang::Ko) => out
            .plain(format!("사례 그대로에서 앞뒤가 맞는 미래 {many}개 가운데 가장 단단한 것은 "))
            .strong(often)
            .plain(format!("에서, 가장 무른 것은 {least}판에서 앞뒤가 맞습니다")),
    };
    let other = firm.futures.first().filter(|f| !f.at_point);
    if let Some(other) = other {
        let (more, told) = (
            n(other.consistent_in.count),
            told(reading, &other.states, &first.states, lang),
        );
        out = out.plain(match lang {
            Lang::En => format!("; more often, in {more}, another does, in which {told}"),
            Lang::Ko => format!(
                ". 그보다 자주({more}판) 앞뒤가 맞는 다른 미래도 있는데, 다른 점은 {told}입니다"
            ),
        });
    }
    if firm.without > 0 {
        let none = n(firm.without);
        out = out.plain(match lang {
            Lang::En => format!(". In {none} no future holds together"),
            Lang::Ko => format!(". {none}판에는 앞뒤가 맞는 미래가 하나도 없습니다"),
        });
    }
    out.plain(".")
}

fn none_at_point(reading: &Reading, firm: &Firm, lang: Lang) -> Sentence {
    let out = Sentence::default();
    let n = |n: u64| count(&n.into(), lang);
    let (all, none) = (n(firm.members), n(firm.without));
    let asked = reading.ask.limit == 0;
    match (asked, lang) {
        (true, Lang::En) => out.plain(format!(
            "No future was to be listed; in {none} of {all} members none holds together."
        )),
        (true, Lang::Ko) => out.plain(format!(
            "미래는 늘어놓지 않게 했습니다. {all}판 가운데 {none}판에는 앞뒤가 맞는 미래가 없습니다."
        )),
        (false, Lang::En) => out
            .plain("As the case stands no future that holds together was found; in ")
            .strong(format!("{none} of {all} members"))
            .plain(" there is none either."),
        (false, Lang::Ko) => out
            .plain("사례 그대로에서는 앞뒤가 맞는 미래를 찾지 못했습니다. ")
            .strong(format!("{all}판 가운데 {none}판"))
            .plain("에도 하나도 없습니다."),
    }
}

/// In what a future differs from another.
fn told(reading: &Reading, states: &[StateId], from: &[StateId], lang: Lang) -> String {
    let case: &Case = &reading.case;
    let all: Vec<String> = (0..states.len())
        .filter(|&d| states[d] != from[d])
        .map(|d| {
            let driver = &case.drivers[d];
            let (name, state) = (
                driver.name.get(lang),
                driver.states[states[d].0].name.get(lang),
            );
            match lang {
                Lang::En => format!("{name} is “{state}”"),
                Lang::Ko => format!("{name}: ‘{state}’"),
            }
        })
        .collect();
    let rest = all.len().saturating_sub(NAMED);
    let named = all
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match (rest, lang) {
        (0, _) => named,
        (n, Lang::En) => format!("{named}, and {n} more are otherwise"),
        (n, Lang::Ko) => format!("{named}, 그 밖에 {n}개"),
    }
}

/// What an ensemble is, and what it does not tell.
pub(crate) fn caution(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "A member is the case with every judgement drawn again, within its range or else within the doubt of the case, and everything solved anew. This measures the author’s own doubt, not the truth: what nobody thought of moves nothing here."
        }
        Lang::Ko => {
            "한 판은 판단을 모두 한 번씩 다시 뽑아 처음부터 다시 푼 것입니다. 저마다의 범위에서 뽑되, 범위가 없으면 사례에 적힌 의심만큼 흔듭니다. 여기서 재는 것은 글쓴이 스스로의 의심이지 진실이 아닙니다. 아무도 생각하지 못한 것은 여기서 아무것도 흔들지 못합니다."
        }
    }
}

/// What must be said of members that do not answer everything.
pub(crate) fn notes(reading: &Reading, firm: &Firm, lang: Lang) -> Vec<String> {
    let n = |n: u64| count(&n.into(), lang);
    let mut all = Vec::new();
    let mut say = |said: bool, en: String, ko: String| {
        if said {
            all.push(match lang {
                Lang::En => en,
                Lang::Ko => ko,
            });
        }
    };
    let (void, open, slow) = (n(firm.void), n(firm.incomplete), n(firm.unsettled));
    let near = points(reading.ask.max_inconsistency);
    let near = near.trim_start_matches('+');
    say(
        reading.ask.max_inconsistency > 0,
        format!(
            "Futures that miss by at most {near} impact points count as holding together here."
        ),
        format!("여기서는 어긋나도 {near}점까지는 앞뒤가 맞는 미래로 셉니다."),
    );
    say(
        firm.answered() > 0 && firm.answered() < FEW,
        "So few members give only a rough range.".into(),
        "판이 이렇게 적으면 범위는 어림일 뿐입니다.".into(),
    );
    say(
        firm.void > 0,
        format!(
            "Void members: {void}. Their facts and what is given leave no future, so they say nothing of probabilities and are left out of those."
        ),
        format!(
            "빈 판: {void}판. 사실과 주어진 것을 함께 허락하는 미래가 없어 확률을 말하지 못하므로 확률에서는 뺐습니다."
        ),
    );
    say(
        firm.incomplete > 0,
        format!(
            "Members whose list of consistent futures is not whole: {open}. What is said of futures is “at least”."
        ),
        format!("앞뒤가 맞는 미래를 다 찾지 못한 판: {open}판. 미래에 관한 수는 ‘적어도’입니다."),
    );
    say(
        firm.unsettled > 0,
        format!("Members whose long run was not reached: {slow}."),
        format!("긴 흐름이 끝내 가라앉지 않은 판: {slow}판."),
    );
    say(
        firm.sampled,
        "Each member was itself drawn from futures, so that the ranges hold the error of the drawing too.".into(),
        "판마다 미래를 뽑아 셈했으므로 범위에는 뽑기의 오차도 들어 있습니다.".into(),
    );
    all
}

/// What is counted and not listed; empty where everything is.
pub(crate) fn more(firm: &Firm, lang: Lang) -> String {
    let n = count(&firm.more_futures.into(), lang);
    match (firm.more_futures, firm.more_at_least, lang) {
        (0, false, _) => String::new(),
        (_, false, Lang::En) => {
            format!("Consistent in some member, and not listed: {n} (--limit lists more).")
        }
        (_, true, Lang::En) => format!("Consistent in some member, and not listed: at least {n}."),
        (_, false, Lang::Ko) => format!(
            "어느 판에선가 앞뒤가 맞지만 늘어놓지 않은 미래: {n}개(--limit으로 늘릴 수 있습니다)."
        ),
        (_, true, Lang::Ko) => {
            format!("어느 판에선가 앞뒤가 맞지만 늘어놓지 않은 미래: 적어도 {n}개.")
        }
    }
}

/// Which future it is: its number among those that hold together as the case stands, else in what it differs from the
/// one of these that is nearest; where there is none, the states that it tells.
pub(crate) fn name(reading: &Reading, firm: &Firm, future: &FirmFuture, lang: Lang) -> String {
    let listed = reading.futures.as_ref().map_or(&[][..], |f| &f.consistent);
    let number = |states: &[StateId]| listed.iter().position(|f| f.states == states);
    if let Some(at) = number(&future.states) {
        return match lang {
            Lang::En => format!("Future {}", at + 1),
            Lang::Ko => format!("미래 {}", at + 1),
        };
    }
    let differ = |f: &&FirmFuture| {
        let pairs = f.states.iter().zip(&future.states);
        pairs.filter(|(a, b)| a != b).count()
    };
    let near = firm.futures.iter().filter(|f| number(&f.states).is_some());
    match near.min_by_key(differ) {
        Some(near) => {
            let told = told(reading, &future.states, &near.states, lang);
            let at = number(&near.states).unwrap_or_default() + 1;
            match lang {
                Lang::En => format!("Future {at}, but {told}"),
                Lang::Ko => format!("미래 {at}에서 바뀐 것 — {told}"),
            }
        }
        None => super::futures::in_words(reading, &future.states, lang),
    }
}

/// What stands over the drivers that are no minds.
pub(crate) fn others(reading: &Reading, lang: Lang) -> &'static str {
    let beside = !minds(reading).is_empty();
    match (beside, reading.case.rounds() > 0, lang) {
        (true, true, Lang::En) => "All else at the horizon",
        (true, true, Lang::Ko) => "그때의 나머지",
        (true, false, Lang::En) => "All else now",
        (true, false, Lang::Ko) => "지금의 나머지",
        (false, true, Lang::En) => "At the horizon",
        (false, true, Lang::Ko) => "그때",
        (false, false, Lang::En) => "Now",
        (false, false, Lang::Ko) => "지금",
    }
}
