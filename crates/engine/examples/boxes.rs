//! What patient rule induction costs: processor time of random tables, on as many threads as there are.
//!
//! `cargo run --release -p sinario-engine --example boxes`

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sinario_engine::prim::{Column, Settings, knee, quasi_p, trajectory};

/// Seconds of processor time of this process so far, system time left out; `None` where the system does not tell in this way.
fn user() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name, which may hold spaces: the state, then ten numbers, then ticks of a hundredth of a second.
    let (_, rest) = stat.rsplit_once(')')?;
    let ticks: f64 = rest.split_whitespace().nth(11)?.parse().ok()?;
    Some(ticks / 100.0)
}

fn main() {
    for (rows, columns, times) in [(882, 9, 200), (100_000, 10, 5)] {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let mut unit = || (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let table: Vec<Vec<f64>> = (0..columns)
            .map(|_| (0..rows).map(|_| unit()).collect())
            .collect();
        let outcome: Vec<bool> = (0..rows)
            .map(|r| table[0][r] + table[1][r] * table[2][r] + 0.3 * unit() > 1.5)
            .collect();
        let table: Vec<Column> = table.into_iter().map(Column::Number).collect();
        let before = user();
        let mut said = String::new();
        for _ in 0..times {
            let Ok(boxes) = trajectory(&table, &outcome, Settings::default()) else {
                continue;
            };
            let chosen = &boxes[knee(&boxes)];
            let limits = quasi_p(&table, &outcome, chosen);
            said = format!(
                "{} boxes; chosen: coverage {:.2}, density {:.2}, {} limits",
                boxes.len(),
                chosen.coverage,
                chosen.density,
                limits.len()
            );
        }
        let cost = match (before, user()) {
            (Some(before), Some(after)) => {
                format!("{:.2} ms", (after - before) / f64::from(times) * 1000.0)
            }
            _ => "unknown".to_owned(),
        };
        println!("{rows} rows, {columns} columns: {cost} of processor time ({said})");
    }
}
