//! The impact diagram of one future: its drivers in a ring, an arrow for each impact that carries a state or pulls
//! against it.

use super::label::wrap;
use super::{Anchor, Svg, fill};
use crate::words::points;
use sinario_case::{Case, Lang};
use sinario_reading::{Balance, FutureFound};

/// Drivers that a ring has room for.
pub(crate) const RING: usize = 16;

/// Arrows into one driver; the weaker ones stand in the table.
const INTO: usize = 4;

/// Arrows run from the state that acts to the state that it bears on, as thick as the lead that they give or take;
/// solid for support, dashed for opposition.
pub(crate) fn diagram(case: &Case, future: &FutureFound, lang: Lang, wide: f64) -> String {
    let n = case.drivers.len();
    let (title, carries, against) = match lang {
        Lang::En => (
            "What carries this future, and what pulls against it",
            "carries",
            "pulls against",
        ),
        Lang::Ko => ("이 미래를 떠받치는 것과 거스르는 것", "떠받침", "거스름"),
    };
    let told = |b: &Balance| {
        let d = case.driver(b.driver);
        format!(
            "{} = {}: {} / {}",
            d.name.get(lang),
            d.states[b.state.0].name.get(lang),
            points(b.told),
            points(b.rival_sum)
        )
    };
    let desc: Vec<String> = future.balance.iter().map(told).collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));
    let narrow = wide < 500.0;
    let (rx, ry) = if narrow {
        (wide * 0.25, 190.0)
    } else {
        (wide * 0.285, 225.0)
    };
    let (cx, cy) = (wide / 2.0, ry + if narrow { 84.0 } else { 62.0 });
    // The casts: a ring of sixteen at most.
    let at = |d: usize| {
        let turn = core::f64::consts::TAU * (d as f64 / n as f64) - core::f64::consts::FRAC_PI_2;
        (cx + rx * libm::cos(turn), cy + ry * libm::sin(turn))
    };
    let r = if narrow { 11.0 } else { 13.0 };
    let mut arrows: Vec<(usize, usize, i64, usize)> = Vec::new();
    for b in &future.balance {
        for p in b.pulls.iter().take(INTO) {
            let from = case.impacts[p.impact].from.driver.0;
            if from != b.driver.0 {
                arrows.push((from, b.driver.0, p.lead, p.impact));
            }
        }
    }
    // The weak below the strong.
    arrows.sort_by_key(|a| (a.2.abs(), a.0, a.1));
    for &(from, to, lead, impact) in &arrows {
        let (a, b) = (at(from), at(to));
        // A curve that bends to the middle of the ring, and the two ways between a pair to different sides.
        let mid = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
        let across = (b.1 - a.1, a.0 - b.0);
        let bend = (
            mid.0 + (cx - mid.0) * 0.35 + across.0 * 0.10,
            mid.1 + (cy - mid.1) * 0.35 + across.1 * 0.10,
        );
        let start = towards(a, bend, r + 2.0);
        let end = towards(b, bend, r + 7.0);
        // The cast: leads are small whole numbers of thousandths.
        let thick = (lead.abs() as f64 / 1000.0 * 0.7).clamp(0.8, 4.5);
        let (class, word) = if lead > 0 {
            ("carry", carries)
        } else {
            ("oppose", against)
        };
        let because = case.impacts[impact]
            .because
            .as_ref()
            .map_or("", |b| b.get(lang));
        svg.open(&format!("{word} {}: {because}", points(lead)));
        svg.stroke(
            &format!(
                "M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
                start.0, start.1, bend.0, bend.1, end.0, end.1
            ),
            thick,
            class,
        );
        head(&mut svg, bend, end, thick, lead > 0);
        svg.close();
    }
    for (d, driver) in case.drivers.iter().enumerate() {
        let (x, y) = at(d);
        let state = future.states[d];
        svg.circle((x, y), r, &format!("{} ring", fill(state.0)));
        svg.text(
            (x, y + 4.5),
            Anchor::Middle,
            &format!("small on{}", state.0 % super::COLOURS),
            &(d + 1).to_string(),
        );
        let size = if narrow { 11.0 } else { 13.0 };
        let side = libm::cos(
            core::f64::consts::TAU * (d as f64 / n as f64) - core::f64::consts::FRAC_PI_2,
        );
        let (anchor, lx, room) = if side.abs() < 0.3 {
            (Anchor::Middle, x, if narrow { 140.0 } else { 210.0 })
        } else if side > 0.0 {
            (Anchor::Start, x + r + 6.0, wide - x - r - 8.0)
        } else {
            (Anchor::End, x - r - 6.0, x - r - 8.0)
        };
        let mut lines = wrap(
            driver.states[state.0].name.get(lang),
            size,
            room.max(40.0),
            if narrow { 3 } else { 2 },
        );
        let name = wrap(driver.name.get(lang), 11.0, room.max(40.0), 2);
        let line = size * 1.2;
        let height = line * (lines.len() + name.len()) as f64;
        let top = if side.abs() < 0.3 {
            if y < cy {
                y - r - height + line * 0.6
            } else {
                y + r + line
            }
        } else {
            y - height / 2.0 + line * 0.8
        };
        for (i, text) in name.iter().enumerate() {
            svg.text((lx, top + line * i as f64), anchor, "tiny mute halo", text);
        }
        let top = top + line * name.len() as f64;
        for (i, text) in lines.drain(..).enumerate() {
            svg.text(
                (lx, top + line * i as f64),
                anchor,
                if narrow {
                    "tiny strong halo"
                } else {
                    "small strong halo"
                },
                &text,
            );
        }
    }
    let y = cy + ry + if narrow { 104.0 } else { 84.0 };
    svg.stroke(&format!("M{:.1} {:.1}h34", 4.0, y - 4.0), 3.0, "carry");
    svg.text((44.0, y), Anchor::Start, "small", carries);
    svg.stroke(&format!("M{:.1} {:.1}h34", 130.0, y - 4.0), 3.0, "oppose");
    svg.text((170.0, y), Anchor::Start, "small", against);
    svg.finish(y + 8.0)
}

/// The point at `distance` from `a` on the way to `b`.
fn towards(a: (f64, f64), b: (f64, f64), distance: f64) -> (f64, f64) {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = libm::sqrt(dx * dx + dy * dy).max(1e-9);
    (a.0 + dx / length * distance, a.1 + dy / length * distance)
}

/// An arrow head at `tip`, coming from `from`.
fn head(svg: &mut Svg, from: (f64, f64), tip: (f64, f64), thick: f64, carries: bool) {
    let back = towards(tip, from, 5.0 + thick * 1.5);
    let front = towards(tip, from, -4.0);
    let (dx, dy) = (front.0 - back.0, front.1 - back.1);
    let length = libm::sqrt(dx * dx + dy * dy).max(1e-9);
    let half = 2.0 + thick;
    let (nx, ny) = (-dy / length * half, dx / length * half);
    svg.area(
        &[
            front,
            (back.0 + nx, back.1 + ny),
            (back.0 - nx, back.1 - ny),
        ],
        if carries { "for" } else { "against" },
    );
}
