//! Rounds over all futures against rounds written down as model.md 4 says them, future by future.

use crate::cases::Dice;
use sinario_engine::belief::{Ask, Belief, Impossible, believe};
use sinario_engine::evidence::{ActInput, Evidence, FactInput, Weighing};
use sinario_engine::order::rounds_order;
use sinario_engine::progress::{Progress, Quiet, Work};
use sinario_engine::{Driver, Fact, Future, Model, State};
use std::sync::atomic::{AtomicU64, Ordering};

/// All futures, those against what is held included.
struct Plain<'a> {
    model: &'a Model,
    held: Vec<Option<State>>,
    order: Vec<usize>,
}

impl Plain<'_> {
    fn new<'a>(model: &'a Model, held: &[Option<State>]) -> Plain<'a> {
        let drivers: Vec<Driver> = (0..held.len())
            .filter(|&d| held[d].is_some())
            .map(|d| Driver(d as u32))
            .collect();
        let order = rounds_order(model, &drivers);
        Plain {
            model,
            held: held.to_vec(),
            order: order.iter().map(|d| d.0 as usize).collect(),
        }
    }

    fn count(&self) -> usize {
        self.model.sizes.iter().map(|&k| usize::from(k)).product()
    }

    fn future(&self, mut at: usize) -> Future {
        let mut x = vec![State(0); self.model.drivers()];
        for (d, &k) in self.model.sizes.iter().enumerate().rev() {
            x[d] = State((at % usize::from(k)) as u16);
            at /= usize::from(k);
        }
        x
    }

    fn number(&self, x: &Future) -> usize {
        let states = x.iter().zip(&self.model.sizes);
        states.fold(0, |at, (s, &k)| at * usize::from(k) + usize::from(s.0))
    }

    fn uniform(&self) -> Vec<f64> {
        let fits = |x: &Future| (0..x.len()).all(|d| self.held[d].is_none_or(|h| h == x[d]));
        let mut mass: Vec<f64> = (0..self.count())
            .map(|at| f64::from(u8::from(fits(&self.future(at)))))
            .collect();
        let whole: f64 = mass.iter().sum();
        mass.iter_mut().for_each(|m| *m /= whole);
        mass
    }

    fn chances(&self, x: &Future, j: usize) -> Vec<f64> {
        let sums = self.model.sums(x, Driver(j as u32));
        let z: Vec<f64> = sums
            .iter()
            .zip(&self.model.bias[j])
            .map(|(&s, b)| b + self.model.kappa * (s as f64 / 1000.0))
            .collect();
        let most = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let e: Vec<f64> = z.iter().map(|z| libm::exp(z - most)).collect();
        let whole: f64 = e.iter().sum();
        e.iter().map(|v| v / whole).collect()
    }

    fn round(&self, mass: &mut Vec<f64>, keeping: bool) {
        for &j in &self.order {
            let keeps = if keeping { self.model.keeps[j] } else { 0.0 };
            let weight: usize = self.model.sizes[j + 1..]
                .iter()
                .map(|&k| usize::from(k))
                .product();
            let mut new = vec![0.0; mass.len()];
            for (at, &m) in mass.iter().enumerate().filter(|m| *m.1 > 0.0) {
                let x = self.future(at);
                new[at] += keeps * m;
                let base = at - usize::from(x[j].0) * weight;
                for (t, p) in self.chances(&x, j).into_iter().enumerate() {
                    new[base + t * weight] += (1.0 - keeps) * p * m;
                }
            }
            *mass = new;
        }
    }

    fn marginal(&self, mass: &[f64], d: usize) -> Vec<f64> {
        let mut sums = vec![0.0; usize::from(self.model.sizes[d])];
        for (at, m) in mass.iter().enumerate() {
            sums[usize::from(self.future(at)[d].0)] += m;
        }
        sums
    }
}

fn near(a: f64, b: f64, by: f64, what: &str) {
    assert!((a - b).abs() <= by, "{what}: {a} is not {b}");
}

