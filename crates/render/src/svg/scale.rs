//! An axis of amounts with round marks.

/// Round steps between marks.
const STEPS: [f64; 4] = [1.0, 2.0, 2.5, 5.0];

/// From amounts to pixels.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    left: f64,
    right: f64,
}

impl Scale {
    /// `low` … `high` over `left` … `right` pixels; nothing wide is given some width.
    pub(crate) fn new((low, high): (f64, f64), (left, right): (f64, f64)) -> Scale {
        let (low, high) = match low.is_finite() && high.is_finite() {
            true => (low, high),
            false => (0.0, 1.0),
        };
        let pad = if high > low {
            0.0
        } else {
            low.abs().max(1.0) * 0.5
        };
        Scale {
            low: low - pad,
            high: high + pad,
            left,
            right,
        }
    }

    /// Where an amount stands; what lies outside stands at the edge.
    pub(crate) fn x(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.left + (self.right - self.left) * share
    }

    /// Round amounts for marks, at most `most` of them.
    pub(crate) fn marks(&self, most: usize) -> Vec<f64> {
        let span = self.high - self.low;
        // The casts: a handful of marks; powers of ten of a double.
        let least = span / most.max(1) as f64;
        let power = libm::floor(libm::log10(least)) as i32;
        let tens = |p: i32| -> f64 { format!("1e{p}").parse().unwrap_or(1.0) };
        let all = (power..=power + 1).flat_map(|p| STEPS.map(|s| s * tens(p)));
        let mut all = all.filter(|&s| s >= least);
        let step = all.next().unwrap_or(span);
        let first = libm::ceil(self.low / step - 1e-9);
        let count = libm::floor(self.high / step + 1e-9) - first;
        // The cast: fewer than `most`, and a mark more where rounding lets one in.
        let count = count.clamp(0.0, most as f64) as usize;
        (0..=count)
            .map(|k| (first + k as f64) * step)
            .filter(|m| *m >= self.low - step * 1e-6 && *m <= self.high + step * 1e-6)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_few_and_inside() {
        for (low, high) in [
            (0.0, 1.0),
            (-3.2e8, 9.1e8),
            (12.0, 12.0),
            (1e-7, 3e-6),
            (-5.0, -4.9),
            (0.0, 1.3e14),
        ] {
            for most in 2..8 {
                let scale = Scale::new((low, high), (0.0, 100.0));
                let marks = scale.marks(most);
                assert!(
                    !marks.is_empty() && marks.len() <= most + 1,
                    "{low} {high} {most}: {marks:?}"
                );
                for m in &marks {
                    assert!((0.0..=100.0).contains(&scale.x(*m)));
                }
                let gaps: Vec<f64> = marks.windows(2).map(|w| w[1] - w[0]).collect();
                assert!(gaps.iter().all(|g| (g - gaps[0]).abs() < 1e-6 * gaps[0]));
            }
        }
        let scale = Scale::new((0.0, 100.0), (0.0, 200.0));
        assert_eq!(scale.marks(5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(
            (scale.x(50.0), scale.x(-5.0), scale.x(300.0)),
            (100.0, 0.0, 200.0)
        );
    }

    #[test]
    fn what_is_no_number_draws_an_empty_axis() {
        let scale = Scale::new((f64::NAN, f64::INFINITY), (0.0, 1.0));
        assert!(scale.x(0.5).is_finite() && !scale.marks(4).is_empty());
    }
}
