//! Options as pictures. An option keeps its number and its colour in all of them.

mod asking;
mod fails;
mod fan;
mod hinges;
mod plans;
mod ranks;
mod regret;

pub(crate) use asking::asking;
pub(crate) use fails::fails;
pub(crate) use fan::fan;
pub(crate) use hinges::hinges;
pub(crate) use plans::plans;
pub(crate) use ranks::ranks;
pub(crate) use regret::regret;

use super::label::{cut, width};
use super::{Anchor, Svg, fill};
use crate::sentences::choices as say;
use crate::words::percent;
use sinario_case::{Case, Lang};
use sinario_reading::choices::Choices;

/// Situations drawn; the others stand in the tables.
pub(crate) const SITUATIONS: usize = 8;

/// Colours and what is written on them repeat after so many options.
fn on(k: usize) -> String {
    format!("on{}", k % super::COLOURS)
}

/// An option's number and name.
fn numbered(case: &Case, found: &Choices, k: usize, lang: Lang) -> String {
    let name = say::name(case, found, k).get(lang);
    match found.options.len() {
        1 => name.to_owned(),
        _ => format!("{} {name}", k + 1),
    }
}

/// A situation with its probability.
fn situation(case: &Case, found: &Choices, s: usize, lang: Lang) -> String {
    let of = &found.situations[s];
    format!(
        "{} · {}",
        percent(of.probability),
        say::states(case, &of.states, lang)
    )
}

/// Which number is which option, from `y` down; where that ends.
fn legend(svg: &mut Svg, case: &Case, found: &Choices, lang: Lang, wide: f64, y: f64) -> f64 {
    let (mut x, mut y) = (2.0, y);
    for k in 0..found.options.len() {
        let text = cut(&numbered(case, found, k, lang), 12.0, wide - 20.0);
        let long = 15.0 + width(&text, 12.0) + 16.0;
        if x > 2.0 && x + long > wide {
            x = 2.0;
            y += 19.0;
        }
        svg.rect((x, y + 1.0), (10.0, 10.0), &fill(k));
        svg.text((x + 15.0, y + 10.5), Anchor::Start, "small", &text);
        x += long;
    }
    y + 19.0
}
