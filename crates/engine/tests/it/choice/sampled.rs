//! Drawn rows: errors against plain twins, and how often they cover the truth.

use super::{drawn, exact, near, pairs};
use crate::cases::Dice;
use sinario_engine::belief::Estimate;
use sinario_engine::belief::pairs::Pairs;
use sinario_engine::choice::{ENOUGH, Table};
use sinario_engine::draw::Sampling;
use sinario_engine::sample::Sample;

/// Three options in three cells; within a cell the first two vary by uniform parts, of which one is common.
const CELLS: [f64; 3] = [0.2, 0.5, 0.3];

fn values(cell: usize, u: f64, v: f64) -> Vec<f64> {
    let level = [[6.0, 1.0, 3.0], [2.0, 4.0, 3.0], [3.0, 2.5, 3.0]][cell];
    vec![
        level[0] + 4.0 * u - 2.0,
        level[1] + 2.0 * u + 2.0 * v - 2.0,
        level[2],
    ]
}

fn cell_of(u: f64) -> usize {
    if u < CELLS[0] {
        0
    } else {
        1 + usize::from(u >= CELLS[0] + CELLS[1])
    }
}

fn rows(dice: &mut Dice, n: usize) -> Vec<(u32, Vec<f64>)> {
    (0..n)
        .map(|_| {
            let c = cell_of(dice.unit());
            (c as u32, values(c, dice.unit(), dice.unit()))
        })
        .collect()
}

/// Seen with these chances by cell, or not.
fn believed() -> Pairs {
    let seen = vec![0.9, 0.3, 0.1];
    let not = seen.iter().map(|c| 1.0 - c).collect();
    pairs(&CELLS, &[vec![seen, not]])
}

/// The truth by a fine grid: 200 × 200 midpoints in each cell.
fn truth() -> Table {
    let mut all = Vec::new();
    let n = 200;
    for (c, p) in CELLS.iter().enumerate() {
        for i in 0..n {
            for j in 0..n {
                let at = |i: usize| (i as f64 + 0.5) / n as f64;
                all.push((p / (n * n) as f64, c as u32, values(c, at(i), at(j))));
            }
        }
    }
    Table::new(&exact(&all), &believed(), 0..3, &[]).unwrap()
}

/// How often 95 % intervals hold the truth.
fn covered(found: &[Estimate], truth: f64) -> f64 {
    let holds = |e: &&Estimate| (e.value - truth).abs() <= 1.96 * e.error.unwrap();
    found.iter().filter(holds).count() as f64 / found.len() as f64
}

/// 95 % of 600 intervals, give or take three standard errors of that share.
fn about_95(share: f64) {
    assert!((0.92..=0.98).contains(&share), "{share}");
}

#[test]
fn errors_cover_the_truth() {
    let truth = truth();
    let pairs = believed();
    let (mut ev, mut gap, mut all, mut look, mut first, mut given) = (
        Vec::new(),
        Vec::new(),
        Vec::new(),
        Vec::new(),
        Vec::new(),
        Vec::new(),
    );
    let (mut at, mut situation, mut plan) = (Vec::new(), Vec::new(), Vec::new());
    let looks = |p: &Pairs| p.joint[0].clone();
    for seed in 0..600 {
        let sample = drawn(&rows(&mut Dice(seed), 1500));
        let table = Table::new(&sample, &pairs, 0..3, &[]).unwrap();
        ev.push(table.mean(0));
        gap.push(table.difference(0, 1));
        all.push(table.everything());
        situation.push(table.situation(&table.situations()));
        look.push(table.worth(&pairs.joint[0]).gross);
        first.push(table.valued(1, 0.5).best_in);
        given.push(table.given(&pairs.joint[0][0]).unwrap().mean(0));
        let turn = &table.break_even(&pairs.joint[0])[0].best[1];
        at.push(Estimate {
            value: turn.from,
            error: turn.error,
        });
        let joint = looks(&pairs);
        let plans = table.plans(&[sinario_engine::choice::Look {
            joint: &joint,
            cost: 0.0,
        }]);
        let wanted = plans
            .iter()
            .find(|p| (p.begin, p.outcome, p.switch_to) == (2, 0, 0));
        plan.push(wanted.unwrap().value);
    }
    about_95(covered(&ev, truth.mean(0).value));
    about_95(covered(&gap, truth.difference(0, 1).value));
    about_95(covered(&all, truth.everything().value));
    about_95(covered(
        &situation,
        truth.situation(&truth.situations()).value,
    ));
    about_95(covered(&look, truth.worth(&pairs.joint[0]).gross.value));
    about_95(covered(&first, truth.valued(1, 0.5).best_in.value));
    about_95(covered(
        &given,
        truth.given(&pairs.joint[0][0]).unwrap().mean(0).value,
    ));
    about_95(covered(
        &at,
        truth.break_even(&pairs.joint[0])[0].best[1].from,
    ));
    let joint = looks(&pairs);
    let plans = truth.plans(&[sinario_engine::choice::Look {
        joint: &joint,
        cost: 0.0,
    }]);
    let wanted = plans
        .iter()
        .find(|p| (p.begin, p.outcome, p.switch_to) == (2, 0, 0));
    about_95(covered(&plan, wanted.unwrap().value.value));
    // The error is that of the spread over seeds, not just wide enough.
    let mean = ev.iter().map(|e| e.value).sum::<f64>() / 600.0;
    let spread = ev
        .iter()
        .map(|e| (e.value - mean) * (e.value - mean))
        .sum::<f64>()
        / 599.0;
    let told = ev
        .iter()
        .map(|e| e.error.unwrap() * e.error.unwrap())
        .sum::<f64>()
        / 600.0;
    assert!((0.85..1.15).contains(&(told / spread)));
}

