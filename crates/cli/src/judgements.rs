//! What `futures` is asked of the judgements: why not, and the smallest change.

use crate::arguments::{Line, Question};
use crate::commands::{USAGE, answer, fail, open, question, show};
use crate::speech::either;
use sinario_case::{Case, Lang, StateRef};
use sinario_render::Part;

/// What is asked beside the futures, as it was typed.
pub(crate) struct About<'a> {
    pub why_not: Option<&'a str>,
    pub change: Option<&'a str>,
}

/// `futures`.
pub(crate) fn futures(
    line: &Line,
    q: &Question,
    probabilities: bool,
    basins: u64,
    about: About,
) -> Result<(), u8> {
    let (case, lang) = open(line, &q.case)?;
    let mut wanted = question(&case, q, line.seed, lang)?;
    wanted.probabilities = probabilities;
    wanted.basins_up_to = basins;
    let why_not = about.why_not.map(|s| state(&case, "--why-not", s, lang));
    wanted.why_not = why_not.transpose()?;
    if let Some(list) = about.change {
        wanted.change = states(&case, list, lang)?;
    }
    let reading = answer(line, case, wanted, lang)?;
    show(line, &reading, Part::Futures, lang)
}

fn state(case: &Case, option: &str, text: &str, lang: Lang) -> Result<StateRef, u8> {
    case.find_state(text)
        .or_else(|why| fail(USAGE, &format!("{option}: {}", why.get(lang))))
}

/// States between commas, of different drivers; the same one twice is once.
fn states(case: &Case, list: &str, lang: Lang) -> Result<Vec<StateRef>, u8> {
    let words = list.split(',').map(str::trim).filter(|w| !w.is_empty());
    let mut all: Vec<StateRef> = Vec::new();
    for word in words {
        let found = state(case, "--smallest-change", word, lang)?;
        if !all.contains(&found) {
            all.push(found);
        }
    }
    if all.is_empty() {
        return fail(
            USAGE,
            &either(
                lang,
                "--smallest-change: no state is named; write it as money.many,control.shared",
                "--smallest-change: 상태가 하나도 없습니다. money.many,control.shared처럼 쓰십시오",
            ),
        );
    }
    Ok(all)
}
