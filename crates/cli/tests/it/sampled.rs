//! What is drawn because there are too many futures for one vector, as people and programs meet it.

use crate::sinario;
use serde_json::Value;

const RUN: [&str; 4] = ["run", "examples/somewhereland", "--exact-up-to", "100"];

fn json(arguments: &[&str]) -> Value {
    let (code, out, err) = sinario(&[arguments, &["--json"]].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    serde_json::from_str(&out).unwrap()
}

/// Every number that must have an error has one, and the exact number lies within five of them.
fn check(drawn: &Value, exact: &Value, key: &str) {
    let number = |v: &Value, key: &str| v[key].as_f64().unwrap_or_else(|| panic!("{key} in {v}"));
    let error = number(drawn, &format!("{key}_standard_error"));
    let off = (number(drawn, key) - number(exact, key)).abs();
    assert!(off <= 5.0 * error + 1e-9, "{key}: {drawn} for {exact}");
}

#[test]
fn drawn_numbers_carry_their_errors() {
    let (drawn, exact) = (json(&RUN), json(&RUN[..2]));
    assert_eq!(drawn["case"]["method"], "sampled");
    let sampling = &drawn["case"]["sampling"];
    assert!(sampling["effective"].as_f64().unwrap() > 1000.0);
    assert_eq!(
        (&sampling["seed"], &sampling["exact_now"]),
        (&1.into(), &false.into())
    );
    assert!(sampling["warnings"].as_array().unwrap().is_empty());
    for (driver, states) in exact["futures"]["marginals"].as_object().unwrap() {
        for (state, exact) in states.as_object().unwrap() {
            let drawn = &drawn["futures"]["marginals"][driver][state];
            for key in ["prior", "posterior", "then", "settled"] {
                check(drawn, exact, key);
            }
        }
        let shape = |key: &str| drawn["futures"][key][driver].as_object().unwrap().len();
        assert_eq!(shape("unfolding"), shape("unfolding_standard_error"));
    }
    // Consistent futures are found, not drawn; their probabilities and basins are drawn.
    let listed = drawn["futures"]["consistent"].as_array().unwrap();
    assert_eq!(
        (listed.len(), &drawn["futures"]["count"]),
        (10, &"10".into())
    );
    for found in listed {
        let same = |e: &&Value| e["states"] == found["states"];
        let of = exact["futures"]["consistent"].as_array().unwrap();
        let of = of.iter().find(same).unwrap();
        check(found, of, "probability");
        check(found, of, "settled");
        for (rule, basin) in found["basins"].as_object().unwrap() {
            let count: f64 = of["basins"][rule].as_str().unwrap().parse().unwrap();
            let (low, high) = (
                basin["low"].as_f64().unwrap(),
                basin["high"].as_f64().unwrap(),
            );
            // Forty intervals of 95 %: a little more room than each leaves by itself.
            let room = (high - low) / 2.0;
            assert!(
                low - room <= count / 486.0 && count / 486.0 <= high + room,
                "{rule}: {basin}"
            );
        }
    }
    // The likeliest future is the same, drawn or not.
    let first = |v: &Value| v["futures"]["likeliest"][0]["states"].clone();
    assert_eq!(first(&drawn), first(&exact));
}

#[test]
fn draws_do_not_hang_on_the_threads_but_on_the_seed() {
    let with = |more: &[&str]| sinario(&[&RUN[..], &["--json"], more].concat()).1;
    let one = with(&["--threads", "1"]);
    assert!(with(&["--threads", "2"]) == one && with(&["--threads", "8"]) == one);
    assert_ne!(with(&["--seed", "2"]), one);
}

#[test]
fn people_read_errors_beside_the_numbers_in_both_languages() {
    for (lang, words) in [("en", "independent"), ("ko", "독립 표본")] {
        let (code, out, _) = sinario(&[&RUN[..], &["--lang", lang]].concat());
        assert_eq!(code, 0);
        assert!(out.contains('±') && out.contains(words), "{out}");
    }
}