/// Stratified replicates: 20 of 64 rows, the first uniform number stratified.
fn latin(dice: &mut Dice) -> Sample {
    let (mut all, mut replicates) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        let begin = all.len();
        for i in 0..64 {
            let c = cell_of((i as f64 + dice.unit()) / 64.0);
            all.push((c as u32, values(c, dice.unit(), dice.unit())));
        }
        replicates.push(begin..all.len());
    }
    Sample {
        replicates,
        sampling: Sampling::Latin,
        ..drawn(&all)
    }
}

#[test]
fn replicates_cover_the_truth_with_less() {
    let (truth, pairs) = (truth(), believed());
    let (mut ev, mut all, mut plain) = (Vec::new(), Vec::new(), 0.0);
    for seed in 0..600 {
        let sample = latin(&mut Dice(seed));
        let table = Table::new(&sample, &pairs, 0..3, &[]).unwrap();
        ev.push(table.mean(0));
        all.push(table.everything());
        let as_plain = Sample {
            sampling: Sampling::Plain,
            ..sample
        };
        let table = Table::new(&as_plain, &pairs, 0..3, &[]).unwrap();
        plain += table.mean(0).error.unwrap() / 600.0;
    }
    // Student's t with 19 degrees of freedom: 1.96 covers 93.5 %.
    assert!((0.90..=0.97).contains(&covered(&ev, truth.mean(0).value)));
    assert!((0.90..=0.97).contains(&covered(&all, truth.everything().value)));
    let told = ev.iter().map(|e| e.error.unwrap()).sum::<f64>() / 600.0;
    assert!(told < 0.9 * plain);
}

