//! The smallest change of judgements (model.md 3), under the names of the case.

use crate::futures::{future, held, steps_for};
use crate::translate::{at, driver, state_ref};
use crate::why_not::impact;
use crate::{Ask, Change, ChangeFound, ScoreChanged};
use sinario_case::{Case, StateRef};
use sinario_engine::Model;
use sinario_engine::change::{self, mend, smallest};
use sinario_engine::progress::{Progress, Quiet};

/// Steps for an answer that was asked for, and of each search for consistent futures in it: some tens of seconds, which
/// cases of a normal size need a small part of.
const STEPS: u64 = 1 << 33;
const SEARCH: u64 = 1 << 28;
/// The same for a story that nobody asked about: some hundredths of a second.
const STORY: u64 = 1 << 22;
const STORY_SEARCH: u64 = 1 << 18;
/// Drivers of a case whose stories are looked at unasked, and pairs of states of one driver in it.
const STORY_UP_TO: (usize, u64) = (64, 1 << 11);
/// Stories that are looked at.
const STORIES: usize = 8;

/// Answers `--smallest-change`.
pub(crate) fn asked(case: &Case, model: &Model, ask: &Ask, progress: &dyn Progress) -> Change {
    let steps = ask.search_steps.unwrap_or(STEPS);
    let search = steps_for(model, &held(ask)).min(SEARCH).min(steps);
    let wanted = question(case, ask, &ask.change, steps, search);
    told(case, &ask.change, smallest(model, &wanted, progress))
}

/// For each story: what would have to change for some consistent future to have it. `None` where one has it, where
/// what is supposed rules it out, and where it was not found at once.
pub(crate) fn of_stories(case: &Case, model: &Model, ask: &Ask) -> Vec<Option<Change>> {
    let pairs: u64 = model.sizes.iter().map(|&k| u64::from(k).pow(2)).sum();
    let small = model.drivers() <= STORY_UP_TO.0 && pairs <= STORY_UP_TO.1;
    let one = |(n, story): (usize, &sinario_case::Story)| {
        let wish = &story.future;
        let mut asked = ask.given.iter().chain(&ask.held);
        let against = |a: &StateRef| {
            wish.iter()
                .any(|w| w.driver == a.driver && w.state != a.state)
        };
        if !small || n >= STORIES || wish.is_empty() || asked.any(against) {
            return None;
        }
        let wanted = question(case, ask, wish, STORY, STORY_SEARCH);
        let found = mend(model, &wanted, &Quiet)?;
        let sure = found.proved && found.stopped.is_none() && found.best.is_some();
        sure.then(|| told(case, wish, found))
    };
    case.stories.iter().enumerate().map(one).collect()
}

fn question(case: &Case, ask: &Ask, wish: &[StateRef], steps: u64, search: u64) -> change::Ask {
    let mut written: Vec<_> = case
        .impacts
        .iter()
        .map(|i| {
            let (from, state) = at(i.from);
            (from, state, driver(i.on))
        })
        .collect();
    written.sort_unstable();
    let states = |all: &[StateRef]| all.iter().map(|&s| at(s)).collect();
    change::Ask {
        wish: states(wish),
        given: states(&ask.given),
        held: held(ask),
        max_inconsistency: ask.max_inconsistency,
        written,
        steps,
        search_steps: search,
    }
}

fn told(case: &Case, wish: &[StateRef], found: change::Change) -> Change {
    let best = found.best.map(|best| {
        let changes = best.changes.iter().map(|c| ScoreChanged {
            from: state_ref(c.cell.from, c.cell.state),
            on: state_ref(c.cell.on, c.cell.target),
            was: c.was,
            becomes: c.becomes,
            new: c.new,
            impact: impact(case, c.cell.from, c.cell.state, c.cell.on),
        });
        ChangeFound {
            total: best.cost.total,
            changes: changes.collect(),
            example: Box::new(future(&best.example, None, &[], None)),
        }
    });
    Change {
        wish: wish.to_vec(),
        direction: found.direction,
        proved: found.proved,
        at_least: found.at_least,
        best,
        scale: found.scale,
        unit: found.unit,
        stopped: found.stopped,
        steps: found.steps,
    }
}
