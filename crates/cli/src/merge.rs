//! `merge`: shards checked and put together.

use crate::arguments::Line;
use crate::commands::{OUTSIDE, fail, show};
use crate::shards::{candidates, difference, fault, in_the_way};
use crate::speech::{complain, either, language};
use sinario_case::Lang;
use sinario_reading::shard::{Kin, Piece, Shard, asked, read};
use sinario_reading::{Ask, Ensemble, Quiet, Reading, Tally};
use sinario_render::Part;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Commands that are written out for missing shards; of the rest the numbers are told.
const COMMANDS: usize = 20;

pub(crate) fn merge(line: &Line, folder: &Path) -> Result<(), u8> {
    let lang = language(line, None);
    let (shards, others) = candidates(folder, lang)?;
    if shards.is_empty() {
        let folder = folder.display();
        return fail(
            OUTSIDE,
            &either(
                lang,
                format!("{folder}: no shard is in this folder; `sinario firm` writes them"),
                format!("{folder}: 이 폴더에는 조각이 없습니다. 조각은 `sinario firm`이 씁니다"),
            ),
        );
    }
    if !others.is_empty() && !line.quiet {
        let names = names(&others);
        complain(&either(
            lang,
            format!("no shard, and left aside: {names}"),
            format!("조각이 아니어서 건너뜀: {names}"),
        ));
    }
    merged(line, folder, shards)
}

/// A shard that was read once: what it has in common with the others, and where it is.
struct Seen {
    kin: Kin,
    path: PathBuf,
    piece: Piece,
    checksum: String,
}

/// Checks the shards in these files, and prints what they say together.
pub(crate) fn merged(line: &Line, folder: &Path, files: Vec<PathBuf>) -> Result<(), u8> {
    let lang = language(line, None);
    let mut wrong = Vec::new();
    // Those that belong together, in the order in which each company is first met.
    let mut companies: Vec<Vec<Seen>> = Vec::new();
    for path in files {
        let bytes = fs::read(&path).or_else(|why| in_the_way(&path, &why, lang))?;
        match read(&bytes) {
            Err(why) => wrong.push(format!("{}: {}", path.display(), fault(&why, lang))),
            Ok(shard) => {
                let seen = Seen {
                    kin: Kin::of(&shard),
                    path,
                    piece: shard.piece,
                    checksum: shard.checksum,
                };
                let same = companies
                    .iter_mut()
                    .find(|c| c[0].kin.differs(&seen.kin).is_none());
                match same {
                    Some(company) => company.push(seen),
                    None => companies.push(vec![seen]),
                }
            }
        }
    }
    // The greatest company is meant; the first of equals.
    companies.sort_by_key(|c| std::cmp::Reverse(c.len()));
    let mut companies = companies.into_iter();
    let company = companies.next().unwrap_or_default();
    for stranger in companies.flatten() {
        if let Some(first) = company.first()
            && let Some(d) = stranger.kin.differs(&first.kin)
        {
            let (path, why) = (stranger.path.display(), difference(d, lang));
            let other = first.path.display();
            wrong.push(either(
                lang,
                format!("{path}: {why} than {other}"),
                format!("{path}: {why}({other}와 견줄 때)"),
            ));
        }
    }
    let pieces = one_each(line, company, &mut wrong, lang);
    if !wrong.is_empty() {
        return fail(OUTSIDE, &wrong.join("\nsinario: "));
    }
    let mut opened = pieces.values().map(|seen| open(seen, lang));
    let Some(first) = opened.next().transpose()? else {
        return Ok(());
    };
    let missing: Vec<Piece> = Piece::all(first.piece.of)
        .filter(|p| !pieces.contains_key(p))
        .collect();
    if !missing.is_empty() {
        return fail(OUTSIDE, &again(folder, &first.ensemble, &missing, lang));
    }
    let mut tally = Tally::new(&first.ensemble);
    first.members.iter().for_each(|m| tally.add(m));
    for shard in opened {
        shard?.members.iter().for_each(|m| tally.add(m));
    }
    let firm = tally.firm();
    let lang = language(line, first.lang);
    let reading = Reading {
        firm: Some(firm),
        ..reading(&first.ensemble, lang)?
    };
    show(line, &reading, Part::Firm, lang)
}

/// Each shard once. The same under two names is said and left aside; two that differ are wrong.
fn one_each(
    line: &Line,
    company: Vec<Seen>,
    wrong: &mut Vec<String>,
    lang: Lang,
) -> BTreeMap<Piece, Seen> {
    let mut pieces: BTreeMap<Piece, Seen> = BTreeMap::new();
    let mut twice = Vec::new();
    for seen in company {
        match pieces.get(&seen.piece) {
            None => {
                pieces.insert(seen.piece, seen);
            }
            Some(first) if first.checksum == seen.checksum => twice.push(seen.path),
            Some(first) => {
                let (a, b) = (first.path.display(), seen.path.display());
                let Piece { part, of } = seen.piece;
                wrong.push(either(
                    lang,
                    format!("{a} and {b} are both shard {part} of {of}, and differ: one of the machines computes wrongly"),
                    format!("{a}, {b}: 둘 다 조각 {of}개 중 {part}번째인데 내용이 다릅니다. 어느 한 컴퓨터가 잘못 계산합니다"),
                ));
            }
        }
    }
    if !twice.is_empty() && !line.quiet {
        let names = names(&twice);
        complain(&either(
            lang,
            format!("there twice, and counted once: {names}"),
            format!("두 번 있어 한 번만 셈: {names}"),
        ));
    }
    pieces
}

