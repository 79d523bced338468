//! Facts, the acts among them, and signposts (model.md 5).

use super::resolve::Sort;
use super::sections::{key_span, keys_of, list, name_of, number, string, table, text};
use super::values::{self, ranged};
use super::{Value, Walk};
use crate::diagnostics::*;
use crate::format::{ACT, Key, RESULT, names};
use crate::*;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::DeTable;

pub(super) fn fact<'t>(w: &mut Walk<'t>, id: &str, t: &'t DeTable<'t>) -> Option<Fact> {
    let expected = expected(w, t, keys_of("facts"));
    let act = table(t, "act").and_then(|a| act(w, a));
    let grade = t.get("grade").and_then(|v| v.get_ref().as_str());
    Some(Fact {
        id: id.to_owned(),
        on: t.get("on").and_then(|v| values::day(v.get_ref())),
        text: text(w, t, "text").unwrap_or_default(),
        sources: t
            .get("source")
            .map(|v| values::strings(v.get_ref()))
            .unwrap_or_default(),
        grade: grade.and_then(values::grade),
        group: string(t, "group"),
        expected,
        act,
    })
}

/// What a signpost is, by what it can show.
pub(super) enum Watched {
    /// It is seen or not.
    Signpost(Signpost),
    /// It shows one of several results.
    Test(Test),
}

pub(super) fn watched<'t>(
    w: &mut Walk<'t>,
    root: &'t DeTable<'t>,
    id: &'t str,
    t: &'t DeTable<'t>,
) -> Option<Watched> {
    let (key, id) = (id, id.to_owned());
    let text = text(w, t, "text").unwrap_or_default();
    let by = t.get("by").and_then(|v| values::day(v.get_ref()));
    let cost = number(t, "cost");
    let several = t.contains_key("results");
    if several == t.contains_key("expected") {
        let all = table(root, "signposts");
        let entry = all.and_then(|all| all.get_key_value(key));
        let place = entry.map(|(_, value)| value.span().start);
        let at = match several {
            true => key_span(t, "results"),
            false => entry.map_or(0..0, |(key, _)| key.span()),
        };
        // A line that could not be read may have been the one that is missed.
        let known = names(keys_of("signposts"));
        let hidden = |key| !several && w.holes.hide(place, key, &known);
        if !hidden("expected") && !hidden("results") {
            w.error(|_| e0416_one_of_two::one_of_two(at, several));
        }
        return None;
    }
    if several {
        let (driver, results) = results(w, t)?;
        return Some(Watched::Test(Test {
            id,
            text,
            by,
            cost,
            driver,
            results,
        }));
    }
    let expected = expected(w, t, keys_of("signposts"));
    Some(Watched::Signpost(Signpost {
        id,
        text,
        by,
        cost,
        expected,
    }))
}

/// The results of a test, and the driver that all of them are about.
fn results<'t>(w: &mut Walk<'t>, t: &'t DeTable<'t>) -> Option<(DriverId, Vec<TestResult>)> {
    let (mut all, mut about, mut whole) = (Vec::new(), None, true);
    let entries = table(t, "results")?;
    for (id, value) in entries {
        let Some(of) = value.get_ref().as_table() else {
            whole = false;
            continue;
        };
        let expected = expected(w, of, RESULT);
        let [one] = &expected[..] else {
            // What is missing or unknown is said elsewhere.
            if expected.len() > 1 {
                w.error(|_| e0417_not_one_driver::not_one_driver(key_span(of, "expected")));
            }
            whole = false;
            continue;
        };
        if about.is_some_and(|d| d != one.driver) {
            w.error(|_| e0417_not_one_driver::not_one_driver(key_span(of, "expected")));
            whole = false;
        }
        about = about.or(Some(one.driver));
        all.push(TestResult {
            id: id.get_ref().to_string(),
            name: name_of(w, of, id.get_ref()),
            chances: one.chances.clone(),
        });
    }
    let driver = about.filter(|_| whole);
    if whole && all.len() < 2 {
        w.error(|_| e0418_results_do_not_sum::too_few(key_span(t, "results")));
        return None;
    }
    let driver = driver?;
    let states = &w.names.declared[driver.0].states.list;
    let sum = |s: usize| all.iter().map(|r| r.chances[s].value).sum::<f64>();
    let wrong: Vec<(String, f64)> = (0..states.len())
        .map(|s| (states[s].to_string(), sum(s)))
        .filter(|(_, sum)| (sum - 1.0).abs() > 1e-9)
        .collect();
    if !wrong.is_empty() {
        w.error(|_| e0418_results_do_not_sum::do_not_sum(key_span(t, "results"), &wrong));
        return None;
    }
    Some((driver, all))
}

fn expected<'t>(w: &mut Walk<'t>, t: &'t DeTable<'t>, outer: &[Key]) -> Vec<Expected> {
    let chance = |_: &mut Walk<'t>, _, v: &'t Value<'t>| ranged(v.get_ref()).ok();
    let mut all = Vec::new();
    for (driver, at, value) in w.by_driver(t, "expected", outer) {
        let chances = w.by_state((at, value), driver, outer, chance);
        all.extend(chances.map(|chances| Expected { driver, chances }));
    }
    all
}

