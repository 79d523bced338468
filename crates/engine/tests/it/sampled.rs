//! Sampled answers against the exact ones of the same models.

use crate::cases::{Dice, all};
use crate::enumeration::{evidence, pick, situation};
use sinario_engine::belief::{Ask, Belief, Estimate, Impossible, Marginals, Method, believe};
use sinario_engine::evidence::{ActInput, Evidence, FactInput, Weighing, standard_grid};
use sinario_engine::progress::Quiet;
use sinario_engine::{Driver, Fact, Model, State};
use std::collections::BTreeMap;

/// Numbers found, their errors and the truth, by what they are.
#[derive(Default)]
struct Seen(BTreeMap<&'static str, Vec<(f64, f64, f64)>>);

impl Seen {
    fn add(&mut self, what: &'static str, found: Estimate, truth: Estimate) {
        assert_eq!(truth.error, None);
        let (v, e, t) = (found.value, found.error.unwrap_or(0.0), truth.value);
        assert!(
            v.is_nan() == t.is_nan() && (v == t || !v.is_infinite() || e.is_infinite()),
            "{what}: {v} for {t}"
        );
        if t.is_finite() && v.is_finite() {
            self.0.entry(what).or_default().push((v, e, t));
        }
    }

    fn all(&mut self, what: &'static str, found: &[Estimate], truth: &[Estimate]) {
        assert_eq!(found.len(), truth.len());
        found
            .iter()
            .zip(truth)
            .for_each(|(f, t)| self.add(what, *f, *t));
    }

    fn marginals(&mut self, what: &'static str, found: &Marginals, truth: &Marginals) {
        found
            .iter()
            .zip(truth)
            .for_each(|(f, t)| self.all(what, f, t));
    }

    fn belief(&mut self, found: &Belief, truth: &Belief) {
        self.marginals("before", &found.before, &truth.before);
        self.marginals("now", &found.now, &truth.now);
        self.marginals("settled", &found.settled, &truth.settled);
        assert_eq!(found.unfolding.len(), truth.unfolding.len());
        for (f, t) in found.unfolding.iter().zip(&truth.unfolding).skip(1) {
            self.marginals("then", f, t);
        }
        for (f, t) in found.futures.iter().zip(&truth.futures) {
            self.add("future then", f.then, t.then);
            self.add("future settled", f.settled, t.settled);
        }
        for f in &found.likeliest {
            let same = truth.likeliest.iter().find(|t| t.states == f.states);
            if let Some(t) = same {
                self.add("likeliest", f.then, t.then);
            }
        }
        for (f, t) in found.stories.iter().zip(&truth.stories) {
            self.add("story", f.probability, t.probability);
            if let (Some(f), Some(t)) = (&f.best, &t.best)
                && f.0 == t.0
            {
                self.add("story's best", f.1, t.1);
            }
        }
        for (f, t) in found.signposts.iter().zip(&truth.signposts) {
            self.add("seen", f.seen, t.seen);
            self.all("bits", &f.bits, &t.bits);
            f.if_seen
                .iter()
                .zip(&t.if_seen)
                .for_each(|(f, t)| self.all("if seen", f, t));
            f.if_not
                .iter()
                .zip(&t.if_not)
                .for_each(|(f, t)| self.all("if not", f, t));
        }
        for (f, t) in found
            .facts
            .iter()
            .flatten()
            .zip(truth.facts.iter().flatten())
        {
            self.all("decibans", &f.decibans, &t.decibans);
            self.all("without", &f.without, &t.without);
        }
        for (f, t) in found
            .trajectory
            .iter()
            .flatten()
            .zip(truth.trajectory.iter().flatten())
        {
            self.all("trajectory", f, t);
        }
    }

    /// Shares of the intervals of two standard errors that hold the truth, by what they are, where something was
    /// drawn at all; what has no error must be right.
    fn coverage(&self) -> (BTreeMap<&'static str, (usize, f64)>, usize, f64) {
        let mut by = BTreeMap::new();
        let (mut count, mut hits) = (0, 0);
        for (&what, numbers) in &self.0 {
            let drawn: Vec<_> = numbers.iter().filter(|n| n.1 > 1e-9).collect();
            for (v, e, t) in numbers.iter().filter(|n| n.1 <= 1e-9) {
                assert!((v - t).abs() < 1e-6, "{what}: {v} ± {e} for {t}");
            }
            let hit = drawn
                .iter()
                .filter(|(v, e, t)| (v - t).abs() <= 2.0 * e)
                .count();
            by.insert(what, (drawn.len(), hit as f64 / drawn.len().max(1) as f64));
            count += drawn.len();
            hits += hit;
        }
        (by, count, hits as f64 / count as f64)
    }
}

fn everything(dice: &mut Dice, model: &Model, e: &Evidence) -> Ask {
    let futures = all(&model.sizes);
    let facts: Vec<Fact> = (0..e.facts.len()).map(|f| Fact(f as u32)).collect();
    let sign = |d: usize, dice: &mut Dice| {
        let chances = (0..model.sizes[d])
            .map(|_| dice.unit())
            .collect::<Vec<f64>>();
        (Driver(d as u32), chances)
    };
    let mut told = vec![(Driver(0), State(1)), (Driver(1), State(0))];
    told.truncate(1 + dice.below(2));
    Ask {
        held: if dice.below(4) == 0 {
            vec![pick(dice, model)]
        } else {
            Vec::new()
        },
        given: if dice.below(4) == 0 {
            vec![pick(dice, model)]
        } else {
            Vec::new()
        },
        futures: vec![futures[futures.len() / 2].clone(), futures[0].clone()],
        likeliest: 3,
        stories: vec![told, vec![(Driver(1), State(1))]],
        minds: vec![Driver(0)],
        signposts: vec![
            vec![sign(0, dice), sign(1, dice)],
            (0..model.drivers()).map(|d| sign(d, dice)).collect(),
        ],
        read: (0..model.drivers()).map(|d| Driver(d as u32)).collect(),
        trajectory: (0..=facts.len()).map(|n| facts[..n].to_vec()).collect(),
        exact_up_to: 1 << 26,
        effort: 0.01,
        ..Ask::default()
    }
}

/// The exact and the sampled answer; `None` where both refuse alike.
fn both(model: &Model, e: &Evidence, ask: &Ask, up_to: u64) -> Option<(Belief, Belief)> {
    let truth = believe(model, e, ask, &Quiet);
    let sampled = Ask {
        exact_up_to: up_to,
        ..ask.clone()
    };
    let found = believe(model, e, &sampled, &Quiet);
    match (truth, found) {
        (Ok(truth), Ok(found)) => {
            assert!(matches!(found.method, Method::Sampled { .. }));
            Some((truth, found))
        }
        (Err(truth), Err(found)) => {
            assert_eq!(truth, found);
            None
        }
        (truth, found) => panic!("{truth:?} but {found:?}"),
    }
}

#[test]
fn the_truth_lies_within_the_errors() {
    let mut dice = Dice(2024);
    let mut seen = Seen::default();
    let (mut checked, mut known) = (0, 0);
    while checked < 300 {
        let model = situation(&mut dice);
        let count = all(&model.sizes).len();
        if count > 300 {
            continue;
        }
        let e = evidence(&mut dice, &model);
        let mut ask = everything(&mut dice, &model, &e);
        // Half of the time what is known today may leave few enough for now to be exact.
        let up_to = [1, count as u64 - 1][dice.below(2)];
        if up_to > 1 {
            ask.read.truncate(1);
        }
        if let Some((truth, found)) = both(&model, &e, &ask, up_to) {
            checked += 1;
            let Method::Sampled { exact_now, .. } = found.method else {
                unreachable!()
            };
            if exact_now {
                known += 1;
                assert_eq!((&found.before, &found.now), (&truth.before, &truth.now));
                assert_eq!(
                    (&found.facts, &found.trajectory),
                    (&truth.facts, &truth.trajectory)
                );
            }
            seen.belief(&found, &truth);
        }
    }
    let (by, count, share) = seen.coverage();
    for (what, (n, share)) in &by {
        println!("{what}: {share:.3} of {n}");
    }
    println!("{count} numbers, {share:.4} covered, {known} with now exact");
    assert!(known > 20 && count > 10_000 && share > 0.92, "{by:?}");
    for (what, (n, share)) in by {
        assert!(n < 100 || share > 0.88, "{what}: {share} of {n}");
    }
}

/// The mean error of everything, and its mean square.
fn errors(belief: &Belief) -> f64 {
    let all = belief.settled.iter().chain(&belief.now).flatten();
    let errors: Vec<f64> = all.filter_map(|e| e.error).collect();
    errors.iter().sum::<f64>() / errors.len() as f64
}

#[test]
fn sixteen_times_the_work_quarters_the_errors() {
    let mut dice = Dice(5);
    let (mut ratios, mut seen) = (Vec::new(), Seen::default());
    while ratios.len() < 20 {
        let model = situation(&mut dice);
        let e = evidence(&mut dice, &model);
        let mut ask = everything(&mut dice, &model, &e);
        let Some((_, little)) = both(&model, &e, &ask, 1) else {
            continue;
        };
        ask.effort *= 16.0;
        let (truth, much) = both(&model, &e, &ask, 1).unwrap();
        if errors(&little) > 1e-6 {
            ratios.push(errors(&little) / errors(&much));
            seen.belief(&much, &truth);
        }
    }
    ratios.sort_by(f64::total_cmp);
    let median = ratios[ratios.len() / 2];
    assert!((2.5..6.0).contains(&median), "{ratios:?}");
    let (by, _, share) = seen.coverage();
    assert!(share > 0.9, "{by:?}");
}

#[test]
fn sampled_bits_do_not_hang_on_the_threads() {
    let mut dice = Dice(32);
    let model = situation(&mut dice);
    let e = evidence(&mut dice, &model);
    let mut ask = everything(&mut dice, &model, &e);
    (ask.exact_up_to, ask.given, ask.held) = (1, Vec::new(), Vec::new());
    let found = [1, 2, 8].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| format!("{:?}", believe(&model, &e, &ask, &Quiet).unwrap()))
    });
    assert!(found[0] == found[1] && found[1] == found[2]);
    ask.seed = 2;
    assert_ne!(
        found[0],
        format!("{:?}", believe(&model, &e, &ask, &Quiet).unwrap())
    );
}

