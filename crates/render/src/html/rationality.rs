//! Belief at every rationality, beside the one over all of them.

use super::parts::{Table, details, escape, figure, paragraph, pick, share};
use crate::sentences::own_rationality;
use crate::svg;
use crate::words::beta;
use sinario_case::Lang;
use sinario_reading::{Estimate, Mind, Reading};

/// Rationalities in the table: every fourth of the grid, with both ends.
const EVERY: usize = 4;

/// A picture and its numbers, one click below; nothing where rationality changes nothing.
pub(super) fn of_mind(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    if !mind.compared.rationality_matters() {
        return String::new();
    }
    let caption = pick(
        lang,
        "Belief if the actors’ rationality β were known",
        "행위자들의 합리성 β를 안다면 믿음은",
    );
    let how = pick(
        lang,
        "To the left people choose almost at random, so acts say little; to the right they nearly always do what suits them best. The dots at the edge are the belief over all β, which the report uses.",
        "왼쪽에서는 거의 아무렇게나 고르므로 행동이 말해 주는 것이 적고, 오른쪽에서는 거의 늘 자기에게 가장 좋은 것을 고릅니다. 오른쪽 끝의 점은 모든 β를 아우른 믿음으로, 이 보고서는 그 값을 씁니다.",
    );
    let picture = figure(caption, how, |w| {
        svg::rationality(&reading.case, mind, lang, w)
    });
    details(
        pick(
            lang,
            "If the actors were more or less rational",
            "행위자들이 더 합리적이거나 덜 합리적이라면",
        ),
        &format!("{picture}{}", table(reading, mind, lang)),
    )
}

fn table(reading: &Reading, mind: &Mind, lang: Lang) -> String {
    let case = &*reading.case;
    let mut heads = vec!["#β".to_owned()];
    let states = &case.driver(mind.driver).states;
    heads.extend(states.iter().map(|s| format!("#{}", s.name.get(lang))));
    let betas = &mind.compared.betas;
    heads.extend(betas.iter().map(|(actor, _)| {
        let name = case.actors[actor.0].name.get(lang);
        match lang {
            Lang::En => format!("#P(β) of {name}"),
            Lang::Ko => format!("#{name}의 β일 확률"),
        }
    }));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let intro = pick(
        lang,
        "Belief at each β; where the last columns stand, how probable each β is by the acts themselves (before them each has 4 %). Every fourth β is shown; the JSON has all.",
        "β마다의 믿음입니다. 마지막 열이 있으면, 행동으로 보아 그 β가 얼마나 그럴듯한지입니다(행동을 보기 전에는 모두 4 %). 네 개마다 하나씩만 보이고, 전부는 JSON에 있습니다.",
    );
    let mut table = Table::new(intro, &heads);
    let grid = mind.compared.rationality.iter().enumerate();
    for (k, (b, belief)) in grid.step_by(EVERY) {
        let mut cells = vec![beta(*b)];
        cells.extend(belief.iter().map(|e| share(*e)));
        let chances = betas.iter().filter_map(|(_, all)| all.get(k));
        cells.extend(chances.map(|(_, p)| {
            share(Estimate {
                value: *p,
                error: None,
            })
        }));
        table.row(&cells);
    }
    let strong = |text: String| format!("<strong>{text}</strong>");
    let mut last = vec![strong(escape(pick(lang, "over all", "모두")))];
    last.extend(mind.posterior.iter().map(|e| strong(share(*e))));
    last.extend(betas.iter().map(|_| String::new()));
    table.row(&last);
    let own = own_rationality(case, mind, lang).map_or_else(String::new, |t| paragraph("note", t));
    format!("{}{own}{}", paragraph("note", intro), table.finish())
}
