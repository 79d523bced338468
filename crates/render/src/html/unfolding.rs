//! Where does it lead: from now to the horizon, and in the long run.

use super::parts::{Table, details, escape, paragraph, pick, share, state};
use crate::svg;
use crate::words::day;
use sinario_case::{DriverId, Lang, StateId, StateRef};
use sinario_reading::{Beliefs, Reading};
use std::fmt::Write;

/// Drivers drawn; the others stand in the table.
const DRAWN: usize = 24;
/// Drivers in the table; beyond that the JSON is the place to look.
const LISTED: usize = 200;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let (case, Some(belief)) = (&*reading.case, &reading.belief) else {
        return;
    };
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(lang, "Where does it lead?", "어디로 흘러가는가?")
    );
    let rounds = belief.unfolding.len().saturating_sub(1);
    let then = case.horizon.map(|d| day(d, lang));
    page.push_str(&paragraph(
        "",
        &match (lang, rounds) {
            (Lang::En, 0) => "The case lets no time pass, so then is the same as now.".to_owned(),
            (Lang::Ko, 0) => "이 사례에서는 시간이 흐르지 않으므로 그때가 곧 지금입니다.".to_owned(),
            (Lang::En, n) => format!(
                "The drivers answer each other {n} {} between now and then{}. Each time, every driver looks at how the others stand and may change or stay; minds stay more often. Each picture shows how the shares move on the way; the column to the right is the long run, where they would settle if nothing new happened.",
                if n == 1 { "time" } else { "times" },
                then.map_or(String::new(), |d| format!(" ({d})"))
            ),
            (Lang::Ko, n) => format!(
                "지금부터 그때까지{} 변수들이 서로 {n}번 답합니다. 한 번마다 변수는 저마다 다른 변수들을 보고 바뀌거나 그대로 있으며, 속마음은 더 잘 그대로 있습니다. 그림은 그 사이에 비율이 어떻게 움직이는지 보여 주고, 오른쪽 기둥은 새로운 일이 없을 때 길게 보면 자리 잡을 모습입니다.",
                then.map_or(String::new(), |d| format!("({d})"))
            ),
        },
    ));
    settling(page, belief, lang);
    page.push_str("<div class=\"cards\">\n");
    for (d, driver) in case.drivers.iter().enumerate().take(DRAWN) {
        let _ = writeln!(
            page,
            "<figure class=\"card\"><figcaption>{}</figcaption>{}</figure>",
            escape(driver.name.get(lang)),
            svg::unfolding(case, belief, DriverId(d), lang, svg::NARROW)
        );
    }
    page.push_str("</div>\n");
    page.push_str(&details(
        pick(lang, "The same in numbers", "같은 내용을 숫자로"),
        &table(reading, belief, lang),
    ));
    page.push_str("</section>\n");
}

fn settling(page: &mut String, belief: &Beliefs, lang: Lang) {
    let s = &belief.settling;
    if !s.converged && s.rate.is_some() {
        page.push_str(&paragraph(
            "warning",
            &match lang {
                Lang::En => format!("The long run had not settled after {} rounds; what is missing is at most {:.0e} in all.", s.rounds, s.bound),
                Lang::Ko => format!("길게 본 값은 {}라운드 뒤에도 다 가라앉지 않았습니다. 남은 차이는 모두 합쳐 많아야 {:.0e}입니다.", s.rounds, s.bound),
            },
        ));
    }
    if let Some(n) = s.forgotten_after {
        page.push_str(&paragraph(
            "note",
            &match lang {
                Lang::En => format!("The past is forgotten after {n} {}: from then on it hardly matters how things stand today.", if n == 1 { "round" } else { "rounds" }),
                Lang::Ko => format!("과거는 {n}라운드 뒤에 잊힙니다. 그때부터는 오늘 어떤지가 거의 중요하지 않습니다."),
            },
        ));
    }
}

fn table(reading: &Reading, belief: &Beliefs, lang: Lang) -> String {
    let case = &*reading.case;
    let heads = match lang {
        Lang::En => [
            "Driver",
            "State",
            "#Now, before facts",
            "#Now",
            "#Then",
            "#In the long run",
        ],
        Lang::Ko => [
            "변수",
            "상태",
            "#지금, 사실 전",
            "#지금",
            "#그때",
            "#길게 보면",
        ],
    };
    let mut table = Table::new(
        pick(
            lang,
            "Now, then and in the long run",
            "지금, 그때, 그리고 길게 보면",
        ),
        &heads,
    );
    for (d, driver) in case.drivers.iter().enumerate().take(LISTED) {
        for s in 0..driver.states.len() {
            let at = StateRef {
                driver: DriverId(d),
                state: StateId(s),
            };
            let name = if s == 0 {
                escape(driver.name.get(lang))
            } else {
                String::new()
            };
            table.row(&[
                name,
                state(case, at, lang),
                share(belief.before[d][s]),
                share(belief.now[d][s]),
                share(belief.then()[d][s]),
                share(belief.settled[d][s]),
            ]);
        }
    }
    let mut html = table.finish();
    if case.drivers.len() > LISTED {
        let more = case.drivers.len() - LISTED;
        html.push_str(&paragraph(
            "note",
            &match lang {
                Lang::En => format!("{more} more drivers stand in the JSON."),
                Lang::Ko => format!("나머지 변수 {more}개는 JSON에 있습니다."),
            },
        ));
    }
    html
}
