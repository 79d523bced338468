//! The judgements of a case: where each stands, and how far it may lie off (model.md 4a and 5).

use crate::translate::{at, chances, driver, evidence, model, state};
use sinario_case::{Case, Doubt, DriverId, FactId, Ranged, Score, StateId, StateRef};
use sinario_engine::Fact;
use sinario_engine::judgement::{Inputs, Judgement, Place};

/// Chances that are drawn stay this far from 0 and 1.
const EDGE: f64 = 0.001;

/// Which number of the case a judgement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JudgementAt {
    /// What an impact says of one state.
    Score {
        /// Position in [`Case::impacts`].
        impact: usize,
        /// The state that it favours or hinders.
        state: StateId,
    },
    /// The weight of a state before any impact.
    Prior(StateRef),
    /// P(fact | state).
    Likelihood {
        /// The fact.
        fact: FactId,
        /// The state.
        of: StateRef,
    },
    /// How good an alternative of an act would be to an actor of that mind.
    Worth {
        /// The fact that the act is.
        fact: FactId,
        /// The mind.
        of: StateRef,
        /// Position in its alternatives.
        alternative: usize,
    },
    /// P(a signpost is seen | state).
    Seen {
        /// Position in [`Case::signposts`].
        signpost: usize,
        /// The state.
        of: StateRef,
    },
}

/// The case for the engine, with the facts that are used.
pub(crate) fn inputs(case: &Case, used: &[FactId]) -> Inputs {
    Inputs {
        model: model(case),
        evidence: evidence(case, used),
        signposts: case
            .signposts
            .iter()
            .map(|s| chances(&s.expected))
            .collect(),
    }
}

/// Every number that stands in the case and bears on an answer, in the order of priors, impacts, facts (as in
/// `used`) and signposts; each with its own range, else with the case's doubt.
pub(crate) fn judgements(case: &Case, used: &[FactId]) -> Vec<(JudgementAt, Judgement)> {
    let doubt = &case.doubt;
    let mut all = Vec::new();
    for (d, of) in case.drivers.iter().enumerate() {
        for (s, prior) in of.prior.iter().flatten().enumerate() {
            let here = StateRef {
                driver: DriverId(d),
                state: StateId(s),
            };
            let (driver, state) = at(here);
            let place = Place::Prior { driver, state };
            all.push((JudgementAt::Prior(here), weight(place, prior, doubt)));
        }
    }
    for (i, impact) in case.impacts.iter().enumerate() {
        let (from, source) = at(impact.from);
        for (t, score) in impact.scores.iter().enumerate().filter(|(_, s)| s.written) {
            let place = Place::Score {
                from,
                state: source,
                on: driver(impact.on),
                target: state(StateId(t)),
            };
            let here = JudgementAt::Score {
                impact: i,
                state: StateId(t),
            };
            all.push((here, points(place, score, doubt)));
        }
    }
    for (f, &id) in used.iter().enumerate() {
        // The cast: fewer facts than the bytes of a file.
        let (fact, of) = (Fact(f as u32), &case.facts[id.0]);
        for (part, expected) in of.expected.iter().enumerate() {
            for (s, value) in expected.chances.iter().enumerate() {
                let of = StateRef {
                    driver: expected.driver,
                    state: StateId(s),
                };
                let place = Place::Likelihood {
                    fact,
                    part,
                    state: state(of.state),
                };
                let here = JudgementAt::Likelihood { fact: id, of };
                all.push((here, chance(place, value, doubt)));
            }
        }
        for (part, worth) in of.act.iter().flat_map(|a| a.worth.iter().enumerate()) {
            for (s, row) in worth.table.iter().enumerate() {
                for (alternative, value) in row.iter().enumerate() {
                    let of = StateRef {
                        driver: worth.driver,
                        state: StateId(s),
                    };
                    let place = Place::Worth {
                        fact,
                        part,
                        state: state(of.state),
                        alternative,
                    };
                    let here = JudgementAt::Worth {
                        fact: id,
                        of,
                        alternative,
                    };
                    let off = doubt.worth * value.value.abs();
                    all.push((here, plain(place, value, off)));
                }
            }
        }
    }
    for (signpost, of) in case.signposts.iter().enumerate() {
        for (part, expected) in of.expected.iter().enumerate() {
            for (s, value) in expected.chances.iter().enumerate() {
                let of = StateRef {
                    driver: expected.driver,
                    state: StateId(s),
                };
                let place = Place::Seen {
                    signpost,
                    part,
                    state: state(of.state),
                };
                let here = JudgementAt::Seen { signpost, of };
                all.push((here, chance(place, value, doubt)));
            }
        }
    }
    all
}

