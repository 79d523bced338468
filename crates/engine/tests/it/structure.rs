//! Influence and loops beside their plain twins: whole powers, elimination, all orders of drivers, all states around a loop.

use crate::cases::{Dice, model, somewhereland};
use sinario_engine::structure::{How, Loop, Quadrant, Sign, Structure, Why, structure};
use sinario_engine::{Driver, Model, State};

type Matrix = Vec<Vec<f64>>;

/// Straight from the definition, a cell at a time.
fn cells(model: &Model, from: usize, on: usize) -> Vec<Vec<f64>> {
    let (height, width) = (usize::from(model.sizes[from]), usize::from(model.sizes[on]));
    let block = model.blocks[on]
        .iter()
        .find(|b| b.from == Driver(from as u32));
    let score = |s: usize, t: usize| block.map_or(0, |b| b.scores[s * width + t]);
    (0..height)
        .map(|s| {
            (0..width)
                .map(|t| f64::from(score(s, t)) / 1000.0)
                .collect()
        })
        .collect()
}

fn mean_magnitude(block: &[Vec<f64>]) -> f64 {
    let all: Vec<f64> = block.iter().flatten().map(|x| x.abs()).collect();
    all.iter().sum::<f64>() / all.len() as f64
}

/// The whole matrix of direct influences; the diagonal apart.
fn direct(model: &Model) -> (Matrix, Vec<f64>) {
    let n = model.drivers();
    let mut m: Matrix = (0..n)
        .map(|i| {
            (0..n)
                .map(|j| mean_magnitude(&cells(model, i, j)))
                .collect()
        })
        .collect();
    let selves = (0..n).map(|i| std::mem::take(&mut m[i][i])).collect();
    (m, selves)
}

fn times(a: &Matrix, b: &Matrix) -> Matrix {
    let n = a.len();
    (0..n)
        .map(|i| {
            (0..n)
                .map(|j| (0..n).map(|k| a[i][k] * b[k][j]).sum())
                .collect()
        })
        .collect()
}

fn sums(m: &Matrix) -> (Vec<f64>, Vec<f64>) {
    let n = m.len();
    (
        m.iter().map(|row| row.iter().sum()).collect(),
        (0..n).map(|j| (0..n).map(|i| m[i][j]).sum()).collect(),
    )
}

/// The place of each: one more than how many are greater.
fn places(values: &[f64]) -> Vec<usize> {
    let greater = |a: f64, b: f64| a > b && a - b > 1e-9 * a;
    values
        .iter()
        .map(|&v| 1 + values.iter().filter(|&&w| greater(w, v)).count())
        .collect()
}

fn near(a: f64, b: f64) {
    assert!(
        (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-12),
        "{a} {b}"
    );
}

/// The first power at which both rankings are those of the power before, and that power.
fn settled(m: &Matrix) -> Option<(u32, Matrix)> {
    let mut power = m.clone();
    for k in 2..=50 {
        let next = times(&power, m);
        let rank = |m: &Matrix| (places(&sums(m).0), places(&sums(m).1));
        if next.iter().flatten().all(|&x| x == 0.0) {
            return None;
        }
        if rank(&next) == rank(&power) {
            return Some((k, next));
        }
        power = next;
    }
    None
}

/// (I − αM)⁻¹ − I by elimination.
fn damped(m: &Matrix, alpha: f64) -> Matrix {
    let n = m.len();
    let unit = |i: usize, j: usize| f64::from(u8::from(i == j));
    let mut rows: Matrix = (0..n)
        .map(|i| {
            let left = (0..n).map(|j| unit(i, j) - alpha * m[i][j]);
            left.chain((0..n).map(|j| unit(i, j))).collect()
        })
        .collect();
    for i in 0..n {
        let pivot = (i..n)
            .max_by(|&a, &b| rows[a][i].abs().total_cmp(&rows[b][i].abs()))
            .unwrap();
        rows.swap(i, pivot);
        let by = rows[i][i];
        rows[i].iter_mut().for_each(|x| *x /= by);
        for k in (0..n).filter(|&k| k != i) {
            let by = rows[k][i];
            let row = rows[i].clone();
            rows[k].iter_mut().zip(row).for_each(|(x, y)| *x -= by * y);
        }
    }
    // What elimination leaves of a 0 is none.
    let clean = |x: f64| if x.abs() < 1e-13 { 0.0 } else { x };
    (0..n)
        .map(|i| (0..n).map(|j| clean(rows[i][n + j] - unit(i, j))).collect())
        .collect()
}

