//! What the report says, and what its pictures look like.

use crate::page::{at_a_desk, lines, walk};
use crate::terminal::reading;
use sinario_case::Lang;
use sinario_reading::{Ask, Reading, SwayAsk};
use sinario_render::html;

/// The usual question, with so many members.
pub(crate) fn firm(members: u64) -> Ask {
    Ask {
        members,
        ..Ask::default()
    }
}

/// The examples, the flagship first.
pub(crate) fn examples() -> Vec<(&'static str, Reading)> {
    [
        (
            "altman",
            &include_bytes!("../../../../examples/altman-reads-ms/case.toml")[..],
        ),
        (
            "founder",
            include_bytes!("../../../../examples/founder-and-distributor/case.toml"),
        ),
        (
            "somewhereland",
            include_bytes!("../../../../examples/somewhereland/case.toml"),
        ),
    ]
    .into_iter()
    .map(|(name, file)| {
        let sway = Some(SwayAsk::quick());
        let ask = Ask { sway, ..firm(20) };
        (name, reading(file, ask))
    })
    .collect()
}

#[test]
fn the_words_of_the_report_in_both_languages() {
    let (_, reading) = examples().swap_remove(1);
    for (tag, lang) in [("ko", Lang::Ko), ("en", Lang::En)] {
        let text = lines(&at_a_desk(&walk(&html(&reading, lang))));
        let text = text
            .replace(&format!("Sinario {}", reading.version), "Sinario [version]")
            .replace(&reading.fingerprint, "[fingerprint]");
        insta::assert_snapshot!(format!("report_{tag}"), text);
    }
}

/// One of each kind of picture, as it is for a phone and for a desk, from the smallest case that has them all.
#[test]
fn the_pictures_as_they_are() {
    let all = html(
        &reading(include_bytes!("../data/pictures.toml"), firm(40)),
        Lang::En,
    );
    // It takes some futures to draw a map.
    let map = html(&examples().swap_remove(2).1, Lang::En);
    // It takes an act to leave something undone.
    let acts = html(&examples().swap_remove(1).1, Lang::En);
    for (kind, title) in [
        ("trajectory", "Belief over time: "),
        ("posterior", "Belief now: "),
        ("weights", "What each fact weighs for "),
        ("undone", "What was open and not done"),
        ("rationality", "Belief at each rationality: "),
        ("unfolding", "From now to the horizon: "),
        ("map", "Map of the futures that hold together<"),
        (
            "structure",
            "Influence and dependence of the drivers, in points<",
        ),
        ("tableau", "Futures that hold together<"),
        (
            "diagram",
            "What carries this future, and what pulls against it<",
        ),
        (
            "coherence",
            "The story against its author’s own judgements, in impact points<",
        ),
        (
            "telling",
            "What each signpost would tell about the minds, in bits<",
        ),
        ("intervals", "How firm each probability is<"),
        ("shares", "In how many members each future holds together<"),
        ("outcome", "Probability given to what turned out true<"),
    ] {
        let page = match kind {
            "map" => &map,
            "undone" | "rationality" => &acts,
            _ => &all,
        };
        let found: Vec<String> = page
            .split("<svg ")
            .skip(1)
            .filter_map(|s| s.split_once("</svg>"))
            .filter(|(s, _)| s.contains(&format!("<title>{title}")))
            .map(|(s, _)| format!("<svg {s}</svg>").replace("><", ">\n<"))
            .collect();
        let width = |s: &String| s.contains("width=\"720\"");
        let one = found.iter().find(|s| width(s)).or(found.first());
        insta::assert_snapshot!(
            format!("picture_{kind}"),
            one.unwrap_or_else(|| panic!("no {kind}"))
        );
        // A desk's and a phone's, but for the small cards, which serve both.
        assert_eq!(found.iter().any(width), kind != "unfolding", "{kind}");
    }
}
