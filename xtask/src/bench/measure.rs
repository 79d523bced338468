//! Time and memory of another program.

use crate::shell;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one run cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    /// Seconds on the wall.
    pub wall: f64,
    /// Processor seconds of all threads, outside the kernel.
    pub user: f64,
    /// Most memory held at once, in KiB.
    pub memory: f64,
}

/// Runs the program at the root of the repository, with its output written to the file.
///
/// # Errors
/// It did not start, or ended with another code than 0.
pub(crate) fn measure(
    program: &Path,
    arguments: &[String],
    output: &Path,
    scratch: &Path,
) -> Result<Cost, String> {
    match shell::find(&["time"]) {
        Some(time) => by_time(&time, program, arguments, output, scratch),
        None => by_proc(program, arguments, output),
    }
}

fn by_time(
    time: &Path,
    program: &Path,
    arguments: &[String],
    output: &Path,
    scratch: &Path,
) -> Result<Cost, String> {
    let costs = scratch.join("costs");
    let mut command = Command::new(time);
    command.args(["-f", "%U %M", "-o"]).arg(&costs).arg(program);
    command
        .args(arguments)
        .current_dir(shell::root())
        .stdin(Stdio::null())
        .stdout(file(output)?);
    let start = Instant::now();
    shell::run(&mut command)?;
    let wall = start.elapsed().as_secs_f64();
    let text = std::fs::read_to_string(&costs).map_err(|e| e.to_string())?;
    let numbers: Vec<f64> = text.split_whitespace().flat_map(str::parse).collect();
    match numbers[..] {
        [user, memory] => Ok(Cost { wall, user, memory }),
        _ => Err(format!(
            "`time` printed {text:?} instead of seconds and KiB"
        )),
    }
}

/// Without `time`: the kernel's own accounts, looked at while it runs. A peak between two looks
/// still counts, since `VmHWM` is the highest so far.
fn by_proc(program: &Path, arguments: &[String], output: &Path) -> Result<Cost, String> {
    let before = children()?;
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(shell::root())
        .stdin(Stdio::null())
        .stdout(file(output)?)
        .spawn()
        .map_err(|e| format!("{} did not start: {e}", program.display()))?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut memory: f64 = 0.0;
    let status = loop {
        if let Ok(text) = std::fs::read_to_string(&status_file) {
            memory = memory.max(highest(&text));
        }
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let wall = start.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{} ended with {status}", program.display()));
    }
    Ok(Cost {
        wall,
        user: children()? - before,
        memory,
    })
}

fn file(path: &Path) -> Result<File, String> {
    File::create(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// `VmHWM` of a `/proc/…/status`, in KiB; 0 once the memory is given back.
fn highest(status: &str) -> f64 {
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0.0)
}

/// User seconds of all children that have ended.
fn children() -> Result<f64, String> {
    let text = std::fs::read_to_string("/proc/self/stat").map_err(|e| format!("/proc: {e}"))?;
    ended(&text).ok_or_else(|| format!("/proc/self/stat reads {text:?}"))
}

/// Field 16 (`cutime`) of a `/proc/…/stat`, whose second field may hold blanks within its brackets. Linux counts it in
/// hundredths of a second on every machine Rust runs on.
fn ended(stat: &str) -> Option<f64> {
    let after_name = stat.rsplit_once(')')?.1;
    let ticks: f64 = after_name.split_whitespace().nth(13)?.parse().ok()?;
    Some(ticks / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read() {
        let stat = "12 (a b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 250 14 15 16";
        assert_eq!(ended(stat), Some(2.5));
        assert_eq!(highest("VmPeak:\t 9 kB\nVmHWM:\t  1234 kB\n"), 1234.0);
        assert_eq!(highest("Name:\tzombie\n"), 0.0);
    }

    /// Both ways see a program that holds some 30 MiB and works for a while.
    #[test]
    fn both_ways_see_the_work() {
        let scratch = std::env::temp_dir().join(format!("sinario-measure-{}", std::process::id()));
        std::fs::create_dir_all(&scratch).unwrap();
        let output = scratch.join("out");
        let script = "x=$(head -c 30000000 /dev/zero | tr '\\0' a); i=0; \
                      while [ $i -lt 100000 ]; do i=$((i+1)); done; echo ${#x}";
        let arguments = ["-c".to_owned(), script.to_owned()];
        let sh = shell::find(&["sh"]).unwrap();
        let mut costs = vec![by_proc(&sh, &arguments, &output).unwrap()];
        assert_eq!(std::fs::read_to_string(&output).unwrap(), "30000000\n");
        if let Some(time) = shell::find(&["time"]) {
            costs.push(by_time(&time, &sh, &arguments, &output, &scratch).unwrap());
        }
        for cost in costs {
            assert!(cost.memory > 25_000.0 && cost.user > 0.0, "{cost:?}");
            assert!(cost.wall > 0.0 && cost.wall < 120.0, "{cost:?}");
        }
        let failing = ["-c".to_owned(), "exit 3".to_owned()];
        assert!(by_proc(&sh, &failing, &output).is_err());
        std::fs::remove_dir_all(&scratch).unwrap();
    }
}
