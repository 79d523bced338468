//! Now, then and settled by enumeration straight from model.md, product by product: the plain twin of every answer.

use crate::cases::{Dice, model};
use sinario_engine::belief::Belief;
use sinario_engine::evidence::{ActInput, Evidence, FactInput};
use sinario_engine::{Driver, Fact, Future, Model, State};

pub type Held = Vec<(Driver, State)>;

pub fn softmax(model: &Model, x: &Future, j: usize) -> Vec<f64> {
    let sums = model.sums(x, Driver(j as u32));
    let z: Vec<f64> = sums
        .iter()
        .zip(&model.bias[j])
        .map(|(s, b)| b + model.kappa * *s as f64 / 1000.0)
        .collect();
    let most = z.iter().copied().fold(f64::MIN, f64::max);
    let e: Vec<f64> = z.iter().map(|z| libm::exp(z - most)).collect();
    e.iter().map(|v| v / e.iter().sum::<f64>()).collect()
}

/// The order by repeatedly taking, among components nobody outside still waits for, the earliest.
pub fn plain_order(model: &Model, held: &[Driver]) -> Vec<usize> {
    let n = model.drivers();
    let mut reach = vec![vec![false; n]; n];
    for on in 0..n {
        for b in &model.blocks[on] {
            if !held.contains(&Driver(on as u32)) && b.scores.iter().any(|s| *s != 0) {
                reach[b.from.0 as usize][on] = true;
            }
        }
    }
    for k in 0..n {
        for i in 0..n {
            for j in 0..n {
                reach[i][j] |= reach[i][k] && reach[k][j];
            }
        }
    }
    let same = |a: usize, b: usize| a == b || (reach[a][b] && reach[b][a]);
    let mut left: Vec<usize> = (0..n)
        .filter(|d| !held.contains(&Driver(*d as u32)))
        .collect();
    let mut order = Vec::new();
    while !left.is_empty() {
        let first = *left
            .iter()
            .find(|&&d| left.iter().all(|&e| same(d, e) || !reach[e][d]))
            .unwrap();
        order.extend(left.iter().filter(|&&e| same(first, e)));
        left.retain(|&e| !same(first, e));
    }
    order
}

pub fn round(model: &Model, futures: &[Future], mass: &mut Vec<f64>, held: &Held, keeping: bool) {
    let drivers: Vec<Driver> = held.iter().map(|h| h.0).collect();
    for j in plain_order(model, &drivers) {
        let keeps = if keeping { model.keeps[j] } else { 0.0 };
        let mut new = vec![0.0; mass.len()];
        for (at, x) in futures.iter().enumerate().filter(|(at, _)| mass[*at] > 0.0) {
            new[at] += keeps * mass[at];
            for (t, p) in softmax(model, x, j).into_iter().enumerate() {
                let mut y = x.clone();
                y[j] = State(t as u16);
                let to = futures.binary_search(&y).unwrap();
                new[to] += (1.0 - keeps) * p * mass[at];
            }
        }
        *mass = new;
    }
}

pub fn allowed(futures: &[Future], held: &[(Driver, State)]) -> Vec<f64> {
    let fits = |x: &Future| held.iter().all(|(d, s)| x[d.0 as usize] == *s);
    normal(
        futures
            .iter()
            .map(|x| f64::from(u8::from(fits(x))))
            .collect(),
    )
}

pub fn normal(mass: Vec<f64>) -> Vec<f64> {
    let whole: f64 = mass.iter().sum();
    mass.into_iter().map(|m| m / whole).collect()
}

pub fn settled(model: &Model, futures: &[Future], held: &Held) -> Vec<f64> {
    let mut mass = allowed(futures, held);
    for _ in 0..5000 {
        let before = mass.clone();
        round(model, futures, &mut mass, held, false);
        if mass
            .iter()
            .zip(&before)
            .map(|(a, b)| (a - b).abs())
            .sum::<f64>()
            < 1e-14
        {
            break;
        }
    }
    normal(mass)
}

/// model.md 5, product by product.
pub fn likelihood(e: &Evidence, facts: &[Fact], x: &Future) -> f64 {
    let members = |g: u32| {
        facts
            .iter()
            .filter(|f| e.facts[f.0 as usize].group == Some(g))
            .count() as f64
    };
    let power = |f: &FactInput| f.group.map_or(1.0, |g| 1.0 / members(g));
    let state = |d: &Driver| usize::from(x[d.0 as usize].0);
    let mut product = 1.0;
    for f in facts.iter().map(|f| &e.facts[f.0 as usize]) {
        for (d, c) in &f.expected {
            let mean = c.iter().sum::<f64>() / c.len() as f64;
            product *= libm::pow(f.trust * c[state(d)] + (1.0 - f.trust) * mean, power(f));
        }
    }
    for actor in 0..2 {
        let acts = || {
            facts
                .iter()
                .map(|f| &e.facts[f.0 as usize])
                .filter(|f| f.act.as_ref().is_some_and(|a| a.actor == actor))
        };
        if acts().count() == 0 {
            continue;
        }
        let by_beta = e.grid.iter().map(|(beta, weight)| {
            acts().fold(*weight, |product, f| {
                let act = f.act.as_ref().unwrap();
                let (d, table) = &act.worth[0];
                let p: Vec<f64> = table
                    .iter()
                    .map(|row| {
                        let e: Vec<f64> = row.iter().map(|w| libm::exp(beta * w)).collect();
                        e[act.chose] / e.iter().sum::<f64>()
                    })
                    .collect();
                let mean = p.iter().sum::<f64>() / p.len() as f64;
                product * libm::pow(f.trust * p[state(d)] + (1.0 - f.trust) * mean, power(f))
            })
        });
        product *= by_beta.sum::<f64>();
    }
    product
}

