//! Power from a case: names to places and back, hold-ups in order, what time brings, and silence where nothing is said.

use super::reading;
use sinario_case::{StateId, parse};
use sinario_reading::{Ask, Matched, Power, Quiet, Reading, read};

const CASE: &str = r#"
    sinario = 1
    title = "Lab and giant"
    [actors.bystander]
    [actors.lab.wants]
    purse = { giant = -2, many = 3 }
    pace  = { slow = 0, fast = 2 }
    [[actors.giant.holds]]
    over = "lab"
    degree = 3
    because = "It pays for everything"
    [[actors.giant.holds]]
    over = "shop"
    degree = 1
    [actors.giant.wants]
    purse = { giant = 3, many = -3 }
    [[actors.lab.holds]]
    over = "giant"
    degree = 1
    [[actors.shop.holds]]
    over = "tiny"
    degree = 4
    [actors.shop.wants]
    pace = { fast = 1 }
    [actors.tiny]
    [drivers.purse]
    states = { giant = "Giant", own = "Own", many = "Many" }
    prior = { giant = 0.5, own = 0.2, many = 0.3 }
    ordered = true
    [drivers.pace]
    states = { slow = "Slow", fast = "Fast" }
    prior = { slow = 0.75, fast = 0.25 }
    today = "fast"
"#;

fn power(text: &str) -> (Reading, Power) {
    let found = reading(text, |_| {}).unwrap();
    let power = found.power.clone().unwrap();
    (found, power)
}

#[test]
fn only_the_involved_count_and_their_places_follow_the_file() {
    let (found, power) = power(CASE);
    let ids: Vec<&str> = power
        .actors
        .iter()
        .map(|a| found.case.actors[a.0].id.as_str())
        .collect();
    assert_eq!(ids, ["lab", "giant", "shop", "tiny"]);
    assert_eq!(power.mdi[1], [3.0, 0.0, 1.0, 0.0]);
    // Giant holds tiny through the shop, by the weaker of the two.
    assert_eq!(power.influence.mmdii[1][3], 1.0);
    assert_eq!(power.influence.through[1][3], Some(2));
    // A want of 0 is no objective.
    assert_eq!(power.objectives.len(), 3);
    assert_eq!(power.wants[0], [(0, -2.0), (1, 3.0), (2, 2.0)]);
}

#[test]
fn who_depends_more_comes_first() {
    let (found, power) = power(CASE);
    let pairs: Vec<_> = power
        .holdup
        .iter()
        .map(|h| (h.dependent.held, h.other.held, h.net))
        .collect();
    assert_eq!(
        pairs,
        // Tiny by the shop, lab by the giant; the shop by the giant; through others: lab and shop, giant and tiny.
        [
            (3, 2, 4.0),
            (0, 1, 2.0),
            (2, 1, 1.0),
            (2, 0, 1.0),
            (3, 1, 1.0)
        ]
    );
    let lab = &power.holdup[1];
    assert!(!lab.dependent.can_live_without() && lab.other.can_live_without());
    assert_eq!(
        power
            .because(&found.case, 1, 0)
            .unwrap()
            .get(found.case.lang),
        "It pays for everything"
    );
    assert!(power.because(&found.case, 0, 1).is_none());
}

#[test]
fn what_time_brings_is_expected_by_hand() {
    let (found, power) = power(CASE);
    let belief = found.belief.as_ref().unwrap();
    let lab = &power.worth[0];
    let then = &belief.then()[0];
    let by_hand = -2.0 * then[0].value + 3.0 * then[2].value;
    assert!((lab.drivers[0].then.value - by_hand).abs() < 1e-12);
    // Fast today: 2 now, less then.
    assert!((lab.drivers[1].now.value - 2.0).abs() < 1e-12);
    let fast = belief.then()[1][1].value;
    assert!((lab.drivers[1].then.value - 2.0 * fast).abs() < 1e-12 && fast < 0.5);
    assert!((lab.gain.value - (lab.then.value - lab.now.value)).abs() < 1e-12);
    assert_eq!(lab.range, (-2.0, 5.0));
    let beyond = &lab.drivers[0].beyond_then;
    assert!((beyond[1].value + by_hand).abs() < 1e-12);
    assert!((beyond[2].value - (3.0 - by_hand)).abs() < 1e-12);
    let mean: f64 = (0..3).map(|s| beyond[s].value * then[s].value).sum();
    assert!(mean.abs() < 1e-12);
    assert_eq!(power.first.loses, Some(0));
    // Drawn probabilities bring their errors along.
    let drawn = reading(CASE, |ask| ask.exact_up_to = 1).unwrap();
    let drawn = &drawn.power.as_ref().unwrap().worth[0];
    let error = drawn.then.error.unwrap();
    assert!((drawn.then.value - lab.then.value).abs() <= 4.0 * error + 1e-9);
    let bare = reading(CASE, |ask| ask.probabilities = false).unwrap();
    let bare = bare.power.unwrap();
    assert!(bare.worth.is_empty() && bare.baseline[0].found.as_ref().unwrap().then.is_none());
}

