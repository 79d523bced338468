//! Who holds whom, in sentences that the terminal and the report share.

mod outcome;

pub(crate) use outcome::{disagreement, time};

use super::Sentence;
use crate::korean::{Particle, attach};
use sinario_case::{Case, Lang, Name, StateRef};
use sinario_reading::{Alone, Estimate, Grip, HoldUp, Matched, Power, Reading};

/// Steps of the scale of holds.
const STEPS: u8 = 4;

/// What a case must say before there is anything to say of power.
pub(crate) fn nothing(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "This case says nothing of power: add [[actors.NAME.holds]] (over, degree 0 to 4, because) for who holds whom, and [actors.NAME.wants] (driver = { state = -3 to 3 }) for who wants what."
        }
        Lang::Ko => {
            "이 사례는 힘에 대해 말하지 않습니다. 누가 누구를 쥐고 있는지는 [[actors.이름.holds]](over, degree 0에서 4까지, because)로, 누가 무엇을 바라는지는 [actors.이름.wants](변수 = { 상태 = -3에서 3까지 })로 적으십시오."
        }
    }
}

/// What these numbers are, and what they are not.
pub(crate) fn origin(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "Power is reckoned from the author’s own degrees of hold and strengths of want by the MACTOR method (Godet 1991): it orders what the author believes, and measures nothing. Power here also counts not being held: whoever holds little but is held by nobody has some."
        }
        Lang::Ko => {
            "힘은 글쓴이가 적은 쥔 정도와 바라는 세기를 MACTOR 방법(Godet 1991)으로 셈한 것입니다. 글쓴이의 생각을 정리할 뿐, 무엇을 잰 것이 아닙니다. 여기서 힘은 남에게 쥐이지 않은 것도 칩니다. 남을 조금 쥐어도 아무에게도 쥐이지 않으면 힘이 있습니다."
        }
    }
}

/// Where the weighted mean is from.
pub(crate) fn origin_of_mean(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "By power alone: every wish weighted by its owner’s power and by how much it cares (Achen’s compromise model). Simple as it is, it was among the most accurate of the models tried on real decisions of the European Union (Thomson, Stokman, Achen & König 2006). It knows nothing of facts, impacts and time, and so it is set beside the reading, not into it."
        }
        Lang::Ko => {
            "힘만으로 본 결과입니다. 바람마다 그 임자의 힘과 마음 쓰는 정도를 무게로 삼아 평균합니다(Achen의 타협 모형). 단순하지만, 유럽연합의 실제 결정에 여러 모형을 대 보았을 때 가장 정확한 축에 들었습니다(Thomson, Stokman, Achen, König 2006). 사실도 영향도 시간도 모르는 셈이므로 읽기에 섞지 않고 곁에 둡니다."
        }
    }
}

/// One decimal, with a true minus: `1.9`, `−0.4`.
pub(crate) fn decimal(n: f64) -> String {
    let text = format!("{n:.1}").replace('-', "−");
    if text == "−0.0" {
        "0.0".to_owned()
    } else {
        text
    }
}

/// The same with its sign and what it may be off by: `+1.9`, `−0.4 ± 0.1`.
pub(crate) fn signed(e: Estimate) -> String {
    let text = decimal(e.value);
    let text = if text.starts_with('−') || text == "0.0" {
        text
    } else {
        format!("+{text}")
    };
    match e.error {
        None => text,
        Some(error) if error < 0.05 => format!("{text} ± <0.1"),
        Some(error) => format!("{text} ± {error:.1}"),
    }
}

/// A number that is sure by itself, with its sign.
pub(crate) fn signed_plain(value: f64) -> String {
    signed(Estimate { value, error: None })
}

/// A degree of hold without a needless decimal.
pub(crate) fn degree(d: f64) -> String {
    format!("{d:.0}")
}

/// The mean of positions on a driver of so many states, counted from 0.
pub(crate) fn position(mean: f64, states: usize, lang: Lang) -> String {
    let (mean, last) = (decimal(mean), states.saturating_sub(1));
    match lang {
        Lang::En => format!("mean {mean} on a scale of 0 to {last}"),
        Lang::Ko => format!("0에서 {last}까지 가운데 평균 {mean}"),
    }
}

