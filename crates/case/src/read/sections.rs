//! The sections of format 1, one function each (model.md 2).

use super::{MOST_DRIVERS, Table, Value, Walk, is_id};
use crate::*;
use toml::de::DeValue;

const ROOT: [&str; 21] = [
    "sinario",
    "title",
    "question",
    "author",
    "lang",
    "as_of",
    "horizon",
    "strength",
    "rounds",
    "trust",
    "doubt",
    "actors",
    "drivers",
    "impacts",
    "facts",
    "signposts",
    "quantities",
    "options",
    "chosen",
    "stories",
    "verdicts",
];

/// The whole case; `None` only where nothing can be built, errors being counted in the walk.
pub(super) fn case<'i>(w: &mut Walk<'i>, root: Table<'i, '_>) -> Option<Case> {
    for (key, span, _) in root.entries() {
        if !ROOT.contains(&key) {
            w.unknown_key(span, key, &ROOT);
        }
    }
    for key in ["sinario", "title", "drivers"] {
        if root.get(key).is_none() {
            w.missing_key(0..0, key);
        }
    }
    if let Some(format) = root.get("sinario")
        && w.whole(format, u32::MAX).is_some_and(|f| f != 1)
    {
        w.broken(
            format.span(),
            "this program reads format 1",
            "이 프로그램은 형식 1을 읽습니다",
        );
    }
    if !matches!(w.lang_tag.as_str(), "ko" | "en")
        && let Some(lang) = root.get("lang")
    {
        w.wrong_type(lang, "\"ko\" or \"en\"", "\"ko\" 또는 \"en\"");
    }
    names(w, root);
    let text = |w: &mut Walk, key: &str| root.get(key).and_then(|v| w.text(v));
    let title = text(w, "title").unwrap_or_default();
    let (question, author) = (text(w, "question"), text(w, "author"));
    let day = |w: &mut Walk, key: &str| root.get(key).and_then(|v| w.day(v));
    let (as_of, horizon) = (day(w, "as_of"), day(w, "horizon"));
    let strength = root
        .get("strength")
        .and_then(|v| w.number(v, f64::MIN_POSITIVE, 1000.0))
        .unwrap_or(2.0);
    let rounds = root.get("rounds").and_then(|v| w.whole(v, 10_000));
    let lang = if w.lang_tag == "ko" {
        Lang::Ko
    } else {
        Lang::En
    };
    let mut case = Case {
        title,
        question,
        author,
        lang,
        as_of,
        horizon,
        strength,
        rounds,
        trust: trust(w, root),
        doubt: doubt(w, root),
        actors: Vec::new(),
        drivers: Vec::new(),
        impacts: Vec::new(),
        facts: Vec::new(),
        signposts: Vec::new(),
        quantities: Vec::new(),
        options: Vec::new(),
        chosen: None,
        stories: Vec::new(),
        verdicts: Vec::new(),
    };
    each(w, root, "actors", |w, id, v| {
        actor(w, id, v).map(|a| case.actors.push(a))
    });
    each(w, root, "drivers", |w, id, v| {
        driver(w, id, v).map(|d| case.drivers.push(d))
    });
    // What follows names drivers by position: where one is broken, positions would be off.
    if case.drivers.len() != w.drivers.len() || case.actors.len() != w.actors.len() {
        return None;
    }
    impacts(w, root, &mut case);
    each(w, root, "facts", |w, id, v| {
        fact(w, &case.drivers, id, v).map(|f| case.facts.push(f))
    });
    each(w, root, "signposts", |w, id, v| {
        signpost(w, id, v).map(|s| case.signposts.push(s))
    });
    each(w, root, "quantities", |w, id, v| {
        quantity(w, id, v).map(|q| case.quantities.push(q))
    });
    each(w, root, "options", |w, id, v| {
        option(w, id, v).map(|o| case.options.push(o))
    });
    each(w, root, "stories", |w, id, v| {
        story(w, id, v).map(|s| case.stories.push(s))
    });
    each(w, root, "verdicts", |w, id, v| {
        verdict(w, id, v).map(|v| case.verdicts.push(v))
    });
    if let Some(t) = root.get("chosen").and_then(|v| w.table(v, &["option"]))
        && let Some(v) = t.get("option")
    {
        let ids: Vec<String> = case.options.iter().map(|o| o.id.clone()).collect();
        let known: Vec<&str> = ids.iter().map(String::as_str).collect();
        if let Some(id) = w.string(v) {
            case.chosen = known.iter().position(|k| *k == id);
            if case.chosen.is_none() {
                w.unknown_name(v.span(), id, &known);
            }
        }
    }
    acts_of_groups(w, root, &case);
    Some(case)
}