/// A shard that was in order a moment ago, as it was.
fn open(seen: &Seen, lang: Lang) -> Result<Shard, u8> {
    let bytes = fs::read(&seen.path).or_else(|why| in_the_way(&seen.path, &why, lang))?;
    match read(&bytes) {
        Ok(shard) if shard.checksum == seen.checksum => Ok(shard),
        _ => {
            let path = seen.path.display();
            fail(
                OUTSIDE,
                &either(
                    lang,
                    format!("{path}: it was changed while it was read"),
                    format!("{path}: 읽는 사이에 바뀌었습니다"),
                ),
            )
        }
    }
}

/// The reading that `firm` would give, but for the members.
fn reading(ensemble: &Ensemble, lang: Lang) -> Result<Reading, u8> {
    let ask = Ask {
        members: 0,
        probabilities: false,
        futures: false,
        ..ensemble.ask().clone()
    };
    let case = ensemble.case();
    sinario_reading::read((**case).clone(), ask, &Quiet)
        .or_else(|why| crate::commands::refused(case, &why, lang))
}

/// The names of some files, in a line.
fn names(paths: &[PathBuf]) -> String {
    const SHOWN: usize = 5;
    let name = |p: &PathBuf| {
        let name = p.file_name().unwrap_or(p.as_os_str());
        name.to_string_lossy().into_owned()
    };
    let mut all: Vec<String> = paths.iter().take(SHOWN).map(name).collect();
    if paths.len() > SHOWN {
        all.push(format!("… (+{})", paths.len() - SHOWN));
    }
    all.join(", ")
}

/// What is missing, and the commands that compute it.
fn again(folder: &Path, ensemble: &Ensemble, missing: &[Piece], lang: Lang) -> String {
    let of = missing[0].of;
    let (n, title) = (missing.len(), ensemble.case().title.get(lang));
    let fingerprint = sinario_case::fingerprint(ensemble.case());
    let case = either(lang, "CASE", "사례");
    let mut text = either(
        lang,
        format!(
            "{n} of {of} shards are missing. Where {case} is the case “{title}” (fingerprint {}), these commands compute them:",
            &fingerprint[..12]
        ),
        format!(
            "조각 {of}개 가운데 {n}개가 없습니다. 다음 명령으로 계산할 수 있습니다. ‘{case}’ 자리에는 “{title}” 사례(지문 {})를 적으십시오.",
            &fingerprint[..12]
        ),
    );
    let options = options(ensemble);
    let folder = quoted(&folder.display().to_string());
    for piece in missing.iter().take(COMMANDS) {
        let part = piece.part;
        text.push_str(&format!(
            "\n  sinario firm {case}{options} --shard {part}/{of} --out {folder}"
        ));
    }
    if n > COMMANDS {
        let rest: Vec<String> = missing[COMMANDS..]
            .chunk_by(|a, b| a.part + 1 == b.part)
            .map(|run| match run {
                [one] => one.part.to_string(),
                [first, .., last] => format!("{}–{}", first.part, last.part),
                [] => String::new(),
            })
            .collect();
        let rest = rest.join(", ");
        text.push_str(&either(
            lang,
            format!("\n  and so on for I = {rest}"),
            format!("\n  나머지도 같은 식으로, I = {rest}"),
        ));
    }
    text
}

/// The options that make a shard of this ensemble and not of another.
fn options(ensemble: &Ensemble) -> String {
    let (ask, usual) = (ensemble.ask(), Ask::default());
    let mut all = vec![format!("--members {}", ask.members)];
    if ask.seed != usual.seed {
        all.push(format!("--seed {}", ask.seed));
    }
    all.extend(ask.as_of.map(|day| format!("--as-of {day}")));
    let [given, held] = asked(ensemble.case(), ask);
    all.extend(given.iter().map(|s| format!("--given {s}")));
    all.extend(held.iter().map(|s| format!("--do {s}")));
    if ask.max_inconsistency != usual.max_inconsistency {
        // The cast: it was typed as points, a million at most.
        let points = ask.max_inconsistency as f64 / 1000.0;
        all.push(format!("--max-inconsistency {points}"));
    }
    if ask.limit != usual.limit {
        all.push(format!("--limit {}", ask.limit));
    }
    if ask.exact_up_to != usual.exact_up_to {
        all.push(format!("--exact-up-to {}", ask.exact_up_to));
    }
    all.extend(ask.search_steps.map(|s| format!("--steps {s}")));
    all.iter().map(|o| format!(" {o}")).collect()
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+=:,@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
