//! Real cross-impact models of the Stockholm Environment Institute (ScenarioWizard files) against their published consistent
//! futures and basins. They are not part of the project: where the folder is absent the tests say so and pass.

use serde_json::Value;
use sinario_engine::consistent::{Ask, consistent};
use sinario_engine::progress::Quiet;
use sinario_engine::succession::{Rule, basins};
use sinario_engine::{Driver, Model, State};
use std::path::PathBuf;

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/cib"
    ));
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no folder of real cross-impact models beside the project");
    None
}

fn numbers(folder: &std::path::Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The matrix of a `.scw` file: names in the first section (`&` a driver, `-` a state), scores after the fifth `#`.
fn model(folder: &std::path::Path, name: &str) -> Model {
    let bytes = std::fs::read(folder.join(name)).unwrap();
    let text: String = bytes.iter().map(|&b| char::from(b)).collect();
    let mut sections = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        if line == "#" {
            sections.push(Vec::new());
        } else if let Some(last) = sections.last_mut() {
            last.push(line.to_owned());
        }
    }
    let mut sizes: Vec<u16> = Vec::new();
    for line in &sections[0] {
        if line.starts_with('&') {
            sizes.push(0);
        } else if let Some(states) = sizes.last_mut().filter(|_| line.starts_with('-')) {
            *states += 1;
        }
    }
    let rows: Vec<Vec<i32>> = sections[5]
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.split(',').map(|n| n.trim().parse().unwrap()).collect())
        .collect();
    let of: Vec<(Driver, State)> = (0..)
        .zip(&sizes)
        .flat_map(|(d, &k)| (0..k).map(move |s| (Driver(d), State(s))))
        .collect();
    assert_eq!(rows.len(), of.len());
    let mut model = Model::new(sizes.clone());
    for (row, &(from, s)) in rows.iter().zip(&of) {
        for (&score, &(on, t)) in row.iter().zip(&of) {
            model.add(from, s, on, t, score * 1000);
        }
    }
    model
}

/// The futures of a `.sl` file and the draws that ended in each: `" 2 3 2",4,…`, states counted from 1.
fn solutions(folder: &std::path::Path, name: &str) -> Vec<(Vec<State>, u64)> {
    let text = std::fs::read_to_string(folder.join(format!("{name}.sl"))).unwrap();
    let solution = |line: &str| {
        let mut parts = line.strip_prefix('"')?.splitn(2, "\",");
        let one = |s: &str| s.parse::<u16>().ok().map(|s| State(s - 1));
        let states = parts
            .next()?
            .split_whitespace()
            .map(one)
            .collect::<Option<_>>()?;
        Some((states, parts.next()?.split(',').next()?.parse().ok()?))
    };
    text.lines().filter_map(solution).collect()
}

fn states(future: &Value) -> Vec<State> {
    let one = |s: &Value| State(u16::try_from(s.as_u64().unwrap()).unwrap() - 1);
    future.as_array().unwrap().iter().map(one).collect()
}

#[test]
fn consistent_futures_are_the_published_ones() {
    let Some(folder) = folder() else { return };
    let kernels = numbers(&folder, "kernels_computed.json");
    let histograms = &numbers(&folder, "basins_computed.json")["inconsistency_histograms"];
    for (file, kernel) in kernels.as_object().unwrap() {
        let model = model(&folder, file);
        let ask = |k: i64| Ask {
            limit: 100,
            steps: u64::MAX,
            max_inconsistency: k * 1000,
            ..Ask::default()
        };
        let found = consistent(&model, &ask(0), &Quiet);
        let listed: Vec<Vec<State>> = found.listed.into_iter().map(|f| f.states).collect();
        let want: Vec<Vec<State>> = kernel["kernel_1based"]
            .as_array()
            .unwrap()
            .iter()
            .map(states)
            .collect();
        assert_eq!(listed, want, "{file}");
        // How many futures there are up to each inconsistency.
        let Some(histogram) = histograms[file.trim_end_matches(".scw")].as_object() else {
            continue;
        };
        let mut total = 0;
        for k in 0..=5_u64 {
            let Some(exactly) = histogram.get(&k.to_string()).and_then(Value::as_u64) else {
                continue;
            };
            total += exactly;
            let found = consistent(&model, &ask(i64::try_from(k).unwrap()), &Quiet);
            assert_eq!(found.count, total.into(), "{file} up to {k}");
        }
    }
}

#[test]
fn global_basins_are_the_published_ones() {
    let Some(folder) = folder() else { return };
    let all = numbers(&folder, "basins_computed.json");
    let kernels = numbers(&folder, "kernels_computed.json");
    for name in [
        "CIB_global",
        "CIB_natl_regional",
        "CIB_nested_simplified_standardized",
    ] {
        let file = format!("{name}.scw");
        let model = model(&folder, &file);
        let kernel: Vec<Vec<State>> = kernels[&file]["kernel_1based"]
            .as_array()
            .unwrap()
            .iter()
            .map(states)
            .collect();
        let found = basins(&model, Rule::Global, &[], &kernel, &Quiet);
        let fixed = |states: &[State]| {
            let at = found
                .attractors
                .iter()
                .find(|a| a.states.len() == 1 && a.states[0] == states);
            at.map_or(0, |a| a.basin)
        };
        let cycles: u64 = found
            .attractors
            .iter()
            .filter(|a| a.states.len() > 1)
            .map(|a| a.basin)
            .sum();
        let basin: u64 = kernel.iter().map(|f| fixed(f)).sum();
        let want = &all[name];
        assert_eq!(Some(cycles), want["cycle_basin"].as_u64(), "{name}");
        if let Some(total) = want["fixed_basin"].as_u64() {
            assert_eq!(basin, total, "{name}");
        }
        // The list of weights says nothing of whose they are; the solution file does, within what 100,000 draws allow.
        let Some(weights) = want["weights"].as_array() else {
            continue;
        };
        let mut weights: Vec<u64> = weights.iter().filter_map(Value::as_u64).collect();
        let mut ours: Vec<u64> = kernel.iter().map(|f| fixed(f)).collect();
        weights.sort_unstable();
        ours.sort_unstable();
        assert_eq!(ours, weights, "{name}");
        let all = basin + cycles;
        let drawn = solutions(&folder, name);
        assert_eq!(drawn.len(), kernel.len());
        for (future, draws) in drawn {
            let share = fixed(&future) as f64 / all as f64;
            let error = (share * (1.0 - share) / 100_000.0).sqrt();
            assert!(
                (draws as f64 / 100_000.0 - share).abs() < 5.0 * error,
                "{name}: {draws}"
            );
        }
    }
}
