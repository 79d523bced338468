//! The map of influence and dependence: who drives and who follows, with the way to where indirect influence puts it.

use super::label::{cut, width, wrap};
use super::{Anchor, Svg, WIDE};
use crate::sentences::structure::{hundredths, quadrant, tenths};
use sinario_case::{Kind, Lang};
use sinario_reading::{Quadrant, Reading};

/// Drivers drawn: more would not be told apart.
pub(crate) const MAPPED: usize = 40;

/// Half the width of a mark, pixels.
const MARK: f64 = 5.0;
/// Letters of a label.
const SIZE: f64 = 12.0;
/// From one line of a label to the next.
const LINE: f64 = SIZE * 1.25;

/// A box on the page: its upper left corner and its lower right one.
#[derive(Clone, Copy)]
struct Area {
    from: (f64, f64),
    to: (f64, f64),
}

impl Area {
    fn around((x, y): (f64, f64), half: f64) -> Area {
        Area {
            from: (x - half, y - half),
            to: (x + half, y + half),
        }
    }

    fn meets(self, other: Area) -> bool {
        self.from.0 < other.to.0
            && other.from.0 < self.to.0
            && self.from.1 < other.to.1
            && other.from.1 < self.to.1
    }

    fn within(self, other: Area) -> bool {
        self.from.0 >= other.from.0
            && self.to.0 <= other.to.0
            && self.from.1 >= other.from.1
            && self.to.1 <= other.to.1
    }
}

/// The map; a square plane whose axes have one scale.
pub(crate) fn structure(reading: &Reading, lang: Lang, wide: f64) -> String {
    let (case, found) = (&*reading.case, &reading.structure);
    let shown = &found.by_influence[..found.by_influence.len().min(MAPPED)];
    let (title, influence, dependence) = match lang {
        Lang::En => (
            "Influence and dependence of the drivers, in points",
            "influence (points)",
            "dependence (points)",
        ),
        Lang::Ko => ("변수의 영향력과 의존도(점수)", "영향력(점)", "의존도(점)"),
    };
    let tip = |d: usize| {
        let s = &found.directly[d];
        let name = case.drivers[d].name.get(lang);
        let (up, right) = (tenths(s.influence), tenths(s.dependence));
        match lang {
            Lang::En => format!("{name}: influence {up}, dependence {right}"),
            Lang::Ko => format!("{name}: 영향력 {up}, 의존도 {right}"),
        }
    };
    let desc: Vec<String> = shown.iter().map(|d| tip(d.0)).collect();
    let mut svg = Svg::new(wide, title, &desc.join("; "));

    let (left, right, top) = (34.0, wide - 4.0, 24.0);
    let foot = if wide < WIDE { 400.0 } else { 470.0 };
    let n = case.drivers.len();
    // The cast: a checked case has at most 4096 drivers.
    let total = found.mean * n as f64;
    // (dependence, influence), both in points; indirect ones as if their shares were of the same total.
    let direct = |d: usize| (found.directly[d].dependence, found.directly[d].influence);
    let indirect = |d: usize| {
        let s = &found.indirectly[d];
        (s.dependence_share * total, s.influence_share * total)
    };
    let both = |of: fn((f64, f64)) -> f64| {
        shown
            .iter()
            .flat_map(|d| [of(direct(d.0)), of(indirect(d.0))])
            .fold(found.mean, f64::max)
    };
    let most = (both(|p| p.0) * 1.14, both(|p| p.1) * 1.1);
    let x = |v: f64| left + (right - left) * v / most.0;
    let y = |v: f64| foot - (foot - top) * v / most.1;
    let at = |p: (f64, f64)| (x(p.0), y(p.1));

    svg.rect((left, top), (right - left, foot - top), "frame");
    axes(&mut svg, most, (left, right, top, foot), (&x, &y));
    svg.text((2.0, 13.0), Anchor::Start, "tiny mute", influence);
    svg.text((right, foot + 32.0), Anchor::End, "tiny mute", dependence);
    svg.line((x(found.mean), top), (x(found.mean), foot), "zero dashed");
    svg.line((left, y(found.mean)), (right, y(found.mean)), "zero dashed");

    let plane = Area {
        from: (left + 2.0, top + 2.0),
        to: (right - 2.0, foot - 2.0),
    };
    let mut taken = fields(&mut svg, lang, plane);
    for d in shown {
        let (from, to) = (at(direct(d.0)), at(indirect(d.0)));
        svg.line(from, to, "axis");
        svg.circle(to, 3.0, "place");
        taken.push(Area::around(to, 4.0));
        taken.push(Area::around(from, MARK + 1.0));
    }
    for d in shown {
        svg.open(&tip(d.0));
        mark(&mut svg, at(direct(d.0)), case.driver(*d).kind);
        svg.close();
    }
    // On a desk the names stand at the marks, on a phone numbers do and the names below.
    let numbered = wide < WIDE;
    let line = |from, to| Area { from, to };
    let means = [
        line((x(found.mean) - 1.0, top), (x(found.mean) + 1.0, foot)),
        line((left, y(found.mean) - 1.0), (right, y(found.mean) + 1.0)),
    ];
    for (k, d) in shown.iter().enumerate() {
        let number = (k + 1).to_string();
        let text = match numbered {
            true => number.as_str(),
            false => case.driver(*d).name.get(lang),
        };
        label(&mut svg, text, at(direct(d.0)), plane, (&means, &mut taken));
    }
    let mut below = foot + 52.0;
    if numbered {
        for (k, d) in shown.iter().enumerate() {
            let name = case.driver(*d).name.get(lang);
            let number = (k + 1).to_string();
            svg.text((24.0, below), Anchor::End, "small strong", &number);
            let name = cut(name, SIZE, wide - 34.0);
            svg.text((32.0, below), Anchor::Start, "small", &name);
            below += 18.0;
        }
        below += 8.0;
    }
    let height = key(&mut svg, reading, lang, below);
    svg.finish(height)
}

