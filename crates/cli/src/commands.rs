//! What each command does.

use crate::arguments::{Command, Line, Question};
use crate::judgements::{self, About};
use crate::progress::{Bars, clean_interrupt};
use crate::speech::{complain, either, introduction, language, trouble};
use crate::{ensemble, files, help, merge};
use sinario_case::{Case, Diagnostic, Lang, StateRef, parse};
use sinario_reading::choices::Choosing;
use sinario_reading::{Ask, FutureFound, Reading, Refusal, SwayAsk, bones, read};
use sinario_render::{
    Page, Part, diagnostics, diagnostics_json, explain, explain_all, explain_json, html, json,
    refusal, story_json, story_markdown, story_text, tally, terminal,
};
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

pub(crate) const CASE_ERROR: u8 = 1;
pub(crate) const USAGE: u8 = 2;
pub(crate) const OUTSIDE: u8 = 3;

/// Most futures for which basins are counted.
const BASINS: u64 = 1 << 26;
/// Most futures for which `futures` counts basins unasked: beyond, they would take longer and more memory than the search.
const BASINS_AT_ONCE: u64 = 1 << 22;

/// Runs one command; the exit code is 0, or what stood in the way.
pub(crate) fn run(line: &Line) -> ExitCode {
    let Some(command) = &line.command else {
        return code(introduce(line));
    };
    clean_interrupt();
    code(threads(line).and_then(|()| match command {
        Command::Check { case } => check(line, case),
        Command::Help { command } => help_page(line, command.as_deref()),
        Command::Explain { code } => teach(line, code.as_deref()),
        Command::Run {
            question,
            html,
            members,
        } => whole(line, question, html.as_deref(), *members),
        Command::Futures {
            question,
            probabilities,
            basins,
            no_basins,
            why_not,
            smallest_change,
        } => {
            let most = match (*no_basins, *basins || *probabilities) {
                (true, _) => 0,
                (false, true) => BASINS,
                (false, false) => BASINS_AT_ONCE,
            };
            let about = About {
                why_not: why_not.as_deref(),
                change: smallest_change.as_deref(),
            };
            judgements::futures(line, question, *probabilities, most, about)
        }
        Command::Minds { question } => part(line, question, Part::Minds, true, 0),
        Command::Power { question } => part(line, question, Part::Power, true, 0),
        Command::Firm {
            question,
            members,
            shard,
            out,
        } => ensemble::firm(line, question, *members, shard.as_deref(), out.as_deref()),
        Command::Merge { folder } => merge::merge(line, folder),
        Command::Tornado { question, of } => crate::tornado::tornado(line, question, of),
        Command::Numbers { question, draws } => crate::numbers::numbers(line, question, draws),
        Command::Choices {
            question,
            draws,
            choosing,
        } => crate::choices::choices(line, question, draws, choosing),
        Command::Story {
            question,
            future,
            markdown,
        } => story(line, question, *future, *markdown),
        Command::Structure { case } => structure(line, case),
    }))
}

fn code(outcome: Result<(), u8>) -> ExitCode {
    outcome.map_or_else(ExitCode::from, |()| ExitCode::SUCCESS)
}

/// Complains, and gives the exit code.
pub(crate) fn fail<T>(code: u8, message: &str) -> Result<T, u8> {
    complain(message);
    Err(code)
}

pub(crate) fn out_of_range<T>(
    option: &str,
    value: &str,
    least: &str,
    most: &str,
    lang: Lang,
) -> Result<T, u8> {
    fail(
        USAGE,
        &either(
            lang,
            format!("{option} {value}: must be {least} to {most}"),
            format!("{option} {value}: {least}에서 {most}까지여야 합니다"),
        ),
    )
}

fn introduce(line: &Line) -> Result<(), u8> {
    let lang = language(line, None);
    let text = introduction(lang);
    if line.json {
        let version = env!("CARGO_PKG_VERSION");
        return document(
            &serde_json::json!({ "sinario": version, "about": text }),
            lang,
        );
    }
    print(&text, lang)
}

