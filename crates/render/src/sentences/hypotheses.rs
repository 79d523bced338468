//! What competing hypotheses say, in sentences: where known tools disagree, and what carries the leading state.

use super::leading;
use crate::korean::{Particle, attach};
use crate::layout::bare;
use crate::words::percent;
use sinario_case::{Case, Lang, Name};
use sinario_reading::{Hypotheses, Letter, Level, Linchpin, Mind, Tool};

/// The name of a tool.
pub(crate) fn tool(tool: Tool, lang: Lang) -> &'static str {
    match (tool, lang) {
        (Tool::Parc, _) => "PARC ACH",
        (Tool::ParcWeighted, Lang::En) => "weighted PARC ACH",
        (Tool::ParcWeighted, Lang::Ko) => "가중 PARC ACH",
        (Tool::Burton, _) => "Burton",
        (Tool::OpenSynthesis, _) => "Open Synthesis",
        (Tool::OpenSynthesisConsistency, Lang::En) => "Open Synthesis, for",
        (Tool::OpenSynthesisConsistency, Lang::Ko) => "Open Synthesis 찬성",
        (Tool::IntelligenceWorkbench, _) => "Intelligence Workbench",
        (Tool::Sat, _) => "SAT",
        (Tool::SatWorker, _) => "sat-worker",
        (Tool::NaiveBayes, Lang::En) => "naive Bayes",
        (Tool::NaiveBayes, Lang::Ko) => "나이브 베이즈",
    }
}

fn quoted(name: &Name, lang: Lang) -> String {
    match lang {
        Lang::En => format!("“{}”", bare(name.get(lang))),
        Lang::Ko => format!("‘{}’", bare(name.get(lang))),
    }
}

