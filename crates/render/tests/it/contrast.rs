//! The colours of the style sheet by WCAG 2.2: text at least 4.5 : 1, marks at least 3 : 1, in both themes and on paper.

use std::collections::BTreeMap;

type Colours = BTreeMap<String, [f64; 3]>;

const SHEET: &str = include_str!("../../src/html/report.css");

/// Custom properties of the `:root` rule that follows `after`.
fn colours(after: &str) -> Colours {
    let rest = SHEET.split_once(after).unwrap().1;
    let rule = rest
        .split_once(":root {")
        .unwrap()
        .1
        .split_once('}')
        .unwrap()
        .0;
    rule.split(';')
        .filter_map(|d| d.trim().strip_prefix("--")?.split_once(": #"))
        .map(|(name, hex)| {
            let digits: Vec<u32> = hex.chars().map(|c| c.to_digit(16).unwrap()).collect();
            let part = |i: usize| match digits.len() {
                3 => digits[i] * 17,
                6 => digits[2 * i] * 16 + digits[2 * i + 1],
                n => panic!("{name}: {n} digits"),
            };
            let rgb = [0, 1, 2].map(|i| f64::from(part(i)) / 255.0);
            (name.to_owned(), rgb)
        })
        .collect()
}

/// Each theme whole: what it changes, over what it keeps.
fn themes() -> Vec<(&'static str, Colours)> {
    let light = colours("");
    let over = |base: &Colours, more: &Colours| {
        let mut all = base.clone();
        all.extend(more.clone());
        all
    };
    let dark = over(&light, &colours("@media (prefers-color-scheme: dark)"));
    let print = colours("@media print");
    vec![
        ("light", light.clone()),
        ("paper", over(&light, &print)),
        ("paper of a dark system", over(&dark, &print)),
        ("dark", dark),
    ]
}

/// Contrast ratio of two colours, 1 … 21 (WCAG 2.2, "relative luminance").
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let light = |c: [f64; 3]| {
        let linear = c.map(|v| {
            if v <= 0.04045 {
                v / 12.92
            } else {
                libm::pow((v + 0.055) / 1.055, 2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn black_on_white_is_twenty_one() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([1.0; 3], [1.0; 3]) - 1.0).abs() < 1e-9);
}

#[test]
fn text_and_marks_stand_out_in_every_theme() {
    let mut low = Vec::new();
    for (theme, colours) in themes() {
        let mut check = |front: &str, back: &str, least: f64| {
            let ratio = contrast(colours[front], colours[back]);
            if ratio < least {
                low.push(format!("{theme}: {front} on {back} {ratio:.2} < {least}"));
            }
        };
        for text in ["ink", "mute", "link", "warn"] {
            // `track` is behind what a link has led to.
            for back in ["paper", "card", "track"] {
                check(text, back, 4.5);
            }
        }
        for state in 0..6 {
            check(&format!("on{state}"), &format!("s{state}"), 4.5);
            check(&format!("s{state}"), "paper", 3.0);
        }
        // Shades of regret, under numbers.
        for shade in 1..=5 {
            let mixed = format!(
                "h{shade} {{ fill: color-mix(in srgb, var(--against) {shade}0%, var(--paper)); }}"
            );
            assert!(SHEET.contains(&mixed), "{mixed}");
            let part = 0.1 * f64::from(shade);
            let back = [0, 1, 2]
                .map(|i| part * colours["against"][i] + (1.0 - part) * colours["paper"][i]);
            let ratio = contrast(colours["ink"], back);
            assert!(ratio >= 4.5, "{theme}: ink on h{shade} {ratio:.2}");
        }
        for side in ["for", "against"] {
            check(&format!("on{side}"), side, 4.5);
        }
        for mark in ["for", "against", "bar", "grey", "ink", "mute"] {
            check(mark, "paper", 3.0);
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

/// Whatever colours text is among those tested above.
#[test]
fn text_has_a_colour_that_was_tested() {
    let tested = ["ink", "mute", "link", "warn"];
    for (at, _) in SHEET.match_indices("color: var(--") {
        let before = SHEET[..at].chars().next_back();
        if before == Some('-') {
            continue;
        }
        let name = SHEET[at + 13..].split(')').next().unwrap();
        assert!(tested.contains(&name), "color: {name}");
    }
}
