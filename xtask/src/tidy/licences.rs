//! Every crate that a build takes in has a licence on the list of `deny.toml`.

use super::house::House;
use super::{Finding, spdx};
use crate::shell;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

pub(crate) fn check(house: &House) -> Vec<Finding> {
    let words = ["metadata", "--format-version", "1", "--locked"];
    let packages = shell::read(&mut shell::cargo(&words))
        .and_then(|text| serde_json::from_str::<Value>(&text).map_err(|e| e.to_string()));
    let allowed = allowed(house.text("deny.toml"));
    match (packages, allowed) {
        (Ok(packages), Ok(allowed)) => unlicensed(&packages, &allowed),
        (Err(why), _) => vec![Finding::error(
            "Cargo.lock",
            why,
            "mend what cargo complains of",
        )],
        (_, Err(why)) => vec![Finding::error(
            "deny.toml",
            why,
            "list the licences under [licenses] allow",
        )],
    }
}

/// `allow` of `[licenses]`.
fn allowed(config: &str) -> Result<Vec<String>, String> {
    let table = DeTable::parse(config).map_err(|e| e.to_string())?;
    let list = table
        .get_ref()
        .get("licenses")
        .and_then(|licenses| match licenses.get_ref() {
            DeValue::Table(licenses) => match licenses.get("allow")?.get_ref() {
                DeValue::Array(list) => Some(list),
                _ => None,
            },
            _ => None,
        })
        .ok_or("no licence is allowed")?;
    Ok(list
        .iter()
        .filter_map(|l| l.get_ref().as_str().map(str::to_owned))
        .collect())
}

fn unlicensed(metadata: &Value, allowed: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let place = format!("{} {}", text("name"), text("version"));
        let outcome = spdx::kept(text("license"), &|l| allowed.iter().any(|a| a == l));
        let wrong = match outcome {
            Ok(true) => continue,
            Ok(false) => format!("its licence, {}, is not on the list", text("license")),
            Err(why) => format!("its licence cannot be read: {why}"),
        };
        findings.push(Finding::error(
            place,
            wrong,
            "take another crate, or allow the licence in deny.toml, saying why",
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_that_is_not_on_the_list() {
        let allowed = allowed("[licenses]\nallow = [\"MIT\"]\n").unwrap();
        let metadata = serde_json::json!({ "packages": [
            { "name": "a", "version": "1.0.0", "license": "MIT OR Apache-2.0" },
            { "name": "b", "version": "2.0.0", "license": "GPL-3.0-only" },
            { "name": "c", "version": "3.0.0", "license": null },
        ]});
        let found: Vec<String> = unlicensed(&metadata, &allowed)
            .into_iter()
            .map(|f| f.place)
            .collect();
        assert_eq!(found, ["b 2.0.0", "c 3.0.0"]);
        assert!(super::allowed("[licenses]\n").is_err() && super::allowed("[licenses").is_err());
    }
}
