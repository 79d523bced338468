//! Numbers of a reading as the terminal writes them: what was drawn carries its error in one form.

use crate::words;
use sinario_reading::{Basin, Estimate};

/// `62 %`, or with its standard error in points of percent: `62 % ± 1.2`, `62 % ± 12`, `62 % ± <0.1`.
pub(super) fn percent(e: Estimate) -> String {
    let value = words::percent(Estimate { error: None, ..e });
    match e.error {
        None => value,
        Some(error) => format!("{value} ± {}", digits(100.0 * error)),
    }
}

/// A weight of evidence without its unit: `+4.3`, `−0.5 ± 0.1`, `+∞`.
pub(super) fn decibans(e: Estimate) -> String {
    let sign = if e.value < 0.0 { "−" } else { "+" };
    if e.value.is_infinite() {
        return format!("{sign}∞");
    }
    let value = match e.value.abs() < 0.05 {
        // Nothing has no sign.
        true => "0.0".to_owned(),
        false => format!("{sign}{:.1}", e.value.abs()),
    };
    match e.error.filter(|error| error.is_finite()) {
        None => value,
        Some(error) => format!("{value} ± {}", digits(error)),
    }
}

/// Information without its unit: `0.20`, `0.20 ± 0.01`.
pub(super) fn bits(e: Estimate) -> String {
    let value = format!("{:.2}", e.value.max(0.0));
    match e.error.filter(|error| error.is_finite()) {
        None => value,
        Some(error) if error < 0.005 => format!("{value} ± <0.01"),
        Some(error) => format!("{value} ± {error:.2}"),
    }
}

/// Futures that end here; of drawn starts, their share with its 95 % interval: `35 % (31–39)`.
pub(super) fn basin(b: &Basin) -> String {
    let Some((starts, low, high)) = b.sampled else {
        return b.count.to_string();
    };
    // The casts: a share of starts, far below 2^52.
    let share = 100.0 * b.count as f64 / starts.max(1) as f64;
    let [share, low, high] = [share, 100.0 * low, 100.0 * high].map(digits);
    if low == high {
        return format!("{share} %");
    }
    format!("{share} % ({low}–{high})")
}

/// Two digits at most; what is there is never shown as nothing, and only what is nothing as 0.
fn digits(n: f64) -> String {
    match n {
        n if n == f64::INFINITY => "∞".to_owned(),
        n if n >= 9.95 => format!("{n:.0}"),
        n if n >= 0.05 => format!("{n:.1}"),
        _ => "<0.1".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_with_two_digits_at_most() {
        let of = |value, error| percent(Estimate { value, error });
        assert_eq!(of(0.5, None), "50 %");
        assert_eq!(of(0.5, Some(0.0)), "50 % ± <0.1");
        assert_eq!(of(0.5, Some(0.0004)), "50 % ± <0.1");
        assert_eq!(of(0.5, Some(0.0005)), "50 % ± 0.1");
        assert_eq!(of(0.5, Some(0.0996)), "50 % ± 10");
        assert_eq!(of(0.5, Some(0.123)), "50 % ± 12");
        assert_eq!(of(0.5, Some(f64::INFINITY)), "50 % ± ∞");
        let of = |value, error| decibans(Estimate { value, error });
        assert_eq!(of(-1.25, Some(0.31)), "−1.2 ± 0.3");
        assert_eq!(of(f64::NEG_INFINITY, Some(1.0)), "−∞");
        assert_eq!(of(4.0, None), "+4.0");
        let of = |value, error| bits(Estimate { value, error });
        assert_eq!(of(0.2, Some(0.001)), "0.20 ± <0.01");
        assert_eq!(of(0.2, None), "0.20");
    }

    #[test]
    fn a_share_of_drawn_starts_has_its_interval() {
        let of = |count, sampled| basin(&Basin { count, sampled });
        assert_eq!(of(348, Some((1000, 0.319, 0.378))), "35 % (32–38)");
        assert_eq!(of(0, Some((1000, 0.0, 0.0038))), "<0.1 % (<0.1–0.4)");
        assert_eq!(of(9, Some((1000, 0.0047, 0.017))), "0.9 % (0.5–1.7)");
        assert_eq!(of(348, None), "348");
    }
}