/// The spectral radius as the 2^20th root of the greatest row sum of the 2^20th power.
fn radius(m: &Matrix) -> f64 {
    let (mut power, mut log) = (m.clone(), 0.0);
    for _ in 0..20 {
        power = times(&power, &power);
        let most = sums(&power).0.into_iter().fold(0.0, f64::max);
        power.iter_mut().flatten().for_each(|x| *x /= most);
        log = 2.0 * log + libm::log(most);
    }
    libm::exp(log / f64::from(1 << 20))
}

#[test]
fn influence_agrees_with_whole_powers_and_elimination() {
    let mut dice = Dice(11);
    let (mut by_rule, mut no_loop, mut unsettled) = (0, 0, 0);
    for _ in 0..3000 {
        let model = model(&mut dice);
        let found = structure(&model);
        let (m, selves) = direct(&model);
        let n = m.len();
        let mut want = m.clone();
        for (i, &own) in selves.iter().enumerate() {
            want[i][i] = own;
        }
        let mut have = vec![vec![0.0; n]; n];
        for i in &found.direct {
            assert!(i.points > 0.0);
            have[i.from.0 as usize][i.on.0 as usize] = i.points;
        }
        for (have, want) in have.iter().flatten().zip(want.iter().flatten()) {
            near(*have, *want);
        }
        let (row, column) = sums(&m);
        for (d, s) in found.directly.iter().enumerate() {
            near(s.influence, row[d]);
            near(s.dependence, column[d]);
        }
        let indirect = match (found.how, settled(&m)) {
            (How::Settled { power }, Some((want, matrix))) => {
                by_rule += 1;
                assert_eq!(power, want);
                matrix
            }
            (
                How::Damped {
                    why,
                    alpha,
                    radius: r,
                },
                None,
            ) => {
                match why {
                    Why::NoLoop(_) => {
                        no_loop += 1;
                        let most = row.iter().copied().fold(0.0, f64::max);
                        assert_eq!(r, 0.0);
                        near(alpha, if most > 0.0 { 0.5 / most } else { 0.5 });
                    }
                    Why::Unsettled(_) => {
                        unsettled += 1;
                        assert!((r / radius(&m) - 1.0).abs() < 1e-4, "{r} {m:?}");
                        near(alpha * r, 0.5);
                    }
                }
                damped(&m, alpha)
            }
            (how, want) => panic!("{how:?} {want:?}"),
        };
        let (row, column) = sums(&indirect);
        for (d, s) in found.indirectly.iter().enumerate() {
            near(s.influence, row[d]);
            near(s.dependence, column[d]);
            assert_eq!(s.influence_rank, places(&row)[d]);
            assert_eq!(s.dependence_rank, places(&column)[d]);
            let total = row.iter().sum::<f64>();
            near(
                s.influence_share,
                if total > 0.0 { row[d] / total } else { 0.0 },
            );
            let mean = total / n as f64;
            let high = |x: f64| x > mean && x - mean > 1e-8 * mean;
            let field = match (high(row[d]), high(column[d])) {
                (true, false) => Quadrant::Input,
                (true, true) => Quadrant::Relay,
                (false, true) => Quadrant::Output,
                (false, false) => Quadrant::Autonomous,
            };
            assert_eq!(s.quadrant, field);
        }
        for (have, want) in found.indirect.unwrap().iter().zip(&indirect) {
            have.iter().zip(want).for_each(|(a, b)| near(*a, *b));
        }
    }
    assert!(
        by_rule > 500 && no_loop > 100 && unsettled > 10,
        "{by_rule} {no_loop} {unsettled}"
    );
}