fn act<'t>(w: &mut Walk<'t>, t: &'t DeTable<'t>) -> Option<Act> {
    let actor = w.named(t, "actor", &Sort::Actor).map(ActorId);
    let mut among: Vec<&'t str> = Vec::new();
    for value in list(t, "among") {
        let Some(name) = value.get_ref().as_str() else {
            continue;
        };
        if among.contains(&name) {
            w.error(|_| e0412_alternative_twice::alternative_twice(value.span(), name));
        }
        among.push(name);
    }
    let is_torn = t.get("among").is_some_and(|v| w.is_torn(v));
    let is_list = !is_torn && t.get("among").is_some_and(|v| v.get_ref().is_array());
    if is_list && list(t, "among").len() < 2 {
        w.error(|_| e0407_one_alternative::one_alternative(key_span(t, "among")));
        return None;
    }
    // Where the list of alternatives cannot be read, nothing can be said against one.
    let known = is_list && among.len() == list(t, "among").len();
    let chose = t.get("chose").and_then(|v| {
        let name = v.get_ref().as_str()?;
        let found = among.iter().position(|a| *a == name);
        if found.is_none() && known {
            w.unknown_value(v, name, &among);
        }
        found
    });
    let mut worth = Vec::new();
    let mut joint = Some(1_usize);
    for (driver, at, value) in w.by_driver(t, "worth", ACT) {
        let declared = &w.names.declared[driver.0];
        joint = joint.and_then(|n| n.checked_mul(declared.states.list.len().max(1)));
        if declared.kind.is_some_and(|k| k != Kind::Mind) {
            let name = w.names.drivers.list[driver.0];
            w.error(|_| e0408_worth_of_no_mind::worth_of_no_mind(at, name));
            continue;
        }
        let row = |w: &mut Walk<'t>, at, value: &'t Value<'t>| {
            let row = value.get_ref().as_table()?;
            let whole = !w.is_torn(value);
            known
                .then(|| alternatives(w, at, row, &among, whole))
                .flatten()
        };
        let table = w.by_state((at, value), driver, ACT, row);
        worth.extend(table.map(|table| Worth { driver, table }));
    }
    let called = table(t, "names");
    if known && let Some(called) = called {
        strangers(w, called, &among);
    }
    let name = |a: &&str| values::name(called?.get(*a)?, &w.lang_tag);
    let names = among.iter().map(name).collect();
    if joint.is_none_or(|n| n > e0409_too_many_minds::MOST) {
        w.error(|_| e0409_too_many_minds::too_many_minds(key_span(t, "worth")));
    }
    Some(Act {
        actor: actor?,
        chose: chose?,
        names,
        among: among.into_iter().map(str::to_owned).collect(),
        worth,
    })
}

/// The worths of one mind, in the order of the alternatives; `whole` where no line of them is torn out.
fn alternatives<'t>(
    w: &mut Walk<'t>,
    at: Range<usize>,
    row: &'t DeTable<'t>,
    among: &[&'t str],
    whole: bool,
) -> Option<Vec<Ranged>> {
    let strange = strangers(w, row, among);
    let missing: Vec<&str> = (among.iter().copied())
        .filter(|a| !row.contains_key(*a))
        .collect();
    if !missing.is_empty() && !strange && whole {
        w.error(|_| e0402_missing_states::missing_states(at, &missing));
    }
    let one = |a: &&str| ranged(row.get(*a)?.get_ref()).ok();
    among.iter().map(one).collect()
}

/// Complains of keys that are no alternative; whether there are any.
fn strangers<'t>(w: &mut Walk<'t>, row: &'t DeTable<'t>, among: &[&'t str]) -> bool {
    let mut strange = false;
    for (k, _) in row {
        let name: &'t str = k.get_ref();
        if !among.contains(&name) {
            strange = true;
            w.error(|budget| {
                let (found, near) = e0202_unknown_name::unknown_name(k.span(), name, among, budget);
                match near.filter(|_| k.span().len() == name.len()) {
                    Some(near) => found.fix(k.span(), near),
                    None => found,
                }
            });
        }
    }
    strange
}

/// A group with acts lies within one actor (model.md 5).
pub(super) fn acts_of_groups<'t>(w: &mut Walk<'t>, root: &'t DeTable<'t>) {
    let mut actors: BTreeMap<&str, (&str, Range<usize>)> = BTreeMap::new();
    for (_, value) in table(root, "facts").into_iter().flatten() {
        let Some(fact) = value.get_ref().as_table() else {
            continue;
        };
        let group = fact
            .get("group")
            .and_then(|g| Some((g.get_ref().as_str()?, g.span())));
        let actor = table(fact, "act").and_then(|a| a.get("actor")?.get_ref().as_str());
        if let (Some((group, span)), Some(actor)) = (group, actor) {
            let (first, place) = actors
                .entry(group)
                .or_insert_with(|| (actor, span.clone()))
                .clone();
            if first != actor {
                w.error(|_| e0410_group_of_two_actors::group_of_two_actors(span, place));
            }
        }
    }
}