/// How many tools prefer what, the leading state first; their names stand in the table of scores. `None` where there
/// is no table.
pub(crate) fn tools(case: &Case, mind: &Mind, lang: Lang) -> Option<String> {
    let names = &case.driver(mind.driver).states;
    let scored: Vec<_> = (mind.hypotheses.scores.iter())
        // It only decides between equals.
        .filter(|s| s.tool != Tool::OpenSynthesisConsistency)
        .collect();
    if scored.is_empty() {
        return None;
    }
    // What is preferred, in the order of the tools; nothing where all are equal.
    let mut answers: Vec<(Vec<usize>, usize)> = Vec::new();
    for s in &scored {
        let rated = s.values.iter().flatten().count();
        let best: Vec<usize> = match s.best.len() == rated && rated > 1 {
            true => Vec::new(),
            false => s.best.iter().map(|b| b.0).collect(),
        };
        match answers.iter_mut().find(|(b, _)| *b == best) {
            Some((_, n)) => *n += 1,
            None => answers.push((best, 1)),
        }
    }
    let s = leading(&mind.posterior);
    answers.sort_by_key(|(best, n)| (best.is_empty(), *best != [s], usize::MAX - n));
    let led = quoted(&names[s].name, lang);
    let now = percent(mind.posterior[s]);
    let states = |best: &[usize]| {
        let all: Vec<String> = best.iter().map(|&s| quoted(&names[s].name, lang)).collect();
        all.join(match lang {
            Lang::En => " and ",
            Lang::Ko => "·",
        })
    };
    if let [(best, _)] = &answers[..] {
        let agreed = *best == [s];
        return Some(match (best.is_empty(), agreed, lang) {
            (true, _, Lang::En) => {
                format!(
                    "None of the tools tells the states apart. Bayes over all facts says {led} ({now})."
                )
            }
            (true, _, Lang::Ko) => {
                format!(
                    "어느 도구도 상태를 가려내지 못합니다. 모든 사실을 베이즈로 합치면 {led}입니다({now})."
                )
            }
            (_, true, Lang::En) => {
                format!("All the tools prefer {led}, and so does Bayes over all facts ({now}).")
            }
            (_, true, Lang::Ko) => {
                format!(
                    "도구가 모두 같은 답을 고르고, 모든 사실을 베이즈로 합쳐도 {led}입니다({now})."
                )
            }
            (_, false, Lang::En) => {
                format!(
                    "All the tools prefer {}, but Bayes over all facts says {led} ({now}).",
                    states(best)
                )
            }
            (_, false, Lang::Ko) => {
                format!(
                    "도구는 모두 다음을 고르지만({}), 모든 사실을 베이즈로 합치면 {led}입니다({now}).",
                    states(best)
                )
            }
        });
    }
    // Tools that only count what is inconsistent need something that is.
    let letters = mind.hypotheses.facts.iter().flat_map(|f| &f.letters);
    let mild = letters.flatten().all(|l| *l >= Letter::Neutral);
    let undecided = answers.iter().find(|(best, _)| best.is_empty());
    let mut parts: Vec<String> = (answers.iter())
        .filter(|(best, _)| !best.is_empty())
        .map(|(best, n)| match (*best == [s], best.len() > 1, lang) {
            (true, _, Lang::En) => format!("{n} prefer{} the leading {led}", verb(*n)),
            (_, false, Lang::En) => format!("{n} prefer{} {}", verb(*n), states(best)),
            (_, true, Lang::En) => format!("{n} prefer{} {} alike", verb(*n), states(best)),
            (true, _, Lang::Ko) => format!("{n}가지는 앞선 {led} 쪽"),
            (_, false, Lang::Ko) => format!("{n}가지는 {} 쪽", states(best)),
            (_, true, Lang::Ko) => format!("{n}가지는 {} 동점", states(best)),
        })
        .collect();
    if !answers.iter().any(|(best, _)| *best == [s]) {
        parts.insert(
            0,
            match lang {
                Lang::En => format!("none prefers only the leading {led}"),
                Lang::Ko => format!("앞선 {led} 하나만 고른 것은 없고"),
            },
        );
    }
    if let (None, Lang::En, [_, .., last]) = (undecided, lang, &mut parts[..]) {
        last.insert_str(0, "and ");
    }
    let total = scored.len();
    let mut out = match lang {
        Lang::En => format!("Of {total} known scoring tools, {}", parts.join(", ")),
        Lang::Ko => format!("알려진 계산법 {total}가지 가운데 {}", parts.join(", ")),
    };
    out.push_str(&match (undecided, mild, lang) {
        (None, _, Lang::En) => ".".to_owned(),
        (None, _, Lang::Ko) => "입니다.".to_owned(),
        (Some((_, n)), true, Lang::En) => {
            format!(", and {n} cannot tell, as no fact is rated I or II.")
        }
        (Some((_, n)), false, Lang::En) => format!(", and {n} cannot tell."),
        (Some((_, n)), true, Lang::Ko) => {
            format!("이고 {n}가지는 가리지 못합니다(I나 II인 사실이 없어서).")
        }
        (Some((_, n)), false, Lang::Ko) => format!("이고 {n}가지는 가리지 못합니다."),
    });
    Some(out)
}

/// The ending of a verb after a number.
fn verb(n: usize) -> &'static str {
    if n == 1 { "s" } else { "" }
}

/// Facts that count as one, and that they do so only for belief; nothing where there are none.
pub(crate) fn groups(case: &Case, of: &Hypotheses, lang: Lang) -> Vec<String> {
    let one = |g: &sinario_reading::Group| {
        let (name, n) = (g.name(case), g.facts.len());
        let row = |f: &sinario_case::FactId| of.facts.iter().any(|h| h.fact == *f);
        let here = g.facts.iter().filter(|f| row(f)).count();
        if here < n {
            let other = n - here;
            return match (other, lang) {
                (1, Lang::En) => format!(
                    "The {n} facts of the group “{name}” count as one for belief; one of them speaks of another driver and is not in this table."
                ),
                (_, Lang::En) => format!(
                    "The {n} facts of the group “{name}” count as one for belief; {other} of them speak of other drivers and are not in this table."
                ),
                (_, Lang::Ko) => format!(
                    "한 묶음 ‘{name}’의 사실 {n}개는 믿음을 계산할 때 하나로 칩니다. 그 가운데 {other}개는 다른 변수에 대한 것이어서 이 표에 없습니다."
                ),
            };
        }
        match lang {
            Lang::En => format!(
                "The {n} facts of the group “{name}” count as one for belief; the tools count each by itself."
            ),
            Lang::Ko => format!(
                "한 묶음 ‘{name}’의 사실 {n}개는 믿음을 계산할 때 하나로 칩니다. 도구는 하나씩 따로 셉니다."
            ),
        }
    };
    of.groups.iter().map(one).collect()
}

