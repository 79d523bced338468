//! Chances of single futures, and which are likeliest (model.md 4).

use super::super::facts::exact;
use super::super::{Estimate, Weighed};
use super::answers::Order;
use super::arrive::{Arrival, Paths, chances, proposals, settled_paths};
use super::chains::Settled;
use super::now::Lean;
use super::{CHAINS, Sampling, Today};
use crate::{Future, State};

/// Futures weighed beside those asked for, for each reason to think them likely.
const PROPOSED: usize = 32;

impl Sampling<'_> {
    /// The futures asked for, and the likeliest.
    pub(super) fn futures(
        &self,
        settled: &Settled,
        today: &Today,
        lean: &Lean,
        paths: &[Paths],
    ) -> (Vec<Weighed>, Vec<Weighed>) {
        let (ask, rounds) = (self.ask, self.model.rounds);
        let mut wanted: Vec<Vec<u16>> = ask.futures.iter().map(|x| plain(x)).collect();
        let asked = wanted.len();
        if asked == 0 && ask.likeliest == 0 {
            return (Vec::new(), Vec::new());
        }
        let (order, keeping) = self.last_order();
        if ask.likeliest > 0 {
            let proposed = match (&today.known, rounds) {
                (Some(known), 0) => known
                    .likeliest(ask.likeliest)
                    .into_iter()
                    .map(|f| plain(&f.0))
                    .collect(),
                _ => proposals(
                    &self.answers,
                    order,
                    keeping,
                    paths,
                    PROPOSED.max(ask.likeliest),
                ),
            };
            let known: std::collections::BTreeSet<Vec<u16>> = wanted.iter().cloned().collect();
            wanted.extend(proposed.into_iter().filter(|x| !known.contains(x)));
        }
        // The cast: a number of futures.
        let steps = |order: &Order| wanted.len() as f64 * (order.cost + 100.0);
        let arrivals = |order, keeping| -> Vec<Arrival> {
            let new = |x: &Vec<u16>| Arrival::new(&self.answers, order, keeping, x.clone());
            wanted.iter().map(new).collect()
        };
        // Where nothing is known or given and no time passes, then is the long run: one sum does for both.
        let now_is_settled = rounds == 0
            && lean.idle()
            && self.order.held == self.order_now.held
            && !self.order.acyclic();
        let share = match now_is_settled {
            true => 0.2 + today.spare,
            false => 0.1 + today.spare / 2.0,
        };
        let then: Vec<Estimate> = match (&today.known, rounds) {
            (Some(known), 0) => wanted
                .iter()
                .map(|x| exact(known.chance(&future(x))))
                .collect(),
            _ => {
                let most = self.budget.draws(share, steps(order), usize::MAX >> 12);
                let now = (rounds == 0).then_some(lean);
                chances(&arrivals(order, keeping), paths, now, most)
            }
        };
        let in_the_end = arrivals(&self.order, false);
        let long: Vec<Estimate> = if now_is_settled {
            then.clone()
        } else if self.order.acyclic() {
            // One round from anywhere: its chance is the same from everywhere.
            let anywhere = vec![0; self.model.drivers()];
            let chance =
                |a: &Arrival| libm::exp(a.ln_chance(&mut anywhere.clone(), &mut Vec::new()));
            in_the_end.iter().map(chance).map(exact).collect()
        } else {
            let most = self
                .budget
                .draws(share, steps(&self.order), usize::MAX >> 12);
            let paths = settled_paths(&settled.stored, self.model.drivers(), CHAINS);
            chances(&in_the_end, &paths, None, most)
        };
        let weighed = |i: usize| Weighed {
            states: future(&wanted[i]),
            then: then[i],
            settled: long[i],
        };
        // Chosen by value less error, so that one lucky draw puts no future first; shown by value.
        let sure = |i: usize| then[i].value - then[i].error.unwrap_or(0.0);
        let by = |value: &dyn Fn(usize) -> f64, a: usize, b: usize| {
            value(b)
                .total_cmp(&value(a))
                .then_with(|| wanted[a].cmp(&wanted[b]))
        };
        let mut best: Vec<usize> = (0..wanted.len()).collect();
        best.sort_by(|&a, &b| by(&sure, a, b));
        best.truncate(ask.likeliest);
        best.sort_by(|&a, &b| by(&|i| then[i].value, a, b));
        (
            (0..asked).map(weighed).collect(),
            best.into_iter().map(weighed).collect(),
        )
    }

    /// The round that ends at then, and whether drivers may keep their states in it.
    pub(super) fn last_order(&self) -> (&Order, bool) {
        match self.model.rounds {
            0 => (&self.order_now, false),
            _ => (&self.order, true),
        }
    }
}

fn plain(x: &[State]) -> Vec<u16> {
    x.iter().map(|s| s.0).collect()
}

pub(super) fn future(x: &[u16]) -> Future {
    x.iter().map(|&s| State(s)).collect()
}
