//! What stops the program, and why it cannot.

use super::Finding;
use super::house::House;
use super::source::Source;

/// Fewer words are no sentence.
const SENTENCE: usize = 4;

pub(crate) fn proofs(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in house.sources() {
        for word in [
            ".unwrap()",
            ".expect(",
            ".unwrap_err()",
            ".expect_err(",
            "unreachable!",
            "panic!",
        ] {
            for line in source.find(word) {
                let said = source
                    .comment_near(line)
                    .split(' ')
                    .filter(|w| !w.is_empty())
                    .count();
                if said < SENTENCE && message(&source, line, word) < SENTENCE {
                    findings.push(Finding::at(
                        path,
                        line,
                        format!("`{word}` without a sentence that proves it cannot happen"),
                        "say why it cannot in a comment next to it or as its message, or give the failure back",
                    ));
                }
            }
        }
    }
    findings
}

/// Words of the message in the first quotes behind the call, on its line or the next.
fn message(source: &Source, line: usize, word: &str) -> usize {
    let mut text = source.lines[line].clone();
    if let Some(next) = source.lines.get(line + 1) {
        text = format!("{text}\n{next}");
    }
    let behind = text.split_once(word).map_or("", |(_, rest)| rest);
    let open = behind.trim_start_matches(['(', '\n', ' ']);
    let quoted = open
        .strip_prefix('"')
        .and_then(|rest| rest.split('"').next());
    quoted.map_or(0, |q| q.split_whitespace().count())
}

pub(crate) fn stubs(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in house.sources() {
        for word in ["todo!", "unimplemented!"] {
            for line in source.find(word) {
                findings.push(Finding::at(
                    path,
                    line,
                    format!("`{word}` is a stub"),
                    "write what belongs there, or leave the feature out",
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(check: fn(&House) -> Vec<Finding>, text: &str) -> Vec<String> {
        let found = check(&House::of(&[("crates/a/src/lib.rs", text)]));
        found.into_iter().map(|f| f.place).collect()
    }

    #[test]
    fn claims_without_proof() {
        let text = r#"
a.unwrap(); // hm
// A driver has two states or more.
b.unwrap();
c.unwrap();
d.expect("some");
e.expect("a driver has two states or more");
f.unwrap_or_default();
match g { None => unreachable!(), Some(_) => {} }
let h = i
    .expect(
        "the table was made one line above",
    );
/// k.unwrap() in an example
fn k() { let s = ".unwrap()"; }
"#;
        let at = |n: usize| format!("crates/a/src/lib.rs:{n}");
        let mut found = lines(proofs, text);
        found.sort();
        assert_eq!(found, [at(2), at(5), at(6), at(9)]);
    }

    #[test]
    fn tests_may_stop() {
        assert!(
            lines(
                proofs,
                "#[cfg(test)]\nmod tests {\n fn a() { b.unwrap(); }\n}\n"
            )
            .is_empty()
        );
    }

    #[test]
    fn stubs_are_seen() {
        assert_eq!(
            lines(stubs, "// todo!\nfn a() { todo!() }\n"),
            ["crates/a/src/lib.rs:2"]
        );
    }
}
