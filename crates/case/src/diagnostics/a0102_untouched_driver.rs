//! `A0102`: a driver that nothing touches.

use crate::Diagnostic;
use crate::advice::{Seen, count};
use crate::diagnostic::page;
use crate::formula::ExprKind;

page! {
    Advice "A0102"
    /// A driver that nothing touches
    ///
    /// No impact acts on it or comes from it, no fact bears on it, and no formula looks at it. Such a driver takes part in every future in the same way and only multiplies
    /// their number. Say what it favours or hinders, what favours it, or which fact speaks about it; or leave it out.
    en
    /// 아무것도 닿지 않는 변수입니다
    ///
    /// 이 변수에 미치거나 이 변수에서 나오는 영향도, 이 변수에 관한 사실도, 이 변수를 보는 식도 없습니다. 이런 변수는 모든 미래에 똑같이 끼어 미래의
    /// 수만 곱절로 늘립니다. 무엇을 돕거나 막는지, 무엇이 이 변수를 돕는지, 어떤 사실이 말해 주는지 적거나, 빼십시오.
    ko
    before r#"[drivers.weather]
states = { fair = "Fair", foul = "Foul" }"#
    after r#"[drivers.weather]
states = { fair = "Fair", foul = "Foul" }
[facts.clouds]
text = "Clouds came up"
source = "https://example.org"
expected = { weather = { fair = 0.2, foul = 0.7 } }"#
}

/// Looks for it.
pub(crate) fn check(seen: &Seen) -> Option<Diagnostic> {
    let case = seen.case;
    let mut touched = vec![false; case.drivers.len()];
    for i in &case.impacts {
        if i.scores
            .iter()
            .any(|s| s.thousandths != 0 || s.range.is_some())
        {
            touched[i.from.driver.0] = true;
            touched[i.on.0] = true;
        }
    }
    for f in &case.facts {
        let worth = f.act.iter().flat_map(|a| &a.worth).map(|w| w.driver);
        for d in f.expected.iter().map(|e| e.driver).chain(worth) {
            touched[d.0] = true;
        }
    }
    // A number or a choice that hangs on a driver is reason enough to ask about it.
    let whens = case.quantities.iter().map(|q| (Some(&q.formula), &q.when));
    let options = case.options.iter().map(|o| (o.value.as_ref(), &o.when));
    for (formula, when) in whens.chain(options) {
        when.iter().for_each(|(s, _)| touched[s.driver.0] = true);
        let formulas = formula.into_iter().chain(when.iter().map(|(_, f)| f));
        for f in formulas {
            f.root.walk(&mut |part| {
                if let ExprKind::Is(s) = part.kind {
                    touched[s.driver.0] = true;
                }
            });
        }
    }
    let found: Vec<_> = (case.drivers.iter().zip(&touched))
        .filter(|(_, touched)| !**touched)
        .map(|(d, _)| seen.here(&["drivers", &d.id]))
        .collect();
    let n = found.len();
    seen.many(found, &PAGE, || {
        (
            format!(
                "{} that nothing touches: no impact on or from it, no fact about it",
                count(n, "driver", "drivers")
            ),
            format!("아무 영향도 사실도 닿지 않는 변수가 {n}개 있습니다"),
        )
    })
    .map(|d| {
        d.help(
            "say what it favours or hinders, or leave it out",
            "무엇을 돕거나 막는지 적거나, 빼십시오",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::codes;

    #[test]
    fn scores_of_nothing_do_not_touch_and_facts_do() {
        let weather = super::PAGE.before;
        let nothing = format!(
            "{weather}\n[[impacts]]\nfrom = \"money.ms\"\non = \"weather\"\nscore = {{ fair = 0 }}\nbecause = \"x\""
        );
        assert!(codes(&nothing).contains(&"A0102"));
        let fact = format!(
            "{weather}\n[facts.f]\ntext = \"x\"\nsource = \"x\"\nexpected = {{ weather = {{ fair = 0.2, foul = 0.4 }} }}"
        );
        assert!(!codes(&fact).contains(&"A0102"));
    }

    #[test]
    fn formulas_touch_what_they_look_at() {
        let weather = super::PAGE.before;
        for formula in [
            "value = \"if weather is fair then 1 else 0\"",
            "value = \"1\"\nwhen = { \"weather.foul\" = \"2\" }",
        ] {
            let option = format!("{weather}\n[options.stay]\n{formula}");
            assert!(!codes(&option).contains(&"A0102"), "{formula}");
        }
    }
}
