//! Why a state is in no consistent future (model.md 3), under the names of the case.

use crate::futures::{future, search_of};
use crate::pulls::Pulls;
use crate::translate::{at, driver_id, state_id, state_ref};
use crate::{Argued, ArguedStep, Ask, CarriedBy, Fall, Pull, WhyNot, WhyNotFound};
use num_bigint::BigUint;
use sinario_case::{Case, StateRef};
use sinario_engine::consistent::{self, Consistent};
use sinario_engine::progress::Progress;
use sinario_engine::{Driver, Model, State};

/// Answers `--why-not`. `whole` is what the search found without the state.
pub(crate) fn why_not(
    case: &Case,
    model: &Model,
    ask: &Ask,
    state: StateRef,
    whole: &Consistent,
    progress: &dyn Progress,
) -> WhyNot {
    let found = consistent::why_not(model, &search_of(model, ask), at(state), progress);
    let found = match found {
        consistent::WhyNot::Occurs { count, best, all } => {
            let mut best = future(&best, None, &[], None);
            best.balance = Pulls::new(case).of_future(&best.states);
            WhyNotFound::Occurs {
                count,
                best: Box::new(best),
                all,
            }
        }
        consistent::WhyNot::RuledOut(proof) => WhyNotFound::RuledOut {
            nothing: whole.stopped.is_none() && whole.count == BigUint::ZERO,
            proof: proof.map(|lines| lines.iter().map(|line| argued(case, line)).collect()),
        },
        consistent::WhyNot::Open(stopped) => WhyNotFound::Open(stopped),
    };
    WhyNot { state, found }
}

fn argued(case: &Case, line: &consistent::Argued) -> Argued {
    Argued {
        assumed: line.assumed.iter().map(|&(d, s)| state_ref(d, s)).collect(),
        steps: line
            .steps
            .iter()
            .map(|step| argued_step(case, step))
            .collect(),
        driver: driver_id(line.driver),
    }
}

fn argued_step(case: &Case, step: &consistent::Step) -> ArguedStep {
    let fall = step.fall;
    let by = |carried: &consistent::Carried| CarriedBy {
        from: driver_id(carried.from),
        open: carried.left > 1,
        least: carried.least,
        pulls: carried
            .states
            .iter()
            .filter_map(|&(s, lead)| {
                let impact = impact(case, carried.from, s, fall.driver)?;
                Some(Pull { impact, lead })
            })
            .collect(),
    };
    let mut carried: Vec<CarriedBy> = step.carried.iter().map(by).collect();
    // What carries it most comes first.
    carried.sort_by_key(|c| (std::cmp::Reverse(c.least), c.from));
    ArguedStep {
        fall: Fall {
            state: state_ref(fall.driver, fall.state),
            rival: state_id(fall.rival),
            by: fall.by,
            after: fall.after,
        },
        carried,
    }
}

/// The judgement of one state on a driver; a score that is not 0 always has one.
pub(crate) fn impact(case: &Case, from: Driver, s: State, on: Driver) -> Option<usize> {
    let (from, on) = (state_ref(from, s), driver_id(on));
    case.impacts
        .iter()
        .position(|i| i.from == from && i.on == on)
}