fn help_page(line: &Line, command: Option<&str>) -> Result<(), u8> {
    let lang = language(line, None);
    let page = help::page(command, lang);
    let out = std::io::stdout();
    let colour = anstream::AutoStream::choice(&out) != anstream::ColorChoice::Never;
    let text = if colour && out.is_terminal() {
        page.ansi().to_string()
    } else {
        page.to_string()
    };
    print(&text, lang)
}

fn threads(line: &Line) -> Result<(), u8> {
    let Some(n) = line.threads else { return Ok(()) };
    if !(1..=1024).contains(&n) {
        return out_of_range(
            "--threads",
            &n.to_string(),
            "1",
            "1024",
            language(line, None),
        );
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n);
    pool.build_global()
        .or_else(|e| fail(OUTSIDE, &e.to_string()))
}

/// Prints to standard output; a reader that has gone away is no failure.
pub(crate) fn print(text: &str, lang: Lang) -> Result<(), u8> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            let output = either(lang, "standard output", "표준 출력");
            fail(OUTSIDE, &trouble(Path::new(&output), &e, lang))
        }
        _ => Ok(()),
    }
}

/// Prints one JSON document.
pub(crate) fn document(value: &serde_json::Value, lang: Lang) -> Result<(), u8> {
    print(&format!("{value:#}\n"), lang)
}

/// The page that standard output is.
pub(crate) fn page() -> Page {
    let out = std::io::stdout();
    if !out.is_terminal() {
        return Page::PLAIN;
    }
    let colour = anstream::AutoStream::choice(&out) != anstream::ColorChoice::Never;
    let columns = terminal_size::terminal_size_of(out).map_or(80, |(w, _)| usize::from(w.0));
    Page::of(columns, colour)
}

/// The case, or everything that is wrong with it on standard error. Advice is left to `check`: whoever asks for a
/// reading wants the reading.
pub(crate) fn open(line: &Line, path: &Path) -> Result<(Case, Lang), u8> {
    look(line, path, false).map(|(case, lang, _)| (case, lang))
}

/// What was found about a file that could be read, the same as JSON, and the file's text.
type Found = (Vec<Diagnostic>, serde_json::Value, String);

/// The case; on standard error everything that is wrong with it, and the advice if it is wanted.
pub(crate) fn look(line: &Line, path: &Path, advice: bool) -> Result<(Case, Lang, Found), u8> {
    let file = files::case_file(path);
    let bytes =
        files::read(&file).or_else(|e| fail(OUTSIDE, &trouble(&file, &e, language(line, None))))?;
    let parsed = parse(&bytes);
    let lang = language(line, parsed.lang);
    let source = String::from_utf8_lossy(&bytes);
    let mut found = parsed.diagnostics;
    found.retain(|d| advice || d.is_error());
    let colour = std::io::stderr().is_terminal();
    let file = file.display().to_string();
    let text = diagnostics(&file, &source, &found, lang, colour);
    let _ = write!(anstream::stderr(), "{text}");
    let json = diagnostics_json(&source, &found, lang);
    if let Some(case) = parsed.case {
        return Ok((case, lang, (found, json, source.into_owned())));
    }
    complain(&tally(parsed.errors, &found, lang));
    if line.json {
        document(&json, lang)?;
    }
    Err(CASE_ERROR)
}

fn check(line: &Line, path: &Path) -> Result<(), u8> {
    let (case, lang, (advice, json, _)) = look(line, path, true)?;
    if line.json {
        return document(&json, lang);
    }
    let (n, impacts, facts) = (case.drivers.len(), case.impacts.len(), case.facts.len());
    let advice = tally(0, &advice, lang);
    let text = either(
        lang,
        format!("in order: {n} drivers, {impacts} impacts, {facts} facts; {advice}\n"),
        format!("이상 없습니다: 변수 {n}개, 영향 {impacts}개, 사실 {facts}개. {advice}\n"),
    );
    print(&text, lang)
}

