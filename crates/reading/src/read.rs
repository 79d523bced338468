//! Reading a case: translate, ask the engine, write down.

use crate::choices::find::choices;
use crate::ground::Ground;
use crate::judgements::judgements;
use crate::numbers::find::numbers;
use crate::pulls::Pulls;
use crate::translate::{at, driver, evidence, model, state_ref};
use crate::{
    Ask, Beliefs, Ensemble, Method, Reading, Refusal, futures, minds, power, stories, structure,
    verdicts,
};
use num_bigint::BigUint;
use sinario_case::{Case, FactId, StateRef};
use sinario_engine::Fact;
use sinario_engine::belief::{self, Belief, Impossible, believe};
use sinario_engine::firmness::Firm;
use sinario_engine::progress::Progress;
use std::sync::Arc;

/// How many of the likeliest futures are found beside the consistent ones.
const LIKELIEST: usize = 10;

/// Reads a case (model.md 3 to 8).
///
/// Verdicts never move anything but the scores, and facts later than `as_of` nothing at all.
///
/// # Errors
///
/// A [`Refusal`] where what was asked, or the facts together, leave no future; or where the answer does not fit
/// into memory, or even few draws would take too long.
///
/// ```
/// use sinario_reading::{Ask, Quiet, read};
/// # fn main() -> Result<(), sinario_reading::Refusal> {
/// let parsed = sinario_case::parse(br#"
///     sinario = 1
///     title = "Rain"
///     [drivers.sky]
///     states = { dry = "Dry", wet = "Wet" }
///     prior = { dry = 0.75, wet = 0.25 }
/// "#);
/// let case = parsed.case.expect("the case above is in order");
/// let reading = read(case, Ask::default(), &Quiet)?;
/// let settled = &reading.belief.expect("probabilities are asked for by default").settled;
/// assert!((settled[0][1].value - 0.25).abs() < 1e-9);
/// # Ok(())
/// # }
/// ```
pub fn read(case: Case, ask: Ask, progress: &dyn Progress) -> Result<Reading, Refusal> {
    check(&case, &ask)?;
    let fingerprint = sinario_case::fingerprint(&case);
    let as_of = ask.as_of.or(case.as_of);
    let (used, later) = minds::used(&case, as_of);
    let engine = model(&case);
    let size = engine.sizes.iter().fold(BigUint::from(1_u8), |n, &k| n * k);

    let found = ask
        .futures
        .then(|| futures::search(&engine, &ask, progress));
    let belief = if ask.probabilities {
        let question = question(&case, &ask, &used, found.as_ref());
        let answer = believe(&engine, &evidence(&case, &used), &question, progress);
        Some(answer.map_err(|i| refusal(i, &used))?)
    } else {
        None
    };
    let sway = match &ask.sway {
        Some(wanted) => {
            let found = crate::sway::sway(&case, &ask, wanted, &used, &size, progress);
            Some(found.map_err(|why| refused(&case, &ask, &used, why, progress))?)
        }
        None => None,
    };
    let valued = ask
        .choosing
        .filter(|_| case.options.iter().any(|o| o.value.is_some()));
    let ground = if (ask.numbers && !case.quantities.is_empty()) || valued.is_some() {
        Some(Ground::new(&case, &ask, &used, progress)?)
    } else {
        None
    };
    let case = Arc::new(case);
    let firm = match ask.members {
        0 => None,
        _ => Some(Ensemble::new(case.clone(), ask.clone())?.firm(progress)),
    };
    let pulls = Pulls::new(&case);
    let futures = found.map(|found| {
        let succession = futures::succession(&engine, &ask, &found, progress);
        let free: Vec<_> = judgements(&case, &used).iter().map(|(_, j)| *j).collect();
        let firm = Firm::new(&engine, &free);
        let mut futures = futures::futures(
            &engine,
            &ask,
            &pulls,
            &found,
            &succession,
            belief.as_ref(),
            &firm,
        );
        let why_not = |s| crate::why_not::why_not(&case, &engine, &ask, s, &found, progress);
        futures.why_not = ask.why_not.map(why_not);
        let wished = !ask.change.is_empty();
        futures.change = wished.then(|| crate::change::asked(&case, &engine, &ask, progress));
        futures
    });

    let consistent = futures.as_ref().map_or(&[][..], |f| &f.consistent);
    let numbers = match &ground {
        Some(ground) if ask.numbers => numbers(&case, ground, consistent, progress),
        _ => None,
    };
    let choices = match (&ground, valued) {
        (Some(ground), Some(choosing)) => {
            choices(&case, &ask, choosing, ground, consistent, progress)
        }
        _ => None,
    };
    let read_drivers = minds::read_drivers(&case, &used);
    let beliefs = belief.as_ref().map(beliefs);
    let mut stories = stories::stories(&case, &pulls, belief.as_ref().map(|b| &b.stories[..]));
    if futures.is_some() && belief.is_some() {
        let changes = crate::change::of_stories(&case, &engine, &ask);
        for (story, change) in stories.iter_mut().zip(changes) {
            story.change = change;
        }
    }
    let asked_as_is = ask.given.is_empty() && ask.held.is_empty();
    Ok(Reading {
        fingerprint,
        version: env!("CARGO_PKG_VERSION"),
        as_of,
        size,
        method: match (&belief, &ground) {
            (Some(belief), _) => belief.method,
            (None, Some(ground)) => ground.pairs.method,
            (None, None) => Method::Exact,
        },
        futures,
        minds: belief
            .as_ref()
            .map_or_else(Vec::new, |b| minds::minds(&case, &read_drivers, &used, b)),
        stories,
        signposts: belief
            .as_ref()
            .map_or_else(Vec::new, |b| minds::signposts(&minds::minds_of(&case), b)),
        // What would be, were something learnt or done, cannot be held against what was.
        verdicts: match &beliefs {
            Some(b) if asked_as_is => verdicts::verdicts(&case, b),
            _ => Vec::new(),
        },
        power: power::power(&case, beliefs.as_ref()),
        belief: beliefs,
        structure: structure::structure(&case, &engine),
        firm,
        sway,
        numbers,
        choices,
        used,
        later,
        ask,
        case,
    })
}

