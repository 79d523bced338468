//! `numbers`: the quantities of a case.

use crate::arguments::{Draws, Laying, Line, Question};
use crate::commands::{USAGE, answer, fail, open, out_of_range, question, show};
use crate::speech::either;
use sinario_case::Lang;
use sinario_reading::numbers::{Drawing, Sampling};
use sinario_render::Part;

/// Fewest and most draws that may be asked for: draws come in blocks of the fewest, and more fit into no usual memory.
const DRAWS: (u64, u64) = (1 << 12, 1 << 26);

pub(crate) fn numbers(line: &Line, q: &Question, draws: &Draws) -> Result<(), u8> {
    let (case, lang) = open(line, &q.case)?;
    let mut wanted = question(&case, q, line.seed, lang)?;
    wanted.drawing = drawing(draws, lang)?;
    if case.quantities.is_empty() {
        let why = either(
            lang,
            "this case has no quantities; [quantities.NAME] with a `formula` adds one",
            "이 사례에는 수량이 없습니다. [quantities.이름]에 `formula`를 적으면 생깁니다",
        );
        return fail(USAGE, &why);
    }
    wanted.numbers = true;
    (wanted.probabilities, wanted.futures) = (false, false);
    let reading = answer(line, case, wanted, lang)?;
    show(line, &reading, Part::Numbers, lang)
}

/// How numbers are to be drawn.
pub(crate) fn drawing(draws: &Draws, lang: Lang) -> Result<Drawing, u8> {
    let usual = Drawing::default();
    let n = draws.draws;
    if !(DRAWS.0..=DRAWS.1).contains(&n) {
        let (least, most) = (DRAWS.0.to_string(), DRAWS.1.to_string());
        return out_of_range("--draws", &n.to_string(), &least, &most, lang);
    }
    Ok(Drawing {
        sampling: match draws.sampling {
            Laying::Plain => Sampling::Plain,
            Laying::Latin => Sampling::Latin,
            Laying::Sobol => Sampling::Sobol,
        },
        precision: share("--precision", &draws.precision, ["0.001%", "100%"], lang)?,
        least: usual.least.min(n),
        most: n,
    })
}

/// A share between two others, written as `5%` or `0.05`.
pub(crate) fn share(
    option: &str,
    text: &str,
    [least, most]: [&str; 2],
    lang: Lang,
) -> Result<f64, u8> {
    let read = |text: &str| -> Option<f64> {
        match text.trim().strip_suffix('%') {
            Some(percent) => percent.trim().parse().ok().map(|p: f64| p / 100.0),
            None => text.trim().parse().ok(),
        }
    };
    let within =
        |s: &f64| read(least).is_some_and(|l| *s >= l) && read(most).is_some_and(|m| *s <= m);
    match read(text).filter(within) {
        Some(share) => Ok(share),
        None => out_of_range(option, text, least, most, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_written_either_way() {
        let of = |text| share("--precision", text, ["0.001%", "100%"], Lang::Ko);
        assert_eq!(of("0.5%"), Ok(0.005));
        assert_eq!(of("0.005"), Ok(0.005));
        assert_eq!(of(" 5 % "), Ok(0.05));
        for wrong in ["0", "101%", "-1%", "NaN", "nan%", "five", "", "%"] {
            assert_eq!(of(wrong), Err(USAGE), "{wrong}");
        }
    }
}
