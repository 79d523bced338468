//! From the text of a formula to its tree, every name resolved.
//!
//! How tightly things bind, from the loosest: `if … then … else …`, `or`, `and`, `not`, comparison, `to`, `+ -`, `* /`,
//! unary `-`, `^` (from the right). So `2 * a to 3 * b > c` compares a drawn number, and `-2 ^ 2` is −4. Comparisons and
//! `to` do not chain. Operators by precedence climbing (Pratt 1973, POPL: Top down operator precedence).

use super::keywords::{self, DAYS, KEYWORDS};
use super::token::{Kind, Token, tokens};
use super::tree::{Binary, Distribution, Expr, ExprKind, Unary};
use super::{MOST_BYTES, MOST_NODES, MOST_NODES_OF_CASE, literal};
use crate::diagnostics::*;
use crate::read::AllNames;
use crate::{Date, Diagnostic, DriverId, StateId, StateRef};
use std::ops::Range;

/// Deepest nesting of one formula: parentheses, calls, branches, signs.
const DEEPEST: usize = 64;
/// Highest tree of one formula: a sum of so many terms is as high, and whoever walks over a tree calls itself as often.
const TALLEST: usize = 512;

/// What a formula may name, and what is left to spend on it.
pub(crate) struct Scope<'a, 't> {
    pub names: &'a AllNames<'t>,
    pub as_of: Option<Date>,
    pub horizon: Option<Date>,
    /// Comparisons with known names.
    pub budget: &'a mut usize,
    /// Parts of all formulas so far.
    pub nodes: &'a mut usize,
}

/// What was found wrong with a formula, places counted within it. No errors and no tree: a name that may stand on a line
/// which cannot be read.
pub(crate) fn parse(text: &str, scope: Scope) -> (Option<Expr>, Vec<Diagnostic>) {
    let whole = 0..text.len();
    if text.len() > MOST_BYTES {
        let found = e0512_too_large_formula::too_long(whole);
        return (None, vec![found]);
    }
    let tokens = match tokens(text) {
        Ok(tokens) => tokens,
        Err(slip) => return (None, vec![e0501_not_a_formula::slip(text, slip)]),
    };
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        depth: 0,
        nodes: 0,
        scope,
        found: Vec::new(),
        unsure: false,
    };
    let root = parser.whole();
    let sure = !parser.unsure && parser.found.is_empty();
    (root.ok().filter(|_| sure), parser.found)
}

/// A tree and how high it is.
struct Built {
    expr: Expr,
    tall: usize,
    /// With the parentheses around it.
    outer: Range<usize>,
}

/// It has been said why there is no tree.
struct Said;

type Result<T> = std::result::Result<T, Said>;

struct Parser<'a, 't> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    nodes: usize,
    scope: Scope<'a, 't>,
    found: Vec<Diagnostic>,
    /// A name could not be denied nor found.
    unsure: bool,
}

/// What may stand between two operands.
#[derive(Clone, Copy)]
enum Between {
    Two(Binary),
    To,
}

/// How tightly `not` and the unary minus bind.
const NOT: u8 = 3;
const COMPARISON: u8 = 4;
const TO: u8 = 5;
const MINUS: u8 = 8;
const POWER: u8 = 9;

/// The operator that a token is, and how tightly it binds.
fn between(kind: Kind, word: &str) -> Option<(Between, u8)> {
    use Binary::*;
    let (of, tight) = match (kind, word) {
        (Kind::Word, "or") => (Or, 1),
        (Kind::Word, "and") => (And, 2),
        (Kind::Word, "to") => return Some((Between::To, TO)),
        (Kind::Sign(sign), _) => match sign {
            "<" => (Less, COMPARISON),
            "<=" => (AtMost, COMPARISON),
            ">" => (Greater, COMPARISON),
            ">=" => (AtLeast, COMPARISON),
            "==" => (Equal, COMPARISON),
            "!=" => (Unequal, COMPARISON),
            "+" => (Add, 6),
            "-" => (Subtract, 6),
            "*" => (Multiply, 7),
            "/" => (Divide, 7),
            _ => (Power, POWER),
        },
        _ => return None,
    };
    Some((Between::Two(of), tight))
}

