//! `E0502`: a name in a formula that is no quantity.

use crate::Diagnostic;
use crate::diagnostic::page;
use crate::formula::{DAYS, FUNCTIONS, KEYWORDS};
use crate::nearest::nearest;
use crate::read::AllNames;
use std::ops::Range;

page! {
    Error "E0502"
    /// A name in a formula that is no quantity
    ///
    /// A formula names quantities by their ids, the days `as_of` and `horizon` where the case has them, and functions such as `max`.
    /// States of drivers are asked for with `is`, as in `money is ms`. Options cannot be named: what two of them share is a quantity.
    en
    /// 식에 적힌 이름이 수량이 아닙니다
    ///
    /// 식에서는 수량을 id로 부르고, 사례에 있으면 `as_of`와 `horizon` 날짜를, 그리고 `max` 같은 함수를 쓸 수 있습니다. 변수의
    /// 상태는 `money is ms`처럼 `is`로 묻습니다. 선택지는 부를 수 없습니다. 두 선택지가 함께 쓰는 것은 수량으로 적으십시오.
    ko
    before r#"[quantities.cash]
formula = "5조 to 14조"
[quantities.half]
formula = "csh / 2""#
    after r#"[quantities.cash]
formula = "5조 to 14조"
[quantities.half]
formula = "cash / 2""#
}

fn new(span: Range<usize>, en: impl Into<String>, ko: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&PAGE, en, ko).at(span)
}

fn did_you_mean(found: Diagnostic, span: Range<usize>, near: &str) -> Diagnostic {
    found
        .help(
            format!("did you mean `{near}`?"),
            format!("혹시 `{near}` 아닙니까?"),
        )
        .fix(span, near)
}

/// `name` at `span` is nothing that a formula can name.
pub(crate) fn unknown(
    span: Range<usize>,
    name: &str,
    names: &AllNames,
    budget: &mut usize,
) -> Diagnostic {
    if let Some(d) = names.drivers.find(name) {
        let found = new(
            span,
            format!("`{name}` is a driver and no number"),
            format!("수가 아니라 변수의 이름입니다: `{name}`"),
        );
        let state = names.declared[d].states.list.first().copied();
        let test = format!("{name} is {}", state.unwrap_or("…"));
        return found.help(
            format!("ask for one of its states: `{test}`"),
            format!("`{test}`처럼 상태를 물으십시오"),
        );
    }
    let found = new(
        span.clone(),
        format!("no quantity is called `{name}`"),
        format!("그런 이름의 수량이 없습니다: `{name}`"),
    );
    if names.options.find(name).is_some() {
        return found.help(
            "an option cannot be named in a formula; make what it shares with others a quantity",
            "식에서 선택지를 부를 수는 없습니다. 다른 것과 함께 쓰는 값은 수량으로 적으십시오",
        );
    }
    let known = names.quantities.list.iter().copied();
    // Each look through the names costs as much as the search for the nearest.
    let left = budget.checked_sub(names.quantities.list.len());
    let shown = left.and_then(|left| {
        *budget = left;
        names.quantities.shown_as(name)
    });
    let words = KEYWORDS.iter().chain(DAYS).copied();
    let words = words.chain(FUNCTIONS.iter().map(|(f, ..)| *f));
    match shown.or_else(|| nearest(name, known.chain(words), budget)) {
        Some(near) => did_you_mean(found, span, near),
        None if names.quantities.list.is_empty() => found.help(
            "the case declares no quantity",
            "이 사례에는 수량이 하나도 선언되어 있지 않습니다",
        ),
        None => {
            let mut list: Vec<&str> = names.quantities.list.iter().take(12).copied().collect();
            if names.quantities.list.len() > list.len() {
                list.push("…");
            }
            let list = list.join(", ");
            found.help(
                format!("known here: {list}"),
                format!("여기서 아는 이름: {list}"),
            )
        }
    }
}

