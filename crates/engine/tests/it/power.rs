//! MACTOR and the weighted mean: reference numbers, plain twins that follow the published formulas word by word, and what happens where
//! there is nothing to compare.

use super::cases::Dice;
use serde_json::Value;
use sinario_engine::power::{
    Part, Table, Wants, compromise, influence, mobilisation, relations, signs, weighted,
};

fn table(all: &Value, key: &str) -> Table {
    let rows = all[key].as_array().unwrap().iter();
    rows.map(|r| {
        let cells = r.as_array().unwrap().iter();
        cells.map(|v| v.as_f64().unwrap()).collect()
    })
    .collect()
}

fn row(all: &Value, key: &str) -> Vec<f64> {
    let cells = all[key].as_array().unwrap().iter();
    cells.map(|v| v.as_f64().unwrap()).collect()
}

fn sparse(dense: &Table) -> Vec<Wants> {
    let one = |row: &Vec<f64>| -> Wants {
        let all = row.iter().copied().enumerate();
        all.filter(|(_, w)| *w != 0.0).collect()
    };
    dense.iter().map(one).collect()
}

fn dense(sparse: &[Wants], objectives: usize) -> Table {
    let mut all = vec![vec![0.0; objectives]; sparse.len()];
    for (row, of) in all.iter_mut().zip(sparse) {
        for &(o, w) in of {
            row[o] = w;
        }
    }
    all
}

#[track_caller]
fn same_rows(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    for (x, y) in a.iter().zip(b) {
        assert!((x - y).abs() <= 1e-12 * (1.0 + y.abs()), "{a:?} {b:?}");
    }
}

#[track_caller]
fn same(a: &Table, b: &Table) {
    assert_eq!(a.len(), b.len());
    for (x, y) in a.iter().zip(b) {
        same_rows(x, y);
    }
}

#[test]
fn every_table_of_the_reference_study() {
    let all: Value = serde_json::from_str(include_str!("mactor.json")).unwrap();
    let (mdi, mao2) = (table(&all, "MDI"), table(&all, "MAO2"));
    let found = influence(&mdi);
    same(&found.mdii, &table(&all, "MDII"));
    same_rows(&found.influence, &row(&all, "I"));
    same_rows(&found.dependence, &row(&all, "D"));
    let r_star = found.r_star.unwrap();
    same_rows(&r_star, &row(&all, "R_star"));
    same(&found.mmdii, &table(&all, "MMDII"));
    let wants = sparse(&mao2);
    let mao3 = weighted(&wants, &r_star);
    same(&dense(&mao3, 3), &table(&all, "MAO3"));
    for (order, positions) in [(1, &signs(&wants)), (2, &wants), (3, &mao3)] {
        let found = relations(positions);
        same(&found.convergence, &table(&all, &format!("CAA{order}")));
        same(&found.divergence, &table(&all, &format!("DAA{order}")));
    }
    let moved: Vec<f64> = mobilisation(&mao3, 3).iter().map(|(f, a)| f + a).collect();
    same_rows(&moved, &row(&all, "mobilisation"));
}

/// Holds between up to seven actors and wants about up to six objectives; silence happens on both sides.
fn study(dice: &mut Dice) -> (Table, Table) {
    let (n, objectives) = (1 + dice.below(7), 1 + dice.below(6));
    let density = dice.unit();
    let mut mdi = vec![vec![0.0; n]; n];
    let mut mao = vec![vec![0.0; objectives]; n];
    for i in 0..n {
        for j in 0..n {
            if i != j && dice.unit() < density {
                mdi[i][j] = dice.below(5) as f64;
            }
        }
        for want in &mut mao[i] {
            if dice.unit() < density {
                *want = dice.below(7) as f64 - 3.0;
            }
        }
    }
    (mdi, mao)
}

