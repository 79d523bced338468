//! What drives what, in sentences: who drives and who follows, what indirect ways change, which loops there are.

use super::Sentence;
use crate::korean::{Particle, attach};
use crate::words::count;
use sinario_case::{Case, DriverId, Lang};
use sinario_reading::{Feedback, FeedbackStep, How, Quadrant, Reading, Sign, Why};

/// Points to two places, without zeros at the end: `1.33`, `2`.
pub(crate) fn hundredths(points: f64) -> String {
    let text = format!("{:.2}", points.abs());
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match points < 0.0 && text != "0" {
        true => format!("−{text}"),
        false => text.to_owned(),
    }
}

/// Points to one place, without a zero at the end: `1.3`, `2`; what is not nothing never reads as 0.
pub(crate) fn tenths(points: f64) -> String {
    if points.abs() < 0.05 {
        return hundredths(points);
    }
    hundredths((points * 10.0).round() / 10.0)
}

/// The name of a field of the map.
pub(crate) fn quadrant(of: Quadrant, lang: Lang) -> &'static str {
    match (of, lang) {
        (Quadrant::Input, Lang::En) => "driving",
        (Quadrant::Input, Lang::Ko) => "이끄는 변수",
        (Quadrant::Relay, Lang::En) => "relay",
        (Quadrant::Relay, Lang::Ko) => "얽힌 변수",
        (Quadrant::Output, Lang::En) => "result",
        (Quadrant::Output, Lang::Ko) => "따르는 변수",
        (Quadrant::Autonomous, Lang::En) => "apart",
        (Quadrant::Autonomous, Lang::Ko) => "동떨어진 변수",
    }
}

/// What a loop does to a push.
pub(crate) fn sign(of: Sign, lang: Lang) -> &'static str {
    match (of, lang) {
        (Sign::Reinforcing, Lang::En) => "reinforcing",
        (Sign::Reinforcing, Lang::Ko) => "스스로 커지는 고리",
        (Sign::Balancing, Lang::En) => "balancing",
        (Sign::Balancing, Lang::Ko) => "스스로 잦아드는 고리",
        (Sign::Neutral, Lang::En) => "neither",
        (Sign::Neutral, Lang::Ko) => "어느 쪽도 아닌 고리",
    }
}

/// A place and where it moves: `3`, `3 → 1`.
pub(crate) fn places(direct: usize, indirect: usize) -> String {
    match direct == indirect {
        true => direct.to_string(),
        false => format!("{direct} → {indirect}"),
    }
}

/// `A → B → A`.
pub(crate) fn circle(case: &Case, of: &Feedback, lang: Lang) -> String {
    let names = of.steps.iter().chain(of.steps.first());
    let names: Vec<&str> = names
        .map(|s| case.driver(s.state.driver).name.get(lang))
        .collect();
    names.join(" → ")
}

/// One step of a loop through its states: `A: x → B: y`.
pub(crate) fn step(case: &Case, from: &FeedbackStep, to: &FeedbackStep, lang: Lang) -> String {
    let name = |s: &FeedbackStep| {
        let driver = case.driver(s.state.driver).name.get(lang);
        format!("{driver}: {}", case.state(s.state).name.get(lang))
    };
    format!("{} → {}", name(from), name(to))
}

/// The sentences that stand before the numbers, those that matter first; empty where nothing acts on anything.
pub(crate) fn structure(reading: &Reading, lang: Lang) -> Vec<Sentence> {
    let found = &reading.structure;
    if found.direct.is_empty() {
        return Vec::new();
    }
    let mut all: Vec<Sentence> = drives(reading, lang).into_iter().collect();
    if found.loops.count <= 1 {
        all.push(loops(reading, lang));
    }
    for sign in [Sign::Reinforcing, Sign::Balancing] {
        if let Some(of) = found.loops.strongest(sign) {
            let alone = match sign {
                Sign::Reinforcing => found.loops.reinforcing == 1,
                _ => found.loops.balancing == 1,
            };
            all.push(strongest(&reading.case, of, alone, lang));
        }
    }
    all
}

