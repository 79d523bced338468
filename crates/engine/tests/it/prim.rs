//! Patient rule induction: a published run, and a plain twin that filters and sorts everything again at every step.

use crate::cases::Dice;
use serde_json::Value;
use sinario_engine::prim::{
    Column, Found, Limits, Refusal, Settings, Side, knee, quasi_p, trajectory, upper_tail,
};
use std::path::PathBuf;

fn holds(column: &Column, limits: &Limits, row: usize) -> bool {
    match (column, limits) {
        (Column::Number(all), Limits::Number(low, high)) => *low <= all[row] && all[row] <= *high,
        (Column::Integer(all), Limits::Integer(low, high)) => *low <= all[row] && all[row] <= *high,
        (Column::Nominal(all, _), Limits::Nominal(levels)) => levels.contains(&all[row]),
        _ => panic!("a box of another table"),
    }
}

/// The quantile rule: the two order statistics around it, moved apart while they tie.
fn pair<T: Copy + PartialEq>(sorted: &[T], q: f64) -> (T, T) {
    let at = (sorted.len() - 1) as f64 * q;
    let (mut low, mut high) = (at.floor() as usize, at.ceil() as usize);
    if q > 0.5 {
        while sorted[low] == sorted[high] && low > 0 {
            low -= 1;
        }
    } else {
        while sorted[low] == sorted[high] && high < sorted.len() - 1 {
            high += 1;
        }
    }
    (sorted[low], sorted[high])
}

struct Plain<'a> {
    columns: &'a [Column],
    outcome: &'a [bool],
    settings: Settings,
}

