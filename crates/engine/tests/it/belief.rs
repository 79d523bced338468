//! Now, then and settled against enumeration straight from model.md.

use crate::cases::{Dice, all, model};
use crate::enumeration::*;
use sinario_engine::belief::{Ask, Impossible, believe};
use sinario_engine::evidence::{ActInput, Evidence, FactInput};
use sinario_engine::order::rounds_order;
use sinario_engine::progress::Quiet;
use sinario_engine::{Driver, Fact, Future, Model, State};

#[test]
fn random_cases_agree_with_enumeration() {
    let mut dice = Dice(11);
    let mut checked = 0;
    while checked < 250 {
        let model = situation(&mut dice);
        let futures = all(&model.sizes);
        if futures.len() > 90 {
            continue;
        }
        let e = evidence(&mut dice, &model);
        let held: Held = if dice.below(4) == 0 {
            vec![pick(&mut dice, &model)]
        } else {
            Vec::new()
        };
        let given: Held = if dice.below(4) == 0 {
            vec![pick(&mut dice, &model)]
        } else {
            Vec::new()
        };
        let minds: Vec<Driver> = vec![Driver(0)];
        let mut told = vec![(Driver(0), State(1)), (Driver(1), State(0))];
        told.truncate(1 + dice.below(2));
        let sign = |d: usize, dice: &mut Dice| {
            (
                Driver(d as u32),
                (0..model.sizes[d])
                    .map(|_| dice.unit())
                    .collect::<Vec<f64>>(),
            )
        };
        let signpost = vec![sign(0, &mut dice), sign(1, &mut dice)];
        let facts: Vec<Fact> = (0..e.facts.len()).map(|f| Fact(f as u32)).collect();
        let ask = Ask {
            given: given.clone(),
            held: held.clone(),
            futures: vec![futures[futures.len() / 2].clone()],
            likeliest: 3,
            stories: vec![told.clone()],
            minds,
            signposts: vec![signpost.clone()],
            read: (0..model.drivers()).map(|d| Driver(d as u32)).collect(),
            trajectory: (0..=facts.len()).map(|n| facts[..n].to_vec()).collect(),
            exact_up_to: 1 << 26,
            ..Ask::default()
        };
        let found = believe(&model, &e, &ask, &Quiet);
        let mut today = held.clone();
        for (d, t) in model.today.iter().enumerate() {
            if let Some(t) = t.filter(|_| !held.iter().any(|h| h.0.0 as usize == d)) {
                today.push((Driver(d as u32), t));
            }
        }
        let nu0 = settled(&model, &futures, &today);
        let fits = |x: &Future| given.iter().all(|(d, s)| x[d.0 as usize] == *s);
        let known: Vec<f64> = nu0
            .iter()
            .zip(&futures)
            .map(|(m, x)| if fits(x) { *m } else { 0.0 })
            .collect();
        if known.iter().sum::<f64>() == 0.0 {
            assert_eq!(found.unwrap_err(), Impossible::Given(given));
            continue;
        }
        checked += 1;
        let found = found.unwrap();
        let under = |facts: &[Fact]| {
            normal(
                known
                    .iter()
                    .zip(&futures)
                    .map(|(m, x)| m * likelihood(&e, facts, x))
                    .collect(),
            )
        };
        let nu = under(&facts);
        compare(
            &model,
            &futures,
            &settled(&model, &futures, &held),
            &found.settled,
            "settled",
        );
        compare(&model, &futures, &nu0, &found.before, "before");
        compare(&model, &futures, &nu, &found.now, "now");
        for (n, step) in found.trajectory.iter().enumerate() {
            let want = under(&facts[..n]);
            compare(&model, &futures, &want, step, "trajectory");
        }
        for (f, weights) in found.facts.iter().enumerate() {
            let rest: Vec<Fact> = facts
                .iter()
                .copied()
                .filter(|g| g.0 as usize != f)
                .collect();
            let without = under(&rest);
            for (d, weight) in weights.iter().enumerate() {
                for s in 0..model.sizes[d] {
                    let (p, q) = (
                        marginal(&futures, &nu, d, s),
                        marginal(&futures, &without, d, s),
                    );
                    near(weight.without[usize::from(s)].value, q, "without");
                    if p > 1e-6 && p < 1.0 - 1e-6 {
                        let db = 10.0 * libm::log10(p / (1.0 - p) * (1.0 - q) / q);
                        assert!((weight.decibans[usize::from(s)].value - db).abs() < 1e-5);
                    }
                }
            }
        }
        let mut mass = nu.clone();
        for r in 0..=model.rounds {
            compare(
                &model,
                &futures,
                &mass,
                &found.unfolding[r as usize],
                "unfolding",
            );
            if r < model.rounds {
                round(&model, &futures, &mut mass, &held, true);
            }
        }
        near(found.futures[0].then.value, mass[futures.len() / 2], "then");
        let mut ranked: Vec<usize> = (0..futures.len()).collect();
        ranked.sort_by(|a, b| mass[*b].total_cmp(&mass[*a]));
        near(found.likeliest[0].then.value, mass[ranked[0]], "likeliest");
        // The story.
        let mut mass = nu.clone();
        for (m, x) in mass.iter_mut().zip(&futures) {
            *m *= f64::from(u8::from(x[0] == State(1)));
        }
        for _ in 0..model.rounds {
            round(&model, &futures, &mut mass, &held, true);
        }
        let holds = |x: &Future| told.iter().all(|(d, s)| d.0 == 0 || x[d.0 as usize] == *s);
        let want: f64 = mass
            .iter()
            .zip(&futures)
            .filter(|(_, x)| holds(x))
            .map(|(m, _)| m)
            .sum();
        near(found.stories[0].probability.value, want, "story");
        check_signpost(&model, &futures, &nu, &held, &signpost, &found);
    }
}

