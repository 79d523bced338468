//! `choices`: the options of a case held against each other.

use crate::arguments::{self, Draws, Line, Question};
use crate::commands::{USAGE, answer, fail, open, question, show};
use crate::numbers::{drawing, share};
use crate::speech::either;
use sinario_case::Lang;
use sinario_reading::choices::Choosing;
use sinario_render::Part;

pub(crate) fn choices(
    line: &Line,
    q: &Question,
    draws: &Draws,
    asked: &arguments::Choosing,
) -> Result<(), u8> {
    let (case, lang) = open(line, &q.case)?;
    let mut wanted = question(&case, q, line.seed, lang)?;
    wanted.drawing = drawing(draws, lang)?;
    wanted.choosing = Some(choosing(asked, lang)?);
    if case.options.iter().all(|o| o.value.is_none()) {
        let why = either(
            lang,
            "no option of this case has a value; [options.NAME] with a `value` gives it one",
            "이 사례에는 값을 적은 선택지가 없습니다. [options.이름]에 `value`를 적으면 생깁니다",
        );
        return fail(USAGE, &why);
    }
    (wanted.probabilities, wanted.futures) = (false, false);
    let reading = answer(line, case, wanted, lang)?;
    show(line, &reading, Part::Choices, lang)
}

/// How options are to be held against each other.
fn choosing(asked: &arguments::Choosing, lang: Lang) -> Result<Choosing, u8> {
    let all = ["0%", "100%"];
    Ok(Choosing {
        tolerance: share("--tolerance", &asked.tolerance, all, lang)?,
        optimism: share("--optimism", &asked.optimism, all, lang)?,
        fails_below: match &asked.fails_below {
            Some(text) => Some(amount("--fails-below", text, lang)?),
            None => None,
        },
    })
}

/// An amount as formulas write it: `50000`, `5억`, `1.2M`, and less than nothing with a minus before it.
fn amount(option: &str, text: &str, lang: Lang) -> Result<f64, u8> {
    match sinario_case::formula::number(text) {
        Some(number) => Ok(number),
        None => fail(
            USAGE,
            &either(
                lang,
                format!("{option} {text}: no such number; write it as 50000, 5억 or 1.2M"),
                format!("{option} {text}: 그런 수는 없습니다. 50000, 5억, 1.2M처럼 쓰십시오"),
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_as_in_formulas() {
        let of = |text| amount("--fails-below", text, Lang::En);
        assert_eq!(of("50000"), Ok(50_000.0));
        assert_eq!(of("5억"), Ok(5e8));
        assert_eq!(of("-3.5만"), Ok(-35_000.0));
        for wrong in ["", "-", "a lot", "5 to 6", "--5"] {
            assert_eq!(of(wrong), Err(USAGE), "{wrong}");
        }
    }
}
