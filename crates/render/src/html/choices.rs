//! What should I do: options against the futures, regret, what asking is worth, where the choice turns, plans, failures.

mod turns;

use super::parts::{Table, details, escape, figure, paragraph, pick};
use crate::amount::{amount, range};
use crate::sentences::Sentence;
use crate::sentences::choices as say;
use crate::svg;
use crate::words::{fine, percent};
use sinario_case::{Case, Lang};
use sinario_reading::Reading;
use sinario_reading::choices::{Choices, OptionFound};
use sinario_reading::numbers::Amount;
use std::fmt::Write;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let case = &*reading.case;
    let Some(found) = &reading.choices else {
        named(page, case, lang);
        return;
    };
    let of = Of { case, found, lang };
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(lang, "What should I do?", "나는 무엇을 해야 하는가?")
    );
    for sentence in say::answer(case, found, lang) {
        page.push_str(&spoken(&sentence));
    }
    let turned = found.outcome.as_ref();
    if let Some(turned) = turned.filter(|_| say::valueless(found).is_none()) {
        page.push_str(&spoken(&say::outcome(case, found, turned, lang)));
        if let Some(open) = say::left_open(case, turned, lang) {
            page.push_str(&paragraph("note", &open));
        }
    }
    page.push_str(&of.notes());
    if say::valueless(found).is_some() {
        page.push_str("</section>\n");
        return;
    }
    for part in [
        of.options(),
        of.regret(),
        of.asking(),
        of.hinges(),
        of.plans(),
        of.fails(),
        of.measures(),
        of.outcome(),
    ] {
        page.push_str(&part);
    }
    page.push_str("</section>\n");
}

/// Options that were not weighed.
fn named(page: &mut String, case: &Case, lang: Lang) {
    if case.options.is_empty() {
        return;
    }
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(lang, "What could I do?", "나는 무엇을 할 수 있는가?")
    );
    let text = format!(
        "{} {}",
        pick(
            lang,
            "The case names these options.",
            "사례에 적힌 선택지입니다."
        ),
        say::not_weighed(case, lang)
    );
    page.push_str(&paragraph("", &text));
    let items = case.options.iter();
    let items: String = items
        .map(|o| format!("<li>{}</li>", escape(o.name.get(lang))))
        .collect();
    let _ = writeln!(page, "<ul>{items}</ul>\n</section>");
}

/// A sentence as a paragraph.
fn spoken(sentence: &Sentence) -> String {
    let runs = sentence.runs.iter().map(|run| match run.strong {
        true => format!("<strong>{}</strong>", escape(&run.text)),
        false => escape(&run.text),
    });
    format!("<p>{}</p>\n", runs.collect::<String>())
}

fn list(lines: &[String]) -> String {
    let items = lines.iter().map(|t| format!("<li>{}</li>\n", escape(t)));
    match lines.is_empty() {
        true => String::new(),
        false => format!("<ul>\n{}</ul>\n", items.collect::<String>()),
    }
}

struct Of<'a> {
    case: &'a Case,
    found: &'a Choices,
    lang: Lang,
}

