//! How much is drawn: set in steps, not in time, so that the answer is the same on any machine.

use super::answers::Order;
use super::chains::Plan;
use super::groups::GROUPS;
use super::{CHAINS, DRAWS};

/// Steps of about a nanosecond that an answer is worth: about a second on two cores.
const BUDGET: f64 = 1.6e9;
/// Bytes of futures that are remembered from one set of chains, at most.
const STORED: usize = 1 << 26;
/// Rounds kept of each chain, at least.
pub(super) const FEWEST_ROUNDS: f64 = 4.0;
/// Rounds kept of each chain, at most.
const MOST_ROUNDS: f64 = 4096.0;

/// How the budget is shared out.
pub(super) struct Budget {
    /// By how much more than the usual: 1 but in tests.
    pub(super) times: f64,
}

impl Budget {
    /// Draws of each group that cost `steps` each, for a share of the budget; no fewer than one for each chain.
    // The cast: clamped.
    pub(super) fn draws(&self, share: f64, steps: f64, stored: usize) -> usize {
        let affordable = share * self.times * BUDGET / (GROUPS as f64 * steps.max(1.0));
        affordable.clamp(CHAINS as f64, stored as f64) as usize
    }

    /// The share of the budget that chains left over, which had `share` for them.
    // The casts: counts of rounds.
    pub(super) fn spare(&self, share: f64, plan: Plan, order: &Order) -> f64 {
        let rounds = (GROUPS * plan.chains * (plan.burn + plan.rounds)) as f64;
        (share - rounds * order.cost / (self.times * BUDGET)).max(0.0)
    }

    /// How long chains run, whose rounds cost `steps` each.
    // The casts: clamped; a number of drivers.
    pub(super) fn plan(&self, share: f64, order: &Order, drivers: usize) -> Plan {
        let chains = (GROUPS * CHAINS) as f64;
        let most = MOST_ROUNDS * self.times.max(1.0);
        let affordable = share * self.times * BUDGET / (chains * order.cost.max(1.0));
        let rounds = affordable.clamp(FEWEST_ROUNDS, most) as usize;
        let burn = if order.acyclic() {
            0
        } else {
            (rounds / 4).max(2)
        };
        let room = STORED / (GROUPS * 2 * drivers.max(1));
        let wanted = (DRAWS as f64 * self.times.max(1.0)) as usize;
        Plan {
            chains: CHAINS,
            burn,
            rounds,
            stored: wanted.min(room).min(CHAINS * rounds).max(CHAINS),
        }
    }
}