/// `name` at `span` is called like a function and is none.
pub(crate) fn unknown_function(
    span: Range<usize>,
    name: &str,
    names: &AllNames,
    budget: &mut usize,
) -> Diagnostic {
    let is_thing = names.quantities.find(name).is_some() || names.drivers.find(name).is_some();
    let found = new(
        span.clone(),
        format!("no function is called `{name}`"),
        format!("그런 이름의 함수가 없습니다: `{name}`"),
    );
    if is_thing {
        return found.help(
            format!("to multiply, write `{name} * (…)`"),
            format!("곱하려면 `{name} * (…)`처럼 쓰십시오"),
        );
    }
    let near = match name.to_lowercase().as_str() {
        "log" => Some("ln"),
        "lognorm" => Some("lognormal"),
        "gauss" | "gaussian" | "norm" => Some("normal"),
        "unif" => Some("uniform"),
        "mix" => Some("mixture"),
        _ => nearest(name, FUNCTIONS.iter().map(|(f, ..)| *f), budget),
    };
    match near {
        Some(near) => did_you_mean(found, span, near),
        None => {
            let list: Vec<&str> = FUNCTIONS.iter().map(|(f, ..)| *f).collect();
            let list = list.join(", ");
            found.help(
                format!("functions: {list}"),
                format!("쓸 수 있는 함수: {list}"),
            )
        }
    }
}

/// `as_of` or `horizon` where the case has none.
pub(crate) fn no_day(span: Range<usize>, name: &str) -> Diagnostic {
    new(
        span,
        format!("the case has no `{name}`"),
        format!("이 사례에 없는 날짜입니다: `{name}`"),
    )
    .help(
        format!("add `{name} = 2026-12-31` at the top of the file"),
        format!("파일 맨 위에 `{name} = 2026-12-31`처럼 적으십시오"),
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    fn piece(formula: &str) -> String {
        format!(
            "[options.wait]\n[quantities.cash]\nname = \"가진 돈\"\nformula = \"5\"\n[quantities.half]\nformula = \"{formula}\""
        )
    }

    #[test]
    fn every_wrong_name_of_a_formula_is_said() {
        let text = piece("csh / 2 + cas");
        let found = all(&text);
        assert_eq!(codes(&text), ["E0502", "E0502"]);
        assert_eq!(marked(&text, &found[0]), "csh");
        assert_eq!(marked(&text, &found[1]), "cas");
        assert_eq!(found[1].fix.as_ref().unwrap().with, "cash");
    }

    #[test]
    fn what_was_meant_is_said() {
        for (formula, en) in [
            ("money + 1", "ask for one of its states: `money is ms`"),
            (
                "wait + 1",
                "an option cannot be named in a formula; make what it shares with others a quantity",
            ),
            ("cash(2)", "to multiply, write `cash * (…)`"),
            ("log(2)", "did you mean `ln`?"),
            ("lognorml(2, 3)", "did you mean `lognormal`?"),
            ("horizn - 1", "did you mean `horizon`?"),
            (
                "horizon - 1",
                "add `horizon = 2026-12-31` at the top of the file",
            ),
            ("weather", "known here: cash, half"),
        ] {
            let text = piece(formula);
            let found = all(&text);
            assert_eq!(found.len(), 1, "{formula}");
            assert_eq!(
                (found[0].code, found[0].help.as_ref().unwrap().en.as_str()),
                ("E0502", en)
            );
        }
        assert_eq!(
            codes(&format!("horizon = 2026-12-31\n{}", piece("horizon - 1"))),
            [""; 0]
        );
    }

    #[test]
    fn a_name_as_it_is_shown_leads_to_its_id() {
        let text = "[quantities.cash]\nname = \"잔고\"\nformula = \"5\"\n[quantities.half]\nformula = \"잔고 / 2\"";
        assert_eq!(all(text)[0].fix.as_ref().unwrap().with, "cash");
    }
}
