//! Pictures as SVG: marks with their labels on them, in the look that faces.md describes.
//!
//! Every picture is drawn for one width in pixels; pages carry a wide and a narrow one and show the one that fits, so
//! that letters keep their size. Colours come from the page's style sheet by class (`s0` … `s7` fill with the colour of
//! a state, `l0` … `l7` draw a line in it), so that both themes and paper are served by the same marks.

mod choices;
mod coherence;
mod diagram;
mod firm;
mod label;
mod map;
mod outcome;
mod posterior;
mod power;
mod quantities;
mod rationality;
mod scale;
mod structure;
mod tableau;
mod telling;
mod tornado;
mod trajectory;
mod undone;
mod unfolding;
mod weights;

pub(crate) use choices::{SITUATIONS, asking, fails, fan, hinges, plans, ranks, regret};
pub(crate) use coherence::coherence;
pub(crate) use diagram::{RING, diagram};
pub(crate) use firm::{Held, Interval, intervals, shares};
pub(crate) use map::map;
pub(crate) use outcome::outcome;
pub(crate) use posterior::posterior;
pub(crate) use power::{holds, wants};
pub(crate) use quantities::{Row, amounts, drives, shape};
pub(crate) use rationality::rationality;
pub(crate) use structure::{MAPPED, structure};
pub(crate) use tableau::tableau;
pub(crate) use telling::telling;
pub(crate) use tornado::tornado;
pub(crate) use trajectory::trajectory;
pub(crate) use undone::undone;
pub(crate) use unfolding::unfolding;
pub(crate) use weights::weights;

use crate::html::escape;
use std::fmt::Write;

/// Width of a picture beside a desk, and of one on a phone, in pixels.
pub(crate) const WIDE: f64 = 720.0;
/// See [`WIDE`].
pub(crate) const NARROW: f64 = 344.0;
/// Width of the picture that stands beside the words of the first screen.
pub(crate) const SIDE: f64 = 520.0;

/// Colours of states before they repeat.
pub(crate) const COLOURS: usize = 6;

/// Where a label is anchored.
#[derive(Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A picture being drawn. Coordinates are pixels from the top left corner.
pub(crate) struct Svg {
    width: f64,
    body: String,
    title: String,
    desc: String,
}

impl Svg {
    /// `title` names the picture, `desc` says in words what it shows.
    pub(crate) fn new(width: f64, title: &str, desc: &str) -> Svg {
        Svg {
            width,
            body: String::new(),
            title: title.to_owned(),
            desc: desc.to_owned(),
        }
    }

    pub(crate) fn rect(&mut self, (x, y): (f64, f64), (w, h): (f64, f64), class: &str) {
        let _ = write!(
            self.body,
            r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="{:.1}" height="{:.1}"/>"#,
            w.max(0.0),
            h.max(0.0)
        );
    }

    pub(crate) fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), class: &str) {
        let _ = write!(
            self.body,
            r#"<line class="{class}" x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}"/>"#
        );
    }

    pub(crate) fn circle(&mut self, (cx, cy): (f64, f64), r: f64, class: &str) {
        let _ = write!(
            self.body,
            r#"<circle class="{class}" cx="{cx:.1}" cy="{cy:.1}" r="{r:.1}"/>"#
        );
    }

    /// A path through points, in straight lines.
    pub(crate) fn polyline(&mut self, points: &[(f64, f64)], class: &str) {
        let _ = write!(
            self.body,
            r#"<path class="{class}" d="{}"/>"#,
            through(points)
        );
    }

    /// The area that the points enclose.
    pub(crate) fn area(&mut self, points: &[(f64, f64)], class: &str) {
        let _ = write!(
            self.body,
            r#"<path class="{class}" d="{}Z"/>"#,
            through(points)
        );
    }

    /// Any path, with a stroke of its own width.
    pub(crate) fn stroke(&mut self, d: &str, width: f64, class: &str) {
        let _ = write!(
            self.body,
            r#"<path class="{class}" d="{d}" stroke-width="{width:.1}"/>"#
        );
    }

    /// One line of text on its baseline.
    pub(crate) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(
            self.body,
            r#"<text class="{class}" x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{}</text>"#,
            escape(text)
        );
    }

    /// Lines of text below each other, the first on the baseline `y`.
    pub(crate) fn lines(
        &mut self,
        (x, y): (f64, f64),
        anchor: Anchor,
        class: &str,
        size: f64,
        lines: &[String],
    ) {
        // The cast: a label has a few lines.
        for (i, line) in lines.iter().enumerate() {
            self.text((x, y + i as f64 * size * 1.25), anchor, class, line);
        }
    }

    /// Starts a group whose marks share a tip (a `<title>` of their own).
    pub(crate) fn open(&mut self, tip: &str) {
        let _ = write!(self.body, "<g><title>{}</title>", escape(tip));
    }

    /// Ends the group.
    pub(crate) fn close(&mut self) {
        self.body.push_str("</g>");
    }

    /// The finished picture, cut off at `height`.
    pub(crate) fn finish(self, height: f64) -> String {
        format!(
            r#"<svg class="picture" role="img" viewBox="0 0 {:.0} {:.0}" width="{:.0}" height="{:.0}"><title>{}</title><desc>{}</desc>{}</svg>"#,
            self.width,
            height,
            self.width,
            height,
            escape(&self.title),
            escape(&self.desc),
            self.body
        )
    }
}

fn through(points: &[(f64, f64)]) -> String {
    let mut d = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        let _ = write!(d, "{}{x:.1} {y:.1}", if i == 0 { "M" } else { "L" });
    }
    d
}

/// The class that fills with a state's colour.
pub(crate) fn fill(state: usize) -> String {
    format!("s{}", state % COLOURS)
}

/// The class that draws a line in a state's colour; states also differ by their dashes, never by colour alone.
pub(crate) fn stroke(state: usize) -> String {
    format!("l{}", state % COLOURS)
}