/// Ids that other sections name, gathered first so that the order of sections does not matter.
fn names<'i>(w: &mut Walk<'i>, root: Table<'i, '_>) {
    let keys = |key: &str| -> Vec<(&'i str, &'i Value<'_>)> {
        let table = root.get(key).and_then(|v| v.get_ref().as_table());
        table
            .into_iter()
            .flatten()
            .map(|(k, v)| (k.get_ref().as_ref(), v))
            .collect()
    };
    w.actors = keys("actors").into_iter().map(|(k, _)| k).collect();
    w.facts = keys("facts").into_iter().map(|(k, _)| k).collect();
    w.drivers = keys("drivers")
        .into_iter()
        .map(|(k, v)| {
            let states = v
                .get_ref()
                .get("states")
                .and_then(|s| s.get_ref().as_table());
            (
                k,
                states
                    .into_iter()
                    .flatten()
                    .map(|(s, _)| s.get_ref().as_ref())
                    .collect(),
            )
        })
        .collect();
}

/// Every named entry of a section.
fn each(
    w: &mut Walk,
    root: Table,
    section: &str,
    mut one: impl FnMut(&mut Walk, &str, &Value) -> Option<()>,
) {
    let Some(table) = root.get(section).and_then(|v| w.open(v)) else {
        return;
    };
    if table.table.len() > MOST_DRIVERS {
        w.broken(
            table.place(),
            "too many entries: at most 4096 in a section",
            "항목이 너무 많습니다: 한 절에 4096개까지입니다",
        );
        return;
    }
    for (id, span, value) in table.entries() {
        if !is_id(id) {
            w.broken(
                span,
                "an id is made of a-z, 0-9 and _, and begins with a letter",
                "id는 a-z, 0-9, _로 쓰고 글자로 시작해야 합니다",
            );
        }
        one(w, id, value);
    }
}

fn trust(w: &mut Walk, root: Table) -> Trust {
    let mut trust = Trust::default();
    let known = ["A", "B", "C", "D", "E", "F", "1", "2", "3", "4", "5", "6"];
    if let Some(given) = root
        .get("trust")
        .and_then(|v| w.by_id(v, &known, false, |w, v| w.number(v, 0.0, 1.0)))
    {
        for (at, value) in given {
            if at < 6 {
                trust.letters[at] = value
            } else {
                trust.digits[at - 6] = value
            }
        }
    }
    trust
}

fn doubt(w: &mut Walk, root: Table) -> Doubt {
    let mut doubt = Doubt::default();
    let known = ["score", "likelihood", "prior", "worth"];
    if let Some(given) = root
        .get("doubt")
        .and_then(|v| w.by_id(v, &known, false, |w, v| w.number(v, 0.0, 1000.0)))
    {
        for (at, value) in given {
            *[
                &mut doubt.score,
                &mut doubt.likelihood,
                &mut doubt.prior,
                &mut doubt.worth,
            ][at] = value;
        }
    }
    doubt
}

/// `name` and `say` of an entry; the id where there is none.
fn name_of(w: &mut Walk, t: Table, id: &str) -> Name {
    let mut name = t
        .get("name")
        .and_then(|v| w.name(v))
        .unwrap_or_else(|| plain(id));
    if let Some(say) = t.get("say").and_then(|v| w.string(v)) {
        name.say = Some(say.to_owned());
    }
    name
}

