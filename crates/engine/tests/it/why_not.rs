//! Why not: every argument is checked line by line, and nothing in it can be left out.

use crate::cases::{Dice, all, model};
use sinario_engine::consistent::{Argued, Ask, WhyNot, why_not};
use sinario_engine::progress::Quiet;
use sinario_engine::{Driver, Future, Model, State};

type At = (Driver, State);

fn has(x: &Future, states: &[At]) -> bool {
    states.iter().all(|(d, s)| x[d.0 as usize] == *s)
}

fn consistent(model: &Model, ask: &Ask, x: &Future) -> bool {
    (0..x.len()).all(|j| {
        let sums = model.sums(x, Driver(j as u32));
        let best = *sums.iter().max().unwrap();
        ask.held.iter().any(|(h, _)| h.0 as usize == j)
            || best - sums[usize::from(x[j].0)] <= ask.max_inconsistency
    })
}

/// The states left to every driver after some have fallen: what the judgements are said of.
fn left(model: &Model, fixed: &[At], fallen: &[At]) -> Vec<Vec<State>> {
    let of = |d: u32| {
        let states = (0..model.sizes[d as usize]).map(State);
        let ours = |s: &State| {
            fixed.iter().all(|(f, t)| f.0 != d || t == s) && !fallen.contains(&(Driver(d), *s))
        };
        states.filter(ours).collect()
    };
    (0..model.drivers() as u32).map(of).collect()
}

fn score(model: &Model, from: u32, s: State, on: Driver, t: State) -> i64 {
    let k = usize::from(model.sizes[on.0 as usize]);
    let block = model.blocks[on.0 as usize]
        .iter()
        .find(|b| b.from.0 == from);
    block.map_or(0, |b| {
        i64::from(b.scores[usize::from(s.0) * k + usize::from(t.0)])
    })
}

/// Whether every step follows from the judgements that it names, and the branches leave nothing out.
fn check(model: &Model, ask: &Ask, fixed: &[At], proof: &[Argued]) -> bool {
    let mut open: Vec<Future> = all(&model.sizes);
    open.retain(|x| has(x, fixed));
    for line in proof {
        let mut fallen: Vec<At> = Vec::new();
        for step in &line.steps {
            let fall = step.fall;
            let under = [fixed, &line.assumed[..fall.after]].concat();
            let left = left(model, &under, &fallen);
            // The lead is what every driver adds at least, and each names its states and their scores rightly.
            let mut sum = 0;
            for from in 0..model.drivers() as u32 {
                let own = Driver(from) == fall.driver;
                let states = if own {
                    vec![fall.state]
                } else {
                    left[from as usize].clone()
                };
                let named = step.carried.iter().find(|c| c.from.0 == from);
                let leads: Vec<(State, i64)> = states
                    .iter()
                    .map(|&s| {
                        let lead = score(model, from, s, fall.driver, fall.rival)
                            - score(model, from, s, fall.driver, fall.state);
                        (s, lead)
                    })
                    .collect();
                let least = leads.iter().map(|(_, lead)| *lead).min().unwrap_or(0);
                sum += least;
                let bears: Vec<(State, i64)> =
                    leads.into_iter().filter(|(_, lead)| *lead != 0).collect();
                let said = named.map_or((0, &[][..]), |c| (c.least, &c.states[..]));
                if said != (least, &bears[..]) || named.is_some_and(|c| c.left != states.len()) {
                    return false;
                }
            }
            if sum != fall.by || fall.by <= ask.max_inconsistency {
                return false;
            }
            // And by plain sums of every future that is left.
            let falls = |x: &Future| {
                has(x, &under)
                    && x[fall.driver.0 as usize] == fall.state
                    && !fallen.iter().any(|f| has(x, &[*f]))
            };
            for x in all(&model.sizes).iter().filter(|x| falls(x)) {
                let sums = model.sums(x, fall.driver);
                let lead = sums[usize::from(fall.rival.0)] - sums[usize::from(fall.state.0)];
                if lead < fall.by {
                    return false;
                }
            }
            fallen.push((fall.driver, fall.state));
            open.retain(|x| {
                !(has(x, &line.assumed[..fall.after]) && has(x, &[(fall.driver, fall.state)]))
            });
        }
        let under = [fixed, &line.assumed].concat();
        if !left(model, &under, &fallen)[line.driver.0 as usize].is_empty() {
            return false;
        }
        open.retain(|x| !has(x, &line.assumed));
    }
    open.is_empty()
}

/// The argument without one fall, which is left out of every line that it stands in; what the others name is put right, so
/// that only what is missing can be wrong.
fn without(model: &Model, fixed: &[At], proof: &[Argued], line: usize, at: usize) -> Vec<Argued> {
    let gone = &proof[line].steps[at].fall;
    let under = &proof[line].assumed[..gone.after];
    let mut proof = proof.to_vec();
    for line in &mut proof {
        if line.assumed.starts_with(under) {
            line.steps.retain(|s| {
                s.fall.after != gone.after
                    || (s.fall.driver, s.fall.state) != (gone.driver, gone.state)
            });
        }
        let mut fallen = Vec::new();
        for at in 0..line.steps.len() {
            let fall = line.steps[at].fall;
            let left = left(
                model,
                &[fixed, &line.assumed[..fall.after]].concat(),
                &fallen,
            );
            let step = best(model, &left, line.steps[at].fall.driver, fall.state);
            line.steps[at].fall.rival = step.0;
            line.steps[at].fall.by = step.1;
            line.steps[at].carried = step.2;
            fallen.push((fall.driver, fall.state));
        }
    }
    proof
}