/// Who drives most, and who follows most; nothing where drivers act on themselves alone.
fn drives(reading: &Reading, lang: Lang) -> Option<Sentence> {
    let (case, found) = (&*reading.case, &reading.structure);
    let first = |rank: &dyn Fn(usize) -> usize| {
        let all: Vec<usize> = (0..case.drivers.len()).filter(|&d| rank(d) == 1).collect();
        all.first().map(|&d| (d, all.len() - 1))
    };
    let (top, tops) = first(&|d| found.directly[d].influence_rank)?;
    let (low, lows) = first(&|d| found.directly[d].dependence_rank)?;
    let most = found.directly[top].influence;
    if most == 0.0 {
        return None;
    }
    let name = |d: usize| case.drivers[d].name.get(lang);
    let others = |n: usize| match (n, lang) {
        (0, _) => String::new(),
        (1, Lang::En) => " (and one other as much)".to_owned(),
        (n, Lang::En) => format!(" (and {n} others as much)"),
        (n, Lang::Ko) => format!("(다른 {n}개도 같음)"),
    };
    if (top, tops, lows) == (low, 0, 0) {
        return Some(match lang {
            Lang::En => Sentence::default()
                .plain("“")
                .strong(name(top))
                .plain("” moves the others most, and is moved most."),
            Lang::Ko => Sentence::default()
                .plain("다른 변수를 가장 많이 움직이는 것도, 다른 변수에 가장 많이 매인 것도 ‘")
                .strong(name(top))
                .plain("’입니다."),
        });
    }
    Some(match lang {
        Lang::En => Sentence::default()
            .plain("“")
            .strong(name(top))
            .plain(format!("” moves the others most{}; “", others(tops)))
            .strong(name(low))
            .plain(format!("” is moved most{}.", others(lows))),
        Lang::Ko => Sentence::default()
            .plain("다른 변수를 가장 많이 움직이는 것은 ‘")
            .strong(name(top))
            .plain(format!(
                "’{}입니다. 다른 변수에 가장 많이 매인 것은 ‘",
                others(tops)
            ))
            .strong(name(low))
            .plain(format!("’{}입니다.", others(lows))),
    })
}