/// Per row, written out.
#[test]
fn errors_row_by_row() {
    let dice = &mut Dice(11);
    let pairs = believed();
    for _ in 0..200 {
        let n = 40 + dice.below(60);
        let rows = rows(dice, n);
        let n = rows.len() as f64;
        let table = Table::new(&drawn(&rows), &pairs, 0..3, &[]).unwrap();
        let error = |g: &dyn Fn(usize, &[f64]) -> f64| {
            let all: Vec<f64> = rows.iter().map(|(c, v)| g(*c as usize, v)).collect();
            let mean = all.iter().sum::<f64>() / n;
            let squares: f64 = all.iter().map(|x| (x - mean) * (x - mean)).sum();
            (mean, (squares / (n - 1.0) / n).sqrt())
        };
        let same = |e: Estimate, (value, error): (f64, f64)| {
            near(e.value, value);
            near(e.error.unwrap(), error);
        };
        for o in 0..3 {
            same(table.mean(o), error(&|_, v| v[o]));
            same(table.difference(o, 2), error(&|_, v| v[o] - v[2]));
        }
        let best = table.best();
        let top = |v: &[f64]| v.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        same(table.everything(), error(&|_, v| top(v) - v[best]));
        let worth = table.worth(&pairs.joint[0]);
        let chance = |k: usize, c: usize| pairs.joint[0][k][c] / CELLS[c];
        let (a, b) = (worth.outcomes[0].best, worth.outcomes[1].best);
        let g = |c: usize, v: &[f64]| chance(0, c) * v[a] + chance(1, c) * v[b] - v[best];
        same(worth.gross, error(&g));
        // Within a cell: its own rows alone.
        let situations = table.situations();
        for (c, cell) in situations.cells.iter().enumerate() {
            let own: Vec<f64> = rows
                .iter()
                .filter(|r| r.0 as usize == c)
                .map(|r| r.1[0])
                .collect();
            let k = own.len() as f64;
            assert_eq!((cell.rows, cell.judged), (own.len(), own.len() >= ENOUGH));
            if own.len() < 2 {
                continue;
            }
            let mean = own.iter().sum::<f64>() / k;
            let squares: f64 = own.iter().map(|x| (x - mean) * (x - mean)).sum();
            near(cell.means[0].value, mean);
            near(
                cell.means[0].error.unwrap(),
                (squares / (k - 1.0) / k).sqrt(),
            );
        }
        // Given an event: self-normalised weights.
        let given = table.given(&pairs.joint[0][0]).unwrap();
        let weights: Vec<f64> = rows.iter().map(|r| chance(0, r.0 as usize)).collect();
        let sum: f64 = weights.iter().sum();
        let mean = rows
            .iter()
            .zip(&weights)
            .map(|(r, w)| w * r.1[0])
            .sum::<f64>()
            / sum;
        let off = |(r, w): (&(u32, Vec<f64>), &f64)| w * w * (r.1[0] - mean) * (r.1[0] - mean);
        let squares: f64 = rows.iter().zip(&weights).map(off).sum();
        near(given.mean(0).value, mean);
        near(
            given.mean(0).error.unwrap(),
            (squares * n / (n - 1.0)).sqrt() / sum,
        );
    }
}

#[test]
fn errors_replicate_by_replicate() {
    let pairs = believed();
    for seed in 0..100 {
        let sample = latin(&mut Dice(seed));
        let table = Table::new(&sample, &pairs, 0..3, &[]).unwrap();
        let error = |g: &dyn Fn(usize) -> f64| {
            let mean = |r: &std::ops::Range<usize>| r.clone().map(g).sum::<f64>() / 64.0;
            let means: Vec<f64> = sample.replicates.iter().map(mean).collect();
            let all = means.iter().sum::<f64>() / 20.0;
            let squares: f64 = means.iter().map(|m| (m - all) * (m - all)).sum();
            (squares / 19.0 / 20.0).sqrt()
        };
        near(
            table.mean(1).error.unwrap(),
            error(&|r| sample.outputs[1][r]),
        );
        let top = |r: usize| {
            (0..3)
                .map(|o| sample.outputs[o][r])
                .fold(f64::NEG_INFINITY, f64::max)
        };
        let best = table.best();
        let gains = error(&|r| top(r) - sample.outputs[best][r]);
        near(table.everything().error.unwrap(), gains);
        let worth = table.worth(&pairs.joint[0]);
        let chance = |k: usize, r: usize| {
            let c = sample.cells[r] as usize;
            pairs.joint[0][k][c] / CELLS[c]
        };
        let g = |r: usize| {
            let with = |k: usize| chance(k, r) * sample.outputs[worth.outcomes[k].best][r];
            with(0) + with(1) - sample.outputs[best][r]
        };
        near(worth.gross.error.unwrap(), error(&g));
        assert!(table.within(0).unwrap().mean(0).error.unwrap() > 0.0);
    }
}