/// The name of an actor by its place.
pub(crate) fn name<'a>(case: &'a Case, power: &Power, at: usize) -> &'a Name {
    &case.actors[power.actors[at].0].name
}

/// A name that begins an English sentence which goes on behind it: what follows a comma in it ends with another.
fn subject(name: &str) -> String {
    match name.contains(',') {
        true => format!("{name},"),
        false => name.to_owned(),
    }
}

/// A name inside an English sentence, its article in lower case.
fn inside(name: &str) -> String {
    match name.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => name.to_owned(),
    }
}

/// Whose wishes alone decide a driver: no sentence of its own in English, for it stands behind a name.
pub(crate) fn alone(case: &Case, power: &Power, alone: Alone, lang: Lang) -> String {
    let who = name(case, power, alone.actor).get(lang);
    match (lang, alone.others) {
        (Lang::En, false) => format!("only {} has a wish here", subject(&inside(who))),
        (Lang::En, true) => format!(
            "only {} has both power and a wish here",
            subject(&inside(who))
        ),
        (Lang::Ko, false) => format!("여기에 바람이 있는 쪽은 {who}뿐입니다"),
        (Lang::Ko, true) => format!("힘이 있으면서 여기에 바람이 있는 쪽은 {who}뿐입니다"),
    }
}

fn with_particle(case: &Case, power: &Power, at: usize, p: Particle) -> String {
    let name = name(case, power, at);
    attach(name.get(Lang::Ko), name.say.as_deref(), p)
}

/// `driver: state`.
pub(crate) fn full(case: &Case, s: StateRef, lang: Lang) -> String {
    format!(
        "{}: {}",
        case.driver(s.driver).name.get(lang),
        case.state(s).name.get(lang)
    )
}

/// What is held at a degree, in Godet's scale.
pub(crate) fn scale(degree: u8, lang: Lang) -> &'static str {
    match (degree, lang) {
        (0, Lang::En) => "nothing",
        (1, Lang::En) => "processes",
        (2, Lang::En) => "projects",
        (3, Lang::En) => "mission",
        (_, Lang::En) => "existence",
        (0, Lang::Ko) => "없음",
        (1, Lang::Ko) => "일하는 과정",
        (2, Lang::Ko) => "사업",
        (3, Lang::Ko) => "사명",
        (_, Lang::Ko) => "존립",
    }
}

/// Whether one can live without the other, and why: a sentence without its full stop.
fn lives(case: &Case, power: &Power, grip: &Grip, lang: Lang) -> String {
    let of = |at: usize| name(case, power, at).get(lang);
    let (held, by) = (of(grip.held), of(grip.by));
    let (n, what) = (grip.degree(), scale(grip.degree(), lang));
    if n == 0 && lang == Lang::Ko {
        return format!(
            "{} {by} 없이도 살 수 있습니다(쥐인 것이 없음)",
            with_particle(case, power, grip.held, Particle::Topic)
        );
    }
    match lang {
        Lang::En => {
            let verb = match n {
                0 | 1 => "can live without",
                2 => "can hardly do without",
                3 => "cannot do without",
                _ => "could not exist without",
            };
            let through = grip
                .through
                .map_or_else(String::new, |k| format!(", through {}", inside(of(k))));
            let (held, by) = (subject(held), inside(by));
            // No comma stands before a bracket.
            match by.contains(',') {
                true => format!("{held} {verb} {by}, at {n} of {STEPS} ({what}{through})"),
                false => format!("{held} {verb} {by} ({n} of {STEPS}: {what}{through})"),
            }
        }
        Lang::Ko => {
            let held = with_particle(case, power, grip.held, Particle::Topic);
            let verb = match n {
                1 => "없이도 살 수 있습니다",
                2 => "없이는 버티기 어렵습니다",
                3 => "없이는 제구실을 할 수 없습니다",
                _ => "없이는 존재할 수 없습니다",
            };
            let through = grip.through.map_or_else(String::new, |k| {
                format!(", {} 거쳐", with_particle(case, power, k, Particle::Object))
            });
            format!("{held} {by} {verb}({STEPS}점 가운데 {n}점: {what}{through})")
        }
    }
}

