//! Competing readings side by side against plain enumeration.

use crate::cases::{Dice, all};
use crate::enumeration::*;
use sinario_engine::belief::{
    Ask, Compare, Compared, Estimate, Method, Place, Range, believe, separation,
};
use sinario_engine::evidence::{ActInput, Evidence, FactInput, Weighing, standard_grid};
use sinario_engine::progress::Quiet;
use sinario_engine::{Driver, Fact, Future, Model};

/// A case small enough to count, with everything that bears on now.
struct Small {
    model: Model,
    futures: Vec<Future>,
    evidence: Evidence,
    held: Held,
    ask: Ask,
}

fn small(dice: &mut Dice, most: usize) -> Small {
    loop {
        let model = situation(dice);
        let futures = all(&model.sizes);
        if futures.len() > most {
            continue;
        }
        let held: Held = match dice.below(4) {
            0 => vec![pick(dice, &model)],
            _ => Vec::new(),
        };
        let mut sign = || {
            let mut of = |d: usize| {
                let chances = (0..model.sizes[d]).map(|_| dice.unit());
                (Driver(d as u32), chances.collect::<Vec<f64>>())
            };
            vec![of(0), of(1)]
        };
        let signposts = vec![sign(), sign()];
        return Small {
            evidence: evidence(dice, &model),
            ask: Ask {
                held: held.clone(),
                minds: vec![Driver(0)],
                signposts,
                read: (0..model.drivers()).map(|d| Driver(d as u32)).collect(),
                compare: Some(Compare::default()),
                exact_up_to: 1 << 26,
                ..Ask::default()
            },
            model,
            futures,
            held,
        };
    }
}

impl Small {
    /// What is held now.
    fn today(&self) -> Held {
        let mut today = self.held.clone();
        for (d, t) in self.model.today.iter().enumerate() {
            if let Some(t) = t.filter(|_| !today.iter().any(|h| h.0.0 as usize == d)) {
                today.push((Driver(d as u32), t));
            }
        }
        today
    }

    fn before(&self) -> Vec<f64> {
        settled(&self.model, &self.futures, &self.today())
    }

    fn under(&self, before: &[f64], evidence: &Evidence) -> Vec<f64> {
        let facts: Vec<Fact> = evidence.all();
        let all = before.iter().zip(&self.futures);
        normal(
            all.map(|(m, x)| m * likelihood(evidence, &facts, x))
                .collect(),
        )
    }

    fn compared(&self) -> Compared {
        let found = believe(&self.model, &self.evidence, &self.ask, &Quiet).unwrap();
        found.compared.unwrap()
    }

    /// A belief and its odds, by driver and state.
    fn check(&self, mass: &[f64], found: &[Vec<Estimate>], what: &str) {
        compare(&self.model, &self.futures, mass, &found.to_vec(), what);
    }

    fn with(&self, f: Fact, change: impl FnOnce(&mut FactInput)) -> Evidence {
        let mut other = self.evidence.clone();
        change(&mut other.facts[f.0 as usize]);
        other
    }
}

/// The act with one column of its worths gone.
fn struck(act: &mut ActInput, gone: usize) {
    let chosen = (0..act.among)
        .filter(|a| *a != gone)
        .position(|a| a == act.chose);
    for row in act.worth.iter_mut().flat_map(|w| &mut w.1) {
        let left = row.iter().enumerate().filter(|(a, _)| *a != gone);
        *row = left.map(|(_, w)| *w).collect();
    }
    act.among -= 1;
    act.chose = chosen.unwrap();
}

