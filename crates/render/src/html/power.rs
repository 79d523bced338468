//! Who holds power over whom, what each wants, and what becomes of it.

use super::parts::{Table, details, escape, figure, paragraph, pick, share, state};
use crate::sentences::Sentence;
use crate::sentences::power as say;
use crate::svg;
use sinario_case::{Case, Lang, StateRef};
use sinario_reading::{Power, Reading};
use std::fmt::Write;

/// Actors that a square table has room for; JSON has all.
const ROOM: usize = 16;
/// Pairs of which something is said.
const PAIRS: usize = 40;
/// Rows of a table of states; JSON has all.
const ROWS: usize = 200;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let Some(power) = &reading.power else { return };
    let of = Of {
        case: &reading.case,
        power,
        lang,
    };
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(
            lang,
            "Who holds power over whom?",
            "누가 누구를 쥐고 있는가?"
        )
    );
    let _ = writeln!(
        page,
        "<div class=\"aside\"><p>{}</p></div>",
        escape(say::origin(lang))
    );
    page.push_str(&spoken(&say::strongest(reading, power, lang)));
    if let Some(sentence) = say::foremost_hold_up(reading, power, lang) {
        page.push_str(&spoken(&sentence));
    }
    page.push_str(&of.holds());
    for sentence in [
        say::relations(reading, power, lang),
        say::contested(reading, power, lang),
    ] {
        page.push_str(&sentence.as_ref().map_or_else(String::new, spoken));
    }
    page.push_str(&of.wants());
    for sentence in [
        say::disagreement(reading, power, lang),
        say::time(reading, power, lang),
    ] {
        page.push_str(&sentence.as_ref().map_or_else(String::new, spoken));
    }
    page.push_str(&of.baseline());
    page.push_str(&of.worth());
    page.push_str("</section>\n");
}

/// A sentence as a paragraph.
fn spoken(sentence: &Sentence) -> String {
    let runs = sentence.runs.iter().map(|run| {
        let text = escape(&run.text);
        if run.strong {
            format!("<strong>{text}</strong>")
        } else {
            text
        }
    });
    format!("<p>{}</p>\n", runs.collect::<String>())
}

/// What everything here is about.
#[derive(Clone, Copy)]
struct Of<'a> {
    case: &'a Case,
    power: &'a Power,
    lang: Lang,
}

