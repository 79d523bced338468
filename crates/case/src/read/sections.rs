//! The case built from its file: names resolved, and what no table of keys can say. What [`super::shape`] has said
//! already is passed over in silence: the case is then not used.

use super::formulas::Days;
use super::resolve::Sort;
use super::values::{self, ranged};
use super::{Owner, Part, Value, Walk, correlations, facts};
use crate::case::involved;
use crate::diagnostics::*;
use crate::format::{CASE, DOUBTS, GRADES, Key};
use crate::*;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The whole case; it is whole only where the walk has met no error.
pub(super) fn case<'t>(w: &mut Walk<'t>, root: &'t DeTable<'t>, lang: Lang) -> Option<Case> {
    let day = |key: &str| root.get(key).and_then(|v| values::day(v.get_ref()));
    let text = |key: &str| root.get(key).and_then(|v| values::text(v, &w.lang_tag));
    let mut case = Case {
        title: text("title").unwrap_or_default(),
        question: text("question"),
        author: text("author"),
        lang,
        as_of: day("as_of"),
        horizon: day("horizon"),
        strength: number(root, "strength").unwrap_or(2.0),
        rounds: whole(root, "rounds"),
        trust: trust(root),
        doubt: doubt(root),
        actors: Vec::new(),
        drivers: Vec::new(),
        impacts: Vec::new(),
        facts: Vec::new(),
        signposts: Vec::new(),
        tests: Vec::new(),
        quantities: Vec::new(),
        correlations: Vec::new(),
        options: Vec::new(),
        chosen: None,
        stories: Vec::new(),
        verdicts: Vec::new(),
    };
    let days = Days {
        as_of: case.as_of,
        horizon: case.horizon,
    };
    case.actors = each(w, root, "actors", actor);
    case.drivers = each(w, root, "drivers", driver);
    powers(w, root, &case.actors);
    case.impacts = impacts(w, root);
    case.facts = each(w, root, "facts", facts::fact);
    for watched in each(w, root, "signposts", |w, id, t| {
        facts::watched(w, root, id, t)
    }) {
        match watched {
            facts::Watched::Signpost(signpost) => case.signposts.push(signpost),
            facts::Watched::Test(test) => case.tests.push(test),
        }
    }
    case.quantities = each(w, root, "quantities", |w, id, t| quantity(w, id, t, days));
    case.options = each(w, root, "options", |w, id, t| option(w, id, t, days));
    let of = &case.quantities;
    w.circles(of);
    case.correlations = correlations::correlations(w, root, of);
    w.units(&case);
    case.stories = each(w, root, "stories", story);
    case.verdicts = verdicts(w, root);
    case.chosen = chosen(w, root);
    facts::acts_of_groups(w, root);
    (w.errors == 0).then_some(case)
}

/// A table under a key.
pub(super) fn table<'t>(of: &'t DeTable<'t>, key: &str) -> Option<&'t DeTable<'t>> {
    of.get(key)?.get_ref().as_table()
}

/// The key of a table and where it stands.
pub(super) fn key_span(of: &DeTable, key: &str) -> Range<usize> {
    of.get_key_value(key).map_or(0..0, |(k, _)| k.span())
}

/// The elements of a list under a key.
pub(super) fn list<'t>(of: &'t DeTable<'t>, key: &str) -> &'t [Value<'t>] {
    match of.get(key).map(toml::Spanned::get_ref) {
        Some(DeValue::Array(all)) => all,
        _ => &[],
    }
}

pub(super) fn number(of: &DeTable, key: &str) -> Option<f64> {
    values::number(of.get(key)?.get_ref())
}

fn whole(of: &DeTable, key: &str) -> Option<u32> {
    u32::try_from(values::integer(of.get(key)?.get_ref())?).ok()
}

pub(super) fn string(of: &DeTable, key: &str) -> Option<String> {
    Some(of.get(key)?.get_ref().as_str()?.to_owned())
}

