//! Which futures fit together?

use super::parts::{Table, details, escape, figure, paragraph, pick, share};
use super::stories::pull;
use crate::sentences::stopped;
use crate::sentences::sway::firm;
use crate::svg;
use crate::words::{percent, points, rule};
use num_bigint::BigUint;
use sinario_case::{Case, Lang};
use sinario_reading::{Basin, Bones, FutureFound, Futures, RULES, Reading, bones};
use std::fmt::Write;

/// Futures listed; the others stand in the JSON.
const LISTED: usize = 30;
/// Lines of a proof that are written out.
const PROOF: usize = 40;

pub(super) fn section(page: &mut String, reading: &Reading, lang: Lang) {
    let (case, Some(found)) = (&*reading.case, &reading.futures) else {
        return;
    };
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>",
        pick(
            lang,
            "Which futures fit together?",
            "어떤 미래가 앞뒤가 맞는가?"
        )
    );
    count(page, reading, found, lang);
    if found.stopped.is_none() && found.count == BigUint::ZERO {
        none(page, case, found, lang);
    }
    if !found.consistent.is_empty() {
        let caption = pick(
            lang,
            "The futures that hold together, side by side",
            "앞뒤가 맞는 미래를 나란히",
        );
        let how = match (lang, found.consistent[0].then.is_some()) {
            (Lang::En, true) => {
                "A column is a future: the wider, the likelier at the horizon, but never narrower than its number; the percentage stands above it. (2) is a driver’s second state, where its name has no room."
            }
            (Lang::Ko, true) => {
                "기둥 하나가 미래 하나이고, 넓을수록 그때의 확률이 높습니다(번호가 들어갈 너비는 남깁니다). 위의 숫자가 확률입니다. 이름이 들어갈 자리가 없으면 (2)처럼 그 변수의 몇 번째 상태인지 적었습니다."
            }
            (Lang::En, false) => {
                "A column is a future. (2) is a driver’s second state, where its name has no room."
            }
            (Lang::Ko, false) => {
                "기둥 하나가 미래 하나입니다. 이름이 들어갈 자리가 없으면 (2)처럼 그 변수의 몇 번째 상태인지 적었습니다."
            }
        };
        page.push_str(&figure(caption, how, |w| {
            svg::tableau(case, &found.consistent, lang, w)
        }));
        if let Some(text) = crate::sentences::within_ranges(&found.consistent, lang) {
            page.push_str(&paragraph("", &text));
        }
        page.push_str(&details(
            pick(lang, "The same in numbers", "같은 내용을 숫자로"),
            &format!(
                "{}{}",
                table(reading, &found.consistent, lang),
                rules(case, found, lang)
            ),
        ));
    }
    if let Some(map) = &found.map {
        let caption = pick(lang, "How far apart they are", "서로 얼마나 다른가");
        let how = match lang {
            Lang::En => format!(
                "Numbered as in the table above. The farther apart two futures lie, the more drivers they differ in; the larger, the likelier at the horizon. The plane keeps {} of their variety.",
                percent(sinario_reading::Estimate {
                    value: map.kept,
                    error: None
                })
            ),
            Lang::Ko => format!(
                "번호는 위의 표와 같습니다. 멀리 있을수록 서로 다른 변수가 많고, 클수록 그때의 확률이 높습니다. 평면에 남은 것은 전체 차이의 {}입니다.",
                percent(sinario_reading::Estimate {
                    value: map.kept,
                    error: None
                })
            ),
        };
        page.push_str(&figure(caption, &how, |w| {
            svg::map(&found.consistent, map, lang, w)
        }));
    }
    if let Some(first) = found
        .consistent
        .iter()
        .chain(&found.likeliest)
        .find(|f| !f.balance.is_empty())
    {
        one_future(page, reading, first, lang);
    }
    if !found.likeliest.is_empty() {
        let intro = pick(
            lang,
            "A likely future need not hold together: something in it may still be on its way elsewhere. Inconsistency is the lead, in impact points, of what would rather be otherwise.",
            "그럴 만한 미래라고 앞뒤가 다 맞는 것은 아닙니다. 그 안의 무언가가 아직 다른 데로 가는 길일 수 있습니다. 어긋남은 달라지고 싶어 하는 힘을 영향 점수로 나타낸 것입니다.",
        );
        page.push_str(&details(
            pick(
                lang,
                "The likeliest futures at the horizon, consistent or not",
                "앞뒤가 맞든 안 맞든, 그때 가장 그럴 만한 미래들",
            ),
            &format!(
                "{}{}",
                paragraph("note", intro),
                table(reading, &found.likeliest, lang)
            ),
        ));
    }
    page.push_str("</section>\n");
}

