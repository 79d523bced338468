//! Which passes are needed: from minds now to all else at then, or back, whichever way is shorter.
//!
//! P(outcome and cell) is a sum over four indices: the named minds and the further minds that a source looks at, now,
//! and the named others and the further others it looks at, then. A pass forward starts from one joint state of the
//! minds and yields every state of the others; a pass backward starts from one of the others and yields every state
//! of the minds.

use super::{AskPairs, Outcome};
use crate::Model;
use crate::belief::space::{Space, places};
use std::collections::BTreeMap;

/// An outcome, its chances multiplied up by driver.
pub(super) struct Told {
    /// Whether it is one minus the chance.
    pub unless: bool,
    /// What held drivers say.
    pub constant: f64,
    /// By free driver, in declared order, a chance for each of its states.
    by: BTreeMap<usize, Vec<f64>>,
}

impl Told {
    fn new(space: &Space, outcome: &Outcome) -> Told {
        let (unless, expected) = match outcome {
            Outcome::If(expected) => (false, expected),
            Outcome::Unless(expected) => (true, expected),
        };
        let mut told = Told {
            unless,
            constant: 1.0,
            by: BTreeMap::new(),
        };
        for (driver, chances) in expected {
            let d = driver.0 as usize;
            let of = |s: usize| chances.get(s).copied().unwrap_or(0.0);
            if let Some(s) = space.held[d] {
                told.constant *= of(usize::from(s.0));
                continue;
            }
            let ones = || vec![1.0; space.sizes[d]];
            let all = told.by.entry(d).or_insert_with(ones);
            all.iter_mut().enumerate().for_each(|(s, p)| *p *= of(s));
        }
        told
    }

    /// The chance by joint state of some drivers, the first slowest, as far as these drivers say.
    pub(super) fn chances(&self, space: &Space, drivers: &[usize]) -> Vec<f64> {
        drivers.iter().fold(vec![1.0], |all, d| {
            let by = self.by.get(d);
            let each = (0..space.sizes[*d]).map(|s| by.map_or(1.0, |by| by[s]));
            let each: Vec<f64> = each.collect();
            all.iter()
                .flat_map(|p| each.iter().map(move |q| p * q))
                .collect()
        })
    }
}

/// The named drivers of one end that are free, and where their joint states stand among all cells.
pub(super) struct End {
    /// In declared order.
    pub named: Vec<usize>,
    /// By joint state.
    pub places: Vec<usize>,
}

/// The way that passes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// From minds now to all else at then.
    Forward,
    /// From then to now.
    Backward,
}

/// Sources that look at the same further drivers: the minds, the others, and the sources by number.
struct Group {
    minds: Vec<usize>,
    others: Vec<usize>,
    sources: Vec<usize>,
}

/// The further drivers at the end of passes, and the sources that look at them.
type Looked = (Vec<usize>, Vec<usize>);

/// Passes that differ in where they start only.
pub(super) struct Bundle {
    pub way: Way,
    /// The further drivers at the start.
    pub extra: Vec<usize>,
    /// For each joint state of those or, where these are fewer, each outcome that differs there: weights by joint
    /// state.
    pub weights: Vec<Vec<f64>>,
    /// Whether these are the joint states.
    pub each_state: bool,
    /// Where they lead.
    pub ends: Vec<Looked>,
}

/// All that is to be done.
pub(super) struct Plan {
    /// Source 0 is the one outcome that is certain, then come those that are asked for.
    pub sources: Vec<Vec<Told>>,
    /// All cells: the named drivers are free in it.
    pub cells: Space,
    pub now: End,
    pub then: End,
    pub bundles: Vec<Bundle>,
}

impl Plan {
    /// With the fewest passes among the [`candidates`].
    pub(super) fn new(model: &Model, space: &Space, ask: &AskPairs) -> Plan {
        let passes = |bundles: &Vec<Bundle>, ends: [&End; 2]| -> usize {
            let of = |b: &Bundle| match b.way {
                Way::Forward => b.passes(ends[0]),
                Way::Backward => b.passes(ends[1]),
            };
            bundles.iter().map(of).fold(0, usize::saturating_add)
        };
        Plan::with(model, space, ask, |candidates, ends| {
            // The first among equals.
            let best = candidates.into_iter().min_by_key(|c| passes(c, ends));
            best.unwrap_or_default()
        })
    }