pub(super) fn text(w: &Walk, of: &DeTable, key: &str) -> Option<Text> {
    values::text(of.get(key)?, &w.lang_tag)
}

/// Every named entry of a section that is a table.
fn each<'t, T>(
    w: &mut Walk<'t>,
    root: &'t DeTable<'t>,
    section: &str,
    mut one: impl FnMut(&mut Walk<'t>, &'t str, &'t DeTable<'t>) -> Option<T>,
) -> Vec<T> {
    let mut all = Vec::new();
    for (id, value) in table(root, section).into_iter().flatten() {
        if matches!(section, "quantities" | "options") {
            w.not_reserved(id);
        }
        if let Some(t) = value.get_ref().as_table() {
            all.extend(one(w, id.get_ref(), t));
        }
    }
    all
}

fn trust(root: &DeTable) -> Trust {
    let mut trust = Trust::default();
    if let Some(given) = table(root, "trust") {
        for (at, key) in GRADES.iter().enumerate() {
            if let Some(value) = number(given, key) {
                match at.checked_sub(6) {
                    None => trust.letters[at] = value,
                    Some(digit) => trust.digits[digit] = value,
                }
            }
        }
    }
    trust
}

fn doubt(root: &DeTable) -> Doubt {
    let mut doubt = Doubt::default();
    if let Some(given) = table(root, "doubt") {
        let places = [
            &mut doubt.score,
            &mut doubt.likelihood,
            &mut doubt.prior,
            &mut doubt.worth,
        ];
        for (key, place) in DOUBTS.iter().zip(places) {
            if let Some(value) = number(given, key) {
                *place = value;
            }
        }
    }
    doubt
}

/// `name` and `say` of an entry; the id where there is none.
pub(super) fn name_of(w: &Walk, t: &DeTable, id: &str) -> Name {
    let name = t.get("name").and_then(|v| values::name(v, &w.lang_tag));
    let mut name = name.unwrap_or_else(|| plain(id));
    if let Some(say) = string(t, "say") {
        name.say = Some(say);
    }
    name
}

fn plain(id: &str) -> Name {
    let text = Text {
        by_lang: [("en".to_owned(), id.to_owned())].into(),
    };
    Name { text, say: None }
}

fn actor<'t>(w: &mut Walk<'t>, id: &str, t: &'t DeTable<'t>) -> Option<Actor> {
    let mut holds = Vec::new();
    let mut seen: BTreeMap<usize, Range<usize>> = BTreeMap::new();
    for value in list(t, "holds") {
        let Some(h) = value.get_ref().as_table() else {
            continue;
        };
        let over = w.named(h, "over", &Sort::Actor);
        if let (Some(over), Some(span)) = (over, h.get("over").map(toml::Spanned::span)) {
            if w.names.actors.find(id) == Some(over) {
                w.error(|_| e0414_holds_itself::holds_itself(span));
            } else if let Some(first) = seen.get(&over).cloned() {
                w.error(|_| e0413_held_twice::held_twice(span, first));
            } else {
                seen.insert(over, span);
            }
        }
        let degree = whole(h, "degree").and_then(|d| u8::try_from(d).ok());
        if let (Some(over), Some(degree)) = (over, degree) {
            holds.push(Hold {
                over: ActorId(over),
                degree,
                because: text(w, h, "because"),
            });
        }
    }
    let outer = keys_of("actors");
    let mut wants = Vec::new();
    for (driver, _, value) in w.by_driver(t, "wants", outer) {
        let mut score = |_: &mut Walk<'t>, _, v: &'t Value<'t>| values::score(v.get_ref()).ok();
        for (state, score) in w
            .some_states(value, driver, outer, &mut score)
            .unwrap_or_default()
        {
            let state = StateRef { driver, state };
            wants.extend(score.map(|score| Want { state, score }));
        }
    }
    Some(Actor {
        id: id.to_owned(),
        name: name_of(w, t, id),
        brief: text(w, t, "brief"),
        holds,
        wants,
    })
}

