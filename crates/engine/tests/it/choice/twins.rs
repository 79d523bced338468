//! Everything counted row by row, on random small tables.

use super::{exact, near, pairs};
use crate::cases::Dice;
use sinario_engine::Driver;
use sinario_engine::belief::pairs::Pairs;
use sinario_engine::choice::{COPIES, Failing, LEVELS, Look, Table};
use sinario_engine::sample::Sample;

/// A small decision.
struct Small {
    sample: Sample,
    pairs: Pairs,
    /// P(outcome | cell) by source and outcome.
    sources: Vec<Vec<Vec<f64>>>,
    switching: Vec<Option<usize>>,
    options: usize,
    /// The rows that count: weight, cell, values of options and of switching costs.
    rows: Vec<(f64, usize, Vec<f64>)>,
}

fn small(dice: &mut Dice, faults: bool) -> Small {
    let cells = 1 + dice.below(5);
    let options = 1 + dice.below(4);
    let mut rows = Vec::new();
    let whole = dice.below(2) == 0;
    for c in 0..cells {
        for _ in 0..1 + dice.below(4) {
            let value = |dice: &mut Dice| match whole {
                true => dice.below(9) as f64 - 3.0,
                false => dice.unit() * 10.0 - 4.0,
            };
            let values: Vec<f64> = (0..2 * options).map(|_| value(dice)).collect();
            rows.push((0.1 + dice.unit(), c as u32, values));
        }
    }
    let total: f64 = rows.iter().map(|r| r.0).sum();
    rows.iter_mut().for_each(|r| r.0 /= total);
    let mut p = vec![0.0; cells];
    rows.iter().for_each(|r| p[r.1 as usize] += r.0);
    if faults {
        for row in &mut rows {
            if dice.below(6) == 0 {
                let o = dice.below(options);
                row.2[o] = f64::NAN;
            }
        }
    }
    let sources: Vec<Vec<Vec<f64>>> = (0..1 + dice.below(3))
        .map(|_| {
            let outcomes = 1 + dice.below(3);
            let mut chances = vec![vec![0.0; cells]; outcomes];
            for c in 0..cells {
                let parts: Vec<f64> = (0..outcomes)
                    .map(|_| [0.0, 1.0, dice.unit()][dice.below(3)])
                    .collect();
                let sum: f64 = parts.iter().sum();
                for (k, part) in parts.iter().enumerate() {
                    chances[k][c] = match sum > 0.0 {
                        true => part / sum,
                        false => 1.0 / outcomes as f64,
                    };
                }
            }
            chances
        })
        .collect();
    let switching: Vec<Option<usize>> = (0..options)
        .map(|o| (dice.below(2) == 0).then_some(options + o))
        .collect();
    let kept: Vec<(f64, usize, Vec<f64>)> = rows
        .iter()
        .filter(|r| r.2.iter().all(|v| !v.is_nan()))
        .map(|r| (r.0, r.1 as usize, r.2.clone()))
        .collect();
    let left: f64 = kept.iter().map(|r| r.0).sum();
    Small {
        sample: exact(&rows),
        pairs: pairs(&p, &sources),
        sources,
        switching,
        options,
        rows: kept.into_iter().map(|(w, c, v)| (w / left, c, v)).collect(),
    }
}

impl Small {
    fn table(&self) -> Option<Table> {
        Table::new(&self.sample, &self.pairs, 0..self.options, &self.switching)
    }
    fn mean(&self, f: impl Fn(usize, &[f64]) -> f64) -> f64 {
        self.rows.iter().map(|(w, c, v)| w * f(*c, v)).sum()
    }
    fn best(&self) -> f64 {
        let means = (0..self.options).map(|o| self.mean(|_, v| v[o]));
        means.fold(f64::NEG_INFINITY, f64::max)
    }
    fn top(&self, v: &[f64]) -> f64 {
        v[..self.options]
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, f64::max)
    }
}

