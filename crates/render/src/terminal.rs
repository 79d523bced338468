//! A reading as text for people: three sentences, then tables.

use crate::layout::{Page, columns_of, fit, left, right, widest};
use crate::sentences::{against, summary};
use crate::words::{count, day, percent, points, word};
use sinario_case::{Case, Lang, Name, StateRef};
use sinario_reading::{Basin, FutureFound, Futures, Method, Mind, Reading, Refusal};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Consistent futures shown; the rest is counted.
const SHOWN: usize = 10;
/// Drivers and states of one driver shown; the rest is counted.
const DRIVERS: usize = 40;
const STATES: usize = 12;
/// Facts shown under a mind, and signposts.
const FACTS: usize = 3;
const SIGNPOSTS: usize = 5;

/// The words of one output in one language.
#[derive(Clone, Copy)]
struct Say(Lang);

impl Say {
    fn as_is<'a>(&self, en: &'a str, ko: &'a str) -> &'a str {
        match self.0 {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }

    fn more(&self, n: usize) -> String {
        match self.0 {
            Lang::En => format!("and {n} more (--json lists them)"),
            Lang::Ko => format!("그 밖에 {n}개 (--json에 모두 있습니다)"),
        }
    }
}

/// The whole reading, sentences first, in lines of the page.
pub fn terminal(reading: &Reading, lang: Lang, page: Page) -> String {
    let say = Say(lang);
    let mut out = String::new();
    heading(&mut out, reading, say, page);
    for sentence in summary(reading, lang) {
        out.push_str(&page.sentence(&sentence, 2));
        out.push('\n');
    }
    minds(&mut out, reading, say, page);
    stories(&mut out, reading, say, page);
    if let Some(f) = &reading.futures {
        futures(&mut out, reading, f, say, page);
    }
    drivers(&mut out, reading, say, page);
    signposts(&mut out, reading, say, page);
    verdicts(&mut out, reading, say, page);
    out.push_str(&page.dim(&method(reading, say, page)));
    out
}

fn heading(out: &mut String, reading: &Reading, say: Say, page: Page) {
    let case = &*reading.case;
    out.push_str(&page.strong(&page.wrap(case.title.get(say.0), 0)));
    if let Some(q) = &case.question {
        out.push_str(&page.wrap(q.get(say.0), 0));
    }
    let mut days = Vec::new();
    if let Some(d) = reading.as_of {
        days.push(format!("{} {}", say.as_is("now:", "지금:"), day(d, say.0)));
    }
    if let Some(d) = case.horizon {
        days.push(format!(
            "{} {}",
            say.as_is("then, at the horizon:", "그때:"),
            day(d, say.0)
        ));
    }
    if !days.is_empty() {
        out.push_str(&page.dim(&page.wrap(&days.join(" · "), 0)));
    }
    let asked = [
        (
            say.as_is("learnt now", "지금 알게 된 것"),
            &reading.ask.given,
        ),
        (
            say.as_is("held from now on", "지금부터 그렇게 두는 것"),
            &reading.ask.held,
        ),
    ];
    for (what, states) in asked.into_iter().filter(|(_, s)| !s.is_empty()) {
        let states: Vec<String> = states.iter().map(|&s| full_name(case, s, say)).collect();
        out.push_str(&page.wrap(&format!("{what}: {}", states.join(" · ")), 0));
    }
    out.push('\n');
}

fn full_name(case: &Case, s: StateRef, say: Say) -> String {
    format!(
        "{}: {}",
        case.driver(s.driver).name.get(say.0),
        case.state(s).name.get(say.0)
    )
}

fn title(out: &mut String, text: &str, page: Page) {
    out.push_str(&page.strong(&page.wrap(text, 0)));
}

/// How wide a column of names may be, given what else stands in the line.
fn room<'a>(
    names: impl IntoIterator<Item = &'a Name>,
    say: Say,
    page: Page,
    others: usize,
) -> usize {
    let most = page.width.saturating_sub(others).max(8);
    widest(names.into_iter().map(|n| n.get(say.0))).min(most)
}

