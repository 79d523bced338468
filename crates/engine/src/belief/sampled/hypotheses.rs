//! Facts beside each other, from draws: what each is to be expected in each state, summed over draws made without it.

use super::super::exact::mutual_information;
use super::super::hypotheses::{Bearing, Hypotheses, Linchpins, leading, linchpin, told, units};
use super::super::{Estimate, Marginals, Weight};
use super::Sampling;
use super::groups::{Groups, corrected, jackknife};
use crate::evidence::Weighing;
use crate::{Driver, Fact};
use std::ops::Range;

/// A fact that bears on a driver that is read, and where what is summed for it stands.
pub(super) struct Asked<'a> {
    weighing: &'a Weighing<'a>,
    pub(super) fact: Fact,
    /// Position in what is read.
    pub(super) at: usize,
    pub(super) driver: usize,
    /// What is summed for the states of the driver: its mass.
    states: Range<usize>,
    /// The mass with which the fact happens.
    happens: usize,
    /// P(fact | state) driver by driver; `None` where they only count together.
    alone: Option<Vec<(usize, Vec<f64>)>>,
}

impl Asked<'_> {
    /// Number of states of the driver.
    pub(super) fn states(&self) -> usize {
        self.states.len()
    }

    /// Adds a draw, whose chances of the states of the driver stand in `row`.
    pub(super) fn add(&self, w: f64, x: &[u16], row: &[f64], sums: &mut [f64]) {
        let elsewhere = |e: usize| usize::from(x[e]);
        for (s, chance) in row.iter().enumerate() {
            let state = |e: usize| if e == self.driver { s } else { elsewhere(e) };
            let happens = match &self.alone {
                Some(alone) => alone.iter().map(|(e, of)| of[state(*e)]).product(),
                None => {
                    let of = |d: Driver| state(d.0 as usize);
                    libm::exp(self.weighing.ln_likelihood(&[self.fact], of))
                }
            };
            sums[self.happens + s] += w * chance * happens;
        }
    }

    /// P(state, fact) and P(state, no fact).
    fn joint(&self, sums: &[f64]) -> Vec<(f64, f64)> {
        let pair = |(s, mass): (usize, &f64)| {
            let yes = sums[self.happens + s];
            (yes / sums[0], (mass - yes).max(0.0) / sums[0])
        };
        let states = sums[self.states.clone()].iter();
        states.enumerate().map(pair).collect()
    }
}

/// What was drawn for a set of facts.
pub(super) struct Drawn<'a> {
    pub(super) sums: &'a Groups,
    /// The belief about all that is read, in replicates.
    pub(super) beliefs: &'a [Vec<f64>],
    /// Effective draws behind each state that is read.
    pub(super) behind: &'a [f64],
}

impl Sampling<'_> {
    /// The drivers that are read and not held on which a fact bears. What is summed for them comes after the sum of
    /// the whole and those of all states that are read.
    pub(super) fn asked<'w>(&self, weighing: &'w Weighing<'w>, fact: Fact) -> Vec<Asked<'w>> {
        let mut after = 1;
        let mut places = Vec::new();
        for driver in &self.ask.read {
            let k = usize::from(self.model.sizes[driver.0 as usize]);
            places.push(after..after + k);
            after += k;
        }
        let mut asked = Vec::new();
        for (at, driver) in self.ask.read.iter().enumerate() {
            let d = driver.0 as usize;
            let bears = self.evidence.facts[fact.0 as usize].bears_on(*driver);
            if !bears || self.order_now.held[d].is_some() {
                continue;
            }
            let parts = weighing.parts(&[fact]);
            let exp = |(e, ln): (Driver, Vec<f64>)| {
                let chances = ln.into_iter().map(libm::exp).collect();
                (e.0 as usize, chances)
            };
            asked.push(Asked {
                weighing,
                fact,
                at,
                driver: d,
                states: places[at].clone(),
                happens: after,
                alone: (parts.together.is_empty())
                    .then(|| parts.alone.into_iter().map(exp).collect()),
            });
            after += places[at].len();
        }
        asked
    }

    /// What one fact is to be expected, what it tells and what it told; `with` is what is believed with all facts.
    pub(super) fn bearing(
        &self,
        asked: &Asked,
        with: &Drawn,
        without: &Drawn,
        honest: impl Fn(Estimate, f64) -> Estimate,
    ) -> Bearing {
        let chances = |sums: &[f64]| -> Vec<f64> {
            let states = sums[asked.states.clone()].iter().enumerate();
            states
                .map(|(s, mass)| sums[asked.happens + s] / mass)
                .collect()
        };
        // The sums begin with the whole.
        let states = asked.states.start - 1..asked.states.end - 1;
        let behind = &without.behind[states.clone()];
        let likelihood = without.sums.estimates(chances).into_iter().zip(behind);
        let bits = (without.sums).replicates(|sums| vec![mutual_information(&asked.joint(sums))]);
        let pairs = with.beliefs.iter().zip(without.beliefs);
        let told: Vec<Vec<f64>> = pairs
            .map(|(with, without)| vec![told(&with[states.clone()], &without[states.clone()])])
            .collect();
        Bearing {
            fact: asked.fact,
            likelihood: likelihood.map(|(e, n)| honest(e, *n)).collect(),
            diagnosticity: information(&bits),
            told: information(&told),
        }
    }

    /// The facts and groups without any one of which another state leads, beyond the errors. Sets of more are not
    /// drawn.
    pub(super) fn single_linchpins(
        &self,
        now: &Marginals,
        weights: &[Vec<Weight>],
        groups: &[Vec<Vec<Estimate>>],
    ) -> Vec<Linchpins> {
        let all = self.evidence.all();
        let several: Vec<Vec<Fact>> = units(self.evidence).split_off(all.len());
        let of = |(at, driver): (usize, &Driver)| {
            if self.order_now.held[driver.0 as usize].is_some() || all.is_empty() {
                return Linchpins::default();
            }
            let led = leading(&now[driver.0 as usize]);
            let single = all.iter().zip(weights);
            let single = single.filter_map(|(f, w)| linchpin(&[*f], led, &w[at].without));
            let mut sets: Vec<_> = single.collect();
            let whole = several.iter().zip(groups);
            let whole = whole.filter_map(|(group, found)| linchpin(group, led, &found[at]));
            let whole: Vec<_> = whole
                .filter(|g| !sets.iter().any(|s| g.facts.contains(&s.facts[0])))
                .collect();
            sets.extend(whole);
            Linchpins {
                more: sets.is_empty() && all.len() > 1,
                sets,
                tried: 1,
            }
        };
        self.ask.read.iter().enumerate().map(of).collect()
    }

    /// Puts together what was found of the drivers that are read.
    pub(super) fn beside(
        &self,
        bearings: Vec<(usize, Bearing)>,
        linchpins: Vec<Linchpins>,
    ) -> Vec<Hypotheses> {
        let of = |linchpins| Hypotheses {
            facts: Vec::new(),
            linchpins,
        };
        let mut found: Vec<Hypotheses> = linchpins.into_iter().map(of).collect();
        for (at, bearing) in bearings {
            found[at].facts.push(bearing);
        }
        found
    }
}

/// Bits from replicates. What is a little is drawn as too much, by about as much with each group left out; that is taken off.
fn information(replicates: &[Vec<f64>]) -> Estimate {
    let finite = replicates.iter().flatten().all(|b| b.is_finite());
    let found = match finite {
        true => corrected(replicates),
        false => jackknife(replicates),
    };
    let mut found = found[0];
    found.value = found.value.max(0.0);
    found
}
