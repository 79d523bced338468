//! `A0604`: units that may not fit: a stated one that a formula does not come to, options of several units.

use crate::Diagnostic;
use crate::advice::{Found, Seen, count};
use crate::diagnostic::page;
use crate::formula::{Clash, Measure, Unit, measures, told};
use crate::read::{Owner, Part};

page! {
    Advice "A0604"
    /// Units that may not fit
    ///
    /// The unit that a formula works out to is held against the one that is stated, and those of the options against each other: options
    /// can be compared in one unit only. Where a bare number is multiplied in, it may have converted; from a year to a month or from one money to
    /// another that is believed without a word. If the unit is right, write the unit behind the number that converts: `12개월`.
    en
    /// 맞지 않을 수 있는 단위입니다
    ///
    /// 식을 계산해 나온 단위를 적어 둔 단위와 견주고, 선택지의 단위끼리도 견줍니다. 선택지는 단위가 같아야 견줄 수 있습니다.
    /// 단위 없는 수를 곱했다면 단위를 바꾼 것일 수 있습니다. 해를 달로, 한 화폐를 다른 화폐로 바꾼 것은 그대로 믿습니다. 단위가
    /// 맞다면 바꾸는 데 쓴 수 뒤에 `12개월`처럼 단위를 적으십시오.
    ko
    before r#"[quantities.cash]
unit = "won"
formula = "5 to 14"
[quantities.burn]
unit = "won/month"
formula = "1 to 2"
[quantities.runway]
unit = "won"
formula = "cash / burn""#
    after r#"[quantities.cash]
unit = "won"
formula = "5 to 14"
[quantities.burn]
unit = "won/month"
formula = "1 to 2"
[quantities.runway]
unit = "months"
formula = "cash / burn""#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let case = seen.case;
    let all = measures(case);
    let text = |u: &Unit| match u.0.is_empty() {
        true => ("no unit".to_owned(), "단위 없음".to_owned()),
        false => {
            let own = told(u, case, &all.lang).unwrap_or_default();
            (own.clone(), own)
        }
    };
    let mut found: Vec<Found> = Vec::new();
    for misfit in all.misfits {
        let (a, b) = match misfit.what {
            Clash::Soft(a, b) => (text(&a), text(&b)),
            Clash::Stated(is, said) => {
                let (is, said) = (text(&is), text(&said));
                let span = seen.in_formula((misfit.owner, misfit.part), misfit.span);
                let en = format!("works out to {}, stated: {}", is.0, said.0);
                found.push((
                    span,
                    en,
                    format!("계산하면 {}, 적힌 단위는 {}", is.1, said.1),
                ));
                continue;
            }
            Clash::Hard(..) | Clash::Transcendental(_) => continue,
        };
        let span = seen.in_formula((misfit.owner, misfit.part), misfit.span);
        found.push((
            span,
            format!("{} and {}", a.0, b.0),
            format!("{}, {}", a.1, b.1),
        ));
    }
    let mut first: Option<Unit> = None;
    for (o, measure) in all.options.iter().enumerate() {
        let Measure::Of { unit, .. } = measure else {
            continue;
        };
        match &first {
            None => first = Some(unit.clone()),
            Some(first) if first != unit => {
                let (a, b) = (text(unit), text(first));
                let at = (Owner::Option(o), Part::Whole);
                let id = case.options[o].id.as_str();
                let value = case.options[o].value.as_ref();
                let span = match value {
                    Some(f) => seen.in_formula(at, f.root.span.clone()),
                    None => seen.here(&["options", id]).0,
                };
                let en = format!("in {}, the options before it in {}", a.0, b.0);
                found.push((span, en, format!("단위는 {}, 앞의 선택지는 {}", a.1, b.1)));
            }
            Some(_) => {}
        }
    }
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!("{} not seem to fit", count(n, "unit does", "units do")),
            format!("맞지 않아 보이는 단위가 {n}군데 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "mend the formula or the unit; a number that converts may carry its unit: `12개월`, `12 months`",
            "식이나 단위를 고치십시오. 단위를 바꾸는 수에는 `12개월`처럼 단위를 붙일 수 있습니다",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    fn piece(rest: &str) -> String {
        format!(
            "lang = \"ko\"\n[quantities]\na = {{ unit = \"원/월\", formula = 3 }}\nb = {{ unit = \"원/년\", formula = 5 }}\nc = {{ unit = \"명\", formula = 2 }}\n{rest}"
        )
    }

    #[test]
    fn what_works_out_otherwise_is_said_once_a_place() {
        for (rest, mark, en) in [
            (
                "x = { unit = \"원\", formula = \"a / b\" }",
                "a / b",
                "works out to 년/월, stated: 원",
            ),
            (
                "x = { unit = \"년\", formula = \"100만원 / a\" }",
                "100만원 / a",
                "works out to 월, stated: 년",
            ),
            (
                "x = { unit = \"명\", formula = \"2 * a\" }",
                "2 * a",
                "works out to 원/월, stated: 명",
            ),
            (
                "x = { formula = \"2 * a + c\" }",
                "2 * a + c",
                "원/월 and 명",
            ),
            (
                "[options]\nx = { value = \"a\" }\ny = { value = \"3 * c\" }",
                "3 * c",
                "in 명, the options before it in 원/월",
            ),
        ] {
            let text = piece(rest);
            let found = all(&text);
            let own: Vec<_> = found.iter().filter(|d| d.code == "A0604").collect();
            assert_eq!(own.len(), 1, "{rest}: {found:?}");
            let label = &own[0].labels[0];
            if !en.contains("년/월") && !en.contains("stated: 년") {
                assert_eq!(label.text.en, en);
            }
            assert_eq!(marked(&text, own[0]), mark);
        }
    }

    #[test]
    fn what_fits_or_is_converted_is_none() {
        for rest in [
            "x = { unit = \"원/년\", formula = \"12 * a\" }",
            "x = { unit = \"달\", formula = \"(a + 1) * c * (1개월 / a) / c\" }",
            "x = { unit = \"원\", formula = \"a * 18개월\" }",
            "x = { unit = \"배\", formula = \"a / b\" }",
            "x = { unit = \"원\", formula = 3 }",
            "x = { unit = \"원\", formula = \"if money is ms then 3 else 0\" }",
            "x = { unit = \"원·명/월\", formula = \"a * c\" }",
            "[options]\nx = { value = \"a\" }\ny = { value = \"0\" }\nz = { unit = \"won a month\", value = \"b / 12\" }",
        ] {
            let found = codes(&piece(rest));
            assert!(!found.contains(&"A0604"), "{rest}: {found:?}");
        }
    }
}