fn minds(out: &mut String, reading: &Reading, say: Say, page: Page) {
    if reading.minds.is_empty() {
        return;
    }
    let case = &*reading.case;
    title(
        out,
        say.as_is("What the facts say (now)", "사실이 말하는 것 (지금)"),
        page,
    );
    let note = say.as_is(
        "Imagining one mind alone is right 31 to 33 % of the time where chance is 28 %; groups that play the roles reach 60 % (Green & Armstrong 2011). Take this as a start.",
        "혼자 남의 마음을 상상하면 31~33 %가 맞는데 우연이 28 %입니다. 역할을 나누어 해 본 집단은 60 %까지 맞혔습니다(Green & Armstrong 2011). 출발점으로만 쓰십시오.",
    );
    out.push_str(&page.dim(&page.wrap(note, 2)));
    let states = || {
        reading.minds.iter().flat_map(|m| {
            case.driver(m.driver)
                .states
                .iter()
                .take(STATES)
                .map(|s| &s.name)
        })
    };
    let numbers: Vec<[String; 3]> = reading
        .minds
        .iter()
        .flat_map(|m| {
            m.posterior
                .iter()
                .zip(&m.prior)
                .take(STATES)
                .map(|(&now, &before)| {
                    let before = format!("{} {}", say.as_is("before", "사실 전"), percent(before));
                    [percent(now), word(now.value, say.0).to_owned(), before]
                })
        })
        .collect();
    let widths: Vec<usize> = (0..3)
        .map(|k| widest(numbers.iter().map(|n| n[k].as_str())))
        .collect();
    let bar = page.bar_columns();
    let fixed = 4 + 2 + bar + 2 + widths[0];
    // On a narrow page the numbers stay and the words go.
    let with_words = page.width >= 64;
    let others = if with_words {
        fixed + 2 + widths[1] + 2 + widths[2]
    } else {
        fixed
    };
    let name = room(states(), say, page, others);
    let mut rows = numbers.iter();
    for mind in &reading.minds {
        let driver = case.driver(mind.driver);
        let _ = writeln!(out, "  {}", fit(driver.name.get(say.0), page.width - 2));
        for ((state, now), n) in driver
            .states
            .iter()
            .zip(&mind.posterior)
            .take(STATES)
            .zip(&mut rows)
        {
            let label = left(&fit(state.name.get(say.0), name), name);
            let line = format!(
                "    {label}  {}  {}",
                page.bar(now.value, bar),
                right(&n[0], widths[0])
            );
            if with_words {
                let rest = format!("{}  {}", left(&n[1], widths[1]), page.dim(&n[2]));
                let _ = writeln!(out, "{line}  {rest}");
            } else {
                let _ = writeln!(out, "{line}");
            }
        }
        rest_of_states(out, driver.states.len(), say);
        strongest(out, case, mind, say, page);
    }
    out.push('\n');
}

fn rest_of_states(out: &mut String, states: usize, say: Say) {
    if states > STATES {
        let _ = writeln!(out, "    {}", say.more(states - STATES));
    }
}

/// The facts that move the leading state most.
fn strongest(out: &mut String, case: &Case, mind: &Mind, say: Say, page: Page) {
    let s = crate::sentences::leading(&mind.posterior);
    let mut facts: Vec<_> = mind
        .facts
        .iter()
        .filter(|f| f.decibans[s].value.abs() >= 0.05)
        .collect();
    facts.sort_by(|a, b| {
        b.decibans[s]
            .value
            .abs()
            .total_cmp(&a.decibans[s].value.abs())
    });
    if facts.is_empty() {
        return;
    }
    let state = case.driver(mind.driver).states[s].name.get(say.0);
    let head = match say.0 {
        Lang::En => format!("facts, in decibans for {state}:"),
        Lang::Ko => format!("사실의 무게(데시반, {state} 쪽이 +):"),
    };
    let _ = writeln!(out, "    {}", page.dim(&fit(&head, page.width - 4)));
    for f in facts.into_iter().take(FACTS) {
        let weight = format!("    {}", right(&signed(f.decibans[s].value), 7));
        out.push_str(&page.item(&weight, case.facts[f.fact.0].text.get(say.0), 13));
    }
}

