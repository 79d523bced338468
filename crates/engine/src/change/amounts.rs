//! What it takes to lift one state of a driver over its rivals, in closed form.
//!
//! Raising a score on the state helps against every rival, lowering one on a rival helps against that rival alone. So
//! the count is least for some number of raised scores, the largest possible ones, and what is then still missing
//! against each rival by the largest possible lowerings of it. For a count, the total is R + Σ_t max(0, D_t − R) for a
//! raise R and deficits D_t: convex in R, least between the second greatest deficit and the greatest.

use super::Cost;

/// A score that could be moved: by how much at most, and whether it stands in no impact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub most: i64,
    pub new: bool,
}

/// What has to be made up, and what could.
#[derive(Clone, Debug, Default)]
pub(super) struct Lift {
    /// Scores on the state, which can be raised; in declared order.
    pub raise: Vec<Room>,
    /// For each rival that leads: by how much, and the scores on it, which can be lowered.
    pub rivals: Vec<(i64, Vec<Room>)>,
}

/// How many scores are raised by how much in all, and what that costs.
#[derive(Clone, Copy, Debug)]
struct Way {
    raised: usize,
    by: i64,
    new: u64,
}

/// Which scores are moved and by how much, by position: raised ones, and lowered ones of each rival.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub raised: Vec<(usize, i64)>,
    pub lowered: Vec<Vec<(usize, i64)>>,
}

/// Rooms as sums of the largest: of all, of the written and of the new.
struct Sums {
    all: Vec<i64>,
    written: Vec<i64>,
    new: Vec<i64>,
}

impl Sums {
    fn of(rooms: &[Room]) -> Sums {
        let sums = |keep: &dyn Fn(&Room) -> bool| {
            let mut most: Vec<i64> = rooms
                .iter()
                .filter(|r| r.most > 0 && keep(r))
                .map(|r| r.most)
                .collect();
            most.sort_unstable_by(|a, b| b.cmp(a));
            let mut sum = 0;
            let rest = most.into_iter().map(|m| {
                sum += m;
                sum
            });
            std::iter::once(0).chain(rest).collect()
        };
        Sums {
            all: sums(&|_| true),
            written: sums(&|r| !r.new),
            new: sums(&|r| r.new),
        }
    }

    /// The fewest that reach `need`.
    fn count(&self, need: i64) -> Option<usize> {
        let n = self.all.partition_point(|&sum| sum < need);
        (n < self.all.len()).then_some(n)
    }

    /// What `n` of them, `new` of these new, reach at most.
    fn reach(&self, n: usize, new: usize) -> Option<i64> {
        Some(self.written.get(n.checked_sub(new)?)? + self.new.get(new)?)
    }

    /// The fewest new ones among `n` that reach `need`.
    fn fewest_new(&self, n: usize, need: i64) -> Option<u64> {
        let fits = |&new: &usize| self.reach(n, new).is_some_and(|sum| sum >= need);
        (0..=n).find(fits).map(|new| new as u64)
    }
}

/// The least cost; `None` where the room does not suffice.
pub(super) fn cost(lift: &Lift) -> Option<Cost> {
    ways(lift).map(|(cost, _)| cost)
}

