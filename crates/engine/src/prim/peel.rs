//! Peeling: the box loses one thin slice at a time.

use super::Settings;
use super::sorted::{Box, Candidate, End, Ordered, Sorted, Table, Within, around};
use rayon::prelude::*;

/// Peels the last box until nothing is gained, and appends each box on the way.
pub(super) fn peel(table: &Table, settings: Settings, boxes: &mut Vec<Box>) {
    let Some(mut now) = boxes.last().cloned() else {
        return;
    };
    // Of each ordered column, the rows in the box from low to high: never sorted again, only thinned out.
    let mut left: Vec<Vec<u32>> = table
        .columns
        .iter()
        .map(|c| match c {
            Sorted::Ordered(o) => o.rows.clone(),
            Sorted::Nominal(..) => Vec::new(),
        })
        .collect();
    let mut inside = vec![true; table.rows()];
    loop {
        let candidates = table
            .turn
            .iter()
            .flat_map(|&c| of_column(table, settings.peel, &now, &left[c], &inside, c))
            .collect();
        let Some((gain, new)) = table.best(&now, candidates) else {
            return;
        };
        // The casts: rows are counted in u32.
        let mass = new.n as f64 / table.rows() as f64;
        if mass < settings.least_mass || new.n >= now.n || gain <= 0.0 {
            return;
        }
        let column = &table.columns[new.column];
        for (row, is) in inside.iter_mut().enumerate().filter(|(_, is)| **is) {
            *is = new.within.holds(column, row);
        }
        left.par_iter_mut()
            .for_each(|rows| rows.retain(|&r| inside[r as usize]));
        (now.n, now.k) = (new.n, new.k);
        now.within[new.column] = new.within;
        boxes.push(now.clone());
    }
}

fn of_column(
    table: &Table,
    share: f64,
    now: &Box,
    left: &[u32],
    inside: &[bool],
    column: usize,
) -> Vec<Candidate> {
    match (&table.columns[column], &now.within[column]) {
        (Sorted::Ordered(o), Within::Ordered(places, limits)) => {
            let old = (places.clone(), limits.clone());
            [End::Upper, End::Lower]
                .map(|end| {
                    let within = slice(o, &old, left, end, share);
                    let (n, k) = counts(table, o, now, left, &within);
                    Candidate {
                        column,
                        within,
                        n,
                        k,
                    }
                })
                .into()
        }
        (Sorted::Nominal(all, _), Within::Nominal(levels)) => {
            if levels.iter().filter(|&&is| is).count() < 2 {
                return Vec::new();
            }
            let mut of = vec![(0, 0); levels.len()];
            for (row, _) in inside.iter().enumerate().filter(|(_, is)| **is) {
                let (n, k) = &mut of[usize::from(all[row])];
                *n += 1;
                *k += usize::from(table.outcome[row]);
            }
            (0..levels.len())
                .filter(|&l| levels[l])
                .map(|l| {
                    let mut fewer = levels.clone();
                    fewer[l] = false;
                    Candidate {
                        column,
                        within: Within::Nominal(fewer),
                        n: now.n - of[l].0,
                        k: now.k - of[l].1,
                    }
                })
                .collect()
        }
        // A box has the kinds of its table.
        _ => Vec::new(),
    }
}

/// The limits with a slice off at one end, given the rows in the box from low to high.
fn slice(
    o: &Ordered,
    old: &(std::ops::Range<u32>, super::Limits),
    left: &[u32],
    end: End,
    share: f64,
) -> Within {
    let place = |i: usize| o.place[left[i] as usize];
    let q = match end {
        End::Upper => 1.0 - share,
        End::Lower => share,
    };
    let (a, b) = around(left.len(), q, |i, j| place(i) == place(j));
    o.cut(old, end, (place(a), place(b)), |range| {
        let first = left.partition_point(|&r| o.place[r as usize] < range.start);
        let after = left.partition_point(|&r| o.place[r as usize] < range.end);
        (first < after).then(|| match end {
            End::Lower => place(first),
            End::Upper => place(after - 1),
        })
    })
}

/// Rows and hits left, counted by what goes.
fn counts(table: &Table, o: &Ordered, now: &Box, left: &[u32], within: &Within) -> (usize, usize) {
    let Within::Ordered(places, _) = within else {
        return (now.n, now.k);
    };
    let first = left.partition_point(|&r| o.place[r as usize] < places.start);
    let after = left
        .partition_point(|&r| o.place[r as usize] < places.end)
        .max(first);
    let hits = |rows: &[u32]| rows.iter().filter(|&&r| table.outcome[r as usize]).count();
    (
        after - first,
        now.k - hits(&left[..first]) - hits(&left[after..]),
    )
}