/// Forty drivers in a line, each moved by the two before it: too many futures to write down, but along the line
/// the settled distribution can be summed.
fn line() -> Model {
    let n = 40;
    let mut model = Model::new(vec![3; n]);
    let mut dice = Dice(8);
    for d in 1..n {
        for from in d.saturating_sub(2)..d {
            for s in 0..3 {
                for t in 0..3 {
                    let score = 1000 * (dice.below(5) as i32 - 2);
                    model.add(
                        Driver(from as u32),
                        State(s),
                        Driver(d as u32),
                        State(t),
                        score,
                    );
                }
            }
        }
    }
    model
}

/// Marginals of the line by its own recursion over pairs of neighbours; `seen` is a factor by driver and state.
fn line_marginals(model: &Model, seen: &dyn Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
    let n = model.drivers();
    let chance = |d: usize, a: usize, b: usize| -> Vec<f64> {
        let mut x = vec![State(0); n];
        if d >= 2 {
            x[d - 2] = State(a as u16);
        }
        if d >= 1 {
            x[d - 1] = State(b as u16);
        }
        let e: Vec<f64> = model
            .sums(&x, Driver(d as u32))
            .iter()
            .map(|s| libm::exp(model.kappa * *s as f64 / 1000.0))
            .collect();
        e.iter().map(|v| v / e.iter().sum::<f64>()).collect()
    };
    // Backward: what is seen from d on, given its two before it.
    let mut back = vec![vec![1.0; 9]; n + 1];
    for d in (0..n).rev() {
        for at in 0..9 {
            let p = chance(d, at / 3, at % 3);
            back[d][at] = (0..3)
                .map(|t| p[t] * seen(d, t) * back[d + 1][at % 3 * 3 + t])
                .sum();
        }
    }
    let mut ahead = vec![0.0; 9];
    ahead[0] = 1.0;
    let mut all = Vec::new();
    for d in 0..n {
        let (mut next, mut marginal) = (vec![0.0; 9], vec![0.0; 3]);
        for at in 0..9 {
            let p = chance(d, at / 3, at % 3);
            for t in 0..3 {
                let mass = ahead[at] * p[t] * seen(d, t);
                next[at % 3 * 3 + t] += mass;
                marginal[t] += mass * back[d + 1][at % 3 * 3 + t];
            }
        }
        let whole: f64 = marginal.iter().sum();
        all.push(marginal.iter().map(|m| m / whole).collect());
        ahead = next.iter().map(|m| m / next.iter().sum::<f64>()).collect();
    }
    all
}

