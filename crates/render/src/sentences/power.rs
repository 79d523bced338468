//! Who holds whom, in sentences that the terminal and the report share.

use super::{Sentence, at_horizon, leading};
use crate::korean::{Particle, attach};
use crate::words::percent;
use sinario_case::{Case, Lang, Name, StateRef};
use sinario_reading::{Estimate, Grip, HoldUp, Matched, Power, Reading};

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
            "Power is reckoned from the author’s own degrees of hold and strengths of want by the MACTOR method (Godet 1991): it orders what the author believes, and measures nothing."
        }
        Lang::Ko => {
            "힘은 글쓴이가 적은 쥔 정도와 바라는 세기를 MACTOR 방법(Godet 1991)으로 셈한 것입니다. 글쓴이의 생각을 정리할 뿐, 무엇을 잰 것이 아닙니다."
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
    if n == 0 {
        return match lang {
            Lang::En => format!("{held} can live without {by}, which holds nothing of it"),
            Lang::Ko => format!(
                "{} {by} 없이도 살 수 있습니다(쥐인 것이 없음)",
                with_particle(case, power, grip.held, Particle::Topic)
            ),
        };
    }
    match lang {
        Lang::En => {
            let verb = match n {
                1 => "can live without",
                2 => "can hardly do without",
                3 => "cannot do without",
                _ => "could not exist without",
            };
            let through = grip
                .through
                .map_or_else(String::new, |k| format!(", through {}", of(k)));
            format!("{held} {verb} {by} ({n} of {STEPS}: {what}{through})")
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
        (Lang::En, true) => format!("{dependent} depends more, by {}.", degree(pair.net)),
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
            .strong(best.get(lang))
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
        Lang::En => out.plain(" ").strong(least.get(lang)).plain(format!(
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

/// Which pair wants the same, and which the opposite.
pub(crate) fn relations(reading: &Reading, power: &Power, lang: Lang) -> Option<Sentence> {
    let case = &*reading.case;
    let (relations, order) = power.best_relations()?;
    let of = |at: usize| name(case, power, at).get(lang);
    let weighed = order == 3;
    let out = Sentence::default().plain(match (lang, weighed) {
        (Lang::En, true) => "By what they want, weighed by power, ",
        (Lang::En, false) => "By what they want, ",
        (Lang::Ko, true) => "바라는 것을 힘으로 달아 보면 ",
        (Lang::Ko, false) => "바라는 것으로 보면 ",
    });
    let pair = |(a, b): (usize, usize)| match lang {
        Lang::En => format!("{} and {}", of(a), of(b)),
        Lang::Ko => format!(
            "{} {}",
            with_particle(case, power, a, Particle::With),
            of(b)
        ),
    };
    // Whoever has no power stands with nobody and against nobody.
    let (who_en, who_ko) = if weighed {
        ("no two who have power", "힘 있는 이들 가운데 ")
    } else {
        ("no two", "")
    };
    let with = power
        .first
        .with
        .map(|p| (pair(p), decimal(relations.convergence[p.0][p.1])));
    let against = power
        .first
        .against
        .map(|p| (pair(p), decimal(relations.divergence[p.0][p.1])));
    Some(match (lang, with, against) {
        (_, None, None) => return None,
        (Lang::En, Some((a, n)), None) => out.strong(a).plain(format!(
            " are closest to each other ({n}), and {who_en} are opposed."
        )),
        (Lang::En, None, Some((b, m))) => out.strong(b).plain(format!(
            " are farthest apart ({m}), and {who_en} want the same."
        )),
        (Lang::En, Some((a, n)), Some((b, m))) => out
            .strong(a)
            .plain(format!(" are closest to each other ({n}), "))
            .strong(b)
            .plain(format!(" farthest apart ({m}).")),
        (Lang::Ko, Some((a, n)), None) => out.strong(a).plain(format!(
            "의 뜻이 가장 잘 맞고({n}), {who_ko}뜻이 갈리는 사이는 없습니다."
        )),
        (Lang::Ko, None, Some((b, m))) => out.strong(b).plain(format!(
            "의 뜻이 가장 크게 갈리고({m}), {who_ko}뜻이 맞는 사이는 없습니다."
        )),
        (Lang::Ko, Some((a, n)), Some((b, m))) => out
            .strong(a)
            .plain(format!("의 뜻이 가장 잘 맞고({n}), "))
            .strong(b)
            .plain(format!("의 뜻이 가장 크게 갈립니다({m}).")),
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

/// Where power and the reading point to different states.
pub(crate) fn disagreement(reading: &Reading, power: &Power, lang: Lang) -> Option<Sentence> {
    let case = &*reading.case;
    let known =
        |b: &&sinario_reading::Baseline| b.found.as_ref().is_some_and(|f| f.likeliest.is_some());
    let all = power.baseline.iter().filter(known).count();
    let out = Sentence::default();
    let Some(at) = power.first.disagreement else {
        return (all > 0).then(|| match lang {
            Lang::En => out.plain(format!(
                "Power alone points to the state that this reading thinks likeliest {}, in all {all} of the drivers that anybody cares about.",
                at_horizon(case, lang)
            )),
            Lang::Ko => out.plain(format!(
                "누군가 마음 쓰는 변수 {all}개 모두에서, 힘만으로 본 결과와 이 읽기가 {} 가장 그럴 만하다고 보는 상태가 같습니다.",
                at_horizon(case, lang)
            )),
        });
    };
    let b = &power.baseline[at];
    let (found, driver) = (b.found.as_ref()?, case.driver(b.driver));
    let then = found.then.as_ref()?;
    let by_power = found.leading.first()?;
    let (s, own) = (by_power.0, leading(then));
    let state = |s: usize| driver.states[s].name.get(lang);
    let (p, q) = (percent(then[s]), percent(then[own]));
    let n = power.first.disagreements;
    Some(match lang {
        Lang::En => out
            .plain(format!(
                "Power alone and this reading point to different states in {n} of {all} drivers, most of all in "
            ))
            .strong(driver.name.get(lang))
            .plain(": power to “")
            .strong(state(s))
            .plain(format!("”, which the reading gives {p} {}; the reading to “", at_horizon(case, lang)))
            .strong(state(own))
            .plain(format!("” ({q}).")),
        Lang::Ko => out
            .plain(format!(
                "변수 {all}개 가운데 {n}개에서 힘만으로 본 결과와 이 읽기가 다릅니다. 가장 크게 다른 것은 "
            ))
            .name(&driver.name, Particle::Copula)
            .plain("는 변수로, 힘은 ‘")
            .strong(state(s))
            .plain(format!("’ 쪽을 가리키지만 이 읽기가 보는 {} 확률은 {p}이고, 이 읽기는 ‘", at_horizon(case, lang)))
            .strong(state(own))
            .plain(format!("’ 쪽입니다({q}).")),
    })
}

/// Who gains as time goes by, and who loses.
pub(crate) fn time(reading: &Reading, power: &Power, lang: Lang) -> Option<Sentence> {
    let case = &*reading.case;
    let path = |at: usize| {
        let w = &power.worth[at];
        let (now, then) = (signed(w.now), signed(w.then));
        let rises = w.gain.value > 0.0;
        let of = name(case, power, w.actor).get(lang);
        let how = match (lang, rises) {
            (Lang::En, true) => format!("expected wishes rise from {now} to {then}"),
            (Lang::En, false) => format!("expected wishes fall from {now} to {then}"),
            (Lang::Ko, true) => format!(
                "바라는 세기의 기댓값이 {now}에서 {} 오름",
                attach(&then, None, Particle::Toward)
            ),
            (Lang::Ko, false) => format!(
                "바라는 세기의 기댓값이 {now}에서 {} 내림",
                attach(&then, None, Particle::Toward)
            ),
        };
        (of, how)
    };
    let (gains, loses) = (power.first.gains.map(path), power.first.loses.map(path));
    let out = Sentence::default();
    Some(match (lang, gains, loses) {
        (_, None, None) => return None,
        (Lang::En, Some((a, x)), Some((b, y))) => out
            .plain("As time goes by, ")
            .strong(a)
            .plain(format!(" gains most ({x}) and "))
            .strong(b)
            .plain(format!(" loses most ({y}).")),
        (Lang::En, Some((a, x)), None) => out
            .plain("As time goes by, ")
            .strong(a)
            .plain(format!(" gains most ({x}), and nobody loses.")),
        (Lang::En, None, Some((b, y))) => out
            .plain("As time goes by, ")
            .strong(b)
            .plain(format!(" loses most ({y}), and nobody gains.")),
        (Lang::Ko, Some((a, x)), Some((b, y))) => out
            .plain("시간이 흐르면 바라는 것을 가장 많이 얻는 쪽은 ")
            .strong(a)
            .plain(format!("이고({x}), 가장 많이 잃는 쪽은 "))
            .strong(b)
            .plain(format!("입니다({y}).")),
        (Lang::Ko, Some((a, x)), None) => out
            .plain("시간이 흐르면 바라는 것을 가장 많이 얻는 쪽은 ")
            .strong(a)
            .plain(format!("이고({x}), 잃는 쪽은 없습니다.")),
        (Lang::Ko, None, Some((b, y))) => out
            .plain("시간이 흐르면 바라는 것을 가장 많이 잃는 쪽은 ")
            .strong(b)
            .plain(format!("이고({y}), 얻는 쪽은 없습니다.")),
    })
}

/// The first pair of those that hold each other up, if anybody holds anybody.
pub(crate) fn foremost_hold_up(reading: &Reading, power: &Power, lang: Lang) -> Option<Sentence> {
    let pair = power.holdup.first()?;
    Some(hold_up(&reading.case, power, pair, lang))
}