impl<'a> Parser<'a, '_> {
    fn here(&self) -> Token {
        // `End` is the last token and nothing passes it.
        self.tokens[self.at.min(self.tokens.len() - 1)].clone()
    }

    fn word(&self, token: &Token) -> &'a str {
        &self.text[token.span.clone()]
    }

    fn is_word(&self, token: &Token, word: &str) -> bool {
        token.kind == Kind::Word && self.word(token) == word
    }

    fn next(&mut self) -> Token {
        let token = self.here();
        if token.kind != Kind::End {
            self.at += 1;
        }
        token
    }

    fn say<T>(&mut self, found: Diagnostic) -> Result<T> {
        self.found.push(found);
        Err(Said)
    }

    /// Something else was expected where the parser is.
    fn expected<T>(&mut self, en: &str, ko: &str, words: &[&'static str]) -> Result<T> {
        let token = self.here();
        let found = e0501_not_a_formula::expected(self.text, &token, (en, ko), words);
        self.say(found)
    }

    fn make(&mut self, span: Range<usize>, kind: ExprKind, tall: usize) -> Result<Built> {
        self.nodes += 1;
        *self.scope.nodes += 1;
        let whole = 0..self.text.len();
        if self.nodes > MOST_NODES {
            return self.say(e0512_too_large_formula::too_many_parts(whole));
        }
        if *self.scope.nodes > MOST_NODES_OF_CASE {
            return self.say(e0512_too_large_formula::too_many_in_all(whole));
        }
        if tall > TALLEST {
            return self.say(e0512_too_large_formula::too_high(span, TALLEST));
        }
        Ok(Built {
            outer: span.clone(),
            expr: Expr { span, kind },
            tall,
        })
    }

    fn whole(&mut self) -> Result<Expr> {
        if self.here().kind == Kind::End {
            return self.expected("a formula", "식", &[]);
        }
        let built = self.expr(0)?;
        if self.here().kind != Kind::End {
            let (en, ko) = ("an operator or the end", "연산자 또는 식의 끝");
            return self.expected(en, ko, &["to", "is", "and", "or", "then", "else"]);
        }
        Ok(built.expr)
    }

    /// An operand and everything behind it that binds at least so tightly.
    fn expr(&mut self, least: u8) -> Result<Built> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let span = self.here().span;
            return self.say(e0512_too_large_formula::too_deep(span, DEEPEST));
        }
        let mut left = self.operand()?;
        let mut last = u8::MAX;
        loop {
            let token = self.here();
            let Some((of, tight)) = between(token.kind, self.word(&token)) else {
                break;
            };
            if tight < least {
                break;
            }
            if tight == last && matches!(tight, COMPARISON | TO) {
                let found = e0501_not_a_formula::chained(token.span.clone(), self.word(&token));
                return self.say(found);
            }
            self.next();
            let right = self.expr(if tight == POWER { POWER } else { tight + 1 })?;
            let span = left.outer.start..right.outer.end;
            let tall = 1 + left.tall.max(right.tall);
            let (a, b) = (Box::new(left.expr), Box::new(right.expr));
            let kind = match of {
                Between::Two(of) => ExprKind::Binary(of, a, b),
                Between::To => ExprKind::Draw(Distribution::To(a, b)),
            };
            left = self.make(span, kind, tall)?;
            last = tight;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn unary(&mut self, token: &Token, of: Unary, least: u8) -> Result<Built> {
        self.next();
        let inner = self.expr(least)?;
        let span = token.span.start..inner.outer.end;
        let kind = ExprKind::Unary(of, Box::new(inner.expr));
        self.make(span, kind, 1 + inner.tall)
    }

    fn operand(&mut self) -> Result<Built> {
        let token = self.here();
        match token.kind {
            Kind::Number(value) => {
                self.next();
                self.make(token.span, ExprKind::Number(value), 1)
            }
            Kind::Sign("-") => self.unary(&token, Unary::Negate, MINUS),
            Kind::Open => {
                self.next();
                let mut inner = self.expr(0)?;
                self.close("`)`", "`)`")?;
                inner.outer = token.span.start..self.tokens[self.at - 1].span.end;
                Ok(inner)
            }
            Kind::Word => self.named(token),
            _ => self.expected("a number, a quantity or `(`", "수, 수량의 id 또는 `(`", &[]),
        }
    }

    fn close(&mut self, en: &str, ko: &str) -> Result<()> {
        if self.here().kind == Kind::Close {
            self.next();
            return Ok(());
        }
        self.expected(en, ko, &["to", "is", "and", "or", "then", "else"])
    }

    fn keyword(&mut self, word: &'static str) -> Result<()> {
        let token = self.here();
        if self.is_word(&token, word) {
            self.next();
            return Ok(());
        }
        let quoted = format!("`{word}`");
        self.expected(&quoted, &quoted, &[word])
    }

    fn named(&mut self, token: Token) -> Result<Built> {
        let name = self.word(&token);
        match name {
            "not" => return self.unary(&token, Unary::Not, NOT),
            "if" => return self.branch(&token),
            _ if KEYWORDS.contains(&name) => {
                return self.expected("a number, a quantity or `(`", "수, 수량의 id 또는 `(`", &[]);
            }
            _ => {}
        }
        self.next();
        let after = self.here();
        if after.kind == Kind::Open {
            return self.call(&token, name);
        }
        if self.is_word(&after, "is") {
            return self.test(&token, name);
        }
        if keywords::function(name).is_some() {
            let found = e0504_wrong_count::no_arguments(token.span, name);
            return self.say(found);
        }
        if DAYS.contains(&name) {
            return self.day(token, name);
        }
        let found = self.scope.names.quantities.find(name);
        if found.is_none() && self.scope.names.quantities.denies(name) {
            let span = token.span.clone();
            let unknown =
                e0502_unknown_quantity::unknown(span, name, self.scope.names, self.scope.budget);
            self.found.push(unknown);
        }
        self.unsure |= found.is_none();
        self.make(token.span, ExprKind::Quantity(found.unwrap_or(0)), 1)
    }

    fn day(&mut self, token: Token, name: &str) -> Result<Built> {
        let day = match name {
            "as_of" => self.scope.as_of,
            _ => self.scope.horizon,
        };
        let Some(day) = day else {
            let found = e0502_unknown_quantity::no_day(token.span, name);
            return self.say(found);
        };
        self.make(token.span, ExprKind::Number(literal::days(day)), 1)
    }

    fn branch(&mut self, token: &Token) -> Result<Built> {
        self.next();
        let test = self.expr(0)?;
        self.keyword("then")?;
        let then = self.expr(0)?;
        self.keyword("else")?;
        let otherwise = self.expr(0)?;
        let span = token.span.start..otherwise.outer.end;
        let tall = 1 + test.tall.max(then.tall).max(otherwise.tall);
        let kind = ExprKind::If {
            test: Box::new(test.expr),
            then: Box::new(then.expr),
            otherwise: Box::new(otherwise.expr),
        };
        self.make(span, kind, tall)
    }

    /// `driver is state`, `driver is not state`; the parser stands at `is`.
    fn test(&mut self, driver: &Token, name: &str) -> Result<Built> {
        self.next();
        let not = self.here();
        let is_not = self.is_word(&not, "not");
        if is_not {
            self.next();
        }
        let state = self.here();
        let text = self.word(&state);
        if state.kind != Kind::Word || KEYWORDS.contains(&text) {
            return self.expected("the id of a state", "상태의 id", &[]);
        }
        self.next();
        let names = self.scope.names;
        let span = driver.span.start..state.span.end;
        let found = match names.drivers.find(name).map(DriverId) {
            Some(d) => {
                let states = &names.declared[d.0].states;
                let found = states.find(text);
                if found.is_none() && states.denies(text) {
                    self.unknown(&state, &states.list);
                }
                found.map(|s| StateRef {
                    driver: d,
                    state: StateId(s),
                })
            }
            None => {
                if names.quantities.find(name).is_some() {
                    let owner = names.owner(text);
                    let found = e0503_test_of_a_quantity::test_of_a_quantity(
                        driver.span.clone(),
                        name,
                        text,
                        owner,
                    );
                    self.found.push(found);
                } else if names.drivers.denies(name) {
                    self.unknown(driver, &names.drivers.list);
                }
                None
            }
        };
        self.unsure |= found.is_none();
        let kind = found.map_or(ExprKind::Number(0.0), ExprKind::Is);
        let test = self.make(span.clone(), kind, 1)?;
        if !is_not {
            return Ok(test);
        }
        self.make(span, ExprKind::Unary(Unary::Not, Box::new(test.expr)), 2)
    }

    fn unknown(&mut self, token: &Token, known: &[&str]) {
        let name = self.word(token);
        let span = token.span.clone();
        let budget = &mut *self.scope.budget;
        let (found, near) = e0202_unknown_name::unknown_name(span.clone(), name, known, budget);
        self.found.push(match near {
            Some(near) => found.fix(span, near),
            None => found,
        });
    }

    /// Arguments up to one of `ends`, commas between them.
    fn arguments(&mut self) -> Result<Vec<Built>> {
        let mut all = Vec::new();
        if matches!(self.here().kind, Kind::Close | Kind::Semicolon) {
            return Ok(all);
        }
        loop {
            all.push(self.expr(0)?);
            if self.here().kind != Kind::Comma {
                return Ok(all);
            }
            self.next();
        }
    }

    /// A function and its arguments; the parser stands at `(`.
    fn call(&mut self, token: &Token, name: &'a str) -> Result<Built> {
        let Some((least, most)) = keywords::function(name) else {
            let names = self.scope.names;
            let found = e0502_unknown_quantity::unknown_function(
                token.span.clone(),
                name,
                names,
                self.scope.budget,
            );
            return self.say(found);
        };
        self.next();
        let arguments = self.arguments()?;
        let mut weights = Vec::new();
        let parted = name == "mixture" && self.here().kind == Kind::Semicolon;
        if parted {
            self.next();
            weights = self.arguments()?;
        }
        let count = arguments.len();
        let (en, ko) = match (name, parted) {
            ("mixture", false) => ("`,`, or `;` before the weights", "`,` 또는 비중 앞의 `;`"),
            _ => ("`,` or `)`", "`,` 또는 `)`"),
        };
        self.close(en, ko)?;
        let span = token.span.start..self.tokens[self.at - 1].span.end;
        if count < least || count > most {
            let found = e0504_wrong_count::wrong_count(span, name, least, count);
            return self.say(found);
        }
        if name == "mixture" && weights.len() != count {
            let found = e0504_wrong_count::weights(span, count, weights.len());
            return self.say(found);
        }
        let deepest = arguments.iter().chain(&weights).map(|a| a.tall).max();
        let tall = 1 + deepest.unwrap_or(0);
        let mut all = arguments.into_iter().map(|a| a.expr);
        // The counts were held against the table of functions above, so none runs out; a 0 stands for what cannot be.
        let mut one = || {
            let none = || Expr {
                span: span.clone(),
                kind: ExprKind::Number(0.0),
            };
            Box::new(all.next().unwrap_or_else(none))
        };
        let kind = match name {
            "abs" => ExprKind::Unary(Unary::Abs, one()),
            "exp" => ExprKind::Unary(Unary::Exp, one()),
            "ln" => ExprKind::Unary(Unary::Ln, one()),
            "sqrt" => ExprKind::Unary(Unary::Sqrt, one()),
            "min" | "max" => {
                let of = if name == "min" {
                    Binary::Min
                } else {
                    Binary::Max
                };
                let first = *one();
                return self.fold(of, &span, first, all.collect(), tall);
            }
            "normal" => ExprKind::Draw(Distribution::Normal(one(), one())),
            "lognormal" => ExprKind::Draw(Distribution::Lognormal(one(), one())),
            "uniform" => ExprKind::Draw(Distribution::Uniform(one(), one())),
            "triangular" => ExprKind::Draw(Distribution::Triangular(one(), one(), one())),
            "pert" => ExprKind::Draw(Distribution::Pert(one(), one(), one())),
            "beta" => ExprKind::Draw(Distribution::Beta(one(), one())),
            "bernoulli" => ExprKind::Draw(Distribution::Bernoulli(one())),
            "truncate" => {
                let (first, low, high) = (one(), one(), one());
                let ExprKind::Draw(inner) = first.kind else {
                    let found = e0504_wrong_count::no_distribution(first.span);
                    return self.say(found);
                };
                ExprKind::Draw(Distribution::Truncate(Box::new(inner), low, high))
            }
            _ => {
                let part = |e: Expr| match e.kind {
                    ExprKind::Draw(inner) => inner,
                    _ => Distribution::Exactly(Box::new(e)),
                };
                let weights = weights.into_iter().map(|w| w.expr);
                ExprKind::Draw(Distribution::Mixture(all.map(part).zip(weights).collect()))
            }
        };
        self.make(span, kind, tall)
    }

    /// `min(a, b, c)` is `min(min(a, b), c)`.
    fn fold(
        &mut self,
        of: Binary,
        span: &Range<usize>,
        first: Expr,
        more: Vec<Expr>,
        tall: usize,
    ) -> Result<Built> {
        let mut built = Built {
            expr: first,
            tall,
            outer: span.clone(),
        };
        for next in more {
            let kind = ExprKind::Binary(of, Box::new(built.expr), Box::new(next));
            built = self.make(span.clone(), kind, built.tall + 1)?;
        }
        Ok(built)
    }
}
