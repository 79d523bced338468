//! Everything that can happen in a small study, one by one, and what choices come to over it.

use super::random::{Study, Written};
use sinario_reading::choices::Choices;
use std::collections::BTreeMap;

pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

/// A chance by the states of all drivers.
type Chance<'a> = &'a dyn Fn(&[usize]) -> f64;

/// One thing that can happen.
struct Event {
    weight: f64,
    /// Minds now, the others then.
    states: Vec<usize>,
    /// Each option's value.
    values: Vec<f64>,
}

pub struct Plain {
    events: Vec<Event>,
    named: Vec<usize>,
}

impl Plain {
    pub fn new(study: &Study) -> Plain {
        let mut named = Vec::new();
        study
            .options
            .iter()
            .for_each(|o| o.looks(study, &mut named));
        named.sort_unstable();
        named.dedup();
        let mut chances = vec![0.0; study.bernoullis];
        let mut found = Vec::new();
        let all = study.quantities.iter().chain(&study.options);
        for written in all {
            written.value.bernoullis(&mut found);
            written.when.iter().for_each(|w| w.2.bernoullis(&mut found));
        }
        found.iter().for_each(|(at, p)| chances[*at] = *p);
        let mut events = Vec::new();
        for (states, weight) in pairs(study) {
            for numbers in 0..1_usize << study.bernoullis {
                let chance = |(at, p): (usize, &f64)| {
                    if (numbers >> at) & 1 == 1 {
                        *p
                    } else {
                        1.0 - p
                    }
                };
                let value = |o: &Written| o.part(&states).value(study, &states, numbers);
                events.push(Event {
                    weight: weight * chances.iter().enumerate().map(chance).product::<f64>(),
                    values: study.options.iter().map(value).collect(),
                    states: states.clone(),
                });
            }
        }
        Plain { events, named }
    }

    fn options(&self) -> usize {
        self.events[0].values.len()
    }

    /// Σ weight · chance(states) · value of an option, and Σ weight · chance(states).
    fn sums(&self, option: usize, chance: Chance) -> (f64, f64) {
        let each = self
            .events
            .iter()
            .map(|e| (e.weight * chance(&e.states), e.values[option]));
        each.fold((0.0, 0.0), |(sum, mass), (w, v)| (sum + w * v, mass + w))
    }

    pub fn mean(&self, option: usize) -> f64 {
        self.sums(option, &|_| 1.0).0
    }

    fn best(&self) -> f64 {
        (0..self.options())
            .map(|o| self.mean(o))
            .fold(f64::NEG_INFINITY, f64::max)
    }

    /// What is gained by choosing after hearing one of several outcomes.
    fn worth(&self, outcomes: &[Chance]) -> f64 {
        let then = |chance: &Chance| {
            let sums = (0..self.options()).map(|o| self.sums(o, *chance).0);
            sums.fold(f64::NEG_INFINITY, f64::max)
        };
        outcomes.iter().map(then).sum::<f64>() - self.best()
    }

    /// Situations: states of the named drivers, with probability and each option's expected value.
    fn situations(&self) -> Vec<(f64, Vec<f64>)> {
        let mut all: BTreeMap<Vec<usize>, (f64, Vec<f64>)> = BTreeMap::new();
        for event in &self.events {
            let key = self.named.iter().map(|&d| event.states[d]).collect();
            let found = all.entry(key).or_insert((0.0, vec![0.0; self.options()]));
            found.0 += event.weight;
            for (sum, v) in found.1.iter_mut().zip(&event.values) {
                *sum += event.weight * v;
            }
        }
        let mean = |(p, sums): (f64, Vec<f64>)| (p, sums.iter().map(|s| s / p).collect());
        all.into_values().filter(|s| s.0 > 0.0).map(mean).collect()
    }