/// Drivers of 2 … 9 states until there are enough futures; `most` is twice `least` or more.
fn sizes(dice: &mut Dice, least: usize, most: usize) -> Vec<u16> {
    let mut sizes = Vec::new();
    let mut count = 1;
    while count < least {
        let range = [2, 8][dice.below(2)];
        let k = 2 + dice.below(range);
        if count * k <= most {
            sizes.push(k as u16);
            count *= k;
        }
    }
    sizes
}

fn situation(dice: &mut Dice, sizes: Vec<u16>, strength: f64, points: i32) -> Model {
    let mut model = Model::new(sizes);
    model.kappa = libm::log(strength);
    model.rounds = dice.below(3) as u32;
    let n = model.drivers();
    let (density, selves) = (0.2 + 0.8 * dice.unit(), dice.below(2) == 0);
    for on in 0..n {
        for from in 0..n {
            if (from == on && !selves) || dice.unit() > density {
                continue;
            }
            for s in 0..model.sizes[from] {
                for t in 0..model.sizes[on] {
                    let score = dice.below(2 * points as usize + 1) as i32 - points;
                    let (from, on) = (Driver(from as u32), Driver(on as u32));
                    model.add(from, State(s), on, State(t), score);
                }
            }
        }
        model.keeps[on] = [0.0, 1.0, dice.unit()][dice.below(3)];
        if dice.below(3) == 0 {
            let chance = |_: &f64| libm::log(0.01 + dice.unit());
            model.bias[on] = model.bias[on].iter().map(chance).collect();
        }
    }
    model
}

fn some_state(dice: &mut Dice, model: &Model) -> (Driver, State) {
    let d = dice.below(model.drivers());
    let s = dice.below(usize::from(model.sizes[d]));
    (Driver(d as u32), State(s as u16))
}

/// Settled, and unfolding from there, number by number; `false` where it takes too many rounds to follow.
fn agrees(dice: &mut Dice, model: &Model, by: f64) -> bool {
    let mut held = vec![None; model.drivers()];
    let mut ask = Ask {
        exact_up_to: 1 << 26,
        likeliest: 4,
        ..Ask::default()
    };
    for _ in 0..dice.below(3) {
        let (d, s) = some_state(dice, model);
        if held[d.0 as usize].is_none() {
            held[d.0 as usize] = Some(s);
            ask.held.push((d, s));
        }
    }
    let plain = Plain::new(model, &held);
    let numbers: Vec<usize> = (0..300).map(|_| dice.below(plain.count())).collect();
    ask.futures = numbers.iter().map(|&at| plain.future(at)).collect();
    let (sign, _) = some_state(dice, model);
    let chances: Vec<f64> = (0..model.sizes[sign.0 as usize])
        .map(|_| dice.unit())
        .collect();
    ask.signposts = vec![vec![(sign, chances.clone())]];
    ask.stories = vec![vec![some_state(dice, model)]];
    let found = believe(model, &Evidence::default(), &ask, &Quiet).unwrap();
    if found.settling.rounds > 200 {
        return false;
    }
    let mut mass = plain.uniform();
    for _ in 0..found.settling.rounds {
        plain.round(&mut mass, false);
    }
    let whole: f64 = mass.iter().sum();
    mass.iter_mut().for_each(|m| *m /= whole);
    let check = |mass: &[f64], marginals: &sinario_engine::belief::Marginals, what: &str| {
        for d in 0..model.drivers() {
            for (found, want) in marginals[d].iter().zip(plain.marginal(mass, d)) {
                near(found.value, want, by, what);
            }
        }
    };
    check(&mass, &found.settled, "settled");
    for (f, &at) in found.futures.iter().zip(&numbers) {
        near(f.settled.value, mass[at], by, "a future settled");
    }
    for round in 0..=model.rounds {
        if round > 0 {
            plain.round(&mut mass, true);
        }
        check(&mass, &found.unfolding[round as usize], "unfolding");
    }
    for (f, &at) in found.futures.iter().zip(&numbers) {
        near(f.then.value, mass[at], by, "a future then");
    }
    for f in &found.likeliest {
        near(f.then.value, mass[plain.number(&f.states)], by, "likeliest");
    }
    let most = mass.iter().copied().fold(0.0, f64::max);
    near(found.likeliest[0].then.value, most, by, "the likeliest");
    // Backwards and forwards give the same expectation.
    let then = plain.marginal(&mass, sign.0 as usize);
    let seen: f64 = then.iter().zip(&chances).map(|(m, c)| m * c).sum();
    near(found.signposts[0].seen.value, seen, by, "seen");
    let (d, s) = ask.stories[0][0];
    let told = plain.marginal(&mass, d.0 as usize)[usize::from(s.0)];
    near(found.stories[0].probability.value, told, by, "story");
    true
}

