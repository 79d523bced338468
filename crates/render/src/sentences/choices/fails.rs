//! Where an option fails, in words (PRIM's boxes: Friedman and Fisher 1999; Bryant and Lempert 2010).

use super::{money, name, quoted};
use crate::amount::amount;
use crate::korean::{Particle, attach};
use crate::sentences::drawn::cause;
use crate::words::fine;
use sinario_case::formula::{Distribution, ExprKind, Formula};
use sinario_case::{Case, Lang, Text};
use sinario_reading::choices::{Choices, Fails, Limit};
use sinario_reading::numbers::Cause;

/// What failing means for an option: worth less than so much, or with more regret than so much.
fn failing(found: &Choices, of: &Fails, lang: Lang) -> String {
    match (of.below, of.regret, lang) {
        (Some(v), _, Lang::En) => format!("brings less than {}", money(found, v, lang)),
        (Some(v), _, Lang::Ko) => format!("{}에 못 미칩니다", money(found, v, lang)),
        (None, Some(v), Lang::En) => format!(
            "falls more than {} short of the best",
            money(found, v, lang)
        ),
        (None, Some(v), Lang::Ko) => {
            format!("가장 나은 것에 {} 넘게 뒤집니다", money(found, v, lang))
        }
        (None, None, Lang::En) => "fails".into(),
        (None, None, Lang::Ko) => "실패합니다".into(),
    }
}

/// `3 of 4`: a share as a small fraction that people can see; the nearest of ten where none is near.
fn part(share: f64) -> (u32, u32) {
    let near = |of: u32| (share * f64::from(of)).round();
    let close = |of: &u32| (near(*of) / f64::from(*of) - share).abs() < 0.015;
    let of = [2, 3, 4, 5].into_iter().find(close).unwrap_or(10);
    // The cast: 0 … 10.
    (near(of) as u32, of)
}

/// `77 of 100 draws`, or of the probability where nothing was drawn.
fn hundred(found: &Choices, share: f64, lang: Lang) -> String {
    let n = (share * 100.0).round();
    let some = share > 0.0 && share < 1.0;
    match (found.drawn.exact, lang) {
        (true, _) => fine(share),
        (_, Lang::En) if some && n < 1.0 => "fewer than 1 of 100 draws".into(),
        (_, Lang::Ko) if some && n < 1.0 => "추첨 100번 중 1번이 안 되게".into(),
        (_, Lang::En) if some && n > 99.0 => "more than 99 of 100 draws".into(),
        (_, Lang::Ko) if some && n > 99.0 => "추첨 100번 중 99번 넘게".into(),
        (_, Lang::En) => format!("{n} of 100 draws"),
        (_, Lang::Ko) => format!("추첨 100번 중 {n}번"),
    }
}

/// How often it fails, in a box or anywhere: `fails in 77 of 100 draws`.
pub(crate) fn here(found: &Choices, share: f64, lang: Lang) -> String {
    let often = hundred(found, share, lang);
    match (found.drawn.exact, lang) {
        (true, Lang::En) => format!("fails with probability {often}"),
        (true, Lang::Ko) => format!("{often}의 확률로 실패"),
        (false, Lang::En) => format!("fails in {often}"),
        (false, Lang::Ko) => format!("{often} 실패"),
    }
}

/// How much of the failures a box holds: `3 of 4 failures lie here`.
pub(crate) fn box_told(of: &Fails, lang: Lang) -> String {
    let (n, all) = part(of.coverage);
    match (of.coverage, lang) {
        (c, Lang::En) if c >= 1.0 => "All failures lie here".into(),
        (c, Lang::Ko) if c >= 1.0 => "실패는 모두 여기에 있습니다".into(),
        (_, Lang::En) if n == all => "Nearly all failures lie here".into(),
        (_, Lang::Ko) if n == all => "실패는 거의 모두 여기에 있습니다".into(),
        (_, Lang::En) if n == 0 => "Few of the failures lie here".into(),
        (_, Lang::Ko) if n == 0 => "실패 가운데 여기에 있는 것은 얼마 없습니다".into(),
        (_, Lang::En) => format!("{n} of {all} failures lie here"),
        (_, Lang::Ko) => format!("실패 {all}번 중 {n}번이 여기에 있습니다"),
    }
}

/// The unit of a number that is drawn: that of its quantity where its formulas are distributions and nothing else. A factor
/// inside a formula may have another, and then none is shown.
fn unit_of(case: &Case, of: Cause) -> Option<&Text> {
    let Cause::Quantity(q, _) = of else {
        return None;
    };
    let of = &case.quantities[q];
    let whole = |f: &Formula| match &f.root.kind {
        // A part of a mixture may be reckoned from other draws.
        ExprKind::Draw(d) => !matches!(d, Distribution::Mixture(_)),
        _ => false,
    };
    let all = whole(&of.formula) && of.when.iter().all(|w| whole(&w.1));
    of.unit.as_ref().filter(|_| all)
}

