//! Distributions of quantities: quantiles, probabilities, mean and variance (model.md 6).
//!
//! A draw is the quantile of a uniform number, so that how those numbers are laid ([`crate::draw`]) is all there is to
//! sampling. Only arithmetic and `libm`: the same bits on every machine.

mod beta;
mod exponential;
mod interval;
mod mixture;
pub mod normal;
mod quadrature;
mod truncated;
mod values;

pub use beta::Beta;
pub use interval::{Triangular, Uniform};
pub use mixture::Mixture;
pub use normal::{Lognormal, Normal};
pub use truncated::Truncated;

use crate::sample::Failure;

/// The 95 % quantile of the standard normal distribution: either end of `a to b` lies so many standard deviations from
/// the middle.
pub const TO: f64 = 1.644_853_626_951_472_7;

/// A distribution with checked parameters; made by its functions.
///
/// A distribution without spread (a standard deviation of 0, low = high) is [`Law::Exactly`].
///
/// ```
/// use sinario_engine::distribution::Law;
/// let law = Law::to(5.0, 10.0).unwrap();
/// assert!((law.quantile(0.5) - 50_f64.sqrt()).abs() < 1e-14);
/// assert!((law.quantile(0.05) - 5.0).abs() < 1e-14 && (law.quantile(0.95) - 10.0).abs() < 1e-13);
/// assert!((law.mean() - 7.229783732289855).abs() < 1e-14);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// A number.
    Exactly(f64),
    /// 1 with this chance, else 0.
    Bernoulli(f64),
    /// See [`Law::normal`].
    Normal(Normal),
    /// See [`Law::lognormal`].
    Lognormal(Lognormal),
    /// See [`Law::uniform`].
    Uniform(Uniform),
    /// See [`Law::triangular`].
    Triangular(Triangular),
    /// See [`Law::beta`] and [`Law::pert`].
    Beta(Beta),
    /// See [`Law::truncate`].
    Truncated(Box<Truncated>),
    /// See [`Law::mixture`].
    Mixture(Box<Mixture>),
}

fn finite(numbers: &[f64]) -> Result<(), Failure> {
    if numbers.iter().all(|x| x.is_finite()) {
        Ok(())
    } else {
        Err(Failure::Parameter)
    }
}

/// Low below high; or `None` where they are equal.
fn interval(low: f64, high: f64) -> Result<Option<()>, Failure> {
    // The width counts too: it must not be too large.
    finite(&[low, high, high - low])?;
    if low > high {
        return Err(Failure::Parameter);
    }
    Ok((low < high).then_some(()))
}

impl Law {
    /// A number.
    ///
    /// # Errors
    /// [`Failure::Parameter`] where it is not finite.
    pub fn exactly(x: f64) -> Result<Law, Failure> {
        finite(&[x])?;
        Ok(Law::Exactly(x))
    }

    /// 1 with the chance p, else 0.
    ///
    /// # Errors
    /// [`Failure::Parameter`] where p is not between 0 and 1.
    pub fn bernoulli(p: f64) -> Result<Law, Failure> {
        if !(0.0..=1.0).contains(&p) {
            return Err(Failure::Parameter);
        }
        Ok(Law::Bernoulli(p))
    }

    /// The normal distribution.
    ///
    /// # Errors
    /// [`Failure::Parameter`] where a parameter is not finite or sd < 0.
    pub fn normal(mean: f64, sd: f64) -> Result<Law, Failure> {
        finite(&[mean, sd])?;
        if sd < 0.0 {
            Err(Failure::Parameter)
        } else if sd == 0.0 {
            Ok(Law::Exactly(mean))
        } else {
            Ok(Law::Normal(Normal { mean, sd }))
        }
    }

    /// The distribution whose natural logarithm is normal with mean mu and standard deviation sigma.
    ///
    /// # Errors
    /// [`Failure::Parameter`] where a parameter is not finite or sigma < 0; [`Failure::TooLarge`] where sigma is 0 and
    /// e to the power of mu too large.
    pub fn lognormal(mu: f64, sigma: f64) -> Result<Law, Failure> {
        match Law::normal(mu, sigma)? {
            Law::Normal(log) => Ok(Law::Lognormal(Lognormal { log })),
            _ => {
                let x = exponential::exp(mu);
                x.is_finite()
                    .then_some(Law::Exactly(x))
                    .ok_or(Failure::TooLarge)
            }
        }
    }

