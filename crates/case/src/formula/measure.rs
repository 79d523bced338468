//! The units of formulas: what they work out to, and where they do not fit together.

use super::constant::constant;
use super::literal;
use super::tree::{Binary, Distribution, Expr, ExprKind, Formula, Unary};
use super::units::{Unit, language, spelt, told};
use super::walk::{all_named, order};
use crate::read::{Owner, Part};
use crate::{Case, Text};
use std::ops::Range;

/// The unit of a part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Measure {
    /// A bare number, which fits anything.
    Any,
    /// Nothing can be said.
    Unknown,
    /// A unit; soft where a bare number was multiplied in, which may have changed it.
    Of { unit: Unit, soft: bool },
}

use Measure::{Any, Of, Unknown};

/// Two units that do not fit together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Misfit {
    pub owner: Owner,
    pub part: Part,
    /// Of the formula.
    pub span: Range<usize>,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// Two parts that are added or compared, at these places, both of which are sure.
    Hard(Unit, Unit, Range<usize>, Range<usize>),
    /// The same, one of which may be meant otherwise.
    Soft(Unit, Unit),
    /// A formula works out to the first, its owner is said to have the second.
    Stated(Unit, Unit),
    /// `exp` or `ln` of something with a unit.
    Transcendental(Unit),
}

/// What the units of a case come to.
pub(crate) struct Measures {
    pub misfits: Vec<Misfit>,
    /// What the value of each option works out to, or is said to be.
    pub options: Vec<Measure>,
    pub lang: String,
}

pub(crate) fn measures(case: &Case) -> Measures {
    let mut walk = Walk {
        lang: language(case),
        quantities: vec![Unknown; case.quantities.len()],
        misfits: Vec::new(),
        at: (Owner::Quantity(0), Part::Whole),
        text: "",
    };
    // Where the case has a circle, what hangs on it has no unit.
    for q in order(&all_named(case)).unwrap_or_default() {
        let of = &case.quantities[q];
        let mut all = vec![(Part::Whole, &of.formula)];
        all.extend(
            of.when
                .iter()
                .enumerate()
                .map(|(at, (_, f))| (Part::When(at), f)),
        );
        walk.quantities[q] = walk.owner(Owner::Quantity(q), of.unit.as_ref(), &all);
    }
    let mut options = Vec::new();
    for (o, of) in case.options.iter().enumerate() {
        let mut all: Vec<(Part, &Formula)> = Vec::new();
        all.extend(of.value.as_ref().map(|f| (Part::Whole, f)));
        all.extend(
            of.when
                .iter()
                .enumerate()
                .map(|(at, (_, f))| (Part::When(at), f)),
        );
        all.extend(of.switching.as_ref().map(|f| (Part::Switching, f)));
        options.push(walk.owner(Owner::Option(o), of.unit.as_ref(), &all));
    }
    Measures {
        misfits: walk.misfits,
        options,
        lang: walk.lang,
    }
}

/// The unit of the values of the options: as one of them says, else the first that their formulas work out to, in the
/// words of the case.
///
/// ```
/// let text = "sinario = 1\ntitle = \"x\"\ndrivers.sky.states = { dry = \"Dry\", wet = \"Wet\" }\n\
///     [quantities]\na = { unit = \"won a month\", formula = \"2 to 3\" }\nb = { unit = \"months\", formula = 5 }\n\
///     [options]\nwait = { value = \"0.5 * a * b\" }";
/// let case = sinario_case::parse(text.as_bytes()).case.unwrap();
/// let unit = sinario_case::formula::unit_of_options(&case).unwrap();
/// assert_eq!(unit.by_lang["en"], "won");
/// ```
pub fn unit_of_options(case: &Case) -> Option<Text> {
    if let Some(unit) = case.options.iter().find_map(|o| o.unit.clone()) {
        return Some(unit);
    }
    let all = measures(case);
    let unit = all.options.iter().find_map(|m| match m {
        Of { unit, .. } if !unit.0.is_empty() => Some(unit),
        _ => None,
    })?;
    let stated = case.quantities.iter().filter_map(|q| q.unit.as_ref());
    let own = |t: &&Text| spelt(t, &all.lang).and_then(Unit::parse).as_ref() == Some(unit);
    if let Some(text) = stated.clone().find(own) {
        return Some(text.clone());
    }
    let mut text = Text::default();
    for lang in stated.flat_map(|t| t.by_lang.keys()) {
        if !text.by_lang.contains_key(lang)
            && let Some(spelling) = told(unit, case, lang)
        {
            text.by_lang.insert(lang.clone(), spelling);
        }
    }
    (!text.by_lang.is_empty()).then_some(text)
}

