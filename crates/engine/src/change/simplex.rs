//! Least sums under a few constraints, exactly: the dual simplex method (Lemke 1954) in fractions, with Bland's rule, and
//! branching where a least sum is not whole.

use std::cmp::Ordering;

/// A fraction in lowest terms, its denominator above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fraction {
    over: i128,
    under: i128,
}

impl Fraction {
    const ZERO: Fraction = Fraction { over: 0, under: 1 };
    const ONE: Fraction = Fraction { over: 1, under: 1 };

    fn whole(n: i64) -> Fraction {
        Fraction {
            over: i128::from(n),
            under: 1,
        }
    }

    fn of(over: i128, under: i128) -> Fraction {
        let (mut a, mut b) = (over.abs(), under.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let sign = under.signum();
        Fraction {
            over: sign * over / a.max(1),
            under: under.abs() / a.max(1),
        }
    }

    fn minus(self, other: Fraction) -> Fraction {
        let over = self.over * other.under - other.over * self.under;
        Fraction::of(over, self.under * other.under)
    }

    fn times(self, other: Fraction) -> Fraction {
        Fraction::of(self.over * other.over, self.under * other.under)
    }

    fn by(self, other: Fraction) -> Fraction {
        Fraction::of(self.over * other.under, self.under * other.over)
    }

    fn cmp(self, other: Fraction) -> Ordering {
        (self.over * other.under).cmp(&(other.over * self.under))
    }
}

/// A sum of some of the unknowns, each with +1 or −1, that must be `least` or more.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub signs: Vec<i8>,
    pub least: i64,
}

/// Whole numbers from 0 to `most` each that satisfy all rows, with the least sum; `None` where there are none.
pub(super) fn least(rows: &[Row], most: &[i64]) -> Option<Vec<i64>> {
    let mut best = None;
    search(rows, &vec![0; most.len()], most, &mut best);
    best.map(|(_, amounts)| amounts)
}

fn search(rows: &[Row], low: &[i64], high: &[i64], best: &mut Option<(i64, Vec<i64>)>) {
    if low.iter().zip(high).any(|(l, h)| l > h) {
        return;
    }
    // Counted from `low`, so that every unknown begins at 0.
    let from = |row: &Row| -> i64 {
        let signs = row.signs.iter().zip(low);
        row.least - signs.map(|(&s, l)| i64::from(s) * l).sum::<i64>()
    };
    let shifted: Vec<Row> = rows
        .iter()
        .map(|row| Row {
            signs: row.signs.clone(),
            least: from(row),
        })
        .collect();
    let room: Vec<i64> = low.iter().zip(high).map(|(l, h)| h - l).collect();
    let Some(found) = relaxed(&shifted, &room) else {
        return;
    };
    let begun: i64 = low.iter().sum();
    // No whole solution has less than the relaxed one; that no sum of fractions with small denominators overflows is
    // plain from their number.
    let sum = found
        .iter()
        .fold(Fraction::ZERO, |a, f| a.minus(Fraction::ZERO.minus(*f)));
    let sum = begun + sum.over.div_euclid(sum.under) as i64 + i64::from(sum.over % sum.under != 0);
    if best.as_ref().is_some_and(|(b, _)| sum >= *b) {
        return;
    }
    let Some(at) = found.iter().position(|f| f.under != 1) else {
        let amounts = found.iter().zip(low).map(|(f, l)| l + f.over as i64);
        *best = Some((sum, amounts.collect()));
        return;
    };
    let whole = low[at] + found[at].over.div_euclid(found[at].under) as i64;
    let (mut less, mut more) = (high.to_vec(), low.to_vec());
    less[at] = whole;
    more[at] = whole + 1;
    search(rows, low, &less, best);
    search(rows, &more, high, best);
}

