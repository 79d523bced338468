//! What is wrong with the numbers of one formula, whatever the rest of the case says.

use super::constant::constant;
use super::tree::{Binary, Distribution, Expr, ExprKind, Unary};
use crate::Diagnostic;
use crate::diagnostics::*;
use std::ops::Range;

/// Beyond so many standard deviations a double cannot tell the chance from nothing.
const NOTHING: f64 = 37.0;
/// The 95 % quantile of the standard normal distribution: the ends of a 90 % interval lie so many standard deviations off.
const END: f64 = 1.644_853_626_951_472_6;

/// Everything wrong with it, places within its text.
pub(crate) fn check(text: &str, root: &Expr) -> Vec<Diagnostic> {
    let mut check = Check {
        text,
        found: Vec::new(),
    };
    root.walk(&mut |e| check.one(e));
    check.found
}

struct Check<'a> {
    text: &'a str,
    found: Vec<Diagnostic>,
}

impl Check<'_> {
    fn one(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Unary(of, a) => self.unary(*of, a),
            ExprKind::Binary(of, a, b) => self.binary(*of, a, b, &expr.span),
            ExprKind::Draw(d) => self.distribution(d, &expr.span),
            _ => {}
        }
    }

    fn unary(&mut self, of: Unary, a: &Expr) {
        let (name, fails) = match of {
            Unary::Ln => ("ln", constant(a).is_some_and(|a| a <= 0.0)),
            Unary::Sqrt => ("sqrt", constant(a).is_some_and(|a| a < 0.0)),
            _ => return,
        };
        if fails {
            let found = e0509_undefined::no_value(a.span.clone(), name);
            self.found.push(found);
        }
    }

    fn binary(&mut self, of: Binary, a: &Expr, b: &Expr, span: &Range<usize>) {
        let (x, y) = (constant(a), constant(b));
        match of {
            Binary::Divide if y == Some(0.0) => {
                let found = e0509_undefined::by_zero(b.span.clone());
                self.found.push(found);
            }
            Binary::Power => {
                let (Some(x), Some(y)) = (x, y) else { return };
                if (x == 0.0 && y < 0.0) || (x < 0.0 && y != y.trunc()) {
                    self.found
                        .push(e0509_undefined::no_value(span.clone(), "^"));
                }
            }
            _ => {}
        }
    }

    /// `low` is below `high`, where both are known.
    fn ordered(&mut self, span: &Range<usize>, name: &str, low: &Expr, high: &Expr) -> bool {
        let (Some(a), Some(b)) = (constant(low), constant(high)) else {
            return true;
        };
        if a < b {
            return true;
        }
        let whole = self.text;
        let text = |e: &Expr| whole[e.span.clone()].trim();
        let found = e0506_interval::interval(span.clone(), name, (text(low), text(high)), a == b);
        self.found.push(found);
        false
    }

    /// A parameter is as `fits` wants it, where it is known.
    fn fits(&mut self, of: &Expr, fits: fn(f64) -> bool, en: &str, ko: &str) {
        if constant(of).is_some_and(|v| !fits(v)) {
            let found = e0507_parameter::parameter(of.span.clone(), en, ko);
            self.found.push(found);
        }
    }

    fn above_zero(&mut self, of: &Expr, en: &str, ko: &str) {
        let en = format!("{en} is above 0");
        self.fits(of, |v| v > 0.0, &en, &format!("{ko} 0보다 커야 합니다"));
    }

    fn distribution(&mut self, of: &Distribution, span: &Range<usize>) {
        match of {
            Distribution::To(a, b) => {
                self.ordered(span, "to", a, b);
            }
            Distribution::Uniform(a, b) => {
                self.ordered(span, "uniform", a, b);
            }
            Distribution::Normal(_, sd) => {
                self.above_zero(sd, "a standard deviation", "표준편차는");
            }
            Distribution::Lognormal(_, sigma) => {
                self.above_zero(sigma, "the sigma of a lognormal", "로그정규분포의 sigma는");
            }
            Distribution::Beta(a, b) => {
                self.above_zero(a, "the alpha of a beta distribution", "베타 분포의 alpha는");
                self.above_zero(b, "the beta of a beta distribution", "베타 분포의 beta는");
            }
            Distribution::Bernoulli(p) => self.fits(
                p,
                |p| (0.0..=1.0).contains(&p),
                "a chance lies between 0 and 1",
                "확률은 0과 1 사이여야 합니다",
            ),
            Distribution::Triangular(low, mode, high) | Distribution::Pert(low, mode, high) => {
                let name = match of {
                    Distribution::Pert(..) => "pert",
                    _ => "triangular",
                };
                if self.ordered(span, name, low, high) {
                    self.mode(low, mode, high);
                }
            }
            Distribution::Mixture(parts) => self.mixture(parts, span),
            Distribution::Truncate(inner, low, high) => {
                let before = self.found.len();
                self.inside(inner, span);
                if self.found.len() == before && self.ordered(span, "truncate", low, high) {
                    self.nothing_left(inner, low, high, span);
                }
            }
            Distribution::Exactly(_) => {}
        }
    }

    /// A distribution within another has no place of its own: that of its parameters, or of the whole.
    fn inside(&mut self, of: &Distribution, span: &Range<usize>) {
        let parts = of.parts();
        let start = parts.iter().map(|p| p.span.start).min();
        let end = parts.iter().map(|p| p.span.end).max();
        let own = match (of, start, end) {
            (Distribution::To(..), Some(start), Some(end)) => start..end,
            _ => span.clone(),
        };
        self.distribution(of, &own);
    }

    fn mode(&mut self, low: &Expr, mode: &Expr, high: &Expr) {
        let Some(m) = constant(mode) else { return };
        let below = constant(low).is_some_and(|low| m < low);
        if below || constant(high).is_some_and(|high| m > high) {
            let found = e0507_parameter::parameter(
                mode.span.clone(),
                "the mode lies between low and high",
                "최빈값(mode)은 low와 high 사이여야 합니다",
            );
            self.found.push(found);
        }
    }

    fn mixture(&mut self, parts: &[(Distribution, Expr)], span: &Range<usize>) {
        for (part, weight) in parts {
            self.inside(part, span);
            self.fits(
                weight,
                |w| w >= 0.0,
                "a weight is not below 0",
                "비중은 0보다 작을 수 없습니다",
            );
        }
        if parts.iter().all(|(_, w)| constant(w) == Some(0.0)) {
            let found = e0507_parameter::parameter(
                span.clone(),
                "some weight of a mixture is above 0",
                "비중 가운데 하나는 0보다 커야 합니다",
            );
            self.found.push(found);
        }
    }

    fn nothing_left(&mut self, inner: &Distribution, low: &Expr, high: &Expr, span: &Range<usize>) {
        let (low, high) = (constant(low), constant(high));
        let (from, to) = reach(inner);
        // The ends of what is drawn continuously are never drawn.
        if high.is_some_and(|high| high <= from) || low.is_some_and(|low| low >= to) {
            let found = e0508_nothing_left::nothing_left(span.clone(), from, to);
            self.found.push(found);
        }
    }
}