/// Round numbers along both axes.
fn axes(
    svg: &mut Svg,
    most: (f64, f64),
    (left, right, top, foot): (f64, f64, f64, f64),
    (x, y): (&dyn Fn(f64) -> f64, &dyn Fn(f64) -> f64),
) {
    for k in 0..=steps(most.0, right - left).1 {
        let v = f64::from(k) * steps(most.0, right - left).0;
        svg.line((x(v), foot), (x(v), foot + 4.0), "axis");
        let text = hundredths(v);
        svg.text((x(v), foot + 17.0), Anchor::Middle, "tiny mute", &text);
    }
    for k in 0..=steps(most.1, foot - top).1 {
        let v = f64::from(k) * steps(most.1, foot - top).0;
        svg.line((left - 4.0, y(v)), (left, y(v)), "axis");
        let text = hundredths(v);
        svg.text((left - 7.0, y(v) + 4.0), Anchor::End, "tiny mute", &text);
    }
}

/// The step from mark to mark and how many there are, some 60 pixels apart: 1, 2 or 5 times a power of ten.
fn steps(most: f64, pixels: f64) -> (f64, u32) {
    let wanted = most * 60.0 / pixels;
    let mut step = 0.01;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle().take(60) {
        if step >= wanted {
            break;
        }
        step *= factor;
    }
    // The cast: a dozen at most.
    (step, (most / step).floor() as u32)
}

/// The names of the fields in their corners, and where they stand.
fn fields(svg: &mut Svg, lang: Lang, plane: Area) -> Vec<Area> {
    let corners = [
        (Quadrant::Input, false, false),
        (Quadrant::Relay, true, false),
        (Quadrant::Autonomous, false, true),
        (Quadrant::Output, true, true),
    ];
    let mut taken = Vec::new();
    for (of, right, low) in corners {
        let text = quadrant(of, lang);
        let wide = width(text, SIZE);
        let from = (
            if right {
                plane.to.0 - wide - 6.0
            } else {
                plane.from.0 + 6.0
            },
            if low {
                plane.to.1 - 20.0
            } else {
                plane.from.1 + 4.0
            },
        );
        let (x, anchor) = match right {
            true => (plane.to.0 - 6.0, Anchor::End),
            false => (from.0, Anchor::Start),
        };
        svg.text((x, from.1 + 12.0), anchor, "small strong mute halo", text);
        taken.push(Area {
            from,
            to: (from.0 + wide, from.1 + 16.0),
        });
    }
    taken
}

/// What the world does is round, a move square, a mind a square on its corner.
fn mark(svg: &mut Svg, (x, y): (f64, f64), kind: Kind) {
    match kind {
        Kind::World => svg.circle((x, y), MARK, "bar edged"),
        Kind::Move => svg.rect(
            (x - MARK + 0.5, y - MARK + 0.5),
            (2.0 * MARK - 1.0, 2.0 * MARK - 1.0),
            "bar edged",
        ),
        Kind::Mind => {
            let r = MARK + 1.5;
            svg.area(
                &[(x, y - r), (x + r, y), (x, y + r), (x - r, y)],
                "bar edged",
            );
        }
    }
}