#[test]
fn small_spaces_agree_with_plain_rounds() {
    let mut dice = Dice(101);
    let mut checked = 0;
    for _ in 0..250 {
        let sizes = sizes(&mut dice, 4, 500);
        let strength = [0.2, 0.7, 1.0, 1.3, 2.0, 20.0, 1000.0][dice.below(7)];
        let model = situation(&mut dice, sizes, strength, 3000);
        checked += usize::from(agrees(&mut dice, &model, 1e-12));
    }
    assert!(checked > 150, "only {checked}");
}

#[test]
fn spaces_of_many_tiles_agree_with_plain_rounds() {
    let mut dice = Dice(7);
    for (least, strength) in [(100_000, 0.8), (150_000, 1.2), (200_000, 1.1)] {
        let sizes = sizes(&mut dice, least, 2 * least);
        let model = situation(&mut dice, sizes, strength, 2000);
        assert!(agrees(&mut dice, &model, 1e-12));
    }
}

#[test]
fn scores_beyond_the_range_of_exponentials_agree_with_plain_rounds() {
    let mut dice = Dice(55);
    let mut checked = 0;
    for _ in 0..150 {
        let sizes = sizes(&mut dice, 4, 400);
        let strength = [0.01, 2.0, 1000.0][dice.below(3)];
        let mut model = situation(&mut dice, sizes, strength, 1_000_000);
        // Beside all that is certain, something that is not: scores that cancel, and thousandths of a point.
        for block in model.blocks.iter_mut().flatten() {
            for score in &mut block.scores {
                *score = [*score, *score % 100, score.signum() * 900_000][dice.below(3)];
            }
        }
        if dice.below(2) == 0 {
            model.bias[0][0] = libm::log(1e-300);
        }
        checked += usize::from(agrees(&mut dice, &model, 1e-11));
    }
    assert!(checked > 75, "only {checked}");
}

/// Twelve drivers of three states: several tiles, facts, stories and signposts.
fn larger() -> (Model, Evidence, Ask) {
    let mut dice = Dice(3);
    let mut model = situation(&mut dice, vec![3; 12], 1.2, 2000);
    model.rounds = 2;
    model.today[2] = Some(State(1));
    let fact = |d: u32, chances: [f64; 3]| FactInput {
        trust: 0.9,
        expected: vec![(Driver(d), chances.to_vec())],
        ..FactInput::default()
    };
    let facts = vec![fact(0, [0.1, 0.2, 0.7]), fact(11, [0.5, 0.2, 0.3])];
    let ask = Ask {
        given: vec![(Driver(5), State(0))],
        futures: vec![vec![State(1); 12]],
        likeliest: 5,
        stories: vec![vec![(Driver(0), State(2)), (Driver(7), State(1))]],
        minds: vec![Driver(0), Driver(4)],
        signposts: vec![vec![
            (Driver(0), vec![0.2, 0.3, 0.9]),
            (Driver(9), vec![0.1, 0.5, 0.8]),
        ]],
        read: (0..12).map(Driver).collect(),
        exact_up_to: 1 << 26,
        ..Ask::default()
    };
    let evidence = Evidence {
        facts,
        grid: Vec::new(),
    };
    (model, evidence, ask)
}

