//! Sums over groups of chains, and what leaving each group out tells of their errors.

use super::super::Estimate;

/// Groups of chains; each is left out once (delete-one-group jackknife).
pub(super) const GROUPS: usize = 32;

/// Weighted sums of one group, kept relative to about the greatest weight, so that none is lost to underflow.
#[derive(Clone)]
pub(super) struct Sums {
    /// ln of the unit in which `values` are.
    scale: f64,
    pub(super) values: Vec<f64>,
}

impl Sums {
    pub(super) fn new(count: usize) -> Sums {
        Sums {
            scale: f64::NEG_INFINITY,
            values: vec![0.0; count],
        }
    }

    /// A weight in the unit of the sums, from its logarithm.
    pub(super) fn weight(&mut self, ln: f64) -> f64 {
        if ln == f64::NEG_INFINITY {
            return 0.0;
        }
        if ln > self.scale {
            // Two more, so that weights that grow slowly do not rescale each time.
            self.rescale(ln + 2.0);
        }
        libm::exp(ln - self.scale)
    }

    /// ln of one sum.
    pub(super) fn ln(&self, at: usize) -> f64 {
        self.scale + libm::log(self.values[at])
    }

    /// Further sums of nothing, in the same unit.
    pub(super) fn empty(&self, count: usize) -> Sums {
        Sums {
            scale: self.scale,
            values: vec![0.0; count],
        }
    }

    /// ln of the greatest unit of some sums.
    pub(super) fn unit<'a>(sums: impl Iterator<Item = &'a Sums>) -> f64 {
        sums.map(|s| s.scale).fold(f64::NEG_INFINITY, f64::max)
    }

    /// What the values are to be multiplied by, to be in a unit that is not below their own; its logarithm is given.
    pub(super) fn over(&self, unit: f64) -> f64 {
        match self.scale > f64::NEG_INFINITY {
            true => libm::exp(self.scale - unit),
            false => 0.0,
        }
    }

    fn rescale(&mut self, scale: f64) {
        let factor = libm::exp(self.scale - scale);
        self.values.iter_mut().for_each(|v| *v *= factor);
        self.scale = scale;
    }
}

/// The sums of all groups in one unit.
pub(super) struct Groups {
    parts: Vec<Vec<f64>>,
    total: Vec<f64>,
}

impl Groups {
    pub(super) fn new(mut parts: Vec<Sums>) -> Groups {
        let scale = parts
            .iter()
            .map(|p| p.scale)
            .fold(f64::NEG_INFINITY, f64::max);
        for part in &mut parts {
            if part.scale > f64::NEG_INFINITY {
                part.rescale(scale);
            }
        }
        let parts: Vec<Vec<f64>> = parts.into_iter().map(|p| p.values).collect();
        let mut total = vec![0.0; parts.first().map_or(0, Vec::len)];
        for part in &parts {
            total.iter_mut().zip(part).for_each(|(t, v)| *t += v);
        }
        Groups { parts, total }
    }

    /// The sums over all groups.
    pub(super) fn total(&self) -> &[f64] {
        &self.total
    }

    /// A statistic of the sums of all groups, then of all but each.
    pub(super) fn replicates(&self, statistic: impl Fn(&[f64]) -> Vec<f64>) -> Vec<Vec<f64>> {
        let mut all = vec![statistic(&self.total)];
        let mut rest = self.total.clone();
        for part in &self.parts {
            for ((rest, total), value) in rest.iter_mut().zip(&self.total).zip(part) {
                // All sums are of what is not negative.
                *rest = (total - value).max(0.0);
            }
            all.push(statistic(&rest));
        }
        all
    }

    /// A statistic with its standard error.
    pub(super) fn estimates(&self, statistic: impl Fn(&[f64]) -> Vec<f64>) -> Vec<Estimate> {
        jackknife(&self.replicates(statistic))
    }

    /// Each sum from `first` on over the sum at 0, with its standard error.
    pub(super) fn shares(&self, first: usize) -> Vec<Estimate> {
        self.estimates(|sums| sums[first..].iter().map(|v| v / sums[0]).collect())
    }
}

/// Values and standard errors from replicates: the whole first, then with each group left out (Quenouille 1956,
/// Tukey 1958). What is infinite in every replicate is sure; in some only, its error is infinite.
pub(super) fn jackknife(replicates: &[Vec<f64>]) -> Vec<Estimate> {
    let Some((whole, left)) = replicates.split_first() else {
        return Vec::new();
    };
    let one = |(at, &value): (usize, &f64)| Estimate {
        value,
        error: Some(error(value, left.iter().map(|r| r[at]))),
    };
    whole.iter().enumerate().map(one).collect()
}