impl Plain<'_> {
    fn rows(&self, limits: &[Limits]) -> Vec<usize> {
        (0..self.outcome.len())
            .filter(|&r| (0..limits.len()).all(|c| holds(&self.columns[c], &limits[c], r)))
            .collect()
    }
    fn hits(&self, rows: &[usize]) -> usize {
        rows.iter().filter(|&&r| self.outcome[r]).count()
    }
    fn mean(&self, rows: &[usize]) -> f64 {
        if rows.is_empty() {
            return 0.0;
        }
        self.hits(rows) as f64 / rows.len() as f64
    }
    fn whole(&self) -> Vec<Limits> {
        let of = |column: &Column| match column {
            Column::Number(all) => Limits::Number(
                all.iter().copied().fold(f64::INFINITY, f64::min),
                all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            ),
            Column::Integer(all) => {
                Limits::Integer(*all.iter().min().unwrap(), *all.iter().max().unwrap())
            }
            Column::Nominal(all, levels) => {
                Limits::Nominal((0..*levels).filter(|l| all.contains(l)).collect())
            }
        };
        self.columns.iter().map(of).collect()
    }
    /// Columns of numbers, then integers, then nominal ones.
    fn turn(&self) -> Vec<usize> {
        let is = |kind: fn(&Column) -> bool| {
            (0..self.columns.len())
                .filter(|&c| kind(&self.columns[c]))
                .collect::<Vec<_>>()
        };
        [
            is(|c| matches!(c, Column::Number(_))),
            is(|c| matches!(c, Column::Integer(_))),
            is(|c| matches!(c, Column::Nominal(..))),
        ]
        .concat()
    }
    fn peels(&self, limits: &[Limits]) -> Vec<Vec<Limits>> {
        let rows = self.rows(limits);
        let share = self.settings.peel;
        let mut all = Vec::new();
        for c in self.turn() {
            let mut with = |new: Limits| {
                let mut limits = limits.to_vec();
                limits[c] = new;
                all.push(limits);
            };
            match (&self.columns[c], &limits[c]) {
                (Column::Number(x), &Limits::Number(low, high)) => {
                    let mut x: Vec<f64> = rows.iter().map(|&r| x[r]).collect();
                    x.sort_by(f64::total_cmp);
                    let (a, b) = pair(&x, 1.0 - share);
                    with(Limits::Number(low, (a + b) / 2.0));
                    let (a, b) = pair(&x, share);
                    with(Limits::Number((a + b) / 2.0, high));
                }
                (Column::Integer(x), &Limits::Integer(low, high)) => {
                    let mut x: Vec<i64> = rows.iter().map(|&r| x[r]).collect();
                    x.sort_unstable();
                    let (a, b) = pair(&x, 1.0 - share);
                    let cut = (a + b) as f64 / 2.0;
                    let last = *x.iter().rfind(|&&x| x as f64 <= cut).unwrap();
                    with(Limits::Integer(low, last));
                    let (a, b) = pair(&x, share);
                    let cut = (a + b) as f64 / 2.0;
                    let first = *x.iter().find(|&&x| x as f64 >= cut).unwrap();
                    with(Limits::Integer(first, high));
                }
                (_, Limits::Nominal(levels)) if levels.len() > 1 => {
                    for gone in levels {
                        with(Limits::Nominal(
                            levels.iter().copied().filter(|l| l != gone).collect(),
                        ));
                    }
                }
                _ => {}
            }
        }
        all
    }
    fn pastes(&self, limits: &[Limits]) -> Vec<Vec<Limits>> {
        let whole = self.whole();
        let share = self.settings.paste;
        let mut all = Vec::new();
        for c in self.turn().into_iter().filter(|&c| limits[c] != whole[c]) {
            let mut without = limits.to_vec();
            without[c] = whole[c].clone();
            let rows = self.rows(&without);
            let mut with = |new: Limits| {
                let mut limits = limits.to_vec();
                limits[c] = new;
                all.push(limits);
            };
            match (&self.columns[c], &limits[c], &whole[c]) {
                (
                    Column::Number(x),
                    &Limits::Number(low, high),
                    &Limits::Number(least, greatest),
                ) => {
                    let mut x: Vec<f64> = rows.iter().map(|&r| x[r]).collect();
                    x.sort_by(f64::total_cmp);
                    let below: Vec<f64> = x.iter().copied().filter(|&x| x <= low).collect();
                    let above: Vec<f64> = x.iter().copied().filter(|&x| x >= high).collect();
                    let middle = |(a, b): (f64, f64)| (a + b) / 2.0;
                    let to = if below.is_empty() {
                        least
                    } else {
                        middle(pair(&below, 1.0 - share))
                    };
                    with(Limits::Number(to, high));
                    let to = if above.is_empty() {
                        greatest
                    } else {
                        middle(pair(&above, share))
                    };
                    with(Limits::Number(low, to));
                }
                (
                    Column::Integer(x),
                    &Limits::Integer(low, high),
                    &Limits::Integer(least, greatest),
                ) => {
                    let mut x: Vec<i64> = rows.iter().map(|&r| x[r]).collect();
                    x.sort_unstable();
                    let below: Vec<i64> = x.iter().copied().filter(|&x| x < low).collect();
                    let above: Vec<i64> = x.iter().copied().filter(|&x| x > high).collect();
                    let to = if below.is_empty() {
                        least
                    } else {
                        let (a, b) = pair(&below, 1.0 - share);
                        *below.iter().find(|&&x| 2 * x >= a + b).unwrap()
                    };
                    with(Limits::Integer(to, high));
                    let to = if above.is_empty() {
                        greatest
                    } else {
                        let (a, b) = pair(&above, share);
                        *above.iter().rfind(|&&x| 2 * x <= a + b).unwrap()
                    };
                    with(Limits::Integer(low, to));
                }
                (_, Limits::Nominal(levels), Limits::Nominal(occur)) => {
                    for &new in occur.iter().filter(|l| !levels.contains(l)) {
                        let mut more = [levels.clone(), vec![new]].concat();
                        more.sort_unstable();
                        with(Limits::Nominal(more));
                    }
                }
                _ => panic!("a box of another table"),
            }
        }
        all
    }
    fn restricted(&self, limits: &[Limits]) -> Vec<usize> {
        let whole = self.whole();
        (0..limits.len())
            .filter(|&c| limits[c] != whole[c])
            .collect()
    }
    /// The best of candidates: gain, then columns left free, then the first.
    fn best(&self, now: &[Limits], all: Vec<Vec<Limits>>) -> Option<(f64, Vec<Limits>)> {
        let before = self.rows(now);
        let score = |limits: &Vec<Limits>| {
            let after = self.rows(limits);
            let (old, new) = (self.mean(&before), self.mean(&after));
            let gain = if old == new {
                0.0
            } else {
                (new - old) / before.len().abs_diff(after.len()) as f64
            };
            (gain, limits.len() - self.restricted(limits).len())
        };
        let scores: Vec<(f64, usize)> = all.iter().map(score).collect();
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by(|&a, &b| scores[b].partial_cmp(&scores[a]).unwrap());
        let &first = order.first()?;
        Some((scores[first].0, all[first].clone()))
    }
    fn run(&self) -> Vec<Vec<Limits>> {
        let mut boxes = vec![self.whole()];
        let all = self.outcome.len() as f64;
        for pasting in [false, true] {
            loop {
                let now = boxes.last().unwrap();
                let candidates = if pasting {
                    self.pastes(now)
                } else {
                    self.peels(now)
                };
                let Some((gain, new)) = self.best(now, candidates) else {
                    break;
                };
                let (before, after) = (self.rows(now), self.rows(&new));
                let moves = if pasting {
                    after.len() > before.len() && self.mean(&after) > self.mean(&before)
                } else {
                    after.len() < before.len()
                };
                if after.len() as f64 / all < self.settings.least_mass || !moves || gain <= 0.0 {
                    break;
                }
                boxes.push(new);
            }
        }
        boxes
    }
}

