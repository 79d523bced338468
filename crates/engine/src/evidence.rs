//! Facts as evidence (model.md 5).

mod variant;

use crate::{Driver, Fact};

/// The facts that are used, in order.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Facts.
    pub facts: Vec<FactInput>,
    /// Rationalities β and their weights, over which acts are integrated.
    pub grid: Vec<(f64, f64)>,
}

impl Evidence {
    /// All facts, by position.
    pub fn all(&self) -> Facts {
        // The cast: facts are counted in u32.
        (0..self.facts.len()).map(|f| Fact(f as u32)).collect()
    }
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

/// What a [`Table`] is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// What is expected in the states of one driver.
    Driver(Driver),
    /// All acts of one actor, β summed over.
    Actor(u32),
}

/// A part of ln of a likelihood, by the joint state of some drivers, the first slowest.
pub(crate) struct Table {
    /// The drivers, in declared order, and their numbers of states.
    pub drivers: Vec<(Driver, usize)>,
    /// By joint state; −∞ where the facts cannot be.
    pub ln: Vec<f64>,
}

/// The minds of an act with their numbers of states, and ln of its probability by β and joint state.
type ActLogs = (Vec<(Driver, usize)>, Vec<Vec<f64>>);

/// Logarithms of what each fact says, ready to be added up for any set of facts and any states.
#[derive(Clone)]
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
        let facts = evidence.facts.iter();
        let (expected, acts) = facts.map(|f| tells(f, &evidence.grid)).unzip();
        Weighing {
            evidence,
            expected,
            acts,
        }
    }

    /// Lets one fact tell what `told` would, which must be of the same actor, group and drivers.
    pub(crate) fn retell(&mut self, f: Fact, told: &FactInput) {
        let at = f.0 as usize;
        (self.expected[at], self.acts[at]) = tells(told, &self.evidence.grid);
    }

    /// ln of the likelihood of a set of facts, taken apart into a sum of tables; `held` is the state of a driver
    /// that has only one, and no table then lists it.
    ///
    /// The sum is that of [`Weighing::ln_likelihood`] up to rounding, where all sources are `wanted`.
    pub(crate) fn tables(
        &self,
        facts: &[Fact],
        held: impl Fn(Driver) -> Option<usize>,
        wanted: impl Fn(Source) -> bool,
    ) -> Vec<Table> {
        let mut by_driver = std::collections::BTreeMap::<Driver, Vec<Fact>>::new();
        let mut acts = std::collections::BTreeMap::<u32, (Vec<(Driver, usize)>, Vec<Fact>)>::new();
        for &f in facts {
            let at = f.0 as usize;
            for (driver, _) in &self.expected[at] {
                if wanted(Source::Driver(*driver)) {
                    by_driver.entry(*driver).or_default().push(f);
                }
            }
            let act = self.evidence.facts[at].act.as_ref();
            let act = act.filter(|a| wanted(Source::Actor(a.actor)));
            if let (Some(act), Some((minds, _))) = (act, &self.acts[at]) {
                let (all, of) = acts.entry(act.actor).or_default();
                all.extend(minds);
                of.push(f);
            }
        }
        let share = self.shares(facts);
        let free = |d: &(Driver, usize)| held(d.0).is_none();
        let mut tables = Vec::new();
        for (driver, of) in by_driver {
            let mut ln = Vec::new();
            for f in of {
                for (_, part) in self.expected[f.0 as usize].iter().filter(|e| e.0 == driver) {
                    ln.resize(part.len(), 0.0);
                    ln.iter_mut()
                        .zip(part)
                        .for_each(|(sum, l)| *sum += share(f) * l);
                }
            }
            tables.push(match held(driver) {
                Some(s) => Table {
                    drivers: Vec::new(),
                    ln: vec![ln[s]],
                },
                None => Table {
                    drivers: vec![(driver, ln.len())],
                    ln,
                },
            });
        }
        for (mut drivers, of) in acts.into_values() {
            drivers.sort_unstable();
            drivers.dedup();
            drivers.retain(free);
            let joint: usize = drivers.iter().map(|(_, k)| k).product();
            let ln = (0..joint).map(|mut at| {
                let mut states = vec![0; drivers.len()];
                for (state, (_, k)) in states.iter_mut().zip(&drivers).rev() {
                    (*state, at) = (at % k, at / k);
                }
                let state = |d: Driver| {
                    let place = drivers.iter().position(|(e, _)| *e == d);
                    held(d).or(place.map(|p| states[p])).unwrap_or_default()
                };
                let mut sums: Vec<f64> =
                    self.evidence.grid.iter().map(|g| libm::log(g.1)).collect();
                for &f in &of {
                    self.add_act(f, share(f), state, &mut sums);
                }
                ln_sum(&sums)
            });
            let ln = ln.collect();
            tables.push(Table { drivers, ln });
        }
        tables
    }

    /// How much each fact of a set counts: those of a group that are in the set and say anything share one fact.
    pub(crate) fn shares(&self, facts: &[Fact]) -> impl Fn(Fact) -> f64 + use<'_> {
        let mut sizes = std::collections::BTreeMap::<u32, u32>::new();
        for &f in facts {
            let fact = &self.evidence.facts[f.0 as usize];
            if let (Some(group), true) =
                (fact.group, !fact.expected.is_empty() || fact.act.is_some())
            {
                *sizes.entry(group).or_default() += 1;
            }
        }
        move |f| {
            let group = self.evidence.facts[f.0 as usize].group;
            group
                .and_then(|g| sizes.get(&g))
                .map_or(1.0, |&n| 1.0 / f64::from(n))
        }
    }

    /// Adds what the act of a fact tells at every β.
    fn add_act(&self, f: Fact, share: f64, state: impl Fn(Driver) -> usize, sums: &mut [f64]) {
        if let Some((minds, ln)) = &self.acts[f.0 as usize] {
            let joint = minds.iter().fold(0, |joint, (d, k)| joint * k + state(*d));
            for (sum, ln) in sums.iter_mut().zip(ln) {
                *sum += share * ln[joint];
            }
        }
    }

    /// ln of the likelihood of a set of facts where `state` tells each driver's state; −∞ where they cannot be.
    ///
    /// Facts of a group are averaged in logs over those of the group that are in the set and say anything; an
    /// actor's β is summed over once, over all acts in the set.
    pub fn ln_likelihood(&self, facts: &[Fact], state: impl Fn(Driver) -> usize) -> f64 {
        let share = self.shares(facts);
        let mut total = 0.0;
        let mut actors = std::collections::BTreeMap::<u32, Vec<f64>>::new();
        for &f in facts {
            let at = f.0 as usize;
            for (driver, ln) in &self.expected[at] {
                total += share(f) * ln[state(*driver)];
            }
            if let Some(act) = &self.evidence.facts[at].act {
                let sums = actors
                    .entry(act.actor)
                    .or_insert_with(|| self.evidence.grid.iter().map(|g| libm::log(g.1)).collect());
                self.add_act(f, share(f), &state, sums);
            }
        }
        actors
            .values()
            .fold(total, |total, sums| total + ln_sum(sums))
    }
}

