//! What the code generates and the repository holds are the same.

use super::Finding;
use super::house::House;
use crate::schema::{GENERATED, same};

pub(crate) fn check(house: &House) -> Vec<Finding> {
    GENERATED
        .iter()
        .filter_map(|file| compare(file.path, house.text(file.path), file.fresh()))
        .collect()
}

fn compare(path: &str, committed: &str, fresh: Result<String, String>) -> Option<Finding> {
    match fresh {
        Ok(text) if same(committed, &text) => None,
        Ok(_) => Some(Finding::error(
            path,
            "the code writes something else by now",
            "run `cargo xtask schema` and commit what it wrote",
        )),
        Err(why) => Some(Finding::error(path, why, "mend what writes it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_file() {
        let fresh = || Ok("{}\n".to_owned());
        assert_eq!(compare("a.json", "{}\n", fresh()), None);
        assert!(
            compare("a.json", "{ }\n", fresh()).is_some_and(|f| f.way_out.contains("xtask schema"))
        );
        assert!(compare("a.json", "{}\n", Err("it does not build".to_owned())).is_some());
    }
}
