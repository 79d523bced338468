//! From now to then by draws: the unfolding, signposts and stories (model.md 4, 5 and 7).

use super::answers::{Answers, Dice, Order};
use super::arrive::Paths;
use super::chains::Shape;
use super::groups::{GROUPS, Groups, Sums};
use super::known::Urn;
use super::now::LastRound;
use crate::{Driver, Model, State};
use rayon::prelude::*;

/// Where draws of now come from.
#[expect(
    clippy::large_enum_variant,
    reason = "one value a reading, never moved"
)]
pub(super) enum Now<'a> {
    /// Futures of ν₀, by group, each of which one more round takes to now.
    Chains(&'a [Vec<u16>], LastRound<'a>),
    /// Now itself.
    Urn(Urn<'a>),
}

/// What all draws share.
pub(super) struct Ahead<'a> {
    pub(super) answers: &'a Answers<'a>,
    pub(super) shape: &'a Shape,
    /// The rounds from now to then.
    pub(super) order: &'a Order,
    /// The round towards now.
    pub(super) order_now: &'a Order,
    pub(super) seed: u64,
    /// Draws of each group.
    pub(super) draws: usize,
    /// Every so many draws one that only proposes futures.
    pub(super) chains: usize,
}

/// A place to draw in, kept from draw to draw.
pub(super) struct Desk {
    base: Vec<u16>,
    pub(super) x: Vec<u16>,
    pub(super) room: Vec<f64>,
    row: Vec<f64>,
}

