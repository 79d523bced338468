//! Why rankings differ: what each robustness measure looks at (McPhail et al. 2018), and what it puts first.

use super::{name, quoted};
use crate::sentences::Sentence;
use sinario_case::{Case, Lang};
use sinario_reading::choices::{Choices, MEASURES, Measure};

/// What a measure is called.
pub(crate) fn measure(of: Measure, lang: Lang) -> &'static str {
    match (of, lang) {
        (Measure::Maximin, Lang::En) => "Maximin",
        (Measure::Maximin, Lang::Ko) => "최악의 값",
        (Measure::Maximax, Lang::En) => "Maximax",
        (Measure::Maximax, Lang::Ko) => "최선의 값",
        (Measure::Hurwicz, Lang::En) => "Hurwicz",
        (Measure::Hurwicz, Lang::Ko) => "후르비츠",
        (Measure::Laplace, Lang::En) => "Laplace",
        (Measure::Laplace, Lang::Ko) => "라플라스",
        (Measure::MinimaxRegret, Lang::En) => "Minimax regret",
        (Measure::MinimaxRegret, Lang::Ko) => "가장 큰 후회",
        (Measure::PercentileRegret, Lang::En) => "90 % regret",
        (Measure::PercentileRegret, Lang::Ko) => "90 % 후회",
        (Measure::MeanVariance, Lang::En) => "Mean–variance",
        (Measure::MeanVariance, Lang::Ko) => "평균과 분산",
        (Measure::UndesirableDeviations, Lang::En) => "Undesirable deviations",
        (Measure::UndesirableDeviations, Lang::Ko) => "나쁜 쪽 벗어남",
        (Measure::Skewness, Lang::En) => "Skewness",
        (Measure::Skewness, Lang::Ko) => "치우침",
        (Measure::Peakedness, Lang::En) => "Peakedness",
        (Measure::Peakedness, Lang::Ko) => "뾰족함",
        (Measure::Starr, Lang::En) => "Starr’s domain",
        (Measure::Starr, Lang::Ko) => "스타의 영역",
    }
}

/// What a measure looks at: which cases, and whether at their level, regret or spread.
pub(crate) fn looks_at(of: Measure, lang: Lang) -> &'static str {
    match (of, lang) {
        (Measure::Maximin, Lang::En) => "the worst case alone, its level",
        (Measure::Maximin, Lang::Ko) => "가장 나쁜 경우 하나의 값",
        (Measure::Maximax, Lang::En) => "the best case alone, its level",
        (Measure::Maximax, Lang::Ko) => "가장 좋은 경우 하나의 값",
        (Measure::Hurwicz, Lang::En) => "the worst and the best case, their levels weighed",
        (Measure::Hurwicz, Lang::Ko) => "가장 나쁜 경우와 가장 좋은 경우의 값을 섞은 것",
        (Measure::Laplace, Lang::En) => "all cases, their average level",
        (Measure::Laplace, Lang::Ko) => "모든 경우의 평균값",
        (Measure::MinimaxRegret, Lang::En) => "the case of greatest regret",
        (Measure::MinimaxRegret, Lang::Ko) => "후회가 가장 큰 경우",
        (Measure::PercentileRegret, Lang::En) => "regret but for its worst tenth",
        (Measure::PercentileRegret, Lang::Ko) => "후회가 가장 큰 10분의 1을 뺀 나머지의 후회",
        (Measure::MeanVariance, Lang::En) => "all cases, their average against their spread",
        (Measure::MeanVariance, Lang::Ko) => "모든 경우의 평균을 퍼짐과 견준 것",
        (Measure::UndesirableDeviations, Lang::En) => {
            "the worse half, how far it falls below the median"
        }
        (Measure::UndesirableDeviations, Lang::Ko) => "나쁜 쪽 절반이 중앙값에서 떨어진 거리",
        (Measure::Skewness, Lang::En) => {
            "three percentiles, whether the spread leans to the good side"
        }
        (Measure::Skewness, Lang::Ko) => "분위수 셋으로 본, 퍼짐이 좋은 쪽으로 기운 정도",
        (Measure::Peakedness, Lang::En) => {
            "four percentiles, how closely values huddle in the middle"
        }
        (Measure::Peakedness, Lang::Ko) => "분위수 넷으로 본, 값이 가운데에 몰린 정도",
        (Measure::Starr, Lang::En) => "all cases, the share in which the option is good enough",
        (Measure::Starr, Lang::Ko) => "모든 경우 가운데 쓸 만한 경우의 몫",
    }
}

