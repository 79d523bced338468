//! Which room may know which.

use super::Finding;
use super::house::House;
use toml::de::{DeTable, DeValue};

/// A package of ours, and those of ours that it may depend on, in tests too.
struct Room {
    package: &'static str,
    may_know: &'static [&'static str],
}

/// Nothing flows back: case → engine → reading → render → face. A room that is not here is an error, so that whoever adds
/// one decides.
const ROOMS: &[Room] = &[
    Room {
        package: "sinario-case",
        may_know: &[],
    },
    Room {
        package: "sinario-engine",
        may_know: &[],
    },
    Room {
        package: "sinario-reading",
        may_know: &["sinario-case", "sinario-engine"],
    },
    Room {
        package: "sinario-render",
        may_know: &["sinario-case", "sinario-reading"],
    },
    Room {
        package: "sinario",
        may_know: &["sinario-case", "sinario-reading", "sinario-render"],
    },
    Room {
        package: "xtask",
        may_know: &[],
    },
];

pub(crate) fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut packages = Vec::new();
    for (path, text) in &house.files {
        let ours = path.starts_with("crates/") || path.starts_with("xtask/");
        if !ours || !path.ends_with("Cargo.toml") {
            continue;
        }
        match manifest(text) {
            Ok((package, known)) => packages.push((path, package, known)),
            Err(why) => findings.push(Finding::error(path, why, "mend the manifest")),
        }
    }
    for (path, package, known) in &packages {
        let Some(room) = ROOMS.iter().find(|r| r.package == *package) else {
            findings.push(Finding::error(
                *path,
                format!("`{package}` is not in the table of rooms"),
                "say in ROOMS of xtask/src/tidy/directions.rs what it may know, and why in ARCHITECTURE.md",
            ));
            continue;
        };
        for other in known {
            let ours = packages.iter().any(|(_, p, _)| p == other)
                || ROOMS.iter().any(|r| r.package == other);
            if ours && !room.may_know.contains(&other.as_str()) {
                findings.push(Finding::error(
                    *path,
                    format!("`{package}` depends on `{other}`, which it must not know"),
                    allowed(room),
                ));
            }
        }
    }
    findings
}

fn allowed(room: &Room) -> String {
    match room.may_know {
        [] => "it knows none of ours: move what needs both to a room that may know them".to_owned(),
        some => format!("it may know {}; go through one of these", some.join(", ")),
    }
}

/// The name of a package and of everything it depends on, for any target, in builds and tests too.
fn manifest(text: &str) -> Result<(String, Vec<String>), String> {
    let table = DeTable::parse(text).map_err(|e| e.to_string())?;
    let table = table.get_ref();
    let name =
        inner(table, "package").and_then(|p| p.get("name")?.get_ref().as_str().map(str::to_owned));
    let name = name.ok_or("it names no package")?;
    let mut known = dependencies(table);
    for (_, target) in inner(table, "target").into_iter().flatten() {
        if let DeValue::Table(target) = target.get_ref() {
            known.extend(dependencies(target));
        }
    }
    Ok((name, known))
}

fn dependencies(table: &DeTable<'_>) -> Vec<String> {
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let mut known = Vec::new();
    for (key, value) in kinds.iter().filter_map(|kind| inner(table, kind)).flatten() {
        // A dependency may go by another name here.
        let renamed = match value.get_ref() {
            DeValue::Table(t) => t.get("package").and_then(|p| p.get_ref().as_str()),
            _ => None,
        };
        known.push(renamed.unwrap_or(key.get_ref()).to_owned());
    }
    known
}

fn inner<'a, 'b>(table: &'a DeTable<'b>, key: &str) -> Option<&'a DeTable<'b>> {
    match table.get(key)?.get_ref() {
        DeValue::Table(inner) => Some(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(files: &[(&str, &str)]) -> Vec<String> {
        check(&House::of(files))
            .into_iter()
            .map(|f| f.wrong)
            .collect()
    }

    #[test]
    fn the_engine_knows_nobody() {
        let engine =
            "[package]\nname = \"sinario-engine\"\n[dependencies]\nlibm.workspace = true\n";
        assert!(wrong(&[("crates/engine/Cargo.toml", engine)]).is_empty());
        for kind in [
            "dependencies",
            "dev-dependencies",
            "target.'cfg(unix)'.build-dependencies",
        ] {
            let bad = format!(
                "[package]\nname = \"sinario-engine\"\n[{kind}]\nsinario-case.workspace = true\n"
            );
            assert_eq!(
                wrong(&[("crates/engine/Cargo.toml", &bad)]),
                ["`sinario-engine` depends on `sinario-case`, which it must not know"]
            );
        }
    }

    #[test]
    fn another_name_hides_nothing() {
        let bad = "[package]\nname = \"sinario-render\"\n[dependencies]\nsums = { package = \"sinario-engine\", path = \"../engine\" }\n";
        assert_eq!(wrong(&[("crates/render/Cargo.toml", bad)]).len(), 1);
    }

    #[test]
    fn a_new_room_must_be_decided_about() {
        let new = "[package]\nname = \"sinario-new\"\n";
        assert_eq!(
            wrong(&[("crates/new/Cargo.toml", new)]),
            ["`sinario-new` is not in the table of rooms"]
        );
        assert_eq!(wrong(&[("crates/new/Cargo.toml", "[package")]).len(), 1);
    }
}
