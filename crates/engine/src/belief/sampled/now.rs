//! Now: a last round that knows what is to be found (model.md 4 and 5).
//!
//! If y is drawn from ν₀, a round from y ends in ν₀ again. In that last round each driver on which facts bear
//! answers as the facts would have it, and what that costs is the weight of the draw: the facts' chance under its
//! answers, summed, not drawn. So weights stay even where many facts speak, and nothing is wasted on futures that
//! facts exclude (likelihood weighting, Fung and Chang 1990, with each factor taken in where it bears).

use super::answers::{Answers, Dice, Order};
use super::chains::Shape;
use crate::evidence::Weighing;
use crate::{Driver, Fact, State};

/// Draws are weighed for other facts than those for which they were made, where the weights differ by this much at
/// most.
const FAR: f64 = 20.0;

/// What is known or supposed of the states now, beside the model.
#[derive(Clone)]
pub(super) struct Lean<'a> {
    /// By driver: a factor for each state, the greatest being 1.
    factors: Vec<Option<Vec<f64>>>,
    /// ln of what was divided out of the factors, and of what held drivers say.
    ln: f64,
    /// Facts that bear on several drivers together are weighed when all have answered.
    together: Option<Together<'a>>,
    /// Which drivers the weight depends on only together.
    joint: Vec<bool>,
    /// Numbers of states.
    states: Vec<usize>,
}

impl<'a> Lean<'a> {
    pub(super) fn new(sizes: &[u16]) -> Self {
        Lean {
            factors: vec![None; sizes.len()],
            ln: 0.0,
            together: None,
            joint: vec![false; sizes.len()],
            states: sizes.iter().map(|&k| usize::from(k)).collect(),
        }
    }

    /// Takes facts into account.
    pub(super) fn facts(&mut self, weighing: &'a Weighing<'a>, facts: &[Fact], order: &Order) {
        let parts = weighing.parts(facts);
        for (driver, ln) in &parts.alone {
            let most = ln.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if most == f64::NEG_INFINITY {
                self.ln = most;
                return;
            }
            self.ln += most;
            let factors: Vec<f64> = ln.iter().map(|l| libm::exp(l - most)).collect();
            self.factor(driver.0 as usize, &factors, order);
        }
        if !parts.together.is_empty() {
            for d in &parts.together {
                self.joint[d.0 as usize] = true;
            }
            self.together = Some(Together {
                weighing,
                facts: facts.to_vec(),
                alone: parts.alone,
            });
        }
    }

    /// Only futures with these states count.
    pub(super) fn only(&mut self, states: &[(Driver, State)], sizes: &[u16], order: &Order) {
        for (d, s) in states {
            let d = d.0 as usize;
            let factors: Vec<f64> = (0..sizes[d])
                .map(|t| f64::from(u8::from(t == s.0)))
                .collect();
            self.factor(d, &factors, order);
        }
    }

    fn factor(&mut self, driver: usize, factors: &[f64], order: &Order) {
        if let Some(s) = order.held[driver] {
            self.ln += libm::log(factors[usize::from(s.0)]);
            return;
        }
        match &mut self.factors[driver] {
            Some(all) => all.iter_mut().zip(factors).for_each(|(a, f)| *a *= f),
            none => *none = Some(factors.to_vec()),
        }
    }

    /// Whether draws made for `other` can be weighed for this instead: no state that other would never draw, and
    /// weights of which the greatest is not far above the least.
    fn near(&self, other: &Lean) -> bool {
        if self.together.is_some() || other.together.is_some() {
            return false;
        }
        if self.ln == f64::NEG_INFINITY || other.ln == f64::NEG_INFINITY {
            return false;
        }
        let mut far = 0.0;
        for (d, &states) in self.states.iter().enumerate() {
            let of = |lean: &Lean, t: usize| lean.factors[d].as_ref().map_or(1.0, |f| f[t]);
            let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
            for t in 0..states {
                let (here, there) = (of(self, t), of(other, t));
                if here <= 0.0 && there <= 0.0 {
                    continue;
                }
                let ratio = here / there;
                (least, most) = (least.min(ratio), most.max(ratio));
            }
            if most > 0.0 {
                far += libm::log(most / least);
            }
        }
        // Not where it is infinite, or no number.
        far <= libm::log(FAR)
    }

