//! How firm it is, against counting one by one; and shards, against everything that may become of a file.

use super::SMALL;
use sha2::{Digest, Sha256};
use sinario_case::parse;
use sinario_reading::shard::{Difference, Fault, Kin, Piece, Shard, read, write};
use sinario_reading::{Ask, Ensemble, Firm, Member, Quiet};
use std::sync::Arc;

/// A case whose answers the doubt may turn: two drivers in a circle, a mind, a fact, a signpost.
const TURNING: &str = r#"
sinario = 1
title = "Turning"
lang = "en"
doubt = { score = 2, likelihood = 0.3 }
[actors.a]
[drivers.m]
kind = "mind"
actor = "a"
states = { x = "X", y = "Y" }
[drivers.u]
states = { a = "A", b = "B", c = "C" }
[drivers.v]
states = { a = "A", b = "B" }
[[impacts]]
from = "m.x"
on = "u"
score = { a = 1, b = 0, c = -1 }
[[impacts]]
from = "u.a"
on = "v"
score = { a = 1, b = -1 }
[[impacts]]
from = "v.b"
on = "u"
score = { a = -1, b = "0 to 2" }
[facts.f]
text = "F"
[facts.f.expected]
m = { x = 0.6, y = 0.5 }
[stories.s]
title = "S"
future = { m = "x", v = "a" }
[signposts.p]
text = "P"
[signposts.p.expected]
v = { a = 0.5, b = 0.7 }
"#;

fn ensemble(text: &str, members: u64) -> Ensemble {
    with(text, |ask| ask.members = members)
}

fn with(text: &str, change: impl FnOnce(&mut Ask)) -> Ensemble {
    let mut ask = Ask::default();
    change(&mut ask);
    Ensemble::new(Arc::new(parse(text.as_bytes()).case.unwrap()), ask).unwrap()
}

/// All members, one by one.
fn single(ensemble: &Ensemble) -> Vec<Member> {
    let mut all = Vec::new();
    for e in 0..ensemble.ask().members {
        ensemble.solve(e..e + 1, &Quiet, |m| all.push(m));
    }
    all
}

#[test]
fn the_summary_is_what_counting_one_by_one_gives() {
    let ensemble = ensemble(TURNING, 60);
    let members = single(&ensemble);
    let firm = ensemble.firm(&Quiet);
    assert_eq!(firm, ensemble.summarise(&members));
    let backwards: Vec<Member> = members.iter().rev().cloned().collect();
    assert_eq!(firm, ensemble.summarise(&backwards));
    // The values of a member: 7 states now, 7 then, 7 settled, a story, futures, a signpost.
    let column = |at: usize| {
        let mut all: Vec<f64> = members.iter().map(|m| m.values[at]).collect();
        all.sort_by(f64::total_cmp);
        all
    };
    // Of 60, the 5 % quantile is at 2.95 from 0: nineteen twentieths of the way from the third to the fourth.
    let low = |at: usize| column(at)[2] + 0.95 * (column(at)[3] - column(at)[2]);
    let u_b = &firm.then[1][1];
    let at = 7 + 3;
    assert!((u_b.spread.quantiles.unwrap()[0] - low(at)).abs() < 1e-12);
    let middle = (column(at)[29] + column(at)[30]) / 2.0;
    assert!((u_b.spread.quantiles.unwrap()[1] - middle).abs() < 1e-12);
    assert_eq!(u_b.spread.point, ensemble.point().values[at]);
    let leads = members.iter().filter(|m| {
        let v = &m.values[7 + 2..7 + 5];
        v[1] > v[0] && v[1] > v[2]
    });
    assert_eq!(u_b.leads.count, leads.count() as u64);
    assert!(
        (1..60).contains(&u_b.leads.count),
        "the doubt turns nothing: {u_b:?}"
    );
    assert_eq!(firm.stories[0].point, ensemble.point().values[21]);
    assert_eq!(
        firm.signposts[0].point,
        *ensemble.point().values.last().unwrap()
    );
    // Every future that any member lists is here, the most frequent first.
    let mut all: Vec<_> = members.iter().flat_map(|m| m.consistent.clone()).collect();
    let whole = all.len() as u64;
    all.sort();
    all.dedup();
    let listed = firm.futures.iter().filter(|f| f.consistent_in.count > 0);
    assert_eq!(listed.count(), all.len());
    assert_eq!(
        firm.futures
            .iter()
            .map(|f| f.consistent_in.count)
            .sum::<u64>(),
        whole
    );
    assert!(
        firm.futures
            .is_sorted_by(|a, b| a.consistent_in.count >= b.consistent_in.count)
    );
    let none = members.iter().filter(|m| m.consistent.is_empty()).count();
    assert_eq!(
        (firm.without, firm.void, firm.incomplete),
        (none as u64, 0, 0)
    );
    for f in &firm.futures {
        assert_eq!(f.at_point, f.then.is_some());
        let share = f.consistent_in;
        let near = 1e-9 + share.high - share.value();
        assert!(share.low <= share.value() && near > 0.0, "{share:?}");
    }
}

