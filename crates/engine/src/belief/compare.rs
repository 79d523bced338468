//! Competing readings side by side: what was not done, each rationality, the best rival, and ranges (model.md 5).

mod ranges;
mod rivals;
mod sheet;

use super::facts::{Cells, exact, log_odds};
use super::{Ask, Estimate};
use crate::evidence::{Evidence, Source, Table, Weighing, ln_sum};
use crate::{Driver, Fact, Future};
pub use ranges::{Place, Range, Spans};
pub(super) use rivals::{pairs, watched};
use sheet::Sheet;

/// What is to be compared, beside what [`Ask`] asks for.
#[derive(Clone, Debug, Default)]
pub struct Compare {
    /// Likelihoods and worths that are only known to lie in a range.
    pub ranges: Vec<Range>,
}

/// What was compared. Everything is by driver in [`Ask::read`], then by state.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// For each fact that is an act, in order, what was not done.
    pub acts: Vec<Undone>,
    /// For each β of the grid, the beliefs with every actor's rationality fixed at it; empty without acts.
    pub rationality: Vec<Fixed>,
    /// For each actor with acts, by number: what its acts say of its β, by β of the grid. Exact answers only.
    pub betas: Vec<(u32, Vec<f64>)>,
    /// The leading explanation and its best rival. Exact answers only.
    pub rivals: Vec<Rivals>,
    /// The beliefs at the ends of the ranges; `None` without ranges, where now was sampled, or where there are too
    /// many to try.
    pub spans: Option<Spans>,
}

/// What an actor could have done and did not.
#[derive(Clone, Debug)]
pub struct Undone {
    /// The act.
    pub fact: Fact,
    /// Each alternative that was not taken, in order.
    pub alternatives: Vec<Alternative>,
}

/// One alternative that was not taken.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// Its number.
    pub number: usize,
    /// 10·log10 of (odds now ÷ odds had it not been there to take).
    pub decibans: Vec<Vec<Estimate>>,
    /// The beliefs, had it been taken instead.
    pub instead: Vec<Vec<Estimate>>,
}

/// The beliefs at one rationality of every actor.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The rationality β.
    pub beta: f64,
    /// The beliefs.
    pub posterior: Vec<Vec<Estimate>>,
}

/// The most probable future now in which a driver has its leading state, and the one in which it has not.
#[derive(Clone, Debug, Default)]
pub struct Rivals {
    /// The leading explanation and its mass; `None` where there is no mass.
    pub leading: Option<(Future, f64)>,
    /// The best rival and its mass; `None` where nothing else is possible.
    pub rival: Option<(Future, f64)>,
    /// For each signpost P(seen | leading explanation now) and P(seen | best rival now); empty without a rival.
    pub seen: Vec<(f64, f64)>,
    /// For each signpost how well it separates the two, in bits.
    pub separation: Vec<f64>,
}

impl Compared {
    /// Sums of rounded numbers may pass 1 by a last digit.
    pub(super) fn within(&mut self) {
        let clamp = |e: &mut Estimate| e.value = e.value.clamp(0.0, 1.0);
        let undone = self.acts.iter_mut().flat_map(|a| &mut a.alternatives);
        let undone = undone.flat_map(|a| &mut a.instead).flatten();
        let fixed = self.rationality.iter_mut().flat_map(|f| &mut f.posterior);
        undone.chain(fixed.flatten()).for_each(clamp);
    }
}

/// Jensen–Shannon divergence in bits of being seen with chance `p` and with chance `q`, both weighing alike: 0 where
/// they are equal, 1 where one is certain and the other impossible (Lin 1991).
///
/// ```
/// use sinario_engine::belief::separation;
/// assert_eq!((separation(1.0, 0.0), separation(0.3, 0.3)), (1.0, 0.0));
/// ```
pub fn separation(p: f64, q: f64) -> f64 {
    let part = |p: f64, mean: f64| match p > 0.0 {
        true => p * libm::log2(p / mean),
        false => 0.0,
    };
    let (yes, no) = ((p + q) / 2.0, ((1.0 - p) + (1.0 - q)) / 2.0);
    let far = |p: f64| part(p, yes) + part(1.0 - p, no);
    ((far(p) + far(q)) / 2.0).clamp(0.0, 1.0)
}

/// The acts among the facts.
pub(super) fn acts(
    evidence: &Evidence,
) -> impl Iterator<Item = (Fact, &crate::evidence::ActInput)> {
    let numbered = evidence.facts.iter().enumerate();
    // The cast: facts are counted in u32.
    numbered.filter_map(|(f, fact)| fact.act.as_ref().map(|a| (Fact(f as u32), a)))
}

/// The actors with acts, in order of their numbers.
fn actors(evidence: &Evidence) -> Vec<u32> {
    let mut actors: Vec<u32> = acts(evidence).map(|(_, a)| a.actor).collect();
    actors.sort_unstable();
    actors.dedup();
    actors
}

