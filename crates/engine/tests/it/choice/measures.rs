//! The robustness measures, worked by hand and by what must always hold.

use super::near;
use crate::cases::Dice;
use sinario_engine::choice::{
    Judging, MEASURES, Measure, Of, Over, Taken, disagreements, measures, ranks,
};

fn of(values: &[f64], measure: Measure, enough: Option<f64>) -> f64 {
    let judging = Judging {
        optimism: 0.25,
        enough,
    };
    let at = MEASURES.iter().position(|&m| m == measure).unwrap();
    measures(&[values.to_vec()], &judging)[0][at]
}

/// Values and answers that the authors' own program is tested on.
#[test]
fn as_the_authors_have_them() {
    let a = [0.99, 1.0, 0.5];
    assert_eq!(of(&a, Measure::Maximin, None), 0.5);
    assert_eq!(of(&a, Measure::Maximax, None), 1.0);
    near(of(&a, Measure::Hurwicz, None), 0.625);
    near(of(&a, Measure::Laplace, None), 0.83);
    assert!((of(&a, Measure::MeanVariance, None) - 1.423_202_899_963_84).abs() < 1e-12);
    near(of(&a, Measure::UndesirableDeviations, None), 0.245);
    near(of(&a, Measure::Skewness, None), 0.96);
    near(of(&[0.69, 0.6, 0.61], Measure::Skewness, None), -7.0 / 9.0);
    near(
        of(&[0.99, 1.0, 0.5, 0.52], Measure::Peakedness, None),
        0.5 / 0.47,
    );
    near(of(&[0.69, 0.6, 0.61, 1.0], Measure::Peakedness, None), 5.0);
    near(of(&[0.5, 0.99, 1.0], Measure::Starr, Some(0.65)), 2.0 / 3.0);
    near(
        of(&[0.6, 0.65, 0.69], Measure::Starr, Some(0.65)),
        2.0 / 3.0,
    );
    let judging = Judging {
        optimism: 0.5,
        enough: None,
    };
    let both = measures(&[a.to_vec(), vec![0.69, 0.6, 0.6]], &judging);
    let regret = |o: usize, m| both[o][MEASURES.iter().position(|&n| n == m).unwrap()];
    near(regret(0, Measure::MinimaxRegret), 0.1);
    near(regret(1, Measure::MinimaxRegret), 0.4);
}

/// By hand: 1 … 11 but for one, so that percentiles fall on values.
#[test]
fn by_hand() {
    let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 9.0, 10.0, 11.0, 12.0, 31.0];
    // 10th, 25th, 50th, 75th, 90th: positions 1, 2.5 (outwards: 2), 5, 7.5 (8), 9.
    near(of(&x, Measure::Skewness, None), (6.0 - 7.0) / 5.0);
    near(of(&x, Measure::Peakedness, None), 10.0 / 8.0);
    near(
        of(&x, Measure::UndesirableDeviations, None),
        (5.0 + 4.0 + 3.0 + 2.0 + 1.0) / 6.0,
    );
    // An even number: the median is the middle of two, the worse half is two of four.
    let y = [8.0, 2.0, 1.0, 6.0];
    near(
        of(&y, Measure::UndesirableDeviations, None),
        (3.0 + 2.0) / 2.0,
    );
    near(of(&y, Measure::Skewness, None), (4.0 - 4.5) / 3.5);
    near(
        of(&y, Measure::MeanVariance, None),
        5.25 / (1.0 + libm::sqrt(32.75 / 3.0)),
    );
    near(of(&y, Measure::Starr, Some(2.0)), 0.75);
    // Regret beside an option that is best everywhere: 0 … 10, of which 9 is the 90th percentile.
    let own: Vec<f64> = (0..11).map(|i| 20.0 - f64::from(i)).collect();
    let judging = Judging {
        optimism: 0.5,
        enough: None,
    };
    let both = measures(&[own, vec![20.0; 11]], &judging);
    let at = |m| MEASURES.iter().position(|&n| n == m).unwrap();
    assert_eq!(both[0][at(Measure::MinimaxRegret)], 10.0);
    assert_eq!(both[0][at(Measure::PercentileRegret)], 9.0);
    assert_eq!(both[1][at(Measure::MinimaxRegret)], 0.0);
}

#[test]
fn where_they_are_not_defined() {
    for m in MEASURES {
        assert!(of(&[], m, Some(0.0)).is_nan(), "{m:?}");
        let alone = of(&[3.0], m, Some(0.0));
        let undefined = [
            Measure::MeanVariance,
            Measure::Skewness,
            Measure::Peakedness,
        ];
        assert_eq!(alone.is_nan(), undefined.contains(&m), "{m:?}");
        let flat = of(&[3.0, 3.0, 3.0], m, None);
        let undefined = [Measure::Starr, Measure::Skewness, Measure::Peakedness];
        assert_eq!(flat.is_nan(), undefined.contains(&m), "{m:?}");
    }
    assert_eq!(
        ranks(Measure::Skewness, &[f64::NAN, 1.0, 2.0, f64::NAN]),
        [0, 2, 1, 0]
    );
}