/// A small table with ties, whose outcome hangs on some of it.
fn table(dice: &mut Dice) -> (Vec<Column>, Vec<bool>) {
    let n = 4 + dice.below(70);
    let columns: Vec<Column> = (0..1 + dice.below(4))
        .map(|_| match dice.below(4) {
            0 => Column::Number((0..n).map(|_| dice.unit() * 10.0 - 5.0).collect()),
            1 => {
                let values = 1 + dice.below(12);
                let number = |dice: &mut Dice| dice.below(values) as f64 / 4.0 - 1.0;
                Column::Number((0..n).map(|_| number(dice)).collect())
            }
            2 => {
                let values = 1 + dice.below(12);
                let number = |dice: &mut Dice| dice.below(values) as i64 * 3 - 9;
                Column::Integer((0..n).map(|_| number(dice)).collect())
            }
            _ => {
                let levels = 1 + dice.below(5);
                let used = 1 + dice.below(levels);
                let level = |dice: &mut Dice| dice.below(used) as u16;
                Column::Nominal((0..n).map(|_| level(dice)).collect(), levels as u16)
            }
        })
        .collect();
    let number = |column: &Column, r: usize| match column {
        Column::Number(all) => all[r],
        Column::Integer(all) => all[r] as f64 / 2.0,
        Column::Nominal(all, _) => f64::from(all[r] % 2) * 3.0,
    };
    let blur = dice.unit() * 4.0;
    let mut outcome: Vec<bool> = (0..n)
        .map(|r| {
            let sum: f64 = columns.iter().map(|c| number(c, r)).sum();
            sum.abs() + blur * dice.unit() < 3.0
        })
        .collect();
    outcome[dice.below(n)] = true;
    (columns, outcome)
}

fn settings(dice: &mut Dice) -> Settings {
    Settings {
        peel: [0.05, 0.1, 0.3, 0.49][dice.below(4)],
        paste: [0.05, 0.1, 0.3, 0.49][dice.below(4)],
        least_mass: [0.0, 0.05, 0.2][dice.below(3)],
    }
}

#[test]
fn every_box_is_the_plain_twins() {
    let mut dice = Dice(11);
    let (mut steps, mut pastes, mut restricted) = (0, 0, 0);
    for _ in 0..3000 {
        let (columns, outcome) = table(&mut dice);
        let settings = settings(&mut dice);
        let plain = Plain {
            columns: &columns,
            outcome: &outcome,
            settings,
        };
        let boxes = trajectory(&columns, &outcome, settings).unwrap();
        let expected = plain.run();
        assert_eq!(
            boxes.iter().map(|b| b.limits.clone()).collect::<Vec<_>>(),
            expected,
            "{columns:?} {outcome:?} {settings:?}"
        );
        for (found, limits) in boxes.iter().zip(&expected) {
            let rows = plain.rows(limits);
            let (n, k) = (rows.len(), plain.hits(&rows));
            assert_eq!((found.n, found.k), (n, k));
            assert_eq!(found.restricted, plain.restricted(limits));
            restricted += found.restricted.len();
            let all: Vec<usize> = (0..outcome.len()).collect();
            assert_eq!(found.coverage, k as f64 / plain.hits(&all) as f64);
            assert_eq!(found.density, k as f64 / n as f64);
            assert_eq!(found.mass, n as f64 / outcome.len() as f64);
        }
        steps += boxes.len() - 1;
        pastes += boxes.windows(2).filter(|w| w[1].n > w[0].n).count();
    }
    // The cases are not all of the easy kind.
    assert!(
        steps > 10_000 && pastes > 50 && restricted > 10_000,
        "{steps} {pastes} {restricted}"
    );
}

