//! The words that the formula language keeps for itself.

/// Words between operands and around them.
pub(crate) const KEYWORDS: &[&str] = &["and", "else", "if", "is", "not", "or", "then", "to"];
/// Days of the case that stand for numbers.
pub(crate) const DAYS: &[&str] = &["as_of", "horizon"];
/// Functions, with the fewest and the most arguments that each takes.
pub(crate) const FUNCTIONS: &[(&str, usize, usize)] = &[
    ("abs", 1, 1),
    ("bernoulli", 1, 1),
    ("beta", 2, 2),
    ("exp", 1, 1),
    ("ln", 1, 1),
    ("lognormal", 2, 2),
    ("max", 2, usize::MAX),
    ("min", 2, usize::MAX),
    ("mixture", 1, usize::MAX),
    ("normal", 2, 2),
    ("pert", 3, 3),
    ("sqrt", 1, 1),
    ("triangular", 3, 3),
    ("truncate", 3, 3),
    ("uniform", 2, 2),
];

/// What arguments each function takes, as a person would write it.
pub(crate) fn usage(function: &str) -> &'static str {
    match function {
        "abs" => "abs(a)",
        "bernoulli" => "bernoulli(p)",
        "beta" => "beta(alpha, beta)",
        "exp" => "exp(a)",
        "ln" => "ln(a)",
        "lognormal" => "lognormal(mu, sigma)",
        "max" => "max(a, b, …)",
        "min" => "min(a, b, …)",
        "mixture" => "mixture(d1, d2, …; w1, w2, …)",
        "normal" => "normal(mean, sd)",
        "pert" => "pert(low, mode, high)",
        "sqrt" => "sqrt(a)",
        "triangular" => "triangular(low, mode, high)",
        "truncate" => "truncate(d, low, high)",
        _ => "uniform(low, high)",
    }
}

/// The fewest and the most arguments of a function, if it is one.
pub(crate) fn function(name: &str) -> Option<(usize, usize)> {
    let found = FUNCTIONS.iter().find(|(f, ..)| *f == name)?;
    Some((found.1, found.2))
}

/// Whether a quantity of that id could never be named in a formula.
pub(crate) fn is_reserved(id: &str) -> bool {
    KEYWORDS.contains(&id) || DAYS.contains(&id) || function(id).is_some()
}