pub fn evidence(dice: &mut Dice, model: &Model) -> Evidence {
    let mut e = Evidence {
        facts: Vec::new(),
        grid: vec![(0.1, 0.25), (0.6, 0.5), (1.5, 0.25)],
    };
    for _ in 0..dice.below(5) {
        let d = dice.below(model.drivers());
        let k = usize::from(model.sizes[d]);
        let mut fact = FactInput {
            trust: [1.0, 0.7][dice.below(2)],
            ..FactInput::default()
        };
        fact.group = (dice.below(2) == 0).then_some(0);
        if dice.below(2) == 0 {
            fact.expected.push((
                Driver(d as u32),
                (0..k).map(|_| 0.01 + dice.unit() * 0.98).collect(),
            ));
        } else {
            let mut worth = || (0..3).map(|_| dice.unit() * 20.0 - 10.0).collect();
            let table = (0..k).map(|_| worth()).collect();
            // A group with acts lies within one actor.
            let actor = if fact.group.is_some() { 0 } else { 1 };
            fact.act = Some(ActInput {
                actor,
                chose: 1,
                among: 3,
                worth: vec![(Driver(d as u32), table)],
            });
        }
        e.facts.push(fact);
    }
    e
}

pub fn near(a: f64, b: f64, what: &str) {
    assert!(
        (a - b).abs() < 1e-9 || (a.is_nan() && b.is_nan()),
        "{what}: {a} is not {b}"
    );
}

pub fn marginal(futures: &[Future], mass: &[f64], d: usize, s: u16) -> f64 {
    futures
        .iter()
        .zip(mass)
        .filter(|(x, _)| x[d] == State(s))
        .map(|(_, m)| m)
        .sum()
}

pub fn compare(
    model: &Model,
    futures: &[Future],
    mass: &[f64],
    found: &sinario_engine::belief::Marginals,
    what: &str,
) {
    for d in 0..model.drivers() {
        for s in 0..model.sizes[d] {
            near(
                found[d][usize::from(s)].value,
                marginal(futures, mass, d, s),
                what,
            );
        }
    }
}

pub fn pick(dice: &mut Dice, model: &Model) -> (Driver, State) {
    let d = dice.below(model.drivers());
    (
        Driver(d as u32),
        State(dice.below(usize::from(model.sizes[d])) as u16),
    )
}

/// Random priors, strength, today, keeps and rounds upon a random model.
pub fn situation(dice: &mut Dice) -> Model {
    let mut model = model(dice);
    model.kappa = [0.0, libm::log(1.3), libm::log(2.0)][dice.below(3)];
    model.rounds = dice.below(4) as u32;
    for d in 0..model.drivers() {
        model.keeps[d] = dice.unit();
        if dice.below(2) == 0 {
            model.bias[d]
                .iter_mut()
                .for_each(|b| *b = libm::log(0.05 + dice.unit()));
        }
        if dice.below(3) == 0 {
            model.today[d] = Some(State(dice.below(usize::from(model.sizes[d])) as u16));
        }
    }
    model
}

/// Carries every state of the mind forward by itself.
pub fn check_signpost(
    model: &Model,
    futures: &[Future],
    nu: &[f64],
    held: &Held,
    sign: &[(Driver, Vec<f64>)],
    found: &Belief,
) {
    let mut joint = Vec::new();
    for s in 0..model.sizes[0] {
        let mut mass: Vec<f64> = nu
            .iter()
            .zip(futures)
            .map(|(m, x)| {
                if x[0] == State(s) {
                    m * sign[0].1[usize::from(s)]
                } else {
                    0.0
                }
            })
            .collect();
        for _ in 0..model.rounds {
            round(model, futures, &mut mass, held, true);
        }
        let seen: f64 = mass
            .iter()
            .zip(futures)
            .map(|(m, x)| m * sign[1].1[usize::from(x[1].0)])
            .sum();
        joint.push((seen, marginal(futures, nu, 0, s) - seen));
    }
    let seen: f64 = joint.iter().map(|j| j.0).sum();
    near(found.signposts[0].seen.value, seen, "seen");
    let bits: f64 = joint
        .iter()
        .flat_map(|&(y, n)| [(y, y + n, seen), (n, y + n, 1.0 - seen)])
        .filter(|(p, _, _)| *p > 1e-300)
        .map(|(p, s, o)| p * libm::log2(p / (s * o)))
        .sum();
    near(found.signposts[0].bits[0].value, bits, "bits");
}