/// As [`jackknife`], with the bias of order 1/n taken off.
pub(super) fn corrected(replicates: &[Vec<f64>]) -> Vec<Estimate> {
    let mut found = jackknife(replicates);
    let left = &replicates[1..];
    // The cast: 32 groups.
    let n = left.len() as f64;
    for (at, estimate) in found.iter_mut().enumerate() {
        let mean = left.iter().map(|r| r[at]).sum::<f64>() / n;
        estimate.value = n * estimate.value - (n - 1.0) * mean;
    }
    found
}

fn error(value: f64, left: impl Iterator<Item = f64> + Clone) -> f64 {
    if !value.is_finite() && left.clone().all(|v| v == value) {
        return 0.0;
    }
    if !value.is_finite() || left.clone().any(|v| !v.is_finite()) {
        return f64::INFINITY;
    }
    // The cast: 32 groups.
    let n = left.clone().count() as f64;
    let mean = left.clone().sum::<f64>() / n;
    libm::sqrt((n - 1.0) / n * left.map(|v| (v - mean) * (v - mean)).sum::<f64>())
}

/// How many independent draws would have the same errors, over all probabilities together, `most` at most.
pub(super) fn effective<'a>(estimates: impl Iterator<Item = &'a Estimate>, most: f64) -> f64 {
    let (mut spread, mut errors) = (0.0, 0.0);
    for e in estimates {
        spread += e.value * (1.0 - e.value);
        errors += e.error.unwrap_or(0.0) * e.error.unwrap_or(0.0);
    }
    if errors * most > spread {
        spread / errors
    } else {
        most
    }
}

/// Effective number of draws that a sum is made of, (Σw)² ÷ Σw² (Kish 1965), from the same place of the sums and of
/// those of the squares; 0 where nothing was summed.
pub(super) fn behind(sums: &[Sums], squares: &[Sums], at: usize) -> f64 {
    let whole = |parts: &[Sums]| {
        let logs = || parts.iter().map(|p| p.ln(at));
        let most = logs().fold(f64::NEG_INFINITY, f64::max);
        match most > f64::NEG_INFINITY {
            true => most + libm::log(logs().map(|ln| libm::exp(ln - most)).sum()),
            false => most,
        }
    };
    let effective = libm::exp(2.0 * whole(sums) - whole(squares));
    if effective.is_nan() { 0.0 } else { effective }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_behind_a_sum_are_counted_by_their_weights() {
        // Weights 1, 1 and 2 far apart from 1 as a whole: (1 + 1 + 2)² ÷ (1 + 1 + 4).
        let part = |weights: &[f64], power: f64| {
            let mut sums = Sums::new(1);
            for w in weights {
                let w = sums.weight(power * (libm::log(*w) - 5000.0));
                sums.values[0] += w;
            }
            sums
        };
        let of = |power| [part(&[1.0, 1.0], power), part(&[2.0], power)];
        assert!((behind(&of(1.0), &of(2.0), 0) - 16.0 / 6.0).abs() < 1e-9);
        assert_eq!(behind(&[Sums::new(1)], &[Sums::new(1)], 0), 0.0);
    }

    #[test]
    fn the_error_of_a_mean_is_that_of_its_groups() {
        let part = |v: f64| {
            let mut sums = Sums::new(2);
            let w = sums.weight(-700.0);
            sums.values[0] += w;
            sums.values[1] += w * v;
            sums
        };
        let values: Vec<f64> = (0..GROUPS).map(|g| (g * g) as f64).collect();
        let found = Groups::new(values.iter().map(|&v| part(v)).collect()).shares(1)[0];
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
        assert!((found.value - mean).abs() < 1e-9);
        assert!((found.error.unwrap() - libm::sqrt(variance / n)).abs() < 1e-9);
    }

    #[test]
    fn weights_far_apart_are_kept_in_proportion() {
        let mut sums = Sums::new(1);
        for ln in [-9000.0, -8000.0, -8000.0 + libm::log(3.0)] {
            let w = sums.weight(ln);
            sums.values[0] += w;
        }
        let one = sums.weight(-8000.0);
        assert!((sums.values[0] / one - 4.0).abs() < 1e-12);
    }
}