/// Not too many actors hold, are held or want something, and not about too much.
fn powers(w: &mut Walk, root: &DeTable, actors: &[Actor]) {
    let found = involved(actors).len();
    if found > e0415_too_many_powers::MOST {
        let span = key_span(root, "actors");
        w.error(|_| e0415_too_many_powers::too_many_powers(span, found));
        return;
    }
    let mut states = 0;
    for actor in actors {
        let mut drivers: Vec<DriverId> = actor.wants.iter().map(|w| w.state.driver).collect();
        drivers.dedup();
        let sizes = drivers.iter();
        states += sizes
            .map(|d| w.names.declared[d.0].states.list.len())
            .sum::<usize>();
    }
    if states > e0415_too_many_powers::MOST_WORTHS {
        let span = key_span(root, "actors");
        w.error(|_| e0415_too_many_powers::too_many_worths(span, states));
    }
}

/// The keys of an entry of a section.
pub(super) fn keys_of(section: &str) -> &'static [Key] {
    crate::format::entry_keys(CASE, section)
}

fn driver<'t>(w: &mut Walk<'t>, id: &str, t: &'t DeTable<'t>) -> Option<Driver> {
    let at = DriverId(w.names.drivers.find(id)?);
    let kind = w.names.declared[at.0].kind.unwrap_or_default();
    let known = crate::format::names(keys_of("drivers"));
    if let (Some(value), false) = (t.get("kind"), t.contains_key("actor"))
        && kind != Kind::World
        && !w.holes.hide(w.names.declared[at.0].at, "actor", &known)
    {
        w.error(|_| {
            e0403_missing_key::missing_key(
                value.span(),
                "actor",
                "a mind or a move is somebody's; say whose.",
                "속마음과 수에는 임자가 있습니다. 누구의 것인지 적으십시오.",
            )
        });
    }
    let actor = w.named(t, "actor", &Sort::Actor).map(ActorId);
    let states = table(t, "states")?;
    let mut all = Vec::new();
    for (s, value) in states {
        let s: &str = s.get_ref();
        let name = values::name(value, &w.lang_tag);
        all.push(State {
            id: s.to_owned(),
            name: name.unwrap_or_else(|| plain(s)),
        });
    }
    let weight = |_: &mut Walk<'t>, _, v: &'t Value<'t>| ranged(v.get_ref()).ok();
    let prior = t.get("prior").and_then(|v| {
        let at_key = key_span(t, "prior");
        w.by_state((at_key, v), at, keys_of("drivers"), weight)
    });
    let usual = if kind == Kind::Mind { 0.8 } else { 0.5 };
    Some(Driver {
        id: id.to_owned(),
        name: name_of(w, t, id),
        ask: text(w, t, "ask"),
        kind,
        actor,
        states: all,
        prior,
        today: w.named(t, "today", &Sort::State(at)).map(StateId),
        keeps: number(t, "keeps").unwrap_or(usual),
        ordered: t
            .get("ordered")
            .and_then(|v| v.get_ref().as_bool())
            .unwrap_or(false),
    })
}

fn impacts<'t>(w: &mut Walk<'t>, root: &'t DeTable<'t>) -> Vec<Impact> {
    let mut all = Vec::new();
    let mut seen: BTreeMap<(StateRef, DriverId), Range<usize>> = BTreeMap::new();
    for value in list(root, "impacts") {
        let Some(t) = value.get_ref().as_table() else {
            continue;
        };
        let from = t.get("from").and_then(|v| {
            let from = w.state_ref(v.span(), v.get_ref().as_str()?, Some(v))?;
            Some((from, v.span()))
        });
        let on = w.named(t, "on", &Sort::Driver).map(DriverId);
        let mut facts = Vec::new();
        for v in list(t, "facts") {
            facts.extend(w.named_by(v, &Sort::Fact).map(FactId));
        }
        let Some(on) = on else { continue };
        let mut score = |_: &mut Walk<'t>, _, v: &'t Value<'t>| values::score(v.get_ref()).ok();
        let given = t
            .get("score")
            .and_then(|v| w.some_states(v, on, keys_of("impacts"), &mut score));
        let Some((from, span)) = from else { continue };
        if let Some(first) = seen.get(&(from, on)).cloned() {
            w.error(|_| e0406_impact_twice::impact_twice(span.clone(), first));
        }
        seen.entry((from, on)).or_insert(span);
        let mut scores = vec![Score::default(); w.names.declared[on.0].states.list.len()];
        for (state, score) in given.unwrap_or_default() {
            scores[state.0] = score.unwrap_or_default();
        }
        all.push(Impact {
            from,
            on,
            scores,
            because: text(w, t, "because"),
            facts,
        });
    }
    all
}

