//! The bones of a story as an outline in prose, for a terminal, in Markdown and in JSON.

use crate::json::{Part, dotted, json, points_number, put, states};
use crate::korean::{Particle, attach, particle};
use crate::layout::{Page, bare};
use crate::sentences::Sentence;
use crate::words::{chance, day, points};
use serde_json::{Value, json as value};
use sinario_case::{Case, FactId, Lang, Name, StateId};
use sinario_reading::{Bone, Bones, Estimate, FutureFound, Pull, Reading};

/// One driver of the outline.
struct Paragraph {
    head: String,
    /// What becomes of it, in a sentence.
    told: Sentence,
    /// What carries it, what stands against it, what is known: a lead and its items.
    lists: Vec<(&'static str, Vec<String>)>,
}

/// The bones of one future for a terminal.
pub fn story_text(
    reading: &Reading,
    future: &FutureFound,
    bones: &Bones,
    lang: Lang,
    page: Page,
) -> String {
    let mut out = page.strong(&page.wrap(reading.case.title.get(lang), 0));
    out.push_str(&page.wrap(&lead(reading, future, lang), 0));
    for p in paragraphs(reading, bones, lang) {
        out.push('\n');
        out.push_str(&page.strong(&page.wrap(&p.head, 0)));
        out.push_str(&page.sentence(&p.told, 2));
        for (head, items) in p.lists {
            out.push_str(&page.dim(&page.wrap(head, 2)));
            for item in items {
                out.push_str(&page.item("  -", &item, 4));
            }
        }
    }
    out
}

/// The same in Markdown, to be written out as prose.
pub fn story_markdown(
    reading: &Reading,
    future: &FutureFound,
    bones: &Bones,
    lang: Lang,
) -> String {
    let mut out = format!(
        "# {}\n\n{}\n",
        escape(reading.case.title.get(lang)),
        escape(&lead(reading, future, lang))
    );
    for p in paragraphs(reading, bones, lang) {
        let told: String = p
            .told
            .runs
            .iter()
            .map(|r| {
                if r.strong {
                    format!("**{}**", escape(&r.text))
                } else {
                    escape(&r.text)
                }
            })
            .collect();
        out.push_str(&format!("\n## {}\n\n{told}\n", escape(&p.head)));
        for (head, items) in p.lists {
            out.push_str(&format!("\n{head}\n\n"));
            for item in items {
                out.push_str(&format!("- {}\n", escape(&item)));
            }
        }
    }
    out
}

/// The same for programs: the head of every document, and `story`.
pub fn story_json(reading: &Reading, future: &FutureFound, bones: &Bones, lang: Lang) -> Value {
    let case = &*reading.case;
    let pull = |p: &Pull| {
        let impact = &case.impacts[p.impact];
        value!({
            "from": dotted(case, impact.from), "lead": points_number(p.lead),
            "because": impact.because.as_ref().map(|b| b.get(lang)),
        })
    };
    let bone = |b: &Bone| {
        let driver = case.driver(b.driver);
        value!({
            "driver": driver.id, "state": driver.states[b.state.0].id, "today": b.today,
            "carried": b.carried.iter().map(pull).collect::<Vec<_>>(),
            "against": b.against.iter().map(pull).collect::<Vec<_>>(),
            "facts": b.facts.iter().map(|f| &case.facts[f.0].id).collect::<Vec<_>>(),
        })
    };
    let mut story = serde_json::Map::new();
    story.insert("states".into(), states(case, &bones.states));
    story.insert("inconsistency".into(), points_number(future.inconsistency));
    for (key, e) in [("probability", future.then), ("settled", future.settled)] {
        if let Some(e) = e {
            put(&mut story, key, e);
        }
    }
    story.insert("bones".into(), bones.bones.iter().map(bone).collect());
    let mut out = json(reading, Part::Head);
    out["story"] = Value::Object(story);
    out
}

/// What future it is, and how likely.
fn lead(reading: &Reading, future: &FutureFound, lang: Lang) -> String {
    let fits = match (future.inconsistency == 0, lang) {
        (true, Lang::En) => "The bones of a future that fits together",
        (false, Lang::En) => "The bones of a future that does not quite fit together",
        (true, Lang::Ko) => "앞뒤가 맞는 미래 하나의 뼈대입니다",
        (false, Lang::Ko) => "앞뒤가 다 맞지는 않는 미래 하나의 뼈대입니다",
    };
    let at = |when: &str, e: Option<Estimate>| e.map(|e| format!("{when}: {}", chance(e, lang)));
    let (then, settled) = match (reading.case.rounds() > 0, lang) {
        (true, Lang::En) => ("at the horizon", "in the long run"),
        (false, Lang::En) => ("now", "in the long run"),
        (true, Lang::Ko) => ("그때", "길게 보면"),
        (false, Lang::Ko) => ("지금", "길게 보면"),
    };
    let numbers: Vec<String> = [at(then, future.then), at(settled, future.settled)]
        .into_iter()
        .flatten()
        .collect();
    if numbers.is_empty() {
        format!("{fits}.")
    } else {
        format!("{fits} ({}).", numbers.join("; "))
    }
}

fn paragraphs(reading: &Reading, bones: &Bones, lang: Lang) -> Vec<Paragraph> {
    let case = &*reading.case;
    let one = |(n, b): (usize, &Bone)| {
        let driver = case.driver(b.driver);
        let state = driver.states[b.state.0].name.get(lang);
        let pulls = |all: &[Pull]| all.iter().map(|p| pull(case, p, lang)).collect::<Vec<_>>();
        let facts = b.facts.iter().map(|&f| fact(case, f, lang)).collect();
        let leads = match lang {
            Lang::En => ["Carried by", "Against it", "What is known"],
            Lang::Ko => ["이를 떠받치는 것", "이를 거스르는 것", "알려진 것"],
        };
        let lists = leads
            .into_iter()
            .zip([pulls(&b.carried), pulls(&b.against), facts]);
        Paragraph {
            head: format!("{}. {}: {state}", n + 1, driver.name.get(lang)),
            told: told(case, b, lang),
            lists: lists.filter(|(_, items)| !items.is_empty()).collect(),
        }
    };
    bones.bones.iter().enumerate().map(one).collect()
}

/// It stays, it moves, or, where today is not known, it is.
fn told(case: &Case, b: &Bone, lang: Lang) -> Sentence {
    let driver = case.driver(b.driver);
    let name = |s: StateId| &driver.states[s.0].name;
    let out = Sentence::default();
    match (lang, driver.today) {
        (Lang::En, Some(today)) if today == b.state => quoted(
            out.plain(format!("{} stays ", driver.name.get(lang))),
            name(today),
            lang,
        ),
        (Lang::En, Some(today)) => {
            let from = out.plain(format!("{} moves from ", driver.name.get(lang)));
            quoted(
                quoted(from, name(today), lang).plain(" to "),
                name(b.state),
                lang,
            )
        }
        (Lang::En, None) => quoted(
            out.plain(format!("{} is ", driver.name.get(lang))),
            name(b.state),
            lang,
        ),
        (Lang::Ko, Some(today)) if today != b.state => {
            let from = out.plain(format!("{} ", topic(&driver.name)));
            let from = quoted(from, name(today), lang).plain("에서 ");
            let (word, say) = (name(b.state).get(lang), name(b.state).say.as_deref());
            return quoted(from, name(b.state), lang).plain(format!(
                "{} 바뀝니다.",
                particle(word, say, Particle::Toward)
            ));
        }
        (Lang::Ko, today) => {
            let as_now = if today.is_some() { "지금처럼 " } else { "" };
            let out = out.plain(format!("{} {as_now}", topic(&driver.name)));
            quoted(out, name(b.state), lang).plain("입니다")
        }
    }
    .plain(".")
}

/// An emphasised name in quotes, but for those that it has.
fn quoted(out: Sentence, name: &Name, lang: Lang) -> Sentence {
    let (open, close) = match lang {
        Lang::En => ("“", "”"),
        Lang::Ko => ("‘", "’"),
    };
    out.plain(open).strong(bare(name.get(lang))).plain(close)
}

fn topic(name: &Name) -> String {
    attach(name.get(Lang::Ko), name.say.as_deref(), Particle::Topic)
}

/// `The founder's mind: Escape (+4): who wants out looks for other money`.
fn pull(case: &Case, p: &Pull, lang: Lang) -> String {
    let impact = &case.impacts[p.impact];
    let (driver, state) = (case.driver(impact.from.driver), case.state(impact.from));
    let because = impact
        .because
        .as_ref()
        .map_or(String::new(), |b| format!(" — {}", b.get(lang)));
    format!(
        "{}: {} ({}){because}",
        driver.name.get(lang),
        state.name.get(lang),
        points(p.lead)
    )
}

fn fact(case: &Case, f: FactId, lang: Lang) -> String {
    let fact = &case.facts[f.0];
    let on = fact
        .on
        .map_or(String::new(), |d| format!("{}: ", day(d, lang)));
    let sources = if fact.sources.is_empty() {
        String::new()
    } else {
        format!(" ({})", fact.sources.join(", "))
    };
    format!("{on}{}{sources}", fact.text.get(lang))
}

/// Letters that Markdown would take as marks.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "\\`*_[]<>#|~".contains(c) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_keeps_the_words_as_they_are() {
        assert_eq!(escape("a*b_c\n#1 <x>"), "a\\*b\\_c \\#1 \\<x\\>");
    }
}
