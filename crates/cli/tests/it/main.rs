//! The command as people and programs meet it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod firm;
mod messages;
mod numbers;
mod output;
mod report;
mod sampled;

use assert_cmd::Command;

/// The command in the root of the repository, in a locale that says nothing.
fn command(arguments: &[&str]) -> Command {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut command = Command::cargo_bin("sinario").unwrap();
    command.current_dir(root).args(arguments);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR"] {
        command.env_remove(name);
    }
    command
}

fn sinario(arguments: &[&str]) -> (i32, String, String) {
    let out = command(arguments).output().unwrap();
    let text = |b: Vec<u8>| String::from_utf8(b).unwrap();
    (
        out.status.code().unwrap(),
        text(out.stdout),
        text(out.stderr),
    )
}

#[test]
fn somewhereland_end_to_end_for_any_number_of_threads() {
    for lang in ["ko", "en"] {
        for format in [&["--json"][..], &[]] {
            let run = |threads| {
                let mut all = vec!["run", "examples/somewhereland", "--lang", lang];
                all.extend(format);
                all.extend(["--threads", threads]);
                sinario(&all)
            };
            let (code, out, err) = run("1");
            assert_eq!((code, err.as_str()), (0, ""));
            assert!(run("2").1 == out && run("8").1 == out);
        }
    }
}

#[test]
fn the_json_of_somewhereland() {
    let (code, out, err) = sinario(&["run", "examples/somewhereland", "--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let version = format!("\"sinario\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(out.contains(&version));
    insta::assert_snapshot!(out.replace(&version, "\"sinario\": \"[version]\""));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let whole: f64 = json["futures"]["marginals"]["government"]
        .as_object()
        .unwrap()
        .values()
        .map(|m| m["settled"].as_f64().unwrap())
        .sum();
    assert!((whole - 1.0).abs() < 1e-9);
}

#[test]
fn the_json_has_every_key_that_was_agreed_on() {
    let (_, out, _) = sinario(&["run", "crates/render/tests/data/founder.toml", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let numbers = [
        "/case/drivers",
        "/futures/consistent/0/inconsistency",
        "/futures/consistent/0/margin",
        "/futures/consistent/0/total_impact",
        "/futures/consistent/0/probability",
        "/futures/consistent/0/settled",
        "/futures/marginals/money/ms/prior",
        "/futures/marginals/money/ms/posterior",
        "/futures/marginals/money/ms/then",
        "/futures/marginals/money/ms/settled",
        "/futures/unfolding/money/ms/3",
        "/minds/motive/prior/escape",
        "/minds/motive/posterior/escape",
        "/minds/motive/facts/chips/decibans/escape",
        "/minds/motive/facts/chips/without/escape",
        "/stories/uneasy/probability",
        "/stories/uneasy/best/probability",
        "/stories/uneasy/coherence/control/told",
        "/stories/uneasy/coherence/control/rival_sum",
        "/verdicts/money/probability",
        "/verdicts/money/brier",
        "/verdicts/money/log",
    ];
    for path in numbers {
        assert!(json.pointer(path).is_some_and(|v| v.is_number()), "{path}");
    }
    let strings = [
        "/sinario",
        "/fingerprint",
        "/case/title",
        "/case/as_of",
        "/case/futures",
        "/case/method",
        "/futures/count",
        "/futures/consistent/0/states/money",
        "/futures/consistent/0/basins/global",
        "/futures/consistent/0/basins/local",
        "/futures/consistent/0/basins/incremental",
        "/futures/consistent/0/basins/adiabatic",
        "/stories/uneasy/best/states/money",
        "/stories/uneasy/coherence/control/rival",
        "/verdicts/money/state",
    ];
    for path in strings {
        assert!(json.pointer(path).is_some_and(|v| v.is_string()), "{path}");
    }
}

#[test]
fn cycles_are_listed_under_their_rule() {
    let (_, out, _) = sinario(&["futures", "crates/render/tests/data/pennies.toml", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let cycle = &json["futures"]["cycles"]["global"][0];
    assert_eq!(cycle["states"].as_array().unwrap().len(), 4);
    assert!(cycle["states"][0]["a"].is_string());
    assert_eq!(cycle["basin"], "4");
    assert_eq!(json["futures"]["count"], "0");
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
fn power_is_the_same_alone_and_in_the_whole_for_any_number_of_threads() {
    let case = "crates/render/tests/data/power.toml";
    let json = |arguments: &[&str]| -> serde_json::Value {
        let (code, out, err) = sinario(arguments);
        assert_eq!((code, err.as_str()), (0, ""));
        serde_json::from_str(&out).unwrap()
    };
    let alone = json(&["power", case, "--json", "--threads", "1"]);
    let whole = json(&["run", case, "--json", "--threads", "8"]);
    assert_eq!(alone["power"], whole["power"]);
    assert_eq!(alone["power"]["MDI"]["giant"]["lab"], 3.0);
    let given = json(&["power", case, "--json", "--given", "purse.many"]);
    assert_eq!(
        given["power"]["worth"]["lab"]["drivers"]["purse"]["now"],
        3.0
    );
    assert_eq!(given["power"]["R_star"], alone["power"]["R_star"]);
    // A case that says nothing of it is no failure, and is told what to add.
    let silent = "examples/somewhereland";
    let (code, out, _) = sinario(&["power", silent, "--lang", "ko"]);
    assert_eq!(code, 0);
    assert!(out.contains("[[actors.이름.holds]]"), "{out}");
    assert!(json(&["power", silent, "--json"])["power"].is_null());
    assert!(json(&["run", silent, "--json"]).get("power").is_none());
}

#[test]
fn what_would_change_the_answer_is_the_same_for_any_number_of_threads() {
    let of = |threads, lang, json: &str| {
        let case = "crates/render/tests/data/founder.toml";
        let mut all = vec!["tornado", case, "--lang", lang, "--threads", threads];
        all.extend(Some(json).filter(|j| !j.is_empty()));
        sinario(&all)
    };
    for lang in ["ko", "en"] {
        let (code, out, err) = of("1", lang, "");
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(of("2", lang, "").1 == out && of("8", lang, "").1 == out);
    }
    let (_, out, _) = of("1", "en", "--json");
    assert!(of("8", "en", "--json").1 == out);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let all = json["tornado"].as_array().unwrap();
    for target in all {
        assert!(target["point"].is_number() && target["left_out"].as_array().unwrap().is_empty());
        for j in target["judgements"].as_array().unwrap() {
            for key in ["at", "low", "high", "if_low", "if_high"] {
                assert!(j[key].is_number(), "{key}: {j}");
            }
            assert!(j["kind"].is_string() && j["tips"].is_object());
        }
    }
    // What the work allowed does not reach is named, not dropped.
    let some = [
        "tornado",
        "crates/render/tests/data/founder.toml",
        "--json",
        "--steps",
        "10000",
    ];
    let part: serde_json::Value = serde_json::from_str(&sinario(&some).1).unwrap();
    let count = |t: &serde_json::Value, key: &str| t[key].as_array().unwrap().len();
    let (some, all) = (&part["tornado"][0], &all[0]);
    assert!(count(some, "left_out") > 0);
    assert_eq!(
        count(some, "left_out") + count(some, "judgements"),
        count(all, "judgements")
    );
}