/// The least cost and all ways that attain it among those that have to be looked at.
fn ways(lift: &Lift) -> Option<(Cost, Vec<Way>)> {
    if lift.rivals.is_empty() {
        return Some((
            Cost::default(),
            vec![Way {
                raised: 0,
                by: 0,
                new: 0,
            }],
        ));
    }
    let raise = Sums::of(&lift.raise);
    let lower: Vec<(i64, Sums)> = lift
        .rivals
        .iter()
        .map(|(lead, rooms)| (*lead, Sums::of(rooms)))
        .collect();
    let lowered = |by: i64| -> Option<usize> {
        let each = lower
            .iter()
            .map(|(lead, sums)| sums.count((lead - by).max(0)));
        each.sum()
    };
    let counts: Vec<Option<usize>> = raise
        .all
        .iter()
        .enumerate()
        .map(|(m, &by)| lowered(by).map(|n| n + m))
        .collect();
    let count = counts.iter().flatten().min().copied()?;
    let mut leads: Vec<i64> = lower.iter().map(|(lead, _)| *lead).collect();
    leads.sort_unstable_by(|a, b| b.cmp(a));
    let (first, second) = (leads[0], leads.get(1).copied().unwrap_or(0));
    let total = |by: i64| by + leads.iter().map(|lead| (lead - by).max(0)).sum::<i64>();
    // Where the count of lowered scores changes, and where new ones become needless.
    let steps = |from: &dyn Fn(&Sums) -> Vec<i64>| -> Vec<i64> {
        let each = lower.iter().flat_map(|(lead, sums)| {
            from(sums)
                .into_iter()
                .map(|sum| lead - sum)
                .collect::<Vec<_>>()
        });
        each.collect()
    };
    let turns = steps(&|sums| sums.all.clone());
    let mut least: Option<i64> = None;
    let mut spans = Vec::new();
    for (m, _) in counts
        .iter()
        .enumerate()
        .filter(|(_, n)| **n == Some(count))
    {
        let most = raise.all[m];
        let low = if m == 0 {
            0
        } else {
            let fits = |by: &i64| lowered(*by).is_some_and(|n| n + m <= count);
            let tried = turns.iter().map(|&by| by.clamp(0, most)).chain([0, most]);
            tried.filter(fits).min().unwrap_or(most)
        };
        let (from, to) = if most < second {
            (most, most)
        } else if low > first {
            (low, low)
        } else {
            (low.max(second), most.min(first))
        };
        let total = total(from);
        if least.is_none_or(|l| total < l) {
            least = Some(total);
            spans.clear();
        }
        if least == Some(total) {
            spans.push((m, from, to));
        }
    }
    let pairs = |sums: &Sums| -> Vec<i64> {
        let all = (0..=count).flat_map(|n| (0..=n).map(move |new| (n, new)));
        all.filter_map(|(n, new)| sums.reach(n, new)).collect()
    };
    let turns = steps(&|sums| pairs(sums));
    let mut all: Vec<Way> = Vec::new();
    for (m, from, to) in spans {
        let own = (0..=m).filter_map(|new| raise.reach(m, new));
        let mut tried: Vec<i64> = own
            .chain(turns.iter().copied())
            .filter(|by| (from..=to).contains(by))
            .chain([from, to])
            .collect();
        tried.sort_unstable();
        tried.dedup();
        for by in tried {
            let below = lower.iter().map(|(lead, sums)| {
                let need = (lead - by).max(0);
                sums.fewest_new(sums.count(need)?, need)
            });
            let new = below.chain([raise.fewest_new(m, by)]).sum::<Option<u64>>();
            if let Some(new) = new {
                all.push(Way { raised: m, by, new });
            }
        }
    }
    let new = all.iter().map(|w| w.new).min()?;
    all.retain(|w| w.new == new);
    let cost = Cost {
        count: count as u64,
        total: least?,
        new,
    };
    Some((cost, all))
}

/// The scores to move, at the least cost, one plan for each way to do it.
pub(super) fn plans(lift: &Lift) -> Vec<Plan> {
    let Some((_, ways)) = ways(lift) else {
        return Vec::new();
    };
    let plan = |w: Way| {
        let raised = chosen(&lift.raise, w.raised, w.by)?;
        let lowered = lift.rivals.iter().map(|(lead, rooms)| {
            let need = (lead - w.by).max(0);
            chosen(rooms, Sums::of(rooms).count(need)?, need)
        });
        Some(Plan {
            raised,
            lowered: lowered.collect::<Option<_>>()?,
        })
    };
    ways.into_iter().filter_map(plan).collect()
}

