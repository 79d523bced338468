//! Now over all futures where only a few drivers are unknown today, as the start of what is drawn.

use super::super::exact::{cells, condition, estimates, greatest, posterior, room};
use super::super::rounds::Rounds;
use super::super::settle::settle;
use super::super::space::Space;
use super::super::{Ask, Compared, Estimate, Hypotheses, Impossible, Marginals, Weight};
use super::answers::Dice;
use crate::evidence::{Evidence, Weighing};
use crate::progress::Progress;
use crate::{Driver, Model, State};

/// Everything about now, exactly.
pub(super) struct Known {
    pub(super) space: Space,
    /// ν, by future of the space.
    pub(super) mass: Vec<f64>,
    pub(super) before: Marginals,
    /// Whether ν₀ settled.
    pub(super) converged: bool,
    pub(super) now: Marginals,
    pub(super) facts: Vec<Vec<Weight>>,
    pub(super) trajectory: Vec<Vec<Vec<Estimate>>>,
    pub(super) hypotheses: Vec<Hypotheses>,
    pub(super) compared: Option<Compared>,
}

/// The futures with `held` as they are, where they are at most [`Ask::exact_up_to`].
///
/// # Errors
///
/// [`Impossible::Memory`] where they do not fit.
pub(super) fn few(
    model: &Model,
    evidence: &Evidence,
    ask: &Ask,
    held: &[Option<State>],
) -> Result<Option<Space>, Impossible> {
    let mut free = model.sizes.iter().zip(held).filter(|(_, h)| h.is_none());
    let count = free.try_fold(1_u64, |n, (&k, _)| n.checked_mul(u64::from(k)));
    if count.is_none_or(|n| n > ask.exact_up_to) {
        return Ok(None);
    }
    room(model, held, held, evidence, ask)?;
    Ok(Some(Space::new(model, held)))
}

/// Settles and weighs all of these futures.
pub(super) fn known(
    model: &Model,
    evidence: &Evidence,
    ask: &Ask,
    space: Space,
    progress: &dyn Progress,
) -> Result<Known, Impossible> {
    let (nu0, settling) = settle(&space, &Rounds::new(model, &space), progress)?;
    let before = estimates(space.marginals(model, &nu0));
    let given = condition(&space, nu0.into(), &ask.given)?;
    let weighing = Weighing::new(evidence);
    let all = evidence.all();
    let cells = cells(model, &space, &given, evidence, ask);
    let mass = posterior(&space, given, &cells, &weighing, &all)?.into_owned();
    let facts = cells.weights(&weighing, &all, &ask.read, progress);
    let compare = ask.compare.as_ref();
    Ok(Known {
        before,
        converged: settling.converged,
        now: estimates(space.marginals(model, &mass)),
        hypotheses: cells.hypotheses(&weighing, evidence, &ask.read, &facts, ask.trials),
        facts,
        trajectory: cells.trajectory(&weighing, &ask.trajectory, &ask.read),
        compared: compare.map(|c| cells.compare(&weighing, evidence, ask, c)),
        space,
        mass,
    })
}

impl Known {
    /// ν of one future.
    pub(super) fn chance(&self, x: &[State]) -> f64 {
        self.space.number(x).map_or(0.0, |at| self.mass[at])
    }

    /// The likeliest futures and their ν.
    pub(super) fn likeliest(&self, n: usize) -> Vec<(Vec<State>, f64)> {
        let of = |at: usize| (self.space.future(at), self.mass[at]);
        greatest(&self.mass, n).into_iter().map(of).collect()
    }

    /// ν with every other state of these drivers set to zero.
    pub(super) fn only(&self, states: &[(Driver, State)]) -> Vec<f64> {
        let mut mass = self.mass.clone();
        self.space
            .keep_only(&mut mass, &states.iter().collect::<Vec<_>>());
        mass
    }
}

/// Draws futures from masses.
pub(super) struct Urn<'a> {
    space: &'a Space,
    /// Masses up to each future, it included.
    upto: Vec<f64>,
}

impl<'a> Urn<'a> {
    /// `None` where there is no mass.
    pub(super) fn new(space: &'a Space, mut mass: Vec<f64>) -> Option<Self> {
        let mut sum = 0.0;
        for m in &mut mass {
            sum += *m;
            *m = sum;
        }
        (sum > 0.0).then_some(Urn { space, upto: mass })
    }

    /// All of the mass.
    pub(super) fn whole(&self) -> f64 {
        self.upto.last().copied().unwrap_or(0.0)
    }

    // The cast: states are counted in u16.
    pub(super) fn draw(&self, x: &mut [u16], dice: &mut Dice) {
        let u = dice.unit() * self.whole();
        let at = self.upto.partition_point(|sum| *sum <= u);
        let at = at.min(self.upto.len() - 1);
        for (d, s) in x.iter_mut().enumerate() {
            *s = self.space.state(at, d) as u16;
        }
    }
}