/// One limit of a box: `revenue below ₩500 million`, `The Korean Copilot: Partial`.
pub(crate) fn condition(case: &Case, of: &Limit, lang: Lang) -> String {
    let what = cause(case, of.cause, lang);
    if let Cause::Driver(_) = of.cause {
        let states = of.states.iter();
        let states: Vec<&str> = states.map(|s| case.state(*s).name.get(lang)).collect();
        let or = match lang {
            Lang::En => " or ",
            Lang::Ko => " 또는 ",
        };
        return format!("{what}: {}", states.join(or));
    }
    let unit = unit_of(case, of.cause);
    let (from, to) = of.range;
    let shown = |v: f64| amount(v, unit, lang);
    match (from.is_finite(), to.is_finite(), lang) {
        (false, false, _) => what,
        (false, true, Lang::En) => format!("{what} below {}", shown(to)),
        (false, true, Lang::Ko) => format!("{what} {} 미만", shown(to)),
        (true, false, Lang::En) => format!("{what} above {}", shown(from)),
        (true, false, Lang::Ko) => format!("{what} {} 초과", shown(from)),
        (true, true, Lang::En) => {
            format!("{what} from {}", crate::amount::range(from, to, unit, lang))
        }
        (true, true, Lang::Ko) => format!("{what} {}", crate::amount::range(from, to, unit, lang)),
    }
}

/// All limits of a box.
pub(crate) fn where_failing(case: &Case, of: &Fails, lang: Lang) -> String {
    let all: Vec<String> = of.limits.iter().map(|l| condition(case, l, lang)).collect();
    match lang {
        Lang::En => all.join(" and "),
        Lang::Ko => all.join(", "),
    }
}

/// Where an option fails; `None` where that was not looked for.
pub(crate) fn fails(case: &Case, found: &Choices, k: usize, lang: Lang) -> Option<String> {
    let of = found.options[k].fails.as_ref()?;
    let what = failing(found, of, lang);
    let name = name(case, found, k);
    if of.share <= 0.0 {
        return Some(match lang {
            Lang::En => format!("{} never {what}.", quoted(name, lang)),
            Lang::Ko => {
                let name = attach(&quoted(name, lang), name.say.as_deref(), Particle::Topic);
                let what = match (of.below, of.regret) {
                    (Some(v), _) => format!("{}에 못 미치는", money(found, v, lang)),
                    (None, Some(v)) => {
                        format!("가장 나은 것에 {} 넘게 뒤지는", money(found, v, lang))
                    }
                    (None, None) => "실패하는".into(),
                };
                format!("{name} {what} 일이 없습니다.")
            }
        });
    }
    let often = hundred(found, of.share, lang);
    let draws = match (found.drawn.exact, lang) {
        (true, Lang::En) => format!("with probability {often}"),
        (true, Lang::Ko) => format!("{often}의 확률로"),
        (false, Lang::En) => format!("in {often}"),
        (false, Lang::Ko) if often.ends_with('번') => format!("{often}은"),
        (false, Lang::Ko) => often,
    };
    let head = match lang {
        Lang::En => format!("{} {what} {draws}", quoted(name, lang)),
        Lang::Ko => format!(
            "{} {draws} {what}",
            attach(&quoted(name, lang), name.say.as_deref(), Particle::Topic)
        ),
    };
    if of.limits.is_empty() {
        return Some(match lang {
            Lang::En => format!("{head}; no few conditions tell where."),
            Lang::Ko => format!("{head}. 몇 가지 조건으로 어디인지 가려낼 수는 없습니다."),
        });
    }
    let place = where_failing(case, of, lang);
    let told = box_told(of, lang);
    let here = here(found, of.density, lang);
    Some(match lang {
        Lang::En => format!("{head}. Look for: {place}. {told}; here it {here}."),
        Lang::Ko => format!("{head}. 살필 곳: {place}. {told}. 여기서는 {here}합니다."),
    })
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn shares_become_fractions_that_people_can_see() {
        let all = [0.5, 0.664, 0.76, 0.8, 0.41, 0.93, 0.99, 0.01].map(part);
        let want = [
            (1, 2),
            (2, 3),
            (3, 4),
            (4, 5),
            (2, 5),
            (9, 10),
            (2, 2),
            (0, 2),
        ];
        assert_eq!(all, want);
    }
}
