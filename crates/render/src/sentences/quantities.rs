//! What nobody knows exactly, in words: how far a quantity spreads, and what drives it.

use super::drawn::quoted;
use super::sway::exact;
use crate::amount::{amount, between};
use crate::korean::{Particle, attach};
use crate::words::percent;
use sinario_case::{Case, DriverId, Lang, StateId, StateRef, Text};
use sinario_reading::numbers::{Amount, Cause, Drive, QuantityFound};

/// A share of the variance that is worth a sentence.
const TELLING: f64 = 0.05;
/// By how much medians must differ, as a share of the overall 90 % interval, before a sentence says so.
const APART: f64 = 0.1;

/// The unit of a quantity.
pub(crate) fn unit(case: &Case, quantity: usize) -> Option<&Text> {
    case.quantities[quantity].unit.as_ref()
}

/// Whether it is the same in every draw.
pub(crate) fn certain(of: &Amount) -> bool {
    // Rounding is no spread.
    let (low, high) = of.range;
    high - low <= 1e-12 * low.abs().max(high.abs())
}

/// How far it spreads.
pub(crate) fn spread(case: &Case, of: &QuantityFound, lang: Lang) -> String {
    let name = case.quantities[of.quantity].name.get(lang);
    let unit = unit(case, of.quantity);
    let [low, _, middle, _, high] = of.overall.quantiles;
    if !middle.is_finite() {
        return match lang {
            Lang::En => format!("{name}: it has no value in any draw."),
            Lang::Ko => format!("{name}: 어느 추첨에서도 값이 없습니다."),
        };
    }
    if certain(&of.overall) {
        let value = amount(middle, unit, lang);
        return match lang {
            Lang::En => format!("{name}: {value}, whatever happens."),
            Lang::Ko => format!("{name}: 무슨 일이 있어도 {value}."),
        };
    }
    let between = between(low, high, unit, lang);
    let middle = amount(middle, unit, lang);
    match lang {
        Lang::En => format!("{name}: nine in ten {between}, middle {middle}."),
        Lang::Ko => format!("{name}: 열에 아홉은 {between}, 가운데 값 {middle}."),
    }
}

/// The mean as it is printed: with its error where it was sampled, and not at all where there is none.
pub(crate) fn mean(of: &Amount, unit: Option<&Text>, lang: Lang) -> String {
    if of.endless {
        return match lang {
            Lang::En => "none".into(),
            Lang::Ko => "없음".into(),
        };
    }
    let value = amount(of.mean.value, unit, lang);
    match of.mean.error.filter(|e| *e > 0.0) {
        Some(error) => format!("{value} ± {}", crate::amount::plain(error, lang)),
        None => value,
    }
}

/// Why no mean is shown.
pub(crate) fn endless(case: &Case, of: &QuantityFound, lang: Lang) -> String {
    let name = &case.quantities[of.quantity].name;
    match lang {
        Lang::En => format!(
            "{} has no mean: rare draws are so large that the average never settles, however many there are. Its quantiles hold.",
            quoted(name, lang)
        ),
        Lang::Ko => format!(
            "{} 평균이 없습니다. 드문 추첨이 너무 커서 아무리 많이 뽑아도 평균이 자리 잡지 않습니다. 분위수는 그대로 쓸 수 있습니다.",
            attach(&quoted(name, lang), name.say.as_deref(), Particle::Topic)
        ),
    }
}

/// What drives it most.
pub(crate) fn driven(case: &Case, of: &QuantityFound, lang: Lang) -> Option<String> {
    let first: &Drive = of.drives.first().filter(|d| d.first.value >= TELLING)?;
    // What is drawn from one distribution alone needs no such sentence.
    if of.drives.len() == 1 && first.first.value > 0.99 {
        return None;
    }
    let share = percent(exact(first.first.value));
    let own = matches!(first.cause, Cause::Quantity(q, _) if q == of.quantity);
    let name = cause(case, of, first.cause, lang);
    Some(match (own, lang) {
        (true, Lang::En) => {
            format!(
                "{share} of its variance is that of its own range; the rest comes from elsewhere."
            )
        }
        (true, Lang::Ko) => {
            format!("분산의 {share}는 스스로의 범위에서 오고, 나머지는 다른 데서 옵니다.")
        }
        (false, Lang::En) => {
            format!(
                "It hangs most on “{name}”: knowing that alone would take away {share} of its variance."
            )
        }
        (false, Lang::Ko) => format!(
            "‘{name}’에 가장 많이 달려 있습니다. 그것 하나만 알아도 분산의 {share}가 없어집니다."
        ),
    })
}

