//! What was not done, and each rationality, where now itself is drawn: each is one more set of facts to weigh the
//! draws by. Ends of ranges and single futures are not looked for among draws.

use super::super::compare::{acts, decibans};
use super::super::{Alternative, Compared, Estimate, Fixed, Undone};
use super::facts::honest;
use super::groups::jackknife;
use super::now::LastRound;
use super::{Sampling, Today};
use crate::evidence::{Evidence, FactInput, Weighing};
use crate::progress::Quiet;
use crate::{Driver, Fact};

impl Sampling<'_> {
    /// As asked, from draws of ν₀'s futures.
    pub(super) fn compared(&self, weighing: &Weighing, today: &Today) -> Option<Compared> {
        self.ask.compare.as_ref()?;
        let read = &self.ask.read;
        let acts: Vec<Fact> = acts(self.evidence).map(|(f, _)| f).collect();
        if acts.is_empty() || read.is_empty() {
            return Some(Compared::default());
        }
        // For each alternative not taken: it had not been there, it had been taken.
        let mut told: Vec<(Fact, usize, [FactInput; 2])> = Vec::new();
        for &f in &acts {
            let fact = &self.evidence.facts[f.0 as usize];
            let Some(act) = &fact.act else { continue };
            for other in (0..act.among).filter(|&a| a != act.chose) {
                let struck = fact.acting(act.without(other));
                told.push((f, other, [struck, fact.acting(act.instead(other))]));
            }
        }
        let grid = &self.evidence.grid;
        let fixed: Vec<Evidence> = grid.iter().map(|g| self.evidence.fixed(g.0)).collect();
        let mut weighings = vec![weighing.clone()];
        for (f, _, both) in &told {
            for fact in both {
                let mut other = weighing.clone();
                other.retell(*f, fact);
                weighings.push(other);
            }
        }
        weighings.extend(fixed.iter().map(Weighing::new));
        let round = |weighing| {
            let lean = self.lean(weighing, &self.all, &[]);
            LastRound::new(&self.answers, &self.order_now, lean, Some(read))
        };
        let rounds: Vec<LastRound> = weighings.iter().map(round).collect();
        let cost = rounds.iter().map(|r| r.cost).sum::<f64>();
        let draws = self.budget.draws(0.2, cost, 4 * self.stored(today));
        // Nothing is asked of them but the states.
        let asked: Vec<Vec<_>> = rounds.iter().map(|_| Vec::new()).collect();
        let (sums, behind) = self.posteriors(&rounds, &asked, draws, today, &Quiet);
        let shares = |s: &[f64]| s[1..].iter().map(|v| v / s[0]).collect();
        let posteriors: Vec<Vec<Vec<f64>>> = sums.iter().map(|g| g.replicates(shares)).collect();

        let mut at = 0;
        let places: Vec<std::ops::Range<usize>> = read
            .iter()
            .map(|d: &Driver| {
                let from = at;
                at += usize::from(self.model.sizes[d.0 as usize]);
                from..at
            })
            .collect();
        let beliefs = |set: usize| -> Vec<Vec<Estimate>> {
            let all = jackknife(&posteriors[set]);
            places.iter().map(|p| all[p.clone()].to_vec()).collect()
        };
        let weights = |set: usize| -> Vec<Vec<Estimate>> {
            let of = |place: &std::ops::Range<usize>| {
                let pairs = posteriors[0].iter().zip(&posteriors[set]);
                let each: Vec<Vec<f64>> = pairs
                    .map(|(a, b)| decibans(&a[place.clone()], &b[place.clone()]))
                    .collect();
                let found = jackknife(&each).into_iter().zip(place.clone());
                found
                    .map(|(e, at)| honest(e, behind[0][at].min(behind[set][at])))
                    .collect()
            };
            places.iter().map(of).collect()
        };
        let undone = |&fact: &Fact| {
            let of = told.iter().enumerate().filter(|(_, t)| t.0 == fact);
            let alternatives = of.map(|(n, (_, number, _))| Alternative {
                number: *number,
                decibans: weights(1 + 2 * n),
                instead: beliefs(2 + 2 * n),
            });
            Undone {
                fact,
                alternatives: alternatives.collect(),
            }
        };
        let first = 1 + 2 * told.len();
        let rationality = grid.iter().enumerate().map(|(k, &(beta, _))| Fixed {
            beta,
            posterior: beliefs(first + k),
        });
        Some(Compared {
            acts: acts.iter().map(undone).collect(),
            rationality: rationality.collect(),
            ..Compared::default()
        })
    }
}
