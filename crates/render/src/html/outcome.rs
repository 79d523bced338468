//! How did it turn out: verdicts, and the score that the reading earned.

use super::parts::{Table, details, escape, figure, paragraph, pick, share, source};
use crate::svg;
use crate::words::{day, log_score};
use sinario_case::{How, Kind, Lang};
use sinario_reading::{Reading, VerdictFound};
use std::fmt::Write;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let case = &*reading.case;
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(lang, "How did it turn out?", "실제로는 어떻게 되었나?")
    );
    if reading.verdicts.is_empty() {
        let text = if case.verdicts.is_empty() {
            match (lang, case.horizon) {
                (Lang::En, Some(d)) => format!("No verdict is in yet. The horizon is {}; once the truth is known, write it under [verdicts] and the reading gets its score.", day(d, lang)),
                (Lang::Ko, Some(d)) => format!("아직 판정이 없습니다. 그때는 {}입니다. 진실이 드러나면 [verdicts]에 적으세요. 그러면 이 읽기의 점수가 나옵니다.", day(d, lang)),
                (Lang::En, None) => "No verdict is in yet. Once the truth is known, write it under [verdicts] and the reading gets its score.".to_owned(),
                (Lang::Ko, None) => "아직 판정이 없습니다. 진실이 드러나면 [verdicts]에 적으세요. 그러면 이 읽기의 점수가 나옵니다.".to_owned(),
            }
        } else {
            pick(
                lang,
                "Verdicts are in, but what would be if something were given or held cannot be scored against what was.",
                "판정은 있지만, 무언가를 가정하고 읽은 결과는 실제로 일어난 일과 견주어 채점할 수 없습니다.",
            )
            .to_owned()
        };
        page.push_str(&paragraph("", &text));
        page.push_str("</section>\n");
        return;
    }
    if let Some(score) = reading.score() {
        let (led, all) = (score.led, score.verdicts);
        page.push_str(&paragraph(
            "",
            &match lang {
                Lang::En => format!(
                    "In {led} of {all} verdicts the state that turned out true had been the most probable. The mean Brier score is {:.2}; knowing nothing would have scored {:.2} (0 is best, 2 worst, over all states). {} verdicts say little about how good such readings are.",
                    score.brier, score.brier_ignorant, all
                ),
                Lang::Ko => format!(
                    "판정 {all}건 가운데 {led}건에서, 사실로 드러난 상태에 가장 높은 확률을 주었습니다. 브라이어 점수의 평균은 {:.2}이고, 아무것도 모를 때는 {:.2}입니다(모든 상태에 대해 0이 가장 좋고 2가 가장 나쁨). 판정 {all}건으로는 이런 읽기가 얼마나 좋은지 말하기 어렵습니다.",
                    score.brier, score.brier_ignorant
                ),
            },
        ));
    }
    let caption = pick(
        lang,
        "The probability that this reading gave to what turned out true",
        "실제로 일어난 일에 이 읽기가 주었던 확률",
    );
    let how = pick(
        lang,
        "Right is better. The upright mark is where knowing nothing would stand. Minds are read as of now, everything else then.",
        "오른쪽일수록 좋습니다. 세로 표시는 아무것도 모를 때의 자리입니다. 속마음은 지금, 나머지는 그때의 확률입니다.",
    );
    page.push_str(&figure(caption, how, |w| {
        svg::outcome(case, &reading.verdicts, lang, w)
    }));
    page.push_str(&details(
        pick(lang, "Scores and sources", "점수와 출처"),
        &table(reading, lang),
    ));
    page.push_str("</section>\n");
}

fn table(reading: &Reading, lang: Lang) -> String {
    let case = &*reading.case;
    let heads = match lang {
        Lang::En => [
            "What turned out true",
            "Known",
            "#Probability",
            "#Brier 0–2",
            "#Knowing nothing",
            "#Log score",
            "#Ranked 0–1",
        ],
        Lang::Ko => [
            "사실로 드러난 것",
            "알게 된 경위",
            "#확률",
            "#브라이어 0~2",
            "#모를 때",
            "#로그 점수",
            "#순위 0~1",
        ],
    };
    let mut table = Table::new(pick(lang, "Scores", "점수"), &heads);
    for v in &reading.verdicts {
        let verdict = &case.verdicts[v.verdict];
        let driver = case.driver(verdict.state.driver);
        let time = match driver.kind {
            Kind::Mind => pick(lang, "now", "지금"),
            Kind::World | Kind::Move => pick(lang, "then", "그때"),
        };
        let sources: Vec<String> = verdict
            .sources
            .iter()
            .map(|s| format!("<br>{}", source(s)))
            .collect();
        let text = verdict
            .text
            .as_ref()
            .map_or(String::new(), |t| format!("<br>{}", escape(t.get(lang))));
        table.row(&[
            format!(
                "<strong>{}: {}</strong>{text}{}",
                escape(driver.name.get(lang)),
                escape(case.state(verdict.state).name.get(lang)),
                sources.concat()
            ),
            known(v, reading, lang),
            format!("{} ({time})", share(v.probability)),
            format!("{:.2}", v.brier),
            format!("{:.2}", v.brier_ignorant),
            log_score(v.log),
            v.ranked.map_or("–".into(), |r| format!("{r:.2}")),
        ]);
    }
    table.finish()
}

fn known(v: &VerdictFound, reading: &Reading, lang: Lang) -> String {
    let verdict = &reading.case.verdicts[v.verdict];
    let how = verdict.how.map(|how| match how {
        How::Said => pick(lang, "said by the person", "본인이 말함"),
        How::Told => pick(lang, "told by an insider", "내부자가 전함"),
        How::Inferred => pick(lang, "inferred from an act", "행동에서 미루어 앎"),
        How::Public => pick(lang, "public", "공개됨"),
    });
    let mut text = escape(&day(verdict.on, lang));
    if let Some(how) = how {
        let _ = write!(text, "<br><span class=\"mute\">{how}</span>");
    }
    text
}
