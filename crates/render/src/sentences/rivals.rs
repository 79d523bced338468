//! Competing readings of a mind in words: the best rival, and what the author's ranges leave open.

use super::leading;
use crate::words::{bits, percent};
use sinario_case::{Act, Case, Lang, Name, StateId};
use sinario_reading::{Estimate, Method, Mind, Reading, Rival};

/// Drivers in which a rival differs that are named; the rest is counted.
const NAMED: usize = 3;
/// Bits below which a signpost is said to separate nothing.
const NOTHING: f64 = 0.005;

fn exact(value: f64) -> Estimate {
    Estimate { value, error: None }
}

fn quoted(name: &Name, lang: Lang) -> String {
    match lang {
        Lang::En => format!("“{}”", name.get(lang)),
        Lang::Ko => format!("‘{}’", name.get(lang)),
    }
}

/// How many times as much: `1.3`, `12`.
fn times(ratio: f64) -> String {
    match ratio {
        r if r.is_infinite() => "∞".to_owned(),
        r if r < 9.95 => format!("{r:.1}"),
        r if r < 1000.0 => format!("{r:.0}"),
        _ => ">1000".to_owned(),
    }
}

/// The leading explanation and its best rival, `whole` with what else differs; and the signpost that separates them most.
/// Where answers are sampled it says that there is none; `None` where nothing else is possible.
pub(crate) fn rival(reading: &Reading, mind: &Mind, whole: bool, lang: Lang) -> Option<String> {
    let Some(rival) = &mind.compared.rival else {
        let sampled = matches!(reading.method, Method::Sampled { .. });
        return sampled.then(|| {
            match lang {
                Lang::En => "The best rival explanation is only looked for where all futures are counted; here they were drawn.",
                Lang::Ko => "맞서는 설명은 미래를 모두 셀 때에만 찾습니다. 여기서는 미래를 뽑아서 셈했습니다.",
            }
            .to_owned()
        });
    };
    let driver = reading.case.driver(mind.driver);
    let of = |x: &[StateId]| &driver.states[x[mind.driver.0].0].name;
    let (first, other) = (
        quoted(of(&rival.leading.0), lang),
        quoted(of(&rival.rival.0), lang),
    );
    let (p, q) = (
        percent(exact(rival.leading.1)),
        percent(exact(rival.rival.1)),
    );
    let mut out = match lang {
        Lang::En => format!(
            "The leading explanation, with {first}, has a probability of {p} by itself; its best rival, with {other}, one of {q}"
        ),
        Lang::Ko => format!(
            "가장 앞선 설명({first})은 그것만으로 {p}, 가장 센 맞서는 설명({other})은 {q}입니다"
        ),
    };
    out.push_str(&match (rival.ratio, lang) {
        (r, Lang::En) if r >= 1.05 => format!(", {} times less.", times(r)),
        (r, Lang::Ko) if r >= 1.05 => format!("(앞선 쪽이 {}배).", times(r)),
        (r, Lang::En) if r > 0.95 => ", about as much.".to_owned(),
        (r, Lang::Ko) if r > 0.95 => "(거의 같음).".to_owned(),
        (r, Lang::En) => format!(
            ", {} times more: {first} leads only when all its futures are taken together.",
            times(1.0 / r)
        ),
        (r, Lang::Ko) => format!(
            "(맞서는 쪽이 {}배). {first} 쪽이 앞선 것은 여러 경우를 합쳤기 때문입니다.",
            times(1.0 / r)
        ),
    });
    if whole {
        out.push_str(&differences(reading, mind, rival, lang));
    }
    if let Some(most) = rival.signposts.first() {
        let text = reading.case.signposts[most.signpost].text.get(lang);
        let text = text.trim_end_matches(['.', '。']);
        let (p, q) = (percent(exact(most.seen.0)), percent(exact(most.seen.1)));
        let bits = bits(exact(most.bits), lang);
        out.push_str(&match lang {
            _ if most.bits < NOTHING => match lang {
                Lang::En => " No signpost of the case would separate the two.".to_owned(),
                Lang::Ko => " 사례의 이정표 가운데 이 둘을 가르는 것은 없습니다.".to_owned(),
            },
            Lang::En => format!(
                " What separates the two most: “{text}”, seen with a chance of {p} if the leading one is true and of {q} if the rival is ({bits}, where 1 would settle it)."
            ),
            Lang::Ko => format!(
                " 둘을 가장 잘 가르는 이정표는 이것입니다: “{text}”. 볼 확률은 앞선 설명이 맞으면 {p}, 맞서는 설명이 맞으면 {q}입니다({bits}, 1비트면 판가름)."
            ),
        });
    }
    Some(out)
}