/// What a set of facts says, driver by driver as far as it can be taken apart.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// ln of what bears on one driver alone, by state, in declared order.
    pub alone: Vec<(Driver, Vec<f64>)>,
    /// The drivers whose states only count together, through an actor whose acts bear on several of them; what
    /// they say is in no part of `alone`.
    pub together: Vec<Driver>,
}

impl Weighing<'_> {
    /// Takes [`Weighing::ln_likelihood`] apart by driver: it is the sum of what is `alone`, where nothing counts
    /// `together`.
    ///
    /// ```
    /// use sinario_engine::{Driver, Fact, evidence::{Evidence, FactInput, Weighing}};
    /// let fact = FactInput { trust: 1.0, expected: vec![(Driver(0), vec![0.2, 0.8])], ..FactInput::default() };
    /// let evidence = Evidence { facts: vec![fact.clone(), fact], grid: Vec::new() };
    /// let parts = Weighing::new(&evidence).parts(&[Fact(0), Fact(1)]);
    /// assert!((parts.alone[0].1[1] - 2.0 * libm::log(0.8)).abs() < 1e-12 && parts.together.is_empty());
    /// ```
    pub fn parts(&self, facts: &[Fact]) -> Parts {
        let share = self.shares(facts);
        let mut alone = std::collections::BTreeMap::<Driver, Vec<f64>>::new();
        let mut add = |driver: Driver, ln: &mut dyn Iterator<Item = f64>| match alone.entry(driver)
        {
            std::collections::btree_map::Entry::Vacant(e) => {
                e.insert(ln.collect());
            }
            std::collections::btree_map::Entry::Occupied(mut e) => {
                e.get_mut()
                    .iter_mut()
                    .zip(ln)
                    .for_each(|(sum, ln)| *sum += ln);
            }
        };
        let mut actors = std::collections::BTreeMap::<u32, Vec<Fact>>::new();
        for &f in facts {
            let at = f.0 as usize;
            for (driver, ln) in &self.expected[at] {
                add(*driver, &mut ln.iter().map(|ln| share(f) * ln));
            }
            if let Some(act) = &self.evidence.facts[at].act {
                actors.entry(act.actor).or_default().push(f);
            }
        }
        let mut together = Vec::new();
        for acts in actors.values() {
            let act = |f: &Fact| self.acts[f.0 as usize].as_ref();
            let mut bears: Vec<(Driver, usize)> = acts
                .iter()
                .filter_map(act)
                .flat_map(|a| a.0.clone())
                .collect();
            bears.sort_unstable();
            bears.dedup();
            let [(driver, states)] = bears[..] else {
                together.extend(bears.iter().map(|b| b.0));
                continue;
            };
            let mut ln = (0..states).map(|s| {
                let by_beta = self
                    .evidence
                    .grid
                    .iter()
                    .enumerate()
                    .map(|(beta, (_, weight))| {
                        // Every act of this actor bears on the one driver, or on nothing.
                        let of = |f: &Fact| {
                            act(f).map_or(0.0, |a| {
                                share(*f) * a.1[beta][if a.0.is_empty() { 0 } else { s }]
                            })
                        };
                        libm::log(*weight) + acts.iter().map(of).sum::<f64>()
                    });
                ln_sum(&by_beta.collect::<Vec<f64>>())
            });
            add(driver, &mut ln);
        }
        together.sort_unstable();
        together.dedup();
        Parts {
            alone: alone.into_iter().collect(),
            together,
        }
    }
}

/// What one fact expects by driver, and what its act tells by β, in logs with trust mixed in.
fn tells(f: &FactInput, grid: &[(f64, f64)]) -> (Vec<(Driver, Vec<f64>)>, Option<ActLogs>) {
    let expected = f
        .expected
        .iter()
        .map(|(d, chances)| (*d, trusted(chances, f.trust)));
    let act = f.act.as_ref().map(|act| {
        let minds = act.worth.iter().map(|(d, table)| (*d, table.len()));
        let by_beta = grid
            .iter()
            .map(|&(beta, _)| trusted(&choice_probabilities(act, beta), f.trust));
        (minds.collect(), by_beta.collect())
    });
    (expected.collect(), act)
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
pub(crate) fn ln_sum(logs: &[f64]) -> f64 {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + libm::log(logs.iter().map(|l| libm::exp(l - most)).sum())
}