#[test]
fn what_was_not_done_and_each_rationality() {
    let mut dice = Dice(41);
    let (mut acts, mut cases) = (0, 0);
    while acts < 300 || cases < 150 {
        let small = small(&mut dice, 90);
        cases += 1;
        let before = small.before();
        let now = small.under(&before, &small.evidence);
        let found = small.compared();
        for undone in &found.acts {
            acts += 1;
            let act = small.evidence.facts[undone.fact.0 as usize].act.as_ref();
            let (chose, among) = (act.unwrap().chose, act.unwrap().among);
            let others: Vec<usize> = undone.alternatives.iter().map(|a| a.number).collect();
            assert_eq!(
                others,
                (0..among).filter(|a| *a != chose).collect::<Vec<_>>()
            );
            for other in &undone.alternatives {
                let instead = small.with(undone.fact, |f| {
                    f.act.as_mut().unwrap().chose = other.number;
                });
                small.check(&small.under(&before, &instead), &other.instead, "instead");
                let left = small.with(undone.fact, |f| {
                    struck(f.act.as_mut().unwrap(), other.number);
                });
                let left = small.under(&before, &left);
                for (d, of) in other.decibans.iter().enumerate() {
                    for (s, db) in of.iter().enumerate() {
                        let odds = |mass: &[f64]| {
                            let p = marginal(&small.futures, mass, d, s as u16);
                            p / (1.0 - p)
                        };
                        let (a, b) = (odds(&now), odds(&left));
                        // What is held says nothing; what is nearly certain loses its digits in 1 − p here.
                        if a > 1e-6 && a < 1e6 && b > 1e-6 && b < 1e6 {
                            let want = 10.0 * libm::log10(a / b);
                            assert!((db.value - want).abs() < 1e-7, "{} {want}", db.value);
                        } else if a == 0.0 || a.is_infinite() {
                            assert_eq!(db.value, 0.0);
                        }
                    }
                }
            }
        }
        let any = small.evidence.facts.iter().any(|f| f.act.is_some());
        assert_eq!(found.rationality.len(), if any { 3 } else { 0 });
        for (fixed, &(beta, _)) in found.rationality.iter().zip(&small.evidence.grid) {
            assert_eq!(fixed.beta, beta);
            let known = Evidence {
                facts: small.evidence.facts.clone(),
                grid: vec![(beta, 1.0)],
            };
            small.check(&small.under(&before, &known), &fixed.posterior, "fixed");
        }
        // What the acts say of β: the mass of everything with one actor's β known.
        for (actor, chances) in &found.betas {
            let facts = small.evidence.all();
            let whole = |grid: Vec<(f64, f64)>| -> f64 {
                let (mut of, mut rest) = (small.evidence.clone(), small.evidence.clone());
                of.grid = grid;
                let is = |f: &FactInput| f.act.as_ref().is_some_and(|a| a.actor == *actor);
                // The other actors keep the grid: the product of two readings, one without each.
                let (mut own, mut others) = (Vec::new(), Vec::new());
                for f in &facts {
                    match is(&small.evidence.facts[f.0 as usize]) {
                        true => own.push(*f),
                        false => others.push(*f),
                    }
                }
                // A group would be shared out anew among fewer facts.
                of.facts.iter_mut().for_each(|f| f.group = None);
                rest.facts.iter_mut().for_each(|f| f.group = None);
                let each = before.iter().zip(&small.futures);
                each.map(|(m, x)| m * likelihood(&of, &own, x) * likelihood(&rest, &others, x))
                    .sum()
            };
            if small.evidence.facts.iter().all(|f| f.group.is_none()) {
                let by: Vec<f64> = small
                    .evidence
                    .grid
                    .iter()
                    .map(|g| whole(vec![*g]))
                    .collect();
                for (found, want) in chances.iter().zip(normal(by)) {
                    near(*found, want, "beta");
                }
            }
            near(chances.iter().sum(), 1.0, "betas");
        }
    }
}