/// A score in thousandths: its range, else the doubt in points to either side.
fn points(place: Place, score: &Score, doubt: &Doubt) -> Judgement {
    let off = (doubt.score * 1000.0).round();
    let point = f64::from(score.thousandths);
    let (low, high) = score.range.map_or((point - off, point + off), |(l, h)| {
        (f64::from(l), f64::from(h))
    });
    Judgement {
        place,
        point,
        low,
        high,
    }
}

/// The range, else `off` to either side.
fn plain(place: Place, value: &Ranged, off: f64) -> Judgement {
    let point = value.value;
    let (low, high) = value.range.unwrap_or((point - off, point + off));
    Judgement {
        place,
        point,
        low,
        high,
    }
}

/// A chance: off by the doubt, and never certain.
fn chance(place: Place, value: &Ranged, doubt: &Doubt) -> Judgement {
    let free = plain(place, value, doubt.likelihood);
    Judgement {
        low: free.low.clamp(EDGE, 1.0 - EDGE),
        high: free.high.clamp(EDGE, 1.0 - EDGE),
        ..free
    }
}

/// A prior: off by a share of itself, and never 0.
fn weight(place: Place, value: &Ranged, doubt: &Doubt) -> Judgement {
    let free = plain(place, value, doubt.prior * value.value);
    Judgement {
        low: free.low.max(EDGE * value.value),
        ..free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &[u8] = br#"
sinario = 1
title = "Doubt"
doubt = { score = 0.5, likelihood = 0.2, prior = 0.5, worth = 0.1 }
[actors.a]
[drivers.m]
kind = "mind"
actor = "a"
states = { x = "X", y = "Y" }
prior = { x = 0.4, y = "0.5 to 0.7" }
[drivers.w]
states = { u = "U", v = "V", z = "Z" }
[[impacts]]
from = "m.x"
on = "w"
score = { u = 2, v = "-1 to 1" }
[facts.f]
text = "F"
[facts.f.expected]
m = { x = 0.1, y = "85% to 100%" }
[facts.f.act]
actor = "a"
chose = "go"
among = ["go", "stay"]
[facts.f.act.worth.m]
x = { go = -5, stay = 0 }
y = { go = "1 to 4", stay = 2 }
[signposts.s]
text = "S"
[signposts.s.expected]
w = { u = 0, v = 0.5, z = 1 }
"#;

    #[test]
    fn each_number_that_stands_in_the_case_is_free_in_its_range_or_its_doubt() {
        let case = sinario_case::parse(CASE).case.unwrap();
        let all = judgements(&case, &[FactId(0)]);
        let free: Vec<(f64, f64, f64)> =
            all.iter().map(|(_, j)| (j.point, j.low, j.high)).collect();
        let want = [
            (0.4, 0.2, 0.6),
            (0.6, 0.5, 0.7),
            (2000.0, 1500.0, 2500.0),
            (0.0, -1000.0, 1000.0),
            (0.1, 0.001, 0.3),
            (0.925, 0.85, 0.999),
            (-5.0, -5.5, -4.5),
            (0.0, 0.0, 0.0),
            (2.5, 1.0, 4.0),
            (2.0, 1.8, 2.2),
            (0.0, 0.001, 0.2),
            (0.5, 0.3, 0.7),
            (1.0, 0.8, 0.999),
        ];
        assert_eq!(free.len(), want.len(), "{all:?}");
        for (got, want) in free.iter().zip(want) {
            let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
            assert!(
                near(got.0, want.0) && near(got.1, want.1) && near(got.2, want.2),
                "{got:?} {want:?}"
            );
        }
        // The state z, of which the impact says nothing, is nobody's judgement.
        let of_impact =
            |(here, _): &&(JudgementAt, Judgement)| matches!(here, JudgementAt::Score { .. });
        assert_eq!(all.iter().filter(of_impact).count(), 2);
    }

    #[test]
    fn setting_every_judgement_to_its_point_changes_nothing() {
        let case = sinario_case::parse(CASE).case.unwrap();
        let before = inputs(&case, &[FactId(0)]);
        let mut after = before.clone();
        for (_, j) in judgements(&case, &[FactId(0)]) {
            after.set(j.place, j.point);
        }
        assert_eq!(format!("{before:?}"), format!("{after:?}"));
    }
}