fn signed(n: f64) -> String {
    let sign = if n < 0.0 { "−" } else { "+" };
    if n.is_infinite() {
        return format!("{sign}∞");
    }
    format!("{sign}{:.1}", n.abs())
}

fn stories(out: &mut String, reading: &Reading, say: Say, page: Page) {
    if reading.stories.is_empty() {
        return;
    }
    let case = &*reading.case;
    title(
        out,
        say.as_is("The author's stories", "글쓴이의 이야기"),
        page,
    );
    for s in &reading.stories {
        let name = case.stories[s.story].title.get(say.0);
        let _ = writeln!(out, "  {}", fit(name, page.width - 2));
        for b in against(s) {
            let driver = case.driver(b.driver);
            let state = |s: sinario_case::StateId| driver.states[s.0].name.get(say.0);
            let text = format!(
                "{} {}: {} {} < {} {}",
                say.as_is(
                    "the author's own judgements speak against it:",
                    "글쓴이 자신의 판단과 어긋남:"
                ),
                driver.name.get(say.0),
                state(b.state),
                points(b.told),
                state(b.rival),
                points(b.rival_sum)
            );
            out.push_str(&page.wrap(&text, 4));
        }
        if let Some(p) = s.probability {
            let bar = page.bar(p.value, page.bar_columns());
            let _ = writeln!(out, "    {bar}  {}  {}", percent(p), word(p.value, say.0));
        }
    }
    out.push('\n');
}

fn futures(out: &mut String, reading: &Reading, f: &Futures, say: Say, page: Page) {
    let least = if f.finished {
        ""
    } else {
        say.as_is("at least ", "적어도 ")
    };
    let head = format!(
        "{}: {least}{}",
        say.as_is("Consistent futures", "앞뒤가 맞는 미래"),
        count(&f.count, say.0)
    );
    title(out, &head, page);
    if f.finished && f.count == num_bigint::BigUint::ZERO {
        none(out, &reading.case, f, say, page);
    }
    let shown = f.consistent.iter().take(SHOWN);
    let mut rows = vec![future_heads(reading, f, say)];
    rows.extend(
        shown
            .clone()
            .enumerate()
            .map(|(n, x)| future_numbers(f, n, x)),
    );
    let lines = columns_of(&rows, page, 2);
    if let (Some(heads), false) = (lines.first(), f.consistent.is_empty()) {
        let _ = writeln!(out, "{}", page.dim(heads));
    }
    for (line, x) in lines.iter().skip(1).zip(shown) {
        let _ = writeln!(out, "{line}");
        let drivers = reading.case.drivers.iter().zip(&x.states);
        let told: Vec<_> = drivers
            .map(|(d, s)| d.states[s.0].name.get(say.0))
            .collect();
        out.push_str(&page.wrap(&told.join(" · "), 6));
    }
    if f.consistent.len() > SHOWN {
        let _ = writeln!(out, "  {}", say.more(f.consistent.len() - SHOWN));
    }
    out.push('\n');
}

/// Which numbers of futures there are: probabilities, and rules whose basins are known.
fn future_shape(f: &Futures) -> (bool, Vec<usize>) {
    let likely = f.consistent.iter().any(|x| x.then.is_some());
    let known = |r: &usize| f.consistent.iter().any(|x| x.basins[*r].is_some());
    (likely, (0..4).filter(known).collect())
}

fn future_heads(reading: &Reading, f: &Futures, say: Say) -> Vec<String> {
    let (likely, rules) = future_shape(f);
    let mut heads = vec!["#".to_owned()];
    if likely {
        heads.push(horizon_word(reading, say).into());
        heads.push(say.as_is("long run", "길게 보면").into());
    }
    heads.push(say.as_is("margin", "여유").into());
    heads.push(say.as_is("impact", "총 영향").into());
    let names = [
        say.as_is("global", "전체"),
        say.as_is("local", "국지"),
        say.as_is("increm.", "점진"),
        say.as_is("adiab.", "차례"),
    ];
    for (at, r) in rules.into_iter().enumerate() {
        let head = if at == 0 {
            say.as_is("basins: ", "유역: ")
        } else {
            ""
        };
        heads.push(format!("{head}{}", names[r]));
    }
    heads
}