/// Facts that are in no row.
pub(crate) fn elsewhere(of: &Hypotheses, lang: Lang) -> Option<String> {
    let n = of.elsewhere;
    match (n, lang) {
        (0, _) => None,
        (1, Lang::En) => Some(
            "One more fact speaks of other drivers and reaches this one only through them; belief knows it, the table does not."
                .into(),
        ),
        (_, Lang::En) => Some(format!(
            "{n} more facts speak of other drivers and reach this one only through them; belief knows them, the table does not."
        )),
        (_, Lang::Ko) => Some(format!(
            "그 밖의 사실 {n}개는 다른 변수에 대한 것이어서, 그 변수를 거쳐서만 여기에 닿습니다. 믿음에는 들어 있고 표에는 없습니다."
        )),
    }
}

/// How many linchpins are shown; the rest is counted.
pub(crate) const LINCHPINS: usize = 3;

/// What carries the leading state, as a head to the linchpins that follow; `None` where nothing was sought.
pub(crate) fn linchpins(case: &Case, mind: &Mind, lang: Lang) -> Option<String> {
    let of = &mind.hypotheses.linchpins;
    if of.tried == 0 {
        return None;
    }
    let s = leading(&mind.posterior);
    let name = &case.driver(mind.driver).states[s].name;
    let now = percent(mind.posterior[s]);
    let led = match lang {
        Lang::En => format!("{} ({now})", quoted(name, lang)),
        Lang::Ko => format!("{}({now})", quoted(name, lang)),
    };
    let say = name.say.as_deref().or(Some(bare(name.get(lang))));
    let with = |p| attach(&led, say, p);
    let n = of.sets.len();
    Some(match (n, of.tried, lang) {
        (1, 1, Lang::En) => {
            format!("{led} rests on one linchpin: without it another state would lead.")
        }
        (1, 1, Lang::Ko) => {
            format!("{led}의 버팀목은 하나입니다. 이것이 빠지면 다른 상태가 앞섭니다.")
        }
        (2, 1, Lang::En) => {
            format!("{led} rests on two linchpins: without either another state would lead.")
        }
        (1.., 1, Lang::En) => format!(
            "{led} rests on {n} linchpins: without any one of them another state would lead."
        ),
        (1.., 1, Lang::Ko) => {
            format!("{led}의 버팀목은 {n}개입니다. 그 가운데 하나만 빠져도 다른 상태가 앞섭니다.")
        }
        (1, 2, Lang::En) => format!(
            "No one fact carries {led}, but two do together: without both another state would lead."
        ),
        (1.., 2, Lang::En) => format!(
            "No one fact carries {led}, but two together do, in {n} ways: without both of a pair another state would lead."
        ),
        (1.., 2, Lang::Ko) => format!(
            "사실 하나가 빠져서는 {} 밀려나지 않지만, 둘이 함께 빠지면 다른 상태가 앞섭니다(그런 짝이 {n}개).",
            with(Particle::Subject)
        ),
        (1, _, Lang::En) => format!(
            "Neither one fact nor two carry {led}, but three do together: without all three another state would lead."
        ),
        (1.., _, Lang::En) => format!(
            "Neither one fact nor two carry {led}, but three together do, in {n} ways: without all three another state would lead."
        ),
        (1.., _, Lang::Ko) => format!(
            "사실 하나나 둘이 빠져서는 {} 밀려나지 않지만, 셋이 함께 빠지면 다른 상태가 앞섭니다(그런 조합이 {n}가지).",
            with(Particle::Subject)
        ),
        (0, tried, _) => unmoved(&led, with(Particle::Topic), tried, of.more, lang),
    })
}