#[test]
fn the_order_is_the_defined_one() {
    let mut dice = Dice(5);
    for _ in 0..2000 {
        let model = model(&mut dice);
        let held: Vec<Driver> = (0..model.drivers())
            .filter(|_| dice.below(4) == 0)
            .map(|d| Driver(d as u32))
            .collect();
        let order: Vec<usize> = rounds_order(&model, &held)
            .iter()
            .map(|d| d.0 as usize)
            .collect();
        assert_eq!(order, plain_order(&model, &held));
    }
}

#[test]
fn goals_from_acts_agree_with_the_reference() {
    let data: serde_json::Value =
        serde_json::from_str(include_str!("../data/softmax_investor.json")).unwrap();
    let (minds, acts) = (
        ["ret", "tech", "block", "signal"],
        ["fund", "board", "exclusive", "walk", "delay"],
    );
    let table: Vec<Vec<f64>> = minds
        .iter()
        .map(|m| {
            acts.iter()
                .map(|a| data["U"][m][a].as_f64().unwrap())
                .collect()
        })
        .collect();
    let mut model = Model::new(vec![4]);
    model.bias[0] = minds
        .iter()
        .map(|m| libm::log(data["prior"][m].as_f64().unwrap()))
        .collect();
    let facts: Vec<FactInput> = data["observed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| FactInput {
            trust: 1.0,
            act: Some(ActInput {
                actor: 0,
                chose: acts.iter().position(|a| act == a).unwrap(),
                among: 5,
                worth: vec![(Driver(0), table.clone())],
            }),
            ..FactInput::default()
        })
        .collect();
    let mut cases: Vec<(Vec<(f64, f64)>, &serde_json::Value)> = data["beta"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(b, want)| (vec![(b.parse().unwrap(), 1.0)], want))
        .collect();
    let unknown = [0.1, 0.25, 0.5, 1.0, 2.0].map(|b| (b, 0.2)).to_vec();
    cases.push((unknown, &data["goal_posterior_beta_unknown"]));
    for (grid, want) in cases {
        let e = Evidence {
            facts: facts.clone(),
            grid,
        };
        let ask = Ask {
            exact_up_to: 100,
            ..Ask::default()
        };
        let found = believe(&model, &e, &ask, &Quiet).unwrap();
        for (s, m) in minds.iter().enumerate() {
            near(found.now[0][s].value, want[m].as_f64().unwrap(), m);
        }
    }
}

#[test]
fn strength_one_gives_the_product_of_the_priors() {
    let mut dice = Dice(21);
    for _ in 0..100 {
        let mut model = situation(&mut dice);
        model.kappa = 0.0;
        let found = believe(
            &model,
            &Evidence::default(),
            &Ask {
                exact_up_to: 1 << 26,
                ..Ask::default()
            },
            &Quiet,
        )
        .unwrap();
        for (d, bias) in model.bias.iter().enumerate() {
            let prior = normal(bias.iter().map(|b| libm::exp(*b)).collect());
            prior
                .iter()
                .zip(&found.settled[d])
                .for_each(|(p, f)| near(f.value, *p, "prior"));
        }
    }
}

#[test]
fn facts_that_exclude_each_other_are_named() {
    let model = Model::new(vec![2]);
    let fact = |chances: [f64; 2]| FactInput {
        trust: 1.0,
        expected: vec![(Driver(0), chances.to_vec())],
        ..FactInput::default()
    };
    let e = Evidence {
        facts: vec![fact([0.0, 1.0]), fact([0.5, 0.5]), fact([1.0, 0.0])],
        grid: Vec::new(),
    };
    let found = believe(
        &model,
        &e,
        &Ask {
            exact_up_to: 10,
            ..Ask::default()
        },
        &Quiet,
    );
    assert_eq!(
        found.unwrap_err(),
        Impossible::Facts(vec![Fact(0), Fact(2)])
    );
}