    /// With that candidate which is chosen; the chooser is told the ends now and then.
    pub(super) fn with(
        model: &Model,
        space: &Space,
        ask: &AskPairs,
        choose: impl FnOnce(Vec<Vec<Bundle>>, [&End; 2]) -> Vec<Bundle>,
    ) -> Plan {
        // Where no time passes, then is now.
        let is_now = |d: usize| model.rounds == 0 || ask.minds.iter().any(|m| m.0 as usize == d);
        let is_named = |d: usize| ask.named.iter().any(|n| n.0 as usize == d);
        let held = (0..model.drivers()).map(|d| match is_named(d) {
            true => space.held[d],
            false => Some(crate::State(0)),
        });
        let cells = Space::new(model, &held.collect::<Vec<_>>());
        let end = |now: bool| {
            let free = |d: &usize| is_named(*d) && space.held[*d].is_none() && is_now(*d) == now;
            let named: Vec<usize> = (0..model.drivers()).filter(free).collect();
            let axes = named.iter().map(|&d| (cells.sizes[d], cells.weights[d]));
            let places = places(&axes.collect::<Vec<_>>());
            End { named, places }
        };
        let (now, then) = (end(true), end(false));
        let certain = vec![Told::new(space, &Outcome::If(Vec::new()))];
        let asked = ask.sources.iter().map(|source| {
            let outcomes = source.iter().map(|o| Told::new(space, o));
            outcomes.collect::<Vec<Told>>()
        });
        let sources: Vec<Vec<Told>> = std::iter::once(certain).chain(asked).collect();
        let mut groups = BTreeMap::<(Vec<usize>, Vec<usize>), Vec<usize>>::new();
        for (number, source) in sources.iter().enumerate() {
            let mut extra: Vec<usize> = source.iter().flat_map(|t| t.by.keys().copied()).collect();
            extra.sort_unstable();
            extra.dedup();
            extra.retain(|d| !is_named(*d));
            let key = extra.into_iter().partition(|d| is_now(*d));
            groups.entry(key).or_default().push(number);
        }
        let groups: Vec<Group> = groups
            .into_iter()
            .map(|((minds, others), sources)| Group {
                minds,
                others,
                sources,
            })
            .collect();
        let bundles = choose(candidates(space, &sources, &groups), [&now, &then]);
        Plan {
            sources,
            cells,
            now,
            then,
            bundles,
        }
    }

    /// The ends where passes of a bundle start and where they lead.
    pub(super) fn ends(&self, way: Way) -> (&End, &End) {
        match way {
            Way::Forward => (&self.now, &self.then),
            Way::Backward => (&self.then, &self.now),
        }
    }

    /// Passes of all bundles.
    pub(super) fn passes(&self) -> usize {
        let of = |b: &Bundle| b.passes(self.ends(b.way).0);
        self.bundles.iter().map(of).fold(0, usize::saturating_add)
    }
}

impl Bundle {
    /// Whether what would be taken back is certain, and stays so: no round is needed.
    pub(super) fn certain(&self, start: &End) -> bool {
        self.way == Way::Backward && start.named.is_empty() && self.extra.is_empty()
    }

    fn passes(&self, start: &End) -> usize {
        match self.certain(start) {
            true => 0,
            false => start.places.len().saturating_mul(self.weights.len()),
        }
    }
}

/// A few ways to share out the groups: all one way, or each that way in which the passes that find the cells serve it
/// as well.
fn candidates(space: &Space, sources: &[Vec<Told>], groups: &[Group]) -> Vec<Vec<Bundle>> {
    let forward_where = |forward: &dyn Fn(&Group) -> bool| {
        let way = |g: &Group| match forward(g) {
            true => Way::Forward,
            false => Way::Backward,
        };
        let ways: Vec<Way> = groups.iter().map(way).collect();
        bundles(space, sources, groups, &ways)
    };
    let neither = |g: &Group| g.minds.is_empty() && g.others.is_empty();
    vec![
        forward_where(&|_| true),
        forward_where(&|_| false),
        forward_where(&|g| g.minds.is_empty()),
        forward_where(&|g| g.minds.is_empty() && !neither(g)),
        forward_where(&|g| !g.others.is_empty() || neither(g)),
        forward_where(&|g| !g.others.is_empty()),
    ]
}

