//! What signposts would tell (model.md 5).

use super::super::Telling;
use super::super::exact::mutual_information;
use super::Sampling;
use super::groups::{Groups, corrected};

impl Sampling<'_> {
    /// From the sums of the unfolding ([`Ahead::unfold`](super::ahead::Ahead::unfold)), those of signposts from `at`
    /// on.
    pub(super) fn signposts(&self, sums: &Groups, mut at: usize) -> Vec<Telling> {
        let minds = &self.ask.minds;
        let sizes: Vec<usize> = minds
            .iter()
            .map(|d| usize::from(self.model.sizes[d.0 as usize]))
            .collect();
        let one = |_| {
            let seen_at = at;
            at += 1;
            let seen = sums.estimates(|s| vec![s[seen_at] / s[0]])[0];
            let (mut bits, mut if_seen, mut if_not) = (Vec::new(), Vec::new(), Vec::new());
            for &k in &sizes {
                let from = at;
                at += 2 * k;
                let joint = |s: &[f64]| -> Vec<(f64, f64)> {
                    let pair = |t: usize| {
                        (
                            s[from + 2 * t],
                            (s[from + 2 * t + 1] - s[from + 2 * t]).max(0.0),
                        )
                    };
                    (0..k)
                        .map(pair)
                        .map(|(y, n)| (y / s[0], n / s[0]))
                        .collect()
                };
                let told = sums.replicates(|s| vec![mutual_information(&joint(s))]);
                let mut told = corrected(&told)[0];
                told.value = told.value.max(0.0);
                bits.push(told);
                // P(state | sign) from one part of each pair.
                let given = |s: &[f64], part: fn(&(f64, f64)) -> f64| -> Vec<f64> {
                    let joint = joint(s);
                    let whole: f64 = joint.iter().map(part).sum();
                    let share = |p: f64| if whole > 0.0 { p / whole } else { f64::NAN };
                    joint.iter().map(|j| share(part(j))).collect()
                };
                if_seen.push(sums.estimates(|s| given(s, |j| j.0)));
                if_not.push(sums.estimates(|s| given(s, |j| j.1)));
            }
            Telling {
                seen,
                bits,
                if_seen,
                if_not,
            }
        };
        (0..self.ask.signposts.len()).map(one).collect()
    }
}