fn count(page: &mut String, reading: &Reading, found: &Futures, lang: Lang) {
    let all = crate::words::count(&reading.size, lang);
    let n = crate::words::count(&found.count, lang);
    let limit = reading.ask.max_inconsistency;
    let k = points(limit);
    let k = k.trim_start_matches('+');
    let one = found.count == BigUint::from(1_u8);
    let unit = if k == "1" { "point" } else { "points" };
    let (least_en, least_ko) = if found.stopped.is_none() {
        ("", "")
    } else {
        ("at least ", "적어도 ")
    };
    let mut text = match (lang, limit) {
        (Lang::En, 0) => format!(
            "Of {all} possible futures, {least_en}{n} {} together: in {}, no driver would rather be elsewhere.",
            if one { "holds" } else { "hold" },
            if one { "it" } else { "these" }
        ),
        (Lang::Ko, 0) => format!(
            "가능한 미래 {all}개 가운데 {least_ko}{n}개가 앞뒤가 맞습니다. 여기서는 어떤 변수도 다른 상태로 가고 싶어 하지 않습니다."
        ),
        (Lang::En, _) => format!(
            "Of {all} possible futures, {least_en}{n} {} together or {} by at most {k} impact {unit}.",
            if one { "holds" } else { "hold" },
            if one { "misses" } else { "miss" }
        ),
        (Lang::Ko, _) => format!(
            "가능한 미래 {all}개 가운데 {least_ko}{n}개가 앞뒤가 맞거나, 어긋나도 {k}점까지입니다."
        ),
    };
    if let Some(why) = found.stopped {
        text.push(' ');
        text.push_str(&stopped(why, lang));
    }
    let listed = BigUint::from(found.consistent.len());
    let share: Vec<_> = found.consistent.iter().filter_map(|f| f.then).collect();
    if limit == 0 && found.stopped.is_none() && listed == found.count && !share.is_empty() {
        let whole = sinario_reading::Estimate {
            value: share.iter().map(|e| e.value).sum(),
            error: None,
        };
        text.push(' ');
        text.push_str(&match lang {
            Lang::En => format!("Together they carry {} of the probability at the horizon; in all the rest something would rather be elsewhere. One whole future among so many is always improbable: compare futures with each other, not with 100 %.", percent(whole)),
            Lang::Ko => format!("그때의 확률로는 모두 합쳐 {}이고, 나머지 미래에는 모두 다른 데로 가고 싶어 하는 것이 있습니다. 이렇게 많은 미래 가운데 하나의 확률은 늘 낮으므로, 100 %가 아니라 서로 견주어 보십시오.", percent(whole)),
        });
    }
    page.push_str(&paragraph("", &text));
}