fn plain(id: &str) -> Name {
    let text = Text {
        by_lang: [("en".to_owned(), id.to_owned())].into(),
    };
    Name { text, say: None }
}

fn actor(w: &mut Walk, id: &str, value: &Value) -> Option<Actor> {
    let t = w.table(value, &["name", "say", "brief", "holds", "wants"])?;
    let name = name_of(w, t, id);
    let brief = t.get("brief").and_then(|v| w.text(v));
    let (mut holds, mut wants) = (Vec::new(), Vec::new());
    for v in list(w, t.get("holds")) {
        let Some(h) = w.table(v, &["over", "degree", "because"]) else {
            continue;
        };
        let over = h.get("over").and_then(|v| actor_at(w, v));
        let degree = h.get("degree").and_then(|v| w.whole(v, 4));
        let because = h.get("because").and_then(|v| w.text(v));
        match (over, degree) {
            (Some(over), Some(degree)) => {
                holds.push(Hold {
                    over,
                    degree: u8::try_from(degree).unwrap_or(4),
                    because,
                });
            }
            _ => require(w, h, &["over", "degree"]),
        }
    }
    if let Some(table) = t.get("wants").and_then(|v| w.open(v)) {
        for (key, span, v) in table.entries() {
            let Some(driver) = w.driver_at(span, key) else {
                continue;
            };
            let ids = w.drivers[driver.0].1.clone();
            for (s, score) in w
                .by_id(v, &ids, false, |w, v| w.score(v, 3))
                .unwrap_or_default()
            {
                wants.push(Want {
                    state: StateRef {
                        driver,
                        state: StateId(s),
                    },
                    score,
                });
            }
        }
    }
    Some(Actor {
        id: id.to_owned(),
        name,
        brief,
        holds,
        wants,
    })
}

fn actor_at(w: &mut Walk, value: &Value) -> Option<ActorId> {
    let id = w.string(value)?;
    let found = w.actors.iter().position(|a| *a == id).map(ActorId);
    if found.is_none() {
        let known = w.actors.clone();
        w.unknown_name(value.span(), id, &known);
    }
    found
}

/// Says which of these keys are missing.
fn require(w: &mut Walk, t: Table, keys: &[&str]) {
    for key in keys.iter().filter(|k| t.get(k).is_none()) {
        w.missing_key(t.place(), key);
    }
}

fn list<'t, 'i>(w: &mut Walk, value: Option<&'t Value<'i>>) -> Vec<&'t Value<'i>> {
    let Some(value) = value else {
        return Vec::new();
    };
    match value.get_ref() {
        DeValue::Array(all) => all.iter().collect(),
        _ => {
            w.wrong_type(value, "a list", "목록");
            Vec::new()
        }
    }
}