#[test]
fn influence_is_what_the_formulas_say() {
    let mut dice = Dice(1);
    let (mut powerless, mut matched) = (0, 0);
    for _ in 0..3000 {
        let (mdi, _) = study(&mut dice);
        let n = mdi.len();
        let found = influence(&mdi);
        let by_pairs = |i: usize, j: usize| -> Vec<f64> {
            (0..n).map(|k| f64::min(mdi[i][k], mdi[k][j])).collect()
        };
        let (mut over, mut under) = (vec![0.0; n], vec![0.0; n]);
        for i in 0..n {
            for j in 0..n {
                let ways = by_pairs(i, j);
                let sum = mdi[i][j] + ways.iter().sum::<f64>();
                assert_eq!(found.mdii[i][j], sum);
                over[i] += sum;
                under[j] += sum;
                let most = ways.iter().copied().fold(mdi[i][j], f64::max);
                let want = if i == j { 0.0 } else { most };
                assert_eq!(found.mmdii[i][j], want);
                match found.through[i][j] {
                    Some(k) => assert!(ways[k] == want && want > mdi[i][j] && i != j),
                    None => assert!(i == j || want == mdi[i][j]),
                }
            }
        }
        for i in 0..n {
            assert_eq!(found.influence[i], over[i] - found.mdii[i][i]);
            assert_eq!(found.dependence[i], under[i] - found.mdii[i][i]);
        }
        let some = mdi.iter().flatten().any(|&d| d > 0.0);
        // Nothing is left where every hold is answered by one as strong, and leads no further.
        let back: Vec<f64> = (0..n).map(|i| found.mdii[i][i]).collect();
        assert!((0..n).all(|i| found.influence[i] >= back[i]));
        let answered = (0..n).all(|i| found.influence[i] == back[i]);
        assert_eq!(found.r_star.is_none(), answered);
        let Some(r) = found.r_star else {
            *(if some { &mut matched } else { &mut powerless }) += 1;
            continue;
        };
        let (i, d) = (&found.influence, &found.dependence);
        let all: f64 = i.iter().sum();
        let plain = |k: usize| {
            if i[k] == 0.0 {
                0.0
            } else {
                (i[k] - back[k]) / all * i[k] / (i[k] + d[k])
            }
        };
        let mean = (0..n).map(plain).sum::<f64>() / n as f64;
        let want: Vec<f64> = (0..n).map(|k| plain(k) / mean).collect();
        same_rows(&r, &want);
        assert!((r.iter().sum::<f64>() - n as f64).abs() < 1e-9);
    }
    assert!(powerless > 50 && matched > 5, "{powerless} {matched}");
}

#[test]
fn relations_are_what_the_formulas_say() {
    let mut dice = Dice(2);
    let mut alone = 0;
    for _ in 0..3000 {
        let (mdi, mao) = study(&mut dice);
        let (n, objectives) = (mao.len(), mao[0].len());
        let wants = sparse(&mao);
        let mut orders = vec![signs(&wants), wants.clone()];
        let r_star = influence(&mdi).r_star;
        if let Some(r) = &r_star {
            let mao3 = weighted(&wants, r);
            let plain: Table = (0..n)
                .map(|i| mao[i].iter().map(|w| r[i] * w).collect())
                .collect();
            same(&dense(&mao3, objectives), &plain);
            for (o, found) in mobilisation(&mao3, objectives).iter().enumerate() {
                let sum: f64 = plain.iter().map(|row| row[o].abs()).sum();
                let net: f64 = plain.iter().map(|row| row[o]).sum();
                same_rows(&[found.0 + found.1, found.0 - found.1], &[sum, net]);
            }
            orders.push(mao3);
        }
        for positions in orders {
            let found = relations(&positions);
            let a = dense(&positions, objectives);
            for i in 0..n {
                let (mut apart, mut all) = (0.0, 0.0);
                for j in 0..n {
                    let (mut with, mut against) = (0.0, 0.0);
                    for o in (0..objectives).filter(|_| i != j) {
                        let half = (a[i][o].abs() + a[j][o].abs()) / 2.0;
                        match a[i][o] * a[j][o] {
                            p if p > 0.0 => with += half,
                            p if p < 0.0 => against += half,
                            _ => {}
                        }
                    }
                    same_rows(
                        &[found.convergence[i][j], found.divergence[i][j]],
                        &[with, against],
                    );
                    apart += f64::abs(with - against);
                    all += with + against;
                }
                match found.ambivalence[i] {
                    Some(torn) => {
                        same_rows(&[torn], &[1.0 - apart / all]);
                        assert!((-1e-12..=1.0).contains(&torn));
                    }
                    None => {
                        alone += 1;
                        assert_eq!(all, 0.0);
                    }
                }
            }
        }
    }
    assert!(alone > 500);
}