fn none(page: &mut String, case: &Case, found: &Futures, lang: Lang) {
    page.push_str(&paragraph(
        "",
        pick(
            lang,
            "No future holds together: whichever way one starts, some driver is left without a state that does not lose to another. What follows happens on the move, in cycles.",
            "앞뒤가 맞는 미래가 없습니다. 어디서 시작하든 어떤 변수에는 지지 않는 상태가 하나도 남지 않습니다. 그러니 앞날은 돌고 도는 가운데 있습니다.",
        ),
    ));
    let Some(proof) = &found.proof else { return };
    let dotted = |at: &sinario_case::StateRef| {
        format!(
            "{} = {}",
            case.driver(at.driver).name.get(lang),
            case.state(*at).name.get(lang)
        )
    };
    let lines: Vec<String> = proof
        .iter()
        .take(PROOF)
        .map(|line| {
            let assumed: Vec<String> = line.assumed.iter().map(dotted).collect();
            let falls: Vec<String> = line
                .falls
                .iter()
                .map(|f| {
                    let rival = sinario_case::StateRef {
                        driver: f.state.driver,
                        state: f.rival,
                    };
                    match lang {
                        Lang::En => format!(
                            "{} loses to {} by at least {}",
                            dotted(&f.state),
                            case.state(rival).name.get(lang),
                            points(f.by)
                        ),
                        Lang::Ko => format!(
                            "{}: 맞수 {}에 적어도 {}점 뒤짐",
                            dotted(&f.state),
                            case.state(rival).name.get(lang),
                            points(f.by)
                        ),
                    }
                })
                .collect();
            let head = if assumed.is_empty() {
                pick(lang, "Without any assumption", "아무 가정 없이").to_owned()
            } else {
                match lang {
                    Lang::En => format!("Suppose {}", assumed.join(", ")),
                    Lang::Ko => format!("{}라고 하면", assumed.join(", ")),
                }
            };
            let end = match lang {
                Lang::En => format!(
                    "nothing is left for {}",
                    case.driver(line.driver).name.get(lang)
                ),
                Lang::Ko => format!(
                    "{}에 남는 상태가 없음",
                    case.driver(line.driver).name.get(lang)
                ),
            };
            format!(
                "<li>{}: {}; {}</li>",
                escape(&head),
                escape(&falls.join("; ")),
                escape(&end)
            )
        })
        .collect();
    page.push_str(&details(
        pick(lang, "The proof, step by step", "증명을 차례대로"),
        &format!("<ol>{}</ol>", lines.concat()),
    ));
}

fn one_future(page: &mut String, reading: &Reading, future: &FutureFound, lang: Lang) {
    let case = &*reading.case;
    let consistent = future.inconsistency == 0;
    let _ = writeln!(
        page,
        "<h3>{}</h3>",
        match (lang, consistent) {
            (Lang::En, true) => "The likeliest of them: what carries it",
            (Lang::Ko, true) => "그 가운데 가장 그럴 만한 미래: 무엇이 떠받치나",
            (Lang::En, false) => "The likeliest future: what carries it",
            (Lang::Ko, false) => "가장 그럴 만한 미래: 무엇이 떠받치나",
        }
    );
    let (margin, sum) = (points(future.margin.abs()), points(future.total_impact));
    let margin = margin.trim_start_matches('+');
    let mut text = match (lang, future.margin.signum()) {
        (Lang::En, 1) => format!(
            "Every driver’s state leads its best rival by at least {margin} impact points; the impacts sum to {sum}."
        ),
        (Lang::Ko, 1) => format!(
            "모든 변수에서 이 미래의 상태가 가장 강한 맞수를 적어도 {margin}점 앞서고, 영향의 합은 {sum}점입니다."
        ),
        (Lang::En, 0) => format!(
            "No driver’s state loses to a rival, though at least one only ties; the impacts sum to {sum}."
        ),
        (Lang::Ko, 0) => {
            format!("맞수에게 지는 상태는 없지만 비기는 곳이 있고, 영향의 합은 {sum}점입니다.")
        }
        (Lang::En, _) => {
            format!("Something in it would rather be elsewhere, by {margin} impact points.")
        }
        (Lang::Ko, _) => {
            format!("그 안에 다른 데로 가고 싶어 하는 것이 있습니다({margin}점).")
        }
    };
    if let Some(p) = future.then {
        text.push(' ');
        text.push_str(&match lang {
            Lang::En => format!("Its probability at the horizon is {}.", percent(p)),
            Lang::Ko => format!("그때의 확률은 {}입니다.", percent(p)),
        });
    }
    page.push_str(&paragraph("", &text));
    if case.drivers.len() <= svg::RING {
        let caption = pick(lang, "Impacts within this future", "이 미래 안의 영향");
        let how = pick(
            lang,
            "An arrow runs from what acts to what it bears on; the thicker, the greater the lead it gives or takes. Only the four strongest into each driver are drawn.",
            "화살표는 영향을 주는 쪽에서 받는 쪽으로 가고, 굵을수록 크게 밀거나 당깁니다. 변수마다 가장 센 네 개만 그렸습니다.",
        );
        page.push_str(&figure(caption, how, |w| {
            svg::diagram(case, future, lang, w)
        }));
    }
    let outline = bones(reading, &future.states);
    page.push_str(&details(
        pick(
            lang,
            "The bones of its story, in causal order",
            "이 미래의 이야기 뼈대(원인이 먼저)",
        ),
        &skeleton(case, &outline, lang),
    ));
}