fn driver(w: &mut Walk, id: &str, value: &Value) -> Option<Driver> {
    let known = [
        "name", "say", "ask", "kind", "actor", "states", "prior", "today", "keeps", "ordered",
    ];
    let t = w.table(value, &known)?;
    let name = name_of(w, t, id);
    let ask = t.get("ask").and_then(|v| w.text(v));
    let mut kind = Kind::World;
    if let Some(v) = t.get("kind") {
        match w.string(v) {
            Some("world") | None => {}
            Some("mind") => kind = Kind::Mind,
            Some("move") => kind = Kind::Move,
            Some(other) => w.unknown_name(v.span(), other, &["world", "mind", "move"]),
        }
    }
    let actor = t.get("actor").and_then(|v| actor_at(w, v));
    if kind != Kind::World && t.get("actor").is_none() {
        w.missing_key(t.place(), "actor");
    }
    let Some(table) = t.get("states").and_then(|v| w.open(v)) else {
        require(w, t, &["states"]);
        return None;
    };
    if table.table.len() < 2 {
        w.broken(
            table.place(),
            "a driver needs two states or more",
            "변수에는 상태가 둘 이상 있어야 합니다",
        );
    }
    if table.table.len() > MOST_DRIVERS {
        w.broken(
            table.place(),
            "at most 4096 states",
            "상태는 4096개까지입니다",
        );
        return None;
    }
    let mut states = Vec::new();
    for (s, span, v) in table.entries() {
        if !is_id(s) {
            w.broken(
                span,
                "an id is made of a-z, 0-9 and _, and begins with a letter",
                "id는 a-z, 0-9, _로 쓰고 글자로 시작해야 합니다",
            );
        }
        states.push(State {
            id: s.to_owned(),
            name: w.name(v).unwrap_or_else(|| plain(s)),
        });
    }
    let ids: Vec<&str> = table
        .table
        .iter()
        .map(|(k, _)| k.get_ref().as_ref())
        .collect();
    let prior = t
        .get("prior")
        .and_then(|v| w.by_id(v, &ids, true, |w, v| w.ranged(v, f64::MIN_POSITIVE, 1e300)));
    let today = t.get("today").and_then(|v| {
        let s = w.string(v)?;
        let found = ids.iter().position(|i| *i == s).map(StateId);
        if found.is_none() {
            w.unknown_name(v.span(), s, &ids);
        }
        found
    });
    let usual = if kind == Kind::Mind { 0.8 } else { 0.5 };
    Some(Driver {
        id: id.to_owned(),
        name,
        ask,
        kind,
        actor,
        states,
        today,
        prior: prior.map(|p| p.into_values().collect()),
        keeps: t
            .get("keeps")
            .and_then(|v| w.number(v, 0.0, 1.0))
            .unwrap_or(usual),
        ordered: t.get("ordered").and_then(|v| w.boolean(v)).unwrap_or(false),
    })
}

fn impacts(w: &mut Walk, root: Table, case: &mut Case) {
    let mut seen = std::collections::BTreeSet::new();
    for value in list(w, root.get("impacts")) {
        let Some(t) = w.table(value, &["from", "on", "score", "because", "facts"]) else {
            continue;
        };
        require(w, t, &["from", "on", "score"]);
        let from = t.get("from").and_then(|v| {
            let s = w.string(v)?;
            w.state_ref(v.span(), s)
        });
        let on = t.get("on").and_then(|v| {
            let s = w.string(v)?;
            w.driver_at(v.span(), s)
        });
        let because = t.get("because").and_then(|v| w.text(v));
        let mut facts = Vec::new();
        for v in list(w, t.get("facts")) {
            let Some(id) = w.string(v) else { continue };
            match w.facts.iter().position(|f| *f == id) {
                Some(at) => facts.push(FactId(at)),
                None => {
                    let known = w.facts.clone();
                    w.unknown_name(v.span(), id, &known);
                }
            }
        }
        let (Some(from), Some(on)) = (from, on) else {
            continue;
        };
        if !seen.insert((from, on)) {
            w.broken(
                value.span(),
                "a second impact with the same `from` and `on`",
                "`from`과 `on`이 같은 영향이 두 번 나옵니다",
            );
        }
        let ids = w.drivers[on.0].1.clone();
        let Some(given) = t
            .get("score")
            .and_then(|v| w.by_id(v, &ids, false, |w, v| w.score(v, 1000)))
        else {
            continue;
        };
        let mut scores = vec![Score::default(); ids.len()];
        for (s, score) in given {
            scores[s] = score;
        }
        case.impacts.push(Impact {
            from,
            on,
            scores,
            because,
            facts,
        });
    }
}