#[test]
fn the_weighted_mean_is_what_its_formula_says() {
    let mut dice = Dice(3);
    let mut ties = 0;
    for _ in 0..3000 {
        let (n, states) = (1 + dice.below(5), 2 + dice.below(4));
        let parts: Vec<Part> = (0..n)
            .map(|_| {
                let wants: Vec<f64> = (0..states).map(|_| dice.below(7) as f64 - 3.0).collect();
                let most = wants.iter().fold(0.0, |m: f64, w| m.max(w.abs()));
                Part {
                    capability: dice.below(4) as f64 / 2.0,
                    salience: most / 3.0,
                    wants,
                }
            })
            .collect();
        let whole: f64 = parts.iter().map(|p| p.capability * p.salience).sum();
        let Some(found) = compromise(&parts) else {
            assert_eq!(whole, 0.0);
            continue;
        };
        let mut support = vec![0.0; states];
        let mut mean = 0.0;
        for p in &parts {
            let share = p.capability * p.salience / whole;
            let top = p.wants.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let at: Vec<usize> = (0..states).filter(|&s| p.wants[s] == top).collect();
            mean += share * at.iter().sum::<usize>() as f64 / at.len() as f64;
            for (s, sum) in support.iter_mut().enumerate() {
                *sum += share * p.wants[s];
            }
        }
        same_rows(&found.support, &support);
        same_rows(&[found.mean], &[mean]);
        let most = support.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for s in 0..states {
            let leads = support[s] > most - 1e-9;
            assert_eq!(found.leading.contains(&s), leads);
            let away = |s: usize| (s as f64 - mean).abs();
            let near = (0..states).all(|t| away(s) <= away(t) + 1e-9);
            assert_eq!(found.nearest.contains(&s), near);
        }
        ties += usize::from(found.leading.len() > 1);
    }
    assert!(ties > 100);
}

#[test]
fn where_there_is_no_power_none_is_made_up() {
    assert_eq!(influence(&[]).r_star, None);
    assert_eq!(influence(&[vec![0.0]]).r_star, None);
    assert_eq!(influence(&vec![vec![0.0; 3]; 3]).r_star, None);
    // Two who hold each other alike: all that either can do is answered, and the formula divides nothing by nothing.
    let alike = influence(&[vec![0.0, 2.0], vec![2.0, 0.0]]);
    assert_eq!((alike.r_star, alike.influence), (None, vec![2.0, 2.0]));
    // A bystander has no power; those who hold it have it all.
    let held = influence(&[
        vec![0.0, 2.0, 0.0],
        vec![0.0, 0.0, 0.0],
        vec![0.0, 0.0, 0.0],
    ]);
    assert_eq!(held.r_star.unwrap(), [3.0, 0.0, 0.0]);
    // Who has no power stands neither with nor against anybody, and moves nothing.
    let wants = [vec![(0, 3.0)], vec![(0, -3.0)], vec![(0, -1.0)]];
    let positions = weighted(&wants, &[3.0, 0.0, 0.0]);
    let found = relations(&positions);
    assert_eq!(found.divergence, vec![vec![0.0; 3]; 3]);
    assert_eq!(found.convergence, found.divergence);
    assert_eq!(found.ambivalence, [None; 3]);
    assert_eq!(mobilisation(&positions, 1), [(9.0, 0.0)]);
    assert_eq!(relations(&wants).ambivalence, [Some(0.0); 3]);
    assert_eq!(relations(&[]).ambivalence, []);
    // Torn between one who is as much with it as the other is against it, and within one who is both.
    let both = relations(&[vec![(0, 1.0), (1, 1.0)], vec![(0, 1.0), (1, -1.0)]]);
    assert_eq!(both.ambivalence, [Some(1.0); 2]);
    let powerless = Part {
        capability: 0.0,
        salience: 1.0,
        wants: vec![3.0, -3.0],
    };
    assert_eq!(compromise(&[powerless]), None);
    assert_eq!(compromise(&[]), None);
}
