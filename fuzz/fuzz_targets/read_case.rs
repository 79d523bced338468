//! Any bytes as a case: parsed, what was found rendered in both languages, and, where the case is good and small, read.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run read_case -- -max_total_time=600`
#![no_main]

use libfuzzer_sys::fuzz_target;
use sinario_case::{Case, Lang, canonical, parse};
use sinario_reading::{Ask, Quiet, read};
use sinario_render::{diagnostics, diagnostics_json};

/// Most futures that are read: a fuzzer wants thousands of cases a second.
const SMALL: usize = 4096;

fn is_small(case: &Case) -> bool {
    let futures = case.drivers.iter().try_fold(1_usize, |n, d| n.checked_mul(d.states.len()));
    futures.is_some_and(|n| n <= SMALL) && case.rounds() <= 50 && case.impacts.len() <= 200
}

fuzz_target!(|bytes: &[u8]| {
    let parsed = parse(bytes);
    let source = String::from_utf8_lossy(bytes);
    for lang in [Lang::Ko, Lang::En] {
        let text = diagnostics("case.toml", &source, &parsed.diagnostics, lang, false);
        assert!(parsed.diagnostics.is_empty() || !text.is_empty());
        let _ = diagnostics_json(&source, &parsed.diagnostics, lang);
    }
    assert_eq!(parsed.case.is_some(), parsed.errors == 0);
    if let Some(case) = parsed.case {
        assert!(!canonical(&case).is_empty());
        if is_small(&case) {
            // A refusal is an answer too.
            let _ = read(case, Ask::default(), &Quiet);
        }
    }
});
