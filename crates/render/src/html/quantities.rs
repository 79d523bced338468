//! What is it about in numbers?

use super::parts::{Table, details, escape, figure, paragraph, pick};
use crate::amount::amount;
use crate::sentences::drawn;
use crate::sentences::quantities::{
    apart, cause, certain, correlated, driven, endless, index, mean, rank, spread, unit,
};
use crate::svg;
use crate::words::percent;
use sinario_case::{Case, Lang, StateId, StateRef};
use sinario_reading::Reading;
use sinario_reading::numbers::{Amount, Numbers, QuantityFound};
use std::fmt::Write;

/// Shapes drawn side by side; those of further quantities stand as numbers only.
const CARDS: usize = 12;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let (case, Some(numbers)) = (&*reading.case, &reading.numbers) else {
        return;
    };
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(lang, "What are the numbers?", "수량은 얼마인가?")
    );
    page.push_str(&paragraph("note", pick(
        lang,
        "Quantities are the author’s guesses as ranges, carried through the author’s formulas and through every future with its probability. They are as good as those guesses.",
        "수량은 쓴 사람이 범위로 어림한 수를 식과 미래의 확률에 그대로 태운 것입니다. 어림이 좋은 만큼만 좋습니다.",
    )));
    for f in &numbers.faults {
        let text = drawn::fault(case, f, drawn::formula(case, f.formula), lang);
        page.push_str(&paragraph("warning", &text));
    }
    cards(page, case, numbers, lang);
    for q in &numbers.quantities {
        one(page, case, numbers, q, lang);
    }
    for c in &numbers.correlations {
        page.push_str(&paragraph("note", &correlated(case, c, lang)));
    }
    page.push_str(&paragraph("note", &drawn::method(&numbers.drawn, lang)));
    page.push_str("</section>\n");
}

fn one(page: &mut String, case: &Case, numbers: &Numbers, q: &QuantityFound, lang: Lang) {
    let name = case.quantities[q.quantity].name.get(lang);
    let mut inside = String::new();
    let sentences = [driven(case, q, lang), apart(case, q, lang)];
    for text in sentences.into_iter().flatten() {
        inside.push_str(&paragraph("", &text));
    }
    if q.overall.endless {
        inside.push_str(&paragraph("warning", &endless(case, q, lang)));
    }
    if q.overall.quantiles[2].is_finite() && !certain(&q.overall) {
        let rows = by_state(case, q, lang);
        if rows.iter().any(|r| r.colour.is_some()) {
            let title = match lang {
                Lang::En => format!("{name}, state by state"),
                Lang::Ko => format!("상태에 따른 {name}"),
            };
            let how = pick(
                lang,
                "The thick bar is the middle half of the draws, the thin one nine in ten.",
                "굵은 막대에는 추첨의 가운데 절반, 가는 막대에는 열에 아홉이 듭니다.",
            );
            let unit = unit(case, q.quantity);
            inside.push_str(&figure(&title, how, |w| {
                svg::amounts(&title, &rows, unit, lang, w)
            }));
        }
        if q.drives.len() > 1 {
            let title = pick(lang, "What it hangs on", "무엇에 달렸는가");
            let how = pick(
                lang,
                "The share of its variance that knowing this alone would take away; in brackets the rank correlation: does it rise (+) or fall (−) with it?",
                "그것 하나만 알면 없어질 분산의 몫입니다. 괄호 안은 순위 상관으로, 함께 커지면 +, 거꾸로 가면 −입니다.",
            );
            inside.push_str(&figure(title, how, |w| svg::drives(case, q, lang, w)));
        }
        let table = table(case, numbers, q, lang);
        inside.push_str(&details(
            pick(lang, "The same in numbers", "같은 내용을 숫자로"),
            &table,
        ));
    }
    if inside.is_empty() {
        page.push_str(&paragraph("", &spread(case, q, lang)));
    } else {
        page.push_str(&details(&spread(case, q, lang), &inside));
    }
}

