//! The pages that describe the house agree with it.

use super::house::House;
use super::{Finding, RULES};

/// ARCHITECTURE.md lists these rules, under these names, in this order.
pub(crate) fn check(house: &House) -> Vec<Finding> {
    let names: Vec<&str> = RULES.iter().map(|r| r.name).collect();
    compare(house.text("ARCHITECTURE.md"), &names)
}

fn compare(page: &str, names: &[&str]) -> Vec<Finding> {
    let listed = listed(page);
    if listed == names {
        return Vec::new();
    }
    let lacks = |here: &[&str], there: &[&str]| -> String {
        let missing: Vec<&str> = here
            .iter()
            .filter(|n| !there.contains(n))
            .copied()
            .collect();
        if missing.is_empty() {
            "nothing".to_owned()
        } else {
            missing.join(", ")
        }
    };
    vec![Finding::error(
        "ARCHITECTURE.md",
        format!(
            "its invariants are not the rules of tidy: the page lacks {}, the rules lack {}, or the order differs",
            lacks(names, &listed),
            lacks(&listed, names)
        ),
        "list under \"What a machine checks\" one line `- **name**: …` a rule, in the order of RULES",
    )]
}

/// Names in bold that begin a point.
fn listed(page: &str) -> Vec<&str> {
    page.lines()
        .skip_while(|line| *line != "### What a machine checks")
        .skip(1)
        .take_while(|line| !line.starts_with('#'))
        .filter_map(|line| line.strip_prefix("- **")?.split_once("**: "))
        .map(|(name, _)| name)
        .collect()
}

/// Every room stands in the two maps.
pub(crate) fn map(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for folder in house.folders("crates") {
        for (page, entry) in [
            ("ARCHITECTURE.md", format!("`crates/{folder}`")),
            ("crates/README.md", format!("- [`{folder}`]({folder})")),
        ] {
            if !house.text(page).contains(&entry) {
                findings.push(Finding::error(
                    page,
                    format!("crates/{folder} is not on it"),
                    format!("add a line with {entry} and what it holds"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invariants_that_are_not_rules() {
        let page = "- **not**: here\n### What a machine checks\n\n- **one**: No a.\n  more\n- **two**: No b.\n### Others\n- **three**: No c.\n";
        assert!(compare(page, &["one", "two"]).is_empty());
        assert_eq!(compare(page, &["two", "one"]).len(), 1);
        let found = compare(page, &["one", "new"]);
        assert!(
            found[0]
                .wrong
                .contains("the page lacks new, the rules lack two"),
            "{found:?}"
        );
    }

    #[test]
    fn rooms_that_are_on_no_map() {
        let house = House::of(&[
            ("crates/a/Cargo.toml", ""),
            ("crates/b/Cargo.toml", ""),
            ("crates/README.md", "- [`a`](a): it\n"),
            (
                "ARCHITECTURE.md",
                "| `crates/a` | it |\n| `crates/b` | it |\n",
            ),
        ]);
        let found = map(&house);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].place.as_str(), found[0].wrong.as_str()),
            ("crates/README.md", "crates/b is not on it")
        );
    }
}