fn quantity<'t>(w: &mut Walk<'t>, id: &'t str, t: &'t DeTable<'t>, days: Days) -> Option<Quantity> {
    let owner = Owner::Quantity(w.names.quantities.find(id)?);
    let formula = t
        .get("formula")
        .map(|v| w.formula(v, owner, Part::Whole, days));
    Some(Quantity {
        id: id.to_owned(),
        name: name_of(w, t, id),
        unit: text(w, t, "unit"),
        formula: formula.unwrap_or_default(),
        when: w.when(t, owner, days),
    })
}

fn option<'t>(w: &mut Walk<'t>, id: &'t str, t: &'t DeTable<'t>, days: Days) -> Option<Choice> {
    let owner = Owner::Option(w.names.options.find(id)?);
    let mut of = |key, part| t.get(key).map(|v| w.formula(v, owner, part, days));
    let (value, switching) = (of("value", Part::Whole), of("switching", Part::Switching));
    let option = Choice {
        id: id.to_owned(),
        name: name_of(w, t, id),
        unit: text(w, t, "unit"),
        value,
        when: w.when(t, owner, days),
        switching,
    };
    w.always_valued(t, &option);
    Some(option)
}

fn chosen(w: &mut Walk, root: &DeTable) -> Option<usize> {
    let t = table(root, "chosen")?;
    w.named(t, "option", &Sort::Option)
}

fn story<'t>(w: &mut Walk<'t>, id: &str, t: &'t DeTable<'t>) -> Option<Story> {
    let mut future = Vec::new();
    for (driver, _, value) in w.by_driver(t, "future", keys_of("stories")) {
        if let Some(state) = w.named_by(value, &Sort::State(driver)).map(StateId) {
            future.push(StateRef { driver, state });
        }
    }
    Some(Story {
        id: id.to_owned(),
        title: text(w, t, "title").unwrap_or_default(),
        future,
        text: text(w, t, "text"),
    })
}

fn verdicts<'t>(w: &mut Walk<'t>, root: &'t DeTable<'t>) -> Vec<Verdict> {
    let mut all = Vec::new();
    for (driver, _, value) in w.by_driver(root, "verdicts", CASE) {
        let Some(t) = value.get_ref().as_table() else {
            continue;
        };
        let state = w.named(t, "state", &Sort::State(driver)).map(StateId);
        let day = |key: &str| t.get(key).and_then(|v| values::day(v.get_ref()));
        let how = t.get("how").and_then(|v| v.get_ref().as_str());
        if let (Some(state), Some(on)) = (state, day("on")) {
            all.push(Verdict {
                state: StateRef { driver, state },
                on,
                sources: t
                    .get("source")
                    .map(|v| values::strings(v.get_ref()))
                    .unwrap_or_default(),
                how: how.and_then(|how| match how {
                    "said" => Some(How::Said),
                    "told" => Some(How::Told),
                    "inferred" => Some(How::Inferred),
                    "public" => Some(How::Public),
                    _ => None,
                }),
                sealed_until: day("sealed_until"),
                text: text(w, t, "text"),
            });
        }
    }
    all
}