#[test]
fn a_long_line_agrees_with_its_recursion() {
    let model = line();
    let facts: Vec<FactInput> = [
        (5, [0.9, 0.2, 0.1]),
        (20, [0.0, 0.5, 0.6]),
        (39, [0.05, 0.1, 0.9]),
    ]
    .into_iter()
    .map(|(d, chances)| FactInput {
        trust: 1.0,
        expected: vec![(Driver(d), chances.to_vec())],
        ..FactInput::default()
    })
    .collect();
    let weigh = |d: usize, t: usize| -> f64 {
        let of = |f: &&FactInput| f.expected[0].0.0 as usize == d;
        facts
            .iter()
            .filter(of)
            .map(|f| f.expected[0].1[t])
            .product()
    };
    let now = line_marginals(&model, &weigh);
    let before = line_marginals(&model, &|_, _| 1.0);
    let e = Evidence {
        facts: facts.clone(),
        grid: Vec::new(),
    };
    let ask = Ask {
        exact_up_to: 1 << 26,
        effort: 0.2,
        futures: vec![vec![State(1); 40]],
        ..Ask::default()
    };
    let found = believe(&model, &e, &ask, &Quiet).unwrap();
    let mut seen = Seen::default();
    let truth = |all: &[Vec<f64>]| -> Marginals {
        let one = |p: &f64| Estimate {
            value: *p,
            error: None,
        };
        all.iter().map(|m| m.iter().map(one).collect()).collect()
    };
    seen.marginals("settled", &found.settled, &truth(&before));
    seen.marginals("now", &found.now, &truth(&now));
    let (by, count, share) = seen.coverage();
    assert!(count > 200 && share > 0.88, "{by:?}");
    assert!(found.now.iter().flatten().all(|e| e.error.unwrap() < 0.02));
    assert!(found.settling.converged && found.settling.forgotten_after == Some(1));
    // Without cycles the chance of one future in the long run needs no draws: a product along the line.
    let x = vec![State(1); 40];
    let product: f64 = (0..40)
        .map(|d| {
            let e: Vec<f64> = model
                .sums(&x, Driver(d))
                .iter()
                .map(|s| libm::exp(model.kappa * *s as f64 / 1000.0))
                .collect();
            e[1] / e.iter().sum::<f64>()
        })
        .product();
    assert_eq!(found.futures[0].settled.error, None);
    assert!((found.futures[0].settled.value / product - 1.0).abs() < 1e-9);
}

