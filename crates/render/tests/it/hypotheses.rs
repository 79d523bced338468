//! Competing hypotheses and linchpins: the sentences for every way it can go, as terminal and report show them.

use crate::page::{at_a_desk, lines, walk};
use crate::terminal::reading;
use serde_json::json;
use sinario_case::Lang;
use sinario_reading::{Ask, Reading};
use sinario_render::{Page, Part, html, json, terminal};

/// A case with one mind and the facts given.
fn case(facts: &str) -> Reading {
    let source = format!(
        r#"
sinario = 1
title = {{ ko = "거래", en = "The deal" }}
[actors.buyer]
name = {{ ko = "사는 쪽", en = "The buyer" }}
[drivers.mind]
name = {{ ko = "사는 쪽의 속마음", en = "The buyer's mind" }}
kind = "mind"
actor = "buyer"
states = {{ stay = {{ ko = "남는다", en = "Stay" }}, leave = {{ ko = "떠난다", en = "Leave" }} }}
prior = {{ stay = 0.25, leave = 0.75 }}
{facts}
"#
    );
    reading(source.as_bytes(), Ask::default())
}

/// `n` facts with these chances, and what else each has.
fn facts(n: usize, stay: f64, leave: f64, more: &str) -> String {
    let one = |k: usize| {
        format!(
            "[facts.f{k}]\ntext = {{ ko = \"{k}번째 주문이 왔다\", en = \"Order {k} came\" }}\n{more}\n[facts.f{k}.expected]\nmind = {{ stay = {stay}, leave = {leave} }}\n"
        )
    };
    (1..=n).map(one).collect()
}

/// What the terminal says from the table on.
fn shown(reading: &Reading, lang: Lang, width: usize) -> String {
    let text = terminal(reading, Part::Minds, lang, Page::of(width, false));
    let from = match lang {
        Lang::En => "  The buyer's mind\n",
        Lang::Ko => "  사는 쪽의 속마음\n",
    };
    let at = text.rfind(from).unwrap();
    let end = text[at..].find("\n\n").unwrap();
    text[at..at + end].to_owned()
}

#[test]
fn what_carries_the_leading_state_is_said_for_every_number_of_members() {
    let ways = [
        ("one", facts(1, 0.8, 0.1, "grade = \"A1\"")),
        ("group", facts(2, 0.8, 0.1, "group = \"orders\"")),
        ("pairs", facts(3, 0.8, 0.4, "")),
        ("threes", facts(3, 0.8, 0.2, "")),
        ("none", facts(4, 0.3, 0.3, "grade = \"E5\"")),
        ("against", facts(1, 0.01, 0.9, "")),
    ];
    let all: String = ways
        .iter()
        .map(|(way, facts)| {
            let reading = case(facts);
            let text = [Lang::Ko, Lang::En].map(|lang| shown(&reading, lang, 80));
            format!("# {way}\n\n{}\n\n{}\n\n", text[0], text[1])
        })
        .collect();
    insta::assert_snapshot!("hypotheses_linchpins", all);
}

#[test]
fn states_that_do_not_fit_side_by_side_stand_below_each_other() {
    let reading = case(&facts(2, 0.8, 0.1, "group = \"orders\""));
    let narrow = shown(&reading, Lang::En, 40);
    assert!(narrow.lines().all(|l| l.chars().count() <= 40), "{narrow}");
    insta::assert_snapshot!("hypotheses_narrow", narrow);
}

#[test]
fn the_report_says_the_same() {
    let reading = case(&facts(3, 0.8, 0.4, "group = \"orders\""));
    for (tag, lang, from) in [
        ("ko", Lang::Ko, "맞서는 가설을 나란히"),
        ("en", Lang::En, "Competing hypotheses side by side"),
    ] {
        let text = lines(&at_a_desk(&walk(&html(&reading, lang))));
        let at = text.find(from).unwrap();
        let section: Vec<&str> = text[at..].lines().take(24).collect();
        insta::assert_snapshot!(format!("hypotheses_report_{tag}"), section.join("\n"));
    }
}