/// The leading state stands whatever was left out.
fn unmoved(led: &str, topic: String, tried: usize, more: bool, lang: Lang) -> String {
    let left_out = match (tried, lang) {
        (1, Lang::En) => "whichever one fact or group is left out",
        (2, Lang::En) => "whichever one or two are left out together",
        (_, Lang::En) => "whichever one, two or three are left out together",
        (1, Lang::Ko) => "사실이나 묶음을 하나씩 빼 보아도",
        (2, Lang::Ko) => "사실을 하나씩, 둘씩 빼 보아도",
        (_, Lang::Ko) => "사실을 하나씩, 둘씩, 셋씩 빼 보아도",
    };
    match (more, lang) {
        (false, Lang::En) => format!("{led} leads {left_out}."),
        (false, Lang::Ko) => format!("{topic} {left_out} 여전히 가장 앞섭니다."),
        (true, Lang::En) => format!(
            "{led} leads {left_out}; larger sets were not tried, since that would take too much work."
        ),
        (true, Lang::Ko) => format!(
            "{topic} {left_out} 여전히 가장 앞섭니다. 그보다 많이 빼 보는 것은 계산이 너무 커서 해 보지 않았습니다."
        ),
    }
}

/// What a linchpin is called where it is a whole group.
pub(crate) fn whole_group(case: &Case, linchpin: &Linchpin, lang: Lang) -> Option<String> {
    let (name, n) = (linchpin.group(case)?, linchpin.facts.len());
    Some(match lang {
        Lang::En => format!("the group “{name}”, all {n} facts"),
        Lang::Ko => format!("한 묶음 ‘{name}’의 사실 {n}개 모두"),
    })
}

/// What would be without a linchpin: `“trust” 53 %, “wary” 25 %`.
pub(crate) fn without(case: &Case, mind: &Mind, linchpin: &Linchpin, lang: Lang) -> String {
    let names = &case.driver(mind.driver).states;
    let of = |s: usize| {
        let p = percent(linchpin.without[s]);
        format!("{} {p}", quoted(&names[s].name, lang))
    };
    let (new, old) = (of(linchpin.leads.0), of(leading(&mind.posterior)));
    match (linchpin.facts.len(), lang) {
        (1, Lang::En) => format!("without it {new}, {old}"),
        (_, Lang::En) => format!("without them {new}, {old}"),
        (_, Lang::Ko) => format!("빠지면 {new}, {old}"),
    }
}

/// How credible a fact is.
pub(crate) fn credibility(level: Level, lang: Lang) -> &'static str {
    match (level, lang) {
        (Level::High, Lang::En) => "credibility high",
        (Level::Medium, Lang::En) => "credibility medium",
        (Level::Low, Lang::En) => "credibility low",
        (Level::High, Lang::Ko) => "믿을 만한 정도 높음",
        (Level::Medium, Lang::Ko) => "믿을 만한 정도 보통",
        (Level::Low, Lang::Ko) => "믿을 만한 정도 낮음",
    }
}

/// What the letters, the decibans and the bits of a table say.
pub(crate) fn how_to_read(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "CC very consistent, C consistent, N neutral, I inconsistent, II very inconsistent. Letters compare with the best state only, decibans with all others, so that N may stand over a large minus. The first bits say how well the fact could tell the states apart, the second how much it did tell."
        }
        Lang::Ko => {
            "CC 아주 잘 맞음, C 맞음, N 어느 쪽도 아님, I 어긋남, II 아주 어긋남. 글자는 가장 잘 맞는 상태하고만 견준 것이라, N이어도 데시반은 크게 −일 수 있습니다. 앞의 비트는 그 사실이 상태들을 가려내는 힘이고, 뒤의 비트는 실제로 알려 준 만큼입니다."
        }
    }
}

/// Where the tools' weights come from.
pub(crate) fn how_scored(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "Credibility comes from the trust in a fact’s grade: high from 0.8, medium from 0.5, and medium without a grade. Relevance is medium for all facts, since a case does not judge it. The least score is best; the greatest only for naive Bayes and for what speaks for a state in Open Synthesis, which decides between equals."
        }
        Lang::Ko => {
            "믿을 만한 정도는 사실의 등급에 대한 신뢰에서 옵니다. 0.8부터 높음, 0.5부터 보통이고, 등급이 없으면 보통입니다. 관련성은 사례가 따로 판단하지 않으므로 모두 보통입니다. 점수는 낮을수록 좋습니다. 나이브 베이즈와, 같은 점수를 가를 때만 쓰는 Open Synthesis 찬성은 높을수록 좋습니다."
        }
    }
}