/// Writes a name as near to its mark as there is room that nothing else takes: on one line or two, then shortened; a mark
/// around which all is taken keeps its tip alone. At each distance, places that cross no line come first.
fn label(
    svg: &mut Svg,
    name: &str,
    (x, y): (f64, f64),
    plane: Area,
    (lines_there, taken): (&[Area], &mut Vec<Area>),
) {
    let room = (plane.to.0 - plane.from.0) * 0.34;
    // The last one is shortened where it must be.
    let texts = [
        (1, room),
        (2, room),
        (3, room * 0.75),
        (4, room * 0.7),
        (2, room * 0.8),
    ];
    for (tries, (most, room)) in texts.into_iter().enumerate() {
        let lines = wrap(name, SIZE, room, most);
        if tries + 1 < texts.len() && lines.iter().any(|l| l.ends_with('…')) && !name.ends_with('…')
        {
            continue;
        }
        let wide = lines.iter().map(|l| width(l, SIZE)).fold(0.0, f64::max);
        // The cast: four lines at most.
        let high = LINE * lines.len() as f64;
        for away in [0.0, 10.0, 22.0, 36.0] {
            let gap = MARK + 4.0 + away;
            let slant = gap * 0.75;
            let places = [
                (Anchor::Start, x + gap, y - high / 2.0),
                (Anchor::End, x - gap, y - high / 2.0),
                (Anchor::Middle, x, y - gap - high),
                (Anchor::Middle, x, y + gap),
                (Anchor::Start, x + slant, y - slant - high),
                (Anchor::Start, x + slant, y + slant),
                (Anchor::End, x - slant, y - slant - high),
                (Anchor::End, x - slant, y + slant),
            ];
            let twice = [true, false].map(|clear| places.map(|p| (clear, p)));
            for (clear, (anchor, lx, ly)) in twice.into_iter().flatten() {
                let start = match anchor {
                    Anchor::Start => lx,
                    Anchor::Middle => lx - wide / 2.0,
                    Anchor::End => lx - wide,
                };
                let area = Area {
                    from: (start, ly),
                    to: (start + wide, ly + high),
                };
                let crossed = clear && lines_there.iter().any(|t| t.meets(area));
                if crossed || !area.within(plane) || taken.iter().any(|t| t.meets(area)) {
                    continue;
                }
                if away > 0.0 {
                    let near = (lx, (ly + high / 2.0).clamp(y - gap, y + gap));
                    svg.line((x, y), near, "leader");
                }
                svg.lines((lx, ly + SIZE * 0.95), anchor, "small halo", SIZE, &lines);
                taken.push(area);
                return;
            }
        }
    }
}

/// The marks of the kinds that the case has, where it has more than one; the height of the picture.
fn key(svg: &mut Svg, reading: &Reading, lang: Lang, y: f64) -> f64 {
    let kinds = [
        (Kind::World, "world", "세상"),
        (Kind::Mind, "mind", "속마음"),
        (Kind::Move, "move", "할 수 있는 일"),
    ];
    let present: Vec<_> = kinds
        .into_iter()
        .filter(|(kind, ..)| reading.case.drivers.iter().any(|d| d.kind == *kind))
        .collect();
    if present.len() < 2 {
        return y - 12.0;
    }
    let mut x = 12.0;
    for (kind, en, ko) in present {
        let text = match lang {
            Lang::En => en,
            Lang::Ko => ko,
        };
        mark(svg, (x, y - 4.0), kind);
        svg.text((x + 12.0, y), Anchor::Start, "small", text);
        x += 12.0 + width(text, SIZE) + 26.0;
    }
    y + 8.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_marked_at_round_numbers() {
        assert_eq!(steps(6.6, 400.0), (1.0, 6));
        assert_eq!(steps(0.5, 300.0), (0.1, 5));
        let (step, marks) = steps(1e7, 300.0);
        assert!(
            (step / 2e6 - 1.0).abs() < 1e-9 && marks == 5,
            "{step} {marks}"
        );
    }

    #[test]
    fn labels_cover_neither_each_other_nor_a_mark() {
        let plane = Area {
            from: (0.0, 0.0),
            to: (600.0, 400.0),
        };
        let places: Vec<(f64, f64)> = (0..14)
            .map(|k| (250.0 + f64::from(k) * 9.0, 200.0))
            .collect();
        let mut taken: Vec<Area> = places
            .iter()
            .map(|&p| Area::around(p, MARK + 1.0))
            .collect();
        let marks = taken.len();
        let mut svg = Svg::new(600.0, "", "");
        for &p in &places {
            label(
                &mut svg,
                "A name of some length",
                p,
                plane,
                (&[], &mut taken),
            );
        }
        assert!(taken.len() > marks + 8, "{}", taken.len());
        for (at, label) in taken.iter().enumerate().skip(marks) {
            assert!(label.within(plane));
            assert!(taken[..at].iter().all(|t| !t.meets(*label)));
        }
    }
}