fn skeleton(case: &Case, outline: &Bones, lang: Lang) -> String {
    let items: Vec<String> = outline
        .bones
        .iter()
        .map(|bone| {
            let driver = case.driver(bone.driver);
            let today = if bone.today {
                pick(lang, " (so already today)", " (오늘 이미 그렇다)")
            } else {
                ""
            };
            let pulls: Vec<String> = bone
                .carried
                .iter()
                .chain(&bone.against)
                .map(|p| pull(case, p.impact, p.lead, lang))
                .collect();
            format!(
                "<li><strong>{}: {}</strong>{today}<ul>{}</ul></li>",
                escape(driver.name.get(lang)),
                escape(driver.states[bone.state.0].name.get(lang)),
                pulls.concat()
            )
        })
        .collect();
    format!("<ol class=\"bones\">{}</ol>", items.concat())
}

fn basin(b: &Option<Basin>, lang: Lang) -> String {
    match b {
        None => "–".to_owned(),
        Some(Basin {
            count,
            sampled: None,
        }) => crate::words::count(&BigUint::from(*count), lang),
        Some(Basin {
            count,
            sampled: Some((n, low, high)),
        }) => match lang {
            Lang::En => format!(
                "{count} of {n}<br><span class=\"mute\">{:.0}–{:.0} %</span>",
                low * 100.0,
                high * 100.0
            ),
            Lang::Ko => format!(
                "{n}번 중 {count}번<br><span class=\"mute\">{:.0}~{:.0} %</span>",
                low * 100.0,
                high * 100.0
            ),
        },
    }
}

