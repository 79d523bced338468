//! Format 1 as a JSON Schema, for editors: written from the same table that the reader walks ([`crate::format`]).
//!
//! It is a little wider than the reader, never narrower: a schema cannot say that a name is declared, that every state
//! has its number, that a score has three places, or that the numbers inside a text are in range.

use crate::WORDS;
use crate::format::{CASE, Key, Named, Shape};
use crate::read::MOST_DRIVERS;
use serde_json::{Map, Value, json};

/// Ids, and `driver.state`.
const ID: &str = "^[a-z][a-z0-9_]*$";
const STATE: &str = "^[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*$";
/// A decimal number in a text.
const DECIMAL: &str = "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?";

/// The JSON Schema (draft 7, which every editor reads) of format 1.
///
/// ```
/// let schema = sinario_case::schema();
/// assert_eq!(schema["required"], serde_json::json!(["sinario", "title", "drivers"]));
/// ```
pub fn schema() -> Value {
    let mut whole = table(CASE);
    let head = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Sinario case, format 1",
        "description": "One scenario study: what is public, who is involved, what they could be thinking, what leads to what.",
    });
    let mut all = Map::new();
    all.extend(head.as_object().cloned().unwrap_or_default());
    all.append(&mut whole);
    all.insert("definitions".to_owned(), definitions());
    Value::Object(all)
}

fn definitions() -> Value {
    let words: Vec<&str> = WORDS.iter().map(|(w, _)| *w).collect();
    let any_case: Vec<String> = words.iter().map(|w| any_case(w)).collect();
    let chance = format!("({DECIMAL}(\\s*%)?|{})", any_case.join("|"));
    json!({
        "text": {
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "properties": { "ko": { "type": "string" }, "en": { "type": "string" } },
                    "propertyNames": { "pattern": "^[a-z]{2}$" },
                    "additionalProperties": { "type": "string" },
                    "minProperties": 1,
                },
            ],
        },
        "name": {
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "properties": {
                        "ko": { "type": "string" },
                        "en": { "type": "string" },
                        "say": { "type": "string", "description": "How it is read aloud in Korean, in Hangul." },
                    },
                    "propertyNames": { "pattern": "^([a-z]{2}|say)$" },
                    "additionalProperties": { "type": "string" },
                    "minProperties": 1,
                    "not": { "required": ["say"], "maxProperties": 1 },
                },
            ],
        },
        "day": {
            "type": "string",
            "format": "date",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        },
        "grade": { "type": "string", "pattern": "^[A-F][1-6]$" },
        "formula": {
            "anyOf": [{ "type": "string", "minLength": 1 }, { "type": "number" }],
            "description": "A formula, such as \"2000억 to 6000억\" or \"cash / burn\", or a number.",
        },
        "scoreText": {
            "type": "string",
            "pattern": format!("^\\s*{DECIMAL}\\s*( to \\s*{DECIMAL}\\s*)?$"),
            "description": "A score, or a range of two: \"1 to 3\".",
        },
        "chanceText": {
            "description": "A percentage, a word of probability, or a range of two: \"60% to 80%\".",
            "type": "string",
            "anyOf": [
                { "enum": words },
                { "pattern": format!("^\\s*{chance}\\s*( to \\s*{chance}\\s*)?$") },
            ],
        },
    })
}

/// A pattern for a word in any case of its letters.
fn any_case(word: &str) -> String {
    word.chars()
        .map(|c| match c.is_ascii_alphabetic() {
            true => format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase()),
            false => c.to_string(),
        })
        .collect()
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn table(keys: &[Key]) -> Map<String, Value> {
    let mut properties = Map::new();
    for key in keys {
        let mut of = match of(&key.shape) {
            // Beside `$ref` draft 7 sees nothing.
            Value::Object(of) if of.contains_key("$ref") => {
                Map::from_iter([("allOf".to_owned(), json!([of]))])
            }
            Value::Object(of) => of,
            _ => Map::new(),
        };
        let said = format!("{}\n\n{}", key.en, key.ko);
        of.insert("description".to_owned(), json!(said));
        properties.insert(key.name.to_owned(), Value::Object(of));
    }
    let required: Vec<&str> = keys.iter().filter(|k| k.required).map(|k| k.name).collect();
    let has = |name: &str| keys.iter().any(|k| k.name == name);
    let mut all = Map::new();
    all.insert("type".to_owned(), json!("object"));
    all.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        all.insert("required".to_owned(), json!(required));
    }
    all.insert("additionalProperties".to_owned(), json!(false));
    if has("kind") && has("actor") {
        let owned =
            json!({ "properties": { "kind": { "enum": ["mind", "move"] } }, "required": ["kind"] });
        all.insert("if".to_owned(), owned);
        all.insert("then".to_owned(), json!({ "required": ["actor"] }));
    }
    all
}

fn number(low: f64, high: f64) -> Value {
    let mut of = Map::new();
    of.insert("type".to_owned(), json!("number"));
    if low == f64::MIN_POSITIVE {
        of.insert("exclusiveMinimum".to_owned(), json!(0));
    } else {
        of.insert("minimum".to_owned(), json!(low));
    }
    if high < 1e300 {
        of.insert("maximum".to_owned(), json!(high));
    }
    Value::Object(of)
}

fn of(shape: &Shape) -> Value {
    match shape {
        Shape::Format => json!({ "const": 1 }),
        Shape::Lang => json!({ "enum": ["ko", "en"] }),
        Shape::Text => reference("text"),
        Shape::Name => reference("name"),
        Shape::Plain | Shape::Named(Named::Alternative) => json!({ "type": "string" }),
        Shape::Named(Named::DriverState) => json!({ "type": "string", "pattern": STATE }),
        Shape::Named(_) => json!({ "type": "string", "pattern": ID }),
        Shape::Formula => reference("formula"),
        Shape::Day => reference("day"),
        Shape::Number(low, high) => number(*low, *high),
        Shape::Whole(high) => json!({ "type": "integer", "minimum": 0, "maximum": high }),
        Shape::Flag => json!({ "type": "boolean" }),
        // The cast: bounds are small whole numbers.
        Shape::Score(points) => json!({
            "anyOf": [number(-(*points as f64), *points as f64), reference("scoreText")],
        }),
        Shape::Ranged(low, high) => {
            json!({ "anyOf": [number(*low, *high), reference("chanceText")] })
        }
        Shape::Grade => reference("grade"),
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::Strings => json!({
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
        }),
        Shape::List(each) => json!({ "type": "array", "items": of(each) }),
        Shape::Declares(least, each) => json!({
            "type": "object",
            "propertyNames": { "pattern": ID },
            "additionalProperties": of(each),
            "minProperties": least,
            "maxProperties": MOST_DRIVERS,
        }),
        Shape::By(named, each) => {
            let mut all = Map::new();
            all.insert("type".to_owned(), json!("object"));
            let pattern = match named {
                Named::Alternative => None,
                Named::DriverState => Some(STATE),
                _ => Some(ID),
            };
            if let Some(pattern) = pattern {
                all.insert("propertyNames".to_owned(), json!({ "pattern": pattern }));
            }
            all.insert("additionalProperties".to_owned(), of(each));
            Value::Object(all)
        }
        Shape::Keyed(keys, each) => {
            let properties = keys.iter().map(|k| ((*k).to_owned(), of(each)));
            json!({
                "type": "object",
                "properties": properties.collect::<Map<_, _>>(),
                "additionalProperties": false,
            })
        }
        Shape::Table(keys) => Value::Object(table(keys)),
    }
}