#[test]
fn a_limit_lists_fewer_and_counts_the_rest_and_the_point_is_always_there() {
    let all = ensemble(TURNING, 60).firm(&Quiet);
    let few = with(TURNING, |ask| (ask.members, ask.limit) = (60, 1)).firm(&Quiet);
    let at_point = few.futures.iter().filter(|f| f.at_point).count();
    assert_eq!(at_point, 1);
    assert!(all.futures.len() > 2 && few.futures.len() <= 2);
    assert_eq!(
        few.futures.len() as u64 + few.more_futures,
        all.futures.len() as u64
    );
    assert_eq!((all.more_futures, all.more_at_least), (0, false));
}

#[test]
fn void_and_cut_off_members_are_counted_and_say_nothing_of_the_rest() {
    let ensemble = ensemble(TURNING, 3);
    let mut members = single(&ensemble);
    members[0].values = Vec::new();
    members[1].complete = false;
    members[1].bound = 0.5;
    let firm = ensemble.summarise(&members);
    assert_eq!(
        (firm.void, firm.incomplete, firm.unsettled, firm.members),
        (1, 1, 1, 3)
    );
    assert!(firm.now.iter().flatten().all(|s| s.leads.of == 2));
    assert!(firm.futures.iter().all(|f| f.consistent_in.of == 3));
    let void = Member {
        values: Vec::new(),
        ..members[0].clone()
    };
    let nobody = ensemble.summarise(&[void.clone(), void]);
    assert_eq!((nobody.answered(), nobody.stories[0].quantiles), (0, None));
}

#[test]
fn who_has_a_fingerprint_has_its_members_however_the_impacts_are_ordered() {
    let (head, rest) = TURNING.split_once("[[impacts]]").unwrap();
    let (impacts, tail) = rest.split_once("[facts.f]").unwrap();
    let turned: Vec<&str> = impacts.split("[[impacts]]").collect();
    let turned: Vec<&str> = turned.into_iter().rev().collect();
    let turned = format!(
        "# another order\n{head}[[impacts]]{}[facts.f]{tail}",
        turned.join("[[impacts]]")
    );
    let print = |t: &str| sinario_case::fingerprint(&parse(t.as_bytes()).case.unwrap());
    assert_eq!(print(TURNING), print(&turned));
    let same = single(&ensemble(TURNING, 5));
    assert_eq!(same, single(&ensemble(&turned, 5)));
    assert!(same[0] != same[1]);
}

/// Where this fails, members come out with other bits than those that people have in their shards:
/// bump [`sinario_reading::REVISION`], then pin the new bits.
#[test]
fn members_have_the_bits_of_this_revision() {
    let ensemble = ensemble(TURNING, 4);
    let text = write(
        &ensemble,
        TURNING,
        Piece { part: 1, of: 1 },
        &single(&ensemble),
    );
    let members = text
        .split_once("\nwhole ")
        .unwrap()
        .1
        .rsplit_once("sha256")
        .unwrap()
        .0;
    let digest = Sha256::digest(members);
    let hex: String = digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
    assert_eq!(
        (sinario_reading::REVISION, hex.as_str()),
        (1, "ee31281a1cca54c8")
    );
}

