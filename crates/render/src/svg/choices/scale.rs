//! An axis of amounts with round steps.

use crate::amount::tick;
use crate::svg::label::width;
use crate::svg::{Anchor, Svg};
use sinario_case::Lang;

/// Amounts laid out between two places.
pub(super) struct Scale {
    low: f64,
    high: f64,
    left: f64,
    right: f64,
    marks: Vec<f64>,
}

impl Scale {
    /// All that is finite among the values fits in; 0 too, unless it is far from all of them.
    pub(super) fn new(
        values: impl Iterator<Item = f64>,
        left: f64,
        right: f64,
        lang: Lang,
    ) -> Scale {
        let ends = values.filter(|v| v.is_finite());
        let (mut low, mut high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |e, v| {
            (e.0.min(v), e.1.max(v))
        });
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if low > 0.0 && low < 0.6 * high {
            low = 0.0;
        }
        if high < 0.0 && high > 0.6 * low {
            high = 0.0;
        }
        if high - low <= 1e-9 * low.abs().max(high.abs()) {
            let pad = (low.abs() * 0.1).max(1e-9);
            (low, high) = (low - pad, high + pad);
        }
        let marks = marks(low, high, right - left, lang);
        Scale {
            low,
            high,
            left,
            right,
            marks,
        }
    }

    /// Where an amount stands.
    pub(super) fn x(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.left + (self.right - self.left) * share.clamp(0.0, 1.0)
    }

    /// Lines for the marks from `top` to `bottom`.
    pub(super) fn draw_lines(&self, svg: &mut Svg, top: f64, bottom: f64) {
        for &m in &self.marks {
            let class = if m == 0.0 { "zero" } else { "grid" };
            svg.line((self.x(m), top), (self.x(m), bottom), class);
        }
    }

    /// The numbers of the marks below `bottom`.
    pub(super) fn draw_numbers(&self, svg: &mut Svg, bottom: f64, lang: Lang) {
        for &m in &self.marks {
            let at = (self.x(m), bottom + 15.0);
            svg.text(at, Anchor::Middle, "tiny mute", &tick(m, lang));
        }
    }
}

/// Round amounts with a step of 1, 2 or 5 times a power of ten, as close as their numbers have room.
fn marks(low: f64, high: f64, room: f64, lang: Lang) -> Vec<f64> {
    let first = libm::floor(libm::log10((high - low) / 20.0));
    // The cast: an exponent of a double.
    for power in first as i32..first as i32 + 4 {
        for digit in ["1", "2", "5"] {
            // By way of text, which is the nearest there is.
            let step: f64 = format!("{digit}e{power}").parse().unwrap_or(1.0);
            let from = libm::ceil(low / step - 1e-9);
            let to = libm::floor(high / step + 1e-9);
            if to - from > 24.0 {
                continue;
            }
            let mut all = Vec::new();
            let mut n = from;
            while n <= to {
                all.push(if n == 0.0 { 0.0 } else { n * step });
                n += 1.0;
            }
            let widest = all
                .iter()
                .map(|&m| width(&tick(m, lang), 11.0))
                .fold(0.0, f64::max);
            if room * step / (high - low) >= widest + 10.0 {
                return all;
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_their_numbers_have_room() {
        let all = marks(-2.1e8, 4.2e8, 200.0, Lang::Ko);
        assert_eq!(all, [-2e8, 0.0, 2e8, 4e8]);
        assert_eq!(marks(0.0, 1.0, 300.0, Lang::En)[..3], [0.0, 0.1, 0.2]);
        // Nothing but a point, and nothing at all.
        for values in [vec![5.0], vec![0.0], vec![f64::NAN], Vec::new()] {
            let of = Scale::new(values.into_iter(), 0.0, 300.0, Lang::En);
            assert!(of.x(5.0).is_finite() && !of.marks.is_empty());
        }
        let far = Scale::new([1000.0, 1001.0].into_iter(), 0.0, 300.0, Lang::En);
        assert!(far.low > 900.0);
    }
}
