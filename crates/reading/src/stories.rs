//! How the author's stories hold (model.md 7).

use crate::pulls::Pulls;
use crate::{Balance, StoryFound};
use sinario_case::{Case, StateId, StateRef, Story};
use sinario_engine::belief::Told;
use sinario_engine::{Driver, State};

/// The told states by driver.
pub(crate) fn told(case: &Case, future: &[StateRef]) -> Vec<Option<StateId>> {
    let mut told = vec![None; case.drivers.len()];
    for at in future {
        told[at.driver.0] = Some(at.state);
    }
    told
}

/// The told states of every story, for the engine.
pub(crate) fn told_for_engine(case: &Case) -> Vec<Vec<(Driver, State)>> {
    let states = |s: &Story| s.future.iter().map(|&f| crate::translate::at(f)).collect();
    case.stories.iter().map(states).collect()
}

/// Coherence of one story: the balance of every driver that it names, over what it tells alone.
pub(crate) fn coherence(case: &Case, pulls: &Pulls, story: &Story) -> Vec<Balance> {
    let told = told(case, &story.future);
    story
        .future
        .iter()
        .map(|at| pulls.balance(&told, at.driver, at.state))
        .collect()
}

/// All stories of a case; `found` holds what the engine says of each, where it was asked.
pub(crate) fn stories(case: &Case, pulls: &Pulls, found: Option<&[Told]>) -> Vec<StoryFound> {
    case.stories
        .iter()
        .enumerate()
        .map(|(at, story)| {
            let told = found.map(|f| &f[at]);
            StoryFound {
                story: at,
                probability: told.map(|t| t.probability),
                best: told
                    .and_then(|t| t.best.as_ref())
                    .map(|(future, mass)| (crate::translate::states(future), *mass)),
                coherence: coherence(case, pulls, story),
                change: None,
            }
        })
        .collect()
}