/// Weights of evidence from two beliefs; what is certain either way weighs nothing.
pub(super) fn decibans(with: &[f64], without: &[f64]) -> Vec<f64> {
    (0..with.len())
        .map(|s| 10.0 * (log_odds(with, s) - log_odds(without, s)))
        .map(|db| if db.is_nan() { 0.0 } else { db })
        .collect()
}

impl Cells {
    /// Everything but the rivals, which need all futures.
    pub(super) fn compare(
        &self,
        weighing: &Weighing,
        evidence: &Evidence,
        ask: &Ask,
        compare: &Compare,
    ) -> Compared {
        let facts = evidence.all();
        let held = |d: Driver| self.held(d);
        let by_actor = actors(evidence).into_iter();
        let mut acts: Vec<Undone> = by_actor
            .flat_map(|actor| self.undone(weighing, evidence, actor, &ask.read))
            .collect();
        acts.sort_by_key(|a| a.fact);
        let (mut rationality, mut betas) = (Vec::new(), Vec::new());
        if !acts.is_empty() {
            let loose = |s: Source| matches!(s, Source::Actor(_));
            let fixed: Vec<Evidence> = evidence.grid.iter().map(|g| evidence.fixed(g.0)).collect();
            let fixed: Vec<Weighing> = fixed.iter().map(Weighing::new).collect();
            let tables: Vec<Vec<Table>> = fixed
                .iter()
                .map(|w| w.tables(&facts, held, loose))
                .collect();
            let by_driver = self.each_sheet(weighing, &facts, &loose, &ask.read, |d, sheet| {
                self.told(d, sheet, &tables)
            });
            let each = evidence.grid.iter().enumerate();
            rationality = each
                .map(|(k, &(beta, _))| Fixed {
                    beta,
                    posterior: estimates(&by_driver, k),
                })
                .collect();
            let of = |actor: u32| {
                let loose = |s: Source| s == Source::Actor(actor);
                let sheet = self.sheet(weighing, &facts, &loose, None);
                let each = fixed.iter().zip(&evidence.grid);
                let ln: Vec<f64> = each
                    .map(|(weighing, (_, weight))| {
                        libm::log(*weight) + sheet.whole(&weighing.tables(&facts, held, loose))
                    })
                    .collect();
                let whole = ln_sum(&ln);
                (actor, ln.iter().map(|l| libm::exp(l - whole)).collect())
            };
            betas = actors(evidence).into_iter().map(of).collect();
        }
        Compared {
            acts,
            rationality,
            betas,
            rivals: Vec::new(),
            spans: self.spans(weighing, evidence, &ask.read, &compare.ranges),
        }
    }

    /// The beliefs in the states of a driver, by what the loose sources say; none where they leave no mass, which
    /// they do not where acts are all that changes, as none of these has probability 0.
    fn told(&self, read: Driver, sheet: &Sheet, tables: &[Vec<Table>]) -> Vec<Vec<f64>> {
        let held = self.held(read);
        let each = tables.iter();
        each.map(|t| sheet.posterior(t, read, held).unwrap_or_default())
            .collect()
    }

    /// What one actor did not do, act by act.
    fn undone(
        &self,
        weighing: &Weighing,
        evidence: &Evidence,
        actor: u32,
        read: &[Driver],
    ) -> Vec<Undone> {
        let facts = evidence.all();
        let loose = |s: Source| s == Source::Actor(actor);
        let mut told = weighing.clone();
        let says = |weighing: &Weighing| weighing.tables(&facts, |d| self.held(d), loose);
        // First as it was, then for each alternative: it had not been there, it had been taken.
        let mut tables = vec![says(weighing)];
        let mut others = Vec::new();
        for (fact, act) in acts(evidence).filter(|(_, a)| a.actor == actor) {
            let as_it_was = &evidence.facts[fact.0 as usize];
            for number in (0..act.among).filter(|&a| a != act.chose) {
                for other in [act.without(number), act.instead(number)] {
                    told.retell(fact, &as_it_was.acting(other));
                    tables.push(says(&told));
                }
                others.push((fact, number));
            }
            told.retell(fact, as_it_was);
        }
        let by_driver = self.each_sheet(weighing, &facts, &loose, read, |d, sheet| {
            self.told(d, sheet, &tables)
        });
        let mut undone: Vec<Undone> = Vec::new();
        for (n, (fact, number)) in others.into_iter().enumerate() {
            let weights = by_driver.iter().map(|b| decibans(&b[0], &b[1 + 2 * n]));
            let alternative = Alternative {
                number,
                decibans: weights
                    .map(|w| w.into_iter().map(exact).collect())
                    .collect(),
                instead: estimates(&by_driver, 2 + 2 * n),
            };
            match undone.last_mut() {
                Some(last) if last.fact == fact => last.alternatives.push(alternative),
                _ => undone.push(Undone {
                    fact,
                    alternatives: vec![alternative],
                }),
            }
        }
        undone
    }
}

/// The beliefs of one variant, by driver.
fn estimates(by_driver: &[Vec<Vec<f64>>], variant: usize) -> Vec<Vec<Estimate>> {
    let of = by_driver.iter().map(|b| b[variant].iter());
    of.map(|b| b.copied().map(exact).collect()).collect()
}