/// `explain`: the page of a code, or all codes.
fn teach(line: &Line, code: Option<&str>) -> Result<(), u8> {
    let lang = language(line, None);
    let all = sinario_case::Page::all();
    let pages = match code.map(|code| (code, sinario_case::Page::find(code))) {
        None => all,
        Some((_, Some(page))) => std::slice::from_ref(page),
        Some((code, None)) => {
            let why = either(
                lang,
                format!("there is no code `{code}`; `sinario explain` lists them all"),
                format!("그런 코드가 없습니다: `{code}`. `sinario explain`에 모두 나옵니다"),
            );
            return fail(USAGE, &why);
        }
    };
    match (line.json, code, pages) {
        (true, _, _) => document(&explain_json(pages, lang), lang),
        (false, Some(_), [page]) => print(&explain(page, lang), lang),
        _ => print(&explain_all(lang), lang),
    }
}

/// Opens the case and reads it as asked.
fn ask(
    line: &Line,
    q: &Question,
    part: Part,
    probabilities: bool,
    basins: u64,
    sway: Option<SwayAsk>,
) -> Result<(Reading, Lang), u8> {
    let (case, lang) = open(line, &q.case)?;
    let mut wanted = question(&case, q, line.seed, lang)?;
    wanted.probabilities = probabilities;
    wanted.basins_up_to = basins;
    wanted.futures = !matches!(part, Part::Minds | Part::Power);
    wanted.sway = sway;
    Ok((answer(line, case, wanted, lang)?, lang))
}

fn part(line: &Line, q: &Question, part: Part, probabilities: bool, basins: u64) -> Result<(), u8> {
    let (reading, lang) = ask(line, q, part, probabilities, basins, None)?;
    show(line, &reading, part, lang)
}

pub(crate) fn show(line: &Line, reading: &Reading, part: Part, lang: Lang) -> Result<(), u8> {
    if line.json {
        document(&json(reading, part), lang)
    } else {
        print(&terminal(reading, part, lang, page()), lang)
    }
}

fn whole(line: &Line, q: &Question, report: Option<&Path>, members: Option<u64>) -> Result<(), u8> {
    let to_output = report == Some(Path::new("-"));
    if to_output && line.json {
        let lang = language(line, None);
        return fail(
            USAGE,
            &either(
                lang,
                "--json and --html - both want standard output",
                "--json과 --html -가 둘 다 표준 출력을 쓰려 합니다",
            ),
        );
    }
    let (case, lang) = open(line, &q.case)?;
    let mut wanted = question(&case, q, line.seed, lang)?;
    wanted.basins_up_to = BASINS;
    wanted.members = match members {
        Some(members) => ensemble::in_range(members, 0, lang)?,
        None if report.is_some() => ensemble::of_a_report(&case),
        None => 0,
    };
    wanted.sway = report.map(|_| SwayAsk::quick());
    wanted.numbers = true;
    wanted.choosing = Some(Choosing::default());
    let mut reading = answer(line, case, wanted, lang)?;
    if to_output {
        return print(&html(&reading, lang), lang);
    }
    if let Some(path) = report {
        files::write_whole(path, &html(&reading, lang))
            .or_else(|e| fail(OUTSIDE, &trouble(path, &e, lang)))?;
    }
    if members.is_none() {
        // What only the report was to have stays there: what is printed is the same with and without one.
        reading.firm = None;
    }
    show(line, &reading, Part::Whole, lang)?;
    if let (Some(path), false) = (report, line.quiet) {
        complain(&either(
            lang,
            format!("the report is in {}", path.display()),
            format!("보고서: {}", path.display()),
        ));
    }
    Ok(())
}

fn story(line: &Line, q: &Question, wanted: Option<usize>, markdown: bool) -> Result<(), u8> {
    let (reading, lang) = ask(line, q, Part::Whole, true, BASINS, None)?;
    let future = future(&reading, wanted, lang)?;
    let bones = bones(&reading, &future.states);
    if line.json {
        return document(&story_json(&reading, future, &bones, lang), lang);
    }
    let text = if markdown {
        story_markdown(&reading, future, &bones, lang)
    } else {
        story_text(&reading, future, &bones, lang, page())
    };
    print(&text, lang)
}