/// The groups brought together by way and start.
fn bundles(space: &Space, sources: &[Vec<Told>], groups: &[Group], ways: &[Way]) -> Vec<Bundle> {
    let mut by_start = BTreeMap::<(Way, &Vec<usize>), Vec<Looked>>::new();
    for (group, &way) in groups.iter().zip(ways) {
        let (start, end) = match way {
            Way::Forward => (&group.minds, &group.others),
            Way::Backward => (&group.others, &group.minds),
        };
        let ends = by_start.entry((way, start)).or_default();
        ends.push((end.clone(), group.sources.clone()));
    }
    let bundle = |((way, extra), ends): ((Way, &Vec<usize>), Vec<Looked>)| {
        let states = extra
            .iter()
            .fold(1_usize, |n, &d| n.saturating_mul(space.sizes[d]));
        let mut weights: Vec<Vec<f64>> = Vec::new();
        let told = ends.iter().flat_map(|e| &e.1).flat_map(|&s| &sources[s]);
        for told in told {
            if weights.len() == states {
                break;
            }
            let of = told.chances(space, extra);
            if !weights.contains(&of) {
                weights.push(of);
            }
        }
        let each_state = weights.len() == states;
        if each_state {
            let unit = |s: usize| (0..states).map(|t| f64::from(u8::from(s == t))).collect();
            weights = (0..states).map(unit).collect();
        }
        Bundle {
            way,
            extra: extra.clone(),
            weights,
            each_state,
            ends,
        }
    };
    by_start.into_iter().map(bundle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::belief::pairs::{Source, of_driver, of_signpost};
    use crate::{Driver, State};

    /// Ten drivers of three states, the first three minds.
    fn passes(rounds: u32, named: &[u32], sources: Vec<Source>) -> usize {
        let mut model = Model::new(vec![3; 10]);
        model.rounds = rounds;
        let space = Space::new(&model, &[None; 10]);
        let ask = AskPairs {
            minds: vec![Driver(0), Driver(1), Driver(2)],
            named: named.iter().map(|&d| Driver(d)).collect(),
            sources,
            ..AskPairs::default()
        };
        Plan::new(&model, &space, &ask).passes()
    }

    fn signpost(drivers: &[u32]) -> Source {
        let by = drivers.iter().map(|&d| (Driver(d), vec![0.1, 0.5, 0.9]));
        of_signpost(&by.collect::<Vec<_>>())
    }

    fn all() -> Vec<Source> {
        (0..10).map(|d| of_driver(Driver(d), 3)).collect()
    }

    #[test]
    fn no_pass_is_made_that_is_not_needed() {
        // Without time there is nothing to walk.
        assert_eq!(passes(0, &[0, 1, 4, 5], all()), 0);
        // Minds alone are known now.
        assert_eq!(passes(3, &[0, 1], Vec::new()), 0);
        assert_eq!(passes(3, &[0, 1], vec![of_driver(Driver(2), 3)]), 0);
        // Others alone take one pass, whatever others could be learnt.
        assert_eq!(passes(3, &[4, 5, 6], vec![of_driver(Driver(7), 3)]), 1);
        // One for each joint state of the named minds; all others come with them, named minds too.
        assert_eq!(passes(3, &[0, 1, 4, 5, 6], all()[3..].to_vec()), 9);
        assert_eq!(passes(3, &[0, 1, 4, 5, 6], vec![signpost(&[0, 7])]), 9);
        // What a signpost says of a further mind weighs now at once.
        assert_eq!(passes(3, &[4, 5, 6], vec![signpost(&[0, 1, 7])]), 2);
        // Back from one signpost, rather than forward from nine states of minds.
        assert_eq!(passes(3, &[0, 1], vec![signpost(&[2, 7])]), 1);
        // Back from three states of the named other, for all minds; forward once for the others.
        assert_eq!(passes(3, &[4], all()), 4);
        assert_eq!(passes(3, &[0, 4], all()), 6);
        assert_eq!(passes(3, &[0, 1, 2, 4, 5, 6], all()), 27);
    }

    #[test]
    fn chances_are_multiplied_up_and_held_drivers_are_not_free() {
        let model = Model::new(vec![2, 3, 2]);
        let space = Space::new(&model, &[None, None, Some(State(1))]);
        let by = |d: u32, chances: &[f64]| (Driver(d), chances.to_vec());
        let of = vec![
            by(1, &[0.5, 0.25]),
            by(0, &[0.5, 1.0]),
            by(1, &[1.0, 0.5, 1.0]),
            by(2, &[0.0, 0.75]),
        ];
        let told = Told::new(&space, &Outcome::Unless(of));
        assert!(told.unless && told.constant == 0.75);
        let found = told.chances(&space, &[0, 1]);
        assert_eq!(found, [0.25, 0.0625, 0.0, 0.5, 0.125, 0.0]);
    }
}