fn future_numbers(f: &Futures, n: usize, x: &FutureFound) -> Vec<String> {
    let (likely, rules) = future_shape(f);
    let mut row = vec![(n + 1).to_string()];
    if likely {
        row.extend([x.then, x.settled].map(|e| e.map_or(String::new(), percent)));
    }
    row.extend([points(x.margin), points(x.total_impact)]);
    row.extend(
        rules
            .into_iter()
            .map(|r| x.basins[r].as_ref().map_or(String::new(), basin)),
    );
    row
}

/// Where nothing moves till the horizon, then is now.
fn horizon_word(reading: &Reading, say: Say) -> &'static str {
    if reading.case.rounds() > 0 {
        say.as_is("then", "그때")
    } else {
        say.as_is("now", "지금")
    }
}

/// Futures that end here; of sampled starts, their share.
fn basin(b: &Basin) -> String {
    match b.sampled {
        None => b.count.to_string(),
        // The casts: a share of starts, far below 2^52.
        Some((starts, _, _)) => format!("~{:.1} %", 100.0 * b.count as f64 / starts.max(1) as f64),
    }
}

/// Why there is no consistent future.
fn none(out: &mut String, case: &Case, f: &Futures, say: Say, page: Page) {
    let why = say.as_is(
        "None exists: every branch was closed by a state that loses in every completion.",
        "하나도 없습니다. 모든 갈래가 어떤 경우에도 지는 상태로 막혔습니다.",
    );
    out.push_str(&page.wrap(why, 2));
    for line in f.proof.iter().flatten().take(SHOWN) {
        let assumed: Vec<String> = line
            .assumed
            .iter()
            .map(|&s| full_name(case, s, say))
            .collect();
        let closed = case.driver(line.driver).name.get(say.0);
        let text = match (assumed.is_empty(), say.0) {
            (true, Lang::En) => format!("no state of {closed} is left"),
            (true, Lang::Ko) => format!("{closed}: 남는 상태가 없습니다"),
            (false, Lang::En) => format!("{} → no state of {closed} is left", assumed.join(", ")),
            (false, Lang::Ko) => format!("{} → {closed}: 남는 상태가 없습니다", assumed.join(", ")),
        };
        out.push_str(&page.wrap(&text, 4));
    }
}

/// `Now, then (31 December 2026), and in the long run`.
fn times(case: &Case, say: Say) -> String {
    let then = match (case.rounds() > 0, case.horizon) {
        (false, _) => String::new(),
        (true, None) => format!(", {}", say.as_is("then", "그때")),
        (true, Some(d)) => format!(", {} ({})", say.as_is("then", "그때"), day(d, say.0)),
    };
    match say.0 {
        Lang::En if then.is_empty() => "Now and in the long run".into(),
        Lang::En => format!("Now{then}, and in the long run"),
        Lang::Ko => format!("지금{then}, 길게 보면"),
    }
}

