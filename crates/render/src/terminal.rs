//! A reading as text for people: sentences, then tables.

mod asked;
mod choices;
mod compared;
mod drivers;
mod firm;
mod futures;
mod hypotheses;
mod minds;
mod numbers;
mod power;
mod quantities;
mod structure;
mod sway;

use crate::json::Part;
use crate::layout::{Page, fit, right, widest};
use crate::sentences::{Sentence, against, summary};
use crate::words::{count, day, points, word};
use numbers::{bits, percent};
use sinario_case::{Case, Kind, Lang, Name, StateRef};
use sinario_reading::{Method, Reading, Refusal};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// States of one driver shown; the rest is counted.
const STATES: usize = 12;

/// What is shown, in which language, where, and how much of it.
#[derive(Clone, Copy)]
struct View<'a> {
    reading: &'a Reading,
    lang: Lang,
    page: Page,
    part: Part,
}

impl<'a> View<'a> {
    fn case(self) -> &'a Case {
        &self.reading.case
    }

    fn say<'b>(self, en: &'b str, ko: &'b str) -> &'b str {
        match self.lang {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }

    fn title(self, text: &str) -> String {
        self.page.strong(&self.page.wrap(text, 0))
    }

    fn more(self, n: usize) -> String {
        match self.lang {
            Lang::En => format!("and {n} more (--json lists them)"),
            Lang::Ko => format!("그 밖에 {n}개 (--json에 모두 있습니다)"),
        }
    }

    fn more_states(self, states: usize) -> String {
        if states > STATES {
            format!("    {}\n", self.more(states - STATES))
        } else {
            String::new()
        }
    }

    /// Where nothing moves till the horizon, then is now.
    fn then(self) -> &'static str {
        match (self.case().rounds() > 0, self.lang) {
            (true, Lang::En) => "then",
            (true, Lang::Ko) => "그때",
            (false, Lang::En) => "now",
            (false, Lang::Ko) => "지금",
        }
    }

    fn full_name(self, s: StateRef) -> String {
        let (driver, state) = (self.case().driver(s.driver), self.case().state(s));
        format!(
            "{}: {}",
            driver.name.get(self.lang),
            state.name.get(self.lang)
        )
    }

    /// How wide a column of names may be, given what else stands in the line.
    fn room<'b>(self, names: impl Iterator<Item = &'b Name>, others: usize) -> usize {
        let most = self.page.width.saturating_sub(others).max(8);
        widest(names.map(|n| n.get(self.lang))).min(most)
    }
}

/// A reading, sentences first, in lines of the page. The whole is kept short; the parts are full.
pub fn terminal(reading: &Reading, part: Part, lang: Lang, page: Page) -> String {
    let v = View {
        reading,
        lang,
        page,
        part,
    };
    let whole = part == Part::Whole;
    let mut out = heading(v);
    for sentence in sentences(v) {
        out.push_str(&page.sentence(&sentence, 2));
        out.push('\n');
    }
    let mut sections = Vec::new();
    if matches!(part, Part::Whole | Part::Minds) {
        sections.push(minds::minds(v));
    }
    if part == Part::Minds {
        sections.push(hypotheses::hypotheses(v));
    }
    if whole {
        sections.push(stories(v));
    }
    if matches!(part, Part::Whole | Part::Futures) {
        sections.push(asked::why_not(v));
        sections.push(asked::smallest_change(v));
        sections.push(futures::futures(v));
        sections.push(drivers::drivers(v));
    }
    if matches!(part, Part::Whole | Part::Power) {
        sections.push(power::power(v));
    }
    if matches!(part, Part::Whole | Part::Structure) {
        sections.push(structure::structure(v));
    }
    if matches!(part, Part::Whole | Part::Choices) {
        sections.push(choices::choices(v));
    }
    if matches!(part, Part::Whole | Part::Minds) {
        sections.push(signposts(v));
    }
    if whole {
        sections.push(verdicts(v));
    }
    if matches!(part, Part::Whole | Part::Firm) {
        sections.push(firm::firm(v));
    }
    if part == Part::Numbers {
        sections.push(quantities::quantities(v));
    }
    if part == Part::Tornado {
        sections.push(sway::sway(v));
    }
    for section in sections.into_iter().filter(|s| !s.is_empty()) {
        out.push_str(&section);
        out.push('\n');
    }
    out.push_str(&page.dim(&method(v)));
    out
}