#[test]
fn many_strong_facts_leave_many_effective_draws() {
    // Ten minds of which five facts each say the same, twenty to one: one draw in 10^13 is of that kind.
    let mut model = line();
    model.rounds = 2;
    let fact = |d: u32| FactInput {
        trust: 1.0,
        expected: vec![(Driver(d), vec![0.04, 0.8, 0.04])],
        ..FactInput::default()
    };
    let facts = (0..50).map(|f| fact(f / 5 * 4)).collect();
    let e = Evidence {
        facts,
        grid: Vec::new(),
    };
    let minds: Vec<Driver> = (0..10).map(|m| Driver(4 * m)).collect();
    let ask = Ask {
        exact_up_to: 1 << 26,
        effort: 0.2,
        read: minds.clone(),
        minds,
        ..Ask::default()
    };
    let found = believe(&model, &e, &ask, &Quiet).unwrap();
    let Method::Sampled {
        effective, draws, ..
    } = found.method
    else {
        panic!("sampled")
    };
    assert!(effective > 100.0 && draws > 1000, "{effective} of {draws}");
}

#[test]
fn acts_over_two_minds_are_weighed_together() {
    let mut dice = Dice(91);
    let mut seen = Seen::default();
    for _ in 0..40 {
        let mut model = situation(&mut dice);
        model.today = vec![None; model.drivers()];
        let act = |dice: &mut Dice, both: bool| FactInput {
            trust: 0.9,
            act: Some(ActInput {
                actor: 0,
                chose: dice.below(3),
                among: 3,
                worth: (0..1 + u32::from(both))
                    .map(|d| {
                        let k = model.sizes[d as usize];
                        let mut row = || (0..3).map(|_| dice.unit() * 8.0 - 4.0).collect();
                        (Driver(d), (0..k).map(|_| row()).collect())
                    })
                    .collect(),
            }),
            ..FactInput::default()
        };
        let mut facts = vec![
            act(&mut dice, true),
            act(&mut dice, false),
            act(&mut dice, true),
        ];
        facts[0].expected = vec![(
            Driver(1),
            (0..model.sizes[1]).map(|_| dice.unit()).collect(),
        )];
        let e = Evidence {
            facts,
            grid: standard_grid(),
        };
        let mut ask = everything(&mut dice, &model, &e);
        (ask.given, ask.held) = (Vec::new(), Vec::new());
        let (truth, found) = both(&model, &e, &ask, 1).unwrap();
        seen.belief(&found, &truth);
    }
    let (by, count, share) = seen.coverage();
    assert!(count > 1000 && share > 0.9, "{by:?}");
}