fn shards(ensemble: &Ensemble, source: &str, of: u64) -> Vec<String> {
    let members = single(ensemble);
    Piece::all(of)
        .map(|p| {
            let range = p.members(ensemble.ask().members);
            write(
                ensemble,
                source,
                p,
                &members[range.start as usize..range.end as usize],
            )
        })
        .collect()
}

fn together(shards: &[Shard]) -> Firm {
    let members: Vec<Member> = shards.iter().flat_map(|s| s.members.clone()).collect();
    shards[0].ensemble.summarise(&members)
}

#[test]
fn shards_hold_every_bit_for_any_split() {
    for text in [TURNING, SMALL] {
        let given = |ask: &mut Ask| {
            ask.members = 20;
            ask.seed = u64::MAX;
            ask.search_steps = Some(1 << 20);
            ask.as_of = Some("2024-06-01".parse().unwrap());
            let case = parse(text.as_bytes()).case.unwrap();
            let driver = &case.drivers[0];
            let state = format!("{}.{}", driver.id, driver.states[0].id);
            ask.given = vec![case.find_state(&state).unwrap()];
        };
        let ensemble = with(text, given);
        let whole = ensemble.firm(&Quiet);
        for of in [1, 2, 3, 7, 20] {
            let mut all: Vec<Shard> = shards(&ensemble, text, of)
                .iter()
                .map(|s| read(s.as_bytes()).unwrap())
                .collect();
            assert_eq!(together(&all), whole);
            all.reverse();
            assert_eq!(together(&all), whole);
            let kin = Kin::new(&ensemble, &all[0].fingerprint, of);
            assert!(all.iter().all(|s| Kin::of(s).differs(&kin).is_none()));
            let bits = |m: &Member| m.values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            let got: Vec<_> = all
                .iter()
                .rev()
                .flat_map(|s| &s.members)
                .map(bits)
                .collect();
            assert_eq!(got, single(&ensemble).iter().map(bits).collect::<Vec<_>>());
        }
    }
}

#[test]
fn members_are_split_evenly_and_none_is_left_out() {
    for all in [1, 2, 7, 100, 99_999] {
        for of in [1, 2, 3, 7, 50, all].into_iter().filter(|&of| of <= all) {
            let mut next = 0;
            for piece in Piece::all(of) {
                let range = piece.members(all);
                assert_eq!(range.start, next);
                let n = range.end - range.start;
                assert!(n == all / of || n == all.div_ceil(of));
                next = range.end;
            }
            assert_eq!(next, all);
        }
    }
    assert_eq!(Piece { part: 3, of: 50 }.name(), "shard-03-of-50.sinario");
}

#[test]
fn no_flipped_bit_and_no_cut_goes_unseen() {
    let ensemble = ensemble(TURNING, 6);
    let good = shards(&ensemble, TURNING, 3).swap_remove(1).into_bytes();
    assert!(read(&good).is_ok());
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1 << (at % 8);
        assert!(read(&bad).is_err(), "byte {at}");
        assert!(read(&good[..at]).is_err(), "cut at {at}");
    }
    assert_eq!(read(&good[..good.len() - 1]).unwrap_err(), Fault::CutShort);
    assert_eq!(read(&good[..good.len() / 2]).unwrap_err(), Fault::CutShort);
    let mut bad = good.clone();
    bad[good.len() / 2] ^= 1;
    assert_eq!(read(&bad).unwrap_err(), Fault::Changed);
    assert_eq!(read(b"a letter").unwrap_err(), Fault::NoShard);
    assert_eq!(
        read(&[good.clone(), good].concat()).unwrap_err(),
        Fault::Changed
    );
}