#[test]
fn one_option_by_itself() {
    let dice = &mut Dice(2);
    for round in 0..1500 {
        let small = small(dice, round % 3 == 0);
        let Some(table) = small.table() else {
            assert!(small.rows.is_empty());
            continue;
        };
        let lost = (0..small.sample.cells.len()).filter(|r| !table.kept().contains(&(*r as u32)));
        let lost: f64 = lost
            .map(|r| small.sample.weights.as_ref().unwrap()[r])
            .sum();
        near(table.left_out(), lost);
        assert_eq!(table.rows(), small.rows.len());
        near(table.mean(table.best()).value, small.best());
        let tolerance = dice.below(3) as f64;
        let mut shares = 0.0;
        for o in 0..small.options {
            let found = table.valued(o, tolerance);
            let mean = small.mean(|_, v| v[o]);
            near(found.mean.value, mean);
            assert_eq!(found.mean.error, None);
            near(
                found.deviation * found.deviation,
                small.mean(|_, v| (v[o] - mean) * (v[o] - mean)),
            );
            for (&level, &q) in LEVELS.iter().zip(&found.quantiles) {
                // The least value with so much weight at or below it.
                let upto = |q: f64| small.mean(|_, v| f64::from(u8::from(v[o] <= q)));
                assert!(upto(q) >= level - 1e-9);
                let below = small.mean(|_, v| f64::from(u8::from(v[o] < q)));
                assert!(below < level - 1e-9 + 1e-12);
            }
            let all = || small.rows.iter().map(|r| r.2[o]);
            assert_eq!(found.range.0, all().fold(f64::INFINITY, f64::min));
            assert_eq!(found.range.1, all().fold(f64::NEG_INFINITY, f64::max));
            // Rockafellar and Uryasev 2000: the greatest z − E[z − v]⁺ / 0.05, which lies at a value.
            let at = |z: f64| z - small.mean(|_, v| (z - v[o]).max(0.0)) / 0.05;
            let shortfall = all().map(at).fold(f64::NEG_INFINITY, f64::max);
            assert!((found.shortfall - shortfall).abs() < 1e-11);
            let part = |v: &[f64]| {
                let top = small.top(v);
                let best = v[..small.options].iter().filter(|&&x| x == top).count();
                if v[o] == top { 1.0 / best as f64 } else { 0.0 }
            };
            near(found.best_in.value, small.mean(|_, v| part(v)));
            shares += found.best_in.value;
            let enough =
                small.mean(|_, v| f64::from(u8::from(v[o] >= small.top(v) - tolerance - 1e-12)));
            near(found.robust.value, enough);
            for other in 0..small.options {
                near(
                    table.difference(o, other).value,
                    small.mean(|_, v| v[o] - v[other]),
                );
            }
        }
        near(shares, 1.0);
    }
}

#[test]
fn regret_by_situation() {
    let dice = &mut Dice(3);
    for round in 0..1500 {
        let small = small(dice, round % 3 == 0);
        let Some(table) = small.table() else { continue };
        let situations = table.situations();
        let mut greatest = vec![(-1.0, 0); small.options];
        let (mut known, mut seen) = (0.0, 0.0);
        for (c, cell) in situations.cells.iter().enumerate() {
            let here: Vec<_> = small.rows.iter().filter(|r| r.1 == c).collect();
            assert_eq!((cell.rows, cell.judged), (here.len(), !here.is_empty()));
            if here.is_empty() {
                continue;
            }
            seen += small.pairs.cells[c].probability;
            let weight: f64 = here.iter().map(|r| r.0).sum();
            let mean = |o: usize| here.iter().map(|r| r.0 * r.2[o]).sum::<f64>() / weight;
            let best = (0..small.options)
                .map(mean)
                .fold(f64::NEG_INFINITY, f64::max);
            known += weight * best;
            for o in 0..small.options {
                near(cell.means[o].value, mean(o));
                near(cell.regret[o].value, best - mean(o));
                if best - mean(o) > greatest[o].0 + 1e-9 {
                    greatest[o] = (best - mean(o), c);
                }
            }
        }
        near(situations.left_out(), 1.0 - seen);
        let found = situations.max_regret().unwrap();
        let mut least = f64::INFINITY;
        for o in 0..small.options {
            near(found[o].0.value, greatest[o].0);
            assert_eq!(found[o].1, greatest[o].1);
            least = least.min(greatest[o].0);
        }
        near(greatest[situations.minimax().unwrap()].0, least);
        near(table.situation(&situations).value, known - small.best());
        near(
            table.everything().value,
            small.mean(|_, v| small.top(v)) - small.best(),
        );
    }
}

