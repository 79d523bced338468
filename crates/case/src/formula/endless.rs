//! Which numbers have no mean, and where a formula divides by what may be 0, as far as that can be proved.

use super::constant::constant;
use super::reach::{Least, Most, Reach, Roots, Solid};
use super::tree::{Binary, Distribution, Expr, ExprKind, Unary};
use super::walk::{all_named, named, order};
use crate::Case;
use crate::read::{Owner, Part};
use std::ops::Range;

/// Which numbers of a case have no mean: their average jumps about however many draws are made, and a median or a quantile
/// is what can be said of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endless {
    /// In the order of [`Case::quantities`].
    pub quantities: Vec<bool>,
    /// In the order of [`Case::options`].
    pub options: Vec<bool>,
}

/// Which quantities and options provably have no mean, by their formulas alone: a number divided by one that has a density at 0
/// (1/normal), `exp` of what is at least lognormal, and what is made of those. What is `false` may be endless too.
///
/// ```
/// let text = "sinario = 1\ntitle = \"x\"\ndrivers.sky.states = { dry = \"Dry\", wet = \"Wet\" }\n\
///     [quantities]\na.formula = \"1 / normal(0, 1)\"\nb.formula = \"1 / (2 to 3)\"\nc.formula = \"exp(2 to 3)\"";
/// let case = sinario_case::parse(text.as_bytes()).case.unwrap();
/// assert_eq!(sinario_case::formula::endless(&case).quantities, [true, false, true]);
/// ```
pub fn endless(case: &Case) -> Endless {
    let tails = tails(case);
    Endless {
        quantities: tails.quantities.iter().map(Reach::is_endless).collect(),
        options: tails.options,
    }
}

/// Something to say about a part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub owner: Owner,
    pub part: Part,
    pub span: Range<usize>,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A divisor that is 0 with a chance above 0.
    Undefined,
    /// A divisor with a density at 0.
    NoMean,
    /// `exp`, a power: the mean is infinite though that of the operand is not.
    Grows,
}

pub(crate) struct Tails {
    pub quantities: Vec<Reach>,
    pub options: Vec<bool>,
    pub found: Vec<Found>,
}

/// The reach of every quantity, and what there is to say on the way.
pub(crate) fn tails(case: &Case) -> Tails {
    let count = case.quantities.len();
    let mut walk = Walk {
        quantities: vec![Reach::unknown(); count],
        found: Vec::new(),
        at: (Owner::Quantity(0), Part::Whole),
        guards: Vec::new(),
        world: count,
    };
    // Correlated quantities depend on one another.
    let mut groups: Vec<usize> = (0..count).collect();
    for c in &case.correlations {
        let (from, to) = (groups[c.b], groups[c.a]);
        groups
            .iter_mut()
            .filter(|g| **g == from)
            .for_each(|g| *g = to);
    }
    // A checked case has no circle.
    for q in order(&all_named(case)).unwrap_or_default() {
        let of = &case.quantities[q];
        let owner = Owner::Quantity(q);
        let mut reach = walk.formula(owner, Part::Whole, &of.formula.root);
        for (at, (_, f)) in of.when.iter().enumerate() {
            reach = reach.either(walk.formula(owner, Part::When(at), &f.root));
        }
        if !of.when.is_empty() {
            reach.from.insert(walk.world);
        }
        reach.from.insert(groups[q]);
        walk.quantities[q] = reach;
    }
    let mut options = Vec::new();
    for (o, of) in case.options.iter().enumerate() {
        let owner = Owner::Option(o);
        let whole = of.value.as_ref().map(|f| (Part::Whole, f));
        let when = of.when.iter().enumerate();
        let all = whole
            .into_iter()
            .chain(when.map(|(at, (_, f))| (Part::When(at), f)));
        let all: Vec<Reach> = all
            .map(|(part, f)| walk.formula(owner, part, &f.root))
            .collect();
        if let Some(f) = &of.switching {
            walk.formula(owner, Part::Switching, &f.root);
        }
        let reach = all.into_iter().reduce(Reach::either);
        options.push(reach.is_some_and(|r| r.is_endless()));
    }
    Tails {
        quantities: walk.quantities,
        options,
        found: walk.found,
    }
}

