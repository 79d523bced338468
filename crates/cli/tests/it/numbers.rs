//! Quantities and options as people and programs ask for them.

use super::sinario;
use serde_json::Value;

const CASE: &str = "crates/reading/tests/it/umbrella.toml";

fn json(arguments: &[&str]) -> Value {
    let (code, out, err) = sinario(arguments);
    assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn both_commands_answer_alike_for_any_number_of_threads() {
    for command in ["numbers", "choices"] {
        for lang in ["ko", "en"] {
            let run = |threads| sinario(&[command, CASE, "--lang", lang, "--threads", threads]);
            let one = run("1");
            assert_eq!((one.0, one.2.as_str()), (0, ""));
            assert!(one == run("2") && one == run("8"));
        }
        let drawn = "crates/cli/tests/it/drawn.toml";
        let run = |threads| sinario(&[command, drawn, "--json", "--threads", threads]);
        let one = run("1");
        assert_eq!((one.0, one.2.as_str()), (0, ""));
        assert!(one == run("2") && one == run("8"));
    }
}

#[test]
fn the_json_says_what_was_worked_out_by_hand() {
    let found = json(&["numbers", CASE, "--json"]);
    assert_eq!(found["numbers"]["method"], "exact");
    assert_eq!(found["numbers"]["quantities"]["covered"]["mean"], 70.0);
    let found = json(&["choices", CASE, "--json"]);
    assert!(found["choices"].is_object() && found.get("numbers").is_none());
    // What `run` says of both is what the commands say, but for what only it asks.
    let whole = json(&["run", CASE, "--json"]);
    assert_eq!(whole["choices"]["options"], found["choices"]["options"]);
}

#[test]
fn precision_and_draws_are_what_is_asked() {
    let drawn = "crates/cli/tests/it/drawn.toml";
    let draws = |more: &[&str]| {
        let all = [&["numbers", drawn, "--json"], more].concat();
        let found = json(&all);
        let numbers = &found["numbers"];
        (
            numbers["draws"].as_u64().unwrap(),
            numbers["reached"].as_bool().unwrap(),
        )
    };
    let usual = draws(&[]);
    assert!(usual.1 && usual == draws(&["--precision", "0.005"]));
    assert!(draws(&["--precision", "0.1%"]).0 > usual.0);
    assert_eq!(
        draws(&["--precision", "0.01%", "--draws", "8192"]),
        (8192, false)
    );
    let sobol = json(&["numbers", drawn, "--json", "--sampling", "sobol"]);
    assert_eq!(sobol["numbers"]["sampling"], "sobol");
}