/// Rounding is no difference.
#[test]
fn ranks_share_what_differs_by_rounding() {
    let third = 0.1 + 0.2;
    assert!(third != 0.3);
    assert_eq!(
        ranks(Measure::Laplace, &[0.3, third, 0.1, 0.5]),
        [2, 2, 4, 1]
    );
    assert_eq!(
        ranks(Measure::MinimaxRegret, &[0.3, third, 0.1, 0.5]),
        [2, 2, 1, 4]
    );
}

#[test]
fn what_always_holds() {
    let dice = &mut Dice(1);
    for _ in 0..2000 {
        let (options, futures) = (1 + dice.below(4), 1 + dice.below(14));
        let values: Vec<Vec<f64>> = (0..options)
            .map(|_| (0..futures).map(|_| dice.below(21) as f64 - 10.0).collect())
            .collect();
        let judging = Judging {
            optimism: dice.unit(),
            enough: Some(dice.below(21) as f64 - 10.0),
        };
        let all = measures(&values, &judging);
        let at = |o: usize, m| all[o][MEASURES.iter().position(|&n| n == m).unwrap()];
        let negated: Vec<Vec<f64>> = values
            .iter()
            .map(|v| v.iter().map(|x| -x).collect())
            .collect();
        let turned = measures(&negated, &judging);
        let shifted: Vec<Vec<f64>> = values
            .iter()
            .map(|v| v.iter().map(|x| 2.0 * x + 8.0).collect())
            .collect();
        let moved = measures(&shifted, &judging);
        for o in 0..options {
            assert!(at(o, Measure::Maximin) <= at(o, Measure::Laplace));
            assert!(at(o, Measure::Laplace) <= at(o, Measure::Maximax));
            assert!(at(o, Measure::Maximin) <= at(o, Measure::Hurwicz));
            assert!(at(o, Measure::Hurwicz) <= at(o, Measure::Maximax) + 1e-12);
            assert!(0.0 <= at(o, Measure::PercentileRegret));
            assert!(at(o, Measure::PercentileRegret) <= at(o, Measure::MinimaxRegret));
            assert!(at(o, Measure::UndesirableDeviations) >= 0.0);
            let starr = at(o, Measure::Starr);
            assert_eq!(
                starr == 1.0,
                at(o, Measure::Maximin) >= judging.enough.unwrap()
            );
            assert_eq!(
                starr == 0.0,
                at(o, Measure::Maximax) < judging.enough.unwrap()
            );
            let skewness = at(o, Measure::Skewness);
            if !skewness.is_nan() {
                assert!((-1.0..=1.0).contains(&skewness));
                near(turned[o][8], -skewness);
                near(moved[o][8], skewness);
            }
            let peakedness = at(o, Measure::Peakedness);
            if !peakedness.is_nan() {
                assert!(peakedness >= 1.0);
                near(turned[o][9], peakedness);
                near(moved[o][9], peakedness);
            }
            for m in [0, 1, 2, 3] {
                near(moved[o][m], 2.0 * all[o][m] + 8.0);
            }
            for m in [4, 5, 7] {
                near(moved[o][m], 2.0 * all[o][m]);
            }
        }
        for m in 0..11 {
            let found: Vec<f64> = all.iter().map(|a| a[m]).collect();
            let ranks = ranks(MEASURES[m], &found);
            for a in 0..options {
                for b in 0..options {
                    let less = MEASURES[m].less_is_better();
                    let better = if less {
                        found[a] < found[b]
                    } else {
                        found[a] > found[b]
                    };
                    if better && (found[a] - found[b]).abs() > 1e-9 {
                        assert!(ranks[a] < ranks[b]);
                    }
                    if found[a] == found[b] {
                        assert_eq!(ranks[a], ranks[b]);
                    }
                }
            }
        }
    }
}

/// Two measures differ in some step, and a measure from itself in none. What is said comes out again with both
/// exchanged.
#[test]
fn each_differs_from_each_other() {
    for a in MEASURES {
        for b in MEASURES {
            let (there, back) = (a.against(b), b.against(a));
            let steps = (
                there.of.is_some(),
                there.over.is_some(),
                there.taken.is_some(),
            );
            assert_eq!(steps == (false, false, false), a == b, "{a:?} {b:?}");
            assert_eq!(there.of, back.of.map(|(x, y)| (y, x)));
            assert_eq!(there.over, back.over.map(|(x, y)| (y, x)));
            assert_eq!(there.taken, back.taken.map(|(x, y)| (y, x)));
        }
    }
    let why = Measure::Laplace.against(Measure::MeanVariance);
    assert_eq!((why.of, why.over), (None, None));
    assert_eq!(why.taken, Some((Taken::Level, Taken::LevelAndSpread)));
    let why = Measure::Maximin.against(Measure::PercentileRegret);
    assert_eq!(why.of, Some((Of::Value, Of::Regret)));
    assert_eq!(why.over, Some((Over::Worst, Over::Percentile)));
}

#[test]
fn rankings_disagree_on_pairs_that_they_turn_round() {
    assert_eq!(disagreements(&[1, 2, 3], &[1, 2, 3]), []);
    assert_eq!(
        disagreements(&[1, 2, 3], &[3, 2, 1]),
        [(0, 1), (0, 2), (1, 2)]
    );
    assert_eq!(disagreements(&[1, 1, 3], &[2, 1, 3]), []);
    assert_eq!(disagreements(&[1, 2, 0], &[2, 1, 3]), [(0, 1)]);
}