/// Acts that bear on two minds at once, against the likelihood of each future.
#[test]
fn acts_on_two_minds() {
    let mut dice = Dice(43);
    let mut tested = 0;
    while tested < 60 {
        let mut small = small(&mut dice, 90);
        let worth = |d: usize, dice: &mut Dice| {
            let row = |dice: &mut Dice| (0..3).map(|_| dice.unit() * 20.0 - 10.0).collect();
            let table = (0..small.model.sizes[d]).map(|_| row(dice));
            (Driver(d as u32), table.collect())
        };
        for actor in [0, 0, 1] {
            let both = vec![worth(0, &mut dice), worth(1, &mut dice)];
            small.evidence.facts.push(FactInput {
                trust: [1.0, 0.6][dice.below(2)],
                act: Some(ActInput {
                    actor,
                    chose: dice.below(3),
                    among: 3,
                    worth: both,
                }),
                ..FactInput::default()
            });
        }
        tested += 1;
        let before = small.before();
        let under = |evidence: &Evidence| {
            let weighing = Weighing::new(evidence);
            let facts = evidence.all();
            let of = |x: &Future| {
                let state = |d: Driver| usize::from(x[d.0 as usize].0);
                libm::exp(weighing.ln_likelihood(&facts, state))
            };
            let all = before.iter().zip(&small.futures);
            normal(all.map(|(m, x)| m * of(x)).collect())
        };
        let found = small.compared();
        for undone in &found.acts {
            for other in &undone.alternatives {
                let instead = small.with(undone.fact, |f| {
                    f.act.as_mut().unwrap().chose = other.number;
                });
                small.check(&under(&instead), &other.instead, "instead");
            }
        }
        for fixed in &found.rationality {
            let known = small.evidence.fixed(fixed.beta);
            small.check(&under(&known), &fixed.posterior, "fixed");
        }
    }
}

/// The worked example of inverse planning with answers from an independent program at every rationality.
#[test]
fn the_reference_at_each_rationality() {
    let data: serde_json::Value =
        serde_json::from_str(include_str!("../data/softmax_investor.json")).unwrap();
    let root = data.get("softmax_investor").unwrap_or(&data);
    let minds = ["ret", "tech", "block", "signal"];
    let acts = ["fund", "board", "exclusive", "walk", "delay"];
    let table: Vec<Vec<f64>> = minds
        .iter()
        .map(|m| {
            acts.iter()
                .map(|a| root["U"][m][a].as_f64().unwrap())
                .collect()
        })
        .collect();
    let observed = root["observed"].as_array().unwrap();
    let facts = observed.iter().map(|o| FactInput {
        trust: 1.0,
        act: Some(ActInput {
            actor: 0,
            chose: acts.iter().position(|a| o == a).unwrap(),
            among: 5,
            worth: vec![(Driver(0), table.clone())],
        }),
        ..FactInput::default()
    });
    let betas = ["0.1", "0.25", "0.5", "1", "2"];
    let grid = betas.iter().map(|b| (b.parse().unwrap(), 0.2)).collect();
    let mut model = Model::new(vec![4]);
    let prior = minds
        .iter()
        .map(|m| libm::log(root["prior"][m].as_f64().unwrap()));
    model.bias[0] = prior.collect();
    let evidence = Evidence {
        facts: facts.collect(),
        grid,
    };
    let ask = Ask {
        read: vec![Driver(0)],
        compare: Some(Compare::default()),
        exact_up_to: 1 << 26,
        ..Ask::default()
    };
    let found = believe(&model, &evidence, &ask, &Quiet).unwrap();
    let compared = found.compared.unwrap();
    let mut known = 0;
    for (fixed, beta) in compared.rationality.iter().zip(betas) {
        for (s, mind) in minds.iter().enumerate() {
            if let Some(want) = root["beta"][beta][mind].as_f64() {
                near(fixed.posterior[0][s].value, want, beta);
                known += 1;
            }
        }
    }
    assert_eq!(known, 16);
    for (beta, chance) in betas.iter().zip(&compared.betas[0].1) {
        let want = root["beta_posterior_uniform_grid"][beta].as_f64().unwrap();
        near(*chance, want, "the posterior of β");
    }
    assert_eq!(standard_grid().len(), 25);
}

