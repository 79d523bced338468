//! A reading as text for people.

use crate::words::{day, percent, points, word};
use sinario_case::{Case, Lang};
use sinario_reading::{Estimate, Method, Mind, Reading, Refusal};
use std::fmt::Write;

/// Consistent futures shown; the rest is counted.
const SHOWN: usize = 10;

/// The words of one output in one language.
struct Say(Lang);

impl Say {
    fn as_is<'a>(&self, en: &'a str, ko: &'a str) -> &'a str {
        match self.0 {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }
}

/// The whole reading, sentences first.
pub fn terminal(reading: &Reading, lang: Lang) -> String {
    let (case, say) = (&*reading.case, Say(lang));
    let mut out = String::new();
    let _ = writeln!(out, "{}", case.title.get(lang));
    if let Some(q) = &case.question {
        let _ = writeln!(out, "{}", q.get(lang));
    }
    if let Some(d) = reading.as_of {
        let _ = writeln!(out, "{} {}", say.as_is("As of", "기준일"), day(d, lang));
    }
    out.push('\n');
    minds(&mut out, reading, &say);
    stories(&mut out, reading, &say);
    futures(&mut out, reading, &say);
    drivers(&mut out, reading, &say);
    verdicts(&mut out, reading, &say);
    let method = match reading.method {
        Method::Exact => say
            .as_is("exact, over all futures", "모든 미래에 대한 정확한 계산")
            .to_owned(),
        Method::Sampled {
            draws, effective, ..
        } => format!("{draws} draws, effective {effective:.0}"),
    };
    let _ = writeln!(
        out,
        "{}: {method} · {} · {}",
        say.as_is("Method", "방법"),
        reading.size,
        &reading.fingerprint[..12]
    );
    out
}

fn minds(out: &mut String, reading: &Reading, say: &Say) {
    if reading.minds.is_empty() {
        return;
    }
    let case = &*reading.case;
    let _ = writeln!(
        out,
        "{}",
        say.as_is(
            "What the facts say about the minds (now)",
            "사실이 속마음에 대해 말하는 것 (지금)"
        )
    );
    let _ = writeln!(out, "  {}", say.as_is(
        "Imagining one mind alone is right 31 to 33 % of the time where chance is 28 %;\n  groups that play the roles reach 60 % (Green & Armstrong 2011). Take this as a start.",
        "혼자 남의 마음을 상상하면 31~33 %가 맞는데 우연이 28 %입니다. 역할을 나누어 해 본\n  집단은 60 %까지 맞혔습니다(Green & Armstrong 2011). 출발점으로만 쓰세요.",
    ));
    for mind in &reading.minds {
        let driver = case.driver(mind.driver);
        let _ = writeln!(out, "  {}", driver.name.get(say.0));
        for (s, state) in driver.states.iter().enumerate() {
            let (before, after) = (mind.prior[s], mind.posterior[s]);
            let _ = writeln!(
                out,
                "    {} {}, {} ({} {})",
                bar(after),
                percent(after),
                word(after.value, say.0),
                say.as_is("before facts", "사실 전"),
                percent(before)
            );
            let _ = writeln!(out, "      {}", state.name.get(say.0));
        }
        strongest(out, case, mind, say);
    }
    out.push('\n');
}

/// The three facts that move the leading state most.
fn strongest(out: &mut String, case: &Case, mind: &Mind, say: &Say) {
    let leading = (0..mind.posterior.len()).max_by(|&a, &b| {
        mind.posterior[a]
            .value
            .total_cmp(&mind.posterior[b].value)
            .then(b.cmp(&a))
    });
    let Some(s) = leading else { return };
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
    for f in facts.into_iter().take(3) {
        let db = f.decibans[s].value;
        let sign = if db < 0.0 { "−" } else { "+" };
        let _ = writeln!(
            out,
            "    {sign}{:.1} {} · {}",
            db.abs(),
            say.as_is("decibans", "데시반"),
            case.facts[f.fact.0].text.get(say.0)
        );
    }
}

fn bar(e: Estimate) -> String {
    // The cast: a probability times twenty.
    let full = (e.value.clamp(0.0, 1.0) * 20.0).round() as usize;
    format!("{}{}", "█".repeat(full), "·".repeat(20 - full))
}

fn stories(out: &mut String, reading: &Reading, say: &Say) {
    let case = &*reading.case;
    for s in &reading.stories {
        let _ = writeln!(
            out,
            "{}: {}",
            say.as_is("The story", "이야기"),
            case.stories[s.story].title.get(say.0)
        );
        for b in s.coherence.iter().filter(|b| b.told < b.rival_sum) {
            let driver = case.driver(b.driver);
            let _ = writeln!(
                out,
                "  {} {}: {} ({}) < {} ({})",
                say.as_is(
                    "Its author's own judgements speak against it at",
                    "글쓴이 자신의 판단과 어긋나는 곳:"
                ),
                driver.name.get(say.0),
                driver.states[b.state.0].name.get(say.0),
                points(b.told),
                driver.states[b.rival.0].name.get(say.0),
                points(b.rival_sum)
            );
        }
        if let Some(p) = s.probability {
            let _ = writeln!(
                out,
                "  {}: {}, {}",
                say.as_is(
                    "If these judgements hold, its probability is",
                    "이 판단들이 맞다면 그 확률"
                ),
                percent(p),
                word(p.value, say.0)
            );
        }
        out.push('\n');
    }
}

/// Why the count is only a lower bound.
fn stopped(why: sinario_reading::Stopped, say: &Say) -> String {
    use sinario_reading::Stopped;
    match (why, say.0) {
        (Stopped::Steps(steps), Lang::En) => {
            format!("The search stopped after {steps} steps; --steps lets it go on for longer.")
        }
        (Stopped::Steps(steps), Lang::Ko) => {
            format!("탐색이 {steps}단계에서 멈췄습니다. --steps로 더 오래 찾게 할 수 있습니다.")
        }
        (Stopped::Size { pairs, limit }, Lang::En) => format!(
            "Some drivers that act on each other were not searched: together they have {pairs} pairs of states, and the search takes {limit} at most."
        ),
        (Stopped::Size { pairs, limit }, Lang::Ko) => format!(
            "서로 영향을 주고받는 변수 묶음 하나는 탐색하지 않았습니다. 상태 쌍이 {pairs}개인데, 탐색할 수 있는 한도는 {limit}개입니다."
        ),
        (Stopped::States { states, limit }, Lang::En) => format!(
            "Some drivers that act on each other were not searched: one of them has {states} states, and the search takes {limit} at most."
        ),
        (Stopped::States { states, limit }, Lang::Ko) => format!(
            "서로 영향을 주고받는 변수 묶음 하나는 탐색하지 않았습니다. 그중 한 변수의 상태가 {states}개인데, 탐색할 수 있는 한도는 {limit}개입니다."
        ),
    }
}

fn futures(out: &mut String, reading: &Reading, say: &Say) {
    let (case, Some(f)) = (&*reading.case, &reading.futures) else {
        return;
    };
    let least = if f.stopped.is_none() {
        ""
    } else {
        say.as_is("at least ", "적어도 ")
    };
    let _ = writeln!(
        out,
        "{}: {least}{}",
        say.as_is("Consistent futures", "앞뒤가 맞는 미래"),
        f.count
    );
    if let Some(why) = f.stopped {
        let _ = writeln!(out, "  {}", stopped(why, say));
    }
    if f.stopped.is_none() && f.count == num_bigint::BigUint::ZERO {
        let _ = writeln!(
            out,
            "  {}",
            say.as_is(
                "None exists: every branch was closed by a state that loses in every completion.",
                "하나도 없습니다: 모든 갈래가 어떤 경우에도 지는 상태로 막혔습니다."
            )
        );
        for line in f.proof.iter().flatten().take(SHOWN) {
            let assumed: Vec<_> = line
                .assumed
                .iter()
                .map(|&s| {
                    format!(
                        "{} = {}",
                        case.driver(s.driver).name.get(say.0),
                        case.state(s).name.get(say.0)
                    )
                })
                .collect();
            let _ = writeln!(
                out,
                "    {} → {}",
                if assumed.is_empty() {
                    "∅".into()
                } else {
                    assumed.join(", ")
                },
                case.driver(line.driver).name.get(say.0)
            );
        }
    }
    for (n, x) in f.consistent.iter().take(SHOWN).enumerate() {
        let told: Vec<_> = case
            .drivers
            .iter()
            .zip(&x.states)
            .map(|(d, s)| d.states[s.0].name.get(say.0))
            .collect();
        let then = x.then.map_or(String::new(), |p| {
            format!(
                "{} {} · ",
                say.as_is("at the horizon", "시계 끝"),
                percent(p)
            )
        });
        let basins: Vec<String> = x
            .basins
            .iter()
            .flatten()
            .map(|b| b.count.to_string())
            .collect();
        let _ = writeln!(out, "  {}. {}", n + 1, told.join(" · "));
        let _ = writeln!(
            out,
            "     {then}{} {} · {} {}",
            say.as_is("margin", "여유"),
            points(x.margin),
            say.as_is("total impact", "총 영향"),
            points(x.total_impact)
        );
        if !basins.is_empty() {
            let _ = writeln!(
                out,
                "     {} {}",
                say.as_is(
                    "basins (global, local, incremental, adiabatic)",
                    "유역(전체, 국지, 점진, 차례)"
                ),
                basins.join(", ")
            );
        }
    }
    if f.consistent.len() > SHOWN {
        let _ = writeln!(
            out,
            "  {}",
            match say.0 {
                Lang::En => format!(
                    "and {} more (--json lists them)",
                    f.consistent.len() - SHOWN
                ),
                Lang::Ko => format!(
                    "그 밖에 {}개 (--json에 모두 있음)",
                    f.consistent.len() - SHOWN
                ),
            }
        );
    }
    out.push('\n');
}

fn drivers(out: &mut String, reading: &Reading, say: &Say) {
    let (case, Some(b)) = (&*reading.case, &reading.belief) else {
        return;
    };
    let _ = writeln!(
        out,
        "{}",
        say.as_is(
            "Now → at the horizon → in the long run",
            "지금 → 시계 끝 → 길게 보면"
        )
    );
    for (d, driver) in case.drivers.iter().enumerate().take(40) {
        let _ = writeln!(out, "  {}", driver.name.get(say.0));
        for (s, state) in driver.states.iter().enumerate().take(12) {
            let _ = writeln!(
                out,
                "    {:>6} → {:>6} → {:>6}  {}",
                percent(b.now[d][s]),
                percent(b.then()[d][s]),
                percent(b.settled[d][s]),
                state.name.get(say.0)
            );
        }
    }
    if !b.settling.converged {
        let _ = writeln!(
            out,
            "  {} {:.1e}",
            say.as_is(
                "The long run has not settled; what is missing is at most",
                "길게 본 값이 아직 가라앉지 않았습니다. 남은 차이의 한계"
            ),
            b.settling.bound
        );
    }
    out.push('\n');
}

fn verdicts(out: &mut String, reading: &Reading, say: &Say) {
    if reading.verdicts.is_empty() {
        return;
    }
    let case = &*reading.case;
    let _ = writeln!(
        out,
        "{}",
        say.as_is(
            "How it turned out (Brier 0 best … 2 worst, over all states)",
            "어떻게 되었나 (브라이어 점수, 모든 상태에 대해 0이 가장 좋고 2가 가장 나쁨)"
        )
    );
    for v in &reading.verdicts {
        let truth = case.verdicts[v.verdict].state;
        let _ = writeln!(
            out,
            "  {}: {} · {} · Brier {:.2} ({} {:.2}) · log {:.2}",
            case.driver(truth.driver).name.get(say.0),
            case.state(truth).name.get(say.0),
            percent(v.probability),
            v.brier,
            say.as_is("knowing nothing", "아무것도 모를 때"),
            v.brier_ignorant,
            v.log
        );
    }
    out.push('\n');
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