/// What a cause is called beside a quantity: its own distribution does not bear its name again.
pub(crate) fn cause(case: &Case, of: &QuantityFound, cause: Cause, lang: Lang) -> String {
    match (cause, lang) {
        (Cause::Quantity(q, 0), Lang::En) if q == of.quantity => "its own range".into(),
        (Cause::Quantity(q, 0), Lang::Ko) if q == of.quantity => "스스로의 범위".into(),
        _ => super::drawn::cause(case, cause, lang),
    }
}

/// Where a driver's states set it farthest apart.
pub(crate) fn apart(case: &Case, of: &QuantityFound, lang: Lang) -> Option<String> {
    let [low, .., high] = of.overall.quantiles;
    let middles = |(d, by): &(DriverId, Vec<Option<Amount>>)| {
        let some = by.iter().enumerate();
        let mut some: Vec<(usize, f64)> = some
            .filter_map(|(s, a)| Some((s, a.as_ref()?.quantiles[2])))
            .filter(|(_, m)| m.is_finite())
            .collect();
        some.sort_by(|a, b| a.1.total_cmp(&b.1));
        Some((*d, *some.first()?, *some.last()?))
    };
    let width = |x: &(DriverId, (usize, f64), (usize, f64))| x.2.1 - x.1.1;
    let all = of.by_state.iter().filter_map(middles);
    let found = all.max_by(|a, b| width(a).total_cmp(&width(b)))?;
    let (driver, least, most) = found;
    if most.1 - least.1 <= APART * (high - low) {
        return None;
    }
    let unit = unit(case, of.quantity);
    let told = |(state, value): (usize, f64)| {
        let at = StateRef {
            driver,
            state: StateId(state),
        };
        (
            quoted(&case.state(at).name, lang),
            amount(value, unit, lang),
        )
    };
    let name = case.driver(driver).name.get(lang);
    let ((few, little), (many, much)) = (told(least), told(most));
    Some(match lang {
        Lang::En => format!("{name}: with {few} its middle is {little}, with {many} it is {much}."),
        Lang::Ko => format!("{name}: {few}일 때 가운데 값은 {little}, {many}일 때는 {much}."),
    })
}

/// A correlation that was asked for, and what it came to.
pub(crate) fn correlated(
    case: &Case,
    &(a, b, wanted, reached): &(usize, usize, f64, f64),
    lang: Lang,
) -> String {
    let name = |q: usize| case.quantities[q].name.get(lang);
    let ids = (a, b);
    let (a, b) = (name(a), name(b));
    // What drivers decide is mixed in, and thins the correlation out.
    let branches = [ids.0, ids.1]
        .iter()
        .any(|&q| !case.quantities[q].when.is_empty());
    let why = match (branches, lang) {
        (false, _) => "",
        (true, Lang::En) => {
            " (over all futures: the drivers that choose between their formulas mix in)"
        }
        (true, Lang::Ko) => "(모든 미래를 합친 값: 식을 고르는 변수가 섞입니다)",
    };
    let with = match (wanted < 0.0, lang) {
        (false, Lang::En) => "together",
        (true, Lang::En) => "against each other",
        (false, Lang::Ko) => "함께",
        (true, Lang::Ko) => "서로 반대로",
    };
    match lang {
        Lang::En => format!(
            "{a} and {b} move {with}: rank correlation {wanted:.2} in the case, {reached:.2} in the draws{why}."
        ),
        Lang::Ko => format!(
            "{with} 움직이는 수량: ‘{a}’, ‘{b}’. 사례가 정한 순위 상관 {wanted:.2}, 추첨에서 {reached:.2}{why}."
        ),
    }
    .replace('-', "−")
}

/// A rank correlation with its sign, two digits.
pub(crate) fn rank(value: f64) -> String {
    format!("{value:+.2}").replace('-', "−")
}

/// A first-order index as a share of the variance.
pub(crate) fn index(of: &Drive) -> String {
    let share = percent(exact(of.first.value.max(0.0)));
    match of.first.error.filter(|e| *e > 0.0) {
        Some(error) => format!("{share} ± {}", percent(exact(error))),
        None => share,
    }
}
