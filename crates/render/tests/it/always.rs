//! What is true of the report of every example in both languages.

use crate::page::{Piece, sound, texts};
use crate::report::examples;
use crate::retold::{retold, words};
use sinario_case::Lang;
use sinario_render::html;

const LANGS: [Lang; 2] = [Lang::Ko, Lang::En];

#[test]
fn it_is_well_formed_fetches_nothing_and_every_link_within_it_leads_somewhere() {
    for (name, reading) in examples() {
        for lang in LANGS {
            let pieces = sound(&html(&reading, lang));
            let svgs = pieces
                .iter()
                .filter(|p| matches!(p, Piece::Start(n, _) if n == "svg"));
            assert!(svgs.count() >= 3, "{name}");
        }
    }
}

#[test]
fn no_probability_pretends_to_more_than_two_digits() {
    for (name, reading) in examples() {
        for lang in LANGS {
            let page = html(&reading, lang);
            let mut seen = 0;
            for text in texts(&sound(&page)) {
                for (at, _) in text.match_indices('%') {
                    let number: String = text[..at]
                        .trim_end_matches(['\u{a0}', ' '])
                        .chars()
                        .rev()
                        .take_while(|c| c.is_ascii_digit() || *c == '.' || *c == ',')
                        .collect();
                    let number: String = number.chars().rev().collect();
                    // `4.1 %` has two as well; its dot separates it from no other number.
                    let fine = number.len() == 3 && number.as_bytes()[1] == b'.';
                    let number = if fine {
                        number.replace('.', "")
                    } else {
                        number
                    };
                    let whole: u32 = number
                        .trim_start_matches([',', '.'])
                        .parse()
                        .unwrap_or_else(|_| panic!("{name}: “{number} %” in “{text}”"));
                    assert!(whole <= 100, "{name}: {text}");
                    seen += 1;
                }
                for bad in ["NaN", "inf", "-0 ", "−0 "] {
                    assert!(
                        !words_of(text).contains(&bad.trim()),
                        "{name}: {bad} in {text}"
                    );
                }
            }
            assert!(seen > 0, "{name}");
        }
    }
}

fn words_of(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || "()[],;:".contains(c))
        .collect()
}

#[test]
fn particles_of_the_flagship_agree() {
    for (_, reading) in examples() {
        let page = html(&reading, Lang::Ko);
        for both in [
            "을(를)", "은(는)", "이(가)", "와(과)", "과(와)", "(으)로", "(이)", "(은)", "(를)",
        ] {
            assert!(!page.contains(both), "{both}");
        }
    }
}

/// With all of the author's words in a third script, whatever is Latin or Hangul is the product's own.
#[test]
fn the_product_speaks_one_language_at_a_time() {
    // Names that are the same everywhere: ours, of files, standards, units, people.
    let names = [
        "Sinario",
        "JSON",
        "MICMAC",
        "ICD",
        "verdicts",
        "dB",
        "Green",
        "Armstrong",
        "Mandel",
        // Methods and their tables, and König.
        "MACTOR",
        // A command as it is typed.
        "sinario",
        "tornado",
        "json",
        "Godet",
        "MDI",
        "MDII",
        "MMDII",
        "MAO",
        "CAA",
        "DAA",
        "Achen",
        "Thomson",
        "Stokman",
        "nig",
        // Tools, and the letters of their tables.
        "PARC",
        "ACH",
        "Burton",
        "Open",
        "Synthesis",
        "Intelligence",
        "Workbench",
        "SAT",
        "sat",
        "worker",
        "CC",
        "II",
        // As options are typed.
        "members",
        "draws",
    ];
    for (name, reading) in examples() {
        let reading = retold(reading, &|n| {
            format!("Ωδή{}", "αβγδε".chars().nth(n % 5).unwrap())
        });
        let korean = html(&reading, Lang::Ko);
        for text in texts(&sound(&korean)) {
            if text == reading.fingerprint {
                continue;
            }
            for word in text.split(|c: char| !c.is_ascii_alphabetic()) {
                // One letter is a grade.
                assert!(
                    word.len() < 2 || names.contains(&word),
                    "{name}: “{word}” in “{text}”"
                );
            }
        }
        let english = html(&reading, Lang::En);
        for text in texts(&sound(&english)) {
            assert!(
                !text
                    .chars()
                    .any(|c| ('ᄀ'..='ᇿ').contains(&c) || ('㄰'..='힣').contains(&c)),
                "{name}: {text}"
            );
        }
        let label = |page: &str| crate::page::values(&sound(page), "aria-label").concat();
        assert!(
            !label(&korean).chars().any(|c| c.is_ascii_lowercase()),
            "{name}"
        );
    }
}

/// What the author says in one language is not missing from a report in it, and the other language is not shown where it is not needed.
#[test]
fn the_author_is_heard_in_the_language_of_the_report() {
    for (name, reading) in examples() {
        for (lang, other) in [(Lang::Ko, Lang::En), (Lang::En, Lang::Ko)] {
            let page = html(&reading, lang);
            let all = texts(&sound(&page)).concat().replace('\u{a0}', " ");
            let own = words(&reading.case, lang);
            let case = &reading.case;
            let title = case.title.get(lang);
            assert!(all.contains(title), "{name}: {title}");
            for driver in &case.drivers {
                assert!(
                    all.contains(driver.name.get(lang)),
                    "{name}: {}",
                    driver.name.get(lang)
                );
            }
            for foreign in words(case, other) {
                let same = own.iter().any(|w| w.contains(&foreign));
                assert!(
                    same || foreign.len() < 12 || !all.contains(&foreign),
                    "{name}: {foreign}"
                );
            }
        }
    }
}

/// A column of probabilities says whether it is now, then or the long run; none mixes two.
#[test]
fn every_column_of_probabilities_says_of_which_time_it_is() {
    let times = |lang| match lang {
        Lang::Ko => ["지금", "그때", "길게 보면"],
        Lang::En => ["now", "then", "long run"],
    };
    for (name, reading) in examples() {
        if reading.belief.is_none() {
            continue;
        }
        for lang in LANGS {
            let pieces = sound(&html(&reading, lang));
            let mut timed = 0;
            for (at, piece) in pieces.iter().enumerate() {
                let (Piece::Start(tag, attributes), Some(Piece::Text(head))) =
                    (piece, pieces.get(at + 1))
                else {
                    continue;
                };
                if tag != "th" || !attributes.iter().any(|(k, v)| k == "class" && v == "n") {
                    continue;
                }
                let heard = format!(" {} ", words_of(&head.to_lowercase()).join(" "));
                let said = times(lang)
                    .iter()
                    .filter(|t| heard.contains(&format!(" {t} ")))
                    .count();
                assert!(said <= 1, "{name}: {head}");
                timed += said;
            }
            // The table of the unfolding alone has four.
            assert!(timed >= 4, "{name}: {timed}");
        }
    }
}
