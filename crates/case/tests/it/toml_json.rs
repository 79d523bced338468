//! A TOML file as the JSON that an editor holds against the schema.

use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

/// Days become strings, as editors have it; what JSON has no number for becomes null.
pub fn of_table(table: &DeTable) -> Value {
    let entries = table
        .iter()
        .map(|(k, v)| (k.get_ref().to_string(), of_value(v.get_ref())));
    Value::Object(entries.collect::<Map<_, _>>())
}

fn of_value(value: &DeValue) -> Value {
    match value {
        DeValue::String(s) => json!(s.as_ref()),
        DeValue::Integer(i) => i64::from_str_radix(&i.as_str().replace('_', ""), i.radix())
            .map_or(json!(1e300), |n| json!(n)),
        DeValue::Float(f) => f
            .as_str()
            .replace('_', "")
            .parse::<f64>()
            .map_or(Value::Null, |f| json!(f)),
        DeValue::Boolean(b) => json!(b),
        DeValue::Datetime(d) => json!(d.to_string()),
        DeValue::Array(all) => all.iter().map(|v| of_value(v.get_ref())).collect(),
        DeValue::Table(t) => of_table(t),
    }
}
