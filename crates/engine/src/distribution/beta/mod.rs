//! The beta distribution between two ends; PERT's is one.
//!
//! The regularised incomplete beta function is its continued fraction; the factor before that is taken apart by Stirling's
//! formula, so that large α and β cost no digits (Loader 2000, Fast and accurate computation of binomial probabilities).

mod table;

use super::exponential;
use super::normal::score;
use table::Table;

/// A beta distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Beta {
    shape: Shape,
    low: f64,
    /// Above `low`.
    high: f64,
    table: Table,
}

/// A beta distribution between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shape {
    /// Above 0.
    alpha: f64,
    /// Above 0.
    beta: f64,
    /// ln of 1/B(α, β) · α^α β^β / (α + β)^(α + β).
    constant: f64,
}

/// What Stirling's formula leaves: ln Γ(z) = ln √(2π/z) + z ln z − z + this.
fn rest_of_stirling(z: f64) -> f64 {
    if z < 16.0 {
        let half_ln_2_pi = 0.918_938_533_204_672_8;
        return libm::lgamma(z) - half_ln_2_pi - (z - 0.5) * libm::log(z) + z;
    }
    let s = 1.0 / (z * z);
    (1.0 / 12.0
        - s * (1.0 / 360.0
            - s * (1.0 / 1260.0
                - s * (1.0 / 1680.0 - s * (1.0 / 1188.0 - s * (691.0 / 360_360.0))))))
        / z
}

/// ln(1 + e) − e, also where e is small.
fn log_less(e: f64) -> f64 {
    if e.abs() > 0.25 {
        return libm::log1p(e) - e;
    }
    // With s = e / (2 + e): ln(1 + e) = 2 artanh s, and e = 2s / (1 − s).
    let s = e / (2.0 + e);
    let square = s * s;
    let (mut power, mut sum, mut odd) = (s * square, 0.0, 3.0);
    while power != 0.0 && sum + power / odd != sum {
        sum += power / odd;
        power *= square;
        odd += 2.0;
    }
    2.0 * sum - s * e
}

impl Shape {
    fn new(alpha: f64, beta: f64) -> Shape {
        let (all, tau) = (alpha + beta, std::f64::consts::TAU);
        // Not the product over the sum: that may be too large.
        let root = 0.5 * (libm::log(alpha / all) + libm::log(beta) - libm::log(tau));
        let rest = rest_of_stirling(all) - rest_of_stirling(alpha) - rest_of_stirling(beta);
        Shape {
            alpha,
            beta,
            constant: root + rest,
        }
    }

    fn mirrored(self) -> Shape {
        Shape {
            alpha: self.beta,
            beta: self.alpha,
            ..self
        }
    }

    /// ln of x^α (1 − x)^β / B(α, β): the density in ln(x / (1 − x)); `rest` is 1 − x.
    fn log_weight(&self, x: f64, rest: f64) -> f64 {
        let all = self.alpha + self.beta;
        let one = (x * all - self.alpha) / self.alpha;
        let two = (rest * all - self.beta) / self.beta;
        // The first powers cancel: α·one + β·two = 0. Near 0 digits come from the difference, near −1 from the ratio.
        let part = |e: f64, ratio: f64| {
            if e.abs() < 0.5 {
                log_less(e)
            } else {
                libm::log(ratio) - e
            }
        };
        let off = self.alpha * part(one, x * (all / self.alpha))
            + self.beta * part(two, rest * (all / self.beta));
        self.constant + off
    }

    /// The continued fraction (DiDonato and Morris 1992, ACM TOMS 18:360-373, equation 9; Lentz's way), quick where
    /// x < (α + 1) / (α + β + 2); `rest` is 1 − x.
    fn fraction(&self, x: f64, rest: f64) -> f64 {
        let (a, b, tiny) = (self.alpha, self.beta, 1e-300);
        let kept = |v: f64| if v.abs() < tiny { tiny } else { v };
        // α − (α + β)·x from the smaller of its parts, which keeps digits.
        let ahead = if a <= b {
            a - (a + b) * x
        } else {
            (a + b) * rest - b
        };
        let mut c = kept(a / (a + 1.0) * (ahead + 1.0));
        let mut d = 0.0;
        let mut whole = c;
        // It takes some √max(α, β) terms.
        for n in 1..1_000_000_u32 {
            let n = f64::from(n);
            let (last, next) = (a + 2.0 * n - 1.0, a + 2.0 * n + 1.0);
            let turn = n * (b - n) * x / last;
            let over = (a + n - 1.0) / last * (a + b + n - 1.0) * x * turn;
            let under = n + turn + (a + n) / next * (ahead + 1.0 + n * (1.0 + rest));
            d = 1.0 / kept(under + over * d);
            c = kept(under + over / c);
            let change = c * d;
            whole *= change;
            if (change - 1.0).abs() < 1e-16 {
                break;
            }
        }
        1.0 / whole
    }