/// Every rule that names an option for each outcome, tried one by one.
#[test]
fn the_worth_of_a_source_is_that_of_the_best_rule() {
    let dice = &mut Dice(4);
    for round in 0..1500 {
        let small = small(dice, round % 3 == 0);
        let Some(table) = small.table() else { continue };
        for (s, source) in small.sources.iter().enumerate() {
            let found = table.worth(&small.pairs.joint[s]);
            let rules = small.options.pow(source.len() as u32);
            let mut best = f64::NEG_INFINITY;
            for rule in 0..rules {
                let named = |k: usize| rule / small.options.pow(k as u32) % small.options;
                let brings = |c: usize, v: &[f64]| -> f64 {
                    (0..source.len()).map(|k| source[k][c] * v[named(k)]).sum()
                };
                best = best.max(small.mean(brings));
            }
            near(found.gross.value, best - small.best());
            assert!(found.gross.value >= 0.0);
            assert!(found.gross.value <= table.everything().value + 1e-12);
            assert!(found.gross.value <= table.situation(&table.situations()).value + 1e-12);
            for (k, outcome) in found.outcomes.iter().enumerate() {
                let cells = small.pairs.cells.iter().zip(&source[k]);
                near(
                    outcome.probability,
                    cells.map(|(c, p)| c.probability * p).sum(),
                );
                let mass = small.mean(|c, _| source[k][c]);
                for o in 0..small.options {
                    let value = small.mean(|c, v| source[k][c] * v[o]) / mass;
                    assert_eq!(outcome.values[o].is_nan(), value.is_nan());
                    if !value.is_nan() {
                        near(outcome.values[o], value);
                        assert!(outcome.values[outcome.best] >= value - 1e-12);
                    }
                }
            }
        }
    }
}

#[test]
fn break_even_on_a_fine_grid() {
    let (dice, mut hanging) = (&mut Dice(5), 0);
    for round in 0..1500 {
        let small = small(dice, round % 3 == 0);
        let Some(table) = small.table() else { continue };
        for (s, source) in small.sources.iter().enumerate() {
            let found = table.break_even(&small.pairs.joint[s]);
            for (k, chances) in source.iter().enumerate() {
                let mass = small.mean(|c, _| chances[c]);
                if !(1e-9..=1.0 - 1e-9).contains(&mass) {
                    assert!(found.iter().all(|b| b.outcome != k));
                    continue;
                }
                let at = |o: usize, p: f64| {
                    let holds = small.mean(|c, v| chances[c] * v[o]) / mass;
                    let not = small.mean(|c, v| (1.0 - chances[c]) * v[o]) / (1.0 - mass);
                    p * holds + (1.0 - p) * not
                };
                let pieces = match found.iter().find(|b| b.outcome == k) {
                    Some(b) => {
                        hanging += 1;
                        assert!(b.best.len() > 1 && b.best[0].from == 0.0);
                        assert!(
                            b.best
                                .windows(2)
                                .all(|w| w[0].from < w[1].from && w[0].option != w[1].option)
                        );
                        let cells = small.pairs.cells.iter().zip(chances);
                        near(b.now.value, cells.map(|(c, p)| c.probability * p).sum());
                        b.best.iter().map(|p| (p.from, p.option)).collect()
                    }
                    // One option all the way: the best in the middle.
                    None => {
                        let values: Vec<f64> = (0..small.options).map(|o| at(o, 0.5)).collect();
                        let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                        let alike = |o: &usize| values[*o] >= top - 1e-9;
                        let all = (0..small.options).filter(alike);
                        let steady = all.filter(|&o| {
                            (1..40).all(|i| {
                                let p = f64::from(i) / 40.0;
                                (0..small.options).all(|b| at(b, p) <= at(o, p) + 1e-9)
                            })
                        });
                        vec![(0.0, steady.min().unwrap())]
                    }
                };
                for i in 1..40 {
                    let p = f64::from(i) / 40.0;
                    let (_, on) = pieces.iter().rev().find(|(from, _)| *from <= p).unwrap();
                    let top = (0..small.options)
                        .map(|o| at(o, p))
                        .fold(f64::NEG_INFINITY, f64::max);
                    assert!((at(*on, p) - top).abs() < 1e-9, "{pieces:?} at {p}");
                }
            }
        }
    }
    assert!(hanging > 500);
}

