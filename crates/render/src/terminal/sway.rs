//! What would change the answer: what tips it first, then the widest bars.

use super::View;
use crate::layout::{right, widest};
use crate::sentences::sway::{
    Facts, how, judgement, left_out, no_tip, range, rest, target, tip, unswayed,
};
use crate::words::fine;
use sinario_reading::{Bar, Swayed};

/// Bars shown of one probability.
const BARS: usize = 10;
/// Sentences shown of what tips one answer.
const TIPS: usize = 5;

pub(super) fn sway(v: View) -> String {
    let sway = match &v.reading.sway {
        None => return String::new(),
        Some(Err(why)) => return v.page.wrap(&unswayed(*why, v.lang), 0),
        Some(Ok(sway)) => sway,
    };
    let mut out = v.title(v.say("What would change the answer", "무엇이 답을 바꾸는가"));
    out.push_str(&v.page.dim(&v.page.wrap(&how(&v.case().doubt, v.lang), 2)));
    if !sway.left_out.is_empty() {
        out.push_str(&v.page.wrap(&left_out(sway.left_out.len(), v.lang), 2));
    }
    for of in &sway.targets {
        out.push('\n');
        out.push_str(&one(v, of));
    }
    out
}

fn one(v: View, of: &Swayed) -> String {
    let case = v.case();
    let name = target(case, of.of, v.lang);
    let mut out = v.title(&format!("{name}: {}", fine(of.point)));
    if of.leader.is_some() {
        let tips: Vec<String> = of
            .tipping()
            .map(|(bar, end, s)| tip(case, of, bar, end, s, Facts::Id, v.lang))
            .collect();
        for text in tips.iter().take(TIPS) {
            out.push_str(&v.page.item("  !", text, 4));
        }
        if tips.len() > TIPS {
            out.push_str(&format!("    {}\n", v.more(tips.len() - TIPS)));
        }
        if tips.is_empty() {
            out.push_str(&v.page.wrap(no_tip(v.lang), 2));
        }
    }
    let moving: Vec<&Bar> = of.moving().collect();
    let shown = &moving[..moving.len().min(BARS)];
    let ends: Vec<[String; 2]> = shown
        .iter()
        .map(|b| [b.if_low, b.if_high].map(fine))
        .collect();
    let wide = |k: usize| widest(ends.iter().map(|e| e[k].as_str()));
    let (low, high) = (wide(0), wide(1));
    for (bar, [a, b]) in shown.iter().zip(&ends) {
        let label = format!("  {} … {}", right(a, low), right(b, high));
        let text = format!(
            "{}: {}",
            judgement(case, bar.at, Facts::Id, v.lang),
            range(bar, v.lang)
        );
        out.push_str(&v.page.item(&label, &text, low + high + 9));
    }
    let (more, still) = (moving.len() - shown.len(), of.bars.len() - moving.len());
    out.push_str(&v.page.dim(&v.page.wrap(&rest(more, still, v.lang), 2)));
    out
}