/// The same file with something else in it, and a checksum that holds.
fn forged(good: &str, from: &str, to: &str) -> Result<Shard, Fault> {
    assert!(good.contains(from), "{from}");
    let text = good.replacen(from, to, 1);
    let body = &text[..text.rfind("sha256 ").unwrap()];
    let digest: String = Sha256::digest(body)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    read(format!("{body}sha256 {digest}\n").as_bytes())
}

#[test]
fn what_is_wrong_though_its_checksum_holds_is_refused_by_name() {
    let ensemble = ensemble(TURNING, 6);
    let good = &shards(&ensemble, TURNING, 3)[1];
    assert!(forged(good, "seed 1", "seed 1").is_ok());
    let version = format!("version {}", env!("CARGO_PKG_VERSION"));
    let faults = [
        (
            "sinario-shard 1",
            "sinario-shard 2",
            Fault::Format("2".into()),
        ),
        (&version, "version 9.9.9", Fault::Version("9.9.9".into())),
        ("revision 1", "revision 7", Fault::Revision("7".into())),
        ("members 6", "members 9", Fault::Line(15)),
        ("members 6", "members 0", Fault::Line(14)),
        ("members 6", "members six", Fault::Line(5)),
        ("shard 2 of 3", "shard 4 of 3", Fault::Line(14)),
        ("shard 2 of 3", "shard 2 of 0", Fault::Line(14)),
        ("first 2", "first 1", Fault::Line(15)),
        ("title = \"Turning\"", "title = \"Burning\"", Fault::Case),
        ("given", "given m.nobody", Fault::Numbers),
    ];
    for (from, to, fault) in faults {
        assert_eq!(forged(good, from, to).unwrap_err(), fault, "{to}");
    }
    // A number too few, a state that is not there, a line too many.
    let line = good.lines().rev().nth(1).unwrap();
    let short = line.replacen(&line[5..22], "", 1);
    assert_eq!(forged(good, line, &short).unwrap_err(), Fault::Numbers);
    let state = line.replace(" |", " | 0.9.0");
    assert_eq!(forged(good, line, &state).unwrap_err(), Fault::Numbers);
    assert!(matches!(
        forged(good, line, &format!("{line}\n{line}")),
        Err(Fault::Line(_))
    ));
    assert!(matches!(forged(good, line, ""), Err(Fault::Line(_))));
}

#[test]
fn shards_of_different_questions_know_in_what_they_differ() {
    let kin = |text: &str, of: u64, change: &dyn Fn(&mut Ask)| {
        let ensemble = with(text, |ask| {
            ask.members = 6;
            change(ask);
        });
        Kin::of(&read(shards(&ensemble, text, of)[0].as_bytes()).unwrap())
    };
    let case = parse(TURNING.as_bytes()).case.unwrap();
    let state = case.find_state("u.a").unwrap();
    let base = kin(TURNING, 3, &|_| {});
    let other = TURNING.replace("score = 2", "score = 3");
    assert_eq!(base.differs(&kin(TURNING, 3, &|_| {})), None);
    assert_eq!(
        base.differs(&kin(&other, 3, &|_| {})),
        Some(Difference::Case)
    );
    assert_eq!(
        base.differs(&kin(TURNING, 2, &|_| {})),
        Some(Difference::Shards)
    );
    type Change<'a> = (Difference, &'a dyn Fn(&mut Ask));
    let asks: [Change; 9] = [
        (Difference::Members, &|a| a.members = 7),
        (Difference::Seed, &|a| a.seed = 2),
        (Difference::AsOf, &|a| a.as_of = "2024-01-01".parse().ok()),
        (Difference::Given, &|a| a.given = vec![state]),
        (Difference::Held, &|a| a.held = vec![state]),
        (Difference::MaxInconsistency, &|a| a.max_inconsistency = 1),
        (Difference::Limit, &|a| a.limit = 5),
        (Difference::ExactUpTo, &|a| a.exact_up_to = 1 << 20),
        (Difference::Steps, &|a| a.search_steps = Some(1 << 20)),
    ];
    for (difference, change) in asks {
        assert_eq!(base.differs(&kin(TURNING, 3, change)), Some(difference));
    }
}
