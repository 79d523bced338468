//! Worst and best margins against members drawn one by one, and against all corners.

use crate::cases::{Dice, all, model};
use sinario_engine::consistent::assess;
use sinario_engine::evidence::Evidence;
use sinario_engine::firmness::{Firm, Verdict};
use sinario_engine::judgement::{Inputs, Judgement, Place};
use sinario_engine::{Driver, Model, State};

/// Ranges for some of the scores, in thousandths, the point anywhere within.
pub fn free_scores(dice: &mut Dice, model: &Model, share: f64) -> Vec<Judgement> {
    let mut free = Vec::new();
    for (on, blocks) in model.blocks.iter().enumerate() {
        for block in blocks {
            let k = usize::from(model.sizes[on]);
            for (at, &score) in block.scores.iter().enumerate() {
                if dice.unit() < share {
                    let point = f64::from(score);
                    free.push(Judgement {
                        place: Place::Score {
                            from: block.from,
                            state: State((at / k) as u16),
                            on: Driver(on as u32),
                            target: State((at % k) as u16),
                        },
                        point,
                        low: point - dice.below(2000) as f64,
                        high: point + dice.below(2000) as f64,
                    });
                }
            }
        }
    }
    free
}

fn inputs(model: &Model) -> Inputs {
    Inputs {
        model: model.clone(),
        evidence: Evidence::default(),
        signposts: Vec::new(),
    }
}

#[test]
fn no_member_lies_outside_and_one_attains_each_end() {
    let mut dice = Dice(71);
    let (mut members, mut verdicts) = (0, [0; 3]);
    while members < 100_000 {
        let model = model(&mut dice);
        let futures = all(&model.sizes);
        let x = futures[dice.below(futures.len())].clone();
        let share = [0.2, 1.0][dice.below(2)];
        let free = free_scores(&mut dice, &model, share);
        let held: Vec<(Driver, State)> = (0..model.drivers())
            .filter(|_| dice.below(5) == 0)
            .map(|d| (Driver(d as u32), x[d]))
            .collect();
        let most = [0, 0, 700][dice.below(3)];
        let firm = Firm::new(&model, &free).of(&x, &held, most);
        let at = |value: &mut dyn FnMut(&Judgement) -> f64| {
            let mut member = inputs(&model);
            for j in &free {
                member.set(j.place, value(j));
            }
            assess(&member.model, &x, &held)
        };
        let (mut least, mut greatest) = (i64::MAX, i64::MIN);
        for e in 0..200 {
            let corner = e % 2 == 0;
            let found = at(&mut |j| {
                j.at(if corner {
                    dice.below(2) as f64
                } else {
                    dice.unit()
                })
            });
            let consistent = found.inconsistency <= most;
            assert!(firm.verdict != Verdict::Always || consistent);
            assert!(firm.verdict != Verdict::Never || !consistent);
            least = least.min(found.margin);
            greatest = greatest.max(found.margin);
            members += 1;
        }
        assert!(
            firm.worst <= least && greatest <= firm.best,
            "{firm:?} {least} {greatest}"
        );
        // Told states at one end, all their rivals at the other: attained exactly, by one member each.
        let told = |j: &Judgement| matches!(j.place, Place::Score { on, target, .. } if x[on.0 as usize] == target);
        let worst = at(&mut |j| if told(j) { j.low } else { j.high });
        let best = at(&mut |j| if told(j) { j.high } else { j.low });
        assert_eq!((worst.margin, best.margin), (firm.worst, firm.best));
        assert_eq!(firm.verdict == Verdict::Always, worst.inconsistency <= most);
        assert_eq!(firm.verdict == Verdict::Never, best.inconsistency > most);
        verdicts[firm.verdict as usize] += 1;
    }
    assert!(verdicts.iter().all(|&n| n > 10), "{verdicts:?}");
}

#[test]
fn all_corners_of_tiny_cases_have_these_ends() {
    let mut dice = Dice(72);
    let mut cases = 0;
    while cases < 60 {
        let model = model(&mut dice);
        let free = free_scores(&mut dice, &model, 0.3);
        if free.is_empty() || free.len() > 11 {
            continue;
        }
        cases += 1;
        let firm = Firm::new(&model, &free);
        for x in all(&model.sizes).into_iter().step_by(7) {
            let (mut least, mut greatest) = (i64::MAX, i64::MIN);
            for corner in 0..1_u32 << free.len() {
                let mut member = inputs(&model);
                for (i, j) in free.iter().enumerate() {
                    member.set(j.place, if corner >> i & 1 == 0 { j.low } else { j.high });
                }
                let margin = assess(&member.model, &x, &[]).margin;
                (least, greatest) = (least.min(margin), greatest.max(margin));
            }
            let found = firm.of(&x, &[], 0);
            assert_eq!((found.worst, found.best), (least, greatest));
        }
    }
}
