//! What carries a state, and what pulls against it (model.md 7, coherence).

use crate::{Balance, Pull};
use sinario_case::{Case, DriverId, StateId};

/// Impacts by the driver that they act on, so that one balance does not read the whole matrix.
pub(crate) struct Pulls<'a> {
    case: &'a Case,
    on: Vec<Vec<usize>>,
}

impl<'a> Pulls<'a> {
    /// Sorts the impacts of a case by their target.
    pub(crate) fn new(case: &'a Case) -> Self {
        let mut on = vec![Vec::new(); case.drivers.len()];
        for (at, impact) in case.impacts.iter().enumerate() {
            on[impact.on.0].push(at);
        }
        Pulls { case, on }
    }

    /// The balance of `driver` in `state`, given what is told of the drivers; one that is not told adds nothing.
    pub(crate) fn balance(
        &self,
        told: &[Option<StateId>],
        driver: DriverId,
        state: StateId,
    ) -> Balance {
        let acting: Vec<usize> = self.on[driver.0]
            .iter()
            .copied()
            .filter(|&at| {
                let from = self.case.impacts[at].from;
                told[from.driver.0] == Some(from.state)
            })
            .collect();
        let mut sums = vec![0_i64; self.case.driver(driver).states.len()];
        for &at in &acting {
            for (sum, score) in sums.iter_mut().zip(&self.case.impacts[at].scores) {
                *sum += i64::from(score.thousandths);
            }
        }
        let mut rival = usize::from(state.0 == 0);
        for t in 0..sums.len() {
            if t != state.0 && sums[t] > sums[rival] {
                rival = t;
            }
        }
        let mut pulls: Vec<Pull> = acting
            .iter()
            .map(|&at| {
                let scores = &self.case.impacts[at].scores;
                let lead =
                    i64::from(scores[state.0].thousandths) - i64::from(scores[rival].thousandths);
                Pull { impact: at, lead }
            })
            .filter(|p| p.lead != 0)
            .collect();
        pulls.sort_by_key(|p| (std::cmp::Reverse(p.lead.abs()), p.impact));
        Balance {
            driver,
            state,
            told: sums[state.0],
            rival: StateId(rival),
            rival_sum: sums[rival],
            pulls,
        }
    }

    /// The balances of every driver in one whole future.
    pub(crate) fn of_future(&self, states: &[StateId]) -> Vec<Balance> {
        let told: Vec<Option<StateId>> = states.iter().copied().map(Some).collect();
        states
            .iter()
            .enumerate()
            .map(|(d, &s)| self.balance(&told, DriverId(d), s))
            .collect()
    }
}