/// The options that a measure ranks first, by position; empty where it is not defined for any.
fn first(found: &Choices, at: usize) -> Vec<usize> {
    let rank = |k: &usize| found.options[*k].ranks.get(at) == Some(&1);
    (0..found.options.len()).filter(rank).collect()
}

/// The option or options that a measure ranks first.
pub(crate) fn ranked_first(case: &Case, found: &Choices, at: usize, lang: Lang) -> String {
    let all = first(found, at);
    if all.is_empty() {
        return match lang {
            Lang::En => "not defined here".into(),
            Lang::Ko => "여기서는 정해지지 않음".into(),
        };
    }
    let names: Vec<String> = (all.iter())
        .map(|&k| quoted(name(case, found, k), lang))
        .collect();
    names.join(match lang {
        Lang::En => " and ",
        Lang::Ko => "·",
    })
}

/// How far the measures agree; `None` with fewer than two options, or where no measure is defined.
pub(crate) fn disagreement(case: &Case, found: &Choices, lang: Lang) -> Option<Sentence> {
    if found.options.len() < 2 {
        return None;
    }
    let firsts: Vec<Vec<usize>> = (0..MEASURES.len()).map(|at| first(found, at)).collect();
    let defined = firsts.iter().filter(|f| !f.is_empty()).count();
    let votes = |k: usize| firsts.iter().filter(|f| f.contains(&k)).count();
    let most = (0..found.options.len()).max_by_key(|&k| (votes(k), usize::MAX - k))?;
    let n = votes(most);
    if n == 0 {
        return None;
    }
    let of = name(case, found, most);
    let out = Sentence::default();
    let others: Vec<String> = (0..found.options.len())
        .filter(|&k| k != most && votes(k) > 0)
        .map(|k| quoted(name(case, found, k), lang))
        .collect();
    // Where it is first everywhere, others are so at most in a tie.
    Some(match (n == defined || others.is_empty(), lang) {
        (true, Lang::En) => out
            .plain(format!("All {defined} measures of robustness put "))
            .strong(quoted(of, lang))
            .plain(" first."),
        (true, Lang::Ko) => out
            .plain(format!("견고함의 척도 {defined}가지가 모두 "))
            .strong(quoted(of, lang))
            .plain(after_object(of))
            .plain(" 첫째로 꼽습니다."),
        (false, Lang::En) => out
            .plain(format!("{n} of {defined} measures of robustness put "))
            .strong(quoted(of, lang))
            .plain(format!(
                " first, others {}: they look at different things, and none is right for everybody.",
                others.join(" or ")
            )),
        (false, Lang::Ko) => out
            .plain(format!("견고함의 척도 {defined}가지 가운데 {n}가지가 "))
            .strong(quoted(of, lang))
            .plain(after_object(of))
            .plain(format!(
                " 첫째로 꼽습니다. 그 밖에 첫째로 꼽히는 것은 {}입니다. 척도마다 보는 것이 다르고, 누구에게나 맞는 척도는 없습니다.",
                others.join(", ")
            )),
    })
}

fn after_object(of: &sinario_case::Name) -> &'static str {
    crate::korean::particle(
        of.get(Lang::Ko),
        of.say.as_deref(),
        crate::korean::Particle::Object,
    )
}