/// Every order of every set of drivers that begins with its earliest one and is closed by impacts.
fn every_loop(model: &Model) -> Vec<Vec<usize>> {
    fn longer(model: &Model, path: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
        let acts = |from: usize, on: usize| {
            let block = cells(model, from, on);
            block.iter().flatten().any(|&x| x != 0.0)
        };
        let closed = path
            .iter()
            .enumerate()
            .all(|(at, &d)| acts(d, path[(at + 1) % path.len()]));
        if closed {
            all.push(path.clone());
        }
        for d in path[0] + 1..model.drivers() {
            if !path.contains(&d) {
                path.push(d);
                longer(model, path, all);
                path.pop();
            }
        }
    }
    let mut all = Vec::new();
    for d in 0..model.drivers() {
        longer(model, &mut vec![d], &mut all);
    }
    all
}

/// The block in thousandths with each row and each column minus its mean, times the number of its cells: a whole number, so that
/// nothing is rounded.
fn centred(model: &Model, from: usize, on: usize) -> Vec<Vec<i128>> {
    let block: Vec<Vec<i128>> = cells(model, from, on)
        .iter()
        .map(|row| row.iter().map(|x| (x * 1000.0).round() as i128).collect())
        .collect();
    let (height, width) = (block.len(), block[0].len());
    let (h, w) = (height as i128, width as i128);
    let rows: Vec<i128> = block.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<i128> = (0..width)
        .map(|t| block.iter().map(|r| r[t]).sum())
        .collect();
    let all: i128 = rows.iter().sum();
    let cell = |s: usize, t: usize| h * w * block[s][t] - h * rows[s] - w * columns[t] + all;
    (0..height)
        .map(|s| (0..width).map(|t| cell(s, t)).collect())
        .collect()
}

/// The product of centred scores for each choice of states around a loop, in points; their sum is the trace. Sign and size are
/// exact but for the last division.
fn products(model: &Model, path: &[usize]) -> (Vec<(Vec<usize>, f64)>, f64) {
    let next = |at: usize| path[(at + 1) % path.len()];
    let blocks: Vec<Vec<Vec<i128>>> = (0..path.len())
        .map(|at| centred(model, path[at], next(at)))
        .collect();
    let sizes: Vec<u16> = path.iter().map(|&d| model.sizes[d]).collect();
    let by: f64 = (0..path.len())
        .map(|at| f64::from(sizes[at]) * f64::from(model.sizes[next(at)]) * 1000.0)
        .product();
    let mut trace = 0;
    let all = crate::cases::all(&sizes)
        .into_iter()
        .map(|x| {
            let x: Vec<usize> = x.iter().map(|s| usize::from(s.0)).collect();
            let product: i128 = (0..x.len())
                .map(|at| blocks[at][x[at]][x[(at + 1) % x.len()]])
                .product();
            trace += product;
            (x, product as f64 / by)
        })
        .collect();
    (all, trace as f64 / by)
}

fn drivers(of: &Loop) -> Vec<usize> {
    of.steps.iter().map(|s| s.driver.0 as usize).collect()
}