impl Ahead<'_> {
    pub(super) fn desk(&self) -> Desk {
        let n = self.order.held.len();
        Desk {
            base: vec![0; n],
            x: vec![0; n],
            room: Vec::new(),
            row: vec![0.0; self.shape.whole],
        }
    }

    /// Draws number `i` of a group: ln of its weight. The future of ν₀ before it stays in `base`.
    pub(super) fn draw(
        &self,
        now: &Now,
        group: usize,
        i: usize,
        desk: &mut Desk,
        dice: &mut Dice,
    ) -> f64 {
        match now {
            Now::Urn(urn) => {
                urn.draw(&mut desk.x, dice);
                desk.base.copy_from_slice(&desk.x);
                libm::log(urn.whole())
            }
            Now::Chains(stored, last) => {
                let n = desk.x.len();
                let stored = &stored[group];
                // Draws spread over all that is stored, so over all chains.
                let at = i * (stored.len() / n) / self.draws;
                desk.base.copy_from_slice(&stored[at * n..(at + 1) * n]);
                desk.x.copy_from_slice(&desk.base);
                last.draw(
                    self.answers,
                    self.shape,
                    &mut desk.x,
                    dice,
                    &mut desk.room,
                    &mut desk.row,
                )
            }
        }
    }

    /// How many of the draws come from the first of the chains.
    fn scouts(&self) -> usize {
        (self.draws / self.chains).max(1)
    }

    fn model(&self) -> &Model {
        self.answers.model
    }

    /// Rounds from now to then. The sums: the weights; for each round the states' weights; for each signpost the
    /// weight with which it is seen, then for each state of each mind the weight with which it is seen and its own.
    pub(super) fn unfold(
        &self,
        now: &Now,
        signs: &[Sign],
        minds: &[Driver],
    ) -> (Groups, Vec<Paths>) {
        let (rounds, whole) = (self.model().rounds as usize, self.shape.whole);
        let of_minds: usize = minds
            .iter()
            .map(|d| usize::from(self.model().sizes[d.0 as usize]))
            .sum();
        let count = 1 + (rounds + 1) * whole + signs.len() * (1 + 2 * of_minds);
        // Which signposts hang on a driver's answer in the last round.
        let mut hang: Vec<Vec<usize>> = vec![Vec::new(); self.order.held.len()];
        for (s, sign) in signs.iter().enumerate() {
            if let (Some((d, _)), true) = (&sign.last, rounds > 0) {
                hang[*d].push(s);
            }
        }
        let group = |group: usize| {
            let mut dice = Dice::new(self.seed, super::AHEAD, group);
            let mut sums = Sums::new(count);
            let mut paths = Paths {
                scouts: self.scouts(),
                ..Paths::default()
            };
            let mut desk = self.desk();
            let mut expected = vec![1.0; signs.len()];
            for i in 0..self.draws {
                let ln = self.draw(now, group, i, &mut desk, &mut dice);
                let w = sums.weight(ln);
                sums.values[0] += w;
                paths.ln.push(ln);
                paths.whole.push(ln);
                let at_now = desk.x.clone();
                if w > 0.0 {
                    self.see_now(now, &desk, w, &mut sums.values[1..=whole]);
                    for round in 1..=rounds {
                        if round == rounds {
                            desk.base.copy_from_slice(&desk.x);
                        }
                        let row = &mut sums.values[1 + round * whole..][..whole];
                        self.order.unfold(
                            self.answers,
                            &mut desk.x,
                            &mut dice,
                            &mut desk.room,
                            |j, old, keeps, chances| {
                                let row = &mut row[self.shape.first[j]..];
                                for (sum, p) in row.iter_mut().zip(chances) {
                                    *sum += w * (1.0 - keeps) * p;
                                }
                                row[usize::from(old)] += w * keeps;
                                if round == rounds {
                                    for &s in &hang[j] {
                                        expected[s] = signs[s].expected(old, keeps, chances);
                                    }
                                }
                            },
                        );
                        held(self.order, self.shape, w, row);
                    }
                    let mut at = 1 + (rounds + 1) * whole;
                    for (sign, expected) in signs.iter().zip(&expected) {
                        let last = if rounds > 0 {
                            *expected
                        } else {
                            sign.value(&desk.x)
                        };
                        let seen = w * (last * sign.chance(&at_now, &desk.x)).min(1.0);
                        sums.values[at] += seen;
                        at += 1;
                        for d in minds {
                            let d = d.0 as usize;
                            let state = at + 2 * usize::from(at_now[d]);
                            sums.values[state] += seen;
                            sums.values[state + 1] += w;
                            at += 2 * usize::from(self.model().sizes[d]);
                        }
                    }
                }
                paths.before.extend_from_slice(&desk.base);
                paths.after.extend_from_slice(&desk.x);
            }
            (sums, paths)
        };
        let (sums, paths): (Vec<Sums>, Vec<Paths>) = (0..GROUPS).into_par_iter().map(group).unzip();
        (Groups::new(sums), paths)
    }

    /// Adds what a draw says of now.
    fn see_now(&self, now: &Now, desk: &Desk, w: f64, row: &mut [f64]) {
        match now {
            Now::Chains(..) => {
                for &j in &self.order_now.drivers {
                    let at = self.shape.first[j]
                        ..self.shape.first[j] + usize::from(self.model().sizes[j]);
                    for (sum, p) in row[at.clone()].iter_mut().zip(&desk.row[at]) {
                        *sum += w * p;
                    }
                }
                held(self.order_now, self.shape, w, row);
            }
            Now::Urn(_) => {
                for (at, s) in self.shape.first.iter().zip(&desk.x) {
                    row[at + usize::from(*s)] += w;
                }
            }
        }
    }

    /// A story: the sums are the weights of all draws and of those in which it comes true, each by its chance.
    /// `told` draws now with its minds as told, `all` without; what else is told is held in the last round.
    pub(super) fn story(
        &self,
        number: usize,
        all: Option<&Now>,
        told: &Now,
        others: &[(Driver, State)],
    ) -> (Groups, Vec<Paths>) {
        let rounds = self.model().rounds as usize;
        let mut wanted: Vec<Option<u16>> = vec![None; self.order.held.len()];
        let mut never = false;
        for (d, s) in others {
            let d = d.0 as usize;
            never |= self.order.held[d].is_some_and(|h| h != *s);
            wanted[d] = Some(s.0);
        }
        let group = |group: usize| {
            // The cast: fewer stories than the bytes of a file.
            let mut dice = Dice::new(self.seed, super::STORIES + number as u32, group);
            let mut sums = Sums::new(2);
            let mut paths = Paths {
                scouts: self.scouts(),
                ..Paths::default()
            };
            let mut desk = self.desk();
            for i in 0..self.draws {
                let whole = all.map_or(0.0, |all| {
                    // The same numbers, so that what both share cancels out of their ratio.
                    self.draw(all, group, i, &mut desk, &mut dice.clone())
                });
                let w = sums.weight(whole);
                sums.values[0] += w;
                let mut ln = self.draw(told, group, i, &mut desk, &mut dice);
                paths.ln.push(ln);
                paths.whole.push(whole);
                if ln > f64::NEG_INFINITY && !never && rounds > 0 {
                    for _ in 1..rounds {
                        self.order.unfold(
                            self.answers,
                            &mut desk.x,
                            &mut dice,
                            &mut desk.room,
                            |_, _, _, _| {},
                        );
                    }
                    desk.base.copy_from_slice(&desk.x);
                    ln += self.arrive(&wanted, &mut desk, &mut dice);
                }
                if never {
                    ln = f64::NEG_INFINITY;
                }
                // A draw that cannot come true proposes no future.
                if let Some(last) = paths.ln.last_mut()
                    && (i < paths.scouts || never)
                {
                    *last = ln;
                }
                let w = sums.weight(ln);
                sums.values[1] += w;
                paths.before.extend_from_slice(&desk.base);
                paths.after.extend_from_slice(&desk.x);
            }
            (sums, paths)
        };
        let (sums, paths): (Vec<Sums>, Vec<Paths>) = (0..GROUPS).into_par_iter().map(group).unzip();
        (Groups::new(sums), paths)
    }

    /// The last round with some drivers led where they are wanted; ln of the chance that they go there.
    fn arrive(&self, wanted: &[Option<u16>], desk: &mut Desk, dice: &mut Dice) -> f64 {
        let mut ln = 0.0;
        for &j in &self.order.drivers {
            let keeps = self.model().keeps[j];
            let old = desk.x[j];
            let chances = self.answers.chances(j, &desk.x, &mut desk.room);
            let u = dice.unit();
            match wanted[j] {
                Some(to) => {
                    let stays = if old == to { keeps } else { 0.0 };
                    ln += libm::log(stays + (1.0 - keeps) * chances[usize::from(to)]);
                    desk.x[j] = to;
                }
                None if u >= keeps => {
                    desk.x[j] = super::answers::pick(chances, (u - keeps) / (1.0 - keeps));
                }
                None => {}
            }
        }
        ln
    }
}

