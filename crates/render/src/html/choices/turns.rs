//! Where the choice turns: break-even probabilities, plans, failures, measures, and what it came to.

use super::{Of, list, spoken};
use crate::html::parts::{Table, details, escape, figure};
use crate::sentences::choices as say;
use crate::svg;
use crate::words::fine;
use sinario_case::Lang;
use sinario_reading::choices::MEASURES;

impl Of<'_> {
    pub(super) fn hinges(&self) -> String {
        let (case, found, lang) = (self.case, self.found, self.lang);
        let told = found.break_even.iter();
        let mut lines: Vec<String> = told
            .filter_map(|b| say::break_even(case, found, b, lang))
            .collect();
        lines.extend(say::no_break_even(found, lang).map(str::to_owned));
        let mut out = String::new();
        if svg::hinges(case, found, lang, svg::WIDE).is_some() {
            out = figure(
                self.say(
                    "Which option is best, for every probability of a state",
                    "상태의 확률마다 가장 나은 선택지",
                ),
                self.say(
                    "The colour changes at a break-even probability; the mark is where the judgements of the case stand.",
                    "색이 바뀌는 곳이 손익분기 확률이고, 세로 표시가 사례의 판단이 서 있는 곳입니다.",
                ),
                |w| svg::hinges(case, found, lang, w).unwrap_or_default(),
            );
        }
        out.push_str(&match lines.len() {
            0..=3 => list(&lines),
            _ => {
                let more = self.say("The others, one by one", "나머지를 하나씩 보기");
                list(&lines[..3]) + &details(more, &list(&lines[3..]))
            }
        });
        self.part("Where the choice turns", "선택이 바뀌는 곳", &out)
    }

    pub(super) fn plans(&self) -> String {
        let (case, found, lang) = (self.case, self.found, self.lang);
        let lines = say::plans(found).iter();
        let lines: Vec<String> = lines.map(|p| say::plan(case, found, p, lang)).collect();
        if lines.is_empty() {
            return String::new();
        }
        let mut out = figure(
            self.say(
                "Begin with one, switch when a signpost shows",
                "하나로 시작하고 이정표를 보고 갈아타기",
            ),
            self.say(
                "The lozenge is where one looks.",
                "마름모가 살펴보는 때입니다.",
            ),
            |w| svg::plans(case, found, lang, w).unwrap_or_default(),
        );
        out.push_str(&list(&lines));
        self.part("Plans that switch", "갈아타는 계획", &out)
    }

    pub(super) fn fails(&self) -> String {
        let (case, found, lang) = (self.case, self.found, self.lang);
        let lines = (0..found.options.len()).filter_map(|k| say::fails(case, found, k, lang));
        let lines: Vec<String> = lines.collect();
        let mut out = list(&lines);
        if svg::fails(case, found, lang, svg::WIDE).is_some() {
            out.push_str(&figure(
                self.say("The conditions under which options fail", "선택지가 실패하는 조건"),
                self.say(
                    "What is filled lies within the conditions; how long it is means nothing, its limits are written.",
                    "칠한 쪽이 조건에 드는 범위입니다. 길이에는 뜻이 없고 한계는 글로 적었습니다.",
                ),
                |w| svg::fails(case, found, lang, w).unwrap_or_default(),
            ));
        }
        let heads = match lang {
            Lang::En => [
                "Option",
                "#Fails in",
                "Conditions",
                "#Of the failures",
                "#Fails there in",
                "#Draws there",
            ],
            Lang::Ko => [
                "선택지",
                "#실패",
                "조건",
                "#실패 가운데",
                "#거기서 실패",
                "#거기 든 몫",
            ],
        };
        let mut table = Table::new(
            self.say("Where options fail", "선택지가 실패하는 곳"),
            &heads,
        );
        let mut rows = 0;
        for (k, o) in found.options.iter().enumerate() {
            let Some(f) = o.fails.as_ref().filter(|f| !f.limits.is_empty()) else {
                continue;
            };
            rows += 1;
            let shares = [f.coverage, f.density, f.mass].map(|s| escape(&fine(s)));
            let [coverage, density, mass] = shares;
            table.row(&[
                self.name(k),
                escape(&fine(f.share)),
                escape(&say::where_failing(case, f, lang)),
                coverage,
                density,
                mass,
            ]);
        }
        if rows > 0 {
            out.push_str(&self.numbers(table));
        }
        self.part("Where each fails", "어디에서 실패하나", &out)
    }

    pub(super) fn measures(&self) -> String {
        let (case, found, lang) = (self.case, self.found, self.lang);
        let Some(sentence) = say::disagreement(case, found, lang) else {
            return String::new();
        };
        let mut out = spoken(&sentence);
        out.push_str(&figure(
            self.say("The options as eleven measures rank them", "열한 가지 척도가 매긴 선택지의 순위"),
            self.say(
                "Each row is a measure; equals stand side by side, and what is not defined is left out.",
                "한 줄이 척도 하나입니다. 비긴 것은 나란히 두고, 정해지지 않는 것은 뺐습니다.",
            ),
            |w| svg::ranks(case, found, lang, w).unwrap_or_default(),
        ));
        let mut heads = vec![
            self.say("Measure", "척도").to_owned(),
            self.say("What it looks at", "무엇을 보는가").to_owned(),
        ];
        // The picture says which number is which.
        heads.extend((0..found.options.len()).map(|k| format!("#{}", k + 1)));
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut table = Table::new(self.say("Ranks", "순위"), &heads);
        for (m, &of) in MEASURES.iter().enumerate() {
            let mut cells = vec![
                escape(say::measure(of, lang)),
                escape(say::looks_at(of, lang)),
            ];
            cells.extend(found.options.iter().map(|o| match o.ranks.get(m) {
                Some(r) if *r > 0 => r.to_string(),
                _ => "–".to_owned(),
            }));
            table.row(&cells);
        }
        out.push_str(&details(
            self.say("What each measure looks at", "척도마다 무엇을 보는가"),
            &table.finish(),
        ));
        self.part("Why rankings differ", "왜 순위가 갈리나", &out)
    }

    pub(super) fn outcome(&self) -> String {
        let (found, lang) = (self.found, self.lang);
        let Some(of) = &found.outcome else {
            return String::new();
        };
        let caption = self.say(
            "What each option would have brought, as it turned out",
            "밝혀진 대로라면 선택지마다 얻었을 것",
        );
        let heads = match lang {
            Lang::En => ["Option", "#Expected", "#5–95 %"],
            Lang::Ko => ["선택지", "#기댓값", "#5–95 %"],
        };
        let mut table = Table::new(caption, &heads);
        for k in say::brought(of) {
            table.row(&[
                self.name(k),
                escape(&say::expected(found, &of.brought[k], lang)),
                escape(&say::spread(found, &of.brought[k], lang)),
            ]);
        }
        details(caption, &table.finish())
    }
}