fn expected(w: &mut Walk, value: Option<&Value>) -> Vec<Expected> {
    let Some(table) = value.and_then(|v| w.open(v)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (key, span, v) in table.entries() {
        let Some(driver) = w.driver_at(span, key) else {
            continue;
        };
        let ids = w.drivers[driver.0].1.clone();
        if let Some(c) = w.by_id(v, &ids, true, |w, v| w.ranged(v, 0.0, 1.0)) {
            all.push(Expected {
                driver,
                chances: c.into_values().collect(),
            });
        }
    }
    all
}

fn fact(w: &mut Walk, drivers: &[Driver], id: &str, value: &Value) -> Option<Fact> {
    let t = w.table(
        value,
        &["on", "text", "source", "grade", "group", "expected", "act"],
    )?;
    require(w, t, &["text"]);
    Some(Fact {
        id: id.to_owned(),
        on: t.get("on").and_then(|v| w.day(v)),
        text: t.get("text").and_then(|v| w.text(v)).unwrap_or_default(),
        sources: t.get("source").map(|v| w.strings(v)).unwrap_or_default(),
        grade: t.get("grade").and_then(|v| w.grade(v)),
        group: t.get("group").and_then(|v| w.string(v)).map(str::to_owned),
        expected: expected(w, t.get("expected")),
        act: t.get("act").and_then(|v| act(w, drivers, v)),
    })
}

fn act(w: &mut Walk, drivers: &[Driver], value: &Value) -> Option<Act> {
    let t = w.table(value, &["actor", "chose", "among", "worth"])?;
    require(w, t, &["actor", "chose", "among", "worth"]);
    let actor = t.get("actor").and_then(|v| actor_at(w, v));
    let among = t.get("among").map(|v| w.strings(v)).unwrap_or_default();
    let known: Vec<&str> = among.iter().map(String::as_str).collect();
    if among.len() < 2 {
        w.broken(
            t.place(),
            "an act with one alternative tells nothing: list what else was feasible",
            "대안이 하나뿐인 행동은 아무것도 말해 주지 않습니다. 할 수 있었던 다른 일도 적으세요",
        );
    }
    let chose = t.get("chose").and_then(|v| {
        let s = w.string(v)?;
        let found = known.iter().position(|k| *k == s);
        if found.is_none() {
            w.unknown_name(v.span(), s, &known);
        }
        found
    });
    let mut worth = Vec::new();
    if let Some(table) = t.get("worth").and_then(|v| w.open(v)) {
        for (key, span, v) in table.entries() {
            let Some(driver) = w.driver_at(span.clone(), key) else {
                continue;
            };
            if drivers[driver.0].kind != Kind::Mind {
                w.broken(
                    span,
                    "worth is by mind: this driver is not one",
                    "worth는 속마음에 따라 적습니다. 이 변수는 속마음이 아닙니다",
                );
            }
            let ids = w.drivers[driver.0].1.clone();
            let row =
                |w: &mut Walk, v: &Value| w.by_id(v, &known, true, |w, v| w.ranged(v, -10.0, 10.0));
            if let Some(rows) = w.by_id(v, &ids, true, row) {
                let table = rows
                    .into_values()
                    .map(|r| r.into_values().collect())
                    .collect();
                worth.push(Worth { driver, table });
            }
        }
    }
    let joint = worth
        .iter()
        .try_fold(1_usize, |n, x| n.checked_mul(x.table.len()));
    if joint.is_none_or(|n| n > 1 << 16) {
        w.broken(
            t.place(),
            "the minds of one act have more than 65,536 joint states",
            "한 행동에 걸린 속마음의 조합이 65,536개를 넘습니다",
        );
    }
    Some(Act {
        actor: actor?,
        chose: chose?,
        among,
        worth,
    })
}

/// A group with acts lies within one actor (model.md 5).
fn acts_of_groups(w: &mut Walk, root: Table, case: &Case) {
    let mut actors = std::collections::BTreeMap::new();
    for fact in &case.facts {
        if let (Some(group), Some(act)) = (&fact.group, &fact.act)
            && *actors.entry(group).or_insert(act.actor) != act.actor
        {
            let place = root
                .get("facts")
                .and_then(|f| f.get_ref().get(fact.id.as_str()))
                .map(toml::Spanned::span);
            w.broken(
                place.unwrap_or(0..0),
                "a group holds acts of two actors",
                "한 묶음에 두 행위자의 행동이 들어 있습니다",
            );
        }
    }
}

fn signpost(w: &mut Walk, id: &str, value: &Value) -> Option<Signpost> {
    let t = w.table(value, &["text", "by", "cost", "expected"])?;
    require(w, t, &["text", "expected"]);
    Some(Signpost {
        id: id.to_owned(),
        text: t.get("text").and_then(|v| w.text(v)).unwrap_or_default(),
        by: t.get("by").and_then(|v| w.day(v)),
        cost: t.get("cost").and_then(|v| w.number(v, 0.0, 1e300)),
        expected: expected(w, t.get("expected")),
    })
}

fn when(w: &mut Walk, value: Option<&Value>) -> Vec<(StateRef, String)> {
    let Some(table) = value.and_then(|v| w.open(v)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (key, span, v) in table.entries() {
        if let (Some(at), Some(formula)) = (w.state_ref(span, key), w.string(v)) {
            all.push((at, formula.to_owned()));
        }
    }
    all
}

fn quantity(w: &mut Walk, id: &str, value: &Value) -> Option<Quantity> {
    let t = w.table(value, &["name", "say", "unit", "formula", "when"])?;
    require(w, t, &["formula"]);
    Some(Quantity {
        id: id.to_owned(),
        name: name_of(w, t, id),
        unit: t.get("unit").and_then(|v| w.text(v)),
        formula: t
            .get("formula")
            .and_then(|v| w.string(v))
            .unwrap_or_default()
            .to_owned(),
        when: when(w, t.get("when")),
    })
}

fn option(w: &mut Walk, id: &str, value: &Value) -> Option<Choice> {
    let t = w.table(value, &["name", "say", "value", "when"])?;
    Some(Choice {
        id: id.to_owned(),
        name: name_of(w, t, id),
        value: t.get("value").and_then(|v| w.string(v)).map(str::to_owned),
        when: when(w, t.get("when")),
    })
}

fn story(w: &mut Walk, id: &str, value: &Value) -> Option<Story> {
    let t = w.table(value, &["title", "future", "text"])?;
    require(w, t, &["title", "future"]);
    let mut future = Vec::new();
    if let Some(table) = t.get("future").and_then(|v| w.open(v)) {
        for (key, span, v) in table.entries() {
            let Some(driver) = w.driver_at(span, key) else {
                continue;
            };
            let Some(s) = w.string(v) else { continue };
            if let Some(state) = w.state_at(v.span(), driver, s) {
                future.push(StateRef { driver, state });
            }
        }
    }
    future.sort_unstable();
    let title = t.get("title").and_then(|v| w.text(v)).unwrap_or_default();
    Some(Story {
        id: id.to_owned(),
        title,
        future,
        text: t.get("text").and_then(|v| w.text(v)),
    })
}

fn verdict(w: &mut Walk, id: &str, value: &Value) -> Option<Verdict> {
    let t = w.table(
        value,
        &["state", "on", "source", "how", "sealed_until", "text"],
    )?;
    require(w, t, &["state", "on"]);
    let driver = w.driver_at(t.place(), id)?;
    let state = t.get("state").and_then(|v| {
        let s = w.string(v)?;
        w.state_at(v.span(), driver, s)
    })?;
    let mut how = None;
    if let Some(v) = t.get("how") {
        how = match w.string(v)? {
            "said" => Some(How::Said),
            "told" => Some(How::Told),
            "inferred" => Some(How::Inferred),
            "public" => Some(How::Public),
            other => {
                w.unknown_name(v.span(), other, &["said", "told", "inferred", "public"]);
                None
            }
        };
    }
    Some(Verdict {
        state: StateRef { driver, state },
        on: t.get("on").and_then(|v| w.day(v))?,
        sources: t.get("source").map(|v| w.strings(v)).unwrap_or_default(),
        how,
        sealed_until: t.get("sealed_until").and_then(|v| w.day(v)),
        text: t.get("text").and_then(|v| w.text(v)),
    })
}