type Named = (State, i64, Vec<sinario_engine::consistent::Carried>);

/// The rival with the greatest sure lead, and all that it is made of.
fn best(model: &Model, left: &[Vec<State>], j: Driver, t: State) -> Named {
    let rivals = (0..model.sizes[j.0 as usize])
        .map(State)
        .filter(|r| *r != t);
    let named = rivals.map(|rival| {
        let carried: Vec<_> = (0..model.drivers() as u32)
            .map(|from| {
                let states = if Driver(from) == j {
                    vec![t]
                } else {
                    left[from as usize].clone()
                };
                let lead = |s: State| score(model, from, s, j, rival) - score(model, from, s, j, t);
                sinario_engine::consistent::Carried {
                    from: Driver(from),
                    left: states.len(),
                    least: states.iter().map(|&s| lead(s)).min().unwrap_or(0),
                    states: states
                        .iter()
                        .map(|&s| (s, lead(s)))
                        .filter(|(_, l)| *l != 0)
                        .collect(),
                }
            })
            .filter(|c| !c.states.is_empty())
            .collect();
        (rival, carried.iter().map(|c| c.least).sum::<i64>(), carried)
    });
    named.max_by_key(|n| n.1).unwrap()
}

#[test]
fn small_models_agree_with_plain_enumeration_and_every_line_is_needed() {
    let mut dice = Dice(31);
    let (mut ruled, mut occurs, mut steps, mut branched) = (0, 0, 0, 0);
    for round in 0..1500 {
        let model = model(&mut dice);
        let mut pick = || {
            let d = dice.below(model.drivers());
            (
                Driver(d as u32),
                State(dice.below(usize::from(model.sizes[d])) as u16),
            )
        };
        let (at, given, held) = (pick(), pick(), pick());
        let mut ask = Ask {
            steps: u64::MAX,
            limit: 1,
            ..Ask::default()
        };
        ask.max_inconsistency = [0, 0, 0, 1000][round % 4];
        if round % 3 == 0 && given.0 != at.0 {
            ask.given.push(given);
        }
        if round % 5 == 0 && held.0 != at.0 && ask.given.iter().all(|g| g.0 != held.0) {
            ask.held.push(held);
        }
        let fixed = [&[at][..], &ask.given, &ask.held].concat();
        let with: Vec<Future> = all(&model.sizes)
            .into_iter()
            .filter(|x| has(x, &fixed) && consistent(&model, &ask, x))
            .collect();
        match why_not(&model, &ask, at, &Quiet) {
            WhyNot::Occurs { count, best, all } => {
                occurs += 1;
                assert!(all && count == with.len().into() && with.contains(&best.states));
                for x in &with {
                    let other = sinario_engine::consistent::assess(&model, x, &ask.held);
                    assert!(
                        (other.inconsistency, -other.margin) >= (best.inconsistency, -best.margin)
                    );
                }
            }
            WhyNot::RuledOut(proof) => {
                ruled += 1;
                assert!(with.is_empty());
                let proof = proof.expect("small arguments are written down");
                assert!(check(&model, &ask, &fixed, &proof), "{round}: {proof:?}");
                steps += proof.iter().map(|l| l.steps.len()).sum::<usize>();
                branched += usize::from(proof.len() > 1);
                for line in 0..proof.len() {
                    for at in 0..proof[line].steps.len() {
                        let less = without(&model, &fixed, &proof, line, at);
                        assert!(
                            !check(&model, &ask, &fixed, &less),
                            "{round}: {line} {at} {proof:?}"
                        );
                    }
                }
            }
            WhyNot::Open(_) => panic!("it may take as long as it needs"),
        }
    }
    assert!(
        ruled > 300 && occurs > 300 && steps > 600 && branched > 20,
        "{ruled} {occurs} {steps} {branched}"
    );
}

/// What falls for reasons of its own is not in the argument.
#[test]
fn nothing_beside_the_point_is_said() {
    // A chain 0 → 1 → 2 of wishes to be alike, and 3, which hates its first state whatever happens.
    let mut model = Model::new(vec![2; 4]);
    for on in 1..3 {
        for s in 0..2 {
            model.add(Driver(on - 1), State(s), Driver(on), State(s), 1000);
        }
    }
    for s in 0..2 {
        model.add(Driver(2), State(s), Driver(3), State(0), -2000);
    }
    let ask = Ask {
        steps: u64::MAX,
        given: vec![(Driver(0), State(0))],
        ..Ask::default()
    };
    let WhyNot::RuledOut(Some(proof)) = why_not(&model, &ask, (Driver(2), State(1)), &Quiet) else {
        panic!("it is ruled out");
    };
    let falls: Vec<At> = proof[0]
        .steps
        .iter()
        .map(|s| (s.fall.driver, s.fall.state))
        .collect();
    assert_eq!(proof.len(), 1);
    assert_eq!(falls, [(Driver(1), State(1)), (Driver(2), State(1))]);
}
