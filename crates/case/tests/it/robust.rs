//! Any bytes end in a diagnostic or a case, soon.

use crate::{WHOLE, good_cases};
use proptest::prelude::*;
use sinario_case::{LARGEST, MOST_ERRORS, Parsed, parse};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// What must hold of any outcome.
fn holds(bytes: &[u8]) -> Parsed {
    let parsed = parse(bytes);
    let errors = parsed.diagnostics.iter().filter(|d| d.is_error()).count();
    assert_eq!(parsed.case.is_some(), parsed.errors == 0);
    assert_eq!(parsed.errors == 0, errors == 0);
    assert!(errors <= MOST_ERRORS + 1 && errors <= parsed.errors + 1);
    let text = std::str::from_utf8(bytes).unwrap_or("");
    for d in &parsed.diagnostics {
        for span in d
            .labels
            .iter()
            .map(|l| &l.span)
            .chain(d.fix.as_ref().map(|f| &f.span))
        {
            assert!(text.get(span.clone()).is_some(), "{span:?} of {}", d.code);
        }
        assert!(!d.title.ko.is_empty() && !d.title.en.is_empty());
    }
    parsed
}

/// The outcome, and that it came within this time (a debug build on a busy machine: a hundred times what is promised).
fn within(seconds: u64, bytes: &[u8]) -> Parsed {
    let begin = Instant::now();
    let parsed = holds(bytes);
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(100 * seconds), "{took:?}");
    parsed
}

fn codes(parsed: &Parsed) -> Vec<&'static str> {
    parsed.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn line_ends_marks_and_odd_bytes() {
    let bare = parse(WHOLE.as_bytes());
    let windows = format!("\u{feff}{}", WHOLE.replace('\n', "\r\n"));
    let parsed = holds(windows.as_bytes());
    assert_eq!(codes(&parsed), codes(&bare));
    let words = |text: &str, p: &Parsed| -> Vec<String> {
        p.diagnostics
            .iter()
            .flat_map(|d| d.labels.iter().map(|l| text[l.span.clone()].to_owned()))
            .collect()
    };
    assert_eq!(words(&windows, &parsed), words(WHOLE, &bare));
    assert_eq!(
        sinario_case::fingerprint(&parsed.case.unwrap()),
        sinario_case::fingerprint(&bare.case.unwrap())
    );
    for odd in [
        "\0",
        "\u{1}",
        "\r",
        "\u{7f}",
        "\u{feff}",
        "\u{2028}",
        "\u{202e}",
        "\u{10ffff}",
    ] {
        for at in [0, WHOLE.find("title").unwrap(), WHOLE.find("마음").unwrap()] {
            holds(format!("{}{odd}{}", &WHOLE[..at], &WHOLE[at..]).as_bytes());
        }
    }
    for cut in 0..WHOLE.len() {
        holds(&WHOLE.as_bytes()[..cut]);
    }
}

#[test]
fn absurd_sizes_are_answered() {
    assert_eq!(codes(&within(1, &vec![b'#'; 50 << 20])), ["E0101"]);
    // As large as may be: one remark, one text, one key, nothing but line ends, nothing but quotes.
    within(2, &vec![b'#'; LARGEST]);
    within(2, &vec![b'\n'; LARGEST]);
    within(
        2,
        &[b"title = \"".as_slice(), &vec![b'a'; LARGEST - 10], b"\""].concat(),
    );
    within(2, &vec![b'a'; 1 << 20]);
    within(2, "'".repeat(1 << 20).as_bytes());
    within(2, "가".repeat(1 << 18).as_bytes());
}

#[test]
fn depth_of_every_sort_is_survived() {
    for (open, close) in [("[", "]"), ("{ a = ", " }"), ("[{ a = ", " }]")] {
        for n in [70, 81, 20_000] {
            within(
                1,
                format!("a = {}1{}", open.repeat(n), close.repeat(n)).as_bytes(),
            );
            within(1, format!("a = {}", open.repeat(n)).as_bytes());
        }
    }
    for n in [79, 20_000] {
        let dots = vec!["a"; n].join(".");
        within(1, format!("{dots} = 1\n[{dots}]\n[[{dots}]]\n").as_bytes());
        within(1, format!("[[{dots}]]\n[[{dots}]]\n").as_bytes());
    }
}