    /// Nothing is known: every weight is 1.
    pub(super) fn idle(&self) -> bool {
        self.ln == 0.0 && self.together.is_none() && self.factors.iter().all(Option::is_none)
    }

    /// Whether some driver has no state left: proof that no future is.
    pub(super) fn closed(&self) -> bool {
        let none = |f: &Option<Vec<f64>>| f.as_ref().is_some_and(|f| f.iter().all(|f| *f <= 0.0));
        self.ln == f64::NEG_INFINITY || self.factors.iter().any(none)
    }

    /// ln of the weight of one future, its chance before facts apart.
    pub(super) fn ln_weight(&self, x: &[u16]) -> f64 {
        let alone = self.factors.iter().zip(x).fold(self.ln, |ln, (f, &s)| {
            f.as_ref().map_or(ln, |f| ln + libm::log(f[usize::from(s)]))
        });
        alone + self.residue(x)
    }

    /// ln of what the facts say together and not driver by driver.
    fn residue(&self, x: &[u16]) -> f64 {
        let Some(together) = &self.together else {
            return 0.0;
        };
        let state = |d: Driver| usize::from(x[d.0 as usize]);
        let whole = together.weighing.ln_likelihood(&together.facts, state);
        if whole == f64::NEG_INFINITY {
            return whole;
        }
        whole
            - together
                .alone
                .iter()
                .map(|(d, ln)| ln[state(*d)])
                .sum::<f64>()
    }
}

/// Facts of which some bear on several drivers together.
#[derive(Clone)]
struct Together<'a> {
    weighing: &'a Weighing<'a>,
    facts: Vec<Fact>,
    /// What they say driver by driver, which the factors hold already.
    alone: Vec<(Driver, Vec<f64>)>,
}

/// The last round towards now, with some drivers wanted.
pub(super) struct LastRound<'a> {
    lean: Lean<'a>,
    /// The drivers that must answer, in order.
    answering: Vec<usize>,
    /// For each driver whose answer weighs, its sources that have answered before it and are weighed by what came
    /// of their answers.
    weighed: Vec<Vec<usize>>,
    /// The part of each answer of a driver that is read or weighs that is drawn from all its states alike, in a wide draw.
    wide: f64,
    /// Which drivers these are.
    widened: Vec<bool>,
    /// Steps of one such round.
    pub(super) cost: f64,
}

/// Most of an answer that is drawn from all states alike, and of all answers together.
const WIDE: (f64, f64) = (0.2, 0.4);

impl<'a> LastRound<'a> {
    /// `wanted`: whose states will be looked at; all where `None`.
    pub(super) fn new(
        answers: &Answers,
        order: &Order,
        lean: Lean<'a>,
        wanted: Option<&[Driver]>,
    ) -> Self {
        let n = order.held.len();
        // Whose answer weighs, or reaches a later answer that does.
        let mut weighs: Vec<bool> = (0..n)
            .map(|d| lean.factors[d].is_some() || lean.joint[d])
            .collect();
        let mut widened = weighs.clone();
        for d in wanted.unwrap_or_default() {
            widened[d.0 as usize] = true;
        }
        // The cast: a number of drivers.
        let many = widened.iter().filter(|w| **w).count() as f64;
        let mut needed = weighs.clone();
        match wanted {
            None => needed.iter_mut().for_each(|d| *d = true),
            Some(wanted) => wanted.iter().for_each(|d| needed[d.0 as usize] = true),
        }
        for &j in order.drivers.iter().rev() {
            for block in &answers.model.blocks[j] {
                let source = block.from.0 as usize;
                if order.place[source].is_some() && order.place[source] < order.place[j] {
                    needed[source] |= needed[j];
                    weighs[source] |= weighs[j];
                }
            }
        }
        let answering: Vec<usize> = order
            .drivers
            .iter()
            .copied()
            .filter(|&j| needed[j])
            .collect();
        let mut cost = 100.0 + answering.iter().map(|&j| answers.cost(j)).sum::<f64>();
        let weighed = (0..n).map(|i| {
            let sources = answers.model.blocks[i].iter().map(|b| b.from.0 as usize);
            let earlier = |s: &usize| order.place[*s].is_some() && order.place[*s] < order.place[i];
            sources
                .filter(|s| {
                    weighs[i]
                        && earlier(s)
                        && wanted.is_none_or(|w| w.iter().any(|d| d.0 as usize == *s))
                })
                .collect::<Vec<usize>>()
        });
        let weighed: Vec<Vec<usize>> = weighed.collect();
        for (i, sources) in weighed.iter().enumerate() {
            let states: f64 = sources
                .iter()
                .map(|&s| f64::from(answers.model.sizes[s]))
                .sum();
            cost += answers.cost(i) * states;
        }
        LastRound {
            wide: WIDE.0.min(WIDE.1 / many.max(1.0)),
            widened,
            weighed,
            cost,
            answering,
            lean,
        }
    }