/// How many loops there are, and of which sign; [`structure`] says it where there is one at most.
pub(crate) fn loops(reading: &Reading, lang: Lang) -> Sentence {
    let found = &reading.structure;
    let loops = &found.loops;
    let number = |n: u64| count(&n.into(), lang);
    let out = Sentence::default();
    if loops.count == 0 {
        return match lang {
            Lang::En => out
                .strong("No loop")
                .plain(": whatever happens never comes back to its cause."),
            Lang::Ko => out
                .strong("되먹임 고리가 없습니다")
                .plain(". 일어난 일이 그 원인으로 되돌아오지 않습니다."),
        };
    }
    let (inside, of) = (found.in_loops, reading.case.drivers.len());
    if (loops.count, loops.weighed, loops.complete) == (1, 1, true) {
        let neither = loops.reinforcing + loops.balancing == 0;
        return match lang {
            Lang::En => out
                .plain(format!(
                    "{inside} of {of} drivers {} in ",
                    if inside == 1 { "lies" } else { "lie" }
                ))
                .strong("one feedback loop")
                .plain(if neither {
                    ", which neither reinforces nor balances itself."
                } else {
                    "."
                }),
            Lang::Ko => out
                .plain(format!("변수 {of}개 가운데 {inside}개가 "))
                .strong("되먹임 고리 하나")
                .plain(if neither {
                    "에 들어 있습니다. 이 고리는 스스로 커지지도 잦아들지도 않습니다."
                } else {
                    "에 들어 있습니다."
                }),
        };
    }
    let least = match (loops.complete, lang) {
        (true, _) => "",
        (false, Lang::En) => "at least ",
        (false, Lang::Ko) => "적어도 ",
    };
    let all = number(loops.count);
    let neither = loops.weighed - loops.reinforcing - loops.balancing;
    let (plus, minus, none) = (
        number(loops.reinforcing),
        number(loops.balancing),
        number(neither),
    );
    let none_en = match neither {
        0 => String::new(),
        _ => format!(", {none} do neither"),
    };
    let none_ko = match neither {
        0 => String::new(),
        _ => format!(", 어느 쪽도 아닌 고리는 {none}개"),
    };
    let whole = match (loops.weighed_up_to, lang) {
        (None, _) => String::new(),
        (Some(0), Lang::En) => " None of them was weighed: that would be too much work.".to_owned(),
        (Some(0), Lang::Ko) => {
            " 계산할 것이 너무 많아 세기(강도)는 하나도 재지 못했습니다.".to_owned()
        }
        (Some(longest), Lang::En) => format!(
            " Only the {} loops of at most {longest} drivers were weighed.",
            number(loops.weighed)
        ),
        (Some(longest), Lang::Ko) => format!(
            " 변수 {longest}개까지 도는 고리 {}개만 세기를 쟀습니다.",
            number(loops.weighed)
        ),
    };
    match lang {
        Lang::En => out
            .plain(format!("{inside} of {of} drivers lie in "))
            .strong(format!(
                "{least}{all} feedback {}",
                if loops.count == 1 { "loop" } else { "loops" }
            ))
            .plain(match loops.weighed {
                0 => format!(".{whole}"),
                _ => format!(": {plus} reinforce themselves, {minus} balance themselves{none_en}.{whole}"),
            }),
        Lang::Ko => out
            .plain(format!("변수 {of}개 가운데 {inside}개가 "))
            .strong(format!("되먹임 고리 {least}{all}개"))
            .plain(match loops.weighed {
                0 => format!("에 들어 있습니다.{whole}"),
                _ => format!(
                    "에 들어 있습니다. 스스로 커지는 고리가 {plus}개, 스스로 잦아드는 고리가 {minus}개{none_ko}입니다.{whole}"
                ),
            }),
    }
}

/// The strongest of its sign, or the only one.
fn strongest(case: &Case, of: &Feedback, alone: bool, lang: Lang) -> Sentence {
    let name = circle(case, of, lang);
    let out = Sentence::default();
    match (of.sign, alone, lang) {
        (Sign::Balancing, false, Lang::En) => {
            out.plain("The strongest loop that balances itself: ")
        }
        (Sign::Balancing, true, Lang::En) => out.plain("The loop that balances itself: "),
        (_, false, Lang::En) => out.plain("The strongest loop that reinforces itself: "),
        (_, true, Lang::En) => out.plain("The loop that reinforces itself: "),
        (_, false, Lang::Ko) => out.plain(format!("가장 센 {}: ", sign(of.sign, lang))),
        (_, true, Lang::Ko) => out.plain(format!("{}: ", sign(of.sign, lang))),
    }
    .strong(name)
    .plain(match lang {
        Lang::En => ".",
        Lang::Ko => "",
    })
}