#[test]
fn plans_row_by_row() {
    let dice = &mut Dice(6);
    for round in 0..700 {
        let small = small(dice, round % 3 == 0);
        let Some(table) = small.table() else { continue };
        let costs: Vec<f64> = small.sources.iter().map(|_| dice.unit()).collect();
        let looks: Vec<Look<'_>> = small
            .pairs
            .joint
            .iter()
            .zip(&costs)
            .map(|(joint, &cost)| Look { joint, cost })
            .collect();
        let plans = table.plans(&looks);
        assert!(plans.windows(2).all(|w| w[0].gain.value >= w[1].gain.value));
        let mut expected = 0;
        for source in &small.sources {
            for chances in source {
                let mass = small.mean(|c, _| chances[c]);
                if mass > 1e-12 && mass < 1.0 - 1e-12 {
                    expected += small.options * (small.options - 1);
                }
            }
        }
        assert_eq!(plans.len(), expected);
        for plan in plans {
            let chances = &small.sources[plan.look][plan.outcome];
            let cost = |v: &[f64]| small.switching[plan.switch_to].map_or(0.0, |c| v[c]);
            let value = small.mean(|c, v| {
                let shows = chances[c];
                (1.0 - shows) * v[plan.begin] + shows * (v[plan.switch_to] - cost(v))
            });
            near(plan.value.value, value);
            near(plan.gain.value, value - small.best() - costs[plan.look]);
            let mass = small.mean(|c, _| chances[c]);
            near(
                plan.switching,
                small.mean(|c, v| chances[c] * cost(v)) / mass,
            );
            assert_eq!((plan.value.error, plan.gain.error), (None, None));
        }
    }
}

/// Given an outcome, every answer is that of the rows weighed anew.
#[test]
fn given_an_outcome() {
    let dice = &mut Dice(7);
    for round in 0..1500 {
        let small = small(dice, round % 3 == 0);
        let Some(table) = small.table() else { continue };
        let chances = &small.sources[0][0];
        let given = table.given(&small.pairs.joint[0][0]);
        let weighed: Vec<(f64, u32, Vec<f64>)> = small
            .rows
            .iter()
            .map(|(w, c, v)| (w * chances[*c], *c as u32, v.clone()))
            .filter(|r| r.0 > 0.0)
            .collect();
        let Some(given) = given else {
            assert!(weighed.is_empty());
            continue;
        };
        let p: Vec<f64> = small.pairs.joint[0][0].clone();
        let event: f64 = p.iter().sum();
        let p: Vec<f64> = p.iter().map(|p| p / event).collect();
        let again = Table::new(
            &exact(&weighed),
            &pairs(&p, &[]),
            0..small.options,
            &small.switching,
        );
        let again = again.unwrap();
        assert_eq!(given.left_out(), table.left_out());
        let total: f64 = weighed.iter().map(|r| r.0).sum();
        for o in 0..small.options {
            let mean = weighed.iter().map(|r| r.0 * r.2[o]).sum::<f64>() / total;
            near(given.mean(o).value, mean);
            let (a, b) = (given.valued(o, 1.0), again.valued(o, 1.0));
            assert_eq!((a.quantiles, a.range), (b.quantiles, b.range));
            near(a.shortfall, b.shortfall);
            near(a.best_in.value, b.best_in.value);
        }
        let (a, b) = (given.situations(), again.situations());
        assert_eq!(a.max_regret().unwrap().len(), small.options);
        for (a, b) in a.cells.iter().zip(&b.cells) {
            near(a.probability, b.probability);
            assert_eq!(a.rows, b.rows);
        }
        near(given.everything().value, again.everything().value);
        for c in 0..small.pairs.cells.len() {
            let own = small.rows.iter().filter(|r| r.1 == c).count();
            assert_eq!(table.within(c).map_or(0, |t| t.rows()), own);
        }
    }
}

