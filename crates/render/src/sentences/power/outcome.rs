//! What power alone would bring beside the reading, and what time brings to whom.

use super::super::{Sentence, at_horizon, leading};
use super::{inside, name, signed, subject};
use crate::korean::{Particle, attach};
use crate::words::percent;
use sinario_case::{Lang, Name};
use sinario_reading::{Power, Reading};

/// Where power and the reading point to different states; drivers on which one actor alone has a say are not counted.
pub(crate) fn disagreement(reading: &Reading, power: &Power, lang: Lang) -> Option<Sentence> {
    let case = &*reading.case;
    let known =
        |b: &&sinario_reading::Baseline| b.found.as_ref().is_some_and(|f| f.likeliest.is_some());
    power.baseline.iter().find(known)?;
    let all = power.baseline.iter().filter(|b| b.compares()).count();
    let n = power.first.disagreements;
    let when = at_horizon(case, lang);
    let out = Sentence::default();
    if all == 0 {
        return Some(out.plain(match lang {
            Lang::En => "There is no driver on which two who have power both have a wish, so power alone weighs nothing against anything.",
            Lang::Ko => "힘 있는 둘이 함께 바람을 둔 변수가 없어, 힘만으로는 견주어 볼 것이 없습니다.",
        }));
    }
    let Some(at) = power.first.disagreement else {
        let whole = match (lang, all) {
            (Lang::En, 1) => "in the one driver".to_owned(),
            (Lang::En, _) => format!("in all {all} drivers"),
            (Lang::Ko, 1) => "변수 하나에서".to_owned(),
            (Lang::Ko, _) => format!("변수 {all}개 모두에서"),
        };
        return Some(out.plain(match lang {
            Lang::En => format!(
                "Power alone points to the state that this reading thinks likeliest {when}, {whole} on which two or more who have power have a wish."
            ),
            Lang::Ko => format!(
                "힘 있는 둘 이상이 바람을 둔 {whole}, 힘만으로 본 결과와 이 읽기가 {when} 가장 그럴 만하다고 보는 상태가 같습니다."
            ),
        }));
    };
    let b = &power.baseline[at];
    let (found, driver) = (b.found.as_ref()?, case.driver(b.driver));
    let then = found.then.as_ref()?;
    let own = leading(then);
    let state = |s: usize| driver.states[s].name.get(lang);
    let q = percent(then[own]);
    let out = match lang {
        Lang::En => {
            let drivers = match all {
                1 => "the one driver".to_owned(),
                _ => format!("{n} of the {all} drivers"),
            };
            out.plain(format!(
                "Power alone and this reading point to different states in {drivers} on which two or more who have power have a wish, most of all in "
            ))
            .strong(inside(driver.name.get(lang)))
            .plain(": power to ")
        }
        Lang::Ko => {
            let drivers = match all {
                1 => "변수 하나에서".to_owned(),
                _ => format!("변수 {all}개 가운데 {n}개에서"),
            };
            out.plain(format!(
                "힘 있는 둘 이상이 바람을 둔 {drivers} 힘만으로 본 결과와 이 읽기가 다릅니다. 가장 크게 다른 것은 "
            ))
            .name(&driver.name, Particle::Toward)
            .plain(", 힘은 ")
        }
    };
    // One state, or several that tie.
    let mut out = out;
    for (k, s) in found.leading.iter().enumerate() {
        let p = percent(then[s.0]);
        let tie = found.leading.len() > 1;
        out = match lang {
            Lang::En => {
                let out = out.plain(if k > 0 { " and “" } else { "“" });
                let out = out.strong(state(s.0)).plain("”");
                match tie {
                    true => out.plain(format!(" ({p})")),
                    false => out.plain(format!(", which the reading gives {p} {when}")),
                }
            }
            Lang::Ko => {
                let out = out.plain(if k > 0 { ", ‘" } else { "‘" });
                let out = out.strong(state(s.0)).plain("’");
                match tie {
                    true => out.plain(format!("({p})")),
                    false => out.plain(format!(
                        " 쪽을 가리키지만 이 읽기가 보는 {when} 확률은 {p}이고"
                    )),
                }
            }
        };
    }
    if found.leading.len() > 1 {
        out = out.plain(match lang {
            Lang::En => format!(", a tie (in brackets what the reading gives them {when})"),
            Lang::Ko => format!(" 사이에서 비기지만(괄호 안은 이 읽기가 보는 {when} 확률)"),
        });
    }
    Some(match lang {
        Lang::En => out
            .plain("; the reading to “")
            .strong(state(own))
            .plain(format!("” ({q}).")),
        Lang::Ko => out
            .plain(", 이 읽기는 ‘")
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
        let how = match lang {
            Lang::En => {
                let verb = if rises { "rises" } else { "falls" };
                format!("what it can expect of its wishes {verb} from {now} to {then}")
            }
            Lang::Ko => format!(
                "바라는 바가 이루어지는 정도가 {now}에서 {} {}.",
                attach(&then, None, Particle::Toward),
                if rises {
                    "오릅니다"
                } else {
                    "떨어집니다"
                }
            ),
        };
        (name(case, power, w.actor), how)
    };
    let (gains, loses) = (power.first.gains.map(path), power.first.loses.map(path));
    if gains.is_none() && loses.is_none() {
        return None;
    }
    let out = Sentence::default();
    Some(match lang {
        Lang::En => {
            let who = |name: &Name| subject(&inside(name.get(lang)));
            let mut out = out.plain("As time goes by, ");
            let both = gains.is_some() && loses.is_some();
            if let Some((name, how)) = &gains {
                let end = if both { " and " } else { ", and nobody loses." };
                let said = format!(" gains most ({how}){end}");
                out = out.strong(who(name)).plain(said);
            }
            if let Some((name, how)) = &loses {
                let end = if both { "." } else { ", and nobody gains." };
                let said = format!(" loses most ({how}){end}");
                out = out.strong(who(name)).plain(said);
            }
            out
        }
        Lang::Ko => {
            let mut out = out.plain("시간이 흐르면 ");
            if let Some((name, how)) = &gains {
                out = out
                    .plain("바라는 것을 가장 많이 얻는 쪽은 ")
                    .name(name, Particle::Toward)
                    .plain(format!(", {how}"));
            }
            match (&gains, &loses) {
                (Some(_), None) => out.plain(" 잃는 쪽은 없습니다."),
                (_, Some((name, how))) => {
                    let (start, end) = match gains {
                        Some(_) => (" 가장 많이 잃는 쪽은 ", ""),
                        None => ("바라는 것을 가장 많이 잃는 쪽은 ", " 얻는 쪽은 없습니다."),
                    };
                    out.plain(start)
                        .name(name, Particle::Toward)
                        .plain(format!(", {how}{end}"))
                }
                (None, None) => out,
            }
        }
    })
}
