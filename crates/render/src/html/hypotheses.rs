//! Competing hypotheses side by side, for one mind.

use super::parts::{Table, details, escape, fact_link, paragraph, pick, share};
use crate::sentences::hypotheses as say;
use crate::words::{self, decibans};
use sinario_case::{Lang, StateId};
use sinario_reading::{Estimate, Letter, Linchpin, Mind, Reading, Scored, Tool};

/// The table and the scores of known tools, one click below.
pub(super) fn of_mind(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    if mind.hypotheses.facts.is_empty() {
        return String::new();
    }
    let mut inside = paragraph("note", say::how_to_read(lang));
    inside.push_str(&table(reading, mind, lang));
    let more = say::groups(&reading.case, &mind.hypotheses, lang).into_iter();
    for sentence in more.chain(say::elsewhere(&mind.hypotheses, lang)) {
        inside.push_str(&paragraph("note", &sentence));
    }
    if let Some(sentence) = say::tools(&reading.case, mind, lang) {
        inside.push_str(&paragraph("", &sentence));
    }
    inside.push_str(&details(
        pick(
            lang,
            "What known tools would score",
            "알려진 도구라면 매겼을 점수",
        ),
        &scores(reading, mind, lang),
    ));
    details(
        pick(
            lang,
            "Competing hypotheses side by side: facts against states",
            "맞서는 가설을 나란히: 사실과 상태의 표",
        ),
        &inside,
    )
}

/// What carries the leading state; nothing where nothing was sought.
pub(super) fn carries(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    let head = say::linchpins(&reading.case, mind, lang);
    head.map_or_else(String::new, |head| {
        format!("{}{}", paragraph("", &head), linchpins(reading, mind, lang))
    })
}

/// The letter's class in the style sheet, and its sign.
fn look(letter: Option<Letter>) -> (&'static str, &'static str, &'static str) {
    match letter {
        Some(Letter::VeryConsistent) => ("cc", "CC", "++"),
        Some(Letter::Consistent) => ("c", "C", "+"),
        Some(Letter::Neutral) => ("nn", "N", "0"),
        Some(Letter::Inconsistent) => ("i", "I", "−"),
        Some(Letter::VeryInconsistent) => ("ii", "II", "−−"),
        None => ("na", "–", ""),
    }
}

/// What stands below in a cell, in grey.
fn small(text: &str) -> String {
    format!("<br><span class=\"mute\">{}</span>", escape(text))
}

fn table(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    let case = &*reading.case;
    let names = case.driver(mind.driver).states.iter();
    let mut heads = vec![pick(lang, "Fact", "사실").to_owned()];
    heads.extend(names.map(|s| format!("#{}", s.name.get(lang))));
    heads.extend(
        [
            pick(lang, "#could tell", "#가려내는 힘"),
            pick(lang, "#did tell", "#알려 준 만큼"),
        ]
        .map(str::to_owned),
    );
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let caption = pick(
        lang,
        "Facts against states: letter, decibans, and in grey how likely the state makes the fact",
        "사실과 상태: 글자와 데시반, 그리고 회색은 그 상태일 때 이 사실이 일어날 확률",
    );
    let mut table = Table::new(caption, &heads);
    for f in &mind.hypotheses.facts {
        let weights = mind.facts.iter().find(|w| w.fact == f.fact);
        let group = f.group.map(|g| {
            let name = mind.hypotheses.groups[g].name(case);
            match lang {
                Lang::En => format!("group “{name}”"),
                Lang::Ko => format!("한 묶음 ‘{name}’"),
            }
        });
        let credible = say::credibility(f.credibility, lang).to_owned();
        let below: Vec<String> = [Some(credible), group].into_iter().flatten().collect();
        let mut cells = vec![format!(
            "{}{}",
            fact_link(case, f.fact, lang),
            small(&below.join(" · "))
        )];
        for (s, letter) in f.letters.iter().enumerate() {
            let (class, letter, sign) = look(*letter);
            let weight = weights.map_or_else(String::new, |w| decibans(w.decibans[s], lang));
            let chance = f.likelihood[s];
            let chance = match chance.value.is_nan() {
                true => String::new(),
                false => format!("<br><span class=\"mute\">{}</span>", share(chance)),
            };
            cells.push(format!(
                "<span class=\"letter {class}\"><strong>{letter}</strong> {sign}</span><br>{}{chance}",
                escape(&weight)
            ));
        }
        cells.extend([f.diagnosticity, f.told].map(|b| escape(&words::bits(b, lang))));
        table.row(&cells);
    }
    format!("{}{}", paragraph("note", caption), table.finish())
}

/// A score as it is written; what is preferred stands out, and not by its weight alone.
fn score(scored: &Scored, s: usize) -> String {
    let text = match (scored.values.get(s).copied().flatten(), scored.tool) {
        (None, _) => return "–".into(),
        (Some(value), Tool::NaiveBayes) => share(Estimate { value, error: None }),
        (Some(n), _) => words::score(n),
    };
    match scored.best.contains(&StateId(s)) {
        true => format!("<strong>{text} ●</strong>"),
        false => text,
    }
}

fn scores(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    let names = &reading.case.driver(mind.driver).states;
    let mut heads = vec![pick(lang, "Tool", "도구").to_owned()];
    heads.extend(names.iter().map(|s| format!("#{}", s.name.get(lang))));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let caption = pick(
        lang,
        "Scores of known tools; ● marks what each prefers",
        "알려진 도구의 점수, ●는 그 도구가 고른 것",
    );
    let mut table = Table::new(caption, &heads);
    for scored in &mind.hypotheses.scores {
        let mut cells = vec![escape(say::tool(scored.tool, lang))];
        cells.extend((0..names.len()).map(|s| score(scored, s)));
        table.row(&cells);
    }
    format!(
        "{}{}{}",
        paragraph("note", caption),
        table.finish(),
        paragraph("note", say::how_scored(lang))
    )
}

fn linchpins(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    let case = &*reading.case;
    let sets = &mind.hypotheses.linchpins.sets;
    let item = |l: &Linchpin| {
        let facts: Vec<String> = (l.facts.iter())
            .map(|&f| fact_link(case, f, lang))
            .collect();
        let group = say::whole_group(case, l, lang)
            .map_or_else(String::new, |g| format!("{}: ", escape(&g)));
        let without = escape(&say::without(case, mind, l, lang));
        format!("<li>{group}{} — {without}</li>", facts.join(" + "))
    };
    let all = |sets: &[Linchpin]| {
        let items: String = sets.iter().map(item).collect();
        format!("<ul>{items}</ul>\n")
    };
    let shown = sets.len().min(say::LINCHPINS);
    let (first, rest) = sets.split_at(shown);
    let mut out = String::new();
    if !first.is_empty() {
        out.push_str(&all(first));
    }
    if !rest.is_empty() {
        let n = rest.len();
        let summary = match lang {
            Lang::En => format!("{n} more"),
            Lang::Ko => format!("그 밖에 {n}개"),
        };
        out.push_str(&details(&summary, &all(rest)));
    }
    out
}