/// The other way round, cuts must fall between the same values: no side of an integer column is peeled more finely.
#[test]
fn a_mirrored_column_of_integers_gives_the_mirrored_box() {
    let mut dice = Dice(12);
    let mut compared = 0;
    for _ in 0..500 {
        let n = 20 + dice.below(60);
        let x: Vec<i64> = (0..n).map(|_| dice.below(9) as i64 - 3).collect();
        let mut outcome: Vec<bool> = x.iter().map(|&x| x > 2 && dice.below(3) > 0).collect();
        outcome[0] = true;
        let run =
            |x: Vec<i64>| trajectory(&[Column::Integer(x)], &outcome, Settings::default()).unwrap();
        let (there, back) = (run(x.clone()), run(x.iter().map(|x| -x).collect()));
        let limits = |of: &Found, sign: i64| match of.limits[0] {
            Limits::Integer(low, high) if sign < 0 => (-high, -low),
            Limits::Integer(low, high) => (low, high),
            _ => panic!("a box of another table"),
        };
        let greatest = x.iter().copied().max().unwrap();
        // Of two equally good peels the upper one is taken, which is the other one in the mirror; so only runs that
        // leave one side alone.
        if there.iter().all(|b| limits(b, 1).1 == greatest) {
            let of = |boxes: &[Found], sign| {
                let one = |b: &Found| (b.n, b.k, limits(b, sign));
                boxes.iter().map(one).collect::<Vec<_>>()
            };
            assert_eq!(of(&there, 1), of(&back, -1));
            compared += there.len() - 1;
        }
    }
    assert!(compared > 500, "{compared}");
}

fn choose(n: u64, k: u64) -> f64 {
    (0..k).fold(1.0, |all, i| all * (n - i) as f64 / (i + 1) as f64)
}

#[test]
fn quasi_p_is_the_binomial_tail_without_the_limit() {
    let mut dice = Dice(13);
    let mut tested = 0;
    for _ in 0..500 {
        let (columns, outcome) = table(&mut dice);
        let settings = settings(&mut dice);
        let plain = Plain {
            columns: &columns,
            outcome: &outcome,
            settings,
        };
        let whole = plain.whole();
        for found in trajectory(&columns, &outcome, settings).unwrap() {
            let tests = quasi_p(&columns, &outcome, &found);
            let mut expected = Vec::new();
            for (c, limits) in found.limits.iter().enumerate() {
                let sides = match (limits, &whole[c]) {
                    (&Limits::Number(a, b), &Limits::Number(x, y)) => vec![
                        (Side::Lower, Limits::Number(x, b)),
                        (Side::Upper, Limits::Number(a, y)),
                    ],
                    (&Limits::Integer(a, b), &Limits::Integer(x, y)) => vec![
                        (Side::Lower, Limits::Integer(x, b)),
                        (Side::Upper, Limits::Integer(a, y)),
                    ],
                    _ => vec![(Side::Levels, whole[c].clone())],
                };
                for (side, without) in sides.into_iter().filter(|(_, w)| w != limits) {
                    let mut wider = found.limits.clone();
                    wider[c] = without;
                    let rows = plain.rows(&wider);
                    expected.push((c, side, rows.len(), plain.hits(&rows)));
                }
            }
            assert_eq!(
                tests
                    .iter()
                    .map(|t| (t.column, t.side, t.n, t.k))
                    .collect::<Vec<_>>(),
                expected
            );
            for test in tests {
                let (n, k) = (found.n as u64, found.k as u64);
                let p = test.k as f64 / test.n as f64;
                let term = |x: u64| {
                    choose(n, x) * libm::pow(p, x as f64) * libm::pow(1.0 - p, (n - x) as f64)
                };
                let plain: f64 = (k..=n).map(term).sum();
                assert!((test.quasi_p - plain).abs() <= 1e-11 + 1e-9 * plain);
                tested += 1;
            }
        }
    }
    assert!(tested > 1000, "{tested}");
}

