//! A case with other words for all of its texts.

use sinario_case::{Case, Lang, Name, Text};
use sinario_reading::Reading;
use std::sync::Arc;

/// The reading with each text of its case replaced by what `say` makes of it (its place in the case counts up), in both languages.
pub(crate) fn retold(mut reading: Reading, say: &dyn Fn(usize) -> String) -> Reading {
    let mut case = (*reading.case).clone();
    let mut at = 0;
    texts(&mut case, &mut |text| {
        for lang in ["ko", "en"] {
            text.by_lang.insert(lang.to_owned(), say(at));
        }
        at += 1;
    });
    for of in case.facts.iter_mut() {
        of.sources = of.sources.iter().map(|_| say(at)).collect();
        of.group = of.group.as_ref().map(|_| say(at));
        if let Some(act) = &mut of.act {
            act.among = act.among.iter().map(|_| say(at)).collect();
            act.names = vec![None; act.among.len()];
        }
    }
    for of in &mut case.verdicts {
        of.sources = of.sources.iter().map(|_| say(at)).collect();
    }
    reading.case = Arc::new(case);
    reading
}

/// All words that the author wrote, as they read in `lang`.
pub(crate) fn words(case: &Case, lang: Lang) -> Vec<String> {
    let mut case = case.clone();
    let mut all = Vec::new();
    texts(&mut case, &mut |text| all.push(text.get(lang).to_owned()));
    for of in &case.facts {
        all.extend(of.sources.iter().cloned());
        all.extend(of.group.clone());
        all.extend(of.act.iter().flat_map(|a| a.among.clone()));
    }
    all.extend(case.verdicts.iter().flat_map(|v| v.sources.clone()));
    all
}

fn texts(case: &mut Case, each: &mut dyn FnMut(&mut Text)) {
    let name = |n: &mut Name, each: &mut dyn FnMut(&mut Text)| {
        n.say = None;
        each(&mut n.text);
    };
    each(&mut case.title);
    case.question.iter_mut().for_each(&mut *each);
    case.author.iter_mut().for_each(&mut *each);
    for of in &mut case.actors {
        name(&mut of.name, each);
        of.brief.iter_mut().for_each(&mut *each);
        for hold in &mut of.holds {
            hold.because.iter_mut().for_each(&mut *each);
        }
    }
    for of in &mut case.drivers {
        name(&mut of.name, each);
        of.ask.iter_mut().for_each(&mut *each);
        for state in &mut of.states {
            name(&mut state.name, each);
        }
    }
    for of in &mut case.impacts {
        of.because.iter_mut().for_each(&mut *each);
    }
    for of in &mut case.facts {
        each(&mut of.text);
        let names = of.act.iter_mut().flat_map(|a| &mut a.names).flatten();
        names.for_each(|n| each(&mut n.text));
    }
    for of in &mut case.signposts {
        each(&mut of.text);
    }
    for of in &mut case.options {
        name(&mut of.name, each);
    }
    for of in &mut case.stories {
        each(&mut of.title);
        of.text.iter_mut().for_each(&mut *each);
    }
    for of in &mut case.verdicts {
        of.text.iter_mut().for_each(&mut *each);
    }
}