    pub fn max_regret(&self, _: &Study, option: usize) -> f64 {
        let regret = |(_, means): (f64, Vec<f64>)| {
            means.iter().copied().fold(f64::NEG_INFINITY, f64::max) - means[option]
        };
        self.situations()
            .into_iter()
            .map(regret)
            .fold(0.0, f64::max)
    }

    pub fn compare(&self, study: &Study, found: &Choices) {
        let text = study.text();
        let n = self.options();
        assert_eq!(found.options.len(), n);
        assert!(
            close(found.options[found.best].value.mean.value, self.best()),
            "{text}"
        );
        let situations = self.situations();
        assert_eq!(found.of_situations, situations.len(), "{text}");
        for (o, option) in found.options.iter().enumerate() {
            assert!(close(option.value.mean.value, self.mean(o)), "{text}");
            assert!(
                close(option.max_regret.0, self.max_regret(study, o)),
                "{text}"
            );
            assert!(
                close(option.shortfall, self.shortfall(o)),
                "{text}\n{o} {}",
                option.shortfall
            );
            assert!(close(option.best_in.value, self.best_in(o)), "{text}");
            assert!(option.value.defined == 1.0);
            let means: Vec<f64> = situations.iter().map(|s| s.1[o]).collect();
            let least = means.iter().copied().fold(f64::INFINITY, f64::min);
            assert!(close(option.measures[0], least), "{text}");
            for (s, situation) in found.situations.iter().enumerate() {
                let here = |states: &[usize]| {
                    let holds = situation
                        .states
                        .iter()
                        .all(|s| states[s.driver.0] == s.state.0);
                    f64::from(u8::from(holds))
                };
                let mean = |o| {
                    let (sum, mass) = self.sums(o, &here);
                    sum / mass
                };
                let top = (0..n).map(mean).fold(f64::NEG_INFINITY, f64::max);
                assert!(
                    close(situation.probability.value, self.sums(o, &here).1),
                    "{text}"
                );
                let amount = option.by_situation[s].as_ref().unwrap();
                assert!(close(amount.mean.value, mean(o)), "{text}");
                assert!(close(option.regret[s], top - mean(o)), "{text}");
            }
        }
        self.compare_information(study, found);
        self.compare_break_even(found, &text);
        self.compare_plans(study, found);
        self.compare_outcome(study, found);
    }

