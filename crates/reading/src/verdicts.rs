//! The reading against the truth (model.md 4 and 8).

use crate::score::{brier, brier_error, log, log_error, ranked, ranked_error};
use crate::{Beliefs, Reading, Score, VerdictFound};
use sinario_case::{Case, Kind};

/// Scores every verdict: a mind's against now, any other driver's against then.
pub(crate) fn verdicts(case: &Case, belief: &Beliefs) -> Vec<VerdictFound> {
    case.verdicts
        .iter()
        .enumerate()
        .map(|(at, verdict)| {
            let driver = case.driver(verdict.state.driver);
            let marginals = match driver.kind {
                Kind::Mind => &belief.now,
                Kind::World | Kind::Move => belief.then(),
            };
            let chances = marginals[verdict.state.driver.0].clone();
            let values: Vec<f64> = chances.iter().map(|c| c.value).collect();
            let truth = verdict.state.state.0;
            // The cast: a driver has at most 4096 states.
            let alike = vec![1.0 / values.len() as f64; values.len()];
            let sampled = chances.iter().any(|c| c.error.is_some());
            let errors: Vec<f64> = chances.iter().map(|c| c.error.unwrap_or(0.0)).collect();
            VerdictFound {
                verdict: at,
                probability: chances[truth],
                brier: brier(&values, truth),
                log: log(values[truth]),
                ranked: driver.ordered.then(|| ranked(&values, truth)),
                brier_ignorant: brier(&alike, truth),
                errors: sampled.then(|| {
                    let log = log_error(values[truth], errors[truth]);
                    (brier_error(&values, &errors, truth), log)
                }),
                ranked_error: (sampled && driver.ordered)
                    .then(|| ranked_error(&values, &errors, truth)),
                chances,
            }
        })
        .collect()
}

impl Reading {
    /// The verdicts taken together; `None` without one.
    pub fn score(&self) -> Option<Score> {
        if self.verdicts.is_empty() {
            return None;
        }
        let led = self
            .verdicts
            .iter()
            .filter(|v| v.chances.iter().all(|c| c.value <= v.probability.value));
        // The cast: a case has at most some thousand verdicts.
        let n = self.verdicts.len() as f64;
        let mean =
            |score: fn(&VerdictFound) -> f64| self.verdicts.iter().map(score).sum::<f64>() / n;
        Some(Score {
            verdicts: self.verdicts.len(),
            led: led.count(),
            brier: mean(|v| v.brier),
            brier_ignorant: mean(|v| v.brier_ignorant),
        })
    }
}
