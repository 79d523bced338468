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

/// Newest that was tried here.
const CARGO_DENY: &str = "cargo-deny@0.20.2";

/// Licences, bans and sources by `deny.toml`.
///
/// Building cargo-deny takes three processor minutes, so it is installed only where nobody waits; the licence rule of
/// `tidy` reads the same list and needs nothing.
pub(crate) fn deny(_: &[String]) -> Result<(), String> {
    if shell::find(&["cargo-deny"]).is_none() {
        if !shell::unattended() {
            eprintln!(
                "cargo-deny is not installed: bans and sources are not checked here; \
                 `cargo install --locked {CARGO_DENY}` brings it, `cargo xtask tidy licences` checks licences without it"
            );
            return Ok(());
        }
        shell::run(&mut shell::cargo(&[
            "install", "--quiet", "--locked", CARGO_DENY,
        ]))?;
    }
    let words = ["deny", "--locked", "check", "licenses", "bans", "sources"];
    shell::run(&mut shell::cargo(&words))
}