struct Walk<'c> {
    lang: String,
    quantities: Vec<Measure>,
    misfits: Vec<Misfit>,
    at: (Owner, Part),
    text: &'c str,
}

fn soft(of: &Measure) -> bool {
    matches!(of, Of { soft: true, .. })
}

impl<'c> Walk<'c> {
    /// The unit of a quantity or an option: as it is said to be, else as its formulas work out.
    fn owner(
        &mut self,
        owner: Owner,
        stated: Option<&Text>,
        all: &[(Part, &'c Formula)],
    ) -> Measure {
        let stated = stated.and_then(|t| Some(Unit::parse(spelt(t, &self.lang)?)));
        let mut found = Any;
        for (part, f) in all {
            self.at = (owner, *part);
            self.text = &f.text;
            let own = self.of(&f.root);
            if let (Some(Some(unit)), Of { unit: is, soft }) = (&stated, &own)
                && is != unit
                && !(*soft && is.converts_to(unit))
            {
                let span = f.root.span.clone();
                self.say(span, What::Stated(is.clone(), unit.clone()));
            }
            if matches!((&found, &own), (Any, _)) {
                found = own;
            }
        }
        match stated {
            Some(Some(unit)) => Of { unit, soft: false },
            // It says that it has none, or says nothing known.
            Some(None) => Any,
            None => found,
        }
    }

    fn say(&mut self, span: Range<usize>, what: What) {
        let (owner, part) = self.at;
        self.misfits.push(Misfit {
            owner,
            part,
            span,
            what,
        });
    }

    fn all(&mut self, parts: &[&Expr]) {
        for part in parts {
            self.of(part);
        }
    }

    /// The unit of parts that are added, compared or chosen between; said where they do not fit.
    fn fit(&mut self, span: &Range<usize>, parts: &[&Expr]) -> Measure {
        let mut now: Option<(Measure, Range<usize>)> = None;
        for part in parts {
            let next = self.of(part);
            now = Some(match now {
                None => (next, part.span.clone()),
                Some((now, at)) => self.pair(span, (now, at), (next, part.span.clone())),
            });
        }
        now.map_or(Any, |(m, _)| m)
    }

    fn pair(
        &mut self,
        span: &Range<usize>,
        (a, at): (Measure, Range<usize>),
        (b, bt): (Measure, Range<usize>),
    ) -> (Measure, Range<usize>) {
        match (&a, &b) {
            (Any, _) => (b, bt),
            (_, Any) => (a, at),
            (Of { unit: x, .. }, Of { unit: y, .. }) if x == y => {
                if soft(&a) {
                    (b, bt)
                } else {
                    (a, at)
                }
            }
            (Of { unit: x, soft: s }, Of { unit: y, soft: t }) => {
                if !s && !t {
                    let what = What::Hard(x.clone(), y.clone(), at.clone(), bt);
                    self.say(span.clone(), what);
                } else if !x.converts_to(y) {
                    self.say(span.clone(), What::Soft(x.clone(), y.clone()));
                }
                (Unknown, at)
            }
            _ => (Unknown, at),
        }
    }

    fn of(&mut self, expr: &Expr) -> Measure {
        match &expr.kind {
            ExprKind::Number(_) => self.number(expr),
            ExprKind::Quantity(q) => self.quantities[*q].clone(),
            ExprKind::Is(_) => Any,
            ExprKind::Unary(of, a) => self.unary(*of, a, &expr.span),
            ExprKind::Binary(of, a, b) => self.binary(expr, *of, a, b),
            ExprKind::If {
                test,
                then,
                otherwise,
            } => {
                self.of(test);
                self.fit(&expr.span, &[then, otherwise])
            }
            ExprKind::Draw(d) => self.draw(d, &expr.span),
        }
    }

    /// A number has the unit that is written behind it; a name of a day is a day.
    fn number(&self, expr: &Expr) -> Measure {
        let text = self.text.get(expr.span.clone()).unwrap_or("");
        let unit = match literal::read(text, false) {
            Ok(Some(found)) => found.unit,
            _ if super::keywords::DAYS.contains(&text) => "day",
            _ => "",
        };
        match Unit::parse(unit) {
            Some(unit) => Of { unit, soft: false },
            None => Any,
        }
    }

    fn unary(&mut self, of: Unary, a: &Expr, span: &Range<usize>) -> Measure {
        let inner = self.of(a);
        match of {
            Unary::Negate | Unary::Abs => inner,
            Unary::Not => Any,
            Unary::Sqrt => root(inner, 1),
            Unary::Exp | Unary::Ln => {
                if let Of { unit, soft: false } = &inner
                    && !unit.0.is_empty()
                {
                    self.say(span.clone(), What::Transcendental(unit.clone()));
                }
                Any
            }
        }
    }

    fn binary(&mut self, expr: &Expr, of: Binary, a: &Expr, b: &Expr) -> Measure {
        match of {
            Binary::Add | Binary::Subtract | Binary::Min | Binary::Max => {
                self.fit(&expr.span, &[a, b])
            }
            Binary::Multiply => product(self.of(a), self.of(b), 1),
            Binary::Divide => product(self.of(a), self.of(b), -1),
            Binary::Power => {
                let base = self.of(a);
                self.of(b);
                // The cast: small and whole.
                match constant(b).map(|n| n * 2.0) {
                    Some(n) if n.abs() <= 40.0 && n == n.trunc() => root(base, n as i32),
                    _ if base == Any => Any,
                    _ => Unknown,
                }
            }
            Binary::And | Binary::Or => {
                self.all(&[a, b]);
                Any
            }
            _ => {
                self.fit(&expr.span, &[a, b]);
                Any
            }
        }
    }

    fn draw(&mut self, of: &Distribution, span: &Range<usize>) -> Measure {
        match of {
            Distribution::To(a, b) | Distribution::Normal(a, b) | Distribution::Uniform(a, b) => {
                self.fit(span, &[a, b])
            }
            Distribution::Triangular(a, m, b) | Distribution::Pert(a, m, b) => {
                self.fit(span, &[a, m, b])
            }
            Distribution::Lognormal(a, b) => {
                self.all(&[a, b]);
                Any
            }
            Distribution::Beta(a, b) => {
                self.all(&[a, b]);
                Any
            }
            Distribution::Bernoulli(p) => {
                self.of(p);
                Any
            }
            Distribution::Mixture(parts) => {
                let mut now = (Any, span.clone());
                for (d, w) in parts {
                    let next = self.draw(d, span);
                    self.of(w);
                    now = self.pair(span, now, (next, span.clone()));
                }
                now.0
            }
            Distribution::Truncate(d, low, high) => {
                let inner = self.draw(d, span);
                let ends = self.fit(span, &[low, high]);
                self.pair(span, (inner, span.clone()), (ends, span.clone()))
                    .0
            }
            Distribution::Exactly(a) => self.of(a),
        }
    }
}

fn product(a: Measure, b: Measure, sign: i32) -> Measure {
    match (a, b) {
        (Unknown, _) | (_, Unknown) => Unknown,
        (Any, Any) => Any,
        (Of { unit, .. }, Any) => Of { unit, soft: true },
        (Any, Of { unit, .. }) => Of {
            unit: Unit::default().times(&unit, sign),
            soft: true,
        },
        (Of { unit: x, soft: s }, Of { unit: y, soft: t }) => Of {
            unit: x.times(&y, sign),
            soft: s || t,
        },
    }
}

/// To a power of so many halves.
fn root(of: Measure, halves: i32) -> Measure {
    match of {
        Of { unit, soft } => match unit.power(halves) {
            Some(unit) => Of { unit, soft },
            None => Unknown,
        },
        other => other,
    }
}