fn held(order: &Order, shape: &Shape, w: f64, row: &mut [f64]) {
    for (d, held) in order.held.iter().enumerate() {
        if let Some(s) = held {
            row[shape.first[d] + usize::from(s.0)] += w;
        }
    }
}

/// A signpost: whose states it shows.
pub(super) struct Sign {
    /// Read at now.
    minds: Vec<(usize, Vec<f64>)>,
    /// Read at then, all but the last to answer.
    others: Vec<(usize, Vec<f64>)>,
    /// Read at then, the last of them to answer: its chances are summed, not drawn.
    last: Option<(usize, Vec<f64>)>,
}

impl Sign {
    pub(super) fn new(expected: &[(Driver, Vec<f64>)], minds: &[Driver], order: &Order) -> Sign {
        let (now, then): (Vec<_>, Vec<_>) = expected
            .iter()
            .cloned()
            .partition(|(d, _)| minds.contains(d));
        let plain = |(d, chances): (Driver, Vec<f64>)| (d.0 as usize, chances);
        let mut others: Vec<(usize, Vec<f64>)> = then.into_iter().map(plain).collect();
        others.sort_by_key(|(d, _)| order.place[*d]);
        let answers = others
            .last()
            .is_some_and(|(d, _)| order.place[*d].is_some());
        Sign {
            minds: now.into_iter().map(plain).collect(),
            last: if answers { others.pop() } else { None },
            others,
        }
    }

    fn expected(&self, old: u16, keeps: f64, chances: &[f64]) -> f64 {
        let Some((_, seen)) = &self.last else {
            return 1.0;
        };
        let answer: f64 = chances.iter().zip(seen).map(|(p, seen)| p * seen).sum();
        keeps * seen[usize::from(old)] + (1.0 - keeps) * answer
    }

    /// The last one's chance in a given future.
    fn value(&self, then: &[u16]) -> f64 {
        self.last
            .as_ref()
            .map_or(1.0, |(d, seen)| seen[usize::from(then[*d])])
    }

    /// The chance that the rest shows.
    fn chance(&self, now: &[u16], then: &[u16]) -> f64 {
        let of = |all: &[(usize, Vec<f64>)], x: &[u16]| -> f64 {
            all.iter()
                .map(|(d, seen)| seen[usize::from(x[*d])])
                .product()
        };
        of(&self.minds, now) * of(&self.others, then)
    }
}
