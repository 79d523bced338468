//! The canonical form of a case, and its fingerprint.

use crate::formula::Formula;
use crate::{Case, Choice, Correlation, Expected, Name, Ranged, Score, StateRef, Text};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The canonical form: one line of JSON with a fixed order of keys, blind to comments, spacing and spelling
/// of numbers. Two files with the same canonical form give the same reading.
pub fn canonical(case: &Case) -> String {
    let state = |s: &StateRef| format!("{}.{}", case.driver(s.driver).id, case.state(*s).id);
    let mut impacts: Vec<_> = case.impacts.iter().collect();
    impacts.sort_by_key(|i| (i.from, i.on));
    let when = |all: &[(StateRef, Formula)]| {
        all.iter()
            .map(|(s, f)| json!([state(s), f.text]))
            .collect::<Vec<_>>()
    };
    // Keys that came later stand here only where the case has them, so that no older fingerprint changes.
    let option = |o: &Choice| {
        let value = o.value.as_ref().map(|f| &f.text);
        let mut all = vec![
            json!(o.id),
            name(&o.name),
            json!(value),
            json!(when(&o.when)),
        ];
        all.extend(o.unit.as_ref().map(|u| json!({ "unit": text(u) })));
        all.extend(o.switching.as_ref().map(|f| json!({ "switching": f.text })));
        Value::Array(all)
    };
    let expected = |all: &[Expected]| {
        let one = |e: &Expected| {
            json!([
                case.driver(e.driver).id,
                e.chances.iter().map(ranged).collect::<Vec<_>>()
            ])
        };
        all.iter().map(one).collect::<Vec<_>>()
    };
    let mut form = json!({
        "sinario": 1,
        "title": text(&case.title),
        "question": case.question.as_ref().map(text),
        "author": case.author.as_ref().map(text),
        "lang": format!("{:?}", case.lang),
        "as_of": case.as_of.map(|d| d.to_string()),
        "horizon": case.horizon.map(|d| d.to_string()),
        "strength": case.strength,
        "rounds": case.rounds,
        "trust": [case.trust.letters, case.trust.digits],
        "doubt": [case.doubt.score, case.doubt.likelihood, case.doubt.prior, case.doubt.worth],
        "actors": case.actors.iter().map(|a| json!([
            a.id, name(&a.name), a.brief.as_ref().map(text),
            a.holds.iter().map(|h| json!([h.over.0, h.degree, h.because.as_ref().map(text)])).collect::<Vec<_>>(),
            a.wants.iter().map(|w| json!([state(&w.state), score(&w.score)])).collect::<Vec<_>>(),
        ])).collect::<Vec<_>>(),
        "drivers": case.drivers.iter().map(|d| json!([
            d.id, name(&d.name), d.ask.as_ref().map(text), format!("{:?}", d.kind), d.actor.map(|a| a.0),
            d.states.iter().map(|s| json!([s.id, name(&s.name)])).collect::<Vec<_>>(),
            d.prior.as_ref().map(|p| p.iter().map(ranged).collect::<Vec<_>>()),
            d.today.map(|t| t.0), d.keeps, d.ordered,
        ])).collect::<Vec<_>>(),
        "impacts": impacts.iter().map(|i| json!([
            state(&i.from), case.driver(i.on).id, i.scores.iter().map(score).collect::<Vec<_>>(),
            i.because.as_ref().map(text), i.facts.iter().map(|f| f.0).collect::<Vec<_>>(),
        ])).collect::<Vec<_>>(),
        "facts": case.facts.iter().map(|f| json!([
            f.id, f.on.map(|d| d.to_string()), text(&f.text), f.sources,
            f.grade.map(|g| format!("{}{}", g.letter, g.digit)), f.group, expected(&f.expected),
            f.act.as_ref().map(|a| json!([
                a.actor.0, a.chose, a.among, a.names.iter().map(|n| n.as_ref().map(name)).collect::<Vec<_>>(),
                a.worth.iter().map(|w| json!([
                    case.driver(w.driver).id,
                    w.table.iter().map(|r| r.iter().map(ranged).collect::<Vec<_>>()).collect::<Vec<_>>(),
                ])).collect::<Vec<_>>(),
            ])),
        ])).collect::<Vec<_>>(),
        "signposts": case.signposts.iter().map(|s| json!([
            s.id, text(&s.text), s.by.map(|d| d.to_string()), s.cost, expected(&s.expected),
        ])).chain(case.tests.iter().map(|t| json!([
            t.id, text(&t.text), t.by.map(|d| d.to_string()), t.cost, case.driver(t.driver).id,
            t.results.iter().map(|r| json!([
                r.id, name(&r.name), r.chances.iter().map(ranged).collect::<Vec<_>>(),
            ])).collect::<Vec<_>>(),
        ]))).collect::<Vec<_>>(),
        "quantities": case.quantities.iter().map(|q| json!([
            q.id, name(&q.name), q.unit.as_ref().map(text), q.formula.text, when(&q.when),
        ])).collect::<Vec<_>>(),
        "options": case.options.iter().map(option).collect::<Vec<_>>(),
        "chosen": case.chosen,
        "stories": case.stories.iter().map(|s| json!([
            s.id, text(&s.title), s.future.iter().map(state).collect::<Vec<_>>(), s.text.as_ref().map(text),
        ])).collect::<Vec<_>>(),
        "verdicts": case.verdicts.iter().map(|v| json!([
            state(&v.state), v.on.to_string(), v.sources, v.how.map(|h| format!("{h:?}")),
            v.sealed_until.map(|d| d.to_string()), v.text.as_ref().map(text),
        ])).collect::<Vec<_>>(),
    });
    if let (false, Value::Object(all)) = (case.correlations.is_empty(), &mut form) {
        all.insert("correlations".to_owned(), correlations(case));
    }
    form.to_string()
}

/// SHA-256 of the [`canonical`] form, 64 hexadecimal digits. Every result carries it.
pub fn fingerprint(case: &Case) -> String {
    Sha256::digest(canonical(case).as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// Neither their order nor which of two stands first means anything.
fn correlations(case: &Case) -> Value {
    let pair = |c: &Correlation| (c.a.min(c.b), c.a.max(c.b));
    let mut all: Vec<_> = case
        .correlations
        .iter()
        .map(|c| (pair(c), c.rank))
        .collect();
    all.sort_by_key(|(pair, _)| *pair);
    let id = |q: usize| &case.quantities[q].id;
    let one = |((a, b), rank): &((usize, usize), f64)| json!([id(*a), id(*b), rank]);
    all.iter().map(one).collect()
}

fn text(t: &Text) -> Value {
    json!(t.by_lang)
}

fn name(n: &Name) -> Value {
    json!([n.text.by_lang, n.say])
}

/// A missing score is told from a written 0: only what is written is a judgement that may be doubted.
fn score(s: &Score) -> Value {
    match s.written {
        true => json!([s.thousandths, s.range]),
        false => Value::Null,
    }
}

fn ranged(r: &Ranged) -> Value {
    json!([r.value, r.range])
}
