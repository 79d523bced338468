//! Members of the ensemble: those that share work beside those solved plainly, and what is drawn for them.

use crate::cases::{Dice, all};
use crate::enumeration::{evidence, pick, situation};
use sinario_engine::ensemble::{AskCells, Member, Outcome, Plan, Solver};
use sinario_engine::judgement::{Inputs, Judgement, Place};
use sinario_engine::progress::{Progress, Quiet, Work};
use sinario_engine::{Driver, Fact, Model, State};
use std::sync::Mutex;

/// Every number of the inputs within some range about it; `wide` as a share of what it is worth.
fn judgements(inputs: &Inputs, wide: f64) -> Vec<Judgement> {
    let mut all = Vec::new();
    let mut free = |place, point: f64, least: f64, most: f64| {
        all.push(Judgement {
            place,
            point,
            low: (point - wide * (most - least)).clamp(least, most),
            high: (point + wide * (most - least)).clamp(least, most),
        });
    };
    for (d, bias) in (0..).zip(&inputs.model.bias) {
        for (s, b) in (0..).zip(bias) {
            let place = Place::Prior {
                driver: Driver(d),
                state: State(s),
            };
            free(place, libm::exp(*b), 0.01, 1.0);
        }
    }
    for (on, blocks) in (0..).zip(&inputs.model.blocks) {
        for block in blocks {
            let k = usize::from(inputs.model.sizes[on as usize]);
            for (at, &score) in block.scores.iter().enumerate() {
                let place = Place::Score {
                    from: block.from,
                    state: State((at / k) as u16),
                    on: Driver(on),
                    target: State((at % k) as u16),
                };
                free(place, f64::from(score), -3000.0, 3000.0);
            }
        }
    }
    for (f, fact) in (0..).zip(&inputs.evidence.facts) {
        for (part, (_, chances)) in fact.expected.iter().enumerate() {
            for (s, &chance) in (0..).zip(chances) {
                let place = Place::Likelihood {
                    fact: Fact(f),
                    part,
                    state: State(s),
                };
                free(place, chance, 0.001, 0.999);
            }
        }
        for (part, (_, table)) in fact.act.iter().flat_map(|a| a.worth.iter().enumerate()) {
            for (s, row) in (0..).zip(table) {
                for (alternative, &worth) in row.iter().enumerate() {
                    let place = Place::Worth {
                        fact: Fact(f),
                        part,
                        state: State(s),
                        alternative,
                    };
                    free(place, worth, -10.0, 10.0);
                }
            }
        }
    }
    for (signpost, parts) in inputs.signposts.iter().enumerate() {
        for (part, (_, chances)) in parts.iter().enumerate() {
            for (s, &chance) in (0..).zip(chances) {
                let place = Place::Seen {
                    signpost,
                    part,
                    state: State(s),
                };
                free(place, chance, 0.001, 0.999);
            }
        }
    }
    all
}

/// A random situation with facts, stories, signposts, and now and then something given or held.
fn plan(dice: &mut Dice) -> Plan {
    let model = situation(dice);
    asked(dice, model)
}

/// Questions about a model.
fn asked(dice: &mut Dice, model: Model) -> Plan {
    let evidence = evidence(dice, &model);
    let minds: Vec<Driver> = (0..1 + dice.below(2) as u32).map(Driver).collect();
    let some = |dice: &mut Dice, model: &Model| -> Vec<(Driver, State)> {
        let mut some: Vec<(Driver, State)> =
            (0..1 + dice.below(3)).map(|_| pick(dice, model)).collect();
        some.sort_unstable();
        some.dedup_by_key(|s| s.0);
        some
    };
    let stories = (0..dice.below(5)).map(|_| some(dice, &model)).collect();
    let signposts = (0..dice.below(5))
        .map(|_| {
            some(dice, &model)
                .into_iter()
                .map(|(d, _)| {
                    let k = model.sizes[d.0 as usize];
                    (d, (0..k).map(|_| dice.unit()).collect())
                })
                .collect()
        })
        .collect();
    let once = |dice: &mut Dice, model: &Model| match dice.below(4) {
        0 => vec![pick(dice, model)],
        _ => Vec::new(),
    };
    let futures = all(&model.sizes);
    let asked = (0..dice.below(4)).map(|_| futures[dice.below(futures.len())].clone());
    let (futures, given, held) = (asked.collect(), once(dice, &model), once(dice, &model));
    // Of dice of their own.
    let mut apart = Dice(dice.0 ^ 1);
    let named = (0..model.drivers() as u32).filter(|_| apart.below(3) == 0);
    let named = named.map(Driver).take(4).collect();
    let cells = (apart.below(3) > 0).then_some(AskCells { named });
    let inputs = Inputs {
        model,
        evidence,
        signposts,
    };
    let wide = [0.0, 0.0001, 0.1, 0.5][dice.below(4)];
    Plan {
        judgements: judgements(&inputs, wide),
        inputs,
        seed: dice.next(),
        given,
        held,
        max_inconsistency: 0,
        futures,
        stories,
        minds,
        exact_up_to: 1 << 26,
        steps: 1 << 20,
        cells,
    }
}