    fn shortfall(&self, option: usize) -> f64 {
        let mut all: Vec<(f64, f64)> = self
            .events
            .iter()
            .map(|e| (e.values[option], e.weight))
            .collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut sum, mut left) = (0.0, 0.05);
        for (value, weight) in all {
            let part: f64 = weight.min(left);
            sum += part * value;
            left -= part;
        }
        sum / 0.05
    }

    fn best_in(&self, option: usize) -> f64 {
        let part = |e: &Event| {
            let top = e.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let best = e.values.iter().filter(|v| close(**v, top)).count();
            if close(e.values[option], top) {
                e.weight / best as f64
            } else {
                0.0
            }
        };
        self.events.iter().map(part).sum()
    }

    fn compare_information(&self, study: &Study, found: &Choices) {
        let text = study.text();
        let top = |e: &Event| e.weight * e.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let everything: f64 = self.events.iter().map(top).sum::<f64>() - self.best();
        assert!(
            close(found.information.everything.value, everything),
            "{text}"
        );
        let in_each = |(p, means): (f64, Vec<f64>)| {
            p * means.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        };
        let situation = self.situations().into_iter().map(in_each).sum::<f64>() - self.best();
        assert!(
            close(found.information.situation.value, situation),
            "{text}"
        );
        assert_eq!(
            found.information.drivers.len(),
            study.drivers.len(),
            "{text}"
        );
        let mut before = f64::INFINITY;
        for (d, worth) in &found.information.drivers {
            let is: Vec<_> = (0..study.drivers[d.0].states)
                .map(|s| move |states: &[usize]| f64::from(u8::from(states[d.0] == s)))
                .collect();
            let is: Vec<Chance> = is.iter().map(|f| f as _).collect();
            assert!(close(worth.gross.value, self.worth(&is)), "{text} {d:?}");
            assert!(worth.gross.value <= before);
            before = worth.gross.value;
        }
        for (s, worth) in &found.information.signposts {
            let (seen, not) = signpost(study, *s);
            assert!(
                close(worth.gross.value, self.worth(&[&seen, &not])),
                "{text} {s}"
            );
            let (_, mass) = self.sums(0, &seen);
            assert!(close(worth.outcomes[0].0, mass), "{text} {s}");
        }
    }

    /// What is best a little before and after each break-even probability is what is said to be.
    fn compare_break_even(&self, found: &Choices, text: &str) {
        for even in &found.break_even {
            let state = even.state;
            let is =
                |states: &[usize]| f64::from(u8::from(states[state.driver.0] == state.state.0));
            let not = |states: &[usize]| 1.0 - is(states);
            let at = |o: usize, p: f64| {
                let (a, of_a) = self.sums(o, &is);
                let (b, of_b) = self.sums(o, &not);
                p * a / of_a + (1.0 - p) * b / of_b
            };
            assert!(close(even.now.value, self.sums(0, &is).1), "{text}");
            let ends = even.best.iter().skip(1).map(|b| b.0).chain([1.0]);
            for (&(from, best), to) in even.best.iter().zip(ends) {
                for share in [0.1, 0.5, 0.9] {
                    let p = from + share * (to - from);
                    let top = (0..self.options())
                        .map(|o| at(o, p))
                        .fold(f64::NEG_INFINITY, f64::max);
                    assert!(close(at(best, p), top), "{text} {even:?}");
                }
            }
        }
    }

    fn compare_plans(&self, study: &Study, found: &Choices) {
        let text = study.text();
        let mut most = f64::NEG_INFINITY;
        let gain = |s: usize, seen_first: bool, begin: usize, to: usize| {
            let (seen, not) = signpost(study, s);
            let (shows, hides): (Chance, Chance) = if seen_first {
                (&seen, &not)
            } else {
                (&not, &seen)
            };
            let (stays, _) = self.sums(begin, hides);
            let (moves, mass) = self.sums(to, shows);
            let cost = study.switching[to].unwrap_or(0.0);
            stays + moves - cost * mass - self.best() - study.signposts[s].1
        };
        for s in 0..study.signposts.len() {
            for begin in 0..self.options() {
                for to in (0..self.options()).filter(|&o| o != begin) {
                    for seen in [true, false] {
                        most = most.max(gain(s, seen, begin, to));
                    }
                }
            }
        }
        assert!(close(found.plans[0].gain.value, most), "{text}");
        assert!(found.plans.len() <= 8);
        for plan in &found.plans {
            let own = gain(plan.signpost, plan.when_seen, plan.begin, plan.switch_to);
            assert!(close(plan.gain.value, own), "{text} {plan:?}");
        }
    }

    fn compare_outcome(&self, study: &Study, found: &Choices) {
        let text = study.text();
        let known: Vec<_> = study
            .verdicts
            .iter()
            .filter(|v| self.named.contains(&v.0))
            .collect();
        let was = |states: &[usize]| f64::from(u8::from(known.iter().all(|v| states[v.0] == v.1)));
        match &found.outcome {
            None => assert!(known.is_empty() || self.sums(0, &was).1 <= 0.0, "{text}"),
            Some(outcome) => {
                assert_eq!(outcome.known.len(), known.len(), "{text}");
                assert_eq!(
                    outcome.unknown.len() + known.len(),
                    self.named.len(),
                    "{text}"
                );
                for (o, brought) in outcome.brought.iter().enumerate() {
                    let (sum, mass) = self.sums(o, &was);
                    assert!(close(brought.mean.value, sum / mass), "{text}");
                }
            }
        }
    }
}