#[test]
fn power_and_the_model_may_disagree() {
    let (_, power) = power(CASE);
    let r = power.influence.r_star.as_ref().unwrap();
    let purse = power.baseline[0].found.as_ref().unwrap();
    // Both care fully; R* weighs them.
    let (lab, giant) = (r[0], r[1]);
    let support = (3.0 * giant - 2.0 * lab) / (giant + lab);
    assert!((purse.support[0] - support).abs() < 1e-12);
    assert_eq!(purse.leading, [StateId(0)]);
    assert_eq!(purse.ordered.as_ref().unwrap().1, [StateId(0)]);
    // By hand: (I − back) · I / (I + D) is 1 · 2/5 for the lab, 4 · 5/6 for the giant, 4 · 4/6 for the shop; 6.4 in all.
    assert!((lab - 0.25).abs() < 1e-12 && (giant - 4.0 * (20.0 / 6.0) / 6.4).abs() < 1e-12);
    // The lab and the shop want of the pace what the model thinks less likely.
    let pace = power.baseline[1].found.as_ref().unwrap();
    assert_eq!(pace.leading, [StateId(1)]);
    assert_eq!(pace.likeliest, Some(StateId(0)));
    assert!(pace.differs() && pace.ordered.is_none() && power.baseline[1].disagrees());
    assert_eq!(power.first.disagreement, Some(1));
    assert_eq!(power.first.against, Some((0, 1)));
    // Many: the lab's 3 and the giant's −3, weighed by power; the weaker side decides what is contested.
    let contested = &power.objectives[power.first.contested.unwrap()];
    let (with, against) = contested.moved.unwrap();
    assert!((with - 3.0 * lab).abs() < 1e-12 && (against - 3.0 * giant).abs() < 1e-12);
}

#[test]
fn a_case_without_holds_or_wants_says_nothing_of_power() {
    let without = |from: &str, to: &str| {
        let (a, b) = (CASE.find(from).unwrap(), CASE.find(to).unwrap());
        format!("{}{}", &CASE[..a], &CASE[b..])
    };
    let silent = without("[actors.bystander]", "[drivers.purse]");
    assert!(reading(&silent, |_| {}).unwrap().power.is_none());
    // Wants alone: they converge and diverge, but nobody has power.
    let wants = CASE
        .split("[[actors.")
        .map(|part| {
            let rest = part.find("[actors").or_else(|| part.find("[drivers"));
            if part.contains(".holds]]")
                || part.starts_with("giant.holds")
                || part.contains("degree")
            {
                &part[rest.unwrap_or(part.len())..]
            } else {
                part
            }
        })
        .collect::<String>();
    let case = parse(wants.as_bytes()).case.unwrap();
    let found = read(case, Ask::default(), &Quiet).unwrap().power.unwrap();
    assert_eq!(found.matched, Some(Matched::Nobody));
    assert!(found.influence.r_star.is_none() && found.baseline.is_empty());
    assert!(found.relations[1].is_some() && found.relations[2].is_none());
    assert_eq!(found.first.against, Some((0, 1)));
    assert!(found.objectives.iter().all(|o| o.moved.is_none()));
    // Two who hold each other alike.
    let alike = "sinario = 1\ntitle = \"t\"\n[drivers.d]\nstates = { a = \"A\", b = \"B\" }\n\
        [[actors.x.holds]]\nover = \"y\"\ndegree = 2\n[[actors.y.holds]]\nover = \"x\"\ndegree = 2\n";
    let found = reading(alike, |_| {}).unwrap().power.unwrap();
    assert_eq!(found.matched, Some(Matched::Answered));
    assert_eq!((found.holdup.len(), found.holdup[0].net), (1, 0.0));
    assert!(found.relations.iter().all(Option::is_none));
}