/// Those that speak of the part.
fn sentences(v: View) -> Vec<Sentence> {
    let mut all = summary(v.reading, v.lang);
    match v.part {
        Part::Whole => {}
        Part::Futures => all = all.split_off(all.len().saturating_sub(1)),
        Part::Minds if v.reading.minds.is_empty() => all.clear(),
        Part::Minds => all.truncate(1),
        Part::Power
        | Part::Structure
        | Part::Tornado
        | Part::Firm
        | Part::Numbers
        | Part::Choices
        | Part::Head => {
            all.clear();
        }
    }
    all
}

fn heading(v: View) -> String {
    let mut out = v.title(v.case().title.get(v.lang));
    if let Some(q) = &v.case().question {
        out.push_str(&v.page.wrap(q.get(v.lang), 0));
    }
    let now = v.reading.as_of.map(|d| (v.say("now:", "지금:"), d));
    let then = v
        .case()
        .horizon
        .map(|d| (v.say("then, at the horizon:", "그때:"), d));
    let days: Vec<String> = [now, then]
        .into_iter()
        .flatten()
        .map(|(when, d)| format!("{when} {}", day(d, v.lang)))
        .collect();
    if !days.is_empty() {
        out.push_str(&v.page.dim(&v.page.wrap(&days.join(" · "), 0)));
    }
    if let Some(note) = crate::sentences::other_day(v.reading, v.lang) {
        out.push_str(&v.page.wrap(&note, 0));
    }
    let ask = &v.reading.ask;
    let asked = [
        (v.say("learnt now", "지금 알게 된 것"), &ask.given),
        (
            v.say("held from now on", "지금부터 그렇게 두는 것"),
            &ask.held,
        ),
    ];
    for (what, states) in asked.into_iter().filter(|(_, s)| !s.is_empty()) {
        let states: Vec<String> = states.iter().map(|&s| v.full_name(s)).collect();
        out.push_str(&v.page.wrap(&format!("{what}: {}", states.join(" · ")), 0));
    }
    out.push('\n');
    out
}

fn stories(v: View) -> String {
    if v.reading.stories.is_empty() {
        return String::new();
    }
    let mut out = v.title(v.say("The author's stories", "글쓴이의 이야기"));
    let all = v.reading.stories.iter().filter_map(|s| s.probability);
    let all: Vec<String> = all.map(percent).collect();
    let wide = widest(all.iter().map(String::as_str)).max(5);
    for s in &v.reading.stories {
        let name = v.case().stories[s.story].title.get(v.lang);
        let _ = writeln!(out, "  {}", fit(name, v.page.width - 2));
        for b in against(s) {
            let driver = v.case().driver(b.driver);
            let state = |s: sinario_case::StateId| driver.states[s.0].name.get(v.lang);
            let text = format!(
                "{} — {}: {} {} < {} {}",
                v.say(
                    "the author's own judgements speak against it",
                    "글쓴이 자신의 판단과 어긋남"
                ),
                driver.name.get(v.lang),
                state(b.state),
                points(b.told),
                state(b.rival),
                points(b.rival_sum)
            );
            out.push_str(&v.page.wrap(&text, 4));
        }
        if let Some(p) = s.probability {
            let bar = v.page.bar(p.value, v.page.bar_columns());
            let _ = writeln!(
                out,
                "    {bar}  {}  {}",
                right(&percent(p), wide),
                word(p.value, v.lang)
            );
        }
    }
    out
}

/// What would tell most about the minds.
fn signposts(v: View) -> String {
    if v.reading.signposts.is_empty() {
        return String::new();
    }
    let shown = if v.part == Part::Whole { 3 } else { usize::MAX };
    let mut out = v.title(v.say(
        "What will tell (bits about the minds · how likely it is seen)",
        "무엇이 알려 줄까 (속마음에 대한 비트 · 보게 될 확률)",
    ));
    for s in v.reading.signposts.iter().take(shown) {
        let of = &v.case().signposts[s.signpost];
        let by = match (of.by, v.lang) {
            (None, _) => String::new(),
            (Some(d), Lang::En) => format!("by {}: ", day(d, v.lang)),
            (Some(d), Lang::Ko) => format!("{}까지: ", day(d, v.lang)),
        };
        let numbers = format!("  {} · {}", bits(s.bits), right(&percent(s.seen), 5));
        let indent = numbers.width() + 2;
        out.push_str(
            &v.page
                .item(&numbers, &format!("{by}{}", of.text.get(v.lang)), indent),
        );
    }
    if v.reading.signposts.len() > shown {
        let _ = writeln!(out, "  {}", v.more(v.reading.signposts.len() - shown));
    }
    out
}

