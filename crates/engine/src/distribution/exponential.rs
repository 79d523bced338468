//! eˣ in plain arithmetic, which a compiler can do several of at once.
//!
//! `libm::exp` branches, and so takes one number at a time. Here are only sums, products, comparisons and bits, so that
//! every machine gives the same ones; a result is at most one unit in its last place from the true one.

/// 1.5·2⁵²: a number added to it is rounded to a whole one, found in the low bits.
const WHOLE: f64 = 6_755_399_441_055_744.0;
/// 1 / ln 2.
const PER_LN_2: f64 = std::f64::consts::LOG2_E;
/// ln 2 in two parts; the first has its last 21 bits 0, so that a whole number up to 2²⁰ times it is exact.
const LN_2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// 1/n! for n = 13, 12, …, 2.
const TAYLOR: [f64; 12] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
];

/// eˣ: x = k·ln 2 + r with |r| ≤ ln 2 / 2, the series of Taylor in r, and k added to the exponent.
#[inline(always)]
pub(super) fn exp(x: f64) -> f64 {
    // Beyond these eˣ is 0 or infinite; the bounds keep k within what the exponent can take in two steps. NaN stays.
    let x = if x < -746.0 { -746.0 } else { x };
    let x = if x > 710.0 { 710.0 } else { x };
    let shifted = x * PER_LN_2 + WHOLE;
    let k = shifted - WHOLE;
    let high = x - k * LN_2_HIGH;
    let low = k * LN_2_LOW;
    let r = high - low;
    let mut series = TAYLOR[0];
    for c in &TAYLOR[1..] {
        series = series * r + c;
    }
    // What was lost in r is given back: it counts in the last place.
    let lost = (high - r) - low;
    let grown = 1.0 + (r + (r * r * series + lost));
    // 2ᵏ in two factors, either of them an ordinary number.
    let whole = (shifted.to_bits() & 0xfff_ffff).wrapping_add(2048) & 0xfff;
    let first = whole >> 1;
    let power = |e: u64| f64::from_bits(e.wrapping_sub(1) << 52);
    // k + 2048 = first + second, and 2^(n − 1024) has the exponent bits n − 1.
    grown * power(first) * power(whole - first)
}

/// eˣ of every number.
pub(super) fn exp_all(x: &mut [f64]) {
    for x in x {
        *x = exp(*x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many numbers lie between two.
    fn apart(a: f64, b: f64) -> u64 {
        a.to_bits().abs_diff(b.to_bits())
    }

    #[test]
    fn as_libm() {
        let mut worst = 0;
        for i in -7_450_000..7_097_000_i32 {
            let x = f64::from(i) * 1e-4 + f64::from(i % 97) * 1e-7;
            let (own, theirs) = (exp(x), libm::exp(x));
            worst = worst.max(apart(own, theirs));
        }
        assert!(worst <= 1, "{worst}");
        for x in [0.0, -0.0, 1e-300, -1e-17, 5e-324] {
            assert_eq!(exp(x), 1.0);
        }
        assert_eq!(exp(-800.0), 0.0);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp(800.0), f64::INFINITY);
        assert_eq!(exp(f64::INFINITY), f64::INFINITY);
        assert!(exp(f64::NAN).is_nan());
        assert_eq!(
            apart(exp(709.782_712_893_383_9), libm::exp(709.782_712_893_383_9)),
            0
        );
    }
}