/// P(seen | states) and P(not seen | states).
fn signpost(study: &Study, s: usize) -> (impl Fn(&[usize]) -> f64, impl Fn(&[usize]) -> f64) {
    let expected = &study.signposts[s].0;
    let seen = move |states: &[usize]| expected.iter().map(|(d, p)| p[states[*d]]).product::<f64>();
    let not =
        move |states: &[usize]| 1.0 - expected.iter().map(|(d, p)| p[states[*d]]).product::<f64>();
    (seen, not)
}

/// How driver `d` answers the others (model.md 4).
fn answer(study: &Study, d: usize, states: &[usize]) -> Vec<f64> {
    let driver = &study.drivers[d];
    let points = |t: usize| -> i32 {
        let impacts = study
            .impacts
            .iter()
            .filter(|i| i.2 == d && states[i.0] == i.1);
        impacts.map(|i| i.3[t]).sum()
    };
    // The strength is 2 unless a case says otherwise.
    let odds: Vec<f64> = (0..driver.states)
        .map(|t| driver.prior[t] * libm::exp2(f64::from(points(t))))
        .collect();
    let whole: f64 = odds.iter().sum();
    odds.iter().map(|o| o / whole).collect()
}

/// Every pair of now and then as far as anybody looks at it: minds now, all others then.
fn pairs(study: &Study) -> BTreeMap<Vec<usize>, f64> {
    // Without cycles, what is settled is the product of the answers, in declared order.
    let mut now: BTreeMap<Vec<usize>, f64> = BTreeMap::from([(vec![0; study.drivers.len()], 1.0)]);
    for (d, driver) in study.drivers.iter().enumerate() {
        now = each(&now, |states| match driver.today {
            Some(today) => vec![(with(states, d, today), 1.0)],
            None => spread(study, d, states),
        });
    }
    let whole: f64 = now
        .iter()
        .map(|(s, p)| p * study.fact.1[s[study.fact.0]])
        .sum();
    now.iter_mut()
        .for_each(|(s, p)| *p *= study.fact.1[s[study.fact.0]] / whole);
    let rounds = if study.drivers.iter().any(|d| d.today.is_some()) {
        3
    } else {
        0
    };
    // A future now is carried along beside what becomes of it.
    let n = study.drivers.len();
    let mut pairs: BTreeMap<Vec<usize>, f64> = now
        .into_iter()
        .map(|(s, p)| ([s.clone(), s].concat(), p))
        .collect();
    for _ in 0..rounds {
        for (d, driver) in study.drivers.iter().enumerate() {
            let keeps = if driver.mind { 0.8 } else { 0.5 };
            pairs = each(&pairs, |both| {
                let mut next = vec![(both.to_vec(), keeps)];
                for (to, p) in spread(study, d, &both[n..]) {
                    next.push(([both[..n].to_vec(), to].concat(), (1.0 - keeps) * p));
                }
                next
            });
        }
    }
    each(&pairs, |both| {
        let state = |d: usize| {
            if study.drivers[d].mind {
                both[d]
            } else {
                both[n + d]
            }
        };
        vec![((0..n).map(state).collect(), 1.0)]
    })
}

fn with(states: &[usize], d: usize, state: usize) -> Vec<usize> {
    let mut states = states.to_vec();
    states[d] = state;
    states
}

fn spread(study: &Study, d: usize, states: &[usize]) -> Vec<(Vec<usize>, f64)> {
    let answers = answer(study, d, states).into_iter().enumerate();
    answers.map(|(s, p)| (with(states, d, s), p)).collect()
}

fn each(
    all: &BTreeMap<Vec<usize>, f64>,
    next: impl Fn(&[usize]) -> Vec<(Vec<usize>, f64)>,
) -> BTreeMap<Vec<usize>, f64> {
    let mut found = BTreeMap::new();
    for (states, p) in all {
        for (to, q) in next(states) {
            *found.entry(to).or_insert(0.0) += p * q;
        }
    }
    found
}
