//! Pairs (now, then) by draws (model.md 6): cells are those that were drawn, each outcome counts by its chance at the
//! pair.

use super::super::pairs::{AskPairs, Outcome, Pairs, laid_out};
use super::super::{Ask, Impossible, Method};
use super::ahead::{Ahead, Now};
use super::answers::Dice;
use super::chains::settle;
use super::groups::{GROUPS, Groups, Sums, effective};
use super::known::{Urn, few, known};
use super::now::LastRound;
use super::refusals::ROOM;
use super::{BEFORE, CHAINS, PAIRS, SETTLED, Sampling, Today};
use crate::evidence::{Evidence, Weighing};
use crate::progress::{Progress, Work};
use crate::{Model, State};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Shares of the budget: for chains towards now (less where the long run is apart from it, so that both are drawn as
/// everywhere else), and for pairs.
const TOWARDS_NOW: (f64, f64) = (0.4, 0.2);
const AHEAD_OF_NOW: f64 = 0.4;
/// Pairs drawn for each future that is remembered, at most: what follows it differs.
const TIMES: usize = 4;

/// Pairs by draws; `plain` is the same situation as it is asked about elsewhere.
pub(in crate::belief) fn pairs(
    model: &Model,
    evidence: &Evidence,
    ask: &AskPairs,
    plain: &Ask,
    progress: &dyn Progress,
) -> Result<Pairs, Impossible> {
    let sampling = Sampling::new(model, evidence, plain)?;
    let few = few(model, evidence, plain, &sampling.order_now.held)?;
    let same = sampling.order.held == sampling.order_now.held;
    let (share, work) = match same {
        true => (TOWARDS_NOW.0, SETTLED),
        false => (TOWARDS_NOW.1, BEFORE),
    };
    let known = few
        .map(|space| known(model, evidence, plain, space, progress))
        .transpose()?;
    let chains = known.is_none().then(|| {
        let plan = sampling
            .budget
            .plan(share, &sampling.order_now, model.drivers());
        let seed = (plain.seed, work);
        let (answers, shape) = (&sampling.answers, &sampling.shape);
        settle(answers, &sampling.order_now, shape, plan, seed, progress)
    });
    let today = Today {
        before: match &chains {
            Some(chains) => chains.marginals.clone(),
            None => Vec::new(),
        },
        stored: chains.as_ref().map_or(&[], |c| &c.stored),
        known,
        spare: 0.0,
    };
    let weighing = Weighing::new(evidence);
    let lean = sampling.lean(&weighing, &sampling.all, &[]);
    let last = LastRound::new(&sampling.answers, &sampling.order_now, lean, None);
    let looks = looks(model, ask);
    // The casts: numbers of rounds and outcomes.
    let steps = last.cost
        + f64::from(model.rounds) * sampling.order.cost
        + 500.0
        + 5.0 * looks.len() as f64;
    let most = TIMES * sampling.stored(&today);
    let ahead = sampling.ahead(sampling.budget.draws(AHEAD_OF_NOW, steps, most));
    room(model, ask, ahead.draws)?;
    let source = match &today.known {
        Some(known) => match Urn::new(&known.space, known.mass.clone()) {
            Some(urn) => Now::Urn(urn),
            // ν sums to 1, so this is not reached; no mass is no answer all the same.
            None => return Err(sampling.none()),
        },
        None => Now::Chains(today.stored, last),
    };
    let parts = ahead.pairs(&source, model, ask, &looks, progress);
    if parts.iter().all(|p| p.sums.values[0] <= 0.0) {
        return Err(sampling.excluded(&weighing, &today));
    }
    // The casts: numbers of chains and draws.
    let draws = (ahead.draws * GROUPS) as u64;
    let summed = Summed::new(&parts, looks.len());
    let shares = summed.cells.shares(1);
    let method = Method::Sampled {
        chains: (GROUPS * CHAINS) as u32,
        draws,
        effective: match (&today.known, shares.len()) {
            (_, 0 | 1) | (Some(_), _) => kish(&parts),
            _ => effective(shares.iter(), draws as f64).min(kish(&parts)),
        },
        effective_settled: chains.as_ref().map_or(draws as f64, |c| c.effective),
        exact_now: today.known.is_some(),
    };
    Ok(summed.laid_out(method, ask, &parts))
}

/// Refuses what would not fit however few cells are drawn: there may be as many as draws.
// The casts: a usize is at most 64 bits.
fn room(model: &Model, ask: &AskPairs, draws: usize) -> Result<(), Impossible> {
    let named = ask
        .named
        .iter()
        .map(|d| u64::from(model.sizes[d.0 as usize]));
    let cells = named
        .fold(1, u64::saturating_mul)
        .min((draws * GROUPS) as u64);
    let each = 8 * (GROUPS as u64 + 2 * (1 + ask.outcomes() as u64));
    match cells.saturating_mul(each) {
        bytes if bytes > ROOM => Err(Impossible::Memory(bytes)),
        _ => Ok(()),
    }
}

/// One outcome: whose states its chance looks at, whether now, and the chances.
struct Look<'a> {
    unless: bool,
    expected: Vec<(usize, bool, &'a [f64])>,
}

impl Look<'_> {
    fn chance(&self, now: &[u16], then: &[u16]) -> f64 {
        let of = |(d, is_now, chances): &(usize, bool, &[f64])| {
            let x = if *is_now { now } else { then };
            chances.get(usize::from(x[*d])).copied().unwrap_or(0.0)
        };
        let chance: f64 = self.expected.iter().map(of).product();
        if self.unless {
            (1.0 - chance).max(0.0)
        } else {
            chance
        }
    }
}

