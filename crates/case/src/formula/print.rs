//! A formula written out again from its tree.

use super::literal::days;
use super::tree::{Binary, Distribution, Expr, ExprKind, Unary};
use crate::{Case, Date};
use std::fmt::Write;

/// A part of a formula as text, which says the same when it is read again. Numbers lose their spelling (`130조` becomes
/// `130000000000000`), and every operand that is more than one word stands in parentheses.
///
/// ```
/// let text = b"sinario = 1\ntitle = \"x\"\ndrivers.sky.states = { dry = \"Dry\", wet = \"Wet\" }\n\
///     quantities.rain.formula = \"if sky is wet then 2 to 3 else 20%\"";
/// let case = sinario_case::parse(text).case.unwrap();
/// let root = &case.quantities[0].formula.root;
/// assert_eq!(sinario_case::formula::print(&case, root), "if sky is wet then (2 to 3) else 0.2");
/// ```
pub fn print(case: &Case, expr: &Expr) -> String {
    let mut out = String::new();
    Printer { case }.whole(&mut out, expr);
    out
}

struct Printer<'c> {
    case: &'c Case,
}

impl Printer<'_> {
    /// An operand: in parentheses unless it is one word.
    fn part(&self, out: &mut String, expr: &Expr) {
        let call = |d: &Distribution| !matches!(d, Distribution::To(..));
        let is_word = match &expr.kind {
            ExprKind::Number(_) | ExprKind::Quantity(_) => true,
            ExprKind::Unary(of, _) => function(*of).is_some(),
            ExprKind::Binary(of, ..) => matches!(of, Binary::Min | Binary::Max),
            ExprKind::Draw(d) => call(d),
            ExprKind::Is(_) | ExprKind::If { .. } => false,
        };
        if is_word {
            return self.whole(out, expr);
        }
        out.push('(');
        self.whole(out, expr);
        out.push(')');
    }

    fn whole(&self, out: &mut String, expr: &Expr) {
        match &expr.kind {
            ExprKind::Number(n) => number(out, *n),
            ExprKind::Quantity(q) => out.push_str(&self.case.quantities[*q].id),
            ExprKind::Is(s) => {
                let driver = &self.case.driver(s.driver).id;
                let _ = write!(out, "{driver} is {}", self.case.state(*s).id);
            }
            ExprKind::Unary(of, a) => match function(*of) {
                Some(name) => self.call(out, name, &[a]),
                None => {
                    out.push_str(if *of == Unary::Not { "not " } else { "-" });
                    self.part(out, a);
                }
            },
            ExprKind::Binary(Binary::Min, a, b) => self.call(out, "min", &[a, b]),
            ExprKind::Binary(Binary::Max, a, b) => self.call(out, "max", &[a, b]),
            ExprKind::Binary(of, a, b) => {
                self.part(out, a);
                let _ = write!(out, " {} ", sign(*of));
                self.part(out, b);
            }
            ExprKind::If {
                test,
                then,
                otherwise,
            } => {
                out.push_str("if ");
                self.branch(out, test);
                out.push_str(" then ");
                self.branch(out, then);
                out.push_str(" else ");
                self.branch(out, otherwise);
            }
            ExprKind::Draw(d) => self.distribution(out, d),
        }
    }

    /// A part of an `if`, where a test needs no parentheses.
    fn branch(&self, out: &mut String, expr: &Expr) {
        match expr.kind {
            ExprKind::Is(_) => self.whole(out, expr),
            _ => self.part(out, expr),
        }
    }

    fn call(&self, out: &mut String, name: &str, arguments: &[&Expr]) {
        out.push_str(name);
        for (at, a) in arguments.iter().enumerate() {
            out.push_str(if at == 0 { "(" } else { ", " });
            self.whole(out, a);
        }
        out.push(')');
    }

    fn distribution(&self, out: &mut String, of: &Distribution) {
        match of {
            Distribution::To(a, b) => {
                self.part(out, a);
                out.push_str(" to ");
                self.part(out, b);
            }
            Distribution::Normal(a, b) => self.call(out, "normal", &[a, b]),
            Distribution::Lognormal(a, b) => self.call(out, "lognormal", &[a, b]),
            Distribution::Uniform(a, b) => self.call(out, "uniform", &[a, b]),
            Distribution::Triangular(a, b, c) => self.call(out, "triangular", &[a, b, c]),
            Distribution::Pert(a, b, c) => self.call(out, "pert", &[a, b, c]),
            Distribution::Beta(a, b) => self.call(out, "beta", &[a, b]),
            Distribution::Bernoulli(p) => self.call(out, "bernoulli", &[p]),
            Distribution::Mixture(parts) => {
                out.push_str("mixture(");
                for (at, (d, _)) in parts.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    self.distribution(out, d);
                }
                for (at, (_, w)) in parts.iter().enumerate() {
                    out.push_str(if at == 0 { "; " } else { ", " });
                    self.whole(out, w);
                }
                out.push(')');
            }
            Distribution::Truncate(d, low, high) => {
                out.push_str("truncate(");
                self.distribution(out, d);
                for a in [low, high] {
                    out.push_str(", ");
                    self.whole(out, a);
                }
                out.push(')');
            }
            Distribution::Exactly(a) => self.whole(out, a),
        }
    }
}

/// The shorter of two spellings that both read back exactly; below 0 there are only days.
fn number(out: &mut String, n: f64) {
    if n < 0.0 {
        // Days before 1970 as they can be written; the cast: days are whole and few.
        let day = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(n as i64));
        if let Ok(day) = day
            && days(day) == n
        {
            let _ = write!(out, "{day}");
            return;
        }
    }
    let (plain, short) = (format!("{n}"), format!("{n:e}"));
    out.push_str(if plain.len() <= 20 { &plain } else { &short });
}

fn function(of: Unary) -> Option<&'static str> {
    Some(match of {
        Unary::Abs => "abs",
        Unary::Exp => "exp",
        Unary::Ln => "ln",
        Unary::Sqrt => "sqrt",
        Unary::Negate | Unary::Not => return None,
    })
}

fn sign(of: Binary) -> &'static str {
    match of {
        Binary::Add => "+",
        Binary::Subtract => "-",
        Binary::Multiply => "*",
        Binary::Divide => "/",
        Binary::Power => "^",
        Binary::Min => "min",
        Binary::Max => "max",
        Binary::Less => "<",
        Binary::AtMost => "<=",
        Binary::Greater => ">",
        Binary::AtLeast => ">=",
        Binary::Equal => "==",
        Binary::Unequal => "!=",
        Binary::And => "and",
        Binary::Or => "or",
    }
}
