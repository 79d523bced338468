//! Probabilities and best completions of stories (model.md 7).

use super::super::exact::greatest;
use super::super::facts::exact;
use super::super::{Estimate, Told};
use super::ahead::Now;
use super::arrive::{Arrival, chances, proposals};
use super::futures::future;
use super::known::Urn;
use super::now::LastRound;
use super::{Sampling, Today};
use crate::evidence::Weighing;
use crate::{Driver, State};

impl Sampling<'_> {
    /// Story number `number` of the ask.
    pub(super) fn story(
        &self,
        number: usize,
        told: &[(Driver, State)],
        weighing: &Weighing,
        today: &Today,
    ) -> Told {
        let rounds = self.model.rounds;
        // What nobody has time for stays now, minds and all.
        let (now, then): (Vec<_>, Vec<_>) = told
            .iter()
            .copied()
            .partition(|(d, _)| rounds == 0 || self.ask.minds.contains(d));
        // The casts: numbers of stories and rounds.
        let steps = (f64::from(rounds) + 2.0) * (self.order.cost + 100.0);
        let share = 0.1 / self.ask.stories.len() as f64;
        let ahead = self.ahead(self.budget.draws(share, steps, self.stored(today)));
        let never = Told {
            probability: exact(0.0),
            best: None,
        };
        let lean = self.lean(weighing, &self.all, &now);
        let (sums, paths) = match &today.known {
            Some(known) => {
                let mass = known.only(&now);
                if rounds == 0 {
                    let best = greatest(&mass, 1)
                        .first()
                        .copied()
                        .filter(|&at| mass[at] > 0.0);
                    return Told {
                        probability: exact(mass.iter().sum()),
                        best: best.map(|at| (known.space.future(at), exact(mass[at]))),
                    };
                }
                let Some(urn) = Urn::new(&known.space, mass) else {
                    return never;
                };
                ahead.story(number, None, &Now::Urn(urn), &then)
            }
            None => {
                let round = |lean| LastRound::new(&self.answers, &self.order_now, lean, None);
                let all = round(self.lean(weighing, &self.all, &[]));
                let told = Now::Chains(today.stored, round(lean.clone()));
                ahead.story(number, Some(&Now::Chains(today.stored, all)), &told, &then)
            }
        };
        let probability = sums.shares(1)[0];
        if probability.value <= 0.0 {
            return Told {
                probability,
                best: None,
            };
        }
        let (order, keeping) = self.last_order();
        let mut proposed = proposals(&self.answers, order, keeping, &paths, 8);
        proposed.retain(|x| {
            told.iter()
                .all(|(d, s)| rounds > 0 && self.ask.minds.contains(d) || x[d.0 as usize] == s.0)
        });
        let arrivals: Vec<Arrival> = proposed
            .iter()
            .map(|x| Arrival::new(&self.answers, order, keeping, x.clone()))
            .collect();
        // The cast: a number of futures.
        let most = self.budget.draws(
            share / 2.0,
            arrivals.len() as f64 * order.cost,
            usize::MAX >> 12,
        );
        let found = chances(&arrivals, &paths, (rounds == 0).then_some(&lean), most);
        let mut best: Option<(usize, Estimate)> = None;
        for (at, mass) in found.into_iter().enumerate() {
            if mass.value > best.map_or(0.0, |b| b.1.value) {
                best = Some((at, mass));
            }
        }
        Told {
            probability,
            best: best.map(|(at, mass)| (future(&proposed[at]), mass)),
        }
    }
}