#[test]
fn what_one_alone_wishes_is_no_disagreement() {
    let shop = "[actors.shop.wants]\n    pace = { fast = 1 }";
    // Nobody but the lab; then tiny as well, who has no power.
    for (instead, others) in [
        ("", false),
        ("[actors.tiny.wants]\n    pace = { slow = 1 }", true),
    ] {
        let text = CASE.replace(shop, instead);
        let text = if others {
            text.replace("[actors.tiny]\n", "")
        } else {
            text
        };
        let (found, power) = power(&text);
        let pace = &power.baseline[1];
        let alone = pace.alone().unwrap();
        let who = power.actors[alone.actor];
        assert_eq!(found.case.actors[who.0].id, "lab");
        assert_eq!(alone.others, others);
        assert!(pace.found.as_ref().unwrap().differs() && !pace.disagrees());
        assert_eq!(power.first.disagreements, 0);
        assert_eq!(power.first.disagreement, None);
    }
    let (_, power) = power(CASE);
    assert!(power.baseline.iter().all(|b| b.alone().is_none()));
    assert_eq!(power.first.disagreements, 1);
}

/// Two who hold a third alike, who holds nobody, and what they want.
fn two(a: &str, b: &str) -> Power {
    let text = format!(
        "sinario = 1\ntitle = \"t\"\n[actors.a.wants]\n{a}\n[[actors.a.holds]]\nover = \"c\"\ndegree = 2\n\
         [actors.b.wants]\n{b}\n[[actors.b.holds]]\nover = \"c\"\ndegree = 2\n[actors.c]\n\
         [drivers.d]\nstates = {{ x = \"X\", y = \"Y\", z = \"Z\" }}\nprior = {{ x = 0.2, y = 0.7, z = 0.1 }}\n\
         [drivers.e]\nstates = {{ x = \"X\", y = \"Y\" }}\n"
    );
    power(&text).1
}

#[test]
fn a_difference_that_nobody_sees_is_a_tie() {
    // 1.52 and 1.48 on average: the reading thinks the second likelier.
    let near = two("d = { x = 3, y = 2.96 }", "d = { x = 0.04 }\ne = { x = 3 }");
    let found = near.baseline[0].found.as_ref().unwrap();
    assert!(found.support[0] > found.support[1]);
    assert_eq!(found.leading, [StateId(0), StateId(1)]);
    assert!(!near.baseline[0].disagrees());
    let far = two("d = { x = 3, y = 2.9 }", "d = { x = 0.04 }\ne = { x = 3 }");
    assert_eq!(
        far.baseline[0].found.as_ref().unwrap().leading,
        [StateId(0)]
    );
    assert!(far.baseline[0].disagrees());
}

#[test]
fn who_disagrees_more_than_it_agrees_is_not_close() {
    // One wish shared, a greater one opposed.
    let power = two("d = { x = 2, y = 3 }", "d = { x = 2, y = -3 }");
    let (relations, _) = power.best_relations().unwrap();
    assert!(relations.convergence[0][1] > 1.0);
    assert_eq!(
        (power.first.with, power.first.against),
        (None, Some((0, 1)))
    );
    let power = two("d = { x = 3, y = 1 }", "d = { x = 3, y = -1 }");
    assert_eq!(
        (power.first.with, power.first.against),
        (Some((0, 1)), None)
    );
}

#[test]
fn of_those_as_contested_the_one_that_moves_more_is_told() {
    // The weaker sides are 1.5 and 1.5 + a hundredth of it; both are shown alike.
    let power = two("d = { x = 1.01, y = 1 }", "d = { x = -1.01, y = -3 }");
    assert_eq!(power.first.contested, Some(1));
    let power = two("d = { x = 1.2, y = 1 }", "d = { x = -1.2, y = -3 }");
    assert_eq!(power.first.contested, Some(0));
}
