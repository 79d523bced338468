//! The canonical form and its fingerprint: what they know, and what they are blind to.

use crate::WHOLE;
use sinario_case::{canonical, fingerprint, parse};

fn of(text: &str) -> String {
    fingerprint(&parse(text.as_bytes()).case.unwrap())
}

/// Results carry the fingerprint, so it may never change for a file that has not changed its meaning.
#[test]
fn the_fingerprint_of_a_published_case_is_fixed() {
    let somewhereland = include_str!("../../../../examples/somewhereland/case.toml");
    assert_eq!(
        of(somewhereland),
        "6eddf36ea07aa994ffac0a3f0f3bf9090bd7b4c714e9582c6edd03ebd0245185"
    );
}

#[test]
fn spelling_does_not_count() {
    for (one, other) in [
        ("\"70%\"", "0.70"),
        ("\"70%\"", "\" 7e1 % \""),
        ("\"likely\"", "67.5e-2"),
        ("\"likely\"", "\"Probable\""),
        ("strength = 2.5", "strength = 25e-1"),
        ("degree = 3", "degree = 0x3"),
        ("\"1 to 3\"", "\"+1.000 to 30e-1\""),
        ("-1.125", "-1.125000"),
        ("cost = 5", "cost = 5.0"),
        ("horizon = \"2026-12-31\"", "horizon = 2026-12-31"),
        ("title = {", "# a remark\n\n  title   =   {"),
        ("\"누군가\"", "'누군가'"),
        ("\"누군가\"", "\"\\uB204\\uAD70\\uAC00\""),
        ("[actors.ms]", "[ actors . \"ms\" ] # a remark"),
        (
            "source = \"https://example.org\"",
            "source = [\"https://example.org\"]",
        ),
    ] {
        assert!(WHOLE.contains(one), "{one}");
        assert_eq!(of(WHOLE), of(&WHOLE.replace(one, other)), "{one} {other}");
    }
    assert_eq!(of(WHOLE), of(&WHOLE.replace('\n', "\r\n")));
}

#[test]
fn order_counts_only_where_it_means_something() {
    let swap = |a: &str, b: &str| {
        assert!(WHOLE.contains(a) && WHOLE.contains(b), "{a} {b}");
        WHOLE
            .replacen(a, "\u{1}", 1)
            .replacen(b, a, 1)
            .replacen('\u{1}', b, 1)
    };
    for (a, b) in [
        // Languages, states in a table of numbers, drivers of one fact, keys, alternatives of a row.
        ("ko = \"마음 읽기\"", "en = \"Reading a mind\""),
        ("partner = 0.1", "hedge = \"likely\""),
        ("exclusive = 2", "plain = 5"),
        ("text = \"인력을 데려갔다\"", "grade = \"B2\""),
        ("motive = \"absorb\"", "money = \"ms\""),
        (
            "money = { ms = 0.3, many = 0.3, own = 0.9 }",
            "motive = { partner = 0.1, absorb = \"70%\", hedge = \"likely\" }",
        ),
    ] {
        assert_eq!(of(WHOLE), of(&swap(a, b)), "{a} {b}");
    }
    // The order of states is that of display and of ties; of drivers, that of the round.
    assert_ne!(of(WHOLE), of(&swap("low = \"낮음\"", "high = \"높음\"")));
    let sections: Vec<&str> = WHOLE.split("\n\n").collect();
    let at = |begin: &str| sections.iter().position(|s| s.starts_with(begin)).unwrap();
    let mut moved = sections.clone();
    let facts = moved.remove(at("[facts."));
    moved.push(facts);
    assert_eq!(of(WHOLE), of(&moved.join("\n\n")));
    // Two impacts in the other order.
    let more =
        |on: &str| format!("\n[[impacts]]\nfrom = \"money.own\"\non = \"{on}\"\n[impacts.score]\n");
    assert_eq!(
        of(&format!("{WHOLE}{}{}", more("control"), more("motive"))),
        of(&format!("{WHOLE}{}{}", more("motive"), more("control")))
    );
}

#[test]
fn meaning_counts() {
    let mut seen = vec![of(WHOLE)];
    for (one, other) in [
        ("\"70%\"", "0.71"),
        ("\"1 to 3\"", "2"),
        ("strength = 2.5", "strength = 2.6"),
        ("today = \"ms\"", "today = \"many\""),
        ("grade = \"B2\"", "grade = \"B3\""),
        ("group = \"g\"", "group = \"h\""),
        ("say = \"엠에스\"\n", ""),
        ("chose = \"exclusive\"", "chose = \"plain\""),
        ("on = 2024-03-19", "on = 2024-03-18"),
        ("ordered = true", "ordered = false"),
        ("rounds = 3", "rounds = 4"),
        ("A = 0.9", "A = 0.8"),
        ("how = \"public\"", "how = \"said\""),
    ] {
        assert!(WHOLE.contains(one), "{one}");
        let now = of(&WHOLE.replacen(one, other, 1));
        assert!(!seen.contains(&now), "{one}");
        seen.push(now);
    }
}

#[test]
fn the_canonical_form_is_one_line_of_json() {
    let form = canonical(&parse(WHOLE.as_bytes()).case.unwrap());
    assert!(!form.contains('\n'));
    let json: serde_json::Value = serde_json::from_str(&form).unwrap();
    assert_eq!(json["sinario"], 1);
}