/// All outcomes of all sources, one after another.
fn looks<'a>(model: &Model, ask: &'a AskPairs) -> Vec<Look<'a>> {
    let is_now = is_now(model, ask);
    let look = |outcome: &'a Outcome| {
        let (unless, expected) = match outcome {
            Outcome::If(expected) => (false, expected),
            Outcome::Unless(expected) => (true, expected),
        };
        let of = expected.iter().map(|(d, chances)| {
            let d = d.0 as usize;
            (d, is_now[d], &chances[..])
        });
        Look {
            unless,
            expected: of.collect(),
        }
    };
    ask.sources.iter().flatten().map(look).collect()
}

/// Which drivers are looked at now.
fn is_now(model: &Model, ask: &AskPairs) -> Vec<bool> {
    let mut now = vec![false; model.drivers()];
    ask.minds.iter().for_each(|m| now[m.0 as usize] = true);
    now
}

/// What one group drew.
struct Part {
    /// Where the sums of each cell begin.
    cells: BTreeMap<Vec<u16>, usize>,
    /// The weight of all draws, then for each cell its own and that with each outcome.
    sums: Sums,
    /// The squares of the weights.
    squares: Sums,
}

impl Ahead<'_> {
    /// Draws pairs, each group by itself.
    fn pairs(
        &self,
        now: &Now,
        model: &Model,
        ask: &AskPairs,
        looks: &[Look],
        progress: &dyn Progress,
    ) -> Vec<Part> {
        let is_now = is_now(model, ask);
        let done = AtomicU64::new(0);
        let group = |group: usize| {
            let mut dice = Dice::new(self.seed, PAIRS, group);
            let mut part = Part {
                cells: BTreeMap::new(),
                sums: Sums::new(1),
                squares: Sums::new(1),
            };
            let mut desk = self.desk();
            let mut at_now = desk.x.clone();
            let mut cell = Vec::with_capacity(ask.named.len());
            for i in 0..self.draws {
                let ln = self.draw(now, group, i, &mut desk, &mut dice);
                let w = part.sums.weight(ln);
                if w <= 0.0 {
                    continue;
                }
                let square = part.squares.weight(2.0 * ln);
                part.squares.values[0] += square;
                part.sums.values[0] += w;
                at_now.copy_from_slice(&desk.x);
                for _ in 0..model.rounds {
                    let (x, room) = (&mut desk.x, &mut desk.room);
                    self.order
                        .unfold(self.answers, x, &mut dice, room, |_, _, _, _| {});
                }
                let then = &desk.x;
                cell.clear();
                cell.extend(ask.named.iter().map(|d| {
                    let d = d.0 as usize;
                    if is_now[d] { at_now[d] } else { then[d] }
                }));
                let at = match part.cells.get(&cell) {
                    Some(&at) => at,
                    None => {
                        let at = part.sums.values.len();
                        part.sums.values.resize(at + 1 + looks.len(), 0.0);
                        part.cells.insert(cell.clone(), at);
                        at
                    }
                };
                let row = &mut part.sums.values[at..][..1 + looks.len()];
                row[0] += w;
                for (sum, look) in row[1..].iter_mut().zip(looks) {
                    *sum += w * look.chance(&at_now, then);
                }
            }
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress.at(Work::Sample, done, GROUPS as u64);
            part
        };
        (0..GROUPS).into_par_iter().map(group).collect()
    }
}

