//! `tornado`: what would change the answer.

use crate::arguments::{Line, Question};
use crate::commands::{OUTSIDE, USAGE, answer, fail, open, question, show};
use crate::speech::either;
use sinario_case::{Case, Lang};
use sinario_reading::{SwayAsk, SwayOf, Unswayed, When};
use sinario_render::{Part, sentences::unswayed};

/// Steps of about a nanosecond in one of `--steps`.
const STEP: u64 = 20;

pub(crate) fn tornado(line: &Line, q: &Question, of: &[String]) -> Result<(), u8> {
    let (case, lang) = open(line, &q.case)?;
    let mut wanted = question(&case, q, line.seed, lang)?;
    let of: Result<Vec<SwayOf>, u8> = of.iter().map(|o| target(&case, o, lang)).collect();
    let usual = SwayAsk::default();
    wanted.sway = Some(SwayAsk {
        of: of?,
        steps: q.steps.map_or(usual.steps, |n| n.saturating_mul(STEP)),
        ..usual
    });
    (wanted.probabilities, wanted.futures) = (false, false);
    let reading = answer(line, case, wanted, lang)?;
    if let Some(Err(why)) = reading.sway {
        let code = if why == Unswayed::Nothing {
            USAGE
        } else {
            OUTSIDE
        };
        return fail(code, &unswayed(why, lang));
    }
    show(line, &reading, Part::Tornado, lang)
}

/// A story by its id, or a state; the day may stand after it.
fn target(case: &Case, text: &str, lang: Lang) -> Result<SwayOf, u8> {
    if let Some(story) = case.stories.iter().position(|s| s.id == text) {
        return Ok(SwayOf::Story(story));
    }
    let (state, when) = match text.split_once('@') {
        None => (text, None),
        Some((state, "now")) => (state, Some(When::Now)),
        Some((state, "then")) => (state, Some(When::Then)),
        Some((state, "settled")) => (state, Some(When::Settled)),
        Some((_, when)) => {
            let why = either(
                lang,
                format!("--of {text}: `@{when}` must be @now, @then or @settled"),
                format!("--of {text}: `@{when}` 자리에는 @now, @then, @settled만 쓸 수 있습니다"),
            );
            return fail(USAGE, &why);
        }
    };
    let found = case
        .find_state(state)
        .or_else(|why| fail(USAGE, &format!("--of: {}", why.get(lang))))?;
    Ok(match when {
        Some(when) => SwayOf::State(found, when),
        None => SwayOf::state(case, found),
    })
}