/// Why nothing could be swayed, as everything together would say it: with the fewest facts that cannot be.
fn refused(
    case: &Case,
    ask: &Ask,
    used: &[FactId],
    why: Impossible,
    progress: &dyn Progress,
) -> Refusal {
    let question = question(case, ask, used, None);
    let whole = believe(&model(case), &evidence(case, used), &question, progress);
    refusal(whole.err().unwrap_or(why), used)
}

/// What is asked must not contradict itself or what is known today.
pub(crate) fn check(case: &Case, ask: &Ask) -> Result<(), Refusal> {
    let asked: Vec<StateRef> = ask.given.iter().chain(&ask.held).copied().collect();
    for (i, a) in asked.iter().enumerate() {
        if let Some(b) = asked[..i]
            .iter()
            .find(|b| b.driver == a.driver && b.state != a.state)
        {
            return Err(Refusal::Twice(*b, *a));
        }
    }
    // What is asked about must not contradict that, or itself.
    for about in [ask.why_not.as_slice(), &ask.change] {
        for (i, a) in about.iter().enumerate() {
            let other = |o: &&StateRef| o.driver == a.driver && o.state != a.state;
            if let Some(o) = asked.iter().chain(&about[..i]).find(other) {
                return Err(Refusal::Twice(*o, *a));
            }
        }
    }
    for g in &ask.given {
        let held = ask.held.iter().any(|h| h.driver == g.driver);
        if !held && case.driver(g.driver).today.is_some_and(|t| t != g.state) {
            return Err(Refusal::AgainstToday(*g));
        }
    }
    Ok(())
}

fn question(
    case: &Case,
    ask: &Ask,
    used: &[FactId],
    found: Option<&sinario_engine::consistent::Consistent>,
) -> belief::Ask {
    let place = |f: &FactId| {
        let at = used.iter().position(|u| u == f).unwrap_or_default();
        // The cast: fewer facts than the bytes of a file of 16 MiB.
        Fact(at as u32)
    };
    let mut known = Vec::new();
    let trajectory = minds::days(case, used)
        .iter()
        .map(|(_, facts)| {
            known.extend(facts.iter().map(place));
            known.clone()
        })
        .collect();
    belief::Ask {
        given: ask.given.iter().map(|&g| at(g)).collect(),
        held: ask.held.iter().map(|&h| at(h)).collect(),
        futures: found.map_or_else(Vec::new, |f| {
            f.listed.iter().map(|l| l.states.clone()).collect()
        }),
        likeliest: if found.is_some() { LIKELIEST } else { 0 },
        stories: crate::stories_told(case),
        minds: minds::minds_of(case).into_iter().map(driver).collect(),
        signposts: case
            .signposts
            .iter()
            .map(|s| crate::translate::chances(&s.expected))
            .collect(),
        read: minds::read_drivers(case, used)
            .into_iter()
            .map(driver)
            .collect(),
        trajectory,
        trials: belief::TRIALS,
        compare: Some(crate::compared::compare(case, used)),
        exact_up_to: ask.exact_up_to,
        seed: ask.seed,
        effort: 1.0,
    }
}

pub(crate) fn refusal(impossible: Impossible, used: &[FactId]) -> Refusal {
    match impossible {
        Impossible::Facts(facts) => {
            Refusal::Facts(facts.iter().map(|f| used[f.0 as usize]).collect())
        }
        Impossible::Given(given) => {
            Refusal::Given(given.iter().map(|&(d, s)| state_ref(d, s)).collect())
        }
        Impossible::Memory(bytes) => Refusal::Memory(bytes),
        Impossible::Undrawn(facts) => {
            Refusal::Undrawn(facts.iter().map(|f| used[f.0 as usize]).collect())
        }
        Impossible::Work { steps, limit } => Refusal::Work { steps, limit },
    }
}

fn beliefs(found: &Belief) -> Beliefs {
    Beliefs {
        before: found.before.clone(),
        now: found.now.clone(),
        unfolding: found.unfolding.clone(),
        settled: found.settled.clone(),
        settling: found.settling,
    }
}
