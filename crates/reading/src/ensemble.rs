//! The ensemble of a case: what every member is asked, and the members themselves (model.md 4a).

use crate::translate::at;
use crate::{Ask, Firm, Refusal, Tally, futures, judgements, minds, stories_told};
use num_bigint::BigUint;
use sinario_case::{Case, StateId};
use sinario_engine::belief::{Ask as BeliefAsk, believe};
use sinario_engine::ensemble::{LISTED, Plan, Solver};
use sinario_engine::progress::{Progress, Quiet, Work};
use std::ops::Range;
use std::sync::Arc;

pub use sinario_engine::ensemble::Member;

/// Bumped whenever a member of the same case, ask and seed comes out with other bits than before, so that members of
/// before and after are never put together.
pub const REVISION: u32 = 1;

/// Members that one ensemble has at most.
pub const MOST_MEMBERS: u64 = 100_000;

/// Numbers that a summary keeps at most: a gigabyte of them.
const MOST_NUMBERS: u64 = 1 << 27;

/// Search steps for the consistent futures of one member unless the ask says otherwise, some second of one core: a
/// thousand members cannot have the hours that one reading may take.
const STEPS: u64 = 1 << 26;

/// Futures of a case up to which members are solved side by side; of more, one after another, each with all cores
/// and all memory for itself.
const SIDE_BY_SIDE: u64 = 1 << 18;

/// Members solved before they are handed on.
const AT_ONCE: u64 = 64;

/// A case, what is asked of it, its answer at the point values, and what every member is asked.
#[derive(Clone, Debug)]
pub struct Ensemble {
    case: Arc<Case>,
    ask: Ask,
    plan: Plan,
    point: Member,
}

impl Ensemble {
    /// Makes the ensemble of a case ready: what the case says as it stands is found here.
    ///
    /// # Errors
    ///
    /// As [`read`](fn@crate::read): where the case as it stands has no answer. What becomes of that in single members
    /// is counted instead.
    pub fn new(case: Arc<Case>, ask: Ask) -> Result<Ensemble, Refusal> {
        crate::read::check(&case, &ask)?;
        let mut plan = plan(&case, &ask);
        let most = MOST_NUMBERS / (plan.outcomes().len() as u64).max(1);
        if ask.members > most {
            return Err(Refusal::Members { most });
        }
        plan.futures = futures::search(
            &plan.inputs.model,
            &Ask {
                search_steps: Some(plan.steps),
                limit: ask.limit.min(LISTED),
                ..ask.clone()
            },
            &Quiet,
        )
        .listed
        .into_iter()
        .map(|f| f.states)
        .collect();
        let as_it_stands = Plan {
            judgements: Vec::new(),
            ..plan.clone()
        };
        let point = as_it_stands.member(0);
        if point.values.is_empty() {
            // The member does not say why: asked again, the engine does.
            let wanted = BeliefAsk {
                given: plan.given.clone(),
                held: plan.held.clone(),
                minds: plan.minds.clone(),
                exact_up_to: plan.exact_up_to,
                ..BeliefAsk::default()
            };
            let (model, evidence) = (&plan.inputs.model, &plan.inputs.evidence);
            if let Err(why) = believe(model, evidence, &wanted, &Quiet) {
                let (used, _) = minds::used(&case, ask.as_of.or(case.as_of));
                return Err(crate::read::refusal(why, &used));
            }
        }
        Ok(Ensemble {
            case,
            ask,
            plan,
            point,
        })
    }

    /// The same ensemble where its answer at the point values is known already. `None` where that cannot be an answer
    /// to what is asked.
    pub(crate) fn again(case: Arc<Case>, ask: Ask, point: Member) -> Option<Ensemble> {
        crate::read::check(&case, &ask).ok()?;
        let mut plan = plan(&case, &ask);
        let listed = ask.limit.min(LISTED);
        plan.futures = point.consistent.iter().take(listed).cloned().collect();
        let ensemble = Ensemble {
            case,
            ask,
            plan,
            point,
        };
        ensemble.could_say(&ensemble.point).then_some(ensemble)
    }

