//! Every case of the shared Korean vectors.

use serde_json::Value;
use sinario_case::numeral;
use sinario_render::korean::{Particle, attach, grouped, hangul, native, particle};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../data/korean_cases.json")).unwrap()
}

#[test]
fn particles_agree_with_the_last_sound() {
    let all = [
        ("은/는", Particle::Topic),
        ("이/가", Particle::Subject),
        ("을/를", Particle::Object),
        ("과/와", Particle::With),
        ("으로/로", Particle::Toward),
        ("이라/라", Particle::Copula),
    ];
    let vectors = vectors();
    let cases = vectors["josa"]["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 38);
    for case in cases {
        let word = case["word"].as_str().unwrap();
        for (key, p) in all {
            let wanted = case[key].as_str().unwrap();
            assert_eq!(attach(word, None, p), wanted);
            assert_eq!(format!("{word}{}", particle(word, None, p)), wanted);
        }
    }
}

#[test]
fn numbers_are_written_by_units_of_ten_thousand_and_read_back() {
    let vectors = vectors();
    let cases = vectors["numbers"]["format_cases"].as_array().unwrap();
    assert_eq!(cases.len(), 11);
    for case in cases {
        let n = u128::from(case["n"].as_u64().unwrap());
        assert_eq!(grouped(n), case["grouped"].as_str().unwrap());
        assert_eq!(hangul(n), case["hangul"].as_str().unwrap());
        // Both ways of writing it read back to the nearest double.
        for text in [grouped(n), hangul(n)] {
            assert_eq!(numeral::parse(&text).unwrap().value, n as f64, "{text}");
        }
    }
}

#[test]
fn numerals_are_read_or_refused() {
    let vectors = vectors();
    let cases = vectors["numbers"]["parse_cases"].as_array().unwrap();
    assert_eq!(cases.len(), 15);
    for case in cases {
        let text = case["text"].as_str().unwrap();
        let value = numeral::parse(text).map(|n| n.value);
        assert_eq!(value, case["value"].as_f64(), "{text}");
    }
    for text in vectors["numbers"]["reject"].as_array().unwrap() {
        assert_eq!(numeral::parse(text.as_str().unwrap()), None, "{text}");
    }
}

#[test]
fn native_numerals_stand_before_counters() {
    let vectors = vectors();
    let cases = vectors["counters"]["native"].as_object().unwrap();
    assert_eq!(cases.len(), 19);
    for (n, said) in cases {
        assert_eq!(native(n.parse().unwrap()).as_deref(), said.as_str());
    }
}

#[test]
fn whatever_is_written_reads_back() {
    // Steps of a prime reach every pattern of digits and empty groups.
    for n in (0..2_000_000_u128).step_by(97).map(|n| n * n) {
        for text in [grouped(n), hangul(n)] {
            let nearest: f64 = n.to_string().parse().unwrap();
            assert_eq!(numeral::parse(&text).unwrap().value, nearest, "{text}");
        }
    }
}
