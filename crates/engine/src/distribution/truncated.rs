//! A distribution cut off at either end.

use super::normal::{Lognormal, Normal, below, density};
use super::{Law, quadrature};
use crate::sample::Failure;

/// A continuous distribution between two bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Truncated {
    whole: Law,
    low: f64,
    high: f64,
    /// Whether probabilities are counted from above: where most lies below `low`, that keeps their digits.
    from_above: bool,
    /// The probability on the far side of the nearer bound, as counted.
    start: f64,
    /// The probability between the bounds, above 0.
    mass: f64,
}

impl Truncated {
    /// Of a law that is continuous and not truncated.
    pub(super) fn new(whole: Law, low: f64, high: f64) -> Result<Truncated, Failure> {
        let from_above = whole.cdf(low) > 0.5;
        let (start, end) = if from_above {
            (whole.above(high), whole.above(low))
        } else {
            (whole.cdf(low), whole.cdf(high))
        };
        let mass = end - start;
        if mass <= 0.0 {
            return Err(Failure::Empty);
        }
        Ok(Truncated {
            whole,
            low,
            high,
            from_above,
            start,
            mass,
        })
    }

    /// Cut off once more.
    pub(super) fn again(&self, low: f64, high: f64) -> Result<Law, Failure> {
        let (low, high) = (self.low.max(low), self.high.min(high));
        if low > high {
            return Err(Failure::Empty);
        }
        self.whole.clone().truncate(low, high)
    }

    pub(super) fn quantile(&self, u: f64) -> f64 {
        let x = if self.from_above {
            self.whole.exceeded(self.start + (1.0 - u) * self.mass)
        } else {
            self.whole.quantile(self.start + u * self.mass)
        };
        x.clamp(self.low, self.high)
    }

    pub(super) fn quantiles(&self, u: &[f64], x: &mut [f64]) {
        if self.from_above {
            for (x, &u) in x.iter_mut().zip(u) {
                *x = self.quantile(u);
            }
            return;
        }
        let mut within = [0.0; 256];
        for (x, u) in x.chunks_mut(256).zip(u.chunks(256)) {
            let within = &mut within[..u.len()];
            for (w, &u) in within.iter_mut().zip(u) {
                *w = self.start + u * self.mass;
            }
            self.whole.quantiles(within, x);
            for x in x {
                *x = x.clamp(self.low, self.high);
            }
        }
    }

    pub(super) fn below(&self, x: f64) -> f64 {
        if x <= self.low {
            0.0
        } else if x >= self.high {
            1.0
        } else if self.from_above {
            1.0 - self.above(x)
        } else {
            ((self.whole.cdf(x) - self.start) / self.mass).clamp(0.0, 1.0)
        }
    }

    pub(super) fn above(&self, x: f64) -> f64 {
        if x <= self.low {
            1.0
        } else if x >= self.high {
            0.0
        } else if self.from_above {
            ((self.whole.above(x) - self.start) / self.mass).clamp(0.0, 1.0)
        } else {
            1.0 - self.below(x)
        }
    }

    /// Mean and variance: of normal and lognormal ones in closed form, unless that loses more than some three digits;
    /// else from the quantile function.
    pub(super) fn moments(&self) -> (f64, f64) {
        let closed = match &self.whole {
            Law::Normal(whole) => self.normal(whole),
            Law::Lognormal(whole) => self.lognormal(whole),
            _ => None,
        };
        closed.unwrap_or_else(|| match &self.whole {
            // A line with a corner is integrated on either side of it.
            Law::Triangular(whole) => {
                quadrature::moments(|u| self.quantile(u), Some(self.below(whole.mode)))
            }
            _ => quadrature::moments(|u| self.quantile(u), None),
        })
    }

    /// Johnson, Kotz and Balakrishnan 1994, Continuous univariate distributions 1, 10.1.
    fn normal(&self, whole: &Normal) -> Option<(f64, f64)> {
        let (a, b) = (whole.standard(self.low), whole.standard(self.high));
        let weigh = |z: f64, power: f64| {
            if z.is_infinite() {
                0.0
            } else {
                density(z) * power / self.mass
            }
        };
        let shift = weigh(a, 1.0) - weigh(b, 1.0);
        let (first, second) = (weigh(a, a), weigh(b, b));
        let variance = 1.0 + (first - second) - shift * shift;
        let largest = [1.0, first.abs(), second.abs(), shift * shift];
        let kept = variance > 1e-3 * largest.into_iter().fold(0.0, f64::max);
        let moments = (
            whole.mean + whole.sd * shift,
            whole.sd * whole.sd * variance,
        );
        kept.then_some(moments)
    }

    /// The same, 14.3.
    fn lognormal(&self, whole: &Lognormal) -> Option<(f64, f64)> {
        let (a, b) = (whole.standard(self.low), whole.standard(self.high));
        let (m, s) = (whole.log.mean, whole.log.sd);
        let power = |r: f64| {
            // The probability between the bounds shifted by r·s, from the tail that is the shorter.
            let (a, b) = (a - r * s, b - r * s);
            let between = if a > 0.0 {
                below(-a) - below(-b)
            } else {
                below(b) - below(a)
            };
            libm::exp(r * m + 0.5 * r * r * s * s) * between / self.mass
        };
        let mean = power(1.0);
        let square = power(2.0);
        let variance = square - mean * mean;
        (variance > 1e-3 * square && square.is_finite()).then_some((mean, variance))
    }
}
