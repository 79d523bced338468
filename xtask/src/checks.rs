//! Chores that are one call of cargo, spelt once for people and for `.ci/run`.

use crate::shell;

/// Formatting, and clippy with warnings as errors.
pub(crate) fn lint(_: &[String]) -> Result<(), String> {
    shell::run(&mut shell::cargo(&["fmt", "--all", "--check"]))?;
    let clippy = "clippy --workspace --all-targets --locked -- -D warnings";
    let words: Vec<&str> = clippy.split(' ').collect();
    shell::run(&mut shell::cargo(&words))
}

/// Documentation, warnings as errors.
pub(crate) fn docs(_: &[String]) -> Result<(), String> {
    let words = ["doc", "--workspace", "--no-deps", "--locked"];
    shell::run(shell::cargo(&words).env("RUSTDOCFLAGS", "-D warnings"))
}

/// Licences, bans and sources by `deny.toml`, where cargo-deny is installed.
///
/// Building it takes many times longer than everything else together, so nothing here installs it; the licence rule of
/// `tidy` reads the same list and needs nothing.
pub(crate) fn deny(_: &[String]) -> Result<(), String> {
    if shell::find(&["cargo-deny"]).is_none() {
        eprintln!(
            "cargo-deny is not installed: bans and sources are not checked here; \
             `cargo install --locked cargo-deny` brings it, `cargo xtask tidy licences` checks the licences without it"
        );
        return Ok(());
    }
    shell::run(&mut shell::cargo(&[
        "deny", "--locked", "check", "licenses", "bans", "sources",
    ]))
}
