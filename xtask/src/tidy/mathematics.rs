//! No mathematics of the platform: `clippy.toml` bans it by name, and this rule sees that no name is left out.

use super::Finding;
use super::house::House;

/// What IEEE 754 does not fix to the last bit. `sqrt`, `mul_add`, `abs`, `floor` and their like are the same everywhere.
const PLATFORM: &[&str] = &[
    "exp", "exp2", "exp_m1", "ln", "ln_1p", "log", "log2", "log10", "powf", "powi", "cbrt",
    "hypot", "sin", "cos", "tan", "sin_cos", "asin", "acos", "atan", "atan2", "sinh", "cosh",
    "tanh", "asinh", "acosh", "atanh", "gamma", "ln_gamma",
];

/// Not in the standard library of this compiler yet; banning them would be an unknown path.
const UNSTABLE: &[&str] = &["gamma", "ln_gamma"];

pub(crate) fn check(house: &House) -> Vec<Finding> {
    let config = house.text("clippy.toml");
    PLATFORM
        .iter()
        .filter(|method| !UNSTABLE.contains(method))
        .filter(|method| !config.contains(&format!("\"f64::{method}\"")))
        .map(|method| {
            Finding::error(
                "clippy.toml",
                format!("`f64::{method}` is not banned, though its bits differ between platforms"),
                "add it to disallowed-methods",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_left_out() {
        let all: Vec<String> = PLATFORM
            .iter()
            .map(|m| format!("{{ path = \"f64::{m}\" }}"))
            .collect();
        assert!(check(&House::of(&[("clippy.toml", &all.join("\n"))])).is_empty());
        let found = check(&House::of(&[("clippy.toml", &all[1..].join("\n"))]));
        assert_eq!(found.len(), 1);
        assert!(found[0].wrong.contains("`f64::exp`"));
    }
}
