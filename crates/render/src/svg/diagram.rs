//! The impact diagram of one future: its drivers in a ring, an arrow for each impact that carries a state or pulls
//! against it.

use super::label::{stack, wrap};
use super::{Anchor, Svg, fill};
use crate::words::points;
use sinario_case::{Case, Lang};
use sinario_reading::{Balance, FutureFound};

/// Drivers that a ring has room for.
pub(crate) const RING: usize = 16;

/// Room for the words above and below the ring, as a share of the picture.
const MIDDLE: f64 = 0.7;

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
    let r = if narrow { 11.0 } else { 13.0 };
    let size = if narrow { 11.0 } else { 13.0 };
    let line = size * 1.25;
    // Above the ring there is room for the words of the first driver, below it for those at the other end.
    let ends = |d: usize| {
        // The cast: a few lines.
        words(case, future, lang, d, wide * MIDDLE, size, (2, 2)).count() as f64 * line + r + 4.0
    };
    let (cx, cy) = (wide / 2.0, ry + ends(0) + 4.0);
    let below = if n.is_multiple_of(2) {
        ends(n / 2)
    } else {
        34.0
    };
    let foot = cy + ry + below + 30.0;
    // The casts: a ring of sixteen at most.
    let at = |d: usize| {
        let turn = core::f64::consts::TAU * (d as f64 / n as f64) - core::f64::consts::FRAC_PI_2;
        (cx + rx * libm::cos(turn), cy + ry * libm::sin(turn))
    };
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
    for d in 0..n {
        let (x, y) = at(d);
        let state = future.states[d];
        svg.circle((x, y), r, &format!("{} ring", fill(state.0)));
        svg.text(
            (x, y + 4.5),
            Anchor::Middle,
            &format!("small on{}", state.0 % super::COLOURS),
            &(d + 1).to_string(),
        );
    }
    for label in labels(
        case,
        future,
        lang,
        &Ring {
            n,
            wide,
            narrow,
            cx,
            cy,
            r,
            line,
            size,
            foot,
        },
        &at,
    ) {
        let mut y = label.top + size * 0.9;
        for (lines, class) in [
            (&label.words.name, "tiny mute halo"),
            (
                &label.words.state,
                if narrow {
                    "tiny strong halo"
                } else {
                    "small strong halo"
                },
            ),
        ] {
            for text in lines {
                svg.text((label.x, y), label.anchor, class, text);
                y += line;
            }
        }
    }
    let y = foot;
    svg.stroke(&format!("M{:.1} {:.1}h34", 4.0, y - 4.0), 3.0, "carry");
    svg.text((44.0, y), Anchor::Start, "small", carries);
    svg.stroke(&format!("M{:.1} {:.1}h34", 130.0, y - 4.0), 3.0, "oppose");
    svg.text((170.0, y), Anchor::Start, "small", against);
    svg.finish(y + 8.0)
}

/// The measures that labels need.
struct Ring {
    n: usize,
    wide: f64,
    narrow: bool,
    cx: f64,
    cy: f64,
    /// Radius of a driver's circle.
    r: f64,
    /// From one line of a label to the next.
    line: f64,
    /// Size of a state's letters.
    size: f64,
    /// Baseline of the key below the ring.
    foot: f64,
}

/// The words of one driver: its name, and below it the state that it has.
struct Label {
    x: f64,
    top: f64,
    anchor: Anchor,
    words: Words,
}

/// The lines of a label.
struct Words {
    name: Vec<String>,
    state: Vec<String>,
}

impl Words {
    fn count(&self) -> usize {
        self.name.len() + self.state.len()
    }
}

/// The name of a driver and the state that it has, broken to at most so many lines each.
fn words(
    case: &Case,
    future: &FutureFound,
    lang: Lang,
    d: usize,
    room: f64,
    size: f64,
    most: (usize, usize),
) -> Words {
    let driver = &case.drivers[d];
    let state = driver.states[future.states[d].0].name.get(lang);
    Words {
        name: wrap(driver.name.get(lang), 11.0, room, most.0),
        state: wrap(state, size, room, most.1),
    }
}