    /// The probabilities below and above x, and the density in ln(x / (1 − x)); `rest` is 1 − x.
    fn sides(&self, x: f64, rest: f64) -> (f64, f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0, 0.0);
        }
        if rest <= 0.0 {
            return (1.0, 0.0, 0.0);
        }
        let weight = libm::exp(self.log_weight(x, rest));
        if x < (self.alpha + 1.0) / (self.alpha + self.beta + 2.0) {
            let below = (weight * self.fraction(x, rest)).min(1.0);
            (below, 1.0 - below, weight)
        } else {
            let above = (weight * self.mirrored().fraction(rest, x)).min(1.0);
            (1.0 - above, above, weight)
        }
    }

    /// ln(x / (1 − x)) where the probability below is u ≤ 1/2.
    ///
    /// The distribution of that logarithm has a log-concave density, so that ln of the probability below is concave in it
    /// and Newton's steps cannot miss: from the second on they come from below.
    fn logit(&self, u: f64) -> f64 {
        let (a, b) = (self.alpha, self.beta);
        let all = a + b;
        let wanted = libm::log(u);
        // Far below it is x^α / (α B(α, β)), to the last digit.
        let log_inverse_b = self.constant + a * libm::log1p(b / a) + b * libm::log1p(a / b);
        let far = (wanted + libm::log(a) - log_inverse_b) / a;
        if far < -40.0 && far < -libm::log(b.max(1.0)) - 40.0 {
            return far;
        }
        let middle = libm::log(a / b);
        let mut y = if a < 1.0 {
            let x = libm::exp(far).min(a / all);
            libm::log(x / (1.0 - x))
        } else {
            middle + score(u).min(0.0) * (1.0 / a + 1.0 / b).sqrt()
        };
        for _ in 0..200 {
            let x = 1.0 / (1.0 + libm::exp(-y));
            let rest = 1.0 / (1.0 + libm::exp(y));
            let (below, _, weight) = self.sides(x, rest);
            if below <= 0.0 || weight <= 0.0 {
                // Where numbers end, from which a step leads up again.
                y = 0.5 * (y + middle);
                continue;
            }
            let missing = wanted - libm::log(below);
            y += missing * below / weight;
            if missing.abs() < 1e-9 {
                break;
            }
        }
        y
    }

    /// x and 1 − x where the probabilities below and above are u and t.
    fn inverse(&self, u: f64, t: f64) -> (f64, f64) {
        let y = if u <= t {
            self.logit(u)
        } else {
            -self.mirrored().logit(t)
        };
        let (x, rest) = (exponential::exp(y), exponential::exp(-y));
        (1.0 / (1.0 + rest), 1.0 / (1.0 + x))
    }
}

impl Beta {
    /// α and β above 0, low below high.
    pub(super) fn new(alpha: f64, beta: f64, low: f64, high: f64) -> Beta {
        Beta {
            shape: Shape::new(alpha, beta),
            low,
            high,
            table: Table::default(),
        }
    }

    fn placed(&self, x: f64, rest: f64) -> f64 {
        // From the nearer end, which keeps digits.
        let width = self.high - self.low;
        let at = if x <= rest {
            self.low + width * x
        } else {
            self.high - width * rest
        };
        at.clamp(self.low, self.high)
    }

    /// x between 0 and 1, and what is left to 1.
    fn share(&self, x: f64) -> (f64, f64) {
        let width = self.high - self.low;
        ((x - self.low) / width, (self.high - x) / width)
    }

    pub(super) fn quantile(&self, u: f64) -> f64 {
        let (x, rest) = self.shape.inverse(u, 1.0 - u);
        self.placed(x, rest)
    }

    /// Where the tail above is t.
    pub(super) fn exceeded(&self, t: f64) -> f64 {
        let (x, rest) = self.shape.inverse(1.0 - t, t);
        self.placed(x, rest)
    }

    pub(super) fn quantiles(&self, u: &[f64], x: &mut [f64]) {
        if self.tabled(u.len()) {
            return self.look_up(u, x);
        }
        for (x, &u) in x.iter_mut().zip(u) {
            *x = self.quantile(u);
        }
    }

    pub(super) fn below(&self, x: f64) -> f64 {
        let (x, rest) = self.share(x);
        self.shape.sides(x, rest).0
    }

    pub(super) fn above(&self, x: f64) -> f64 {
        let (x, rest) = self.share(x);
        self.shape.sides(x, rest).1
    }

    pub(super) fn mean(&self) -> f64 {
        let (a, b) = (self.shape.alpha, self.shape.beta);
        self.placed(a / (a + b), b / (a + b))
    }

    pub(super) fn variance(&self) -> f64 {
        let (a, b) = (self.shape.alpha, self.shape.beta);
        let (all, width) = (a + b, self.high - self.low);
        width * (a / all) * width * (b / all) / (all + 1.0)
    }
}