fn verdicts(v: View) -> String {
    if v.reading.verdicts.is_empty() {
        return String::new();
    }
    let mut out = v.title(v.say(
        "How it turned out (Brier 0 best … 2 worst, over all states)",
        "어떻게 되었나 (브라이어 점수, 모든 상태에 대해 0이 가장 좋고 2가 가장 나쁨)",
    ));
    for found in &v.reading.verdicts {
        out.push_str(
            &v.page
                .wrap(&v.full_name(v.case().verdicts[found.verdict].state), 2),
        );
        let log = if found.log.is_finite() {
            format!("−{:.2}", found.log.abs())
        } else {
            "−∞".into()
        };
        let driver = v
            .case()
            .driver(v.case().verdicts[found.verdict].state.driver);
        let when = match driver.kind {
            Kind::Mind => v.say("now", "지금"),
            Kind::World | Kind::Move => v.then(),
        };
        let (p, brier, blind) = (
            percent(found.probability),
            found.brier,
            found.brier_ignorant,
        );
        let text = match v.lang {
            Lang::En => format!(
                "probability {when} {p} · Brier {brier:.2}, where knowing nothing earns {blind:.2} · log {log}"
            ),
            Lang::Ko => format!(
                "{when} 확률 {p} · 브라이어 {brier:.2}, 아무것도 모를 때 {blind:.2} · 로그 {log}"
            ),
        };
        out.push_str(&v.page.wrap(&text, 4));
    }
    out
}

fn method(v: View) -> String {
    let size = count(&v.reading.size, v.lang);
    let how = match (v.reading.method, v.lang) {
        _ if v.part == Part::Structure => structure::method(v.lang).to_owned(),
        _ if v.part == Part::Firm => members(v, &size),
        (_, lang) if v.part == Part::Tornado => match lang {
            Lang::En => format!("exact over {size} futures, one judgement at a time"),
            Lang::Ko => format!("미래 {size}가지에 대한 정확한 계산, 판단 하나씩"),
        },
        (_, lang) if matches!(v.part, Part::Numbers | Part::Choices) => behind(v, &size, lang),
        // Without probabilities nothing was computed over all futures.
        _ if v.reading.belief.is_none() => search(v, &size),
        (Method::Exact, Lang::En) => format!("exact over {size} futures"),
        (Method::Exact, Lang::Ko) => format!("미래 {size}가지 모두에 대한 정확한 계산"),
        (
            Method::Sampled {
                chains,
                draws,
                effective,
                ..
            },
            Lang::En,
        ) => format!(
            "sampled from {size} futures: {chains} chains, {draws} draws, errors as of {effective:.0} independent counts; ± is one standard error"
        ),
        (
            Method::Sampled {
                chains,
                draws,
                effective,
                ..
            },
            Lang::Ko,
        ) => format!(
            "미래 {size}가지에서 표본 추출: 사슬 {chains}개, {draws}번 추출, 오차는 독립 표본 {effective:.0}개를 센 것과 같음; ±는 표준 오차"
        ),
    };
    let text = format!(
        "{how} · sinario {} · {}",
        v.reading.version,
        &v.reading.fingerprint[..12]
    );
    let mut out = v.page.wrap(&text, 0);
    for sentence in crate::sampling::sentences(v.reading, v.lang) {
        out.push_str(&v.page.wrap(sentence, 0));
    }
    out
}

fn members(v: View, size: &str) -> String {
    let firm = v.reading.firm.as_ref();
    let (n, seed, judgements) = firm.map_or((0, 0, 0), |f| (f.members, f.seed, f.judgements));
    let [n, judgements] = [n, judgements].map(|n| count(&n.into(), v.lang));
    match v.lang {
        Lang::En => format!(
            "{n} members over {size} futures, {judgements} judgements drawn in each, seed {seed}"
        ),
        Lang::Ko => format!(
            "미래 {size}가지에 대한 {n}판, 판마다 판단 {judgements}개를 다시 뽑음, 씨앗 {seed}"
        ),
    }
}

/// What the probabilities behind numbers rest on.
fn behind(v: View, size: &str, lang: Lang) -> String {
    let numbers = v.reading.numbers.as_ref().map(|n| n.drawn);
    let drawn = numbers.or(v.reading.choices.as_ref().map(|c| c.drawn));
    match (drawn.is_some_and(|d| d.belief_sampled), lang) {
        (false, Lang::En) => format!("exact probabilities of {size} futures"),
        (false, Lang::Ko) => format!("미래 {size}가지의 확률은 정확한 계산"),
        (true, Lang::En) => format!("sampled probabilities of {size} futures"),
        (true, Lang::Ko) => format!("미래 {size}가지의 확률은 표본 계산"),
    }
}

