//! The schema and the reader agree.

use crate::toml_json::of_table;
use crate::{WHOLE, good_cases, suite};
use jsonschema::Validator;
use sinario_case::{parse, schema};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Errors that the schema must see too: keys, kinds, ids, plain numbers.
const SHAPE: &[&str] = &[
    "E0106", "E0201", "E0204", "E0303", "E0304", "E0305", "E0306", "E0401", "E0403", "E0404",
    "E0405", "E0411",
];

fn validator() -> Validator {
    jsonschema::draft7::new(&schema()).unwrap()
}

fn json(text: &str) -> Option<serde_json::Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    DeTable::parse(text).ok().map(|t| of_table(t.get_ref()))
}

#[test]
fn the_committed_schema_is_fresh() {
    let committed = include_str!("../../case.schema.json");
    let fresh = format!("{:#}\n", schema());
    assert!(
        committed.lines().eq(fresh.lines()),
        "run `cargo xtask schema` and commit"
    );
}

#[test]
fn what_the_reader_takes_the_schema_takes() {
    let validator = validator();
    let good = good_cases();
    assert!(good.len() > 10);
    for (name, text) in good {
        let json = json(&text).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&json)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn what_the_suite_has_wrong_in_shape_the_schema_refuses() {
    let validator = validator();
    let mut seen = 0;
    for (name, text) in suite::files() {
        let Ok(text) = String::from_utf8(text) else {
            continue;
        };
        let codes: Vec<_> = parse(text.as_bytes())
            .diagnostics
            .iter()
            .map(|d| d.code)
            .collect();
        if let Some(json) = json(&text)
            && codes.iter().any(|c| SHAPE.contains(c))
        {
            // Four decimal places are beyond a schema.
            seen += 1;
            assert!(
                !validator.is_valid(&json) || codes == ["E0303"],
                "{name}: {codes:?}"
            );
        }
    }
    assert!(seen >= 10);
}

/// The places of all values that are written in one piece.
fn values(table: &DeTable, all: &mut Vec<Range<usize>>) {
    for (_, v) in table {
        value(v, all);
    }
}

fn value(v: &toml::Spanned<DeValue>, all: &mut Vec<Range<usize>>) {
    if !WHOLE[v.span()].starts_with('[')
        || WHOLE[v.span()].ends_with(']')
            && !WHOLE[v.span()].contains('\n')
            && v.get_ref().is_array()
    {
        all.push(v.span());
    }
    match v.get_ref() {
        DeValue::Table(t) => values(t, all),
        DeValue::Array(a) => a.iter().for_each(|v| value(v, all)),
        _ => {}
    }
}

#[test]
fn every_value_broken_in_every_way_is_judged_alike() {
    let wrong = [
        "true",
        "7",
        "-7",
        "1e9",
        "0.5",
        "nan",
        "\"zzz\"",
        "\"\"",
        "\"0.5 to 0.7\"",
        "[]",
        "[true]",
        "{}",
        "{ zzz = 1 }",
        "{ ko = \"a\" }",
        "{ say = \"가\" }",
        "1979-05-27",
        "1979-05-27T07:32:00Z",
        "07:32:00",
        "{ zzz = { zzz = 1 } }",
    ];
    // To an editor a date is a string like any other.
    let dates = ["1979-05-27", "1979-05-27T07:32:00Z", "07:32:00"];
    let validator = validator();
    let root = DeTable::parse(WHOLE).unwrap();
    let mut places = Vec::new();
    values(root.get_ref(), &mut places);
    let (mut refused, mut taken) = (0, 0);
    for place in &places {
        for wrong in wrong {
            let text = format!("{}{wrong}{}", &WHOLE[..place.start], &WHOLE[place.end..]);
            let Some(json) = json(&text) else { continue };
            let parsed = parse(text.as_bytes());
            let codes: Vec<_> = parsed.diagnostics.iter().map(|d| d.code).collect();
            let valid = validator.is_valid(&json);
            if parsed.case.is_some() {
                taken += 1;
                assert!(
                    valid,
                    "the reader takes {wrong} for {}, the schema does not",
                    &WHOLE[place.clone()]
                );
            } else if codes.iter().any(|c| SHAPE.contains(c)) && !dates.contains(&wrong) {
                refused += 1;
                assert!(
                    !valid,
                    "the reader has {codes:?} for {wrong} instead of {}, the schema takes it",
                    &WHOLE[place.clone()]
                );
            }
        }
    }
    assert!(
        places.len() > 90 && refused > 900 && taken > 30,
        "{} {refused} {taken}",
        places.len()
    );
}

#[test]
fn an_unknown_key_in_every_table_and_a_missing_one_are_seen_by_both() {
    let validator = validator();
    let mut tables = 0;
    for (at, line) in WHOLE.lines().enumerate() {
        let mut lines: Vec<&str> = WHOLE.lines().collect();
        if line.starts_with('[') {
            lines.insert(at + 1, "zzz_zzz = true");
            tables += 1;
        } else {
            lines.remove(at);
        }
        let text = lines.join("\n");
        let Some(json) = json(&text) else { continue };
        let parsed = parse(text.as_bytes());
        let shape = parsed.diagnostics.iter().any(|d| SHAPE.contains(&d.code));
        assert!(
            parsed.case.is_none() || validator.is_valid(&json),
            "line {at}: {line}"
        );
        assert!(
            !shape || !validator.is_valid(&json),
            "line {at}: {line}: {:?}",
            parsed.diagnostics
        );
        assert!(
            !line.starts_with('[') || parsed.case.is_none(),
            "line {at}: {line}"
        );
    }
    assert!(tables > 15);
}

#[test]
fn the_whole_case_uses_every_key_and_each_is_described() {
    let schema = schema();
    let whole = json(WHOLE).unwrap();
    let mut missing = Vec::new();
    described(&schema, &[&whole], "", &mut missing);
    assert_eq!(missing, Vec::<String>::new());
}

/// Walks the schema beside all values that stand at one place of it.
fn described(
    schema: &serde_json::Value,
    here: &[&serde_json::Value],
    path: &str,
    missing: &mut Vec<String>,
) {
    for (key, of) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        let text = of["description"].as_str().unwrap_or("");
        if !text.contains("\n\n")
            && schema["additionalProperties"] == false
            && !path.contains(".trust.")
            && !path.contains(".doubt.")
        {
            missing.push(format!("{path} has no description in both languages"));
        }
        let below: Vec<_> = here.iter().filter_map(|v| v.get(key)).collect();
        if below.is_empty() && !path.contains(".trust.") && !path.contains(".doubt.") {
            missing.push(format!("{path} is not in whole.toml"));
        }
        described(of, &below, &path, missing);
    }
    for (sub, step) in [("additionalProperties", ".*"), ("items", "[]")] {
        if schema[sub].is_object() {
            let below: Vec<_> = here
                .iter()
                .flat_map(|v| match v {
                    serde_json::Value::Object(o) => o.values().collect::<Vec<_>>(),
                    serde_json::Value::Array(a) => a.iter().collect(),
                    _ => Vec::new(),
                })
                .collect();
            described(&schema[sub], &below, &format!("{path}{step}"), missing);
        }
    }
}