#[test]
fn binomial_tails_far_out_and_of_many_tries() {
    assert_eq!(upper_tail(0, 10, 0.0), 1.0);
    assert_eq!(upper_tail(1, 10, 0.0), 0.0);
    assert_eq!(upper_tail(10, 10, 1.0), 1.0);
    assert_eq!(upper_tail(11, 10, 0.5), 0.0);
    // 0.1²⁰⁰ = 10⁻²⁰⁰.
    assert!((upper_tail(200, 200, 0.1) / 1e-200 - 1.0).abs() < 1e-9);
    // An odd number of fair tosses: at least half of them in half of all cases.
    assert!((upper_tail(50_001, 100_001, 0.5) - 0.5).abs() < 1e-9);
    // The two tails of one cut make one, wherever it lies.
    for k in [1, 100, 29_000, 30_000, 31_000, 99_999] {
        let (up, down) = (
            upper_tail(k, 100_000, 0.3),
            upper_tail(100_001 - k, 100_000, 0.7),
        );
        assert!((up + down - 1.0).abs() < 1e-9, "{k}: {up} {down}");
    }
}

#[test]
fn what_cannot_be_answered_is_refused() {
    let run = |column: Column, outcome: &[bool], settings: Settings| {
        trajectory(&[column], outcome, settings).map(|boxes| boxes.len())
    };
    let usual = Settings::default();
    let numbers = |x: f64| Column::Number(vec![1.0, x]);
    let some = [true, false];
    for x in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(
            run(numbers(x), &some, usual),
            Err(Refusal::NotFinite { column: 0, row: 1 })
        );
    }
    assert_eq!(
        run(Column::Nominal(vec![0, 2], 2), &some, usual),
        Err(Refusal::Level { column: 0, row: 1 })
    );
    assert_eq!(
        run(numbers(2.0), &[true], usual),
        Err(Refusal::Length { column: 0 })
    );
    assert_eq!(
        run(numbers(2.0), &[false, false], usual),
        Err(Refusal::Never)
    );
    assert_eq!(run(Column::Number(vec![]), &[], usual), Err(Refusal::Rows));
    for (peel, paste, least_mass) in [
        (0.0, 0.1, 0.1),
        (0.5, 0.1, 0.1),
        (0.1, f64::NAN, 0.1),
        (0.1, 0.1, 1.5),
    ] {
        let settings = Settings {
            peel,
            paste,
            least_mass,
        };
        assert_eq!(run(numbers(2.0), &some, settings), Err(Refusal::Settings));
    }
    // No columns, or nothing to gain: the box of all rows.
    assert_eq!(trajectory(&[], &some, usual).unwrap().len(), 1);
    assert_eq!(run(numbers(2.0), &[true, true], usual), Ok(1));
    // Numbers whose sum is too large are cut all the same.
    let far: Vec<f64> = (0..40).map(|i| 1e308 + f64::from(i) * 1e305).collect();
    let outcome: Vec<bool> = (0..40).map(|i| i >= 30).collect();
    let boxes = trajectory(&[Column::Number(far)], &outcome, usual).unwrap();
    assert_eq!(boxes[knee(&boxes)].n, 10);
}

#[test]
fn the_same_for_any_number_of_threads() {
    let mut dice = Dice(14);
    let n = 5000;
    let x = |dice: &mut Dice| Column::Number((0..n).map(|_| dice.unit()).collect());
    let columns = vec![
        x(&mut dice),
        x(&mut dice),
        Column::Integer((0..n).map(|_| dice.below(7) as i64).collect()),
        Column::Nominal((0..n).map(|_| dice.below(4) as u16).collect(), 4),
    ];
    let outcome: Vec<bool> = (0..n).map(|_| dice.below(10) == 0).collect();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| trajectory(&columns, &outcome, Settings::default()).unwrap())
    };
    let one = run(1);
    assert!(one.len() > 3);
    assert_eq!(one, run(2));
    assert_eq!(one, run(8));
}

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/prim"
    ));
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no folder of published boxes beside the project");
    None
}