/// The reason for a direct hold behind what was said, in quotes; a full stop where there is none.
fn reason(case: &Case, power: &Power, grip: &Grip, lang: Lang) -> String {
    let because = power.because(case, grip.by, grip.held);
    let because = because.filter(|_| grip.through.is_none());
    let text = because.map_or("", |b| b.get(lang));
    match (lang, text.trim().trim_end_matches(['.', '。', ' '])) {
        (_, "") => ".".to_owned(),
        (Lang::En, text) => format!(": “{text}”."),
        (Lang::Ko, text) => format!(". 까닭: “{text}”."),
    }
}

/// What two actors are to each other, with the reasons for it.
pub(crate) fn hold_up(case: &Case, power: &Power, pair: &HoldUp, lang: Lang) -> Sentence {
    let dependent = name(case, power, pair.dependent.held).get(lang);
    let more = match (lang, pair.net > 0.0) {
        (Lang::En, true) => {
            format!(
                "{} depends more, by {}.",
                subject(dependent),
                degree(pair.net)
            )
        }
        (Lang::En, false) => "They depend on each other alike.".to_owned(),
        (Lang::Ko, true) => format!(
            "{dependent} 쪽이 {}점만큼 더 매여 있습니다.",
            degree(pair.net)
        ),
        (Lang::Ko, false) => "둘은 서로 똑같이 매여 있습니다.".to_owned(),
    };
    let part = |grip: &Grip| {
        (
            lives(case, power, grip, lang),
            reason(case, power, grip, lang),
        )
    };
    let ((one, why), (two, why_two)) = (part(&pair.dependent), part(&pair.other));
    Sentence::default()
        .strong(one)
        .plain(format!("{why} {two}{why_two} {more}"))
}

/// Who has the most power and who the least say; or why there is none to compare.
pub(crate) fn strongest(reading: &Reading, power: &Power, lang: Lang) -> Sentence {
    let case = &*reading.case;
    let out = Sentence::default();
    if let Some(why) = power.matched {
        return out.plain(match (why, lang) {
            (Matched::Nobody, Lang::En) => {
                "Nobody in this case holds anybody, so there is no power by which to weigh what they want."
            }
            (Matched::Nobody, Lang::Ko) => {
                "이 사례에서는 아무도 아무를 쥐고 있지 않아, 바라는 것을 달아 볼 힘이 없습니다."
            }
            (Matched::Answered, Lang::En) => {
                "Every hold in this case is answered by one as strong, so nobody has more power than another, and the method’s measure of it is undefined."
            }
            (Matched::Answered, Lang::Ko) => {
                "이 사례에서는 누가 쥐든 똑같이 되쥐고 있어 누구의 힘이 더 세다고 할 수 없고, 힘의 값도 정해지지 않습니다."
            }
        });
    }
    let (Some(top), Some(r)) = (power.first.strongest, &power.influence.r_star) else {
        return out;
    };
    let best = name(case, power, top);
    let out = match lang {
        Lang::En => out
            .strong(subject(best.get(lang)))
            .plain(" has the most power here (")
            .strong(decimal(r[top]))
            .plain(", where the average is 1)."),
        Lang::Ko => out
            .plain("여기서 가장 힘이 센 쪽은 ")
            .strong(best.get(lang))
            .plain("입니다(힘 ")
            .strong(decimal(r[top]))
            .plain(", 평균은 1)."),
    };
    let Some(weak) = power.first.weakest else {
        return out;
    };
    let (i, d) = (
        degree(power.influence.influence[weak]),
        degree(power.influence.dependence[weak]),
    );
    let least = name(case, power, weak);
    match lang {
        Lang::En => out.plain(" ").strong(subject(least.get(lang))).plain(format!(
            " is the most dependent: held by others more than holding them (dependence {d}, influence {i})."
        )),
        Lang::Ko => out
            .plain(" 가장 매여 있는 쪽은 ")
            .name(least, Particle::Toward)
            .plain(format!(
                ", 남을 쥔 것보다 남에게 쥐인 것이 많습니다(의존도 {d}, 영향력 {i})."
            )),
    }
}