    /// Whether a member has as many numbers as there are outcomes, and futures that the case has.
    pub(crate) fn could_say(&self, member: &Member) -> bool {
        let sizes = &self.plan.inputs.model.sizes;
        let numbers = member.values.is_empty() || member.values.len() == self.plan.outcomes().len();
        let futures = member
            .consistent
            .iter()
            .all(|x| x.len() == sizes.len() && x.iter().zip(sizes).all(|(state, &k)| state.0 < k));
        numbers && futures && member.consistent.len() <= LISTED
    }

    /// The case.
    pub fn case(&self) -> &Arc<Case> {
        &self.case
    }

    /// What is asked.
    pub fn ask(&self) -> &Ask {
        &self.ask
    }

    /// What every member is asked.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What the case says as it stands.
    pub fn point(&self) -> &Member {
        &self.point
    }

    /// Whether members are drawn from futures and not summed over all of them.
    pub fn sampled(&self) -> bool {
        self.size() > BigUint::from(self.ask.exact_up_to)
    }

    fn size(&self) -> BigUint {
        let sizes = self.plan.inputs.model.sizes.iter();
        sizes.fold(BigUint::from(1_u8), |n, &k| n * k)
    }

    /// Solves some members and hands them on in their order. A member depends on the seed and its number alone.
    pub fn solve(
        &self,
        members: Range<u64>,
        progress: &dyn Progress,
        mut each: impl FnMut(Member),
    ) {
        let solver = Solver::new(&self.plan);
        let side_by_side = self.size() <= BigUint::from(SIDE_BY_SIDE);
        let total = members.end.saturating_sub(members.start);
        let mut from = members.start;
        while from < members.end {
            let done = from - members.start;
            if side_by_side {
                let to = members.end.min(from + AT_ONCE);
                let progress = Further {
                    progress,
                    done,
                    total,
                };
                solver
                    .members(from..to, &progress)
                    .into_iter()
                    .for_each(&mut each);
                from = to;
            } else {
                each(solver.member(from));
                progress.at(Work::Ensemble, done + 1, total);
                from += 1;
            }
        }
    }

    /// What some members say together (model.md 4a); the order of the members does not matter.
    pub fn summarise(&self, members: &[Member]) -> Firm {
        let mut tally = Tally::new(self);
        members.iter().for_each(|m| tally.add(m));
        tally.firm()
    }

    /// Solves all members and summarises them.
    pub fn firm(&self, progress: &dyn Progress) -> Firm {
        let mut tally = Tally::new(self);
        self.solve(0..self.ask.members, progress, |m| tally.add(&m));
        tally.firm()
    }

    /// A future of the engine in the case.
    pub(crate) fn states(future: &[sinario_engine::State]) -> Vec<StateId> {
        crate::translate::states(future)
    }
}

/// What every member is asked, but for the futures.
fn plan(case: &Case, ask: &Ask) -> Plan {
    let (used, _) = minds::used(case, ask.as_of.or(case.as_of));
    let all = judgements::judgements(case, &used);
    let mut judgements: Vec<_> = all.into_iter().map(|(_, j)| j).collect();
    // By what they are and not by where they stand: a case whose impacts are written in another order has the same
    // fingerprint, and so it must have the same members.
    judgements.sort_by_key(|j| j.place);
    Plan {
        inputs: judgements::inputs(case, &used),
        judgements,
        seed: ask.seed,
        given: ask.given.iter().map(|&g| at(g)).collect(),
        held: ask.held.iter().map(|&h| at(h)).collect(),
        max_inconsistency: ask.max_inconsistency,
        futures: Vec::new(),
        stories: stories_told(case),
        minds: minds::minds_of(case)
            .into_iter()
            .map(crate::translate::driver)
            .collect(),
        exact_up_to: ask.exact_up_to,
        steps: ask.search_steps.unwrap_or(STEPS),
        cells: None,
    }
}

/// Progress of a part as progress of the whole.
pub struct Further<'p> {
    /// Who wants to know.
    pub progress: &'p dyn Progress,
    /// Members that were done before this part.
    pub done: u64,
    /// Members of the whole.
    pub total: u64,
}

impl Progress for Further<'_> {
    fn at(&self, work: Work, done: u64, _: u64) {
        self.progress.at(work, self.done + done, self.total);
    }
}