fn search(v: View, size: &str) -> String {
    let steps = v.reading.futures.as_ref().map_or(0, |f| f.steps);
    let steps = count(&steps.into(), v.lang);
    match v.lang {
        Lang::En => format!("search over {size} futures in {steps} steps"),
        Lang::Ko => format!("미래 {size}가지 탐색({steps}단계)"),
    }
}

/// Why there is no reading, and what to do.
pub fn refusal(case: &Case, why: &Refusal, lang: Lang) -> String {
    let dotted =
        |s: &sinario_case::StateRef| format!("{}.{}", case.driver(s.driver).id, case.state(*s).id);
    let say = |en, ko| match lang {
        Lang::En => en,
        Lang::Ko => ko,
    };
    match why {
        Refusal::Facts(facts) => {
            let ids: Vec<&str> = facts.iter().map(|f| case.facts[f.0].id.as_str()).collect();
            format!(
                "{}: {}",
                say(
                    "no future allows these facts together; soften a likelihood of 0 or 1",
                    "이 사실들을 함께 허락하는 미래가 없습니다. 0이나 1인 가능도를 누그러뜨리십시오"
                ),
                ids.join(", ")
            )
        }
        Refusal::Given(given) => format!(
            "{}: {}",
            say(
                "what is given has probability 0 now",
                "주어진 것의 지금 확률이 0입니다"
            ),
            given.iter().map(dotted).collect::<Vec<_>>().join(", ")
        ),
        Refusal::AgainstToday(s) => format!(
            "{}: {}",
            say(
                "the case says otherwise of today; use --do to hold it there",
                "사례의 today와 다릅니다. 그렇게 만들어 보려면 --do를 쓰십시오"
            ),
            dotted(s)
        ),
        Refusal::Twice(a, b) => format!(
            "{}: {}, {}",
            say(
                "one driver cannot be asked for in two states",
                "한 변수를 두 상태로 물을 수 없습니다"
            ),
            dotted(a),
            dotted(b)
        ),
        Refusal::Memory(bytes) => format!(
            "{}: {}",
            say(
                "the probabilities would take more memory than they can have; lower --exact-up-to, so that futures are drawn, or have fewer states or rounds",
                "확률을 계산하는 데 드는 메모리가 쓸 수 있는 것보다 많습니다. --exact-up-to를 낮추어 미래를 뽑아 보거나 상태나 라운드를 줄이십시오"
            ),
            memory(*bytes)
        ),
        Refusal::Undrawn(facts) => {
            let ids: Vec<&str> = facts.iter().map(|f| case.facts[f.0].id.as_str()).collect();
            format!(
                "{}: {}",
                say(
                    "no drawn future allows these facts together, which is no proof that none does; soften a likelihood of 0 or 1",
                    "뽑아 본 미래 가운데 이 사실들을 함께 허락하는 것이 없습니다(없다는 증명은 아닙니다). 0이나 1인 가능도를 누그러뜨리십시오"
                ),
                ids.join(", ")
            )
        }
        Refusal::Work { steps, limit } => format!(
            "{}: {steps} > {limit}",
            say(
                "even the fewest draws would take more steps, of about a nanosecond, than the limit; lower --limit, or have fewer rounds, stories or facts",
                "가장 적게 뽑아도 걸음 수(한 걸음이 약 1나노초)가 한계를 넘습니다. --limit를 낮추거나 라운드, 이야기, 사실을 줄이십시오"
            )
        ),
        Refusal::Members { most } => format!(
            "{}: --members {most}",
            say(
                "the numbers of so many members would not fit into memory; at most",
                "이렇게 많은 판의 숫자는 메모리에 담을 수 없습니다. 많아야"
            )
        ),
    }
}

/// A size of memory in the greatest unit of which it fills one.
pub(crate) fn memory(bytes: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(60, "EiB"), (50, "PiB"), (40, "TiB"), (30, "GiB")];
    let fits = UNITS.iter().find(|(power, _)| bytes >> power > 0);
    let &(power, unit) = fits.unwrap_or(&(20, "MiB"));
    // What cannot be counted is said to be more than can be.
    let more = if bytes == u64::MAX { "> " } else { "" };
    format!("{more}{} {unit}", bytes >> power)
}

#[cfg(test)]
mod tests {
    use super::memory;

    #[test]
    fn sizes_of_memory_have_few_digits() {
        assert_eq!(memory(5 << 20), "5 MiB");
        assert_eq!(memory(3 << 31), "6 GiB");
        assert_eq!(memory(1 << 50), "1 PiB");
        assert_eq!(memory(u64::MAX), "> 15 EiB");
    }
}