/// `structure`: what drives what, which takes the impacts and nothing else.
fn structure(line: &Line, path: &Path) -> Result<(), u8> {
    let (case, lang) = open(line, path)?;
    let wanted = Ask {
        probabilities: false,
        futures: false,
        ..Ask::default()
    };
    let reading = answer(line, case, wanted, lang)?;
    show(line, &reading, Part::Structure, lang)
}

/// The consistent future that was asked for; where none is consistent, the likeliest of all.
fn future(reading: &Reading, wanted: Option<usize>, lang: Lang) -> Result<&FutureFound, u8> {
    let found = reading.futures.as_ref();
    let listed = found.map_or(&[][..], |f| &f.consistent);
    let likeliest = || found.and_then(|f| f.likeliest.first());
    let future = match wanted {
        None => listed.first().or_else(likeliest),
        Some(n) => n.checked_sub(1).and_then(|n| listed.get(n)),
    };
    let n = listed.len();
    match (future, wanted) {
        (Some(future), _) => Ok(future),
        (None, None) => fail(
            CASE_ERROR,
            &either(lang, "no future was found", "미래를 찾지 못했습니다"),
        ),
        (None, Some(w)) => fail(
            USAGE,
            &either(
                lang,
                format!(
                    "--future {w}: {n} consistent futures are listed, counted from 1 (--limit lists more)"
                ),
                format!(
                    "--future {w}: 앞뒤가 맞는 미래가 1부터 {n}까지 있습니다(--limit으로 늘릴 수 있습니다)"
                ),
            ),
        ),
    }
}

pub(crate) fn answer(line: &Line, case: Case, wanted: Ask, lang: Lang) -> Result<Reading, u8> {
    let names = case.clone();
    let bars = Bars::new(lang, line.quiet);
    let found = read(case, wanted, &bars);
    // The bar is gone before anything is said.
    drop(bars);
    found.or_else(|why| refused(&names, &why, lang))
}

/// Says why there is no answer.
pub(crate) fn refused<T>(case: &Case, why: &Refusal, lang: Lang) -> Result<T, u8> {
    let code = match why {
        Refusal::Memory(_) | Refusal::Work { .. } => OUTSIDE,
        Refusal::Facts(_) | Refusal::Undrawn(_) => CASE_ERROR,
        Refusal::Given(_)
        | Refusal::AgainstToday(_)
        | Refusal::Twice(..)
        | Refusal::Members { .. } => USAGE,
    };
    fail(code, &refusal(case, why, lang))
}

pub(crate) fn question(case: &Case, q: &Question, seed: u64, lang: Lang) -> Result<Ask, u8> {
    let states = |option: &str, all: &[String]| -> Result<Vec<StateRef>, u8> {
        let find = |s: &String| {
            case.find_state(s)
                .or_else(|why| fail(USAGE, &format!("{option}: {}", why.get(lang))))
        };
        all.iter().map(find).collect()
    };
    let day = |text: &String| {
        text.parse().or_else(|_| {
            fail(
                USAGE,
                &either(
                    lang,
                    format!("--as-of {text}: no such day; write it as 2024-04-04"),
                    format!("--as-of {text}: 그런 날짜는 없습니다. 2024-04-04처럼 쓰십시오"),
                ),
            )
        })
    };
    if !(0.0..=1e6).contains(&q.max_inconsistency) {
        return out_of_range(
            "--max-inconsistency",
            &q.max_inconsistency.to_string(),
            "0",
            "1000000",
            lang,
        );
    }
    Ok(Ask {
        as_of: q.as_of.as_ref().map(day).transpose()?,
        limit: q.limit,
        // The cast: checked above.
        max_inconsistency: (q.max_inconsistency * 1000.0).round() as i64,
        given: states("--given", &q.given)?,
        held: states("--do", &q.held)?,
        exact_up_to: q.exact_up_to,
        seed,
        search_steps: q.steps,
        ..Ask::default()
    })
}
