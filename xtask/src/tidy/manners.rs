//! What a library does not do: talk, look around, or let chance order its output.

use super::Finding;
use super::house::{House, room};

pub(crate) fn silence(house: &House) -> Vec<Finding> {
    let words = [
        "println!",
        "print!",
        "eprintln!",
        "eprint!",
        "dbg!",
        "io::stdout",
        "io::stderr",
    ];
    libraries(
        house,
        &words,
        "prints; a library never does",
        "give the text back; a face prints it",
    )
}

pub(crate) fn surroundings(house: &House) -> Vec<Finding> {
    let words = [
        "std::env",
        "env::var",
        "env::args",
        "home_dir",
        "SystemTime",
        "Instant",
        "Zoned::now",
        "Timestamp::now",
    ];
    let way_out = "take it as an argument; a face asks for it";
    let mut findings = libraries(
        house,
        &words,
        "is the reader's machine or clock, which no library looks at",
        way_out,
    );
    // The engine knows no file and no thread pool either.
    for (path, source) in house
        .sources()
        .filter(|(path, _)| room(path) == Some("engine"))
    {
        for word in [
            "std::fs",
            "std::net",
            "std::process",
            "std::thread",
            "ThreadPoolBuilder",
        ] {
            for line in source.find(word) {
                findings.push(Finding::at(
                    path,
                    line,
                    format!("`{word}` in the engine"),
                    way_out,
                ));
            }
        }
    }
    findings
}

fn libraries(house: &House, words: &[&str], wrong: &str, way_out: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in house.library_sources() {
        for word in words {
            for line in source.find(word) {
                findings.push(Finding::at(
                    path,
                    line,
                    format!("`{word}` {wrong}"),
                    way_out,
                ));
            }
        }
    }
    findings
}

/// The order of a hash map differs from run to run. Where it cannot show, a comment says so, with the word "order".
pub(crate) fn order(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in house.sources().filter(|(path, _)| room(path).is_some()) {
        for word in ["HashMap", "HashSet", "RandomState"] {
            for line in source.find(word) {
                let import = source.lines[line].trim_start().starts_with("use ");
                if !import && !source.comment_near(line).to_lowercase().contains("order") {
                    findings.push(Finding::at(
                        path,
                        line,
                        format!("`{word}` has an order that changes from run to run"),
                        "take BTreeMap, BTreeSet or a vector, or say in a comment next to it why its order never shows",
                    ));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(text: &str) -> House {
        House::of(&[
            ("crates/engine/src/lib.rs", text),
            ("crates/cli/src/main.rs", text),
        ])
    }

    fn places(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|f| f.place.as_str()).collect()
    }

    #[test]
    fn a_library_that_prints() {
        let found = silence(&house(
            "// println!\nfn a() { println!(\"\"); }\nfn sprint() {}\n",
        ));
        assert_eq!(places(&found), ["crates/engine/src/lib.rs:2"]);
    }

    #[test]
    fn a_library_that_looks_around() {
        let found = surroundings(&house(
            "use std::time::Instant;\nfn b() { std::env::var(\"A\"); }\nuse std::fs;\n",
        ));
        assert_eq!(
            places(&found),
            [
                "crates/engine/src/lib.rs:2",
                "crates/engine/src/lib.rs:2",
                "crates/engine/src/lib.rs:1",
                "crates/engine/src/lib.rs:3"
            ]
        );
    }

    #[test]
    fn an_order_of_chance() {
        let text = "use std::collections::HashMap;\nlet a: HashMap<u8, u8>;\n// Only asked, never walked: its order cannot show.\nlet b: HashSet<u8>;\n";
        assert_eq!(
            places(&order(&house(text))),
            ["crates/cli/src/main.rs:2", "crates/engine/src/lib.rs:2"]
        );
    }
}
