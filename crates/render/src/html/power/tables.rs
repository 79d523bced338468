//! The tables of power: who holds whom, who wants what, what it is worth.

use super::super::parts::{Table, escape};
use super::{Of, ROOM, ROWS};
use crate::sentences::power as say;
use sinario_case::{Lang, StateRef};

/// A table of the reading, and how its numbers are written.
type Shown<'a> = (&'a [Vec<f64>], fn(f64) -> String);

impl Of<'_> {
    /// A square table of actors: what is in row and column of each of these tables, side by side.
    fn square(self, name: &str, tables: &[Shown]) -> String {
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

    pub(super) fn influence(self) -> String {
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

    /// What each wants of each state, in brackets with its power; and what that moves.
    pub(super) fn wishes(self) -> String {
        let n = self.power.actors.len().min(ROOM);
        let mut heads = vec![self.say("State", "상태").to_owned()];
        heads.extend((0..n).map(|a| format!("#{}", self.actor(a))));
        heads.push(self.say("#Mobilisation", "#걸린 힘").to_owned());
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
    pub(super) fn relations(self) -> String {
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
            "엇갈림: 0이면 누구와든 온전히 한편이거나 반대편, 1이면 반은 한편이고 반은 반대편",
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

    /// Expected wants now and then, actor by actor, and driver by driver.
    pub(super) fn satisfaction(self) -> String {
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
    pub(super) fn states(self) -> String {
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
