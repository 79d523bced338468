//! The command as people and programs meet it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use assert_cmd::Command;

fn sinario(arguments: &[&str]) -> (i32, String, String) {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let out = Command::cargo_bin("sinario")
        .unwrap()
        .current_dir(root)
        .args(arguments)
        .output()
        .unwrap();
    let text = |b: Vec<u8>| String::from_utf8(b).unwrap();
    (
        out.status.code().unwrap(),
        text(out.stdout),
        text(out.stderr),
    )
}

#[test]
fn somewhereland_end_to_end_for_any_number_of_threads() {
    let run = |threads| {
        sinario(&[
            "run",
            "examples/somewhereland",
            "--json",
            "--threads",
            threads,
        ])
    };
    let (code, out, err) = run("1");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(run("2").1 == out && run("8").1 == out);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["futures"]["count"], "10");
    assert_eq!(json["case"]["method"], "exact");
    let whole: f64 = json["futures"]["marginals"]["government"]
        .as_object()
        .unwrap()
        .values()
        .map(|m| m["settled"].as_f64().unwrap())
        .sum();
    assert!((whole - 1.0).abs() < 1e-9);
}

#[test]
fn both_languages_say_the_same() {
    assert!(
        sinario(&["futures", "examples/somewhereland"])
            .1
            .contains("Consistent futures: 10")
    );
    assert!(
        sinario(&["futures", "examples/somewhereland", "--lang", "ko"])
            .1
            .contains("앞뒤가 맞는 미래: 10")
    );
}

#[test]
fn what_stands_in_the_way_has_its_exit_code() {
    assert_eq!(sinario(&["run", "no/such/case"]).0, 3);
    assert_eq!(
        sinario(&["run", "examples/somewhereland", "--given", "economy.x"]).0,
        2
    );
    assert_eq!(sinario(&["nonsense"]).0, 2);
    let (code, out, err) = sinario(&["check", "README.md", "--json"]);
    assert_eq!(code, 1);
    assert!(err.contains("error[E0103]"), "{err}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["diagnostics"][0]["line"], 3);
}