fn agree(plan: &Plan, plain: &Member, shared: &Member) {
    assert_eq!(plain.consistent, shared.consistent);
    assert_eq!(plain.complete, shared.complete);
    assert_eq!(plain.values.len(), shared.values.len());
    if plain.values.is_empty() {
        assert!(shared.bound.is_infinite());
        return;
    }
    assert_eq!(plain.values.len(), plan.outcomes().len());
    for (outcome, (p, s)) in plan
        .outcomes()
        .iter()
        .zip(plain.values.iter().zip(&shared.values))
    {
        let within = match outcome {
            Outcome::Settled(..) => plain.bound + shared.bound + 1e-12,
            _ => 1e-9,
        };
        assert!((p - s).abs() <= within, "{outcome:?}: {p} is not {s}");
    }
}

#[test]
fn members_that_share_work_are_those_solved_plainly() {
    let mut dice = Dice(401);
    let (mut settled, mut impossible, mut alike) = (0, 0, 0);
    for case in 0..400 {
        let mut plan = plan(&mut dice);
        if case % 40 == 0 {
            // So strong that exponentials leave the range of numbers; not all of those settle, and what is given
            // may be so unlikely that what is missing from now before it is all there is.
            plan.inputs.model.kappa = libm::log(1e30);
            plan.given.clear();
        }
        let solver = Solver::new(&plan);
        assert!(solver.shares());
        for e in (0..4).chain([u64::MAX]) {
            let (plain, shared) = (plan.member(e), solver.member(e));
            if plain.bound > 1e-10 && !plain.values.is_empty() {
                continue;
            }
            agree(&plan, &plain, &shared);
            impossible += u32::from(plain.values.is_empty());
            settled += u32::from(!plain.values.is_empty());
            alike += u32::from(plain == shared);
        }
    }
    // Nearly all are compared, some are impossible, and hardly any took the plain way itself.
    assert!(settled > 1500 && impossible > 20, "{settled} {impossible}");
    assert!(alike < 700, "{alike} alike");
}

#[test]
fn members_of_larger_models_are_those_solved_plainly() {
    let mut dice = Dice(402);
    for sizes in [
        vec![3, 3, 3, 3, 3, 3, 3, 3, 2],
        vec![6, 2, 5, 3, 9, 4, 2],
        vec![2, 3, 5, 5, 4, 3, 7],
        vec![17, 12, 4, 13],
    ] {
        for round in 0..3 {
            let mut model = Model::new(sizes.clone());
            let n = sizes.len();
            for (from, on) in (0..n * n).map(|at| (at / n, at % n)) {
                // Within a ring at least, so that hardly anybody is ever forgotten at once.
                if (from + 1) % n != on && dice.below(2) == 0 {
                    continue;
                }
                for (s, t) in (0..sizes[from]).flat_map(|s| (0..sizes[on]).map(move |t| (s, t))) {
                    let (from, on) = (Driver(from as u32), Driver(on as u32));
                    let score = dice.below(3001) as i32 - 1500;
                    model.add(from, State(s), on, State(t), score);
                }
            }
            for d in 0..n {
                model.keeps[d] = dice.unit();
                if round > 0 && d > 1 {
                    model.today[d] = Some(State(dice.below(2) as u16));
                }
            }
            model.rounds = round;
            let plan = asked(&mut dice, model);
            let solver = Solver::new(&plan);
            assert!(solver.shares());
            for e in 0..2 {
                let plain = plan.member(e);
                assert!(plain.bound < 1e-10 && !plain.values.is_empty());
                agree(&plan, &plain, &solver.member(e));
            }
        }
    }
}

#[test]
fn who_acts_on_whom_may_differ_from_member_to_member() {
    let mut dice = Dice(77);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..40 {
        let mut plan = plan(&mut dice);
        // Scores of −0.001, 0 and 0.001 by chance: whole impacts come and go.
        for j in &mut plan.judgements {
            if matches!(j.place, Place::Score { .. }) {
                (j.low, j.high) = (-0.7, 0.7);
            }
        }
        let solver = Solver::new(&plan);
        for e in 0..6 {
            let order = |e| {
                let inputs = plan.inputs(e);
                sinario_engine::order::rounds_order(&inputs.model, &[])
            };
            seen.insert(order(e) == order(0));
            agree(&plan, &plan.member(e), &solver.member(e));
        }
    }
    assert_eq!(seen.len(), 2);
}

#[test]
fn any_split_gives_the_same_bits() {
    let mut dice = Dice(5);
    for _ in 0..10 {
        let plan = plan(&mut dice);
        let whole = format!("{:?}", Solver::new(&plan).members(3..23, &Quiet));
        for threads in [1, 2, 7] {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            let parts = pool.install(|| {
                let mut all = Solver::new(&plan).members(14..23, &Quiet);
                // The other part on another solver, backwards, one by one.
                let other = Solver::new(&plan);
                for e in (3..14).rev() {
                    all.insert(0, other.member(e));
                }
                all
            });
            assert_eq!(format!("{parts:?}"), whole);
        }
    }
}