fn drivers(out: &mut String, reading: &Reading, say: Say, page: Page) {
    let (case, Some(b)) = (&*reading.case, &reading.belief) else {
        return;
    };
    let moves = case.rounds() > 0;
    title(out, &times(case, say), page);
    let cells = |d: usize, s: usize| {
        let then = moves.then(|| percent(b.then()[d][s]));
        let all = [
            Some(percent(b.now[d][s])),
            then,
            Some(percent(b.settled[d][s])),
        ];
        all.into_iter().flatten().collect::<Vec<_>>()
    };
    let then = moves.then(|| say.as_is("then", "그때"));
    let heads = [
        Some(say.as_is("now", "지금")),
        then,
        Some(say.as_is("long run", "길게 보면")),
    ];
    let heads: Vec<String> = heads.into_iter().flatten().map(str::to_owned).collect();
    let shown = || case.drivers.iter().enumerate().take(DRIVERS);
    let all = shown().flat_map(|(d, driver)| {
        (0..driver.states.len().min(STATES)).flat_map(move |s| cells(d, s))
    });
    let all: Vec<String> = all.chain(heads.iter().cloned()).collect();
    let column = widest(all.iter().map(String::as_str)) + 2;
    let bar = page.bar_columns();
    let names = shown().flat_map(|(_, driver)| driver.states.iter().take(STATES).map(|s| &s.name));
    let name = room(names, say, page, 4 + heads.len() * column + 2 + bar);
    let line = |label: &str, cells: &[String]| {
        let cells: String = cells.iter().map(|c| right(c, column)).collect();
        format!("    {}{cells}", left(&fit(label, name), name))
    };
    let _ = writeln!(
        out,
        "{}",
        page.dim(&format!(
            "{}  ▇ {}",
            line("", &heads),
            horizon_word(reading, say)
        ))
    );
    for (d, driver) in shown() {
        let _ = writeln!(out, "  {}", fit(driver.name.get(say.0), page.width - 2));
        for (s, state) in driver.states.iter().enumerate().take(STATES) {
            let numbers = line(state.name.get(say.0), &cells(d, s));
            let picture = page.bar(b.then()[d][s].value, bar);
            let _ = writeln!(out, "{}", format!("{numbers}  {picture}").trim_end());
        }
        rest_of_states(out, driver.states.len(), say);
    }
    if case.drivers.len() > DRIVERS {
        let _ = writeln!(out, "  {}", say.more(case.drivers.len() - DRIVERS));
    }
    if !b.settling.converged {
        let text = format!(
            "{} {:.1e}",
            say.as_is(
                "The long run has not settled; what is missing is at most",
                "길게 본 값이 아직 가라앉지 않았습니다. 남은 차이의 한계는"
            ),
            b.settling.bound
        );
        out.push_str(&page.wrap(&text, 2));
    }
    out.push('\n');
}

/// What would tell most about the minds.
fn signposts(out: &mut String, reading: &Reading, say: Say, page: Page) {
    if reading.signposts.is_empty() {
        return;
    }
    title(
        out,
        say.as_is(
            "What will tell (bits about the minds · how likely it is seen)",
            "무엇이 알려 줄까 (속마음에 대한 비트 · 보게 될 확률)",
        ),
        page,
    );
    for s in reading.signposts.iter().take(SIGNPOSTS) {
        let of = &reading.case.signposts[s.signpost];
        let by = match (of.by, say.0) {
            (None, _) => String::new(),
            (Some(d), Lang::En) => format!("by {}: ", day(d, say.0)),
            (Some(d), Lang::Ko) => format!("{}까지: ", day(d, say.0)),
        };
        let numbers = format!("  {:.2} · {}", s.bits.value, right(&percent(s.seen), 5));
        let indent = numbers.width() + 2;
        out.push_str(&page.item(&numbers, &format!("{by}{}", of.text.get(say.0)), indent));
    }
    if reading.signposts.len() > SIGNPOSTS {
        let _ = writeln!(out, "  {}", say.more(reading.signposts.len() - SIGNPOSTS));
    }
    out.push('\n');
}

fn verdicts(out: &mut String, reading: &Reading, say: Say, page: Page) {
    if reading.verdicts.is_empty() {
        return;
    }
    let case = &*reading.case;
    let head = say.as_is(
        "How it turned out (Brier 0 best … 2 worst, over all states)",
        "어떻게 되었나 (브라이어 점수, 모든 상태에 대해 0이 가장 좋고 2가 가장 나쁨)",
    );
    title(out, head, page);
    for v in &reading.verdicts {
        out.push_str(&page.wrap(&full_name(case, case.verdicts[v.verdict].state, say), 2));
        let log = if v.log.is_finite() {
            format!("{:.2}", v.log)
        } else {
            "-∞".into()
        };
        let text = match say.0 {
            Lang::En => format!(
                "given {} · Brier {:.2}, where knowing nothing earns {:.2} · log {}",
                percent(v.probability),
                v.brier,
                v.brier_ignorant,
                log.replace('-', "−")
            ),
            Lang::Ko => format!(
                "준 확률 {} · 브라이어 {:.2}, 아무것도 모를 때 {:.2} · 로그 {}",
                percent(v.probability),
                v.brier,
                v.brier_ignorant,
                log.replace('-', "−")
            ),
        };
        out.push_str(&page.wrap(&text, 4));
    }
    out.push('\n');
}