    /// All of an interval alike.
    ///
    /// # Errors
    /// [`Failure::Parameter`] where an end is not finite or low > high.
    pub fn uniform(low: f64, high: f64) -> Result<Law, Failure> {
        Ok(match interval(low, high)? {
            Some(()) => Law::Uniform(Uniform { low, high }),
            None => Law::Exactly(low),
        })
    }

    /// A density that rises in a straight line to the mode and falls in one from it.
    ///
    /// # Errors
    /// [`Failure::Parameter`] where a number is not finite or not low ≤ mode ≤ high.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Law, Failure> {
        let wide = interval(low, high)?;
        if !(low..=high).contains(&mode) {
            return Err(Failure::Parameter);
        }
        Ok(match wide {
            Some(()) => Law::Triangular(Triangular { low, mode, high }),
            None => Law::Exactly(low),
        })
    }

    /// The beta distribution between 0 and 1.
    ///
    /// # Errors
    /// [`Failure::Parameter`] where α or β is not finite and above 0, or their sum too large.
    pub fn beta(alpha: f64, beta: f64) -> Result<Law, Failure> {
        Law::beta_between(alpha, beta, 0.0, 1.0)
    }

    /// The beta distribution between two ends.
    ///
    /// # Errors
    /// As [`Law::beta`], and where an end is not finite or low > high.
    pub fn beta_between(alpha: f64, beta: f64, low: f64, high: f64) -> Result<Law, Failure> {
        finite(&[alpha, beta, alpha + beta])?;
        if alpha <= 0.0 || beta <= 0.0 {
            return Err(Failure::Parameter);
        }
        Ok(match interval(low, high)? {
            Some(()) => Law::Beta(Beta::new(alpha, beta, low, high)),
            None => Law::Exactly(low),
        })
    }

    /// A beta distribution with the weight 4 on the mode: its mean is (low + 4·mode + high) / 6 (Malcolm, Roseboom, Clark
    /// and Fazar 1959).
    ///
    /// # Errors
    /// As [`Law::triangular`].
    pub fn pert(low: f64, mode: f64, high: f64) -> Result<Law, Failure> {
        let wide = interval(low, high)?;
        if !(low..=high).contains(&mode) {
            return Err(Failure::Parameter);
        }
        if wide.is_none() {
            return Ok(Law::Exactly(low));
        }
        let (under, over) = ((mode - low) / (high - low), (high - mode) / (high - low));
        Law::beta_between(1.0 + 4.0 * under, 1.0 + 4.0 * over, low, high)
    }

    /// The distribution whose 5 % and 95 % quantiles these are: lognormal where both are positive, else normal.
    ///
    /// # Errors
    /// [`Failure::Parameter`] where an end is not finite or low > high.
    pub fn to(low: f64, high: f64) -> Result<Law, Failure> {
        if interval(low, high)?.is_none() {
            return Ok(Law::Exactly(low));
        }
        if low > 0.0 {
            let (low, high) = (libm::log(low), libm::log(high));
            return Law::lognormal(0.5 * (low + high), (high - low) / (2.0 * TO));
        }
        Law::normal(0.5 * low + 0.5 * high, (high - low) / (2.0 * TO))
    }

    /// This distribution, given that it lies between low and high (either may be infinite).
    ///
    /// Of a mixture every part is truncated, and weighs by what is left of it.
    ///
    /// # Errors
    /// [`Failure::Parameter`] where a bound is not a number or low > high; [`Failure::Empty`] where the probability of
    /// lying there is 0, or too small for a number.
    pub fn truncate(self, low: f64, high: f64) -> Result<Law, Failure> {
        if low.is_nan() || high.is_nan() || low > high {
            return Err(Failure::Parameter);
        }
        let inside = |x: f64| (low..=high).contains(&x);
        match self {
            Law::Exactly(x) => inside(x).then_some(Law::Exactly(x)).ok_or(Failure::Empty),
            Law::Bernoulli(p) => match (inside(0.0) && p < 1.0, inside(1.0) && p > 0.0) {
                (true, true) => Ok(Law::Bernoulli(p)),
                (true, false) => Ok(Law::Exactly(0.0)),
                (false, true) => Ok(Law::Exactly(1.0)),
                (false, false) => Err(Failure::Empty),
            },
            Law::Uniform(Uniform { low: a, high: b }) => {
                let (low, high) = (a.max(low), b.min(high));
                if low < high {
                    Ok(Law::Uniform(Uniform { low, high }))
                } else {
                    Err(Failure::Empty)
                }
            }
            Law::Truncated(inner) => inner.again(low, high),
            Law::Mixture(inner) => {
                let mut parts = Vec::new();
                for part in inner.parts {
                    let mass = part.law.mass(low, high);
                    match part.law.truncate(low, high) {
                        Ok(law) => parts.push((law, part.chance * mass)),
                        Err(Failure::Empty) => {}
                        Err(other) => return Err(other),
                    }
                }
                match Mixture::of(parts) {
                    // No part is left: nothing else can be wrong with these weights.
                    Err(_) => Err(Failure::Empty),
                    found => found,
                }
            }
            whole => Ok(Law::Truncated(Box::new(Truncated::new(whole, low, high)?))),
        }
    }

    /// One of several, with these weights (0 or more, not all 0; they need not sum to 1).
    ///
    /// A draw of it takes two uniform numbers, see [`Law::quantile2`].
    ///
    /// # Errors
    /// [`Failure::Parameter`] where a weight is below 0 or all are 0.
    pub fn mixture(parts: Vec<(Law, f64)>) -> Result<Law, Failure> {
        Mixture::of(parts)
    }

    /// Whether a draw takes a second uniform number: of mixtures only.
    pub fn picks(&self) -> bool {
        matches!(self, Law::Mixture(_))
    }

    /// Whether it takes only a countable set of values: numbers, `bernoulli` and mixtures of these.
    pub fn discrete(&self) -> bool {
        match self {
            Law::Exactly(_) | Law::Bernoulli(_) => true,
            Law::Mixture(m) => m.parts.iter().all(|p| p.law.discrete()),
            _ => false,
        }
    }

    /// The probability of lying between two bounds, both included.
    fn mass(&self, low: f64, high: f64) -> f64 {
        match self {
            Law::Exactly(x) => f64::from(u8::from((low..=high).contains(x))),
            Law::Bernoulli(p) => {
                let at = |x: f64, p: f64| if (low..=high).contains(&x) { p } else { 0.0 };
                at(0.0, 1.0 - p) + at(1.0, *p)
            }
            law => {
                let (below, above) = (law.cdf(low), law.above(low));
                if below > 0.5 {
                    above - law.above(high)
                } else {
                    law.cdf(high) - below
                }
            }
        }
    }

    /// The smallest x with P(X ≤ x) ≥ u, 0 < u < 1; infinite where it is too large for a number. Of a mixture slow: it is
    /// halved for; see [`Law::quantile2`].
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Law::Exactly(x) => *x,
            Law::Bernoulli(p) => success(*p, u),
            Law::Normal(law) => law.quantile(u),
            Law::Lognormal(law) => law.quantile(u),
            Law::Uniform(law) => law.quantile(u),
            Law::Triangular(law) => law.quantile(u),
            Law::Beta(law) => law.quantile(u),
            Law::Truncated(law) => law.quantile(u),
            Law::Mixture(law) => law.quantile(u),
        }
    }

    /// The quantile of every number; `x` is as long as `u`.
    ///
    /// The same bits as [`Law::quantile`]; but 256 or more of a beta distribution come from a table, within 1e-12 of
    /// their distance from its nearer end.
    pub fn quantiles(&self, u: &[f64], x: &mut [f64]) {
        match self {
            Law::Exactly(value) => x.fill(*value),
            Law::Bernoulli(p) => {
                for (x, &u) in x.iter_mut().zip(u) {
                    *x = success(*p, u);
                }
            }
            Law::Normal(law) => law.quantiles(u, x),
            Law::Lognormal(law) => law.quantiles(u, x),
            Law::Uniform(law) => {
                for (x, &u) in x.iter_mut().zip(u) {
                    *x = law.quantile(u);
                }
            }
            Law::Triangular(law) => law.quantiles(u, x),
            Law::Beta(law) => law.quantiles(u, x),
            Law::Truncated(law) => law.quantiles(u, x),
            Law::Mixture(law) => {
                for (x, &u) in x.iter_mut().zip(u) {
                    *x = law.quantile(u);
                }
            }
        }
    }

    /// A draw from two uniform numbers: of a mixture `pick` takes the part, and `u` its quantile; all else looks at `u`
    /// only.
    ///
    /// ```
    /// use sinario_engine::distribution::Law;
    /// let two = Law::mixture(vec![(Law::Exactly(1.0), 3.0), (Law::Exactly(2.0), 1.0)]).unwrap();
    /// assert_eq!((two.quantile2(0.5, 0.74), two.quantile2(0.5, 0.76)), (1.0, 2.0));
    /// ```
    pub fn quantile2(&self, u: f64, pick: f64) -> f64 {
        match self {
            Law::Mixture(law) => law.quantile2(u, pick),
            law => law.quantile(u),
        }
    }

    /// [`Law::quantile2`] of every pair; all three are of one length.
    pub fn quantiles2(&self, u: &[f64], pick: &[f64], x: &mut [f64]) {
        match self {
            Law::Mixture(law) => law.quantiles2(u, pick, x),
            law => law.quantiles(u, x),
        }
    }

    /// Where a continuous distribution that is neither truncated nor mixed has the tail t above it.
    fn exceeded(&self, t: f64) -> f64 {
        match self {
            Law::Normal(law) => law.exceeded(t),
            Law::Lognormal(law) => law.exceeded(t),
            Law::Triangular(law) => law.exceeded(t),
            Law::Beta(law) => law.exceeded(t),
            law => law.quantile(1.0 - t),
        }
    }

    /// P(X ≤ x).
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Law::Exactly(at) => f64::from(u8::from(x >= *at)),
            Law::Bernoulli(_) if x < 0.0 => 0.0,
            Law::Bernoulli(_) if x >= 1.0 => 1.0,
            Law::Bernoulli(p) => 1.0 - p,
            Law::Normal(law) => normal::below(law.standard(x)),
            Law::Lognormal(law) => normal::below(law.standard(x)),
            Law::Uniform(law) => law.below(x),
            Law::Triangular(law) => law.below(x),
            Law::Beta(law) => law.below(x),
            Law::Truncated(law) => law.below(x),
            Law::Mixture(law) => law.below(x),
        }
    }

    /// P(X > x), with its digits where it is small.
    pub fn above(&self, x: f64) -> f64 {
        match self {
            Law::Exactly(at) => f64::from(u8::from(x < *at)),
            Law::Bernoulli(_) if x < 0.0 => 1.0,
            Law::Bernoulli(_) if x >= 1.0 => 0.0,
            Law::Bernoulli(p) => *p,
            Law::Normal(law) => normal::below(-law.standard(x)),
            Law::Lognormal(law) => normal::below(-law.standard(x)),
            Law::Uniform(law) => law.above(x),
            Law::Triangular(law) => law.above(x),
            Law::Beta(law) => law.above(x),
            Law::Truncated(law) => law.above(x),
            Law::Mixture(law) => law.above(x),
        }
    }

    /// The mean; infinite where it is too large for a number.
    pub fn mean(&self) -> f64 {
        match self {
            Law::Exactly(x) => *x,
            Law::Bernoulli(p) => *p,
            Law::Normal(law) => law.mean,
            Law::Lognormal(law) => law.mean(),
            Law::Uniform(law) => law.mean(),
            Law::Triangular(law) => law.mean(),
            Law::Beta(law) => law.mean(),
            Law::Truncated(law) => law.moments().0,
            Law::Mixture(law) => law.mean(),
        }
    }

    /// The variance; infinite where it is too large for a number.
    pub fn variance(&self) -> f64 {
        match self {
            Law::Exactly(_) => 0.0,
            Law::Bernoulli(p) => p * (1.0 - p),
            Law::Normal(law) => law.sd * law.sd,
            Law::Lognormal(law) => law.variance(),
            Law::Uniform(law) => law.variance(),
            Law::Triangular(law) => law.variance(),
            Law::Beta(law) => law.variance(),
            Law::Truncated(law) => law.moments().1,
            Law::Mixture(law) => law.variance(),
        }
    }
}

/// 1 in the upper share p of (0, 1), else 0.
#[inline(always)]
fn success(p: f64, u: f64) -> f64 {
    f64::from(u8::from(1.0 - u < p))
}
