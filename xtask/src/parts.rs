//! What the tests need beside Rust and a C compiler, and how it comes onto a Debian machine.

use crate::shell;
use std::path::PathBuf;
use std::process::Command;

/// A program that some tests run.
pub(crate) struct Part {
    /// What it is, for whoever has to install it by hand.
    name: &'static str,
    /// What the tests do with it.
    purpose: &'static str,
    /// Names it goes by on `PATH`.
    programs: &'static [&'static str],
    /// Debian packages that bring it.
    packages: &'static [&'static str],
    /// The tests find it in this variable; where it is not set, they have none.
    variable: &'static str,
}

/// Every part. A picture without Hangul glyphs would prove nothing, hence the fonts.
pub(crate) const PARTS: &[Part] = &[Part {
    name: "Chromium",
    purpose: "opens reports and takes pictures of them",
    programs: &["chromium", "chromium-browser", "google-chrome"],
    packages: &["chromium", "fonts-noto-cjk"],
    variable: "SINARIO_BROWSER",
}];

/// What can be done about a part.
#[derive(Debug, PartialEq)]
enum Step {
    Use(PathBuf),
    Install,
    /// Go on without it, saying why.
    Without,
    /// Nobody would read the reason: stop.
    Stop,
}

fn step(found: Option<PathBuf>, may_install: bool, unattended: bool) -> Step {
    match found {
        Some(path) => Step::Use(path),
        None if may_install => Step::Install,
        None if unattended => Step::Stop,
        None => Step::Without,
    }
}

/// Installs what is missing where that is possible, and gives the variables for the tests.
///
/// # Errors
/// A part is missing and cannot be installed although nobody sits before it, or its installation failed.
pub(crate) fn ready() -> Result<Vec<(&'static str, PathBuf)>, String> {
    let mut variables = Vec::new();
    for part in PARTS {
        let may = root() && shell::find(&["apt-get"]).is_some();
        match step(shell::find(part.programs), may, shell::unattended()) {
            Step::Use(path) => variables.push((part.variable, path)),
            Step::Install => variables.push((part.variable, install(part)?)),
            Step::Stop => return Err(missing(part)),
            Step::Without => eprintln!("{}: the tests that need it are left out", missing(part)),
        }
    }
    Ok(variables)
}

fn missing(part: &Part) -> String {
    format!(
        "{} is not here ({}) and cannot be installed without root and apt-get; install {}",
        part.name,
        part.purpose,
        part.packages.join(" and ")
    )
}

fn install(part: &Part) -> Result<PathBuf, String> {
    eprintln!("installing {} ({})", part.name, part.purpose);
    let apt = |words: &[&str]| {
        shell::run(
            Command::new("apt-get")
                .args(["-qq", "-y"])
                .args(words)
                .env("DEBIAN_FRONTEND", "noninteractive")
                .stdin(std::process::Stdio::null())
                .stdout(std::process::Stdio::null()),
        )
    };
    apt(&["update"])?;
    let mut words = vec!["install", "--no-install-recommends"];
    words.extend(part.packages);
    apt(&words)?;
    shell::find(part.programs).ok_or_else(|| {
        format!(
            "apt-get installed {} but none of {} is on PATH",
            part.packages.join(" and "),
            part.programs.join(", ")
        )
    })
}

fn root() -> bool {
    shell::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_part_is_installed_or_stops_whoever_is_alone() {
        let here = PathBuf::from("/usr/bin/chromium");
        assert_eq!(step(Some(here.clone()), false, true), Step::Use(here));
        assert_eq!(step(None, true, true), Step::Install);
        assert_eq!(step(None, true, false), Step::Install);
        assert_eq!(step(None, false, true), Step::Stop);
        assert_eq!(step(None, false, false), Step::Without);
    }

    #[test]
    fn the_reason_says_what_to_install() {
        let why = missing(&PARTS[0]);
        assert!(why.contains("install chromium and fonts-noto-cjk"), "{why}");
    }
}
