//! `E0505`: quantities that are made of one another.

use crate::Diagnostic;
use crate::diagnostic::page;
use std::ops::Range;

page! {
    Error "E0505"
    /// Quantities that are made of one another
    ///
    /// A formula may name any quantity but those that are made of the one it belongs to: to know either, the other would have to be known
    /// first. The circle is told whole. What goes back and forth between the parts of a situation belongs in drivers and impacts, which may go in
    /// circles.
    en
    /// 수량이 서로를 써서 만들어집니다
    ///
    /// 식은 어떤 수량이든 부를 수 있지만, 그 식이 속한 수량으로 만들어진 수량만은 부를 수 없습니다. 어느 쪽을 알려 해도 다른
    /// 쪽을 먼저 알아야 하기 때문입니다. 맞물린 고리를 통째로 보여 드립니다. 서로 주고받는 사이라면 수량이 아니라 변수와
    /// 영향으로 적으십시오. 변수와 영향은 맞물려도 됩니다.
    ko
    before r#"[quantities.cash]
formula = "24 * burn"
[quantities.burn]
formula = "cash / 24""#
    after r#"[quantities.cash]
formula = "5조 to 14조"
[quantities.burn]
formula = "cash / 24""#
}

/// The quantities `ids` name one another in a circle, the last the first; at each place the next one is named.
pub(crate) fn circle(ids: &[&str], places: Vec<Range<usize>>) -> Diagnostic {
    let mut way: Vec<&str> = ids.iter().take(12).copied().collect();
    if ids.len() > way.len() {
        way.push("…");
    }
    way.extend(ids.first());
    let way = way.join(" → ");
    let (en, ko) = match ids.len() {
        1 => (
            format!("a quantity is made of itself: {way}"),
            format!("자기 자신을 써서 만들어지는 수량입니다: {way}"),
        ),
        _ => (
            format!("quantities are made of one another in a circle: {way}"),
            format!("수량이 서로 맞물려 만들어집니다: {way}"),
        ),
    };
    let mut found = Diagnostic::new(&PAGE, en, ko);
    for place in places.into_iter().take(12) {
        found = found.at(place);
    }
    found.help(
        "give one of them a number or an interval",
        "그 가운데 하나에 수나 구간을 적으십시오",
    )
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::testing::{all, codes, marked};

    #[test]
    fn the_whole_circle_is_told_and_no_more_than_it() {
        let text = "[quantities.a]\nformula = \"b + d\"\n[quantities.b]\nformula = 1\nwhen = { \"money.ms\" = \"2 * c\" }\n[quantities.c]\nformula = \"1 to b\"\n[quantities.d]\nformula = \"d\"";
        let found = all(text);
        assert_eq!(codes(text), ["E0505", "E0505"]);
        assert_eq!(
            found[0].title.en,
            "quantities are made of one another in a circle: b → c → b"
        );
        assert_eq!((marked(text, &found[0]), found[0].labels.len()), ("c", 2));
        assert_eq!(found[1].title.en, "a quantity is made of itself: d → d");
    }
}
