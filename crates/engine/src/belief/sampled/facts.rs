//! What each fact says, and the beliefs as facts arrive (model.md 5).

use super::super::facts::log_odds;
use super::super::hypotheses::{Hypotheses, units};
use super::super::{Estimate, Marginals, Weight};
use super::answers::Dice;
use super::groups::{GROUPS, Groups, Sums, behind, jackknife};
use super::hypotheses::{Asked, Drawn};
use super::now::LastRound;
use super::{FACTS, Sampling, Today};
use crate::Fact;
use crate::evidence::{Weighing, concerned};
use crate::progress::{Progress, Work};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Below so many effective draws behind a state, nothing is known of the error of its weight of evidence.
const FEW_BEHIND: f64 = 30.0;

/// Errors are known only where some draws bear the number.
pub(super) fn honest(mut estimate: Estimate, draws: f64) -> Estimate {
    let moves = estimate.error.is_some_and(|e| e > 0.0);
    if moves && draws < FEW_BEHIND {
        estimate.error = Some(f64::INFINITY);
    }
    estimate
}

impl Sampling<'_> {
    /// Each fact left out, and the trajectory: each set of facts has its own last round, from the same futures of ν₀.
    ///
    /// Where leaving a fact out changes little, the draws for all facts are weighed for the others, so that what
    /// they share cancels. Else a set is drawn with numbers of its own. With the same numbers instead, a rare state
    /// would be drawn under both sets but for a number that happens to fall between their chances: nearly all
    /// differences would be 0, and so would the error that the groups show.
    #[allow(
        clippy::type_complexity,
        reason = "the three fields of the answer as they stand there"
    )]
    pub(super) fn facts(
        &self,
        weighing: &Weighing,
        today: &Today,
        now: &Marginals,
        progress: &dyn Progress,
    ) -> (Vec<Vec<Weight>>, Vec<Vec<Vec<Estimate>>>, Vec<Hypotheses>) {
        let read = &self.ask.read;
        if read.is_empty() {
            let none = |n: usize| vec![Vec::new(); n];
            return (
                vec![Vec::new(); self.all.len()],
                none(self.ask.trajectory.len()),
                Vec::new(),
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
        let groups: Vec<usize> = units(self.evidence)[self.all.len()..]
            .iter()
            .map(|group| {
                of(self
                    .all
                    .iter()
                    .copied()
                    .filter(|f| !group.contains(f))
                    .collect())
            })
            .collect();
        // Whatever facts bear on is looked at, known to those that are left or not.
        let mut wanted = concerned(self.evidence);
        wanted.extend(read);
        wanted.sort_unstable();
        wanted.dedup();
        let rounds: Vec<LastRound> = sets
            .iter()
            .map(|set| {
                let lean = self.lean(weighing, set, &[]);
                LastRound::new(&self.answers, &self.order_now, lean, Some(&wanted))
            })
            .collect();
        let cost = rounds.iter().map(|r| r.cost).sum::<f64>();
        // A future of ν₀ may start several draws.
        let draws = self.budget.draws(0.2, cost, 4 * self.stored(today));
        let mut asked: Vec<Vec<Asked>> = sets.iter().map(|_| Vec::new()).collect();
        for (&fact, &set) in self.all.iter().zip(&without) {
            asked[set] = self.asked(weighing, fact);
        }
        let (sums, behind) = self.posteriors(&rounds, &asked, draws, today, progress);
        let states: usize = read
            .iter()
            .map(|d| usize::from(self.model.sizes[d.0 as usize]))
            .sum();
        let shares = |s: &[f64]| s[1..=states].iter().map(|v| v / s[0]).collect();
        let posteriors: Vec<Vec<Vec<f64>>> = sums.iter().map(|g| g.replicates(shares)).collect();

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
                    let least = |s: usize| {
                        let place = states.start + s;
                        behind[0][place].min(behind[set][place])
                    };
                    let decibans = jackknife(&decibans).into_iter().enumerate();
                    Weight {
                        driver,
                        decibans: decibans.map(|(s, e)| honest(e, least(s))).collect(),
                        without: jackknife(without)[states.clone()].to_vec(),
                    }
                })
                .collect()
        });
        let weights: Vec<Vec<Weight>> = weights.collect();
        let beliefs = |&set: &usize| -> Vec<Vec<Estimate>> {
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
        };
        let trajectory = steps.iter().map(beliefs).collect();
        let drawn = |set: usize| Drawn {
            sums: &sums[set],
            beliefs: &posteriors[set],
            behind: &behind[set],
        };
        let mut bearings = Vec::new();
        for &set in &without {
            for asked in &asked[set] {
                let bearing = self.bearing(asked, &drawn(0), &drawn(set), honest);
                bearings.push((asked.at, bearing));
            }
        }
        let groups: Vec<Vec<Vec<Estimate>>> = groups.iter().map(beliefs).collect();
        let linchpins = self.single_linchpins(now, &weights, &groups);
        (weights, trajectory, self.beside(bearings, linchpins))
    }

    /// For each last round, what was summed of it: the whole, each state that is read, and what is asked; and how many
    /// effective draws are behind each state.
    pub(super) fn posteriors(
        &self,
        rounds: &[LastRound],
        asked: &[Vec<Asked>],
        draws: usize,
        today: &Today,
        progress: &dyn Progress,
    ) -> (Vec<Groups>, Vec<Vec<f64>>) {
        let n = self.model.drivers();
        let near: Vec<bool> = rounds.iter().map(|r| r.near(&rounds[0])).collect();
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
            let mut squares = vec![Sums::new(1 + places.len()); rounds.len()];
            let mut sums: Vec<Sums> = asked
                .iter()
                .map(|a| Sums::new(1 + places.len() + a.iter().map(Asked::states).sum::<usize>()))
                .collect();
            let (mut x, mut first, mut room) = (vec![0; n], vec![0; n], Vec::new());
            let mut row = vec![0.0; self.shape.whole];
            for (d, s) in self.order_now.held.iter().enumerate() {
                if let Some(s) = s {
                    row[self.shape.first[d] + usize::from(s.0)] = 1.0;
                }
            }
            let stored = &today.stored[group];
            for i in 0..draws {
                let at = i * (stored.len() / n) / draws;
                let base = &stored[at * n..(at + 1) * n];
                let mut drawn = false;
                for (set, round) in rounds.iter().enumerate() {
                    x.copy_from_slice(base);
                    let (answers, shape) = (&self.answers, &self.shape);
                    let ln = if set > 0 && drawn && near[set] {
                        let from = (&rounds[0], &first[..]);
                        round.weigh_drawn(answers, shape, &mut x, from, &mut room, &mut row)
                    } else if set > 0 && near[set] {
                        // What all facts exclude all but one exclude too, if they are near.
                        f64::NEG_INFINITY
                    } else {
                        // Each set its own numbers, as many for each.
                        let mut own = dice.clone();
                        dice.skip(n as u64);
                        round.draw_wide(answers, shape, &mut x, &mut own, &mut room, &mut row)
                    };
                    if set == 0 {
                        drawn = ln > f64::NEG_INFINITY;
                        first.copy_from_slice(&x);
                    }
                    let (w, square) = (sums[set].weight(ln), squares[set].weight(2.0 * ln));
                    if w > 0.0 {
                        let (sums, squares) = (&mut sums[set].values, &mut squares[set].values);
                        sums[0] += w;
                        squares[0] += square;
                        for (at, &place) in places.iter().enumerate() {
                            sums[1 + at] += w * row[place];
                            squares[1 + at] += square * row[place] * row[place];
                        }
                        for asked in &asked[set] {
                            let chances = &row[self.shape.first[asked.driver]..];
                            asked.add(w, &x, &chances[..asked.states()], sums);
                        }
                    }
                }
            }
            (sums, squares)
        };
        let (groups, squares): (Vec<Vec<Sums>>, Vec<Vec<Sums>>) =
            (0..GROUPS).into_par_iter().map(group).unzip();
        progress.at(Work::Facts, self.all.len() as u64, self.all.len() as u64);
        let part = |all: &[Vec<Sums>], set: usize| -> Vec<Sums> {
            all.iter().map(|g| g[set].clone()).collect()
        };
        let of = |set: usize| Groups::new(part(&groups, set));
        let draws_behind = |set: usize| -> Vec<f64> {
            let (sums, squares) = (part(&groups, set), part(&squares, set));
            (1..=places.len())
                .map(|at| behind(&sums, &squares, at))
                .collect()
        };
        (
            (0..rounds.len()).map(of).collect(),
            (0..rounds.len()).map(draws_behind).collect(),
        )
    }
}
