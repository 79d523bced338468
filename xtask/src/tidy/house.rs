//! The files that the rules look at.

use super::source::Source;
use crate::shell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every text file that is or could be committed, by its path from the root.
pub(crate) struct House {
    pub root: PathBuf,
    pub files: BTreeMap<String, String>,
    /// Pictures and other files without lines.
    pub others: BTreeSet<String>,
}

impl House {
    /// What git knows, and what it would take in.
    pub(crate) fn load(root: &Path) -> Result<House, String> {
        let words = [
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ];
        let listed = shell::read(Command::new("git").args(words).current_dir(root))?;
        let (mut files, mut others) = (BTreeMap::new(), BTreeSet::new());
        for path in listed.split('\0').filter(|p| !p.is_empty()) {
            // A file that is listed may have been deleted.
            let Ok(bytes) = std::fs::read(root.join(path)) else {
                continue;
            };
            match String::from_utf8(bytes) {
                Ok(text) => drop(files.insert(path.to_owned(), text)),
                Err(_) => drop(others.insert(path.to_owned())),
            }
        }
        let root = root.to_path_buf();
        Ok(House {
            root,
            files,
            others,
        })
    }

    /// A house of these files only.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> House {
        let own = |&(path, text): &(&str, &str)| (path.to_owned(), text.to_owned());
        House {
            root: PathBuf::from("/somewhere/sinario"),
            files: files.iter().map(own).collect(),
            others: BTreeSet::new(),
        }
    }

    /// The text of a file; nothing where there is none.
    pub(crate) fn text(&self, path: &str) -> &str {
        self.files.get(path).map_or("", String::as_str)
    }

    /// Whether there is such a file, or a folder that holds one.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        let mut all = self.files.keys().chain(&self.others);
        all.any(|file| file == path || file.starts_with(&folder))
    }

    /// Rust files outside tests, benches, examples and fuzzing, with their comments and strings told apart.
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&str, Source)> {
        let aside = ["/tests/", "/benches/", "/examples/"];
        self.files
            .iter()
            .filter(move |(path, _)| {
                path.ends_with(".rs")
                    && (path.starts_with("crates/") || path.starts_with("xtask/"))
                    && !aside.iter().any(|a| path.contains(a))
            })
            .map(|(path, text)| (path.as_str(), Source::new(text)))
    }

    /// Sources of crates that others build on: those with a `lib.rs`.
    pub(crate) fn library_sources(&self) -> impl Iterator<Item = (&str, Source)> {
        self.sources().filter(|(path, _)| {
            room(path).is_some_and(|room| {
                self.files
                    .contains_key(&format!("crates/{room}/src/lib.rs"))
            })
        })
    }

    /// Names of the folders in this one that hold a file.
    pub(crate) fn folders(&self, parent: &str) -> BTreeSet<&str> {
        self.files
            .keys()
            .filter_map(|path| path.strip_prefix(parent)?.strip_prefix('/'))
            .filter_map(|rest| rest.split_once('/').map(|(folder, _)| folder))
            .collect()
    }
}

/// The folder in `crates` that a file is in.
pub(crate) fn room(path: &str) -> Option<&str> {
    path.strip_prefix("crates/")?
        .split_once('/')
        .map(|(room, _)| room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_house_is_loaded() {
        let house = House::load(&shell::root()).unwrap();
        assert!(house.text("xtask/src/main.rs").contains("fn main"));
        assert!(house.folders("crates").contains("engine"));
        assert!(house.sources().any(|(path, _)| path == "xtask/src/main.rs"));
        assert!(
            house
                .library_sources()
                .all(|(path, _)| room(path).is_some_and(|r| r != "cli"))
        );
    }

    #[test]
    fn tests_are_no_sources() {
        let house = House::of(&[
            ("crates/a/src/lib.rs", ""),
            ("crates/a/tests/it/main.rs", ""),
            ("crates/b/src/main.rs", ""),
            ("fuzz/targets/read.rs", ""),
        ]);
        assert_eq!(house.sources().count(), 2);
        assert_eq!(
            house.library_sources().map(|(p, _)| p).collect::<Vec<_>>(),
            ["crates/a/src/lib.rs"]
        );
    }
}