#[test]
fn the_best_rival_and_what_separates() {
    let mut dice = Dice(47);
    let mut rivals = 0;
    for _ in 0..150 {
        let small = small(&mut dice, 90);
        let now = small.under(&small.before(), &small.evidence);
        let found = small.compared();
        for (d, of) in found.rivals.iter().enumerate() {
            let chances: Vec<f64> = (0..small.model.sizes[d])
                .map(|s| marginal(&small.futures, &now, d, s))
                .collect();
            let most = chances.iter().copied().fold(0.0, f64::max);
            if chances.iter().filter(|c| most - **c < 1e-9).count() > 1 {
                // A tie that rounding decides.
                continue;
            }
            let leading = chances.iter().position(|c| *c == most).unwrap();
            let best = |with: bool| {
                let all = small.futures.iter().zip(&now);
                all.filter(|(x, _)| (usize::from(x[d].0) == leading) == with)
                    .map(|(_, m)| *m)
                    .fold(0.0, f64::max)
            };
            let is = |found: &Option<(Future, f64)>, with: bool| {
                let Some((x, mass)) = found else {
                    assert_eq!(best(with), 0.0);
                    return;
                };
                assert_eq!(usize::from(x[d].0) == leading, with);
                near(*mass, best(with), "mass");
                let at = small.futures.binary_search(x).unwrap();
                near(now[at], *mass, "its own mass");
            };
            is(&of.leading, true);
            is(&of.rival, false);
            let (Some((a, _)), Some((b, _))) = (&of.leading, &of.rival) else {
                assert!(of.seen.is_empty());
                continue;
            };
            rivals += 1;
            for (n, sign) in small.ask.signposts.iter().enumerate() {
                // One future, carried forward by itself.
                let seen = |x: &Future| {
                    let mut mass = vec![0.0; small.futures.len()];
                    mass[small.futures.binary_search(x).unwrap()] = 1.0;
                    for _ in 0..small.model.rounds {
                        round(&small.model, &small.futures, &mut mass, &small.held, true);
                    }
                    let then = mass.iter().zip(&small.futures);
                    let then = then.map(|(m, y)| m * sign[1].1[usize::from(y[1].0)]);
                    sign[0].1[usize::from(x[0].0)] * then.sum::<f64>()
                };
                let (p, q) = (seen(a), seen(b));
                near(of.seen[n].0, p, "seen if leading");
                near(of.seen[n].1, q, "seen if rival");
                // The entropy of the mean less the mean of the entropies.
                let h = |p: f64| -p * libm::log2(p) - (1.0 - p) * libm::log2(1.0 - p);
                let want = h((p + q) / 2.0) - (h(p) + h(q)) / 2.0;
                near(of.separation[n], want, "separation");
                near(of.separation[n], separation(q, p), "either way");
            }
        }
    }
    assert!(rivals > 200, "{rivals}");
}

/// Up to `most` numbers of the facts become ranges.
fn ranges(dice: &mut Dice, evidence: &Evidence, most: usize) -> Vec<Range> {
    let mut all = Vec::new();
    for (f, fact) in evidence.facts.iter().enumerate() {
        let fact_id = Fact(f as u32);
        for (part, (_, chances)) in fact.expected.iter().enumerate() {
            for (state, chance) in chances.iter().enumerate() {
                let width = 0.4 * dice.unit();
                let (low, high) = ((chance - width).max(0.0), (chance + width).min(1.0));
                let place = Place::Chance { part, state };
                all.push(Range {
                    fact: fact_id,
                    place,
                    low,
                    high,
                });
            }
        }
        for (part, (_, table)) in fact.act.iter().flat_map(|a| a.worth.iter().enumerate()) {
            for (state, row) in table.iter().enumerate() {
                for (alternative, worth) in row.iter().enumerate() {
                    let width = 5.0 * dice.unit();
                    let place = Place::Worth {
                        part,
                        state,
                        alternative,
                    };
                    let (low, high) = (worth - width, worth + width);
                    all.push(Range {
                        fact: fact_id,
                        place,
                        low,
                        high,
                    });
                }
            }
        }
    }
    while all.len() > most {
        all.remove(dice.below(all.len()));
    }
    all
}

