//! The normal distribution and, as e to its power, the lognormal one.

use super::exponential;

/// φ(z), the density of the standard normal distribution.
pub(super) fn density(z: f64) -> f64 {
    // 1/√(2π).
    0.398_942_280_401_432_7 * libm::exp(-0.5 * z * z)
}

/// Φ(z); in the lower tail to some 13 digits.
pub fn below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// Up to this distance from 1/2 there is no logarithm.
const CENTRAL: f64 = 0.425;

/// Coefficients by rising power: of the central part, numerator and denominator; of the tail; of the far tail.
const CENTRE_OVER: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_UNDER: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const TAIL_OVER: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    0.000_774_545_014_278_341_4,
];
const TAIL_UNDER: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    0.000_547_593_808_499_534_5,
    1.050_750_071_644_416_9e-09,
];
const FAR_OVER: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-05,
    2.010_334_399_292_288_1e-07,
];
const FAR_UNDER: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    0.000_786_869_131_145_613_3,
    1.846_318_317_510_054_8e-05,
    1.421_511_758_316_446e-07,
    2.044_263_103_389_939_7e-15,
];

/// Horner's rule.
#[inline(always)]
fn polynomial(by_power: &[f64; 8], x: f64) -> f64 {
    let [rest @ .., last] = by_power;
    rest.iter().rev().fold(*last, |sum, c| sum * x + c)
}

/// Φ⁻¹(1/2 + q) for |q| ≤ 0.425.
#[inline(always)]
fn central(q: f64) -> f64 {
    let r = 0.180_625 - q * q;
    q * polynomial(&CENTRE_OVER, r) / polynomial(&CENTRE_UNDER, r)
}

/// −Φ⁻¹(p) for p ≤ 0.075.
fn tail(p: f64) -> f64 {
    let r = (-libm::log(p)).sqrt();
    if r <= 5.0 {
        let r = r - 1.6;
        polynomial(&TAIL_OVER, r) / polynomial(&TAIL_UNDER, r)
    } else {
        let r = r - 5.0;
        polynomial(&FAR_OVER, r) / polynomial(&FAR_UNDER, r)
    }
}

/// Φ⁻¹(u), 0 < u < 1: algorithm AS 241, PPND16 (Wichura 1988, Applied Statistics 37:477-484), some 16 digits.
///
/// ```
/// # use sinario_engine::distribution::normal::score;
/// assert_eq!(score(0.5), 0.0);
/// assert!((score(0.95) - 1.6448536269514722).abs() < 1e-15);
/// ```
#[inline]
pub fn score(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= CENTRAL {
        central(q)
    } else if q < 0.0 {
        -tail(u)
    } else {
        tail(1.0 - u)
    }
}

/// [`score`] of every number, the same bits: all as if they were central, then the rest again.
pub fn scores(u: &[f64], z: &mut [f64]) {
    for (z, &u) in z.iter_mut().zip(u) {
        *z = central(u - 0.5);
    }
    for (z, &u) in z.iter_mut().zip(u) {
        if (u - 0.5).abs() > CENTRAL {
            *z = score(u);
        }
    }
}

/// A normal distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    pub(super) mean: f64,
    /// Above 0.
    pub(super) sd: f64,
}

impl Normal {
    pub(super) fn quantile(&self, u: f64) -> f64 {
        self.mean + self.sd * score(u)
    }

    /// Where the tail above is t.
    pub(super) fn exceeded(&self, t: f64) -> f64 {
        self.mean - self.sd * score(t)
    }

    pub(super) fn quantiles(&self, u: &[f64], x: &mut [f64]) {
        scores(u, x);
        for x in x {
            *x = self.mean + self.sd * *x;
        }
    }

    pub(super) fn standard(&self, x: f64) -> f64 {
        (x - self.mean) / self.sd
    }
}

/// A distribution whose logarithm is normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lognormal {
    pub(super) log: Normal,
}

impl Lognormal {
    pub(super) fn quantile(&self, u: f64) -> f64 {
        exponential::exp(self.log.quantile(u))
    }

    pub(super) fn exceeded(&self, t: f64) -> f64 {
        exponential::exp(self.log.exceeded(t))
    }

    pub(super) fn quantiles(&self, u: &[f64], x: &mut [f64]) {
        self.log.quantiles(u, x);
        exponential::exp_all(x);
    }

    /// The logarithm in units of its standard deviation; −∞ at 0 and below.
    pub(super) fn standard(&self, x: f64) -> f64 {
        if x <= 0.0 {
            f64::NEG_INFINITY
        } else {
            self.log.standard(libm::log(x))
        }
    }

    pub(super) fn mean(&self) -> f64 {
        libm::exp(self.log.mean + 0.5 * self.log.sd * self.log.sd)
    }

    pub(super) fn variance(&self) -> f64 {
        let spread = self.log.sd * self.log.sd;
        libm::expm1(spread) * libm::exp(2.0 * self.log.mean + spread)
    }
}