impl Of<'_> {
    fn say<'b>(&self, en: &'b str, ko: &'b str) -> &'b str {
        pick(self.lang, en, ko)
    }

    /// A heading with the pictures and words below it; nothing where there are none.
    fn part(&self, en: &str, ko: &str, inside: &str) -> String {
        match inside.is_empty() {
            true => String::new(),
            false => format!("<h3>{}</h3>\n{inside}", escape(self.say(en, ko))),
        }
    }

    fn numbers(&self, table: Table) -> String {
        details(
            self.say("The same in numbers", "같은 내용을 숫자로"),
            &table.finish(),
        )
    }

    fn name(&self, k: usize) -> String {
        let chip = format!(
            "<span class=\"chip {}\" aria-hidden=\"true\"></span>",
            svg::fill(k)
        );
        let name = say::name(self.case, self.found, k).get(self.lang);
        match self.found.options.len() {
            1 => escape(name),
            _ => format!("{chip}{} {}", k + 1, escape(name)),
        }
    }

    /// A caption with the unit of its numbers.
    fn in_unit(&self, en: &str, ko: &str) -> String {
        match say::unit(self.found, self.lang) {
            "" => self.say(en, ko).to_owned(),
            unit => format!("{} ({unit})", self.say(en, ko)),
        }
    }

    /// How the numbers came about, what failed and what is missing.
    fn notes(&self) -> String {
        let (case, found, lang) = (self.case, self.found, self.lang);
        let mut out = paragraph("note", &say::method(found, lang));
        for fault in say::faults(case, found, lang) {
            out.push_str(&paragraph("warning", &fault));
        }
        for note in [
            say::endless(case, found, lang),
            say::unvalued(case, found, lang),
            say::few_draws(found, lang).map(str::to_owned),
        ]
        .into_iter()
        .flatten()
        {
            out.push_str(&paragraph("note", &note));
        }
        out
    }

    /// The spread of a number, the unit left to the caption.
    fn spread(&self, of: &Amount) -> String {
        let [low, .., high] = of.quantiles;
        match low == high {
            true => amount(low, None, self.lang),
            false => range(low, high, None, self.lang),
        }
    }

    fn options(&self) -> String {
        let (case, found, lang) = (self.case, self.found, self.lang);
        if found.options.is_empty() {
            return String::new();
        }
        let caption = self.in_unit(
            "What each option may bring, over everything and in each situation",
            "선택지마다 얻을 수 있는 것, 모두 합쳐서 그리고 상황별로",
        );
        let shown = found.situations.len().min(svg::SITUATIONS);
        let how = format!(
            "{} {}",
            self.say(
                "Thin bar: nine times in ten it is in there; thick bar: half of the time; dot and number: the expected value.",
                "가는 막대는 열에 아홉, 굵은 막대는 절반이 드는 범위이고, 점과 수는 기댓값입니다.",
            ),
            say::listed(found, shown, lang)
        );
        let mut out = figure(&caption, &how, |w| {
            svg::fan(case, found, lang, w).unwrap_or_default()
        });
        let heads = match lang {
            Lang::En => [
                "Option",
                "#Expected",
                "#5–95 %",
                "#Median",
                "#Worst 5 %, mean",
                "#Best in",
                "#Greatest regret",
                "#Good enough in",
            ],
            Lang::Ko => [
                "선택지",
                "#기댓값",
                "#5–95 %",
                "#중앙값",
                "#최악 5 %의 평균",
                "#가장 나음",
                "#가장 큰 후회",
                "#두루 버팀",
            ],
        };
        let mut table = Table::new(&caption, &heads);
        for (k, o) in found.options.iter().enumerate() {
            table.row(&self.option(k, o));
        }
        let mut inside = table.finish();
        inside.push_str(&self.by_situation());
        out.push_str(&details(
            self.say("The same in numbers", "같은 내용을 숫자로"),
            &inside,
        ));
        self.part("Options against the futures", "미래에 견준 선택지", &out)
    }

    fn option(&self, k: usize, o: &OptionFound) -> [String; 8] {
        let plain = |v: f64| amount(v, None, self.lang);
        let mean = match (o.value.endless, o.value.mean.error) {
            (true, _) => "–".to_owned(),
            (false, Some(error)) => {
                let error = crate::amount::tick(error, self.lang);
                format!("{} ± {error}", plain(o.value.mean.value))
            }
            (false, None) => plain(o.value.mean.value),
        };
        [
            self.name(k),
            escape(&mean),
            escape(&self.spread(&o.value)),
            escape(&plain(o.value.quantiles[2])),
            escape(&plain(o.shortfall)),
            escape(&say::often(o.best_in)),
            escape(&plain(o.max_regret.0)),
            escape(&fine(o.robust)),
        ]
    }

    /// Expected value and spread in each listed situation.
    fn by_situation(&self) -> String {
        if self.found.situations.len() < 2 {
            return String::new();
        }
        let heads = [
            self.say("#Expected", "#기댓값"),
            self.say("#5–95 %", "#5–95 %"),
        ];
        let name = self.in_unit("In each situation", "상황별로");
        self.situations(&name, &heads, &|o, s| match o.by_situation.get(s) {
            Some(Some(a)) => {
                let mean = match a.endless {
                    true => "–".to_owned(),
                    false => escape(&amount(a.mean.value, None, self.lang)),
                };
                vec![mean, escape(&self.spread(a))]
            }
            _ => vec!["–".to_owned(), "–".to_owned()],
        })
    }

    /// A table of situations, the options below each other, so that any number of them has room.
    fn situations(
        &self,
        name: &str,
        heads: &[&str],
        cells: &dyn Fn(&OptionFound, usize) -> Vec<String>,
    ) -> String {
        let mut all = vec![
            self.say("Situation", "상황"),
            self.say("#Probability", "#확률"),
            self.say("Option", "선택지"),
        ];
        all.extend(heads);
        let mut table = Table::new(name, &all);
        for (s, of) in self.found.situations.iter().enumerate() {
            for (k, o) in self.found.options.iter().enumerate() {
                let head = |text: &str| match k {
                    0 => escape(text),
                    _ => String::new(),
                };
                let mut row = vec![
                    head(&say::states(self.case, &of.states, self.lang)),
                    head(&percent(of.probability)),
                    self.name(k),
                ];
                row.extend(cells(o, s));
                table.row(&row);
            }
        }
        table.finish()
    }

    fn regret(&self) -> String {
        let (case, found, lang) = (self.case, self.found, self.lang);
        if found.options.len() < 2 || found.situations.is_empty() {
            return String::new();
        }
        let caption = self.in_unit(
            "Regret: how far each option falls short of the best one there",
            "후회: 거기서 가장 나은 것에 얼마나 못 미치는가",
        );
        let how = format!(
            "{} {}",
            self.say(
                "The stronger the colour, the more. The last row has the greatest of all situations.",
                "색이 진할수록 큽니다. 마지막 줄은 모든 상황 가운데 가장 큰 후회입니다.",
            ),
            say::listed(found, found.situations.len().min(svg::SITUATIONS), lang)
        );
        let mut out = figure(&caption, &how, |w| {
            svg::regret(case, found, lang, w).unwrap_or_default()
        });
        let heads = [self.say("#Regret", "#후회")];
        let table = self.situations(&caption, &heads, &|o, s| {
            let regret = o.regret.get(s);
            vec![regret.map_or("–".to_owned(), |r| escape(&amount(*r, None, lang)))]
        });
        out.push_str(&details(
            self.say("The same in numbers", "같은 내용을 숫자로"),
            &table,
        ));
        self.part("If I am wrong", "내가 틀렸다면", &out)
    }

    fn asking(&self) -> String {
        let (case, found, lang) = (self.case, self.found, self.lang);
        let all = say::learnt(found);
        if svg::asking(case, found, lang, svg::WIDE).is_none() {
            return String::new();
        }
        let caption = self.say(
            "What learning each thing before choosing would be worth",
            "고르기 전에 알아내는 것마다 얼마의 값이 있는가",
        );
        let how = self.say(
            "Before what it costs, which is the mark below a bar. What would change no choice is worth nothing.",
            "비용을 빼기 전의 값이고, 막대 밑의 표시가 비용입니다. 알아도 선택이 바뀌지 않으면 값이 없습니다.",
        );
        let mut out = figure(caption, how, |w| {
            svg::asking(case, found, lang, w).unwrap_or_default()
        });
        let heads = match lang {
            Lang::En => [
                "What is learnt",
                "#Worth",
                "#Cost",
                "If it turns out so",
                "#Chance",
                "Choose",
            ],
            Lang::Ko => [
                "알아내는 것",
                "#값",
                "#비용",
                "이렇게 밝혀지면",
                "#확률",
                "고를 것",
            ],
        };
        let mut table = Table::new(caption, &heads);
        for (what, worth) in all {
            for (i, (p, best, _)) in worth.outcomes.iter().enumerate() {
                let head = |text: String| if i == 0 { text } else { String::new() };
                table.row(&[
                    head(escape(&say::worth(case, what, lang))),
                    head(escape(&say::about(found, worth.gross, lang))),
                    head(
                        worth
                            .cost
                            .map_or("–".into(), |c| escape(&say::money(found, c, lang))),
                    ),
                    escape(&say::outcome_of(case, what, i, lang)),
                    escape(&fine(*p)),
                    self.name(*best),
                ]);
            }
        }
        for text in say::policies(case, found, lang) {
            out.push_str(&paragraph("", &text));
        }
        out.push_str(&self.numbers(table));
        self.part("What asking would be worth", "물어보는 값", &out)
    }
}
