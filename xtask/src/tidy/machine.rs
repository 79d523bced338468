//! No path of the machine that somebody wrote this on.

use super::Finding;
use super::house::House;
use std::path::Path;

pub(crate) fn check(house: &House) -> Vec<Finding> {
    let home = std::env::var("HOME").ok();
    let mut patterns = patterns(&house.root, home.as_deref().map(Path::new));
    // Somebody may keep the repository in `/src`; then that name tells nothing.
    patterns.retain(|folder| !own(house, folder.trim_matches('/')));
    search(house, &patterns)
}

/// Whether the repository has a folder of that name itself.
fn own(house: &House, name: &str) -> bool {
    let mut folders = house.files.keys().filter_map(|path| path.rsplit_once('/'));
    folders.any(|(folder, _)| folder.split('/').any(|part| part == name))
}

/// Folders that are on every machine, so that naming them tells nothing.
const EVERYWHERE: &[&str] = &[
    "/",
    "/bin/",
    "/dev/",
    "/etc/",
    "/home/",
    "/lib/",
    "/mnt/",
    "/opt/",
    "/proc/",
    "/srv/",
    "/tmp/",
    "/usr/",
    "/usr/local/",
    "/usr/src/",
    "/var/",
    "/var/tmp/",
    "/Users/",
];

/// This repository's folder, those above it, and the home folder of whoever asks.
fn patterns(root: &Path, home: Option<&Path>) -> Vec<String> {
    let mut patterns: Vec<String> = root
        .ancestors()
        .chain(home)
        .map(|folder| format!("{}/", folder.display().to_string().trim_end_matches('/')))
        .filter(|folder| !EVERYWHERE.contains(&folder.as_str()))
        .collect();
    patterns.sort();
    patterns.dedup();
    patterns
}

fn search(house: &House, patterns: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in &house.files {
        for (number, line) in text.lines().enumerate() {
            let found = patterns
                .iter()
                .find(|p| starts(line, p))
                .map(String::as_str)
                .or_else(|| homes(line));
            if let Some(found) = found {
                findings.push(Finding::at(
                    path,
                    number,
                    format!("`{found}` is a path of one machine"),
                    "name it from the root of the repository, or make it at run time",
                ));
            }
        }
    }
    findings
}

/// Whether a path begins like this in the line; in an address the same letters follow a name.
fn starts(line: &str, pattern: &str) -> bool {
    line.match_indices(pattern).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '~' | '}' | '…')
        })
    })
}

/// Somebody's home folder, by its usual places.
fn homes(line: &str) -> Option<&'static str> {
    ["/home/", "/Users/", "C:\\Users\\"]
        .into_iter()
        .find(|place| {
            let named = |at: usize| {
                line[at + place.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
            };
            starts(line, place) && line.match_indices(place).any(|(at, _)| named(at))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written in pieces, so that this file does not break its own rule.
    fn path(parts: &[&str]) -> String {
        format!("/{}", parts.join("/"))
    }

    #[test]
    fn paths_of_one_machine() {
        let home = path(&["home", "kim"]);
        let text = format!(
            "open {}\nsee https://example.org/deep/sinario/x\nat {home}/x\n{}\nfine: /tmp/x, /home/…\n",
            path(&["deep", "sinario", "x"]),
            path(&["deep", "other"]),
        );
        let house = House::of(&[("a.md", &text)]);
        let patterns = patterns(Path::new("/deep/sinario"), Some(Path::new(&home)));
        let found: Vec<String> = search(&house, &patterns)
            .into_iter()
            .map(|f| f.place)
            .collect();
        assert_eq!(found, ["a.md:1", "a.md:3", "a.md:4"]);
    }

    #[test]
    fn names_of_our_own_folders_tell_nothing() {
        let mut house = House::of(&[("crates/a/src/lib.rs", "let a = \"/src/\";\n")]);
        house.root = "/src/sinario".into();
        assert_eq!(check(&house), []);
        house.root = "/code/sinario".into();
        let text = format!("// {}\n", path(&["code", "x"]));
        house.files.insert("a.rs".to_owned(), text);
        assert_eq!(check(&house).len(), 1);
    }

    #[test]
    fn folders_that_are_everywhere_tell_nothing() {
        assert_eq!(
            patterns(Path::new("/tmp/clone"), Some(Path::new("/tmp"))),
            ["/tmp/clone/"]
        );
        assert_eq!(homes("in /home/ of somebody"), None);
    }
}