/// Thousands of draws inside the ranges never leave what is reported, whether it is proven or only searched.
#[test]
fn no_value_in_the_ranges_leads_further() {
    let mut dice = Dice(53);
    let (mut whole, mut searched, mut climbed) = (0, 0, 0);
    while whole < 40 || searched < 40 || climbed < 8 {
        let mut small = small(&mut dice, 40);
        let many = dice.below(6) == 0;
        let ranges = ranges(&mut dice, &small.evidence, if many { 20 } else { 4 });
        if ranges.is_empty() {
            continue;
        }
        small.ask.compare = Some(Compare {
            ranges: ranges.clone(),
        });
        let before = small.before();
        let spans = small.compared().spans.unwrap();
        match (spans.whole, ranges.len() > 12) {
            (true, _) => whole += 1,
            (false, false) => searched += 1,
            (false, true) => climbed += 1,
        }
        let mut reached = vec![(1.0_f64, 0.0_f64); spans.ends.iter().map(Vec::len).sum()];
        let corners = 1 << ranges.len().min(6);
        for n in 0..2000 {
            let mut other = small.evidence.clone();
            for (i, range) in ranges.iter().enumerate() {
                let at = match n < corners {
                    true => f64::from(n >> i & 1),
                    false => dice.unit(),
                };
                let value = range.low + at * (range.high - range.low);
                range.set(&mut other.facts[range.fact.0 as usize], value);
            }
            let mass = small.under(&before, &other);
            let mut place = 0;
            for (d, of) in spans.ends.iter().enumerate() {
                for (s, (low, high)) in of.iter().enumerate() {
                    let p = marginal(&small.futures, &mass, d, s as u16);
                    if p.is_nan() {
                        continue;
                    }
                    assert!(
                        p > low - 1e-6 && p < high + 1e-6,
                        "{p} is not in {low} … {high}: {ranges:?}"
                    );
                    let r = &mut reached[place];
                    *r = (r.0.min(p), r.1.max(p));
                    place += 1;
                }
            }
        }
        if spans.whole && ranges.len() <= 6 {
            for (found, ends) in reached.iter().zip(spans.ends.iter().flatten()) {
                near(found.0, ends.0, "the least is reached");
                near(found.1, ends.1, "the greatest is reached");
            }
        }
    }
}

/// Where now is drawn, what is drawn agrees with what is exact within its errors; what needs all futures is absent.
#[test]
fn draws_agree_with_all_futures() {
    let mut dice = Dice(59);
    let (mut numbers, mut far, mut tested) = (0, 0, 0);
    while tested < 6 {
        let mut small = small(&mut dice, 90);
        small.model.today.iter_mut().for_each(|t| *t = None);
        if !small.evidence.facts.iter().any(|f| f.act.is_some()) {
            continue;
        }
        tested += 1;
        let exact = small.compared();
        small.ask.exact_up_to = 1;
        small.ask.seed = tested;
        let found = believe(&small.model, &small.evidence, &small.ask, &Quiet).unwrap();
        assert!(matches!(found.method, Method::Sampled { .. }));
        let drawn = found.compared.unwrap();
        assert!(drawn.rivals.is_empty() && drawn.betas.is_empty() && drawn.spans.is_none());
        let mut check = |drawn: &[Vec<Estimate>], exact: &[Vec<Estimate>]| {
            for (a, b) in drawn.iter().flatten().zip(exact.iter().flatten()) {
                let error = a.error.unwrap_or(0.0);
                numbers += 1;
                far += usize::from((a.value - b.value).abs() > 4.0 * error + 1e-6);
            }
        };
        for (a, b) in drawn.rationality.iter().zip(&exact.rationality) {
            check(&a.posterior, &b.posterior);
        }
        assert_eq!(drawn.acts.len(), exact.acts.len());
        for (a, b) in drawn.acts.iter().zip(&exact.acts) {
            for (a, b) in a.alternatives.iter().zip(&b.alternatives) {
                assert_eq!(a.number, b.number);
                check(&a.decibans, &b.decibans);
                check(&a.instead, &b.instead);
            }
        }
    }
    assert!(numbers > 100 && far * 100 < numbers, "{far} of {numbers}");
}
