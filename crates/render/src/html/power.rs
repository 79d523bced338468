//! Who holds power over whom, what each wants, and what becomes of it.

mod tables;

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
        // A single pair has been told already.
        if self.power.holdup.len() > 1 {
            out.push_str(&self.pairs());
        }
        out.push_str(&details(
            self.say("Holds in numbers", "쥔 정도를 숫자로"),
            &self.influence(),
        ));
        out
    }

    fn pairs(self) -> String {
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
        details(
            self.say(
                "Who can live without whom, pair by pair",
                "누가 누구 없이 살 수 있는지 둘씩 보기",
            ),
            &format!("{list}{}", self.cut(pairs.len(), self.power.holdup.len())),
        )
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
                    "Each segment is one actor’s wish (−3 to 3) times its power; numbers are those of the actors above. A number wider than its segment is left out; the table below has it.",
                    "한 칸은 한 행위자가 바라는 세기(−3에서 3까지)에 힘을 곱한 것입니다. 번호는 위 그림의 행위자 번호와 같습니다. 칸보다 넓은 번호는 적지 않았고, 아래 표에 모두 있습니다.",
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
            let alone = b.alone();
            let alone = alone.map(|who| say::alone(self.case, self.power, who, self.lang));
            for s in (0..driver.states.len()).map(sinario_case::StateId) {
                let mut marks = Vec::new();
                if found.leading.contains(&s) {
                    let tie = found.leading.len() > 1;
                    marks.push(match tie {
                        false => self.say("by power", "힘").to_owned(),
                        true => self.say("by power, a tie", "힘, 비김").to_owned(),
                    });
                    marks.extend(alone.clone());
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
}