#[test]
fn thousands_of_errors_are_counted() {
    let keys: String = (0..30_000).fold(String::new(), |mut all, n| {
        let _ = writeln!(all, "wrong{n} = 1");
        all
    });
    let parsed = within(1, keys.as_bytes());
    assert_eq!(
        (parsed.diagnostics.len(), parsed.errors),
        (MOST_ERRORS + 1, 30_003)
    );
    let lines = "x = = 1\n".repeat(30_000);
    assert_eq!(within(1, lines.as_bytes()).errors, 30_000);
    assert!(within(1, "x = 1\n".repeat(30_000).as_bytes()).errors >= 29_999);
    // Names that are nearly right, against as many as there may be.
    let mut names = "sinario = 1\ntitle = \"x\"\n".to_owned();
    for n in 0..4000 {
        let _ = writeln!(
            names,
            "[drivers.driver_{n:04}]\nstates = {{ a = \"A\", b = \"B\" }}"
        );
    }
    for n in 0..4000 {
        let _ = writeln!(
            names,
            "[[impacts]]\nfrom = \"drivr_{n:04}.a\"\non = \"driver_{n:04}\"\nscore = {{}}"
        );
    }
    let parsed = within(2, names.as_bytes());
    assert_eq!(parsed.errors, 4000);
    assert!(parsed.diagnostics[0].fix.is_some());
}

/// A case of many drivers, states and impacts, all of it in order but for reasons.
fn large(drivers: usize, states: usize, impacts: usize) -> String {
    let mut text = "sinario = 1\ntitle = \"x\"\n".to_owned();
    for d in 0..drivers {
        let _ = write!(text, "[drivers.d{d}]\nstates = {{ ");
        for s in 0..states {
            let _ = write!(text, "{}s{s} = \"x\"", if s > 0 { ", " } else { "" });
        }
        text.push_str(" }\n");
    }
    for i in 0..impacts {
        let (from, on) = (i % drivers, (i / drivers + i) % drivers);
        let _ = writeln!(
            text,
            "[[impacts]]\nfrom = \"d{from}.s{}\"\non = \"d{on}\"\nscore = {{ s0 = 1, s1 = -1 }}",
            (i / drivers) % states
        );
    }
    text
}

#[test]
fn large_cases_are_read_in_time() {
    let parsed = within(1, large(1000, 2, 100_000).as_bytes());
    assert_eq!(parsed.case.unwrap().impacts.len(), 100_000);
    let parsed = within(1, large(500, 64, 20_000).as_bytes());
    assert_eq!(parsed.case.unwrap().drivers[499].states.len(), 64);
    // One driver with as many states as there may be, named by many facts.
    let mut text = large(1, 4096, 0);
    let chances: Vec<_> = (0..4096).map(|s| format!("s{s}=.5")).collect();
    let chances = chances.join(",").replace('.', "0.");
    for f in 0..100 {
        let _ = writeln!(
            text,
            "[facts.f{f}]\ntext = \"x\"\nexpected.d0 = {{ {chances} }}"
        );
    }
    assert!(within(2, text.as_bytes()).case.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end_in_a_diagnostic_or_a_case(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        holds(&bytes);
    }

    #[test]
    fn any_text_of_our_letters_does(text in "([a-z_.]{1,6}|[\\[\\]{}=\"'.,#\n -]|[0-9]{1,3}|drivers|states|impacts|from|가){0,60}") {
        holds(text.as_bytes());
    }

    #[test]
    fn any_damage_to_a_good_case_is_survived(
        which in any::<prop::sample::Index>(),
        wounds in proptest::collection::vec((any::<prop::sample::Index>(), 0..40_usize, "\\PC{0,6}|[\\[\\]{}=\".,\n]{0,4}"), 1..4),
    ) {
        let good = good_cases();
        let mut text = which.get(&good).1.clone();
        for (at, cut, put) in wounds {
            let at = at.index(text.len() + 1);
            let from = (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap();
            let to = (from + cut..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
            text = format!("{}{put}{}", &text[..from], &text[to..]);
        }
        holds(text.as_bytes());
    }

    #[test]
    fn any_lines_of_a_good_case_in_any_order_are_survived(
        which in any::<prop::sample::Index>(), take in proptest::collection::vec(any::<prop::sample::Index>(), 0..40),
    ) {
        let good = good_cases();
        let lines: Vec<&str> = which.get(&good).1.lines().collect();
        let text: String = take.iter().map(|i| format!("{}\n", i.get(&lines))).collect();
        holds(text.as_bytes());
    }
}