/// Where a distribution can lie, as far as its parameters tell: what a double cannot tell from nothing left out.
fn reach(of: &Distribution) -> (f64, f64) {
    let all = (f64::NEG_INFINITY, f64::INFINITY);
    let both = |a: &Expr, b: &Expr| Some((constant(a)?, constant(b)?));
    let found = match of {
        Distribution::Normal(mean, sd) => {
            both(mean, sd).map(|(m, s)| (m - NOTHING * s, m + NOTHING * s))
        }
        Distribution::Lognormal(mu, sigma) => {
            Some(both(mu, sigma).map_or((0.0, f64::INFINITY), |(m, s)| {
                (libm::exp(m - NOTHING * s), libm::exp(m + NOTHING * s))
            }))
        }
        Distribution::To(a, b) => both(a, b).map(|(a, b)| {
            let off = NOTHING / END;
            if a > 0.0 {
                let (a, b) = (libm::log(a), libm::log(b));
                let (m, s) = (f64::midpoint(a, b), (b - a) / 2.0);
                (libm::exp(m - off * s), libm::exp(m + off * s))
            } else {
                let (m, s) = (f64::midpoint(a, b), (b - a) / 2.0);
                (m - off * s, m + off * s)
            }
        }),
        Distribution::Uniform(a, b)
        | Distribution::Triangular(a, _, b)
        | Distribution::Pert(a, _, b) => both(a, b),
        Distribution::Beta(..) => Some((0.0, 1.0)),
        _ => None,
    };
    found.unwrap_or(all)
}
