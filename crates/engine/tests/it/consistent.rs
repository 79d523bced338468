//! The search by domains against plain enumeration.

use crate::cases::{Dice, PUBLISHED, all, model, named, somewhereland};
use sinario_engine::consistent::{Ask, Consistent, Stopped, assess, consistent};
use sinario_engine::progress::Quiet;
use sinario_engine::{Driver, Future, Model, State};

/// Straight from the definition: no driver would gain more than K elsewhere.
fn plain(model: &Model, ask: &Ask) -> Vec<Future> {
    let holds = |x: &Future| {
        ask.given
            .iter()
            .chain(&ask.held)
            .all(|(d, s)| x[d.0 as usize] == *s)
            && (0..x.len()).all(|j| {
                let driver = Driver(j as u32);
                let sums = model.sums(x, driver);
                let best = *sums.iter().max().unwrap();
                ask.held.iter().any(|(h, _)| *h == driver)
                    || best - sums[usize::from(x[j].0)] <= ask.max_inconsistency
            })
    };
    all(&model.sizes).into_iter().filter(holds).collect()
}

fn random_ask(dice: &mut Dice, model: &Model) -> Ask {
    let pick = |dice: &mut Dice| {
        let d = dice.below(model.drivers());
        (
            Driver(d as u32),
            State(dice.below(usize::from(model.sizes[d])) as u16),
        )
    };
    let mut ask = Ask {
        limit: [1, 5, 10_000][dice.below(3)],
        steps: u64::MAX,
        ..Ask::default()
    };
    ask.max_inconsistency = [0, 0, 0, 1000, 2500][dice.below(5)];
    if dice.below(3) == 0 {
        ask.given.push(pick(dice));
    }
    if dice.below(3) == 0 {
        let held = pick(dice);
        if ask.given.iter().all(|g| g.0 != held.0) {
            ask.held.push(held);
        }
    }
    ask
}

#[test]
fn thousands_of_small_models_agree_with_plain_enumeration() {
    let mut dice = Dice(7);
    for round in 0..4000 {
        let model = model(&mut dice);
        let ask = random_ask(&mut dice, &model);
        let want = plain(&model, &ask);
        let found = consistent(&model, &ask, &Quiet);
        assert!(found.stopped.is_none());
        assert_eq!(found.count, want.len().into(), "round {round}: {ask:?}");
        let listed: Vec<Future> = found.listed.iter().map(|f| f.states.clone()).collect();
        assert_eq!(
            listed,
            want[..want.len().min(ask.limit)],
            "round {round}: {ask:?}"
        );
        if want.is_empty() {
            check_proof(&model, &ask, &found);
        }
    }
}

/// Every line must hold by enumeration, and the branches must leave nothing out.
fn check_proof(model: &Model, ask: &Ask, found: &Consistent) {
    let proof = found
        .proof
        .as_ref()
        .expect("small refutations are written down");
    let mut open: Vec<Future> = all(&model.sizes);
    open.retain(|x| {
        ask.given
            .iter()
            .chain(&ask.held)
            .all(|(d, s)| x[d.0 as usize] == *s)
    });
    for line in proof {
        let mut left = all(&model.sizes);
        left.retain(|x| {
            ask.given
                .iter()
                .chain(&ask.held)
                .all(|(d, s)| x[d.0 as usize] == *s)
        });
        let under =
            |x: &Future, n: usize| line.assumed[..n].iter().all(|(d, s)| x[d.0 as usize] == *s);
        for fall in &line.falls {
            let falls =
                |x: &Future| under(x, fall.after) && x[fall.driver.0 as usize] == fall.state;
            for x in left.iter().filter(|x| falls(x)) {
                let sums = model.sums(x, fall.driver);
                let lost = sums[usize::from(fall.rival.0)] - sums[usize::from(fall.state.0)];
                assert!(
                    lost >= fall.by && fall.by > ask.max_inconsistency,
                    "{line:?} at {x:?}"
                );
            }
            left.retain(|x| !falls(x));
            open.retain(|x| !falls(x));
        }
        assert!(
            !left.iter().any(|x| under(x, line.assumed.len())),
            "{line:?} leaves {left:?}"
        );
    }
    assert!(open.is_empty(), "no line speaks of {open:?}");
}