struct Walk {
    quantities: Vec<Reach>,
    found: Vec<Found>,
    at: (Owner, Part),
    /// Quantities that the tests around look at: who asks of a divisor has seen to it.
    guards: Vec<usize>,
    /// What everything that looks at states depends on.
    world: usize,
}

impl Walk {
    fn formula(&mut self, owner: Owner, part: Part, root: &Expr) -> Reach {
        self.at = (owner, part);
        self.of(root)
    }

    fn say(&mut self, span: &Range<usize>, what: What) {
        let (owner, part) = self.at;
        let span = span.clone();
        self.found.push(Found {
            owner,
            part,
            span,
            what,
        });
    }

    fn of(&mut self, expr: &Expr) -> Reach {
        match &expr.kind {
            ExprKind::Number(n) => Reach::number(*n),
            ExprKind::Quantity(q) => self.quantities[*q].clone(),
            ExprKind::Is(_) => {
                let mut found = Reach::truth();
                found.from.insert(self.world);
                found
            }
            ExprKind::Unary(of, a) => {
                let before = self.of(a);
                let bare = !before.is_endless();
                let found = unary(*of, before);
                if bare && found.is_endless() {
                    self.say(&expr.span, What::Grows);
                }
                found
            }
            ExprKind::Binary(of, a, b) => self.binary(expr, *of, a, b),
            ExprKind::If {
                test,
                then,
                otherwise,
            } => {
                let tested = self.of(test);
                let before = self.guards.len();
                self.guards.extend(named(test).into_iter().map(|(q, _)| q));
                let (a, b) = (self.of(then), self.of(otherwise));
                self.guards.truncate(before);
                let mut found = a.either(b);
                found.from.add(&tested.from);
                found
            }
            ExprKind::Draw(d) => self.draw(d),
        }
    }

    fn binary(&mut self, expr: &Expr, of: Binary, a: &Expr, b: &Expr) -> Reach {
        let (x, y) = (self.of(a), self.of(b));
        let truth = |x: &Reach, y: &Reach| Reach {
            from: x.both(y),
            ..Reach::truth()
        };
        match of {
            Binary::Add => x.add(y),
            Binary::Subtract => x.add(y.negate()),
            Binary::Multiply => x.multiply(y),
            Binary::Divide => {
                self.divisor(b, &y);
                x.divide(y)
            }
            Binary::Power => {
                let bare = !x.is_endless();
                let found = x.power(&y);
                if bare && found.is_endless() {
                    self.say(&expr.span, What::Grows);
                }
                found
            }
            Binary::Min => x.min(y),
            Binary::Max => x.max(y),
            _ => truth(&x, &y),
        }
    }

    fn divisor(&mut self, divisor: &Expr, reach: &Reach) {
        // A constant 0 is an error of its own.
        if constant(divisor).is_some() {
            return;
        }
        if named(divisor).iter().any(|(q, _)| self.guards.contains(q)) {
            return;
        }
        if reach.zero {
            self.say(&divisor.span, What::Undefined);
        } else if reach.solid.is_some_and(|s| s.holds_zero()) {
            self.say(&divisor.span, What::NoMean);
        }
    }