#[test]
fn loops_agree_with_every_order_of_drivers_and_all_their_states() {
    let mut dice = Dice(12);
    let (mut plus, mut minus, mut listed) = (0, 0, 0);
    for _ in 0..400 {
        let model = model(&mut dice);
        let found = structure(&model);
        let want = every_loop(&model);
        assert!(found.loops.complete && found.loops.weighed_up_to.is_none());
        assert_eq!(found.loops.count, want.len() as u64);
        assert_eq!(found.loops.weighed, want.len() as u64);
        assert_eq!(found.loops.listed.len(), want.len().min(20));
        let weights: Vec<f64> = want.iter().map(|path| products(&model, path).1).collect();
        let count = |of: &dyn Fn(f64) -> bool| weights.iter().filter(|w| of(**w)).count() as u64;
        assert_eq!(found.loops.reinforcing, count(&|w| w > 0.0));
        assert_eq!(found.loops.balancing, count(&|w| w < 0.0));
        plus += found.loops.reinforcing;
        minus += found.loops.balancing;
        let mut strengths: Vec<f64> = want
            .iter()
            .zip(&weights)
            .map(|(path, w)| libm::pow(w.abs(), 1.0 / path.len() as f64))
            .collect();
        strengths.sort_by(|a, b| b.total_cmp(a));
        for (of, strength) in found.loops.listed.iter().zip(strengths) {
            listed += 1;
            near(of.strength, strength);
            let path = drivers(of);
            let at = want.iter().position(|w| *w == path).unwrap();
            near(of.gain, weights[at]);
            // Invariant under where one begins.
            for turn in 1..path.len() {
                let turned = [&path[turn..], &path[..turn]].concat();
                near(products(&model, &turned).1, weights[at]);
            }
            let sign = if of.gain > 0.0 {
                Sign::Reinforcing
            } else if of.gain < 0.0 {
                Sign::Balancing
            } else {
                Sign::Neutral
            };
            assert_eq!(of.sign, sign);
            // The states shown have the greatest product in the direction of the sign.
            let (all, _) = products(&model, &path);
            let toward = |p: f64| match sign {
                Sign::Reinforcing => p,
                Sign::Balancing => -p,
                Sign::Neutral => p.abs(),
            };
            let most = all.iter().map(|p| toward(p.1)).fold(0.0, f64::max);
            let states: Vec<usize> = of.steps.iter().map(|s| usize::from(s.state.0)).collect();
            let shown = all.iter().find(|p| p.0 == states).unwrap().1;
            assert!(
                (toward(shown) - most).abs() <= 1e-7 * (1e-9 + most),
                "{shown} {most}"
            );
            let pushes: f64 = of.steps.iter().map(|s| s.push).product();
            assert!((pushes - shown).abs() <= 1e-9 * (1e-6 + shown.abs()));
        }
    }
    assert!(
        plus > 500 && minus > 500 && listed > 1500,
        "{plus} {minus} {listed}"
    );
}

#[test]
fn components_hold_exactly_the_drivers_of_the_loops() {
    let mut dice = Dice(13);
    for _ in 0..500 {
        let model = model(&mut dice);
        let mut inside: Vec<usize> = every_loop(&model).concat();
        inside.sort_unstable();
        inside.dedup();
        let found = structure(&model).components;
        let mut have: Vec<usize> = found.iter().flatten().map(|d| d.0 as usize).collect();
        have.sort_unstable();
        assert_eq!(have, inside);
    }
}

/// Two states each; `ties` are (from, on, score of the first state on the first).
fn signed(n: usize, ties: &[(u32, u32, i32)]) -> Model {
    let mut model = Model::new(vec![2; n]);
    for &(from, on, score) in ties {
        for (s, t) in [(0, 0), (1, 1)] {
            model.add(Driver(from), State(s), Driver(on), State(t), score);
            model.add(Driver(from), State(s), Driver(on), State(1 - t), -score);
        }
    }
    model
}

#[test]
fn two_states_multiply_their_signs() {
    let found = structure(&signed(
        3,
        &[(0, 1, 2000), (1, 2, -1000), (2, 0, -3000), (1, 1, -500)],
    ));
    let signs: Vec<(usize, Sign)> = found
        .loops
        .listed
        .iter()
        .map(|l| (l.steps.len(), l.sign))
        .collect();
    assert_eq!(signs, [(3, Sign::Reinforcing), (1, Sign::Balancing)]);
    let found = structure(&signed(3, &[(0, 1, 2000), (1, 2, 1000), (2, 0, -3000)]));
    assert_eq!(found.loops.listed[0].sign, Sign::Balancing);
    // Of the equal ways around it, one that hinders once, in declared order.
    let hindering = found.loops.listed[0]
        .steps
        .iter()
        .filter(|s| s.push < 0.0)
        .count();
    assert_eq!(
        (hindering, found.loops.listed[0].steps[0].state),
        (1, State(0))
    );
}

