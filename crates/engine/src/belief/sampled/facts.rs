//! What each fact says, and the beliefs as facts arrive (model.md 5).

use super::super::facts::log_odds;
use super::super::{Estimate, Marginals, Weight};
use super::answers::Dice;
use super::groups::{GROUPS, Groups, Sums, jackknife};
use super::now::LastRound;
use super::{FACTS, Sampling, Today};
use crate::Fact;
use crate::evidence::Weighing;
use crate::progress::{Progress, Work};
use rayon::prelude::*;
use std::collections::BTreeMap;

impl Sampling<'_> {
    /// Each fact left out, and the trajectory: each set of facts has its own last round, from the same draws and
    /// with the same random numbers, so that what they share cancels.
    #[allow(
        clippy::type_complexity,
        reason = "the two fields of the answer as they stand there"
    )]
    pub(super) fn facts(
        &self,
        weighing: &Weighing,
        today: &Today,
        now: &Marginals,
        progress: &dyn Progress,
    ) -> (Vec<Vec<Weight>>, Vec<Vec<Vec<Estimate>>>) {
        let read = &self.ask.read;
        if read.is_empty() {
            let none = |n: usize| vec![Vec::new(); n];
            return (
                vec![Vec::new(); self.all.len()],
                none(self.ask.trajectory.len()),
            );
        }
        let mut number = BTreeMap::<Vec<Fact>, usize>::new();
        let mut sets: Vec<Vec<Fact>> = Vec::new();
        let mut of = |mut set: Vec<Fact>| {
            set.sort_unstable();
            *number.entry(set.clone()).or_insert_with(|| {
                sets.push(set);
                sets.len() - 1
            })
        };
        of(self.all.clone());
        let without: Vec<usize> = self
            .all
            .iter()
            .map(|f| of(self.all.iter().copied().filter(|g| g != f).collect()))
            .collect();
        let steps: Vec<usize> = self
            .ask
            .trajectory
            .iter()
            .map(|set| of(set.clone()))
            .collect();
        let rounds: Vec<LastRound> = sets
            .iter()
            .map(|set| {
                let lean = self.lean(weighing, set, &[]);
                LastRound::new(&self.answers, &self.order_now, lean, Some(read))
            })
            .collect();
        let cost = rounds.iter().map(|r| r.cost).sum::<f64>();
        let draws = self.budget.draws(0.2, cost, self.stored(today));
        let posteriors = self.posteriors(&rounds, draws, today, progress);

        let with = &posteriors[0];
        let weights = without.iter().map(|&set| {
            let without = &posteriors[set];
            let mut at = 0;
            read.iter()
                .map(|&driver| {
                    let k = usize::from(self.model.sizes[driver.0 as usize]);
                    let states = at..at + k;
                    at += k;
                    let decibans: Vec<Vec<f64>> = with
                        .iter()
                        .zip(without)
                        .map(|(with, without)| {
                            let odds = |p: &[f64], s: usize| log_odds(&p[states.clone()], s);
                            (0..k)
                                .map(|s| 10.0 * (odds(with, s) - odds(without, s)))
                                .map(|db| if db.is_nan() { 0.0 } else { db })
                                .collect()
                        })
                        .collect();
                    Weight {
                        driver,
                        decibans: jackknife(&decibans),
                        without: jackknife(without)[states].to_vec(),
                    }
                })
                .collect()
        });
        let weights = weights.collect();
        let trajectory = steps.iter().map(|&set| {
            let found = jackknife(&posteriors[set]);
            let mut at = 0;
            read.iter()
                .map(|d| {
                    let k = usize::from(self.model.sizes[d.0 as usize]);
                    at += k;
                    match set {
                        // All facts: that is now, for which there are more draws.
                        0 => now[d.0 as usize].clone(),
                        _ => found[at - k..at].to_vec(),
                    }
                })
                .collect()
        });
        (weights, trajectory.collect())
    }

    /// For each last round, the posterior of the drivers that are read, in replicates.
    fn posteriors(
        &self,
        rounds: &[LastRound],
        draws: usize,
        today: &Today,
        progress: &dyn Progress,
    ) -> Vec<Vec<Vec<f64>>> {
        let n = self.model.drivers();
        // Where in a row of all states those that are read stand.
        let places: Vec<usize> = self
            .ask
            .read
            .iter()
            .flat_map(|d| {
                let first = self.shape.first[d.0 as usize];
                first..first + usize::from(self.model.sizes[d.0 as usize])
            })
            .collect();
        let group = |group: usize| {
            let mut dice = Dice::new(self.ask.seed, FACTS, group);
            let mut sums = vec![Sums::new(1 + places.len()); rounds.len()];
            let (mut x, mut room) = (vec![0; n], Vec::new());
            let mut row = vec![0.0; self.shape.whole];
            for (d, s) in self.order_now.held.iter().enumerate() {
                if let Some(s) = s {
                    row[self.shape.first[d] + usize::from(s.0)] = 1.0;
                }
            }
            let stored = &today.stored[group];
            for i in 0..draws {
                let at = i * (stored.len() / n) / draws;
                let before = dice.clone();
                for (round, sums) in rounds.iter().zip(&mut sums) {
                    x.copy_from_slice(&stored[at * n..(at + 1) * n]);
                    dice = before.clone();
                    let ln = round.draw(
                        &self.answers,
                        &self.shape,
                        &mut x,
                        &mut dice,
                        &mut room,
                        &mut row,
                    );
                    let w = sums.weight(ln);
                    if w > 0.0 {
                        sums.values[0] += w;
                        for (sum, &place) in sums.values[1..].iter_mut().zip(&places) {
                            *sum += w * row[place];
                        }
                    }
                }
                // Numbers that any of the rounds may have used are not used again.
                dice = before;
                dice.skip(n as u64);
            }
            sums
        };
        let groups: Vec<Vec<Sums>> = (0..GROUPS).into_par_iter().map(group).collect();
        progress.at(Work::Facts, self.all.len() as u64, self.all.len() as u64);
        let of = |set: usize| {
            let groups = Groups::new(groups.iter().map(|g| g[set].clone()).collect());
            groups.replicates(|s| s[1..].iter().map(|v| v / s[0]).collect())
        };
        (0..rounds.len()).map(of).collect()
    }
}