    fn draw(&mut self, of: &Distribution) -> Reach {
        let mut from = Roots::default();
        let mut parameters = |walk: &mut Self, all: &[&Expr]| -> Vec<Reach> {
            let all: Vec<Reach> = all.iter().map(|e| walk.of(e)).collect();
            all.iter().for_each(|r| from.add(&r.from));
            all
        };
        let tame = |all: &[Reach]| all.iter().all(|r| r.most == Most::Bounded);
        let mut found = match of {
            Distribution::To(a, b) => {
                let all = parameters(self, &[a, b]);
                let usual = if all[0].low > 0.0 {
                    Reach::lognormal()
                } else if all[0].high <= 0.0 {
                    Reach::normal()
                } else {
                    Reach::unknown()
                };
                loosened(usual, tame(&all))
            }
            Distribution::Normal(a, b) => {
                let all = parameters(self, &[a, b]);
                loosened(Reach::normal(), tame(&all))
            }
            Distribution::Lognormal(a, b) => {
                let all = parameters(self, &[a, b]);
                loosened(Reach::lognormal(), tame(&all))
            }
            Distribution::Uniform(a, b) => {
                let all = parameters(self, &[a, b]);
                between(&all, (true, true), known(&[a, b]))
            }
            Distribution::Triangular(a, m, b) | Distribution::Pert(a, m, b) => {
                let all = parameters(self, &[a, m, b]);
                let at = |end: &Expr| constant(end).is_some() && constant(end) == constant(m);
                between(&all, (at(a), at(b)), known(&[a, m, b]))
            }
            Distribution::Beta(a, b) => {
                parameters(self, &[a, b]);
                let at = |p: &Expr| constant(p).is_some_and(|p| p <= 1.0);
                let solid = Solid {
                    low: 0.0,
                    high: 1.0,
                    touches_low: at(a),
                    touches_high: at(b),
                };
                Reach {
                    solid: Some(solid),
                    ..Reach::bounded(0.0, 1.0)
                }
            }
            Distribution::Bernoulli(p) => {
                parameters(self, &[p]);
                match constant(p) {
                    Some(p) if p == 0.0 || p == 1.0 => Reach::number(p),
                    _ => Reach::truth(),
                }
            }
            Distribution::Mixture(parts) => {
                let mut all: Option<Reach> = None;
                let sure = parts.iter().all(|(_, w)| constant(w).is_some());
                for (d, weight) in parts {
                    let part = self.draw(d);
                    let weight_of = self.of(weight);
                    from.add(&weight_of.from);
                    all = match (all, constant(weight)) {
                        (all, Some(0.0)) => all,
                        (None, _) => Some(part),
                        (Some(all), _) if sure => Some(all.mixed(part)),
                        (Some(all), _) => Some(all.either(part)),
                    };
                }
                all.unwrap_or_else(Reach::unknown)
            }
            Distribution::Truncate(d, a, b) => {
                let inner = self.draw(d);
                let ends = parameters(self, &[a, b]);
                let (low, high) = (inner.low.max(ends[0].low), inner.high.min(ends[1].high));
                let cut = |s: Solid| {
                    let (from, to) = (constant(a)?, constant(b)?);
                    Solid::open(s.low.max(from), s.high.min(to)).map(|cut| Solid {
                        touches_low: if from > s.low { true } else { s.touches_low },
                        touches_high: if to < s.high { true } else { s.touches_high },
                        ..cut
                    })
                };
                Reach {
                    solid: inner.solid.and_then(cut),
                    zero: inner.zero && low <= 0.0 && high >= 0.0,
                    from: inner.from,
                    most: if low.is_finite() && high.is_finite() {
                        Most::Bounded
                    } else {
                        inner.most
                    },
                    ..Reach::bounded(low, high)
                }
            }
            Distribution::Exactly(a) => self.of(a),
        };
        found.from.add(&from);
        found
    }
}

/// A distribution whose parameters are uncertain has tails that are as heavy or heavier.
fn loosened(of: Reach, tame: bool) -> Reach {
    match tame {
        true => of,
        false => Reach {
            most: Most::Unknown,
            inverse: false,
            ..of
        },
    }
}

fn known(all: &[&Expr]) -> bool {
    all.iter().all(|e| constant(e).is_some())
}

/// From the first to the last of these; dense up to the ends that are `touched`, where all are known.
fn between(all: &[Reach], touched: (bool, bool), known: bool) -> Reach {
    let (low, high) = match (all.first(), all.last()) {
        (Some(a), Some(b)) => (a.low, b.high),
        _ => return Reach::unknown(),
    };
    let solid = Solid {
        low,
        high,
        touches_low: touched.0,
        touches_high: touched.1,
    };
    let most = all.iter().map(|r| r.most).max().unwrap_or(Most::Unknown);
    Reach {
        solid: known.then_some(solid),
        most,
        up: Least::Nothing,
        ..Reach::bounded(low, high)
    }
}