#[test]
fn every_member_is_told_of() {
    struct Heard(Mutex<Vec<(u64, u64)>>);
    impl Progress for Heard {
        fn at(&self, work: Work, done: u64, total: u64) {
            if work == Work::Ensemble {
                self.0.lock().unwrap().push((done, total));
            }
        }
    }
    let plan = plan(&mut Dice(9));
    let heard = Heard(Mutex::default());
    Solver::new(&plan).members(5..12, &heard);
    let mut all = heard.0.into_inner().unwrap();
    all.sort_unstable();
    assert_eq!(all, (1..=7).map(|n| (n, 7)).collect::<Vec<_>>());
}

#[test]
fn what_is_too_large_to_share_is_solved_plainly() {
    let mut plan = plan(&mut Dice(3));
    plan.exact_up_to = 1;
    let solver = Solver::new(&plan);
    assert!(!solver.shares());
    let member = solver.member(2);
    // Not a number where it is sampled.
    assert!(member.bound.is_nan());
    assert_eq!(member.values, plan.member(2).values);
    assert!(!member.values.is_empty());
}

#[test]
fn draws_stay_in_their_ranges_and_fill_them() {
    let mut dice = Dice(8);
    let mut plan = plan(&mut dice);
    plan.judgements = judgements(&plan.inputs, 0.2);
    let mut shares = vec![(1.0_f64, 0.0_f64, 0.0_f64); plan.judgements.len()];
    let members = 2000;
    for e in 0..members {
        let draw = plan.draw(e);
        for ((value, j), share) in draw.iter().zip(&plan.judgements).zip(&mut shares) {
            let (low, high) = match j.place {
                Place::Score { .. } => (j.low.round(), j.high.round()),
                _ => (j.low, j.high),
            };
            assert!((low..=high).contains(value), "{value} {j:?}");
            let at = (value - j.low) / (j.high - j.low);
            *share = (share.0.min(at), share.1.max(at), share.2 + at);
        }
    }
    for (least, most, sum) in shares {
        // Uniform: the mean of 2000 draws is within six standard errors of a half.
        assert!(least < 0.02 && most > 0.98);
        assert!((sum / members as f64 - 0.5).abs() < 6.0 / libm::sqrt(12.0 * members as f64));
    }
}

#[test]
fn a_draw_depends_on_its_own_place_and_no_other() {
    let mut dice = Dice(12);
    let mut plan = plan(&mut dice);
    plan.judgements = judgements(&plan.inputs, 0.3);
    assert!(plan.judgements.len() > 8);
    let before = plan.draw(41);
    plan.judgements[2].high = plan.judgements[2].low;
    plan.judgements.truncate(7);
    let after = plan.draw(41);
    for at in (0..7).filter(|&at| at != 2) {
        assert_eq!(before[at].to_bits(), after[at].to_bits());
    }
    // Neither seed nor member repeats another's.
    let mut all = vec![
        plan.draw(0),
        plan.draw(1),
        plan.draw(1 << 32),
        plan.draw(u64::MAX),
    ];
    plan.seed ^= 1 << 63;
    all.push(plan.draw(0));
    for (at, a) in all.iter().enumerate() {
        assert!(all[..at].iter().all(|b| b[0] != a[0] && b[6] != a[6]));
    }
}

#[test]
fn cells_add_up_to_what_is_known_of_each_driver() {
    let mut dice = Dice(90);
    let (mut summed, mut all_named) = (0, 0);
    for _ in 0..60 {
        let mut plan = plan(&mut dice);
        let named: Vec<Driver> = (0..plan.inputs.model.drivers() as u32)
            .map(Driver)
            .filter(|_| dice.below(2) == 0)
            .collect();
        let cells = AskCells { named };
        let states = cells.states(&plan.inputs.model.sizes);
        plan.cells = Some(cells.clone());
        let outcomes = plan.outcomes();
        let first = outcomes.len() - states.len();
        assert_eq!(
            outcomes[first..],
            (0..states.len()).map(Outcome::Cell).collect::<Vec<_>>()
        );
        let member = Solver::new(&plan).member(3);
        if member.values.is_empty() {
            continue;
        }
        all_named += usize::from(cells.named.len() == plan.inputs.model.drivers());
        for (value, outcome) in member.values.iter().zip(&outcomes) {
            let (d, s) = match *outcome {
                Outcome::Now(d, s) if plan.minds.contains(&d) => (d, s),
                Outcome::Then(d, s) if !plan.minds.contains(&d) => (d, s),
                _ => continue,
            };
            let Some(at) = cells.named.iter().position(|n| *n == d) else {
                continue;
            };
            let those = states.iter().zip(&member.values[first..]);
            let sum: f64 = those.filter(|(c, _)| c[at] == s).map(|(_, p)| p).sum();
            assert!(
                (sum - value).abs() < 1e-12,
                "{outcome:?}: {sum} is not {value}"
            );
            summed += 1;
        }
    }
    assert!(summed > 200 && all_named > 0, "{summed} {all_named}");
}
