//! `cargo xtask tidy`: what ARCHITECTURE.md promises and a machine can check.
//!
//! A rule is a function from the files of the house to what is wrong in them, so that each is tested on a small bad input.

mod commands;
mod directions;
mod fresh;
mod house;
mod layout;
mod licences;
mod links;
mod machine;
mod manners;
mod mathematics;
mod promises;
mod proofs;
mod source;
mod spdx;

use crate::shell;
use house::House;

pub(crate) use commands::shown as readme_commands;

/// One invariant.
struct Rule {
    /// The name it has in ARCHITECTURE.md.
    name: &'static str,
    check: fn(&House) -> Vec<Finding>,
}

/// In the order of ARCHITECTURE.md.
const RULES: &[Rule] = &[
    Rule {
        name: "directions",
        check: directions::check,
    },
    Rule {
        name: "names",
        check: layout::names,
    },
    Rule {
        name: "length",
        check: layout::length,
    },
    Rule {
        name: "reached",
        check: layout::reached,
    },
    Rule {
        name: "one-test-binary",
        check: layout::one_test_binary,
    },
    Rule {
        name: "lints",
        check: layout::lints,
    },
    Rule {
        name: "proofs",
        check: proofs::proofs,
    },
    Rule {
        name: "stubs",
        check: proofs::stubs,
    },
    Rule {
        name: "silence",
        check: manners::silence,
    },
    Rule {
        name: "surroundings",
        check: manners::surroundings,
    },
    Rule {
        name: "order",
        check: manners::order,
    },
    Rule {
        name: "mathematics",
        check: mathematics::check,
    },
    Rule {
        name: "machine",
        check: machine::check,
    },
    Rule {
        name: "commands",
        check: commands::check,
    },
    Rule {
        name: "links",
        check: links::check,
    },
    Rule {
        name: "examples",
        check: layout::examples,
    },
    Rule {
        name: "generated",
        check: fresh::check,
    },
    Rule {
        name: "licences",
        check: licences::check,
    },
    Rule {
        name: "map",
        check: promises::map,
    },
    Rule {
        name: "promises",
        check: promises::check,
    },
];

/// Something that is not as it should be.
#[derive(Debug, PartialEq)]
struct Finding {
    /// File, and line where there is one.
    place: String,
    wrong: String,
    /// What to do about it.
    way_out: String,
    weight: Weight,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Weight {
    Error,
    Note,
}

impl Finding {
    fn error(
        place: impl Into<String>,
        wrong: impl Into<String>,
        way_out: impl Into<String>,
    ) -> Finding {
        Finding {
            place: place.into(),
            wrong: wrong.into(),
            way_out: way_out.into(),
            weight: Weight::Error,
        }
    }

    /// With the line, counted from 0.
    fn at(
        path: &str,
        line: usize,
        wrong: impl Into<String>,
        way_out: impl Into<String>,
    ) -> Finding {
        Finding::error(format!("{path}:{}", line + 1), wrong, way_out)
    }

    fn told(&self, rule: &str) -> String {
        let weight = match self.weight {
            Weight::Error => "error",
            Weight::Note => "note",
        };
        let Finding {
            place,
            wrong,
            way_out,
            ..
        } = self;
        format!("{weight}[{rule}] {place}\n  {wrong}\n  {way_out}\n")
    }
}

/// Checks the rules named, or all.
pub(crate) fn run(names: &[String]) -> Result<(), String> {
    if let Some(unknown) = names.iter().find(|n| !RULES.iter().any(|r| r.name == **n)) {
        let known: Vec<&str> = RULES.iter().map(|r| r.name).collect();
        return Err(format!(
            "there is no rule `{unknown}`; there are {}",
            known.join(", ")
        ));
    }
    let house = House::load(&shell::root())?;
    let (mut checked, mut errors) = (0, 0);
    for rule in RULES {
        if !names.is_empty() && !names.iter().any(|n| n == rule.name) {
            continue;
        }
        checked += 1;
        for finding in (rule.check)(&house) {
            errors += usize::from(finding.weight == Weight::Error);
            println!("{}", finding.told(rule.name));
        }
    }
    match errors {
        0 => {
            println!("tidy: {checked} rules hold in {} files", house.files.len());
            Ok(())
        }
        1 => Err("1 error".to_owned()),
        _ => Err(format!("{errors} errors")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_what_where_and_what_to_do() {
        let told = Finding::at("a.rs", 4, "it is wrong", "mend it").told("names");
        assert_eq!(told, "error[names] a.rs:5\n  it is wrong\n  mend it\n");
    }

    #[test]
    fn rules_have_names_of_their_own() {
        let mut names: Vec<&str> = RULES.iter().map(|r| r.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
        assert!(run(&["no-such-rule".to_owned()]).is_err());
    }
}