#[test]
fn where_an_option_fails() {
    let (dice, mut by_regret) = (&mut Dice(8), 0);
    for _ in 0..1500 {
        let small = small(dice, false);
        let table = small.table().unwrap();
        for o in 0..small.options {
            let given = Failing::of(&table, o, Some(2.0));
            assert_eq!(given, Some(Failing::Below(2.0)));
            let share = small.mean(|_, v| f64::from(u8::from(v[o] < 2.0)));
            near(given.unwrap().share(&table, o), share);
            let regret = |v: &[f64]| small.top(v) - v[o];
            match Failing::of(&table, o, None) {
                None => {
                    assert!(
                        small
                            .rows
                            .iter()
                            .all(|r| r.2[o] >= 0.0 && regret(&r.2) == 0.0)
                    );
                }
                Some(Failing::Below(below)) => {
                    assert_eq!(below, 0.0);
                    assert!(small.rows.iter().any(|r| r.2[o] < 0.0));
                }
                Some(failing @ Failing::RegretAbove(limit)) => {
                    by_regret += 1;
                    assert!(small.rows.iter().all(|r| r.2[o] >= 0.0));
                    let share = failing.share(&table, o);
                    let greatest = small.rows.iter().map(|r| regret(&r.2)).fold(0.0, f64::max);
                    let only = small.mean(|_, v| f64::from(u8::from(regret(v) == greatest)));
                    // A tenth at most, or the greatest regret alone; and with the rows at the limit it would be more.
                    assert!(share > 0.0 && (share <= 0.1 + 1e-9 || (share - only).abs() < 1e-12));
                    let with = small.mean(|_, v| f64::from(u8::from(regret(v) >= limit)));
                    assert!(with > 0.1 + 1e-9);
                }
            }
            let rows = Failing::Below(2.0).rows(&table, o);
            assert!(
                rows.iter()
                    .zip(table.values(o))
                    .all(|(f, v)| *f == (*v < 2.0))
            );
        }
    }
    assert!(by_regret > 100);
}

/// Rows for a search for boxes: as often as they weigh, with the states and inputs that are theirs.
#[test]
fn causes_row_by_row() {
    let dice = &mut Dice(9);
    for _ in 0..60 {
        let mut small = small(dice, true);
        small.pairs.named = vec![Driver(3)];
        let n = small.sample.cells.len();
        small.sample.inputs = vec![
            (0..n).map(|r| r as f64).collect(),
            (0..n).map(|_| f64::NAN).collect(),
            (0..n - 1).map(|r| r as f64).collect(),
        ];
        let Some(table) = small.table() else { continue };
        let found = table.causes(&small.sample, &small.pairs);
        let last_lost = table.kept().last().is_none_or(|&r| (r as usize) < n - 1);
        assert_eq!(found.drivers.len(), 1);
        if table.rows() > 1 {
            let sites: Vec<usize> = found.inputs.iter().map(|i| i.0).collect();
            assert_eq!(sites, if last_lost { vec![0, 2] } else { vec![0] });
            assert_eq!(found.rows.len(), COPIES);
        }
        for (i, &r) in found.rows.iter().enumerate() {
            assert_eq!(usize::from(found.drivers[0][i]), small.rows[r].1);
            assert_eq!(found.inputs[0].1[i], f64::from(table.kept()[r]));
        }
        for r in 0..table.rows() {
            let copies = found.rows.iter().filter(|&&x| x == r).count();
            let wanted = small.rows[r].0 * found.rows.len() as f64;
            assert!((copies as f64 - wanted).abs() <= 1.0 + 1e-6);
        }
        // Alike rows are taken as they are, those of which inputs were kept.
        small.sample.weights = None;
        let Some(table) = small.table() else { continue };
        let found = table.causes(&small.sample, &small.pairs);
        let all: Vec<usize> = (0..table.rows())
            .filter(|&r| (table.kept()[r] as usize) < n - 1)
            .collect();
        assert_eq!(found.rows, all);
    }
}