#[test]
fn facts_taken_apart_say_the_same() {
    let mut dice = Dice(17);
    for _ in 0..200 {
        let model = situation(&mut dice);
        let e = evidence(&mut dice, &model);
        let weighing = Weighing::new(&e);
        let facts: Vec<Fact> = (0..e.facts.len()).map(|f| Fact(f as u32)).collect();
        let parts = weighing.parts(&facts);
        if !parts.together.is_empty() {
            continue;
        }
        for x in all(&model.sizes).iter().take(40) {
            let state = |d: Driver| usize::from(x[d.0 as usize].0);
            let apart: f64 = parts.alone.iter().map(|(d, ln)| ln[state(*d)]).sum();
            assert!((apart - weighing.ln_likelihood(&facts, state)).abs() < 1e-9);
        }
    }
}

#[test]
fn what_no_draw_allows_is_told_apart_from_what_cannot_be() {
    let ask = Ask {
        exact_up_to: 1,
        effort: 0.01,
        ..Ask::default()
    };
    let fact = |d: u32, chances: [f64; 3]| FactInput {
        trust: 1.0,
        expected: vec![(Driver(d), chances.to_vec())],
        ..FactInput::default()
    };
    let refuses = |model: &Model, facts: Vec<FactInput>, ask: &Ask| {
        let e = Evidence {
            facts,
            grid: Vec::new(),
        };
        believe(model, &e, ask, &Quiet).unwrap_err()
    };
    // No state of one driver is left: proof, by the two facts that close it.
    let model = line();
    let facts = vec![
        fact(3, [1.0, 0.0, 0.0]),
        fact(4, [0.5; 3]),
        fact(3, [0.0, 1.0, 1.0]),
    ];
    assert_eq!(
        refuses(&model, facts, &ask),
        Impossible::Facts(vec![Fact(0), Fact(2)])
    );
    // Driver 1 copies driver 0 so strictly that no draw can differ; that is found, not proved.
    let mut model = Model::new(vec![3; 40]);
    for s in 0..3 {
        model.add(Driver(0), State(s), Driver(1), State(s), 900_000_000);
    }
    model.kappa = libm::log(1000.0);
    let facts = vec![
        fact(0, [1.0, 0.0, 0.0]),
        fact(2, [0.3; 3]),
        fact(1, [0.0, 1.0, 1.0]),
    ];
    assert_eq!(
        refuses(&model, facts, &ask),
        Impossible::Undrawn(vec![Fact(0), Fact(2)])
    );
    // Given what cannot be now.
    let mut ask = ask;
    ask.given = vec![(Driver(0), State(0)), (Driver(1), State(1))];
    assert_eq!(
        refuses(&model, Vec::new(), &ask),
        Impossible::Given(ask.given.clone())
    );
    // And what would take too long names its limit.
    let mut long = line();
    long.rounds = 1_000_000_000;
    let Impossible::Memory(bytes) = refuses(&long, Vec::new(), &ask) else {
        panic!("too many rounds to keep")
    };
    assert!(bytes > 1 << 30);
    ask.stories = vec![vec![(Driver(0), State(0))]; 1_000_000];
    let Impossible::Work { steps, limit } = refuses(&model, Vec::new(), &ask) else {
        panic!("too many stories")
    };
    assert!(steps > limit);
}