fn method(reading: &Reading, say: Say, page: Page) -> String {
    let size = count(&reading.size, say.0);
    let how = match (reading.method, say.0) {
        (Method::Exact, Lang::En) => format!("exact over {size} futures"),
        (Method::Exact, Lang::Ko) => format!("미래 {size}가지 모두에 대한 정확한 계산"),
        (
            Method::Sampled {
                chains,
                draws,
                effective,
            },
            Lang::En,
        ) => {
            format!(
                "sampled from {size} futures: {chains} chains, {draws} draws, worth {effective:.0} independent ones; ± is one standard error"
            )
        }
        (
            Method::Sampled {
                chains,
                draws,
                effective,
            },
            Lang::Ko,
        ) => {
            format!(
                "미래 {size}가지에서 표본 추출: 사슬 {chains}개, {draws}번 추출, 독립 표본 {effective:.0}개에 해당; ±는 표준 오차"
            )
        }
    };
    // Without probabilities nothing was computed over all futures.
    let how = if reading.belief.is_some() {
        how
    } else {
        search(reading, say, &size)
    };
    page.wrap(
        &format!(
            "{how} · sinario {} · {}",
            reading.version,
            &reading.fingerprint[..12]
        ),
        0,
    )
}

fn search(reading: &Reading, say: Say, size: &str) -> String {
    let steps = reading.futures.as_ref().map_or(0, |f| f.steps);
    match say.0 {
        Lang::En => format!("search over {size} futures in {steps} steps"),
        Lang::Ko => format!("미래 {size}가지를 {steps}단계에 탐색"),
    }
}

/// Why there is no reading, and what to do.
pub fn refusal(case: &Case, why: &Refusal, lang: Lang) -> String {
    let dotted =
        |s: &sinario_case::StateRef| format!("{}.{}", case.driver(s.driver).id, case.state(*s).id);
    let say = Say(lang);
    match why {
        Refusal::Facts(facts) => {
            let ids: Vec<&str> = facts.iter().map(|f| case.facts[f.0].id.as_str()).collect();
            format!("{}: {}", say.as_is("no future allows these facts together; soften a likelihood of 0 or 1", "이 사실들을 함께 허락하는 미래가 없습니다. 0이나 1인 가능도를 누그러뜨리세요"), ids.join(", "))
        }
        Refusal::Given(given) => format!("{}: {}", say.as_is("what is given has probability 0 now", "주어진 것의 지금 확률이 0입니다"), given.iter().map(dotted).collect::<Vec<_>>().join(", ")),
        Refusal::AgainstToday(s) => format!("{}: {}", say.as_is("the case says otherwise of today; use --do to hold it there", "사례의 today와 다릅니다. 그렇게 만들어 보려면 --do를 쓰세요"), dotted(s)),
        Refusal::Twice(a, b) => format!("{}: {}, {}", say.as_is("one driver cannot be asked for in two states", "한 변수를 두 상태로 물을 수 없습니다"), dotted(a), dotted(b)),
        Refusal::Memory(bytes) => format!("{}: {} MiB", say.as_is("not enough memory for the exact answer", "정확히 계산할 메모리가 모자랍니다"), bytes >> 20),
        Refusal::TooMany(size) => format!("{}: {size}", say.as_is("more futures than fit one vector (--exact-up-to); `futures` still lists the consistent ones", "한 벡터에 담기에는 미래가 너무 많습니다(--exact-up-to). `futures`는 앞뒤가 맞는 미래를 그래도 찾습니다")),
    }
}