/// The groups brought together.
struct Summed {
    /// The cells that were drawn, in declared order, and their numbers.
    numbers: BTreeMap<Vec<u16>, usize>,
    /// By group, the weight of all draws, then that of each cell.
    cells: Groups,
    /// For each outcome, for each cell, the weight with it.
    joint: Vec<Vec<f64>>,
}

impl Summed {
    fn new(parts: &[Part], outcomes: usize) -> Summed {
        let mut numbers = BTreeMap::new();
        for cell in parts.iter().flat_map(|p| p.cells.keys()) {
            numbers.entry(cell.clone()).or_insert(0);
        }
        for (number, place) in numbers.values_mut().enumerate() {
            *place = number;
        }
        let row = |part: &Part| {
            let mut sums = part.sums.empty(1 + numbers.len());
            sums.values[0] = part.sums.values[0];
            for (cell, &at) in &part.cells {
                sums.values[1 + numbers[cell]] = part.sums.values[at];
            }
            sums
        };
        let cells = Groups::new(parts.iter().map(row).collect());
        let unit = Sums::unit(parts.iter().map(|p| &p.sums));
        let mut joint = vec![vec![0.0; numbers.len()]; outcomes];
        for part in parts {
            let by = part.sums.over(unit);
            for (cell, &at) in &part.cells {
                let found = &part.sums.values[at + 1..][..outcomes];
                for (row, sum) in joint.iter_mut().zip(found) {
                    row[numbers[cell]] += by * sum;
                }
            }
        }
        Summed {
            numbers,
            cells,
            joint,
        }
    }

    fn laid_out(self, method: Method, ask: &AskPairs, parts: &[Part]) -> Pairs {
        let drawn = parts.iter().filter(|p| p.sums.values[0] > 0.0);
        let groups = drawn.map(|part| {
            let mut shares = vec![0.0; self.numbers.len()];
            for (cell, &at) in &part.cells {
                shares[self.numbers[cell]] = part.sums.values[at] / part.sums.values[0];
            }
            shares
        });
        let groups = groups.collect();
        let total = self.cells.total();
        let all = self.numbers.iter().map(|(cell, &number)| {
            let states = cell.iter().map(|&s| State(s)).collect();
            (states, total[1 + number])
        });
        let mut rows = self.joint.into_iter();
        let of = |source: &Vec<Outcome>| rows.by_ref().take(source.len()).collect();
        let joint = ask.sources.iter().map(of).collect();
        laid_out(method, ask, all, joint, groups)
    }
}

/// Effective number of weighted draws, (Σw)² ÷ Σw² (Kish 1965).
fn kish(parts: &[Part]) -> f64 {
    let whole = |of: &dyn Fn(&Part) -> &Sums| {
        let unit = Sums::unit(parts.iter().map(of));
        let sum: f64 = parts
            .iter()
            .map(|p| of(p).over(unit) * of(p).values[0])
            .sum();
        unit + libm::log(sum)
    };
    let of_draws = whole(&|p| &p.sums);
    let of_squares = whole(&|p| &p.squares);
    libm::exp(2.0 * of_draws - of_squares)
}