/// Two drivers that follow each other, both all but sure: what a fact says of the rare states hangs on futures that
/// few draws see. Errors must tell.
#[test]
fn weights_of_evidence_of_rare_states_are_no_surer_than_they_are() {
    let mut model = Model::new(vec![3, 2]);
    model.kappa = libm::log(3.0);
    model.bias = vec![vec![4.0, -2.2, -2.2], vec![-3.0, 3.5]];
    for (state, scores) in [(0, [-3, 0, 1]), (1, [0, 0, -1])] {
        for (t, score) in (0..).zip(scores) {
            model.add(Driver(1), State(state), Driver(0), State(t), 1000 * score);
        }
    }
    for (from, own) in [(0, 0), (1, 1)] {
        model.add(Driver(0), State(from), Driver(1), State(0), 1000 * own);
        model.add(
            Driver(1),
            State(from),
            Driver(1),
            State(0),
            500 - 500 * i32::from(from),
        );
    }
    let fact = |driver, chances: &[f64]| FactInput {
        trust: 1.0,
        expected: vec![(Driver(driver), chances.to_vec())],
        ..FactInput::default()
    };
    let e = Evidence {
        facts: vec![
            fact(0, &[0.2, 0.6, 0.8]),
            fact(1, &[0.3, 0.6]),
            fact(1, &[0.9, 0.4]),
        ],
        grid: Vec::new(),
    };
    let ask = |exact_up_to, seed| Ask {
        exact_up_to,
        seed,
        read: vec![Driver(0), Driver(1)],
        ..Ask::default()
    };
    let truth = believe(&model, &e, &ask(64, 0), &Quiet).unwrap();
    let found: Vec<Belief> = (1..=24)
        .map(|seed| believe(&model, &e, &ask(1, seed), &Quiet).unwrap())
        .collect();
    let (mut hits, mut count) = (0, 0);
    for fact in 0..3 {
        for (read, states) in [(0, 3), (1, 2)] {
            for s in 0..states {
                let of = |b: &Belief| b.facts[fact][read].decibans[s];
                let all: Vec<(f64, f64)> = found
                    .iter()
                    .map(|b| (of(b).value - of(&truth).value, of(b).error.unwrap()))
                    .collect();
                let spread = (all.iter().map(|d| d.0 * d.0).sum::<f64>() / 24.0).sqrt();
                let mut errors: Vec<f64> = all.iter().map(|d| d.1).collect();
                errors.sort_by(f64::total_cmp);
                assert!(
                    spread < 2.0 * errors[12] + 1e-9,
                    "fact {fact}, driver {read}, state {s}: {spread} for {}",
                    errors[12]
                );
                count += all.len();
                hits += all.iter().filter(|d| d.0.abs() <= 2.0 * d.1 + 1e-9).count();
            }
        }
    }
    assert!(hits * 100 > count * 88, "{hits} of {count}");
}