fn unary(of: Unary, a: Reach) -> Reach {
    match of {
        Unary::Negate => a.negate(),
        Unary::Not => Reach {
            from: a.from,
            ..Reach::truth()
        },
        Unary::Abs => a.abs(),
        Unary::Exp => a.exp(),
        Unary::Ln => a.ln(),
        Unary::Sqrt => a.sqrt(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;

    fn of(formula: &str) -> bool {
        let text = format!(
            "sinario = 1\ntitle = \"x\"\ndrivers.sky.states = {{ dry = \"Dry\", wet = \"Wet\" }}\n\
             [quantities]\nz.formula = \"normal(0, 1)\"\nw.formula = \"2 to 3\"\nx.formula = \"{formula}\""
        );
        let parsed = crate::parse(text.as_bytes());
        let case = parsed
            .case
            .unwrap_or_else(|| panic!("{formula}: {:?}", parsed.diagnostics));
        endless(&case).quantities[2]
    }

    #[test]
    fn what_has_no_mean() {
        for formula in [
            "1 / z",
            "w / z",
            "1 / (w - (1 to 4))",
            "1 / uniform(0, 1)",
            "1 / uniform(-1, 0)",
            "1 / triangular(0, 0, 1)",
            "1 / pert(-1, 0, 0)",
            "1 / beta(1, 3)",
            "1 / beta(0.5, 3)",
            "2 + 3 * (1 / z)",
            "exp(w)",
            "exp(-1 * -w)",
            "exp(2 * w + z)",
            "exp(w ^ 2)",
            "exp(exp(z))",
            "z ^ -2",
            "uniform(0, 1) ^ -1",
            "max(0, 1 / z)",
            "min(0, 1 / z)",
            "abs(1 / z)",
            "if sky is wet then 1 / z else exp(w)",
            "mixture(1 to 2, normal(0, 1); 1, 1) ^ -1",
            "1 / truncate(normal(0, 1), 0, 5)",
            "1 / (z + 100)",
            "1 / max(z, -1)",
            "exp(w) ^ 2",
        ] {
            assert!(of(formula), "{formula}");
        }
    }

    #[test]
    fn what_has_a_mean_or_cannot_be_told_is_not_called_endless() {
        for formula in [
            "1 / w",
            "z / w",
            "exp(z)",
            "exp(-w)",
            "1 / uniform(1, 2)",
            "1 / beta(2, 2)",
            "1 / triangular(0, 1, 2)",
            "1 / pert(0, 1, 2)",
            "z / z",
            "w / (w + z)",
            "if sky is wet then 1 / z else 5",
            "min(10, exp(w))",
            "exp(w) - exp(w)",
            "1 / z - 1 / z",
            "1 / abs(0.5 + bernoulli(0.5))",
            "1 / truncate(normal(0, 1), 1, 5)",
            "1 / mixture(uniform(-2, -1), uniform(1, 2); 1, 1)",
            "exp(truncate(lognormal(0, 1), 0, 50))",
            "uniform(0, 1) ^ -0.5",
            "sqrt(exp(w))",
            "1 / max(z, 1)",
            "0 * (1 / z)",
            "exp(w) * z",
        ] {
            assert!(!of(formula), "{formula}");
        }
    }

    #[test]
    fn what_is_correlated_is_not_independent() {
        let text = |more: &str| {
            format!(
                "sinario = 1\ntitle = \"x\"\ndrivers.sky.states = {{ dry = \"Dry\", wet = \"Wet\" }}\n[quantities]\n\
                 a.formula = \"normal(0, 1)\"\nb.formula = \"normal(0, 1)\"\nx.formula = \"a / b\"\n{more}"
            )
        };
        let of = |text: String| endless(&crate::parse(text.as_bytes()).case.unwrap()).quantities[2];
        assert!(of(text("")));
        assert!(!of(text(
            "[[correlations]]\nbetween = [\"a\", \"b\"]\nrank = 0.9"
        )));
    }
}