#[test]
fn threads_change_no_bit_of_many_tiles() {
    let (model, evidence, ask) = larger();
    let found = [1, 2, 8].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| format!("{:?}", believe(&model, &evidence, &ask, &Quiet)))
    });
    assert!(found[0].starts_with("Ok"));
    assert!(found[0] == found[1] && found[1] == found[2]);
}

#[test]
fn settling_tells_of_itself_within_a_round() {
    #[derive(Default)]
    struct Count {
        calls: AtomicU64,
        rounds: AtomicU64,
    }
    impl Progress for Count {
        fn at(&self, work: Work, done: u64, _: u64) {
            if work == Work::Settle {
                self.calls.fetch_add(1, Ordering::Relaxed);
                self.rounds.fetch_max(done, Ordering::Relaxed);
            }
        }
    }
    let (model, _, _) = larger();
    let ask = Ask {
        exact_up_to: 1 << 26,
        held: vec![(Driver(2), State(1))],
        ..Ask::default()
    };
    let count = Count::default();
    let found = believe(&model, &Evidence::default(), &ask, &count).unwrap();
    let (calls, rounds) = (count.calls.into_inner(), count.rounds.into_inner());
    assert_eq!(rounds, found.settling.rounds);
    assert!(calls > 3 * rounds, "{calls} calls in {rounds} rounds");
}

#[test]
fn without_cycles_one_round_is_enough() {
    let mut model = Model::new(vec![3, 2, 4]);
    model.add(Driver(2), State(1), Driver(0), State(2), 2000);
    model.add(Driver(0), State(2), Driver(1), State(1), 1500);
    let ask = |held| Ask {
        exact_up_to: 100,
        held,
        ..Ask::default()
    };
    let settle = |model: &Model, held| -> Belief {
        believe(model, &Evidence::default(), &ask(held), &Quiet).unwrap()
    };
    let found = settle(&model, Vec::new());
    assert_eq!(found.settling.rounds, 1);
    assert_eq!(found.settling.rate, Some(0.0));
    assert_eq!(found.settling.forgotten_after, Some(1));
    assert!(found.settling.converged);
    let plain = Plain::new(&model, &[None; 3]);
    let mut mass = plain.uniform();
    (0..3).for_each(|_| plain.round(&mut mass, false));
    for (found, want) in found.settled[1].iter().zip(plain.marginal(&mass, 1)) {
        near(found.value, want, 1e-14, "settled");
    }
    // A cycle takes more, unless it is held open; so does a self-impact.
    model.add(Driver(1), State(0), Driver(2), State(3), 1000);
    assert!(settle(&model, Vec::new()).settling.rounds > 1);
    let held = vec![(Driver(1), State(0))];
    assert_eq!(settle(&model, held.clone()).settling.rounds, 1);
    model.add(Driver(0), State(0), Driver(0), State(0), 1000);
    assert!(settle(&model, held).settling.rounds > 1);
}

#[test]
fn what_does_not_fit_is_refused_before_any_work() {
    let model = Model::new(vec![2; 50]);
    let ask = |read: Vec<Driver>| Ask {
        exact_up_to: u64::MAX,
        read,
        ..Ask::default()
    };
    let refused = |ask| believe(&model, &Evidence::default(), &ask, &Quiet).unwrap_err();
    assert_eq!(
        refused(ask(Vec::new())),
        Impossible::Memory((24 << 50) + 16)
    );
    let all = (0..50).map(Driver).collect();
    assert_eq!(refused(ask(all)), Impossible::Memory(40 << 50));
    // Nor are few futures of today where the rest would be drawn.
    let mut large = Model::new(vec![2; 60]);
    large.today[..10].fill(Some(State(1)));
    let half = Ask {
        exact_up_to: 1 << 50,
        ..Ask::default()
    };
    let found = believe(&large, &Evidence::default(), &half, &Quiet);
    assert_eq!(found.unwrap_err(), Impossible::Memory((24 << 50) + 16));
    // More than 2^64 bytes are as many as can be named.
    let model = Model::new(vec![2; 63]);
    let found = believe(&model, &Evidence::default(), &ask(Vec::new()), &Quiet);
    assert_eq!(found.unwrap_err(), Impossible::Memory(u64::MAX));
}