/// Sampled pairs: what is exact given the cells has the error of the cells alone, and what is drawn has both.
#[test]
fn sampled_pairs_add_their_error() {
    let mut pairs = believed();
    let dice = &mut Dice(5);
    pairs.groups = (0..8)
        .map(|_| {
            let raw: Vec<f64> = CELLS
                .iter()
                .map(|p| p * (0.8 + 0.4 * dice.unit()))
                .collect();
            let sum: f64 = raw.iter().sum();
            raw.iter().map(|p| p / sum).collect()
        })
        .collect();
    let level: Vec<Vec<f64>> = (0..3).map(|c| values(c, 0.5, 0.5)).collect();
    let one: Vec<(f64, u32, Vec<f64>)> = (0..3)
        .map(|c| (CELLS[c], c as u32, level[c].clone()))
        .collect();
    let table = Table::new(&exact(&one), &pairs, 0..3, &[]).unwrap();
    // The value itself need not be the mean of the groups; squares are about the value.
    let spread = |f: &dyn Fn(usize) -> f64, value: f64| {
        let off = pairs
            .groups
            .iter()
            .map(|g| (0..3).map(|c| g[c] * (f(c) - value)).sum::<f64>());
        (off.map(|o| o * o).sum::<f64>() / 7.0 / 8.0).sqrt()
    };
    let mean = table.mean(0);
    near(mean.error.unwrap(), spread(&|c| level[c][0], mean.value));
    let worth = table.worth(&pairs.joint[0]);
    let (a, b, best) = (worth.outcomes[0].best, worth.outcomes[1].best, table.best());
    let seen = |c: usize| pairs.joint[0][0][c] / CELLS[c];
    let g = |c: usize| seen(c) * level[c][a] + (1.0 - seen(c)) * level[c][b] - level[c][best];
    near(worth.gross.error.unwrap(), spread(&g, worth.gross.value));
    let now = table.break_even(&pairs.joint[0])[0].now;
    near(now.error.unwrap(), spread(&seen, now.value));
    // Within a cell its probability is no matter.
    assert_eq!(table.within(1).unwrap().mean(0).error, Some(0.0));
    let plain = drawn(&rows(&mut Dice(6), 900));
    let both = Table::new(&plain, &pairs, 0..3, &[]).unwrap();
    let alone = Table::new(&plain, &believed(), 0..3, &[]).unwrap();
    for o in 0..2 {
        let (both, alone) = (both.mean(o).error.unwrap(), alone.mean(o).error.unwrap());
        assert!(both > alone);
    }
    near(both.mean(2).error.unwrap(), 0.0);
}

/// Many rare cells in which all options are alike: their regret is noise, and is not sold.
#[test]
fn rare_cells_are_not_judged() {
    let rare = 400;
    let mut p = vec![0.5 / rare as f64; rare];
    p.push(0.5);
    let dice = &mut Dice(9);
    let rows: Vec<(u32, Vec<f64>)> = (0..2000)
        .map(|_| {
            let c = if dice.unit() < 0.5 {
                rare
            } else {
                dice.below(rare)
            };
            let better = f64::from(u8::from(c == rare));
            (
                c as u32,
                vec![10.0 * dice.unit() + better, 10.0 * dice.unit()],
            )
        })
        .collect();
    let pairs = pairs(&p, &[]);
    let table = Table::new(&drawn(&rows), &pairs, 0..2, &[]).unwrap();
    let mut situations = table.situations();
    near(situations.left_out(), 0.5);
    assert_eq!(situations.thin().len(), rare);
    let most = situations.max_regret().unwrap();
    assert_eq!((most[0].1, most[1].1), (rare, rare));
    assert_eq!(most[0].0.value, 0.0);
    assert!((most[1].0.value - 1.0).abs() < 4.0 * most[1].0.error.unwrap());
    assert_eq!(situations.minimax(), Some(0));
    // Learning the cell is worth nothing, and is said to be worth no more than its error, though the means of five rows
    // each differ wildly.
    let worth = table.situation(&situations);
    assert!(
        worth.value <= 2.0 * worth.error.unwrap() + 1e-12,
        "{worth:?}"
    );
    let naive: f64 = situations.cells[..rare]
        .iter()
        .map(|c| c.probability * c.regret.first().map_or(0.0, |r| r.value))
        .sum();
    assert!(naive > 0.3);
    // A second pass over one rare cell, in which the second option truly is better by 2.
    let again: Vec<(u32, Vec<f64>)> = (0..4000)
        .map(|_| (7, vec![10.0 * dice.unit(), 10.0 * dice.unit() + 2.0]))
        .collect();
    situations.put(7, &Table::new(&drawn(&again), &pairs, 0..2, &[]).unwrap());
    let most = situations.max_regret().unwrap();
    assert_eq!(most[0].1, 7);
    assert!((most[0].0.value - 2.0).abs() < 4.0 * most[0].0.error.unwrap());
    assert_eq!(situations.thin().len(), rare - 1);
    assert!(situations.cells[7].judged && situations.cells[7].rows == 4000);
    // And a cell that has no row at all is known by its probability only.
    let none = Table::new(&drawn(&again), &pairs, 0..2, &[])
        .unwrap()
        .situations();
    assert!(none.cells[0].means.is_empty() && !none.cells[0].judged);
    near(none.left_out(), 1.0 - p[7]);
}

