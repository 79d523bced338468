//! The uniform and the triangular distribution.

/// Every number of an interval alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    pub(super) low: f64,
    /// Above `low`.
    pub(super) high: f64,
}

impl Uniform {
    pub(super) fn quantile(&self, u: f64) -> f64 {
        // Each step keeps the order of what goes in; only the width may be rounded up.
        (self.low + (self.high - self.low) * u).min(self.high)
    }

    pub(super) fn below(&self, x: f64) -> f64 {
        ((x - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    pub(super) fn above(&self, x: f64) -> f64 {
        ((self.high - x) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    pub(super) fn mean(&self) -> f64 {
        0.5 * self.low + 0.5 * self.high
    }

    pub(super) fn variance(&self) -> f64 {
        let width = self.high - self.low;
        width * width / 12.0
    }
}

/// A density that rises in a straight line from `low` to `mode` and falls in one to `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    pub(super) low: f64,
    /// `low` ≤ `mode` ≤ `high`.
    pub(super) mode: f64,
    /// Above `low`.
    pub(super) high: f64,
}

impl Triangular {
    /// The probability below the mode.
    pub(super) fn turn(&self) -> f64 {
        (self.mode - self.low) / (self.high - self.low)
    }

    #[inline(always)]
    fn at(&self, u: f64, t: f64, turn: f64) -> f64 {
        let width = self.high - self.low;
        let rising = self.low + (u * width * (self.mode - self.low)).sqrt();
        let falling = self.high - (t * width * (self.high - self.mode)).sqrt();
        // Rounding must not carry it over the mode.
        if u < turn {
            rising.min(self.mode)
        } else {
            falling.max(self.mode)
        }
    }

    pub(super) fn quantile(&self, u: f64) -> f64 {
        self.at(u, 1.0 - u, self.turn())
    }

    /// Where the tail above is t.
    pub(super) fn exceeded(&self, t: f64) -> f64 {
        self.at(1.0 - t, t, self.turn())
    }

    pub(super) fn quantiles(&self, u: &[f64], x: &mut [f64]) {
        let turn = self.turn();
        for (x, &u) in x.iter_mut().zip(u) {
            *x = self.at(u, 1.0 - u, turn);
        }
    }

    pub(super) fn below(&self, x: f64) -> f64 {
        let width = self.high - self.low;
        if x <= self.low {
            0.0
        } else if x < self.mode {
            (x - self.low) / width * ((x - self.low) / (self.mode - self.low))
        } else {
            1.0 - self.above(x)
        }
    }

    pub(super) fn above(&self, x: f64) -> f64 {
        let width = self.high - self.low;
        if x >= self.high {
            0.0
        } else if x >= self.mode {
            (self.high - x) / width * ((self.high - x) / (self.high - self.mode))
        } else {
            1.0 - self.below(x)
        }
    }

    pub(super) fn mean(&self) -> f64 {
        self.low + ((self.mode - self.low) + (self.high - self.low)) / 3.0
    }

    pub(super) fn variance(&self) -> f64 {
        let (mode, high) = (self.mode - self.low, self.high - self.low);
        (high * high + mode * mode - high * mode) / 18.0
    }
}
