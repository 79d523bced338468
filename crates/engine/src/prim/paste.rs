//! Pasting: the box takes back what lies just beyond one of its limits.

use super::Settings;
use super::sorted::{Box, Candidate, End, Ordered, Sorted, Table, Within, around, mean};
use rayon::prelude::*;

/// Pastes onto the last box while its mean rises, and appends each box on the way.
pub(super) fn paste(table: &Table, settings: Settings, boxes: &mut Vec<Box>) {
    let Some(mut now) = boxes.last().cloned() else {
        return;
    };
    // For each row, how many columns keep it out: one change to a box can let in only rows with one.
    let mut out: Vec<u32> = (0..table.rows())
        .into_par_iter()
        .map(|row| {
            let holds = |c: usize| now.within[c].holds(&table.columns[c], row);
            // The cast: columns are far fewer.
            (0..table.columns.len()).filter(|&c| !holds(c)).count() as u32
        })
        .collect();
    loop {
        let each: Vec<Vec<Candidate>> = table
            .turn
            .par_iter()
            .map(|&c| of_column(table, settings.paste, &now, &out, c))
            .collect();
        let candidates = each.into_iter().flatten().collect();
        let Some((gain, new)) = table.best(&now, candidates) else {
            return;
        };
        // The cast: rows are counted in u32.
        let mass = new.n as f64 / table.rows() as f64;
        let rises = mean((new.n, new.k)) > mean((now.n, now.k));
        if mass < settings.least_mass || new.n <= now.n || gain <= 0.0 || !rises {
            return;
        }
        let column = &table.columns[new.column];
        let old = std::mem::replace(&mut now.within[new.column], new.within);
        for (row, out) in out.iter_mut().enumerate() {
            let (was, is) = (
                old.holds(column, row),
                now.within[new.column].holds(column, row),
            );
            *out = *out + u32::from(was) - u32::from(is);
        }
        (now.n, now.k) = (new.n, new.k);
        boxes.push(now.clone());
    }
}

fn of_column(table: &Table, share: f64, now: &Box, out: &[u32], column: usize) -> Vec<Candidate> {
    if !table.restricts(column, &now.within[column]) {
        return Vec::new();
    }
    match (&table.columns[column], &now.within[column]) {
        (Sorted::Ordered(o), Within::Ordered(places, limits)) => {
            let old = (places.clone(), limits.clone());
            [End::Lower, End::Upper]
                .map(|end| beyond(table, share, now, out, column, (o, &old), end))
                .into()
        }
        (Sorted::Nominal(all, occurs), Within::Nominal(levels)) => {
            let mut of = vec![(0, 0); levels.len()];
            for row in (0..table.rows()).filter(|&r| out[r] == 1) {
                let level = usize::from(all[row]);
                if !levels[level] {
                    of[level].0 += 1;
                    of[level].1 += usize::from(table.outcome[row]);
                }
            }
            (0..levels.len())
                .filter(|&l| occurs[l] && !levels[l])
                .map(|l| {
                    let mut more = levels.clone();
                    more[l] = true;
                    Candidate {
                        column,
                        within: Within::Nominal(more),
                        n: now.n + of[l].0,
                        k: now.k + of[l].1,
                    }
                })
                .collect()
        }
        // A box has the kinds of its table.
        _ => Vec::new(),
    }
}

/// The box with one limit moved out to where it takes in `share` of the rows that only this limit keeps out.
fn beyond(
    table: &Table,
    share: f64,
    now: &Box,
    out: &[u32],
    column: usize,
    (o, old): (&Ordered, &(std::ops::Range<u32>, super::Limits)),
    end: End,
) -> Candidate {
    let within = &old.0;
    let place = |r: u32| o.place[r as usize];
    let reach = o.beyond(old, end);
    let first = o.rows.partition_point(|&r| place(r) < reach.start);
    let after = o.rows.partition_point(|&r| place(r) < reach.end);
    // Rows that the other columns let in.
    let near: Vec<u32> = o.rows[first..after]
        .iter()
        .copied()
        .filter(|&r| out[r as usize] == u32::from(!within.contains(&place(r))))
        .collect();
    let wider = if near.is_empty() {
        o.open(old, end)
    } else {
        let q = match end {
            End::Lower => 1.0 - share,
            End::Upper => share,
        };
        let (a, b) = around(near.len(), q, |i, j| place(near[i]) == place(near[j]));
        o.cut(old, end, (place(near[a]), place(near[b])), |range| {
            let mut places = near.iter().map(|&r| place(r)).filter(|p| range.contains(p));
            match end {
                End::Lower => places.next(),
                End::Upper => places.next_back(),
            }
        })
    };
    let (mut n, mut k) = (now.n, now.k);
    if let Within::Ordered(places, _) = &wider {
        let new = |r: u32| places.contains(&place(r)) && !within.contains(&place(r));
        for &r in near.iter().filter(|&&r| new(r)) {
            n += 1;
            k += usize::from(table.outcome[r as usize]);
        }
    }
    Candidate {
        column,
        within: wider,
        n,
        k,
    }
}
