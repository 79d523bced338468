//! Facts as evidence (model.md 5).

use crate::{Driver, Fact};

/// The facts that are used, in order.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Facts.
    pub facts: Vec<FactInput>,
    /// Rationalities β and their weights, over which acts are integrated.
    pub grid: Vec<(f64, f64)>,
}

/// One fact.
#[derive(Clone, Debug, Default)]
pub struct FactInput {
    /// Trust in its source, 0 … 1.
    pub trust: f64,
    /// Facts with the same number are averaged in logs.
    pub group: Option<u32>,
    /// P(fact | state) by driver.
    pub expected: Vec<(Driver, Vec<f64>)>,
    /// The act that it is.
    pub act: Option<ActInput>,
}

/// One act.
#[derive(Clone, Debug)]
pub struct ActInput {
    /// Number of the actor, whose β it shares.
    pub actor: u32,
    /// Which alternative was taken.
    pub chose: usize,
    /// Number of alternatives.
    pub among: usize,
    /// By mind: `table[state][alternative]`. Worths of several minds add.
    pub worth: Vec<(Driver, Vec<Vec<f64>>)>,
}

/// β_k = 0.03 · 100^(k/24), k = 0 … 24, each with weight 1/25.
pub fn standard_grid() -> Vec<(f64, f64)> {
    (0..25)
        .map(|k| (0.03 * libm::pow(100.0, f64::from(k) / 24.0), 1.0 / 25.0))
        .collect()
}

/// A set of facts, by position.
pub type Facts = Vec<Fact>;

/// The drivers that any fact bears on, in declared order.
pub fn concerned(evidence: &Evidence) -> Vec<Driver> {
    let mut drivers: Vec<Driver> = evidence
        .facts
        .iter()
        .flat_map(|f| {
            let acts = f.act.iter().flat_map(|a| a.worth.iter().map(|w| w.0));
            f.expected.iter().map(|e| e.0).chain(acts)
        })
        .collect();
    drivers.sort_unstable();
    drivers.dedup();
    drivers
}

/// The minds of an act with their numbers of states, and ln of its probability by β and joint state.
type ActLogs = (Vec<(Driver, usize)>, Vec<Vec<f64>>);

/// Logarithms of what each fact says, ready to be added up for any set of facts and any states.
pub struct Weighing<'a> {
    evidence: &'a Evidence,
    /// By fact, by driver: ln of the likelihood by state, trust mixed in.
    expected: Vec<Vec<(Driver, Vec<f64>)>>,
    /// By fact: the minds of its act, and ln of the act's probability by β, then by joint state of the minds.
    acts: Vec<Option<ActLogs>>,
}

impl<'a> Weighing<'a> {
    /// Mixes in trust and works out what each act tells at every β (model.md 5).
    pub fn new(evidence: &'a Evidence) -> Self {
        let expected = evidence.facts.iter().map(|f| {
            f.expected
                .iter()
                .map(|(d, chances)| (*d, trusted(chances, f.trust)))
                .collect()
        });
        let acts = evidence.facts.iter().map(|f| {
            f.act.as_ref().map(|act| {
                let minds = act
                    .worth
                    .iter()
                    .map(|(d, table)| (*d, table.len()))
                    .collect();
                let by_beta = evidence
                    .grid
                    .iter()
                    .map(|&(beta, _)| trusted(&choice_probabilities(act, beta), f.trust));
                (minds, by_beta.collect())
            })
        });
        Weighing {
            evidence,
            expected: expected.collect(),
            acts: acts.collect(),
        }
    }

    /// ln of the likelihood of a set of facts where `state` tells each driver's state; −∞ where they cannot be.
    ///
    /// Facts of a group are averaged in logs over those of the group that are in the set and say anything; an
    /// actor's β is summed over once, over all acts in the set.
    pub fn ln_likelihood(&self, facts: &[Fact], state: impl Fn(Driver) -> usize) -> f64 {
        let mut sizes = std::collections::BTreeMap::<u32, u32>::new();
        for &f in facts {
            let fact = &self.evidence.facts[f.0 as usize];
            if let (Some(group), true) =
                (fact.group, !fact.expected.is_empty() || fact.act.is_some())
            {
                *sizes.entry(group).or_default() += 1;
            }
        }
        let share = |f: Fact| {
            let group = self.evidence.facts[f.0 as usize].group;
            group
                .and_then(|g| sizes.get(&g))
                .map_or(1.0, |&n| 1.0 / f64::from(n))
        };
        let mut total = 0.0;
        let mut actors = std::collections::BTreeMap::<u32, Vec<f64>>::new();
        for &f in facts {
            let at = f.0 as usize;
            for (driver, ln) in &self.expected[at] {
                total += share(f) * ln[state(*driver)];
            }
            if let (Some(act), Some((minds, ln))) = (&self.evidence.facts[at].act, &self.acts[at]) {
                let joint = minds.iter().fold(0, |joint, (d, k)| joint * k + state(*d));
                let sums = actors
                    .entry(act.actor)
                    .or_insert_with(|| self.evidence.grid.iter().map(|g| libm::log(g.1)).collect());
                for (sum, ln) in sums.iter_mut().zip(ln) {
                    *sum += share(f) * ln[joint];
                }
            }
        }
        actors
            .values()
            .fold(total, |total, sums| total + ln_sum(sums))
    }
}

/// ln(r·λ + (1 − r)·mean λ).
fn trusted(chances: &[f64], trust: f64) -> Vec<f64> {
    // The cast: joint states of a few minds.
    let mean = chances.iter().sum::<f64>() / chances.len() as f64;
    chances
        .iter()
        .map(|c| libm::log(trust * c + (1.0 - trust) * mean))
        .collect()
}

/// P(chosen | minds, β) for every joint state of the act's minds, the first mind slowest.
fn choice_probabilities(act: &ActInput, beta: f64) -> Vec<f64> {
    let joint: usize = act.worth.iter().map(|(_, table)| table.len()).product();
    (0..joint)
        .map(|mut at| {
            let mut worth = vec![0.0; act.among];
            for (_, table) in act.worth.iter().rev() {
                for (sum, w) in worth.iter_mut().zip(&table[at % table.len()]) {
                    *sum += w;
                }
                at /= table.len();
            }
            let best = worth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let weights: Vec<f64> = worth.iter().map(|w| libm::exp(beta * (w - best))).collect();
            weights[act.chose] / weights.iter().sum::<f64>()
        })
        .collect()
}

/// ln Σ exp, safe where all are far below or −∞.
fn ln_sum(logs: &[f64]) -> f64 {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + libm::log(logs.iter().map(|l| libm::exp(l - most)).sum())
}
