//! Running other programs from the root of the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository that this program was built from.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The cargo that runs this program, at the root.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.args(arguments).current_dir(root());
    command
}

/// Runs it with its output shown; an error names the command.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` ended with {status}", spoken(command))),
        Err(e) => Err(format!("`{}` did not start: {e}", spoken(command))),
    }
}

/// Runs it and gives what it printed; an error carries what it complained of.
pub(crate) fn read(command: &mut Command) -> Result<String, String> {
    let out = command
        .output()
        .map_err(|e| format!("`{}` did not start: {e}", spoken(command)))?;
    if !out.status.success() {
        return Err(format!(
            "`{}` ended with {}\n{}",
            spoken(command),
            out.status,
            String::from_utf8_lossy(&out.stderr).trim_end()
        ));
    }
    String::from_utf8(out.stdout)
        .map_err(|_| format!("`{}` printed what is not UTF-8", spoken(command)))
}

/// The first of these programs that stands in a folder of `PATH`.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names.iter().find_map(|name| {
        folders
            .iter()
            .map(|folder| folder.join(name))
            .find(|p| p.is_file())
    })
}

/// Whether nobody sits before it: continuous integration sets `CI`.
pub(crate) fn unattended() -> bool {
    std::env::var("CI").is_ok_and(|v| !v.is_empty() && v != "false" && v != "0")
}

fn spoken(command: &Command) -> String {
    // Which copy of a program it was is the machine's affair.
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or_default().to_string_lossy()];
    words.extend(command.get_args().map(|a| a.to_string_lossy()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("Cargo.toml").is_file() && root().join("crates").is_dir());
    }

    #[test]
    fn what_failed_is_named() {
        let why = read(cargo(&["no-such-word"]).arg("x")).unwrap_err();
        assert!(why.contains("no-such-word x"), "{why}");
        let why = run(&mut Command::new("no-such-program-here")).unwrap_err();
        assert!(why.contains("did not start"), "{why}");
    }

    #[test]
    fn programs_are_found_on_the_path() {
        assert!(find(&["no-such-program-here", "cargo"]).is_some());
        assert!(find(&["no-such-program-here"]).is_none());
    }
}