/// The same in fractions.
fn relaxed(rows: &[Row], most: &[i64]) -> Option<Vec<Fraction>> {
    let n = most.len();
    // Every line: a slack, equal to its last entry less the sum of the others times the unknowns.
    let mut table: Vec<Vec<Fraction>> = Vec::with_capacity(rows.len() + n);
    for row in rows {
        let mut line: Vec<Fraction> = row
            .signs
            .iter()
            .map(|&s| Fraction::whole(-i64::from(s)))
            .collect();
        line.push(Fraction::whole(-row.least));
        table.push(line);
    }
    for (at, &most) in most.iter().enumerate() {
        let mut line = vec![Fraction::ZERO; n + 1];
        line[at] = Fraction::ONE;
        line[n] = Fraction::whole(most);
        table.push(line);
    }
    let mut cost = vec![Fraction::ONE; n];
    // Unknowns are named 0 … n−1, slacks from n on.
    let mut columns: Vec<usize> = (0..n).collect();
    let mut names: Vec<usize> = (n..n + table.len()).collect();
    loop {
        let below = (0..table.len()).filter(|&r| table[r][n].over < 0);
        let Some(out) = below.min_by_key(|&r| names[r]) else {
            let mut found = vec![Fraction::ZERO; n];
            for (r, &name) in names.iter().enumerate() {
                if name < n {
                    found[name] = table[r][n];
                }
            }
            return Some(found);
        };
        let falling = (0..n).filter(|&c| table[out][c].over < 0);
        let ratio = |c: usize| cost[c].by(Fraction::ZERO.minus(table[out][c]));
        let into = falling.min_by(|&a, &b| {
            let order = ratio(a).cmp(ratio(b));
            order.then(columns[a].cmp(&columns[b]))
        })?;
        pivot(&mut table, &mut cost, out, into);
        std::mem::swap(&mut names[out], &mut columns[into]);
    }
}

fn pivot(table: &mut [Vec<Fraction>], cost: &mut [Fraction], out: usize, into: usize) {
    let n = cost.len();
    let by = table[out][into];
    for c in 0..=n {
        table[out][c] = if c == into {
            Fraction::ONE.by(by)
        } else {
            table[out][c].by(by)
        };
    }
    let line = table[out].clone();
    for (r, other) in table.iter_mut().enumerate() {
        let times = other[into];
        if r == out || times.over == 0 {
            continue;
        }
        for c in 0..=n {
            other[c] = if c == into {
                Fraction::ZERO.minus(times.times(line[c]))
            } else {
                other[c].minus(times.times(line[c]))
            };
        }
    }
    let times = cost[into];
    for c in 0..n {
        cost[c] = if c == into {
            Fraction::ZERO.minus(times.times(line[c]))
        } else {
            cost[c].minus(times.times(line[c]))
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    /// Against trying all whole numbers.
    #[test]
    fn least_sums_agree_with_trying_everything() {
        let mut dice = ChaCha8Rng::seed_from_u64(3);
        let (mut none, mut odd) = (0, 0);
        for _ in 0..5000 {
            let mut below = |n: u64| (dice.next_u64() % n) as i64;
            let n = 1 + below(3) as usize;
            let most: Vec<i64> = (0..n).map(|_| below(6)).collect();
            let rows: Vec<Row> = (0..1 + below(5))
                .map(|_| Row {
                    signs: (0..n).map(|_| below(3) as i8 - 1).collect(),
                    least: below(9) - 3,
                })
                .collect();
            let sums: Vec<i64> = most.iter().map(|m| m + 1).collect();
            let all: i64 = sums.iter().product();
            let of = |mut code: i64| -> Vec<i64> {
                let digit = |s: &i64| (code % s, code /= s).0;
                sums.iter().map(digit).collect()
            };
            let fits = |x: &Vec<i64>| {
                rows.iter().all(|row| {
                    let terms = row.signs.iter().zip(x);
                    terms.map(|(&s, x)| i64::from(s) * x).sum::<i64>() >= row.least
                })
            };
            let want = (0..all).map(of).filter(fits).map(|x| x.iter().sum::<i64>());
            let want = want.min();
            let found = least(&rows, &most);
            assert_eq!(
                found.as_ref().map(|x| x.iter().sum()),
                want,
                "{rows:?} {most:?}"
            );
            none += u32::from(want.is_none());
            if let Some(x) = found {
                assert!(fits(&x) && x.iter().zip(&most).all(|(x, m)| (0..=*m).contains(x)));
                odd += u32::from(relaxed(&rows, &most).unwrap().iter().any(|f| f.under > 1));
            }
        }
        assert!(none > 500 && odd > 3, "{none} {odd}");
    }
}