#[test]
fn somewhereland_has_its_ten_published_futures() {
    let model = somewhereland();
    let ask = Ask {
        limit: 100,
        steps: u64::MAX,
        ..Ask::default()
    };
    let found = consistent(&model, &ask, &Quiet);
    let mut want: Vec<Future> = PUBLISHED.iter().map(|n| named(n)).collect();
    want.sort();
    assert_eq!(
        found
            .listed
            .iter()
            .map(|f| f.states.clone())
            .collect::<Vec<_>>(),
        want
    );
    assert!(
        found
            .listed
            .iter()
            .all(|f| f.inconsistency == 0 && f.margin >= 0)
    );
}

#[test]
fn what_nothing_ties_is_counted_and_not_walked() {
    let mut model = Model::new(vec![3; 1000]);
    model.add(Driver(0), State(0), Driver(1), State(0), 1000);
    let ask = Ask {
        limit: 5,
        steps: 1_000_000,
        ..Ask::default()
    };
    let found = consistent(&model, &ask, &Quiet);
    assert!(found.stopped.is_none());
    // Driver 0 in its first state leaves driver 1 one state; else all of them.
    let tied = num_bigint::BigUint::from(1_u8 + 3 + 3);
    assert_eq!(found.count, tied * num_bigint::BigUint::from(3_u8).pow(998));
    assert_eq!(found.listed.len(), 5);
    assert!(found.listed.windows(2).all(|w| w[0].states < w[1].states));
}

#[test]
fn threads_change_nothing() {
    let mut dice = Dice(99);
    let mut model = Model::new(vec![3; 12]);
    for on in 0..12 {
        for from in (0..12).filter(|&f| f != on) {
            for (s, t) in (0..9).map(|c| (c / 3, c % 3)) {
                let score = dice.below(7) as i32 - 3;
                model.add(Driver(from), State(s), Driver(on), State(t), score * 1000);
            }
        }
    }
    for steps in [u64::MAX, 200] {
        let ask = Ask {
            limit: 50,
            max_inconsistency: 3000,
            steps,
            ..Ask::default()
        };
        let found = [1, 2, 8].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| format!("{:?}", consistent(&model, &ask, &Quiet)))
        });
        assert!(found[0] == found[1] && found[1] == found[2]);
        assert_eq!(found[0].contains("stopped: None"), steps == u64::MAX);
    }
}

#[test]
fn the_margin_is_the_least_lead() {
    let model = somewhereland();
    let found = assess(&model, &named(PUBLISHED[0]), &[]);
    let x = named(PUBLISHED[0]);
    let total: i64 = (0..6)
        .map(|j| model.sums(&x, Driver(j))[usize::from(x[j as usize].0)])
        .sum();
    assert_eq!(found.total_impact, total);
}

#[test]
fn what_is_too_large_is_named() {
    let ask = Ask {
        limit: 3,
        steps: u64::MAX,
        ..Ask::default()
    };
    // A driver of many states that nobody else touches is no trouble.
    let mut model = Model::new(vec![500, 2]);
    let found = consistent(&model, &ask, &Quiet);
    assert_eq!((found.stopped, found.count), (None, 1000_u32.into()));
    model.add(Driver(0), State(3), Driver(1), State(0), 1000);
    let found = consistent(&model, &ask, &Quiet);
    let states = Stopped::States {
        states: 500,
        limit: 64,
    };
    assert_eq!((found.stopped, found.count), (Some(states), 0_u32.into()));
    // A chain of 4,097 drivers of 64 states.
    let mut model = Model::new(vec![64; 4097]);
    for on in 1..4097 {
        model.add(Driver(on - 1), State(0), Driver(on), State(0), 1000);
    }
    let size = Stopped::Size {
        pairs: 4097 * 64 * 64,
        limit: 1 << 24,
    };
    assert_eq!(consistent(&model, &ask, &Quiet).stopped, Some(size));
}

#[test]
fn a_chain_of_many_thousand_drivers_needs_no_deep_stack() {
    let mut model = Model::new(vec![2; 20_000]);
    for on in 1..20_000 {
        for s in 0..2 {
            model.add(Driver(on - 1), State(s), Driver(on), State(s), 1000);
        }
    }
    let ask = Ask {
        limit: 3,
        steps: 1 << 22,
        ..Ask::default()
    };
    let found = consistent(&model, &ask, &Quiet);
    assert_eq!((found.stopped, found.count), (None, 2_u32.into()));
}