fn table(reading: &Reading, futures: &[FutureFound], lang: Lang) -> String {
    let case = &*reading.case;
    let mut heads: Vec<String> = match lang {
        Lang::En => [
            "#",
            "States",
            "#Then",
            "#Long run",
            "#Inconsistency",
            "#Margin",
            "#Total impact",
        ],
        Lang::Ko => [
            "#",
            "상태",
            "#그때",
            "#길게 보면",
            "#어긋남",
            "#여유",
            "#총영향",
        ],
    }
    .iter()
    .map(|h| (*h).to_owned())
    .collect();
    let basins = futures.iter().any(|f| f.basins.iter().any(Option::is_some));
    if basins {
        heads.extend(RULES.iter().map(|&r| format!("#{}", rule(r, lang))));
    }
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = Table::new(pick(lang, "Futures in numbers", "미래를 숫자로"), &heads);
    for (n, f) in futures.iter().enumerate().take(LISTED) {
        let told: Vec<&str> = case
            .drivers
            .iter()
            .zip(&f.states)
            .map(|(d, s)| d.states[s.0].name.get(lang))
            .collect();
        let mut cells = vec![
            (n + 1).to_string(),
            format!(
                "{}{}",
                escape(&told.join(" · ")),
                f.firmness.map_or_else(String::new, |f| format!(
                    "<br><span class=\"mute\">{}: {}</span>",
                    pick(lang, "consistent within the ranges", "범위 안에서"),
                    escape(&firm(f, lang))
                ))
            ),
            f.then.map_or("–".into(), share),
            f.settled.map_or("–".into(), share),
            points(f.inconsistency),
            points(f.margin),
            points(f.total_impact),
        ];
        if basins {
            cells.extend(f.basins.iter().map(|b| basin(b, lang)));
        }
        table.row(&cells);
    }
    let mut html = table.finish();
    html.push_str(&paragraph(
        "note",
        pick(
            lang,
            "Inconsistency: by how much the driver that fits worst would rather be elsewhere. Margin: the least lead of a state over its best rival. Total impact: the sum of what all states receive. All three in impact points. Consistent within the ranges: whether the future is consistent whatever each score is within its range, or the case’s doubt where it has none, and the least and greatest margin then.",
            "어긋남은 가장 맞지 않는 변수가 다른 상태로 가고 싶어 하는 정도, 여유는 상태가 가장 강한 맞수를 앞서는 가장 작은 차이, 총영향은 모든 상태가 받는 영향의 합입니다. 단위는 모두 영향 점수입니다. ‘범위 안에서’는 점수가 저마다 범위 안 어디에 있든(범위가 없으면 사례의 의심 폭 안에서) 앞뒤가 맞는지, 그리고 그때 여유가 얼마에서 얼마까지인지를 말합니다.",
        ),
    ));
    if basins {
        html.push_str(&paragraph(
            "note",
            pick(
                lang,
                "The last four columns count how many futures end here when drivers answer one another, under four rules of succession. The rules rank futures differently, so all four stand side by side.",
                "마지막 네 열은 변수들이 서로 답해 갈 때 몇 개의 미래가 여기서 끝나는지, 네 가지 규칙마다 센 것입니다. 규칙마다 순위가 달라서 나란히 적었습니다.",
            ),
        ));
    }
    if futures.len() > LISTED {
        let more = futures.len() - LISTED;
        html.push_str(&paragraph(
            "note",
            &match lang {
                Lang::En => format!("{more} more stand in the JSON."),
                Lang::Ko => format!("나머지 {more}개는 JSON에 있습니다."),
            },
        ));
    }
    html
}

/// Cycles and other ends of succession.
fn rules(case: &Case, found: &Futures, lang: Lang) -> String {
    let mut items = String::new();
    for r in &found.rules {
        for (states, b) in &r.cycles {
            let moving: Vec<String> = case
                .drivers
                .iter()
                .enumerate()
                .filter(|(d, _)| states.iter().any(|x| x[*d] != states[0][*d]))
                .map(|(_, driver)| escape(driver.name.get(lang)))
                .take(8)
                .collect();
            let _ = write!(
                items,
                "<li>{}</li>",
                match lang {
                    Lang::En => format!(
                        "{}: a cycle of {} futures draws in {}; what turns is {}.",
                        rule(r.rule, lang),
                        states.len(),
                        basin(&Some(*b), lang),
                        moving.join(", ")
                    ),
                    Lang::Ko => format!(
                        "{}: 미래 {}개를 도는 고리가 {}개를 끌어들입니다. 도는 것: {}.",
                        rule(r.rule, lang),
                        states.len(),
                        basin(&Some(*b), lang),
                        moving.join(", ")
                    ),
                }
            );
        }
        if r.others > 0 || r.open > 0 {
            let _ = write!(
                items,
                "<li>{}</li>",
                match lang {
                    Lang::En => format!(
                        "{}: {} other ends, {} starts not yet closed.",
                        rule(r.rule, lang),
                        r.others,
                        r.open
                    ),
                    Lang::Ko => format!(
                        "{}: 그 밖의 끝 {}개, 아직 닫히지 않은 출발 {}개.",
                        rule(r.rule, lang),
                        r.others,
                        r.open
                    ),
                }
            );
        }
    }
    if items.is_empty() {
        items
    } else {
        format!("<ul>{items}</ul>")
    }
}