#[test]
fn what_is_alike_for_all_states_has_no_sign() {
    let mut model = signed(2, &[(0, 1, 2000)]);
    for s in 0..2 {
        model.add(Driver(1), State(s), Driver(0), State(0), 3000);
    }
    let found = structure(&model);
    assert_eq!(
        (found.loops.count, found.loops.listed[0].sign),
        (1, Sign::Neutral)
    );
    assert_eq!((found.loops.reinforcing, found.loops.balancing), (0, 0));
}

#[test]
fn a_chain_and_a_swing_are_damped_and_say_why() {
    let chain = structure(&signed(3, &[(0, 1, 2000), (1, 2, 1000)]));
    assert_eq!(
        chain.how,
        How::Damped {
            why: Why::NoLoop(3),
            alpha: 0.25,
            radius: 0.0
        }
    );
    assert!(chain.components.is_empty() && chain.loops.complete && chain.loops.count == 0);
    near(chain.indirectly[0].influence, 0.25 * 2.0 + 0.0625 * 2.0);
    // 3 one way and 1 back: the first leads at odd powers, and at even ones they are equal.
    let swing = structure(&signed(2, &[(0, 1, 3000), (1, 0, 1000)]));
    let How::Damped {
        why: Why::Unsettled(_),
        radius,
        ..
    } = swing.how
    else {
        panic!("{:?}", swing.how);
    };
    near(radius, libm::sqrt(3.0));
}

#[test]
fn nothing_at_all_is_no_trouble() {
    let found = structure(&Model::new(vec![2, 3]));
    assert!(found.direct.is_empty());
    assert_eq!(
        found.how,
        How::Damped {
            why: Why::NoLoop(1),
            alpha: 0.5,
            radius: 0.0
        }
    );
    assert!(
        found
            .indirectly
            .iter()
            .all(|s| s.influence_share == 0.0 && s.influence_rank == 1)
    );
}

/// Every driver acts on every other: n! / ((n − l)!·l) loops of length l.
fn complete(n: usize) -> Structure {
    let ties: Vec<(u32, u32, i32)> = (0..n as u32)
        .flat_map(|a| {
            (0..n as u32)
                .filter(move |&b| b != a)
                .map(move |b| (a, b, 1000))
        })
        .collect();
    structure(&signed(n, &ties))
}

fn of_length(n: u64, l: u64) -> u64 {
    (n - l + 1..=n).product::<u64>() / l
}

#[test]
fn too_many_loops_are_counted_at_least_and_weighed_by_whole_lengths() {
    let eight = complete(8).loops;
    assert_eq!((eight.complete, eight.weighed_up_to), (true, None));
    assert_eq!(eight.count, (2..=8).map(|l| of_length(8, l)).sum::<u64>());
    let twelve = complete(12).loops;
    let longest = twelve.weighed_up_to.unwrap() as u64;
    assert!(!twelve.complete && twelve.count >= 100_000);
    assert_eq!(longest, 5);
    assert_eq!(
        twelve.weighed,
        (2..=longest).map(|l| of_length(12, l)).sum::<u64>()
    );
    assert_eq!(twelve.reinforcing, twelve.weighed);
}

#[test]
fn the_published_demonstration_has_loops_of_both_signs() {
    let found = structure(&somewhereland());
    assert!(found.loops.complete && found.loops.reinforcing > 0 && found.loops.balancing > 0);
    assert!(matches!(found.how, How::Settled { .. }));
}

#[test]
fn a_thousand_drivers_are_bounded_and_say_so() {
    let mut dice = Dice(14);
    let mut model = Model::new(vec![3; 1000]);
    for on in 0..1000 {
        for _ in 0..6 {
            let from = Driver(dice.below(1000) as u32);
            for cell in 0..9_u16 {
                let score = 1000 * (dice.below(7) as i32 - 3);
                model.add(from, State(cell / 3), Driver(on), State(cell % 3), score);
            }
        }
    }
    let found = structure(&model);
    assert!(!found.loops.complete && found.loops.weighed_up_to.unwrap() >= 4);
    assert!(found.loops.weighed <= found.loops.count && found.loops.weighed > 1000);
    assert!(found.indirect.is_none());
    let total: f64 = found.indirectly.iter().map(|s| s.dependence_share).sum();
    near(total, 1.0);
}