fn read(folder: &std::path::Path, name: &str) -> (Vec<String>, Vec<Vec<f64>>) {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let mut lines = text.lines();
    let header = lines
        .next()
        .unwrap()
        .split(',')
        .map(str::to_owned)
        .collect();
    let number = |x: &str| x.trim().parse::<f64>().unwrap();
    let rows = lines
        .filter(|l| !l.trim().is_empty())
        .map(|l| l.split(',').map(number).collect())
        .collect();
    (header, rows)
}

/// Bryant & Lempert's experiments on a renewable energy standard: where does it cost much (above the 90 % quantile)?
#[test]
fn the_trajectory_of_bryant_and_lempert() {
    let Some(folder) = folder() else { return };
    let (names, rows) = read(&folder, "bryant_et_al_2010_data.csv");
    let at = |name: &str| names.iter().position(|n| n == name).unwrap();
    let inputs = at("Cellulosic cost")..=at("Biomass backstop price");
    let columns: Vec<Column> = inputs
        .clone()
        .map(|c| Column::Number(rows.iter().map(|r| r[c]).collect()))
        .collect();
    let high = at("Greater than 90%");
    let outcome: Vec<bool> = rows.iter().map(|r| r[high] == 1.0).collect();
    let settings = Settings {
        peel: 0.1,
        ..Settings::default()
    };
    let boxes = trajectory(&columns, &outcome, settings).unwrap();

    let (header, expected) = read(&folder, "bryant_expected_peeling_trajectory_ema253.csv");
    assert_eq!(
        header,
        [
            "row", "coverage", "density", "id", "k", "mass", "mean", "n", "res_dim"
        ]
    );
    assert_eq!((rows.len(), expected.len()), (882, 28));
    let found: Vec<Vec<f64>> = (0..)
        .zip(&boxes)
        .map(|(id, b)| {
            let (id, n, k) = (f64::from(id), b.n as f64, b.k as f64);
            let mean = k / n;
            let free = b.restricted.len() as f64;
            vec![id, b.coverage, b.density, id, k, b.mass, mean, n, free]
        })
        .collect();
    assert_eq!(found, expected);

    let text =
        std::fs::read_to_string(folder.join("bryant_expected_box_limits_ema253.json")).unwrap();
    let limits: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(limits.as_array().unwrap().len(), boxes.len());
    for (b, found) in boxes.iter().enumerate() {
        for (c, limit) in inputs.clone().zip(&found.limits) {
            let &Limits::Number(low, high) = limit else {
                panic!("all inputs are numbers");
            };
            let expected = &limits[b][names[c].as_str()];
            for (found, expected) in [(low, &expected[0]), (high, &expected[1])] {
                // The reader of JSON may miss the last bit.
                let expected = expected.as_f64().unwrap();
                assert!(
                    (found - expected).abs() <= f64::EPSILON * expected.abs(),
                    "{b} {c}"
                );
            }
        }
    }
    let shown = &boxes[21];
    assert_eq!(
        [shown.coverage, shown.density, shown.mass].map(|x| format!("{x:.7}")),
        ["0.7528090", "0.7701149", "0.0986395"]
    );
    let tests = quasi_p(&columns, &outcome, shown);
    assert_eq!(tests.len(), 4);
    // The cost alone could be chance; the program that gave the trajectory prints the same.
    let published = [
        0.157_413_335_289_273_48,
        4.716_968_553_178_765e-6,
        1.184_929_911_576_221_8e-16,
        3.515_112_530_263_049e-11,
    ];
    for (test, quasi_p) in tests.iter().zip(published) {
        assert!((test.quasi_p / quasi_p - 1.0).abs() < 1e-9, "{test:?}");
    }
    assert_eq!(knee(&boxes), 22);
}
