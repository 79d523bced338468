//! Which way it goes, and the answer.

use super::{Ask, Change, Direction, Field, make, unmake};
use crate::consistent::Found;
use crate::progress::Progress;
use crate::{Future, Model, State};

/// Futures with the set that are looked at to find the firmest.
const EXAMPLES: usize = 256;

pub(super) fn smallest(model: &Model, ask: &Ask, progress: &dyn Progress) -> Change {
    let field = Field::new(model, ask);
    made(&field, progress).unwrap_or_else(|firmest| broken(&field, &firmest, progress))
}

/// What makes the set consistent; or a consistent future that has it, the firmest of those listed.
pub(super) fn made(field: &Field, progress: &dyn Progress) -> Result<Change, Future> {
    let found = field.search(field.model, field.ask.max_inconsistency, EXAMPLES);
    if let Some(firmest) = firmest(&found.listed) {
        return Err(firmest.to_vec());
    }
    let made = make::make(field, progress);
    match made.best {
        // The search had stopped before it came to this one.
        Some((cells, x)) if cells.is_empty() => Err(x),
        best => Ok(Change {
            direction: Direction::Make,
            proved: made.proved,
            // Where the search saw everything, something has to change.
            at_least: made.at_least.max(u64::from(found.stopped.is_none())),
            best: best.map(|(cells, x)| field.whole(cells, &x)),
            scale: field.scale,
            unit: unit(field.model),
            stopped: found.stopped,
            steps: made.steps,
        }),
    }
}

fn broken(field: &Field, firmest: &[State], progress: &dyn Progress) -> Change {
    let unit = unit(field.model);
    // The least multiple of the unit that is more than what passes for consistent.
    let need = (field.ask.max_inconsistency / unit + 1) * unit;
    let found = unmake::unmake(field, need, progress);
    Change {
        direction: Direction::Break,
        best: found.best.map(|cells| field.whole(cells, firmest)),
        proved: found.proved,
        at_least: found.at_least,
        scale: field.scale,
        unit,
        stopped: None,
        steps: found.steps,
    }
}

/// The firmest of them: the least inconsistent, then the one of the greatest margin, then the first.
fn firmest(listed: &[Found]) -> Option<&[State]> {
    let best = listed.iter().min_by_key(|f| (f.inconsistency, -f.margin));
    best.map(|f| &f.states[..])
}

/// The greatest common divisor of all scores: no two of them, and no two sums, are nearer to each other without being equal.
fn unit(model: &Model) -> i64 {
    let scores = model.blocks.iter().flatten().flat_map(|b| &b.scores);
    let unit = scores.fold(0, |mut a: i64, &b| {
        let mut b = i64::from(b).abs();
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    });
    if unit == 0 { 1000 } else { unit }
}
