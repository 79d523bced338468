//! No mathematics of the platform: `clippy.toml` bans it by name, and this rule sees that no name is left out.

use super::Finding;
use super::house::House;

/// What IEEE 754 does not fix to the last bit. `sqrt`, `mul_add`, `abs`, `floor` and their like are the same everywhere.
const PLATFORM: &[&str] = &[
    "exp", "exp2", "exp_m1", "ln", "ln_1p", "log", "log2", "log10", "powf", "powi", "cbrt",
    "hypot", "sin", "cos", "tan", "sin_cos", "asin", "acos", "atan", "atan2", "sinh", "cosh",
    "tanh", "asinh", "acosh", "atanh",
];

pub(crate) fn check(house: &House) -> Vec<Finding> {
    let config = house.text("clippy.toml");
    let methods = PLATFORM
        .iter()
        .flat_map(|m| [format!("f64::{m}"), format!("f32::{m}")]);
    methods
        .filter(|method| !config.contains(&format!("path = \"{method}\"")))
        .map(|method| {
            Finding::error(
                "clippy.toml",
                format!("`{method}` is not banned, though its bits differ between platforms"),
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
        let whole = std::fs::read_to_string(crate::shell::root().join("clippy.toml")).unwrap();
        assert!(check(&House::of(&[("clippy.toml", &whole)])).is_empty());
        let less = whole.replace("\"f64::exp\"", "\"f64::sqrt\"");
        let found = check(&House::of(&[("clippy.toml", &less)]));
        assert_eq!(found.len(), 1);
        assert!(found[0].wrong.contains("`f64::exp`"));
    }
}
