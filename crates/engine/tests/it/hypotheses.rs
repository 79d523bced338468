//! The scores of known tools against answers worked out apart, and everything about facts beside each other against
//! enumeration.

use sinario_engine::hypotheses::{
    LETTERS, Letter, Level, Row, SCORES, Score, diagnosticity, letters,
};

/// The reference's name of a score.
fn name(score: Score) -> &'static str {
    match score {
        Score::Parc => "parc_inconsistency",
        Score::ParcWeighted => "parc_weighted",
        Score::Burton => "burton",
        Score::OpenSynthesis => "open_synthesis_inconsistency",
        Score::OpenSynthesisConsistency => "open_synthesis_consistency",
        Score::IntelligenceWorkbench => "intelligence_workbench",
        Score::Sat => "sat",
        Score::SatWorker => "sat_worker",
        Score::NaiveBayes => "naive_bayes",
    }
}

fn matrix(of: &serde_json::Value) -> Vec<Row> {
    let level = |v: &serde_json::Value| {
        let all = [Level::High, Level::Medium, Level::Low];
        all.into_iter().find(|l| l.text() == v.as_str().unwrap())
    };
    let letter = |v: &serde_json::Value| {
        let found = LETTERS
            .into_iter()
            .find(|l| l.text() == v.as_str().unwrap());
        Some(found.unwrap())
    };
    let row = |f: &serde_json::Value| Row {
        letters: f["letters"]
            .as_array()
            .unwrap()
            .iter()
            .map(letter)
            .collect(),
        credibility: level(&f["credibility"]).unwrap(),
        relevance: level(&f["relevance"]).unwrap(),
        source: f["grade"].as_str().and_then(|g| g.chars().next()),
    };
    of["facts"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn the_scores_of_known_tools_are_theirs() {
    let data: serde_json::Value =
        serde_json::from_str(include_str!("../data/ach_scores.json")).unwrap();
    let mut checked = 0;
    for (case, of) in data.as_object().unwrap() {
        let matrix = matrix(of);
        for score in SCORES {
            let found = score.of(&matrix);
            let Some(wanted) = of["scores"].get(name(score)) else {
                // Nobody has graded these facts.
                assert!(score == Score::SatWorker && found.is_none(), "{case}");
                continue;
            };
            let found = found.unwrap();
            for (found, wanted) in found.iter().zip(wanted.as_array().unwrap()) {
                let (found, wanted) = (found.unwrap(), wanted.as_f64().unwrap());
                assert!(
                    (found - wanted).abs() < 1e-12,
                    "{case}, {score:?}: {found} is not {wanted}"
                );
                checked += 1;
            }
            // The reference names the first of equals.
            let best = score.best(&matrix)[0];
            assert_eq!(
                of["hypotheses"][best],
                of["best"][name(score)],
                "{case}, {score:?}"
            );
        }
        for (at, row) in matrix.iter().enumerate() {
            let found = diagnosticity(row).unwrap();
            for (key, found) in [
                ("spread", found.spread),
                ("points", found.points),
                ("decibans", found.decibans),
            ] {
                let wanted = of["diagnosticity"][key][at].as_f64().unwrap();
                assert!((found - wanted).abs() < 1e-12, "{case}, {at}, {key}");
            }
        }
    }
    assert_eq!(checked, 3 * 8 + 4 * 9 + 2 * 8);
}

#[test]
fn equals_are_all_named_and_consistency_decides_only_for_open_synthesis() {
    let row = |letters: [Letter; 3]| Row {
        letters: letters.map(Some).to_vec(),
        ..Row::default()
    };
    use Letter::*;
    let matrix = [
        row([Neutral, VeryConsistent, Inconsistent]),
        row([Neutral, Neutral, Neutral]),
    ];
    assert_eq!(Score::Parc.best(&matrix), [0, 1]);
    assert_eq!(Score::OpenSynthesis.best(&matrix), [1]);
    // The roots of the weighted points differ in their last digits, and count as equal all the same.
    let mut weighed = [
        row([Inconsistent, VeryInconsistent, VeryInconsistent]),
        row([Inconsistent, Neutral, VeryInconsistent]),
    ];
    for row in &mut weighed {
        (row.credibility, row.relevance) = (Level::High, Level::Low);
    }
    assert_eq!(Score::ParcWeighted.best(&weighed), [0, 1]);
}

#[test]
fn what_is_not_rated_counts_for_nothing_and_is_never_best() {
    let row = |letters: [Option<Letter>; 3]| Row {
        letters: letters.to_vec(),
        ..Row::default()
    };
    let matrix = [
        row([Some(Letter::Inconsistent), None, Some(Letter::Neutral)]),
        row([Some(Letter::Neutral), None, None]),
    ];
    for score in SCORES.into_iter().filter(|s| *s != Score::SatWorker) {
        let found = score.of(&matrix).unwrap();
        assert!(found[0].is_some() && found[1].is_none() && found[2].is_some());
        assert!(!score.best(&matrix).contains(&1), "{score:?}");
    }
    assert!(Score::Parc.best(&[]).is_empty());
    assert!(diagnosticity(&row([None; 3])).is_none());
}

#[test]
fn letters_come_from_ratios_alone_and_give_themselves_back() {
    for scale in [1.0, 0.01] {
        for letter in LETTERS {
            let found = letters(&[0.9 * scale, letter.chance() * scale]);
            assert_eq!(found, [Some(Letter::VeryConsistent), Some(letter)]);
        }
    }
    // The boundaries, worked out by hand: √(.7/.9) and so on.
    for (ratio, above, below) in [
        (0.881_917_1, Letter::VeryConsistent, Letter::Consistent),
        (0.657_342_2, Letter::Consistent, Letter::Neutral),
        (0.351_364_2, Letter::Neutral, Letter::Inconsistent),
        (0.111_111_1, Letter::Inconsistent, Letter::VeryInconsistent),
    ] {
        let of = |r: f64| letters(&[1.0, r])[1];
        assert_eq!(of(ratio + 1e-6), Some(above));
        assert_eq!(of(ratio - 1e-6), Some(below));
    }
    assert_eq!(
        letters(&[f64::NAN, 0.3]),
        [None, Some(Letter::VeryConsistent)]
    );
    assert_eq!(letters(&[0.0, 0.0]), [Some(Letter::Neutral); 2]);
    assert!(letters(&[]).is_empty());
}
