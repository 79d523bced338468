//! Any text as a formula of a small case: it ends in a diagnostic or in a tree that reads back the same; what is proved of
//! it is proved in time, and it is drawn, or said not to have a value.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run read_formula -- -max_total_time=600`
#![no_main]

use libfuzzer_sys::fuzz_target;
use sinario_case::formula::{endless, print, unit_of_options};
use sinario_case::{Lang, Parsed, parse};
use sinario_reading::choices::Choosing;
use sinario_reading::numbers::Drawing;
use sinario_reading::{Ask, Quiet, read};
use sinario_render::{Page, Part, diagnostics, html, json, terminal};

/// The formula in a case, as a TOML string that needs no escapes beyond these.
fn case(formula: &str) -> String {
    let mut quoted = String::new();
    for c in formula.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    format!(
        "sinario = 1\ntitle = \"x\"\nas_of = 2024-04-04\n[drivers]\nmoney.states = {{ ms = \"MS\", many = \"Many\" }}\n\
         [quantities]\ncash = {{ unit = \"won\", formula = \"1 to 2\" }}\nburn = {{ unit = \"won/month\", formula = \"normal(0, 1)\" }}\n\
         x.formula = \"{quoted}\"\n[options]\ngo.value = \"x\"\n"
    )
}

/// Draws the formula as a quantity and as the value of an option, and shows both.
fn draw(case: sinario_case::Case) {
    let drawing = Drawing { least: 256, most: 4096, ..Drawing::default() };
    let ask = Ask { numbers: true, choosing: Some(Choosing::default()), probabilities: false, futures: false, drawing, ..Ask::default() };
    let reading = read(case, ask, &Quiet).expect("a case without facts leaves a future");
    for lang in [Lang::Ko, Lang::En] {
        for part in [Part::Numbers, Part::Choices] {
            assert!(!terminal(&reading, part, lang, Page::PLAIN).is_empty());
        }
        assert!(!html(&reading, lang).is_empty());
    }
    let shown = json(&reading, Part::Numbers);
    assert!(shown["numbers"]["quantities"]["x"].is_object());
}

fuzz_target!(|formula: &str| {
    let text = case(formula);
    let Parsed { case: parsed, diagnostics: found, .. } = parse(text.as_bytes());
    for lang in [Lang::Ko, Lang::En] {
        let shown = diagnostics("case.toml", &text, &found, lang, false);
        assert!(found.is_empty() || !shown.is_empty());
    }
    if let Some(parsed) = parsed {
        let _ = (endless(&parsed), unit_of_options(&parsed));
        let printed = print(&parsed, &parsed.quantities[2].formula.root);
        let again = parse(case(&printed).as_bytes()).case;
        draw(parsed);
        // Parentheses may take a formula at the very limit of depth beyond it.
        if let Some(again) = again {
            assert_eq!(printed, print(&again, &again.quantities[2].formula.root));
        }
    }
});