/// One row has an error that nobody knows; a row without a value is never averaged over.
#[test]
fn what_cannot_be_known() {
    let pairs = pairs(&[0.5, 0.5], &[]);
    let table = Table::new(&drawn(&[(0, vec![1.0, 2.0])]), &pairs, 0..2, &[]).unwrap();
    assert_eq!(table.mean(0).error, Some(f64::INFINITY));
    assert_eq!(table.everything().error, Some(f64::INFINITY));
    assert_eq!(
        table.situations().cells[0].means[0].error,
        Some(f64::INFINITY)
    );
    let broken = [(0, vec![1.0, f64::NAN]), (1, vec![f64::NAN, 1.0])];
    assert!(Table::new(&drawn(&broken), &pairs, 0..2, &[]).is_none());
    assert!(Table::new(&drawn(&broken), &pairs, 0..0, &[]).is_none());
    let half = [
        (0, vec![1.0, f64::NAN]),
        (1, vec![5.0, 1.0]),
        (1, vec![7.0, f64::INFINITY]),
    ];
    let table = Table::new(&drawn(&half), &pairs, 0..2, &[]).unwrap();
    near(table.left_out(), 2.0 / 3.0);
    assert_eq!((table.kept(), table.mean(0).value), (&[1_u32][..], 5.0));
    // What switching costs counts as well.
    let costs = [(0, vec![1.0, 2.0, f64::NAN]), (1, vec![5.0, 1.0, 0.5])];
    let table = Table::new(&drawn(&costs), &pairs, 0..2, &[None, Some(2)]).unwrap();
    assert_eq!(table.kept(), [1]);
}

/// Four options, 2^17 rows, 500 cells and 20 sources: everything that is asked, twice, to the same bits.
#[test]
fn a_large_table() {
    let (dice, cells) = (&mut Dice(17), 500);
    let p = vec![1.0 / cells as f64; cells];
    let sources: Vec<Vec<Vec<f64>>> = (0..20)
        .map(|_| {
            let seen: Vec<f64> = (0..cells).map(|_| dice.unit()).collect();
            let not = seen.iter().map(|c| 1.0 - c).collect();
            vec![seen, not]
        })
        .collect();
    let rows: Vec<(u32, Vec<f64>)> = (0..1 << 17)
        .map(|_| {
            let c = dice.below(cells);
            let lean = c as f64 / cells as f64;
            let own = |o: usize, u: f64| 3.0 * u + [0.0, lean, 1.0 - lean, 0.4][o];
            (c as u32, (0..4).map(|o| own(o, dice.unit())).collect())
        })
        .collect();
    let (sample, pairs) = (drawn(&rows), pairs(&p, &sources));
    let all = || {
        let table = Table::new(&sample, &pairs, 0..4, &[]).unwrap();
        let situations = table.situations();
        let joint = pairs.joint.iter();
        let looks: Vec<_> = joint
            .map(|joint| sinario_engine::choice::Look { joint, cost: 0.01 })
            .collect();
        let valued: Vec<_> = (0..4).map(|o| table.valued(o, 0.1)).collect();
        let worth: Vec<_> = pairs.joint.iter().map(|j| table.worth(j)).collect();
        let hangs: Vec<_> = pairs.joint.iter().map(|j| table.break_even(j)).collect();
        let (everything, situation) = (table.everything(), table.situation(&situations));
        let plans = table.plans(&looks);
        (
            valued,
            worth,
            hangs,
            everything,
            situation,
            plans,
            situations.max_regret(),
        )
    };
    let (one, other) = (all(), all());
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
    let (valued, worth, _, everything, situation, plans, _) = one;
    near(valued.iter().map(|v| v.best_in.value).sum(), 1.0);
    assert!(situation.value < everything.value && situation.value > 0.1);
    assert!(worth.iter().all(|w| w.gross.value < situation.value));
    // Without costs of switching, the best plan brings no more than what is looked at is worth.
    assert_eq!(plans.len(), 20 * 2 * 12);
    let gross = worth[plans[0].look].gross.value;
    assert!(plans[0].gain.value <= gross - 0.01 + 1e-12);
}