#[test]
fn what_is_absurdly_strong_stays_a_number() {
    let mut dice = Dice(77);
    for _ in 0..60 {
        let mut model = situation(&mut dice);
        model.kappa = libm::log(1000.0);
        for blocks in &mut model.blocks {
            blocks.iter_mut().for_each(|b| {
                b.scores
                    .iter_mut()
                    .for_each(|s| *s = s.signum() * 1_000_000)
            });
        }
        model.bias[0][0] = libm::log(1e-300);
        let found = believe(
            &model,
            &Evidence::default(),
            &Ask {
                exact_up_to: 1 << 26,
                ..Ask::default()
            },
            &Quiet,
        )
        .unwrap();
        for m in found.settled.iter().chain(&found.now) {
            near(m.iter().map(|e| e.value).sum(), 1.0, "whole");
        }
    }
}

#[test]
fn threads_change_no_bit() {
    let mut dice = Dice(31);
    let model = situation(&mut dice);
    let e = evidence(&mut dice, &model);
    let ask = Ask {
        likeliest: 5,
        exact_up_to: 1 << 26,
        ..Ask::default()
    };
    let found = [1, 2, 8].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| format!("{:?}", believe(&model, &e, &ask, &Quiet)))
    });
    assert!(found[0] == found[1] && found[1] == found[2]);
}

#[test]
fn what_is_almost_sure_to_be_seen_tells_exactly_by_not_being_seen() {
    let mut model = Model::new(vec![3]);
    model.bias[0] = [0.5, 0.3, 0.2].map(libm::log).to_vec();
    // Not seen with chances that are exact in binary, far below what 1 − P(seen) can hold.
    let missed = [1.0, 2.0, 5.0].map(|n| n * libm::exp2(-53.0));
    let ask = |up_to| Ask {
        minds: vec![Driver(0)],
        signposts: vec![vec![(Driver(0), missed.map(|m| 1.0 - m).to_vec())]],
        exact_up_to: up_to,
        ..Ask::default()
    };
    let told = believe(&model, &Evidence::default(), &ask(3), &Quiet).unwrap();
    let whole: f64 = told.signposts[0].if_not[0].iter().map(|e| e.value).sum();
    near(whole, 1.0, "beliefs if not seen");
    let drawn = believe(&model, &Evidence::default(), &ask(1), &Quiet).unwrap();
    let whole: f64 = drawn.signposts[0].if_not[0].iter().map(|e| e.value).sum();
    near(whole, 1.0, "beliefs if not seen, drawn");
}

#[test]
fn impacts_that_cancel_out_close_no_cycle() {
    let mut model = Model::new(vec![2, 2]);
    model.add(Driver(0), State(0), Driver(1), State(0), 1000);
    model.add(Driver(1), State(0), Driver(0), State(0), 1000);
    model.add(Driver(1), State(0), Driver(0), State(0), -1000);
    for up_to in [4, 1] {
        let ask = Ask {
            exact_up_to: up_to,
            ..Ask::default()
        };
        let found = believe(&model, &Evidence::default(), &ask, &Quiet).unwrap();
        assert_eq!(found.settling.forgotten_after, Some(1));
        assert!(found.settling.rounds <= 1);
    }
}

#[test]
fn a_now_that_did_not_settle_is_told() {
    // Two drivers hold each other fast, unless the third, which is known today, lets the first go.
    let mut model = Model::new(vec![2, 2, 2]);
    model.bias[1] = vec![libm::log(0.7), libm::log(0.3)];
    for s in [State(0), State(1)] {
        model.add(Driver(0), s, Driver(1), s, 20_000);
        model.add(Driver(1), s, Driver(0), s, 20_000);
    }
    model.add(Driver(2), State(0), Driver(0), State(0), 60_000);
    let settling = |model: &Model, up_to| {
        let ask = Ask {
            exact_up_to: up_to,
            ..Ask::default()
        };
        let found = believe(model, &Evidence::default(), &ask, &Quiet).unwrap();
        found.settling
    };
    let free = settling(&model, 8);
    assert!(free.converged && free.rounds < 10_000);
    assert!(settling(&model, 4).converged);
    model.today[2] = Some(State(1));
    let known = settling(&model, 8);
    assert!(!known.converged && known.rounds == 10_000 && known.bound > 1e-10);
    assert_eq!(
        (known.rate, known.forgotten_after),
        (free.rate, free.forgotten_after)
    );
    // The same where the long run is drawn and now is not.
    assert!(!settling(&model, 4).converged);
}
