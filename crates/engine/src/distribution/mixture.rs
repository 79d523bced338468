//! One of several distributions, by chance.

use super::Law;
use crate::sample::Failure;

/// Parts with their chances; no part is a mixture itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    pub(super) parts: Vec<Part>,
}

/// A part of a mixture.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    pub(super) law: Law,
    /// Its chance, above 0; all sum to 1.
    pub(super) chance: f64,
    /// The chance of this part and all before it.
    upto: f64,
}

impl Mixture {
    /// Of parts with weights, which need not sum to 1. A mixture among them is taken apart.
    pub(super) fn of(parts: Vec<(Law, f64)>) -> Result<Law, Failure> {
        let whole: f64 = parts.iter().map(|p| p.1).sum();
        if parts.iter().any(|p| p.1.is_nan() || p.1 < 0.0) || !(whole > 0.0 && whole.is_finite()) {
            return Err(Failure::Parameter);
        }
        let mut flat = Vec::with_capacity(parts.len());
        for (law, weight) in parts {
            match law {
                Law::Mixture(inner) => {
                    flat.extend(inner.parts.into_iter().map(|p| (p.law, p.chance * weight)))
                }
                law => flat.push((law, weight)),
            }
        }
        flat.retain(|p| p.1 > 0.0);
        let whole: f64 = flat.iter().map(|p| p.1).sum();
        let mut upto = 0.0;
        let mut parts: Vec<Part> = flat
            .into_iter()
            .map(|(law, weight)| {
                let chance = weight / whole;
                upto += chance;
                Part { law, chance, upto }
            })
            .collect();
        if parts.len() == 1 {
            return parts.pop().map(|p| p.law).ok_or(Failure::Parameter);
        }
        Ok(Law::Mixture(Box::new(Mixture { parts })))
    }

    /// The part of a number between 0 and 1.
    fn picked(&self, pick: f64) -> usize {
        let last = self.parts.len() - 1;
        self.parts[..last]
            .iter()
            .take_while(|p| p.upto <= pick)
            .count()
    }

    pub(super) fn quantile2(&self, u: f64, pick: f64) -> f64 {
        self.parts[self.picked(pick)].law.quantile(u)
    }

    /// [`Mixture::quantile2`] of every pair, a part at a time.
    pub(super) fn quantiles2(&self, u: &[f64], pick: &[f64], x: &mut [f64]) {
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); self.parts.len()];
        for (row, &pick) in pick.iter().enumerate() {
            rows[self.picked(pick)].push(row);
        }
        let (mut some, mut found) = (Vec::new(), Vec::new());
        for (part, rows) in self.parts.iter().zip(&rows) {
            some.clear();
            some.extend(rows.iter().map(|&row| u[row]));
            found.clear();
            found.resize(some.len(), 0.0);
            part.law.quantiles(&some, &mut found);
            for (&row, &value) in rows.iter().zip(&found) {
                x[row] = value;
            }
        }
    }

    /// By halving between the quantiles of the parts, down to neighbouring numbers.
    pub(super) fn quantile(&self, u: f64) -> f64 {
        let at = self.parts.iter().map(|p| p.law.quantile(u));
        let (mut low, mut high) = at.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| {
            (l.min(x), h.max(x))
        });
        // Whether x is no less than the quantile; near 1 from the tail, which keeps digits.
        let reached = |x: f64| {
            if u <= 0.5 {
                self.below(x) >= u
            } else {
                self.above(x) <= 1.0 - u
            }
        };
        if low == high || reached(low) {
            return low;
        }
        loop {
            let (a, b) = (ordered(low), ordered(high));
            let middle = numbered(a + (b - a) / 2);
            if middle <= low || middle >= high {
                return high;
            }
            if reached(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
    }

    pub(super) fn below(&self, x: f64) -> f64 {
        self.parts
            .iter()
            .map(|p| p.chance * p.law.cdf(x))
            .sum::<f64>()
            .min(1.0)
    }

    pub(super) fn above(&self, x: f64) -> f64 {
        self.parts
            .iter()
            .map(|p| p.chance * p.law.above(x))
            .sum::<f64>()
            .min(1.0)
    }

    pub(super) fn mean(&self) -> f64 {
        self.parts.iter().map(|p| p.chance * p.law.mean()).sum()
    }

    pub(super) fn variance(&self) -> f64 {
        let mean = self.mean();
        let about = |p: &Part| {
            let off = p.law.mean() - mean;
            p.chance * (p.law.variance() + off * off)
        };
        self.parts.iter().map(about).sum()
    }
}

/// The place of a number among all, so that halving takes 64 steps wherever it begins.
fn ordered(x: f64) -> i128 {
    let bits = i128::from(x.abs().to_bits());
    if x.is_sign_negative() { -bits } else { bits }
}

fn numbered(place: i128) -> f64 {
    // The cast: places come from 63 bits.
    let x = f64::from_bits(place.unsigned_abs() as u64);
    if place < 0 { -x } else { x }
}
