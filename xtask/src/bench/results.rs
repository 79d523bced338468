//! What was measured, as a table and as the page `bench/RESULTS.md`: numbers and the machine, nothing else.

use super::measure::Cost;
use crate::shell;
use std::process::Command;

/// One question put to one command.
pub(crate) struct Row {
    pub name: String,
    pub numbers: String,
    pub command: String,
    pub answer: String,
    pub costs: Vec<Cost>,
}

/// All rows; `compared` shows which command each is of.
pub(crate) struct Table {
    pub rows: Vec<Row>,
    compared: bool,
}

impl Row {
    fn median(&self, of: impl Fn(&Cost) -> f64) -> f64 {
        median(self.costs.iter().map(of).collect())
    }

    fn cells(&self) -> [String; 7] {
        let walls = self.costs.iter().map(|c| c.wall);
        let (least, most) = (
            walls.clone().fold(f64::INFINITY, f64::min),
            walls.fold(0.0, f64::max),
        );
        [
            self.name.clone(),
            self.numbers.clone(),
            self.answer.clone(),
            format!("{:.3} ({least:.3} … {most:.3})", self.median(|c| c.wall)),
            format!("{:.2}", self.median(|c| c.user)),
            format!("{:.1}", self.median(|c| c.memory) / 1024.0),
            self.costs.len().to_string(),
        ]
    }

    /// For whoever watches.
    pub(crate) fn line(&self) -> String {
        let [name, _, answer, wall, user, memory, _] = self.cells();
        let command = &self.command;
        format!("{name} by {command}: {wall} s wall, {user} s user, {memory} MiB {answer}")
    }
}

impl Table {
    pub(crate) fn new(compared: bool) -> Table {
        let rows = Vec::new();
        Table { rows, compared }
    }

    /// Medians, with the least and the most of the wall time.
    pub(crate) fn markdown(&self) -> String {
        let mut titles = vec![
            "rung",
            "asked",
            "answer",
            "wall, s",
            "user CPU, s",
            "peak, MiB",
            "runs",
        ];
        if self.compared {
            titles.push("command");
        }
        let mut text = format!(
            "| {} |\n|{}\n",
            titles.join(" | "),
            " --- |".repeat(titles.len())
        );
        for row in &self.rows {
            let mut cells = row.cells().to_vec();
            if self.compared {
                cells.push(row.command.clone());
            }
            text += &format!("| {} |\n", cells.join(" | "));
        }
        text
    }
}

/// The middle one; of an even number, the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    match n {
        0 => f64::NAN,
        _ => f64::midpoint(values[(n - 1) / 2], values[n / 2]),
    }
}

/// The whole page.
pub(crate) fn page(table: &Table) -> Result<String, String> {
    let git =
        |words: &[&str]| shell::read(Command::new("git").args(words).current_dir(shell::root()));
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    let changed = !git(&["status", "--porcelain", "--", "crates", "Cargo.lock"])?.is_empty();
    let day = shell::read(Command::new("date").args(["-u", "+%Y-%m-%d"]))?;
    let compiler = shell::read(Command::new("rustc").arg("--version"))?;
    let cores = std::thread::available_parallelism().map_err(|e| e.to_string())?;
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processor(&cpuinfo);
    Ok(format!(
        "# Measured\n\nWritten by `cargo xtask bench`. Medians; of the wall time also the least and the most. A rung is a generated case: \
         drivers, states of each,\ninfluences on each, seed, and the strength where it is not the default. The answers were checked in every run.\n\n\
         - Machine: {cores} cores, {processor}\n- Compiler: {}\n- Commit: {}{}\n- Day: {}\n\n{}",
        compiler.trim(),
        commit.trim(),
        if changed { ", with changes" } else { "" },
        day.trim(),
        table.markdown()
    ))
}

/// The name of the first processor in a `/proc/cpuinfo`.
fn processor(cpuinfo: &str) -> &str {
    cpuinfo
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("processor unknown", |rest| {
            rest.trim_start_matches([' ', '\t', ':'])
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(vec![]).is_nan());
    }

    #[test]
    fn the_table_holds_what_was_measured() {
        let cost = |wall, memory| Cost {
            wall,
            user: wall / 2.0,
            memory,
        };
        let mut table = Table::new(true);
        table.rows.push(Row {
            name: "sparse40".into(),
            numbers: "`futures` on 40 3 6 1".into(),
            command: "./old".into(),
            answer: "95 consistent".into(),
            costs: vec![cost(1.0, 2048.0), cost(3.0, 1024.0), cost(2.0, 4096.0)],
        });
        assert_eq!(
            table.markdown().lines().last(),
            Some(
                "| sparse40 | `futures` on 40 3 6 1 | 95 consistent | 2.000 (1.000 … 3.000) | 1.00 | 2.0 | 3 | ./old |"
            )
        );
        assert_eq!(
            table
                .markdown()
                .lines()
                .nth(1)
                .map(|l| l.matches("---").count()),
            Some(8)
        );
    }

    #[test]
    fn the_processor_is_named() {
        assert_eq!(
            processor("processor\t: 0\nmodel name\t: Some CPU\n"),
            "Some CPU"
        );
        assert_eq!(processor(""), "processor unknown");
    }
}