    /// Whether what `other` drew can be weighed for this round ([`weigh_drawn`](Self::weigh_drawn)).
    pub(super) fn near(&self, other: &LastRound) -> bool {
        self.lean.near(&other.lean)
    }

    /// Draws now from ν₀'s `x`; ln of its weight. `row` gets, for each driver that answers, the chances of its
    /// states given the facts and all else that was drawn.
    pub(super) fn draw(
        &self,
        answers: &Answers,
        shape: &Shape,
        x: &mut [u16],
        dice: &mut Dice,
        room: &mut Vec<f64>,
        row: &mut [f64],
    ) -> f64 {
        self.go(answers, shape, x, room, row, |_, chances, _| {
            (dice.state(chances), 1.0)
        })
    }

    /// A draw that also looks where the facts do not lead: what is rare is seen and weighs little, so that errors
    /// tell of it (a defensive mixture, Hesterberg 1995).
    pub(super) fn draw_wide(
        &self,
        answers: &Answers,
        shape: &Shape,
        x: &mut [u16],
        dice: &mut Dice,
        room: &mut Vec<f64>,
        row: &mut [f64],
    ) -> f64 {
        let mut mixed = Vec::new();
        self.go(answers, shape, x, room, row, |j, chances, _| {
            if !self.widened[j] {
                return (dice.state(chances), 1.0);
            }
            self.widen(chances, &mut mixed);
            let to = dice.state(&mixed);
            (to, chances[usize::from(to)] / mixed[usize::from(to)])
        })
    }

    /// Chances mixed with those of all states that have any.
    fn widen(&self, chances: &[f64], mixed: &mut Vec<f64>) {
        // The cast: a number of states.
        let alike = self.wide / chances.iter().filter(|p| **p > 0.0).count() as f64;
        mixed.clear();
        mixed.extend(chances.iter().map(|&p| match p > 0.0 {
            true => (1.0 - self.wide) * p + alike,
            false => 0.0,
        }));
    }

