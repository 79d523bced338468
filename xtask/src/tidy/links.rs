//! Links of the pages to files of the house.

use super::Finding;
use super::house::House;

pub(crate) fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in house.files.iter().filter(|(p, _)| p.ends_with(".md")) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (number, line) in text.lines().enumerate() {
            for target in targets(line) {
                if !joined(folder, target).is_some_and(|t| house.has(&t)) {
                    findings.push(Finding::at(
                        path,
                        number,
                        format!("a link to {target}, which is not there"),
                        "mend the link, or commit the file",
                    ));
                }
            }
        }
    }
    findings
}

/// Targets of Markdown links and pictures within the repository, without their anchors.
fn targets(line: &str) -> Vec<&str> {
    let behind = line.split("](").skip(1);
    behind
        .filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
        .map(|target| target.split('#').next().unwrap_or(target))
        .filter(|target| !target.is_empty() && !target.contains(':'))
        .collect()
}

/// The path from the root; nothing where it leads out of the repository.
fn joined(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_nothing() {
        let page = "[a](a.md), [up](../README.md#part), [out](https://x.org), [here](#there)\n![p](none.png) [far](../../x)\n";
        let house = House::of(&[
            ("docs/b.md", page),
            ("docs/a.md", ""),
            ("README.md", "[d](docs/)"),
        ]);
        let found: Vec<String> = check(&house).into_iter().map(|f| f.wrong).collect();
        assert_eq!(
            found,
            [
                "a link to none.png, which is not there",
                "a link to ../../x, which is not there"
            ]
        );
    }
}
