//! A plan that switches, as a line that forks.

use super::numbered;
use crate::sentences::choices as say;
use crate::svg::label::{cut, wrap};
use crate::svg::{Anchor, Svg, fill};
use crate::words::day;
use sinario_case::{Case, Lang};
use sinario_reading::choices::Choices;

/// Plans drawn; sentences tell of the others.
const MOST: usize = 3;

/// For each plan: what one begins with, the signpost, and both ways from there. `None` where there is no plan.
pub(crate) fn plans(case: &Case, found: &Choices, lang: Lang, wide: f64) -> Option<String> {
    if say::plans(found).is_empty() {
        return None;
    }
    let (title, seen, unseen) = match lang {
        Lang::En => ("Plans that switch", "seen", "not seen"),
        Lang::Ko => ("갈아타는 계획", "보이면", "보이지 않으면"),
    };
    let shown = say::plans(found).iter().take(MOST);
    let desc: Vec<String> = shown
        .clone()
        .map(|p| say::plan(case, found, p, lang))
        .collect();
    let mut svg = Svg::new(wide, title, &desc.join(" "));
    let name = |k: usize, room: f64| cut(&numbered(case, found, k, lang), 13.0, room);
    let mut y = 6.0;
    for p in shown {
        let (x, branch) = (14.0, 40.0);
        let sign = &case.signposts[p.signpost];
        let mut text = sign.text.get(lang).to_owned();
        if let Some(d) = sign.by {
            text = match lang {
                Lang::En => format!("{text} (by {})", day(d, lang)),
                Lang::Ko => format!("{text} ({}까지)", day(d, lang)),
            };
        }
        let lines = wrap(&text, 13.0, wide - 44.0, 3);
        let start = y + 9.0;
        let look = start + 34.0;
        // The cast: three lines at most.
        let first = look + lines.len() as f64 * 16.25 + 16.0;
        let second = first + 28.0;
        let ways = if p.when_seen {
            [seen, unseen]
        } else {
            [unseen, seen]
        };
        svg.line((x, start), (x, look), "zero");
        svg.line((x, look), (x, second), "zero");
        svg.circle((x, start), 8.0, &format!("{} ring", fill(p.begin)));
        svg.text(
            (x + 18.0, start + 4.5),
            Anchor::Start,
            "t strong",
            &name(p.begin, wide - 40.0),
        );
        // A lozenge where one looks.
        let corners = [
            (x, look - 8.0),
            (x + 8.0, look),
            (x, look + 8.0),
            (x - 8.0, look),
        ];
        svg.area(&corners, "place");
        svg.lines((x + 18.0, look + 4.5), Anchor::Start, "t", 13.0, &lines);
        for (at, way, k, dash) in [
            (first, ways[0], p.switch_to, ""),
            (second, ways[1], p.begin, " dashed"),
        ] {
            svg.line((x, at), (branch, at), &format!("zero{dash}"));
            svg.circle((branch + 8.0, at), 8.0, &format!("{} ring", fill(k)));
            let text = format!("{way} → {}", numbered(case, found, k, lang));
            let text = cut(&text, 13.0, wide - branch - 28.0);
            svg.text((branch + 24.0, at + 4.5), Anchor::Start, "t", &text);
        }
        y = second + 30.0;
    }
    Some(svg.finish(y - 8.0))
}
