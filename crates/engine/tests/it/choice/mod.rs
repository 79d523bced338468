//! Options over rows: textbooks, plain twins that count row by row, and draws whose answer is known.

mod measures;
mod sampled;
mod textbooks;
mod twins;

use sinario_engine::State;
use sinario_engine::belief::Method;
use sinario_engine::belief::pairs::{Cell, Pairs};
use sinario_engine::draw::Sampling;
use sinario_engine::sample::{Drawn, Sample};

/// Pairs with these cells, and what could be learnt: for each source, outcome and cell, P(outcome | cell).
pub fn pairs(probability: &[f64], sources: &[Vec<Vec<f64>>]) -> Pairs {
    let cell = |(c, &probability): (usize, &f64)| Cell {
        states: vec![State(c as u16)],
        probability,
    };
    let joint = |chances: &Vec<f64>| {
        chances
            .iter()
            .zip(probability)
            .map(|(c, p)| c * p)
            .collect()
    };
    Pairs {
        method: Method::Exact,
        named: Vec::new(),
        cells: probability.iter().enumerate().map(cell).collect(),
        joint: sources
            .iter()
            .map(|source| source.iter().map(joint).collect())
            .collect(),
        groups: Vec::new(),
    }
}

/// Rows that were summed: weight, cell and values of each.
pub fn exact(rows: &[(f64, u32, Vec<f64>)]) -> Sample {
    Sample {
        drawn: Drawn::Exact,
        weights: Some(rows.iter().map(|r| r.0).collect()),
        cells: rows.iter().map(|r| r.1).collect(),
        outputs: (0..rows[0].2.len())
            .map(|o| rows.iter().map(|r| r.2[o]).collect())
            .collect(),
        inputs: Vec::new(),
        replicates: Vec::new(),
        sampling: Sampling::Plain,
        faults: Vec::new(),
        groups: Vec::new(),
    }
}

/// Rows that were drawn: cell and values of each.
pub fn drawn(rows: &[(u32, Vec<f64>)]) -> Sample {
    let weighted: Vec<(f64, u32, Vec<f64>)> =
        rows.iter().map(|(c, v)| (0.0, *c, v.clone())).collect();
    Sample {
        drawn: Drawn::Sampled {
            reached: true,
            precision: 0.01,
        },
        weights: None,
        replicates: std::iter::once(0..rows.len()).collect(),
        ..exact(&weighted)
    }
}

/// One row to each cell.
pub fn one_each(probability: &[f64], values: &[&[f64]]) -> Sample {
    let row = |(c, &p): (usize, &f64)| (p, c as u32, values.iter().map(|v| v[c]).collect());
    exact(&probability.iter().enumerate().map(row).collect::<Vec<_>>())
}

#[track_caller]
pub fn near(a: f64, b: f64) {
    assert!(
        (a - b).abs() <= 1e-12 * (1.0 + a.abs().max(b.abs())),
        "{a} is not {b}"
    );
}