/// Where a label stands: above the ring, below it, or beside it.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Above,
    Below,
    Left,
    Right,
}

/// The labels of all drivers, clear of each other: beside their circles, but above or below for the ones at the very top and
/// bottom. Where a side has many, each gets fewer lines.
fn labels(
    case: &Case,
    future: &FutureFound,
    lang: Lang,
    ring: &Ring,
    at: &dyn Fn(usize) -> (f64, f64),
) -> Vec<Label> {
    let side = |d: usize| {
        let (x, y) = at(d);
        match x - ring.cx {
            off if off.abs() < 1.0 && y < ring.cy => Side::Above,
            off if off.abs() < 1.0 => Side::Below,
            off if off < 0.0 => Side::Left,
            _ => Side::Right,
        }
    };
    let written = |d: usize, most: (usize, usize)| {
        let (x, _) = at(d);
        let room = match side(d) {
            Side::Above | Side::Below => ring.wide * MIDDLE,
            Side::Left => x - ring.r - 8.0,
            Side::Right => ring.wide - x - ring.r - 8.0,
        };
        words(case, future, lang, d, room, ring.size, most)
    };
    // The cast: a handful of lines.
    let height = |w: &Words| w.count() as f64 * ring.line;
    let mut all = Vec::new();
    let mut bounds = (2.0, ring.foot - 24.0);
    for d in 0..ring.n {
        let (of, (x, y)) = (side(d), at(d));
        let words = written(d, (2, 2));
        let tall = height(&words);
        let top = match of {
            Side::Above => y - ring.r - 4.0 - tall,
            Side::Below => y + ring.r + 4.0,
            _ => continue,
        };
        // The neighbours begin below the top one and end above the bottom one.
        match of {
            Side::Above => bounds.0 = top + tall + 2.0,
            _ => bounds.1 = top - 2.0,
        }
        all.push(Label {
            x,
            top,
            anchor: Anchor::Middle,
            words,
        });
    }
    for (of, anchor, away) in [
        (Side::Left, Anchor::End, -ring.r - 6.0),
        (Side::Right, Anchor::Start, ring.r + 6.0),
    ] {
        let drivers: Vec<usize> = (0..ring.n).filter(|&d| side(d) == of).collect();
        let all_with = |most| {
            drivers
                .iter()
                .map(|&d| written(d, most))
                .collect::<Vec<_>>()
        };
        let gap = 3.0;
        let fits =
            |all: &[Words]| all.iter().map(|w| height(w) + gap).sum::<f64>() <= bounds.1 - bounds.0;
        let most = if ring.narrow { 3 } else { 2 };
        let texts = [(2, most), (2, 2), (1, 2)]
            .into_iter()
            .map(all_with)
            .find(|w| fits(w))
            .unwrap_or_else(|| all_with((1, 1)));
        let heights: Vec<f64> = texts.iter().map(height).collect();
        let wanted: Vec<f64> = drivers
            .iter()
            .zip(&heights)
            .map(|(&d, h)| at(d).1 - h / 2.0)
            .collect();
        let tops = stack(&wanted, &heights, gap, bounds.0, bounds.1);
        for ((&d, words), top) in drivers.iter().zip(texts).zip(tops) {
            all.push(Label {
                x: at(d).0 + away,
                top,
                anchor,
                words,
            });
        }
    }
    all
}

/// The point at `distance` from `a` on the way to `b`.
pub(super) fn towards(a: (f64, f64), b: (f64, f64), distance: f64) -> (f64, f64) {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = libm::sqrt(dx * dx + dy * dy).max(1e-9);
    (a.0 + dx / length * distance, a.1 + dy / length * distance)
}

/// An arrow head at `tip`, coming from `from`.
pub(super) fn head(svg: &mut Svg, from: (f64, f64), tip: (f64, f64), thick: f64, carries: bool) {
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