impl Of<'_> {
    fn say<'b>(self, en: &'b str, ko: &'b str) -> &'b str {
        pick(self.lang, en, ko)
    }

    fn actor(self, at: usize) -> String {
        let name = say::name(self.case, self.power, at).get(self.lang);
        format!("{} {name}", at + 1)
    }

    /// What is said where a table does not show everything.
    fn cut(self, shown: usize, all: usize) -> String {
        if shown >= all {
            return String::new();
        }
        paragraph(
            "note",
            &match self.lang {
                Lang::En => format!("The first {shown} of {all}; --json has them all."),
                Lang::Ko => {
                    format!("{all}개 가운데 앞의 {shown}개입니다. --json에 모두 있습니다.")
                }
            },
        )
    }

    fn holds(self) -> String {
        if self.power.holdup.is_empty() {
            return String::new();
        }
        let mut out = String::new();
        let drawn = |w| svg::holds(self.case, self.power, self.lang, w);
        if drawn(svg::WIDE).is_some() {
            out = figure(
                self.say("Who holds whom, and how firmly", "누가 누구를 얼마나 쥐고 있나"),
                self.say(
                    "An arrow runs from whoever holds to whoever is held: 1 over its processes, 2 its projects, 3 its mission, 4 its existence. A circle is as large as its power; on average power is 1.",
                    "화살표는 쥔 쪽에서 쥐인 쪽으로 갑니다. 1은 일하는 과정, 2는 사업, 3은 사명, 4는 존립을 쥔 것입니다. 동그라미는 힘만큼 크고, 힘의 평균은 1입니다.",
                ),
                |w| drawn(w).unwrap_or_default(),
            );
        }
        let pairs = &self.power.holdup[..self.power.holdup.len().min(PAIRS)];
        let items: Vec<String> = pairs
            .iter()
            .map(|pair| {
                let sentence = say::hold_up(self.case, self.power, pair, self.lang);
                let text = spoken(&sentence);
                let inner = text
                    .trim()
                    .trim_start_matches("<p>")
                    .trim_end_matches("</p>");
                format!("<li>{inner}</li>")
            })
            .collect();
        let list = format!("<ul>{}</ul>", items.concat());
        out.push_str(&details(
            self.say(
                "Who can live without whom, pair by pair",
                "누가 누구 없이 살 수 있는지 둘씩 보기",
            ),
            &format!("{list}{}", self.cut(pairs.len(), self.power.holdup.len())),
        ));
        out.push_str(&details(
            self.say("Holds in numbers", "쥔 정도를 숫자로"),
            &self.influence(),
        ));
        out
    }

    /// A square table of actors: what is in row and column of each of these tables, side by side.
    fn square(self, name: &str, tables: &[(&[Vec<f64>], fn(f64) -> String)]) -> String {
        let all = self.power.actors.len();
        let n = all.min(ROOM);
        let mut heads = vec![String::new()];
        heads.extend((0..n).map(|a| format!("#{}", self.actor(a))));
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut out = Table::new(name, &heads);
        for a in 0..n {
            let mut cells = vec![escape(&self.actor(a))];
            for b in 0..n {
                let values: Vec<f64> = tables.iter().map(|(table, _)| table[a][b]).collect();
                // Nothing anywhere, and the diagonal where it has no meaning.
                if values.iter().all(|v| *v == 0.0) {
                    cells.push("–".to_owned());
                    continue;
                }
                let parts = values.iter().zip(tables).map(|(&v, (_, show))| show(v));
                cells.push(parts.collect::<Vec<_>>().join(" / "));
            }
            out.row(&cells);
        }
        let head = format!("<h4>{}</h4>", escape(name));
        format!("{head}{}{}", out.finish(), self.cut(n, all))
    }

    fn influence(self) -> String {
        let i = &self.power.influence;
        let heads = match self.lang {
            Lang::En => ["", "#Influence (I)", "#Dependence (D)", "#Power (R*)"],
            Lang::Ko => ["", "#영향력(I)", "#의존도(D)", "#힘(R*)"],
        };
        let name = self.say(
            "Influence over others, dependence on others, and power (1 on average)",
            "남에 대한 영향력, 남에 대한 의존도, 힘(평균 1)",
        );
        let mut table = Table::new(name, &heads);
        for a in 0..self.power.actors.len().min(ROWS) {
            let power = i
                .r_star
                .as_ref()
                .map_or("–".to_owned(), |r| format!("{:.2}", r[a]));
            table.row(&[
                escape(&self.actor(a)),
                say::degree(i.influence[a]),
                say::degree(i.dependence[a]),
                power,
            ]);
        }
        let mut out = format!("<h4>{}</h4>{}", escape(name), table.finish());
        let name = self.say(
            "Rows hold columns: directly (MDI) / directly and through thirds, added up (MDII) / by the strongest way (MMDII)",
            "행이 열을 쥠: 직접(MDI) / 직접과 셋째를 거친 것의 합(MDII) / 가장 센 길(MMDII)",
        );
        let tables: [&[Vec<f64>]; 3] = [&self.power.mdi, &i.mdii, &i.mmdii];
        let tables = tables.map(|t| (t, say::degree as fn(f64) -> String));
        out.push_str(&self.square(name, &tables));
        out
    }

    fn wants(self) -> String {
        let mut out = String::new();
        let drawn = |w| svg::wants(self.case, self.power, self.lang, w);
        if drawn(svg::WIDE).is_some() {
            out = figure(
                self.say(
                    "Power for and against each wanted state",
                    "바라는 상태마다 실린 힘",
                ),
                self.say(
                    "Each segment is one actor’s wish (−3 to 3) times its power; numbers are those of the actors above.",
                    "한 칸은 한 행위자가 바라는 세기(−3에서 3까지)에 힘을 곱한 것입니다. 번호는 위 그림의 행위자 번호와 같습니다.",
                ),
                |w| drawn(w).unwrap_or_default(),
            );
        }
        if self.power.objectives.is_empty() {
            return out;
        }
        out.push_str(&details(
            self.say("Wishes in numbers", "바라는 것을 숫자로"),
            &format!("{}{}", self.wishes(), self.relations()),
        ));
        out
    }

    /// What each wants of each state, in brackets with its power; and what that moves.
    fn wishes(self) -> String {
        let n = self.power.actors.len().min(ROOM);
        let mut heads = vec![self.say("State", "상태").to_owned()];
        heads.extend((0..n).map(|a| format!("#{}", self.actor(a))));
        heads.push(self.say("#Mobilisation", "#쏠린 관심").to_owned());
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let name = self.say(
            "How much each actor wants each state (2MAO), in brackets times its power (3MAO)",
            "행위자마다 상태를 바라는 세기(2MAO), 괄호 안은 힘을 곱한 것(3MAO)",
        );
        let mut table = Table::new(name, &heads);
        let find = |wants: &[(usize, f64)], o: usize| {
            let at = wants.binary_search_by_key(&o, |w| w.0).ok()?;
            Some(wants[at].1)
        };
        let all = &self.power.objectives;
        for (o, objective) in all.iter().enumerate().take(ROWS) {
            let mut cells = vec![escape(&say::full(self.case, objective.state, self.lang))];
            for a in 0..n {
                let want = find(&self.power.wants[a], o);
                let force = self.power.weighted.as_ref().and_then(|w| find(&w[a], o));
                cells.push(match (want, force) {
                    (None, _) => "–".to_owned(),
                    (Some(w), None) => say::signed_plain(w),
                    (Some(w), Some(f)) => format!(
                        "{} <span class=\"mute\">({})</span>",
                        say::signed_plain(w),
                        say::signed_plain(f)
                    ),
                });
            }
            let moved = objective.mobilisation();
            cells.push(moved.map_or("–".to_owned(), say::decimal));
            table.row(&cells);
        }
        format!(
            "<h4>{}</h4>{}{}{}",
            escape(name),
            table.finish(),
            self.cut(all.len().min(ROWS), all.len()),
            self.cut(n, self.power.actors.len())
        )
    }

    /// Convergence, divergence and ambivalence.
    fn relations(self) -> String {
        let mut out = String::new();
        let words = match self.lang {
            Lang::En => ["by number of states", "by strength of wishes", "by power"],
            Lang::Ko => ["상태의 수로", "바라는 세기로", "힘으로 달아서"],
        };
        let (with, against) = (
            self.say("Convergence", "뜻이 맞음"),
            self.say("divergence", "뜻이 갈림"),
        );
        for (at, found) in self.power.relations.iter().enumerate() {
            let Some(found) = found else { continue };
            let order = at + 1;
            let name = format!(
                "{with} / {against}, {} ({order}CAA / {order}DAA)",
                words[at]
            );
            let show: fn(f64) -> String = if order == 1 {
                say::degree
            } else {
                say::decimal
            };
            let tables: [&[Vec<f64>]; 2] = [&found.convergence, &found.divergence];
            out.push_str(&self.square(&name, &tables.map(|t| (t, show))));
        }
        let name = self.say(
            "Ambivalence: 0 wholly with or wholly against each of the others, 1 as much the one as the other",
            "양다리: 0이면 누구와든 온전히 한편이거나 맞편, 1이면 반은 한편이고 반은 맞편",
        );
        let mut heads = vec![String::new()];
        heads.extend(words.iter().map(|w| format!("#{w}")));
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut table = Table::new(name, &heads);
        for a in 0..self.power.actors.len().min(ROWS) {
            let mut cells = vec![escape(&self.actor(a))];
            cells.extend(self.power.relations.iter().map(|r| {
                let torn = r.as_ref().and_then(|r| r.ambivalence[a]);
                torn.map_or("–".to_owned(), |t| format!("{:.2}", t.max(0.0)))
            }));
            table.row(&cells);
        }
        out + &format!("<h4>{}</h4>{}", escape(name), table.finish())
    }

    fn baseline(self) -> String {
        if self.power.baseline.iter().all(|b| b.found.is_none()) {
            return String::new();
        }
        let heads = match self.lang {
            Lang::En => ["Driver", "State", "#Support", "#This reading, then", ""],
            Lang::Ko => ["변수", "상태", "#지지", "#이 읽기, 그때", ""],
        };
        let mut table = Table::new(
            self.say(
                "By power alone, beside this reading",
                "힘만으로 본 결과와 이 읽기",
            ),
            &heads,
        );
        let mut rows = 0;
        let known = self.power.baseline.iter();
        for (b, found) in known.filter_map(|b| Some((b, b.found.as_ref()?))) {
            let driver = self.case.driver(b.driver);
            for s in (0..driver.states.len()).map(sinario_case::StateId) {
                let mut marks = Vec::new();
                if found.leading.contains(&s) {
                    marks.push(self.say("by power", "힘").to_owned());
                }
                if let Some((mean, nearest)) = &found.ordered
                    && nearest.contains(&s)
                {
                    marks.push(say::position(*mean, driver.states.len(), self.lang));
                }
                if found.likeliest == Some(s) {
                    marks.push(self.say("this reading", "이 읽기").to_owned());
                }
                let first = s.0 == 0;
                let name = if first {
                    driver.name.get(self.lang)
                } else {
                    ""
                };
                let at = StateRef {
                    driver: b.driver,
                    state: s,
                };
                rows += 1;
                if rows > ROWS {
                    continue;
                }
                table.row(&[
                    escape(name),
                    state(self.case, at, self.lang),
                    say::signed_plain(found.support[s.0]),
                    found
                        .then
                        .as_ref()
                        .map_or("–".to_owned(), |t| share(t[s.0])),
                    escape(&marks.join(" · ")),
                ]);
            }
        }
        details(
            self.say(
                "By power alone, driver by driver, beside this reading",
                "힘만으로 본 결과와 이 읽기를 변수마다 보기",
            ),
            &format!(
                "{}{}{}",
                paragraph("note", say::origin_of_mean(self.lang)),
                table.finish(),
                self.cut(rows.min(ROWS), rows)
            ),
        )
    }

    fn worth(self) -> String {
        if self.power.worth.is_empty() {
            return String::new();
        }
        let inside = format!("{}{}", self.satisfaction(), self.states());
        details(
            self.say(
                "Who gains as time goes by, and what each state would be worth to whom",
                "시간이 흐르면 누가 얻는지, 어떤 상태가 누구에게 얼마짜리인지 보기",
            ),
            &inside,
        )
    }

    /// Expected wants now and then, actor by actor, and driver by driver.
    fn satisfaction(self) -> String {
        let heads = match self.lang {
            Lang::En => ["Actor", "Driver", "#Now", "#Then", "#Least", "#Most"],
            Lang::Ko => [
                "행위자",
                "변수",
                "#지금",
                "#그때",
                "#가장 나쁘면",
                "#가장 좋으면",
            ],
        };
        let name = self.say(
            "What each may expect of what it wants: its wants (−3 to 3), weighted by probability",
            "바라는 것을 얼마나 얻을지: 바라는 세기(−3에서 3까지)를 확률로 평균한 것",
        );
        let mut table = Table::new(name, &heads);
        let mut rows = 0;
        for w in &self.power.worth {
            let mut row = |cells: [String; 6]| {
                rows += 1;
                if rows <= ROWS {
                    table.row(&cells);
                }
            };
            let strong = |text: String| format!("<strong>{text}</strong>");
            row([
                strong(escape(&self.actor(w.actor))),
                strong(escape(self.say("all together", "모두 합쳐서"))),
                strong(say::signed(w.now)),
                strong(say::signed(w.then)),
                say::signed_plain(w.range.0),
                say::signed_plain(w.range.1),
            ]);
            for d in &w.drivers {
                let (least, most) = d.range();
                row([
                    String::new(),
                    escape(self.case.driver(d.driver).name.get(self.lang)),
                    say::signed(d.now),
                    say::signed(d.then),
                    say::signed_plain(least),
                    say::signed_plain(most),
                ]);
            }
        }
        format!(
            "<h4>{}</h4>{}{}",
            escape(name),
            table.finish(),
            self.cut(rows.min(ROWS), rows)
        )
    }

    /// What each state would bring beyond what is expected, drivers' states × actors.
    fn states(self) -> String {
        let shown = &self.power.worth[..self.power.worth.len().min(ROOM)];
        let mut heads = vec![self.say("State", "상태").to_owned()];
        heads.extend(shown.iter().map(|w| format!("#{}", self.actor(w.actor))));
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let name = self.say(
            "What each state would bring beyond what is expected then, in brackets beyond what is expected now",
            "상태마다, 그때 기대되는 것보다 얼마나 더 좋거나 나쁜지(괄호 안은 지금 기대되는 것보다)",
        );
        let mut table = Table::new(name, &heads);
        let mut rows = 0;
        let mut drivers: Vec<_> = self
            .power
            .objectives
            .iter()
            .map(|o| o.state.driver)
            .collect();
        drivers.dedup();
        for driver in drivers {
            for s in 0..self.case.driver(driver).states.len() {
                rows += 1;
                if rows > ROWS {
                    continue;
                }
                let at = StateRef {
                    driver,
                    state: sinario_case::StateId(s),
                };
                let mut cells = vec![escape(&say::full(self.case, at, self.lang))];
                cells.extend(shown.iter().map(|w| {
                    let about = w.drivers.binary_search_by_key(&driver, |d| d.driver);
                    about.map_or("–".to_owned(), |d| {
                        let d = &w.drivers[d];
                        format!(
                            "{} <span class=\"mute\">({})</span>",
                            say::signed(d.beyond_then[s]),
                            say::signed(d.beyond_now[s])
                        )
                    })
                }));
                table.row(&cells);
            }
        }
        format!(
            "<h4>{}</h4>{}{}{}",
            escape(name),
            table.finish(),
            self.cut(rows.min(ROWS), rows),
            self.cut(shown.len(), self.power.worth.len())
        )
    }
}