/// In what else the rival differs, the mind itself apart.
fn differences(reading: &Reading, mind: &Mind, rival: &Rival, lang: Lang) -> String {
    let others: Vec<_> = rival.differ.iter().filter(|d| **d != mind.driver).collect();
    if others.is_empty() {
        return match lang {
            Lang::En => " They differ in nothing else.".to_owned(),
            Lang::Ko => " 그 밖에는 다른 점이 없습니다.".to_owned(),
        };
    }
    let each = others.iter().take(NAMED).map(|d| {
        let driver = reading.case.driver(**d);
        let name = |x: &[StateId]| quoted(&driver.states[x[d.0].0].name, lang);
        let (here, there) = (name(&rival.leading.0), name(&rival.rival.0));
        match lang {
            Lang::En => format!("{}: {there} instead of {here}", driver.name.get(lang)),
            Lang::Ko => format!("{}: {here} 대신 {there}", driver.name.get(lang)),
        }
    });
    let mut list = each.collect::<Vec<_>>().join("; ");
    let more = others.len().saturating_sub(NAMED);
    match (more, lang) {
        (0, _) => {}
        (n, Lang::En) => list.push_str(&format!("; and {n} more")),
        (n, Lang::Ko) => list.push_str(&format!("; 그 밖에 {n}가지")),
    }
    match lang {
        Lang::En => format!(" In the rival also differs: {list}."),
        Lang::Ko => format!(" 맞서는 설명에서 그 밖에 달라지는 것: {list}."),
    }
}

/// The ends of a state's belief, and whether no values in the ranges lead further.
fn ends(mind: &Mind, state: StateId) -> Option<(String, bool)> {
    let (low, high) = mind.compared.range_of(state)?;
    let (low, high) = (percent(exact(low)), percent(exact(high)));
    Some((format!("{low} … {high}"), mind.compared.range_whole))
}

/// `42 % … 45 % over the ranges that the author wrote`; `None` where they hardly move the state.
pub(crate) fn range(mind: &Mind, state: StateId, lang: Lang) -> Option<String> {
    let (ends, whole) = ends(mind, state)?;
    Some(match (lang, whole) {
        (Lang::En, true) => format!("{ends} over the ranges that the author wrote"),
        (Lang::En, false) => format!("{ends} or wider over the ranges that the author wrote"),
        (Lang::Ko, true) => format!("글쓴이가 적은 범위 안에서 {ends}"),
        (Lang::Ko, false) => format!("글쓴이가 적은 범위 안에서 {ends}(더 넓을 수도 있음)"),
    })
}

/// Where the leading state stands and how far the author's ranges move it; that they were left out, where they were.
pub(crate) fn ranges(reading: &Reading, mind: &Mind, lang: Lang) -> Option<String> {
    if mind.compared.ranges_left_out {
        return Some(
            match lang {
                Lang::En => "What the author’s ranges would do to this is not worked out here.",
                Lang::Ko => "글쓴이가 준 범위에 따라 얼마나 달라지는지는 여기서 셈하지 않았습니다.",
            }
            .to_owned(),
        );
    }
    let top = StateId(leading(&mind.posterior));
    let (ends, whole) = ends(mind, top)?;
    let driver = reading.case.driver(mind.driver);
    let name = quoted(&driver.states[top.0].name, lang);
    let now = percent(mind.posterior[top.0]);
    Some(match (lang, whole) {
        (Lang::En, whole) => format!(
            "{name}: {now}. Moving only the judgements on facts for which the author gave a range: {ends}{}.",
            if whole { "" } else { " or wider" }
        ),
        (Lang::Ko, whole) => format!(
            "{name}: {now}. 사실에 대한 판단 가운데 글쓴이가 범위를 적은 것만 움직이면 {ends}입니다{}.",
            if whole {
                ""
            } else {
                "(더 넓을 수도 있음)"
            }
        ),
    })
}

/// That the belief over all β is no average of those at each β; `None` where one actor acts.
pub(crate) fn own_rationality(case: &Case, mind: &Mind, lang: Lang) -> Option<&'static str> {
    let acts = mind.compared.acts.iter();
    let mut actors = acts.filter_map(|a| Some(case.facts[a.fact.0].act.as_ref()?.actor));
    let first = actors.next()?;
    actors.any(|a| a != first).then_some(match lang {
        Lang::En => {
            "In each row all actors share one β; the last row lets each have its own, so it is not their average."
        }
        Lang::Ko => {
            "각 줄은 모두가 같은 β일 때이고, 마지막 줄은 저마다 다를 수 있을 때라서 줄들의 평균이 아닙니다."
        }
    })
}

/// What an alternative is called; where the author gave it no name, its id.
pub(crate) fn alternative(act: &Act, at: usize, lang: Lang) -> String {
    match act.names.get(at) {
        Some(Some(name)) => name.get(lang).to_owned(),
        _ => act.among[at].replace('_', " "),
    }
}