    /// The same from what a wide draw of `other` brought, `drawn`, from the same `x`: its ln of the weight is that of this round.
    #[allow(
        clippy::too_many_arguments,
        reason = "what a draw takes, and what was drawn"
    )]
    pub(super) fn weigh_drawn(
        &self,
        answers: &Answers,
        shape: &Shape,
        x: &mut [u16],
        (other, drawn): (&LastRound, &[u16]),
        room: &mut Vec<f64>,
        row: &mut [f64],
    ) -> f64 {
        let (mut there, mut mixed) = (Vec::new(), Vec::new());
        self.go(answers, shape, x, room, row, |j, chances, plain| {
            let to = drawn[j];
            let at = usize::from(to);
            // The chances from which it was drawn there.
            there.clear();
            match &other.lean.factors[j] {
                None => there.extend_from_slice(plain),
                Some(factors) => {
                    there.extend(plain.iter().zip(factors).map(|(p, f)| p * f));
                    let whole: f64 = there.iter().sum();
                    there.iter_mut().for_each(|p| *p /= whole);
                }
            }
            let was = if other.widened[j] {
                other.widen(&there, &mut mixed);
                mixed[at]
            } else {
                there[at]
            };
            (to, chances[at] / was)
        })
    }

    /// A round in which `answer` tells for each driver, from the chances of its states with the facts and without,
    /// where it goes and by how much that weighs.
    fn go(
        &self,
        answers: &Answers,
        shape: &Shape,
        x: &mut [u16],
        room: &mut Vec<f64>,
        row: &mut [f64],
        mut answer: impl FnMut(usize, &[f64], &[f64]) -> (u16, f64),
    ) -> f64 {
        let mut ln = self.lean.ln;
        if ln == f64::NEG_INFINITY {
            return ln;
        }
        // Weights are multiplied up and only now and then turned into logarithms.
        let mut weight = 1.0;
        let mut leaning = Vec::new();
        for &j in &self.answering {
            let plain = answers.chances(j, x, room);
            let mut chances = plain;
            if let Some(factors) = &self.lean.factors[j] {
                leaning.clear();
                leaning.extend(chances.iter().zip(factors).map(|(p, f)| p * f));
                let whole: f64 = leaning.iter().sum();
                if whole <= 0.0 {
                    return f64::NEG_INFINITY;
                }
                leaning.iter_mut().for_each(|p| *p /= whole);
                weight *= whole;
                chances = &leaning;
            }
            let (to, by) = answer(j, chances, plain);
            weight *= by;
            if !(1e-100..1e100).contains(&weight) {
                ln += libm::log(weight);
                if ln == f64::NEG_INFINITY {
                    return ln;
                }
                weight = 1.0;
            }
            row[shape.first[j]..][..chances.len()].copy_from_slice(chances);
            for &source in &self.weighed[j] {
                self.weigh(answers, shape, (source, j, to), x, room, row);
            }
            x[j] = to;
        }
        if self.lean.together.is_some() {
            for &j in self.answering.iter().filter(|&&j| self.lean.joint[j]) {
                self.weigh_together(shape, j, x, row);
            }
        }
        ln + libm::log(weight) + self.lean.residue(x)
    }

    /// Takes into the chances of `source` what each of its states would have made of driver `j`'s answer `to`: they
    /// become those given all else that was drawn (Rao and Blackwell), and stay above 0 for what was not drawn.
    fn weigh(
        &self,
        answers: &Answers,
        shape: &Shape,
        (source, j, to): (usize, usize, u16),
        x: &mut [u16],
        room: &mut Vec<f64>,
        row: &mut [f64],
    ) {
        let was = x[source];
        let row = &mut row[shape.first[source]..][..usize::from(answers.model.sizes[source])];
        // The cast: states are counted in u16.
        for (t, chance) in row.iter_mut().enumerate().filter(|(_, c)| **c > 0.0) {
            x[source] = t as u16;
            *chance *= answers.chances(j, x, room)[usize::from(to)];
        }
        x[source] = was;
        normalise(row, was);
    }

    /// The same for what facts say of several drivers together.
    fn weigh_together(&self, shape: &Shape, j: usize, x: &mut [u16], row: &mut [f64]) {
        let was = x[j];
        let states = self.lean.states[j];
        let row = &mut row[shape.first[j]..][..states];
        let mut logs = Vec::with_capacity(states);
        for t in 0..states {
            // The cast: states are counted in u16.
            x[j] = t as u16;
            logs.push(self.lean.residue(x));
        }
        x[j] = was;
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if most > f64::NEG_INFINITY {
            row.iter_mut()
                .zip(logs)
                .for_each(|(c, ln)| *c *= libm::exp(ln - most));
        }
        normalise(row, was);
    }
}

/// Makes chances sum to 1; where nothing is left but what was drawn, that is sure.
fn normalise(row: &mut [f64], drawn: u16) {
    let whole: f64 = row.iter().sum();
    if whole > 0.0 {
        row.iter_mut().for_each(|c| *c /= whole);
    } else {
        row[usize::from(drawn)] = 1.0;
    }
}