/// The shapes side by side.
fn cards(page: &mut String, case: &Case, numbers: &Numbers, lang: Lang) {
    let spreads = |q: &&QuantityFound| q.overall.quantiles[2].is_finite() && !certain(&q.overall);
    let shown: Vec<&QuantityFound> = numbers.quantities.iter().filter(spreads).collect();
    if shown.is_empty() {
        return;
    }
    page.push_str(&paragraph("note", pick(
        lang,
        "The higher, the more often drawn. The line is the middle, the bar below holds nine draws in ten.",
        "높을수록 자주 나온 값입니다. 세로줄은 가운데 값, 아래 막대는 추첨 열에 아홉이 드는 구간입니다.",
    )));
    page.push_str("<div class=\"cards\">\n");
    for q in &shown[..shown.len().min(CARDS)] {
        let _ = writeln!(
            page,
            "<figure class=\"card\"><figcaption>{}</figcaption>{}</figure>",
            escape(case.quantities[q.quantity].name.get(lang)),
            svg::shape(case, q, lang, svg::NARROW)
        );
    }
    page.push_str("</div>\n");
}

fn by_state<'a>(case: &Case, q: &'a QuantityFound, lang: Lang) -> Vec<svg::Row<'a>> {
    let mut rows = vec![svg::Row {
        part: None,
        name: pick(lang, "Over everything", "모두 합쳐서").into(),
        colour: None,
        amount: &q.overall,
    }];
    for (driver, states) in &q.by_state {
        let known = states.iter().enumerate();
        let known = known.filter_map(|(s, a)| Some((s, a.as_ref()?)));
        for (first, (s, amount)) in known
            .filter(|(_, a)| a.quantiles[2].is_finite())
            .enumerate()
        {
            let at = StateRef {
                driver: *driver,
                state: StateId(s),
            };
            let part = (first == 0).then(|| case.driver(*driver).name.get(lang).to_owned());
            rows.push(svg::Row {
                part,
                name: case.state(at).name.get(lang).to_owned(),
                colour: Some(s),
                amount,
            });
        }
    }
    rows
}

fn table(case: &Case, numbers: &Numbers, q: &QuantityFound, lang: Lang) -> String {
    let unit = unit(case, q.quantity);
    let place = match (
        unit.map(|u| crate::amount::unit(u, lang))
            .filter(|u| !u.is_empty()),
        lang,
    ) {
        (Some(unit), Lang::En) => format!("Where ({unit})"),
        (Some(unit), Lang::Ko) => format!("어디서 ({unit})"),
        (None, Lang::En) => "Where".into(),
        (None, Lang::Ko) => "어디서".into(),
    };
    let heads = match lang {
        Lang::En => [
            &*place, "#Mean", "#5 %", "#25 %", "#Middle", "#75 %", "#95 %",
        ],
        Lang::Ko => [
            &*place,
            "#평균",
            "#5 %",
            "#25 %",
            "#가운데",
            "#75 %",
            "#95 %",
        ],
    };
    let mut table = Table::new(case.quantities[q.quantity].name.get(lang), &heads);
    let mut row = |name: &str, a: &Amount| {
        let mut cells = vec![escape(name), escape(&mean(a, None, lang))];
        cells.extend(a.quantiles.iter().map(|v| escape(&amount(*v, None, lang))));
        table.row(&cells);
    };
    for r in by_state(case, q, lang) {
        row(&r.name, r.amount);
    }
    let situations = numbers.situations.iter().zip(&q.by_situation);
    for (s, a) in situations.filter_map(|(s, a)| Some((s, a.as_ref()?))) {
        let name = drawn::states(case, &s.states, lang);
        row(&format!("{name} ({})", percent(s.probability)), a);
    }
    let mut out = table.finish();
    if !q.drives.is_empty() {
        let heads = match lang {
            Lang::En => ["Cause", "#Share of variance", "#Rank correlation"],
            Lang::Ko => ["원인", "#분산의 몫", "#순위 상관"],
        };
        let mut table = Table::new(pick(lang, "What it hangs on", "무엇에 달렸는가"), &heads);
        for d in &q.drives {
            table.row(&[
                escape(&cause(case, q, d.cause, lang)),
                escape(&index(d)),
                d.rank.map_or_else(|| "—".into(), |r| escape(&rank(r))),
            ]);
        }
        out.push_str(&table.finish());
    }
    out
}
