//! The known name nearest to a wrong one.

/// How many comparisons one file may cost in all: ten thousand wrong names against four thousand known ones would
/// take minutes, and after the first fifty nobody reads what was meant.
pub(crate) const BUDGET: usize = 200_000;

/// The known name nearest to a wrong one, if any is near; `budget` counts down with every comparison.
pub(crate) fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
    budget: &mut usize,
) -> Option<&'a str> {
    // Only what could be a slip of the fingers; a novel in a key is none, and would take long to compare.
    if wrong.is_empty() || wrong.len() > 64 {
        return None;
    }
    let length = wrong.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for k in known {
        let chars = k.chars().count();
        // Any other short name is one slip away: they count only where nothing but the case of letters differs.
        if chars.min(length) == 1 || chars.max(length) == 2 {
            if wrong.to_lowercase() == k.to_lowercase() {
                return Some(k);
            }
            continue;
        }
        let most = 1 + chars.min(length) / 4;
        if chars.abs_diff(length) > most {
            continue;
        }
        *budget = budget.checked_sub(1)?;
        let distance = strsim::osa_distance(wrong, k);
        if distance <= most && distance < length.max(2) && best.is_none_or(|b| (distance, k) < b) {
            best = Some((distance, k));
        }
    }
    best.map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["money", "motive", "control", "a"];
        let of = |wrong| nearest(wrong, known, &mut BUDGET.clone());
        assert_eq!(of("monye"), Some("money"));
        assert_eq!(of("motivee"), Some("motive"));
        assert_eq!(of("weather"), None);
        assert_eq!(
            (of("A"), of("b"), of("나"), of("ab")),
            (Some("a"), None, None, None)
        );
        let short = |wrong| nearest(wrong, ["ms", "win"], &mut BUDGET.clone());
        assert_eq!(
            (short("MS"), short("mz"), short("m")),
            (Some("ms"), None, None)
        );
        assert_eq!((short("mss"), short("wn")), (Some("ms"), Some("win")));
        assert_eq!(of(""), None);
        assert_eq!(of(&"m".repeat(70)), None);
    }

    #[test]
    fn the_budget_ends_it() {
        let mut budget = 1;
        assert_eq!(nearest("monye", ["mono", "money"], &mut budget), None);
    }
}