/// The first `n` in declared order that reach `need` with the fewest new ones, and what each is moved by.
fn chosen(rooms: &[Room], n: usize, need: i64) -> Option<Vec<(usize, i64)>> {
    let new = Sums::of(rooms).fewest_new(n, need)? as usize;
    let (mut left, mut news, mut sum) = (n, new, 0);
    let mut taken = Vec::with_capacity(n);
    for (at, room) in rooms.iter().enumerate() {
        if left == 0 {
            break;
        }
        if room.most <= 0 || (room.new && news == 0) {
            continue;
        }
        let fewer = news - usize::from(room.new);
        let rest = Sums::of(&rooms[at + 1..]).reach(left - 1, fewer);
        if rest.is_some_and(|rest| sum + room.most + rest >= need) {
            taken.push(at);
            sum += room.most;
            (left, news) = (left - 1, fewer);
        }
    }
    let mut missing = need;
    let by = taken.into_iter().map(|at| {
        let by = rooms[at].most.min(missing);
        missing -= by;
        (at, by)
    });
    Some(by.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    /// The least cost over all whole amounts.
    fn plain(lift: &Lift) -> Option<Cost> {
        let rooms: Vec<Room> = lift
            .raise
            .iter()
            .chain(lift.rivals.iter().flat_map(|(_, rooms)| rooms))
            .copied()
            .collect();
        let all: i64 = rooms.iter().map(|r| r.most + 1).product();
        let mut best: Option<Cost> = None;
        for mut code in 0..all {
            let amounts: Vec<i64> = rooms
                .iter()
                .map(|r| (code % (r.most + 1), code /= r.most + 1).0)
                .collect();
            let (raised, mut rest) = amounts.split_at(lift.raise.len());
            let raised: i64 = raised.iter().sum();
            let holds = lift.rivals.iter().all(|(lead, rooms)| {
                let (own, others) = rest.split_at(rooms.len());
                rest = others;
                raised + own.iter().sum::<i64>() >= *lead
            });
            let moved = || amounts.iter().zip(&rooms).filter(|(by, _)| **by > 0);
            let cost = Cost {
                count: moved().count() as u64,
                total: amounts.iter().sum(),
                new: moved().filter(|(_, r)| r.new).count() as u64,
            };
            if holds && best.is_none_or(|b| cost < b) {
                best = Some(cost);
            }
        }
        best
    }

    #[test]
    fn the_closed_form_agrees_with_trying_every_amount() {
        let mut dice = ChaCha8Rng::seed_from_u64(9);
        let (mut none, mut ways_met, mut new) = (0, 0, 0);
        for _ in 0..6000 {
            let mut below = |n: u64| (dice.next_u64() % n) as i64;
            let mut rooms = |n: i64| -> Vec<Room> {
                let room = |_| Room {
                    most: below(4),
                    new: below(2) == 0,
                };
                (0..n).map(room).collect()
            };
            let raise = rooms(3);
            let (one, two) = (rooms(3), rooms(2));
            let mut rivals = vec![(1 + below(5), one)];
            if below(3) > 0 {
                rivals.push((1 + below(5), two));
            }
            let lift = Lift { raise, rivals };
            let found = cost(&lift);
            assert_eq!(found, plain(&lift), "{lift:?}");
            let Some(found) = found else {
                none += 1;
                assert!(plans(&lift).is_empty());
                continue;
            };
            let plans = plans(&lift);
            assert!(!plans.is_empty(), "{lift:?}");
            ways_met += usize::from(plans.len() > 1);
            new += found.new;
            for plan in plans {
                let by = |moved: &[(usize, i64)]| moved.iter().map(|(_, by)| by).sum::<i64>();
                let raised = by(&plan.raised);
                let mut told = Cost::default();
                let mut add = |moved: &[(usize, i64)], rooms: &[Room]| {
                    for &(at, by) in moved {
                        assert!(by > 0 && by <= rooms[at].most, "{lift:?}");
                        told.count += 1;
                        told.total += by;
                        told.new += u64::from(rooms[at].new);
                    }
                };
                add(&plan.raised, &lift.raise);
                for ((lead, rooms), moved) in lift.rivals.iter().zip(&plan.lowered) {
                    add(moved, rooms);
                    assert!(raised + by(moved) >= *lead, "{lift:?}");
                }
                assert_eq!(told, found, "{lift:?}");
            }
        }
        assert!(
            none > 50 && ways_met > 500 && new > 500,
            "{none} {ways_met} {new}"
        );
    }
}