/// Which pair is closest in what it wants, and which farthest apart: agreement and disagreement of both.
pub(crate) fn relations(reading: &Reading, power: &Power, lang: Lang) -> Option<Sentence> {
    let case = &*reading.case;
    let (relations, order) = power.best_relations()?;
    let of = |at: usize| name(case, power, at).get(lang);
    let told = |(a, b): (usize, usize)| {
        let who = match lang {
            Lang::En => format!("{} and {}", subject(&inside(of(a))), inside(of(b))),
            Lang::Ko => {
                let a = with_particle(case, power, a, Particle::With);
                format!("{a} {}", of(b))
            }
        };
        let number = |table: &[Vec<f64>]| decimal(table[a][b]);
        (
            who,
            number(&relations.convergence),
            number(&relations.divergence),
        )
    };
    let (weighed_en, weighed_ko) = match order {
        3 => (", weighed by power,", "힘으로 달아 보면 "),
        _ => ("", ""),
    };
    let out = Sentence::default();
    let (with, against) = (power.first.with.map(told), power.first.against.map(told));
    Some(match (lang, with, against) {
        (_, None, None) => return None,
        (Lang::En, Some((who, c, d)), None) => out
            .plain(format!("Closest in what they want{weighed_en} are "))
            .strong(who)
            .plain(format!(" (agreement {c}, disagreement {d}).")),
        (Lang::En, None, Some((who, c, d))) => out
            .plain(format!("Farthest apart in what they want{weighed_en} are "))
            .strong(who)
            .plain(format!(" (agreement {c}, disagreement {d}).")),
        (Lang::En, Some((who, c, d)), Some((whom, e, f))) => out
            .plain(format!("Closest in what they want{weighed_en} are "))
            .strong(who)
            .plain(format!(
                " (agreement {c}, disagreement {d}); farthest apart "
            ))
            .strong(whom)
            .plain(format!(" ({e} against {f}).")),
        (Lang::Ko, Some((who, c, d)), None) => out
            .plain(format!("{weighed_ko}바라는 것이 가장 가까운 쪽은 "))
            .strong(who)
            .plain(format!("입니다(맞는 정도 {c}, 갈리는 정도 {d}).")),
        (Lang::Ko, None, Some((who, c, d))) => out
            .plain(format!("{weighed_ko}바라는 것이 가장 먼 쪽은 "))
            .strong(who)
            .plain(format!("입니다(맞는 정도 {c}, 갈리는 정도 {d}).")),
        (Lang::Ko, Some((who, c, d)), Some((whom, e, f))) => out
            .plain(format!("{weighed_ko}바라는 것이 가장 가까운 쪽은 "))
            .strong(who)
            .plain(format!("(맞는 정도 {c}, 갈리는 정도 {d}), 가장 먼 쪽은 "))
            .strong(whom)
            .plain(format!("({} {f})입니다.", attach(&e, None, Particle::With))),
    })
}

/// What is most contested.
pub(crate) fn contested(reading: &Reading, power: &Power, lang: Lang) -> Option<Sentence> {
    let objective = &power.objectives[power.first.contested?];
    let (with, against) = objective.moved?;
    let what = full(&reading.case, objective.state, lang);
    let (with, against) = (decimal(with), decimal(against));
    let out = Sentence::default();
    Some(match lang {
        Lang::En => out.plain("Most contested is “").strong(what).plain(format!(
            "”: power of {with} stands for it and {against} against it."
        )),
        Lang::Ko => out
            .plain("양쪽의 힘이 가장 세게 맞서는 것은 ‘")
            .strong(what)
            .plain(format!(
                "’입니다(찬성하는 힘 {with}, 반대하는 힘 {against})."
            )),
    })
}

/// The first pair of those that hold each other up, if anybody holds anybody.
pub(crate) fn foremost_hold_up(reading: &Reading, power: &Power, lang: Lang) -> Option<Sentence> {
    let pair = power.holdup.first()?;
    Some(hold_up(&reading.case, power, pair, lang))
}