#[test]
fn programs_find_every_number() {
    let reading = case(&facts(2, 0.8, 0.1, "group = \"orders\"\ngrade = \"A1\""));
    let mind = &json(&reading, Part::Minds)["minds"]["mind"];
    let near = |v: &serde_json::Value, wanted: f64| {
        let found = v.as_f64().unwrap();
        assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
    };
    let fact = &mind["hypotheses"]["facts"]["f1"];
    // Trust .95: .95·.8 + .05·.45 and .95·.1 + .05·.45.
    near(&fact["likelihood"]["stay"], 0.7825);
    near(&fact["likelihood"]["leave"], 0.1175);
    assert_eq!(fact["letters"], json!({ "stay": "CC", "leave": "I" }));
    assert_eq!(
        (&fact["credibility"], &fact["relevance"], &fact["group"]),
        (&json!("H"), &json!("M"), &json!("orders"))
    );
    // Both say the same, so that the second of the group tells nothing; it could tell all the same.
    near(&fact["told_bits"], 0.0);
    assert!(fact["diagnosticity_bits"].as_f64().unwrap() > 0.1);
    let of = &mind["hypotheses"];
    assert_eq!(of["groups"], json!({ "orders": ["f1", "f2"] }));
    // Two facts I at H: Burton 2 each, the tools count both.
    assert_eq!(of["scores"]["burton"], json!({ "stay": 0.0, "leave": 4.0 }));
    assert_eq!(of["best"]["burton"], json!(["stay"]));
    assert_eq!(
        of["scores"]["sat_worker"],
        json!({ "stay": -2.0, "leave": 4.0 })
    );
    let linchpin = &mind["linchpins"][0];
    assert_eq!(mind["linchpins"].as_array().unwrap().len(), 1);
    assert_eq!(linchpin["facts"], json!(["f1", "f2"]));
    assert_eq!(
        (
            &linchpin["group"],
            &linchpin["leads"],
            &linchpin["instead_of"]
        ),
        (&json!("orders"), &json!("leave"), &json!("stay"))
    );
    near(&linchpin["without"]["leave"], 0.75);
    near(
        &linchpin["with"]["stay"],
        mind["posterior"]["stay"].as_f64().unwrap(),
    );
    assert_eq!(
        mind["linchpins_searched"],
        json!({ "members": 1, "more_untried": false })
    );
}

#[test]
fn a_state_that_is_known_has_no_table() {
    let known = facts(2, 0.8, 0.1, "").replacen("[facts.f1]", "today = \"stay\"\n[facts.f1]", 1);
    let reading = case(&known);
    assert!(reading.minds[0].hypotheses.facts.is_empty());
    let page = html(&reading, Lang::En);
    assert!(!page.contains("side by side: facts against states</summary>"));
    assert!(!terminal(&reading, Part::Minds, Lang::En, Page::PLAIN).contains("side by side"));
}

#[test]
fn what_a_table_counts_is_said_where_it_is_so() {
    let all = crate::report::examples();
    // Several act and a group reaches beyond the table in the first, one acts in the second.
    let page = |i: usize, lang| html(&all[i].1, lang);
    let several = [page(0, Lang::En), page(0, Lang::Ko)];
    for (page, words) in several.iter().zip([
        [
            "one of them speaks of another driver and is not in this table",
            "count as one for belief; the tools count each by itself",
            "without either another state would lead",
            "In each row all actors share one β",
            " or wider. The brackets",
            "none prefers only the leading",
        ],
        [
            "그 가운데 1개는 다른 변수에 대한 것이어서 이 표에 없습니다",
            "하나로 칩니다. 도구는 하나씩 따로 셉니다",
            "쪽이고 4가지는 가리지 못합니다",
            "각 줄은 모두가 같은 β일 때이고",
            "(더 넓을 수도 있음). 막대",
            "하나만 고른 것은 없고",
        ],
    ]) {
        for words in words {
            assert!(page.contains(words), "{words}");
        }
    }
    let one = page(1, Lang::En);
    assert!(one.contains("Every fourth β is shown"));
    assert!(!one.contains("all actors share one β"));
    assert!(!one.contains(" or wider"));
}