/// How indirect influence was found, and what it changes most.
pub(crate) fn indirectly(reading: &Reading, lang: Lang) -> String {
    let how = match (reading.structure.how, lang) {
        (How::Settled { power }, Lang::En) => format!(
            "Indirect influence is read off the matrix to the power of {power}, the first whose ranking is that of the power before (the MICMAC rule)."
        ),
        (How::Settled { power }, Lang::Ko) => format!(
            "간접 영향력은 직접 영향 행렬을 {power}제곱하여 읽었습니다. 순위가 바로 앞의 거듭제곱과 처음으로 같아지는 곳입니다(MICMAC 규칙)."
        ),
        (How::Damped { why, alpha, .. }, lang) => {
            let alpha = format!("{alpha:.3}");
            match (why, lang) {
                (Why::NoLoop(_), Lang::En) => format!(
                    "No two drivers lie in a loop, so high powers of the matrix are nothing but zeros and the MICMAC rule has no answer; indirect influence sums all ways instead, a way of k steps times α to the k, with α = {alpha}."
                ),
                (Why::NoLoop(_), Lang::Ko) => format!(
                    "여러 변수를 도는 고리가 없어 행렬을 거듭제곱하면 모두 0이 되므로 MICMAC 규칙으로는 답이 없습니다. 그래서 간접 영향력은 모든 경로를 더하되, k걸음 경로에는 α의 k제곱을 곱했습니다(α = {alpha})."
                ),
                (Why::Unsettled(powers), Lang::En) => format!(
                    "The ranking does not settle within {powers} powers of the matrix, so the MICMAC rule has no answer; indirect influence sums all ways instead, a way of k steps times α to the k, with α = {alpha}."
                ),
                (Why::Unsettled(powers), Lang::Ko) => format!(
                    "행렬을 {powers}제곱해 보아도 순위가 자리를 잡지 않아 MICMAC 규칙으로는 답이 없습니다. 그래서 간접 영향력은 모든 경로를 더하되, k걸음 경로에는 α의 k제곱을 곱했습니다(α = {alpha})."
                ),
            }
        }
    };
    format!("{how} {}", moved(reading, lang))
}

/// The driver that moves farthest in the ranking by influence when indirect ways count.
fn moved(reading: &Reading, lang: Lang) -> String {
    let found = &reading.structure;
    let place = |d: &DriverId| {
        (
            found.directly[d.0].influence_rank,
            found.indirectly[d.0].influence_rank,
        )
    };
    let farthest = found.by_influence.iter().rev().max_by_key(|d| {
        let (direct, indirect) = place(d);
        direct.abs_diff(indirect)
    });
    match farthest.map(|d| (d, place(d))) {
        Some((d, (from, to))) if from != to => {
            let name = &reading.case.driver(*d).name;
            match lang {
                Lang::En => format!(
                    "What changes most by it is “{}”, from place {from} to place {to} by influence.",
                    name.get(lang)
                ),
                Lang::Ko => {
                    let name = attach(
                        &format!("‘{}’", name.get(lang)),
                        name.say.as_deref(),
                        Particle::Topic,
                    );
                    format!("가장 많이 달라지는 {name} 영향력 {from}위에서 {to}위로 갑니다.")
                }
            }
        }
        _ => match lang {
            Lang::En => "The order by influence is the same directly and indirectly.".to_owned(),
            Lang::Ko => "영향력의 순위는 직접으로 보나 간접으로 보나 같습니다.".to_owned(),
        },
    }
}

/// What the numbers are.
pub(crate) fn measured(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "The influence of one driver on another is the mean size of its scores, whatever their sign, over all pairs of states: 0 to 3 points on the usual scale. Influence sums what a driver does to all others, dependence what they do to it; what it does to itself counts in neither."
        }
        Lang::Ko => {
            "한 변수가 다른 변수에 미치는 영향은 모든 상태 쌍에 준 점수의 크기(부호는 빼고)를 평균한 것으로, 보통 0점에서 3점 사이입니다. 영향력은 그 변수가 다른 모든 변수에 미치는 영향의 합, 의존도는 다른 모든 변수에서 받는 영향의 합이고, 스스로에게 미치는 영향은 어느 쪽에도 넣지 않습니다."
        }
    }
}

/// What a loop's numbers are.
pub(crate) fn weighed(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "The number before each step says how much more than the alternatives the first state favours (+) or hinders (−) the second, in points; the states are those through which most of the loop runs. A loop reinforces itself where a push comes back in its own direction, near the point where all states are equally likely."
        }
        Lang::Ko => {
            "각 걸음 앞의 숫자는 앞의 상태가 뒤의 상태를 다른 상태들보다 얼마나 더 밀거나(+) 막는지(−)를 점수로 나타낸 것이고, 고리의 힘이 가장 많이 지나가는 상태를 적었습니다. 한번 민 힘이 같은 방향으로 되돌아오면 스스로 커지는 고리입니다. 모든 상태가 엇비슷할 때를 기준으로 잽니다."
        }
    }
}
