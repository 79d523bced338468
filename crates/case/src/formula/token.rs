//! The tokens of a formula, each with its place.

use super::keywords;
use super::literal::{self, Flaw};
use crate::numeral;
use std::ops::Range;

/// What stands there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Number(f64),
    /// A name, a function or a keyword.
    Word,
    /// `+ - * / ^ < <= > >= == !=`, as one of these.
    Sign(&'static str),
    Open,
    Close,
    Comma,
    Semicolon,
    End,
}

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub kind: Kind,
    pub span: Range<usize>,
}

/// Why a text has no tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Slip {
    /// A number that is none.
    Number(Range<usize>, Flaw),
    /// A character or sign that means nothing here, and the one that does.
    Sign(Range<usize>, Option<&'static str>),
    /// `driver.state`.
    Dotted(Range<usize>),
}

/// Signs of others, and ours.
const STRANGE: &[(&str, &str)] = &[
    ("&&", "and"),
    ("||", "or"),
    ("**", "^"),
    ("<>", "!="),
    ("=<", "<="),
    ("=>", ">="),
    ("=", "=="),
    ("&", "and"),
    ("|", "or"),
    ("!", "not"),
    ("–", "to"),
    ("—", "to"),
    ("~", "to"),
    ("…", "to"),
    ("·", "*"),
    ("√", "sqrt"),
];
const SIGNS: &[(&str, &str)] = &[
    ("<=", "<="),
    (">=", ">="),
    ("==", "=="),
    ("!=", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("×", "*"),
    ("÷", "/"),
    ("−", "-"),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("^", "^"),
    ("<", "<"),
    (">", ">"),
];

fn word_end(text: &str) -> usize {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    end.unwrap_or(text.len())
}

/// All tokens; the last is [`Kind::End`].
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, Slip> {
    let mut all: Vec<Token> = Vec::new();
    // For each open parenthesis, whether it or one around it holds arguments.
    let mut calls: Vec<bool> = Vec::new();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let rest = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        at = text.len() - rest.len();
        let Some(c) = rest.chars().next() else { break };
        let in_call = calls.last() == Some(&true);
        let (kind, length) = if literal::begins(c, rest.chars().nth(1)) {
            let found = literal::read(rest, in_call).map_err(|flaw| {
                let (Flaw::Comma(n) | Flaw::NoDay(n) | Flaw::TooLarge(n)) = flaw;
                Slip::Number(at..at + n, flaw)
            })?;
            match found {
                Some(n) => (Kind::Number(n.value), n.length),
                None => return Err(Slip::Sign(at..at + c.len_utf8(), None)),
            }
        } else if c.is_alphabetic() || c == '_' {
            let end = word_end(rest);
            let hangul = numeral::parse(&rest[..end]).filter(|_| !c.is_ascii());
            match hangul {
                Some(n) => (Kind::Number(n.value), end),
                None => (Kind::Word, end),
            }
        } else if let Some(kind) = bracket(c) {
            match kind {
                Kind::Open => {
                    let before = all.last().filter(|t| t.kind == Kind::Word);
                    let is_call = before
                        .is_some_and(|t| !keywords::KEYWORDS.contains(&&text[t.span.clone()]));
                    calls.push(is_call || in_call);
                }
                Kind::Close => {
                    calls.pop();
                }
                _ => {}
            }
            (kind, 1)
        } else if let Some((sign, to)) = own_sign(rest) {
            (Kind::Sign(to), sign.len())
        } else {
            let strange = STRANGE.iter().find(|(s, _)| rest.starts_with(s));
            let length = strange.map_or(c.len_utf8(), |(s, _)| s.len());
            let dotted = c == '.' && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic());
            let before = all
                .last()
                .filter(|t| t.kind == Kind::Word && t.span.end == at);
            return Err(match before {
                Some(word) if dotted => {
                    Slip::Dotted(word.span.start..at + 1 + word_end(&rest[1..]))
                }
                _ => Slip::Sign(at..at + length, strange.map(|(_, ours)| *ours)),
            });
        };
        all.push(Token {
            kind,
            span: at..at + length,
        });
        at += length;
    }
    all.push(Token {
        kind: Kind::End,
        span: text.len()..text.len(),
    });
    Ok(all)
}

fn bracket(c: char) -> Option<Kind> {
    Some(match c {
        '(' => Kind::Open,
        ')' => Kind::Close,
        ',' => Kind::Comma,
        ';' => Kind::Semicolon,
        _ => return None,
    })
}

fn own_sign(rest: &str) -> Option<(&'static str, &'static str)> {
    let strange = ["<>", "**"].iter().any(|s| rest.starts_with(s));
    let mut all = SIGNS.iter().filter(|_| !strange);
    all.find(|(s, _)| rest.starts_with(s)).copied()
}
