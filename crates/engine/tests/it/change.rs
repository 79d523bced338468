//! The smallest change against trying all small ones.

use crate::cases::{Dice, all};
use sinario_engine::change::{Ask, Cell, Change, Cost, Direction, changed, smallest};
use sinario_engine::consistent::{self, consistent};
use sinario_engine::progress::Quiet;
use sinario_engine::{Driver, Future, Model, State};

const SHAPES: [&[u16]; 6] = [&[2, 2], &[3, 2], &[2, 2, 2], &[3, 3], &[2, 3, 2], &[2, 4]];

struct Round {
    model: Model,
    ask: Ask,
    /// Cells that may be changed.
    cells: Vec<Cell>,
    unit: i64,
}

/// A random question; impacts that are all zero happen, self-impacts too.
fn round(dice: &mut Dice, number: usize) -> Round {
    let sizes = SHAPES[number % SHAPES.len()];
    let mut model = Model::new(sizes.to_vec());
    let (scale, unit) = [(1, 1000), (2, 1000), (3, 1000), (2, 2000)][dice.below(4)];
    let dense = 1 + dice.below(4);
    let mut written = Vec::new();
    let mut own = vec![false; sizes.len()];
    for from in 0..sizes.len() {
        for on in 0..sizes.len() {
            if from == on && dice.below(3) > 0 {
                continue;
            }
            for s in 0..sizes[from] {
                if dice.below(4) >= dense {
                    continue;
                }
                let (from, on) = (Driver(from as u32), Driver(on as u32));
                written.push((from, State(s), on));
                own[on.0 as usize] |= from == on;
                for t in 0..sizes[on.0 as usize] {
                    let score = dice.below(2 * scale + 1) as i32 - scale as i32;
                    model.add(from, State(s), on, State(t), score * unit);
                }
            }
        }
    }
    written.sort_unstable();
    let mut cells = Vec::new();
    for from in 0..sizes.len() {
        for on in (0..sizes.len()).filter(|&on| from != on || own[on]) {
            for (s, t) in (0..sizes[from]).flat_map(|s| (0..sizes[on]).map(move |t| (s, t))) {
                let (from, on) = (Driver(from as u32), Driver(on as u32));
                cells.push(Cell {
                    from,
                    state: State(s),
                    on,
                    target: State(t),
                });
            }
        }
    }
    cells.sort_unstable();
    let mut ask = Ask {
        written,
        steps: u64::MAX,
        search_steps: u64::MAX,
        ..Ask::default()
    };
    for d in 0..sizes.len() {
        let at = (
            Driver(d as u32),
            State(dice.below(usize::from(sizes[d])) as u16),
        );
        match dice.below(6) {
            0..3 => ask.wish.push(at),
            3 if number.is_multiple_of(3) => ask.given.push(at),
            4 if number.is_multiple_of(4) => ask.held.push(at),
            _ => {}
        }
    }
    if ask.wish.is_empty() {
        ask.wish.push((Driver(0), State(0)));
        ask.given.retain(|g| g.0.0 > 0);
        ask.held.retain(|h| h.0.0 > 0);
    }
    ask.max_inconsistency = [0, 0, 0, 1000][dice.below(4)];
    let unit = model.blocks.iter().flatten().flat_map(|b| &b.scores);
    let unit = unit.fold(0, |a: i64, &b| gcd(a, i64::from(b).abs()));
    Round {
        unit: if unit == 0 { 1000 } else { unit },
        model,
        ask,
        cells,
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn score(model: &Model, c: &Cell) -> i64 {
    let k = usize::from(model.sizes[c.on.0 as usize]);
    let block = model.blocks[c.on.0 as usize]
        .iter()
        .find(|b| b.from == c.from);
    block.map_or(0, |b| {
        i64::from(b.scores[usize::from(c.state.0) * k + usize::from(c.target.0)])
    })
}

/// Everything a trial needs, without a model: impact sums of every future with the set.
struct Plain {
    futures: Vec<Future>,
    sums: Vec<Vec<Vec<i64>>>,
    held: Vec<bool>,
}

impl Plain {
    fn of(r: &Round) -> Plain {
        let set: Vec<_> = r
            .ask
            .wish
            .iter()
            .chain(&r.ask.given)
            .chain(&r.ask.held)
            .collect();
        let mut futures = all(&r.model.sizes);
        futures.retain(|x| set.iter().all(|(d, s)| x[d.0 as usize] == *s));
        let n = r.model.drivers() as u32;
        let sums = |x: &Future| (0..n).map(|j| r.model.sums(x, Driver(j))).collect();
        let held = (0..n)
            .map(|d| r.ask.held.iter().any(|h| h.0.0 == d))
            .collect();
        Plain {
            sums: futures.iter().map(sums).collect(),
            futures,
            held,
        }
    }

    /// The least inconsistency among the futures with the set.
    fn least(&self, changes: &[(Cell, i64)]) -> i64 {
        let one = |(x, sums): (&Future, &Vec<Vec<i64>>)| {
            let mut sums = sums.clone();
            for (c, by) in changes {
                if x[c.from.0 as usize] == c.state {
                    sums[c.on.0 as usize][usize::from(c.target.0)] += by;
                }
            }
            let lacks = sums.iter().zip(x).zip(&self.held);
            lacks
                .map(|((sums, s), held)| {
                    if *held {
                        0
                    } else {
                        sums.iter().max().unwrap() - sums[usize::from(s.0)]
                    }
                })
                .max()
                .unwrap()
        };
        self.futures.iter().zip(&self.sums).map(one).min().unwrap()
    }
}

/// The least cost among changes of at most `most` cells with values on a grid.
fn plain(r: &Round, direction: Direction, grid: i64, most: usize) -> Option<Cost> {
    let plain = Plain::of(r);
    let scores = r.model.blocks.iter().flatten().flat_map(|b| &b.scores);
    let scale = scores.fold(3000, |m, &s| m.max(i64::from(s).abs()));
    let k = r.ask.max_inconsistency;
    let does = |changes: &[(Cell, i64)]| match direction {
        Direction::Make => plain.least(changes) <= k,
        Direction::Break => plain.least(changes) >= (k / r.unit + 1) * r.unit,
    };
    if does(&[]) {
        return Some(Cost::default());
    }
    let moves: Vec<Vec<(Cell, i64)>> = r
        .cells
        .iter()
        .map(|c| {
            let was = score(&r.model, c);
            let all = -scale / grid..=scale / grid;
            all.map(|v| (*c, v * grid - was))
                .filter(|(_, by)| *by != 0)
                .collect()
        })
        .collect();
    let new = |c: &Cell| {
        r.ask
            .written
            .binary_search(&(c.from, c.state, c.on))
            .is_err()
    };
    let mut best: Option<Cost> = None;
    for count in 1..=most {
        tried(&moves, 0, &mut Vec::new(), count, &mut |changes: &[(
            Cell,
            i64,
        )]| {
            let cost = Cost {
                count: count as u64,
                total: changes.iter().map(|(_, by)| by.abs()).sum(),
                new: changes.iter().filter(|(c, _)| new(c)).count() as u64,
            };
            if best.is_none_or(|b| cost < b) && does(changes) {
                best = Some(cost);
            }
        });
        if best.is_some() {
            return best;
        }
    }
    None
}

fn tried(
    moves: &[Vec<(Cell, i64)>],
    from: usize,
    chosen: &mut Vec<(Cell, i64)>,
    left: usize,
    see: &mut impl FnMut(&[(Cell, i64)]),
) {
    if left == 0 {
        return see(chosen);
    }
    for at in from..moves.len() {
        for &m in &moves[at] {
            chosen.push(m);
            tried(moves, at + 1, chosen, left - 1, see);
            chosen.pop();
        }
    }
}

/// The engine must confirm what was answered.
fn confirm(r: &Round, found: &Change) {
    let Some(best) = &found.best else { return };
    let after = changed(&r.model, &best.changes);
    let ask = consistent::Ask {
        given: [&r.ask.wish[..], &r.ask.given].concat(),
        held: r.ask.held.clone(),
        max_inconsistency: r.ask.max_inconsistency,
        steps: u64::MAX,
        limit: 1000,
    };
    let still = consistent(&after, &ask, &Quiet);
    match found.direction {
        Direction::Make => assert!(still.listed.contains(&best.example), "{:?}", r.ask),
        Direction::Break => assert!(still.listed.is_empty(), "{:?} {best:?}", r.ask),
    }
    for c in &best.changes {
        assert_eq!(score(&r.model, &c.cell), c.was);
        assert_eq!(score(&after, &c.cell), c.becomes);
        assert!(c.becomes.abs() <= found.scale && c.becomes != c.was);
        assert!(r.cells.contains(&c.cell));
        let written = r
            .ask
            .written
            .contains(&(c.cell.from, c.cell.state, c.cell.on));
        assert_eq!(c.new, !written);
    }
    assert!(best.changes.is_sorted_by_key(|c| c.cell));
}

fn compare(rounds: std::ops::Range<usize>, seed: u64, most: usize, grid: i64) -> [[usize; 4]; 2] {
    let mut dice = Dice(seed);
    let mut seen = [[0; 4]; 2];
    for number in rounds {
        let r = round(&mut dice, number);
        let found = smallest(&r.model, &r.ask, &Quiet);
        assert!(found.proved && found.stopped.is_none());
        confirm(&r, &found);
        let none = Plain::of(&r).least(&[]) > r.ask.max_inconsistency;
        assert_eq!(found.direction == Direction::Make, none);
        let cost = found.best.as_ref().map(|b| b.cost);
        assert!(cost.is_none_or(|c| c.count > 0 && c.count == found.at_least));
        let want = plain(&r, found.direction, grid, most);
        let within = cost.filter(|c| c.count <= most as u64);
        assert_eq!(
            within, want,
            "{number} {:?} {:?} {:?} {:?}",
            found, r.ask, r.model.sizes, r.model.blocks
        );
        seen[usize::from(!none)][cost.map_or(0, |c| c.count.min(3) as usize)] += 1;
    }
    seen
}

#[test]
fn up_to_two_scores_in_whole_points_agree_with_trying_everything() {
    let seen = compare(0..240, 5, 2, 1000);
    assert!(seen.iter().all(|s| s[1] > 15 && s[2] > 5), "{seen:?}");
}

#[test]
fn half_points_gain_nothing_where_the_answer_has_none() {
    let seen = compare(0..60, 77, 1, 500);
    assert!(seen.iter().all(|s| s[1] > 5), "{seen:?}");
    let mut dice = Dice(78);
    for _ in 0..12 {
        let r = round(&mut dice, 0);
        let found = smallest(&r.model, &r.ask, &Quiet);
        let cost = found.best.map(|b| b.cost).filter(|c| c.count <= 2);
        assert_eq!(cost, plain(&r, found.direction, 500, 2));
    }
}

#[test]
fn three_scores_agree_with_trying_everything() {
    let mut dice = Dice(6);
    let mut three = [0; 2];
    for number in 0..6000 {
        let r = round(&mut dice, number);
        let found = smallest(&r.model, &r.ask, &Quiet);
        let cost = found.best.map(|b| b.cost);
        let tried = &mut three[usize::from(found.direction == Direction::Break)];
        if cost.is_some_and(|c| c.count == 3) && *tried < 6 {
            let want = plain(&r, found.direction, 1000, 3);
            assert_eq!(cost, want, "{:?}", r.ask);
            *tried += 1;
        }
    }
    assert!(three.iter().all(|n| *n > 1), "{three:?}");
}

/// However early it stops, it claims no more than it knows.
#[test]
fn what_is_cut_short_says_so() {
    let mut dice = Dice(12);
    let (mut cut, mut found_some) = (0, 0);
    for number in 0..300 {
        let mut r = round(&mut dice, number);
        let whole = smallest(&r.model, &r.ask, &Quiet);
        let count = whole.best.as_ref().map(|b| b.cost);
        for steps in [0, 20, 40, 80, 160, 300, 600, 1200, 2400] {
            r.ask.steps = steps;
            let part = smallest(&r.model, &r.ask, &Quiet);
            assert_eq!(part.direction, whole.direction);
            confirm(&r, &part);
            let some = part.best.as_ref().map(|b| b.cost);
            if part.proved {
                assert_eq!(some, count);
            } else {
                cut += 1;
                found_some += usize::from(some.is_some());
                assert!(count.is_none_or(|c| part.at_least <= c.count));
                assert!(some.is_none_or(|s| count.is_some_and(|c| c <= s)));
            }
        }
    }
    assert!(cut > 100 && found_some > 5, "{cut} {found_some}");
}

/// Threads have no part in it, and asking twice gives the same.
#[test]
fn the_answer_is_always_the_same() {
    let mut dice = Dice(40);
    for number in 0..30 {
        let r = round(&mut dice, number);
        let of = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| smallest(&r.model, &r.ask, &Quiet))
        };
        assert!(of(1) == of(2) && of(2) == of(8));
    }
}
