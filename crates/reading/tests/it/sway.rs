//! What would change the answer, against reading the case again with that one number written otherwise.

use sinario_case::parse;
use sinario_reading::{
    Ask, Bar, JudgementAt, Quiet, Reading, Sway, SwayAsk, SwayOf, Unswayed, When, read,
};

const FLAGSHIP: &str = include_str!("../../../../examples/altman-reads-ms/case.toml");

fn swayed(text: &str, ask: SwayAsk) -> Reading {
    let ask = Ask {
        sway: Some(ask),
        futures: false,
        ..Ask::default()
    };
    read(parse(text.as_bytes()).case.unwrap(), ask, &Quiet).unwrap()
}

fn found(reading: &Reading) -> &Sway {
    reading.sway.as_ref().unwrap().as_ref().unwrap()
}

#[test]
fn the_flagship_read_again_with_one_number_written_otherwise_gives_the_ends() {
    let reading = swayed(FLAGSHIP, SwayAsk::default());
    let sway = found(&reading);
    assert!(sway.left_out.is_empty());
    let case = &reading.case;
    let minds = reading.belief.as_ref().unwrap();
    for of in &sway.targets {
        let want = match of.of {
            SwayOf::State(s, When::Now) => minds.now[s.driver.0][s.state.0].value,
            SwayOf::Story(s) => reading.stories[s].probability.unwrap().value,
            SwayOf::State(..) => panic!("nobody asked for another day"),
        };
        assert!((of.point - want).abs() < 1e-9);
        let reach = |b: &Bar| {
            let off = |v: f64| (v - of.point).abs();
            off(b.if_low).max(off(b.if_high)).max(b.width())
        };
        assert!(of.bars.windows(2).all(|w| reach(&w[0]) >= reach(&w[1])));
        assert!(reach(&of.bars[0]) > 0.01);
    }
    // Impacts, facts and acts: each kind once, written into the text of the case.
    let kinds: [fn(&JudgementAt) -> bool; 3] = [
        |a| matches!(a, JudgementAt::Score { .. }),
        |a| matches!(a, JudgementAt::Prior(_)),
        |a| matches!(a, JudgementAt::Likelihood { .. }),
    ];
    for kind in kinds {
        let of = &sway.targets[sway.targets.len() - 3];
        let bar = of.moving().find(|b| kind(&b.at)).unwrap();
        let mut changed = (**case).clone();
        match bar.at {
            JudgementAt::Score { impact, state } => {
                changed.impacts[impact].scores[state.0].thousandths =
                    (bar.high * 1000.0).round() as i32;
            }
            JudgementAt::Prior(s) => {
                let prior = changed.drivers[s.driver.0].prior.as_mut().unwrap();
                prior[s.state.0].value = bar.high;
            }
            JudgementAt::Likelihood { fact, of } => {
                let expected = &mut changed.facts[fact.0].expected;
                let at = expected.iter_mut().find(|e| e.driver == of.driver).unwrap();
                at.chances[of.state.0].value = bar.high;
            }
            _ => panic!("another kind"),
        }
        let again = read(
            changed,
            Ask {
                futures: false,
                ..Ask::default()
            },
            &Quiet,
        )
        .unwrap();
        let SwayOf::Story(s) = of.of else {
            panic!("no story")
        };
        let want = again.stories[s].probability.unwrap().value;
        assert!(
            (bar.if_high - want).abs() < 1e-9 && (want - of.point).abs() > 1e-6,
            "{bar:?}"
        );
    }
}

#[test]
fn what_tips_the_answer_does() {
    let reading = swayed(FLAGSHIP, SwayAsk::default());
    let mut tried = 0;
    for of in &found(&reading).targets {
        for (bar, end, new) in of.tipping() {
            let JudgementAt::Score { impact, state } = bar.at else {
                continue;
            };
            let value = if end == 0 { bar.low } else { bar.high };
            let mut changed = (*reading.case).clone();
            changed.impacts[impact].scores[state.0].thousandths = (value * 1000.0).round() as i32;
            let again = read(
                changed,
                Ask {
                    futures: false,
                    ..Ask::default()
                },
                &Quiet,
            )
            .unwrap();
            let now = &again.belief.as_ref().unwrap().now[of.of.driver().unwrap().0];
            let most = now.iter().map(|e| e.value).fold(0.0, f64::max);
            assert!(Some(new) != of.leader && now[new.0].value == most);
            tried += 1;
            if tried == 4 {
                return;
            }
        }
    }
    panic!("only {tried} tips");
}

#[test]
fn what_cannot_be_swayed_is_refused_by_name() {
    let text = FLAGSHIP;
    let of = |ask: Ask| {
        read(parse(text.as_bytes()).case.unwrap(), ask, &Quiet)
            .unwrap()
            .sway
    };
    let (futures, probabilities) = (false, false);
    let sway = Some(SwayAsk::default());
    let few = Ask {
        sway,
        exact_up_to: 1000,
        futures,
        probabilities,
        ..Ask::default()
    };
    assert_eq!(of(few), Some(Err(Unswayed::Sampled)));
    let sway = Some(SwayAsk {
        futures_up_to: 1000,
        ..SwayAsk::default()
    });
    let large = Ask {
        sway,
        futures,
        probabilities,
        ..Ask::default()
    };
    assert_eq!(of(large), Some(Err(Unswayed::Large)));
}