#[test]
fn acts_of_several_minds_weigh_as_on_every_future() {
    let mut dice = Dice(8);
    for _ in 0..40 {
        let mut model = situation(&mut dice, vec![3, 2, 4, 2, 3], 1.5, 2000);
        let (d, s) = some_state(&mut dice, &model);
        model.today[d.0 as usize] = Some(s);
        let mut facts = Vec::new();
        for _ in 0..5 {
            let mut fact = FactInput {
                trust: [1.0, 0.6][dice.below(2)],
                group: (dice.below(2) == 0).then_some(0),
                ..FactInput::default()
            };
            let mut table = |d: Driver| {
                let row = |_| (0..3).map(|_| dice.unit() * 8.0 - 4.0).collect();
                (0..model.sizes[d.0 as usize]).map(row).collect()
            };
            let minds = [Driver(3), Driver(0)].map(|d| (d, table(d)));
            let more = (Driver(2), table(Driver(2)));
            let mut worth = vec![more];
            worth.extend(minds);
            worth.truncate(1 + dice.below(3));
            fact.act = Some(ActInput {
                actor: u32::from(fact.group.is_none()) * dice.below(2) as u32,
                chose: dice.below(3),
                among: 3,
                worth,
            });
            let (d, _) = some_state(&mut dice, &model);
            let states = 0..model.sizes[d.0 as usize];
            fact.expected = vec![(d, states.map(|_| dice.unit()).collect())];
            facts.push(fact);
        }
        let evidence = Evidence {
            facts,
            grid: vec![(0.2, 0.5), (0.9, 0.5)],
        };
        let all: Vec<Fact> = (0..5).map(Fact).collect();
        let read: Vec<Driver> = (0..5).map(Driver).collect();
        let ask = |futures| Ask {
            futures,
            read: read.clone(),
            trajectory: vec![all[..2].to_vec(), all.clone()],
            exact_up_to: 1 << 20,
            ..Ask::default()
        };
        // Without facts, at rounds 0, then is now before facts.
        model.rounds = 0;
        let plain = Plain::new(&model, &model.today);
        let futures: Vec<Future> = (0..plain.count()).map(|at| plain.future(at)).collect();
        let before = Evidence::default();
        let quiet = Ask {
            trajectory: Vec::new(),
            ..ask(futures.clone())
        };
        let before = believe(&model, &before, &quiet, &Quiet).unwrap();
        let found = believe(&model, &evidence, &ask(futures.clone()), &Quiet).unwrap();
        let weighing = Weighing::new(&evidence);
        let under = |facts: &[Fact]| {
            let mut mass: Vec<f64> = futures
                .iter()
                .zip(&before.futures)
                .map(|(x, w)| {
                    let ln = weighing.ln_likelihood(facts, |d| usize::from(x[d.0 as usize].0));
                    w.then.value * libm::exp(ln)
                })
                .collect();
            let whole: f64 = mass.iter().sum();
            mass.iter_mut().for_each(|m| *m /= whole);
            mass
        };
        let check = |mass: &[f64], found: &[Vec<f64>]| {
            for (d, found) in found.iter().enumerate() {
                for (found, want) in found.iter().zip(plain.marginal(mass, d)) {
                    near(*found, want, 1e-12, "posterior");
                }
            }
        };
        let values = |m: &sinario_engine::belief::Marginals| -> Vec<Vec<f64>> {
            m.iter()
                .map(|e| e.iter().map(|e| e.value).collect())
                .collect()
        };
        check(&under(&all), &values(&found.now));
        check(&under(&all), &values(&found.trajectory[1]));
        check(&under(&all[..2]), &values(&found.trajectory[0]));
        for (f, weights) in found.facts.iter().enumerate() {
            let rest: Vec<Fact> = all.iter().copied().filter(|g| g.0 as usize != f).collect();
            let without: Vec<Vec<f64>> = weights
                .iter()
                .map(|w| w.without.iter().map(|e| e.value).collect())
                .collect();
            check(&under(&rest), &without);
        }
    }
}
